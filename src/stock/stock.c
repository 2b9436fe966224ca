// Stock: opening, changing by hand, and the two writes that everything rests on. No HTTP, no JSON, no clock. Every change is one
// conditional update together with its movement, so that nothing is sold twice and nothing changes without a reason.
#include "base/log.h"
#include "shops/shops.h"
#include "stock/inner.h"

// ---------------------------------------------------------------------------------------------- movements and levels

Err stock_note(Tx *tx, const By *by, Move m)
{
    must(m.variant.v > 0 && m.warehouse.v > 0 && m.shop.v > 0);
    return q_stock_movement_insert(tx, (StockMovementInsertIn){
        .variant = m.variant, .id = stock_movement_id_next(by->ids, by->now), .shop = m.shop, .warehouse = m.warehouse,
        .delta = m.delta, .allocated = m.allocated, .reason = m.reason, .note = m.note, .has_reference = m.reference != 0,
        .reference = m.reference, .bundle = m.bundle, .actor = { by->who.account }, .now = by->now });
}

Err stock_put(Tx *tx, const By *by, Move m, const char *field)
{
    must(m.delta > 0);
    StockLevelPutRow *row;
    i64 changed;
    try(q_stock_level_put(tx, (StockLevelPutIn){ .variant = m.variant, .warehouse = m.warehouse, .shop = m.shop, .n = m.delta,
                                                 .most = STOCK_MOST }, &row));
    if (!row)
        return refuse(&tx->why, ERR_BAD_FIELD, field, "A variant's stock in one place may be at most %d.", STOCK_MOST);
    try(q_stock_level_several(tx, (StockLevelSeveralIn){ .variant = m.variant }, &changed));
    try(q_stock_item_rise(tx, (StockItemRiseIn){ .variant = m.variant }, &changed));
    return stock_note(tx, by, m);
}

Err stock_take(Tx *tx, const By *by, Move m, bool *taken)
{
    must(m.delta < 0);
    i64 changed;
    try(q_stock_level_take(tx, (StockLevelTakeIn){ .variant = m.variant, .warehouse = m.warehouse, .n = -m.delta }, &changed));
    *taken = changed > 0;
    if (!*taken) return ERR_OK;
    try(q_stock_item_fall(tx, (StockItemFallIn){ .variant = m.variant, .now = by->now }, &changed));
    return stock_note(tx, by, m);
}

Err stock_broken(Tx *tx, VariantId variant)
{
    log_event(LOG_ERROR, (Str){ 0 }, "stock", "variant %lld has less than its holds and allocations say", (long long)variant.v);
    return refuse(&tx->why, ERR_INTERNAL, NULL, "The stock of this variant needs the operator.");
}

// ---------------------------------------------------------------------------------------------- what catalog says

Err stock_open(Tx *tx, const By *by, StockOpening in)
{
    must(in.on_hand >= 0 && in.on_hand <= STOCK_MOST);
    WarehouseId place;
    try(stock_main(tx, by, in.shop, &place));
    try(q_stock_item_insert(tx, (StockItemInsertIn){ .variant = in.variant, .product = in.product, .shop = in.shop,
                                                     .low_default = STOCK_LOW_DEFAULT }));
    StockLevelPutRow *row;
    i64 changed;
    try(q_stock_level_put(tx, (StockLevelPutIn){ .variant = in.variant, .warehouse = place, .shop = in.shop, .n = in.on_hand,
                                                 .most = STOCK_MOST }, &row));
    must(row != NULL);
    try(q_stock_item_fall(tx, (StockItemFallIn){ .variant = in.variant, .now = by->now }, &changed));
    if (in.on_hand == 0) return ERR_OK;
    return stock_note(tx, by, (Move){ .variant = in.variant, .warehouse = place, .shop = in.shop, .delta = in.on_hand,
                                      .reason = STOCK_REASON_OPENING });
}

Err stock_name(Tx *tx, StockName in)
{
    i64 changed;
    return q_stock_item_name(tx, (StockItemNameIn){ .variant = in.variant, .name = in.name, .options = in.options,
                                                    .sku = in.sku }, &changed);
}

Err stock_show(Tx *tx, VariantId variant, bool on_sale)
{
    i64 changed;
    return q_stock_item_show(tx, (StockItemShowIn){ .variant = variant, .on_sale = on_sale }, &changed);
}

Err stock_variant(Tx *tx, VariantId variant, ShopId *shop, ProductId *product)
{
    StockItemGetRow *row;
    try(q_stock_item_get(tx, (StockItemGetIn){ .variant = variant }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, "variant", "There is no such variant.");
    *shop = row->shop;
    *product = row->product;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- by hand

Err stock_item_for(Tx *tx, const By *by, VariantId variant, StaffRole least, StockItemGetRow **out)
{
    try(q_stock_item_get(tx, (StockItemGetIn){ .variant = variant }, out));
    if (!*out) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such variant.");
    return shop_may(tx, by, (*out)->shop, least);
}

Err stock_not_bundle(Tx *tx, const StockItemGetRow *item)
{
    if (!item->bundle) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, "variant", "This is a bundle: its parts have the stock.");
}

static Err check_change(Refusal *why, const StockChange *in)
{
    if (in->delta == 0) return refuse(why, ERR_BAD_FIELD, "delta", "A change of 0 changes nothing.");
    switch (in->reason) {
    case STOCK_REASON_RECEIVED: case STOCK_REASON_RETURNED:
        if (in->delta > 0) return ERR_OK;
        return refuse(why, ERR_BAD_FIELD, "delta", "What is %s adds to the stock.", STOCK_REASON_NAMES.names[in->reason]);
    case STOCK_REASON_LOST: case STOCK_REASON_DAMAGED:
        if (in->delta < 0) return ERR_OK;
        return refuse(why, ERR_BAD_FIELD, "delta", "What is %s takes from the stock.", STOCK_REASON_NAMES.names[in->reason]);
    case STOCK_REASON_CORRECTED: return ERR_OK;
    case STOCK_REASON_OPENING: case STOCK_REASON_SOLD: case STOCK_REASON_TRANSFERRED: case STOCK_REASON_SET_ASIDE:
    case STOCK_REASON_GIVEN_BACK: case STOCK_REASON_EXCHANGED: break;
    }
    return refuse(why, ERR_BAD_FIELD, "reason",
                  "Give received, corrected, lost, returned or damaged; the others are the program's own.");
}

static Err too_few(Tx *tx, VariantId variant, WarehouseId place)
{
    StockPlacesRowList rows;
    StockPlacesRow at = { 0 };
    try(q_stock_places(tx, (StockPlacesIn){ .variant = variant }, &rows));
    for (i64 i = 0; i < rows.n; i++)
        if (rows.p[i].warehouse.v == place.v) at = rows.p[i];
    i64 held = at.held + at.pooled, set_aside = at.allocated - at.pooled;
    if (set_aside)
        return refuse(&tx->why, ERR_SOLD_OUT, "delta",
                      "At most %lld can be taken: %lld are there, %lld of them held for orders, %lld set aside.",
                      (long long)(at.on_hand - at.held - at.allocated), (long long)at.on_hand, (long long)held,
                      (long long)set_aside);
    return refuse(&tx->why, ERR_SOLD_OUT, "delta", "At most %lld can be taken: %lld are there, %lld of them held for orders.",
                  (long long)(at.on_hand - at.held - at.allocated), (long long)at.on_hand, (long long)held);
}

Err stock_change(Tx *tx, const By *by, VariantId variant, const StockChange *in, StockLevel *out)
{
    StockItemGetRow *item;
    WarehouseId place;
    bool taken = true;
    try(stock_item_for(tx, by, variant, STAFF_ROLE_MANAGER, &item));
    try(check_change(&tx->why, in));
    try(stock_not_bundle(tx, item));
    try(stock_place(tx, by, item->shop, in->warehouse, &place));
    Move m = { .variant = variant, .warehouse = place, .shop = item->shop, .delta = in->delta, .reason = in->reason,
               .note = in->note };
    if (in->delta > 0) try(stock_put(tx, by, m, "delta"));
    else try(stock_take(tx, by, m, &taken));
    if (!taken) return too_few(tx, variant, place);
    return stock_level(tx, variant, out);
}
