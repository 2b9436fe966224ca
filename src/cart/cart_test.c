// The cart, as whole requests.
#include "cart/cart.h"
#include "tests/world.h"

static Answer put(World *w, Person who, i64 variant, i64 n)
{
    const char *body = world_path(w, "{\"variant\":\"%lld\",\"quantity\":%lld}", (long long)variant, (long long)n);
    return world_put(w, who, "/v1/cart/lines", body);
}

TEST(lines_are_grouped_by_shop_and_summed)
{
    World w = world_new();
    i64 one = world_shop(&w, w.sari, "rotan"), two = world_shop(&w, w.tono, "kopi");
    Goods a = world_product(&w, w.sari, one, 12500000, 10), b = world_product(&w, w.sari, one, 300, 10);
    Goods c = world_product(&w, w.tono, two, 7000000, 10);
    put(&w, w.ana, a.variant, 2);
    put(&w, w.ana, c.variant, 1);
    Answer x = put(&w, w.ana, b.variant, 3);
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "shops[0].lines[1].quantity"), STR("3"));
    check_str(answer_at(&w, &x, "shops[0].subtotal.minor"), STR("25000900"));
    check_str(answer_at(&w, &x, "shops[0].shipping.minor"), STR("1000000"));
    check_str(answer_at(&w, &x, "shops[1].total.minor"), STR("8000000"));
    check_str(answer_at(&w, &x, "totals[0].minor"), STR("34000900"));
    check_str(answer_at(&w, &x, "count"), STR("6"));
    check_str(answer_at(&w, &x, "ready"), STR("true"));
    x = put(&w, w.ana, a.variant, 0);
    check_str(answer_at(&w, &x, "count"), STR("4"));
    x = world_get(&w, w.budi, "/v1/cart");
    check_str(answer_at(&w, &x, "count"), STR("0"));
    world_free(&w);
}

TEST(bad_quantities_are_refused)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods g = world_product(&w, w.sari, shop, 1000, 3);
    Answer x = put(&w, w.ana, g.variant, -1);
    check_int(x.status, 422);
    check_str(answer_at(&w, &x, "field"), STR("quantity"));
    check_int(put(&w, w.ana, g.variant, 100).status, 422);
    x = put(&w, w.ana, g.variant, 4);
    check_int(x.status, 409);
    check_str(answer_at(&w, &x, "type"), STR("/problems/sold_out"));
    check_int(put(&w, w.ana, g.variant, 3).status, 200);
    check_int(put(&w, w.ana, 1, 1).status, 404);
    world_free(&w);
}

TEST(a_guests_cart_follows_into_the_account)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods g = world_product(&w, w.sari, shop, 1000, 50), h = world_product(&w, w.sari, shop, 2000, 50);
    Answer x = world_post(&w, w.nobody, "/v1/accounts",
                          "{\"email\":\"rina@example.com\",\"password\":\"melati di taman\",\"name\":\"R\"}");
    check_int(x.status, 201);
    x = world_post(&w, w.nobody, "/v1/sessions", "{\"email\":\"rina@example.com\",\"password\":\"melati di taman\"}");
    Person rina = { .token = answer_at(&w, &x, "token") };
    put(&w, rina, g.variant, 2);
    x = put(&w, w.nobody, g.variant, 3);
    check_int(x.status, 200);
    Str cookie = local_header(&x, "Set-Cookie");
    check(str_starts(cookie, STR("etalase_session=")) && str_find(cookie, STR("HttpOnly; SameSite=Lax")) > 0);
    Str rest = str_slice(cookie, 16, cookie.n);
    Person guest = { .token = str_split(&rest, ';') };
    put(&w, guest, h.variant, 1);
    x = world_post(&w, guest, "/v1/sessions", "{\"email\":\"rina@example.com\",\"password\":\"melati di taman\"}");
    check_int(x.status, 201);
    rina.token = answer_at(&w, &x, "token");
    x = world_get(&w, rina, "/v1/cart");
    check_str(answer_at(&w, &x, "count"), STR("6"));
    x = world_get(&w, guest, "/v1/cart");
    check_str(answer_at(&w, &x, "count"), STR("0"));
    world_free(&w);
}

typedef struct Left { World *w; Str token; i64 guest, lines; } Left;

static Err find_guest(Tx *tx, void *context)
{
    Left *l = context;
    Caller who = { 0 };
    tx->a = l->w->a;
    try(l->w->app->hooks.find_session(tx, vault_token_hash(tx->a, l->token), app_now(l->w->app), &who));
    l->guest = who.session;
    return ERR_OK;
}

static Err count_lines(Tx *tx, void *context)
{
    Left *l = context;
    PickList picks;
    tx->a = l->w->a;
    try(cart_picks(tx, l->guest, &picks));
    l->lines = picks.n;
    return ERR_OK;
}

TEST(a_guests_cart_goes_with_the_session)
{
    World w = world_new();
    Goods g = world_product(&w, w.sari, world_shop(&w, w.sari, "rotan"), 1000, 50);
    Answer x = put(&w, w.nobody, g.variant, 3);
    put(&w, w.ana, g.variant, 2);
    Str cookie = local_header(&x, "Set-Cookie"), rest = str_slice(cookie, 16, cookie.n);
    Left left = { .w = &w, .token = str_split(&rest, ';') };
    check_int(db_run(w.app->db, false, find_guest, &left), ERR_OK);
    check(left.guest > 0);
    world_jump(&w, HOUR_MS);
    world_tasks(&w);
    check_int(db_run(w.app->db, false, count_lines, &left), ERR_OK);
    check_int(left.lines, 1);
    world_jump(&w, 61 * (i64)DAY_MS);
    world_tasks(&w);
    check_int(db_run(w.app->db, false, count_lines, &left), ERR_OK);
    check_int(left.lines, 0);
    left.guest = w.ana.id;                    // an account's cart stays
    check_int(db_run(w.app->db, false, count_lines, &left), ERR_OK);
    check_int(left.lines, 1);
    world_free(&w);
}

TEST(lines_say_what_has_become_of_them)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods g = world_product(&w, w.sari, shop, 1000, 5);
    put(&w, w.ana, g.variant, 5);
    check_int(world_checkout(&w, w.budi, g.variant, 3, "cod").status, 201);
    Answer x = world_get(&w, w.ana, "/v1/cart");
    check_str(answer_at(&w, &x, "shops[0].lines[0].problem"), STR("too_few"));
    check_str(answer_at(&w, &x, "shops[0].lines[0].available"), STR("2"));
    check_str(answer_at(&w, &x, "ready"), STR("false"));
    x = world_patch(&w, w.sari, world_path(&w, "/v1/products/%lld", (long long)g.product),
                    "{\"state\":\"archived\",\"version\":1}");
    check_int(x.status, 200);
    x = world_get(&w, w.ana, "/v1/cart");
    check_str(answer_at(&w, &x, "shops[0].lines[0].problem"), STR("archived"));
    check_int(put(&w, w.ana, g.variant, 1).status, 409);
    world_free(&w);
}

// Prices that a seller may set, in a cart that somebody already has: what is too much is said of its line, and the rest stays.
TEST(goods_beyond_what_an_order_may_cost_are_said_of_the_line)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods dear[3];
    for (i64 i = 0; i < 3; i++) {
        dear[i] = world_product(&w, w.sari, shop, 1000000000000, 200);
        check_int(put(&w, w.ana, dear[i].variant, 99).status, 200);
    }
    Answer x = world_get(&w, w.ana, "/v1/cart");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "shops[0].lines[1].problem"), STR("none"));
    check_str(answer_at(&w, &x, "shops[0].lines[2].problem"), STR("over_limit"));
    check_str(answer_at(&w, &x, "shops[0].lines[2].limit"), STR("52"));
    check_str(answer_at(&w, &x, "shops[0].subtotal.minor"), STR("198000000000000"));
    check_str(answer_at(&w, &x, "ready"), STR("false"));
    check_int(put(&w, w.ana, dear[2].variant, 52).status, 200);
    x = world_get(&w, w.ana, "/v1/cart");
    check_str(answer_at(&w, &x, "shops[0].subtotal.minor"), STR("250000000000000"));
    check_str(answer_at(&w, &x, "ready"), STR("true"));
    world_free(&w);
}
