// An invoice as a page: the same facts in the same words as the paper. Everything that people wrote is escaped.
#include <sodium.h>

#include "print/format.h"
#include "print/words.h"
#include "tax/papers.h"

static const char STYLE[] =
    "body{font:15px/1.45 'Noto Sans',system-ui,sans-serif;color:#161a1d;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "header{display:flex;justify-content:space-between;gap:1rem;border-block-end:2px solid #0b6e6e;padding-block-end:.75rem}"
    "h1{font-size:1.6rem;margin:0}h2{font-size:1.6rem;margin:0;color:#0b6e6e;text-align:end}"
    "header p{margin:0;font-weight:700;text-align:end}"
    ".parts{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1.25rem;margin-block:1.25rem}"
    ".parts h3{font-size:.8rem;color:#0b6e6e;margin:0}.parts p{margin:0;white-space:pre-line;overflow-wrap:anywhere}"
    "table{width:100%;border-collapse:collapse;margin-block-end:1rem}"
    "th{background:#f2f5f6;color:#5a656d;font-size:.8rem;text-align:start}"
    "th,td{padding:.5rem .4rem;border-block-end:1px solid #d5dbdf;vertical-align:top;overflow-wrap:anywhere}"
    ".n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}small{display:block;color:#5a656d}"
    ".sums{width:min(100%,26rem);margin-inline-start:auto}.sums td{border:0;padding:.25rem .6rem}"
    ".total td{background:#f2f5f6;font-weight:700;font-size:1.15rem;padding-block:.6rem}"
    ".note{color:#5a656d;font-size:.85rem;white-space:pre-line}"
    ".wide{overflow-x:auto}.wide td:first-child{min-width:8rem}@media(max-width:36rem){body{font-size:13px;margin-block:1rem}"
    "th,td{padding-inline:.25rem}.wide td:first-child{min-width:5.5rem}}"
    "thead{display:table-header-group}tr,.sums{break-inside:avoid}"
    "@page{size:A4;margin:17mm}@media print{body{margin:0;padding:0;max-width:none;font-size:9pt}}";

static void add_text(Buf *b, Str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&': buf_add(b, STR("&amp;")); break;
        case '<': buf_add(b, STR("&lt;")); break;
        case '>': buf_add(b, STR("&gt;")); break;
        case '"': buf_add(b, STR("&quot;")); break;
        case '\'': buf_add(b, STR("&#39;")); break;
        default: buf_add_char(b, s.p[i]);
        }
}

// `before` and `after` are this file's own markup.
static void add_in(Buf *b, const char *before, Str text, const char *after)
{
    buf_add(b, str_of(before));
    add_text(b, text);
    buf_add(b, str_of(after));
}

static Str word(const PaperInvoice *v, Word w)
{
    return print_word(v->language, w);
}

static Str money(Arena *a, const PaperInvoice *v, i64 minor)
{
    return print_money(a, v->language, v->currency, minor);
}

static void add_line(Buf *b, Str label, Str value)
{
    if (value.n == 0) return;
    buf_add_char(b, '\n');
    add_text(b, label);
    if (label.n) buf_add_char(b, ' ');
    add_in(b, "<bdi>", value, "</bdi>");
}

static void add_parties(Buf *b, Arena *a, const PaperInvoice *v)
{
    add_in(b, "<div class=\"parts\"><section><h3>", word(v, WORD_SELLER), "</h3><p>");
    add_in(b, "<strong dir=\"auto\">", v->seller_name, "</strong>");
    add_line(b, STR(""), v->seller_address);
    add_line(b, STR(""), print_country(a, v->language, v->seller_country));
    add_line(b, word(v, WORD_TAX_ID), v->seller_tax_id);
    add_line(b, word(v, WORD_REGISTRATION), v->seller_registration);
    add_in(b, "</p></section><section><h3>", word(v, WORD_BUYER), "</h3><p>");
    if (v->has_buyer) {
        add_in(b, "<strong dir=\"auto\">", v->buyer.name, "</strong>");
        add_line(b, STR(""), paper_address(a, v->language, &v->buyer));
    } else {
        add_text(b, word(v, WORD_ERASED));
    }
    add_in(b, "</p></section><section><h3>", word(v, WORD_DATE), "</h3><p>");
    add_in(b, "<strong>", print_day(a, v->language, v->issued, v->offset_minutes), "</strong>");
    add_line(b, word(v, WORD_ORDER), v->order_number);
    if (v->credit) add_line(b, word(v, WORD_CREDITS), v->credits);
    add_line(b, STR(""), print_method(v->language, v->method));
    buf_add(b, STR("</p></section></div>"));
}

static void add_item(Buf *b, Arena *a, const PaperInvoice *v, const PaperItem *l, bool discounts)
{
    add_in(b, "<tr><td dir=\"auto\">", l->title, "<small>");
    add_text(b, l->options);
    if (l->options.n && l->sku.n) buf_add(b, STR(" · "));
    if (l->sku.n) add_in(b, "SKU ", l->sku, "");
    add_in(b, "</small></td><td class=\"n\">", print_number(a, v->language, l->quantity), "</td><td class=\"n\">");
    add_text(b, money(a, v, l->price));
    if (discounts) add_in(b, "</td><td class=\"n\">", l->discount ? money(a, v, -l->discount) : STR("–"), "");
    add_in(b, "</td><td class=\"n\">", print_ppm(a, v->language, l->rate_ppm), "</td><td class=\"n\">");
    add_in(b, "", money(a, v, l->total), "</td></tr>");
}

static void add_items(Buf *b, Arena *a, const PaperInvoice *v)
{
    bool discounts = false;
    if (v->n == 0) return;
    for (i64 i = 0; i < v->n; i++) discounts = discounts || v->lines[i].discount;
    add_in(b, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"", word(v, WORD_ITEM), "\"><table><thead><tr>");
    add_in(b, "<th scope=\"col\">", word(v, WORD_ITEM), "</th>");
    add_in(b, "<th scope=\"col\" class=\"n\">", word(v, WORD_QUANTITY), "</th>");
    add_in(b, "<th scope=\"col\" class=\"n\">", word(v, WORD_PRICE), "</th>");
    if (discounts) add_in(b, "<th scope=\"col\" class=\"n\">", word(v, WORD_DISCOUNT), "</th>");
    add_in(b, "<th scope=\"col\" class=\"n\">", word(v, WORD_TAX), "</th>");
    add_in(b, "<th scope=\"col\" class=\"n\">", word(v, WORD_AMOUNT), "</th></tr></thead><tbody>");
    for (i64 i = 0; i < v->n; i++) add_item(b, a, v, &v->lines[i], discounts);
    buf_add(b, STR("</tbody></table></div>"));
}

static void add_sum(Buf *b, Arena *a, const PaperInvoice *v, Str label, i64 minor, bool strong)
{
    add_in(b, strong ? "<tr class=\"total\"><td>" : "<tr><td>", label, "</td><td class=\"n\">");
    add_in(b, "", money(a, v, minor), "</td></tr>");
}

static void add_sums(Buf *b, Arena *a, const PaperInvoice *v)
{
    buf_add(b, STR("<table class=\"sums\"><tbody>"));
    add_sum(b, a, v, word(v, WORD_GOODS), v->goods, false);
    if (v->discount) add_sum(b, a, v, word(v, WORD_DISCOUNT), -v->discount, false);
    if (v->shipping || !v->credit) add_sum(b, a, v, word(v, WORD_SHIPPING), v->shipping, false);
    if (v->cod_fee) add_sum(b, a, v, word(v, WORD_COD_FEE), v->cod_fee, false);
    if (v->other) add_sum(b, a, v, word(v, WORD_OTHER), v->other, false);
    for (i64 i = 0; !v->inclusive && i < v->n_taxes; i++)
        if (v->taxes[i].tax) add_sum(b, a, v, paper_tax_name(a, v->language, &v->taxes[i]), v->taxes[i].tax, false);
    add_sum(b, a, v, word(v, v->credit ? WORD_TOTAL_BACK : WORD_TOTAL), v->total, true);
    if (v->inclusive && v->tax) add_sum(b, a, v, word(v, WORD_INCLUDED), v->tax, false);
    buf_add(b, STR("</tbody></table>"));
}

static void add_taxes(Buf *b, Arena *a, const PaperInvoice *v)
{
    if (v->tax == 0) {
        add_in(b, "<p class=\"note\">", word(v, WORD_NO_TAX), "</p>");
        return;
    }
    add_in(b, "<table><thead><tr><th scope=\"col\">", word(v, WORD_TAX), "</th>");
    add_in(b, "<th scope=\"col\" class=\"n\">", word(v, WORD_BASE), "</th>");
    add_in(b, "<th scope=\"col\" class=\"n\">", word(v, WORD_TAX), "</th></tr></thead><tbody>");
    for (i64 i = 0; i < v->n_taxes; i++) {
        const PaperTax *t = &v->taxes[i];
        add_in(b, "<tr><td>", paper_tax_name(a, v->language, t), "</td><td class=\"n\">");
        add_text(b, money(a, v, t->base));
        add_in(b, "<small>", paper_base_note(a, v, t), "</small></td><td class=\"n\">");
        add_in(b, "", money(a, v, t->tax), "</td></tr>");
    }
    buf_add(b, STR("</tbody></table>"));
    if (v->by_platform) add_in(b, "<p class=\"note\">", word(v, WORD_PLATFORM), "</p>");
}

// The policy names the style sheet by its hash: nothing else may style the page, and nothing may run in it.
static const char *policy_of(Arena *a)
{
    u8 hash[crypto_hash_sha256_BYTES];
    char text[sodium_base64_ENCODED_LEN(sizeof(hash), sodium_base64_VARIANT_ORIGINAL)];
    crypto_hash_sha256(hash, (const u8 *)STYLE, sizeof(STYLE) - 1);
    sodium_bin2base64(text, sizeof(text), hash, sizeof(hash), sodium_base64_VARIANT_ORIGINAL);
    return arena_format(a, "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; "
                        "frame-ancestors 'self'", text).p;
}

Str page_of(Arena *a, const PaperInvoice *v, const char **policy)
{
    Buf b = buf_new(a, PAGE_BYTES_MAX);
    Str kind = word(v, v->credit ? WORD_CREDIT_NOTE : WORD_INVOICE);
    buf_format(&b, "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
               "content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\">", str_eq(v->language,
                                                                                                   STR("id")) ? "id" : "en");
    add_in(&b, "<title>", v->number, "</title>");
    buf_format(&b, "<style>%s</style></head><body><header>", STYLE);
    add_in(&b, "<h1 dir=\"auto\">", v->shop_name, "</h1><div>");
    add_in(&b, "<h2>", kind, "</h2>");
    add_in(&b, "<p>", v->number, "</p></div></header><main>");
    add_parties(&b, a, v);
    if (v->credit && v->reason.n) {
        add_in(&b, "<p><strong>", word(v, WORD_REASON), ":</strong> ");
        add_in(&b, "<bdi>", v->reason, "</bdi></p>");
    }
    add_items(&b, a, v);
    add_sums(&b, a, v);
    add_taxes(&b, a, v);
    if (v->seller_note.n) add_in(&b, "<p class=\"note\" dir=\"auto\">", v->seller_note, "</p>");
    buf_add(&b, STR("</main></body></html>\n"));
    must(!b.full);                                            // 60 lines of the longest texts are half of it
    *policy = policy_of(a);
    return buf_str(&b);
}
