// Steps from state to state, and the clocks: what happens when someone stays silent. One task kind serves all states of an order.
#include "orders/flow.h"

#include "api/task.h"
#include "events/events.h"

// ---------------------------------------------------------------------------------------------- steps

static Err after(Tx *tx, Str market, MarketRule rule, i64 unit_ms, Time from, Time *out)
{
    i64 n;
    try(market_number(tx, market, rule, &n));
    *out = from + n * unit_ms;
    return ERR_OK;
}

Err order_deadline(Tx *tx, const By *by, Str market, OrderState state, Time *out)
{
    i64 n;
    *out = 0;
    switch (state) {
    case ORDER_STATE_ON_HOLD: return after(tx, market, MARKET_RULE_HOLD_MINUTES, MINUTE_MS, by->now, out);
    case ORDER_STATE_AWAITING_SHIPMENT:
    case ORDER_STATE_PARTLY_SHIPPED:
        try(market_number(tx, market, MARKET_RULE_SHIP_CANCEL_DAYS, &n));
        return market_business_day(tx, market, by->now, n, out);
    case ORDER_STATE_IN_TRANSIT: return after(tx, market, MARKET_RULE_TRANSIT_DAYS, DAY_MS, by->now, out);
    case ORDER_STATE_DELIVERED: return after(tx, market, MARKET_RULE_COMPLETE_DAYS, DAY_MS, by->now, out);
    case ORDER_STATE_UNPAID:                                  // its checkout has the clock
    case ORDER_STATE_PACKED:                                  // goes on with that of awaiting_shipment
    case ORDER_STATE_COMPLETED: case ORDER_STATE_CANCELLED: return ERR_OK;
    }
    return ERR_OK;
}

Err order_tell_feed(Tx *tx, const By *by, const OrderRow *row)
{
    bool consent;
    try(events_consent(tx, row->account.v, &consent));
    return consent ? task_at(tx, by, "feed_order", row->id.v, by->now) : ERR_OK;
}

// What was bought, or is not any more, may be found elsewhere among what people search for.
static Err tell_search(Tx *tx, const By *by, OrderId order)
{
    OrderLineSold *lines;
    i64 n;
    try(order_lines_sold(tx, order, &lines, &n));
    for (i64 i = 0; i < n; i++) try(event_changed(tx, by, EVENT_PRODUCT_CHANGED, lines[i].product.v));
    return ERR_OK;
}

Err order_step(Tx *tx, const By *by, OrderRow *row, Step step, bool *moved)
{
    Time deadline = row->has_deadline ? row->deadline : 0;
    i64 n;
    if (step.to != ORDER_STATE_PACKED) try(order_deadline(tx, by, row->market, step.to, &deadline));
    try(q_order_move(tx, (OrderMoveIn){ .id = row->id, .from = step.from, .to = step.to, .has_deadline = deadline != 0,
                                        .deadline = deadline }, &n));
    *moved = n > 0;
    if (n == 0) return ERR_OK;
    row->state = step.to;
    row->has_deadline = deadline != 0;
    row->deadline = deadline;
    if (deadline) try(task_at(tx, by, "order_clock", row->id.v, deadline));
    else try(task_cancel(tx, "order_clock", row->id.v));
    try(order_tell_feed(tx, by, row));
    if (step.from == ORDER_STATE_UNPAID || step.to == ORDER_STATE_CANCELLED) try(tell_search(tx, by, row->id));
    return step.quiet ? ERR_OK : order_note(tx, by, row->id, step.kind, step.side, step.note);
}

Err order_wrong_state(Tx *tx, const OrderRow *row)
{
    return refuse(&tx->why, ERR_WRONG_STATE, "state", "The order is %.*s.", STR_ARG(str_of(ORDER_STATE_NAMES.names[row->state])));
}

// ---------------------------------------------------------------------------------------------- money in, parcel there

Err order_capture(Tx *tx, const By *by, OrderRow *row)
{
    i64 n;
    try(q_order_set_captured(tx, (OrderSetCapturedIn){ .id = row->id }, &n));
    if (n == 0) return ERR_OK;
    row->captured = true;
    LedgerSale sale = { .order = row->id,
                        .shop = row->shop,
                        .buyer = row->account,
                        .method = row->method,
                        .currency = row->total.currency,
                        .country = row->market,
                        .paid = row->total.minor,
                        .goods = row->subtotal_minor,
                        .by_seller = row->by_seller_minor,
                        .by_platform = row->by_platform_minor,
                        .shipping = row->shipping_minor,
                        .cod_fee = row->cod_fee_minor,
                        .tax = row->tax_minor,
                        .tax_added = row->tax_added_minor,
                        .tax_by_platform = row->tax_by_platform };
    return ledger_capture(tx, by, &sale);
}

// Parts that were given up before the cash was collected were never paid: the ledger sees them come and go.
static Err mirror_uncollected(Tx *tx, const By *by, const OrderRow *row)
{
    OrderRefundRowsRowList rows;
    if (row->refunded_minor == 0) return ERR_OK;
    try(q_order_refund_rows(tx, (OrderRefundRowsIn){ .shop_order = row->id }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        const OrderRefundRowsRow *r = &rows.p[i];
        LedgerRefund refund = { .refund = r->id,
                                .order = row->id,
                                .cause = r->cause,
                                .buyer = r->buyer_minor,
                                .goods = r->goods_minor,
                                .by_seller = r->by_seller_minor,
                                .by_platform = r->by_platform_minor,
                                .shipping = r->shipping_minor,
                                .cod_fee = r->cod_fee_minor,
                                .tax = r->tax_minor,
                                .tax_added = r->tax_added_minor,
                                .lines = 1 };
        try(ledger_refund(tx, by, &refund));
        try(ledger_refund_uncollected(tx, by, r->id));
    }
    return ERR_OK;
}

Err order_arrived(Tx *tx, const By *by, OrderRow *row)
{
    i64 n;
    try(q_order_set_delivered(tx, (OrderSetDeliveredIn){ .id = row->id, .at = by->now }, &n));
    if (n == 0) return ERR_OK;
    row->has_delivered = true;
    row->delivered = by->now;
    if (row->method == PAYMENT_METHOD_COD) {
        Payment payment;
        try(payment_get_by_checkout(tx, row->checkout, &payment));
        try(payment_collected(tx, by, payment.id));
        try(order_capture(tx, by, row));
        try(mirror_uncollected(tx, by, row));
        Money less = { row->refunded_minor, row->total.currency };
        if (less.minor) try(payment_uncollected(tx, by, payment.id, less));
    }
    return ledger_delivered(tx, by, row->id, by->now);
}

// ---------------------------------------------------------------------------------------------- calling off

// What is in the shop's hands again: of a parcel that came back what was in it, otherwise what had not been paid back.
static Err shelve(Tx *tx, const By *by, const OrderRow *row, bool came_back)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &lines));
    for (i64 i = 0; i < lines.n; i++) {
        const OrderLineRow *l = &lines.p[i];
        StockBack back = { .checkout = row->checkout, .order = row->id, .variant = l->variant,
                           .n = came_back ? l->shipped : l->quantity - l->refunded };
        if (back.n > 0) try(stock_return(tx, by, back));
    }
    return ERR_OK;
}

static Err all_called_off(Tx *tx, CheckoutId checkout, bool *out)
{
    OrderCardsOfCheckoutRowList orders;
    try(q_order_cards_of_checkout(tx, (OrderCardsOfCheckoutIn){ .checkout = checkout }, &orders));
    *out = true;
    for (i64 i = 0; i < orders.n; i++) *out = *out && orders.p[i].state == ORDER_STATE_CANCELLED;
    return ERR_OK;
}

// All of it: of the parts that were given up before, the payment hears only when the rest is collected.
Err order_uncollected(Tx *tx, const By *by, const OrderRow *row, Str reason)
{
    Payment payment;
    try(order_credit_rest(tx, by, row, reason));
    if (row->total.minor == 0) return ERR_OK;
    try(payment_get_by_checkout(tx, row->checkout, &payment));
    return payment_uncollected(tx, by, payment.id, row->total);
}

Err order_call_off(Tx *tx, const By *by, OrderRow *row, Step step, bool *moved)
{
    RefundId refund;
    bool all;
    try(order_step(tx, by, row, step, moved));
    if (!*moved) return ERR_OK;
    try(task_cancel(tx, "order_cancel_answer", row->id.v));
    try(shelve(tx, by, row, step.from == ORDER_STATE_IN_TRANSIT));
    bool buyers =
        step.side == SIDE_BUYER || step.kind == ORDER_EVENT_KIND_CANCEL_GRANTED || step.kind == ORDER_EVENT_KIND_REFUSED;
    RefundPlan plan = { .cause = buyers ? REFUND_CAUSE_CANCELLED : REFUND_CAUSE_SELLER_FAULT, .side = step.side,
                        .reason = step.note.n ? step.note : STR("cancelled"), .all = true };
    if (row->captured) {
        try(order_refund(tx, by, row->id, &plan, &refund));
    } else if (row->method == PAYMENT_METHOD_COD) {
        try(order_uncollected(tx, by, row, plan.reason));
    }
    try(all_called_off(tx, row->checkout, &all));
    return all ? pricing_give_back(tx, by, row->checkout) : ERR_OK;
}

// ---------------------------------------------------------------------------------------------- silence

// Units that never went out go back, what was sent goes on.
static Err give_up_the_rest(Tx *tx, const By *by, OrderRow *row)
{
    OrderLinesRowList lines;
    RefundUnits units[CART_LINES_MAX];
    RefundId refund;
    bool moved;
    i64 n = 0;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &lines));
    for (i64 i = 0; i < lines.n; i++) {
        const OrderLineRow *l = &lines.p[i];
        i64 rest = l->quantity - l->shipped - l->refunded;
        if (rest <= 0) continue;
        units[n++] = (RefundUnits){ .line = l->id, .n = rest };
        StockBack back = { .checkout = row->checkout, .order = row->id, .variant = l->variant, .n = rest };
        try(stock_return(tx, by, back));
    }
    Str why = STR("not sent in time");
    Step step = { ORDER_STATE_PARTLY_SHIPPED, ORDER_STATE_IN_TRANSIT, ORDER_EVENT_KIND_LATE, SIDE_CLOCK, why, false };
    try(order_step(tx, by, row, step, &moved));
    if (!moved || n == 0) return ERR_OK;
    RefundPlan plan = { .cause = REFUND_CAUSE_SELLER_FAULT, .side = SIDE_CLOCK, .reason = why, .units = units, .n_units = n };
    return order_refund(tx, by, row->id, &plan, &refund);
}

static Err state_default(Tx *tx, const By *by, OrderRow *row)
{
    OrderState s = row->state;
    bool moved;
    switch (s) {
    case ORDER_STATE_ON_HOLD:
        return order_step(
            tx, by, row, (Step){ s, ORDER_STATE_AWAITING_SHIPMENT, ORDER_EVENT_KIND_RELEASED, SIDE_CLOCK, { 0 }, false }, &moved);
    case ORDER_STATE_AWAITING_SHIPMENT:
    case ORDER_STATE_PACKED:
        return order_call_off(tx, by, row, (Step){ s, ORDER_STATE_CANCELLED, ORDER_EVENT_KIND_CANCELLED, SIDE_CLOCK,
                                                   STR("not sent in time"), false }, &moved);
    case ORDER_STATE_PARTLY_SHIPPED: return give_up_the_rest(tx, by, row);
    case ORDER_STATE_IN_TRANSIT:
        try(order_step(tx, by, row, (Step){ s, ORDER_STATE_DELIVERED, ORDER_EVENT_KIND_DELIVERED, SIDE_CLOCK,
                                            STR("nobody said otherwise"), false }, &moved));
        return moved ? order_arrived(tx, by, row) : ERR_OK;
    case ORDER_STATE_DELIVERED:
        return order_step(tx, by, row, (Step){ s, ORDER_STATE_COMPLETED, ORDER_EVENT_KIND_COMPLETED, SIDE_CLOCK, { 0 }, false },
                          &moved);
    case ORDER_STATE_UNPAID: case ORDER_STATE_COMPLETED: case ORDER_STATE_CANCELLED: return ERR_OK;
    }
    return ERR_OK;
}

Err order_clock(Tx *tx, const By *by, i64 order)
{
    OrderRow *row;
    try(q_order_row(tx, (OrderRowIn){ .id = { order } }, &row));
    if (!row) return ERR_OK;
    // An extension moved the deadline after this task was written.
    if (row->has_deadline && row->deadline > by->now) return task_at(tx, by, "order_clock", order, row->deadline);
    return state_default(tx, by, row);
}

Err order_extend_clock(Tx *tx, const By *by, OrderId id)
{
    OrderRow *row;
    Side side;
    Time until;
    i64 n, bit;
    try(order_find_for(tx, by, id, &row, &side));
    bool fresh = row->state == ORDER_STATE_AWAITING_SHIPMENT || row->state == ORDER_STATE_PACKED;
    if (side == SIDE_BUYER && row->state == ORDER_STATE_DELIVERED) {
        bit = EXTEND_LOOK;
        until = row->deadline + EXTEND_LOOK_DAYS * (i64)DAY_MS;
    } else if (side != SIDE_BUYER && fresh) {
        bit = EXTEND_SHIP;
        try(market_business_day(tx, row->market, row->deadline - 1, EXTEND_SHIP_DAYS, &until));
        try(market_business_day(tx, row->market, row->ship_by - 1, EXTEND_SHIP_DAYS, &row->ship_by));
    } else {
        return order_wrong_state(tx, row);
    }
    if (row->extended & bit) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This time has been extended once already.");
    try(q_order_set_deadline(tx, (OrderSetDeadlineIn){ .id = id, .state = row->state, .deadline = until,
                                                       .has_ship_by = row->has_ship_by, .ship_by = row->ship_by,
                                                       .was = row->extended, .extended = row->extended + bit }, &n));
    if (n == 0) return order_wrong_state(tx, row);
    try(task_at(tx, by, "order_clock", id.v, until));
    return order_note(tx, by, id, ORDER_EVENT_KIND_EXTENDED, side, (Str){ 0 });
}
