// What `etalase eval` can measure: one file of this folder each, and what they share.
#pragma once
#include "main/workbench.h"
#include "rank/next.h"

// CSV: timestamp,value lines in order of time. Prints each with its score, then one JSON line.
int eval_bursts(int n, char **arg);
// FILE [--negatives 100 | --full] [--max-len 50] [--seed 1]: lines `user item` in time order, or `user item item ...`. Leave one
// out: the last step is asked for, the one before chose the models. One JSON line with HR and NDCG at 5, 10 and 20.
// --served: the server's own engine, told of it all event by event, instead of all models and their blend; --unfitted: without
// what it fits on whole histories.
int eval_sequences(int n, char **arg);
// TRAIN TEST: lines `item item ...`; of a line of TEST the last item is asked for. P@20 (the same as HR@20) and MRR@20.
int eval_sessions(int n, char **arg);
// TRAIN TEST: lines `user item item ...`. All items that are not the user's own in TRAIN are ranked: recall and NDCG at 10 and
// 20.
int eval_pairs(int n, char **arg);
// PRODUCTS QUERIES: lines of id, title and text with tabs between, and a query a line. Prints each query, a tab and its ids, the
// best first and at most 100; then one JSON line.
int eval_search(int n, char **arg);

// ---- shared

enum { EVAL_NEGATIVES_MAX = 500 };
// Adds to sums one question whose answer has `before` items before it: HR and NDCG at 5, 10, 20, each pair after the other; at 6
// the reciprocal rank, within 20.
void eval_count_rank(i64 before, double *sums);
// Items drawn evenly that are not among a person's n own ones, at most `wanted` into out: the same for whatever model is asked.
i64  eval_negatives(const i32 *own, i64 n, i64 items, i64 wanted, u64 seed, u64 person, i32 *out);

// Names and their numbers from 0 in the order in which they came. The text must outlive it. Zeroed: none.
typedef struct Names { i32 *slot; Str *name; i64 n, size; } Names;
i32  names_number(Names *x, Str name);
void names_free(Names *x);

typedef struct Step { i32 person, item; } Step;
// Histories by person: item[start[p] .. start[p + 1] - 1].
typedef struct Histories { Step *step; i64 n, room, people; i64 *start; i32 *item; } Histories;
typedef enum HistoriesForm {
    FORM_USERS,                            // `user item item ...`; a user may come again, so `user item` is the same form
    FORM_SESSIONS,                         // `item item ...`
} HistoriesForm;
// Complains on standard error and gives false. Texts of the names lie in `a`.
bool histories_read(Arena *a, const char *path, HistoriesForm form, Names *people, Names *items, Histories *out);
bool histories_complain(const char *path, i64 line, const char *what);      // gives false
void histories_free(Histories *h);
// --served.
int measure_served(const Histories *h, i64 items, i64 negatives, i64 seed, bool fit);
