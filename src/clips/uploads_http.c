// tus 1.0.0 over raw requests: bytes go from the connection into a file as they come; how many have arrived is the file's
// size, so a cut connection or a killed process loses nothing that was written. See docs of tus: core, creation,
// expiration, termination.
#include <unistd.h>

#include "api/app.h"
#include "base/rand.h"
#include "clips/clips.h"
#include "clips/files.h"
#include "clips/tus.h"
#include "media/media.h"

// One request to an upload. Made whole before a work thread sees it: from then on nothing else touches the arena.
typedef struct Tus {
    Req *r;
    UploadId id;
    UploadMaking making;
    UploadFindRow upload;
    Time expires;
    const char *path;
    i64 offset;                          // that the client states
    int fd;                              // -1: closed
    i64 unlooked;                        // of app_room_on
    int status;
    Err (*finish)(struct Tus *t);
} Tus;

// Gives up the file's lock together with the file.
static void close_file(void *thing)
{
    Tus *t = thing;
    if (t->fd >= 0) close(t->fd);
    t->fd = -1;
}

static Tus *tus_new(Req *r)
{
    // A refused body runs neither handle nor cut: then the arena closes the file.
    ArenaSlot *slot = arena_defer(r->a, close_file);
    Tus *t = arena_new(r->a, Tus);
    *t = (Tus){ .r = r, .fd = -1 };
    slot->thing = t;
    r->raw = t;
    return t;
}

static void date_header(Req *r, Time expires)
{
    char *text = arena_alloc(r->a, TUS_DATE_SIZE);
    tus_date(expires, text);
    req_header(r, "Upload-Expires", str_of(text));
}

static void number_header(Req *r, const char *name, i64 v)
{
    req_header(r, name, arena_format(r->a, "%lld", (long long)v));
}

// What each of these routes needs before anything else.
static Err enter(Req *r)
{
    req_header(r, "Tus-Resumable", STR(TUS_VERSION));
    try(req_identify(r));
    if (str_eq(net_header(r->net, "Tus-Resumable"), STR(TUS_VERSION))) return ERR_OK;
    req_header(r, "Tus-Version", STR(TUS_VERSION));
    return refuse(&r->why, ERR_TUS_VERSION, "Tus-Resumable", "Send Tus-Resumable: %s.", TUS_VERSION);
}

static Err find(Req *r, void *context)
{
    Tus *t = context;
    return upload_own(r->tx, &r->by, t->id, &t->upload);
}

// The caller's own upload of the path's last part.
static Err enter_upload(Req *r, Tus *t)
{
    try(enter(r));
    Str last = r->net->path;
    while (str_find(last, STR("/")) >= 0) str_split(&last, '/');
    if (!tus_number(last, &t->id.v) || t->id.v == 0)
        return refuse(&r->why, ERR_NOT_FOUND, "id", "There is no such upload.");
    try(req_transaction(r, false, find, t));
    t->path = files_upload_path(r->a, r->app->data, t->upload.key).p;
    return ERR_OK;
}

static NetPlan refused(Req *r, Err e)
{
    req_refuse(r, e);
    return (NetPlan){ .plan = NET_BODY_REFUSED };
}

// ---------------------------------------------------------------------------------------------- the end, on a work thread

static void finish(void *context)
{
    Tus *t = context;
    Req *r = t->r;
    jmp_buf full;
    Err e = ERR_FULL;
    if (!setjmp(full)) {
        r->a->full = &full;
        e = t->finish(t);
    }
    r->a->full = NULL;
    close_file(t);
    if (e == ERR_OK) req_answer(r, t->status, NULL, NULL);
    else req_refuse(r, e);
}

// Not on the event loop: a commit or an fsync may take long.
static void finish_later(Req *r, Err (*f)(Tus *t), int status)
{
    Tus *t = r->raw;
    t->finish = f;
    t->status = status;
    Err e = work_submit(r->app->work, finish, t);
    if (e == ERR_OK) return;
    close_file(t);
    req_refuse(r, e);
}

static Err complete(Req *r, void *context)
{
    Tus *t = context;
    i64 n;
    return q_upload_complete(r->tx, (UploadCompleteIn){ .id = t->id }, &n);
}

// The file is made to last before the row says that it is whole.
static Err complete_if_whole(Tus *t, i64 size)
{
    if (size != t->upload.length || t->upload.state != UPLOAD_STATE_RECEIVING) return ERR_OK;
    try(files_keep(t->path));
    return req_transaction(t->r, true, complete, t);
}

// ---------------------------------------------------------------------------------------------- OPTIONS, POST

NetPlan upload_options_begin(Req *r)
{
    req_header(r, "Tus-Resumable", STR(TUS_VERSION));
    req_header(r, "Tus-Version", STR(TUS_VERSION));
    req_header(r, "Tus-Extension", STR(TUS_EXTENSIONS));
    number_header(r, "Tus-Max-Size", MEDIA_CLIP_MAX_BYTES);
    req_answer(r, 204, NULL, NULL);
    return (NetPlan){ .plan = NET_BODY_REFUSED };
}

void upload_options_handle(Req *r)
{
    must(!r);                            // begin has answered
}

static Err read_creation(Req *r, Tus *t)
{
    UploadMaking *m = &t->making;
    try(enter(r));
    if (!tus_number(net_header(r->net, "Upload-Length"), &m->length) || m->length == 0)
        return refuse(&r->why, ERR_BAD_FIELD, "Upload-Length", "Upload-Length must say how many bytes will come, from 1 to %d.",
                      MEDIA_CLIP_MAX_BYTES);
    if (m->length > MEDIA_CLIP_MAX_BYTES) {
        number_header(r, "Tus-Max-Size", MEDIA_CLIP_MAX_BYTES);
        return refuse(&r->why, ERR_TOO_LARGE, "Upload-Length", "A video may have at most %d bytes.", MEDIA_CLIP_MAX_BYTES);
    }
    m->metadata = net_header(r->net, "Upload-Metadata");
    if (!m->metadata.p) m->metadata = STR("");
    try(tus_metadata(r->a, m->metadata, &m->name, &r->why));
    if (r->net->content_length != 0)
        return refuse(&r->why, ERR_BAD_REQUEST, NULL, "Create the upload without a body; its bytes come by PATCH.");
    m->id = upload_id_next(r->by.ids, r->by.now);
    m->key = rand_token(r->a, CLIP_KEY_BYTES);
    return app_room(r->app, m->length);
}

NetPlan upload_create_begin(Req *r)
{
    Err e = read_creation(r, tus_new(r));
    return e == ERR_OK ? (NetPlan){ .plan = NET_BODY_BUFFER } : refused(r, e);
}

static Err add(Req *r, void *context)
{
    Tus *t = context;
    bool found;
    Str first, what = arena_format(r->a, "%lld %.*s", (long long)t->making.length, STR_ARG(t->making.metadata));
    try(req_first_answer(r, what, &first, &found));
    if (found) {
        bool whole = str_to_i64(str_split(&first, ' '), &t->making.id.v) && str_to_i64(first, &t->expires);
        return whole ? ERR_OK : ERR_INTERNAL;
    }
    try(upload_add(r->tx, &r->by, t->making, &t->expires));
    return req_keep_answer(r, what, arena_format(r->a, "%lld %lld", (long long)t->making.id.v, (long long)t->expires));
}

static Err create(Tus *t)
{
    Req *r = t->r;
    try(req_transaction(r, true, add, t));
    req_header(r, "Location", arena_format(r->a, "/v1/uploads/%lld", (long long)t->making.id.v));
    date_header(r, t->expires);
    return ERR_OK;
}

void upload_create_handle(Req *r)
{
    finish_later(r, create, 201);
}

// ---------------------------------------------------------------------------------------------- HEAD

NetPlan upload_head_begin(Req *r)
{
    Err e = enter_upload(r, tus_new(r));
    return e == ERR_OK ? (NetPlan){ .plan = NET_BODY_BUFFER } : refused(r, e);
}

// A process killed between the last byte and its row has left a whole file: it is found here, before the client moves on.
static Err state_offset(Tus *t)
{
    Req *r = t->r;
    i64 size = files_size(t->path);
    try(complete_if_whole(t, size));
    number_header(r, "Upload-Offset", size);
    number_header(r, "Upload-Length", t->upload.length);
    date_header(r, t->upload.expires);
    if (t->upload.metadata.n) req_header(r, "Upload-Metadata", t->upload.metadata);
    return ERR_OK;
}

void upload_head_handle(Req *r)
{
    finish_later(r, state_offset, 200);
}

// ---------------------------------------------------------------------------------------------- PATCH

static Err piece(NetRequest *net, const char *bytes, size_t n)
{
    Req *r = req_of(net);
    Tus *t = r->raw;
    // A slow body may last for days; the upload's file goes when its time is over, and what came then would fill the disk
    // under no name.
    Err e = t->upload.expires <= app_now(r->app) ? ERR_NOT_FOUND : app_room_on(r->app, &t->unlooked, n);
    if (e == ERR_OK) e = files_append(t->fd, bytes, n);
    if (e != ERR_OK) close_file(t);
    return e;
}

static void cut(NetRequest *net)
{
    close_file(req_of(net)->raw);        // what has arrived stays; the next request may go on at once
}

static Err begin_patch(Req *r, Tus *t)
{
    try(enter_upload(r, t));
    if (!str_eq_nocase(net_header(r->net, "Content-Type"), STR("application/offset+octet-stream")))
        return refuse(&r->why, ERR_UNSUPPORTED_TYPE, "Content-Type", "Send application/offset+octet-stream.");
    if (!tus_number(net_header(r->net, "Upload-Offset"), &t->offset))
        return refuse(&r->why, ERR_BAD_FIELD, "Upload-Offset", "Upload-Offset must say at which byte this goes on.");
    if (t->upload.state == UPLOAD_STATE_USED)
        return refuse(&r->why, ERR_OFFSET, "Upload-Offset", "This upload is whole and in use.");
    try(files_open_upload(t->path, &t->fd));
    i64 size = lseek(t->fd, 0, SEEK_END), left = t->upload.length - size;
    if (t->offset != size)
        return refuse(&r->why, ERR_OFFSET, "Upload-Offset", "%lld bytes have arrived: go on there.", (long long)size);
    if (r->net->content_length > left)
        return refuse(&r->why, ERR_TOO_LARGE, "Content-Length", "Only %lld bytes of this upload are missing.", (long long)left);
    return app_room(r->app, left);
}

NetPlan upload_patch_begin(Req *r)
{
    Tus *t = tus_new(r);
    Err e = begin_patch(r, t);
    if (e == ERR_OK)
        return (NetPlan){ .plan = NET_BODY_STREAM, .limit = t->upload.length - t->offset, .piece = piece, .cut = cut };
    if (e == ERR_LOCKED) refuse(&r->why, e, NULL, "Another request is writing this upload; try again when it has ended.");
    close_file(t);
    return refused(r, e);
}

static Err end_patch(Tus *t)
{
    i64 size = lseek(t->fd, 0, SEEK_END);
    try(complete_if_whole(t, size));
    number_header(t->r, "Upload-Offset", size);
    date_header(t->r, t->upload.expires);
    return ERR_OK;
}

void upload_patch_handle(Req *r)
{
    finish_later(r, end_patch, 204);
}

// ---------------------------------------------------------------------------------------------- DELETE, GET

static Err begin_delete(Req *r, Tus *t)
{
    try(enter_upload(r, t));
    return files_open_upload(t->path, &t->fd);           // nobody writes it meanwhile
}

NetPlan upload_delete_begin(Req *r)
{
    Tus *t = tus_new(r);
    Err e = begin_delete(r, t);
    if (e == ERR_OK) return (NetPlan){ .plan = NET_BODY_BUFFER };
    close_file(t);
    return refused(r, e);
}

static Err drop(Req *r, void *context)
{
    Tus *t = context;
    return upload_drop(r->tx, &r->by, t->id);
}

static Err drop_it(Tus *t)
{
    return req_transaction(t->r, true, drop, t);
}

void upload_delete_handle(Req *r)
{
    finish_later(r, drop_it, 204);
}

Err upload_list(Req *r, UploadPage *out)
{
    UploadFindRowList rows;
    AccountId account = { r->by.who.account };
    try(q_upload_open(r->tx, (UploadOpenIn){ .account = account, .now = r->by.now }, &rows));
    out->items = (UploadList){ arena_new_array(r->a, Upload, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        const UploadFindRow *u = &rows.p[i];
        i64 arrived = files_size(files_upload_path(r->a, r->app->data, u->key).p);
        out->items.p[i] = (Upload){ .id = u->id, .state = u->state, .length = u->length, .offset = arrived, .name = u->name,
                                    .created = u->created, .expires = u->expires };
    }
    return ERR_OK;
}
