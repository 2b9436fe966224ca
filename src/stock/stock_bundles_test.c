// Tests of bundles: all parts or none, shared parts are shared stock, returns in part, and what cannot be a bundle.
#include "stock/stock_kit.h"

TEST(stock_of_a_bundle_is_its_scarcest_part)
{
    Shelf s = shelf_new(10);
    World *w = &s.w;
    i64 cup = s.goods.variant, spoon = shelf_variant(&s, 7), set = shelf_variant(&s, 0);
    check_int(bundle(&s, set, cup, 2, spoon, 1), 200);
    check_stock(w, set, 5, 0, 0, 5);
    check_int(change(&s, w->sari, spoon, -4, "lost").status, 200);
    check_stock(w, set, 3, 0, 0, 3);
    check_int(hold(w, 1, set, 4), ERR_SOLD_OUT);
    check_stock(w, cup, 10, 0, 0, 10);                                      // all parts or none
    check_int(hold(w, 1, set, 2), ERR_OK);
    check_stock(w, cup, 10, 4, 0, 6);
    check_stock(w, spoon, 3, 2, 0, 1);
    check_stock(w, set, 3, 2, 0, 1);
    check_int(hold(w, 2, spoon, 1), ERR_OK);                                // parts are sold alone, too
    check_stock(w, set, 3, 3, 0, 0);
    check_int(release(w, 2), ERR_OK);
    check_int(sell(w, 1), ERR_OK);
    check_stock(w, cup, 6, 0, 0, 6);
    check_stock(w, spoon, 1, 0, 0, 1);
    Answer x = world_get(w, w->sari, world_path(w, "/v1/variants/%lld/stock", (long long)cup));
    check_str(answer_at(w, &x, "items[0].reason"), STR("sold"));
    check_str(answer_at(w, &x, "items[0].on_hand_delta"), STR("-4"));
    check_int(answer_id(w, &x, "items[0].bundle"), set);
    shelf_end(&s);
}

TEST(stock_of_a_bundle_is_on_its_products_page)
{
    Shelf s = shelf_new(4);
    World *w = &s.w;
    i64 cup = s.goods.variant;
    Goods set = world_product(w, w->sari, s.shop, 500, 0);
    const char *page = world_path(w, "/v1/products/%lld", (long long)set.product);
    const char *list = world_path(w, "/v1/shops/%lld/products", (long long)s.shop);
    Answer x = world_get(w, w->ana, page);
    check_str(answer_at(w, &x, "variants[0].available"), STR("false"));
    check_int(bundle(&s, set.variant, cup, 2, 0, 0), 200);
    x = world_get(w, w->ana, page);
    check_str(answer_at(w, &x, "variants[0].available"), STR("true"));
    check_str(answer_at(w, &x, "variants[0].stock"), STR("2"));
    x = world_get(w, w->ana, list);
    check_str(answer_at(w, &x, "items[0].available"), STR("true"));
    check_int(hold(w, 1, cup, 3), ERR_OK);
    x = world_get(w, w->ana, page);
    check_str(answer_at(w, &x, "variants[0].available"), STR("false"));     // one cup is not enough for two
    x = world_get(w, w->ana, list);
    check_str(answer_at(w, &x, "items[0].available"), STR("false"));
    check_str(answer_at(w, &x, "items[1].available"), STR("true"));         // the cup alone
    shelf_end(&s);
}

// Two lines that share a part share its stock: each alone would be there.
TEST(stock_shared_by_lines_is_summed)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    i64 cup = s.goods.variant, spoon = shelf_variant(&s, 9), set = shelf_variant(&s, 0), pair = shelf_variant(&s, 0);
    check_int(bundle(&s, set, cup, 2, spoon, 1), 200);
    check_int(bundle(&s, pair, cup, 2, 0, 0), 200);
    check_int(available(w, STOCK_POOL_SHOP, 0, set), 2);
    check_int(available(w, STOCK_POOL_SHOP, 0, pair), 2);
    check_int(hold_two(w, 1, set, 2, pair, 1), ERR_SOLD_OUT);               // 4 + 2 of 5
    check_int(hold_two(w, 1, cup, 4, set, 1), ERR_SOLD_OUT);                // 4 + 2 of 5
    check_int(hold_two(w, 1, set, 2, cup, 2), ERR_SOLD_OUT);
    check_stock(w, cup, 5, 0, 0, 5);
    check_stock(w, spoon, 9, 0, 0, 9);
    Act x = { .w = w, .deed = HOLD, .checkout = 1, .n = 2, .wants = { { .variant = { set }, .n = 2 }, { .variant = { cup },
                                                                                                        .n = 2 } } };
    check_int(act_run(&x), ERR_SOLD_OUT);
    check_str(str_of(x.why.detail), STR("Several lines share the same stock, and there is not enough for all of them."));
    check_int(hold_two(w, 1, set, 1, pair, 1), ERR_OK);
    check_int(hold_two(w, 2, set, 1, pair, 1), ERR_SOLD_OUT);
    check_int(hold(w, 2, cup, 1), ERR_OK);
    check_stock(w, cup, 5, 5, 0, 0);
    check_int(sell(w, 1), ERR_OK);
    check_int(back(w, 1, pair, 1, false), ERR_OK);
    check_int(back(w, 1, pair, 1, false), ERR_WRONG_STATE);                 // the other cups are the set's
    check_int(back(w, 1, cup, 1, false), ERR_WRONG_STATE);
    check_int(back(w, 1, set, 1, false), ERR_OK);
    check_stock(w, cup, 5, 1, 0, 4);
    check_stock(w, spoon, 9, 0, 0, 9);
    shelf_end(&s);
}

TEST(stock_of_a_bundle_comes_back_in_part)
{
    Shelf s = shelf_new(6);
    World *w = &s.w;
    i64 cup = s.goods.variant, spoon = shelf_variant(&s, 6), set = shelf_variant(&s, 0), second = shelf_warehouse(&s, "Bandung");
    check_int(change_at(&s, second, cup, 3, "received").status, 200);
    check_int(bundle(&s, set, cup, 3, spoon, 2), 200);
    check_int(hold(w, 1, set, 3), ERR_OK);                                  // 9 cups: 6 here, 3 there
    check_int(sell(w, 1), ERR_OK);
    check_stock(w, cup, 0, 0, 0, 0);
    check_int(bundle(&s, set, cup, 1, spoon, 1), 200);                      // it is another bundle now
    check_int(back(w, 1, set, 1, false), ERR_OK);                           // but what was sold is what comes back
    check_stock(w, cup, 3, 0, 0, 3);
    check_stock(w, spoon, 2, 0, 0, 2);
    check_int(back(w, 1, set, 1, true), ERR_OK);
    check_stock(w, cup, 3, 0, 0, 3);
    check_int(back(w, 1, set, 2, false), ERR_WRONG_STATE);
    check_int(back(w, 1, set, 1, false), ERR_OK);
    check_str(at_place(&s, cup, second), STR("3/0/0/3"));
    check_stock(w, spoon, 4, 0, 0, 4);
    shelf_end(&s);
}

TEST(stock_of_a_bundle_is_set_aside_by_its_parts)
{
    Shelf s = shelf_new(10);
    World *w = &s.w;
    i64 cup = s.goods.variant, spoon = shelf_variant(&s, 5), set = shelf_variant(&s, 0);
    check_int(bundle(&s, set, cup, 2, spoon, 1), 200);
    check_int(aside(&s, STOCK_POOL_FLASH, 5, set, 6), ERR_SOLD_OUT);
    check_int(aside(&s, STOCK_POOL_FLASH, 5, set, 3), ERR_OK);
    check_stock(w, cup, 10, 0, 6, 4);
    check_stock(w, spoon, 5, 0, 3, 2);
    check_int(available(w, STOCK_POOL_FLASH, 5, set), 3);
    check_int(available(w, STOCK_POOL_FLASH, 5, cup), 0);                   // for the set alone
    check_int(hold_from(w, 1, STOCK_POOL_FLASH, 5, cup, 1), ERR_SOLD_OUT);
    check_int(hold(w, 1, set, 3), ERR_SOLD_OUT);                            // the free stock makes two
    check_int(hold_from(w, 1, STOCK_POOL_FLASH, 5, set, 2), ERR_OK);
    Answer x = world_get(w, w->sari, world_path(w, "/v1/shops/%lld/allocations", (long long)s.shop));
    check_str(answer_at(w, &x, "items[0].units"), STR("3"));                // in sets, not in cups
    check_str(answer_at(w, &x, "items[0].left"), STR("1"));
    check_str(answer_at(w, &x, "items[0].held"), STR("2"));
    check_int(bundle(&s, set, cup, 1, 0, 0), 409);                          // not while some are set aside
    check_int(sell(w, 1), ERR_OK);
    check_int(back(w, 1, set, 1, false), ERR_OK);
    check_int(available(w, STOCK_POOL_FLASH, 5, set), 2);
    check_int(cut(&s, STOCK_POOL_FLASH, 5, set, 1), ERR_OK);
    check_int(end_aside(&s, STOCK_POOL_FLASH, 5), ERR_OK);
    check_stock(w, cup, 8, 0, 0, 8);
    check_stock(w, spoon, 4, 0, 0, 4);
    check_int(bundle(&s, set, cup, 1, 0, 0), 200);
    shelf_end(&s);
}

TEST(stock_bundle_refusals)
{
    Shelf s = shelf_new(10);
    World *w = &s.w;
    i64 cup = s.goods.variant, spoon = shelf_variant(&s, 5), set = shelf_variant(&s, 0), other = shelf_variant(&s, 0);
    i64 theirs = world_product(w, w->tono, world_shop(w, w->tono, "lain"), 100, 5).variant;
    check_int(bundle(&s, cup, spoon, 1, 0, 0), 409);                        // it has stock of its own
    check_int(bundle(&s, set, set, 1, 0, 0), 422);
    check_int(bundle(&s, set, cup, 1, cup, 1), 422);
    check_int(bundle(&s, set, theirs, 1, 0, 0), 422);
    check_int(bundle(&s, set, 12345, 1, 0, 0), 422);
    check_int(bundle(&s, set, cup, 0, 0, 0), 422);
    check_int(bundle(&s, set, cup, 1001, 0, 0), 422);
    check_int(bundle(&s, set, cup, 1, spoon, 2), 200);
    check_int(bundle(&s, other, set, 1, 0, 0), 422);                        // no bundles of bundles
    check_int(bundle(&s, other, other, 1, 0, 0), 422);
    i64 box = shelf_variant(&s, 0);
    check_int(bundle(&s, other, box, 1, 0, 0), 200);
    check_int(bundle(&s, box, cup, 1, 0, 0), 409);                          // it is a part
    const char *path = world_path(w, "/v1/variants/%lld/bundle", (long long)set);
    check_int(world_put(w, w->tono, path, "{\"parts\":[]}").status, 403);
    check_int(world_get(w, w->tono, path).status, 403);
    check_int(world_put(w, w->nobody, path, "{\"parts\":[]}").status, 401);
    check_int(world_put(w, w->sari, "/v1/variants/12345/bundle", "{\"parts\":[]}").status, 404);
    // What has no stock of its own cannot be counted, moved or ordered.
    Answer x = change(&s, w->sari, set, 1, "received");
    check_int(x.status, 409);
    check_str(answer_at(w, &x, "slug"), STR("wrong_state"));
    x = world_post(w, w->sari, world_path(w, "/v1/shops/%lld/incoming", (long long)s.shop),
                   world_path(w, "{\"variant\":\"%lld\",\"quantity\":4}", (long long)set));
    check_int(x.status, 409);
    check_int(world_put(w, w->sari, world_path(w, "/v1/variants/%lld/stock/line", (long long)set), "{\"low\":3}").status, 409);
    x = world_get(w, w->sari, path);
    check_str(answer_at(w, &x, "parts[1].quantity"), STR("2"));
    // And back: an ordinary variant again.
    check_int(world_put(w, w->sari, path, "{\"parts\":[]}").status, 200);
    check_stock(w, set, 0, 0, 0, 0);
    check_int(change(&s, w->sari, set, 2, "received").status, 200);
    check_stock(w, set, 2, 0, 0, 2);
    shelf_end(&s);
}

TEST(stock_of_a_bundle_through_a_checkout)
{
    Shelf s = shelf_new(4);
    World *w = &s.w;
    i64 cup = s.goods.variant, set = shelf_variant(&s, 0);
    check_int(bundle(&s, set, cup, 2, 0, 0), 200);
    Answer x = world_checkout(w, w->ana, set, 2, "cod");
    check_int(x.status, 201);
    check_stock(w, cup, 0, 0, 0, 0);
    i64 order = answer_id(w, &x, "orders[0].id");
    check_int(world_checkout(w, w->budi, set, 1, "cod").status, 409);
    check_int(world_post(w, w->ana, world_path(w, "/v1/orders/%lld/cancel", (long long)order),
                         "{\"reason\":\"too many\"}").status, 200);
    check_int(world_post(w, w->sari, world_path(w, "/v1/orders/%lld/cancel-answer", (long long)order), "{\"grant\":true}").status,
              200);
    check_stock(w, cup, 4, 0, 0, 4);
    shelf_end(&s);
}
