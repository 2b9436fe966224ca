// Orders: from a checkout to the door and back. Hold first, pay second: a checkout holds every unit, makes one order a shop, and
// only then asks for one payment over all. A payment's outcome always ends in orders or in a refund. Every state of an order
// has a clock and a default for when someone stays silent.
#pragma once
#include "api/req.h"
#include "cart/cart.h"
#include "gen/orders.gen.h"
#include "ledger/ledger.h"
#include "payments/payments.h"

// ---- what other features may ask

// ERR_NOT_FOUND for everyone but the buyer, the shop's staff (packers too) and operators. *side says which the caller is.
typedef struct OrderFacts {
    OrderId id; CheckoutId checkout; ShopId shop; AccountId buyer;
    OrderState state; PaymentMethod method; Str market; Money total; i64 refunded_minor;
    Time placed;
    Time delivered;                    // 0: not yet
    Time deliver_to;                   // the last day of the estimate
    bool captured;
} OrderFacts;
Err order_facts(Tx *tx, const By *by, OrderId id, OrderFacts *out, Side *side);
// Without asking who: for clocks.
Err order_facts_of(Tx *tx, OrderId id, OrderFacts *out);
// A line of it: ERR_NOT_FOUND when it is not of this order. `left`: units whose money has not gone back. `gone`: their money
// has all the same, as an amount: who gets another unit for them would have both.
typedef struct OrderLineFacts {
    OrderLineId id; VariantId variant; ProductId product; Channel channel; Money price;
    i64 quantity, shipped, left;
    Str title, options;
    CheckoutId taker;                  // who took its units from the stock; 0: the order's checkout
    Time arrived;                      // of a replacement: when it arrived; 0: not a replacement, or not yet
    bool gone;
} OrderLineFacts;
Err order_line_facts(Tx *tx, OrderId order, OrderLineId line, OrderLineFacts *out);
// Its lines as the feed asks for them: what was bought through which clip (0: none), and how much of it has not come back.
typedef struct OrderLineSold {
    OrderLineId id; ProductId product; ClipId clip;
    i64 quantity, left;
    bool replacement;
} OrderLineSold;
Err order_lines_sold(Tx *tx, OrderId order, OrderLineSold **out, i64 *n);
// How many units were bought of a product since then, without orders called off and what went back.
Err order_product_sold(Tx *tx, ProductId product, Time since, i64 *units);
// A bank has taken money of this order, and has not given it back.
Err order_disputed(Tx *tx, OrderId order, bool *out);
// Units of the whole order whose money has not gone back.
Err order_units_left(Tx *tx, OrderId order, i64 *out);
// Has this account received that product? For reviews.
Err order_received_product(Tx *tx, AccountId account, ProductId product, bool *out);
// How many lines it has, replacements too: at most CART_LINES_MAX.
Err order_line_count(Tx *tx, OrderId order, i64 *out);

// A replacement goes out: a parcel of the same order with lines of their own, which take over their part of the sums of what
// came back, so that they are refunded, returned and exchanged as any line. No money moves and nothing is posted; the
// order's state stays.
typedef struct OrderReplacement {
    OrderLineId line; i64 n;           // what came back
    VariantId variant; Str title, options, sku, picture;        // what goes out
    OrderLineId made;                  // out: its line
} OrderReplacement;
// `taker`: who has taken the units from the stock. ERR_WRONG_STATE: their money has gone back meanwhile.
typedef struct OrderExchange { OrderId order; CheckoutId taker; Str carrier, tracking; } OrderExchange;
Err order_exchange(Tx *tx, const By *by, const OrderExchange *in, OrderReplacement *units, i64 n, ShipmentId *shipment);
// The buyer has it: its time to be returned begins.
Err order_replacement_arrived(Tx *tx, const By *by, OrderLineId line);
// Where the order goes to, for who has to send a replacement; *out NULL when the buyer has been erased.
Err order_ship_to(Tx *tx, const By *by, OrderId order, ShipTo **out);
Err order_parcel(Tx *tx, OrderId order, ShipmentId id, Shipment *out);      // ERR_NOT_FOUND

// What returns write into the order's timeline.
Err order_tell(Tx *tx, const By *by, OrderId id, OrderEventKind kind, Side side, Str note);

// A part of an order goes back: units of lines (in proportion to what they cost after discounts), or an amount of money as
// goodwill, or all that is left. One refund, one mirror of the sale in the ledger, one refund of the payment. Sums of all
// refunds are the sale's to the unit, in whatever parts. Units are not moved: that is stock_return.
typedef struct RefundUnits { OrderLineId line; i64 n; } RefundUnits;
typedef struct RefundPlan {
    RefundCause cause; Str reason; Side side;
    const RefundUnits *units; i64 n_units;
    i64 amount_minor;                  // with n_units 0 and all false
    bool shipping;                     // shipping and fees too, when units are given
    bool all;                          // everything that is left
    RefundId dispute;                  // of a chargeback: the bank's claim that it is a part of
    i64 lost_minor;                    // of a chargeback: what the bank took beyond that, since it had been given back already
} RefundPlan;
// ERR_WRONG_STATE (nothing left, not paid), ERR_BAD_FIELD (more units or money than are left). *refund is 0 when nothing was
// to be given back.
Err order_refund(Tx *tx, const By *by, OrderId order, const RefundPlan *plan, RefundId *refund);
// What such a refund would give back, without doing it.
Err order_refund_preview(Tx *tx, OrderId order, const RefundPlan *plan, Money *out);

// ---- rules behind the handlers

// Who buys, what, where to and how. Without lines the account's whole cart, which is then emptied of them.
Err checkout_make(Tx *tx, const By *by, const CheckoutNew *in, Checkout *out);
Err checkout_view(Tx *tx, const By *by, CheckoutId id, Checkout *out);      // ERR_NOT_FOUND, also for others
Err quote_make(Tx *tx, const By *by, const QuoteNew *in, Quote *out);

// Makes the orders follow their payment: paid ones go on, their holds are sold; a failure releases the holds.
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
Err order_counts(Tx *tx, const By *by, ShopId shop, OrderCounts *out);     // ERR_NOT_FOUND, ERR_FORBIDDEN
// The buyer: unpaid (with its whole checkout) or on hold at once; later it is a request that the seller answers in
// cancel_answer_hours, silence grants it. The seller: any time before the parcel goes out, with a reason. ERR_WRONG_STATE.
Err order_cancel(Tx *tx, const By *by, OrderId id, Str reason);
Err order_answer_cancel(Tx *tx, const By *by, OrderId id, bool grant, Str reason);     // staff. ERR_FORBIDDEN, ERR_WRONG_STATE
Err order_receive(Tx *tx, const By *by, OrderId id);                       // the buyer has it
// Once each: the seller two business days more to ship, the buyer three days more before the order completes.
Err order_extend_clock(Tx *tx, const By *by, OrderId id);
Err order_set_packed(Tx *tx, const By *by, OrderId id);                    // staff
Err order_ship(Tx *tx, const By *by, OrderId id, const ShipmentNew *in);   // staff; a part or the rest
// Staff: it arrived, was refused at the door and comes back, or was lost. Lost is a manager's word: the money goes back.
Err order_delivery_news(Tx *tx, const By *by, OrderId id, DeliveryKind kind, Str note);
// A manager gives back a part. ERR_FORBIDDEN, ERR_WRONG_STATE, ERR_BAD_FIELD.
Err order_refund_by_seller(Tx *tx, const By *by, OrderId id, const RefundNew *in);
// What that would give back and leave, without doing it. The same refusals.
Err order_refund_try(Tx *tx, const By *by, OrderId id, const RefundPreviewNew *in, RefundPreview *out);

// Tasks: rules for api/task.h.
Err checkout_expire(Tx *tx, const By *by, i64 checkout);                   // "checkout_expire"
Err order_clock(Tx *tx, const By *by, i64 order);                          // "order_clock", and "order_complete" of version 0.1.0
Err order_cancel_silent(Tx *tx, const By *by, i64 order);                  // "order_cancel_answer"
Err test_provider_answers(Tx *tx, const By *by, i64 payment);              // "test_provider"
Err checkout_payment_event(Tx *tx, const By *by, i64 event);               // "payment_event"

// Lines = order = payment, and states that agree. Reports at most 100 of each kind.
typedef void OrderReport(void *context, const char *rule, i64 id, const char *detail);
Err order_audit(Tx *tx, OrderReport *report, void *context);

// Private to orders/: what its files share beside flow.h.
Err order_card_list(Tx *tx, const OrderCardsOfCheckoutRow *rows, i64 n, OrderCardList *out);
// A variant's options as a line shows them: "M, Indigo".
Str order_options(Arena *a, StrList options);
// The order's number as people read it: 13 letters and digits, from its id.
Str order_number(Arena *a, OrderId id);
