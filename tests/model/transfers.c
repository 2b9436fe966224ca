// Bank transfers in the model test: what the operator finds on the bank's statement (too little, too much, late, twice),
// payments called off, and refunds that are paid by hand.
#include "tests/model/model.h"

// ---------------------------------------------------------------------------------------------- what comes in

// What came in beyond what the payment may keep goes back.
void m_surplus(MCheckout *c)
{
    bool paid = c->state == PAYMENT_STATE_SUCCEEDED || c->state == PAYMENT_STATE_REFUNDED;
    bool over = c->state == PAYMENT_STATE_FAILED || c->state == PAYMENT_STATE_CANCELLED;
    i64 open = c->received - c->surplus - (paid ? c->total : 0);
    if (c->method == PAYMENT_METHOD_TRANSFER && open > 0 && (paid || over)) c->surplus += open;
}

static void came_in(Model *m, int checkout, i64 minor)
{
    MCheckout *c = &m->checkout[checkout];
    bool paid = c->state == PAYMENT_STATE_SUCCEEDED || c->state == PAYMENT_STATE_REFUNDED;
    c->received += minor;
    if (!paid && c->received - c->surplus >= c->total) m_paid(m, checkout);
    m_surplus(c);
}

static int some_transfer(Model *m)
{
    int found = -1;
    for (int tries = 0; tries < 30 && m->n_checkouts; tries++) {
        int at = m->n_checkouts - 1 - (int)m_below(m, m->n_checkouts < 80 ? m->n_checkouts : 80);
        if (m->checkout[at].method == PAYMENT_METHOD_COD) continue;
        found = at;
        if (m->checkout[at].method == PAYMENT_METHOD_TRANSFER &&
            (m->checkout[at].state == PAYMENT_STATE_ACTION_NEEDED || m_chance(m, 10))) break;
    }
    return found;
}

static const char *today(Model *m)
{
    char text[TIME_ISO_SIZE];
    time_to_iso_text(m->now, text);
    return m_text(m, "%.10s", text);
}

// A new entry of the statement, or one that was noted before, for whatever payment.
void op_receipt(Model *m)
{
    int at = some_transfer(m);
    if (at < 0) return;
    const MCheckout *c = &m->checkout[at];
    i64 rest = c->total - (c->received - c->surplus), kind = m_below(m, 10);
    i64 minor = kind < 6 && rest > 0 ? rest : kind < 8 ? 1 + m_below(m, c->total) : c->total + m_below(m, 500000);
    bool again = m->n_receipts && m_chance(m, 10);
    i64 number = again ? m_below(m, m->n_receipts) : m->n_receipts;
    bool transfer = c->method == PAYMENT_METHOD_TRANSFER;
    const char *wrong = !transfer || again ? "wrong_state" : NULL;
    m_clocks(m);                                             // what is due already comes before the event
    Answer x = m_call(m, m->operator, "POST", m_text(m, "/v1/operator/payments/%lld/receipts", (long long)c->payment),
                      m_text(m, "{\"amount\":{\"minor\":%lld,\"currency\":\"IDR\"},\"received_on\":\"%s\","
                             "\"reference\":\"N%lld\"}", (long long)minor, today(m), (long long)number));
    if (!m_expect(m, &x, wrong ? 409 : 200, wrong) || wrong) return;
    m->n_receipts++;
    came_in(m, at, minor);
    m_note_changed(m, at);
    m_clocks(m);
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- called off, paid by hand

void op_payment_off(Model *m)
{
    int at = some_transfer(m);
    if (at < 0 || (m->checkout[at].method == PAYMENT_METHOD_TRANSFER && m_chance(m, 30))) return;
    m_clocks(m);
    MCheckout *c = &m->checkout[at];
    bool open = c->state == PAYMENT_STATE_PENDING || c->state == PAYMENT_STATE_ACTION_NEEDED ||
                c->state == PAYMENT_STATE_PROCESSING;
    Answer x = m_call(m, m->operator, "POST", m_text(m, "/v1/operator/payments/%lld/cancel", (long long)c->payment), NULL);
    if (!m_expect(m, &x, open ? 200 : 409, open ? NULL : "payment_over") || !open) return;
    m_failed(m, at);
    m_note_changed(m, at);
    m_clocks(m);
    m_did(m);
}

// One of the operator's list; a second time it is over.
void op_refund_by_hand(Model *m)
{
    OperatorRefundPage got;
    Answer x = m_call(m, m->operator, "GET", "/v1/operator/refunds?by_hand=true&limit=20", NULL);
    if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &OPERATOR_REFUND_PAGE_TYPE, &got) || got.items.n == 0) return;
    const OperatorRefund *r = &got.items.p[m_below(m, got.items.n)];
    const char *path = m_text(m, "/v1/operator/refunds/%lld/paid", (long long)r->id.v);
    const char *body = m_text(m, "{\"paid_on\":\"%s\",\"reference\":\"U%lld\"}", today(m), (long long)m->step);
    x = m_call(m, m->operator, "POST", path, body);
    if (!m_expect(m, &x, 200, NULL)) return;
    x = m_call(m, m->operator, "POST", path, body);
    m_expect(m, &x, 409, "wrong_state");
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- comparing

void m_compare_transfers(Model *m)
{
    for (int i = 0; i < m->n_checkouts && !m->broken; i++) {
        const MCheckout *c = &m->checkout[i];
        OperatorPaymentDetail got;
        i64 surplus = 0;
        if (c->method != PAYMENT_METHOD_TRANSFER) continue;
        Answer x = m_call(m, m->operator, "GET", m_text(m, "/v1/operator/payments/%lld", (long long)c->payment), NULL);
        if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &OPERATOR_PAYMENT_DETAIL_TYPE, &got)) return;
        for (i64 k = 0; k < got.refunds.n; k++)
            if (got.refunds.p[k].kind == PAY_BACK_KIND_SURPLUS) surplus += got.refunds.p[k].amount.minor;
        if (got.payment->received.minor != c->received || surplus != c->surplus)
            m_fail(m, "of payment %lld came in %lld, %lld too much, the model says %lld and %lld", (long long)c->payment,
                   (long long)got.payment->received.minor, (long long)surplus, (long long)c->received, (long long)c->surplus);
        if (i % 50 == 49) arena_reset(&m->a);
    }
}
