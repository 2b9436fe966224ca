// Self-attention over what a person did, in order: after each thing, how likely every item is to be the next.
//
// A transformer with causal attention, as SASRec (Kang and McAuley 2018), with the parts that did better here: normalisation
// before each half of a block (Xiong and others 2020), a learned bias by distance and head instead of positions (Raffel and
// others 2020), a bias for each item, which is its popularity, and a softmax over the target and negatives that a whole batch
// shares, corrected for how often each is drawn (Jean and others 2015): few negatives and a binary loss make it overconfident
// (Petrov and Macdonald 2023). Histories lie one after the other without padding, so that short ones cost little. Adam (Kingma
// and Ba 2015), by rows for the items that a batch touches. One thread, and the same bits for the same seed.
#pragma once
#include "rank/sequences.h"

enum { ATTEND_LENGTH_MAX = 200, ATTEND_WIDTH_MAX = 256, ATTEND_BLOCKS_MAX = 4, ATTEND_HEADS_MAX = 8 };

typedef struct AttendConfig {
    u64 seed;
    i64 width, heads, blocks;              // width is a multiple of heads
    i64 length;                            // so much of a history is looked at, the latest
    i64 negatives;                         // shared by a batch
    i64 batch;                             // about so many steps of histories
    double rate;                           // of learning
    double dropout;                        // 0 to 0.9
    double decay;                          // of the weights, a step
} AttendConfig;
AttendConfig attend_config(void);

typedef struct Attend Attend;

Attend *attend_new(i64 items, const AttendConfig *config);
void    attend_free(Attend *a);
// Once through all histories, in an order that chance gives; the mean loss a step, in nats.
double  attend_learn(Attend *a, const Sequences *s);
// What the last of `n` items says of the next, as a vector of `width`; score of item i: vector · row i + bias i.
void    attend_state(const Attend *a, const i32 *history, i64 n, float *vector);
void    attend_scores(const Attend *a, const float *vector, float *out);
// The learned weights alone, to go back to: attend_weights floats.
i64     attend_weights(const Attend *a);
void    attend_save(const Attend *a, float *to);
void    attend_load(Attend *a, const float *from);
void    attend_set_rate(Attend *a, double rate);
// For tests: the loss of these histories without dropout, with the batch's negatives drawn from `seed`; the gradient of weight i
// of attend_save's order.
double  attend_loss(Attend *a, const Sequences *s, u64 seed, float *gradient);
