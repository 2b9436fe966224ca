// The cart, and the one place where lines become sums: what cart, quote and checkout all show comes from basket_build.
#pragma once
#include "api/req.h"
#include "catalog/catalog.h"
#include "gen/cart.gen.h"
#include "pricing/pricing.h"
#include "shipping/shipping.h"
#include "shops/shops.h"
#include "stock/stock.h"
#include "tax/tax.h"

enum { CART_LINES_MAX = 60, CART_QUANTITY_MAX = 99 };

// One wanted thing: from a cart line or from "buy now".
typedef struct Pick {
    VariantId variant;
    i64 quantity;
    Channel channel;
    ClipId clip;
    bool has_seen; Money seen;             // the price that the shopper saw when putting it in
    OfferId offer; i64 offer_version;      // and under which offer; 0: none
} Pick;
typedef struct PickList { Pick *p; i64 n; } PickList;

// Who buys, where it goes to, and what may be used for it.
typedef struct BasketAsk {
    AccountId buyer;                       // 0: a guest
    bool has_place; Place place;           // not yet known: each shop's own country
    bool has_vouchers; VoucherIdList vouchers;       // as in PriceAsk
    bool stock;                            // lines say how many are free; without, a hold decides about that
    bool cod;                              // to be paid at the door: its fee is added
    Time now;
} BasketAsk;

// price points into Basket.prices.lines. goods = price * quantity; the buyer pays goods - by_seller - by_platform (+ tax_added).
typedef struct BasketLine {
    Pick pick; Offer offer;
    PriceLine *price;
    i64 free, goods;
    i64 tax, tax_added, rate_ppm; Str tax_class;
    CartProblem problem;
} BasketLine;

// One shop's lines: they become one order. Sums leave out lines that cannot be bought. Minor units of `currency`: total =
// subtotal - by_seller - by_platform + shipping + cod_fee + tax_added, where the discounts are those on goods and shipping.
typedef struct BasketShop {
    Shop shop;
    Currency currency;
    BasketLine *lines; i64 n;
    PriceShop *price;                      // of the lines that can be bought; NULL when none can
    ShipQuote ship;
    i64 subtotal, by_seller, by_platform, shipping, ship_by_seller, ship_by_platform, cod_fee;
    i64 tax, tax_added, ship_tax, ship_tax_added, ship_rate_ppm;
    bool tax_inclusive, tax_by_platform;
    Money total;
} BasketShop;

typedef struct Basket { BasketShop *shops; i64 n; PriceBasket prices; } Basket;

// Prices picks by today's lists, offers, promotions, shipping and tax, and groups them by shop in order of first appearance.
// ERR_NOT_FOUND for a variant that never was, ERR_TOO_MANY_ITEMS when a sum passes MONEY_MAX_MINOR, ERR_VOUCHER.
Err basket_build(Tx *tx, const BasketAsk *ask, PickList picks, Basket *out);
bool basket_buyable(const BasketLine *line);
// A line's or a shipping's discounts as an answer's list.
DiscountList basket_discounts(Arena *a, const Discount *given, i64 n);

// Whose cart: the account's, or the guest session's.
i64  cart_owner(const Caller *who);
Err  cart_picks(Tx *tx, i64 owner, PickList *out);
Err  cart_view(Tx *tx, const By *by, const Place *place, Cart *out);       // place NULL: not known yet
// ERR_NOT_FOUND, ERR_ARCHIVED, ERR_SOLD_OUT (more than are free), ERR_LIMIT (more than one buyer may have), ERR_CART_FULL,
// ERR_BAD_FIELD (the clip does not show it).
Err  cart_set(Tx *tx, const By *by, const CartLinePut *in);
Err  cart_count(Tx *tx, const Caller *who, i64 *out);
Err  cart_remove_variant(Tx *tx, i64 owner, VariantId variant);
// A guest's session has ended: nobody can reach its cart any more.
Err  cart_forget(Tx *tx, i64 guest);
// A guest has signed in: the lines go into the account's cart, quantities added up.
Err  cart_adopt(Tx *tx, const By *by, i64 guest, i64 account);
