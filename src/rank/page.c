// A page: gather a few hundred clips, rank the best of them in full, put them in order.
#include "rank/inner.h"

#include <math.h>

static int by_light(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    if (x->light != y->light) return x->light < y->light ? 1 : -1;
    return (x->clip > y->clip) - (x->clip < y->clip);
}

u64 followed_of(const Pool *pool, const Clip *c)
{
    const RankQuery *q = pool->q;
    u64 of[2] = { c->creator ? pool->r->thing[c->creator].id : 0, c->shop ? pool->r->thing[c->shop].id : 0 };
    for (int k = 0; k < 2; k++) {
        i64 from = 0, to = q->n_following;
        while (of[k] && from < to) {
            i64 middle = from + (to - from) / 2;
            if (q->following[middle] == (i64)of[k]) return of[k];
            if (q->following[middle] < (i64)of[k]) from = middle + 1;
            else to = middle;
        }
    }
    return 0;
}

// Cheap, so that every candidate can have it: what it is worth to anybody, and how near it lies.
static float light_score(const Pool *pool, const Candidate *c, const Vec *wide)
{
    const Rank *r = pool->r;
    const Clip *clip = &r->clip[c->clip];
    Taste t = taste_of_clip(&pool->tastes, clip);
    float near = vec_dot(wide, &r->vec[c->clip]) + 0.6f * (t.topic + t.worst_topic + t.creator) + 0.4f * (t.category + t.shop);
    float often = (c->source & FROM_NEXT ? 0.2f : 0) + 0.3f * c->fitted;
    return r->state[c->clip].quality + near + often + (c->source & FROM_FOLLOWED ? 0.3f : 0);
}

void see(const Pool *pool, const Candidate *c, Inputs *in)
{
    Context x = pool->x;
    x.followed = pool->q->n_following && followed_of(pool, &pool->r->clip[c->clip]);
    x.next_weight = c->next_weight;
    model_inputs(pool->r, pool->p, c->clip, &x, in);
}

// What the clip's own effect may be, drawn from what is believed of it (Thompson 1933; Chapelle and Li 2011): the fewer views it
// has, the wider.
static float drawn(Pool *pool, const Candidate *c)
{
    float n = pool->r->state[c->clip].tally.n, spread = 1 / sqrtf(1 + n * 0.3f), out = 0;
    float z = (float)chance_normal(&pool->chance);
    for (int k = 0; k < RANK_OUTCOMES; k++) {
        bool bad = k == RANK_SKIPPED || k == RANK_UNWANTED;
        float p = c->chance[k];
        if (p > 0) out += pool->r->config.weight[k] * sigmoid(logit(p) + (bad ? -z : z) * spread);
    }
    return out;
}

// What ranking the next ones in full reads: who made them and what they are, and the fitted tables' rows.
static void names_soon(const Pool *pool, i64 i)
{
    enum { AHEAD_SLOT = 12, AHEAD_ROW = 8, AHEAD_NAMES = 4 };
    const Rank *r = pool->r;
    if (i + AHEAD_SLOT < pool->n) index_soon(&r->fit.index, r->clip[pool->c[i + AHEAD_SLOT].clip].id);
    if (i + AHEAD_ROW < pool->n) fit_soon(r, r->clip[pool->c[i + AHEAD_ROW].clip].id);
    if (i + AHEAD_NAMES >= pool->n) return;
    const Clip *c = &r->clip[pool->c[i + AHEAD_NAMES].clip];
    u32 of[] = { c->category, c->shop, c->creator };
    for (size_t k = 0; k < COUNT(of); k++) fetch(&r->thing[of[k]].tally, sizeof(Tally));
    fit_sooner(r, c->id);
}

static void rank_in_full(Pool *pool)
{
    for (i64 i = 0; i < pool->n; i++) {
        names_soon(pool, i);
        Candidate *c = &pool->c[i];
        Inputs in;
        see(pool, c, &in);
        vec_add(&pool->mean.x, &in.x, 1 / (float)pool->n);
        for (int k = 0; k < RANK_OUTCOMES; k++) pool->mean.clip[k] += in.clip[k] / (float)pool->n;
        model_expect(pool->r, &in, c->chance);
        c->score = model_score(&pool->r->config, c->chance);
        c->sampled = c->source & (FROM_NEW | FROM_GUARANTEE) ? drawn(pool, c) : c->score;
    }
}

// Without a profile: what is liked here now, and what is new.
static void rank_by_time(Pool *pool)
{
    for (i64 i = 0; i < pool->n; i++) {
        Candidate *c = &pool->c[i];
        const ClipState *s = &pool->r->state[c->clip];
        const Clip *clip = &pool->r->clip[c->clip];
        float days = greater(0, (float)(pool->q->now - clip->created) / (float)DAY_MS);
        float heat = heat_at(s->slow, pool->q->now, HEAT_SLOW_DAYS) + 3 * heat_at(s->fast, pool->q->now, HEAT_FAST_DAYS);
        float here = (pool->x.region && clip->region == pool->x.region ? 0.5f : 0) +
                     (pool->x.language && clip->language == pool->x.language ? 0.5f : 0);
        c->score = c->sampled = log1pf(heat) + expf(-days / 3) + here + 0.5f * s->quality;
        rates_of_clip(pool->r, c->clip, c->chance);
    }
}

// Those that a place may be kept for stay in any case.
static void narrow(Pool *pool)
{
    Vec wide = pool->p->wide;
    vec_unit(&wide);
    for (i64 i = 0; i < pool->n; i++) {
        Candidate *c = &pool->c[i];
        c->light = light_score(pool, c, &wide);
    }
    qsort(pool->c, (size_t)pool->n, sizeof(Candidate), by_light);
    i64 kept = 0, explored = 0, selling = 0;
    bool most = pool->q->dial == DIAL_MOSTLY;
    for (i64 i = 0; i < pool->n; i++) {
        const Candidate *c = &pool->c[i];
        bool explore = (c->source & (FROM_NEW | FROM_GUARANTEE)) && explored < EXPLORED_MAX;
        bool sells = most && pool->r->clip[c->clip].category && selling < RANKED_MAX;
        if (i >= RANKED_MAX && !explore && !sells) continue;
        explored += explore, selling += sells;
        pool->c[kept++] = *c;
    }
    pool->n = kept;
}

// A pool with nothing in it; its candidates are left as they are.
static void begin(Pool *pool, const Rank *r, const RankQuery *q)
{
    memset(pool, 0, offsetof(Pool, c));
    memset(pool->slot, 0, sizeof(pool->slot));
    memset(pool->left, 0, sizeof(pool->left));
    pool->r = r, pool->q = q;
    u32 known = q->personal ? person_find(r, q->person) : 0;
    pool->p = known ? &r->person[known] : NULL;
    pool->chance = chance_new(q->personal ? hash_pair(q->seed, (u64)q->person) : q->seed);
    tastes_of(pool->p, hour_of(q->now), &pool->tastes);
    pool->x = (Context){ .now = q->now, .region = thing_find(r, THING_REGION, q->region),
                         .language = thing_find(r, THING_LANGUAGE, q->language), .tastes = &pool->tastes, .odds = pool->odds,
                         .past = &pool->past };
    person_odds(r, pool->p, pool->odds);
    fit_past(r, pool->p, &pool->past);
}

void rank_expect(const Rank *r, const RankQuery *q, const i64 *clips, i64 n, float (*chance)[RANK_OUTCOMES])
{
    Pool pool;
    begin(&pool, r, q);
    for (i64 i = 0; i < n; i++) {
        Candidate c = { .clip = clip_find(r, clips[i]) };
        memset(chance[i], 0, sizeof(chance[i]));
        if (!c.clip) continue;
        if (pool.p) c.next_weight = next_weight(r, pool.p, c.clip);
        Inputs in;
        see(&pool, &c, &in);
        model_expect(r, &in, chance[i]);
    }
}

i64 rank_page(const Rank *r, const RankQuery *q, RankPick *out)
{
    if (q->limit < 1 || q->limit > RANK_PAGE_MAX || q->dial < DIAL_NONE || q->dial > DIAL_MOSTLY) return 0;
    Pool pool;
    begin(&pool, r, q);
    gather(&pool);
    if (pool.p) narrow(&pool);
    if (q->personal) rank_in_full(&pool);
    else rank_by_time(&pool);
    return order(&pool, out);
}
