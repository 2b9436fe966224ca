// The ledger: double entry, append-only. A posting is one row that moves an amount from one account to another in one
// currency, so an entry cannot be out of balance. Accounts are (kind, owner, currency); docs/ledger.md draws the flows.
// Orders call these; all are idempotent by their subject, so that a rule that runs again changes nothing.
#pragma once
#include "gen/types.gen.h"
#include "markets/markets.h"

// An order's sale, as it stands when its money has come in (cash on delivery: when it was collected). Minor units, >= 0.
typedef struct LedgerSale {
    OrderId order; ShopId shop; AccountId buyer;
    PaymentMethod method; Currency currency;
    Str country;                                  // the market whose fees and windows hold
    i64 paid;                                     // goods - by_seller - by_platform + shipping + cod_fee + tax_added
    i64 goods;                                    // unit prices times quantities
    i64 by_seller, by_platform;                   // discounts, on goods and shipping
    i64 shipping;                                 // before its discounts
    i64 cod_fee, tax, tax_added;                  // tax: in all; tax_added: the part on top of prices (tax or 0)
    bool tax_by_platform;
} LedgerSale;
// Money in: provider's clearing -> the order's buyer account, promotions -> it for the platform's discounts. Snapshots the
// sale and its fee. Once an order.
Err ledger_capture(Tx *tx, const By *by, const LedgerSale *sale);
// The order was delivered: it will be settled to its seller N days later by the seller's tier ("ledger_settle" task).
Err ledger_delivered(Tx *tx, const By *by, OrderId order, Time delivered);
// A return or dispute is open (true) or over (false): settlement waits. Nested: as many ends as begins.
Err ledger_freeze(Tx *tx, const By *by, OrderId order, bool on);

// A part of the sale goes back. The mirror of the sale, also after it was settled: seller, platform's fee and promotions,
// tax. Amounts in minor units; their cumulated sums never pass the sale's. The fee goes back in proportion, less what the
// market's refund_fee_keep says when cause is `returned`. `buyer` = goods - by_seller - by_platform + shipping + cod_fee +
// tax_added.
typedef struct LedgerRefund {
    RefundId refund; OrderId order; RefundCause cause;
    i64 buyer;                                    // what the buyer gets back
    i64 goods, by_seller, by_platform, shipping, cod_fee, tax, tax_added;
    i64 lines;                                    // how many order lines it touches, for the fee's ceiling per line
} LedgerRefund;
// The refund is owed: order's buyer account -> refunds due. ERR_WRONG_STATE when it is more than is left.
Err ledger_refund(Tx *tx, const By *by, const LedgerRefund *refund);
// The provider has sent it (or the operator by hand): refunds due -> clearing.
Err ledger_refund_paid(Tx *tx, const By *by, RefundId refund);
// The bank took the money back from us (chargeback): clearing -> … by LedgerRefund with cause chargeback, paid at once; won
// again: its exact reverse.
Err ledger_chargeback(Tx *tx, const By *by, const LedgerRefund *refund);
Err ledger_chargeback_won(Tx *tx, const By *by, RefundId refund);
// What a provider kept of a payment for itself: provider fees <- clearing.
Err ledger_provider_fee(Tx *tx, const By *by, OrderId order, PaymentMethod method, Money fee);

// Tasks.
Err ledger_settle_due(Tx *tx, const By *by, i64 order);          // "ledger_settle"

// Reports at most 100 violations of each rule. For `etalase audit`.
Err ledger_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);
