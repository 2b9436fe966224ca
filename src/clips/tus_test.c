// The headers of tus: what is taken, and what is not.
#include "base/test.h"
#include "clips/tus.h"

TEST(tus_numbers_are_digits)
{
    i64 v;
    check(tus_number(STR("0"), &v) && v == 0);
    check(tus_number(STR("9223372036854775807"), &v) && v == INT64_MAX);
    static const char *const BAD[] = { "", "-0", "+1", " 1", "1 ", "0x1", "1.0", "9223372036854775808" };
    for (i64 i = 0; i < COUNT(BAD); i++) check(!tus_number(str_of(BAD[i]), &v));
    check(!tus_number((Str){ 0 }, &v));
}

TEST(tus_base64_is_strict)
{
    Arena a = { 0 };
    Str out;
    static const struct { const char *text, *bytes; } GOOD[] = { { "", "" }, { "YQ==", "a" }, { "YWI=", "ab" }, { "YWJj", "abc" },
                                                                 { "+/+/", "\xfb\xff\xbf" } };
    for (i64 i = 0; i < COUNT(GOOD); i++) {
        check(tus_base64(&a, str_of(GOOD[i].text), &out));
        check_str(out, str_of(GOOD[i].bytes));
    }
    static const char *const BAD[] = { "Y", "YQ", "YQ=", "YR==", "YWJ=", "=YWJ", "Y=Q=", "YQ==YQ==", "YW-_", "YW J", "====" };
    for (i64 i = 0; i < COUNT(BAD); i++) check(!tus_base64(&a, str_of(BAD[i]), &out));
    arena_free(&a);
}

TEST(tus_dates_are_as_http_wants_them)
{
    char text[TUS_DATE_SIZE];
    tus_date(784111777000, text);
    check_str(str_of(text), STR("Sun, 06 Nov 1994 08:49:37 GMT"));
    tus_date(253370764800000, text);
    check_str(str_of(text), STR("Fri, 01 Jan 9999 00:00:00 GMT"));
}

TEST(tus_metadata_gives_the_name)
{
    Arena a = { 0 };
    Str name;
    Refusal why = { 0 };
    check_int(tus_metadata(&a, STR("relativePath bnVsbA==, filename a8OzcGkubXA0,filetype dmlkZW8vbXA0"), &name, &why), ERR_OK);
    check_str(name, STR("k\xc3\xb3pi.mp4"));
    check_int(tus_metadata(&a, STR(""), &name, &why), ERR_OK);
    check_str(name, STR(""));
    check_int(tus_metadata(&a, STR("filename"), &name, &why), ERR_OK);
    check_str(name, STR(""));
    arena_free(&a);
}
