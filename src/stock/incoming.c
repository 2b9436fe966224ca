// Deliveries that are expected: noted, received in parts or whole, or given up.
#include "shops/shops.h"
#include "stock/inner.h"

Err stock_incoming_list(Tx *tx, const By *by, StockExpected want, StockIncomingPage *out)
{
    try(shop_may(tx, by, want.shop, STAFF_ROLE_PACKER));
    if (want.before.v == 0) want.before.v = INT64_MAX;
    try(q_stock_incoming_page(tx, (StockIncomingPageIn){ .shop = want.shop, .before = want.before, .variant = want.variant,
                                                         .has_state = want.has_state, .state = want.state, .limit = STOCK_PAGE },
                              &out->items));
    return stock_next(tx, out->items.n, out->items.n ? out->items.p[out->items.n - 1].id.v : 0, &out->next);
}

static Err one(Tx *tx, StockIncomingId id, StockIncoming *out)
{
    StockIncoming *row;
    try(q_stock_incoming_one(tx, (StockIncomingOneIn){ .id = id }, &row));
    must(row != NULL);
    *out = *row;
    return ERR_OK;
}

Err stock_incoming_add(Tx *tx, const By *by, ShopId shop, const StockIncomingNew *in, StockIncoming *out)
{
    StockItemGetRow *item;
    WarehouseId place;
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    try(q_stock_item_get(tx, (StockItemGetIn){ .variant = in->variant }, &item));
    if (!item || item->shop.v != shop.v) return refuse(&tx->why, ERR_BAD_FIELD, "variant", "This shop has no such variant.");
    try(stock_not_bundle(tx, item));
    try(stock_place(tx, by, shop, in->warehouse, &place));
    StockIncomingId id = stock_incoming_id_next(by->ids, by->now);
    try(q_stock_incoming_insert(tx, (StockIncomingInsertIn){ .id = id, .shop = shop, .variant = in->variant, .warehouse = place,
                                                             .quantity = in->quantity, .has_expected = in->has_expected,
                                                             .expected = in->expected, .note = in->note,
                                                             .actor = { by->who.account }, .now = by->now }));
    return one(tx, id, out);
}

static Err find(Tx *tx, const By *by, StockIncomingId id, StockIncomingGetRow **out)
{
    try(q_stock_incoming_get(tx, (StockIncomingGetIn){ .id = id }, out));
    if (!*out) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such delivery.");
    Err e = shop_may(tx, by, (*out)->shop, STAFF_ROLE_PACKER);
    if (e == ERR_FORBIDDEN) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such delivery.");
    return e == ERR_OK ? shop_may(tx, by, (*out)->shop, STAFF_ROLE_MANAGER) : e;
}

static Err closed(Tx *tx, const StockIncomingGetRow *row)
{
    return refuse(&tx->why, ERR_WRONG_STATE, "state", "This delivery is %s.", STOCK_INCOMING_STATE_NAMES.names[row->state]);
}

Err stock_incoming_receive(Tx *tx, const By *by, StockIncomingId id, const StockReceive *in, StockIncoming *out)
{
    StockIncomingGetRow *row;
    i64 changed;
    try(find(tx, by, id, &row));
    if (row->state != STOCK_INCOMING_STATE_OPEN) return closed(tx, row);
    try(q_stock_incoming_receive(tx, (StockIncomingReceiveIn){ .id = id, .n = in->quantity, .now = by->now }, &changed));
    if (changed == 0)
        return refuse(&tx->why, ERR_BAD_FIELD, "quantity",
                      "Of this delivery %lld are still expected; note what came beyond as received by hand.",
                      (long long)(row->quantity - row->received));
    try(stock_put(tx, by, (Move){ .variant = row->variant, .warehouse = row->warehouse, .shop = row->shop,
                                  .delta = in->quantity, .reason = STOCK_REASON_RECEIVED, .note = in->note,
                                  .reference = id.v }, "quantity"));
    return one(tx, id, out);
}

Err stock_incoming_cancel(Tx *tx, const By *by, StockIncomingId id)
{
    StockIncomingGetRow *row;
    i64 changed;
    try(find(tx, by, id, &row));
    try(q_stock_incoming_cancel(tx, (StockIncomingCancelIn){ .id = id, .now = by->now }, &changed));
    return changed ? ERR_OK : closed(tx, row);
}
