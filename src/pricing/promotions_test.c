// Tests of promotions and vouchers: each kind through a checkout, each refusal, wallets, followers; whole requests.
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

// A named voucher is refused, and the sentence says why.
static void check_voucher(Stand *s, Person who, const char *lines, i64 voucher, const char *why)
{
    Answer x = stand_quote(s, who, lines, world_path(&s->w, "%lld", (long long)voucher));
    check_refused(s, x, 409, "voucher", "vouchers");
    Str detail = answer_at(&s->w, &x, "detail");
    if (str_find(detail, str_of(why)) < 0) test_failed(__FILE__, __LINE__, "\"%.*s\" does not say \"%s\"", STR_ARG(detail), why);
}

static const char *money(Stand *s, const char *name, i64 minor)
{
    return world_path(&s->w, "\"%s\":{\"minor\":%lld,\"currency\":\"IDR\"}", name, (long long)minor);
}

// ---------------------------------------------------------------------------------------------- each kind

TEST(a_percentage_with_a_ceiling_is_split_over_the_lines)
{
    Stand s = stand_new();
    i64 v = stand_promotion_ok(&s, "voucher", world_path(&s.w, "\"percent\":10,%s", money(&s, "cap", 1500001)));
    stand_claim(&s, s.w.ana, v);
    Answer x = stand_quote(&s, s.w.ana, "a:1 b:1 c:1", NULL);
    check_at(&s, &x, "discount.minor", "1500001");               // 10 % of 17.000.000 would be 1.700.000
    check_at(&s, &x, "vouchers[0]", world_path(&s.w, "%lld", (long long)v));
    check_at(&s, &x, "shops[0].lines[0].discount.minor", "882353");
    check_at(&s, &x, "shops[0].lines[1].discount.minor", "441177");
    check_at(&s, &x, "shops[0].lines[2].discount.minor", "176471");
    x = stand_buy(&s, s.w.ana, "a:1 b:1 c:1", NULL);
    check_int(x.status, 201);
    x = world_get(&s.w, s.w.ana, "/v1/me/vouchers");
    check_at(&s, &x, "items[0].left", "0");
    check_at(&s, &x, "items[0].usable", "false");
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/promotions/%lld", (long long)v));
    check_at(&s, &x, "used", "1");
    check_at(&s, &x, "given.minor", "1500001");
    check_at(&s, &x, "funder", "seller");
    check_int(stand_total(&s, s.w.ana, "a:1"), 10000000);        // once a person
    stand_end(&s);
}

TEST(amount_free_shipping_and_the_platforms_own)
{
    Stand s = stand_new();
    i64 amount = stand_promotion_ok(&s, "voucher", money(&s, "amount", 700000));
    i64 ship = stand_promotion_ok(&s, "voucher", world_path(&s.w, "\"free_shipping\":true,%s", money(&s, "cap", 600000)));
    i64 platform = stand_platform_ok(&s, "voucher", "\"percent\":50");
    stand_claim(&s, s.w.ana, amount);
    stand_claim(&s, s.w.ana, ship);
    stand_claim(&s, s.w.ana, platform);
    Answer x = stand_quote(&s, s.w.ana, "c:1", NULL);
    check_at(&s, &x, "discount.minor", "1950000");               // 700.000, half of the 1.300.000 left, 600.000 of the shipping
    check_at(&s, &x, "total.minor", "1050000");
    check_at(&s, &x, "shops[0].shipping_discount.minor", "600000");
    check_at(&s, &x, "vouchers[2]", world_path(&s.w, "%lld", (long long)platform));
    x = stand_quote(&s, s.w.ana, "c:1", "");                     // none of them
    check_at(&s, &x, "total.minor", "3000000");
    x = stand_quote(&s, s.w.ana, "c:1", world_path(&s.w, "%lld", (long long)platform));
    check_at(&s, &x, "total.minor", "2000000");
    check_int(stand_buy(&s, s.w.ana, "c:1", NULL).status, 201);
    x = world_get(&s.w, s.w.oma, "/v1/operator/promotions");
    check_at(&s, &x, "items[0].funder", "platform");
    check_at(&s, &x, "items[0].used", "1");
    check_at(&s, &x, "items[0].given.minor", "650000");
    stand_end(&s);
}

TEST(bundles_and_buy_more_come_by_themselves)
{
    Stand s = stand_new();
    stand_promotion_ok(&s, "bundle", world_path(&s.w,
                                                "%s,\"bundle\":[{\"product\":\"%lld\",\"quantity\":1},{\"product\":\"%lld\","
                                                      "\"quantity\":2}]", money(&s, "price", 12000000), (long long)s.a.product,
                                                (long long)s.c.product));
    check_int(stand_total(&s, s.w.ana, "a:1 c:1"), 12000000);    // incomplete
    check_int(stand_total(&s, s.w.ana, "a:1 c:2"), 12000000);    // 14.000.000 without
    check_int(stand_total(&s, s.w.ana, "a:2 c:5"), 26000000);    // two bundles and one c
    stand_promotion_ok(&s, "quantity", world_path(&s.w, "\"products\":[\"%lld\"],\"tiers\":[{\"least\":2,\"percent\":5},"
                                                        "{\"least\":3,\"percent\":10}]", (long long)s.b.product));
    check_int(stand_total(&s, s.w.ana, "b:1"), 5000000);
    check_int(stand_total(&s, s.w.ana, "b:2"), 9500000);
    check_int(stand_total(&s, s.w.ana, "b:4"), 18000000);
    check_int(stand_total(&s, s.w.nobody, "b:2"), 9500000);      // a guest's too
    Answer x = stand_quote(&s, s.w.ana, "a:1 b:2 c:2", NULL);
    check_at(&s, &x, "discount.minor", "2500000");
    check_int(stand_buy(&s, s.w.ana, "a:1 b:2 c:2", NULL).status, 201);
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/shops/%lld/promotions", (long long)s.shop));
    check_at(&s, &x, "items[0].used", "1");
    check_at(&s, &x, "items[0].given.minor", "500000");
    check_at(&s, &x, "items[1].given.minor", "2000000");
    stand_end(&s);
}

TEST(categories_limit_a_promotion)
{
    Stand s = stand_new();
    check_int(world_patch(&s.w, s.w.sari, world_path(&s.w, "/v1/products/%lld", (long long)s.b.product),
                          "{\"version\":1,\"category\":\"Anyaman\"}").status, 200);
    stand_promotion_ok(&s, "quantity", "\"categories\":[\"anyaman\"],\"tiers\":[{\"least\":2,\"percent\":50}]");
    check_int(stand_total(&s, s.w.ana, "a:2 b:2"), 25000000);
    stand_end(&s);
}

// `n` promotions with so many parts that a limited one behind them is not read with the first ten thousand.
static void widen(Stand *s, i64 n)
{
    for (i64 doubled = 1; n * doubled <= 10000; doubled *= 2)
        stand_spoil(s, "INSERT INTO promotion_part (promotion, position, kind, category) "
                       "SELECT promotion, position + %lld000, kind, 'no such' FROM promotion_part WHERE kind = 'category'",
                    (long long)doubled);
}

TEST(a_voucher_stays_limited_in_a_wallet_of_any_size)
{
    Stand s = stand_new();
    enum { WIDE = 10 };
    for (i64 i = 0; i < WIDE; i++)
        stand_claim(&s, s.w.ana, stand_promotion_ok(&s, "voucher", "\"percent\":5,\"categories\":[\"none\"]"));
    widen(&s, WIDE);
    stand_claim(&s, s.w.ana, stand_platform_ok(&s, "voucher", world_path(&s.w, "\"percent\":50,\"products\":[\"%lld\"]",
                                                                         (long long)s.b.product)));
    check_int(stand_total(&s, s.w.ana, "a:1"), 10000000);
    check_int(stand_total(&s, s.w.ana, "a:1 b:1"), 12500000);
    stand_end(&s);
}

TEST(a_bundle_keeps_its_items_beside_any_number_of_parts)
{
    Stand s = stand_new();
    enum { WIDE = 10 };
    for (i64 i = 0; i < WIDE; i++)
        stand_promotion_ok(&s, "quantity", "\"categories\":[\"none\"],\"tiers\":[{\"least\":2,\"percent\":5}]");
    widen(&s, WIDE);
    stand_promotion_ok(&s, "bundle", world_path(&s.w, "%s,\"bundle\":[{\"product\":\"%lld\",\"quantity\":1},"
                                                "{\"product\":\"%lld\",\"quantity\":1}]", money(&s, "price", 9000000),
                                                (long long)s.a.product, (long long)s.b.product));
    check_int(stand_total(&s, s.w.ana, "a:1 b:1"), 9000000);
    check_int(stand_total(&s, s.w.ana, "a:1"), 10000000);
    stand_end(&s);
}

TEST(sending_is_free_from_a_threshold_on)
{
    Stand s = stand_new();
    stand_promotion_ok(&s, "shipping", world_path(&s.w, "\"free_shipping\":true,%s", money(&s, "minimum", 5000000)));
    Answer x = stand_quote(&s, s.w.ana, "c:2", NULL);
    check_at(&s, &x, "total.minor", "5000000");
    x = stand_quote(&s, s.w.ana, "b:1", NULL);
    check_at(&s, &x, "total.minor", "5000000");
    check_at(&s, &x, "shops[0].shipping_discounts[0].kind", "shipping");
    // The platform shares in it, too; the better one counts.
    stand_platform_ok(&s, "shipping", world_path(&s.w, "%s,%s", money(&s, "amount", 400000), money(&s, "budget", 700000)));
    x = stand_quote(&s, s.w.ana, "c:2", NULL);
    check_at(&s, &x, "total.minor", "4600000");
    check_int(stand_buy(&s, s.w.ana, "c:2", NULL).status, 201);
    x = stand_quote(&s, s.w.ana, "c:2", NULL);
    check_at(&s, &x, "total.minor", "5000000");                  // what is left of its budget does not cover it
    stand_end(&s);
}

// ---------------------------------------------------------------------------------------------- refusals at the checkout

TEST(vouchers_say_why_they_cannot_be_used)
{
    Stand s = stand_new();
    i64 other = world_shop(&s.w, s.w.tono, "lain");
    i64 minimum = stand_promotion_ok(&s, "voucher", world_path(&s.w, "\"percent\":10,%s", money(&s, "minimum", 2000001)));
    i64 scoped = stand_promotion_ok(&s, "voucher", world_path(&s.w, "\"percent\":10,\"products\":[\"%lld\"]",
                                                              (long long)s.a.product));
    i64 abroad = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"market\":\"SG\"");
    i64 dollars = stand_platform_ok(&s, "voucher", "\"percent\":10");
    i64 once = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"uses\":1");
    i64 poor = stand_promotion_ok(&s, "voucher", world_path(&s.w, "\"percent\":50,%s", money(&s, "budget", 999999)));
    i64 fans = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"followers\":true");
    i64 first = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"first_order\":\"shop\"");
    i64 very_first = stand_platform_ok(&s, "voucher", "\"percent\":10,\"first_order\":\"platform\"");
    i64 all[] = { minimum, scoped, abroad, dollars, once, poor, fans, first, very_first };
    for (i64 i = 0; i < COUNT(all); i++) {
        stand_claim(&s, s.w.ana, all[i]);
        stand_claim(&s, s.w.budi, all[i]);
    }
    stand_spoil(&s, "UPDATE promotion SET currency = 'SGD' WHERE id = %lld", (long long)dollars);
    check_voucher(&s, s.w.ana, "c:1", minimum, "minimum");
    check_voucher(&s, s.w.ana, "c:1", scoped, "other products");
    check_voucher(&s, s.w.ana, "c:1", abroad, "where this is sent");
    check_voucher(&s, s.w.ana, "c:1", dollars, "currency");
    check_voucher(&s, s.w.ana, "c:1", poor, "used up");
    check_voucher(&s, s.w.ana, "c:1", fans, "follow");
    check_voucher(&s, s.w.ana, "c:1", 4711, "wallet");
    check_voucher(&s, s.w.tono, "c:1", once, "wallet");          // not claimed
    check_voucher(&s, s.w.nobody, "c:1", once, "Sign in");
    Answer x = world_post(&s.w, s.w.tono, world_path(&s.w, "/v1/studio/shops/%lld/promotions", (long long)other),
                          world_path(&s.w,
                                     "{\"kind\":\"voucher\",\"name\":\"Lain\",\"starts\":\"%s\",\"ends\":\"%s\",\"percent\":10,"
                                           "\"products\":[],\"categories\":[],\"bundle\":[],\"tiers\":[]}", stand_time(&s, 0),
                                     stand_time(&s, DAY_MS)));
    i64 foreign = answer_id(&s.w, &x, "id");
    stand_claim(&s, s.w.ana, foreign);
    check_voucher(&s, s.w.ana, "c:1", foreign, "another shop");
    // Two of one kind: stacking tricks.
    check_refused(&s, stand_quote(&s, s.w.ana, "a:1", world_path(&s.w, "%lld,%lld", (long long)scoped, (long long)once)), 409,
                  "voucher", "vouchers");
    // The first order is made with both: then there is no other first order, and `once` is gone.
    check_int(stand_buy(&s, s.w.budi, "c:1", world_path(&s.w, "%lld,%lld", (long long)first, (long long)very_first)).status, 201);
    check_int(stand_buy(&s, s.w.budi, "c:1", world_path(&s.w, "%lld", (long long)once)).status, 201);
    check_voucher(&s, s.w.budi, "c:1", once, "used up");
    check_voucher(&s, s.w.ana, "c:1", once, "used up");
    check_int(stand_buy(&s, s.w.ana, "c:1", "").status, 201);
    check_voucher(&s, s.w.ana, "c:1", first, "first order");
    check_voucher(&s, s.w.ana, "c:1", very_first, "first order");
    check_int(world_put(&s.w, s.w.ana, world_path(&s.w, "/v1/shops/%lld/follow", (long long)s.shop), NULL).status, 204);
    x = stand_quote(&s, s.w.ana, "c:1", world_path(&s.w, "%lld", (long long)fans));
    check_at(&s, &x, "discount.minor", "200000");
    world_jump(&s.w, DAY_MS);
    check_voucher(&s, s.w.ana, "c:1", fans, "over");
    stand_end(&s);
}

TEST(twice_by_one_person_when_two_are_allowed)
{
    Stand s = stand_new();
    i64 v = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"per_person\":2");
    const char *named = world_path(&s.w, "%lld", (long long)v);
    stand_claim(&s, s.w.ana, v);
    check_int(stand_buy(&s, s.w.ana, "c:1", named).status, 201);
    check_int(stand_buy(&s, s.w.ana, "c:1", named).status, 201);
    check_voucher(&s, s.w.ana, "c:1", v, "as often");
    stand_end(&s);
}

TEST(a_cancelled_checkout_gives_its_voucher_back_once)
{
    Stand s = stand_new();
    i64 v = stand_promotion_ok(&s, "voucher", "\"percent\":10,\"uses\":1,\"first_order\":\"shop\"");
    stand_claim(&s, s.w.ana, v);
    Answer x = stand_buy(&s, s.w.ana, "c:1", world_path(&s.w, "%lld", (long long)v));
    check_int(x.status, 201);
    check_voucher(&s, s.w.ana, "c:1", v, "used up");
    const char *cancel = world_path(&s.w, "/v1/orders/%lld/cancel", (long long)answer_id(&s.w, &x, "orders[0].id"));
    check_int(world_post(&s.w, s.w.sari, cancel, "{\"reason\":\"It broke.\"}").status / 100, 2);
    check_int(world_post(&s.w, s.w.sari, cancel, "{\"reason\":\"It broke.\"}").status, 409);
    world_tasks(&s.w);
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/promotions/%lld", (long long)v));
    check_at(&s, &x, "used", "0");
    check_at(&s, &x, "given.minor", "0");
    check_int(stand_buy(&s, s.w.ana, "c:1", world_path(&s.w, "%lld", (long long)v)).status, 201);     // a first order again
    stand_end(&s);
}

// ---------------------------------------------------------------------------------------------- making them

TEST(promotions_are_refused)
{
    Stand s = stand_new();
    const char *one = world_path(&s.w, "{\"product\":\"%lld\",\"quantity\":1}", (long long)s.a.product);
    const struct { const char *kind, *fields, *slug, *field; } CASES[] = {
        { "voucher", "", "bad_field", "percent" },
        { "voucher", "\"percent\":0", "bad_field", "percent" },
        { "voucher", "\"percent\":101", "bad_field", "percent" },
        { "voucher", world_path(&s.w, "\"percent\":5,%s", money(&s, "amount", 5)), "bad_field", "percent" },
        { "voucher", money(&s, "amount", 0), "bad_field", "amount.minor" },
        { "voucher", money(&s, "amount", -5), "bad_field", "amount.minor" },
        { "voucher", "\"amount\":{\"minor\":5,\"currency\":\"SGD\"}", "currency", "amount" },
        { "voucher", world_path(&s.w, "%s,%s", money(&s, "amount", 5), money(&s, "cap", 5)), "bad_field", "cap" },
        { "voucher", "\"percent\":5,\"currency\":\"USD\"", "currency", "currency" },
        { "voucher", "\"percent\":5,\"market\":\"Mars\"", "bad_field", "market" },
        { "voucher", "\"percent\":5,\"market\":\"xx\"", "bad_field", "market" },
        { "voucher", "\"percent\":5,\"code\":\"abc\"", "bad_field", "code" },
        { "voucher", "\"percent\":5,\"code\":\"hemat\"", "bad_field", "code" },
        { "voucher", "\"percent\":5,\"per_person\":0", "bad_field", "per_person" },
        { "voucher", "\"percent\":5,\"uses\":0", "bad_field", "uses" },
        { "voucher", "\"percent\":5,\"products\":[\"4711\"]", "bad_field", "products" },
        { "voucher", world_path(&s.w, "\"percent\":5,%s", money(&s, "price", 5)), "bad_field", "price" },
        { "voucher", world_path(&s.w, "\"percent\":5,\"bundle\":[%s]", one), "bad_field", "bundle" },
        { "bundle", world_path(&s.w, "\"bundle\":[%s,%s]", one, one), "bad_field", "price" },
        { "bundle", world_path(&s.w, "%s,\"bundle\":[%s]", money(&s, "price", 5), one), "bad_field", "bundle" },
        { "bundle", world_path(&s.w, "%s,\"bundle\":[%s,%s]", money(&s, "price", 5), one, one), "bad_field", "bundle" },
        { "bundle", world_path(&s.w, "%s,\"bundle\":[%s,{\"product\":\"99\",\"quantity\":1}]", money(&s, "price", 5), one),
          "bad_field", "bundle" },
        { "bundle", world_path(&s.w, "%s,\"code\":\"HEMAT\",\"bundle\":[%s]", money(&s, "price", 5), one), "bad_field", "kind" },
        { "quantity", "", "bad_field", "tiers" },
        { "quantity", "\"tiers\":[{\"least\":1,\"percent\":5}]", "bad_field", "tiers[0].least" },
        { "quantity", "\"tiers\":[{\"least\":3,\"percent\":5},{\"least\":2,\"percent\":9}]", "bad_field", "tiers" },
        { "quantity", "\"tiers\":[{\"least\":2,\"percent\":5},{\"least\":3,\"percent\":5}]", "bad_field", "tiers" },
        { "quantity", "\"tiers\":[{\"least\":2}]", "bad_field", "tiers" },
        { "quantity", world_path(&s.w, "\"tiers\":[{\"least\":2,\"percent\":5}],%s", money(&s, "budget", 5)), "bad_field",
          "budget" },
        { "shipping", "", "bad_field", "amount" },
        { "shipping", "\"percent\":5", "bad_field", "percent" },
        { "shipping", world_path(&s.w, "\"free_shipping\":true,\"products\":[\"%lld\"]", (long long)s.a.product), "bad_field",
          "products" },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Answer x = stand_promotion(&s, CASES[i].kind, CASES[i].fields);
        if (x.status < 400 || !str_eq(answer_at(&s.w, &x, "slug"), str_of(CASES[i].slug)) ||
            !str_eq(answer_at(&s.w, &x, "field"), str_of(CASES[i].field)))
            test_failed(__FILE__, __LINE__, "case %lld: %d %.*s", (long long)i, x.status, STR_ARG(x.body));
    }
    const char *path = world_path(&s.w, "/v1/studio/shops/%lld/promotions", (long long)s.shop);
    const char *body = world_path(&s.w,
        "{\"kind\":\"voucher\",\"name\":\"X\",\"starts\":\"%s\",\"ends\":\"%s\",\"percent\":5,\"products\":[],"
                                        "\"categories\":[],\"bundle\":[],\"tiers\":[]}", stand_time(&s, 0), stand_time(&s,
                                                                                                                       DAY_MS));
    check_int(world_post(&s.w, s.w.tono, path, body).status, 404);
    check_int(world_post(&s.w, s.w.nobody, path, body).status, 401);
    check_int(world_post(&s.w, s.w.sari, "/v1/operator/promotions", body).status, 403);
    check_refused(&s, world_post(&s.w, s.w.oma, "/v1/operator/promotions", body), 422, "bad_field", "currency");
    check_int(world_get(&s.w, s.w.sari, "/v1/operator/promotions").status, 403);
    i64 platform = stand_platform_ok(&s, "voucher", "\"percent\":5");
    check_int(world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/promotions/%lld", (long long)platform)).status, 404);
    stand_end(&s);
}

TEST(a_promotion_names_nothing_twice)
{
    Stand s = stand_new();
    check_refused(&s, stand_promotion(&s, "voucher", "\"percent\":5,\"categories\":[\"Anyaman\",\"anyaman\"]"), 422,
                  "bad_field", "categories");
    check_refused(&s, stand_promotion(&s, "voucher", world_path(&s.w, "\"percent\":5,\"products\":[\"%lld\",\"%lld\"]",
                                                                (long long)s.a.product, (long long)s.a.product)), 422,
                  "bad_field", "products");
    stand_end(&s);
}

TEST(a_promotion_is_changed_and_ended)
{
    Stand s = stand_new();
    i64 v = stand_promotion_ok(&s, "voucher", world_path(&s.w, "\"percent\":10,\"uses\":5,%s", money(&s, "budget", 5000000)));
    const char *one = world_path(&s.w, "/v1/studio/promotions/%lld", (long long)v);
    stand_claim(&s, s.w.ana, v);
    check_int(stand_buy(&s, s.w.ana, "a:1", NULL).status, 201);
    Answer x = world_patch(&s.w, s.w.sari, one, world_path(&s.w, "{\"version\":1,\"name\":\"Baru\",\"uses\":1,%s}",
                                                            money(&s, "budget", 1000000)));
    check_int(x.status, 200);
    check_at(&s, &x, "name", "Baru");
    check_refused(&s, world_patch(&s.w, s.w.sari, one, world_path(&s.w, "{\"version\":2,%s}", money(&s, "budget", 999999))), 422,
                  "bad_field", "budget");
    check_refused(&s, world_patch(&s.w, s.w.sari, one, "{\"version\":1,\"name\":\"X\"}"), 409, "stale", "version");
    check_refused(&s, world_patch(&s.w, s.w.sari, one, world_path(&s.w, "{\"version\":2,\"starts\":\"%s\"}", stand_time(&s,
        HOUR_MS))),
                  409, "wrong_state", "starts");
    check_int(world_patch(&s.w, s.w.tono, one, "{\"version\":2,\"name\":\"X\"}").status, 404);
    x = world_post(&s.w, s.w.sari, world_path(&s.w, "%s/end", one), NULL);
    check_at(&s, &x, "state", "ended");
    check_refused(&s, world_post(&s.w, s.w.sari, world_path(&s.w, "%s/end", one), NULL), 409, "wrong_state", "");
    x = world_get(&s.w, s.w.nobody, world_path(&s.w, "/v1/shops/%lld/vouchers", (long long)s.shop));
    check_at(&s, &x, "items[0].id", "");
    stand_end(&s);
}

// ---------------------------------------------------------------------------------------------- wallets

static Answer claim_code(Stand *s, Person who, const char *code)
{
    return world_post(&s->w, who, "/v1/me/vouchers", world_path(&s->w, "{\"code\":\"%s\"}", code));
}

TEST(public_vouchers_are_claimed_and_secret_ones_by_their_code)
{
    Stand s = stand_new();
    i64 open = stand_promotion_ok(&s, "voucher", "\"percent\":10");
    i64 secret = stand_promotion_ok(&s, "voucher", "\"percent\":20,\"code\":\"TETANGGA-20\"");
    Answer x = world_get(&s.w, s.w.nobody, world_path(&s.w, "/v1/shops/%lld/vouchers", (long long)s.shop));
    check_at(&s, &x, "items[0].id", world_path(&s.w, "%lld", (long long)open));
    check_at(&s, &x, "items[0].claimed", "false");
    check_at(&s, &x, "items[0].shop.handle", "harga");
    check_at(&s, &x, "items[1].id", "");
    check_int(world_post(&s.w, s.w.nobody, "/v1/me/vouchers", "{\"code\":\"X\"}").status, 401);
    check_refused(&s, world_post(&s.w, s.w.ana, "/v1/me/vouchers", world_path(&s.w, "{\"voucher\":\"%lld\"}", (long long)secret)),
                  404, "not_found", "voucher");
    check_refused(&s, world_post(&s.w, s.w.ana, "/v1/me/vouchers", "{}"), 422, "bad_field", "code");
    check_refused(&s, claim_code(&s, s.w.ana, "TETANGGA-21"), 404, "not_found", "code");
    x = claim_code(&s, s.w.ana, " tetangga-20 ");
    check_int(x.status, 200);
    check_at(&s, &x, "items[0].id", world_path(&s.w, "%lld", (long long)secret));
    stand_claim(&s, s.w.ana, open);
    stand_claim(&s, s.w.ana, open);                              // twice changes nothing
    x = world_get(&s.w, s.w.ana, world_path(&s.w, "/v1/shops/%lld/vouchers", (long long)s.shop));
    check_at(&s, &x, "items[0].claimed", "true");
    check_int(stand_total(&s, s.w.ana, "c:1"), 1600000);         // the better of the two
    check_refused(&s, stand_promotion(&s, "voucher", "\"percent\":5,\"code\":\"TETANGGA-20\""), 409, "wrong_state", "code");
    world_jump(&s.w, DAY_MS);
    world_tasks(&s.w);
    Answer wrong = claim_code(&s, s.w.budi, "NO-SUCH-CODE"), over = claim_code(&s, s.w.budi, "TETANGGA-20");
    check_int(over.status, 404);
    check_str(answer_at(&s.w, &over, "detail"), answer_at(&s.w, &wrong, "detail"));            // one that is over tells nothing
    stand_end(&s);
}

TEST(codes_cannot_be_guessed)
{
    Stand s = stand_new();
    stand_promotion_ok(&s, "voucher", "\"percent\":20,\"code\":\"TETANGGA\"");
    check_int(claim_code(&s, s.w.budi, "TETANGGA").status, 200); // a right one does not count
    for (i64 i = 0; i < VOUCHER_TRIES; i++) check_int(claim_code(&s, s.w.ana, "WRONG").status, 404);
    check_int(claim_code(&s, s.w.ana, "WRONG").status, 429);
    check_int(claim_code(&s, s.w.ana, "TETANGGA").status, 429);
    check_int(claim_code(&s, s.w.tono, "TETANGGA").status, 200); // someone else may
    world_jump(&s.w, HOUR_MS);
    check_int(claim_code(&s, s.w.ana, "TETANGGA").status, 200);
    stand_end(&s);
}

TEST(a_wallet_holds_a_hundred)
{
    Stand s = stand_new();
    for (i64 i = 0; i < WALLET_MAX; i++) stand_claim(&s, s.w.ana, stand_promotion_ok(&s, "voucher", "\"percent\":1"));
    check_int(stand_promotion(&s, "voucher", "\"percent\":1").status, 409);
    i64 v = stand_platform_ok(&s, "voucher", "\"percent\":1");
    check_refused(&s, world_post(&s.w, s.w.ana, "/v1/me/vouchers", world_path(&s.w, "{\"voucher\":\"%lld\"}", (long long)v)), 409,
                  "too_many_items", "");
    check_int(stand_total(&s, s.w.ana, "a:1"), 9900000);
    stand_end(&s);
}

TEST(following_a_shop)
{
    Stand s = stand_new();
    const char *follow = world_path(&s.w, "/v1/shops/%lld/follow", (long long)s.shop);
    const char *shop = world_path(&s.w, "/v1/shops/%lld", (long long)s.shop);
    check_int(world_put(&s.w, s.w.nobody, follow, NULL).status, 401);
    check_int(world_put(&s.w, s.w.ana, "/v1/shops/4711/follow", NULL).status, 404);
    check_int(world_put(&s.w, s.w.ana, follow, NULL).status, 204);
    check_int(world_put(&s.w, s.w.ana, follow, NULL).status, 204);
    check_int(world_put(&s.w, s.w.budi, follow, NULL).status, 204);
    Answer x = world_get(&s.w, s.w.ana, shop);
    check_at(&s, &x, "followers", "2");
    check_at(&s, &x, "following", "true");
    x = world_get(&s.w, s.w.nobody, shop);
    check_at(&s, &x, "followers", "2");
    check_at(&s, &x, "following", "");
    check_int(world_delete(&s.w, s.w.ana, follow).status, 204);
    check_int(world_delete(&s.w, s.w.ana, follow).status, 204);
    x = world_get(&s.w, s.w.ana, "/v1/shops/by-handle/harga");
    check_at(&s, &x, "followers", "1");
    check_at(&s, &x, "following", "false");
    stand_end(&s);
}
