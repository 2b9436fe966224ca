// What must always hold between checkouts, orders, lines and payments. Read-only.
#include "orders/orders.h"

typedef struct Out { OrderReport *report; void *context; } Out;

static void say(const Out *o, const char *rule, i64 id, i64 got, i64 want)
{
    char detail[120];
    snprintf(detail, sizeof(detail), "%lld, not %lld", (long long)got, (long long)want);
    o->report(o->context, rule, id, detail);
}

static Err sums(Tx *tx, const Out *o)
{
    OrderSumViolationsRowList orders;
    OrderLineViolationsRowList lines;
    CheckoutSumViolationsRowList checkouts;
    OrderRefundViolationsRowList refunds;
    OrderExchangeViolationsRowList exchanges;
    try(q_order_sum_violations(tx, &orders));
    for (i64 i = 0; i < orders.n; i++) say(o, "order_lines", orders.p[i].id.v, orders.p[i].total_minor, orders.p[i].lines_minor);
    try(q_order_line_violations(tx, &lines));
    for (i64 i = 0; i < lines.n; i++)
        say(o, "line_total", lines.p[i].id.v, lines.p[i].total_minor, lines.p[i].quantity * lines.p[i].price_minor);
    try(q_order_exchange_violations(tx, &exchanges));
    for (i64 i = 0; i < exchanges.n; i++)
        say(o, "line_exchanged", exchanges.p[i].line.v, exchanges.p[i].exchanged, exchanges.p[i].replaced);
    try(q_order_refund_violations(tx, &refunds));
    for (i64 i = 0; i < refunds.n; i++)
        say(o, "order_refunds", refunds.p[i].id.v, refunds.p[i].refunded_minor, refunds.p[i].refunds_minor);
    try(q_checkout_sum_violations(tx, &checkouts));
    for (i64 i = 0; i < checkouts.n; i++)
        say(o, "checkout_total", checkouts.p[i].id.v, checkouts.p[i].total_minor, checkouts.p[i].orders_minor);
    return ERR_OK;
}

// Cash for a checkout of which every order is over has been collected, or is no longer asked for.
static Err cash(Tx *tx, const Out *o, const OrdersAfterRow *row, const Payment *p)
{
    OrderCardsOfCheckoutRowList orders;
    bool over = row->state == ORDER_STATE_COMPLETED || row->state == ORDER_STATE_CANCELLED;
    if (p->method != PAYMENT_METHOD_COD || p->state != PAYMENT_STATE_PENDING || !over) return ERR_OK;
    try(q_order_cards_of_checkout(tx, (OrderCardsOfCheckoutIn){ .checkout = row->checkout }, &orders));
    for (i64 i = 0; i < orders.n; i++)
        if (orders.p[i].state != ORDER_STATE_COMPLETED && orders.p[i].state != ORDER_STATE_CANCELLED) return ERR_OK;
    o->report(o->context, "cash_not_settled", row->id.v, "every order of the checkout is over and its payment is pending");
    return ERR_OK;
}

// An order that moved on was paid (or is paid at the door); one that waits was not; and the payment is of its sum.
static Err one(Tx *tx, const Out *o, const OrdersAfterRow *row)
{
    Payment p;
    CheckoutRowRow *checkout;
    Err e = payment_get_by_checkout(tx, row->checkout, &p);
    if (e == ERR_NOT_FOUND) {
        o->report(o->context, "order_without_payment", row->id.v, "no payment");
        return ERR_OK;
    }
    try(e);
    try(q_checkout_row(tx, (CheckoutRowIn){ .id = row->checkout }, &checkout));
    if (!checkout || checkout->total.minor != p.amount.minor)
        say(o, "payment_amount", row->id.v, p.amount.minor, checkout ? checkout->total.minor : 0);
    bool paid = p.state == PAYMENT_STATE_SUCCEEDED || p.state == PAYMENT_STATE_REFUNDED;
    bool moved_on = row->state != ORDER_STATE_UNPAID && row->state != ORDER_STATE_CANCELLED;
    if (moved_on && !paid && row->method != PAYMENT_METHOD_COD)
        o->report(o->context, "order_not_paid", row->id.v, "the order moved on without a payment");
    if (row->state == ORDER_STATE_UNPAID && paid)
        o->report(o->context, "paid_order_waits", row->id.v, "the payment succeeded and the order is unpaid");
    return cash(tx, o, row, &p);
}

Err order_audit(Tx *tx, OrderReport *report, void *context)
{
    Out o = { report, context };
    OrderId after = { 0 };
    try(sums(tx, &o));
    for (;;) {
        OrdersAfterRowList rows;
        ArenaMark mark = arena_mark(tx->a);
        try(q_orders_after(tx, (OrdersAfterIn){ .after = after }, &rows));
        if (rows.n == 0) return ERR_OK;
        for (i64 i = 0; i < rows.n; i++) try(one(tx, &o, &rows.p[i]));
        after = rows.p[rows.n - 1].id;
        arena_rewind(tx->a, mark);
    }
}
