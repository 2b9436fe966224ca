// Tests of text by value: empty and NULL texts everywhere, numbers at the edges, UTF-8 of every class.
#include "base/str.h"
#include "base/test.h"

TEST(str_compares)
{
    Str none = { 0 };
    check(str_eq(none, STR("")) && str_eq(none, none) && !str_eq(none, STR("a")));
    check(str_eq(STR("ab"), (Str){ "abc", 2 }));
    check(str_eq_nocase(STR("Content-TYPE"), STR("content-type")) && !str_eq_nocase(STR("[a"), STR("{a")));
    check(str_cmp(STR("a"), STR("b")) < 0 && str_cmp(STR("b"), STR("a")) > 0 && str_cmp(STR("a"), STR("a")) == 0);
    check(str_cmp(STR("a"), STR("ab")) < 0 && str_cmp(none, STR("a")) < 0 && str_cmp(STR("\xFF"), STR("a")) > 0);
    check(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")) && str_starts(none, none));
    check(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")) && str_ends(STR("c"), none));
    check(str_eq_secret(STR("abc"), STR("abc")) && !str_eq_secret(STR("abc"), STR("abd")));
    check(!str_eq_secret(STR("abc"), STR("ab")));
    check(str_eq_secret(none, none));
    check(str_of(NULL).n == 0 && str_of("x").n == 1);
}

TEST(str_cuts)
{
    check_str(str_slice(STR("abcdef"), 2, 4), STR("cd"));
    check_str(str_slice(STR("abc"), 2, 99), STR("c"));
    check_str(str_slice(STR("abc"), 9, 5), STR(""));
    check_str(str_slice((Str){ 0 }, 0, 5), STR(""));
    check_str(str_trim(STR(" \t\r\n a b \n")), STR("a b"));
    check_str(str_trim(STR("  ")), STR(""));
    check_int(str_find(STR("banana"), STR("nan")), 2);
    check_int(str_find(STR("banana"), STR("nab")), -1);
    check_int(str_find((Str){ 0 }, STR("a")), -1);
    check_int(str_find(STR("a"), STR("")), 0);
}

TEST(str_splits)
{
    Str rest = STR("a,,b");
    check_str(str_split(&rest, ','), STR("a"));
    check_str(str_split(&rest, ','), STR(""));
    check_str(str_split(&rest, ','), STR("b"));
    check(rest.n == 0 && rest.p == NULL);
    check_str(str_split(&rest, ','), STR(""));
    rest = STR("a,");
    check_str(str_split(&rest, ','), STR("a"));
    check(rest.n == 0 && rest.p != NULL);          // an empty piece is still to come
}

TEST(str_numbers)
{
    typedef struct Case { const char *text; i64 v; } Case;
    Case good[] = { { "0", 0 }, { "-0", 0 }, { "7", 7 }, { "-12", -12 }, { "9223372036854775807", INT64_MAX },
                    { "-9223372036854775808", INT64_MIN }, { "007", 7 } };
    for (i64 i = 0; i < COUNT(good); i++) {
        i64 v = -99;
        check(str_to_i64(str_of(good[i].text), &v));
        check_int(v, good[i].v);
    }
    const char *bad[] = { "", "-", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "9223372036854775808", "-9223372036854775809",
                          "99999999999999999999", "--1", "1-", "\xD9\xA1" };
    for (i64 i = 0; i < COUNT(bad); i++) {
        i64 v = -99;
        check(!str_to_i64(str_of(bad[i]), &v));
        check_int(v, -99);
    }
}

TEST(str_utf8)
{
    check_int(str_utf8_length(STR("")), 0);
    check_int(str_utf8_length(STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8C\xBF")), 4);
    check_int(str_utf8_length(STR("\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF")), 7);
    const char *bad[] = { "\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xE0\xA0", "\xED\xA0\x80",
                          "\xF0\x8F\xBF\xBF", "\xF0\x90\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xFE" };
    for (i64 i = 0; i < COUNT(bad); i++) check_int(str_utf8_length(str_of(bad[i])), -1);
    check_int(str_utf8_step(STR("\xE2\x82\xAC!")), 3);
    check_int(str_utf8_step(STR("\xE2\x82")), 0);
    check_int(str_utf8_step(STR("")), 0);
    check_str(str_first(STR("a\xE2\x82\xAC" "b"), 2), STR("a\xE2\x82\xAC"));
    check_str(str_first(STR("ab"), 5), STR("ab"));
    check_str(str_first(STR("ab\xE2\x82"), 5), STR("ab"));           // up to half of a letter
    check_str(str_first(STR("ab"), 0), STR(""));
    check_int(str_utf8_step(STR("a\xFF")), 1);
}

// Every code point, encoded by hand, is one; and its last byte missing is none.
TEST(str_utf8_every_code_point)
{
    for (u32 c = 0x80; c <= 0x10FFFF; c++) {
        char b[4];
        size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        u32 rest = c;
        for (size_t i = n - 1; i > 0; i--, rest >>= 6) b[i] = (char)(0x80 | (rest & 0x3F));
        b[0] = (char)((n == 2 ? 0xC0 : n == 3 ? 0xE0 : 0xF0) | rest);
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (str_utf8_length((Str){ b, n }) != (surrogate ? -1 : 1)) check_int(c, -1);
        if (str_utf8_length((Str){ b, n - 1 }) != -1) check_int(c, -2);
    }
}
