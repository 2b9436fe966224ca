// See chance.h.
#include "rank/chance.h"

#include <math.h>

static u64 splitmix(u64 *state)
{
    *state += UINT64_C(0x9e3779b97f4a7c15);
    u64 z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

Chance chance_new(u64 seed)
{
    Chance c;
    for (int i = 0; i < 4; i++) c.s[i] = splitmix(&seed);
    return c;
}

static u64 rotate(u64 x, int by)
{
    return (x << by) | (x >> (64 - by));
}

u64 chance_next(Chance *c)
{
    u64 *s = c->s, out = rotate(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return out;
}

i64 chance_below(Chance *c, i64 n)
{
    must(n > 0);
    return (i64)(((unsigned __int128)chance_next(c) * (u64)n) >> 64);
}

double chance_real(Chance *c)
{
    return (double)(chance_next(c) >> 11) * 0x1p-53;
}

double chance_normal(Chance *c)
{
    double u = 1.0 - chance_real(c), v = chance_real(c);       // u is never 0
    return sqrt(-2.0 * log(u)) * cos(2.0 * M_PI * v);
}

u64 hash_mix(u64 x)
{
    return splitmix(&x);
}

u64 hash_pair(u64 a, u64 b)
{
    u64 mixed = splitmix(&a) ^ b;
    return splitmix(&mixed);
}
