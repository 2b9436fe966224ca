// From the facts of a sale to documents of blocks. Knows how a paper is told, not how it is drawn.
#include "print/papers.h"

#include "base/buf.h"
#include "print/format.h"
#include "print/words.h"

enum { BLOCKS_MAX = 16, SUMS_MAX = 12 + PAPER_TAXES_MAX };

static void add(PrintDocument *d, PrintBlock block)
{
    must(d->n < BLOCKS_MAX);
    ((PrintBlock *)d->blocks)[d->n++] = block;
}

static PrintDocument new_document(Arena *a, PrintPaper paper)
{
    return (PrintDocument){ .paper = paper, .blocks = arena_new_array(a, PrintBlock, BLOCKS_MAX) };
}

static void add_line(Buf *b, Str text)
{
    if (text.n == 0) return;
    if (b->n) buf_add_char(b, '\n');
    buf_add(b, text);
}

static Str joined(Arena *a, Str first, const char *between, Str second)
{
    if (first.n == 0 || second.n == 0) return first.n ? first : second;
    return arena_format(a, "%.*s%s%.*s", STR_ARG(first), between, STR_ARG(second));
}

Str paper_address(Arena *a, Str language, const PaperAddress *x)
{
    Buf b = buf_new(a, 4000);
    add_line(&b, x->line1);
    add_line(&b, x->line2);
    add_line(&b, joined(a, joined(a, x->city, ", ", x->region), " ", x->postcode));
    add_line(&b, print_country(a, language, x->country));
    return buf_str(&b);
}

// ---------------------------------------------------------------------------------------------- invoices

static Str money(Arena *a, const PaperInvoice *v, i64 minor)
{
    return print_money(a, v->language, v->currency, minor);
}

static Str word(const PaperInvoice *v, Word w)
{
    return print_word(v->language, w);
}

Str paper_tax_name(Arena *a, Str language, const PaperTax *t)
{
    Str rate = print_ppm(a, language, t->rate_ppm);
    if (t->rate_ppm == 0 && t->name.n == 0) return print_word(language, WORD_TAX_FREE);
    if (t->name.n == 0) return arena_format(a, "%.*s %.*s", STR_ARG(print_word(language, WORD_TAX)), STR_ARG(rate));
    if (t->base_part == t->base_whole) return arena_format(a, "%.*s %.*s", STR_ARG(t->name), STR_ARG(rate));
    return arena_format(a, "%.*s %.*s × %lld/%lld", STR_ARG(t->name), STR_ARG(rate), (long long)t->base_part,
                        (long long)t->base_whole);
}

static Str labelled(Arena *a, Str label, Str value)
{
    return value.n ? arena_format(a, "%.*s %.*s", STR_ARG(label), STR_ARG(value)) : value;
}

static void add_parties(Arena *a, PrintDocument *d, const PaperInvoice *v)
{
    PrintPart *p = arena_new_array(a, PrintPart, 3);
    Buf seller = buf_new(a, 4000), facts = buf_new(a, 4000);
    add_line(&seller, v->seller_address);
    add_line(&seller, print_country(a, v->language, v->seller_country));
    add_line(&seller, labelled(a, word(v, WORD_TAX_ID), v->seller_tax_id));
    add_line(&seller, labelled(a, word(v, WORD_REGISTRATION), v->seller_registration));
    add_line(&facts, labelled(a, word(v, WORD_ORDER), v->order_number));
    if (v->credit) add_line(&facts, labelled(a, word(v, WORD_CREDITS), v->credits));
    add_line(&facts, print_method(v->language, v->method));
    p[0] = (PrintPart){ .label = word(v, WORD_SELLER), .strong = v->seller_name, .body = buf_str(&seller), .share = 4 };
    p[1] = (PrintPart){ .label = word(v, WORD_BUYER), .share = 4 };
    if (v->has_buyer) p[1].strong = v->buyer.name, p[1].body = paper_address(a, v->language, &v->buyer);
    else p[1].body = word(v, WORD_ERASED);
    p[2] = (PrintPart){ .label = word(v, WORD_DATE), .strong = print_day(a, v->language, v->issued, v->offset_minutes),
                        .body = buf_str(&facts), .share = 4 };
    add(d, (PrintBlock){ PRINT_COLUMNS, .parts = { p, 3, false } });
}

static PrintColumn *invoice_columns(Arena *a, const PaperInvoice *v, bool discounts, i64 *n)
{
    PrintColumn *c = arena_new_array(a, PrintColumn, 6);
    *n = 0;
    c[(*n)++] = (PrintColumn){ word(v, WORD_ITEM), discounts ? 36 : 44, PRINT_START };
    c[(*n)++] = (PrintColumn){ word(v, WORD_QUANTITY), 8, PRINT_END };
    c[(*n)++] = (PrintColumn){ word(v, WORD_PRICE), discounts ? 16 : 19, PRINT_END };
    if (discounts) c[(*n)++] = (PrintColumn){ word(v, WORD_DISCOUNT), 14, PRINT_END };
    c[(*n)++] = (PrintColumn){ word(v, WORD_TAX), 9, PRINT_END };
    c[(*n)++] = (PrintColumn){ word(v, WORD_AMOUNT), discounts ? 17 : 20, PRINT_END };
    return c;
}

static void add_items(Arena *a, PrintDocument *d, const PaperInvoice *v)
{
    bool discounts = false;
    i64 columns, k = 0;
    if (v->n == 0) return;
    for (i64 i = 0; i < v->n; i++) discounts = discounts || v->lines[i].discount != 0;
    PrintColumn *c = invoice_columns(a, v, discounts, &columns);
    PrintCell *cells = arena_new_array(a, PrintCell, v->n * columns);
    for (i64 i = 0; i < v->n; i++) {
        const PaperItem *l = &v->lines[i];
        cells[k++] = (PrintCell){ l->title, joined(a, l->options, " · ", labelled(a, word(v, WORD_SKU), l->sku)) };
        cells[k++] = (PrintCell){ print_number(a, v->language, l->quantity), { 0 } };
        cells[k++] = (PrintCell){ money(a, v, l->price), { 0 } };
        if (discounts) cells[k++] = (PrintCell){ l->discount ? money(a, v, -l->discount) : STR("–"), { 0 } };
        cells[k++] = (PrintCell){ print_ppm(a, v->language, l->rate_ppm), { 0 } };
        cells[k++] = (PrintCell){ money(a, v, l->total), { 0 } };
    }
    add(d, (PrintBlock){ PRINT_TABLE, .table = { c, columns, cells, v->n } });
}

static void add_sums(Arena *a, PrintDocument *d, const PaperInvoice *v)
{
    PrintSum *s = arena_new_array(a, PrintSum, SUMS_MAX);
    i64 n = 0;
    s[n++] = (PrintSum){ word(v, WORD_GOODS), money(a, v, v->goods), false };
    if (v->discount) s[n++] = (PrintSum){ word(v, WORD_DISCOUNT), money(a, v, -v->discount), false };
    if (v->shipping || !v->credit) s[n++] = (PrintSum){ word(v, WORD_SHIPPING), money(a, v, v->shipping), false };
    if (v->cod_fee) s[n++] = (PrintSum){ word(v, WORD_COD_FEE), money(a, v, v->cod_fee), false };
    if (v->other) s[n++] = (PrintSum){ word(v, WORD_OTHER), money(a, v, v->other), false };
    for (i64 i = 0; !v->inclusive && i < v->n_taxes; i++)
        if (v->taxes[i].tax)
            s[n++] = (PrintSum){ paper_tax_name(a, v->language, &v->taxes[i]), money(a, v, v->taxes[i].tax), false };
    s[n++] = (PrintSum){ word(v, v->credit ? WORD_TOTAL_BACK : WORD_TOTAL), money(a, v, v->total), true };
    if (v->inclusive && v->tax) s[n++] = (PrintSum){ word(v, WORD_INCLUDED), money(a, v, v->tax), false };
    add(d, (PrintBlock){ PRINT_SUMS, .sums = { s, n, v->qr, v->qr_text } });
}

// What a part of the price as base comes to is said, since the law names it (Indonesia: DPP nilai lain).
Str paper_base_note(Arena *a, const PaperInvoice *v, const PaperTax *t)
{
    // In whole rupiah, as it is declared.
    i64 part, unit = str_eq(currency_str(&v->currency), STR("IDR")) ? 100 : 1;
    if (t->base_part == t->base_whole || !money_ratio(t->base, t->base_part, t->base_whole * unit, ROUND_HALF_UP, &part))
        return STR("");
    part *= unit;
    return arena_format(a, "%lld/%lld: %.*s", (long long)t->base_part, (long long)t->base_whole, STR_ARG(money(a, v, part)));
}

static void add_taxes(Arena *a, PrintDocument *d, const PaperInvoice *v)
{
    if (v->tax == 0) {
        add(d, (PrintBlock){ PRINT_NOTE, .note = { .text = word(v, WORD_NO_TAX), .small = true } });
        return;
    }
    PrintColumn *c = arena_new_array(a, PrintColumn, 3);
    PrintCell *cells = arena_new_array(a, PrintCell, v->n_taxes * 3);
    c[0] = (PrintColumn){ word(v, WORD_TAX), 50, PRINT_START };
    c[1] = (PrintColumn){ word(v, WORD_BASE), 25, PRINT_END };
    c[2] = (PrintColumn){ word(v, WORD_TAX), 25, PRINT_END };
    for (i64 i = 0; i < v->n_taxes; i++) {
        const PaperTax *t = &v->taxes[i];
        cells[i * 3] = (PrintCell){ paper_tax_name(a, v->language, t), { 0 } };
        cells[i * 3 + 1] = (PrintCell){ money(a, v, t->base), paper_base_note(a, v, t) };
        cells[i * 3 + 2] = (PrintCell){ money(a, v, t->tax), { 0 } };
    }
    add(d, (PrintBlock){ PRINT_TABLE, .table = { c, 3, cells, v->n_taxes } });
}

static PrintDocument invoice_document(Arena *a, const PaperInvoice *v)
{
    PrintDocument d = new_document(a, PRINT_A4);
    Str kind = word(v, v->credit ? WORD_CREDIT_NOTE : WORD_INVOICE);
    must(v->n <= PAPER_LINES_MAX && v->n_taxes <= PAPER_TAXES_MAX);
    d.footer = joined(a, v->number, " · ", v->seller_name);
    d.page_of = word(v, WORD_PAGE_OF);
    // The seller's own name stands below the label; here is the sign over the door.
    add(&d, (PrintBlock){ PRINT_HEADING, .heading = { .title = v->shop_name, .kind = kind, .number = v->number } });
    add_parties(a, &d, v);
    if (v->credit && v->reason.n) add(&d, (PrintBlock){ PRINT_NOTE, .note = { word(v, WORD_REASON), v->reason, false } });
    add_items(a, &d, v);
    add_sums(a, &d, v);
    add_taxes(a, &d, v);
    if (v->by_platform && v->tax) add(&d, (PrintBlock){ PRINT_NOTE, .note = { .text = word(v, WORD_PLATFORM), .small = true } });
    if (v->seller_note.n) add(&d, (PrintBlock){ PRINT_NOTE, .note = { .text = v->seller_note, .small = true } });
    return d;
}

Err print_invoices(Arena *a, const PaperInvoice *invoices, i64 n, Str *pdf)
{
    if (n < 1 || n > PRINT_DOCUMENTS_MAX) return ERR_TOO_LARGE;
    PrintDocument *d = arena_new_array(a, PrintDocument, n);
    for (i64 i = 0; i < n; i++) d[i] = invoice_document(a, &invoices[i]);
    return print_pdf(a, &(PrintJob){ .title = invoices[0].number, .language = invoices[0].language, .made = invoices[0].issued,
                                     .documents = d, .n = n }, pdf);
}

// ---------------------------------------------------------------------------------------------- packing slips

static void add_slip_parts(Arena *a, PrintDocument *d, const PaperSlip *s)
{
    PrintPart *p = arena_new_array(a, PrintPart, 3);
    Buf to = buf_new(a, 4000), facts = buf_new(a, 4000);
    add_line(&to, paper_address(a, s->language, &s->to));
    add_line(&to, s->to.phone);
    add_line(&facts, print_method(s->language, s->method));
    add_line(&facts, s->carrier);
    add_line(&facts, s->tracking);
    p[0] = (PrintPart){ .label = print_word(s->language, WORD_SHIP_TO), .strong = s->to.name, .body = buf_str(&to), .share = 5 };
    p[1] = (PrintPart){ .label = print_word(s->language, WORD_FROM), .strong = s->shop_name, .body = s->shop_address,
                        .share = 4 };
    p[2] = (PrintPart){ .label = print_word(s->language, WORD_ORDERED), .share = 3, .body = buf_str(&facts),
                        .strong = print_day(a, s->language, s->placed, s->offset_minutes) };
    add(d, (PrintBlock){ PRINT_COLUMNS, .parts = { p, 3, false } });
}

static void add_slip_lines(Arena *a, PrintDocument *d, const PaperSlip *s)
{
    PrintColumn *c = arena_new_array(a, PrintColumn, 4);
    PrintCell *cells = arena_new_array(a, PrintCell, (s->n + 1) * 4);
    i64 pieces = 0;
    c[0] = (PrintColumn){ STR(""), 6, PRINT_CENTRE };
    c[1] = (PrintColumn){ print_word(s->language, WORD_ITEM), 54, PRINT_START };
    c[2] = (PrintColumn){ print_word(s->language, WORD_SKU), 26, PRINT_START };
    c[3] = (PrintColumn){ print_word(s->language, WORD_QUANTITY), 14, PRINT_END };
    for (i64 i = 0; i < s->n; i++) {
        const PaperSlipLine *l = &s->lines[i];
        pieces += l->quantity;
        cells[i * 4] = (PrintCell){ STR("☐"), { 0 } };
        cells[i * 4 + 1] = (PrintCell){ l->title, l->options };
        cells[i * 4 + 2] = (PrintCell){ l->sku, { 0 } };
        cells[i * 4 + 3] = (PrintCell){ print_number(a, s->language, l->quantity), { 0 } };
    }
    add(d, (PrintBlock){ PRINT_TABLE, .table = { c, 4, cells, s->n } });
    PrintSum *sum = arena_new(a, PrintSum);
    *sum = (PrintSum){ print_word(s->language, WORD_PIECES), print_number(a, s->language, pieces), true };
    add(d, (PrintBlock){ PRINT_SUMS, .sums = { .p = sum, .n = 1 } });
}

static PrintDocument slip_document(Arena *a, const PaperSlip *s)
{
    PrintDocument d = new_document(a, PRINT_A4);
    must(s->n <= PAPER_LINES_MAX);
    d.footer = joined(a, s->order_number, " · ", s->shop_name);
    d.page_of = print_word(s->language, WORD_PAGE_OF);
    add(&d, (PrintBlock){ PRINT_HEADING, .heading = { .title = s->shop_name, .kind = print_word(s->language, WORD_PACKING_SLIP),
                                                      .number = s->order_number } });
    add_slip_parts(a, &d, s);
    if (s->collect.minor > 0)
        add(&d, (PrintBlock){ PRINT_BOX, .box = { print_word(s->language, WORD_COLLECT),
                                                  print_money(a, s->language, s->collect.currency, s->collect.minor) } });
    if (s->note.n) add(&d, (PrintBlock){ PRINT_NOTE, .note = { print_word(s->language, WORD_BUYER_NOTE), s->note, false } });
    add_slip_lines(a, &d, s);
    add(&d, (PrintBlock){ PRINT_BARCODE, .code = { s->order_number, s->order_number, 14 } });
    return d;
}

Err print_packing_slips(Arena *a, const PaperSlip *slips, i64 n, Time made, Str *pdf)
{
    if (n < 1 || n > PRINT_DOCUMENTS_MAX) return ERR_TOO_LARGE;
    PrintDocument *d = arena_new_array(a, PrintDocument, n);
    for (i64 i = 0; i < n; i++) d[i] = slip_document(a, &slips[i]);
    return print_pdf(a, &(PrintJob){ .title = print_word(slips[0].language, WORD_PACKING_SLIP), .language = slips[0].language,
                                     .made = made, .documents = d, .n = n }, pdf);
}

// ---------------------------------------------------------------------------------------------- labels

static Str label_facts(Arena *a, const PaperLabel *l)
{
    Buf b = buf_new(a, 400);
    add_line(&b, labelled(a, print_word(l->language, WORD_ORDER), l->order_number));
    if (l->weight_g > 0) {
        Str kg = print_number(a, l->language, l->weight_g);
        add_line(&b, arena_format(a, "%.*s %.*s g", STR_ARG(print_word(l->language, WORD_WEIGHT)), STR_ARG(kg)));
    }
    i64 parcels = l->parcels > 0 ? l->parcels : 1, parcel = l->parcel > 0 ? l->parcel : 1;
    add_line(&b, arena_format(a, "%.*s %lld / %lld", STR_ARG(print_word(l->language, WORD_PARCEL)), (long long)parcel,
                              (long long)parcels));
    add_line(&b, l->note);
    return buf_str(&b);
}

static PrintDocument label_document(Arena *a, const PaperLabel *l)
{
    PrintDocument d = new_document(a, PRINT_A6);
    d.one_page = true;
    Str code = l->tracking.n ? l->tracking : l->order_number;
    PrintPart *to = arena_new(a, PrintPart), *from = arena_new(a, PrintPart);
    Buf address = buf_new(a, 4000);
    add_line(&address, paper_address(a, l->language, &l->to));
    add_line(&address, l->to.phone);
    *to = (PrintPart){ .label = print_word(l->language, WORD_TO), .strong = l->to.name, .body = buf_str(&address), .share = 12 };
    *from = (PrintPart){ .label = print_word(l->language, WORD_FROM), .strong = l->from.name, .share = 12,
                         .body = joined(a, paper_address(a, l->language, &l->from), "\n", l->from.phone) };
    add(&d, (PrintBlock){ PRINT_HEADING, .heading = { .title = l->carrier.n ? l->carrier : l->from.name, .kind = l->service } });
    add(&d, (PrintBlock){ PRINT_BARCODE, .code = { code, code, 16 } });
    add(&d, (PrintBlock){ .kind = PRINT_RULE });
    add(&d, (PrintBlock){ PRINT_COLUMNS, .parts = { to, 1, true } });
    if (l->collect.minor > 0)
        add(&d, (PrintBlock){ PRINT_BOX, .box = { print_word(l->language, WORD_COLLECT),
                                                  print_money(a, l->language, l->collect.currency, l->collect.minor) } });
    else add(&d, (PrintBlock){ PRINT_NOTE, .note = { .text = print_word(l->language, WORD_NO_COLLECT) } });
    add(&d, (PrintBlock){ .kind = PRINT_RULE });
    add(&d, (PrintBlock){ PRINT_COLUMNS, .parts = { from, 1, false } });
    add(&d, (PrintBlock){ PRINT_QR, .code = { l->order_number, label_facts(a, l), 17 } });
    return d;
}

Err print_labels(Arena *a, const PaperLabel *labels, i64 n, Time made, Str *pdf)
{
    if (n < 1 || n > PRINT_DOCUMENTS_MAX) return ERR_TOO_LARGE;
    PrintDocument *d = arena_new_array(a, PrintDocument, n);
    for (i64 i = 0; i < n; i++) d[i] = label_document(a, &labels[i]);
    return print_pdf(a, &(PrintJob){ .title = labels[0].order_number, .language = labels[0].language, .made = made,
                                     .documents = d, .n = n }, pdf);
}
