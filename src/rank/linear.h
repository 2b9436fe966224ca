// Linear models of whole histories, in closed form: what of the others says that an item belongs to one.
#pragma once
#include "rank/sequences.h"

enum { LINEAR_ITEMS_MAX = 12500, SPECTRAL_WIDTH = 96 };

// EASE (Steck 2019): the item-to-item weights B with zero diagonal that minimise |X - XB|² + lambda |B|². n x n floats over the
// n most frequent items, at most LINEAR_ITEMS_MAX; `place` tells an item's row, -1 for the others, which score 0. n is 0 where
// numbers or memory fail.
typedef struct Linear { i64 items, n; float *weight; i32 *place, *item; } Linear;
Linear linear_fit(const Sequences *s, double lambda);
void   linear_free(Linear *l);
// Sums of the history's rows. out: by item, overwritten.
void   linear_scores(const Linear *l, const i32 *history, i64 n, float *out);

// A low pass filter on the graph of people and items (GF-CF: Shen and others 2021): the history, scaled by the items' degrees, is
// seen through the `width` (at most SPECTRAL_WIDTH) strongest directions of the normalised matrix (by subspace iteration: Halko
// and others 2011).
typedef struct Spectral { i64 items, width; float *direction, *scale; } Spectral;     // items x width; by item: degree^-1/2
Spectral spectral_fit(const Sequences *s, i64 width, u64 seed);
void     spectral_free(Spectral *f);
void     spectral_scores(const Spectral *f, const i32 *history, i64 n, float *out);
