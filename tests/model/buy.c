// The buyers of the model test: carts, checkouts, paying, and what the provider says about it.
#include "tests/model/model.h"

static MBuyer *buyer(Model *m)
{
    return &m->buyer[m_below(m, M_BUYERS)];
}

// ---------------------------------------------------------------------------------------------- checkouts

typedef struct MWant {
    int buyer, n; MMarket market; PaymentMethod method; MPick pick[M_LINES]; i64 total, expected; bool cart;
    VoucherIdList used;                                      // of a quote
} MWant;

static bool has_variant(const MWant *w, int variant)
{
    for (int i = 0; i < w->n; i++)
        if (w->pick[i].variant == variant) return true;
    return false;
}

// Of each shop its goods, its shipping, and the tax on top of both.
static void add_up(Model *m, MWant *w)
{
    w->total = 0;
    for (int i = 0; i < w->n; i++) w->pick[i].price = m_price(m, w->pick[i].variant, w->buyer, w->market);
    for (int shop = 0; shop < M_SHOPS; shop++) {
        MTaxed t = { .n = 0 };
        for (int i = 0; i < w->n; i++)
            if (m->variant[w->pick[i].variant].shop == shop)
                m_add_taxed(m, w->market, &t, w->pick[i].variant, w->pick[i].n * w->pick[i].price.minor);
        if (t.n == 0) continue;
        i64 shipping = m->shop_shipping[shop][w->market] + (w->method == PAYMENT_METHOD_COD ? m->cod_fee[shop] : 0);
        w->total += m_tax(m, w->market, &t, shipping);
        for (int i = 0; i < t.n; i++) w->total += t.minor[i];
    }
}

static bool has_refused(Model *m, const MBuyer *b)
{
    i64 most = m_rule(m, HOME, MARKET_RULE_COD_REFUSED_MOST), n = 0;
    must(most <= M_REFUSED);
    for (int i = 0; i < M_REFUSED; i++)
        n += b->refused[i] && b->refused[i] > m->now - m_rule(m, HOME, MARKET_RULE_COD_REFUSED_DAYS) * DAY_MS;
    return n >= most;
}

static MLine line_of(const MPick *p)
{
    return (MLine){ .variant = p->variant, .n = p->n, .all = { .goods = p->n * p->price.minor }, .pool = p->price.pool,
                    .pool_id = p->price.pool_id, .offer = p->price.limit ? p->price.offer : -1 };
}

// What is wrong with a line by itself, shop by shop.
static const char *line_refusal(Model *m, const MWant *w)
{
    bool seen[M_SHOPS] = { false };
    for (int i = 0; i < w->n; i++) {
        int shop = m->variant[w->pick[i].variant].shop;
        for (int k = i; k < w->n && !seen[shop]; k++) {
            const MPick *p = &w->pick[k];
            if (m->variant[p->variant].shop != shop) continue;
            if (!m->variant[p->variant].on_sale) return "archived";
            if (p->price.limit && p->n > p->price.limit) return "limit";
        }
        seen[shop] = true;
    }
    return NULL;
}

// The refusal that the model expects, or NULL.
static const char *refusal(Model *m, const MWant *w)
{
    if (w->n == 0) return "cart_empty";
    const char *wrong = line_refusal(m, w);
    if (wrong) return wrong;
    if (w->method == PAYMENT_METHOD_COD && (w->market == AWAY || has_refused(m, &m->buyer[w->buyer]))) return "method_off";
    if (w->expected && w->expected != w->total) return "price_changed";
    for (int i = 0; i < w->n && !w->expected; i++)
        if (w->pick[i].seen && (w->pick[i].seen != w->pick[i].price.minor || w->market == AWAY)) return "price_changed";
    MLine lines[M_LINES];
    for (int i = 0; i < w->n; i++) lines[i] = line_of(&w->pick[i]);
    return m_could_hold(m, lines, w->n) ? NULL : "sold_out";
}

static MOrder *new_order(Model *m)
{
    if (m->n_orders == m->room_orders) {
        m->room_orders = m->room_orders ? 2 * m->room_orders : 256;
        m->order = realloc(m->order, (size_t)m->room_orders * sizeof(MOrder));
        must(m->order != NULL);
    }
    m->order[m->n_orders] = (MOrder){ 0 };
    return &m->order[m->n_orders++];
}

static MCheckout *new_checkout(Model *m)
{
    if (m->n_checkouts == m->room_checkouts) {
        m->room_checkouts = m->room_checkouts ? 2 * m->room_checkouts : 256;
        m->checkout = realloc(m->checkout, (size_t)m->room_checkouts * sizeof(MCheckout));
        must(m->checkout != NULL);
    }
    m->checkout[m->n_checkouts] = (MCheckout){ 0 };
    return &m->checkout[m->n_checkouts++];
}

// One order a shop, in the order in which the shops come first.
static void write_orders(Model *m, const MWant *w, int checkout)
{
    MCheckout *c = &m->checkout[checkout];
    bool done[M_SHOPS] = { false };
    c->first = m->n_orders;
    for (int i = 0; i < w->n; i++) {
        int shop = m->variant[w->pick[i].variant].shop;
        if (done[shop]) continue;
        done[shop] = true;
        MOrder *o = new_order(m);
        *o = (MOrder){ .checkout = checkout, .shop = shop, .market = w->market,
                       .ship = { .goods = m->shop_shipping[shop][w->market] },
                       .total = m->shop_shipping[shop][w->market], .state = ORDER_STATE_UNPAID };
        for (int k = 0; k < w->n; k++) {
            const MPick *p = &w->pick[k];
            const MVariant *v = &m->variant[p->variant];
            if (v->shop != shop) continue;
            if (p->price.limit) m_count_offer(m, p->price.offer, p->variant, w->buyer, p->n);
            o->line[o->n_lines++] = line_of(p);
            o->total += p->n * p->price.minor;
        }
        c->n++;
    }
}

// The market's lines of an order, in its own sequence.
static void take_lines(Model *m, MOrder *o, const Order *view)
{
    MLine lines[M_LINES];
    if (view->lines.n != o->n_lines) {
        m_fail(m, "order %lld has %lld lines, the model %d", (long long)o->id, (long long)view->lines.n, o->n_lines);
        return;
    }
    for (int i = 0; i < o->n_lines; i++) {
        int k = 0;
        while (k < o->n_lines && m->variant[o->line[k].variant].id != view->lines.p[i].variant.v) k++;
        if (k == o->n_lines) {
            m_fail(m, "order %lld sells what nobody wanted", (long long)o->id);
            return;
        }
        lines[i] = o->line[k];
        lines[i].id = view->lines.p[i].id.v;
    }
    memcpy(o->line, lines, sizeof(MLine) * (size_t)o->n_lines);
}

static MOrder *order_of_shop(Model *m, const MCheckout *c, i64 shop)
{
    for (int i = c->first; i < c->first + c->n; i++)
        if (m->shop[m->order[i].shop] == shop) return &m->order[i];
    return NULL;
}

static void take_ids(Model *m, int checkout, const Checkout *got)
{
    MCheckout *c = &m->checkout[checkout];
    c->id = got->id.v;
    c->payment = got->payment->id.v;
    c->pay_until = got->expires;
    if (got->orders.n != c->n) m_fail(m, "%lld orders were made, the model says %d", (long long)got->orders.n, c->n);
    for (i64 i = 0; i < got->orders.n && !m->broken; i++) {
        MOrder *o = order_of_shop(m, c, got->orders.p[i].shop->id.v);
        Order view;
        if (!o || !m_read_order(m, m->buyer[c->buyer].who, got->orders.p[i].id.v, &view)) {
            m_fail(m, "an order that nobody wanted");
            return;
        }
        o->id = got->orders.p[i].id.v;
        take_lines(m, o, &view);
        if (!m->broken) m_take_costs(m, o);
    }
}

// What the test provider does with a sum (payments.h).
static void first_answer(Model *m, int checkout)
{
    MCheckout *c = &m->checkout[checkout];
    c->late = 0;
    if (c->method == PAYMENT_METHOD_TRANSFER) {
        c->state = PAYMENT_STATE_ACTION_NEEDED;
        return;
    }
    switch (c->total % 100) {
    case TEST_DECLINED: m_failed(m, checkout); break;
    case TEST_SECOND_STEP: c->state = PAYMENT_STATE_ACTION_NEEDED; break;
    case TEST_LATE:
        c->state = PAYMENT_STATE_PROCESSING;
        c->late = m->now + TEST_LATE_MS;
        break;
    default: m_paid(m, checkout);
    }
}

static void cash_goes_on(Model *m, int checkout)
{
    MCheckout *c = &m->checkout[checkout];
    c->state = PAYMENT_STATE_PENDING;
    c->expires = 0;
    for (int i = c->first; i < c->first + c->n; i++)
        m->order[i].state =
            m_rule(m, c->market, MARKET_RULE_HOLD_MINUTES) > 0 ? ORDER_STATE_ON_HOLD : ORDER_STATE_AWAITING_SHIPMENT;
    m_sell(m, checkout);
}

// What was bought is no longer in the cart, wherever it was bought from.
static void leave_cart(Model *m, const MWant *w)
{
    MBuyer *b = &m->buyer[w->buyer];
    int kept = 0;
    for (int i = 0; i < b->n_cart; i++)
        if (!has_variant(w, b->cart[i].variant)) b->cart[kept++] = b->cart[i];
    b->n_cart = kept;
}

static void bought(Model *m, const MWant *w, const Answer *x)
{
    Checkout got;
    int checkout = m->n_checkouts;
    if (!m_decode(m, x, &CHECKOUT_TYPE, &got)) return;
    MCheckout *c = new_checkout(m);
    *c = (MCheckout){ .buyer = w->buyer, .market = w->market, .method = w->method, .total = w->total, .attempts = 1,
                      .state = PAYMENT_STATE_PENDING };
    write_orders(m, w, checkout);
    take_ids(m, checkout, &got);
    if (m->broken) return;
    c->expires = c->pay_until;
    must(m_hold(m, checkout));
    m_use_vouchers(m, checkout, w->used);
    leave_cart(m, w);
    if (w->method == PAYMENT_METHOD_COD) cash_goes_on(m, checkout);
    else first_answer(m, checkout);
    if (got.total.minor != w->total) m_fail(m, "the sum is %lld, the model says %lld", (long long)got.total.minor,
                                            (long long)w->total);
    m_sync_checkout(m, checkout);
    m_did(m);
}

// The lines, unless the cart's are meant, and the end of the body.
static void add_lines(Model *m, const MWant *w, Buf *b)
{
    for (int i = 0; i < w->n && !w->cart; i++)
        buf_format(b, "%s{\"variant\":\"%lld\",\"quantity\":%lld}", i ? "," : ",\"lines\":[",
                   (long long)m->variant[w->pick[i].variant].id, (long long)w->pick[i].n);
    buf_add(b, w->n && !w->cart ? STR("]}") : STR("}"));
}

static const char *body_of(Model *m, const MWant *w)
{
    Buf b = buf_new(&m->a, 2000);
    buf_format(&b, "{\"address\":\"%lld\",\"method\":\"%s\"", (long long)m->buyer[w->buyer].address[w->market],
               PAYMENT_METHOD_NAMES.names[w->method]);
    if (w->expected) buf_format(&b, ",\"expected\":{\"minor\":%lld,\"currency\":\"%s\"}", (long long)w->expected,
                                m_code(w->market));
    add_lines(m, w, &b);
    return arena_cstr(&m->a, buf_str(&b));
}

// With promotions about the model asks what it will cost, and which vouchers that takes: the checkout must then do the same.
static void ask_price(Model *m, MWant *w)
{
    Buf b = buf_new(&m->a, 2000);
    Quote got;
    buf_format(&b, "{\"address\":\"%lld\",\"method\":\"%s\"", (long long)m->buyer[w->buyer].address[w->market],
               PAYMENT_METHOD_NAMES.names[w->method]);
    add_lines(m, w, &b);
    Answer x = m_call(m, m->buyer[w->buyer].who, "POST", "/v1/quotes", arena_cstr(&m->a, buf_str(&b)));
    if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &QUOTE_TYPE, &got)) return;
    if (got.total.minor > w->total || got.total.minor < 0)
        m_fail(m, "the quote is %lld, without any promotion it would be %lld", (long long)got.total.minor, (long long)w->total);
    w->total = got.total.minor;
    w->used = got.vouchers;
}

static void send_checkout(Model *m, MWant *w)
{
    add_up(m, w);
    const char *wrong = refusal(m, w);
    if (m->n_vouchers && !wrong) ask_price(m, w);
    if (w->total == 0 || m->broken) return;                  // nothing to pay is another way, not the model's
    bool known = !wrong || m->n_vouchers == 0;               // of what cannot be bought nobody knows the price with promotions
    if (known && m_chance(m, 30)) w->expected = m_chance(m, 90) ? w->total : w->total + 1 + m_below(m, 1000);
    wrong = refusal(m, w);
    for (int i = 0; i < w->n; i++) m_touch(m, w->pick[i].variant);
    Answer x = m_call(m, m->buyer[w->buyer].who, "POST", "/v1/checkouts", body_of(m, w));
    if (!m_expect(m, &x, wrong ? 409 : 201, wrong)) return;
    if (!wrong) bought(m, w, &x);
}

// Some send it abroad, and pay that mostly by the test provider: nobody collects cash there.
static MMarket market(Model *m, PaymentMethod method)
{
    return method != PAYMENT_METHOD_TRANSFER && m_chance(m, method == PAYMENT_METHOD_COD ? 2 : 25) ? AWAY : HOME;
}

static PaymentMethod method(Model *m)
{
    i64 n = m_below(m, 20);
    return n < 7 ? PAYMENT_METHOD_COD : n < 10 ? PAYMENT_METHOD_TRANSFER : PAYMENT_METHOD_TEST;
}

void op_checkout(Model *m)
{
    MWant w = { .buyer = (int)m_below(m, M_BUYERS), .method = method(m) };
    w.market = market(m, w.method);
    int lines = 1 + (int)m_below(m, m_chance(m, 30) ? M_LINES : 1);
    while (w.n < lines) {
        int variant = (int)m_below(m, M_VARIANTS);
        if (has_variant(&w, variant)) continue;
        w.pick[w.n++] = (MPick){ .variant = variant, .n = 1 + m_below(m, m_chance(m, 20) ? 8 : 2) };
    }
    send_checkout(m, &w);
}

// ---------------------------------------------------------------------------------------------- the cart

void op_cart(Model *m)
{
    MBuyer *b = buyer(m);
    int variant = (int)m_below(m, M_VARIANTS), at = 0;
    const MVariant *v = &m->variant[variant];
    i64 n = m_below(m, 4);
    while (at < b->n_cart && b->cart[at].variant != variant) at++;
    MPrice price = m_price(m, variant, (int)(b - m->buyer), HOME);
    i64 there = price.pool == STOCK_POOL_SHOP ? m_free(m, variant) : m_pool_left(m, price.pool, price.pool_id, variant);
    const char *wrong = n == 0 ? NULL : !v->on_sale ? "archived" : there < n ? "sold_out"
                        : price.limit && n > price.limit ? "limit" : NULL;
    Answer x = m_call(m, b->who, "PUT", "/v1/cart/lines", m_text(m, "{\"variant\":\"%lld\",\"quantity\":%lld}",
                                                                 (long long)v->id, (long long)n));
    if (!m_expect(m, &x, wrong ? 409 : 200, wrong) || wrong) return;
    if (n == 0 && at < b->n_cart) {
        b->n_cart--;                                         // the others stay in the order in which they came in
        for (; at < b->n_cart; at++) b->cart[at] = b->cart[at + 1];
    }
    if (n > 0) {
        if (at == b->n_cart) b->n_cart++;
        b->cart[at] = (MPick){ .variant = variant, .n = n, .seen = price.minor };
    }
    m_did(m);
}

void op_checkout_cart(Model *m)
{
    int number = (int)m_below(m, M_BUYERS);
    MBuyer *b = &m->buyer[number];
    MWant w = { .buyer = number, .method = method(m), .cart = true };
    w.market = market(m, w.method);
    if (b->n_cart > M_LINES) return;
    for (int i = 0; i < b->n_cart; i++) w.pick[w.n++] = b->cart[i];
    send_checkout(m, &w);
}

// ---------------------------------------------------------------------------------------------- paying

// A checkout that is paid by the test provider (or by transfer, too), if possible in that state; -1 when there is none.
static int some_checkout(Model *m, PaymentState wanted, bool transfers)
{
    int found = -1;
    for (int tries = 0; tries < 30 && m->n_checkouts; tries++) {
        int recent = m->n_checkouts < 60 || m_chance(m, 20) ? m->n_checkouts : 60;
        int at = m->n_checkouts - 1 - (int)m_below(m, recent);
        PaymentMethod method = m->checkout[at].method;
        if (method != PAYMENT_METHOD_TEST && (method != PAYMENT_METHOD_TRANSFER || !transfers)) continue;
        found = at;
        if (m->checkout[at].state == wanted) return at;
    }
    return found;
}

static bool is_over(PaymentState s)
{
    return s == PAYMENT_STATE_SUCCEEDED || s == PAYMENT_STATE_CANCELLED || s == PAYMENT_STATE_REFUNDED;
}

void op_step(Model *m)
{
    int at = some_checkout(m, PAYMENT_STATE_ACTION_NEEDED, false);
    if (at < 0) return;
    MCheckout *c = &m->checkout[at];
    bool approve = m_chance(m, 70);
    const char *wrong = is_over(c->state) ? "payment_over" : c->state != PAYMENT_STATE_ACTION_NEEDED ? "wrong_state" : NULL;
    Answer x = m_call(m, m->buyer[c->buyer].who, "POST", m_text(m, "/v1/payments/%lld/step", (long long)c->payment),
                      approve ? "{\"approve\":true}" : "{\"approve\":false}");
    if (!m_expect(m, &x, wrong ? 409 : 200, wrong) || wrong) return;
    if (approve) m_paid(m, at);
    else m_failed(m, at);
    m_sync_checkout(m, at);
    m_did(m);
}

static bool all_on_sale(Model *m, const MCheckout *c)
{
    for (int i = c->first; i < c->first + c->n; i++)
        for (int k = 0; k < m->order[i].n_lines; k++)
            if (!m->variant[m->order[i].line[k].variant].on_sale) return false;
    return true;
}

static const char *retry_refusal(Model *m, int at)
{
    const MCheckout *c = &m->checkout[at];
    if (c->pay_until <= m->now) return "payment_over";
    if (c->state == PAYMENT_STATE_CANCELLED || c->state == PAYMENT_STATE_SUCCEEDED) return "payment_over";
    if (c->attempts >= PAYMENT_ATTEMPTS_MAX) return "payment_over";
    if (c->state != PAYMENT_STATE_FAILED) return "wrong_state";
    if (!all_on_sale(m, c)) return "archived";
    return m_hold(m, at) ? NULL : "sold_out";
}

void op_retry(Model *m)
{
    int at = some_checkout(m, PAYMENT_STATE_FAILED, true);
    if (at < 0) return;
    MCheckout *c = &m->checkout[at];
    const char *wrong = retry_refusal(m, at);
    Answer x = m_call(m, m->buyer[c->buyer].who, "POST", m_text(m, "/v1/payments/%lld/retry", (long long)c->payment), NULL);
    if (!m_expect(m, &x, wrong ? 409 : 200, wrong) || wrong) return;
    c->attempts++;
    first_answer(m, at);
    m_sync_checkout(m, at);
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- the provider's news

typedef struct Saying { Model *m; const MNews *news; i64 payment; bool changed; } Saying;

static Err say(Tx *tx, void *context)
{
    Saying *s = context;
    App *app = s->m->w.app;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault, .demo = true };
    PaymentNews news = { .provider = STR("test"), .event = str_of(s->news->event), .payment = { s->payment },
                         .succeeded = s->news->succeeded };
    tx->a = &s->m->a;
    return checkout_news(tx, &by, &news, &s->changed);
}

// A new event about any payment, or one that was said before: late, twice, in any order.
void op_news(Model *m)
{
    bool again = m->n_news && m_chance(m, 30);
    int slot = again ? (int)m_below(m, m->n_news) : m->n_news < M_NEWS ? m->n_news : (int)m_below(m, M_NEWS);
    MNews *news = &m->news[slot];
    if (!again) {
        int at = some_checkout(m, (PaymentState)m_below(m, PAYMENT_STATE_REFUNDED + 1), false);
        if (at < 0) return;
        *news = (MNews){ .checkout = at, .succeeded = m_chance(m, 60) };
        snprintf(news->event, sizeof(news->event), "event-%lld", (long long)m->step);
        if (slot == m->n_news) m->n_news++;
    }
    const MCheckout *c = &m->checkout[news->checkout];
    bool awaited = c->state == PAYMENT_STATE_PROCESSING || c->state == PAYMENT_STATE_ACTION_NEEDED;
    bool settled = c->state == PAYMENT_STATE_SUCCEEDED || c->state == PAYMENT_STATE_REFUNDED;
    bool changes = !again && (news->succeeded ? !settled : awaited);
    Saying s = { .m = m, .news = news, .payment = c->payment };
    Err e = db_run(m->w.app->db, true, say, &s);
    if (e != ERR_OK) m_fail(m, "the news were refused with %s", err_slug(e));
    if (s.changed != changes) m_fail(m, "news that %s something", s.changed ? "changed" : "did not change");
    if (changes && news->succeeded) m_paid(m, news->checkout);
    else if (changes) m_failed(m, news->checkout);
    m_sync_checkout(m, news->checkout);
    m_did(m);
}
