// The ledger: double entry, append-only. A posting is one row that moves an amount from one account to another in one
// currency, so an entry cannot be out of balance. Accounts are (kind, owner, currency); docs/ledger.md draws the flows.
// Orders call these; all are idempotent by their subject, so that a rule that runs again changes nothing.
#pragma once
#include "gen/types.gen.h"
#include "markets/markets.h"

enum {
    LEDGER_NEW_DELIVERIES = 30,      // a shop that no operator has put into a tier is new until so many orders arrived
    LEDGER_NEW_DAYS = 30,            //   and so many days have passed since the first of them; then it is standard
};

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
// Money in: provider's clearing (of a transfer, which someone saw on our account: the bank) -> the order's buyer account,
// promotions -> it for the platform's discounts. Snapshots the sale and the terms of its day: fee (of buyer's payment +
// platform's discounts - tax, market-rules section 4; never more than that) and what is kept of it when goods come back. Once
// an order; called again it changes nothing.
Err ledger_capture(Tx *tx, const By *by, const LedgerSale *sale);
// The order was delivered: it will be settled to its seller N days later by the seller's tier ("ledger_settle" task). Once an
// order. ERR_NOT_FOUND without a sale: cash on delivery is captured first.
Err ledger_delivered(Tx *tx, const By *by, OrderId order, Time delivered);
// A return or dispute is open (true) or over (false): settlement and the reserve's release wait. Nested: as many ends as
// begins. An order without a sale has nothing to freeze.
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
// The refund is owed: order's buyer account (the seller's once settled) -> refunds due. ERR_WRONG_STATE when it is more than
// is left, ERR_NOT_FOUND without a sale. Once a refund's id. When nothing is left in transit, the sale is settled with it.
Err ledger_refund(Tx *tx, const By *by, const LedgerRefund *refund);
// The shares of what is left of the sale that make up `buyer` minor units, for a refund or chargeback that is known by its
// amount only: fills the amounts of *out. ERR_WRONG_STATE when less is left, ERR_NOT_FOUND.
Err ledger_parts(Tx *tx, OrderId order, i64 buyer, LedgerRefund *out);
// The provider has sent it: refunds due -> clearing. Cash on delivery and bank transfers have no provider that sends it: then
// the operator has, by hand, from the bank's account. ERR_NOT_FOUND.
Err ledger_refund_paid(Tx *tx, const By *by, RefundId refund);
// The same of what was given up before the carrier collected it: nobody sends anything, the carrier owes so much less.
Err ledger_refund_uncollected(Tx *tx, const By *by, RefundId refund);
// The bank took the money back from us: buyer's or seller's account -> clearing, by LedgerRefund with cause chargeback, paid
// at once. What is more than is left of the sale (the buyer had a refund already) is the platform's loss. ERR_NOT_FOUND.
// Won again: its exact reverse. ERR_NOT_FOUND.
Err ledger_chargeback(Tx *tx, const By *by, const LedgerRefund *refund);
Err ledger_chargeback_won(Tx *tx, const By *by, RefundId refund);
// What a provider has kept of an order's payment for itself: provider fees <- clearing. In the sale's currency. Each call is
// one more charge: the caller has kept the provider's event once. ERR_NOT_FOUND without a sale.
Err ledger_provider_fee(Tx *tx, const By *by, OrderId order, PaymentMethod method, Money fee);

// Tasks.
Err ledger_settle_due(Tx *tx, const By *by, i64 order);          // "ledger_settle"
Err ledger_reserve_due(Tx *tx, const By *by, i64 order);         // "ledger_reserve"

// Reports at most 100 violations of each rule. For `etalase audit`.
Err ledger_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);
