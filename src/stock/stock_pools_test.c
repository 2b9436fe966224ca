// Tests of what is set aside: pools sell only their own, the shop never touches it, and it comes back.
#include "stock/stock_kit.h"

enum { SALE = 901, SHOW = 902 };

TEST(stock_set_aside_is_sold_by_its_pool_alone)
{
    Shelf s = shelf_new(10);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 6), ERR_OK);
    check_stock(w, v, 10, 0, 6, 4);
    check_int(available(w, STOCK_POOL_FLASH, SALE, v), 6);
    check_int(hold(w, 1, v, 5), ERR_SOLD_OUT);                              // the shop has four
    check_int(hold_from(w, 1, STOCK_POOL_FLASH, SALE, v, 7), ERR_SOLD_OUT);
    check_int(hold_from(w, 1, STOCK_POOL_FLASH, SHOW, v, 1), ERR_SOLD_OUT);
    check_int(hold_from(w, 1, STOCK_POOL_LIVE, SALE, v, 1), ERR_SOLD_OUT);  // another pool of the same number
    check_int(hold_from(w, 1, STOCK_POOL_FLASH, SALE, v, 4), ERR_OK);
    check_stock(w, v, 10, 4, 2, 4);
    check_int(hold(w, 2, v, 4), ERR_OK);
    check_stock(w, v, 10, 8, 2, 0);
    check_int(change(&s, w->sari, v, -1, "lost").status, 409);              // nothing free to lose
    check_int(sell(w, 1), ERR_OK);
    check_int(sell(w, 2), ERR_OK);
    check_stock(w, v, 2, 0, 2, 0);
    check_int(aside(&s, STOCK_POOL_LIVE, SHOW, v, 1), ERR_SOLD_OUT);
    shelf_end(&s);
}

TEST(stock_set_aside_says_how_many_are_free)
{
    Shelf s = shelf_new(3);
    World *w = &s.w;
    StockAllotment in = { .pool = STOCK_POOL_FLASH, .pool_id = SALE, .variant = { s.goods.variant }, .shop = { s.shop }, .n = 4 };
    Act x = { .w = w, .deed = ASIDE, .aside = in };
    check_int(act_run(&x), ERR_SOLD_OUT);
    check_str(str_of(x.why.detail), STR("Only 3 can be set aside: the rest is sold, held or set aside already."));
    x.aside.variant.v = 12345;
    check_int(act_run(&x), ERR_NOT_FOUND);
    x.aside.variant.v = world_product(w, w->tono, world_shop(w, w->tono, "lain"), 100, 5).variant;
    check_int(act_run(&x), ERR_NOT_FOUND);                                  // another shop's
    shelf_end(&s);
}

TEST(stock_set_aside_comes_back_at_the_end)
{
    Shelf s = shelf_new(10);
    World *w = &s.w;
    i64 v = s.goods.variant, other = shelf_variant(&s, 4);
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 6), ERR_OK);
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, other, 4), ERR_OK);
    check_int(hold_from(w, 1, STOCK_POOL_FLASH, SALE, v, 2), ERR_OK);
    check_int(hold_from(w, 2, STOCK_POOL_FLASH, SALE, v, 1), ERR_OK);
    check_int(end_aside(&s, STOCK_POOL_FLASH, SALE), ERR_OK);
    check_stock(w, v, 10, 3, 0, 7);
    check_stock(w, other, 4, 0, 0, 4);
    check_int(available(w, STOCK_POOL_FLASH, SALE, v), 0);
    check_int(hold_from(w, 3, STOCK_POOL_FLASH, SALE, v, 1), ERR_SOLD_OUT);
    check_int(end_aside(&s, STOCK_POOL_FLASH, SALE), ERR_OK);               // twice changes nothing
    check_int(sell(w, 1), ERR_OK);                                          // held before the end: sold
    check_int(release(w, 2), ERR_OK);                                       // let go after it: to the free stock
    check_stock(w, v, 8, 0, 0, 8);
    check_int(back(w, 1, v, 1, false), ERR_OK);
    check_stock(w, v, 9, 0, 0, 9);
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 3), ERR_OK);             // and it may begin anew
    check_int(available(w, STOCK_POOL_FLASH, SALE, v), 3);
    check_stock(w, v, 9, 0, 3, 6);
    shelf_end(&s);
}

TEST(stock_let_go_or_brought_back_in_time_is_the_pools_again)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_int(aside(&s, STOCK_POOL_CREATOR, SHOW, v, 3), ERR_OK);
    check_int(hold_from(w, 1, STOCK_POOL_CREATOR, SHOW, v, 3), ERR_OK);
    check_int(release(w, 1), ERR_OK);
    check_int(available(w, STOCK_POOL_CREATOR, SHOW, v), 3);
    check_int(hold_from(w, 1, STOCK_POOL_CREATOR, SHOW, v, 3), ERR_OK);
    check_int(sell(w, 1), ERR_OK);
    check_stock(w, v, 2, 0, 0, 2);
    check_int(back(w, 1, v, 1, false), ERR_OK);
    check_int(available(w, STOCK_POOL_CREATOR, SHOW, v), 1);
    check_stock(w, v, 3, 0, 1, 2);
    check_int(back(w, 1, v, 1, true), ERR_OK);                              // broken: nobody's
    check_stock(w, v, 3, 0, 1, 2);
    check_int(end_aside(&s, STOCK_POOL_CREATOR, SHOW), ERR_OK);
    check_int(back(w, 1, v, 1, false), ERR_OK);
    check_stock(w, v, 4, 0, 0, 4);
    check_int(back(w, 1, v, 1, false), ERR_WRONG_STATE);
    shelf_end(&s);
}

TEST(stock_set_aside_is_given_back_in_part)
{
    Shelf s = shelf_new(10);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 6), ERR_OK);
    check_int(hold_from(w, 1, STOCK_POOL_FLASH, SALE, v, 2), ERR_OK);
    check_int(cut(&s, STOCK_POOL_FLASH, SALE, v, 5), ERR_SOLD_OUT);
    check_int(cut(&s, STOCK_POOL_FLASH, SALE, v, 3), ERR_OK);
    check_stock(w, v, 10, 2, 1, 7);
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 7), ERR_OK);
    check_int(available(w, STOCK_POOL_FLASH, SALE, v), 8);
    shelf_end(&s);
}

TEST(stock_set_aside_comes_from_several_warehouses)
{
    Shelf s = shelf_new(3);
    World *w = &s.w;
    i64 v = s.goods.variant, second = shelf_warehouse(&s, "Bandung");
    check_int(change_at(&s, second, v, 4, "received").status, 200);
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 4), ERR_OK);             // the second has all four
    check_str(at_place(&s, v, second), STR("4/0/4/0"));
    check_int(aside(&s, STOCK_POOL_LIVE, SHOW, v, 2), ERR_OK);
    check_int(cut(&s, STOCK_POOL_FLASH, SALE, v, 1), ERR_OK);
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 2), ERR_OK);             // one here, one there
    check_str(at_place(&s, v, s.shop), STR("3/0/3/0"));
    check_int(hold_from(w, 1, STOCK_POOL_FLASH, SALE, v, 5), ERR_OK);
    check_str(at_place(&s, v, s.shop), STR("3/1/2/0"));
    check_str(at_place(&s, v, second), STR("4/4/0/0"));
    check_int(sell(w, 1), ERR_OK);
    check_int(back(w, 1, v, 5, false), ERR_OK);
    check_str(at_place(&s, v, s.shop), STR("3/0/3/0"));
    check_str(at_place(&s, v, second), STR("4/0/4/0"));
    shelf_end(&s);
}

TEST(stock_from_shop_and_pool_in_one_checkout)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 2), ERR_OK);
    Act x = { .w = w, .deed = HOLD, .checkout = 1, .n = 2,
              .wants = { { .variant = { v }, .n = 3 }, { .variant = { v }, .n = 2, .pool = STOCK_POOL_FLASH,
                                                         .pool_id = SALE } } };
    check_int(act_run(&x), ERR_OK);
    check_stock(w, v, 5, 5, 0, 0);
    check_int(sell(w, 1), ERR_OK);
    check_int(back(w, 1, v, 5, false), ERR_OK);
    check_stock(w, v, 5, 0, 2, 3);
    shelf_end(&s);
}

TEST(stock_set_aside_leaves_movements_and_is_listed)
{
    Shelf s = shelf_new(10);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 6), ERR_OK);
    check_int(hold_from(w, 1, STOCK_POOL_FLASH, SALE, v, 2), ERR_OK);
    check_int(hold_from(w, 2, STOCK_POOL_FLASH, SALE, v, 1), ERR_OK);
    check_int(sell(w, 1), ERR_OK);
    const char *path = world_path(w, "/v1/shops/%lld/allocations", (long long)s.shop);
    Answer x = world_get(w, w->sari, path);
    check_int(x.status, 200);
    static const char *const FIELDS[] = { "pool", "pool_id", "units", "left", "held", "sold" };
    static const char *const VALUES[] = { "flash", "901", "6", "3", "1", "2" };
    for (i64 i = 0; i < COUNT(FIELDS); i++)
        check_str(answer_at(w, &x, world_path(w, "items[0].%s", FIELDS[i])), str_of(VALUES[i]));
    check_int(end_aside(&s, STOCK_POOL_FLASH, SALE), ERR_OK);
    x = world_get(w, w->sari, path);
    check_str(answer_at(w, &x, "items[0].pool"), STR(""));
    x = world_get(w, w->sari, world_path(w, "%s?ended=true&pool=flash&variant=%lld", path, (long long)v));
    check_str(answer_at(w, &x, "items[0].left"), STR("0"));
    check(answer_at(w, &x, "items[0].ended").n > 0);
    x = world_get(w, w->sari, world_path(w, "/v1/variants/%lld/stock", (long long)v));
    static const char *const REASONS[] = { "given_back", "sold", "set_aside", "opening" };
    static const char *const ON_HAND[] = { "0", "-2", "0", "10" };
    static const char *const ALLOCATED[] = { "-3", "-2", "6", "0" };
    for (i64 i = 0; i < COUNT(REASONS); i++) {
        check_str(answer_at(w, &x, world_path(w, "items[%lld].reason", (long long)i)), str_of(REASONS[i]));
        check_str(answer_at(w, &x, world_path(w, "items[%lld].on_hand_delta", (long long)i)), str_of(ON_HAND[i]));
        check_str(answer_at(w, &x, world_path(w, "items[%lld].allocated_delta", (long long)i)), str_of(ALLOCATED[i]));
    }
    check_int(world_get(w, w->tono, path).status, 403);
    shelf_end(&s);
}

TEST(stock_set_aside_pages)
{
    Shelf s = shelf_new(200);
    World *w = &s.w;
    for (int i = 0; i < 60; i++) {
        i64 item = i % 2 ? s.goods.variant : shelf_variant(&s, 1);
        check_int(aside(&s, STOCK_POOL_FLASH, 1000 + i / 2, item, 1), ERR_OK);
    }
    const char *path = world_path(w, "/v1/shops/%lld/allocations", (long long)s.shop);
    Answer x = world_get(w, w->sari, path);
    check_str(answer_at(w, &x, "items[49].pool_id"), STR("1005"));
    i64 next = answer_id(w, &x, "next"), item = answer_id(w, &x, "next_item");
    check_int(next, 1005);
    x = world_get(w, w->sari, world_path(w, "%s?before=%lld&before_item=%lld", path, (long long)next, (long long)item));
    check_str(answer_at(w, &x, "items[9].pool_id"), STR("1000"));
    check_str(answer_at(w, &x, "items[10].pool_id"), STR(""));
    check_str(answer_at(w, &x, "next"), STR(""));
    shelf_end(&s);
}

TEST(stock_is_kept_by_hand)
{
    Shelf s = shelf_new(10);
    World *w = &s.w;
    i64 v = s.goods.variant;
    const char *keep = world_path(w, "/v1/variants/%lld/allocations", (long long)v);
    check_int(world_post(w, w->tono, keep, "{\"quantity\":1}").status, 403);
    check_int(world_post(w, w->nobody, keep, "{\"quantity\":1}").status, 401);
    check_int(world_post(w, w->sari, keep, "{\"quantity\":0}").status, 422);
    check_int(world_post(w, w->sari, keep, "{\"quantity\":11}").status, 409);
    check_int(world_post(w, w->sari, "/v1/variants/12345/allocations", "{\"quantity\":1}").status, 404);
    Answer x = world_post(w, w->sari, keep, "{\"quantity\":4,\"note\":\"Sunday market\"}");
    check_int(x.status, 201);
    i64 id = answer_id(w, &x, "pool_id");
    check_stock(w, v, 10, 0, 4, 6);
    x = world_get(w, w->sari, world_path(w, "/v1/shops/%lld/allocations?pool=kept", (long long)s.shop));
    check_str(answer_at(w, &x, "items[0].note"), STR("Sunday market"));
    const char *end = world_path(w, "/v1/shops/%lld/allocations/%lld", (long long)s.shop, (long long)id);
    check_int(world_delete(w, w->tono, end).status, 403);
    i64 theirs = world_shop(w, w->tono, "lain");
    check_int(world_delete(w, w->tono, world_path(w, "/v1/shops/%lld/allocations/%lld", (long long)theirs,
                                                  (long long)id)).status, 404);
    check_int(world_delete(w, w->sari, end).status, 204);
    check_stock(w, v, 10, 0, 0, 10);
    // A sale's allocation is not ended this way.
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 2), ERR_OK);
    check_int(world_delete(w, w->sari, world_path(w, "/v1/shops/%lld/allocations/%d", (long long)s.shop, SALE)).status, 404);
    check_stock(w, v, 10, 0, 2, 8);
    shelf_end(&s);
}

// One allocation becomes 4,096 of one unit each, of as many items: more than are read at once.
TEST(a_pool_of_any_size_gives_everything_back)
{
    enum { DOUBLED = 12, UNITS = 1 << DOUBLED };
    Shelf s = shelf_new(UNITS + 5);
    i64 v = s.goods.variant;
    check_int(aside(&s, STOCK_POOL_FLASH, 77, v, UNITS), ERR_OK);
    for (int i = 0; i < DOUBLED; i++) {
        spoil(&s.w, "UPDATE stock_allocation SET units = units / 2, rest = rest / 2 WHERE pool_id = 77");
        spoil(&s.w, world_path(&s.w, "INSERT INTO stock_allocation (pool, pool_id, item, variant, warehouse, shop, per, units, "
                               "rest, held, sold, back, alone, at) SELECT pool, pool_id, item + %d, variant, warehouse, shop, "
                               "per, units, rest, held, sold, back, alone, at FROM stock_allocation WHERE pool_id = 77",
                               1 << i));
    }
    check_stock(&s.w, v, UNITS + 5, 0, UNITS, 5);
    check_int(end_aside(&s, STOCK_POOL_FLASH, 77), ERR_OK);
    check_stock(&s.w, v, UNITS + 5, 0, 0, UNITS + 5);
    check_int(end_aside(&s, STOCK_POOL_FLASH, 77), ERR_OK);
    check_stock(&s.w, v, UNITS + 5, 0, 0, UNITS + 5);
    shelf_end(&s);
}
