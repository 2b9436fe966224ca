// A database for each test: SQLite in a folder of its own, PostgreSQL at ETALASE_TEST_PG (tools/pg-start). Tests nothing.
#include "db/db_world.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

// ------------------------------------------------------------------------------------------------ tables and queries

static const char *const COLOUR_NAMES[] = { "red", "green", "blue" };
static const EnumTable COLOURS = { "Colour", COLOUR_NAMES, COUNT(COLOUR_NAMES) };

static const Field THING_FIELDS[] = {
    { .name = "id", .kind = FIELD_ID, .offset = offsetof(Thing, id) },
    { .name = "other", .kind = FIELD_ID, .offset = offsetof(Thing, other), .optional = true },
    { .name = "number", .kind = FIELD_INT, .offset = offsetof(Thing, number) },
    { .name = "amount", .kind = FIELD_INT, .offset = offsetof(Thing, some),
      .optional = true, .has_offset = offsetof(Thing, has_some) },
    { .name = "yes", .kind = FIELD_BOOL, .offset = offsetof(Thing, yes) },
    { .name = "maybe", .kind = FIELD_BOOL, .offset = offsetof(Thing, maybe),
      .optional = true, .has_offset = offsetof(Thing, has_maybe) },
    { .name = "real", .kind = FIELD_REAL, .offset = offsetof(Thing, real) },
    { .name = "ratio", .kind = FIELD_REAL, .offset = offsetof(Thing, ratio),
      .optional = true, .has_offset = offsetof(Thing, has_ratio) },
    { .name = "made", .kind = FIELD_TIME, .offset = offsetof(Thing, made) },
    { .name = "at", .kind = FIELD_TIME, .offset = offsetof(Thing, at), .optional = true, .has_offset = offsetof(Thing, has_at) },
    { .name = "text", .kind = FIELD_TEXT, .offset = offsetof(Thing, text) },
    { .name = "note", .kind = FIELD_TEXT, .offset = offsetof(Thing, note), .optional = true },
    { .name = "bytes", .kind = FIELD_BYTES, .offset = offsetof(Thing, bytes) },
    { .name = "seal", .kind = FIELD_BYTES, .offset = offsetof(Thing, seal), .optional = true },
    { .name = "colour", .kind = FIELD_ENUM, .offset = offsetof(Thing, colour), .enums = &COLOURS },
    { .name = "tint", .kind = FIELD_ENUM, .offset = offsetof(Thing, tint), .enums = &COLOURS,
      .optional = true, .has_offset = offsetof(Thing, has_tint) },
    { .name = "currency", .kind = FIELD_CURRENCY, .offset = offsetof(Thing, currency) },
    { .name = "unit", .kind = FIELD_CURRENCY, .offset = offsetof(Thing, unit),
      .optional = true, .has_offset = offsetof(Thing, has_unit) },
    { .name = "price", .kind = FIELD_MONEY, .offset = offsetof(Thing, price) },
    { .name = "cost", .kind = FIELD_MONEY, .offset = offsetof(Thing, cost),
      .optional = true, .has_offset = offsetof(Thing, has_cost) },
};
static const Type THING = { "Thing", sizeof(Thing), THING_FIELDS, COUNT(THING_FIELDS) };
static const int THING_PARAMS[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 1018, 19, 1019 };

static const Field ENTRY_FIELDS[] = {
    { .name = "id", .kind = FIELD_INT, .offset = offsetof(Entry, id) },
    { .name = "remaining", .kind = FIELD_INT, .offset = offsetof(Entry, left) },
    { .name = "text", .kind = FIELD_TEXT, .offset = offsetof(Entry, text) },
};
const Type ENTRY = { "Entry", sizeof(Entry), ENTRY_FIELDS, COUNT(ENTRY_FIELDS) };
static const Type ENTRY_ID = { "EntryId", sizeof(Entry), ENTRY_FIELDS, 1 };
const int ENTRY_PARAMS[] = { 0, 1, 2 };
static const int ID_PARAM[] = { 0 }, TEXT_ID_PARAMS[] = { 2, 0 };

#define THING_COLUMNS "id, other, number, amount, yes, maybe, real, ratio, made, at, text, note, bytes, seal, colour, tint, " \
                      "currency, unit, price_minor, price_currency, cost_minor, cost_currency"

static const Query ALL[QUERIES] = {
    [THING_ADD] = { .name = "thing_add", .in = &THING, .params = THING_PARAMS, .n_params = COUNT(THING_PARAMS), .row = &THING,
        .writes = TABLE_THING, .sql = "INSERT INTO thing (" THING_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) RETURNING " THING_COLUMNS },
    [THING_GET] = { .name = "thing_get", .in = &THING, .params = ID_PARAM, .n_params = 1, .row = &THING, .reads = TABLE_THING,
        .sql = "SELECT " THING_COLUMNS " FROM thing WHERE id = $1" },
    [ENTRY_ADD] = { .name = "entry_add", .in = &ENTRY, .params = ENTRY_PARAMS, .n_params = 3, .writes = TABLE_ENTRY,
        .sql = "INSERT INTO entry (id, remaining, text) VALUES ($1, $2, $3)" },
    [ENTRY_LIST] = { .name = "entry_list", .row = &ENTRY, .reads = TABLE_ENTRY,
        .sql = "SELECT text, id, remaining FROM entry ORDER BY id" },
    // What a hold does: one conditional update.
    [ENTRY_TAKE] = { .name = "entry_take", .in = &ENTRY, .params = ID_PARAM, .n_params = 1, .row = &ENTRY,
        .writes = TABLE_ENTRY, .sql = "UPDATE entry SET remaining = remaining - 1 WHERE id = $1 AND remaining >= 1 "
        "RETURNING id, remaining, text" },
    [ENTRY_GET] = { .name = "entry_get", .in = &ENTRY, .params = ID_PARAM, .n_params = 1, .row = &ENTRY, .reads = TABLE_ENTRY,
        .sql = "SELECT id, remaining, text FROM entry WHERE id = $1" },
    [ENTRY_ID_ONLY] = { .name = "entry_id_only", .row = &ENTRY_ID, .reads = TABLE_ENTRY, .sql = "SELECT id FROM entry" },
    [ENTRY_BAD_SQL] = { .name = "entry_bad_sql", .reads = TABLE_ENTRY, .sql = "SELECT FROM WHERE" },
    [ENTRY_WRONG_ROW] = { .name = "entry_wrong_row", .row = &ENTRY, .reads = TABLE_ENTRY, .sql = "SELECT id, text FROM entry" },
    [ENTRY_SUM] = { .name = "entry_sum", .row = &ENTRY, .reads = TABLE_ENTRY, .sql = "SELECT CAST(count(*) AS BIGINT) AS id, "
        "CAST(coalesce(sum(remaining), 0) AS BIGINT) AS remaining, '' AS text FROM entry" },
    [ENTRY_MANY] = { .name = "entry_many", .row = &ENTRY, .reads = TABLE_ENTRY, .sql = "WITH RECURSIVE n(id) AS (SELECT "
        "CAST(1 AS BIGINT) UNION ALL SELECT id + 1 FROM n WHERE id < 10001) SELECT id, id AS remaining, 'x' AS text FROM n" },
    [ENTRY_SET] = { .name = "entry_set", .in = &ENTRY, .params = TEXT_ID_PARAMS, .n_params = 2, .writes = TABLE_ENTRY,
        .sql = "UPDATE entry SET text = $1 WHERE id = $2" },
    [NOTE_ADD] = { .name = "note_add", .in = &ENTRY, .params = ID_PARAM, .n_params = 1, .writes = TABLE_NOTE,
        .sql = "INSERT INTO note (entry) VALUES ($1)" },
};

const Query *const *queries(void)
{
    static Query numbered[QUERIES];
    static const Query *list[QUERIES];
    for (i64 i = 0; i < QUERIES && !list[i]; i++) {
        numbered[i] = ALL[i];
        numbered[i].index = i;
        list[i] = &numbered[i];
    }
    return list;
}

const Migration MIGRATIONS[] = {
    { 1, "thing", "h1",
      "CREATE TABLE thing ("
      "id INTEGER PRIMARY KEY, other INTEGER, number INTEGER NOT NULL, amount INTEGER, yes INTEGER NOT NULL, maybe INTEGER, "
      "real REAL NOT NULL, ratio REAL, made INTEGER NOT NULL, at INTEGER, "
      "text TEXT NOT NULL, note TEXT, bytes BLOB NOT NULL, seal BLOB, colour TEXT NOT NULL, tint TEXT, "
      "currency TEXT NOT NULL, unit TEXT, price_minor INTEGER NOT NULL, price_currency TEXT NOT NULL, "
      "cost_minor INTEGER, cost_currency TEXT)" " STRICT",
      "CREATE TABLE thing ("
      "id BIGINT PRIMARY KEY, other BIGINT, number BIGINT NOT NULL, amount BIGINT, yes BIGINT NOT NULL, maybe BIGINT, "
      "real DOUBLE PRECISION NOT NULL, ratio DOUBLE PRECISION, made BIGINT NOT NULL, at BIGINT, "
      "text TEXT COLLATE \"C\" NOT NULL, note TEXT COLLATE \"C\", bytes BYTEA NOT NULL, seal BYTEA, "
      "colour TEXT COLLATE \"C\" NOT NULL, tint TEXT COLLATE \"C\", "
      "currency TEXT COLLATE \"C\" NOT NULL, unit TEXT COLLATE \"C\", "
      "price_minor BIGINT NOT NULL, price_currency TEXT COLLATE \"C\" NOT NULL, "
      "cost_minor BIGINT, cost_currency TEXT COLLATE \"C\")" },
    { 2, "entry", "h2",
      "CREATE TABLE entry (id INTEGER PRIMARY KEY, remaining INTEGER NOT NULL, text TEXT NOT NULL) STRICT;\n"
      "CREATE TABLE note (entry INTEGER REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED) STRICT; -- two in one",
      "CREATE TABLE entry (id BIGINT PRIMARY KEY, remaining BIGINT NOT NULL, text TEXT COLLATE \"C\" NOT NULL);\n"
      "CREATE TABLE note (entry BIGINT REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED); -- two in one" },
    { 5, "later", "h5", "ALTER TABLE note ADD COLUMN why TEXT", "ALTER TABLE note ADD COLUMN why TEXT" },
};

// ------------------------------------------------------------------------------------------------ a database a test

Err outside(World *w, const char *sql)
{
    Db *db;
    Connection *c;
    must(db_make(&(DbOptions){ .url = w->url }, &db) == ERR_OK);
    must(db->engine->admin_open(db, &c) == ERR_OK);
    Err e = db->engine->script(c, sql, "test");
    db->engine->admin_close(c);
    db_unmake(db);
    return e;
}

void open_world(World *w)
{
    must(db_open(&w->options, &w->db) == ERR_OK);
}

static World world(const char *postgres)
{
    World w = { 0 };
    const char *within = getenv("TMPDIR");
    must(snprintf(w.folder, sizeof(w.folder), "%s/db-test-XXXXXX", within ? within : "/tmp") < (int)sizeof(w.folder));
    must(mkdtemp(w.folder) != NULL);
    snprintf(w.file, sizeof(w.file), "%s/test.db", w.folder);
    w.url = postgres ? str_of(postgres) : arena_format(&w.a, "sqlite:%s", w.file);
    w.options = (DbOptions){ .url = w.url, .queries = queries(), .n_queries = QUERIES };
    if (postgres) must(outside(&w, "DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS public_before_restore CASCADE; "
                                   "CREATE SCHEMA public") == ERR_OK);
    open_world(&w);
    i64 applied;
    must(db_migrate(w.db, MIGRATIONS, MIGRATIONS_APPLIED, &applied) == ERR_OK);
    return w;
}

static void end_world(World *w)
{
    db_close(w->db);
    arena_free(&w->a);
    char command[200];
    snprintf(command, sizeof(command), "rm -rf '%s'", w->folder);
    must(system(command) == 0);
}

static const char *postgres_url(void)
{
    const char *url = getenv("ETALASE_TEST_PG");
    return url && *url ? url : NULL;
}

void on_sqlite(void (*test)(World *w))
{
    World w = world(NULL);
    test(&w);
    end_world(&w);
}

void on_postgres(void (*test)(World *w))
{
    if (postgres_url()) {
        World w = world(postgres_url());
        test(&w);
        end_world(&w);
    } else if (!getenv("ETALASE_TEST_NO_PG")) {
        test_failed(__FILE__, __LINE__, "ETALASE_TEST_PG is not set: start one with tools/pg-start, or set ETALASE_TEST_NO_PG=1");
    }
}

void on_both(void (*test)(World *w))
{
    on_sqlite(test);
    on_postgres(test);
}

Err add_entry(Tx *tx, void *context)
{
    Work *w = context;
    try(db_exec(tx, queries()[ENTRY_ADD], &w->in, &w->n));
    return w->refuse_with;
}

Err get_entry(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    return db_one(tx, queries()[ENTRY_GET], &w->in, (void **)&w->row);
}

static Err sum_entries(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    return db_one(tx, queries()[ENTRY_SUM], NULL, (void **)&w->row);
}

Err put(World *w, i64 id, i64 left, const char *text)
{
    Work work = { .in = { id, left, str_of(text) } };
    return db_run(w->db, true, add_entry, &work);
}

Entry *get(World *w, i64 id)
{
    Work work = { .a = &w->a, .in = { .id = id } };
    check_int(db_run(w->db, false, get_entry, &work), ERR_OK);
    return work.row;
}

Entry sums(World *w)
{
    Work work = { .a = &w->a };
    check_int(db_run(w->db, false, sum_entries, &work), ERR_OK);
    return work.row ? *work.row : (Entry){ 0 };
}

Err take_entry(Tx *tx, void *context)
{
    Work *w = context;
    w->runs++;
    tx->a = w->a;
    try(db_one(tx, queries()[ENTRY_TAKE], &w->in, (void **)&w->row));
    return w->row ? ERR_OK : ERR_SOLD_OUT;
}

Err list_entries(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    return db_all(tx, queries()[ENTRY_LIST], NULL, (void **)&w->row, &w->n);
}
