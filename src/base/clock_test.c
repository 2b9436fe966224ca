// Tests of time and its text, against the C library's calendar.
#include "base/clock.h"
#include "base/test.h"

#include <time.h>

TEST(time_texts)
{
    typedef struct Case { Time t; const char *text; } Case;
    Case cases[] = {
        { 0, "1970-01-01T00:00:00.000Z" }, { 1, "1970-01-01T00:00:00.001Z" }, { 951782400000, "2000-02-29T00:00:00.000Z" },
        { 1709164799999, "2024-02-28T23:59:59.999Z" }, { 4107542400000, "2100-03-01T00:00:00.000Z" },
        { 253402300799999, "9999-12-31T23:59:59.999Z" }, { -1, "1969-12-31T23:59:59.999Z" },
    };
    Arena a = { 0 };
    for (i64 i = 0; i < COUNT(cases); i++) {
        check_str(time_to_iso(&a, cases[i].t), str_of(cases[i].text));
        Time back = -5;
        bool ok = time_from_iso(str_of(cases[i].text), &back);
        check_int(ok, cases[i].t >= 0 && cases[i].t < 253370764800000);        // 9999
        if (ok) check_int(back, cases[i].t);
    }
    arena_free(&a);
}

TEST(time_agrees_with_the_c_library)
{
    for (i64 day = 0; day < 2932896; day += 97) {           // to the end of 9999
        time_t seconds = (time_t)(day * 86400 + day % 86400);
        struct tm tm;
        gmtime_r(&seconds, &tm);
        char want[64], got[TIME_ISO_SIZE];
        strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%S.000Z", &tm);
        time_to_iso_text((Time)seconds * 1000, got);
        check_str(str_of(got), str_of(want));
        Time back;
        if (tm.tm_year < 9999 - 1900) check(time_from_iso(str_of(got), &back) && back == (Time)seconds * 1000);
    }
}

TEST(time_reads_offsets_and_fractions)
{
    typedef struct Case { const char *text; Time t; } Case;
    Case cases[] = {
        { "2026-01-31T12:34:56Z", 1769862896000 }, { "2026-01-31t12:34:56z", 1769862896000 },
        { "2026-01-31 12:34:56Z", 1769862896000 }, { "2026-01-31T19:34:56+07:00", 1769862896000 },
        { "2026-01-31T07:04:56-05:30", 1769862896000 }, { "2026-01-31T12:34:56.5Z", 1769862896500 },
        { "2026-01-31T12:34:56.123456789Z", 1769862896123 }, { "1970-01-01T01:00:00+01:00", 0 },
    };
    for (i64 i = 0; i < COUNT(cases); i++) {
        Time t = -1;
        check(time_from_iso(str_of(cases[i].text), &t));
        check_int(t, cases[i].t);
    }
}

TEST(time_refuses)
{
    const char *wrong[] = {
        "", "2026", "2026-01-31", "2026-01-31T12:34Z", "2026-01-31T12:34:56", "2026-1-31T12:34:56Z", "2026-01-31T12:34:56.Z",
        "2026-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-01-00T00:00:00Z",
        "2026-01-32T00:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T23:60:00Z", "2026-01-31T23:59:60Z", "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+00:01", "2026-01-31T12:34:56+24:00", "2026-01-31T12:34:56+07", "2026-01-31T12:34:56ZZ",
        "2026-01-31T12:34:56 Z", " 2026-01-31T12:34:56Z", "-026-01-31T12:34:56Z", "2026-01-31T-2:34:56Z", "2026/01/31T12:34:56Z",
        "2026-01-31T12:34:56.1234567890Z", "10000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-00:01", "9999-01-01T00:00:00Z",
    };
    for (i64 i = 0; i < COUNT(wrong); i++) {
        Time t = -7;
        bool ok = time_from_iso(str_of(wrong[i]), &t);
        if (ok) fprintf(stderr, "  accepted: %s\n", wrong[i]);
        check(!ok);
    }
}

TEST(clock_goes_on)
{
    Time now = clock_now();
    check(now > 1700000000000 && now < 253402300799999);
    i64 us = clock_monotonic_us();
    check(clock_monotonic_us() >= us);
}
