// Where clips lie: a tree of two floors of directions, learned as clips come (mini-batch k-means, Sculley 2010), so that near
// ones are found without looking at all: an inverted file (Jégou and others 2011) with short, bounded lists.
#include "rank/inner.h"

#include <math.h>

static const float STEP_LAST = 2000;       // clips after which a direction moves no slower
static const float CROWD = 0.05f;          // how much a cell is avoided for each doubling of what it holds

// The best of `n` directions for a clip. Full ones are avoided a little, or some would take all and others none.
static i64 choose(const Vec *of, const float *count, i64 n, const Vec *v)
{
    i64 best = 0;
    float high = -1e9f;
    for (i64 i = 0; i < n; i++) {
        float s = vec_dot(&of[i], v) - CROWD * log2f(1 + count[i]);
        if (s > high) high = s, best = i;
    }
    return best;
}

static void follow(Vec *of, float *count, const Vec *v)
{
    *count += 1;
    float by = 1 / lesser(*count, STEP_LAST);
    vec_scale(of, 1 - by);
    vec_add(of, v, by);
    vec_unit(of);
}

u32 cell_place(Rank *r, const Vec *v, bool sells)
{
    i64 a = choose(r->coarse, r->coarse_n, COARSE, v);
    follow(&r->coarse[a], &r->coarse_n[a], v);
    i64 b = a * FINE + choose(r->fine + a * FINE, r->fine_n + a * FINE, FINE, v);
    follow(&r->fine[b], &r->fine_n[b], v);
    return (u32)(b + (sells ? COARSE * FINE : 0));
}

typedef struct Near { float s; u32 cell; } Near;

static void keep(Near *best, i64 *n, i64 max, Near x)
{
    i64 i = *n < max ? (*n)++ : max;
    for (; i > 0 && best[i - 1].s < x.s; i--)
        if (i < max) best[i] = best[i - 1];
    if (i < max) best[i] = x;
}

i64 cell_nearest(const Rank *r, const Vec *v, bool sells, u32 *out, i64 max)
{
    enum { LOOK = 6, MOST = 24 };
    Near wide[LOOK], near[MOST];
    i64 n_wide = 0, n = 0;
    must(max <= MOST);
    for (u32 i = 0; i < COARSE; i++)
        if (r->coarse_n[i] > 0) keep(wide, &n_wide, LOOK, (Near){ vec_dot(&r->coarse[i], v), i });
    u32 half = sells ? COARSE * FINE : 0;
    for (i64 k = 0; k < n_wide; k++)
        for (u32 i = wide[k].cell * FINE; i < (wide[k].cell + 1) * FINE; i++)
            if (r->cell[half + i].n) keep(near, &n, max, (Near){ vec_dot(&r->fine[i], v), half + i });
    for (i64 i = 0; i < n; i++) out[i] = near[i].cell;
    return n;
}
