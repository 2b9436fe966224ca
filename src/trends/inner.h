// Private to trends/: the null model, and what a bucket's notes are of.
#pragma once
#include "crowd/crowd.h"
#include "rank/burst.h"
#include "trends/trends.h"

// ---- judge.c

typedef struct Verdict {
    double score;                              // 0: as usual; else evidence times the log2 of the rise
    double times;                              // the rise's lower bound
    double evidence;                           // of rank/burst.h
    double expected;
    bool   rising;
} Verdict;

// Teaches the model the buckets between its last and `at` in which nobody was there.
void judge_gap(Burst *b, Time at, i64 bucket_ms);
// A model that has seen nobody for TREND_ZERO_DAYS until `at`.
Burst judge_blank(Time at, i64 bucket_ms);
// growth: how many times as many people as expected are about in the region, at least 1.
Verdict judge_put(Burst *b, Time at, i64 people, double growth);
// The growth of a region without a series' own people.
double judge_growth(i64 people, double expected, i64 own);
// The order of rising things at one moment, as a number that need not be made again as time passes.
i64 judge_hot(double score, Time at, i64 window_ms);
// What is left of a score after so long.
double judge_fade(double score, i64 age_ms, i64 window_ms);

// ---- gather.c: a bucket's notes, as counts of series

typedef struct Series { Str region, name, category; TrendKind kind; i64 subject, people; bool total; u64 key; } Series;
typedef struct Gathered { Series *p; i64 n, cap; u32 *slots; i64 n_slots; } Gathered;
// Everything in the transaction's arena. `tally` is the caller's to free.
Err trend_gather(Tx *tx, const By *by, Time from, Time to, Tally *tally, Gathered *out);
// The number of a name, however it is written. Positive.
i64 trend_subject(Arena *a, Str name);
