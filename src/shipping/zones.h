// Which zone a place lies in, and what a load costs there. Pure: knows no tables.
#pragma once
#include "gen/types.gen.h"
#include "markets/markets.h"

enum {
    ZONE_AREAS_MAX = 500,            // of a whole profile
    ZONE_POSTCODES_MAX = 2000,       // of a whole profile
    ZONE_TEXT_MAX = 48 * 1024,       // bytes of a profile's text: a quote reads it all
    ZONE_MONEY_MAX = 1000000000,     // minor units that sending one order may cost
};

// What is sent. grams already with size taken into account.
typedef struct Load { i64 grams, units; } Load;

// Letters and digits, in capitals; of US postcodes the first five. At most POSTCODE_MAX bytes count.
enum { POSTCODE_MAX = 20 };
typedef struct Postcode { char text[POSTCODE_MAX + 1]; size_t n; } Postcode;
Postcode postcode_of(Str country, Str text);

// The zone that decides about a place, NULL when no area fits. *near: an area of that country would fit if the place said more.
const ShipZone *zone_of(const ShipZoneList *zones, const Place *place, bool *near);
// Where nothing is known of the place: the first zone that sends within `country`, else the first that sends at all.
const ShipZone *zone_to_begin_with(const ShipZoneList *zones, Str country);

// What a load costs in a zone that is not excluded, before its free threshold. SHIP_NO_TOO_HEAVY, _TOO_MANY, _TOO_DEAR.
ShipNo zone_price(const ShipZone *zone, Load load, i64 *price);
// The fee at the door for an order of so much (goods and shipping). False when it is not offered for an order of that size.
bool zone_cod_fee(const ShipZone *zone, i64 order_minor, i64 *fee);

// ERR_BAD_FIELD with the field's path and a sentence; ERR_OK for what a quote can use.
Err profile_check(const ShipProfilePut *profile, Arena *a, Refusal *why);
