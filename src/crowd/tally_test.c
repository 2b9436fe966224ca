// Counting distinct people, without a market.
#include "base/test.h"
#include "crowd/crowd.h"

static void add(Tally *t, u32 series, i64 who, i64 origin, bool trusted)
{
    tally_add(t, (TallyOne){ .who = who, .origin = origin, .series = series, .trusted = trusted });
}

TEST(tally_counts_people_and_not_events)
{
    Tally t = { 0 };
    i64 counts[2] = { 0 };
    for (i64 i = 0; i < 1000; i++) add(&t, 0, 1 + i % 7, 100 + i % 7, true);
    add(&t, 1, 3, 103, true);
    tally_count(&t, counts, 2);
    check_int(counts[0], 7);
    check_int(counts[1], 1);
    tally_free(&t);
}

TEST(tally_bounds_a_farm_of_young_accounts)
{
    Tally t = { 0 };
    i64 counts[4] = { 0 };
    // A thousand, each from an address of its own: twice as many as the old accounts count, of which there are two, or none.
    for (i64 i = 0; i < 1000; i++) add(&t, 0, 1000 + i, 1 + i, false), add(&t, 1, 1000 + i, 1 + i, false);
    add(&t, 0, 1, 5001, true);
    add(&t, 0, 2, 5002, true);
    // A thousand of one address beside a hundred people.
    for (i64 i = 0; i < 1000; i++) add(&t, 2, 1000 + i, 9, false);
    for (i64 i = 0; i < 100; i++) add(&t, 2, 1 + i, 6000 + i, true);
    // A thousand old accounts of one address.
    for (i64 i = 0; i < 1000; i++) add(&t, 3, 1000 + i, 9, true);
    tally_count(&t, counts, 4);
    check_int(counts[0], 2 + 2 * CROWD_UNTRUSTED_TIMES);
    check_int(counts[1], 0);
    check_int(counts[2], 100 + CROWD_ORIGIN_MAX);
    check_int(counts[3], CROWD_ORIGIN_TRUSTED);
    tally_free(&t);
}

TEST(tally_keeps_to_its_memory)
{
    Tally t = { .most = 4096 };
    i64 counts[1] = { 0 };
    u64 x = 1;
    for (i64 i = 0; i < 40000; i++) {
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        add(&t, 0, (i64)(x >> 1 ^ x >> 33), i, true);
    }
    check(t.cap <= 4096 && t.halved > 0);
    tally_count(&t, counts, 1);
    check(counts[0] > 36000 && counts[0] < 44000);
    tally_free(&t);
}
