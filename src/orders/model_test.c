// The model test: the market beside a simple model of it, through random sequences of all operations (tests/model). Many short
// lives with a seed each. MODEL_SEED and MODEL_STEPS repeat one; MODEL_TOTAL says how many steps there are in all.
#include <pthread.h>

#include "tests/model/model.h"

enum { LIFE_STEPS = 2500, THREADS_MAX = 8, SQLITE_TOTAL = 50000, POSTGRES_TOTAL = 5000 };

typedef struct Lives { _Atomic i64 next; i64 n, steps; _Atomic i64 failed; } Lives;

static i64 number_from(const char *name, i64 otherwise)
{
    const char *text = getenv(name);
    i64 n;
    return text && str_to_i64(str_of(text), &n) ? n : otherwise;
}

static void *live(void *context)
{
    Lives *l = context;
    for (i64 i; (i = atomic_fetch_add(&l->next, 1)) < l->n && atomic_load(&l->failed) == 0;)
        if (!model_run((u64)(i + 1), l->steps, true)) atomic_fetch_add(&l->failed, 1);
    return NULL;
}

TEST(the_market_does_what_its_model_says)
{
    if (getenv("MODEL_SEED")) {
        check(model_run((u64)number_from("MODEL_SEED", 1), number_from("MODEL_STEPS", LIFE_STEPS), false));
        return;
    }
    i64 total = number_from("MODEL_TOTAL", world_is_sqlite() ? SQLITE_TOTAL : POSTGRES_TOTAL);
    Lives lives = { .n = (total + LIFE_STEPS - 1) / LIFE_STEPS, .steps = LIFE_STEPS };
    i64 threads = number_from("MODEL_THREADS", world_is_sqlite() ? 2 : 4);
    pthread_t thread[THREADS_MAX];
    if (threads > THREADS_MAX) threads = THREADS_MAX;
    for (i64 i = 0; i < threads; i++) must(pthread_create(&thread[i], NULL, live, &lives) == 0);
    for (i64 i = 0; i < threads; i++) pthread_join(thread[i], NULL);
    check_int(lives.failed, 0);
}
