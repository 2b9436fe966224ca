// Orders as they are seen: who may see them, cards, the whole view, what the caller may do next.
#include "orders/flow.h"

#include "accounts/accounts.h"

Str order_number(Arena *a, OrderId id)
{
    return id_number(a, id.v);
}

Err order_note(Tx *tx, const By *by, OrderId id, OrderEventKind kind, Side side, Str note)
{
    return q_order_event_insert(tx, (OrderEventInsertIn){ .id = order_event_id_next(by->ids, by->now), .shop_order = id,
                                .kind = kind, .side = side, .actor = { by->who.account }, .note = note, .at = by->now });
}

// When the seller's silence grants the request to cancel; *has is false when nobody asks.
static Err answer_by(Tx *tx, Str market, bool asked, Time asked_at, bool *has, Time *out)
{
    i64 hours;
    *has = false;
    if (!asked || asked_at == 0) return ERR_OK;
    try(market_number(tx, market, MARKET_RULE_CANCEL_ANSWER_HOURS, &hours));
    *has = true;
    *out = asked_at + hours * HOUR_MS;
    return ERR_OK;
}

Err order_card_list(Tx *tx, const OrderCardsOfCheckoutRow *rows, i64 n, OrderCardList *out)
{
    *out = (OrderCardList){ arena_new_array(tx->a, OrderCard, n), n };
    for (i64 i = 0; i < n; i++) {
        const OrderCardsOfCheckoutRow *r = &rows[i];
        ShopCard *shop = arena_new(tx->a, ShopCard);
        try(shop_card(tx, r->shop, shop));
        out->p[i] = (OrderCard){ .id = r->id,
                                 .number = order_number(tx->a, r->id),
                                 .shop = shop,
                                 .state = r->state,
                                 .total = r->total,
                                 .has_refunded = r->refunded_minor > 0,
                                 .refunded = { r->refunded_minor, r->total.currency },
                                 .count = r->items,
                                 .title = r->title,
                                 .picture = r->picture,
                                 .placed = r->placed,
                                 .has_pay_by = r->has_pay_by && r->state == ORDER_STATE_UNPAID,
                                 .pay_by = r->pay_by,
                                 .has_ship_by = r->has_ship_by,
                                 .ship_by = r->ship_by,
                                 .has_deliver_from = r->has_deliver_from,
                                 .deliver_from = r->deliver_from,
                                 .has_deliver_to = r->has_deliver_to,
                                 .deliver_to = r->deliver_to,
                                 .has_deadline = r->has_deadline,
                                 .deadline = r->deadline,
                                 .cancel_asked = r->cancel_asked.p != NULL };
        OrderCard *card = &out->p[i];
        bool asks = card->cancel_asked && (r->state == ORDER_STATE_AWAITING_SHIPMENT || r->state == ORDER_STATE_PACKED);
        try(answer_by(tx, r->market, asks, r->has_asked_at ? r->asked_at : 0, &card->has_answer_by, &card->answer_by));
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- whose

Err order_find(Tx *tx, OrderId id, OrderRow **out)
{
    try(q_order_row(tx, (OrderRowIn){ .id = id }, out));
    return *out ? ERR_OK : ERR_NOT_FOUND;
}

Side order_side(const By *by, const OrderRow *row)
{
    if (by->who.account == 0) return SIDE_CLOCK;
    if (row->account.v == by->who.account) return SIDE_BUYER;
    return by->who.is_operator ? SIDE_OPERATOR : SIDE_SELLER;
}

Err order_find_for(Tx *tx, const By *by, OrderId id, OrderRow **out, Side *side)
{
    try(order_find(tx, id, out));
    *side = order_side(by, *out);
    if (*side == SIDE_BUYER) return ERR_OK;
    Err e = shop_may(tx, by, (*out)->shop, STAFF_ROLE_PACKER);
    return e == ERR_FORBIDDEN ? ERR_NOT_FOUND : e;
}

static OrderFacts facts_of(const OrderRow *r)
{
    return (OrderFacts){ .id = r->id,
                         .checkout = r->checkout,
                         .shop = r->shop,
                         .buyer = r->account,
                         .state = r->state,
                         .method = r->method,
                         .market = r->market,
                         .total = r->total,
                         .refunded_minor = r->refunded_minor,
                         .placed = r->placed,
                         .delivered = r->has_delivered ? r->delivered : 0,
                         .deliver_to = r->has_deliver_to ? r->deliver_to : 0,
                         .captured = r->captured };
}

Err order_facts(Tx *tx, const By *by, OrderId id, OrderFacts *out, Side *side)
{
    OrderRow *row;
    try(order_find_for(tx, by, id, &row, side));
    *out = facts_of(row);
    return ERR_OK;
}

Err order_facts_of(Tx *tx, OrderId id, OrderFacts *out)
{
    OrderRow *row;
    try(order_find(tx, id, &row));
    *out = facts_of(row);
    return ERR_OK;
}

Err order_line_facts(Tx *tx, OrderId order, OrderLineId line, OrderLineFacts *out)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = order }, &lines));
    for (i64 i = 0; i < lines.n; i++) {
        const OrderLineRow *l = &lines.p[i];
        if (l->id.v != line.v) continue;
        *out = (OrderLineFacts){ .id = l->id, .variant = l->variant, .product = l->product, .channel = l->channel,
                                 .price = l->price, .quantity = l->quantity, .shipped = l->shipped,
                                 .left = l->quantity - l->refunded, .title = l->title, .options = l->options,
                                 .taker = l->taker, .arrived = l->has_arrived ? l->arrived : 0,
                                 .gone = order_line_gone(l) };
        return ERR_OK;
    }
    return ERR_NOT_FOUND;
}

Err order_lines_sold(Tx *tx, OrderId order, OrderLineSold **out, i64 *n)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = order }, &lines));
    *out = arena_new_array(tx->a, OrderLineSold, lines.n);
    *n = lines.n;
    for (i64 i = 0; i < lines.n; i++) {
        const OrderLineRow *l = &lines.p[i];
        (*out)[i] = (OrderLineSold){ .id = l->id, .product = l->product, .clip = l->clip, .quantity = l->quantity,
                                     .left = l->quantity - l->refunded, .replacement = l->stands_for.v != 0 };
    }
    return ERR_OK;
}

Err order_product_sold(Tx *tx, ProductId product, Time since, i64 *units)
{
    OrderProductSoldRow row;
    try(q_order_product_sold(tx, (OrderProductSoldIn){ .product = product, .after = { id_floor(since) } }, &row));
    *units = row.n;
    return ERR_OK;
}

Err order_units_left(Tx *tx, OrderId order, i64 *out)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = order }, &lines));
    *out = 0;
    for (i64 i = 0; i < lines.n; i++) *out += lines.p[i].quantity - lines.p[i].refunded;
    return ERR_OK;
}

Err order_line_count(Tx *tx, OrderId order, i64 *out)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = order }, &lines));
    *out = lines.n;
    return ERR_OK;
}

Err order_received_product(Tx *tx, AccountId account, ProductId product, bool *out)
{
    OrderBoughtRow *row;
    try(q_order_bought(tx, (OrderBoughtIn){ .account = account, .product = product }, &row));
    *out = row != NULL;
    return ERR_OK;
}

Err order_tell(Tx *tx, const By *by, OrderId id, OrderEventKind kind, Side side, Str note)
{
    return order_note(tx, by, id, kind, side, note);
}

// ---------------------------------------------------------------------------------------------- seeing

// Sellers see where to send a parcel from the end of the hold until the order is over.
static bool shows_address(Side side, OrderState state)
{
    if (side == SIDE_BUYER) return true;
    return state >= ORDER_STATE_AWAITING_SHIPMENT && state <= ORDER_STATE_DELIVERED;
}

Err order_address(Tx *tx, const By *by, const OrderRow *row, AddressNew *out, bool *gone)
{
    Str text;
    *out = (AddressNew){ 0 };
    try(account_open(tx, by, row->account, row->ship_to, &text));
    *gone = text.n == 0;
    if (*gone || json_read(tx->a, &ADDRESS_NEW_TYPE, text, out, &tx->why) == ERR_OK) return ERR_OK;
    return ERR_INTERNAL;
}

static Err open_ship_to(Tx *tx, const By *by, const OrderRow *row, ShipTo **out)
{
    AddressNew to;
    bool gone;
    try(order_address(tx, by, row, &to, &gone));
    if (gone) return ERR_OK;
    *out = arena_new(tx->a, ShipTo);
    **out = (ShipTo){ .name = to.name, .phone = to.phone, .line1 = to.line1, .line2 = to.line2, .city = to.city,
                      .region = to.region, .postcode = to.postcode, .country = to.country };
    return ERR_OK;
}

Err order_ship_to(Tx *tx, const By *by, OrderId order, ShipTo **out)
{
    OrderRow *row;
    *out = NULL;
    try(order_find(tx, order, &row));
    return open_ship_to(tx, by, row, out);
}

static OrderLine view_line(const OrderLineRow *l)
{
    Currency c = l->total.currency;
    i64 off = l->by_seller_minor + l->by_platform_minor;
    return (OrderLine){ .id = l->id, .variant = l->variant, .product = l->product, .title = l->title, .options = l->options,
                        .sku = l->sku, .picture = l->picture, .quantity = l->quantity, .price = l->price,
                        .has_was = l->was_minor > l->price.minor, .was = { l->was_minor, c }, .total = l->total,
                        .has_discount = off > 0, .discount = { off, c }, .has_tax = l->rate_ppm > 0, .tax = { l->tax_minor, c },
                        .has_rate_ppm = l->rate_ppm > 0, .rate_ppm = l->rate_ppm, .has_shipped = l->shipped > 0,
                        .shipped = l->shipped, .has_refunded = l->refunded > l->exchanged,
                        .refunded = l->refunded - l->exchanged, .has_exchanged = l->exchanged > 0, .exchanged = l->exchanged,
                        .stands_for = l->stands_for, .channel = l->channel, .clip = l->clip };
}

static DiscountList view_discounts(Arena *a, const OrderDiscountsRowList *rows, Currency c)
{
    DiscountList out = { arena_new_array(a, Discount, rows->n), rows->n };
    for (i64 i = 0; i < rows->n; i++) {
        const OrderDiscountsRow *d = &rows->p[i];
        out.p[i] = (Discount){ .promotion = d->promotion, .kind = d->kind, .name = d->name, .funder = d->funder,
                               .amount = { d->minor, c } };
    }
    return out;
}

// *arrived: when the last replacement did, 0 without one.
static Err view_lines(Tx *tx, const OrderRow *row, Order *out, Time *arrived)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &lines));
    out->lines = (OrderLineList){ arena_new_array(tx->a, OrderLine, lines.n), lines.n };
    *arrived = 0;
    for (i64 i = 0; i < lines.n; i++) {
        out->lines.p[i] = view_line(&lines.p[i]);
        if (lines.p[i].has_arrived && lines.p[i].arrived > *arrived) *arrived = lines.p[i].arrived;
    }
    OrderDiscountsRowList discounts;
    try(q_order_discounts(tx, (OrderDiscountsIn){ .shop_order = row->id }, &discounts));
    out->discounts = view_discounts(tx->a, &discounts, row->total.currency);
    try(q_order_shipping_discounts(tx, (OrderShippingDiscountsIn){ .shop_order = row->id }, &discounts));
    out->shipping_discounts = view_discounts(tx->a, &discounts, row->total.currency);
    return ERR_OK;
}

static Err view_refunds(Tx *tx, const OrderRow *row, Order *out)
{
    OrderRefundRowsRowList rows;
    Currency c = row->total.currency;
    out->refunds = (OrderRefundList){ 0 };
    if (row->refunded_minor == 0) return ERR_OK;
    try(q_order_refund_rows(tx, (OrderRefundRowsIn){ .shop_order = row->id }, &rows));
    out->refunds.p = arena_new_array(tx->a, OrderRefund, rows.n);
    for (i64 i = 0; i < rows.n; i++) {
        const OrderRefundRowsRow *r = &rows.p[i];
        if (r->cause == REFUND_CAUSE_CHARGEBACK && r->buyer_minor == 0) continue;    // taken from the market alone
        out->refunds.p[out->refunds.n++] = (OrderRefund){
            .id = r->id, .cause = r->cause, .reason = r->reason, .amount = { r->buyer_minor, c }, .goods = { r->goods_minor, c },
            .discount = { r->by_seller_minor + r->by_platform_minor, c }, .state = r->state, .at = r->at,
            .shipping = { r->shipping_minor + r->cod_fee_minor, c }, .tax = { r->tax_minor, c } };
    }
    return ERR_OK;
}

static Err view_shipments(Tx *tx, OrderId id, Order *out)
{
    try(q_shipments_of(tx, (ShipmentsOfIn){ .shop_order = id }, &out->shipments));
    for (i64 i = 0; i < out->shipments.n; i++)
        try(q_shipment_lines(tx, (ShipmentLinesIn){ .shipment = out->shipments.p[i].id }, &out->shipments.p[i].lines));
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- what may be done now

typedef struct Actions { OrderAction *p; i64 n; } Actions;

static void may(Actions *a, OrderAction action, bool yes)
{
    if (yes) a->p[a->n++] = action;
}

static void buyer_actions(const OrderRow *row, Time return_by, Time now, Actions *a)
{
    OrderState s = row->state;
    bool fresh = s == ORDER_STATE_AWAITING_SHIPMENT || s == ORDER_STATE_PACKED;
    may(a, ORDER_ACTION_PAY, s == ORDER_STATE_UNPAID);
    may(a, ORDER_ACTION_CANCEL, s == ORDER_STATE_UNPAID || s == ORDER_STATE_ON_HOLD);
    may(a, ORDER_ACTION_ASK_CANCEL, fresh && !row->cancel_asked.p && !row->cancel_refused);
    may(a, ORDER_ACTION_RECEIVE, s == ORDER_STATE_IN_TRANSIT || s == ORDER_STATE_DELIVERED);
    may(a, ORDER_ACTION_EXTEND_LOOK, s == ORDER_STATE_DELIVERED && !(row->extended & EXTEND_LOOK));
    bool late = s == ORDER_STATE_IN_TRANSIT && row->has_deliver_to && now > row->deliver_to;
    bool arrived = (s == ORDER_STATE_DELIVERED || s == ORDER_STATE_COMPLETED) && now < return_by;
    may(a, ORDER_ACTION_RETURN, row->captured && row->refunded_minor < row->total.minor && (late || arrived));
}

static void shop_actions(const OrderRow *row, bool manager, Actions *a)
{
    OrderState s = row->state;
    bool fresh = s == ORDER_STATE_AWAITING_SHIPMENT || s == ORDER_STATE_PACKED;
    may(a, ORDER_ACTION_PACK, s == ORDER_STATE_AWAITING_SHIPMENT);
    may(a, ORDER_ACTION_SHIP, fresh || s == ORDER_STATE_PARTLY_SHIPPED);
    may(a, ORDER_ACTION_EXTEND_SHIP, fresh && !(row->extended & EXTEND_SHIP));
    may(a, ORDER_ACTION_GRANT_CANCEL, manager && fresh && row->cancel_asked.p);
    may(a, ORDER_ACTION_REFUSE_CANCEL, manager && fresh && row->cancel_asked.p);
    may(a, ORDER_ACTION_CANCEL, manager && fresh && !row->cancel_asked.p);
    may(a, ORDER_ACTION_DELIVER, s == ORDER_STATE_IN_TRANSIT);
    may(a, ORDER_ACTION_REFUSED, s == ORDER_STATE_IN_TRANSIT);
    may(a, ORDER_ACTION_LOST, manager && s == ORDER_STATE_IN_TRANSIT);
    may(a, ORDER_ACTION_REFUND, manager && row->captured && row->refunded_minor < row->total.minor && s != ORDER_STATE_CANCELLED);
}

static Err view_actions(Tx *tx, const By *by, const OrderRow *row, Side side, Time arrived, Order *out)
{
    Actions a = { arena_new_array(tx->a, OrderAction, 16), 0 };
    i64 days;
    try(market_number(tx, row->market, MARKET_RULE_RETURN_DAYS, &days));
    out->has_return_by = row->has_delivered;
    out->return_by = row->has_delivered ? (arrived ? arrived : row->delivered) + days * DAY_MS : 0;
    if (side == SIDE_BUYER) {
        buyer_actions(row, out->return_by, by->now, &a);
    } else {
        Err e = shop_may(tx, by, row->shop, STAFF_ROLE_MANAGER);
        if (e != ERR_OK && e != ERR_FORBIDDEN) return e;
        shop_actions(row, e == ERR_OK, &a);
    }
    tx->why = (Refusal){ 0 };
    out->actions = (OrderActionList){ a.p, a.n };
    return ERR_OK;
}

Err order_view(Tx *tx, const By *by, OrderId id, Order *out)
{
    OrderRow *row;
    Side side;
    Time arrived;
    try(order_find_for(tx, by, id, &row, &side));
    Currency c = row->total.currency;
    i64 off_shipping = row->ship_by_seller_minor + row->ship_by_platform_minor;
    *out = (Order){ .id = id, .number = order_number(tx->a, id), .checkout = row->checkout, .shop = arena_new(tx->a, ShopCard),
                    .state = row->state, .method = row->method, .subtotal = { row->subtotal_minor, c },
                    .discount = { row->by_seller_minor + row->by_platform_minor - off_shipping, c },
                    .shipping = { row->shipping_minor, c }, .shipping_discount = { off_shipping, c },
                    .cod_fee = { row->cod_fee_minor, c }, .tax = { row->tax_minor, c }, .tax_added = { row->tax_added_minor, c },
                    .tax_inclusive = row->tax_inclusive, .total = row->total, .has_refunded = row->refunded_minor > 0,
                    .refunded = { row->refunded_minor, c }, .placed = row->placed,
                    .has_pay_by = row->has_pay_by && row->state == ORDER_STATE_UNPAID, .pay_by = row->pay_by,
                    .has_ship_by = row->has_ship_by, .ship_by = row->ship_by,
                    .has_deliver_from = row->has_deliver_from, .deliver_from = row->deliver_from,
                    .has_deliver_to = row->has_deliver_to, .deliver_to = row->deliver_to, .has_delivered = row->has_delivered,
                    .delivered = row->delivered, .has_deadline = row->has_deadline, .deadline = row->deadline,
                    .cancel_asked = row->cancel_asked, .cancel_refused = row->cancel_refused };
    bool asks = row->cancel_asked.p && (row->state == ORDER_STATE_AWAITING_SHIPMENT || row->state == ORDER_STATE_PACKED);
    try(answer_by(tx, row->market, asks, row->has_asked_at ? row->asked_at : 0, &out->has_answer_by, &out->answer_by));
    try(shop_card(tx, row->shop, out->shop));
    try(view_lines(tx, row, out, &arrived));
    try(view_refunds(tx, row, out));
    try(view_shipments(tx, id, out));
    try(q_order_events(tx, (OrderEventsIn){ .shop_order = id }, &out->timeline));
    try(view_actions(tx, by, row, side, arrived, out));
    return shows_address(side, row->state) ? open_ship_to(tx, by, row, &out->ship_to) : ERR_OK;
}

Err order_counts(Tx *tx, const By *by, ShopId shop, OrderCounts *out)
{
    OrderCountRowsRowList rows;
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    try(q_order_count_rows(tx, (OrderCountRowsIn){ .shop = shop, .now = by->now }, &rows));
    *out = (OrderCounts){ 0 };
    i64 *const at[] = { [ORDER_STATE_UNPAID] = &out->unpaid, [ORDER_STATE_ON_HOLD] = &out->on_hold,
                        [ORDER_STATE_AWAITING_SHIPMENT] = &out->awaiting_shipment, [ORDER_STATE_PACKED] = &out->packed,
                        [ORDER_STATE_PARTLY_SHIPPED] = &out->partly_shipped, [ORDER_STATE_IN_TRANSIT] = &out->in_transit,
                        [ORDER_STATE_DELIVERED] = &out->delivered };
    for (i64 i = 0; i < rows.n; i++) {
        const OrderCountRowsRow *r = &rows.p[i];
        if (r->state < COUNT(at)) *at[r->state] = r->n;
        out->late += r->late;
        if (r->state == ORDER_STATE_AWAITING_SHIPMENT || r->state == ORDER_STATE_PACKED) out->cancel_asked += r->asked;
    }
    return ERR_OK;
}
