// What goes with what, counted: sparse tables by item, and scores of a history by them.
#pragma once
#include "rank/sequences.h"

enum { TABLE_KEPT = 300 };                 // of a row, where memory is no matter

// Row i: item[start[i] .. start[i + 1] - 1] with their values, the largest first; at most `kept` of them.
typedef struct Table { i64 rows; i64 *start; i32 *item; float *value; } Table;

// What follows an item within TABLE_FOLLOWS steps, the nearer the more: row sums of at most 1, less where little is known.
Table table_follows(const Sequences *s, i64 kept);
// What is met in the same histories within TABLE_NEAR steps either way: cosines of the items' occurrences, drawn to 0 where few.
Table table_near(const Sequences *s, i64 kept);
void  table_free(Table *t);
// Adds up the rows of a history's latest items, the latest the most; `fade` is each older one's share. out: by item, overwritten.
void  table_scores(const Table *t, const i32 *history, i64 n, double fade, float *out);

// Histories like this one, and what else is in them: session neighbours with fading by place (STAN: Garg and others 2019).
typedef struct Alike { const Sequences *s; i64 *start; i32 *person; } Alike;
// Keeps `s`. An item's newest ALIKE_POSTINGS histories are looked at: the last in the file.
Alike alike_new(const Sequences *s);
void  alike_free(Alike *a);
// Working memory of the calling thread: by person, all 0 between two calls.
typedef struct AlikeDesk { float *sum; i32 *touched; } AlikeDesk;
AlikeDesk alike_desk(const Alike *a);
void      alike_desk_free(AlikeDesk *d);
// `skip`: a person to leave out (the one who asks), or -1. out: by item, the largest is 1 (or all are 0).
void  alike_scores(const Alike *a, AlikeDesk *d, const i32 *history, i64 n, i64 skip, float *out);
