// What a payment's news mean for its orders. A payment always ends in orders or in a refund, whatever comes late, twice or
// out of order.
#include "orders/flow.h"

#include "api/task.h"

static Err orders_of(Tx *tx, CheckoutId checkout, OrderCardsOfCheckoutRowList *out)
{
    return q_order_cards_of_checkout(tx, (OrderCardsOfCheckoutIn){ .checkout = checkout }, out);
}

static Err hold_lines(Tx *tx, const By *by, CheckoutId checkout)
{
    CheckoutLinesRowList lines;
    StockWant wants[CART_LINES_MAX];
    try(q_checkout_lines(tx, (CheckoutLinesIn){ .checkout = checkout }, &lines));
    for (i64 i = 0; i < lines.n; i++)
        wants[i] = (StockWant){ .variant = lines.p[i].variant, .n = lines.p[i].quantity, .pool = lines.p[i].pool,
                                .pool_id = lines.p[i].pool_id };
    return stock_hold(tx, by, checkout, wants, lines.n);
}

// ---------------------------------------------------------------------------------------------- success

// A payment may succeed after a failure of it was believed and the units were let go: they are held anew, or it is too late.
static Err still_held(Tx *tx, const By *by, CheckoutId checkout, bool *held)
{
    try(stock_holds(tx, checkout, held));
    if (*held) return ERR_OK;
    Err e = hold_lines(tx, by, checkout);
    *held = e == ERR_OK;
    return e == ERR_SOLD_OUT ? stock_release(tx, by, checkout) : e;
}

// On hold for as long as the market lets the buyer think again; without such a time it goes to the seller at once.
static Err go_on(Tx *tx, const By *by, OrderRow *row, bool *moved)
{
    i64 minutes;
    try(market_number(tx, row->market, MARKET_RULE_HOLD_MINUTES, &minutes));
    OrderState to = minutes > 0 ? ORDER_STATE_ON_HOLD : ORDER_STATE_AWAITING_SHIPMENT;
    Step step = { .from = ORDER_STATE_UNPAID, .to = to, .kind = ORDER_EVENT_KIND_PAID, .side = SIDE_PROVIDER,
                  .quiet = row->method == PAYMENT_METHOD_COD };
    return order_step(tx, by, row, step, moved);
}

// Paid, but the orders were given up meanwhile: never neither order nor refund.
static Err pay_back(Tx *tx, const By *by, const Payment *payment, const OrderCardsOfCheckoutRowList *orders)
{
    static const char WHY[] = "paid too late; the money goes back";
    i64 n;
    for (i64 i = 0; i < orders->n; i++) {
        const OrderCardsOfCheckoutRow *card = &orders->p[i];
        OrderRow *row;
        RefundId refund;
        try(q_order_move(tx, (OrderMoveIn){ .id = card->id, .from = ORDER_STATE_UNPAID, .to = ORDER_STATE_CANCELLED }, &n));
        try(order_note(tx, by, card->id, ORDER_EVENT_KIND_CANCELLED, SIDE_PROVIDER, str_of(WHY)));
        try(order_find(tx, card->id, &row));
        try(order_capture(tx, by, row));
        RefundPlan plan = { .cause = REFUND_CAUSE_CANCELLED, .reason = str_of(WHY), .side = SIDE_PROVIDER, .all = true };
        try(order_refund(tx, by, card->id, &plan, &refund));
    }
    return pricing_give_back(tx, by, payment->checkout);
}

// All orders of a checkout are unpaid, or none: so the first one stands for all. A second success of the same payment finds
// orders that have moved on and changes nothing.
static Err follow_success(Tx *tx, const By *by, const Payment *payment)
{
    OrderCardsOfCheckoutRowList orders;
    CheckoutId checkout = payment->checkout;
    bool held = false, moved;
    try(orders_of(tx, checkout, &orders));
    must(orders.n > 0);
    try(task_cancel(tx, "checkout_expire", checkout.v));
    if (orders.p[0].state == ORDER_STATE_UNPAID) try(still_held(tx, by, checkout, &held));
    if (!held) return pay_back(tx, by, payment, &orders);
    for (i64 i = 0; i < orders.n; i++) {
        OrderRow *row;
        try(order_find(tx, orders.p[i].id, &row));
        try(go_on(tx, by, row, &moved));
        must(moved);
        try(order_capture(tx, by, row));
    }
    return stock_sell(tx, by, checkout);
}

// Cash is paid at the door: the order goes on at once, its money comes in when it arrives.
static Err follow_cash(Tx *tx, const By *by, const Payment *payment)
{
    OrderCardsOfCheckoutRowList orders;
    bool moved;
    try(orders_of(tx, payment->checkout, &orders));
    for (i64 i = 0; i < orders.n; i++) {
        OrderRow *row;
        try(order_find(tx, orders.p[i].id, &row));
        try(go_on(tx, by, row, &moved));
    }
    return stock_sell(tx, by, payment->checkout);
}

Err checkout_follow_payment(Tx *tx, const By *by, const Payment *payment)
{
    if (payment->method == PAYMENT_METHOD_COD) return follow_cash(tx, by, payment);
    if (payment->state == PAYMENT_STATE_SUCCEEDED) return follow_success(tx, by, payment);
    if (payment->state != PAYMENT_STATE_FAILED) return ERR_OK;
    OrderCardsOfCheckoutRowList orders;
    try(orders_of(tx, payment->checkout, &orders));
    for (i64 i = 0; i < orders.n; i++)
        if (orders.p[i].state == ORDER_STATE_UNPAID)
            try(order_note(tx, by, orders.p[i].id, ORDER_EVENT_KIND_PAYMENT_FAILED, SIDE_PROVIDER, payment->reason));
    return stock_release(tx, by, payment->checkout);
}

// ---------------------------------------------------------------------------------------------- what providers say

Err checkout_news(Tx *tx, const By *by, const PaymentNews *news, bool *changed)
{
    Payment payment;
    try(payment_news(tx, by, news, changed, &payment));
    return *changed ? checkout_follow_payment(tx, by, &payment) : ERR_OK;
}

static Err refund_news(Tx *tx, const By *by, const PaymentChange *c, bool sent)
{
    i64 n;
    RefundState to = sent ? REFUND_STATE_SENT : REFUND_STATE_FAILED, from = c->was_sent ? REFUND_STATE_SENT : REFUND_STATE_DUE;
    try(q_order_refund_set(tx, (OrderRefundSetIn){ .id = c->refund, .from = from, .to = to }, &n));
    // One that had failed can still be sent, by hand.
    if (n == 0 && sent)
        try(q_order_refund_set(tx, (OrderRefundSetIn){ .id = c->refund, .from = REFUND_STATE_FAILED, .to = to }, &n));
    if (n == 0) return ERR_OK;
    if (sent) try(ledger_refund_paid(tx, by, c->refund, c->by_hand));
    else if (c->was_sent) try(ledger_refund_back(tx, by, c->refund));
    return order_note(tx, by, c->order, sent ? ORDER_EVENT_KIND_REFUND_SENT : ORDER_EVENT_KIND_REFUND_FAILED, SIDE_PROVIDER,
                      (Str){ 0 });
}

// A payment over several orders: the bank's claim falls on them in proportion to what is left of each; what it took beyond that
// (it asks nobody whether the buyer had it back already), in proportion to what had gone back of each.
static Err disputed(Tx *tx, const By *by, const PaymentChange *c)
{
    OrderCardsOfCheckoutRowList orders;
    i64 left[CART_LINES_MAX], gone[CART_LINES_MAX], parts[CART_LINES_MAX], lost[CART_LINES_MAX], sum = 0;
    try(orders_of(tx, c->payment.checkout, &orders));
    for (i64 i = 0; i < orders.n; i++) {
        gone[i] = orders.p[i].refunded_minor;
        sum += left[i] = orders.p[i].total.minor - gone[i];
    }
    if (orders.n == 0 || c->amount.minor <= 0) return ERR_OK;
    i64 claim = c->amount.minor < sum ? c->amount.minor : sum;
    money_split(claim, left, orders.n, parts);
    money_split(c->amount.minor - claim, gone, orders.n, lost);
    for (i64 i = 0; i < orders.n; i++) {
        RefundId refund;
        RefundPlan plan = { .cause = REFUND_CAUSE_CHARGEBACK, .reason = STR("disputed with the bank"), .side = SIDE_PROVIDER,
                            .amount_minor = parts[i], .lost_minor = lost[i], .dispute = c->refund };
        if (parts[i] || lost[i]) try(order_refund(tx, by, orders.p[i].id, &plan, &refund));
    }
    return ERR_OK;
}

// The money came back to us: exactly what the chargeback took is put back.
static Err undo_chargeback(Tx *tx, const By *by, const OrderRefundRowsRow *r)
{
    OrderRefundLineRowsRowList parts;
    i64 n, ship[5] = { 0 };
    try(q_order_refund_line_rows(tx, (OrderRefundLineRowsIn){ .refund = r->id }, &parts));
    for (i64 i = 0; i < parts.n; i++) {
        const OrderRefundLineRowsRow *p = &parts.p[i];
        if (p->order_line == 0) {
            i64 got[5] = { p->goods_minor, p->by_seller_minor, p->by_platform_minor, p->tax_minor, p->tax_added_minor };
            memcpy(ship, got, sizeof(ship));
            continue;
        }
        try(q_order_line_back(tx, (OrderLineBackIn){ .id = { p->order_line }, .units = -p->quantity, .goods = -p->goods_minor,
                                                     .by_seller = -p->by_seller_minor, .by_platform = -p->by_platform_minor,
                                                     .tax = -p->tax_minor, .tax_added = -p->tax_added_minor }, &n));
    }
    try(q_order_back(tx, (OrderBackIn){ .id = r->shop_order, .buyer = -r->buyer_minor, .goods = -ship[0], .by_seller = -ship[1],
                                        .by_platform = -ship[2], .tax = -ship[3], .tax_added = -ship[4] }, &n));
    return ledger_chargeback_won(tx, by, r->id);
}

// Of this dispute alone: another one of the same payment has its own end.
static Err dispute_over(Tx *tx, const By *by, const PaymentChange *c, bool won)
{
    OrderRefundRowsRowList rows;
    i64 n = 0;
    try(q_order_chargebacks(tx, (OrderChargebacksIn){ .dispute = c->refund }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        const OrderRefundRowsRow *r = &rows.p[i];
        if (won) try(q_order_refund_set(tx, (OrderRefundSetIn){ .id = r->id, .from = REFUND_STATE_SENT,
                                                                .to = REFUND_STATE_FAILED }, &n));
        if (n) try(undo_chargeback(tx, by, r));
        try(order_note(tx, by, r->shop_order, won ? ORDER_EVENT_KIND_DISPUTE_WON : ORDER_EVENT_KIND_DISPUTE_LOST, SIDE_PROVIDER,
                       (Str){ 0 }));
    }
    return ERR_OK;
}

// A provider's fee is for the payment: the first order stands for it.
static Err fee_of(Tx *tx, const By *by, const PaymentChange *c)
{
    OrderCardsOfCheckoutRowList orders;
    try(orders_of(tx, c->payment.checkout, &orders));
    if (orders.n == 0 || c->amount.minor <= 0) return ERR_OK;
    return ledger_provider_fee(tx, by, orders.p[0].id, c->payment.method, c->amount);
}

// Money that no order knows of.
static Err surplus(Tx *tx, const By *by, const PaymentChange *c)
{
    LedgerSurplus s = { .refund = c->refund, .method = c->payment.method, .amount = c->amount, .by_hand = c->by_hand };
    if (c->kind == PAYMENT_CHANGE_SURPLUS) return ledger_surplus(tx, by, &s);
    return c->kind == PAYMENT_CHANGE_SURPLUS_SENT ? ledger_surplus_paid(tx, by, &s) : ledger_surplus_back(tx, by, &s);
}

// A payout that the operator has ended meanwhile is left alone; the ledger marks one that arrived all the same.
static Err late(Err e)
{
    return e == ERR_WRONG_STATE || e == ERR_NOT_FOUND ? ERR_OK : e;
}

Err checkout_payment_event(Tx *tx, const By *by, i64 event)
{
    Payout payout;
    PaymentChange c = { 0 };
    try(payment_apply(tx, by, event, &c));
    switch (c.kind) {
    case PAYMENT_CHANGE_NONE: return ERR_OK;
    case PAYMENT_CHANGE_STATE: return checkout_follow_payment(tx, by, &c.payment);
    case PAYMENT_CHANGE_REFUND_SENT: return refund_news(tx, by, &c, true);
    case PAYMENT_CHANGE_REFUND_FAILED: return refund_news(tx, by, &c, false);
    case PAYMENT_CHANGE_DISPUTED: return disputed(tx, by, &c);
    case PAYMENT_CHANGE_DISPUTE_WON: return dispute_over(tx, by, &c, true);
    case PAYMENT_CHANGE_DISPUTE_LOST: return dispute_over(tx, by, &c, false);
    case PAYMENT_CHANGE_FEE: return fee_of(tx, by, &c);
    case PAYMENT_CHANGE_SURPLUS:
    case PAYMENT_CHANGE_SURPLUS_SENT:
    case PAYMENT_CHANGE_SURPLUS_BACK: return surplus(tx, by, &c);
    case PAYMENT_CHANGE_PAYOUT_SENT: return late(ledger_payout_sent(tx, by, (PayoutId){ c.payout }));
    case PAYMENT_CHANGE_PAYOUT_FAILED: return late(ledger_payout_failed(tx, by, (PayoutId){ c.payout }, c.reason, &payout));
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- the buyer's side

Err checkout_payment(Tx *tx, const By *by, PaymentId payment, Payment *out)
{
    AccountId owner;
    try(payment_get_by_id(tx, payment, &owner, out));
    return owner.v == by->who.account ? ERR_OK : ERR_NOT_FOUND;
}

Err checkout_payment_step(Tx *tx, const By *by, PaymentId payment, bool approve, Payment *out)
{
    try(checkout_payment(tx, by, payment, out));
    if (out->state == PAYMENT_STATE_SUCCEEDED || out->state == PAYMENT_STATE_CANCELLED || out->state == PAYMENT_STATE_REFUNDED)
        return refuse(&tx->why, ERR_PAYMENT_OVER, NULL, "This payment is over: nothing more is asked.");
    if (out->state != PAYMENT_STATE_ACTION_NEEDED || out->method != PAYMENT_METHOD_TEST)
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This payment asks for no second step now.");
    bool changed;
    PaymentNews news = { .provider = STR("test"), .payment = payment, .succeeded = approve,
                         .event = arena_format(tx->a, "step-%lld", (long long)id_next(by->ids, by->now)),
                         .reason = approve ? (Str){ 0 } : STR("declined") };
    try(checkout_news(tx, by, &news, &changed));
    return checkout_payment(tx, by, payment, out);
}

// What was taken off sale after the order was made is not sold by a second try.
static Err for_sale(Tx *tx, CheckoutId checkout)
{
    CheckoutLinesRowList lines;
    try(q_checkout_lines(tx, (CheckoutLinesIn){ .checkout = checkout }, &lines));
    for (i64 i = 0; i < lines.n; i++) {
        Offer offer;
        try(catalog_offer(tx, lines.p[i].variant, &offer));
        if (offer.for_sale) continue;
        return refuse(&tx->why, ERR_ARCHIVED, "lines", "%.*s is no longer for sale.", STR_ARG(str_slice(offer.title, 0, 100)));
    }
    return ERR_OK;
}

Err checkout_pay_again(Tx *tx, const By *by, PaymentId payment, Payment *out)
{
    CheckoutRowRow *row;
    try(checkout_payment(tx, by, payment, out));
    try(q_checkout_row(tx, (CheckoutRowIn){ .id = out->checkout }, &row));
    if (!row || row->expires <= by->now || out->state == PAYMENT_STATE_CANCELLED || out->state == PAYMENT_STATE_SUCCEEDED)
        return refuse(&tx->why, ERR_PAYMENT_OVER, NULL, "The time to pay this order is over.");
    try(payment_start_again(tx, by, payment, out));
    try(for_sale(tx, out->checkout));
    try(hold_lines(tx, by, out->checkout));
    try(checkout_follow_payment(tx, by, out));
    return checkout_payment(tx, by, payment, out);
}

// ---------------------------------------------------------------------------------------------- tasks

Err checkout_expire(Tx *tx, const By *by, i64 checkout)
{
    OrderCardsOfCheckoutRowList orders;
    Payment payment;
    i64 gone = 0;
    bool moved;
    CheckoutId id = { checkout };
    try(payment_get_by_checkout(tx, id, &payment));
    try(orders_of(tx, id, &orders));
    for (i64 i = 0; i < orders.n; i++) {
        OrderRow *row;
        try(order_find(tx, orders.p[i].id, &row));
        try(order_step(tx, by, row,
                       (Step){ ORDER_STATE_UNPAID, ORDER_STATE_CANCELLED, ORDER_EVENT_KIND_EXPIRED, SIDE_CLOCK, { 0 }, false },
                       &moved));
        gone += moved;
    }
    if (gone == 0) return ERR_OK;
    try(payment_cancel(tx, by, payment.id));
    try(pricing_give_back(tx, by, id));
    return stock_release(tx, by, id);
}

Err test_provider_answers(Tx *tx, const By *by, i64 payment)
{
    bool changed;
    PaymentNews news = { .provider = STR("test"), .payment = { payment }, .succeeded = true,
                         .event = arena_format(tx->a, "late-%lld-%lld", (long long)payment, (long long)by->now) };
    return checkout_news(tx, by, &news, &changed);
}
