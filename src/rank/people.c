// What is known of a person: tastes by name, two directions, the last things done, and which clips were seen.
#include "rank/inner.h"

#include <math.h>

static const float TRAIT_HALF_HOURS = 14 * 24, TRAIT_PRIOR = 2;
static const float WIDE_FADES = 0.98f, NEAR_FADES = 0.80f;     // at each clip

static float faded(u32 from, u32 to)
{
    return to > from ? exp2f(-(float)(to - from) / TRAIT_HALF_HOURS) : 1;
}

// The same for many traits at one moment: most of them are as old as the one before.
typedef struct Fading { u32 to, gap; float by; } Fading;

static Fading fading_at(u32 hour)
{
    return (Fading){ hour, 0, 1 };
}

static float fading_from(Fading *f, u32 from)
{
    u32 gap = f->to > from ? f->to - from : 0;
    if (gap != f->gap) f->gap = gap, f->by = faded(from, f->to);
    return f->by;
}

static float strength(const Trait *t, float by)
{
    return greater(-1, lesser(1, t->sum * by / (t->mass * by + TRAIT_PRIOR)));
}

float trait_strength(const Trait *t, u32 hour)
{
    return strength(t, faded(t->hour, hour));
}

typedef u32 Four __attribute__((vector_size(16)));
typedef u64 Two __attribute__((vector_size(16)));

// The first place that names this thing; TRAITS: none.
static i64 place_of(const u32 named[TRAITS], u32 thing)
{
    Four want = { thing, thing, thing, thing };
    for (i64 i = 0; i < TRAITS; i += 4) {
        Four some;
        memcpy(&some, named + i, sizeof(some));
        Two same = (Two)(some == want);
        if (same[0]) return same[0] & 0xffffffff ? i : i + 1;
        if (same[1]) return same[1] & 0xffffffff ? i + 2 : i + 3;
    }
    return TRAITS;
}

// Room goes to a free place, or to the trait that says least: next to no mass, or neither for nor against.
static Trait *trait_slot(Person *p, ThingKind kind, u32 thing, u32 hour)
{
    i64 at = place_of(p->named, thing);
    if (at < TRAITS) return &p->trait[at];
    at = place_of(p->named, 0);
    Fading f = fading_at(hour);
    float low = 1e9f;
    if (at == TRAITS)
        for (i64 i = 0; i < TRAITS; i++) {
            Trait *t = &p->trait[i];
            float says = (fabsf(t->sum) + 0.1f * t->mass) * fading_from(&f, t->hour);
            if (says < low) low = says, at = i;
        }
    p->named[at] = thing;
    p->trait[at] = (Trait){ .hour = hour & 0xfffffff, .kind = kind & 15 };
    return &p->trait[at];
}

void trait_add(Person *p, ThingKind kind, u32 thing, float reward, float weight, u32 hour)
{
    if (!thing) return;
    Trait *t = trait_slot(p, kind, thing, hour);
    float by = faded(t->hour, hour);
    t->sum = t->sum * by + reward;
    t->mass = t->mass * by + weight;
    if (hour > t->hour) t->hour = hour & 0xfffffff;
}

// The strongest of three kinds so far.
typedef struct Usual { float language, region, category; } Usual;

static void usual_add(u32 thing, u32 kind, float s, Usual *high, Tastes *out)
{
    if (kind == THING_LANGUAGE && s > high->language) high->language = s, out->language = thing;
    if (kind == THING_REGION && s > high->region) high->region = s, out->region = thing;
    if (kind == THING_CATEGORY && s > high->category) high->category = s, out->category = thing;
}

void tastes_soon(const Person *p, u32 hour, Tastes *out)
{
    Usual high = { 0 };
    Fading f = fading_at(hour);
    out->of = p, out->hour = hour;
    out->language = out->region = out->category = 0;
    for (i64 i = 0; i < TRAITS; i++) {
        const Trait *t = &p->trait[i];
        bool one = t->kind == THING_LANGUAGE || t->kind == THING_REGION || t->kind == THING_CATEGORY;
        if (one && p->named[i] && t->sum > 0)
            usual_add(p->named[i], t->kind, strength(t, fading_from(&f, t->hour)), &high, out);
    }
}

void tastes_of(const Person *p, u32 hour, Tastes *out)
{
    memset(out, 0, sizeof(*out));
    Usual high = { 0 };
    Fading f = fading_at(hour);
    for (i64 i = 0; p && i < TRAITS; i++) {
        if (!p->named[i]) continue;
        float s = strength(&p->trait[i], fading_from(&f, p->trait[i].hour));
        u32 at = (u32)hash_mix(p->named[i]) % TASTE_SLOTS;
        while (out->thing[at]) at = (at + 1) % TASTE_SLOTS;
        out->thing[at] = p->named[i], out->strength[at] = s;
        usual_add(p->named[i], p->trait[i].kind, s, &high, out);
    }
}

float taste_for(const Tastes *t, u32 thing)
{
    if (!thing) return 0;
    if (t->of) {
        i64 place = place_of(t->of->named, thing);
        return place < TRAITS ? trait_strength(&t->of->trait[place], t->hour) : 0;
    }
    u32 at = (u32)hash_mix(thing) % TASTE_SLOTS;
    while (t->thing[at] && t->thing[at] != thing) at = (at + 1) % TASTE_SLOTS;
    return t->thing[at] ? t->strength[at] : 0;
}

Taste taste_of_clip(const Tastes *t, const Clip *c)
{
    Taste out = { .category = taste_for(t, c->category), .creator = taste_for(t, c->creator), .shop = taste_for(t, c->shop),
                  .sound = taste_for(t, c->sound) };
    for (i64 i = 0; i < CLIP_TOPICS && c->topic[i]; i++) {
        float s = taste_for(t, c->topic[i]);
        if (s > out.topic) out.topic = s, out.best_topic = c->topic[i];
        out.worst_topic = lesser(out.worst_topic, s);
    }
    return out;
}

// ---------------------------------------------------------------------------------------------- seen

enum { HASHES = 4 };

static u32 bit_of(u64 hash, int i)
{
    return (u32)(hash >> (i * 16)) % SEEN_BITS;
}

bool person_seen(const Person *p, u64 clip)
{
    u64 h = hash_mix(clip ^ UINT64_C(0x5eed));
    for (int turn = 0; turn < 2; turn++) {
        bool all = true;
        for (int i = 0; i < HASHES && all; i++) all = p->seen[turn][bit_of(h, i) / 64] >> (bit_of(h, i) % 64) & 1;
        if (all) return true;
    }
    return false;
}

void person_saw(Person *p, u64 clip)
{
    if (person_seen(p, clip)) return;
    u32 turn = p->n_seen / SEEN_TURN % 2;
    if (p->n_seen % SEEN_TURN == 0) memset(p->seen[turn], 0, sizeof(p->seen[turn]));
    u64 h = hash_mix(clip ^ UINT64_C(0x5eed));
    for (int i = 0; i < HASHES; i++) p->seen[turn][bit_of(h, i) / 64] |= UINT64_C(1) << (bit_of(h, i) % 64);
    p->n_seen++;
    p->distinct++;
}

// ---------------------------------------------------------------------------------------------- trust

// Someone who has watched many clips in many hours teaches the model in full; a fresh account hardly does.
float person_trust(const Person *p)
{
    float many = 1 - expf(-(float)p->distinct / 30), long_ago = 0.3f + 0.7f * (1 - expf(-(float)p->hours / 5));
    return TRUST_LEAST + (1 - TRUST_LEAST) * many * long_ago;
}

// ---------------------------------------------------------------------------------------------- the past

static void lean(Person *p, const Vec *v, float reward, bool another)
{
    if (another) {
        vec_scale(&p->wide, WIDE_FADES);
        vec_scale(&p->near, NEAR_FADES);
    }
    vec_add(&p->wide, v, reward);
    vec_add(&p->near, v, reward);
}

static void like(const Rank *r, Person *p, u64 clip)
{
    p->like[p->n_likes++ % LIKES] = clip;
    fit_lean(r, p);
}

// Its place stays, as that of nothing.
static void unlike(Person *p, u64 clip)
{
    for (i64 i = 0; i < LIKES; i++)
        if (p->like[i] == clip) p->like[i] = 0;
    p->fit_turn = 0;                       // its direction is found anew
}

void person_past(Rank *r, Person *p, u32 clip, float reward, Time at)
{
    u64 id = r->clip[clip].id;
    for (u32 i = 0; i < 8 && i < p->n_past; i++) {
        Past *old = &p->past[(p->n_past - 1 - i) % PASTS];
        if (old->clip != id) continue;
        float before = old->reward;
        old->reward = greater(-4, lesser(8, before + reward));
        lean(p, &r->vec[clip], reward, false);
        if (before < A_LIKE && old->reward >= A_LIKE) like(r, p, id);
        if (before >= A_LIKE && old->reward < A_LIKE) unlike(p, id);
        return;
    }
    p->past[p->n_past++ % PASTS] = (Past){ id, hour_of(at), reward };
    lean(p, &r->vec[clip], reward, true);
    if (reward >= A_LIKE) like(r, p, id);
}

i64 person_liked(const Rank *r, const Person *p, float least, u32 *out, float *reward, i64 max)
{
    i64 n = 0;
    for (u32 i = 0, soon = 0; i < PASTS && i < p->n_past && soon < max; i++) {
        const Past *old = &p->past[(p->n_past - 1 - i) % PASTS];
        if (old->reward >= least) index_soon(&r->clip_index, old->clip), soon++;
    }
    for (u32 i = 0; i < PASTS && i < p->n_past && n < max; i++) {
        const Past *old = &p->past[(p->n_past - 1 - i) % PASTS];
        if (old->reward < least) continue;
        u32 clip = clip_find(r, (i64)old->clip);
        if (!clip) continue;
        reward[n] = old->reward;
        out[n++] = clip;
    }
    return n;
}

static bool carries(const Clip *c, u32 thing)
{
    if (c->shop == thing || c->creator == thing || c->sound == thing || c->category == thing || c->language == thing) return true;
    for (i64 i = 0; i < CLIP_TOPICS && c->topic[i]; i++)
        if (c->topic[i] == thing) return true;
    return false;
}

// What is left of the past is gone through again, so nothing of the forgotten part stays in the directions.
void person_forget(Rank *r, Person *p, ThingKind kind, u64 id)
{
    if (kind == THING_PRICE) p->price = p->price_spread = p->price_n = 0;
    u32 thing = thing_find(r, kind, id);
    if (!thing) return;
    for (i64 i = 0; i < TRAITS; i++)
        if (p->named[i] == thing) p->named[i] = 0, p->trait[i] = (Trait){ 0 };
    Past kept[PASTS];
    u32 n = 0, from = p->n_past > PASTS ? p->n_past - PASTS : 0;
    for (u32 i = from; i < p->n_past; i++) {
        u32 clip = clip_find(r, (i64)p->past[i % PASTS].clip);
        if (clip && !carries(&r->clip[clip], thing)) kept[n++] = p->past[i % PASTS];
    }
    memset(p->past, 0, sizeof(p->past));
    memset(p->open, 0, sizeof(p->open));
    p->wide = p->near = (Vec){ .f = { 0 } };
    p->n_past = n;
    for (i64 i = 0; i < LIKES; i++) {
        u32 clip = clip_find(r, (i64)p->like[i]);
        if (!clip || carries(&r->clip[clip], thing)) p->like[i] = 0;
    }
    p->fit_turn = 0;
    for (u32 i = 0; i < n; i++) {
        p->past[i] = kept[i];
        lean(p, &r->vec[clip_find(r, (i64)kept[i].clip)], kept[i].reward, true);
    }
}

// Trust stays, or a farm of accounts could have it for the asking; what was seen goes, too.
void person_reset(Person *p)
{
    Person old = *p;
    memset(p, 0, sizeof(*p));
    p->id = old.id, p->first = old.first, p->last = old.last;
    p->distinct = old.distinct, p->hours = old.hours, p->last_hour = old.last_hour;
}
