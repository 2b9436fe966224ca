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
