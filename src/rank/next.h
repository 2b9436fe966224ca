// What a person will want next, from what they did: several models of it, and their blend.
//
// Each model gives every item one or two features: how often it occurs; what follows what; what is met together; what histories
// like this one hold; self-attention over the order (two networks of unlike seeds, averaged); a linear model and a low pass
// filter of the whole history; whether, and how lately, it was in the history already (people come back to what they looked at).
// The blend is a conditional logit (McFadden 1974) over these features. What it needs to know it finds out by itself: the last
// step of each history (NEXT_PEOPLE), one step of it (NEXT_SETS) or some histories as a whole (NEXT_SESSIONS) are held back to
// stop the networks in time and to weigh the models; then everything is fitted on all that was given.
#pragma once
#include "rank/sequences.h"
#include "rank/tables.h"

typedef enum NextUse {
    NEXT_PEOPLE,                           // histories that go on: what comes after the last step?
    NEXT_SESSIONS,                         // histories that are over: what comes next in new ones?
    NEXT_SETS,                             // the order says nothing: what else belongs to it?
} NextUse;

typedef struct NextConfig {
    NextUse use;
    u64 seed;
    i64 negatives;                         // the blend is made for a choice among so many items drawn evenly; 0: among all
    i64 length;                            // the networks look at so many steps, at most ATTEND_LENGTH_MAX
    bool tell;                             // says on standard error what it is doing
} NextConfig;

enum { NEXT_POPULAR, NEXT_FOLLOWS, NEXT_FOLLOWS_LOG, NEXT_NEAR, NEXT_NEAR_LOG, NEXT_ALIKE, NEXT_ALIKE_LOG, NEXT_ATTEND,
       NEXT_LINEAR, NEXT_LINEAR_LOG, NEXT_SPECTRAL, NEXT_SPECTRAL_LOG, NEXT_LAST, NEXT_AGAIN, NEXT_FEATURES };
extern const char *const NEXT_NAMES[NEXT_FEATURES];

typedef struct Next Next;

// `s` must outlive it. NULL when there is no item. Two threads work on it; the result does not depend on how they take turns.
Next *next_fit(const Sequences *s, const NextConfig *config);
void  next_free(Next *x);
// The blend's score of every item after this history of n > 0 steps (0: popularity alone). `person`: whose history it is among
// those that were fitted on, or -1. What is in the history is scored, too. `desk` is working memory of the calling thread.
typedef struct NextDesk { float *feature[NEXT_FEATURES], *vector; AlikeDesk alike; } NextDesk;
NextDesk next_desk(const Next *x);
void     next_desk_free(NextDesk *d);
void     next_scores(const Next *x, NextDesk *d, i64 person, const i32 *history, i64 n, float *out);
// The blend's weights, for the record.
void     next_weights(const Next *x, float out[NEXT_FEATURES]);
