// `etalase simulate`: a town of shoppers with hidden tastes lives some days with the real engine, and the same town with feeds by
// popularity, by chance, and by an oracle that knows the tastes. One JSON line: what each feed was worth.
#include <math.h>

#include "main/benches.h"
#include "main/simulate_world.h"
#include "rank/chance.h"
#include "rank/zeroed.h"

enum { PAGE = 10, VISITS = 2, PAGES_MAX = 6, DECIDES_AFTER_DAYS = 2 };
static const float EXPLORE = 0.1f, FOUND = 0.25f, FAN = 0.5f;      // found: seen by so many of its fans; a fan: likes it so much

typedef enum Feed { FEED_ENGINE, FEED_POPULARITY, FEED_CHANCE, FEED_ORACLE, FEEDS } Feed;
static const char *const NAMES[FEEDS] = { "engine", "popularity", "random", "oracle" };

typedef struct Order { i64 shopper, clip; Time at; bool keeps; } Order;
typedef struct Star { i64 fans, fans_who_saw,
                      impressions; double hours; i64 impressions_until; } Star;      // hours: until found; -1

typedef struct Life {
    const SimTown *t;
    Feed feed;
    Rank *rank; bool fit;                  // of the engine alone; fit: its tables are made
    u8 *seen;                              // shopper by clip
    float *sum, *views;                    // popularity: what a clip's views were worth
    float *worth_to;                       // the oracle's: shopper by clip; 0 before it was asked for
    i64 born;                              // clips there are by now
    Order *order; i64 n_orders, room, decided;
    Chance chance;
    u16 *met;                              // stars, by shopper
    double watch_ms, share, worth;
    i64 n_views, bought, kept, by_size[SIM_SIZES], by_star;
    Star star[SIM_STARS + 1];
} Life;

static u8 *seen_at(const Life *l, i64 shopper, i64 clip)
{
    return &l->seen[shopper * (l->t->n_clips + 1) + clip];
}

// ---------------------------------------------------------------------------------------------- the feeds

static i64 page_of_engine(Life *l, i64 shopper, Time now, i64 out[PAGE])
{
    RankPick pick[RANK_PAGE_MAX];
    RankQuery q = { .person = shopper, .seed = chance_next(&l->chance), .now = now, .limit = PAGE, .dial = DIAL_OPEN,
                    .personal = true, .region = 1, .language = 1 };
    i64 n = rank_page(l->rank, &q, pick);
    for (i64 i = 0; i < n; i++) out[i] = pick[i].clip;
    return n;
}

static float merit(Life *l, i64 shopper, i64 clip)
{
    if (l->feed == FEED_ORACLE) {
        float *w = &l->worth_to[shopper * (l->t->n_clips + 1) + clip];
        if (*w == 0) *w = sim_worth(l->t, shopper, clip);
        return *w;
    }
    return (l->sum[clip] + 0.3f * 20) / (l->views[clip] + 20);       // as if 20 views had shown the usual
}

// The best ten that they have not seen. Popularity has as many places for chance as the engine has for exploring.
static i64 page_by_merit(Life *l, i64 shopper, i64 out[PAGE])
{
    float high[PAGE];
    i64 n = 0;
    for (i64 c = 1; c <= l->born; c++) {
        if (*seen_at(l, shopper, c)) continue;
        float m = merit(l, shopper, c);
        i64 k = n < PAGE ? n++ : PAGE;
        for (; k > 0 && high[k - 1] < m; k--)
            if (k < PAGE) high[k] = high[k - 1], out[k] = out[k - 1];
        if (k < PAGE) high[k] = m, out[k] = c;
    }
    return n;
}

static bool already(const i64 *out, i64 n, i64 clip)
{
    for (i64 i = 0; i < n; i++)
        if (out[i] == clip) return true;
    return false;
}

static i64 page_by_chance(Life *l, i64 shopper, i64 out[PAGE])
{
    i64 n = 0;
    for (i64 tried = 0; tried < 500 && n < PAGE; tried++) {
        i64 c = 1 + chance_below(&l->chance, l->born);
        if (!*seen_at(l, shopper, c) && !already(out, n, c)) out[n++] = c;
    }
    return n;
}

static i64 page(Life *l, i64 shopper, Time now, i64 out[PAGE])
{
    if (l->feed == FEED_ENGINE) return page_of_engine(l, shopper, now, out);
    if (l->feed == FEED_CHANCE) return page_by_chance(l, shopper, out);
    i64 n = page_by_merit(l, shopper, out);
    for (i64 i = 0; l->feed == FEED_POPULARITY && i < n; i++) {
        i64 c = 1 + chance_below(&l->chance, l->born);
        if (chance_real(&l->chance) < (double)EXPLORE && !*seen_at(l, shopper, c) && !already(out, n, c)) out[i] = c;
    }
    return n;
}

// ---------------------------------------------------------------------------------------------- what is told of it

static void tell(Life *l, i64 shopper, i64 clip, RankEventKind kind, i64 value, i64 share, Time at)
{
    RankEvent e = { .person = shopper, .clip = clip, .kind = kind, .value = value, .share = share, .at = at };
    if (!l->rank) return;
    must(rank_learn(l->rank, &e));
    if (l->fit) rank_fit(l->rank);
}

static void tell_deeds(Life *l, i64 shopper, i64 clip, const SimDeeds *d, Time at)
{
    i64 ms = (i64)(d->share * (float)l->t->clip[clip].ms), share = (i64)(d->share * 1000);
    tell(l, shopper, clip, RANK_IMPRESSION, 0, 0, at);
    if (d->likes) tell(l, shopper, clip, RANK_LIKE, 0, 0, at + ms / 2);
    if (d->follows) tell(l, shopper, clip, RANK_FOLLOW, 0, 0, at + ms / 2);
    if (d->taps) tell(l, shopper, clip, RANK_TAP, 0, 0, at + ms / 2);
    tell(l, shopper, clip, d->skipped ? RANK_SKIP : RANK_WATCH, ms, share, at + ms);
    if (d->carts) tell(l, shopper, clip, RANK_CART, 0, 0, at + ms + 5000);
    if (d->buys) tell(l, shopper, clip, RANK_BUY, 1, 0, at + ms + 60000);
    if (d->less) tell(l, shopper, clip, RANK_LESS, 0, 0, at + ms);
    if (!d->buys) return;
    if (l->n_orders == l->room) {
        l->room = l->room * 2 + 1024;
        l->order = realloc(l->order, (size_t)l->room * sizeof(Order));
        must(l->order != NULL);
    }
    l->order[l->n_orders++] = (Order){ shopper, clip, at + (Time)DECIDES_AFTER_DAYS * DAY_MS, d->keeps };
}

static void count_star(Life *l, i64 shopper, i64 clip, Time at)
{
    const SimClip *c = &l->t->clip[clip];
    if (!c->star) return;
    Star *s = &l->star[c->star];
    s->impressions++;
    l->by_star++;
    u16 *met = &l->met[shopper], bit = (u16)(1 << (c->star - 1));        // through another clip of the same star
    if ((*met & bit) || sim_liking(l->t, shopper, clip) < FAN) return;
    *met |= bit;
    s->fans_who_saw++;
    if (s->hours < 0 && (float)s->fans_who_saw >= FOUND * (float)s->fans)
        s->hours = (double)(at - c->born) / (double)HOUR_MS, s->impressions_until = s->impressions;
}

static Time see(Life *l, i64 shopper, i64 clip, Time at)
{
    const SimClip *c = &l->t->clip[clip];
    SimDeeds d = sim_deeds(l->t, shopper, clip);
    double ms = (double)d.share * (double)c->ms;
    count_star(l, shopper, clip, at);
    *seen_at(l, shopper, clip) = 1;
    l->views[clip] += 1;
    l->sum[clip] += d.share + (d.keeps ? SIM_ORDER : 0);
    l->watch_ms += ms, l->share += (double)d.share, l->worth += (double)sim_worth(l->t, shopper, clip);
    l->n_views++, l->bought += d.buys, l->kept += d.keeps;
    l->by_size[l->t->shop[c->shop].size]++;
    tell_deeds(l, shopper, clip, &d, at);
    return at + (Time)ms + 700;
}

// ---------------------------------------------------------------------------------------------- the days

static void births(Life *l, Time now)
{
    while (l->born < l->t->n_clips && l->t->clip[l->born + 1].born <= now) {
        l->born++;
        RankClip c = sim_rank_clip(l->t, l->born);
        if (l->rank) must(rank_clip_put(l->rank, &c));
    }
}

static void decide(Life *l, Time now)
{
    for (; l->decided < l->n_orders && l->order[l->decided].at <= now; l->decided++) {
        const Order *o = &l->order[l->decided];
        tell(l, o->shopper, o->clip, o->keeps ? RANK_KEPT : RANK_RETURN, 1, 0, o->at);
    }
}

// They stay as long as it pleases them.
static void visit(Life *l, i64 shopper, Time now, u64 key)
{
    Chance mood = chance_new(hash_pair(l->t->seed, key));
    for (i64 k = 0; k < PAGES_MAX; k++) {
        i64 clip[PAGE];
        double share = 0;
        births(l, now);
        i64 n = page(l, shopper, now, clip);
        for (i64 i = 0; i < n; i++) {
            double before = l->share;
            now = see(l, shopper, clip[i], now);
            share += l->share - before;
        }
        if (!n || chance_real(&mood) > 0.3 + 0.7 * share / (double)n) return;
    }
}

// Hour by hour; in each those whose hour it is, in an order that is another every hour.
static void live(Life *l)
{
    for (i64 hour = 0; hour < l->t->days * 24; hour++) {
        Time now = SIM_START + hour * HOUR_MS;
        decide(l, now);
        for (i64 i = 0; i < l->t->n_shoppers; i++) {
            i64 shopper = 1 + (i + hour * 37) % l->t->n_shoppers;
            u64 h = hash_pair(hash_pair(l->t->seed + 8, (u64)shopper), (u64)(hour / 24));
            for (u64 v = 0; v < VISITS; v++)
                if ((i64)(hash_pair(h, v) % 24) == hour % 24) visit(l, shopper, now + (Time)(i % 60) * MINUTE_MS / 2,
                                                                    hash_pair(h, 100 + v));
        }
    }
}

static void count_fans(Life *l)
{
    for (i64 s = 1; s <= SIM_STARS; s++) l->star[s] = (Star){ .hours = -1 };
    for (i64 p = 1; p <= l->t->n_shoppers; p++) {
        bool fan[SIM_STARS + 1] = { false };
        for (i64 c = 1; c <= l->t->n_clips; c++)
            if (l->t->clip[c].star && sim_liking(l->t, p, c) >= FAN) fan[l->t->clip[c].star] = true;
        for (i64 s = 1; s <= SIM_STARS; s++) l->star[s].fans += fan[s];
    }
}

static Life life(const SimTown *t, Feed feed, u64 seed, bool fit)
{
    Life l = { .t = t, .feed = feed, .fit = fit, .chance = chance_new(hash_pair(seed, 9)) };
    RankConfig config = rank_config();
    config.seed = seed;
    if (feed == FEED_ENGINE) l.rank = rank_new(&config);
    l.seen = zeroed((t->n_shoppers + 1) * (t->n_clips + 1), 1);
    l.met = zeroed(t->n_shoppers + 1, sizeof(u16));
    l.sum = zeroed(t->n_clips + 1, sizeof(float)), l.views = zeroed(t->n_clips + 1, sizeof(float));
    if (feed == FEED_ORACLE) l.worth_to = zeroed((t->n_shoppers + 1) * (t->n_clips + 1), sizeof(float));
    count_fans(&l);
    live(&l);
    rank_free(l.rank);
    free(l.seen), free(l.met), free(l.sum), free(l.views), free(l.worth_to), free(l.order);
    return l;
}

// ---------------------------------------------------------------------------------------------- what came of it

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_stars(const Life *l)
{
    double hours[SIM_STARS], until[SIM_STARS];
    i64 n = 0, fans = 0, all = 0, impressions = 0;
    for (i64 s = 1; s <= SIM_STARS; s++) {
        const Star *x = &l->star[s];
        if (x->hours >= 0) hours[n] = x->hours, until[n++] = (double)x->impressions_until;
        fans += x->fans_who_saw, all += x->fans, impressions += x->impressions;
    }
    qsort(hours, (size_t)n, sizeof(double), by_value);
    qsort(until, (size_t)n, sizeof(double), by_value);
    printf("\"unknown_creators\":%d,\"found\":%lld,\"median_hours_until_found\":%.1f,\"median_impressions_until_found\":%.0f,"
           "\"fans_reached\":%.3f,\"impressions\":%lld",
           SIM_STARS, (long long)n, n ? hours[n / 2] : -1.0, n ? until[n / 2] : -1.0,
           all ? (double)fans / (double)all : 0.0, (long long)impressions);
}

static void print_life(const SimTown *t, const Life *l, const Life *oracle)
{
    i64 clips[SIM_SIZES] = { 0 };
    for (i64 c = 1; c <= t->n_clips; c++) clips[t->shop[t->clip[c].shop].size]++;
    double views = fmax(1, (double)l->n_views);
    printf("\"%s\":{\"views\":%lld,\"watch_hours\":%.1f,\"mean_share\":%.4f,\"orders\":%lld,\"kept_orders\":%lld,"
           "\"worth_a_view\":%.4f,\"regret\":%.4f,", NAMES[l->feed], (long long)l->n_views,
           l->watch_ms / HOUR_MS, l->share / views,
           (long long)l->bought, (long long)l->kept, l->worth / views,
           1 - l->worth / views / (oracle->worth / fmax(1, (double)oracle->n_views)));
    printf("\"exposure\":{");
    static const char *const SIZE[SIM_SIZES] = { "small", "middle", "large" };
    for (int s = 0; s < SIM_SIZES; s++)
        printf("\"%s\":{\"share\":%.4f,\"of_clips\":%.4f}%s", SIZE[s], (double)l->by_size[s] / views,
               (double)clips[s] / (double)t->n_clips, s + 1 < SIM_SIZES ? "," : "},");
    print_stars(l);
    printf("}");
}

int command_simulate(int n, char **arg)
{
    i64 shoppers = 2000, days = 7, seed = 1;
    bool unfitted = false;
    Arg known[] = { { "--shoppers", ARG_INT, &shoppers, 10, 100000 }, { "--days", ARG_INT, &days, 1, 365 },
                    { "--seed", ARG_INT, &seed, 0, 1e15 },
                    { "--unfitted", ARG_FLAG, &unfitted, 0, 0 } };
    Args args = { .known = known, .n_known = COUNT(known) };
    if (!args_read(n, arg, &args)) return 2;
    double from = seconds_now();
    SimTown t = sim_town(shoppers, days, (u64)seed);
    Life all[FEEDS];
    for (int f = 0; f < FEEDS; f++) all[f] = life(&t, (Feed)f, (u64)seed, !unfitted);
    const Life *e = &all[FEED_ENGINE], *p = &all[FEED_POPULARITY], *r = &all[FEED_CHANCE];
    printf("{\"shoppers\":%lld,\"days\":%lld,\"shops\":%lld,\"clips\":%lld,", (long long)shoppers, (long long)days,
           (long long)t.n_shops, (long long)t.n_clips);
    for (int f = 0; f < FEEDS; f++) print_life(&t, &all[f], &all[FEED_ORACLE]), printf(",");
    printf("\"watch_over_popularity\":%.3f,\"watch_over_random\":%.3f,\"kept_over_popularity\":%.3f,\"kept_over_random\":%.3f,"
           "\"fitted\":%s,\"seed\":%lld,\"seconds\":%.1f}\n", e->watch_ms / fmax(1, p->watch_ms),
           e->watch_ms / fmax(1, r->watch_ms), (double)e->kept / fmax(1, (double)p->kept),
           (double)e->kept / fmax(1, (double)r->kept), unfitted ? "false" : "true", (long long)seed, seconds_now() - from);
    sim_free(&t);
    return 0;
}
