// For bench/pricing: prices a cart of 60 lines with five promotions, from the rows of a database and in the engine alone, and
// prints the times. Knows no server: it calls the rules as a checkout does.
#include "base/clock.h"
#include "base/log.h"
#include "main/open.h"
#include "pricing/engine.h"
#include "pricing/pricing.h"
#include "shops/shops.h"

enum { LINES = 60, ROUNDS = 2000, BUYER = 4242, TIMES_MAX = ROUNDS };

typedef struct Bench { App *app; Arena arena; ShopId shop; PriceLine lines[LINES]; Time now; i64 us[TIMES_MAX], off; } Bench;

static By by_of(Bench *b, i64 account)
{
    return (By){ .who = { .account = account, .is_operator = true }, .now = b->now, .ids = &b->app->ids,
                 .vault = &b->app->vault };
}

static Money rupiah(i64 minor)
{
    return (Money){ minor, { "IDR" } };
}

// ---------------------------------------------------------------------------------------------- a shop with promotions

static Err promote(Tx *tx, const By *by, ShopId shop, PromotionNew in, bool claim)
{
    Promotion made;
    in.name = STR("Bench");
    in.starts = by->now;
    in.ends = by->now + DAY_MS;
    try(promotion_add(tx, by, shop, &in, &made));
    By buyer = *by;
    buyer.who.account = BUYER;
    return claim ? wallet_claim(tx, &buyer, &(VoucherClaim){ .voucher = { made.id.v } }) : ERR_OK;
}

// A bundle, buy more save more, a seller's voucher, one of the platform, and free shipping: five of five kinds.
static Err add_promotions(Tx *tx, const By *by, const Bench *b)
{
    BundleItem items[] = { { b->lines[0].product, { 0 }, 1 }, { b->lines[1].product, { 0 }, 1 } };
    QuantityTier tiers[] = { { 2, true, 5, false, { 0 } }, { 5, true, 10, false, { 0 } } };
    try(promote(tx, by, b->shop, (PromotionNew){ .kind = PROMOTION_KIND_BUNDLE, .has_price = true, .price = rupiah(1500000),
                                                 .bundle = { items, 2 } }, false));
    try(promote(tx, by, b->shop, (PromotionNew){ .kind = PROMOTION_KIND_QUANTITY, .tiers = { tiers, 2 } }, false));
    try(promote(tx, by, b->shop, (PromotionNew){ .kind = PROMOTION_KIND_SHIPPING, .has_free_shipping = true,
                                                 .free_shipping = true }, false));
    try(promote(tx, by, b->shop, (PromotionNew){ .kind = PROMOTION_KIND_VOUCHER, .has_percent = true, .percent = 10 }, true));
    return promote(tx, by, (ShopId){ 0 }, (PromotionNew){ .kind = PROMOTION_KIND_VOUCHER, .has_amount = true,
                                                          .amount = rupiah(2500000), .has_currency = true,
                                                          .currency = { "IDR" } }, true);
}

// Every fourth line is in a sale.
static Err fill(Tx *tx, void *context)
{
    Bench *b = context;
    Shop shop;
    OfferItemNew items[LINES];
    OfferDetail detail;
    i64 n = 0;
    arena_reset(&b->arena);
    tx->a = &b->arena;
    By by = by_of(b, 1);
    ShopNew in = { .name = STR("Bench"), .handle = STR("bench"), .currency = { "IDR" }, .country = STR("ID"),
                   .shipping = rupiah(1500000), .delivery_max_days = 5 };
    try(shop_add(tx, &by, &in, &shop));
    b->shop = shop.id;
    for (i64 i = 0; i < LINES; i++) {
        PriceLine *line = &b->lines[i];
        *line = (PriceLine){ .shop = shop.id, .product = { 100000 + i }, .variant = { 200000 + i }, .quantity = 1 + i % 3,
                             .list = rupiah(1000000 + 13579 * i) };
        try(pricing_set_list(tx, &by, (PriceSet){ line->shop, line->product, line->variant, line->list }));
        if (i % 4 == 0) items[n++] = (OfferItemNew){ .variant = line->variant, .has_percent = true, .percent = 20 };
    }
    OfferNew sale = { .kind = OFFER_KIND_SALE, .name = STR("Bench"), .starts = b->now, .ends = b->now + DAY_MS,
                      .items = { items, n } };
    try(offer_add(tx, &by, shop.id, &sale, &detail));
    return add_promotions(tx, &by, b);
}

// ---------------------------------------------------------------------------------------------- the two measurements

static Err price_once(Tx *tx, void *context)
{
    Bench *b = context;
    PriceLine lines[LINES];
    arena_reset(&b->arena);
    tx->a = &b->arena;
    memcpy(lines, b->lines, sizeof(lines));
    PriceAsk ask = { .buyer = { BUYER }, .country = STR("ID"), .now = b->now };
    PriceShop shop = { .shop = b->shop, .currency = { "IDR" }, .n = LINES, .shipping = 1500000 };
    PriceBasket basket = { .lines = lines, .n = LINES, .shops = &shop, .n_shops = 1 };
    try(pricing_prices(tx, &ask, lines, LINES));
    try(pricing_promotions(tx, &ask, &basket));
    b->off = shop.shipping_by_seller + shop.shipping_by_platform;
    for (i64 i = 0; i < LINES; i++) b->off += lines[i].by_seller + lines[i].by_platform;
    return ERR_OK;
}

static void engine_once(Bench *b)
{
    EngineLine lines[LINES];
    EngineShop shop = { .n = LINES, .shipping = 1500000 };
    u64 all = (UINT64_C(1) << LINES) - 1;
    EnginePromotion promotions[] = {
        { .step = ENGINE_BUNDLE, .lines = 3, .method = PRICE_METHOD_FIXED, .value = 1500000, .n_items = 2,
          .items = { { 1, 1 }, { 2, 1 } } },
        { .step = ENGINE_QUANTITY, .lines = all, .narrow = 2, .n_tiers = 2,
          .tiers = { { 2, PRICE_METHOD_PERCENT, 50000 }, { 5, PRICE_METHOD_PERCENT, 100000 } } },
        { .step = ENGINE_SHIPPING, .lines = all, .method = PRICE_METHOD_PERCENT, .value = ENGINE_WHOLE },
        { .step = ENGINE_GOODS, .lines = all, .method = PRICE_METHOD_PERCENT, .value = 100000 },
        { .step = ENGINE_GOODS, .platform = true, .lines = all, .method = PRICE_METHOD_AMOUNT, .value = 2500000 },
    };
    for (i64 i = 0; i < LINES; i++)
        lines[i] = (EngineLine){ .price = b->lines[i].list.minor, .quantity = b->lines[i].quantity };
    EngineBasket basket = { .lines = lines, .n = LINES, .shops = &shop, .n_shops = 1, .promotions = promotions,
                            .n_promotions = COUNT(promotions) };
    arena_reset(&b->arena);
    engine_solve(&b->arena, &basket);
    must(!basket.cut);
}

static int by_size(const void *a, const void *b)
{
    return (*(const i64 *)a > *(const i64 *)b) - (*(const i64 *)a < *(const i64 *)b);
}

static void report(Bench *b, const char *what)
{
    qsort(b->us, ROUNDS, sizeof(b->us[0]), by_size);
    printf("%-52s %8.3f ms %8.3f ms\n", what, (double)b->us[ROUNDS / 2] / 1000, (double)b->us[ROUNDS * 99 / 100] / 1000);
}

int main(int argc, char **argv)
{
    static Bench b;
    static App app;
    log_quiet(true);
    Arena a = { 0 };
    must(argc == 2);
    Settings s = { .data = str_of(argv[1]), .db = arena_format(&a, "sqlite:%s/bench.db", argv[1]), .connections = 2 };
    app.no_tasks = true;
    b.app = &app;
    b.now = clock_now();
    must(app_open(&app, &s, false) == ERR_OK);
    must(db_run(app.db, true, fill, &b) == ERR_OK);
    printf("%-52s %11s %11s\n", "a cart of 60 lines, five promotions", "median", "p99");
    for (i64 i = 0; i < ROUNDS; i++) {
        i64 began = clock_monotonic_us();
        must(db_run(app.db, false, price_once, &b) == ERR_OK);
        b.us[i] = clock_monotonic_us() - began;
    }
    must(b.off > 0);
    report(&b, "priced, with all that it reads (SQLite)");
    for (i64 i = 0; i < ROUNDS; i++) {
        i64 began = clock_monotonic_us();
        engine_once(&b);
        b.us[i] = clock_monotonic_us() - began;
    }
    report(&b, "the engine alone");
    app_close(&app);
    arena_free(&b.arena);
    arena_free(&a);
    return 0;
}
