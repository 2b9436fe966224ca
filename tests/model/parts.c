// What a line or a shipping costs and what of it went back, in the model test: a plain statement of docs/orders.md's rounding.
// Goods, discounts and tax of some units are rounded down; an amount takes the same share of each; the last takes the rest.
#include "tests/model/model.h"

i64 m_buyer_part(MParts p)
{
    return p.goods - p.seller - p.platform + p.added;
}

MParts m_less(MParts a, MParts b)
{
    return (MParts){ a.goods - b.goods, a.seller - b.seller, a.platform - b.platform, a.tax - b.tax, a.added - b.added };
}

MParts m_plus(MParts a, MParts b)
{
    return (MParts){ a.goods + b.goods, a.seller + b.seller, a.platform + b.platform, a.tax + b.tax, a.added + b.added };
}

static i64 share(i64 minor, i64 part, i64 whole)
{
    return (i64)((__int128)minor * part / whole);            // nothing here is below zero
}

static i64 share_up(i64 minor, i64 part, i64 whole)
{
    return (i64)(((__int128)minor * part + whole - 1) / whole);
}

MParts m_units_part(MParts left, i64 n, i64 units)
{
    if (n == units) return left;
    i64 off = share(left.seller + left.platform, n, units), seller = share(left.seller, n, units);
    return (MParts){ share(left.goods, n, units), seller, off - seller, share(left.tax, n, units), share(left.added, n, units) };
}

MParts m_amount_part(MParts left, i64 minor)
{
    i64 whole = m_buyer_part(left);
    if (minor == whole) return left;
    MParts p = { .seller = share(left.seller, minor, whole), .platform = share(left.platform, minor, whole),
                 .added = share_up(left.added, minor, whole) };
    p.tax = left.added ? p.added : share(left.tax, minor, whole);
    p.goods = minor + p.seller + p.platform - p.added;
    return p;
}

// Goodwill lowers the lines in proportion to what is left of them, and the shipping when they are used up.
void m_spread(MOrder *o, i64 minor)
{
    i64 left[M_LINES], part[M_LINES], sum = 0;
    for (int i = 0; i < o->n_lines; i++) sum += left[i] = m_buyer_part(m_less(o->line[i].all, o->line[i].back));
    i64 of_lines = minor < sum ? minor : sum;
    if (of_lines) money_split(of_lines, left, o->n_lines, part);
    for (int i = 0; i < o->n_lines && of_lines; i++)
        if (part[i]) o->line[i].back = m_plus(o->line[i].back, m_amount_part(m_less(o->line[i].all, o->line[i].back), part[i]));
    if (minor > of_lines) o->ship_back = m_plus(o->ship_back, m_amount_part(m_less(o->ship, o->ship_back), minor - of_lines));
}

// n units of a line, and what of its money goes back with them.
i64 m_units_back(MLine *l, i64 n)
{
    MParts part = m_units_part(m_less(l->all, l->back), n, l->n - l->refunded);
    l->refunded += n;
    l->back = m_plus(l->back, part);
    return m_buyer_part(part);
}

i64 m_shipping_back(MOrder *o)
{
    MParts part = m_less(o->ship, o->ship_back);
    o->ship_back = o->ship;
    return m_buyer_part(part);
}
