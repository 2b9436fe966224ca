// The databases of tests' markets. Migrating takes longer than most tests, so it is done once a program, and copied.
#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/clock.h"
#include "gen/program.gen.h"
#include "tax/tax.h"
#include "tests/world.h"

static _Atomic i64 databases;
static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER;
static const char *template_made[2];                // by engine
static PGconn *server;                              // for making and dropping databases

static Str postgres_url(Arena *a, const char *database)
{
    const char *url = getenv("ETALASE_TEST_PG");
    return arena_format(a, "%s%sdbname=%s", url, strchr(url, '?') ? "&" : "?", database);
}

// One number, or 0 without one; of several statements at once the last one's.
static i64 ask_connection(PGconn *c, const char *sql)
{
    PGresult *r = PQexec(c, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
        test_failed(__FILE__, __LINE__, "%s: %s", sql, PQerrorMessage(c));
    i64 n = PQntuples(r) > 0 ? strtoll(PQgetvalue(r, 0, 0), NULL, 10) : 0;
    PQclear(r);
    return n;
}

static i64 ask_postgres(Str url, const char *sql)
{
    PGconn *c = PQconnectdb(url.p);
    i64 n = ask_connection(c, sql);
    PQfinish(c);
    return n;
}

static i64 ask_sqlite(Str file, const char *sql)
{
    sqlite3 *db;
    i64 n = 0;
    must(sqlite3_open(file.p, &db) == SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    must(sqlite3_exec(db, "PRAGMA ignore_check_constraints = 1", NULL, NULL, NULL) == SQLITE_OK);
    for (const char *rest = sql; *rest;) {
        sqlite3_stmt *s = NULL;
        int code = sqlite3_prepare_v2(db, rest, -1, &s, &rest);
        while (code == SQLITE_OK && s && (code = sqlite3_step(s)) == SQLITE_ROW) {
            if (sqlite3_column_count(s) > 0) n = sqlite3_column_int64(s, 0);
            code = SQLITE_OK;
        }
        if (code != SQLITE_OK && code != SQLITE_DONE) test_failed(__FILE__, __LINE__, "%s: %s", sql, sqlite3_errmsg(db));
        sqlite3_finalize(s);
    }
    sqlite3_close(db);
    return n;
}

i64 world_sql(World *w, const char *sql)
{
    if (!world_is_sqlite()) return ask_postgres(world_database(w), sql);
    return ask_sqlite(arena_format(w->a, "%s/etalase.db", w->folder), sql);
}

Str world_database(World *w)
{
    if (!world_is_sqlite()) return postgres_url(w->a, w->database);
    return arena_format(w->a, "sqlite:%s/etalase.db", w->folder);
}

// By one connection for all: to connect is a tenth of a test's work.
static void run_on_server(const char *format, const char *database, const char *from)
{
    char sql[200];
    snprintf(sql, sizeof(sql), format, database, from);
    if (!server) server = PQconnectdb(getenv("ETALASE_TEST_PG"));
    ask_connection(server, sql);
}

static Err load_rates(Tx *tx, void *context)
{
    Arena a = { 0 };
    By by = { .now = clock_now(), .ids = context };
    tx->a = &a;
    Err e = market_start(tx);
    if (e == ERR_OK) e = tax_rates_load(tx, &by);
    arena_free(&a);
    return e;
}

// With the tax rates that a market loads at its first start, which took as long as all else of a test.
static void migrate(Str url)
{
    Ids ids = { .node = 1 };
    DbOptions options = { .url = url, .queries = QUERIES, .n_queries = QUERIES_N, .connections = 1 };
    Db *db;
    i64 applied;
    must(db_open(&options, &db) == ERR_OK);
    must(db_migrate(db, MIGRATIONS, MIGRATIONS_N, &applied) == ERR_OK);
    must(db_run(db, true, load_rates, &ids) == ERR_OK);
    db_close(db);
}

static void copy_file(const char *from, const char *to)
{
    static char part[1 << 16];                       // under the lock
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    must(in && out);
    for (size_t n; (n = fread(part, 1, sizeof(part), in)) > 0;) must(fwrite(part, 1, n, out) == n);
    must(fclose(in) == 0 && fclose(out) == 0);
}

// A folder that nobody uses yet gives SQLite's template its place; PostgreSQL's is a database like any other.
static const char *make_template(World *w)
{
    static char name[2][160];
    char *mine = name[world_is_sqlite() ? 0 : 1];
    if (world_is_sqlite()) {
        snprintf(mine, sizeof(name[0]), "%.*s-template", (int)(strlen(w->folder) - sizeof("-XXXXXX") + 1), w->folder);
        snprintf(mine + strlen(mine), sizeof(name[0]) - strlen(mine), "-%ld.db", (long)getpid());
        migrate(arena_format(w->a, "sqlite:%s", mine));
    } else {
        snprintf(mine, sizeof(name[0]), "template_%ld", (long)getpid());
        run_on_server("CREATE DATABASE %s%s", mine, "");
        migrate(postgres_url(w->a, mine));
    }
    return mine;
}

void world_database_make(World *w)
{
    const char **from = &template_made[world_is_sqlite() ? 0 : 1];
    pthread_mutex_lock(&making);
    if (!*from) *from = make_template(w);
    if (world_is_sqlite()) {
        copy_file(*from, arena_format(w->a, "%s/etalase.db", w->folder).p);
    } else {
        snprintf(w->database, sizeof(w->database), "w%ld_%lld", (long)getpid(), (long long)atomic_fetch_add(&databases, 1));
        run_on_server("CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy", w->database, *from);
    }
    pthread_mutex_unlock(&making);
}

void world_database_drop(World *w)
{
    if (!world_is_sqlite()) run_on_server("DROP DATABASE %s%s", w->database, " WITH (FORCE)");
}

void world_databases_end(void)
{
    if (template_made[0]) unlink(template_made[0]);
    if (template_made[1]) run_on_server("DROP DATABASE %s%s", template_made[1], "");
    template_made[0] = template_made[1] = NULL;
    PQfinish(server);
    server = NULL;
}
