// Tests of db.h, each on both engines: SQLite in a folder of its own, PostgreSQL at ETALASE_TEST_PG (tools/pg-start).
// Knows no feature: its tables and queries are its own.
#include "base/test.h"
#include "base/log.h"
#include "db/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// ------------------------------------------------------------------------------------------------ tables and queries

typedef enum Colour { COLOUR_RED, COLOUR_GREEN, COLOUR_BLUE } Colour;
static const char *const COLOUR_NAMES[] = { "red", "green", "blue" };
static const EnumTable COLOURS = { "Colour", COLOUR_NAMES, COUNT(COLOUR_NAMES) };

typedef struct ThingId { i64 v; } ThingId;
typedef struct Thing {
    ThingId id, other;
    i64 number, some;
    bool yes, has_some, has_maybe, has_ratio, has_at, has_tint, has_unit, has_cost, maybe;
    double real, ratio;
    Time made, at;
    Str text, note, bytes, seal;
    Colour colour, tint;
    Currency currency, unit;
    Money price, cost;
} Thing;

#define OF(member) .offset = offsetof(Thing, member)
#define HAS(member) .optional = true, .has_offset = offsetof(Thing, member)
static const Field THING_FIELDS[] = {
    { .name = "id", .kind = FIELD_ID, OF(id) },
    { .name = "other", .kind = FIELD_ID, OF(other), .optional = true },
    { .name = "number", .kind = FIELD_INT, OF(number) },
    { .name = "amount", .kind = FIELD_INT, OF(some), HAS(has_some) },
    { .name = "yes", .kind = FIELD_BOOL, OF(yes) },
    { .name = "maybe", .kind = FIELD_BOOL, OF(maybe), HAS(has_maybe) },
    { .name = "real", .kind = FIELD_REAL, OF(real) },
    { .name = "ratio", .kind = FIELD_REAL, OF(ratio), HAS(has_ratio) },
    { .name = "made", .kind = FIELD_TIME, OF(made) },
    { .name = "at", .kind = FIELD_TIME, OF(at), HAS(has_at) },
    { .name = "text", .kind = FIELD_TEXT, OF(text) },
    { .name = "note", .kind = FIELD_TEXT, OF(note), .optional = true },
    { .name = "bytes", .kind = FIELD_BYTES, OF(bytes) },
    { .name = "seal", .kind = FIELD_BYTES, OF(seal), .optional = true },
    { .name = "colour", .kind = FIELD_ENUM, OF(colour), .enums = &COLOURS },
    { .name = "tint", .kind = FIELD_ENUM, OF(tint), .enums = &COLOURS, HAS(has_tint) },
    { .name = "currency", .kind = FIELD_CURRENCY, OF(currency) },
    { .name = "unit", .kind = FIELD_CURRENCY, OF(unit), HAS(has_unit) },
    { .name = "price", .kind = FIELD_MONEY, OF(price) },
    { .name = "cost", .kind = FIELD_MONEY, OF(cost), HAS(has_cost) },
};
static const Type THING = { "Thing", sizeof(Thing), THING_FIELDS, COUNT(THING_FIELDS) };
static const int THING_PARAMS[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 1018, 19, 1019 };

typedef struct Entry { i64 id, left; Str text; } Entry;
static const Field ENTRY_FIELDS[] = {
    { .name = "id", .kind = FIELD_INT, .offset = offsetof(Entry, id) },
    { .name = "remaining", .kind = FIELD_INT, .offset = offsetof(Entry, left) },
    { .name = "text", .kind = FIELD_TEXT, .offset = offsetof(Entry, text) },
};
static const Type ENTRY = { "Entry", sizeof(Entry), ENTRY_FIELDS, COUNT(ENTRY_FIELDS) };
static const Type ENTRY_ID = { "EntryId", sizeof(Entry), ENTRY_FIELDS, 1 };
static const int ENTRY_PARAMS[] = { 0, 1, 2 }, ID_PARAM[] = { 0 }, TEXT_ID_PARAMS[] = { 2, 0 };

#define THING_COLUMNS "id, other, number, amount, yes, maybe, real, ratio, made, at, text, note, bytes, seal, colour, tint, " \
                      "currency, unit, price_minor, price_currency, cost_minor, cost_currency"

enum { THING_ADD, THING_GET, ENTRY_ADD, ENTRY_LIST, ENTRY_TAKE, ENTRY_GET, ENTRY_ID_ONLY, ENTRY_BAD_SQL, ENTRY_WRONG_ROW,
       ENTRY_SUM, ENTRY_MANY, ENTRY_SET, NOTE_ADD, QUERIES };
enum { TABLE_THING = 1, TABLE_ENTRY = 2, TABLE_NOTE = 4 };

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

static const Query *const *queries(void)
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

#define COLUMNS(i, t, r, b) "(id " i " PRIMARY KEY, other " i ", number " i " NOT NULL, amount " i ", yes " i " NOT NULL, maybe " i \
    ", real " r " NOT NULL, ratio " r ", made " i " NOT NULL, at " i ", text " t " NOT NULL, note " t ", bytes " b " NOT NULL, seal " b \
    ", colour " t " NOT NULL, tint " t ", currency " t " NOT NULL, unit " t ", price_minor " i " NOT NULL, price_currency " t \
    " NOT NULL, cost_minor " i ", cost_currency " t ")"

static const Migration MIGRATIONS[] = {
    { 1, "thing", "h1", "CREATE TABLE thing " COLUMNS("INTEGER", "TEXT", "REAL", "BLOB") " STRICT",
      "CREATE TABLE thing " COLUMNS("BIGINT", "TEXT COLLATE \"C\"", "DOUBLE PRECISION", "BYTEA") },
    { 2, "entry", "h2",
      "CREATE TABLE entry (id INTEGER PRIMARY KEY, remaining INTEGER NOT NULL, text TEXT NOT NULL) STRICT;\n"
      "CREATE TABLE note (entry INTEGER REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED) STRICT; -- two in one",
      "CREATE TABLE entry (id BIGINT PRIMARY KEY, remaining BIGINT NOT NULL, text TEXT COLLATE \"C\" NOT NULL);\n"
      "CREATE TABLE note (entry BIGINT REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED); -- two in one" },
    { 5, "later", "h5", "ALTER TABLE note ADD COLUMN why TEXT", "ALTER TABLE note ADD COLUMN why TEXT" },
};

// ------------------------------------------------------------------------------------------------ a database a test

typedef struct World { Db *db; Arena a; Str url; char folder[64], file[100]; DbOptions options; } World;

static void empty_postgres(World *w)
{
    Db *db;
    Connection *c;
    must(db_make(&(DbOptions){ .url = w->url }, &db) == ERR_OK);
    must(db->engine->admin_open(db, &c) == ERR_OK);
    must(db->engine->script(c, "DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS public_before_restore CASCADE; "
                               "CREATE SCHEMA public", "test") == ERR_OK);
    db->engine->admin_close(c);
    db_unmake(db);
}

static void open_world(World *w)
{
    must(db_open(&w->options, &w->db) == ERR_OK);
}

static World world(const char *postgres)
{
    World w = { .folder = "/tmp/etalase-db-test-XXXXXX" };
    must(mkdtemp(w.folder) != NULL);
    snprintf(w.file, sizeof(w.file), "%s/test.db", w.folder);
    w.url = postgres ? str_of(postgres) : arena_format(&w.a, "sqlite:%s", w.file);
    w.options = (DbOptions){ .url = w.url, .queries = queries(), .n_queries = QUERIES };
    if (postgres) empty_postgres(&w);
    open_world(&w);
    i64 applied;
    must(db_migrate(w.db, MIGRATIONS, 2, &applied) == ERR_OK && applied == 2);
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

static void on_sqlite(void (*test)(World *w))
{
    World w = world(NULL);
    test(&w);
    end_world(&w);
}

static void on_postgres(void (*test)(World *w))
{
    if (postgres_url()) {
        World w = world(postgres_url());
        test(&w);
        end_world(&w);
    } else if (!getenv("ETALASE_TEST_NO_PG")) {
        test_failed(__FILE__, __LINE__, "ETALASE_TEST_PG is not set: start one with tools/pg-start, or set ETALASE_TEST_NO_PG=1");
    }
}

static void on_both(void (*test)(World *w))
{
    on_sqlite(test);
    on_postgres(test);
}

// A task that runs some queries and says what came of it.
typedef struct Work {
    Arena *a;
    Entry in, *row;
    Thing *thing, *got;
    Err refuse_with;
    i64 n, runs;
    Err seen;
} Work;

static Err add_entry(Tx *tx, void *context)
{
    Work *w = context;
    try(db_exec(tx, queries()[ENTRY_ADD], &w->in, &w->n));
    return w->refuse_with;
}

static Err get_entry(Tx *tx, void *context)
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

static Err put(World *w, i64 id, i64 left, const char *text)
{
    Work work = { .in = { id, left, str_of(text) } };
    return db_run(w->db, true, add_entry, &work);
}

static Entry *get(World *w, i64 id)
{
    Work work = { .a = &w->a, .in = { .id = id } };
    check_int(db_run(w->db, false, get_entry, &work), ERR_OK);
    return work.row;
}

static Entry sums(World *w)
{
    Work work = { .a = &w->a };
    check_int(db_run(w->db, false, sum_entries, &work), ERR_OK);
    return work.row ? *work.row : (Entry){ 0 };
}

// ------------------------------------------------------------------------------------------------ values and rows

static Err add_and_get_thing(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    try(db_one(tx, queries()[THING_ADD], w->thing, (void **)&w->got));
    return db_one(tx, queries()[THING_GET], &(Thing){ .id = w->thing->id }, (void **)&w->thing);
}

static void check_thing(const Thing *t, const Thing *want)
{
    check(t != NULL && t != want);
    if (!t) return;
    check_int(t->id.v, want->id.v);
    check_int(t->other.v, want->other.v);
    check_int(t->number, want->number);
    check(t->yes == want->yes && t->colour == want->colour && t->made == want->made);
    check(memcmp(&t->real, &want->real, sizeof(double)) == 0);
    check_str(t->text, want->text);
    check_str(t->note, want->note);
    check((t->note.p == NULL) == (want->note.p == NULL) && (t->seal.p == NULL) == (want->seal.p == NULL));
    check(t->text.p != NULL && t->bytes.p != NULL);
    check_str(t->bytes, want->bytes);
    check_str(t->seal, want->seal);
    check(currency_eq(t->currency, want->currency) && currency_eq(t->price.currency, want->price.currency));
    check_int(t->price.minor, want->price.minor);
    check(t->has_some == want->has_some && t->some == want->some);
    check(t->has_maybe == want->has_maybe && t->maybe == want->maybe);
    check(t->has_ratio == want->has_ratio && memcmp(&t->ratio, &want->ratio, sizeof(double)) == 0);
    check(t->has_at == want->has_at && t->at == want->at);
    check(t->has_tint == want->has_tint && t->tint == want->tint);
    check(t->has_unit == want->has_unit && currency_eq(t->unit, want->unit));
    check(t->has_cost == want->has_cost && t->cost.minor == want->cost.minor);
    check(currency_eq(t->cost.currency, want->cost.currency));
}

static void there_and_back(World *w, const Thing *thing)
{
    Thing copy = *thing;
    Work work = { .a = &w->a, .thing = &copy };
    check_int(db_run(w->db, true, add_and_get_thing, &work), ERR_OK);
    check_thing(work.got, thing);
    check_thing(work.thing, thing);
}

static void kinds(World *w)
{
    const Currency idr = { "IDR" }, kwd = { "KWD" };
    Thing full = {
        .id = { INT64_MAX }, .other = { 77 }, .number = INT64_MIN, .has_some = true, .some = -1, .yes = true,
        .has_maybe = true, .maybe = true, .real = -0.1, .has_ratio = true, .ratio = 1e300, .made = 1, .has_at = true,
        .at = 253402300799999, .text = STR("Ana's \"shop\" — ร้าน \xF0\x9F\x9B\x92 عربى"), .note = STR("$1 'x' -- \\n\n"),
        .bytes = STR("\0\xFF\x80'\0"), .seal = STR("\1"), .colour = COLOUR_BLUE, .has_tint = true, .tint = COLOUR_GREEN,
        .currency = idr, .has_unit = true, .unit = kwd, .price = { MONEY_MAX_MINOR, idr }, .has_cost = true,
        .cost = { -5, kwd },
    };
    there_and_back(w, &full);
    // Empty is not absent.
    Thing least = { .id = { 1 }, .currency = kwd, .price = { 0, kwd }, .note = STR(""), .seal = STR("") };
    there_and_back(w, &least);
    Thing absent = { .id = { 2 }, .text = STR("x"), .bytes = STR("y"), .currency = kwd, .price = { 1, kwd } };
    there_and_back(w, &absent);
    // Zero and false that are there are not absent either.
    Thing zero = absent;
    zero.id.v = 3;
    zero.has_some = zero.has_maybe = zero.has_ratio = zero.has_at = zero.has_tint = zero.has_cost = true;
    zero.cost.currency = idr;
    there_and_back(w, &zero);
}
TEST(every_kind_there_and_back) { on_both(kinds); }

static void no_row(World *w)
{
    check(get(w, 404) == NULL);
    check_int(put(w, 1, 3, "é"), ERR_OK);
    Entry *e = get(w, 1);
    check(e != NULL && e->left == 3);
    if (e) check_str(e->text, STR("é"));
}
TEST(one_row_or_none) { on_both(no_row); }

static Err list_entries(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    return db_all(tx, queries()[ENTRY_LIST], NULL, (void **)&w->row, &w->n);
}

static Err add_hundred(Tx *tx, void *context)
{
    Work *w = context;
    for (i64 i = 0; i < 100; i++) {
        Str text = arena_format(w->a, "%0100" PRId64, i);
        try(db_exec(tx, queries()[ENTRY_ADD], &(Entry){ i, i * i, text }, NULL));
    }
    return ERR_OK;
}

static void lists(World *w)
{
    Work work = { .a = &w->a };
    check_int(db_run(w->db, false, list_entries, &work), ERR_OK);
    check(work.n == 0);
    check_int(db_run(w->db, true, add_hundred, &work), ERR_OK);
    check_int(db_run(w->db, false, list_entries, &work), ERR_OK);
    check_int(work.n, 100);
    for (i64 i = 0; i < work.n; i++) {
        check(work.row[i].id == i && work.row[i].left == i * i && work.row[i].text.n == 100);
        check(work.row[i].text.p[99] == (char)('0' + i % 10) && work.row[i].text.p[100] == 0);
    }
}
TEST(all_rows) { on_both(lists); }

static Err too_many(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    return db_all(tx, queries()[ENTRY_MANY], NULL, (void **)&w->row, &w->n);
}

static Err two_for_one(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    return db_one(tx, queries()[ENTRY_ID_ONLY], NULL, (void **)&w->row);
}

static void row_limits(World *w)
{
    Work work = { .a = &w->a };
    check_int(db_run(w->db, false, too_many, &work), ERR_DB);
    put(w, 1, 1, "");
    check_int(db_run(w->db, false, two_for_one, &work), ERR_OK);
    put(w, 2, 1, "");
    check_int(db_run(w->db, false, two_for_one, &work), ERR_DB);
    check_int(sums(w).id, 2);                       // the connections still work
}
TEST(more_rows_than_allowed_is_an_error) { on_both(row_limits); }

static Err change(Tx *tx, void *context)
{
    Work *w = context;
    return db_exec(tx, queries()[ENTRY_SET], &w->in, &w->n);
}

static void changed(World *w)
{
    put(w, 1, 1, "a");
    Work work = { .in = { .id = 1, .text = STR("b") } };
    check_int(db_run(w->db, true, change, &work), ERR_OK);
    check_int(work.n, 1);
    work.in.id = 2;
    check_int(db_run(w->db, true, change, &work), ERR_OK);
    check_int(work.n, 0);
    check_str(get(w, 1)->text, STR("b"));
}
TEST(exec_counts_changed_rows) { on_both(changed); }

// ------------------------------------------------------------------------------------------------ errors

static Err sticky(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    w->runs++;
    try(db_exec(tx, queries()[ENTRY_ADD], &w->in, NULL));
    Err first = db_exec(tx, queries()[ENTRY_BAD_SQL], NULL, NULL);
    w->seen = db_one(tx, queries()[ENTRY_GET], &w->in, (void **)&w->row);     // would succeed by itself
    check_int(first, ERR_DB);
    return ERR_OK;                                                             // swallowed: must not commit all the same
}

static void errors_stick(World *w)
{
    Work work = { .a = &w->a, .in = { 9, 1, STR("x") } };
    check_int(db_run(w->db, true, sticky, &work), ERR_DB);
    check_int(work.seen, ERR_DB);
    check_int(work.runs, 1);
    check(get(w, 9) == NULL);
    check_int(put(w, 9, 1, "x"), ERR_OK);
}
TEST(the_first_error_sticks) { on_both(errors_stick); }

static void refusals(World *w)
{
    Work work = { .in = { 5, 1, STR("x") }, .refuse_with = ERR_SOLD_OUT };
    check_int(db_run(w->db, true, add_entry, &work), ERR_SOLD_OUT);
    check_int(work.n, 1);
    check(get(w, 5) == NULL);
}
TEST(a_refusal_rolls_back) { on_both(refusals); }

static void twins(World *w)
{
    check_int(put(w, 1, 1, "first"), ERR_OK);
    i64 before = db_stats(w->db).retries;
    check_int(put(w, 1, 2, "second"), ERR_DB);
    check_int(db_stats(w->db).retries - before, db_is_sqlite(w->db) ? 0 : 2);
    check_str(get(w, 1)->text, STR("first"));
}
TEST(a_unique_violation_that_stays_is_an_error) { on_both(twins); }

static Err wrong_row(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    return db_all(tx, queries()[ENTRY_WRONG_ROW], NULL, (void **)&w->row, &w->n);
}

static Err orphan(Tx *tx, void *context)
{
    return db_exec(tx, queries()[NOTE_ADD], &((Work *)context)->in, NULL);
}

static void bad_rows(World *w)
{
    Work work = { .a = &w->a, .in = { .id = 31 } };
    check_int(put(w, 1, 1, "x"), ERR_OK);
    check_int(db_run(w->db, false, wrong_row, &work), ERR_DB);
    check_int(db_run(w->db, true, orphan, &work), ERR_DB);       // checked at the end only, and found
    work.in.id = 1;
    check_int(db_run(w->db, true, orphan, &work), ERR_OK);
}
TEST(columns_and_keys_must_fit) { on_both(bad_rows); }

static void checks(World *w)
{
    char problem[300];
    static const struct { i64 query; const char *says; } WRONG[] = {
        { ENTRY_BAD_SQL, "syntax" }, { ENTRY_WRONG_ROW, "remaining of Entry has no column" },
    };
    for (i64 i = 0; i < QUERIES; i++) {
        const char *says = NULL;
        for (i64 k = 0; k < COUNT(WRONG); k++) says = WRONG[k].query == i ? WRONG[k].says : says;
        check_int(db_check_query(w->db, queries()[i], problem, sizeof(problem)), says ? ERR_DB : ERR_OK);
        if (says) check(strstr(problem, says) != NULL);
        else check_str(str_of(problem), STR(""));
    }
    static const struct { const char *sql; i64 n; const char *says; } MORE[] = {
        { "SELECT id, remaining, text, text AS more FROM entry", 0, "column more has no field" },
        { "SELECT id, remaining, text, text FROM entry", 0, "two columns" },
        { "SELECT id, text AS remaining, text FROM entry", 0, "column remaining" },
        { "SELECT id, remaining, text FROM entry WHERE id = $2", 1, "numbered" },
        { "SELECT id, remaining, text FROM entry WHERE id = $1 AND remaining = $2", 1, "parameters" },
        { "SELECT id, remaining, text FROM entry WHERE text = '$1'", 1, "parameters" },
        { "SELECT id, remaining, text FROM nowhere", 0, "nowhere" },
    };
    for (i64 i = 0; i < COUNT(MORE); i++) {
        Query q = { .name = "q", .sql = MORE[i].sql, .in = &ENTRY, .params = ENTRY_PARAMS, .n_params = MORE[i].n, .row = &ENTRY };
        check_int(db_check_query(w->db, &q, problem, sizeof(problem)), ERR_DB);
        check(strstr(problem, MORE[i].says) != NULL);
    }
}
TEST(check_query_finds_differences) { on_both(checks); }

int main(int argc, char **argv)
{
    log_quiet(true);
    return test_main(argc, argv);
}
