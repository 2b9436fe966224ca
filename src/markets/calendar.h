// Dates and clocks of a country. Pure: knows no tables.
#pragma once
#include "base/clock.h"

// When clocks are an hour ahead. The values of the rule daylight_saving.
//   EUROPE         last Sunday of March to last Sunday of October, 01:00 UTC (Directive 2000/84/EC; the same in Great Britain)
//   NORTH_AMERICA  second Sunday of March to first Sunday of November, 02:00 (Energy Policy Act of 2005)
//   AUSTRALIA      first Sunday of October to first Sunday of April, 02:00 standard time (New South Wales and its neighbours)
//   NEW_ZEALAND    last Sunday of September to first Sunday of April, 02:00 standard time
typedef enum Saving {
    SAVING_NONE, SAVING_EUROPE, SAVING_NORTH_AMERICA, SAVING_AUSTRALIA, SAVING_NEW_ZEALAND, SAVING_COUNT
} Saving;

typedef struct Clock { i64 offset_minutes; Saving saving; } Clock;

// Minutes that the clock is ahead of UTC at t.
i64  clock_offset(Clock c, Time t);
// The local date at t, as days since 1970-01-01; and when that date begins.
i64  clock_date(Clock c, Time t);
Time clock_midnight(Clock c, i64 date);
// 0 Monday … 6 Sunday.
i64  date_weekday(i64 date);

enum { DATE_TEXT_SIZE = 11 };
void date_to_text(i64 date, char out[DATE_TEXT_SIZE]);       // 2026-12-25; years 1970 to 9999
bool date_from_text(Str s, i64 *date);                       // exactly that form, and a day that exists
