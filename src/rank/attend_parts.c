// See attend_parts.h.
#include "rank/attend_parts.h"

#include <cblas.h>
#include <math.h>

// Compiled twice; the machine takes what it can run. Clang 14 gives the choice between the two a name that nobody looks for.
#ifdef __clang__
#define WIDE
#else
#define WIDE __attribute__((target_clones("default", "arch=haswell")))
#endif
#define INLINED inline __attribute__((always_inline))

void product(Product p, const float *a, const float *b, float *c)
{
    if (!p.m || !p.n) return;
    int m = (int)p.m, n = (int)p.n, k = (int)p.k;
    cblas_sgemm(CblasRowMajor, p.turn_a ? CblasTrans : CblasNoTrans, p.turn_b ? CblasTrans : CblasNoTrans, m, n, k, p.alpha, a,
                p.turn_a ? m : k, b, p.turn_b ? k : n, p.beta, c, n);
}

WIDE void norm_forward(i64 n, i64 width, const float *x, const float *gain, const float *shift, float *y, float *stat)
{
    for (i64 r = 0; r < n; r++, x += width, y += width, stat += 2) {
        float mean = 0, square = 0;
        for (i64 i = 0; i < width; i++) mean += x[i];
        mean /= (float)width;
        for (i64 i = 0; i < width; i++) square += (x[i] - mean) * (x[i] - mean);
        float scale = 1 / sqrtf(square / (float)width + 1e-6F);
        for (i64 i = 0; i < width; i++) y[i] = (x[i] - mean) * scale * gain[i] + shift[i];
        stat[0] = mean, stat[1] = scale;
    }
}

WIDE void norm_backward(i64 n, i64 width, const float *dy, const float *x, const float *gain, const float *stat, float *dx,
                        float *dgain, float *dshift)
{
    for (i64 r = 0; r < n; r++, x += width, dy += width, dx += width, stat += 2) {
        float sum = 0, along = 0, mean = stat[0], scale = stat[1];
        for (i64 i = 0; i < width; i++) {
            float unit = (x[i] - mean) * scale, d = dy[i] * gain[i];
            dgain[i] += dy[i] * unit;
            dshift[i] += dy[i];
            sum += d;
            along += d * unit;
        }
        sum /= (float)width, along /= (float)width;
        for (i64 i = 0; i < width; i++) dx[i] += scale * (dy[i] * gain[i] - sum - (x[i] - mean) * scale * along);
    }
}

i64 mix_shares(const Mix *m)
{
    i64 sum = 0;
    for (i64 s = 0; s < m->rows.parts; s++) {
        i64 n = m->rows.start[s + 1] - m->rows.start[s];
        sum += n * n;
    }
    return sum * m->heads;
}

static INLINED float dot(const float *a, const float *b, i64 n)
{
    float sum = 0;
    for (i64 i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static INLINED void add(float *to, const float *from, float times, i64 n)
{
    for (i64 i = 0; i < n; i++) to[i] += times * from[i];
}

// One head over one part of n rows; q points at the head's first query.
static INLINED void mix_head(const Mix *m, i64 n, const float *q, const float *far, float *share, float *out)
{
    i64 w = m->width, each = w / m->heads, step = 3 * w;
    float scale = 1 / sqrtf((float)each);
    for (i64 i = 0; i < n; i++, share += n) {
        float top = -INFINITY, sum = 0;
        for (i64 j = 0; j <= i; j++) {
            share[j] = dot(q + i * step, q + j * step + w, each) * scale + far[i - j];
            top = fmaxf(top, share[j]);
        }
        for (i64 j = 0; j <= i; j++) sum += share[j] = expf(share[j] - top);
        for (i64 k = 0; k < each; k++) out[i * w + k] = 0;
        for (i64 j = 0; j <= i; j++) {
            share[j] /= sum;
            add(out + i * w, q + j * step + 2 * w, share[j], each);
        }
    }
}

WIDE void mix_forward(const Mix *m, const float *qkv, const float *far, float *share, float *out)
{
    i64 w = m->width, each = w / m->heads;
    for (i64 s = 0; s < m->rows.parts; s++) {
        i64 from = m->rows.start[s], n = m->rows.start[s + 1] - from;
        must(n <= m->length);
        for (i64 h = 0; h < m->heads; h++, share += n * n)
            mix_head(m, n, qkv + from * 3 * w + h * each, far + h * m->length, share, out + from * w + h * each);
    }
}

static INLINED void mix_head_back(const Mix *m, i64 n, const float *dout, const float *q, const float *share,
                                  float *dq, float *dfar)
{
    i64 w = m->width, each = w / m->heads, step = 3 * w;
    float scale = 1 / sqrtf((float)each), d[ATTEND_PART_MAX];
    must(n <= ATTEND_PART_MAX);
    for (i64 i = 0; i < n; i++, share += n) {
        float mean = 0;
        for (i64 j = 0; j <= i; j++) {
            d[j] = dot(dout + i * w, q + j * step + 2 * w, each);
            mean += d[j] * share[j];
            add(dq + j * step + 2 * w, dout + i * w, share[j], each);
        }
        for (i64 j = 0; j <= i; j++) {
            float ds = share[j] * (d[j] - mean);
            dfar[i - j] += ds;
            add(dq + i * step, q + j * step + w, ds * scale, each);
            add(dq + j * step + w, q + i * step, ds * scale, each);
        }
    }
}

WIDE void mix_backward(const Mix *m, const float *dout, const float *qkv, const float *share, float *dqkv, float *dfar)
{
    i64 w = m->width, each = w / m->heads;
    for (i64 i = 0; i < m->rows.n * 3 * w; i++) dqkv[i] = 0;
    for (i64 s = 0; s < m->rows.parts; s++) {
        i64 from = m->rows.start[s], n = m->rows.start[s + 1] - from;
        for (i64 h = 0; h < m->heads; h++, share += n * n)
            mix_head_back(m, n, dout + from * w + h * each, qkv + from * 3 * w + h * each, share, dqkv + from * 3 * w + h * each,
                          dfar + h * m->length);
    }
}

WIDE void bend_forward(i64 n, float *x)
{
    for (i64 i = 0; i < n; i++) x[i] = x[i] > 0 ? x[i] : 0;
}

WIDE void bend_backward(i64 n, float *dx, const float *out)
{
    for (i64 i = 0; i < n; i++) dx[i] = out[i] > 0 ? dx[i] : 0;
}

WIDE void drop_forward(i64 n, double p, Chance *c, float *x, u8 *kept)
{
    if (p <= 0) return;
    u64 bits = 0, edge = (u64)(p * 256);
    float scale = (float)(256 / (256 - (double)edge));
    for (i64 i = 0; i < n; i++) {
        if (i % 8 == 0) bits = chance_next(c);
        kept[i] = (bits & 255) >= edge;
        bits >>= 8;
        x[i] = kept[i] ? x[i] * scale : 0;
    }
}

WIDE void drop_backward(i64 n, double p, float *dx, const u8 *kept)
{
    if (p <= 0) return;
    float scale = (float)(256 / (256 - floor(p * 256)));
    for (i64 i = 0; i < n; i++) dx[i] = kept[i] ? dx[i] * scale : 0;
}
