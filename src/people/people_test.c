// Whole requests to people: profiles, following, blocking.
#include <pthread.h>

#include "tests/world.h"

static i64 number_at(World *w, Person who, const char *handle, const char *field)
{
    Answer x = world_get(w, who, world_path(w, "/v1/people/%s", handle));
    check_int(x.status, 200);
    return answer_id(w, &x, field);
}

TEST(person_shows_only_what_was_chosen)
{
    World w = world_new();
    Answer x = world_get(&w, w.nobody, "/v1/people/ana");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "handle"), STR("ana"));
    check_str(answer_at(&w, &x, "name"), STR(""));                 // the account has one
    check_int(world_get(&w, w.nobody, "/v1/people/nobody-here").status, 404);
    check_int(world_patch(&w, w.nobody, "/v1/me/person", "{\"name\":\"x\"}").status, 401);
    x = world_patch(&w, w.ana, "/v1/me/person", "{\"name\":\" Ana B. \",\"bio\":\"Rotan\\ndan kopi\"}");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "mine"), STR("true"));
    x = world_get(&w, w.budi, "/v1/people/ana");
    check_str(answer_at(&w, &x, "name"), STR("Ana B."));
    check_str(answer_at(&w, &x, "bio"), STR("Rotan\ndan kopi"));
    check_str(answer_at(&w, &x, "mine"), STR("false"));
    x = world_patch(&w, w.ana, "/v1/me/person", "{\"name\":\"\"}");
    check_str(answer_at(&w, &x, "name"), STR(""));
    check_str(answer_at(&w, &x, "bio"), STR("Rotan\ndan kopi"));
    check_int(world_sql(&w, "DELETE FROM account_key; SELECT 1"), 1);        // erased: what was said is gone with the key
    x = world_get(&w, w.budi, "/v1/people/ana");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "bio"), STR(""));
    world_free(&w);
}

TEST(person_profile_shows_open_shops_that_one_owns)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Answer x = world_get(&w, w.nobody, "/v1/people/sari");
    check_str(answer_at(&w, &x, "shops[0].handle"), STR("rotan"));
    world_staff(&w, w.sari, shop, w.budi, "packer");
    x = world_get(&w, w.nobody, "/v1/people/budi");                // where somebody works is not shown
    check_str(answer_at(&w, &x, "shops"), STR("[]"));
    check_int(world_patch(&w, w.sari, world_path(&w, "/v1/shops/%lld", (long long)shop), "{\"state\":\"closed\"}").status, 200);
    x = world_get(&w, w.nobody, "/v1/people/sari");
    check_str(answer_at(&w, &x, "shops"), STR("[]"));
    world_free(&w);
}

TEST(person_is_followed_once)
{
    World w = world_new();
    check_int(world_put(&w, w.nobody, "/v1/people/ana/follow", NULL).status, 401);
    check_int(world_put(&w, w.ana, "/v1/people/ana/follow", NULL).status, 422);
    check_int(world_put(&w, w.ana, "/v1/people/none/follow", NULL).status, 404);
    for (int i = 0; i < 2; i++) check_int(world_put(&w, w.budi, "/v1/people/ana/follow", NULL).status, 204);
    check_int(world_put(&w, w.sari, "/v1/people/ana/follow", NULL).status, 204);
    check_int(number_at(&w, w.nobody, "ana", "followers"), 2);
    check_int(number_at(&w, w.nobody, "budi", "following"), 1);
    Answer x = world_get(&w, w.budi, "/v1/people/ana");
    check_str(answer_at(&w, &x, "followed"), STR("true"));
    x = world_get(&w, w.ana, "/v1/people/budi");
    check_str(answer_at(&w, &x, "follows_me"), STR("true"));
    check_str(answer_at(&w, &x, "followed"), STR("false"));
    x = world_get(&w, w.budi, "/v1/people/ana/followers");
    check_str(answer_at(&w, &x, "items[0].person.handle"), STR("sari"));
    check_str(answer_at(&w, &x, "items[1].person.handle"), STR("budi"));
    x = world_get(&w, w.nobody, "/v1/people/budi/following");
    check_str(answer_at(&w, &x, "items[0].person.handle"), STR("ana"));
    for (int i = 0; i < 2; i++) check_int(world_delete(&w, w.budi, "/v1/people/ana/follow").status, 204);
    check_int(number_at(&w, w.nobody, "ana", "followers"), 1);
    check_int(number_at(&w, w.nobody, "budi", "following"), 0);
    check_int(world_audit(&w), 0);
    check_int(world_sql(&w, "UPDATE person SET followers = followers + 1; SELECT 1"), 1);
    check(world_audit(&w) > 0);
    world_free(&w);
}

TEST(person_who_is_blocked_is_apart)
{
    World w = world_new();
    world_put(&w, w.budi, "/v1/people/ana/follow", NULL);
    world_put(&w, w.ana, "/v1/people/budi/follow", NULL);
    world_put(&w, w.sari, "/v1/people/ana/follow", NULL);
    check_int(world_put(&w, w.ana, "/v1/people/ana/block", NULL).status, 422);
    for (int i = 0; i < 2; i++) check_int(world_put(&w, w.ana, "/v1/people/budi/block", NULL).status, 204);
    check_int(world_get(&w, w.budi, "/v1/people/ana").status, 404);
    check_int(world_put(&w, w.budi, "/v1/people/ana/follow", NULL).status, 404);
    check_int(world_get(&w, w.budi, "/v1/people/ana/followers").status, 404);
    check_int(world_put(&w, w.ana, "/v1/people/budi/follow", NULL).status, 409);
    Answer x = world_get(&w, w.ana, "/v1/people/budi");
    check_str(answer_at(&w, &x, "blocked"), STR("true"));
    check_int(number_at(&w, w.nobody, "ana", "followers"), 1);     // sari's is left
    check_int(number_at(&w, w.nobody, "budi", "followers"), 0);
    x = world_get(&w, w.ana, "/v1/me/blocks");
    check_str(answer_at(&w, &x, "items[0].person.handle"), STR("budi"));
    // In a list of somebody else's followers neither sees the other.
    world_put(&w, w.budi, "/v1/people/sari/follow", NULL);
    x = world_get(&w, w.ana, "/v1/people/sari/followers");
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    // Both ways, and back.
    check_int(world_put(&w, w.budi, "/v1/people/ana/block", NULL).status, 204);
    check_int(world_delete(&w, w.ana, "/v1/people/budi/block").status, 204);
    check_int(world_get(&w, w.ana, "/v1/people/budi").status, 404);
    check_int(world_delete(&w, w.budi, "/v1/people/ana/block").status, 204);
    check_int(world_put(&w, w.budi, "/v1/people/ana/follow", NULL).status, 204);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

typedef struct Following { World *w; Person who; Arena arena; } Following;

static void *follow_and_unfollow(void *context)
{
    Following *f = context;
    for (int i = 0; i < 9; i++) {
        LocalRequest in = { .method = i % 2 ? "DELETE" : "PUT", .path = STR("/v1/people/ana/follow"), .token = f->who.token };
        LocalAnswer x = local_call(f->w->app, &f->arena, &in);
        if (x.status != 204) test_failed(__FILE__, __LINE__, "a follow gave %d", x.status);
    }
    return NULL;
}

TEST(person_counts_stay_right_with_many_at_a_time)
{
    World w = world_new();
    Person people[] = { w.budi, w.sari, w.tono, w.oma, w.budi, w.sari };
    Following all[COUNT(people)];
    pthread_t threads[COUNT(people)];
    for (i64 i = 0; i < COUNT(people); i++) {
        all[i] = (Following){ .w = &w, .who = people[i] };
        must(pthread_create(&threads[i], NULL, follow_and_unfollow, &all[i]) == 0);
    }
    for (i64 i = 0; i < COUNT(people); i++) {
        pthread_join(threads[i], NULL);
        arena_free(&all[i].arena);
    }
    check_int(world_audit(&w), 0);
    Answer x = world_get(&w, w.nobody, "/v1/people/ana/followers");
    i64 rows = 0;
    while (answer_at(&w, &x, world_path(&w, "items[%lld].person.handle", (long long)rows)).n) rows++;
    check_int(number_at(&w, w.nobody, "ana", "followers"), rows);
    world_free(&w);
}
