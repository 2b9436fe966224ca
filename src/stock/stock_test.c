// Tests of stock: changes by hand, movements, holds of checkouts, and an audit that finds what is wrong.
#include "stock/stock_kit.h"

static void check_level(Shelf *s, i64 on_hand, i64 held)
{
    Answer x = world_get(&s->w, s->w.sari, world_path(&s->w, "/v1/studio/products/%lld", (long long)s->goods.product));
    check_int(x.status, 200);
    check_str(answer_at(&s->w, &x, "variants[0].on_hand"), arena_format(s->w.a, "%lld", (long long)on_hand));
    check_str(answer_at(&s->w, &x, "variants[0].held"), arena_format(s->w.a, "%lld", (long long)held));
}

// ---------------------------------------------------------------------------------------------- by hand

TEST(stock_changes_leave_movements)
{
    Shelf s = shelf_new(5);
    i64 v = s.goods.variant;
    Answer x = change(&s, s.w.sari, v, 7, "received");
    check_int(x.status, 200);
    check_str(answer_at(&s.w, &x, "on_hand"), STR("12"));
    check_str(answer_at(&s.w, &x, "held"), STR("0"));
    check_str(answer_at(&s.w, &x, "free"), STR("12"));
    check_int(change(&s, s.w.sari, v, -2, "lost").status, 200);
    check_int(change(&s, s.w.sari, v, -4, "corrected").status, 200);
    check_int(change(&s, s.w.sari, v, 1, "returned").status, 200);
    check_int(change(&s, s.w.oma, v, -1, "damaged").status, 200);
    check_level(&s, 6, 0);
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/variants/%lld/stock", (long long)v));
    check_int(x.status, 200);
    static const char *const NEWEST_FIRST[] = { "damaged", "returned", "corrected", "lost", "received", "opening" };
    static const char *const DELTAS[] = { "-1", "1", "-4", "-2", "7", "5" };
    for (i64 i = 0; i < COUNT(DELTAS); i++) {
        check_str(answer_at(&s.w, &x, world_path(&s.w, "items[%lld].reason", (long long)i)), str_of(NEWEST_FIRST[i]));
        check_str(answer_at(&s.w, &x, world_path(&s.w, "items[%lld].on_hand_delta", (long long)i)), str_of(DELTAS[i]));
        check_int(answer_id(&s.w, &x, world_path(&s.w, "items[%lld].warehouse", (long long)i)), s.shop);
    }
    check_str(answer_at(&s.w, &x, "items[6].id"), STR(""));
    check_str(answer_at(&s.w, &x, "items[1].who"), STR("sari"));            // who works there is named
    check_int(answer_id(&s.w, &x, "items[1].actor"), s.w.sari.id);
    check_str(answer_at(&s.w, &x, "items[0].who"), STR(""));                // the operator is not of the staff
    shelf_end(&s);
}

TEST(stock_change_refusals)
{
    Shelf s = shelf_new(5);
    i64 v = s.goods.variant;
    static const struct { i64 delta; const char *reason, *slug, *field; int status; } CASES[] = {
        { 0, "received", "bad_field", "delta", 422 },        { -1, "received", "bad_field", "delta", 422 },
        { -1, "returned", "bad_field", "delta", 422 },       { 1, "lost", "bad_field", "delta", 422 },
        { 1, "damaged", "bad_field", "delta", 422 },         { -6, "damaged", "sold_out", "delta", 409 },
        { 1, "opening", "bad_field", "reason", 422 },        { -1, "sold", "bad_field", "reason", 422 },
        { 1, "transferred", "bad_field", "reason", 422 },    { 1, "set_aside", "bad_field", "reason", 422 },
        { -1, "given_back", "bad_field", "reason", 422 },
        { 1, "stolen", "bad_field", "reason", 422 },         { -6, "lost", "sold_out", "delta", 409 },
        { 1000001, "received", "bad_field", "delta", 422 },  { -1000001, "lost", "bad_field", "delta", 422 },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Answer x = change(&s, s.w.sari, v, CASES[i].delta, CASES[i].reason);
        check_int(x.status, CASES[i].status);
        check_str(answer_at(&s.w, &x, "slug"), str_of(CASES[i].slug));
        check_str(answer_at(&s.w, &x, "field"), str_of(CASES[i].field));
    }
    check_int(change(&s, s.w.nobody, v, 1, "received").status, 401);
    check_int(change(&s, s.w.tono, v, 1, "received").status, 403);
    check_int(change(&s, s.w.oma, v, 1, "received").status, 200);        // the operator may
    check_int(world_post(&s.w, s.w.sari, "/v1/variants/12345/stock", "{\"delta\":1,\"reason\":\"received\"}").status, 404);
    check_int(world_get(&s.w, s.w.tono, world_path(&s.w, "/v1/variants/%lld/stock", (long long)v)).status, 403);
    check_int(world_get(&s.w, s.w.sari, "/v1/variants/12345/stock").status, 404);
    check_level(&s, 6, 0);
    shelf_end(&s);
}

TEST(stock_of_one_variant_has_a_ceiling)
{
    Shelf s = shelf_new(1000000);
    for (int i = 0; i < 999; i++) check_int(change(&s, s.w.sari, s.goods.variant, 1000000, "received").status, 200);
    Answer x = change(&s, s.w.sari, s.goods.variant, 1, "received");
    check_int(x.status, 422);
    check_str(answer_at(&s.w, &x, "field"), STR("delta"));
    check_level(&s, 1000000000, 0);
    shelf_end(&s);
}

TEST(stock_movements_come_in_pages)
{
    Shelf s = shelf_new(1);
    for (int i = 0; i < 59; i++) check_int(change(&s, s.w.sari, s.goods.variant, 1, "received").status, 200);
    const char *path = world_path(&s.w, "/v1/variants/%lld/stock", (long long)s.goods.variant);
    Answer x = world_get(&s.w, s.w.sari, path);
    i64 next = answer_id(&s.w, &x, "next"), last = answer_id(&s.w, &x, "items[49].id");
    check(next > 0 && next == last);
    check_str(answer_at(&s.w, &x, "items[50].id"), STR(""));
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "%s?before=%lld", path, (long long)next));
    check(answer_id(&s.w, &x, "items[0].id") < last);
    check_str(answer_at(&s.w, &x, "items[9].reason"), STR("opening"));
    check_str(answer_at(&s.w, &x, "items[10].id"), STR(""));
    check_str(answer_at(&s.w, &x, "next"), STR(""));
    shelf_end(&s);
}

TEST(stock_movements_are_filtered)
{
    Shelf s = shelf_new(4);
    World *w = &s.w;
    i64 v = s.goods.variant, other = shelf_variant(&s, 2);
    check_int(change(&s, w->sari, v, 3, "received").status, 200);
    Time t = app_now(w->app);
    world_jump(w, DAY_MS);
    check_int(change(&s, w->sari, v, -1, "lost").status, 200);
    check_int(change(&s, w->sari, other, 5, "received").status, 200);
    const char *of_one = world_path(w, "/v1/variants/%lld/stock", (long long)v);
    const char *of_shop = world_path(w, "/v1/shops/%lld/stock/movements", (long long)s.shop);
    Answer x = world_get(w, w->sari, world_path(w, "%s?reason=received", of_one));
    check_str(answer_at(w, &x, "items[0].on_hand_delta"), STR("3"));
    check_str(answer_at(w, &x, "items[1].id"), STR(""));
    x = world_get(w, w->sari, world_path(w, "%s?reason=received", of_shop));
    check_str(answer_at(w, &x, "items[0].on_hand_delta"), STR("5"));
    check_str(answer_at(w, &x, "items[1].on_hand_delta"), STR("3"));
    check_str(answer_at(w, &x, "items[2].id"), STR(""));
    Str later = time_to_iso(w->a, t + 1);
    x = world_get(w, w->sari, world_path(w, "%s?from=%.*s", of_one, STR_ARG(later)));
    check_str(answer_at(w, &x, "items[0].reason"), STR("lost"));
    check_str(answer_at(w, &x, "items[1].id"), STR(""));
    x = world_get(w, w->sari, world_path(w, "%s?to=%.*s", of_shop, STR_ARG(later)));
    check_str(answer_at(w, &x, "items[0].reason"), STR("received"));
    check_str(answer_at(w, &x, "items[3].id"), STR(""));                    // and two openings
    x = world_get(w, w->sari, world_path(w, "%s?warehouse=12345", of_one));
    check_str(answer_at(w, &x, "items[0].id"), STR(""));
    check_int(world_get(w, w->tono, of_shop).status, 403);
    check_int(world_get(w, w->nobody, of_shop).status, 401);
    shelf_end(&s);
}

TEST(stock_note_comes_back_as_written)
{
    Shelf s = shelf_new(1);
    const char *path = world_path(&s.w, "/v1/variants/%lld/stock", (long long)s.goods.variant);
    Answer x = world_post(&s.w, s.w.sari, path,
                          "{\"delta\":1,\"reason\":\"received\","
                          "\"note\":\"<script>alert('x')</script> \\\"&\\\" \\u0627\\ud83d\\ude00\"}");
    check_int(x.status, 200);
    x = world_get(&s.w, s.w.sari, path);
    check_str(answer_at(&s.w, &x, "items[0].note"), STR("<script>alert('x')</script> \"&\" ا😀"));
    shelf_end(&s);
}

// ---------------------------------------------------------------------------------------------- holds

TEST(stock_hold_sell_release_return)
{
    Shelf s = shelf_new(10);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_int(hold(w, 1, v, 4), ERR_OK);
    check_level(&s, 10, 4);
    check_int(hold(w, 2, v, 7), ERR_SOLD_OUT);
    check_level(&s, 10, 4);
    check_int(hold(w, 2, v, 6), ERR_OK);
    check_int(hold(w, 3, v, 1), ERR_SOLD_OUT);
    check_level(&s, 10, 10);
    check_int(change(&s, w->sari, v, -1, "lost").status, 409);            // not below what is held
    check_int(sell(w, 1), ERR_OK);
    check_level(&s, 6, 6);
    check_int(sell(w, 1), ERR_OK);                                        // once is enough
    check_int(release(w, 1), ERR_OK);                                     // and sold stays sold
    check_level(&s, 6, 6);
    check_int(release(w, 2), ERR_OK);
    check_level(&s, 6, 0);
    check_int(sell(w, 2), ERR_OK);                                        // nothing is held any more
    check_level(&s, 6, 0);
    check_int(hold(w, 2, v, 5), ERR_OK);                                  // a payment's second try
    check_int(sell(w, 2), ERR_OK);
    check_level(&s, 1, 0);
    check_int(back(w, 2, v, 3, false), ERR_OK);
    check_level(&s, 4, 0);
    check_int(back(w, 2, v, 3, false), ERR_WRONG_STATE);                  // 2 of 5 are still out
    check_int(back(w, 3, v, 1, false), ERR_WRONG_STATE);                  // never bought
    check_int(back(w, 2, v, 2, true), ERR_OK);                            // come back, but broken
    check_level(&s, 4, 0);
    check_int(back(w, 2, v, 1, false), ERR_WRONG_STATE);
    check_int(hold(w, 9, 4242, 1), ERR_SOLD_OUT);                         // a variant without stock
    Answer x = world_get(w, w->sari, world_path(w, "/v1/variants/%lld/stock", (long long)v));
    static const char *const NEWEST_FIRST[] = { "damaged", "returned", "returned", "sold", "sold", "opening" };
    for (i64 i = 0; i < COUNT(NEWEST_FIRST); i++)
        check_str(answer_at(w, &x, world_path(w, "items[%lld].reason", (long long)i)), str_of(NEWEST_FIRST[i]));
    check_str(answer_at(w, &x, "items[0].on_hand_delta"), STR("-2"));
    check_str(answer_at(w, &x, "items[0].reference"), STR("77"));         // the order
    check_str(answer_at(w, &x, "items[3].reference"), STR("2"));          // the checkout
    shelf_end(&s);
}

TEST(stock_holds_of_many_variants_are_one_checkouts)
{
    Shelf s = shelf_new(3);
    World *w = &s.w;
    i64 one = s.goods.variant, other = shelf_variant(&s, 2);
    check_int(hold_two(w, 5, other, 1, one, 3), ERR_OK);
    check_int(hold(w, 6, other, 1), ERR_OK);
    check_int(sell(w, 5), ERR_OK);
    check_stock(w, one, 0, 0, 0, 0);
    check_stock(w, other, 1, 1, 0, 0);
    check_int(change(&s, w->sari, one, 2, "received").status, 200);
    check_int(hold_two(w, 7, one, 1, other, 1), ERR_SOLD_OUT);            // all lines or none
    check_stock(w, one, 2, 0, 0, 2);
    shelf_end(&s);
}

TEST(stock_says_how_many_are_left)
{
    Shelf s = shelf_new(3);
    World *w = &s.w;
    Act x = { .w = w, .deed = HOLD, .checkout = 1, .n = 1, .wants = { { .variant = { s.goods.variant }, .n = 4 } } };
    check_int(act_run(&x), ERR_SOLD_OUT);
    check_str(str_of(x.why.detail), STR("Only 3 left."));
    x.wants[0].n = 3;
    check_int(act_run(&x), ERR_OK);
    x.checkout = 2;
    check_int(act_run(&x), ERR_SOLD_OUT);
    check_str(str_of(x.why.detail), STR("This is sold out."));
    // The same variant twice is its sum: 2 + 2 of 3.
    check_int(release(w, 1), ERR_OK);
    x.n = 2;
    x.wants[0].n = 2;
    x.wants[1] = x.wants[0];
    check_int(act_run(&x), ERR_SOLD_OUT);
    check_str(str_of(x.why.detail), STR("Only 3 left."));
    x.wants[1].n = 1;
    check_int(act_run(&x), ERR_OK);
    check_stock(w, s.goods.variant, 3, 3, 0, 0);
    shelf_end(&s);
}

// ---------------------------------------------------------------------------------------------- the audit

typedef struct Found { char rules[2000]; } Found;

static void found(void *context, const char *rule, i64 id, const char *detail)
{
    (void)id, (void)detail;
    Found *f = context;
    size_t n = strlen(f->rules);
    snprintf(f->rules + n, sizeof(f->rules) - n, "%s%s", n ? " " : "", rule);
}

typedef struct Look { Arena arena; Found found; } Look;

static Err look(Tx *tx, void *context)
{
    Look *l = context;
    tx->a = &l->arena;
    l->found.rules[0] = 0;
    return stock_audit(tx, found, &l->found);
}

static void check_finds(World *w, const char *rules)
{
    Look l = { 0 };
    check_int(db_run(w->app->db, false, look, &l), ERR_OK);
    check_str(str_of(l.found.rules), str_of(rules));
    arena_free(&l.arena);
}

// What was set right again is not found any more, so that each mistake stands alone.
TEST(stock_audit_finds_each_kind_of_damage)
{
    Shelf s = shelf_new(9);
    World *w = &s.w;
    i64 v = s.goods.variant, part = shelf_variant(&s, 20), kit = shelf_variant(&s, 0);
    check_int(hold(w, 1, v, 2), ERR_OK);
    check_int(hold(w, 2, v, 1), ERR_OK);
    check_int(sell(w, 2), ERR_OK);
    check_int(aside(&s, STOCK_POOL_FLASH, 5, v, 3), ERR_OK);
    check_int(hold_from(w, 3, STOCK_POOL_FLASH, 5, v, 1), ERR_OK);
    check_int(bundle(&s, kit, part, 2, 0, 0), 200);
    Answer x = world_post(w, w->sari, world_path(w, "/v1/shops/%lld/incoming", (long long)s.shop),
                          world_path(w, "{\"variant\":\"%lld\",\"quantity\":4}", (long long)part));
    check_int(x.status, 201);
    check_finds(w, "");
    const struct { const char *damage, *repair, *found; } CASES[] = {
        { "UPDATE stock_level SET on_hand = on_hand - 1 WHERE variant = %lld",
          "UPDATE stock_level SET on_hand = on_hand + 1 WHERE variant = %lld", "stock_on_hand" },
        { "UPDATE stock_level SET held = held + 1 WHERE variant = %lld",
          "UPDATE stock_level SET held = held - 1 WHERE variant = %lld", "stock_held" },
        { "UPDATE stock_hold SET state = 'released' WHERE checkout = 1 AND variant = %lld",
          "UPDATE stock_hold SET state = 'held' WHERE checkout = 1 AND variant = %lld", "stock_held" },
        { "UPDATE stock_hold SET state = 'released' WHERE checkout = 2 AND variant = %lld",
          "UPDATE stock_hold SET state = 'sold' WHERE checkout = 2 AND variant = %lld", "stock_sold" },
        { "UPDATE stock_hold SET back = 1 WHERE checkout = 2 AND variant = %lld",
          "UPDATE stock_hold SET back = 0 WHERE checkout = 2 AND variant = %lld", "stock_sold" },
        { "UPDATE stock_hold SET state = 'released' WHERE checkout = 3 AND variant = %lld",
          "UPDATE stock_hold SET state = 'held' WHERE checkout = 3 AND variant = %lld", "stock_pool" },
        { "UPDATE stock_allocation SET rest = rest + 1 WHERE variant = %lld",
          "UPDATE stock_allocation SET rest = rest - 1 WHERE variant = %lld", "stock_allocated" },
        { "UPDATE stock_allocation SET sold = sold + 1 WHERE variant = %lld",
          "UPDATE stock_allocation SET sold = sold - 1 WHERE variant = %lld", "stock_pool" },
        { "UPDATE stock_level SET allocated = allocated + 1 WHERE variant = %lld",
          "UPDATE stock_level SET allocated = allocated - 1 WHERE variant = %lld", "stock_on_hand stock_allocated" },
        { "UPDATE stock_level SET held = held + 100 WHERE variant = %lld",
          "UPDATE stock_level SET held = held - 100 WHERE variant = %lld", "stock_range stock_held" },
        { "UPDATE stock_movement SET on_hand_delta = on_hand_delta - 1 WHERE reason = 'sold' AND variant = %lld",
          "UPDATE stock_movement SET on_hand_delta = on_hand_delta + 1 WHERE reason = 'sold' AND variant = %lld",
          "stock_on_hand stock_sold" },
        { "UPDATE stock_item SET low_since = 1 WHERE variant = %lld",
          "UPDATE stock_item SET low_since = NULL WHERE variant = %lld",
          "stock_low" },
        { "UPDATE stock_item SET bundle = 1 WHERE variant = %lld", "UPDATE stock_item SET bundle = 0 WHERE variant = %lld",
          "stock_shape stock_shape" },
        { "UPDATE stock_level SET shop = 1 WHERE variant = %lld", NULL, "stock_shape" },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        spoil(w, world_path(w, CASES[i].damage, (long long)v));
        check_finds(w, CASES[i].found);
        if (CASES[i].repair) spoil(w, world_path(w, CASES[i].repair, (long long)v));
        else spoil(w, world_path(w, "UPDATE stock_level SET shop = %lld WHERE variant = %lld", (long long)s.shop, (long long)v));
        check_finds(w, "");
    }
    spoil(w, world_path(w, "UPDATE stock_incoming SET received = 1 WHERE variant = %lld", (long long)part));
    check_finds(w, "stock_incoming");
    world_free(w);
}
