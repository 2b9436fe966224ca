// Stock: a ledger of its own. On hand changes only by movements, held only by holds; neither is ever set.
#pragma once
#include "api/req.h"
#include "gen/stock.gen.h"

enum {
    STOCK_MOST = 1000000000,         // units of one variant; sums over all variants of a shop stay far from int64's end
    STOCK_MOVEMENTS_PAGE = 50,
    STOCK_PRODUCTS_MAX = 10,         // of one stock_free_products
};

// ---- what other features may ask

typedef struct StockOpening { VariantId variant; ProductId product; ShopId shop; i64 on_hand; } StockOpening;
// Begins the stock of a new variant, on sale, with a movement 'opening' when there is some.
Err stock_open(Tx *tx, const By *by, StockOpening in);
// A variant was taken off sale or put on again: one that is off does not make its product available.
Err stock_show(Tx *tx, VariantId variant, bool on_sale);
// Whose it is. ERR_NOT_FOUND.
Err stock_variant(Tx *tx, VariantId variant, ShopId *shop, ProductId *product);
// On hand and held; zeroes without a row.
Err stock_level(Tx *tx, VariantId variant, StockLevel *out);
// The same of all of a product's variants that have a row, in no order.
Err stock_levels(Tx *tx, ProductId product, StockLevelList *out);
// Which of at most STOCK_PRODUCTS_MAX products have a unit to sell, in no order.
Err stock_free_products(Tx *tx, ProductIdList products, ProductIdList *out);

// One wanted variant: n > 0 units out of a pool (pool_id 0: the shop's free stock).
typedef struct StockWant { VariantId variant; i64 n; StockPool pool; i64 pool_id; } StockWant;
// How many could be held now: min(stock, allocation); of a bundle, what its scarcest part allows.
Err stock_available(Tx *tx, StockWant want, i64 *out);
// Holds all of `wants` for a checkout or, by the transaction's end, none: by conditional updates in the order of variants, so
// that two checkouts never wait for each other crosswise (PostgreSQL). Bundles hold their parts, and what several wants share
// is held once, summed. ERR_SOLD_OUT (with how many are left in tx->why). Once a checkout; again only after a release (a
// payment's second try).
Err stock_hold(Tx *tx, const By *by, CheckoutId checkout, const StockWant *wants, i64 n);
// Ends every open hold of the checkout as sold: on hand and held go down together, a movement 'sold' each.
Err stock_sell(Tx *tx, const By *by, CheckoutId checkout);
// Does the checkout hold anything now?
Err stock_holds(Tx *tx, CheckoutId checkout, bool *out);
// Ends every open hold of the checkout as released.
Err stock_release(Tx *tx, const By *by, CheckoutId checkout);
// Puts sold units of a checkout back where they came from: a cancelled line, or a returned one. Those that cannot be sold
// again are noted as come back and lost.
typedef struct StockBack { CheckoutId checkout; OrderId order; VariantId variant; i64 n; bool damaged; } StockBack;
Err stock_return(Tx *tx, const By *by, StockBack back);

// Reports at most 100 violations each of: on hand is the sum of movements; held is the sum of open holds;
// 0 <= held <= on hand. `id` is the variant. Reads each table once: for `etalase audit`.
Err stock_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers

// ERR_NOT_FOUND, ERR_FORBIDDEN (managers may), ERR_SOLD_OUT (below what is held), ERR_BAD_FIELD.
Err stock_change(Tx *tx, const By *by, VariantId variant, const StockChange *in, StockLevel *out);
// Newest first, those with ids under `before` (0: all). ERR_NOT_FOUND, ERR_FORBIDDEN.
Err stock_history(Tx *tx, const By *by, VariantId variant, StockMovementId before, StockMovementPage *out);
