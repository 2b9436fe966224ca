// Holds: what checkouts take, sell, let go and bring back. Each number is decided by one conditional update; what was taken
// from where is kept in the hold, so that it goes back there.
#include "stock/inner.h"

// n units of a part for one wanted item (the part itself, or a bundle with `per` of it), out of one pool.
typedef struct Need { VariantId item, part; i64 per, n; StockPool pool; i64 pool_id; } Need;
typedef struct Needs { Need *p; i64 n; } Needs;

// ---------------------------------------------------------------------------------------------- what is needed

// By part first: so that two checkouts update in the same order, and what several items share stands together. What was set
// aside for an item is its own.
static int by_part(const void *one, const void *two)
{
    const Need *a = one, *b = two;
    if (a->part.v != b->part.v) return a->part.v < b->part.v ? -1 : 1;
    if (a->pool != b->pool) return a->pool < b->pool ? -1 : 1;
    if (a->pool_id != b->pool_id) return a->pool_id < b->pool_id ? -1 : 1;
    return a->item.v < b->item.v ? -1 : a->item.v > b->item.v;
}

static bool one_source(const Need *a, const Need *b)
{
    bool item = a->pool == STOCK_POOL_SHOP || a->item.v == b->item.v;
    return item && a->part.v == b->part.v && a->pool == b->pool && a->pool_id == b->pool_id;
}

static void add_need(Needs *needs, Need need)
{
    for (i64 i = 0; i < needs->n; i++) {
        Need *old = &needs->p[i];
        if (old->item.v != need.item.v || !one_source(old, &need)) continue;
        old->n += need.n;                                     // the same thing wanted twice
        return;
    }
    needs->p[needs->n++] = need;
}

static Err expand(Tx *tx, const StockWant *wants, i64 n, Needs *out)
{
    VariantId ids[STOCK_WANTS_MAX];
    StockParts parts;
    for (i64 i = 0; i < n; i++) ids[i] = wants[i].variant;
    if (n == 1) try(q_stock_parts_of_one(tx, (StockPartsOfOneIn){ .bundle = wants[0].variant }, &parts));
    else try(stock_parts(tx, ids, n, &parts));
    *out = (Needs){ arena_new_array(tx->a, Need, parts.n ? n * STOCK_PARTS_MAX : n), 0 };
    for (i64 i = 0; i < n; i++) {
        const StockWant *w = &wants[i];
        Need need = { .item = w->variant, .part = w->variant, .per = 1, .n = w->n, .pool = w->pool, .pool_id = w->pool_id };
        bool bundle = false;
        for (i64 k = 0; k < parts.n; k++) {
            if (parts.p[k].bundle.v != w->variant.v) continue;
            bundle = true;
            need.part = parts.p[k].part;
            need.per = parts.p[k].quantity;
            need.n = w->n * need.per;
            add_need(out, need);
        }
        if (!bundle) add_need(out, need);
    }
    qsort(out->p, (size_t)out->n, sizeof(Need), by_part);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- taking

static Err left_of(Tx *tx, const Need *need, i64 *out)
{
    if (need->pool == STOCK_POOL_SHOP) {
        StockFreeRow row;
        try(q_stock_free(tx, (StockFreeIn){ .variant = need->part }, &row));
        *out = row.free;
        return ERR_OK;
    }
    StockAllocationRestAtRowList rows;
    try(q_stock_allocation_rest_at(tx, (StockAllocationRestAtIn){ .pool = need->pool, .pool_id = need->pool_id,
                                                                  .item = need->item, .variant = need->part }, &rows));
    *out = 0;
    for (i64 i = 0; i < rows.n; i++) *out += rows.p[i].free;
    return ERR_OK;
}

// Needs before `failed` are held already by this very call: for the buyer they still count as there.
static Err sold_out(Tx *tx, const Needs *needs, i64 failed)
{
    const Need *short_of = &needs->p[failed];
    i64 left = INT64_MAX, wanted = short_of->n / short_of->per;
    for (i64 i = 0; i < needs->n; i++) {
        const Need *need = &needs->p[i];
        if (need->item.v != short_of->item.v || need->pool != short_of->pool || need->pool_id != short_of->pool_id) continue;
        i64 there;
        try(left_of(tx, need, &there));
        for (i64 k = 0; k < failed; k++)
            if (one_source(need, &needs->p[k])) there += needs->p[k].n;
        if (there / need->per < left) left = there / need->per;
    }
    if (left <= 0) return refuse(&tx->why, ERR_SOLD_OUT, "quantity", "This is sold out.");
    if (left < wanted) return refuse(&tx->why, ERR_SOLD_OUT, "quantity", "Only %lld left.", (long long)left);
    return refuse(&tx->why, ERR_SOLD_OUT, "quantity",
                  "Several lines share the same stock, and there is not enough for all of them.");
}

// What was taken from where.
typedef struct Taken { WarehouseId warehouse; i64 n; } Taken;
typedef struct TakenList { Taken p[STOCK_WAREHOUSES_MAX]; i64 n; } TakenList;

static Err take_at(Tx *tx, const Need *from, WarehouseId place, i64 n, i64 *changed)
{
    if (from->pool == STOCK_POOL_SHOP)
        return q_stock_level_hold_at(tx, (StockLevelHoldAtIn){ .variant = from->part, .warehouse = place, .n = n }, changed);
    return q_stock_allocation_hold_at(tx, (StockAllocationHoldAtIn){ .pool = from->pool, .pool_id = from->pool_id,
                                                                     .item = from->item, .variant = from->part,
                                                                     .warehouse = place, .n = n }, changed);
}

typedef struct PlaceFree { WarehouseId warehouse; i64 free; } PlaceFree;

static Err places_with(Tx *tx, const Need *from, PlaceFree *out, i64 *n)
{
    *n = 0;
    if (from->pool == STOCK_POOL_SHOP) {
        StockFreeAtRowList rows;
        try(q_stock_free_at(tx, (StockFreeAtIn){ .variant = from->part }, &rows));
        for (; *n < rows.n; ++*n) out[*n] = (PlaceFree){ rows.p[*n].warehouse, rows.p[*n].free };
        return ERR_OK;
    }
    StockAllocationRestAtRowList rows;
    try(q_stock_allocation_rest_at(tx, (StockAllocationRestAtIn){ .pool = from->pool, .pool_id = from->pool_id,
                                                                  .item = from->item, .variant = from->part }, &rows));
    for (; *n < rows.n; ++*n) out[*n] = (PlaceFree){ rows.p[*n].warehouse, rows.p[*n].free };
    return ERR_OK;
}

// All from the first place by priority that has enough, else what each has. out->n is 0 when all together have too little.
static Err take(Tx *tx, const Need *from, i64 n, TakenList *out)
{
    PlaceFree places[STOCK_WAREHOUSES_MAX];
    i64 count, sum = 0, first = 0;
    out->n = 0;
    try(places_with(tx, from, places, &count));
    for (i64 i = 0; i < count; i++) sum += places[i].free;
    if (sum < n) return ERR_OK;
    while (first < count && places[first].free < n) first++;
    for (i64 i = first < count ? first : 0; i < count && n > 0; i++) {
        i64 k = places[i].free < n ? places[i].free : n, changed;
        try(take_at(tx, from, places[i].warehouse, k, &changed));
        must(changed == 1);                                   // read in this very transaction
        out->p[out->n++] = (Taken){ places[i].warehouse, k };
        n -= k;
    }
    return ERR_OK;
}

static Err put_hold(Tx *tx, const By *by, CheckoutId checkout, const Need *need, WarehouseId place, i64 n)
{
    i64 changed;
    try(q_stock_hold_put(tx, (StockHoldPutIn){ .checkout = checkout, .item = need->item, .variant = need->part,
                                               .warehouse = place, .pool = need->pool, .pool_id = need->pool_id,
                                               .per = need->per, .n = n, .now = by->now }, &changed));
    must(changed == 1);                                       // once a checkout, until it is released
    return ERR_OK;
}

// needs[first..last) have one source: one update for their sum, then a hold for each item and place.
static Err hold_source(Tx *tx, const By *by, CheckoutId checkout, const Needs *needs, i64 first, i64 last)
{
    TakenList taken;
    i64 sum = 0, at = 0;
    for (i64 i = first; i < last; i++) sum += needs->p[i].n;
    try(take(tx, &needs->p[first], sum, &taken));
    if (taken.n == 0) return sold_out(tx, needs, first);
    for (i64 i = first; i < last; i++)
        for (i64 rest = needs->p[i].n; rest > 0;) {
            i64 k = taken.p[at].n < rest ? taken.p[at].n : rest;
            try(put_hold(tx, by, checkout, &needs->p[i], taken.p[at].warehouse, k));
            rest -= k;
            taken.p[at].n -= k;
            if (taken.p[at].n == 0) at++;
        }
    return ERR_OK;
}

// The common case: nobody shares it, and it lies in one place. A bundle has no level of its own, and what lies in several
// places is marked, so that this changes nothing of either.
static Err hold_alone(Tx *tx, const By *by, CheckoutId checkout, const StockWant *want, bool *held)
{
    i64 changed;
    bool shop = want->pool == STOCK_POOL_SHOP;
    if (shop)
        try(q_stock_level_hold(tx, (StockLevelHoldIn){ .variant = want->variant, .n = want->n }, &changed));
    else
        try(q_stock_allocation_hold(tx, (StockAllocationHoldIn){ .pool = want->pool, .pool_id = want->pool_id,
                                                                 .item = want->variant, .variant = want->variant,
                                                                 .n = want->n }, &changed));
    *held = changed > 0;
    if (!*held) return ERR_OK;
    if (shop)
        try(q_stock_hold_put_alone(tx, (StockHoldPutAloneIn){ .checkout = checkout, .variant = want->variant, .n = want->n,
                                                              .now = by->now }, &changed));
    else
        try(q_stock_hold_put_pool(tx, (StockHoldPutPoolIn){ .checkout = checkout, .variant = want->variant, .pool = want->pool,
                                                            .pool_id = want->pool_id, .n = want->n, .now = by->now }, &changed));
    must(changed == 1);                                       // once a checkout, until it is released
    return ERR_OK;
}

Err stock_hold(Tx *tx, const By *by, CheckoutId checkout, const StockWant *wants, i64 n)
{
    must(checkout.v > 0 && n >= 0 && n <= STOCK_WANTS_MAX);
    for (i64 i = 0; i < n; i++) {
        must(wants[i].n > 0 && wants[i].n <= STOCK_MOST);
        must((wants[i].pool == STOCK_POOL_SHOP) == (wants[i].pool_id == 0));
    }
    bool held = false;
    if (n == 1) try(hold_alone(tx, by, checkout, wants, &held));
    if (held || n == 0) return ERR_OK;
    Needs needs;
    try(expand(tx, wants, n, &needs));
    for (i64 first = 0, last; first < needs.n; first = last) {
        for (last = first + 1; last < needs.n && one_source(&needs.p[first], &needs.p[last]);) last++;
        try(hold_source(tx, by, checkout, &needs, first, last));
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

Err stock_held_by(Tx *tx, CheckoutId taker, VariantId item, i64 *n)
{
    StockHeldByRow row;
    try(q_stock_held_by(tx, (StockHeldByIn){ .taker = taker, .item = item }, &row));
    *n = row.n;
    return ERR_OK;
}

Err stock_takers(Tx *tx, CheckoutId after, CheckoutIdList *out)
{
    StockTakersRowList rows;
    try(q_stock_takers(tx, (StockTakersIn){ .after = after }, &rows));
    *out = (CheckoutIdList){ arena_new_array(tx->a, CheckoutId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].taker;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- selling, letting go

// Rows come in the key's order on SQLite and in any on PostgreSQL; levels are updated in the order of variants and places.
static int by_level(const void *one, const void *two)
{
    const StockHoldSellRow *a = one, *b = two;
    if (a->variant.v != b->variant.v) return a->variant.v < b->variant.v ? -1 : 1;
    return a->warehouse.v < b->warehouse.v ? -1 : a->warehouse.v > b->warehouse.v;
}

static Err sell_one(Tx *tx, const By *by, CheckoutId checkout, const StockHoldSellRow *h, StockReason reason)
{
    bool shop = h->pool == STOCK_POOL_SHOP;
    i64 n = h->quantity, changed;
    if (!shop) {
        try(q_stock_allocation_sell(tx, (StockAllocationSellIn){ .pool = h->pool, .pool_id = h->pool_id, .item = h->item,
                                                                 .variant = h->variant, .warehouse = h->warehouse, .n = n },
                                    &changed));
        if (changed == 0) return stock_broken(tx, h->variant);
    }
    try(q_stock_level_sell(tx, (StockLevelSellIn){ .variant = h->variant, .warehouse = h->warehouse, .n = n, .held = shop ? n : 0,
                                                   .allocated = shop ? 0 : n }, &changed));
    if (changed == 0) return stock_broken(tx, h->variant);
    return stock_note(tx, by, (Move){ .variant = h->variant, .warehouse = h->warehouse, .shop = h->shop, .delta = -n,
                                      .allocated = shop ? 0 : -n, .reason = reason, .reference = checkout.v,
                                      .bundle = { h->item.v == h->variant.v ? 0 : h->item.v } });
}

static Err sell(Tx *tx, const By *by, CheckoutId checkout, StockReason reason)
{
    StockHoldSellRowList rows;
    i64 sum = 0, changed;
    try(q_stock_hold_sell(tx, (StockHoldSellIn){ .checkout = checkout, .now = by->now }, &rows));
    if (rows.n > 1) qsort(rows.p, (size_t)rows.n, sizeof(StockHoldSellRow), by_level);
    for (i64 i = 0; i < rows.n; i++) {
        sum += rows.p[i].quantity;
        try(sell_one(tx, by, checkout, &rows.p[i], reason));
    }
    // Only what may have come to its line is looked at: several rows may be of one variant.
    for (i64 i = 0; i < rows.n; i++)
        if (rows.p[i].on_hand - sum <= rows.p[i].low)
            try(q_stock_item_fall(tx, (StockItemFallIn){ .variant = rows.p[i].variant, .now = by->now }, &changed));
    return ERR_OK;
}

Err stock_sell(Tx *tx, const By *by, CheckoutId checkout)
{
    return sell(tx, by, checkout, STOCK_REASON_SOLD);
}

Err stock_exchange(Tx *tx, const By *by, CheckoutId taker)
{
    return sell(tx, by, taker, STOCK_REASON_EXCHANGED);
}

static Err release_one(Tx *tx, const By *by, CheckoutId checkout, const StockHoldReleaseRow *h)
{
    i64 n = h->quantity, changed;
    if (h->pool == STOCK_POOL_SHOP) {
        StockLevelReleaseIn in = { .variant = h->variant, .warehouse = h->warehouse, .n = n };
        try(q_stock_level_release(tx, in, &changed));
        return changed ? ERR_OK : stock_broken(tx, h->variant);
    }
    StockAllocationReleaseRow *pool;
    try(q_stock_allocation_release(tx, (StockAllocationReleaseIn){ .pool = h->pool, .pool_id = h->pool_id, .item = h->item,
                                                                   .variant = h->variant, .warehouse = h->warehouse, .n = n },
                                   &pool));
    if (!pool) return stock_broken(tx, h->variant);
    if (!pool->has_ended) return ERR_OK;
    StockLevelFreeRow *level;
    try(q_stock_level_free(tx, (StockLevelFreeIn){ .variant = h->variant, .warehouse = h->warehouse, .n = n }, &level));
    if (!level) return stock_broken(tx, h->variant);
    return stock_note(tx, by, (Move){ .variant = h->variant, .warehouse = h->warehouse, .shop = level->shop, .allocated = -n,
                                      .reason = STOCK_REASON_GIVEN_BACK, .reference = checkout.v });
}

static int by_place(const void *one, const void *two)
{
    const StockHoldReleaseRow *a = one, *b = two;
    if (a->variant.v != b->variant.v) return a->variant.v < b->variant.v ? -1 : 1;
    return a->warehouse.v < b->warehouse.v ? -1 : a->warehouse.v > b->warehouse.v;
}

Err stock_release(Tx *tx, const By *by, CheckoutId checkout)
{
    StockHoldReleaseRowList rows;
    try(q_stock_hold_release(tx, (StockHoldReleaseIn){ .checkout = checkout, .now = by->now }, &rows));
    if (rows.n > 1) qsort(rows.p, (size_t)rows.n, sizeof(StockHoldReleaseRow), by_place);
    for (i64 i = 0; i < rows.n; i++) try(release_one(tx, by, checkout, &rows.p[i]));
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- coming back

// n units of one hold come back into their warehouse, and into their pool while it lasts.
static Err back_one(Tx *tx, const By *by, const StockBack *back, const StockHoldSoldRow *h, i64 n)
{
    i64 changed, pooled = 0;
    try(q_stock_hold_back(tx, (StockHoldBackIn){ .checkout = back->checkout, .item = back->variant, .variant = h->variant,
                                                 .warehouse = h->warehouse, .pool = h->pool, .pool_id = h->pool_id, .n = n },
                          &changed));
    if (changed == 0) return stock_broken(tx, h->variant);
    if (h->pool != STOCK_POOL_SHOP && !back->damaged) {
        try(q_stock_allocation_back(tx, (StockAllocationBackIn){ .pool = h->pool, .pool_id = h->pool_id, .item = back->variant,
                                                                 .variant = h->variant, .warehouse = h->warehouse, .n = n },
                                    &changed));
        if (changed) pooled = n;
    }
    StockLevelBackRow *level;
    try(q_stock_level_back(tx, (StockLevelBackIn){ .variant = h->variant, .warehouse = h->warehouse, .n = back->damaged ? 0 : n,
                                                   .allocated = pooled }, &level));
    if (!level) return stock_broken(tx, h->variant);
    Move m = { .variant = h->variant, .warehouse = h->warehouse, .shop = level->shop, .delta = n, .allocated = pooled,
               .reason = STOCK_REASON_RETURNED, .reference = back->order.v,
               .bundle = { back->variant.v == h->variant.v ? 0 : back->variant.v } };
    try(stock_note(tx, by, m));
    if (!back->damaged) return q_stock_item_rise(tx, (StockItemRiseIn){ .variant = h->variant }, &changed);
    m.delta = -n;
    m.reason = STOCK_REASON_DAMAGED;
    return stock_note(tx, by, m);
}

// How many of the item can still come back: what its scarcest part allows.
static i64 still_out(const StockHoldSoldRowList *rows)
{
    i64 least = INT64_MAX;
    for (i64 i = 0, k; i < rows->n; i = k) {
        i64 left = 0;
        for (k = i; k < rows->n && rows->p[k].variant.v == rows->p[i].variant.v; k++) left += rows->p[k].left;
        if (left / rows->p[i].per < least) least = left / rows->p[i].per;
    }
    return rows->n ? least : 0;
}

Err stock_return(Tx *tx, const By *by, StockBack back)
{
    must(back.n > 0 && back.order.v > 0);
    StockHoldSoldRowList rows;
    try(q_stock_hold_sold(tx, (StockHoldSoldIn){ .checkout = back.checkout, .item = back.variant }, &rows));
    i64 out = still_out(&rows);
    if (back.n > out)
        return refuse(&tx->why, ERR_WRONG_STATE, "quantity", "Of these, %lld can still come back.", (long long)out);
    for (i64 i = 0, k; i < rows.n; i = k) {
        i64 rest = back.n * rows.p[i].per;
        for (k = i; k < rows.n && rows.p[k].variant.v == rows.p[i].variant.v; k++) {
            i64 n = rows.p[k].left < rest ? rows.p[k].left : rest;
            if (n > 0) try(back_one(tx, by, &back, &rows.p[k], n));
            rest -= n;
        }
        must(rest == 0);
    }
    return ERR_OK;
}
