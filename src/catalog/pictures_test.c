// Tests of picture uploads: the real conversion in its child process, what is refused, and what is left behind.
#include <dirent.h>
#include <sys/stat.h>

#include "catalog/catalog.h"
#include "media/media.h"
#include "tests/world.h"

// 8 by 4 pixels of #146e6e.
static const u8 PNG[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x08, 0x00, 0x00, 0x00, 0x04, 0x08, 0x02, 0x00, 0x00, 0x00, 0x3c, 0xaf, 0xe9, 0xa7, 0x00, 0x00, 0x00, 0x11, 0x49,
    0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x10, 0xc9, 0xcb, 0xc3, 0x8a, 0x18, 0xa8, 0x27, 0x01, 0x00, 0xd1, 0x6f, 0x1e,
    0x01, 0x05, 0x0d, 0x57, 0xc8, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
};

static Answer send_as(World *w, Person who, Str bytes, const char *type)
{
    return world_send(w, (LocalRequest){ .method = "POST", .path = STR("/v1/pictures"), .token = who.token, .body = bytes,
                                         .content_type = type });
}

static Answer upload(World *w, Person who)
{
    return send_as(w, who, (Str){ (const char *)PNG, sizeof(PNG) }, "image/png");
}

static i64 entries(World *w, const char *below)
{
    DIR *d = opendir(arena_format(w->a, "%s/%s", w->folder, below).p);
    i64 n = 0;
    for (const struct dirent *e; d && (e = readdir(d));) n += e->d_name[0] != '.';
    if (d) closedir(d);
    return n;
}

TEST(picture_becomes_webp_of_three_sizes)
{
    World w = world_new();
    Answer x = upload(&w, w.sari);
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "width"), STR("8"));
    check_str(answer_at(&w, &x, "height"), STR("4"));
    check_str(answer_at(&w, &x, "colour"), STR("#146e6e"));
    Str url = answer_at(&w, &x, "url");
    check(str_starts(url, STR("/media/pictures/")) && url.n == sizeof("/media/pictures/") - 1 + 22);
    static const char *const FILES[] = { "320.webp", "640.webp", "1280.webp", "og.jpg" };
    for (i64 i = 0; i < COUNT(FILES); i++) {
        struct stat s;
        check_int(stat(arena_format(w.a, "%s%.*s/%s", w.folder, STR_ARG(url), FILES[i]).p, &s), 0);
        check(s.st_size > 0);
    }
    check_int(entries(&w, "tmp"), 0);
    check_int(entries(&w, "media/pictures"), 1);
    world_free(&w);
}

TEST(picture_refusals_leave_nothing)
{
    World w = world_new();
    Str png = { (const char *)PNG, sizeof(PNG) };
    static const char PAGE[] = "<!doctype html><script>alert(1)</script>";
    struct { Person who; Str bytes; const char *type; int status; const char *slug; } cases[] = {
        { w.nobody, png, "image/png", 401, "sign_in" },
        { w.sari, png, "application/octet-stream", 415, "unsupported_type" },
        { w.sari, png, NULL, 415, "unsupported_type" },
        { w.sari, STR(""), "image/png", 422, "bad_media" },
        { w.sari, STR(PAGE), "image/png", 422, "bad_media" },
        { w.sari, STR("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/svg+xml", 422, "bad_media" },
        { w.sari, str_slice(png, 0, 40), "image/png", 422, "bad_media" },
    };
    for (i64 i = 0; i < COUNT(cases); i++) {
        Answer x = send_as(&w, cases[i].who, cases[i].bytes, cases[i].type);
        check_int(x.status, cases[i].status);
        check_str(answer_at(&w, &x, "slug"), str_of(cases[i].slug));
        check(answer_at(&w, &x, "detail").n > 10);
    }
    Str large = { arena_alloc(w.a, MEDIA_PICTURE_MAX_BYTES + 1), MEDIA_PICTURE_MAX_BYTES + 1 };
    check_int(send_as(&w, w.sari, large, "image/png").status, 413);
    check_int(entries(&w, "tmp"), 0);
    check_int(entries(&w, "media/pictures"), 0);
    world_free(&w);
}

static void nothing(NetRequest *r, const NetAnswer *answer)
{
    (void)r;
    check_int(answer->status, 0);                                // whoever went away is not answered
}

static void fill_the_disk(void *world)
{
    ((World *)world)->app->disk_floor = INT64_C(1) << 60;
}

TEST(picture_looks_for_room_while_it_arrives)
{
    World w = world_new();
    enum { BYTES = 10 * 1024 * 1024 };
    Str large = { arena_alloc(w.a, BYTES), BYTES };
    LocalRequest r = { .method = "POST", .path = STR("/v1/pictures"), .token = w.sari.token, .body = large,
                       .content_type = "image/png", .between = fill_the_disk, .context = &w };
    check_int(world_send(&w, r).status, 507);
    Answer x = upload(&w, w.sari);
    check_int(x.status, 507);
    check_str(answer_at(&w, &x, "slug"), STR("disk"));
    check_int(entries(&w, "tmp"), 0);
    w.app->disk_floor = 0;
    check_int(upload(&w, w.sari).status, 201);
    world_free(&w);
}

TEST(picture_that_is_cut_leaves_nothing)
{
    World w = world_new();
    NetHandler h = app_handler(w.app);
    Arena a = { 0 };
    NetHeader headers[] = { { STR("Content-Type"), STR("image/png") },
                            { STR("Authorization"), arena_format(w.a, "Bearer %.*s", STR_ARG(w.sari.token)) } };
    NetLocal local = { .headers = headers, .n_headers = COUNT(headers), .answered = nothing };
    NetRequest r = { .a = &a, .method = STR("POST"), .path = STR("/v1/pictures"), .content_length = 1000, .local = &local };
    NetPlan plan = h.begin(h.context, &r);
    check_int(plan.plan, NET_BODY_STREAM);
    check_int(plan.piece(&r, (const char *)PNG, sizeof(PNG)), ERR_OK);
    check_int(entries(&w, "tmp"), 1);
    if (plan.cut) plan.cut(&r);
    arena_free(&a);
    check_int(entries(&w, "tmp"), 0);
    world_free(&w);
}

TEST(picture_upload_with_little_memory_is_whole_or_not_there)
{
    World w = world_new();
    i64 made = 0, refused = 0;
    for (size_t limit = 400; made < 3; limit += 100) {
        Answer x = world_send(&w, (LocalRequest){ .method = "POST", .path = STR("/v1/pictures"), .token = w.sari.token,
                                                  .body = { (const char *)PNG, sizeof(PNG) }, .content_type = "image/png",
                                                  .arena_limit = limit });
        check(x.status == 201 || x.status == 503);
        made += x.status == 201;
        refused += x.status == 503;
    }
    check(refused > 3);
    check(entries(&w, "media/pictures") >= made);
    check_int(entries(&w, "tmp"), 0);
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- whose picture

static Answer product_with(World *w, Person who, i64 shop, const char *sku, const char *pictures)
{
    return world_post(w, who, world_path(w, "/v1/shops/%lld/products", (long long)shop),
                      world_path(w, "{\"title\":\"Kain\",\"options\":[],\"pictures\":[%s],"
                                    "\"variants\":[{\"sku\":\"%s\",\"options\":[],"
                                    "\"price\":{\"minor\":1,\"currency\":\"IDR\"}}]}", pictures, sku));
}

TEST(picture_that_a_kill_left_half_made_is_removed_at_the_next_start)
{
    World w = world_new();
    check_int(upload(&w, w.sari).status, 201);
    static const char *const FOLDERS[] = { "media/pictures/abc.part", "media/clips/abc.part", "media/clips/abc.part/720",
                                           "media/clips/abc", "media/clips/abc/720" };
    static const char *const FILES[] = { "media/pictures/abc.part/320.webp", "media/clips/abc.part/720/000.m4s",
                                         "media/clips/abc/720/000.m4s", "tmp/picture-abc" };
    for (i64 i = 0; i < COUNT(FOLDERS); i++) check_int(mkdir(world_path(&w, "%s/%s", w.folder, FOLDERS[i]), 0755), 0);
    for (i64 i = 0; i < COUNT(FILES); i++) {
        FILE *f = fopen(world_path(&w, "%s/%s", w.folder, FILES[i]), "w");
        check(f && fclose(f) == 0);
    }
    world_restart(&w);
    check_int(entries(&w, "tmp"), 0);
    check_int(entries(&w, "media/pictures"), 1);
    check_int(entries(&w, "media/clips"), 1);
    check_int(entries(&w, "media/clips/abc/720"), 1);
    world_free(&w);
}

TEST(picture_is_its_uploaders)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "batik");
    Answer x = upload(&w, w.sari), y = upload(&w, w.sari), z = upload(&w, w.tono);
    i64 first = answer_id(&w, &x, "id"), second = answer_id(&w, &y, "id"), tonos = answer_id(&w, &z, "id");
    Answer p = product_with(&w, w.sari, shop, "A", world_path(&w, "\"%lld\",\"%lld\"", (long long)second, (long long)first));
    check_int(p.status, 201);
    check_int(answer_id(&w, &p, "pictures[0].id"), second);
    check_int(answer_id(&w, &p, "pictures[1].id"), first);
    check_str(answer_at(&w, &p, "pictures[1].url"), answer_at(&w, &x, "url"));
    i64 product = answer_id(&w, &p, "id");
    p = product_with(&w, w.sari, shop, "B", world_path(&w, "\"%lld\",\"%lld\"", (long long)first, (long long)tonos));
    check_int(p.status, 422);
    check_str(answer_at(&w, &p, "field"), STR("pictures[1]"));
    p = product_with(&w, w.sari, shop, "B", world_path(&w, "\"%lld\",\"%lld\"", (long long)first, (long long)first));
    check_int(p.status, 422);
    check_str(answer_at(&w, &p, "field"), STR("pictures[1]"));
    // Another manager may keep and reorder what is on the product, and add her own, but not take Tono's.
    world_staff(&w, w.sari, shop, w.ana, "manager");
    const char *path = world_path(&w, "/v1/products/%lld", (long long)product);
    Answer own = upload(&w, w.ana);
    p = world_patch(&w, w.ana, path, world_path(&w, "{\"version\":1,\"pictures\":[\"%lld\",\"%lld\"]}", (long long)first,
                                                (long long)answer_id(&w, &own, "id")));
    check_int(p.status, 200);
    check_int(answer_id(&w, &p, "pictures[0].id"), first);
    check_str(answer_at(&w, &p, "pictures[2].id"), STR(""));
    p = world_patch(&w, w.ana, path, world_path(&w, "{\"version\":2,\"pictures\":[\"%lld\"]}", (long long)tonos));
    check_int(p.status, 422);
    p = world_get(&w, w.nobody, world_path(&w, "/v1/shops/%lld/products", (long long)shop));
    check_int(answer_id(&w, &p, "items[0].picture.id"), first);          // the first stands on cards
    world_free(&w);
}

TEST(picture_of_a_shop)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "batik");
    Answer x = upload(&w, w.sari), z = upload(&w, w.tono);
    const char *path = world_path(&w, "/v1/shops/%lld", (long long)shop);
    Answer s = world_patch(&w, w.sari, path, world_path(&w, "{\"picture\":\"%lld\"}", (long long)answer_id(&w, &z, "id")));
    check_int(s.status, 422);
    check_str(answer_at(&w, &s, "field"), STR("picture"));
    s = world_patch(&w, w.sari, path, world_path(&w, "{\"picture\":\"%lld\"}", (long long)answer_id(&w, &x, "id")));
    check_int(s.status, 200);
    check_str(answer_at(&w, &s, "picture"), answer_at(&w, &x, "url"));
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- how many

typedef struct Filling { World *w; i64 n; } Filling;

static Err fill(Tx *tx, void *context)
{
    Filling *f = context;
    Arena a = { 0 };
    tx->a = &a;
    App *app = f->w->app;
    By by = { .who = { .account = f->w->sari.id }, .now = app_now(app), .ids = &app->ids, .vault = &app->vault };
    Err e = ERR_OK;
    for (i64 i = 0; i < f->n && e == ERR_OK; i++) e = picture_count(tx, &by);
    arena_free(&a);
    return e;
}

TEST(picture_uploads_of_a_day_are_limited)
{
    World w = world_new();
    check_int(db_run(w.app->db, true, fill, &(Filling){ &w, PICTURES_A_DAY - 2 }), ERR_OK);
    // What is no picture counts, too.
    check_int(send_as(&w, w.sari, STR("no picture"), "image/png").status, 422);
    check_int(upload(&w, w.sari).status, 201);
    Answer x = upload(&w, w.sari);
    check_int(x.status, 429);
    check_str(answer_at(&w, &x, "slug"), STR("too_many"));
    check_int(upload(&w, w.tono).status, 201);
    check_int(db_run(w.app->db, true, fill, &(Filling){ &w, 1 }), ERR_TOO_MANY);
    world_jump(&w, DAY_MS + SECOND_MS);
    check_int(upload(&w, w.sari).status, 201);
    check_int(entries(&w, "tmp"), 0);
    world_free(&w);
}

static Answer send_keyed(World *w, Person who, Str bytes, const char *key)
{
    NetHeader h[] = { { STR("Idempotency-Key"), str_of(key) } };
    return world_send(w, (LocalRequest){ .method = "POST", .path = STR("/v1/pictures"), .token = who.token, .body = bytes,
                                         .content_type = "image/png", .headers = h, .n_headers = 1 });
}

TEST(picture_sent_twice_under_one_key_is_one)
{
    World w = world_new();
    Str png = { (const char *)PNG, sizeof(PNG) };
    Answer first = send_keyed(&w, w.sari, png, "k"), again = send_keyed(&w, w.sari, png, "k");
    check_int(first.status, 201);
    check_int(again.status, 201);
    check_str(again.body, first.body);
    check_str(local_header(&again, "Idempotency-Replayed"), STR("true"));
    check_int(entries(&w, "media/pictures"), 1);
    check_int(send_keyed(&w, w.sari, STR("something else"), "k").status, 422);
    check_int(send_keyed(&w, w.tono, png, "k").status, 201);          // a key is its owner's alone
    check_int(entries(&w, "media/pictures"), 2);
    world_free(&w);
}
