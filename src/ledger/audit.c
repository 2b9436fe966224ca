// What must always hold in the books. Each query reads its tables once and finds at most 100 violations.
#include "ledger/books.h"
#include "ledger/ledger.h"
#include "payments/payments.h"

typedef void Report(void *context, const char *rule, i64 id, const char *detail);
typedef struct Out { Tx *tx; Report *report; void *context; } Out;

static void say(const Out *o, const char *rule, i64 id, const char *format, ...) __attribute__((format(printf, 4, 5)));
static void say(const Out *o, const char *rule, i64 id, const char *format, ...)
{
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    o->report(o->context, rule, id, text);
}

static Err postings(const Out *o)
{
    LedgerAuditPostingsRowList wrong;
    try(q_ledger_audit_postings(o->tx, &wrong));
    for (i64 i = 0; i < wrong.n; i++)
        say(o, "ledger_posting", wrong.p[i].id.v, "%lld from %.*s to %.*s of order %lld: an owner is missing or another's",
            (long long)wrong.p[i].amount, STR_ARG(wrong.p[i].debit), STR_ARG(wrong.p[i].credit),
            (long long)wrong.p[i].shop_order.v);
    return ERR_OK;
}

static void order_account(const Out *o, const char *rule, i64 order, i64 off)
{
    if (off) say(o, rule, order, "its postings are %lld off what its sale says", (long long)off);
}

static Err orders(const Out *o)
{
    LedgerAuditSalesRowList sales;
    try(q_ledger_audit_sales(o->tx, &sales));
    for (i64 i = 0; i < sales.n; i++)
        say(o, "ledger_sale", sales.p[i].shop_order.v, "its parts do not make it up, or too much went back");
    LedgerAuditOrdersRowList off;
    try(q_ledger_audit_orders(o->tx, &off));
    for (i64 i = 0; i < off.n; i++) {
        const LedgerAuditOrdersRow *r = &off.p[i];
        order_account(o, "ledger_buyer", r->shop_order.v, r->buyer);
        order_account(o, "ledger_refunds_due", r->shop_order.v, r->due);
        order_account(o, "ledger_fee", r->shop_order.v, r->fee);
        order_account(o, "ledger_tax", r->shop_order.v, r->tax);
        order_account(o, "ledger_reserve", r->shop_order.v, r->reserve);
        order_account(o, "ledger_money", r->shop_order.v, r->money);
    }
    LedgerAuditRefundsRowList refunds;
    try(q_ledger_audit_refunds(o->tx, &refunds));
    for (i64 i = 0; i < refunds.n; i++)
        say(o, "ledger_refund", refunds.p[i].shop_order.v, "its refunds do not sum to what has gone back (%lld off)",
            (long long)refunds.p[i].buyer);
    return ERR_OK;
}

static Err sellers(const Out *o)
{
    LedgerAuditBalancesRowList balances;
    try(q_ledger_audit_balances(o->tx, &balances));
    for (i64 i = 0; i < balances.n; i++) {
        const LedgerAuditBalancesRow *r = &balances.p[i];
        say(o, "ledger_balance", r->shop.v, "%.*s %lld available, %lld in %lld lines (of %lld)", STR_ARG(r->currency),
            (long long)r->available, (long long)r->net, (long long)r->counted, (long long)r->lines);
    }
    LedgerAuditLinesRowList lines;
    try(q_ledger_audit_lines(o->tx, &lines));
    for (i64 i = 0; i < lines.n; i++)
        say(o, "ledger_line", lines.p[i].shop.v, "line %lld does not follow from the one before", (long long)lines.p[i].n);
    LedgerAuditEntriesRowList entries;
    try(q_ledger_audit_entries(o->tx, &entries));
    for (i64 i = 0; i < entries.n; i++)
        say(o, "ledger_entry", entries.p[i].entry, "its line is %lld off its postings", (long long)entries.p[i].net);
    LedgerAuditPayoutsRowList payouts;
    try(q_ledger_audit_payouts(o->tx, &payouts));
    for (i64 i = 0; i < payouts.n; i++)
        say(o, "ledger_payouts", payouts.p[i].shop.v, "%lld on the account, open payouts sum to %lld",
            (long long)payouts.p[i].posted, (long long)payouts.p[i].open);
    return ERR_OK;
}

static Err totals(const Out *o)
{
    LedgerAuditTotalsRowList off;
    try(q_ledger_audit_totals(o->tx, &off));
    for (i64 i = 0; i < off.n; i++)
        say(o, "ledger_total", 0, "%.*s: debits %lld off, credits %lld off", STR_ARG(off.p[i].kind), (long long)off.p[i].debit,
            (long long)off.p[i].credit);
    return ERR_OK;
}

// What payments say is owed beyond their amounts, and what the books say: each currency that stands in either.
static Err surplus(const Out *o)
{
    PaymentSurplus said;
    LedgerAuditSurplusRowList booked;
    try(payment_surplus_owed(o->tx, &said));
    try(q_ledger_audit_surplus(o->tx, &booked));
    for (i64 i = 0; i < booked.n; i++) {
        i64 want = 0;
        for (i64 k = 0; k < said.n; k++)
            if (currency_eq(said.p[k].currency, booked.p[i].currency)) want = said.p[k].minor, said.p[k].minor = 0;
        if (booked.p[i].minor != want)
            say(o, "ledger_surplus", 0, "%lld %s in the books, payments say %lld", (long long)booked.p[i].minor,
                booked.p[i].currency.code, (long long)want);
    }
    for (i64 k = 0; k < said.n; k++)
        if (said.p[k].minor)
            say(o, "ledger_surplus", 0, "no %s in the books, payments say %lld", said.p[k].currency.code,
                (long long)said.p[k].minor);
    return ERR_OK;
}

Err ledger_audit(Tx *tx, Report *report, void *context)
{
    Out o = { .tx = tx, .report = report, .context = context };
    try(postings(&o));
    try(orders(&o));
    try(sellers(&o));
    try(surplus(&o));
    return totals(&o);
}
