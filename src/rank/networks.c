// The attention networks' training: how long, how fast, and when it is enough. See parts.h.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "rank/chance.h"
#include "rank/parts.h"

enum { LOOK_EVERY = 2, LOOKS_PATIENT = 2, SLOWER_TIMES = 2, LOOKED_AT = 1500, RANKS = 20 };
static const i64 STEPS_MAX = 20000000;     // of all epochs together; an epoch goes once through all steps
static const i64 STEPS_MIN = 500;          // too little for a network
enum { EPOCHS_MIN = 3, EPOCHS_MAX = 80 };

typedef struct Training {
    Next *x;
    const Sequences *s;
    const Held *held;
    i64 n_held, epochs;
    i64 best_epoch[NETWORKS];
    double best[NETWORKS], seconds;
} Training;

// Mean NDCG at RANKS among all items that are not in the history.
static double look(const Training *t, const Attend *a)
{
    i64 items = t->s->items, n = t->n_held < LOOKED_AT ? t->n_held : LOOKED_AT, step = t->n_held / n;
    float *score = malloc((size_t)items * sizeof(float)), vector[ATTEND_WIDTH_MAX];
    must(score);
    double sum = 0;
    for (i64 k = 0; k < n; k++) {
        const Held *h = &t->held[k * step];
        attend_state(a, h->history, h->n, vector);
        attend_scores(a, vector, score);
        float own = score[h->target];
        for (i64 i = 0; i < h->n; i++)
            if (h->history[i] != h->target) score[h->history[i]] = -INFINITY;
        i64 before = -1;
        for (i64 i = 0; i < items; i++) before += score[i] >= own;
        if (before < RANKS) sum += 1 / log2((double)before + 2);
    }
    free(score);
    return sum / (double)n;
}

// Where what it makes of `held` gets no better, it goes on from its best, more slowly; after SLOWER_TIMES it is done.
static void train(void *context, i64 which)
{
    Training *t = context;
    if (which >= NETWORKS) return;
    Attend *a = t->x->attend[which];
    AttendConfig c = attend_config();
    float *best = malloc((size_t)attend_weights(a) * sizeof(float));
    must(best);
    attend_save(a, best);
    double rate = c.rate;
    i64 worse = 0, slower = 0;
    for (i64 epoch = 1; epoch <= t->epochs; epoch++) {
        double loss = attend_learn(a, t->s);
        if (epoch % LOOK_EVERY && epoch != t->epochs) continue;
        double found = look(t, a);
        if (t->x->c.tell) fprintf(stderr, "network %d, epoch %d: loss %.4f, NDCG %.4f\n", (int)which, (int)epoch, loss, found);
        if (found > t->best[which]) {
            t->best[which] = found, t->best_epoch[which] = epoch, worse = 0;
            attend_save(a, best);
        } else if (++worse == LOOKS_PATIENT) {
            if (slower++ == SLOWER_TIMES) break;
            attend_load(a, best);
            attend_set_rate(a, rate *= 0.4);
            worse = 0;
        }
    }
    attend_load(a, best);
    attend_set_rate(a, rate);
    free(best);
}

void networks_fit(Next *x, const Sequences *s, const Held *held, i64 n_held)
{
    i64 steps = s->start[s->people];
    if (steps < STEPS_MIN) return;
    i64 epochs = STEPS_MAX / steps;
    Training t = { .x = x, .s = s, .held = held, .n_held = n_held,
                   .epochs = epochs < EPOCHS_MIN ? EPOCHS_MIN : epochs > EPOCHS_MAX ? EPOCHS_MAX : epochs };
    for (i64 k = 0; k < NETWORKS; k++) {
        AttendConfig c = attend_config();
        c.seed = hash_pair(x->c.seed, (u64)k + 2);
        if (x->c.length > 0) c.length = x->c.length < ATTEND_LENGTH_MAX ? x->c.length : ATTEND_LENGTH_MAX;
        x->attend[k] = attend_new(s->items, &c);
    }
    both(train, &t);
}

typedef struct Again { Next *x; const Sequences *s; } Again;

static void train_again(void *context, i64 which)
{
    enum { EPOCHS = 2 };
    Again *t = context;
    if (which >= NETWORKS) return;
    for (i64 epoch = 0; epoch < EPOCHS; epoch++) attend_learn(t->x->attend[which], t->s);
}

void networks_refit(Next *x, const Sequences *s)
{
    Again t = { x, s };
    both(train_again, &t);
}
