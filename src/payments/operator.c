// The operator's side of payments: what hangs, what is known of it, and what a bank statement says.
#include "api/task.h"
#include "payments/inner.h"

enum { SILENT_CHECKS = 10 };             // asked so often without an end: the provider is called silent

static PaymentTrouble trouble_of(const PaymentRowRow *row, Time now)
{
    bool open = row->state == PAYMENT_STATE_PENDING || row->state == PAYMENT_STATE_ACTION_NEEDED ||
                row->state == PAYMENT_STATE_PROCESSING;
    if (!open || row->method == PAYMENT_METHOD_COD) return PAYMENT_TROUBLE_NONE;
    if (row->received_minor > 0) return PAYMENT_TROUBLE_PART;
    if (row->late || (row->has_expires && row->expires < now)) return PAYMENT_TROUBLE_LATE;
    return row->checks >= SILENT_CHECKS ? PAYMENT_TROUBLE_SILENT : PAYMENT_TROUBLE_NONE;
}

static Err one(Tx *tx, const By *by, PaymentId id, OperatorPayment *out)
{
    PaymentRowRow *row;
    PaymentTryRowRow *tried;
    try(payment_load(tx, id, &row));
    try(q_payment_try_row(tx, (PaymentTryRowIn){ .payment = id, .attempt = row->has_paid_attempt ? row->paid_attempt :
                                                 row->attempt }, &tried));
    Currency c = row->amount.currency;
    *out = (OperatorPayment){ .id = id, .account = row->account, .checkout = row->checkout, .method = row->method,
                              .state = row->state, .amount = row->amount, .received = { row->received_minor, c },
                              .refunded = { row->refunded_minor, c }, .attempt = row->attempt,
                              .trouble = trouble_of(row, by->now), .created = row->created, .updated = row->updated,
                              .has_expires = row->has_expires, .expires = row->expires, .reason = row->reason,
                              .reference = row->reference, .provider_reference = tried ? tried->reference : (Str){ 0 },
                              .has_checked = row->has_checked, .checked = row->checked, .checks = row->checks };
    return ERR_OK;
}

// A reference as it stands on a statement: of any case, with blanks around it.
static Str reference_form(Arena *a, Str in)
{
    in = str_trim(in);
    char *text = arena_alloc(a, in.n + 1);
    for (size_t i = 0; i < in.n; i++) text[i] = (char)(in.p[i] >= 'a' && in.p[i] <= 'z' ? in.p[i] - 32 : in.p[i]);
    return (Str){ text, in.n };
}

static Err by_reference(Tx *tx, const By *by, Str reference, OperatorPaymentPage *out)
{
    PaymentOfReferenceRow *found;
    try(q_payment_of_reference(tx, (PaymentOfReferenceIn){ .reference = reference_form(tx->a, reference) }, &found));
    if (!found) return ERR_OK;
    out->items = (OperatorPaymentList){ arena_new_array(tx->a, OperatorPayment, 1), 1 };
    return one(tx, by, found->id, &out->items.p[0]);
}

Err operator_payments(Tx *tx, const By *by, const OperatorPaymentsAsk *ask, OperatorPaymentPage *out)
{
    PaymentsOpenRowList rows;
    PaymentId before = ask->before.v ? ask->before : (PaymentId){ INT64_MAX };
    *out = (OperatorPaymentPage){ 0 };
    if (ask->reference.n) return by_reference(tx, by, ask->reference, out);
    switch (ask->show) {
    case PAYMENT_SHOW_OPEN: try(q_payments_open(tx, (PaymentsOpenIn){ .before = before, .limit = ask->limit }, &rows)); break;
    case PAYMENT_SHOW_LATE:
        try(q_payments_late(tx, (PaymentsLateIn){ .before = before, .now = by->now, .limit = ask->limit }, &rows));
        break;
    case PAYMENT_SHOW_ALL: try(q_payments_all(tx, (PaymentsAllIn){ .before = before, .limit = ask->limit }, &rows)); break;
    }
    out->items = (OperatorPaymentList){ arena_new_array(tx->a, OperatorPayment, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) try(one(tx, by, rows.p[i].id, &out->items.p[i]));
    if (rows.n == ask->limit) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].id.v);
    return ERR_OK;
}

static Err events_of(Tx *tx, PaymentId id, PaymentEventList *out)
{
    PaymentEventListRowList rows;
    try(q_payment_event_list(tx, (PaymentEventListIn){ .payment = id }, &rows));
    *out = (PaymentEventList){ arena_new_array(tx->a, PaymentEvent, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        const PaymentEventListRow *r = &rows.p[i];
        out->p[i] = (PaymentEvent){ .kind = r->kind, .provider = r->provider, .event = r->event, .at = r->at,
                                    .has_said = r->has_said, .said = r->said, .has_amount = r->has_amount_minor,
                                    .amount = { r->amount_minor, r->amount_currency }, .reason = r->reason,
                                    .applied = r->applied, .actor = r->actor };
    }
    return ERR_OK;
}

Err operator_payment(Tx *tx, const By *by, PaymentId id, OperatorPaymentDetail *out)
{
    RefundRowRowList refunds;
    out->payment = arena_new(tx->a, OperatorPayment);
    try(one(tx, by, id, out->payment));
    try(events_of(tx, id, &out->events));
    try(q_refunds_of_payment(tx, (RefundsOfPaymentIn){ .payment = id }, &refunds));
    return operator_refund_list_of(tx, by, refunds.p, refunds.n, &out->refunds);
}

Err operator_check(Tx *tx, const By *by, PaymentId id)
{
    PaymentRowRow *row;
    i64 n;
    try(payment_load(tx, id, &row));
    if (!provider_of(row->method))
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "Nobody can be asked about this payment: look at the bank statement.");
    try(q_payment_check_anew(tx, (PaymentCheckAnewIn){ .id = id }, &n));
    return task_at(tx, by, "payment_check", id.v, by->now);
}

Err operator_cancel(Tx *tx, const By *by, PaymentId id)
{
    PaymentRowRow *row;
    i64 event;
    try(payment_load(tx, id, &row));
    bool open = row->state == PAYMENT_STATE_PENDING || row->state == PAYMENT_STATE_ACTION_NEEDED ||
                row->state == PAYMENT_STATE_PROCESSING;
    if (!open || row->method == PAYMENT_METHOD_COD)
        return refuse(&tx->why, ERR_PAYMENT_OVER, NULL, "Only a payment that is still open can be called off.");
    return event_store(tx, by, &(EventNew){
        .provider = provider_name(row->method), .kind = PAYMENT_EVENT_KIND_CANCELLED, .payment = id, .attempt = row->attempt,
        .event = arena_format(tx->a, "called-off-%lld-%lld", (long long)id.v, (long long)row->attempt), .said = by->now,
        .reason = STR("called off by the market"), .actor = by->who.account }, &event);
}

// Between the day on which the payment began and today, give or take the day that is another one elsewhere.
Err payment_day(Tx *tx, const By *by, const char *field, Str text, Time *out)
{
    Str whole = arena_format(tx->a, "%.*sT00:00:00Z", STR_ARG(text));
    if (text.n != 10 || !time_from_iso(whole, out))
        return refuse(&tx->why, ERR_BAD_FIELD, field, "Give a day as YYYY-MM-DD.");
    if (*out <= by->now + DAY_MS) return ERR_OK;
    return refuse(&tx->why, ERR_BAD_FIELD, field, "That day is still to come.");
}

Err operator_receipt(Tx *tx, const By *by, PaymentId id, const PaymentReceipt *in)
{
    PaymentRowRow *row;
    Time day;
    i64 event;
    try(payment_load(tx, id, &row));
    if (row->method != PAYMENT_METHOD_TRANSFER)
        return refuse(&tx->why, ERR_WRONG_STATE, NULL,
                      "Only a bank transfer is confirmed by hand; its provider speaks for this one.");
    if (!currency_eq(in->amount.currency, row->amount.currency))
        return refuse(&tx->why, ERR_CURRENCY, "amount", "This payment is in %s.", row->amount.currency.code);
    if (in->amount.minor <= 0) return refuse(&tx->why, ERR_BAD_FIELD, "amount", "Give an amount above zero.");
    try(payment_day(tx, by, "received_on", in->received_on, &day));
    if (day < row->created - 2 * DAY_MS)
        return refuse(&tx->why, ERR_BAD_FIELD, "received_on", "That is before this payment was begun.");
    try(event_store(tx, by, &(EventNew){
        .provider = STR("transfer"), .event = arena_format(tx->a, "receipt-%.*s", STR_ARG(in->reference)),
        .kind = PAYMENT_EVENT_KIND_RECEIVED, .payment = id, .attempt = row->attempt, .has_amount = true, .amount = in->amount,
        .said = day > 0 ? day : 1, .actor = by->who.account }, &event));
    if (event) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, "reference", "That entry of the bank statement was noted before.");
}
