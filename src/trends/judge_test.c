// Judging buckets, without a market.
#include "base/test.h"
#include "trends/inner.h"

static const Time BEGAN = (Time)20000 * DAY_MS;

// Ten days of hours with 20 people by night and 60 by day.
static i64 usual(Time at)
{
    i64 hour = at / HOUR_MS % 24;
    return (hour >= 8 && hour < 20 ? 60 : 20) + at / HOUR_MS * 7 % 5;
}

static Burst lived(Time *at)
{
    Burst b = { 0 };
    for (*at = BEGAN; *at < BEGAN + (i64)10 * DAY_MS; *at += HOUR_MS) burst_put(&b, *at, (double)usual(*at));
    return b;
}

TEST(judge_tells_a_rise_from_the_day)
{
    Time at;
    Burst b = lived(&at), other = b;
    i64 rising = 0;
    for (Time t = at; t < at + DAY_MS; t += HOUR_MS) rising += judge_put(&b, t, usual(t), 1).rising;
    check_int(rising, 0);                                          // morning comes every day
    Verdict v = judge_put(&other, at, 6 * usual(at), 1);
    check(v.rising && v.times > 3 && v.times < 6);
}

TEST(judge_knows_when_everything_grew)
{
    Time at;
    Burst b = lived(&at), other = b;
    i64 all = 100 * usual(at);
    double growth = judge_growth(6 * all, (double)all, 6 * usual(at));
    check(growth > 5.5 && growth < 6.5);
    check(!judge_put(&b, at, 6 * usual(at), growth).rising);
    // Only this one: the region without it is what it was.
    growth = judge_growth(all + 5 * usual(at), (double)all, 6 * usual(at));
    check(growth < 1.01);
    check(judge_put(&other, at, 6 * usual(at), growth).rising);
}

TEST(judge_lets_new_things_rise_and_five_people_be)
{
    Time at = BEGAN;
    Burst b = judge_blank(at, HOUR_MS), other = b;
    Verdict v = judge_put(&b, at, 12, 1);
    check(v.rising && v.score > 0);
    check(!judge_put(&other, at, TREND_SHOWN_LEAST - 1, 1).rising);
}

TEST(judge_orders_by_rise_and_not_by_size)
{
    Time at;
    Burst large = { 0 }, small = { 0 };
    for (at = BEGAN; at < BEGAN + (i64)10 * DAY_MS; at += HOUR_MS) {
        burst_put(&large, at, 1000 + (double)(at / HOUR_MS % 7) * 10);
        burst_put(&small, at, 4 + (double)(at / HOUR_MS % 3));
    }
    Verdict of_large = judge_put(&large, at, 1700, 1), of_small = judge_put(&small, at, 40, 1);
    check(of_small.rising && of_small.score > of_large.score);
    // A later one of the same height is higher; half a window later half is left.
    check(judge_hot(of_small.score, at + HOUR_MS, DAY_MS) > judge_hot(of_small.score, at, DAY_MS));
    check(judge_fade(8, DAY_MS / 2, DAY_MS) > 3.99 && judge_fade(8, DAY_MS / 2, DAY_MS) < 4.01);
}
