// From the library's callbacks to a request and back: begin, pieces of the body, handle, answer. The only file beside
// net.c that knows libmicrohttpd.
#include <microhttpd.h>

#include "net/connection.h"
#include "net/request.h"

#include <arpa/inet.h>
#include <errno.h>
#include <setjmp.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

enum {
    BODY_ROOM_FIRST = 64 * 1024,     // a longer body's room doubles as its bytes come: an announcement costs us nothing
    HEADER_NAME_MAX = 64, HEADER_VALUE_MAX = 12 * 1024,   // of an answer
};

// arena_alloc for net's own needs: NULL instead of the jump, since no dispatcher stands around it yet.
static void *take(Arena *a, size_t bytes)
{
    jmp_buf full;
    a->full = &full;
    void *p = setjmp(full) ? NULL : arena_alloc(a, bytes);
    a->full = NULL;
    return p;
}

static NetConnection *connection_of(struct MHD_Connection *mhd)
{
    return MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static const NetHeader *headers_of(const NetRequest *r, i64 *n)
{
    *n = r->connection ? r->connection->n_headers : r->local->n_headers;
    return r->connection ? r->connection->headers : r->local->headers;
}

Str net_header(const NetRequest *r, const char *name)
{
    i64 n;
    const NetHeader *headers = headers_of(r, &n);
    Str wanted = str_of(name);
    for (i64 i = 0; i < n; i++)
        if (str_eq_nocase(headers[i].name, wanted)) return headers[i].value;
    return (Str){ 0 };
}

Str net_cookie(const NetRequest *r, const char *name)
{
    i64 n;
    const NetHeader *headers = headers_of(r, &n);
    for (i64 i = 0; i < n; i++) {
        if (!str_eq_nocase(headers[i].name, STR("cookie"))) continue;
        Str value = net_find_cookie(headers[i].value, str_of(name));
        if (value.p) return value;
    }
    return (Str){ 0 };
}

// The request line has been read. The library is about to cut and decode its text in place, so it is kept here.
void *request_on_target(void *context, const char *target, struct MHD_Connection *mhd)
{
    Net *net = context;
    NetConnection *c = connection_of(mhd);
    if (!c) return NULL;
    // The guard has seen this request, or the program was linked without it: then nothing must be served.
    must(c->wire.heads + c->wire.requests + c->wire.head_bytes > 0);
    atomic_fetch_add(&net->requests, 1);
    c->arena = (Arena){ .limit = net->options.arena_limit };
    c->request = (NetRequest){ .a = &c->arena, .context = net->handler.context, .connection = c };
    c->headers = NULL;
    c->n_headers = 0;
    c->body_room = 0;
    c->received = 0;
    c->begun = c->handled = c->turned_away = c->begin_answered = c->answered = c->waiting = false;
    c->open = true;
    size_t n = strlen(target);
    char *copy = take(&c->arena, n + 1);
    if (!copy) return c;                               // the path stays empty: begin is not reached, see first_call
    memcpy(copy, target, n);
    Str rest = { copy, n };
    i64 scheme = str_starts(rest, STR("/")) ? -1 : str_find(rest, STR("://"));
    if (scheme >= 0) {                                 // absolute form: what follows the host
        rest = str_slice(rest, (size_t)scheme + 3, rest.n);
        while (rest.n && rest.p[0] != '/' && rest.p[0] != '?') rest = str_slice(rest, 1, rest.n);
    }
    c->request.path = str_split(&rest, '?');
    if (c->request.path.n == 0) c->request.path = STR("/");
    c->request.query = rest;
    return c;
}

static enum MHD_Result add_header(void *context, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                  const char *value, size_t value_n)
{
    NetConnection *c = context;
    (void)kind;
    must(c->n_headers < NET_HEADERS_MAX);
    c->headers[c->n_headers++] = (NetHeader){ { name, name_n }, str_trim((Str){ value ? value : "", value_n }) };
    return MHD_YES;
}

// The peer, or whom a trusted peer speaks for: the last hop of the last X-Forwarded-For.
static void find_client(NetConnection *c, const Net *net)
{
    NetRequest *r = &c->request;
    r->address = str_of(c->address);
    if (net->trusted_proxy[0] == 0 || strcmp(c->address, net->trusted_proxy) != 0) return;
    r->https = str_eq_nocase(net_header(r, "X-Forwarded-Proto"), STR("https"));
    Str hop = { 0 };
    for (i64 i = 0; i < c->n_headers; i++)
        if (str_eq_nocase(c->headers[i].name, STR("x-forwarded-for"))) hop = c->headers[i].value;
    while (str_find(hop, STR(",")) >= 0) str_split(&hop, ',');
    hop = str_trim(hop);
    char text[NET_ADDRESS_SIZE];
    u8 binary[sizeof(struct in6_addr)];
    if (hop.n == 0 || hop.n >= sizeof(text)) return;
    memcpy(text, hop.p, hop.n);
    text[hop.n] = 0;
    if (inet_pton(AF_INET, text, binary) == 1 || inet_pton(AF_INET6, text, binary) == 1) r->address = hop;
}

// The guard has checked that there is at most one of the two, and its form.
static i64 content_length(const NetRequest *r)
{
    if (net_header(r, "Transfer-Encoding").p) return -1;
    i64 n = 0;
    Str text = net_header(r, "Content-Length");
    must(!text.p || str_to_i64(text, &n));
    return n;
}

static void turn_away(NetConnection *c, Err e, const char *detail)
{
    c->turned_away = true;
    pthread_mutex_lock(&c->lock);
    if (!c->refused) guard_refuse(c, e, detail);
    pthread_mutex_unlock(&c->lock);
}

static void turn_away_large(NetConnection *c)
{
    char text[80];
    snprintf(text, sizeof(text), "The body may have at most %lld bytes here", (long long)c->plan.limit);
    turn_away(c, ERR_TOO_LARGE, text);
}

static bool read_head(NetConnection *c, const Net *net, const char *method)
{
    int n = MHD_get_connection_values_n(c->mhd, MHD_HEADER_KIND, NULL, NULL);
    must(n >= 0 && n <= NET_HEADERS_MAX);
    c->headers = take(&c->arena, (size_t)n * sizeof(NetHeader) + 1);
    if (c->request.path.n == 0 || !c->headers) return false;
    MHD_get_connection_values_n(c->mhd, MHD_HEADER_KIND, add_header, c);
    c->request.method = str_of(method);
    c->request.content_length = content_length(&c->request);
    find_client(c, net);
    return true;
}

static enum MHD_Result queue_answer(NetConnection *c, const Net *net);
static bool say_answer(NetConnection *c);

// begin() has answered although a body is coming. A short body is waited for and dropped, and the answer follows it.
// Otherwise the answer is written at once, and the guard drops what still comes.
static enum MHD_Result answer_early(NetConnection *c, const Net *net)
{
    i64 n = c->request.content_length;
    if (n >= 0 && n <= NET_DISCARD_MAX && !net_header(&c->request, "Expect").p) return MHD_YES;
    if (say_answer(c)) return MHD_YES;
    pthread_mutex_lock(&c->lock);                      // too long for that: the library sends it and closes
    bool refused = c->refused;
    if (!refused) guard_sending(c);
    pthread_mutex_unlock(&c->lock);
    return refused ? MHD_NO : queue_answer(c, net);
}

// The head is complete.
static enum MHD_Result first_call(NetConnection *c, const Net *net, const char *method)
{
    NetRequest *r = &c->request;
    c->begun = true;
    c->plan = (NetPlan){ 0 };
    if (!read_head(c, net, method)) {
        turn_away(c, ERR_FULL, "");
        return MHD_YES;
    }
    c->plan = net->handler.begin(net->handler.context, r);
    c->begin_answered = c->answered;
    if (c->begin_answered) return r->content_length == 0 ? MHD_YES : answer_early(c, net);
    must(c->plan.plan != NET_BODY_REFUSED);
    must(c->plan.plan != NET_BODY_STREAM || c->plan.piece);
    if (r->content_length > c->plan.limit) turn_away_large(c);
    return MHD_YES;
}

static Err keep(NetConnection *c, const char *bytes, size_t n)
{
    NetRequest *r = &c->request;
    if (c->body_room - r->body.n < n) {
        size_t announced = r->content_length > 0 ? (size_t)r->content_length : SIZE_MAX;
        size_t room = c->body_room ? 2 * c->body_room : BODY_ROOM_FIRST;
        while (room < r->body.n + n) room *= 2;
        if (room > announced) room = announced;
        must(room >= r->body.n + n);
        char *larger = take(&c->arena, room + 1);      // and a NUL, for parsers that like one
        if (!larger) return ERR_FULL;
        if (r->body.n) memcpy(larger, r->body.p, r->body.n);
        r->body.p = larger;
        c->body_room = room;
    }
    // The room is ours and not const; Str only lends it out as such.
    memcpy((char *)(uintptr_t)r->body.p + r->body.n, bytes, n);
    r->body.n += n;
    return ERR_OK;
}

static void body_piece(NetConnection *c, const char *bytes, size_t n)
{
    if (c->turned_away || c->begin_answered) return;
    c->received += (i64)n;
    if (c->received > c->plan.limit) {
        turn_away_large(c);
        return;
    }
    Err e = c->plan.plan == NET_BODY_STREAM ? c->plan.piece(&c->request, bytes, n) : keep(c, bytes, n);
    if (e != ERR_OK) turn_away(c, e, "");
}

// The whole request is there; comes again when a suspended connection has been resumed.
static enum MHD_Result last_call(NetConnection *c, Net *net)
{
    if (c->turned_away) return MHD_NO;
    if (!c->handled && !c->begin_answered) {
        c->handled = true;
        net->handler.handle(net->handler.context, &c->request);
    }
    // net_answer() may run in another thread at this moment: whoever takes the lock second sends the answer.
    pthread_mutex_lock(&c->lock);
    bool refused = c->refused, answered = c->answered;
    if (!answered) {
        c->waiting = true;
        MHD_suspend_connection(c->mhd);
    } else if (!refused) {
        guard_sending(c);
    }
    pthread_mutex_unlock(&c->lock);
    if (!answered) return MHD_YES;
    return refused ? MHD_NO : queue_answer(c, net);
}

void net_answer(NetRequest *r, const NetAnswer *answer)
{
    NetConnection *c = r->connection;
    must(answer->status >= 200 && answer->status <= 599);
    if (!c) {
        r->local->answered(r, answer);
        return;
    }
    pthread_mutex_lock(&c->lock);
    must(!c->answered);
    c->answer = *answer;
    c->answered = true;
    if (c->waiting) {
        c->waiting = false;
        MHD_resume_connection(c->mhd);
    }
    pthread_mutex_unlock(&c->lock);
}

enum MHD_Result request_on_access(void *context, struct MHD_Connection *mhd, const char *url, const char *method,
                                  const char *version, const char *bytes, size_t *n, void **request)
{
    Net *net = context;
    NetConnection *c = *request;
    (void)mhd, (void)url, (void)version;
    if (!c) return MHD_NO;
    if (!c->begun) return first_call(c, net, method);
    if (*n == 0) return last_call(c, net);
    body_piece(c, bytes, *n);
    *n = 0;
    return MHD_YES;
}

static void add_answer_header(struct MHD_Response *response, const NetHeader *h)
{
    char name[HEADER_NAME_MAX + 1], value[HEADER_VALUE_MAX + 1];
    if (h->name.n <= HEADER_NAME_MAX && h->value.n <= HEADER_VALUE_MAX) {
        memcpy(name, h->name.p, h->name.n);
        name[h->name.n] = 0;
        if (h->value.n) memcpy(value, h->value.p, h->value.n);
        value[h->value.n] = 0;
        if (MHD_add_response_header(response, name, value) == MHD_YES) return;
    }
    log_event(LOG_ERROR, (Str){ 0 }, "net_header", "An answer's header %.*s was left out", STR_ARG(h->name));
}

static struct MHD_Response *build_response(NetConnection *c)
{
    NetAnswer *a = &c->answer;
    if (a->file > 0 && a->file_length > 0) {
        must(a->file_from >= 0);
        struct MHD_Response *r = MHD_create_response_from_fd_at_offset64((u64)a->file_length, a->file, (u64)a->file_from);
        if (!r) return NULL;
        a->file = 0;                                   // the library closes it from now on
        bool no_body = a->status == 204 || a->status == 304 || str_eq(c->request.method, STR("HEAD"));
        c->file_left = no_body ? 0 : a->file_length;
        return r;
    }
    // The library reads the body only, and not after request_on_completed(), which frees it.
    return MHD_create_response_from_buffer(a->file > 0 ? 0 : a->body.n, (void *)(uintptr_t)a->body.p, MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result queue_answer(NetConnection *c, const Net *net)
{
    NetAnswer *a = &c->answer;
    struct MHD_Response *response = build_response(c);
    if (!response) return MHD_NO;
    for (i64 i = 0; i < a->n_headers; i++) add_answer_header(response, &a->headers[i]);
    if (a->close || atomic_load_explicit(&net->stopping, memory_order_relaxed))
        MHD_add_response_header(response, "Connection", "close");
    enum MHD_Result ok = MHD_queue_response(c->mhd, (unsigned)a->status, response);
    MHD_destroy_response(response);                    // the library has a reference of its own
    return ok;
}

// Writes an answer from memory past the library, before the body that the client is sending. False: too long for that.
static bool say_answer(NetConnection *c)
{
    const NetAnswer *a = &c->answer;
    char out[NET_REFUSAL_SIZE], date[40];
    if (a->file > 0 || a->body.n > sizeof(out) / 2) return false;
    struct tm now;
    time_t t = time(NULL);
    must(gmtime_r(&t, &now) && strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", &now) > 0);
    int n = snprintf(out, sizeof(out), "HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Length: %zu\r\nConnection: close\r\n", a->status,
                     MHD_get_reason_phrase_for((unsigned)a->status), date, a->body.n);
    for (i64 i = 0; i < a->n_headers; i++) {
        const NetHeader *h = &a->headers[i];
        must(!memchr(h->value.p ? h->value.p : "", '\n', h->value.n) && !memchr(h->value.p ? h->value.p : "", '\r', h->value.n));
        if ((size_t)n + h->name.n + h->value.n + 8 > sizeof(out)) return false;
        n += snprintf(out + n, sizeof(out) - (size_t)n, "%.*s: %.*s\r\n", STR_ARG(h->name), STR_ARG(h->value));
    }
    if ((size_t)n + 2 + a->body.n > sizeof(out)) return false;
    memcpy(out + n, "\r\n", 2);
    n += 2;
    if (a->body.n && !str_eq(c->request.method, STR("HEAD"))) {
        memcpy(out + n, a->body.p, a->body.n);
        n += (int)a->body.n;
    }
    c->turned_away = true;
    pthread_mutex_lock(&c->lock);
    if (!c->refused) guard_say(c, out, (size_t)n);
    pthread_mutex_unlock(&c->lock);
    return true;
}

// The answer is with the kernel, or the client is gone.
void request_on_completed(void *context, struct MHD_Connection *mhd, void **request, enum MHD_RequestTerminationCode how)
{
    NetConnection *c = *request;
    (void)context, (void)mhd, (void)how;
    if (!c) return;
    must(c->open && !c->waiting);
    c->file_left = 0;
    bool cut_short = c->begun && !c->turned_away && !c->answered;
    if (cut_short && c->plan.cut) c->plan.cut(&c->request);
    if (c->answered && c->answer.file > 0) close(c->answer.file);
    if (c->answered && c->answer.release) c->answer.release(c->answer.release_context);
    arena_free(&c->arena);
    c->open = false;
    *request = NULL;
    pthread_mutex_lock(&c->lock);
    guard_request_done(c);
    pthread_mutex_unlock(&c->lock);
}

static void peer_address(struct MHD_Connection *mhd, char out[NET_ADDRESS_SIZE])
{
    const struct sockaddr *a = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    out[0] = 0;
    if (a->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, a, sizeof(four));
        inet_ntop(AF_INET, &four.sin_addr, out, NET_ADDRESS_SIZE);
    } else if (a->sa_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, a, sizeof(six));
        // An IPv4 client of a socket for both is shown as what it is.
        if (IN6_IS_ADDR_V4MAPPED(&six.sin6_addr)) inet_ntop(AF_INET, six.sin6_addr.s6_addr + 12, out, NET_ADDRESS_SIZE);
        else inet_ntop(AF_INET6, &six.sin6_addr, out, NET_ADDRESS_SIZE);
    }
}

void request_on_connection(void *context, struct MHD_Connection *mhd, void **socket_context,
                           enum MHD_ConnectionNotificationCode what)
{
    Net *net = context;
    NetConnection *c = *socket_context;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        int fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        if (!guard_open(net, fd, mhd)) {
            shutdown(fd, SHUT_RDWR);
            return;
        }
        c = guard_entry(fd);
        peer_address(mhd, c->address);
        *socket_context = c;
        atomic_fetch_add(&net->connections, 1);
    } else if (c) {
        must(!c->open);
        guard_close(c);
        *socket_context = NULL;
        atomic_fetch_sub(&net->connections, 1);
    }
}
