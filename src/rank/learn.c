// What an event does: to the person at once and in full, to what is shared by as much as the person is trusted.
#include "rank/inner.h"

#include <math.h>

static const Time FIRST_TIME = INT64_C(1704067200000), LAST_TIME = INT64_C(4102444800000);        // 2024 to 2100
static const i64 WATCH_MAX = 24 * HOUR_MS, SHARE_MAX = 1000000;
static const float YOUNG_FREE = 8, YOUNG_SHARE = 0.25f;    // see shared_weight
static const float REWARD_NEXT = 0.3f, REWARD_HOT = 0.1f;
static const float TALLY_MOST = 1 << 20;
static const float VECTOR_STEP = 0.06f, THING_STEP = 0.01f;
enum { QUALIFIED_MS = 2000, QUALIFIED_SHARE = 500, FINISHED_SHARE = 900, MOVE_AFTER = 32, LOOK_BACK = 3 };

// One event on its way: everything that its parts need.
typedef struct Doing {
    Rank *r;
    const RankEvent *e;
    Person *p;
    u32 clip;
    Clip *c;
    ClipState *s;
    float weight;                          // of it, in what is shared
    float odds[RANK_OUTCOMES];
    FitPast past;
    Context x;
} Doing;

// ---------------------------------------------------------------------------------------------- what makes sense

static bool value_makes_sense(const RankEvent *e)
{
    if (e->kind == RANK_WATCH) return e->value >= 0 && e->value <= WATCH_MAX && e->share >= 0 && e->share <= SHARE_MAX;
    if (e->kind == RANK_SHEET) return e->value >= 0 && e->value <= WATCH_MAX;
    if (e->kind == RANK_REVIEW) return e->value >= 1 && e->value <= 5;
    if (e->kind == RANK_FORGET) return e->clip == 0 && e->value >= RANK_TRAIT_TOPIC && e->value <= RANK_TRAIT_LANGUAGE;
    return e->kind != RANK_RESET || e->clip == 0;
}

static bool makes_sense(const RankEvent *e)
{
    return e->kind >= RANK_IMPRESSION && e->kind <= RANK_RESET && e->person != 0 && e->at >= FIRST_TIME && e->at < LAST_TIME &&
           value_makes_sense(e);
}

// ---------------------------------------------------------------------------------------------- how much it counts

// Young accounts together move a clip by YOUNG_FREE views' worth, and by as much again as YOUNG_SHARE of what trusted people did
// there; what goes beyond teaches nothing that is shared.
static float shared_weight(const Person *p, const ClipState *s)
{
    float trust = person_trust(p);
    if (trust >= TRUSTED) return trust;
    return s->young < YOUNG_FREE + YOUNG_SHARE * greater(0, s->tally.n - s->young) ? trust : 0;
}

static i64 carried(const Clip *c, u32 out[4])
{
    i64 n = 0;
    if (c->category) out[n++] = c->category;
    if (c->shop) out[n++] = c->shop;
    if (c->creator) out[n++] = c->creator;
    return n;
}

static void tally(Doing *d, int outcome, float by)
{
    u32 thing[4];
    i64 n = carried(d->c, thing);
    float w = d->weight * by;
    d->s->tally.sum[outcome] += w;
    d->r->tally.sum[outcome] += w;
    for (i64 i = 0; i < n; i++) d->r->thing[thing[i]].tally.sum[outcome] += w;
    d->p->tally.sum[outcome] += by;
}

// A float that has grown to 2^24 no longer sees a view added to it: what is so old counts half.
static void one_view(Tally *t, float weight)
{
    t->n += weight;
    if (t->n < TALLY_MOST) return;
    t->n *= 0.5f;
    for (int k = 0; k < RANK_OUTCOMES; k++) t->sum[k] *= 0.5f;
}

static void tally_view(Doing *d)
{
    u32 thing[4];
    i64 n = carried(d->c, thing);
    one_view(&d->s->tally, d->weight);
    one_view(&d->r->tally, d->weight);
    for (i64 i = 0; i < n; i++) one_view(&d->r->thing[thing[i]].tally, d->weight);
    one_view(&d->p->tally, 1);
}

// ---------------------------------------------------------------------------------------------- an impression

static void period(Thing *t, Time at)
{
    i32 now = (i32)(at / ((i64)EXPOSURE_DAYS * DAY_MS));
    if (now <= t->period) return;
    bool next = now == t->period + 1;
    t->seen[1] = next ? t->seen[0] : 0, t->qualified[1] = next ? t->qualified[0] : 0;
    t->seen[0] = t->qualified[0] = 0;
    t->period = now;
}

static void exposed(Rank *r, u32 thing, Time at, bool qualified)
{
    if (!thing) return;
    Thing *t = &r->thing[thing];
    period(t, at);
    if (!qualified) {
        t->seen[0]++;
        return;
    }
    t->qualified[0]++;
    t->qualified_ever++;
    if (!clip_new_to(r, t)) fresh_remove(r, thing);
}

float next_weight(const Rank *r, const Person *p, u32 clip)
{
    u32 from[LOOK_BACK];
    float reward[LOOK_BACK], out = 0;
    i64 n = person_liked(r, p, REWARD_NEXT, from, reward, LOOK_BACK);
    for (i64 i = 0; i < n; i++)
        for (int j = 0; j < NEXT_MAX; j++)
            if (r->next[from[i]].clip[j] == clip && r->next[from[i]].turn[j] == r->clip[clip].turn)
                out = greater(out, r->next[from[i]].weight[j]);
    return out;
}

static Open *find_open(Person *p, u64 clip)
{
    for (int i = 0; i < OPENS; i++)
        if (p->open[i].clip == clip) return &p->open[i];
    return NULL;
}

// The place of the one that is over and led to nothing, the oldest first; else of the oldest.
static Open *room_for(Person *p)
{
    Open *out = &p->open[0];
    for (int i = 0; i < OPENS; i++) {
        Open *o = &p->open[i];
        if (!o->clip) return o;
        bool o_waits = o->done >> RANK_TAPPED & 1, out_waits = out->done >> RANK_TAPPED & 1;
        if (o_waits != out_waits ? out_waits : o->second < out->second) out = o;
    }
    return out;
}

static Open *impression(Doing *d)
{
    Inputs in;
    u64 key[SPARSE_MAX];
    Open *o = room_for(d->p);
    person_odds(d->r, d->p, d->odds);
    d->x.next_weight = next_weight(d->r, d->p, d->clip);
    fit_past(d->r, d->p, &d->past);
    model_inputs(d->r, d->p, d->clip, &d->x, &in);
    *o = (Open){ .clip = d->c->id, .second = (u32)(d->e->at / SECOND_MS) };
    inputs_pack(&in, o->x);
    sparse_learn(d->r, key, sparse_keys(d->r, d->p, d->clip, &d->x, key), d->e->at);
    exposed(d->r, d->c->shop, d->e->at, false);
    exposed(d->r, d->c->creator, d->e->at, false);
    person_saw(d->p, d->c->id);
    return o;
}

static Inputs as_it_was(Doing *d, const Open *o)
{
    Inputs in;
    u64 key[SPARSE_MAX];
    inputs_unpack(o->x, &in);
    sparse_find(d->r, key, sparse_keys(d->r, d->p, d->clip, &d->x, key), &in);
    return in;
}

// ---------------------------------------------------------------------------------------------- what it says of the person

static void trait(Doing *d, float reward, float weight, bool shops)
{
    u32 hour = hour_of(d->e->at);
    const Clip *c = d->c;
    float by = greater(-1, lesser(1, reward)) * weight;
    for (i64 i = 0; i < CLIP_TOPICS && c->topic[i]; i++) trait_add(d->p, THING_TOPIC, c->topic[i], by, weight, hour);
    trait_add(d->p, THING_CREATOR, c->creator, by, weight, hour);
    trait_add(d->p, THING_SHOP, c->shop, by, weight, hour);
    trait_add(d->p, THING_SOUND, c->sound, by, weight, hour);
    trait_add(d->p, THING_CATEGORY, c->category, shops ? by * 1.5f : by, weight, hour);
    trait_add(d->p, THING_LANGUAGE, c->language, by > 0 ? by : 0, weight, hour);
    trait_add(d->p, THING_REGION, c->region, by > 0 ? by : 0, weight, hour);
}

static void price(Doing *d, float weight)
{
    Person *p = d->p;
    if (d->c->log_price <= 0 || weight <= 0) return;
    p->price_n = lesser(p->price_n + weight, 30);
    float by = weight / p->price_n, off = d->c->log_price - p->price;
    p->price += by * off;
    p->price_spread += by * (fabsf(off) * (p->price_n > weight ? 1.0f : 0.0f) - p->price_spread);
}

static void moved(Rank *r, u32 clip)
{
    Clip *c = &r->clip[clip];
    u32 cell = cell_place(r, &r->vec[clip], c->category != 0);
    if (cell + 1 == c->cell) return;
    if (c->cell) list_remove(r, &r->cell[c->cell - 1], clip);
    clip_into_cell(r, clip, cell);
}

// The clip moves towards those who watched it longer than was expected, and away from those who did not; a little of that goes to
// what it has in common with others, where clips to come will start from (LightFM: Kula 2015).
static void pull(Doing *d, float error)
{
    Rank *r = d->r;
    Vec taste = d->p->wide;
    if (d->p->distinct < 5 || vec_length(&taste) < 0.3f) return;
    vec_unit(&taste);
    float by = d->weight * error;
    vec_add(&r->vec[d->clip], &taste, VECTOR_STEP * by);
    vec_unit(&r->vec[d->clip]);
    const Clip *c = d->c;
    u32 thing[4];
    i64 n = carried(c, thing);
    for (i64 i = 0; i < n; i++) vec_add(&r->thing_vec[thing[i]], &taste, THING_STEP * by), vec_unit(&r->thing_vec[thing[i]]);
    for (i64 i = 0; i < CLIP_TOPICS && c->topic[i]; i++)
        vec_add(&r->thing_vec[c->topic[i]], &taste, THING_STEP * by), vec_unit(&r->thing_vec[c->topic[i]]);
}

// ---------------------------------------------------------------------------------------------- what it says of the clip

static void hot(Doing *d, float reward)
{
    Rank *r = d->r;
    float by = reward * d->weight;
    if (by <= 0) return;
    d->s->fast = heat_add(d->s->fast, d->e->at, HEAT_FAST_DAYS, by);
    d->s->slow = heat_add(d->s->slow, d->e->at, HEAT_SLOW_DAYS, by);
    if (reward < REWARD_HOT) return;
    const Clip *c = d->c;
    u32 small[4 + CLIP_TOPICS];
    i64 n = carried(c, small);
    for (i64 i = 0; i < CLIP_TOPICS && c->topic[i]; i++) small[n++] = c->topic[i];
    for (i64 i = 0; i < n; i++)
        if (r->thing[small[i]].clips > LIST_RECENT) list_offer(r, &r->thing[small[i]].best, d->clip, LIST_BEST);
    u32 half = c->category ? 1 : 0;
    list_offer(r, &r->hot[half], d->clip, LIST_PLACE);
    if (c->region) list_offer(r, &r->thing[c->region].best, d->clip, LIST_PLACE);
    if (c->language) list_offer(r, &r->thing[c->language].best, d->clip, LIST_PLACE);
}

static void follows(Doing *d, float reward)
{
    Rank *r = d->r;
    u32 from[1];
    float before[1];
    if (d->weight <= 0 || !person_liked(r, d->p, REWARD_NEXT, from, before, 1) || from[0] == d->clip) return;
    NextOf *n = &r->next[from[0]];
    int least = 0;
    for (int i = 0; i < NEXT_MAX; i++) {
        if (n->clip[i] == d->clip && n->turn[i] == d->c->turn) {
            n->weight[i] += reward * d->weight;
            return;
        }
        if (n->weight[i] < n->weight[least]) least = i;
    }
    float inherited = n->clip[least] ? n->weight[least] * 0.9f : 0;
    n->clip[least] = d->clip, n->turn[least] = d->c->turn;
    n->weight[least] = inherited + reward * d->weight;
}

// ---------------------------------------------------------------------------------------------- the end of a view

static float watched_share(const RankEvent *e)
{
    return e->kind == RANK_SKIP ? 0.05f : lesser(1, (float)e->share / 1000);
}

static void train_view(Doing *d, Open *o, float share, bool skipped)
{
    Inputs in = as_it_was(d, o);
    float w = d->weight;
    model_step(d->r, &in, RANK_FINISH, share >= FINISHED_SHARE * 0.001f ? 1 : 0, w);
    float error = model_step(d->r, &in, RANK_WATCHED, share, w);
    model_step(d->r, &in, RANK_SKIPPED, skipped ? 1 : 0, w);
    bool sells = d->c->category != 0;
    for (int k = RANK_LIKED; k < RANK_OUTCOMES; k++) {
        bool selling = k >= RANK_TAPPED && k <= RANK_KEPT_ORDER;
        if (k == RANK_SKIPPED || o->done >> k & 1 || (selling && !sells)) continue;
        model_step(d->r, &in, k, 0, w);
    }
    pull(d, error);
}

static void qualified(Doing *d)
{
    exposed(d->r, d->c->shop, d->e->at, true);
    exposed(d->r, d->c->creator, d->e->at, true);
    if (++d->s->qualified % MOVE_AFTER == 0) moved(d->r, d->clip);
}

static void view_ends(Doing *d, Open *o)
{
    float share = watched_share(d->e);
    bool skipped = d->e->kind == RANK_SKIP, first = !o->viewed;
    float usual = rate_of(&d->p->tally, RANK_WATCHED, 0.45f, 15);
    float reward = greater(-0.6f, lesser(0.6f, share - usual)) + (share >= 1 && d->e->share > 1500 ? 0.2f : 0);
    o->viewed = 1;
    if (first && d->weight > 0) {
        train_view(d, o, share, skipped);
        if (person_trust(d->p) < TRUSTED) d->s->young += d->weight;
    }
    if (first) {
        tally_view(d);
        tally(d, RANK_WATCHED, share);
        if (share >= FINISHED_SHARE * 0.001f) tally(d, RANK_FINISH, 1);
        if (skipped) tally(d, RANK_SKIPPED, 1);
        if (d->e->kind == RANK_WATCH && (d->e->value >= QUALIFIED_MS || d->e->share >= QUALIFIED_SHARE)) qualified(d);
    }
    if (reward > 0) follows(d, reward);
    if (first) hot(d, greater(0, share - 0.5f));
    trait(d, reward * 2.5f, 1, false);
    price(d, reward > 0.1f ? 0.2f : 0);
    person_past(d->r, d->p, d->clip, reward, d->e->at);
    d->s->quality = model_quality(d->r, d->clip);
}

// ---------------------------------------------------------------------------------------------- everything else

typedef struct Meaning { int outcome; float reward; float price; } Meaning;       // outcome -1: none

static Meaning meaning(const RankEvent *e)
{
    switch (e->kind) {
    case RANK_SOUND_ON: return (Meaning){ -1, 0.1f, 0 };
    case RANK_LIKE:     return (Meaning){ RANK_LIKED, 0.8f, 0.1f };
    case RANK_UNLIKE:   return (Meaning){ -1, -0.8f, 0 };
    case RANK_SAVE:     return (Meaning){ RANK_LIKED, 0.9f, 0.4f };
    case RANK_UNSAVE:   return (Meaning){ -1, -0.9f, 0 };
    case RANK_SHARE:    return (Meaning){ RANK_SHARED, 1.0f, 0 };
    case RANK_COMMENT:  return (Meaning){ RANK_LIKED, 0.5f, 0 };
    case RANK_FOLLOW:   return (Meaning){ RANK_FOLLOWED, 1.2f, 0 };
    case RANK_UNFOLLOW: return (Meaning){ -1, -1.2f, 0 };
    case RANK_TAP:      return (Meaning){ RANK_TAPPED, 0.4f, 0.5f };
    case RANK_SHEET:    return (Meaning){ RANK_TAPPED, e->value >= 5000 ? 0.3f : 0, 0.3f };
    case RANK_CART:     return (Meaning){ RANK_CARTED, 1.0f, 1 };
    case RANK_BUY:      return (Meaning){ RANK_KEPT_ORDER, 1.5f, 2 };
    case RANK_KEPT:     return (Meaning){ RANK_KEPT_ORDER, 0.8f, 1 };
    case RANK_RETURN:   return (Meaning){ RANK_KEPT_ORDER, -1.2f, 0 };
    case RANK_REVIEW:   return (Meaning){ -1, ((float)e->value - 3) * 0.5f, 0 };
    case RANK_LESS:     return (Meaning){ RANK_UNWANTED, -2.0f, 0 };
    case RANK_REPORT:   return (Meaning){ RANK_UNWANTED, -2.0f, 0 };
    default:            return (Meaning){ -1, 0, 0 };
    }
}

// An order counts when it is made by the chance that the shop's orders are kept, and by the rest when it is known.
static void order_outcome(Doing *d, Open *o)
{
    Thing none = { 0 }, *shop = d->c->shop ? &d->r->thing[d->c->shop] : &none;
    float keeps = (shop->kept + 4) / (shop->kept + shop->returned + 5);
    Inputs in = as_it_was(d, o);
    float label = d->e->kind == RANK_RETURN ? 0 : 1;
    float w = d->e->kind == RANK_BUY ? keeps : d->e->kind == RANK_KEPT ? 1 - keeps : keeps + 1;
    model_step(d->r, &in, RANK_KEPT_ORDER, label, d->weight * w);
    tally(d, RANK_KEPT_ORDER, d->e->kind == RANK_BUY ? keeps : d->e->kind == RANK_KEPT ? 1 - keeps : -keeps);
    if (d->e->kind == RANK_KEPT) shop->kept += d->weight;
    if (d->e->kind == RANK_RETURN) shop->returned += d->weight;
    o->done |= 1 << RANK_KEPT_ORDER;
}

static void outcome(Doing *d, Open *o, Meaning m)
{
    bool again = o->done >> m.outcome & 1;
    if (m.outcome == RANK_KEPT_ORDER) {
        order_outcome(d, o);
    } else if (!again) {
        Inputs in = as_it_was(d, o);
        if (d->weight > 0) model_step(d->r, &in, m.outcome, 1, d->weight);
        tally(d, m.outcome, 1);
        o->done = (u16)(o->done | 1 << m.outcome);
        if (person_trust(d->p) < TRUSTED) d->s->young += d->weight;
        if (m.reward > 0) hot(d, m.reward);
    }
    if (m.reward > 0) follows(d, m.reward);
    d->s->quality = model_quality(d->r, d->clip);
}

static void other(Doing *d, Open *o)
{
    Meaning m = meaning(d->e);
    if (m.outcome >= 0) outcome(d, o, m);
    trait(d, m.reward, 1, m.outcome >= RANK_TAPPED && m.outcome <= RANK_KEPT_ORDER);
    price(d, m.price);
    person_past(d->r, d->p, d->clip, m.reward, d->e->at);
}

static void touch(Person *p, Time at)
{
    u32 hour = hour_of(at);
    if (hour > p->last_hour) p->last_hour = hour, p->hours++;
    if (at > p->last) p->last = at;
}

bool rank_learn(Rank *r, const RankEvent *e)
{
    if (!makes_sense(e)) return false;
    if (e->kind == RANK_FORGET || e->kind == RANK_RESET) {
        u32 known = person_find(r, e->person);
        if (known && e->kind == RANK_RESET) person_reset(&r->person[known]);
        if (known && e->kind == RANK_FORGET) person_forget(r, &r->person[known], (ThingKind)e->value, e->subject);
        r->events++;
        return true;
    }
    u32 clip = clip_find(r, e->clip);
    if (!clip || e->at < r->clip[clip].created - DAY_MS) return false;
    u32 who = person_get(r, e->person, e->at);     // may move them all
    Person *p = &r->person[who];
    touch(p, e->at);
    Doing d = { .r = r, .e = e, .p = p, .clip = clip, .c = &r->clip[clip], .s = &r->state[clip] };
    d.weight = shared_weight(p, d.s);
    Tastes tastes;
    d.x = (Context){ .now = e->at, .tastes = &tastes, .odds = d.odds, .past = &d.past };
    Open *o = find_open(p, d.c->id);
    tastes_soon(p, hour_of(e->at), &tastes);
    if (!o) o = impression(&d);
    if (e->kind == RANK_WATCH || e->kind == RANK_SKIP) view_ends(&d, o);
    else if (e->kind != RANK_IMPRESSION) other(&d, o);
    r->events++;
    return true;
}

// ---------------------------------------------------------------------------------------------- many at once

// A market does not fit into any cache: nearly all of the time to learn an event is waiting for memory. So what the next ones
// need is fetched while one is learned: first where the tables say it lies, then the records, then what those name.
enum { AHEAD_SLOTS = 8, AHEAD_RECORDS = 4, AHEAD_NAMES = 2 };

static void soon_slots(const Rank *r, const RankEvent *e)
{
    index_soon(&r->person_index, (u64)e->person);
    index_soon(&r->clip_index, (u64)e->clip);
    index_soon(&r->fit.index, (u64)e->clip);
}

static void soon_records(const Rank *r, const RankEvent *e)
{
    u32 clip = index_guess(&r->clip_index, (u64)e->clip), person = index_guess(&r->person_index, (u64)e->person);
    if (person) fetch(&r->person[person], sizeof(Person));
    if (!clip) return;
    fetch(&r->clip[clip], sizeof(Clip));
    fetch(&r->vec[clip], sizeof(Vec));
    fetch(&r->state[clip], sizeof(ClipState));
    fit_soon(r, (u64)e->clip);
}

static void soon_names(const Rank *r, const RankEvent *e)
{
    u32 clip = index_guess(&r->clip_index, (u64)e->clip), person = index_guess(&r->person_index, (u64)e->person), thing[4];
    i64 n = clip ? carried(&r->clip[clip], thing) : 0;
    for (i64 i = 0; i < n; i++) fetch(&r->thing[thing[i]], sizeof(Thing)), fetch(&r->thing_vec[thing[i]], sizeof(Vec));
    fit_sooner(r, (u64)e->clip);
    if (!person) return;
    const Person *p = &r->person[person];
    for (u32 i = 0, liked = 0; i < PASTS && i < p->n_past && liked < LOOK_BACK; i++) {
        const Past *old = &p->past[(p->n_past - 1 - i) % PASTS];
        if (old->reward < REWARD_NEXT) continue;
        u32 from = index_guess(&r->clip_index, old->clip);
        fetch(&r->clip[from], 1), fetch(&r->next[from], sizeof(NextOf));
        liked++;
    }
}

i64 rank_learn_all(Rank *r, const RankEvent *e, i64 n)
{
    i64 taken = 0;
    for (i64 i = 0; i < n && i < AHEAD_SLOTS; i++) soon_slots(r, &e[i]);
    for (i64 i = 0; i < n; i++) {
        if (i + AHEAD_SLOTS < n) soon_slots(r, &e[i + AHEAD_SLOTS]);
        if (i + AHEAD_RECORDS < n) soon_records(r, &e[i + AHEAD_RECORDS]);
        if (i + AHEAD_NAMES < n) soon_names(r, &e[i + AHEAD_NAMES]);
        taken += rank_learn(r, &e[i]);
    }
    return taken;
}
