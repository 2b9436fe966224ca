// Ids: the larger of "one more than the last" and "this millisecond's first".
#include "base/id.h"

enum { NODE_BITS = 10, SEQUENCE_BITS = 12 };
#define ID_EPOCH_MS INT64_C(1704067200000)      // 2024-01-01

i64 id_floor(Time t)
{
    const i64 most = INT64_MAX >> (NODE_BITS + SEQUENCE_BITS);      // of the year 2093
    i64 ms = t > ID_EPOCH_MS ? t - ID_EPOCH_MS : 1;
    return (ms < most ? ms : most) << (NODE_BITS + SEQUENCE_BITS);
}

i64 id_next(Ids *ids, Time now)
{
    must(ids->node >= 0 && ids->node < 1 << NODE_BITS);
    i64 step = INT64_C(1) << NODE_BITS;
    // The sequence stands above the node, so that one more is a plain addition that may run on into the next ms.
    i64 first = id_floor(now) | ids->node;
    i64 last = atomic_load(&ids->last), next;
    do next = last + step > first ? last + step : first;
    while (!atomic_compare_exchange_weak(&ids->last, &last, next));
    return next;
}

Str id_number(Arena *a, i64 id)
{
    static const char DIGITS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char *text = arena_alloc(a, 14);
    u64 v = (u64)id;
    for (int i = 12; i >= 0; i--, v >>= 5) text[i] = DIGITS[v & 31];
    return (Str){ text, 13 };
}
