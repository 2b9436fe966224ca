// Time: milliseconds since 1970 UTC, and its ISO 8601 text. The only module that asks the machine for the time.
#pragma once
#include "base/arena.h"

typedef i64 Time;                               // ms since 1970-01-01T00:00:00Z

enum { SECOND_MS = 1000, MINUTE_MS = 60 * SECOND_MS, HOUR_MS = 60 * MINUTE_MS, DAY_MS = 24 * HOUR_MS };

Time clock_now(void);                           // wall clock
i64  clock_monotonic_us(void);                  // for measuring; microseconds
Str  time_to_iso(Arena *a, Time t);             // 2026-01-31T12:34:56.789Z
enum { TIME_ISO_SIZE = 25 };
void time_to_iso_text(Time t, char out[TIME_ISO_SIZE]);   // the same, NUL-ended, without an arena
bool time_from_iso(Str s, Time *out);           // RFC 3339 with 'Z' or an offset, years 1970 to 9998: there is a day after each
// Days since 1970-01-01 of a date of the Gregorian calendar (month and day from 1), and back.
i64  date_to_days(i64 year, i64 month, i64 day);
void date_of_days(i64 days, i64 *year, i64 *month, i64 *day);
