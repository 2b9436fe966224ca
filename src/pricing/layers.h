// A price out of its layers: list, channel, sale, flash, live or creator. Pure: knows no database and no clock.
//
// In a market and channel the regular price is the first of: the market's list for the channel, the market's list, the
// default list for the channel, the default list (these two converted at the list's rate). Then of the offers that hold now
// the strongest that is cheaper: live or creator, then flash, then sale; of one kind the channel's own before one for all.
#pragma once
#include "base/money.h"
#include "gen/types.gen.h"

enum { LAYER_ENTRIES_MAX = 10, LAYER_OFFERS_MAX = 40 };

typedef struct LayerEntry { bool own; PriceChannel channel; i64 minor; } LayerEntry;      // own: of the market's list

typedef struct LayerOffer {
    OfferId offer; i64 version;
    OfferKind kind;
    PriceChannel channel;
    PriceMethod method; i64 value;
    Time starts, ends;
    bool has_per_buyer; i64 per_buyer;
    bool gone;                        // sold out, or this buyer has had as many as one may
    bool dropped;
} LayerOffer;

typedef struct LayerAsk {
    bool has_list; i64 from, to, round;                   // of the market's own list; its rate
    LayerEntry entries[LAYER_ENTRIES_MAX]; i64 n_entries;
    LayerOffer offers[LAYER_OFFERS_MAX]; i64 n_offers;    // of the list that holds here
    i64 fallback;                                         // where there is no entry at all
    PriceChannel channel;
    Time now;
} LayerAsk;

typedef struct Layered { i64 regular, price; i64 offer; } Layered;        // offer: index in offers, -1: none

Layered layers_resolve(const LayerAsk *ask);
// The regular price alone.
i64 layers_regular(const LayerAsk *ask);
// What an offer makes of a regular price; 0 when it would leave nothing.
i64 layers_offer_price(PriceMethod method, i64 value, i64 regular);
// Why this offer is not the one that holds.
PriceOutcome layers_outcome(const LayerAsk *ask, const Layered *result, i64 offer);
// The dearest that a variant may be, as for who sets its price (catalog.api): 99 of it are still an amount of money.
#define LAYERS_PRICE_MOST INT64_C(1000000000000)
// amount * to / from, rounded half up to a multiple of round; at least round, and at most LAYERS_PRICE_MOST and half of round.
i64 layers_convert(i64 minor, i64 from, i64 to, i64 round);
