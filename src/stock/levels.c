// How much there is: on hand, held, set aside, free; of bundles by their parts. Reads only.
#include "stock/inner.h"

enum { BATCH = 10 };                     // variants of one query

static Err sums_of(Tx *tx, const VariantId *variants, i64 n, StockSumsRowList *out)
{
    VariantId v[BATCH] = { 0 };
    for (i64 i = 0; i < n; i++) v[i] = variants[i];
    return q_stock_sums(tx, (StockSumsIn){ v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9] }, out);
}

// Zeroes where there is no item; bundles as they are: without stock of their own.
static Err plain_sums(Tx *tx, const VariantId *variants, i64 n, StockSum *out)
{
    for (i64 i = 0; i < n; i++) out[i] = (StockSum){ .level.variant = variants[i] };
    for (i64 from = 0; from < n; from += BATCH) {
        StockSumsRowList rows;
        try(sums_of(tx, variants + from, n - from < BATCH ? n - from : BATCH, &rows));
        for (i64 k = 0; k < rows.n; k++)
            for (i64 i = from; i < n && i < from + BATCH; i++) {
                const StockSumsRow *r = &rows.p[k];
                if (variants[i].v != r->variant.v) continue;
                out[i] = (StockSum){ .bundle = r->bundle, .incoming = r->incoming,
                                     .level = { .variant = r->variant, .on_hand = r->on_hand, .held = r->held + r->pooled,
                                                .allocated = r->allocated - r->pooled, .free = r->free } };
            }
    }
    return ERR_OK;
}

// What the parts make, on hand and free; incoming counts when all parts are on their way.
static void make_up(StockSum *bundle, const StockPartsOfRow *parts, const StockSum *sums, i64 n)
{
    i64 on_hand = INT64_MAX, left = INT64_MAX, coming = INT64_MAX;
    for (i64 i = 0; i < n; i++) {
        if (parts[i].bundle.v != bundle->level.variant.v) continue;
        i64 per = parts[i].quantity, a = sums[i].level.on_hand / per, b = sums[i].level.free / per;
        i64 c = (sums[i].level.on_hand + sums[i].incoming) / per;
        if (a < on_hand) on_hand = a;
        if (b < left) left = b;
        if (c < coming) coming = c;
    }
    if (on_hand == INT64_MAX) return;
    bundle->level.on_hand = on_hand;
    bundle->level.held = on_hand - left;
    bundle->level.free = left;
    bundle->incoming = coming - on_hand;
}

Err stock_sum(Tx *tx, const VariantId *variants, i64 n, StockSum *out)
{
    try(plain_sums(tx, variants, n, out));
    i64 bundles = 0;
    VariantId *of = arena_new_array(tx->a, VariantId, n);
    for (i64 i = 0; i < n; i++)
        if (out[i].bundle) of[bundles++] = variants[i];
    if (bundles == 0) return ERR_OK;
    StockParts parts;
    try(stock_parts(tx, of, bundles, &parts));
    VariantId *ids = arena_new_array(tx->a, VariantId, parts.n);
    StockSum *sums = arena_new_array(tx->a, StockSum, parts.n);
    for (i64 i = 0; i < parts.n; i++) ids[i] = parts.p[i].part;
    try(plain_sums(tx, ids, parts.n, sums));
    for (i64 i = 0; i < n; i++)
        if (out[i].bundle) make_up(&out[i], parts.p, sums, parts.n);
    return ERR_OK;
}

Err stock_level(Tx *tx, VariantId variant, StockLevel *out)
{
    StockSum sum;
    try(stock_sum(tx, &variant, 1, &sum));
    *out = sum.level;
    return ERR_OK;
}

Err stock_levels(Tx *tx, ProductId product, StockLevelList *out)
{
    StockProductVariantsRowList rows;
    try(q_stock_product_variants(tx, (StockProductVariantsIn){ .product = product }, &rows));
    VariantId *ids = arena_new_array(tx->a, VariantId, rows.n);
    StockSum *sums = arena_new_array(tx->a, StockSum, rows.n);
    for (i64 i = 0; i < rows.n; i++) ids[i] = rows.p[i].variant;
    try(stock_sum(tx, ids, rows.n, sums));
    *out = (StockLevelList){ arena_new_array(tx->a, StockLevel, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = sums[i].level;
    return ERR_OK;
}

Err stock_free_products(Tx *tx, ProductIdList products, ProductIdList *out)
{
    must(products.n <= STOCK_PRODUCTS_MAX);
    ProductId p[STOCK_PRODUCTS_MAX] = { 0 };
    for (i64 i = 0; i < products.n; i++) p[i] = products.p[i];
    StockFreeProductsOfRowList rows;
    StockFreeProductsOfIn in = { p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9] };
    try(q_stock_free_products_of(tx, in, &rows));
    *out = (ProductIdList){ arena_new_array(tx->a, ProductId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].product;
    return ERR_OK;
}

Err stock_pooled_products(Tx *tx, StockPool pool, ProductIdList products, ProductIdList *out)
{
    must(products.n <= STOCK_PRODUCTS_MAX);
    ProductId p[STOCK_PRODUCTS_MAX] = { 0 };
    for (i64 i = 0; i < products.n; i++) p[i] = products.p[i];
    StockAllocationProductsRowList rows;
    StockAllocationProductsIn in = { pool, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9] };
    try(q_stock_allocation_products(tx, in, &rows));
    *out = (ProductIdList){ arena_new_array(tx->a, ProductId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].product;
    return ERR_OK;
}

Err stock_available(Tx *tx, StockWant want, i64 *out)
{
    if (want.pool != STOCK_POOL_SHOP) return stock_allocation_left(tx, want.pool, want.pool_id, want.variant, out);
    StockFreeRow row;
    try(q_stock_free(tx, (StockFreeIn){ .variant = want.variant }, &row));
    *out = row.free;
    if (row.free > 0) return ERR_OK;
    StockLevel level;                                         // nothing of its own: perhaps a bundle
    try(stock_level(tx, want.variant, &level));
    *out = level.free;
    return ERR_OK;
}
