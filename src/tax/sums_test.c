// Tests of tax arithmetic: answers worked out by hand, and what must hold for any amounts and rates.
#include "base/test.h"
#include "tax/sums.h"

static const TaxMode IN = { .inclusive = true, .by_line = true, .unit = 1 };
static const TaxMode ON = { .by_line = true, .unit = 1 };

static TaxMode with(TaxMode m, Rounding how)
{
    m.rounding = how;
    return m;
}

static TaxMode by_order(TaxMode m)
{
    m.by_line = false;
    return m;
}

TEST(tax_known_answers)
{
    TaxMode rupiah = { .inclusive = true, .by_line = true, .unit = 100 };
    // Indonesia: Rp 150,000 with 11 % in it: 150,000 * 11 / 111 = 14,864.86, stated in whole rupiah.
    check_int(tax_of(rupiah, 15000000, 110000), 1486500);
    check_int(tax_of(rupiah, 11100000, 110000), 1100000);
    // Germany: 119.00 holds 19.00; 10.00 holds 1.5966; books at 7 %: 10.70 holds 0.70.
    check_int(tax_of(IN, 11900, 190000), 1900);
    check_int(tax_of(IN, 1000, 190000), 160);
    check_int(tax_of(IN, 1070, 70000), 70);
    // California: 7.25 % on 100.00 is 7.25; on 19.99 it is 1.449275.
    check_int(tax_of(ON, 10000, 72500), 725);
    check_int(tax_of(ON, 1999, 72500), 145);
    // Japan: 10 % on 1,005 yen is 100.5, and 8 % in 1,080 yen is 80. Most shops round down.
    check_int(tax_of(with(ON, ROUND_DOWN), 1005, 100000), 100);
    check_int(tax_of(with(ON, ROUND_HALF_UP), 1005, 100000), 101);
    check_int(tax_of(with(ON, ROUND_HALF_EVEN), 1005, 100000), 100);
    check_int(tax_of(IN, 1080, 80000), 80);
    // Switzerland: 49.90 with 8.1 % in it: 49.90 * 8.1 / 108.1 = 3.7390; 2.6 % in 12.00 is 0.3041.
    check_int(tax_of(IN, 4990, 81000), 374);
    check_int(tax_of(IN, 1200, 26000), 30);
    // Quebec: 14.975 % on 49.99 is 7.48600; Kuwait's fils have three decimals: 5 % on 1.001 is 0.05005.
    check_int(tax_of(ON, 4999, 149750), 749);
    check_int(tax_of(ON, 1001, 50000), 50);
    check_int(tax_of(IN, 0, 190000), 0);
    check_int(tax_of(IN, 12345, 0), 0);
    check_int(tax_of(IN, MONEY_MAX_MINOR, TAX_PPM), MONEY_MAX_MINOR / 2);
}

TEST(tax_of_an_order_is_rounded_once_and_dealt_out)
{
    // Three lines of 105 yen with 10 % in them: 315 / 11 = 28.63, rounded down 28; each exactly 9.33.
    const i64 minor[] = { 105, 105, 105 }, rate[] = { 100000, 100000, 100000 };
    i64 tax[3];
    tax_shares(by_order(with(IN, ROUND_DOWN)), minor, rate, 3, tax);
    check(tax[0] == 10 && tax[1] == 9 && tax[2] == 9);
    tax_shares(with(IN, ROUND_DOWN), minor, rate, 3, tax);
    check(tax[0] == 9 && tax[1] == 9 && tax[2] == 9);                     // by line one yen less
    // Two rates are two sums: 3 * 0.33 at 19 % is 0.188 -> 0.19; 0.50 at 7 % is 0.035 -> 0.04.
    const i64 cents[] = { 33, 50, 33, 33 }, rates[] = { 190000, 70000, 190000, 190000 };
    i64 four[4];
    tax_shares(by_order(ON), cents, rates, 4, four);
    check_int(four[0] + four[2] + four[3], 19);
    check_int(four[1], 4);
    check(four[0] == 7 && four[2] == 6 && four[3] == 6);
}

TEST(tax_in_whole_coins_never_exceeds_a_small_line)
{
    TaxMode m = { .inclusive = true, .unit = 100 };
    const i64 minor[] = { 40, 60, 50, 5000 }, rate[] = { 1000000, 1000000, 1000000, 1000000 };
    i64 tax[4], sum = 0;
    tax_shares(m, minor, rate, 4, tax);
    for (i64 i = 0; i < 4; i++) {
        check(tax[i] >= 0 && tax[i] <= minor[i]);
        sum += tax[i];
    }
    check_int(sum, tax_of(m, 5150, 1000000));
    m.rounding = ROUND_UP;
    check_int(tax_of(m, 30, 1000000), 30);
}

TEST(tax_main_rate_is_that_of_most_money)
{
    const i64 minor[] = { 400, 300, 300 }, rate[] = { 190000, 70000, 70000 };
    check_int(tax_main_rate(minor, rate, 3), 70000);
    check_int(tax_main_rate(minor, rate, 2), 190000);
    const i64 alike[] = { 300, 300 }, two[] = { 70000, 190000 };
    check_int(tax_main_rate(alike, two, 2), 190000);
    check_int(tax_main_rate(NULL, NULL, 0), 0);
    const i64 free[] = { 0, 0 };
    check_int(tax_main_rate(free, two, 2), 190000);
}

TEST(tax_unit_is_what_is_in_use)
{
    static const struct { const char *code; i64 unit; } CASES[] = { { "IDR", 100 }, { "TWD", 100 }, { "JPY", 1 }, { "EUR", 1 },
                                                                    { "KWD", 1 } };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Currency c;
        check(currency_parse(str_of(CASES[i].code), &c));
        check_int(tax_unit(c), CASES[i].unit);
    }
}

// ---------------------------------------------------------------------------------------------- for any numbers

static u64 next_random(u64 *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 16;
}

TEST(tax_parts_always_sum)
{
    u64 s = 42;
    for (i64 round = 0; round < 20000; round++) {
        i64 n = 1 + (i64)(next_random(&s) % TAX_AMOUNTS_MAX), minor[TAX_AMOUNTS_MAX], rate[TAX_AMOUNTS_MAX], tax[TAX_AMOUNTS_MAX];
        static const i64 RATES[] = { 0, 26000, 70000, 110000, 149750, 190000, TAX_PPM };
        TaxMode m = { .inclusive = next_random(&s) % 2, .by_line = next_random(&s) % 2, .rounding = next_random(&s) % 4,
                      .unit = next_random(&s) % 3 ? 1 : 100 };
        for (i64 i = 0; i < n; i++) {
            minor[i] = (i64)(next_random(&s) % (next_random(&s) % 2 ? 1000 : (u64)MONEY_MAX_MINOR));
            rate[i] = next_random(&s) % 4 ? RATES[next_random(&s) % COUNT(RATES)] : (i64)(next_random(&s) % (TAX_PPM + 1));
        }
        tax_shares(m, minor, rate, n, tax);
        for (i64 i = 0; i < n; i++) {
            i64 sum = 0, whole = 0;
            for (i64 k = 0; k < n; k++)
                if (rate[k] == rate[i]) sum += tax[k], whole += minor[k];
            if (tax[i] < 0 || (m.inclusive && tax[i] > minor[i]) || (m.by_line && tax[i] != tax_of(m, minor[i], rate[i])) ||
                (!m.by_line && sum != tax_of(m, whole, rate[i])))
                check(false);                                // a part is out of range, or the parts are not the whole
        }
    }
}
