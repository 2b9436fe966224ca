// What the tests of clips share.
#include "clips/clips_kit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADERS_MAX = 8, VIDEO_MAX = 4 * 1024 * 1024 };

Answer kit_tus(World *w, Person who, const char *method, const char *path, const NetHeader *more, i64 n_more, Str body)
{
    NetHeader *h = arena_new_array(w->a, NetHeader, HEADERS_MAX);
    h[0] = (NetHeader){ STR("Tus-Resumable"), STR("1.0.0") };
    must(n_more < HEADERS_MAX);
    for (i64 i = 0; i < n_more; i++) h[1 + i] = more[i];
    return world_send(w, (LocalRequest){ .method = method, .path = str_of(path), .token = who.token, .headers = h,
                                         .n_headers = 1 + n_more, .body = body,
                                         .content_type = body.p ? "application/offset+octet-stream" : NULL });
}

static Str number(World *w, i64 v)
{
    return arena_format(w->a, "%lld", (long long)v);
}

i64 kit_upload(World *w, Person who, i64 length)
{
    NetHeader h[] = { { STR("Upload-Length"), number(w, length) }, { STR("Upload-Metadata"), STR("filename a2xpcC5tcDQ=") } };
    Answer x = kit_tus(w, who, "POST", "/v1/uploads", h, COUNT(h), (Str){ 0 });
    check_int(x.status, 201);
    Str location = local_header(&x, "Location");
    i64 id = 0;
    check(str_starts(location, STR("/v1/uploads/")) && str_to_i64(str_slice(location, 12, location.n), &id));
    return id;
}

Answer kit_append(World *w, Person who, i64 upload, i64 offset, Str bytes)
{
    NetHeader h[] = { { STR("Upload-Offset"), number(w, offset) } };
    return kit_tus(w, who, "PATCH", world_path(w, "/v1/uploads/%lld", (long long)upload), h, COUNT(h), bytes);
}

i64 kit_whole(World *w, Person who, Str bytes)
{
    i64 id = kit_upload(w, who, (i64)bytes.n);
    Answer x = kit_append(w, who, id, 0, bytes);
    check_int(x.status, 204);
    check_str(local_header(&x, "Upload-Offset"), number(w, (i64)bytes.n));
    return id;
}

Answer kit_post(World *w, Person who, i64 upload, i64 shop, const char *caption, const char *products)
{
    return world_post(w, who, "/v1/clips", world_path(w,
        "{\"upload\":\"%lld\",\"shop\":\"%lld\",\"caption\":\"%s\",\"products\":[%s]}", (long long)upload, (long long)shop,
        caption, products));
}

i64 kit_clip(World *w, Person who, i64 shop, const char *products)
{
    Answer x = kit_post(w, who, kit_whole(w, who, STR("not a video")), shop, "Anyaman pagi", products);
    check_int(x.status, 201);
    check_str(answer_at(w, &x, "state"), STR("processing"));
    return answer_id(w, &x, "id");
}

// ---------------------------------------------------------------------------------------------- past the interface

typedef struct Inside { World *w; i64 id; Str key; Arena arena; } Inside;

static Err make_ready(Tx *tx, void *context)
{
    Inside *i = context;
    ClipFindRow *row;
    bool taken;
    arena_reset(&i->arena);
    tx->a = &i->arena;
    By by = { .now = app_now(i->w->app), .ids = &i->w->app->ids };
    try(task_cancel(tx, "clip_transcode", i->id));
    try(q_clip_find(tx, (ClipFindIn){ .id = { i->id } }, &row));
    must(row);
    ClipDone done = { .width = 720, .height = 1280, .duration_ms = 12345, .sound = true };
    return clip_ready(tx, &by, row->id, row->upload, done, &taken);
}

static Err find_clip_key(Tx *tx, void *context)
{
    Inside *i = context;
    ClipFindRow *row;
    tx->a = &i->arena;
    try(q_clip_find(tx, (ClipFindIn){ .id = { i->id } }, &row));
    i->key = row ? arena_copy(i->w->a, row->key) : (Str){ 0 };
    return ERR_OK;
}

static Err find_upload_key(Tx *tx, void *context)
{
    Inside *i = context;
    UploadFindRow *row;
    tx->a = &i->arena;
    try(q_upload_find(tx, (UploadFindIn){ .id = { i->id } }, &row));
    i->key = row ? arena_copy(i->w->a, row->key) : (Str){ 0 };
    return ERR_OK;
}

static Str inside(World *w, i64 id, bool write, Err (*f)(Tx *tx, void *context))
{
    Inside i = { .w = w, .id = id };
    check_int(db_run(w->app->db, write, f, &i), ERR_OK);
    arena_free(&i.arena);
    return i.key;
}

i64 kit_ready(World *w, Person who, i64 shop, const char *products)
{
    i64 id = kit_clip(w, who, shop, products);
    kit_make_ready(w, id);
    return id;
}

void kit_make_ready(World *w, i64 clip)
{
    inside(w, clip, true, make_ready);
}

Str kit_clip_key(World *w, i64 clip)
{
    return inside(w, clip, false, find_clip_key);
}

Str kit_upload_key(World *w, i64 upload)
{
    return inside(w, upload, false, find_upload_key);
}

// ---------------------------------------------------------------------------------------------- the rest

Str kit_video(World *w)
{
    const char *path = world_path(w, "%s/sample.mp4", w->folder);
    const char *command = world_path(w, "ffmpeg -v error -f lavfi -i testsrc2=s=180x320:r=25:d=1 -f lavfi -i sine=d=1 "
                                        "-pix_fmt yuv420p -c:a aac -y %s", path);
    must(system(command) == 0);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *bytes = arena_alloc(w->a, VIDEO_MAX);
    ssize_t n = read(fd, bytes, VIDEO_MAX);
    close(fd);
    must(n > 0 && n < VIDEO_MAX);
    return (Str){ bytes, (size_t)n };
}

Answer kit_clip_get(World *w, Person who, i64 clip)
{
    return world_get(w, who, world_path(w, "/v1/clips/%lld", (long long)clip));
}

bool kit_exists(World *w, const char *path)
{
    return access(world_path(w, "%s/%s", w->folder, path), F_OK) == 0;
}
