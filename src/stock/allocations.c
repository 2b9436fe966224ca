// What is set aside for channels: out of the free stock by a conditional update, and back into it. A pool sells only its own.
#include "shops/shops.h"
#include "stock/inner.h"

enum { OPEN_PAGE = 1000 };               // rows of a pool in memory at once

// ---------------------------------------------------------------------------------------------- setting aside

typedef struct Aside { StockAllotment in; VariantId part; i64 per; Str note; } Aside;

static Err put_aside(Tx *tx, const By *by, const Aside *a, WarehouseId place, i64 n)
{
    i64 changed;
    try(q_stock_level_allocate(tx, (StockLevelAllocateIn){ .variant = a->part, .warehouse = place, .n = n }, &changed));
    must(changed == 1);                                       // read in this very transaction
    try(q_stock_allocation_put(tx, (StockAllocationPutIn){ .pool = a->in.pool, .pool_id = a->in.pool_id, .item = a->in.variant,
                                                           .variant = a->part, .warehouse = place, .shop = a->in.shop,
                                                           .per = a->per, .n = n, .note = a->note,
                                                           .actor = { by->who.account }, .now = by->now }, &changed));
    try(q_stock_allocation_several(tx, (StockAllocationSeveralIn){ .pool = a->in.pool, .pool_id = a->in.pool_id,
                                                                   .item = a->in.variant, .variant = a->part }, &changed));
    return stock_note(tx, by, (Move){ .variant = a->part, .warehouse = place, .shop = a->in.shop, .allocated = n,
                                      .reason = STOCK_REASON_SET_ASIDE, .note = a->note, .reference = a->in.pool_id,
                                      .bundle = { a->part.v == a->in.variant.v ? 0 : a->in.variant.v } });
}

// From the first place by priority that has all of it, else from several. *done false when there is too little.
static Err aside_part(Tx *tx, const By *by, const Aside *a, i64 n, bool *done)
{
    StockFreeAtRowList rows;
    i64 sum = 0;
    try(q_stock_free_at(tx, (StockFreeAtIn){ .variant = a->part }, &rows));
    for (i64 i = 0; i < rows.n; i++) sum += rows.p[i].free;
    *done = sum >= n;
    if (!*done) return ERR_OK;
    for (i64 i = 0; i < rows.n; i++)
        if (rows.p[i].free >= n) return put_aside(tx, by, a, rows.p[i].warehouse, n);
    for (i64 i = 0; n > 0; i++) {
        i64 k = rows.p[i].free < n ? rows.p[i].free : n;
        try(put_aside(tx, by, a, rows.p[i].warehouse, k));
        n -= k;
    }
    return ERR_OK;
}

static Err aside(Tx *tx, const By *by, StockAllotment in, Str note)
{
    must(in.pool != STOCK_POOL_SHOP && in.pool_id > 0 && in.n > 0 && in.n <= STOCK_MOST);
    StockItemGetRow *item;
    StockParts parts;
    i64 left;
    try(q_stock_item_get(tx, (StockItemGetIn){ .variant = in.variant }, &item));
    if (!item || item->shop.v != in.shop.v) return refuse(&tx->why, ERR_NOT_FOUND, "variant", "This shop has no such variant.");
    try(stock_available(tx, (StockWant){ .variant = in.variant, .n = in.n }, &left));
    if (left < in.n)
        return refuse(&tx->why, ERR_SOLD_OUT, "quantity", "%s%lld can be set aside: the rest is sold, held or set aside already.",
                      left > 0 ? "Only " : "", (long long)(left > 0 ? left : 0));
    try(stock_parts(tx, &in.variant, 1, &parts));
    Aside a = { .in = in, .part = in.variant, .per = 1, .note = note };
    bool done = true;
    if (parts.n == 0) try(aside_part(tx, by, &a, in.n, &done));
    for (i64 i = 0; i < parts.n && done; i++) {
        a.part = parts.p[i].part;
        a.per = parts.p[i].quantity;
        try(aside_part(tx, by, &a, in.n * a.per, &done));
    }
    must(done);                                               // stock_available has looked, in this very transaction
    return ERR_OK;
}

Err stock_allocate(Tx *tx, const By *by, StockAllotment in)
{
    return aside(tx, by, in, (Str){ 0 });
}

// ---------------------------------------------------------------------------------------------- giving back

// The free stock of the place has n more.
static Err give_back(Tx *tx, const By *by, StockAllotment of, VariantId variant, WarehouseId place, i64 n)
{
    StockLevelFreeRow *level;
    try(q_stock_level_free(tx, (StockLevelFreeIn){ .variant = variant, .warehouse = place, .n = n }, &level));
    if (!level) return stock_broken(tx, variant);
    return stock_note(tx, by, (Move){ .variant = variant, .warehouse = place, .shop = level->shop, .allocated = -n,
                                      .reason = STOCK_REASON_GIVEN_BACK, .reference = of.pool_id,
                                      .bundle = { of.variant.v == variant.v ? 0 : of.variant.v } });
}

static Err end_row(Tx *tx, const By *by, StockAllotment of, const StockAllocationOpenRow *r)
{
    i64 changed;
    of.variant = r->item;
    try(q_stock_allocation_end_row(tx, (StockAllocationEndRowIn){ .pool = of.pool, .pool_id = of.pool_id, .item = r->item,
                                                                  .variant = r->variant, .warehouse = r->warehouse,
                                                                  .rest = r->rest, .now = by->now }, &changed));
    must(changed == 1);                                       // read in this very transaction
    return r->rest ? give_back(tx, by, of, r->variant, r->warehouse, r->rest) : ERR_OK;
}

// All of it, page by page: a flash sale of bundles has a row for each part, item and warehouse. What has ended is on no page.
Err stock_allocation_end(Tx *tx, const By *by, StockPool pool, i64 pool_id)
{
    StockAllocationOpenRowList rows;
    do {
        ArenaMark mark = arena_mark(tx->a);
        StockAllocationOpenIn in = { .pool = pool, .pool_id = pool_id, .limit = OPEN_PAGE };
        try(q_stock_allocation_open(tx, in, &rows));
        for (i64 i = 0; i < rows.n; i++) try(end_row(tx, by, (StockAllotment){ .pool = pool, .pool_id = pool_id }, &rows.p[i]));
        arena_rewind(tx->a, mark);
    } while (rows.n == OPEN_PAGE);
    return ERR_OK;
}

Err stock_allocation_cut(Tx *tx, const By *by, StockAllotment in)
{
    must(in.n > 0 && in.n <= STOCK_MOST);
    i64 left;
    StockAllocationRestRowList parts;
    try(stock_allocation_left(tx, in.pool, in.pool_id, in.variant, &left));
    if (left < in.n)
        return refuse(&tx->why, ERR_SOLD_OUT, "quantity", "%s%lld of what was set aside are left.", left > 0 ? "Only " : "",
                      (long long)left);
    StockAllocationRestIn of = { .pool = in.pool, .pool_id = in.pool_id, .item = in.variant };
    try(q_stock_allocation_rest(tx, of, &parts));
    for (i64 p = 0; p < parts.n; p++) {
        StockAllocationRestAtRowList rows;
        i64 n = in.n * parts.p[p].per, changed;
        StockAllocationRestAtIn at = { .pool = in.pool, .pool_id = in.pool_id, .item = in.variant,
                                       .variant = parts.p[p].variant };
        try(q_stock_allocation_rest_at(tx, at, &rows));
        // From the last place to be taken from, so that the pool keeps what it would sell first.
        for (i64 i = rows.n - 1; i >= 0 && n > 0; i--) {
            i64 k = rows.p[i].free < n ? rows.p[i].free : n;
            try(q_stock_allocation_cut(tx, (StockAllocationCutIn){ .pool = in.pool, .pool_id = in.pool_id, .item = in.variant,
                                                                   .variant = at.variant, .warehouse = rows.p[i].warehouse,
                                                                   .n = k }, &changed));
            must(changed == 1);
            try(give_back(tx, by, in, at.variant, rows.p[i].warehouse, k));
            n -= k;
        }
        must(n == 0);
    }
    return ERR_OK;
}

Err stock_allocation_left(Tx *tx, StockPool pool, i64 pool_id, VariantId variant, i64 *left)
{
    StockAllocationRestRowList rows;
    try(q_stock_allocation_rest(tx, (StockAllocationRestIn){ .pool = pool, .pool_id = pool_id, .item = variant }, &rows));
    *left = rows.n ? INT64_MAX : 0;
    for (i64 i = 0; i < rows.n; i++)
        if (rows.p[i].rest / rows.p[i].per < *left) *left = rows.p[i].rest / rows.p[i].per;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- by hand, and lists

static StockAllocation shown(const StockAllocationPageRow *r)
{
    return (StockAllocation){ .pool = r->pool, .pool_id = { r->pool_id }, .variant = r->item,
                              .name = r->name, .options = r->options, .sku = r->sku, .units = r->units, .left = r->rest,
                              .held = r->held, .sold = r->sold, .note = r->note, .at = r->at, .has_ended = r->has_ended,
                              .ended = r->ended };
}

Err stock_allocations(Tx *tx, const By *by, StockSetAside want, StockAllocations *out)
{
    try(shop_may(tx, by, want.shop, STAFF_ROLE_PACKER));
    StockAllocationPageRowList rows;
    StockAllocationPageIn in = { .shop = want.shop, .before = want.before, .before_item = want.before_variant,
                                 .has_pool = want.has_pool, .pool = want.pool, .variant = want.variant, .ended = want.ended,
                                 .limit = STOCK_PAGE };
    if (in.before == 0) in.before = INT64_MAX;
    try(q_stock_allocation_page(tx, in, &rows));
    out->items = (StockAllocationList){ arena_new_array(tx->a, StockAllocation, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->items.p[i] = shown(&rows.p[i]);
    if (rows.n < STOCK_PAGE) return ERR_OK;
    out->next = out->items.p[rows.n - 1].pool_id;
    out->next_item = out->items.p[rows.n - 1].variant;
    return ERR_OK;
}

Err stock_keep(Tx *tx, const By *by, VariantId variant, const StockKeep *in, StockAllocation *out)
{
    StockItemGetRow *item;
    try(stock_item_for(tx, by, variant, STAFF_ROLE_MANAGER, &item));
    StockAllotment kept = { .pool = STOCK_POOL_KEPT, .pool_id = id_next(by->ids, by->now), .variant = variant,
                            .shop = item->shop, .n = in->quantity };
    try(aside(tx, by, kept, in->note));
    *out = (StockAllocation){ .pool = kept.pool, .pool_id = { kept.pool_id }, .variant = variant, .name = item->name,
                              .options = item->options, .sku = item->sku, .units = in->quantity, .left = in->quantity,
                              .note = in->note, .at = by->now };
    return ERR_OK;
}

Err stock_keep_end(Tx *tx, const By *by, ShopId shop, i64 pool_id)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    StockAllocationShopRow *row;
    try(q_stock_allocation_shop(tx, (StockAllocationShopIn){ .pool = STOCK_POOL_KEPT, .pool_id = pool_id }, &row));
    if (!row || row->shop.v != shop.v)
        return refuse(&tx->why, ERR_NOT_FOUND, NULL, "This shop has set nothing of that number aside by hand.");
    return stock_allocation_end(tx, by, STOCK_POOL_KEPT, pool_id);
}
