// Tests of stock: changes by hand, holds of checkouts, many at once, and an audit that finds what is wrong.
#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>

#include "stock/stock.h"
#include "tests/world.h"

// ---------------------------------------------------------------------------------------------- a shop with one variant

typedef struct Shelf { World w; i64 shop; Goods goods; } Shelf;

static Shelf shelf(i64 stock)
{
    Shelf s = { .w = world_new() };
    s.shop = world_shop(&s.w, s.w.sari, "keranjang");
    s.goods = world_product(&s.w, s.w.sari, s.shop, 15000000, stock);
    return s;
}

static void end(Shelf *s)
{
    check_int(world_audit(&s->w), 0);
    world_free(&s->w);
}

static Answer change(Shelf *s, Person who, i64 delta, const char *reason)
{
    return world_post(&s->w, who, world_path(&s->w, "/v1/variants/%lld/stock", (long long)s->goods.variant),
                      world_path(&s->w, "{\"delta\":%lld,\"reason\":\"%s\"}", (long long)delta, reason));
}

static void check_level(Shelf *s, i64 on_hand, i64 held)
{
    Answer x = world_get(&s->w, s->w.sari, world_path(&s->w, "/v1/studio/products/%lld", (long long)s->goods.product));
    check_int(x.status, 200);
    check_str(answer_at(&s->w, &x, "variants[0].on_hand"), arena_format(s->w.a, "%lld", (long long)on_hand));
    check_str(answer_at(&s->w, &x, "variants[0].held"), arena_format(s->w.a, "%lld", (long long)held));
}

// ---------------------------------------------------------------------------------------------- rules in a transaction

typedef enum Kind { HOLD, SELL, RELEASE, RETURN } Kind;
typedef struct Act { World *w; Kind kind; i64 checkout, variant, n; Refusal why; Arena arena; Err result; } Act;

static Err act(Tx *tx, void *context)
{
    Act *x = context;
    arena_reset(&x->arena);
    tx->a = &x->arena;
    App *app = x->w->app;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault };
    CheckoutId checkout = { x->checkout };
    Err e = ERR_INTERNAL;
    switch (x->kind) {
    case HOLD: e = stock_hold(tx, &by, checkout, &(StockWant){ .variant = { x->variant }, .n = x->n }, 1); break;
    case SELL: e = stock_sell(tx, &by, checkout); break;
    case RELEASE: e = stock_release(tx, &by, checkout); break;
    case RETURN: {
        StockBack back = { .checkout = checkout, .order = { 77 }, .variant = { x->variant }, .n = x->n };
        e = stock_return(tx, &by, back);
        break;
    }
    }
    x->why = tx->why;
    return e;
}

static Err run(World *w, Kind kind, i64 checkout, i64 variant, i64 n)
{
    Act x = { .w = w, .kind = kind, .checkout = checkout, .variant = variant, .n = n };
    Err e = db_run(w->app->db, true, act, &x);
    if (e == ERR_SOLD_OUT) check_str(str_of(x.why.field), STR("quantity"));
    arena_free(&x.arena);
    return e;
}

// ---------------------------------------------------------------------------------------------- by hand

TEST(stock_changes_leave_movements)
{
    Shelf s = shelf(5);
    Answer x = change(&s, s.w.sari, 7, "received");
    check_int(x.status, 200);
    check_str(answer_at(&s.w, &x, "on_hand"), STR("12"));
    check_str(answer_at(&s.w, &x, "held"), STR("0"));
    check_int(change(&s, s.w.sari, -2, "lost").status, 200);
    check_int(change(&s, s.w.sari, -4, "corrected").status, 200);
    check_int(change(&s, s.w.sari, 1, "returned").status, 200);
    check_level(&s, 7, 0);
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/variants/%lld/stock", (long long)s.goods.variant));
    check_int(x.status, 200);
    static const char *const NEWEST_FIRST[] = { "returned", "corrected", "lost", "received", "opening" };
    static const char *const DELTAS[] = { "1", "-4", "-2", "7", "5" };
    for (i64 i = 0; i < COUNT(DELTAS); i++) {
        check_str(answer_at(&s.w, &x, world_path(&s.w, "items[%lld].reason", (long long)i)), str_of(NEWEST_FIRST[i]));
        check_str(answer_at(&s.w, &x, world_path(&s.w, "items[%lld].on_hand_delta", (long long)i)), str_of(DELTAS[i]));
    }
    check_str(answer_at(&s.w, &x, "items[5].id"), STR(""));
    end(&s);
}

TEST(stock_change_refusals)
{
    Shelf s = shelf(5);
    static const struct { i64 delta; const char *reason, *slug, *field; int status; } CASES[] = {
        { 0, "received", "bad_field", "delta", 422 },        { -1, "received", "bad_field", "delta", 422 },
        { -1, "returned", "bad_field", "delta", 422 },       { 1, "lost", "bad_field", "delta", 422 },
        { 1, "opening", "bad_field", "reason", 422 },        { -1, "sold", "bad_field", "reason", 422 },
        { 1, "stolen", "bad_field", "reason", 422 },         { -6, "lost", "sold_out", "delta", 409 },
        { 1000001, "received", "bad_field", "delta", 422 },  { -1000001, "lost", "bad_field", "delta", 422 },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Answer x = change(&s, s.w.sari, CASES[i].delta, CASES[i].reason);
        check_int(x.status, CASES[i].status);
        check_str(answer_at(&s.w, &x, "slug"), str_of(CASES[i].slug));
        check_str(answer_at(&s.w, &x, "field"), str_of(CASES[i].field));
    }
    check_int(change(&s, s.w.nobody, 1, "received").status, 401);
    check_int(change(&s, s.w.tono, 1, "received").status, 403);
    check_int(change(&s, s.w.oma, 1, "received").status, 200);            // the operator may
    check_int(world_post(&s.w, s.w.sari, "/v1/variants/12345/stock", "{\"delta\":1,\"reason\":\"received\"}").status, 404);
    check_int(world_get(&s.w, s.w.tono, world_path(&s.w, "/v1/variants/%lld/stock", (long long)s.goods.variant)).status, 403);
    check_int(world_get(&s.w, s.w.sari, "/v1/variants/12345/stock").status, 404);
    check_level(&s, 6, 0);
    end(&s);
}

TEST(stock_of_one_variant_has_a_ceiling)
{
    Shelf s = shelf(1000000);
    for (int i = 0; i < 999; i++) check_int(change(&s, s.w.sari, 1000000, "received").status, 200);
    Answer x = change(&s, s.w.sari, 1, "received");
    check_int(x.status, 422);
    check_str(answer_at(&s.w, &x, "field"), STR("delta"));
    check_level(&s, 1000000000, 0);
    end(&s);
}

TEST(stock_movements_come_in_pages)
{
    Shelf s = shelf(1);
    for (int i = 0; i < 59; i++) check_int(change(&s, s.w.sari, 1, "received").status, 200);
    const char *path = world_path(&s.w, "/v1/variants/%lld/stock", (long long)s.goods.variant);
    Answer x = world_get(&s.w, s.w.sari, path);
    i64 next = answer_id(&s.w, &x, "next"), last = answer_id(&s.w, &x, "items[49].id");
    check(next > 0 && next == last);
    check_str(answer_at(&s.w, &x, "items[50].id"), STR(""));
    x = world_get(&s.w, s.w.sari, world_path(&s.w, "%s?before=%lld", path, (long long)next));
    check(answer_id(&s.w, &x, "items[0].id") < last);
    check_str(answer_at(&s.w, &x, "items[9].reason"), STR("opening"));
    check_str(answer_at(&s.w, &x, "items[10].id"), STR(""));
    check_str(answer_at(&s.w, &x, "next"), STR(""));
    end(&s);
}

TEST(stock_note_comes_back_as_written)
{
    Shelf s = shelf(1);
    const char *path = world_path(&s.w, "/v1/variants/%lld/stock", (long long)s.goods.variant);
    Answer x = world_post(&s.w, s.w.sari, path,
                          "{\"delta\":1,\"reason\":\"received\","
                          "\"note\":\"<script>alert('x')</script> \\\"&\\\" \\u0627\\ud83d\\ude00\"}");
    check_int(x.status, 200);
    x = world_get(&s.w, s.w.sari, path);
    check_str(answer_at(&s.w, &x, "items[0].note"), STR("<script>alert('x')</script> \"&\" ا😀"));
    end(&s);
}

// ---------------------------------------------------------------------------------------------- holds

TEST(stock_hold_sell_release_return)
{
    Shelf s = shelf(10);
    i64 v = s.goods.variant;
    check_int(run(&s.w, HOLD, 1, v, 4), ERR_OK);
    check_level(&s, 10, 4);
    check_int(run(&s.w, HOLD, 2, v, 7), ERR_SOLD_OUT);
    check_level(&s, 10, 4);
    check_int(run(&s.w, HOLD, 2, v, 6), ERR_OK);
    check_int(run(&s.w, HOLD, 3, v, 1), ERR_SOLD_OUT);
    check_level(&s, 10, 10);
    check_int(change(&s, s.w.sari, -1, "lost").status, 409);              // not below what is held
    check_int(run(&s.w, SELL, 1, 0, 0), ERR_OK);
    check_level(&s, 6, 6);
    check_int(run(&s.w, SELL, 1, 0, 0), ERR_OK);                          // once is enough
    check_int(run(&s.w, RELEASE, 1, 0, 0), ERR_OK);                       // and sold stays sold
    check_level(&s, 6, 6);
    check_int(run(&s.w, RELEASE, 2, 0, 0), ERR_OK);
    check_level(&s, 6, 0);
    check_int(run(&s.w, SELL, 2, 0, 0), ERR_OK);                          // nothing is held any more
    check_level(&s, 6, 0);
    check_int(run(&s.w, HOLD, 2, v, 5), ERR_OK);                          // a payment's second try
    check_int(run(&s.w, SELL, 2, 0, 0), ERR_OK);
    check_level(&s, 1, 0);
    check_int(run(&s.w, RETURN, 2, v, 3), ERR_OK);
    check_level(&s, 4, 0);
    check_int(run(&s.w, RETURN, 2, v, 3), ERR_WRONG_STATE);               // 2 of 5 are still out
    check_int(run(&s.w, RETURN, 3, v, 1), ERR_WRONG_STATE);               // never bought
    check_int(run(&s.w, RETURN, 2, v, 2), ERR_OK);
    check_level(&s, 6, 0);
    check_int(run(&s.w, HOLD, 9, 4242, 1), ERR_SOLD_OUT);                 // a variant without stock
    end(&s);
}

TEST(stock_holds_of_many_variants_are_one_checkouts)
{
    Shelf s = shelf(3);
    Goods other = world_product(&s.w, s.w.sari, s.shop, 100, 2);
    check_int(run(&s.w, HOLD, 5, s.goods.variant, 3), ERR_OK);
    check_int(run(&s.w, HOLD, 5, other.variant, 1), ERR_OK);
    check_int(run(&s.w, HOLD, 6, other.variant, 1), ERR_OK);
    check_int(run(&s.w, SELL, 5, 0, 0), ERR_OK);
    check_level(&s, 0, 0);
    s.goods = other;
    check_level(&s, 1, 1);
    end(&s);
}

enum { CROWD = 64 };

static void *hold_one(void *context)
{
    Act *x = context;
    // Many hundred at one row may be too many for PostgreSQL's tries: busy is not sold out, so ask again.
    do x->result = db_run(x->w->app->db, true, act, x);
    while (x->result == ERR_BUSY);
    return NULL;
}

static i64 crowd_holds(Shelf *s, Err *others)
{
    Act acts[CROWD];
    pthread_t threads[CROWD];
    i64 held = 0;
    for (i64 i = 0; i < CROWD; i++)
        acts[i] = (Act){ .w = &s->w, .kind = HOLD, .checkout = 1000 + i, .variant = s->goods.variant, .n = 1 };
    for (i64 i = 0; i < CROWD; i++) must(pthread_create(&threads[i], NULL, hold_one, &acts[i]) == 0);
    for (i64 i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
        if (acts[i].result == ERR_OK) held++;
        else *others = acts[i].result;
        arena_free(&acts[i].arena);
    }
    return held;
}

TEST(stock_last_unit_is_held_once_by_64_threads)
{
    Shelf s = shelf(1);
    Err others = ERR_OK;
    check_int(crowd_holds(&s, &others), 1);
    check_int(others, ERR_SOLD_OUT);
    check_level(&s, 1, 1);
    end(&s);
}

TEST(stock_40_units_go_to_40_of_64_threads)
{
    Shelf s = shelf(40);
    Err others = ERR_OK;
    check_int(crowd_holds(&s, &others), 40);
    check_int(others, ERR_SOLD_OUT);
    check_level(&s, 40, 40);
    end(&s);
}

// ---------------------------------------------------------------------------------------------- against a model

enum { CHECKOUTS = 8, STEPS = 400 };
typedef struct Model { i64 on_hand, held, open[CHECKOUTS], out[CHECKOUTS]; } Model;   // out: bought by the last, not back

static u32 next_random(u32 *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

// What should happen, on paper. Returns the expected result.
static Err model_step(Model *m, Kind kind, i64 c, i64 n)
{
    switch (kind) {
    case HOLD:
        if (m->on_hand - m->held < n) return ERR_SOLD_OUT;
        m->held += n;
        m->open[c] = n;
        break;
    case SELL:
        m->on_hand -= m->open[c];
        m->held -= m->open[c];
        m->out[c] = m->open[c];
        m->open[c] = 0;
        break;
    case RELEASE:
        m->held -= m->open[c];
        m->open[c] = 0;
        break;
    case RETURN:
        if (m->out[c] < n) return ERR_WRONG_STATE;
        m->out[c] -= n;
        m->on_hand += n;
        break;
    }
    return ERR_OK;
}

TEST(stock_follows_the_model)
{
    Shelf s = shelf(20);
    Model m = { .on_hand = 20 };
    u32 state = 7;
    i64 names[CHECKOUTS];                        // a sold checkout's name is not used again
    for (i64 c = 0; c < CHECKOUTS; c++) names[c] = c + 1;
    for (i64 i = 0; i < STEPS; i++) {
        Kind kind = next_random(&state) % 4;
        i64 c = next_random(&state) % CHECKOUTS, n = 1 + next_random(&state) % 6;
        if (kind == HOLD && m.open[c]) continue;
        i64 name = kind == RETURN ? names[c] - CHECKOUTS : names[c];
        if (name <= 0) continue;
        check_int(run(&s.w, kind, name, s.goods.variant, n), model_step(&m, kind, c, n));
        if (kind == SELL) names[c] += CHECKOUTS;
    }
    check_level(&s, m.on_hand, m.held);
    end(&s);
}

// ---------------------------------------------------------------------------------------------- the audit

// Past every rule, as a mistake of the program or a hand in the database would.
static void spoil(World *w, const char *sql)
{
    if (world_is_sqlite()) {
        sqlite3 *db;
        must(sqlite3_open(arena_format(w->a, "%s/etalase.db", w->folder).p, &db) == SQLITE_OK);
        sqlite3_busy_timeout(db, 5000);
        must(sqlite3_exec(db, "PRAGMA ignore_check_constraints = 1", NULL, NULL, NULL) == SQLITE_OK);
        must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
        sqlite3_close(db);
        return;
    }
    PGconn *c = PQconnectdb(getenv("ETALASE_TEST_PG"));
    PGresult *r = PQexec(c, arena_format(w->a, "SET search_path TO %s; ALTER TABLE stock_level DROP CONSTRAINT IF EXISTS "
                                            "stock_level_range, DROP CONSTRAINT IF EXISTS stock_level_held_check; %s", w->schema,
                                            sql).p);
    must(PQresultStatus(r) == PGRES_COMMAND_OK);
    PQclear(r);
    PQfinish(c);
}

TEST(stock_audit_finds_each_kind_of_damage)
{
    Shelf s = shelf(9);
    Goods other = world_product(&s.w, s.w.sari, s.shop, 100, 2), third = world_product(&s.w, s.w.sari, s.shop, 100, 2);
    check_int(run(&s.w, HOLD, 1, s.goods.variant, 2), ERR_OK);
    check_int(run(&s.w, HOLD, 1, third.variant, 1), ERR_OK);
    check_int(world_audit(&s.w), 0);
    spoil(&s.w, world_path(&s.w, "UPDATE stock_level SET on_hand = 8 WHERE variant = %lld", (long long)s.goods.variant));
    check_int(world_audit(&s.w), 1);                                      // not what the movements sum to
    spoil(&s.w, world_path(&s.w, "UPDATE stock_level SET held = 1 WHERE variant = %lld", (long long)other.variant));
    check_int(world_audit(&s.w), 2);                                      // held by nobody
    spoil(&s.w, world_path(&s.w, "UPDATE stock_hold SET state = 'sold' WHERE variant = %lld", (long long)third.variant));
    check_int(world_audit(&s.w), 4);                                      // its hold is not open, and its sale has no movement
    spoil(&s.w, world_path(&s.w, "UPDATE stock_level SET held = -1 WHERE variant = %lld", (long long)third.variant));
    check_int(world_audit(&s.w), 5);                                      // out of range, and still not its holds' sum
    world_free(&s.w);
}
