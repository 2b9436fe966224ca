// What banks do later, in the model test: disputes and their ends; and the books as a whole.
#include "tests/model/model.h"

#include "payments/inner.h"

// ---------------------------------------------------------------------------------------------- telling

typedef struct Telling { Model *m; EventNew event; i64 id; } Telling;

static Err tell(Tx *tx, void *context)
{
    Telling *t = context;
    App *app = t->m->w.app;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault, .demo = true };
    tx->a = &t->m->a;
    return event_store(tx, &by, &t->event, &t->id);
}

// As a webhook leaves it: stored once by its id, applied by its task.
static bool tell_event(Model *m, EventNew event)
{
    Telling t = { .m = m, .event = event };
    Err e = db_run(m->w.app->db, true, tell, &t);
    if (e != ERR_OK) m_fail(m, "an event was refused with %s", err_slug(e));
    return t.id != 0;
}

static int paid_checkout(Model *m)
{
    for (int tries = 0; tries < 30 && m->n_checkouts; tries++) {
        int at = m->n_checkouts - 1 - (int)m_below(m, m->n_checkouts < 100 ? m->n_checkouts : 100);
        const MCheckout *c = &m->checkout[at];
        bool paid = c->state == PAYMENT_STATE_SUCCEEDED || c->state == PAYMENT_STATE_REFUNDED;
        if (c->method == PAYMENT_METHOD_TEST && paid) return at;
    }
    return -1;
}

// ---------------------------------------------------------------------------------------------- disputes

// The claim falls on the payment's orders in proportion to what is left of each, and there on the lines. What it took beyond that
// is the market's loss.
static void take_back(Model *m, MDispute *d)
{
    MCheckout *c = &m->checkout[d->checkout];
    i64 left[M_SHOPS], part[M_SHOPS], sum = 0;
    for (int i = 0; i < c->n; i++) sum += left[i] = m->order[c->first + i].total - m->order[c->first + i].refunded;
    i64 claim = d->amount < sum ? d->amount : sum;
    d->told = true;
    d->lost = d->amount - claim;
    if (claim <= 0) return;
    money_split(claim, left, c->n, part);
    for (int i = 0; i < c->n; i++) {
        MOrder *o = &m->order[c->first + i];
        if (part[i] == 0) continue;
        MOrder before = *o;
        m_spread(o, part[i]);
        for (int k = 0; k < o->n_lines; k++) d->line[i][k] = m_less(o->line[k].back, before.line[k].back);
        d->ship[i] = m_less(o->ship_back, before.ship_back);
        d->order[i] = part[i];
        o->refunded += part[i];
        d->shares[i] = m_book_back(m, o, REFUND_CAUSE_CHARGEBACK);
    }
}

static void put_back(Model *m, MDispute *d)
{
    const MCheckout *c = &m->checkout[d->checkout];
    d->lost = 0;
    for (int i = 0; i < c->n; i++) {
        MOrder *o = &m->order[c->first + i];
        MParts all = d->ship[i];
        for (int k = 0; k < o->n_lines; k++) {
            o->line[k].back = m_less(o->line[k].back, d->line[i][k]);
            o->line[k].booked = o->line[k].back;
            all = m_plus(all, d->line[i][k]);
        }
        o->ship_booked = o->ship_back = m_less(o->ship_back, d->ship[i]);
        o->refunded -= d->order[i];
        if (d->order[i]) m_book_won(m, o, all, d->shares[i]);
    }
}

static void follow(Model *m, MDispute *d, PaymentEventKind kind)
{
    bool lost = kind == PAYMENT_EVENT_KIND_DISPUTE_LOST, opens = kind == PAYMENT_EVENT_KIND_DISPUTED;
    if (!d->told && (lost || (opens && !d->over))) take_back(m, d);
    if (opens || d->over) return;
    d->over = true;
    if (d->told && !lost) put_back(m, d);
}

// Opened, won and lost in any order, each more than once; a dispute has one end, and several of one payment have each their own.
void op_dispute(Model *m)
{
    MDispute *d = m->n_disputes && m_chance(m, 60) ? &m->dispute[m_below(m, m->n_disputes)] : NULL;
    if (!d) {
        bool again = m->n_disputes && m_chance(m, 25);           // one more about the same payment
        int at = again ? m->dispute[m_below(m, m->n_disputes)].checkout : paid_checkout(m);
        if (at < 0 || m->checkout[at].total == 0 || m->n_disputes == M_DISPUTES) return;
        d = &m->dispute[m->n_disputes++];
        *d = (MDispute){ .checkout = at, .won = m_chance(m, 50),
                         .amount = m_chance(m, 50) ? m->checkout[at].total : 1 + m_below(m, m->checkout[at].total) };
        snprintf(d->reference, sizeof(d->reference), "dispute-%lld", (long long)m->step);
    }
    PaymentEventKind kind = m_chance(m, 50) ? PAYMENT_EVENT_KIND_DISPUTED
                            : d->won        ? PAYMENT_EVENT_KIND_DISPUTE_WON
                                            : PAYMENT_EVENT_KIND_DISPUTE_LOST;
    m_clocks(m);                                             // what is due already comes before the event
    tell_event(m, (EventNew){ .provider = STR("test"), .event = str_of(m_text(m, "bank-%lld", (long long)m->step)), .kind = kind,
                              .payment = { m->checkout[d->checkout].payment }, .reference = str_of(d->reference),
                              .has_amount = true, .amount = { d->amount, m_currency(m->checkout[d->checkout].market) } });
    follow(m, d, kind);
    m_note_changed(m, d->checkout);
    m_clocks(m);
    m_did(m);
}

// ---------------------------------------------------------------------------------------------- the books as a whole

// One account's sum over all owners, debits less credits.
static i64 sum_of(const TrialBalance *t, LedgerAccount account, MMarket market)
{
    i64 sum = 0;
    for (i64 i = 0; i < t->items.n; i++)
        if (t->items.p[i].account == account && currency_eq(t->items.p[i].currency, m_currency(market)))
            sum += t->items.p[i].debit - t->items.p[i].credit;
    return sum;
}

typedef struct Books { const TrialBalance *all; MMarket market; } Books;

static void compare_account(Model *m, Books b, LedgerAccount account, i64 want)
{
    i64 got = sum_of(b.all, account, b.market);
    if (got != want)
        m_fail(m, "the books' account %s has %lld %s, the model says %lld", LEDGER_ACCOUNT_NAMES.names[account], (long long)got,
               m_code(b.market), (long long)want);
}

// What lies with the providers and at the bank, less what is owed to buyers, is what came in and went neither back nor to
// sellers; and sellers have theirs.
static void compare_books_in(Model *m, Books b)
{
    i64 want = 0, sellers = 0, payouts = 0;
    for (int i = 0; i < m->n_orders; i++)
        if (m->order[i].captured && m->order[i].market == b.market) want += m->order[i].total - m->order[i].refunded;
    for (int i = 0; i < M_SHOPS; i++) {
        sellers += m->till[i].available[b.market];
        payouts += m_in_payout(m, i, b.market);
    }
    for (int i = 0; i < m->n_payouts; i++)
        if (m->payout[i].state == PAYOUT_STATE_SENT && m->payout[i].market == b.market) want -= m->payout[i].amount;
    for (int i = 0; i < m->n_disputes; i++)
        if (m->checkout[m->dispute[i].checkout].market == b.market) want -= m->dispute[i].lost;
    i64 held = sum_of(b.all, LEDGER_ACCOUNT_CLEARING, b.market) + sum_of(b.all, LEDGER_ACCOUNT_BANK, b.market);
    i64 due = -sum_of(b.all, LEDGER_ACCOUNT_REFUNDS_DUE, b.market) - sum_of(b.all, LEDGER_ACCOUNT_SURPLUS, b.market);
    if (held - due != want)
        m_fail(m, "the books hold %lld and owe buyers %lld, the model says %lld in all", (long long)held, (long long)due,
               (long long)want);
    compare_account(m, b, LEDGER_ACCOUNT_SELLER, -sellers);
    compare_account(m, b, LEDGER_ACCOUNT_PAYOUT, -payouts);
    compare_account(m, b, LEDGER_ACCOUNT_BUYER, -m_in_transit(m, b.market));
    compare_account(m, b, LEDGER_ACCOUNT_FEES, -m_fees(m, b.market));
    compare_account(m, b, LEDGER_ACCOUNT_TAX, -m_tax_owed(m, b.market));
}

void m_compare_books(Model *m)
{
    TrialBalance got;
    i64 sum[M_MARKETS] = { 0 };
    Answer x = m_call(m, m->operator, "GET", "/v1/operator/ledger/accounts", NULL);
    if (!m_expect(m, &x, 200, NULL) || !m_decode(m, &x, &TRIAL_BALANCE_TYPE, &got)) return;
    for (i64 i = 0; i < got.items.n; i++) {
        const TrialLine *l = &got.items.p[i];
        sum[currency_eq(l->currency, m_currency(HOME)) ? HOME : AWAY] += l->debit - l->credit;
    }
    for (int market = HOME; market < M_MARKETS; market++) {
        if (sum[market]) m_fail(m, "the books are out of balance by %lld", (long long)sum[market]);
        compare_books_in(m, (Books){ &got, (MMarket)market });
    }
}
