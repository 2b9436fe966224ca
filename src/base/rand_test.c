// Tests of randomness' texts: lengths, alphabets, and that no two are alike.
#include "base/rand.h"
#include "base/test.h"

TEST(rand_tokens)
{
    Arena a = { 0 };
    typedef struct Case { size_t bytes, letters; } Case;
    Case cases[] = { { 1, 2 }, { 16, 22 }, { 32, 43 }, { 64, 86 } };
    for (i64 i = 0; i < COUNT(cases); i++) {
        Str t = rand_token(&a, cases[i].bytes);
        check_int(t.n, cases[i].letters);
        for (size_t j = 0; j < t.n; j++)
            check(memchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", t.p[j], 64) != NULL);
    }
    Str first = rand_token(&a, 16);
    for (i64 i = 0; i < 1000; i++) check(!str_eq(first, rand_token(&a, 16)));
    arena_free(&a);
}

// 4,096 bytes in which a value were missing for good would be one chance in a million million.
TEST(rand_bytes_take_every_value)
{
    u8 bytes[65536];
    bool seen[256] = { false };
    rand_bytes(bytes, sizeof(bytes));
    for (i64 i = 0; i < COUNT(bytes); i++) seen[bytes[i]] = true;
    for (i64 i = 0; i < 256; i++) check(seen[i]);
}

TEST(rand_hex)
{
    Arena a = { 0 };
    check_str(hex_of(&a, STR("\x01\xAB\xFF")), STR("01abff"));
    check_str(hex_of(&a, STR("")), STR(""));
    arena_free(&a);
}
