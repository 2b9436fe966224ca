// What shipping's files share. Nothing outside shipping/ includes it.
#pragma once
#include "shipping/shipping.h"
#include "shipping/zones.h"

// A shop's profile as it is used; without one: no zones, the default weight, no cut-off.
typedef struct ShipTerms { bool has_parcels; ShipProfilePut profile; } ShipTerms;
Err ship_terms_load(Tx *tx, ShopId shop, ShipTerms *out);

// The profile in force as it was saved, with version and who and when; without one: version 0.
typedef struct ShipSaved { i64 version; AccountId actor; Time at; ShipProfilePut profile; } ShipSaved;
Err ship_saved(Tx *tx, ShopId shop, ShipSaved *out);

// A quote for a load that is known already; handling: days until it is handed over.
Err ship_quote_load(Tx *tx, const ShipAsk *ask, const ShipTerms *terms, Load load, i64 handling, ShipQuote *out);
