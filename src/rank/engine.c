// See rank.h: the engine's making, its clips, and what it tells of itself.
#include "rank/inner.h"
#include "rank/zeroed.h"

#include <math.h>

RankConfig rank_config(void)
{
    return (RankConfig){
        .weight = { [RANK_FINISH] = 1.0f, [RANK_WATCHED] = 2.0f, [RANK_LIKED] = 1.5f, [RANK_FOLLOWED] = 3.0f,
                    [RANK_SHARED] = 2.0f,
                    [RANK_TAPPED] = 0.8f, [RANK_CARTED] = 2.0f, [RANK_KEPT_ORDER] = 12.0f, [RANK_SKIPPED] = -0.8f,
                    [RANK_UNWANTED] = -10.0f },
        .explore_share = 0.1f, .guaranteed_impressions = 200, .people_max = 1000000, .clips_max = 2000000,
        .features_max = 1000000, .seed = 1,
    };
}

static Vec *directions(i64 n, u64 seed)
{
    Vec *v = zeroed(n, sizeof(Vec));
    for (i64 i = 0; i < n; i++) v[i] = vec_of(hash_pair(seed, (u64)i));
    return v;
}

// Without its arrays of things and people, which a snapshot may bring.
Rank *rank_empty(const RankConfig *config)
{
    must(config->people_max > 16 && config->clips_max > 16 && config->features_max > 16);
    must(config->people_max < INT32_MAX && config->clips_max < INT32_MAX / 8 && config->features_max < INT32_MAX);
    Rank *r = zeroed(1, sizeof(Rank));
    r->config = *config;
    r->coarse = directions(COARSE, config->seed), r->fine = directions((i64)COARSE * FINE, config->seed + 1);
    r->coarse_n = zeroed(COARSE, sizeof(float)), r->fine_n = zeroed((i64)COARSE * FINE, sizeof(float));
    r->cell = zeroed(CELLS, sizeof(List));
    r->newest = zeroed(NEW_RING, sizeof(u32));
    r->door = zeroed(DOOR, 1);
    model_start(&r->dense);
    return r;
}

Rank *rank_new(const RankConfig *config)
{
    Rank *r = rank_empty(config);
    r->n_clips = r->n_things = r->n_people = r->n_features = 1;
    grow((Pointer *)&r->clip, &r->cap_clip, 1, sizeof(Clip));
    grow((Pointer *)&r->vec, &r->cap_vec, 1, sizeof(Vec));
    grow((Pointer *)&r->state, &r->cap_state, 1, sizeof(ClipState));
    grow((Pointer *)&r->next, &r->cap_next, 1, sizeof(NextOf));
    grow((Pointer *)&r->thing, &r->cap_thing, 1, sizeof(Thing));
    grow((Pointer *)&r->thing_vec, &r->cap_thing_vec, 1, sizeof(Vec));
    grow((Pointer *)&r->person, &r->cap_person, 1, sizeof(Person));
    grow((Pointer *)&r->feature, &r->cap_feature, 1, sizeof(Feature));
    r->fit.n_rows = 1;
    grow((Pointer *)&r->fit.row, &r->fit.cap_row, 1, sizeof(FitRow));
    grow((Pointer *)&r->fit.vec, &r->fit.cap_vec, 1, sizeof(Vec));
    return r;
}

void rank_free(Rank *r)
{
    if (!r) return;
    void *grown[] = { r->clip, r->vec, r->state, r->next, r->thing, r->thing_vec, r->pool, r->person, r->feature, r->fresh,
                      r->told.clip, r->told.start, r->told.item };
    void *made[] = { r->clip_index.slot, r->thing_index.slot, r->person_index.slot, r->feature_index.slot, r->door, r->coarse,
                     r->fine, r->coarse_n, r->fine_n, r->cell, r->newest };
    for (i64 i = 0; i < COUNT(grown); i++) let_go(grown[i]);
    for (i64 i = 0; i < COUNT(made); i++) free(made[i]);
    fit_empty(&r->fit);
    free(r);
}

// ---------------------------------------------------------------------------------------------- clips

// A full cell gives up the poorest of eight that are looked at in turn; other ways to it stay.
void clip_into_cell(Rank *r, u32 clip, u32 cell)
{
    List *l = &r->cell[cell];
    r->clip[clip].cell = cell + 1;
    if (l->n < CELL_MAX) {
        list_add(r, l, clip, CELL_MAX);
        return;
    }
    u32 *p = r->pool + l->at, poor = l->turn % l->n;
    for (u32 i = 1; i < 8; i++) {
        u32 at = (l->turn + i) % l->n;
        if (r->state[p[at]].quality < r->state[p[poor]].quality) poor = at;
    }
    l->turn = (l->turn + 8) % l->n;
    r->clip[p[poor]].cell = 0;
    p[poor] = clip;
}

static i64 things_of(const Clip *c, u32 out[6 + CLIP_TOPICS])
{
    u32 all[6] = { c->shop, c->creator, c->sound, c->category, c->region, c->language };
    i64 n = 0;
    for (int i = 0; i < 6; i++)
        if (all[i]) out[n++] = all[i];
    for (i64 i = 0; i < CLIP_TOPICS && c->topic[i]; i++) out[n++] = c->topic[i];
    return n;
}

static void take_out(Rank *r, u32 clip)
{
    u32 thing[6 + CLIP_TOPICS];
    Clip *c = &r->clip[clip];
    i64 n = things_of(c, thing);
    for (i64 i = 0; i < n; i++) {
        Thing *t = &r->thing[thing[i]];
        list_remove(r, &t->recent, clip);
        list_remove(r, &t->best, clip);
        t->clips--;
    }
    list_remove(r, &r->hot[0], clip);
    list_remove(r, &r->hot[1], clip);
    if (c->cell) list_remove(r, &r->cell[c->cell - 1], clip);
    c->cell = 0;
}

static Vec content_of(const Rank *r, const Clip *c, const RankClip *from)
{
    Vec v = { .f = { 0 } };
    for (i64 i = 0; i < CLIP_TOPICS && c->topic[i]; i++) vec_add(&v, &r->thing_vec[c->topic[i]], 1);
    if (c->category) vec_add(&v, &r->thing_vec[c->category], 1);
    if (c->shop) vec_add(&v, &r->thing_vec[c->shop], 0.6f);
    if (c->creator) vec_add(&v, &r->thing_vec[c->creator], 0.6f);
    if (c->sound) vec_add(&v, &r->thing_vec[c->sound], 0.3f);
    if (c->language) vec_add(&v, &r->thing_vec[c->language], 0.3f);
    for (i64 i = 0; i < from->n_words && i < RANK_WORDS_MAX; i++) {
        Vec word = vec_of(from->words[i]);
        vec_add(&v, &word, 0.35f);
    }
    vec_unit(&v);
    return v;
}

static void describe(Rank *r, const RankClip *from, Clip *c)
{
    c->id = (u64)from->id;
    c->created = from->created;
    c->shop = thing_get(r, THING_SHOP, (u64)from->shop);
    c->creator = thing_get(r, THING_CREATOR, (u64)from->creator);
    c->sound = thing_get(r, THING_SOUND, (u64)from->sound);
    c->category = thing_get(r, THING_CATEGORY, (u64)from->category);
    c->region = thing_get(r, THING_REGION, from->region);
    c->language = thing_get(r, THING_LANGUAGE, from->language);
    memset(c->topic, 0, sizeof(c->topic));
    for (i64 i = 0, n = 0; i < from->n_topics && i < RANK_TOPICS_MAX && n < CLIP_TOPICS; i++) {
        u32 t = thing_get(r, THING_TOPIC, from->topics[i]);
        bool twice = false;
        for (i64 j = 0; j < n; j++) twice |= c->topic[j] == t;
        if (t && !twice) c->topic[n++] = t;
    }
    c->seconds = (u32)(from->duration_ms > 0 && from->duration_ms < DAY_MS ? from->duration_ms / SECOND_MS : 0);
    c->log_price = c->category && from->price_minor > 0 ? logf(1 + (float)from->price_minor) : 0;
}

static u32 number_for(Rank *r)
{
    if (r->free_clip) {
        u32 clip = r->free_clip;
        r->free_clip = r->clip[clip].free_next;
        u32 turn = r->clip[clip].turn;
        r->clip[clip] = (Clip){ .turn = turn };
        return clip;
    }
    r->n_clips++;
    grow((Pointer *)&r->clip, &r->cap_clip, r->n_clips, sizeof(Clip));
    grow((Pointer *)&r->vec, &r->cap_vec, r->n_clips, sizeof(Vec));
    grow((Pointer *)&r->state, &r->cap_state, r->n_clips, sizeof(ClipState));
    grow((Pointer *)&r->next, &r->cap_next, r->n_clips, sizeof(NextOf));
    return (u32)(r->n_clips - 1);
}

// Of 32 in turn the coldest that is CLIP_DAYS older than the one that comes.
static bool make_room(Rank *r, Time created)
{
    enum { CLIP_DAYS = 30, LOOK = 32 };
    u32 cold = 0;
    for (int i = 0; i < LOOK; i++) {
        r->clip_hand = r->clip_hand + 1 < r->n_clips ? r->clip_hand + 1 : 1;
        const Clip *c = &r->clip[r->clip_hand];
        if (!c->id || c->created > created - (Time)CLIP_DAYS * DAY_MS) continue;
        if (!cold || r->state[r->clip_hand].slow < r->state[cold].slow) cold = r->clip_hand;
    }
    if (!cold) return false;
    rank_clip_remove(r, (i64)r->clip[cold].id);
    return true;
}

static void put_in(Rank *r, u32 clip)
{
    u32 thing[6 + CLIP_TOPICS];
    i64 n = things_of(&r->clip[clip], thing);
    for (i64 i = 0; i < n; i++) {
        Thing *t = &r->thing[thing[i]];
        t->clips++;
        bool place = t->kind == THING_REGION || t->kind == THING_LANGUAGE;
        list_add(r, &t->recent, clip, place ? LIST_PLACE / 4 : LIST_RECENT);
    }
    r->state[clip].quality = model_quality(r, clip);
    clip_into_cell(r, clip, cell_place(r, &r->vec[clip], r->clip[clip].category != 0));
}

bool rank_clip_put(Rank *r, const RankClip *from)
{
    if (!from->id || from->created < 0) return false;
    u32 clip = clip_find(r, from->id);
    if (clip) {
        take_out(r, clip);
        describe(r, from, &r->clip[clip]);
        Vec content = content_of(r, &r->clip[clip], from);
        float learned = r->state[clip].tally.n / (r->state[clip].tally.n + 20);
        vec_scale(&r->vec[clip], learned);
        vec_add(&r->vec[clip], &content, 1 - learned);
        vec_unit(&r->vec[clip]);
        put_in(r, clip);
        return true;
    }
    if (r->live_clips >= r->config.clips_max && !make_room(r, from->created)) return false;
    clip = number_for(r);
    describe(r, from, &r->clip[clip]);
    r->vec[clip] = content_of(r, &r->clip[clip], from);
    index_put(&r->clip_index, r->clip, sizeof(Clip), clip);
    r->newest[r->n_newest++ % NEW_RING] = clip;
    r->live_clips++;
    put_in(r, clip);
    return true;
}

void rank_clip_remove(Rank *r, i64 id)
{
    u32 clip = clip_find(r, id);
    if (!clip) return;
    take_out(r, clip);
    index_remove(&r->clip_index, r->clip, sizeof(Clip), (u64)id);
    r->clip[clip] = (Clip){ .turn = r->clip[clip].turn + 1, .free_next = r->free_clip };
    r->free_clip = clip;
    r->state[clip] = (ClipState){ 0 };
    r->next[clip] = (NextOf){ 0 };
    r->live_clips--;
}

// ---------------------------------------------------------------------------------------------- what it tells

static int stronger(const void *a, const void *b)
{
    const RankTrait *x = a, *y = b;
    float s = fabsf(x->strength), t = fabsf(y->strength);
    if (s != t) return s < t ? 1 : -1;
    return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : (x->subject > y->subject) - (x->subject < y->subject);
}

i64 rank_profile(const Rank *r, i64 person, RankTrait *out, i64 max)
{
    static const float WORTH_SAYING = 0.05f;
    const Person *p = &r->person[person_find(r, person)];
    RankTrait all[TRAITS + 1];
    i64 n = 0;
    u32 hour = hour_of(p->last);
    for (i64 i = 0; i < TRAITS; i++) {
        const Trait *t = &p->trait[i];
        const Thing *thing = &r->thing[p->named[i]];
        float s = p->named[i] ? trait_strength(t, hour) : 0;
        if (fabsf(s) < WORTH_SAYING || thing->kind > THING_LANGUAGE) continue;
        all[n++] = (RankTrait){ (RankTraitKind)thing->kind, thing->id, s, (Time)t->hour * HOUR_MS };
    }
    if (p->price_n >= 1)
        all[n++] = (RankTrait){ RANK_TRAIT_PRICE, (u64)llroundf(expf(p->price) - 1), p->price_n / (p->price_n + 5), p->last };
    qsort(all, (size_t)n, sizeof(*all), stronger);
    if (n > max) n = max;
    memcpy(out, all, (size_t)n * sizeof(*all));
    return n;
}

static int more_seen(const void *a, const void *b)
{
    const RankExposure *x = a, *y = b;
    if (x->impressions != y->impressions) return x->impressions < y->impressions ? 1 : -1;
    return (x->shop > y->shop) - (x->shop < y->shop);
}

i64 rank_exposure(const Rank *r, RankExposure *out, i64 max)
{
    i64 n = 0, shops = 0;
    i32 now = 0;
    for (i64 i = 1; i < r->n_things; i++) {
        if (r->thing[i].kind != THING_SHOP) continue;
        shops++;
        if (r->thing[i].period > now) now = r->thing[i].period;
    }
    RankExposure *all = zeroed(shops + 1, sizeof(*all));
    for (i64 i = 1; i < r->n_things; i++) {
        const Thing *t = &r->thing[i];
        if (t->kind != THING_SHOP) continue;
        bool in_time = t->period == now, before = t->period >= now - 1;
        u32 seen = (before ? t->seen[0] : 0) + (in_time ? t->seen[1] : 0);
        u32 good = (before ? t->qualified[0] : 0) + (in_time ? t->qualified[1] : 0);
        all[n++] = (RankExposure){ (i64)t->id, seen, good, clip_new_to(r, t) };
    }
    qsort(all, (size_t)n, sizeof(*all), more_seen);
    if (n > max) n = max;
    memcpy(out, all, (size_t)n * sizeof(*all));
    free(all);
    return n;
}

RankMemory rank_memory(const Rank *r)
{
    i64 slots = r->clip_index.cap + r->thing_index.cap + r->person_index.cap + r->feature_index.cap + r->fit.index.cap;
    i64 bytes = (i64)sizeof(Rank) + r->cap_clip * (i64)sizeof(Clip) + r->cap_vec * (i64)sizeof(Vec) +
                r->cap_state * (i64)sizeof(ClipState) + r->cap_next * (i64)sizeof(NextOf) + r->cap_thing * (i64)sizeof(Thing) +
                r->cap_thing_vec * (i64)sizeof(Vec) + r->cap_pool * (i64)sizeof(u32) + r->cap_person * (i64)sizeof(Person) +
                r->cap_feature * (i64)sizeof(Feature) + slots * (i64)sizeof(u64) + DOOR + CELLS * (i64)sizeof(List) +
                (i64)COARSE * (FINE + 1) * (i64)(sizeof(Vec) + sizeof(float)) + (NEW_RING + r->cap_fresh) * (i64)sizeof(u32);
    bytes += r->fit.cap_row * (i64)sizeof(FitRow) + r->fit.cap_vec * (i64)sizeof(Vec) + r->fit.cap_pair * (i64)sizeof(FitPair);
    bytes += r->told.cap_clip * (i64)sizeof(ToldClip) + r->told.cap_start * (i64)sizeof(i64);
    bytes += r->told.cap_item * (i64)sizeof(i32);
    return (RankMemory){ bytes, r->live_clips, r->person_index.n, r->feature_index.n, r->fit.n_rows - 1 };
}
