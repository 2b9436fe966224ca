// Random checkouts in currencies of 0, 2 and 3 decimals, with discounts of both sides and tax in every manner, and their money
// back in random parts: lines = order = payment = ledger, to the unit. SUMS_SEED repeats one.
#include "tests/world.h"

enum { ORDERS = 25, BACK_MOST = 4, THINGS = 3, LIVES_SQLITE = 16, LIVES_POSTGRES = 4 };

static const char *const CODES[] = { "VND", "IDR", "KWD", "EUR" };

typedef struct Till {
    World w;
    i64 seed;
    u64 rng;
    const char *code;
    i64 shop, address;
    Goods thing[THINGS];
} Till;

static i64 below(Till *t, i64 n)
{
    u64 x = t->rng += 0x9E3779B97F4A7C15u;       // splitmix64
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    return (i64)(((x ^ (x >> 27)) * 0x94D049BB133111EBu >> 11) % (u64)n);
}

static void set_rule(Till *t, const char *rule, i64 value)
{
    Answer x = world_get(&t->w, t->w.oma, "/v1/operator/markets/ID/rules");
    x = world_put(&t->w, t->w.oma, world_path(&t->w, "/v1/operator/markets/ID/rules/%s", rule),
                  world_path(&t->w, "{\"value\":%lld,\"version\":%.*s,\"why\":\"of this life\"}", (long long)value,
                             STR_ARG(answer_at(&t->w, &x, "market.version"))));
    check_int(x.status, 200);
}

static i64 promote(Till *t, Person who, const char *path, const char *fields)
{
    Str now = time_to_iso(t->w.a, app_now(t->w.app)), later = time_to_iso(t->w.a, app_now(t->w.app) + DAY_MS);
    Answer x = world_post(&t->w, who, path, world_path(&t->w,
        "{\"name\":\"Hemat\",\"starts\":\"%.*s\",\"ends\":\"%.*s\",\"products\":[],\"categories\":[],\"bundle\":[],%s}",
        STR_ARG(now), STR_ARG(later), fields));
    check_int(x.status, 201);
    if (x.status != 201) fprintf(stderr, "  %.*s\n", STR_ARG(x.body));
    return answer_id(&t->w, &x, "id");
}

static void open_shop(Till *t)
{
    World *w = &t->w;
    Answer x = world_post(w, w->sari, "/v1/shops", world_path(w,
        "{\"name\":\"Toko\",\"handle\":\"sums\",\"currency\":\"%s\",\"country\":\"ID\",\"city\":\"Jepara\","
        "\"shipping\":{\"minor\":%lld,\"currency\":\"%s\"},\"dispatch_days\":2,\"delivery_min_days\":1,\"delivery_max_days\":4}",
        t->code, (long long)below(t, 2000), t->code));
    check_int(x.status, 201);
    t->shop = answer_id(w, &x, "id");
    for (int i = 0; i < THINGS; i++) {
        x = world_post(w, w->sari, world_path(w, "/v1/shops/%lld/products", (long long)t->shop), world_path(w,
            "{\"title\":\"Thing\",\"options\":[],\"pictures\":[],\"variants\":[{\"sku\":\"T-%d\",\"options\":[],"
            "\"price\":{\"minor\":%lld,\"currency\":\"%s\"},\"stock\":100000}]}", i,
            (long long)(1 + below(t, i == 0 ? 9 : 99999)), t->code));
        check_int(x.status, 201);
        t->thing[i] = (Goods){ answer_id(w, &x, "id"), answer_id(w, &x, "variants[0].id") };
    }
    // Percentages that divide nothing evenly, and an amount for the platform to pay.
    promote(t, w->sari, world_path(w, "/v1/studio/shops/%lld/promotions", (long long)t->shop),
            "\"kind\":\"quantity\",\"tiers\":[{\"least\":2,\"percent\":7},{\"least\":5,\"percent\":13}]");
    i64 voucher = promote(t, w->oma, "/v1/operator/promotions", world_path(w,
        "\"kind\":\"voucher\",\"tiers\":[],\"currency\":\"%s\",\"percent\":%lld,\"per_person\":1000", t->code,
        (long long)(1 + below(t, 33))));
    x = world_post(w, w->ana, "/v1/me/vouchers", world_path(w, "{\"voucher\":\"%lld\"}", (long long)voucher));
    check_int(x.status, 200);
    t->address = world_address(w, w->ana);
}

// ---------------------------------------------------------------------------------------------- buying and giving back

static i64 buy(Till *t)
{
    World *w = &t->w;
    Buf b = buf_new(w->a, 2000);
    int first = (int)below(t, THINGS), n = 1 + (int)below(t, THINGS);
    buf_format(&b, "{\"address\":\"%lld\",\"method\":\"test\",\"lines\":[", (long long)t->address);
    for (int i = 0; i < n; i++)
        buf_format(&b, "%s{\"variant\":\"%lld\",\"quantity\":%lld}", i ? "," : "",
                   (long long)t->thing[(first + i) % THINGS].variant, (long long)(1 + below(t, 7)));
    buf_add(&b, STR("]}"));
    Answer x = world_post(w, w->ana, "/v1/checkouts", arena_cstr(w->a, buf_str(&b)));
    check_int(x.status, 201);
    if (x.status != 201) fprintf(stderr, "  %.*s\n", STR_ARG(x.body));
    return answer_id(w, &x, "orders[0].id");
}

// Amounts and units, as they come; what is refused changes nothing.
static void give_back(Till *t, i64 order)
{
    World *w = &t->w;
    for (i64 n = below(t, BACK_MOST + 1); n > 0; n--) {
        const char *path = world_path(w, "/v1/orders/%lld/refunds", (long long)order), *body;
        i64 line = world_sql(w, world_path(w, "SELECT min(id) FROM order_line WHERE shop_order = %lld", (long long)order));
        if (below(t, 2))
            body = world_path(w, "{\"amount\":{\"minor\":%lld,\"currency\":\"%s\"},\"reason\":\"a part\"}",
                              (long long)(1 + below(t, 50000)), t->code);
        else
            body = world_path(w, "{\"lines\":[{\"line\":\"%lld\",\"quantity\":1}],\"reason\":\"one of them\"}",
                              (long long)line);
        Answer x = world_post(w, w->sari, path, body);
        check(x.status == 201 || x.status == 409 || x.status == 422);
    }
    while (world_tasks(w) > 0) continue;
}

// ---------------------------------------------------------------------------------------------- what must be the same

static void same(Till *t, const char *what, const char *sql)
{
    i64 wrong = world_sql(&t->w, sql);
    if (wrong)
        test_failed(__FILE__, __LINE__, "SUMS_SEED=%lld, %s: not the same in %lld rows: %s", (long long)t->seed, t->code,
                    (long long)wrong, what);
}

static void compare(Till *t)
{
    same(t, "lines and order",
         "SELECT count(*) FROM shop_order o WHERE subtotal_minor <> (SELECT sum(total_minor) FROM order_line l WHERE"
         " l.shop_order = o.id) OR tax_minor - ship_tax_minor <>"
         " (SELECT sum(tax_minor) FROM order_line l WHERE l.shop_order = o.id)");
    same(t, "parts and total",
         "SELECT count(*) FROM shop_order WHERE total_minor <> subtotal_minor - by_seller_minor - by_platform_minor"
         " + shipping_minor + cod_fee_minor + tax_added_minor");
    same(t, "discounts and lines",
         "SELECT count(*) FROM order_line l WHERE by_seller_minor + by_platform_minor <>"
         " (SELECT COALESCE(sum(minor), 0) FROM order_discount d WHERE d.order_line = l.id)");
    same(t, "orders and checkout",
         "SELECT count(*) FROM checkout c WHERE total_minor <>"
         " (SELECT sum(total_minor) FROM shop_order o WHERE o.checkout = c.id)");
    same(t, "checkout and payment",
         "SELECT count(*) FROM checkout c WHERE total_minor <>"
         " (SELECT sum(amount_minor) FROM payment p WHERE p.checkout = c.id)");
    same(t, "order and ledger",
         "SELECT count(*) FROM shop_order o WHERE captured = 1 AND total_minor <> (SELECT COALESCE(sum(amount), 0)"
         " FROM ledger_posting p WHERE p.shop_order = o.id AND p.kind = 'sale' AND p.debit = 'clearing')");
    same(t, "refunds and order",
         "SELECT count(*) FROM shop_order o WHERE refunded_minor <> (SELECT COALESCE(sum(buyer_minor), 0)"
         " FROM order_refund r WHERE r.shop_order = o.id)");
    same(t, "refunds and ledger",
         "SELECT count(*) FROM shop_order o WHERE captured = 1 AND refunded_minor <> (SELECT COALESCE(sum(amount), 0)"
         " FROM ledger_posting p WHERE p.shop_order = o.id AND p.credit = 'refunds_due')");
}

static void life(i64 seed, const char *code)
{
    Till t = { .w = world_new_at(INT64_C(1793590200000)), .seed = seed, .rng = (u64)seed + 1, .code = code };
    set_rule(&t, "tax_inclusive", below(&t, 2));
    set_rule(&t, "tax_by_line", below(&t, 2));
    set_rule(&t, "tax_rounding", below(&t, 4));
    set_rule(&t, "tax_by_platform", below(&t, 2));
    open_shop(&t);
    for (int i = 0; i < ORDERS; i++) {
        i64 order = buy(&t);
        world_jump(&t.w, 1000);
        if (order) give_back(&t, order);
    }
    compare(&t);
    check(world_sql(&t.w, "SELECT count(*) FROM shop_order WHERE captured = 1") > 0);
    check(world_sql(&t.w, "SELECT count(*) FROM order_refund") > 0);
    check(world_sql(&t.w, "SELECT count(*) FROM order_discount WHERE funder = 'platform'") > 0);
    check_int(world_audit(&t.w), 0);
    world_free(&t.w);
}

TEST(sums_are_the_same_from_line_to_ledger_in_every_currency)
{
    i64 seed = 0;
    const char *one = getenv("SUMS_SEED");
    if (one) must(str_to_i64(str_of(one), &seed));
    // The reckoning is one program's; PostgreSQL takes ten times as long for a step.
    i64 lives = world_is_sqlite() ? LIVES_SQLITE : LIVES_POSTGRES;
    for (i64 i = one ? seed : 0; i < (one ? seed + 1 : lives); i++) life(i, CODES[i % COUNT(CODES)]);
}
