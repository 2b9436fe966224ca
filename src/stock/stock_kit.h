// What the tests of stock share: a shop with goods, and the rules that other features call, each in a transaction of its own.
#pragma once
#include "stock/stock.h"
#include "tests/world.h"

typedef struct Shelf { World w; i64 shop; Goods goods; } Shelf;
Shelf shelf_new(i64 stock);              // sari's shop with one product of one variant
void  shelf_end(Shelf *s);               // with an audit
i64   shelf_variant(Shelf *s, i64 stock);            // of one more product
i64   shelf_warehouse(Shelf *s, const char *name);   // of the next priority

enum { KIT_WANTS_MAX = 8 };
typedef enum Deed { HOLD, SELL, RELEASE, BACK, ASIDE, CUT, END_ASIDE } Deed;

// One call of a neighbour. After ERR_BUSY (too many at one row for PostgreSQL's tries) it asks again: busy is not sold out.
typedef struct Act {
    World *w;
    Deed deed;
    i64 checkout;
    StockWant wants[KIT_WANTS_MAX]; i64 n;      // HOLD
    StockBack back;                             // BACK
    StockAllotment aside;                       // ASIDE, CUT, END_ASIDE
    Refusal why;
    Err result;
} Act;
Err act_run(Act *x);
// All at once, a thread each; how many came back with ERR_OK. Every other must be `refused`.
i64 acts_at_once(Act *acts, i64 n, Err refused);

Err hold(World *w, i64 checkout, i64 variant, i64 n);
Err hold_from(World *w, i64 checkout, StockPool pool, i64 pool_id, i64 variant, i64 n);
Err hold_two(World *w, i64 checkout, i64 one, i64 n, i64 other, i64 m);
Err sell(World *w, i64 checkout);
Err release(World *w, i64 checkout);
Err back(World *w, i64 checkout, i64 variant, i64 n, bool damaged);
Err aside(Shelf *s, StockPool pool, i64 pool_id, i64 variant, i64 n);
Err cut(Shelf *s, StockPool pool, i64 pool_id, i64 variant, i64 n);
Err end_aside(Shelf *s, StockPool pool, i64 pool_id);
i64 available(World *w, StockPool pool, i64 pool_id, i64 variant);
StockLevel level(World *w, i64 variant);
// on hand, held, set aside, free
#define check_stock(w, variant, a, b, c, d) do { \
    StockLevel level_ = level((w), (variant)); \
    check_int(level_.on_hand, (a)); check_int(level_.held, (b)); check_int(level_.allocated, (c)); check_int(level_.free, (d)); \
} while (0)

// A change by hand through the interface; in a warehouse other than the first.
Answer change(Shelf *s, Person who, i64 variant, i64 delta, const char *reason);
Answer change_at(Shelf *s, i64 warehouse, i64 variant, i64 delta, const char *reason);
// "on_hand/held/allocated/free" of a variant in one warehouse.
Str at_place(Shelf *s, i64 variant, i64 warehouse);
// A bundle of up to two parts; status of the answer.
int bundle(Shelf *s, i64 variant, i64 one, i64 n, i64 other, i64 m);
// Past every rule, as a mistake of the program or a hand in the database would.
void spoil(World *w, const char *sql);
