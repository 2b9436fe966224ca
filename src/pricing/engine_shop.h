// Private to the engine: one shop's options, as engine.c combines them.
#pragma once
#include "pricing/engine.h"

// One way to use a shop's promotions for goods.
typedef struct EngineOption {
    i64 discount;
    i64 voucher;                              // index of the shop's own, -1: none
    i64 counts[ENGINE_BUNDLES_MAX];           // how often each bundle is formed
    u64 quantities;                           // which quantity promotions are in use
    i64 left[ENGINE_VOUCHERS_MAX];            // what is left of the lines that each of the platform's vouchers speaks of
} EngineOption;

typedef struct EngineOptions {
    EngineOption *options; i64 n;
    i64 bundles[ENGINE_BUNDLES_MAX], n_bundles;
    i64 quantities[ENGINE_QUANTITIES_MAX], n_quantities;
    i64 vouchers[ENGINE_VOUCHERS_MAX], n_vouchers;
} EngineOptions;

// All options that may still become the best with one of the platform's `vouchers` or without; at least one.
void engine_options(Arena *a, EngineBasket *b, i64 shop, const i64 *vouchers, i64 n_vouchers, EngineOptions *out);
// Writes the option's cuts into the shop's lines.
void engine_take(EngineBasket *b, i64 shop, const EngineOptions *options, i64 option);
// Splits `total` over n lines from `first` on by largest remainder; weights are by line of the basket, and total <= their sum.
void engine_cut(EngineBasket *b, i64 promotion, i64 total, const i64 *weights, i64 first, i64 n);
// Whether the bundle can be formed once, at a saving; whether the least tier is reached.
bool engine_bundle_fits(const EngineBasket *b, const EnginePromotion *p);
bool engine_tier_reached(const EngineBasket *b, const EnginePromotion *p);
