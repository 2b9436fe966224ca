// Private to stock/: what its files share.
#pragma once
#include "shops/shops.h"
#include "stock/stock.h"

// ---- movements and levels (stock.c)

// One movement: `delta` of on hand, `allocated` of what is set aside, at one place.
typedef struct Move {
    VariantId variant; WarehouseId warehouse; ShopId shop;
    i64 delta, allocated;
    StockReason reason; Str note; i64 reference; VariantId bundle;
} Move;
Err stock_note(Tx *tx, const By *by, Move m);
// Adds m.delta > 0 units and notes it. ERR_BAD_FIELD with `field` past STOCK_MOST.
Err stock_put(Tx *tx, const By *by, Move m, const char *field);
// Takes -m.delta > 0 free units and notes it; *taken false when there are fewer.
Err stock_take(Tx *tx, const By *by, Move m, bool *taken);
// The ledger is broken: nothing may be built on that. Logged.
Err stock_broken(Tx *tx, VariantId variant);

// The variant's item, if the caller has that role in its shop.
Err stock_item_for(Tx *tx, const By *by, VariantId variant, StaffRole least, StockItemGetRow **out);
// ERR_WRONG_STATE for a bundle: its parts have the stock.
Err stock_not_bundle(Tx *tx, const StockItemGetRow *item);

// ---- places (warehouses.c)

// The first that the shop sells from; made when the shop has none yet.
Err stock_main(Tx *tx, const By *by, ShopId shop, WarehouseId *out);
// `asked`, if it is this shop's, or stock_main for 0. ERR_BAD_FIELD with the field "warehouse".
Err stock_place(Tx *tx, const By *by, ShopId shop, WarehouseId asked, WarehouseId *out);
// All of a shop's; at least one.
Err stock_places_of(Tx *tx, const By *by, ShopId shop, WarehousePage *out);

// ---- sums (levels.c)

// Of any variants, in their order; bundles by their parts. Zeroes where there is no item.
typedef struct StockSum { StockLevel level; i64 incoming; bool bundle; } StockSum;
Err stock_sum(Tx *tx, const VariantId *variants, i64 n, StockSum *out);

// ---- bundles (bundles.c)

// The parts of those that are bundles, ordered by bundle and part.
typedef StockPartsOfRowList StockParts;
Err stock_parts(Tx *tx, const VariantId *variants, i64 n, StockParts *out);

// ---- rows of lists (lists.c)

Err stock_row(Tx *tx, const StockItemGetRow *item, StockRow *out);
// Where it lies, by priority of the shop's warehouses.
Err stock_places_with(Tx *tx, const By *by, const StockItemGetRow *item, StockPlaceList *out);
// Who of the staff did it; empty for sales, for what came back of them, and for everyone who does not work there. A buyer's
// name is no business of the stock.
Str stock_actor_name(const ShopWorkerList *staff, StockReason reason, bool has_reference, AccountId actor);
Err stock_next(Tx *tx, i64 n, i64 last, Str *next);          // the cursor behind a page of n rows
