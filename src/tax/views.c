// Invoices and credit notes as people see them, and what must always hold of them. No HTTP, no clock.
#include "accounts/accounts.h"
#include "shops/shops.h"
#include "gen/tax.gen.h"
#include "tax/tax.h"

// ---------------------------------------------------------------------------------------------- one paper

static InvoiceCard card_of(const TaxInvoiceCardsOfShopRow *r)
{
    return (InvoiceCard){ .id = r->id, .kind = r->kind, .number = r->number, .order = r->shop_order,
                          .order_number = r->order_number,
                          .issued = r->issued, .country = r->country, .tax = { r->tax_minor, r->currency },
                          .total = { r->total_minor, r->currency } };
}

static void cards_of(Arena *a, const TaxInvoiceCardsOfShopRowList *rows, InvoiceCardList *out)
{
    *out = (InvoiceCardList){ arena_new_array(a, InvoiceCard, rows->n), rows->n };
    for (i64 i = 0; i < rows->n; i++) out->p[i] = card_of(&rows->p[i]);
}

static Err fill_buyer(Tx *tx, const By *by, const TaxInvoiceRowRow *row, Invoice *out)
{
    Str text = STR("");
    AddressNew to = { 0 };
    if (row->ship_to.n) try(account_open(tx, by, row->account, row->ship_to, &text));
    if (text.n == 0) return ERR_OK;                           // the buyer has been erased
    if (json_read(tx->a, &ADDRESS_NEW_TYPE, text, &to, &tx->why) != ERR_OK) return ERR_INTERNAL;
    out->buyer = arena_new(tx->a, InvoiceBuyer);
    *out->buyer = (InvoiceBuyer){ .name = to.name, .line1 = to.line1, .line2 = to.line2, .city = to.city, .region = to.region,
                                  .postcode = to.postcode, .country = to.country };
    return ERR_OK;
}

static Err fill_lines(Tx *tx, InvoiceId id, Currency c, Invoice *out)
{
    TaxInvoiceLinesRowList lines;
    TaxInvoiceTaxesRowList taxes;
    try(q_tax_invoice_lines(tx, (TaxInvoiceLinesIn){ .invoice = id }, &lines));
    try(q_tax_invoice_taxes(tx, (TaxInvoiceTaxesIn){ .invoice = id }, &taxes));
    out->lines = (InvoiceItemList){ arena_new_array(tx->a, InvoiceItem, lines.n), lines.n };
    for (i64 i = 0; i < lines.n; i++) {
        const TaxInvoiceLinesRow *l = &lines.p[i];
        out->lines.p[i] = (InvoiceItem){ .title = l->title, .options = l->options, .sku = l->sku, .quantity = l->quantity,
                                         .price = { l->price_minor, c }, .discount = { l->discount_minor, c },
                                         .total = { l->total_minor, c }, .tax = { l->tax_minor, c }, .rate_ppm = l->rate_ppm };
    }
    out->taxes = (InvoiceTaxList){ arena_new_array(tx->a, InvoiceTax, taxes.n), taxes.n };
    for (i64 i = 0; i < taxes.n; i++) {
        const TaxInvoiceTaxesRow *t = &taxes.p[i];
        out->taxes.p[i] = (InvoiceTax){ .name = t->name, .rate_ppm = t->rate_ppm, .base_part = t->base_part,
                                        .base_whole = t->base_whole, .base = { t->base_minor, c }, .tax = { t->tax_minor, c } };
    }
    return ERR_OK;
}

static Err fill(Tx *tx, const By *by, const TaxInvoiceRowRow *row, Invoice *out)
{
    Currency c = row->currency;
    InvoiceSeller *seller = arena_new(tx->a, InvoiceSeller);
    *seller = (InvoiceSeller){ .name = row->seller_name, .shop = row->shop_name, .address = row->seller_address,
                               .country = row->seller_country, .tax_id = row->seller_tax_id,
                               .registration = row->seller_registration, .note = row->seller_note };
    *out = (Invoice){
        .id = row->id, .kind = row->kind, .number = row->number, .shop = row->shop, .order = row->shop_order,
        .order_number = row->order_number, .issued = row->issued, .language = row->language, .seller = seller,
        .goods = { row->goods_minor, c }, .discount = { row->discount_minor, c }, .shipping = { row->shipping_minor, c },
        .cod_fee = { row->cod_fee_minor, c }, .other = { row->other_minor, c }, .tax = { row->tax_minor, c },
        .total = { row->total_minor, c }, .shipping_tax = { row->shipping_tax_minor, c },
        .shipping_rate_ppm = row->shipping_rate_ppm, .inclusive = row->inclusive, .by_platform = row->by_platform,
        .country = row->country, .method = row->method, .reason = row->reason };
    try(fill_buyer(tx, by, row, out));
    try(fill_lines(tx, row->id, c, out));
    TaxInvoiceCardsOfShopRowList notes = { 0 };
    if (row->kind == INVOICE_KIND_CREDIT_NOTE) {
        TaxInvoiceRowRow *invoice;
        out->refund = (RefundId){ row->subject };
        try(q_tax_invoice_row(tx, (TaxInvoiceRowIn){ .id = row->credits }, &invoice));
        if (invoice) out->credits = invoice->number;
    } else {
        try(q_tax_invoice_cards_of_order(tx, (TaxInvoiceCardsOfOrderIn){ .shop_order = row->shop_order,
                                                                        .kind = INVOICE_KIND_CREDIT_NOTE }, &notes));
    }
    cards_of(tx->a, &notes, &out->credit_notes);
    return ERR_OK;
}

// The buyer, or who works in the shop; for others an id tells nothing.
static Err may_see(Tx *tx, const By *by, const TaxInvoiceRowRow *row)
{
    if (by->who.account != 0 && row->account.v == by->who.account) return ERR_OK;
    Err e = shop_may(tx, by, row->shop, STAFF_ROLE_PACKER);
    return e == ERR_FORBIDDEN || e == ERR_NOT_FOUND ? refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such invoice.") : e;
}

Err tax_invoice_view(Tx *tx, const By *by, InvoiceId id, Invoice *out)
{
    TaxInvoiceRowRow *row;
    try(q_tax_invoice_row(tx, (TaxInvoiceRowIn){ .id = id }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such invoice.");
    try(may_see(tx, by, row));
    return fill(tx, by, row, out);
}

Err tax_order_invoice(Tx *tx, const By *by, OrderId order, Invoice *out)
{
    TaxInvoiceOfRow *found;
    try(q_tax_invoice_of(tx, (TaxInvoiceOfIn){ .kind = INVOICE_KIND_INVOICE, .subject = order.v }, &found));
    if (!found) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no invoice of such an order.");
    return tax_invoice_view(tx, by, found->id, out);
}

Err tax_invoices_page(Tx *tx, const By *by, InvoicesWanted want, InvoiceCardPage *out)
{
    TaxInvoiceCardsOfShopRowList rows;
    i64 limit = want.limit ? want.limit : TAX_INVOICES_PAGE;
    try(shop_may(tx, by, want.shop, STAFF_ROLE_MANAGER));
    try(q_tax_invoice_cards_of_shop(tx, (TaxInvoiceCardsOfShopIn){
        .shop = want.shop, .before = { want.before.v ? want.before.v : INT64_MAX }, .limit = limit }, &rows));
    cards_of(tx->a, &rows, &out->items);
    if (rows.n == limit) out->next = arena_format(tx->a, "%lld", (long long)rows.p[limit - 1].id.v);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- audit

typedef void Report(void *context, const char *rule, i64 id, const char *detail);

static Err audit_numbers(Tx *tx, Report *report, void *context)
{
    TaxAuditNumbersRowList numbers;
    TaxAuditCountersRowList counters;
    try(q_tax_audit_numbers(tx, &numbers));
    for (i64 i = 0; i < numbers.n; i++) {
        const TaxAuditNumbersRow *r = &numbers.p[i];
        report(context, "invoice_numbers", r->shop.v,
               arena_format(tx->a, "%s: %lld numbered from %lld to %lld, %lld without a number",
                            INVOICE_KIND_NAMES.names[r->kind],
                            (long long)r->papers, (long long)r->first, (long long)r->last, (long long)r->unnumbered).p);
    }
    try(q_tax_audit_counters(tx, &counters));
    for (i64 i = 0; i < counters.n; i++) {
        const TaxAuditCountersRow *r = &counters.p[i];
        report(context, "invoice_counter", r->shop.v,
               arena_format(tx->a, "%s: the counter is at %lld, the last number is %lld", INVOICE_KIND_NAMES.names[r->kind],
                            (long long)r->last, (long long)r->used).p);
    }
    return ERR_OK;
}

static Err audit_sums(Tx *tx, Report *report, void *context)
{
    TaxAuditTotalsRowList totals;
    TaxAuditLinesRowList lines;
    TaxAuditRatesRowList rates;
    try(q_tax_audit_totals(tx, &totals));
    for (i64 i = 0; i < totals.n; i++)
        report(context, "invoice_total", totals.p[i].id.v,
               arena_format(tx->a, "total %lld, its parts sum to %lld", (long long)totals.p[i].total_minor,
                            (long long)totals.p[i].said).p);
    try(q_tax_audit_lines(tx, &lines));
    for (i64 i = 0; i < lines.n; i++)
        report(context, "invoice_lines", lines.p[i].id.v,
               arena_format(tx->a, "goods %lld and tax %lld, lines sum to %lld and %lld", (long long)lines.p[i].goods,
                            (long long)lines.p[i].tax, (long long)lines.p[i].lines, (long long)lines.p[i].lines_tax).p);
    try(q_tax_audit_rates(tx, &rates));
    for (i64 i = 0; i < rates.n; i++)
        report(context, "invoice_rates", rates.p[i].id.v,
               arena_format(tx->a, "tax %lld, stated by rate %lld", (long long)rates.p[i].tax, (long long)rates.p[i].stated).p);
    return ERR_OK;
}

Err tax_audit(Tx *tx, Report *report, void *context)
{
    TaxAuditCreditsRowList credits;
    try(audit_numbers(tx, report, context));
    try(audit_sums(tx, report, context));
    try(q_tax_audit_credits(tx, &credits));
    for (i64 i = 0; i < credits.n; i++) {
        const TaxAuditCreditsRow *r = &credits.p[i];
        report(context, "invoice_credits", r->id.v,
               arena_format(tx->a, "of %lld, %lld are credited and the notes sum to %lld (or their tax does not agree)",
                            (long long)r->total, (long long)r->credited, (long long)r->notes).p);
    }
    return ERR_OK;
}
