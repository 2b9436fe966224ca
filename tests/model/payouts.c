// Sellers' money going out, in the model test: accounts, requests, the operator's files, the bank's answers, the calendar,
// corrections.
#include "tests/model/model.h"

enum { BATCH_MOST = 4, HOUR_OF_PAYOUTS = 6 };

static int some_shop(Model *m)
{
    return (int)m_below(m, M_SHOPS);
}

static const char *studio(Model *m, int shop, const char *what)
{
    return m_text(m, "/v1/studio/shops/%lld/%s", (long long)m->shop[shop], what);
}

static const char *seller_path(Model *m, int shop, const char *what)
{
    return m_text(m, "/v1/operator/sellers/%lld/%s", (long long)m->shop[shop], what);
}

// ---------------------------------------------------------------------------------------------- accounts

static void give_account(Model *m, int shop)
{
    MTill *t = &m->till[shop];
    Answer x = m_call(m, m->seller[shop], "PUT", studio(m, shop, "payout-account"),
                      "{\"holder\":\"Sari\",\"bank\":\"Bank Mandiri\",\"number\":\"1230004567\",\"bic\":\"BMRIIDJA\"}");
    if (!m_expect(m, &x, 200, NULL)) return;
    t->account++;
    t->verified = false;
    t->given = m->now;
}

// As it was seen; a mistaken time is somebody else's account.
static void check_account(Model *m, int shop)
{
    MTill *t = &m->till[shop];
    bool good = m_chance(m, 85), seen = m_chance(m, 90);
    Time given = seen ? t->given : t->given + 1;
    const char *wrong = !good ? NULL : !t->account ? "not_found" : !seen ? "stale" : NULL;
    Answer x = m_call(m, m->operator, "POST", seller_path(m, shop, "account-check"),
                      m_text(m, "{\"given\":\"%s\",\"verified\":%s}", arena_cstr(&m->a, time_to_iso(&m->a, given)),
                             good ? "true" : "false"));
    if (!m_expect(m, &x, !wrong ? 200 : strcmp(wrong, "stale") == 0 ? 409 : 404, wrong) || wrong) return;
    if (t->account && seen) t->verified = good;
}

void op_account(Model *m)
{
    int shop = some_shop(m);
    if (m->till[shop].verified && m_chance(m, 70)) return;           // most of the time a shop may be paid
    if (!m->till[shop].account || m_chance(m, 15)) give_account(m, shop);
    else check_account(m, shop);
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- asked for

i64 m_in_payout(const Model *m, int shop, MMarket market)
{
    i64 sum = 0;
    for (int i = 0; i < m->n_payouts; i++) {
        const MPayout *p = &m->payout[i];
        bool open = p->state == PAYOUT_STATE_REQUESTED || p->state == PAYOUT_STATE_APPROVED;
        if (open && p->shop == shop && p->market == market) sum += p->amount;
    }
    return sum;
}

static void new_payout(Model *m, MPayout p)
{
    if (m->n_payouts == m->room_payouts) {
        m->room_payouts = m->room_payouts ? 2 * m->room_payouts : 64;
        m->payout = realloc(m->payout, (size_t)m->room_payouts * sizeof(MPayout));
        must(m->payout != NULL);
    }
    p.account = m->till[p.shop].account;
    m->payout[m->n_payouts++] = p;
    m_line(m, p.shop, p.market, -p.amount);
}

// By the seller, or by the operator for the shop; who then may not approve it.
void op_payout(Model *m)
{
    int shop = some_shop(m);
    const MTill *t = &m->till[shop];
    Person who = m_chance(m, 85) ? m->seller[shop] : m->operator;
    MMarket market = m_chance(m, 70) ? HOME : AWAY;
    i64 least = m_least(m, market), available = t->available[market], amount = available;
    bool all = m_chance(m, 60);
    if (!all) amount = m_chance(m, 80) && available > least ? least + m_below(m, available - least + 1)
                                                               : 1 + m_below(m, least + 1000);
    const char *wrong = !t->verified ? "unverified" : amount < least ? "below_least" : amount > available ? "balance" : NULL;
    Answer x = m_call(m, who, "POST", studio(m, shop, "payouts"),
                      all ? m_text(m, "{\"currency\":\"%s\"}", m_code(market))
                          : m_text(m, "{\"currency\":\"%s\",\"amount\":{\"minor\":%lld,\"currency\":\"%s\"}}", m_code(market),
                                   (long long)amount, m_code(market)));
    Payout got;
    if (!m_expect(m, &x, wrong ? 409 : 201, wrong) || wrong || !m_decode(m, &x, &PAYOUT_TYPE, &got)) return;
    if (got.amount.minor != amount) m_fail(m, "a payout of %lld, not of %lld", (long long)got.amount.minor, (long long)amount);
    new_payout(m, (MPayout){ .id = got.id.v, .shop = shop, .market = market, .amount = amount, .by = who.id });
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- approved

static const char *approval_refusal(Model *m, const MPayout *p, MMarket market)
{
    const MTill *t = &m->till[p->shop];
    if (p->market != market) return "currency";
    if (p->state == PAYOUT_STATE_REQUESTED && p->by == m->operator.id) return "forbidden";
    if (!t->verified || t->account != p->account || p->state != PAYOUT_STATE_REQUESTED) return "wrong_state";
    return NULL;
}

// One in this state if there is one, else any; -1 without.
static int some_payout(Model *m, PayoutState wanted)
{
    int found = -1;
    for (int tries = 0; tries < 20 && m->n_payouts; tries++) {
        found = m->n_payouts - 1 - (int)m_below(m, m->n_payouts < 20 ? m->n_payouts : 20);
        if (m->payout[found].state == wanted) break;
    }
    return found;
}

// A few in one file: all or none.
void op_batch(Model *m)
{
    int chosen[BATCH_MOST], n = 0, most = 1 + (int)m_below(m, BATCH_MOST);
    const char *wrong = NULL;
    Buf b = buf_new(&m->a, 400);
    MMarket market = m_chance(m, 70) ? HOME : AWAY;
    buf_format(&b, "{\"currency\":\"%s\",\"payouts\":[", m_code(market));
    for (int i = 0; i < most; i++) {
        int at = some_payout(m, PAYOUT_STATE_REQUESTED);
        if (at < 0) return;
        if (m->payout[at].state != PAYOUT_STATE_REQUESTED && m_chance(m, 80)) continue;
        if (approval_refusal(m, &m->payout[at], market) && m_chance(m, 60)) continue;
        for (int k = 0; k < n; k++)
            if (chosen[k] == at) at = -1;
        if (at < 0) continue;
        chosen[n++] = at;
        if (!wrong) wrong = approval_refusal(m, &m->payout[at], market);
        buf_format(&b, "%s\"%lld\"", n > 1 ? "," : "", (long long)m->payout[at].id);
    }
    buf_add(&b, STR("]}"));
    if (n == 0) return;
    Answer x = m_call(m, m->operator, "POST", "/v1/operator/payout-batches", arena_cstr(&m->a, buf_str(&b)));
    PayoutBatch got;
    if (!m_expect(m, &x, !wrong ? 201 : strcmp(wrong, "forbidden") == 0 ? 403 : 409, wrong) || wrong) return;
    if (!m_decode(m, &x, &PAYOUT_BATCH_TYPE, &got)) return;
    i64 total = 0;
    for (int i = 0; i < n; i++) {
        m->payout[chosen[i]].state = PAYOUT_STATE_APPROVED;
        m->payout[chosen[i]].batch = got.id.v;
        total += m->payout[chosen[i]].amount;
    }
    if (got.total.minor != total || got.count != n || got.waiting != n) m_fail(m, "a file of other payouts");
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- sent, come back

static void file_sent(Model *m, const MPayout *one)
{
    bool known = one->batch > 0;
    Answer x = m_call(m, m->operator, "POST", m_text(m, "/v1/operator/payout-batches/%lld/sent",
                                                     (long long)(known ? one->batch : 77)), NULL);
    if (!m_expect(m, &x, known ? 200 : 404, known ? NULL : "not_found") || !known) return;
    for (int i = 0; i < m->n_payouts; i++)
        if (m->payout[i].batch == one->batch && m->payout[i].state == PAYOUT_STATE_APPROVED)
            m->payout[i].state = PAYOUT_STATE_SENT;
    m_did(m);
}

// Refused by the operator before it is approved; afterwards the bank fails it, also when it was thought to be sent.
static void comes_back(Model *m, MPayout *p, bool refuse)
{
    bool can = refuse ? p->state == PAYOUT_STATE_REQUESTED : p->state == PAYOUT_STATE_APPROVED || p->state == PAYOUT_STATE_SENT;
    Answer x = m_call(m, m->operator, "POST", m_text(m, "/v1/operator/payouts/%lld/%s", (long long)p->id,
                                                     refuse ? "refusal" : "failure"), "{\"reason\":\"the account is closed\"}");
    if (!m_expect(m, &x, can ? 200 : 409, can ? NULL : "wrong_state") || !can) return;
    p->state = refuse ? PAYOUT_STATE_REFUSED : PAYOUT_STATE_FAILED;
    m_line(m, p->shop, p->market, p->amount);
    m_did(m);
}

void op_payout_end(Model *m)
{
    int kind = (int)m_below(m, 10), at = some_payout(m, kind < 6 ? PAYOUT_STATE_APPROVED : (PayoutState)m_below(m, 3));
    if (at < 0) return;
    MPayout *p = &m->payout[at];
    if (kind < 6) file_sent(m, p);
    else if (kind == 6) comes_back(m, p, m_chance(m, 50));
    else comes_back(m, p, p->state == PAYOUT_STATE_REQUESTED);
}

// ---------------------------------------------------------------------------------------------- the calendar

// Six in the morning, in Jakarta.
bool m_is_payout_hour(Time t)
{
    return (t + 7 * (i64)HOUR_MS) % DAY_MS == (i64)HOUR_OF_PAYOUTS * HOUR_MS;
}

static bool is_its_day(PayoutSchedule s, i64 day)
{
    char text[TIME_ISO_SIZE];
    time_to_iso_text(day * DAY_MS, text);
    if (s == PAYOUT_SCHEDULE_WEEKLY) return day % 7 == 4;             // a Monday: 1970 began on a Thursday
    return s == PAYOUT_SCHEDULE_DAILY || memcmp(text + 8, "01", 2) == 0;
}

static Time next_day(PayoutSchedule s, Time now)
{
    if (s == PAYOUT_SCHEDULE_MANUAL) return 0;
    for (i64 day = (now + 7 * (i64)HOUR_MS) / DAY_MS;; day++) {
        Time at = day * DAY_MS + (HOUR_OF_PAYOUTS - 7) * (i64)HOUR_MS;
        if (at > now && is_its_day(s, day)) return at;
    }
}

void m_payout_is_due(Model *m, int shop)
{
    MTill *t = &m->till[shop];
    for (int market = HOME; market < M_MARKETS && t->verified; market++) {
        if (t->available[market] < m_least(m, (MMarket)market)) continue;
        new_payout(m, (MPayout){ .shop = shop, .market = (MMarket)market, .amount = t->available[market] });
        m->paid_out = true;
    }
    t->next = next_day(t->schedule, m->now);
}

// The schedule by the seller, the tier by the operator.
void op_seller_terms(Model *m)
{
    static const char *const SCHEDULES[] = { "manual", "daily", "weekly", "monthly" };
    static const char *const TIERS[] = { "fast", "standard", "slow", "new" };
    int shop = some_shop(m), which = (int)m_below(m, 4);
    MTill *t = &m->till[shop];
    if (m_chance(m, 60)) {
        Answer x = m_call(m, m->seller[shop], "PUT", studio(m, shop, "payout-schedule"),
                          m_text(m, "{\"schedule\":\"%s\"}", SCHEDULES[which]));
        if (!m_expect(m, &x, 200, NULL)) return;
        t->schedule = (PayoutSchedule)which;
        t->next = next_day(t->schedule, m->now);
    } else {
        t->has_tier = m_chance(m, 75);
        if (m_chance(m, 60)) which = SELLER_TIER_FAST;
        t->tier = (SellerTier)which;
        Answer x = m_call(m, m->operator, "PUT", seller_path(m, shop, "tier"),
                          t->has_tier ? m_text(m, "{\"tier\":\"%s\"}", TIERS[which]) : "{}");
        if (!m_expect(m, &x, 200, NULL)) return;
    }
    m_did(m);
}

// A correction by the operator; it may take a balance below zero.
void op_adjust(Model *m)
{
    int shop = some_shop(m);
    bool from = m_chance(m, 60);
    MMarket market = m_chance(m, 80) ? HOME : AWAY;
    i64 amount = 1 + m_below(m, market == HOME ? 3000000 : 50000);
    Answer x = m_call(m, m->operator, "POST", "/v1/operator/ledger/bookings",
                      m_text(m, "{\"kind\":\"adjusted\",\"amount\":{\"minor\":%lld,\"currency\":\"%s\"},\"shop\":\"%lld\","
                             "\"from_seller\":%s,\"reason\":\"counted again\"}", (long long)amount, m_code(market),
                             (long long)m->shop[shop], from ? "true" : "false"));
    if (!m_expect(m, &x, 201, NULL)) return;
    m_line(m, shop, market, from ? -amount : amount);
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- comparing

static MPayout *payout_of(Model *m, const Payout *got)
{
    for (int i = m->n_payouts - 1; i >= 0; i--)
        if (m->payout[i].id == got->id.v) return &m->payout[i];
    return NULL;
}

// The latest of each shop; those that the calendar made get their numbers here.
void m_compare_payouts(Model *m)
{
    m->paid_out = false;
    for (int shop = 0; shop < M_SHOPS && !m->broken; shop++) {
        PayoutPage got;
        Answer x = m_call(m, m->seller[shop], "GET", studio(m, shop, "payouts"), NULL);
        if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &PAYOUT_PAGE_TYPE, &got)) return;
        int at = m->n_payouts - 1;
        for (i64 i = 0; i < got.items.n && !m->broken; i++, at--) {
            const Payout *p = &got.items.p[i];
            while (at >= 0 && m->payout[at].shop != shop) at--;
            MPayout *want = payout_of(m, p);
            if (!want && at >= 0 && m->payout[at].id == 0 && p->automatic) want = &m->payout[at], want->id = p->id.v;
            if (!want || want->shop != shop || want->amount != p->amount.minor || want->state != p->state ||
                !currency_eq(p->amount.currency, m_currency(want->market)) || p->automatic != (want->by == 0))
                m_fail(m, "payout %lld of shop %d: %s of %lld, the model says %s of %lld", (long long)p->id.v, shop,
                       PAYOUT_STATE_NAMES.names[p->state], (long long)p->amount.minor,
                       want ? PAYOUT_STATE_NAMES.names[want->state] : "none", want ? (long long)want->amount : 0);
        }
    }
}
