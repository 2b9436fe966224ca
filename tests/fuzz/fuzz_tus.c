// Any bytes as the headers of tus: what is taken is a number that is one, a name that is text, base64 that is the only one
// for its bytes.
#include "base/arena.h"
#include "clips/tus.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static char digit(u32 v)
{
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[v & 63];
}

static void check_base64(Arena *a, Str text)
{
    Str bytes;
    if (!tus_base64(a, text, &bytes)) return;
    must((bytes.n + 2) / 3 * 4 == text.n);
    for (size_t i = 0; i < bytes.n; i += 3) {
        u32 group = 0;
        for (size_t k = 0; k < 3; k++) group = group << 8 | (i + k < bytes.n ? (u8)bytes.p[i + k] : 0);
        for (size_t k = 0; k < 4; k++) {
            char want = i + k > bytes.n ? '=' : digit(group >> (18 - 6 * k));
            must(text.p[i / 3 * 4 + k] == want);
        }
    }
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    Arena a = { 0 };
    Str text = { (const char *)data, size }, name;
    Refusal why = { 0 };
    i64 v = -1;
    if (tus_number(text, &v)) must(v >= 0 && size > 0);
    Err e = tus_metadata(&a, text, &name, &why);
    must(e == ERR_OK || (e == ERR_BAD_FIELD && why.field && why.detail[0]));
    if (e == ERR_OK) must(str_utf8_length(name) >= 0 && str_utf8_length(name) <= TUS_NAME_MAX && !memchr(name.p, 0, name.n));
    check_base64(&a, text);
    arena_free(&a);
    return 0;
}
