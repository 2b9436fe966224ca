// Statements: ranges of a seller's lines, with the balance before and after. No HTTP, no JSON, no clock.
#include "base/csv.h"
#include "ledger/sellers.h"
#include "shops/shops.h"

enum { CSV_CHUNK = 500 };

// What is asked for, resolved: lines after `low` up to `high`.
typedef struct Range { Shop shop; Currency currency; Time from, to; i64 low, high, opening, closing; } Range;

static Err line_before(Tx *tx, ShopId shop, Currency c, Time at, i64 *n, i64 *balance)
{
    LedgerLineBeforeRow *row;
    try(q_ledger_line_before(tx, (LedgerLineBeforeIn){ .shop = shop, .currency = c, .at = at }, &row));
    *n = row ? row->n : 0;
    *balance = row ? row->balance : 0;
    return ERR_OK;
}

static Err enter(Tx *tx, const By *by, ShopId shop, const Period *p, Range *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    try(shop_terms(tx, shop, &out->shop));
    out->currency = p->has_currency ? p->currency : out->shop.currency;
    return ERR_OK;
}

static Err range_of(Tx *tx, const By *by, ShopId shop, const Period *p, Range *out)
{
    try(enter(tx, by, shop, p, out));
    out->from = p->has_from ? p->from : out->shop.created;
    out->to = p->has_to ? p->to : by->now + 1;
    if (out->to < out->from) return refuse(&tx->why, ERR_BAD_FIELD, "to", "A period ends after it begins.");
    try(line_before(tx, shop, out->currency, out->from, &out->low, &out->opening));
    return line_before(tx, shop, out->currency, out->to, &out->high, &out->closing);
}

static StatementLine line_of(Arena *a, const LedgerLinesRow *r)
{
    return (StatementLine){ .n = r->n, .at = r->at, .kind = r->kind, .order = r->shop_order,
                            .number = r->shop_order.v ? id_number(a, r->shop_order.v) : (Str){ 0 }, .goods = r->goods,
                            .discount = r->discount, .shipping = r->shipping, .cod_fee = r->cod_fee, .tax_added = r->tax_added,
                            .tax = r->tax, .fee = r->fee, .reserve = r->reserve, .other = r->other, .net = r->net,
                            .balance = r->balance, .note = r->note };
}

Err statement_page(Tx *tx, const By *by, ShopId shop, const Period *p, Statement *out)
{
    Range r = { 0 };
    LedgerLinesRowList rows;
    out->sums = arena_new(tx->a, StatementSums);
    try(range_of(tx, by, shop, p, &r));
    LedgerLineSumsIn all = { .shop = shop, .currency = r.currency, .low = r.low, .high = r.high };
    try(q_ledger_line_sums(tx, all, out->sums));
    i64 high = p->before && p->before - 1 < r.high ? p->before - 1 : r.high;
    LedgerLinesIn page = { .shop = shop, .currency = r.currency, .low = r.low, .high = high, .limit = STATEMENT_PAGE };
    try(q_ledger_lines(tx, page, &rows));
    out->currency = r.currency, out->from = r.from, out->to = r.to, out->opening = r.opening, out->closing = r.closing;
    out->lines = (StatementLineList){ arena_new_array(tx->a, StatementLine, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->lines.p[i] = line_of(tx->a, &rows.p[i]);
    if (rows.n == STATEMENT_PAGE) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].n);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- months, days

// The first moment of the month in which t lies, by a clock so many minutes ahead of UTC.
static Time month_of(Time t, i64 offset_minutes)
{
    char text[TIME_ISO_SIZE];
    Time first;
    time_to_iso_text(t + offset_minutes * MINUTE_MS, text);
    memcpy(text + 8, "01T00:00:00.000Z", 16);
    must(time_from_iso(str_of(text), &first));
    return first - offset_minutes * MINUTE_MS;
}

Err statement_months(Tx *tx, const By *by, ShopId shop, const Period *p, StatementMonths *out)
{
    Range r = { 0 };
    LedgerLineFirstRow *first;
    i64 offset, n, unused;
    try(enter(tx, by, shop, p, &r));
    out->currency = r.currency;
    out->items.p = arena_new_array(tx->a, StatementMonth, STATEMENT_MONTHS_MAX);
    try(q_ledger_line_first(tx, (LedgerLineFirstIn){ .shop = shop, .currency = r.currency }, &first));
    if (!first) return ERR_OK;
    try(market_number(tx, r.shop.country, MARKET_RULE_UTC_OFFSET_MINUTES, &offset));
    Time to = by->now + 1, from = month_of(by->now, offset);
    while (out->items.n < STATEMENT_MONTHS_MAX && to > first->at) {
        StatementMonth *m = &out->items.p[out->items.n++];
        *m = (StatementMonth){ .from = from, .to = to };
        try(line_before(tx, shop, r.currency, from, &n, &m->opening));
        try(line_before(tx, shop, r.currency, to, &unused, &m->closing));
        m->lines = unused - n;
        to = from;
        from = month_of(from - 1, offset);
    }
    return ERR_OK;
}

Err statement_days(Tx *tx, const By *by, ShopId shop, const Period *p, i64 days, StatementDays *out)
{
    Range r = { 0 };
    LedgerLineDaysRowList rows;
    Time today;
    i64 offset, low, unused;
    must(days >= 1 && days <= 366);
    try(enter(tx, by, shop, p, &r));
    try(market_number(tx, r.shop.country, MARKET_RULE_UTC_OFFSET_MINUTES, &offset));
    try(market_day(tx, r.shop.country, by->now, &today));
    Time from = today - (days - 1) * DAY_MS;
    try(line_before(tx, shop, r.currency, from, &low, &unused));
    LedgerLineDaysIn in = { .shop = shop, .currency = r.currency, .low = low, .offset = offset * MINUTE_MS };
    try(q_ledger_line_days(tx, in, &rows));
    out->currency = r.currency;
    out->items = (StatementDayList){ arena_new_array(tx->a, StatementDay, days), days };
    for (i64 i = 0, k = 0; i < days; i++) {
        Time day = from + i * DAY_MS;
        out->items.p[i].day = day;
        i64 number = (day + offset * MINUTE_MS) / DAY_MS;
        while (k < rows.n && rows.p[k].day < number) k++;
        if (k == rows.n || rows.p[k].day != number) continue;
        out->items.p[i].net = rows.p[k].net, out->items.p[i].orders = rows.p[k].orders;
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- CSV

static void csv_line(Buf *b, const LedgerLinesRow *r, Currency c)
{
    csv_number(b, true, r->n);
    csv_time(b, false, r->at);
    csv_cell(b, false, str_of(LEDGER_KIND_NAMES.names[r->kind]));
    csv_cell(b, false, r->shop_order.v ? id_number(b->a, r->shop_order.v) : STR(""));
    csv_cell(b, false, r->subject ? id_number(b->a, r->subject) : STR(""));
    const i64 amounts[] = { r->goods, r->discount, r->shipping, r->cod_fee, r->tax_added, r->tax, r->fee, r->reserve, r->other,
                            r->net, r->balance };
    for (i64 i = 0; i < COUNT(amounts); i++) csv_money(b, false, (Money){ amounts[i], c });
    csv_cell(b, false, currency_str(&c));
    csv_cell(b, false, r->note);
    csv_end(b);
}

Err statement_csv(Tx *tx, const By *by, ShopId shop, const Period *p, Buf *out)
{
    Range r = { 0 };
    try(range_of(tx, by, shop, p, &r));
    if (r.high - r.low > STATEMENT_CSV_LINES)
        return refuse(&tx->why, ERR_BAD_FIELD, "to", "This period has %lld lines; one file takes %d. Choose a shorter one.",
                      (long long)(r.high - r.low), STATEMENT_CSV_LINES);
    buf_add(out, STR("line,at,kind,order,reference,goods,discount,shipping,cod_fee,tax_added,tax,fee,reserve,other,net,balance,"
                     "currency,note\r\n"));
    // Rows lie in the transaction's arena only until they are written: the text, which lies apart, is what may grow.
    Arena *own = tx->a, rows_arena = { 0 };
    Err e = ERR_OK;
    for (i64 low = r.low; low < r.high && e == ERR_OK; low += CSV_CHUNK) {
        LedgerLinesRowList rows;
        i64 high = low + CSV_CHUNK < r.high ? low + CSV_CHUNK : r.high;
        tx->a = &rows_arena;
        e = q_ledger_lines_up(tx, (LedgerLinesUpIn){ .shop = shop, .currency = r.currency, .low = low, .high = high,
                                                     .limit = CSV_CHUNK }, &rows);
        for (i64 i = 0; e == ERR_OK && i < rows.n; i++) csv_line(out, &rows.p[i], r.currency);
        arena_reset(&rows_arena);
    }
    tx->a = own;
    arena_free(&rows_arena);
    return e;
}
