// Measures db/ on SQLite: a read by primary key beside bare SQLite, and writes in groups beside one commit each.
// Usage: db_bench FOLDER   (on the disk that counts). Prints "name value unit" lines.
#include "db/engine.h"

#include <inttypes.h>
#include <pthread.h>
#include <sqlite3.h>

#include "base/log.h"

enum { ROWS = 10000, READS = 300000, SUBMITTERS = 64, WRITE_MS = 3000 };

typedef struct Item { i64 id, amount; Str name; } Item;
static const Field FIELDS[] = {
    { .name = "id", .kind = FIELD_INT, .offset = offsetof(Item, id) },
    { .name = "amount", .kind = FIELD_INT, .offset = offsetof(Item, amount) },
    { .name = "name", .kind = FIELD_TEXT, .offset = offsetof(Item, name) },
};
static const Type ITEM = { "Item", sizeof(Item), FIELDS, COUNT(FIELDS) };
static const int PARAMS[] = { 0, 1, 2 };
static const Query GET = { .name = "item_get", .sql = "SELECT id, amount, name FROM item WHERE id = $1", .index = 0,
                           .in = &ITEM, .params = PARAMS, .n_params = 1, .row = &ITEM, .reads = 1 };
static const Query ADD = { .name = "item_add", .sql = "INSERT INTO item (id, amount, name) VALUES ($1, $2, $3)", .index = 1,
                           .in = &ITEM, .params = PARAMS, .n_params = 3, .writes = 1 };
static const Query TAKE = { .name = "item_take", .index = 2, .in = &ITEM, .params = PARAMS, .n_params = 1, .row = &ITEM,
                            .writes = 1, .sql = "UPDATE item SET amount = amount + 1 WHERE id = $1 RETURNING id, amount, name" };
static const Query *const QUERIES[] = { &GET, &ADD, &TAKE };
static const Migration MIGRATIONS[] = { {
    1, "item", "1", "CREATE TABLE item (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, name TEXT NOT NULL) STRICT",
    "CREATE TABLE item (id BIGINT PRIMARY KEY, amount BIGINT NOT NULL, name TEXT NOT NULL)" } };

typedef struct Load { Db *db; Arena a; u32 random; i64 done, until_us, reads; } Load;

static i64 next_id(Load *l)
{
    l->random = l->random * 1664525u + 1013904223u;
    return (l->random >> 8) % ROWS;
}

static Err fill(Tx *tx, void *context)
{
    (void)context;
    for (i64 i = 0; i < ROWS; i++)
        try(db_exec(tx, &ADD, &(Item){ i, 1, STR("a product with a name of usual length") }, NULL));
    return ERR_OK;
}

static Err read_one(Tx *tx, void *context)
{
    Load *l = context;
    Item *row;
    tx->a = &l->a;
    try(db_one(tx, &GET, &(Item){ .id = next_id(l) }, (void **)&row));
    must(row != NULL);
    return ERR_OK;
}

static Err write_one(Tx *tx, void *context)
{
    Load *l = context;
    Item *row;
    tx->a = &l->a;
    return db_one(tx, &TAKE, &(Item){ .id = next_id(l) }, (void **)&row);
}

static void *submitter(void *context)
{
    Load *l = context;
    while (clock_monotonic_us() < l->until_us) {
        must(db_run(l->db, true, write_one, l) == ERR_OK);
        arena_reset(&l->a);
        l->done++;
    }
    return NULL;
}

static void *reader(void *context)
{
    Load *l = context;
    for (i64 i = 0; i < l->reads; i++) {
        must(db_run(l->db, false, read_one, l) == ERR_OK);
        arena_reset(&l->a);
    }
    return NULL;
}

static void print(const char *name, double value, const char *unit)
{
    printf("%-44s %10.1f %s\n", name, value, unit);
}

static void bench_raw(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    Load l = { 0 };
    i64 sum = 0;
    must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK);
    must(sqlite3_prepare_v2(db, GET.sql, -1, &s, NULL) == SQLITE_OK);
    i64 start = clock_monotonic_us();
    for (i64 i = 0; i < READS; i++) {
        sqlite3_bind_int64(s, 1, next_id(&l));
        must(sqlite3_step(s) == SQLITE_ROW);
        sum += sqlite3_column_int64(s, 0) + sqlite3_column_int64(s, 1) + sqlite3_column_bytes(s, 2);
        must(sqlite3_step(s) == SQLITE_DONE);
        sqlite3_reset(s);
    }
    must(sum > 0);
    print("read by key, bare sqlite3_step", (double)(clock_monotonic_us() - start) * 1000 / READS, "ns");
    sqlite3_finalize(s);
    sqlite3_close(db);
}

static void bench_reads(Db *db, i64 threads)
{
    pthread_t t[8];
    Load load[8] = { 0 };
    char name[60];
    i64 start = clock_monotonic_us();
    for (i64 i = 0; i < threads; i++) {
        load[i] = (Load){ .db = db, .random = (u32)i, .reads = READS };
        must(pthread_create(&t[i], NULL, reader, &load[i]) == 0);
    }
    for (i64 i = 0; i < threads; i++) {
        pthread_join(t[i], NULL);
        arena_free(&load[i].a);
    }
    snprintf(name, sizeof(name), "read by key, db_run, %" PRId64 " thread(s)", threads);
    print(name, (double)(clock_monotonic_us() - start) * 1000 / READS, "ns each");
}

static double bench_writes(Str url, i64 group_max, i64 submitters, const char *name)
{
    Db *db;
    pthread_t t[SUBMITTERS];
    Load load[SUBMITTERS];
    i64 done = 0, until = clock_monotonic_us() + WRITE_MS * 1000;
    DbOptions options = { .url = url, .queries = QUERIES, .n_queries = COUNT(QUERIES), .group_max = group_max };
    must(db_open(&options, &db) == ERR_OK);
    for (i64 i = 0; i < submitters; i++) {
        load[i] = (Load){ .db = db, .random = (u32)i * 77, .until_us = until };
        must(pthread_create(&t[i], NULL, submitter, &load[i]) == 0);
    }
    for (i64 i = 0; i < submitters; i++) {
        pthread_join(t[i], NULL);
        arena_free(&load[i].a);
        done += load[i].done;
    }
    DbStats s = db_stats(db);
    print(name, (double)done * 1000 / WRITE_MS, "/s");
    print("   transactions a group", (double)done / (double)(s.groups ? s.groups : done), "");
    print("   tries again", (double)s.retries, "");
    db_close(db);
    return (double)done;
}

int main(int argc, char **argv)
{
    must(argc == 2);
    Arena a = { 0 };
    bool file = argv[1][0] == '/';
    Str url = file ? arena_format(&a, "sqlite:%s/bench.db", argv[1]) : str_of(argv[1]);
    Db *db;
    i64 applied;
    must(db_open(&(DbOptions){ .url = url, .queries = QUERIES, .n_queries = COUNT(QUERIES) }, &db) == ERR_OK);
    must(db_migrate(db, MIGRATIONS, 1, &applied) == ERR_OK);
    if (applied) must(db_run(db, true, fill, NULL) == ERR_OK);
    if (file) {
        bench_raw(arena_format(&a, "%s/bench.db", argv[1]).p);
        bench_reads(db, 1);
        bench_reads(db, 2);
    }
    db_close(db);
    double grouped = bench_writes(url, 0, SUBMITTERS, "write, 64 submitters");
    if (file) {
        double single = bench_writes(url, 1, SUBMITTERS, "write, 64 submitters, one commit each");
        print("   ratio", grouped / single, "");
    }
    bench_writes(url, 0, 1, "write, 1 submitter");
    arena_free(&a);
    return 0;
}
