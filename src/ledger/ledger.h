// The ledger: double entry, append-only. A posting is one row that moves an amount from one account to another in one
// currency, so an entry cannot be out of balance. Accounts are (kind, owner, currency); docs/ledger.md draws the flows.
// Orders call these; all are idempotent by their subject, so that a rule that runs again changes nothing.
#pragma once
#include "gen/ledger.gen.h"
#include "markets/markets.h"

enum {
    PAYOUT_BATCH_MAX = 500,          // payouts in one file
    PAYOUT_PAGE = 50, STATEMENT_PAGE = 50, POSTINGS_PAGE = 50, SELLERS_PAGE = 50,
    STATEMENT_MONTHS_MAX = 36, STATEMENT_DAYS_SHOWN = 30,
    STATEMENT_CSV_LINES = 20000,     // of one file: about 4 MB
    LEDGER_CURRENCIES_MAX = 20,      // of one shop
    TRIAL_LINES_MAX = 500,
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
    i64 lost;                                     // of a chargeback: what the bank took beyond `buyer`; else 0
} LedgerRefund;
// The refund is owed: order's buyer account (the seller's once settled) -> refunds due. ERR_WRONG_STATE when it is more than
// is left, ERR_NOT_FOUND without a sale. Once a refund's id. When nothing is left in transit, the sale is settled with it.
Err ledger_refund(Tx *tx, const By *by, const LedgerRefund *refund);
// The shares of what is left of the sale that make up `buyer` minor units, for a refund or chargeback that is known by its
// amount only: fills the amounts of *out. ERR_WRONG_STATE when less is left, ERR_NOT_FOUND.
Err ledger_parts(Tx *tx, OrderId order, i64 buyer, LedgerRefund *out);
// The provider has sent it: refunds due -> clearing. What has no provider that sends it (cash, transfers, virtual accounts), and
// what the provider did not send, the operator has, by hand: refunds due -> bank. ERR_NOT_FOUND.
Err ledger_refund_paid(Tx *tx, const By *by, RefundId refund, bool by_hand);
// It came back to the provider after it was sent, and is owed again: clearing -> refunds due. ERR_NOT_FOUND.
Err ledger_refund_back(Tx *tx, const By *by, RefundId refund);
// The same of what was given up before the carrier collected it: nobody sends anything, the carrier owes so much less.
Err ledger_refund_uncollected(Tx *tx, const By *by, RefundId refund);
// The bank took the money back from us: buyer's or seller's account -> clearing, by LedgerRefund with cause chargeback, paid
// at once. `lost` and what is more than is left of the sale (the buyer had a refund already) is the platform's loss.
// ERR_NOT_FOUND. Won again: its exact reverse, each by itself and in any order. ERR_NOT_FOUND.
Err ledger_chargeback(Tx *tx, const By *by, const LedgerRefund *refund);
Err ledger_chargeback_won(Tx *tx, const By *by, RefundId refund);
// What came in beyond a payment's amount, twice, or for one that is over belongs to no order: clearing (of a transfer: bank) ->
// surplus, as long as it is owed to the buyer. Then back the way that a refund goes, and should it come again, owed again. Each
// call is one more: the caller has kept what was said once.
typedef struct LedgerSurplus { RefundId refund; PaymentMethod method; Money amount; bool by_hand; } LedgerSurplus;
Err ledger_surplus(Tx *tx, const By *by, const LedgerSurplus *s);
Err ledger_surplus_paid(Tx *tx, const By *by, const LedgerSurplus *s);
Err ledger_surplus_back(Tx *tx, const By *by, const LedgerSurplus *s);
// What a provider has kept of an order's payment for itself: provider fees <- clearing. In the sale's currency. Each call is
// one more charge: the caller has kept the provider's event once. ERR_NOT_FOUND without a sale.
Err ledger_provider_fee(Tx *tx, const By *by, OrderId order, PaymentMethod method, Money fee);

// Tasks.
Err ledger_settle_due(Tx *tx, const By *by, i64 order);          // "ledger_settle"
Err ledger_reserve_due(Tx *tx, const By *by, i64 order);         // "ledger_reserve"

Err ledger_payout_due(Tx *tx, const By *by, i64 shop);           // "payout_auto": a shop's schedule
Err ledger_total_due(Tx *tx, const By *by, i64 subject);         // "ledger_total": hourly

// ---- payouts that a provider sends instead of a file: what its job asks and says (task kind "payout_send", subject = the
// payout). ledger_payout_approve puts that task; nothing here offers it before a provider does.

typedef struct PayoutOrder {
    PayoutId payout; ShopId shop;
    Money amount;
    PayoutAccountNew account;        // opened; empty once its owner has been erased
    Str reference;                   // to be shown to the receiver: 13 letters and digits
    Str name;                        // what the provider calls it; empty: it has not answered yet
} PayoutOrder;
// Requested -> approved, to be sent by the task. As for a batch: ERR_NOT_FOUND, ERR_WRONG_STATE, ERR_FORBIDDEN.
Err ledger_payout_approve(Tx *tx, const By *by, PayoutId payout);
// ERR_NOT_FOUND, ERR_WRONG_STATE (not approved, or its account can no longer be read).
Err ledger_payout_order(Tx *tx, const By *by, PayoutId payout, PayoutOrder *out);
// The provider's name for it: from then on it is asked about, and not made again.
Err ledger_payout_name(Tx *tx, PayoutId payout, Str name);
// payout -> the provider's clearing (of a file: bank). Changes nothing when it was sent already. One that is booked as failed is
// marked and logged, for the operator. ERR_NOT_FOUND, ERR_WRONG_STATE.
Err ledger_payout_sent(Tx *tx, const By *by, PayoutId payout);
// The money is the seller's again, also after it was sent (the bank gave it back). ERR_NOT_FOUND, ERR_WRONG_STATE.
Err ledger_payout_failed(Tx *tx, const By *by, PayoutId payout, Str reason, Payout *out);

// The job of "payout_send", and the rule of "payout_look" that begins it again.
Err ledger_payout_send_job(App *app, i64 payout, i64 attempt);
Err ledger_payout_look(Tx *tx, const By *by, i64 payout);
// ERR_NOT_FOUND.
Err ledger_payout_show(Tx *tx, const By *by, PayoutId payout, Payout *out);
// Approved and handed to the payment provider. As ledger_payout_approve, and ERR_METHOD_OFF when none pays out in that currency.
Err operator_payout_by_provider(Tx *tx, const By *by, PayoutId payout, Payout *out);

// Reports at most 100 violations of each rule. For `etalase audit`.
Err ledger_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers. Owners and managers see a shop's money; only owners say where it goes to.

// ERR_NOT_FOUND, ERR_FORBIDDEN.
Err seller_money(Tx *tx, const By *by, ShopId shop, SellerMoney *out);
// ERR_BAD_FIELD: number (an IBAN whose digits do not agree, ISO 13616), bic (ISO 9362), bank_code. To be verified anew.
Err seller_account_put(Tx *tx, const By *by, ShopId shop, const PayoutAccountNew *in, PayoutAccount *out);
Err seller_schedule_put(Tx *tx, const By *by, ShopId shop, PayoutSchedule schedule, SellerMoney *out);
Err payout_list_of(Tx *tx, const By *by, ShopId shop, PayoutId before, PayoutPage *out);
// ERR_UNVERIFIED, ERR_BELOW_LEAST, ERR_BALANCE. The balance's row decides between two at once.
Err payout_request(Tx *tx, const By *by, ShopId shop, const PayoutNew *in, Payout *out);

typedef struct Period { bool has_currency; Currency currency; bool has_from, has_to; Time from, to; i64 before; } Period;
// Without a currency the shop's own; without bounds everything. ERR_BAD_FIELD "to" before from.
Err statement_page(Tx *tx, const By *by, ShopId shop, const Period *period, Statement *out);
Err statement_months(Tx *tx, const By *by, ShopId shop, const Period *period, StatementMonths *out);
Err statement_days(Tx *tx, const By *by, ShopId shop, const Period *period, i64 days, StatementDays *out);
// ERR_BAD_FIELD "to" with more than STATEMENT_CSV_LINES.
Err statement_csv(Tx *tx, const By *by, ShopId shop, const Period *period, Buf *out);

// For operators.
Err operator_payouts(Tx *tx, const By *by, const OperatorPayoutListArgs *which, OperatorPayoutPage *out);
Err payout_refuse(Tx *tx, const By *by, PayoutId payout, Str reason, Payout *out);
// ERR_FORBIDDEN: nobody approves what they asked for themselves.
Err batch_make(Tx *tx, const By *by, const PayoutBatchNew *in, PayoutBatch *out);
Err batch_list(Tx *tx, PayoutBatchId before, PayoutBatchPage *out);
Err batch_sent(Tx *tx, const By *by, PayoutBatchId batch, PayoutBatch *out);
// ERR_NOT_FOUND; ERR_WRONG_STATE: no account of our own, or a seller's that can no longer be read.
Err batch_csv(Tx *tx, const By *by, PayoutBatchId batch, Buf *out);
Err batch_xml(Tx *tx, const By *by, PayoutBatchId batch, Buf *out);
Err bank_account(Tx *tx, const By *by, PayoutAccount *out);
Err bank_account_put(Tx *tx, const By *by, const PayoutAccountNew *in, PayoutAccount *out);
Err seller_list(Tx *tx, const By *by, const OperatorSellerListArgs *which, SellerPage *out);
Err seller_get(Tx *tx, const By *by, ShopId shop, Seller *out);
Err seller_tier_put(Tx *tx, const By *by, ShopId shop, const SellerTierEdit *in, Seller *out);
// ERR_STALE when it was given anew meanwhile; ERR_FORBIDDEN for whoever gave it.
Err seller_check(Tx *tx, const By *by, ShopId shop, const PayoutAccountCheck *in, Seller *out);
Err ledger_accounts(Tx *tx, TrialBalance *out);
Err ledger_postings(Tx *tx, const OperatorLedgerPostingsArgs *which, PostingPage *out);
Err ledger_booking(Tx *tx, const By *by, const BookingNew *in, PostingPage *out);
