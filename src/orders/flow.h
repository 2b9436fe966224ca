// Private to orders/: an order's row, its steps from state to state, its clock and its refunds.
#pragma once
#include "orders/orders.h"

enum {
    EXTEND_SHIP = 1, EXTEND_LOOK = 2,         // bits of shop_order.extended: each once
    EXTEND_SHIP_DAYS = 2,                     // business days that a seller may add to the time to ship
    EXTEND_LOOK_DAYS = 3,                     // days that a buyer may add to the time before an order completes
    REFUNDS_MAX = 100,                        // of one order, after which goodwill gives no more; lists hold 200, for the others
};

typedef OrderRowRow OrderRow;
typedef OrderLinesRow OrderLineRow;

// ERR_NOT_FOUND.
Err order_find(Tx *tx, OrderId id, OrderRow **out);
// The order as the caller sees it: the buyer's, or the shop's for its staff (packers too) and operators. ERR_NOT_FOUND for
// strangers, so that ids tell nothing.
Err order_find_for(Tx *tx, const By *by, OrderId id, OrderRow **out, Side *side);
// Which side acts: the clock and providers have no account.
Side order_side(const By *by, const OrderRow *row);
// Where it goes to, as it was at checkout; *gone when the buyer has been erased.
Err order_address(Tx *tx, const By *by, const OrderRow *row, AddressNew *out, bool *gone);
Err order_wrong_state(Tx *tx, const OrderRow *row);
Err order_note(Tx *tx, const By *by, OrderId id, OrderEventKind kind, Side side, Str note);

// One step: conditional on the state it comes from; sets the new state's clock and writes the timeline (unless `quiet`).
// *moved is false when the order was not in that state any more: nothing has happened then. row->state follows.
typedef struct Step { OrderState from, to; OrderEventKind kind; Side side; Str note; bool quiet; } Step;
Err order_step(Tx *tx, const By *by, OrderRow *row, Step step, bool *moved);
// When the state's default comes; 0: it has no clock.
Err order_deadline(Tx *tx, const By *by, Str market, OrderState state, Time *out);

// The feed looks at this order again, when its buyer has agreed to be known by it. It counts what is kept, so what comes
// back must be told as well.
Err order_tell_feed(Tx *tx, const By *by, const OrderRow *row);

// What a line (or the shipping with its fees) consists of. The buyer paid goods - by_seller - by_platform + tax_added.
typedef struct Parts { i64 goods, by_seller, by_platform, tax, tax_added; } Parts;
// The share of n of a line's units that are left, 0 < n <= what is left.
Parts order_part_of(const OrderLineRow *line, i64 n);
// Units are left of a line that cost something, and nothing of their money.
bool order_line_gone(const OrderLineRow *line);

// The order's money has come in: into the ledger, and the clock of what follows begins.
Err order_capture(Tx *tx, const By *by, OrderRow *row);
// The parcel has arrived (or nobody says otherwise): cash counts as collected, settlement begins to run.
Err order_arrived(Tx *tx, const By *by, OrderRow *row);
// Cancels a paid (or cash) order that has not been sent: all that is left goes back, units to the shelf.
Err order_call_off(Tx *tx, const By *by, OrderRow *row, Step step, bool *moved);
// Units that have still to be sent. Of a line of which sent units were paid back there may be fewer than none.
static inline i64 order_line_rest(const OrderLineRow *line)
{
    i64 rest = line->quantity - line->shipped - line->refunded;
    return rest > 0 ? rest : 0;
}
// Units that had still to be sent have been paid back: a partly shipped order that has none left is on its way.
Err order_rest_is_gone(Tx *tx, const By *by, OrderId id, Side side);
// The invoice of what was sent, once an order.
Err order_invoice_issue(Tx *tx, const By *by, const OrderRow *row);
// The credit note of a refund, by the lines that it gave back. Once a refund; nothing before there is an invoice.
Err order_credit_note(Tx *tx, const By *by, const OrderRow *row, const OrderRefundRowsRow *refund);
// The same for all that is left of an order that nobody will pay at the door: nothing goes back, and nothing is owed any more.
Err order_credit_rest(Tx *tx, const By *by, const OrderRow *row, Str reason);
// Cash that will not be collected any more: the payment and the invoice hear of it.
Err order_uncollected(Tx *tx, const By *by, const OrderRow *row, Str reason);
