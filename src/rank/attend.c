// See attend.h. The weights lie in one array: a row an item, a bias an item, then the network's own.
#include "rank/attend.h"

#include <math.h>
#include <stdlib.h>

#include "rank/attend_parts.h"
#include "rank/zeroed.h"

static const float ADAM_FIRST = 0.9F, ADAM_SECOND = 0.98F, ADAM_SMALL = 1e-8F;
enum { WARM_STEPS = 50 };

// Where a block's weights lie, as places in the array.
typedef struct Block { i64 gain1, shift1, qkv, far, out, gain2, shift2, up, up_shift, down, down_shift; } Block;

struct Attend {
    AttendConfig c;
    i64 items, n, dense, hidden;           // n: all weights; dense: where those begin that are not an item's
    Block block[ATTEND_BLOCKS_MAX];
    i64 gain, shift;                       // of the last normalisation
    float *w, *g, *first, *second;         // weights, gradients, Adam's two moments
    bool *touched;                         // by item: g has something
    i32 *touch; i64 n_touch;
    double *drawn;                         // items' shares among the negatives, summed up
    i64 step;
    Chance chance;
};

AttendConfig attend_config(void)
{
    return (AttendConfig){ .seed = 1, .width = 64, .heads = 2, .blocks = 2, .length = 50, .negatives = 512, .batch = 1024,
                           .rate = 3e-3, .dropout = 0.4, .decay = 0 };
}

static i64 take(Attend *a, i64 n)
{
    i64 at = a->n;
    a->n += n;
    return at;
}

static void lay_out(Attend *a)
{
    i64 w = a->c.width, h = a->hidden = 2 * w;
    take(a, a->items * (w + 1));
    a->dense = a->n;
    for (i64 b = 0; b < a->c.blocks; b++) {
        Block *k = &a->block[b];
        k->gain1 = take(a, w), k->shift1 = take(a, w), k->qkv = take(a, 3 * w * w), k->far = take(a, a->c.heads * a->c.length);
        k->out = take(a, w * w), k->gain2 = take(a, w), k->shift2 = take(a, w), k->up = take(a, w * h), k->up_shift = take(a, h);
        k->down = take(a, h * w), k->down_shift = take(a, w);
    }
    a->gain = take(a, w), a->shift = take(a, w);
}

static void scatter(Attend *a, i64 at, i64 n, double deviation)
{
    for (i64 i = 0; i < n; i++) a->w[at + i] = (float)(deviation * chance_normal(&a->chance));
}

static void fill(Attend *a, i64 at, i64 n, float value)
{
    for (i64 i = 0; i < n; i++) a->w[at + i] = value;
}

static void begin(Attend *a)
{
    i64 w = a->c.width, h = a->hidden;
    scatter(a, 0, a->items * w, 1 / sqrt((double)w));
    for (i64 b = 0; b < a->c.blocks; b++) {
        const Block *k = &a->block[b];
        fill(a, k->gain1, w, 1), fill(a, k->gain2, w, 1);
        scatter(a, k->qkv, 3 * w * w, 1 / sqrt((double)w));
        scatter(a, k->out, w * w, 0.5 / sqrt((double)w));
        scatter(a, k->up, w * h, sqrt(2.0 / (double)w));
        scatter(a, k->down, h * w, 0.5 / sqrt((double)h));
    }
    fill(a, a->gain, w, 1);
}

Attend *attend_new(i64 items, const AttendConfig *c)
{
    must(items > 0 && c->width > 0 && c->width <= ATTEND_WIDTH_MAX && c->heads > 0 && c->width % c->heads == 0);
    must(c->blocks > 0 && c->blocks <= ATTEND_BLOCKS_MAX && c->length > 0 && c->length <= ATTEND_LENGTH_MAX && c->negatives > 0);
    Attend *a = zeroed(1, sizeof(*a));
    a->c = *c, a->items = items, a->chance = chance_new(c->seed);
    lay_out(a);
    a->w = zeroed(a->n, sizeof(float)), a->g = zeroed(a->n, sizeof(float));
    a->first = zeroed(a->n, sizeof(float)), a->second = zeroed(a->n, sizeof(float));
    a->touched = zeroed(items, sizeof(bool)), a->touch = zeroed(items, sizeof(i32)), a->drawn = zeroed(items, sizeof(double));
    begin(a);
    return a;
}

void attend_free(Attend *a)
{
    if (!a) return;
    free(a->w), free(a->g), free(a->first), free(a->second), free(a->touched), free(a->touch), free(a->drawn), free(a);
}

// ---------------------------------------------------------------------------------------------- forward

// What a pass through one block leaves for the way back.
typedef struct Trace { float *x, *y1, *stat1, *qkv, *share, *mixed, *mid, *y2, *stat2, *hidden; u8 *kept1, *kept2; } Trace;

typedef struct Pass {
    Rows rows;
    const i32 *in;
    Trace block[ATTEND_BLOCKS_MAX];
    float *x, *state, *stat;               // after the blocks; normalised
    u8 *kept;
    double dropout;
} Pass;

// Memory for one pass after the other: taken once, never cleared, since to clear it would cost more than the network.
typedef struct Desk { float *p; i64 n, used; } Desk;

static float *floats(Desk *m, i64 n)
{
    float *at = m->p + m->used;
    m->used += (n + 15) / 16 * 16;
    must(m->used <= m->n);
    return at;
}

static u8 *bytes(Desk *m, i64 n)
{
    return (u8 *)floats(m, (n + 3) / 4);
}

static i32 *numbers(Desk *m, i64 n)
{
    return (i32 *)floats(m, n);
}

static float *zeros(Desk *m, i64 n)
{
    return memset(floats(m, n), 0, (size_t)n * sizeof(float));
}

// Enough for n rows in parts of at most `longest`, there and (with negatives) back.
static Desk desk_new(const Attend *a, i64 n, i64 longest, i64 negatives)
{
    i64 w = a->c.width, row = 16 * w + a->hidden * 2 + a->c.heads * longest + 64;
    i64 size = n * (row * (a->c.blocks + 1) + negatives + 64) + negatives * (2 * w + 64) + (1 << 14);
    float *p = malloc((size_t)size * sizeof(float));
    must(p);
    return (Desk){ p, size, 0 };
}

static void add_shift(i64 n, i64 width, float *x, const float *shift)
{
    for (i64 r = 0; r < n; r++)
        for (i64 i = 0; i < width; i++) x[r * width + i] += shift[i];
}

static Mix mix_of(const Attend *a, Rows rows)
{
    return (Mix){ rows, a->c.width, a->c.heads, a->c.length };
}

static void block_forward(const Attend *a, Desk *m, Chance *chance, Pass *p, i64 at)
{
    const Block *k = &a->block[at];
    Trace *t = &p->block[at];
    i64 n = p->rows.n, w = a->c.width, h = a->hidden;
    Mix mix = mix_of(a, p->rows);
    t->x = p->x, t->y1 = floats(m, n * w), t->stat1 = floats(m, n * 2), t->qkv = floats(m, n * 3 * w);
    t->mixed = floats(m, n * w);
    t->share = floats(m, mix_shares(&mix)), t->mid = floats(m, n * w), t->y2 = floats(m, n * w), t->stat2 = floats(m, n * 2);
    t->hidden = floats(m, n * h), p->x = floats(m, n * w);
    t->kept1 = bytes(m, n * w), t->kept2 = bytes(m, n * w);
    norm_forward(n, w, t->x, a->w + k->gain1, a->w + k->shift1, t->y1, t->stat1);
    product((Product){ .m = n, .n = 3 * w, .k = w, .alpha = 1 }, t->y1, a->w + k->qkv, t->qkv);
    mix_forward(&mix, t->qkv, a->w + k->far, t->share, t->mixed);
    product((Product){ .m = n, .n = w, .k = w, .alpha = 1 }, t->mixed, a->w + k->out, t->mid);
    drop_forward(n * w, p->dropout, chance, t->mid, t->kept1);
    for (i64 i = 0; i < n * w; i++) t->mid[i] += t->x[i];
    norm_forward(n, w, t->mid, a->w + k->gain2, a->w + k->shift2, t->y2, t->stat2);
    product((Product){ .m = n, .n = h, .k = w, .alpha = 1 }, t->y2, a->w + k->up, t->hidden);
    add_shift(n, h, t->hidden, a->w + k->up_shift);
    bend_forward(n * h, t->hidden);
    product((Product){ .m = n, .n = w, .k = h, .alpha = 1 }, t->hidden, a->w + k->down, p->x);
    add_shift(n, w, p->x, a->w + k->down_shift);
    drop_forward(n * w, p->dropout, chance, p->x, t->kept2);
    for (i64 i = 0; i < n * w; i++) p->x[i] += t->mid[i];
}

static void forward(const Attend *a, Desk *m, Chance *chance, Pass *p)
{
    i64 n = p->rows.n, w = a->c.width;
    p->x = floats(m, n * w), p->kept = bytes(m, n * w);
    for (i64 r = 0; r < n; r++) memcpy(p->x + r * w, a->w + p->in[r] * w, (size_t)w * sizeof(float));
    drop_forward(n * w, p->dropout, chance, p->x, p->kept);
    for (i64 b = 0; b < a->c.blocks; b++) block_forward(a, m, chance, p, b);
    p->state = floats(m, n * w), p->stat = floats(m, n * 2);
    norm_forward(n, w, p->x, a->w + a->gain, a->w + a->shift, p->state, p->stat);
}

// ---------------------------------------------------------------------------------------------- backward

static void sum_rows(i64 n, i64 width, const float *dy, float *dshift)
{
    for (i64 r = 0; r < n; r++)
        for (i64 i = 0; i < width; i++) dshift[i] += dy[r * width + i];
}

// dx is about what came out of the block, and is then about what went in.
static void block_backward(Attend *a, Desk *m, const Pass *p, i64 at, float *dx)
{
    const Block *k = &a->block[at];
    const Trace *t = &p->block[at];
    i64 n = p->rows.n, w = a->c.width, h = a->hidden;
    float *d = floats(m, n * w), *dhidden = floats(m, n * h), *dqkv = floats(m, n * 3 * w), *dy = floats(m, n * w);
    memcpy(d, dx, (size_t)(n * w) * sizeof(float));
    drop_backward(n * w, p->dropout, d, t->kept2);
    sum_rows(n, w, d, a->g + k->down_shift);
    product((Product){ .turn_a = true, .m = h, .n = w, .k = n, .alpha = 1, .beta = 1 }, t->hidden, d, a->g + k->down);
    product((Product){ .turn_b = true, .m = n, .n = h, .k = w, .alpha = 1 }, d, a->w + k->down, dhidden);
    bend_backward(n * h, dhidden, t->hidden);
    sum_rows(n, h, dhidden, a->g + k->up_shift);
    product((Product){ .turn_a = true, .m = w, .n = h, .k = n, .alpha = 1, .beta = 1 }, t->y2, dhidden, a->g + k->up);
    product((Product){ .turn_b = true, .m = n, .n = w, .k = h, .alpha = 1 }, dhidden, a->w + k->up, dy);
    norm_backward(n, w, dy, t->mid, a->w + k->gain2, t->stat2, dx, a->g + k->gain2, a->g + k->shift2);
    memcpy(d, dx, (size_t)(n * w) * sizeof(float));
    drop_backward(n * w, p->dropout, d, t->kept1);
    product((Product){ .turn_a = true, .m = w, .n = w, .k = n, .alpha = 1, .beta = 1 }, t->mixed, d, a->g + k->out);
    product((Product){ .turn_b = true, .m = n, .n = w, .k = w, .alpha = 1 }, d, a->w + k->out, dy);
    Mix mix = mix_of(a, p->rows);
    mix_backward(&mix, dy, t->qkv, t->share, dqkv, a->g + k->far);
    product((Product){ .turn_a = true, .m = w, .n = 3 * w, .k = n, .alpha = 1, .beta = 1 }, t->y1, dqkv, a->g + k->qkv);
    product((Product){ .turn_b = true, .m = n, .n = w, .k = 3 * w, .alpha = 1 }, dqkv, a->w + k->qkv, dy);
    norm_backward(n, w, dy, t->x, a->w + k->gain1, t->stat1, dx, a->g + k->gain1, a->g + k->shift1);
}

static void touch(Attend *a, i32 item, const float *d, float times, float dbias)
{
    if (!a->touched[item]) a->touched[item] = true, a->touch[a->n_touch++] = item;
    float *row = a->g + item * a->c.width;
    for (i64 i = 0; i < a->c.width; i++) row[i] += times * d[i];
    a->g[a->items * a->c.width + item] += dbias;
}

static void backward(Attend *a, Desk *m, const Pass *p, const float *dstate)
{
    i64 n = p->rows.n, w = a->c.width;
    float *dx = zeros(m, n * w);
    norm_backward(n, w, dstate, p->x, a->w + a->gain, p->stat, dx, a->g + a->gain, a->g + a->shift);
    for (i64 b = a->c.blocks - 1; b >= 0; b--) block_backward(a, m, p, b, dx);
    drop_backward(n * w, p->dropout, dx, p->kept);
    for (i64 r = 0; r < n; r++) touch(a, p->in[r], dx + r * w, 1, 0);
}

// ---------------------------------------------------------------------------------------------- the loss

typedef struct Negatives { i64 n; i32 *item; float *row, *fix; } Negatives;   // fix: bias - log(expected number of draws)

// Half of them as often as they occur, half evenly.
static void count_items(Attend *a, const Sequences *s)
{
    i64 total = s->start[s->people];
    for (i64 i = 0; i < a->items; i++) a->drawn[i] = 0.5 / (double)a->items;
    for (i64 k = 0; k < total; k++) a->drawn[s->item[k]] += 0.5 / (double)total;
    for (i64 i = 1; i < a->items; i++) a->drawn[i] += a->drawn[i - 1];
}

static i32 draw(const Attend *a, Chance *c)
{
    double at = chance_real(c) * a->drawn[a->items - 1];
    i64 low = 0, high = a->items - 1;
    while (low < high) {
        i64 middle = (low + high) / 2;
        if (a->drawn[middle] > at) high = middle;
        else low = middle + 1;
    }
    return (i32)low;
}

static Negatives negatives(const Attend *a, Desk *m, Chance *c)
{
    i64 w = a->c.width, n = a->c.negatives;
    Negatives x = { n, numbers(m, n), floats(m, n * w), floats(m, n) };
    for (i64 i = 0; i < n; i++) {
        i32 item = x.item[i] = draw(a, c);
        double share = a->drawn[item] - (item ? a->drawn[item - 1] : 0);
        memcpy(x.row + i * w, a->w + item * w, (size_t)w * sizeof(float));
        x.fix[i] = a->w[a->items * w + item] - (float)log((double)n * share);
    }
    return x;
}

// Of one row: turns scores into chances of the negatives; *own is the target's. The loss in nats.
static float soften(i64 n, float *score, const Negatives *x, i32 target, float own_score, float *own)
{
    float top = own_score, sum = 0;
    for (i64 i = 0; i < n; i++) {
        score[i] = x->item[i] == target ? -INFINITY : score[i] + x->fix[i];
        top = fmaxf(top, score[i]);
    }
    for (i64 i = 0; i < n; i++) sum += score[i] = expf(score[i] - top);
    *own = expf(own_score - top);
    sum += *own;
    for (i64 i = 0; i < n; i++) score[i] /= sum;
    *own /= sum;
    return -logf(fmaxf(*own, 1e-30F));
}

// The mean loss of the pass, and its gradient in a->g. target: by row.
static double loss(Attend *a, Desk *m, Chance *c, const Pass *p, const i32 *target)
{
    i64 n = p->rows.n, w = a->c.width;
    Negatives x = negatives(a, m, c);
    float *score = floats(m, n * x.n), *dstate = floats(m, n * w), *drow = floats(m, x.n * w), mean = 1 / (float)n;
    product((Product){ .turn_b = true, .m = n, .n = x.n, .k = w, .alpha = 1 }, p->state, x.row, score);
    double sum = 0;
    for (i64 r = 0; r < n; r++) {
        const float *row = a->w + target[r] * w, *state = p->state + r * w;
        float own = a->w[a->items * w + target[r]];
        for (i64 i = 0; i < w; i++) own += row[i] * state[i];
        sum += (double)soften(x.n, score + r * x.n, &x, target[r], own, &own);
        for (i64 i = 0; i < w; i++) dstate[r * w + i] = (own - 1) * mean * row[i];
        touch(a, target[r], state, (own - 1) * mean, (own - 1) * mean);
    }
    product((Product){ .m = n, .n = w, .k = x.n, .alpha = mean, .beta = 1 }, score, x.row, dstate);
    product((Product){ .turn_a = true, .m = x.n, .n = w, .k = n, .alpha = mean }, score, p->state, drow);
    float *dbias = zeros(m, x.n);
    sum_rows(n, x.n, score, dbias);
    for (i64 i = 0; i < x.n; i++) touch(a, x.item[i], drow + i * w, 1, dbias[i] * mean);
    backward(a, m, p, dstate);
    return sum / (double)n;
}

// ---------------------------------------------------------------------------------------------- learning

static void adam(Attend *a, i64 at, i64 n, float rate)
{
    float *w = a->w + at, *g = a->g + at, *first = a->first + at, *second = a->second + at, keep = 1 - (float)a->c.decay;
    for (i64 i = 0; i < n; i++) {
        first[i] = ADAM_FIRST * first[i] + (1 - ADAM_FIRST) * g[i];
        second[i] = ADAM_SECOND * second[i] + (1 - ADAM_SECOND) * g[i] * g[i];
        w[i] = keep * w[i] - rate * first[i] / (sqrtf(second[i]) + ADAM_SMALL);
        g[i] = 0;
    }
}

static void update(Attend *a)
{
    double step = (double)++a->step, warm = fmin(1, step / WARM_STEPS);
    double fix = sqrt(1 - pow((double)ADAM_SECOND, step)) / (1 - pow((double)ADAM_FIRST, step));
    float rate = (float)(a->c.rate * warm * fix);
    adam(a, a->dense, a->n - a->dense, rate);
    for (i64 i = 0; i < a->n_touch; i++) {
        i32 item = a->touch[i];
        adam(a, item * a->c.width, a->c.width, rate);
        adam(a, a->items * a->c.width + item, 1, rate);
        a->touched[item] = false;
    }
    a->n_touch = 0;
}

// A piece of a history: `n` steps from `from`, each with the one after it as its target.
typedef struct Window { i64 from, n; } Window;

static i64 windows(const Attend *a, const Sequences *s, Window *out)
{
    i64 n = 0;
    for (i64 p = 0; p < s->people; p++)
        for (i64 end = s->start[p + 1] - 1; end > s->start[p]; end -= a->c.length) {
            i64 from = end - a->c.length > s->start[p] ? end - a->c.length : s->start[p];
            if (out) out[n] = (Window){ from, end - from };
            n++;
        }
    return n;
}

static double batch_loss(Attend *a, Desk *m, Chance *c, const Sequences *s, const Window *w, i64 n_windows, double dropout)
{
    i64 n = 0;
    i64 *start = (i64 *)floats(m, 2 * (n_windows + 1));
    start[0] = 0;
    for (i64 i = 0; i < n_windows; i++) start[i + 1] = n += w[i].n;
    i32 *in = numbers(m, n), *target = numbers(m, n);
    for (i64 i = 0; i < n_windows; i++) {
        memcpy(in + start[i], s->item + w[i].from, (size_t)w[i].n * sizeof(i32));
        memcpy(target + start[i], s->item + w[i].from + 1, (size_t)w[i].n * sizeof(i32));
    }
    Pass p = { .rows = { n, n_windows, start }, .in = in, .dropout = dropout };
    forward(a, m, c, &p);
    return loss(a, m, c, &p, target);
}

double attend_learn(Attend *a, const Sequences *s)
{
    i64 n = windows(a, s, NULL);
    if (!n) return 0;
    Desk m = desk_new(a, a->c.batch + a->c.length, a->c.length, a->c.negatives);
    Window *w = zeroed(n, sizeof(Window));
    windows(a, s, w);
    count_items(a, s);
    for (i64 i = n - 1; i > 0; i--) {
        i64 j = chance_below(&a->chance, i + 1);
        Window t = w[i];
        w[i] = w[j], w[j] = t;
    }
    double sum = 0;
    i64 batches = 0;
    for (i64 i = 0; i < n;) {
        i64 from = i, steps = 0;
        while (i < n && (steps == 0 || steps + w[i].n <= a->c.batch)) steps += w[i++].n;
        sum += batch_loss(a, &m, &a->chance, s, w + from, i - from, a->c.dropout);
        update(a);
        batches++;
        m.used = 0;
    }
    free(m.p), free(w);
    return sum / (double)batches;
}

double attend_loss(Attend *a, const Sequences *s, u64 seed, float *gradient)
{
    i64 n = windows(a, s, NULL);
    Desk m = desk_new(a, s->start[s->people], a->c.length, a->c.negatives);
    Window *w = zeroed(n, sizeof(Window));
    windows(a, s, w);
    count_items(a, s);
    Chance c = chance_new(seed);
    double x = batch_loss(a, &m, &c, s, w, n, 0);
    if (gradient) memcpy(gradient, a->g, (size_t)a->n * sizeof(float));
    memset(a->g, 0, (size_t)a->n * sizeof(float));
    for (i64 i = 0; i < a->n_touch; i++) a->touched[a->touch[i]] = false;
    a->n_touch = 0;
    free(m.p), free(w);
    return x;
}

// ---------------------------------------------------------------------------------------------- asking

void attend_state(const Attend *a, const i32 *history, i64 n, float *vector)
{
    must(n > 0);
    if (n > a->c.length) history += n - a->c.length, n = a->c.length;
    Desk m = desk_new(a, n, n, 0);
    const i64 start[2] = { 0, n };
    Pass p = { .rows = { n, 1, start }, .in = history };
    forward(a, &m, NULL, &p);
    memcpy(vector, p.state + (n - 1) * a->c.width, (size_t)a->c.width * sizeof(float));
    free(m.p);
}

void attend_scores(const Attend *a, const float *vector, float *out)
{
    i64 w = a->c.width;
    memcpy(out, a->w + a->items * w, (size_t)a->items * sizeof(float));
    product((Product){ .m = a->items, .n = 1, .k = w, .alpha = 1, .beta = 1 }, a->w, vector, out);
}

i64 attend_weights(const Attend *a) { return a->n; }
void attend_save(const Attend *a, float *to) { memcpy(to, a->w, (size_t)a->n * sizeof(float)); }
void attend_load(Attend *a, const float *from) { memcpy(a->w, from, (size_t)a->n * sizeof(float)); }
void attend_set_rate(Attend *a, double rate) { a->c.rate = rate; }
