// See next.h: what is held back, and the order of the work. The models are in parts.c, networks.c and blend.c.
#include <stdlib.h>

#include "rank/chance.h"
#include "rank/parts.h"
#include "rank/zeroed.h"

const char *const NEXT_NAMES[NEXT_FEATURES] = {
    "popular", "follows", "follows_log", "near", "near_log", "alike", "alike_log", "attend", "linear", "linear_log", "spectral",
    "spectral_log", "last", "again",
};

enum { HELD_MAX = 20000, SESSION_SHARE = 20 };       // of sessions, one in so many is held back

// What is left to learn from while `held` is not to be known.
typedef struct Split { i64 *start; i32 *item; Held *held; i64 n_held; i32 *kept_back; } Split;

static void split_free(Split *x)
{
    free(x->start), free(x->item), free(x->held), free(x->kept_back);
}

static void keep(Split *x, i64 person, const i32 *from, i64 n)
{
    memcpy(x->item + x->start[person], from, (size_t)n * sizeof(i32));
    x->start[person + 1] = x->start[person] + n;
}

// One step of each history of at least three, the last or any, while there is room.
static void hold_steps(Split *x, const Sequences *s, Chance *c, bool any)
{
    i64 share = s->people / HELD_MAX + 1;
    for (i64 p = 0; p < s->people; p++) {
        const i32 *own = s->item + s->start[p];
        i64 n = s->start[p + 1] - s->start[p], at = n - 1;
        bool hold = n >= 3 && chance_below(c, share) == 0;
        if (n >= 3 && any) at = chance_below(c, n);
        keep(x, p, own, n);
        if (!hold) continue;
        i32 *mine = x->item + x->start[p], target = mine[at];
        memmove(mine + at, mine + at + 1, (size_t)(n - 1 - at) * sizeof(i32));
        x->start[p + 1]--;
        x->held[x->n_held++] = (Held){ p, mine, n - 1, target };
    }
}

// Some sessions as a whole, each asked about at one of its steps.
static void hold_sessions(Split *x, const Sequences *s, Chance *c)
{
    i64 back = 0;
    for (i64 p = 0; p < s->people; p++) {
        const i32 *own = s->item + s->start[p];
        i64 n = s->start[p + 1] - s->start[p];
        if (n < 2 || chance_below(c, SESSION_SHARE) > 0) {
            keep(x, p, own, n);
            continue;
        }
        keep(x, p, own, 0);
        i64 prefix = 1 + chance_below(c, n - 1);
        memcpy(x->kept_back + back, own, (size_t)n * sizeof(i32));
        if (x->n_held < HELD_MAX) x->held[x->n_held++] = (Held){ -1, x->kept_back + back, prefix, own[prefix] };
        back += n;
    }
}

static Split split(const Sequences *s, const NextConfig *c)
{
    i64 n = s->start[s->people];
    Split x = { .start = zeroed(s->people + 1, sizeof(i64)), .item = zeroed(n, sizeof(i32)), .kept_back = zeroed(n, sizeof(i32)),
                .held = zeroed(s->people + 1, sizeof(Held)) };
    Chance chance = chance_new(hash_pair(c->seed, 1));
    if (c->use == NEXT_SESSIONS) hold_sessions(&x, s, &chance);
    else hold_steps(&x, s, &chance, c->use == NEXT_SETS);
    return x;
}

Next *next_fit(const Sequences *s, const NextConfig *c)
{
    if (s->items < 1) return NULL;
    Next *x = zeroed(1, sizeof(*x));
    x->c = *c;
    Split known = split(s, c);
    Sequences inner = { s->people, s->items, known.start, known.item };
    if (known.n_held > 0) {
        parts_fit(x, &inner);
        if (c->use != NEXT_SETS) networks_fit(x, &inner, known.held, known.n_held);
        blend_fit(x, known.held, known.n_held);
        if (x->attend[0]) networks_refit(x, s);
    } else {
        x->weight[NEXT_POPULAR] = 1;
    }
    parts_fit(x, s);
    split_free(&known);
    return x;
}

void next_free(Next *x)
{
    if (!x) return;
    parts_free(x);
    for (i64 k = 0; k < NETWORKS; k++) attend_free(x->attend[k]);
    free(x);
}

void next_weights(const Next *x, float out[NEXT_FEATURES])
{
    memcpy(out, x->weight, sizeof(x->weight));
}
