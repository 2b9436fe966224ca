// Tests of prices: lists, channels, sales, flash sales, the history and what pages show of it; whole requests.
#include "pricing/pricing_kit.h"

static void check_at(Stand *s, const Answer *x, const char *path, const char *want)
{
    Str got = answer_at(&s->w, x, path);
    if (!str_eq(got, str_of(want))) test_failed(__FILE__, __LINE__, "%s is \"%.*s\", not \"%s\"", path, STR_ARG(got), want);
}

static void check_refused(Stand *s, Answer x, int status, const char *slug, const char *field)
{
    check_int(x.status, status);
    check_at(s, &x, "slug", slug);
    check_at(s, &x, "field", field);
}

static i64 price_of(Stand *s, Goods g)
{
    i64 minor = 0;
    Answer x = stand_product(s, g, "");
    check_int(x.status, 200);
    str_to_i64(answer_at(&s->w, &x, "variants[0].price.minor"), &minor);
    return minor;
}

static Answer history(Stand *s, Goods g, const char *query)
{
    return world_get(&s->w, s->w.nobody, world_path(&s->w, "/v1/variants/%lld/prices%s", (long long)g.variant, query));
}

static void set_price(Stand *s, Goods g, i64 minor, i64 version, i64 *next)
{
    Answer x = world_patch(&s->w, s->w.sari, world_path(&s->w, "/v1/products/%lld", (long long)g.product),
                           world_path(&s->w, "{\"version\":%lld,\"variants\":[{\"id\":\"%lld\",\"sku\":\"S-%lld\",\"options\":[],"
                                             "\"price\":{\"minor\":%lld,\"currency\":\"IDR\"}}]}", (long long)version,
                                      (long long)g.variant, (long long)g.variant, (long long)minor));
    check_int(x.status, 200);
    if (next) *next = version + 1;
}

static Answer post(Stand *s, Person who, const char *path, const char *json)
{
    return world_post(&s->w, who, path, json);
}

// ---------------------------------------------------------------------------------------------- sales

TEST(a_sale_begins_and_ends_by_the_clock)
{
    Stand s = stand_new();
    i64 sale = stand_offer_ok(&s, "sale", 2 * HOUR_MS, 5 * HOUR_MS, stand_percent(&s, s.a, 25));
    check_int(price_of(&s, s.a), 10000000);
    world_jump(&s.w, 2 * HOUR_MS - 1);
    world_tasks(&s.w);
    check_int(price_of(&s, s.a), 10000000);
    world_jump(&s.w, 1);
    // At the checkout the clock decides, whether the timer has come by or not; a kept page waits for the timer.
    check_int(stand_total(&s, s.w.ana, "a:1"), 7500000);
    world_tasks(&s.w);
    check_int(price_of(&s, s.a), 7500000);
    Answer x = stand_product(&s, s.a, "");
    check_at(&s, &x, "variants[0].tag.kind", "sale");
    check_at(&s, &x, "variants[0].tag.was.minor", "10000000");
    check_at(&s, &x, "variants[0].tag.low.minor", "10000000");
    check_at(&s, &x, "variants[0].tag.percent", "25");
    check_at(&s, &x, "variants[0].tag.name", "Pekan rotan");
    check_at(&s, &x, "variants[0].tag.times", "0");
    check_at(&s, &x, "variants[0].tag.days", "30");
    check_at(&s, &x, "price_from.minor", "7500000");
    x = world_get(&s.w, s.w.nobody, world_path(&s.w, "/v1/shops/%lld/products", (long long)s.shop));
    check_at(&s, &x, "items[2].price_from.minor", "7500000");
    check_at(&s, &x, "items[2].sale", "true");
    check_at(&s, &x, "items[1].sale", "false");
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/offers/%lld", (long long)sale));
    check_at(&s, &x, "offer.state", "running");
    check_int(world_audit(&s.w), 0);
    world_jump(&s.w, 3 * HOUR_MS);
    check_int(stand_total(&s, s.w.ana, "a:1"), 10000000);
    world_tasks(&s.w);
    check_int(price_of(&s, s.a), 10000000);
    x = history(&s, s.a, "");
    check_at(&s, &x, "items[0].kind", "regular");
    check_at(&s, &x, "items[1].kind", "sale");
    check_at(&s, &x, "items[1].low.minor", "10000000");
    check_at(&s, &x, "items[2].price.minor", "10000000");
    check_at(&s, &x, "items[3].kind", "");
    check_at(&s, &x, "low.minor", "7500000");
    check_at(&s, &x, "days", "30");
    stand_end(&s);
}

TEST(a_sale_that_passed_while_nobody_served)
{
    Stand s = stand_new();
    stand_offer_ok(&s, "sale", HOUR_MS, 2 * HOUR_MS, stand_percent(&s, s.a, 50));
    i64 long_one = stand_offer_ok(&s, "sale", HOUR_MS, 10 * HOUR_MS, stand_percent(&s, s.b, 50));
    world_restart(&s.w);
    world_jump(&s.w, 5 * HOUR_MS);
    check_int(stand_total(&s, s.w.ana, "b:1"), 2500000);
    world_tasks(&s.w);
    Answer x = history(&s, s.a, "");
    check_at(&s, &x, "items[1].kind", "");                       // nobody could buy at that price
    x = history(&s, s.b, "");
    check_at(&s, &x, "items[0].kind", "sale");
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/offers/%lld", (long long)long_one));
    check_at(&s, &x, "offer.state", "running");
    stand_end(&s);
}

TEST(percent_amount_and_price)
{
    Stand s = stand_new();
    const char *items = world_path(&s.w, "%s,{\"variant\":\"%lld\",\"amount\":{\"minor\":1250000,\"currency\":\"IDR\"}},"
                                         "{\"variant\":\"%lld\",\"price\":{\"minor\":1999900,\"currency\":\"IDR\"}}",
                                   stand_percent(&s, s.a, 33), (long long)s.b.variant, (long long)s.c.variant);
    stand_offer_ok(&s, "sale", 0, DAY_MS, items);
    check_int(price_of(&s, s.a), 6700000);
    check_int(price_of(&s, s.b), 3750000);
    check_int(price_of(&s, s.c), 1999900);
    // A new price under a percentage moves the sale's; one below a fixed price ends what it gives.
    set_price(&s, s.a, 9000000, 1, NULL);
    set_price(&s, s.c, 1900000, 1, NULL);
    check_int(price_of(&s, s.a), 6030000);
    check_int(price_of(&s, s.c), 1900000);
    Answer x = history(&s, s.a, "");
    check_at(&s, &x, "items[0].price.minor", "6030000");
    check_at(&s, &x, "items[0].low.minor", "10000000");          // the reduction began with the sale, not with the edit
    stand_end(&s);
}

TEST(offers_are_refused)
{
    Stand s = stand_new();
    const char *ok = stand_percent(&s, s.a, 10), *v = world_path(&s.w, "\"variant\":\"%lld\"", (long long)s.a.variant);
    const struct { const char *kind; i64 from, to; const char *items, *slug, *field; } CASES[] = {
        { "sale", 0, 10 * MINUTE_MS - 1, ok, "bad_field", "ends" },
        { "sale", 0, -DAY_MS, ok, "bad_field", "ends" },
        { "sale", -DAY_MS, DAY_MS, ok, "bad_field", "starts" },
        { "sale", 0, (i64)366 * DAY_MS, ok, "bad_field", "ends" },
        { "sale", (i64)366 * DAY_MS, (i64)367 * DAY_MS, ok, "bad_field", "starts" },
        { "flash", 0, (i64)72 * HOUR_MS + 1, stand_flash(&s, s.a, 5000000, 5), "bad_field", "ends" },
        { "live", 0, DAY_MS, ok, "bad_field", "kind" },
        { "regular", 0, DAY_MS, ok, "bad_field", "kind" },
        { "sale", 0, DAY_MS, "", "bad_field", "items" },
        { "sale", 0, DAY_MS, world_path(&s.w, "{%s}", v), "bad_field", "items[0].price" },
        { "sale", 0, DAY_MS, world_path(&s.w, "{%s,\"percent\":0}", v), "bad_field", "items[0].percent" },
        { "sale", 0, DAY_MS, world_path(&s.w, "{%s,\"percent\":100}", v), "bad_field", "items[0].percent" },
        { "sale", 0, DAY_MS, world_path(&s.w, "{%s,\"percent\":-5}", v), "bad_field", "items[0].percent" },
        { "sale", 0, DAY_MS, world_path(&s.w, "{%s,\"percent\":10.5}", v), "bad_field", "items[0].percent" },
        { "sale", 0, DAY_MS, world_path(&s.w, "{%s,\"amount\":{\"minor\":0,\"currency\":\"IDR\"}}", v), "bad_field",
          "items[0].amount.minor" },
        { "sale", 0, DAY_MS, world_path(&s.w, "{%s,\"amount\":{\"minor\":10000000,\"currency\":\"IDR\"}}", v), "bad_field",
          "items[0].amount" },
        { "sale", 0, DAY_MS, world_path(&s.w, "{%s,\"price\":{\"minor\":10000000,\"currency\":\"IDR\"}}", v), "bad_field",
          "items[0].price" },
        { "sale", 0, DAY_MS, world_path(&s.w, "{%s,\"price\":{\"minor\":100,\"currency\":\"SGD\"}}", v), "currency",
          "items[0].price" },
        { "sale", 0, DAY_MS, world_path(&s.w, "{%s,\"percent\":10,\"stock\":5}", v), "bad_field", "items[0].stock" },
        { "sale", 0, DAY_MS, world_path(&s.w, "%s,%s", ok, ok), "bad_field", "items[1].variant" },
        { "sale", 0, DAY_MS, "{\"variant\":\"77\",\"percent\":10}", "bad_field", "items[0].variant" },
        { "flash", 0, DAY_MS, ok, "bad_field", "items[0].price" },
        { "flash", 0, DAY_MS, world_path(&s.w, "{%s,\"price\":{\"minor\":5000000,\"currency\":\"IDR\"}}", v), "bad_field",
          "items[0].stock" },
        { "flash", 0, DAY_MS, stand_flash(&s, s.a, 10000000, 5), "bad_field", "items[0].price" },
        { "flash", 0, DAY_MS, stand_flash(&s, s.a, 5000000, 101), "sold_out", "items[0].stock" },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Answer x = stand_offer(&s, CASES[i].kind, CASES[i].from, CASES[i].to, CASES[i].items);
        if (x.status < 400 || !str_eq(answer_at(&s.w, &x, "slug"), str_of(CASES[i].slug)) ||
            !str_eq(answer_at(&s.w, &x, "field"), str_of(CASES[i].field)))
            test_failed(__FILE__, __LINE__, "case %lld: %d %.*s", (long long)i, x.status, STR_ARG(x.body));
    }
    check_int(price_of(&s, s.a), 10000000);
    stand_end(&s);
}

TEST(strangers_and_packers_plan_nothing)
{
    Stand s = stand_new();
    const char *path = world_path(&s.w, "/v1/studio/shops/%lld/offers", (long long)s.shop);
    const char *body = world_path(&s.w, "{\"kind\":\"sale\",\"name\":\"X\",\"starts\":\"%s\",\"ends\":\"%s\",\"items\":[%s]}",
                                  stand_time(&s, 0), stand_time(&s, DAY_MS), stand_percent(&s, s.a, 10));
    check_int(post(&s, s.w.nobody, path, body).status, 401);
    check_int(post(&s, s.w.tono, path, body).status, 404);
    world_staff(&s.w, s.w.sari, s.shop, s.w.budi, "packer");
    check_int(post(&s, s.w.budi, path, body).status, 403);
    i64 sale = stand_offer_ok(&s, "sale", HOUR_MS, DAY_MS, stand_percent(&s, s.a, 10));
    const char *one = world_path(&s.w, "/v1/studio/offers/%lld", (long long)sale);
    check_int(world_get(&s.w, s.w.tono, one).status, 404);
    check_int(world_patch(&s.w, s.w.tono, one, "{\"version\":1,\"name\":\"Mine\"}").status, 404);
    check_int(post(&s, s.w.tono, world_path(&s.w, "%s/end", one), NULL).status, 404);
    check_int(world_get(&s.w, s.w.budi, one).status, 403);
    check_int(world_get(&s.w, s.w.oma, one).status, 200);
    // A seller cannot lower another seller's price.
    i64 other = world_shop(&s.w, s.w.tono, "lain");
    check_refused(&s, post(&s, s.w.tono, world_path(&s.w, "/v1/studio/shops/%lld/offers", (long long)other), body), 422,
                  "bad_field",
                  "items[0].variant");
    static const char *const READS[] = { "price-lists", "price-changes", "offers", "promotions", "price-lists/*/prices" };
    for (i64 i = 0; i < COUNT(READS); i++)
        check_int(world_get(&s.w, s.w.tono, world_path(&s.w, "/v1/studio/shops/%lld/%s", (long long)s.shop, READS[i])).status,
                  404);
    stand_end(&s);
}

TEST(offers_of_one_kind_do_not_meet)
{
    Stand s = stand_new();
    i64 first = stand_offer_ok(&s, "sale", HOUR_MS, 3 * HOUR_MS, stand_percent(&s, s.a, 10));
    check_refused(&s, stand_offer(&s, "sale", 2 * HOUR_MS, 5 * HOUR_MS, stand_percent(&s, s.a, 20)), 409, "wrong_state",
                  "items[0].variant");
    stand_offer_ok(&s, "sale", 3 * HOUR_MS, 5 * HOUR_MS, stand_percent(&s, s.a, 20));          // one ends, the next begins
    stand_offer_ok(&s, "flash", 2 * HOUR_MS, 4 * HOUR_MS, stand_flash(&s, s.a, 4000000, 5));   // of another kind
    const char *one = world_path(&s.w, "/v1/studio/offers/%lld", (long long)first);
    check_refused(&s, world_patch(&s.w, s.w.sari, one, world_path(&s.w, "{\"version\":1,\"ends\":\"%s\"}",
                                                                    stand_time(&s, 4 * HOUR_MS))), 409, "wrong_state",
                  "items[0].variant");
    check_int(post(&s, s.w.sari, world_path(&s.w, "%s/end", one), NULL).status, 200);          // cancelled: in nobody's way
    stand_offer_ok(&s, "sale", HOUR_MS, 3 * HOUR_MS, stand_percent(&s, s.a, 15));
    world_jump(&s.w, 2 * HOUR_MS);
    check_int(stand_total(&s, s.w.ana, "a:1"), 4000000);         // flash before sale
    stand_end(&s);
}

TEST(an_offer_is_changed_and_ended)
{
    Stand s = stand_new();
    i64 sale = stand_offer_ok(&s, "sale", HOUR_MS, 3 * HOUR_MS, stand_percent(&s, s.a, 10));
    const char *one = world_path(&s.w, "/v1/studio/offers/%lld", (long long)sale);
    Answer x = world_patch(&s.w, s.w.sari, one, world_path(&s.w, "{\"version\":1,\"name\":\"Baru\",\"items\":[%s,%s]}",
                                                            stand_percent(&s, s.a, 30), stand_percent(&s, s.b, 40)));
    check_int(x.status, 200);
    check_at(&s, &x, "offer.version", "2");
    check_at(&s, &x, "offer.items", "2");
    check_at(&s, &x, "items[1].price.minor", "3000000");
    check_refused(&s, world_patch(&s.w, s.w.sari, one, "{\"version\":1,\"name\":\"X\"}"), 409, "stale", "version");
    world_jump(&s.w, HOUR_MS);
    world_tasks(&s.w);
    check_refused(&s, world_patch(&s.w, s.w.sari, one, world_path(&s.w, "{\"version\":2,\"items\":[%s]}",
                                                                    stand_percent(&s, s.a, 1))), 409, "wrong_state", "items");
    x = world_patch(&s.w, s.w.sari, one, world_path(&s.w, "{\"version\":2,\"ends\":\"%s\"}", stand_time(&s, 5 * HOUR_MS)));
    check_int(x.status, 200);
    world_jump(&s.w, 4 * HOUR_MS);
    world_tasks(&s.w);
    check_int(price_of(&s, s.b), 3000000);
    x = post(&s, s.w.sari, world_path(&s.w, "%s/end", one), NULL);
    check_at(&s, &x, "offer.state", "ended");
    check_int(price_of(&s, s.b), 5000000);
    check_int(stand_total(&s, s.w.ana, "b:1"), 5000000);
    check_refused(&s, post(&s, s.w.sari, world_path(&s.w, "%s/end", one), NULL), 409, "wrong_state", "");
    check_refused(&s, world_patch(&s.w, s.w.sari, one, "{\"version\":4,\"name\":\"X\"}"), 409, "wrong_state", "");
    stand_end(&s);
}

// ---------------------------------------------------------------------------------------------- flash sales

TEST(a_flash_sale_undercuts_the_lowest_price_of_thirty_days)
{
    Stand s = stand_new();
    stand_offer_ok(&s, "sale", 0, DAY_MS, stand_percent(&s, s.a, 40));               // 6.000.000 for a day
    world_jump(&s.w, 20 * (i64)DAY_MS);
    world_tasks(&s.w);
    check_refused(&s, stand_offer(&s, "flash", 0, DAY_MS, stand_flash(&s, s.a, 6000000, 5)), 422, "bad_field", "items[0].price");
    i64 flash = stand_offer_ok(&s, "flash", 0, DAY_MS, stand_flash(&s, s.a, 5999999, 5));
    Answer x = stand_product(&s, s.a, "");
    check_at(&s, &x, "variants[0].tag.low.minor", "6000000");
    check_at(&s, &x, "variants[0].tag.was.minor", "10000000");
    check_at(&s, &x, "variants[0].tag.percent", "");             // 0.00 % below the price of the last days is no percentage
    check_at(&s, &x, "variants[0].tag.kind", "flash");
    post(&s, s.w.sari, world_path(&s.w, "/v1/studio/offers/%lld/end", (long long)flash), NULL);
    // After thirty days the window no longer holds the low ones.
    world_jump(&s.w, 31 * (i64)DAY_MS);
    world_tasks(&s.w);
    stand_offer_ok(&s, "flash", 0, DAY_MS, stand_flash(&s, s.a, 9999999, 5));
    stand_end(&s);
}

TEST(a_flash_price_that_no_longer_undercuts_takes_no_part)
{
    Stand s = stand_new();
    i64 flash = stand_offer_ok(&s, "flash", DAY_MS, 2 * DAY_MS, world_path(&s.w, "%s,%s", stand_flash(&s, s.a, 8000000, 5),
                                                                            stand_flash(&s, s.b, 4000000, 5)));
    stand_offer_ok(&s, "sale", HOUR_MS, 3 * HOUR_MS, stand_percent(&s, s.a, 30));    // 7.000.000, lower than the flash to come
    world_jump(&s.w, 2 * HOUR_MS);
    world_tasks(&s.w);
    world_jump(&s.w, DAY_MS);
    world_tasks(&s.w);
    check_int(price_of(&s, s.a), 10000000);
    check_int(price_of(&s, s.b), 4000000);
    Answer x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/offers/%lld", (long long)flash));
    check_at(&s, &x, "items[0].dropped", "true");
    check_at(&s, &x, "items[1].dropped", "false");
    // What was set aside for it is free again at once, not only when the sale is over.
    check_at(&s, &x, "items[0].left", "0");
    check_at(&s, &x, "items[1].left", "5");
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/variants/%lld/stock/detail", (long long)s.a.variant));
    check_at(&s, &x, "row.allocated", "0");
    check_at(&s, &x, "row.free", "100");
    stand_end(&s);
}

TEST(a_buyer_has_only_so_many_of_a_flash_sale)
{
    Stand s = stand_new();
    const char *body = world_path(&s.w,
                                  "{\"kind\":\"flash\",\"name\":\"Kilat\",\"starts\":\"%s\",\"ends\":\"%s\",\"per_buyer\":2,"
                                        "\"items\":[%s]}", stand_time(&s, 0), stand_time(&s, DAY_MS),
                                  stand_flash(&s, s.a, 5000000, 20));
    check_int(post(&s, s.w.sari, world_path(&s.w, "/v1/studio/shops/%lld/offers", (long long)s.shop), body).status, 201);
    Answer x = stand_product(&s, s.a, "");
    check_at(&s, &x, "variants[0].tag.limit", "2");
    check_int(stand_buy(&s, s.w.ana, "a:3", NULL).status, 409);
    x = stand_buy(&s, s.w.ana, "a:1", NULL);
    check_int(x.status, 201);
    check_int(stand_quote(&s, s.w.ana, "a:2", NULL).status, 409);
    check_int(stand_buy(&s, s.w.ana, "a:1", NULL).status, 201);
    check_int(stand_total(&s, s.w.ana, "a:1"), 10000000);        // used up: the regular price, as for everyone afterwards
    check_int(stand_total(&s, s.w.budi, "a:2"), 10000000);       // two at the flash price
    // A cancelled checkout gives them back.
    x = world_get(&s.w, s.w.ana, "/v1/orders");
    const char *order = world_path(&s.w, "/v1/orders/%lld/cancel", (long long)answer_id(&s.w, &x, "items[0].id"));
    check_int(world_post(&s.w, s.w.sari, order, "{\"reason\":\"It broke.\"}").status / 100, 2);
    world_tasks(&s.w);
    check_int(stand_total(&s, s.w.ana, "a:1"), 5000000);
    stand_end(&s);
}

// ---------------------------------------------------------------------------------------------- history

TEST(the_history_says_how_often_an_offer_came_back)
{
    Stand s = stand_new();
    for (i64 i = 0; i < 3; i++) {
        stand_offer_ok(&s, "sale", 0, DAY_MS, stand_percent(&s, s.a, 20));
        world_tasks(&s.w);
        Answer x = stand_product(&s, s.a, "");
        check_at(&s, &x, "variants[0].tag.times", i == 0 ? "0" : i == 1 ? "1" : "2");
        check_at(&s, &x, "variants[0].tag.low.minor", i == 0 ? "10000000" : "8000000");
        check_at(&s, &x, "variants[0].tag.percent", i == 0 ? "20" : "");
        world_jump(&s.w, 9 * (i64)DAY_MS);
        world_tasks(&s.w);
    }
    // A lower price has not been there before.
    stand_offer_ok(&s, "sale", 0, DAY_MS, stand_percent(&s, s.a, 21));
    Answer x = stand_product(&s, s.a, "");
    check_at(&s, &x, "variants[0].tag.times", "0");
    stand_end(&s);
}

TEST(a_price_to_compare_with_stands_beside_the_lowest)
{
    Stand s = stand_new();
    const char *path = world_path(&s.w, "/v1/products/%lld", (long long)s.a.product);
    const char *body = "{\"version\":%lld,\"variants\":[{\"id\":\"%lld\",\"sku\":\"K\",\"options\":[],\"price\":{\"minor\":%lld,"
                       "\"currency\":\"IDR\"},\"compare_at\":{\"minor\":15000000,\"currency\":\"IDR\"}}]}";
    check_int(world_patch(&s.w, s.w.sari, path, world_path(&s.w, body, 1LL, (long long)s.a.variant, 10000000LL)).status, 200);
    Answer x = stand_product(&s, s.a, "");
    check_at(&s, &x, "variants[0].tag.was.minor", "15000000");
    check_at(&s, &x, "variants[0].tag.low.minor", "10000000");   // it has never cost more: no percentage
    check_at(&s, &x, "variants[0].tag.percent", "");
    world_jump(&s.w, DAY_MS);
    check_int(world_patch(&s.w, s.w.sari, path, world_path(&s.w, body, 2LL, (long long)s.a.variant, 8000000LL)).status, 200);
    x = stand_product(&s, s.a, "");
    check_at(&s, &x, "variants[0].tag.low.minor", "10000000");
    check_at(&s, &x, "variants[0].tag.percent", "20");
    stand_end(&s);
}

TEST(drafts_have_no_public_history)
{
    Stand s = stand_new();
    check_int(history(&s, s.a, "").status, 200);
    check_int(history(&s, (Goods){ 1, 12345 }, "").status, 404);
    check_int(world_patch(&s.w, s.w.sari, world_path(&s.w, "/v1/products/%lld", (long long)s.a.product),
                          "{\"version\":1,\"state\":\"draft\"}").status, 200);
    check_int(history(&s, s.a, "").status, 404);
    stand_end(&s);
}

// ---------------------------------------------------------------------------------------------- markets and channels

static Answer put_list(Stand *s, const char *market, const char *currency, i64 from, i64 to, i64 round)
{
    return world_put(&s->w, s->w.sari, world_path(&s->w, "/v1/studio/shops/%lld/price-lists/%s", (long long)s->shop, market),
                     world_path(&s->w,
                                "{\"currency\":\"%s\",\"from\":{\"minor\":%lld,\"currency\":\"IDR\"},\"to\":{\"minor\":%lld,"
                                       "\"currency\":\"%s\"},\"round\":{\"minor\":%lld,\"currency\":\"%s\"}}", currency,
                                (long long)from, (long long)to, currency, (long long)round, currency));
}

static Answer put_entry(Stand *s, const char *market, Goods g, const char *rest)
{
    return world_put(&s->w, s->w.sari, world_path(&s->w, "/v1/studio/shops/%lld/price-lists/%s/prices", (long long)s->shop,
                                                  market),
                     world_path(&s->w, "{\"items\":[{\"variant\":\"%lld\"%s}]}", (long long)g.variant, rest));
}

TEST(a_market_has_its_own_currency_and_prices)
{
    Stand s = stand_new();
    check_int(put_list(&s, "SG", "SGD", 10000000, 862, 50).status, 200);              // 100.000 rupiah are 8.62 dollars
    Answer x = stand_product(&s, s.a, "?country=SG");
    check_at(&s, &x, "variants[0].price.minor", "850");                               // to the next 50 cents
    check_at(&s, &x, "variants[0].price.currency", "SGD");
    x = stand_product(&s, s.b, "?country=SG");
    check_at(&s, &x, "variants[0].price.minor", "450");                               // 4.31
    check_int(put_entry(&s, "SG", s.a, ",\"price\":{\"minor\":990,\"currency\":\"SGD\"}").status, 204);
    x = stand_product(&s, s.a, "?country=SG");
    check_at(&s, &x, "price_from.minor", "990");
    x = stand_product(&s, s.a, "?country=MY");
    check_at(&s, &x, "price_from.minor", "10000000");
    x = history(&s, s.a, "?country=SG");
    check_at(&s, &x, "items[0].price.minor", "990");
    check_at(&s, &x, "items[1].price.minor", "850");
    // Sales are a list's own.
    stand_offer_ok(&s, "sale", 0, DAY_MS, stand_percent(&s, s.a, 50));
    x = stand_product(&s, s.a, "?country=SG");
    check_at(&s, &x, "price_from.minor", "990");
    x = post(&s, s.w.sari, world_path(&s.w, "/v1/studio/shops/%lld/offers", (long long)s.shop),
             world_path(&s.w,
                 "{\"kind\":\"sale\",\"name\":\"SG\",\"market\":\"SG\",\"starts\":\"%s\",\"ends\":\"%s\",\"items\":[%s]}",
                        stand_time(&s, 0), stand_time(&s, DAY_MS), stand_percent(&s, s.a, 10)));
    check_int(x.status, 201);
    x = stand_product(&s, s.a, "?country=SG");
    check_at(&s, &x, "price_from.minor", "891");
    x = stand_product(&s, s.a, "");
    check_at(&s, &x, "price_from.minor", "5000000");
    // A new default price moves what is derived from it, in every history.
    set_price(&s, s.b, 6000000, 1, NULL);
    x = history(&s, s.b, "?country=SG");
    check_at(&s, &x, "items[0].price.minor", "500");
    stand_end(&s);
}

TEST(lists_are_refused)
{
    Stand s = stand_new();
    check_refused(&s, put_list(&s, "ID", "IDR", 1, 1, 1), 422, "bad_field", "market");
    check_refused(&s, put_list(&s, "sg", "SGD", 1, 1, 1), 422, "bad_field", "market");
    check_refused(&s, put_list(&s, "*", "IDR", 1, 1, 1), 422, "bad_field", "market");
    check_int(put_list(&s, "SG", "XXX", 1, 1, 1).status, 422);
    check_int(put_list(&s, "SG", "SGD", 0, 1, 1).status, 422);
    check_int(put_list(&s, "SG", "SGD", 10000000, 862, 1).status, 200);
    check_refused(&s, put_entry(&s, "SG", s.a, ",\"price\":{\"minor\":990,\"currency\":\"IDR\"}"), 409, "currency",
                  "items[0].price");
    check_refused(&s, put_entry(&s, "*", s.a, ",\"price\":{\"minor\":990,\"currency\":\"IDR\"}"), 422, "bad_field",
                  "items[0].channel");
    check_refused(&s, put_entry(&s, "SG", (Goods){ 1, 4711 }, ",\"price\":{\"minor\":990,\"currency\":\"SGD\"}"), 422,
                  "bad_field",
                  "items[0].variant");
    check_int(put_entry(&s, "MY", s.a, "").status, 404);
    check_int(put_entry(&s, "SG", s.a, ",\"price\":{\"minor\":990,\"currency\":\"SGD\"}").status, 204);
    check_refused(&s, put_list(&s, "SG", "USD", 10000000, 600, 1), 409, "currency", "currency");
    const char *list = world_path(&s.w, "/v1/studio/shops/%lld/price-lists/SG", (long long)s.shop);
    check_int(world_delete(&s.w, s.w.sari, list).status, 204);
    check_int(world_delete(&s.w, s.w.sari, list).status, 404);
    Answer x = stand_product(&s, s.a, "?country=SG");
    check_at(&s, &x, "price_from.currency", "IDR");
    stand_end(&s);
}

TEST(a_channel_has_its_own_price)
{
    Stand s = stand_new();
    check_int(put_entry(&s, "*", s.a, ",\"channel\":\"clip\",\"price\":{\"minor\":9500000,\"currency\":\"IDR\"}").status, 204);
    check_int(price_of(&s, s.a), 10000000);
    Answer x = stand_product(&s, s.a, "?channel=clip");
    check_at(&s, &x, "price_from.minor", "9500000");
    x = stand_product(&s, s.a, "?channel=live");
    check_at(&s, &x, "price_from.minor", "10000000");
    // A sale of one channel, beside another of all; the channel's own is the stronger.
    world_jump(&s.w, HOUR_MS);
    stand_offer_ok(&s, "sale", 0, DAY_MS, stand_percent(&s, s.a, 10));
    world_jump(&s.w, HOUR_MS);
    x = post(&s, s.w.sari, world_path(&s.w, "/v1/studio/shops/%lld/offers", (long long)s.shop),
             world_path(&s.w,
                 "{\"kind\":\"sale\",\"name\":\"Klip\",\"channel\":\"clip\",\"starts\":\"%s\",\"ends\":\"%s\",\"items\":[%s]}",
                        stand_time(&s, 0), stand_time(&s, DAY_MS), stand_percent(&s, s.a, 20)));
    check_int(x.status, 201);
    x = stand_product(&s, s.a, "?channel=clip");
    check_at(&s, &x, "price_from.minor", "7600000");
    check_int(price_of(&s, s.a), 9000000);
    x = history(&s, s.a, "?channel=clip");
    check_at(&s, &x, "channel", "clip");
    check_at(&s, &x, "items[0].price.minor", "7600000");
    check_at(&s, &x, "items[0].low.minor", "8550000");
    x = history(&s, s.a, "?channel=live");
    check_at(&s, &x, "channel", "any");
    world_jump(&s.w, DAY_MS);
    world_tasks(&s.w);
    check_int(put_entry(&s, "*", s.a, ",\"channel\":\"clip\"").status, 204);         // without a price: as all channels again
    x = stand_product(&s, s.a, "?channel=clip");
    check_at(&s, &x, "price_from.minor", "10000000");
    x = history(&s, s.a, "?channel=clip");
    check_at(&s, &x, "items[0].price.minor", "10000000");
    stand_end(&s);
}

// What a unit cost when, for who asks about a past day.

typedef struct Then { Arena a; PriceAt in; bool has; Money cost; } Then;

static Err look_back(Tx *tx, void *context)
{
    Then *t = context;
    tx->a = &t->a;
    return pricing_price_at(tx, t->in, &t->has, &t->cost);
}

// In the minor units of that day's currency; -1: it never had a price.
static i64 then(Stand *s, i64 variant, const char *country, Channel channel, Time at)
{
    Then t = { .in = { .shop = { s->shop }, .variant = { variant }, .country = str_of(country), .channel = channel, .at = at } };
    check_int(db_run(s->w.app->db, false, look_back, &t), ERR_OK);
    arena_free(&t.a);
    return t.has ? t.cost.minor : -1;
}

TEST(the_history_knows_what_a_thing_cost_when)
{
    Stand s = stand_new();
    Time begin = app_now(s.w.app);
    stand_offer_ok(&s, "sale", HOUR_MS, 3 * HOUR_MS, stand_percent(&s, s.a, 10));
    check_int(put_entry(&s, "*", s.a, ",\"channel\":\"clip\",\"price\":{\"minor\":9500000,\"currency\":\"IDR\"}").status, 204);
    for (int i = 0; i < 4; i++) {
        world_jump(&s.w, HOUR_MS);
        world_tasks(&s.w);
    }
    check_int(put_list(&s, "SG", "SGD", 10000000, 862, 50).status, 200);
    check_int(then(&s, s.a.variant, "ID", CHANNEL_SHOP, begin), 10000000);
    check_int(then(&s, s.a.variant, "ID", CHANNEL_SHOP, begin + HOUR_MS - 1), 10000000);
    check_int(then(&s, s.a.variant, "ID", CHANNEL_SHOP, begin + HOUR_MS), 9000000);
    check_int(then(&s, s.a.variant, "ID", CHANNEL_SHOP, begin + 3 * HOUR_MS), 10000000);
    check_int(then(&s, s.a.variant, "ID", CHANNEL_CLIP, begin + 4 * HOUR_MS), 9500000);
    check_int(then(&s, s.a.variant, "SG", CHANNEL_SHOP, begin + HOUR_MS), 9000000);        // before there was a list for it
    check_int(then(&s, s.a.variant, "SG", CHANNEL_SHOP, begin + 5 * HOUR_MS), 850);
    check_int(then(&s, s.a.variant, "ID", CHANNEL_SHOP, begin - DAY_MS), 10000000);        // younger than that: as now
    check_int(then(&s, 77, "ID", CHANNEL_SHOP, begin), -1);
    stand_end(&s);
}

TEST(a_large_shop_follows_its_lists_page_by_page)
{
    Stand s = stand_new();
    for (i64 i = 0; i < 210; i++) world_product(&s.w, s.w.sari, s.shop, 1000000 + i, 1);
    check_int(put_list(&s, "SG", "SGD", 10000000, 862, 1).status, 200);
    check_int(world_audit(&s.w), 0);                             // those whose turn is to come are known
    world_tasks(&s.w);
    world_tasks(&s.w);
    Answer x = history(&s, s.a, "?country=SG");
    check_at(&s, &x, "items[0].price.minor", "862");
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/shops/%lld/price-changes", (long long)s.shop));
    check_at(&s, &x, "items[0].market", "SG");
    check(answer_at(&s.w, &x, "next").n > 0);
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/shops/%lld/price-lists/SG/prices", (long long)s.shop));
    check_at(&s, &x, "currency", "SGD");
    check_at(&s, &x, "items[0].derived.minor", "862");
    check(answer_at(&s.w, &x, "next").n > 0);
    stand_end(&s);
}

// A price may be changed after an offer's time and before its timer: the history then says what the clock says.
TEST(the_audit_knows_that_a_timer_may_be_late)
{
    Stand s = stand_new();
    stand_offer_ok(&s, "sale", 0, DAY_MS, stand_percent(&s, s.a, 10));
    stand_offer_ok(&s, "sale", HOUR_MS, DAY_MS, stand_percent(&s, s.b, 10));
    world_jump(&s.w, HOUR_MS + 1);                               // b's has begun, without its timer
    set_price(&s, s.b, 4000000, 1, NULL);
    check_int(world_audit(&s.w), 0);
    world_tasks(&s.w);
    check_int(world_audit(&s.w), 0);
    world_jump(&s.w, DAY_MS);                                    // a's is over, without its timer
    check_int(world_audit(&s.w), 0);
    set_price(&s, s.a, 8000000, 1, NULL);
    check_int(world_audit(&s.w), 0);
    world_tasks(&s.w);
    check_int(world_audit(&s.w), 0);
    stand_spoil(&s, "UPDATE price_now SET price_minor = 1 WHERE variant = %lld", (long long)s.a.variant);
    check(world_audit(&s.w) > 0);
    stand_spoil(&s, "UPDATE price_now SET price_minor = 8000000 WHERE variant = %lld", (long long)s.a.variant);
    stand_end(&s);
}
