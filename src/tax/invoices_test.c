// Tests of invoices and credit notes: numbers, sums, who may see them, many at once, and what the audit finds.
#include <pthread.h>

#include "accounts/accounts.h"
#include "tax/tax.h"
#include "tests/world.h"

typedef struct Desk { World w; i64 shop; } Desk;

static Desk desk(void)
{
    Desk d = { .w = world_new() };
    d.shop = world_shop(&d.w, d.w.sari, "keranjang");
    return d;
}

static void end(Desk *d)
{
    check_int(world_audit(&d->w), 0);
    world_free(&d->w);
}

// Past every rule, as a mistake of the program or a hand in the database would.
static void spoil(World *w, const char *sql)
{
    world_sql(w, sql);
}

// ---------------------------------------------------------------------------------------------- issuing

typedef struct Act {
    World *w;
    i64 shop, order, refund;             // refund 0: an invoice
    bool damage;                         // facts that do not agree
    bool mixed;                          // a line at 0 beside one at 11 %
    bool no_rate;                        // the shipping's rate is not named
    i64 back, back_tax;                  // of a credit note
    const InvoiceLine *lines; i64 n;
    Refusal why;
    Arena arena;
    Err result;
} Act;

// Two lines with 11 % in them: 222,000 and 111,000 less 11,100; shipping 11,100.
static const InvoiceLine LINES[] = {
    { .title = { "Keranjang rotan", 15 }, .options = { "Besar, Cokelat", 14 }, .sku = { "KR-1", 4 }, .quantity = 2,
      .price = 11100000,
      .total = 22200000, .tax = 2200000, .rate_ppm = 110000 },
    { .title = { "Tas <b>anyam</b> & \"pandan\"", 27 }, .options = { "", 0 }, .sku = { "TA-2", 4 }, .quantity = 1,
      .price = 11100000,
      .discount = 1110000, .total = 9990000, .tax = 990000, .rate_ppm = 110000 },
};

static const char ADDRESS[] = "{\"name\":\"Ana Wijaya\",\"phone\":\"+628123456789\",\"line1\":\"Jl. Melati 5\","
                              "\"city\":\"Jakarta\",\"postcode\":\"12345\",\"country\":\"ID\"}";

static Err issue(Tx *tx, const By *by, const Act *x)
{
    AccountId buyer = { x->w->ana.id };
    InvoiceLine lines[2] = { LINES[0], LINES[1] };
    InvoiceFacts f = {
        .order = { x->order }, .order_number = STR("0ABCDEFGHJKMN"), .shop = { x->shop }, .buyer = buyer, .lines = lines, .n = 2,
        .goods = 33300000, .discount = 1110000, .shipping = 1110000, .tax = 3300000, .total = 33300000, .shipping_tax = 110000,
        .shipping_rate_ppm = 110000, .inclusive = true, .method = STR("qris") };
    must(currency_parse(STR("IDR"), &f.currency));
    if (x->damage) f.tax++;
    if (x->no_rate) f.shipping_rate_ppm = 0;
    if (x->mixed) {
        lines[1].tax = lines[1].rate_ppm = 0;
        f.tax -= 990000;
    }
    try(account_seal(tx, by, buyer, str_of(ADDRESS), &f.ship_to));
    return tax_invoice(tx, by, &f);
}

static Err act(Tx *tx, void *context)
{
    Act *x = context;
    arena_reset(&x->arena);
    tx->a = &x->arena;
    App *app = x->w->app;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault };
    Err e;
    if (x->refund == 0) {
        e = issue(tx, &by, x);
    } else {
        CreditFacts f = { .order = { x->order }, .refund = { x->refund }, .goods = x->back, .tax = x->back_tax, .total = x->back,
                          .reason = STR("came back"), .lines = x->lines, .n = x->n };
        e = tax_credit_note(tx, &by, &f);
    }
    x->why = tx->why;
    return e;
}

static Err run(Act *x)
{
    do x->result = db_run(x->w->app->db, true, act, x);
    while (x->result == ERR_BUSY);
    arena_free(&x->arena);
    return x->result;
}

static Err invoice(Desk *d, i64 order)
{
    return run(&(Act){ .w = &d->w, .shop = d->shop, .order = order });
}

static Err credit(Desk *d, i64 order, i64 refund, i64 back, i64 tax)
{
    return run(&(Act){ .w = &d->w, .order = order, .refund = refund, .back = back, .back_tax = tax });
}

static Answer look(Desk *d, Person who, i64 order)
{
    return world_get(&d->w, who, world_path(&d->w, "/v1/orders/%lld/invoice", (long long)order));
}

// ---------------------------------------------------------------------------------------------- one

TEST(invoice_is_issued_once_and_kept)
{
    Desk d = desk();
    check_int(look(&d, d.w.ana, 7).status, 404);
    check_int(invoice(&d, 7), ERR_OK);
    check_int(invoice(&d, 7), ERR_OK);
    Answer x = look(&d, d.w.ana, 7);
    check_int(x.status, 200);
    check_str(answer_at(&d.w, &x, "number"), STR("INV-000001"));
    check_str(answer_at(&d.w, &x, "total.minor"), STR("33300000"));
    check_str(answer_at(&d.w, &x, "lines[1].title"), STR("Tas <b>anyam</b> & \"pandan\""));
    check_str(answer_at(&d.w, &x, "lines[1].discount.minor"), STR("1110000"));
    check_str(answer_at(&d.w, &x, "buyer.name"), STR("Ana Wijaya"));
    check_str(answer_at(&d.w, &x, "seller.name"), STR("Toko keranjang"));
    check_str(answer_at(&d.w, &x, "language"), STR("id"));
    // 12 % on 11/12, in one row: 333,000 hold 33,000.
    check_str(answer_at(&d.w, &x, "taxes[0].name"), STR("PPN"));
    check_str(answer_at(&d.w, &x, "taxes[0].rate_ppm"), STR("120000"));
    check_str(answer_at(&d.w, &x, "taxes[0].base_part"), STR("11"));
    check_str(answer_at(&d.w, &x, "taxes[0].base.minor"), STR("30000000"));
    check_str(answer_at(&d.w, &x, "taxes[0].tax.minor"), STR("3300000"));
    check_str(answer_at(&d.w, &x, "taxes[1].name"), STR(""));
    i64 id = answer_id(&d.w, &x, "id");
    const char *path = world_path(&d.w, "/v1/invoices/%lld", (long long)id);
    check_int(world_get(&d.w, d.w.ana, path).status, 200);
    check_int(world_get(&d.w, d.w.sari, path).status, 200);
    check_int(world_get(&d.w, d.w.oma, path).status, 200);
    check_int(world_get(&d.w, d.w.budi, path).status, 404);
    check_int(world_get(&d.w, d.w.tono, path).status, 404);
    check_int(world_get(&d.w, d.w.nobody, path).status, 401);
    check_int(look(&d, d.w.budi, 7).status, 404);
    // What the shop says of itself later changes nothing that was issued.
    world_put(&d.w, d.w.sari, world_path(&d.w, "/v1/studio/shops/%lld/tax-details", (long long)d.shop),
              "{\"legal_name\":\"CV Rotan Jaya\",\"address\":\"Jepara\",\"tax_id\":\"01\",\"registration\":\"\","
              "\"charges_tax\":true,\"prefix\":\"RJ/\",\"note\":\"\"}");
    x = look(&d, d.w.ana, 7);
    check_str(answer_at(&d.w, &x, "seller.name"), STR("Toko keranjang"));
    check_int(invoice(&d, 8), ERR_OK);
    x = look(&d, d.w.ana, 8);
    check_str(answer_at(&d.w, &x, "number"), STR("RJ/INV-000002"));
    check_str(answer_at(&d.w, &x, "seller.name"), STR("CV Rotan Jaya"));
    end(&d);
}

TEST(invoice_with_sums_that_disagree_is_not_numbered)
{
    Desk d = desk();
    check_int(run(&(Act){ .w = &d.w, .shop = d.shop, .order = 7, .damage = true }), ERR_INTERNAL);
    check_int(look(&d, d.w.ana, 7).status, 404);
    check_int(invoice(&d, 8), ERR_OK);
    Answer x = look(&d, d.w.ana, 8);
    check_str(answer_at(&d.w, &x, "number"), STR("INV-000001"));
    end(&d);
}

TEST(invoice_shipping_without_a_rate_follows_the_goods)
{
    Desk d = desk();
    check_int(run(&(Act){ .w = &d.w, .shop = d.shop, .order = 7, .no_rate = true }), ERR_OK);
    Answer x = look(&d, d.w.ana, 7);
    check_str(answer_at(&d.w, &x, "shipping_rate_ppm"), STR("110000"));
    check_str(answer_at(&d.w, &x, "taxes[0].tax.minor"), STR("3300000"));
    check_str(answer_at(&d.w, &x, "taxes[1].name"), STR(""));
    end(&d);
}

TEST(invoices_of_a_shop_are_listed_for_its_books)
{
    Desk d = desk();
    for (i64 i = 1; i <= 5; i++) check_int(invoice(&d, i), ERR_OK);
    check_int(credit(&d, 3, 30, 11100000, 1100000), ERR_OK);
    const char *path = world_path(&d.w, "/v1/studio/shops/%lld/invoices", (long long)d.shop);
    Answer x = world_get(&d.w, d.w.sari, world_path(&d.w, "%s?limit=4", path));
    check_int(x.status, 200);
    check_str(answer_at(&d.w, &x, "items[0].number"), STR("CN-000001"));
    check_str(answer_at(&d.w, &x, "items[1].number"), STR("INV-000005"));
    x = world_get(&d.w, d.w.sari, world_path(&d.w, "%s?limit=4&before=%lld", path, (long long)answer_id(&d.w, &x, "next")));
    check_str(answer_at(&d.w, &x, "items[1].number"), STR("INV-000001"));
    check_str(answer_at(&d.w, &x, "items[2].number"), STR(""));
    check_int(world_get(&d.w, d.w.tono, path).status, 403);
    end(&d);
}

TEST(invoice_of_an_erased_buyer_has_none)
{
    Desk d = desk();
    check_int(invoice(&d, 7), ERR_OK);
    const char *sql = world_path(&d.w, "DELETE FROM account_key WHERE account = %lld", (long long)d.w.ana.id);
    spoil(&d.w, sql);
    Answer x = look(&d, d.w.sari, 7);
    check_int(x.status, 200);
    check_str(answer_at(&d.w, &x, "buyer"), STR(""));
    check_str(answer_at(&d.w, &x, "total.minor"), STR("33300000"));
    check(str_find(x.body, STR("Wijaya")) < 0);
    check_int(credit(&d, 7, 70, 11100000, 1100000), ERR_OK);
    end(&d);
}

// From a basket to the paper: with the tax in its prices, then by a shop that may not charge any.
static Answer sold(Desk *d, i64 variant)
{
    Answer x = world_checkout(&d->w, d->w.ana, variant, 1, "cod");
    check_int(x.status, 201);
    i64 order = answer_id(&d->w, &x, "orders[0].id");
    x = world_post(&d->w, d->w.sari, world_path(&d->w, "/v1/orders/%lld/shipments", (long long)order),
                   "{\"carrier\":\"JNE\",\"tracking\":\"JNE1\"}");
    check_int(x.status, 201);
    return look(d, d->w.ana, order);
}

TEST(invoice_of_a_real_order)
{
    Desk d = desk();
    Goods g = world_product(&d.w, d.w.sari, d.shop, 11100000, 5);
    Answer x = sold(&d, g.variant);                                       // 111,000 and 10,000 for sending it
    check_int(x.status, 200);
    check_str(answer_at(&d.w, &x, "total.minor"), STR("12100000"));
    check_str(answer_at(&d.w, &x, "lines[0].tax.minor"), STR("1100000"));
    check_str(answer_at(&d.w, &x, "shipping_tax.minor"), STR("99100"));   // 10,000 * 11 / 111 = 990.99
    check_str(answer_at(&d.w, &x, "taxes[0].tax.minor"), STR("1199100"));
    check_str(answer_at(&d.w, &x, "taxes[1].name"), STR(""));
    check_int(world_put(&d.w, d.w.sari, world_path(&d.w, "/v1/studio/shops/%lld/tax-details", (long long)d.shop),
                        "{\"legal_name\":\"Sari\",\"address\":\"\",\"tax_id\":\"\",\"registration\":\"\",\"charges_tax\":false,"
                        "\"prefix\":\"\",\"note\":\"\"}").status, 200);
    x = sold(&d, g.variant);
    check_str(answer_at(&d.w, &x, "number"), STR("INV-000002"));
    check_str(answer_at(&d.w, &x, "total.minor"), STR("12100000"));
    check_str(answer_at(&d.w, &x, "tax.minor"), STR("0"));
    end(&d);
}

// ---------------------------------------------------------------------------------------------- credit notes

TEST(credit_notes_are_numbered_apart_and_never_exceed)
{
    Desk d = desk();
    check_int(credit(&d, 7, 70, 100, 10), ERR_OK);                        // nothing was invoiced
    check_int(invoice(&d, 7), ERR_OK);
    check_int(credit(&d, 7, 70, 11100000, 1100000), ERR_OK);
    check_int(credit(&d, 7, 70, 11100000, 1100000), ERR_OK);              // once a refund
    Answer x = look(&d, d.w.ana, 7);
    check_str(answer_at(&d.w, &x, "credit_notes[0].number"), STR("CN-000001"));
    check_str(answer_at(&d.w, &x, "credit_notes[1].number"), STR(""));
    check_int(credit(&d, 7, 71, 22200001, 0), ERR_WRONG_STATE);
    check_int(credit(&d, 7, 71, 22200000, 2200001), ERR_WRONG_STATE);     // more tax than there was
    check_int(credit(&d, 7, 71, 22200000, 2200000), ERR_OK);
    check_int(credit(&d, 7, 72, 1, 0), ERR_WRONG_STATE);
    x = look(&d, d.w.ana, 7);
    check_str(answer_at(&d.w, &x, "credit_notes[1].number"), STR("CN-000002"));
    i64 note = answer_id(&d.w, &x, "credit_notes[0].id");
    x = world_get(&d.w, d.w.ana, world_path(&d.w, "/v1/invoices/%lld", (long long)note));
    check_str(answer_at(&d.w, &x, "kind"), STR("credit_note"));
    check_str(answer_at(&d.w, &x, "credits"), STR("INV-000001"));
    check_str(answer_at(&d.w, &x, "reason"), STR("came back"));
    check_str(answer_at(&d.w, &x, "taxes[0].base.minor"), STR("10000000"));
    check_str(answer_at(&d.w, &x, "taxes[0].tax.minor"), STR("1100000"));
    check_str(answer_at(&d.w, &x, "buyer.city"), STR("Jakarta"));
    check_int(world_get(&d.w, d.w.budi, world_path(&d.w, "/v1/invoices/%lld", (long long)note)).status, 404);
    end(&d);
}

TEST(credit_note_with_lines_gives_back_their_rate)
{
    Desk d = desk();
    Act x = { .w = &d.w, .shop = d.shop, .order = 7, .mixed = true };
    check_int(run(&x), ERR_OK);
    InvoiceLine free = LINES[1];
    free.tax = free.rate_ppm = 0;
    check_int(run(&(Act){ .w = &d.w, .order = 7, .refund = 70, .back = 9990000, .lines = &free, .n = 1 }), ERR_OK);
    Answer a = look(&d, d.w.ana, 7);
    a = world_get(&d.w, d.w.ana, world_path(&d.w, "/v1/invoices/%lld", (long long)answer_id(&d.w, &a, "credit_notes[0].id")));
    check_str(answer_at(&d.w, &a, "tax.minor"), STR("0"));
    check_str(answer_at(&d.w, &a, "discount.minor"), STR("1110000"));
    check_str(answer_at(&d.w, &a, "total.minor"), STR("9990000"));
    check_str(answer_at(&d.w, &a, "taxes[0].rate_ppm"), STR("0"));
    check_str(answer_at(&d.w, &a, "taxes[0].base.minor"), STR("9990000"));
    end(&d);
}

// ---------------------------------------------------------------------------------------------- papers

static i64 paper(Desk *d, i64 order)
{
    Answer x = look(d, d->w.ana, order);
    return answer_id(&d->w, &x, "id");
}

static Answer file(Desk *d, Person who, i64 id, const char *ending)
{
    return world_get(&d->w, who, world_path(&d->w, "/v1/invoices/%lld%s", (long long)id, ending));
}

TEST(invoice_page_escapes_and_lets_nothing_run)
{
    Desk d = desk();
    check_int(invoice(&d, 7), ERR_OK);
    i64 id = paper(&d, 7);
    Answer x = file(&d, d.w.ana, id, ".html");
    check_int(x.status, 200);
    check_str(local_header(&x, "Content-Type"), STR("text/html; charset=utf-8"));
    check_str(local_header(&x, "X-Content-Type-Options"), STR("nosniff"));
    check(str_starts(local_header(&x, "Content-Security-Policy"), STR("default-src 'none'; style-src 'sha256-")));
    check(str_find(x.body, STR("Tas &lt;b&gt;anyam&lt;/b&gt; &amp; &quot;pandan&quot;")) > 0);
    check(str_find(x.body, STR("<b>")) < 0 && str_find(x.body, STR("<script")) < 0);
    check(str_find(x.body, STR("Ana Wijaya")) > 0 && str_find(x.body, STR("INV-000001")) > 0);
    check(str_find(x.body, STR("PPN 12% × 11/12")) > 0 && str_find(x.body, STR("lang=\"id\"")) > 0);
    check(str_find(x.body, STR("+628123456789")) < 0);                    // a phone number is nobody's business on an invoice
    for (int i = 0; i < 2; i++) {
        const char *ending = i ? ".pdf" : ".html";
        check_int(file(&d, d.w.sari, id, ending).status, 200);
        check_int(file(&d, d.w.budi, id, ending).status, 404);
        check_int(file(&d, d.w.tono, id, ending).status, 404);
        check_int(file(&d, d.w.nobody, id, ending).status, 401);
        check_int(file(&d, d.w.ana, id + 1, ending).status, 404);
    }
    check_int(world_get(&d.w, d.w.ana, "/v1/invoices/x.pdf").status, 404);
    check_int(world_get(&d.w, d.w.ana, "/v1/invoices/-7.html").status, 404);
    check_int(world_get(&d.w, d.w.ana, "/v1/invoices/99999999999999999999.pdf").status, 404);
    check_int(file(&d, d.w.ana, id, ".doc").status, 404);
    end(&d);
}

TEST(invoice_pdf_is_the_same_each_time)
{
    Desk d = desk();
    check_int(invoice(&d, 7), ERR_OK);
    i64 id = paper(&d, 7);
    Answer x = file(&d, d.w.ana, id, ".pdf"), y;
    check_int(x.status, 200);
    check_str(local_header(&x, "Content-Type"), STR("application/pdf"));
    check_str(local_header(&x, "Content-Disposition"), STR("inline; filename=\"INV-000001.pdf\""));
    check(str_starts(x.body, STR("%PDF-")));
    world_jump(&d.w, 40 * (i64)DAY_MS);
    world_put(&d.w, d.w.sari, world_path(&d.w, "/v1/studio/shops/%lld/tax-details", (long long)d.shop),
              "{\"legal_name\":\"CV Baru\",\"address\":\"\",\"tax_id\":\"\",\"registration\":\"\",\"charges_tax\":true,"
              "\"prefix\":\"\",\"note\":\"\"}");
    y = file(&d, d.w.sari, id, ".pdf");
    check(str_eq(x.body, y.body));
    spoil(&d.w, world_path(&d.w, "DELETE FROM account_key WHERE account = %lld", (long long)d.w.ana.id));
    y = file(&d, d.w.sari, id, ".pdf");
    check(y.status == 200 && !str_eq(x.body, y.body));
    end(&d);
}

TEST(invoice_paper_answers_at_every_size_of_arena)
{
    Desk d = desk();
    check_int(invoice(&d, 7), ERR_OK);
    i64 id = paper(&d, 7), good = 0;
    for (int i = 0; i < 2; i++)
        for (size_t size = 512; size < 4 * 1024 * 1024; size = size * 5 / 4) {
            LocalRequest r = { .method = "GET", .token = d.w.sari.token, .arena_limit = size,
                               .path = str_of(world_path(&d.w, "/v1/invoices/%lld%s", (long long)id, i ? ".pdf" : ".html")) };
            Answer x = world_send(&d.w, r);
            check(x.status == 200 || x.status == 503);
            good += x.status == 200;
        }
    check(good > 4);
    check_int(file(&d, d.w.sari, id, ".pdf").status, 200);
    end(&d);
}

TEST(invoice_book_is_a_table_of_papers_and_rates)
{
    Desk d = desk();
    for (i64 i = 1; i <= 3; i++) check_int(invoice(&d, i), ERR_OK);
    check_int(credit(&d, 2, 20, 11100000, 1100000), ERR_OK);
    check_int(run(&(Act){ .w = &d.w, .shop = d.shop, .order = 4, .mixed = true }), ERR_OK);
    char today[11], later[11], iso[TIME_ISO_SIZE];
    time_to_iso_text(app_now(d.w.app) + 7 * HOUR_MS, iso);
    snprintf(today, sizeof(today), "%.10s", iso);
    time_to_iso_text(app_now(d.w.app) + 31 * HOUR_MS, iso);
    snprintf(later, sizeof(later), "%.10s", iso);
    const char *path = world_path(&d.w, "/v1/studio/shops/%lld/invoices.csv", (long long)d.shop);
    Answer x = world_get(&d.w, d.w.sari, world_path(&d.w, "%s?from=%s&until=%s", path, today, later));
    check_int(x.status, 200);
    check_str(local_header(&x, "Content-Type"), STR("text/csv; charset=utf-8"));
    Str rest = x.body, head = str_split(&rest, '\n'), first = str_split(&rest, '\n');
    check_str(head, STR("number,kind,day,order,credits,country,currency,total,tax,percent,base_part,base,tax_amount\r"));
    check_str(first, arena_format(d.w.a, "INV-000001,invoice,%s,0ABCDEFGHJKMN,,ID,IDR,333000.00,"
                                  "PPN,12.0000,11/12,300000.00,33000.00\r", today));
    check(str_find(x.body, STR(",INV-000002,ID,IDR,-111000.00,PPN,12.0000,11/12,-100000.00,-11000.00\r")) > 0);
    check(str_find(x.body, STR("IDR,,PPN,0.0000,1/1,99900.00,0.00\r")) > 0);      // the second rate of one paper has no total
    x = world_get(&d.w, d.w.sari, world_path(&d.w, "%s?from=2020-01-01&until=2020-02-01", path));
    check_int(x.status, 200);
    check_int(world_get(&d.w, d.w.sari, path).status, 422);
    check_int(world_get(&d.w, d.w.sari, world_path(&d.w, "%s?from=2020-01-01&until=2022-01-01", path)).status, 422);
    check_int(world_get(&d.w, d.w.sari, world_path(&d.w, "%s?from=2020-01-01&until=2020-01-01", path)).status, 422);
    check_int(world_get(&d.w, d.w.sari, world_path(&d.w, "%s?when=now", path)).status, 422);
    check_int(world_get(&d.w, d.w.tono, world_path(&d.w, "%s?from=2020-01-01&until=2020-02-01", path)).status, 403);
    check_int(world_get(&d.w, d.w.nobody, world_path(&d.w, "%s?from=2020-01-01&until=2020-02-01", path)).status, 401);
    end(&d);
}

// ---------------------------------------------------------------------------------------------- many at once

enum { CROWD = 64 };

static void *run_thread(void *context)
{
    run(context);
    return NULL;
}

// Half of the orders are asked for twice, and every third fails after its number was taken: its transaction is rolled back.
TEST(invoice_numbers_have_no_gap_and_no_double_with_64_threads)
{
    Desk d = desk();
    Act acts[CROWD];
    pthread_t threads[CROWD];
    bool seen[CROWD + 1] = { 0 };
    i64 orders = 0, found = 0;
    for (i64 i = 0; i < CROWD; i++)
        acts[i] = (Act){ .w = &d.w, .shop = d.shop, .order = 100 + i / 2 * 2 + (i % 4 == 3), .damage = i % 3 == 2 };
    for (i64 i = 0; i < CROWD; i++) must(pthread_create(&threads[i], NULL, run_thread, &acts[i]) == 0);
    for (i64 i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
        check_int(acts[i].result, acts[i].damage ? ERR_INTERNAL : ERR_OK);
    }
    for (i64 order = 100; order < 100 + CROWD; order++) {
        i64 n = 0;
        Answer x = look(&d, d.w.ana, order);
        if (x.status != 200) continue;
        orders++;
        Str number = answer_at(&d.w, &x, "number");
        check(str_to_i64(str_slice(number, 4, number.n), &n) && n >= 1 && n <= CROWD && !seen[n]);
        if (n >= 1 && n <= CROWD) seen[n] = true;
    }
    for (i64 n = 1; n <= orders; n++) found += seen[n];
    check_int(found, orders);
    check(orders > CROWD / 3);
    end(&d);
}

TEST(credit_notes_of_64_threads_stay_within_the_invoice)
{
    Desk d = desk();
    Act acts[CROWD];
    pthread_t threads[CROWD];
    i64 given = 0;
    check_int(invoice(&d, 7), ERR_OK);
    for (i64 i = 0; i < CROWD; i++) acts[i] = (Act){ .w = &d.w, .order = 7, .refund = 70 + i, .back = 1110000,
                                                     .back_tax = 110000 };
    for (i64 i = 0; i < CROWD; i++) must(pthread_create(&threads[i], NULL, run_thread, &acts[i]) == 0);
    for (i64 i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
        check(acts[i].result == ERR_OK || acts[i].result == ERR_WRONG_STATE);
        given += acts[i].result == ERR_OK;
    }
    check_int(given, 30);
    end(&d);
}

// ---------------------------------------------------------------------------------------------- the audit

TEST(tax_audit_finds_each_kind_of_damage)
{
    Desk d = desk();
    for (i64 i = 1; i <= 6; i++) check_int(invoice(&d, i), ERR_OK);
    check_int(credit(&d, 1, 10, 11100000, 1100000), ERR_OK);
    check_int(world_audit(&d.w), 0);
    spoil(&d.w, "UPDATE tax_invoice SET total_minor = total_minor + 1 WHERE shop_order = 2 AND kind = 'invoice'");
    check_int(world_audit(&d.w), 1);
    spoil(&d.w, "UPDATE tax_invoice_tax SET tax_minor = tax_minor - 1 "
                "WHERE invoice = (SELECT id FROM tax_invoice WHERE shop_order = 3)");
    check_int(world_audit(&d.w), 2);
    spoil(&d.w, "UPDATE tax_invoice_line SET tax_minor = tax_minor - 1 WHERE seq = 0 AND invoice = (SELECT id FROM tax_invoice "
                      "WHERE shop_order = 4)");
    check_int(world_audit(&d.w), 3);
    spoil(&d.w, "UPDATE tax_invoice SET credited_minor = credited_minor - 1 WHERE shop_order = 1 AND kind = 'invoice'");
    check_int(world_audit(&d.w), 4);
    spoil(&d.w, "UPDATE tax_counter SET last = 9 WHERE kind = 'credit_note'");
    check_int(world_audit(&d.w), 5);
    spoil(&d.w, "DELETE FROM tax_invoice WHERE shop_order = 5");
    check_int(world_audit(&d.w), 6);
    world_free(&d.w);
}
