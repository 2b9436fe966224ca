// Answers: headers, problems (RFC 9457), raw routes' way to answer. The other half of dispatch.c.
#include "api/dispatch.h"

#include "base/log.h"

enum { SLOW_US = 500 * 1000 };

void req_header(Req *r, const char *name, Str value)
{
    must(r->n_headers < COUNT(r->headers));
    r->headers[r->n_headers++] = (NetHeader){ str_of(name), value };
}

static void write_problem(Buf *b, Err e, const Refusal *why, Str request)
{
    buf_format(b, "{\"type\":\"/problems/%s\",\"title\":", err_slug(e));
    json_write_text(b, str_of(err_title(e)));
    buf_format(b, ",\"status\":%d,\"slug\":\"%s\",\"detail\":", err_status(e), err_slug(e));
    json_write_text(b, str_of(why && why->detail[0] ? why->detail : err_title(e)));
    if (why && why->field) {
        buf_add(b, STR(",\"field\":"));
        json_write_text(b, str_of(why->field));
    }
    if (request.n) buf_format(b, ",\"requestId\":\"%.*s\"", STR_ARG(request));
    buf_add_char(b, '}');
}

static i64 common_headers(NetHeader *h, Str id, bool problem, bool body)
{
    i64 n = 0;
    if (body) h[n++] = (NetHeader){ STR("Content-Type"), problem ? STR("application/problem+json") : STR("application/json") };
    h[n++] = (NetHeader){ STR("X-Content-Type-Options"), STR("nosniff") };
    h[n++] = (NetHeader){ STR("Cache-Control"), STR("no-store") };
    h[n++] = (NetHeader){ STR("Content-Security-Policy"), STR("default-src 'none'; frame-ancestors 'none'") };
    if (id.n) h[n++] = (NetHeader){ STR("X-Request-Id"), id };
    return n;
}

void answer_full(NetRequest *net)
{
    static const NetHeader HEADERS[] = {
        { { "Content-Type", 12 }, { "application/problem+json", 24 } },
        { { "X-Content-Type-Options", 22 }, { "nosniff", 7 } },
        { { "Cache-Control", 13 }, { "no-store", 8 } },
        { { "Content-Security-Policy", 23 }, { "default-src 'none'; frame-ancestors 'none'", 42 } },
        { { "Retry-After", 11 }, { "1", 1 } },
    };
    net->a->full = NULL;
    net_answer(net, &(NetAnswer){ .status = 503, .headers = HEADERS, .n_headers = COUNT(HEADERS),
                                  .body = STR("{\"type\":\"/problems/busy\",\"title\":\"This request needs more memory than "
                                              "one may have\",\"status\":503,\"slug\":\"busy\",\"detail\":\"This request needs "
                                              "more memory than one may have\"}") });
}

static void note(const Call *c, int status)
{
    i64 us = clock_monotonic_us() - c->began_us;
    metrics_count(c->req.app->metrics, c->route ? c->route - ROUTES : -1, status, us);
    bool write = c->route && c->route->mode != MODE_READ;
    if (status < 400 && !write && us < SLOW_US) return;
    const Caller *who = &c->req.by.who;
    log_event(status >= 500 ? LOG_WARN : LOG_INFO, c->req.id, "request", "%.*s %.*s %d %s account=%lld us=%lld",
              STR_ARG(c->req.net->method), STR_ARG(str_slice(c->req.net->path, 0, 200)), status,
              c->err != ERR_OK ? err_slug(c->err) : "ok", (long long)who->account, (long long)us);
}

static Call *call_of(Req *r)
{
    return r->net->context;
}

// In place of JSON's type and policy.
static i64 bytes_headers(NetHeader *h, i64 n, const ReqBytes *bytes)
{
    for (i64 i = 0; i < n; i++) {
        if (str_eq(h[i].name, STR("Content-Type"))) h[i].value = str_of(bytes->type);
        if (str_eq(h[i].name, STR("Content-Security-Policy"))) h[i].value = str_of(bytes->policy);
    }
    if (bytes->disposition) h[n++] = (NetHeader){ STR("Content-Disposition"), str_of(bytes->disposition) };
    return n;
}

// Sends status, headers and body from the request's arena. Separate from call_answer so that a full arena is caught there.
static void send(Req *r, int status, bool problem, Str body, bool close, CacheEntry *cached)
{
    NetHeader *h = call_of(r)->headers;
    i64 n = common_headers(h, r->id, problem, body.n > 0);
    if (call_of(r)->bytes && !problem) n = bytes_headers(h, n, call_of(r)->bytes);
    for (i64 i = 0; i < r->n_headers; i++) h[n++] = r->headers[i];
    if (status == 401) h[n++] = (NetHeader){ STR("WWW-Authenticate"), STR("Bearer") };
    if (status == 503 || status == 429) h[n++] = (NetHeader){ STR("Retry-After"), STR("1") };
    must(n <= ANSWER_HEADERS_MAX);
    r->a->full = NULL;
    net_answer((NetRequest *)r->net, &(NetAnswer){ .status = status, .headers = h, .n_headers = n, .body = body, .close = close,
                                    .release = cached ? cache_release : NULL, .release_context = cached });
}

static void send_problem(Req *r, Err e, bool close)
{
    Buf b = buf_new(r->a, 8192);
    write_problem(&b, e, &r->why, r->id);
    send(r, err_status(e), true, buf_str(&b), close, NULL);
}

void call_answer(Call *c)
{
    jmp_buf full;
    note(c, c->err != ERR_OK ? err_status(c->err) : c->status);
    if (setjmp(full)) {
        if (c->cached) cache_release(c->cached);
        answer_full((NetRequest *)c->req.net);
        return;
    }
    c->req.a->full = &full;
    if (c->err != ERR_OK) {
        // What the transaction wanted to set does not hold.
        if (c->task.run) c->req.n_headers = c->n_headers;
        send_problem(&c->req, c->err, false);
    } else {
        send(&c->req, c->status, false, c->body, false, c->cached);
    }
}

// ---------------------------------------------------------------------------------------------- raw routes

Req *req_of(const NetRequest *net)
{
    Call *c = net->context;
    return &c->req;
}

void req_answer(Req *r, int status, const Type *type, const void *out)
{
    Call *c = call_of(r);
    jmp_buf full;
    if (setjmp(full)) {
        answer_full((NetRequest *)r->net);
        return;
    }
    r->a->full = &full;
    Buf b = buf_new(r->a, JSON_ANSWER_MAX);
    if (type) json_write(&b, type, out);
    r->a->full = NULL;
    c->err = ERR_OK;
    c->status = status;
    c->body = type ? buf_str(&b) : (Str){ 0 };
    call_answer(c);
}

void req_answer_bytes(Req *r, const ReqBytes *bytes)
{
    Call *c = call_of(r);
    must(bytes->body.n > 0);
    c->err = ERR_OK;
    c->status = 200;
    c->body = bytes->body;
    c->bytes = bytes;
    call_answer(c);
}

void req_refuse(Req *r, Err e)
{
    Call *c = call_of(r);
    c->err = e;
    c->task.run = NULL;
    call_answer(c);
}

typedef struct RawRun { Req *r; Err (*f)(Req *r, void *context); void *context; ArenaMark mark; i64 n_headers; } RawRun;

static Err run_raw(Tx *tx, void *context)
{
    RawRun *run = context;
    Req *r = run->r;
    arena_rewind(r->a, run->mark);
    r->n_headers = run->n_headers;                       // a try that failed has said nothing
    jmp_buf full, *before = r->a->full;
    if (setjmp(full)) {
        r->a->full = before;
        return ERR_FULL;
    }
    r->a->full = &full;
    tx->a = r->a;
    r->tx = tx;
    Err e = run->f(r, run->context);
    r->a->full = before;
    if (e != ERR_OK) r->why = tx->why;
    return e;
}

Err req_transaction(Req *r, bool write, Err (*f)(Req *r, void *context), void *context)
{
    RawRun run = { .r = r, .f = f, .context = context, .mark = arena_mark(r->a), .n_headers = r->n_headers };
    Err e = db_run(r->app->db, write, run_raw, &run);
    r->tx = NULL;
    return e;
}

static Err identify(Req *r, void *context)
{
    (void)context;
    try(req_find_caller(r, r->tx));
    return req_may(r);
}

Err req_identify(Req *r)
{
    try(req_check_csrf(r));
    return req_transaction(r, false, identify, NULL);
}

// ---------------------------------------------------------------------------------------------- the wire's refusals

size_t api_wire_refusal(void *context, Err e, const char *detail, char *out, size_t size)
{
    (void)context;
    char body[600];
    // `detail` is one of net's own sentences: plain ASCII without quotes.
    int n = snprintf(body, sizeof(body),
                     "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d,\"slug\":\"%s\",\"detail\":\"%s\"}", err_slug(e),
                     err_title(e), err_status(e), err_slug(e), detail && detail[0] ? detail : err_title(e));
    must(n > 0 && (size_t)n < sizeof(body));
    int all = snprintf(out, size,
                       "HTTP/1.1 %d Refused\r\nContent-Type: application/problem+json\r\nX-Content-Type-Options: nosniff\r\n"
                       "Cache-Control: no-store\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
                       "Content-Length: %d\r\nConnection: close\r\n\r\n%s",
                       err_status(e), n, body);
    return all > 0 && (size_t)all < size ? (size_t)all : 0;
}
