// See inner.h: vectors, tables, lists, and the things that clips have in common.
#include "rank/inner.h"

#include <math.h>
#include <sys/mman.h>

float vec_length(const Vec *a)
{
    return sqrtf(vec_dot(a, a));
}

void vec_unit(Vec *a)
{
    float n = vec_length(a);
    if (n > 1e-6f) vec_scale(a, 1 / n);
    else *a = (Vec){ .f = { 0 } };
}

Vec vec_of(u64 key)
{
    const float one = 0.17677669f;         // 1 / sqrt(DIM)
    u64 bits = hash_mix(key);
    Vec v;
    for (int i = 0; i < DIM; i++) v.f[i] = bits >> i & 1 ? one : -one;
    return v;
}

enum { FRONT = 64 };                       // bytes before an array, with its length in bytes in the first eight
// Where arrays of a large market are read anywhere, finding the page takes as long as reading it; fewer, larger ones are asked
// for. Lengths are a multiple of theirs, so that they lie at one and are moved whole. Small arrays would only waste memory.
enum { LARGE_PAGE = 2 << 20, LARGE_FROM = 64 << 20 };

static u8 *pages(void *old, size_t had, size_t bytes)
{
    bool large = bytes >= LARGE_FROM;
    if (large) bytes = (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    u8 *p = old ? mremap(old, had, bytes, MREMAP_MAYMOVE)
                : mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(p != MAP_FAILED);
    if (large) (void)madvise(p, bytes, MADV_HUGEPAGE);         // a machine without them does as well, slower
    memcpy(p, &bytes, sizeof(bytes));
    return p + FRONT;
}

void grow(Pointer *array, i64 *cap, i64 n, size_t size)
{
    if (n <= *cap) return;
    i64 more = *cap < 64 ? 64 : *cap + *cap / 4;
    if (more < n) more = n;
    u8 *old = *array ? (u8 *)*array - FRONT : NULL;
    size_t had = 0;
    if (old) memcpy(&had, old, sizeof(had));
    *array = pages(old, had, (size_t)more * size + FRONT);
    *cap = more;
}

void let_go(void *array)
{
    if (!array) return;
    u8 *p = (u8 *)array - FRONT;
    size_t bytes;
    memcpy(&bytes, p, sizeof(bytes));
    munmap(p, bytes);
}

// ---------------------------------------------------------------------------------------------- tables

static u64 key_at(const void *records, size_t stride, u32 number)
{
    u64 key;
    memcpy(&key, (const u8 *)records + (size_t)number * stride, sizeof(key));
    return key;
}

static i64 home(const Index *x, u64 hash)
{
    return (i64)(hash & (u64)(x->cap - 1));
}

static bool holds(u64 slot, u64 hash, u64 key, const void *records, size_t stride)
{
    return slot >> 32 == hash >> 32 && key_at(records, stride, (u32)slot) == key;
}

void index_soon(const Index *x, u64 key)
{
    if (x->cap) __builtin_prefetch(&x->slot[home(x, hash_mix(key))]);
}

u32 index_guess(const Index *x, u64 key)
{
    if (!x->cap) return 0;
    u64 hash = hash_mix(key);
    for (i64 i = home(x, hash); x->slot[i]; i = (i + 1) & (x->cap - 1))
        if (x->slot[i] >> 32 == hash >> 32) return (u32)x->slot[i];
    return 0;
}

u32 index_find(const Index *x, const void *records, size_t stride, u64 key)
{
    if (!x->cap) return 0;
    u64 hash = hash_mix(key);
    for (i64 i = home(x, hash); x->slot[i]; i = (i + 1) & (x->cap - 1))
        if (holds(x->slot[i], hash, key, records, stride)) return (u32)x->slot[i];
    return 0;
}

static void place(Index *x, u64 slot, u64 hash)
{
    i64 i = home(x, hash);
    while (x->slot[i]) i = (i + 1) & (x->cap - 1);
    x->slot[i] = slot;
}

static void resize(Index *x, const void *records, size_t stride, i64 cap)
{
    Index old = *x;
    x->cap = cap;
    x->slot = calloc((size_t)cap, sizeof(u64));
    must(x->slot != NULL);
    for (i64 i = 0; i < old.cap; i++)
        if (old.slot[i]) place(x, old.slot[i], hash_mix(key_at(records, stride, (u32)old.slot[i])));
    free(old.slot);
}

void index_put(Index *x, const void *records, size_t stride, u32 number)
{
    if ((x->n + 1) * 3 > x->cap * 2) resize(x, records, stride, x->cap ? x->cap * 2 : 64);
    u64 hash = hash_mix(key_at(records, stride, number));
    place(x, hash >> 32 << 32 | number, hash);
    x->n++;
}

// Those behind it move up, so that no slot must be marked as once used.
void index_remove(Index *x, const void *records, size_t stride, u64 key)
{
    if (!x->cap) return;
    u64 hash = hash_mix(key);
    i64 mask = x->cap - 1, i = home(x, hash);
    while (x->slot[i] && !holds(x->slot[i], hash, key, records, stride)) i = (i + 1) & mask;
    if (!x->slot[i]) return;
    for (i64 j = (i + 1) & mask; x->slot[j]; j = (j + 1) & mask) {
        i64 at = home(x, hash_mix(key_at(records, stride, (u32)x->slot[j])));
        if (((j - at) & mask) >= ((j - i) & mask)) x->slot[i] = x->slot[j], i = j;
    }
    x->slot[i] = 0;
    x->n--;
}

void index_rebuild(Index *x, const void *records, size_t stride, i64 n)
{
    free(x->slot);
    *x = (Index){ 0 };
    for (i64 i = 1; i < n; i++)
        if (key_at(records, stride, (u32)i)) index_put(x, records, stride, (u32)i);
}

// ---------------------------------------------------------------------------------------------- lists

static void widen(Rank *r, List *l, u32 cap)
{
    u32 at = (u32)r->n_pool;
    grow((Pointer *)&r->pool, &r->cap_pool, r->n_pool + cap, sizeof(u32));
    memcpy(r->pool + at, r->pool + l->at, l->n * sizeof(u32));
    r->n_pool += cap;
    l->at = at, l->cap = cap;
}

void list_add(Rank *r, List *l, u32 clip, u32 max)
{
    if (l->n == l->cap && l->cap < max) widen(r, l, l->cap * 4 > max || !l->cap ? (l->cap ? max : LIST_FIRST) : l->cap * 4);
    u32 at = l->n < l->cap ? l->n++ : l->turn;
    l->turn = (at + 1) % l->cap;
    r->pool[l->at + at] = clip;
}

void list_remove(Rank *r, List *l, u32 clip)
{
    u32 *p = r->pool + l->at;
    for (u32 i = 0; i < l->n; i++) {
        if (p[i] != clip) continue;
        p[i] = p[--l->n];
        l->turn = l->n;
        return;
    }
}

// A full list gives up the coldest of four that are looked at in turn: near enough, and always the same.
void list_offer(Rank *r, List *l, u32 clip, u32 max)
{
    u32 *p = r->pool + l->at;
    for (u32 i = 0; i < l->n; i++)
        if (p[i] == clip) return;
    if (l->n < max) {
        if (l->n == l->cap) widen(r, l, max);
        r->pool[l->at + l->n++] = clip;
        return;
    }
    u32 cold = l->turn;
    for (u32 i = 1; i < 4; i++) {
        u32 at = (l->turn + i) % l->n;
        if (r->state[p[at]].slow < r->state[p[cold]].slow) cold = at;
    }
    l->turn = (l->turn + 4) % l->n;
    if (r->state[p[cold]].slow < r->state[clip].slow) p[cold] = clip;
}

// ---------------------------------------------------------------------------------------------- things

u32 thing_find(const Rank *r, ThingKind kind, u64 id)
{
    return id ? index_find(&r->thing_index, r->thing, sizeof(Thing), hash_pair(kind, id) | 1) : 0;
}

u32 thing_get(Rank *r, ThingKind kind, u64 id)
{
    u32 t = thing_find(r, kind, id);
    // What people type; the others are as many as clips at most.
    bool many = kind == THING_TOPIC || kind == THING_CATEGORY || kind == THING_SOUND;
    if (t || !id || (many && r->n_things >= r->config.clips_max * 8 + 4096)) return t;
    t = (u32)r->n_things++;
    grow((Pointer *)&r->thing, &r->cap_thing, r->n_things, sizeof(Thing));
    grow((Pointer *)&r->thing_vec, &r->cap_thing_vec, r->n_things, sizeof(Vec));
    r->thing[t] = (Thing){ .key = hash_pair(kind, id) | 1, .id = id, .kind = kind };
    r->thing_vec[t] = vec_of(r->thing[t].key);
    index_put(&r->thing_index, r->thing, sizeof(Thing), t);
    if (clip_new_to(r, &r->thing[t])) {
        grow((Pointer *)&r->fresh, &r->cap_fresh, r->n_fresh + 1, sizeof(u32));
        r->fresh[r->n_fresh++] = t;
        r->thing[t].queued = (u32)r->n_fresh;
    }
    return t;
}

bool clip_new_to(const Rank *r, const Thing *t)
{
    return (t->kind == THING_SHOP || t->kind == THING_CREATOR) && t->qualified_ever < r->config.guaranteed_impressions;
}

void fresh_remove(Rank *r, u32 thing)
{
    u32 at = r->thing[thing].queued;
    if (!at) return;
    u32 last = r->fresh[--r->n_fresh];
    r->fresh[at - 1] = last;
    r->thing[last].queued = at;
    r->thing[thing].queued = 0;
}

u32 clip_find(const Rank *r, i64 id)
{
    return id ? index_find(&r->clip_index, r->clip, sizeof(Clip), (u64)id) : 0;
}

// ---------------------------------------------------------------------------------------------- people

u32 person_find(const Rank *r, i64 id)
{
    return id ? index_find(&r->person_index, r->person, sizeof(Person), (u64)id) : 0;
}

// Of sixteen in turn the one who was away longest.
static u32 someone_to_forget(Rank *r)
{
    u32 out = 0;
    for (int i = 0; i < 16; i++) {
        r->person_hand = r->person_hand + 1 < r->n_people ? r->person_hand + 1 : 1;
        if (!out || r->person[r->person_hand].last < r->person[out].last) out = r->person_hand;
    }
    index_remove(&r->person_index, r->person, sizeof(Person), r->person[out].id);
    return out;
}

u32 person_get(Rank *r, i64 id, Time at)
{
    u32 p = person_find(r, id);
    if (p) return p;
    if (r->n_people > r->config.people_max) p = someone_to_forget(r);
    else {
        p = (u32)r->n_people++;
        grow((Pointer *)&r->person, &r->cap_person, r->n_people, sizeof(Person));
    }
    memset(&r->person[p], 0, sizeof(Person));
    r->person[p].id = (u64)id;
    r->person[p].first = r->person[p].last = at;
    index_put(&r->person_index, r->person, sizeof(Person), p);
    return p;
}
