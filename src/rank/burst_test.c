// The burst detector: on chance that follows its null model, on a day's rhythm, on bursts large and small, and on nonsense.
#include "rank/burst.h"

#include <math.h>
#include <string.h>

#include "base/test.h"
#include "rank/chance.h"

enum { BUCKET_MS = 5 * MINUTE_MS, A_DAY = DAY_MS / BUCKET_MS };

// A Poisson number (Knuth's product; means here are small).
static double poisson(Chance *c, double mean)
{
    double left = exp(-mean), p = 1;
    int n = -1;
    do p *= chance_real(c), n++;
    while (p > left);
    return n;
}

static double busy(int i, double mean)
{
    return mean * (1 + 0.8 * sin(2 * M_PI * i / A_DAY));
}

typedef struct Seen { i64 alarms; double highest; } Seen;

// Buckets from..to of a series with a daily rhythm, `times` as busy as usual.
static Seen run(Burst *b, Chance *c, int from, int to, double mean, double times)
{
    Seen seen = { 0 };
    for (int i = from; i < to; i++) {
        BurstScore s = burst_put(b, (Time)i * BUCKET_MS, poisson(c, busy(i, mean) * times));
        check(s.score >= 0 && s.score <= 1 && isfinite(s.expected) && isfinite(s.surprise));
        seen.alarms += s.score >= BURST_ALARM;
        seen.highest = fmax(seen.highest, s.score);
    }
    return seen;
}

TEST(surprise_is_the_tail_of_the_negative_binomial)
{
    // With size 1 it is geometric: P(X >= x) = (mu / (1 + mu))^x.
    for (double x = 20; x <= 2000; x *= 10) {
        double exact = -x * log(10.0 / 11.0);
        check(fabs(burst_surprise(x, 10, 1) - exact) < 0.02 * exact);
    }
    check(burst_surprise(10, 10, 5) == 0 && burst_surprise(0, 0.1, 5) == 0);
    check(burst_surprise(1e12, 0.02, 200) > 1000 && isfinite(burst_surprise(1e12, 0.02, 0.3)));
}

TEST(a_daily_rhythm_is_no_burst_and_a_burst_is)
{
    for (u64 seed = 1; seed <= 5; seed++) {
        Burst b = { 0 };
        Chance c = chance_new(seed);
        run(&b, &c, 0, 7 * A_DAY, 20, 1);
        Seen calm = run(&b, &c, 7 * A_DAY, 28 * A_DAY, 20, 1);
        check(calm.alarms <= 2);                                  // of 6,048: less often than the target says
        Seen burst = run(&b, &c, 28 * A_DAY, 28 * A_DAY + 6, 20, 6);
        check(burst.highest >= BURST_ALARM);
        Seen after = run(&b, &c, 28 * A_DAY + 6, 30 * A_DAY, 20, 1);
        check(after.alarms <= 1);
    }
}

TEST(what_is_hardly_ever_seen_needs_more_than_one)
{
    Burst b = { 0 };
    for (int i = 0; i < 14 * A_DAY; i++) burst_put(&b, (Time)i * BUCKET_MS, i % A_DAY == 0);
    Time t = (Time)14 * DAY_MS;
    Burst other = b;
    check(burst_put(&b, t, 1).score < BURST_ALARM);
    check(burst_put(&other, t, 12).score < BURST_ALARM);           // one bucket may be a robot's
    check(burst_put(&other, t + BUCKET_MS, 12).score >= BURST_ALARM);
}

TEST(one_spike_teaches_little_and_many_make_it_calm)
{
    Burst b = { 0 };
    Chance c = chance_new(3);
    run(&b, &c, 0, 10 * A_DAY, 20, 1);
    double before = exp(b.level);
    burst_put(&b, (Time)10 * DAY_MS + 1, 1e9);
    check(fabs(exp(b.level) / before - 1) < 0.02);
    // A series that spikes every two hours: the same spike is no news after a week.
    Burst restless = { 0 };
    double first = 0, last = 0;
    for (int i = 0; i < 20 * A_DAY; i++) {
        double count = i > 5 * A_DAY && i % 24 == 0 ? 200 : poisson(&c, 20);
        BurstScore s = burst_put(&restless, (Time)i * BUCKET_MS, count);
        if (count >= 200) last = s.score, first = first > 0 ? first : s.score;
    }
    check(first >= BURST_ALARM);
    check(last < first - 0.2);
}

// Buckets from i on that are so many times as busy: how many were alarms by the score, and how many by what is news.
typedef struct Told { i64 held, alarms; } Told;

static Told busier(Burst *b, int i, int n, double times)
{
    Told t = { 0 };
    for (int k = i; k < i + n; k++) {
        BurstScore s = burst_put(b, (Time)k * BUCKET_MS, busy(k, 20) * times);
        check(s.news <= s.score);
        t.held += s.score >= BURST_ALARM, t.alarms += s.news >= BURST_ALARM;
    }
    return t;
}

TEST(a_burst_is_told_once_and_again_when_it_grows)
{
    Burst b = { 0 };
    Chance c = chance_new(6);
    int i = 10 * A_DAY;
    run(&b, &c, 0, i, 20, 1);
    Burst brief = b;
    Told first = busier(&b, i, 48, 6);                            // four hours of it
    check(first.held >= 24 && first.alarms >= 1 && first.alarms <= 7);         // a tenth more each time
    run(&b, &c, i + 48, i + A_DAY / 2, 20, 1);
    check_int(busier(&b, i + A_DAY / 2, 6, 6).alarms, 0);         // the same day once more
    busier(&brief, i, 6, 6);
    run(&brief, &c, i + 6, i + 12, 20, 1);
    check(busier(&brief, i + 12, 6, 60).alarms >= 1);             // far more than what was told
    run(&brief, &c, i + 18, i + 8 * A_DAY, 20, 1);
    check(busier(&brief, i + 8 * A_DAY, 12, 6).alarms >= 1);      // a week later
}

TEST(nonsense_is_judged_and_harms_nothing)
{
    Burst b = { 0 };
    Chance c = chance_new(4);
    run(&b, &c, 0, 5 * A_DAY, 20, 1);
    const double bad[] = { NAN, INFINITY, -INFINITY, -1, 1e300 };
    for (i64 i = 0; i < 5; i++) {
        BurstScore s = burst_put(&b, 5 * (Time)DAY_MS + i * BUCKET_MS, bad[i]);
        check(s.score >= 0 && s.score <= 1);
    }
    Burst copy = b;
    burst_put(&b, 0, 1000);                                       // the past teaches nothing
    check(memcmp(&b, &copy, sizeof(b)) == 0);
    burst_put(&b, INT64_MAX, 3);
    check(isfinite(b.level) && isfinite(b.size) && isfinite(b.tail) && isfinite(b.rate) && isfinite(b.days));
}
