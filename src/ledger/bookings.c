// The operator's books: trial balance, postings, and what is booked by hand. No HTTP, no JSON, no clock.
#include "api/task.h"
#include "ledger/sellers.h"
#include "shops/shops.h"

// The kept totals end so long ago: no transaction that is still running has ids from before.
enum { TOTAL_LAG_MS = HOUR_MS };

// ---------------------------------------------------------------------------------------------- totals

// Adds what was posted since to the kept totals.
Err ledger_total_due(Tx *tx, const By *by, i64 subject)
{
    LedgerTotalUptoRow upto;
    LedgerTotalRowsRowList fresh;
    i64 high = id_floor(by->now - TOTAL_LAG_MS) - 1;
    (void)subject;
    try(q_ledger_total_upto(tx, &upto));
    if (high > upto.upto) {
        try(q_ledger_total_new(tx, (LedgerTotalNewIn){ .low = upto.upto, .high = high }, &fresh));
        for (i64 i = 0; i < fresh.n; i++) {
            const LedgerTotalRowsRow *t = &fresh.p[i];
            try(q_ledger_total_add(tx, (LedgerTotalAddIn){ .kind = t->kind, .part = t->part, .currency = t->currency,
                                                           .debit = t->debit, .credit = t->credit, .upto = high }));
        }
    }
    return task_at(tx, by, "ledger_total", 0, by->now + HOUR_MS);
}

static void add_total(TrialLineList *all, const LedgerTotalRowsRow *t)
{
    for (i64 i = 0; i < all->n; i++) {
        TrialLine *l = &all->p[i];
        if (l->account != t->kind || !currency_eq(l->currency, t->currency) || !str_eq(l->part, t->part)) continue;
        l->debit += t->debit, l->credit += t->credit;
        return;
    }
    all->p[all->n++] = (TrialLine){ .account = t->kind, .part = t->part, .currency = t->currency, .debit = t->debit,
                                    .credit = t->credit };
}

Err ledger_accounts(Tx *tx, TrialBalance *out)
{
    LedgerTotalUptoRow upto;
    LedgerTotalRowsRowList kept, fresh;
    try(q_ledger_total_upto(tx, &upto));
    try(q_ledger_total_rows(tx, &kept));
    try(q_ledger_total_new(tx, (LedgerTotalNewIn){ .low = upto.upto, .high = INT64_MAX }, &fresh));
    out->items.p = arena_new_array(tx->a, TrialLine, kept.n + fresh.n);
    for (i64 i = 0; i < kept.n; i++) add_total(&out->items, &kept.p[i]);
    for (i64 i = 0; i < fresh.n; i++) add_total(&out->items, &fresh.p[i]);
    if (out->items.n > TRIAL_LINES_MAX) out->items.n = TRIAL_LINES_MAX;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- postings

static void show_postings(Tx *tx, const LedgerPostingsOfRowList *rows, PostingPage *out)
{
    out->items = (PostingList){ arena_new_array(tx->a, Posting, rows->n), rows->n };
    for (i64 i = 0; i < rows->n; i++) {
        const LedgerPostingsOfRow *r = &rows->p[i];
        out->items.p[i] = (Posting){ .id = r->id, .at = r->at, .kind = r->kind, .debit = r->debit, .credit = r->credit,
                                     .part = r->part, .amount = { r->amount, r->currency }, .shop = r->shop,
                                     .order = r->shop_order, .note = r->note, .actor = { r->actor },
                                     .number = r->shop_order.v ? id_number(tx->a, r->shop_order.v) : (Str){ 0 } };
    }
}

Err ledger_postings(Tx *tx, const OperatorLedgerPostingsArgs *which, PostingPage *out)
{
    LedgerPostingsOfRowList rows;
    LedgerPostingId before = which->before.v ? which->before : (LedgerPostingId){ INT64_MAX };
    LedgerPostingsOfIn of = { .shop_order = which->order, .before = before, .limit = POSTINGS_PAGE };
    LedgerPostingsWithIn with = { .account = which->account, .before = before, .limit = POSTINGS_PAGE };
    if (which->order.v) try(q_ledger_postings_of(tx, of, &rows));
    else if (which->has_account) try(q_ledger_postings_with(tx, with, &rows));
    else try(q_ledger_postings_all(tx, (LedgerPostingsAllIn){ .before = before, .limit = POSTINGS_PAGE }, &rows));
    show_postings(tx, &rows, out);
    if (rows.n == POSTINGS_PAGE) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].id.v);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- by hand

static Err need(Tx *tx, bool there, const char *field, const char *sentence)
{
    return there ? ERR_OK : refuse(&tx->why, ERR_BAD_FIELD, field, "%s", sentence);
}

// What providers and carriers hand over, and what they keep of it for their work.
static Err remitted(Tx *tx, const BookingNew *in, Entry *e)
{
    try(need(tx, in->has_method, "method", "Say who has paid: the way to pay."));
    Str part = book_method(in->method);
    LedgerAccount cost = in->method == PAYMENT_METHOD_COD ? LEDGER_ACCOUNT_SHIPPING : LEDGER_ACCOUNT_PROVIDER_FEES;
    bool same = !in->has_charge || currency_eq(in->charge.currency, e->currency);
    try(need(tx, same, "charge", "The charge is in another currency than the amount."));
    try(book_post(tx, e, LEDGER_ACCOUNT_BANK, LEDGER_ACCOUNT_CLEARING, in->amount.minor, part));
    return book_post(tx, e, cost, LEDGER_ACCOUNT_CLEARING, in->has_charge ? in->charge.minor : 0, part);
}

static Err written_off(Tx *tx, const BookingNew *in, const Entry *e)
{
    try(need(tx, in->has_method, "method", "Say who does not pay: the way to pay."));
    return book_post(tx, e, LEDGER_ACCOUNT_LOSS, LEDGER_ACCOUNT_CLEARING, in->amount.minor, book_method(in->method));
}

static Err tax_paid(Tx *tx, const BookingNew *in, const Entry *e)
{
    bool good = in->country.n == 2 && in->country.p[0] >= 'A' && in->country.p[0] <= 'Z' && in->country.p[1] >= 'A' &&
                in->country.p[1] <= 'Z';
    try(need(tx, good, "country", "Say to which country: two capital letters, as in ISO 3166."));
    return book_post(tx, e, LEDGER_ACCOUNT_TAX, LEDGER_ACCOUNT_BANK, in->amount.minor, in->country);
}

// A correction of a seller's balance, which may go below zero by it.
static Err adjusted(Tx *tx, const BookingNew *in, Entry *e)
{
    ShopCard card;
    bool from = in->has_from_seller && in->from_seller;
    LedgerAccount other = in->has_against ? in->against : LEDGER_ACCOUNT_LOSS;
    bool good = other == LEDGER_ACCOUNT_LOSS || other == LEDGER_ACCOUNT_FEES || other == LEDGER_ACCOUNT_SHIPPING ||
                other == LEDGER_ACCOUNT_PROMOTIONS;
    try(need(tx, in->shop.v > 0, "shop", "Say which shop's balance."));
    try(need(tx, good, "against", "A correction is made against loss, fees, shipping or promotions."));
    try(shop_card(tx, in->shop, &card));
    e->shop = in->shop;
    if (in->order.v) {
        LedgerSaleGetRow *s;
        try(book_sale(tx, in->order, &s));
        try(need(tx, s->shop.v == in->shop.v && currency_eq(s->currency, e->currency), "order",
                 "That order is another shop's, or in another currency."));
        e->order = in->order;
    }
    try(book_post(tx, e, from ? LEDGER_ACCOUNT_SELLER : other, from ? other : LEDGER_ACCOUNT_SELLER, in->amount.minor, STR("")));
    return book_line(tx, e, &(Line){ .other = from ? -in->amount.minor : in->amount.minor });
}

static Err book(Tx *tx, const BookingNew *in, Entry *e)
{
    switch (in->kind) {
    case BOOKING_KIND_REMITTED: e->kind = LEDGER_KIND_REMITTED; return remitted(tx, in, e);
    case BOOKING_KIND_WRITTEN_OFF: e->kind = LEDGER_KIND_WRITTEN_OFF; return written_off(tx, in, e);
    case BOOKING_KIND_TAX_PAID: e->kind = LEDGER_KIND_TAX_PAID; return tax_paid(tx, in, e);
    case BOOKING_KIND_ADJUSTED: e->kind = LEDGER_KIND_ADJUSTED; return adjusted(tx, in, e);
    }
    return ERR_INTERNAL;
}

Err ledger_booking(Tx *tx, const By *by, const BookingNew *in, PostingPage *out)
{
    LedgerPostingsOfRowList rows;
    must(by->who.is_operator && in->amount.minor > 0);
    Entry e = book_entry(by, LEDGER_KIND_ADJUSTED, (ShopId){ 0 }, (OrderId){ 0 }, in->amount.currency);
    e.note = in->reason, e.actor = by->who.account;
    try(book(tx, in, &e));
    try(q_ledger_postings_entry(tx, (LedgerPostingsEntryIn){ .entry = e.id }, &rows));
    show_postings(tx, &rows, out);
    return ERR_OK;
}
