// The models behind next.c, and working on them with two threads. For that folder alone.
#pragma once
#include "rank/attend.h"
#include "rank/both.h"
#include "rank/linear.h"
#include "rank/next.h"
#include "rank/tables.h"
#include "rank/zeroed.h"

enum { NETWORKS = 2, FINE_ITEMS = 20 };

struct Next {
    NextConfig c;
    const Sequences *s;                    // what the tables were made of
    float *popular;                        // log(1 + count), by item
    Table follows, near;
    Alike alike;
    Linear linear;
    Spectral spectral;
    Attend *attend[NETWORKS];              // NULL for sets, and where there is too little
    float weight[NEXT_FEATURES];
};

// A question whose answer is known: history is n steps of `person` (-1: of nobody known), target came next.
typedef struct Held { i64 person; const i32 *history; i64 n; i32 target; } Held;

// Fits or refits everything but the networks and the weights.
void parts_fit(Next *x, const Sequences *s);
void parts_free(Next *x);
// All features of all items for a history into d->feature.
void parts_features(const Next *x, NextDesk *d, i64 person, const i32 *history, i64 n);
// Trains the networks, stopped in time by what they make of `held`.
void networks_fit(Next *x, const Sequences *s, const Held *held, i64 n_held);
// Goes on with all that is known.
void networks_refit(Next *x, const Sequences *s);
// Finds the weights.
void blend_fit(Next *x, const Held *held, i64 n_held);
