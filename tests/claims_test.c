// What the buyer's bank takes and gives back, from a signed webhook to the books: the account of a provider agrees with what
// lies there, whatever was refunded before, whichever of several disputes ends first.
#include "ledger/ledger_kit.h"
#include "payments/payments_kit.h"

typedef enum Word { OPENED, WITHDRAWN, LOST, WON, REINSTATED } Word;

static void claim(PayWorld *p, Bought b, const char *dispute, i64 minor, Word word)
{
    static const struct { const char *type, *status; } WORDS[] = {
        [OPENED] = { "charge.dispute.created", "needs_response" },
        [WITHDRAWN] = { "charge.dispute.funds_withdrawn", "needs_response" },
        [LOST] = { "charge.dispute.closed", "lost" }, [WON] = { "charge.dispute.closed", "won" },
        [REINSTATED] = { "charge.dispute.funds_reinstated", "won" },
    };
    i64 at = p->hooks++;
    check_int(hook_stripe(p, world_path(&p->w, "evt_claim_%lld", (long long)at), WORDS[word].type,
                          world_path(&p->w, "{\"id\":\"dp_%s\",\"charge\":\"ch_%s\",\"amount\":%lld,\"currency\":\"idr\","
                                            "\"reason\":\"fraudulent\",\"status\":\"%s\"}",
                                     dispute, peer_of(p, b.payment)->id, (long long)minor, WORDS[word].status), NULL, 0), 200);
    pay_run(p);
}

static void pays(PayWorld *p, Bought b)
{
    hook_intent(p, world_path(&p->w, "evt_paid_%lld", (long long)b.payment), "succeeded", b.payment, 0);
    pay_run(p);
    check_str(pay_state(p, b.payment), STR("succeeded"));
}

// An order of 60,000.00 by card.
static Bought sold(PayWorld *p)
{
    Bought b = pay_buy(p, p->w.ana, "card");
    pay_run(p);
    pays(p, b);
    return b;
}

static void gives_back(PayWorld *p, Bought b, i64 minor)
{
    Answer x = world_post(&p->w, p->w.sari, world_path(&p->w, "/v1/orders/%lld/refunds", (long long)b.order),
                          world_path(&p->w, "{\"amount\":{\"minor\":%lld,\"currency\":\"IDR\"},\"reason\":\"scratched\"}",
                                     (long long)minor));
    check_int(x.status, 201);
    pay_run(p);
}

static i64 refunded(PayWorld *p, Bought b)
{
    return books_number(&p->w, "SELECT refunded_minor FROM shop_order WHERE id = %lld", (long long)b.order);
}

// What lies with the provider of this order's money, without its fees: credits are what is owed to us the less.
static i64 held(PayWorld *p, Bought b)
{
    return -books_account(&p->w, "clearing", b.order) - books_account(&p->w, "provider_fees", b.order);
}

static i64 lost(PayWorld *p, Bought b)
{
    return -books_account(&p->w, "loss", b.order);
}

static void end(PayWorld *p)
{
    check_int(world_audit(&p->w), 0);
    pay_close(p);
}

// ---------------------------------------------------------------------------------------------- for more than is left

TEST(a_dispute_for_more_than_is_left_costs_the_market_the_rest)
{
    PayWorld p;
    pay_open(&p);
    Bought b = sold(&p);
    gives_back(&p, b, 2000000);
    check_int(held(&p, b), 4000000);
    claim(&p, b, "all", 6000000, OPENED);
    claim(&p, b, "all", 6000000, WITHDRAWN);
    check_int(refunded(&p, b), 6000000);
    check_int(held(&p, b), -2000000);                        // the provider takes it from what else lies there
    check_int(lost(&p, b), 2000000);
    check_int(world_audit(&p.w), 0);
    claim(&p, b, "all", 6000000, REINSTATED);
    claim(&p, b, "all", 6000000, WON);
    check_int(refunded(&p, b), 2000000);
    check_int(held(&p, b), 4000000);
    check_int(lost(&p, b), 0);
    end(&p);
}

TEST(a_dispute_about_what_was_all_given_back_is_the_markets_loss_alone)
{
    PayWorld p;
    pay_open(&p);
    Bought b = sold(&p);
    gives_back(&p, b, 6000000);
    check_int(held(&p, b), 0);
    claim(&p, b, "late", 6000000, OPENED);
    check_int(refunded(&p, b), 6000000);
    check_int(held(&p, b), -6000000);
    check_int(lost(&p, b), 6000000);
    // The buyer's list of refunds is not longer by it; the timeline says what happened.
    Answer x = world_get(&p.w, p.w.ana, world_path(&p.w, "/v1/orders/%lld", (long long)b.order));
    check_str(answer_at(&p.w, &x, "refunds[0].cause"), STR("goodwill"));
    check_str(answer_at(&p.w, &x, "refunds[1].cause"), STR(""));
    check_int(books_number(&p.w, "SELECT count(*) FROM order_event WHERE kind = 'disputed' AND note = '6000000 IDR'"), 1);
    claim(&p, b, "late", 6000000, LOST);
    check_int(lost(&p, b), 6000000);
    check_int(books_number(&p.w, "SELECT count(*) FROM order_event WHERE kind = 'dispute_lost'"), 1);
    // More than was ever paid, of an order of which all is left: currencies move.
    Bought c = sold(&p);
    claim(&p, c, "more", 6100000, OPENED);
    check_int(refunded(&p, c), 6000000);
    check_int(held(&p, c), -100000);
    check_int(lost(&p, c), 100000);
    claim(&p, c, "more", 6100000, WON);
    check_int(held(&p, c), 6000000);
    end(&p);
}

// ---------------------------------------------------------------------------------------------- several

// What a bank says in its buyer's currency is no number of our books.
TEST(a_dispute_in_another_currency_is_about_all_of_the_payment)
{
    PayWorld p;
    pay_open(&p);
    Bought b = sold(&p);
    check_int(hook_stripe(&p, "evt_claim_usd", "charge.dispute.created",
                          world_path(&p.w, "{\"id\":\"dp_usd\",\"charge\":\"ch_%s\",\"amount\":999999999,\"currency\":\"usd\","
                                           "\"reason\":\"fraudulent\",\"status\":\"needs_response\"}",
                                     peer_of(&p, b.payment)->id), NULL, 0), 200);
    pay_run(&p);
    claim(&p, b, "usd", 6000000, WITHDRAWN);
    check_int(refunded(&p, b), 6000000);
    check_int(lost(&p, b), 0);
    check_int(held(&p, b), 0);
    end(&p);
}

TEST(disputes_of_one_payment_end_each_by_itself)
{
    // a is about 20,000.00 and b about 30,000.00; what is left of each at the end, of the order's 60,000.00.
    typedef struct Said { char dispute; Word word; } Said;
    static const struct { Said said[8]; i64 n, back; } CASES[] = {
        { { { 'a', OPENED }, { 'b', OPENED }, { 'b', WON } }, 3, 2000000 },
        { { { 'a', OPENED }, { 'b', OPENED }, { 'a', WON } }, 3, 3000000 },
        { { { 'a', OPENED }, { 'b', OPENED }, { 'a', WON }, { 'a', REINSTATED }, { 'a', WON }, { 'b', LOST } }, 6, 3000000 },
        { { { 'b', LOST }, { 'a', OPENED }, { 'a', LOST }, { 'b', WON }, { 'a', WON } }, 5, 5000000 },
        { { { 'b', WON }, { 'a', OPENED }, { 'b', OPENED }, { 'b', WITHDRAWN } }, 4, 2000000 },
        { { { 'a', OPENED }, { 'a', WON }, { 'b', OPENED }, { 'a', OPENED }, { 'b', WON }, { 'b', WON } }, 6, 0 },
    };
    PayWorld p;
    pay_open(&p);
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Bought b = sold(&p);
        for (i64 k = 0; k < CASES[i].n; k++) {
            Said s = CASES[i].said[k];
            claim(&p, b, world_path(&p.w, "%lld%c", (long long)i, s.dispute), s.dispute == 'a' ? 2000000 : 3000000, s.word);
        }
        check_int(refunded(&p, b), CASES[i].back);
        check_int(held(&p, b), 6000000 - CASES[i].back);
        check_int(lost(&p, b), 0);
    }
    end(&p);
}

TEST(disputes_that_pass_the_payment_give_back_what_each_took)
{
    PayWorld p;
    pay_open(&p);
    Bought b = sold(&p);
    claim(&p, b, "one", 4000000, OPENED);
    claim(&p, b, "two", 4000000, OPENED);                    // half of it is no longer there to take
    check_int(refunded(&p, b), 6000000);
    check_int(held(&p, b), -2000000);
    check_int(lost(&p, b), 2000000);
    claim(&p, b, "one", 4000000, WON);
    check_int(refunded(&p, b), 2000000);
    check_int(held(&p, b), 2000000);
    check_int(lost(&p, b), 2000000);
    gives_back(&p, b, 1000000);
    claim(&p, b, "two", 4000000, WON);
    check_int(refunded(&p, b), 1000000);
    check_int(held(&p, b), 5000000);
    check_int(lost(&p, b), 0);
    end(&p);
}

// ---------------------------------------------------------------------------------------------- too early

TEST(a_dispute_that_is_heard_of_before_its_success_waits_for_it)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "card");
    pay_run(&p);
    claim(&p, b, "early", 6000000, OPENED);
    check_int(refunded(&p, b), 0);
    pays(&p, b);
    world_jump(&p.w, 2 * (i64)MINUTE_MS);
    pay_run(&p);
    check_int(refunded(&p, b), 6000000);
    check_int(held(&p, b), 0);
    check_int(lost(&p, b), 0);
    claim(&p, b, "early", 6000000, WON);
    check_int(held(&p, b), 6000000);
    end(&p);
}

// ---------------------------------------------------------------------------------------------- what belongs to no order

static i64 account(PayWorld *p, const char *which)
{
    return books_account(&p->w, which, 0);
}

// Debits less credits of what a provider has of one way to pay, its fees left out.
static i64 lies(PayWorld *p, const char *method)
{
    return books_number(&p->w, "SELECT COALESCE(sum(CASE WHEN debit = 'clearing' THEN amount ELSE 0 - amount END), 0) FROM "
                               "ledger_posting WHERE (debit = 'clearing' OR credit = 'clearing') AND part = '%s' AND kind <> "
                               "'provider_fee'", method);
}

static void by_hand(PayWorld *p, i64 refund)
{
    Answer x = world_post(&p->w, p->w.oma, world_path(&p->w, "/v1/operator/refunds/%lld/paid", (long long)refund),
                          "{\"paid_on\":\"2026-01-05\",\"reference\":\"BCA-77\"}");
    check_int(x.status, 200);
    pay_run(p);
}

// The newest refund in the operator's list of those that are paid by hand.
static i64 waiting(PayWorld *p)
{
    Answer x = world_get(&p->w, p->w.oma, "/v1/operator/refunds?by_hand=true");
    return answer_id(&p->w, &x, "items[0].id");
}

static void days(PayWorld *p, int n)
{
    for (int i = 0; i < n; i++) {
        world_jump(&p->w, DAY_MS);
        pay_run(p);
    }
}

TEST(a_payment_that_comes_twice_is_owed_back_until_the_provider_has_sent_it)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "qris");
    pay_run(&p);
    PeerThing *first = peer_of(&p, b.payment);
    peer_set(&p, first, "EXPIRED");
    world_jump(&p.w, 31 * SECOND_MS);
    pay_run(&p);
    check_int(world_post(&p.w, p.w.ana, world_path(&p.w, "/v1/payments/%lld/retry", (long long)b.payment), NULL).status, 200);
    pay_run(&p);
    peer_set(&p, peer_of(&p, b.payment), "SUCCEEDED");
    world_jump(&p.w, 31 * SECOND_MS);
    pay_run(&p);
    check_int(lies(&p, "qris"), 6000000);
    check_int(account(&p, "surplus"), 0);
    atomic_store(&p.peer.mood, PEER_SLOW_REFUNDS);
    peer_set(&p, first, "SUCCEEDED");                        // the provider changes its mind
    days(&p, 3);
    check_int(lies(&p, "qris"), 12000000);                   // it has come, and is still there
    check_int(account(&p, "surplus"), 6000000);
    check_int(world_audit(&p.w), 0);
    peer_set(&p, peer_refund(&p, 0), "SUCCEEDED");
    days(&p, 1);
    check_int(lies(&p, "qris"), 6000000);
    check_int(account(&p, "surplus"), 0);
    check_int(books_number(&p.w, "SELECT count(*) FROM ledger_posting WHERE kind = 'surplus'"), 1);
    check_int(books_number(&p.w, "SELECT count(*) FROM ledger_posting WHERE kind = 'surplus_paid'"), 1);
    // It comes back to the provider, and goes out once more.
    static const char *const WORDS[] = { "FAILED", "SUCCEEDED" };
    for (i64 i = 0; i < COUNT(WORDS); i++) {
        char at[TIME_ISO_SIZE];
        world_jump(&p.w, MINUTE_MS);
        time_to_iso_text(app_now(p.w.app), at);
        check_int(hook_xendit(&p, "token-kit", world_path(&p.w,
            "{\"event\":\"refund.%s\",\"created\":\"%s\",\"data\":{\"id\":\"%s\",\"status\":\"%s\",\"updated\":\"%s\","
            "\"reference_id\":\"%s\"}}", i % 2 ? "succeeded" : "failed", at, peer_refund(&p, 0)->id, WORDS[i], at,
            peer_refund(&p, 0)->reference)), 200);
        pay_run(&p);
        check_int(account(&p, "surplus"), i % 2 ? 0 : 6000000);
        check_int(lies(&p, "qris"), i % 2 ? 6000000 : 12000000);
        check_int(world_audit(&p.w), 0);
    }
    check_int(books_number(&p.w, "SELECT count(*) FROM ledger_posting WHERE kind = 'surplus_paid'"), 2);
    end(&p);
}

static void transfer(PayWorld *p, Bought b, i64 minor, const char *reference)
{
    char day[TIME_ISO_SIZE];
    time_to_iso_text(app_now(p->w.app), day);
    day[10] = 0;
    Answer x = world_post(&p->w, p->w.oma, world_path(&p->w, "/v1/operator/payments/%lld/receipts", (long long)b.payment),
                          world_path(&p->w, "{\"amount\":{\"minor\":%lld,\"currency\":\"IDR\"},\"received_on\":\"%s\","
                                            "\"reference\":\"%s\"}", (long long)minor, day, reference));
    check_int(x.status, 200);
    pay_run(p);
}

TEST(a_transfer_of_too_much_or_too_late_is_owed_back_until_it_was_paid_by_hand)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "transfer"), c = pay_buy(&p, p.w.ana, "transfer");
    transfer(&p, b, 6500000, "A1");
    check_int(account(&p, "bank"), -6500000);
    check_int(account(&p, "surplus"), 500000);
    by_hand(&p, waiting(&p));
    check_int(account(&p, "bank"), -6000000);
    check_int(account(&p, "surplus"), 0);
    // A part for what is then given up, and the rest when it is over.
    transfer(&p, c, 1000000, "B1");
    check_int(world_post(&p.w, p.w.ana, world_path(&p.w, "/v1/orders/%lld/cancel", (long long)c.order), "{}").status, 200);
    pay_run(&p);
    check_int(account(&p, "surplus"), 1000000);
    transfer(&p, c, 5000000, "B2");
    check_int(account(&p, "surplus"), 6000000);
    check_int(account(&p, "bank"), -12000000);
    check_int(world_audit(&p.w), 0);
    by_hand(&p, waiting(&p));
    by_hand(&p, waiting(&p));
    check_int(account(&p, "surplus"), 0);
    check_int(account(&p, "bank"), -6000000);
    check_int(lies(&p, "transfer"), 0);
    end(&p);
}

// ---------------------------------------------------------------------------------------------- by another way back

TEST(a_refund_that_comes_back_to_the_provider_is_paid_from_our_own_account)
{
    PayWorld p;
    pay_open(&p);
    Bought b = sold(&p);
    gives_back(&p, b, 2000000);
    check_int(held(&p, b), 4000000);
    i64 refund = books_number(&p.w, "SELECT id FROM payment_refund WHERE payment = %lld", (long long)b.payment);
    hook_stripe(&p, "evt_back", "refund.failed",
                world_path(&p.w, "{\"id\":\"re_9\",\"status\":\"failed\",\"failure_reason\":\"lost_or_stolen_card\","
                                 "\"metadata\":{\"etalase_refund\":\"%lld\"}}", (long long)refund), NULL,
                app_now(p.w.app) + MINUTE_MS);
    pay_run(&p);
    check_int(held(&p, b), 6000000);
    check_int(books_account(&p.w, "refunds_due", b.order), 2000000);
    check_int(world_audit(&p.w), 0);
    Answer x = world_get(&p.w, p.w.ana, world_path(&p.w, "/v1/orders/%lld", (long long)b.order));
    check_str(answer_at(&p.w, &x, "refunds[0].state"), STR("failed"));
    by_hand(&p, refund);
    check_int(held(&p, b), 6000000);
    check_int(books_account(&p.w, "refunds_due", b.order), 0);
    check_int(account(&p, "bank"), 2000000);
    x = world_get(&p.w, p.w.ana, world_path(&p.w, "/v1/orders/%lld", (long long)b.order));
    check_str(answer_at(&p.w, &x, "refunds[0].state"), STR("sent"));
    end(&p);
}

TEST(the_audit_notices_when_what_is_owed_back_is_not_in_the_books)
{
    PayWorld p;
    pay_open(&p);
    transfer(&p, pay_buy(&p, p.w.ana, "transfer"), 6500000, "A1");
    check_int(world_audit(&p.w), 0);
    books_spoil(&p.w, "UPDATE ledger_posting SET amount = 400000 WHERE kind = 'surplus'");
    check_int(world_audit(&p.w), 1);
    books_spoil(&p.w, "DELETE FROM ledger_posting WHERE kind = 'surplus'");
    check_int(world_audit(&p.w), 1);
    pay_close(&p);
}
