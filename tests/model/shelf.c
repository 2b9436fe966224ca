// What lies where, in the model test: units by place, held and set aside; bundles that take their parts; what comes back goes
// where it came from. A plain statement of docs/stock.md.
#include "tests/model/model.h"

#include "stock/stock.h"

// n units of a part, for one thing that is wanted, out of the free stock or what was set aside for it.
typedef struct Need { int item, part; i64 per, n; StockPool pool; i64 pool_id; } Need;
enum { NEEDS_MAX = M_LINES * M_PARTS };
typedef struct Needs { Need p[NEEDS_MAX]; int n; } Needs;

// ---------------------------------------------------------------------------------------------- sums

static i64 free_at(const Model *m, int variant, int place)
{
    const MLevel *l = &m->variant[variant].at[place];
    return l->on_hand - l->held - l->aside;
}

static i64 plain_free(const Model *m, int variant)
{
    i64 sum = 0;
    for (int p = 0; p < M_PLACES; p++)
        if (m->place[m->variant[variant].shop][p].active) sum += free_at(m, variant, p);
    return sum;
}

i64 m_free(const Model *m, int variant)
{
    const MVariant *v = &m->variant[variant];
    i64 least = INT64_MAX;
    if (v->n_parts == 0) return plain_free(m, variant);
    for (int i = 0; i < v->n_parts; i++) {
        i64 n = plain_free(m, v->part[i]) / v->per[i];
        if (n < least) least = n;
    }
    return least;
}

static i64 plain_on_hand(const Model *m, int variant)
{
    i64 sum = 0;
    for (int p = 0; p < M_PLACES; p++) sum += m->variant[variant].at[p].on_hand;
    return sum;
}

i64 m_on_hand(const Model *m, int variant)
{
    const MVariant *v = &m->variant[variant];
    i64 least = INT64_MAX;
    if (v->n_parts == 0) return plain_on_hand(m, variant);
    for (int i = 0; i < v->n_parts; i++) {
        i64 n = plain_on_hand(m, v->part[i]) / v->per[i];
        if (n < least) least = n;
    }
    return least;
}

// What a pool has left of a thing, by its scarcest part.
i64 m_pool_left(const Model *m, StockPool pool, i64 id, int item)
{
    i64 rest[M_VARIANTS] = { 0 }, per[M_VARIANTS] = { 0 }, least = INT64_MAX;
    for (int i = 0; i < m->n_asides; i++) {
        const MAside *a = &m->aside[i];
        if (a->pool != pool || a->id != id || a->item != item || a->ended) continue;
        rest[a->part] += a->rest;
        per[a->part] = a->per;
    }
    for (int i = 0; i < M_VARIANTS; i++)
        if (per[i] && rest[i] / per[i] < least) least = rest[i] / per[i];
    return least == INT64_MAX ? 0 : least;
}

static MAside *aside_of(Model *m, StockPool pool, i64 id, int item, int part, int place)
{
    for (int i = 0; i < m->n_asides; i++) {
        MAside *a = &m->aside[i];
        if (a->pool == pool && a->id == id && a->item == item && a->part == part && a->place == place) return a;
    }
    return NULL;
}

// ---------------------------------------------------------------------------------------------- taking

// A shop's places in the order in which they are taken from.
static void by_priority(const Model *m, int shop, int *order)
{
    for (int i = 0; i < M_PLACES; i++) {
        int at = i;
        for (; at > 0 && m->place[shop][order[at - 1]].priority > m->place[shop][i].priority; at--) order[at] = order[at - 1];
        order[at] = i;
    }
}

static i64 there(Model *m, const Need *need, int place)
{
    if (need->pool == STOCK_POOL_SHOP) {
        bool active = m->place[m->variant[need->part].shop][place].active;
        return active ? free_at(m, need->part, place) : 0;
    }
    const MAside *a = aside_of(m, need->pool, need->pool_id, need->item, need->part, place);
    return a ? a->rest : 0;
}

static i64 there_in_all(Model *m, const Need *need)
{
    i64 sum = 0;
    for (int p = 0; p < M_PLACES; p++) sum += there(m, need, p);
    return sum;
}

// All from the first place that has it all, else what each has.
static void spread_over(Model *m, const Need *need, i64 n, i64 *taken)
{
    int order[M_PLACES], shop = m->variant[need->part].shop;
    by_priority(m, shop, order);
    memset(taken, 0, M_PLACES * sizeof(*taken));
    for (int i = 0; i < M_PLACES; i++)
        if (there(m, need, order[i]) >= n) {
            taken[order[i]] = n;
            return;
        }
    for (int i = 0; i < M_PLACES && n > 0; i++) {
        i64 k = there(m, need, order[i]);
        taken[order[i]] = k < n ? k : n;
        n -= taken[order[i]];
    }
    must(n == 0);
}

static bool one_source(const Need *a, const Need *b)
{
    return a->part == b->part && a->pool == b->pool && a->pool_id == b->pool_id &&
           (a->pool == STOCK_POOL_SHOP || a->item == b->item);
}

static bool before(const Need *a, const Need *b)
{
    if (a->part != b->part) return a->part < b->part;
    if (a->pool != b->pool) return a->pool < b->pool;
    if (a->pool_id != b->pool_id) return a->pool_id < b->pool_id;
    return a->item < b->item;
}

static void add_need(Needs *all, Need need)
{
    int at = all->n++;
    must(all->n <= NEEDS_MAX);
    for (; at > 0 && before(&need, &all->p[at - 1]); at--) all->p[at] = all->p[at - 1];
    all->p[at] = need;
}

static void add_needs(Model *m, Needs *all, const MLine *l)
{
    const MVariant *v = &m->variant[l->variant];
    Need need = { .item = l->variant, .part = l->variant, .per = 1, .n = l->n, .pool = l->pool, .pool_id = l->pool_id };
    if (v->n_parts == 0) add_need(all, need);
    for (int i = 0; i < v->n_parts; i++) {
        need.part = v->part[i];
        need.per = v->per[i];
        need.n = l->n * v->per[i];
        add_need(all, need);
    }
}

static MHold *new_hold(Model *m)
{
    if (m->n_holds == m->room_holds) {
        m->room_holds = m->room_holds ? 2 * m->room_holds : 512;
        m->hold = realloc(m->hold, (size_t)m->room_holds * sizeof(MHold));
        must(m->hold != NULL);
    }
    return &m->hold[m->n_holds++];
}

static void move_hold(Model *m, const MHold *h, i64 n)
{
    MLevel *l = &m->variant[h->part].at[h->place];
    m_touch(m, h->part);
    if (h->pool == STOCK_POOL_SHOP) {
        l->held += n;
        return;
    }
    MAside *a = aside_of(m, h->pool, h->pool_id, h->item, h->part, h->place);
    a->held += n;
    if (n > 0 || !a->ended) a->rest -= n;
    else l->aside += n;                            // its pool is over: free again
}

// needs[first..last) have one source; each gets its part of what was taken, in their order.
static void take(Model *m, const Needs *needs, int first, int last)
{
    i64 taken[M_PLACES], sum = 0;
    int order[M_PLACES], at = 0;
    for (int i = first; i < last; i++) sum += needs->p[i].n;
    spread_over(m, &needs->p[first], sum, taken);
    by_priority(m, m->variant[needs->p[first].part].shop, order);
    for (int i = first; i < last; i++)
        for (i64 rest = needs->p[i].n; rest > 0;) {
            const Need *need = &needs->p[i];
            while (taken[order[at]] == 0) at++;
            i64 k = taken[order[at]] < rest ? taken[order[at]] : rest;
            MHold *h = new_hold(m);
            *h = (MHold){ .item = need->item, .part = need->part, .place = order[at], .pool = need->pool,
                          .pool_id = need->pool_id, .per = need->per, .n = k };
            move_hold(m, h, k);
            rest -= k;
            taken[order[at]] -= k;
        }
}

static int source_end(const Needs *needs, int first)
{
    int last = first + 1;
    while (last < needs->n && one_source(&needs->p[first], &needs->p[last])) last++;
    return last;
}

static Needs needs_of(Model *m, int checkout)
{
    const MCheckout *c = &m->checkout[checkout];
    Needs needs = { 0 };
    for (int i = c->first; i < c->first + c->n; i++)
        for (int k = 0; k < m->order[i].n_lines; k++) add_needs(m, &needs, &m->order[i].line[k]);
    return needs;
}

// Is there enough of each source for all that want of it?
static bool enough(Model *m, const Needs *needs)
{
    for (int first = 0, last; first < needs->n; first = last) {
        i64 sum = 0;
        last = source_end(needs, first);
        for (int i = first; i < last; i++) sum += needs->p[i].n;
        if (there_in_all(m, &needs->p[first]) < sum) return false;
    }
    return true;
}

bool m_could_hold(Model *m, const MLine *lines, int n)
{
    Needs needs = { 0 };
    for (int i = 0; i < n; i++) add_needs(m, &needs, &lines[i]);
    return enough(m, &needs);
}

bool m_hold(Model *m, int checkout)
{
    MCheckout *c = &m->checkout[checkout];
    Needs needs = needs_of(m, checkout);
    if (!enough(m, &needs)) return false;
    c->first_hold = m->n_holds;
    for (int first = 0, last; first < needs.n; first = last) {
        last = source_end(&needs, first);
        take(m, &needs, first, last);
    }
    c->n_holds = m->n_holds - c->first_hold;
    c->holding = true;
    return true;
}

// ---------------------------------------------------------------------------------------------- letting go, selling, coming back

void m_release(Model *m, int checkout)
{
    MCheckout *c = &m->checkout[checkout];
    for (int i = 0; c->holding && i < c->n_holds; i++) {
        const MHold *h = &m->hold[c->first_hold + i];
        move_hold(m, h, -h->n);
    }
    c->holding = false;
}

void m_sell(Model *m, int checkout)
{
    MCheckout *c = &m->checkout[checkout];
    for (int i = 0; c->holding && i < c->n_holds; i++) {
        const MHold *h = &m->hold[c->first_hold + i];
        MLevel *l = &m->variant[h->part].at[h->place];
        m_touch(m, h->part);
        l->on_hand -= h->n;
        if (h->pool == STOCK_POOL_SHOP) {
            l->held -= h->n;
            continue;
        }
        MAside *a = aside_of(m, h->pool, h->pool_id, h->item, h->part, h->place);
        l->aside -= h->n;
        a->held -= h->n;
        a->sold += h->n;
    }
    c->holding = false;
}

static void back_of(Model *m, MHold *h, i64 n, bool damaged)
{
    MLevel *l = &m->variant[h->part].at[h->place];
    m_touch(m, h->part);
    h->back += n;
    if (damaged) return;
    l->on_hand += n;
    if (h->pool == STOCK_POOL_SHOP) return;
    MAside *a = aside_of(m, h->pool, h->pool_id, h->item, h->part, h->place);
    if (a->ended || a->sold - a->back < n) return;
    a->back += n;
    a->rest += n;
    l->aside += n;
}

// The parts that were sold come back to the places that they came from, the first place first.
void m_back(Model *m, const MOrder *o, const MLine *line, i64 n, bool damaged)
{
    const MCheckout *c = m_checkout_of(m, o);
    for (int part = 0; part < M_VARIANTS; part++) {
        i64 rest = 0;
        for (int place = 0; place < M_PLACES; place++)
            for (int i = 0; i < c->n_holds; i++) {
                MHold *h = &m->hold[c->first_hold + i];
                if (h->item != line->variant || h->part != part || h->place != place) continue;
                if (rest == 0) rest = n * h->per;
                i64 k = h->n - h->back < rest ? h->n - h->back : rest;
                back_of(m, h, k, damaged);
                rest -= k;
                if (rest == 0) place = M_PLACES, i = c->n_holds;
            }
        must(rest == 0);
    }
}

// ---------------------------------------------------------------------------------------------- set aside

static void aside_at(Model *m, MAside like, i64 n)
{
    MAside *a = aside_of(m, like.pool, like.id, like.item, like.part, like.place);
    if (!a) {
        if (m->n_asides == m->room_asides) {
            m->room_asides = m->room_asides ? 2 * m->room_asides : 64;
            m->aside = realloc(m->aside, (size_t)m->room_asides * sizeof(MAside));
            must(m->aside != NULL);
        }
        a = &m->aside[m->n_asides++];
        *a = like;
    }
    a->rest += n;
    m->variant[like.part].at[like.place].aside += n;
    m_touch(m, like.part);
}

static void aside_part(Model *m, MAside like, i64 n)
{
    i64 taken[M_PLACES];
    const Need need = { .item = like.item, .part = like.part, .pool = STOCK_POOL_SHOP };
    spread_over(m, &need, n, taken);
    for (like.place = 0; like.place < M_PLACES; like.place++)
        if (taken[like.place]) aside_at(m, like, taken[like.place]);
}

// n units of a thing, of a bundle its parts; only when there are so many.
void m_set_aside(Model *m, StockPool pool, i64 id, int item, i64 n)
{
    const MVariant *v = &m->variant[item];
    MAside like = { .pool = pool, .id = id, .item = item, .part = item, .per = 1 };
    if (v->n_parts == 0) aside_part(m, like, n);
    for (int i = 0; i < v->n_parts; i++) {
        like.part = v->part[i];
        like.per = v->per[i];
        aside_part(m, like, n * v->per[i]);
    }
}

// What is left is free again; what is held may still be sold.
void m_end_aside(Model *m, StockPool pool, i64 id)
{
    for (int i = 0; i < m->n_asides; i++) {
        MAside *a = &m->aside[i];
        if (a->pool != pool || a->id != id || a->ended) continue;
        m->variant[a->part].at[a->place].aside -= a->rest;
        a->rest = 0;
        a->ended = true;
        m_touch(m, a->part);
    }
}

void m_free_aside(Model *m, StockPool pool, i64 id, int item)
{
    for (int i = 0; i < m->n_asides; i++) {
        MAside *a = &m->aside[i];
        if (a->pool != pool || a->id != id || a->item != item || a->ended) continue;
        m->variant[a->part].at[a->place].aside -= a->rest;
        a->rest = 0;
        m_touch(m, a->part);
    }
}

bool m_is_aside(const Model *m, int item)
{
    for (int i = 0; i < m->n_asides; i++)
        if (m->aside[i].item == item && !m->aside[i].ended) return true;
    return false;
}

// ---------------------------------------------------------------------------------------------- comparing

static StockLevel level_of(const Model *m, int variant)
{
    StockLevel l = { .on_hand = m_on_hand(m, variant), .free = m_free(m, variant) };
    if (m->variant[variant].n_parts) {
        l.held = l.on_hand - l.free;
        return l;
    }
    for (int p = 0; p < M_PLACES; p++) {
        l.held += m->variant[variant].at[p].held;
        l.allocated += m->variant[variant].at[p].aside;
    }
    for (int i = 0; i < m->n_asides; i++)
        if (m->aside[i].part == variant) l.held += m->aside[i].held, l.allocated -= m->aside[i].held;
    return l;
}

typedef struct Look { Model *m; u64 variants; } Look;

static Err compare_stock(Tx *tx, void *context)
{
    Look *look = context;
    Model *m = look->m;
    tx->a = &m->a;
    for (int i = 0; i < M_VARIANTS; i++) {
        StockLevel got, want;
        if (!(look->variants & (u64)1 << i)) continue;
        try(stock_level(tx, (VariantId){ m->variant[i].id }, &got));
        want = level_of(m, i);
        if (got.held < 0 || got.free < 0) m_fail(m, "variant %d is oversold", i);
        if (got.on_hand != want.on_hand || got.held != want.held || got.allocated != want.allocated || got.free != want.free)
            m_fail(m, "variant %d has %lld on hand, %lld held, %lld set aside, %lld free, the model %lld, %lld, %lld and %lld", i,
                   (long long)got.on_hand, (long long)got.held, (long long)got.allocated, (long long)got.free,
                   (long long)want.on_hand, (long long)want.held, (long long)want.allocated, (long long)want.free);
    }
    return ERR_OK;
}

void m_compare_stock(Model *m, u64 variants)
{
    Look look = { m, variants };
    if (db_run(m->w.app->db, false, compare_stock, &look) != ERR_OK) m_fail(m, "the stock cannot be read");
}

// Units held are exactly those of checkouts that wait for their money.
void m_compare_holds(Model *m)
{
    i64 held[M_VARIANTS][M_PLACES] = { 0 };
    for (int i = 0; i < m->n_checkouts; i++) {
        const MCheckout *c = &m->checkout[i];
        for (int k = 0; c->holding && k < c->n_holds; k++) {
            const MHold *h = &m->hold[c->first_hold + k];
            if (h->pool == STOCK_POOL_SHOP) held[h->part][h->place] += h->n;
        }
    }
    for (int i = 0; i < M_VARIANTS; i++)
        for (int p = 0; p < M_PLACES; p++)
            if (held[i][p] != m->variant[i].at[p].held)
                m_fail(m, "the model itself holds %lld of variant %d", (long long)held[i][p], i);
}
