// Payments: one a checkout, behind one interface for all providers. Knows neither orders nor stock: whoever calls reacts
// to the state that comes back, in the same transaction. Hold first, pay second: a payment begins after its orders exist.
#pragma once
#include "api/req.h"
#include "gen/payments.gen.h"

// What providers there are. Made by main from the environment, for as long as the process; in By as by->pay.
typedef struct PaySettings {
    Str stripe_secret, stripe_public;            // both: cards are offered
    Str stripe_hook[2];                          // secrets of webhooks: the present one, and the one before it or after it
    Str stripe_url;                              // "https://api.stripe.com"
    Str xendit_secret, xendit_token;             // both: QRIS and virtual accounts are offered
    Str xendit_url;                              // "https://api.xendit.co"
    Str bank, account_number, account_name;      // of the market, for transfers; empty: not offered
    Currency bank_currency;
} PaySettings;

// expires: until when the buyer may pay; 0: by the market's rules (payment_deadline). country: of the market whose rules hold.
// bank: of a virtual account; without one the buyer is asked.
typedef struct PaymentStart {
    CheckoutId checkout;
    AccountId account;
    PaymentMethod method;
    Money amount;
    Time expires;
    Str country;
    bool has_bank; VaBank bank;
} PaymentStart;

// The test provider answers by the last two digits of the amount in minor units, as its notes in the app say.
enum { TEST_DECLINED = 1, TEST_SECOND_STEP = 2, TEST_LATE = 3, TEST_LATE_MS = 5000 };

enum { PAYMENT_ATTEMPTS_MAX = 10 };          // of one payment: each leaves an event in its orders' timelines

// Is that way to pay offered? ERR_METHOD_OFF.
Err payment_offered(Tx *tx, const By *by, PaymentMethod method);
// The ways to pay a sum of that currency in that market (country may be empty), the most likely first. cod: whether the
// checkout's shops take cash. With an amount of 0 the ways' least and largest amounts are not looked at.
Err payment_methods(Tx *tx, const By *by, Currency currency, Str country, bool cod, PaymentMethodList *out);
// Whether this sum can be paid that way: ERR_METHOD_OFF with the limit in its sentence.
Err payment_fits(Tx *tx, const By *by, PaymentMethod method, Money amount);
// When a payment that begins now is over, by the market's pay_minutes, or transfer_hours for transfers and virtual accounts.
Err payment_deadline(Tx *tx, const By *by, Str country, PaymentMethod method, Time *out);

// Begins a payment and gives its state. Cash on delivery: pending. Test: succeeded, failed, action_needed, processing. Transfer:
// action_needed. The others are pending until a job has asked the provider (outside of any transaction, at once), then
// action_needed; a virtual account without a bank is action_needed with next_step choose_bank. ERR_METHOD_OFF.
Err payment_start(Tx *tx, const By *by, const PaymentStart *in, Payment *out);
// The same again after a failure. ERR_WRONG_STATE, ERR_PAYMENT_OVER after PAYMENT_ATTEMPTS_MAX.
Err payment_start_again(Tx *tx, const By *by, PaymentId id, Payment *out);
// ERR_NOT_FOUND.
Err payment_get_by_id(Tx *tx, PaymentId id, AccountId *account, Payment *out);
Err payment_get_by_checkout(Tx *tx, CheckoutId checkout, Payment *out);
// What a provider says, stored once by its own event id. *changed is false when it changes nothing: a repeated event, a
// failure that a success has overtaken, a second success. A success is kept even when the payment was failed or cancelled
// meanwhile: then *out is succeeded and the caller must end it in an order or a refund.
typedef struct PaymentNews { Str provider, event; PaymentId payment; bool succeeded; Str reason; } PaymentNews;
Err payment_news(Tx *tx, const By *by, const PaymentNews *news, bool *changed, Payment *out);
// Ends a payment that nobody will pay any more. Nothing happens to one that has succeeded. The provider is told by a job; when
// it says that the money came all the same, that is news like any other.
Err payment_cancel(Tx *tx, const By *by, PaymentId id);
// Cash was collected at the door: of the first order of its checkout that arrives; a second time changes nothing.
Err payment_collected(Tx *tx, const By *by, PaymentId id);
// A part of a cash payment will never be collected (an order of it was cancelled): it counts as given back, so that amount less
// refunded is what comes in. When that is nothing, the payment is cancelled.
Err payment_uncollected(Tx *tx, const By *by, PaymentId id, Money amount);
// Gives back a part or all of a succeeded payment, for an order. ERR_WRONG_STATE when it is more than is left or was never
// paid. The provider is asked outside of the transaction; what it says comes back as an event (PAYMENT_CHANGE_REFUND_SENT,
// …_FAILED; only of refunds with an order). The same refund id again changes nothing. Without an id one is made.
// Cash, transfers and virtual accounts are paid back by hand: the operator's list.
typedef struct PaymentRefundAsk { PaymentId payment; RefundId refund; OrderId order; Money amount; Str reason; } PaymentRefundAsk;
Err payment_refund(Tx *tx, const By *by, const PaymentRefundAsk *ask);
// An order's refunds, oldest first: what its buyer sees of them.
Err payment_refunds_of(Tx *tx, OrderId order, RefundList *out);
// Applies an event that was stored (task "payment_event", subject = the event's id) and says what it changed. The orders
// follow in the same transaction. Events may come late, twice and in any order: what changes nothing gives
// PAYMENT_CHANGE_NONE.
//   STATE           payment.state is new: succeeded (orders, or a refund when there are none), failed
//   REFUND_SENT     refund and order; once a refund, by_hand from our own account
//   REFUND_FAILED   the provider did not send it, or (was_sent) got it back: it is paid by hand later
//   SURPLUS         `amount` came that belongs to no order: it is owed to the buyer under that refund
//   SURPLUS_SENT    it went back, by_hand from our own account       SURPLUS_BACK   and came again to the provider
//   DISPUTED        the buyer's bank took `amount` back; refund names the dispute. Once a dispute, before its end
//   DISPUTE_WON     it came back                           DISPUTE_LOST   it will not
//   FEE             what the provider kept for itself; once a try that succeeded
//   PAYOUT_SENT, PAYOUT_FAILED    payout is the id that provider_payout was asked under
typedef enum PaymentChangeKind {
    PAYMENT_CHANGE_NONE, PAYMENT_CHANGE_STATE, PAYMENT_CHANGE_REFUND_SENT, PAYMENT_CHANGE_REFUND_FAILED, PAYMENT_CHANGE_DISPUTED,
    PAYMENT_CHANGE_DISPUTE_WON, PAYMENT_CHANGE_DISPUTE_LOST, PAYMENT_CHANGE_FEE, PAYMENT_CHANGE_SURPLUS,
    PAYMENT_CHANGE_SURPLUS_SENT, PAYMENT_CHANGE_SURPLUS_BACK, PAYMENT_CHANGE_PAYOUT_SENT, PAYMENT_CHANGE_PAYOUT_FAILED
} PaymentChangeKind;
typedef struct PaymentChange {
    PaymentChangeKind kind;
    Payment payment;                   // not of payouts
    RefundId refund; OrderId order;    // of a refund; a dispute's refund is the dispute itself
    Money amount;                      // of a dispute, a fee, a refund
    bool by_hand, was_sent;            // of a refund
    i64 payout;
    Str reason;                        // of a refund, dispute or payout that failed or was lost
} PaymentChange;
Err payment_apply(Tx *tx, const By *by, i64 event, PaymentChange *out);

// Money out, to a bank account or a wallet, for whoever keeps the books: called by a job, never inside a transaction. The same
// id again is the same payout. What the provider says later comes as PAYMENT_CHANGE_PAYOUT_…
// ERR_BUSY: no answer; ask again. ERR_METHOD_OFF: no provider pays out in that currency. ERR_WRONG_STATE: refused, see why.
typedef struct PayoutAsk { i64 payout; Money amount; Str channel, account_number, account_name, note; } PayoutAsk;
typedef enum ProviderPayoutState { PAYOUT_ON_ITS_WAY, PAYOUT_ARRIVED, PAYOUT_REFUSED } ProviderPayoutState;
typedef struct PayoutAnswer { ProviderPayoutState state; Str reference, why; } PayoutAnswer;     // texts in the arena
bool payment_pays_out(const struct PaySettings *s, Currency currency);       // does a provider pay out in it?
Str  payment_payout_provider(void);                                          // its name, by which the books know what lies there
Err payment_payout(Arena *a, const struct PaySettings *s, const PayoutAsk *in, PayoutAnswer *out);
// How such a payout stands. reference: as payment_payout gave it.
Err payment_payout_ask(Arena *a, const struct PaySettings *s, Str reference, PayoutAnswer *out);

// By currency: what events that were applied say is owed as surplus. For the ledger's audit.
typedef PaymentSurplusOwedRowList PaymentSurplus;
Err payment_surplus_owed(Tx *tx, PaymentSurplus *out);

typedef void PaymentReport(void *context, const char *rule, i64 id, const char *detail);
Err payment_audit(Tx *tx, PaymentReport *report, void *context);

// ---- rules behind the handlers

// The buyer chooses a virtual account's bank, or another one. ERR_NOT_FOUND, ERR_WRONG_STATE, ERR_PAYMENT_OVER.
Err payment_choose_bank(Tx *tx, const By *by, PaymentId id, VaBank bank, Payment *out);
Err payment_buyer_refunds(Tx *tx, const By *by, PaymentId id, BuyerRefundList *out);           // ERR_NOT_FOUND
// Where a refund by hand shall go. ERR_NOT_FOUND, ERR_WRONG_STATE once it was paid.
Err refund_pay_to(Tx *tx, const By *by, RefundId id, const PayTo *in, BuyerRefund *out);

// The operator's.
typedef struct OperatorPaymentsAsk { PaymentShow show; Str reference; PaymentId before; i64 limit; } OperatorPaymentsAsk;
Err operator_payments(Tx *tx, const By *by, const OperatorPaymentsAsk *ask, OperatorPaymentPage *out);
Err operator_payment(Tx *tx, const By *by, PaymentId id, OperatorPaymentDetail *out);          // ERR_NOT_FOUND
Err operator_check(Tx *tx, const By *by, PaymentId id);                                        // ERR_NOT_FOUND, ERR_WRONG_STATE
Err operator_cancel(Tx *tx, const By *by, PaymentId id);                                       // ERR_NOT_FOUND, ERR_PAYMENT_OVER
// ERR_NOT_FOUND, ERR_WRONG_STATE, ERR_BAD_FIELD, ERR_CURRENCY.
Err operator_receipt(Tx *tx, const By *by, PaymentId id, const PaymentReceipt *in);
typedef struct OperatorRefundsAsk { bool by_hand; RefundId before; i64 limit; } OperatorRefundsAsk;
Err operator_refunds(Tx *tx, const By *by, const OperatorRefundsAsk *ask, OperatorRefundPage *out);
// ERR_NOT_FOUND, ERR_WRONG_STATE, ERR_BAD_FIELD.
Err operator_refund_note(Tx *tx, const By *by, RefundId id, const RefundPaid *in, OperatorRefund *out);
Err operator_refund_send(Tx *tx, const By *by, RefundId id, OperatorRefund *out);              // ERR_NOT_FOUND, ERR_WRONG_STATE

// ---- tasks: jobs for api/task.h, outside of any transaction. Subject: the payment, the refund
enum { PAYMENT_LEASE_MS = 5 * MINUTE_MS };                       // of those that may ask about several tries
Err payment_start_job(App *app, i64 payment, i64 attempt);       // "payment_start"
Err payment_check_job(App *app, i64 payment, i64 attempt);       // "payment_check"
Err payment_cancel_job(App *app, i64 payment, i64 attempt);      // "payment_cancel"
Err refund_send_job(App *app, i64 refund, i64 attempt);          // "refund_send"
Err refund_check_job(App *app, i64 refund, i64 attempt);         // "refund_check"
