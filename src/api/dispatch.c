// From a request to one handler and back: route, decoding, who calls, one transaction, the answer. Knows no feature.
#include "api/dispatch.h"

#include "gen/api.gen.h"
#include "base/log.h"

enum { NOTE_SLOW_US = 500 * 1000, TOUCH_EVERY_MS = 10 * MINUTE_MS };

Time app_now(const App *app)
{
    i64 fixed = atomic_load(&app->clock_fixed_ms);
    return (fixed ? fixed : clock_now()) + atomic_load(&app->clock_shift_ms);
}

// ---------------------------------------------------------------------------------------------- route

// Does `path` fit `pattern`? Fills values[] with the text in the places of {…}, at most ROUTE_PARAMS_MAX. What stands in a place
// ends at a slash, or at the dot of an ending that the pattern has there: "/v1/invoices/{id}.pdf".
static bool path_fits(const char *pattern, Str path, Str *values)
{
    size_t at = 0;
    i64 n = 0;
    for (const char *p = pattern; *p; p++) {
        if (*p != '{') {
            if (at >= path.n || path.p[at] != *p) return false;
            at++;
            continue;
        }
        size_t from = at;
        while (*p != '}') p++;
        while (at < path.n && path.p[at] != '/' && !(p[1] == '.' && path.p[at] == '.')) at++;
        if (at == from) return false;
        must(n < ROUTE_PARAMS_MAX);
        values[n++] = str_slice(path, from, at);
    }
    return at == path.n;
}

// The route, or NULL with `methods` naming what this path would take (empty: no such path).
static const Route *find_route(const NetRequest *net, Str *values, Buf *methods)
{
    bool head = str_eq(net->method, STR("HEAD"));
    const Route *get = NULL;
    for (i64 i = 0; i < ROUTES_N; i++) {
        const Route *r = &ROUTES[i];
        Str found[ROUTE_PARAMS_MAX];
        if (!path_fits(r->path, net->path, found)) continue;
        bool same = str_eq(str_of(r->method), net->method);
        if (same || (head && !get && strcmp(r->method, "GET") == 0)) {
            for (i64 k = 0; k < ROUTE_PARAMS_MAX; k++) values[k] = found[k];
            if (same) return r;
            get = r;
            continue;
        }
        if (methods->n) buf_add(methods, STR(", "));
        buf_add(methods, str_of(r->method));
    }
    return get;
}

// ---------------------------------------------------------------------------------------------- before the body

static Str request_id(App *app, Arena *a)
{
    static const char DIGITS[] = "0123456789abcdefghjkmnpqrstvwxyz";
    u64 v = (u64)id_next(&app->ids, app_now(app));
    char *text = arena_alloc(a, 14);
    for (int i = 12; i >= 0; i--, v >>= 5) text[i] = DIGITS[v & 31];
    return (Str){ text, 13 };
}

static Str language_of(const NetRequest *net)
{
    Str accept = net_header(net, "Accept-Language");
    while (accept.n) {
        Str tag = str_trim(str_split(&accept, ','));
        if (tag.n >= 2 && str_eq_nocase(str_slice(tag, 0, 2), STR("id"))) return STR("id");
        if (tag.n >= 2 && str_eq_nocase(str_slice(tag, 0, 2), STR("en"))) return STR("en");
    }
    return STR("en");
}

// FNV-1a over the address, of IPv6 over its first four groups: the rest a household gives itself.
static i64 origin_of(Str address)
{
    u64 h = UINT64_C(14695981039346656037);
    int groups = 0;
    for (size_t i = 0; i < address.n && groups < 4; i++) {
        groups += address.p[i] == ':';
        h = (h ^ (u8)address.p[i]) * UINT64_C(1099511628211);
    }
    return address.n ? (i64)(h >> 1 | 1) : 0;
}

static Call *call_new(App *app, NetRequest *net)
{
    Call *c = arena_new(net->a, Call);
    c->began_us = clock_monotonic_us();
    c->req = (Req){ .a = net->a, .app = app, .net = net, .id = request_id(app, net->a), .agent = net_header(net, "User-Agent"),
                    .language = language_of(net),
                    .by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault, .demo = app->demo,
                            .pay = app->pay, .origin = origin_of(net->address) } };
    net->context = c;
    return c;
}

// Runs f with a full arena caught; the answer to that is 503 from memory that needs no arena.
static Err guarded(Call *c, Err (*f)(Call *c))
{
    jmp_buf full, *before = c->req.a->full;
    if (setjmp(full)) {
        c->req.a->full = before;
        return ERR_FULL;
    }
    c->req.a->full = &full;
    Err e = f(c);
    c->req.a->full = before;
    return e;
}

static Err route_call(Call *c)
{
    Buf methods = buf_new(c->req.a, 256);
    c->route = c->req.route = find_route(c->req.net, c->values, &methods);
    if (c->route) return ERR_OK;
    if (methods.n == 0) return refuse(&c->req.why, ERR_NOT_FOUND, NULL, "There is no such address in this interface.");
    req_header(&c->req, "Allow", buf_str(&methods));
    return refuse(&c->req.why, ERR_METHOD, NULL, "This address takes %.*s.", STR_ARG(buf_str(&methods)));
}

NetPlan api_begin(App *app, NetRequest *net)
{
    NetPlan refused = { .plan = NET_BODY_REFUSED };
    jmp_buf full;
    if (setjmp(full)) {
        answer_full(net);
        return refused;
    }
    net->a->full = &full;
    Call *c = call_new(app, net);
    c->err = guarded(c, route_call);
    net->a->full = NULL;
    if (c->err != ERR_OK) {
        call_answer(c);
        return refused;
    }
    if (c->route->mode == MODE_RAW) {
        net->a->full = &full;
        NetPlan plan = c->route->begin(&c->req);
        net->a->full = NULL;
        return plan;
    }
    return (NetPlan){ .plan = NET_BODY_BUFFER, .limit = c->route->in ? c->route->body_limit : 1024 };
}

// ---------------------------------------------------------------------------------------------- decoding

static Err decode_params(Call *c)
{
    const Route *r = c->route;
    NetParam given[NET_PARAMS_MAX];
    i64 n = 0;
    if (!net_parse_query(c->req.a, c->req.net->query, given, &n))
        return refuse(&c->req.why, ERR_BAD_REQUEST, NULL, "The query string is malformed or has over %d parts.", NET_PARAMS_MAX);
    if (!r->args && n == 0) return ERR_OK;
    c->args = r->args ? arena_alloc(c->req.a, r->args->size) : NULL;
    for (i64 i = 0; i < r->n_path; i++) {
        Str text;
        if (!net_decode_percent(c->req.a, c->values[i], false, &text)) return ERR_NOT_FOUND;
        // An id that cannot be one names nothing.
        if (json_read_param(c->req.a, &r->args->fields[i], text, c->args, &c->req.why) != ERR_OK)
            return refuse(&c->req.why, ERR_NOT_FOUND, r->args->fields[i].name, "There is nothing of that name.");
    }
    bool seen[64] = { 0 };
    for (i64 k = 0; k < n; k++) {
        i64 i = r->n_path, end = r->args ? r->args->n : 0;
        while (i < end && !str_eq(str_of(r->args->fields[i].name), given[k].name)) i++;
        if (i >= end) return refuse(&c->req.why, ERR_BAD_FIELD, NULL, "The query has an unknown part \"%.60s\".",
                                    arena_cstr(c->req.a, given[k].name));
        must(i < 64);
        if (seen[i]) return refuse(&c->req.why, ERR_BAD_FIELD, r->args->fields[i].name, "This stands in the query twice.");
        seen[i] = true;
        try(json_read_param(c->req.a, &r->args->fields[i], given[k].value, c->args, &c->req.why));
    }
    for (i64 i = r->n_path; r->args && i < r->args->n; i++)
        if (!seen[i] && !r->args->fields[i].optional)
            return refuse(&c->req.why, ERR_BAD_FIELD, r->args->fields[i].name, "This is missing from the query.");
    return ERR_OK;
}

Err req_args(Req *r, void **args)
{
    Call *c = r->net->context;
    try(decode_params(c));
    *args = c->args;
    return ERR_OK;
}

static Err decode_body(Call *c)
{
    const NetRequest *net = c->req.net;
    if (!c->route->in) {
        if (str_trim(net->body).n == 0 || str_eq(str_trim(net->body), STR("{}"))) return ERR_OK;
        return refuse(&c->req.why, ERR_BAD_REQUEST, NULL, "This address takes no body.");
    }
    Str type = net_header(net, "Content-Type");
    if (!str_eq_nocase(str_trim(str_split(&type, ';')), STR("application/json")))
        return refuse(&c->req.why, ERR_UNSUPPORTED_TYPE, NULL, "Send application/json.");
    c->in = arena_alloc(c->req.a, c->route->in->size);
    return json_read(c->req.a, c->route->in, net->body, c->in, &c->req.why);
}

static Err read_key(Call *c)
{
    bool kept = c->route->mode == MODE_WRITE && !c->route->secret && strcmp(c->route->method, "GET") != 0;
    return kept ? first_key(&c->req, c->req.net->body, &c->req.why, &c->first) : ERR_OK;
}

static Err decode_call(Call *c)
{
    try(req_check_csrf(&c->req));
    try(decode_params(c));
    try(decode_body(c));
    return read_key(c);
}

// ---------------------------------------------------------------------------------------------- the transaction

static Err enter(Call *c, Tx *tx)
{
    tx->a = c->req.a;
    c->req.tx = tx;
    c->req.n_headers = c->n_headers;
    c->req.by.who = (Caller){ 0 };
    try(req_find_caller(&c->req, tx));
    if (c->route->who == WHO_SHOPPER && tx->write && c->req.by.who.session == 0) {
        Str token;
        try(c->req.app->hooks.make_guest(&c->req, &token));
        req_session_cookie(&c->req, token, SESSION_DAYS * 24 * 3600);
    }
    return req_may(&c->req);
}

static void encode(Call *c)
{
    c->status = c->route->status;
    c->body = (Str){ 0 };
    if (!c->route->out) return;
    Buf b = buf_new(c->req.a, JSON_ANSWER_MAX);
    json_write(&b, c->route->out, c->out);
    must(!b.full);
    c->body = buf_str(&b);
}

static Err in_transaction(Call *c)
{
    Tx *tx = c->req.tx;
    try(enter(c, tx));
    try(first_find(&c->req, &c->first, &c->status, &c->body, &c->replayed));
    if (c->replayed) return ERR_OK;
    c->out = c->route->out ? arena_alloc(c->req.a, c->route->out->size) : NULL;
    try(c->route->call(&c->req, c->args, c->in, c->out));
    try(tx->failed);
    encode(c);
    return first_keep(&c->req, &c->first, c->status, c->body);
}

// May run again after a serialization failure: the arena goes back to where decoding left it.
static Err run_call(Tx *tx, void *context)
{
    Call *c = context;
    arena_rewind(c->req.a, c->mark);
    c->req.tx = tx;
    Err e = guarded(c, in_transaction);
    c->tables = tx->reads;
    if (e != ERR_OK) c->req.why = tx->why;
    return e;
}

static Err work_phase(Call *c)
{
    try(req_identify(&c->req));
    return c->route->call_work(&c->req, c->args, c->in);
}

// ---------------------------------------------------------------------------------------------- after it

static Err touch(Tx *tx, void *context)
{
    Touch *t = context;
    tx->a = &t->arena;
    return t->app->hooks.touch_session(tx, t->session, t->now);
}

static void touched(DbTask *task, Err result)
{
    (void)result;
    Touch *t = task->context;
    arena_free(&t->arena);
    free(t);
}

// Outside of the request: a read must not wait for a write.
static void touch_session(Call *c)
{
    const By *by = &c->req.by;
    if (by->who.session == 0 || by->now - by->who.seen < TOUCH_EVERY_MS) return;
    Touch *t = calloc(1, sizeof(*t));
    if (!t) return;
    *t = (Touch){ .app = c->req.app, .session = by->who.session, .now = by->now };
    t->task = (DbTask){ .run = touch, .done = touched, .context = t, .write = true };
    if (db_submit(c->req.app->db, &t->task) != ERR_OK) free(t);
}

static void call_done(DbTask *task, Err result)
{
    Call *c = task->context;
    c->err = result;
    if (result == ERR_OK && c->cache_key.n)
        cache_put(c->req.app->cache, c->cache_key, c->body, c->tables, c->cache_began);
    touch_session(c);
    call_answer(c);
}

static void submit(Call *c)
{
    c->mark = arena_mark(c->req.a);
    c->n_headers = c->req.n_headers;
    c->task = (DbTask){ .run = run_call, .done = call_done, .context = c, .write = c->route->mode == MODE_WRITE };
    Err e = db_submit(c->req.app->db, &c->task);
    if (e == ERR_OK) return;
    c->err = e;
    call_answer(c);
}

static void work_call(void *context)
{
    Call *c = context;
    c->err = guarded(c, work_phase);
    if (c->err != ERR_OK) call_answer(c);
    else submit(c);
}

// Anonymous answers of +cache routes. True when it has been answered.
static bool from_cache(Call *c)
{
    App *app = c->req.app;
    bool by_cookie;
    if (!c->route->cache || !app->cache || req_token(c->req.net, &by_cookie).p) return false;
    c->cache_key = c->req.net->path;
    const NetRequest *net = c->req.net;
    if (net->query.n) c->cache_key = arena_format(c->req.a, "%.*s?%.*s", STR_ARG(net->path), STR_ARG(net->query));
    CacheEntry *e = cache_get(app->cache, c->cache_key);
    metrics_cache(app->metrics, e != NULL);
    c->cache_began = cache_now(app->cache);
    if (!e) return false;
    c->status = c->route->status;
    c->body = cache_body(e);
    c->cached = e;
    return true;
}

static Err start_call(Call *c)
{
    if (from_cache(c)) {
        call_answer(c);
        return ERR_OK;
    }
    return decode_call(c);
}

void api_handle(App *app, NetRequest *net)
{
    Call *c = net->context;
    if (c->route->mode == MODE_RAW) {
        c->route->handle(&c->req);
        return;
    }
    c->err = guarded(c, start_call);
    if (c->cached) return;
    if (c->err != ERR_OK) {
        call_answer(c);
        return;
    }
    if (!c->route->work) {
        submit(c);
        return;
    }
    // Once it is submitted the call is the work thread's: it may be answered and gone before this line's end.
    Err e = work_submit(app->work, work_call, c);
    if (e == ERR_OK) return;
    c->err = e;
    call_answer(c);
}
