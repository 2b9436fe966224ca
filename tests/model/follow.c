// What follows from what, as the model knows it: payments and holds, orders and their clocks. Each function is the plain
// statement of a rule of docs/orders.md, on integers.
#include "tests/model/model.h"

MCheckout *m_checkout_of(Model *m, const MOrder *o)
{
    return &m->checkout[o->checkout];
}

bool m_is_fresh(const MOrder *o)
{
    return o->state == ORDER_STATE_AWAITING_SHIPMENT || o->state == ORDER_STATE_PACKED;
}

// ---------------------------------------------------------------------------------------------- money

void m_note_refund(Model *m, MOrder *o, i64 minor, RefundCause cause)
{
    MCheckout *c = m_checkout_of(m, o);
    o->refunded += minor;
    if (!o->captured) return;                     // cash that was not collected is told to the payment when it would have been
    c->refunded += minor;
    if (c->refunded == c->total) c->state = PAYMENT_STATE_REFUNDED;
    m_book_back(m, o, cause);
}

// Cash that will not be collected.
void m_uncollected(MCheckout *c, i64 minor)
{
    c->refunded += minor;
    if (c->refunded < c->total) return;
    c->state = c->state == PAYMENT_STATE_SUCCEEDED ? PAYMENT_STATE_REFUNDED : PAYMENT_STATE_CANCELLED;
}

void m_refund_rest(Model *m, MOrder *o)
{
    i64 minor = o->total - o->refunded;
    for (int i = 0; i < o->n_lines; i++) {
        o->line[i].back = o->line[i].all;
        o->line[i].refunded = o->line[i].n;
    }
    o->ship_back = o->ship;
    m_note_refund(m, o, minor, REFUND_CAUSE_CANCELLED);
}

static bool is_over(PaymentState s)
{
    return s == PAYMENT_STATE_SUCCEEDED || s == PAYMENT_STATE_REFUNDED;
}

void m_paid(Model *m, int checkout)
{
    MCheckout *c = &m->checkout[checkout];
    if (is_over(c->state)) return;
    c->state = PAYMENT_STATE_SUCCEEDED;
    bool goes_on = m->order[c->first].state == ORDER_STATE_UNPAID && (c->holding || m_hold(m, checkout));
    c->expires = 0;
    for (int i = c->first; i < c->first + c->n; i++) {
        MOrder *o = &m->order[i];
        m_capture(m, o);
        if (goes_on) {
            o->state = m_rule(m, c->market, MARKET_RULE_HOLD_MINUTES) > 0 ? ORDER_STATE_ON_HOLD : ORDER_STATE_AWAITING_SHIPMENT;
        } else {
            o->state = ORDER_STATE_CANCELLED;
            m_refund_rest(m, o);
        }
    }
    if (goes_on) m_sell(m, checkout);
    else m_give_back_vouchers(m, checkout);
    for (int i = c->first; i < c->first + c->n; i++)
        for (int k = 0; k < m->order[i].n_lines; k++) m_touch(m, m->order[i].line[k].variant);
}

void m_failed(Model *m, int checkout)
{
    m->checkout[checkout].state = PAYMENT_STATE_FAILED;
    m_surplus(&m->checkout[checkout]);
    m_release(m, checkout);
}

// ---------------------------------------------------------------------------------------------- orders

// came_back: the parcel, with all that was in it.
static void call_off(Model *m, MOrder *o, bool came_back)
{
    o->state = ORDER_STATE_CANCELLED;
    o->answer_by = 0;
    for (int i = 0; i < o->n_lines; i++) {
        i64 n = came_back ? o->line[i].shipped : o->line[i].n - o->line[i].refunded;
        if (n > 0) m_back(m, o, &o->line[i], n, false);
    }
    if (o->captured) m_refund_rest(m, o);
    else m_uncollected(m_checkout_of(m, o), o->total);
    m_give_back_vouchers(m, o->checkout);
}

void m_call_off(Model *m, MOrder *o)
{
    call_off(m, o, false);
}

void m_came_back(Model *m, MOrder *o)
{
    call_off(m, o, true);
}

void m_arrived(Model *m, MOrder *o)
{
    MCheckout *c = m_checkout_of(m, o);
    if (o->delivered) return;
    o->delivered = m->now;
    if (c->method == PAYMENT_METHOD_COD) {
        if (c->state == PAYMENT_STATE_PENDING) c->state = PAYMENT_STATE_SUCCEEDED;
        m_capture(m, o);
        m_book_back(m, o, REFUND_CAUSE_CANCELLED);
        if (o->refunded) m_uncollected(c, o->refunded);
    }
    m_delivered(m, o);
}

// What never went out goes back, what was sent goes on.
static void give_up_the_rest(Model *m, MOrder *o)
{
    i64 minor = 0;
    for (int i = 0; i < o->n_lines; i++) {
        MLine *l = &o->line[i];
        i64 rest = l->n - l->shipped - l->refunded;
        if (rest <= 0) continue;
        m_back(m, o, l, rest, false);
        minor += m_units_back(l, rest);
    }
    o->state = ORDER_STATE_IN_TRANSIT;
    m_note_refund(m, o, minor, REFUND_CAUSE_CANCELLED);
}

static void order_is_due(Model *m, MOrder *o)
{
    switch (o->state) {
    case ORDER_STATE_ON_HOLD: o->state = ORDER_STATE_AWAITING_SHIPMENT; break;
    case ORDER_STATE_AWAITING_SHIPMENT: case ORDER_STATE_PACKED: m_call_off(m, o); break;
    case ORDER_STATE_PARTLY_SHIPPED: give_up_the_rest(m, o); break;
    case ORDER_STATE_IN_TRANSIT:
        o->state = ORDER_STATE_DELIVERED;
        m_arrived(m, o);
        break;
    case ORDER_STATE_DELIVERED: o->state = ORDER_STATE_COMPLETED; break;
    case ORDER_STATE_UNPAID: case ORDER_STATE_COMPLETED: case ORDER_STATE_CANCELLED: break;
    }
    o->deadline = 0;
}

static void checkout_is_over(Model *m, int checkout)
{
    MCheckout *c = &m->checkout[checkout];
    c->expires = 0;
    if (m->order[c->first].state != ORDER_STATE_UNPAID) return;
    for (int i = c->first; i < c->first + c->n; i++) m->order[i].state = ORDER_STATE_CANCELLED;
    c->state = PAYMENT_STATE_CANCELLED;
    m_surplus(c);
    m_release(m, checkout);
    m_give_back_vouchers(m, checkout);
}

// ---------------------------------------------------------------------------------------------- clocks

void m_note_changed(Model *m, int checkout)
{
    m->checkout[checkout].changed = true;
}

typedef enum DueKind { DUE_NOTHING, DUE_CHECKOUT, DUE_PROVIDER, DUE_ORDER, DUE_ANSWER, DUE_CASE, DUE_SETTLE,
               DUE_RELEASE, DUE_PAYOUT, DUE_OFFER } DueKind;
typedef struct Due { Time at; DueKind kind; int which; } Due;

static void consider(Due *first, Time after, Time at, DueKind kind, int which)
{
    if (at > after && (first->kind == DUE_NOTHING || at < first->at)) *first = (Due){ at, kind, which };
}

static Due first_due(const Model *m, Time after)
{
    Due d = { 0 };
    for (int i = 0; i < m->n_checkouts; i++) {
        consider(&d, after, m->checkout[i].expires, DUE_CHECKOUT, i);
        consider(&d, after, m->checkout[i].late, DUE_PROVIDER, i);
    }
    for (int i = 0; i < m->n_orders; i++) {
        consider(&d, after, m->order[i].deadline, DUE_ORDER, i);
        consider(&d, after, m->order[i].answer_by, DUE_ANSWER, i);
        consider(&d, after, m->order[i].sale.settle, DUE_SETTLE, i);
        consider(&d, after, m->order[i].sale.release, DUE_RELEASE, i);
    }
    for (int i = 0; i < M_SHOPS; i++) consider(&d, after, m->till[i].next, DUE_PAYOUT, i);
    for (int i = 0; i < m->n_offers; i++) consider(&d, after, m->offer[i].due, DUE_OFFER, i);
    for (int i = 0; i < m->n_cases; i++) consider(&d, after, m->cases[i].deadline, DUE_CASE, i);
    return d;
}

Time m_next_due(const Model *m, Time after)
{
    return first_due(m, after).at;
}

bool m_only_payouts_due(const Model *m, Time at)
{
    Model look = *m;                              // its arrays are only read
    for (int i = 0; i < M_SHOPS; i++) look.till[i].next = 0;
    Time first = first_due(&look, 0).at;
    return first == 0 || first > at;
}

void m_run_clocks(Model *m)
{
    for (Due d = first_due(m, 0); d.kind != DUE_NOTHING && d.at <= m->now && !m->broken; d = first_due(m, 0)) {
        MOrder *o = d.kind == DUE_ORDER || d.kind == DUE_ANSWER ? &m->order[d.which] : NULL;
        switch (d.kind) {
        case DUE_CHECKOUT: checkout_is_over(m, d.which); break;
        case DUE_PROVIDER:
            m->checkout[d.which].late = 0;
            m_paid(m, d.which);
            break;
        case DUE_ORDER: order_is_due(m, o); break;
        case DUE_ANSWER:
            if (m_is_fresh(o)) m_call_off(m, o);
            o->answer_by = 0;
            if (o->state == ORDER_STATE_CANCELLED) o->deadline = 0;
            break;
        case DUE_CASE: m_case_is_due(m, d.which); break;
        case DUE_SETTLE: m_settle_is_due(m, &m->order[d.which]); continue;
        case DUE_RELEASE: m_release_is_due(m, &m->order[d.which]); continue;
        case DUE_PAYOUT: m_payout_is_due(m, d.which); continue;
        case DUE_OFFER: m_offer_is_due(m, d.which); continue;
        case DUE_NOTHING: break;
        }
        m_note_changed(m, d.kind == DUE_CHECKOUT || d.kind == DUE_PROVIDER ? d.which
                          : d.kind == DUE_CASE ? m->order[m->cases[d.which].order].checkout : o->checkout);
    }
}
