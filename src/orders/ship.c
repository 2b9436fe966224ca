// What sellers do with an order: pack, send in one parcel or several, say what became of them; and what the buyer says at the
// end.
#include "orders/flow.h"

#include "api/task.h"

// ---------------------------------------------------------------------------------------------- packing and sending

static Err for_staff(Tx *tx, const By *by, OrderId id, StaffRole least, OrderRow **row, Side *side)
{
    try(order_find_for(tx, by, id, row, side));
    try(shop_may(tx, by, (*row)->shop, least));
    if (*side == SIDE_BUYER) *side = SIDE_SELLER;          // who buys in one's own shop
    return ERR_OK;
}

Err order_set_packed(Tx *tx, const By *by, OrderId id)
{
    OrderRow *row;
    Side side;
    bool moved;
    try(for_staff(tx, by, id, STAFF_ROLE_PACKER, &row, &side));
    Step step = { ORDER_STATE_AWAITING_SHIPMENT, ORDER_STATE_PACKED, ORDER_EVENT_KIND_PACKED, side, { 0 }, false };
    try(order_step(tx, by, row, step, &moved));
    return moved ? ERR_OK : order_wrong_state(tx, row);
}

static const OrderLineRow *line_of(const OrderLinesRowList *lines, OrderLineId id)
{
    for (i64 i = 0; i < lines->n; i++)
        if (lines->p[i].id.v == id.v) return &lines->p[i];
    return NULL;
}

// What this parcel holds: what was named, or everything that has not been sent. *all: nothing is left afterwards.
static Err contents(Tx *tx, const ShipmentNew *in, const OrderLinesRowList *lines, ShipmentLineList *out, bool *all)
{
    *out = (ShipmentLineList){ arena_new_array(tx->a, ShipmentLine, lines->n), 0 };
    i64 left = 0, now = 0;
    for (i64 i = 0; i < lines->n; i++) left += order_line_rest(&lines->p[i]);
    for (i64 i = 0; i < in->lines.n; i++) {
        const ShipmentLine *want = &in->lines.p[i];
        const OrderLineRow *l = line_of(lines, want->line);
        if (!l) return refuse(&tx->why, ERR_BAD_FIELD, "lines", "That line is not one of this order.");
        for (i64 k = 0; k < i; k++)
            if (in->lines.p[k].line.v == want->line.v)
                return refuse(&tx->why, ERR_BAD_FIELD, "lines", "The same line stands twice.");
        i64 rest = order_line_rest(l);
        if (want->quantity > rest)
            return refuse(&tx->why, ERR_BAD_FIELD, "quantity", "Of %.*s %lld are left to send.",
                          STR_ARG(str_slice(l->title, 0, 80)), (long long)rest);
        out->p[out->n++] = *want;
        now += want->quantity;
    }
    for (i64 i = 0; i < lines->n && in->lines.n == 0; i++) {
        const OrderLineRow *l = &lines->p[i];
        i64 rest = order_line_rest(l);
        if (rest > 0) out->p[out->n++] = (ShipmentLine){ .line = l->id, .quantity = rest };
        now += rest;
    }
    *all = now == left;
    return now > 0 ? ERR_OK : refuse(&tx->why, ERR_WRONG_STATE, NULL, "Everything has been sent already.");
}

static Err write_shipment(Tx *tx, const By *by, OrderId order, const ShipmentNew *in, const ShipmentLineList *lines)
{
    ShipmentId id = shipment_id_next(by->ids, by->now);
    i64 n;
    try(q_shipment_insert(tx, (ShipmentInsertIn){ .id = id, .shop_order = order, .carrier = in->carrier, .tracking = in->tracking,
                                                  .at = by->now }));
    for (i64 i = 0; i < lines->n; i++) {
        const ShipmentLine *l = &lines->p[i];
        try(q_order_line_ship(tx, (OrderLineShipIn){ .id = l->line, .n = l->quantity }, &n));
        if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "Someone has sent a part of this meanwhile.");
        try(q_shipment_line_insert(tx, (ShipmentLineInsertIn){ .shipment = id, .order_line = l->line, .quantity = l->quantity }));
    }
    return ERR_OK;
}

Err order_ship(Tx *tx, const By *by, OrderId id, const ShipmentNew *in)
{
    static const OrderState FROM[] = { ORDER_STATE_PACKED, ORDER_STATE_AWAITING_SHIPMENT, ORDER_STATE_PARTLY_SHIPPED };
    OrderRow *row;
    Side side;
    OrderLinesRowList lines;
    ShipmentLineList parcel;
    bool moved = false, all = false;
    try(for_staff(tx, by, id, STAFF_ROLE_PACKER, &row, &side));
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = id }, &lines));
    if (row->state != FROM[0] && row->state != FROM[1] && row->state != FROM[2]) return order_wrong_state(tx, row);
    try(contents(tx, in, &lines, &parcel, &all));
    Step step = { .to = all ? ORDER_STATE_IN_TRANSIT : ORDER_STATE_PARTLY_SHIPPED, .kind = ORDER_EVENT_KIND_SHIPPED, .side = side,
                  .note = arena_format(tx->a, "%.*s %.*s", STR_ARG(in->carrier), STR_ARG(in->tracking)) };
    for (i64 i = 0; i < COUNT(FROM) && !moved; i++) {
        step.from = FROM[i];
        try(order_step(tx, by, row, step, &moved));
    }
    if (!moved) return order_wrong_state(tx, row);
    try(task_cancel(tx, "order_cancel_answer", id.v));     // what was asked is overtaken: the parcel is on its way
    try(write_shipment(tx, by, id, in, &parcel));
    return order_invoice_issue(tx, by, row);
}

// Quiet: the timeline says that units were paid back, and no parcel has left just now.
Err order_rest_is_gone(Tx *tx, const By *by, OrderId id, Side side)
{
    OrderRow *row;
    OrderLinesRowList lines;
    bool moved;
    try(order_find(tx, id, &row));
    if (row->state != ORDER_STATE_PARTLY_SHIPPED) return ERR_OK;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = id }, &lines));
    for (i64 i = 0; i < lines.n; i++)
        if (order_line_rest(&lines.p[i])) return ERR_OK;
    return order_step(tx, by, row, (Step){ .from = row->state, .to = ORDER_STATE_IN_TRANSIT, .kind = ORDER_EVENT_KIND_SHIPPED,
                                           .side = side, .quiet = true }, &moved);
}

// ---------------------------------------------------------------------------------------------- arriving or not

static Err came_back(Tx *tx, const By *by, OrderRow *row, Side side, Str note)
{
    bool moved;
    Step step = { ORDER_STATE_IN_TRANSIT, ORDER_STATE_CANCELLED, ORDER_EVENT_KIND_REFUSED, side, note, false };
    try(order_call_off(tx, by, row, step, &moved));
    if (!moved) return order_wrong_state(tx, row);
    return row->method == PAYMENT_METHOD_COD ? shipping_refused(tx, by, row->account, row->id) : ERR_OK;
}

// The carrier has lost it: the buyer gets everything back, the units are gone.
static Err got_lost(Tx *tx, const By *by, OrderRow *row, Side side, Str note)
{
    RefundId refund;
    bool moved;
    Step step = { ORDER_STATE_IN_TRANSIT, ORDER_STATE_CANCELLED, ORDER_EVENT_KIND_LOST, side, note, false };
    try(order_step(tx, by, row, step, &moved));
    if (!moved) return order_wrong_state(tx, row);
    Str why = note.n ? note : STR("lost on the way");
    if (!row->captured) return order_uncollected(tx, by, row, why);
    RefundPlan plan = { .cause = REFUND_CAUSE_LOST, .reason = why, .side = side, .all = true };
    return order_refund(tx, by, row->id, &plan, &refund);
}

Err order_delivery_news(Tx *tx, const By *by, OrderId id, DeliveryKind kind, Str note)
{
    OrderRow *row;
    Side side;
    bool moved;
    try(for_staff(tx, by, id, kind == DELIVERY_KIND_LOST ? STAFF_ROLE_MANAGER : STAFF_ROLE_PACKER, &row, &side));
    switch (kind) {
    case DELIVERY_KIND_REFUSED: return came_back(tx, by, row, side, note);
    case DELIVERY_KIND_LOST: return got_lost(tx, by, row, side, note);
    case DELIVERY_KIND_DELIVERED: break;
    }
    Step step = { ORDER_STATE_IN_TRANSIT, ORDER_STATE_DELIVERED, ORDER_EVENT_KIND_DELIVERED, side, note, false };
    try(order_step(tx, by, row, step, &moved));
    return moved ? order_arrived(tx, by, row) : order_wrong_state(tx, row);
}

Err order_receive(Tx *tx, const By *by, OrderId id)
{
    OrderRow *row;
    Side side;
    bool moved;
    try(order_find_for(tx, by, id, &row, &side));
    if (side != SIDE_BUYER) return refuse(&tx->why, ERR_FORBIDDEN, NULL, "Only the buyer says that it has arrived.");
    try(order_step(tx, by, row,
                   (Step){ ORDER_STATE_IN_TRANSIT, ORDER_STATE_DELIVERED, ORDER_EVENT_KIND_DELIVERED, side, { 0 }, false },
                   &moved));
    if (moved) try(order_arrived(tx, by, row));
    if (row->state != ORDER_STATE_DELIVERED) return order_wrong_state(tx, row);
    try(order_step(tx, by, row,
                   (Step){ ORDER_STATE_DELIVERED, ORDER_STATE_COMPLETED, ORDER_EVENT_KIND_COMPLETED, side, { 0 }, false },
                   &moved));
    return moved ? ERR_OK : order_wrong_state(tx, row);
}

// ---------------------------------------------------------------------------------------------- cancelling

static Err cancel_unpaid(Tx *tx, const By *by, CheckoutId checkout, Str reason)
{
    OrderCardsOfCheckoutRowList orders;
    Payment payment;
    bool moved;
    try(q_order_cards_of_checkout(tx, (OrderCardsOfCheckoutIn){ .checkout = checkout }, &orders));
    for (i64 i = 0; i < orders.n; i++) {
        OrderRow *row;
        try(order_find(tx, orders.p[i].id, &row));
        try(order_step(tx, by, row, (Step){ ORDER_STATE_UNPAID, ORDER_STATE_CANCELLED, ORDER_EVENT_KIND_CANCELLED, SIDE_BUYER,
                                            reason, false }, &moved));
    }
    try(task_cancel(tx, "checkout_expire", checkout.v));
    try(payment_get_by_checkout(tx, checkout, &payment));
    try(payment_cancel(tx, by, payment.id));
    try(pricing_give_back(tx, by, checkout));
    return stock_release(tx, by, checkout);
}

// After the hold the parcel may be half packed: the seller is asked.
static Err ask_cancel(Tx *tx, const By *by, const OrderRow *row, Str reason)
{
    i64 hours, n;
    if (row->cancel_asked.p) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "The seller has been asked already.");
    if (row->cancel_refused)
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "The seller has said no: ask for a return when it is there.");
    Str why = reason.n ? reason : STR("the buyer asks to cancel");
    try(q_order_set_asked(tx, (OrderSetAskedIn){ .id = row->id, .reason = why }, &n));
    if (n == 0) return order_wrong_state(tx, row);
    try(market_number(tx, row->market, MARKET_RULE_CANCEL_ANSWER_HOURS, &hours));
    try(task_at(tx, by, "order_cancel_answer", row->id.v, by->now + hours * HOUR_MS));
    return order_note(tx, by, row->id, ORDER_EVENT_KIND_CANCEL_ASKED, SIDE_BUYER, why);
}

static Err call_off(Tx *tx, const By *by, OrderRow *row, OrderEventKind kind, Side side, Str reason)
{
    bool moved;
    Step step = { row->state, ORDER_STATE_CANCELLED, kind, side, reason, false };
    try(order_call_off(tx, by, row, step, &moved));
    return moved ? ERR_OK : order_wrong_state(tx, row);
}

Err order_cancel(Tx *tx, const By *by, OrderId id, Str reason)
{
    OrderRow *row;
    Side side;
    try(order_find_for(tx, by, id, &row, &side));
    bool fresh = row->state == ORDER_STATE_AWAITING_SHIPMENT || row->state == ORDER_STATE_PACKED;
    if (side == SIDE_BUYER) {
        // One payment stands for the whole checkout: what is not paid yet is cancelled together.
        if (row->state == ORDER_STATE_UNPAID) return cancel_unpaid(tx, by, row->checkout, reason);
        if (row->state == ORDER_STATE_ON_HOLD) return call_off(tx, by, row, ORDER_EVENT_KIND_CANCELLED, side, reason);
        return fresh ? ask_cancel(tx, by, row, reason) : order_wrong_state(tx, row);
    }
    try(shop_may(tx, by, row->shop, STAFF_ROLE_MANAGER));
    if (!reason.n) return refuse(&tx->why, ERR_BAD_FIELD, "reason", "Tell the buyer why.");
    return fresh ? call_off(tx, by, row, ORDER_EVENT_KIND_CANCELLED, side, reason) : order_wrong_state(tx, row);
}

Err order_answer_cancel(Tx *tx, const By *by, OrderId id, bool grant, Str reason)
{
    OrderRow *row;
    Side side;
    i64 n;
    try(for_staff(tx, by, id, STAFF_ROLE_MANAGER, &row, &side));
    if (row->state != ORDER_STATE_AWAITING_SHIPMENT && row->state != ORDER_STATE_PACKED) return order_wrong_state(tx, row);
    if (!row->cancel_asked.p) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "The buyer has not asked to cancel.");
    if (grant) return call_off(tx, by, row, ORDER_EVENT_KIND_CANCEL_GRANTED, side, reason.n ? reason : row->cancel_asked);
    try(q_order_set_asked(tx, (OrderSetAskedIn){ .id = id, .refused = true }, &n));
    if (n == 0) return order_wrong_state(tx, row);
    try(task_cancel(tx, "order_cancel_answer", id.v));
    return order_note(tx, by, id, ORDER_EVENT_KIND_CANCEL_REFUSED, side, reason);
}

Err order_cancel_silent(Tx *tx, const By *by, i64 order)
{
    OrderRow *row;
    try(q_order_row(tx, (OrderRowIn){ .id = { order } }, &row));
    bool fresh = row && (row->state == ORDER_STATE_AWAITING_SHIPMENT || row->state == ORDER_STATE_PACKED);
    if (!fresh || !row->cancel_asked.p) return ERR_OK;
    return call_off(tx, by, row, ORDER_EVENT_KIND_CANCEL_GRANTED, SIDE_CLOCK, STR("the seller did not answer"));
}
