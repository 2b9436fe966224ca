// Money, rates and days as people of a language write them, by ICU and exactly: digits go in as text. Knows no paper.
#pragma once
#include "base/clock.h"
#include "base/money.h"

// language: "id", or English for all others. Decimals as the currency has them; none for rupiah that are whole.
Str print_money(Arena *a, Str language, Currency currency, i64 minor);
// 110000 -> "11%", 99750 -> "9.975%" (id: "9,975%").
Str print_ppm(Arena *a, Str language, i64 ppm);
Str print_number(Arena *a, Str language, i64 n);
// "25 November 2026" on a clock that is `offset_minutes` ahead of UTC.
Str print_day(Arena *a, Str language, Time t, i64 offset_minutes);
// "ID" -> "Indonesia", "DE" -> "Germany" or "Jerman"; what is no country stays as it is.
Str print_country(Arena *a, Str language, Str code);
