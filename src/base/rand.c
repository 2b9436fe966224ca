// Randomness through libsodium, which asks the kernel.
#include <sodium.h>

#include "base/rand.h"

void rand_bytes(void *out, size_t n)
{
    randombytes_buf(out, n);
}

Str rand_token(Arena *a, size_t n)
{
    u8 raw[64];
    must(n <= sizeof(raw));
    rand_bytes(raw, n);
    size_t size = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_alloc(a, size);
    sodium_bin2base64(text, size, raw, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(text);
}

Str hex_of(Arena *a, Str bytes)
{
    char *text = arena_alloc(a, bytes.n * 2 + 1);
    sodium_bin2hex(text, bytes.n * 2 + 1, (const u8 *)bytes.p, bytes.n);
    return (Str){ text, bytes.n * 2 };
}
