// Tests of papers: what pdftotext and pdfinfo find in them. ETALASE_TEST_PAPERS=FOLDER keeps the PDFs, to be looked at.
#include <unistd.h>

#include "base/test.h"
#include "print/codes.h"
#include "print/format.h"
#include "print/papers.h"
#include "print/words.h"

// ---------------------------------------------------------------------------------------------- reading a PDF

static Str run(Arena *a, Str command)
{
    Buf b = buf_new(a, 1024 * 1024);
    char piece[4096];
    FILE *f = popen(arena_cstr(a, command), "re");
    must(f != NULL);
    for (size_t n; (n = fread(piece, 1, sizeof(piece), f)) > 0;) buf_add(&b, (Str){ piece, n });
    check_int(pclose(f), 0);
    return buf_str(&b);
}

typedef struct Pdf { Str text; i64 pages; } Pdf;

static Pdf read_pdf(Arena *a, Str pdf, const char *name)
{
    const char *folder = getenv("ETALASE_TEST_PAPERS");
    char path[200];
    Pdf out = { 0 };
    if (folder) snprintf(path, sizeof(path), "%s/%s.pdf", folder, name);
    else snprintf(path, sizeof(path), "/tmp/etalase-print-%ld.pdf", (long)getpid());
    FILE *f = fopen(path, "we");
    must(f != NULL && fwrite(pdf.p, 1, pdf.n, f) == pdf.n && fclose(f) == 0);
    out.text = run(a, arena_format(a, "pdftotext -layout -enc UTF-8 %s -", path));
    Str info = run(a, arena_format(a, "pdfinfo %s", path));
    i64 at = str_find(info, STR("Pages:"));
    check(at >= 0);
    Str rest = str_slice(info, (size_t)at + 6, info.n);
    check(str_to_i64(str_trim(str_split(&rest, '\n')), &out.pages));
    if (!folder) unlink(path);
    return out;
}

static i64 times(Str text, const char *what)
{
    i64 n = 0;
    for (i64 at; (at = str_find(text, str_of(what))) >= 0; n++) text = str_slice(text, (size_t)at + strlen(what), text.n);
    return n;
}

#define check_says(pdf, what) do { \
    if (times((pdf).text, what) == 0) test_failed(__FILE__, __LINE__, "the paper does not say \"%s\"", what); \
} while (0)

static Currency currency(const char *code)
{
    Currency c;
    must(currency_parse(str_of(code), &c));
    return c;
}

static Time noon(void)
{
    Time t;
    must(time_from_iso(STR("2026-11-25T05:00:00Z"), &t));
    return t;
}

// ---------------------------------------------------------------------------------------------- invoices

static const PaperAddress ANA = {
    .name = { "Ana Wijaya", 10 }, .phone = { "+62 812 3456 789", 16 }, .line1 = { "Jl. Melati No. 5, RT 03/RW 07", 29 },
    .city = { "Jakarta Selatan", 15 }, .region = { "DKI Jakarta", 11 }, .postcode = { "12345", 5 }, .country = { "ID", 2 } };

static const PaperItem ITEMS[] = {
    { .title = { "Keranjang rotan anyam tangan", 28 }, .options = { "Besar, Cokelat", 14 }, .sku = { "KR-BES-COK", 10 },
      .quantity = 2, .price = 11100000, .total = 22200000, .tax = 2200000, .rate_ppm = 110000 },
    { .title = { "Tas pandan", 10 }, .sku = { "TP-1", 4 }, .quantity = 1, .price = 11100000, .discount = 1110000,
      .total = 9990000, .tax = 990000, .rate_ppm = 110000 },
};
static const PaperTax PPN[] = { { { "PPN", 3 }, 120000, 11, 12, 30000000, 3300000 } };

static PaperInvoice sample(void)
{
    return (PaperInvoice){
        .language = STR("id"), .number = STR("RJ/INV-000123"), .order_number = STR("0ABCDEFGHJKMN"), .method = STR("qris"),
        .issued = noon(), .offset_minutes = 420, .shop_name = STR("Toko Rotan Jaya"), .seller_name = STR("CV Rotan Jaya Abadi"),
        .seller_address = STR("Jl. Pemuda No. 1\nJepara 59411\nJawa Tengah"), .seller_country = STR("ID"),
        .seller_tax_id = STR("01.234.567.8-999.000"), .seller_registration = STR("NIB 9120001234567"),
        .seller_note = STR("Barang dapat dikembalikan dalam 14 hari. Terima kasih telah berbelanja."), .has_buyer = true,
            .buyer = ANA,
        .currency = currency("IDR"), .lines = ITEMS, .n = COUNT(ITEMS), .goods = 33300000, .discount = 1110000,
        .shipping = 1110000, .tax = 3300000, .total = 33300000, .inclusive = true, .taxes = PPN, .n_taxes = 1 };
}

TEST(print_invoice_says_what_it_is_given)
{
    Arena a = { 0 };
    PaperInvoice v = sample();
    Str pdf, again;
    check_int(print_invoices(&a, &v, 1, &pdf), ERR_OK);
    check_int(print_invoices(&a, &v, 1, &again), ERR_OK);
    check(str_eq(pdf, again));                                            // nothing of now, nothing by chance
    Pdf x = read_pdf(&a, pdf, "invoice");
    check_int(x.pages, 1);
    static const char *const SAYS[] = { "Toko Rotan Jaya", "Faktur", "RJ/INV-000123", "CV Rotan Jaya Abadi", "Ana Wijaya",
                                        "12345",
        "25 November 2026", "01.234.567.8-999.000", "Keranjang rotan anyam tangan", "Besar, Cokelat", "KR-BES-COK", "Rp 111.000",
        "-Rp 11.100", "Rp 333.000", "PPN 12% × 11/12", "Rp 33.000", "11/12: Rp 275.000", "QRIS", "Halaman 1 dari 1" };
    Str nbsp = STR("\xC2\xA0");
    // Between Rp and its number stands a blank that does not break.
    Buf plain = buf_new(&a, x.text.n + 1);
    for (Str rest = x.text; rest.n;) {
        i64 at = str_find(rest, nbsp);
        buf_add(&plain, at < 0 ? rest : str_slice(rest, 0, (size_t)at));
        if (at >= 0) buf_add_char(&plain, ' ');
        rest = at < 0 ? STR("") : str_slice(rest, (size_t)at + nbsp.n, rest.n);
    }
    x.text = buf_str(&plain);
    for (i64 i = 0; i < COUNT(SAYS); i++) check_says(x, SAYS[i]);
    arena_free(&a);
}

TEST(print_invoice_of_an_erased_buyer)
{
    Arena a = { 0 };
    PaperInvoice v = sample();
    Str pdf;
    v.has_buyer = false;
    check_int(print_invoices(&a, &v, 1, &pdf), ERR_OK);
    Pdf x = read_pdf(&a, pdf, "erased");
    check_int(times(x.text, "Wijaya"), 0);
    check_says(x, "telah dihapus");
    arena_free(&a);
}

static const char *const TITLES[] = {
    "Keranjang rotan", "سلة من الخوص المنسوج يدوياً", "籐編みのかごバッグ・大", "수공예 라탄 바구니", "竹编篮子（大号）", "सूती कुर्ता", "Плетёная корзина",
    "Καλάθι ψάθινο", "ตะกร้าหวายสานมือ", "סל קש קלוע",
    ("A very long name of a product that goes on and on so that it has to be broken over "
     "several lines of its column, because sellers write all that people might search for into it"),
};

TEST(print_long_invoice_breaks_well_in_every_script)
{
    Arena a = { 0 };
    PaperInvoice v = sample();
    PaperItem items[PAPER_LINES_MAX];
    static const PaperTax TAXES[] = { { { "GST", 3 }, 50000, 1, 1, 6000000, 300000 }, { { "QST", 3 }, 99750, 1, 1, 6000000,
                                                                                        598500 } };
    for (i64 i = 0; i < PAPER_LINES_MAX; i++)
        items[i] = (PaperItem){ .title = str_of(TITLES[i % COUNT(TITLES)]), .options = i % 3 ? STR("M, أزرق") : STR(""),
                                .sku = arena_format(&a, "SKU-%04lld", (long long)i), .quantity = 1, .price = 100000,
                                .total = 100000, .rate_ppm = 149750 };
    v.language = STR("en");
    v.currency = currency("CAD");
    v.seller_name = STR("ورشة الخوص للحرف اليدوية");
    v.seller_address = STR("شارع الملك فهد 5\nالرياض 12345");
    v.buyer.name = STR("山田 太郎");
    v.buyer.line1 = STR("東京都渋谷区神南1-2-3");
    v.lines = items;
    v.n = PAPER_LINES_MAX;
    v.goods = 6000000;
    v.discount = v.shipping = 0;
    v.inclusive = false;
    v.taxes = TAXES;
    v.n_taxes = 2;
    v.tax = 898500;
    v.total = 6898500;
    Str pdf;
    check_int(print_invoices(&a, &v, 1, &pdf), ERR_OK);
    check(pdf.n < 1024 * 1024);
    Pdf x = read_pdf(&a, pdf, "long");
    check(x.pages >= 3 && x.pages <= 5);
    check_int(times(x.text, "Qty"), x.pages);                             // the head is on each page that has lines
    check_int(times(x.text, "SKU SKU-"), PAPER_LINES_MAX);
    check_says(x, "SKU-0059");
    check_says(x, "GST 5%");
    check_says(x, "QST 9.975%");
    check_says(x, "CA$68,985.00");
    for (i64 i = 1; i <= x.pages; i++)
        check_says(x, arena_format(&a, "Page %lld of %lld", (long long)i, (long long)x.pages).p);
    static const char *const SHAPES[] = { "籐編みのかごバッグ", "竹编篮子", "수공예", "Плетёная", "Καλάθι", "山田" };
    for (i64 i = 0; i < COUNT(SHAPES); i++) check_says(x, SHAPES[i]);
    arena_free(&a);
}

TEST(print_credit_note_and_qr)
{
    Arena a = { 0 };
    PaperInvoice v = sample();
    Str pdf;
    v.credit = true;
    v.number = STR("CN-000004");
    v.credits = STR("RJ/INV-000123");
    v.reason = STR("Barang rusak saat diterima");
    v.n = 1;
    v.goods = v.total = 11100000;
    v.discount = v.shipping = 0;
    v.tax = 1100000;
    v.qr = STR("AQ1DViBSb3RhbiBKYXlhAg8zMDAwMDAwMDAwMDAwMDM=");
    v.qr_text = STR("ZATCA");
    check_int(print_invoices(&a, &v, 1, &pdf), ERR_OK);
    Pdf x = read_pdf(&a, pdf, "credit");
    check_says(x, "Nota kredit");
    check_says(x, "Untuk faktur RJ/INV-000123");
    check_says(x, "Barang rusak saat diterima");
    check_says(x, "Total dikembalikan");
    arena_free(&a);
}

TEST(print_limits_are_refusals)
{
    Arena a = { 0 };
    Str pdf;
    char big[PRINT_TEXT_MAX * 3];
    for (i64 i = 0; i < COUNT(big); i++) big[i] = i % 7 == 6 ? ' ' : 'a';
    PaperInvoice v = sample();
    v.seller_note = (Str){ big, sizeof(big) };
    v.shop_name = (Str){ "\xC3", 1 };                                     // half a character
    check_int(print_invoices(&a, &v, 1, &pdf), ERR_OK);
    Pdf x = read_pdf(&a, pdf, "limits");
    check_says(x, "…");
    check_int(print_invoices(&a, &v, 0, &pdf), ERR_TOO_LARGE);
    check_int(print_invoices(&a, &v, PRINT_DOCUMENTS_MAX + 1, &pdf), ERR_TOO_LARGE);
    PaperLabel l = { .language = STR("en"), .order_number = STR("日本"), .to = ANA, .from = ANA };
    check_int(print_labels(&a, &l, 1, noon(), &pdf), ERR_BAD_FIELD);
    PrintBlock table = { PRINT_TABLE, .table = { .n_rows = PRINT_ROWS_MAX + 1 } };
    PrintDocument d = { .blocks = &table, .n = 1 };
    check_int(print_pdf(&a, &(PrintJob){ .documents = &d, .n = 1 }, &pdf), ERR_TOO_LARGE);
    arena_free(&a);
}

// ---------------------------------------------------------------------------------------------- slips and labels

static const PaperSlipLine SLIP_LINES[] = {
    { { "Keranjang rotan anyam tangan", 28 }, { "Besar, Cokelat", 14 }, { "KR-BES-COK", 10 }, 2 },
    { { "Tas pandan", 10 }, { "", 0 }, { "TP-1", 4 }, 12 },
};

static PaperSlip slip(void)
{
    return (PaperSlip){ .language = STR("id"), .order_number = STR("0ABCDEFGHJKMN"), .placed = noon(), .offset_minutes = 420,
                        .shop_name = STR("Toko Rotan Jaya"), .shop_address = STR("Jepara"), .to = ANA, .carrier = STR("JNE REG"),
                        .tracking = STR("JNE0012345678901"), .method = STR("cod"), .note = STR("Tolong dibungkus kado."),
                        .collect = { 35000000, currency("IDR") }, .lines = SLIP_LINES, .n = COUNT(SLIP_LINES) };
}

TEST(print_packing_slips_of_many_orders)
{
    Arena a = { 0 };
    PaperSlip many[40];
    Str pdf;
    for (i64 i = 0; i < COUNT(many); i++) {
        many[i] = slip();
        many[i].order_number = arena_format(&a, "0ABCDEFGH%04lld", (long long)i);
    }
    check_int(print_packing_slips(&a, many, COUNT(many), noon(), &pdf), ERR_OK);
    Pdf x = read_pdf(&a, pdf, "slips");
    check_int(x.pages, COUNT(many));
    check_says(x, "0ABCDEFGH0039");
    check_says(x, "COD: tagih");
    check_says(x, "Tolong dibungkus kado.");
    check_int(times(x.text, "Surat jalan"), COUNT(many));
    check_int(times(x.text, "Rp"), COUNT(many));                          // no prices, but what is to be collected
    arena_free(&a);
}

static PaperLabel label(void)
{
    return (PaperLabel){ .language = STR("id"), .order_number = STR("0ABCDEFGHJKMN"), .carrier = STR("JNE"),
                         .service = STR("REG"),
                         .tracking = STR("JNE0012345678901"), .to = ANA, .collect = { 35000000, currency("IDR") },
                             .weight_g = 1250,
                         .from = { .name = STR("Toko Rotan Jaya"), .phone = STR("+62 291 555 123"), .line1 = STR("Jl. Pemuda 1"),
                                   .city = STR("Jepara"), .postcode = STR("59411"), .country = STR("ID") },
                         .note = STR("Mudah pecah") };
}

TEST(print_labels_fit_one_page_each)
{
    Arena a = { 0 };
    PaperLabel l[4] = { label(), label(), label(), label() };
    char line[121];
    Str pdf;
    for (i64 i = 0; i < 120; i++) line[i] = i % 9 == 8 ? ' ' : 'M';
    l[1].collect.minor = 0;
    l[1].tracking = STR("");
    l[2].to.name = (Str){ line, 80 };
    l[2].to.line1 = l[2].to.line2 = (Str){ line, 120 };
    l[2].to.city = l[2].to.region = l[2].from.name = l[2].note = (Str){ line, 80 };
    l[3].to = (PaperAddress){ .name = STR("فاطمة الزهراء"), .phone = STR("+971 50 123 4567"),
                              .line1 = STR("شارع الشيخ زايد، برج 3، شقة 1204"),
                              .city = STR("دبي"), .country = STR("AE") };
    check_int(print_labels(&a, l, COUNT(l), noon(), &pdf), ERR_OK);
    Pdf x = read_pdf(&a, pdf, "labels");
    check_int(x.pages, COUNT(l));
    check_says(x, "JNE0012345678901");
    check_says(x, "Jakarta Selatan, DKI Jakarta 12345");
    check_says(x, "LUNAS");
    check_says(x, "1.250 g");
    arena_free(&a);
}

// ---------------------------------------------------------------------------------------------- codes

// What this says has been read back by a reader of another make; the rules below are the standard's.
TEST(print_code128_is_the_standards)
{
    u8 w[CODE128_BARS_MAX];
    i64 n, modules;
    check(code128(STR("PJJ123C"), w, &n, &modules));
    // Start B, seven signs, check sign, stop: 11 modules each, the stop sign 13.
    check_int(modules, 9 * 11 + 13);
    check_int(n, 9 * 6 + 7);
    static const u8 START_B[] = { 2, 1, 1, 2, 1, 4 };
    check(memcmp(w, START_B, 6) == 0);
    // 104 + 1*48 + 2*42 + 3*42 + 4*17 + 5*18 + 6*19 + 7*35 = 879, of 103 the rest is 55: 3 1 1 3 2 1.
    static const u8 CHECKED[] = { 3, 1, 1, 3, 2, 1 };
    check(memcmp(w + 8 * 6, CHECKED, 6) == 0);
    check(code128(STR("12345678"), w, &n, &modules));                     // start C, four pairs, check, stop
    check_int(modules, 6 * 11 + 13);
    check(code128(STR("A123456"), w, &n, &modules));                      // B, A, to C, three pairs
    check_int(modules, 7 * 11 + 13);
    check(code128(STR("12345"), w, &n, &modules));                        // B, 1, to C, two pairs
    check_int(modules, 6 * 11 + 13);
    check(!code128(STR(""), w, &n, &modules));
    check(!code128(STR("a\nb"), w, &n, &modules));
    check(!code128(STR("é"), w, &n, &modules));
    char longest[PRINT_CODE_MAX + 1];
    for (i64 i = 0; i <= PRINT_CODE_MAX; i++) longest[i] = i % 5 ? '1' : 'x';
    check(code128((Str){ longest, PRINT_CODE_MAX }, w, &n, &modules));
    check(!code128((Str){ longest, PRINT_CODE_MAX + 1 }, w, &n, &modules));
}

// ---------------------------------------------------------------------------------------------- formats

TEST(print_formats_are_exact)
{
    Arena a = { 0 };
    static const struct { const char *language, *currency; i64 minor; const char *text; } CASES[] = {
        { "id", "IDR", 1500000, "Rp 15.000" }, { "en", "IDR", 1500000, "Rp 15,000" }, { "id", "IDR", 1500050, "Rp 15.000,50" },
        { "en", "USD", 123456789, "US$1,234,567.89" }, { "en", "EUR", 5, "€0.05" }, { "id", "EUR", 5, "€0,05" },
        { "en", "JPY", 1234, "JP¥1,234" }, { "en", "KWD", 1234, "KWD 1.234" }, { "en", "GBP", -1050, "-£10.50" },
        { "en", "USD", MONEY_MAX_MINOR - 1, "US$9,999,999,999,999.99" }, { "en", "CHF", 4990, "CHF 49.90" },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Str text = print_money(&a, str_of(CASES[i].language), currency(CASES[i].currency), CASES[i].minor);
        Buf plain = buf_new(&a, 200);
        for (size_t k = 0; k < text.n; k++) {
            bool nbsp = k + 1 < text.n && (u8)text.p[k] == 0xC2 && (u8)text.p[k + 1] == 0xA0;
            buf_add_char(&plain, nbsp ? ' ' : text.p[k]);
            k += nbsp;
        }
        check_str(buf_str(&plain), str_of(CASES[i].text));
    }
    check_str(print_ppm(&a, STR("en"), 99750), STR("9.975%"));
    check_str(print_ppm(&a, STR("id"), 99750), STR("9,975%"));
    check_str(print_ppm(&a, STR("en"), 190000), STR("19%"));
    check_str(print_ppm(&a, STR("en"), 1), STR("0.0001%"));
    check_str(print_ppm(&a, STR("en"), 0), STR("0%"));
    check_str(print_number(&a, STR("id"), 12345), STR("12.345"));
    check_str(print_day(&a, STR("id"), noon(), 420), STR("25 November 2026"));
    check_str(print_day(&a, STR("id"), noon() - 5 * HOUR_MS - 1, 0), STR("24 November 2026"));
    check_str(print_country(&a, STR("id"), STR("DE")), STR("Jerman"));
    check_str(print_country(&a, STR("en"), STR("ID")), STR("Indonesia"));
    check_str(print_country(&a, STR("en"), STR("")), STR(""));
    check_str(print_method(STR("en"), STR("cod")), STR("Cash on delivery"));
    check_str(print_method(STR("en"), STR("card+voucher")), STR("Card, and a voucher paid by the marketplace"));
    check_str(print_method(STR("en"), STR("pigeon")), STR("pigeon"));
    for (i64 w = 0; w < WORD_COUNT; w++) check(print_word(STR("id"), (Word)w).n > 0 && print_word(STR("en"), (Word)w).n > 0);
    arena_free(&a);
}
