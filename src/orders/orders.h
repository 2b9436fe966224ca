// Orders: from a checkout to the door. Hold first, pay second: a checkout holds every unit, makes one order a shop, and
// only then asks for one payment over all. A payment's outcome always ends in orders or in a refund.
#pragma once
#include "api/req.h"
#include "cart/cart.h"
#include "gen/orders.gen.h"
#include "payments/payments.h"

enum {
    CHECKOUT_PAY_MS = 15 * MINUTE_MS,        // how long units are held for someone who has not paid
    ORDER_COMPLETE_DAYS = 14,                // after shipping, when the buyer says nothing
};

// Who buys, what, where to and how. Without lines the account's whole cart, which is then emptied of them.
Err checkout_make(Tx *tx, const By *by, const CheckoutNew *in, Checkout *out);
Err checkout_view(Tx *tx, const By *by, CheckoutId id, Checkout *out);      // ERR_NOT_FOUND, also for others
Err quote_make(Tx *tx, const By *by, const QuoteNew *in, Quote *out);

// Makes the orders follow their payment: paid ones await shipment and their holds are sold; a failure releases the holds.
// A payment that succeeds when the orders are gone is given back.
Err checkout_follow_payment(Tx *tx, const By *by, const Payment *payment);
// What a provider says: stored, and the orders follow when it changed the payment.
Err checkout_news(Tx *tx, const By *by, const PaymentNews *news, bool *changed);
// The buyer tries to pay again after a failure: everything is held anew. ERR_SOLD_OUT, ERR_ARCHIVED, ERR_PAYMENT_OVER.
Err checkout_pay_again(Tx *tx, const By *by, PaymentId payment, Payment *out);
// ERR_NOT_FOUND, also for others' payments.
Err checkout_payment(Tx *tx, const By *by, PaymentId payment, Payment *out);
// The test provider's second step. ERR_PAYMENT_OVER, ERR_WRONG_STATE.
Err checkout_payment_step(Tx *tx, const By *by, PaymentId payment, bool approve, Payment *out);

// The buyer's or the shop's view. ERR_NOT_FOUND for everyone else.
Err order_view(Tx *tx, const By *by, OrderId id, Order *out);
Err order_cancel_by_buyer(Tx *tx, const By *by, OrderId id);               // unpaid (with its whole checkout) or not yet packed
Err order_receive(Tx *tx, const By *by, OrderId id);                       // the buyer has it
Err order_set_packed(Tx *tx, const By *by, OrderId id);                    // staff
Err order_ship(Tx *tx, const By *by, OrderId id, const ShipmentNew *in);   // staff; from awaiting_shipment or packed

// Tasks: rules for api/task.h.
Err checkout_expire(Tx *tx, const By *by, i64 checkout);                   // "checkout_expire"
Err order_complete(Tx *tx, const By *by, i64 order);                       // "order_complete"
Err test_provider_answers(Tx *tx, const By *by, i64 payment);              // "test_provider"
Err checkout_payment_event(Tx *tx, const By *by, i64 event);               // "payment_event": what a provider said takes effect

// Lines = order = payment, and states that agree. Reports at most 100 of each kind.
typedef void OrderReport(void *context, const char *rule, i64 id, const char *detail);
Err order_audit(Tx *tx, OrderReport *report, void *context);

// Private to orders/: what checkout.c and orders.c share.
Err order_note(Tx *tx, const By *by, OrderId id, OrderEventKind kind, Str note);
Err order_card_list(Tx *tx, const OrderCardsOfCheckoutRow *rows, i64 n, OrderCardList *out);
// The order's number as people read it: 13 letters and digits, from its id.
Str order_number(Arena *a, OrderId id);
