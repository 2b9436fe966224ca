// Files of the data folder over HTTP, and the first decision about everything outside /v1.
#include "main/files.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"
#include "main/pages.h"
#include "main/web.h"

// ---------------------------------------------------------------------------------------------- media

// The only endings that are ever served from the data folder; none of these types runs in a browser.
static const struct { Str ending; const char *type; } ENDINGS[] = {
    { { "m4s", 3 }, "video/iso.segment" }, { { "m3u8", 4 }, "application/vnd.apple.mpegurl" }, { { "mp4", 3 }, "video/mp4" },
    { { "webp", 4 }, "image/webp" }, { { "jpg", 3 }, "image/jpeg" },
};

static bool is_name(Str s)
{
    if (s.n == 0 || s.n > MEDIA_NAME_MAX) return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!good) return false;
    }
    return true;
}

bool files_media_path(Str path, Str *relative, const char **type)
{
    if (!str_starts(path, STR("/media/"))) return false;
    Str rest = str_slice(path, 7, path.n);
    *relative = rest;
    for (i64 parts = 1; parts <= MEDIA_PARTS_MAX; parts++) {
        bool last = str_find(rest, STR("/")) < 0;
        Str part = str_split(&rest, '/');
        if (!last) {
            if (!is_name(part)) return false;
            continue;
        }
        Str name = str_split(&part, '.');
        if (!is_name(name)) return false;
        for (i64 i = 0; i < COUNT(ENDINGS); i++) {
            if (!str_eq(part, ENDINGS[i].ending)) continue;
            *type = ENDINGS[i].type;
            return true;
        }
        return false;
    }
    return false;
}

Err files_open(App *app)
{
    Arena a = { 0 };
    Str path = arena_format(&a, "%.*s/media", STR_ARG(app->data));
    int folder = open(path.p, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) log_event(LOG_ERROR, (Str){ 0 }, "start", "cannot open the folder %s: %s", path.p, strerror(errno));
    arena_free(&a);
    if (folder < 0) return ERR_INTERNAL;
    app->media_folder = folder;
    return ERR_OK;
}

void files_close(App *app)
{
    if (app->media_folder > 0) close(app->media_folder);
    app->media_folder = 0;
}

// -1 when there is no such file. Whatever lies in the folder, a link never leads out of it: the kernel sees to that.
static int open_media(const App *app, Arena *a, Str relative)
{
    struct open_how how = { .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS };
    int file = (int)syscall(SYS_openat2, app->media_folder, arena_cstr(a, relative), &how, sizeof(how));
    if (file < 0 && errno != ENOENT && errno != ENOTDIR)
        log_event(LOG_WARN, (Str){ 0 }, "media", "%.*s: %s", STR_ARG(relative), strerror(errno));
    return file;
}

static void add_media_headers(Headers *h, const char *type)
{
    headers_add(h, "Content-Type", str_of(type));
    headers_add(h, "Accept-Ranges", STR("bytes"));
    headers_add(h, "Content-Disposition", STR("inline"));
    headers_add(h, "X-Content-Type-Options", STR("nosniff"));
    headers_add(h, "Content-Security-Policy", STR("default-src 'none'; sandbox"));
}

static void not_found(NetRequest *r)
{
    Headers h = headers_new(r->a);
    headers_add(&h, "Content-Type", STR("text/plain; charset=utf-8"));
    headers_add(&h, "X-Content-Type-Options", STR("nosniff"));
    headers_add(&h, "Cache-Control", STR("no-store"));
    headers_add(&h, "Content-Security-Policy", STR("default-src 'none'; sandbox"));
    net_answer(r, &(NetAnswer){ .status = 404, .headers = h.p, .n_headers = h.n, .body = STR("There is nothing here.\n") });
}

typedef struct Slice { i64 from, length; int status; } Slice;

// Which bytes of the file, and the status that says so.
static Slice slice_of(const NetRequest *r, i64 size, Str tag)
{
    Slice s = { .from = 0, .length = size, .status = 200 };
    if (web_tag_matches(net_header(r, "If-None-Match"), tag)) return (Slice){ .status = 304 };
    Str range = net_header(r, "Range"), if_range = net_header(r, "If-Range");
    // If-Range with anything but this very file, dates included: the whole of it.
    if (!range.p || (if_range.p && !str_eq(if_range, tag))) return s;
    int kind = net_parse_range(range, size, &s.from, &s.length);
    if (kind < 0) return (Slice){ .status = 416 };
    if (kind > 0) s.status = 206;
    return s;
}

static void send_media(NetRequest *r, int file, const struct stat *st, const char *type)
{
    i64 size = st->st_size;
    Str tag = arena_format(r->a, "\"%llx-%llx\"", (unsigned long long)st->st_mtim.tv_sec * 1000000000ULL +
                           (unsigned long long)st->st_mtim.tv_nsec, (unsigned long long)size);
    Slice s = slice_of(r, size, tag);
    Headers h = headers_new(r->a);
    add_media_headers(&h, type);
    headers_add(&h, "ETag", tag);
    // Every clip and picture has a folder with a name of its own that is never used again.
    headers_add(&h, "Cache-Control", s.status == 416 ? STR("no-store") : STR("public, max-age=31536000, immutable"));
    if (s.status == 206)
        headers_add(&h, "Content-Range", arena_format(r->a, "bytes %lld-%lld/%lld", (long long)s.from,
                                                      (long long)(s.from + s.length - 1), (long long)size));
    if (s.status == 416) headers_add(&h, "Content-Range", arena_format(r->a, "bytes */%lld", (long long)size));
    NetAnswer answer = { .status = s.status, .headers = h.p, .n_headers = h.n };
    if (s.length > 0) {
        answer.file = file;
        answer.file_from = s.from;
        answer.file_length = s.length;
    } else {
        close(file);
    }
    net_answer(r, &answer);
}

static void close_number(void *thing)
{
    close((int)(intptr_t)thing);
}

static void media(App *app, NetRequest *r)
{
    Str relative;
    const char *type;
    struct stat st;
    ArenaSlot *slot = arena_defer(r->a, close_number);
    if (!files_media_path(r->path, &relative, &type)) {
        not_found(r);
        return;
    }
    int file = open_media(app, r->a, relative);
    if (file <= 0 || fstat(file, &st) != 0 || !S_ISREG(st.st_mode)) {
        if (file > 0) close(file);
        not_found(r);
        return;
    }
    slot->thing = (void *)(intptr_t)file;
    send_media(r, file, &st, type);
    slot->thing = NULL;                  // net's now, or closed
}

// ---------------------------------------------------------------------------------------------- the first decision

static void full_answer(NetRequest *r)
{
    static const NetHeader HEADERS[] = { { { "Content-Type", 12 }, { "text/plain; charset=utf-8", 25 } },
                                         { { "X-Content-Type-Options", 22 }, { "nosniff", 7 } },
                                         { { "Cache-Control", 13 }, { "no-store", 8 } },
                                         { { "Content-Security-Policy", 23 }, { "default-src 'none'; sandbox", 27 } },
                                         { { "Retry-After", 11 }, { "1", 1 } } };
    net_answer(r, &(NetAnswer){ .status = 503, .headers = HEADERS, .n_headers = COUNT(HEADERS),
                                .body = STR("This request needs more memory than one may have.\n") });
}

static void choose(App *app, NetRequest *r)
{
    if (web_refuse_method(r)) return;
    if (str_starts(r->path, STR("/media/"))) {
        media(app, r);
        return;
    }
    const WebFile *file = web_find(r->path);
    if (file && !str_eq(r->path, STR("/index.html"))) web_answer(r, file);
    else pages_answer(app, r);
}

NetPlan files_begin(App *app, NetRequest *r)
{
    jmp_buf full;
    if (setjmp(full)) {
        r->a->full = NULL;
        full_answer(r);
    } else {
        r->a->full = &full;
        choose(app, r);
        r->a->full = NULL;
    }
    return (NetPlan){ .plan = NET_BODY_REFUSED };
}
