// The pieces of attend.c's network: each forward and backward, over rows of floats. For that file and its tests alone.
#pragma once
#include "base/types.h"
#include "rank/chance.h"

enum { ATTEND_PART_MAX = 200 };            // rows of one history

// Rows that belong together: history s is rows start[s] .. start[s + 1] - 1.
typedef struct Rows { i64 n, parts; const i64 *start; } Rows;

// C (m x n) = alpha op(A) op(B) + beta C, all by rows and without gaps.
typedef struct Product { bool turn_a, turn_b; i64 m, n, k; float alpha, beta; } Product;
void product(Product p, const float *a, const float *b, float *c);

// Each row to mean 0 and variance 1, times gain plus shift. `stat` keeps two floats a row for the way back.
void norm_forward(i64 n, i64 width, const float *x, const float *gain, const float *shift, float *y, float *stat);
// Adds to dx, dgain and dshift.
void norm_backward(i64 n, i64 width, const float *dy, const float *x, const float *gain, const float *stat, float *dx,
                   float *dgain, float *dshift);

// Causal attention within each part. qkv: n x 3 width; far: heads x length biases by distance; share: heads shares for each pair
// of rows of a part, kept for the way back (mix_shares says how many).
typedef struct Mix { Rows rows; i64 width, heads, length; } Mix;
i64  mix_shares(const Mix *m);
void mix_forward(const Mix *m, const float *qkv, const float *far, float *share, float *out);
// Writes dqkv, adds to dfar.
void mix_backward(const Mix *m, const float *dout, const float *qkv, const float *share, float *dqkv, float *dfar);

// Rectified: what is below 0 becomes 0. The way back looks at what came out.
void bend_forward(i64 n, float *x);
void bend_backward(i64 n, float *dx, const float *out);

// Sets numbers to 0 with chance p, scales the rest, and remembers which in `kept`. p 0: all are kept, and no chance is used.
void drop_forward(i64 n, double p, Chance *c, float *x, u8 *kept);
void drop_backward(i64 n, double p, float *dx, const u8 *kept);
