// See burst.h.
#include "rank/burst.h"

#include <math.h>

enum { HOURS = 24 };
static const double COUNT_MAX = 1e12, MEAN_MIN = 0.02;
static const double K_MIN = 0.3, K_MAX = 200, K_AIM = 0.5, RESIDUAL_MAX = 4;
static const double RATE_MIN = 1e-3, RATE_FIRST = 0.02, SPIKE_MAX = 3;

double burst_surprise(double count, double mu, double k)
{
    must(mu > 0 && k > 0);
    if (count <= mu) return 0;
    double x = count, theta = log(x / mu) + log((mu + k) / (x + k));
    double w = sqrt(fmax(2 * (x * theta - k * log((x + k) / (mu + k))), 0));
    double normal = log(0.5 * erfc(fmin(w, 30) / sqrt(2.0)));
    if (w < 0.3) return -normal;                          // the two terms below cancel badly here
    double density = -0.5 * w * w - 0.5 * log(2 * M_PI);
    double u = -expm1(-theta) * sqrt(x + x * x / k);      // for a lattice of step 1
    double mills = w < 30 ? exp(normal - density) : 1 / w - 1 / (w * w * w);
    return fmax(0, -density - log(fmax(mills + 1 / u - 1 / w, 1e-12)));
}

typedef struct Slots { int a, b; double share; } Slots;  // of the second

static Slots slots_at(Time at)
{
    double hour = (double)(((at % DAY_MS) + DAY_MS) % DAY_MS) / (double)HOUR_MS;
    int a = (int)hour % HOURS;
    return (Slots){ a, (a + 1) % HOURS, hour - floor(hour) };
}

// A step of an average that forgets half in `half` days, and that knows nothing before `known` days.
static double step(double days, double half, double known)
{
    double slow = 1 - exp2(-days / half);
    return fmin(1, fmax(slow, days / fmax(known, days)));
}

static void learn_mean(Burst *b, Slots s, double residual, double days)
{
    b->level += step(days, BURST_LEVEL_HALF_DAYS, b->days) * residual;
    double by_hour = step(days * HOURS, BURST_RHYTHM_HALF_DAYS, b->days + BURST_RHYTHM_PRIOR_DAYS);
    b->rhythm[s.a] += by_hour * (1 - s.share) * residual;
    b->rhythm[s.b] += by_hour * s.share * residual;
    double mean = 0;
    for (int i = 0; i < HOURS; i++) mean += b->rhythm[i] / HOURS;
    for (int i = 0; i < HOURS; i++) b->rhythm[i] -= mean;
    b->level += mean;
}

static void learn_tail(Burst *b, double surprise, double days)
{
    bool over = surprise > BURST_TAIL_FROM;
    double by = step(days, BURST_SIZE_HALF_DAYS, b->days + 0.35);
    b->rate = fmax(RATE_MIN, b->rate + by * ((over ? 1.0 : 0.0) - b->rate));
    if (over) b->tail += BURST_TAIL_STEP * (fmin(surprise - BURST_TAIL_FROM, SPIKE_MAX * b->tail) - b->tail);
    b->tail = fmax(b->tail, 1);
}

static void learn(Burst *b, Slots s, double count, double mu, double surprise, double days)
{
    double residual = log(count + 0.5) - log(mu + 0.5), sd = sqrt(1 / b->size + 1 / mu);
    double squared = fmin((count - mu) * (count - mu) / (mu + mu * mu / b->size), RESIDUAL_MAX);
    learn_mean(b, s, fmax(-BURST_CLIP * sd, fmin(BURST_CLIP * sd, residual)), days);
    double by = step(days, BURST_SIZE_HALF_DAYS, b->days + 0.2);
    b->size = fmax(K_MIN, fmin(b->size * exp(-by * (squared - K_AIM)), K_MAX));
    if (b->days > BURST_WARM_DAYS / 4) learn_tail(b, surprise, days);
}

// -log10 of how often a bucket is as surprising.
static double rarity(const Burst *b, double surprise)
{
    double often = log(1 / b->rate);
    if (surprise <= BURST_TAIL_FROM) return often * surprise / BURST_TAIL_FROM / M_LN10;
    return (often + (surprise - BURST_TAIL_FROM) / b->tail) / M_LN10;
}

BurstScore burst_put(Burst *b, Time at, double count)
{
    if (!(count > 0)) count = 0;
    count = fmin(count, COUNT_MAX);
    if (b->n == 0) {
        *b = (Burst){ .level = log(count + 0.5), .size = 2, .tail = 1, .rate = RATE_FIRST, .last = at, .n = 1 };
        return (BurstScore){ .expected = fmax(count, MEAN_MIN) };
    }
    Slots s = slots_at(at);
    double rhythm = b->rhythm[s.a] * (1 - s.share) + b->rhythm[s.b] * s.share;
    double mu = fmin(fmax(exp(b->level + rhythm) - 0.5, MEAN_MIN), COUNT_MAX);
    double surprise = burst_surprise(count, mu, b->size);
    double warm = fmin(1, b->days / BURST_WARM_DAYS);
    double rare = fmax(0, fmin(1, warm * rarity(b, surprise) / (2 * BURST_TARGET)));
    double gap = at > b->last ? (double)(at - b->last) / (double)DAY_MS : 0, days = fmin(gap, 1);
    double held = b->held + (1 - exp2(-days * HOURS / BURST_HOLD_HALF_HOURS)) * (rare - b->held);
    double told = b->told * exp2(-gap * HOURS / BURST_TOLD_HALF_HOURS);
    double score = fmin(1, BURST_FULL * (held + BURST_AT_ONCE * rare));
    bool news = score > BURST_TOLD_MORE * told;
    if (at > b->last) {
        b->held = held, b->told = news ? score : told, b->days += days, b->last = at, b->n++;
        learn(b, s, count, mu, surprise, days);
    }
    return (BurstScore){ score, news ? score : BURST_TOLD_COUNTS * score, mu, surprise };
}
