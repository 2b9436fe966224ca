// Whole requests: saves, shares, hashtags and sounds of clips.
#include "clips/clips_kit.h"

static const char *clip_path(World *w, i64 clip, const char *rest)
{
    return world_path(w, "/v1/clips/%lld%s", (long long)clip, rest);
}

static i64 count_of(World *w, i64 clip, const char *field)
{
    Answer x = kit_clip_get(w, w->nobody, clip);
    check_int(x.status, 200);
    return answer_id(w, &x, field);
}

static void caption(World *w, i64 clip, const char *text)
{
    check_int(world_patch(w, w->sari, clip_path(w, clip, ""), world_path(w, "{\"caption\":\"%s\"}", text)).status, 200);
}

TEST(clip_is_saved_for_oneself)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), a = kit_ready(&w, w.sari, shop, ""), b = kit_ready(&w, w.sari, shop, "");
    check_int(world_put(&w, w.nobody, clip_path(&w, a, "/save"), NULL).status, 401);
    check_int(world_put(&w, w.ana, clip_path(&w, b + 99, "/save"), NULL).status, 404);
    for (int i = 0; i < 2; i++) check_int(world_put(&w, w.ana, clip_path(&w, b, "/save"), NULL).status, 204);
    check_int(world_put(&w, w.ana, clip_path(&w, a, "/save"), NULL).status, 204);
    check_int(world_put(&w, w.budi, clip_path(&w, a, "/save"), NULL).status, 204);
    check_int(count_of(&w, a, "saves"), 2);
    Answer x = world_get(&w, w.ana, "/v1/me/saved?limit=1");       // the last saved one first
    check_int(answer_id(&w, &x, "items[0].id"), a);
    check_str(answer_at(&w, &x, "items[0].saved"), STR("true"));
    x = world_get(&w, w.ana, world_path(&w, "/v1/me/saved?limit=1&before=%.*s", STR_ARG(answer_at(&w, &x, "next"))));
    check_int(answer_id(&w, &x, "items[0].id"), b);
    for (int i = 0; i < 2; i++) check_int(world_delete(&w, w.ana, clip_path(&w, a, "/save")).status, 204);
    check_int(count_of(&w, a, "saves"), 1);
    x = kit_clip_get(&w, w.ana, a);
    check_str(answer_at(&w, &x, "saved"), STR("false"));
    world_patch(&w, w.sari, clip_path(&w, b, ""), "{\"hidden\":true}");
    x = world_get(&w, w.ana, "/v1/me/saved");
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    check_int(world_audit(&w), 0);
    check_int(world_delete(&w, w.sari, clip_path(&w, a, "")).status, 204);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(clip_share_counts_a_person_once_a_day)
{
    World w = world_new_at(INT64_C(1790000000000));
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    for (int i = 0; i < 3; i++) check_int(world_post(&w, w.ana, clip_path(&w, clip, "/share"), NULL).status, 204);
    check_int(count_of(&w, clip, "shares"), 1);
    check_int(world_post(&w, w.nobody, clip_path(&w, clip, "/share"), NULL).status, 204);      // a guest
    check_int(count_of(&w, clip, "shares"), 2);
    world_jump(&w, DAY_MS);
    check_int(world_post(&w, w.ana, clip_path(&w, clip, "/share"), NULL).status, 204);
    check_int(count_of(&w, clip, "shares"), 3);
    check_int(world_audit(&w), 0);
    check_int(world_sql(&w, "UPDATE clip SET shares = 7; SELECT 1"), 1);
    check_int(world_audit(&w), 1);
    world_free(&w);
}

TEST(clip_is_found_by_the_tags_of_its_caption)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), a = kit_ready(&w, w.sari, shop, ""), b = kit_ready(&w, w.sari, shop, "");
    caption(&w, a, "Pagi #Anyaman dan #anyaman #\xc3\x89t\xc3\xa9 #123 a#b");
    caption(&w, b, "#anyaman");
    Answer x = kit_clip_get(&w, w.nobody, a);
    check_str(answer_at(&w, &x, "tags"), STR("[\"anyaman\",\"\xc3\xa9t\xc3\xa9\"]"));
    x = world_get(&w, w.nobody, "/v1/tags/ANYAMAN?limit=1");
    check_str(answer_at(&w, &x, "tag"), STR("anyaman"));
    check_int(answer_id(&w, &x, "clips"), 2);
    check_int(answer_id(&w, &x, "items[0].id"), b);
    x = world_get(&w, w.nobody, world_path(&w, "/v1/tags/anyaman?limit=1&before=%.*s", STR_ARG(answer_at(&w, &x, "next"))));
    check_int(answer_id(&w, &x, "items[0].id"), a);
    x = world_get(&w, w.nobody, "/v1/tags/%C3%89T%C3%89");
    check_int(answer_id(&w, &x, "items[0].id"), a);
    x = world_get(&w, w.nobody, "/v1/tags/nobody");
    check_int(answer_id(&w, &x, "clips"), 0);
    static const char *const BAD[] = { "a%20b", "%23a", "123", "a-b", "%40a" };
    for (i64 i = 0; i < COUNT(BAD); i++) check_int(world_get(&w, w.nobody, world_path(&w, "/v1/tags/%s", BAD[i])).status, 422);
    // With the caption the tags change; what is hidden does not count.
    caption(&w, b, "lain");
    world_patch(&w, w.sari, clip_path(&w, a, ""), "{\"hidden\":true}");
    x = world_get(&w, w.nobody, "/v1/tags/anyaman");
    check_int(answer_id(&w, &x, "clips"), 0);
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    world_free(&w);
}

TEST(clips_from_before_tags_get_theirs)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    caption(&w, clip, "#lama");
    check_int(world_sql(&w, "DELETE FROM clip_hashtag; UPDATE clip SET tagged = 0; SELECT 1"), 1);
    Answer x = world_get(&w, w.nobody, "/v1/tags/lama");
    check_int(answer_id(&w, &x, "clips"), 0);
    world_restart(&w);
    world_tasks(&w);
    x = world_get(&w, w.nobody, "/v1/tags/lama");
    check_int(answer_id(&w, &x, "clips"), 1);
    world_free(&w);
}

TEST(clip_may_use_another_ones_sound)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), a = kit_ready(&w, w.sari, shop, ""), last = a;
    check_int(count_of(&w, a, "audio"), a);
    for (int i = 0; i < 2; i++) {                                  // the second uses what the first one uses
        i64 upload = kit_whole(&w, w.sari, STR("x"));
        Answer x = world_post(&w, w.sari, "/v1/clips", world_path(&w,
            "{\"upload\":\"%lld\",\"shop\":\"%lld\",\"products\":[],\"audio\":\"%lld\"}", (long long)upload, (long long)shop,
            (long long)last));
        check_int(x.status, i == 0 ? 201 : 404);                   // the first is not ready
        if (i == 0) last = answer_id(&w, &x, "id");
        if (i == 0) check_int(answer_id(&w, &x, "audio"), a);
    }
    Answer x = world_get(&w, w.nobody, world_path(&w, "/v1/sounds/%lld", (long long)a));
    check_int(answer_id(&w, &x, "clips"), 1);
    check_int(answer_id(&w, &x, "clip.id"), a);
    check_int(world_sql(&w, "UPDATE clip SET state = 'ready', width = 9, height = 16, duration_ms = 5; SELECT 1"), 1);
    x = world_get(&w, w.ana, world_path(&w, "/v1/sounds/%lld", (long long)a));
    check_int(answer_id(&w, &x, "clips"), 2);
    check_int(answer_id(&w, &x, "items[0].id"), a);                // where it comes from, then the others
    check_int(answer_id(&w, &x, "items[1].id"), last);
    check_str(answer_at(&w, &x, "items[1].sound_shop.handle"), STR("rotan"));
    check_str(answer_at(&w, &x, "items[2].id"), STR(""));
    x = world_get(&w, w.ana, world_path(&w, "/v1/sounds/%lld?limit=1", (long long)a));
    check_int(answer_id(&w, &x, "items[0].id"), a);
    x = world_get(&w, w.ana, world_path(&w, "/v1/sounds/%lld?limit=1&before=%.*s", (long long)a,
                                        STR_ARG(answer_at(&w, &x, "next"))));
    check_int(answer_id(&w, &x, "items[0].id"), last);
    check_int(world_get(&w, w.nobody, world_path(&w, "/v1/sounds/%lld", (long long)last)).status, 404);
    world_free(&w);
}

static Answer post_with(World *w, Person who, i64 shop, i64 audio)
{
    i64 upload = kit_whole(w, who, STR("x"));
    return world_post(w, who, "/v1/clips", world_path(w,
        "{\"upload\":\"%lld\",\"shop\":\"%lld\",\"products\":[],\"audio\":\"%lld\"}", (long long)upload, (long long)shop,
        (long long)audio));
}

static void check_use(World *w, Person who, i64 sound, const char *want)
{
    Answer x = world_get(w, who, world_path(w, "/v1/sounds/%lld", (long long)sound));
    check_str(answer_at(w, &x, "use"), str_of(want));
}

TEST(a_maker_decides_who_uses_a_sound)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), other = world_shop(&w, w.budi, "perca"), a = kit_ready(&w, w.sari, shop, "");
    const char *clip = world_path(&w, "/v1/clips/%lld", (long long)a);
    check_use(&w, w.nobody, a, "free");
    check_int(post_with(&w, w.budi, other, a).status, 201);
    Answer x = world_patch(&w, w.sari, clip, "{\"sound_free\":false}");
    check_str(answer_at(&w, &x, "sound_free"), STR("false"));
    check_use(&w, w.nobody, a, "closed");
    check_use(&w, w.budi, a, "closed");
    check_use(&w, w.sari, a, "free");                              // one's own
    x = post_with(&w, w.budi, other, a);
    world_refused(&w, x, 403, "forbidden", "audio");
    check_int(post_with(&w, w.sari, shop, a).status, 201);
    check_int(world_patch(&w, w.sari, clip, "{\"sound_free\":true}").status, 200);
    check_use(&w, w.budi, a, "free");
    world_put(&w, w.sari, "/v1/people/budi/block", NULL);
    check_use(&w, w.budi, a, "closed");
    check_int(post_with(&w, w.budi, other, a).status, 403);
    check_int(world_delete(&w, w.sari, "/v1/people/budi/block").status, 204);
    check_int(world_sql(&w, world_path(&w, "UPDATE clip SET sound = 0 WHERE id = %lld; SELECT 1", (long long)a)), 1);
    check_use(&w, w.budi, a, "silent");
    check_int(post_with(&w, w.budi, other, a).status, 422);
    world_free(&w);
}

TEST(a_sound_stays_with_the_clips_that_have_it)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), other = world_shop(&w, w.budi, "perca"), a = kit_ready(&w, w.sari, shop, "");
    Answer x = post_with(&w, w.budi, other, a);
    i64 b = answer_id(&w, &x, "id");
    kit_make_ready(&w, b);
    x = post_with(&w, w.budi, other, b);                           // still on its way when the sound goes
    i64 late = answer_id(&w, &x, "id");
    check_int(world_delete(&w, w.sari, world_path(&w, "/v1/clips/%lld", (long long)a)).status, 204);
    check_use(&w, w.budi, a, "gone");
    x = world_get(&w, w.nobody, world_path(&w, "/v1/sounds/%lld", (long long)a));
    check_str(answer_at(&w, &x, "clip"), STR(""));
    check_int(answer_id(&w, &x, "items[0].id"), b);
    check_str(answer_at(&w, &x, "items[0].sound_shop"), STR(""));
    x = post_with(&w, w.budi, other, b);
    world_refused(&w, x, 409, "wrong_state", "audio");
    world_tasks(&w);
    x = kit_clip_get(&w, w.budi, late);
    check_str(answer_at(&w, &x, "state"), STR("failed"));
    check_str(answer_at(&w, &x, "fault"), STR("sound_gone"));
    check_str(answer_at(&w, &x, "may_retry"), STR("false"));
    world_free(&w);
}

TEST(clip_says_who_made_it)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    Answer x = kit_clip_get(&w, w.nobody, clip);
    check_str(answer_at(&w, &x, "author.handle"), STR("sari"));
    check_str(answer_at(&w, &x, "author.name"), STR(""));
    x = world_get(&w, w.nobody, "/v1/people/sari/clips");
    check_int(answer_id(&w, &x, "items[0].id"), clip);
    world_put(&w, w.sari, "/v1/people/ana/block", NULL);
    check_int(world_get(&w, w.ana, "/v1/people/sari/clips").status, 404);
    world_free(&w);
}
