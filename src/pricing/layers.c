// A price out of its layers. Pure.
#include "pricing/layers.h"

i64 layers_convert(i64 minor, i64 from, i64 to, i64 round)
{
    i64 exact;
    must(from > 0 && to > 0 && round > 0);
    if (!money_ratio(minor, to, from, ROUND_HALF_UP, &exact) || exact > LAYERS_PRICE_MOST)
        exact = LAYERS_PRICE_MOST;
    i64 steps = (exact + round / 2) / round;
    return steps > 0 ? steps * round : round;
}

static bool entry(const LayerAsk *ask, bool own, PriceChannel channel, i64 *out)
{
    for (i64 i = 0; i < ask->n_entries; i++) {
        if (ask->entries[i].own != own || ask->entries[i].channel != channel) continue;
        *out = ask->entries[i].minor;
        return true;
    }
    return false;
}

i64 layers_regular(const LayerAsk *ask)
{
    i64 minor = ask->fallback;
    if (entry(ask, true, ask->channel, &minor) || entry(ask, true, PRICE_CHANNEL_ANY, &minor)) return minor;
    if (!entry(ask, false, ask->channel, &minor)) entry(ask, false, PRICE_CHANNEL_ANY, &minor);
    return ask->has_list ? layers_convert(minor, ask->from, ask->to, ask->round) : minor;
}

i64 layers_offer_price(PriceMethod method, i64 value, i64 regular)
{
    i64 off = value;
    switch (method) {
    case PRICE_METHOD_FIXED: return value;
    case PRICE_METHOD_PERCENT: must(money_ratio(regular, value, 1000000, ROUND_HALF_UP, &off)); break;
    case PRICE_METHOD_AMOUNT: break;
    }
    return off < regular ? regular - off : 0;
}

static bool in_channel(const LayerAsk *ask, const LayerOffer *o)
{
    return o->channel == PRICE_CHANNEL_ANY || o->channel == ask->channel;
}

static bool holds(const LayerAsk *ask, const LayerOffer *o)
{
    return in_channel(ask, o) && o->starts <= ask->now && o->ends > ask->now && !o->gone && !o->dropped;
}

static int strength(OfferKind kind)
{
    switch (kind) {
    case OFFER_KIND_LIVE: case OFFER_KIND_CREATOR: return 3;
    case OFFER_KIND_FLASH: return 2;
    case OFFER_KIND_SALE: return 1;
    case OFFER_KIND_REGULAR: break;
    }
    return 0;
}

static bool stronger(const LayerOffer *a, const LayerOffer *b)
{
    if (strength(a->kind) != strength(b->kind)) return strength(a->kind) > strength(b->kind);
    if (a->channel != b->channel) return a->channel != PRICE_CHANNEL_ANY;
    return a->offer.v < b->offer.v;
}

Layered layers_resolve(const LayerAsk *ask)
{
    i64 regular = layers_regular(ask);
    Layered out = { regular, regular, -1 };
    for (i64 i = 0; i < ask->n_offers; i++) {
        const LayerOffer *o = &ask->offers[i];
        i64 price = layers_offer_price(o->method, o->value, regular);
        if (!holds(ask, o) || price <= 0 || price >= regular) continue;
        if (out.offer < 0 || stronger(o, &ask->offers[out.offer])) out = (Layered){ regular, price, i };
    }
    return out;
}

PriceOutcome layers_outcome(const LayerAsk *ask, const Layered *result, i64 offer)
{
    const LayerOffer *o = &ask->offers[offer];
    i64 price = layers_offer_price(o->method, o->value, result->regular);
    if (offer == result->offer) return PRICE_OUTCOME_APPLIED;
    if (!in_channel(ask, o)) return PRICE_OUTCOME_OTHER_CHANNEL;
    if (o->ends <= ask->now) return PRICE_OUTCOME_OVER;
    if (o->starts > ask->now) return PRICE_OUTCOME_NOT_STARTED;
    if (o->dropped) return PRICE_OUTCOME_DROPPED;
    if (o->gone) return PRICE_OUTCOME_SOLD_OUT;
    return price <= 0 || price >= result->regular ? PRICE_OUTCOME_NOT_CHEAPER : PRICE_OUTCOME_BEATEN;
}
