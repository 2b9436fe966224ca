// The arithmetic of tax. Integers only; what is left after rounding goes to the largest remainder.
#include "tax/sums.h"

i64 tax_unit(Currency c)
{
    static const char *const WHOLE[] = { "IDR", "TWD" };
    for (i64 i = 0; i < COUNT(WHOLE); i++)
        if (str_eq(currency_str(&c), str_of(WHOLE[i]))) return 100;
    return 1;
}

i64 tax_of(TaxMode mode, i64 minor, i64 rate_ppm)
{
    must(minor >= 0 && rate_ppm >= 0 && rate_ppm <= TAX_PPM && mode.unit > 0);
    i64 whole = mode.inclusive ? TAX_PPM + rate_ppm : TAX_PPM, units;
    must(money_ratio(minor, rate_ppm, whole * mode.unit, mode.rounding, &units));
    i64 tax = units * mode.unit;
    return mode.inclusive && tax > minor ? minor : tax;
}

static void deal_out(i64 total, i64 unit, const i64 *weights, i64 n, i64 *parts)
{
    money_split(total / unit, weights, n, parts);
    for (i64 i = 0; i < n; i++) parts[i] *= unit;
}

// One rate's amounts; where they stand in the caller's arrays is in `at`.
typedef struct Group { i64 at[TAX_AMOUNTS_MAX], minor[TAX_AMOUNTS_MAX], n, sum; } Group;

static void group_shares(TaxMode mode, const Group *g, i64 rate_ppm, i64 *tax)
{
    i64 parts[TAX_AMOUNTS_MAX], total = tax_of(mode, g->sum, rate_ppm), unit = total % mode.unit == 0 ? mode.unit : 1;
    deal_out(total, unit, g->minor, g->n, parts);
    // A coin may be more than a very small line is worth: then the split is by minor units.
    for (i64 i = 0; mode.inclusive && unit > 1 && i < g->n; i++)
        if (parts[i] > g->minor[i]) {
            deal_out(total, 1, g->minor, g->n, parts);
            break;
        }
    for (i64 i = 0; i < g->n; i++) tax[g->at[i]] = parts[i];
}

void tax_shares(TaxMode mode, const i64 *minor, const i64 *rate_ppm, i64 n, i64 *tax)
{
    bool done[TAX_AMOUNTS_MAX] = { 0 };
    must(n >= 0 && n <= TAX_AMOUNTS_MAX);
    for (i64 i = 0; i < n; i++) {
        if (mode.by_line) tax[i] = tax_of(mode, minor[i], rate_ppm[i]);
        if (mode.by_line || done[i]) continue;
        Group g = { 0 };
        for (i64 k = i; k < n; k++) {
            if (rate_ppm[k] != rate_ppm[i]) continue;
            must(minor[k] >= 0 && !__builtin_add_overflow(g.sum, minor[k], &g.sum));
            g.at[g.n] = k;
            g.minor[g.n++] = minor[k];
            done[k] = true;
        }
        group_shares(mode, &g, rate_ppm[i], tax);
    }
}

i64 tax_main_rate(const i64 *minor, const i64 *rate_ppm, i64 n)
{
    i64 best = -1, most = -1;
    for (i64 i = 0; i < n; i++) {
        i64 sum = 0;
        for (i64 k = 0; k < n; k++)
            if (rate_ppm[k] == rate_ppm[i]) must(!__builtin_add_overflow(sum, minor[k], &sum));
        if (sum > most || (sum == most && rate_ppm[i] > best)) best = rate_ppm[i], most = sum;
    }
    return best < 0 ? 0 : best;
}
