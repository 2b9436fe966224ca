// The states after the payment, their clocks and refunds, as whole requests.
#include "orders/orders.h"
#include "tests/world.h"

typedef struct Bought { i64 product, variant, order, payment; const char *path; } Bought;

static Bought buy(World *w, i64 price, i64 n, const char *method)
{
    i64 shop = world_shop(w, w->sari, "rotan");
    Goods g = world_product(w, w->sari, shop, price, 20);
    Answer x = world_checkout(w, w->ana, g.variant, n, method);
    check_int(x.status, 201);
    Bought b = { g.product, g.variant, answer_id(w, &x, "orders[0].id"), answer_id(w, &x, "payment.id"), NULL };
    b.path = world_path(w, "/v1/orders/%lld", (long long)b.order);
    return b;
}

static Answer seen(World *w, const Bought *b)
{
    return world_get(w, w->ana, b->path);
}

static Str at(World *w, const Bought *b, const char *what)
{
    Answer x = seen(w, b);
    return answer_at(w, &x, what);
}

static i64 left(World *w, const Bought *b)
{
    Answer x = world_get(w, w->sari, world_path(w, "/v1/studio/products/%lld", (long long)b->product));
    return answer_id(w, &x, "variants[0].on_hand");
}

static Answer act(World *w, Person who, const Bought *b, const char *what, const char *json)
{
    return world_post(w, who, world_path(w, "%s/%s", b->path, what), json);
}

static void later(World *w, i64 ms)
{
    world_jump(w, ms);
    world_tasks(w);
}

static bool may(World *w, const Bought *b, Person who, const char *action)
{
    Answer x = world_get(w, who, b->path);
    Str all = answer_at(w, &x, "actions");
    return str_find(all, str_of(world_path(w, "\"%s\"", action))) >= 0;
}

TEST(a_seller_who_stays_silent_loses_the_order)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 2, "test");
    check(may(&w, &b, w.ana, "ask_cancel") && may(&w, &b, w.sari, "ship") && !may(&w, &b, w.ana, "ship"));
    check(at(&w, &b, "deadline").n > 0);
    later(&w, 2 * (i64)DAY_MS);
    check_str(at(&w, &b, "state"), STR("awaiting_shipment"));
    world_restart(&w);
    later(&w, 30 * (i64)DAY_MS);
    check_str(at(&w, &b, "state"), STR("cancelled"));
    check_str(at(&w, &b, "refunds[0].cause"), STR("seller_fault"));
    check_str(at(&w, &b, "refunded.minor"), STR("11000000"));
    check_int(left(&w, &b), 20);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_request_to_cancel_is_granted_by_silence_and_refused_by_a_word)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 1, "test");
    check_int(act(&w, w.ana, &b, "cancel", "{\"reason\":\"wrong colour\"}").status, 200);
    check_str(at(&w, &b, "cancel_asked"), STR("wrong colour"));
    Answer mine = world_get(&w, w.ana, "/v1/orders");
    check(at(&w, &b, "answer_by").n > 0 && answer_at(&w, &mine, "items[0].answer_by").n > 0);
    check(answer_at(&w, &mine, "items[0].deliver_to").n > 0);
    check_int(act(&w, w.sari, &b, "cancel-answer", "{\"grant\":false,\"reason\":\"packed\"}").status, 200);
    check_int(act(&w, w.ana, &b, "cancel", "{}").status, 409);
    check_int(at(&w, &b, "answer_by").n, 0);
    later(&w, 25 * (i64)HOUR_MS);
    check_str(at(&w, &b, "state"), STR("awaiting_shipment"));
    Answer x = world_checkout(&w, w.ana, b.variant, 1, "cod");
    Bought c = { b.product, b.variant, answer_id(&w, &x, "orders[0].id"), 0, NULL };
    c.path = world_path(&w, "/v1/orders/%lld", (long long)c.order);
    check_int(act(&w, w.ana, &c, "cancel", "{}").status, 200);
    check_int(act(&w, w.sari, &c, "pack", NULL).status, 200);              // still asked
    later(&w, 25 * (i64)HOUR_MS);
    check_str(at(&w, &c, "state"), STR("cancelled"));
    check_int(left(&w, &b), 19);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_parcel_on_its_way_overtakes_the_request)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 1, "test");
    act(&w, w.ana, &b, "cancel", "{}");
    check_int(act(&w, w.sari, &b, "shipments", "{\"carrier\":\"JNE\",\"tracking\":\"1\"}").status, 201);
    later(&w, 25 * (i64)HOUR_MS);
    check_str(at(&w, &b, "state"), STR("in_transit"));
    check_int(act(&w, w.sari, &b, "cancel-answer", "{\"grant\":true}").status, 409);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

static const char *parcel(World *w, i64 line, const char *tracking, i64 n)
{
    return world_path(w, "{\"carrier\":\"JNE\",\"tracking\":\"%s\",\"lines\":[{\"line\":\"%lld\",\"quantity\":%lld}]}", tracking,
                      (long long)line, (long long)n);
}

TEST(an_order_goes_out_in_parts)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 5, "test");
    i64 line = 0;
    str_to_i64(at(&w, &b, "lines[0].id"), &line);
    const char *part = parcel(&w, line, "1", 2), *more = parcel(&w, line, "2", 4);
    check_int(act(&w, w.tono, &b, "shipments", part).status, 404);
    check_int(act(&w, w.sari, &b, "shipments", part).status, 201);
    check_str(at(&w, &b, "state"), STR("partly_shipped"));
    check_str(at(&w, &b, "lines[0].shipped"), STR("2"));
    Answer x = act(&w, w.sari, &b, "shipments", more);
    check_int(x.status, 422);
    check_str(answer_at(&w, &x, "field"), STR("quantity"));
    later(&w, 40 * (i64)DAY_MS);                                          // the rest never goes out: its money goes back
    check_str(at(&w, &b, "lines[0].refunded"), STR("3"));
    check_str(at(&w, &b, "refunded.minor"), STR("15000000"));
    check_int(left(&w, &b), 18);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(what_will_not_be_sent_does_not_keep_the_order_from_arriving)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 3, "test");
    i64 line = 0;
    str_to_i64(at(&w, &b, "lines[0].id"), &line);
    const char *part = parcel(&w, line, "1", 1);
    const char *back = world_path(&w, "{\"reason\":\"none left\",\"lines\":[{\"line\":\"%lld\",\"quantity\":1}]}",
                                  (long long)line);
    check_int(act(&w, w.sari, &b, "shipments", part).status, 201);
    check_int(act(&w, w.sari, &b, "refunds", back).status, 201);
    check_str(at(&w, &b, "state"), STR("partly_shipped"));
    check_int(act(&w, w.sari, &b, "refunds", back).status, 201);
    check_str(at(&w, &b, "state"), STR("in_transit"));
    check_int(left(&w, &b), 19);
    check_int(act(&w, w.ana, &b, "receipt", NULL).status, 200);
    later(&w, 40 * (i64)DAY_MS);
    check_str(at(&w, &b, "state"), STR("completed"));
    check_str(at(&w, &b, "refunded.minor"), STR("10000000"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(cash_refused_at_the_door)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 1, "cod");
    act(&w, w.sari, &b, "shipments", "{\"carrier\":\"JNE\",\"tracking\":\"1\"}");
    check_int(act(&w, w.ana, &b, "delivery", "{\"kind\":\"refused\"}").status, 403);
    check_int(act(&w, w.sari, &b, "delivery", "{\"kind\":\"refused\",\"note\":\"nobody at home\"}").status, 200);
    check_str(at(&w, &b, "state"), STR("cancelled"));
    check_int(left(&w, &b), 20);
    Answer x = world_get(&w, w.ana, world_path(&w, "/v1/payments/%lld", (long long)b.payment));
    check_str(answer_at(&w, &x, "state"), STR("cancelled"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_lost_parcel_is_paid_back)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 1, "test");
    act(&w, w.sari, &b, "shipments", "{\"carrier\":\"JNE\",\"tracking\":\"1\"}");
    check_int(act(&w, w.sari, &b, "delivery", "{\"kind\":\"lost\"}").status, 200);
    check_str(at(&w, &b, "refunded.minor"), STR("6000000"));
    check_int(left(&w, &b), 19);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_seller_gives_back_a_part_and_never_more)
{
    World w = world_new();
    Bought b = buy(&w, 3333333, 3, "test");                // 9,999,999 and 1,000,000 of shipping: ends in 99, paid at once
    i64 line = 0, sum = 0;
    str_to_i64(at(&w, &b, "lines[0].id"), &line);
    const char *one =
        world_path(&w, "{\"lines\":[{\"line\":\"%lld\",\"quantity\":1}],\"reason\":\"a scratch\"}", (long long)line);
    const char *bit = "{\"amount\":{\"minor\":1000001,\"currency\":\"IDR\"},\"reason\":\"late\"}";
    check_int(act(&w, w.ana, &b, "refunds", one).status, 403);
    check_int(act(&w, w.tono, &b, "refunds", one).status, 404);
    check_int(act(&w, w.sari, &b, "refunds", bit).status, 201);
    check_str(at(&w, &b, "refunded.minor"), STR("1000001"));
    check_int(act(&w, w.sari, &b, "refunds", one).status, 201);
    check_int(act(&w, w.sari, &b, "refunds", "{\"amount\":{\"minor\":1,\"currency\":\"USD\"},\"reason\":\"x\"}").status, 422);
    check_int(act(&w, w.sari, &b, "refunds", "{\"amount\":{\"minor\":-5,\"currency\":\"IDR\"},\"reason\":\"x\"}").status, 422);
    check_int(act(&w, w.sari, &b, "refunds", "{\"amount\":{\"minor\":900000000,\"currency\":\"IDR\"},\"reason\":\"x\"}").status,
              422);
    const char *two =
        world_path(&w, "{\"lines\":[{\"line\":\"%lld\",\"quantity\":2}],\"shipping\":true,\"reason\":\"all\"}", (long long)line);
    check_int(act(&w, w.sari, &b, "refunds", two).status, 201);
    check_str(at(&w, &b, "refunded.minor"), STR("10999999"));
    check_int(act(&w, w.sari, &b, "refunds", one).status, 422);
    for (int i = 0; i < 3; i++) {
        i64 got = 0;
        str_to_i64(at(&w, &b, world_path(&w, "refunds[%d].amount.minor", i)), &got);
        sum += got;
    }
    check_int(sum, 10999999);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(goodwill_ends_after_a_hundred_refunds_and_nothing_else_does)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 1, "test");
    const char *bit = "{\"amount\":{\"minor\":%d,\"currency\":\"IDR\"},\"reason\":\"sorry\"}";
    for (int i = 1; i <= 100; i++) check_int(act(&w, w.sari, &b, "refunds", world_path(&w, bit, i)).status, 201);
    Answer x = act(&w, w.sari, &b, "refunds", world_path(&w, bit, 1));
    check_int(x.status, 409);
    check_str(answer_at(&w, &x, "slug"), STR("wrong_state"));
    check_str(at(&w, &b, "refunded.minor"), STR("5050"));
    later(&w, 30 * (i64)DAY_MS);
    check_str(at(&w, &b, "state"), STR("cancelled"));
    check_str(at(&w, &b, "refunds[100].cause"), STR("seller_fault"));
    check_str(at(&w, &b, "refunded.minor"), STR("6000000"));
    x = world_get(&w, w.ana, world_path(&w, "/v1/payments/%lld/refunds", (long long)b.payment));
    check_str(answer_at(&w, &x, "items[0].amount.minor"), STR("5994950"));       // the newest first
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_refund_is_shown_before_it_is_made)
{
    World w = world_new();
    Bought b = buy(&w, 3333333, 3, "test");
    i64 line = 0;
    str_to_i64(at(&w, &b, "lines[0].id"), &line);
    const char *two = world_path(&w, "{\"lines\":[{\"line\":\"%lld\",\"quantity\":2}],\"shipping\":true}", (long long)line);
    Answer x = act(&w, w.sari, &b, "refund-previews", two);
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "amount.minor"), STR("7666666"));
    check_str(answer_at(&w, &x, "left.minor"), STR("3333333"));
    check_int(at(&w, &b, "refunded.minor").n, 0);          // nothing was done
    check_int(act(&w, w.sari, &b, "refund-previews", "{}").status, 422);
    check_int(act(&w, w.ana, &b, "refund-previews", two).status, 403);
    check_int(act(&w, w.tono, &b, "refund-previews", two).status, 404);
    const char *same =
        world_path(&w, "{\"lines\":[{\"line\":\"%lld\",\"quantity\":2}],\"shipping\":true,\"reason\":\"x\"}", (long long)line);
    check_int(act(&w, w.sari, &b, "refunds", same).status, 201);
    check_str(at(&w, &b, "refunded.minor"), STR("7666666"));
    check_int(act(&w, w.sari, &b, "refund-previews", two).status, 422);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(each_side_may_ask_for_more_time_once)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 1, "test");
    Str before = at(&w, &b, "deadline");
    check_int(act(&w, w.ana, &b, "extension", NULL).status, 409);
    check_int(act(&w, w.sari, &b, "extension", NULL).status, 200);
    check(str_cmp(at(&w, &b, "deadline"), before) > 0);
    check_int(act(&w, w.sari, &b, "extension", NULL).status, 409);
    act(&w, w.sari, &b, "shipments", "{\"carrier\":\"JNE\",\"tracking\":\"1\"}");
    act(&w, w.sari, &b, "delivery", "{\"kind\":\"delivered\"}");
    check_int(act(&w, w.ana, &b, "extension", NULL).status, 200);
    later(&w, 9 * (i64)DAY_MS);
    check_str(at(&w, &b, "state"), STR("delivered"));
    later(&w, 2 * (i64)DAY_MS);
    check_str(at(&w, &b, "state"), STR("completed"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_shop_takes_only_so_many_orders_a_day)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods g = world_product(&w, w.sari, shop, 5000000, 9);
    check_int(world_patch(&w, w.sari, world_path(&w, "/v1/shops/%lld", (long long)shop), "{\"orders_per_day\":2}").status, 200);
    check_int(world_checkout(&w, w.ana, g.variant, 1, "cod").status, 201);
    check_int(world_checkout(&w, w.budi, g.variant, 1, "cod").status, 201);
    Answer x = world_checkout(&w, w.ana, g.variant, 1, "cod");
    check_int(x.status, 409);
    check_str(answer_at(&w, &x, "slug"), STR("limit"));
    world_jump(&w, DAY_MS);
    check_int(world_checkout(&w, w.ana, g.variant, 1, "cod").status, 201);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(counts_of_orders_by_state)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 1, "test");
    Answer x = world_checkout(&w, w.budi, b.variant, 1, "cod");
    Answer shop = seen(&w, &b);
    const char *path = world_path(&w, "/v1/studio/shops/%lld/order-counts", (long long)answer_id(&w, &shop, "shop.id"));
    act(&w, w.ana, &b, "cancel", "{}");
    x = world_get(&w, w.sari, path);
    check_str(answer_at(&w, &x, "awaiting_shipment"), STR("2"));
    check_str(answer_at(&w, &x, "cancel_asked"), STR("1"));
    check_int(world_get(&w, w.tono, path).status, 403);
    i64 id = answer_id(&w, &shop, "shop.id");
    const char *asked = world_path(&w, "/v1/studio/shops/%lld/orders?flag=cancel_asked", (long long)id);
    const char *late = world_path(&w, "/v1/studio/shops/%lld/orders?flag=late", (long long)id);
    x = world_get(&w, w.sari, asked);
    check_int(answer_id(&w, &x, "items[0].id"), b.order);
    check_int(answer_at(&w, &x, "items[1].id").n, 0);
    x = world_get(&w, w.sari, late);
    check_int(answer_at(&w, &x, "items[0].id").n, 0);
    check_int(world_get(&w, w.sari, world_path(&w, "%s&state=packed", asked)).status, 422);
    world_jump(&w, 10 * (i64)DAY_MS);                      // the tasks have not run yet
    x = world_get(&w, w.sari, path);
    check_str(answer_at(&w, &x, "late"), STR("2"));
    x = world_get(&w, w.sari, late);
    check(answer_at(&w, &x, "items[1].id").n > 0);
    world_free(&w);
}

// A unit that was sent is paid back: that must neither hide what has still to be sent nor make the order complete too early.
TEST(a_unit_paid_back_does_not_stand_for_one_to_send)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods g = world_product(&w, w.sari, shop, 5000000, 20), h = world_product(&w, w.sari, shop, 3000000, 20);
    Answer x = world_post(&w, w.ana, "/v1/checkouts", world_path(&w,
        "{\"address\":\"%lld\",\"method\":\"test\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":1},{\"variant\":\"%lld\","
        "\"quantity\":2}]}", (long long)world_address(&w, w.ana), (long long)g.variant, (long long)h.variant));
    Bought b = { .path = world_path(&w, "/v1/orders/%lld", (long long)answer_id(&w, &x, "orders[0].id")) };
    i64 one = 0, two = 0;
    check(str_to_i64(at(&w, &b, "lines[0].id"), &one) && str_to_i64(at(&w, &b, "lines[1].id"), &two));
    check_int(act(&w, w.sari, &b, "shipments", parcel(&w, one, "1", 1)).status, 201);
    check_int(act(&w, w.sari, &b, "refunds", world_path(&w, "{\"reason\":\"a scratch\",\"lines\":[{\"line\":\"%lld\","
                                                        "\"quantity\":1}]}", (long long)one)).status, 201);
    check_int(act(&w, w.sari, &b, "shipments", parcel(&w, two, "2", 1)).status, 201);
    check_str(at(&w, &b, "state"), STR("partly_shipped"));
    check_int(act(&w, w.sari, &b, "shipments", "{\"carrier\":\"JNE\",\"tracking\":\"3\"}").status, 201);
    check_str(at(&w, &b, "state"), STR("in_transit"));
    check_str(at(&w, &b, "lines[1].shipped"), STR("2"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

// Stock after parts are paid back: what was not sent is on the shelf, what was sent is not, what the carrier brings back is.
TEST(units_paid_back_are_where_they_are)
{
    World w = world_new();
    Bought b = buy(&w, 5000000, 4, "test");
    i64 line = 0;
    str_to_i64(at(&w, &b, "lines[0].id"), &line);
    const char *one = world_path(&w, "{\"reason\":\"sorry\",\"lines\":[{\"line\":\"%lld\",\"quantity\":1}]}", (long long)line);
    check_int(left(&w, &b), 16);
    check_int(act(&w, w.sari, &b, "refunds", one).status, 201);
    check_int(left(&w, &b), 17);
    check_int(act(&w, w.sari, &b, "shipments", "{\"carrier\":\"JNE\",\"tracking\":\"1\"}").status, 201);
    check_str(at(&w, &b, "lines[0].shipped"), STR("3"));
    check_int(act(&w, w.sari, &b, "refunds", one).status, 201);
    check_int(left(&w, &b), 17);
    check_int(act(&w, w.sari, &b, "delivery", "{\"kind\":\"refused\"}").status, 200);
    check_int(left(&w, &b), 20);
    check_str(at(&w, &b, "refunded.minor"), at(&w, &b, "total.minor"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

// The shipping was free, the goods have gone back: what is left is a shipping and its discount, which come to nothing.
TEST(free_shipping_goes_back_with_the_rest)
{
    World w = world_new();
    Time now = app_now(w.app);
    Str from = time_to_iso(w.a, now), to = time_to_iso(w.a, now + 9 * (i64)DAY_MS);
    check_int(world_post(&w, w.oma, "/v1/operator/promotions", world_path(&w,
        "{\"kind\":\"shipping\",\"name\":\"Hemat\",\"starts\":\"%.*s\",\"ends\":\"%.*s\",\"currency\":\"IDR\","
        "\"products\":[],\"categories\":[],\"bundle\":[],\"tiers\":[],\"free_shipping\":true,"
        "\"minimum\":{\"minor\":0,\"currency\":\"IDR\"}}",
        STR_ARG(from), STR_ARG(to))).status, 201);
    Bought b = buy(&w, 5000000, 1, "test");
    check_str(at(&w, &b, "total.minor"), STR("5000000"));
    check_int(act(&w, w.sari, &b, "shipments", "{\"carrier\":\"JNE\",\"tracking\":\"1\"}").status, 201);
    check_int(act(&w, w.sari, &b, "refunds",
                  "{\"reason\":\"sorry\",\"amount\":{\"minor\":5000000,\"currency\":\"IDR\"}}").status, 201);
    check_int(act(&w, w.sari, &b, "delivery", "{\"kind\":\"lost\"}").status, 200);
    check_str(at(&w, &b, "refunded.minor"), STR("5000000"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}
