// Replacements: what goes out instead of what came back. A line of its own takes over its part of the sums, so that refunds,
// returns and further exchanges treat it as any other. Knows nothing of why.
#include "orders/flow.h"

static const OrderLineRow *line_of(const OrderLinesRowList *lines, OrderLineId id)
{
    for (i64 i = 0; i < lines->n; i++)
        if (lines->p[i].id.v == id.v) return &lines->p[i];
    return NULL;
}

bool order_line_gone(const OrderLineRow *l)
{
    return l->refunded < l->quantity && l->total.minor > 0 && l->back_goods_minor == l->total.minor;
}

Err order_disputed(Tx *tx, OrderId order, bool *out)
{
    OrderTakenByBanksRow taken;
    try(q_order_taken_by_banks(tx, (OrderTakenByBanksIn){ .shop_order = order }, &taken));
    *out = taken.n > 0;
    return ERR_OK;
}

// The units leave their line as those of a refund do: by a conditional update, so that no unit is both paid back and replaced.
static Err replace(Tx *tx, const By *by, const OrderLineRow *l, CheckoutId taker, OrderReplacement *unit)
{
    i64 n;
    if (unit->n > l->quantity - l->refunded || order_line_gone(l))
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "The money for some of these has gone back meanwhile.");
    Parts p = order_part_of(l, unit->n);
    try(q_order_line_back(tx, (OrderLineBackIn){ .id = l->id, .units = unit->n, .goods = p.goods, .by_seller = p.by_seller,
                                                 .by_platform = p.by_platform, .tax = p.tax, .tax_added = p.tax_added }, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "A part of this has been given back meanwhile.");
    try(q_order_line_exchange(tx, (OrderLineExchangeIn){ .id = l->id, .units = unit->n }, &n));
    must(n == 1);
    unit->made = order_line_id_next(by->ids, by->now);
    try(q_order_line_replace(tx, (OrderLineReplaceIn){
        .id = unit->made, .stands_for = l->id, .taker = taker, .variant = unit->variant, .title = unit->title,
        .options = unit->options, .sku = unit->sku, .picture = unit->picture, .quantity = unit->n, .goods = p.goods,
        .by_seller = p.by_seller, .by_platform = p.by_platform, .tax = p.tax, .tax_added = p.tax_added }, &n));
    must(n == 1);
    return ERR_OK;
}

Err order_exchange(Tx *tx, const By *by, const OrderExchange *in, OrderReplacement *units, i64 n, ShipmentId *shipment)
{
    OrderLinesRowList lines;
    bool disputed;
    i64 sent;
    try(order_disputed(tx, in->order, &disputed));
    if (disputed) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "The buyer's bank has taken money of this order back.");
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = in->order }, &lines));
    must(lines.n + n <= CART_LINES_MAX);
    *shipment = shipment_id_next(by->ids, by->now);
    try(q_shipment_insert(tx, (ShipmentInsertIn){ .id = *shipment, .shop_order = in->order, .carrier = in->carrier,
                                                  .tracking = in->tracking, .at = by->now }));
    for (i64 i = 0; i < n; i++) {
        const OrderLineRow *l = line_of(&lines, units[i].line);
        must(l != NULL);
        try(replace(tx, by, l, in->taker, &units[i]));
        try(q_order_line_ship(tx, (OrderLineShipIn){ .id = units[i].made, .n = units[i].n }, &sent));
        must(sent == 1);
        try(q_shipment_line_insert(tx, (ShipmentLineInsertIn){ .shipment = *shipment, .order_line = units[i].made,
                                                               .quantity = units[i].n }));
    }
    return ERR_OK;
}

Err order_replacement_arrived(Tx *tx, const By *by, OrderLineId line)
{
    i64 n;
    return q_order_line_arrived(tx, (OrderLineArrivedIn){ .id = line, .at = by->now }, &n);
}

Err order_parcel(Tx *tx, OrderId order, ShipmentId id, Shipment *out)
{
    Shipment *parcel;
    try(q_shipment_row(tx, (ShipmentRowIn){ .id = id, .shop_order = order }, &parcel));
    if (!parcel) return ERR_NOT_FOUND;
    *out = *parcel;
    return q_shipment_lines(tx, (ShipmentLinesIn){ .shipment = id }, &out->lines);
}
