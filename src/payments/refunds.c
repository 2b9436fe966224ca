// Money that goes back: written down first, then sent by the provider or paid by hand, and said to have arrived by an event.
#include "accounts/accounts.h"
#include "api/task.h"
#include "payments/inner.h"

typedef enum Way { WAY_AT_ONCE, WAY_PROVIDER, WAY_BY_HAND } Way;

static Way way_of(PaymentMethod method, PayBackKind kind)
{
    const Provider *p = provider_of(method);
    if (method == PAYMENT_METHOD_TEST || kind == PAY_BACK_KIND_UNCOLLECTED) return WAY_AT_ONCE;
    return p && p->refunds(method) ? WAY_PROVIDER : WAY_BY_HAND;
}

// Money that no order knows of: that it came, went back, or came again is an event of our own, which the books follow. Once for
// each event `cause` that said so; 0: we did ourselves.
static Err tell_surplus(Tx *tx, const By *by, PaymentEventKind kind, const RefundRowRow *row, const char *provider, i64 cause)
{
    i64 event;
    const char *name = PAYMENT_EVENT_KIND_NAMES.names[kind];
    return event_store(tx, by, &(EventNew){
        .provider = str_of(provider), .payment = row->payment, .refund = row->id.v, .has_amount = true, .amount = row->amount,
        .event = arena_format(tx->a, "%s-%lld-%lld", name, (long long)row->id.v, (long long)cause), .kind = kind,
        .said = by->now, .actor = by->who.account }, &event);
}

// The books follow when the money has left.
static Err tell_sent(Tx *tx, const By *by, PaymentId payment, RefundId refund, OrderId order, Money amount, const char *provider)
{
    i64 event;
    if (order.v == 0) return ERR_OK;
    return event_store(tx, by, &(EventNew){
        .provider = str_of(provider), .event = arena_format(tx->a, "refund-%lld", (long long)refund.v), .said = by->now,
        .kind = PAYMENT_EVENT_KIND_REFUND_SENT, .payment = payment, .refund = refund.v, .has_amount = true, .amount = amount,
        .actor = by->who.account }, &event);
}

Err refund_write(Tx *tx, const By *by, const PaymentRowRow *payment, const WayBack *in)
{
    Way way = way_of(payment->method, in->kind);
    RefundId id = in->id.v ? in->id : refund_id_next(by->ids, by->now);
    Money amount = { in->minor, payment->amount.currency };
    try(q_refund_insert(tx, (RefundInsertIn){
        .id = id, .payment = payment->id, .account = payment->account, .shop_order = in->order, .kind = in->kind,
            .amount = amount,
        .state = way == WAY_AT_ONCE ? REFUND_STATE_SENT : REFUND_STATE_DUE, .by_hand = way == WAY_BY_HAND, .attempt = in->attempt,
        .provider = provider_name(payment->method), .reason = in->reason, .now = by->now }));
    if (in->kind == PAY_BACK_KIND_SURPLUS) {
        RefundRowRow row = { .id = id, .payment = payment->id, .amount = amount };
        try(tell_surplus(tx, by, PAYMENT_EVENT_KIND_SURPLUS, &row, "books", 0));
        if (way == WAY_AT_ONCE) try(tell_surplus(tx, by, PAYMENT_EVENT_KIND_SURPLUS_SENT, &row, "books", 0));
    }
    if (way == WAY_PROVIDER) return task_at(tx, by, "refund_send", id.v, by->now);
    if (way == WAY_BY_HAND || in->kind != PAY_BACK_KIND_REFUND) return ERR_OK;
    return tell_sent(tx, by, payment->id, id, in->order, amount, "test");
}

static Err refund_again(Tx *tx, const PaymentRefundAsk *ask, const RefundRowRow *row)
{
    if (row->payment.v == ask->payment.v && row->amount.minor == ask->amount.minor) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, NULL, "Another refund has that number.");
}

Err payment_refund(Tx *tx, const By *by, const PaymentRefundAsk *ask)
{
    i64 n;
    RefundRowRow *known = NULL;
    PaymentRowRow *row;
    must(ask->amount.minor > 0);
    if (ask->refund.v) try(q_refund_row(tx, (RefundRowIn){ .id = ask->refund }, &known));
    if (known) return refund_again(tx, ask, known);
    try(payment_load(tx, ask->payment, &row));
    if (!currency_eq(ask->amount.currency, row->amount.currency))
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "The payment was in %s.", row->amount.currency.code);
    try(q_payment_refund_add(tx, (PaymentRefundAddIn){ .id = ask->payment, .minor = ask->amount.minor, .now = by->now }, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "There is not that much left to give back.");
    return refund_write(tx, by, row, &(WayBack){
        .id = ask->refund, .order = ask->order, .kind = PAY_BACK_KIND_REFUND, .minor = ask->amount.minor,
        .attempt = row->has_paid_attempt ? row->paid_attempt : row->attempt, .reason = ask->reason });
}

Err payment_refunds_of(Tx *tx, OrderId order, RefundList *out)
{
    return q_refunds_of_order(tx, (RefundsOfOrderIn){ .shop_order = order }, out);
}

// ---------------------------------------------------------------------------------------------- what is said about them

static Err find_refund(Tx *tx, const PaymentEventRowRow *e, RefundRowRow **row)
{
    RefundId id = { e->refund };
    *row = NULL;
    if (id.v == 0 && e->reference.n) {
        RefundOfReferenceRow *found;
        try(q_refund_of_reference(tx, (RefundOfReferenceIn){ .provider = e->provider, .reference = e->reference }, &found));
        if (found) id = found->id;
    }
    return id.v ? q_refund_row(tx, (RefundRowIn){ .id = id }, row) : ERR_OK;
}

// What was paid by hand, or sent at once, is in its last state already: its event only tells.
static bool is_told(const PaymentEventRowRow *e)
{
    return str_eq(e->provider, STR("hand")) || str_eq(e->provider, STR("test"));
}

Err refund_apply(Tx *tx, const By *by, const PaymentEventRowRow *e, PaymentChange *out)
{
    RefundRowRow *row;
    PaymentRowRow *payment;
    i64 n = 1;
    bool sent = e->outcome == PAYMENT_EVENT_KIND_REFUND_SENT;
    try(find_refund(tx, e, &row));
    if (!row || (!is_told(e) && !str_eq(e->provider, row->provider))) return ERR_OK;
    if (!is_told(e) && sent)
        try(q_refund_sent(tx, (RefundSentIn){ .id = row->id, .reference = e->reference, .said = e->said, .now = by->now }, &n));
    if (!is_told(e) && !sent)
        try(q_refund_failed(tx, (RefundFailedIn){ .id = row->id, .fault = e->reason, .said = e->said, .now = by->now }, &n));
    if (n == 0) return ERR_OK;
    bool was_sent = !sent && row->state == REFUND_STATE_SENT;
    PaymentEventKind way = sent ? PAYMENT_EVENT_KIND_SURPLUS_SENT : PAYMENT_EVENT_KIND_SURPLUS_BACK;
    if (row->kind == PAY_BACK_KIND_SURPLUS && (sent || was_sent)) return tell_surplus(tx, by, way, row, "books", e->id);
    if (row->shop_order.v == 0) return ERR_OK;
    try(payment_load(tx, row->payment, &payment));
    *out = (PaymentChange){ .kind = sent ? PAYMENT_CHANGE_REFUND_SENT : PAYMENT_CHANGE_REFUND_FAILED, .amount = row->amount,
                            .payment = payment_of(payment), .refund = row->id, .order = row->shop_order, .reason = e->reason,
                            .by_hand = str_eq(e->provider, STR("hand")), .was_sent = was_sent };
    return ERR_OK;
}

Err surplus_apply(Tx *tx, const PaymentEventRowRow *e, PaymentChange *out)
{
    PaymentRowRow *payment;
    try(payment_load(tx, e->payment, &payment));
    *out = (PaymentChange){ .payment = payment_of(payment), .refund = { e->refund }, .by_hand = str_eq(e->provider, STR("hand")),
                            .amount = { e->amount_minor, e->amount_currency } };
    out->kind = e->outcome == PAYMENT_EVENT_KIND_SURPLUS        ? PAYMENT_CHANGE_SURPLUS
                : e->outcome == PAYMENT_EVENT_KIND_SURPLUS_SENT ? PAYMENT_CHANGE_SURPLUS_SENT
                                                                : PAYMENT_CHANGE_SURPLUS_BACK;
    return ERR_OK;
}

Err payment_surplus_owed(Tx *tx, PaymentSurplus *out)
{
    return q_payment_surplus_owed(tx, out);
}

// ---------------------------------------------------------------------------------------------- the buyer's side

static Err open_pay_to(Tx *tx, const By *by, const RefundRowRow *row, PayTo **out)
{
    Str plain;
    *out = NULL;
    if (row->pay_to.n == 0) return ERR_OK;
    try(account_open(tx, by, row->account, row->pay_to, &plain));
    if (plain.n == 0) return ERR_OK;                         // the account was erased
    Refusal why;
    *out = arena_new(tx->a, PayTo);
    return json_read(tx->a, &PAY_TO_TYPE, plain, *out, &why);
}

static Err buyer_refund(Tx *tx, const By *by, const RefundRowRow *row, BuyerRefund *out)
{
    *out = (BuyerRefund){ .id = row->id, .amount = row->amount, .state = row->state, .by_hand = row->by_hand,
                          .reason = row->reason, .at = row->updated, .paid_on = row->paid_on };
    return open_pay_to(tx, by, row, &out->pay_to);
}

Err payment_buyer_refunds(Tx *tx, const By *by, PaymentId id, BuyerRefundList *out)
{
    PaymentRowRow *payment;
    RefundRowRowList rows;
    try(payment_load(tx, id, &payment));
    if (payment->account.v != by->who.account) return ERR_NOT_FOUND;
    try(q_refunds_of_payment(tx, (RefundsOfPaymentIn){ .payment = id }, &rows));
    *out = (BuyerRefundList){ .p = arena_new_array(tx->a, BuyerRefund, rows.n) };
    for (i64 i = 0; i < rows.n; i++)
        if (rows.p[i].kind != PAY_BACK_KIND_UNCOLLECTED) try(buyer_refund(tx, by, &rows.p[i], &out->p[out->n++]));
    return ERR_OK;
}

Err refund_pay_to(Tx *tx, const By *by, RefundId id, const PayTo *in, BuyerRefund *out)
{
    RefundRowRow *row;
    Str sealed;
    i64 n;
    try(q_refund_row(tx, (RefundRowIn){ .id = id }, &row));
    if (!row || row->account.v != by->who.account) return ERR_NOT_FOUND;
    Buf b = buf_new(tx->a, 4096);
    json_write(&b, &PAY_TO_TYPE, in);
    must(!b.full);
    try(account_seal(tx, by, row->account, buf_str(&b), &sealed));
    try(q_refund_set_pay_to(tx, (RefundSetPayToIn){ .id = id, .account = row->account, .pay_to = sealed, .now = by->now }, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This refund needs no account: it is on its way or was paid.");
    try(q_refund_row(tx, (RefundRowIn){ .id = id }, &row));
    return buyer_refund(tx, by, row, out);
}

// ---------------------------------------------------------------------------------------------- the operator's side

static Err operator_refund(Tx *tx, const By *by, const RefundRowRow *row, OperatorRefund *out)
{
    PaymentRowRow *payment;
    try(payment_load(tx, row->payment, &payment));
    *out = (OperatorRefund){ .id = row->id, .payment = row->payment, .account = row->account, .method = payment->method,
                             .order = row->shop_order, .kind = row->kind, .amount = row->amount, .state = row->state,
                             .by_hand = row->by_hand, .reason = row->reason, .fault = row->fault, .created = row->created,
                             .updated = row->updated, .paid_on = row->paid_on, .paid_reference = row->paid_reference };
    return open_pay_to(tx, by, row, &out->pay_to);
}

Err operator_refund_list_of(Tx *tx, const By *by, const RefundRowRow *rows, i64 n, OperatorRefundList *out)
{
    *out = (OperatorRefundList){ arena_new_array(tx->a, OperatorRefund, n), n };
    for (i64 i = 0; i < n; i++) try(operator_refund(tx, by, &rows[i], &out->p[i]));
    return ERR_OK;
}

Err operator_refunds(Tx *tx, const By *by, const OperatorRefundsAsk *ask, OperatorRefundPage *out)
{
    RefundRowRowList rows;
    RefundId before = ask->before.v ? ask->before : (RefundId){ INT64_MAX };
    if (ask->by_hand) try(q_refunds_by_hand(tx, (RefundsByHandIn){ .before = before, .limit = ask->limit }, &rows));
    else try(q_refunds_open(tx, (RefundsOpenIn){ .before = before, .limit = ask->limit }, &rows));
    if (rows.n == ask->limit) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].id.v);
    return operator_refund_list_of(tx, by, rows.p, rows.n, &out->items);
}

Err operator_refund_note(Tx *tx, const By *by, RefundId id, const RefundPaid *in, OperatorRefund *out)
{
    RefundRowRow *row;
    Time day;
    i64 n;
    try(q_refund_row(tx, (RefundRowIn){ .id = id }, &row));
    if (!row) return ERR_NOT_FOUND;
    try(payment_day(tx, by, "paid_on", in->paid_on, &day));
    try(q_refund_paid(tx, (RefundPaidIn){ .id = id, .paid_on = in->paid_on, .reference = in->reference,
                                          .actor = { by->who.account }, .now = by->now }, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This refund is not paid by hand, or was paid already.");
    if (row->kind == PAY_BACK_KIND_SURPLUS) try(tell_surplus(tx, by, PAYMENT_EVENT_KIND_SURPLUS_SENT, row, "hand", 0));
    if (row->kind == PAY_BACK_KIND_REFUND)
        try(tell_sent(tx, by, row->payment, id, row->shop_order, row->amount, "hand"));
    try(q_refund_row(tx, (RefundRowIn){ .id = id }, &row));
    return operator_refund(tx, by, row, out);
}

Err operator_refund_send(Tx *tx, const By *by, RefundId id, OperatorRefund *out)
{
    RefundRowRow *row;
    PaymentRowRow *payment;
    i64 n = 0;
    try(q_refund_row(tx, (RefundRowIn){ .id = id }, &row));
    if (!row) return ERR_NOT_FOUND;
    try(payment_load(tx, row->payment, &payment));
    if (way_of(payment->method, row->kind) == WAY_PROVIDER) try(q_refund_again(tx, (RefundAgainIn){ .id = id, .now = by->now },
                                                                               &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "Only a refund that its provider did not send can be sent again.");
    try(task_at(tx, by, "refund_send", id.v, by->now));
    try(q_refund_row(tx, (RefundRowIn){ .id = id }, &row));
    return operator_refund(tx, by, row, out);
}
