// Returns: the rules. No HTTP, no JSON, no clock.
#include "returns/flow.h"

#include "api/task.h"
#include "catalog/catalog.h"
#include "ledger/ledger.h"
#include "shops/shops.h"

// ---------------------------------------------------------------------------------------------- asking

static bool sellers_fault(ReturnReason r)
{
    return r != RETURN_REASON_CHANGED_MIND && r != RETURN_REASON_OTHER;
}

static bool needs_photo(ReturnReason r)
{
    return r == RETURN_REASON_DAMAGED || r == RETURN_REASON_WRONG_ITEM || r == RETURN_REASON_NOT_AS_DESCRIBED ||
           r == RETURN_REASON_INCOMPLETE;
}

static Err check_kind(Refusal *why, const ReturnNew *in)
{
    if (in->reason == RETURN_REASON_NOT_ARRIVED && in->kind != RETURN_KIND_REFUND_ONLY)
        return refuse(why, ERR_BAD_FIELD, "kind", "What has not arrived cannot be sent back.");
    if (!sellers_fault(in->reason) && in->kind == RETURN_KIND_REFUND_ONLY)
        return refuse(why, ERR_BAD_FIELD, "kind", "Send it back to get the money back.");
    return ERR_OK;
}

// When the time of what is asked for began to run: a replacement's when it arrived. The earliest counts.
static Err arrival(Tx *tx, const OrderFacts *o, const ReturnNew *in, Time *out)
{
    *out = INT64_MAX;
    for (i64 i = 0; i < in->lines.n; i++) {
        OrderLineFacts facts;
        Err e = order_line_facts(tx, o->id, in->lines.p[i].line, &facts);
        if (e == ERR_NOT_FOUND) continue;                     // check_lines says so
        try(e);
        Time at = facts.arrived ? facts.arrived : o->delivered;
        if (at < *out) *out = at;
    }
    if (*out == INT64_MAX) *out = o->delivered;
    return ERR_OK;
}

// A parcel that is there may be returned for return_days; one that is late may be reported as not arrived.
static Err check_window(Tx *tx, const By *by, const OrderFacts *o, const ReturnNew *in)
{
    i64 days;
    Time arrived;
    if (!o->captured) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "Nothing has been paid for this order.");
    if (in->reason == RETURN_REASON_NOT_ARRIVED && o->state == ORDER_STATE_IN_TRANSIT) {
        if (by->now > o->deliver_to) return ERR_OK;
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "It may still arrive: ask when the last day of the estimate has passed.");
    }
    if (o->state != ORDER_STATE_DELIVERED && o->state != ORDER_STATE_COMPLETED)
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "A return can be asked for when the parcel is there.");
    try(market_number(tx, o->market, MARKET_RULE_RETURN_DAYS, &days));
    try(arrival(tx, o, in, &arrived));
    if (by->now < arrived + days * DAY_MS) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, NULL, "Returns of this order ended %lld days after it arrived.", (long long)days);
}

// What is asked for: units that are neither given back nor asked for in another open case. *whole: nothing else is left.
static Err check_lines(Tx *tx, OrderId order, const ReturnNew *in, RefundUnits *units, VariantId *variants, bool *whole)
{
    i64 left_after = 0;
    try(order_units_left(tx, order, &left_after));
    for (i64 i = 0; i < in->lines.n; i++) {
        const ReturnLineNew *l = &in->lines.p[i];
        OrderLineFacts facts;
        ReturnOpenUnitsRow open;
        for (i64 k = 0; k < i; k++)
            if (in->lines.p[k].line.v == l->line.v)
                return refuse(&tx->why, ERR_BAD_FIELD, "lines", "The same line stands twice.");
        Err e = order_line_facts(tx, order, l->line, &facts);
        if (e == ERR_NOT_FOUND) return refuse(&tx->why, ERR_BAD_FIELD, "lines", "That line is not one of this order.");
        try(e);
        try(q_return_open_units(tx, (ReturnOpenUnitsIn){ .shop_order = order, .order_line = l->line }, &open));
        if (l->quantity > facts.left - open.n)
            return refuse(&tx->why, ERR_BAD_FIELD, "quantity", "Of %.*s %lld can still be returned, not %lld.",
                          STR_ARG(str_slice(facts.title, 0, 80)), (long long)(facts.left - open.n), (long long)l->quantity);
        units[i] = (RefundUnits){ l->line, l->quantity };
        variants[i] = facts.variant;
        left_after -= l->quantity;
    }
    *whole = left_after == 0;
    return ERR_OK;
}

// A case before it is written. The shipping goes back with the last unit (Directive 2011/83/EU article 13 for a whole order).
typedef struct Asked { OrderFacts order; RefundUnits units[60]; VariantId variants[60]; bool whole; Money worth; } Asked;

static RefundCause cause_of(ReturnReason reason)
{
    if (reason == RETURN_REASON_NOT_ARRIVED) return REFUND_CAUSE_LOST;
    return sellers_fault(reason) ? REFUND_CAUSE_SELLER_FAULT : REFUND_CAUSE_RETURNED;
}

static Err look_at(Tx *tx, const By *by, OrderId order, const ReturnNew *in, Asked *out)
{
    Side side;
    try(order_facts(tx, by, order, &out->order, &side));
    if (side != SIDE_BUYER) return ERR_NOT_FOUND;
    try(check_kind(&tx->why, in));
    try(check_window(tx, by, &out->order, in));
    try(check_lines(tx, order, in, out->units, out->variants, &out->whole));
    try(exchange_check(tx, &out->order, in));
    RefundPlan plan = { .cause = cause_of(in->reason), .units = out->units, .n_units = in->lines.n, .shipping = out->whole };
    return order_refund_preview(tx, order, &plan, &out->worth);
}

Err return_worth(Tx *tx, const By *by, OrderId order, const ReturnNew *in, Money *out)
{
    Asked *asked = arena_new(tx->a, Asked);
    try(look_at(tx, by, order, in, asked));
    *out = asked->worth;
    return ERR_OK;
}

static Err note(Tx *tx, const By *by, ReturnId id, ReturnState state, Side side, Str text)
{
    return q_return_event_insert(tx, (ReturnEventInsertIn){ .id = return_event_id_next(by->ids, by->now), .return_case = id,
                                                            .state = state, .side = side, .actor = { by->who.account },
                                                            .note = text, .at = by->now });
}

static Err add_photos(Tx *tx, const By *by, ReturnId id, PictureIdList photos)
{
    for (i64 i = 0; i < photos.n; i++) {
        Str url;
        Err e = catalog_picture_url(tx, (AccountId){ by->who.account }, photos.p[i], &url);
        if (e == ERR_NOT_FOUND) return refuse(&tx->why, ERR_BAD_FIELD, "photos", "This is no picture that you uploaded.");
        try(e);
        try(q_return_photo_insert(tx, (ReturnPhotoInsertIn){ .return_case = id, .position = i, .url = url }));
    }
    return ERR_OK;
}

static Err hours(Tx *tx, const By *by, Str market, MarketRule rule, i64 unit_ms, Time *out)
{
    i64 n;
    try(market_number(tx, market, rule, &n));
    *out = by->now + n * unit_ms;
    return ERR_OK;
}

Err return_open(Tx *tx, const By *by, OrderId order, const ReturnNew *in, ReturnId *out)
{
    Asked *asked = arena_new(tx->a, Asked);
    ReturnCountRow count;
    Time deadline;
    try(look_at(tx, by, order, in, asked));
    if (needs_photo(in->reason) && in->photos.n == 0)
        return refuse(&tx->why, ERR_BAD_FIELD, "photos", "Show the seller what is wrong: add a photo.");
    try(q_return_count(tx, (ReturnCountIn){ .shop_order = order }, &count));
    if (count.n >= RETURNS_OF_ORDER_MAX)
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "An order may have %d returns.", RETURNS_OF_ORDER_MAX);
    try(hours(tx, by, asked->order.market, MARKET_RULE_RETURN_ANSWER_HOURS, HOUR_MS, &deadline));
    ReturnId id = return_id_next(by->ids, by->now);
    try(q_return_insert(tx, (ReturnInsertIn){ .id = id,
                                              .shop_order = order,
                                              .shop = asked->order.shop,
                                              .account = asked->order.buyer,
                                              .kind = in->kind,
                                              .reason = in->reason,
                                              .note = in->note,
                                              .shipping = asked->whole,
                                              .amount = asked->worth,
                                              .deadline = deadline,
                                              .now = by->now }));
    for (i64 i = 0; i < in->lines.n; i++)
        try(q_return_line_insert(tx, (ReturnLineInsertIn){ .return_case = id, .order_line = asked->units[i].line,
                                                           .variant = asked->variants[i], .quantity = asked->units[i].n,
                                                           .wanted = in->lines.p[i].wanted }));
    if (in->kind == RETURN_KIND_EXCHANGE) try(exchange_hold(tx, by, id, in));
    try(add_photos(tx, by, id, in->photos));
    try(ledger_freeze(tx, by, order, true));
    try(task_at(tx, by, "return_clock", id.v, deadline));
    try(note(tx, by, id, RETURN_STATE_ASKED, SIDE_BUYER, in->note));
    *out = id;
    return order_tell(tx, by, order, ORDER_EVENT_KIND_RETURN_ASKED, SIDE_BUYER, (Str){ 0 });
}

// ---------------------------------------------------------------------------------------------- moving

bool return_is_over(ReturnState state)
{
    return state == RETURN_STATE_REFUNDED || state == RETURN_STATE_CLOSED || state == RETURN_STATE_EXCHANGED;
}

Err return_wrong_state(Tx *tx, const Case *c)
{
    return refuse(&tx->why, ERR_WRONG_STATE, "state", "The return is %s.", RETURN_STATE_NAMES.names[c->state]);
}

// Conditional on the state it comes from: of two who act at once, one is told that it is too late.
Err return_move(Tx *tx, const By *by, Case *c, Move m)
{
    i64 n;
    bool over = return_is_over(m.to), words = m.side != SIDE_BUYER && m.to != RETURN_STATE_REPLACEMENT_SENT;
    try(q_return_move(tx, (ReturnMoveIn){ .id = c->id, .from = c->state, .to = m.to, .has_deadline = m.deadline != 0,
                                          .deadline = m.deadline, .answer = words ? m.text : (Str){ 0 },
                                          .filed = m.filed, .now = by->now }, &n));
    if (n == 0) return return_wrong_state(tx, c);
    c->state = m.to;
    if (m.deadline) try(task_at(tx, by, "return_clock", c->id.v, m.deadline));
    else try(task_cancel(tx, "return_clock", c->id.v));
    if (over) try(ledger_freeze(tx, by, c->shop_order, false));
    if (over && c->kind == RETURN_KIND_EXCHANGE) try(exchange_release(tx, by, c->id));
    try(note(tx, by, c->id, m.to, m.side, m.text));
    return order_tell(tx, by, c->shop_order, m.tell, m.side, m.text);
}

// Of what was asked for, what has not gone back meanwhile in another way (goodwill, a lost parcel).
static Err units_left(Tx *tx, const Case *c, RefundUnits *units, i64 *n)
{
    ReturnLineRowsRowList lines;
    *n = 0;
    try(q_return_line_rows(tx, (ReturnLineRowsIn){ .return_case = c->id }, &lines));
    for (i64 i = 0; i < lines.n; i++) {
        const ReturnLineRowsRow *l = &lines.p[i];
        OrderLineFacts facts;
        OrderLineId line = l->replacement.v ? l->replacement : l->order_line;
        try(order_line_facts(tx, c->shop_order, line, &facts));
        i64 left = facts.left < l->quantity ? facts.left : l->quantity;
        if (left > 0) units[(*n)++] = (RefundUnits){ line, left };
    }
    return ERR_OK;
}

// The shipping goes back with the last unit, whichever case that is in: of two that were open together neither was the whole.
static Err is_the_rest(Tx *tx, const Case *c, const RefundPlan *plan, bool *out)
{
    i64 left;
    try(order_units_left(tx, c->shop_order, &left));
    for (i64 i = 0; i < plan->n_units; i++) left -= plan->units[i].n;
    *out = plan->n_units > 0 && left == 0;
    return ERR_OK;
}

Err return_give_back(Tx *tx, const By *by, Case *c, Side side, Str text)
{
    RefundUnits units[60];
    RefundId refund;
    Money worth = { 0 };
    i64 n;
    bool rest;
    RefundCause cause = c->shipment.v ? REFUND_CAUSE_SELLER_FAULT : cause_of(c->reason);    // a replacement that did not do
    RefundPlan plan = { .cause = cause, .side = side, .reason = text.n ? text : STR("returned"), .units = units,
                        .shipping = c->shipping };
    try(units_left(tx, c, units, &plan.n_units));
    try(is_the_rest(tx, c, &plan, &rest));
    plan.shipping = c->shipping || rest;
    plan.all = plan.n_units == 0 && c->shipping;          // only the shipping is left
    if (plan.n_units || plan.all) try(order_refund_preview(tx, c->shop_order, &plan, &worth));
    if (plan.n_units == 0 && worth.minor == 0) {
        try(return_move(tx, by, c, (Move){ RETURN_STATE_CLOSED, ORDER_EVENT_KIND_RETURN_CLOSED, side,
                                           STR("the money has gone back already"), 0, 0 }));
        // The buyer has everything; what the platform paid for the shipping still goes back to it.
        return plan.all ? order_refund(tx, by, c->shop_order, &plan, &refund) : ERR_OK;
    }
    try(return_move(tx, by, c, (Move){ RETURN_STATE_REFUNDED, ORDER_EVENT_KIND_RETURN_GRANTED, side, text, 0, 0 }));
    try(order_refund(tx, by, c->shop_order, &plan, &refund));
    return q_return_set_refund(tx, (ReturnSetRefundIn){ .id = c->id, .refund = refund, .amount_minor = worth.minor }, &n);
}

static Err grant(Tx *tx, const By *by, Case *c, const OrderFacts *o, Side side, Str text)
{
    Time deadline;
    if (c->kind == RETURN_KIND_REFUND_ONLY) return return_give_back(tx, by, c, side, text);
    try(hours(tx, by, o->market, MARKET_RULE_RETURN_SHIP_DAYS, DAY_MS, &deadline));
    return return_move(tx, by, c,
                       (Move){ RETURN_STATE_AWAITING_RETURN, ORDER_EVENT_KIND_RETURN_GRANTED, side, text, deadline, 0 });
}

// The goods are there: on the shelf again, all but the damaged ones.
static Err take_in(Tx *tx, const By *by, Case *c, const OrderFacts *o)
{
    ReturnLineRowsRowList lines;
    try(q_return_line_rows(tx, (ReturnLineRowsIn){ .return_case = c->id }, &lines));
    for (i64 i = 0; i < lines.n; i++) {
        const ReturnLineRowsRow *l = &lines.p[i];
        OrderLineFacts facts;
        try(order_line_facts(tx, o->id, l->order_line, &facts));
        StockBack back = { .checkout = facts.taker.v ? facts.taker : o->checkout, .order = o->id, .variant = l->variant,
                           .n = l->quantity - l->damaged };
        if (back.n > 0) try(stock_return(tx, by, back));
        back.n = l->damaged;
        back.damaged = true;
        if (back.n > 0) try(stock_return(tx, by, back));
    }
    return order_tell(tx, by, o->id, ORDER_EVENT_KIND_RETURN_ARRIVED, SIDE_SELLER, (Str){ 0 });
}

static Err accept(Tx *tx, const By *by, Case *c, const OrderFacts *o, Side side, Str text)
{
    try(take_in(tx, by, c, o));
    if (c->kind == RETURN_KIND_EXCHANGE) return exchange_due(tx, by, c, o, side, text);
    return return_give_back(tx, by, c, side, text);
}

static Err set_damaged(Tx *tx, const Case *c, const ReturnStep *in)
{
    for (i64 i = 0; i < in->damaged.n; i++) {
        i64 n;
        try(q_return_line_damaged(tx, (ReturnLineDamagedIn){ .return_case = c->id, .order_line = in->damaged.p[i].line,
                                                             .damaged = in->damaged.p[i].quantity }, &n));
        if (n == 0) return refuse(&tx->why, ERR_BAD_FIELD, "damaged", "That is more than came back, or another line.");
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- steps by hand

static Err find(Tx *tx, const By *by, ReturnId id, Case **c, OrderFacts *o, Side *side)
{
    try(q_return_row(tx, (ReturnRowIn){ .id = id }, c));
    if (!*c) return ERR_NOT_FOUND;
    return order_facts(tx, by, (*c)->shop_order, o, side);
}

static Err need_note(Tx *tx, const ReturnStep *in)
{
    return in->note.n ? ERR_OK : refuse(&tx->why, ERR_BAD_FIELD, "note", "Say why: the other side reads it.");
}

// The operator decides; the other side reads why. Of the buyer's askings this may be the second.
static Err escalate(Tx *tx, const By *by, Case *c, const OrderFacts *o, const ReturnStep *in, Side side)
{
    Time deadline;
    try(need_note(tx, in));
    try(hours(tx, by, o->market, MARKET_RULE_RETURN_CONFIRM_DAYS, DAY_MS, &deadline));
    return return_move(tx, by, c, (Move){ RETURN_STATE_DISPUTED, ORDER_EVENT_KIND_RETURN_ESCALATED, side, in->note, deadline,
                                          c->state == RETURN_STATE_REJECTED ? 1 : 0 });
}

static Err buyer_step(Tx *tx, const By *by, Case *c, const OrderFacts *o, const ReturnStep *in)
{
    Time deadline;
    i64 n;
    switch (in->action) {
    case RETURN_ACTION_CLOSE:
        if (c->state == RETURN_STATE_SENT_BACK || c->state == RETURN_STATE_AWAITING_REPLACEMENT ||
            c->shipment.v || return_is_over(c->state)) return return_wrong_state(tx, c);
        return return_move(tx, by, c, (Move){ RETURN_STATE_CLOSED, ORDER_EVENT_KIND_RETURN_CLOSED, SIDE_BUYER, in->note, 0, 0 });
    case RETURN_ACTION_SEND:
        if (c->state != RETURN_STATE_AWAITING_RETURN) return return_wrong_state(tx, c);
        if (!in->carrier.n || !in->tracking.n)
            return refuse(&tx->why, ERR_BAD_FIELD, "tracking", "Give the carrier and the tracking number.");
        try(hours(tx, by, o->market, MARKET_RULE_RETURN_CONFIRM_DAYS, DAY_MS, &deadline));
        try(q_return_set_way(tx, (ReturnSetWayIn){ .id = c->id, .carrier = in->carrier, .tracking = in->tracking }, &n));
        return return_move(tx, by, c,
                    (Move){ RETURN_STATE_SENT_BACK, ORDER_EVENT_KIND_RETURN_SENT, SIDE_BUYER,
                            arena_format(tx->a, "%.*s %.*s", STR_ARG(in->carrier), STR_ARG(in->tracking)), deadline, 0 });
    case RETURN_ACTION_ASK_AGAIN:
        if (c->state != RETURN_STATE_REJECTED || c->filed >= RETURN_FILED_MAX) return return_wrong_state(tx, c);
        return escalate(tx, by, c, o, in, SIDE_BUYER);
    case RETURN_ACTION_RECEIVE:
        if (c->state != RETURN_STATE_REPLACEMENT_SENT && !(c->state == RETURN_STATE_DISPUTED && c->shipment.v))
            return return_wrong_state(tx, c);
        return exchange_done(tx, by, c, SIDE_BUYER, in->note);
    case RETURN_ACTION_DISPUTE:
        if (c->state != RETURN_STATE_REPLACEMENT_SENT) return return_wrong_state(tx, c);
        return escalate(tx, by, c, o, in, SIDE_BUYER);
    case RETURN_ACTION_GRANT: case RETURN_ACTION_REJECT: case RETURN_ACTION_ACCEPT: case RETURN_ACTION_DECIDE:
    case RETURN_ACTION_SEND_REPLACEMENT: case RETURN_ACTION_REFUND: break;
    }
    return refuse(&tx->why, ERR_FORBIDDEN, "action", "That is not the buyer's step.");
}

static Err seller_step(Tx *tx, const By *by, Case *c, const OrderFacts *o, const ReturnStep *in)
{
    Time deadline;
    bool packs = in->action == RETURN_ACTION_SEND_REPLACEMENT;
    try(shop_may(tx, by, c->shop, packs ? STAFF_ROLE_PACKER : STAFF_ROLE_MANAGER));
    switch (in->action) {
    case RETURN_ACTION_GRANT:
        return c->state == RETURN_STATE_ASKED ? grant(tx, by, c, o, SIDE_SELLER, in->note) : return_wrong_state(tx, c);
    case RETURN_ACTION_REJECT:
        if (c->state != RETURN_STATE_ASKED) return return_wrong_state(tx, c);
        try(need_note(tx, in));
        try(hours(tx, by, o->market, MARKET_RULE_RETURN_REFILE_HOURS, HOUR_MS, &deadline));
        return return_move(tx, by, c,
                    (Move){ RETURN_STATE_REJECTED, ORDER_EVENT_KIND_RETURN_REJECTED, SIDE_SELLER, in->note, deadline, 0 });
    case RETURN_ACTION_ACCEPT:
        if (c->state != RETURN_STATE_SENT_BACK) return return_wrong_state(tx, c);
        try(set_damaged(tx, c, in));
        return accept(tx, by, c, o, SIDE_SELLER, in->note);
    case RETURN_ACTION_DISPUTE:
        if (c->state != RETURN_STATE_SENT_BACK) return return_wrong_state(tx, c);
        return escalate(tx, by, c, o, in, SIDE_SELLER);
    case RETURN_ACTION_REFUND:
        if (c->state != RETURN_STATE_AWAITING_REPLACEMENT) return return_wrong_state(tx, c);
        try(need_note(tx, in));
        return return_give_back(tx, by, c, SIDE_SELLER, in->note);
    case RETURN_ACTION_SEND_REPLACEMENT: return exchange_send(tx, by, c, o, in);
    case RETURN_ACTION_CLOSE: case RETURN_ACTION_SEND: case RETURN_ACTION_ASK_AGAIN: case RETURN_ACTION_DECIDE:
    case RETURN_ACTION_RECEIVE: break;
    }
    return refuse(&tx->why, ERR_FORBIDDEN, "action", "That is not the seller's step.");
}

// For the buyer: what has come back is paid (or replaced), what has not is sent first; for a replacement that did not do there
// is the money. For the seller: it is over.
static Err decide(Tx *tx, const By *by, Case *c, const OrderFacts *o, bool for_buyer, Side side, Str text)
{
    if (c->shipment.v)
        return for_buyer ? return_give_back(tx, by, c, side, text) : exchange_done(tx, by, c, side, text);
    if (!for_buyer)
        return return_move(tx, by, c, (Move){ RETURN_STATE_CLOSED, ORDER_EVENT_KIND_RETURN_REJECTED, side, text, 0, 0 });
    return c->tracking.n ? accept(tx, by, c, o, side, text) : grant(tx, by, c, o, side, text);
}

Err return_step(Tx *tx, const By *by, ReturnId id, const ReturnStep *in)
{
    Case *c;
    OrderFacts o;
    Side side;
    try(find(tx, by, id, &c, &o, &side));
    if (side == SIDE_BUYER) return buyer_step(tx, by, c, &o, in);
    if (in->action != RETURN_ACTION_DECIDE) return seller_step(tx, by, c, &o, in);
    if (!by->who.is_operator) return refuse(&tx->why, ERR_FORBIDDEN, "action", "Only an operator decides a dispute.");
    if (c->state != RETURN_STATE_DISPUTED) return return_wrong_state(tx, c);
    if (!in->has_grant) return refuse(&tx->why, ERR_BAD_FIELD, "grant", "Say for whom: true for the buyer.");
    try(need_note(tx, in));
    return decide(tx, by, c, &o, in->grant, SIDE_OPERATOR, in->note);
}

// ---------------------------------------------------------------------------------------------- silence

Err return_clock(Tx *tx, const By *by, i64 id)
{
    Case *c;
    OrderFacts o;
    Str silent = STR("nobody answered in time");
    try(q_return_row(tx, (ReturnRowIn){ .id = { id } }, &c));
    if (!c || !c->has_deadline) return ERR_OK;
    if (c->deadline > by->now) return task_at(tx, by, "return_clock", id, c->deadline);
    try(order_facts_of(tx, c->shop_order, &o));
    switch (c->state) {
    case RETURN_STATE_ASKED: return grant(tx, by, c, &o, SIDE_CLOCK, silent);
    case RETURN_STATE_SENT_BACK: return accept(tx, by, c, &o, SIDE_CLOCK, silent);
    case RETURN_STATE_DISPUTED: return decide(tx, by, c, &o, true, SIDE_CLOCK, silent);
    case RETURN_STATE_AWAITING_RETURN:
    case RETURN_STATE_REJECTED:
        return return_move(tx, by, c, (Move){ RETURN_STATE_CLOSED, ORDER_EVENT_KIND_RETURN_CLOSED, SIDE_CLOCK, silent, 0, 0 });
    case RETURN_STATE_AWAITING_REPLACEMENT: return return_give_back(tx, by, c, SIDE_CLOCK, silent);
    case RETURN_STATE_REPLACEMENT_SENT: return exchange_done(tx, by, c, SIDE_CLOCK, silent);
    case RETURN_STATE_REFUNDED: case RETURN_STATE_CLOSED: case RETURN_STATE_EXCHANGED: return ERR_OK;
    }
    return ERR_OK;
}
