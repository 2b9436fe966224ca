// Asking providers: each job asks outside of any transaction and writes down what it heard in one. May be killed anywhere and
// run again; keys of idempotency and the events' own ids see to it that nothing happens twice.
#include "api/app.h"
#include "base/log.h"
#include "payments/inner.h"

enum { JOB_ARENA = 4 * 1024 * 1024, TRIES_READ = PAYMENT_ATTEMPTS_MAX + 1, START_GIVE_UP_MS = DAY_MS };

typedef struct Job {
    App *app;
    Arena a;                               // of the whole job
    Arena scratch;                         // of the transaction under way
    i64 subject, attempt;                  // attempt: of the task, 1 at first
    Err (*step)(struct Job *job, Tx *tx, const By *by);
    bool found;
    PaymentRowRow payment;
    PaymentTryRowRow tries[TRIES_READ]; i64 n_tries;
    RefundRowRow refund;
    const Provider *provider;
    ProviderAsk ask;
    ProviderAnswer answer;
    ProviderRefundAsk refund_ask;
    ProviderRefundAnswer refund_answer;
    Err heard;
    bool again;                            // a try could not be called off yet
    bool ends;                             // the provider says that the try is over
} Job;

static Err run_step(Tx *tx, void *context)
{
    Job *job = context;
    jmp_buf full;
    arena_reset(&job->scratch);
    if (setjmp(full)) {
        job->scratch.full = NULL;
        return ERR_FULL;
    }
    job->scratch.full = &full;
    tx->a = &job->scratch;
    By by = { .now = app_now(job->app), .ids = &job->app->ids, .vault = &job->app->vault, .demo = job->app->demo,
              .pay = job->app->pay };
    Err e = job->step(job, tx, &by);
    job->scratch.full = NULL;
    return e;
}

static Err step(Job *job, bool write, Err (*f)(Job *job, Tx *tx, const By *by))
{
    job->step = f;
    return db_run(job->app->db, write, run_step, job);
}

// Runs `work` with a full arena caught: what a provider answers has limits, but so has the arena.
static Err run_job(App *app, i64 subject, i64 attempt, Err (*work)(Job *job))
{
    Job job = { .app = app, .subject = subject, .attempt = attempt, .a = { .limit = JOB_ARENA },
                .scratch = { .limit = JOB_ARENA } };
    jmp_buf full;
    Err e = ERR_FULL;
    if (!setjmp(full)) {
        job.a.full = &full;
        e = app->pay ? work(&job) : ERR_OK;
    }
    arena_free(&job.scratch);
    arena_free(&job.a);
    return e;
}

static Str keep(Job *job, Str text)
{
    return text.n ? arena_copy(&job->a, text) : (Str){ 0 };
}

static Err load(Job *job, Tx *tx, const By *by)
{
    (void)by;
    PaymentRowRow *row;
    PaymentTryRowRowList tries;
    job->found = false;
    try(q_payment_row(tx, (PaymentRowIn){ .id = { job->subject } }, &row));
    if (!row) return ERR_OK;
    try(q_payment_tries(tx, (PaymentTriesIn){ .payment = row->id }, &tries));
    job->payment = *row;
    job->payment.bank = keep(job, row->bank);
    job->n_tries = tries.n < TRIES_READ ? tries.n : TRIES_READ;
    for (i64 i = 0; i < job->n_tries; i++) {
        job->tries[i] = tries.p[i];
        job->tries[i].reference = keep(job, tries.p[i].reference);
        job->tries[i].charge = keep(job, tries.p[i].charge);
    }
    job->provider = provider_of(row->method);
    job->found = true;
    return ERR_OK;
}

static const PaymentTryRowRow *try_of(const Job *job, i64 attempt)
{
    for (i64 i = 0; i < job->n_tries; i++)
        if (job->tries[i].attempt == attempt) return &job->tries[i];
    return NULL;
}

static bool is_open(PaymentState s)
{
    return s == PAYMENT_STATE_PENDING || s == PAYMENT_STATE_ACTION_NEEDED || s == PAYMENT_STATE_PROCESSING;
}

static ProviderAsk ask_of(const Job *job, const PaymentTryRowRow *t)
{
    const PaymentRowRow *p = &job->payment;
    return (ProviderAsk){ .payment = p->id, .attempt = t->attempt, .method = p->method, .amount = p->amount,
                          .now = app_now(job->app), .expires = p->expires, .bank = p->bank, .id = t->reference,
                          .charge = t->charge };
}

// ---------------------------------------------------------------------------------------------- what was heard, as events

// said: an answer is as new as now. which: tells two answers of one try apart that say different things.
static Err note(Job *job, Tx *tx, const By *by, PaymentEventKind kind, const char *which)
{
    const ProviderAnswer *a = &job->answer;
    bool money = kind == PAYMENT_EVENT_KIND_SUCCEEDED ? a->has_received : kind == PAYMENT_EVENT_KIND_FEE;
    i64 event;
    return event_store(tx, by, &(EventNew){
        .provider = str_of(job->provider->name), .kind = kind, .payment = job->payment.id, .attempt = job->ask.attempt,
        .event = arena_format(tx->a, "%s-%lld-%lld", which, (long long)job->payment.id.v, (long long)job->ask.attempt),
        .reference = a->id, .charge = a->charge, .reason = a->reason, .said = by->now,
        .has_amount = money, .amount = kind == PAYMENT_EVENT_KIND_FEE ? a->fee : a->received }, &event);
}

static Err note_answer(Job *job, Tx *tx, const By *by, const PaymentRowRow *row)
{
    const ProviderAnswer *a = &job->answer;
    if (a->state == PAYMENT_STATE_SUCCEEDED) try(note(job, tx, by, PAYMENT_EVENT_KIND_SUCCEEDED, "answer-succeeded"));
    if (a->has_fee) return note(job, tx, by, PAYMENT_EVENT_KIND_FEE, "fee");
    if (a->state == PAYMENT_STATE_FAILED) return note(job, tx, by, PAYMENT_EVENT_KIND_FAILED, "answer-failed");
    if (a->state == PAYMENT_STATE_SUCCEEDED || a->state == row->state || job->ask.attempt != row->attempt ||
        !is_open(row->state)) return ERR_OK;
    const char *which = arena_format(tx->a, "answer-%lld", (long long)by->now).p;
    return note(job, tx, by, a->state == PAYMENT_STATE_PROCESSING ? PAYMENT_EVENT_KIND_PROCESSING :
                PAYMENT_EVENT_KIND_ACTION_NEEDED, which);
}

// ---------------------------------------------------------------------------------------------- beginning

static Err started(Job *job, Tx *tx, const By *by)
{
    const ProviderAnswer *a = &job->answer;
    i64 n, attempt = job->ask.attempt;
    PaymentRowRow *row;
    if (job->heard == ERR_WRONG_STATE) return note(job, tx, by, PAYMENT_EVENT_KIND_FAILED, "start-refused");
    try(q_payment_try_name(tx, (PaymentTryNameIn){ .payment = job->payment.id, .attempt = attempt, .reference = a->id }, &n));
    try(q_payment_show(tx, (PaymentShowIn){
        .id = job->payment.id, .attempt = attempt, .state = PAYMENT_STATE_ACTION_NEEDED, .has_expires = a->expires != 0,
        .expires = a->expires, .bank = a->bank, .account_number = a->account_number, .account_name = a->account_name,
        .public_key = a->public_key, .client_secret = a->client_secret, .qr = a->qr, .redirect = a->redirect,
        .now = by->now }, &n));
    // Given up meanwhile, or another try has begun: what was just made at the provider is called off.
    if (n == 0) try(payment_call_off(tx, by, job->payment.id, 0));
    try(payment_load(tx, job->payment.id, &row));
    try(note_answer(job, tx, by, row));
    return task_at(tx, by, "payment_check", job->payment.id.v, by->now + CHECK_FIRST_MS);
}

static Err drop_try(Job *job, Tx *tx, const By *by)
{
    (void)by;
    i64 n;
    return q_payment_try_end(tx, (PaymentTryEndIn){ .payment = job->payment.id, .attempt = job->payment.attempt }, &n);
}

static Err start(Job *job)
{
    try(step(job, false, load));
    const PaymentTryRowRow *t = job->found && job->provider ? try_of(job, job->payment.attempt) : NULL;
    if (!t || t->reference.n || !str_eq(t->state, STR("open"))) return ERR_OK;
    // Given up before anyone was asked. After a first asking without an answer it may be there, and has to be found and called
    // off.
    bool fresh = job->attempt <= 1, old = app_now(job->app) - t->created > START_GIVE_UP_MS;
    if (!is_open(job->payment.state) && (fresh || old)) return step(job, true, drop_try);
    job->ask = ask_of(job, t);
    job->heard = job->provider->start(&job->a, job->app->pay, &job->ask, &job->answer);
    if (job->heard != ERR_OK && job->heard != ERR_WRONG_STATE) return job->heard;
    return step(job, true, started);
}

Err payment_start_job(App *app, i64 payment, i64 attempt)
{
    return run_job(app, payment, attempt, start);
}

// ---------------------------------------------------------------------------------------------- the reconciler

i64 check_pause(i64 checks)
{
    i64 pause = CHECK_FIRST_MS;
    for (i64 i = 0; i < checks && pause < CHECK_MOST_MS; i++) pause *= 2;
    return pause < CHECK_MOST_MS ? pause : CHECK_MOST_MS;
}

// Nobody ended it, and its time is over: it ends here, unless its provider has the money on its way.
static Err end_late(Tx *tx, const By *by, const PaymentRowRow *row)
{
    i64 event;
    if (row->state == PAYMENT_STATE_PROCESSING) return ERR_OK;
    return event_store(tx, by, &(EventNew){
        .provider = provider_name(row->method), .kind = PAYMENT_EVENT_KIND_CANCELLED, .payment = row->id, .attempt = row->attempt,
        .event = arena_format(tx->a, "time-over-%lld-%lld", (long long)row->id.v, (long long)row->attempt), .said = by->now,
        .reason = STR("the time to pay was over") }, &event);
}

static Err look_again(Tx *tx, const By *by, const PaymentRowRow *row, bool wire)
{
    if (is_open(row->state)) {
        Time next = by->now + check_pause(row->checks + 1);
        if (!wire && row->has_expires && next < row->expires + CHECK_LATE_MS) next = row->expires + CHECK_LATE_MS;
        return task_at(tx, by, "payment_check", row->id.v, next);
    }
    // Over, but a late success, or the provider's fee, may still come: once a day for some days.
    if (!wire || by->now - row->created > (i64)CHECK_DAYS * DAY_MS) return ERR_OK;
    return task_at(tx, by, "payment_check", row->id.v, by->now + DAY_MS);
}

static Err checked(Job *job, Tx *tx, const By *by)
{
    PaymentRowRow *row;
    i64 n;
    try(payment_load(tx, job->payment.id, &row));
    bool late = is_open(row->state) && row->has_expires && row->expires + CHECK_LATE_MS <= by->now;
    try(q_payment_checked(tx, (PaymentCheckedIn){ .id = row->id, .now = by->now, .late = late || (row->late &&
                                                                                                  is_open(row->state)) },
                          &n));
    if (late && !job->ends) try(end_late(tx, by, row));
    return look_again(tx, by, row, job->provider != NULL);
}

static Err heard_of_try(Job *job, Tx *tx, const By *by)
{
    PaymentRowRow *row;
    try(payment_load(tx, job->payment.id, &row));
    return note_answer(job, tx, by, row);
}

// Nobody answers: that counts too, and makes the payment stand out in the operator's list.
static Err count_silence(Job *job, Tx *tx, const By *by)
{
    i64 n;
    return q_payment_checked(tx, (PaymentCheckedIn){ .id = job->payment.id, .now = by->now, .late = job->payment.late }, &n);
}

static Err ask_about(Job *job, const PaymentTryRowRow *t, bool main)
{
    job->ask = ask_of(job, t);
    job->answer = (ProviderAnswer){ 0 };
    Err e = job->provider->ask(&job->a, job->app->pay, &job->ask, &job->answer);
    if (e != ERR_OK) {
        try(step(job, true, count_silence));
        return e;
    }
    if (t->fee_known) job->answer.has_fee = false;
    if (main) job->ends = job->answer.state == PAYMENT_STATE_SUCCEEDED || job->answer.state == PAYMENT_STATE_FAILED;
    return step(job, true, heard_of_try);
}

// The try that counts; and once the payment is over, the others too: one that was called off may have been paid all the same.
static Err check(Job *job)
{
    try(step(job, false, load));
    if (!job->found || job->payment.method == PAYMENT_METHOD_COD) return ERR_OK;
    const PaymentRowRow *p = &job->payment;
    i64 main = p->has_paid_attempt ? p->paid_attempt : p->attempt;
    for (i64 i = 0; job->provider && i < job->n_tries; i++) {
        const PaymentTryRowRow *t = &job->tries[i];
        if (t->reference.n && (t->attempt == main || !is_open(p->state))) try(ask_about(job, t, t->attempt == main));
    }
    return step(job, true, checked);
}

Err payment_check_job(App *app, i64 payment, i64 attempt)
{
    return run_job(app, payment, attempt, check);
}

// ---------------------------------------------------------------------------------------------- calling off

// Wanted no more: of a payment that is over, or of an earlier try. Not the one that was paid.
static bool is_unwanted(const Job *job, const PaymentTryRowRow *t)
{
    const PaymentRowRow *p = &job->payment;
    if (!str_eq(t->state, STR("open"))) return false;
    return t->attempt != p->attempt || !is_open(p->state);
}

static Err called_off(Job *job, Tx *tx, const By *by)
{
    i64 n;
    if (job->answer.state == PAYMENT_STATE_SUCCEEDED) return note(job, tx, by, PAYMENT_EVENT_KIND_SUCCEEDED, "answer-succeeded");
    if (job->answer.state == PAYMENT_STATE_FAILED)
        return q_payment_try_end(tx, (PaymentTryEndIn){ .payment = job->payment.id, .attempt = job->ask.attempt }, &n);
    job->again = true;
    return ERR_OK;
}

// The money is on its way and cannot be stopped: how it ends is asked for until it is known.
static Err off_again(Job *job, Tx *tx, const By *by)
{
    i64 n;
    try(q_payment_checked(tx, (PaymentCheckedIn){ .id = job->payment.id, .now = by->now, .late = job->payment.late }, &n));
    return payment_call_off(tx, by, job->payment.id, check_pause(job->payment.checks));
}

static Err call_off(Job *job)
{
    try(step(job, false, load));
    for (i64 i = 0; job->found && job->provider && i < job->n_tries; i++) {
        const PaymentTryRowRow *t = &job->tries[i];
        if (!is_unwanted(job, t) || !t->reference.n) continue;       // without a reference its start is still being asked for
        job->ask = ask_of(job, t);
        job->answer = (ProviderAnswer){ 0 };
        try(job->provider->cancel(&job->a, job->app->pay, &job->ask, &job->answer));
        try(step(job, true, called_off));
    }
    return job->again ? step(job, true, off_again) : ERR_OK;
}

Err payment_cancel_job(App *app, i64 payment, i64 attempt)
{
    return run_job(app, payment, attempt, call_off);
}

// ---------------------------------------------------------------------------------------------- refunds

static Err load_refund(Job *job, Tx *tx, const By *by)
{
    RefundRowRow *row;
    i64 subject = job->subject;
    job->found = false;
    try(q_refund_row(tx, (RefundRowIn){ .id = { subject } }, &row));
    if (!row || row->state != REFUND_STATE_DUE || row->by_hand) return ERR_OK;
    job->refund = *row;
    job->refund.reference = keep(job, row->reference);
    job->subject = row->payment.v;
    Err e = load(job, tx, by);
    job->subject = subject;
    try(e);
    const PaymentTryRowRow *t = job->provider ? try_of(job, job->refund.attempt) : NULL;
    job->found = t != NULL;
    if (!t) return ERR_OK;
    job->refund_ask = (ProviderRefundAsk){ .refund = job->refund.id, .sends = job->refund.sends, .method = job->payment.method,
                                           .amount = job->refund.amount, .id = t->reference, .charge = t->charge,
                                           .reference = job->refund.reference };
    return ERR_OK;
}

static Err refund_heard(Job *job, Tx *tx, const By *by)
{
    const ProviderRefundAnswer *a = &job->refund_answer;
    bool failed = job->heard == ERR_WRONG_STATE || a->state == REFUND_STATE_FAILED;
    i64 event, n;
    if (a->reference.n) try(q_refund_name(tx, (RefundNameIn){ .id = job->refund.id, .reference = a->reference, .now = by->now },
                                          &n));
    try(q_refund_asked(tx, (RefundAskedIn){ .id = job->refund.id }, &n));
    if (!failed && a->state == REFUND_STATE_DUE)
        return task_at(tx, by, "refund_check", job->refund.id.v, by->now + check_pause(job->refund.asks));
    return event_store(tx, by, &(EventNew){
        .provider = str_of(job->provider->name),
            .kind = failed ? PAYMENT_EVENT_KIND_REFUND_FAILED : PAYMENT_EVENT_KIND_REFUND_SENT,
        .event = arena_format(tx->a, "refund-%lld-%lld-%s", (long long)job->refund.id.v, (long long)job->refund.sends,
                              failed ? "failed" : "sent"),
        .payment = job->payment.id, .attempt = job->refund.attempt, .refund = job->refund.id.v, .reference = a->reference,
        .reason = a->fault, .has_amount = true, .amount = job->refund.amount, .said = by->now }, &event);
}

static Err refund_work(Job *job, bool send)
{
    try(step(job, false, load_refund));
    if (!job->found || (!send && !job->refund.reference.n)) return ERR_OK;
    Err (*f)(Arena *, const PaySettings *, const ProviderRefundAsk *, ProviderRefundAnswer *) =
        send ? job->provider->refund : job->provider->refund_ask;
    job->heard = f(&job->a, job->app->pay, &job->refund_ask, &job->refund_answer);
    if (job->heard != ERR_OK && job->heard != ERR_WRONG_STATE) return job->heard;
    return step(job, true, refund_heard);
}

static Err send_refund(Job *job)
{
    return refund_work(job, true);
}

static Err check_refund(Job *job)
{
    return refund_work(job, false);
}

Err refund_send_job(App *app, i64 refund, i64 attempt)
{
    return run_job(app, refund, attempt, send_refund);
}

Err refund_check_job(App *app, i64 refund, i64 attempt)
{
    return run_job(app, refund, attempt, check_refund);
}
