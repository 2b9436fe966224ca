// Tests of warehouses: holds by priority, splits, returns to where things came from, transfers, and who may what.
#include "stock/stock_kit.h"

TEST(stock_of_a_shop_lies_in_its_first_warehouse)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    const char *path = world_path(w, "/v1/shops/%lld/warehouses", (long long)s.shop);
    Answer x = world_get(w, w->sari, path);
    check_int(x.status, 200);
    check_int(answer_id(w, &x, "items[0].id"), s.shop);
    check_str(answer_at(w, &x, "items[0].name"), STR(""));
    check_str(answer_at(w, &x, "items[0].country"), STR("ID"));             // where the shop is
    check_str(answer_at(w, &x, "items[0].first"), STR("true"));
    check_str(answer_at(w, &x, "items[1].id"), STR(""));
    check_str(at_place(&s, s.goods.variant, s.shop), STR("5/0/0/5"));
    // A shop without a variant shows the one that it will have.
    i64 empty = world_shop(w, w->tono, "kosong");
    x = world_get(w, w->tono, world_path(w, "/v1/shops/%lld/warehouses", (long long)empty));
    check_int(answer_id(w, &x, "items[0].id"), empty);
    shelf_end(&s);
}

TEST(stock_holds_take_the_first_warehouse_that_has_all)
{
    Shelf s = shelf_new(3);
    World *w = &s.w;
    i64 v = s.goods.variant, second = shelf_warehouse(&s, "Bandung"), third = shelf_warehouse(&s, "Solo");
    check_int(change_at(&s, second, v, 5, "received").status, 200);
    check_int(change_at(&s, third, v, 2, "received").status, 200);
    check_stock(w, v, 10, 0, 0, 10);
    check_int(hold(w, 1, v, 2), ERR_OK);                                    // by priority
    check_str(at_place(&s, v, s.shop), STR("3/2/0/1"));
    check_int(hold(w, 2, v, 4), ERR_OK);                                    // only the second has four
    check_str(at_place(&s, v, second), STR("5/4/0/1"));
    check_int(hold(w, 3, v, 4), ERR_OK);                                    // none has four: 1 + 1 + 2
    check_str(at_place(&s, v, s.shop), STR("3/3/0/0"));
    check_str(at_place(&s, v, second), STR("5/5/0/0"));
    check_str(at_place(&s, v, third), STR("2/2/0/0"));
    check_int(hold(w, 4, v, 1), ERR_SOLD_OUT);
    check_int(sell(w, 3), ERR_OK);
    check_stock(w, v, 6, 6, 0, 0);
    check_int(release(w, 2), ERR_OK);
    check_str(at_place(&s, v, second), STR("4/0/0/4"));
    // What came from three places goes back there, in parts.
    check_int(back(w, 3, v, 3, false), ERR_OK);
    check_int(back(w, 3, v, 2, false), ERR_WRONG_STATE);
    check_int(back(w, 3, v, 1, false), ERR_OK);
    check_str(at_place(&s, v, s.shop), STR("3/2/0/1"));
    check_str(at_place(&s, v, second), STR("5/0/0/5"));
    check_str(at_place(&s, v, third), STR("2/0/0/2"));
    shelf_end(&s);
}

TEST(stock_after_a_release_may_come_from_elsewhere)
{
    Shelf s = shelf_new(2);
    World *w = &s.w;
    i64 v = s.goods.variant, second = shelf_warehouse(&s, "Bandung");
    check_int(change_at(&s, second, v, 2, "received").status, 200);
    check_int(hold(w, 1, v, 2), ERR_OK);
    check_int(release(w, 1), ERR_OK);
    check_int(hold(w, 2, v, 1), ERR_OK);
    check_int(hold(w, 1, v, 2), ERR_OK);                                    // its second try
    check_str(at_place(&s, v, second), STR("2/2/0/0"));
    check_int(sell(w, 1), ERR_OK);
    check_str(at_place(&s, v, second), STR("0/0/0/0"));
    check_str(at_place(&s, v, s.shop), STR("2/1/0/1"));
    shelf_end(&s);
}

TEST(stock_priority_decides_and_can_change)
{
    Shelf s = shelf_new(2);
    World *w = &s.w;
    i64 v = s.goods.variant, second = shelf_warehouse(&s, "Bandung");
    check_int(change_at(&s, second, v, 2, "received").status, 200);
    const char *path = world_path(w, "/v1/warehouses/%lld", (long long)s.shop);
    Answer x = world_patch(w, w->sari, path, "{\"priority\":9,\"name\":\"Toko\",\"city\":\"Jakarta\"}");
    check_int(x.status, 200);
    check_str(answer_at(w, &x, "name"), STR("Toko"));
    check_str(answer_at(w, &x, "city"), STR("Jakarta"));
    check_str(answer_at(w, &x, "country"), STR("ID"));
    check_int(hold(w, 1, v, 1), ERR_OK);
    check_str(at_place(&s, v, second), STR("2/1/0/1"));
    // New goods, too, go to the first by priority.
    check_str(at_place(&s, shelf_variant(&s, 3), second), STR("3/0/0/3"));
    shelf_end(&s);
}

TEST(stock_of_a_closed_warehouse_is_not_sold)
{
    Shelf s = shelf_new(2);
    World *w = &s.w;
    i64 v = s.goods.variant, second = shelf_warehouse(&s, "Bandung");
    const char *first = world_path(w, "/v1/warehouses/%lld", (long long)s.shop);
    check_int(hold(w, 1, v, 1), ERR_OK);
    check_int(world_patch(w, w->sari, world_path(w, "/v1/warehouses/%lld", (long long)second), "{\"active\":false}").status, 200);
    Answer x = world_patch(w, w->sari, first, "{\"active\":false}");        // the last one that is sold from
    check_int(x.status, 409);
    check_str(answer_at(w, &x, "slug"), STR("wrong_state"));
    check_int(world_patch(w, w->sari, world_path(w, "/v1/warehouses/%lld", (long long)second), "{\"active\":true}").status, 200);
    check_int(aside(&s, STOCK_POOL_LIVE, 3, v, 1), ERR_OK);
    check_int(world_patch(w, w->sari, first, "{\"active\":false}").status, 409);        // a unit is set aside there
    check_int(end_aside(&s, STOCK_POOL_LIVE, 3), ERR_OK);
    check_int(world_patch(w, w->sari, first, "{\"active\":false}").status, 200);
    check_stock(w, v, 2, 1, 0, 0);
    check_int(hold(w, 2, v, 1), ERR_SOLD_OUT);
    check_int(aside(&s, STOCK_POOL_LIVE, 3, v, 1), ERR_SOLD_OUT);
    check_int(sell(w, 1), ERR_OK);                                          // what was promised is kept
    check_int(back(w, 1, v, 1, false), ERR_OK);
    check_str(at_place(&s, v, s.shop), STR("2/0/0/0"));
    x = world_get(w, w->ana, world_path(w, "/v1/products/%lld", (long long)s.goods.product));
    check_str(answer_at(w, &x, "variants[0].available"), STR("false"));
    shelf_end(&s);
}

static int transfer(Shelf *s, Person who, i64 from, i64 to, i64 variant, i64 n, Answer *x)
{
    World *w = &s->w;
    *x = world_post(w, who, world_path(w, "/v1/shops/%lld/stock/transfers", (long long)s->shop),
                    world_path(w, "{\"from\":\"%lld\",\"to\":\"%lld\",\"note\":\"van\",\"lines\":"
                               "[{\"variant\":\"%lld\",\"quantity\":%lld}]}",
                               (long long)from, (long long)to, (long long)variant, (long long)n));
    return x->status;
}

TEST(stock_transfers_are_two_movements)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    Answer x;
    i64 v = s.goods.variant, second = shelf_warehouse(&s, "Bandung");
    check_int(hold(w, 1, v, 1), ERR_OK);
    check_int(transfer(&s, w->sari, s.shop, second, v, 3, &x), 204);
    check_str(at_place(&s, v, s.shop), STR("2/1/0/1"));
    check_str(at_place(&s, v, second), STR("3/0/0/3"));
    check_int(transfer(&s, w->sari, s.shop, second, v, 2, &x), 409);        // one is held
    check_str(answer_at(w, &x, "slug"), STR("sold_out"));
    check_str(answer_at(w, &x, "field"), STR("lines[0].quantity"));
    x = world_get(w, w->sari, world_path(w, "/v1/variants/%lld/stock?reason=transferred", (long long)v));
    check_str(answer_at(w, &x, "items[0].on_hand_delta"), STR("3"));
    check_str(answer_at(w, &x, "items[1].on_hand_delta"), STR("-3"));
    check_str(answer_at(w, &x, "items[1].note"), STR("van"));
    check(answer_at(w, &x, "items[0].reference").n > 0);
    check_str(answer_at(w, &x, "items[0].reference"), answer_at(w, &x, "items[1].reference"));
    check_str(answer_at(w, &x, "items[2].id"), STR(""));
    shelf_end(&s);
}

TEST(stock_transfers_move_all_lines_or_none)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    i64 v = s.goods.variant, other = shelf_variant(&s, 1), second = shelf_warehouse(&s, "Bandung");
    Answer x = world_post(w, w->sari, world_path(w, "/v1/shops/%lld/stock/transfers", (long long)s.shop),
                          world_path(w, "{\"from\":\"%lld\",\"to\":\"%lld\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":5},"
                                     "{\"variant\":\"%lld\",\"quantity\":2}]}", (long long)s.shop, (long long)second,
                                     (long long)v,
                                     (long long)other));
    check_int(x.status, 409);
    check_str(answer_at(w, &x, "field"), STR("lines[1].quantity"));
    check_str(at_place(&s, v, s.shop), STR("5/0/0/5"));
    shelf_end(&s);
}

TEST(stock_transfer_refusals)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    Answer x;
    i64 v = s.goods.variant, second = shelf_warehouse(&s, "Bandung"), foreign = world_shop(w, w->tono, "lain");
    i64 theirs = world_product(w, w->tono, foreign, 100, 5).variant;
    check_int(transfer(&s, w->sari, s.shop, s.shop, v, 1, &x), 422);
    check_str(answer_at(w, &x, "field"), STR("to"));
    check_int(transfer(&s, w->sari, s.shop, foreign, v, 1, &x), 422);
    check_str(answer_at(w, &x, "field"), STR("warehouse"));
    check_int(transfer(&s, w->sari, s.shop, 12345, v, 1, &x), 422);
    check_int(transfer(&s, w->sari, s.shop, second, theirs, 1, &x), 422);
    check_str(answer_at(w, &x, "field"), STR("lines[0].variant"));
    check_int(transfer(&s, w->sari, s.shop, second, v, 0, &x), 422);
    check_int(transfer(&s, w->tono, s.shop, second, v, 1, &x), 403);
    check_int(transfer(&s, w->nobody, s.shop, second, v, 1, &x), 401);
    check_int(world_patch(w, w->sari, world_path(w, "/v1/warehouses/%lld", (long long)second), "{\"active\":false}").status, 200);
    check_int(transfer(&s, w->sari, s.shop, second, v, 1, &x), 422);        // switched off
    check_str(at_place(&s, v, s.shop), STR("5/0/0/5"));
    shelf_end(&s);
}

TEST(stock_warehouse_refusals)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    const char *all = world_path(w, "/v1/shops/%lld/warehouses", (long long)s.shop);
    static const struct { const char *body, *field; int status; } CASES[] = {
        { "{\"name\":\"\",\"country\":\"ID\"}", "name", 422 },
        { "{\"name\":\" Solo\",\"country\":\"ID\"}", "name", 422 },
        { "{\"name\":\"Solo\",\"country\":\"id\"}", "country", 422 },
        { "{\"name\":\"Solo\",\"country\":\"IDN\"}", "country", 422 },
        { "{\"name\":\"Solo\",\"country\":\"ID\",\"priority\":-1}", "priority", 422 },
        { "{\"name\":\"Solo\",\"country\":\"ID\",\"priority\":1001}", "priority", 422 },
        { "{\"country\":\"ID\"}", "name", 422 },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Answer x = world_post(w, w->sari, all, CASES[i].body);
        check_int(x.status, CASES[i].status);
        check_str(answer_at(w, &x, "field"), str_of(CASES[i].field));
    }
    const char *good = "{\"name\":\"Solo\",\"country\":\"ID\"}";
    check_int(world_post(w, w->tono, all, good).status, 403);
    check_int(world_get(w, w->tono, all).status, 403);
    check_int(world_post(w, w->nobody, all, good).status, 401);
    const char *first = world_path(w, "/v1/warehouses/%lld", (long long)s.shop);
    check_int(world_patch(w, w->tono, first, "{\"name\":\"Mine\"}").status, 404);       // a stranger is told nothing
    check_int(world_delete(w, w->tono, first).status, 404);
    check_int(world_patch(w, w->sari, "/v1/warehouses/12345", "{\"name\":\"Solo\"}").status, 404);
    for (int i = 0; i < 49; i++) check_int(world_post(w, w->sari, all, good).status, 201);
    Answer x = world_post(w, w->sari, all, good);
    check_int(x.status, 409);
    check_str(answer_at(w, &x, "slug"), STR("too_many_items"));
    shelf_end(&s);
}

TEST(stock_warehouse_is_deleted_while_it_is_new)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    i64 second = shelf_warehouse(&s, "Bandung"), third = shelf_warehouse(&s, "Solo");
    check_int(change_at(&s, third, s.goods.variant, 1, "received").status, 200);
    check_int(change_at(&s, third, s.goods.variant, -1, "lost").status, 200);
    check_int(world_delete(w, w->sari, world_path(w, "/v1/warehouses/%lld", (long long)second)).status, 204);
    check_int(world_delete(w, w->sari, world_path(w, "/v1/warehouses/%lld", (long long)second)).status, 404);
    check_int(world_delete(w, w->sari, world_path(w, "/v1/warehouses/%lld", (long long)third)).status,
              409);    // it has a history
    check_int(world_delete(w, w->sari, world_path(w, "/v1/warehouses/%lld", (long long)s.shop)).status, 409);
    check_stock(w, s.goods.variant, 5, 0, 0, 5);                            // a refusal has closed nothing
    shelf_end(&s);
}
