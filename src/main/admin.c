// Commands that work beside a serving process, on the same database.
#include "main/admin.h"

#include <signal.h>
#include <unistd.h>

#include "accounts/accounts.h"
#include "base/json.h"
#include "base/log.h"
#include "gen/program.gen.h"
#include "main/audit.h"

Err admin_open_db(const Settings *s, Db **db)
{
    return db_open(&(DbOptions){ .url = s->db, .queries = QUERIES, .n_queries = QUERIES_N, .connections = 2,
                                  .newest_migration = MIGRATIONS[MIGRATIONS_N - 1].number }, db);
}

// One line of JSON a violation, then one that sums up: how many of each rule.
enum { RULES_MAX = 200, RULE_SIZE = 48 };
typedef struct Printing { i64 n, n_rules; struct { char rule[RULE_SIZE]; i64 n; } rules[RULES_MAX]; } Printing;

static void print_violation(void *context, const char *rule, i64 id, const char *detail)
{
    Printing *p = context;
    Arena a = { 0 };
    Buf b = buf_new(&a, 4096);
    buf_add(&b, STR("{\"rule\":"));
    json_write_text(&b, str_of(rule));
    buf_format(&b, ",\"id\":\"%lld\",\"detail\":", (long long)id);
    json_write_text(&b, str_of(detail));
    puts(arena_cstr(&a, arena_format(&a, "%.*s}", STR_ARG(buf_str(&b)))));
    arena_free(&a);
    p->n++;
    i64 at = 0;
    while (at < p->n_rules && strcmp(p->rules[at].rule, rule) != 0) at++;
    must(at < RULES_MAX);
    if (at == p->n_rules) must(snprintf(p->rules[p->n_rules++].rule, RULE_SIZE, "%s", rule) < RULE_SIZE);
    p->rules[at].n++;
}

static void print_summary(const Printing *p, i64 ms)
{
    printf("{\"violations\":%lld,\"rules\":{", (long long)p->n);
    for (i64 i = 0; i < p->n_rules; i++)
        printf("%s\"%s\":%lld", i ? "," : "", p->rules[i].rule, (long long)p->rules[i].n);
    printf("},\"ms\":%lld}\n", (long long)ms);
}

int command_audit(const Settings *s)
{
    Db *db;
    Printing p = { 0 };
    if (admin_open_db(s, &db) != ERR_OK) return 2;
    i64 began = clock_monotonic_us();
    Err e = audit_run(db, print_violation, &p);
    db_close(db);
    if (e != ERR_OK) return 2;
    print_summary(&p, (clock_monotonic_us() - began) / 1000);
    return p.n > 0;
}

static bool one_file(const Settings *s, const char *command)
{
    if (s->n_rest == 1) return true;
    fprintf(stderr, "etalase: %s needs one FILE\n", command);
    return false;
}

int command_backup(const Settings *s)
{
    Db *db;
    if (!one_file(s, "backup")) return 2;
    if (admin_open_db(s, &db) != ERR_OK) return 1;
    Err e = db_backup(db, s->rest[0]);
    db_close(db);
    if (e == ERR_OK) printf("The database is in %.*s. Media and master.key are files below %.*s: keep them too.\n",
                            STR_ARG(s->rest[0]), STR_ARG(s->data));
    return e != ERR_OK;
}

// A serving process must forget answers that it has kept from before.
static void tell_server(const Settings *s)
{
    char path[4096], text[24] = "";
    i64 pid;
    snprintf(path, sizeof(path), "%.*s/etalase.lock", STR_ARG(s->data));
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;
    if (f) fclose(f);
    // The lock's file stays when its process is gone, and numbers are used again: ask what the process is.
    if (!str_to_i64(str_trim((Str){ text, n }), &pid) || pid <= 1) return;
    char own[4096], its[4096];
    snprintf(path, sizeof(path), "/proc/%lld/exe", (long long)pid);
    ssize_t a = readlink("/proc/self/exe", own, sizeof(own)), b = readlink(path, its, sizeof(its));
    if (a > 0 && a == b && memcmp(own, its, (size_t)a) == 0) kill((pid_t)pid, SIGHUP);
}

int command_restore(const Settings *s)
{
    if (!one_file(s, "restore")) return 2;
    if (db_restore(s->db, s->rest[0]) != ERR_OK) return 1;
    tell_server(s);
    printf("The database is as it was in %.*s.\n", STR_ARG(s->rest[0]));
    return 0;
}

typedef struct Raising { Str handle; Arena arena; } Raising;

static Err raise_account(Tx *tx, void *context)
{
    Raising *r = context;
    AccountId id;
    arena_reset(&r->arena);
    tx->a = &r->arena;
    try(account_by_handle(tx, r->handle, &id));
    return account_make_operator(tx, id);
}

Err operator_make(Db *db, Str handle)
{
    Raising r = { .handle = handle };
    Err e = db_run(db, true, raise_account, &r);
    arena_free(&r.arena);
    return e;
}

int command_operator(const Settings *s)
{
    Db *db;
    if (s->n_rest != 1) {
        fputs("etalase: operator needs one HANDLE\n", stderr);
        return 2;
    }
    if (admin_open_db(s, &db) != ERR_OK) return 1;
    Err e = operator_make(db, s->rest[0]);
    db_close(db);
    if (e == ERR_NOT_FOUND) fprintf(stderr, "etalase: nobody has the handle %.*s\n", STR_ARG(s->rest[0]));
    return e != ERR_OK;
}

int command_openapi(const Settings *s)
{
    (void)s;
    return fwrite(OPENAPI_JSON, 1, (size_t)OPENAPI_JSON_N, stdout) != (size_t)OPENAPI_JSON_N || putchar('\n') == EOF;
}
