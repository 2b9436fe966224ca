// Any bytes as an order to be taxed: four of mode, then eight an amount (five of it, three of its rate). Whatever the
// currency's decimals, the
// parts are the whole, nobody pays more tax than price, and the same amounts by another way differ by less than a unit each.
#include "tax/sums.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

enum { HEAD = 4, EACH = 8 };

static i64 number(const u8 *p, int n)
{
    i64 v = 0;
    for (int i = 0; i < n; i++) v = v << 8 | p[i];
    return v;
}

static void check_rate(TaxMode m, const i64 *minor, const i64 *rate, const i64 *tax, i64 n, i64 which)
{
    i64 sum = 0, whole = 0, lines = 0;
    for (i64 i = 0; i < n; i++) {
        if (rate[i] != which) continue;
        sum += tax[i];
        whole += minor[i];
        lines++;
        must(tax[i] >= 0 && (!m.inclusive || tax[i] <= minor[i]));
        if (m.by_line) must(tax[i] == tax_of(m, minor[i], rate[i]));
    }
    i64 once = tax_of(m, whole, which), off = sum - once;
    if (!m.by_line) must(off == 0);
    // Rounding line by line is off by less than a unit a line.
    must(off <= lines * m.unit && -off <= lines * m.unit);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    static const char *const CURRENCIES[] = { "JPY", "EUR", "KWD", "IDR" };
    i64 minor[TAX_AMOUNTS_MAX], rate[TAX_AMOUNTS_MAX], tax[TAX_AMOUNTS_MAX], n = 0;
    Currency c;
    if (size < HEAD + EACH) return -1;
    must(currency_parse(str_of(CURRENCIES[data[2] % COUNT(CURRENCIES)]), &c));
    TaxMode m = { .inclusive = data[0] & 1, .by_line = data[0] & 2, .rounding = data[1] % 4, .unit = tax_unit(c) };
    for (size_t at = HEAD; at + EACH <= size && n < TAX_AMOUNTS_MAX; at += EACH, n++) {
        minor[n] = number(data + at, 5);
        // Few different rates, so that several amounts share one.
        rate[n] = data[3] & 1 ? number(data + at + 5, 3) % (TAX_PPM + 1) : number(data + at + 5, 1) % 8 * 19750;
    }
    tax_shares(m, minor, rate, n, tax);
    for (i64 i = 0; i < n; i++) check_rate(m, minor, rate, tax, n, rate[i]);
    i64 main_rate = tax_main_rate(minor, rate, n), found = 0;
    for (i64 i = 0; i < n; i++) found += rate[i] == main_rate;
    must(found > 0);
    return 0;
}
