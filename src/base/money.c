// Money: checked arithmetic on minor units, and the decimals of the currencies that this program knows.
#include "base/money.h"

#include <string.h>

// ISO 4217, the markets that peers serve plus the 0- and 3-decimal ones that find rounding mistakes.
static const struct { char code[4]; int decimals; } CURRENCIES[] = {
    { "AED", 2 }, { "AUD", 2 }, { "BHD", 3 }, { "BRL", 2 }, { "CAD", 2 }, { "CHF", 2 }, { "CNY", 2 }, { "CZK", 2 },
    { "DKK", 2 }, { "EUR", 2 }, { "GBP", 2 }, { "HKD", 2 }, { "HUF", 2 }, { "IDR", 2 }, { "INR", 2 }, { "JPY", 0 },
    { "KRW", 0 }, { "KWD", 3 }, { "MXN", 2 }, { "MYR", 2 }, { "NOK", 2 }, { "NZD", 2 }, { "PHP", 2 }, { "PLN", 2 },
    { "RON", 2 }, { "SAR", 2 }, { "SEK", 2 }, { "SGD", 2 }, { "THB", 2 }, { "TND", 3 }, { "TRY", 2 }, { "TWD", 2 },
    { "USD", 2 }, { "VND", 0 }, { "ZAR", 2 },
};

int currency_decimals(Currency c)
{
    for (i64 i = 0; i < COUNT(CURRENCIES); i++)
        if (memcmp(CURRENCIES[i].code, c.code, 4) == 0) return CURRENCIES[i].decimals;
    return -1;
}

bool currency_parse(Str s, Currency *out)
{
    if (s.n != 3) return false;
    Currency c = { 0 };
    memcpy(c.code, s.p, 3);
    if (currency_decimals(c) < 0) return false;
    *out = c;
    return true;
}

Str currency_str(const Currency *c)
{
    return str_of(c->code);
}

bool currency_eq(Currency a, Currency b)
{
    return memcmp(a.code, b.code, 4) == 0;
}

bool money_add(Money a, Money b, Money *out)
{
    i64 sum;
    if (!currency_eq(a.currency, b.currency) || __builtin_add_overflow(a.minor, b.minor, &sum)) return false;
    *out = (Money){ sum, a.currency };
    return true;
}

bool money_times(Money a, i64 quantity, Money *out)
{
    i64 product;
    if (__builtin_mul_overflow(a.minor, quantity, &product)) return false;
    *out = (Money){ product, a.currency };
    return true;
}

// ---------------------------------------------------------------------------------------------- shares

bool money_ratio(i64 minor, i64 part, i64 whole, Rounding how, i64 *out)
{
    must(whole > 0);
    __int128 product = (__int128)minor * part, size = product < 0 ? -product : product;
    __int128 share = size / whole, rest = size % whole;
    bool half = rest * 2 == whole, more = rest * 2 > whole;
    switch (how) {
    case ROUND_HALF_UP: share += more || half; break;
    case ROUND_HALF_EVEN: share += more || (half && share % 2 == 1); break;
    case ROUND_UP: share += rest > 0; break;
    case ROUND_DOWN: break;
    }
    if (share > INT64_MAX) return false;
    *out = product < 0 ? -(i64)share : (i64)share;
    return true;
}

// The unit that is left goes to the largest remainder that has none yet.
static i64 largest_rest(const i64 *rests, i64 n)
{
    i64 best = 0;
    for (i64 i = 1; i < n; i++)
        if (rests[i] > rests[best]) best = i;
    return best;
}

void money_split(i64 total, const i64 *weights, i64 n, i64 *parts)
{
    i64 rests[MONEY_SPLIT_MAX];
    __int128 sum = 0;
    must(n >= 1 && n <= MONEY_SPLIT_MAX);
    for (i64 i = 0; i < n; i++) {
        must(weights[i] >= 0);
        sum += weights[i];
    }
    must(sum <= (__int128)MONEY_MAX_MINOR * 100);
    i64 left = total < 0 ? -total : total;
    const i64 size = left, sign = total < 0 ? -1 : 1;
    for (i64 i = 0; i < n; i++) {
        __int128 product = sum ? (__int128)size * weights[i] : 0;
        parts[i] = sum ? (i64)(product / sum) : i == 0 ? size : 0;
        rests[i] = sum ? (i64)(product % sum) : 0;
        left -= parts[i];
    }
    for (; left > 0; left--) {
        i64 best = largest_rest(rests, n);
        parts[best]++;
        rests[best] = -1;
    }
    for (i64 i = 0; i < n; i++) parts[i] *= sign;
}
