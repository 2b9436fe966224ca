// Migrations: applied in order, each in a transaction, remembered with its hash. Knows no engine.
#include "db/engine.h"

#include <inttypes.h>
#include <stdarg.h>

#include "base/log.h"

enum { MIGRATIONS_MAX = 9999 };          // four digits in a file's name

static const Field FIELDS[] = {
    { .name = "number", .kind = FIELD_INT, .offset = offsetof(MigrationRow, number) },
    { .name = "name", .kind = FIELD_TEXT, .offset = offsetof(MigrationRow, name) },
    { .name = "hash", .kind = FIELD_TEXT, .offset = offsetof(MigrationRow, hash) },
    { .name = "at", .kind = FIELD_TIME, .offset = offsetof(MigrationRow, at) },
};
static const Type TYPE = { "MigrationRow", sizeof(MigrationRow), FIELDS, COUNT(FIELDS) };
static const int PARAMS[] = { 0, 1, 2, 3 };

const Query QUERY_MIGRATION_LIST = {
    .name = "migration_list", .sql = "SELECT number, name, hash, at FROM migration ORDER BY number LIMIT 9999",
    .index = -2, .row = &TYPE,
};
const Query QUERY_MIGRATION_INSERT = {
    .name = "migration_insert", .sql = "INSERT INTO migration (number, name, hash, at) VALUES ($1, $2, $3, $4)",
    .index = -3, .in = &TYPE, .params = PARAMS, .n_params = COUNT(PARAMS),
};

static Err wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
static Err wrong(const char *format, ...)
{
    char text[PROBLEM_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    log_event(LOG_ERROR, (Str){ 0 }, "migrate", "%s", text);
    return ERR_DB;
}

static const Migration *find(const Migration *all, i64 n, i64 number)
{
    for (i64 i = 0; i < n; i++)
        if (all[i].number == number) return &all[i];
    return NULL;
}

// What is applied must be a beginning of what we know, unchanged.
static Err compare(const Migration *all, i64 n, const MigrationRow *done, i64 n_done)
{
    for (i64 i = 0; i < n_done; i++) {
        const Migration *m = find(all, n, done[i].number);
        if (n == 0 || done[i].number > all[n - 1].number)
            return wrong("the database is at migration %" PRId64 ", newer than this program: start a newer one", done[i].number);
        if (!m) return wrong("the database has migration %" PRId64 ", which this program does not know", done[i].number);
        if (!str_eq(str_of(m->hash), done[i].hash) || !str_eq(str_of(m->name), done[i].name))
            return wrong("migration %" PRId64 " (%s) was changed after it was applied", m->number, m->name);
        if (m != &all[i]) return wrong("migration %" PRId64 " (%s) was skipped by the database", all[i].number, all[i].name);
    }
    return ERR_OK;
}

static Err list(Tx *tx, MigrationRow **rows, i64 *n)
{
    return db_all(tx, &QUERY_MIGRATION_LIST, NULL, (void **)rows, n);
}

// Inside its transaction: applies the first that is missing, if any.
static Err apply_next(Tx *tx, const Migration *all, i64 n, bool *did)
{
    const Engine *engine = tx->connection->db->engine;
    MigrationRow *done;
    i64 n_done;
    try(list(tx, &done, &n_done));
    try(compare(all, n, done, n_done));
    *did = n_done < n;
    if (!*did) return ERR_OK;
    const Migration *m = &all[n_done];
    try(engine->script(tx->connection, db_is_sqlite(tx->connection->db) ? m->sqlite : m->postgres, m->name));
    try(engine->check_keys(tx->connection));
    MigrationRow row = { m->number, str_of(m->name), str_of(m->hash), clock_now() };
    return db_exec(tx, &QUERY_MIGRATION_INSERT, &row, NULL);
}

static Err in_transaction(Connection *c, const Migration *all, i64 n, bool *did)
{
    const Engine *engine = c->db->engine;
    Arena a = { 0 };
    Tx tx = { .a = &a, .connection = c, .write = true };
    try(engine->script(c, engine->begin, "migrate"));
    Err e = apply_next(&tx, all, n, did);
    if (e == ERR_OK) e = engine->script(c, "COMMIT", "migrate");
    if (e != ERR_OK) engine->script(c, "ROLLBACK", "migrate");
    arena_free(&a);
    return e;
}

static Err apply_all(Connection *c, const Migration *all, i64 n, i64 *applied)
{
    const Engine *engine = c->db->engine;
    try(engine->script(c, engine->lock, "migrate"));
    try(engine->script(c, engine->migration_table, "migrate"));
    for (bool did = true; did; *applied += did) try(in_transaction(c, all, n, &did));
    return engine->script(c, engine->unlock, "migrate");
}

Err db_migrate(Db *db, const Migration *all, i64 n, i64 *applied)
{
    must(n >= 0 && n <= MIGRATIONS_MAX);
    for (i64 i = 1; i < n; i++) must(all[i - 1].number < all[i].number);
    *applied = 0;
    Connection *c;
    try(db->engine->admin_open(db, &c));
    Err e = apply_all(c, all, n, applied);
    db->engine->admin_close(c);               // gives back the lock too when something failed
    return e;
}

static Err read_newest(Connection *c, i64 *newest)
{
    const Engine *engine = c->db->engine;
    Arena a = { 0 };
    Tx tx = { .a = &a, .connection = c };
    MigrationRow *done;
    i64 n;
    try(engine->script(c, engine->lock, "migrate"));       // two programs that make the table at once would collide
    try(engine->script(c, engine->migration_table, "migrate"));
    try(engine->script(c, engine->unlock, "migrate"));
    Err e = list(&tx, &done, &n);
    *newest = e == ERR_OK && n > 0 ? done[n - 1].number : 0;
    arena_free(&a);
    return e;
}

Err migration_newest(Db *db, i64 *newest)
{
    Connection *c;
    try(db->engine->admin_open(db, &c));
    Err e = read_newest(c, newest);
    db->engine->admin_close(c);
    return e;
}
