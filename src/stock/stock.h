// Stock: a ledger of its own. On hand changes only by movements, held only by holds; neither is ever set. What a channel
// may sell is set aside first (an allocation), out of the free stock. docs/stock.md has the whole of it.
#pragma once
#include "api/req.h"
#include "gen/stock.gen.h"

enum {
    STOCK_MOST = 1000000000,         // units of one variant in one warehouse; sums of a shop stay far from int64's end
    STOCK_TAKERS = 1000,             // of one stock_takers
    STOCK_PAGE = 50,                 // rows of a page, of every list
    STOCK_PRODUCTS_MAX = 10,         // of one stock_free_products
    STOCK_WANTS_MAX = 100,           // of one stock_hold
    STOCK_WAREHOUSES_MAX = 50,       // of one shop
    STOCK_PARTS_MAX = 20,            // of one bundle
    STOCK_LOW_DEFAULT = 5,           // units: the line of a shop that has set none
    STOCK_EXPORT_ROWS = 50000,       // of one file
    STOCK_RATE_DAYS = 30,            // over which "days of supply" looks back
};

// ---- what other features may ask

typedef struct StockOpening { VariantId variant; ProductId product; ShopId shop; i64 on_hand; } StockOpening;
// Begins the stock of a new variant, on sale, with a movement 'opening' when there is some, in the first warehouse that the
// shop sells from.
Err stock_open(Tx *tx, const By *by, StockOpening in);
// What lists of stock show of a variant: its product's title, its own options ("red, XL") and SKU. Cut to the columns' sizes.
typedef struct StockName { VariantId variant; Str name, options, sku; } StockName;
Err stock_name(Tx *tx, StockName in);
// A variant was taken off sale or put on again: one that is off does not make its product available.
Err stock_show(Tx *tx, VariantId variant, bool on_sale);
// Whose it is. ERR_NOT_FOUND.
Err stock_variant(Tx *tx, VariantId variant, ShopId *shop, ProductId *product);
// On hand, held, set aside and free; zeroes without an item. Of a bundle: as many as its parts make now.
Err stock_level(Tx *tx, VariantId variant, StockLevel *out);
// The same of all of a product's variants, in no order.
Err stock_levels(Tx *tx, ProductId product, StockLevelList *out);
// Which of at most STOCK_PRODUCTS_MAX products have a unit to sell out of the free stock, in no order.
Err stock_free_products(Tx *tx, ProductIdList products, ProductIdList *out);
// Which of at most STOCK_PRODUCTS_MAX products have a unit left in what is set aside for this kind of pool, in no order.
Err stock_pooled_products(Tx *tx, StockPool pool, ProductIdList products, ProductIdList *out);

// One wanted variant: n > 0 units out of a pool (pool_id 0: the shop's free stock).
typedef struct StockWant { VariantId variant; i64 n; StockPool pool; i64 pool_id; } StockWant;
// How many could be held now: min(stock, allocation); of a bundle, what its scarcest part allows.
Err stock_available(Tx *tx, StockWant want, i64 *out);
// Holds all of `wants` (at most STOCK_WANTS_MAX) for a checkout or, by the transaction's end, none: by conditional updates in
// the order of variants, so that two checkouts never wait for each other crosswise (PostgreSQL). Bundles hold their parts, and
// what several wants share is held once, summed. Units come from the first warehouse by priority that has all, else from
// several. ERR_SOLD_OUT (with how many are left in tx->why). Once a checkout; again only after a release (a payment's
// second try).
Err stock_hold(Tx *tx, const By *by, CheckoutId checkout, const StockWant *wants, i64 n);
// Ends every open hold of the checkout as sold: on hand and held go down together, a movement 'sold' each.
Err stock_sell(Tx *tx, const By *by, CheckoutId checkout);
// An exchange holds, sells and lets go as a checkout does, under the id of its return: ids are unique among both. The same as
// stock_sell with movements 'exchanged'.
Err stock_exchange(Tx *tx, const By *by, CheckoutId taker);
// For audits: units of an item that are held by this taker (of a bundle: of its scarcest part), and the next takers by id
// that hold anything, at most STOCK_TAKERS.
Err stock_held_by(Tx *tx, CheckoutId taker, VariantId item, i64 *n);
Err stock_takers(Tx *tx, CheckoutId after, CheckoutIdList *out);
// Does the checkout hold anything now?
Err stock_holds(Tx *tx, CheckoutId checkout, bool *out);
// Ends every open hold of the checkout as released. What was set aside goes back to its pool, or to the free stock when that
// has ended.
Err stock_release(Tx *tx, const By *by, CheckoutId checkout);
// Puts sold units of a checkout back into the warehouses they came from (and into their pool, while it lasts): a cancelled
// line, or a returned one; of a bundle its parts. Those that cannot be sold again (`damaged`) are noted as come back and lost.
// ERR_WRONG_STATE: more than was sold and has not come back.
typedef struct StockBack { CheckoutId checkout; OrderId order; VariantId variant; i64 n; bool damaged; } StockBack;
Err stock_return(Tx *tx, const By *by, StockBack back);

// n > 0 units of a variant (of a bundle: of each part) set aside for one flash sale, live show or creator: only holds of this
// pool take them, and no other does. A second call adds to it.
typedef struct StockAllotment { StockPool pool; i64 pool_id; VariantId variant; ShopId shop; i64 n; } StockAllotment;
// ERR_NOT_FOUND (no such variant in this shop), ERR_SOLD_OUT (with how many are free in tx->why, field "quantity").
Err stock_allocate(Tx *tx, const By *by, StockAllotment in);
// Gives n units of one variant back to the free stock before the end. ERR_SOLD_OUT when fewer are left.
Err stock_allocation_cut(Tx *tx, const By *by, StockAllotment in);
// Ends it for all its variants: what is left goes back to the free stock; what is held may still be sold. Twice changes nothing.
Err stock_allocation_end(Tx *tx, const By *by, StockPool pool, i64 pool_id);
// How many a pool can still sell; 0 when it has ended or never was.
Err stock_allocation_left(Tx *tx, StockPool pool, i64 pool_id, VariantId variant, i64 *left);

// Reports at most 100 violations of each rule; `id` is the variant (or the delivery). Reads each table once a rule, for `etalase
// audit`: on hand and what is set aside are the sums of movements, held is the sum of open holds, in each warehouse;
// allocations are what their holds say; held + allocated <= on hand; sales and returns of checkouts have their movements.
Err stock_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers. Reading: STAFF_ROLE_PACKER, changing: STAFF_ROLE_MANAGER; ERR_NOT_FOUND, ERR_FORBIDDEN.

// ERR_SOLD_OUT (below what is held or set aside), ERR_BAD_FIELD, ERR_WRONG_STATE (a bundle).
Err stock_change(Tx *tx, const By *by, VariantId variant, const StockChange *in, StockLevel *out);
// All or none. ERR_SOLD_OUT, ERR_BAD_FIELD, ERR_WRONG_STATE.
Err stock_transfer(Tx *tx, const By *by, ShopId shop, const StockTransfer *in);

// Which movements: those of a variant, or (0) of a whole shop; newest first, with ids under `before` (0: all).
typedef struct StockMoves {
    VariantId variant; ShopId shop;
    StockMovementId before;
    bool has_reason; StockReason reason;
    WarehouseId warehouse;           // 0: any
    Time from, to;                   // to 0: no end
} StockMoves;
Err stock_history(Tx *tx, const By *by, StockMoves want, StockHistory *out);
// The same as CSV, oldest first, with a line of headings. Numbers are numbers; texts are no formulas. ERR_BAD_FIELD ("from")
// past STOCK_EXPORT_ROWS or when `out` runs full.
Err stock_movements_text(Tx *tx, const By *by, StockMoves want, Buf *out);
// All items of a shop with their levels, as CSV: a line for each item and warehouse. ERR_BAD_FIELD likewise.
Err stock_levels_text(Tx *tx, const By *by, ShopId shop, Buf *out);

typedef struct StockWanted { ShopId shop; VariantId before; Str search; bool low; } StockWanted;
Err stock_list(Tx *tx, const By *by, StockWanted want, StockPage *out);
Err stock_detail(Tx *tx, const By *by, VariantId variant, StockDetail *out);
Err stock_low_list(Tx *tx, const By *by, ShopId shop, VariantId before, StockLowPage *out);
// `has_low` false: the shop's line again.
Err stock_line_put(Tx *tx, const By *by, VariantId variant, bool has_low, i64 low);
Err stock_settings(Tx *tx, const By *by, ShopId shop, StockSettings *out);
Err stock_settings_put(Tx *tx, const By *by, ShopId shop, i64 low);

Err stock_warehouses(Tx *tx, const By *by, ShopId shop, WarehousePage *out);
// ERR_TOO_MANY_ITEMS, ERR_BAD_FIELD.
Err stock_warehouse_add(Tx *tx, const By *by, ShopId shop, const WarehouseNew *in, Warehouse *out);
// ERR_BAD_FIELD, ERR_WRONG_STATE (the last one that is sold from, or units are set aside in it).
Err stock_warehouse_edit(Tx *tx, const By *by, WarehouseId id, const WarehouseEdit *in, Warehouse *out);
// ERR_WRONG_STATE (it had stock once).
Err stock_warehouse_delete(Tx *tx, const By *by, WarehouseId id);

typedef struct StockSetAside {
    ShopId shop;
    i64 before; VariantId before_variant;        // 0: from the newest
    bool has_pool; StockPool pool;
    VariantId variant;                           // 0: any
    bool ended;                                  // those that have ended instead of those that have not
} StockSetAside;
Err stock_allocations(Tx *tx, const By *by, StockSetAside want, StockAllocations *out);
// Sets aside by hand (pool kept). ERR_SOLD_OUT.
Err stock_keep(Tx *tx, const By *by, VariantId variant, const StockKeep *in, StockAllocation *out);
// Gives back what was set aside by hand.
Err stock_keep_end(Tx *tx, const By *by, ShopId shop, i64 pool_id);

// state: has_state false: all.
typedef struct StockExpected {
    ShopId shop; StockIncomingId before; VariantId variant;
    bool has_state; StockIncomingState state;
} StockExpected;
Err stock_incoming_list(Tx *tx, const By *by, StockExpected want, StockIncomingPage *out);
// ERR_BAD_FIELD, ERR_WRONG_STATE (a bundle).
Err stock_incoming_add(Tx *tx, const By *by, ShopId shop, const StockIncomingNew *in, StockIncoming *out);
// Part or all of it has come: a movement 'received'. ERR_WRONG_STATE (closed), ERR_BAD_FIELD (more than is expected).
Err stock_incoming_receive(Tx *tx, const By *by, StockIncomingId id, const StockReceive *in, StockIncoming *out);
// The rest does not come. ERR_WRONG_STATE.
Err stock_incoming_cancel(Tx *tx, const By *by, StockIncomingId id);

Err stock_bundle(Tx *tx, const By *by, VariantId variant, StockBundle *out);
// ERR_BAD_FIELD (a part of another shop, a bundle, twice), ERR_WRONG_STATE (it has stock of its own, is a part, or is set aside).
Err stock_bundle_put(Tx *tx, const By *by, VariantId variant, const StockBundle *in, StockBundle *out);
