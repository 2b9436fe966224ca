// Where sellers keep their goods, in the model test: warehouses made, ranked, switched off and deleted; transfers; deliveries
// that are expected, received in parts, given up.
#include "tests/model/model.h"

#include "stock/stock.h"

static int some_shop(Model *m)
{
    return (int)m_below(m, M_SHOPS);
}

static int some_place(Model *m, int shop)
{
    int n = 0;
    while (n < M_PLACES && m->place[shop][n].id) n++;
    return (int)m_below(m, n);
}

static int plain_of(Model *m, int shop)
{
    return shop + M_SHOPS * (int)m_below(m, M_PLAIN / M_SHOPS);
}

// ---------------------------------------------------------------------------------------------- warehouses

static void add_place(Model *m, int shop, int at)
{
    i64 priority = m_below(m, 4);
    Warehouse got;
    Answer x = m_call(m, m->seller[shop], "POST", m_text(m, "/v1/shops/%lld/warehouses", (long long)m->shop[shop]),
                      m_text(m, "{\"name\":\"Gudang %d\",\"country\":\"ID\",\"priority\":%lld}", at, (long long)priority));
    if (!m_expect(m, &x, 201, NULL) || !m_decode(m, &x, &WAREHOUSE_TYPE, &got)) return;
    m->place[shop][at] = (MPlace){ .id = got.id.v, .priority = priority, .active = true };
    m_did(m);
}

// The last one that is sold from, and one from which something is set aside, stay open.
static bool may_close(const Model *m, int shop, int at)
{
    bool other = false;
    for (int p = 0; p < M_PLACES; p++) other = other || (p != at && m->place[shop][p].active);
    for (int i = 0; i < m->n_asides; i++)
        if (m->aside[i].rest > 0 && m->aside[i].place == at && m->variant[m->aside[i].part].shop == shop) return false;
    return other;
}

static void edit_place(Model *m, int shop, int at)
{
    MPlace *p = &m->place[shop][at];
    bool turn = m_chance(m, 60);
    i64 priority = m_below(m, 4);
    const char *wrong = turn && p->active && !may_close(m, shop, at) ? "wrong_state" : NULL;
    Answer x = m_call(m, m->seller[shop], "PATCH", m_text(m, "/v1/warehouses/%lld", (long long)p->id),
                      turn ? m_text(m, "{\"active\":%s}", p->active ? "false" : "true")
                           : m_text(m, "{\"priority\":%lld}", (long long)priority));
    if (!m_expect(m, &x, wrong ? 409 : 200, wrong) || wrong) return;
    if (turn) p->active = !p->active;
    else p->priority = priority;
    for (int i = 0; i < M_VARIANTS; i++)
        if (m->variant[i].shop == shop) m_touch(m, i);
    m_did(m);
}

// Only one that never had goods, and that is not the first.
static void delete_place(Model *m, int shop, int at)
{
    MPlace *p = &m->place[shop][at];
    bool can = !p->used && at > 0 && (!p->active || may_close(m, shop, at));
    Answer x = m_call(m, m->seller[shop], "DELETE", m_text(m, "/v1/warehouses/%lld", (long long)p->id), NULL);
    if (!m_expect(m, &x, can ? 204 : 409, can ? NULL : "wrong_state") || !can) return;
    *p = (MPlace){ 0 };
    m_did(m);
}

void op_place(Model *m)
{
    int shop = some_shop(m), n = 0;
    while (n < M_PLACES && m->place[shop][n].id) n++;
    if (n < M_PLACES && m_chance(m, 30)) add_place(m, shop, n);
    else if (m_chance(m, 90)) edit_place(m, shop, some_place(m, shop));
    else delete_place(m, shop, n - 1);
}

// ---------------------------------------------------------------------------------------------- moving goods

// One or two things, all or none.
void op_transfer(Model *m)
{
    int shop = some_shop(m), from = some_place(m, shop), to = some_place(m, shop), n = 1 + (int)m_below(m, 2), what[2];
    i64 units[2];
    if (from == to && m_chance(m, 90)) return;
    const MPlace *p = m->place[shop];
    const char *wrong = from == to || !p[to].active ? "bad_field" : NULL;
    Buf b = buf_new(&m->a, 400);
    buf_format(&b, "{\"from\":\"%lld\",\"to\":\"%lld\",\"lines\":[", (long long)p[from].id, (long long)p[to].id);
    for (int i = 0; i < n; i++) {
        what[i] = m_chance(m, 3) ? M_PLAIN + shop : plain_of(m, shop);
        if (i > 0 && what[1] == what[0]) what[1] = what[0] < M_PLAIN / 2 ? what[0] + M_SHOPS : what[0] % M_SHOPS;
        const MLevel *l = &m->variant[what[i]].at[from];
        units[i] = 1 + m_below(m, m_chance(m, 80) && l->on_hand > 0 ? l->on_hand : 5);
        if (!wrong && m->variant[what[i]].n_parts) wrong = "wrong_state";
        if (!wrong && l->on_hand - l->held - l->aside < units[i]) wrong = "sold_out";
        buf_format(&b, "%s{\"variant\":\"%lld\",\"quantity\":%lld}", i ? "," : "", (long long)m->variant[what[i]].id,
                   (long long)units[i]);
    }
    buf_add(&b, STR("]}"));
    Answer x = m_call(m, m->seller[shop], "POST", m_text(m, "/v1/shops/%lld/stock/transfers", (long long)m->shop[shop]),
                      arena_cstr(&m->a, buf_str(&b)));
    if (!m_expect(m, &x, !wrong ? 204 : strcmp(wrong, "bad_field") == 0 ? 422 : 409, wrong)) return;
    for (int i = 0; i < n; i++) {
        m_touch(m, what[i]);
        if (wrong) continue;
        m->variant[what[i]].at[from].on_hand -= units[i];
        m->variant[what[i]].at[to].on_hand += units[i];
        m->place[shop][to].used = true;
    }
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- deliveries

static void expect_delivery(Model *m)
{
    int shop = some_shop(m), place = some_place(m, shop), what = m_chance(m, 5) ? M_PLAIN + shop : plain_of(m, shop);
    i64 n = 1 + m_below(m, 12);
    const char *wrong = m->variant[what].n_parts ? "wrong_state" : NULL;
    Answer x = m_call(m, m->seller[shop], "POST", m_text(m, "/v1/shops/%lld/incoming", (long long)m->shop[shop]),
                      m_text(m, "{\"variant\":\"%lld\",\"warehouse\":\"%lld\",\"quantity\":%lld}", (long long)m->variant[what].id,
                             (long long)m->place[shop][place].id, (long long)n));
    StockIncoming got;
    if (!m_expect(m, &x, wrong ? 409 : 201, wrong) || wrong || !m_decode(m, &x, &STOCK_INCOMING_TYPE, &got)) return;
    m->place[shop][place].used = true;
    m->coming[m->n_coming % M_COMING] = (MComing){ .id = got.id.v, .variant = what, .place = place, .left = n, .open = true };
    m->n_coming++;
    m_did(m);
}

void op_delivery_in(Model *m)
{
    if (m->n_coming == 0 || m_chance(m, 40)) {
        expect_delivery(m);
        return;
    }
    MComing *c = &m->coming[m_below(m, m->n_coming < M_COMING ? m->n_coming : M_COMING)];
    MVariant *v = &m->variant[c->variant];
    bool give_up = m_chance(m, 15);
    i64 n = 1 + m_below(m, c->left + 1);
    const char *wrong = !c->open ? "wrong_state" : !give_up && n > c->left ? "bad_field" : NULL;
    Answer x = m_call(m, m->seller[v->shop], give_up ? "DELETE" : "POST",
                      m_text(m, "/v1/incoming/%lld%s", (long long)c->id, give_up ? "" : "/receive"),
                      give_up ? NULL : m_text(m, "{\"quantity\":%lld}", (long long)n));
    if (!m_expect(m, &x, !wrong ? give_up ? 204 : 200 : c->open ? 422 : 409, wrong) || wrong) return;
    if (!give_up) {
        v->at[c->place].on_hand += n;
        c->left -= n;
        m_touch(m, c->variant);
    }
    c->open = !give_up && c->left > 0;
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- comparing

static i64 coming_of(const Model *m, int variant)
{
    i64 sum = 0;
    for (int i = 0; i < M_COMING; i++)
        if (m->coming[i].open && m->coming[i].variant == variant) sum += m->coming[i].left;
    return sum;
}

static void compare_place(Model *m, int variant, const StockPlace *got)
{
    const MVariant *v = &m->variant[variant];
    for (int p = 0; p < M_PLACES; p++) {
        const MLevel *l = &v->at[p];
        if (m->place[v->shop][p].id != got->warehouse.v) continue;
        if (got->on_hand != l->on_hand || got->held + got->allocated != l->held + l->aside ||
            got->active != m->place[v->shop][p].active)
            m_fail(m, "variant %d has %lld, %lld of them promised, in place %d, the model says %lld and %lld", variant,
                   (long long)got->on_hand, (long long)(got->held + got->allocated), p, (long long)l->on_hand,
                   (long long)(l->held + l->aside));
        return;
    }
    m_fail(m, "variant %d is in a place that nobody made", variant);
}

void m_compare_places(Model *m)
{
    for (int i = 0; i < M_PLAIN && !m->broken; i++) {
        StockDetail got;
        i64 coming = coming_of(m, i);
        Answer x = m_call(m, m->seller[m->variant[i].shop], "GET",
                          m_text(m, "/v1/variants/%lld/stock/detail", (long long)m->variant[i].id), NULL);
        if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &STOCK_DETAIL_TYPE, &got)) return;
        for (i64 k = 0; k < got.places.n; k++) compare_place(m, i, &got.places.p[k]);
        if (m->n_coming <= M_COMING && got.row->incoming != coming)
            m_fail(m, "%lld of variant %d are to come, the model says %lld", (long long)got.row->incoming, i, (long long)coming);
    }
}
