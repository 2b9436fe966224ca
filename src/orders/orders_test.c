// Checkouts, payments, orders, as whole requests. Prices end in 00 (paid at once), 01 (declined), 02 (second step) or 03
// (late), and the shop's shipping in 00, so that the sum decides what the test provider does.
#include <pthread.h>

#include "orders/orders.h"
#include "tests/world.h"

static i64 shop_of(World *w)
{
    return world_shop(w, w->sari, "rotan");
}

static Str state_of(World *w, Person who, i64 order)
{
    Answer x = world_get(w, who, world_path(w, "/v1/orders/%lld", (long long)order));
    return answer_at(w, &x, "state");
}

static i64 on_hand(World *w, i64 product, const char *what)
{
    Answer x = world_get(w, w->sari, world_path(w, "/v1/studio/products/%lld", (long long)product));
    i64 n = -1;
    str_to_i64(answer_at(w, &x, world_path(w, "variants[0].%s", what)), &n);
    return n;
}

static const char *checkout_body(World *w, i64 address, i64 variant, i64 n)
{
    return world_path(w, "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":%lld}]}",
                      (long long)address, (long long)variant, (long long)n);
}

TEST(cash_on_delivery_from_cart_to_door)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000000, 4);
    Answer x = world_checkout(&w, w.ana, g.variant, 2, "cod");
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "total.minor"), STR("11000000"));
    check_str(answer_at(&w, &x, "payment.state"), STR("pending"));
    i64 order = answer_id(&w, &x, "orders[0].id");
    check_int(on_hand(&w, g.product, "on_hand"), 2);
    check_int(on_hand(&w, g.product, "held"), 0);
    x = world_get(&w, w.sari, world_path(&w, "/v1/orders/%lld", (long long)order));
    check_str(answer_at(&w, &x, "ship_to.line1"), STR("Jl. Mawar 3"));
    check_int(world_get(&w, w.tono, world_path(&w, "/v1/orders/%lld", (long long)order)).status, 404);
    check_int(world_post(&w, w.ana, world_path(&w, "/v1/orders/%lld/pack", (long long)order), NULL).status, 403);
    check_int(world_post(&w, w.sari, world_path(&w, "/v1/orders/%lld/pack", (long long)order), NULL).status, 200);
    x = world_post(&w, w.sari, world_path(&w, "/v1/orders/%lld/shipments", (long long)order),
                   "{\"carrier\":\"JNE\",\"tracking\":\"X1\"}");
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "shipments[0].tracking"), STR("X1"));
    check_int(world_post(&w, w.ana, world_path(&w, "/v1/orders/%lld/cancel", (long long)order), "{}").status, 409);
    x = world_post(&w, w.ana, world_path(&w, "/v1/orders/%lld/receipt", (long long)order), NULL);
    check_str(answer_at(&w, &x, "state"), STR("completed"));
    check_str(answer_at(&w, &x, "timeline[1].kind"), STR("packed"));
    x = world_get(&w, w.sari, world_path(&w, "/v1/orders/%lld", (long long)order));
    check_str(answer_at(&w, &x, "ship_to"), STR(""));       // over: the seller no longer sees where the buyer lives
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(two_shops_make_two_orders_under_one_payment)
{
    World w = world_new();
    i64 other = world_shop(&w, w.tono, "kopi");
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000000, 4), h = world_product(&w, w.tono, other, 200, 4);
    i64 address = world_address(&w, w.ana);
    world_put(&w, w.ana, "/v1/cart/lines", world_path(&w, "{\"variant\":\"%lld\",\"quantity\":1}", (long long)g.variant));
    world_put(&w, w.ana, "/v1/cart/lines", world_path(&w, "{\"variant\":\"%lld\",\"quantity\":2}", (long long)h.variant));
    Answer x = world_post(&w, w.ana, "/v1/quotes", "{}");
    check_str(answer_at(&w, &x, "total.minor"), STR("7000400"));
    const char *body = world_path(&w, "{\"address\":\"%lld\",\"method\":\"test\",\"expected\":{\"minor\":7000400,"
                                      "\"currency\":\"IDR\"}}", (long long)address);
    x = world_post(&w, w.ana, "/v1/checkouts", body);
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "payment.state"), STR("succeeded"));
    check_str(answer_at(&w, &x, "payment.amount.minor"), STR("7000400"));
    check_str(answer_at(&w, &x, "orders[0].state"), STR("awaiting_shipment"));
    check_str(answer_at(&w, &x, "orders[1].state"), STR("awaiting_shipment"));
    check_int(world_get(&w, w.tono, world_path(&w, "/v1/orders/%lld", (long long)answer_id(&w, &x, "orders[0].id"))).status, 404);
    check_int(world_get(&w, w.tono, world_path(&w, "/v1/orders/%lld", (long long)answer_id(&w, &x, "orders[1].id"))).status, 200);
    check_int(world_get(&w, w.budi, world_path(&w, "/v1/checkouts/%lld", (long long)answer_id(&w, &x, "id"))).status, 404);
    x = world_get(&w, w.ana, "/v1/cart");
    check_str(answer_at(&w, &x, "count"), STR("0"));
    check_int(world_post(&w, w.ana, "/v1/checkouts", body).status, 409);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_declined_payment_lets_the_units_go_and_can_be_tried_again)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000001, 1);
    Answer x = world_checkout(&w, w.ana, g.variant, 1, "test");
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "payment.state"), STR("failed"));
    check_str(answer_at(&w, &x, "orders[0].state"), STR("unpaid"));
    i64 payment = answer_id(&w, &x, "payment.id"), order = answer_id(&w, &x, "orders[0].id");
    check_int(on_hand(&w, g.product, "held"), 0);
    const char *retry = world_path(&w, "/v1/payments/%lld/retry", (long long)payment);
    check_int(world_post(&w, w.budi, retry, NULL).status, 404);
    x = world_post(&w, w.ana, retry, NULL);
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "state"), STR("failed"));
    check_int(world_checkout(&w, w.budi, g.variant, 1, "cod").status, 201);
    check_int(world_post(&w, w.ana, retry, NULL).status, 409);
    world_jump(&w, 16 * MINUTE_MS);
    world_tasks(&w);
    check_str(state_of(&w, w.ana, order), STR("cancelled"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_second_step_decides)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000002, 2);
    Answer x = world_checkout(&w, w.ana, g.variant, 1, "test");
    check_str(answer_at(&w, &x, "payment.state"), STR("action_needed"));
    check_int(on_hand(&w, g.product, "held"), 1);
    i64 payment = answer_id(&w, &x, "payment.id"), order = answer_id(&w, &x, "orders[0].id");
    const char *step = world_path(&w, "/v1/payments/%lld/step", (long long)payment);
    check_int(world_post(&w, w.budi, step, "{\"approve\":true}").status, 404);
    x = world_post(&w, w.ana, step, "{\"approve\":true}");
    check_str(answer_at(&w, &x, "state"), STR("succeeded"));
    check_int(world_post(&w, w.ana, step, "{\"approve\":true}").status, 409);
    check_str(state_of(&w, w.ana, order), STR("awaiting_shipment"));
    check_int(on_hand(&w, g.product, "on_hand"), 1);
    check_int(on_hand(&w, g.product, "held"), 0);
    x = world_checkout(&w, w.ana, g.variant, 1, "test");
    step = world_path(&w, "/v1/payments/%lld/step", (long long)answer_id(&w, &x, "payment.id"));
    world_post(&w, w.ana, step, "{\"approve\":false}");
    check_int(on_hand(&w, g.product, "held"), 0);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_late_answer_still_ends_in_an_order_or_a_refund)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000003, 2);
    Answer x = world_checkout(&w, w.ana, g.variant, 1, "test");
    check_str(answer_at(&w, &x, "payment.state"), STR("processing"));
    i64 paid = answer_id(&w, &x, "orders[0].id");
    world_jump(&w, 6 * SECOND_MS);
    check(world_tasks(&w) >= 1);
    check_str(state_of(&w, w.ana, paid), STR("awaiting_shipment"));
    // The provider answers after the order was given up.
    x = world_checkout(&w, w.ana, g.variant, 1, "test");
    i64 given_up = answer_id(&w, &x, "orders[0].id"), payment = answer_id(&w, &x, "payment.id");
    check_int(world_post(&w, w.ana, world_path(&w, "/v1/orders/%lld/cancel", (long long)given_up), "{}").status, 200);
    world_jump(&w, 6 * SECOND_MS);
    world_tasks(&w);
    check_str(state_of(&w, w.ana, given_up), STR("cancelled"));
    x = world_get(&w, w.ana, world_path(&w, "/v1/payments/%lld", (long long)payment));
    check_str(answer_at(&w, &x, "state"), STR("refunded"));
    check_int(on_hand(&w, g.product, "on_hand"), 1);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(an_unpaid_checkout_expires)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000002, 1);
    Answer x = world_checkout(&w, w.ana, g.variant, 1, "test");
    i64 order = answer_id(&w, &x, "orders[0].id");
    x = world_checkout(&w, w.budi, g.variant, 1, "cod");
    check_str(answer_at(&w, &x, "type"), STR("/problems/sold_out"));
    world_jump(&w, 14 * MINUTE_MS);
    world_tasks(&w);
    check_str(state_of(&w, w.ana, order), STR("unpaid"));
    world_restart(&w);                                     // the timer is a row: it outlives the process
    world_jump(&w, 16 * MINUTE_MS);
    world_tasks(&w);
    check_str(state_of(&w, w.ana, order), STR("cancelled"));
    check_int(on_hand(&w, g.product, "held"), 0);
    check_int(world_checkout(&w, w.budi, g.variant, 1, "cod").status, 201);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(cancelling_gives_units_and_money_back)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000000, 3);
    Answer x = world_checkout(&w, w.ana, g.variant, 2, "test");
    i64 order = answer_id(&w, &x, "orders[0].id"), payment = answer_id(&w, &x, "payment.id");
    check_int(on_hand(&w, g.product, "on_hand"), 1);
    const char *cancel = world_path(&w, "/v1/orders/%lld/cancel", (long long)order);
    const char *answer = world_path(&w, "/v1/orders/%lld/cancel-answer", (long long)order);
    check_int(world_post(&w, w.sari, answer, "{\"grant\":true}").status, 409);          // nobody has asked
    check_int(world_post(&w, w.budi, cancel, "{}").status, 404);
    check_int(world_post(&w, w.ana, cancel, "{\"reason\":\"too small\"}").status, 200);
    check_int(world_post(&w, w.ana, cancel, "{}").status, 409);
    check_str(state_of(&w, w.ana, order), STR("awaiting_shipment"));
    check_int(world_post(&w, w.ana, answer, "{\"grant\":true}").status, 403);
    check_int(world_post(&w, w.tono, answer, "{\"grant\":true}").status, 404);
    check_int(world_post(&w, w.sari, answer, "{\"grant\":true}").status, 200);
    check_int(world_post(&w, w.sari, answer, "{\"grant\":true}").status, 409);
    check_int(on_hand(&w, g.product, "on_hand"), 3);
    x = world_get(&w, w.ana, world_path(&w, "/v1/payments/%lld", (long long)payment));
    check_str(answer_at(&w, &x, "state"), STR("refunded"));
    check_str(answer_at(&w, &x, "refunded.minor"), STR("11000000"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

// Bought, asked to cancel, granted.
static void cancel(World *w, Person buyer, Person seller, const char *order)
{
    check_int(world_post(w, buyer, world_path(w, "%s/cancel", order), "{}").status, 200);
    check_int(world_post(w, seller, world_path(w, "%s/cancel-answer", order), "{\"grant\":true}").status, 200);
}

static Str payment_at(World *w, i64 payment, const char *what)
{
    Answer x = world_get(w, w->ana, world_path(w, "/v1/payments/%lld", (long long)payment));
    return answer_at(w, &x, what);
}

// A checkout of two shops, 5,000,000 and 1,000,000 of shipping each, paid in cash: what is cancelled is not collected.
TEST(cash_is_collected_for_what_arrives)
{
    World w = world_new();
    Goods one = world_product(&w, w.sari, shop_of(&w), 5000000, 9);
    Goods two = world_product(&w, w.tono, world_shop(&w, w.tono, "bambu"), 5000000, 9);
    i64 address = world_address(&w, w.ana);
    for (int turn = 0; turn < 3; turn++) {        // the first cancelled before the second arrives, after it, and both
        Answer x = world_post(&w, w.ana, "/v1/checkouts",
            world_path(&w, "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":1},"
                           "{\"variant\":\"%lld\",\"quantity\":1}]}", (long long)address, (long long)one.variant,
                           (long long)two.variant));
        i64 payment = answer_id(&w, &x, "payment.id");
        const char *first = world_path(&w, "/v1/orders/%lld", (long long)answer_id(&w, &x, "orders[0].id"));
        const char *second = world_path(&w, "/v1/orders/%lld", (long long)answer_id(&w, &x, "orders[1].id"));
        if (turn != 1) cancel(&w, w.ana, w.sari, first);
        check_str(payment_at(&w, payment, "state"), STR("pending"));
        if (turn == 2) {
            cancel(&w, w.ana, w.tono, second);
            check_str(payment_at(&w, payment, "state"), STR("cancelled"));
            continue;
        }
        check_int(world_post(&w, w.tono, world_path(&w, "%s/shipments", second),
                             "{\"carrier\":\"JNE\",\"tracking\":\"1\"}").status, 201);
        check_int(world_post(&w, w.ana, world_path(&w, "%s/receipt", second), NULL).status, 200);
        if (turn == 1) cancel(&w, w.ana, w.sari, first);
        check_str(payment_at(&w, payment, "state"), STR("succeeded"));
        check_str(payment_at(&w, payment, "refunded.minor"), STR("6000000"));
    }
    check_int(world_audit(&w), 0);
    world_free(&w);
}

typedef struct Late { World *w; i64 payment; const char *event; bool changed; } Late;

static Err say_paid(Tx *tx, void *context)
{
    Late *l = context;
    tx->a = l->w->a;
    By by = { .now = app_now(l->w->app), .ids = &l->w->app->ids, .vault = &l->w->app->vault, .demo = true };
    PaymentNews news = { .provider = STR("test"), .event = str_of(l->event), .payment = { l->payment }, .succeeded = true };
    return checkout_news(tx, &by, &news, &l->changed);
}

// Some providers say "declined" and take the money all the same. The units were let go meanwhile.
TEST(a_success_after_a_failure_holds_again_or_pays_back)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000001, 3);
    for (int turn = 0; turn < 2; turn++) {
        Answer x = world_checkout(&w, w.ana, g.variant, 1, "test");
        i64 order = answer_id(&w, &x, "orders[0].id");
        Late late = { .w = &w, .payment = answer_id(&w, &x, "payment.id"), .event = turn ? "paid-2" : "paid-1" };
        check_str(answer_at(&w, &x, "payment.state"), STR("failed"));
        check_int(on_hand(&w, g.product, "held"), 0);
        if (turn) check_int(world_checkout(&w, w.budi, g.variant, 2, "cod").status, 201);
        for (int again = 0; again < 2; again++) {
            check_int(db_run(w.app->db, true, say_paid, &late), ERR_OK);
            check(late.changed == !again);
        }
        check_str(state_of(&w, w.ana, order), turn ? STR("cancelled") : STR("awaiting_shipment"));
        check_str(payment_at(&w, late.payment, "state"), turn ? STR("refunded") : STR("succeeded"));
        check_int(on_hand(&w, g.product, "on_hand"), turn ? 0 : 2);
        check_int(on_hand(&w, g.product, "held"), 0);
    }
    check_int(world_audit(&w), 0);
    world_free(&w);
}

// The buyer cancels one of two paid orders; what the provider says again must not pay the rest back, too.
TEST(repeated_news_pay_nothing_back)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000003, 3);
    Answer x = world_checkout(&w, w.ana, g.variant, 1, "test");
    Late late = { .w = &w, .payment = answer_id(&w, &x, "payment.id"), .event = "one" };
    i64 order = answer_id(&w, &x, "orders[0].id");
    check_int(db_run(w.app->db, true, say_paid, &late), ERR_OK);
    cancel(&w, w.ana, w.sari, world_path(&w, "/v1/orders/%lld", (long long)order));
    late.event = "two";
    check_int(db_run(w.app->db, true, say_paid, &late), ERR_OK);
    check(!late.changed);
    world_jump(&w, HOUR_MS);
    world_tasks(&w);
    check_str(payment_at(&w, late.payment, "refunded.minor"), STR("6000003"));
    check_int(on_hand(&w, g.product, "on_hand"), 3);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_second_try_sells_only_what_is_for_sale_and_ends)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000001, 3);
    Answer x = world_checkout(&w, w.ana, g.variant, 1, "test");
    const char *retry = world_path(&w, "/v1/payments/%lld/retry", (long long)answer_id(&w, &x, "payment.id"));
    for (int i = 1; i < PAYMENT_ATTEMPTS_MAX; i++) check_int(world_post(&w, w.ana, retry, NULL).status, 200);
    x = world_post(&w, w.ana, retry, NULL);
    check_str(answer_at(&w, &x, "slug"), STR("payment_over"));
    x = world_checkout(&w, w.budi, g.variant, 1, "test");
    retry = world_path(&w, "/v1/payments/%lld/retry", (long long)answer_id(&w, &x, "payment.id"));
    check_int(world_patch(&w, w.sari, world_path(&w, "/v1/products/%lld", (long long)g.product),
                          "{\"version\":1,\"state\":\"archived\"}").status, 200);
    x = world_post(&w, w.budi, retry, NULL);
    check_str(answer_at(&w, &x, "slug"), STR("archived"));
    check_int(on_hand(&w, g.product, "held"), 0);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(a_new_price_needs_a_yes)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000000, 3);
    i64 address = world_address(&w, w.ana);
    world_put(&w, w.ana, "/v1/cart/lines", world_path(&w, "{\"variant\":\"%lld\",\"quantity\":1}", (long long)g.variant));
    Answer x = world_get(&w, w.sari, world_path(&w, "/v1/studio/products/%lld", (long long)g.product));
    x = world_patch(&w, w.sari, world_path(&w, "/v1/products/%lld", (long long)g.product),
                    world_path(&w, "{\"version\":1,\"variants\":[{\"id\":\"%lld\",\"sku\":\"%s\",\"options\":[],"
                               "\"price\":{\"minor\":9000000,\"currency\":\"IDR\"}}]}", (long long)g.variant,
                               arena_cstr(w.a, answer_at(&w, &x, "variants[0].sku"))));
    check_int(x.status, 200);
    x = world_post(&w, w.ana, "/v1/checkouts", world_path(&w, "{\"address\":\"%lld\",\"method\":\"cod\"}", (long long)address));
    check_int(x.status, 409);
    check_str(answer_at(&w, &x, "slug"), STR("price_changed"));
    x = world_post(&w, w.ana, "/v1/checkouts",
                   world_path(&w, "{\"address\":\"%lld\",\"method\":\"cod\","
                                  "\"expected\":{\"minor\":10000000,\"currency\":\"IDR\"}}", (long long)address));
    check_int(x.status, 201);
    world_free(&w);
}

TEST(silence_completes_an_order)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000000, 3);
    Answer x = world_checkout(&w, w.ana, g.variant, 1, "cod");
    i64 order = answer_id(&w, &x, "orders[0].id");
    world_post(&w, w.sari, world_path(&w, "/v1/orders/%lld/shipments", (long long)order),
               "{\"carrier\":\"JNE\",\"tracking\":\"X1\"}");
    world_jump(&w, 15 * (i64)DAY_MS);
    world_tasks(&w);
    check_str(state_of(&w, w.ana, order), STR("delivered"));
    world_jump(&w, 8 * (i64)DAY_MS);
    world_tasks(&w);
    check_str(state_of(&w, w.ana, order), STR("completed"));
    check_int(world_audit(&w), 0);
    x = world_get(&w, w.ana, world_path(&w, "/v1/payments/%lld", (long long)answer_id(&w, &x, "payment.id")));
    world_free(&w);
}

TEST(what_is_not_so_is_refused)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000000, 3);
    i64 mine = world_address(&w, w.ana), others = world_address(&w, w.budi);
    const struct { const char *json; int status; const char *slug; } BAD[] = {
        { "{\"address\":\"%lld\",\"method\":\"cod\"}", 409, "cart_empty" },
        { "{\"address\":\"%lld\",\"method\":\"gold\",\"lines\":[]}", 422, "bad_field" },
        { "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"VAR\",\"quantity\":0}]}", 422, "bad_field" },
        { "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"VAR\",\"quantity\":-1}]}", 422, "bad_field" },
        { "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"VAR\",\"quantity\":4}]}", 409, "sold_out" },
        { "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"VAR\",\"quantity\":1},"
          "{\"variant\":\"VAR\",\"quantity\":1}]}", 422, "bad_field" },
        { "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"VAR\",\"quantity\":1}],"
          "\"expected\":{\"minor\":1,\"currency\":\"IDR\"}}", 409, "price_changed" },
        { "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"VAR\",\"quantity\":1}],"
          "\"expected\":{\"minor\":6000000,\"currency\":\"USD\"}}", 409, "price_changed" },
        { "{\"method\":\"cod\",\"lines\":[{\"variant\":\"VAR\",\"quantity\":1}]}", 422, "bad_field" },
    };
    for (i64 i = 0; i < COUNT(BAD); i++) {
        Str text = str_of(BAD[i].json), part;
        Buf b = buf_new(w.a, 2000);
        while (text.n) {                                   // VAR and %lld stand for the variant and the address
            i64 var = str_find(text, STR("VAR")), id = str_find(text, STR("%lld"));
            i64 at = var < 0 ? id : id < 0 || var < id ? var : id;
            part = str_slice(text, 0, at < 0 ? text.n : (size_t)at);
            buf_add(&b, part);
            if (at < 0) break;
            buf_add_i64(&b, at == var ? g.variant : mine);
            text = str_slice(text, (size_t)at + (at == var ? 3 : 4), text.n);
        }
        Answer x = world_post(&w, w.ana, "/v1/checkouts", arena_cstr(w.a, buf_str(&b)));
        check_int(x.status, BAD[i].status);
        check_str(answer_at(&w, &x, "slug"), str_of(BAD[i].slug));
    }
    const char *foreign = checkout_body(&w, others, g.variant, 1);
    check_int(world_post(&w, w.ana, "/v1/checkouts", foreign).status, 404);
    check_int(world_post(&w, w.nobody, "/v1/checkouts", foreign).status, 401);
    check_int(on_hand(&w, g.product, "on_hand"), 3);
    check_int(on_hand(&w, g.product, "held"), 0);
    world_free(&w);
}

TEST(a_repeated_key_gives_the_first_answer)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000000, 9);
    i64 address = world_address(&w, w.ana);
    NetHeader key[] = { { STR("Idempotency-Key"), STR("k-1") } };
    LocalRequest request = { .method = "POST", .path = STR("/v1/checkouts"), .token = w.ana.token, .headers = key, .n_headers = 1,
                             .body = str_of(checkout_body(&w, address, g.variant, 1)) };
    Answer first = world_send(&w, request), again = world_send(&w, request);
    check_int(first.status, 201);
    check_int(again.status, 201);
    check_str(again.body, first.body);
    check_str(local_header(&again, "Idempotency-Replayed"), STR("true"));
    check_int(on_hand(&w, g.product, "on_hand"), 8);
    request.body = str_of(checkout_body(&w, address, g.variant, 2));
    check_int(world_send(&w, request).status, 422);
    i64 budis = world_address(&w, w.budi);                 // a key is its owner's alone
    request.token = w.budi.token;
    request.body = str_of(checkout_body(&w, budis, g.variant, 1));
    check_int(world_send(&w, request).status, 201);
    world_free(&w);
}

typedef struct Racer { World *w; Person who; i64 variant, address; const char *key; int status; pthread_t thread; } Racer;

static void *race(void *context)
{
    Racer *r = context;
    Arena a = { 0 };
    NetHeader key[] = { { STR("Idempotency-Key"), str_of(r->key) } };
    Str body = arena_format(&a, "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":1}]}",
                            (long long)r->address, (long long)r->variant);
    r->status = local_call(r->w->app, &a, &(LocalRequest){ .method = "POST", .path = STR("/v1/checkouts"), .token = r->who.token,
                           .body = body, .headers = key, .n_headers = r->key ? 1 : 0 }).status;
    arena_free(&a);
    return NULL;
}

enum { RACERS = 32 };

static i64 run_race(Racer *racers, int status)
{
    i64 n = 0;
    for (int i = 0; i < RACERS; i++) must(pthread_create(&racers[i].thread, NULL, race, &racers[i]) == 0);
    for (int i = 0; i < RACERS; i++) pthread_join(racers[i].thread, NULL);
    for (int i = 0; i < RACERS; i++) n += racers[i].status == status;
    return n;
}

TEST(many_want_the_last_unit)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000000, 1);
    Person people[] = { w.ana, w.budi, w.tono, w.oma };
    i64 addresses[4];
    Racer racers[RACERS];
    for (int i = 0; i < 4; i++) addresses[i] = world_address(&w, people[i]);
    for (int i = 0; i < RACERS; i++)
        racers[i] = (Racer){ .w = &w, .who = people[i % 4], .variant = g.variant, .address = addresses[i % 4] };
    check_int(run_race(racers, 201), 1);
    i64 losers = 0;
    for (int i = 0; i < RACERS; i++) losers += racers[i].status == 409;
    check_int(losers, RACERS - 1);
    check_int(on_hand(&w, g.product, "on_hand"), 0);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(one_key_from_many_hands_makes_one_order)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, shop_of(&w), 5000000, 50);
    i64 address = world_address(&w, w.ana);
    Racer racers[RACERS];
    for (int i = 0; i < RACERS; i++)
        racers[i] = (Racer){ .w = &w, .who = w.ana, .variant = g.variant, .address = address, .key = "same" };
    check_int(run_race(racers, 201), RACERS);
    check_int(on_hand(&w, g.product, "on_hand"), 49);
    check_int(world_audit(&w), 0);
    world_free(&w);
}
