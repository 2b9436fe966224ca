// Tests of shops: opening, editing, and who may what.
#include <pthread.h>

#include "shops/shops.h"
#include "tests/world.h"

static const char *shop_json(World *w, const char *handle, const char *more)
{
    return world_path(w, "{\"name\":\"Batik Laut\",\"handle\":\"%s\",\"currency\":\"IDR\",\"country\":\"ID\","
                         "\"shipping\":{\"minor\":500000,\"currency\":\"IDR\"},\"dispatch_days\":1,\"delivery_min_days\":2,"
                         "\"delivery_max_days\":3%s}", handle, more);
}

static const char *shop_path(World *w, i64 shop, const char *rest)
{
    return world_path(w, "/v1/shops/%lld%s", (long long)shop, rest);
}

static Answer edit(World *w, Person who, i64 shop, const char *json)
{
    return world_patch(w, who, shop_path(w, shop, ""), json);
}

// ---------------------------------------------------------------------------------------------- opening

TEST(shop_opens_and_everybody_sees_it)
{
    World w = world_new();
    Answer x = world_post(&w, w.sari, "/v1/shops", shop_json(&w, "batik.laut",
        ",\"about\":\"Dua tungku,\\nsatu bukit.\",\"city\":\"Pekalongan\","
        "\"free_shipping_over\":{\"minor\":9000000,\"currency\":\"IDR\"}"));
    check_int(x.status, 201);
    i64 shop = answer_id(&w, &x, "id");
    const char *paths[] = { shop_path(&w, shop, ""), "/v1/shops/by-handle/batik.laut" };
    for (i64 i = 0; i < COUNT(paths); i++) {
        x = world_get(&w, w.nobody, paths[i]);
        check_int(x.status, 200);
        check_int(answer_id(&w, &x, "id"), shop);
        check_str(answer_at(&w, &x, "about"), STR("Dua tungku,\nsatu bukit."));
        check_str(answer_at(&w, &x, "city"), STR("Pekalongan"));
        check_str(answer_at(&w, &x, "shipping_minor"), STR("500000"));
        check_str(answer_at(&w, &x, "free_over_minor"), STR("9000000"));
        check_str(answer_at(&w, &x, "state"), STR("open"));
        check_str(answer_at(&w, &x, "cod"), STR("true"));
    }
    x = world_get(&w, w.sari, "/v1/me");
    check_int(answer_id(&w, &x, "shops[0].shop"), shop);
    check_str(answer_at(&w, &x, "shops[0].role"), STR("owner"));
    check_int(world_get(&w, w.nobody, "/v1/shops/99").status, 404);
    check_int(world_get(&w, w.nobody, "/v1/shops/x").status, 404);
    check_int(world_get(&w, w.nobody, "/v1/shops/by-handle/nobody-here").status, 404);
    world_free(&w);
}

TEST(shop_opening_refusals)
{
    World w = world_new();
    world_shop(&w, w.tono, "taken");
    static const struct { const char *handle; int status; const char *slug; } HANDLES[] = {
        { "taken", 409, "handle_taken" }, { "Batik", 422, "bad_field" },  { "ab", 422, "bad_field" },
        { ".batik", 422, "bad_field" },   { "batik-", 422, "bad_field" }, { "ba tik", 422, "bad_field" },
        { "bat\xc3\xads", 422, "bad_field" }, { "admin", 422, "bad_field" }, { "studio", 422, "bad_field" },
        { "cart", 422, "bad_field" },     { "a123456789012345678901234567890", 422, "bad_field" },
    };
    for (i64 i = 0; i < COUNT(HANDLES); i++)
        world_refused(&w, world_post(&w, w.sari, "/v1/shops", shop_json(&w, HANDLES[i].handle, "")), HANDLES[i].status,
                      HANDLES[i].slug, "handle");
    static const struct { const char *from, *to, *field; } CHANGES[] = {
        { "\"country\":\"ID\"", "\"country\":\"id\"", "country" },
        { "\"currency\":\"IDR\",\"country\"", "\"currency\":\"XXX\",\"country\"", "currency" },
        { "\"minor\":500000,\"currency\":\"IDR\"", "\"minor\":500000,\"currency\":\"EUR\"", "shipping" },
        { "\"minor\":500000", "\"minor\":-1", "shipping" },
        { "\"delivery_max_days\":3", "\"delivery_max_days\":1", "delivery_max_days" },
        { "\"delivery_max_days\":3", "\"delivery_max_days\":91", "delivery_max_days" },
        { "\"name\":\"Batik Laut\"", "\"name\":\" Batik\"", "name" },
        { "\"name\":\"Batik Laut\"", "\"name\":\"\"", "name" },
        { "\"name\":\"Batik Laut\"", "\"name\":\"a\\u0000b\"", NULL },
        { "\"delivery_max_days\":3", "\"delivery_max_days\":3,\"state\":\"open\"", "state" },
        { "\"delivery_max_days\":3", "\"delivery_max_days\":3,\"free_shipping_over\":{\"minor\":1,\"currency\":\"USD\"}",
          "free_shipping_over" },
    };
    for (i64 i = 0; i < COUNT(CHANGES); i++) {
        Str json = str_of(shop_json(&w, "fine", "")), from = str_of(CHANGES[i].from);
        i64 at = str_find(json, from);
        must(at >= 0);
        Str rest = str_slice(json, (size_t)at + from.n, json.n);
        const char *bad = arena_format(w.a, "%.*s%s%.*s", (int)at, json.p, CHANGES[i].to, STR_ARG(rest)).p;
        Answer x = world_post(&w, w.sari, "/v1/shops", bad);
        check(x.status == 422 || (CHANGES[i].field == NULL && x.status == 400));
        Str field = answer_at(&w, &x, "field");
        if (CHANGES[i].field && !str_starts(field, str_of(CHANGES[i].field)))
            test_failed(__FILE__, __LINE__, "%s: the field is \"%.*s\"", CHANGES[i].to, STR_ARG(field));
    }
    check_int(world_post(&w, w.nobody, "/v1/shops", shop_json(&w, "fine", "")).status, 401);
    check_int(world_post(&w, w.sari, "/v1/shops", shop_json(&w, "fine", "")).status, 201);
    world_free(&w);
}

enum { RIVALS = 16 };
typedef struct Rival { World *w; Str json; Arena arena; int status; } Rival;

static void *open_shop(void *context)
{
    Rival *r = context;
    do r->status = local_call(r->w->app, &r->arena, &(LocalRequest){ .method = "POST", .path = STR("/v1/shops"),
                                                                     .token = r->w->tono.token, .body = r->json }).status;
    while (r->status == 503);
    return NULL;
}

TEST(shop_handle_goes_to_one_of_many)
{
    World w = world_new();
    Rival rivals[RIVALS];
    pthread_t threads[RIVALS];
    Str json = str_of(shop_json(&w, "wanted", ""));
    for (i64 i = 0; i < RIVALS; i++) rivals[i] = (Rival){ .w = &w, .json = json };
    for (i64 i = 0; i < RIVALS; i++) must(pthread_create(&threads[i], NULL, open_shop, &rivals[i]) == 0);
    i64 made = 0, refused = 0;
    for (i64 i = 0; i < RIVALS; i++) {
        pthread_join(threads[i], NULL);
        made += rivals[i].status == 201;
        refused += rivals[i].status == 409;
        arena_free(&rivals[i].arena);
    }
    check_int(made, 1);
    check_int(refused, RIVALS - 1);
    world_free(&w);
}

TEST(shop_ten_are_enough_for_one_person)
{
    World w = world_new();
    for (int i = 0; i < SHOPS_OWNED_MAX; i++)
        check_int(world_post(&w, w.sari, "/v1/shops", shop_json(&w, world_path(&w, "shop%d", i), "")).status, 201);
    world_refused(&w, world_post(&w, w.sari, "/v1/shops", shop_json(&w, "eleventh", "")), 409, "too_many_items", NULL);
    world_free(&w);
}

TEST(shop_texts_come_back_as_written)
{
    World w = world_new();
    Answer x = world_post(&w, w.sari, "/v1/shops",
        "{\"name\":\"<script>alert(1)</script>\",\"handle\":\"script\","
        "\"about\":\"</textarea>'\\\"\\u202e\\ud83e\\uddf5 \\u5e02\","
        "\"city\":\"<img src=x onerror=alert(1)>\",\"currency\":\"EUR\",\"country\":\"DE\","
        "\"shipping\":{\"minor\":0,\"currency\":\"EUR\"},\"dispatch_days\":0,\"delivery_min_days\":0,\"delivery_max_days\":0}");
    check_int(x.status, 201);
    x = world_get(&w, w.nobody, "/v1/shops/by-handle/script");
    check_str(answer_at(&w, &x, "name"), STR("<script>alert(1)</script>"));
    check_str(answer_at(&w, &x, "about"), STR("</textarea>'\"\xe2\x80\xae🧵 市"));
    check_str(answer_at(&w, &x, "city"), STR("<img src=x onerror=alert(1)>"));
    check_int(str_find(x.body, STR("</")), -1);            // so that it may stand inside of a page
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- editing

TEST(shop_edit_changes_what_is_given)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Answer x = edit(&w, w.sari, shop, "{\"name\":\"Rotan Baru\",\"dispatch_days\":5,\"cod\":false,"
                                      "\"free_shipping_over\":{\"minor\":7,\"currency\":\"IDR\"}}");
    check_int(x.status, 200);
    x = world_get(&w, w.nobody, shop_path(&w, shop, ""));
    check_str(answer_at(&w, &x, "name"), STR("Rotan Baru"));
    check_str(answer_at(&w, &x, "dispatch_days"), STR("5"));
    check_str(answer_at(&w, &x, "cod"), STR("false"));
    check_str(answer_at(&w, &x, "free_over_minor"), STR("7"));
    check_str(answer_at(&w, &x, "city"), STR("Jepara"));
    check_str(answer_at(&w, &x, "shipping_minor"), STR("1000000"));
    x = edit(&w, w.sari, shop, "{\"free_shipping_over\":{\"minor\":0,\"currency\":\"IDR\"},\"state\":\"closed\"}");
    check_int(x.status, 200);
    x = world_get(&w, w.nobody, shop_path(&w, shop, ""));
    check_str(answer_at(&w, &x, "free_over_minor"), STR(""));
    check_str(answer_at(&w, &x, "state"), STR("closed"));
    check_int(edit(&w, w.sari, shop, "{}").status, 200);
    world_free(&w);
}

TEST(shop_edit_refusals)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    world_staff(&w, w.sari, shop, w.ana, "manager");
    world_staff(&w, w.sari, shop, w.budi, "packer");
    world_refused(&w, edit(&w, w.tono, shop, "{\"name\":\"Mine\"}"), 403, "forbidden", NULL);
    world_refused(&w, edit(&w, w.budi, shop, "{\"name\":\"Mine\"}"), 403, "forbidden", NULL);
    world_refused(&w, edit(&w, w.nobody, shop, "{\"name\":\"Mine\"}"), 401, "sign_in", NULL);
    world_refused(&w, edit(&w, w.sari, 77, "{\"name\":\"Mine\"}"), 404, "not_found", NULL);
    check_int(edit(&w, w.ana, shop, "{\"name\":\"Ours\"}").status, 200);
    world_refused(&w, edit(&w, w.ana, shop, "{\"state\":\"closed\"}"), 403, "forbidden", NULL);
    world_refused(&w, edit(&w, w.ana, shop, "{\"cod\":false}"), 403, "forbidden", NULL);
    check_int(edit(&w, w.oma, shop, "{\"state\":\"closed\"}").status, 200);
    world_refused(&w, edit(&w, w.sari, shop, "{\"delivery_min_days\":9}"), 422, "bad_field", "delivery_max_days");
    world_refused(&w, edit(&w, w.sari, shop, "{\"shipping\":{\"minor\":1,\"currency\":\"USD\"}}"), 422, "bad_field", "shipping");
    world_refused(&w, edit(&w, w.sari, shop, "{\"currency\":\"USD\"}"), 422, "bad_field", "currency");
    world_refused(&w, edit(&w, w.sari, shop, "{\"picture\":\"123\"}"), 422, "bad_field", "picture");
    world_refused(&w, edit(&w, w.sari, shop, "{\"name\":\"Ours \"}"), 422, "bad_field", "name");
    Answer x = world_get(&w, w.nobody, shop_path(&w, shop, ""));
    check_str(answer_at(&w, &x, "name"), STR("Ours"));
    check_str(answer_at(&w, &x, "cod"), STR("true"));
    world_free(&w);
}
