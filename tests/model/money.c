// What the books say of each order, in the model test: its fee, when it is settled, what is kept back, and so each shop's
// balance to the unit. A plain statement of docs/ledger.md.
#include "tests/model/model.h"

enum { PPM = 1000000 };

static i64 half_up(i64 minor, i64 part, i64 whole)
{
    return (i64)(((__int128)minor * part * 2 + whole) / ((__int128)whole * 2));          // nothing here is below zero
}

static i64 least(i64 a, i64 b)
{
    return a < b ? a : b;
}

// With what the platform pays: what goes to the seller, before the fee.
static i64 gross(MParts p)
{
    return m_buyer_part(p) + p.platform;
}

static MParts whole_of(const MOrder *o)
{
    MParts sum = o->ship;
    for (int i = 0; i < o->n_lines; i++) sum = m_plus(sum, o->line[i].all);
    return sum;
}

static MParts gone_of(const MOrder *o)
{
    MParts sum = o->ship_booked;
    for (int i = 0; i < o->n_lines; i++) sum = m_plus(sum, o->line[i].booked);
    return sum;
}

// What the platform remits of it.
static i64 remitted(const MOrder *o, MParts p)
{
    return o->remits ? p.tax : 0;
}

static bool is_nothing(MParts p)
{
    return !p.goods && !p.seller && !p.platform && !p.tax && !p.added;
}

void m_line(Model *m, int shop, MMarket market, i64 net)
{
    m->till[shop].available[market] += net;
    m->till[shop].lines[market]++;
    m->tills |= 1u << shop;
}

// Nothing to say makes no line.
static void sale_line(Model *m, const MOrder *o, MParts p, i64 fee, i64 reserve, i64 net)
{
    if (p.goods || p.seller || p.added || remitted(o, p) || fee || reserve) m_line(m, o->shop, o->market, net);
}

// ---------------------------------------------------------------------------------------------- in, and delivered

void m_capture(Model *m, MOrder *o)
{
    MParts all = whole_of(o);
    i64 base = gross(all) - all.tax, fee = half_up(base, m_rule(m, o->market, MARKET_RULE_FEE_PPM), PPM);
    fee += m_rule(m, o->market, MARKET_RULE_FEE_FLAT_MINOR);
    o->captured = true;
    o->sale = (MSale){ .there = true, .fee = least(fee, base), .keep_ppm = m_rule(m, o->market, MARKET_RULE_REFUND_FEE_KEEP_PPM),
                       .keep_most = m_rule(m, o->market, MARKET_RULE_REFUND_FEE_KEEP_MOST_MINOR) };
}

static MarketRule days_of(const MTill *t, Time now)
{
    static const MarketRule DAYS[] = { [SELLER_TIER_FAST] = MARKET_RULE_SETTLE_FAST_DAYS,
                                       [SELLER_TIER_STANDARD] = MARKET_RULE_SETTLE_STANDARD_DAYS,
                                       [SELLER_TIER_SLOW] = MARKET_RULE_SETTLE_SLOW_DAYS,
                                       [SELLER_TIER_NEW] = MARKET_RULE_SETTLE_NEW_DAYS };
    bool known = t->deliveries > 30 && now - t->first >= 30 * (i64)DAY_MS;
    return DAYS[t->has_tier ? t->tier : known ? SELLER_TIER_STANDARD : SELLER_TIER_NEW];
}

void m_delivered(Model *m, MOrder *o)
{
    MSale *s = &o->sale;
    MTill *t = &m->till[o->shop];
    if (!s->there || s->settled || s->due) return;
    if (t->deliveries++ == 0) t->first = m->now;
    s->due = s->settle = m->now + m_rule(m, o->market, days_of(t, m->now)) * DAY_MS;
}

static Time later(Time a, Time b)
{
    return a > b ? a : b;
}

// Open returns, as many as there are; with the last of them what has been waiting is looked at again.
void m_freeze(Model *m, MOrder *o, bool on)
{
    MSale *s = &o->sale;
    s->frozen += on ? 1 : -1;
    if (s->frozen > 0) return;
    if (s->due && !s->settled) s->settle = later(s->due, m->now);
    if (s->reserve_until) s->release = later(s->reserve_until, m->now);
}

// ---------------------------------------------------------------------------------------------- settled

static void settle(Model *m, MOrder *o)
{
    MSale *s = &o->sale;
    MParts left = m_less(whole_of(o), gone_of(o));
    i64 fee = s->fee - s->fee_gone + s->fee_kept, net = gross(left) - fee - remitted(o, left), reserve = 0;
    s->settled = true;
    if (net > 0) reserve = least(half_up(net, m_rule(m, o->market, MARKET_RULE_RESERVE_PPM), PPM), net);
    if (reserve) {
        s->reserve = reserve;
        s->reserve_until = s->release = m->now + m_rule(m, o->market, MARKET_RULE_RESERVE_DAYS) * DAY_MS;
    }
    sale_line(m, o, left, fee, reserve, net - reserve);
}

void m_settle_is_due(Model *m, MOrder *o)
{
    o->sale.settle = 0;
    if (!o->sale.settled && o->sale.frozen == 0) settle(m, o);
}

void m_release_is_due(Model *m, MOrder *o)
{
    MSale *s = &o->sale;
    i64 left = s->reserve - s->reserve_back;
    s->release = 0;
    if (!s->reserve_until || s->frozen) return;
    s->reserve_until = 0;
    s->reserve_back = s->reserve;
    if (left) m_line(m, o->shop, o->market, left);
}

// ---------------------------------------------------------------------------------------------- back

// What the books have not heard of yet, and of how many lines it is.
static MParts news_of(MOrder *o, i64 *lines)
{
    MParts sum = m_less(o->ship_back, o->ship_booked);
    *lines = 0;
    o->ship_booked = o->ship_back;
    for (int i = 0; i < o->n_lines; i++) {
        MLine *l = &o->line[i];
        MParts part = m_less(l->back, l->booked);
        if (l->refunded != l->booked_units || !is_nothing(part)) ++*lines;
        l->booked = l->back;
        l->booked_units = l->refunded;
        sum = m_plus(sum, part);
    }
    return sum;
}

// The fee goes back with its base, all steps rounded together; of what is sent back for no fault of the seller's a part stays.
static MShares shares_of(const MOrder *o, MParts p, RefundCause cause, i64 lines)
{
    const MSale *s = &o->sale;
    MParts all = whole_of(o), gone = gone_of(o);
    MShares sh = { .settled = s->settled };
    i64 base = gross(all) - all.tax, target = base ? least(half_up(s->fee, gross(gone) - gone.tax, base), s->fee) : 0;
    i64 before = gross(all) - gross(gone) + gross(p);
    if (target > s->fee_gone) sh.fee_gone = target - s->fee_gone;
    if (cause == REFUND_CAUSE_RETURNED)
        sh.fee_kept = least(least(half_up(sh.fee_gone, s->keep_ppm, PPM), s->keep_most * lines), sh.fee_gone);
    if (s->settled && before) sh.reserve = half_up(s->reserve - s->reserve_back, gross(p), before);
    return sh;
}

static void move_shares(MSale *s, MShares sh, i64 sign)
{
    s->fee_gone += sign * sh.fee_gone;
    s->fee_kept += sign * sh.fee_kept;
    s->reserve_back += sign * sh.reserve;
}

MShares m_book_back(Model *m, MOrder *o, RefundCause cause)
{
    i64 lines;
    MParts p = news_of(o, &lines);
    if (lines == 0 && is_nothing(p)) return (MShares){ 0 };
    MShares sh = shares_of(o, p, cause, lines);
    i64 fee = sh.fee_gone - sh.fee_kept;
    move_shares(&o->sale, sh, 1);
    if (sh.settled) sale_line(m, o, p, fee, sh.reserve, fee + remitted(o, p) + sh.reserve - gross(p));
    bool all = gross(whole_of(o)) == gross(gone_of(o));
    if (all && !o->sale.settled && cause != REFUND_CAUSE_CHARGEBACK) settle(m, o);
    return sh;
}

// The exact reverse; a reserve whose day has come meanwhile is not kept back again.
void m_book_won(Model *m, MOrder *o, MParts parts, MShares sh)
{
    MSale *s = &o->sale;
    i64 fee = sh.fee_gone - sh.fee_kept;
    if (!s->reserve_until) sh.reserve = 0;
    move_shares(s, sh, -1);
    if (sh.settled || s->settled) sale_line(m, o, parts, fee, sh.reserve, gross(parts) - fee - remitted(o, parts) - sh.reserve);
}

// ---------------------------------------------------------------------------------------------- comparing

// Where the books do not agree with the model, which sale it is.
static Err blame(Tx *tx, void *context)
{
    Model *m = context;
    tx->a = &m->a;
    for (int i = 0; i < m->n_orders && !m->broken; i++) {
        const MSale *s = &m->order[i].sale;
        LedgerSaleGetRow *got;
        try(q_ledger_sale_get(tx, (LedgerSaleGetIn){ .shop_order = { m->order[i].id } }, &got));
        if ((got != NULL) != s->there) m_fail(m, "order %lld: whether its money is in", (long long)m->order[i].id);
        if (!got || m->broken) continue;
        if ((got->state == LEDGER_STATE_SETTLED) != s->settled || got->frozen != s->frozen || got->fee != s->fee ||
            got->fee_gone != s->fee_gone || got->fee_kept != s->fee_kept || got->reserve != s->reserve ||
            got->reserve_back != s->reserve_back || (got->has_reserve_at ? got->reserve_at : 0) != s->reserve_until ||
            (got->has_settle_at ? got->settle_at : 0) != s->due)
            m_fail(m, "order %lld: %s, frozen %lld, fee %lld - %lld + %lld, reserve %lld - %lld; the model: %d, %d, %lld - %lld "
                   "+ %lld, %lld - %lld", (long long)m->order[i].id, LEDGER_STATE_NAMES.names[got->state], (long long)got->frozen,
                   (long long)got->fee, (long long)got->fee_gone, (long long)got->fee_kept, (long long)got->reserve,
                   (long long)got->reserve_back, s->settled, s->frozen, (long long)s->fee, (long long)s->fee_gone,
                   (long long)s->fee_kept, (long long)s->reserve, (long long)s->reserve_back);
    }
    return ERR_OK;
}

typedef struct Look { Model *m; unsigned tills; } Look;

static Err compare_available(Tx *tx, void *context)
{
    Look *look = context;
    Model *m = look->m;
    tx->a = &m->a;
    for (int i = 0; i < M_SHOPS; i++) {
        LedgerBalancesOfRowList have;
        if (!(look->tills & 1u << i)) continue;
        try(q_ledger_balances_of(tx, (LedgerBalancesOfIn){ .shop = { m->shop[i] } }, &have));
        i64 got[M_MARKETS] = { 0 };
        for (i64 k = 0; k < have.n; k++)
            got[currency_eq(have.p[k].currency, m_currency(HOME)) ? HOME : AWAY] += have.p[k].available;
        for (int k = HOME; k < M_MARKETS; k++) {
            if (got[k] == m->till[i].available[k]) continue;
            try(blame(tx, m));
            m_fail(m, "shop %d has %lld %s, the model says %lld", i, (long long)got[k], m_code((MMarket)k),
                   (long long)m->till[i].available[k]);
        }
    }
    return ERR_OK;
}

void m_compare_available(Model *m, unsigned tills)
{
    Look look = { m, tills };
    if (db_run(m->w.app->db, false, compare_available, &look) != ERR_OK) m_fail(m, "the balances cannot be read");
}

static Time sooner(Time a, Time b)
{
    return !a || (b && b < a) ? b : a;
}

// The least payout: of a currency that is not the shop's country's, anything.
i64 m_least(const Model *m, MMarket market)
{
    return market == HOME ? m_rule(m, HOME, MARKET_RULE_PAYOUT_LEAST_MINOR) : 1;
}

// What a shop should have by its orders.
static SellerBalance balance_of(const Model *m, int shop, MMarket market)
{
    SellerBalance b = { .available = m->till[shop].available[market], .in_payout = m_in_payout(m, shop, market),
                        .least = m_least(m, market) };
    for (int i = 0; i < m->n_orders; i++) {
        const MOrder *o = &m->order[i];
        const MSale *s = &o->sale;
        if (o->shop != shop || o->market != market || !s->there) continue;
        if (!s->settled) {
            b.orders++;
            b.on_the_way += gross(whole_of(o)) - gross(gone_of(o)) - s->fee + s->fee_gone - s->fee_kept -
                            remitted(o, m_less(whole_of(o), gone_of(o)));
            b.next_settlement = sooner(b.next_settlement, s->due);
        }
        b.reserve += s->reserve - s->reserve_back;
        if (s->reserve > s->reserve_back) b.next_release = sooner(b.next_release, s->reserve_until);
    }
    return b;
}

i64 m_in_transit(const Model *m, MMarket market)
{
    i64 sum = 0;
    for (int i = 0; i < m->n_orders; i++) {
        const MOrder *o = &m->order[i];
        if (o->market == market && o->sale.there && !o->sale.settled) sum += gross(whole_of(o)) - gross(gone_of(o));
    }
    return sum;
}

i64 m_tax_owed(const Model *m, MMarket market)
{
    i64 sum = 0;
    for (int i = 0; i < m->n_orders; i++) {
        const MOrder *o = &m->order[i];
        if (o->market == market && o->sale.settled) sum += remitted(o, m_less(whole_of(o), gone_of(o)));
    }
    return sum;
}

i64 m_fees(const Model *m, MMarket market)
{
    i64 sum = 0;
    for (int i = 0; i < m->n_orders; i++) {
        const MSale *s = &m->order[i].sale;
        if (s->settled && m->order[i].market == market) sum += s->fee - s->fee_gone + s->fee_kept;
    }
    return sum;
}

// Only a currency in which a shop has or awaits anything is named, but for its own.
static void compare_balance(Model *m, int shop, MMarket market, const SellerMoney *got)
{
    const SellerBalance want = balance_of(m, shop, market), none = { .least = want.least }, *b = NULL;
    for (i64 i = 0; i < got->balances.n; i++)
        if (currency_eq(got->balances.p[i].currency, m_currency(market))) b = &got->balances.p[i];
    if (!b) b = &none;
    if (b->available != want.available || b->on_the_way != want.on_the_way || b->orders != want.orders)
        m_fail(m, "shop %d has %lld %s and expects %lld of %lld orders, the model says %lld, %lld and %lld", shop,
               (long long)b->available, m_code(market), (long long)b->on_the_way, (long long)b->orders, (long long)want.available,
               (long long)want.on_the_way, (long long)want.orders);
    else if (b->reserve != want.reserve || b->in_payout != want.in_payout || b->least != want.least)
        m_fail(m, "shop %d: %lld %s kept back, %lld in payouts, the model says %lld and %lld", shop, (long long)b->reserve,
               m_code(market), (long long)b->in_payout, (long long)want.reserve, (long long)want.in_payout);
    else if (b->next_settlement != want.next_settlement || b->next_release != want.next_release)
        m_fail(m, "shop %d waits for another day", shop);
}

static void compare_till(Model *m, int shop)
{
    SellerMoney got;
    Answer x = m_call(m, m->seller[shop], "GET", m_text(m, "/v1/studio/shops/%lld/balance", (long long)m->shop[shop]), NULL);
    if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &SELLER_MONEY_TYPE, &got)) return;
    const MTill *t = &m->till[shop];
    for (int market = HOME; market < M_MARKETS; market++) compare_balance(m, shop, (MMarket)market, &got);
    if (got.schedule != t->schedule || (got.has_next_payout ? got.next_payout : 0) != t->next)
        m_fail(m, "shop %d is paid out on another day", shop);
    if ((got.account != NULL) != (t->account > 0)) m_fail(m, "shop %d: whether it has an account", shop);
    if (got.account && (got.account->state == PAYOUT_ACCOUNT_STATE_VERIFIED) != t->verified)
        m_fail(m, "shop %d: whether its account is verified", shop);
}

static void compare_statement(Model *m, int shop, MMarket market)
{
    Statement got;
    i64 lines = m->till[shop].lines[market], sum = m->till[shop].available[market];
    Answer x = m_call(m, m->seller[shop], "GET", m_text(m, "/v1/studio/shops/%lld/statements?currency=%s",
                                                        (long long)m->shop[shop], m_code(market)), NULL);
    if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &STATEMENT_TYPE, &got)) return;
    if (got.opening != 0 || got.closing != sum || got.sums->net != sum || got.sums->lines != lines)
        m_fail(m, "shop %d's statement: %lld lines from %lld by %lld to %lld %s, the model says %lld lines and %lld", shop,
               (long long)got.sums->lines, (long long)got.opening, (long long)got.sums->net, (long long)got.closing,
               m_code(market), (long long)lines, (long long)sum);
}

void m_compare_money(Model *m)
{
    if (db_run(m->w.app->db, false, blame, m) != ERR_OK) m_fail(m, "the sales cannot be read");
    for (int i = 0; i < M_SHOPS && !m->broken; i++) {
        compare_till(m, i);
        for (int market = HOME; market < M_MARKETS && !m->broken; market++) compare_statement(m, i, (MMarket)market);
    }
}
