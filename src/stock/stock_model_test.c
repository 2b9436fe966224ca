// A long random sequence of everything that stock can do, against a model in memory that knows only sums: five variants in
// three warehouses, three bundles of them, sales that come and go, checkouts that hold, pay, let go and bring back.
#include "stock/stock_kit.h"

enum {
    PLAIN = 5, BUNDLES = 3, ITEMS = PLAIN + BUNDLES, PLACES = 3, CHECKOUTS = 24, LINES = 3, SLOTS = 3, SALES = 4000,
    STEPS = 8000, BATCH = 40, LOOK_EVERY = 1000,
};

// The bundles' parts: how many of each variant.
static const i64 PER[ITEMS][PLAIN] = {
    { 1 }, { 0, 1 }, { 0, 0, 1 }, { 0, 0, 0, 1 }, { 0, 0, 0, 0, 1 }, { 2, 1 }, { 0, 2, 1 }, { 0, 0, 0, 3, 1 },
};

typedef struct Sale { i64 id; bool open; i64 rest[ITEMS]; } Sale;
typedef struct Line { i64 item, n, out, sale; } Line;                       // sale: index, or -1 for the shop
typedef enum State { NONE, HELD, SOLD } State;
typedef struct Buyer { i64 checkout; State state; Line lines[LINES]; i64 n; } Buyer;

typedef struct Model {
    i64 on_hand[PLAIN], held[PLAIN], free[PLAIN];
    Sale sales[SALES]; i64 n_sales, slot[SLOTS];
    Buyer buyers[CHECKOUTS];
    i64 names;                           // the last id given to a checkout or a sale
    u32 random;
} Model;

typedef enum Op { DO_HOLD, DO_SELL, DO_RELEASE, DO_BACK, DO_ASIDE, DO_CUT, DO_END, DO_PUT, DO_TAKE, DO_MOVE, OPS } Op;

// What is asked of the real stock; `want` is what the model says, `open` where a place decides and the model cannot know.
typedef struct Step {
    Op op;
    i64 checkout, item, n, place, to;
    StockWant wants[LINES]; i64 n_wants;
    StockAllotment in;
    bool damaged, open;
    Err want, got;
} Step;

typedef struct Test { Shelf s; Model m; i64 variant[ITEMS], place[PLACES]; Step batch[BATCH]; i64 n; Arena arena; } Test;

static i64 below(Model *m, i64 n)
{
    m->random = m->random * 1664525 + 1013904223;
    return (m->random >> 8) % n;
}

// ---------------------------------------------------------------------------------------------- the model

static void add_parts(i64 *to, i64 item, i64 n)
{
    for (i64 v = 0; v < PLAIN; v++) to[v] += PER[item][v] * n;
}

static i64 makes(const Model *m, i64 item)
{
    i64 least = INT64_MAX;
    for (i64 v = 0; v < PLAIN; v++)
        if (PER[item][v] && m->free[v] / PER[item][v] < least) least = m->free[v] / PER[item][v];
    return least;
}

static Err model_hold(Model *m, Buyer *b)
{
    i64 need[PLAIN] = { 0 };
    for (i64 i = 0; i < b->n; i++) {
        const Line *l = &b->lines[i];
        if (l->sale < 0) add_parts(need, l->item, l->n);
        else if (m->sales[l->sale].rest[l->item] < l->n) return ERR_SOLD_OUT;
    }
    for (i64 v = 0; v < PLAIN; v++)
        if (need[v] > m->free[v]) return ERR_SOLD_OUT;
    for (i64 i = 0; i < b->n; i++) {
        const Line *l = &b->lines[i];
        add_parts(m->held, l->item, l->n);
        if (l->sale < 0) add_parts(m->free, l->item, -l->n);
        else m->sales[l->sale].rest[l->item] -= l->n;
    }
    b->state = HELD;
    return ERR_OK;
}

// n of a line are let go or brought back: the sale's, while it is open.
static void give_back(Model *m, const Line *l, i64 n)
{
    if (l->sale >= 0 && m->sales[l->sale].open) m->sales[l->sale].rest[l->item] += n;
    else add_parts(m->free, l->item, n);
}

static void model_end(Model *m, Buyer *b, bool sold)
{
    for (i64 i = 0; i < b->n && b->state == HELD; i++) {
        Line *l = &b->lines[i];
        add_parts(m->held, l->item, -l->n);
        l->out = sold ? l->n : 0;
        if (sold) add_parts(m->on_hand, l->item, -l->n);
        else give_back(m, l, l->n);
    }
    if (b->state == HELD) b->state = sold ? SOLD : NONE;
}

static Err model_back(Model *m, Line *l, i64 n, bool damaged)
{
    if (n > l->out) return ERR_WRONG_STATE;
    l->out -= n;
    if (damaged) return ERR_OK;
    add_parts(m->on_hand, l->item, n);
    give_back(m, l, n);
    return ERR_OK;
}

static void model_sale_end(Model *m, Sale *sale)
{
    for (i64 item = 0; item < ITEMS; item++) {
        add_parts(m->free, item, sale->rest[item]);
        sale->rest[item] = 0;
    }
    sale->open = false;
}

// ---------------------------------------------------------------------------------------------- choosing a step

static Sale *new_sale(Model *m, i64 slot)
{
    must(m->n_sales < SALES);
    m->slot[slot] = m->n_sales;
    Sale *sale = &m->sales[m->n_sales++];
    *sale = (Sale){ .id = ++m->names, .open = true };
    return sale;
}

static void choose_hold(Test *t, Step *s)
{
    Model *m = &t->m;
    Buyer *b = &m->buyers[below(m, CHECKOUTS)];
    if (b->state == HELD) return;
    if (b->state == SOLD || b->checkout == 0) b->checkout = ++m->names;
    b->state = NONE;
    b->n = 0;
    s->op = DO_HOLD;
    s->checkout = b->checkout;
    for (i64 wanted = 1 + below(m, LINES); b->n < wanted;) {
        Line l = { .item = below(m, ITEMS), .n = 1 + below(m, 4), .sale = below(m, 3) ? -1 : m->slot[below(m, SLOTS)] };
        bool twice = false;
        for (i64 i = 0; i < b->n; i++) twice = twice || b->lines[i].item == l.item;
        if (twice) continue;
        b->lines[b->n++] = l;
        StockWant want = { .variant = { t->variant[l.item] }, .n = l.n };
        if (l.sale >= 0) want.pool = STOCK_POOL_FLASH, want.pool_id = m->sales[l.sale].id;
        s->wants[s->n_wants++] = want;
    }
    s->want = model_hold(m, b);
}

static void choose_end(Test *t, Step *s, bool sold)
{
    Buyer *b = &t->m.buyers[below(&t->m, CHECKOUTS)];
    if (b->checkout == 0) return;
    s->op = sold ? DO_SELL : DO_RELEASE;
    s->checkout = b->checkout;
    model_end(&t->m, b, sold);
}

static void choose_back(Test *t, Step *s)
{
    Model *m = &t->m;
    Buyer *b = &m->buyers[below(m, CHECKOUTS)];
    if (b->state != SOLD) return;
    Line *l = &b->lines[below(m, b->n)];
    *s = (Step){ .op = DO_BACK, .checkout = b->checkout, .item = l->item, .n = 1 + below(m, 3), .damaged = below(m, 4) == 0 };
    s->want = model_back(m, l, s->n, s->damaged);
}

static void choose_sale(Test *t, Step *s, Op op)
{
    Model *m = &t->m;
    i64 slot = below(m, SLOTS), item = below(m, ITEMS), n = 1 + below(m, 5);
    Sale *sale = &m->sales[m->slot[slot]];
    s->op = op;
    s->in = (StockAllotment){ .pool = STOCK_POOL_FLASH, .pool_id = sale->id, .variant = { t->variant[item] },
                              .shop = { t->s.shop }, .n = n };
    if (op == DO_END) {
        model_sale_end(m, sale);
        new_sale(m, slot);
        return;
    }
    i64 sign = op == DO_ASIDE ? 1 : -1;
    s->want = n <= (op == DO_ASIDE ? makes(m, item) : sale->rest[item]) ? ERR_OK : ERR_SOLD_OUT;
    if (s->want != ERR_OK) return;
    sale->rest[item] += sign * n;
    add_parts(m->free, item, -sign * n);
}

static void choose_by_hand(Test *t, Step *s, Op op)
{
    Model *m = &t->m;
    i64 v = below(m, PLAIN), most = m->on_hand[v] > 60 ? 2 : 12;
    *s = (Step){ .op = op, .item = v, .n = 1 + below(m, most), .place = below(m, PLACES), .open = op != DO_PUT };
    s->to = (s->place + 1) % PLACES;
    if (op != DO_PUT) return;
    m->on_hand[v] += s->n;
    m->free[v] += s->n;
}

static Step choose(Test *t)
{
    Step s = { .op = OPS };
    while (s.op == OPS) {
        i64 dice = below(&t->m, 100);
        if (dice < 34) choose_hold(t, &s);
        else if (dice < 54) choose_end(t, &s, true);
        else if (dice < 62) choose_end(t, &s, false);
        else if (dice < 74) choose_back(t, &s);
        else if (dice < 81) choose_sale(t, &s, DO_ASIDE);
        else if (dice < 84) choose_sale(t, &s, DO_CUT);
        else if (dice < 86) choose_sale(t, &s, DO_END);
        else choose_by_hand(t, &s, dice < 94 ? DO_PUT : dice < 97 ? DO_TAKE : DO_MOVE);
    }
    return s;
}

// ---------------------------------------------------------------------------------------------- doing it

static Err do_step(Test *t, Tx *tx, const By *by, const Step *s)
{
    StockLevel l;
    VariantId variant = { t->variant[s->item] };
    StockChange change = { .delta = s->op == DO_PUT ? s->n : -s->n, .warehouse = { t->place[s->place] },
                           .reason = s->op == DO_PUT ? STOCK_REASON_RECEIVED : STOCK_REASON_LOST };
    StockTransferLine line = { .variant = variant, .quantity = s->n };
    StockTransfer transfer = { .from = { t->place[s->place] }, .to = { t->place[s->to] }, .lines = { &line, 1 } };
    StockBack b = { .checkout = { s->checkout }, .order = { 77 }, .variant = variant, .n = s->n, .damaged = s->damaged };
    switch (s->op) {
    case DO_HOLD: return stock_hold(tx, by, (CheckoutId){ s->checkout }, s->wants, s->n_wants);
    case DO_SELL: return stock_sell(tx, by, (CheckoutId){ s->checkout });
    case DO_RELEASE: return stock_release(tx, by, (CheckoutId){ s->checkout });
    case DO_BACK: return stock_return(tx, by, b);
    case DO_ASIDE: return stock_allocate(tx, by, s->in);
    case DO_CUT: return stock_allocation_cut(tx, by, s->in);
    case DO_END: return stock_allocation_end(tx, by, s->in.pool, s->in.pool_id);
    case DO_PUT: case DO_TAKE: return stock_change(tx, by, variant, &change, &l);
    case DO_MOVE: return stock_transfer(tx, by, (ShopId){ t->s.shop }, &transfer);
    case OPS: break;
    }
    return ERR_INTERNAL;
}

// What the model takes for good goes many to a transaction; each refusal stands in one of its own, which is undone.
static Err do_batch(Tx *tx, void *context)
{
    Test *t = context;
    App *app = t->s.w.app;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault, .who = { .is_operator = true } };
    for (i64 i = 0; i < t->n; i++) {
        arena_reset(&t->arena);
        tx->a = &t->arena;
        t->batch[i].got = do_step(t, tx, &by, &t->batch[i]);
        if (t->batch[i].got != ERR_OK) return t->batch[i].got;
    }
    return ERR_OK;
}

static bool flush(Test *t)
{
    bool good = true;
    if (t->n == 0) return true;
    Err e = db_run(t->s.w.app->db, true, do_batch, t);
    for (i64 i = 0; i < t->n; i++) {
        const Step *s = &t->batch[i];
        if (s->got == s->want || (s->open && (s->got == ERR_OK || s->got == ERR_SOLD_OUT))) continue;
        test_failed(__FILE__, __LINE__, "op %d of checkout %lld, item %lld, n %lld: %d, not %d", (int)s->op,
                    (long long)s->checkout, (long long)s->item, (long long)s->n, (int)s->got, (int)s->want);
        good = false;
        break;
    }
    // A place has decided: what it took is gone.
    const Step *last = &t->batch[t->n - 1];
    if (e == ERR_OK && last->op == DO_TAKE) {
        t->m.on_hand[last->item] -= last->n;
        t->m.free[last->item] -= last->n;
        good = good && t->m.free[last->item] >= 0;
    }
    t->n = 0;
    return good;
}

static bool same(Test *t)
{
    const Model *m = &t->m;
    bool good = true;
    i64 aside_of[PLAIN] = { 0 };
    for (i64 k = 0; k < SLOTS; k++)
        for (i64 item = 0; item < ITEMS; item++) add_parts(aside_of, item, m->sales[m->slot[k]].rest[item]);
    for (i64 v = 0; v < PLAIN; v++) {
        StockLevel l = level(&t->s.w, t->variant[v]);
        good = good && l.on_hand == m->on_hand[v] && l.held == m->held[v] && l.allocated == aside_of[v] && l.free == m->free[v];
        good = good && l.on_hand == l.held + l.allocated + l.free;
    }
    for (i64 item = PLAIN; item < ITEMS; item++) good = good && level(&t->s.w, t->variant[item]).free == makes(m, item);
    for (i64 k = 0; k < SLOTS; k++)
        for (i64 item = 0; item < ITEMS; item++) {
            const Sale *sale = &m->sales[m->slot[k]];
            good = good && available(&t->s.w, STOCK_POOL_FLASH, sale->id, t->variant[item]) == sale->rest[item];
        }
    check(good);
    return good && world_audit(&t->s.w) == 0;
}

static void begin(Test *t, u32 seed)
{
    t->s = shelf_new(20);
    t->m.random = seed;
    t->variant[0] = t->s.goods.variant;
    for (i64 i = 1; i < ITEMS; i++) t->variant[i] = shelf_variant(&t->s, i < PLAIN ? 20 : 0);
    for (i64 i = 0; i < PLAIN; i++) t->m.on_hand[i] = t->m.free[i] = 20;
    t->place[0] = t->s.shop;
    t->place[1] = shelf_warehouse(&t->s, "Bandung");
    t->place[2] = shelf_warehouse(&t->s, "Solo");
    i64 *v = t->variant;
    check_int(bundle(&t->s, v[5], v[0], 2, v[1], 1), 200);
    check_int(bundle(&t->s, v[6], v[1], 2, v[2], 1), 200);
    check_int(bundle(&t->s, v[7], v[3], 3, v[4], 1), 200);
    for (i64 i = 0; i < SLOTS; i++) new_sale(&t->m, i);
}

TEST(stock_follows_the_model)
{
    const char *given = getenv("ETALASE_TEST_SEED");
    i64 seed = 20260214;
    if (given) must(str_to_i64(str_of(given), &seed));
    Test *t = calloc(1, sizeof(Test));
    must(t != NULL);
    begin(t, (u32)seed);
    bool good = true;
    for (i64 i = 0; i < STEPS && good; i++) {
        Step s = choose(t);
        bool alone = s.open || s.want != ERR_OK;
        if (alone || t->n == BATCH) good = flush(t);
        t->batch[t->n++] = s;
        if (alone) good = flush(t) && good;
        if (i % LOOK_EVERY == LOOK_EVERY - 1) good = flush(t) && good && same(t);
        if (!good) test_failed(__FILE__, __LINE__, "step %lld: ETALASE_TEST_SEED=%lld shows it again", (long long)i,
                               (long long)seed);
    }
    if (flush(t)) same(t);
    shelf_end(&t->s);
    arena_free(&t->arena);
    free(t);
}
