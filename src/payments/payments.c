// Payments: the rules and the two providers, cash on delivery and the demo's test provider.
#include "payments/payments.h"

#include "api/task.h"

Err payment_offered(Tx *tx, const By *by, PaymentMethod method)
{
    if (method == PAYMENT_METHOD_TEST && !by->demo)
        return refuse(&tx->why, ERR_METHOD_OFF, "method", "The test provider is on only in demo mode.");
    return ERR_OK;
}

static Err load(Tx *tx, PaymentId id, PaymentRowRow **row)
{
    try(q_payment_row(tx, (PaymentRowIn){ .id = id }, row));
    return *row ? ERR_OK : ERR_NOT_FOUND;
}

static Payment payment_of(const PaymentRowRow *row)
{
    Payment p = { .id = row->id, .method = row->method, .state = row->state, .checkout = row->checkout, .amount = row->amount,
                  .reason = row->reason };
    if (row->refunded_minor) {
        p.has_refunded = true;
        p.refunded = (Money){ row->refunded_minor, row->amount.currency };
    }
    if (row->state == PAYMENT_STATE_ACTION_NEEDED) p.next_step = STR("test_bank");
    return p;
}

Err payment_get_by_id(Tx *tx, PaymentId id, AccountId *account, Payment *out)
{
    PaymentRowRow *row;
    try(load(tx, id, &row));
    *account = row->account;
    *out = payment_of(row);
    return ERR_OK;
}

Err payment_get_by_checkout(Tx *tx, CheckoutId checkout, Payment *out)
{
    PaymentOfCheckoutRow *found;
    AccountId account;
    try(q_payment_of_checkout(tx, (PaymentOfCheckoutIn){ .checkout = checkout }, &found));
    return found ? payment_get_by_id(tx, found->id, &account, out) : ERR_NOT_FOUND;
}

typedef struct Answer { PaymentState state; Str reason; } Answer;

// How the test provider behaves. A real one would be asked outside of the transaction, through a task.
static Answer test_answer(Money amount)
{
    switch (amount.minor % 100) {
    case TEST_DECLINED: return (Answer){ PAYMENT_STATE_FAILED, STR("declined") };
    case TEST_SECOND_STEP: return (Answer){ PAYMENT_STATE_ACTION_NEEDED, { 0 } };
    case TEST_LATE: return (Answer){ PAYMENT_STATE_PROCESSING, { 0 } };
    default: return (Answer){ PAYMENT_STATE_SUCCEEDED, { 0 } };
    }
}

static Answer first_answer(PaymentMethod method, Money amount)
{
    return method == PAYMENT_METHOD_TEST ? test_answer(amount) : (Answer){ PAYMENT_STATE_PENDING, { 0 } };
}

static Err await(Tx *tx, const By *by, PaymentId id, PaymentState state)
{
    if (state != PAYMENT_STATE_PROCESSING) return ERR_OK;
    return task_at(tx, by, "test_provider", id.v, by->now + TEST_LATE_MS);
}

Err payment_start(Tx *tx, const By *by, const PaymentStart *in, Payment *out)
{
    must(in->amount.minor > 0);
    try(payment_offered(tx, by, in->method));
    PaymentId id = payment_id_next(by->ids, by->now);
    Answer a = first_answer(in->method, in->amount);
    try(q_payment_insert(tx, (PaymentInsertIn){ .id = id, .checkout = in->checkout, .account = in->account, .method = in->method,
                                                .state = a.state, .amount = in->amount, .reason = a.reason, .now = by->now }));
    *out = (Payment){ .id = id, .method = in->method, .state = a.state, .checkout = in->checkout, .amount = in->amount,
                      .reason = a.reason, .next_step = a.state == PAYMENT_STATE_ACTION_NEEDED ? STR("test_bank") : (Str){ 0 } };
    return await(tx, by, id, a.state);
}

Err payment_start_again(Tx *tx, const By *by, PaymentId id, Payment *out)
{
    PaymentRowRow *row;
    i64 n;
    try(load(tx, id, &row));
    try(payment_offered(tx, by, row->method));
    if (row->attempt >= PAYMENT_ATTEMPTS_MAX)
        return refuse(&tx->why, ERR_PAYMENT_OVER, NULL, "This was tried %d times: cancel the order and begin anew.",
                      PAYMENT_ATTEMPTS_MAX);
    try(q_payment_again(tx, (PaymentAgainIn){ .id = id, .now = by->now }, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "Only a failed payment can be tried again.");
    Answer a = first_answer(row->method, row->amount);
    try(q_payment_set_state(tx, (PaymentSetStateIn){ .id = id, .state = a.state, .reason = a.reason, .now = by->now }, &n));
    try(await(tx, by, id, a.state));
    try(load(tx, id, &row));
    *out = payment_of(row);
    return ERR_OK;
}

Err payment_news(Tx *tx, const By *by, const PaymentNews *news, bool *changed, Payment *out)
{
    PaymentRowRow *row;
    i64 n;
    *changed = false;
    try(load(tx, news->payment, &row));
    *out = payment_of(row);
    try(q_payment_event_insert(tx, (PaymentEventInsertIn){
        .provider = news->provider, .event = news->event, .payment = news->payment,
        .outcome = news->succeeded ? STR("succeeded") : STR("failed"), .at = by->now }, &n));
    bool awaited = row->state == PAYMENT_STATE_PROCESSING || row->state == PAYMENT_STATE_ACTION_NEEDED;
    if (n == 0 || (!news->succeeded && !awaited)) return ERR_OK;
    PaymentState next = news->succeeded ? PAYMENT_STATE_SUCCEEDED : PAYMENT_STATE_FAILED;
    try(q_payment_set_state(tx, (PaymentSetStateIn){ .id = news->payment, .state = next, .reason = news->reason,
                                                     .now = by->now }, &n));
    *changed = n > 0;
    try(load(tx, news->payment, &row));
    *out = payment_of(row);
    return ERR_OK;
}

Err payment_cancel(Tx *tx, const By *by, PaymentId id)
{
    i64 n;
    return q_payment_set_state(tx, (PaymentSetStateIn){ .id = id, .state = PAYMENT_STATE_CANCELLED, .now = by->now }, &n);
}

Err payment_collected(Tx *tx, const By *by, PaymentId id)
{
    i64 n;
    return q_payment_set_state(tx, (PaymentSetStateIn){ .id = id, .state = PAYMENT_STATE_SUCCEEDED, .now = by->now }, &n);
}

Err payment_uncollected(Tx *tx, const By *by, PaymentId id, Money amount)
{
    i64 n;
    must(amount.minor > 0);
    try(q_payment_uncollect(tx, (PaymentUncollectIn){ .id = id, .minor = amount.minor, .now = by->now }, &n));
    return n ? ERR_OK : refuse(&tx->why, ERR_WRONG_STATE, NULL, "There is not that much left to collect.");
}

Err payment_refund(Tx *tx, const By *by, const PaymentRefundAsk *ask)
{
    i64 n;
    must(ask->amount.minor > 0);
    try(q_payment_refund_add(tx, (PaymentRefundAddIn){ .id = ask->payment, .minor = ask->amount.minor, .now = by->now }, &n));
    return n ? ERR_OK : refuse(&tx->why, ERR_WRONG_STATE, NULL, "There is not that much left to give back.");
}

Err payment_apply(Tx *tx, const By *by, i64 event, PaymentChange *out)
{
    (void)tx, (void)by, (void)event;
    *out = (PaymentChange){ 0 };
    return ERR_OK;
}

Err payment_audit(Tx *tx, PaymentReport *report, void *context)
{
    PaymentViolationsRowList rows;
    try(q_payment_violations(tx, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        char detail[120];
        snprintf(detail, sizeof(detail), "refunded %lld of %lld", (long long)rows.p[i].refunded_minor,
                 (long long)rows.p[i].amount_minor);
        report(context, "payment_amounts", rows.p[i].id.v, detail);
    }
    return ERR_OK;
}
