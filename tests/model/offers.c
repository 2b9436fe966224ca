// Sales, flash sales with stock of their own, and what is set aside by hand, in the model test; and so what a thing costs whom.
// A plain statement of docs/pricing.md's offers. Live shows and creators have no offers of their own yet.
#include "tests/model/model.h"

enum { LEAST_MS = 10 * MINUTE_MS };

// ---------------------------------------------------------------------------------------------- what it costs

static i64 price_in(const Model *m, const MOffer *o, int k)
{
    i64 regular = m->variant[o->item[k]].price;
    if (o->kind == OFFER_KIND_FLASH) return o->price[k];
    return regular - (regular * o->percent + 50) / 100;
}

static bool is_running(const Model *m, const MOffer *o, int k)
{
    i64 price = price_in(m, o, k);
    return o->starts <= m->now && o->ends > m->now && !o->dropped[k] && price > 0 && price < m->variant[o->item[k]].price;
}

// What the shop asks now of everybody; stock: only while a flash sale has some, and this buyer may have more (-1: nobody).
static MPrice price_of(const Model *m, int variant, int buyer, bool stock)
{
    MPrice p = { .minor = m->variant[variant].price, .offer = -1 };
    for (int i = 0; i < m->n_offers; i++) {
        const MOffer *o = &m->offer[i];
        bool flash = o->kind == OFFER_KIND_FLASH;
        for (int k = 0; k < o->n; k++) {
            i64 left = o->per_buyer - (buyer < 0 ? 0 : o->used[k][buyer]);
            if (o->item[k] != variant || !is_running(m, o, k) || (p.offer >= 0 && !flash)) continue;
            if (stock && flash && m_pool_left(m, STOCK_POOL_FLASH, o->id, variant) == 0) continue;
            if (stock && buyer >= 0 && o->per_buyer && left <= 0) continue;
            p = (MPrice){ .minor = price_in(m, o, k), .offer = i, .limit = o->per_buyer ? left : 0,
                          .pool = flash ? STOCK_POOL_FLASH : STOCK_POOL_SHOP, .pool_id = flash ? o->id : 0 };
        }
    }
    return p;
}

// Abroad there are no offers: a price of its own there, else the one at home at the list's rate, half up.
MPrice m_price(const Model *m, int variant, int buyer, MMarket market)
{
    const MVariant *v = &m->variant[variant];
    if (market == HOME) return price_of(m, variant, buyer, true);
    i64 converted = (v->price * 1613 * 2 + 100000) / 200000;
    return (MPrice){ .minor = v->away ? v->away : converted ? converted : 1, .offer = -1 };
}

void m_count_offer(Model *m, int offer, int variant, int buyer, i64 n)
{
    MOffer *o = &m->offer[offer];
    for (int k = 0; k < o->n; k++)
        if (o->item[k] == variant) o->used[k][buyer] += n;
}

// ---------------------------------------------------------------------------------------------- what it has cost

void m_log_price(Model *m, int variant, Time at)
{
    i64 price = price_of(m, variant, -1, false).minor;
    MCost *last = NULL;
    for (int i = m->n_costs - 1; i >= 0 && !last; i--)
        if (m->cost[i].variant == variant) last = &m->cost[i];
    if (last && last->price == price) return;
    if (last && at < last->at) at = last->at;
    if (m->n_costs == m->room_costs) {
        m->room_costs = m->room_costs ? 2 * m->room_costs : 128;
        m->cost = realloc(m->cost, (size_t)m->room_costs * sizeof(MCost));
        must(m->cost != NULL);
    }
    m->cost[m->n_costs++] = (MCost){ .variant = variant, .at = at, .price = price };
}

// The lowest in the days before: what held when they began, and what came within.
static i64 lowest(const Model *m, int variant, Time until)
{
    Time since = until - m_rule(m, HOME, MARKET_RULE_PRICE_LOW_DAYS) * DAY_MS;
    i64 low = INT64_MAX, before = INT64_MAX;
    for (int i = 0; i < m->n_costs; i++) {
        const MCost *c = &m->cost[i];
        if (c->variant != variant) continue;
        if (c->at <= since) before = c->price;
        else if (c->at < until && c->price < low) low = c->price;
    }
    return before < low ? before : low;
}

// ---------------------------------------------------------------------------------------------- planning

static bool clashes(const Model *m, const MOffer *new, int k)
{
    for (int i = 0; i < m->n_offers; i++) {
        const MOffer *o = &m->offer[i];
        for (int j = 0; j < o->n; j++)
            if (o->item[j] == new->item[k] && o->kind == new->kind && !o->dropped[j] && o->starts < new->ends &&
                o->ends > new->starts) return true;
    }
    return false;
}

static const char *offer_refusal(Model *m, const MOffer *o)
{
    MLine lines[2] = { { 0 } };
    bool flash = o->kind == OFFER_KIND_FLASH;
    for (int k = 0; k < o->n; k++) {
        const MVariant *v = &m->variant[o->item[k]];
        i64 price = price_in(m, o, k);
        if (price <= 0 || price >= v->price) return "bad_field";
        if (flash && price >= lowest(m, o->item[k], m->now + 1)) return "bad_field";
    }
    for (int k = 0; k < o->n; k++) {
        if (clashes(m, o, k)) return "wrong_state";
        lines[k] = (MLine){ .variant = o->item[k], .n = o->stock[k] };
        if (flash && !m_could_hold(m, lines, k + 1)) return "sold_out";
    }
    return NULL;
}

static const char *iso(Model *m, Time t)
{
    return arena_cstr(&m->a, time_to_iso(&m->a, t));
}

static const char *offer_body(Model *m, const MOffer *o)
{
    Buf b = buf_new(&m->a, 1000);
    bool flash = o->kind == OFFER_KIND_FLASH;
    buf_format(&b, "{\"kind\":\"%s\",\"name\":\"Kilat\",\"starts\":\"%s\",\"ends\":\"%s\"", flash ? "flash" : "sale",
               iso(m, o->starts), iso(m, o->ends));
    if (o->per_buyer) buf_format(&b, ",\"per_buyer\":%lld", (long long)o->per_buyer);
    buf_add(&b, STR(",\"items\":["));
    for (int k = 0; k < o->n; k++) {
        buf_format(&b, "%s{\"variant\":\"%lld\",", k ? "," : "", (long long)m->variant[o->item[k]].id);
        if (flash) buf_format(&b, "\"price\":{\"minor\":%lld,\"currency\":\"IDR\"},\"stock\":%lld}", (long long)o->price[k],
                              (long long)o->stock[k]);
        else buf_format(&b, "\"percent\":%lld}", (long long)o->percent);
    }
    buf_add(&b, STR("]}"));
    return arena_cstr(&m->a, buf_str(&b));
}

static MOffer draw_offer(Model *m)
{
    int shop = (int)m_below(m, M_SHOPS);
    bool flash = m_chance(m, 70);
    MOffer o = { .kind = flash ? OFFER_KIND_FLASH : OFFER_KIND_SALE, .n = 1 + (int)m_below(m, 2), .shop = shop,
                 .starts = m->now + (m_chance(m, 50) ? 0 : m_below(m, 2 * (i64)DAY_MS)), .percent = 1 + m_below(m, 50) };
    o.ends = o.starts + LEAST_MS + m_below(m, (flash ? 3 : 8) * (i64)DAY_MS - LEAST_MS);
    if (m_chance(m, 50)) o.per_buyer = 1 + m_below(m, 3);
    for (int k = 0; k < o.n; k++) {
        o.item[k] = shop + M_SHOPS * (int)m_below(m, M_VARIANTS / M_SHOPS);
        if (k == 1 && o.item[1] == o.item[0]) o.n = 1;
        i64 low = lowest(m, o.item[k], m->now + 1);
        o.price[k] = low * (60 + m_below(m, 45)) / 100 / 100 * 100 + m_below(m, 5);
        o.stock[k] = 1 + m_below(m, 4);
    }
    return o;
}

// ---------------------------------------------------------------------------------------------- begun, over

static void look_again(Model *m, const MOffer *o, Time at)
{
    for (int k = 0; k < o->n; k++) m_log_price(m, o->item[k], at);
}

// What has become no cheaper than it was lately takes no part, and what was set aside for it is free again.
void m_offer_is_due(Model *m, int offer)
{
    MOffer *o = &m->offer[offer];
    o->due = 0;
    if (!o->begun) {
        for (int k = 0; k < o->n && o->kind == OFFER_KIND_FLASH; k++) {
            o->dropped[k] = o->dropped[k] || o->price[k] >= lowest(m, o->item[k], o->starts);
            if (o->dropped[k]) m_free_aside(m, STOCK_POOL_FLASH, o->id, o->item[k]);
        }
        o->begun = true;
        look_again(m, o, o->starts);
    }
    if (o->ends > m->now) {
        o->due = o->ends;
        return;
    }
    o->over = true;
    m_end_aside(m, STOCK_POOL_FLASH, o->id);
    look_again(m, o, o->ends);
}

void op_offer(Model *m)
{
    if (m->n_offers == M_OFFERS) return;
    MOffer o = draw_offer(m);
    const char *wrong = offer_refusal(m, &o);
    Answer x = m_call(m, m->seller[o.shop], "POST", m_text(m, "/v1/studio/shops/%lld/offers", (long long)m->shop[o.shop]),
                      offer_body(m, &o));
    OfferDetail got;
    if (!m_expect(m, &x, !wrong ? 201 : strcmp(wrong, "bad_field") == 0 ? 422 : 409, wrong) || wrong) return;
    if (!m_decode(m, &x, &OFFER_DETAIL_TYPE, &got)) return;
    o.id = got.offer->id.v;
    for (int k = 0; k < o.n && o.kind == OFFER_KIND_FLASH; k++) m_set_aside(m, STOCK_POOL_FLASH, o.id, o.item[k], o.stock[k]);
    m->offer[m->n_offers++] = o;
    if (o.starts <= m->now) m_offer_is_due(m, m->n_offers - 1);
    else m->offer[m->n_offers - 1].due = o.starts;
    m_did(m);
}

// One of which units are held for somebody who has not paid yet, if there is one.
static int some_offer(Model *m)
{
    for (int i = 0; i < m->n_asides && m_chance(m, 90); i++) {
        const MAside *a = &m->aside[i];
        for (int k = 0; k < m->n_offers; k++)
            if (a->held && !a->ended && a->pool == STOCK_POOL_FLASH && m->offer[k].id == a->id) return k;
    }
    return (int)m_below(m, m->n_offers);
}

// Ended by hand: one that never began was never there.
void op_offer_end(Model *m)
{
    if (m->n_offers == 0) return;
    MOffer *o = &m->offer[some_offer(m)];
    if (o->over && m_chance(m, 80)) return;
    const char *wrong = o->over || o->ends <= m->now ? "wrong_state" : NULL;
    Answer x = m_call(m, m->seller[o->shop], "POST", m_text(m, "/v1/studio/offers/%lld/end", (long long)o->id), NULL);
    if (!m_expect(m, &x, wrong ? 409 : 200, wrong) || wrong) return;
    o->ends = o->starts <= m->now ? m->now : 0;
    o->over = true;
    o->due = 0;
    m_end_aside(m, STOCK_POOL_FLASH, o->id);
    look_again(m, o, m->now);
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- by hand

void op_keep(Model *m)
{
    const MAside *old = m->n_asides ? &m->aside[m_below(m, m->n_asides)] : NULL;
    if (old && old->pool == STOCK_POOL_KEPT) {
        int shop = m->variant[old->part].shop;
        i64 id = old->id;
        Answer x = m_call(m, m->seller[shop], "DELETE", m_text(m, "/v1/shops/%lld/allocations/%lld", (long long)m->shop[shop],
                                                               (long long)id), NULL);
        if (!m_expect(m, &x, 204, NULL)) return;
        m_end_aside(m, STOCK_POOL_KEPT, id);
        m_did(m);
        return;
    }
    int what = (int)m_below(m, M_VARIANTS);
    i64 n = 1 + m_below(m, 4);
    const MVariant *v = &m->variant[what];
    const char *wrong = m_free(m, what) < n ? "sold_out" : NULL;
    Answer x = m_call(m, m->seller[v->shop], "POST", m_text(m, "/v1/variants/%lld/allocations", (long long)v->id),
                      m_text(m, "{\"quantity\":%lld}", (long long)n));
    StockAllocation got;
    if (!m_expect(m, &x, wrong ? 409 : 201, wrong) || wrong || !m_decode(m, &x, &STOCK_ALLOCATION_TYPE, &got)) return;
    m_set_aside(m, STOCK_POOL_KEPT, got.pool_id.v, what, n);
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- comparing

static PlanState state_of(const MOffer *o)
{
    if (o->over) return o->ends ? PLAN_STATE_ENDED : PLAN_STATE_CANCELLED;
    return o->begun ? PLAN_STATE_RUNNING : PLAN_STATE_SCHEDULED;
}

void m_compare_offers(Model *m)
{
    for (int i = 0; i < m->n_offers && !m->broken; i++) {
        const MOffer *o = &m->offer[i];
        OfferDetail got;
        Answer x = m_call(m, m->seller[o->shop], "GET", m_text(m, "/v1/studio/offers/%lld", (long long)o->id), NULL);
        if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &OFFER_DETAIL_TYPE, &got)) return;
        if (got.offer->state != state_of(o))
            m_fail(m, "offer %lld is %s, the model says %s", (long long)o->id, PLAN_STATE_NAMES.names[got.offer->state],
                   PLAN_STATE_NAMES.names[state_of(o)]);
        for (i64 n = 0; n < got.items.n; n++)
            for (int k = 0; k < o->n; k++) {
                const OfferItem *item = &got.items.p[n];
                if (item->variant.v != m->variant[o->item[k]].id) continue;
                i64 left = m_pool_left(m, STOCK_POOL_FLASH, o->id, o->item[k]);
                if (item->dropped != o->dropped[k] || (item->has_left && item->left != left))
                    m_fail(m, "offer %lld has %lld left of variant %d (out: %d), the model says %lld (%d)", (long long)o->id,
                           (long long)item->left, o->item[k], item->dropped, (long long)left, o->dropped[k]);
            }
    }
}
