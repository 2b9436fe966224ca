// The feed: its cursor, its order, and whole requests.
#include "clips/clips_kit.h"
#include "feed/feed.h"

// ---------------------------------------------------------------------------------------------- pure

TEST(feed_cursor_takes_only_what_it_gave)
{
    i64 hot, id;
    check(feed_cursor(STR("1767225600000_123"), &hot, &id) && hot == 1767225600000 && id == 123);
    check(feed_cursor(STR("0_0"), &hot, &id));
    static const char *const BAD[] = { "", "_", "1", "1_", "_1", "1_2_3", "-1_2", "1_-2", "+1_2", "01_2", "1_02", " 1_2", "1_2 ",
                                       "1.0_2", "9223372036854775808_1", "1_9223372036854775808", "a_b" };
    for (i64 i = 0; i < COUNT(BAD); i++) check(!feed_cursor(str_of(BAD[i]), &hot, &id));
}

static i64 neighbours(const i64 *shops, const i64 *order, i64 n)
{
    i64 count = 0;
    for (i64 i = 1; i < n; i++) count += shops[order[i]] == shops[order[i - 1]];
    return count;
}

TEST(feed_spread_parts_shops_wherever_it_can)
{
    i64 order[FEED_MAX];
    // Every page of up to seven clips of three shops: as few neighbours of one shop as there can be.
    for (i64 n = 0, pages = 1; n <= 7; n++, pages *= 3) {
        for (i64 page = 0; page < pages; page++) {
            i64 shops[7], left = page, most = 0, counts[3] = { 0 };
            bool seen[7] = { 0 };
            for (i64 i = 0; i < n; i++, left /= 3) counts[(shops[i] = 1 + left % 3) - 1]++;
            for (i64 s = 0; s < 3; s++) most = counts[s] > most ? counts[s] : most;
            feed_spread(shops, n, order);
            for (i64 i = 0; i < n; i++) seen[order[i]] = true;
            for (i64 i = 0; i < n; i++) check(seen[i]);
            i64 unavoidable = 2 * most - n - 1;
            check_int(neighbours(shops, order, n), unavoidable > 0 ? unavoidable : 0);
        }
    }
    // What needs no change keeps its order.
    i64 fine[] = { 1, 2, 1, 3 };
    feed_spread(fine, 4, order);
    for (i64 i = 0; i < 4; i++) check_int(order[i], i);
}

// ---------------------------------------------------------------------------------------------- whole requests

static Answer feed(World *w, Person who, Str after, i64 limit)
{
    const char *path = world_path(w, "/v1/feed?limit=%lld", (long long)limit);
    return world_get(w, who, after.n ? world_path(w, "%s&after=%.*s", path, STR_ARG(after)) : path);
}

TEST(feed_gives_every_ready_clip_once)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), other = world_shop(&w, w.tono, "lain");
    i64 clips[7], seen = 0;
    for (i64 i = 0; i < 7; i++) {
        clips[i] = i % 3 == 2 ? kit_ready(&w, w.tono, other, "") : kit_ready(&w, w.sari, shop, "");
        world_jump(&w, MINUTE_MS);
    }
    kit_clip(&w, w.sari, shop, "");
    Str next = { 0 };
    for (i64 page = 0; page < 3; page++) {
        Answer x = feed(&w, w.nobody, next, 3);
        check_int(x.status, 200);
        for (i64 i = 0; i < 3; i++) {
            i64 id = answer_id(&w, &x, world_path(&w, "items[%lld].id", (long long)i));
            for (i64 k = 0; k < 7; k++)
                if (id == clips[k]) seen |= 1 << k;
        }
        next = answer_at(&w, &x, "next");
        check(page == 2 ? next.n == 0 : next.n > 0);
    }
    check_int(seen, 127);
    world_free(&w);
}

TEST(feed_lifts_what_is_liked)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), old = kit_ready(&w, w.sari, shop, "");
    world_jump(&w, 6 * HOUR_MS);
    i64 fresh = kit_ready(&w, w.sari, shop, "");
    Answer x = feed(&w, w.nobody, (Str){ 0 }, 10);
    check_int(answer_id(&w, &x, "items[0].id"), fresh);
    check_int(world_put(&w, w.ana, world_path(&w, "/v1/clips/%lld/like", (long long)old), NULL).status, 204);
    x = feed(&w, w.nobody, (Str){ 0 }, 10);
    check_int(answer_id(&w, &x, "items[0].id"), old);
    check_str(answer_at(&w, &x, "items[0].likes"), STR("1"));
    check_str(answer_at(&w, &x, "items[0].liked"), STR("false"));
    x = feed(&w, w.ana, (Str){ 0 }, 10);
    check_str(answer_at(&w, &x, "items[0].liked"), STR("true"));
    check_str(answer_at(&w, &x, "items[1].liked"), STR("false"));
    world_free(&w);
}

TEST(feed_shows_products_that_are_for_sale)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods a = world_product(&w, w.sari, shop, 100, 5), b = world_product(&w, w.sari, shop, 200, 5);
    kit_ready(&w, w.sari, shop, world_path(&w, "\"%lld\",\"%lld\"", (long long)b.product, (long long)a.product));
    Answer x = feed(&w, w.nobody, (Str){ 0 }, 10);
    check_int(answer_id(&w, &x, "items[0].products[0].id"), b.product);
    check_int(answer_id(&w, &x, "items[0].products[1].id"), a.product);
    x = world_patch(&w, w.sari, world_path(&w, "/v1/products/%lld", (long long)b.product),
                    "{\"state\":\"archived\",\"version\":1}");
    check_int(x.status, 200);
    x = feed(&w, w.nobody, (Str){ 0 }, 10);
    check_int(answer_id(&w, &x, "items[0].products[0].id"), a.product);
    check_str(answer_at(&w, &x, "items[0].products[1].id"), STR(""));
    // The studio still sees what was tagged.
    x = world_get(&w, w.sari, world_path(&w, "/v1/studio/shops/%lld/clips", (long long)shop));
    check_str(answer_at(&w, &x, "items[0].products[0].state"), STR("archived"));
    world_free(&w);
}

TEST(feed_refuses_what_is_no_cursor)
{
    World w = world_new();
    Answer x = feed(&w, w.nobody, STR("abc"), 10);
    world_refused(&w, x, 422, "bad_field", "after");
    x = feed(&w, w.nobody, (Str){ 0 }, 21);
    world_refused(&w, x, 422, "bad_field", "limit");
    x = world_get(&w, w.nobody, "/v1/feed?before=1");
    world_refused(&w, x, 422, "bad_field", NULL);
    x = feed(&w, w.nobody, STR("0_0"), 10);
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    world_free(&w);
}
