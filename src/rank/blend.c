// How much each model counts: a conditional logit over the features, fitted on questions whose answers are known. See parts.h.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "rank/chance.h"
#include "rank/parts.h"

enum { ASKED_MAX = 6000, CHOICES_MAX = 700, TOP = 60, OTHERS = 120, ROUNDS = 400 };
static const double RIDGE = 1e-4;

// The choices of one question: n rows of NEXT_FEATURES; the first is the right one. The last `others` are drawn from all the
// rest and stand for it: each counts as so many as e^fix says (importance sampling), so that the loss is that of a choice among
// all items.
typedef struct Question { float *row; i64 n, others; double fix; } Question;

typedef struct Asking { const Next *x; const Held *held; i64 n, step; Question *q; } Asking;

// What is not asked for: what is there already. In sessions it may come again.
static bool never(const Next *x, const Held *h, i64 item)
{
    if (x->c.use == NEXT_SESSIONS) return false;
    for (i64 i = 0; i < h->n; i++)
        if (h->history[i] == item) return true;
    return false;
}

static i64 draw_choices(const Next *x, const Held *h, Chance *c, i32 *out)
{
    i64 n = 1, tries = 0;
    out[0] = h->target;
    while (n <= x->c.negatives && n < CHOICES_MAX && tries++ < 20 * x->c.negatives) {
        i32 item = (i32)chance_below(c, x->s->items);
        if (item != h->target && !never(x, h, item)) out[n++] = item;
    }
    return n;
}

// The TOP items of one feature that are not there yet.
static i64 add_best(const Next *x, const float *score, const Held *h, bool *there, i32 *out, i64 n)
{
    float best[TOP];
    i32 item[TOP];
    i64 k = 0;
    for (i64 i = 0; i < x->s->items; i++) {
        if (!(score[i] > 0) || (k == TOP && score[i] <= best[k - 1])) continue;
        i64 at = k < TOP ? k++ : TOP - 1;
        for (; at > 0 && best[at - 1] < score[i]; at--) best[at] = best[at - 1], item[at] = item[at - 1];
        best[at] = score[i], item[at] = (i32)i;
    }
    for (i64 i = 0; i < k && n < CHOICES_MAX; i++) {
        if (there[item[i]] || never(x, h, item[i])) continue;
        there[item[i]] = true;
        out[n++] = item[i];
    }
    return n;
}

static void find_choices(const Next *x, const NextDesk *d, const Held *h, Chance *c, bool *there, float *lifted,
                         i32 *out, Question *q)
{
    static const int from[] = { NEXT_POPULAR, NEXT_FOLLOWS, NEXT_NEAR, NEXT_ALIKE, NEXT_LINEAR, NEXT_SPECTRAL,
                                NEXT_LAST, NEXT_AGAIN };
    i64 n = 1, items = x->s->items;
    out[0] = h->target, there[h->target] = true;
    for (size_t k = 0; k < sizeof(from) / sizeof(*from); k++) n = add_best(x, d->feature[from[k]], h, there, out, n);
    float low = 0;                         // a network's scores may all be below 0
    for (i64 i = 0; i < items; i++) low = fminf(low, d->feature[NEXT_ATTEND][i]);
    for (i64 i = 0; i < items; i++) lifted[i] = d->feature[NEXT_ATTEND][i] - low;
    if (x->attend[0]) n = add_best(x, lifted, h, there, out, n);
    i64 best = n, rest = items - n;
    for (i64 tries = 0; n < best + OTHERS && tries < 4 * OTHERS; tries++) {
        i32 item = (i32)chance_below(c, items);
        if (!there[item] && !never(x, h, item)) there[item] = true, out[n++] = item;
    }
    for (i64 i = 0; i < n; i++) there[out[i]] = false;
    q->n = n, q->others = n - best, q->fix = log(fmax(1, (double)rest / (double)(n > best ? n - best : 1)));
}

static void ask(void *context, i64 shard)
{
    Asking *a = context;
    NextDesk d = next_desk(a->x);
    bool *there = zeroed(a->x->s->items, sizeof(bool));
    float *lifted = zeroed(a->x->s->items, sizeof(float));
    i32 item[CHOICES_MAX];
    for (i64 k = shard; k < a->n; k += THREADS) {
        const Held *h = &a->held[k * a->step];
        Chance c = chance_new(hash_pair(a->x->c.seed, (u64)k + 100));
        parts_features(a->x, &d, h->person, h->history, h->n);
        Question *q = &a->q[k];
        if (a->x->c.negatives) q->n = draw_choices(a->x, h, &c, item);
        else find_choices(a->x, &d, h, &c, there, lifted, item, q);
        q->row = malloc((size_t)(q->n * NEXT_FEATURES) * sizeof(float));
        must(q->row);
        for (i64 i = 0; i < q->n; i++)
            for (i64 f = 0; f < NEXT_FEATURES; f++) q->row[i * NEXT_FEATURES + f] = d.feature[f][item[i]];
    }
    next_desk_free(&d);
    free(there), free(lifted);
}

// Features of like size: each is divided by its deviation within a question. 0 where it never differs.
static void find_sizes(const Question *q, i64 n, double size[NEXT_FEATURES])
{
    for (i64 f = 0; f < NEXT_FEATURES; f++) {
        double sum = 0, count = 0;
        for (i64 k = 0; k < n; k++) {
            double mean = 0, square = 0;
            for (i64 i = 0; i < q[k].n; i++) mean += (double)q[k].row[i * NEXT_FEATURES + f] / (double)q[k].n;
            for (i64 i = 0; i < q[k].n; i++) {
                double away = (double)q[k].row[i * NEXT_FEATURES + f] - mean;
                square += away * away;
            }
            sum += square, count += (double)q[k].n;
        }
        size[f] = sqrt(sum / fmax(count, 1));
    }
}

// Mean loss of the questions by weights w (of the features as they are); its gradient.
static double questions_loss(const Question *q, i64 n, const double w[NEXT_FEATURES], double gradient[NEXT_FEATURES])
{
    double loss = 0, score[CHOICES_MAX];
    memset(gradient, 0, NEXT_FEATURES * sizeof(double));
    for (i64 k = 0; k < n; k++) {
        double top = -INFINITY, sum = 0;
        for (i64 i = 0; i < q[k].n; i++) {
            score[i] = i >= q[k].n - q[k].others ? q[k].fix : 0;
            for (i64 f = 0; f < NEXT_FEATURES; f++) score[i] += w[f] * (double)q[k].row[i * NEXT_FEATURES + f];
            top = fmax(top, score[i]);
        }
        double own = score[0] - top;
        for (i64 i = 0; i < q[k].n; i++) sum += score[i] = exp(score[i] - top);
        loss += (log(sum) - own) / (double)n;
        for (i64 i = 0; i < q[k].n; i++) {
            double by = (score[i] / sum - (i == 0)) / (double)n;
            for (i64 f = 0; f < NEXT_FEATURES; f++) gradient[f] += by * (double)q[k].row[i * NEXT_FEATURES + f];
        }
    }
    return loss;
}

// The problem is convex: Adam with falling steps finds its only valley.
static void descend(const Question *q, i64 n, bool tell, float out[NEXT_FEATURES])
{
    double size[NEXT_FEATURES], v[NEXT_FEATURES] = { 0 }, w[NEXT_FEATURES], g[NEXT_FEATURES];
    double first[NEXT_FEATURES] = { 0 }, second[NEXT_FEATURES] = { 0 }, loss = 0;
    find_sizes(q, n, size);
    for (int round = 1; round <= ROUNDS; round++) {
        for (i64 f = 0; f < NEXT_FEATURES; f++) w[f] = size[f] > 0 ? v[f] / size[f] : 0;
        loss = questions_loss(q, n, w, g);
        for (i64 f = 0; f < NEXT_FEATURES; f++) {
            if (!(size[f] > 0)) continue;
            double slope = g[f] / size[f] + RIDGE * v[f];
            first[f] = 0.9 * first[f] + 0.1 * slope;
            second[f] = 0.99 * second[f] + 0.01 * slope * slope;
            double rate = 0.1 * (1 - (double)round / (ROUNDS + 1)) * sqrt(1 - pow(0.99, round)) / (1 - pow(0.9, round));
            v[f] -= rate * first[f] / (sqrt(second[f]) + 1e-9);
        }
    }
    for (i64 f = 0; f < NEXT_FEATURES; f++) out[f] = (float)w[f];
    if (tell) fprintf(stderr, "blend: loss %.4f over %lld questions\n", loss, (long long)n);
}

void blend_fit(Next *x, const Held *held, i64 n_held)
{
    i64 n = n_held < ASKED_MAX ? n_held : ASKED_MAX;
    Asking a = { x, held, n, n_held / n, zeroed(n, sizeof(Question)) };
    both(ask, &a);
    descend(a.q, n, x->c.tell, x->weight);
    for (i64 k = 0; k < n; k++) free(a.q[k].row);
    free(a.q);
}
