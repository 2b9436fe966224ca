// Returns as they are seen: the case, lists, what the caller may do next; and what must always hold.
#include "returns/flow.h"

#include "catalog/catalog.h"
#include "shops/shops.h"

typedef struct Actions { ReturnAction *p; i64 n; } Actions;

static void may(Actions *a, ReturnAction action, bool yes)
{
    if (yes) a->p[a->n++] = action;
}

static Err actions_of(Tx *tx, const By *by, const Case *c, Side side, ReturnActionList *out)
{
    Actions a = { arena_new_array(tx->a, ReturnAction, 8), 0 };
    ReturnState s = c->state;
    if (side == SIDE_BUYER) {
        may(&a, RETURN_ACTION_SEND, s == RETURN_STATE_AWAITING_RETURN);
        may(&a, RETURN_ACTION_ASK_AGAIN, s == RETURN_STATE_REJECTED && c->filed < RETURN_FILED_MAX);
        may(&a, RETURN_ACTION_CLOSE, s == RETURN_STATE_ASKED || s == RETURN_STATE_AWAITING_RETURN || s == RETURN_STATE_REJECTED ||
                                     (s == RETURN_STATE_DISPUTED && !c->shipment.v));
        may(&a, RETURN_ACTION_RECEIVE, s == RETURN_STATE_REPLACEMENT_SENT || (s == RETURN_STATE_DISPUTED && c->shipment.v));
        may(&a, RETURN_ACTION_DISPUTE, s == RETURN_STATE_REPLACEMENT_SENT);
    } else {
        Err e = shop_may(tx, by, c->shop, STAFF_ROLE_MANAGER);
        if (e != ERR_OK && e != ERR_FORBIDDEN) return e;
        tx->why = (Refusal){ 0 };
        may(&a, RETURN_ACTION_GRANT, e == ERR_OK && s == RETURN_STATE_ASKED);
        may(&a, RETURN_ACTION_REJECT, e == ERR_OK && s == RETURN_STATE_ASKED);
        may(&a, RETURN_ACTION_ACCEPT, e == ERR_OK && s == RETURN_STATE_SENT_BACK);
        may(&a, RETURN_ACTION_DISPUTE, e == ERR_OK && s == RETURN_STATE_SENT_BACK);
        may(&a, RETURN_ACTION_SEND_REPLACEMENT, s == RETURN_STATE_AWAITING_REPLACEMENT);
        may(&a, RETURN_ACTION_REFUND, e == ERR_OK && s == RETURN_STATE_AWAITING_REPLACEMENT);
        may(&a, RETURN_ACTION_DECIDE, by->who.is_operator && s == RETURN_STATE_DISPUTED);
    }
    *out = (ReturnActionList){ a.p, a.n };
    return ERR_OK;
}

static Err lines_of(Tx *tx, const Case *c, ReturnLineList *out)
{
    ReturnLineRowsRowList rows;
    try(q_return_line_rows(tx, (ReturnLineRowsIn){ .return_case = c->id }, &rows));
    *out = (ReturnLineList){ arena_new_array(tx->a, ReturnLine, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        OrderLineFacts facts;
        try(order_line_facts(tx, c->shop_order, rows.p[i].order_line, &facts));
        out->p[i] = (ReturnLine){ .line = rows.p[i].order_line, .title = facts.title, .options = facts.options,
                                  .quantity = rows.p[i].quantity, .damaged = rows.p[i].damaged, .wanted = rows.p[i].wanted };
        if (!rows.p[i].wanted.v) continue;
        Offer offer;
        try(catalog_offer(tx, rows.p[i].wanted, &offer));
        out->p[i].wanted_options = order_options(tx->a, offer.options);
    }
    return ERR_OK;
}

// What went out instead, and for who still has to send it where to.
static Err replacement_of(Tx *tx, const By *by, const Case *c, Side side, Return *out)
{
    if (side != SIDE_BUYER && c->state == RETURN_STATE_AWAITING_REPLACEMENT)
        try(order_ship_to(tx, by, c->shop_order, &out->ship_to));
    if (!c->shipment.v) return ERR_OK;
    out->replacement = arena_new(tx->a, Shipment);
    return order_parcel(tx, c->shop_order, c->shipment, out->replacement);
}

// Where it goes, from when the buyer may send it until the seller has it.
static Err send_to(Tx *tx, const Case *c, Str *out)
{
    bool sent = c->state == RETURN_STATE_AWAITING_RETURN || c->state == RETURN_STATE_SENT_BACK;
    if (c->kind == RETURN_KIND_REFUND_ONLY || !sent) return ERR_OK;
    try(shop_return_to(tx, c->shop, out));
    if (out->n == 0) *out = (Str){ 0 };
    return ERR_OK;
}

Err return_view(Tx *tx, const By *by, ReturnId id, Return *out)
{
    Case *c;
    OrderFacts o;
    Side side;
    ReturnPhotoRowsRowList photos;
    try(q_return_row(tx, (ReturnRowIn){ .id = id }, &c));
    if (!c) return ERR_NOT_FOUND;
    try(order_facts(tx, by, c->shop_order, &o, &side));
    *out = (Return){ .id = id,
                     .order = c->shop_order,
                     .number = order_number(tx->a, c->shop_order),
                     .shop = arena_new(tx->a, ShopCard),
                     .kind = c->kind,
                     .reason = c->reason,
                     .note = c->note,
                     .answer = c->answer,
                     .state = c->state,
                     .shipping = c->shipping,
                     .amount = c->amount,
                     .carrier = c->carrier,
                     .tracking = c->tracking,
                     .refund = c->refund,
                     .has_deadline = c->has_deadline,
                     .deadline = c->deadline,
                     .opened = c->opened };
    try(shop_card(tx, c->shop, out->shop));
    try(lines_of(tx, c, &out->lines));
    try(replacement_of(tx, by, c, side, out));
    try(send_to(tx, c, &out->send_to));
    try(q_return_photo_rows(tx, (ReturnPhotoRowsIn){ .return_case = id }, &photos));
    out->photos = (StrList){ arena_new_array(tx->a, Str, photos.n), photos.n };
    for (i64 i = 0; i < photos.n; i++) out->photos.p[i] = photos.p[i].url;
    try(q_return_events(tx, (ReturnEventsIn){ .return_case = id }, &out->timeline));
    return actions_of(tx, by, c, side, &out->actions);
}

// ---------------------------------------------------------------------------------------------- lists

enum { PAGE = 20 };                  // as the queries' LIMIT

static Err cards(Tx *tx, const ReturnCardsOfRowList *rows, ReturnCardPage *out)
{
    *out = (ReturnCardPage){ .items = { arena_new_array(tx->a, ReturnCard, rows->n), rows->n } };
    for (i64 i = 0; i < rows->n; i++) {
        const ReturnCardsOfRow *r = &rows->p[i];
        out->items.p[i] = (ReturnCard){ .id = r->id, .order = r->shop_order, .number = order_number(tx->a, r->shop_order),
                                        .kind = r->kind, .reason = r->reason, .state = r->state, .amount = r->amount,
                                        .has_deadline = r->has_deadline, .deadline = r->deadline, .opened = r->opened };
    }
    if (rows->n == PAGE) out->next = arena_format(tx->a, "%lld", (long long)rows->p[rows->n - 1].id.v);
    return ERR_OK;
}

static ReturnId from(ReturnId before)
{
    return before.v ? before : (ReturnId){ INT64_MAX };
}

Err return_list_mine(Tx *tx, const By *by, ReturnId before, ReturnCardPage *out)
{
    ReturnCardsOfRowList rows;
    try(q_return_cards_of(tx, (ReturnCardsOfIn){ .account = { by->who.account }, .before = from(before) }, &rows));
    return cards(tx, &rows, out);
}

Err return_list_order(Tx *tx, const By *by, OrderId order, ReturnCardPage *out)
{
    OrderFacts o;
    Side side;
    ReturnCardsOfRowList rows;
    try(order_facts(tx, by, order, &o, &side));
    try(q_return_cards_of_order(tx, (ReturnCardsOfOrderIn){ .shop_order = order }, &rows));
    try(cards(tx, &rows, out));
    out->next = (Str){ 0 };
    return ERR_OK;
}

Err return_list_shop(Tx *tx, const By *by, ReturnsWanted want, ReturnCardPage *out)
{
    ReturnCardsOfRowList rows;
    try(shop_may(tx, by, want.shop, STAFF_ROLE_PACKER));
    if (want.has_state)
        try(q_return_cards_of_shop_state(tx, (ReturnCardsOfShopStateIn){ .shop = want.shop, .state = want.state,
                                                                         .before = from(want.before) }, &rows));
    else
        try(q_return_cards_of_shop(tx, (ReturnCardsOfShopIn){ .shop = want.shop, .before = from(want.before) }, &rows));
    return cards(tx, &rows, out);
}

Err return_list_disputed(Tx *tx, ReturnId before, ReturnCardPage *out)
{
    ReturnCardsOfRowList rows;
    try(q_return_cards_of_state(tx, (ReturnCardsOfStateIn){ .state = RETURN_STATE_DISPUTED, .before = from(before) }, &rows));
    return cards(tx, &rows, out);
}

// ---------------------------------------------------------------------------------------------- audit

typedef void Report(void *context, const char *rule, i64 id, const char *detail);

typedef struct To { Report *report; void *context; } To;

// An open exchange holds what it wants until that goes out; and no return holds anything else.
static Err exchanges(Tx *tx, const To *to)
{
    ReturnAuditExchangesRowList wrong;
    ReturnAuditWantsRowList wants;
    CheckoutIdList takers;
    ReturnId after = { 0 };
    CheckoutId last = { 0 };
    try(q_return_audit_exchanges(tx, &wrong));
    for (i64 i = 0; i < wrong.n; i++)
        to->report(to->context, "return_exchange", wrong.p[i].id.v, "what is wanted, what went out and the state do not agree");
    do {
        try(q_return_audit_wants(tx, (ReturnAuditWantsIn){ .after = after }, &wants));
        for (i64 i = 0; i < wants.n; i++) {
            i64 held;
            after = wants.p[i].id;
            try(stock_held_by(tx, (CheckoutId){ after.v }, wants.p[i].wanted, &held));
            if (held != wants.p[i].n)
                to->report(to->context, "return_hold", after.v, "an open exchange does not hold what is wanted");
        }
    } while (wants.n);
    do {
        try(stock_takers(tx, last, &takers));
        for (i64 i = 0; i < takers.n; i++) {
            Case *c;
            last = takers.p[i];
            try(q_return_row(tx, (ReturnRowIn){ .id = { last.v } }, &c));
            if (c && (c->kind != RETURN_KIND_EXCHANGE || c->shipment.v || return_is_over(c->state)))
                to->report(to->context, "return_hold", c->id.v, "units are held for a return that wants none any more");
        }
    } while (takers.n);
    return ERR_OK;
}

Err return_audit(Tx *tx, Report *report, void *context)
{
    ReturnAuditRefundsRowList refunds;
    ReturnAuditLinesRowList lines;
    try(q_return_audit_refunds(tx, &refunds));
    for (i64 i = 0; i < refunds.n; i++)
        report(context, "return_refund", refunds.p[i].id.v, "refunded without a refund, or a refund without that state");
    try(q_return_audit_lines(tx, &lines));
    for (i64 i = 0; i < lines.n; i++)
        report(context, "return_lines", lines.p[i].id.v, "no lines, or more damaged than came back");
    return exchanges(tx, &(To){ report, context });
}
