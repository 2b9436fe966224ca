// What an order's invoice and credit notes say, as whole requests: the lines that came back at their own rates, the rates' names
// of the order's day, and what went back before there was an invoice.
#include "tests/world.h"

// Two baskets at 111,000.00 with 11 % in them, two bags of rice at 50,000.00 with none, 10,000.00 for sending them.
typedef struct Deal { World w; i64 shop; Goods basket, rice; i64 order, basket_line, rice_line; } Deal;

static Time spring(void)
{
    Time t = 0;
    check(time_from_iso(STR("2026-03-10T05:00:00.000Z"), &t));
    return t;
}

static Deal deal(void)
{
    Deal d = { .w = world_new_at(spring()) };
    World *w = &d.w;
    d.shop = world_shop(w, w->sari, "rotan");
    d.basket = world_product(w, w->sari, d.shop, 11100000, 9);
    d.rice = world_product(w, w->sari, d.shop, 5000000, 9);
    check_int(world_put(w, w->sari, world_path(w, "/v1/products/%lld/tax", (long long)d.rice.product),
                        "{\"class\":\"food\"}").status, 200);
    return d;
}

static void order(Deal *d)
{
    World *w = &d->w;
    Answer x = world_post(w, w->ana, "/v1/checkouts", world_path(w,
        "{\"address\":\"%lld\",\"method\":\"test\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":2},{\"variant\":\"%lld\","
        "\"quantity\":2}]}", (long long)world_address(w, w->ana), (long long)d->basket.variant, (long long)d->rice.variant));
    check_int(x.status, 201);
    d->order = answer_id(w, &x, "orders[0].id");
    x = world_get(w, w->ana, world_path(w, "/v1/orders/%lld", (long long)d->order));
    check_str(answer_at(w, &x, "tax.minor"), STR("2299100"));
    d->basket_line = answer_id(w, &x, "lines[0].id");
    d->rice_line = answer_id(w, &x, "lines[1].id");
}

static void send(Deal *d)
{
    check_int(world_post(&d->w, d->w.sari, world_path(&d->w, "/v1/orders/%lld/shipments", (long long)d->order),
                         "{\"carrier\":\"JNE\",\"tracking\":\"1\"}").status, 201);
}

static void gives_back(Deal *d, const char *json)
{
    Answer x = world_post(&d->w, d->w.sari, world_path(&d->w, "/v1/orders/%lld/refunds", (long long)d->order), json);
    check_int(x.status, 201);
    world_tasks(&d->w);
}

static Answer invoice(Deal *d)
{
    return world_get(&d->w, d->w.ana, world_path(&d->w, "/v1/orders/%lld/invoice", (long long)d->order));
}

static Answer note(Deal *d, int i)
{
    Answer x = invoice(d);
    i64 id = answer_id(&d->w, &x, world_path(&d->w, "credit_notes[%d].id", i));
    check(id > 0);
    return world_get(&d->w, d->w.ana, world_path(&d->w, "/v1/invoices/%lld", (long long)id));
}

static void says(Deal *d, const Answer *x, const char *at, const char *what)
{
    check_str(answer_at(&d->w, x, at), str_of(what));
}

static void end(Deal *d)
{
    check_int(world_audit(&d->w), 0);
    world_free(&d->w);
}

TEST(a_credit_note_states_the_rates_of_the_lines_that_came_back)
{
    Deal d = deal();
    order(&d);
    send(&d);
    gives_back(&d, world_path(&d.w, "{\"lines\":[{\"line\":\"%lld\",\"quantity\":1}],\"reason\":\"mice\"}",
                              (long long)d.rice_line));
    Answer x = note(&d, 0);
    says(&d, &x, "total.minor", "5000000");
    says(&d, &x, "tax.minor", "0");
    says(&d, &x, "lines[0].quantity", "1");
    says(&d, &x, "lines[0].price.minor", "5000000");
    says(&d, &x, "taxes[0].rate_ppm", "0");
    says(&d, &x, "taxes[0].base.minor", "5000000");
    says(&d, &x, "taxes[1].name", "");                       // nothing of what bears tax came back
    gives_back(&d, world_path(&d.w, "{\"lines\":[{\"line\":\"%lld\",\"quantity\":2}],\"shipping\":true,\"reason\":\"split\"}",
                              (long long)d.basket_line));
    x = note(&d, 1);
    says(&d, &x, "total.minor", "23200000");
    says(&d, &x, "tax.minor", "2299100");
    says(&d, &x, "shipping_tax.minor", "99100");
    says(&d, &x, "lines[0].quantity", "2");
    says(&d, &x, "lines[0].tax.minor", "2200000");
    says(&d, &x, "taxes[0].tax.minor", "2299100");
    says(&d, &x, "taxes[0].base.minor", "20900900");
    says(&d, &x, "taxes[1].name", "");
    // A part of a price is one thing; the last rice is all that is left.
    gives_back(&d, "{\"amount\":{\"minor\":1234567,\"currency\":\"IDR\"},\"reason\":\"late\"}");
    x = note(&d, 2);
    says(&d, &x, "total.minor", "1234567");
    says(&d, &x, "tax.minor", "0");
    says(&d, &x, "lines[0].quantity", "1");
    says(&d, &x, "lines[0].total.minor", "1234567");
    says(&d, &x, "lines[1].title", "");
    end(&d);
}

TEST(shipping_alone_goes_back_at_its_own_rate)
{
    Deal d = deal();
    order(&d);
    send(&d);
    gives_back(&d, "{\"amount\":{\"minor\":32200000,\"currency\":\"IDR\"},\"reason\":\"lines\"}");
    gives_back(&d, "{\"amount\":{\"minor\":1000000,\"currency\":\"IDR\"},\"reason\":\"the parcel\"}");
    Answer x = note(&d, 1);
    says(&d, &x, "shipping.minor", "1000000");
    says(&d, &x, "tax.minor", "99100");
    says(&d, &x, "taxes[0].base.minor", "900900");
    says(&d, &x, "taxes[0].tax.minor", "99100");
    says(&d, &x, "taxes[1].name", "");
    end(&d);
}

TEST(an_invoice_names_the_rates_of_the_day_of_its_order)
{
    Deal d = deal();
    // From the day after tomorrow the same rate has another name.
    Answer x = world_post(&d.w, d.w.oma, "/v1/operator/tax-rates", "{\"country\":\"ID\",\"class\":\"standard\",\"from\":"
                          "\"2026-03-12\",\"name\":\"PPN baru\",\"nominal_ppm\":120000,\"base_part\":11,\"base_whole\":12}");
    check_int(x.status, 200);
    order(&d);
    world_jump(&d.w, 3 * (i64)DAY_MS);
    send(&d);
    x = invoice(&d);
    says(&d, &x, "taxes[0].name", "PPN");
    gives_back(&d, world_path(&d.w, "{\"lines\":[{\"line\":\"%lld\",\"quantity\":1}],\"reason\":\"r\"}",
                              (long long)d.basket_line));
    x = note(&d, 0);
    says(&d, &x, "taxes[0].name", "PPN");
    order(&d);
    send(&d);
    x = invoice(&d);
    says(&d, &x, "taxes[0].name", "PPN baru");
    end(&d);
}

TEST(what_went_back_before_the_invoice_is_credited_after_it)
{
    Deal d = deal();
    order(&d);
    gives_back(&d, world_path(&d.w, "{\"lines\":[{\"line\":\"%lld\",\"quantity\":1}],\"reason\":\"none left\"}",
                              (long long)d.basket_line));
    Answer x = invoice(&d);
    check_int(x.status, 404);
    send(&d);
    x = invoice(&d);
    says(&d, &x, "total.minor", "33200000");
    x = note(&d, 0);
    says(&d, &x, "total.minor", "11100000");
    says(&d, &x, "tax.minor", "1100000");
    says(&d, &x, "reason", "none left");
    x = invoice(&d);
    says(&d, &x, "credit_notes[1].id", "");
    end(&d);
}

TEST(cash_that_nobody_pays_takes_its_invoice_back)
{
    static const char *const ENDS[] = { "refused", "lost" };
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    Goods g = world_product(&w, w.sari, shop, 11100000, 9);
    for (i64 i = 0; i < COUNT(ENDS); i++) {
        Answer x = world_checkout(&w, w.ana, g.variant, 2, "cod");
        const char *path = world_path(&w, "/v1/orders/%lld", (long long)answer_id(&w, &x, "orders[0].id"));
        x = world_post(&w, w.sari, world_path(&w, "%s/shipments", path), "{\"carrier\":\"JNE\",\"tracking\":\"1\"}");
        check_int(x.status, 201);
        x = world_post(&w, w.sari, world_path(&w, "%s/delivery", path), world_path(&w, "{\"kind\":\"%s\"}", ENDS[i]));
        check_int(x.status, 200);
        x = world_get(&w, w.ana, world_path(&w, "%s/invoice", path));
        check_str(answer_at(&w, &x, "total.minor"), STR("23200000"));
        check_str(answer_at(&w, &x, "credit_notes[0].total.minor"), STR("23200000"));
        check_str(answer_at(&w, &x, "credit_notes[1].id"), STR(""));
        i64 id = answer_id(&w, &x, "credit_notes[0].id");
        Str tax = answer_at(&w, &x, "tax.minor");
        x = world_get(&w, w.ana, world_path(&w, "/v1/invoices/%lld", (long long)id));
        check_str(answer_at(&w, &x, "tax.minor"), tax);
        check_str(answer_at(&w, &x, "lines[0].quantity"), STR("2"));
    }
    check_int(world_audit(&w), 0);
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- who pays for a discount

static void set_rule(World *w, const char *name, int value)
{
    Answer x = world_get(w, w->oma, "/v1/operator/markets/ID/rules");
    x = world_put(w, w->oma, world_path(w, "/v1/operator/markets/ID/rules/%s", name),
                  world_path(w, "{\"value\":%d,\"version\":%lld,\"why\":\"for a test\"}", value,
                             (long long)answer_id(w, &x, "market.version")));
    check_int(x.status, 200);
}

// A voucher that Ana has claimed: of the platform, or of the shop.
static void voucher(Deal *d, bool platform, const char *what)
{
    World *w = &d->w;
    Time now = app_now(w->app);
    Str from = time_to_iso(w->a, now), to = time_to_iso(w->a, now + 9 * (i64)DAY_MS);
    Answer x = world_post(w, platform ? w->oma : w->sari, platform ? "/v1/operator/promotions" :
                          world_path(w, "/v1/studio/shops/%lld/promotions", (long long)d->shop), world_path(w,
        "{\"kind\":\"voucher\",\"name\":\"Hemat\",\"starts\":\"%.*s\",\"ends\":\"%.*s\",\"currency\":\"IDR\",\"products\":[],"
        "\"categories\":[],\"bundle\":[],\"tiers\":[],%s}", STR_ARG(from), STR_ARG(to), what));
    check_int(x.status, 201);
    i64 id = answer_id(w, &x, "id");
    check_int(world_post(w, w->ana, "/v1/me/vouchers", world_path(w, "{\"voucher\":\"%lld\"}", (long long)id)).status, 200);
}

// So many baskets at 111,000.00, paid at once; gives the order as its buyer sees it.
static Answer baskets(Deal *d, i64 n)
{
    Answer x = world_checkout(&d->w, d->w.ana, d->basket.variant, n, "test");
    check_int(x.status, 201);
    d->order = answer_id(&d->w, &x, "orders[0].id");
    x = world_get(&d->w, d->w.ana, world_path(&d->w, "/v1/orders/%lld", (long long)d->order));
    d->basket_line = answer_id(&d->w, &x, "lines[0].id");
    return x;
}

TEST(what_the_market_pays_is_a_part_of_the_price_and_what_the_seller_takes_off_is_not)
{
    static const struct { bool platform; int inclusive; const char *total, *tax, *invoiced, *discount, *method; } CASES[] = {
        { true, 1, "9880000", "1199100", "12100000", "0", "test+voucher" },
        { false, 1, "9880000", "979100", "9880000", "2220000", "test" },
        { true, 0, "11211000", "1331000", "13431000", "0", "test+voucher" },
        { false, 0, "10966800", "1086800", "10966800", "2220000", "test" },
    };
    for (i64 i = 0; i < COUNT(CASES); i++) {
        Deal d = deal();
        set_rule(&d.w, "tax_inclusive", CASES[i].inclusive);
        voucher(&d, CASES[i].platform, "\"amount\":{\"minor\":2220000,\"currency\":\"IDR\"}");
        Answer x = baskets(&d, 1);
        says(&d, &x, "total.minor", CASES[i].total);
        says(&d, &x, "tax.minor", CASES[i].tax);
        send(&d);
        x = invoice(&d);
        says(&d, &x, "total.minor", CASES[i].invoiced);
        says(&d, &x, "discount.minor", CASES[i].discount);
        says(&d, &x, "tax.minor", CASES[i].tax);
        says(&d, &x, "method", CASES[i].method);
        check_int(world_post(&d.w, d.w.sari, world_path(&d.w, "/v1/orders/%lld/delivery", (long long)d.order),
                             "{\"kind\":\"lost\"}").status, 200);
        world_tasks(&d.w);
        x = note(&d, 0);
        says(&d, &x, "total.minor", CASES[i].invoiced);
        says(&d, &x, "tax.minor", CASES[i].tax);
        x = world_get(&d.w, d.w.ana, world_path(&d.w, "/v1/orders/%lld", (long long)d.order));
        says(&d, &x, "refunded.minor", CASES[i].total);
        end(&d);
    }
}

// In whatever parts it goes back, also when the market has paid for all of the goods and the buyer for their tax alone.
TEST(parts_of_what_the_market_paid_for_come_to_the_whole)
{
    static const char *const VOUCHERS[] = { "\"amount\":{\"minor\":3333333,\"currency\":\"IDR\"}", "\"percent\":100",
                                            "\"percent\":93" };
    for (int i = 0; i < 2 * (int)COUNT(VOUCHERS); i++) {
        Deal d = deal();
        set_rule(&d.w, "tax_inclusive", i % 2);
        set_rule(&d.w, "tax_by_platform", i / 2 % 2);
        voucher(&d, true, VOUCHERS[i / 2]);
        Answer x = baskets(&d, 3);
        Str total = answer_at(&d.w, &x, "total.minor");
        send(&d);
        gives_back(&d, "{\"amount\":{\"minor\":77777,\"currency\":\"IDR\"},\"reason\":\"scratched\"}");
        gives_back(&d, world_path(&d.w, "{\"lines\":[{\"line\":\"%lld\",\"quantity\":1}],\"reason\":\"broken\"}",
                                  (long long)d.basket_line));
        check_int(world_audit(&d.w), 0);
        gives_back(&d, "{\"amount\":{\"minor\":1,\"currency\":\"IDR\"},\"reason\":\"a word\"}");
        check_int(world_post(&d.w, d.w.sari, world_path(&d.w, "/v1/orders/%lld/delivery", (long long)d.order),
                             "{\"kind\":\"lost\"}").status, 200);
        world_tasks(&d.w);
        x = world_get(&d.w, d.w.ana, world_path(&d.w, "/v1/orders/%lld", (long long)d.order));
        check_str(answer_at(&d.w, &x, "refunded.minor"), total);
        i64 sum = 0, tax = 0, whole, of_it;
        for (int k = 0; k < 4; k++) {
            Answer c = note(&d, k);
            sum += answer_id(&d.w, &c, "total.minor"), tax += answer_id(&d.w, &c, "tax.minor");
        }
        x = invoice(&d);
        whole = answer_id(&d.w, &x, "total.minor"), of_it = answer_id(&d.w, &x, "tax.minor");
        check_int(sum, whole);
        check_int(tax, of_it);
        end(&d);
    }
}

// ---------------------------------------------------------------------------------------------- slips and labels

TEST(slips_and_labels_are_for_the_shops_own_orders)
{
    static const char *const KINDS[] = { "packing-slips.pdf", "labels.pdf" };
    Deal d = deal();
    World *w = &d.w;
    order(&d);
    for (i64 i = 0; i < COUNT(KINDS); i++) {
        const char *path = world_path(w, "/v1/studio/shops/%lld/%s", (long long)d.shop, KINDS[i]);
        const char *ours = world_path(w, "%s?orders=%lld", path, (long long)d.order);
        Answer x = world_get(w, w->sari, ours);
        check_int(x.status, 200);
        check_str(local_header(&x, "Content-Type"), STR("application/pdf"));
        check_str(local_header(&x, "Content-Disposition"), str_of(world_path(w, "inline; filename=\"%s\"", KINDS[i])));
        check(str_starts(x.body, STR("%PDF-")));
        check_int(world_get(w, w->sari, path).status, 422);
        check_int(world_get(w, w->sari, world_path(w, "%s?orders=1", path)).status, 404);
        check_int(world_get(w, w->tono, ours).status, 403);
        check_int(world_get(w, w->nobody, ours).status, 401);
    }
    end(&d);
}
