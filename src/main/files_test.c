// Files outside /v1: the grammar of media paths, negotiation, ranges and tags, and what every answer carries.
#include <sys/stat.h>
#include <unistd.h>

#include "main/files.h"
#include "main/web.h"
#include "tests/world.h"

TEST(media_paths_are_names_and_one_ending)
{
    Str relative;
    const char *type;
    static const struct { const char *path, *type; } GOOD[] = {
        { "/media/clips/abc_-9/master.m3u8", "application/vnd.apple.mpegurl" }, { "/media/a/b/c/d/e.m4s", "video/iso.segment" },
        { "/media/x.mp4", "video/mp4" }, { "/media/p/1280.webp", "image/webp" }, { "/media/p/og.jpg", "image/jpeg" },
    };
    for (i64 i = 0; i < COUNT(GOOD); i++) {
        check(files_media_path(str_of(GOOD[i].path), &relative, &type));
        check_str(str_of(type), str_of(GOOD[i].type));
        check_str(relative, str_of(GOOD[i].path + 7));
    }
    static const char *const BAD[] = {
        "/media/", "/media/x", "/media/.mp4", "/media/x.", "/media/x.html", "/media/x.MP4", "/media/x.mp4/", "/media//x.mp4",
        "/media/../x.mp4", "/media/a/../x.mp4", "/media/./x.mp4", "/media/a/./x.mp4", "/media/..%2fx.mp4", "/media/%2e%2e/x.mp4",
        "/media/a\\b.mp4", "/media/a.b/x.mp4", "/media/x.jpg.mp4", "/media/x.mp4.jpg", "/media/x.mp4%00.jpg", "/media/ x.mp4",
        "/media/~/x.mp4", "/media/a/b/c/d/e/f.mp4", "/media/x.svg", "/media/x.js", "/media/x.mp4?", "/mediax.mp4", "/x.mp4",
        "/media/caf\xc3\xa9.mp4",
        "/media/0123456789012345678901234567890123456789012345678901234567890123456789.mp4",
    };
    for (i64 i = 0; i < COUNT(BAD); i++)
        if (files_media_path(str_of(BAD[i]), &relative, &type)) test_failed(__FILE__, __LINE__, "%s was taken", BAD[i]);
    check(!files_media_path((Str){ "/media/x\0.mp4", 13 }, &relative, &type));
}

TEST(web_coding_is_what_the_client_takes)
{
    static const struct { const char *accept; WebCoding want; } CASES[] = {
        { "gzip, deflate, br, zstd", WEB_BROTLI }, { "gzip", WEB_GZIP }, { "", WEB_PLAIN }, { "identity", WEB_PLAIN },
        { "*", WEB_BROTLI },
        { "br;q=0, gzip;q=0.5", WEB_GZIP }, { "br;q=0,*", WEB_GZIP }, { "*;q=0", WEB_PLAIN }, { "GZIP;Q=1.000", WEB_GZIP },
        { "br;q=2", WEB_PLAIN }, { "br;q=x", WEB_PLAIN }, { "br;level=3", WEB_PLAIN }, { ";;,,;q=1", WEB_PLAIN },
        { "brx", WEB_PLAIN },
        { "br;q=0.0001", WEB_PLAIN }, { "gzip;q=0.001", WEB_GZIP },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) check_int(web_coding(str_of(CASES[i].accept), true, true), CASES[i].want);
    check_int(web_coding(STR("br, gzip"), true, false), WEB_GZIP);
    check_int(web_coding(STR("br, gzip"), false, false), WEB_PLAIN);
}

TEST(web_tags_match_one_of_a_list)
{
    check(web_tag_matches(STR("\"a\""), STR("\"a\"")));
    check(web_tag_matches(STR("\"x\", W/\"a\""), STR("\"a\"")));
    check(web_tag_matches(STR("*"), STR("\"a\"")));
    static const char *const NOT[] = { "", "a", "\"b\"", "\"a", "W/a", "\"a\"x" };
    for (i64 i = 0; i < COUNT(NOT); i++) check(!web_tag_matches(str_of(NOT[i]), STR("\"a\"")));
}

// ---------------------------------------------------------------------------------------------- media over requests

static void put_file(World *w, const char *path, const char *text)
{
    FILE *f = fopen(world_path(w, "%s/%s", w->folder, path), "w");
    must(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

static Answer get(World *w, const char *path, const char *name, Str value)
{
    NetHeader h[] = { { str_of(name ? name : ""), value } };
    return world_send(w, (LocalRequest){ .method = "GET", .path = str_of(path), .headers = h, .n_headers = name ? 1 : 0 });
}

TEST(media_is_sent_whole_and_in_ranges)
{
    World w = world_new();
    put_file(&w, "media/clips/a.mp4", "0123456789");
    Answer x = get(&w, "/media/clips/a.mp4", NULL, (Str){ 0 });
    check_int(x.status, 200);
    check_str(x.body, STR("0123456789"));
    check_str(local_header(&x, "Content-Type"), STR("video/mp4"));
    check_str(local_header(&x, "X-Content-Type-Options"), STR("nosniff"));
    check_str(local_header(&x, "Content-Security-Policy"), STR("default-src 'none'; sandbox"));
    check_str(local_header(&x, "Cache-Control"), STR("public, max-age=31536000, immutable"));
    Str tag = local_header(&x, "ETag");
    static const struct { const char *range, *body, *said; int status; } CASES[] = {
        { "bytes=2-4", "234", "bytes 2-4/10", 206 }, { "bytes=7-", "789", "bytes 7-9/10", 206 },
        { "bytes=-3", "789", "bytes 7-9/10", 206 }, { "bytes=0-99", "0123456789", "bytes 0-9/10", 206 },
        { "bytes=10-", "", "bytes */10", 416 }, { "bytes=-0", "", "bytes */10", 416 }, { "bytes=4-2", "0123456789", "", 200 },
        { "bytes=1-2,4-5", "0123456789", "", 200 }, { "apples=1-2", "0123456789", "", 200 }, { "bytes=x", "0123456789", "", 200 },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        x = get(&w, "/media/clips/a.mp4", "Range", str_of(CASES[i].range));
        check_int(x.status, CASES[i].status);
        check_str(x.body, str_of(CASES[i].body));
        check_str(local_header(&x, "Content-Range"), str_of(CASES[i].said));
    }
    x = get(&w, "/media/clips/a.mp4", "If-None-Match", tag);
    check_int(x.status, 304);
    check_int(x.body.n, 0);
    NetHeader h[] = { { STR("Range"), STR("bytes=2-4") }, { STR("If-Range"), tag } };
    LocalRequest r = { .method = "GET", .path = STR("/media/clips/a.mp4"), .headers = h, .n_headers = 2 };
    check_int(world_send(&w, r).status, 206);
    h[1].value = STR("\"other\"");
    check_int(world_send(&w, r).status, 200);
    h[1].value = STR("Sun, 06 Nov 1994 08:49:37 GMT");
    check_int(world_send(&w, r).status, 200);
    put_file(&w, "media/clips/empty.mp4", "");
    check_int(get(&w, "/media/clips/empty.mp4", NULL, (Str){ 0 }).status, 200);
    world_free(&w);
}

TEST(media_never_leaves_its_folder)
{
    World w = world_new();
    put_file(&w, "secret.jpg", "secret");
    put_file(&w, "uploads/u.mp4", "secret");
    must(symlink(world_path(&w, "%s/secret.jpg", w.folder), world_path(&w, "%s/media/link.jpg", w.folder)) == 0);
    must(symlink(w.folder, world_path(&w, "%s/media/out", w.folder)) == 0);
    must(mkdir(world_path(&w, "%s/media/folder.jpg", w.folder), 0755) == 0);
    must(mkfifo(world_path(&w, "%s/media/pipe.jpg", w.folder), 0644) == 0);
    static const char *const PATHS[] = {
        "/media/link.jpg", "/media/out/secret.jpg", "/media/folder.jpg", "/media/pipe.jpg", "/media/../secret.jpg",
        "/media/%2e%2e/secret.jpg", "/media/..%2fsecret.jpg", "/media//secret.jpg", "/uploads/u.mp4", "/master.key",
        "/etalase.db", "/media", "/media/", "/media/clips", "/../master.key", "//media/x.jpg",
    };
    for (i64 i = 0; i < COUNT(PATHS); i++) {
        Answer x = get(&w, PATHS[i], NULL, (Str){ 0 });
        check(str_find(x.body, STR("secret")) < 0);
        if (x.status != 404 && !str_starts(x.body, STR("<!doctype html>")))
            test_failed(__FILE__, __LINE__, "%s gave %d", PATHS[i], x.status);
    }
    world_free(&w);
}

TEST(web_answers_only_get_and_head)
{
    World w = world_new();
    Answer x = world_post(&w, w.nobody, "/", NULL);
    check_int(x.status, 405);
    check_str(local_header(&x, "Allow"), STR("GET, HEAD"));
    check_int(world_delete(&w, w.nobody, "/media/clips/a.mp4").status, 405);
    world_free(&w);
}

TEST(web_files_are_tagged_and_negotiated)
{
    World w = world_new();
    for (i64 i = 0; i < WEB_FILES_N; i++) {
        const WebFile *f = &WEB_FILES[i];
        if (strcmp(f->path, "/index.html") == 0) continue;
        Answer x = get(&w, f->path, "Accept-Encoding", STR("br"));
        check_int(x.status, 200);
        check_str(x.body, f->brotli.n ? f->brotli : f->plain);
        check_str(local_header(&x, "Content-Encoding"), f->brotli.n ? STR("br") : (Str){ 0 });
        bool kept = str_find(local_header(&x, "Cache-Control"), STR("immutable")) >= 0;
        check(kept == str_starts(str_of(f->path), STR("/assets/")));
        check_int(get(&w, f->path, "If-None-Match", local_header(&x, "ETag")).status, f->brotli.n ? 200 : 304);
    }
    // Sorted, or the search fails.
    for (i64 i = 1; i < WEB_FILES_N; i++) check(strcmp(WEB_FILES[i - 1].path, WEB_FILES[i].path) < 0);
    world_free(&w);
}
