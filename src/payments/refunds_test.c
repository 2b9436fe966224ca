// The ways back of money, disputes, transfers that the operator confirms, QRIS and virtual accounts; races; and an audit that
// finds what was broken on purpose.
#include "payments/payments_kit.h"

// ---------------------------------------------------------------------------------------------- what the rules say, seen
// directly

// Runs a rule in a transaction of its own, as whoever.
typedef struct Rule { PayWorld *p; Err (*f)(Tx *tx, const By *by, void *in); void *in; Arena a; } Rule;

static Err run_rule(Tx *tx, void *context)
{
    Rule *r = context;
    App *app = r->p->w.app;
    arena_reset(&r->a);
    tx->a = &r->a;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault, .demo = true, .pay = app->pay };
    return r->f(tx, &by, r->in);
}

static Err rule(PayWorld *p, Err (*f)(Tx *tx, const By *by, void *in), void *in)
{
    Rule r = { .p = p, .f = f, .in = in };
    Err e = db_run(p->w.app->db, true, run_rule, &r);
    arena_free(&r.a);
    return e;
}

static Err give_back(Tx *tx, const By *by, void *in)
{
    return payment_refund(tx, by, in);
}

// A paid checkout and a refund of a part of it, for its order, as orders ask for it.
static Bought paid_by(PayWorld *p, const char *method)
{
    Bought b = pay_buy(p, p->w.ana, method);
    pay_run(p);
    if (strcmp(method, "card") == 0) {
        hook_intent(p, world_path(&p->w, "evt_paid_%lld", (long long)b.payment), "succeeded", b.payment, 0);
        pay_run(p);
        check_str(pay_state(p, b.payment), STR("succeeded"));
    }
    return b;
}

static Err refund_part(PayWorld *p, Bought b, i64 refund, i64 minor)
{
    PaymentRefundAsk ask = { .payment = { b.payment }, .refund = { refund }, .order = { b.order }, .amount = { minor, { "IDR" } },
                             .reason = STR("came broken") };
    return rule(p, give_back, &ask);
}

// How often each kind of change was told.
static i64 told[PAYMENT_CHANGE_PAYOUT_FAILED + 1];

static Err count_changes(Tx *tx, const By *by, i64 event)
{
    PaymentChange change;
    try(payment_apply(tx, by, event, &change));
    told[change.kind]++;
    return ERR_OK;
}

static const TaskKind COUNTING[] = {
    { .name = "payment_event", .rule = count_changes }, { .name = "payment_start", .job = payment_start_job },
    { .name = "payment_check", .job = payment_check_job }, { .name = "refund_send", .job = refund_send_job },
    { .name = "refund_check", .job = refund_check_job }, { .name = "payment_cancel", .job = payment_cancel_job },
        { .name = NULL },
};

static void count_run(PayWorld *p)
{
    tasks_run_due(p->w.app, COUNTING);
}

static void count_begin(void)
{
    for (i64 i = 0; i < COUNT(told); i++) told[i] = 0;
}

static Answer buyer_refunds(PayWorld *p, i64 payment)
{
    return world_get(&p->w, p->w.ana, world_path(&p->w, "/v1/payments/%lld/refunds", (long long)payment));
}

// ---------------------------------------------------------------------------------------------- through a provider

TEST(a_refund_is_written_first_and_sent_once)
{
    PayWorld p;
    pay_open(&p);
    Bought b = paid_by(&p, "card");
    count_begin();
    check_int(refund_part(&p, b, 501, 2000000), ERR_OK);
    check_int(refund_part(&p, b, 501, 2000000), ERR_OK);              // the same again changes nothing
    check_int(refund_part(&p, b, 501, 1000000), ERR_WRONG_STATE);     // another under its number
    check_int(refund_part(&p, b, 502, 4000001), ERR_WRONG_STATE);     // more than is left
    Answer x = buyer_refunds(&p, b.payment);
    check_str(answer_at(&p.w, &x, "items[0].state"), STR("due"));
    check_str(answer_at(&p.w, &x, "items[1].state"), STR(""));
    count_run(&p);
    check_int(told[PAYMENT_CHANGE_REFUND_SENT], 1);
    x = buyer_refunds(&p, b.payment);
    check_str(answer_at(&p.w, &x, "items[0].state"), STR("sent"));
    check_int(peer_of(&p, b.payment)->refunded, 2000000);
    check_int(refund_part(&p, b, 503, 4000000), ERR_OK);
    count_run(&p);
    check_int(told[PAYMENT_CHANGE_REFUND_SENT], 2);
    check_str(pay_state(&p, b.payment), STR("refunded"));
    check_int(world_get(&p.w, p.w.budi, world_path(&p.w, "/v1/payments/%lld/refunds", (long long)b.payment)).status, 404);
    // Its webhook, which comes later: known.
    PeerThing *t = peer_refund(&p, 503);
    hook_stripe(&p, "evt_r", "refund.updated", world_path(&p.w, "{\"id\":\"%s\",\"status\":\"succeeded\",\"amount\":4000000,"
                "\"currency\":\"idr\",\"metadata\":{\"etalase_refund\":\"503\"}}", t->id), NULL, 0);
    count_run(&p);
    check_int(told[PAYMENT_CHANGE_REFUND_SENT], 2);
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

// The operator pays refund 601, and has 602 sent again. `sent`: how many were told as sent before.
static void pay_by_hand_and_again(PayWorld *p, Bought b, i64 sent)
{
    Answer x;
    const char *paid = world_path(&p->w, "/v1/operator/refunds/%d/paid", 601);
    const char *body = "{\"paid_on\":\"2026-01-05\",\"reference\":\"BCA-77\"}";
    check_int(world_post(&p->w, p->w.sari, paid, body).status, 403);
    check_int(world_post(&p->w, p->w.oma, paid, "{\"paid_on\":\"2026-13-05\",\"reference\":\"x\"}").status, 422);
    check_int(world_post(&p->w, p->w.oma, paid, "{\"paid_on\":\"2999-01-05\",\"reference\":\"x\"}").status, 422);
    x = world_post(&p->w, p->w.oma, paid, body);
    check_int(x.status, 200);
    check_str(answer_at(&p->w, &x, "state"), STR("sent"));
    check_int(world_post(&p->w, p->w.oma, paid, body).status, 409);
    count_run(p);
    check_int(told[PAYMENT_CHANGE_REFUND_SENT], sent + 1);
    // The other one is sent again through the provider, under a new key.
    atomic_store(&p->peer.mood, PEER_WELL);
    x = world_post(&p->w, p->w.oma, "/v1/operator/refunds/602/again", NULL);
    check_int(x.status, 200);
    count_run(p);
    x = buyer_refunds(p, b.payment);
    check_str(answer_at(&p->w, &x, "items[1].state"), STR("sent"));
    check_int(world_post(&p->w, p->w.oma, "/v1/operator/refunds/602/again", NULL).status, 409);
}

TEST(a_refund_that_hangs_is_asked_about_and_one_that_fails_is_paid_by_hand)
{
    PayWorld p;
    pay_open(&p);
    Bought b = paid_by(&p, "card");
    count_begin();
    atomic_store(&p.peer.mood, PEER_DOWN);
    check_int(refund_part(&p, b, 601, 1000000), ERR_OK);
    count_run(&p);
    atomic_store(&p.peer.mood, PEER_LOSES);
    world_jump(&p.w, 10 * SECOND_MS);
    count_run(&p);
    atomic_store(&p.peer.mood, PEER_SLOW_REFUNDS);
    world_jump(&p.w, MINUTE_MS);
    count_run(&p);
    check_int(peer_of(&p, b.payment)->refunded, 1000000);             // asked three times, done once
    check_int(refund_part(&p, b, 602, 1000000), ERR_OK);
    count_run(&p);
    world_jump(&p.w, 31 * SECOND_MS);
    count_run(&p);
    Answer x = world_get(&p.w, p.w.oma, "/v1/operator/refunds");
    check_str(answer_at(&p.w, &x, "items[0].id"), STR("602"));
    check_str(answer_at(&p.w, &x, "items[0].by_hand"), STR("false"));
    peer_set(&p, peer_refund(&p, 602), "failed");
    world_jump(&p.w, 2 * MINUTE_MS);
    count_run(&p);
    check_int(told[PAYMENT_CHANGE_REFUND_FAILED], 1);
    x = world_get(&p.w, p.w.oma, "/v1/operator/refunds?by_hand=true");
    check_str(answer_at(&p.w, &x, "items[0].id"), STR("602"));
    check_str(answer_at(&p.w, &x, "items[0].state"), STR("failed"));
    // Sent first, and taken back by the bank days later.
    i64 sent = told[PAYMENT_CHANGE_REFUND_SENT];
    check_int(sent, 1);
    hook_stripe(&p, "evt_f", "refund.failed", "{\"id\":\"re_9\",\"status\":\"failed\",\"failure_reason\":\"lost_or_stolen_card\","
                "\"metadata\":{\"etalase_refund\":\"601\"}}", NULL, app_now(p.w.app) + DAY_MS);
    count_run(&p);
    check_int(told[PAYMENT_CHANGE_REFUND_FAILED], 2);
    // …and the older news that it was sent comes once more: it is not believed.
    hook_stripe(&p, "evt_s", "refund.updated",
                "{\"id\":\"re_9\",\"status\":\"succeeded\",\"metadata\":{\"etalase_refund\":\"601\"}}",
                NULL, app_now(p.w.app) - MINUTE_MS);
    count_run(&p);
    check_int(told[PAYMENT_CHANGE_REFUND_SENT], sent);

    pay_by_hand_and_again(&p, b, sent);
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

// ---------------------------------------------------------------------------------------------- disputes

static void dispute(PayWorld *p, i64 payment, const char *which, int kind)
{
    static const struct { const char *type, *status; } KINDS[] = {
        { "charge.dispute.created", "needs_response" }, { "charge.dispute.funds_withdrawn", "needs_response" },
        { "charge.dispute.closed", "lost" }, { "charge.dispute.closed", "won" }, { "charge.dispute.funds_reinstated", "won" },
        { "charge.dispute.created", "warning_needs_response" },
    };
    check_int(hook_stripe(p, world_path(&p->w, "evt_%s_%d", which, kind), KINDS[kind].type, world_path(&p->w,
        "{\"id\":\"dp_%s\",\"charge\":\"ch_%s\",\"amount\":6000000,\"currency\":\"idr\",\"reason\":\"fraudulent\","
        "\"status\":\"%s\"}",
        which, peer_of(p, payment)->id, KINDS[kind].status), NULL, 0), 200);
    count_run(p);
}

TEST(a_dispute_is_told_once_and_ends_once_whatever_comes_first)
{
    static const struct { int events[4]; i64 n, opened, won, lost; } CASES[] = {
        { { 0, 1, 2 }, 3, 1, 0, 1 }, { { 1, 0, 2, 2 }, 4, 1, 0, 1 }, { { 2, 0, 1 }, 3, 1, 0, 1 }, { { 2, 1, 0, 2 }, 4, 1, 0, 1 },
        { { 0, 1, 3, 4 }, 4, 1, 1, 0 }, { { 0, 4, 3, 1 }, 4, 1, 1, 0 }, { { 3, 0, 1, 4 }, 4, 0, 0, 0 }, { { 5, 5 }, 2, 0, 0, 0 },
    };
    PayWorld p;
    pay_open(&p);
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Bought b = paid_by(&p, "card");
        count_begin();
        for (i64 k = 0; k < CASES[i].n; k++) dispute(&p, b.payment, world_path(&p.w, "d%lld", (long long)i), CASES[i].events[k]);
        check_int(told[PAYMENT_CHANGE_DISPUTED], CASES[i].opened);
        check_int(told[PAYMENT_CHANGE_DISPUTE_WON], CASES[i].won);
        check_int(told[PAYMENT_CHANGE_DISPUTE_LOST], CASES[i].lost);
    }
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

// ---------------------------------------------------------------------------------------------- bank transfer

static Answer receipt(PayWorld *p, Person who, i64 payment, i64 minor, const char *reference)
{
    char day[TIME_ISO_SIZE];
    time_to_iso_text(app_now(p->w.app), day);
    day[10] = 0;
    Answer x = world_post(&p->w, who, world_path(&p->w, "/v1/operator/payments/%lld/receipts", (long long)payment),
                          world_path(&p->w,
        "{\"amount\":{\"minor\":%lld,\"currency\":\"IDR\"},\"received_on\":\"%s\",\"reference\":\"%s\"}", (long long)minor, day,
        reference));
    pay_run(p);
    return x;
}

TEST(a_transfer_is_confirmed_by_hand_with_too_little_and_too_much)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "transfer"), c = pay_buy(&p, p.w.ana, "transfer");
    Answer x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "state"), STR("action_needed"));
    check_str(answer_at(&p.w, &x, "next_step"), STR("transfer"));
    check_str(answer_at(&p.w, &x, "account_number"), STR("1234567890"));
    Str reference = answer_at(&p.w, &x, "reference");
    check_int((i64)reference.n, 9);
    x = pay_get(&p, c.payment);
    check(!str_eq(reference, answer_at(&p.w, &x, "reference")));
    x = world_get(&p.w, p.w.oma, world_path(&p.w, "/v1/operator/payments?reference=%.*s", STR_ARG(reference)));
    check_int(answer_id(&p.w, &x, "items[0].id"), b.payment);

    check_int(receipt(&p, p.w.sari, b.payment, 6000000, "A1").status, 403);
    check_int(receipt(&p, p.w.oma, b.payment, 4000000, "A1").status, 200);
    x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "state"), STR("action_needed"));
    check_str(answer_at(&p.w, &x, "received.minor"), STR("4000000"));
    x = world_get(&p.w, p.w.oma, "/v1/operator/payments?list=late");
    check_str(answer_at(&p.w, &x, "items[0].trouble"), STR("part"));
    check_int(receipt(&p, p.w.oma, b.payment, 4000000, "A1").status, 409);       // the same entry of the statement
    check_int(receipt(&p, p.w.oma, c.payment, 4000000, "A1").status, 409);
    check_int(receipt(&p, p.w.oma, b.payment, 2500000, "A2").status, 200);
    check_str(pay_state(&p, b.payment), STR("succeeded"));
    check_str(pay_order_state(&p, b.order), STR("awaiting_shipment"));
    x = world_get(&p.w, p.w.oma, "/v1/operator/refunds?by_hand=true");
    check_str(answer_at(&p.w, &x, "items[0].kind"), STR("surplus"));
    check_str(answer_at(&p.w, &x, "items[0].amount.minor"), STR("500000"));
    check_int(receipt(&p, p.w.oma, b.payment, 100000, "A3").status, 200);        // once more, though it was paid
    x = world_get(&p.w, p.w.oma, "/v1/operator/refunds?by_hand=true");
    check_str(answer_at(&p.w, &x, "items[0].amount.minor"), STR("100000"));
    check_int(world_audit(&p.w), 0);

    // A part of another, which is then given up: what came goes back, and so does what comes later.
    check_int(receipt(&p, p.w.oma, c.payment, 1000000, "B1").status, 200);
    check_int(world_post(&p.w, p.w.ana, world_path(&p.w, "/v1/orders/%lld/cancel", (long long)c.order), "{}").status, 200);
    x = pay_detail(&p, c.payment);
    check_str(answer_at(&p.w, &x, "refunds[0].amount.minor"), STR("1000000"));
    check_int(receipt(&p, p.w.oma, c.payment, 5000000, "B2").status, 200);
    x = pay_detail(&p, c.payment);
    check_str(answer_at(&p.w, &x, "refunds[0].amount.minor"), STR("5000000"));       // the newest first
    check_str(answer_at(&p.w, &x, "payment.state"), STR("cancelled"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(receipts_are_looked_at_before_they_are_believed)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "transfer"), cod = pay_buy(&p, p.w.ana, "cod");
    const char *path = world_path(&p.w, "/v1/operator/payments/%lld/receipts", (long long)b.payment);
    static const char *const BAD[] = {
        "{\"amount\":{\"minor\":0,\"currency\":\"IDR\"},\"received_on\":\"2026-01-05\",\"reference\":\"x\"}",
        "{\"amount\":{\"minor\":-5,\"currency\":\"IDR\"},\"received_on\":\"2026-01-05\",\"reference\":\"x\"}",
        "{\"amount\":{\"minor\":1.5,\"currency\":\"IDR\"},\"received_on\":\"2026-01-05\",\"reference\":\"x\"}",
        "{\"amount\":{\"minor\":100,\"currency\":\"IDR\"},\"received_on\":\"05-01-2026\",\"reference\":\"x\"}",
        "{\"amount\":{\"minor\":100,\"currency\":\"IDR\"},\"received_on\":\"2999-01-05\",\"reference\":\"x\"}",
        "{\"amount\":{\"minor\":100,\"currency\":\"IDR\"},\"received_on\":\"1999-01-05\",\"reference\":\"x\"}",
        "{\"amount\":{\"minor\":100,\"currency\":\"IDR\"},\"received_on\":\"2026-01-05\",\"reference\":\"\"}",
    };
    for (i64 i = 0; i < COUNT(BAD); i++) check_int(world_post(&p.w, p.w.oma, path, BAD[i]).status, 422);
    check_int(world_post(&p.w, p.w.oma, path, "{\"amount\":{\"minor\":100,\"currency\":\"EUR\"},\"received_on\":\"2026-01-05\","
                         "\"reference\":\"x\"}").status, 409);
    check_int(receipt(&p, p.w.oma, cod.payment, 100, "x").status, 409);
    check_int(receipt(&p, p.w.oma, 7, 100, "x").status, 404);
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(a_buyer_says_where_money_goes_back_to_and_only_the_operator_reads_it)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "transfer");
    receipt(&p, p.w.oma, b.payment, 6000000, "A1");
    check_int(refund_part(&p, b, 701, 6000000), ERR_OK);
    const char *path = "/v1/refunds/701/account";
    const char *body = "{\"bank\":\"BCA\",\"account_number\":\"0123456\",\"account_name\":\"Ana Lestari\"}";
    check_int(world_put(&p.w, p.w.budi, path, body).status, 404);
    Answer x = world_put(&p.w, p.w.ana, path, body);
    check_int(x.status, 200);
    check_str(answer_at(&p.w, &x, "pay_to.account_number"), STR("0123456"));
    x = world_get(&p.w, p.w.oma, "/v1/operator/refunds?by_hand=true");
    check_str(answer_at(&p.w, &x, "items[0].pay_to.account_name"), STR("Ana Lestari"));
    check_int(world_post(&p.w, p.w.oma, "/v1/operator/refunds/701/paid",
                         "{\"paid_on\":\"2026-01-05\",\"reference\":\"T1\"}").status, 200);
    check_int(world_put(&p.w, p.w.ana, path, body).status, 409);
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

// ---------------------------------------------------------------------------------------------- QRIS and virtual accounts

static int capture(PayWorld *p, i64 payment, const char *token)
{
    PeerThing *t = peer_of(p, payment);
    return hook_xendit(p, token, world_path(&p->w, "{\"event\":\"payment.capture\",\"business_id\":\"b\",\"created\":"
        "\"2026-01-05T10:00:00.000Z\",\"data\":{\"payment_id\":\"py-%s\",\"status\":\"SUCCEEDED\",\"payment_request_id\":\"%s\","
        "\"request_amount\":%lld.0,\"currency\":\"IDR\",\"reference_id\":\"%s\"}}", t->id, t->id, (long long)t->amount,
            t->reference));
}

TEST(a_qris_code_is_shown_paid_and_refunded)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "qris");
    pay_run(&p);
    Answer x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "next_step"), STR("qr"));
    check(str_starts(answer_at(&p.w, &x, "qr"), STR("000201")));
    check(strstr(p.peer.last_method_body, "\"request_amount\":60000,") != NULL);
    check(strstr(p.peer.last_method_body, "\"channel_code\":\"QRIS\"") != NULL);
    check_int(capture(&p, b.payment, "token-wrong"), 400);
    check_int(capture(&p, b.payment, ""), 400);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("action_needed"));
    check_int(capture(&p, b.payment, "token-kit"), 200);
    check_int(capture(&p, b.payment, "token-kit"), 200);
    pay_run(&p);
    check_str(pay_order_state(&p, b.order), STR("awaiting_shipment"));
    peer_set(&p, peer_of(&p, b.payment), "SUCCEEDED");
    world_jump(&p.w, 31 * SECOND_MS);
    count_begin();
    count_run(&p);
    check_int(told[PAYMENT_CHANGE_FEE], 1);
    check_int(refund_part(&p, b, 801, 1500000), ERR_OK);
    count_run(&p);
    check_int(peer_refund(&p, 801)->amount, 15000);
    check_int(told[PAYMENT_CHANGE_REFUND_SENT], 1);
    // One that the provider cannot send is written by its callback, wrapped twice.
    atomic_store(&p.peer.mood, PEER_SLOW_REFUNDS);
    check_int(refund_part(&p, b, 802, 1500000), ERR_OK);
    count_run(&p);
    check_int(hook_xendit(&p, "token-kit",
                          "{\"event\":\"refund.failed\",\"created\":\"2099-01-05T10:00:00Z\",\"data\":{\"data\":{"
              "\"id\":\"rfd-2\",\"reference_id\":\"etalase-refund-802-1\",\"failure_code\":\"INSUFFICIENT_BALANCE\"}}}"), 200);
    count_run(&p);
    check_int(told[PAYMENT_CHANGE_REFUND_FAILED], 1);
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(a_virtual_account_asks_for_its_bank_and_money_in_the_number_before_counts_too)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "virtual_account");
    Answer x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "next_step"), STR("choose_bank"));
    const char *path = world_path(&p.w, "/v1/payments/%lld/bank", (long long)b.payment);
    check_int(world_post(&p.w, p.w.budi, path, "{\"bank\":\"bca\"}").status, 404);
    check_int(world_post(&p.w, p.w.ana, path, "{\"bank\":\"hsbc\"}").status, 422);
    check_int(world_post(&p.w, p.w.ana, path, "{\"bank\":\"bca\"}").status, 200);
    check_int(world_post(&p.w, p.w.ana, path, "{\"bank\":\"bni\"}").status, 409);        // one after the other
    pay_run(&p);
    x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "next_step"), STR("account"));
    check_str(answer_at(&p.w, &x, "bank"), STR("bca"));
    check(str_starts(answer_at(&p.w, &x, "account_number"), STR("8808")));
    check(strstr(p.peer.last_method_body, "BCA_VIRTUAL_ACCOUNT") != NULL);
    PeerThing *first = peer_of(&p, b.payment);
    check_int(world_post(&p.w, p.w.ana, path, "{\"bank\":\"mandiri\"}").status, 200);
    pay_run(&p);
    check_str(str_of(first->status), STR("CANCELED"));
    PeerThing *second = peer_of(&p, b.payment);
    check(first != second);
    check_int(capture(&p, b.payment, "token-kit"), 200);
    pay_run(&p);
    check_str(pay_order_state(&p, b.order), STR("awaiting_shipment"));
    // The first number was paid into as well: it goes back, by hand.
    check_int(hook_xendit(&p, "token-kit", world_path(&p.w,
                                                      "{\"event\":\"payment.capture\",\"data\":{\"payment_id\":\"py-first\","
        "\"status\":\"SUCCEEDED\",\"payment_request_id\":\"%s\",\"request_amount\":60000,\"currency\":\"IDR\","
        "\"reference_id\":\"%s\"}}",
        first->id, first->reference)), 200);
    pay_run(&p);
    x = pay_detail(&p, b.payment);
    check_str(answer_at(&p.w, &x, "payment.received.minor"), STR("12000000"));
    check_str(answer_at(&p.w, &x, "refunds[0].kind"), STR("surplus"));
    check_str(answer_at(&p.w, &x, "refunds[0].by_hand"), STR("true"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(a_code_that_expires_fails_and_payouts_are_told)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "qris");
    pay_run(&p);
    PeerThing *t = peer_of(&p, b.payment);
    check_int(hook_xendit(&p, "token-kit", world_path(&p.w,
                                                      "{\"event\":\"payment_request.expiry\",\"data\":{\"payment_request_id\":"
              "\"%s\",\"reference_id\":\"%s\",\"status\":\"EXPIRED\"}}", t->id, t->reference)), 200);
    pay_run(&p);
    Answer x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "state"), STR("failed"));
    check_str(answer_at(&p.w, &x, "reason"), STR("expired"));
    check_int(hook_xendit(&p, "token-kit", "{\"event\":\"balance.low\",\"data\":{\"id\":\"x\"}}"), 200);
    check_int(hook_xendit(&p, "token-kit", "{\"data\":{}}"), 400);
    check_int(hook_xendit(&p, "token-kit", "{\"event\":\"payment.capture\",\"data\":{}}"), 400);

    Arena a = { 0 };
    PayoutAnswer out;
    PayoutAsk ask = { .payout = 4711, .amount = { 2500000, { "IDR" } }, .channel = STR("ID_BCA"), .account_number = STR("0123"),
                      .account_name = STR("Sari"), .note = STR("January") };
    check_int(payment_payout(&a, &p.settings, &ask, &out), ERR_OK);
    check_int(out.state, PAYOUT_ON_ITS_WAY);
    Str reference = out.reference;
    check_int(payment_payout(&a, &p.settings, &ask, &out), ERR_OK);
    check_str(out.reference, reference);                              // the same id is the same payout
    ask.amount.minor = 150;
    check_int(payment_payout(&a, &p.settings, &ask, &out), ERR_WRONG_STATE);
    ask.amount = (Money){ 100, { "EUR" } };
    check_int(payment_payout(&a, &p.settings, &ask, &out), ERR_METHOD_OFF);
    check_int(payment_payout_ask(&a, &p.settings, reference, &out), ERR_OK);
    count_begin();
    check_int(hook_xendit(&p, "token-kit", "{\"event\":\"payout.succeeded\",\"data\":{\"id\":\"disb-2\",\"amount\":25000,"
              "\"currency\":\"IDR\",\"reference_id\":\"etalase-payout-4711\"}}"), 200);
    count_run(&p);
    check_int(told[PAYMENT_CHANGE_PAYOUT_SENT], 1);
    arena_free(&a);
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

// ---------------------------------------------------------------------------------------------- many at once

enum { RACERS = 24 };
typedef struct Racer { PayWorld *p; Bought b; i64 number; int status; pthread_t thread; } Racer;

static void race(Racer *racers, PayWorld *p, Bought b, void *(*run)(void *))
{
    for (i64 i = 0; i < RACERS; i++) {
        racers[i] = (Racer){ .p = p, .b = b, .number = i };
        must(pthread_create(&racers[i].thread, NULL, run, &racers[i]) == 0);
    }
    for (i64 i = 0; i < RACERS; i++) pthread_join(racers[i].thread, NULL);
}

// Each request has an arena of its own: the world's is one thread's.
static int send_hook(Racer *r, const char *id)
{
    Arena a = { 0 };
    App *app = r->p->w.app;
    PeerThing *t = peer_of(r->p, r->b.payment);
    Str body = arena_format(&a,
                            "{\"id\":\"%s\",\"type\":\"payment_intent.succeeded\",\"created\":%lld,\"data\":{\"object\":{\"id\":"
                            "\"%s\",\"amount_received\":%lld,\"currency\":\"idr\",\"latest_charge\":\"ch_%s\","
                            "\"metadata\":{\"etalase\":"
                            "\"%s\"}}}}", id, (long long)(app_now(app) / SECOND_MS), t->id, (long long)t->amount, t->id,
                                t->reference);
    NetHeader h = { STR("Stripe-Signature"), stripe_signature(&a, "whsec_now", app_now(app) / SECOND_MS, body) };
    LocalAnswer x = local_call(app, &a, &(LocalRequest){ .method = "POST", .path = STR("/v1/webhooks/stripe"), .body = body,
                                                         .headers = &h, .n_headers = 1 });
    arena_free(&a);
    return x.status;
}

static void *deliver(void *context)
{
    Racer *r = context;
    char id[40];
    snprintf(id, sizeof(id), "evt_race_%lld", (long long)r->number % 3);
    r->status = send_hook(r, id);
    tasks_run_due(r->p->w.app, TASK_KINDS);
    return NULL;
}

static void *take_part_back(void *context)
{
    Racer *r = context;
    r->status = refund_part(r->p, r->b, 900 + r->number, 1000000) == ERR_OK;
    return NULL;
}

// The buyer gives up while the money arrives.
static void *pay_or_cancel(void *context)
{
    Racer *r = context;
    Arena a = { 0 };
    if (r->number % 2) {
        r->status = send_hook(r, "evt_pc");
    } else {
        Str path = arena_format(&a, "/v1/orders/%lld/cancel", (long long)r->b.order);
        r->status = local_call(r->p->w.app, &a, &(LocalRequest){ .method = "POST", .path = path,
                                                                 .token = r->p->w.ana.token }).status;
    }
    arena_free(&a);
    tasks_run_due(r->p->w.app, TASK_KINDS);
    return NULL;
}

TEST(one_webhook_by_many_hands_is_one_success)
{
    PayWorld p;
    pay_open(&p);
    Racer racers[RACERS];
    Bought b = pay_buy(&p, p.w.ana, "card");
    pay_run(&p);
    race(racers, &p, b, deliver);
    for (i64 i = 0; i < RACERS; i++) check_int(racers[i].status, 200);
    pay_run(&p);
    Answer x = pay_detail(&p, b.payment);
    check_str(answer_at(&p.w, &x, "payment.state"), STR("succeeded"));
    check_str(answer_at(&p.w, &x, "payment.received.minor"), STR("6000000"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(refunds_at_once_never_pass_what_was_paid)
{
    PayWorld p;
    pay_open(&p);
    Racer racers[RACERS];
    Bought b = paid_by(&p, "card");
    i64 n = 0;
    race(racers, &p, b, take_part_back);
    for (i64 i = 0; i < RACERS; i++) n += racers[i].status;
    check_int(n, 6);
    pay_run(&p);
    check_int(peer_of(&p, b.payment)->refunded, 6000000);
    check_str(pay_state(&p, b.payment), STR("refunded"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(paid_and_given_up_at_once_ends_in_an_order_or_a_refund)
{
    PayWorld p;
    pay_open(&p);
    Racer racers[RACERS];
    for (int round = 0; round < 4; round++) {
        Bought b = pay_buy(&p, p.w.ana, "card");
        pay_run(&p);
        peer_set(&p, peer_of(&p, b.payment), "succeeded");
        race(racers, &p, b, pay_or_cancel);
        pay_run(&p);
        world_jump(&p.w, MINUTE_MS);
        pay_run(&p);
        Str state = pay_state(&p, b.payment), order = pay_order_state(&p, b.order);
        bool ordered = str_eq(order, STR("awaiting_shipment")) && str_eq(state, STR("succeeded"));
        bool returned = str_eq(order, STR("cancelled")) && str_eq(state, STR("refunded"));
        if (!ordered && !returned) test_failed(__FILE__, __LINE__, "%.*s %.*s", STR_ARG(order), STR_ARG(state));
        check_int(peer_of(&p, b.payment)->refunded, returned ? 6000000 : 0);
    }
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

// ---------------------------------------------------------------------------------------------- broken on purpose

static Err receive_unsaid(Tx *tx, const By *by, void *in)
{
    i64 n;
    return q_payment_receive(tx, (PaymentReceiveIn){ .id = { *(i64 *)in }, .minor = 1, .now = by->now }, &n);
}

static Err refund_unwritten(Tx *tx, const By *by, void *in)
{
    i64 n;
    return q_payment_refund_add(tx, (PaymentRefundAddIn){ .id = { *(i64 *)in }, .minor = 1, .now = by->now }, &n);
}

static Err succeed_unsaid(Tx *tx, const By *by, void *in)
{
    i64 n;
    return q_payment_succeed(tx, (PaymentSucceedIn){ .id = { *(i64 *)in }, .attempt = 1, .now = by->now }, &n);
}

static Err ten_days_later(Tx *tx, const By *by, void *in)
{
    By later = *by;
    i64 event;
    later.now += 10 * (i64)DAY_MS;
    return event_store(tx, &later, &(EventNew){ .provider = STR("test"), .event = STR("later"), .payment = { *(i64 *)in },
                                                .kind = PAYMENT_EVENT_KIND_IGNORED }, &event);
}

TEST(the_audit_finds_what_does_not_add_up)
{
    PayWorld p;
    pay_open(&p);
    Bought b = paid_by(&p, "test"), c = pay_buy(&p, p.w.ana, "card"), d = pay_buy(&p, p.w.ana, "transfer");
    pay_run(&p);
    check_int(world_audit(&p.w), 0);
    rule(&p, receive_unsaid, &b.payment);
    check_int(world_audit(&p.w), 2);                                  // more than its events, and than its amount
    rule(&p, refund_unwritten, &b.payment);
    check_int(world_audit(&p.w), 3);
    rule(&p, succeed_unsaid, &c.payment);
    check(world_audit(&p.w) >= 5);                                    // nothing came in, nobody said so, and the order waits
    i64 before = world_audit(&p.w);
    rule(&p, ten_days_later, &d.payment);
    check_int(world_audit(&p.w), before + 1);                         // open for more than a week, and in no list
    pay_close(&p);
}
