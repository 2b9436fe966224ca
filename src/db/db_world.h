// What the tests of db/ share: tables and queries of their own, and a database for each test on each engine.
#pragma once
#include "base/test.h"
#include "db/engine.h"

typedef enum Colour { COLOUR_RED, COLOUR_GREEN, COLOUR_BLUE } Colour;

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

typedef struct Entry { i64 id, left; Str text; } Entry;
extern const Type ENTRY;
extern const int ENTRY_PARAMS[3];

enum { THING_ADD, THING_GET, ENTRY_ADD, ENTRY_LIST, ENTRY_TAKE, ENTRY_GET, ENTRY_ID_ONLY, ENTRY_BAD_SQL, ENTRY_WRONG_ROW,
       ENTRY_SUM, ENTRY_MANY, ENTRY_SET, NOTE_ADD, QUERIES };
enum { TABLE_THING = 1, TABLE_ENTRY = 2, TABLE_NOTE = 4 };
const Query *const *queries(void);

enum { MIGRATIONS_APPLIED = 2, MIGRATIONS_ALL = 3 };     // a world starts with the first two
extern const Migration MIGRATIONS[MIGRATIONS_ALL];

typedef struct World { Db *db; Arena a; Str url; char folder[128], file[160]; DbOptions options; } World;

void on_sqlite(void (*test)(World *w));
void on_postgres(void (*test)(World *w));       // fails without ETALASE_TEST_PG, unless ETALASE_TEST_NO_PG is set
void on_both(void (*test)(World *w));
void open_world(World *w);

// What a test's run() gets and gives.
typedef struct Work {
    Arena *a;
    Entry in, *row;
    Thing *thing, *got;
    Err refuse_with;
    i64 n, runs;
    Err seen;
} Work;

Err add_entry(Tx *tx, void *context);           // then refuse_with
Err get_entry(Tx *tx, void *context);
Err take_entry(Tx *tx, void *context);          // one conditional update; ERR_SOLD_OUT when nothing is left
Err list_entries(Tx *tx, void *context);
Err  put(World *w, i64 id, i64 left, const char *text);
Entry *get(World *w, i64 id);
Entry sums(World *w);                           // id: number of entries, left: sum of theirs
// A script in a connection of its own, as another program would run it.
Err  outside(World *w, const char *sql);
