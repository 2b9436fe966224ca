// Any bytes as a Cookie header: a value that is found lies within the header and holds no separator.
#include "net/net.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    static const char *const NAMES[] = { "a", "session", "__Host-s" };
    Str header = { (const char *)data, size };
    for (i64 i = 0; i < COUNT(NAMES); i++) {
        Str value = net_find_cookie(header, str_of(NAMES[i]));
        if (!value.p) continue;
        must(value.p > header.p && value.p + value.n <= header.p + header.n);
        must(value.n == 0 || !memchr(value.p, ';', value.n));
    }
    return 0;
}
