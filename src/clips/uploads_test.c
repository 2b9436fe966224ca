// Whole requests to uploads, without sockets: what tus asks for, whose they are, how long they live. Cuts on the wire and
// the client that people use are tests/uploads'.
#include <unistd.h>

#include "clips/clips_kit.h"
#include "media/media.h"

static const char *path_of(World *w, i64 upload)
{
    return world_path(w, "/v1/uploads/%lld", (long long)upload);
}

static Answer create(World *w, const char *length, const char *metadata)
{
    NetHeader h[] = { { STR("Upload-Length"), str_of(length) }, { STR("Upload-Metadata"), str_of(metadata) } };
    return kit_tus(w, w->sari, "POST", "/v1/uploads", h, metadata ? 2 : length ? 1 : 0, (Str){ 0 });
}

static Answer head(World *w, Person who, i64 upload)
{
    return kit_tus(w, who, "HEAD", path_of(w, upload), NULL, 0, (Str){ 0 });
}

TEST(upload_options_say_what_is_spoken)
{
    World w = world_new();
    Answer x = world_send(&w, (LocalRequest){ .method = "OPTIONS", .path = STR("/v1/uploads") });
    check_int(x.status, 204);
    check_str(local_header(&x, "Tus-Version"), STR("1.0.0"));
    check_str(local_header(&x, "Tus-Extension"), STR("creation,expiration,termination"));
    check_str(local_header(&x, "Tus-Max-Size"), STR("524288000"));
    world_free(&w);
}

TEST(upload_needs_the_version_and_an_account)
{
    World w = world_new();
    NetHeader h[] = { { STR("Upload-Length"), STR("5") }, { STR("Tus-Resumable"), STR("0.2.2") } };
    LocalRequest r = { .method = "POST", .path = STR("/v1/uploads"), .token = w.sari.token, .headers = h, .n_headers = 2 };
    Answer x = world_send(&w, r);
    world_refused(&w, x, 412, "tus_version", "Tus-Resumable");
    check_str(local_header(&x, "Tus-Version"), STR("1.0.0"));
    r.n_headers = 1;
    x = world_send(&w, r);
    world_refused(&w, x, 412, "tus_version", NULL);
    x = kit_tus(&w, w.nobody, "POST", "/v1/uploads", h, 1, (Str){ 0 });
    world_refused(&w, x, 401, "sign_in", NULL);
    check_str(local_header(&x, "Tus-Resumable"), STR("1.0.0"));
    world_free(&w);
}

TEST(upload_refuses_lengths_and_metadata_that_make_no_sense)
{
    World w = world_new();
    static const char *const LENGTHS[] = { NULL, "", "0", "-1", "+5", "5 ", "1e3", "9223372036854775808", "x" };
    for (i64 i = 0; i < COUNT(LENGTHS); i++) {
        Answer x = create(&w, LENGTHS[i], NULL);
        // A length with blanks around it is trimmed on the wire; here it is refused.
        world_refused(&w, x, 422, "bad_field", "Upload-Length");
    }
    Answer x = create(&w, "524288001", NULL);
    world_refused(&w, x, 413, "too_large", "Upload-Length");
    check_str(local_header(&x, "Tus-Max-Size"), STR("524288000"));
    static const char *const METADATA[] = {
        "filename", "filename a", "filename ====", "filename YQ=", "filename YR==", "filename YQ==,filename YQ==",
        "filename /w==", "filename AA==", "filename Cg==", ",", "filename YQ==,", "filename\xc3\xa9 YQ==",
        "a,b,c,d,e,f,g,h,i,j,k", "filetype AA==",
    };
    for (i64 i = 0; i < COUNT(METADATA); i++) {
        // Only a key without a value is fine, and a comma at the end ends nothing.
        bool good = i == 0 || i == 10;
        x = create(&w, "5", METADATA[i]);
        if (good) check_int(x.status, 201);
        else world_refused(&w, x, 422, "bad_field", "Upload-Metadata");
    }
    NetHeader h[] = { { STR("Upload-Length"), STR("5") } };
    x = kit_tus(&w, w.sari, "POST", "/v1/uploads", h, 1, STR("hello"));
    world_refused(&w, x, 400, "bad_request", NULL);
    world_free(&w);
}

TEST(upload_arrives_in_pieces_and_is_complete)
{
    World w = world_new();
    i64 id = kit_upload(&w, w.sari, 11);
    Answer x = head(&w, w.sari, id);
    check_int(x.status, 200);
    check_str(local_header(&x, "Upload-Offset"), STR("0"));
    check_str(local_header(&x, "Upload-Length"), STR("11"));
    check_str(local_header(&x, "Upload-Metadata"), STR("filename a2xpcC5tcDQ="));
    check_str(local_header(&x, "Cache-Control"), STR("no-store"));
    check(local_header(&x, "Upload-Expires").n == 29);
    x = kit_append(&w, w.sari, id, 0, STR("hello "));
    check_int(x.status, 204);
    check_str(local_header(&x, "Upload-Offset"), STR("6"));
    x = world_get(&w, w.sari, "/v1/uploads");
    check_str(answer_at(&w, &x, "items[0].state"), STR("receiving"));
    check_str(answer_at(&w, &x, "items[0].offset"), STR("6"));
    check_str(answer_at(&w, &x, "items[0].name"), STR("klip.mp4"));
    x = kit_append(&w, w.sari, id, 6, STR("world"));
    check_int(x.status, 204);
    x = world_get(&w, w.sari, "/v1/uploads");
    check_str(answer_at(&w, &x, "items[0].state"), STR("complete"));
    x = kit_append(&w, w.sari, id, 11, STR(""));
    check_int(x.status, 204);
    world_free(&w);
}

TEST(upload_refuses_the_wrong_place_type_and_too_much)
{
    World w = world_new();
    i64 id = kit_upload(&w, w.sari, 5);
    Answer x = kit_append(&w, w.sari, id, 1, STR("x"));
    world_refused(&w, x, 409, "offset", "Upload-Offset");
    x = kit_append(&w, w.sari, id, 0, STR("123456"));
    world_refused(&w, x, 413, "too_large", NULL);
    x = kit_tus(&w, w.sari, "PATCH", path_of(&w, id), NULL, 0, STR("x"));
    world_refused(&w, x, 422, "bad_field", "Upload-Offset");
    NetHeader h[] = { { STR("Tus-Resumable"), STR("1.0.0") }, { STR("Upload-Offset"), STR("0") } };
    x = world_send(&w, (LocalRequest){ .method = "PATCH", .path = str_of(path_of(&w, id)), .token = w.sari.token,
                                       .headers = h, .n_headers = 2, .body = STR("x"), .content_type = "video/mp4" });
    world_refused(&w, x, 415, "unsupported_type", "Content-Type");
    x = head(&w, w.sari, id);
    check_str(local_header(&x, "Upload-Offset"), STR("0"));
    world_free(&w);
}

TEST(upload_of_someone_else_is_not_there)
{
    World w = world_new();
    i64 id = kit_upload(&w, w.sari, 5);
    Answer answers[] = { head(&w, w.tono, id), kit_append(&w, w.tono, id, 0, STR("x")),
                         kit_tus(&w, w.tono, "DELETE", path_of(&w, id), NULL, 0, (Str){ 0 }),
                         head(&w, w.oma, id), head(&w, w.sari, id + 1) };
    for (i64 i = 0; i < COUNT(answers); i++) check_int(answers[i].status, 404);
    static const char *const PATHS[] = { "/v1/uploads/x", "/v1/uploads/-1", "/v1/uploads/0", "/v1/uploads/99999999999999999999",
                                         "/v1/uploads/..%2f1" };
    for (i64 i = 0; i < COUNT(PATHS); i++)
        check_int(kit_tus(&w, w.sari, "HEAD", PATHS[i], NULL, 0, (Str){ 0 }).status, 404);
    check_int(head(&w, w.sari, id).status, 200);
    Answer x = world_get(&w, w.tono, "/v1/uploads");
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    world_free(&w);
}

TEST(uploads_are_limited_and_end)
{
    World w = world_new();
    i64 first = 0;
    for (i64 i = 0; i < UPLOADS_OPEN_MAX; i++) {
        i64 id = kit_upload(&w, w.sari, 5);
        if (!first) first = id;
    }
    Answer x = create(&w, "5", NULL);
    world_refused(&w, x, 409, "too_many_items", NULL);
    kit_upload(&w, w.tono, 5);
    kit_append(&w, w.sari, first, 0, STR("12"));
    const char *file = world_path(&w, "uploads/%.*s", STR_ARG(kit_upload_key(&w, first)));
    check(kit_exists(&w, file));
    x = kit_tus(&w, w.sari, "DELETE", path_of(&w, first), NULL, 0, (Str){ 0 });
    check_int(x.status, 204);
    check_int(head(&w, w.sari, first).status, 404);
    check_int(create(&w, "5", NULL).status, 201);
    world_tasks(&w);
    check(!kit_exists(&w, file));
    check_int(kit_upload_key(&w, first).n, 0);
    // A day later all of them are gone.
    world_jump(&w, DAY_MS + SECOND_MS);
    x = world_get(&w, w.sari, "/v1/uploads");
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    check_int(world_tasks(&w) > UPLOADS_OPEN_MAX, 1);
    world_free(&w);
}

TEST(upload_that_was_whole_before_a_kill_is_found_whole)
{
    World w = world_new();
    i64 id = kit_upload(&w, w.sari, 5);
    kit_append(&w, w.sari, id, 0, STR("123"));
    // As if the process had died after the last write and before its row.
    FILE *f = fopen(world_path(&w, "%s/uploads/%.*s", w.folder, STR_ARG(kit_upload_key(&w, id))), "a");
    check(f && fputs("45", f) >= 0 && fclose(f) == 0);
    Answer x = head(&w, w.sari, id);
    check_str(local_header(&x, "Upload-Offset"), STR("5"));
    x = world_get(&w, w.sari, "/v1/uploads");
    check_str(answer_at(&w, &x, "items[0].state"), STR("complete"));
    world_free(&w);
}

// 10 MB as a PATCH, in two halves with something between them.
static Answer patch_in_halves(World *w, i64 upload, void (*between)(void *world))
{
    enum { BYTES = 10 * 1024 * 1024 };
    char *bytes = arena_alloc(w->a, BYTES);
    for (i64 i = 0; i < BYTES; i++) bytes[i] = 'x';
    NetHeader h[] = { { STR("Tus-Resumable"), STR("1.0.0") }, { STR("Upload-Offset"), STR("0") } };
    return world_send(w, (LocalRequest){ .method = "PATCH", .path = str_of(path_of(w, upload)), .token = w->sari.token,
                                         .headers = h, .n_headers = 2, .body = { bytes, BYTES }, .between = between,
                                         .context = w, .content_type = "application/offset+octet-stream" });
}

static void fill_the_disk(void *world)
{
    ((World *)world)->app->disk_floor = INT64_C(1) << 60;
}

static void let_the_upload_end(void *world)
{
    world_jump(world, DAY_MS + SECOND_MS);
}

TEST(upload_looks_for_room_while_it_arrives)
{
    World w = world_new();
    i64 id = kit_upload(&w, w.sari, 20 * 1024 * 1024), late = kit_upload(&w, w.sari, 20 * 1024 * 1024);
    // While there was room for it all, another took it.
    check_int(patch_in_halves(&w, id, fill_the_disk).status, 507);
    check_int(create(&w, "5", NULL).status, 507);
    w.app->disk_floor = 0;
    Answer x = head(&w, w.sari, id);
    check_str(local_header(&x, "Upload-Offset"), STR("5242880"));
    // The first half came in time; its file goes, and no more is written to what has no name.
    check_int(patch_in_halves(&w, late, let_the_upload_end).status, 404);
    world_free(&w);
}

TEST(upload_survives_every_arena_size)
{
    World w = world_new();
    i64 id = kit_upload(&w, w.sari, 1000);
    const char *patch = path_of(&w, id);
    i64 arrived = 0, made = 0, full = 0;
    for (size_t limit = 0; limit < 12 * 1024; limit += 96) {
        char offset[24];
        snprintf(offset, sizeof(offset), "%lld", (long long)arrived);
        NetHeader h[] = { { STR("Tus-Resumable"), STR("1.0.0") }, { STR("Upload-Offset"), str_of(offset) } };
        Answer x = world_send(&w, (LocalRequest){ .method = "PATCH", .path = str_of(patch), .token = w.sari.token, .headers = h,
                                                  .n_headers = 2, .body = STR("x"), .arena_limit = limit + 1,
                                                  .content_type = "application/offset+octet-stream" });
        check(x.status == 204 || x.status == 503);
        full += x.status == 503;
        // Even a refusal after the byte was written has kept it.
        x = head(&w, w.sari, id);
        check_int(x.status, 200);
        check(str_to_i64(local_header(&x, "Upload-Offset"), &arrived));
        h[1] = (NetHeader){ STR("Upload-Length"), STR("10") };
        x = world_send(&w, (LocalRequest){ .method = "POST", .path = STR("/v1/uploads"), .token = w.sari.token, .headers = h,
                                           .n_headers = 2, .arena_limit = limit + 1 });
        check(x.status == 201 || x.status == 503 || x.status == 409);
        made += x.status == 201;
    }
    check(full > 5 && arrived > 5 && made > 0);
    world_free(&w);
}

TEST(upload_created_twice_under_one_key_is_one)
{
    World w = world_new();
    NetHeader h[] = { { STR("Upload-Length"), STR("5") }, { STR("Idempotency-Key"), STR("k") } };
    Answer first = kit_tus(&w, w.sari, "POST", "/v1/uploads", h, 2, (Str){ 0 });
    Answer again = kit_tus(&w, w.sari, "POST", "/v1/uploads", h, 2, (Str){ 0 });
    check_int(first.status, 201);
    check_int(again.status, 201);
    check_str(local_header(&again, "Location"), local_header(&first, "Location"));
    h[0].value = STR("6");
    Answer other = kit_tus(&w, w.sari, "POST", "/v1/uploads", h, 2, (Str){ 0 });
    world_refused(&w, other, 422, "idempotency_key", "Idempotency-Key");
    world_free(&w);
}
