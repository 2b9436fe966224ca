// Tests of growing buffers: numbers, the ceiling, what stands behind the end.
#include "base/buf.h"
#include "base/test.h"

TEST(buf_grows)
{
    Arena a = { 0 };
    Buf b = buf_new(&a, 1000000);
    check_str(buf_str(&b), STR(""));
    for (i64 i = 0; i < 20000; i++) buf_add(&b, STR("0123456789"));
    check(b.n == 200000 && !b.full && b.p[b.n] == 0);
    i64 out_of_order = 0;
    for (size_t i = 0; i < b.n; i++) out_of_order += b.p[i] != (char)('0' + i % 10);
    check_int(out_of_order, 0);
    arena_free(&a);
}

TEST(buf_numbers)
{
    typedef struct Case { i64 v; const char *text; } Case;
    Case cases[] = { { 0, "0" }, { 7, "7" }, { -1, "-1" }, { 10, "10" }, { INT64_MAX, "9223372036854775807" },
                     { INT64_MIN, "-9223372036854775808" }, { 1000000000000, "1000000000000" } };
    Arena a = { 0 };
    for (i64 i = 0; i < COUNT(cases); i++) {
        Buf b = buf_new(&a, 100);
        buf_add_i64(&b, cases[i].v);
        check_str(buf_str(&b), str_of(cases[i].text));
    }
    arena_free(&a);
}

TEST(buf_stops_at_its_ceiling)
{
    Arena a = { 0 };
    Buf b = buf_new(&a, 10);
    buf_add(&b, STR("12345"));
    buf_format(&b, "%s", "67890");
    check(!b.full && b.n == 10);
    buf_add_char(&b, 'x');
    check(b.full && b.n == 10);
    buf_add(&b, STR(""));
    check_str(buf_str(&b), STR("1234567890"));
    Buf c = buf_new(&a, 10);
    buf_add(&c, STR("12345678"));
    buf_add(&c, STR("abc"));
    check(c.full);
    buf_add(&c, STR("d"));                        // would fit, but a hole in the text would be worse
    check_str(buf_str(&c), STR("12345678"));
    Buf d = buf_new(&a, 10);
    buf_format(&d, "%s", "12345678901");
    check(d.full && d.n == 0);
    arena_free(&a);
}

TEST(buf_formats)
{
    Arena a = { 0 };
    Buf b = buf_new(&a, 100000);
    buf_add_char(&b, '[');
    buf_format(&b, "%lld,%s,%.*s", 5LL, "x", STR_ARG(STR("yz")));
    buf_add_char(&b, ']');
    check_str(buf_str(&b), STR("[5,x,yz]"));
    check(b.p[b.n] == 0);
    buf_format(&b, "%01000d", 1);
    check_int(b.n, 1008);
    arena_free(&a);
}
