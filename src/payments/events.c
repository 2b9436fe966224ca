// What providers say: each event stored once by their own id, and applied once, in whatever order and however late.
#include "api/task.h"
#include "payments/inner.h"

Err event_store(Tx *tx, const By *by, const EventNew *in, i64 *id)
{
    i64 n, made = id_next(by->ids, by->now);
    *id = 0;
    try(q_payment_event_insert(tx, (PaymentEventInsertIn){
        .id = made, .provider = in->provider, .event = in->event, .payment = in->payment, .outcome = in->kind,
        .has_attempt = in->attempt != 0, .attempt = in->attempt, .has_refund = in->refund != 0, .refund = in->refund,
        .reference = in->reference, .charge = in->charge, .has_amount_minor = in->has_amount, .amount_minor = in->amount.minor,
        .has_amount_currency = in->has_amount, .amount_currency = in->amount.currency, .reason = in->reason,
        .has_said = in->said != 0, .said = in->said, .counted = in->counted,
        .applied = in->applied || in->kind == PAYMENT_EVENT_KIND_IGNORED, .has_actor = in->actor != 0, .actor = in->actor,
        .at = by->now }, &n));
    if (n == 0) return ERR_OK;
    *id = made;
    if (in->applied || in->kind == PAYMENT_EVENT_KIND_IGNORED) return ERR_OK;
    return task_at(tx, by, "payment_event", made, by->now);
}

EventNew event_of(Str provider, const ProviderEvent *in)
{
    return (EventNew){ .provider = provider, .event = in->event, .kind = in->kind, .payment = in->payment, .attempt = in->attempt,
                       .refund = in->refund, .reference = in->reference, .charge = in->charge, .reason = in->reason,
                       .has_amount = in->has_amount, .amount = in->amount, .said = in->said };
}

// ---------------------------------------------------------------------------------------------- which payment it speaks of

// As we told the provider; otherwise by the ids that the provider gave us.
static Err find_payment(Tx *tx, const PaymentEventRowRow *e, PaymentRowRow **row, i64 *attempt)
{
    PaymentId id = e->payment;
    *attempt = e->attempt;
    *row = NULL;
    if (id.v == 0 && e->charge.n) {
        PaymentTryOfChargeRow *found;
        try(q_payment_try_of_charge(tx, (PaymentTryOfChargeIn){ .provider = e->provider, .charge = e->charge }, &found));
        if (found) id = found->payment, *attempt = found->attempt;
    }
    if (id.v == 0 && e->reference.n) {
        PaymentTryOfRow *found;
        try(q_payment_try_of(tx, (PaymentTryOfIn){ .provider = e->provider, .reference = e->reference }, &found));
        if (found) id = found->payment, *attempt = found->attempt;
    }
    if (id.v == 0) return ERR_OK;
    try(q_payment_row(tx, (PaymentRowIn){ .id = id }, row));
    // Another provider's word about this payment is nobody's.
    bool own = *row && (str_eq(provider_name((*row)->method), e->provider) || str_eq(e->provider, STR("hand")));
    if (!own) {
        *row = NULL;
        return ERR_OK;
    }
    i64 n;
    if (*attempt == 0) *attempt = (*row)->attempt;
    return e->payment.v ? ERR_OK : q_payment_event_belongs(tx, (PaymentEventBelongsIn){ .id = e->id, .payment = id }, &n);
}

static Err changed(Tx *tx, PaymentId id, PaymentChange *out)
{
    PaymentRowRow *row;
    try(payment_load(tx, id, &row));
    out->kind = PAYMENT_CHANGE_STATE;
    out->payment = payment_of(row);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- how a try goes

// A try's success counts once, whoever says it: webhook, reconciler, an answer.
static Err is_first(Tx *tx, const PaymentEventRowRow *e, const PaymentRowRow *row, i64 attempt, bool *first)
{
    i64 n;
    if (!provider_of(row->method)) {
        *first = row->state != PAYMENT_STATE_SUCCEEDED && row->state != PAYMENT_STATE_REFUNDED;
        return ERR_OK;
    }
    try(q_payment_try_succeed(tx, (PaymentTrySucceedIn){ .payment = row->id, .attempt = attempt, .charge = e->charge,
                                                         .said = e->said }, &n));
    *first = n == 1;
    return ERR_OK;
}

static Err apply_money(Tx *tx, const By *by, const PaymentEventRowRow *e, const PaymentRowRow *row, i64 attempt,
                       PaymentChange *out)
{
    i64 n;
    bool first = true, succeeded;
    Money came = e->has_amount_minor ? (Money){ e->amount_minor, e->amount_currency } : row->amount;
    if (e->outcome == PAYMENT_EVENT_KIND_SUCCEEDED) try(is_first(tx, e, row, attempt, &first));
    if (!first || came.minor <= 0) return ERR_OK;
    // It cannot be added, so somebody has to look: the payment stands in the operator's list.
    if (!currency_eq(came.currency, row->amount.currency))
        return q_payment_checked(tx, (PaymentCheckedIn){ .id = row->id, .now = by->now, .late = true }, &n);
    try(q_payment_receive(tx, (PaymentReceiveIn){ .id = row->id, .minor = came.minor, .now = by->now }, &n));
    try(q_payment_event_count(tx, (PaymentEventCountIn){ .id = e->id, .payment = row->id, .counted = came.minor }, &n));
    try(payment_settle(tx, by, row->id, attempt, &succeeded));
    return succeeded ? changed(tx, row->id, out) : ERR_OK;
}

// Of a try that is not the present one it ends only that one. What had come in of a transfer goes back. "cancelled" is our own
// word: the provider has still to be told.
static Err apply_failure(Tx *tx, const By *by, const PaymentEventRowRow *e, const PaymentRowRow *row, i64 attempt,
                         PaymentChange *out)
{
    i64 n;
    bool succeeded;
    if (e->outcome == PAYMENT_EVENT_KIND_FAILED)
        try(q_payment_try_end(tx, (PaymentTryEndIn){ .payment = row->id, .attempt = attempt }, &n));
    else if (provider_of(row->method)) try(payment_call_off(tx, by, row->id, 0));
    try(q_payment_fail(tx, (PaymentFailIn){ .id = row->id, .attempt = attempt, .reason = e->reason, .now = by->now }, &n));
    if (n == 0) return ERR_OK;
    if (row->received_minor) try(payment_settle(tx, by, row->id, attempt, &succeeded));
    return changed(tx, row->id, out);
}

static Err apply_step(Tx *tx, const By *by, const PaymentEventRowRow *e, const PaymentRowRow *row, i64 attempt)
{
    i64 n;
    PaymentState to = e->outcome == PAYMENT_EVENT_KIND_PROCESSING ? PAYMENT_STATE_PROCESSING : PAYMENT_STATE_ACTION_NEEDED;
    try(q_payment_try_said(tx, (PaymentTrySaidIn){ .payment = row->id, .attempt = attempt, .said = e->said }, &n));
    if (n == 0) return ERR_OK;
    return q_payment_move(tx, (PaymentMoveIn){ .id = row->id, .attempt = attempt, .state = to, .reason = e->reason,
                                               .now = by->now }, &n);
}

// ---------------------------------------------------------------------------------------------- disputes, fees, payouts

static Err open_dispute(Tx *tx, const By *by, const PaymentEventRowRow *e, const PaymentRowRow *row, DisputeRowRow **d)
{
    i64 n;
    // In another currency than we were paid in the number says nothing about our books: then it is about all of it.
    bool said = e->has_amount_minor && currency_eq(e->amount_currency, row->amount.currency);
    Money amount = said ? (Money){ e->amount_minor, e->amount_currency } : row->amount;
    try(q_dispute_insert(tx, (DisputeInsertIn){
        .provider = e->provider, .reference = e->reference, .id = refund_id_next(by->ids, by->now).v, .payment = row->id,
        .amount = amount, .state = STR("open"), .now = by->now }, &n));
    return q_dispute_row(tx, (DisputeRowIn){ .provider = e->provider, .reference = e->reference }, d);
}

// What came too early is looked at again, after longer and longer pauses of at most a day. *out is false once `most` has passed.
static Err try_later(Tx *tx, const By *by, const PaymentEventRowRow *e, Time most, bool *out)
{
    i64 n, age = by->now - e->at, pause = age < CHECK_FIRST_MS ? CHECK_FIRST_MS : age < DAY_MS ? age : DAY_MS;
    *out = age < most;
    if (!*out) return ERR_OK;
    try(q_payment_event_leave(tx, (PaymentEventLeaveIn){ .id = e->id }, &n));
    return task_at(tx, by, "payment_event", e->id, by->now + pause);
}

// Before a payment has succeeded the books can tell of nothing that goes off it: until then such an event waits.
static Err money_came(Tx *tx, const By *by, const PaymentEventRowRow *e, const PaymentRowRow *row, Time most, bool *paid)
{
    bool waits;
    *paid = row->state == PAYMENT_STATE_SUCCEEDED || row->state == PAYMENT_STATE_REFUNDED;
    return *paid ? ERR_OK : try_later(tx, by, e, most, &waits);
}

// In whatever order: a dispute that was won before we heard that it was there never took anything. One that was lost first is
// told as opened, and its end again later.
static Err apply_dispute(Tx *tx, const By *by, const PaymentEventRowRow *e, const PaymentRowRow *row, PaymentChange *out)
{
    DisputeRowRow *d;
    i64 n;
    bool paid;
    try(open_dispute(tx, by, e, row, &d));
    *out = (PaymentChange){ .payment = payment_of(row), .refund = { d->id }, .amount = d->amount, .reason = e->reason };
    bool lost = e->outcome == PAYMENT_EVENT_KIND_DISPUTE_LOST, opens = e->outcome == PAYMENT_EVENT_KIND_DISPUTED;
    if (!d->told && (lost || (opens && !str_eq(d->state, STR("won"))))) {
        try(money_came(tx, by, e, row, (i64)DISPUTE_WAIT_DAYS * DAY_MS, &paid));
        if (!paid) return ERR_OK;
        try(q_dispute_tell(tx, (DisputeTellIn){ .provider = e->provider, .reference = e->reference, .now = by->now }, &n));
        out->kind = PAYMENT_CHANGE_DISPUTED;
        if (!lost) return ERR_OK;
        try(q_payment_event_leave(tx, (PaymentEventLeaveIn){ .id = e->id }, &n));
        return task_at(tx, by, "payment_event", e->id, by->now);
    }
    if (opens) return ERR_OK;
    try(q_dispute_close(tx, (DisputeCloseIn){ .provider = e->provider, .reference = e->reference,
                                              .state = lost ? STR("lost") : STR("won"), .now = by->now }, &n));
    if (n && d->told) out->kind = lost ? PAYMENT_CHANGE_DISPUTE_LOST : PAYMENT_CHANGE_DISPUTE_WON;
    return ERR_OK;
}

// The books know the sale only once it was paid: a fee that is heard of first waits a little. One in another currency than the
// payment's (the provider settles in its own) stays with the payment, for whoever keeps the bank's books.
static Err apply_fee(Tx *tx, const By *by, const PaymentEventRowRow *e, const PaymentRowRow *row, i64 attempt, PaymentChange *out)
{
    i64 n;
    bool paid;
    if (!e->has_amount_minor || !currency_eq(e->amount_currency, row->amount.currency)) return ERR_OK;
    try(money_came(tx, by, e, row, DAY_MS, &paid));
    if (!paid) return ERR_OK;
    try(q_payment_try_fee(tx, (PaymentTryFeeIn){ .payment = row->id, .attempt = attempt }, &n));
    if (n == 0 || e->amount_minor <= 0) return ERR_OK;
    *out = (PaymentChange){ .kind = PAYMENT_CHANGE_FEE, .payment = payment_of(row), .amount = { e->amount_minor,
                                                                                               e->amount_currency } };
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- one event

static bool is_dispute(PaymentEventKind kind)
{
    return kind == PAYMENT_EVENT_KIND_DISPUTED || kind == PAYMENT_EVENT_KIND_DISPUTE_WON ||
           kind == PAYMENT_EVENT_KIND_DISPUTE_LOST;
}

// What names our payment and speaks of another thing at the provider than the one made for it is not ours: two markets may share
// an account. Before the provider's first answer was written down its id is not known.
static Err is_ours(Tx *tx, const PaymentEventRowRow *e, const PaymentRowRow *row, i64 attempt, bool *ours)
{
    PaymentTryRowRow *tried;
    *ours = true;
    if (is_dispute(e->outcome) || e->reference.n == 0 || !provider_of(row->method)) return ERR_OK;
    try(q_payment_try_row(tx, (PaymentTryRowIn){ .payment = row->id, .attempt = attempt }, &tried));
    *ours = tried && (tried->reference.n == 0 || str_eq(tried->reference, e->reference));
    return ERR_OK;
}

Err event_apply(Tx *tx, const By *by, const PaymentEventRowRow *e, PaymentChange *out)
{
    PaymentRowRow *row;
    i64 attempt;
    bool ours;
    *out = (PaymentChange){ 0 };
    switch (e->outcome) {
    case PAYMENT_EVENT_KIND_IGNORED: return ERR_OK;
    case PAYMENT_EVENT_KIND_PAYOUT_SENT:
    case PAYMENT_EVENT_KIND_PAYOUT_FAILED:
        *out = (PaymentChange){ .payout = e->refund, .reason = e->reason, .kind = e->outcome == PAYMENT_EVENT_KIND_PAYOUT_SENT ?
                                PAYMENT_CHANGE_PAYOUT_SENT : PAYMENT_CHANGE_PAYOUT_FAILED };
        return ERR_OK;
    case PAYMENT_EVENT_KIND_REFUND_SENT:
    case PAYMENT_EVENT_KIND_REFUND_FAILED: return refund_apply(tx, by, e, out);
    case PAYMENT_EVENT_KIND_SURPLUS:
    case PAYMENT_EVENT_KIND_SURPLUS_SENT:
    case PAYMENT_EVENT_KIND_SURPLUS_BACK: return surplus_apply(tx, e, out);
    default: break;
    }
    try(find_payment(tx, e, &row, &attempt));
    // Somebody else's (the same account at the provider serves others), or of a charge that we have not heard of yet.
    if (!row) return is_dispute(e->outcome) ? try_later(tx, by, e, DAY_MS, &ours) : ERR_OK;
    try(is_ours(tx, e, row, attempt, &ours));
    if (!ours) return ERR_OK;
    switch (e->outcome) {
    case PAYMENT_EVENT_KIND_SUCCEEDED:
    case PAYMENT_EVENT_KIND_RECEIVED: return apply_money(tx, by, e, row, attempt, out);
    case PAYMENT_EVENT_KIND_FAILED:
    case PAYMENT_EVENT_KIND_CANCELLED: return apply_failure(tx, by, e, row, attempt, out);
    case PAYMENT_EVENT_KIND_ACTION_NEEDED:
    case PAYMENT_EVENT_KIND_PROCESSING: return apply_step(tx, by, e, row, attempt);
    case PAYMENT_EVENT_KIND_FEE: return apply_fee(tx, by, e, row, attempt, out);
    default: return apply_dispute(tx, by, e, row, out);
    }
}

Err payment_apply(Tx *tx, const By *by, i64 event, PaymentChange *out)
{
    PaymentEventRowRow *e;
    i64 n;
    *out = (PaymentChange){ 0 };
    try(q_payment_event_take(tx, (PaymentEventTakeIn){ .id = event }, &n));
    if (n == 0) return ERR_OK;
    try(q_payment_event_row(tx, (PaymentEventRowIn){ .id = event }, &e));
    return event_apply(tx, by, e, out);
}

Err payment_news(Tx *tx, const By *by, const PaymentNews *news, bool *has_changed, Payment *out)
{
    PaymentRowRow *row;
    PaymentEventRowRow *e;
    PaymentChange change;
    i64 id;
    *has_changed = false;
    try(payment_load(tx, news->payment, &row));
    *out = payment_of(row);
    try(event_store(tx, by, &(EventNew){
        .provider = news->provider, .event = news->event, .payment = news->payment, .attempt = row->attempt, .said = by->now,
        .kind = news->succeeded ? PAYMENT_EVENT_KIND_SUCCEEDED : PAYMENT_EVENT_KIND_FAILED, .reason = news->reason,
        .applied = true }, &id));
    if (id == 0) return ERR_OK;
    try(q_payment_event_row(tx, (PaymentEventRowIn){ .id = id }, &e));
    try(event_apply(tx, by, e, &change));
    *has_changed = change.kind == PAYMENT_CHANGE_STATE;
    if (*has_changed) *out = change.payment;
    return ERR_OK;
}
