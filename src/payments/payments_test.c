// Payments through providers, as whole requests: the provider is a peer over a real socket, webhooks come signed, and the clock
// jumps. Every order of events, events twice and late, and what happens when nobody answers.
#include "payments/payments_kit.h"

static i64 count_events(PayWorld *p, i64 payment, const char *kind)
{
    Answer x = pay_detail(p, payment);
    i64 n = 0;
    for (i64 i = 0; i < 100; i++) {
        Str k = answer_at(&p->w, &x, world_path(&p->w, "events[%lld].kind", (long long)i));
        if (!k.n) break;
        n += str_eq(k, str_of(kind));
    }
    return n;
}

TEST(a_card_is_asked_for_by_a_job_and_paid_by_a_webhook)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "card");
    Answer x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "state"), STR("pending"));          // held first: the provider has not been asked yet
    check_str(answer_at(&p.w, &x, "client_secret"), STR(""));
    check_int(p.peer.made, 0);
    pay_run(&p);
    x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "state"), STR("action_needed"));
    check_str(answer_at(&p.w, &x, "next_step"), STR("card"));
    check_str(answer_at(&p.w, &x, "client_secret"), STR("pi_1_secret_x"));
    check_str(answer_at(&p.w, &x, "publishable_key"), STR("pk_test_kit"));
    check(answer_at(&p.w, &x, "expires").n > 0);
    check_int(world_get(&p.w, p.w.budi, world_path(&p.w, "/v1/payments/%lld", (long long)b.payment)).status, 404);
    check(strstr(p.peer.last_method_body, "amount=6000000&currency=idr") != NULL);

    check_int(hook_intent(&p, "evt_1", "succeeded", b.payment, 0), 200);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("succeeded"));
    check_str(pay_order_state(&p, b.order), STR("awaiting_shipment"));
    x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "client_secret"), STR(""));         // it opens nothing any more
    check_int(hook_intent(&p, "evt_1", "succeeded", b.payment, 0), 200);
    check_int(hook_intent(&p, "evt_2", "succeeded", b.payment, 0), 200);
    pay_run(&p);
    x = pay_detail(&p, b.payment);
    check_str(answer_at(&p.w, &x, "payment.received.minor"), STR("6000000"));
    check_int(count_events(&p, b.payment, "succeeded"), 2);           // the replay was not stored, the second name was
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(events_in_every_order_each_of_them_twice_end_the_same)
{
    static const char *const KINDS[] = { "processing", "payment_failed", "succeeded", "canceled" };
    PayWorld p;
    pay_open(&p);
    for (int a = 0; a < 4; a++) for (int b = 0; b < 4; b++) for (int c = 0; c < 4; c++) {
        if (a == b || b == c || a == c) continue;
        int order[] = { a, b, c, 6 - a - b - c };
        Bought bought = pay_buy(&p, p.w.ana, "card");
        pay_run(&p);
        i64 began = app_now(p.w.app);
        for (int i = 0; i < 8; i++) {
            int k = order[i / 2];
            const char *id = world_path(&p.w, "evt_%lld_%d", (long long)bought.payment, k);
            check_int(hook_intent(&p, id, KINDS[k], bought.payment, began + k * SECOND_MS), 200);
            pay_run(&p);
        }
        check_str(pay_state(&p, bought.payment), STR("succeeded"));
        check_str(pay_order_state(&p, bought.order), STR("awaiting_shipment"));
        check_int(count_events(&p, bought.payment, "succeeded"), 1);
    }
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(a_declined_card_leaves_the_payment_open_and_a_cancelled_intent_ends_it)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "card");
    pay_run(&p);
    i64 now = app_now(p.w.app);
    hook_intent(&p, "evt_1", "payment_failed", b.payment, now);
    pay_run(&p);
    Answer x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "state"), STR("action_needed"));
    check_str(answer_at(&p.w, &x, "reason"), STR("Your card was declined."));
    check(answer_at(&p.w, &x, "client_secret").n > 0);                // another card, the same intent
    hook_intent(&p, "evt_0", "processing", b.payment, now - 5 * SECOND_MS);     // older news that comes late
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("action_needed"));
    hook_intent(&p, "evt_2", "canceled", b.payment, now + SECOND_MS);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("failed"));
    check_str(pay_order_state(&p, b.order), STR("unpaid"));
    const char *retry = world_path(&p.w, "/v1/payments/%lld/retry", (long long)b.payment);
    check_int(world_post(&p.w, p.w.ana, retry, NULL).status, 200);
    pay_run(&p);
    x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "client_secret"), STR("pi_2_secret_x"));
    hook_intent(&p, "evt_2b", "canceled", b.payment, now + 9 * SECOND_MS);
    p.peer.things[0].reference[strlen(p.peer.things[0].reference) - 1] = '1';
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("failed"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(forged_webhooks_store_nothing)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "card");
    pay_run(&p);
    PeerThing *t = peer_of(&p, b.payment);
    Str object = arena_format(p.w.a,
                              "{\"id\":\"%s\",\"amount_received\":6000000,\"currency\":\"idr\","
                              "\"metadata\":{\"etalase\":\"%s\"}}",
                              t->id, t->reference);
    check_int(hook_stripe(&p, "evt_1", "payment_intent.succeeded", object.p, "whsec_guessed", 0), 400);
    Str body = arena_format(p.w.a,
                            "{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\",\"created\":1,\"data\":{\"object\":%s}}",
                            object.p);
    i64 now = app_now(p.w.app) / SECOND_MS;
    Str good = stripe_signature(p.w.a, "whsec_now", now, body);
    const Str bad[] = {
        { 0 }, STR(""), STR("t=,v1="), STR("v1=abc"), arena_format(p.w.a, "t=%lld", (long long)now), str_slice(good, 0,
                                                                                                               good.n - 1),
        arena_format(p.w.a, "%.*s0", STR_ARG(good)), stripe_signature(p.w.a, "whsec_now", now - 301, body),
        stripe_signature(p.w.a, "whsec_now", now + 301, body), stripe_signature(p.w.a, "", now, body),
        arena_format(p.w.a, "t=%lld%.*s", (long long)now + 1, STR_ARG(str_slice(good, (size_t)str_find(good, STR(",")), good.n))),
    };
    for (i64 i = 0; i < COUNT(bad); i++) {
        NetHeader h = { STR("Stripe-Signature"), bad[i] };
        check_int(hook_raw(&p, "/v1/webhooks/stripe", &h, bad[i].p ? 1 : 0, body).status, 400);
    }
    NetHeader h = { STR("Stripe-Signature"), good };
    Str changed = arena_copy(p.w.a, body);
    ((char *)(uintptr_t)changed.p)[str_find(changed, STR("6000000"))] = '9';
    check_int(hook_raw(&p, "/v1/webhooks/stripe", &h, 1, changed).status, 400);
    check_int(hook_raw(&p, "/v1/webhooks/stripe", &h, 1, (Str){ arena_alloc(p.w.a, 300 * 1024), 300 * 1024 }).status, 413);
    check_int(world_get(&p.w, p.w.nobody, "/v1/webhooks/stripe").status, 405);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("action_needed"));
    check_int(count_events(&p, b.payment, "succeeded"), 0);

    // Genuine: one good signature among several, the secret from before, and what is not understood.
    h.value = arena_format(p.w.a, "%.*s,v0=1,v1=beef", STR_ARG(good));
    check_int(hook_raw(&p, "/v1/webhooks/stripe", &h, 1, body).status, 200);
    h.value = stripe_signature(p.w.a, "whsec_now", now - 290, body);
    check_int(hook_raw(&p, "/v1/webhooks/stripe", &h, 1, body).status, 200);
    check_int(hook_stripe(&p, "evt_2", "payment_intent.succeeded", object.p, "whsec_before", 0), 200);
    check_int(hook_stripe(&p, "evt_3", "customer.created", "{\"id\":\"cus_1\"}", NULL, 0), 200);
    check_int(hook_stripe(&p, "evt_4", "payment_intent.succeeded", "{\"id\":\"pi_somebody_elses\"}", NULL, 0), 200);
    h.value = stripe_signature(p.w.a, "whsec_now", now, STR("not json"));
    check_int(hook_raw(&p, "/v1/webhooks/stripe", &h, 1, STR("not json")).status, 400);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("succeeded"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(a_provider_that_is_down_is_asked_again_and_a_lost_answer_makes_no_second_intent)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "card");
    atomic_store(&p.peer.mood, PEER_DOWN);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("pending"));
    atomic_store(&p.peer.mood, PEER_LOSES);
    world_jump(&p.w, 5 * SECOND_MS);
    pay_run(&p);
    check_int(p.peer.made, 1);
    check_str(pay_state(&p, b.payment), STR("pending"));
    atomic_store(&p.peer.mood, PEER_WELL);
    world_jump(&p.w, 10 * SECOND_MS);
    pay_run(&p);
    check_int(p.peer.made, 1);                                        // the same key, the same intent
    check_str(pay_state(&p, b.payment), STR("action_needed"));
    world_restart(&p.w);
    p.w.app->pay = &p.settings;
    hook_intent(&p, "evt_1", "succeeded", b.payment, 0);
    pay_run(&p);
    check_str(pay_order_state(&p, b.order), STR("awaiting_shipment"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(a_refused_start_fails_with_the_reason_and_can_be_tried_again)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "card");
    atomic_store(&p.peer.mood, PEER_REFUSES);
    pay_run(&p);
    Answer x = pay_get(&p, b.payment);
    check_str(answer_at(&p.w, &x, "state"), STR("failed"));
    check_str(answer_at(&p.w, &x, "reason"), STR("Not today"));
    check_str(pay_order_state(&p, b.order), STR("unpaid"));
    atomic_store(&p.peer.mood, PEER_WELL);
    world_post(&p.w, p.w.ana, world_path(&p.w, "/v1/payments/%lld/retry", (long long)b.payment), NULL);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("action_needed"));
    // A wrong key: nothing was begun, so the buyer is told at once.
    p.settings.stripe_secret = STR("sk_test_wrong");
    Bought c = pay_buy(&p, p.w.ana, "card");
    pay_run(&p);
    check_str(pay_state(&p, c.payment), STR("failed"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(what_no_webhook_says_the_reconciler_finds_out_with_its_fee)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "card");
    pay_run(&p);
    i64 asks = p.peer.asks;
    world_jump(&p.w, 31 * SECOND_MS);
    pay_run(&p);
    check_int(p.peer.asks, asks + 1);                                 // still open: asked again later, after a longer pause
    world_jump(&p.w, 31 * SECOND_MS);
    pay_run(&p);
    check_int(p.peer.asks, asks + 1);
    peer_set(&p, peer_of(&p, b.payment), "succeeded");
    world_jump(&p.w, 31 * SECOND_MS);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("succeeded"));
    check_str(pay_order_state(&p, b.order), STR("awaiting_shipment"));
    world_jump(&p.w, 31 * SECOND_MS);
    pay_run(&p);
    check_int(count_events(&p, b.payment, "fee"), 1);
    check_int(hook_intent(&p, "evt_1", "succeeded", b.payment, 0), 200);          // late, and known
    for (int day = 0; day < 5; day++) {
        world_jump(&p.w, DAY_MS);
        pay_run(&p);
    }
    i64 after = p.peer.asks;
    world_jump(&p.w, (i64)30 * DAY_MS);
    pay_run(&p);
    check_int(p.peer.asks, after);                                    // it lets go
    check_int(count_events(&p, b.payment, "fee"), 1);
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(after_the_deadline_the_intent_is_called_off_and_a_success_meanwhile_wins)
{
    PayWorld p;
    pay_open(&p);
    Bought given_up = pay_buy(&p, p.w.ana, "card"), paid = pay_buy(&p, p.w.ana, "card"), under_way = pay_buy(&p, p.w.ana, "card");
    pay_run(&p);
    peer_set(&p, peer_of(&p, paid.payment), "succeeded");             // and its webhook is lost
    peer_set(&p, peer_of(&p, under_way.payment), "processing");
    world_jump(&p.w, 16 * MINUTE_MS);
    atomic_store(&p.peer.mood, PEER_DOWN);
    pay_run(&p);
    check_str(pay_state(&p, paid.payment), STR("cancelled"));
    atomic_store(&p.peer.mood, PEER_WELL);
    world_jump(&p.w, MINUTE_MS);
    pay_run(&p);
    check_str(str_of(peer_of(&p, given_up.payment)->status), STR("canceled"));
    check_str(pay_state(&p, given_up.payment), STR("cancelled"));
    check_str(pay_order_state(&p, given_up.order), STR("cancelled"));
    check_str(pay_order_state(&p, paid.order), STR("cancelled"));
    check_str(pay_state(&p, paid.payment), STR("refunded"));          // neither is not an end: the orders were gone
    check_str(str_of(peer_refund(&p, 0)->status), STR("succeeded"));
    check_int(peer_of(&p, paid.payment)->refunded, 6000000);
    check_str(pay_state(&p, under_way.payment), STR("cancelled"));
    peer_set(&p, peer_of(&p, under_way.payment), "succeeded");
    world_jump(&p.w, 2 * HOUR_MS);
    pay_run(&p);
    check_str(pay_state(&p, under_way.payment), STR("refunded"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(a_payment_that_was_given_up_before_anybody_was_asked_never_reaches_the_provider)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "card");
    check_int(world_post(&p.w, p.w.ana, world_path(&p.w, "/v1/orders/%lld/cancel", (long long)b.order), "{}").status, 200);
    pay_run(&p);
    check_int(p.peer.made, 0);
    check_str(pay_state(&p, b.payment), STR("cancelled"));
    // Asked, the answer lost, then given up: what was made is found by its key, and called off.
    b = pay_buy(&p, p.w.ana, "card");
    atomic_store(&p.peer.mood, PEER_LOSES);
    pay_run(&p);
    world_post(&p.w, p.w.ana, world_path(&p.w, "/v1/orders/%lld/cancel", (long long)b.order), "{}");
    atomic_store(&p.peer.mood, PEER_WELL);
    world_jump(&p.w, MINUTE_MS);
    pay_run(&p);
    check_int(p.peer.made, 1);
    check_str(str_of(peer_of(&p, b.payment)->status), STR("canceled"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(the_operator_sees_what_hangs_asks_again_and_calls_off)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "card"), c = pay_buy(&p, p.w.ana, "test");
    pay_run(&p);
    check_int(world_get(&p.w, p.w.sari, "/v1/operator/payments").status, 403);
    check_int(world_get(&p.w, p.w.nobody, "/v1/operator/payments").status, 401);
    Answer x = world_get(&p.w, p.w.oma, "/v1/operator/payments?list=open");
    check_int(answer_id(&p.w, &x, "items[0].id"), b.payment);
    check_str(answer_at(&p.w, &x, "items[0].provider_reference"), STR("pi_1"));
    check_str(answer_at(&p.w, &x, "items[1].id"), STR(""));
    x = world_get(&p.w, p.w.oma, "/v1/operator/payments?list=late");
    check_str(answer_at(&p.w, &x, "items[0].id"), STR(""));
    i64 asks = p.peer.asks;
    const char *path = world_path(&p.w, "/v1/operator/payments/%lld/check", (long long)b.payment);
    check_int(world_post(&p.w, p.w.sari, path, NULL).status, 403);
    check_int(world_post(&p.w, p.w.oma, path, NULL).status, 200);
    pay_run(&p);
    check_int(p.peer.asks, asks + 1);
    check_int(world_post(&p.w, p.w.oma, world_path(&p.w, "/v1/operator/payments/%lld/check", (long long)c.payment), NULL).status,
              409);
    path = world_path(&p.w, "/v1/operator/payments/%lld/cancel", (long long)b.payment);
    check_int(world_post(&p.w, p.w.sari, path, NULL).status, 403);
    check_int(world_post(&p.w, p.w.oma, path, NULL).status, 200);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("failed"));
    check_str(str_of(peer_of(&p, b.payment)->status), STR("canceled"));
    check_int(world_post(&p.w, p.w.oma, path, NULL).status, 409);
    check_int(world_post(&p.w, p.w.oma, "/v1/operator/payments/7/cancel", NULL).status, 404);
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(what_nobody_can_say_anything_about_stands_in_the_list)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "card");
    pay_run(&p);
    peer_set(&p, peer_of(&p, b.payment), "processing");
    world_jump(&p.w, 31 * SECOND_MS);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("processing"));
    world_jump(&p.w, 10 * SECOND_MS);
    Answer x = world_get(&p.w, p.w.oma, "/v1/operator/payments?list=open");
    check_str(answer_at(&p.w, &x, "items[0].trouble"), STR("none"));
    world_jump(&p.w, 15 * MINUTE_MS);
    x = world_get(&p.w, p.w.oma, "/v1/operator/payments?list=late");
    check_int(answer_id(&p.w, &x, "items[0].id"), b.payment);
    check_str(answer_at(&p.w, &x, "items[0].trouble"), STR("late"));
    pay_close(&p);
}

TEST(a_provider_that_is_silent_is_said_to_be_and_a_foreign_intent_is_nobodys)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "transfer"), c = pay_buy(&p, p.w.ana, "virtual_account");
    world_post(&p.w, p.w.ana, world_path(&p.w, "/v1/payments/%lld/bank", (long long)c.payment), "{\"bank\":\"bni\"}");
    pay_run(&p);
    PeerThing *t = peer_of(&p, c.payment);
    check_int(hook_xendit(&p, "token-kit", world_path(&p.w,
                                                      "{\"event\":\"payment.capture\",\"data\":{\"payment_id\":\"py-other\","
              "\"status\":\"SUCCEEDED\",\"payment_request_id\":\"pr-other\",\"request_amount\":60000,\"currency\":\"IDR\","
              "\"reference_id\":\"%s\"}}", t->reference)), 200);
    // A provider's word about a payment of another way.
    check_int(hook_xendit(&p, "token-kit", world_path(&p.w, "{\"event\":\"payment.capture\",\"data\":{\"payment_id\":\"py-2\","
              "\"status\":\"SUCCEEDED\",\"payment_request_id\":\"pr-2\",\"request_amount\":60000,\"currency\":\"IDR\","
              "\"reference_id\":\"etalase-%lld-1\"}}", (long long)b.payment)), 200);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("action_needed"));
    check_str(pay_state(&p, c.payment), STR("action_needed"));
    atomic_store(&p.peer.mood, PEER_DOWN);
    for (int i = 0; i < 12; i++) {
        world_jump(&p.w, 6 * MINUTE_MS);
        pay_run(&p);
    }
    Answer x = pay_detail(&p, c.payment);
    check_str(answer_at(&p.w, &x, "payment.trouble"), STR("silent"));
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(an_earlier_try_that_was_paid_without_a_word_is_found_and_goes_back)
{
    PayWorld p;
    pay_open(&p);
    Bought b = pay_buy(&p, p.w.ana, "qris");
    pay_run(&p);
    PeerThing *first = peer_of(&p, b.payment);
    peer_set(&p, first, "EXPIRED");
    world_jump(&p.w, 31 * SECOND_MS);
    pay_run(&p);
    check_str(pay_state(&p, b.payment), STR("failed"));
    check_int(world_post(&p.w, p.w.ana, world_path(&p.w, "/v1/payments/%lld/retry", (long long)b.payment), NULL).status, 200);
    pay_run(&p);
    peer_set(&p, peer_of(&p, b.payment), "SUCCEEDED");
    world_jump(&p.w, 31 * SECOND_MS);
    pay_run(&p);
    check_str(pay_order_state(&p, b.order), STR("awaiting_shipment"));
    peer_set(&p, first, "SUCCEEDED");                       // the provider changes its mind, and its callback is lost
    for (int i = 0; i < 3; i++) {
        world_jump(&p.w, DAY_MS);
        pay_run(&p);
    }
    Answer x = pay_detail(&p, b.payment);
    check_str(answer_at(&p.w, &x, "payment.received.minor"), STR("12000000"));
    check_str(answer_at(&p.w, &x, "refunds[0].kind"), STR("surplus"));
    check_str(answer_at(&p.w, &x, "refunds[0].state"), STR("sent"));
    check_int(peer_refund(&p, 0)->amount, 60000);
    check_str(str_of(peer_refund(&p, 0)->of), str_of(first->id));       // out of the money that is too much
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(ways_to_pay_follow_currency_country_and_what_is_set_up)
{
    PayWorld p;
    pay_open(&p);
    Arena a = { 0 };
    Tx tx = { .a = &a };
    By by = { .now = app_now(p.w.app), .demo = true, .pay = &p.settings };
    Currency idr = { "IDR" }, eur = { "EUR" };
    PaymentMethodList m;
    check_int(payment_methods(&tx, &by, idr, STR("ID"), true, &m), ERR_OK);
    check_int(m.n, 6);
    check_int(m.p[0], PAYMENT_METHOD_QRIS);
    payment_methods(&tx, &by, eur, STR("DE"), true, &m);
    check_int(m.n, 3);
    check_int(m.p[0], PAYMENT_METHOD_CARD);
    by.demo = false;
    by.pay = NULL;
    payment_methods(&tx, &by, idr, (Str){ 0 }, false, &m);
    check_int(m.n, 0);
    check_int(payment_offered(&tx, &by, PAYMENT_METHOD_CARD), ERR_METHOD_OFF);
    by.pay = &p.settings;
    check_int(payment_fits(&tx, &by, PAYMENT_METHOD_QRIS, (Money){ 100, idr }), ERR_OK);
    check_int(payment_fits(&tx, &by, PAYMENT_METHOD_QRIS, (Money){ 150, idr }), ERR_METHOD_OFF);
    check_int(payment_fits(&tx, &by, PAYMENT_METHOD_QRIS, (Money){ 1000000100, idr }), ERR_METHOD_OFF);
    check_int(payment_fits(&tx, &by, PAYMENT_METHOD_VIRTUAL_ACCOUNT, (Money){ 999900, idr }), ERR_METHOD_OFF);
    check_int(payment_fits(&tx, &by, PAYMENT_METHOD_TRANSFER, (Money){ 100, eur }), ERR_METHOD_OFF);
    check_int(payment_fits(&tx, &by, PAYMENT_METHOD_CARD, (Money){ 1001, { "KWD" } }), ERR_METHOD_OFF);
    check_int(payment_fits(&tx, &by, PAYMENT_METHOD_CARD, (Money){ 1010, { "KWD" } }), ERR_OK);
    arena_free(&a);
    pay_close(&p);
}

TEST(amounts_cross_the_wire_whole)
{
    Arena a = { 0 };
    i64 v;
    bool ok;
    check(provider_minor(STR("10000"), 2, &v) && v == 1000000);
    check(provider_minor(STR("10000.0"), 2, &v) && v == 1000000);
    check(provider_minor(STR("0.07"), 2, &v) && v == 7);
    check(provider_minor(STR("12.5"), 3, &v) && v == 12500);
    check(provider_minor(STR("7"), 0, &v) && v == 7);
    check(!provider_minor(STR("0.075"), 2, &v));
    check(!provider_minor(STR("-1"), 2, &v));
    check(!provider_minor(STR("1e5"), 2, &v));
    check(!provider_minor(STR("1."), 2, &v));
    check(!provider_minor(STR(""), 2, &v));
    check(!provider_minor(STR("9999999999999999"), 2, &v));
    check_str(provider_major(&a, (Money){ 1000000, { "IDR" } }, true, &ok), STR("10000"));
    check(ok);
    provider_major(&a, (Money){ 1000050, { "IDR" } }, true, &ok);
    check(!ok);
    check_str(provider_major(&a, (Money){ 7, { "EUR" } }, false, &ok), STR("0.07"));
    PaymentId id;
    check(provider_key_parts(provider_key(&a, (PaymentId){ 77 }, 3), &id, &v) && id.v == 77 && v == 3);
    check(!provider_key_parts(STR("etalase-77"), &id, &v));
    check(!provider_key_parts(STR("etalase--1-1"), &id, &v));
    check(!provider_key_parts(STR("etalase-77-99"), &id, &v));
    arena_free(&a);
}

TEST(only_the_pay_page_may_load_the_card_form_and_only_when_there_is_one)
{
    PayWorld p;
    pay_open(&p);
    Answer x = world_get(&p.w, p.w.nobody, "/checkout/17/pay");
    Str csp = local_header(&x, "Content-Security-Policy");
    check(str_find(csp, STR("script-src 'self' https://js.stripe.com")) >= 0 && str_find(csp,
                                                                                         STR("frame-src https://js.st")) >= 0);
    check(str_find(csp, STR("frame-ancestors 'none'")) >= 0 && str_find(csp, STR("unsafe")) < 0);
    static const char *const OTHERS[] = { "/", "/checkout", "/orders", "/checkout/17", "/clip/1/pay" };
    for (i64 i = 0; i < COUNT(OTHERS); i++) {
        x = world_get(&p.w, p.w.nobody, OTHERS[i]);
        check(str_find(local_header(&x, "Content-Security-Policy"), STR("stripe")) < 0);
    }
    p.w.app->pay = NULL;
    x = world_get(&p.w, p.w.nobody, "/checkout/17/pay");
    check(str_find(local_header(&x, "Content-Security-Policy"), STR("stripe")) < 0);
    p.w.app->pay = &p.settings;
    pay_close(&p);
}
