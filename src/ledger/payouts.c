// Payouts: asked for, approved into a file, sent, come back. No HTTP, no JSON, no clock.
#include "api/task.h"
#include "base/log.h"
#include "ledger/sellers.h"
#include "payments/payments.h"
#include "shops/shops.h"

enum { PAYOUT_HOUR = 6 };                        // of the schedule's day, by the clock of the shop's country

// ---------------------------------------------------------------------------------------------- reading

static Err payout_find(Tx *tx, PayoutId id, PayoutGetRow **out)
{
    try(q_payout_get(tx, (PayoutGetIn){ .id = id }, out));
    return *out ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such payout.");
}

Err payout_show(Tx *tx, const By *by, const PayoutGetRow *row, PayoutAccountNew *account, Payout *out)
{
    try(bank_open(tx, by, row->account, row->payout_account, account));
    *out = (Payout){ .id = row->id, .shop = row->shop, .amount = { row->amount, row->currency }, .state = row->state,
                     .number = bank_masked(tx->a, account->number), .requested = row->requested,
                     .automatic = row->requested_by == 0, .has_ended = row->has_ended, .ended = row->ended,
                     .reason = row->reason };
    return ERR_OK;
}

Err ledger_payout_show(Tx *tx, const By *by, PayoutId id, Payout *out)
{
    PayoutGetRow *row;
    PayoutAccountNew account;
    try(payout_find(tx, id, &row));
    return payout_show(tx, by, row, &account, out);
}

static PayoutId before_of(PayoutId before)
{
    return before.v ? before : (PayoutId){ INT64_MAX };
}

static Str next_of(Tx *tx, const PayoutGetRowList *rows)
{
    if (rows->n < PAYOUT_PAGE) return (Str){ 0 };
    return arena_format(tx->a, "%lld", (long long)rows->p[rows->n - 1].id.v);
}

Err payout_list_of(Tx *tx, const By *by, ShopId shop, PayoutId before, PayoutPage *out)
{
    PayoutGetRowList rows;
    PayoutAccountNew account;
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    try(q_payout_rows_of(tx, (PayoutRowsOfIn){ .shop = shop, .before = before_of(before), .limit = PAYOUT_PAGE }, &rows));
    out->items = (PayoutList){ arena_new_array(tx->a, Payout, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) try(payout_show(tx, by, &rows.p[i], &account, &out->items.p[i]));
    out->next = next_of(tx, &rows);
    return ERR_OK;
}

static Err rows_of(Tx *tx, const OperatorPayoutListArgs *which, PayoutGetRowList *rows)
{
    PayoutId before = before_of(which->before);
    PayoutRowsBatchIn batch = { .batch = which->batch, .before = before, .limit = PAYOUT_PAGE };
    if (which->batch.v) return q_payout_rows_batch(tx, batch, rows);
    if (which->has_state)
        return q_payout_rows_in(tx, (PayoutRowsInIn){ .state = which->state, .before = before, .limit = PAYOUT_PAGE }, rows);
    return q_payout_rows(tx, (PayoutRowsIn){ .before = before, .limit = PAYOUT_PAGE }, rows);
}

Err operator_payouts(Tx *tx, const By *by, const OperatorPayoutListArgs *which, OperatorPayoutPage *out)
{
    PayoutGetRowList rows;
    try(rows_of(tx, which, &rows));
    out->items = (OperatorPayoutList){ arena_new_array(tx->a, OperatorPayout, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        PayoutAccountNew account;
        OperatorPayout *o = &out->items.p[i];
        o->payout = arena_new(tx->a, Payout);
        o->shop = arena_new(tx->a, ShopCard);
        o->batch = rows.p[i].batch;
        o->by_provider = payment_pays_out(by->pay, rows.p[i].currency);
        o->has_arrived = rows.p[i].has_arrived, o->arrived = rows.p[i].arrived;
        try(payout_show(tx, by, &rows.p[i], &account, o->payout));
        try(shop_card(tx, rows.p[i].shop, o->shop));
        o->holder = account.holder, o->bank = account.bank;
    }
    out->next = next_of(tx, &rows);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- asked for

// `amount` leaves the balance, or ERR_BALANCE. The account is kept as it is now.
static Err make(Tx *tx, const By *by, const LedgerShopRowRow *row, Money amount, i64 requested_by, PayoutId *out)
{
    *out = payout_id_next(by->ids, by->now);
    Entry e = book_entry(by, LEDGER_KIND_PAYOUT, row->shop, (OrderId){ 0 }, amount.currency);
    e.subject = out->v, e.actor = requested_by;
    try(book_take(tx, &e, amount.minor));
    try(book_post(tx, &e, LEDGER_ACCOUNT_SELLER, LEDGER_ACCOUNT_PAYOUT, amount.minor, STR("")));
    return q_payout_put(tx, (PayoutPutIn){ .id = *out, .shop = row->shop, .amount = amount, .account = row->account,
                                           .payout_account = row->payout_account, .now = by->now, .requested_by = requested_by });
}

static Err available_in(Tx *tx, ShopId shop, Currency c, i64 *out)
{
    LedgerBalancesOfRowList have;
    *out = 0;
    try(q_ledger_balances_of(tx, (LedgerBalancesOfIn){ .shop = shop }, &have));
    for (i64 i = 0; i < have.n; i++)
        if (currency_eq(have.p[i].currency, c)) *out = have.p[i].available;
    return ERR_OK;
}

Err payout_request(Tx *tx, const By *by, ShopId shop, const PayoutNew *in, Payout *out)
{
    Shop terms;
    LedgerShopRowRow row;
    Money amount = { 0, in->currency };
    i64 least, available;
    PayoutId id;
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    try(shop_terms(tx, shop, &terms));
    try(seller_row(tx, shop, &row));
    if (in->has_amount && !currency_eq(in->amount.currency, in->currency))
        return refuse(&tx->why, ERR_BAD_FIELD, "amount", "The amount is in %s, not in %s.", in->amount.currency.code,
                      in->currency.code);
    if (row.account.v == 0)
        return refuse(&tx->why, ERR_UNVERIFIED, NULL, "Give the account to be paid to first; then the market verifies it.");
    if (!row.has_verified)
        return refuse(&tx->why, ERR_UNVERIFIED, NULL, "The market has not verified this shop's payout account yet.");
    try(available_in(tx, shop, in->currency, &available));
    amount.minor = in->has_amount ? in->amount.minor : available;
    try(seller_least(tx, terms.country, in->currency, &least));
    if (amount.minor < least)
        return refuse(&tx->why, ERR_BELOW_LEAST, "amount", "At least %lld %s (minor units) are paid out; this is %lld.",
                      (long long)least, in->currency.code, (long long)amount.minor);
    if (amount.minor > available)
        return refuse(&tx->why, ERR_BALANCE, "amount", "%lld %s (minor units) are available, not %lld.", (long long)available,
                      in->currency.code, (long long)amount.minor);
    try(make(tx, by, &row, amount, by->who.account, &id));
    return ledger_payout_show(tx, by, id, out);
}

// ---------------------------------------------------------------------------------------------- by the calendar

// A day's first moment by the country's clock, as the number of that day since 1970.
static i64 day_number(Time midnight, i64 offset_minutes)
{
    return (midnight + offset_minutes * MINUTE_MS) / DAY_MS;
}

static bool is_first_of_month(Time midnight, i64 offset_minutes)
{
    char text[TIME_ISO_SIZE];
    time_to_iso_text(midnight + offset_minutes * MINUTE_MS, text);
    return text[8] == '0' && text[9] == '1';
}

// 1970 began on a Thursday.
static bool is_monday(i64 day)
{
    return (day + 3) % 7 == 0;
}

Err payout_next(Tx *tx, Str country, PayoutSchedule schedule, Time now, Time *out)
{
    Time day;
    i64 offset;
    must(schedule != PAYOUT_SCHEDULE_MANUAL);
    try(market_number(tx, country, MARKET_RULE_UTC_OFFSET_MINUTES, &offset));
    try(market_day(tx, country, now, &day));
    for (i64 i = 0; i <= 32; i++, day += DAY_MS) {
        bool on = schedule == PAYOUT_SCHEDULE_DAILY ||
                  (schedule == PAYOUT_SCHEDULE_WEEKLY && is_monday(day_number(day, offset))) ||
                  (schedule == PAYOUT_SCHEDULE_MONTHLY && is_first_of_month(day, offset));
        *out = day + (i64)PAYOUT_HOUR * HOUR_MS;
        if (on && *out > now) return ERR_OK;
    }
    return ERR_INTERNAL;                                     // every month has a first within 32 days
}

// What is there and enough, in each currency. A shop that may not be paid now is asked again on its next day.
Err ledger_payout_due(Tx *tx, const By *by, i64 shop)
{
    Shop terms;
    LedgerShopRowRow row;
    LedgerBalancesOfRowList have;
    Time next;
    PayoutId id;
    i64 least;
    try(shop_terms(tx, (ShopId){ shop }, &terms));
    try(seller_row(tx, (ShopId){ shop }, &row));
    if (row.schedule == PAYOUT_SCHEDULE_MANUAL) return ERR_OK;
    try(q_ledger_balances_of(tx, (LedgerBalancesOfIn){ .shop = { shop } }, &have));
    for (i64 i = 0; i < have.n && row.has_verified; i++) {
        try(seller_least(tx, terms.country, have.p[i].currency, &least));
        if (have.p[i].available < least) continue;
        try(make(tx, by, &row, (Money){ have.p[i].available, have.p[i].currency }, 0, &id));
    }
    try(payout_next(tx, terms.country, row.schedule, by->now, &next));
    try(q_ledger_shop_schedule(tx, (LedgerShopScheduleIn){ .shop = { shop }, .schedule = row.schedule, .has_next_payout = true,
                                                           .next_payout = next }));
    return task_at(tx, by, "payout_auto", shop, next);
}

// ---------------------------------------------------------------------------------------------- decided

// The account must still be the one that was verified: a seller may have changed it, an operator may doubt it now.
static Err check_account(Tx *tx, const PayoutGetRow *p)
{
    LedgerShopRowRow row;
    try(seller_row(tx, p->shop, &row));
    if (row.has_verified && row.account.v == p->account.v && str_eq(row.payout_account, p->payout_account)) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, "payouts",
                  "Payout %lld goes to an account that is not the shop's verified one any more: refuse it.", (long long)p->id.v);
}

static Err approve(Tx *tx, const By *by, PayoutId id, PayoutBatchId batch, Currency currency)
{
    PayoutGetRow *p;
    i64 n;
    try(payout_find(tx, id, &p));
    if (!currency_eq(p->currency, currency))
        return refuse(&tx->why, ERR_CURRENCY, "payouts", "Payout %lld is in %s: one file is in one currency.", (long long)id.v,
                      p->currency.code);
    if (p->state == PAYOUT_STATE_REQUESTED && p->requested_by == by->who.account)
        return refuse(&tx->why, ERR_FORBIDDEN, "payouts", "You asked for payout %lld yourself: someone else must approve it.",
                      (long long)id.v);
    try(check_account(tx, p));
    try(q_payout_approve(tx, (PayoutApproveIn){ .id = id, .batch = batch, .currency = currency, .operator = by->who.account,
                                                .now = by->now }, &n));
    if (n == 1) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, "payouts", "Payout %lld is %s already.", (long long)id.v,
                  PAYOUT_STATE_NAMES.names[p->state]);
}

static PayoutBatch batch_of(Arena *a, const PayoutBatchesRow *b)
{
    return (PayoutBatch){ .id = b->batch, .number = id_number(a, b->batch.v), .made = b->made, .count = b->count,
                          .total = { b->total, b->currency }, .waiting = b->waiting };
}

static Err show_batch(Tx *tx, PayoutBatchId id, PayoutBatch *out)
{
    PayoutBatchesRow *b;
    try(q_payout_batch_row(tx, (PayoutBatchRowIn){ .batch = id }, &b));
    if (!b) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such file of payouts.");
    *out = batch_of(tx->a, b);
    return ERR_OK;
}

Err batch_make(Tx *tx, const By *by, const PayoutBatchNew *in, PayoutBatch *out)
{
    PayoutBatchId id = payout_batch_id_next(by->ids, by->now);
    must(in->payouts.n <= PAYOUT_BATCH_MAX);
    for (i64 i = 0; i < in->payouts.n; i++) try(approve(tx, by, in->payouts.p[i], id, in->currency));
    return show_batch(tx, id, out);
}

Err batch_list(Tx *tx, PayoutBatchId before, PayoutBatchPage *out)
{
    PayoutBatchesRowList rows;
    if (before.v == 0) before.v = INT64_MAX;
    try(q_payout_batches(tx, (PayoutBatchesIn){ .before = before, .limit = PAYOUT_PAGE }, &rows));
    out->items = (PayoutBatchList){ arena_new_array(tx->a, PayoutBatch, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->items.p[i] = batch_of(tx->a, &rows.p[i]);
    if (rows.n == PAYOUT_PAGE) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].batch.v);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- sent, come back

// What a payout leaves from: a file is paid by our bank, one without a file by the provider, out of what lies with it.
typedef struct Purse { LedgerAccount account; Str part; } Purse;

static Purse purse_of(const PayoutGetRow *p)
{
    if (p->batch.v) return (Purse){ LEDGER_ACCOUNT_BANK, STR("") };
    return (Purse){ LEDGER_ACCOUNT_CLEARING, payment_payout_provider() };
}

static Err sent(Tx *tx, const By *by, const PayoutGetRow *p)
{
    i64 n;
    try(q_payout_send(tx, (PayoutSendIn){ .id = p->id, .now = by->now }, &n));
    if (n == 0) return ERR_OK;
    Entry e = book_entry(by, LEDGER_KIND_PAYOUT_SENT, p->shop, (OrderId){ 0 }, p->currency);
    e.subject = p->id.v, e.actor = by->who.account;
    Purse from = purse_of(p);
    return book_post(tx, &e, LEDGER_ACCOUNT_PAYOUT, from.account, p->amount, from.part);
}

static Err rows_of_batch(Tx *tx, PayoutBatchId batch, PayoutGetRowList *rows)
{
    PayoutRowsBatchIn in = { .batch = batch, .before = { INT64_MAX }, .limit = PAYOUT_BATCH_MAX };
    return q_payout_rows_batch(tx, in, rows);
}

Err batch_sent(Tx *tx, const By *by, PayoutBatchId batch, PayoutBatch *out)
{
    PayoutGetRowList rows;
    try(rows_of_batch(tx, batch, &rows));
    for (i64 i = 0; i < rows.n; i++)
        if (rows.p[i].state == PAYOUT_STATE_APPROVED) try(sent(tx, by, &rows.p[i]));
    return show_batch(tx, batch, out);
}

// `p` as it was before: a payout that was sent comes back to where it left from.
static Err come_back(Tx *tx, const By *by, const PayoutGetRow *p, Str reason)
{
    Entry e = book_entry(by, LEDGER_KIND_PAYOUT_BACK, p->shop, (OrderId){ 0 }, p->currency);
    e.subject = p->id.v, e.actor = by->who.account, e.note = reason;
    Purse from = p->state == PAYOUT_STATE_SENT ? purse_of(p) : (Purse){ LEDGER_ACCOUNT_PAYOUT, STR("") };
    try(book_post(tx, &e, from.account, LEDGER_ACCOUNT_SELLER, p->amount, from.part));
    return book_line(tx, &e, &(Line){ .other = p->amount });
}

static Err not_now(Tx *tx, const PayoutGetRow *p)
{
    return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This payout is %s.", PAYOUT_STATE_NAMES.names[p->state]);
}

Err payout_refuse(Tx *tx, const By *by, PayoutId id, Str reason, Payout *out)
{
    PayoutGetRow *p;
    i64 n;
    try(payout_find(tx, id, &p));
    try(q_payout_refuse(tx, (PayoutRefuseIn){ .id = id, .operator = by->who.account, .now = by->now, .reason = reason }, &n));
    if (n == 0) return not_now(tx, p);
    try(come_back(tx, by, p, reason));
    return ledger_payout_show(tx, by, id, out);
}

Err ledger_payout_failed(Tx *tx, const By *by, PayoutId id, Str reason, Payout *out)
{
    PayoutGetRow *p;
    i64 n;
    try(payout_find(tx, id, &p));
    if (p->state != PAYOUT_STATE_APPROVED && p->state != PAYOUT_STATE_SENT) return not_now(tx, p);
    try(q_payout_fail(tx, (PayoutFailIn){ .id = id, .was = p->state, .now = by->now, .reason = reason }, &n));
    if (n == 0) return not_now(tx, p);
    try(come_back(tx, by, p, reason));
    return ledger_payout_show(tx, by, id, out);
}

// ---------------------------------------------------------------------------------------------- through a provider

Err ledger_payout_approve(Tx *tx, const By *by, PayoutId id)
{
    PayoutGetRow *p;
    try(payout_find(tx, id, &p));
    try(approve(tx, by, id, (PayoutBatchId){ 0 }, p->currency));
    return task_at(tx, by, "payout_send", id.v, by->now);
}

static Err order_of(Tx *tx, const By *by, const PayoutGetRow *p, PayoutOrder *out)
{
    *out = (PayoutOrder){ .payout = p->id, .shop = p->shop, .amount = { p->amount, p->currency },
                          .reference = id_number(tx->a, p->id.v), .name = p->reference };
    if (p->reference.n) return ERR_OK;               // only asked about: its account may be gone with its owner
    try(bank_open(tx, by, p->account, p->payout_account, &out->account));
    if (out->account.number.n) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, NULL, "The account of payout %lld can no longer be read: mark it as failed.",
                  (long long)p->id.v);
}

Err ledger_payout_order(Tx *tx, const By *by, PayoutId id, PayoutOrder *out)
{
    PayoutGetRow *p;
    try(payout_find(tx, id, &p));
    return p->state == PAYOUT_STATE_APPROVED ? order_of(tx, by, p, out) : not_now(tx, p);
}

Err ledger_payout_name(Tx *tx, PayoutId id, Str name)
{
    i64 n;
    return q_payout_name(tx, (PayoutNameIn){ .id = id, .reference = name }, &n);
}

// The seller has the money back and has been paid. Which of the two words is the later one only the provider can tell (a transfer
// may have been sent back too), so a person asks it.
static Err arrived_after_all(Tx *tx, const By *by, const PayoutGetRow *p)
{
    i64 n;
    try(q_payout_arrived(tx, (PayoutArrivedIn){ .id = p->id, .now = by->now }, &n));
    if (n)
        log_event(LOG_ERROR, STR(""), "payout", "%lld is booked as failed, and the provider says that it arrived",
                  (long long)p->id.v);
    return ERR_OK;
}

Err ledger_payout_sent(Tx *tx, const By *by, PayoutId id)
{
    PayoutGetRow *p;
    try(payout_find(tx, id, &p));
    if (p->state == PAYOUT_STATE_SENT) return ERR_OK;
    if (p->state == PAYOUT_STATE_FAILED && p->batch.v == 0) return arrived_after_all(tx, by, p);
    return p->state == PAYOUT_STATE_APPROVED ? sent(tx, by, p) : not_now(tx, p);
}

// ---------------------------------------------------------------------------------------------- files

static Err file_of(Tx *tx, const By *by, PayoutBatchId batch, PayoutFile *out)
{
    PayoutBatch shown;
    LedgerShopRowRow own;
    PayoutGetRowList rows;
    try(show_batch(tx, batch, &shown));
    try(seller_row(tx, PLATFORM, &own));
    *out = (PayoutFile){ .batch = batch, .made = shown.made };
    try(bank_open(tx, by, own.account, own.payout_account, &out->from));
    if (out->from.number.n == 0)
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "Give the account to pay from first.");
    try(rows_of_batch(tx, batch, &rows));
    PayoutOrder *orders = arena_new_array(tx->a, PayoutOrder, rows.n);
    for (i64 i = rows.n - 1; i >= 0; i--) {
        if (rows.p[i].state != PAYOUT_STATE_APPROVED && rows.p[i].state != PAYOUT_STATE_SENT) continue;
        try(order_of(tx, by, &rows.p[i], &orders[out->n++]));
    }
    out->orders = orders;
    return out->n ? ERR_OK : refuse(&tx->why, ERR_WRONG_STATE, NULL, "All payouts of this file have failed.");
}

Err batch_csv(Tx *tx, const By *by, PayoutBatchId batch, Buf *out)
{
    PayoutFile f;
    try(file_of(tx, by, batch, &f));
    payout_file_csv(out, &f);
    return ERR_OK;
}

Err batch_xml(Tx *tx, const By *by, PayoutBatchId batch, Buf *out)
{
    PayoutFile f;
    try(file_of(tx, by, batch, &f));
    payout_file_xml(out, &f);
    return ERR_OK;
}
