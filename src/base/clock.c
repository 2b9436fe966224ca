// Time and its text. The civil-date arithmetic is the usual shift to a year that begins in March.
#include "base/clock.h"

#include <string.h>
#include <time.h>

Time clock_now(void)
{
    struct timespec t;
    must(clock_gettime(CLOCK_REALTIME, &t) == 0);
    return (Time)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

i64 clock_monotonic_us(void)
{
    struct timespec t;
    must(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
    return (i64)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

i64 date_to_days(i64 year, i64 month, i64 day)
{
    year -= month <= 2;
    i64 era = year / 400, in_era = year - era * 400;
    i64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + day_of_year - 719468;
}

void date_of_days(i64 days, i64 *year, i64 *month, i64 *day)
{
    days += 719468;
    i64 era = days / 146097, in_era = days - era * 146097;
    i64 y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    i64 day_of_year = in_era - (365 * y + y / 4 - y / 100), m = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = y + era * 400 + (*month <= 2);
}

static char *put(char *at, i64 v, int digits)
{
    for (int i = digits - 1; i >= 0; i--, v /= 10) at[i] = (char)('0' + v % 10);
    return at + digits;
}

void time_to_iso_text(Time t, char out[TIME_ISO_SIZE])
{
    i64 days = t / DAY_MS, ms = t % DAY_MS, year, month, day;
    if (ms < 0) days--, ms += DAY_MS;
    date_of_days(days, &year, &month, &day);
    must(year >= 0 && year <= 9999);
    char *at = put(out, year, 4);
    *at++ = '-', at = put(at, month, 2);
    *at++ = '-', at = put(at, day, 2);
    *at++ = 'T', at = put(at, ms / HOUR_MS, 2);
    *at++ = ':', at = put(at, ms / MINUTE_MS % 60, 2);
    *at++ = ':', at = put(at, ms / SECOND_MS % 60, 2);
    *at++ = '.', at = put(at, ms % 1000, 3);
    *at++ = 'Z', *at = 0;
}

Str time_to_iso(Arena *a, Time t)
{
    char *text = arena_alloc(a, TIME_ISO_SIZE);
    time_to_iso_text(t, text);
    return (Str){ text, TIME_ISO_SIZE - 1 };
}

// Reads exactly `digits` digits off the front.
static bool take(Str *s, int digits, i64 *out)
{
    if (s->n < (size_t)digits || s->p[0] == '-') return false;
    bool ok = str_to_i64((Str){ s->p, (size_t)digits }, out);
    *s = str_slice(*s, (size_t)digits, s->n);
    return ok;
}

static bool take_char(Str *s, const char *any)
{
    if (s->n == 0 || !strchr(any, s->p[0])) return false;
    *s = str_slice(*s, 1, s->n);
    return true;
}

static bool take_fraction(Str *s, i64 *ms)
{
    *ms = 0;
    if (!take_char(s, ".")) return true;
    i64 scale = 100;
    size_t i = 0;
    for (; i < s->n && i < 9 && s->p[i] >= '0' && s->p[i] <= '9'; i++, scale /= 10) *ms += (s->p[i] - '0') * scale;
    *s = str_slice(*s, i, s->n);
    return i > 0;
}

static bool take_zone(Str *s, i64 *offset_ms)
{
    *offset_ms = 0;
    if (take_char(s, "Zz")) return true;
    i64 sign = s->n && s->p[0] == '-' ? -1 : 1, hours, minutes;
    if (!take_char(s, "+-") || !take(s, 2, &hours) || !take_char(s, ":") || !take(s, 2, &minutes)) return false;
    if (hours > 23 || minutes > 59) return false;
    *offset_ms = sign * (hours * HOUR_MS + minutes * MINUTE_MS);
    return true;
}

bool time_from_iso(Str s, Time *out)
{
    i64 year, month, day, hour, minute, second, ms, offset;
    if (!take(&s, 4, &year) || !take_char(&s, "-") || !take(&s, 2, &month) || !take_char(&s, "-")) return false;
    if (!take(&s, 2, &day) || !take_char(&s, "Tt ") || !take(&s, 2, &hour) || !take_char(&s, ":")) return false;
    if (!take(&s, 2, &minute) || !take_char(&s, ":") || !take(&s, 2, &second)) return false;
    if (!take_fraction(&s, &ms) || !take_zone(&s, &offset) || s.n) return false;
    if (year < 1970 || year > 9998 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
    i64 days = date_to_days(year, month, day), y, m, d;
    date_of_days(days, &y, &m, &d);
    if (m != month || d != day) return false;          // 31 April
    *out = days * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + ms - offset;
    return *out >= 0;
}
