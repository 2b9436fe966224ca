// Whole requests to comments: threads, pins, removal, blocked words, likes, who may not, and counts under load.
#include <pthread.h>

#include "clips/clips_kit.h"
#include "social/social.h"

static const char *path(World *w, const char *what, i64 id, const char *rest)
{
    return world_path(w, "/v1/%s/%lld%s", what, (long long)id, rest);
}

static Answer say(World *w, Person who, i64 clip, i64 reply_to, const char *body)
{
    const char *more = reply_to ? world_path(w, ",\"reply_to\":\"%lld\"", (long long)reply_to) : "";
    return world_post(w, who, path(w, "clips", clip, "/comments"), world_path(w, "{\"body\":\"%s\"%s}", body, more));
}

static i64 said(World *w, Person who, i64 clip, i64 reply_to, const char *body)
{
    Answer x = say(w, who, clip, reply_to, body);
    check_int(x.status, 201);
    return answer_id(w, &x, "id");
}

static i64 comments_of(World *w, i64 clip)
{
    Answer x = kit_clip_get(w, w->ana, clip);
    return answer_id(w, &x, "comments");
}

static Answer list(World *w, Person who, i64 clip, const char *query)
{
    return world_get(w, who, path(w, "clips", clip, world_path(w, "/comments%s", query)));
}

TEST(comments_stand_in_threads_one_level_deep)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    check_int(say(&w, w.nobody, clip, 0, "x").status, 401);
    check_int(say(&w, w.ana, clip + 1, 0, "x").status, 404);
    check_int(say(&w, w.ana, clip, 0, " \\n ").status, 422);
    i64 first = said(&w, w.ana, clip, 0, " Bagus <b>sekali</b> \\ud83d\\ude0d ");
    i64 second = said(&w, w.budi, clip, 0, "Warna apa?");
    i64 reply = said(&w, w.sari, clip, second, "Cokelat"), deeper = said(&w, w.budi, clip, reply, "Terima kasih");
    check_int(say(&w, w.ana, clip, first + 1, "x").status, 404);
    check_int(comments_of(&w, clip), 4);
    Answer x = list(&w, w.nobody, clip, "?limit=1");
    check_int(answer_id(&w, &x, "items[0].id"), second);
    check_int(answer_id(&w, &x, "items[0].replies"), 2);
    check_str(answer_at(&w, &x, "items[0].author.handle"), STR("budi"));
    check_str(answer_at(&w, &x, "items[0].may_remove"), STR("false"));
    x = list(&w, w.ana, clip, world_path(&w, "?limit=1&before=%.*s", STR_ARG(answer_at(&w, &x, "next"))));
    check_int(answer_id(&w, &x, "items[0].id"), first);
    check_str(answer_at(&w, &x, "items[0].body"), STR("Bagus <b>sekali</b> \xf0\x9f\x98\x8d"));
    check_str(answer_at(&w, &x, "items[0].mine"), STR("true"));
    x = world_get(&w, w.nobody, path(&w, "comments", deeper, ""));
    check_int(answer_id(&w, &x, "root.id"), second);
    check_int(answer_id(&w, &x, "reply.id"), deeper);
    x = world_get(&w, w.nobody, path(&w, "comments", first, ""));
    check_int(answer_id(&w, &x, "root.id"), first);
    check_str(answer_at(&w, &x, "reply"), STR(""));
    x = world_get(&w, w.nobody, path(&w, "comments", second, "/replies"));
    check_int(answer_id(&w, &x, "items[0].id"), reply);
    check_str(answer_at(&w, &x, "items[0].by_creator"), STR("true"));
    check_int(answer_id(&w, &x, "items[1].id"), deeper);
    check_int(answer_id(&w, &x, "items[1].parent"), second);
    x = world_get(&w, w.nobody, path(&w, "comments", second, world_path(&w, "/replies?after=%lld", (long long)reply)));
    check_int(answer_id(&w, &x, "items[0].id"), deeper);
    // What is not seen is not talked about.
    world_patch(&w, w.sari, path(&w, "clips", clip, ""), "{\"hidden\":true}");
    check_int(list(&w, w.nobody, clip, "").status, 404);
    check_int(world_get(&w, w.nobody, path(&w, "comments", first, "")).status, 404);
    check_int(say(&w, w.ana, clip, 0, "x").status, 404);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(thousands_of_comments_go_with_their_clip_in_steps)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, ""), other = kit_ready(&w, w.sari, shop, "");
    i64 a = said(&w, w.ana, clip, 0, "a");
    said(&w, w.budi, clip, a, "b");
    said(&w, w.budi, other, 0, "c");
    // More people than one step removes like the first; and there are as many comments.
    world_sql(&w, world_path(&w, "WITH RECURSIVE p (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM p WHERE n < 2010) "
                             "INSERT INTO comment_like (comment, account, at) SELECT %lld, n, 0 FROM p", (long long)a));
    world_sql(&w, world_path(&w, "UPDATE comment SET likes = 2010 WHERE id = %lld", (long long)a));
    world_sql(&w, world_path(&w, "INSERT INTO comment (id, clip, shop, author, parent, body, likes, replies, pinned, removed, "
                             "created) "
                             "SELECT k.id + l.account, k.clip, k.shop, k.author, NULL, k.body, 0, 0, 0, 0, k.created "
                             "FROM comment_like l JOIN comment k ON k.id = l.comment WHERE k.id = %lld", (long long)a));
    world_sql(&w, world_path(&w, "UPDATE clip SET comments = 2012 WHERE id = %lld", (long long)clip));
    check_int(world_audit(&w), 0);
    check_int(world_delete(&w, w.sari, path(&w, "clips", clip, "")).status, 204);
    i64 steps = 0;
    for (i64 left = 1; left && steps < 10; steps++) {
        world_tasks(&w);
        check_int(world_audit(&w), 0);
        left = world_sql(&w, world_path(&w, "SELECT count(*) FROM comment WHERE clip = %lld", (long long)clip));
        world_jump(&w, 2 * SECOND_MS);
    }
    check_int(steps, 2);
    check_int(world_sql(&w, "SELECT count(*) FROM comment"), 1);
    check_int(world_sql(&w, "SELECT count(*) FROM comment_like"), 0);
    check_int(world_sql(&w, "SELECT count(*) FROM comment_going"), 0);
    world_free(&w);
}

TEST(comments_are_removed_by_those_who_may)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    i64 a = said(&w, w.ana, clip, 0, "a"), b = said(&w, w.budi, clip, a, "b"), c = said(&w, w.budi, clip, a, "c");
    i64 d = said(&w, w.ana, clip, 0, "d"), e = said(&w, w.ana, clip, 0, "e");
    check_int(world_delete(&w, w.nobody, path(&w, "comments", a, "")).status, 401);
    check_int(world_delete(&w, w.budi, path(&w, "comments", a, "")).status, 403);
    check_int(world_delete(&w, w.budi, path(&w, "comments", b, "")).status, 204);      // one's own
    check_int(comments_of(&w, clip), 4);
    Answer x = list(&w, w.ana, clip, "");
    check_int(answer_id(&w, &x, "items[2].replies"), 1);
    check_int(world_delete(&w, w.sari, path(&w, "comments", a, "")).status, 204);      // the creator: with its thread
    check_int(world_delete(&w, w.budi, path(&w, "comments", c, "")).status, 404);
    check_int(comments_of(&w, clip), 2);
    check_int(world_delete(&w, w.oma, path(&w, "comments", d, "")).status, 204);       // the operator
    check_int(world_delete(&w, w.oma, path(&w, "comments", d, "")).status, 404);
    check_int(world_put(&w, w.ana, path(&w, "comments", d, "/like"), NULL).status, 404);
    check_int(world_audit(&w), 0);
    // With the clip they are gone for good.
    check_int(world_delete(&w, w.sari, path(&w, "clips", clip, "")).status, 204);
    check_int(world_delete(&w, w.ana, path(&w, "comments", e, "")).status, 204);
    world_tasks(&w);
    check_int(world_sql(&w, "SELECT count(*) FROM comment"), 0);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(one_comment_is_pinned)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    i64 a = said(&w, w.ana, clip, 0, "a"), b = said(&w, w.budi, clip, 0, "b"), reply = said(&w, w.budi, clip, a, "c");
    check_int(world_put(&w, w.ana, path(&w, "comments", a, "/pin"), NULL).status, 403);
    check_int(world_put(&w, w.sari, path(&w, "comments", reply, "/pin"), NULL).status, 409);
    check_int(world_put(&w, w.sari, path(&w, "comments", a, "/pin"), NULL).status, 204);
    check_int(world_put(&w, w.sari, path(&w, "comments", b, "/pin"), NULL).status, 204);
    Answer x = list(&w, w.nobody, clip, "");
    check_int(answer_id(&w, &x, "pinned.id"), b);
    check_int(answer_id(&w, &x, "items[0].id"), a);
    check_str(answer_at(&w, &x, "items[1].id"), STR(""));
    check_int(world_delete(&w, w.sari, path(&w, "comments", a, "/pin")).status, 204);  // is not pinned: b stays
    x = list(&w, w.ana, clip, "");
    check_int(answer_id(&w, &x, "pinned.id"), b);
    check_int(world_delete(&w, w.sari, path(&w, "comments", b, "/pin")).status, 204);
    x = list(&w, w.ana, clip, "");
    check_str(answer_at(&w, &x, "pinned"), STR(""));
    check_int(answer_id(&w, &x, "items[0].id"), b);
    world_free(&w);
}

TEST(comments_with_a_shops_words_are_refused)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    const char *words = world_path(&w, "/v1/studio/shops/%lld/words", (long long)shop);
    check_int(world_post(&w, w.ana, words, "{\"word\":\"penipu\"}").status, 403);
    check_int(world_post(&w, w.sari, words, "{\"word\":\" x \"}").status, 422);
    for (int i = 0; i < 2; i++) check_int(world_post(&w, w.sari, words, "{\"word\":\"Penipu\"}").status, 200);
    check_int(world_post(&w, w.sari, words, "{\"word\":\"\xc3\x89tat\"}").status, 200);
    Answer x = world_post(&w, w.sari, words, "{\"word\":\"\xe9\xa8\x99\xe5\xad\x90\"}");
    check_str(answer_at(&w, &x, "items[0].word"), STR("penipu"));
    x = say(&w, w.ana, clip, 0, "dasar PENIPU!");
    world_refused(&w, x, 422, "blocked_word", "body");
    check_int(say(&w, w.ana, clip, 0, "\xc3\xa9TAT").status, 422);
    check_int(say(&w, w.ana, clip, 0, "\xe4\xbd\xa0\xe9\xa8\x99\xe5\xad\x90\xe4\xba\x86").status, 422);   // inside other signs
    check_int(say(&w, w.ana, clip, 0, "penipuan itu buruk").status, 201);                  // another word
    check_int(comments_of(&w, clip), 1);
    check_int(world_delete(&w, w.sari, world_path(&w, "%s/PENIPU", words)).status, 204);
    check_int(world_delete(&w, w.sari, world_path(&w, "%s/penipu", words)).status, 404);
    check_int(say(&w, w.ana, clip, 0, "dasar PENIPU!").status, 201);
    world_free(&w);
}

TEST(people_apart_do_not_meet_in_comments)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    i64 a = said(&w, w.ana, clip, 0, "a");
    world_put(&w, w.ana, "/v1/people/budi/block", NULL);
    check_int(say(&w, w.budi, clip, a, "x").status, 403);
    check_int(world_put(&w, w.budi, path(&w, "comments", a, "/like"), NULL).status, 403);
    check_int(world_get(&w, w.budi, path(&w, "comments", a, "")).status, 404);
    said(&w, w.budi, clip, 0, "b");
    Answer x = list(&w, w.ana, clip, "");
    check_int(answer_id(&w, &x, "items[0].id"), a);
    check_str(answer_at(&w, &x, "items[1].id"), STR(""));
    x = list(&w, w.budi, clip, "");
    check_str(answer_at(&w, &x, "items[1].id"), STR(""));
    world_put(&w, w.sari, "/v1/people/tono/block", NULL);
    check_int(say(&w, w.tono, clip, 0, "x").status, 403);
    world_free(&w);
}

TEST(a_comment_gives_a_handle_and_is_erased_with_its_key)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    check_int(world_sql(&w, "UPDATE account SET handle = NULL WHERE handle = 'ana'; SELECT 1"), 1);
    Answer x = say(&w, w.ana, clip, 0, "a");
    check(str_starts(answer_at(&w, &x, "author.handle"), STR("m-")));
    check_int((i64)answer_at(&w, &x, "author.handle").n, 12);
    check_int(world_sql(&w, world_path(&w, "DELETE FROM account_key WHERE account = %lld; SELECT 1", (long long)w.ana.id)), 1);
    x = list(&w, w.budi, clip, "");
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    world_free(&w);
}

TEST(comments_are_not_poured_out)
{
    World w = world_new_at(INT64_C(1790000000000));
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    for (int i = 0; i < COMMENTS_PER_MINUTE; i++) said(&w, w.ana, clip, 0, "x");
    check_int(say(&w, w.ana, clip, 0, "x").status, 429);
    said(&w, w.budi, clip, 0, "x");
    world_jump(&w, MINUTE_MS + 1);
    said(&w, w.ana, clip, 0, "x");
    world_free(&w);
}

TEST(studio_sees_the_comments_of_its_clips)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), a = kit_ready(&w, w.sari, shop, ""), b = kit_ready(&w, w.sari, shop, "");
    i64 one = said(&w, w.ana, a, 0, "a"), two = said(&w, w.ana, b, 0, "b"), three = said(&w, w.budi, a, one, "c");
    const char *studio = world_path(&w, "/v1/studio/shops/%lld/comments", (long long)shop);
    check_int(world_get(&w, w.ana, studio).status, 403);
    Answer x = world_get(&w, w.sari, studio);
    check_int(answer_id(&w, &x, "items[0].id"), three);
    check_int(answer_id(&w, &x, "items[1].id"), two);
    check_int(answer_id(&w, &x, "items[2].id"), one);
    check_str(answer_at(&w, &x, "items[0].may_remove"), STR("true"));
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- load

typedef struct Talking { World *w; Person who; i64 clip, thread; Arena arena; } Talking;

static LocalAnswer send(Talking *t, const char *method, Str where, Str body)
{
    LocalRequest in = { .method = method, .path = where, .token = t->who.token, .body = body };
    return local_call(t->w->app, &t->arena, &in);
}

static void *talk(void *context)
{
    Talking *t = context;
    Str post = arena_format(&t->arena, "/v1/clips/%lld/comments", (long long)t->clip);
    Str like = arena_format(&t->arena, "/v1/comments/%lld/like", (long long)t->thread);
    for (int i = 0; i < 6; i++) {
        Str body = arena_format(&t->arena, "{\"body\":\"x\",\"reply_to\":\"%lld\"}", (long long)t->thread);
        LocalAnswer x = send(t, "POST", post, body);
        if (x.status != 201) test_failed(__FILE__, __LINE__, "a comment gave %d", x.status);
        Str id = answer_at(t->w, &x, "id");
        x = send(t, i % 2 ? "DELETE" : "PUT", like, (Str){ 0 });
        if (x.status != 204) test_failed(__FILE__, __LINE__, "a like gave %d", x.status);
        if (i % 3 == 0) x = send(t, "DELETE", arena_format(&t->arena, "/v1/comments/%.*s", STR_ARG(id)), (Str){ 0 });
        if (x.status != 204) test_failed(__FILE__, __LINE__, "a removal gave %d", x.status);
    }
    return NULL;
}

TEST(comment_counts_stay_right_with_many_at_a_time)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, ""), thread = said(&w, w.ana, clip, 0, "a");
    Person people[] = { w.ana, w.budi, w.tono, w.oma };
    World worlds[COUNT(people)];                                   // an arena each
    Arena arenas[COUNT(people)] = { 0 };
    Talking all[COUNT(people)];
    pthread_t threads[COUNT(people)];
    for (i64 i = 0; i < COUNT(people); i++) {
        worlds[i] = w;
        worlds[i].a = &arenas[i];
        all[i] = (Talking){ .w = &worlds[i], .who = people[i], .clip = clip, .thread = thread };
        must(pthread_create(&threads[i], NULL, talk, &all[i]) == 0);
    }
    for (i64 i = 0; i < COUNT(people); i++) {
        pthread_join(threads[i], NULL);
        arena_free(&all[i].arena);
        arena_free(&arenas[i]);
    }
    check_int(comments_of(&w, clip), 1 + 4 * 4);
    Answer x = list(&w, w.ana, clip, "");
    check_int(answer_id(&w, &x, "items[0].replies"), 4 * 4);
    check_int(world_audit(&w), 0);
    check_int(world_sql(&w, "UPDATE clip SET comments = 0; SELECT 1"), 1);
    check_int(world_audit(&w), 1);
    check_int(world_sql(&w, "UPDATE clip SET comments = 3; UPDATE comment SET likes = 9 WHERE parent IS NULL; SELECT 1"), 1);
    check_int(world_audit(&w), 2);
    world_free(&w);
}
