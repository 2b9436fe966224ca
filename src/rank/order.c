// From scores to a page: what may never happen, what must happen, and variety.
#include "rank/inner.h"

#include <math.h>

static const float SPREAD = 0.6f, TOPIC_AGAIN = 0.25f;     // in standard deviations of the scores
// An owed clip is shown to those for whom it is not much worse than their usual candidate; to others this often, so that a guess
// that is wrong is found out.
static const float OWED_LEAST = -0.7f, OWED_ANYWAY = 0.1f;
enum { LOOK_BACK = 6 };

typedef enum Place { PLACE_BEST, PLACE_EXPLORE, PLACE_GUARANTEE } Place;

typedef struct Page {
    Pool *pool;
    bool used[POOL_MAX];
    u32 chosen[RANK_PAGE_MAX];             // by place in the pool
    Place place[RANK_PAGE_MAX];
    i64 n, selling, selling_max, selling_min;
    float mean, deviation;
    bool anyway;
} Page;

static const Clip *clip_at(const Page *g, i64 i)
{
    return &g->pool->r->clip[g->pool->c[i].clip];
}

static void measure(Page *g)
{
    const Pool *pool = g->pool;
    double sum = 0, squares = 0, n = (double)pool->n;
    if (!pool->n) return;
    for (i64 i = 0; i < pool->n; i++) sum += pool->c[i].score;
    for (i64 i = 0; i < pool->n; i++) squares += (pool->c[i].score - sum / n) * (pool->c[i].score - sum / n);
    g->mean = (float)(sum / n);
    g->deviation = (float)sqrt(squares / n);
}

// Never two of one creator, shop or sound in a row, and the dial holds at every place.
static bool fits(const Page *g, i64 i)
{
    const Clip *c = clip_at(g, i);
    bool sells = c->category != 0;
    if (sells && g->selling >= g->selling_max) return false;
    if (g->n == 0) return true;
    const Clip *before = clip_at(g, g->chosen[g->n - 1]);
    return !(c->creator && c->creator == before->creator) && !(c->shop && c->shop == before->shop) &&
           !(c->sound && c->sound == before->sound);
}

static i64 topics_in_common(const Clip *a, const Clip *b)
{
    i64 n = 0;
    for (i64 i = 0; i < CLIP_TOPICS && a->topic[i]; i++)
        for (i64 j = 0; j < CLIP_TOPICS && b->topic[j]; j++) n += a->topic[i] == b->topic[j];
    return n;
}

// How much it is like what stands right before (maximal marginal relevance: Carbonell and Goldstein 1998).
static float sameness(const Page *g, i64 i)
{
    const Rank *r = g->pool->r;
    float like = 0, out = 0;
    for (i64 k = g->n - 1; k >= 0 && k >= g->n - LOOK_BACK; k--) {
        const Candidate *other = &g->pool->c[g->chosen[k]];
        like = greater(like, vec_dot(&r->vec[g->pool->c[i].clip], &r->vec[other->clip]));
        if (topics_in_common(clip_at(g, i), &r->clip[other->clip])) out += TOPIC_AGAIN;
        if (clip_at(g, i)->creator && clip_at(g, i)->creator == r->clip[other->clip].creator) out += TOPIC_AGAIN;
    }
    return (out + SPREAD * like) * g->deviation;
}

static bool owed_here(const Page *g, const Candidate *c)
{
    return (c->source & FROM_GUARANTEE) && (g->anyway || c->score >= g->mean + OWED_LEAST * g->deviation);
}

// -1: there is none.
static i64 best(const Page *g, Place place, bool only_selling)
{
    i64 out = -1;
    float high = 0;
    for (i64 i = 0; i < g->pool->n; i++) {
        const Candidate *c = &g->pool->c[i];
        if (g->used[i] || (only_selling && !clip_at(g, i)->category)) continue;
        if (place == PLACE_GUARANTEE && !owed_here(g, c)) continue;
        if (place == PLACE_EXPLORE && !(c->source & (FROM_NEW | FROM_GUARANTEE))) continue;
        float s = place == PLACE_EXPLORE ? c->sampled : c->score;
        if (out >= 0 && s <= high) continue;                     // sameness only takes away
        s -= sameness(g, i);
        if ((out < 0 || s > high) && fits(g, i)) high = s, out = i;
    }
    return out;
}

// Which places are for what is not proven: chance rounds, and the first place is none of them where there are others.
static void plan(Page *g, Place want[RANK_PAGE_MAX])
{
    Pool *pool = g->pool;
    i64 limit = pool->q->limit, n = 0;
    float share = greater(0, lesser(1, pool->r->config.explore_share)) * (float)limit;
    n = (i64)share + (chance_real(&pool->chance) < share - floorf(share) ? 1 : 0);
    for (i64 i = 0; i < limit; i++) want[i] = PLACE_BEST;
    for (i64 k = 0; k < n; k++) {
        i64 at = limit == 1 ? 0 : 1 + chance_below(&pool->chance, limit - 1);
        for (i64 tried = 0; want[at] != PLACE_BEST && tried < limit; tried++) at = (at + 1) % limit;
        want[at] = chance_real(&pool->chance) < GUARANTEE_SHARE ? PLACE_GUARANTEE : PLACE_EXPLORE;
    }
}

static void dial(Page *g)
{
    static const i64 MOST[] = { [DIAL_NONE] = 0, [DIAL_LITTLE] = 2, [DIAL_SOME] = 4, [DIAL_OPEN] = 10, [DIAL_MOSTLY] = 10 };
    i64 limit = g->pool->q->limit;
    g->selling_max = limit * MOST[g->pool->q->dial] / 10;
    g->selling_min = g->pool->q->dial == DIAL_MOSTLY ? (limit * 6 + 9) / 10 : 0;
}

static void choose(Page *g, Place want)
{
    i64 limit = g->pool->q->limit;
    bool only_selling = g->selling_min - g->selling >= limit - g->n;
    i64 i = want == PLACE_BEST ? -1 : best(g, want, only_selling);
    if (i < 0 && want == PLACE_GUARANTEE) i = best(g, want = PLACE_EXPLORE, only_selling);
    Place got = i < 0 ? PLACE_BEST : want;
    if (i < 0) i = best(g, PLACE_BEST, only_selling);
    if (i < 0 && only_selling) i = best(g, PLACE_BEST, false);
    if (i < 0) return;
    g->used[i] = true;
    g->selling += clip_at(g, i)->category != 0;
    g->place[g->n] = got;
    g->chosen[g->n++] = (u32)i;
}

i64 order(Pool *pool, RankPick *out)
{
    Page g = { .pool = pool, .anyway = chance_real(&pool->chance) < OWED_ANYWAY };
    Place want[RANK_PAGE_MAX];
    measure(&g);
    dial(&g);
    plan(&g, want);
    for (i64 i = 0; i < pool->q->limit; i++) choose(&g, want[i]);
    for (i64 i = 0; i < g.n; i++) {
        const Candidate *c = &pool->c[g.chosen[i]];
        const Clip *clip = &pool->r->clip[c->clip];
        out[i] = (RankPick){ .clip = (i64)clip->id, .score = c->score, .selling = clip->category != 0,
                             .exploring = g.place[i] != PLACE_BEST, .guaranteed = g.place[i] == PLACE_GUARANTEE };
        memcpy(out[i].chance, c->chance, sizeof(c->chance));
        explain(pool, c, &out[i]);
    }
    return g.n;
}
