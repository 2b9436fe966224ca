// Pricing: what a thing costs for whom, where and when, and why. Two steps: pricing_prices gives each line its unit price
// (market's list, channel, sale, flash), then, when the shipping is known, pricing_promotions takes the best lawful
// combination of bundles, quantity breaks and vouchers off. docs/pricing.md has the order of resolution and stacking.
#pragma once
#include "gen/pricing.gen.h"
#include "markets/markets.h"
#include "stock/stock.h"

enum { PRICE_LINES_MAX = 60, PRICE_SHOPS_MAX = 60, PRICE_DISCOUNTS_MAX = 8 };

// Who asks and where: the buyer (account 0: a guest), the destination's country, and which of the wallet's vouchers may be used.
typedef struct PriceAsk {
    AccountId buyer;
    Str country;
    Time now;
    bool has_vouchers; VoucherIdList vouchers;   // given: only these; not given: the best
} PriceAsk;

typedef struct PriceLine {
    // in
    ShopId shop; ProductId product; VariantId variant;
    i64 quantity;
    Channel channel; ClipId clip;
    Money list;                        // the catalog's price
    // out of pricing_prices
    Money was;                         // the regular price in this market and channel; equal to `price` without an offer
    Money price;                       // a unit's, in the shop's currency for this market
    OfferKind kind; OfferId offer; i64 offer_version;
    StockPool pool; i64 pool_id;       // where the units come from: a flash sale's own allocation, or the shop's
    i64 limit;                         // the most this buyer may have of it now; 0: no limit
    Time ends;                         // of the offer; 0: it does not end
    // out of pricing_promotions: of the whole line, minor units, >= 0
    i64 by_seller, by_platform;        // their sum is at most price * quantity
    Discount discounts[PRICE_DISCOUNTS_MAX]; i64 n_discounts;
} PriceLine;

typedef struct PriceShop {
    ShopId shop;
    Currency currency;
    i64 first, n;                      // its lines: a run of PriceBasket.lines
    i64 shipping;                      // in: what shipping costs, minor
    i64 shipping_by_seller, shipping_by_platform;     // out: taken off it; their sum is at most shipping
    Discount discounts[PRICE_DISCOUNTS_MAX]; i64 n_discounts;    // out: of the shipping
} PriceShop;

typedef struct PriceBasket {
    PriceLine *lines; i64 n;           // grouped by shop
    PriceShop *shops; i64 n_shops;
    VoucherIdList used;                // out: the vouchers that the combination takes
} PriceBasket;

// Unit prices, offers, limits. Reads only.
Err pricing_prices(Tx *tx, const PriceAsk *ask, PriceLine *lines, i64 n);
// The best lawful combination of promotions; discounts are split over lines by largest remainder. Reads only. ERR_VOUCHER when
// ask->vouchers names one that cannot be used here, with the reason.
Err pricing_promotions(Tx *tx, const PriceAsk *ask, PriceBasket *basket);
// Uses up what the basket takes: vouchers (budget and each person's limit) and per-buyer limits of offers, by conditional
// updates. ERR_VOUCHER, ERR_LIMIT. Once a checkout; again after pricing_give_back.
Err pricing_take(Tx *tx, const By *by, CheckoutId checkout, const PriceBasket *basket);
// The checkout did not come about, or all its orders were cancelled: what it took can be used again. Twice changes nothing.
Err pricing_give_back(Tx *tx, const By *by, CheckoutId checkout);

// The catalog's price of a variant was set (also the first time): it is the default list's, and goes into the price history.
typedef struct PriceSet { ShopId shop; ProductId product; VariantId variant; Money price; } PriceSet;
Err pricing_set_list(Tx *tx, const By *by, PriceSet in);

// Reports at most 100 violations of each rule. For `etalase audit`.
Err pricing_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);
