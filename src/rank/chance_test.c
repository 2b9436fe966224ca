// The repeatable chance: known streams, and that they look like chance.
#include "rank/chance.h"

#include <math.h>

#include "base/test.h"

TEST(chance_repeats_and_seeds_differ)
{
    Chance a = chance_new(7), b = chance_new(7), c = chance_new(8);
    i64 same = 0;
    for (int i = 0; i < 1000; i++) {
        u64 x = chance_next(&a);
        check(x == chance_next(&b));
        same += x == chance_next(&c);
    }
    check_int(same, 0);
}

TEST(splitmix_is_the_published_one)
{
    // The first number of splitmix64 from state 0.
    check(hash_mix(0) == UINT64_C(0xe220a8397b1dcdaf));
    check(hash_pair(1, 2) != hash_pair(2, 1));
}

TEST(chance_fills_its_ranges_evenly)
{
    enum { N = 100000, BOXES = 10 };
    Chance c = chance_new(1);
    i64 box[BOXES] = { 0 };
    double sum = 0, squares = 0;
    for (int i = 0; i < N; i++) {
        box[chance_below(&c, BOXES)]++;
        double x = chance_normal(&c), r = chance_real(&c);
        check(isfinite(x) && r >= 0 && r < 1);
        sum += x;
        squares += x * x;
    }
    double chi = 0;
    for (int i = 0; i < BOXES; i++) chi += pow((double)box[i] - N / BOXES, 2) / (N / BOXES);
    check(chi < 27.9);                                          // 9 degrees of freedom, one in a thousand
    check(fabs(sum / N) < 0.015 && fabs(squares / N - 1) < 0.03);
}
