// See simulate_world.h.
#include "main/simulate_world.h"

#include <math.h>

#include "rank/chance.h"
#include "rank/zeroed.h"

static const i64 CLIPS_OF[SIM_SIZES] = { 4, 12, 40 };
static const float NEW_A_DAY = 0.06f;      // of a shop's clips
static const float USUAL_PRICE = 10, USUAL_SPREAD = 0.8f;      // logs of minor units

static float chance_of(u64 key)
{
    return (float)((double)(hash_mix(key) >> 11) * 0x1p-53);
}

static float normal_of(u64 key)
{
    Chance c = chance_new(key);
    return (float)chance_normal(&c);
}

static float squash(float x)
{
    return 1 / (1 + expf(-x));
}

// ---------------------------------------------------------------------------------------------- making it

static SimShop make_shop(const SimTown *t, i64 shop)
{
    u64 h = hash_pair(hash_pair(t->seed, 1), (u64)shop);
    float size = chance_of(h + 1);
    return (SimShop){ .size = size < 0.6f ? 0 : size < 0.9f ? 1 : 2, .keeps = chance_of(h + 2) < 0.7f ? 0.95f : 0.6f };
}

static SimClip make_clip(const SimTown *t, i64 shop, i64 nth, Time born)
{
    u64 h = hash_pair(hash_pair(t->seed, 2), hash_pair((u64)shop, (u64)nth));
    i64 home = (i64)(hash_pair(t->seed, (u64)shop) % SIM_TOPICS);          // a shop keeps to some topics
    SimClip c = { .shop = shop, .born = born, .quality = normal_of(h), .sells = h % 3 != 0 };
    c.creator = 1000 + shop * 2 + (i64)(h >> 8) % 2;
    c.topic[0] = (home + (i64)(h >> 16) % 4) % SIM_TOPICS;
    c.topic[1] = (i64)(hash_mix(h) % SIM_TOPICS);
    c.ms = 8000 + (i64)(hash_mix(h + 1) % 40000);
    if (c.sells) c.log_price = USUAL_PRICE + USUAL_SPREAD * normal_of(h + 2);
    return c;
}

static int by_birth(const void *a, const void *b)
{
    const SimClip *x = a, *y = b;
    if (x->born != y->born) return x->born < y->born ? -1 : 1;
    return x->shop != y->shop ? (x->shop < y->shop ? -1 : 1) : (x->ms > y->ms) - (x->ms < y->ms);
}

static i64 later_clips(const SimTown *t, i64 shop)
{
    return (i64)((float)CLIPS_OF[t->shop[shop].size] * NEW_A_DAY * (float)t->days + chance_of(hash_pair(t->seed + 3, (u64)shop)));
}

// The stars: good clips of shops and creators that nobody knows, a third of the way through.
static void make_clips(SimTown *t)
{
    i64 room = 1, n = 1, shops = t->n_shops - SIM_STARS;
    for (i64 s = 1; s <= shops; s++) room += CLIPS_OF[t->shop[s].size] + later_clips(t, s);
    t->clip = zeroed(room + (i64)SIM_STARS * SIM_STAR_CLIPS, sizeof(SimClip));
    for (i64 s = 1; s <= shops; s++) {
        i64 first = CLIPS_OF[t->shop[s].size], later = later_clips(t, s);
        for (i64 k = 0; k < first + later; k++) {
            u64 h = hash_pair(hash_pair(t->seed + 4, (u64)s), (u64)k);
            Time born = k < first ? SIM_START - (Time)(h % 20) * DAY_MS : SIM_START + (Time)(h % (u64)(t->days * DAY_MS));
            t->clip[n++] = make_clip(t, s, k, born);
        }
    }
    for (i64 s = shops + 1; s <= t->n_shops; s++)
        for (i64 k = 0; k < SIM_STAR_CLIPS; k++) {
            SimClip c = make_clip(t, s, k, SIM_START + t->days * DAY_MS / 3);
            c.quality = 1.8f, c.star = s - shops;
            t->clip[n++] = c;
        }
    t->n_clips = n - 1;
    qsort(t->clip + 1, (size_t)t->n_clips, sizeof(SimClip), by_birth);
}

static SimShopper make_shopper(const SimTown *t, i64 shopper)
{
    static const float WEIGHT[SIM_TASTES] = { 1.0f, 0.8f, 0.6f, 0.5f };
    u64 h = hash_pair(hash_pair(t->seed, 5), (u64)shopper);
    SimShopper p = { .log_price = USUAL_PRICE + USUAL_SPREAD * normal_of(h), .eager = chance_of(h + 1) };
    for (i64 i = 0; i < SIM_TASTES; i++) {
        // Half of what one likes many like, the square makes low numbers likelier; the other half is one's own.
        float x = chance_of(h + 10 + (u64)i), of_many = i % 2 ? x * x : x;
        p.taste[i] = (i64)(of_many * SIM_TOPICS) % SIM_TOPICS;
        p.weight[i] = WEIGHT[i];
    }
    return p;
}

SimTown sim_town(i64 shoppers, i64 days, u64 seed)
{
    SimTown t = { .n_shops = 120 + shoppers / 3 + SIM_STARS, .n_shoppers = shoppers, .days = days, .seed = hash_mix(seed) };
    t.shop = zeroed(t.n_shops + 1, sizeof(SimShop));
    t.shopper = zeroed(shoppers + 1, sizeof(SimShopper));
    for (i64 s = 1; s <= t.n_shops; s++) t.shop[s] = make_shop(&t, s);
    for (i64 s = t.n_shops - SIM_STARS + 1; s <= t.n_shops; s++) t.shop[s] = (SimShop){ .size = 0, .keeps = 0.95f, .star = true };
    for (i64 p = 1; p <= shoppers; p++) t.shopper[p] = make_shopper(&t, p);
    make_clips(&t);
    return t;
}

void sim_free(SimTown *t)
{
    free(t->shop);
    free(t->clip);
    free(t->shopper);
    *t = (SimTown){ 0 };
}

// What a server would know of it: the hashtags, words that go with them, what it sells. Not how good it is.
RankClip sim_rank_clip(const SimTown *t, i64 clip)
{
    const SimClip *c = &t->clip[clip];
    RankClip out = { .id = clip, .shop = c->shop, .creator = c->creator, .duration_ms = c->ms, .region = 1, .language = 1,
                     .created = c->born, .sound = 1 + (i64)(hash_pair(t->seed + 6, (u64)clip) % 300) };
    for (int i = 0; i < 2; i++) out.topics[out.n_topics++] = hash_pair(101, (u64)c->topic[i]);
    for (u64 i = 0; i < 6; i++)
        out.words[out.n_words++] = hash_pair(102, (u64)c->topic[0] * 30 + hash_pair((u64)clip, i) % 40);
    if (c->sells) out.category = 1 + c->topic[0] * SIM_CATEGORIES / SIM_TOPICS, out.price_minor = (i64)expf(c->log_price);
    return out;
}

// ---------------------------------------------------------------------------------------------- living in it

static float topic_liking(const SimShopper *p, i64 topic)
{
    for (i64 i = 0; i < SIM_TASTES; i++)
        if (p->taste[i] == topic) return p->weight[i];
    return 0;
}

float sim_liking(const SimTown *t, i64 shopper, i64 clip)
{
    const SimClip *c = &t->clip[clip];
    const SimShopper *p = &t->shopper[shopper];
    float way = normal_of(hash_pair(hash_pair(t->seed, (u64)shopper), (u64)c->creator));       // their way of telling it
    return -1.6f + 2.2f * topic_liking(p, c->topic[0]) + 0.8f * topic_liking(p, c->topic[1]) + 0.6f * c->quality + 0.5f * way;
}

typedef struct Odds { float liking, tap, cart, buy; } Odds;

static Odds odds_of(const SimTown *t, i64 shopper, i64 clip)
{
    const SimClip *c = &t->clip[clip];
    Odds o = { .liking = sim_liking(t, shopper, clip) };
    if (!c->sells) return o;
    float off = (c->log_price - t->shopper[shopper].log_price) / 0.7f, fit = expf(-off * off);
    o.tap = squash(o.liking + 1.5f * fit - 2.5f);
    o.cart = 0.05f + 0.35f * fit;
    o.buy = 0.5f;
    return o;
}

float sim_worth(const SimTown *t, i64 shopper, i64 clip)
{
    Odds o = odds_of(t, shopper, clip);
    return squash(o.liking) + SIM_ORDER * o.tap * o.cart * o.buy * t->shop[t->clip[clip].shop].keeps;
}

SimDeeds sim_deeds(const SimTown *t, i64 shopper, i64 clip)
{
    Odds o = odds_of(t, shopper, clip);
    u64 h = hash_pair(hash_pair(t->seed + 7, (u64)shopper), (u64)clip);
    SimDeeds d = { .share = squash(o.liking + 0.8f * normal_of(h)) };
    d.skipped = d.share < 0.15f;
    d.likes = chance_of(h + 1) < squash(2 * o.liking - 3);
    d.follows = chance_of(h + 2) < squash(2 * o.liking - 5);
    d.taps = !d.skipped && chance_of(h + 3) < o.tap;
    d.carts = d.taps && chance_of(h + 4) < o.cart;
    d.buys = d.carts && chance_of(h + 5) < o.buy;
    d.keeps = d.buys && chance_of(h + 6) < t->shop[t->clip[clip].shop].keeps;
    d.less = o.liking < -1.5f && chance_of(h + 7) < 0.01f;
    return d;
}
