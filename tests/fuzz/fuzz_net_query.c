// Any bytes as a query and as percent-encoded text: what comes out is UTF-8 without NUL, never longer than what went in.
#include "net/net.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static void must_be_text(Str s)
{
    must(str_utf8_length(s) >= 0);
    must(s.n == 0 || !memchr(s.p, 0, s.n));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    Arena a = { 0 };
    Str in = { (const char *)data, size }, out;
    NetParam params[NET_PARAMS_MAX];
    i64 n;
    if (net_parse_query(&a, in, params, &n)) {
        must(n >= 0 && n <= NET_PARAMS_MAX);
        size_t total = 0;
        for (i64 i = 0; i < n; i++) {
            must_be_text(params[i].name);
            must_be_text(params[i].value);
            total += params[i].name.n + params[i].value.n;
        }
        must(total <= size);
    }
    for (int plus = 0; plus < 2; plus++) {
        if (!net_decode_percent(&a, in, plus == 1, &out)) continue;
        must(out.n <= size);
        must_be_text(out);
    }
    arena_free(&a);
    return 0;
}
