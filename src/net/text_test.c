// The small grammars: percent encoding, query, cookies, ranges.
#include "base/test.h"
#include "net/net.h"

static Str decoded(Arena *a, const char *in, bool plus)
{
    Str out;
    return net_decode_percent(a, str_of(in), plus, &out) ? out : STR("(refused)");
}

TEST(percent_is_decoded_or_refused)
{
    Arena a = { 0 };
    check_str(decoded(&a, "a%20b%2Fc+d", false), STR("a b/c+d"));
    check_str(decoded(&a, "a+b%2B", true), STR("a b+"));
    check_str(decoded(&a, "", true), STR(""));
    check_str(decoded(&a, "caf%C3%a9", false), STR("caf\xC3\xA9"));
    check_str(decoded(&a, "%", false), STR("(refused)"));
    check_str(decoded(&a, "%4", false), STR("(refused)"));
    check_str(decoded(&a, "%4g", false), STR("(refused)"));
    check_str(decoded(&a, "%00", false), STR("(refused)"));
    check_str(decoded(&a, "%C3", false), STR("(refused)"));
    check_str(decoded(&a, "%c0%af", false), STR("(refused)"));
    check_str(decoded(&a, "%ed%a0%80", false), STR("(refused)"));
    check_str(decoded(&a, "\xFF", false), STR("(refused)"));
    Str out;
    check(!net_decode_percent(&a, STR("a\0b"), false, &out));
    arena_free(&a);
}

TEST(a_query_is_split)
{
    Arena a = { 0 };
    NetParam p[NET_PARAMS_MAX];
    i64 n;
    check(net_parse_query(&a, STR("a=1&b=x%26y=z&&c&=d"), p, &n));
    check_int(n, 4);
    check_str(p[0].name, STR("a"));
    check_str(p[0].value, STR("1"));
    check_str(p[1].value, STR("x&y=z"));
    check_str(p[2].name, STR("c"));
    check_str(p[2].value, STR(""));
    check_str(p[3].name, STR(""));
    check(net_parse_query(&a, STR(""), p, &n) && n == 0);
    check(!net_parse_query(&a, STR("a=%0"), p, &n));
    check(!net_parse_query(&a, STR("%ff=1"), p, &n));
    check(net_parse_query(&a, STR("1&2&3&4&5&6&7&8&9&10&11&12&13&14&15&16&17&18&19&20&21&22&23&24&25&26&27&28&29&30&31&32"),
                          p, &n));
    check_int(n, 32);
    check(!net_parse_query(&a, STR("1&2&3&4&5&6&7&8&9&10&11&12&13&14&15&16&17&18&19&20&21&22&23&24&25&26&27&28&29&30&31&32&33"),
                           p, &n));
    arena_free(&a);
}

TEST(cookies_are_found)
{
    Str h = STR("a=1; session=abc=def ;b; c=\"q\";d=;  session=second");
    check_str(net_find_cookie(h, STR("a")), STR("1"));
    check_str(net_find_cookie(h, STR("session")), STR("abc=def"));
    check_str(net_find_cookie(h, STR("c")), STR("q"));
    check(net_find_cookie(h, STR("d")).p && net_find_cookie(h, STR("d")).n == 0);
    check(!net_find_cookie(h, STR("b")).p);
    check(!net_find_cookie(h, STR("essio")).p);
    check(!net_find_cookie(h, STR("sessio")).p);
    check(!net_find_cookie((Str){ 0 }, STR("a")).p);
    check_str(net_find_cookie(STR("a=\""), STR("a")), STR("\""));
}

static void range_is(const char *header, i64 size, int want, i64 want_from, i64 want_length)
{
    i64 from = -7, length = -7;
    int got = net_parse_range(str_of(header), size, &from, &length);
    if (got != want || (want == 1 && (from != want_from || length != want_length)))
        test_failed(__FILE__, __LINE__, "%s of %lld: %d, %lld+%lld", header, (long long)size, got, (long long)from,
                    (long long)length);
}

TEST(ranges)
{
    range_is("bytes=0-0", 10, 1, 0, 1);
    range_is("bytes=2-5", 10, 1, 2, 4);
    range_is("Bytes=2-", 10, 1, 2, 8);
    range_is("bytes=-3", 10, 1, 7, 3);
    range_is("bytes=-30", 10, 1, 0, 10);
    range_is("bytes=5-99999999999999999999999", 10, 1, 5, 5);
    range_is("bytes=-99999999999999999999999", 10, 1, 0, 10);
    range_is("bytes= 2-5 ", 10, 1, 2, 4);
    range_is("bytes=10-", 10, -1, 0, 0);
    range_is("bytes=99999999999999999999999-", 10, -1, 0, 0);
    range_is("bytes=-0", 10, -1, 0, 0);
    range_is("bytes=0-", 0, -1, 0, 0);
    range_is("bytes=-1", 0, -1, 0, 0);
    range_is("bytes=5-2", 10, 0, 0, 0);
    range_is("bytes=0-1,3-4", 10, 0, 0, 0);
    range_is("bytes=", 10, 0, 0, 0);
    range_is("bytes=-", 10, 0, 0, 0);
    range_is("bytes=a-b", 10, 0, 0, 0);
    range_is("bytes=1-b", 10, 0, 0, 0);
    range_is("bytes=--1", 10, 0, 0, 0);
    range_is("bytes=+1-2", 10, 0, 0, 0);
    range_is("items=1-2", 10, 0, 0, 0);
    range_is("1-2", 10, 0, 0, 0);
    range_is("", 10, 0, 0, 0);
    i64 from, length;
    check_int(net_parse_range((Str){ 0 }, 10, &from, &length), 0);
}
