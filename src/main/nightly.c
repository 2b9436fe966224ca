// The audit that runs by itself each night, and when an operator asks for it: outside of any request, its result kept for
// GET /v1/operator/audit and logged.
#include "base/log.h"
#include "gen/api.gen.h"
#include "gen/main.gen.h"
#include "main/audit.h"
#include "main/nightly.h"
#include "markets/markets.h"

enum {
    AUDIT_HOUR = 3,                          // of the night, by the clock of all markets
    AUDIT_RULES_MAX = 50, AUDIT_ITEMS_MAX = 100,
    AUDIT_STUCK_MS = 15 * MINUTE_MS,         // one that has taken so long may be dead: an operator may ask for another
    AUDIT_JSON_MAX = 200 * 1024,
};

static const char KIND[] = "audit_nightly", NAME[] = "audit_last";

// ---------------------------------------------------------------------------------------------- the last result

static Err read_last(Tx *tx, AuditResult *out)
{
    DeploymentGetRow *row;
    *out = (AuditResult){ 0 };
    try(q_deployment_get(tx, (DeploymentGetIn){ .name = STR(NAME) }, &row));
    if (!row) return ERR_OK;
    Refusal why;                             // one that an older program wrote otherwise is as good as none
    if (json_read(tx->a, &AUDIT_RESULT_TYPE, row->value, out, &why) != ERR_OK) *out = (AuditResult){ 0 };
    return ERR_OK;
}

static Err write_last(Tx *tx, const AuditResult *in)
{
    Buf b = buf_new(tx->a, AUDIT_JSON_MAX);
    json_write(&b, &AUDIT_RESULT_TYPE, in);
    must(!b.full);
    return q_deployment_set(tx, (DeploymentSetIn){ .name = STR(NAME), .value = buf_str(&b) });
}

Err nightly_schedule(Tx *tx, const By *by)
{
    Time midnight;
    try(market_day(tx, STR(""), by->now, &midnight));
    Time at = midnight + (i64)AUDIT_HOUR * HOUR_MS;
    return task_at(tx, by, KIND, 0, at > by->now ? at : at + DAY_MS);
}

// ---------------------------------------------------------------------------------------------- the job

typedef struct Night { App *app; AuditResult result; Arena arena, scratch; } Night;

static i64 *count_of(AuditResult *r, Arena *a, Str rule)
{
    for (i64 i = 0; i < r->rules.n; i++)
        if (str_eq(r->rules.p[i].rule, rule)) return &r->rules.p[i].n;
    if (r->rules.n == AUDIT_RULES_MAX) return NULL;
    r->rules.p[r->rules.n] = (AuditCount){ .rule = arena_copy(a, rule) };
    return &r->rules.p[r->rules.n++].n;
}

static void found(void *context, const char *rule, i64 id, const char *detail)
{
    Night *n = context;
    AuditResult *r = &n->result;
    r->violations++;
    i64 *count = count_of(r, &n->arena, str_of(rule));
    if (count) (*count)++;
    if (r->items.n == AUDIT_ITEMS_MAX) return;
    r->items.p[r->items.n++] = (AuditFinding){ .rule = arena_copy(&n->arena, str_of(rule)),
                                               .id = arena_format(&n->arena, "%lld", (long long)id),
                                               .detail = arena_copy(&n->arena, str_of(detail)) };
}

static Err keep(Tx *tx, void *context)
{
    Night *n = context;
    arena_reset(&n->scratch);
    tx->a = &n->scratch;
    try(write_last(tx, &n->result));
    if (n->result.state == AUDIT_STATE_RUNNING) return ERR_OK;
    By by = { .now = app_now(n->app), .ids = &n->app->ids };
    return nightly_schedule(tx, &by);
}

Err nightly_job(App *app, i64 subject, i64 attempt)
{
    (void)subject, (void)attempt;
    Night n = { .app = app };
    AuditResult *r = &n.result;
    i64 began = clock_monotonic_us();
    r->state = AUDIT_STATE_RUNNING;
    r->has_started = true;
    r->started = app_now(app);
    Err e = db_run(app->db, true, keep, &n);
    r->rules.p = arena_new_array(&n.arena, AuditCount, AUDIT_RULES_MAX);
    r->items.p = arena_new_array(&n.arena, AuditFinding, AUDIT_ITEMS_MAX);
    // One that fails is said to have failed, and comes again with the next night: what made it fail would soon do so again.
    Err made = e == ERR_OK ? audit_run(app->db, found, &n) : e;
    r->state = made == ERR_OK ? AUDIT_STATE_DONE : AUDIT_STATE_FAILED;
    r->took_ms = (clock_monotonic_us() - began) / 1000;
    if (e == ERR_OK) e = db_run(app->db, true, keep, &n);
    if (made != ERR_OK) log_event(LOG_ERROR, STR(""), "audit", "it could not be made: %s", err_slug(made));
    else if (e == ERR_OK)
        log_event(r->violations ? LOG_ERROR : LOG_INFO, STR(""), "audit", "%lld violations, %lld ms", (long long)r->violations,
                  (long long)r->took_ms);
    arena_free(&n.arena);
    arena_free(&n.scratch);
    return e;
}

// ---------------------------------------------------------------------------------------------- handlers

Err operator_audit_get(Req *r, AuditResult *out)
{
    return read_last(r->tx, out);
}

Err operator_audit_post(Req *r, AuditResult *out)
{
    try(read_last(r->tx, out));
    if (out->state == AUDIT_STATE_RUNNING && r->by.now - out->started < AUDIT_STUCK_MS) return ERR_OK;
    *out = (AuditResult){ .state = AUDIT_STATE_RUNNING, .has_started = true, .started = r->by.now };
    try(write_last(r->tx, out));
    return task_at(r->tx, &r->by, KIND, 0, r->by.now);
}
