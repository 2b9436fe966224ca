// Exchanges: what is wanted instead, the units held for it, and the parcel that goes out. The rest of a case is the same as of
// any return. No HTTP, no JSON, no clock.
#include "returns/flow.h"

#include "catalog/catalog.h"
#include "pricing/pricing.h"

enum { LEFT_MOST = 99 };                     // more need not be told

// ---------------------------------------------------------------------------------------------- what may be wanted

// The same thing, or a variant of the product for which the buyer would have paid the same: then nothing is owed either way.
static Err may_want(Tx *tx, const OrderFacts *o, const OrderLineFacts *line, VariantId wanted)
{
    Offer offer;
    Money cost = { 0 };
    bool has;
    if (wanted.v == line->variant.v) return ERR_OK;
    Err e = catalog_offer(tx, wanted, &offer);
    if (e == ERR_NOT_FOUND) return refuse(&tx->why, ERR_BAD_FIELD, "wanted", "There is no such variant.");
    try(e);
    if (offer.product.v != line->product.v)
        return refuse(&tx->why, ERR_BAD_FIELD, "wanted", "That is another product: return this one and buy the other.");
    if (!offer.for_sale) return refuse(&tx->why, ERR_BAD_FIELD, "wanted", "That one is not sold any more.");
    PriceAt then = { .shop = o->shop, .variant = wanted, .country = o->market, .channel = line->channel, .at = o->placed };
    try(pricing_price_at(tx, then, &has, &cost));
    if (has && cost.minor == line->price.minor && currency_eq(cost.currency, line->price.currency)) return ERR_OK;
    return refuse(&tx->why, ERR_BAD_FIELD, "wanted",
                  "That one did not cost the same when you bought this: return this one and buy the other.");
}

static Err offered(Tx *tx, const OrderFacts *o, bool *out)
{
    i64 n;
    try(market_number(tx, o->market, MARKET_RULE_EXCHANGES, &n));
    *out = n != 0;
    return ERR_OK;
}

// Each replacement will be a line of the order.
static Err room_for(Tx *tx, OrderId order, i64 n)
{
    i64 lines;
    ReturnLinesToComeRow coming;
    try(order_line_count(tx, order, &lines));
    try(q_return_lines_to_come(tx, (ReturnLinesToComeIn){ .shop_order = order }, &coming));
    if (lines + coming.n + n <= CART_LINES_MAX) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, NULL, "The order has too many lines for an exchange: send it back for the money.");
}

static Err there(Tx *tx, const ReturnNew *in, VariantId wanted)
{
    i64 n = 0, left;
    for (i64 i = 0; i < in->lines.n; i++) n += in->lines.p[i].wanted.v == wanted.v ? in->lines.p[i].quantity : 0;
    try(stock_available(tx, (StockWant){ .variant = wanted, .n = n }, &left));
    if (left >= n) return ERR_OK;
    if (left <= 0)
        return refuse(&tx->why, ERR_SOLD_OUT, "wanted",
                      "What you want instead is sold out: choose another one, or the money back.");
    return refuse(&tx->why, ERR_SOLD_OUT, "wanted", "Of what you want instead only %lld are left.", (long long)left);
}

Err exchange_check(Tx *tx, const OrderFacts *o, const ReturnNew *in)
{
    bool yes, disputed;
    for (i64 i = 0; i < in->lines.n && in->kind != RETURN_KIND_EXCHANGE; i++)
        if (in->lines.p[i].wanted.v)
            return refuse(&tx->why, ERR_BAD_FIELD, "wanted", "Only an exchange says what is wanted instead.");
    if (in->kind != RETURN_KIND_EXCHANGE) return ERR_OK;
    try(offered(tx, o, &yes));
    if (!yes) return refuse(&tx->why, ERR_WRONG_STATE, "kind", "Exchanges are not offered here: send it back for the money.");
    try(room_for(tx, o->id, in->lines.n));
    try(order_disputed(tx, o->id, &disputed));
    for (i64 i = 0; i < in->lines.n; i++) {
        const ReturnLineNew *l = &in->lines.p[i];
        OrderLineFacts facts;
        if (!l->wanted.v) return refuse(&tx->why, ERR_BAD_FIELD, "wanted", "Say what you want instead.");
        try(order_line_facts(tx, o->id, l->line, &facts));
        if (disputed || facts.gone)
            return refuse(&tx->why, ERR_WRONG_STATE, "kind", "Money for this has gone back already: it cannot be exchanged.");
        try(may_want(tx, o, &facts, l->wanted));
        try(there(tx, in, l->wanted));
    }
    return ERR_OK;
}

Err exchange_choices(Tx *tx, const By *by, OrderId order, OrderLineId line, ExchangeChoices *out)
{
    OrderFacts o;
    OrderLineFacts facts;
    Side side;
    Product product;
    *out = (ExchangeChoices){ 0 };
    try(order_facts(tx, by, order, &o, &side));
    try(order_line_facts(tx, order, line, &facts));
    try(offered(tx, &o, &out->offered));
    if (!out->offered) return ERR_OK;
    out->items.p = arena_new_array(tx->a, ExchangeChoice, PRODUCT_VARIANTS_EVER + 1);
    out->items.p[out->items.n++] = (ExchangeChoice){ .variant = facts.variant, .options = facts.options };
    Err e = product_open(tx, by, facts.product, &product);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    for (i64 i = 0; e == ERR_OK && i < product.variants.n && out->items.n < 100; i++) {
        const Variant *v = &product.variants.p[i];
        Err may = may_want(tx, &o, &facts, v->id);
        if (may != ERR_OK && may != ERR_BAD_FIELD) return may;
        if (may != ERR_OK || v->id.v == facts.variant.v) continue;
        out->items.p[out->items.n++] = (ExchangeChoice){ .variant = v->id, .options = order_options(tx->a, v->options) };
    }
    tx->why = (Refusal){ 0 };
    for (i64 i = 0; i < out->items.n; i++) {
        ExchangeChoice *x = &out->items.p[i];
        try(stock_available(tx, (StockWant){ .variant = x->variant, .n = 1 }, &x->left));
        if (x->left > LEFT_MOST) x->left = LEFT_MOST;
        if (x->left < 0) x->left = 0;
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- held units

// The return itself is who takes them: no checkout has its id.
static CheckoutId taker(ReturnId id)
{
    return (CheckoutId){ id.v };
}

Err exchange_hold(Tx *tx, const By *by, ReturnId id, const ReturnNew *in)
{
    StockWant *wants = arena_new_array(tx->a, StockWant, in->lines.n);
    for (i64 i = 0; i < in->lines.n; i++)
        wants[i] = (StockWant){ .variant = in->lines.p[i].wanted, .n = in->lines.p[i].quantity };
    return stock_hold(tx, by, taker(id), wants, in->lines.n);
}

Err exchange_release(Tx *tx, const By *by, ReturnId id)
{
    return stock_release(tx, by, taker(id));
}

// ---------------------------------------------------------------------------------------------- moving

Err exchange_due(Tx *tx, const By *by, Case *c, const OrderFacts *o, Side side, Str text)
{
    ReturnLineRowsRowList lines;
    Time deadline;
    i64 days;
    bool disputed;
    try(order_disputed(tx, c->shop_order, &disputed));
    if (disputed) return return_give_back(tx, by, c, side, text);
    try(q_return_line_rows(tx, (ReturnLineRowsIn){ .return_case = c->id }, &lines));
    for (i64 i = 0; i < lines.n; i++) {
        OrderLineFacts facts;
        try(order_line_facts(tx, c->shop_order, lines.p[i].order_line, &facts));
        if (facts.left < lines.p[i].quantity || facts.gone) return return_give_back(tx, by, c, side, text);
    }
    try(market_number(tx, o->market, MARKET_RULE_SHIP_CANCEL_DAYS, &days));
    try(market_business_day(tx, o->market, by->now, days, &deadline));
    return return_move(tx, by, c, (Move){ RETURN_STATE_AWAITING_REPLACEMENT, ORDER_EVENT_KIND_REPLACEMENT_DUE, side, text,
                                          deadline, 0 });
}

static Err write_replacements(Tx *tx, const By *by, const Case *c, const ReturnStep *in)
{
    ReturnLineRowsRowList lines;
    ShipmentId shipment;
    i64 n;
    try(q_return_line_rows(tx, (ReturnLineRowsIn){ .return_case = c->id }, &lines));
    OrderReplacement *units = arena_new_array(tx->a, OrderReplacement, lines.n);
    for (i64 i = 0; i < lines.n; i++) {
        Offer offer;
        try(catalog_offer(tx, lines.p[i].wanted, &offer));
        units[i] = (OrderReplacement){ .line = lines.p[i].order_line, .n = lines.p[i].quantity, .variant = lines.p[i].wanted,
                                       .title = offer.title, .options = order_options(tx->a, offer.options), .sku = offer.sku,
                                       .picture = offer.picture ? offer.picture->url : (Str){ 0 } };
    }
    OrderExchange exchange = { .order = c->shop_order, .taker = taker(c->id), .carrier = in->carrier, .tracking = in->tracking };
    try(order_exchange(tx, by, &exchange, units, lines.n, &shipment));
    for (i64 i = 0; i < lines.n; i++) {
        try(q_return_line_replace(tx, (ReturnLineReplaceIn){ .return_case = c->id, .order_line = units[i].line,
                                                             .replacement = units[i].made }, &n));
        must(n == 1);
    }
    try(q_return_set_shipment(tx, (ReturnSetShipmentIn){ .id = c->id, .shipment = shipment }, &n));
    must(n == 1);
    return ERR_OK;
}

Err exchange_send(Tx *tx, const By *by, Case *c, const OrderFacts *o, const ReturnStep *in)
{
    i64 days;
    if (c->state != RETURN_STATE_AWAITING_REPLACEMENT) return return_wrong_state(tx, c);
    if (!in->carrier.n || !in->tracking.n)
        return refuse(&tx->why, ERR_BAD_FIELD, "tracking", "Give the carrier and the tracking number.");
    try(market_number(tx, o->market, MARKET_RULE_TRANSIT_DAYS, &days));
    Str way = arena_format(tx->a, "%.*s %.*s", STR_ARG(in->carrier), STR_ARG(in->tracking));
    try(return_move(tx, by, c, (Move){ RETURN_STATE_REPLACEMENT_SENT, ORDER_EVENT_KIND_REPLACEMENT_SENT, SIDE_SELLER, way,
                                       by->now + days * DAY_MS, 0 }));
    try(stock_exchange(tx, by, taker(c->id)));
    return write_replacements(tx, by, c, in);
}

Err exchange_done(Tx *tx, const By *by, Case *c, Side side, Str text)
{
    ReturnLineRowsRowList lines;
    try(return_move(tx, by, c, (Move){ RETURN_STATE_EXCHANGED, ORDER_EVENT_KIND_EXCHANGED, side, text, 0, 0 }));
    try(q_return_line_rows(tx, (ReturnLineRowsIn){ .return_case = c->id }, &lines));
    for (i64 i = 0; i < lines.n; i++) try(order_replacement_arrived(tx, by, lines.p[i].replacement));
    return ERR_OK;
}
