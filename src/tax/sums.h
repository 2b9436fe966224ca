// The arithmetic of tax: amounts and rates in, exact shares out. Private to tax/; knows no database and no place.
#pragma once
#include "base/money.h"

enum {
    TAX_PPM = 1000000,               // parts of a whole: a rate of 11 % is 110000
    TAX_AMOUNTS_MAX = 100,           // amounts of one order: its lines and the shipping
};

// unit: tax is a multiple of so many minor units (1, or what the currency's smallest coin in use is worth).
typedef struct TaxMode { bool inclusive, by_line; Rounding rounding; i64 unit; } TaxMode;

// What the smallest amount in use is, in minor units: 100 where the ISO's decimals are not used any more (rupiah, new Taiwan
// dollar), else 1. Tax is stated in whole ones.
i64 tax_unit(Currency c);

// The tax in one amount (inclusive) or on it: minor * rate / (1 + rate), or minor * rate, rounded once to the unit. Never more
// than an inclusive amount. 0 <= minor <= MONEY_MAX_MINOR, 0 <= rate_ppm <= TAX_PPM.
i64 tax_of(TaxMode mode, i64 minor, i64 rate_ppm);

// The tax of each of n amounts at their rates. By line each is rounded on its own. Otherwise the amounts of one rate are summed,
// rounded once, and that sum is dealt out by largest remainder: so whoever adds up the parts finds the whole, either way.
void tax_shares(TaxMode mode, const i64 *minor, const i64 *rate_ppm, i64 n, i64 *tax);

// Which rate has most of the money in it (of two alike the higher): what shipping follows. 0 without amounts.
i64 tax_main_rate(const i64 *minor, const i64 *rate_ppm, i64 n);
