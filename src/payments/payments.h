// Payments: one a checkout, behind one interface for all providers. Knows neither orders nor stock: whoever calls reacts
// to the state that comes back, in the same transaction. Hold first, pay second: a payment begins after its orders exist.
#pragma once
#include "api/req.h"
#include "gen/payments.gen.h"

typedef struct PaymentStart {
    CheckoutId checkout;
    AccountId account;
    PaymentMethod method;
    Money amount;
} PaymentStart;

// The test provider answers by the last two digits of the amount in minor units, as its notes in the app say.
enum { TEST_DECLINED = 1, TEST_SECOND_STEP = 2, TEST_LATE = 3, TEST_LATE_MS = 5000 };

enum { PAYMENT_ATTEMPTS_MAX = 10 };          // of one payment: each leaves an event in its orders' timelines

// Is that way to pay offered? ERR_METHOD_OFF.
Err payment_offered(Tx *tx, const By *by, PaymentMethod method);
// Begins a payment and gives its state: pending (cash on delivery), succeeded, failed, action_needed, processing.
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
// Ends a payment that nobody will pay any more. Nothing happens to one that has succeeded.
Err payment_cancel(Tx *tx, const By *by, PaymentId id);
// Cash was collected at the door: of the first order of its checkout that arrives; a second time changes nothing.
Err payment_collected(Tx *tx, const By *by, PaymentId id);
// A part of a cash payment will never be collected (an order of it was cancelled): it counts as given back, so that amount less
// refunded is what comes in. When that is nothing, the payment is cancelled.
Err payment_uncollected(Tx *tx, const By *by, PaymentId id, Money amount);
// Gives back a part or all of a succeeded payment, for an order. ERR_WRONG_STATE when it is more than is left or was never
// paid. The provider is asked outside of the transaction; what it says comes back as an event (PAYMENT_CHANGE_REFUND_SENT,
// …_FAILED).
typedef struct PaymentRefundAsk { PaymentId payment; RefundId refund; OrderId order; Money amount; Str reason; } PaymentRefundAsk;
Err payment_refund(Tx *tx, const By *by, const PaymentRefundAsk *ask);
// Applies an event that was stored (task "payment_event", subject = the event's id) and says what it changed. The orders
// follow in the same transaction. Events may come late, twice and in any order: what changes nothing gives
// PAYMENT_CHANGE_NONE.
typedef enum PaymentChangeKind {
    PAYMENT_CHANGE_NONE, PAYMENT_CHANGE_STATE, PAYMENT_CHANGE_REFUND_SENT, PAYMENT_CHANGE_REFUND_FAILED, PAYMENT_CHANGE_DISPUTED,
    PAYMENT_CHANGE_DISPUTE_WON, PAYMENT_CHANGE_DISPUTE_LOST, PAYMENT_CHANGE_FEE
} PaymentChangeKind;
typedef struct PaymentChange {
    PaymentChangeKind kind;
    Payment payment;
    RefundId refund; OrderId order;    // of a refund
    Money amount;                      // of a dispute or a fee
} PaymentChange;
Err payment_apply(Tx *tx, const By *by, i64 event, PaymentChange *out);

typedef void PaymentReport(void *context, const char *rule, i64 id, const char *detail);
Err payment_audit(Tx *tx, PaymentReport *report, void *context);
