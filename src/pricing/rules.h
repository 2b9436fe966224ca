// Private to pricing/: what its files share.
#pragma once
#include "pricing/engine.h"
#include "pricing/layers.h"
#include "pricing/pricing.h"

enum {
    PRICE_BATCH = 10,                    // ids in one query: that many parameters stand in pricing.sql
    PRICE_LISTS_MAX = 30,                // market lists of one shop
    PRICE_CHANNELS = 5,
    PROMOTIONS_OPEN_MAX = 100,           // of one shop, and of the platform, that are not over
    PRICE_YEAR_DAYS = 365,               // in which offers that came back are counted
};
#define EVERYWHERE STR("*")

static inline PriceChannel price_channel(Channel c)
{
    return (PriceChannel)((int)c + 1);
}

// ---- prices.c

// The market whose list holds in this country for this shop, and that list; "*" and NULL: the default one.
Err price_market(Tx *tx, ShopId shop, Str country, Str *market, PriceListGetRow **list);
// The layers of one variant from rows of any variant and market; `own` is the market's list or NULL.
typedef struct LayerRows {
    const PriceEntryRowsRow *entries; i64 n_entries;
    const PriceItemRowsRow *items; i64 n_items;
} LayerRows;
LayerAsk price_layers(const LayerRows *rows, VariantId variant, Str market, const PriceListGetRow *own);
// Which of the layers' offers are sold out, or used up by this buyer (0: nobody in particular); per_buyer becomes what is left
// of it to the buyer.
Err price_flash_left(Tx *tx, VariantId variant, AccountId buyer, LayerAsk *ask);

// ---- history.c

typedef struct PricePlace { VariantId variant; ProductId product; ShopId shop; } PricePlace;
// What buyers pay for this variant may have changed: appends to its histories what differs from their last rows. `at`: when
// it changed (a boundary that a timer serves may have been a moment ago); never before the last row.
Err price_refresh(Tx *tx, const By *by, PricePlace place, Time at);
// The lowest price in (began - the market's price_low_days, began): of what was in force at its beginning and every change.
// One history: the channel's own, and before it began that of all channels. False when nothing was in force.
typedef struct PriceSeries { ShopId shop; VariantId variant; Str market; PriceChannel channel; Currency currency; } PriceSeries;
Err price_lowest(Tx *tx, const PriceSeries *series, Time began, bool *has, i64 *low);
Err price_low_days(Tx *tx, ShopId shop, Str market, i64 *days);
// How many other offers of the year before had this price or a lower one.
Err price_came_back(Tx *tx, const PriceSeries *series, OfferId offer, i64 price, Time began, i64 *times);

// ---- promotions.c

// A manager of the shop; of the platform's (shop 0) an operator. Strangers get ERR_NOT_FOUND.
Err price_may(Tx *tx, const By *by, ShopId shop);

// ---- combine.c

// One promotion in reach of a basket, with why it is not when it is not.
typedef struct Candidate {
    PromotionRowRow row;
    PromotionOutcome outcome;            // before the engine looked at it: APPLIED when nothing speaks against it
    i64 mine;                            // how often the buyer has used it
    i64 engine;                          // index in the engine's promotions, -1: not asked
    u64 reach;                           // the lines of its shop; of the platform's, all, in its currency
    EnginePromotion shape;               // what its parts say; `lines` are those that they name
    bool limited;                        // to those; otherwise it is for all in reach
} Candidate;

// Who the buyer is, as far as promotions ask: of a real one it is looked up, a simulated one says so.
typedef struct Shopper {
    AccountId account;
    bool simulated, first_order, follower;
} Shopper;

typedef struct Combination {
    Candidate *candidates; i64 n;
    EngineBasket engine;
} Combination;

// Finds the candidates, asks the engine, and writes the result into the basket. With `c` the whole trace.
Err price_combine(Tx *tx, const PriceAsk *ask, const Shopper *who, PriceBasket *basket, Combination *c);
// The promotion in a wallet's row.
PromotionRowRow price_wallet_row(const WalletRowsRow *w);
