// The features' own checks, one after the other.
#include "main/audit.h"

#include "catalog/catalog.h"
#include "challenges/challenges.h"
#include "clips/clips.h"
#include "ledger/ledger.h"
#include "markets/markets.h"
#include "orders/orders.h"
#include "payments/payments.h"
#include "people/people.h"
#include "pricing/pricing.h"
#include "returns/returns.h"
#include "shops/shops.h"
#include "shipping/shipping.h"
#include "social/social.h"
#include "staff/staff.h"
#include "stock/stock.h"
#include "tax/tax.h"

typedef struct Audit { AuditReport *report; void *context; Arena arena; } Audit;

static Err check_all(Tx *tx, void *context)
{
    Audit *a = context;
    tx->a = &a->arena;
    try(market_audit(tx, a->report, a->context));
    try(stock_audit(tx, a->report, a->context));
    try(catalog_audit(tx, a->report, a->context));
    try(return_audit(tx, a->report, a->context));
    try(order_audit(tx, a->report, a->context));
    try(payment_audit(tx, a->report, a->context));
    try(shop_audit(tx, a->report, a->context));
    try(staff_audit(tx, a->report, a->context));
    try(pricing_audit(tx, a->report, a->context));
    try(shipping_audit(tx, a->report, a->context));
    try(tax_audit(tx, a->report, a->context));
    try(people_audit(tx, a->report, a->context));
    try(social_audit(tx, a->report, a->context));
    try(challenges_audit(tx, a->report, a->context));
    try(ledger_audit(tx, a->report, a->context));
    return clips_audit(tx, a->report, a->context);
}

Err audit_run(Db *db, AuditReport *report, void *context)
{
    Audit a = { .report = report, .context = context };
    Err e = db_run_patient(db, check_all, &a);
    arena_free(&a.arena);
    return e;
}
