// Invoices and credit notes: numbered without gaps, kept as they were issued. No HTTP, no clock.
#include "accounts/accounts.h"
#include "base/log.h"
#include "shops/shops.h"
#include "tax/rates.h"
#include "tax/sums.h"
#include "tax/tax.h"

enum { NUMBER_DIGITS = 6 };

// ---------------------------------------------------------------------------------------------- tax by rate

// Amounts with their taxes and rates: a paper's lines and, last, its shipping.
typedef struct Amounts { i64 minor[TAX_LINES_MAX + 1], tax[TAX_LINES_MAX + 1], rate_ppm[TAX_LINES_MAX + 1], n; } Amounts;

static void amounts_of(const InvoiceLine *lines, i64 n, Amounts *out)
{
    for (i64 i = 0; i < n; i++) {
        out->minor[i] = lines[i].total;
        out->tax[i] = lines[i].tax;
        out->rate_ppm[i] = lines[i].rate_ppm;
    }
    out->n = n;
}

static void add_amount(Amounts *a, i64 minor, i64 tax, i64 rate_ppm)
{
    if (minor == 0 && tax == 0) return;
    a->minor[a->n] = minor;
    a->tax[a->n] = tax;
    a->rate_ppm[a->n++] = rate_ppm;
}

// How a share of the price is called and stated. The day's table may not know it (the operator has changed it since): then it
// is stated plainly.
static const TaxRatesAtRow *row_of(const TaxTable *t, i64 rate_ppm)
{
    const TaxRatesAtRow *standard = tax_find_own(t, TAX_CLASS_STANDARD);
    if (standard && standard->rate_ppm == rate_ppm) return standard;
    for (i64 i = 0; i < t->n; i++)
        if (t->rows[i].rate_ppm == rate_ppm) return &t->rows[i];
    return NULL;
}

typedef struct Stating { InvoiceId invoice; i64 seq; const TaxTable *table; } Stating;

static Err state_one(Tx *tx, Stating *s, TaxInvoiceTaxPutIn row)
{
    row.invoice = s->invoice;
    row.seq = s->seq++;
    return q_tax_invoice_tax_put(tx, row);
}

// The rate's tax in the names that it has: several share it by their parts.
static Err state_rate(Tx *tx, Stating *s, i64 rate_ppm, i64 base, i64 tax)
{
    const TaxRatesAtRow *row = row_of(s->table, rate_ppm), *standard = tax_find_own(s->table, TAX_CLASS_STANDARD);
    TaxPart parts[TAX_PARTS_MAX];
    i64 n = 0, weights[TAX_PARTS_MAX], shares[TAX_PARTS_MAX];
    TaxInvoiceTaxPutIn plain = { .name = standard ? standard->name : STR(""), .rate_ppm = rate_ppm, .base_part = 1,
                                 .base_whole = 1, .base_minor = base, .tax_minor = tax };
    if (!row) return state_one(tx, s, plain);
    if (row->parts.n == 0 || !tax_parts_parse(row->parts, parts, &n)) {
        plain.name = row->name;
        plain.rate_ppm = row->nominal_ppm;
        plain.base_part = row->base_part;
        plain.base_whole = row->base_whole;
        return state_one(tx, s, plain);
    }
    for (i64 i = 0; i < n; i++) weights[i] = parts[i].ppm;
    money_split(tax, weights, n, shares);
    for (i64 i = 0; i < n; i++)
        try(state_one(tx, s, (TaxInvoiceTaxPutIn){ .name = parts[i].name, .rate_ppm = parts[i].ppm, .base_part = 1,
                                                   .base_whole = 1, .base_minor = base, .tax_minor = shares[i] }));
    return ERR_OK;
}

static Err state_taxes(Tx *tx, InvoiceId invoice, const TaxTable *table, const Amounts *a, bool inclusive)
{
    Stating s = { .invoice = invoice, .table = table };
    bool done[TAX_LINES_MAX + 1] = { 0 };
    for (i64 i = 0; i < a->n; i++) {
        i64 base = 0, tax = 0;
        if (done[i]) continue;
        for (i64 k = i; k < a->n; k++) {
            if (a->rate_ppm[k] != a->rate_ppm[i]) continue;
            done[k] = true;
            base += a->minor[k] - (inclusive ? a->tax[k] : 0);
            tax += a->tax[k];
        }
        try(state_rate(tx, &s, a->rate_ppm[i], base, tax));
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- issuing

static Err broken(Tx *tx, OrderId order, const char *what)
{
    log_event(LOG_ERROR, (Str){ 0 }, "invoice", "order %lld: %s", (long long)order.v, what);
    return refuse(&tx->why, ERR_INTERNAL, NULL, "The sums of this order do not agree; it has been logged.");
}

static bool line_agrees(const InvoiceLine *l)
{
    i64 full;
    return l->quantity > 0 && l->price >= 0 && l->discount >= 0 && l->total >= 0 && l->tax >= 0 && l->rate_ppm >= 0 &&
           l->rate_ppm <= TAX_PPM && (l->rate_ppm > 0 || l->tax == 0) && !__builtin_mul_overflow(l->quantity, l->price, &full) &&
           full <= MONEY_MAX_MINOR && full - l->discount == l->total;
}

static const char *disagreement(const InvoiceFacts *f)
{
    i64 goods = 0, discount = 0, tax = f->shipping_tax;
    if (f->n < 1 || f->n > TAX_LINES_MAX) return "an invoice has 1 to 60 lines";
    if (f->shipping < 0 || f->cod_fee < 0 || f->shipping > MONEY_MAX_MINOR || f->cod_fee > MONEY_MAX_MINOR) return "shipping";
    if (f->shipping_tax < 0 || f->shipping_rate_ppm < 0 || f->shipping_rate_ppm > TAX_PPM) return "the tax on shipping";
    for (i64 i = 0; i < f->n; i++) {
        if (!line_agrees(&f->lines[i])) return "a line";
        goods += f->lines[i].total + f->lines[i].discount;
        discount += f->lines[i].discount;
        tax += f->lines[i].tax;
    }
    if (goods != f->goods || discount != f->discount) return "goods and discounts are not their lines'";
    if (tax != f->tax) return "the tax is not its lines'";
    if (f->total != goods - discount + f->shipping + f->cod_fee + (f->inclusive ? 0 : tax)) return "the total is not its parts'";
    return NULL;
}

// Where the order went, as far as it can still be read.
static Err place_of(Tx *tx, const By *by, const InvoiceFacts *f, Str country, TaxPlace *out)
{
    Str text = STR("");
    AddressNew to = { 0 };
    if (f->ship_to.n) try(account_open(tx, by, f->buyer, f->ship_to, &text));
    if (text.n && json_read(tx->a, &ADDRESS_NEW_TYPE, text, &to, &tx->why) != ERR_OK) return ERR_INTERNAL;
    *out = tax_place(tx->a, (Place){ .country = to.country.n ? to.country : country, .region = to.region,
                                     .postcode = to.postcode });
    return ERR_OK;
}

// The seller's side of a paper, as it is now.
static Err write_seller(Tx *tx, ShopId shop, TaxInvoicePutIn *in, Str *prefix)
{
    TaxSellerGetRow *row;
    Shop terms;
    try(shop_terms(tx, shop, &terms));
    try(q_tax_seller_get(tx, (TaxSellerGetIn){ .shop = shop }, &row));
    try(market_offset(tx, terms.country, in->issued, &in->utc_offset_minutes));
    in->shop_name = terms.name;
    in->seller_country = terms.country;
    in->seller_name = row && row->legal_name.n ? row->legal_name : terms.name;
    in->seller_address = row && row->address.n ? row->address : terms.city;
    in->seller_tax_id = row ? row->tax_id : STR("");
    in->seller_registration = row ? row->registration : STR("");
    in->seller_note = row ? row->note : STR("");
    in->language = str_eq(terms.country, STR("ID")) ? STR("id") : STR("en");
    *prefix = row ? row->prefix : STR("");
    return ERR_OK;
}

// The row is there and this transaction made it: now it gets its number. Whoever is second waits for, or repeats after, the
// first one's commit; a rollback takes the counter back too. So there is neither a gap nor a double.
static Err give_number(Tx *tx, InvoiceId id, ShopId shop, InvoiceKind kind, Str prefix)
{
    TaxNumberNextRow next;
    i64 n;
    try(q_tax_number_next(tx, (TaxNumberNextIn){ .shop = shop, .kind = kind }, &next));
    Str number = arena_format(tx->a, "%.*s%s-%0*lld", STR_ARG(prefix), kind == INVOICE_KIND_INVOICE ? "INV" : "CN", NUMBER_DIGITS,
                              (long long)next.last);
    try(q_tax_invoice_number(tx, (TaxInvoiceNumberIn){ .id = id, .n = next.last, .number = number }, &n));
    must(n == 1);
    return ERR_OK;
}

static Err write_lines(Tx *tx, InvoiceId id, const InvoiceLine *lines, i64 n)
{
    for (i64 i = 0; i < n; i++) {
        const InvoiceLine *l = &lines[i];
        try(q_tax_invoice_line_put(tx, (TaxInvoiceLinePutIn){
            .invoice = id, .seq = i, .title = l->title, .options = l->options, .sku = l->sku, .quantity = l->quantity,
            .price_minor = l->price, .discount_minor = l->discount, .total_minor = l->total, .tax_minor = l->tax,
            .rate_ppm = l->rate_ppm }));
    }
    return ERR_OK;
}

// The rate of the shipping's tax. Facts that name none have the goods' main one, which shipping follows.
static i64 shipping_rate(const InvoiceFacts *f)
{
    i64 minor[TAX_LINES_MAX], rate_ppm[TAX_LINES_MAX];
    if (f->shipping_rate_ppm > 0 || f->shipping_tax == 0) return f->shipping_rate_ppm;
    for (i64 i = 0; i < f->n; i++) {
        minor[i] = f->lines[i].total;
        rate_ppm[i] = f->lines[i].rate_ppm;
    }
    return tax_main_rate(minor, rate_ppm, f->n);
}

static Err table_of(Tx *tx, TaxPlace place, Time at, TaxTable *out)
{
    Str day;
    try(tax_day(tx, place.country, at, &day));
    return tax_table(tx, place, day, out);
}

Err tax_invoice(Tx *tx, const By *by, const InvoiceFacts *f)
{
    const char *wrong = disagreement(f);
    if (wrong) return broken(tx, f->order, wrong);
    InvoiceId id = invoice_id_next(by->ids, by->now);
    Time taxed_at = f->taxed_at ? f->taxed_at : by->now;
    TaxInvoicePutIn in = {
        .id = id, .kind = INVOICE_KIND_INVOICE, .subject = f->order.v, .shop = f->shop, .shop_order = f->order,
            .account = f->buyer,
        .issued = by->now, .currency = f->currency, .goods_minor = f->goods, .discount_minor = f->discount,
        .shipping_minor = f->shipping, .cod_fee_minor = f->cod_fee, .tax_minor = f->tax, .total_minor = f->total,
        .shipping_tax_minor = f->shipping_tax, .shipping_rate_ppm = shipping_rate(f), .inclusive = f->inclusive,
        .taxed_at = taxed_at, .order_number = f->order_number, .method = f->method, .ship_to = f->ship_to };
    TaxPlace place;
    TaxTable table;
    Str prefix;
    i64 made, by_platform;
    try(write_seller(tx, f->shop, &in, &prefix));
    try(place_of(tx, by, f, in.seller_country, &place));
    try(market_number(tx, place.country, MARKET_RULE_TAX_BY_PLATFORM, &by_platform));
    in.country = place.country;
    in.region = place.region;
    in.by_platform = by_platform != 0;
    try(q_tax_invoice_put(tx, in, &made));
    if (made == 0) return ERR_OK;                             // once an order
    try(give_number(tx, id, f->shop, INVOICE_KIND_INVOICE, prefix));
    try(write_lines(tx, id, f->lines, f->n));
    Amounts amounts;
    amounts_of(f->lines, f->n, &amounts);
    add_amount(&amounts, f->shipping + f->cod_fee, f->shipping_tax, in.shipping_rate_ppm);
    try(table_of(tx, place, taxed_at, &table));
    return state_taxes(tx, id, &table, &amounts, f->inclusive);
}

// ---------------------------------------------------------------------------------------------- credit notes

// Without lines nobody knows which rate's tax goes back: each gets its part of the invoice's.
static Err state_shares(Tx *tx, InvoiceId note, const CreditFacts *f, const TaxInvoiceRowRow *invoice)
{
    TaxInvoiceTaxesRowList rows;
    i64 weights[TAX_LINES_MAX * TAX_PARTS_MAX], taxes[TAX_LINES_MAX * TAX_PARTS_MAX], bases[TAX_LINES_MAX * TAX_PARTS_MAX];
    i64 back = f->goods + f->shipping - (invoice->inclusive ? f->tax : 0);
    i64 whole = invoice->goods_minor - invoice->discount_minor + invoice->shipping_minor + invoice->cod_fee_minor -
                (invoice->inclusive ? invoice->tax_minor : 0);
    try(q_tax_invoice_taxes(tx, (TaxInvoiceTaxesIn){ .invoice = invoice->id }, &rows));
    must(rows.n >= 1 && rows.n <= COUNT(weights));
    for (i64 i = 0; i < rows.n; i++) weights[i] = rows.p[i].tax_minor;
    money_split(f->tax, weights, rows.n, taxes);
    // Names that share one rate have the same base: so each is the invoice's in proportion, not a split.
    for (i64 i = 0; i < rows.n; i++)
        if (whole <= 0 || !money_ratio(back < 0 ? 0 : back, rows.p[i].base_minor, whole, ROUND_HALF_UP, &bases[i])) bases[i] = 0;
    for (i64 i = 0; i < rows.n; i++)
        try(q_tax_invoice_tax_put(tx, (TaxInvoiceTaxPutIn){
            .invoice = note, .seq = i, .name = rows.p[i].name, .rate_ppm = rows.p[i].rate_ppm, .base_part = rows.p[i].base_part,
            .base_whole = rows.p[i].base_whole, .base_minor = bases[i], .tax_minor = taxes[i] }));
    return ERR_OK;
}

static Err state_credit(Tx *tx, InvoiceId note, const CreditFacts *f, const TaxInvoiceRowRow *invoice)
{
    Amounts amounts;
    TaxTable table;
    i64 shipping_tax = f->tax;
    if (f->n == 0 && f->goods > 0) return state_shares(tx, note, f, invoice);
    amounts_of(f->lines, f->n, &amounts);
    for (i64 i = 0; i < f->n; i++) shipping_tax -= f->lines[i].tax;
    add_amount(&amounts, f->shipping, shipping_tax, invoice->shipping_rate_ppm);
    TaxPlace place = tax_place(tx->a, (Place){ .country = invoice->country, .region = invoice->region });
    try(table_of(tx, place, invoice->taxed_at, &table));
    return state_taxes(tx, note, &table, &amounts, invoice->inclusive);
}

static const char *credit_disagreement(const CreditFacts *f)
{
    i64 goods = 0, tax = 0;
    if (f->goods < 0 || f->shipping < 0 || f->tax < 0 || f->total < 0) return "a credit note gives back, it takes nothing";
    if (f->n < 0 || f->n > TAX_LINES_MAX) return "a credit note has at most 60 lines";
    for (i64 i = 0; i < f->n; i++) {
        if (!line_agrees(&f->lines[i])) return "a line of a credit note";
        goods += f->lines[i].total;
        tax += f->lines[i].tax;
    }
    if (f->n && (goods != f->goods || tax > f->tax)) return "a credit note's goods and tax are not its lines'";
    return NULL;
}

static Err find_invoice(Tx *tx, OrderId order, TaxInvoiceRowRow **out)
{
    TaxInvoiceOfRow *found;
    *out = NULL;
    try(q_tax_invoice_of(tx, (TaxInvoiceOfIn){ .kind = INVOICE_KIND_INVOICE, .subject = order.v }, &found));
    return found ? q_tax_invoice_row(tx, (TaxInvoiceRowIn){ .id = found->id }, out) : ERR_OK;
}

static TaxInvoicePutIn credit_of(const By *by, const CreditFacts *f, const TaxInvoiceRowRow *i)
{
    return (TaxInvoicePutIn){
        .id = invoice_id_next(by->ids, by->now), .kind = INVOICE_KIND_CREDIT_NOTE, .subject = f->refund.v, .credits = i->id,
        .shop = i->shop, .shop_order = i->shop_order, .account = i->account, .issued = by->now, .currency = i->currency,
        .goods_minor = f->goods, .shipping_minor = f->shipping, .tax_minor = f->tax, .total_minor = f->total,
        .other_minor = f->total - f->goods - f->shipping - (i->inclusive ? 0 : f->tax),
        .shipping_rate_ppm = i->shipping_rate_ppm, .inclusive = i->inclusive, .by_platform = i->by_platform,
        .country = i->country, .region = i->region, .taxed_at = i->taxed_at, .order_number = i->order_number, .method = i->method,
        .reason = f->reason, .ship_to = i->ship_to };
}

Err tax_credit_note(Tx *tx, const By *by, const CreditFacts *f)
{
    TaxInvoiceRowRow *invoice;
    Str prefix;
    i64 n;
    const char *wrong = credit_disagreement(f);
    if (wrong) return broken(tx, f->order, wrong);
    try(find_invoice(tx, f->order, &invoice));
    if (!invoice) return ERR_OK;
    TaxInvoicePutIn in = credit_of(by, f, invoice);
    for (i64 i = 0; i < f->n; i++) in.discount_minor += f->lines[i].discount;
    in.goods_minor += in.discount_minor;
    in.shipping_tax_minor = f->tax;
    for (i64 i = 0; i < f->n; i++) in.shipping_tax_minor -= f->lines[i].tax;
    if (f->n == 0 && f->goods > 0) in.shipping_tax_minor = 0;     // nobody knows which part of it is shipping's
    try(write_seller(tx, invoice->shop, &in, &prefix));
    in.language = invoice->language;
    try(q_tax_invoice_put(tx, in, &n));
    if (n == 0) return ERR_OK;                                // once a refund
    try(q_tax_invoice_credit(tx, (TaxInvoiceCreditIn){ .id = invoice->id, .total = f->total, .tax = f->tax }, &n));
    if (n == 0)
        return refuse(&tx->why, ERR_WRONG_STATE, "total",
                      "Credit notes may not come to more than their invoice: %lld of %lld are "
                      "given back already.", (long long)invoice->credited_minor, (long long)invoice->total_minor);
    try(give_number(tx, in.id, invoice->shop, INVOICE_KIND_CREDIT_NOTE, prefix));
    try(write_lines(tx, in.id, f->lines, f->n));
    return state_credit(tx, in.id, f, invoice);
}
