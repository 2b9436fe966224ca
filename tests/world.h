// A whole market in a temporary folder, for tests of whole requests: no socket, everything else real. Each test program
// runs all its tests once per engine; PostgreSQL's address comes from ETALASE_TEST_PG (ETALASE_TEST_NO_PG=1 leaves it out).
#pragma once
#include "base/test.h"
#include "main/local.h"
#include "main/open.h"

typedef struct Person { i64 id; Str token; Str handle; } Person;     // a zeroed Person is nobody: no session

typedef struct World {
    App *app;
    Arena *a;                       // of the answers; freed with the world
    Person ana, budi;               // shoppers
    Person sari, tono;              // sellers
    Person oma;                     // the operator
    Person nobody;
    char folder[128], database[32];
    Time fixed;                     // the clock stands here but for world_jump; 0: it runs
} World;

typedef LocalAnswer Answer;

World world_new(void);              // demo mode on, tasks only when asked for
World world_new_at(Time fixed);     // the same with a clock that stands still until world_jump
void  world_free(World *w);
// Opens the market in w->folder (world_new does; again for a copy of one that has been made).
void  world_open(World *w);
// Another process start on the same folder and database.
void  world_restart(World *w);
bool  world_is_sqlite(void);

// Statements behind the market's back, past its rules and SQLite's checks; the last one's first number, 0 without one.
i64   world_sql(World *w, const char *sql);
// Its database's address, for db_open.
Str   world_database(World *w);
// For world.c: a migrated database of the world's own, and its end; the end of all.
void  world_database_make(World *w);
void  world_database_drop(World *w);
void  world_databases_end(void);

Answer world_get(World *w, Person who, const char *path);
Answer world_post(World *w, Person who, const char *path, const char *json);       // json NULL: no body
Answer world_put(World *w, Person who, const char *path, const char *json);
Answer world_patch(World *w, Person who, const char *path, const char *json);
Answer world_delete(World *w, Person who, const char *path);
Answer world_send(World *w, LocalRequest request);
// "/v1/orders/%lld" and the like, in the world's arena.
const char *world_path(World *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
// The value at a path of the answer's JSON, as text.
Str answer_at(World *w, const Answer *x, const char *path);
i64 answer_id(World *w, const Answer *x, const char *path);          // as a number; 0 without
// Checks status, slug and (unless NULL) field of a refusal.
void world_refused(World *w, Answer x, int status, const char *slug, const char *field);

// A shop of this seller (currency IDR, shipping 10.000, cash on delivery), and a product in it with one variant.
i64 world_shop(World *w, Person seller, const char *handle);
// Somebody works there from now on: invited by an owner, and with a yes. The role of who works there already: see staff.h.
void world_staff(World *w, Person owner, i64 shop, Person who, const char *role);
typedef struct Goods { i64 product, variant; } Goods;
Goods world_product(World *w, Person seller, i64 shop, i64 price_minor, i64 stock);
// Puts an address in and gives its id; a checkout of n units with that address.
i64 world_address(World *w, Person who);
Answer world_checkout(World *w, Person who, i64 variant, i64 n, const char *method);

void world_jump(World *w, i64 ms);  // lets time pass
i64  world_tasks(World *w);         // runs what is due; how many
// `etalase audit` in process: how many violations.
i64  world_audit(World *w);
