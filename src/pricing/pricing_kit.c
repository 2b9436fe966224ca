// For tests of pricing: see pricing_kit.h.
#include <stdarg.h>

#include "pricing/pricing_kit.h"

#include "base/buf.h"

Stand stand_new(void)
{
    Stand s = { .w = world_new_at(STAND_START) };
    s.shop = world_shop(&s.w, s.w.sari, "harga");
    s.a = world_product(&s.w, s.w.sari, s.shop, 10000000, 100);
    s.b = world_product(&s.w, s.w.sari, s.shop, 5000000, 100);
    s.c = world_product(&s.w, s.w.sari, s.shop, 2000000, 100);
    world_jump(&s.w, HOUR_MS);                  // what was put on sale has been on sale for a while
    return s;
}

void stand_end(Stand *s)
{
    check_int(world_audit(&s->w), 0);
    world_free(&s->w);
}

const char *stand_time(Stand *s, i64 from_now_ms)
{
    return arena_cstr(s->w.a, time_to_iso(s->w.a, app_now(s->w.app) + from_now_ms));
}

Answer stand_offer(Stand *s, const char *kind, i64 from, i64 to, const char *items)
{
    return world_post(&s->w, s->w.sari, world_path(&s->w, "/v1/studio/shops/%lld/offers", (long long)s->shop),
                      world_path(&s->w,
                                 "{\"kind\":\"%s\",\"name\":\"Pekan rotan\",\"starts\":\"%s\",\"ends\":\"%s\",\"items\":[%s]}",
                                 kind, stand_time(s, from), stand_time(s, to), items));
}

i64 stand_offer_ok(Stand *s, const char *kind, i64 from, i64 to, const char *items)
{
    Answer x = stand_offer(s, kind, from, to, items);
    check_int(x.status, 201);
    if (x.status != 201) fprintf(stderr, "  %.*s\n", STR_ARG(x.body));
    return answer_id(&s->w, &x, "offer.id");
}

const char *stand_percent(Stand *s, Goods g, i64 percent)
{
    return world_path(&s->w, "{\"variant\":\"%lld\",\"percent\":%lld}", (long long)g.variant, (long long)percent);
}

const char *stand_flash(Stand *s, Goods g, i64 price, i64 stock)
{
    return world_path(&s->w, "{\"variant\":\"%lld\",\"price\":{\"minor\":%lld,\"currency\":\"IDR\"},\"stock\":%lld}",
                      (long long)g.variant, (long long)price, (long long)stock);
}

static Answer promote(Stand *s, Person who, const char *path, const char *kind, const char *fields)
{
    bool parts = strstr(fields, "\"products\"") != NULL, bundle = strstr(fields, "\"bundle\"") != NULL;
    bool tiers = strstr(fields, "\"tiers\"") != NULL, categories = strstr(fields, "\"categories\"") != NULL;
    return world_post(&s->w, who, path,
                      world_path(&s->w, "{\"kind\":\"%s\",\"name\":\"Hemat\",\"starts\":\"%s\",\"ends\":\"%s\"%s%s%s%s%s%s}",
                                 kind,
                                 stand_time(s, 0), stand_time(s, DAY_MS), fields[0] ? "," : "", fields,
                                 parts ? "" : ",\"products\":[]", categories ? "" : ",\"categories\":[]",
                                 bundle ? "" : ",\"bundle\":[]", tiers ? "" : ",\"tiers\":[]"));
}

Answer stand_promotion(Stand *s, const char *kind, const char *fields)
{
    return promote(s, s->w.sari, world_path(&s->w, "/v1/studio/shops/%lld/promotions", (long long)s->shop), kind, fields);
}

static i64 made(Stand *s, Answer x)
{
    check_int(x.status, 201);
    if (x.status != 201) fprintf(stderr, "  %.*s\n", STR_ARG(x.body));
    return answer_id(&s->w, &x, "id");
}

i64 stand_promotion_ok(Stand *s, const char *kind, const char *fields)
{
    return made(s, stand_promotion(s, kind, fields));
}

i64 stand_platform_ok(Stand *s, const char *kind, const char *fields)
{
    const char *all = world_path(&s->w, "\"currency\":\"IDR\"%s%s", fields[0] ? "," : "", fields);
    return made(s, promote(s, s->w.oma, "/v1/operator/promotions", kind, all));
}

void stand_claim(Stand *s, Person who, i64 voucher)
{
    check_int(world_post(&s->w, who, "/v1/me/vouchers", world_path(&s->w, "{\"voucher\":\"%lld\"}",
                                                                   (long long)voucher)).status, 200);
}

Answer stand_product(Stand *s, Goods g, const char *query)
{
    return world_get(&s->w, s->w.nobody, world_path(&s->w, "/v1/products/%lld%s", (long long)g.product, query));
}

static void add_lines(Stand *s, Buf *b, const char *lines)
{
    buf_add(b, STR("\"lines\":["));
    for (Str rest = str_of(lines), one; rest.n; ) {
        one = str_split(&rest, ' ');
        i64 n = 1;
        Goods g = one.p[0] == 'a' ? s->a : one.p[0] == 'b' ? s->b : s->c;
        must(str_to_i64(str_slice(one, 2, one.n), &n));
        buf_format(b, "{\"variant\":\"%lld\",\"quantity\":%lld}%s", (long long)g.variant, (long long)n, rest.n ? "," : "");
    }
    buf_add(b, STR("]"));
}

static void add_vouchers(Buf *b, const char *vouchers)
{
    if (!vouchers) return;
    buf_add(b, STR(",\"vouchers\":["));
    for (Str rest = str_of(vouchers); rest.n; ) {
        Str one = str_split(&rest, ',');
        buf_format(b, "\"%.*s\"%s", STR_ARG(one), rest.n ? "," : "");
    }
    buf_add(b, STR("]"));
}

Answer stand_quote(Stand *s, Person who, const char *lines, const char *vouchers)
{
    Buf b = buf_new(s->w.a, 8192);
    buf_add(&b, STR("{"));
    add_lines(s, &b, lines);
    add_vouchers(&b, vouchers);
    buf_add(&b, STR("}"));
    return world_post(&s->w, who, "/v1/quotes", arena_cstr(s->w.a, buf_str(&b)));
}

Answer stand_buy(Stand *s, Person who, const char *lines, const char *vouchers)
{
    Answer quote = stand_quote(s, who, lines, vouchers);
    if (quote.status != 200) return quote;
    Buf b = buf_new(s->w.a, 8192);
    buf_format(&b, "{\"address\":\"%lld\",\"method\":\"test\",\"expected\":{\"minor\":%.*s,\"currency\":\"IDR\"},",
               (long long)world_address(&s->w, who), STR_ARG(answer_at(&s->w, &quote, "total.minor")));
    add_lines(s, &b, lines);
    add_vouchers(&b, vouchers);
    buf_add(&b, STR("}"));
    return world_post(&s->w, who, "/v1/checkouts", arena_cstr(s->w.a, buf_str(&b)));
}

i64 stand_total(Stand *s, Person who, const char *lines)
{
    Answer x = stand_quote(s, who, lines, NULL);
    i64 total = 0, shipping = 0;
    check_int(x.status, 200);
    str_to_i64(answer_at(&s->w, &x, "total.minor"), &total);
    str_to_i64(answer_at(&s->w, &x, "shops[0].shipping.minor"), &shipping);
    return total - shipping;
}

void stand_spoil(Stand *s, const char *format, ...)
{
    char sql[1000];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(sql, sizeof(sql), format, args);
    va_end(args);
    must(n > 0 && (size_t)n < sizeof(sql));
    world_sql(&s->w, sql);
}
