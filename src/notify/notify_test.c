// Whole requests: who is told of what, in groups, once, and who is not.
#include "clips/clips_kit.h"
#include "notify/notify.h"

static i64 talk(World *w, Person who, i64 clip, i64 reply_to, const char *body)
{
    const char *more = reply_to ? world_path(w, ",\"reply_to\":\"%lld\"", (long long)reply_to) : "";
    Answer x = world_post(w, who, world_path(w, "/v1/clips/%lld/comments", (long long)clip),
                          world_path(w, "{\"body\":\"%s\"%s}", body, more));
    check_int(x.status, 201);
    return answer_id(w, &x, "id");
}

static i64 unread(World *w, Person who)
{
    Answer x = world_get(w, who, "/v1/me");
    return answer_id(w, &x, "unread");
}

static void like(World *w, Person who, i64 clip, bool on)
{
    const char *path = world_path(w, "/v1/clips/%lld/like", (long long)clip);
    check_int((on ? world_put(w, who, path, NULL) : world_delete(w, who, path)).status, 204);
}

TEST(likes_are_told_of_as_a_group_and_once)
{
    World w = world_new();
    i64 clip = kit_ready(&w, w.sari, world_shop(&w, w.sari, "rotan"), "");
    check_int(unread(&w, w.sari), 0);
    like(&w, w.sari, clip, true);                                  // oneself
    check_int(unread(&w, w.sari), 0);
    like(&w, w.ana, clip, true);
    like(&w, w.budi, clip, true);
    like(&w, w.ana, clip, false);
    like(&w, w.ana, clip, true);
    Answer x = world_get(&w, w.sari, "/v1/me/inbox");
    check_str(answer_at(&w, &x, "items[0].kind"), STR("like"));
    check_int(answer_id(&w, &x, "items[0].n"), 2);
    check_str(answer_at(&w, &x, "items[0].person.handle"), STR("budi"));
    check_int(answer_id(&w, &x, "items[0].clip"), clip);
    check(str_ends(answer_at(&w, &x, "items[0].poster"), STR("/poster.webp")));
    check_str(answer_at(&w, &x, "items[0].read"), STR("false"));
    check_str(answer_at(&w, &x, "items[1].kind"), STR(""));
    check_int(unread(&w, w.sari), 1);
    check_int(world_post(&w, w.nobody, "/v1/me/inbox/read", NULL).status, 401);
    check_int(world_post(&w, w.sari, "/v1/me/inbox/read", NULL).status, 204);
    check_int(unread(&w, w.sari), 0);
    like(&w, w.budi, clip, false);
    like(&w, w.budi, clip, true);                                  // again: nothing new
    check_int(unread(&w, w.sari), 0);
    like(&w, w.tono, clip, true);                                  // somebody new: a new group
    x = world_get(&w, w.sari, "/v1/me/inbox?limit=1");
    check_int(answer_id(&w, &x, "items[0].n"), 1);
    x = world_get(&w, w.sari, world_path(&w, "/v1/me/inbox?before=%.*s", STR_ARG(answer_at(&w, &x, "next"))));
    check_int(answer_id(&w, &x, "items[0].n"), 2);
    check_str(answer_at(&w, &x, "items[0].read"), STR("true"));
    world_free(&w);
}

TEST(comments_tell_each_person_once)
{
    World w = world_new();
    i64 clip = kit_ready(&w, w.sari, world_shop(&w, w.sari, "rotan"), "");
    i64 first = talk(&w, w.ana, clip, 0, "Halo @sari @Budi @ana @nobody-here x@tono");
    Answer x = world_get(&w, w.sari, "/v1/me/inbox");              // whose clip it is: not named a second time
    check_str(answer_at(&w, &x, "items[0].kind"), STR("comment"));
    check_str(answer_at(&w, &x, "items[0].text"), STR("Halo @sari @Budi @ana @nobody-here x@tono"));
    check_str(answer_at(&w, &x, "items[1].kind"), STR(""));
    x = world_get(&w, w.budi, "/v1/me/inbox");
    check_str(answer_at(&w, &x, "items[0].kind"), STR("mention"));
    check_str(answer_at(&w, &x, "items[0].person.handle"), STR("ana"));
    check_int(unread(&w, w.ana) + unread(&w, w.tono), 0);
    i64 second = talk(&w, w.budi, clip, first, "Ya");
    talk(&w, w.budi, clip, second, "Ya ya");                       // to oneself
    x = world_get(&w, w.ana, "/v1/me/inbox");
    check_str(answer_at(&w, &x, "items[0].kind"), STR("reply"));
    check_str(answer_at(&w, &x, "items[0].text"), STR("Ya"));
    check_str(answer_at(&w, &x, "items[1].kind"), STR(""));
    x = world_get(&w, w.sari, "/v1/me/inbox");                     // three comments of two people
    check_int(answer_id(&w, &x, "items[0].n"), 2);
    check_int(world_delete(&w, w.budi, world_path(&w, "/v1/comments/%lld", (long long)second)).status, 204);
    x = world_get(&w, w.ana, "/v1/me/inbox");                      // what was removed is not shown
    check_str(answer_at(&w, &x, "items[0].text"), STR(""));
    world_free(&w);
}

static void like_comment(World *w, Person who, i64 comment, bool on, int status)
{
    const char *path = world_path(w, "/v1/comments/%lld/like", (long long)comment);
    check_int((on ? world_put(w, who, path, NULL) : world_delete(w, who, path)).status, status);
}

TEST(likes_of_a_comment_are_told_to_its_author)
{
    World w = world_new();
    i64 clip = kit_ready(&w, w.sari, world_shop(&w, w.sari, "rotan"), "");
    i64 root = talk(&w, w.ana, clip, 0, "Bagus"), reply = talk(&w, w.ana, clip, root, "Sekali");
    i64 other = talk(&w, w.ana, clip, 0, "x");
    check_int(world_post(&w, w.sari, "/v1/me/inbox/read", NULL).status, 204);
    like_comment(&w, w.ana, root, true, 204);                      // oneself
    check_int(unread(&w, w.ana), 0);
    like_comment(&w, w.sari, root, true, 204);
    like_comment(&w, w.budi, root, true, 204);
    like_comment(&w, w.budi, root, true, 204);
    like_comment(&w, w.tono, reply, true, 204);                    // another comment: another group
    check_int(unread(&w, w.ana), 2);
    check_int(unread(&w, w.sari), 0);                              // whose clip it is hears nothing
    Answer x = world_get(&w, w.ana, "/v1/me/inbox");
    check_str(answer_at(&w, &x, "items[0].kind"), STR("comment_like"));
    check_int(answer_id(&w, &x, "items[0].comment"), reply);
    check_str(answer_at(&w, &x, "items[0].text"), STR("Sekali"));
    check_int(answer_id(&w, &x, "items[1].comment"), root);
    check_int(answer_id(&w, &x, "items[1].clip"), clip);
    check_int(answer_id(&w, &x, "items[1].n"), 2);
    check_str(answer_at(&w, &x, "items[1].person.handle"), STR("budi"));
    check_str(answer_at(&w, &x, "items[2].kind"), STR(""));
    world_put(&w, w.ana, "/v1/people/tono/block", NULL);
    like_comment(&w, w.tono, other, true, 403);
    x = world_get(&w, w.ana, "/v1/me/inbox");                      // and what he liked before is not shown
    check_int(answer_id(&w, &x, "items[0].comment"), root);
    world_put(&w, w.ana, "/v1/me/inbox/switches", "{\"kind\":\"comment_like\",\"on\":false}");
    like_comment(&w, w.sari, other, true, 204);
    x = world_get(&w, w.ana, "/v1/me/inbox");
    check_int(answer_id(&w, &x, "items[0].comment"), root);
    world_free(&w);
}

TEST(what_is_taken_back_is_told_of_no_longer)
{
    World w = world_new_at(INT64_C(1790000000000));
    i64 clip = kit_ready(&w, w.sari, world_shop(&w, w.sari, "rotan"), ""), root = talk(&w, w.ana, clip, 0, "Bagus");
    like_comment(&w, w.sari, root, true, 204);
    world_jump(&w, MINUTE_MS);
    like_comment(&w, w.budi, root, true, 204);
    like_comment(&w, w.budi, root, false, 204);
    Answer x = world_get(&w, w.ana, "/v1/me/inbox");               // who is left is named
    check_int(answer_id(&w, &x, "items[0].n"), 1);
    check_str(answer_at(&w, &x, "items[0].person.handle"), STR("sari"));
    like_comment(&w, w.sari, root, false, 204);
    x = world_get(&w, w.ana, "/v1/me/inbox");
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    check_int(unread(&w, w.ana), 0);
    check_int(world_post(&w, w.ana, "/v1/me/inbox/read", NULL).status, 204);
    like_comment(&w, w.budi, root, true, 204);                     // never seen: still news
    check_int(unread(&w, w.ana), 1);
    check_int(world_post(&w, w.ana, "/v1/me/inbox/read", NULL).status, 204);
    like_comment(&w, w.budi, root, false, 204);                    // seen: gone, and no news the second time
    like_comment(&w, w.budi, root, true, 204);
    check_int(unread(&w, w.ana), 0);
    x = world_get(&w, w.ana, "/v1/me/inbox");
    check_int(answer_id(&w, &x, "items[0].n"), 1);
    like(&w, w.tono, clip, true);                                  // clips alike
    check_int(unread(&w, w.sari), 2);
    like(&w, w.tono, clip, false);
    check_int(unread(&w, w.sari), 1);
    world_free(&w);
}

TEST(captions_tell_whom_they_name_when_the_clip_can_be_seen)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Answer x = kit_post(&w, w.sari, kit_whole(&w, w.sari, STR("x")), shop, "dengan @ana", "");
    i64 clip = answer_id(&w, &x, "id");
    check_int(unread(&w, w.ana), 0);
    kit_make_ready(&w, clip);
    check_int(unread(&w, w.ana), 1);
    kit_make_ready(&w, clip);                                      // converted twice
    x = world_get(&w, w.ana, "/v1/me/inbox");
    check_str(answer_at(&w, &x, "items[0].kind"), STR("mention"));
    check_int(answer_id(&w, &x, "items[0].clip"), clip);
    check_int(answer_id(&w, &x, "items[0].n"), 1);
    world_free(&w);
}

TEST(nobody_is_told_by_whom_they_blocked_or_of_what_they_switched_off)
{
    World w = world_new();
    i64 clip = kit_ready(&w, w.sari, world_shop(&w, w.sari, "rotan"), "");
    world_put(&w, w.sari, "/v1/people/ana/block", NULL);
    like(&w, w.ana, clip, true);
    check_int(unread(&w, w.sari), 0);
    Answer x = world_put(&w, w.sari, "/v1/me/inbox/switches", "{\"kind\":\"follow\",\"on\":false}");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "items[0].kind"), STR("follow"));
    check_str(answer_at(&w, &x, "items[0].on"), STR("false"));
    check_str(answer_at(&w, &x, "items[1].on"), STR("true"));
    check_int(world_put(&w, w.budi, "/v1/people/sari/follow", NULL).status, 204);
    check_int(unread(&w, w.sari), 0);
    world_put(&w, w.sari, "/v1/me/inbox/switches", "{\"kind\":\"follow\",\"on\":true}");
    check_int(world_put(&w, w.tono, "/v1/people/sari/follow", NULL).status, 204);
    check_int(unread(&w, w.sari), 1);
    world_put(&w, w.sari, "/v1/people/tono/block", NULL);          // hidden from then on
    x = world_get(&w, w.sari, "/v1/me/inbox");
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    world_free(&w);
}

TEST(notices_are_erased_in_time)
{
    World w = world_new_at(INT64_C(1790000000000));
    i64 clip = kit_ready(&w, w.sari, world_shop(&w, w.sari, "rotan"), "");
    like(&w, w.ana, clip, true);
    world_jump(&w, (i64)(NOTICE_KEEP_DAYS - 1) * DAY_MS);
    world_tasks(&w);
    static const char COUNT_ALL[] = "SELECT (SELECT count(*) FROM notice) + (SELECT count(*) FROM notice_group)";
    check_int(world_sql(&w, COUNT_ALL), 2);
    world_jump(&w, 2 * DAY_MS);
    world_tasks(&w);
    check_int(world_sql(&w, COUNT_ALL), 0);
    world_free(&w);
}
