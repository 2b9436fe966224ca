// Tests of payouts through a provider that answers over a real socket: asked about and not made again, conflicts, late words.
#include "ledger/ledger_kit.h"
#include "payments/payments_kit.h"

enum { ASKED = 2000000 };

// Asked for by Sari, handed to the provider by Oma.
static i64 handed_over(PayWorld *p)
{
    books_verified(&p->w, p->w.sari, p->shop);
    books_earn(&p->w, p->shop, 101);
    Answer x = books_post(&p->w, p->w.sari, world_path(&p->w, "/v1/studio/shops/%lld/payouts", (long long)p->shop),
                          "{'currency':'IDR','amount':{'minor':2000000,'currency':'IDR'}}");
    check_int(x.status, 201);
    i64 id = answer_id(&p->w, &x, "id");
    x = world_post(&p->w, p->w.oma, world_path(&p->w, "/v1/operator/payouts/%lld/sending", (long long)id), NULL);
    check_int(x.status, 200);
    return id;
}

static void check_state(PayWorld *p, const char *want)
{
    Answer x = world_get(&p->w, p->w.oma, "/v1/operator/payouts");
    check_str(answer_at(&p->w, &x, "items[0].payout.state"), str_of(want));
}

static PeerThing *peer_payout(PayWorld *p)
{
    for (i64 i = p->peer.n - 1; i >= 0; i--)
        if (strncmp(p->peer.things[i].id, "disb-", 5) == 0) return &p->peer.things[i];
    return NULL;
}

static void say(PayWorld *p, const char *status)
{
    PeerThing *t = peer_payout(p);
    check(t != NULL);
    if (t) peer_set(p, t, status);
}

static void pass(PayWorld *p, i64 ms)
{
    world_jump(&p->w, ms);
    pay_run(p);
}

TEST(a_payout_on_its_way_is_asked_about_and_not_made_again)
{
    PayWorld p;
    pay_open(&p);
    handed_over(&p);
    pay_run(&p);
    check_state(&p, "approved");
    check(peer_payout(&p) != NULL);
    p.peer.mood = PEER_REFUSES;                      // whatever would be made now would be refused
    pass(&p, HOUR_MS);
    pass(&p, DAY_MS);
    check_state(&p, "approved");
    p.peer.mood = PEER_DOWN;
    pass(&p, HOUR_MS);
    check_state(&p, "approved");
    p.peer.mood = PEER_WELL;
    say(&p, "SUCCEEDED");
    pass(&p, DAY_MS);
    check_state(&p, "sent");
    check_int(books_number(&p.w, "SELECT sum(amount) FROM ledger_posting WHERE kind = 'payout_sent'"), ASKED);
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(a_conflict_at_the_provider_is_no_refusal)
{
    PayWorld p;
    pay_open(&p);
    p.peer.mood = PEER_CONFLICTS;
    handed_over(&p);
    pay_run(&p);
    pass(&p, HOUR_MS);
    check_state(&p, "approved");
    check_int(books_number(&p.w, "SELECT count(*) FROM task WHERE kind = 'payout_send'"), 1);
    p.peer.mood = PEER_WELL;
    pass(&p, DAY_MS);
    say(&p, "SUCCEEDED");
    pass(&p, HOUR_MS);
    check_state(&p, "sent");
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}

TEST(a_payout_that_arrives_though_it_is_booked_as_failed_is_shown)
{
    PayWorld p;
    pay_open(&p);
    i64 id = handed_over(&p);
    pay_run(&p);
    check_int(world_post(&p.w, p.w.oma, world_path(&p.w, "/v1/operator/payouts/%lld/failure", (long long)id),
                         "{\"reason\":\"nothing heard\"}").status, 200);
    for (i64 i = 0; i < 2; i++)
        check_int(hook_xendit(&p, "token-kit", world_path(&p.w, "{\"event\":\"payout.succeeded\",\"data\":{\"id\":\"disb-%lld\","
                  "\"amount\":20000,\"currency\":\"IDR\",\"reference_id\":\"etalase-payout-%lld\"}}", (long long)i,
                  (long long)id)), 200);
    pay_run(&p);
    check_state(&p, "failed");
    Answer x = world_get(&p.w, p.w.oma, "/v1/operator/payouts");
    check(answer_at(&p.w, &x, "items[0].arrived").n > 0);
    check_int(books_number(&p.w, "SELECT count(*) FROM ledger_posting WHERE kind = 'payout_sent'"), 0);
    check_int(world_audit(&p.w), 0);
    pay_close(&p);
}
