// Pricing: what a thing costs for whom, where and when, and why. Two steps: pricing_prices gives each line its unit price
// (market's list, channel, sale, flash), then, when the shipping is known, pricing_promotions takes the best lawful
// combination of bundles, quantity breaks and vouchers off. docs/pricing.md has the order of resolution and stacking.
#pragma once
#include "gen/pricing.gen.h"
#include "markets/markets.h"
#include "stock/stock.h"

enum { PRICE_LINES_MAX = 60, PRICE_SHOPS_MAX = 60, PRICE_DISCOUNTS_MAX = 8 };
// What the goods of one shop in one order may cost: with shipping and with as much again for tax it stays an amount of money.
#define PRICE_GOODS_MOST (MONEY_MAX_MINOR / 4)

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
// The catalog tells: a variant was taken off sale or put on again; a product's category (promotions may be limited to one)
// and whether it is still a draft (its history is nobody's business yet). After pricing_set_list of its variants.
Err pricing_show(Tx *tx, VariantId variant, bool on_sale);
typedef struct PriceProduct { ProductId product; Str category; bool draft; } PriceProduct;
Err pricing_set_product(Tx *tx, PriceProduct in);

// The currency of a shop's prices in ask->country; *out stays when the shop has no list of its own for it.
Err pricing_currency(Tx *tx, const PriceAsk *ask, ShopId shop, Currency *out);
// An amount in the shop's own currency (shipping, a fee), at the rate of the list that holds in ask->country. Without a list
// it stays what it is; set out->currency to the shop's before.
Err pricing_convert(Tx *tx, const PriceAsk *ask, ShopId shop, i64 minor, Money *out);

// What a unit cost at a time, offers included, by the history: of the channel, else of all channels; of the country's list, else
// of the default one. A variant that is younger: what it costs now by its history. *has is false without any.
typedef struct PriceAt { ShopId shop; VariantId variant; Str country; Channel channel; Time at; } PriceAt;
Err pricing_price_at(Tx *tx, PriceAt in, bool *has, Money *out);

// What pages show of variants of one shop: the price for nobody in particular, and, where an offer lowers it or the seller
// compares it with a higher one, the tag that says since when and from what.
typedef struct PriceView {
    VariantId variant;
    Money list;                        // in: the catalog's price,
    bool has_compare; Money compare;   // and what it is compared with
    Money price;                       // out
    PriceTag *tag;                     // out: NULL without offer and comparison
} PriceView;
Err pricing_view(Tx *tx, const PriceAsk *ask, ShopId shop, Channel channel, PriceView *views, i64 n);
// From what to what the variants on sale of at most ten products cost by their default lists, as of the last change that a
// timer or a seller made. `has` is false for a product without prices; sale: the least price is an offer's.
typedef struct PriceRange { bool has; Money from, to; bool sale; } PriceRange;
Err pricing_ranges(Tx *tx, const ProductId *products, i64 n, PriceRange *out);

// Tasks: rules for api/task.h.
Err price_offer_due(Tx *tx, const By *by, i64 offer);            // "price_offer": a sale begins or ends
Err price_lists_due(Tx *tx, const By *by, i64 shop);              // "price_lists": histories follow a list that has changed
Err promotion_due(Tx *tx, const By *by, i64 promotion);          // "promotion"

// Reports at most 100 violations of each rule. For `etalase audit`.
Err pricing_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers

enum {
    OFFER_LEAST_MS = 10 * MINUTE_MS,            // market-rules.md, section 4: 10 minutes to 365 days
    OFFER_ITEMS_MAX = 300,
    FLASH_MOST_HOURS = 72,
    PRICING_PAGE = 50,
    WALLET_MAX = 100,                           // vouchers of one wallet that are not over
    VOUCHER_TRIES = 20, VOUCHER_TRIES_ADDRESS = 200,      // codes that one person, and one address, may try an hour
};
#define OFFER_MOST_MS ((i64)365 * DAY_MS)

// The history of a variant. ERR_NOT_FOUND.
typedef struct HistoryWanted { VariantId variant; Str country; PriceChannel channel; } HistoryWanted;
Err pricing_history(Tx *tx, const By *by, HistoryWanted want, PriceHistory *out);

// A manager's, all of them: ERR_NOT_FOUND to strangers, ERR_FORBIDDEN to who works there in a lesser role.
Err price_lists_all(Tx *tx, const By *by, ShopId shop, PriceListPage *out);
// ERR_BAD_FIELD (market, rate), ERR_CURRENCY, ERR_TOO_MANY_ITEMS (PRICE_LISTS_MAX), ERR_WRONG_STATE (offers are open there).
Err price_lists_set(Tx *tx, const By *by, ShopId shop, Str market, const PriceListPut *in);
Err price_lists_remove(Tx *tx, const By *by, ShopId shop, Str market);
typedef struct RowsWanted { ShopId shop; Str market; ProductId product; VariantId after; } RowsWanted;
Err price_lists_rows(Tx *tx, const By *by, RowsWanted want, PriceRowPage *out);
// ERR_BAD_FIELD, ERR_CURRENCY.
Err price_lists_put(Tx *tx, const By *by, ShopId shop, Str market, const PriceEntriesPut *in);
Err price_shop_changes(Tx *tx, const By *by, ShopId shop, PriceChangeId before, ShopPriceChangePage *out);

Err offers_of(Tx *tx, const By *by, ShopId shop, OfferId before, PriceOfferPage *out);
Err offer_open(Tx *tx, const By *by, OfferId id, OfferDetail *out);
// ERR_BAD_FIELD (times, prices, a flash price that does not undercut), ERR_CURRENCY, ERR_WRONG_STATE (it meets another offer
// of its kind), ERR_SOLD_OUT (not so many units can be set aside), ERR_STALE.
Err offer_add(Tx *tx, const By *by, ShopId shop, const OfferNew *in, OfferDetail *out);
Err offer_change(Tx *tx, const By *by, OfferId id, const OfferEdit *in, OfferDetail *out);
// A running one ends now; one that has not begun is cancelled. ERR_WRONG_STATE when it is over.
Err offer_finish(Tx *tx, const By *by, OfferId id, OfferDetail *out);

// Of a shop, or with shop 0 of the platform (operators).
Err promotions_of(Tx *tx, const By *by, ShopId shop, PromotionId before, PromotionPage *out);
Err promotion_open(Tx *tx, const By *by, PromotionId id, Promotion *out);
// ERR_BAD_FIELD, ERR_CURRENCY, ERR_TOO_MANY_ITEMS, ERR_WRONG_STATE, ERR_STALE.
Err promotion_add(Tx *tx, const By *by, ShopId shop, const PromotionNew *in, Promotion *out);
Err promotion_change(Tx *tx, const By *by, PromotionId id, const PromotionEdit *in, Promotion *out);
Err promotion_finish(Tx *tx, const By *by, PromotionId id, Promotion *out);

// The public vouchers of a shop, or of the platform (shop 0); with the caller's claims when there is one.
Err vouchers_public(Tx *tx, const By *by, ShopId shop, VoucherPage *out);
Err wallet_open(Tx *tx, const By *by, VoucherPage *out);
// ERR_NOT_FOUND: no such voucher, or code; the same for one that is over. ERR_TOO_MANY_ITEMS (WALLET_MAX).
Err wallet_claim(Tx *tx, const By *by, const VoucherClaim *in);

// What a buyer would pay, and why. Managers. ERR_NOT_FOUND, ERR_BAD_FIELD.
Err pricing_simulate(Tx *tx, const By *by, const SimulationNew *in, Simulation *out);
