// Rates as rows: reading them from text, loading them, and finding the one that holds. Private to tax/.
#pragma once
#include "gen/tax.gen.h"
#include "tax/places.h"

enum {
    TAX_FILE_MAX = 1024 * 1024,      // bytes of a file of rates
    TAX_LINE_MAX = 1000,             // bytes of a line of it
    TAX_RATES_MAX = 20000,           // lines
    TAX_PARTS_MAX = 4,               // names that one rate is stated by
};

// The file that comes with the program (src/tax/rates/rates.csv), word for word, and its hash.
extern const char TAX_RATES[], TAX_RATES_HASH[];
extern const i64 TAX_RATES_N;

// Reads lines `country,region,class,from,until,name,percent,base,parts` under a header line that says so; # and empty lines are
// skipped. ERR_BAD_FIELD with the line's number and what is wrong with it; nothing is taken from a file with a mistake.
Err tax_rates_parse(Arena *a, Str text, TaxRateNewList *out, Refusal *why);
// Checks one rate whatever it came from, fills what was left out, and gives the share of the price. ERR_BAD_FIELD.
Err tax_rate_check(Arena *a, TaxRateNew *rate, i64 *rate_ppm, Refusal *why);

// One name of a rate that is stated in parts; of one without parts the rate itself.
typedef struct TaxPart { Str name; i64 ppm; } TaxPart;
// False when malformed: 'GST 50000;QST 99750'.
bool tax_parts_parse(Str text, TaxPart out[TAX_PARTS_MAX], i64 *n);

// All rates that hold in a place on a day. Of a class the first found counts: the operator's before shipped ones, the latest
// first day before earlier ones.
typedef struct TaxTable { TaxRatesAtRow *rows; i64 n; } TaxTable;
Err tax_table(Tx *tx, TaxPlace place, Str day, TaxTable *out);
// The class's own rate, else the standard one, else NULL: nothing is owed. zero and exempt need no rate: NULL.
const TaxRatesAtRow *tax_find(const TaxTable *t, TaxClass class);
// Only the class's own.
const TaxRatesAtRow *tax_find_own(const TaxTable *t, TaxClass class);
// The day ("2025-01-31") on the country's clock.
Err tax_day(Tx *tx, Str country, Time at, Str *day);
