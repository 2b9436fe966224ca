// How an entry is written: postings, a line of the seller's statement, the balance. The rest of ledger/ decides what.
#include "ledger/books.h"

Str book_method(PaymentMethod m)
{
    return str_of(PAYMENT_METHOD_NAMES.names[m]);
}

LedgerAccount book_inside(PaymentMethod m)
{
    return m == PAYMENT_METHOD_TRANSFER ? LEDGER_ACCOUNT_BANK : LEDGER_ACCOUNT_CLEARING;
}

Entry book_entry(const By *by, LedgerKind kind, ShopId shop, OrderId order, Currency currency)
{
    return (Entry){ .by = by, .kind = kind, .id = id_next(by->ids, by->now), .shop = shop, .order = order, .currency = currency };
}

Err book_post(Tx *tx, const Entry *e, LedgerAccount debit, LedgerAccount credit, i64 amount, Str part)
{
    must(amount >= 0 && debit != credit);
    if (amount == 0) return ERR_OK;
    return q_ledger_posting_put(tx, (LedgerPostingPutIn){
        .id = ledger_posting_id_next(e->by->ids, e->by->now), .entry = e->id, .kind = e->kind, .debit = debit, .credit = credit,
        .currency = e->currency, .amount = amount, .shop = e->shop, .shop_order = e->order, .subject = e->subject,
        .part = part.p ? part : STR(""), .note = e->note, .actor = e->actor, .now = e->by->now });
}

// ---------------------------------------------------------------------------------------------- the seller's account

i64 book_line_net(const Line *l)
{
    return l->goods + l->discount + l->shipping + l->cod_fee + l->tax_added + l->tax + l->fee + l->reserve + l->other;
}

static bool line_empty(const Line *l)
{
    return !(l->goods | l->discount | l->shipping | l->cod_fee | l->tax_added | l->tax | l->fee | l->reserve | l->other);
}

static Err line_write(Tx *tx, const Entry *e, const Line *l, const LedgerBalanceAddRow *after)
{
    return q_ledger_line_put(tx, (LedgerLinePutIn){
        .shop = e->shop, .currency = e->currency, .n = after->lines, .kind = e->kind, .entry = e->id, .shop_order = e->order,
        .subject = e->subject, .goods = l->goods, .discount = l->discount, .shipping = l->shipping, .cod_fee = l->cod_fee,
        .tax_added = l->tax_added, .tax = l->tax, .fee = l->fee, .reserve = l->reserve, .other = l->other,
        .net = book_line_net(l), .balance = after->available, .note = e->note, .now = after->last_at });
}

Err book_line(Tx *tx, const Entry *e, const Line *l)
{
    LedgerBalanceAddRow after;
    if (line_empty(l)) return ERR_OK;
    try(q_ledger_balance_add(tx, (LedgerBalanceAddIn){ .shop = e->shop, .currency = e->currency, .delta = book_line_net(l),
                                                       .now = e->by->now }, &after));
    return line_write(tx, e, l, &after);
}

Err book_take(Tx *tx, const Entry *e, i64 amount)
{
    LedgerBalanceAddRow *after;
    must(amount > 0);
    try(q_ledger_balance_take(tx, (LedgerBalanceTakeIn){ .shop = e->shop, .currency = e->currency, .amount = amount,
                                                         .now = e->by->now }, &after));
    if (!after) return refuse(&tx->why, ERR_BALANCE, "amount", "There is not so much in the balance.");
    return line_write(tx, e, &(Line){ .other = -amount }, after);
}
