// The first decision about a request: the interface, a health question, or a file or page. Fills net's handler.
#include "gen/program.gen.h"
#include "main/files.h"
#include "main/open.h"

typedef void Simple(App *app, NetRequest *r);

static void answer_text(NetRequest *r, int status, const char *type, Str body)
{
    NetHeader *h = arena_new_array(r->a, NetHeader, 4);
    h[0] = (NetHeader){ STR("Content-Type"), str_of(type) };
    h[1] = (NetHeader){ STR("Cache-Control"), STR("no-store") };
    h[2] = (NetHeader){ STR("X-Content-Type-Options"), STR("nosniff") };
    h[3] = (NetHeader){ STR("Content-Security-Policy"), STR("default-src 'none'; frame-ancestors 'none'") };
    net_answer(r, &(NetAnswer){ .status = status, .headers = h, .n_headers = 4, .body = body });
}

// The process runs and answers.
static void healthz(App *app, NetRequest *r)
{
    (void)app;
    answer_text(r, 200, "text/plain; charset=utf-8", STR("ok\n"));
}

// It can do its work: the database answers, and it is not about to stop.
static void readyz(App *app, NetRequest *r)
{
    bool ready = !atomic_load(&app->stopping) && db_ping(app->db) == ERR_OK;
    answer_text(r, ready ? 200 : 503, "text/plain; charset=utf-8", ready ? STR("ready\n") : STR("not ready\n"));
}

static void metrics(App *app, NetRequest *r)
{
    // For the machine itself: a proxy in front must not pass this on (docs/operating.md).
    if (!str_starts(r->address, STR("127.")) && !str_eq(r->address, STR("::1"))) {
        answer_text(r, 403, "text/plain; charset=utf-8", STR("metrics are for this machine only\n"));
        return;
    }
    Buf b = buf_new(r->a, 1024 * 1024);
    metrics_write(app, &b);
    answer_text(r, 200, "text/plain; version=0.0.4; charset=utf-8", buf_str(&b));
}

static void openapi(App *app, NetRequest *r)
{
    (void)app;
    answer_text(r, 200, "application/json", (Str){ OPENAPI_JSON, (size_t)OPENAPI_JSON_N });
}

static const struct { const char *path; Simple *answer; } SIMPLE[] = {
    { "/healthz", healthz }, { "/readyz", readyz }, { "/metrics", metrics }, { "/v1/openapi.json", openapi },
};

static bool simple(App *app, NetRequest *r)
{
    if (!str_eq(r->method, STR("GET")) && !str_eq(r->method, STR("HEAD"))) return false;
    for (i64 i = 0; i < COUNT(SIMPLE); i++) {
        if (!str_eq(r->path, str_of(SIMPLE[i].path))) continue;
        SIMPLE[i].answer(app, r);
        return true;
    }
    return false;
}

static NetPlan begin(void *context, NetRequest *r)
{
    App *app = context;
    if (simple(app, r)) return (NetPlan){ .plan = NET_BODY_REFUSED };
    if (str_starts(r->path, STR("/v1/"))) return api_begin(app, r);
    return files_begin(app, r);
}

static void handle(void *context, NetRequest *r)
{
    api_handle(context, r);
}

NetHandler app_handler(App *app)
{
    return (NetHandler){ .context = app, .begin = begin, .handle = handle, .refusal = api_wire_refusal };
}
