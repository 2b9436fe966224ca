// Shipping: zones and rates of a shop, cash on delivery, delivery estimates in business days of the destination.
#pragma once
#include "gen/types.gen.h"
#include "markets/markets.h"
#include "shops/shops.h"

typedef struct ShipLine { VariantId variant; i64 quantity; } ShipLine;

typedef struct ShipAsk {
    const Shop *shop;
    bool has_place; Place place;       // without one: the shop's own country, whole
    const ShipLine *lines; i64 n;
    i64 subtotal_minor;                // of the goods after sale prices, before promotions: what free thresholds look at
    AccountId buyer;                   // 0: a guest
    Time now;
} ShipAsk;

typedef struct ShipQuote {
    bool served;                       // false: the shop does not send there; `why` says so in a sentence
    Str why;
    i64 shipping_minor;                // in the shop's currency
    bool has_free_over; i64 free_over_minor;
    bool cod; Str cod_why;             // whether the buyer may pay at the door, and why not
    i64 cod_fee_minor;                 // added when they do
    Time from, to;                     // between these it arrives
    Time ship_by;                      // until then the seller should have handed it over
} ShipQuote;

// What sending these lines of one shop costs. Reads only.
Err shipping_quote(Tx *tx, const ShipAsk *ask, ShipQuote *out);
// A parcel that was to be paid at the door was refused: counts against cash on delivery (market's cod_refused_most).
Err shipping_refused(Tx *tx, const By *by, AccountId buyer, OrderId order);
