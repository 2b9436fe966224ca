// Bundles and kits: a variant that is made of others. It has no stock of its own; everything goes to its parts.
#include "shops/shops.h"
#include "stock/inner.h"

enum { BATCH = 10 };                     // variants of one query

Err stock_parts(Tx *tx, const VariantId *variants, i64 n, StockParts *out)
{
    *out = (StockParts){ 0 };
    for (i64 from = 0; from < n; from += BATCH) {
        VariantId v[BATCH] = { 0 };
        StockParts some;
        for (i64 i = 0; i < BATCH && from + i < n; i++) v[i] = variants[from + i];
        try(q_stock_parts_of(tx, (StockPartsOfIn){ v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9] }, &some));
        if (some.n == 0) continue;
        StockPartsOfRow *all = arena_new_array(tx->a, StockPartsOfRow, out->n + some.n);
        for (i64 i = 0; i < out->n; i++) all[i] = out->p[i];
        for (i64 i = 0; i < some.n; i++) all[out->n + i] = some.p[i];
        *out = (StockParts){ all, out->n + some.n };
    }
    return ERR_OK;
}

static Err show(Tx *tx, VariantId variant, StockBundle *out)
{
    StockParts parts;
    try(stock_parts(tx, &variant, 1, &parts));
    out->parts = (StockBundlePartList){ arena_new_array(tx->a, StockBundlePart, parts.n), parts.n };
    for (i64 i = 0; i < parts.n; i++) out->parts.p[i] = (StockBundlePart){ parts.p[i].part, parts.p[i].quantity };
    return ERR_OK;
}

Err stock_bundle(Tx *tx, const By *by, VariantId variant, StockBundle *out)
{
    StockItemGetRow *item;
    try(stock_item_for(tx, by, variant, STAFF_ROLE_PACKER, &item));
    return show(tx, variant, out);
}

static Err check_part(Tx *tx, const StockBundle *in, i64 i, const StockItemGetRow *bundle)
{
    const char *field = arena_format(tx->a, "parts[%lld].part", (long long)i).p;
    VariantId part = in->parts.p[i].part;
    StockItemGetRow *item;
    if (part.v == bundle->variant.v) return refuse(&tx->why, ERR_BAD_FIELD, field, "A bundle is no part of itself.");
    for (i64 k = 0; k < i; k++)
        if (in->parts.p[k].part.v == part.v)
            return refuse(&tx->why, ERR_BAD_FIELD, field, "This part stands twice; give its quantity once.");
    try(q_stock_item_get(tx, (StockItemGetIn){ .variant = part }, &item));
    if (!item || item->shop.v != bundle->shop.v) return refuse(&tx->why, ERR_BAD_FIELD, field, "This shop has no such variant.");
    if (item->bundle) return refuse(&tx->why, ERR_BAD_FIELD, field, "A bundle cannot be part of another: name its parts.");
    return ERR_OK;
}

// Why an ordinary variant cannot become a bundle: its own stock would be nowhere.
static Err not_yet(Tx *tx, VariantId variant)
{
    StockLevelOwnRow own;
    StockBundlesWithRowList with;
    try(q_stock_level_own(tx, (StockLevelOwnIn){ .variant = variant }, &own));
    if (own.on_hand)
        return refuse(&tx->why, ERR_WRONG_STATE, "parts",
                      "This variant has %lld of its own; a bundle has none. Take them off first.", (long long)own.on_hand);
    try(q_stock_bundles_with(tx, (StockBundlesWithIn){ .part = variant }, &with));
    if (with.n) return refuse(&tx->why, ERR_WRONG_STATE, "parts", "This variant is part of a bundle, so it cannot be one.");
    return refuse(&tx->why, ERR_WRONG_STATE, "parts", "A delivery of this variant is expected; cancel it first.");
}

Err stock_bundle_put(Tx *tx, const By *by, VariantId variant, const StockBundle *in, StockBundle *out)
{
    StockItemGetRow *item;
    StockAllocationOfItemRow *aside;
    i64 changed;
    try(stock_item_for(tx, by, variant, STAFF_ROLE_MANAGER, &item));
    for (i64 i = 0; i < in->parts.n; i++) try(check_part(tx, in, i, item));
    try(q_stock_allocation_of_item(tx, (StockAllocationOfItemIn){ .item = variant }, &aside));
    if (aside) return refuse(&tx->why, ERR_WRONG_STATE, "parts", "Some of this bundle are set aside (%s); end that first.",
                             STOCK_POOL_NAMES.names[aside->pool]);
    if (in->parts.n) {
        try(q_stock_item_bundle(tx, (StockItemBundleIn){ .variant = variant }, &changed));
        if (changed == 0) return not_yet(tx, variant);
    } else {
        try(q_stock_item_plain(tx, (StockItemPlainIn){ .variant = variant }, &changed));
        try(q_stock_item_fall(tx, (StockItemFallIn){ .variant = variant, .now = by->now }, &changed));
    }
    try(q_stock_part_delete(tx, (StockPartDeleteIn){ .bundle = variant }, &changed));
    for (i64 i = 0; i < in->parts.n; i++) {
        const StockBundlePart *p = &in->parts.p[i];
        try(q_stock_part_insert(tx, (StockPartInsertIn){ .bundle = variant, .part = p->part, .shop = item->shop,
                                                         .quantity = p->quantity }, &changed));
        must(changed == 1);                                   // check_part has looked, in this very transaction
    }
    return show(tx, variant, out);
}
