// Where something is taxed: which region of a country an address lies in, and whether two places are one tax territory.
// Private to tax/; knows no rates.
#pragma once
#include "markets/markets.h"

enum { TAX_REGION_MAX = 10 };         // bytes of a region's code

// country: as given, in capitals. region: the code that tax_rate rows use ("CA" of US-CA), '' when the country has none or the
// address does not say. apart: the region is not part of its country's tax territory (the Canary Islands).
typedef struct TaxPlace { Str country, region; bool apart; } TaxPlace;

// By the region's code ("CA", "US-CA") or name ("California"), else by the postcode.
TaxPlace tax_place(Arena *a, Place place);
// A sale from one to the other is taxed as a sale within a territory: the same one, or two of the European Union's VAT area,
// where distance sales are taxed at the destination (Directive 2006/112/EC, article 33).
bool tax_same_territory(TaxPlace from, TaxPlace to);
