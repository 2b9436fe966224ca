// PostgreSQL's backup and restore through its own programs: pg_dump, pg_restore and psql. Knows no queue.
#include "db/postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

extern char **environ;

enum { ARGUMENTS_MAX = 20, ENVIRONMENT_MAX = 2000, OUTPUT_MAX = 4 * 1024 * 1024 };

// ------------------------------------------------------------------------------------------------ running a program

// The URL goes into the environment, piece by piece: a command line can be read by everyone on the machine.
static const char *const *environment_of(Arena *a, const char *url)
{
    const char **out = arena_new_array(a, const char *, ENVIRONMENT_MAX);
    i64 n = 0;
    PQconninfoOption *options = PQconninfoParse(url, NULL);
    must(options != NULL);                               // pg_open has read it before
    for (PQconninfoOption *o = options; o->keyword; o++)
        if (o->envvar && o->val && n < ENVIRONMENT_MAX - 1) out[n++] = arena_format(a, "%s=%s", o->envvar, o->val).p;
    PQconninfoFree(options);
    for (char **e = environ; *e && n < ENVIRONMENT_MAX - 1; e++)
        if (strncmp(*e, "PG", 2) != 0) out[n++] = *e;
        else {
            bool ours = false;
            size_t name = strcspn(*e, "=") + 1;
            for (i64 i = 0; i < n; i++) ours = ours || strncmp(out[i], *e, name) == 0;
            if (!ours) out[n++] = *e;
        }
    return out;
}

// What it writes (both channels), up to a bound; the rest is read and dropped so that it does not stand still.
static Str read_all(Arena *a, int fd)
{
    char *text = arena_alloc(a, OUTPUT_MAX + 1);
    size_t n = 0;
    for (;;) {
        char over[4096];
        bool room = n < OUTPUT_MAX;
        ssize_t got = read(fd, room ? text + n : over, room ? OUTPUT_MAX - n : sizeof(over));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return (Str){ text, n };
        if (room) n += (size_t)got;
    }
}

static Err start_program(const char *const *arguments, const char *const *environment, int output, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    must(posix_spawn_file_actions_init(&actions) == 0);
    must(posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0);
    must(posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) == 0);
    must(posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO) == 0);
    errno = posix_spawnp(child, arguments[0], &actions, NULL, (char *const *)(uintptr_t)arguments,
                         (char *const *)(uintptr_t)environment);
    posix_spawn_file_actions_destroy(&actions);
    return errno == 0 ? ERR_OK : file_failed("starting", arguments[0]);
}

static Err run_program(Arena *a, const char *url, const char *const *arguments, Str *output)
{
    int ends[2], status = 0;
    pid_t child;
    if (pipe2(ends, O_CLOEXEC) != 0) return file_failed("a pipe to", arguments[0]);
    Err e = start_program(arguments, environment_of(a, url), ends[1], &child);
    close(ends[1]);
    *output = e == ERR_OK ? read_all(a, ends[0]) : (Str){ 0 };
    close(ends[0]);
    if (e != ERR_OK) return e;
    while (waitpid(child, &status, 0) < 0) must(errno == EINTR);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return ERR_OK;
    log_event(LOG_ERROR, (Str){ 0 }, "db", "%s failed: %.*s", arguments[0], STR_ARG(str_trim(*output)));
    return str_find(*output, STR("No space left on device")) >= 0 ? ERR_DISK : ERR_DB;
}

// ------------------------------------------------------------------------------------------------ backup

// The schema that this program's tables are in (the first of the search path that exists); NULL when there is none.
static Err current_schema(Pg *p, Arena *a, const char **out)
{
    PGresult *r = PQexec(p->conn, "SELECT current_schema()");
    Err e = PQresultStatus(r) == PGRES_TUPLES_OK ? ERR_OK : pg_failed(p, r, "current_schema");
    *out = e == ERR_OK && !PQgetisnull(r, 0, 0) ? arena_cstr(a, str_of(PQgetvalue(r, 0, 0))) : NULL;
    PQclear(r);
    if (e == ERR_OK && !*out) log_event(LOG_ERROR, (Str){ 0 }, "db", "the search path names no schema that exists");
    return *out ? ERR_OK : ERR_DB;
}

static Err dump(Pg *p, Arena *a, const char *url, const char *file)
{
    const char *schema;
    Str output;
    try(current_schema(p, a, &schema));
    char *quoted = PQescapeIdentifier(p->conn, schema, strlen(schema));     // pg_dump reads a pattern; this is none
    must(quoted != NULL);
    const char *arguments[ARGUMENTS_MAX] = {
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-password",
        arena_format(a, "--schema=%s", quoted).p, "--file", file, NULL,
    };
    PQfreemem(quoted);
    return run_program(a, url, arguments, &output);
}

Err pg_backup(Db *db, const char *file)
{
    Pg *p;
    Arena a = { 0 };
    int fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);      // for its owner's eyes
    if (fd < 0) return file_failed("making", file);
    close(fd);
    try(pg_open(db, true, false, &p));
    Err e = dump(p, &a, db->url, file);
    pg_close(p);
    arena_free(&a);
    return e;
}

// ------------------------------------------------------------------------------------------------ restore

static Err run_sql(Pg *p, const char *sql)
{
    PGresult *r = PQexec(p->conn, sql);
    ExecStatusType status = PQresultStatus(r);
    Err e = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? ERR_OK : pg_failed(p, r, "restore");
    PQclear(r);
    return e;
}

// The migrations in a dump, as its text for COPY: "NUMBER TAB NAME TAB HASH TAB AT" a line.
static Err migrations_in(Arena *a, const char *url, const char *file, const char *schema, Str *out)
{
    const char *arguments[ARGUMENTS_MAX] = {
        "pg_restore", "--data-only", "--schema", schema, "--table", "migration", "--file", "-", file, NULL,
    };
    if (run_program(a, url, arguments, out) == ERR_OK && str_find(*out, STR("migration (number, name, hash, at)")) >= 0)
        return ERR_OK;
    log_event(LOG_ERROR, (Str){ 0 }, "restore", "%s is not a backup of ours; nothing was changed", file);
    return ERR_DB;
}

// Both have had the same migrations, so a program that serves one can serve the other.
static bool same_version(Pg *p, Arena *a, Str in_dump)
{
    PGresult *r = PQexec(p->conn, "SELECT number, name, hash FROM migration ORDER BY number");
    i64 n = PQntuples(r), found = 0, lines = 0;            // 0 when there is no such table
    for (int i = 0; i < n; i++) {
        Str line = arena_format(a, "\n%s\t%s\t%s\t", PQgetvalue(r, i, 0), PQgetvalue(r, i, 1), PQgetvalue(r, i, 2));
        found += str_find(in_dump, line) >= 0;
    }
    PQclear(r);
    for (Str rest = in_dump; rest.n;) {
        Str line = str_split(&rest, '\n');
        lines += str_find(line, STR("\t")) > 0;
    }
    return n > 0 && found == n && lines == n;
}

// A connection that was closed just now takes a moment to be gone.
enum { ALONE_TRIES = 10, ALONE_WAIT_MS = 50 };

static Err check_alone(Pg *p)
{
    for (int i = 0; i < ALONE_TRIES; i++) {
        PGresult *r = PQexec(p->conn, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                                      "AND pid <> pg_backend_pid() AND backend_type = 'client backend'");
        bool ok = PQresultStatus(r) == PGRES_TUPLES_OK, alone = ok && str_eq(str_of(PQgetvalue(r, 0, 0)), STR("0"));
        Err e = ok ? ERR_OK : pg_failed(p, r, "restore");
        PQclear(r);
        if (!ok || alone) return e;
        nanosleep(&(struct timespec){ .tv_nsec = ALONE_WAIT_MS * 1000000 }, NULL);
    }
    log_event(LOG_ERROR, (Str){ 0 }, "restore", "the database is in use and the backup is of another version of the program: "
              "stop every server first; nothing was changed");
    return ERR_BUSY;
}

typedef struct Restore { const char *url, *file, *script, *schema, *now, *kept; } Restore;    // now, kept: quoted schemas

// Every table, so that no transaction of a server writes half of itself before the change and half after it.
#define LOCK_ALL "SET lock_timeout = '30s'; DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class " \
                 "WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relkind IN ('r', 'p') ORDER BY oid " \
                 "LOOP EXECUTE 'LOCK TABLE ' || t || ' IN ACCESS EXCLUSIVE MODE'; END LOOP; END $$"
// Transactions that began before the change would see the new tables empty. They end here; their servers run them again.
#define CUT_SERVERS "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() " \
                    "AND pid <> pg_backend_pid() AND usename = current_user AND application_name = 'etalase'"

// The old tables move aside under another schema's name and the new ones come, all in one transaction: servers see the
// old or the new. (pg_restore itself could not do both in one.)
static Err replace(Arena *a, const Restore *in)
{
    enum { TRIES = 3 };
    Str output, aside = arena_format(a, "DROP SCHEMA IF EXISTS %s CASCADE; ALTER SCHEMA %s RENAME TO %s; CREATE SCHEMA %s",
                                     in->kept, in->now, in->kept, in->now);
    const char *to_text[ARGUMENTS_MAX] = {
        "pg_restore", "--no-owner", "--no-privileges", "--schema", in->schema, "--file", in->script, in->file, NULL,
    };
    const char *run[ARGUMENTS_MAX] = {
        "psql", "--no-psqlrc", "--no-password", "--quiet", "--output=/dev/null", "--single-transaction",
        "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse",        // details and contexts would show values in the log
        "--command=SET client_min_messages = warning", "--command=" CUT_SERVERS, "--command=" LOCK_ALL,
        arena_format(a, "--command=%s", aside.p).p, arena_format(a, "--file=%s", in->script).p,
        "--command=" CUT_SERVERS, NULL,
    };
    try(run_program(a, in->url, to_text, &output));
    Err e = ERR_DB;
    for (int i = 0; i < TRIES && e != ERR_OK; i++) {
        e = run_program(a, in->url, run, &output);
        if (str_find(output, STR("deadlock")) < 0) break;        // with a server's transaction: nothing was changed
    }
    return e;
}

static Err restore_schema(Pg *p, Arena *a, Restore in)
{
    Str kept = arena_format(a, "%s_before_restore", in.schema);
    char *quoted = PQescapeIdentifier(p->conn, in.schema, strlen(in.schema));
    char *quoted_kept = PQescapeIdentifier(p->conn, kept.p, kept.n);
    must(quoted != NULL && quoted_kept != NULL);
    in.now = quoted;
    in.kept = quoted_kept;
    in.script = arena_format(a, "%s.restoring", in.file).p;
    unlink(in.script);
    int fd = open(in.script, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);        // for its owner's eyes
    Err e = fd >= 0 ? replace(a, &in) : file_failed("making", in.script);
    if (fd >= 0) close(fd);
    unlink(in.script);
    PQfreemem(quoted);
    PQfreemem(quoted_kept);
    return e == ERR_OK ? run_sql(p, CUT_SERVERS) : e;           // who came in between
}

static Err restore(Pg *p, Arena *a, const char *url, const char *file)
{
    const char *schema;
    Str in_dump = { 0 };
    try(current_schema(p, a, &schema));
    try(migrations_in(a, url, file, schema, &in_dump));
    if (!same_version(p, a, in_dump)) try(check_alone(p));
    return restore_schema(p, a, (Restore){ .url = url, .file = file, .schema = schema });
}

Err pg_restore(Db *db, const char *file)
{
    Pg *p;
    Arena a = { 0 };
    try(pg_open(db, true, false, &p));
    Err e = restore(p, &a, db->url, file);
    pg_close(p);
    arena_free(&a);
    return e;
}
