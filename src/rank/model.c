// The ranker: ten logistic regressions that share what they see, each learned online with steps of its own for every coordinate
// (Adagrad: Duchi and others 2011; McMahan and others 2013 for what works at scale). What they see: rates of the clip, shrunk
// from the general to the particular; rates of the person; INPUTS numbers about both; and weights of named features.
#include "rank/inner.h"

#include <math.h>

static const float STEP = 0.1f, STEP_SPARSE = 0.08f, STEP_OWN = 0.01f, G_FIRST = 0.5f, RIDGE = 1e-5f;
// What is expected before anything is known, in the order of RankOutcome, as if BASE_MASS views had shown it.
static const float BASE[RANK_OUTCOMES] = { 0.30f, 0.45f, 0.05f, 0.01f, 0.01f, 0.06f, 0.015f, 0.005f, 0.25f, 0.005f };
static const float BASE_MASS = 200, MASS_CATEGORY = 60, MASS_SHOP = 40, MASS_CREATOR = 30, MASS_CLIP = 12, MASS_PERSON = 15;

float sigmoid(float x)
{
    return 1 / (1 + expf(-greater(-30, lesser(30, x))));
}

float logit(float p)
{
    p = greater(1e-5f, lesser(1 - 1e-5f, p));
    return logf(p / (1 - p));
}

static void first_weights(Dense *d, int outcome, float by)
{
    float *w = d->w[outcome];
    w[IN_WIDE] = 1.2f * by, w[IN_NEAR] = 0.5f * by, w[IN_TOPIC] = 1.2f * by, w[IN_WORST_TOPIC] = 1.0f * by;
    w[IN_CATEGORY] = 0.8f * by, w[IN_CREATOR] = 1.0f * by, w[IN_SHOP] = 0.6f * by, w[IN_FOLLOWED] = 0.5f * by;
    w[IN_NEXT] = 0.6f * by, w[IN_LANGUAGE] = 0.4f * by, w[IN_REGION] = 0.2f * by, w[IN_SOUND] = 0.3f * by;
    w[IN_DAY_OLD] = 0.1f * by;
    w[IN_AFTER] = 0.3f * by, w[IN_MET] = 0.3f * by, w[IN_ALONG] = 0.3f * by;
}

void model_start(Dense *d)
{
    memset(d, 0, sizeof(*d));
    for (int k = 0; k < RANK_OUTCOMES; k++) {
        first_weights(d, k, k == RANK_SKIPPED || k == RANK_UNWANTED ? -1.0f : 1.0f);
        for (int i = 0; i < INPUTS; i++) d->g[k][i] = G_FIRST;
        d->clip[k] = 1, d->person[k] = 0.8f;
        d->clip_g[k] = d->person_g[k] = G_FIRST;
    }
    for (int k = RANK_TAPPED; k <= RANK_KEPT_ORDER; k++) d->w[k][IN_PRICE] = 0.8f;
    d->w[RANK_KEPT_ORDER][IN_KEEPS] = 2;
}

float rate_of(const Tally *t, int outcome, float prior, float mass)
{
    return (greater(0, lesser(t->sum[outcome], t->n)) + prior * mass) / (t->n + mass);
}

static void shrink(const Tally *t, float mass, float rate[RANK_OUTCOMES])
{
    float by = 1 / (t->n + mass);
    for (int k = 0; k < RANK_OUTCOMES; k++) rate[k] = (greater(0, lesser(t->sum[k], t->n)) + rate[k] * mass) * by;
}

void rates_of_clip(const Rank *r, u32 clip, float out[RANK_OUTCOMES])
{
    const Clip *c = &r->clip[clip];
    memcpy(out, BASE, sizeof(BASE));
    shrink(&r->tally, BASE_MASS, out);
    if (c->category) shrink(&r->thing[c->category].tally, MASS_CATEGORY, out);
    if (c->shop) shrink(&r->thing[c->shop].tally, MASS_SHOP, out);
    if (c->creator) shrink(&r->thing[c->creator].tally, MASS_CREATOR, out);
    shrink(&r->state[clip].tally, MASS_CLIP, out);
    if (!c->category) out[RANK_TAPPED] = out[RANK_CARTED] = out[RANK_KEPT_ORDER] = 1e-5f;
}

float model_score(const RankConfig *c, const float chance[RANK_OUTCOMES])
{
    float s = 0;
    for (int k = 0; k < RANK_OUTCOMES; k++) s += c->weight[k] * chance[k];
    return s;
}

float model_quality(const Rank *r, u32 clip)
{
    float rate[RANK_OUTCOMES];
    rates_of_clip(r, clip, rate);
    return model_score(&r->config, rate);
}

// ---------------------------------------------------------------------------------------------- what it sees

void person_odds(const Rank *r, const Person *p, float out[RANK_OUTCOMES])
{
    for (int k = 0; k < RANK_OUTCOMES; k++) {
        float all = rate_of(&r->tally, k, BASE[k], BASE_MASS);
        out[k] = p ? logit(rate_of(&p->tally, k, all, MASS_PERSON)) - logit(all) : 0;
    }
}

static float cosine(const Vec *taste, const Vec *v)
{
    float n = vec_length(taste);
    return n > 1e-3f ? vec_dot(taste, v) / n : 0;
}

static float price_fit(const Person *p, const Clip *c)
{
    if (!p || p->price_n < 0.5f || c->log_price <= 0) return 0;
    float z = (c->log_price - p->price) / (0.4f + p->price_spread);
    return (expf(-0.5f * z * z) - 0.5f) * p->price_n / (p->price_n + 3);
}

static float same(u32 of_clip, u32 asked, u32 usual)
{
    u32 wanted = asked ? asked : usual;
    return !of_clip || !wanted ? 0.3f : of_clip == wanted ? 1 : 0;
}

static void see_clip(const Rank *r, u32 clip, const Context *x, float *f)
{
    const Clip *c = &r->clip[clip];
    const ClipState *s = &r->state[clip];
    float days = greater(0, (float)(x->now - c->created) / (float)DAY_MS);
    f[IN_ONE] = 1;
    f[IN_SELLS] = c->category ? 1 : 0;
    f[IN_DAY_OLD] = expf(-days), f[IN_WEEK_OLD] = expf(-days / 7);
    f[IN_EVIDENCE] = log1pf(s->tally.n) * 0.125f;
    f[IN_LENGTH] = greater(-2, lesser(2, logf(((float)c->seconds + 1) / 20)));
    float fast = heat_at(s->fast, x->now, HEAT_FAST_DAYS) * (HEAT_SLOW_DAYS / HEAT_FAST_DAYS);
    f[IN_RISING] = lesser(1, log2f(1 + fast / (1 + heat_at(s->slow, x->now, HEAT_SLOW_DAYS))) * 0.2f);
    if (c->shop) {
        const Thing *t = &r->thing[c->shop];
        f[IN_KEEPS] = (t->kept + 4) / (t->kept + t->returned + 5) - 0.8f;
    }
}

static void see_person(const Rank *r, const Person *p, const Clip *c, const Vec *v, const Context *x, float *f)
{
    Taste t = taste_of_clip(x->tastes, c);
    f[IN_WIDE] = cosine(&p->wide, v), f[IN_NEAR] = cosine(&p->near, v);
    f[IN_TOPIC] = t.topic, f[IN_WORST_TOPIC] = t.worst_topic, f[IN_CATEGORY] = t.category, f[IN_CREATOR] = t.creator;
    f[IN_SHOP] = t.shop, f[IN_SOUND] = t.sound;
    f[IN_PRICE] = price_fit(p, c);
    f[IN_KNOWN] = p->tally.n / (p->tally.n + 10);
    f[IN_WIDE_KNOWN] = f[IN_WIDE] * f[IN_KNOWN], f[IN_SELLS_KNOWN] = f[IN_SELLS] * f[IN_KNOWN];
    f[IN_NEAR_TOPIC] = f[IN_NEAR] * f[IN_TOPIC], f[IN_PRICE_SELLS] = f[IN_PRICE] * f[IN_CATEGORY];
    FitSight s = fit_see(r, x->past, c->id);
    f[IN_AFTER] = s.after, f[IN_MET] = s.met, f[IN_ALONG] = s.along;
    f[IN_LENGTH_WATCH] = f[IN_LENGTH] * (rate_of(&p->tally, RANK_WATCHED, BASE[RANK_WATCHED], MASS_PERSON) - 0.45f);
}

void model_inputs(const Rank *r, const Person *p, u32 clip, const Context *x, Inputs *out)
{
    const Clip *c = &r->clip[clip];
    out->x = (Vec){ .f = { 0 } };
    out->n_sparse = 0;
    see_clip(r, clip, x, out->x.f);
    if (p) see_person(r, p, c, &r->vec[clip], x, out->x.f);
    out->x.f[IN_LANGUAGE] = same(c->language, x->language, x->tastes->language);
    out->x.f[IN_REGION] = same(c->region, x->region, x->tastes->region);
    out->x.f[IN_FOLLOWED] = x->followed ? 1 : 0;
    out->x.f[IN_NEXT] = x->next_weight / (x->next_weight + 2);
    rates_of_clip(r, clip, out->clip);
    for (int k = 0; k < RANK_OUTCOMES; k++) out->clip[k] = logit(out->clip[k]);
    memcpy(out->person, x->odds, sizeof(out->person));
    u64 key[SPARSE_MAX];
    sparse_find(r, key, sparse_keys(r, p, clip, x, key), out);
}

// ---------------------------------------------------------------------------------------------- what it says

static float sum_of(const Rank *r, const Inputs *in, int k)
{
    const Dense *d = &r->dense;
    Vec w;
    memcpy(&w, d->w[k], sizeof(w));
    float s = vec_dot(&w, &in->x) + d->clip[k] * in->clip[k] + d->person[k] * in->person[k];
    for (i64 i = 0; i < in->n_sparse; i++) s += r->feature[in->sparse[i]].w[k];
    return s;
}

void model_expect(const Rank *r, const Inputs *in, float chance[RANK_OUTCOMES])
{
    for (int k = 0; k < RANK_OUTCOMES; k++) chance[k] = sigmoid(sum_of(r, in, k));
    if (in->x.f[IN_SELLS] == 0) chance[RANK_TAPPED] = chance[RANK_CARTED] = chance[RANK_KEPT_ORDER] = 0;
}

static void step(float *w, float *g, float by, float rate)
{
    *g += by * by;
    *w += rate * by / sqrtf(*g);
}

float model_step(Rank *r, const Inputs *in, int k, float label, float weight)
{
    Dense *d = &r->dense;
    float error = label - sigmoid(sum_of(r, in, k)), e = error * weight;
    float *w = d->w[k], *g = d->g[k];
    for (int i = 0; i < INPUTS; i++) {
        float by = e * in->x.f[i];
        g[i] += by * by;
        w[i] += STEP * by / sqrtf(g[i]) - RIDGE * weight * w[i] * fabsf(in->x.f[i]);
    }
    step(&d->clip[k], &d->clip_g[k], e * in->clip[k], STEP_OWN);
    step(&d->person[k], &d->person_g[k], e * in->person[k], STEP_OWN);
    for (i64 i = 0; i < in->n_sparse; i++) {
        Feature *f = &r->feature[in->sparse[i]];
        step(&f->w[k], &f->g[k], e, STEP_SPARSE);
    }
    return error;
}

// ---------------------------------------------------------------------------------------------- kept for later

static u16 upper_half(float x)
{
    u32 bits;
    memcpy(&bits, &x, sizeof(bits));
    return (u16)(bits >> 16);
}

static float from_half(u16 half)
{
    u32 bits = (u32)half << 16;
    float x;
    memcpy(&x, &bits, sizeof(x));
    return x;
}

void inputs_pack(const Inputs *in, u16 out[INPUTS_ALL])
{
    for (int i = 0; i < INPUTS; i++) out[i] = upper_half(in->x.f[i]);
    for (int k = 0; k < RANK_OUTCOMES; k++)
        out[INPUTS + k] = upper_half(in->clip[k]), out[INPUTS + RANK_OUTCOMES + k] = upper_half(in->person[k]);
}

void inputs_unpack(const u16 in[INPUTS_ALL], Inputs *out)
{
    for (int i = 0; i < INPUTS; i++) out->x.f[i] = from_half(in[i]);
    for (int k = 0; k < RANK_OUTCOMES; k++)
        out->clip[k] = from_half(in[INPUTS + k]), out->person[k] = from_half(in[INPUTS + RANK_OUTCOMES + k]);
    out->n_sparse = 0;
}

// ---------------------------------------------------------------------------------------------- named features

enum { BY_SHOP = 101, BY_CREATOR, BY_CATEGORY, BY_TIME, BY_REGION, BY_TOPIC, BY_SOUND, BY_PRICE, BY_USUAL, BY_LANGUAGE };

static u64 named(u64 what, u64 a, u64 b)
{
    return hash_pair(what, hash_pair(a, b)) | 1;
}

i64 sparse_keys(const Rank *r, const Person *p, u32 clip, const Context *x, u64 out[SPARSE_MAX])
{
    const Clip *c = &r->clip[clip];
    u64 quarter = (u64)(hour_of(x->now) % 24 / 6);
    i64 n = 0;
    if (c->shop) out[n++] = named(BY_SHOP, c->shop, 0);
    if (c->creator) out[n++] = named(BY_CREATOR, c->creator, 0);
    out[n++] = named(BY_TIME, c->category, quarter);
    if (c->category) out[n++] = named(BY_CATEGORY, c->category, 0);
    if (c->region) out[n++] = named(BY_REGION, c->category, c->region);
    for (i64 i = 0; i < 2 && c->topic[i]; i++) out[n++] = named(BY_TOPIC, c->topic[i], 0);
    if (c->sound) out[n++] = named(BY_SOUND, c->sound, 0);
    if (p && p->price_n > 0 && c->log_price > 0) out[n++] = named(BY_PRICE, (u64)(p->price * 1.5f), (u64)(c->log_price * 1.5f));
    if (x->tastes->category) out[n++] = named(BY_USUAL, x->tastes->category, c->category);
    if (x->tastes->language && c->language) out[n++] = named(BY_LANGUAGE, x->tastes->language, c->language);
    return n;
}

void sparse_find(const Rank *r, const u64 *keys, i64 n, Inputs *out)
{
    out->n_sparse = 0;
    for (i64 i = 0; i < n; i++) index_soon(&r->feature_index, keys[i]);
    for (i64 i = 0; i < n; i++) fetch(&r->feature[index_guess(&r->feature_index, keys[i])], sizeof(Feature));
    for (i64 i = 0; i < n; i++) {
        u32 f = index_find(&r->feature_index, r->feature, sizeof(Feature), keys[i]);
        if (f) out->sparse[out->n_sparse++] = f;
    }
}

// Of eight in turn the one not met for longest goes, when there is no more room or it was not met for FEATURE_DAYS.
static u32 feature_room(Rank *r, u32 day)
{
    u32 old = 0;
    for (int i = 0; i < 8 && r->n_features > 8; i++) {
        r->feature_hand = r->feature_hand + 1 < r->n_features ? r->feature_hand + 1 : 1;
        if (!old || r->feature[r->feature_hand].day < r->feature[old].day) old = r->feature_hand;
    }
    if (r->n_features <= r->config.features_max && !(old && r->feature[old].day + FEATURE_DAYS < day)) {
        grow((Pointer *)&r->feature, &r->cap_feature, r->n_features + 1, sizeof(Feature));
        return (u32)r->n_features++;
    }
    index_remove(&r->feature_index, r->feature, sizeof(Feature), r->feature[old].key);
    return old;
}

// A key is met FEATURE_AFTER times before it may have weights. The counters at the door may be shared: that lets a rare key in
// too early, and mixes no weights.
void sparse_learn(Rank *r, const u64 *keys, i64 n, Time at)
{
    u32 day = (u32)(at / DAY_MS);
    for (i64 i = 0; i < n; i++) {
        u32 f = index_find(&r->feature_index, r->feature, sizeof(Feature), keys[i]);
        if (f) {
            r->feature[f].n++;
            if (day > r->feature[f].day) r->feature[f].day = day;
            continue;
        }
        u8 *met = &r->door[hash_mix(keys[i]) % DOOR];
        if (++*met < FEATURE_AFTER) continue;
        *met = 0;
        f = feature_room(r, day);
        r->feature[f] = (Feature){ .key = keys[i], .day = day, .n = FEATURE_AFTER };
        for (int k = 0; k < RANK_OUTCOMES; k++) r->feature[f].g[k] = G_FIRST;
        index_put(&r->feature_index, r->feature, sizeof(Feature), f);
    }
}
