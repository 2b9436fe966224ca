// See both.h.
#include "rank/both.h"

#include <cblas.h>
#include <pthread.h>

typedef struct Shard { void (*work)(void *, i64); void *context; i64 shard; } Shard;

static void *run_shard(void *p)
{
    Shard *s = p;
    s->work(s->context, s->shard);
    return NULL;
}

void both(void (*work)(void *context, i64 shard), void *context)
{
    Shard s[THREADS];
    pthread_t t[THREADS];
    openblas_set_num_threads(1);
    for (i64 i = 0; i < THREADS; i++) {
        s[i] = (Shard){ work, context, i };
        must(pthread_create(&t[i], NULL, run_shard, &s[i]) == 0);
    }
    for (i64 i = 0; i < THREADS; i++) pthread_join(t[i], NULL);
}
