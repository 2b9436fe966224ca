// A few hundred clips out of millions: from each source a handful, so that the work of a page does not grow with the market.
#include "rank/inner.h"

enum { LEFT_MASK = LEFT_SLOTS - 1, SLOT_MASK = POOL_SLOTS - 1 };

// ---------------------------------------------------------------------------------------------- what may be in it

static bool in_sorted(const i64 *list, i64 n, i64 x)
{
    i64 from = 0;
    while (from < n) {
        i64 middle = from + (n - from) / 2;
        if (list[middle] == x) return true;
        if (list[middle] < x) from = middle + 1;
        else n = middle;
    }
    return false;
}

static bool in_sorted_u64(const u64 *list, i64 n, u64 x)
{
    i64 from = 0;
    while (from < n) {
        i64 middle = from + (n - from) / 2;
        if (list[middle] == x) return true;
        if (list[middle] < x) from = middle + 1;
        else n = middle;
    }
    return false;
}

static u64 name(const Rank *r, u32 thing)
{
    return thing ? r->thing[thing].id : 0;
}

static bool ruled_out(const Rank *r, const RankRules *w, const Clip *c)
{
    if (w->n_clips && in_sorted(w->clips, w->n_clips, (i64)c->id)) return true;
    if (w->n_creators && c->creator && in_sorted(w->creators, w->n_creators, (i64)name(r, c->creator))) return true;
    if (w->n_shops && c->shop && in_sorted(w->shops, w->n_shops, (i64)name(r, c->shop))) return true;
    if (w->n_categories && c->category && in_sorted(w->categories, w->n_categories, (i64)name(r, c->category))) return true;
    for (i64 i = 0; w->n_topics && i < CLIP_TOPICS && c->topic[i]; i++)
        if (in_sorted_u64(w->topics, w->n_topics, name(r, c->topic[i]))) return true;
    return false;
}

static void leave_out(Pool *pool, const i64 *clips, i64 n)
{
    for (i64 i = 0; i < n && i < LEFT_MAX; i++) {
        if (!clips[i]) continue;
        u64 at = hash_mix((u64)clips[i]) & LEFT_MASK;
        while (pool->left[at] && pool->left[at] != (u64)clips[i]) at = (at + 1) & LEFT_MASK;
        pool->left[at] = (u64)clips[i];
    }
}

static bool left_out(const Pool *pool, u64 clip)
{
    u64 at = hash_mix(clip) & LEFT_MASK;
    while (pool->left[at] && pool->left[at] != clip) at = (at + 1) & LEFT_MASK;
    return pool->left[at] == clip;
}

static bool allowed(const Pool *pool, u32 clip)
{
    const Rank *r = pool->r;
    const Clip *c = &r->clip[clip];
    if (!c->id || (pool->q->dial == DIAL_NONE && c->category) || c->created > pool->q->now + DAY_MS) return false;
    u32 known = person_find(r, pool->q->person);
    if (known && person_seen(&r->person[known], c->id)) return false;
    return !left_out(pool, c->id) && !ruled_out(r, &pool->q->rules, c);
}

// A market fits into no cache: what is added next is fetched while others are looked at.
enum { AHEAD = 8 };

static void soon(const Pool *pool, u32 clip)
{
    fetch(&pool->r->clip[clip], sizeof(Clip));
}

// The clip's place in the pool; NULL when it may not be shown or there is no more room.
static Candidate *add(Pool *pool, u32 clip, Source from)
{
    u64 at = hash_mix(clip) & SLOT_MASK;
    for (; pool->slot[at]; at = (at + 1) & SLOT_MASK)
        if (pool->c[pool->slot[at] - 1].clip == clip) {
            pool->c[pool->slot[at] - 1].source |= (u16)from;
            return &pool->c[pool->slot[at] - 1];
        }
    if (pool->n == POOL_MAX || !allowed(pool, clip)) return NULL;
    Candidate *c = &pool->c[pool->n++];
    *c = (Candidate){ .clip = clip, .source = (u16)from };
    pool->slot[at] = (u16)pool->n;
    fetch(&pool->r->vec[clip], sizeof(Vec)), fetch(&pool->r->state[clip], sizeof(ClipState));      // read when all are gathered
    return c;
}

// At most `max` of a list, from a place that chance chooses.
static i64 add_list(Pool *pool, const List *l, Source from, i64 max)
{
    if (!l->n) return 0;
    const u32 *clip = pool->r->pool + l->at;
    i64 start = chance_below(&pool->chance, l->n), n = 0;
    for (i64 i = 0; i < l->n && i < AHEAD; i++) soon(pool, clip[(start + i) % l->n]);
    for (i64 i = 0; i < l->n && n < max; i++) {
        soon(pool, clip[(start + i + AHEAD) % l->n]);
        n += add(pool, clip[(start + i) % l->n], from) != NULL;
    }
    return n;
}

// ---------------------------------------------------------------------------------------------- neighbours

enum { PROBES = 8, PER_CELL = 128, SCAN_MAX = PROBES * PER_CELL, NEAR_MAX = 40, NEAR_TRIED = 160 };
typedef struct Scan { i64 n; u32 clip[SCAN_MAX]; float s[SCAN_MAX]; } Scan;

// Moves the k with the highest s to the front (quickselect: Hoare 1961).
static void select_top(Scan *x, i64 k)
{
    i64 from = 0, to = x->n - 1;
    while (from < to) {
        float pivot = x->s[(from + to) / 2];
        i64 i = from, j = to;
        while (i <= j) {
            while (x->s[i] > pivot) i++;
            while (x->s[j] < pivot) j--;
            if (i > j) break;
            float s = x->s[i];
            u32 c = x->clip[i];
            x->s[i] = x->s[j], x->clip[i] = x->clip[j];
            x->s[j] = s, x->clip[j] = c;
            i++, j--;
        }
        if (k <= j) to = j;
        else if (k >= i) from = i;
        else return;
    }
}

// A cell and a place in its list that chance chooses.
typedef struct Probe { const List *l; u32 start; } Probe;

static i64 probes(Pool *pool, const Vec *v, Probe out[PROBES])
{
    const Rank *r = pool->r;
    bool none = pool->q->dial == DIAL_NONE;
    i64 all = 0;
    for (int half = 0; half < (none ? 1 : 2); half++) {
        u32 cell[PROBES];
        i64 n = cell_nearest(r, v, half == 1, cell, none ? PROBES : PROBES / 2);
        for (i64 i = 0; i < n; i++) {
            const List *l = &r->cell[cell[i]];
            Probe p = { l, (u32)chance_below(&pool->chance, l->n) };
            fetch(&r->pool[l->at + p.start], 128);
            out[all++] = p;
        }
    }
    return all;
}

// All of the cells' clips are named first, so that what the next ones need is fetched without a stop at each cell's end.
static void scan(Pool *pool, const Vec *v, float slope, Scan *x)
{
    const Rank *r = pool->r;
    Probe probe[PROBES];
    i64 n = probes(pool, v, probe);
    for (i64 k = 0; k < n; k++) {
        const List *l = probe[k].l;
        for (u32 i = 0, at = probe[k].start; i < l->n && i < PER_CELL; i++, at = at + 1 == l->n ? 0 : at + 1)
            x->clip[x->n++] = r->pool[l->at + at];
    }
    for (i64 i = 0; i < x->n; i++) {
        if (i + AHEAD < x->n) {
            u32 ahead = x->clip[i + AHEAD];
            fetch(&r->vec[ahead], sizeof(Vec)), fetch(&r->state[ahead].quality, sizeof(float));
        }
        x->s[i] = r->state[x->clip[i]].quality + slope * vec_dot(v, &r->vec[x->clip[i]]);
    }
}

static void neighbours(Pool *pool, const Vec *v, float slope, i64 max)
{
    Scan x = { .n = 0 };
    scan(pool, v, slope, &x);
    i64 k = x.n < NEAR_TRIED ? x.n : NEAR_TRIED;
    select_top(&x, k);
    Scan top = { .n = k };
    memcpy(top.clip, x.clip, (size_t)k * sizeof(u32));
    memcpy(top.s, x.s, (size_t)k * sizeof(float));
    select_top(&top, max);
    i64 got = 0;
    for (i64 i = 0; i < k && i < AHEAD; i++) soon(pool, top.clip[i]);
    for (i64 i = 0; i < k && got < max; i++) {
        if (i + AHEAD < k) soon(pool, top.clip[i + AHEAD]);
        got += add(pool, top.clip[i], FROM_NEAR) != NULL;
    }
}

// How much the score of a clip rises with its nearness, at the usual chances: so that what is near and what is good can be added.
static float slope_of(const Rank *r)
{
    float out = 0;
    for (int k = 0; k < RANK_OUTCOMES; k++) {
        float p = rate_of(&r->tally, k, 0.1f, 50);
        out += r->config.weight[k] * p * (1 - p) * (r->dense.w[k][IN_WIDE] + r->dense.w[k][IN_WIDE_KNOWN]);
    }
    return out > 0.2f ? out : 0.2f;
}

static void neighbours_of_tastes(Pool *pool)
{
    enum { LIKED = 5 };
    const Person *p = pool->p;
    float slope = slope_of(pool->r);
    Vec v = p->wide;
    vec_unit(&v);
    if (vec_length(&v) > 0) neighbours(pool, &v, slope, NEAR_MAX * 2);
    v = p->near;
    vec_unit(&v);
    if (vec_length(&v) > 0) neighbours(pool, &v, slope, NEAR_MAX);
    u32 liked[LIKED];
    float reward[LIKED];
    i64 n = person_liked(pool->r, p, 0.5f, liked, reward, LIKED);
    for (i64 i = 0; i < n; i++) neighbours(pool, &pool->r->vec[liked[i]], slope, NEAR_MAX / 2);
}

// ---------------------------------------------------------------------------------------------- what follows what

static void what_follows(Pool *pool)
{
    enum { LOOK = 12 };
    u32 from[LOOK];
    float reward[LOOK];
    i64 n = person_liked(pool->r, pool->p, 0.2f, from, reward, LOOK);
    for (i64 i = 0; i < n; i++) {
        const NextOf *x = &pool->r->next[from[i]];
        for (int j = 0; j < NEXT_MAX; j++) {
            if (!x->clip[j] || x->turn[j] != pool->r->clip[x->clip[j]].turn) continue;
            Candidate *c = add(pool, x->clip[j], FROM_NEXT);
            if (c && i < 3 && x->weight[j] > c->next_weight) c->next_weight = x->weight[j], c->next_from = from[i];
        }
    }
}

static void fitted(Pool *pool)
{
    enum { MOST = 64 };
    u32 clip[MOST];
    float value[MOST];
    i64 n = fit_candidates(pool->r, &pool->past, clip, value, MOST);
    for (i64 i = 0; i < n; i++) {
        Candidate *c = add(pool, clip[i], FROM_FITTED);
        if (c) c->fitted = fit_fine(value[i]);
    }
}

// ---------------------------------------------------------------------------------------------- names

static void followed(Pool *pool)
{
    enum { ASKED = 48, EACH = 4, ALL = 80 };
    const RankQuery *q = pool->q;
    i64 got = 0, start = q->n_following ? chance_below(&pool->chance, q->n_following) : 0;
    for (i64 i = 0; i < q->n_following && i < ASKED && got < ALL; i++) {
        u64 id = (u64)q->following[(start + i) % q->n_following];
        u32 shop = thing_find(pool->r, THING_SHOP, id), creator = thing_find(pool->r, THING_CREATOR, id);
        if (shop) got += add_list(pool, &pool->r->thing[shop].recent, FROM_FOLLOWED, EACH);
        if (creator) got += add_list(pool, &pool->r->thing[creator].recent, FROM_FOLLOWED, EACH);
    }
}

static void tastes(Pool *pool)
{
    enum { TOP = 10, BEST = 10, RECENT = 4 };
    float least[TOP];
    u32 top[TOP];
    i64 n = 0;
    for (int i = 0; i < TASTE_SLOTS; i++) {
        u32 t = pool->tastes.thing[i];
        float s = pool->tastes.strength[i];
        ThingKind kind = t ? (ThingKind)pool->r->thing[t].kind : THING_REGION;
        if (s < 0.1f || kind == THING_REGION || kind == THING_LANGUAGE) continue;
        i64 k = n < TOP ? n++ : TOP;
        for (; k > 0 && least[k - 1] < s; k--)
            if (k < TOP) least[k] = least[k - 1], top[k] = top[k - 1];
        if (k < TOP) least[k] = s, top[k] = t;
    }
    for (i64 i = 0; i < n; i++) {
        add_list(pool, &pool->r->thing[top[i]].best, FROM_TRAIT, BEST);
        add_list(pool, &pool->r->thing[top[i]].recent, FROM_TRAIT, RECENT);
    }
}

static void popular(Pool *pool, i64 each)
{
    const Rank *r = pool->r;
    if (pool->x.region) add_list(pool, &r->thing[pool->x.region].best, FROM_HOT, each);
    if (pool->x.language) add_list(pool, &r->thing[pool->x.language].best, FROM_HOT, each);
    add_list(pool, &r->hot[0], FROM_HOT, each);
    add_list(pool, &r->hot[1], FROM_HOT, each);
}

// ---------------------------------------------------------------------------------------------- new ones

static void unproven(Pool *pool, i64 max)
{
    const Rank *r = pool->r;
    i64 n = r->n_newest < NEW_RING ? r->n_newest : NEW_RING, got = 0;
    for (i64 i = 0; i < max * 2 && n && got < max; i++) {
        u32 clip = r->newest[chance_below(&pool->chance, n)];
        if (r->state[clip].tally.n < UNPROVEN) got += add(pool, clip, FROM_NEW) != NULL;
    }
}

// Shops and creators to whom impressions are owed, from a place in the queue that chance chooses.
static void owed(Pool *pool)
{
    enum { ASKED = 64, EACH = 2, ALL = 48 };
    const Rank *r = pool->r;
    i64 got = 0, start = r->n_fresh ? chance_below(&pool->chance, r->n_fresh) : 0;
    for (i64 i = 0; i < r->n_fresh && i < ASKED && got < ALL; i++) {
        const Thing *t = &r->thing[r->fresh[(start + i) % r->n_fresh]];
        got += add_list(pool, &t->recent, FROM_GUARANTEE, EACH);
    }
}

// A market that is small, or that somebody has seen most of: whatever there is, looked at from a place that chance chooses.
static void anything(Pool *pool, i64 enough)
{
    enum { TRIED = 2048 };
    const Rank *r = pool->r;
    if (pool->n >= enough || r->n_clips < 2) return;
    i64 start = chance_below(&pool->chance, r->n_clips - 1);
    for (i64 i = 0; i < r->n_clips - 1 && i < TRIED && pool->n < enough; i++)
        add(pool, (u32)(1 + (start + i) % (r->n_clips - 1)), FROM_NEW);
}

void gather(Pool *pool)
{
    leave_out(pool, pool->q->seen, pool->q->n_seen);
    owed(pool);
    unproven(pool, pool->p ? 48 : 96);
    if (pool->p) {
        what_follows(pool);
        fitted(pool);
        followed(pool);
        tastes(pool);
        neighbours_of_tastes(pool);
    } else if (pool->q->personal) followed(pool);
    popular(pool, pool->p ? 24 : 96);
    anything(pool, pool->q->limit * 3);
}
