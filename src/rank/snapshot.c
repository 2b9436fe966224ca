// The engine as bytes: a heading, then each array as it lies in memory, then a checksum of all of it. For machines of one kind:
// the heading holds the sizes of the records, and what does not fit is not read.
#include "rank/inner.h"

enum { ARRAYS = 23, VERSION = 2 };
static const u64 MAGIC = UINT64_C(0x3130656e69676e45);     // "Engine01"

typedef struct Heading { u64 magic, version, sizes; i64 at; i64 n[ARRAYS]; } Heading;
// What is neither an array nor told by one.
typedef struct Rest {
    i64 live_clips, n_newest;
    u64 events;
    u32 free_clip, clip_hand, person_hand, feature_hand;
    List hot[2];
    Tally tally;
    u32 spare;
    Dense dense;
    u64 fit_begun, fit_steps;
    u32 fit_turn, fit_waits;
} Rest;

// ---------------------------------------------------------------------------------------------- checksum

// Four lanes of multiply and rotate over words of 8 bytes (in the manner of xxHash64: Collet 2012).
typedef struct Sum { u64 lane[4]; u64 n; u8 held[32]; } Sum;

static u64 turn(u64 x, int by)
{
    return x << by | x >> (64 - by);
}

static void block(Sum *s, const u8 *p)
{
    u64 w[4];
    memcpy(w, p, sizeof(w));
    for (int i = 0; i < 4; i++)
        s->lane[i] = turn(s->lane[i] + w[i] * UINT64_C(0xc2b2ae3d27d4eb4f), 31) * UINT64_C(0x9e3779b185ebca87);
}

static void sum_add(Sum *s, const void *bytes, size_t n)
{
    const u8 *p = bytes;
    while (n) {
        size_t held = s->n % 32, take = 32 - held < n ? 32 - held : n;
        if (!held && n >= 32) {
            block(s, p);
            take = 32;
        } else {
            memcpy(s->held + held, p, take);
            if (held + take == 32) block(s, s->held);
        }
        s->n += take, p += take, n -= take;
    }
}

static u64 sum_end(Sum *s)
{
    u64 out = s->n;
    memset(s->held + s->n % 32, 0, 32 - s->n % 32);
    block(s, s->held);
    for (int i = 0; i < 4; i++) out = hash_pair(out, s->lane[i]);
    return out;
}

// ---------------------------------------------------------------------------------------------- what is in it

typedef struct Array { Pointer *p; i64 *cap; i64 *n; i64 fixed; size_t size; } Array;

static void arrays_of(Rank *r, Array out[ARRAYS])
{
    Array all[ARRAYS] = {
        { (Pointer *)&r->clip, &r->cap_clip, &r->n_clips, 0, sizeof(Clip) },
        { (Pointer *)&r->vec, &r->cap_vec, &r->n_clips, 0, sizeof(Vec) },
        { (Pointer *)&r->state, &r->cap_state, &r->n_clips, 0, sizeof(ClipState) },
        { (Pointer *)&r->next, &r->cap_next, &r->n_clips, 0, sizeof(NextOf) },
        { (Pointer *)&r->thing, &r->cap_thing, &r->n_things, 0, sizeof(Thing) },
        { (Pointer *)&r->thing_vec, &r->cap_thing_vec, &r->n_things, 0, sizeof(Vec) },
        { (Pointer *)&r->pool, &r->cap_pool, &r->n_pool, 0, sizeof(u32) },
        { (Pointer *)&r->person, &r->cap_person, &r->n_people, 0, sizeof(Person) },
        { (Pointer *)&r->feature, &r->cap_feature, &r->n_features, 0, sizeof(Feature) },
        { (Pointer *)&r->fresh, &r->cap_fresh, &r->n_fresh, 0, sizeof(u32) },
        { (Pointer *)&r->fit.row, &r->fit.cap_row, &r->fit.n_rows, 0, sizeof(FitRow) },
        { (Pointer *)&r->fit.vec, &r->fit.cap_vec, &r->fit.n_rows, 0, sizeof(Vec) },
        { (Pointer *)&r->fit.pair, &r->fit.cap_pair, &r->fit.n_pairs, 0, sizeof(FitPair) },
        { (Pointer *)&r->told.clip, &r->told.cap_clip, &r->told.n_clips, 0, sizeof(ToldClip) },
        { (Pointer *)&r->told.start, &r->told.cap_start, &r->told.n_starts, 0, sizeof(i64) },
        { (Pointer *)&r->told.item, &r->told.cap_item, &r->told.n_items, 0, sizeof(i32) },
        { (Pointer *)&r->door, NULL, NULL, DOOR, 1 },
        { (Pointer *)&r->coarse, NULL, NULL, COARSE, sizeof(Vec) },
        { (Pointer *)&r->fine, NULL, NULL, (i64)COARSE * FINE, sizeof(Vec) },
        { (Pointer *)&r->coarse_n, NULL, NULL, COARSE, sizeof(float) },
        { (Pointer *)&r->fine_n, NULL, NULL, (i64)COARSE * FINE, sizeof(float) },
        { (Pointer *)&r->cell, NULL, NULL, CELLS, sizeof(List) },
        { (Pointer *)&r->newest, NULL, NULL, NEW_RING, sizeof(u32) },
    };
    memcpy(out, all, sizeof(all));
}

static u64 sizes_of(Array all[ARRAYS])
{
    u64 out = sizeof(Rest);
    for (int i = 0; i < ARRAYS; i++) out = hash_pair(out, all[i].size);
    return out;
}

typedef struct Out { RankWrite write; void *context; Sum sum; bool ok; } Out;

static void put(Out *o, const void *bytes, size_t n)
{
    if (!n) return;
    sum_add(&o->sum, bytes, n);
    if (o->ok && o->write) o->ok = o->write(o->context, bytes, n);
}

static u64 write_all(const Rank *r, i64 at, Out *o)
{
    Rank copy = *r;                        // arrays_of wants places to write to; nothing is
    Array all[ARRAYS];
    arrays_of(&copy, all);
    Heading h = { .magic = MAGIC, .version = VERSION, .sizes = sizes_of(all), .at = at };
    for (int i = 0; i < ARRAYS; i++) h.n[i] = all[i].n ? *all[i].n : all[i].fixed;
    Rest rest;
    memset(&rest, 0, sizeof(rest));
    rest.live_clips = r->live_clips, rest.n_newest = r->n_newest, rest.events = r->events, rest.free_clip = r->free_clip;
    rest.clip_hand = r->clip_hand, rest.person_hand = r->person_hand, rest.feature_hand = r->feature_hand;
    memcpy(rest.hot, r->hot, sizeof(rest.hot));
    rest.tally = r->tally, rest.dense = r->dense;
    rest.fit_begun = r->fit_begun, rest.fit_steps = r->fit_steps;
    rest.fit_turn = r->fit_turn, rest.fit_waits = r->fit_waits;
    put(o, &h, sizeof(h));
    put(o, &rest, sizeof(rest));
    for (int i = 0; i < ARRAYS; i++) put(o, *all[i].p, (size_t)h.n[i] * all[i].size);
    return sum_end(&o->sum);
}

bool rank_snapshot(const Rank *r, i64 at, RankWrite write, void *context)
{
    Out o = { .write = write, .context = context, .ok = true };
    u64 sum = write_all(r, at, &o);
    return o.ok && write(context, &sum, sizeof(sum));
}

u64 rank_digest(const Rank *r)
{
    Out o = { .ok = true };
    return write_all(r, 0, &o);
}

// ---------------------------------------------------------------------------------------------- and back

static bool heading_is_right(const Heading *h, Array all[ARRAYS], size_t n)
{
    if (h->magic != MAGIC || h->version != VERSION || h->sizes != sizes_of(all)) return false;
    size_t want = sizeof(Heading) + sizeof(Rest) + sizeof(u64);
    for (int i = 0; i < ARRAYS; i++) {
        if (h->n[i] < 0 || h->n[i] > INT32_MAX || (all[i].fixed && h->n[i] != all[i].fixed)) return false;
        if (i < 4 && (h->n[i] < 1 || h->n[i] != h->n[0])) return false;
        want += (size_t)h->n[i] * all[i].size;
    }
    return want == n && h->n[4] >= 1 && h->n[4] == h->n[5] && h->n[7] >= 1 && h->n[8] >= 1 && h->n[10] >= 1 &&
           h->n[10] == h->n[11];
}

static bool whole(const u8 *bytes, size_t n)
{
    u64 want;
    Sum s = { .n = 0 };
    sum_add(&s, bytes, n - sizeof(want));
    memcpy(&want, bytes + n - sizeof(want), sizeof(want));
    return sum_end(&s) == want;
}

static void take_rest(Rank *r, const Rest *rest)
{
    r->live_clips = rest->live_clips, r->n_newest = rest->n_newest, r->events = rest->events, r->free_clip = rest->free_clip;
    r->clip_hand = rest->clip_hand, r->person_hand = rest->person_hand, r->feature_hand = rest->feature_hand;
    memcpy(r->hot, rest->hot, sizeof(rest->hot));
    r->tally = rest->tally, r->dense = rest->dense;
    r->fit_begun = rest->fit_begun, r->fit_steps = rest->fit_steps;
    r->fit_turn = rest->fit_turn, r->fit_waits = rest->fit_waits;
}

Rank *rank_restore(const RankConfig *config, const void *bytes, size_t n, i64 *at)
{
    Heading h;
    Rest rest;
    Array all[ARRAYS];
    if (n < sizeof(h) + sizeof(rest) + sizeof(u64)) return NULL;
    const u8 *p = bytes;
    memcpy(&h, p, sizeof(h));
    memcpy(&rest, p + sizeof(h), sizeof(rest));
    p += sizeof(h) + sizeof(rest);
    Rank *r = rank_empty(config);
    arrays_of(r, all);
    if (!heading_is_right(&h, all, n) || !whole(bytes, n)) {
        rank_free(r);
        return NULL;
    }
    for (int i = 0; i < ARRAYS; i++) {
        if (!all[i].fixed) {
            grow(all[i].p, all[i].cap, h.n[i], all[i].size);
            *all[i].n = h.n[i];
        }
        if (h.n[i]) memcpy(*all[i].p, p, (size_t)h.n[i] * all[i].size);
        p += (size_t)h.n[i] * all[i].size;
    }
    take_rest(r, &rest);
    index_rebuild(&r->clip_index, r->clip, sizeof(Clip), r->n_clips);
    index_rebuild(&r->thing_index, r->thing, sizeof(Thing), r->n_things);
    index_rebuild(&r->person_index, r->person, sizeof(Person), r->n_people);
    index_rebuild(&r->feature_index, r->feature, sizeof(Feature), r->n_features);
    index_rebuild(&r->fit.index, r->fit.row, sizeof(FitRow), r->fit.n_rows);
    *at = h.at;
    return r;
}
