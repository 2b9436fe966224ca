// What goes with what, fitted on whole histories: see rank.h and inner.h. The models are those of tables.h and linear.h, on what
// people who have earned trust liked; here they are made ready for pages, which ask about a few hundred clips of one person.
#include "rank/inner.h"
#include "rank/linear.h"
#include "rank/tables.h"
#include "rank/zeroed.h"

#include <cblas.h>
#include <math.h>

// TO_WIDE: so much of a row is kept until it is known which clips lead to another one.
enum { FIT_LEAST = 2, FIT_CLIPS_MAX = 400000, FIT_PEOPLE_MAX = 400000 };
// After FIT_EVERY events for each person and each step of the histories told last, and no fewer than FIT_FIRST: so that the work
// a fit makes is a small part of the work that these events make. Used a FIT_LAG-th of that later.
enum { FIT_FIRST = 2000, FIT_EVERY = 3, FIT_LAG = 8, TO_WIDE = 60 };
static const float PAST_FADES = 0.85f, DIRECTION_FADES = 0.92f, FINE_VALUE = 1e-3f;

static u32 tag_of(u64 id)
{
    return (u32)(hash_mix(id ^ UINT64_C(0xf17)) >> 32);
}

// ---------------------------------------------------------------------------------------------- when

RankFitStep rank_fit_step(const Rank *r, i64 *left)
{
    i64 every = FIT_EVERY * (i64)r->fit_steps > FIT_FIRST ? FIT_EVERY * (i64)r->fit_steps : FIT_FIRST;
    i64 until = (i64)r->fit_begun + (r->fit_waits ? every / FIT_LAG : every) - (i64)r->events;
    *left = until > 0 ? until : 0;
    return *left ? RANK_FIT_NOTHING : r->fit_waits ? RANK_FIT_TAKE : RANK_FIT_BEGIN;
}

bool rank_fit_waits(const Rank *r)
{
    return r->fit_waits;
}

void rank_fit(Rank *r)
{
    i64 left;
    if (rank_fit_step(r, &left) == RANK_FIT_BEGIN) rank_fit_begin(r, rank_fit_tell(r));
    if (rank_fit_step(r, &left) == RANK_FIT_TAKE) rank_fit_drop(rank_fit_take(r, rank_fit_make(r)));
}

// ---------------------------------------------------------------------------------------------- setting histories aside

// Of everybody who tells, what they liked, oldest first, as numbers of clips.
typedef struct Told { i64 people, n, cap_start, cap_clip; i64 *start; u32 *clip; } Told;

// Their clips lie anywhere: all are asked for before the first is needed.
static void tell(const Rank *r, const Person *p, Told *t)
{
    grow((Pointer *)&t->clip, &t->cap_clip, t->n + LIKES, sizeof(u32));
    grow((Pointer *)&t->start, &t->cap_start, t->people + 2, sizeof(i64));
    u32 from = p->n_likes > LIKES ? p->n_likes - LIKES : 0;
    i64 n = t->n;
    for (u32 i = from; i < p->n_likes; i++) index_soon(&r->clip_index, p->like[i % LIKES]);
    for (u32 i = from; i < p->n_likes; i++) fetch(&r->clip[index_guess(&r->clip_index, p->like[i % LIKES])], 1);
    for (u32 i = from; i < p->n_likes; i++) {
        u32 clip = clip_find(r, (i64)p->like[i % LIKES]);
        if (clip) t->clip[n++] = clip;
    }
    if (n - t->n < 2) return;              // one alone goes with nothing
    t->n = n;
    t->start[++t->people] = n;
}

static Told tell_all(const Rank *r)
{
    Told t = { 0 };
    u64 share = (u64)(r->n_people / FIT_PEOPLE_MAX) + 1;
    grow((Pointer *)&t.start, &t.cap_start, 1, sizeof(i64));
    for (i64 i = 1; i < r->n_people; i++) {
        const Person *p = &r->person[i];
        bool asked = share == 1 || hash_pair(r->events, p->id) % share == 0;
        if (p->id && asked && person_trust(p) >= TRUSTED) tell(r, p, &t);
    }
    return t;
}

// By clip how many people liked it; of one person's likes the first counts.
static u32 *count_people(const Rank *r, const Told *t)
{
    u32 *count = zeroed(r->n_clips, sizeof(u32)), *last = zeroed(r->n_clips, sizeof(u32));
    for (i64 p = 0; p < t->people; p++)
        for (i64 k = t->start[p]; k < t->start[p + 1]; k++) {
            if (last[t->clip[k]] != (u32)p + 1) count[t->clip[k]]++;
            last[t->clip[k]] = (u32)p + 1;
        }
    free(last);
    return count;
}

// What fewer people liked than this is left out: it says little, and might say too much of one of them.
static u32 least_people(const Rank *r, const u32 *count)
{
    for (u32 least = FIT_LEAST;; least *= 2) {
        i64 n = 0;
        for (i64 i = 1; i < r->n_clips; i++) n += count[i] >= least;
        if (n <= FIT_CLIPS_MAX) return least;
    }
}

// Numbers them from 0 in the order of their places, and writes the histories in these numbers.
static void number(const Rank *r, const Told *t, const u32 *count, RankTold *out)
{
    u32 *item = zeroed(r->n_clips, sizeof(u32)), least = least_people(r, count);
    for (i64 i = 1; i < r->n_clips; i++) {
        if (count[i] < least) continue;
        grow((Pointer *)&out->clip, &out->cap_clip, out->n_clips + 1, sizeof(ToldClip));
        out->clip[out->n_clips++] = (ToldClip){ .id = r->clip[i].id, .clip = (u32)i };
        item[i] = (u32)out->n_clips;
    }
    grow((Pointer *)&out->start, &out->cap_start, t->people + 1, sizeof(i64));
    grow((Pointer *)&out->item, &out->cap_item, t->n, sizeof(i32));
    out->n_starts = t->people + 1, out->start[0] = 0;
    for (i64 p = 0; p < t->people; p++) {
        for (i64 k = t->start[p]; k < t->start[p + 1]; k++)
            if (item[t->clip[k]]) out->item[out->n_items++] = (i32)item[t->clip[k]] - 1;
        out->start[p + 1] = out->n_items;
    }
    free(item);
}

RankTold *rank_fit_tell(const Rank *r)
{
    RankTold *out = zeroed(1, sizeof(*out));
    Told t = tell_all(r);
    u32 *count = count_people(r, &t);
    number(r, &t, count, out);
    free(count), let_go(t.start), let_go(t.clip);
    return out;
}

static void told_empty(RankTold *t)
{
    let_go(t->clip), let_go(t->start), let_go(t->item);
    *t = (RankTold){ 0 };
}

void rank_fit_begin(Rank *r, RankTold *told)
{
    told_empty(&r->told);
    r->told = *told;
    free(told);
    r->fit_begun = r->events, r->fit_steps = (u64)(r->told.n_items + r->n_people), r->fit_waits = 1;
}

// ---------------------------------------------------------------------------------------------- the work

// Row j of the result: the FIT_ROW that lead to j most, the most first.
static Table turned(const Table *t)
{
    Table out = { .rows = t->rows, .start = zeroed(t->rows + 1, sizeof(i64)) };
    i64 *end = zeroed(t->rows, sizeof(i64));
    for (i64 k = 0; k < t->start[t->rows]; k++) end[t->item[k]]++;
    for (i64 i = 0; i < t->rows; i++) {
        out.start[i + 1] = out.start[i] + (end[i] < FIT_ROW ? end[i] : FIT_ROW);
        end[i] = out.start[i];
    }
    out.item = zeroed(out.start[t->rows], sizeof(i32)), out.value = zeroed(out.start[t->rows], sizeof(float));
    for (i64 i = 0; i < t->rows; i++)
        for (i64 k = t->start[i]; k < t->start[i + 1]; k++) {
            i64 j = t->item[k], to = end[j] < out.start[j + 1] ? end[j]++ : end[j];
            for (; to > out.start[j] && out.value[to - 1] < t->value[k]; to--)
                if (to < out.start[j + 1]) out.item[to] = out.item[to - 1], out.value[to] = out.value[to - 1];
            if (to < out.start[j + 1]) out.item[to] = (i32)i, out.value[to] = t->value[k];
        }
    free(end);
    return out;
}

static u8 add_pairs(RankFit *f, const Rank *r, const Table *t, i64 item)
{
    i64 n = t->start[item + 1] - t->start[item];
    if (n > FIT_ROW) n = FIT_ROW;
    grow((Pointer *)&f->pair, &f->cap_pair, f->n_pairs + n, sizeof(FitPair));
    for (i64 k = 0; k < n; k++) {
        const ToldClip *other = &r->told.clip[t->item[t->start[item] + k]];
        f->pair[f->n_pairs++] = (FitPair){ other->clip, tag_of(other->id), t->value[t->start[item] + k] };
    }
    return (u8)n;
}

// The first direction of such a matrix is how often each item occurs: that is known otherwise, and hides the others.
static Vec common_direction(const Spectral *s)
{
    Vec sum = { .f = { 0 } };
    for (i64 i = 0; i < s->items; i++)
        for (i64 k = 0; k < s->width; k++) sum.f[k] += s->direction[i * s->width + k] / s->scale[i];
    vec_unit(&sum);
    return sum;
}

static Vec direction_of(const Spectral *s, i64 item, const Vec *common)
{
    Vec v = { .f = { 0 } };
    for (i64 i = 0; i < s->width; i++) v.f[i] = s->direction[item * s->width + i];
    vec_add(&v, common, -vec_dot(&v, common));
    vec_unit(&v);
    return v;
}

static void make_rows(RankFit *f, const Rank *r, const Sequences *s)
{
    openblas_set_num_threads(1);
    Table near = table_near(s, FIT_ROW), to = table_follows(s, TO_WIDE), from = turned(&to);
    Spectral spectral = spectral_fit(s, DIM, 1);
    Vec common = common_direction(&spectral);
    for (i64 i = 0; i < s->items; i++) {
        FitRow row = { .id = r->told.clip[i].id, .at = (u32)f->n_pairs };
        row.n[FIT_TO] = add_pairs(f, r, &to, i);
        row.n[FIT_FROM] = add_pairs(f, r, &from, i);
        row.n[FIT_NEAR] = add_pairs(f, r, &near, i);
        f->row[f->n_rows] = row;
        f->vec[f->n_rows++] = direction_of(&spectral, i, &common);
    }
    table_free(&near), table_free(&to), table_free(&from), spectral_free(&spectral);
}

void fit_empty(RankFit *f)
{
    let_go(f->row), let_go(f->vec), let_go(f->pair), free(f->index.slot);
    *f = (RankFit){ 0 };
}

RankFit *rank_fit_make(const Rank *r)
{
    RankFit *f = zeroed(1, sizeof(*f));
    Sequences s = { r->told.n_starts - 1, r->told.n_clips, r->told.start, r->told.item };
    f->n_rows = 1;
    grow((Pointer *)&f->row, &f->cap_row, s.items + 1, sizeof(FitRow));
    grow((Pointer *)&f->vec, &f->cap_vec, s.items + 1, sizeof(Vec));
    if (s.items > 0) make_rows(f, r, &s);
    index_rebuild(&f->index, f->row, sizeof(FitRow), f->n_rows);
    return f;
}

void rank_fit_drop(RankFit *f)
{
    if (!f) return;
    fit_empty(f);
    free(f);
}

RankFit *rank_fit_take(Rank *r, RankFit *f)
{
    RankFit old = r->fit;
    r->fit = *f;
    *f = old;
    told_empty(&r->told);
    r->fit_waits = 0;
    r->fit_turn++;
    return f;
}

// ---------------------------------------------------------------------------------------------- of a person

static u32 row_of(const Rank *r, u64 id)
{
    return index_find(&r->fit.index, r->fit.row, sizeof(FitRow), id);
}

static void lean_to(const Rank *r, u64 clip, Vec *out)
{
    u32 row = clip ? row_of(r, clip) : 0;
    vec_scale(out, DIRECTION_FADES);
    if (row) vec_add(out, &r->fit.vec[row], 1);
}

static Vec lean_anew(const Rank *r, const Person *p)
{
    Vec out = { .f = { 0 } };
    u32 from = p->n_likes > LIKES ? p->n_likes - LIKES : 0;
    for (u32 i = from; i < p->n_likes; i++) index_soon(&r->fit.index, p->like[i % LIKES]);
    for (u32 i = from; i < p->n_likes; i++) lean_to(r, p->like[i % LIKES], &out);
    return out;
}

void fit_lean(const Rank *r, Person *p)
{
    if (!r->fit_turn) return;
    if (p->fit_turn == r->fit_turn) lean_to(r, p->like[(p->n_likes - 1) % LIKES], &p->fitted);
    else p->fitted = lean_anew(r, p);
    p->fit_turn = r->fit_turn;
}

void fit_past(const Rank *r, const Person *p, FitPast *out)
{
    out->n = 0;
    if (!p || !r->fit_turn) return;
    float by = 1;
    for (u32 i = 0; i < LIKES && i < p->n_likes && out->n < FIT_PAST; i++) {
        u64 clip = p->like[(p->n_likes - 1 - i) % LIKES];
        if (!clip) continue;
        out->id[out->n] = clip, out->tag[out->n] = tag_of(clip), out->by[out->n] = by;
        out->n++, by *= PAST_FADES;
    }
    out->direction = p->fit_turn == r->fit_turn ? p->fitted : lean_anew(r, p);
    vec_unit(&out->direction);
}

// ---------------------------------------------------------------------------------------------- of a clip, to a person

void fit_soon(const Rank *r, u64 clip)
{
    u32 row = index_guess(&r->fit.index, clip);
    if (row) fetch(&r->fit.row[row], sizeof(FitRow));
}

void fit_sooner(const Rank *r, u64 clip)
{
    u32 row = index_guess(&r->fit.index, clip);
    if (!row) return;
    const FitRow *x = &r->fit.row[row];
    fetch(&r->fit.pair[x->at + x->n[FIT_TO]], (size_t)(x->n[FIT_FROM] + x->n[FIT_NEAR]) * sizeof(FitPair));
    fetch(&r->fit.vec[row], sizeof(Vec));
}

// What of the past is in these pairs; `most`: raised to the largest part that one of it has.
static float shared(const FitPast *past, const FitPair *pair, i64 n, float *most, u64 *because)
{
    float sum = 0;
    for (i64 i = 0; i < n; i++)
        for (i64 k = 0; k < past->n; k++) {
            if (past->tag[k] != pair[i].tag) continue;
            float part = past->by[k] * pair[i].value;
            if (part > *most) *most = part, *because = past->id[k];
            sum += part;
        }
    return sum;
}

float fit_fine(float value)
{
    return log1pf(value / FINE_VALUE) * (1 / 6.908755f);         // 1 for 1
}

FitSight fit_see(const Rank *r, const FitPast *past, u64 clip)
{
    FitSight s = { 0 };
    u32 at = past->n ? row_of(r, clip) : 0;
    if (!at) return s;
    const FitRow *row = &r->fit.row[at];
    const FitPair *from = &r->fit.pair[row->at + row->n[FIT_TO]];
    float most = 0;
    s.after = fit_fine(shared(past, from, row->n[FIT_FROM], &most, &s.because));
    s.met = fit_fine(shared(past, from + row->n[FIT_FROM], row->n[FIT_NEAR], &most, &s.because));
    s.along = vec_dot(&past->direction, &r->fit.vec[at]);
    return s;
}

// ---------------------------------------------------------------------------------------------- candidates

enum { SUMS = 1024, SUMS_MAX = FIT_PAST * 2 * FIT_ROW };
_Static_assert(SUMS > 2 * SUMS_MAX, "room");

typedef struct Sums { u32 clip[SUMS]; float value[SUMS]; u16 used[SUMS_MAX]; i64 n; } Sums;

static void add_row(const Rank *r, Sums *s, const FitPair *pair, i64 n, float by)
{
    for (i64 i = 0; i < n; i++) {
        if (tag_of(r->clip[pair[i].clip].id) != pair[i].tag) continue;         // gone since
        u32 at = (u32)hash_mix(pair[i].clip) % SUMS;
        while (s->clip[at] && s->clip[at] != pair[i].clip) at = (at + 1) % SUMS;
        if (!s->clip[at]) s->clip[at] = pair[i].clip, s->used[s->n++] = (u16)at;
        s->value[at] += by * pair[i].value;
    }
}

i64 fit_candidates(const Rank *r, const FitPast *past, u32 *out, float *value, i64 max)
{
    if (!past->n) return 0;
    Sums s;
    memset(s.clip, 0, sizeof(s.clip)), memset(s.value, 0, sizeof(s.value));
    s.n = 0;
    for (i64 k = 0; k < past->n; k++) {
        u32 at = row_of(r, past->id[k]);
        const FitRow *row = &r->fit.row[at];
        if (!at) continue;
        add_row(r, &s, &r->fit.pair[row->at], row->n[FIT_TO], past->by[k]);
        add_row(r, &s, &r->fit.pair[row->at + row->n[FIT_TO] + row->n[FIT_FROM]], row->n[FIT_NEAR], past->by[k]);
    }
    i64 n = 0;
    for (i64 i = 0; i < s.n; i++) {
        float v = s.value[s.used[i]];
        i64 k = n < max ? n++ : max;
        for (; k > 0 && value[k - 1] < v; k--)
            if (k < max) value[k] = value[k - 1], out[k] = out[k - 1];
        if (k < max) value[k] = v, out[k] = s.clip[s.used[i]];
    }
    return n;
}
