// Whole requests to clips: making, seeing, tagging, liking, hiding, deleting, and the conversion's end.
#include <pthread.h>
#include <sys/stat.h>

#include "clips/clips_kit.h"
#include "gen/api.gen.h"

static const char *clip_path(World *w, i64 clip, const char *rest)
{
    return world_path(w, "/v1/clips/%lld%s", (long long)clip, rest);
}

static const char *quoted(World *w, i64 product)
{
    return world_path(w, "\"%lld\"", (long long)product);
}

static i64 likes_of(World *w, i64 clip)
{
    Answer x = kit_clip_get(w, w->nobody, clip);
    return answer_id(w, &x, "likes");
}

static void set_state(World *w, i64 product, const char *state)
{
    Answer x = world_get(w, w->oma, world_path(w, "/v1/products/%lld", (long long)product));
    x = world_patch(w, w->oma, world_path(w, "/v1/products/%lld", (long long)product),
                    world_path(w, "{\"state\":\"%s\",\"version\":%lld}", state, (long long)answer_id(w, &x, "version")));
    check_int(x.status, 200);
}

// ---------------------------------------------------------------------------------------------- making

typedef struct Turns { World *w; i64 clip[CLIPS_WAITING_MAX + 2], n; } Turns;

static Err list_turns(Tx *tx, void *context)
{
    Turns *t = context;
    tx->a = t->w->a;
    TaskDueRowList rows;
    Time now = app_now(t->w->app);
    try(q_task_due(tx, (TaskDueIn){ .now = now, .kinds = STR(",clip_transcode,"), .limit = COUNT(t->clip) }, &rows));
    for (t->n = 0; t->n < rows.n; t->n++) t->clip[t->n] = rows.p[t->n].subject;
    return ERR_OK;
}

TEST(clips_of_many_shops_are_prepared_in_turns)
{
    World w = world_new_at(INT64_C(1790000000000));
    i64 many = world_shop(&w, w.sari, "rotan"), one = world_shop(&w, w.tono, "kopi");
    Turns t = { .w = &w };
    for (i64 i = 0; i < CLIPS_WAITING_MAX; i++) kit_clip(&w, w.sari, many, "");
    i64 upload = kit_whole(&w, w.sari, STR("x"));
    Answer x = kit_post(&w, w.sari, upload, many, "", "");
    world_refused(&w, x, 409, "too_many_items", NULL);
    world_jump(&w, 2 * CLIP_TURN_MS + SECOND_MS);
    i64 late = kit_clip(&w, w.tono, one, "");
    check_int(db_run(w.app->db, false, list_turns, &t), ERR_OK);
    check_int(t.n, CLIPS_WAITING_MAX + 1);
    check_int(t.clip[3], late);              // behind what should have been done by then, and before the 47 that are left
    // The refusal took nothing: when one is done, the upload can be used.
    kit_make_ready(&w, t.clip[0]);
    check_int(kit_post(&w, w.sari, upload, many, "", "").status, 201);
    world_free(&w);
}

TEST(clip_is_made_and_only_its_shop_sees_it)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods g = world_product(&w, w.sari, shop, 4500000, 5);
    i64 upload = kit_whole(&w, w.sari, STR("not a video"));
    Answer x = kit_post(&w, w.sari, upload, shop, "Pagi\\ndi bengkel", quoted(&w, g.product));
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "state"), STR("processing"));
    check_str(answer_at(&w, &x, "caption"), STR("Pagi\ndi bengkel"));
    check_str(answer_at(&w, &x, "shop.handle"), STR("rotan"));
    check_int(answer_id(&w, &x, "products[0].id"), g.product);
    check_str(answer_at(&w, &x, "playlist"), STR(""));
    i64 clip = answer_id(&w, &x, "id");
    check_int(kit_clip_get(&w, w.sari, clip).status, 200);
    check_int(kit_clip_get(&w, w.nobody, clip).status, 404);
    check_int(kit_clip_get(&w, w.tono, clip).status, 404);
    check_int(world_put(&w, w.ana, clip_path(&w, clip, "/like"), NULL).status, 404);
    // The upload is used up.
    x = kit_post(&w, w.sari, upload, shop, "", "");
    world_refused(&w, x, 409, "wrong_state", "upload");
    x = world_get(&w, w.sari, world_path(&w, "/v1/studio/shops/%lld/clips", (long long)shop));
    check_int(answer_id(&w, &x, "items[0].id"), clip);
    x = world_get(&w, w.nobody, world_path(&w, "/v1/shops/%lld/clips", (long long)shop));
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(clip_needs_a_whole_upload_of_ones_own_and_a_shop)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), part = kit_upload(&w, w.sari, 10), whole = kit_whole(&w, w.sari, STR("x"));
    i64 theirs = kit_whole(&w, w.tono, STR("x"));
    Answer x = kit_post(&w, w.sari, part, shop, "", "");
    world_refused(&w, x, 409, "wrong_state", "upload");
    x = kit_post(&w, w.sari, theirs, shop, "", "");
    world_refused(&w, x, 404, "not_found", "upload");
    x = kit_post(&w, w.sari, whole + 999, shop, "", "");
    world_refused(&w, x, 404, "not_found", "upload");
    x = kit_post(&w, w.tono, theirs, shop, "", "");
    check_int(x.status, 403);
    x = kit_post(&w, w.sari, whole, shop + 1, "", "");
    check_int(x.status, 404);
    x = kit_post(&w, w.nobody, whole, shop, "", "");
    world_refused(&w, x, 401, "sign_in", NULL);
    // A refusal takes nothing: the upload still is there to be used.
    check_int(kit_post(&w, w.sari, whole, shop, "", "").status, 201);
    world_jump(&w, DAY_MS + SECOND_MS);
    x = kit_post(&w, w.tono, theirs, world_shop(&w, w.tono, "lain"), "", "");
    world_refused(&w, x, 404, "not_found", "upload");
    world_free(&w);
}

TEST(clip_tags_name_the_product_that_is_wrong)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), other = world_shop(&w, w.tono, "lain");
    Goods mine = world_product(&w, w.sari, shop, 4500000, 5), old = world_product(&w, w.sari, shop, 100, 5);
    Goods theirs = world_product(&w, w.tono, other, 100, 5);
    set_state(&w, old.product, "archived");
    i64 upload = kit_whole(&w, w.sari, STR("x"));
    const char *good = quoted(&w, mine.product);
    Answer x = kit_post(&w, w.sari, upload, shop, "", world_path(&w, "%s,%s", good, quoted(&w, theirs.product)));
    world_refused(&w, x, 404, "not_found", "products[1]");
    x = kit_post(&w, w.sari, upload, shop, "", world_path(&w, "%s,%s", good, good));
    world_refused(&w, x, 422, "bad_field", "products[1]");
    x = kit_post(&w, w.sari, upload, shop, "", quoted(&w, old.product));
    world_refused(&w, x, 409, "archived", "products[0]");
    x = kit_post(&w, w.sari, upload, shop, "", "\"7\",\"7\",\"7\",\"7\",\"7\",\"7\",\"7\",\"7\",\"7\",\"7\",\"7\"");
    world_refused(&w, x, 422, "bad_field", "products");
    check_int(kit_post(&w, w.sari, upload, shop, "", good).status, 201);
    world_free(&w);
}

typedef struct Race { World *w; i64 upload, shop; int status; Arena arena; } Race;

static void *race(void *context)
{
    Race *r = context;
    LocalRequest in = { .method = "POST", .path = STR("/v1/clips"), .token = r->w->sari.token,
                        .body = arena_format(&r->arena, "{\"upload\":\"%lld\",\"shop\":\"%lld\",\"products\":[]}",
                                             (long long)r->upload, (long long)r->shop) };
    r->status = local_call(r->w->app, &r->arena, &in).status;
    return NULL;
}

TEST(clip_upload_is_used_once_by_many_at_a_time)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), upload = kit_whole(&w, w.sari, STR("x"));
    enum { N = 8 };
    Race races[N];
    pthread_t threads[N];
    for (int i = 0; i < N; i++) {
        races[i] = (Race){ .w = &w, .upload = upload, .shop = shop };
        must(pthread_create(&threads[i], NULL, race, &races[i]) == 0);
    }
    int made = 0, refused = 0;
    for (int i = 0; i < N; i++) {
        pthread_join(threads[i], NULL);
        made += races[i].status == 201;
        refused += races[i].status == 409;
        arena_free(&races[i].arena);
    }
    check_int(made, 1);
    check_int(refused, N - 1);
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- changing

TEST(clip_is_edited_hidden_and_shown)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods a = world_product(&w, w.sari, shop, 100, 5), b = world_product(&w, w.sari, shop, 200, 5);
    i64 clip = kit_ready(&w, w.sari, shop, quoted(&w, a.product));
    Answer x = world_patch(&w, w.sari, clip_path(&w, clip, ""),
                           world_path(&w, "{\"caption\":\"Baru\",\"products\":[%s]}", quoted(&w, b.product)));
    check_int(x.status, 200);
    x = kit_clip_get(&w, w.nobody, clip);
    check_str(answer_at(&w, &x, "caption"), STR("Baru"));
    check_int(answer_id(&w, &x, "products[0].id"), b.product);
    check_str(answer_at(&w, &x, "products[1].id"), STR(""));
    x = world_patch(&w, w.sari, clip_path(&w, clip, ""), "{}");
    check_str(answer_at(&w, &x, "caption"), STR("Baru"));
    check_int(world_patch(&w, w.tono, clip_path(&w, clip, ""), "{\"caption\":\"x\"}").status, 403);
    check_int(world_patch(&w, w.sari, clip_path(&w, clip, ""), "{\"hidden\":true}").status, 200);
    check_int(kit_clip_get(&w, w.nobody, clip).status, 404);
    check_int(kit_clip_get(&w, w.sari, clip).status, 200);
    check_int(world_patch(&w, w.tono, clip_path(&w, clip, ""), "{\"caption\":\"x\"}").status, 404);
    check_int(world_patch(&w, w.sari, clip_path(&w, clip, ""), "{\"hidden\":true}").status, 200);
    check_int(world_patch(&w, w.sari, clip_path(&w, clip, ""), "{\"hidden\":false}").status, 200);
    check_int(kit_clip_get(&w, w.nobody, clip).status, 200);
    i64 young = kit_clip(&w, w.sari, shop, "");
    x = world_patch(&w, w.sari, clip_path(&w, young, ""), "{\"hidden\":true}");
    world_refused(&w, x, 409, "wrong_state", "hidden");
    world_free(&w);
}

TEST(clip_keeps_hostile_captions_as_they_are)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    static const char *const GOOD[] = { "<script>alert(1)</script>", "'; DROP TABLE clip; --", "{{7*7}} ${7*7} %s%n",
                                        "\\\"><img src=x onerror=alert(1)>", "\xe2\x80\xaertl \xf0\x9f\x91\x8d" };
    for (i64 i = 0; i < COUNT(GOOD); i++) {
        Answer x = world_patch(&w, w.sari, clip_path(&w, clip, ""), world_path(&w, "{\"caption\":\"%s\"}", GOOD[i]));
        check_int(x.status, 200);
        x = kit_clip_get(&w, w.nobody, clip);
        check_str(answer_at(&w, &x, "caption"), str_of(GOOD[i][0] == '\\' ? GOOD[i] + 1 : GOOD[i]));
        check(str_find(x.body, STR("</")) < 0);
    }
    static const char *const BAD[] = { "\\u0000", "a\\u0007b", "\xff", "\xc0\x80" };
    for (i64 i = 0; i < COUNT(BAD); i++) {
        Answer x = world_patch(&w, w.sari, clip_path(&w, clip, ""), world_path(&w, "{\"caption\":\"%s\"}", BAD[i]));
        check(x.status == 400 || x.status == 422);
    }
    world_free(&w);
}

TEST(clip_is_deleted_with_its_files)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    const char *folder = world_path(&w, "media/clips/%.*s", STR_ARG(kit_clip_key(&w, clip)));
    must(mkdir(world_path(&w, "%s/%s", w.folder, folder), 0755) == 0);
    must(mkdir(world_path(&w, "%s/%s/0", w.folder, folder), 0755) == 0);
    FILE *f = fopen(world_path(&w, "%s/%s/0/000.m4s", w.folder, folder), "w");
    check(f && fclose(f) == 0);
    world_put(&w, w.ana, clip_path(&w, clip, "/like"), NULL);
    check_int(world_delete(&w, w.tono, clip_path(&w, clip, "")).status, 403);
    check_int(world_delete(&w, w.sari, clip_path(&w, clip, "")).status, 204);
    check_int(world_delete(&w, w.sari, clip_path(&w, clip, "")).status, 404);
    check_int(kit_clip_get(&w, w.sari, clip).status, 404);
    check(kit_exists(&w, folder));
    world_tasks(&w);
    check(!kit_exists(&w, folder));
    Answer x = world_get(&w, w.sari, world_path(&w, "/v1/studio/shops/%lld/clips", (long long)shop));
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(clip_that_thousands_liked_is_deleted_in_steps)
{
    World w = world_new();
    enum { PEOPLE = CLIP_CLEARED_MAX + 10 };
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    const char *rows = "SELECT (SELECT count(*) FROM clip_like) + (SELECT count(*) FROM clip_save) + "
                       "(SELECT count(*) FROM clip_share)";
    world_sql(&w, world_path(&w, "WITH RECURSIVE p (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM p WHERE n < %d) "
                             "INSERT INTO clip_like (clip, account, at) SELECT %lld, n, 0 FROM p", PEOPLE, (long long)clip));
    world_sql(&w, "INSERT INTO clip_save (id, clip, account, at) SELECT account, clip, account, 0 FROM clip_like");
    world_sql(&w, "INSERT INTO clip_share (clip, person, day) SELECT clip, account, 1 FROM clip_like");
    world_sql(&w, world_path(&w, "UPDATE clip SET likes = %d, saves = %d, shares = %d", PEOPLE, PEOPLE, PEOPLE));
    check_int(world_audit(&w), 0);
    // The request hides it and removes none of those.
    check_int(world_delete(&w, w.sari, clip_path(&w, clip, "")).status, 204);
    check_int(world_sql(&w, rows), 3 * PEOPLE);
    check_int(world_audit(&w), 0);
    world_tasks(&w);
    check_int(world_sql(&w, rows), 3 * 10);
    check_int(world_sql(&w, "SELECT count(*) FROM clip"), 1);
    check_int(world_audit(&w), 0);
    world_jump(&w, 2 * SECOND_MS);
    world_tasks(&w);
    check_int(world_sql(&w, rows), 0);
    check_int(world_sql(&w, "SELECT count(*) FROM clip"), 0);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- likes

TEST(clip_likes_count_each_person_once)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    const char *like = clip_path(&w, clip, "/like");
    check_int(world_put(&w, w.nobody, like, NULL).status, 401);
    check_int(world_put(&w, w.ana, like, NULL).status, 204);
    check_int(world_put(&w, w.ana, like, NULL).status, 204);
    check_int(world_put(&w, w.budi, like, NULL).status, 204);
    check_int(likes_of(&w, clip), 2);
    Answer x = kit_clip_get(&w, w.ana, clip);
    check_str(answer_at(&w, &x, "liked"), STR("true"));
    x = kit_clip_get(&w, w.tono, clip);
    check_str(answer_at(&w, &x, "liked"), STR("false"));
    check_int(world_delete(&w, w.ana, like).status, 204);
    check_int(world_delete(&w, w.ana, like).status, 204);
    check_int(likes_of(&w, clip), 1);
    check_int(world_put(&w, w.ana, clip_path(&w, clip + 1, "/like"), NULL).status, 404);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

typedef struct Liking { World *w; Person who; i64 clip; Arena arena; } Liking;

static void *like_and_unlike(void *context)
{
    Liking *l = context;
    Str path = arena_format(&l->arena, "/v1/clips/%lld/like", (long long)l->clip);
    for (int i = 0; i < 9; i++) {
        LocalAnswer x = local_call(l->w->app, &l->arena, &(LocalRequest){ .method = i % 2 ? "DELETE" : "PUT", .path = path,
                                                                         .token = l->who.token });
        if (x.status != 204) test_failed(__FILE__, __LINE__, "a like gave %d", x.status);
    }
    return NULL;
}

TEST(clip_likes_stay_right_with_many_at_a_time)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, "");
    Person people[] = { w.ana, w.budi, w.tono, w.oma, w.ana, w.budi };
    Liking likings[COUNT(people)];
    pthread_t threads[COUNT(people)];
    for (i64 i = 0; i < COUNT(people); i++) {
        likings[i] = (Liking){ .w = &w, .who = people[i], .clip = clip };
        must(pthread_create(&threads[i], NULL, like_and_unlike, &likings[i]) == 0);
    }
    for (i64 i = 0; i < COUNT(people); i++) {
        pthread_join(threads[i], NULL);
        arena_free(&likings[i].arena);
    }
    // Who went alone ends with a like; for those who raced with themselves only the audit can tell.
    check_int(world_audit(&w), 0);
    check(likes_of(&w, clip) >= 2 && likes_of(&w, clip) <= 4);
    world_free(&w);
}

TEST(clip_bonus_is_twelve_hours_a_doubling)
{
    check_int(clip_bonus_ms(0), 0);
    check_int(clip_bonus_ms(1), 12 * HOUR_MS);
    check_int(clip_bonus_ms(2), 18 * HOUR_MS);
    check_int(clip_bonus_ms(3), 24 * HOUR_MS);
    check_int(clip_bonus_ms(1023), (i64)120 * HOUR_MS);
    check_int(clip_bonus_ms(INT64_MAX), clip_bonus_ms(1 << 30));
    for (i64 n = 1; n < 5000; n++) check(clip_bonus_ms(n) > clip_bonus_ms(n - 1));
}

// ---------------------------------------------------------------------------------------------- converting

TEST(clip_of_a_real_video_becomes_ready)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), upload = kit_whole(&w, w.sari, kit_video(&w));
    const char *file = world_path(&w, "uploads/%.*s", STR_ARG(kit_upload_key(&w, upload)));
    Answer x = kit_post(&w, w.sari, upload, shop, "", "");
    i64 clip = answer_id(&w, &x, "id");
    check(kit_exists(&w, file));
    world_tasks(&w);
    x = kit_clip_get(&w, w.nobody, clip);
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "state"), STR("ready"));
    check_int(answer_id(&w, &x, "width"), 180);
    check_int(answer_id(&w, &x, "height"), 320);
    check_str(answer_at(&w, &x, "sound"), STR("true"));
    i64 duration = answer_id(&w, &x, "duration_ms");
    check(duration >= 900 && duration <= 1200);
    check_int(world_get(&w, w.nobody, arena_cstr(w.a, answer_at(&w, &x, "playlist"))).status, 200);
    check_int(world_get(&w, w.nobody, arena_cstr(w.a, answer_at(&w, &x, "poster"))).status, 200);
    world_tasks(&w);
    check(!kit_exists(&w, file));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

typedef struct Twice { World *w; i64 clip, upload; bool taken; } Twice;

static Err end_ready(Tx *tx, void *context)
{
    Twice *t = context;
    tx->a = t->w->a;
    By by = { .now = app_now(t->w->app), .ids = &t->w->app->ids };
    ClipDone done = { .width = 180, .height = 320, .duration_ms = 1000 };
    return clip_ready(tx, &by, (ClipId){ t->clip }, (UploadId){ t->upload }, done, &t->taken);
}

// Who is silent for too long is taken for dead and the clip is converted by another; then both end. The second must not
// remove what the first has made.
TEST(clip_that_was_converted_twice_keeps_its_files)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), upload = kit_whole(&w, w.sari, kit_video(&w));
    Answer x = kit_post(&w, w.sari, upload, shop, "", "");
    Twice t = { .w = &w, .clip = answer_id(&w, &x, "id"), .upload = upload };
    for (int i = 0; i < 2; i++) {
        check_int(db_run(w.app->db, true, end_ready, &t), ERR_OK);
        check(t.taken);
    }
    check_int(world_patch(&w, w.sari, clip_path(&w, t.clip, ""), "{\"hidden\":true}").status, 200);
    check_int(db_run(w.app->db, true, end_ready, &t), ERR_OK);
    check(t.taken);
    check_int(world_delete(&w, w.sari, clip_path(&w, t.clip, "")).status, 204);
    check_int(db_run(w.app->db, true, end_ready, &t), ERR_OK);
    check(!t.taken);                         // nobody wants them any more
    world_free(&w);
}

TEST(clip_of_a_bad_file_fails_with_a_reason)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), upload = kit_whole(&w, w.sari, STR("not a video"));
    Answer x = kit_post(&w, w.sari, upload, shop, "", "");
    i64 clip = answer_id(&w, &x, "id");
    world_tasks(&w);
    x = kit_clip_get(&w, w.sari, clip);
    check_str(answer_at(&w, &x, "state"), STR("failed"));
    check_str(answer_at(&w, &x, "fault"), STR("not_media"));
    check(answer_at(&w, &x, "detail").n > 10);
    check_str(answer_at(&w, &x, "may_retry"), STR("false"));
    x = world_post(&w, w.sari, clip_path(&w, clip, "/retry"), NULL);
    world_refused(&w, x, 409, "wrong_state", NULL);
    check_int(kit_clip_get(&w, w.nobody, clip).status, 404);
    const char *file = world_path(&w, "uploads/%.*s", STR_ARG(kit_upload_key(&w, upload)));
    check(kit_exists(&w, file));
    world_jump(&w, DAY_MS + SECOND_MS);
    world_tasks(&w);
    check(!kit_exists(&w, file));
    world_free(&w);
}

TEST(clip_that_failed_on_the_machines_side_can_be_tried_again)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), upload = kit_whole(&w, w.sari, kit_video(&w));
    const char *file = world_path(&w, "%s/uploads/%.*s", w.folder, STR_ARG(kit_upload_key(&w, upload)));
    Answer x = kit_post(&w, w.sari, upload, shop, "", "");
    i64 clip = answer_id(&w, &x, "id");
    x = world_post(&w, w.sari, clip_path(&w, clip, "/retry"), NULL);
    world_refused(&w, x, 409, "wrong_state", NULL);
    // The file cannot be opened for a while: a full or broken disk.
    must(rename(file, world_path(&w, "%s.away", file)) == 0);
    for (int i = 0; i < CLIP_TRANSCODE_TRIES; i++) {
        x = kit_clip_get(&w, w.sari, clip);
        check_str(answer_at(&w, &x, "state"), STR("processing"));
        world_tasks(&w);
        world_jump(&w, 10 * MINUTE_MS);
    }
    x = kit_clip_get(&w, w.sari, clip);
    check_str(answer_at(&w, &x, "state"), STR("failed"));
    check_str(answer_at(&w, &x, "fault"), STR("disk"));
    check_str(answer_at(&w, &x, "may_retry"), STR("true"));
    check_int(world_post(&w, w.tono, clip_path(&w, clip, "/retry"), NULL).status, 404);
    must(rename(world_path(&w, "%s.away", file), file) == 0);
    x = world_post(&w, w.sari, clip_path(&w, clip, "/retry"), NULL);
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "state"), STR("processing"));
    world_tasks(&w);
    check_int(kit_clip_get(&w, w.nobody, clip).status, 200);
    world_free(&w);
}

TEST(clip_deleted_while_it_waits_is_not_converted)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_clip(&w, w.sari, shop, "");
    check_int(world_delete(&w, w.sari, clip_path(&w, clip, "")).status, 204);
    world_tasks(&w);
    check_int(kit_clip_key(&w, clip).n, 0);
    world_free(&w);
}
