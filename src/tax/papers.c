// From an invoice to the facts of a paper, and the book of all. No HTTP, no clock.
#include "tax/papers.h"

#include <sodium.h>

#include "base/csv.h"
#include "gen/tax.gen.h"
#include "shops/shops.h"

// ---------------------------------------------------------------------------------------------- what a country wants to read

enum { TLV_TEXT_MAX = 255, TLV_MAX = 5 * (TLV_TEXT_MAX + 2) };

static void add_tlv(Buf *b, char tag, Str value)
{
    while (value.n > TLV_TEXT_MAX || (value.n > 0 && str_utf8_length(value) < 0)) value.n--;
    buf_add_char(b, tag);
    buf_add_char(b, (char)(u8)value.n);
    buf_add(b, value);
}

static Str plain_amount(Arena *a, Money m)
{
    i64 unit = 1;
    int decimals = currency_decimals(m.currency);
    for (int i = 0; i < decimals; i++) unit *= 10;
    return arena_format(a, "%lld.%0*lld", (long long)(m.minor / unit), decimals, (long long)(m.minor % unit));
}

// Saudi Arabia: seller, VAT number, time, total, VAT as tag, length, value, in base64 (ZATCA, e-invoicing regulation, annex 2).
static Str zatca(Arena *a, const Invoice *x)
{
    if (!str_eq(x->seller->country, STR("SA")) || x->seller->tax_id.n == 0) return STR("");
    Buf b = buf_new(a, TLV_MAX);
    add_tlv(&b, 1, x->seller->name);
    add_tlv(&b, 2, x->seller->tax_id);
    Str iso = time_to_iso(a, x->issued);
    add_tlv(&b, 3, arena_format(a, "%.*sZ", STR_ARG(str_slice(iso, 0, 19))));
    add_tlv(&b, 4, plain_amount(a, x->total));
    add_tlv(&b, 5, plain_amount(a, x->tax));
    size_t size = sodium_base64_encoded_len(b.n, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_alloc(a, size);
    sodium_bin2base64(text, size, (const u8 *)b.p, b.n, sodium_base64_VARIANT_ORIGINAL);
    return str_of(text);
}

// ---------------------------------------------------------------------------------------------- one paper

static PaperAddress address_of(const InvoiceBuyer *b)
{
    return (PaperAddress){ .name = b->name, .line1 = b->line1, .line2 = b->line2, .city = b->city, .region = b->region,
                           .postcode = b->postcode, .country = b->country };
}

PaperInvoice paper_of(Arena *a, const Invoice *x, i64 utc_offset_minutes)
{
    PaperItem *items = arena_new_array(a, PaperItem, x->lines.n);
    PaperTax *taxes = arena_new_array(a, PaperTax, x->taxes.n);
    for (i64 i = 0; i < x->lines.n; i++) {
        const InvoiceItem *l = &x->lines.p[i];
        items[i] = (PaperItem){ .title = l->title, .options = l->options, .sku = l->sku, .quantity = l->quantity,
                                .price = l->price.minor, .discount = l->discount.minor, .total = l->total.minor,
                                .tax = l->tax.minor, .rate_ppm = l->rate_ppm };
    }
    for (i64 i = 0; i < x->taxes.n; i++) {
        const InvoiceTax *t = &x->taxes.p[i];
        taxes[i] = (PaperTax){ .name = t->name, .rate_ppm = t->rate_ppm, .base_part = t->base_part, .base_whole = t->base_whole,
                               .base = t->base.minor, .tax = t->tax.minor };
    }
    const InvoiceSeller *s = x->seller;
    PaperInvoice v = {
        .language = x->language, .credit = x->kind == INVOICE_KIND_CREDIT_NOTE, .number = x->number,
            .order_number = x->order_number,
        .credits = x->credits, .reason = x->reason, .method = x->method, .issued = x->issued,
        .offset_minutes = utc_offset_minutes, .shop_name = s->shop, .seller_name = s->name, .seller_address = s->address,
        .seller_country = s->country, .seller_tax_id = s->tax_id, .seller_registration = s->registration,
        .seller_note = s->note, .has_buyer = x->buyer != NULL,
        .currency = x->total.currency, .lines = items, .n = x->lines.n, .goods = x->goods.minor, .discount = x->discount.minor,
        .shipping = x->shipping.minor, .cod_fee = x->cod_fee.minor, .other = x->other.minor, .tax = x->tax.minor,
        .total = x->total.minor, .inclusive = x->inclusive, .by_platform = x->by_platform, .taxes = taxes, .n_taxes = x->taxes.n,
        .qr = zatca(a, x) };
    if (x->buyer) v.buyer = address_of(x->buyer);
    return v;
}

Err tax_paper(Tx *tx, const By *by, InvoiceId id, PaperInvoice *out)
{
    Invoice invoice;
    TaxInvoiceRowRow *row;
    try(tax_invoice_view(tx, by, id, &invoice));
    try(q_tax_invoice_row(tx, (TaxInvoiceRowIn){ .id = id }, &row));
    must(row != NULL);
    *out = paper_of(tx->a, &invoice, row->utc_offset_minutes);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- the book

enum { BOOK_ROWS_A_QUERY = 5000, BOOK_ROWS_MAX = 50000, BOOK_DAYS_MAX = 366, BOOK_BYTES_MAX = 8 * 1024 * 1024 };

// What a credit note gives back stands with a minus, so that a column can be added up.
static void add_row(Buf *b, Arena *a, const TaxInvoiceBookRow *r, bool first)
{
    i64 sign = r->kind == INVOICE_KIND_CREDIT_NOTE ? -1 : 1;
    Currency c = r->currency;
    csv_cell(b, true, r->number);
    csv_cell(b, false, str_of(INVOICE_KIND_NAMES.names[r->kind]));
    csv_cell(b, false, str_slice(time_to_iso(a, r->issued + r->utc_offset_minutes * MINUTE_MS), 0, 10));
    csv_cell(b, false, r->order_number);
    csv_cell(b, false, r->credits);
    csv_cell(b, false, r->country);
    csv_cell(b, false, currency_str(&c));
    if (first) csv_money(b, false, (Money){ sign * r->total_minor, c });
    else csv_cell(b, false, STR(""));
    csv_cell(b, false, r->name);
    buf_format(b, ",%lld.%04lld", (long long)(r->rate_ppm / 10000), (long long)(r->rate_ppm % 10000));
    buf_format(b, ",%lld/%lld", (long long)r->base_part, (long long)r->base_whole);
    csv_money(b, false, (Money){ sign * r->base_minor, c });
    csv_money(b, false, (Money){ sign * r->tax_minor, c });
    csv_end(b);
}

static Err day_of(Tx *tx, Str country, Str text, const char *field, Time *out)
{
    i64 minutes;
    Time t = 0;
    bool good = text.n == 10 && time_from_iso(arena_format(tx->a, "%.*sT00:00:00Z", STR_ARG(text)), &t);
    if (!good) return refuse(&tx->why, ERR_BAD_FIELD, field, "Give a day such as 2025-01-31.");
    try(market_offset(tx, country, t + 12 * (i64)HOUR_MS, &minutes));
    *out = t - minutes * MINUTE_MS;
    return ERR_OK;
}

Err tax_book(Tx *tx, const By *by, BookWanted want, Str *csv)
{
    Time from, until;
    Shop shop;
    InvoiceId after = { 0 };
    TaxInvoiceBookRowList rows;
    i64 n = 0;
    try(shop_may(tx, by, want.shop, STAFF_ROLE_MANAGER));
    try(shop_terms(tx, want.shop, &shop));
    try(day_of(tx, shop.country, want.from, "from", &from));
    try(day_of(tx, shop.country, want.until, "until", &until));
    if (until <= from || until - from > (i64)BOOK_DAYS_MAX * DAY_MS)
        return refuse(&tx->why, ERR_BAD_FIELD, "until", "This must be 1 to %d days after from.", BOOK_DAYS_MAX);
    Buf b = buf_new(tx->a, BOOK_BYTES_MAX);
    buf_add(&b, STR("number,kind,day,order,credits,country,currency,total,tax,percent,base_part,base,tax_amount\r\n"));
    InvoiceId last = { 0 };
    do {
        try(q_tax_invoice_book(tx, (TaxInvoiceBookIn){ .shop = want.shop, .from = from, .until = until, .after = after,
                                                       .limit = BOOK_ROWS_A_QUERY }, &rows));
        // The last paper of a full page may have more rates: it begins the next page.
        i64 whole = rows.n;
        if (rows.n == BOOK_ROWS_A_QUERY)
            while (whole > 0 && rows.p[whole - 1].id.v == rows.p[rows.n - 1].id.v) whole--;
        for (i64 i = 0; i < whole; i++) {
            add_row(&b, tx->a, &rows.p[i], rows.p[i].id.v != last.v);
            last = rows.p[i].id;
        }
        n += whole;
        after = last;
        if (b.full || n > BOOK_ROWS_MAX)
            return refuse(&tx->why, ERR_BAD_FIELD, "until", "That is more than %d rows: ask for fewer days.", BOOK_ROWS_MAX);
    } while (rows.n == BOOK_ROWS_A_QUERY);
    *csv = buf_str(&b);
    return ERR_OK;
}
