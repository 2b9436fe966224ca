// Tests of a sale's way through the books, to the unit: captured, settled, refunded before and after, charged back.
#include "gen/program.gen.h"
#include "ledger/ledger_kit.h"

enum { SHOP = 11, OTHER_SHOP = 12, ORDER = 101 };

static void end(World *w)
{
    check_int(world_audit(w), 0);
    world_free(w);
}

// Paid 10,200,000 = 10,000,000 - 500,000 - 300,000 + 1,000,000; fee 6 % of 10,500,000 = 630,000.
enum { PAID = 10200000, GROSS = 10500000, FEE = 630000 };

static void settle_now(World *w, i64 order)
{
    check_int(books_delivered(w, order), ERR_OK);
    world_jump(w, 31 * (i64)DAY_MS);
    check_int(books_settle(w, order), ERR_OK);
}

// ---------------------------------------------------------------------------------------------- captured and settled

TEST(ledger_capture_is_posted_once)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_account(&w, "clearing", ORDER), -PAID);
    check_int(books_account(&w, "promotions", ORDER), -300000);
    check_int(books_account(&w, "buyer", ORDER), GROSS);
    check_int(books_number(&w, "SELECT count(*) FROM ledger_posting"), 2);
    check_int(books_number(&w, "SELECT fee FROM ledger_sale"), FEE);
    end(&w);
}

TEST(ledger_settles_after_the_tiers_days)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    check_int(books_delivered(&w, ORDER), ERR_NOT_FOUND);
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_settle(&w, ORDER), ERR_OK);                             // not delivered: nothing happens
    check_int(books_account(&w, "buyer", ORDER), GROSS);
    check_int(books_delivered(&w, ORDER), ERR_OK);
    world_jump(&w, 31 * (i64)DAY_MS - 60000);
    check_int(books_settle(&w, ORDER), ERR_OK);
    check_int(books_account(&w, "buyer", ORDER), GROSS);
    world_tasks(&w);
    check_int(books_account(&w, "buyer", ORDER), GROSS);
    world_jump(&w, 120000);
    world_tasks(&w);
    check_int(books_account(&w, "buyer", ORDER), 0);
    check_int(books_account(&w, "seller", ORDER), GROSS - FEE);
    check_int(books_account(&w, "fees", ORDER), FEE);
    check_int(books_available(&w, SHOP), GROSS - FEE);
    check_int(books_delivered(&w, ORDER), ERR_OK);                          // again: nothing
    check_int(books_settle(&w, ORDER), ERR_OK);
    check_int(books_available(&w, SHOP), GROSS - FEE);
    check_int(books_number(&w, "SELECT count(*) FROM ledger_line"), 1);
    end(&w);
}

TEST(ledger_known_sellers_are_settled_sooner)
{
    World w = world_new();
    for (i64 i = 0; i < LEDGER_NEW_DELIVERIES; i++) {
        LedgerSale s = books_sale(SHOP, ORDER + i);
        check_int(books_capture(&w, &s), ERR_OK);
        check_int(books_delivered(&w, ORDER + i), ERR_OK);
    }
    LedgerSale early = books_sale(SHOP, 900), late = books_sale(SHOP, 901);
    check_int(books_capture(&w, &early), ERR_OK);
    check_int(books_delivered(&w, 900), ERR_OK);                            // enough orders, but not enough days
    check_int(books_number(&w, "SELECT (settle_at - delivered) / 86400000 FROM ledger_sale WHERE shop_order = 900"), 31);
    world_jump(&w, LEDGER_NEW_DAYS * (i64)DAY_MS);
    check_int(books_capture(&w, &late), ERR_OK);
    check_int(books_delivered(&w, 901), ERR_OK);
    check_int(books_number(&w, "SELECT (settle_at - delivered) / 86400000 FROM ledger_sale WHERE shop_order = 901"), 7);
    end(&w);
}

TEST(ledger_tax_goes_to_the_platform_only_where_it_remits_it)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER), t = books_sale(SHOP, ORDER + 1);
    s.tax = s.tax_added = t.tax = t.tax_added = 1155000;
    s.tax_by_platform = true;
    books_sum_sale(&s);
    books_sum_sale(&t);
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_capture(&w, &t), ERR_OK);
    check_int(books_delivered(&w, ORDER), ERR_OK);
    settle_now(&w, ORDER + 1);
    check_int(books_settle(&w, ORDER), ERR_OK);
    check_int(books_account(&w, "fees", ORDER), FEE);                       // tax is no part of the fee's base
    check_int(books_account(&w, "tax", ORDER), 1155000);
    check_int(books_account(&w, "seller", ORDER), GROSS - FEE);
    check_int(books_account(&w, "fees", ORDER + 1), FEE);
    check_int(books_account(&w, "tax", ORDER + 1), 0);
    check_int(books_account(&w, "seller", ORDER + 1), GROSS + 1155000 - FEE);
    check_int(books_number(&w, "SELECT count(*) FROM ledger_posting WHERE credit = 'tax' AND part = 'ID'"), 1);
    end(&w);
}

TEST(ledger_frozen_orders_wait)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    check_int(books_freeze(&w, ORDER, true), ERR_OK);                       // no sale yet: nothing to freeze
    check_int(books_freeze(&w, ORDER, false), ERR_OK);
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_delivered(&w, ORDER), ERR_OK);
    check_int(books_freeze(&w, ORDER, true), ERR_OK);
    check_int(books_freeze(&w, ORDER, true), ERR_OK);
    world_jump(&w, 40 * (i64)DAY_MS);
    world_tasks(&w);
    check_int(books_account(&w, "buyer", ORDER), GROSS);
    check_int(books_freeze(&w, ORDER, false), ERR_OK);
    world_tasks(&w);
    check_int(books_account(&w, "buyer", ORDER), GROSS);                    // one is still open
    check_int(books_freeze(&w, ORDER, false), ERR_OK);
    world_tasks(&w);
    check_int(books_account(&w, "buyer", ORDER), 0);
    check_int(books_freeze(&w, ORDER, false), ERR_OK);                      // one end too many changes nothing
    check_int(books_number(&w, "SELECT frozen FROM ledger_sale"), 0);
    end(&w);
}

TEST(ledger_an_order_for_nothing_is_a_sale_too)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER), voucher = books_sale(SHOP, ORDER + 1);
    s = (LedgerSale){ .order = s.order, .shop = s.shop, .method = s.method, .currency = s.currency, .country = s.country };
    voucher.by_seller = 0;
    voucher.by_platform = 11000000;                                       // the platform pays all of it
    books_sum_sale(&voucher);
    check_int(voucher.paid, 0);
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_capture(&w, &voucher), ERR_OK);
    check_int(books_delivered(&w, ORDER), ERR_OK);
    settle_now(&w, ORDER + 1);
    check_int(books_settle(&w, ORDER), ERR_OK);
    check_int(books_account(&w, "seller", ORDER), 0);
    check_int(books_account(&w, "fees", ORDER + 1), 660000);
    check_int(books_account(&w, "seller", ORDER + 1), 10340000);
    check_int(books_account(&w, "promotions", 0), -11000000);
    end(&w);
}

// ---------------------------------------------------------------------------------------------- refunds

TEST(ledger_refund_before_settlement_leaves_nothing)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    check_int(books_capture(&w, &s), ERR_OK);
    LedgerRefund r = books_whole(&s, 1, REFUND_CAUSE_CANCELLED);
    check_int(books_refund(&w, &r), ERR_OK);
    check_int(books_refund(&w, &r), ERR_OK);                                // once a refund
    check_int(books_account(&w, "buyer", ORDER), 0);
    check_int(books_account(&w, "refunds_due", ORDER), PAID);
    check_int(books_account(&w, "promotions", ORDER), 0);
    check_int(books_refund_paid(&w, 1), ERR_OK);
    check_int(books_refund_paid(&w, 1), ERR_OK);
    check_int(books_refund_paid(&w, 2), ERR_NOT_FOUND);
    check_int(books_account(&w, "refunds_due", ORDER), 0);
    check_int(books_account(&w, "clearing", ORDER), 0);
    check_int(books_number(&w, "SELECT count(*) FROM ledger_line"), 0);
    check_int(books_number(&w, "SELECT count(*) FROM ledger_sale WHERE state = 'settled'"), 1);
    r.refund.v = 3;
    check_int(books_refund(&w, &r), ERR_WRONG_STATE);                       // and never more than was sold
    check_int(books_number(&w, "SELECT count(*) FROM ledger_refund"), 1);
    end(&w);
}

TEST(ledger_refund_after_settlement_comes_from_the_seller)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    s.tax = 1039500;
    s.tax_by_platform = true;
    check_int(books_capture(&w, &s), ERR_OK);
    settle_now(&w, ORDER);
    i64 fee = 567630;                                                     // 6 % of 10,500,000 - 1,039,500
    check_int(books_available(&w, SHOP), GROSS - fee - 1039500);
    LedgerRefund r = books_whole(&s, 1, REFUND_CAUSE_SELLER_FAULT);
    check_int(books_refund(&w, &r), ERR_OK);
    check_int(books_available(&w, SHOP), 0);
    check_int(books_account(&w, "fees", ORDER), 0);
    check_int(books_account(&w, "tax", ORDER), 0);
    check_int(books_account(&w, "promotions", ORDER), 0);
    check_int(books_account(&w, "refunds_due", ORDER), PAID);
    check_int(books_number(&w, "SELECT count(*) FROM ledger_line"), 2);
    check_int(books_number(&w, "SELECT sum(net) FROM ledger_line"), 0);
    end(&w);
}

TEST(ledger_returns_keep_a_share_of_the_fee)
{
    World w = world_new();
    LedgerSale before = books_sale(SHOP, ORDER), after = books_sale(OTHER_SHOP, ORDER + 1), large = books_sale(SHOP, ORDER + 2);
    large.goods = 2000000000;
    books_sum_sale(&large);
    check_int(books_capture(&w, &before), ERR_OK);
    check_int(books_capture(&w, &after), ERR_OK);
    check_int(books_capture(&w, &large), ERR_OK);
    check_int(books_delivered(&w, ORDER), ERR_OK);
    LedgerRefund r = books_whole(&before, 1, REFUND_CAUSE_RETURNED);
    check_int(books_refund(&w, &r), ERR_OK);
    check_int(books_account(&w, "fees", ORDER), FEE / 5);                   // 20 %, from the seller, at once
    check_int(books_available(&w, SHOP), -FEE / 5);
    settle_now(&w, ORDER + 1);
    r = books_whole(&after, 2, REFUND_CAUSE_RETURNED);
    check_int(books_refund(&w, &r), ERR_OK);
    check_int(books_account(&w, "fees", ORDER + 1), FEE / 5);
    check_int(books_available(&w, OTHER_SHOP), -FEE / 5);
    settle_now(&w, ORDER + 2);
    r = books_whole(&large, 3, REFUND_CAUSE_RETURNED);
    r.lines = 2;
    check_int(books_refund(&w, &r), ERR_OK);                                // 20 % of 120,030,000 is more than twice the ceiling
    check_int(books_account(&w, "fees", ORDER + 2), 15000000);
    end(&w);
}

TEST(ledger_partial_refunds_end_in_the_whole)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    s.goods = 100, s.by_seller = 7, s.by_platform = 5, s.shipping = 0, s.tax = 9;
    books_sum_sale(&s);
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_number(&w, "SELECT fee FROM ledger_sale"), 5);          // 6 % of 84 is 5.04
    settle_now(&w, ORDER);
    check_int(books_available(&w, SHOP), 93 - 5);
    static const LedgerRefund THIRDS[] = {
        { .goods = 33, .by_seller = 2, .by_platform = 2, .tax = 3 }, { .goods = 33, .by_seller = 2, .by_platform = 2, .tax = 3 },
        { .goods = 34, .by_seller = 3, .by_platform = 1, .tax = 3 } };
    static const i64 FEES[] = { 3, 2, 0 };                                // of 84: 28, 56, 84 gone
    for (i64 i = 0; i < 3; i++) {
        LedgerRefund r = THIRDS[i];
        r.refund.v = i + 1, r.order.v = ORDER, r.cause = REFUND_CAUSE_GOODWILL;
        books_sum_refund(&r);
        check_int(books_refund(&w, &r), ERR_OK);
        check_int(books_account(&w, "fees", ORDER), FEES[i]);
    }
    check_int(books_available(&w, SHOP), 0);
    check_int(books_account(&w, "refunds_due", ORDER), s.paid);
    LedgerRefund more = { .refund = { 9 }, .order = { ORDER }, .goods = 1, .buyer = 1 };
    check_int(books_refund(&w, &more), ERR_WRONG_STATE);
    end(&w);
}

TEST(ledger_refunds_by_hand_leave_the_bank)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    s.method = PAYMENT_METHOD_COD;
    s.cod_fee = 500000;
    books_sum_sale(&s);
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_number(&w, "SELECT count(*) FROM ledger_posting WHERE debit = 'clearing' AND part = 'cod'"), 1);
    LedgerRefund r = books_whole(&s, 1, REFUND_CAUSE_LOST);
    check_int(books_refund(&w, &r), ERR_OK);
    check_int(books_refund_paid(&w, 1), ERR_OK);
    check_int(books_account(&w, "clearing", ORDER), -PAID - 500000);        // the carrier owes it still
    check_int(books_account(&w, "bank", ORDER), PAID + 500000);
    end(&w);
}

TEST(ledger_parts_of_an_amount)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    s.goods = 101, s.by_seller = 11, s.by_platform = 7, s.shipping = 13, s.cod_fee = 5, s.tax = s.tax_added = 10;
    books_sum_sale(&s);
    check_int(books_capture(&w, &s), ERR_OK);
    LedgerRefund r = { 0 };
    check_int(books_parts(&w, ORDER, s.paid + 1, &r), ERR_WRONG_STATE);
    check_int(books_parts(&w, ORDER + 1, 1, &r), ERR_NOT_FOUND);
    check_int(books_parts(&w, ORDER, 0, &r), ERR_OK);
    check_int(r.buyer + r.goods, 0);
    for (i64 left = s.paid, id = 1; left > 0; left -= 7, id++) {
        i64 amount = left < 7 ? left : 7;
        r = (LedgerRefund){ .refund = { id }, .cause = REFUND_CAUSE_GOODWILL };
        check_int(books_parts(&w, ORDER, amount, &r), ERR_OK);
        check_int(r.buyer, amount);
        check_int(books_refund(&w, &r), ERR_OK);
    }
    check_int(books_account(&w, "buyer", 0), 0);
    check_int(books_account(&w, "promotions", 0), 0);
    end(&w);
}

TEST(ledger_cash_that_was_not_collected_is_not_owed)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    s.method = PAYMENT_METHOD_COD;
    check_int(books_capture(&w, &s), ERR_OK);
    LedgerRefund r = { .refund = { 1 }, .cause = REFUND_CAUSE_CANCELLED };
    check_int(books_parts(&w, ORDER, 200000, &r), ERR_OK);
    check_int(books_refund(&w, &r), ERR_OK);
    check_int(books_uncollected(&w, 1), ERR_OK);
    check_int(books_account(&w, "clearing", ORDER), 200000 - PAID);
    check_int(books_account(&w, "bank", ORDER), 0);
    end(&w);
}

TEST(ledger_transfers_lie_in_the_bank)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    s.method = PAYMENT_METHOD_TRANSFER;
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_account(&w, "bank", ORDER), -PAID);
    LedgerRefund r = books_whole(&s, 1, REFUND_CAUSE_CANCELLED);
    check_int(books_refund(&w, &r), ERR_OK);
    check_int(books_refund_paid(&w, 1), ERR_OK);
    check_int(books_account(&w, "bank", ORDER), 0);
    end(&w);
}

// ---------------------------------------------------------------------------------------------- chargebacks

TEST(ledger_chargeback_and_its_exact_reverse)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER), t = books_sale(SHOP, ORDER + 1);
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_capture(&w, &t), ERR_OK);
    LedgerRefund early = books_whole(&s, 1, REFUND_CAUSE_CHARGEBACK), late = books_whole(&t, 2, REFUND_CAUSE_CHARGEBACK);
    check_int(books_refund(&w, &early), ERR_OK);                            // in transit
    check_int(books_refund(&w, &early), ERR_OK);
    check_int(books_account(&w, "buyer", ORDER), 0);
    check_int(books_account(&w, "clearing", ORDER), 0);
    settle_now(&w, ORDER + 1);
    check_int(books_refund(&w, &late), ERR_OK);                             // settled
    check_int(books_available(&w, SHOP), 0);
    check_int(world_audit(&w), 0);
    check_int(books_won(&w, 1), ERR_OK);
    check_int(books_won(&w, 1), ERR_OK);
    check_int(books_won(&w, 2), ERR_OK);
    check_int(books_won(&w, 3), ERR_NOT_FOUND);
    check_int(books_account(&w, "buyer", ORDER), GROSS);
    check_int(books_account(&w, "clearing", ORDER), -PAID);
    check_int(books_available(&w, SHOP), GROSS - FEE);
    check_int(books_account(&w, "fees", 0), FEE);
    check_int(books_account(&w, "promotions", 0), -600000);
    end(&w);
}

TEST(ledger_chargeback_after_a_refund_is_a_loss)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    check_int(books_capture(&w, &s), ERR_OK);
    LedgerRefund half = { .refund = { 1 }, .cause = REFUND_CAUSE_GOODWILL };
    check_int(books_parts(&w, ORDER, PAID / 2, &half), ERR_OK);
    check_int(books_refund(&w, &half), ERR_OK);
    check_int(books_refund_paid(&w, 1), ERR_OK);
    LedgerRefund whole = books_whole(&s, 2, REFUND_CAUSE_CHARGEBACK);
    check_int(books_refund(&w, &whole), ERR_OK);
    check_int(books_account(&w, "loss", ORDER), -PAID / 2);
    check_int(books_account(&w, "clearing", ORDER), PAID / 2);              // gave back half more than came in
    check_int(books_account(&w, "buyer", ORDER), 0);
    check_int(world_audit(&w), 0);
    check_int(books_won(&w, 2), ERR_OK);
    check_int(books_account(&w, "loss", ORDER), 0);
    check_int(books_account(&w, "clearing", ORDER), -PAID / 2);
    end(&w);
}

TEST(ledger_chargeback_won_after_the_settlement_is_settled_at_once)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    check_int(books_capture(&w, &s), ERR_OK);
    LedgerRefund r = { .refund = { 1 }, .cause = REFUND_CAUSE_CHARGEBACK };
    check_int(books_parts(&w, ORDER, 4000000, &r), ERR_OK);
    check_int(books_refund(&w, &r), ERR_OK);
    settle_now(&w, ORDER);
    check_int(books_account(&w, "buyer", ORDER), 0);
    check(books_available(&w, SHOP) < GROSS - FEE);
    check_int(books_won(&w, 1), ERR_OK);
    check_int(books_account(&w, "buyer", ORDER), 0);
    check_int(books_available(&w, SHOP), GROSS - FEE);
    check_int(books_account(&w, "fees", ORDER), FEE);
    end(&w);
}

TEST(ledger_provider_fees_add_up)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER);
    check_int(books_provider_fee(&w, ORDER, 100), ERR_NOT_FOUND);
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_provider_fee(&w, ORDER, 71400), ERR_OK);
    check_int(books_account(&w, "provider_fees", ORDER), -71400);
    check_int(books_provider_fee(&w, ORDER, 8600), ERR_OK);                 // and something for a dispute
    check_int(books_provider_fee(&w, ORDER, 0), ERR_OK);
    check_int(books_account(&w, "provider_fees", ORDER), -80000);
    check_int(books_account(&w, "clearing", ORDER), 80000 - PAID);
    end(&w);
}

// ---------------------------------------------------------------------------------------------- the books themselves

TEST(ledger_nothing_edits_or_deletes_a_posting_or_a_line)
{
    static const char *const NEVER[] = { "UPDATE ledger_posting", "DELETE FROM ledger_posting", "UPDATE ledger_line",
                                         "DELETE FROM ledger_line" };
    for (i64 i = 0; i < QUERIES_N; i++)
        for (i64 k = 0; k < COUNT(NEVER); k++) check(strstr(QUERIES[i]->sql, NEVER[k]) == NULL);
}

// Each line breaks one thing; the audit finds it, and it is mended again.
TEST(ledger_audit_finds_each_kind_of_damage)
{
    World w = world_new();
    LedgerSale s = books_sale(SHOP, ORDER), t = books_sale(SHOP, ORDER + 1);
    s.tax = 1000000, s.tax_by_platform = true;
    check_int(books_capture(&w, &s), ERR_OK);
    check_int(books_capture(&w, &t), ERR_OK);
    settle_now(&w, ORDER);
    LedgerRefund r = { .refund = { 1 }, .cause = REFUND_CAUSE_GOODWILL };
    check_int(books_parts(&w, ORDER, 4000, &r), ERR_OK);
    check_int(books_refund(&w, &r), ERR_OK);
    check_int(world_audit(&w), 0);
    // table, what is set, by how much, where
    static const struct { const char *table, *column, *where; i64 by; } DAMAGE[] = {
        { "ledger_balance", "available", "available <> 0", 1 },
        { "ledger_balance", "lines", "lines > 0", 1 },
        { "ledger_posting", "amount", "kind = 'sale' AND debit = 'clearing'", 1 },
        { "ledger_posting", "amount", "kind = 'settled' AND credit = 'tax'", 1 },
        { "ledger_posting", "amount", "kind = 'settled' AND credit = 'fees'", -1 },
        { "ledger_posting", "shop_order", "kind = 'refund' AND credit = 'refunds_due'", -ORDER },
        { "ledger_posting", "shop", "kind = 'settled' AND credit = 'tax'", 1 },
        { "ledger_sale", "provider_fee", "shop > 0", 1 },
        { "ledger_sale", "fee_gone", "shop_order = 101", 1 },
        { "ledger_refund", "tax", "id = 1", 1 },
        { "ledger_line", "entry", "n = 1", 1 },
        { "ledger_line", "balance", "n = 2", 1 },
        { "ledger_line", "n", "n = 2", 1 },
        { "ledger_line", "at", "n = 2", -90000000000 },
    };
    for (i64 i = 0; i < COUNT(DAMAGE); i++) {
        const char *table = DAMAGE[i].table, *c = DAMAGE[i].column;
        books_spoil(&w, "UPDATE %s SET %s = %s + (%lld) WHERE %s", table, c, c, (long long)DAMAGE[i].by, DAMAGE[i].where);
        if (world_audit(&w) == 0) test_failed(__FILE__, __LINE__, "not found: %s.%s", table, c);
        books_spoil(&w, "UPDATE %s SET %s = %s - (%lld) WHERE %s", table, c, c, (long long)DAMAGE[i].by,
                    strcmp(c, "n") == 0 ? "n = 3" : DAMAGE[i].where);
        check_int(world_audit(&w), 0);
    }
    books_spoil(&w, "INSERT INTO ledger_total (kind, part, currency, debit, credit, upto) VALUES ('fees', '', 'IDR', 7, 0, 1)");
    check_int(world_audit(&w), 1);
    books_spoil(&w, "DELETE FROM ledger_total");
    books_spoil(&w, "UPDATE ledger_sale SET state = 'settled' WHERE shop_order = 102");
    check(world_audit(&w) > 0);
    books_spoil(&w, "UPDATE ledger_sale SET state = 'held' WHERE shop_order = 102");
    books_spoil(&w, "UPDATE ledger_refund SET state = 'paid'");
    check(world_audit(&w) > 0);
    books_spoil(&w, "UPDATE ledger_refund SET state = 'due'");
    end(&w);
}
