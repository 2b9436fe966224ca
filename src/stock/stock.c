// Stock: the rules. No HTTP, no JSON, no clock. Every change is one conditional update, so that nothing is sold twice.
#include "stock/stock.h"

#include "base/log.h"
#include "shops/shops.h"

// ---------------------------------------------------------------------------------------------- levels

typedef struct Move { VariantId variant; i64 delta; StockReason reason; Str note; i64 reference; } Move;

static Err note_move(Tx *tx, const By *by, Move m)
{
    return q_stock_movement_insert(tx, (StockMovementInsertIn){
        .variant = m.variant, .id = stock_movement_id_next(by->ids, by->now), .delta = m.delta, .reason = m.reason,
        .note = m.note, .has_reference = m.reference != 0, .reference = m.reference, .actor = { by->who.account },
        .now = by->now });
}

Err stock_open(Tx *tx, const By *by, StockOpening in)
{
    must(in.on_hand >= 0 && in.on_hand <= STOCK_MOST);
    try(q_stock_level_insert(tx, (StockLevelInsertIn){ .variant = in.variant, .product = in.product, .shop = in.shop,
                                                       .on_hand = in.on_hand }));
    if (in.on_hand == 0) return ERR_OK;
    return note_move(tx, by, (Move){ .variant = in.variant, .delta = in.on_hand, .reason = STOCK_REASON_OPENING });
}

Err stock_show(Tx *tx, VariantId variant, bool on_sale)
{
    i64 changed;
    return q_stock_level_show(tx, (StockLevelShowIn){ .variant = variant, .on_sale = on_sale }, &changed);
}

Err stock_variant(Tx *tx, VariantId variant, ShopId *shop, ProductId *product)
{
    StockLevelGetRow *row;
    try(q_stock_level_get(tx, (StockLevelGetIn){ .variant = variant }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, "variant", "There is no such variant.");
    *shop = row->shop;
    *product = row->product;
    return ERR_OK;
}

Err stock_level(Tx *tx, VariantId variant, StockLevel *out)
{
    StockLevelGetRow *row;
    try(q_stock_level_get(tx, (StockLevelGetIn){ .variant = variant }, &row));
    *out = (StockLevel){ .variant = variant, .on_hand = row ? row->on_hand : 0, .held = row ? row->held : 0 };
    return ERR_OK;
}

Err stock_levels(Tx *tx, ProductId product, StockLevelList *out)
{
    return q_stock_level_rows(tx, (StockLevelRowsIn){ .product = product }, out);
}

Err stock_free_products(Tx *tx, ProductIdList products, ProductIdList *out)
{
    must(products.n <= STOCK_PRODUCTS_MAX);
    ProductId p[STOCK_PRODUCTS_MAX] = { 0 };
    for (i64 i = 0; i < products.n; i++) p[i] = products.p[i];
    StockFreeRowsRowList rows;
    try(q_stock_free_rows(tx, (StockFreeRowsIn){ p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9] }, &rows));
    *out = (ProductIdList){ arena_new_array(tx->a, ProductId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].product;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- holds

static Err sold_out(Tx *tx, VariantId variant)
{
    StockLevel level;
    try(stock_level(tx, variant, &level));
    i64 left = level.on_hand - level.held;
    if (left == 0) return refuse(&tx->why, ERR_SOLD_OUT, "quantity", "This is sold out.");
    return refuse(&tx->why, ERR_SOLD_OUT, "quantity", "Only %lld left.", (long long)left);
}

static Err hold_one(Tx *tx, const By *by, CheckoutId checkout, VariantId variant, i64 n)
{
    must(n > 0 && checkout.v > 0);
    i64 changed;
    try(q_stock_level_hold(tx, (StockLevelHoldIn){ .variant = variant, .n = n }, &changed));
    if (changed == 0) return sold_out(tx, variant);
    try(q_stock_hold_put(tx, (StockHoldPutIn){ .checkout = checkout, .variant = variant, .n = n, .now = by->now }, &changed));
    must(changed == 1);                                       // a checkout's lines are merged by variant
    return ERR_OK;
}

Err stock_hold(Tx *tx, const By *by, CheckoutId checkout, const StockWant *wants, i64 n)
{
    i64 last = 0;
    for (;;) {
        const StockWant *next = NULL;
        for (i64 i = 0; i < n; i++)
            if (wants[i].variant.v > last && (!next || wants[i].variant.v < next->variant.v)) next = &wants[i];
        if (!next) return ERR_OK;
        try(hold_one(tx, by, checkout, next->variant, next->n));
        last = next->variant.v;
    }
}

Err stock_available(Tx *tx, StockWant want, i64 *out)
{
    StockLevel level;
    try(stock_level(tx, want.variant, &level));
    *out = level.on_hand - level.held;
    return ERR_OK;
}

// A hold without its level: the ledger is broken. Nothing may be built on that.
static Err broken(Tx *tx, VariantId variant)
{
    log_event(LOG_ERROR, (Str){ 0 }, "stock", "variant %lld holds less than its open holds", (long long)variant.v);
    return refuse(&tx->why, ERR_INTERNAL, NULL, "The stock of this variant needs the operator.");
}

Err stock_sell(Tx *tx, const By *by, CheckoutId checkout)
{
    StockHoldEndRowList rows;
    try(q_stock_hold_end(tx, (StockHoldEndIn){ .checkout = checkout, .state = STR("sold"), .now = by->now }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        VariantId v = rows.p[i].variant;
        i64 changed;
        try(q_stock_level_sell(tx, (StockLevelSellIn){ .variant = v, .n = rows.p[i].quantity }, &changed));
        if (changed == 0) return broken(tx, v);
        try(note_move(tx, by, (Move){ .variant = v, .delta = -rows.p[i].quantity, .reason = STOCK_REASON_SOLD,
                                      .reference = checkout.v }));
    }
    return ERR_OK;
}

Err stock_holds(Tx *tx, CheckoutId checkout, bool *out)
{
    StockHoldOpenRow row;
    try(q_stock_hold_open(tx, (StockHoldOpenIn){ .checkout = checkout }, &row));
    *out = row.n > 0;
    return ERR_OK;
}

Err stock_release(Tx *tx, const By *by, CheckoutId checkout)
{
    StockHoldEndRowList rows;
    try(q_stock_hold_end(tx, (StockHoldEndIn){ .checkout = checkout, .state = STR("released"), .now = by->now }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        i64 changed;
        try(q_stock_level_release(tx, (StockLevelReleaseIn){ .variant = rows.p[i].variant, .n = rows.p[i].quantity }, &changed));
        if (changed == 0) return broken(tx, rows.p[i].variant);
    }
    return ERR_OK;
}

Err stock_return(Tx *tx, const By *by, StockBack back)
{
    VariantId variant = back.variant;
    i64 n = back.n, order = back.order.v;
    must(n > 0);
    StockLevel *level;
    // No ceiling: what came back is there, whatever the limit for counting in by hand.
    try(q_stock_level_move(tx, (StockLevelMoveIn){ .variant = variant, .delta = n, .most = INT64_MAX }, &level));
    if (!level) return broken(tx, variant);
    return note_move(tx, by, (Move){ .variant = variant, .delta = n, .reason = STOCK_REASON_RETURNED, .reference = order });
}

// ---------------------------------------------------------------------------------------------- by hand

static Err check_change(Refusal *why, const StockChange *in)
{
    if (in->delta == 0) return refuse(why, ERR_BAD_FIELD, "delta", "A change of 0 changes nothing.");
    switch (in->reason) {
    case STOCK_REASON_RECEIVED: case STOCK_REASON_RETURNED:
        if (in->delta > 0) return ERR_OK;
        return refuse(why, ERR_BAD_FIELD, "delta", "What is %s adds to the stock.", STOCK_REASON_NAMES.names[in->reason]);
    case STOCK_REASON_LOST:
        if (in->delta < 0) return ERR_OK;
        return refuse(why, ERR_BAD_FIELD, "delta", "What is lost takes from the stock.");
    case STOCK_REASON_CORRECTED: return ERR_OK;
    case STOCK_REASON_OPENING: case STOCK_REASON_SOLD: break;
    }
    return refuse(why, ERR_BAD_FIELD, "reason", "Give received, corrected, lost or returned; the others are the program's own.");
}

// The variant's level, if the caller has that role in its shop.
static Err level_for(Tx *tx, const By *by, VariantId variant, StaffRole least, StockLevelGetRow **out)
{
    try(q_stock_level_get(tx, (StockLevelGetIn){ .variant = variant }, out));
    if (!*out) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such variant.");
    return shop_may(tx, by, (*out)->shop, least);
}

Err stock_change(Tx *tx, const By *by, VariantId variant, const StockChange *in, StockLevel *out)
{
    StockLevelGetRow *before;
    try(level_for(tx, by, variant, STAFF_ROLE_MANAGER, &before));
    try(check_change(&tx->why, in));
    StockLevel *after;
    try(q_stock_level_move(tx, (StockLevelMoveIn){ .variant = variant, .delta = in->delta, .most = STOCK_MOST }, &after));
    if (!after && in->delta > 0)
        return refuse(&tx->why, ERR_BAD_FIELD, "delta", "A variant's stock may be at most %d; there are %lld.", STOCK_MOST,
                      (long long)before->on_hand);
    if (!after)
        return refuse(&tx->why, ERR_SOLD_OUT, "delta", "At most %lld can be taken: %lld are there, %lld of them held for orders.",
                      (long long)(before->on_hand - before->held), (long long)before->on_hand, (long long)before->held);
    *out = *after;
    return note_move(tx, by, (Move){ .variant = variant, .delta = in->delta, .reason = in->reason, .note = in->note });
}

Err stock_history(Tx *tx, const By *by, VariantId variant, StockMovementId before, StockMovementPage *out)
{
    StockLevelGetRow *level;
    try(level_for(tx, by, variant, STAFF_ROLE_PACKER, &level));
    if (before.v == 0) before.v = INT64_MAX;
    try(q_stock_movement_rows(tx, (StockMovementRowsIn){ .variant = variant, .before = before, .limit = STOCK_MOVEMENTS_PAGE },
                              &out->items));
    if (out->items.n == STOCK_MOVEMENTS_PAGE)
        out->next = arena_format(tx->a, "%lld", (long long)out->items.p[out->items.n - 1].id.v);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- audit

typedef void Report(void *context, const char *rule, i64 id, const char *detail);

Err stock_audit(Tx *tx, Report *report, void *context)
{
    StockAuditRangeRowList range;
    try(q_stock_audit_range(tx, &range));
    for (i64 i = 0; i < range.n; i++)
        report(context, "stock_range", range.p[i].variant.v,
               arena_format(tx->a, "on hand %lld, held %lld", (long long)range.p[i].on_hand, (long long)range.p[i].held).p);
    StockAuditMovementsRowList moved;
    try(q_stock_audit_movements(tx, &moved));
    for (i64 i = 0; i < moved.n; i++)
        report(context, "stock_on_hand", moved.p[i].variant.v,
               arena_format(tx->a, "on hand %lld, movements sum to %lld", (long long)moved.p[i].on_hand,
                            (long long)moved.p[i].moved).p);
    StockAuditHoldsRowList holds;
    try(q_stock_audit_holds(tx, &holds));
    for (i64 i = 0; i < holds.n; i++)
        report(context, "stock_held", holds.p[i].variant.v,
               arena_format(tx->a, "held %lld, open holds sum to %lld", (long long)holds.p[i].held,
                            (long long)holds.p[i].open).p);
    return ERR_OK;
}
