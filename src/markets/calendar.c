// Dates and clocks of a country. Pure: knows no tables.
#include "markets/calendar.h"

enum { LAST = 5 };                                            // the last Sunday of a month

// The n-th Sunday of a month, at so many minutes of the market's standard time, or of UTC.
typedef struct Change { i64 month, sunday, minutes; } Change;
static const struct { bool utc; Change start, end; } SAVINGS[SAVING_COUNT] = {
    [SAVING_EUROPE] = { true, { 3, LAST, 60 }, { 10, LAST, 60 } },
    [SAVING_NORTH_AMERICA] = { false, { 3, 2, 120 }, { 11, 1, 60 } },          // 02:00 of the summer's clock
    [SAVING_AUSTRALIA] = { false, { 10, 1, 120 }, { 4, 1, 120 } },
    [SAVING_NEW_ZEALAND] = { false, { 9, LAST, 120 }, { 4, 1, 120 } },
};

i64 date_weekday(i64 date)
{
    return ((date + 3) % 7 + 7) % 7;                          // 1970-01-01 was a Thursday
}

static i64 sunday_of(i64 year, i64 month, i64 n)
{
    if (n == LAST) {
        i64 last = date_to_days(month == 12 ? year + 1 : year, month % 12 + 1, 1) - 1;
        return last - (date_weekday(last) + 1) % 7;
    }
    i64 first = date_to_days(year, month, 1);
    return first + (6 - date_weekday(first)) + 7 * (n - 1);
}

static Time change_at(Clock c, i64 year, const Change *x)
{
    i64 minutes = SAVINGS[c.saving].utc ? x->minutes : x->minutes - c.offset_minutes;
    return sunday_of(year, x->month, x->sunday) * DAY_MS + minutes * MINUTE_MS;
}

static i64 floor_days(Time t)
{
    return t / DAY_MS - (t % DAY_MS < 0);
}

i64 clock_offset(Clock c, Time t)
{
    must(c.saving < SAVING_COUNT);
    if (c.saving == SAVING_NONE) return c.offset_minutes;
    i64 year, month, day;
    date_of_days(floor_days(t + c.offset_minutes * MINUTE_MS), &year, &month, &day);
    Time start = change_at(c, year, &SAVINGS[c.saving].start), end = change_at(c, year, &SAVINGS[c.saving].end);
    // South of the equator the summer lies around the year's end.
    bool ahead = start < end ? t >= start && t < end : t >= start || t < end;
    return c.offset_minutes + (ahead ? 60 : 0);
}

i64 clock_date(Clock c, Time t)
{
    return floor_days(t + clock_offset(c, t) * MINUTE_MS);
}

Time clock_midnight(Clock c, i64 date)
{
    // No clock changes between 23:00 and 01:00 standard time, so the offset an hour around midnight is midnight's.
    Time standard = date * DAY_MS - c.offset_minutes * MINUTE_MS;
    return standard - (clock_offset(c, standard) - c.offset_minutes) * MINUTE_MS;
}

void date_to_text(i64 date, char out[DATE_TEXT_SIZE])
{
    char text[TIME_ISO_SIZE];
    time_to_iso_text(date * DAY_MS, text);
    memcpy(out, text, DATE_TEXT_SIZE - 1);
    out[DATE_TEXT_SIZE - 1] = 0;
}

bool date_from_text(Str s, i64 *date)
{
    char text[TIME_ISO_SIZE];
    Time t;
    if (s.n != DATE_TEXT_SIZE - 1) return false;
    snprintf(text, sizeof(text), "%.*sT00:00:00Z", STR_ARG(s));
    if (!time_from_iso(str_of(text), &t)) return false;
    *date = floor_days(t);
    return true;
}
