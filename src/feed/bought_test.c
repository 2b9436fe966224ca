// What was bought is told of the clip that led to it.
#include "clips/clips_kit.h"
#include "feed/feed.h"
#include "rank/rank.h"

typedef struct Trade { World w; i64 shop, clip; Goods goods; } Trade;

static Trade trade_new(bool consent)
{
    Trade t = { .w = world_new() };
    t.shop = world_shop(&t.w, t.w.sari, "rotan");
    t.goods = world_product(&t.w, t.w.sari, t.shop, 1000000, 20);
    t.clip = kit_ready(&t.w, t.w.sari, t.shop, world_path(&t.w, "\"%lld\"", (long long)t.goods.product));
    if (consent) check_int(world_put(&t.w, t.w.ana, "/v1/me/profiling", "{\"on\":true}").status, 200);
    return t;
}

// Bought in the shop (clip 0) or through the clip; the order's path.
static const char *buy(Trade *t, i64 clip)
{
    World *w = &t->w;
    const char *through = clip ? world_path(w, ",\"clip\":\"%lld\"", (long long)clip) : "";
    Answer x = world_post(w, w->ana, "/v1/checkouts", world_path(w,
        "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":2%s}]}",
        (long long)world_address(w, w->ana), (long long)t->goods.variant, through));
    check_int(x.status, 201);
    world_tasks(w);
    return world_path(w, "/v1/orders/%lld", (long long)answer_id(w, &x, "orders[0].id"));
}

static void arrive(Trade *t, const char *order)
{
    World *w = &t->w;
    world_jump(w, DAY_MS);                                         // past the time in which the buyer may cancel freely
    world_tasks(w);
    const char *parcel = "{\"carrier\":\"JNE\",\"tracking\":\"1\"}";
    check_int(world_post(w, w->sari, world_path(w, "%s/shipments", order), parcel).status, 201);
    check_int(world_post(w, w->ana, world_path(w, "%s/receipt", order), NULL).status, 200);
    world_tasks(w);
}

static i64 count(Trade *t, RankEventKind kind)
{
    return world_sql(&t->w, world_path(&t->w, "SELECT count(*) FROM event WHERE kind = %d AND clip = %lld AND person = %lld",
                                       kind, (long long)t->clip, (long long)t->w.ana.id));
}

// The person opens the product in the clip.
static void tap(Trade *t)
{
    char at[TIME_ISO_SIZE];
    time_to_iso_text(app_now(t->w.app), at);
    Answer x = world_post(&t->w, t->w.ana, "/v1/events", world_path(&t->w,
        "{\"sent_at\":\"%s\",\"events\":[{\"id\":\"tap-0001\",\"kind\":\"tap\",\"clip\":\"%lld\",\"product\":\"%lld\","
        "\"at\":\"%s\"}]}", at, (long long)t->clip, (long long)t->goods.product, at));
    check_str(answer_at(&t->w, &x, "taken"), STR("1"));
}

TEST(bought_through_a_clip_and_kept)
{
    Trade t = trade_new(true);
    const char *order = buy(&t, t.clip);
    check_int(count(&t, RANK_BUY), 1);
    arrive(&t, order);
    check_int(count(&t, RANK_KEPT), 0);                            // it may still come back
    world_jump(&t.w, (i64)40 * DAY_MS);
    world_tasks(&t.w);
    Answer x = world_get(&t.w, t.w.ana, order);
    check_str(answer_at(&t.w, &x, "state"), STR("completed"));
    check_int(count(&t, RANK_BUY), 1);
    check_int(count(&t, RANK_KEPT), 1);
    check_int(count(&t, RANK_RETURN), 0);
    world_free(&t.w);
}

TEST(bought_a_day_after_the_clip_was_seen)
{
    Trade t = trade_new(true);
    tap(&t);
    world_jump(&t.w, DAY_MS);
    buy(&t, 0);
    check_int(count(&t, RANK_BUY), 1);
    world_free(&t.w);
}

TEST(bought_without_a_clip_is_nobodys_merit)
{
    Trade t = trade_new(true);
    buy(&t, 0);
    tap(&t);                                                       // after the fact it led to nothing
    world_jump(&t.w, (i64)15 * DAY_MS);
    buy(&t, 0);                                                    // ... and too long ago for this one
    check_int(count(&t, RANK_BUY), 0);
    world_free(&t.w);
}

TEST(bought_and_sent_back_counts_against)
{
    Trade t = trade_new(true);
    const char *order = buy(&t, t.clip);
    arrive(&t, order);
    Answer x = world_get(&t.w, t.w.ana, order);
    i64 line = answer_id(&t.w, &x, "lines[0].id");
    x = world_post(&t.w, t.w.ana, world_path(&t.w, "%s/returns", order), world_path(&t.w,
        "{\"kind\":\"return_refund\",\"reason\":\"changed_mind\",\"lines\":[{\"line\":\"%lld\",\"quantity\":1}]}",
        (long long)line));
    check_int(x.status, 201);
    const char *steps = world_path(&t.w, "/v1/returns/%lld/steps", (long long)answer_id(&t.w, &x, "id"));
    check_int(world_post(&t.w, t.w.sari, steps, "{\"action\":\"grant\"}").status, 200);
    check_int(world_post(&t.w, t.w.ana, steps, "{\"action\":\"send\",\"carrier\":\"JNE\",\"tracking\":\"2\"}").status, 200);
    check_int(world_post(&t.w, t.w.sari, steps, "{\"action\":\"accept\"}").status, 200);
    world_tasks(&t.w);
    world_jump(&t.w, (i64)40 * DAY_MS);
    world_tasks(&t.w);
    check_int(count(&t, RANK_RETURN), 1);
    check_int(count(&t, RANK_KEPT), 0);
    world_free(&t.w);
}

TEST(bought_without_consent_is_not_told)
{
    Trade t = trade_new(false);
    arrive(&t, buy(&t, t.clip));
    check_int(world_sql(&t.w, "SELECT count(*) FROM event WHERE person <> 0 OR kind < 64"), 0);
    check_int(world_audit(&t.w), 0);
    world_free(&t.w);
}
