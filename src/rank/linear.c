// See linear.h.
#include "rank/linear.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>

#include "rank/chance.h"

enum { LINEAR_LOOKS = 200 };               // of a history, the latest

// LAPACK, which OpenBLAS brings along without a header of its own: Cholesky's factor of a symmetric matrix, and the inverse from
// it. By columns: its "L" is the upper triangle of our rows.
void spotrf_(const char *triangle, const int *n, float *a, const int *stride, int *info);
void spotri_(const char *triangle, const int *n, float *a, const int *stride, int *info);

static bool factor(i64 n, float *a)
{
    int size = (int)n, info = 0;
    spotrf_("L", &size, a, &size, &info);
    return info == 0;
}

static bool inverse_of_factor(i64 n, float *a)
{
    int size = (int)n, info = 0;
    spotri_("L", &size, a, &size, &info);
    return info == 0;
}

typedef struct Often { i64 count; i32 item; } Often;

static int oftener_first(const void *a, const void *b)
{
    const Often *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return x->item < y->item ? -1 : 1;
}

// Which items have rows: those that occur, the most frequent if they are too many.
static void choose_items(const Sequences *s, Linear *l)
{
    Often *often = calloc((size_t)s->items, sizeof(Often));
    l->place = malloc((size_t)s->items * sizeof(i32));
    must(often && l->place);
    for (i64 i = 0; i < s->items; i++) often[i].item = (i32)i, l->place[i] = -1;
    for (i64 k = 0; k < s->start[s->people]; k++) often[s->item[k]].count++;
    qsort(often, (size_t)s->items, sizeof(Often), oftener_first);
    while (l->n < s->items && l->n < LINEAR_ITEMS_MAX && often[l->n].count > 0) l->n++;
    l->item = malloc((size_t)(l->n + 1) * sizeof(i32));
    must(l->item);
    for (i64 i = 0; i < l->n; i++) l->item[i] = often[i].item, l->place[often[i].item] = (i32)i;
    free(often);
}

// Co-occurrences of the items of each history, each item once.
static void count_pairs(const Sequences *s, const Linear *l, float *g)
{
    bool *seen = calloc((size_t)l->n, sizeof(bool));
    i32 own[LINEAR_LOOKS];
    must(seen);
    for (i64 p = 0; p < s->people; p++) {
        i64 n = 0;
        for (i64 k = s->start[p + 1] - 1; k >= s->start[p] && n < LINEAR_LOOKS; k--) {
            i32 at = l->place[s->item[k]];
            if (at >= 0 && !seen[at]) seen[at] = true, own[n++] = at;
        }
        for (i64 a = 0; a < n; a++) {
            seen[own[a]] = false;
            for (i64 b = 0; b < n; b++) g[own[a] * l->n + own[b]] += 1;
        }
    }
    free(seen);
}

// From the inverse P, of which one triangle is there: B = I - P diag(P)^-1.
static void weights_of(i64 n, float *g)
{
    for (i64 i = 0; i < n; i++)
        for (i64 j = i + 1; j < n; j++) g[j * n + i] = g[i * n + j];
    float *diagonal = malloc((size_t)n * sizeof(float));
    must(diagonal);
    for (i64 i = 0; i < n; i++) diagonal[i] = g[i * n + i];
    for (i64 i = 0; i < n; i++)
        for (i64 j = 0; j < n; j++) g[i * n + j] = i == j ? 0 : -g[i * n + j] / diagonal[j];
    free(diagonal);
}

Linear linear_fit(const Sequences *s, double lambda)
{
    Linear l = { .items = s->items };
    choose_items(s, &l);
    float *g = l.weight = calloc((size_t)(l.n * l.n + 1), sizeof(float));
    if (g) {
        count_pairs(s, &l, g);
        for (i64 i = 0; i < l.n; i++) g[i * l.n + i] += (float)lambda;
    }
    if (!g || !l.n || !factor(l.n, g) || !inverse_of_factor(l.n, g)) {
        linear_free(&l);
        return l;
    }
    weights_of(l.n, g);
    return l;
}

void linear_free(Linear *l)
{
    free(l->weight), free(l->place), free(l->item);
    *l = (Linear){ 0 };
}

void linear_scores(const Linear *l, const i32 *history, i64 n, float *out)
{
    float *sum = calloc((size_t)l->n, sizeof(float));
    must(sum);
    for (i64 k = n - 1; k >= 0 && k >= n - LINEAR_LOOKS; k--) {
        i32 at = l->place[history[k]];
        if (at >= 0) cblas_saxpy((int)l->n, 1, l->weight + at * l->n, 1, sum, 1);
    }
    memset(out, 0, (size_t)l->items * sizeof(float));
    for (i64 i = 0; i < l->n; i++) out[l->item[i]] = sum[i];
    free(sum);
}

// ---------------------------------------------------------------------------------------------- spectral

// y = X'X x by way of the people, where X is scaled by the degrees of both. x, y: items x width.
static void pass_through(const Sequences *s, const float *item_scale, i64 width, const float *x, float *y)
{
    float row[SPECTRAL_WIDTH];
    memset(y, 0, (size_t)(s->items * width) * sizeof(float));
    for (i64 p = 0; p < s->people; p++) {
        i64 from = s->start[p], to = s->start[p + 1];
        if (to - from > LINEAR_LOOKS) from = to - LINEAR_LOOKS;
        if (to == from) continue;
        float each = 1 / (float)(to - from);
        memset(row, 0, sizeof(row));
        for (i64 k = from; k < to; k++)
            for (i64 i = 0; i < width; i++) row[i] += item_scale[s->item[k]] * x[s->item[k] * width + i];
        for (i64 k = from; k < to; k++)
            for (i64 i = 0; i < width; i++) y[s->item[k] * width + i] += each * item_scale[s->item[k]] * row[i];
    }
}

// Columns of length 1 at right angles, by Cholesky's factor of their products; twice, since once loses half of the digits.
static bool make_orthogonal(i64 n, i64 width, float *x)
{
    float g[SPECTRAL_WIDTH * SPECTRAL_WIDTH];
    int rows = (int)n, w = (int)width;
    for (int round = 0; round < 2; round++) {
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, w, w, rows, 1, x, w, x, w, 0, g, w);
        for (i64 i = 0; i < width; i++) g[i * width + i] += 1e-6F * (g[i * width + i] + 1e-6F);
        if (!factor(width, g)) return false;
        cblas_strsm(CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, rows, w, 1, g, w, x, w);
    }
    return true;
}

Spectral spectral_fit(const Sequences *s, i64 width, u64 seed)
{
    enum { ROUNDS = 12 };
    i64 n = s->items;
    if (width > n) width = n;
    Spectral f = { n, width, malloc((size_t)(n * width) * sizeof(float)), calloc((size_t)n, sizeof(float)) };
    float *y = malloc((size_t)(n * width) * sizeof(float));
    must(f.direction && f.scale && y);
    Chance c = chance_new(seed);
    for (i64 k = 0; k < s->start[s->people]; k++) f.scale[s->item[k]] += 1;
    for (i64 i = 0; i < n; i++) f.scale[i] = 1 / sqrtf(fmaxf(f.scale[i], 1));
    for (i64 i = 0; i < n * width; i++) f.direction[i] = (float)chance_normal(&c);
    bool fine = make_orthogonal(n, width, f.direction);
    for (int round = 0; fine && round < ROUNDS; round++) {
        pass_through(s, f.scale, width, f.direction, y);
        memcpy(f.direction, y, (size_t)(n * width) * sizeof(float));
        fine = make_orthogonal(n, width, f.direction);
    }
    free(y);
    if (!fine) spectral_free(&f);
    return f;
}

void spectral_free(Spectral *f)
{
    free(f->direction), free(f->scale);
    *f = (Spectral){ 0 };
}

void spectral_scores(const Spectral *f, const i32 *history, i64 n, float *out)
{
    float seen[SPECTRAL_WIDTH] = { 0 };
    for (i64 k = n - 1; k >= 0 && k >= n - LINEAR_LOOKS; k--)
        for (i64 i = 0; i < f->width; i++) seen[i] += f->scale[history[k]] * f->direction[history[k] * f->width + i];
    cblas_sgemv(CblasRowMajor, CblasNoTrans, (int)f->items, (int)f->width, 1, f->direction, (int)f->width, seen, 1, 0, out, 1);
    for (i64 i = 0; i < f->items; i++) out[i] /= f->scale[i];
}
