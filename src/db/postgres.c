// PostgreSQL: connections, prepared statements, binary parameters in and binary rows out. Knows no queue and no retries.
#include "db/postgres.h"

#include <endian.h>
#include <inttypes.h>

#include "base/log.h"

// Object ids of the four types that rows are made of (fixed in PostgreSQL's catalog), and of varchar.
enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_FLOAT8 = 701, OID_VARCHAR = 1043 };

// A worker must not hang for ever behind one statement, nor a row be locked by a program that has stopped answering.
#define SESSION_SQL "SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'; " \
                    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
// Migrations and checks may take their time.
#define ADMIN_SQL "SET client_min_messages = warning"

// ------------------------------------------------------------------------------------------------ errors

static bool is_state(const PGresult *r, const char *state)
{
    const char *got = PQresultErrorField(r, PG_DIAG_SQLSTATE);
    return got && strcmp(got, state) == 0;
}

static Again again_after(const Pg *p, const PGresult *r)
{
    if (p->admin) return AGAIN_NO;
    if (PQstatus(p->conn) != CONNECTION_OK) return AGAIN_CONNECT;
    if (is_state(r, "40001") || is_state(r, "40P01")) return AGAIN_CONFLICT;
    if (is_state(r, "23505")) return AGAIN_UNIQUE;
    const char *primary = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    if (is_state(r, "0A000") && primary && strstr(primary, "cached plan")) return AGAIN_CONNECT;    // a migration ran
    return AGAIN_NO;
}

// The primary message only: the detail would show values.
Err pg_failed(Pg *p, const PGresult *r, const char *what)
{
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE), *primary = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    snprintf(p->message, sizeof(p->message), "%s (%s)", primary ? primary : "the connection was lost", state ? state : "-");
    p->what = what;
    p->again = again_after(p, r);
    if (p->again == AGAIN_NO) log_event(LOG_ERROR, (Str){ 0 }, "db", "%s: %s", what, p->message);
    return is_state(r, "53100") ? ERR_DISK : ERR_DB;
}

static Err query_failed(RowSet *set, Pg *p, const PGresult *r)
{
    set->tx->failed = pg_failed(p, r, set->q->name);
    return set->tx->failed;
}

// ------------------------------------------------------------------------------------------------ opening

static void drop_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

static Err script(Connection *c, const char *sql, const char *what)
{
    Pg *p = (Pg *)c;
    if (!*sql) return ERR_OK;
    PGresult *r = PQexec(p->conn, sql);
    ExecStatusType status = PQresultStatus(r);
    Err e = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? ERR_OK : pg_failed(p, r, what);
    PQclear(r);
    return e;
}

static Err open_failed(Pg *p, bool quiet, const char *message)
{
    if (!quiet) log_event(LOG_ERROR, (Str){ 0 }, "db", "connecting: %s", message);
    pg_close(p);
    return ERR_DB;
}

// libpq's messages about a malformed URL may quote it, password and all, so that one is put in our own words.
static bool url_is_sound(const char *url)
{
    PQconninfoOption *options = PQconninfoParse(url, NULL);
    PQconninfoFree(options);
    return options != NULL;
}

Err pg_open(Db *db, bool admin, bool quiet, Pg **out)
{
    Arena a = { 0 };
    Pg *p = arena_new(&a, Pg);
    p->c = (Connection){ .db = db };
    p->admin = true;                    // until it is set up: errors are logged
    p->statements = arena_new_array(&a, PgStatement, statement_count(db));
    p->c.a = a;
    if (!url_is_sound(db->url)) return open_failed(p, false, "the URL cannot be understood");
    // What stands before the URL is a default, what stands after it is not for the URL to change.
    // By its application's name a restore knows the servers' connections.
    // A machine that has vanished without a word is noticed within half a minute, not by the system's two hours.
    const char *names[] = { "connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
                            "dbname", "client_encoding", "application_name", NULL };
    const char *values[] = { "5", "10", "5", "3", "30000", db->url, "UTF8", admin ? "etalase-admin" : "etalase", NULL };
    p->conn = PQconnectdbParams(names, values, 1);
    if (PQstatus(p->conn) != CONNECTION_OK) return open_failed(p, quiet, PQerrorMessage(p->conn));
    PQsetNoticeProcessor(p->conn, drop_notice, NULL);
    const char *encoding = PQparameterStatus(p->conn, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8") != 0) return open_failed(p, quiet, "the database's encoding is not UTF8");
    if (script(&p->c, admin ? ADMIN_SQL : SESSION_SQL, "connecting") != ERR_OK) {
        pg_close(p);
        return ERR_DB;
    }
    p->admin = admin;
    *out = p;
    return ERR_OK;
}

void pg_close(Pg *p)
{
    if (!p) return;
    PQfinish(p->conn);
    arena_free(&p->c.scratch);
    Arena a = p->c.a;            // the connection lies in its own arena
    arena_free(&a);
}

// ------------------------------------------------------------------------------------------------ statements

static Oid oid_of(ValueKind kind)
{
    switch (kind) {
    case VALUE_INT: return OID_INT8;
    case VALUE_REAL: return OID_FLOAT8;
    case VALUE_BYTES: return OID_BYTEA;
    default: return OID_TEXT;
    }
}

static ValueKind kind_of(Oid oid)
{
    switch (oid) {
    case OID_INT8: return VALUE_INT;
    case OID_FLOAT8: return VALUE_REAL;
    case OID_BYTEA: return VALUE_BYTES;
    case OID_TEXT: case OID_VARCHAR: return VALUE_TEXT;
    default: return VALUE_NULL;
    }
}

enum { NAME_SIZE = 24 };

static void statement_name(const Db *db, const Query *q, char name[NAME_SIZE])
{
    snprintf(name, NAME_SIZE, "q%" PRId64, statement_place(db, q));
}

static PGresult *prepare(Pg *p, const Query *q, const char *name)
{
    Oid types[PARAMS_MAX];
    for (i64 i = 0; i < q->n_params; i++) types[i] = oid_of(param_kind(q, i));
    return PQprepare(p->conn, name, q->sql, (int)q->n_params, types);
}

// The plan and types of the columns of a result or a description.
static bool statement_plan(Pg *p, const Query *q, const PGresult *r, PgStatement *s, char *problem)
{
    int n = PQnfields(r);
    const char *names[COLUMNS_MAX + 1];
    for (int i = 0; i < n && i <= COLUMNS_MAX; i++) names[i] = PQfname(r, i);
    if (!plan_make(&p->c.a, q, names, n, &s->plan, problem, PROBLEM_SIZE)) return false;
    s->types = arena_new_array(&p->c.a, Oid, n);
    for (int i = 0; i < s->plan.n; i++) {
        s->types[i] = PQftype(r, i);
        if (kind_of(s->types[i]) == column_kind(&s->plan.columns[i])) continue;
        snprintf(problem, PROBLEM_SIZE, "column %s has the type %u, which its field does not take", names[i], s->types[i]);
        return false;
    }
    s->planned = true;
    return true;
}

// One query's parameters as libpq wants them.
typedef struct Bound {
    u64 numbers[PARAMS_MAX];
    const char *values[PARAMS_MAX];
    int lengths[PARAMS_MAX], formats[PARAMS_MAX];
} Bound;

static bool bind(Bound *b, i64 i, Value v)
{
    b->formats[i] = 1;
    b->values[i] = (const char *)&b->numbers[i];
    b->lengths[i] = sizeof(b->numbers[i]);
    switch (v.kind) {
    case VALUE_NULL: b->values[i] = NULL, b->lengths[i] = 0; return true;
    case VALUE_INT: b->numbers[i] = htobe64((u64)v.i); return true;
    case VALUE_REAL:
        memcpy(&b->numbers[i], &v.real, sizeof(v.real));
        b->numbers[i] = htobe64(b->numbers[i]);
        return true;
    case VALUE_TEXT: case VALUE_BYTES:
        b->values[i] = v.s.p;
        b->lengths[i] = (int)v.s.n;
        return v.s.n <= INT32_MAX / 2;              // far past what PostgreSQL takes in one message
    }
    return false;
}

static Value column_value(const PgStatement *s, const PGresult *r, int row, int column)
{
    if (PQgetisnull(r, row, column)) return (Value){ .kind = VALUE_NULL };
    const char *at = PQgetvalue(r, row, column);
    Value v = { .kind = kind_of(s->types[column]) };
    u64 number = 0;
    if (v.kind == VALUE_INT || v.kind == VALUE_REAL) {
        must(PQgetlength(r, row, column) == sizeof(number));
        memcpy(&number, at, sizeof(number));
        number = be64toh(number);
        v.i = (i64)number;
        memcpy(&v.real, &number, sizeof(number));
    } else v.s = (Str){ at, (size_t)PQgetlength(r, row, column) };
    return v;
}

static bool take_rows(Pg *p, RowSet *set, const PGresult *r, PgStatement *s, char *problem)
{
    if (!s->planned && !statement_plan(p, set->q, r, s, problem)) return false;
    for (int i = 0; i < PQntuples(r); i++) {
        void *row = rowset_next(set, problem);
        if (!row) return false;
        for (int c = 0; c < s->plan.n; c++)
            if (!plan_store(set->tx->a, &s->plan.columns[c], column_value(s, r, i, c), row, problem)) return false;
        if (!plan_check_row(&s->plan, row, problem)) return false;
    }
    rowset_finish(set);
    return true;
}

static Err take_result(Pg *p, RowSet *set, const PGresult *r, PgStatement *s)
{
    ExecStatusType status = PQresultStatus(r);
    char problem[PROBLEM_SIZE];
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return query_failed(set, p, r);
    if (set->want != WANT_NONE && !take_rows(p, set, r, s, problem))
        return tx_failed(set->tx, ERR_DB, set->q->name, problem);
    if (set->q->writes) str_to_i64(str_of(PQcmdTuples((PGresult *)(uintptr_t)r)), &set->changed);
    return ERR_OK;
}

static void clear(void *result)
{
    PQclear(result);
}

Err pg_query(const Query *q, const void *in, RowSet *set)
{
    Pg *p = (Pg *)set->tx->connection;
    PgStatement *s = &p->statements[statement_place(p->c.db, q)];
    char name[NAME_SIZE];
    Bound b;
    statement_name(p->c.db, q, name);
    for (i64 i = 0; i < q->n_params; i++)
        if (!bind(&b, i, param_value(q, i, in))) return tx_failed(set->tx, ERR_DB, q->name, "a parameter is too long");
    if (!s->prepared) {
        PGresult *r = prepare(p, q, name);
        bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
        if (!ok) query_failed(set, p, r);
        PQclear(r);
        if (!ok) return set->tx->failed;
        s->prepared = true;
    }
    // Slot first: the arena may run full while rows are copied, and jump away from here.
    ArenaSlot none, *slot = set->want == WANT_NONE ? &none : arena_defer(set->tx->a, clear);
    PGresult *r = PQexecPrepared(p->conn, name, (int)q->n_params, b.values, b.lengths, b.formats, 1);
    slot->thing = r;
    Err e = take_result(p, set, r, s);
    slot->thing = NULL;
    PQclear(r);
    return e;
}

// ------------------------------------------------------------------------------------------------ checking a query

static Err check(Connection *c, const Query *q, char *problem, size_t size)
{
    Pg *p = (Pg *)c;
    PgStatement s = { 0 };
    char text[PROBLEM_SIZE] = "";
    PGresult *r = prepare(p, q, "");
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (ok) {
        PQclear(r);
        r = PQdescribePrepared(p->conn, "");
        ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    }
    if (!ok) snprintf(text, sizeof(text), "%s", PQresultErrorMessage(r));
    ok = ok && statement_plan(p, q, r, &s, text);
    PQclear(r);
    if (!ok) snprintf(problem, size, "%s", text);
    return ok ? ERR_OK : ERR_DB;
}

// ------------------------------------------------------------------------------------------------ the engine

static Err admin_open(Db *db, Connection **out)
{
    Pg *p;
    try(pg_open(db, true, false, &p));
    *out = &p->c;
    return ERR_OK;
}

static void admin_close(Connection *c)
{
    pg_close((Pg *)c);
}

// Workers connect when they get their first task; this one only shows at once that the URL leads somewhere.
static Err start(Db *db)
{
    Pg *p;
    try(pg_open(db, true, false, &p));
    pg_close(p);
    return ERR_OK;
}

static void stop(Db *db)
{
    (void)db;
}

static Err check_keys(Connection *c)
{
    (void)c;
    return ERR_OK;               // they are never switched off here
}

const Engine ENGINE_POSTGRES = {
    .start = start, .stop = stop, .work = pg_work, .query = pg_query,
    .admin_open = admin_open, .admin_close = admin_close, .script = script, .check = check, .check_keys = check_keys,
    .backup = pg_backup, .restore = pg_restore,
    // The lock's number is ours alone ("etalase" in a telephone's digits); the session's end gives it back too.
    .begin = "BEGIN", .lock = "SELECT pg_advisory_lock(3825273)", .unlock = "SELECT pg_advisory_unlock(3825273)",
    .migration_table = "CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, "
                       "hash TEXT NOT NULL, at BIGINT NOT NULL)",
};
