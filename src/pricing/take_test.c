// Tests of what checkouts take: the last voucher that 64 want, one person at 64 tills, giving back once; the simulator; and an
// audit that finds what is wrong.
#include <pthread.h>

#include "pricing/pricing_kit.h"

enum { CROWD = 64 };

// ---------------------------------------------------------------------------------------------- many at once

// One checkout of c for an account that need not exist: the rules know only its id.
typedef struct Till {
    Stand *s;
    i64 buyer, checkout, voucher;
    OfferId offer;
    bool claim, back;
    Arena arena;
    Err result;
} Till;

static Err at_the_till(Tx *tx, void *context)
{
    Till *t = context;
    arena_reset(&t->arena);
    tx->a = &t->arena;
    App *app = t->s->w.app;
    By by = { .who = { .account = t->buyer }, .now = app_now(app), .ids = &app->ids, .vault = &app->vault };
    if (t->claim) return wallet_claim(tx, &by, &(VoucherClaim){ .voucher = { t->voucher } });
    if (t->back) return pricing_give_back(tx, &by, (CheckoutId){ t->checkout });
    PriceAsk ask = { .buyer = { t->buyer }, .country = STR("ID"), .now = by.now };
    PriceLine line = { .shop = { t->s->shop }, .product = { t->s->c.product }, .variant = { t->s->c.variant }, .quantity = 1,
                       .list = { 2000000, { "IDR" } } };
    PriceShop shop = { .shop = { t->s->shop }, .currency = { "IDR" }, .n = 1 };
    PriceBasket basket = { .lines = &line, .n = 1, .shops = &shop, .n_shops = 1 };
    try(pricing_prices(tx, &ask, &line, 1));
    if (t->offer.v && line.offer.v != t->offer.v) return ERR_LIMIT;
    VoucherId named = { t->voucher };
    ask.has_vouchers = t->voucher != 0;
    ask.vouchers = (VoucherIdList){ &named, 1 };
    try(pricing_promotions(tx, &ask, &basket));
    return pricing_take(tx, &by, (CheckoutId){ t->checkout }, &basket);
}

static void *stand_in_line(void *context)
{
    Till *t = context;
    do t->result = db_run(t->s->w.app->db, true, at_the_till, t);
    while (t->result == ERR_BUSY);                                // PostgreSQL: lost too many races in a row; it asks again
    return NULL;
}

// Runs all; how many got what they wanted. Others must have been refused with one of the two.
static i64 crowd(Till *tills, Err refused, Err or_refused)
{
    pthread_t threads[CROWD];
    i64 got = 0;
    for (i64 i = 0; i < CROWD; i++) must(pthread_create(&threads[i], NULL, stand_in_line, &tills[i]) == 0);
    for (i64 i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
        got += tills[i].result == ERR_OK;
        if (tills[i].result != ERR_OK && tills[i].result != refused) check_int(tills[i].result, or_refused);
        arena_free(&tills[i].arena);
    }
    return got;
}

static void run_one(Till t, Err want)
{
    stand_in_line(&t);
    check_int(t.result, want);
    arena_free(&t.arena);
}

TEST(sixty_four_want_the_last_voucher)
{
    Stand s = stand_new();
    i64 v = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"uses\":3");
    Till tills[CROWD] = { 0 };
    for (i64 i = 0; i < CROWD; i++) {
        run_one((Till){ .s = &s, .buyer = 1000 + i, .voucher = v, .claim = true }, ERR_OK);
        tills[i] = (Till){ .s = &s, .buyer = 1000 + i, .checkout = 5000 + i, .voucher = v };
    }
    check_int(crowd(tills, ERR_VOUCHER, ERR_VOUCHER), 3);
    check_int(world_audit(&s.w), 0);
    // What one of them gives back another one can have.
    for (i64 i = 0; i < CROWD; i++)
        if (tills[i].result == ERR_OK) {
            run_one((Till){ .s = &s, .buyer = 1000 + i, .checkout = 5000 + i, .back = true }, ERR_OK);
            run_one((Till){ .s = &s, .buyer = 1000 + i, .checkout = 5000 + i, .back = true }, ERR_OK);
            break;
        }
    Till again = { .s = &s, .buyer = 3000, .voucher = v, .claim = true };
    run_one(again, ERR_OK);
    run_one((Till){ .s = &s, .buyer = 3000, .checkout = 7000, .voucher = v }, ERR_OK);
    run_one((Till){ .s = &s, .buyer = 3000, .checkout = 7001, .voucher = v }, ERR_VOUCHER);
    stand_end(&s);
}

TEST(one_person_at_sixty_four_tills)
{
    Stand s = stand_new();
    i64 v = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"per_person\":2");
    Till tills[CROWD] = { 0 };
    run_one((Till){ .s = &s, .buyer = 1000, .voucher = v, .claim = true }, ERR_OK);
    for (i64 i = 0; i < CROWD; i++) tills[i] = (Till){ .s = &s, .buyer = 1000, .checkout = 5000 + i, .voucher = v };
    check_int(crowd(tills, ERR_VOUCHER, ERR_VOUCHER), 2);
    stand_end(&s);
}

TEST(a_budget_that_sixty_four_want_is_not_passed)
{
    Stand s = stand_new();
    // 10 % of 20.000 are 2.000 rupiah: five times, and a rest that is not enough for one.
    i64 v = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"budget\":{\"minor\":1199999,\"currency\":\"IDR\"}");
    Till tills[CROWD] = { 0 };
    for (i64 i = 0; i < CROWD; i++) {
        run_one((Till){ .s = &s, .buyer = 1000 + i, .voucher = v, .claim = true }, ERR_OK);
        tills[i] = (Till){ .s = &s, .buyer = 1000 + i, .checkout = 5000 + i, .voucher = v };
    }
    check_int(crowd(tills, ERR_VOUCHER, ERR_VOUCHER), 5);
    stand_end(&s);
}

TEST(one_first_order_at_sixty_four_tills)
{
    Stand s = stand_new();
    i64 v = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"per_person\":1000,\"first_order\":\"shop\"");
    Till tills[CROWD] = { 0 };
    run_one((Till){ .s = &s, .buyer = 1000, .voucher = v, .claim = true }, ERR_OK);
    for (i64 i = 0; i < CROWD; i++) tills[i] = (Till){ .s = &s, .buyer = 1000, .checkout = 5000 + i, .voucher = v };
    check_int(crowd(tills, ERR_VOUCHER, ERR_VOUCHER), 1);
    stand_end(&s);
}

TEST(one_buyer_of_a_flash_sale_at_sixty_four_tills)
{
    Stand s = stand_new();
    const char *body = world_path(&s.w,
                                  "{\"kind\":\"flash\",\"name\":\"Kilat\",\"starts\":\"%s\",\"ends\":\"%s\",\"per_buyer\":3,"
                                        "\"items\":[%s]}", stand_time(&s, 0), stand_time(&s, DAY_MS),
                                  stand_flash(&s, s.c, 1500000, 90));
    Answer x = world_post(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/shops/%lld/offers", (long long)s.shop), body);
    check_int(x.status, 201);
    OfferId offer = { answer_id(&s.w, &x, "offer.id") };
    Till tills[CROWD] = { 0 };
    for (i64 i = 0; i < CROWD; i++) tills[i] = (Till){ .s = &s, .buyer = 1000, .checkout = 5000 + i, .offer = offer };
    check_int(crowd(tills, ERR_LIMIT, ERR_LIMIT), 3);
    stand_end(&s);
}

TEST(sixty_four_give_the_same_back)
{
    Stand s = stand_new();
    i64 v = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"uses\":2");
    Till tills[CROWD] = { 0 };
    run_one((Till){ .s = &s, .buyer = 1000, .voucher = v, .claim = true }, ERR_OK);
    run_one((Till){ .s = &s, .buyer = 1000, .checkout = 5000, .voucher = v }, ERR_OK);
    for (i64 i = 0; i < CROWD; i++) tills[i] = (Till){ .s = &s, .buyer = 1000, .checkout = 5000, .back = true };
    check_int(crowd(tills, ERR_OK, ERR_OK), CROWD);
    Answer x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/promotions/%lld", (long long)v));
    check_str(answer_at(&s.w, &x, "used"), STR("0"));
    run_one((Till){ .s = &s, .buyer = 1000, .checkout = 5000, .voucher = v }, ERR_OK);        // taken again after a giving back
    stand_end(&s);
}

// Two managers plan a flash sale of the same thing.
typedef struct Planner { Stand *s; i64 price; Arena arena; Err result; } Planner;

static Err plan(Tx *tx, void *context)
{
    Planner *p = context;
    arena_reset(&p->arena);
    tx->a = &p->arena;
    App *app = p->s->w.app;
    By by = { .who = { .account = p->s->w.sari.id }, .now = app_now(app), .ids = &app->ids, .vault = &app->vault };
    OfferItemNew item = { .variant = { p->s->a.variant }, .has_price = true, .price = { p->price, { "IDR" } }, .has_stock = true,
                          .stock = 1 };
    OfferNew in = { .kind = OFFER_KIND_FLASH, .name = STR("Kilat"), .starts = by.now + HOUR_MS, .ends = by.now + DAY_MS,
                    .items = { &item, 1 } };
    OfferDetail out;
    return offer_add(tx, &by, (ShopId){ p->s->shop }, &in, &out);
}

static void *plan_one(void *context)
{
    Planner *p = context;
    do p->result = db_run(p->s->w.app->db, true, plan, p);
    while (p->result == ERR_BUSY);
    return NULL;
}

TEST(sixty_four_plan_the_same_flash_sale)
{
    Stand s = stand_new();
    Planner planners[CROWD] = { 0 };
    pthread_t threads[CROWD];
    i64 made = 0;
    for (i64 i = 0; i < CROWD; i++) {
        planners[i] = (Planner){ .s = &s, .price = 5000000 - i };
        must(pthread_create(&threads[i], NULL, plan_one, &planners[i]) == 0);
    }
    for (i64 i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
        made += planners[i].result == ERR_OK;
        check(planners[i].result == ERR_OK || planners[i].result == ERR_WRONG_STATE);
        arena_free(&planners[i].arena);
    }
    check_int(made, 1);
    stand_end(&s);
}

// ---------------------------------------------------------------------------------------------- the audit

TEST(an_audit_finds_what_is_wrong)
{
    Stand s = stand_new();
    i64 v = stand_promotion_ok(&s, "voucher", "\"percent\":10");
    stand_claim(&s, s.w.ana, v);
    check_int(stand_buy(&s, s.w.ana, "c:1", NULL).status, 201);
    i64 one = stand_offer_ok(&s, "flash", HOUR_MS, 2 * HOUR_MS, stand_flash(&s, s.a, 5000000, 5));
    i64 two = stand_offer_ok(&s, "flash", 3 * HOUR_MS, 4 * HOUR_MS, stand_flash(&s, s.a, 5000000, 5));
    check_int(world_audit(&s.w), 0);
    static const char *const SPOILS[] = {
        "UPDATE promotion SET used = used + 1", "UPDATE promotion SET used = used - 1",
        "UPDATE voucher_claim SET used = used + 1", "UPDATE voucher_claim SET used = used - 1",
        "UPDATE buyer_count SET n = n + 1 WHERE subject <> 0", "UPDATE buyer_count SET n = n - 1 WHERE subject <> 0",
        "UPDATE price_now SET price_minor = price_minor + 1 WHERE price_minor = 2000000",
        "UPDATE price_now SET price_minor = price_minor - 1 WHERE price_minor = 2000001",
        "UPDATE price_entry SET price_minor = price_minor + 1 WHERE price_minor = 5000000",
        "UPDATE price_entry SET price_minor = price_minor - 1 WHERE price_minor = 5000001",
        "UPDATE shop SET followers = followers + 1", "UPDATE shop SET followers = followers - 1",
    };
    for (i64 i = 0; i < COUNT(SPOILS); i += 2) {
        stand_spoil(&s, "%s", SPOILS[i]);
        if (world_audit(&s.w) == 0) test_failed(__FILE__, __LINE__, "the audit does not see: %s", SPOILS[i]);
        stand_spoil(&s, "%s", SPOILS[i + 1]);
        check_int(world_audit(&s.w), 0);
    }
    stand_spoil(&s, "UPDATE price_offer_item SET starts = starts - 5400000 WHERE offer = %lld", (long long)two);
    check_int(world_audit(&s.w), 1);
    stand_spoil(&s, "UPDATE price_offer_item SET starts = starts + 5400000 WHERE offer = %lld", (long long)two);
    (void)one;
    stand_end(&s);
}

// ---------------------------------------------------------------------------------------------- the simulator

static void check_at(Stand *s, const Answer *x, const char *path, const char *want)
{
    Str got = answer_at(&s->w, x, path);
    if (!str_eq(got, str_of(want))) test_failed(__FILE__, __LINE__, "%s is \"%.*s\", not \"%s\"", path, STR_ARG(got), want);
}

TEST(a_simulation_of_more_than_an_order_may_cost_is_refused)
{
    Stand s = stand_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 1000000000000, 200);
    Goods h = world_product(&s.w, s.w.sari, s.shop, 1000000000000, 200);
    Goods i = world_product(&s.w, s.w.sari, s.shop, 1000000000000, 200);
    stand_promotion_ok(&s, "voucher", "\"percent\":10");
    Answer x = world_post(&s.w, s.w.sari, "/v1/pricing/simulations",
                          world_path(&s.w, "{\"shop\":\"%lld\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":99},{\"variant\":"
                                           "\"%lld\",\"quantity\":99},{\"variant\":\"%lld\",\"quantity\":99}]}",
                                     (long long)s.shop, (long long)g.variant, (long long)h.variant, (long long)i.variant));
    check_int(x.status, 422);
    check_at(&s, &x, "field", "lines");
    stand_end(&s);
}

static Answer simulate(Stand *s, Person who, const char *rest)
{
    return world_post(&s->w, who, "/v1/pricing/simulations",
                      world_path(&s->w,
                                 "{\"shop\":\"%lld\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":2,\"channel\":\"clip\"},"
                                        "{\"variant\":\"%lld\",\"quantity\":1}]%s}", (long long)s->shop, (long long)s->a.variant,
                                 (long long)s->b.variant, rest));
}

// The promotion's outcome in a simulation.
static Str outcome(Stand *s, const Answer *x, i64 promotion)
{
    for (i64 i = 0; i < 20; i++) {
        const char *at = world_path(&s->w, "promotions[%lld]", (long long)i);
        if (answer_id(&s->w, x, world_path(&s->w, "%s.promotion", at)) == promotion)
            return answer_at(&s->w, x, world_path(&s->w, "%s.outcome", at));
    }
    return (Str){ 0 };
}

TEST(the_simulator_shows_what_a_buyer_would_pay_and_why)
{
    Stand s = stand_new();
    i64 sale = stand_offer_ok(&s, "sale", 0, 2 * HOUR_MS, stand_percent(&s, s.a, 10));
    stand_offer_ok(&s, "flash", HOUR_MS, 2 * HOUR_MS, stand_flash(&s, s.a, 7000000, 5));
    i64 first = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"first_order\":\"shop\"");
    i64 fans = stand_promotion_ok(&s, "voucher", "\"percent\":20,\"followers\":true");
    i64 high = stand_promotion_ok(&s, "voucher", "\"percent\":30,\"minimum\":{\"minor\":90000000,\"currency\":\"IDR\"}");
    Answer x = simulate(&s, s.w.sari, "");
    check_int(x.status, 200);
    check_at(&s, &x, "goods.minor", "23000000");
    check_at(&s, &x, "by_seller.minor", "2300000");
    check_at(&s, &x, "shipping.minor", "1000000");
    check_at(&s, &x, "total.minor", "21700000");
    check_at(&s, &x, "lines[0].price.minor", "9000000");
    check_at(&s, &x, "lines[0].pays.minor", "16200000");
    check_at(&s, &x, "lines[0].steps[0].kind", "regular");
    check_at(&s, &x, "lines[0].steps[0].outcome", "beaten");
    check_at(&s, &x, "lines[0].steps[1].offer", world_path(&s.w, "%lld", (long long)sale));
    check_at(&s, &x, "lines[0].steps[1].outcome", "applied");
    check_at(&s, &x, "lines[0].steps[2].outcome", "not_started");
    check_at(&s, &x, "lines[1].steps[0].outcome", "applied");
    check_str(outcome(&s, &x, first), STR("applied"));
    check_str(outcome(&s, &x, fans), STR("follower"));
    check_str(outcome(&s, &x, high), STR("below_minimum"));
    check_at(&s, &x, "promotions[2].need.minor", "90000000");
    check_at(&s, &x, "promotions[2].have.minor", "23000000");
    x = simulate(&s, s.w.sari, ",\"first_order\":false,\"follower\":true,\"shipping\":{\"minor\":0,\"currency\":\"IDR\"}");
    check_str(outcome(&s, &x, first), STR("first_order"));
    check_str(outcome(&s, &x, fans), STR("applied"));
    check_at(&s, &x, "total.minor", "18400000");
    // At another moment, and with only some vouchers.
    x = simulate(&s, s.w.sari, world_path(&s.w, ",\"at\":\"%s\",\"vouchers\":[]", stand_time(&s, HOUR_MS)));
    check_at(&s, &x, "lines[0].price.minor", "7000000");
    check_at(&s, &x, "lines[0].steps[1].outcome", "beaten");
    check_at(&s, &x, "by_seller.minor", "0");
    check_str(outcome(&s, &x, first), STR("unclaimed"));
    x = simulate(&s, s.w.sari, world_path(&s.w, ",\"at\":\"%s\"", stand_time(&s, 3 * HOUR_MS)));
    check_at(&s, &x, "lines[0].price.minor", "10000000");
    check_at(&s, &x, "lines[0].steps[1].outcome", "over");
    // The same people pay the same at the till.
    stand_claim(&s, s.w.ana, first);
    check_int(stand_total(&s, s.w.ana, "a:2 b:1"), 20700000);
    check_int(simulate(&s, s.w.tono, "").status, 404);
    check_int(simulate(&s, s.w.nobody, "").status, 401);
    check_int(simulate(&s, s.w.sari, ",\"at\":\"1999-01-01T00:00:00Z\"").status, 422);
    check_int(simulate(&s, s.w.sari, ",\"shipping\":{\"minor\":5,\"currency\":\"SGD\"}").status, 422);
    stand_end(&s);
}
