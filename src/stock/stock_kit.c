// What the tests of stock share.
#include "stock/stock_kit.h"

#include <pthread.h>

// ---------------------------------------------------------------------------------------------- a shop

Shelf shelf_new(i64 stock)
{
    Shelf s = { .w = world_new() };
    s.shop = world_shop(&s.w, s.w.sari, "keranjang");
    s.goods = world_product(&s.w, s.w.sari, s.shop, 15000000, stock);
    return s;
}

void shelf_end(Shelf *s)
{
    check_int(world_audit(&s->w), 0);
    world_free(&s->w);
}

i64 shelf_variant(Shelf *s, i64 stock)
{
    return world_product(&s->w, s->w.sari, s->shop, 100, stock).variant;
}

i64 shelf_warehouse(Shelf *s, const char *name)
{
    Answer x = world_post(&s->w, s->w.sari, world_path(&s->w, "/v1/shops/%lld/warehouses", (long long)s->shop),
                          world_path(&s->w, "{\"name\":\"%s\",\"country\":\"ID\"}", name));
    check_int(x.status, 201);
    return answer_id(&s->w, &x, "id");
}

// ---------------------------------------------------------------------------------------------- rules in a transaction

typedef struct Run { Act *act; Arena arena; } Run;

static Err in_transaction(Tx *tx, void *context)
{
    Run *run = context;
    Act *x = run->act;
    arena_reset(&run->arena);
    tx->a = &run->arena;
    App *app = x->w->app;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault };
    CheckoutId checkout = { x->checkout };
    Err e = ERR_INTERNAL;
    switch (x->deed) {
    case HOLD: e = stock_hold(tx, &by, checkout, x->wants, x->n); break;
    case SELL: e = stock_sell(tx, &by, checkout); break;
    case RELEASE: e = stock_release(tx, &by, checkout); break;
    case BACK: e = stock_return(tx, &by, x->back); break;
    case ASIDE: e = stock_allocate(tx, &by, x->aside); break;
    case CUT: e = stock_allocation_cut(tx, &by, x->aside); break;
    case END_ASIDE: e = stock_allocation_end(tx, &by, x->aside.pool, x->aside.pool_id); break;
    }
    x->why = tx->why;
    return e;
}

Err act_run(Act *x)
{
    Run run = { .act = x };
    do x->result = db_run(x->w->app->db, true, in_transaction, &run);
    while (x->result == ERR_BUSY);
    arena_free(&run.arena);
    if (x->result == ERR_SOLD_OUT) check_str(str_of(x->why.field), STR("quantity"));
    return x->result;
}

static void *thread(void *context)
{
    act_run(context);
    return NULL;
}

i64 acts_at_once(Act *acts, i64 n, Err refused)
{
    Arena a = { 0 };
    pthread_t *threads = arena_new_array(&a, pthread_t, n);
    i64 good = 0;
    for (i64 i = 0; i < n; i++) must(pthread_create(&threads[i], NULL, thread, &acts[i]) == 0);
    for (i64 i = 0; i < n; i++) {
        pthread_join(threads[i], NULL);
        if (acts[i].result == ERR_OK) good++;
        else check_int(acts[i].result, refused);
    }
    arena_free(&a);
    return good;
}

Err hold_from(World *w, i64 checkout, StockPool pool, i64 pool_id, i64 variant, i64 n)
{
    Act x = { .w = w, .deed = HOLD, .checkout = checkout, .n = 1,
              .wants = { { .variant = { variant }, .n = n, .pool = pool, .pool_id = pool_id } } };
    return act_run(&x);
}

Err hold(World *w, i64 checkout, i64 variant, i64 n)
{
    return hold_from(w, checkout, STOCK_POOL_SHOP, 0, variant, n);
}

Err hold_two(World *w, i64 checkout, i64 one, i64 n, i64 other, i64 m)
{
    Act x = { .w = w, .deed = HOLD, .checkout = checkout, .n = 2,
              .wants = { { .variant = { one }, .n = n }, { .variant = { other }, .n = m } } };
    return act_run(&x);
}

Err sell(World *w, i64 checkout)
{
    return act_run(&(Act){ .w = w, .deed = SELL, .checkout = checkout });
}

Err release(World *w, i64 checkout)
{
    return act_run(&(Act){ .w = w, .deed = RELEASE, .checkout = checkout });
}

Err back(World *w, i64 checkout, i64 variant, i64 n, bool damaged)
{
    StockBack b = { .checkout = { checkout }, .order = { 77 }, .variant = { variant }, .n = n, .damaged = damaged };
    return act_run(&(Act){ .w = w, .deed = BACK, .back = b });
}

static Err do_aside(Shelf *s, Deed deed, StockPool pool, i64 pool_id, i64 variant, i64 n)
{
    StockAllotment in = { .pool = pool, .pool_id = pool_id, .variant = { variant }, .shop = { s->shop }, .n = n };
    return act_run(&(Act){ .w = &s->w, .deed = deed, .aside = in });
}

Err aside(Shelf *s, StockPool pool, i64 pool_id, i64 variant, i64 n)
{
    return do_aside(s, ASIDE, pool, pool_id, variant, n);
}

Err cut(Shelf *s, StockPool pool, i64 pool_id, i64 variant, i64 n)
{
    return do_aside(s, CUT, pool, pool_id, variant, n);
}

Err end_aside(Shelf *s, StockPool pool, i64 pool_id)
{
    return do_aside(s, END_ASIDE, pool, pool_id, 0, 0);
}

// ---------------------------------------------------------------------------------------------- what there is

typedef struct Ask { StockWant want; i64 n; StockLevel level; Arena arena; } Ask;

static Err look(Tx *tx, void *context)
{
    Ask *ask = context;
    tx->a = &ask->arena;
    try(stock_available(tx, ask->want, &ask->n));
    return stock_level(tx, ask->want.variant, &ask->level);
}

static Ask asked(World *w, StockPool pool, i64 pool_id, i64 variant)
{
    Ask ask = { .want = { .variant = { variant }, .n = 1, .pool = pool, .pool_id = pool_id } };
    check_int(db_run(w->app->db, false, look, &ask), ERR_OK);
    arena_free(&ask.arena);
    return ask;
}

i64 available(World *w, StockPool pool, i64 pool_id, i64 variant)
{
    return asked(w, pool, pool_id, variant).n;
}

StockLevel level(World *w, i64 variant)
{
    Ask ask = asked(w, STOCK_POOL_SHOP, 0, variant);
    check_int(ask.n, ask.level.free);                         // the short way and the long way say the same
    return ask.level;
}

// ---------------------------------------------------------------------------------------------- through the interface

Answer change(Shelf *s, Person who, i64 variant, i64 delta, const char *reason)
{
    return world_post(&s->w, who, world_path(&s->w, "/v1/variants/%lld/stock", (long long)variant),
                      world_path(&s->w, "{\"delta\":%lld,\"reason\":\"%s\"}", (long long)delta, reason));
}

Answer change_at(Shelf *s, i64 warehouse, i64 variant, i64 delta, const char *reason)
{
    return world_post(&s->w, s->w.sari, world_path(&s->w, "/v1/variants/%lld/stock", (long long)variant),
                      world_path(&s->w, "{\"delta\":%lld,\"reason\":\"%s\",\"warehouse\":\"%lld\"}", (long long)delta, reason,
                                 (long long)warehouse));
}

Str at_place(Shelf *s, i64 variant, i64 warehouse)
{
    World *w = &s->w;
    Answer x = world_get(w, w->sari, world_path(w, "/v1/variants/%lld/stock/detail", (long long)variant));
    check_int(x.status, 200);
    for (int i = 0;; i++) {
        i64 id = answer_id(w, &x, world_path(w, "places[%d].warehouse", i));
        if (id == 0) return STR("nowhere");
        if (id != warehouse) continue;
        Buf b = buf_new(w->a, 200);
        static const char *const FIELDS[] = { "on_hand", "held", "allocated", "free" };
        for (i64 k = 0; k < COUNT(FIELDS); k++) {
            if (k) buf_add(&b, STR("/"));
            buf_add(&b, answer_at(w, &x, world_path(w, "places[%d].%s", i, FIELDS[k])));
        }
        return buf_str(&b);
    }
}

int bundle(Shelf *s, i64 variant, i64 one, i64 n, i64 other, i64 m)
{
    const char *second = other ? world_path(&s->w, ",{\"part\":\"%lld\",\"quantity\":%lld}", (long long)other, (long long)m) : "";
    const char *body = world_path(&s->w, "{\"parts\":[{\"part\":\"%lld\",\"quantity\":%lld}%s]}", (long long)one, (long long)n,
                                  second);
    return world_put(&s->w, s->w.sari, world_path(&s->w, "/v1/variants/%lld/bundle", (long long)variant), body).status;
}

void spoil(World *w, const char *sql)
{
    // PostgreSQL cannot be told to look away: its checks are taken off first.
    static const char OFF[] = "SET client_min_messages = error;"
                              "ALTER TABLE stock_level DROP CONSTRAINT IF EXISTS stock_level_range,"
                              " DROP CONSTRAINT IF EXISTS stock_level_held_check,"
                              " DROP CONSTRAINT IF EXISTS stock_level_allocated_check;"
                              "ALTER TABLE stock_allocation DROP CONSTRAINT IF EXISTS stock_allocation_range;";
    world_sql(w, world_is_sqlite() ? sql : arena_format(w->a, "%s%s", OFF, sql).p);
}
