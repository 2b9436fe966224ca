// What people who work in a shop see: lists of stock, one variant in full, movements, what is low. Reads, but for the lines
// below which something is low.
#include "shops/shops.h"
#include "stock/inner.h"

Err stock_next(Tx *tx, i64 n, i64 last, Str *next)
{
    if (n == STOCK_PAGE) *next = arena_format(tx->a, "%lld", (long long)last);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- rows

static StockRow row_of(const StockItemGetRow *i, const StockSum *sum)
{
    const StockLevel *l = &sum->level;
    StockAlert alert = l->on_hand <= 0 ? STOCK_ALERT_OUT : i->has_low_since ? STOCK_ALERT_LOW : STOCK_ALERT_OK;
    return (StockRow){ .variant = i->variant, .product = i->product, .name = i->name, .options = i->options, .sku = i->sku,
                       .on_sale = i->on_sale, .bundle = i->bundle, .on_hand = l->on_hand, .held = l->held,
                       .allocated = l->allocated, .free = l->free, .incoming = sum->incoming, .low = i->low,
                       .low_own = i->low_own, .alert = alert, .has_low_since = i->has_low_since, .low_since = i->low_since };
}

static Err rows_of(Tx *tx, const StockItemGetRow *items, i64 n, StockRowList *out)
{
    VariantId *ids = arena_new_array(tx->a, VariantId, n);
    StockSum *sums = arena_new_array(tx->a, StockSum, n);
    for (i64 i = 0; i < n; i++) ids[i] = items[i].variant;
    try(stock_sum(tx, ids, n, sums));
    *out = (StockRowList){ arena_new_array(tx->a, StockRow, n), n };
    for (i64 i = 0; i < n; i++) out->p[i] = row_of(&items[i], &sums[i]);
    return ERR_OK;
}

Err stock_row(Tx *tx, const StockItemGetRow *item, StockRow *out)
{
    StockRowList rows;
    try(rows_of(tx, item, 1, &rows));
    *out = rows.p[0];
    return ERR_OK;
}

// Any place of the text, without regard to the case of ASCII letters: what lower() does on both engines.
static Str pattern(Arena *a, Str search)
{
    if (!search.p) return (Str){ 0 };
    Buf b = buf_new(a, search.n * 2 + 2);
    buf_add_char(&b, '%');
    for (size_t i = 0; i < search.n; i++) {
        char c = search.p[i];
        if (c == '%' || c == '_' || c == '\\') buf_add_char(&b, '\\');
        buf_add_char(&b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    buf_add_char(&b, '%');
    must(!b.full);
    return buf_str(&b);
}

Err stock_list(Tx *tx, const By *by, StockWanted want, StockPage *out)
{
    StockItemGetRowList items;
    try(shop_may(tx, by, want.shop, STAFF_ROLE_PACKER));
    if (want.before.v == 0) want.before.v = INT64_MAX;
    Str search = pattern(tx->a, want.search);
    if (want.low)
        try(q_stock_item_page_low(tx, (StockItemPageLowIn){ .shop = want.shop, .before = want.before, .search = search,
                                                            .limit = STOCK_PAGE }, &items));
    else
        try(q_stock_item_page(tx, (StockItemPageIn){ .shop = want.shop, .before = want.before, .search = search,
                                                     .limit = STOCK_PAGE }, &items));
    try(rows_of(tx, items.p, items.n, &out->items));
    return stock_next(tx, items.n, items.n ? items.p[items.n - 1].variant.v : 0, &out->next);
}

// ---------------------------------------------------------------------------------------------- one variant

Err stock_places_with(Tx *tx, const By *by, const StockItemGetRow *item, StockPlaceList *out)
{
    WarehousePage all;
    StockPlacesRowList rows;
    try(stock_places_of(tx, by, item->shop, &all));
    try(q_stock_places(tx, (StockPlacesIn){ .variant = item->variant }, &rows));
    *out = (StockPlaceList){ arena_new_array(tx->a, StockPlace, all.items.n), all.items.n };
    for (i64 i = 0; i < all.items.n; i++) {
        const Warehouse *w = &all.items.p[i];
        StockPlace *p = &out->p[i];
        *p = (StockPlace){ .warehouse = w->id, .name = w->name, .first = w->first, .active = w->active };
        for (i64 k = 0; k < rows.n; k++) {
            const StockPlacesRow *r = &rows.p[k];
            if (r->warehouse.v != w->id.v) continue;
            p->on_hand = r->on_hand;
            p->held = r->held + r->pooled;
            p->allocated = r->allocated - r->pooled;
            p->free = w->active ? r->on_hand - r->held - r->allocated : 0;
        }
    }
    return ERR_OK;
}

static Err parts(Tx *tx, VariantId variant, StockPartList *out)
{
    StockParts rows;
    try(stock_parts(tx, &variant, 1, &rows));
    *out = (StockPartList){ arena_new_array(tx->a, StockPart, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        StockItemGetRow *item;
        StockLevel level;
        try(q_stock_item_get(tx, (StockItemGetIn){ .variant = rows.p[i].part }, &item));
        must(item != NULL);
        try(stock_level(tx, item->variant, &level));
        out->p[i] = (StockPart){ .part = item->variant, .quantity = rows.p[i].quantity, .name = item->name,
                                 .options = item->options, .sku = item->sku, .free = level.free };
    }
    return ERR_OK;
}

Err stock_detail(Tx *tx, const By *by, VariantId variant, StockDetail *out)
{
    StockItemGetRow *item;
    StockBundlesWithRowList with;
    try(stock_item_for(tx, by, variant, STAFF_ROLE_PACKER, &item));
    out->row = arena_new(tx->a, StockRow);
    try(stock_row(tx, item, out->row));
    try(stock_places_with(tx, by, item, &out->places));
    try(parts(tx, variant, &out->parts));
    try(q_stock_bundles_with(tx, (StockBundlesWithIn){ .part = variant }, &with));
    out->bundles = (StockRowList){ arena_new_array(tx->a, StockRow, with.n), with.n };
    for (i64 i = 0; i < with.n; i++) {
        try(q_stock_item_get(tx, (StockItemGetIn){ .variant = with.p[i].bundle }, &item));
        must(item != NULL);
        try(stock_row(tx, item, &out->bundles.p[i]));
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- movements

static i64 staff_index(const ShopWorkerList *staff, StockReason reason, bool has_reference, AccountId actor)
{
    bool sale = reason == STOCK_REASON_SOLD || (reason == STOCK_REASON_RETURNED && has_reference);
    for (i64 i = 0; i < staff->n && !sale; i++)
        if (staff->p[i].account.v == actor.v) return i;
    return -1;
}

Str stock_actor_name(const ShopWorkerList *staff, StockReason reason, bool has_reference, AccountId actor)
{
    i64 i = staff_index(staff, reason, has_reference, actor);
    return i < 0 ? (Str){ 0 } : staff->p[i].name;
}

static Err show_moves(Tx *tx, const By *by, ShopId shop, const StockMovementRowsRowList *rows, StockHistory *out)
{
    ShopWorkerList staff;
    try(shop_staff(tx, by, shop, &staff));
    out->items = (StockMovementList){ arena_new_array(tx->a, StockMovement, rows->n), rows->n };
    for (i64 i = 0; i < rows->n; i++) {
        const StockMovementRowsRow *r = &rows->p[i];
        StockMovement *m = &out->items.p[i];
        *m = (StockMovement){ .id = r->id, .variant = r->variant, .name = r->name, .options = r->options, .sku = r->sku,
                              .bundle_name = r->bundle_name, .warehouse = r->warehouse, .on_hand_delta = r->on_hand_delta,
                              .allocated_delta = r->allocated_delta, .reason = r->reason, .note = r->note, .bundle = r->bundle,
                              .at = r->at };
        if (r->has_reference) m->reference = arena_format(tx->a, "%lld", (long long)r->reference);
        m->who = stock_actor_name(&staff, r->reason, r->has_reference, r->actor);
        if (staff_index(&staff, r->reason, r->has_reference, r->actor) >= 0) m->actor = r->actor;
    }
    return stock_next(tx, rows->n, rows->n ? rows->p[rows->n - 1].id.v : 0, &out->next);
}

Err stock_history(Tx *tx, const By *by, StockMoves want, StockHistory *out)
{
    StockMovementRowsRowList rows;
    if (want.before.v == 0) want.before.v = INT64_MAX;
    if (want.to == 0) want.to = INT64_MAX;
    if (want.variant.v) {
        StockItemGetRow *item;
        try(stock_item_for(tx, by, want.variant, STAFF_ROLE_PACKER, &item));
        want.shop = item->shop;
        try(q_stock_movement_rows(tx, (StockMovementRowsIn){ .variant = want.variant, .before = want.before,
                                                             .has_reason = want.has_reason, .reason = want.reason,
                                                             .warehouse = want.warehouse, .from = want.from, .to = want.to,
                                                             .limit = STOCK_PAGE }, &rows));
    } else {
        try(shop_may(tx, by, want.shop, STAFF_ROLE_PACKER));
        try(q_stock_movement_rows_of_shop(tx, (StockMovementRowsOfShopIn){ .shop = want.shop, .before = want.before,
                                                                           .has_reason = want.has_reason, .reason = want.reason,
                                                                           .warehouse = want.warehouse, .from = want.from,
                                                                           .to = want.to, .limit = STOCK_PAGE }, &rows));
    }
    return show_moves(tx, by, want.shop, &rows, out);
}

// ---------------------------------------------------------------------------------------------- what is low

// Ids begin with their time (base/id.h), so that a look-back is a range of the key.
static Err low_row(Tx *tx, const StockRow *row, i64 since, StockLowRow *out)
{
    StockSoldSinceRow sold;
    try(q_stock_sold_since(tx, (StockSoldSinceIn){ .variant = row->variant, .since = { since } }, &sold));
    *out = (StockLowRow){ .row = arena_new(tx->a, StockRow), .sold = sold.sold, .has_days = sold.sold > 0 };
    *out->row = *row;
    if (sold.sold > 0) out->days = row->on_hand * STOCK_RATE_DAYS / sold.sold;
    return ERR_OK;
}

Err stock_low_list(Tx *tx, const By *by, ShopId shop, VariantId before, StockLowPage *out)
{
    StockPage page = { 0 };
    StockItemLowCountRow count;
    try(stock_list(tx, by, (StockWanted){ .shop = shop, .before = before, .low = true }, &page));
    out->items = (StockLowRowList){ arena_new_array(tx->a, StockLowRow, page.items.n), page.items.n };
    i64 since = id_floor(by->now - (i64)STOCK_RATE_DAYS * DAY_MS);
    for (i64 i = 0; i < page.items.n; i++) try(low_row(tx, &page.items.p[i], since, &out->items.p[i]));
    try(q_stock_item_low_count(tx, (StockItemLowCountIn){ .shop = shop }, &count));
    out->next = page.next;
    out->low = count.low;
    out->out = count.out;
    return ERR_OK;
}

static Err shop_line(Tx *tx, ShopId shop, i64 *out)
{
    StockShopGetRow *row;
    try(q_stock_shop_get(tx, (StockShopGetIn){ .shop = shop }, &row));
    *out = row ? row->low : STOCK_LOW_DEFAULT;
    return ERR_OK;
}

Err stock_line_put(Tx *tx, const By *by, VariantId variant, bool has_low, i64 low)
{
    StockItemGetRow *item;
    i64 changed;
    try(stock_item_for(tx, by, variant, STAFF_ROLE_MANAGER, &item));
    try(stock_not_bundle(tx, item));
    if (!has_low) try(shop_line(tx, item->shop, &low));
    try(q_stock_item_line(tx, (StockItemLineIn){ .variant = variant, .low = low, .own = has_low }, &changed));
    try(q_stock_item_rise(tx, (StockItemRiseIn){ .variant = variant }, &changed));
    return q_stock_item_fall(tx, (StockItemFallIn){ .variant = variant, .now = by->now }, &changed);
}

Err stock_settings(Tx *tx, const By *by, ShopId shop, StockSettings *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    return shop_line(tx, shop, &out->low);
}

Err stock_settings_put(Tx *tx, const By *by, ShopId shop, i64 low)
{
    i64 changed;
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    try(q_stock_shop_put(tx, (StockShopPutIn){ .shop = shop, .low = low }, &changed));
    try(q_stock_item_lines(tx, (StockItemLinesIn){ .shop = shop, .low = low }, &changed));
    try(q_stock_item_rise_all(tx, (StockItemRiseAllIn){ .shop = shop }, &changed));
    return q_stock_item_fall_all(tx, (StockItemFallAllIn){ .shop = shop, .now = by->now }, &changed);
}
