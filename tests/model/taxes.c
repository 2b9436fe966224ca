// The tax of a shop's part of a checkout, in the model test: a plain statement of docs/tax.md for goods of one rate.
#include "tests/model/model.h"

enum { WHOLE = 1000000 };

static i64 ratio(i64 minor, i64 part, i64 whole, i64 rounding)
{
    __int128 x = (__int128)minor * part;
    i64 down = (i64)(x / whole);
    __int128 rest = x % whole * 2;
    if (rounding == ROUND_HALF_UP) return down + (rest >= whole);
    if (rounding == ROUND_HALF_EVEN) return down + (rest > whole || (rest == whole && down % 2));
    return down + (rounding == ROUND_UP && rest > 0);
}

// Rupiah have decimals that nobody uses: their tax is whole. Dong have none.
static i64 coin_of(MMarket market)
{
    return market == HOME ? 100 : 1;
}

static i64 tax_of(const Model *m, MMarket market, i64 minor, i64 rate)
{
    bool inside = m_rule(m, market, MARKET_RULE_TAX_INCLUSIVE) != 0;
    i64 unit = coin_of(market), whole = inside ? WHOLE + rate : WHOLE;
    i64 tax = ratio(minor, rate, whole * unit, m_rule(m, market, MARKET_RULE_TAX_ROUNDING)) * unit;
    return inside && tax > minor ? minor : tax;
}

// The sum is rounded once and dealt out, in whole coins if no line is worth less than its share.
static void deal_out(const Model *m, MMarket market, const i64 *minor, int n, i64 rate, i64 *tax)
{
    i64 sum = 0, unit = coin_of(market);
    for (int i = 0; i < n; i++) sum += minor[i];
    i64 total = tax_of(m, market, sum, rate);
    if (total % unit) unit = 1;
    for (;; unit = 1) {
        bool fits = true;
        money_split(total / unit, minor, n, tax);
        for (int i = 0; i < n; i++)
            fits = fits && (unit == 1 || !m_rule(m, market, MARKET_RULE_TAX_INCLUSIVE) || tax[i] * unit <= minor[i]);
        for (int i = 0; i < n; i++) tax[i] *= unit;
        if (fits) return;
    }
}

// Indonesia: 12 per cent of 11/12. Viet Nam: 8 until the end of 2026, then 10; and only if the platform remits it, since what
// comes over the border is an export.
static i64 rate_of(const Model *m, MMarket market)
{
    if (market == HOME) return 110000;
    if (!m_rule(m, market, MARKET_RULE_TAX_BY_PLATFORM)) return 0;
    return m->now + 7 * (i64)HOUR_MS < INT64_C(1798761600000) ? 80000 : 100000;       // 2027-01-01
}

// Of n amounts, the last of them the shipping: what is in them or comes on top.
void m_tax(const Model *m, MMarket market, const i64 *minor, int n, i64 *tax)
{
    i64 rate = rate_of(m, market);
    bool by_line = m_rule(m, market, MARKET_RULE_TAX_BY_LINE) != 0;
    if (!by_line) deal_out(m, market, minor, n, rate, tax);
    for (int i = 0; i < n && by_line; i++) tax[i] = tax_of(m, market, minor[i], rate);
}

// What a shop's lines and its shipping bear together, on top of their prices.
i64 m_tax_added(const Model *m, MMarket market, const i64 *minor, int n)
{
    i64 tax[M_LINES + 1], sum = 0;
    if (m_rule(m, market, MARKET_RULE_TAX_INCLUSIVE)) return 0;
    m_tax(m, market, minor, n, tax);
    for (int i = 0; i < n; i++) sum += tax[i];
    return sum;
}

static i64 before_tax(MParts p)
{
    return p.goods - p.seller - p.platform;
}

// The market's tax of an order's parts is the model's.
void m_check_tax(Model *m, const MOrder *o)
{
    i64 minor[M_LINES + 1], tax[M_LINES + 1];
    bool on_top = m_rule(m, o->market, MARKET_RULE_TAX_INCLUSIVE) == 0;
    for (int i = 0; i < o->n_lines; i++) minor[i] = before_tax(o->line[i].all);
    minor[o->n_lines] = before_tax(o->ship);
    m_tax(m, o->market, minor, o->n_lines + 1, tax);
    for (int i = 0; i <= o->n_lines; i++) {
        const MParts *p = i < o->n_lines ? &o->line[i].all : &o->ship;
        if (p->tax != tax[i] || p->added != (on_top ? tax[i] : 0))
            m_fail(m, "order %lld, part %d bears a tax of %lld, %lld of it on top, the model says %lld", (long long)o->id, i,
                   (long long)p->tax, (long long)p->added, (long long)tax[i]);
    }
}
