// Any bytes as a Range header for contents of several sizes: a range that is given back lies within the content.
#include "net/net.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    static const i64 SIZES[] = { 0, 1, 2, 10, 1000, 5000000000, INT64_MAX };
    for (i64 i = 0; i < COUNT(SIZES); i++) {
        i64 from = -1, length = -1;
        int kind = net_parse_range((Str){ (const char *)data, size }, SIZES[i], &from, &length);
        must(kind >= -1 && kind <= 1);
        if (kind == 1) must(from >= 0 && length > 0 && from < SIZES[i] && length <= SIZES[i] - from);
        if (kind != 1) must(from == -1 && length == -1);
    }
    return 0;
}
