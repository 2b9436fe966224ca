// The tax of a shop's part of a checkout, in the model test: a plain statement of docs/tax.md.
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

// The sum of one rate is rounded once and dealt out, in whole coins if no line is worth less than its share.
static void deal_out(const Model *m, MMarket market, MTaxed *t, int first)
{
    i64 sum = 0, unit = coin_of(market), minor[M_LINES + 1], tax[M_LINES + 1];
    bool inside = m_rule(m, market, MARKET_RULE_TAX_INCLUSIVE) != 0;
    int at[M_LINES + 1], n = 0;
    for (int i = first; i < t->n; i++) {
        if (t->rate[i] != t->rate[first]) continue;
        at[n] = i;
        minor[n++] = t->minor[i];
        sum += t->minor[i];
    }
    i64 total = tax_of(m, market, sum, t->rate[first]);
    if (total % unit) unit = 1;
    for (bool fits = false; !fits; unit = 1) {
        fits = true;
        money_split(total / unit, minor, n, tax);
        for (int i = 0; i < n; i++) fits = fits && (unit == 1 || !inside || tax[i] * unit <= minor[i]);
        for (int i = 0; i < n; i++) t->tax[at[i]] = tax[i] * unit;
    }
}

// Indonesia: 12 per cent of 11/12, of all of it for luxuries, nothing for staples. Viet Nam: 8 until the end of 2026, then 10,
// which luxuries bear already; and only if the platform remits it, since what comes over the border is an export.
static i64 rate_of(const Model *m, MMarket market, int variant)
{
    const MVariant *v = &m->variant[variant];
    bool remits = m_rule(m, market, MARKET_RULE_TAX_BY_PLATFORM) != 0, luxury = v->class == TAX_CLASS_LUXURY;
    if (!remits && (market == AWAY || m->tax_free[v->shop])) return 0;
    if (market == HOME) return luxury ? 120000 : v->class == TAX_CLASS_FOOD ? 0 : 110000;
    return luxury || m->now + 7 * (i64)HOUR_MS >= INT64_C(1798761600000) ? 100000 : 80000;      // 2027-01-01
}

void m_add_taxed(const Model *m, MMarket market, MTaxed *t, int variant, i64 minor)
{
    t->minor[t->n] = minor;
    t->rate[t->n++] = rate_of(m, market, variant);
}

// The rate of most of the money, of two alike the higher.
static i64 main_rate(const MTaxed *t)
{
    i64 best = -1, most = -1;
    for (int i = 0; i < t->n; i++) {
        i64 sum = 0;
        for (int k = 0; k < t->n; k++) sum += t->rate[k] == t->rate[i] ? t->minor[k] : 0;
        if (sum > most || (sum == most && t->rate[i] > best)) best = t->rate[i], most = sum;
    }
    return best;
}

// Behind the goods the shipping, which follows them; then what each bears. What comes on top in all.
i64 m_tax(const Model *m, MMarket market, MTaxed *t, i64 shipping)
{
    i64 sum = 0;
    bool by_line = m_rule(m, market, MARKET_RULE_TAX_BY_LINE) != 0, done[M_LINES + 1] = { false };
    t->rate[t->n] = main_rate(t);
    t->minor[t->n++] = shipping;
    for (int i = 0; i < t->n; i++) {
        if (by_line) t->tax[i] = tax_of(m, market, t->minor[i], t->rate[i]);
        else if (!done[i]) deal_out(m, market, t, i);
        for (int k = i; k < t->n; k++) done[k] = done[k] || t->rate[k] == t->rate[i];
    }
    for (int i = 0; i < t->n; i++) sum += t->tax[i];
    return m_rule(m, market, MARKET_RULE_TAX_INCLUSIVE) ? 0 : sum;
}

// What the platform pays is paid for the goods all the same.
static i64 before_tax(MParts p)
{
    return p.goods - p.seller;
}

// The market's tax of an order's parts is the model's.
void m_check_tax(Model *m, const MOrder *o)
{
    MTaxed t = { .n = 0 };
    bool on_top = m_rule(m, o->market, MARKET_RULE_TAX_INCLUSIVE) == 0;
    for (int i = 0; i < o->n_lines; i++) m_add_taxed(m, o->market, &t, o->line[i].variant, before_tax(o->line[i].all));
    m_tax(m, o->market, &t, before_tax(o->ship));
    for (int i = 0; i <= o->n_lines; i++) {
        const MParts *p = i < o->n_lines ? &o->line[i].all : &o->ship;
        if (p->tax != t.tax[i] || p->added != (on_top ? t.tax[i] : 0))
            m_fail(m, "order %lld, part %d bears a tax of %lld, %lld of it on top, the model says %lld", (long long)o->id, i,
                   (long long)p->tax, (long long)p->added, (long long)t.tax[i]);
    }
}

// What a thing is for tax, or whether its shop charges any.
void op_tax(Model *m)
{
    static const TaxClass CLASSES[] = { TAX_CLASS_STANDARD, TAX_CLASS_LUXURY, TAX_CLASS_FOOD };
    int at = (int)m_below(m, M_VARIANTS), shop = m->variant[at].shop;
    TaxClass class = CLASSES[m_below(m, COUNT(CLASSES))];
    bool details = m_chance(m, 20), is_free = m_chance(m, 30);
    const char *path = details ? m_text(m, "/v1/studio/shops/%lld/tax-details", (long long)m->shop[shop])
                               : m_text(m, "/v1/products/%lld/tax", (long long)m->variant[at].product);
    Answer x = m_call(m, m->seller[shop], "PUT", path,
                      details ? m_text(m, "{\"legal_name\":\"Sari\",\"address\":\"\",\"tax_id\":\"\",\"registration\":\"\","
                                       "\"charges_tax\":%s,\"prefix\":\"\",\"note\":\"\"}", is_free ? "false" : "true")
                              : m_text(m, "{\"class\":\"%s\"}", TAX_CLASS_NAMES.names[class]));
    if (!m_expect(m, &x, 200, NULL)) return;
    if (details) m->tax_free[shop] = is_free;
    else m->variant[at].class = class;
    m_did(m);
}
