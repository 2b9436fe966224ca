// Private to payments/: what its files share.
#pragma once
#include "payments/provider.h"

// One event on its way into the table. applied: it has had its effect already, no task is made.
typedef struct EventNew {
    Str provider, event;
    PaymentEventKind kind;
    PaymentId payment; i64 attempt, refund;
    Str reference, charge, reason;
    bool has_amount; Money amount;
    Time said;
    i64 counted, actor;
    bool applied;
} EventNew;
// *id is 0 when the provider's event was known already.
Err event_store(Tx *tx, const By *by, const EventNew *in, i64 *id);
// What a webhook said, as a row.
EventNew event_of(Str provider, const ProviderEvent *in);
// Applies a stored event, taken already.
Err event_apply(Tx *tx, const By *by, const PaymentEventRowRow *e, PaymentChange *out);

Err payment_load(Tx *tx, PaymentId id, PaymentRowRow **row);         // ERR_NOT_FOUND
Payment payment_of(const PaymentRowRow *row);
// Money has come in or a payment has ended: succeeds when there is enough, and gives back what is over. *succeeded: just now.
Err payment_settle(Tx *tx, const By *by, PaymentId id, i64 attempt, bool *succeeded);
// Writes what goes back, by the way that the payment's method allows.
typedef struct WayBack { RefundId id; OrderId order; PayBackKind kind; i64 minor, attempt; Str reason; } WayBack;
Err refund_write(Tx *tx, const By *by, const PaymentRowRow *payment, const WayBack *in);
Err refund_apply(Tx *tx, const By *by, const PaymentEventRowRow *e, PaymentChange *out);
Err surplus_apply(Tx *tx, const PaymentEventRowRow *e, PaymentChange *out);

// The reconciler's pauses: 30 s at first, twice as long each time, at most an hour.
enum { CHECK_FIRST_MS = 30 * SECOND_MS, CHECK_MOST_MS = HOUR_MS, CHECK_LATE_MS = HOUR_MS, CHECK_DAYS = 3,
       DISPUTE_WAIT_DAYS = 30 };                 // for the success of the payment that it is about
i64 check_pause(i64 checks);
// Has the try still to be called off, or the provider to be asked? Puts the jobs that are missing.
Err payment_call_off(Tx *tx, const By *by, PaymentId id, i64 due_in_ms);
// "2026-01-31", a day that was: ERR_BAD_FIELD with the field's name.
Err payment_day(Tx *tx, const By *by, const char *field, Str text, Time *out);
Err operator_refund_list_of(Tx *tx, const By *by, const RefundRowRow *rows, i64 n, OperatorRefundList *out);
