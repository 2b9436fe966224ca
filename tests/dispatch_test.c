// The dispatcher, as whole requests: what is refused before any rule runs, and what every answer carries.
#include "tests/world.h"

TEST(unknown_addresses_and_methods)
{
    World w = world_new();
    Answer x = world_get(&w, w.ana, "/v1/nothing");
    check_int(x.status, 404);
    check_str(answer_at(&w, &x, "type"), STR("/problems/not_found"));
    check(answer_at(&w, &x, "requestId").n > 0);
    check_str(answer_at(&w, &x, "requestId"), local_header(&x, "X-Request-Id"));
    check_str(local_header(&x, "Content-Type"), STR("application/problem+json"));
    x = world_delete(&w, w.ana, "/v1/feed");
    check_int(x.status, 405);
    check_str(local_header(&x, "Allow"), STR("GET"));
    check_int(world_get(&w, w.ana, "/v1/orders/abc").status, 404);
    check_int(world_get(&w, w.ana, "/v1/orders/99999999999999999999").status, 404);
    check_int(world_get(&w, w.ana, "/v1/orders/-1").status, 404);
    check_int(world_get(&w, w.ana, "/v1/orders/%00").status, 404);
    world_free(&w);
}

TEST(queries_are_checked)
{
    World w = world_new();
    Answer x = world_get(&w, w.ana, "/v1/feed?limit=0");
    check_int(x.status, 422);
    check_str(answer_at(&w, &x, "field"), STR("limit"));
    check_int(world_get(&w, w.ana, "/v1/feed?limit=21").status, 422);
    check_int(world_get(&w, w.ana, "/v1/feed?limit=x").status, 422);
    check_int(world_get(&w, w.ana, "/v1/feed?limit=1&limit=2").status, 422);
    check_int(world_get(&w, w.ana, "/v1/feed?other=1").status, 422);
    check_int(world_get(&w, w.ana, "/v1/feed?limit=%zz").status, 400);
    check_int(world_get(&w, w.ana, "/v1/feed?limit=5").status, 200);
    world_free(&w);
}

TEST(bodies_are_checked)
{
    World w = world_new();
    static const struct { const char *body, *type; int status; } BAD[] = {
        { "", "application/json", 400 }, { "{", "application/json", 400 }, { "[]", "application/json", 422 },
        { "{\"variant\":\"1\",\"quantity\":1}", "text/plain", 415 },
        { "{\"variant\":1,\"quantity\":1}", "application/json", 422 },
        { "{\"variant\":\"1\",\"quantity\":\"1\"}", "application/json", 422 },
        { "{\"variant\":\"1\",\"quantity\":1.0}", "application/json", 422 },
        { "{\"variant\":\"1\",\"quantity\":99999999999999999999}", "application/json", 400 },
        { "{\"variant\":\"1\"}", "application/json", 422 },
        { "{\"variant\":\"1\",\"quantity\":1,\"quantity\":2}", "application/json", 400 },
        { "{\"variant\":\"1\",\"quantity\":1,\"more\":[]}", "application/json", 422 },
        { "{\"variant\":\"\\u0000\",\"quantity\":1}", "application/json", 400 },
        { "{\"variant\":\"\xff\",\"quantity\":1}", "application/json", 400 }, { "null", "application/json", 422 },
    };
    for (i64 i = 0; i < COUNT(BAD); i++) {
        Answer x = world_send(&w, (LocalRequest){ .method = "PUT", .path = STR("/v1/cart/lines"), .token = w.ana.token,
                                                  .body = str_of(BAD[i].body), .content_type = BAD[i].type });
        if (x.status != BAD[i].status)
            test_failed(__FILE__, __LINE__, "%s gives %d, not %d", BAD[i].body, x.status, BAD[i].status);
    }
    char *nest = arena_alloc(w.a, 60001);
    for (int i = 0; i < 60000; i++) nest[i] = '[';
    check_int(world_put(&w, w.ana, "/v1/cart/lines", nest).status, 400);
    char *large = arena_alloc(w.a, 70001);
    for (int i = 0; i < 70000; i++) large[i] = ' ';
    check_int(world_put(&w, w.ana, "/v1/cart/lines", large).status, 413);
    world_free(&w);
}

TEST(a_wrong_token_is_nobody)
{
    World w = world_new();
    Person stranger = { .token = STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") };
    check_int(world_get(&w, stranger, "/v1/orders").status, 401);
    check_int(world_get(&w, stranger, "/v1/feed").status, 200);
    check_int(world_get(&w, w.nobody, "/v1/orders").status, 401);
    world_free(&w);
}

// An answer that is kept must be as new as the tables that it came from.
TEST(kept_answers_follow_every_write)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods g = world_product(&w, w.sari, shop, 5000000, 11);
    const char *path = world_path(&w, "/v1/products/%lld", (long long)g.product);
    Answer x = world_get(&w, w.nobody, path), again = world_get(&w, w.nobody, path);
    check_int(x.status, 200);
    check_str(again.body, x.body);
    check_str(answer_at(&w, &x, "variants[0].stock"), STR(""));
    check_int(world_checkout(&w, w.ana, g.variant, 2, "cod").status, 201);
    x = world_get(&w, w.nobody, path);
    check_str(answer_at(&w, &x, "variants[0].stock"), STR("9"));
    check_int(world_patch(&w, w.sari, path, "{\"title\":\"Baru\",\"version\":1}").status, 200);
    x = world_get(&w, w.nobody, path);
    check_str(answer_at(&w, &x, "title"), STR("Baru"));
    world_free(&w);
}

TEST(tasks_are_tried_again_and_survive_a_restart)
{
    World w = world_new();
    world_restart(&w);
    world_jump(&w, 2 * MINUTE_MS);
    check(world_tasks(&w) >= 1);              // the sweep
    check_int(world_tasks(&w), 0);
    world_jump(&w, 61 * MINUTE_MS);
    check(world_tasks(&w) >= 1);              // and again an hour later
    world_free(&w);
}

TEST(health_and_metrics)
{
    World w = world_new();
    check_int(world_get(&w, w.nobody, "/healthz").status, 200);
    check_int(world_get(&w, w.nobody, "/readyz").status, 200);
    world_get(&w, w.nobody, "/v1/feed");
    Answer x = world_get(&w, w.nobody, "/metrics");
    check(str_find(x.body, STR("etalase_requests_total{route=\"feed_get\",status=\"2xx\"} 1")) > 0);
    x = world_get(&w, w.nobody, "/v1/openapi.json");
    check_str(answer_at(&w, &x, "openapi"), STR("3.1.0"));
    world_free(&w);
}
