// Orders after the checkout: their states, who may see and move them, and what must always hold.
#include "orders/orders.h"

#include "accounts/accounts.h"
#include "api/task.h"

Str order_number(Arena *a, OrderId id)
{
    return id_number(a, id.v);
}

Err order_note(Tx *tx, const By *by, OrderId id, OrderEventKind kind, Str note)
{
    return q_order_event_insert(tx, (OrderEventInsertIn){ .id = order_event_id_next(by->ids, by->now), .shop_order = id,
                                .kind = kind, .actor = { by->who.account }, .note = note, .at = by->now });
}

Err order_card_list(Tx *tx, const OrderCardsOfCheckoutRow *rows, i64 n, OrderCardList *out)
{
    *out = (OrderCardList){ arena_new_array(tx->a, OrderCard, n), n };
    for (i64 i = 0; i < n; i++) {
        ShopCard *shop = arena_new(tx->a, ShopCard);
        try(shop_card(tx, rows[i].shop, shop));
        out->p[i] = (OrderCard){ .id = rows[i].id, .number = order_number(tx->a, rows[i].id), .shop = shop,
                                 .state = rows[i].state, .total = rows[i].total, .count = rows[i].items, .title = rows[i].title,
                                 .picture = rows[i].picture, .placed = rows[i].placed };
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- seeing

typedef enum Side { SIDE_BUYER, SIDE_SHOP } Side;

// Whose order this is for the caller; ERR_NOT_FOUND for strangers, so that ids tell nothing.
static Err load(Tx *tx, const By *by, OrderId id, OrderRowRow **row, Side *side)
{
    try(q_order_row(tx, (OrderRowIn){ .id = id }, row));
    if (!*row) return ERR_NOT_FOUND;
    *side = SIDE_BUYER;
    if ((*row)->account.v == by->who.account) return ERR_OK;
    *side = SIDE_SHOP;
    Err e = shop_may(tx, by, (*row)->shop, STAFF_ROLE_PACKER);
    return e == ERR_FORBIDDEN ? ERR_NOT_FOUND : e;
}

// Sellers see where to send a parcel from the payment until the order is over.
static bool shows_address(Side side, OrderState state)
{
    if (side == SIDE_BUYER) return true;
    return state == ORDER_STATE_AWAITING_SHIPMENT || state == ORDER_STATE_PACKED || state == ORDER_STATE_SHIPPED ||
           state == ORDER_STATE_DELIVERED;
}

static Err open_ship_to(Tx *tx, const By *by, const OrderRowRow *row, ShipTo **out)
{
    Str text;
    AddressNew to = { 0 };
    try(account_open(tx, by, row->account, row->ship_to, &text));
    if (text.n == 0) return ERR_OK;                       // the buyer has been erased
    if (json_read(tx->a, &ADDRESS_NEW_TYPE, text, &to, &tx->why) != ERR_OK) return ERR_INTERNAL;
    *out = arena_new(tx->a, ShipTo);
    **out = (ShipTo){ .name = to.name, .phone = to.phone, .line1 = to.line1, .line2 = to.line2, .city = to.city,
                      .region = to.region, .postcode = to.postcode, .country = to.country };
    return ERR_OK;
}

Err order_view(Tx *tx, const By *by, OrderId id, Order *out)
{
    OrderRowRow *row;
    Side side;
    try(load(tx, by, id, &row, &side));
    Currency c = row->total.currency;
    *out = (Order){ .id = id, .number = order_number(tx->a, id), .checkout = row->checkout, .shop = arena_new(tx->a, ShopCard),
                    .state = row->state, .method = row->method, .subtotal = { row->subtotal_minor, c },
                    .shipping = { row->shipping_minor, c }, .total = row->total, .placed = row->placed,
                    .has_pay_by = row->has_pay_by && row->state == ORDER_STATE_UNPAID, .pay_by = row->pay_by,
                    .has_deliver_from = row->has_deliver_from, .deliver_from = row->deliver_from,
                    .has_deliver_to = row->has_deliver_to, .deliver_to = row->deliver_to };
    try(shop_card(tx, row->shop, out->shop));
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = id }, &out->lines));
    try(q_order_events(tx, (OrderEventsIn){ .shop_order = id }, &out->timeline));
    try(q_shipments_of(tx, (ShipmentsOfIn){ .shop_order = id }, &out->shipments));
    return shows_address(side, row->state) ? open_ship_to(tx, by, row, &out->ship_to) : ERR_OK;
}

// ---------------------------------------------------------------------------------------------- moving

static Err move(Tx *tx, const By *by, OrderId id, OrderState from, OrderState to, OrderEventKind kind, Str note, bool *moved)
{
    i64 n;
    try(q_order_move(tx, (OrderMoveIn){ .id = id, .from = from, .to = to }, &n));
    *moved = n > 0;
    return n ? order_note(tx, by, id, kind, note) : ERR_OK;
}

static Err wrong_state(Tx *tx, const OrderRowRow *row)
{
    return refuse(&tx->why, ERR_WRONG_STATE, "state", "The order is %.*s.", STR_ARG(str_of(ORDER_STATE_NAMES.names[row->state])));
}

// Cash on delivery ends when the last order of the checkout does: what has arrived was collected at the door, once for all
// of them. When nothing has, nobody pays.
static Err settle_cash(Tx *tx, const By *by, CheckoutId checkout)
{
    OrderCardsOfCheckoutRowList orders;
    Payment payment;
    try(q_order_cards_of_checkout(tx, (OrderCardsOfCheckoutIn){ .checkout = checkout }, &orders));
    try(payment_get_by_checkout(tx, checkout, &payment));
    Money uncollected = { 0, payment.amount.currency };
    for (i64 i = 0; i < orders.n; i++) {
        bool arrived = orders.p[i].state == ORDER_STATE_COMPLETED;
        if (!arrived && orders.p[i].state != ORDER_STATE_CANCELLED) return ERR_OK;
        if (!arrived) must(money_add(uncollected, orders.p[i].total, &uncollected));
    }
    if (uncollected.minor == payment.amount.minor) return payment_cancel(tx, by, payment.id);
    return payment_collected(tx, by, payment.id, uncollected);
}

// Units go back on the shelf, money to the payer. Several orders share one payment: each gives back its own total.
static Err undo_paid(Tx *tx, const By *by, const OrderRowRow *row)
{
    OrderLineList lines;
    Payment payment;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &lines));
    for (i64 i = 0; i < lines.n; i++) {
        const OrderLine *l = &lines.p[i];
        StockBack back = { .checkout = row->checkout, .order = row->id, .variant = l->variant, .n = l->quantity };
        try(stock_return(tx, by, back));
    }
    if (row->method == PAYMENT_METHOD_COD) return settle_cash(tx, by, row->checkout);
    try(payment_get_by_checkout(tx, row->checkout, &payment));
    PaymentRefundAsk ask = { .payment = payment.id, .order = row->id, .amount = row->total };
    return payment_refund(tx, by, &ask);
}

static Err cancel_unpaid(Tx *tx, const By *by, CheckoutId checkout)
{
    OrderCardsOfCheckoutRowList orders;
    Payment payment;
    bool moved;
    try(q_order_cards_of_checkout(tx, (OrderCardsOfCheckoutIn){ .checkout = checkout }, &orders));
    for (i64 i = 0; i < orders.n; i++)
        try(move(tx, by, orders.p[i].id, ORDER_STATE_UNPAID, ORDER_STATE_CANCELLED, ORDER_EVENT_KIND_CANCELLED, (Str){ 0 },
                 &moved));
    try(task_cancel(tx, "checkout_expire", checkout.v));
    try(payment_get_by_checkout(tx, checkout, &payment));
    try(payment_cancel(tx, by, payment.id));
    return stock_release(tx, by, checkout);
}

Err order_cancel_by_buyer(Tx *tx, const By *by, OrderId id)
{
    OrderRowRow *row;
    Side side;
    bool moved;
    try(load(tx, by, id, &row, &side));
    if (side != SIDE_BUYER) return refuse(&tx->why, ERR_FORBIDDEN, NULL, "Only the buyer cancels an order this way.");
    // One payment stands for the whole checkout: what is not paid yet is cancelled together.
    if (row->state == ORDER_STATE_UNPAID) return cancel_unpaid(tx, by, row->checkout);
    try(move(tx, by, id, ORDER_STATE_AWAITING_SHIPMENT, ORDER_STATE_CANCELLED, ORDER_EVENT_KIND_CANCELLED, (Str){ 0 }, &moved));
    return moved ? undo_paid(tx, by, row) : wrong_state(tx, row);
}

Err order_set_packed(Tx *tx, const By *by, OrderId id)
{
    OrderRowRow *row;
    Side side;
    bool moved;
    try(load(tx, by, id, &row, &side));
    try(shop_may(tx, by, row->shop, STAFF_ROLE_PACKER));
    try(move(tx, by, id, ORDER_STATE_AWAITING_SHIPMENT, ORDER_STATE_PACKED, ORDER_EVENT_KIND_PACKED, (Str){ 0 }, &moved));
    return moved ? ERR_OK : wrong_state(tx, row);
}

Err order_ship(Tx *tx, const By *by, OrderId id, const ShipmentNew *in)
{
    OrderRowRow *row;
    Side side;
    bool moved;
    try(load(tx, by, id, &row, &side));
    try(shop_may(tx, by, row->shop, STAFF_ROLE_PACKER));
    Str note = arena_format(tx->a, "%.*s %.*s", STR_ARG(in->carrier), STR_ARG(in->tracking));
    try(move(tx, by, id, ORDER_STATE_PACKED, ORDER_STATE_SHIPPED, ORDER_EVENT_KIND_SHIPPED, note, &moved));
    if (!moved) try(move(tx, by, id, ORDER_STATE_AWAITING_SHIPMENT, ORDER_STATE_SHIPPED, ORDER_EVENT_KIND_SHIPPED, note, &moved));
    if (!moved) return wrong_state(tx, row);
    try(task_at(tx, by, "order_complete", id.v, by->now + (i64)ORDER_COMPLETE_DAYS * DAY_MS));
    return q_shipment_insert(tx, (ShipmentInsertIn){ .id = shipment_id_next(by->ids, by->now), .shop_order = id,
                                                     .carrier = in->carrier, .tracking = in->tracking, .at = by->now });
}

static Err finish(Tx *tx, const By *by, const OrderRowRow *row, bool *moved)
{
    static const OrderState FROM[] = { ORDER_STATE_SHIPPED, ORDER_STATE_DELIVERED };
    *moved = false;
    for (i64 i = 0; i < COUNT(FROM) && !*moved; i++)
        try(move(tx, by, row->id, FROM[i], ORDER_STATE_COMPLETED, ORDER_EVENT_KIND_COMPLETED, (Str){ 0 }, moved));
    return *moved && row->method == PAYMENT_METHOD_COD ? settle_cash(tx, by, row->checkout) : ERR_OK;
}

Err order_receive(Tx *tx, const By *by, OrderId id)
{
    OrderRowRow *row;
    Side side;
    bool moved;
    try(load(tx, by, id, &row, &side));
    if (side != SIDE_BUYER) return refuse(&tx->why, ERR_FORBIDDEN, NULL, "Only the buyer says that it has arrived.");
    try(move(tx, by, id, ORDER_STATE_SHIPPED, ORDER_STATE_DELIVERED, ORDER_EVENT_KIND_DELIVERED, (Str){ 0 }, &moved));
    if (!moved) return wrong_state(tx, row);
    try(task_cancel(tx, "order_complete", id.v));
    return finish(tx, by, row, &moved);
}

Err order_complete(Tx *tx, const By *by, i64 order)
{
    OrderRowRow *row;
    bool moved;
    try(q_order_row(tx, (OrderRowIn){ .id = { order } }, &row));
    return row ? finish(tx, by, row, &moved) : ERR_OK;
}
