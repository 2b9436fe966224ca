// The engine: which of the promotions in reach a basket takes, and what each line gives up for it. Pure arithmetic on
// arrays: knows no database, no clock, no text. docs/pricing.md has the order in words.
//
// The law that it searches in:
//   1. Automatic promotions: bundles take the dearest units that fit; of what is left, a line counts for the narrowest
//      quantity promotion in use. Any of them may stay unused.
//   2. At most one of a shop's own vouchers for goods a shop, on what is left of its lines.
//   3. At most one of the platform's vouchers for goods, on what is left of all lines.
//   4. Shipping: of a shop the best automatic promotion, then at most one voucher for shipping a shop, each used once.
// Minimums look at the goods at their sale prices, before any promotion: so what may be used does not depend on what is.
// Of all lawful combinations the one with the greatest discount is taken; among equals one with fewer vouchers.
#pragma once
#include "base/arena.h"
#include "gen/types.gen.h"

enum {
    ENGINE_LINES_MAX = 60,           // a mask of lines is a u64
    ENGINE_SHOPS_MAX = 60,
    ENGINE_PROMOTIONS_MAX = 250,
    ENGINE_ITEMS_MAX = 10,           // of a bundle
    ENGINE_TIERS_MAX = 5,
    ENGINE_BUNDLES_MAX = 5,          // that are tried in one shop; with a quantity promotion and two vouchers: <= 8 cuts a line
    ENGINE_BUNDLE_TIMES = 20,        // that one bundle is formed in an order
    ENGINE_QUANTITIES_MAX = 6,       // that are tried in one shop: 2^6 ways to use them
    ENGINE_VOUCHERS_MAX = 20,        // for goods that are tried in one shop, and of the platform
    ENGINE_CHOICES_MAX = 512,        // ways to use a shop's automatic promotions that are looked at
    ENGINE_FRONT_MAX = 64,           // partial results that may still become the best, for one voucher of the platform
    ENGINE_CUTS_MAX = 8,
};
#define ENGINE_WHOLE INT64_C(1000000)    // 100 %, in millionths

typedef enum EngineStep { ENGINE_BUNDLE, ENGINE_QUANTITY, ENGINE_GOODS, ENGINE_SHIPPING, ENGINE_SHIPPING_VOUCHER } EngineStep;

typedef struct EngineItem { u64 lines; i64 quantity; } EngineItem;
typedef struct EngineTier { i64 least; PriceMethod method; i64 value; } EngineTier;

typedef struct EnginePromotion {
    EngineStep step;
    bool platform;                   // a voucher of the platform's: once a basket, not once a shop
    u64 lines;                       // that it speaks of; for shipping: whose goods count for the minimum
    PriceMethod method; i64 value;   // percent (millionths), amount, or of a bundle fixed (its price)
    i64 cap;                         // the most it gives; 0: no ceiling
    i64 minimum;
    bool has_budget; i64 budget;     // what is left of it: must cover what it could give here
    EngineItem items[ENGINE_ITEMS_MAX]; i64 n_items;
    EngineTier tiers[ENGINE_TIERS_MAX]; i64 n_tiers;      // by `least`, rising
    i64 narrow;                      // of a quantity promotion: the lower, the narrower
    // out
    i64 given;
    PromotionOutcome outcome;
    i64 have;                        // what was compared with the minimum
} EnginePromotion;

typedef struct EngineCut { i64 promotion, amount; } EngineCut;

// price * quantity and all sums must fit MONEY_MAX_MINOR.
typedef struct EngineLine {
    i64 price, quantity;
    EngineCut cuts[ENGINE_CUTS_MAX]; i64 n_cuts;          // out
} EngineLine;

typedef struct EngineShop {
    i64 first, n;                    // its lines, a run
    i64 shipping;
    EngineCut cuts[2]; i64 n_cuts;   // out, of the shipping
} EngineShop;

typedef struct EngineBasket {
    EngineLine *lines; i64 n;
    EngineShop *shops; i64 n_shops;
    EnginePromotion *promotions; i64 n_promotions;        // earlier ones win ties
    bool cut;                        // out: there were more combinations than the limits allow to look at; the result is lawful,
                                     // and no worse than any promotion alone
} EngineBasket;

// Fills what is `out`. `a` is for scratch: less than 2 MB.
void engine_solve(Arena *a, EngineBasket *b);
// What a discount of this kind takes off `base` >= 0: between 0 and base.
i64 engine_gives(PriceMethod method, i64 value, i64 cap, i64 base);
