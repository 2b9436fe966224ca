// What other features may ask of stock: opening it, what is free, holds of a checkout.
#pragma once
#include "stock.gen.h"

// Begins the stock of a new variant, with a movement 'opening' when there is some.
Err stock_open(Tx *tx, const By *by, VariantId variant, ShopId shop, i64 on_hand);
// On hand and held; zeroes without a row.
Err stock_level(Tx *tx, VariantId variant, StockLevel *out);

// Holds n units for a checkout by one conditional update. ERR_SOLD_OUT (with how many are left in tx->why).
Err stock_hold(Tx *tx, const By *by, CheckoutId checkout, VariantId variant, i64 n);
// Ends every open hold of the checkout as sold: on hand and held go down together, a movement 'sold' each.
Err stock_sell(Tx *tx, const By *by, CheckoutId checkout);
// Ends every open hold of the checkout as released.
Err stock_release(Tx *tx, const By *by, CheckoutId checkout);
// Puts sold units back: a cancelled order's line.
Err stock_return(Tx *tx, const By *by, VariantId variant, i64 n, i64 order);
