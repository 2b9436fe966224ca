// POST /v1/pictures: the bytes go to a temporary file while they arrive, become WebP on a work thread, and only then a row.
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "api/app.h"
#include "base/log.h"
#include "base/rand.h"
#include "catalog/catalog.h"
#include "media/media.h"

enum { HASH_BYTES = 32, KEY_BYTES = 16 };             // 22 letters: a picture's address cannot be guessed

// Removed with the request's arena, whatever becomes of it.
typedef struct Arriving {
    Str temporary;                   // path of the bytes as they came
    int file;                        // 0: closed
    i64 size, unlooked;              // of the bytes that came; of app_room_on
    Str directory;                   // of the WebP files
    Str key;
    MediaPicture made;
    crypto_generichash_state *hash;  // of the bytes, for an Idempotency-Key
    u8 what[HASH_BYTES];             // the hash, once whole
    Picture picture;                 // the answer
    bool found;                      // and it is an earlier one's, under the same key
} Arriving;

static void remove_upload(void *thing)
{
    Arriving *u = thing;
    if (u->file > 0) close(u->file);
    unlink(u->temporary.p);
}

// ---------------------------------------------------------------------------------------------- arriving

static Err failed(const char *what)
{
    int code = errno;
    log_event(LOG_ERROR, (Str){ 0 }, "picture", "%s: %s", what, strerror(code));
    return code == ENOSPC || code == EDQUOT ? ERR_DISK : ERR_INTERNAL;
}

static Err piece(NetRequest *net, const char *bytes, size_t n)
{
    const Req *r = req_of(net);
    Arriving *u = r->raw;
    try(app_room_on(r->app, &u->unlooked, n));
    for (size_t done = 0; done < n;) {
        ssize_t wrote = write(u->file, bytes + done, n - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return failed("write");
        done += (size_t)wrote;
    }
    u->size += (i64)n;
    crypto_generichash_update(u->hash, (const u8 *)bytes, n);
    return ERR_OK;
}

// libsodium wants its state on a boundary of 64 bytes; the arena gives 16.
static crypto_generichash_state *new_hash(Arena *a)
{
    enum { BOUNDARY = 64 };
    char *room = arena_alloc(a, sizeof(crypto_generichash_state) + BOUNDARY);
    crypto_generichash_state *hash = (void *)(room + (BOUNDARY - (uintptr_t)room % BOUNDARY));
    crypto_generichash_init(hash, NULL, 0, HASH_BYTES);
    return hash;
}

static Err open_upload(Req *r)
{
    Arena *a = r->a;
    Str data = r->app->data;
    ArenaSlot *slot = arena_defer(a, remove_upload);
    Arriving *u = arena_new(a, Arriving);
    u->key = rand_token(a, KEY_BYTES);
    u->temporary = arena_format(a, "%.*s/tmp/picture-%.*s", STR_ARG(data), STR_ARG(u->key));
    u->directory = arena_format(a, "%.*s/media/pictures/%.*s", STR_ARG(data), STR_ARG(u->key));
    u->file = open(u->temporary.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (u->file < 0) return failed("open");
    slot->thing = u;
    u->hash = new_hash(a);
    r->raw = u;
    return ERR_OK;
}

static Err look_for_room(Req *r, void *context)
{
    (void)context;
    return picture_room(r->tx, &r->by);
}

static Err begin(Req *r)
{
    try(req_identify(r));
    Str type = net_header(r->net, "Content-Type");
    if (type.n < 6 || !str_eq_nocase(str_slice(type, 0, 6), STR("image/")))
        return refuse(&r->why, ERR_UNSUPPORTED_TYPE, NULL, "Send the picture's bytes as image/jpeg, image/png or image/webp.");
    if (r->net->content_length == 0) return refuse(&r->why, ERR_BAD_MEDIA, NULL, "The file is empty.");
    if (r->net->content_length > MEDIA_PICTURE_MAX_BYTES)
        return refuse(&r->why, ERR_TOO_LARGE, NULL, "A picture may have at most %d bytes.", MEDIA_PICTURE_MAX_BYTES);
    try(app_room(r->app, MEDIA_PICTURE_MAX_BYTES));
    try(req_transaction(r, false, look_for_room, NULL));
    return open_upload(r);
}

NetPlan picture_post_begin(Req *r)
{
    Err e = begin(r);
    if (e == ERR_OK) return (NetPlan){ .plan = NET_BODY_STREAM, .limit = MEDIA_PICTURE_MAX_BYTES, .piece = piece };
    req_refuse(r, e);
    return (NetPlan){ .plan = NET_BODY_REFUSED };
}

// ---------------------------------------------------------------------------------------------- becoming a picture

static Err convert(Req *r, Arriving *u)
{
    close(u->file);
    u->file = 0;
    if (u->size == 0) return refuse(&r->why, ERR_BAD_MEDIA, NULL, "The file is empty.");
    MediaFault fault = MEDIA_OK;
    Err e = media_picture(u->temporary, u->directory, &u->made, &fault);
    if (e != ERR_OK && fault != MEDIA_OK) return refuse(&r->why, e, NULL, "%s", media_fault_text(fault));
    return e;
}

static Str what_of(const Arriving *u)
{
    return (Str){ (const char *)u->what, HASH_BYTES };
}

static Err look_for_first(Req *r, void *context)
{
    Arriving *u = context;
    Str first;
    try(req_first_answer(r, what_of(u), &first, &u->found));
    if (!u->found) return ERR_OK;
    return json_read(r->a, &PICTURE_TYPE, first, &u->picture, &r->tx->why) == ERR_OK ? ERR_OK : ERR_INTERNAL;
}

static Err write_row(Req *r, void *context)
{
    Arriving *u = context;
    try(look_for_first(r, u));                        // its twin may have been quicker
    if (u->found) return ERR_OK;
    try(picture_add(r->tx, &r->by, (PictureMade){ .key = u->key, .colour = str_of(u->made.colour), .width = u->made.width,
                                                  .height = u->made.height }, &u->picture));
    Buf b = buf_new(r->a, 1024);
    json_write(&b, &PICTURE_TYPE, &u->picture);
    return req_keep_answer(r, what_of(u), buf_str(&b));
}

// media.h names the files that there are. Without the arena: it may be full by now.
static void remove_files(Str directory)
{
    static const char *const NAMES[] = { "320.webp", "640.webp", "1280.webp", "og.jpg" };
    int folder = open(directory.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    for (i64 i = 0; i < COUNT(NAMES); i++) unlinkat(folder, NAMES[i], 0);
    close(folder);
    rmdir(directory.p);
}

static Err count_try(Req *r, void *context)
{
    (void)context;
    return picture_count(r->tx, &r->by);
}

static void work(void *context)
{
    Req *r = context;
    Arriving *u = r->raw;
    crypto_generichash_final(u->hash, u->what, HASH_BYTES);
    bool keyed = net_header(r->net, "Idempotency-Key").p != NULL;
    Err e = keyed ? req_transaction(r, false, look_for_first, u) : ERR_OK;
    bool files = false;
    // In a transaction of its own: the refusal that may follow must not undo it.
    if (e == ERR_OK && !u->found) e = req_transaction(r, true, count_try, NULL);
    if (e == ERR_OK && !u->found) {
        e = convert(r, u);
        files = e == ERR_OK;
        if (files) e = req_transaction(r, true, write_row, u);
    }
    if (files && (e != ERR_OK || u->found)) remove_files(u->directory);
    if (e == ERR_OK) req_answer(r, 201, &PICTURE_TYPE, &u->picture);
    else req_refuse(r, e);
}

void picture_post_handle(Req *r)
{
    Err e = work_submit_for(r->app->pictures, r->by.who.account, PICTURES_AT_ONCE, work, r);
    if (e == ERR_TOO_MANY)
        refuse(&r->why, e, NULL, "Only %d pictures of an account are made at a time: wait for the others.", PICTURES_AT_ONCE);
    if (e != ERR_OK) req_refuse(r, e);
}
