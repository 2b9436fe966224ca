// Money: whole minor units of a named currency (ISO 4217). Adds and multiplies only with overflow checks.
#pragma once
#include "base/str.h"

typedef struct Currency { char code[4]; } Currency;     // three letters and a NUL; zeroed means none
typedef struct Money { i64 minor; Currency currency; } Money;

// the largest amount that a request may name; 9,000 of them fit int64.
#define MONEY_MAX_MINOR INT64_C(1000000000000000)

bool currency_parse(Str s, Currency *out);               // only currencies this program knows the decimals of
int  currency_decimals(Currency c);                      // 0 JPY, 2 IDR USD EUR, 3 KWD; -1 unknown
Str  currency_str(const Currency *c);
bool currency_eq(Currency a, Currency b);
// False on overflow or when the currencies differ; *out is then untouched.
bool money_add(Money a, Money b, Money *out);
bool money_times(Money a, i64 quantity, Money *out);
// How a share that is no whole minor unit is rounded. HALF_UP and HALF_EVEN by the absolute value, so that a refund is the
// mirror of its sale.
typedef enum Rounding { ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP } Rounding;
// minor * part / whole, rounded; exact inside (128 bits). whole > 0. False when the result does not fit.
bool money_ratio(i64 minor, i64 part, i64 whole, Rounding how, i64 *out);
// Splits `total` over n >= 1 weights by largest remainder (Hamilton's method): the parts sum to `total` exactly, none differs
// from its exact share by a whole unit, ties go to the earlier one. Weights are >= 0; all zero: everything goes to the first.
// Parts have total's sign. At most MONEY_SPLIT_MAX weights; their sum and total must be within MONEY_MAX_MINOR * 100.
enum { MONEY_SPLIT_MAX = 1000 };
void money_split(i64 total, const i64 *weights, i64 n, i64 *parts);
