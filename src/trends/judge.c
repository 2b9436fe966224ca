// Is it a rise? One bucket of one series against its null model. Knows no database.
#include "trends/inner.h"

#include <math.h>

static const double Z = 1.645;                 // a lower bound that holds 19 times of 20
static const double PRIOR = 1;                 // people that are expected of anything, beside its model's
static const double TIMES_LEAST = 1.5;         // less than half as many again is no rise, however sure it is
static const i64 FILL_MS = (i64)TREND_ZERO_DAYS * DAY_MS;

void judge_gap(Burst *b, Time at, i64 bucket_ms)
{
    Time from = b->last + bucket_ms;
    // Of a longer silence only its end: what it was before fades with it, and nobody waits for a year of zeros.
    if (from < at - FILL_MS) from = at - FILL_MS;
    for (; from < at; from += bucket_ms) burst_put(b, from, 0);
}

Burst judge_blank(Time at, i64 bucket_ms)
{
    Burst b = { 0 };
    burst_put(&b, at - FILL_MS - bucket_ms, 0);
    judge_gap(&b, at, bucket_ms);
    return b;
}

// The lower bound of a Poisson mean of which n were seen: Wilson and Hilferty (1931) for the gamma quantile.
static double lower_bound(double n)
{
    if (n <= 0) return 0;
    double root = 1 - 1 / (9 * n) - Z / (3 * sqrt(n));
    return root > 0 ? n * root * root * root : 0;
}

double judge_growth(i64 people, double expected, i64 own)
{
    double others = people > own ? (double)(people - own) : 0;
    return fmax(1, (others + PRIOR) / (fmax(expected, 0) + PRIOR));
}

Verdict judge_put(Burst *b, Time at, i64 people, double growth)
{
    must(growth >= 1 && people >= 0);
    // The model sees what there would be had nothing grown: so it neither calls a busy day a trend nor learns it as one.
    BurstScore s = burst_put(b, at, (double)people / growth);
    Verdict v = { .evidence = s.score, .expected = s.expected * growth };
    v.times = lower_bound((double)people) / (growth * (s.expected + PRIOR));
    v.rising = people >= TREND_SHOWN_LEAST && s.score >= BURST_ALARM && v.times >= TIMES_LEAST;
    v.score = v.rising ? v.evidence * log2(1 + v.times) : 0;
    return v;
}

static double half_lives(i64 ms, i64 window_ms)
{
    return (double)ms / ((double)window_ms / 2);
}

i64 judge_hot(double score, Time at, i64 window_ms)
{
    must(score > 0);
    return (i64)((log2(score) + half_lives(at, window_ms)) * 1e6);
}

double judge_fade(double score, i64 age_ms, i64 window_ms)
{
    return score * exp2(-half_lives(age_ms > 0 ? age_ms : 0, window_ms));
}
