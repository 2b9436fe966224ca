// Tests of money: overflow is refused, currencies never mix.
#include "base/money.h"
#include "base/test.h"

static Money of(i64 minor, const char *code)
{
    Money m = { .minor = minor };
    must(currency_parse(str_of(code), &m.currency));
    return m;
}

TEST(money_adds)
{
    Money out = { .minor = 42 };
    check(money_add(of(5, "IDR"), of(-7, "IDR"), &out));
    check_int(out.minor, -2);
    check_str(currency_str(&out.currency), STR("IDR"));
    check(!money_add(of(5, "IDR"), of(7, "USD"), &out));
    check(!money_add(of(INT64_MAX, "IDR"), of(1, "IDR"), &out));
    check(!money_add(of(INT64_MIN, "IDR"), of(-1, "IDR"), &out));
    check_int(out.minor, -2);                               // untouched by what was refused
    check(money_add(of(INT64_MAX, "IDR"), of(0, "IDR"), &out) && out.minor == INT64_MAX);
}

TEST(money_multiplies)
{
    Money out = { .minor = 42 };
    check(money_times(of(250, "USD"), 3, &out) && out.minor == 750);
    check(money_times(of(250, "USD"), 0, &out) && out.minor == 0);
    check(!money_times(of(INT64_MAX / 2 + 1, "USD"), 2, &out));
    check(!money_times(of(INT64_MIN, "USD"), -1, &out));
    check_int(out.minor, 0);
    check(money_times(of(MONEY_MAX_MINOR, "USD"), 9000, &out));
}

TEST(money_currencies)
{
    typedef struct Case { const char *code; int decimals; } Case;
    Case cases[] = { { "JPY", 0 }, { "IDR", 2 }, { "USD", 2 }, { "KWD", 3 }, { "BHD", 3 }, { "VND", 0 } };
    for (i64 i = 0; i < COUNT(cases); i++) check_int(currency_decimals(of(1, cases[i].code).currency), cases[i].decimals);
    const char *wrong[] = { "", "US", "USDX", "usd", "XXX", "U D", "\xC3\xA9U" };
    for (i64 i = 0; i < COUNT(wrong); i++) {
        Currency c = { "EUR" };
        check(!currency_parse(str_of(wrong[i]), &c));
        check_str(currency_str(&c), STR("EUR"));
    }
    check_int(currency_decimals((Currency){ 0 }), -1);
    check(currency_eq(of(1, "EUR").currency, of(2, "EUR").currency));
    check(!currency_eq(of(1, "EUR").currency, of(1, "USD").currency));
}

TEST(money_ratio_rounds_as_told)
{
    i64 v;
    check(money_ratio(125, 1, 10, ROUND_HALF_UP, &v) && v == 13);
    check(money_ratio(125, 1, 10, ROUND_HALF_EVEN, &v) && v == 12);
    check(money_ratio(135, 1, 10, ROUND_HALF_EVEN, &v) && v == 14);
    check(money_ratio(129, 1, 10, ROUND_DOWN, &v) && v == 12);
    check(money_ratio(121, 1, 10, ROUND_UP, &v) && v == 13);
    check(money_ratio(-125, 1, 10, ROUND_HALF_UP, &v) && v == -13);          // the mirror
    check(money_ratio(MONEY_MAX_MINOR, 999999, 1000000, ROUND_HALF_UP, &v) && v == 999999000000000);
    check(!money_ratio(INT64_MAX, 3, 1, ROUND_DOWN, &v));
}

TEST(money_split_drops_nothing)
{
    i64 parts[4];
    money_split(100, (i64[]){ 1, 1, 1 }, 3, parts);
    check_int(parts[0], 34);
    check_int(parts[1], 33);
    check_int(parts[2], 33);
    money_split(-100, (i64[]){ 1, 1, 1 }, 3, parts);
    check_int(parts[0], -34);
    money_split(10, (i64[]){ 0, 7, 3, 0 }, 4, parts);
    check_int(parts[0], 0);
    check_int(parts[1], 7);
    check_int(parts[2], 3);
    money_split(5, (i64[]){ 0, 0 }, 2, parts);
    check_int(parts[0], 5);
    check_int(parts[1], 0);
    money_split(2, (i64[]){ 1, 1, 1, 1 }, 4, parts);
    check_int(parts[0] + parts[1], 2);
    check_int(parts[2] + parts[3], 0);
}
