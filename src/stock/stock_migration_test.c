// A market that ran on 0.1.0 moves into several warehouses: what was on hand, held, sold and brought back is still that.
#include <sqlite3.h>

#include "gen/program.gen.h"
#include "stock/stock_kit.h"

enum { BEFORE = 10, SHOP = 7000000, CUP = 7100001, SPOON = 7100002, PRODUCT = 7200000 };

typedef struct Old { World *w; Str url; const char *file; Db *db; } Old;

static void script(Old *o, const char *sql)
{
    if (world_is_sqlite()) {
        sqlite3 *db;
        char *why = NULL;
        must(sqlite3_open(o->file, &db) == SQLITE_OK);
        if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) test_failed(__FILE__, __LINE__, "%s", why);
        sqlite3_close(db);
        return;
    }
    world_sql(o->w, arena_format(o->w->a, "SET search_path TO old; %s", sql).p);
}

static Old old_market(World *w)
{
    Old o = { .w = w, .file = world_path(w, "%s/old.db", w->folder) };
    if (world_is_sqlite()) {
        o.url = arena_format(w->a, "sqlite:%s", o.file);
    } else {
        world_sql(w, "CREATE SCHEMA old");
        o.url = arena_format(w->a, "%.*s&options=-csearch_path%%3Dold", STR_ARG(world_database(w)));
    }
    DbOptions options = { .url = o.url, .queries = QUERIES, .n_queries = QUERIES_N, .connections = 2 };
    must(db_open(&options, &o.db) == ERR_OK);
    i64 n = 0, applied;
    while (MIGRATIONS[n].number <= BEFORE) n++;
    must(db_migrate(o.db, MIGRATIONS, n, &applied) == ERR_OK);
    return o;
}

// 10 cups came, 4 were sold (one came back), 2 are held; of 3 spoons one was held and let go.
static const char ROWS[] =
    "INSERT INTO product (id, shop, title, description, category, state, price_from_minor, price_to_minor, currency, version,"
    " created, updated) VALUES (7200000, 7000000, 'Tableware', '', '', 'active', 1, 1, 'IDR', 1, 1, 1);"
    "INSERT INTO variant (id, product, sku, option1, option2, option3, price_minor, price_currency, compare_minor, position,"
    " active) VALUES (7100001, 7200000, 'CUP', 'red', 'small', NULL, 1, 'IDR', NULL, 0, 1),"
    " (7100002, 7200000, 'SPOON', NULL, NULL, NULL, 1, 'IDR', NULL, 1, 1);"
    "INSERT INTO stock_level (variant, product, shop, on_hand, held, on_sale) VALUES (7100001, 7200000, 7000000, 7, 2, 1),"
    " (7100002, 7200000, 7000000, 3, 0, 0);"
    "INSERT INTO stock_movement (variant, id, on_hand_delta, reason, note, reference, actor, at) VALUES"
    " (7100001, 1, 10, 'opening', NULL, NULL, 5, 1), (7100001, 2, -4, 'sold', NULL, 501, NULL, 2),"
    " (7100001, 3, 1, 'returned', NULL, 601, NULL, 3), (7100002, 4, 2, 'opening', NULL, NULL, 5, 1),"
    " (7100002, 5, 1, 'returned', 'found', NULL, 5, 1);"
    "INSERT INTO stock_hold (checkout, variant, quantity, state, at) VALUES (501, 7100001, 4, 'sold', 2),"
    " (502, 7100001, 2, 'held', 3), (503, 7100002, 1, 'released', 3);"
    "INSERT INTO shop_order (id, checkout, account, shop, state, method, subtotal_minor, shipping_minor, total_minor, currency,"
    " ship_to, items, title, placed) VALUES (601, 501, 9, 7000000, 'completed', 'cod', 1, 0, 1, 'IDR', %s, 4, 'Tableware', 2);";

typedef struct Checked { Arena arena; i64 violations; StockLevel cup, spoon; Err back_three, back_four, sold; } Checked;

static void count(void *context, const char *rule, i64 id, const char *detail)
{
    Checked *c = context;
    c->violations++;
    test_failed(__FILE__, __LINE__, "%s %lld %s", rule, (long long)id, detail);
}

static Err use(Tx *tx, void *context)
{
    Checked *c = context;
    tx->a = &c->arena;
    Ids ids = { 0 };
    By by = { .now = 1800000000000, .ids = &ids };
    StockBack b = { .checkout = { 501 }, .order = { 601 }, .variant = { CUP }, .n = 4 };
    try(stock_audit(tx, count, c));
    c->back_four = stock_return(tx, &by, b);                                // one of four has come back already
    b.n = 3;
    c->back_three = stock_return(tx, &by, b);
    c->sold = stock_sell(tx, &by, (CheckoutId){ 502 });
    try(stock_level(tx, (VariantId){ CUP }, &c->cup));
    try(stock_level(tx, (VariantId){ SPOON }, &c->spoon));
    return stock_audit(tx, count, c);
}

TEST(stock_of_an_older_market_moves_in)
{
    World w = world_new();
    Old o = old_market(&w);
    script(&o, arena_format(w.a, ROWS, world_is_sqlite() ? "x''" : "''").p);
    i64 applied;
    check_int(db_migrate(o.db, MIGRATIONS, MIGRATIONS_N, &applied), ERR_OK);
    check(applied >= 1);
    Checked c = { 0 };
    check_int(db_run(o.db, true, use, &c), ERR_OK);
    check_int(c.back_four, ERR_WRONG_STATE);
    check_int(c.back_three, ERR_OK);
    check_int(c.sold, ERR_OK);
    check_int(c.cup.on_hand, 8);                                            // 7 + 3 back - 2 sold
    check_int(c.cup.free, 8);
    check_int(c.spoon.on_hand, 3);
    arena_free(&c.arena);
    db_close(o.db);
    world_free(&w);
}
