// Tests of ids: never twice whatever the clock does, from several threads, in order, with the node inside.
#include "base/id.h"
#include "base/test.h"

#include <pthread.h>

enum { THREADS = 4, EACH = 50000 };

typedef struct Job { Ids *ids; i64 made[EACH]; Time now; } Job;

static void *make_many(void *context)
{
    Job *job = context;
    for (i64 i = 0; i < EACH; i++) job->made[i] = id_next(job->ids, job->now - i % 3);
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return x < y ? -1 : x > y;
}

TEST(ids_are_distinct_across_threads)
{
    Arena a = { 0 };
    Ids ids = { .node = 3 };
    Job *jobs = arena_new_array(&a, Job, THREADS);
    pthread_t threads[THREADS];
    for (i64 i = 0; i < THREADS; i++) {
        jobs[i] = (Job){ .ids = &ids, .now = 1769862896000 };
        must(pthread_create(&threads[i], NULL, make_many, &jobs[i]) == 0);
    }
    for (i64 i = 0; i < THREADS; i++) must(pthread_join(threads[i], NULL) == 0);
    i64 *all = arena_new_array(&a, i64, (i64)THREADS * EACH);
    for (i64 i = 0; i < THREADS; i++) {
        for (i64 j = 1; j < EACH; j++) check(jobs[i].made[j] > jobs[i].made[j - 1]);
        memcpy(all + i * EACH, jobs[i].made, sizeof(jobs[i].made));
    }
    qsort(all, (size_t)THREADS * EACH, sizeof(i64), by_value);
    i64 twice = 0;
    for (i64 i = 1; i < (i64)THREADS * EACH; i++) twice += all[i] == all[i - 1];
    check_int(twice, 0);
    arena_free(&a);
}

TEST(ids_follow_the_clock_but_never_back)
{
    Ids ids = { 0 };
    i64 first = id_next(&ids, 1769862896000);
    check(first > 0);
    check(id_next(&ids, 1769862896000 - HOUR_MS) > first);       // the clock was put back
    i64 later = id_next(&ids, 1769862896000 + HOUR_MS);
    check_int((later >> 22) - (first >> 22), HOUR_MS);
    Ids young = { 0 };
    check(id_next(&young, 0) > 0);                               // a machine whose clock was never set
    Ids old = { 0 };
    check(id_next(&old, INT64_C(1704067200000) + (INT64_C(1) << 41) - 1) > 0);       // the last millisecond: 2093
}

TEST(ids_of_nodes_differ)
{
    Ids a = { .node = 1 }, b = { .node = 1023 };
    for (i64 i = 0; i < 10000; i++) {
        i64 x = id_next(&a, 1769862896000), y = id_next(&b, 1769862896000);
        check((x & 1023) == 1 && (y & 1023) == 1023);
    }
}

TEST(id_floor_lies_below_what_is_made_then)
{
    Ids ids = { .node = 0 }, other = { .node = 1023 };
    Time t = INT64_C(1800000000000);
    check(id_floor(t) <= id_next(&ids, t));
    check(id_next(&other, t - 1) < id_floor(t));
}

TEST(id_number_is_thirteen_digits_in_order)
{
    Arena a = { 0 };
    check_str(id_number(&a, 0), STR("0000000000000"));
    check_str(id_number(&a, 33), STR("0000000000011"));
    check_str(id_number(&a, INT64_MAX), STR("7ZZZZZZZZZZZZ"));
    arena_free(&a);
}

// A list "until 2099" is one without an end.
TEST(id_floor_of_a_far_day_is_above_all)
{
    Ids ids = { .node = 1023 };
    check(id_floor(INT64_C(4102444799000)) > id_next(&ids, INT64_C(3800000000000)));
    check(id_floor(INT64_MAX) == id_floor(INT64_C(4102444799000)));
    check(id_floor(INT64_MIN) > 0);
}
