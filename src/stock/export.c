// Stock as text for spreadsheets: movements and levels. Rows are read in portions, so that a long file needs little memory.
#include "base/csv.h"
#include "shops/shops.h"
#include "stock/inner.h"

enum { PORTION = 500 };

static Err too_long(Tx *tx)
{
    return refuse(&tx->why, ERR_BAD_FIELD, "from", "That is more than %d lines; choose a shorter time.", STOCK_EXPORT_ROWS);
}

static void headings(Buf *b, const char *const *names, i64 n)
{
    for (i64 i = 0; i < n; i++) csv_cell(b, i == 0, str_of(names[i]));
    csv_end(b);
}

static Str reference(Arena *a, bool has, i64 v)
{
    return has ? arena_format(a, "%lld", (long long)v) : (Str){ 0 };
}

// ---------------------------------------------------------------------------------------------- movements

static const char *const MOVEMENT[] = { "at", "sku", "product", "options", "warehouse", "reason", "on_hand", "set_aside", "note",
                                        "reference", "bundle", "by", "movement", "variant" };

static void movement_line(Buf *b, Arena *a, const ShopWorkerList *staff, const StockMovementExportRow *r)
{
    csv_time(b, true, r->at);
    csv_cell(b, false, r->sku);
    csv_cell(b, false, r->name);
    csv_cell(b, false, r->options);
    csv_cell(b, false, r->place.n ? r->place : reference(a, true, r->warehouse.v));
    csv_cell(b, false, str_of(STOCK_REASON_NAMES.names[r->reason]));
    csv_number(b, false, r->on_hand_delta);
    csv_number(b, false, r->allocated_delta);
    csv_cell(b, false, r->note);
    csv_cell(b, false, reference(a, r->has_reference, r->reference));
    csv_cell(b, false, r->bundle);
    csv_cell(b, false, stock_actor_name(staff, r->reason, r->has_reference, r->actor));
    csv_cell(b, false, reference(a, true, r->id.v));
    csv_cell(b, false, reference(a, true, r->variant.v));
    csv_end(b);
}

// The rows' memory is given back after each portion; the scratch goes with the transaction's arena, whatever happens.
static void free_scratch(void *thing)
{
    arena_free(thing);
}

static Err movement_lines(Tx *tx, StockMovementExportIn in, const ShopWorkerList *staff, Buf *out)
{
    ArenaSlot *slot = arena_defer(tx->a, free_scratch);
    Arena *scratch = arena_new(tx->a, Arena), *own = tx->a;
    slot->thing = scratch;
    for (i64 total = 0;;) {
        StockMovementExportRowList rows;
        tx->a = scratch;
        Err e = q_stock_movement_export(tx, in, &rows);
        tx->a = own;
        try(e);
        total += rows.n;
        if (total > STOCK_EXPORT_ROWS) return too_long(tx);
        for (i64 i = 0; i < rows.n; i++) movement_line(out, scratch, staff, &rows.p[i]);
        if (out->full) return too_long(tx);
        if (rows.n < PORTION) return ERR_OK;
        in.after = rows.p[rows.n - 1].id;
        arena_reset(scratch);
    }
}

Err stock_movements_text(Tx *tx, const By *by, StockMoves want, Buf *out)
{
    ShopWorkerList staff;
    try(shop_may(tx, by, want.shop, STAFF_ROLE_PACKER));
    try(shop_staff(tx, by, want.shop, &staff));
    headings(out, MOVEMENT, COUNT(MOVEMENT));
    // Ids begin with their time (base/id.h): the time is a range of the key.
    i64 after = want.from > 0 ? id_floor(want.from) - 1 : 0;
    StockMovementExportIn in = { .shop = want.shop, .after = { after }, .variant = want.variant, .has_reason = want.has_reason,
                                 .reason = want.reason, .warehouse = want.warehouse, .limit = PORTION,
                                 .before = { want.to > 0 ? id_floor(want.to) : INT64_MAX } };
    return movement_lines(tx, in, &staff, out);
}

// ---------------------------------------------------------------------------------------------- levels

static const char *const LEVEL[] = { "sku", "product", "options", "warehouse", "on_sale", "on_hand", "held", "set_aside", "free",
                                     "incoming", "low_at", "variant" };

static void level_line(Buf *b, Arena *a, const StockItemGetRow *i, Str place, const StockPlace *p, i64 incoming)
{
    csv_cell(b, true, i->sku);
    csv_cell(b, false, i->name);
    csv_cell(b, false, i->options);
    csv_cell(b, false, place);
    csv_cell(b, false, i->on_sale ? STR("yes") : STR("no"));
    csv_number(b, false, p->on_hand);
    csv_number(b, false, p->held);
    csv_number(b, false, p->allocated);
    csv_number(b, false, p->free);
    csv_number(b, false, incoming);
    if (i->low >= 0) csv_number(b, false, i->low);
    else csv_cell(b, false, STR(""));
    csv_cell(b, false, reference(a, true, i->variant.v));
    csv_end(b);
}

// A line for all places together, then one for each place that has or had some, if there are several.
static Err item_lines(Tx *tx, const By *by, const StockItemGetRow *item, Buf *out, i64 *lines)
{
    StockSum sum;
    StockPlaceList places = { 0 };
    try(stock_sum(tx, &item->variant, 1, &sum));
    StockPlace all = { .on_hand = sum.level.on_hand, .held = sum.level.held, .allocated = sum.level.allocated,
                       .free = sum.level.free };
    level_line(out, tx->a, item, item->bundle ? STR("bundle") : STR("all"), &all, sum.incoming);
    *lines += 1;
    if (!item->bundle) try(stock_places_with(tx, by, item, &places));
    for (i64 i = 0; i < places.n && places.n > 1; i++) {
        const StockPlace *p = &places.p[i];
        level_line(out, tx->a, item, p->name.n ? p->name : reference(tx->a, true, p->warehouse.v), p, 0);
        *lines += 1;
    }
    return ERR_OK;
}

static Err portion_lines(Tx *tx, const By *by, StockItemPageIn *in, Buf *out, i64 *lines, bool *more)
{
    StockItemGetRowList items;
    try(q_stock_item_page(tx, *in, &items));
    for (i64 i = 0; i < items.n; i++) try(item_lines(tx, by, &items.p[i], out, lines));
    *more = items.n == in->limit;
    if (*more) in->before = items.p[items.n - 1].variant;
    return ERR_OK;
}

Err stock_levels_text(Tx *tx, const By *by, ShopId shop, Buf *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    headings(out, LEVEL, COUNT(LEVEL));
    ArenaSlot *slot = arena_defer(tx->a, free_scratch);
    Arena *scratch = arena_new(tx->a, Arena), *own = tx->a;
    slot->thing = scratch;
    StockItemPageIn in = { .shop = shop, .before = { INT64_MAX }, .limit = PORTION };
    i64 lines = 0;
    for (bool more = true; more;) {
        tx->a = scratch;
        Err e = portion_lines(tx, by, &in, out, &lines, &more);
        tx->a = own;
        try(e);
        if (out->full || lines > STOCK_EXPORT_ROWS) return too_long(tx);
        arena_reset(scratch);
    }
    return ERR_OK;
}
