// See parts.h: the models' fitting, and their features.
#include "rank/parts.h"

#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { AGAIN_LOOKS = 50 };
static const double FADE = 0.75, FINE = 1e-3, RIDGE_PER_ITEM = 1.0;

// ---------------------------------------------------------------------------------------------- fitting

static void fit_popular(Next *x, const Sequences *s)
{
    x->popular = zeroed(s->items, sizeof(float));
    for (i64 k = 0; k < s->start[s->people]; k++) x->popular[s->item[k]] += 1;
    for (i64 i = 0; i < s->items; i++) x->popular[i] = logf(1 + x->popular[i]);
}

typedef struct Fitting { Next *x; const Sequences *s; } Fitting;

static void fit_half(void *context, i64 shard)
{
    Fitting *f = context;
    Next *x = f->x;
    if (shard == 0) {
        if (x->c.use != NEXT_SETS) x->follows = table_follows(f->s, TABLE_KEPT);
        x->near = table_near(f->s, TABLE_KEPT);
    } else {
        x->spectral = spectral_fit(f->s, SPECTRAL_WIDTH, x->c.seed);
        x->alike = alike_new(f->s);
    }
}

void parts_fit(Next *x, const Sequences *s)
{
    parts_free(x);
    x->s = s;
    fit_popular(x, s);
    Fitting f = { x, s };
    both(fit_half, &f);
    // A ridge that grows with how much there is: where a history is short, each pair must be seen more often to count.
    double ridge = RIDGE_PER_ITEM * sqrt((double)s->start[s->people] / (double)s->items) * 10;
    openblas_set_num_threads(THREADS);
    x->linear = linear_fit(s, ridge);
    openblas_set_num_threads(1);
}

void parts_free(Next *x)
{
    free(x->popular);
    x->popular = NULL;
    table_free(&x->follows), table_free(&x->near), alike_free(&x->alike), linear_free(&x->linear), spectral_free(&x->spectral);
}

// ---------------------------------------------------------------------------------------------- features

static void log_of(i64 n, const float *x, float *out)
{
    for (i64 i = 0; i < n; i++) out[i] = x[i] > 0 ? log1pf(x[i] / (float)FINE) : 0;
}

static void to_largest(i64 n, float *x)
{
    float top = 0;
    for (i64 i = 0; i < n; i++) top = fmaxf(top, x[i]);
    for (i64 i = 0; top > 0 && i < n; i++) x[i] /= top;
}

static void attend_feature(const Next *x, NextDesk *d, const i32 *history, i64 n)
{
    float *out = d->feature[NEXT_ATTEND], *one = d->feature[NEXT_ALIKE];        // borrowed: alike comes after
    memset(out, 0, (size_t)x->s->items * sizeof(float));
    for (i64 k = 0; k < NETWORKS && x->attend[k]; k++) {
        attend_state(x->attend[k], history, n, d->vector);
        attend_scores(x->attend[k], d->vector, one);
        for (i64 i = 0; i < x->s->items; i++) out[i] += one[i] / NETWORKS;
    }
}

// 1 for the last step; for earlier ones 1, 1/2, 1/3 ... by how long ago.
static void again_features(const NextDesk *d, const i32 *history, i64 n)
{
    for (i64 k = n - 2; k >= 0 && k >= n - AGAIN_LOOKS; k--) {
        float *again = &d->feature[NEXT_AGAIN][history[k]];
        *again = fmaxf(*again, 1 / (float)(n - 1 - k));
    }
    d->feature[NEXT_LAST][history[n - 1]] = 1;
    d->feature[NEXT_AGAIN][history[n - 1]] = 0;
}

void parts_features(const Next *x, NextDesk *d, i64 person, const i32 *history, i64 n)
{
    i64 items = x->s->items;
    double fade = x->c.use == NEXT_SETS ? 1 : FADE;
    memcpy(d->feature[NEXT_POPULAR], x->popular, (size_t)items * sizeof(float));
    for (i64 f = NEXT_POPULAR + 1; f < NEXT_FEATURES; f++) memset(d->feature[f], 0, (size_t)items * sizeof(float));
    if (!n) return;
    again_features(d, history, n);
    if (x->attend[0]) attend_feature(x, d, history, n);
    if (x->follows.rows) table_scores(&x->follows, history, n, fade, d->feature[NEXT_FOLLOWS]);
    table_scores(&x->near, history, n, fade, d->feature[NEXT_NEAR]);
    alike_scores(&x->alike, &d->alike, history, n, person, d->feature[NEXT_ALIKE]);
    if (x->linear.n) linear_scores(&x->linear, history, n, d->feature[NEXT_LINEAR]);
    if (x->spectral.items) spectral_scores(&x->spectral, history, n, d->feature[NEXT_SPECTRAL]);
    to_largest(items, d->feature[NEXT_SPECTRAL]);
    static const int both_forms[] = { NEXT_FOLLOWS, NEXT_NEAR, NEXT_ALIKE, NEXT_LINEAR, NEXT_SPECTRAL };
    for (size_t k = 0; k < sizeof(both_forms) / sizeof(*both_forms); k++)
        log_of(items, d->feature[both_forms[k]], d->feature[both_forms[k] + 1]);
}

NextDesk next_desk(const Next *x)
{
    NextDesk d = { .alike = alike_desk(&x->alike) };
    for (i64 f = 0; f < NEXT_FEATURES; f++) d.feature[f] = zeroed(x->s->items, sizeof(float));
    d.vector = zeroed(ATTEND_WIDTH_MAX, sizeof(float));
    return d;
}

void next_desk_free(NextDesk *d)
{
    for (i64 f = 0; f < NEXT_FEATURES; f++) free(d->feature[f]);
    free(d->vector);
    alike_desk_free(&d->alike);
}

void next_scores(const Next *x, NextDesk *d, i64 person, const i32 *history, i64 n, float *out)
{
    parts_features(x, d, person, history, n);
    memset(out, 0, (size_t)x->s->items * sizeof(float));
    if (!n) memcpy(out, x->popular, (size_t)x->s->items * sizeof(float));
    for (i64 f = 0; n && f < NEXT_FEATURES; f++)
        if (x->weight[f] != 0) cblas_saxpy((int)x->s->items, x->weight[f], d->feature[f], 1, out, 1);
}
