// The cart, and the one place where lines become sums: what cart, quote and checkout all show comes from basket_build.
#pragma once
#include "api/req.h"
#include "catalog/catalog.h"
#include "gen/cart.gen.h"
#include "shops/shops.h"
#include "stock/stock.h"

enum { CART_LINES_MAX = 60, CART_QUANTITY_MAX = 99 };

// One wanted thing: from a cart line or from "buy now".
typedef struct Pick {
    VariantId variant;
    i64 quantity;
    Channel channel;
    ClipId clip;
    bool has_seen; Money seen;             // the price that the shopper saw when putting it in
} Pick;
typedef struct PickList { Pick *p; i64 n; } PickList;

typedef struct BasketLine { Pick pick; Offer offer; i64 free; Money total; CartProblem problem; } BasketLine;

// One shop's lines: they become one order. Sums leave out lines that cannot be bought.
typedef struct BasketShop {
    Shop shop;
    BasketLine *lines; i64 n;
    Money subtotal, shipping, total;
} BasketShop;

typedef struct Basket { BasketShop *shops; i64 n; } Basket;

// Prices picks by today's offers, groups them by shop in order of first appearance. With `stock`, lines say how many are
// free and what is wrong with them; without, only whether they are for sale (a hold decides about stock).
// ERR_NOT_FOUND for a variant that never was, ERR_TOO_MANY_ITEMS when a sum passes MONEY_MAX_MINOR.
Err basket_build(Tx *tx, PickList picks, bool stock, Basket *out);
// The order's shipping by the shop's terms.
Money basket_shipping(const Shop *shop, i64 subtotal_minor);

// Whose cart: the account's, or the guest session's.
i64  cart_owner(const Caller *who);
Err  cart_picks(Tx *tx, i64 owner, PickList *out);
Err  cart_view(Tx *tx, const By *by, Cart *out);
// ERR_NOT_FOUND, ERR_ARCHIVED, ERR_SOLD_OUT (more than are free), ERR_CART_FULL, ERR_BAD_FIELD (the clip does not show it).
Err  cart_set(Tx *tx, const By *by, const CartLinePut *in);
Err  cart_count(Tx *tx, const Caller *who, i64 *out);
Err  cart_remove_variant(Tx *tx, i64 owner, VariantId variant);
// A guest's session has ended: nobody can reach its cart any more.
Err  cart_forget(Tx *tx, i64 guest);
// A guest has signed in: the lines go into the account's cart, quantities added up.
Err  cart_adopt(Tx *tx, const By *by, i64 guest, i64 account);
