// Why this one: the score taken apart. Near the chances that were found the score is a sum over what the ranker saw, so each
// part's share is its weight times how far the clip is from the usual candidate (for a linear model that is its Shapley value).
#include "rank/inner.h"

#include <math.h>

static const float WORTH_SAYING = 0.05f;   // of everything that spoke for it

typedef struct Reasons { float part[RANK_BECAUSE_EXPLORING + 1]; u64 subject[RANK_BECAUSE_EXPLORING + 1]; } Reasons;

static RankReasonKind kind_of(int input)
{
    switch (input) {
    case IN_WIDE: case IN_NEAR: case IN_WIDE_KNOWN: case IN_NEAR_TOPIC: case IN_ALONG: return RANK_BECAUSE_SIMILAR;
    case IN_TOPIC: return RANK_BECAUSE_TOPIC;
    case IN_CATEGORY: return RANK_BECAUSE_CATEGORY;
    case IN_CREATOR: return RANK_BECAUSE_CREATOR;
    case IN_SHOP: return RANK_BECAUSE_SHOP;
    case IN_FOLLOWED: return RANK_BECAUSE_FOLLOWED;
    case IN_PRICE: case IN_PRICE_SELLS: return RANK_BECAUSE_PRICE;
    case IN_NEXT: case IN_AFTER: case IN_MET: return RANK_BECAUSE_NEXT;
    case IN_RISING: return RANK_BECAUSE_RISING;
    case IN_DAY_OLD: case IN_WEEK_OLD: return RANK_BECAUSE_FRESH;
    default: return RANK_BECAUSE_NONE;
    }
}

static void take_apart(const Pool *pool, const Candidate *c, const Inputs *in, const Inputs *mean, Reasons *out)
{
    const Rank *r = pool->r;
    for (int k = 0; k < RANK_OUTCOMES; k++) {
        float p = c->chance[k], by = r->config.weight[k] * p * (1 - p);
        for (int i = 0; i < IN_USED; i++)
            out->part[kind_of(i)] += by * r->dense.w[k][i] * (in->x.f[i] - mean->x.f[i]);
        out->part[RANK_BECAUSE_POPULAR] += by * r->dense.clip[k] * (in->clip[k] - mean->clip[k]);
    }
}

// The clip that they liked and that lies nearest.
static u64 most_alike(const Pool *pool, u32 clip)
{
    u32 liked[PASTS];
    float reward[PASTS], high = 0.1f;
    u64 out = 0;
    i64 n = person_liked(pool->r, pool->p, 0.2f, liked, reward, PASTS);
    for (i64 i = 0; i < n; i++) {
        float s = vec_dot(&pool->r->vec[liked[i]], &pool->r->vec[clip]);
        if (s > high) high = s, out = pool->r->clip[liked[i]].id;
    }
    return out;
}

static void name_subjects(const Pool *pool, const Candidate *c, Reasons *out)
{
    const Rank *r = pool->r;
    const Clip *clip = &r->clip[c->clip];
    Taste t = taste_of_clip(&pool->tastes, clip);
    out->subject[RANK_BECAUSE_TOPIC] = r->thing[t.best_topic].id;
    out->subject[RANK_BECAUSE_CATEGORY] = r->thing[clip->category].id;
    out->subject[RANK_BECAUSE_CREATOR] = r->thing[clip->creator].id;
    out->subject[RANK_BECAUSE_SHOP] = out->subject[RANK_BECAUSE_NEW_SHOP] = r->thing[clip->shop].id;
    out->subject[RANK_BECAUSE_FOLLOWED] = followed_of(pool, clip);
    out->subject[RANK_BECAUSE_NEXT] = c->next_from ? r->clip[c->next_from].id : fit_see(r, &pool->past, clip->id).because;
    if (pool->p && out->part[RANK_BECAUSE_SIMILAR] > 0) out->subject[RANK_BECAUSE_SIMILAR] = most_alike(pool, c->clip);
    if (!out->subject[RANK_BECAUSE_SIMILAR]) out->part[RANK_BECAUSE_SIMILAR] = 0;
    if (!out->subject[RANK_BECAUSE_FOLLOWED]) out->part[RANK_BECAUSE_FOLLOWED] = 0;       // that it is not followed is no reason
    if (!out->subject[RANK_BECAUSE_NEXT]) out->part[RANK_BECAUSE_NEXT] = 0;
    if (!t.best_topic) out->part[RANK_BECAUSE_TOPIC] = 0;
}

static void without_profile(const Pool *pool, const Candidate *c, Reasons *out)
{
    const ClipState *s = &pool->r->state[c->clip];
    float days = greater(0, (float)(pool->q->now - pool->r->clip[c->clip].created) / (float)DAY_MS);
    out->part[RANK_BECAUSE_POPULAR] = log1pf(heat_at(s->slow, pool->q->now, HEAT_SLOW_DAYS));
    out->part[RANK_BECAUSE_RISING] = log1pf(3 * heat_at(s->fast, pool->q->now, HEAT_FAST_DAYS));
    out->part[RANK_BECAUSE_FRESH] = expf(-days / 3);
}

void explain(const Pool *pool, const Candidate *c, RankPick *out)
{
    Reasons why = { .part = { 0 } };
    if (pool->q->personal) {
        Inputs in;
        see(pool, c, &in);
        take_apart(pool, c, &in, &pool->mean, &why);
        name_subjects(pool, c, &why);
    } else without_profile(pool, c, &why);
    if (out->guaranteed) out->reasons[out->n_reasons++] = (RankReason){ RANK_BECAUSE_NEW_SHOP,
                                                                        why.subject[RANK_BECAUSE_NEW_SHOP], 1 };
    else if (out->exploring) out->reasons[out->n_reasons++] = (RankReason){ RANK_BECAUSE_EXPLORING, 0, 1 };
    float all = 0;
    for (int k = 1; k <= RANK_BECAUSE_EXPLORING; k++) all += greater(0, why.part[k]);
    while (out->n_reasons < RANK_REASONS_MAX) {
        int best = 0;
        for (int k = 1; k <= RANK_BECAUSE_EXPLORING; k++)
            if (why.part[k] > 0 && (!best || why.part[k] > why.part[best])) best = k;
        if (!best || why.part[best] < WORTH_SAYING * all) break;
        float part = why.part[best] / all;
        out->reasons[out->n_reasons++] = (RankReason){ (RankReasonKind)best, why.subject[best],
                                                       out->exploring ? part * 0.5f : part };
        why.part[best] = 0;
    }
    if (!out->n_reasons) out->reasons[out->n_reasons++] = (RankReason){ RANK_BECAUSE_POPULAR, 0, 1 };
}
