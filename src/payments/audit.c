// What must always hold of payments, events and refunds. Read-only.
#include "payments/inner.h"

typedef struct Out { PaymentReport *report; void *context; } Out;

static void say(const Out *o, const char *rule, i64 id, const char *what, i64 got, i64 want)
{
    char detail[120];
    snprintf(detail, sizeof(detail), "%s %lld, not %lld", what, (long long)got, (long long)want);
    o->report(o->context, rule, id, detail);
}

static Err sums(Tx *tx, const Out *o)
{
    PaymentViolationsRowList amounts;
    PaymentRefundViolationsRowList refunds;
    PaymentReceivedViolationsRowList received;
    PaymentPaidViolationsRowList paid;
    try(q_payment_violations(tx, &amounts));
    for (i64 i = 0; i < amounts.n; i++)
        say(o, "payment_amounts", amounts.p[i].id.v, "refunded", amounts.p[i].refunded_minor, amounts.p[i].amount_minor);
    try(q_payment_refund_violations(tx, &refunds));
    for (i64 i = 0; i < refunds.n; i++)
        say(o, "payment_refunds", refunds.p[i].id.v, "refunded", refunds.p[i].refunded_minor, refunds.p[i].rows_minor);
    try(q_payment_received_violations(tx, &received));
    for (i64 i = 0; i < received.n; i++)
        say(o, "payment_received", received.p[i].id.v, "received", received.p[i].received_minor, received.p[i].events_minor);
    try(q_payment_paid_violations(tx, &paid));
    for (i64 i = 0; i < paid.n; i++)
        say(o, "payment_paid", paid.p[i].id.v, "received", paid.p[i].received_minor, paid.p[i].want_minor);
    return ERR_OK;
}

Err payment_audit(Tx *tx, PaymentReport *report, void *context)
{
    Out o = { report, context };
    PaymentEventlessRowList eventless;
    PaymentUnlistedRowList unlisted;
    try(sums(tx, &o));
    try(q_payment_eventless(tx, &eventless));
    for (i64 i = 0; i < eventless.n; i++)
        report(context, "payment_event", eventless.p[i].id.v, "it has succeeded, and nobody has said so");
    try(q_payment_unlisted(tx, (PaymentUnlistedIn){ .slack = 7 * (i64)DAY_MS }, &unlisted));
    for (i64 i = 0; i < unlisted.n; i++)
        report(context, "payment_hangs", unlisted.p[i].id.v, "it is open a week past its time and stands in no list");
    return ERR_OK;
}
