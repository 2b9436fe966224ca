// SQLite: connections, prepared statements, parameters in and rows out. Knows no queue and no groups.
#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

// Memory of the page caches: one writer, a few readers; the readers see most pages through the map anyway.
enum { WRITER_CACHE_KB = 8192, READER_CACHE_KB = 1024, ADMIN_BUSY_MS = 60 * SECOND_MS };
#define MAP_BYTES "67108864"               // of address space, for each reader
#define WAL_KEPT_BYTES "67108864"          // the log is cut to this after it was used up

// ------------------------------------------------------------------------------------------------ errors

// SQLite says FULL only of a write that found no room. A quota, a sync that has to find the room after all, and the shared
// memory's growth are I/O errors to it: there the system's own number tells.
static bool no_room(sqlite3 *db)
{
    int number = sqlite3_system_errno(db);
    return number == ENOSPC || number == EDQUOT;
}

Err lite_err(sqlite3 *db)
{
    switch (sqlite3_errcode(db) & 0xFF) {
    case SQLITE_FULL: return ERR_DISK;
    case SQLITE_IOERR: return no_room(db) ? ERR_DISK : ERR_DB;
    case SQLITE_BUSY: return ERR_BUSY;
    default: return ERR_DB;
    }
}

Err lite_log(sqlite3 *db, const char *what)
{
    log_event(LOG_ERROR, (Str){ 0 }, "db", "%s: %s (%d)", what, sqlite3_errmsg(db), sqlite3_extended_errcode(db));
    return lite_err(db);
}

static Err query_failed(RowSet *set, Lite *l)
{
    return tx_failed(set->tx, lite_err(l->db), set->q->name, sqlite3_errmsg(l->db));
}

// ------------------------------------------------------------------------------------------------ opening

static Err run_script(Lite *l, const char *sql, const char *what)
{
    return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK ? ERR_OK : lite_log(l->db, what);
}

static Err read_number(Lite *l, const char *sql, i64 *out)
{
    sqlite3_stmt *s = NULL;
    bool ok = sqlite3_prepare_v2(l->db, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW;
    Err e = ok ? ERR_OK : lite_log(l->db, "opening");
    if (ok) *out = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return e;
}

// The first process to see an empty file marks it; a file with tables but without the mark belongs to someone else.
static Err claim_file(Lite *l)
{
    i64 id, tables;
    try(run_script(l, "BEGIN IMMEDIATE", "opening"));
    try(read_number(l, "PRAGMA application_id", &id));
    try(read_number(l, "SELECT count(*) FROM sqlite_schema", &tables));
    char mark[60];
    snprintf(mark, sizeof(mark), "PRAGMA application_id = %d", SQLITE_APPLICATION_ID);
    if (id == 0 && tables == 0) try(run_script(l, mark, "opening"));
    try(run_script(l, "COMMIT", "opening"));
    if (id == SQLITE_APPLICATION_ID || (id == 0 && tables == 0)) return ERR_OK;
    log_event(LOG_ERROR, (Str){ 0 }, "db", "%s is a database of another program", l->c.db->path);
    return ERR_DB;
}

// Turning the log on needs the file alone for a moment, and SQLite does not wait for that by itself.
static Err turn_on_wal(Lite *l)
{
    enum { TRIES = 100, PAUSE_MS = 20 };
    for (int i = 0; i < TRIES; i++) {
        int code = sqlite3_exec(l->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if (code == SQLITE_OK) return ERR_OK;
        if ((code & 0xFF) != SQLITE_BUSY) break;
        nanosleep(&(struct timespec){ .tv_nsec = PAUSE_MS * 1000000L }, NULL);
    }
    return lite_log(l->db, "opening");
}

static Err set_up(Lite *l, LiteKind kind)
{
    char caches[200];
    snprintf(caches, sizeof(caches), "PRAGMA cache_size = -%d; PRAGMA mmap_size = %s; PRAGMA foreign_keys = %s",
             kind == LITE_READER ? READER_CACHE_KB : WRITER_CACHE_KB, kind == LITE_READER ? MAP_BYTES : "0",
             kind == LITE_ADMIN ? "OFF" : "ON");        // a migration may rebuild tables; it checks the keys itself
    sqlite3_busy_timeout(l->db, kind == LITE_ADMIN ? ADMIN_BUSY_MS : SQLITE_BUSY_MS);
    // The writer checkpoints by its own count (sqlite_tx.c); nobody else writes enough to need it.
    try(run_script(l, "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0; "
                      "PRAGMA trusted_schema = OFF; PRAGMA journal_size_limit = " WAL_KEPT_BYTES, "opening"));
    try(run_script(l, caches, "opening"));
    if (kind == LITE_WRITER) {
        try(claim_file(l));
        try(turn_on_wal(l));
    }
    return kind == LITE_READER ? run_script(l, "PRAGMA query_only = ON", "opening") : ERR_OK;
}

// A new file is for its owner's eyes. Only created here: closing a descriptor of a database that is open elsewhere in
// this process would drop that one's locks.
static void create_private(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) close(fd);
}

Err lite_open(Db *db, LiteKind kind, Lite **out)
{
    Arena a = { 0 };
    Lite *l = arena_new(&a, Lite);
    l->c = (Connection){ .db = db };
    l->statements = arena_new_array(&a, Statement, statement_count(db));
    l->c.a = a;
    if (kind == LITE_WRITER) create_private(db->path);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (kind == LITE_WRITER ? SQLITE_OPEN_CREATE : 0);
    Err e = ERR_OK;
    if (sqlite3_open_v2(db->path, &l->db, flags, NULL) != SQLITE_OK) {
        log_event(LOG_ERROR, (Str){ 0 }, "db", "%s: %s", db->path, l->db ? sqlite3_errmsg(l->db) : "no memory");
        e = ERR_DB;
    }
    if (e == ERR_OK) {
        sqlite3_extended_result_codes(l->db, 1);
        e = set_up(l, kind);
    }
    if (e != ERR_OK) lite_close(l);
    else *out = l;
    return e;
}

void lite_close(Lite *l)
{
    if (!l) return;
    lite_reset(l);
    for (i64 i = 0; i < statement_count(l->c.db); i++) sqlite3_finalize(l->statements[i].stmt);
    for (i64 i = 0; i < CONTROL_COUNT; i++) sqlite3_finalize(l->control[i]);
    must(sqlite3_close(l->db) == SQLITE_OK);
    arena_free(&l->c.scratch);
    Arena a = l->c.a;            // the connection lies in its own arena
    arena_free(&a);
}

static Err start(Db *db)
{
    // Counting every byte costs a lock for each allocation. Refused, harmlessly, when SQLite is in use already.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Lite *writer;
    try(lite_open(db, LITE_WRITER, &writer));
    db->writer = &writer->c;
    return ERR_OK;
}

static void stop(Db *db)
{
    for (Connection *c = db->pool.free; c;) {
        Connection *next = c->next;
        lite_close((Lite *)c);
        c = next;
    }
    lite_close((Lite *)db->writer);       // last, so that the log goes into the file
}

// ------------------------------------------------------------------------------------------------ statements

int lite_control(Lite *l, Control which)
{
    static const char *const TEXTS[CONTROL_COUNT] = {
        [CONTROL_BEGIN] = "BEGIN", [CONTROL_BEGIN_WRITE] = "BEGIN IMMEDIATE", [CONTROL_COMMIT] = "COMMIT",
        [CONTROL_ROLLBACK] = "ROLLBACK", [CONTROL_SAVEPOINT] = "SAVEPOINT task", [CONTROL_RELEASE] = "RELEASE task",
        [CONTROL_ROLLBACK_TO] = "ROLLBACK TO task",
    };
    lite_reset(l);
    sqlite3_stmt **s = &l->control[which];
    if (!*s) {
        int code = sqlite3_prepare_v3(l->db, TEXTS[which], -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
        if (code != SQLITE_OK) return code;
    }
    int code = sqlite3_step(*s);
    if (code == SQLITE_DONE) code = SQLITE_OK;
    int again = sqlite3_reset(*s);
    return code == SQLITE_OK ? again : code;
}

void lite_reset(Lite *l)
{
    if (!l->stepping) return;
    sqlite3_reset(l->stepping);
    l->stepping = NULL;
}

// The columns' plan and the parameters' places. A sentence in `problem` when the query and its tables differ.
static bool statement_plan(Lite *l, const Query *q, Statement *s, char *problem)
{
    int n = sqlite3_column_count(s->stmt);
    const char *names[COLUMNS_MAX + 1];
    for (int i = 0; i < n && i <= COLUMNS_MAX; i++) names[i] = sqlite3_column_name(s->stmt, i);
    if (!plan_make(&l->c.a, q, names, n, &s->plan, problem, PROBLEM_SIZE)) return false;
    if (sqlite3_bind_parameter_count(s->stmt) != q->n_params) {
        snprintf(problem, PROBLEM_SIZE, "the text has %d parameters, the query %" PRId64,
                 sqlite3_bind_parameter_count(s->stmt), q->n_params);
        return false;
    }
    s->place = arena_new_array(&l->c.a, int, q->n_params);
    for (i64 i = 0; i < q->n_params; i++) {
        char name[24];
        snprintf(name, sizeof(name), "$%" PRId64, i + 1);
        s->place[i] = sqlite3_bind_parameter_index(s->stmt, name);
        if (s->place[i] > 0) continue;
        snprintf(problem, PROBLEM_SIZE, "the text has no parameter %s", name);
        return false;
    }
    return true;
}

static Err statement_of(RowSet *set, Lite *l, Statement **out)
{
    Statement *s = &l->statements[statement_place(l->c.db, set->q)];
    *out = s;
    if (s->stmt) return ERR_OK;
    char problem[PROBLEM_SIZE];
    if (sqlite3_prepare_v3(l->db, set->q->sql, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt, NULL) != SQLITE_OK)
        return query_failed(set, l);
    if (statement_plan(l, set->q, s, problem)) return ERR_OK;
    sqlite3_finalize(s->stmt);
    *s = (Statement){ 0 };
    return tx_failed(set->tx, ERR_DB, set->q->name, problem);
}

static int bind(sqlite3_stmt *stmt, int place, Value v)
{
    switch (v.kind) {
    case VALUE_NULL: return sqlite3_bind_null(stmt, place);
    case VALUE_INT: return sqlite3_bind_int64(stmt, place, v.i);
    case VALUE_REAL: return sqlite3_bind_double(stmt, place, v.real);
    // STATIC: the In struct outlives the query, and nothing is read from it after the last step.
    case VALUE_TEXT: return sqlite3_bind_text64(stmt, place, v.s.p, v.s.n, SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BYTES: return sqlite3_bind_blob64(stmt, place, v.s.p, v.s.n, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static Value column_value(sqlite3_stmt *stmt, int i)
{
    switch (sqlite3_column_type(stmt, i)) {
    case SQLITE_INTEGER: return (Value){ .kind = VALUE_INT, .i = sqlite3_column_int64(stmt, i) };
    case SQLITE_FLOAT: return (Value){ .kind = VALUE_REAL, .real = sqlite3_column_double(stmt, i) };
    case SQLITE_TEXT: {
        const char *p = (const char *)sqlite3_column_text(stmt, i);
        return (Value){ .kind = VALUE_TEXT, .s = { p, p ? (size_t)sqlite3_column_bytes(stmt, i) : 0 } };
    }
    case SQLITE_BLOB: {
        const char *p = sqlite3_column_blob(stmt, i);
        return (Value){ .kind = VALUE_BYTES, .s = { p, p ? (size_t)sqlite3_column_bytes(stmt, i) : 0 } };
    }
    default: return (Value){ .kind = VALUE_NULL };
    }
}

static bool take_row(RowSet *set, const Statement *s, char *problem)
{
    const Plan *plan = &s->plan;
    void *row = rowset_next(set, problem);
    if (!row) return false;
    if (sqlite3_data_count(s->stmt) != plan->n) {
        snprintf(problem, PROBLEM_SIZE, "the columns changed under the running program");
        return false;
    }
    for (int i = 0; i < plan->n; i++)
        if (!plan_store(set->tx->a, &plan->columns[i], column_value(s->stmt, i), row, problem)) return false;
    return plan_check_row(plan, row, problem);
}

Err lite_query(const Query *q, const void *in, RowSet *set)
{
    Lite *l = (Lite *)set->tx->connection;
    Statement *s;
    char problem[PROBLEM_SIZE];
    lite_reset(l);
    try(statement_of(set, l, &s));
    for (i64 i = 0; i < q->n_params; i++)
        if (bind(s->stmt, s->place[i], param_value(q, i, in)) != SQLITE_OK) return query_failed(set, l);
    int code;
    bool fits = true;
    l->stepping = s->stmt;             // from here on the arena may run full and jump away
    while (fits && (code = sqlite3_step(s->stmt)) == SQLITE_ROW)
        if (set->want != WANT_NONE) fits = take_row(set, s, problem);
    if (fits && code != SQLITE_DONE) {
        Err e = query_failed(set, l);
        lite_reset(l);
        return e;
    }
    lite_reset(l);
    if (!fits) return tx_failed(set->tx, ERR_DB, q->name, problem);
    set->changed = sqlite3_stmt_readonly(s->stmt) ? 0 : sqlite3_changes64(l->db);
    rowset_finish(set);
    return ERR_OK;
}

// ------------------------------------------------------------------------------------------------ checking a query

static ValueKind declared_kind(const char *declared)
{
    Str d = str_of(declared);
    if (str_eq_nocase(d, STR("INTEGER")) || str_eq_nocase(d, STR("INT"))) return VALUE_INT;
    if (str_eq_nocase(d, STR("TEXT"))) return VALUE_TEXT;
    if (str_eq_nocase(d, STR("REAL"))) return VALUE_REAL;
    return str_eq_nocase(d, STR("BLOB")) ? VALUE_BYTES : VALUE_NULL;
}

static bool check_columns(const Statement *s, char *problem, size_t size)
{
    for (int i = 0; i < s->plan.n; i++) {
        const char *declared = sqlite3_column_decltype(s->stmt, i);     // NULL for expressions
        if (!declared || declared_kind(declared) == column_kind(&s->plan.columns[i])) continue;
        snprintf(problem, size, "column %s is declared %s, which its field is not", sqlite3_column_name(s->stmt, i), declared);
        return false;
    }
    return true;
}

Err lite_check(Connection *c, const Query *q, char *problem, size_t size)
{
    Lite *l = (Lite *)c;
    Statement s = { 0 };
    char text[PROBLEM_SIZE] = "";
    bool ok = sqlite3_prepare_v3(l->db, q->sql, -1, 0, &s.stmt, NULL) == SQLITE_OK;
    if (!ok) snprintf(text, sizeof(text), "%s", sqlite3_errmsg(l->db));
    ok = ok && statement_plan(l, q, &s, text) && check_columns(&s, text, sizeof(text));
    sqlite3_finalize(s.stmt);
    if (!ok) snprintf(problem, size, "%s", text);
    return ok ? ERR_OK : ERR_DB;
}

// ------------------------------------------------------------------------------------------------ the engine

static Err admin_open(Db *db, Connection **out)
{
    Lite *l;
    try(lite_open(db, LITE_ADMIN, &l));
    *out = &l->c;
    return ERR_OK;
}

static void admin_close(Connection *c)
{
    lite_close((Lite *)c);
}

static Err script(Connection *c, const char *sql, const char *what)
{
    return run_script((Lite *)c, sql, what);
}

// A migration may rebuild tables with the keys unchecked, so all of them are checked before it is committed.
static Err check_keys(Connection *c)
{
    Lite *l = (Lite *)c;
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(l->db, "PRAGMA foreign_key_check", -1, &s, NULL);
    if (code == SQLITE_OK) code = sqlite3_step(s);
    sqlite3_finalize(s);
    if (code == SQLITE_DONE) return ERR_OK;
    if (code != SQLITE_ROW) return lite_log(l->db, "foreign keys");
    log_event(LOG_ERROR, (Str){ 0 }, "db", "a foreign key has lost its row");
    return ERR_DB;
}

const Engine ENGINE_SQLITE = {
    .start = start, .stop = stop, .work = lite_work, .read_now = lite_read_now, .query = lite_query,
    .admin_open = admin_open, .admin_close = admin_close, .script = script, .check = lite_check,
    .check_keys = check_keys, .backup = lite_backup, .restore = lite_restore,
    .begin = "BEGIN IMMEDIATE", .lock = "", .unlock = "",
    .migration_table = "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                       "hash TEXT NOT NULL, at INTEGER NOT NULL) STRICT",
};
