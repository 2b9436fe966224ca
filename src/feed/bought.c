// What came of it: orders, as far as they say whether a clip was worth showing. No HTTP, no JSON, no clock.
#include "feed/inner.h"

#include "api/task.h"
#include "markets/markets.h"
#include "orders/orders.h"

// kept: complete, and it is too late to send anything back.
typedef struct Bought { Tx *tx; const By *by; const OrderFacts *order; bool kept; const OrderLineSold *line; i64 clip; } Bought;

// Once a line and kind, however often the order is looked at.
static Err note(const Bought *b, RankEventKind kind, const char *what, Time at)
{
    EventOutcome outcome;
    EventNote n = { .person = b->order->buyer.v, .kind = kind, .clip = b->clip, .product = b->line->product.v,
                    .value = b->line->id.v, .at = at, .country = b->order->market,
                    .name = arena_format(b->tx->a, "%s %lld", what, (long long)b->line->id.v) };
    return event_note(b->tx, b->by, &n, &outcome);
}

// The clip that the cart line came from, or the last one through which this buyer met the product.
static Err look_at_line(Bought *b)
{
    b->clip = b->line->clip.v;
    if (!b->clip) try(event_touch_of(b->tx, b->order->buyer.v, b->line->product.v, b->order->placed, &b->clip));
    if (!b->clip) return ERR_OK;
    try(note(b, RANK_BUY, "buy", b->order->placed));
    if (b->line->left < b->line->quantity) return note(b, RANK_RETURN, "return", b->by->now);
    return b->kept ? note(b, RANK_KEPT, "kept", b->by->now) : ERR_OK;
}

// A buyer says at once that it has arrived, and still may send it back for return_days.
static Err look_whether_kept(Bought *b)
{
    i64 days;
    if (b->order->state != ORDER_STATE_COMPLETED) return ERR_OK;
    try(market_number(b->tx, b->order->market, MARKET_RULE_RETURN_DAYS, &days));
    Time due = b->order->delivered + days * DAY_MS;
    b->kept = b->by->now >= due;
    return b->kept ? ERR_OK : task_at(b->tx, b->by, "feed_order", b->order->id.v, due);
}

Err feed_order(Tx *tx, const By *by, i64 subject)
{
    OrderFacts order;
    OrderLineSold *lines;
    i64 n;
    try(order_facts_of(tx, (OrderId){ subject }, &order));
    if (order.state == ORDER_STATE_UNPAID) return ERR_OK;
    // Called off before it was sent: that says nothing of the thing.
    if (order.state == ORDER_STATE_CANCELLED) return ERR_OK;
    try(order_lines_sold(tx, order.id, &lines, &n));
    Bought b = { .tx = tx, .by = by, .order = &order };
    try(look_whether_kept(&b));
    for (i64 i = 0; i < n; i++) {
        if (lines[i].replacement) continue;                        // what it stands for has been counted
        b.line = &lines[i];
        try(look_at_line(&b));
    }
    return ERR_OK;
}
