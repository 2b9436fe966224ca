// See tables.h.
#include "rank/tables.h"
#include "rank/zeroed.h"

#include <math.h>
#include <stdlib.h>

enum { TABLE_FOLLOWS = 10, TABLE_NEAR = 50, TABLE_LOOKS = 50 };
static const double FOLLOWS_FADE = 0.7, FOLLOWS_PRIOR = 2, NEAR_PRIOR = 3;

// Where each item occurs: place[start[i] ..] are places in s->item, ascending.
typedef struct Places { i64 *start; i64 *place; i32 *person; } Places;

static Places places(const Sequences *s)
{
    i64 n = s->start[s->people];
    Places x = { zeroed(s->items + 2, sizeof(i64)), zeroed(n, sizeof(i64)), zeroed(n, sizeof(i32)) };
    for (i64 k = 0; k < n; k++) x.start[s->item[k] + 2]++;
    for (i64 i = 2; i < s->items + 2; i++) x.start[i] += x.start[i - 1];
    for (i64 p = 0; p < s->people; p++)
        for (i64 k = s->start[p]; k < s->start[p + 1]; k++) {
            i64 at = x.start[s->item[k] + 1]++;
            x.place[at] = k, x.person[at] = (i32)p;
        }
    return x;
}

static void places_free(Places *x)
{
    free(x->start), free(x->place), free(x->person);
}

typedef struct Cell { float value; i32 item; } Cell;

static int larger_first(const void *a, const void *b)
{
    const Cell *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? 1 : -1;
    return x->item < y->item ? -1 : 1;
}

// A row while it is made: sums by item, and which are not 0.
typedef struct Row { float *sum; i32 *touched; i64 n; Cell *cell; } Row;

static void row_add(Row *r, i32 item, float value)
{
    if (r->sum[item] == 0) r->touched[r->n++] = item;
    r->sum[item] += value;
}

static void row_keep(Row *r, Table *t, i64 i, i64 kept, i64 *room)
{
    for (i64 k = 0; k < r->n; k++) {
        r->cell[k] = (Cell){ r->sum[r->touched[k]], r->touched[k] };
        r->sum[r->touched[k]] = 0;
    }
    qsort(r->cell, (size_t)r->n, sizeof(Cell), larger_first);
    i64 n = r->n < kept ? r->n : kept, at = t->start[i];
    if (at + n > *room) {
        *room = 2 * (at + n);
        t->item = realloc(t->item, (size_t)*room * sizeof(i32)), t->value = realloc(t->value, (size_t)*room * sizeof(float));
        must(t->item && t->value);
    }
    for (i64 k = 0; k < n; k++) t->item[at + k] = r->cell[k].item, t->value[at + k] = r->cell[k].value;
    t->start[i + 1] = at + n;
    r->n = 0;
}

typedef void (*RowFill)(const Sequences *s, const Places *x, i32 item, Row *r);

static Table table_make(const Sequences *s, i64 kept, RowFill fill)
{
    Places x = places(s);
    Table t = { .rows = s->items, .start = zeroed(s->items + 1, sizeof(i64)) };
    Row r = { zeroed(s->items, sizeof(float)), zeroed(s->items, sizeof(i32)), 0, zeroed(s->items, sizeof(Cell)) };
    i64 room = 0;
    for (i64 i = 0; i < s->items; i++) {
        fill(s, &x, (i32)i, &r);
        row_keep(&r, &t, i, kept, &room);
    }
    free(r.sum), free(r.touched), free(r.cell);
    places_free(&x);
    return t;
}

static void fill_follows(const Sequences *s, const Places *x, i32 item, Row *r)
{
    double sum = 0;
    for (i64 at = x->start[item]; at < x->start[item + 1]; at++) {
        i64 place = x->place[at], end = s->start[x->person[at] + 1];
        double w = 1;
        for (i64 k = place + 1; k < end && k <= place + TABLE_FOLLOWS; k++, w *= FOLLOWS_FADE) {
            if (s->item[k] == item) continue;
            row_add(r, s->item[k], (float)w);
            sum += w;
        }
    }
    for (i64 k = 0; k < r->n; k++) r->sum[r->touched[k]] /= (float)(sum + FOLLOWS_PRIOR);
}

static void fill_near(const Sequences *s, const Places *x, i32 item, Row *r)
{
    for (i64 at = x->start[item]; at < x->start[item + 1]; at++) {
        i64 place = x->place[at], begin = s->start[x->person[at]], end = s->start[x->person[at] + 1];
        float w = (float)(1 / log2(2 + (double)(end - begin)));           // a long history says less of any two
        for (i64 k = place - TABLE_NEAR > begin ? place - TABLE_NEAR : begin; k < end && k <= place + TABLE_NEAR; k++)
            if (s->item[k] != item) row_add(r, s->item[k], w);
    }
    double own = (double)(x->start[item + 1] - x->start[item]) + NEAR_PRIOR;
    for (i64 k = 0; k < r->n; k++) {
        i32 j = r->touched[k];
        r->sum[j] /= (float)sqrt(own * ((double)(x->start[j + 1] - x->start[j]) + NEAR_PRIOR));
    }
}

Table table_follows(const Sequences *s, i64 kept)
{
    return table_make(s, kept, fill_follows);
}

Table table_near(const Sequences *s, i64 kept)
{
    return table_make(s, kept, fill_near);
}

void table_free(Table *t)
{
    free(t->start), free(t->item), free(t->value);
    *t = (Table){ 0 };
}

void table_scores(const Table *t, const i32 *history, i64 n, double fade, float *out)
{
    double w = 1;
    memset(out, 0, (size_t)t->rows * sizeof(float));
    for (i64 k = n - 1; k >= 0 && k >= n - TABLE_LOOKS; k--, w *= fade)
        for (i64 at = t->start[history[k]]; at < t->start[history[k] + 1]; at++) out[t->item[at]] += (float)w * t->value[at];
}

// ---------------------------------------------------------------------------------------------- histories alike

enum { ALIKE_POSTINGS = 1000, ALIKE_ITEMS = 20, ALIKE_NEAREST = 400, ALIKE_LONGEST = 200 };
static const double ALIKE_FADE = 0.8, ALIKE_PLACE = 5;

Alike alike_new(const Sequences *s)
{
    Places x = places(s);
    free(x.place);
    return (Alike){ s, x.start, x.person };
}

void alike_free(Alike *a)
{
    free(a->start), free(a->person);
    *a = (Alike){ 0 };
}

AlikeDesk alike_desk(const Alike *a)
{
    return (AlikeDesk){ zeroed(a->s->people, sizeof(float)), zeroed(a->s->people, sizeof(i32)) };
}

void alike_desk_free(AlikeDesk *d)
{
    free(d->sum), free(d->touched);
    *d = (AlikeDesk){ 0 };
}

// Keeps the largest cells in a heap with the least on top.
static void heap_put(Cell *heap, i64 *n, Cell c)
{
    i64 at;
    if (*n < ALIKE_NEAREST) {
        for (at = (*n)++; at > 0 && larger_first(&heap[(at - 1) / 2], &c) < 0; at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
        heap[at] = c;
        return;
    }
    if (larger_first(&c, &heap[0]) > 0) return;
    for (at = 0; 2 * at + 1 < *n;) {
        i64 down = 2 * at + 1;
        if (down + 1 < *n && larger_first(&heap[down + 1], &heap[down]) > 0) down++;
        if (larger_first(&c, &heap[down]) > 0) break;
        heap[at] = heap[down], at = down;
    }
    heap[at] = c;
}

// The nearest histories into `heap`, the nearest first; how many.
static i64 gather(const Alike *a, AlikeDesk *d, const i32 *history, i64 n, i64 skip, Cell *heap)
{
    Row r = { d->sum, d->touched, 0, NULL };
    double w = 1;
    i64 found = 0;
    for (i64 k = n - 1; k >= 0 && k >= n - ALIKE_ITEMS; k--, w *= ALIKE_FADE) {
        i64 end = a->start[history[k] + 1], from = a->start[history[k]];
        for (i64 at = end - ALIKE_POSTINGS > from ? end - ALIKE_POSTINGS : from; at < end; at++)
            if (a->person[at] != skip) row_add(&r, a->person[at], (float)w);
    }
    for (i64 k = 0; k < r.n; k++) {
        i32 p = r.touched[k];
        double length = (double)(a->s->start[p + 1] - a->s->start[p]);
        heap_put(heap, &found, (Cell){ r.sum[p] / (float)sqrt(length + 1), p });
        r.sum[p] = 0;
    }
    qsort(heap, (size_t)found, sizeof(Cell), larger_first);
    return found;
}

// What one neighbour's history adds: its items, the more the nearer they lie to what is shared most recently.
static void adopt(const Alike *a, Cell neighbour, const i32 *history, i64 n, float *out)
{
    const i32 *item = a->s->item + a->s->start[neighbour.item];
    i64 length = a->s->start[neighbour.item + 1] - a->s->start[neighbour.item], shared = -1;
    if (length > ALIKE_LONGEST) item += length - ALIKE_LONGEST, length = ALIKE_LONGEST;
    for (i64 k = n - 1; k >= 0 && k >= n - ALIKE_ITEMS && shared < 0; k--)
        for (i64 j = length - 1; j >= 0 && shared < 0; j--)
            if (item[j] == history[k]) shared = j;
    if (shared < 0) return;
    for (i64 j = 0; j < length; j++)
        if (j != shared) out[item[j]] += neighbour.value * (float)exp(-fabs((double)(j - shared)) / ALIKE_PLACE);
}

void alike_scores(const Alike *a, AlikeDesk *d, const i32 *history, i64 n, i64 skip, float *out)
{
    Cell nearest[ALIKE_NEAREST];
    memset(out, 0, (size_t)a->s->items * sizeof(float));
    i64 found = gather(a, d, history, n, skip, nearest);
    for (i64 k = 0; k < found; k++) adopt(a, nearest[k], history, n, out);
    float top = 0;
    for (i64 i = 0; i < a->s->items; i++) top = fmaxf(top, out[i]);
    for (i64 i = 0; top > 0 && i < a->s->items; i++) out[i] /= top;
}
