// Tests of what people see: lists, one variant in full, lines below which something is low, deliveries.
#include "stock/stock_kit.h"

static const char *of_shop(Shelf *s, const char *rest)
{
    return world_path(&s->w, "/v1/shops/%lld/%s", (long long)s->shop, rest);
}

static Answer seen(Shelf *s, const char *rest)
{
    Answer x = world_get(&s->w, s->w.sari, of_shop(s, rest));
    check_int(x.status, 200);
    return x;
}

// A product with options, so that names have something to show.
static i64 shirt(Shelf *s, const char *title, const char *sku)
{
    World *w = &s->w;
    Answer x = world_post(w, w->sari, of_shop(s, "products"), world_path(w,
        "{\"title\":\"%s\",\"options\":[{\"name\":\"Colour\",\"values\":[\"red\",\"blue\"]},"
        "{\"name\":\"Size\",\"values\":[\"M\"]}],"
        "\"variants\":[{\"sku\":\"%s-R\",\"options\":[\"red\",\"M\"],\"price\":{\"minor\":100,\"currency\":\"IDR\"},\"stock\":9},"
        "{\"sku\":\"%s-B\",\"options\":[\"blue\",\"M\"],\"price\":{\"minor\":100,\"currency\":\"IDR\"},\"stock\":3}],"
        "\"pictures\":[]}",
        title, sku, sku));
    check_int(x.status, 201);
    return answer_id(w, &x, "id");
}

TEST(stock_list_names_and_counts)
{
    Shelf s = shelf_new(7);
    World *w = &s.w;
    i64 product = shirt(&s, "Kaos 100% katun", "K_1");
    check_int(hold(w, 1, s.goods.variant, 2), ERR_OK);
    check_int(aside(&s, STOCK_POOL_FLASH, 9, s.goods.variant, 3), ERR_OK);
    Answer x = seen(&s, "stock");
    check_str(answer_at(w, &x, "items[0].name"), STR("Kaos 100% katun"));
    check_str(answer_at(w, &x, "items[0].options"), STR("blue, M"));
    check_str(answer_at(w, &x, "items[0].sku"), STR("K_1-B"));
    check_str(answer_at(w, &x, "items[0].alert"), STR("low"));
    check_str(answer_at(w, &x, "items[1].alert"), STR("ok"));
    check_int(answer_id(w, &x, "items[0].product"), product);
    static const char *const FIELDS[] = { "on_hand", "held", "allocated", "free", "incoming" };
    static const char *const VALUES[] = { "7", "2", "3", "2", "0" };
    for (i64 i = 0; i < COUNT(FIELDS); i++)
        check_str(answer_at(w, &x, world_path(w, "items[2].%s", FIELDS[i])), str_of(VALUES[i]));
    check_str(answer_at(w, &x, "items[3].sku"), STR(""));
    check_int(world_get(w, w->tono, of_shop(&s, "stock")).status, 403);
    check_int(world_get(w, w->nobody, of_shop(&s, "stock")).status, 401);
    shelf_end(&s);
}

TEST(stock_list_is_searched)
{
    Shelf s = shelf_new(7);
    World *w = &s.w;
    shirt(&s, "Kaos 100% katun", "K_1");
    static const struct { const char *search; int found; } CASES[] = {
        { "kaos", 2 }, { "KATUN", 2 }, { "k_1-r", 1 }, { "blue", 1 }, { "100%25", 2 }, { "kx1", 0 }, { "%25", 2 }, { "_", 2 },
        { "%5C", 0 }, { "nothing", 0 }, { "katun%20red", 1 },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Answer x = seen(&s, world_path(w, "stock?search=%s", CASES[i].search));
        int n = 0;
        while (answer_id(w, &x, world_path(w, "items[%d].variant", n))) n++;
        check_int(n, CASES[i].found);
    }
    check_int(world_get(w, w->sari, of_shop(&s, "stock?search=")).status, 422);
    shelf_end(&s);
}

TEST(stock_list_follows_the_catalog)
{
    Shelf s = shelf_new(7);
    World *w = &s.w;
    i64 product = shirt(&s, "Kaos", "K1");
    const char *path = world_path(w, "/v1/products/%lld", (long long)product);
    Answer x = world_patch(w, w->sari, path, "{\"title\":\"Kaos polos\",\"version\":1}");
    check_int(x.status, 200);
    i64 blue = answer_id(w, &x, "variants[1].id");
    x = seen(&s, "stock?search=polos");
    check_str(answer_at(w, &x, "items[1].name"), STR("Kaos polos"));
    // The red one goes off sale: it stays in the list while it has stock.
    x = world_patch(w, w->sari, path, world_path(w,
        "{\"version\":2,\"variants\":[{\"id\":\"%lld\",\"sku\":\"B9\",\"options\":[\"blue\",\"M\"],"
        "\"price\":{\"minor\":100,\"currency\":\"IDR\"}}]}", (long long)blue));
    check_int(x.status, 200);
    x = seen(&s, "stock?search=polos");
    check_str(answer_at(w, &x, "items[0].sku"), STR("B9"));
    check_str(answer_at(w, &x, "items[1].sku"), STR("K1-R"));
    check_str(answer_at(w, &x, "items[1].on_sale"), STR("false"));
    check_int(change(&s, w->sari, answer_id(w, &x, "items[1].variant"), -9, "lost").status, 200);
    x = seen(&s, "stock?search=polos");
    check_str(answer_at(w, &x, "items[1].sku"), STR(""));
    shelf_end(&s);
}

TEST(stock_list_comes_in_pages)
{
    Shelf s = shelf_new(1);
    World *w = &s.w;
    for (int i = 0; i < 53; i++) shelf_variant(&s, 1);
    Answer x = seen(&s, "stock");
    i64 next = answer_id(w, &x, "next");
    check_int(next, answer_id(w, &x, "items[49].variant"));
    x = seen(&s, world_path(w, "stock?before=%lld", (long long)next));
    check_int(answer_id(w, &x, "items[3].variant"), s.goods.variant);
    check_str(answer_at(w, &x, "items[4].variant"), STR(""));
    check_str(answer_at(w, &x, "next"), STR(""));
    shelf_end(&s);
}

// ---------------------------------------------------------------------------------------------- files

static Str line_of(Str text, i64 n)
{
    for (; n > 0; n--) str_split(&text, '\n');
    return str_split(&text, '\n');
}

TEST(stock_movements_as_csv)
{
    Shelf s = shelf_new(7);
    World *w = &s.w;
    i64 product = shirt(&s, "=HYPERLINK(1)", "-K1"), second = shelf_warehouse(&s, "Bandung, gudang");
    Answer x = world_get(w, w->sari, world_path(w, "/v1/studio/products/%lld", (long long)product));
    i64 red = answer_id(w, &x, "variants[0].id");
    const char *note = "{\"delta\":2,\"reason\":\"received\",\"note\":\"@two \\\"boxes\\\"\",\"warehouse\":\"%lld\"}";
    check_int(world_post(w, w->sari, world_path(w, "/v1/variants/%lld/stock", (long long)red),
                         world_path(w, note, (long long)second)).status, 200);
    check_int(hold(w, 5, red, 1), ERR_OK);
    check_int(sell(w, 5), ERR_OK);
    x = seen(&s, world_path(w, "stock/movements.csv?variant=%lld", (long long)red));
    check_str(local_header(&x, "Content-Type"), STR("text/csv; charset=utf-8"));
    check_str(local_header(&x, "Content-Disposition"), STR("attachment; filename=\"stock-movements.csv\""));
    check_str(line_of(x.body, 0),
              STR("at,sku,product,options,warehouse,reason,on_hand,set_aside,note,reference,bundle,by,movement,"
                                      "variant\r"));
    Str received = line_of(x.body, 2), sold = line_of(x.body, 3);
    check(str_find(received,
                   STR(",\"'-K1-R\",\"'=HYPERLINK(1)\",\"red, M\",\"Bandung, gudang\",received,2,0,\"'@two \"\"boxes\"\"\",,,"
                                 "sari,")) > 0);
    check(str_find(sold, STR(",sold,-1,0,,5,,,")) > 0);                     // -1 is a number
    check_int((i64)line_of(x.body, 4).n, 0);
    x = seen(&s, "stock/movements.csv?reason=sold");
    check_int((i64)line_of(x.body, 2).n, 0);
    world_jump(w, DAY_MS);
    Str now = time_to_iso(w->a, app_now(w->app));
    x = seen(&s, world_path(w, "stock/movements.csv?from=%.*s", STR_ARG(now)));
    check_int((i64)line_of(x.body, 1).n, 0);
    x = seen(&s, world_path(w, "stock/movements.csv?to=%.*s", STR_ARG(now)));
    check((i64)line_of(x.body, 5).n > 0);
    check_int(world_get(w, w->tono, of_shop(&s, "stock/movements.csv")).status, 403);
    check_int(world_get(w, w->nobody, of_shop(&s, "stock/movements.csv")).status, 401);
    check_int(world_get(w, w->sari, of_shop(&s, "stock/movements.csv?reason=stolen")).status, 422);
    check_int(world_get(w, w->sari, of_shop(&s, "stock/movements.csv?colour=red")).status, 422);
    check_int(world_get(w, w->sari, "/v1/shops/12345/stock/movements.csv").status, 404);
    shelf_end(&s);
}

TEST(stock_movements_as_csv_are_many)
{
    Shelf s = shelf_new(1);
    World *w = &s.w;
    for (int i = 0; i < 620; i++) check_int(change(&s, w->sari, s.goods.variant, i % 2 ? -1 : 1, "corrected").status, 200);
    Answer x = seen(&s, "stock/movements.csv");
    i64 lines = 0;
    for (Str rest = x.body; rest.n; lines++) str_split(&rest, '\n');
    check_int(lines, 622);                                                  // headings, opening, more than one portion
    shelf_end(&s);
}

TEST(stock_levels_as_csv)
{
    Shelf s = shelf_new(7);
    World *w = &s.w;
    shirt(&s, "Kaos", "K1");
    i64 second = shelf_warehouse(&s, "Bandung");
    check_int(change_at(&s, second, s.goods.variant, 2, "received").status, 200);
    check_int(hold(w, 1, s.goods.variant, 3), ERR_OK);
    i64 set = shelf_variant(&s, 0);
    check_int(bundle(&s, set, s.goods.variant, 2, 0, 0), 200);
    Answer x = seen(&s, "stock/levels.csv");
    check_str(local_header(&x, "Content-Disposition"), STR("attachment; filename=\"stock.csv\""));
    check_str(line_of(x.body, 0),
              STR("sku,product,options,warehouse,on_sale,on_hand,held,set_aside,free,incoming,low_at,variant\r"));
    check(str_find(line_of(x.body, 1), STR(",,bundle,yes,4,1,0,3,0,5,")) > 0);
    check(str_find(line_of(x.body, 2), STR("K1-B,Kaos,\"blue, M\",all,yes,3,0,0,3,0,5,")) == 0);
    check(str_find(line_of(x.body, 8), STR(",,all,yes,9,3,0,6,0,5,")) > 0);
    check(str_find(line_of(x.body, 9), arena_format(w->a, ",,%lld,yes,7,3,0,4,0,5,", (long long)s.shop)) > 0);
    check(str_find(line_of(x.body, 10), STR(",,Bandung,yes,2,0,0,2,0,5,")) > 0);
    check_int((i64)line_of(x.body, 11).n, 0);
    check_int(world_get(w, w->tono, of_shop(&s, "stock/levels.csv")).status, 403);
    shelf_end(&s);
}

// ---------------------------------------------------------------------------------------------- what is low

static Str low_since(Shelf *s, i64 variant)
{
    Answer x = world_get(&s->w, s->w.sari, world_path(&s->w, "/v1/variants/%lld/stock/detail", (long long)variant));
    check_int(x.status, 200);
    return answer_at(&s->w, &x, "row.low_since");
}

TEST(stock_is_called_low_once_and_again_after_a_delivery)
{
    Shelf s = shelf_new(8);
    World *w = &s.w;
    i64 v = s.goods.variant;
    check_str(low_since(&s, v), STR(""));
    check_int(hold(w, 1, v, 3), ERR_OK);
    check_str(low_since(&s, v), STR(""));                                   // held is not sold
    check_int(sell(w, 1), ERR_OK);
    Str first = low_since(&s, v);                                           // 5 is at the line
    check(first.n > 0);
    world_jump(w, HOUR_MS);
    check_int(hold(w, 2, v, 1), ERR_OK);
    check_int(sell(w, 2), ERR_OK);
    check_str(low_since(&s, v), first);                                     // not with each sale
    check_int(back(w, 2, v, 1, false), ERR_OK);
    check_str(low_since(&s, v), first);                                     // still at the line
    check_int(change(&s, w->sari, v, 4, "received").status, 200);
    check_str(low_since(&s, v), STR(""));
    check_int(change(&s, w->sari, v, -5, "corrected").status, 200);
    Str second = low_since(&s, v);
    check(second.n > 0 && !str_eq(second, first));
    shelf_end(&s);
}

TEST(stock_low_counts_all_warehouses)
{
    Shelf s = shelf_new(8);
    World *w = &s.w;
    i64 v = s.goods.variant, second = shelf_warehouse(&s, "Bandung");
    check_int(change_at(&s, second, v, 8, "received").status, 200);
    check_int(hold(w, 1, v, 8), ERR_OK);
    check_int(sell(w, 1), ERR_OK);
    check_str(at_place(&s, v, s.shop), STR("0/0/0/0"));
    check_str(low_since(&s, v), STR(""));                                   // eight are left elsewhere
    check_int(hold(w, 2, v, 3), ERR_OK);
    check_int(sell(w, 2), ERR_OK);
    check(low_since(&s, v).n > 0);
    shelf_end(&s);
}

TEST(stock_lines_are_the_shops_or_ones_own)
{
    Shelf s = shelf_new(8);
    World *w = &s.w;
    i64 v = s.goods.variant, other = shelf_variant(&s, 8);
    const char *line = world_path(w, "/v1/variants/%lld/stock/line", (long long)v);
    check_int(world_put(w, w->sari, line, "{\"low\":8}").status, 204);
    check(low_since(&s, v).n > 0);
    check_int(world_put(w, w->sari, of_shop(&s, "stock/settings"), "{\"low\":7}").status, 200);
    check_str(low_since(&s, other), STR(""));
    check_int(world_put(w, w->sari, of_shop(&s, "stock/settings"), "{\"low\":9}").status, 200);
    check(low_since(&s, other).n > 0);
    check_int(world_put(w, w->sari, of_shop(&s, "stock/settings"), "{\"low\":-1}").status, 200);
    check_str(low_since(&s, other), STR(""));
    check(low_since(&s, v).n > 0);                                          // it has its own
    check_int(world_put(w, w->sari, line, "{}").status, 204);               // the shop's again: never
    check_str(low_since(&s, v), STR(""));
    check_int(world_put(w, w->sari, line, "{\"low\":-1}").status, 204);
    check_int(world_put(w, w->sari, line, "{\"low\":-2}").status, 422);
    check_int(world_put(w, w->sari, line, "{\"low\":1000001}").status, 422);
    check_int(world_put(w, w->tono, line, "{\"low\":1}").status, 403);
    check_int(world_put(w, w->tono, of_shop(&s, "stock/settings"), "{\"low\":1}").status, 403);
    check_int(world_get(w, w->tono, of_shop(&s, "stock/settings")).status, 403);
    check_int(world_put(w, w->sari, of_shop(&s, "stock/settings"), "{}").status, 422);
    // New goods take the shop's line.
    check_str(low_since(&s, shelf_variant(&s, 0)), STR(""));
    shelf_end(&s);
}

TEST(stock_low_list_says_how_long_it_lasts)
{
    Shelf s = shelf_new(100);
    World *w = &s.w;
    i64 v = s.goods.variant, out = shelf_variant(&s, 0), slow = shelf_variant(&s, 3);
    shelf_variant(&s, 50);
    check_int(hold(w, 1, v, 60), ERR_OK);
    check_int(sell(w, 1), ERR_OK);
    world_jump(w, 31 * (i64)DAY_MS);                                             // too long ago to count
    check_int(hold(w, 2, v, 36), ERR_OK);
    check_int(sell(w, 2), ERR_OK);
    Answer x = seen(&s, "stock/low");
    check_str(answer_at(w, &x, "low"), STR("3"));
    check_str(answer_at(w, &x, "out"), STR("1"));
    check_int(answer_id(w, &x, "items[0].row.variant"), slow);
    check_str(answer_at(w, &x, "items[0].sold"), STR("0"));
    check_str(answer_at(w, &x, "items[0].days"), STR(""));
    check_int(answer_id(w, &x, "items[1].row.variant"), out);
    check_str(answer_at(w, &x, "items[1].row.alert"), STR("out"));
    check_int(answer_id(w, &x, "items[2].row.variant"), v);
    check_str(answer_at(w, &x, "items[2].sold"), STR("36"));
    check_str(answer_at(w, &x, "items[2].days"), STR("3"));                 // 4 at 36 in 30 days
    x = seen(&s, "stock?low=true");
    check_int(answer_id(w, &x, "items[2].variant"), v);
    check_str(answer_at(w, &x, "items[3].variant"), STR(""));
    check_int(world_get(w, w->tono, of_shop(&s, "stock/low")).status, 403);
    shelf_end(&s);
}

// ---------------------------------------------------------------------------------------------- deliveries

static Answer expect(Shelf *s, Person who, i64 variant, i64 n)
{
    return world_post(&s->w, who, of_shop(s, "incoming"),
                      world_path(&s->w, "{\"variant\":\"%lld\",\"quantity\":%lld,\"expected\":\"2030-01-31T00:00:00Z\","
                                 "\"note\":\"PO 7\"}",
                                 (long long)variant, (long long)n));
}

TEST(stock_delivery_comes_in_parts)
{
    Shelf s = shelf_new(2);
    World *w = &s.w;
    i64 v = s.goods.variant;
    Answer x = expect(&s, w->sari, v, 10);
    check_int(x.status, 201);
    const char *receive = world_path(w, "/v1/incoming/%lld/receive", (long long)answer_id(w, &x, "id"));
    check_int(answer_id(w, &x, "warehouse"), s.shop);
    check_str(answer_at(w, &x, "expected"), STR("2030-01-31T00:00:00.000Z"));
    x = seen(&s, "stock");
    check_str(answer_at(w, &x, "items[0].incoming"), STR("10"));
    check_stock(w, v, 2, 0, 0, 2);                                          // what is to come is not there
    x = world_post(w, w->sari, receive, "{\"quantity\":4,\"note\":\"box 1\"}");
    check_int(x.status, 200);
    check_str(answer_at(w, &x, "received"), STR("4"));
    check_str(answer_at(w, &x, "state"), STR("open"));
    check_stock(w, v, 6, 0, 0, 6);
    x = world_post(w, w->sari, receive, "{\"quantity\":7}");
    check_int(x.status, 422);
    check_str(answer_at(w, &x, "field"), STR("quantity"));
    x = world_post(w, w->sari, receive, "{\"quantity\":6}");
    check_str(answer_at(w, &x, "state"), STR("received"));
    check_int(world_post(w, w->sari, receive, "{\"quantity\":1}").status, 409);
    x = seen(&s, "stock");
    check_str(answer_at(w, &x, "items[0].incoming"), STR("0"));
    x = world_get(w, w->sari, world_path(w, "/v1/variants/%lld/stock", (long long)v));
    check_str(answer_at(w, &x, "items[1].reason"), STR("received"));
    check_str(answer_at(w, &x, "items[1].note"), STR("box 1"));
    check(answer_at(w, &x, "items[1].reference").n > 0);
    shelf_end(&s);
}

TEST(stock_delivery_is_given_up)
{
    Shelf s = shelf_new(2);
    World *w = &s.w;
    i64 v = s.goods.variant, second = shelf_warehouse(&s, "Bandung");
    const char *body = world_path(w, "{\"variant\":\"%lld\",\"quantity\":5,\"warehouse\":\"%lld\"}", (long long)v,
                                  (long long)second);
    Answer x = world_post(w, w->sari, of_shop(&s, "incoming"), body);
    check_int(x.status, 201);
    i64 id = answer_id(w, &x, "id");
    check_int(world_post(w, w->sari, world_path(w, "/v1/incoming/%lld/receive", (long long)id), "{\"quantity\":2}").status, 200);
    check_str(at_place(&s, v, second), STR("2/0/0/2"));
    const char *path = world_path(w, "/v1/incoming/%lld", (long long)id);
    check_int(world_delete(w, w->tono, path).status, 404);                  // a stranger is told nothing
    check_int(world_delete(w, w->sari, path).status, 204);
    check_int(world_delete(w, w->sari, path).status, 409);
    check_int(world_post(w, w->sari, world_path(w, "%s/receive", path), "{\"quantity\":1}").status, 409);
    x = seen(&s, "stock");
    check_str(answer_at(w, &x, "items[0].incoming"), STR("0"));
    x = seen(&s, "incoming?state=cancelled");
    check_str(answer_at(w, &x, "items[0].received"), STR("2"));
    check_str(answer_at(w, &x, "items[0].closed").n ? STR("yes") : STR(""), STR("yes"));
    x = seen(&s, "incoming?state=open");
    check_str(answer_at(w, &x, "items[0].id"), STR(""));
    shelf_end(&s);
}

TEST(stock_delivery_refusals)
{
    Shelf s = shelf_new(2);
    World *w = &s.w;
    i64 v = s.goods.variant;
    i64 theirs = world_product(w, w->tono, world_shop(w, w->tono, "lain"), 100, 5).variant;
    check_int(expect(&s, w->sari, v, 0).status, 422);
    check_int(expect(&s, w->sari, v, -1).status, 422);
    check_int(expect(&s, w->sari, v, 1000001).status, 422);
    check_int(expect(&s, w->sari, theirs, 1).status, 422);
    check_int(expect(&s, w->sari, 12345, 1).status, 422);
    check_int(expect(&s, w->tono, v, 1).status, 403);
    check_int(expect(&s, w->nobody, v, 1).status, 401);
    check_int(world_get(w, w->tono, of_shop(&s, "incoming")).status, 403);
    Answer x = expect(&s, w->sari, v, 3);
    const char *receive = world_path(w, "/v1/incoming/%lld/receive", (long long)answer_id(w, &x, "id"));
    check_int(world_post(w, w->tono, receive, "{\"quantity\":1}").status, 404);
    check_int(world_post(w, w->sari, receive, "{\"quantity\":0}").status, 422);
    check_int(world_post(w, w->sari, receive, "{\"quantity\":1.5}").status, 422);
    check_int(world_post(w, w->sari, "/v1/incoming/12345/receive", "{\"quantity\":1}").status, 404);
    check_stock(w, v, 2, 0, 0, 2);
    shelf_end(&s);
}

TEST(stock_is_changed_by_managers_and_seen_by_packers)
{
    Shelf s = shelf_new(5);
    World *w = &s.w;
    world_staff(w, w->sari, s.shop, w->budi, "packer");
    static const char *const SEEN[] = { "stock", "stock/low", "stock/settings", "stock/movements", "warehouses", "allocations",
                                        "incoming" };
    for (i64 i = 0; i < COUNT(SEEN); i++) check_int(world_get(w, w->budi, of_shop(&s, SEEN[i])).status, 200);
    i64 v = s.goods.variant;
    check_int(world_get(w, w->budi, world_path(w, "/v1/variants/%lld/stock/detail", (long long)v)).status, 200);
    check_int(world_get(w, w->budi, world_path(w, "/v1/variants/%lld/bundle", (long long)v)).status, 200);
    check_int(change(&s, w->budi, v, 1, "received").status, 403);
    check_int(expect(&s, w->budi, v, 1).status, 403);
    check_int(world_put(w, w->budi, of_shop(&s, "stock/settings"), "{\"low\":1}").status, 403);
    check_int(world_post(w, w->budi, of_shop(&s, "warehouses"), "{\"name\":\"Solo\",\"country\":\"ID\"}").status, 403);
    check_int(world_patch(w, w->budi, world_path(w, "/v1/warehouses/%lld", (long long)s.shop), "{\"name\":\"Solo\"}").status,
              403);
    check_int(world_put(w, w->budi, world_path(w, "/v1/variants/%lld/bundle", (long long)v), "{\"parts\":[]}").status, 403);
    check_int(world_post(w, w->budi, world_path(w, "/v1/variants/%lld/allocations", (long long)v), "{\"quantity\":1}").status,
              403);
    check_int(world_put(w, w->budi, world_path(w, "/v1/variants/%lld/stock/line", (long long)v), "{\"low\":1}").status, 403);
    shelf_end(&s);
}
