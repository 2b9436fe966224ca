// Handlers of payments: webhooks as raw bytes, the buyer's few, the operator's.
#include "api/app.h"
#include "payments/inner.h"

enum { PAGE_DEFAULT = 20, WEBHOOK_MAX = 256 * 1024 };

// ---------------------------------------------------------------------------------------------- webhooks

// One webhook, from its bytes to its row. Nothing is stored before it is known to be genuine.
typedef struct Hook { Req *r; const Provider *provider; ProviderEvent event; } Hook;

static NetPlan hook_begin(Req *r, const Provider *provider)
{
    Hook *h = arena_new(r->a, Hook);
    *h = (Hook){ .r = r, .provider = provider };
    r->raw = h;
    return (NetPlan){ .plan = NET_BODY_BUFFER, .limit = WEBHOOK_MAX };
}

static Err store(Req *r, void *context)
{
    const Hook *h = context;
    EventNew event = event_of(str_of(h->provider->name), &h->event);
    i64 id;
    return event_store(r->tx, &r->by, &event, &id);
}

static Err take(Hook *h)
{
    Req *r = h->r;
    if (!r->app->pay) return refuse(&r->why, ERR_BAD_REQUEST, NULL, "This provider is not set up here.");
    try(h->provider->verify(r->a, r->app->pay, r->net, r->by.now, &h->event, &r->why));
    return req_transaction(r, true, store, h);
}

// On a work thread: the answer waits for the commit, which an event loop must not.
static void work(void *context)
{
    Hook *h = context;
    Req *r = h->r;
    jmp_buf full;
    Err e = ERR_FULL;
    if (!setjmp(full)) {
        r->a->full = &full;
        e = take(h);
    }
    r->a->full = NULL;
    if (e == ERR_OK) req_answer(r, 200, NULL, NULL);
    else req_refuse(r, e);
}

static void hook_handle(Req *r)
{
    Err e = work_submit(r->app->work, work, r->raw);
    if (e != ERR_OK) req_refuse(r, e);
}

NetPlan stripe_webhook_begin(Req *r)
{
    return hook_begin(r, &PROVIDER_STRIPE);
}

void stripe_webhook_handle(Req *r)
{
    hook_handle(r);
}

NetPlan xendit_webhook_begin(Req *r)
{
    return hook_begin(r, &PROVIDER_XENDIT);
}

void xendit_webhook_handle(Req *r)
{
    hook_handle(r);
}

// ---------------------------------------------------------------------------------------------- the buyer

Err payment_bank(Req *r, const PaymentBankArgs *args, const PaymentBank *in, Payment *out)
{
    return payment_choose_bank(r->tx, &r->by, args->id, in->bank, out);
}

Err payment_refund_list(Req *r, const PaymentRefundListArgs *args, BuyerRefundPage *out)
{
    return payment_buyer_refunds(r->tx, &r->by, args->id, &out->items);
}

Err refund_account_put(Req *r, const RefundAccountPutArgs *args, const PayTo *in, BuyerRefund *out)
{
    return refund_pay_to(r->tx, &r->by, args->id, in, out);
}

// ---------------------------------------------------------------------------------------------- the operator

Err operator_payment_list(Req *r, const OperatorPaymentListArgs *args, OperatorPaymentPage *out)
{
    return operator_payments(r->tx, &r->by, &(OperatorPaymentsAsk){
        .show = args->has_list ? args->list : PAYMENT_SHOW_LATE, .reference = args->reference, .before = args->before,
        .limit = args->has_limit ? args->limit : PAGE_DEFAULT }, out);
}

Err operator_payment_get(Req *r, const OperatorPaymentGetArgs *args, OperatorPaymentDetail *out)
{
    return operator_payment(r->tx, &r->by, args->id, out);
}

Err operator_payment_check(Req *r, const OperatorPaymentCheckArgs *args, OperatorPaymentDetail *out)
{
    try(operator_check(r->tx, &r->by, args->id));
    return operator_payment(r->tx, &r->by, args->id, out);
}

Err operator_payment_receipt(Req *r, const OperatorPaymentReceiptArgs *args, const PaymentReceipt *in, OperatorPaymentDetail *out)
{
    try(operator_receipt(r->tx, &r->by, args->id, in));
    return operator_payment(r->tx, &r->by, args->id, out);
}

Err operator_payment_cancel(Req *r, const OperatorPaymentCancelArgs *args, OperatorPaymentDetail *out)
{
    try(operator_cancel(r->tx, &r->by, args->id));
    return operator_payment(r->tx, &r->by, args->id, out);
}

Err operator_refund_list(Req *r, const OperatorRefundListArgs *args, OperatorRefundPage *out)
{
    return operator_refunds(r->tx, &r->by, &(OperatorRefundsAsk){
        .by_hand = args->has_by_hand && args->by_hand, .before = args->before,
        .limit = args->has_limit ? args->limit : PAGE_DEFAULT }, out);
}

Err operator_refund_paid(Req *r, const OperatorRefundPaidArgs *args, const RefundPaid *in, OperatorRefund *out)
{
    return operator_refund_note(r->tx, &r->by, args->id, in, out);
}

Err operator_refund_again(Req *r, const OperatorRefundAgainArgs *args, OperatorRefund *out)
{
    return operator_refund_send(r->tx, &r->by, args->id, out);
}
