// From what people do to what the page says.
#include "clips/clips_kit.h"
#include "crowd/crowd.h"
#include "rank/rank.h"
#include "trends/trends.h"

typedef struct Goings { World *w; i64 clip, from, n, origin; Arena arena; bool old; Str search; } Goings;

// n people like the clip, or search: accounts that are two days old, or were made now.
static Err many(Tx *tx, void *context)
{
    Goings *g = context;
    Time now = app_now(g->w->app);
    arena_reset(&g->arena);
    tx->a = &g->arena;
    i64 first = id_floor(g->old ? now - 2 * DAY_MS : now) + g->from;
    for (i64 i = 0; i < g->n; i++) {
        By by = { .who = { .account = first + i }, .now = now, .ids = &g->w->app->ids, .vault = &g->w->app->vault,
                  .origin = g->origin ? g->origin : 1000 + i };
        if (g->search.n) try(trends_note_search(tx, &by, g->search));
        else try(crowd_note(tx, &by, &(CrowdNote){ .person = first + i, .is_account = true, .kind = RANK_LIKE,
                                                   .clip = g->clip }));
    }
    return ERR_OK;
}

static void come(World *w, Goings g)
{
    g.w = w;
    check_int(db_run(w->app->db, true, many, &g), ERR_OK);
    arena_free(&g.arena);
}

static i64 tagged(World *w, i64 shop, const char *caption)
{
    i64 clip = kit_ready(w, w->sari, shop, "");
    const char *path = world_path(w, "/v1/clips/%lld", (long long)clip);
    check_int(world_patch(w, w->sari, path, caption).status, 200);
    return clip;
}

// The same again five minutes later, with others: one bucket alone is no trend.
static void go_on(World *w, Goings g, i64 buckets)
{
    for (i64 i = 0; i < buckets; i++) {
        world_jump(w, 5 * MINUTE_MS);
        g.from += 20000;
        come(w, g);
    }
}

static void pass(World *w, i64 ms)
{
    world_jump(w, ms);
    world_tasks(w);
}

static const Time MORNING = (Time)20500 * DAY_MS + 9 * HOUR_MS;

TEST(trends_show_what_many_people_turn_to)
{
    World w = world_new_at(MORNING);
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = tagged(&w, shop, "{\"caption\":\"Sore #Kopi\"}");
    pass(&w, MINUTE_MS);
    come(&w, (Goings){ .clip = clip, .n = 12, .old = true });
    come(&w, (Goings){ .clip = clip, .n = 12, .old = true });         // the same people again are nobody more
    pass(&w, 6 * MINUTE_MS);
    check_int(str_find(world_get(&w, w.nobody, "/v1/trends?window=hour").body, STR("\"items\":[]")) >= 0, 1);
    come(&w, (Goings){ .clip = clip, .n = 12, .from = 100, .old = true });
    pass(&w, 5 * MINUTE_MS);
    Answer x = world_get(&w, w.nobody, "/v1/trends?window=hour&kind=tag");
    check_str(answer_at(&w, &x, "items[0].name"), STR("kopi"));
    check_str(answer_at(&w, &x, "items[0].people"), STR("12"));
    check_str(answer_at(&w, &x, "items[0].points[11].people"), STR("12"));
    check_str(answer_at(&w, &x, "items[0].points[10].people"), STR("12"));
    check_str(answer_at(&w, &x, "items[0].points[9].people"), STR("0"));
    x = world_get(&w, w.nobody, "/v1/trends?window=hour&kind=shop&region=ID");
    check_int(answer_id(&w, &x, "items[0].shop.id"), shop);
    x = world_get(&w, w.nobody, "/v1/trends?window=hour");
    check_str(answer_at(&w, &x, "regions[0]"), STR("ID"));             // what there is to choose from
    check_int(str_find(x.body, STR("\"categories\":[]")) >= 0, 1);
    x = world_get(&w, w.nobody, "/v1/trends?window=hour&region=DE");
    check_int(str_find(x.body, STR("\"items\":[]")) >= 0, 1);
    // The hour is not over for those who look at the day.
    x = world_get(&w, w.nobody, "/v1/trends?window=day");
    check_int(str_find(x.body, STR("\"items\":[]")) >= 0, 1);
    pass(&w, HOUR_MS);
    x = world_get(&w, w.nobody, "/v1/trends?window=day&kind=tag");
    check_str(answer_at(&w, &x, "items[0].people"), STR("24"));
    check_int(world_get(&w, w.nobody, "/v1/trends?region=IDN").status, 422);
    world_free(&w);
}

TEST(trends_say_nothing_of_four_people)
{
    World w = world_new_at(MORNING);
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = tagged(&w, shop, "{\"caption\":\"#Kopi\"}");
    pass(&w, MINUTE_MS);
    come(&w, (Goings){ .clip = clip, .n = 4, .old = true });
    pass(&w, 6 * MINUTE_MS);
    Answer x = world_get(&w, w.nobody, "/v1/trends?window=hour");
    check_int(str_find(x.body, STR("\"items\":[]")) >= 0, 1);
    check_int(world_sql(&w, "SELECT count(*) FROM trend_rising"), 0);
    world_free(&w);
}

TEST(trends_bound_a_farm_of_bots)
{
    World w = world_new_at(MORNING);
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = tagged(&w, shop, "{\"caption\":\"#Palsu\"}");
    i64 other = tagged(&w, shop, "{\"caption\":\"#Kopi\"}");
    pass(&w, MINUTE_MS);
    come(&w, (Goings){ .clip = clip, .n = 1000 });                    // a thousand accounts of today, each from elsewhere
    come(&w, (Goings){ .clip = clip, .n = 1, .old = true });
    come(&w, (Goings){ .clip = other, .n = 9, .from = 5000, .old = true });
    go_on(&w, (Goings){ .clip = clip, .n = 1000 }, 3);
    go_on(&w, (Goings){ .clip = other, .n = 9, .from = 5000, .old = true }, 3);
    pass(&w, 6 * MINUTE_MS);
    Answer x = world_get(&w, w.nobody, "/v1/trends?window=hour&kind=tag");
    check_str(answer_at(&w, &x, "items[0].name"), STR("kopi"));
    check_int(str_find(x.body, STR("palsu")) < 0, 1);
    check_int(world_sql(&w, "SELECT max(people) FROM trend_count JOIN trend_series ON id = series WHERE name = 'palsu'"), 3);
    world_free(&w);
}

TEST(trends_of_searches_are_without_numbers_of_people)
{
    World w = world_new_at(MORNING);
    pass(&w, MINUTE_MS);
    come(&w, (Goings){ .n = 8, .old = true, .search = STR("Batik Tulis") });
    come(&w, (Goings){ .n = 8, .old = true, .search = STR("081234567") });
    come(&w, (Goings){ .n = 8, .old = true, .search = STR("ana@example.com") });
    go_on(&w, (Goings){ .n = 8, .old = true, .search = STR("Batik Tulis") }, 2);
    pass(&w, 6 * MINUTE_MS);
    Answer x = world_get(&w, w.nobody, "/v1/trends?window=hour");
    check_str(answer_at(&w, &x, "items[0].name"), STR("Batik Tulis"));
    check_int(world_sql(&w, "SELECT count(*) FROM trend_series"), 1);
    world_free(&w);
}

TEST(trends_forget_who_was_there)
{
    World w = world_new_at(MORNING);
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = tagged(&w, shop, "{\"caption\":\"#Kopi\"}");
    pass(&w, 2 * DAY_MS);                                          // ana's account is old enough by now
    const char *like = world_path(&w, "/v1/clips/%lld/like", (long long)clip);
    check_int(world_put(&w, w.ana, like, NULL).status, 204);
    check_int(world_sql(&w, "SELECT count(*) FROM crowd_note WHERE trusted = 1"), 1);
    check_int(world_sql(&w, world_path(&w, "SELECT count(*) FROM crowd_note WHERE who = %lld", (long long)w.ana.id)), 0);
    pass(&w, 15 * HOUR_MS);
    check_int(world_sql(&w, "SELECT count(*) FROM crowd_note"), 0);
    pass(&w, DAY_MS);
    check_int(world_sql(&w, "SELECT count(*) FROM crowd_salt"), 0);
    world_free(&w);
}

TEST(trends_of_the_studio_are_for_its_people)
{
    World w = world_new_at(MORNING);
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = tagged(&w, shop, "{\"caption\":\"#Kopi\"}");
    const char *path = world_path(&w, "/v1/studio/shops/%lld/trends?window=hour", (long long)shop);
    pass(&w, MINUTE_MS);
    come(&w, (Goings){ .clip = clip, .n = 12, .old = true });
    go_on(&w, (Goings){ .clip = clip, .n = 12, .old = true }, 1);
    pass(&w, 6 * MINUTE_MS);
    Answer x = world_get(&w, w.sari, path);
    check_int(x.status, 200);
    check_int(str_find(x.body, STR("\"kopi\"")) >= 0, 1);
    // Once it sells something: what rises in that kind, and nothing else.
    Goods goods = world_product(&w, w.sari, shop, 100000, 1);
    check_int(world_sql(&w, "UPDATE product SET category = 'coffee'"), 0);
    check_int(str_find(world_get(&w, w.sari, path).body, STR("\"kopi\"")) >= 0, 0);
    i64 other = kit_ready(&w, w.sari, shop, world_path(&w, "\"%lld\"", (long long)goods.product));
    const char *edit = world_path(&w, "/v1/clips/%lld", (long long)other);
    check_int(world_patch(&w, w.sari, edit, "{\"caption\":\"#Seduh\"}").status, 200);
    come(&w, (Goings){ .clip = other, .n = 12, .from = 100, .old = true });
    go_on(&w, (Goings){ .clip = other, .n = 12, .from = 100, .old = true }, 1);
    pass(&w, 6 * MINUTE_MS);
    x = world_get(&w, w.sari, path);
    check_int(str_find(x.body, STR("\"seduh\"")) >= 0, 1);
    check_int(str_find(x.body, STR("\"kopi\"")) >= 0, 0);
    check_int(world_get(&w, w.ana, path).status, 403);
    check_int(world_get(&w, w.sari, "/v1/studio/shops/5/trends").status, 404);
    world_free(&w);
}
