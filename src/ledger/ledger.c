// The ledger: the rules. No HTTP, no JSON, no clock.
#include "ledger/ledger.h"

Err ledger_capture(Tx *tx, const By *by, const LedgerSale *sale)
{
    (void)tx, (void)by, (void)sale;
    return ERR_OK;
}

Err ledger_delivered(Tx *tx, const By *by, OrderId order, Time delivered)
{
    (void)tx, (void)by, (void)order, (void)delivered;
    return ERR_OK;
}

Err ledger_freeze(Tx *tx, const By *by, OrderId order, bool on)
{
    (void)tx, (void)by, (void)order, (void)on;
    return ERR_OK;
}

Err ledger_refund(Tx *tx, const By *by, const LedgerRefund *refund)
{
    (void)tx, (void)by, (void)refund;
    return ERR_OK;
}

Err ledger_refund_paid(Tx *tx, const By *by, RefundId refund)
{
    (void)tx, (void)by, (void)refund;
    return ERR_OK;
}

Err ledger_chargeback(Tx *tx, const By *by, const LedgerRefund *refund)
{
    (void)tx, (void)by, (void)refund;
    return ERR_OK;
}

Err ledger_chargeback_won(Tx *tx, const By *by, RefundId refund)
{
    (void)tx, (void)by, (void)refund;
    return ERR_OK;
}

Err ledger_provider_fee(Tx *tx, const By *by, OrderId order, PaymentMethod method, Money fee)
{
    (void)tx, (void)by, (void)order, (void)method, (void)fee;
    return ERR_OK;
}

Err ledger_settle_due(Tx *tx, const By *by, i64 order)
{
    (void)tx, (void)by, (void)order;
    return ERR_OK;
}

Err ledger_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context)
{
    (void)tx, (void)report, (void)context;
    return ERR_OK;
}
