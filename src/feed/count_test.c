// Who is seen, counted once.
#include "clips/clips_kit.h"
#include "feed/inner.h"

static void follow(World *w)
{
    check_int(feed_follow(w->app->feed), ERR_OK);
}

static void seen(World *w, const char *id, const char *kind, i64 clip, const char *more)
{
    char at[TIME_ISO_SIZE];
    time_to_iso_text(app_now(w->app), at);
    Answer x = world_post(w, w->ana, "/v1/events", world_path(w,
        "{\"sent_at\":\"%s\",\"events\":[{\"id\":\"%s\",\"kind\":\"%s\",\"clip\":\"%lld\",\"at\":\"%s\"%s}]}", at, id, kind,
        (long long)clip, at, more));
    check_str(answer_at(w, &x, "taken"), STR("1"));
}

TEST(exposure_counts_by_size_of_shop)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    world_jump(&w, (i64)31 * DAY_MS);
    i64 young = world_shop(&w, w.tono, "lain"), other = kit_ready(&w, w.tono, young, "");
    seen(&w, "seen-0001", "impression", clip, "");
    seen(&w, "seen-0002", "watch", clip, ",\"value\":1999,\"share\":499");
    seen(&w, "seen-0003", "impression", clip, "");
    seen(&w, "seen-0004", "watch", clip, ",\"value\":2000,\"share\":100");
    seen(&w, "seen-0005", "impression", clip, "");
    seen(&w, "seen-0006", "watch", clip, ",\"value\":900,\"share\":500");
    seen(&w, "seen-0007", "impression", other, "");
    follow(&w);
    follow(&w);
    Answer x = world_get(&w, w.nobody, "/v1/exposure");
    check_str(x.body, STR("{\"days\":28,\"sizes\":["
        "{\"size\":\"fresh\",\"shops\":1,\"impressions\":1,\"qualified\":0,\"share_ppm\":250000},"
        "{\"size\":\"small\",\"shops\":1,\"impressions\":3,\"qualified\":2,\"share_ppm\":750000},"
        "{\"size\":\"medium\",\"shops\":0,\"impressions\":0,\"qualified\":0,\"share_ppm\":0},"
        "{\"size\":\"large\",\"shops\":0,\"impressions\":0,\"qualified\":0,\"share_ppm\":0}]}"));
    // What lies outside the days that are asked for does not count.
    world_jump(&w, (i64)3 * DAY_MS);
    x = world_get(&w, w.nobody, "/v1/exposure?days=2");
    check_str(answer_at(&w, &x, "sizes[1].impressions"), STR("0"));
    x = world_get(&w, w.nobody, "/v1/exposure?days=91");
    world_refused(&w, x, 422, "bad_field", "days");
    world_free(&w);
}

TEST(exposure_keeps_names_of_what_is_new)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    const char *path = world_path(&w, "/v1/clips/%lld", (long long)clip);
    check_int(world_patch(&w, w.sari, path, "{\"caption\":\"Sore #Kopi\"}").status, 200);
    follow(&w);
    check_int(world_sql(&w, world_path(&w, "SELECT count(*) FROM feed_name WHERE subject = %lld AND name = 'kopi'",
                                       (long long)feed_subject(w.a, FEED_NAME_TOPIC, STR("KOPI")))), 1);
    // A clip that is gone meanwhile is no reason to stop.
    check_int(world_delete(&w, w.sari, path).status, 204);
    follow(&w);
    world_free(&w);
}
