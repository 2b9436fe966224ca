// The run of a model test: a market and its model, chance from one seed, requests, and the comparison of both. Knows no
// operation but their list.
#include "tests/model/model.h"

#include <stdarg.h>

enum { FULL_EVERY = 400, LOOK_EVERY = 40 };
#define BEGINS INT64_C(1793590200000)             // Monday 2026-11-02, 10:30 in Jakarta: the same days whenever it runs

typedef struct Op { const char *name; int weight; void (*run)(Model *m); } Op;

static const Op OPS[] = {
    { "checkout", 26, op_checkout }, { "checkout of the cart", 6, op_checkout_cart }, { "cart", 6, op_cart },
    { "second step", 5, op_step }, { "retry", 4, op_retry }, { "news", 6, op_news }, { "cancel", 6, op_cancel },
    { "call off", 3, op_call_off }, { "answer", 3, op_answer }, { "pack", 4, op_pack }, { "ship", 10, op_ship },
    { "delivery", 7, op_delivery }, { "receive", 5, op_receive }, { "extend", 2, op_extend }, { "refund", 3, op_refund },
    { "dispute", 3, op_dispute }, { "return", 6, op_return }, { "return step", 9, op_return_step }, { "stock", 8, op_stock },
    { "price", 2, op_price }, { "archive", 2, op_archive }, { "wait", 10, op_wait }, { "restart", 1, op_restart },
    { "look", 6, op_look }, { "stranger", 2, op_stranger }, { "promotion", 1, op_promotion }, { "claim", 4, op_claim },
    { "payout account", 2, op_account }, { "payout", 4, op_payout }, { "payout file", 3, op_batch },
    { "payout's end", 3, op_payout_end }, { "seller's terms", 1, op_seller_terms }, { "adjustment", 1, op_adjust },
    { "bundle", 3, op_bundle }, { "warehouse", 2, op_place }, { "transfer", 4, op_transfer }, { "expected", 3, op_delivery_in },
    { "offer", 3, op_offer }, { "offer's end", 2, op_offer_end }, { "keep", 2, op_keep }, { "price abroad", 1, op_price_away },
    { "tax", 1, op_tax }, { "receipt", 5, op_receipt }, { "payment off", 3, op_payment_off },
    { "refund by hand", 2, op_refund_by_hand },
};

// ---------------------------------------------------------------------------------------------- chance

static u64 next(Model *m)
{
    u64 x = m->rng += 0x9E3779B97F4A7C15u;       // splitmix64, https://prng.di.unimi.it/splitmix64.c
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

i64 m_below(Model *m, i64 n)
{
    must(n > 0);
    return (i64)(next(m) % (u64)n);
}

const char *m_code(MMarket market)
{
    return market == HOME ? "IDR" : "VND";
}

Currency m_currency(MMarket market)
{
    Currency c;
    must(currency_parse(str_of(m_code(market)), &c));
    return c;
}

i64 m_rule(const Model *m, MMarket market, MarketRule rule)
{
    return m->rules[market][rule];
}

bool m_chance(Model *m, i64 percent)
{
    return m_below(m, 100) < percent;
}

// ---------------------------------------------------------------------------------------------- saying what is wrong

void m_fail(Model *m, const char *format, ...)
{
    va_list args;
    if (m->broken) return;                        // the first difference is the one that counts
    m->broken = true;
    fprintf(stderr, "  model: step %lld, %s: ", (long long)m->step, m->op);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\n  again: MODEL_SEED=%llu MODEL_STEPS=%lld build/test-market orders/model_test\n",
            (unsigned long long)m->seed, (long long)m->step + 1);
}

const char *m_text(Model *m, const char *format, ...)
{
    char text[2000];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    must(n >= 0 && (size_t)n < sizeof(text));
    return arena_cstr(&m->a, (Str){ text, (size_t)n });
}

void m_did(Model *m)
{
    for (i64 i = 0; i < COUNT(OPS); i++)
        if (strcmp(OPS[i].name, m->op) == 0) m->done[i]++;
}

void m_touch(Model *m, int variant)
{
    m->touched |= (u64)1 << variant;
}

// ---------------------------------------------------------------------------------------------- requests

Answer m_call(Model *m, Person who, const char *method, const char *path, const char *json)
{
    if (getenv("MODEL_TRACE")) fprintf(stderr, "%lld %s %s %s\n", (long long)m->step, method, path, json ? json : "");
    return local_call(m->w.app, &m->a, &(LocalRequest){ .method = method, .path = str_of(path), .token = who.token,
                                                        .body = str_of(json) });
}

bool m_expect(Model *m, const Answer *x, int status, const char *slug)
{
    Str got = x->status >= 400 ? json_at(&m->a, x->body, "slug") : STR("ok");
    bool same = x->status == status && (!slug || str_eq(got, str_of(slug)));
    if (!same)
        m_fail(m, "answered with %d %.*s, the model says %d %s: %.*s", x->status, STR_ARG(got), status, slug ? slug : "",
               STR_ARG(str_slice(x->body, 0, 300)));
    return same;
}

bool m_decode(Model *m, const Answer *x, const Type *type, void *out)
{
    Refusal why = { 0 };
    memset(out, 0, type->size);                   // any type: there is no initialiser for it
    if (json_read(&m->a, type, x->body, out, &why) == ERR_OK) return true;
    m_fail(m, "the answer is no %s: %s %s", type->name, why.field ? why.field : "", why.detail);
    return false;
}

// ---------------------------------------------------------------------------------------------- the market's side

typedef struct Ask { Model *m; Person who; i64 id; void *out; } Ask;

static By by_of(Model *m, Person who)
{
    App *app = m->w.app;
    return (By){ .who = { .account = who.id }, .now = app_now(app), .ids = &app->ids, .vault = &app->vault, .demo = true };
}

static bool run(Model *m, Ask *ask, Err (*f)(Tx *tx, void *context))
{
    ask->m = m;
    return db_run(m->w.app->db, false, f, ask) == ERR_OK;
}

static const char *const COUNTRIES[M_MARKETS] = { "ID", "VN" };

static Err read_rules(Tx *tx, void *context)
{
    Model *m = ((Ask *)context)->m;
    tx->a = &m->a;
    for (int rule = 0; rule <= MARKET_RULE_WEEKEND; rule++)
        for (int market = HOME; market < M_MARKETS; market++)
            try(market_number(tx, str_of(COUNTRIES[market]), (MarketRule)rule, &m->rules[market][rule]));
    return ERR_OK;
}

void m_read_rules(Model *m)
{
    Ask ask = { 0 };
    must(MARKET_RULE_WEEKEND < COUNT(m->rules[0]) && run(m, &ask, read_rules));
}

static Err read_order(Tx *tx, void *context)
{
    Ask *ask = context;
    By by = by_of(ask->m, ask->who);
    tx->a = &ask->m->a;
    return order_view(tx, &by, (OrderId){ ask->id }, ask->out);
}

bool m_read_order(Model *m, Person who, i64 id, Order *out)
{
    Ask ask = { .who = who, .id = id, .out = out };
    return run(m, &ask, read_order);
}

static Err read_payment(Tx *tx, void *context)
{
    Ask *ask = context;
    AccountId account;
    tx->a = &ask->m->a;
    return payment_get_by_id(tx, (PaymentId){ ask->id }, &account, ask->out);
}

bool m_read_payment(Model *m, i64 id, Payment *out)
{
    Ask ask = { .id = id, .out = out };
    return run(m, &ask, read_payment);
}

static Err read_return(Tx *tx, void *context)
{
    Ask *ask = context;
    By by = by_of(ask->m, ask->who);
    tx->a = &ask->m->a;
    return return_view(tx, &by, (ReturnId){ ask->id }, ask->out);
}

bool m_read_return(Model *m, i64 id, Person who, Return *out)
{
    Ask ask = { .who = who, .id = id, .out = out };
    return run(m, &ask, read_return);
}

// ---------------------------------------------------------------------------------------------- comparing

static void compare_line(Model *m, const MLine *l, const OrderLine *got)
{
    if (got->id.v != l->id || got->variant.v != m->variant[l->variant].id || got->quantity != l->n)
        m_fail(m, "line %lld is another one", (long long)l->id);
    if (got->shipped != l->shipped || got->refunded != l->refunded)
        m_fail(m, "line %lld: %lld sent and %lld given back, the model %lld and %lld", (long long)l->id, (long long)got->shipped,
               (long long)got->refunded, (long long)l->shipped, (long long)l->refunded);
}

static void compare_sums(Model *m, const MOrder *o, const Order *got)
{
    i64 lines = 0, refunds = 0;
    for (i64 i = 0; i < got->lines.n; i++) lines += got->lines.p[i].total.minor;
    for (i64 i = 0; i < got->refunds.n; i++) {
        const OrderRefund *r = &got->refunds.p[i];
        bool undone = r->cause == REFUND_CAUSE_CHARGEBACK && r->state == REFUND_STATE_FAILED;
        refunds += undone ? 0 : r->amount.minor;
    }
    i64 total = got->subtotal.minor - got->discount.minor + got->shipping.minor - got->shipping_discount.minor +
                got->cod_fee.minor + got->tax_added.minor;
    if (lines != got->subtotal.minor || total != got->total.minor || got->total.minor != o->total)
        m_fail(m, "order %lld does not add up: lines %lld of %lld, parts %lld of %lld, the model %lld", (long long)o->id,
               (long long)lines, (long long)got->subtotal.minor, (long long)total, (long long)got->total.minor,
               (long long)o->total);
    if (got->refunded.minor != o->refunded || refunds != o->refunded)
        m_fail(m, "order %lld: %lld given back in refunds of %lld, the model %lld", (long long)o->id,
               (long long)got->refunded.minor, (long long)refunds, (long long)o->refunded);
    if (o->refunded < 0 || o->refunded > o->total) m_fail(m, "order %lld gave back more than it cost", (long long)o->id);
}

static bool has_clock(OrderState s)
{
    return s != ORDER_STATE_UNPAID && s != ORDER_STATE_COMPLETED && s != ORDER_STATE_CANCELLED;
}

void m_sync_order(Model *m, int order)
{
    MOrder *o = &m->order[order];
    Order got;
    if (m->broken) return;
    if (!m_read_order(m, m->buyer[m_checkout_of(m, o)->buyer].who, o->id, &got)) {
        m_fail(m, "order %lld is not there", (long long)o->id);
        return;
    }
    if (got.state != o->state)
        m_fail(m, "order %lld is %s, the model says %s", (long long)o->id, ORDER_STATE_NAMES.names[got.state],
               ORDER_STATE_NAMES.names[o->state]);
    if (got.lines.n != o->n_lines) m_fail(m, "order %lld has other lines", (long long)o->id);
    for (i64 i = 0; i < got.lines.n && !m->broken; i++) compare_line(m, &o->line[i], &got.lines.p[i]);
    compare_sums(m, o, &got);
    if (m_is_fresh(o) && (got.cancel_asked.p != NULL) != (o->answer_by != 0)) m_fail(m, "the request to cancel differs");
    if (m_is_fresh(o) && got.cancel_refused != o->refused) m_fail(m, "the refusal to cancel differs");
    if (got.has_deadline != has_clock(got.state)) m_fail(m, "a %s order's clock", ORDER_STATE_NAMES.names[got.state]);
    if (got.has_deadline && m->clocks_ran && got.deadline <= m->now)
        m_fail(m, "order %lld's time is up and nothing happened", (long long)o->id);
    if (got.has_delivered != (o->delivered != 0)) m_fail(m, "order %lld: whether it has arrived", (long long)o->id);
    o->deadline = got.has_deadline ? got.deadline : 0;
    o->deliver_to = got.has_deliver_to ? got.deliver_to : 0;
}

static void compare_payment(Model *m, const MCheckout *c, const Payment *p)
{
    if (p->amount.minor != c->total) m_fail(m, "payment %lld is not of its checkout's sum", (long long)c->payment);
    if (p->refunded.minor != c->refunded)
        m_fail(m, "payment %lld: %lld given back, the model %lld", (long long)c->payment, (long long)p->refunded.minor,
               (long long)c->refunded);
    if (p->state != c->state)
        m_fail(m, "payment %lld is %s, the model says %s", (long long)c->payment, PAYMENT_STATE_NAMES.names[p->state],
               PAYMENT_STATE_NAMES.names[c->state]);
}

void m_sync_checkout(Model *m, int checkout)
{
    const MCheckout *c = &m->checkout[checkout];
    Payment p;
    if (m->broken) return;
    if (!m_read_payment(m, c->payment, &p)) {
        m_fail(m, "payment %lld is not there", (long long)c->payment);
        return;
    }
    compare_payment(m, c, &p);
    for (int i = c->first; i < c->first + c->n; i++) {
        m_sync_order(m, i);
        for (int k = 0; k < m->order[i].n_lines; k++) m_touch(m, m->order[i].line[k].variant);
    }
}

static void compare_case(Model *m, const MCase *c)
{
    Return got;
    const MOrder *o = &m->order[c->order];
    if (!m_read_return(m, c->id, m->buyer[m_checkout_of(m, o)->buyer].who, &got)) {
        m_fail(m, "return %lld is not there", (long long)c->id);
        return;
    }
    if (got.state != c->state)
        m_fail(m, "return %lld is %s, the model says %s", (long long)c->id, RETURN_STATE_NAMES.names[got.state],
               RETURN_STATE_NAMES.names[c->state]);
}

void m_compare_all(Model *m)
{
    m_compare_holds(m);
    m_compare_stock(m, ~(u64)0);
    m_compare_places(m);
    m_compare_offers(m);
    for (int i = 0; i < m->n_checkouts && !m->broken; i++) {
        m_sync_checkout(m, i);
        if (i % 50 == 49) arena_reset(&m->a);
    }
    for (int i = 0; i < m->n_cases && !m->broken; i++) {
        compare_case(m, &m->cases[i]);
        if (i % 50 == 49) arena_reset(&m->a);
    }
    if (!m->broken) m_compare_books(m);
    if (!m->broken) m_compare_money(m);
    if (!m->broken) m_compare_payouts(m);
    if (!m->broken) m_compare_vouchers(m);
    m_compare_transfers(m);
    i64 wrong = m->broken ? 0 : world_audit(&m->w);
    if (wrong) m_fail(m, "the audit finds %lld violations", (long long)wrong);
}

// ---------------------------------------------------------------------------------------------- the run

// The numbers about money and tax: of each life and market its own.
static void set_rules(Model *m, MMarket market)
{
    const char *path = m_text(m, "/v1/operator/markets/%s/rules", COUNTRIES[market]);
    i64 coin = market == HOME ? 100 : 1;
    const struct { const char *name; i64 value; } RULES[] = {
        { "fee_ppm", m_chance(m, 50) ? 60000 : 83333 }, { "fee_flat_minor", m_chance(m, 50) ? 0 : 700 * coin },
        { "refund_fee_keep_most_minor", (m_chance(m, 50) ? 75000 : 50) * coin }, { "reserve_ppm", m_below(m, 3) * 123457 },
        { "reserve_days", 1 + m_below(m, 30) }, { "settle_fast_days", 1 + m_below(m, 3) },
        { "settle_standard_days", 3 + m_below(m, 3) }, { "settle_slow_days", 6 + m_below(m, 3) },
        { "settle_new_days", 8 + m_below(m, 3) }, { "tax_inclusive", m_below(m, 2) }, { "tax_by_line", m_below(m, 2) },
        { "tax_rounding", m_below(m, 4) }, { "tax_by_platform", m_chance(m, market == HOME ? 30 : 60) },
    };
    for (i64 i = 0; i < COUNT(RULES); i++) {
        Answer x = m_call(m, m->operator, "GET", path, NULL);
        Str version = json_at(&m->a, x.body, "market.version");
        x = m_call(m, m->operator, "PUT", m_text(m, "%s/%s", path, RULES[i].name),
                   m_text(m, "{\"value\":%lld,\"version\":%.*s,\"why\":\"of this life\"}", (long long)RULES[i].value,
                          STR_ARG(version)));
        m_expect(m, &x, 200, NULL);
    }
}

// Sent at home and to Viet Nam, which has a list of its own.
static void open_shop(Model *m, int shop)
{
    m->shop_shipping[shop][HOME] = 1000000;
    m->shop_shipping[shop][AWAY] = 35000;
    m->cod_fee[shop] = m_chance(m, 50) ? 0 : 250000;
    const char *zones[M_MARKETS];
    for (int i = HOME; i < M_MARKETS; i++)
        zones[i] = m_text(m, "{\"name\":\"%s\",\"excluded\":false,\"areas\":[{\"country\":\"%s\",\"postcodes\":[]}],"
                          "\"currency\":\"%s\",\"rate\":\"flat\",\"price\":%lld,\"steps\":[],\"transit_min\":1,"
                          "\"transit_max\":4,\"cod\":%s,\"cod_fee\":%lld,\"cod_fee_ppm\":0}", COUNTRIES[i], COUNTRIES[i],
                          m_code((MMarket)i), (long long)m->shop_shipping[shop][i], i == HOME ? "true" : "false",
                          (long long)(i == HOME ? m->cod_fee[shop] : 0));
    Answer x = m_call(m, m->seller[shop], "PUT", m_text(m, "/v1/studio/shops/%lld/shipping", (long long)m->shop[shop]),
                      m_text(m, "{\"version\":0,\"zones\":[%s,%s],\"weight_g\":500,\"volume_divisor\":0,\"cutoff_minutes\":1440}",
                             zones[HOME], zones[AWAY]));
    m_expect(m, &x, 200, NULL);
    x = m_call(m, m->seller[shop], "PUT", m_text(m, "/v1/studio/shops/%lld/price-lists/VN", (long long)m->shop[shop]),
               "{\"currency\":\"VND\",\"from\":{\"minor\":100000,\"currency\":\"IDR\"},"
               "\"to\":{\"minor\":1613,\"currency\":\"VND\"},\"round\":{\"minor\":1,\"currency\":\"VND\"}}");
    m_expect(m, &x, 200, NULL);
}

static i64 address_away(Model *m, Person who)
{
    Answer x = m_call(m, who, "POST", "/v1/addresses",
                      "{\"name\":\"An Nguyen\",\"phone\":\"+84 912 345 678\",\"line1\":\"12 Le Loi\",\"city\":\"Hue\","
                      "\"postcode\":\"530000\",\"country\":\"VN\"}");
    m_expect(m, &x, 201, NULL);
    return answer_id(&m->w, &x, "id");
}

static void furnish(Model *m)
{
    static const i64 ENDINGS[] = { 0, 2, 1, 0, 3, 0 };         // of prices: what the test provider does with a sum
    World *w = &m->w;
    Person buyers[M_BUYERS] = { w->ana, w->budi, w->tono, w->oma };
    Person sellers[M_SHOPS] = { w->sari, w->tono, w->sari };
    static const char *const HANDLES[] = { "rotan", "kopi", "bambu" };
    for (int i = 0; i < M_SHOPS; i++) {
        m->seller[i] = sellers[i];
        m->shop[i] = world_shop(w, sellers[i], HANDLES[i]);
        open_shop(m, i);
        m->place[i][0] = (MPlace){ .id = m->shop[i], .active = true, .used = true };
    }
    for (int i = 0; i < M_PLAIN; i++) {
        i64 price = (1 + m_below(m, 400)) * 10000 + ENDINGS[i % COUNT(ENDINGS)], stock = m_below(m, 12);
        int shop = i % M_SHOPS;
        Goods g = world_product(w, sellers[shop], m->shop[shop], price, stock);
        m->variant[i] = (MVariant){ .id = g.variant, .product = g.product, .version = 1, .price = price, .shop = shop,
                                    .on_sale = true, .at[0].on_hand = stock };
    }
    for (int i = M_PLAIN; i < M_VARIANTS; i++) m_new_bundle(m, i);
    for (int i = 0; i < M_VARIANTS; i++) m_log_price(m, i, m->now);
    for (int i = 0; i < M_BUYERS; i++)
        m->buyer[i] = (MBuyer){ .who = buyers[i], .address = { world_address(w, buyers[i]), address_away(m, buyers[i]) },
                                  .acted = m->now };
    m->operator = w->oma;
    for (int market = HOME; market < M_MARKETS; market++) set_rules(m, (MMarket)market);
    m_read_rules(m);
}

static const Op *choose(Model *m)
{
    i64 sum = 0;
    for (i64 i = 0; i < COUNT(OPS); i++) sum += OPS[i].weight;
    i64 at = m_below(m, sum);
    for (i64 i = 0; i < COUNT(OPS); i++)
        if ((at -= OPS[i].weight) < 0) return &OPS[i];
    return NULL;
}

static void one_step(Model *m)
{
    const Op *op = choose(m);
    m->op = op->name;
    m->touched = 0;
    m->tills = 0;
    op->run(m);
    if (!m->broken && m->touched) m_compare_stock(m, m->touched);
    if (!m->broken && m->tills) m_compare_available(m, m->tills);
    if (!m->broken && (m->step + 1) % m->full_every == 0) m_compare_all(m);
    arena_reset(&m->a);
    world_jump(&m->w, 1 + m_below(m, 3));
    m->now = app_now(m->w.app);
    m->clocks_ran = false;
}

// For bench/audit: the database as it is now, in one file.
static void keep(Model *m, const char *file)
{
    must(world_is_sqlite() && db_backup(m->w.app->db, str_of(file)) == ERR_OK);
}

static void end(Model *m, bool quiet)
{
    if (getenv("MODEL_KEEP") && !m->broken) keep(m, getenv("MODEL_KEEP"));
    for (i64 i = 0; i < COUNT(OPS) && !quiet; i++)
        fprintf(stderr, "  %-22s %7lld\n", OPS[i].name, (long long)m->done[i]);
    arena_free(&m->a);
    free(m->checkout);
    free(m->order);
    free(m->cases);
    free(m->payout);
    free(m->hold);
    free(m->aside);
    free(m->cost);
    world_free(&m->w);
}

bool model_run(u64 seed, i64 steps, bool quiet)
{
    Model *m = calloc(1, sizeof(*m));
    must(m != NULL && COUNT(OPS) <= COUNT(m->done));
    *m = (Model){ .seed = seed, .rng = seed * 0xD1342543DE82EF95u + 1, .steps = steps, .full_every = FULL_EVERY,
                  .w = world_new_at(BEGINS), .op = "the beginning" };
    m->now = app_now(m->w.app);
    m->pay = (PaySettings){ .bank = STR("Bank Jepara"), .account_number = STR("1234567890"),
                            .account_name = STR("Koperasi Etalase"), .bank_currency = m_currency(HOME) };
    m->w.app->pay = &m->pay;
    furnish(m);
    for (m->step = 0; m->step < steps && !m->broken; m->step++) one_step(m);
    m->op = "the end";
    if (!m->broken) m_compare_all(m);
    bool ok = !m->broken;
    end(m, quiet);
    free(m);
    return ok;
}
