// Tests of many at once, on both engines: the last unit, the last bundle, lines that share a part, a sale that begins while
// the shop sells. Whoever comes too late is told that it is sold out, and nothing else.
#include "stock/stock_kit.h"

enum { CROWD = 64, SALE = 55 };

static i64 crowd_holds(Shelf *s, i64 variant, StockPool pool, i64 pool_id)
{
    Act acts[CROWD];
    for (i64 i = 0; i < CROWD; i++)
        acts[i] = (Act){ .w = &s->w, .deed = HOLD, .checkout = 1000 + i, .n = 1,
                         .wants = { { .variant = { variant }, .n = 1, .pool = pool, .pool_id = pool_id } } };
    return acts_at_once(acts, CROWD, ERR_SOLD_OUT);
}

TEST(stock_last_unit_is_held_once_by_64_threads)
{
    Shelf s = shelf_new(1);
    check_int(crowd_holds(&s, s.goods.variant, STOCK_POOL_SHOP, 0), 1);
    check_stock(&s.w, s.goods.variant, 1, 1, 0, 0);
    shelf_end(&s);
}

TEST(stock_40_units_go_to_40_of_64_threads)
{
    Shelf s = shelf_new(40);
    check_int(crowd_holds(&s, s.goods.variant, STOCK_POOL_SHOP, 0), 40);
    check_stock(&s.w, s.goods.variant, 40, 40, 0, 0);
    shelf_end(&s);
}

TEST(stock_of_three_warehouses_goes_to_64_threads)
{
    Shelf s = shelf_new(7);
    i64 v = s.goods.variant, second = shelf_warehouse(&s, "Bandung"), third = shelf_warehouse(&s, "Solo");
    check_int(change_at(&s, second, v, 8, "received").status, 200);
    check_int(change_at(&s, third, v, 5, "received").status, 200);
    Act acts[CROWD];
    for (i64 i = 0; i < CROWD; i++)
        acts[i] = (Act){ .w = &s.w, .deed = HOLD, .checkout = 1000 + i, .n = 1, .wants = { { .variant = { v }, .n = 2 } } };
    check_int(acts_at_once(acts, CROWD, ERR_SOLD_OUT), 10);                 // 3 + 4 + 2, and one across two places
    check_stock(&s.w, v, 20, 20, 0, 0);
    shelf_end(&s);
}

TEST(stock_last_bundle_is_held_once_by_64_threads)
{
    Shelf s = shelf_new(3);
    World *w = &s.w;
    i64 cup = s.goods.variant, spoon = shelf_variant(&s, 9), set = shelf_variant(&s, 0);
    check_int(bundle(&s, set, cup, 2, spoon, 1), 200);
    check_int(crowd_holds(&s, set, STOCK_POOL_SHOP, 0), 1);
    check_stock(w, cup, 3, 2, 0, 1);
    check_stock(w, spoon, 9, 1, 0, 8);                                      // of the 63 nothing is left behind
    shelf_end(&s);
}

// Each wants a set (two cups) and a pair of cups: four of nine, in either order of the lines.
TEST(stock_lines_that_share_a_part_race)
{
    Shelf s = shelf_new(9);
    World *w = &s.w;
    i64 cup = s.goods.variant, spoon = shelf_variant(&s, 99), set = shelf_variant(&s, 0);
    check_int(bundle(&s, set, cup, 2, spoon, 1), 200);
    Act acts[CROWD];
    for (i64 i = 0; i < CROWD; i++) {
        StockWant one = { .variant = { set }, .n = 1 }, two = { .variant = { cup }, .n = 2 };
        acts[i] = (Act){ .w = w, .deed = HOLD, .checkout = 1000 + i, .n = 2, .wants = { i % 2 ? one : two, i % 2 ? two : one } };
    }
    check_int(acts_at_once(acts, CROWD, ERR_SOLD_OUT), 2);
    check_stock(w, cup, 9, 8, 0, 1);
    check_stock(w, spoon, 99, 2, 0, 97);
    shelf_end(&s);
}

TEST(stock_of_a_sale_goes_to_its_buyers_alone)
{
    Shelf s = shelf_new(30);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 10), ERR_OK);
    Act acts[CROWD];
    for (i64 i = 0; i < CROWD; i++) {
        bool sale = i % 2;
        acts[i] = (Act){ .w = w, .deed = HOLD, .checkout = 1000 + i, .n = 1,
                         .wants = { { .variant = { v }, .n = 1, .pool = sale ? STOCK_POOL_FLASH : STOCK_POOL_SHOP,
                                      .pool_id = sale ? SALE : 0 } } };
    }
    check_int(acts_at_once(acts, CROWD, ERR_SOLD_OUT), 30);
    check_stock(w, v, 30, 30, 0, 0);
    check_int(available(w, STOCK_POOL_FLASH, SALE, v), 0);
    shelf_end(&s);
}

// 16 want to set 5 of 40 aside, 48 want one: whatever comes first, what is held and set aside is never more than there is.
TEST(stock_set_aside_against_holds)
{
    Shelf s = shelf_new(40);
    World *w = &s.w;
    i64 v = s.goods.variant;
    Act acts[CROWD];
    for (i64 i = 0; i < CROWD; i++) {
        if (i % 4) {
            acts[i] = (Act){ .w = w, .deed = HOLD, .checkout = 1000 + i, .n = 1, .wants = { { .variant = { v }, .n = 1 } } };
            continue;
        }
        StockAllotment in = { .pool = STOCK_POOL_FLASH, .pool_id = 1 + i, .variant = { v }, .shop = { s.shop }, .n = 5 };
        acts[i] = (Act){ .w = w, .deed = ASIDE, .aside = in };
    }
    acts_at_once(acts, CROWD, ERR_SOLD_OUT);
    i64 held = 0, set_aside = 0;
    for (i64 i = 0; i < CROWD; i++)
        if (acts[i].result == ERR_OK) *(i % 4 ? &held : &set_aside) += i % 4 ? 1 : 5;
    check(held + set_aside > 35 && held + set_aside <= 40);                 // up to four units may fit no five
    check_stock(w, v, 40, held, set_aside, 40 - held - set_aside);
    shelf_end(&s);
}

// The sale ends while its buyers hold: each hold is either in time or refused, and nothing stays behind.
TEST(stock_end_of_a_sale_against_its_buyers)
{
    Shelf s = shelf_new(40);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_int(aside(&s, STOCK_POOL_FLASH, SALE, v, 40), ERR_OK);
    Act acts[CROWD];
    for (i64 i = 0; i < CROWD; i++)
        acts[i] = (Act){ .w = w, .deed = HOLD, .checkout = 1000 + i, .n = 1,
                         .wants = { { .variant = { v }, .n = 1, .pool = STOCK_POOL_FLASH, .pool_id = SALE } } };
    acts[CROWD / 2] = (Act){ .w = w, .deed = END_ASIDE, .aside = { .pool = STOCK_POOL_FLASH, .pool_id = SALE } };
    i64 held = acts_at_once(acts, CROWD, ERR_SOLD_OUT) - 1;
    check_stock(w, v, 40, held, 0, 40 - held);
    for (i64 i = 0; i < CROWD; i++)
        acts[i] = (Act){ .w = w, .deed = i % 2 ? SELL : RELEASE, .checkout = 1000 + i };
    check_int(acts_at_once(acts, CROWD, ERR_OK), CROWD);
    StockLevel l = level(w, v);
    check(l.held == 0 && l.allocated == 0 && l.free == l.on_hand);
    shelf_end(&s);
}

// One checkout's payment succeeds, fails and expires at the same moment: one of them ends its hold.
TEST(stock_sell_against_release)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_int(hold(w, 1, v, 5), ERR_OK);
    Act acts[CROWD];
    for (i64 i = 0; i < CROWD; i++) acts[i] = (Act){ .w = w, .deed = i % 2 ? SELL : RELEASE, .checkout = 1 };
    check_int(acts_at_once(acts, CROWD, ERR_OK), CROWD);
    StockLevel l = level(w, v);
    check(l.held == 0 && (l.on_hand == 0 || l.on_hand == 5));
    shelf_end(&s);
}

// The same parcel comes back 64 times at once: three units are three units.
TEST(stock_returns_race)
{
    Shelf s = shelf_new(3);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_int(hold(w, 1, v, 3), ERR_OK);
    check_int(sell(w, 1), ERR_OK);
    Act acts[CROWD];
    for (i64 i = 0; i < CROWD; i++) {
        StockBack b = { .checkout = { 1 }, .order = { 7 }, .variant = { v }, .n = 1 };
        acts[i] = (Act){ .w = w, .deed = BACK, .back = b };
    }
    check_int(acts_at_once(acts, CROWD, ERR_WRONG_STATE), 3);
    check_stock(w, v, 3, 0, 0, 3);
    shelf_end(&s);
}
