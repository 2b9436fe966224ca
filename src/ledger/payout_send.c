// Payouts that a payment provider carries out: asked outside of any transaction, under the payout's own id, so that asking
// twice pays once, and by the provider's name for it as soon as there is one. Its word (here, or as an event later) books the
// payout as sent or as failed.
#include "api/app.h"
#include "api/task.h"
#include "ledger/ledger.h"
#include "payments/payments.h"

enum { SEND_ARENA = 1024 * 1024, LOOK_AGAIN_MS = HOUR_MS };      // a provider's answer is a few KB

typedef struct Send {
    App *app;
    PayoutId payout;
    Arena a, scratch;                // of the whole job; of one transaction
    PayoutOrder order;
    PayoutAnswer answer;
    bool over;                       // not to be sent any more
    Err (*step)(struct Send *s, Tx *tx, const By *by);
} Send;

static Err run_step(Tx *tx, void *context)
{
    Send *s = context;
    jmp_buf full;
    arena_reset(&s->scratch);
    if (setjmp(full)) {
        s->scratch.full = NULL;
        return ERR_FULL;
    }
    s->scratch.full = &full;
    tx->a = &s->scratch;
    By by = { .now = app_now(s->app), .ids = &s->app->ids, .vault = &s->app->vault, .demo = s->app->demo, .pay = s->app->pay };
    Err e = s->step(s, tx, &by);
    s->scratch.full = NULL;
    return e;
}

static Err run(Send *s, bool write, Err (*step)(Send *s, Tx *tx, const By *by))
{
    s->step = step;
    return db_run(s->app->db, write, run_step, s);
}

static Err load(Send *s, Tx *tx, const By *by)
{
    PayoutOrder o;
    Err e = ledger_payout_order(tx, by, s->payout, &o);
    s->over = e == ERR_WRONG_STATE || e == ERR_NOT_FOUND;
    if (e != ERR_OK) return s->over ? ERR_OK : e;
    s->order = (PayoutOrder){ .payout = o.payout, .amount = o.amount, .reference = arena_copy(&s->a, o.reference),
                               .name = arena_copy(&s->a, o.name) };
    s->order.account = (PayoutAccountNew){ .holder = arena_copy(&s->a, o.account.holder),
                                           .number = arena_copy(&s->a, o.account.number),
                                           .bank_code = arena_copy(&s->a, o.account.bank_code) };
    return ERR_OK;
}

// On its way: the provider's event will say more; should it get lost, the same question is asked again.
static Err note(Send *s, Tx *tx, const By *by)
{
    Payout shown;
    if (s->answer.reference.n && !s->order.name.n) try(ledger_payout_name(tx, s->payout, s->answer.reference));
    switch (s->answer.state) {
    case PAYOUT_ARRIVED: return ledger_payout_sent(tx, by, s->payout);
    case PAYOUT_REFUSED: return ledger_payout_failed(tx, by, s->payout, str_slice(s->answer.why, 0, 200), &shown);
    case PAYOUT_ON_ITS_WAY: return task_at(tx, by, "payout_look", s->payout.v, by->now + LOOK_AGAIN_MS);
    }
    return ERR_OK;
}

// What the provider has a name for is only asked about: a repeated request for it may be refused (its key forgotten, the account
// closed meanwhile) while the money is on its way. No answer is no news.
static Err send_it(Send *s)
{
    try(run(s, false, load));
    if (s->over) return ERR_OK;
    if (s->order.name.n) {
        try(payment_payout_ask(&s->a, s->app->pay, s->order.name, &s->answer));
        return run(s, true, note);
    }
    PayoutAsk ask = { .payout = s->payout.v, .amount = s->order.amount, .channel = s->order.account.bank_code,
                      .account_number = s->order.account.number, .account_name = s->order.account.holder,
                      .note = s->order.reference };
    Err e = payment_payout(&s->a, s->app->pay, &ask, &s->answer);
    if (e == ERR_WRONG_STATE || e == ERR_METHOD_OFF) {
        s->answer.state = PAYOUT_REFUSED;
        if (!s->answer.why.n) s->answer.why = STR("no provider pays out in that currency");
        e = ERR_OK;
    }
    try(e);
    return run(s, true, note);
}

Err ledger_payout_send_job(App *app, i64 payout, i64 attempt)
{
    (void)attempt;
    Send *s = calloc(1, sizeof(*s));
    must(s != NULL);
    *s = (Send){ .app = app, .payout = { payout }, .a = { .limit = SEND_ARENA }, .scratch = { .limit = SEND_ARENA } };
    jmp_buf full;
    Err e = ERR_FULL;
    if (!setjmp(full)) {
        s->a.full = &full;
        e = send_it(s);
    }
    arena_free(&s->scratch);
    arena_free(&s->a);
    free(s);
    return e;
}

// The look is a rule that asks anew: a job may not put a task of its own kind, since its end takes it away.
Err ledger_payout_look(Tx *tx, const By *by, i64 payout)
{
    return task_at(tx, by, "payout_send", payout, by->now);
}

Err operator_payout_by_provider(Tx *tx, const By *by, PayoutId payout, Payout *out)
{
    try(ledger_payout_show(tx, by, payout, out));
    if (!payment_pays_out(by->pay, out->amount.currency))
        return refuse(&tx->why, ERR_METHOD_OFF, NULL, "No provider pays out in %s: use a file.", out->amount.currency.code);
    try(ledger_payout_approve(tx, by, payout));
    return ledger_payout_show(tx, by, payout, out);
}
