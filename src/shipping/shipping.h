// Shipping: zones and rates of a shop, cash on delivery, delivery estimates in business days of the destination.
#pragma once
#include "gen/shipping.gen.h"
#include "markets/markets.h"
#include "shops/shops.h"

enum {
    SHIP_LINES_MAX = 60,
    SHIP_VERSIONS_KEPT = 50,         // of a shop's profile: who changed it when
    SHIP_WEIGHT_DEFAULT_G = 1000,    // of a unit, until the shop says another
    SHIP_CUTOFF_NONE = 24 * 60,
    SHIP_REFUSALS_KEPT_DAYS = 730,   // the most that the rule cod_refused_days may say
};

typedef struct ShipLine { VariantId variant; i64 quantity; } ShipLine;

typedef struct ShipAsk {
    const Shop *shop;
    bool has_place; Place place;       // without one: the shop's own country, whole
    const ShipLine *lines; i64 n;
    i64 subtotal_minor;                // of the goods after sale prices, before promotions: what free thresholds look at
    AccountId buyer;                   // 0: a guest
    Time now;
    Currency currency;                 // of the goods; zeroed: the shop's
} ShipAsk;

typedef struct ShipQuote {
    bool served;                       // false: the shop does not send there; `why` says so in a sentence
    Str why;
    i64 shipping_minor;                // in `currency`, which is the goods'
    Currency currency;
    bool has_free_over; i64 free_over_minor;
    bool cod; Str cod_why;             // whether the buyer may pay at the door, and why not
    i64 cod_fee_minor;                 // added when they do
    Time from, to;                     // between these it arrives: from a day's first to a day's last second
    Time ship_by;                      // until then the seller should have handed it over: a day's last second
    Str from_day, to_day;              // the same as dates there: "2026-11-30", whatever zone the reader is in
    Str ship_by_day;                   // and in the shop's country
    ShipNo no; CodNo cod_no;           // the reasons again, for those who have sentences of their own
    Str zone;                          // which of the shop's zones decided; empty without zones
} ShipQuote;

// What sending these lines of one shop costs: by the most specific of its zones, or, while it has none, by its flat terms,
// anywhere. At most SHIP_LINES_MAX lines, each quantity > 0. Not being served is no error. Reads only.
Err shipping_quote(Tx *tx, const ShipAsk *ask, ShipQuote *out);
// A parcel that was to be paid at the door was refused: counts against cash on delivery (market's cod_refused_most).
// Once an order; again changes nothing.
Err shipping_refused(Tx *tx, const By *by, AccountId buyer, OrderId order);

// Reports shops whose profile cannot be read any more. For `etalase audit`.
Err shipping_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers

// For anyone. ERR_NOT_FOUND without the shop; ERR_BAD_FIELD "lines" for variants that are not its own.
Err shipping_ask(Tx *tx, const By *by, ShopId shop, const ShipQuoteAsk *in, ShipQuotation *out);
// ERR_NOT_FOUND, ERR_FORBIDDEN (packers may look, managers may change), ERR_STALE, ERR_BAD_FIELD with the field's path.
Err shipping_profile(Tx *tx, const By *by, ShopId shop, ShipProfile *out);
Err shipping_profile_set(Tx *tx, const By *by, ShopId shop, const ShipProfilePut *in, ShipProfile *out);
// What a draft would cost. ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_BAD_FIELD.
Err shipping_test(Tx *tx, const By *by, ShopId shop, const ShipTest *in, ShipQuotation *out);
// What a variant weighs; nothing given takes it away. ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_BAD_FIELD (a size needs all three sides).
Err shipping_parcel_set(Tx *tx, const By *by, VariantId variant, const ParcelPut *in, Parcel *out);
// Those of a product that have something of their own. ERR_NOT_FOUND, ERR_FORBIDDEN.
Err shipping_parcels(Tx *tx, const By *by, ProductId product, ParcelPage *out);
