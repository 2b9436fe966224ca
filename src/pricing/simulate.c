// The simulator: what a buyer of some kind would pay at some moment, and why; with all that did not apply. Reads only.
#include "pricing/rules.h"

#include "shops/shops.h"

// ---------------------------------------------------------------------------------------------- prices, layer by layer

static PriceStep list_step(const LayerEntry *e, Str market, Currency currency, const LayerAsk *ask, const Layered *r)
{
    PriceStep s = { .kind = OFFER_KIND_REGULAR, .market = e->own || !ask->has_list ? market : EVERYWHERE, .channel = e->channel,
                    .price = { e->minor, currency }, .outcome = PRICE_OUTCOME_BEATEN };
    if (!e->own && ask->has_list) s.price.minor = layers_convert(e->minor, ask->from, ask->to, ask->round);
    if (e->channel != PRICE_CHANNEL_ANY && e->channel != ask->channel) s.outcome = PRICE_OUTCOME_OTHER_CHANNEL;
    else if (s.price.minor == r->regular && r->offer < 0) s.outcome = PRICE_OUTCOME_APPLIED;
    return s;
}

static LayerOffer layer_of(const PriceItemTracedRow *o)
{
    return (LayerOffer){ .offer = o->offer, .kind = o->kind, .channel = o->channel, .method = o->method, .value = o->value,
                         .starts = o->starts, .ends = o->ends, .dropped = o->dropped };
}

// The offers of this variant that are or were lately in reach, in any list.
static Err offer_steps(Tx *tx, const PriceLine *line, Str market, LayerAsk *ask, const Layered *r, SimulatedLine *out)
{
    PriceItemTracedRowList items;
    enum { LATELY_DAYS = 30 };
    try(q_price_item_traced(tx, (PriceItemTracedIn){ .variant = line->variant, .since = ask->now - (i64)LATELY_DAYS * DAY_MS },
                            &items));
    for (i64 i = 0; i < items.n && out->steps.n < 40; i++) {
        const PriceItemTracedRow *o = &items.p[i];
        LayerOffer layer = layer_of(o);
        LayerAsk one = *ask;
        one.offers[0] = layer;
        one.n_offers = 1;
        Layered alone = { r->regular, r->price, r->offer >= 0 && ask->offers[r->offer].offer.v == o->offer.v ? 0 : -1 };
        PriceStep s = { .kind = o->kind, .name = o->name, .market = o->market, .channel = o->channel, .offer = o->offer,
                        .price = { layers_offer_price(o->method, o->value, r->regular), line->price.currency },
                        .outcome = layers_outcome(&one, &alone, 0) };
        if (!str_eq(o->market, market)) s.outcome = PRICE_OUTCOME_OTHER_MARKET;
        for (i64 k = 0; k < ask->n_offers; k++)
            if (ask->offers[k].offer.v == o->offer.v && ask->offers[k].gone && s.outcome == PRICE_OUTCOME_BEATEN)
                s.outcome = PRICE_OUTCOME_SOLD_OUT;
        out->steps.p[out->steps.n++] = s;
    }
    return ERR_OK;
}

static Err trace_line(Tx *tx, const PriceAsk *ask, const PriceLine *line, SimulatedLine *out)
{
    Str market;
    PriceListGetRow *list;
    PriceEntryRowsRowList entries;
    PriceItemRowsRowList items;
    try(price_market(tx, line->shop, ask->country, &market, &list));
    try(q_price_entry_all(tx, (PriceEntryAllIn){ .variant = line->variant }, &entries));
    try(q_price_item_coming(tx, (PriceItemComingIn){ .variant = line->variant, .now = ask->now }, &items));
    LayerRows rows = { entries.p, entries.n, items.p, items.n };
    LayerAsk layers = price_layers(&rows, line->variant, market, list);
    layers.channel = price_channel(line->channel);
    layers.now = ask->now;
    try(price_flash_left(tx, line->variant, (AccountId){ 0 }, &layers));
    Layered r = layers_resolve(&layers);
    out->steps = (PriceStepList){ arena_new_array(tx->a, PriceStep, 40), 0 };
    for (i64 i = 0; i < layers.n_entries; i++)
        out->steps.p[out->steps.n++] = list_step(&layers.entries[i], market, line->price.currency, &layers, &r);
    return offer_steps(tx, line, market, &layers, &r, out);
}

// ---------------------------------------------------------------------------------------------- the basket

static Err find_line(Tx *tx, const SimulationNew *in, i64 i, PriceLine *out)
{
    const SimulationLine *x = &in->lines.p[i];
    PriceVariantGetRow *v;
    PriceEntryRowsRowList entries;
    const char *field = arena_format(tx->a, "lines[%lld].variant", (long long)i).p;
    for (i64 k = 0; k < i; k++)
        if (in->lines.p[k].variant.v == x->variant.v)
            return refuse(&tx->why, ERR_BAD_FIELD, field, "lines[%lld] is the same variant.", (long long)k);
    try(q_price_variant_get(tx, (PriceVariantGetIn){ .variant = x->variant }, &v));
    if (!v || v->shop.v != in->shop.v) return refuse(&tx->why, ERR_BAD_FIELD, field, "This shop has no such variant.");
    *out = (PriceLine){ .shop = v->shop, .product = v->product, .variant = v->variant, .quantity = x->quantity,
                        .channel = x->has_channel ? x->channel : CHANNEL_SHOP };
    try(q_price_entry_all(tx, (PriceEntryAllIn){ .variant = x->variant }, &entries));
    for (i64 k = 0; k < entries.n; k++)
        if (str_eq(entries.p[k].market, EVERYWHERE) && entries.p[k].channel == PRICE_CHANNEL_ANY)
            out->list = entries.p[k].price;
    return ERR_OK;
}

// What sending costs: as the seller says, or the shop's own flat terms, at the rate of the market's list.
static Err shipping_of(Tx *tx, const SimulationNew *in, const PriceAsk *ask, const PriceBasket *b, i64 *out)
{
    Shop terms;
    i64 goods = 0;
    Money money = { 0, b->shops[0].currency };
    if (in->has_shipping) {
        if (!currency_eq(in->shipping.currency, money.currency))
            return refuse(&tx->why, ERR_BAD_FIELD, "shipping", "Prices there are in %s.", money.currency.code);
        *out = in->shipping.minor;
        return ERR_OK;
    }
    try(shop_terms(tx, in->shop, &terms));
    for (i64 i = 0; i < b->n; i++) goods += b->lines[i].price.minor * b->lines[i].quantity;
    try(pricing_convert(tx, ask, in->shop, terms.free_over_minor, &money));
    bool free_of_charge = terms.has_free_over_minor && goods >= money.minor;
    try(pricing_convert(tx, ask, in->shop, terms.shipping_minor, &money));
    *out = free_of_charge ? 0 : money.minor;
    return ERR_OK;
}

static SimulatedPromotion show_promotion(const Candidate *x, const EngineBasket *e)
{
    const PromotionRowRow *r = &x->row;
    Currency currency = r->currency;
    const EnginePromotion *p = x->engine < 0 ? NULL : &e->promotions[x->engine];
    SimulatedPromotion out = { .promotion = r->id, .kind = r->kind, .funder = r->shop.v ? FUNDER_SELLER : FUNDER_PLATFORM,
                               .name = r->name, .outcome = x->outcome, .amount = { p ? p->given : 0, currency } };
    if (x->outcome != PROMOTION_OUTCOME_BELOW_MINIMUM) return out;
    out.has_need = out.has_have = true;
    out.need = (Money){ p->minimum, currency };
    out.have = (Money){ p->have, currency };
    return out;
}

static Err show_lines(Tx *tx, const PriceAsk *ask, const PriceBasket *b, Simulation *out)
{
    out->lines = (SimulatedLineList){ arena_new_array(tx->a, SimulatedLine, b->n), b->n };
    for (i64 i = 0; i < b->n; i++) {
        const PriceLine *l = &b->lines[i];
        i64 total = l->price.minor * l->quantity;
        Currency c = l->price.currency;
        SimulatedLine *s = &out->lines.p[i];
        *s = (SimulatedLine){ .variant = l->variant, .quantity = l->quantity, .channel = l->channel, .was = l->was,
                              .price = l->price, .total = { total, c }, .pays = { total - l->by_seller - l->by_platform, c } };
        s->discounts = (DiscountList){ arena_new_array(tx->a, Discount, l->n_discounts), l->n_discounts };
        for (i64 k = 0; k < l->n_discounts; k++) s->discounts.p[k] = l->discounts[k];
        try(trace_line(tx, ask, l, s));
        out->goods.minor += total;
        out->by_seller.minor += l->by_seller;
        out->by_platform.minor += l->by_platform;
    }
    return ERR_OK;
}

static Err check_asked(Tx *tx, const By *by, const SimulationNew *in, Time at)
{
    i64 sum = 0;
    (void)by;
    for (i64 i = 0; i < in->lines.n; i++) sum += in->lines.p[i].quantity;
    if (in->lines.n == 0 || sum == 0) return refuse(&tx->why, ERR_BAD_FIELD, "lines", "Simulate at least one line.");
    if (at < by->now - OFFER_MOST_MS || at > by->now + OFFER_MOST_MS)
        return refuse(&tx->why, ERR_BAD_FIELD, "at", "At most a year away.");
    return ERR_OK;
}

// As a cart's, which is where these would be bought.
static Err check_sum(Tx *tx, const PriceLine *lines, i64 n)
{
    i64 sum = 0;
    for (i64 i = 0; i < n; i++)
        if (__builtin_add_overflow(sum, lines[i].price.minor * lines[i].quantity, &sum) || sum > PRICE_GOODS_MOST)
            return refuse(&tx->why, ERR_BAD_FIELD, "lines", "The sum is larger than one order may be.");
    return ERR_OK;
}

Err pricing_simulate(Tx *tx, const By *by, const SimulationNew *in, Simulation *out)
{
    PriceListGetRow *list;
    Combination c;
    PriceAsk ask = { .country = in->country, .now = in->has_at ? in->at : by->now, .has_vouchers = in->has_vouchers,
                     .vouchers = in->vouchers };
    Shopper who = { .simulated = true, .first_order = !in->has_first_order || in->first_order,
                    .follower = in->has_follower && in->follower };
    try(price_may(tx, by, in->shop));
    try(check_asked(tx, by, in, ask.now));
    PriceLine *lines = arena_new_array(tx->a, PriceLine, in->lines.n);
    for (i64 i = 0; i < in->lines.n; i++) try(find_line(tx, in, i, &lines[i]));
    try(pricing_prices(tx, &ask, lines, in->lines.n));
    try(check_sum(tx, lines, in->lines.n));
    PriceShop shop = { .shop = in->shop, .currency = lines[0].price.currency, .n = in->lines.n };
    PriceBasket basket = { .lines = lines, .n = in->lines.n, .shops = &shop, .n_shops = 1 };
    try(shipping_of(tx, in, &ask, &basket, &shop.shipping));
    try(price_combine(tx, &ask, &who, &basket, &c));
    Money zero = { 0, shop.currency };
    *out = (Simulation){ .at = ask.now, .currency = shop.currency, .goods = zero, .by_seller = zero, .by_platform = zero,
                         .shipping = { shop.shipping, shop.currency }, .cut = c.engine.cut };
    try(price_market(tx, in->shop, ask.country, &out->market, &list));
    try(show_lines(tx, &ask, &basket, out));
    out->by_seller.minor += shop.shipping_by_seller;
    out->by_platform.minor += shop.shipping_by_platform;
    out->shipping_off = (Money){ shop.shipping_by_seller + shop.shipping_by_platform, shop.currency };
    out->total = (Money){ out->goods.minor - out->by_seller.minor - out->by_platform.minor + shop.shipping, shop.currency };
    out->promotions = (SimulatedPromotionList){ arena_new_array(tx->a, SimulatedPromotion, c.n), c.n };
    for (i64 i = 0; i < c.n; i++) out->promotions.p[i] = show_promotion(&c.candidates[i], &c.engine);
    return ERR_OK;
}
