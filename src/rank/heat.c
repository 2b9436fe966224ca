// Popularity that fades: sums in which everything halves in a given time, kept as a logarithm at one fixed moment, so that two
// of them can be compared without knowing what time it is (forward decay: Cormode and others 2009).
#include "rank/inner.h"

#include <math.h>

static const Time EPOCH = INT64_C(1704067200000);          // 2024-01-01

static float halvings(Time at, float half_days)
{
    return (float)((double)(at - EPOCH) / (double)DAY_MS / (double)half_days);
}

// 0 stands for nothing yet: a real one is never exactly so.
float heat_add(float heat, Time at, float half_days, float by)
{
    if (!(by > 0)) return heat;
    float now = halvings(at, half_days) + log2f(by), out;
    if (heat == 0) out = now;
    else {
        float high = greater(heat, now), low = lesser(heat, now);
        out = high + log2f(1 + exp2f(low - high));
    }
    return out == 0 ? 1e-6f : out;
}

float heat_at(float heat, Time at, float half_days)
{
    if (heat == 0) return 0;
    return exp2f(lesser(40, heat - halvings(at, half_days)));
}
