// Tests of statements, the trial balance and what operators book by hand.
#include "ledger/ledger_kit.h"

enum { EARNED = 10500000 - 630000 };             // of books_sale

typedef struct Till { World w; i64 shop; } Till;

static Till till(void)
{
    Till t = { .w = world_new() };
    t.shop = world_shop(&t.w, t.w.sari, "keranjang");
    return t;
}

static void end(Till *t)
{
    check_int(world_audit(&t->w), 0);
    world_free(&t->w);
}

static Answer get(Till *t, const char *what)
{
    return world_get(&t->w, t->w.sari, world_path(&t->w, "/v1/studio/shops/%lld/%s", (long long)t->shop, what));
}

static i64 number(Till *t, const Answer *x, const char *at)
{
    i64 n = -1;
    if (!str_to_i64(answer_at(&t->w, x, at), &n)) test_failed(__FILE__, __LINE__, "%s is no number", at);
    return n;
}

static Answer book(Till *t, const char *json)
{
    return books_post(&t->w, t->w.oma, "/v1/operator/ledger/bookings", json);
}

static void adjust(Till *t, i64 minor, bool from, const char *reason)
{
    Answer x = book(t, world_path(&t->w,
        "{'kind':'adjusted','amount':{'minor':%lld,'currency':'IDR'},'shop':'%lld','from_seller':%s,'reason':'%s'}",
        (long long)minor, (long long)t->shop, from ? "true" : "false", reason));
    check_int(x.status, 201);
}

// ---------------------------------------------------------------------------------------------- statements

TEST(statement_lines_lead_to_their_orders_and_sum_to_the_balance)
{
    Till t = till();
    books_earn(&t.w, t.shop, 101);
    LedgerRefund r = { .refund = { 7 }, .cause = REFUND_CAUSE_GOODWILL };
    check_int(books_parts(&t.w, 101, 1020000, &r), ERR_OK);
    check_int(books_refund(&t.w, &r), ERR_OK);
    adjust(&t, 5000, true, "Postage that we paid");
    Answer x = get(&t, "statements");
    check_int(x.status, 200);
    check_int(number(&t, &x, "opening"), 0);
    check_int(number(&t, &x, "closing"), books_available(&t.w, t.shop));
    check_int(number(&t, &x, "sums.net"), books_available(&t.w, t.shop));
    check_int(number(&t, &x, "sums.lines"), 3);
    check_str(answer_at(&t.w, &x, "lines[0].kind"), STR("adjusted"));
    check_int(number(&t, &x, "lines[0].other"), -5000);
    check_str(answer_at(&t.w, &x, "lines[0].note"), STR("Postage that we paid"));
    check_str(answer_at(&t.w, &x, "lines[0].order"), STR(""));
    check_str(answer_at(&t.w, &x, "lines[1].kind"), STR("refund"));
    check_int(answer_id(&t.w, &x, "lines[1].order"), 101);
    check_int(number(&t, &x, "lines[1].fee"), 63000);
    check_int(answer_id(&t.w, &x, "lines[2].order"), 101);
    check_str(answer_at(&t.w, &x, "lines[2].number"), STR("0000000000035"));
    static const struct { const char *at; i64 n; } SETTLED[] = {
        { "goods", 10000000 }, { "discount", -500000 }, { "shipping", 1000000 }, { "cod_fee", 0 }, { "tax_added", 0 },
        { "tax", 0 }, { "fee", -630000 }, { "reserve", 0 }, { "other", 0 }, { "net", EARNED }, { "balance", EARNED } };
    for (i64 i = 0; i < COUNT(SETTLED); i++)
        check_int(number(&t, &x, world_path(&t.w, "lines[2].%s", SETTLED[i].at)), SETTLED[i].n);
    end(&t);
}

TEST(statement_periods_meet_without_a_gap)
{
    Till t = till();
    i64 sum = 0;
    for (i64 i = 0; i < 4; i++) books_earn(&t.w, t.shop, 101 + i);
    books_spoil(&t.w, "UPDATE ledger_line SET at = at - (4 - n) * 31 * 86400000");              // a month apart
    Answer x = get(&t, "statements/months");
    check_int(x.status, 200);
    i64 months = 0, lines = 0;
    for (; answer_at(&t.w, &x, world_path(&t.w, "items[%lld].from", (long long)months)).n; months++) {
        const char *at = world_path(&t.w, "items[%lld]", (long long)months);
        Str from = answer_at(&t.w, &x, world_path(&t.w, "%s.from", at)), to = answer_at(&t.w, &x, world_path(&t.w, "%s.to", at));
        Answer y = get(&t, world_path(&t.w, "statements?from=%.*s&to=%.*s", STR_ARG(from), STR_ARG(to)));
        check_int(number(&t, &y, "opening"), number(&t, &x, world_path(&t.w, "%s.opening", at)));
        check_int(number(&t, &y, "closing"), number(&t, &x, world_path(&t.w, "%s.closing", at)));
        check_int(number(&t, &y, "opening") + number(&t, &y, "sums.net"), number(&t, &y, "closing"));
        if (months) check_str(to, answer_at(&t.w, &x, world_path(&t.w, "items[%lld].from", (long long)months - 1)));
        check(str_ends(from, STR("T17:00:00.000Z")));                     // midnight in Jakarta
        lines += number(&t, &x, world_path(&t.w, "%s.lines", at));
        sum += number(&t, &y, "sums.net");
    }
    check(months >= 4);
    check_int(lines, 4);
    check_int(sum, books_available(&t.w, t.shop));
    check_int(get(&t, "statements?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z").status, 422);
    x = get(&t, "statements?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z");
    check_int(number(&t, &x, "closing"), 0);
    x = get(&t, "statements?currency=USD");
    check_int(number(&t, &x, "sums.lines"), 0);
    end(&t);
}

TEST(statement_comes_in_pages)
{
    Till t = till();
    for (i64 i = 1; i <= 60; i++) adjust(&t, i, false, "a little");
    Answer x = get(&t, "statements");
    check_int(number(&t, &x, "lines[0].n"), 60);
    check_int(number(&t, &x, "lines[49].n"), 11);
    check_str(answer_at(&t.w, &x, "next"), STR("11"));
    x = get(&t, "statements?before=11");
    check_int(number(&t, &x, "lines[0].n"), 10);
    check_int(number(&t, &x, "lines[9].balance"), 1);
    check_int(number(&t, &x, "sums.net"), 60 * 61 / 2);                   // of the whole period
    check_str(answer_at(&t.w, &x, "next"), STR(""));
    end(&t);
}

TEST(statement_days_leave_payouts_out)
{
    Till t = till();
    books_verified(&t.w, t.w.sari, t.shop);
    books_earn(&t.w, t.shop, 101);
    const char *payouts = world_path(&t.w, "/v1/studio/shops/%lld/payouts", (long long)t.shop);
    Answer x = books_post(&t.w, t.w.sari, payouts, "{'currency':'IDR'}");
    check_int(x.status, 201);
    x = get(&t, "statements/days?days=7");
    check_int(number(&t, &x, "items[6].net"), EARNED);
    check_int(number(&t, &x, "items[6].orders"), 1);
    check_int(number(&t, &x, "items[5].net"), 0);
    check_str(answer_at(&t.w, &x, "items[7].net"), STR(""));
    world_jump(&t.w, 3 * (i64)DAY_MS);
    x = get(&t, "statements/days?days=7");
    check_int(number(&t, &x, "items[3].net"), EARNED);
    check_int(get(&t, "statements/days?days=367").status, 422);
    end(&t);
}

TEST(statement_csv_is_safe_to_open)
{
    Till t = till();
    books_earn(&t.w, t.shop, 101);
    adjust(&t, 50, false, "=HYPERLINK(\\\"http://evil.example\\\",\\\"x\\\")");
    adjust(&t, 50, true, "@SUM(1+1), and a comma");
    Answer x = get(&t, "statements.csv");
    check_int(x.status, 200);
    check_str(local_header(&x, "Content-Disposition"), STR("attachment; filename=\"statement.csv\""));
    check(str_find(x.body, STR(",\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"\r\n")) > 0);
    check(str_find(x.body, STR(",\"'@SUM(1+1), and a comma\"\r\n")) > 0);
    check(str_find(x.body, STR(",settled,0000000000035,,100000.00,-5000.00,10000.00,0.00,0.00,0.00,-6300.00,0.00,0.00,98700.00,"
                               "98700.00,IDR,\r\n")) > 0);
    check(str_find(x.body, STR(",-0.50,98700.00,IDR,")) > 0);
    x = get(&t, "statements.csv?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z");
    check(str_ends(x.body, STR(",note\r\n")));
    check_int(get(&t, "statements.csv?from=yesterday").status, 422);
    check_int(get(&t, "statements.csv?currency=IDR&currency=IDR").status, 422);
    end(&t);
}

TEST(statement_csv_of_many_lines)
{
    Till t = till();
    // As a shop has them after a year: put in directly, they are the same to one reader.
    books_spoil(&t.w, "INSERT INTO ledger_line (shop, currency, n, kind, entry, shop_order, subject, goods, discount, shipping, "
                "cod_fee, tax_added, tax, fee, reserve, other, net, balance, at) WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL "
                "SELECT i + 1 FROM k WHERE i < 20001) "
                "SELECT %lld, 'IDR', i, 'adjusted', i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, i, 1800000000000 FROM k",
                (long long)t.shop);
    const char *file = "statements.csv?from=2026-01-01T00:00:00Z&to=2030-01-01T00:00:00Z";
    check_int(get(&t, file).status, 422);
    books_spoil(&t.w, "DELETE FROM ledger_line WHERE n > 20000");
    Answer x = get(&t, file);
    check_int(x.status, 200);
    i64 lines = 0;
    for (size_t i = 0; i < x.body.n; i++) lines += x.body.p[i] == '\n';
    check_int(lines, 20001);
    world_free(&t.w);
}

// ---------------------------------------------------------------------------------------------- what is on its way

TEST(balance_shows_what_comes_what_is_kept_and_what_is_being_paid)
{
    Till t = till();
    books_rule(&t.w, "ID", "reserve_ppm", 100000);
    books_verified(&t.w, t.w.sari, t.shop);
    i64 got = books_earn(&t.w, t.shop, 101);
    check_int(got, EARNED - EARNED / 10);
    LedgerSale s = books_sale(t.shop, 102);
    check_int(books_capture(&t.w, &s), ERR_OK);
    Answer x = books_post(&t.w, t.w.sari, world_path(&t.w, "/v1/studio/shops/%lld/payouts", (long long)t.shop),
                          "{'currency':'IDR','amount':{'minor':1000000,'currency':'IDR'}}");
    check_int(x.status, 201);
    x = get(&t, "balance");
    check_str(answer_at(&t.w, &x, "tier"), STR("fast"));
    check_int(number(&t, &x, "settle_days"), 3);
    check_int(number(&t, &x, "balances[0].available"), got - 1000000);
    check_int(number(&t, &x, "balances[0].on_the_way"), EARNED);
    check_int(number(&t, &x, "balances[0].orders"), 1);
    check_int(number(&t, &x, "balances[0].reserve"), EARNED / 10);
    check_int(number(&t, &x, "balances[0].in_payout"), 1000000);
    check_int(number(&t, &x, "balances[0].least"), 1000000);
    check(answer_at(&t.w, &x, "balances[0].next_release").n > 0);
    check_str(answer_at(&t.w, &x, "account.number"), STR("•••• 4567"));
    world_jump(&t.w, 31 * (i64)DAY_MS);
    world_tasks(&t.w);
    x = get(&t, "balance");
    check_int(number(&t, &x, "balances[0].reserve"), 0);
    check_int(number(&t, &x, "balances[0].available"), EARNED - 1000000);
    end(&t);
}

TEST(balance_of_a_shop_without_any_money)
{
    Till t = till();
    Answer x = get(&t, "balance");
    check_int(x.status, 200);
    check_str(answer_at(&t.w, &x, "balances[0].currency"), STR("IDR"));
    check_int(number(&t, &x, "balances[0].available"), 0);
    check_str(answer_at(&t.w, &x, "account.number"), STR(""));
    x = get(&t, "statements/months");
    check_str(answer_at(&t.w, &x, "items[0].from"), STR(""));
    end(&t);
}

TEST(seller_tiers_are_the_operators)
{
    Till t = till();
    const char *tier = world_path(&t.w, "/v1/operator/sellers/%lld/tier", (long long)t.shop);
    Answer x = books_put(&t.w, t.w.oma, tier, "{'tier':'fast'}");
    check_int(x.status, 200);
    check_str(answer_at(&t.w, &x, "tier"), STR("fast"));
    check_str(answer_at(&t.w, &x, "automatic"), STR("false"));
    LedgerSale s = books_sale(t.shop, 101);
    check_int(books_capture(&t.w, &s), ERR_OK);
    check_int(books_delivered(&t.w, 101), ERR_OK);
    world_jump(&t.w, 3 * (i64)DAY_MS);
    world_tasks(&t.w);
    check_int(books_available(&t.w, t.shop), EARNED);
    x = books_put(&t.w, t.w.oma, tier, "{}");
    check_str(answer_at(&t.w, &x, "tier"), STR("new"));
    check_str(answer_at(&t.w, &x, "automatic"), STR("true"));
    check_int(number(&t, &x, "deliveries"), 1);
    check_int(books_put(&t.w, t.w.oma, "/v1/operator/sellers/99/tier", "{'tier':'fast'}").status, 404);
    check_int(world_get(&t.w, t.w.oma, "/v1/operator/sellers/99").status, 404);
    end(&t);
}

// ---------------------------------------------------------------------------------------------- the books

typedef struct Sides { i64 debit, credit; } Sides;

// All accounts in a currency, and of one account apart.
static Sides trial(Till *t, const char *currency, const char *account, i64 *balance)
{
    Sides all = { 0 };
    Answer x = world_get(&t->w, t->w.oma, "/v1/operator/ledger/accounts");
    check_int(x.status, 200);
    *balance = 0;
    for (i64 i = 0;; i++) {
        const char *at = world_path(&t->w, "items[%lld]", (long long)i);
        Str name = answer_at(&t->w, &x, world_path(&t->w, "%s.account", at));
        if (name.n == 0) return all;
        if (!str_eq(answer_at(&t->w, &x, world_path(&t->w, "%s.currency", at)), str_of(currency))) continue;
        i64 debit = number(t, &x, world_path(&t->w, "%s.debit", at)), credit = number(t, &x, world_path(&t->w, "%s.credit", at));
        all.debit += debit, all.credit += credit;
        if (str_eq(name, str_of(account))) *balance += credit - debit;
    }
}

TEST(ledger_trial_balance_is_level_with_and_without_kept_totals)
{
    Till t = till();
    i64 fees, again;
    books_earn(&t.w, t.shop, 101);
    books_earn(&t.w, t.shop, 102);
    Sides a = trial(&t, "IDR", "fees", &fees);
    check(a.debit == a.credit && a.debit > 0);
    check_int(fees, 1260000);
    check_int(books_number(&t.w, "SELECT count(*) FROM ledger_total"), 0);
    world_jump(&t.w, 2 * HOUR_MS);
    world_tasks(&t.w);
    check(books_number(&t.w, "SELECT count(*) FROM ledger_total") > 4);
    Sides b = trial(&t, "IDR", "fees", &again);
    check(b.debit == a.debit && b.credit == a.credit && fees == again);
    books_earn(&t.w, t.shop, 103);
    trial(&t, "IDR", "fees", &again);
    check_int(again, 1890000);
    world_jump(&t.w, 2 * HOUR_MS);
    world_tasks(&t.w);
    trial(&t, "IDR", "fees", &again);
    check_int(again, 1890000);
    end(&t);
}

TEST(ledger_bookings_by_hand)
{
    Till t = till();
    LedgerSale s = books_sale(t.shop, 101);
    s.method = PAYMENT_METHOD_COD, s.tax = 1000000, s.tax_by_platform = true;
    check_int(books_capture(&t.w, &s), ERR_OK);
    check_int(books_delivered(&t.w, 101), ERR_OK);
    world_jump(&t.w, 31 * (i64)DAY_MS);
    check_int(books_settle(&t.w, 101), ERR_OK);
    Answer x = book(&t, "{'kind':'remitted','method':'cod','amount':{'minor':10000000,'currency':'IDR'},"
                        "'charge':{'minor':150000,'currency':'IDR'},'reason':'JNE, week 7'}");
    check_int(x.status, 201);
    check_str(answer_at(&t.w, &x, "items[1].note"), STR("JNE, week 7"));
    check_int(answer_id(&t.w, &x, "items[0].actor"), t.w.oma.id);
    x = book(&t, "{'kind':'written_off','method':'cod','amount':{'minor':50000,'currency':'IDR'},'reason':'never paid'}");
    check_int(x.status, 201);
    x = book(&t, "{'kind':'tax_paid','country':'ID','amount':{'minor':1000000,'currency':'IDR'},'reason':'March'}");
    check_int(x.status, 201);
    check_int(books_account(&t.w, "clearing", 0), 0);
    check_int(books_account(&t.w, "bank", 0), -9000000);
    check_int(books_account(&t.w, "shipping", 0), -150000);
    check_int(books_account(&t.w, "loss", 0), -50000);
    check_int(books_account(&t.w, "tax", 0), 0);
    i64 had = books_available(&t.w, t.shop);
    x = book(&t, world_path(&t.w, "{'kind':'adjusted','shop':'%lld','order':'101','against':'shipping','reason':'lost',"
                            "'amount':{'minor':70000,'currency':'IDR'}}", (long long)t.shop));
    check_int(x.status, 201);
    check_int(books_available(&t.w, t.shop), had + 70000);
    adjust(&t, had + 80000, true, "more than there is");
    check_int(books_available(&t.w, t.shop), -10000);                     // carried to the next settlement
    x = world_get(&t.w, t.w.oma, "/v1/operator/ledger/postings?order=101");
    check_str(answer_at(&t.w, &x, "items[0].kind"), STR("adjusted"));
    check_str(answer_at(&t.w, &x, "items[0].number"), STR("0000000000035"));
    x = world_get(&t.w, t.w.oma, "/v1/operator/ledger/postings?account=bank");
    check_str(answer_at(&t.w, &x, "items[0].debit"), STR("tax"));
    check_str(answer_at(&t.w, &x, "items[1].credit"), STR("clearing"));
    check_str(answer_at(&t.w, &x, "items[2].id"), STR(""));
    end(&t);
}

TEST(ledger_bookings_that_are_refused)
{
    Till t = till();
    i64 other = world_shop(&t.w, t.w.tono, "lain");
    LedgerSale s = books_sale(other, 101);
    check_int(books_capture(&t.w, &s), ERR_OK);
    static const struct { const char *json, *field; int status; } CASES[] = {
        { "'kind':'remitted'", "method", 422 },
        { "'kind':'remitted','method':'cod','charge':{'minor':1,'currency':'USD'}", "charge", 422 },
        { "'kind':'written_off'", "method", 422 },
        { "'kind':'tax_paid'", "country", 422 },
        { "'kind':'tax_paid','country':'id'", "country", 422 },
        { "'kind':'adjusted'", "shop", 422 },
        { "'kind':'adjusted','shop':'99'", "", 404 },
        { "'kind':'stolen'", "kind", 422 },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Answer x = book(&t, world_path(&t.w, "{%s,'amount':{'minor':5,'currency':'IDR'},'reason':'a reason'}", CASES[i].json));
        check_int(x.status, CASES[i].status);
        check_str(answer_at(&t.w, &x, "field"), str_of(CASES[i].field));
    }
    const char *mine = world_path(&t.w, "'kind':'adjusted','shop':'%lld','reason':'a reason'", (long long)t.shop);
    static const char *const MORE[] = { "'amount':{'minor':0,'currency':'IDR'}", "'amount':{'minor':-1,'currency':'IDR'}",
        "'amount':{'minor':5,'currency':'IDR'},'against':'bank'", "'amount':{'minor':5,'currency':'IDR'},'order':'101'",
        "'amount':{'minor':1000000000000001,'currency':'IDR'}" };
    for (i64 i = 0; i < COUNT(MORE); i++) check_int(book(&t, world_path(&t.w, "{%s,%s}", mine, MORE[i])).status, 422);
    check_int(books_number(&t.w, "SELECT count(*) FROM ledger_posting WHERE kind <> 'sale'"), 0);
    end(&t);
}
