// The rest of the model test: prices, what is on sale, time, restarts, people who only look, and strangers.
#include "tests/model/model.h"

#include "api/metrics.h"
#include "gen/main.gen.h"

// ---------------------------------------------------------------------------------------------- goods

static void patch(Model *m, MVariant *v, const char *what)
{
    Answer x = m_call(m, m->seller[v->shop], "PATCH", m_text(m, "/v1/products/%lld", (long long)v->product),
                      m_text(m, "{\"version\":%lld,%s}", (long long)v->version, what));
    if (m_expect(m, &x, 200, NULL)) v->version++;
    m_did(m);
}

void op_price(Model *m)
{
    MVariant *v = &m->variant[m_below(m, M_VARIANTS)];
    static const i64 ENDINGS[] = { 0, 0, 1, 2, 3, 0 };
    i64 price = (1 + m_below(m, 400)) * 10000 + ENDINGS[m_below(m, COUNT(ENDINGS))];
    patch(m, v, m_text(m, "\"variants\":[{\"id\":\"%lld\",\"sku\":\"S-%lld\",\"options\":[],\"price\":{\"minor\":%lld,"
                       "\"currency\":\"IDR\"}}]", (long long)v->id, (long long)v->id, (long long)price));
    if (m->broken) return;
    v->price = price;
    m_log_price(m, (int)(v - m->variant), m->now);
}

// A price of its own in the list for Viet Nam, or none any more.
void op_price_away(Model *m)
{
    MVariant *v = &m->variant[m_below(m, M_VARIANTS)];
    i64 price = m_chance(m, 60) ? 1000 + m_below(m, 700000) : 0;
    const char *entry = price ? m_text(m, ",\"price\":{\"minor\":%lld,\"currency\":\"VND\"}", (long long)price) : "";
    Answer x = m_call(m, m->seller[v->shop], "PUT",
                      m_text(m, "/v1/studio/shops/%lld/price-lists/VN/prices", (long long)m->shop[v->shop]),
                      m_text(m, "{\"items\":[{\"variant\":\"%lld\"%s}]}", (long long)v->id, entry));
    if (!m_expect(m, &x, 204, NULL)) return;
    v->away = price;
    m_did(m);
}

void op_archive(Model *m)
{
    MVariant *v = &m->variant[m_below(m, M_VARIANTS)];
    if (v->on_sale && m_chance(m, 60)) return;               // most of the time most things are for sale
    patch(m, v, v->on_sale ? "\"state\":\"archived\"" : "\"state\":\"active\"");
    if (!m->broken) v->on_sale = !v->on_sale;
}

// ---------------------------------------------------------------------------------------------- time

// Someone who has not been seen for SESSION_DAYS is signed out: everybody looks in now and then.
static void keep_sessions(Model *m)
{
    Person all[] = { m->w.ana, m->w.budi, m->w.sari, m->w.tono, m->w.oma };
    for (i64 i = 0; i < COUNT(all); i++) {
        Answer x = m_call(m, all[i], "GET", "/v1/addresses", NULL);
        m_expect(m, &x, 200, NULL);
    }
}

static i64 pause_ms(Model *m)
{
    i64 next = m_next_due(m, m->now);
    i64 kind = m_below(m, 40);
    if (kind == 0) return (1 + m_below(m, 20)) * DAY_MS;
    if (kind < 3) return (1 + m_below(m, 30)) * HOUR_MS;
    if (kind < 10) return 1 + m_below(m, 20 * MINUTE_MS);
    if (kind < 17) return next ? next - m->now - 1 : 1;         // one before its time: nothing may happen
    if (kind < 24) return next ? next - m->now : SECOND_MS;
    return 1 + m_below(m, 4 * SECOND_MS);
}

static void sync_changed(Model *m)
{
    for (int i = 0; i < m->n_checkouts && !m->broken; i++) {
        if (!m->checkout[i].changed) continue;
        m->checkout[i].changed = false;
        m_sync_checkout(m, i);
    }
}

void m_clocks(Model *m)
{
    i64 failed = metrics_value(m->w.app->metrics, METRIC_TASKS_FAILED);
    m_run_clocks(m);
    world_tasks(&m->w);
    m->clocks_ran = true;
    if (m->paid_out) m_compare_payouts(m);
    if (metrics_value(m->w.app->metrics, METRIC_TASKS_FAILED) != failed) m_fail(m, "a task failed");
    sync_changed(m);
}

// The audit of each night, in whatever state the other clocks are.
static void look_at_audit(Model *m)
{
    AuditResult got;
    Answer x = m_call(m, m->operator, "GET", "/v1/operator/audit", NULL);
    if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &AUDIT_RESULT_TYPE, &got) || got.violations == 0) return;
    m_fail(m, "the nightly audit found %lld violations, the first: %.*s", (long long)got.violations,
           STR_ARG(got.items.n ? got.items.p[0].detail : (Str){ 0 }));
}

void op_wait(Model *m)
{
    i64 ms = pause_ms(m);
    // At the hour of payouts nothing else happens: of two things that are due at the same moment either may come first.
    if (m_is_payout_hour(m->now + ms) && !m_only_payouts_due(m, m->now + ms)) ms++;
    world_jump(&m->w, ms > 0 ? ms : 1);
    m->now = app_now(m->w.app);
    if (ms > 10 * (i64)DAY_MS) keep_sessions(m);
    if (m_chance(m, 10)) return;                             // the process is busy: the clocks are late
    m_clocks(m);
    if (!m->broken) look_at_audit(m);
    m_did(m);
}

void op_restart(Model *m)
{
    if (m_chance(m, 90) || getenv("MODEL_KEEP")) return;     // what is kept is of one process, by its ids
    world_jump(&m->w, 1000);                                 // a start takes a while
    world_restart(&m->w);
    m->w.app->pay = &m->pay;
    m->now = app_now(m->w.app);
    m_compare_stock(m, ~(u64)0);
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- looking

static void look_at_product(Model *m)
{
    int at = (int)m_below(m, M_VARIANTS);
    const MVariant *v = &m->variant[at];
    Product got;
    Answer x = m_call(m, m_chance(m, 50) ? m->w.nobody : m->w.ana, "GET", m_text(m, "/v1/products/%lld", (long long)v->product),
                      NULL);
    if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &PRODUCT_TYPE, &got) || got.variants.n != 1) return;
    for (int i = 0; i < m->n_offers; i++)                    // a page is kept until the timer has come by
        if (m->offer[i].due && m->offer[i].due <= m->now) return;
    MPrice price = m_price(m, at, -1, HOME);
    bool free = v->on_sale && (price.pool == STOCK_POOL_FLASH || m_free(m, at) > 0);
    if (got.variants.p[0].available != free) m_fail(m, "variant %lld is %s", (long long)v->id, free ? "free" : "not free");
    if (got.variants.p[0].price.minor != price.minor) m_fail(m, "variant %lld costs something else", (long long)v->id);
}

static void look_at_cart(Model *m)
{
    const MBuyer *b = &m->buyer[m_below(m, M_BUYERS)];
    Cart got;
    i64 n = 0;
    Answer x = m_call(m, b->who, "GET", "/v1/cart", NULL);
    if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &CART_TYPE, &got)) return;
    for (int i = 0; i < b->n_cart; i++) n += b->cart[i].n;
    if (got.count != n) m_fail(m, "%lld units are in the cart, the model says %lld", (long long)got.count, (long long)n);
}

void op_look(Model *m)
{
    switch (m_below(m, 3)) {
    case 0: look_at_product(m); break;
    case 1: look_at_cart(m); break;
    default: {
        Answer x = m_call(m, m->buyer[m_below(m, M_BUYERS)].who, "GET", "/v1/orders", NULL);
        m_expect(m, &x, 200, NULL);
    }
    }
    m_did(m);
}

// Whoever has no part in an order learns nothing of it.
void op_stranger(Model *m)
{
    static const char *const WHAT[] = { "cancel", "pack", "receipt", "extension" };
    if (m->n_orders == 0) return;
    const MOrder *o = &m->order[m_below(m, m->n_orders)];
    Person who = m->buyer[(m_checkout_of(m, o)->buyer + 1) % 2].who;       // ana and budi sell nothing
    if (who.id == m->buyer[m_checkout_of(m, o)->buyer].who.id) return;
    const char *path = m_text(m, "/v1/orders/%lld/%s", (long long)o->id, WHAT[m_below(m, COUNT(WHAT))]);
    Answer x = m_call(m, who, "POST", path, strstr(path, "cancel") ? "{}" : NULL);
    m_expect(m, &x, 404, "not_found");
    m_did(m);
}
