// The books against a model: random sales, partial refunds in every split, chargebacks that are lost and won, settlements at
// any moment. And many at once. ETALASE_TEST_SEED repeats a run.
#include <pthread.h>

#include "ledger/ledger_kit.h"

enum { SHOPS = 3, SALES = 60, STEPS = 900, REFUNDS_MAX = 2000, AUDIT_EVERY = 150 };

static u32 next_random(u64 *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (u32)(*state >> 33);
}

static i64 below(u64 *state, i64 n)
{
    return n <= 0 ? 0 : (i64)(((u64)next_random(state) << 31 | next_random(state)) % (u64)n);
}

// ---------------------------------------------------------------------------------------------- the model

typedef struct Back { LedgerRefund r; i64 gone, kept, lost; bool paid, won; } Back;
typedef struct Sold {
    LedgerSale s;
    i64 fee, gone, kept, provider;
    Back *back[64]; i64 n_back;
    bool delivered, settled, closed;
    i64 frozen;
} Sold;
typedef struct Model { World w; u64 random; i64 shops[SHOPS]; Sold sold[SALES]; Back backs[REFUNDS_MAX]; i64 n_backs; } Model;

static i64 half_up(i64 a, i64 b, i64 c)
{
    return (i64)(((__int128)a * b * 2 + c) / ((__int128)c * 2));
}

static i64 base_of(i64 buyer, i64 by_platform, i64 tax)
{
    return buyer + by_platform - tax;
}

// What has gone back of a sale, all that still holds.
static LedgerRefund gone_of(const Sold *o)
{
    LedgerRefund g = { 0 };
    for (i64 i = 0; i < o->n_back; i++) {
        const LedgerRefund *r = &o->back[i]->r;
        if (o->back[i]->won) continue;
        g.buyer += r->buyer, g.goods += r->goods, g.by_seller += r->by_seller, g.by_platform += r->by_platform;
        g.shipping += r->shipping, g.cod_fee += r->cod_fee, g.tax += r->tax, g.tax_added += r->tax_added;
    }
    return g;
}

static bool nothing_left(const Sold *o)
{
    LedgerRefund g = gone_of(o);
    return g.buyer == o->s.paid && g.by_platform == o->s.by_platform;
}

static i64 gross_left(const Sold *o)
{
    LedgerRefund g = gone_of(o);
    return o->s.paid - g.buyer + o->s.by_platform - g.by_platform;
}

// ---------------------------------------------------------------------------------------------- sales

static i64 size(Model *m)
{
    static const i64 MOST[] = { 3, 20, 999, 100000, 10000000, 100000000000000 };
    return below(&m->random, MOST[below(&m->random, COUNT(MOST))]);
}

static void sell(Model *m, i64 i)
{
    Sold *o = &m->sold[i];
    LedgerSale s = books_sale(m->shops[below(&m->random, SHOPS)], 1000 + i);
    s.goods = size(m), s.shipping = below(&m->random, 3) ? 0 : size(m), s.cod_fee = below(&m->random, 5) ? 0 : size(m);
    s.by_seller = below(&m->random, 2) ? 0 : below(&m->random, s.goods + 1);
    s.by_platform = below(&m->random, 2) ? 0 : below(&m->random, s.goods - s.by_seller + s.shipping + 1);
    i64 net = s.goods - s.by_seller + s.shipping;
    i64 kind = below(&m->random, 3), tax = half_up(net, 110000, 1000000);
    s.tax = kind ? tax : 0, s.tax_added = kind == 2 ? tax : 0;
    s.tax_by_platform = below(&m->random, 2) == 0;
    books_sum_sale(&s);
    if (s.tax > s.paid + s.by_platform) s.tax = s.paid + s.by_platform;
    *o = (Sold){ .s = s };
    i64 base = base_of(s.paid, s.by_platform, s.tax);
    o->fee = half_up(base, 60000, 1000000) + 125000;                      // the rules set below
    if (o->fee > base) o->fee = base;
    check_int(books_capture(&m->w, &s), ERR_OK);
}

// ---------------------------------------------------------------------------------------------- steps

static void note_back(Model *m, Sold *o, const LedgerRefund *r, i64 lost)
{
    Back *b = &m->backs[m->n_backs++];
    *b = (Back){ .r = *r, .lost = lost, .paid = r->cause == REFUND_CAUSE_CHARGEBACK };
    o->back[o->n_back++] = b;
    LedgerRefund g = gone_of(o);
    i64 base = base_of(o->s.paid, o->s.by_platform, o->s.tax);
    i64 target = base ? half_up(o->fee, base_of(g.buyer, g.by_platform, g.tax), base) : 0;
    if (target > o->fee) target = o->fee;
    b->gone = target > o->gone ? target - o->gone : 0;
    if (r->cause == REFUND_CAUSE_RETURNED) {
        b->kept = half_up(b->gone, 200000, 1000000);
        if (b->kept > 7500000 * r->lines) b->kept = 7500000 * r->lines;
    }
    o->gone += b->gone, o->kept += b->kept;
    if (r->cause != REFUND_CAUSE_CHARGEBACK && nothing_left(o)) o->settled = o->closed = true;
}

static void give_back(Model *m, Sold *o, bool chargeback)
{
    if (o->n_back == COUNT(o->back) || m->n_backs == REFUNDS_MAX) return;
    LedgerRefund g = gone_of(o), r = { .refund = { m->n_backs + 1 }, .lines = 1 };
    i64 left = o->s.paid - g.buyer, amount = below(&m->random, 4) ? below(&m->random, left + 1) : left;
    check_int(books_parts(&m->w, o->s.order.v, amount, &r), ERR_OK);
    if (amount == left && left > 0) check_int(r.by_platform, o->s.by_platform - g.by_platform);
    r.order = o->s.order;
    r.cause = chargeback ? REFUND_CAUSE_CHARGEBACK : (RefundCause)below(&m->random, 4);
    i64 lost = chargeback && below(&m->random, 3) == 0 ? below(&m->random, 1000) : 0;
    LedgerRefund asked = r;
    if (lost && amount == left) asked.buyer += lost, asked.goods += lost;           // more than there is to take
    else lost = 0;
    check_int(books_refund(&m->w, &asked), ERR_OK);
    note_back(m, o, &r, lost);
    check_int(books_refund(&m->w, &asked), ERR_OK);                       // once a refund
    if (chargeback) return;
    asked.refund.v += 1000000, asked.buyer += left + 1, asked.goods += left + 1;
    check_int(books_refund(&m->w, &asked), ERR_WRONG_STATE);
}

static void end_back(Model *m, Sold *o)
{
    if (o->n_back == 0) return;
    Back *b = o->back[below(&m->random, o->n_back)];
    if (b->r.cause != REFUND_CAUSE_CHARGEBACK) {
        check_int(books_refund_paid(&m->w, b->r.refund.v), ERR_OK);
        b->paid = true;
        return;
    }
    check_int(books_won(&m->w, b->r.refund.v), ERR_OK);
    if (b->won) return;
    b->won = true;
    o->gone -= b->gone, o->kept -= b->kept;
}

static void settle(Model *m, Sold *o)
{
    if (!o->delivered) {
        check_int(books_delivered(&m->w, o->s.order.v), ERR_OK);
        o->delivered = true;
        return;
    }
    world_jump(&m->w, below(&m->random, 3) * DAY_MS);
    check_int(books_settle(&m->w, o->s.order.v), ERR_OK);
    // Whether its day has come is the calendar's business, tested elsewhere; here it is believed.
    o->settled = books_number(&m->w, "SELECT count(*) FROM ledger_sale WHERE shop_order = %lld AND state = 'settled'",
                              (long long)o->s.order.v) == 1;
    check(!o->settled || o->frozen == 0 || o->closed);
}

static void freeze(Model *m, Sold *o)
{
    if (o->settled) return;
    bool on = o->frozen == 0 || below(&m->random, 2) == 0;
    check_int(books_freeze(&m->w, o->s.order.v, on), ERR_OK);
    o->frozen += on ? 1 : -1;
}

static void provider_fee(Model *m, Sold *o)
{
    i64 fee = below(&m->random, 500);
    check_int(books_provider_fee(&m->w, o->s.order.v, fee), ERR_OK);
    o->provider += fee;
}

static void step(Model *m)
{
    Sold *o = &m->sold[below(&m->random, SALES)];
    switch (below(&m->random, 10)) {
    case 0: case 1: case 2: give_back(m, o, false); break;
    case 3: give_back(m, o, true); break;
    case 4: case 5: end_back(m, o); break;
    case 6: case 7: settle(m, o); break;
    case 8: freeze(m, o); break;
    case 9: provider_fee(m, o); break;
    }
}

// ---------------------------------------------------------------------------------------------- compared

static void compare(Model *m)
{
    i64 seller[SHOPS] = { 0 }, buyer = 0, due = 0, fees = 0, tax = 0, money = 0, loss = 0, promotions = 0, provider = 0;
    for (i64 i = 0; i < SALES; i++) {
        const Sold *o = &m->sold[i];
        LedgerRefund g = gone_of(o);
        i64 k = 0, fee = o->fee - o->gone + o->kept, owed = o->s.tax_by_platform ? o->s.tax - g.tax : 0;
        while (m->shops[k] != o->s.shop.v) k++;
        if (o->settled) seller[k] += gross_left(o) - fee - owed, fees += fee, tax += owed;
        else buyer += gross_left(o);
        promotions += o->s.by_platform - g.by_platform;
        money += o->s.paid - o->provider;
        provider += o->provider;
        for (i64 b = 0; b < o->n_back; b++) {
            const Back *back = o->back[b];
            if (back->won) continue;
            if (back->paid) money -= back->r.buyer + back->lost;
            else due += back->r.buyer;
            loss += back->lost;
        }
    }
    check_int(books_account(&m->w, "buyer", 0), buyer);
    check_int(books_account(&m->w, "refunds_due", 0), due);
    check_int(books_account(&m->w, "fees", 0), fees);
    check_int(books_account(&m->w, "tax", 0), tax);
    check_int(books_account(&m->w, "promotions", 0), -promotions);
    check_int(books_account(&m->w, "clearing", 0), -money);
    check_int(books_account(&m->w, "provider_fees", 0), -provider);
    check_int(books_account(&m->w, "loss", 0), -loss);
    i64 reserve = books_number(&m->w, "SELECT COALESCE(sum(reserve - reserve_back), 0) FROM ledger_sale"), all = 0, kept = 0;
    check_int(books_account(&m->w, "reserve", 0), reserve);
    for (i64 k = 0; k < SHOPS; k++) {
        kept += books_available(&m->w, m->shops[k]);
        all += seller[k];
    }
    check_int(kept + reserve, all);
}

static u64 seed_of(void)
{
    const char *given = getenv("ETALASE_TEST_SEED");
    return given ? strtoull(given, NULL, 10) : 20260301;
}

static Model *model_new(i64 reserve_ppm)
{
    Model *m = calloc(1, sizeof(*m));
    must(m != NULL);
    m->w = world_new();
    m->random = seed_of() + (u64)reserve_ppm;
    books_rule(&m->w, "ID", "fee_flat_minor", 125000);
    books_rule(&m->w, "ID", "reserve_ppm", reserve_ppm);
    for (i64 k = 0; k < SHOPS; k++) {
        m->shops[k] = world_shop(&m->w, m->w.sari, world_path(&m->w, "toko-%lld", (long long)k));
        Answer x = books_put(&m->w, m->w.oma, world_path(&m->w, "/v1/operator/sellers/%lld/tier", (long long)m->shops[k]),
                             "{'tier':'fast'}");
        check_int(x.status, 200);
    }
    for (i64 i = 0; i < SALES; i++) sell(m, i);
    return m;
}

static void model_free(Model *m)
{
    check_int(world_audit(&m->w), 0);
    world_free(&m->w);
    free(m);
}

static void run(Model *m)
{
    for (i64 i = 1; i <= STEPS; i++) {
        step(m);
        if (i % AUDIT_EVERY) continue;
        compare(m);
        check_int(world_audit(&m->w), 0);
    }
}

TEST(books_follow_the_model)
{
    Model *m = model_new(0);
    run(m);
    model_free(m);
}

TEST(books_follow_the_model_with_a_reserve)
{
    Model *m = model_new(150000);
    run(m);
    for (i64 i = 0; i < SALES; i++)
        while (m->sold[i].frozen > 0) {
            check_int(books_freeze(&m->w, 1000 + i, false), ERR_OK);
            m->sold[i].frozen--;
        }
    for (i64 i = 0; i < 2; i++) {                                         // what is settled first has its reserve next
        world_jump(&m->w, 60 * (i64)DAY_MS);
        world_tasks(&m->w);
    }
    check_int(books_account(&m->w, "reserve", 0), 0);
    model_free(m);
}

// Whatever went before, when everything has gone back the sale is gone: only what is kept of fees stays.
TEST(books_close_when_all_has_gone_back)
{
    Model *m = model_new(150000);
    i64 kept = 0;
    run(m);
    for (i64 i = 0; i < SALES; i++) {
        Sold *o = &m->sold[i];
        LedgerRefund g = gone_of(o);
        LedgerRefund r = { .refund = { 500000 + i }, .cause = REFUND_CAUSE_LOST, .order = o->s.order, .lines = 1 };
        r.buyer = o->s.paid - g.buyer, r.goods = o->s.goods - g.goods, r.by_seller = o->s.by_seller - g.by_seller;
        r.by_platform = o->s.by_platform - g.by_platform, r.shipping = o->s.shipping - g.shipping;
        r.cod_fee = o->s.cod_fee - g.cod_fee, r.tax = o->s.tax - g.tax, r.tax_added = o->s.tax_added - g.tax_added;
        check_int(books_refund(&m->w, &r), ERR_OK);
        kept += o->kept;
    }
    check_int(books_account(&m->w, "buyer", 0), 0);
    check_int(books_account(&m->w, "promotions", 0), 0);
    check_int(books_account(&m->w, "tax", 0), 0);
    check_int(books_account(&m->w, "reserve", 0), 0);
    check_int(books_account(&m->w, "fees", 0), kept);
    check_int(books_account(&m->w, "seller", 0), -kept);
    model_free(m);
}

// ---------------------------------------------------------------------------------------------- many at once

enum { CROWD = 64, FIT = 40 };
typedef struct One { World *w; LedgerRefund r; i64 settle; Err result; } One;

static void *act_once(void *context)
{
    One *x = context;
    do x->result = x->settle ? books_settle(x->w, x->settle) : books_refund(x->w, &x->r);
    while (x->result == ERR_BUSY);
    return NULL;
}

static void all_at_once(One *ones, i64 n)
{
    pthread_t threads[CROWD];
    for (i64 i = 0; i < n; i++) must(pthread_create(&threads[i], NULL, act_once, &ones[i]) == 0);
    for (i64 i = 0; i < n; i++) pthread_join(threads[i], NULL);
}

static void refunds_at_once(bool settled)
{
    World w = world_new();
    LedgerSale s = books_sale(11, 101);
    One ones[CROWD];
    i64 made = 0;
    s = (LedgerSale){ .order = s.order, .shop = s.shop, .method = s.method, .currency = s.currency, .country = s.country,
                      .goods = 1000 * FIT + 999, .paid = 1000 * FIT + 999 };
    check_int(books_capture(&w, &s), ERR_OK);
    if (settled) {
        check_int(books_delivered(&w, 101), ERR_OK);
        world_jump(&w, 31 * (i64)DAY_MS);
        check_int(books_settle(&w, 101), ERR_OK);
    }
    for (i64 i = 0; i < CROWD; i++)
        ones[i] = (One){ .w = &w, .r = { .refund = { i + 1 }, .order = { 101 }, .cause = REFUND_CAUSE_GOODWILL, .buyer = 1000,
                                         .goods = 1000, .lines = 1 } };
    all_at_once(ones, CROWD);
    for (i64 i = 0; i < CROWD; i++) {
        made += ones[i].result == ERR_OK;
        check(ones[i].result == ERR_OK || ones[i].result == ERR_WRONG_STATE);
    }
    check_int(made, FIT);
    check_int(books_account(&w, "refunds_due", 0), 1000 * FIT);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(books_64_partial_refunds_at_once_never_pass_the_sale)
{
    refunds_at_once(false);
    refunds_at_once(true);
}

// Whoever comes first: in the end the buyer has everything back and the seller nothing.
TEST(books_refund_against_settlement)
{
    World w = world_new();
    enum { ORDERS = 16 };
    One ones[2 * ORDERS];
    for (i64 i = 0; i < ORDERS; i++) {
        LedgerSale s = books_sale(11, 101 + i);
        check_int(books_capture(&w, &s), ERR_OK);
        check_int(books_delivered(&w, 101 + i), ERR_OK);
        ones[2 * i] = (One){ .w = &w, .settle = 101 + i };
        ones[2 * i + 1] = (One){ .w = &w, .r = books_whole(&s, i + 1, i % 2 ? REFUND_CAUSE_CHARGEBACK : REFUND_CAUSE_LOST) };
    }
    world_jump(&w, 31 * (i64)DAY_MS);
    all_at_once(ones, COUNT(ones));
    for (i64 i = 0; i < COUNT(ones); i++) check_int(ones[i].result, ERR_OK);
    check_int(books_available(&w, 11), 0);
    check_int(books_account(&w, "buyer", 0), 0);
    check_int(books_account(&w, "fees", 0), 0);
    check_int(books_account(&w, "refunds_due", 0), ORDERS / 2 * 10200000);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(books_the_same_refund_at_once_is_one)
{
    World w = world_new();
    LedgerSale s = books_sale(11, 101);
    One ones[CROWD];
    check_int(books_capture(&w, &s), ERR_OK);
    LedgerRefund r = { .refund = { 7 }, .order = { 101 }, .cause = REFUND_CAUSE_GOODWILL };
    check_int(books_parts(&w, 101, 1000, &r), ERR_OK);
    for (i64 i = 0; i < CROWD; i++) ones[i] = (One){ .w = &w, .r = r };
    all_at_once(ones, CROWD);
    for (i64 i = 0; i < CROWD; i++) check_int(ones[i].result, ERR_OK);
    check_int(books_account(&w, "refunds_due", 0), 1000);
    check_int(world_audit(&w), 0);
    world_free(&w);
}
