// A bounded queue and the threads that empty it.
#include "api/work.h"

#include <pthread.h>

typedef struct WorkItem { void (*run)(void *context); void *context; } WorkItem;

enum { WORK_THREADS_MAX = 16 };

struct Work {
    pthread_mutex_t lock;
    pthread_cond_t more;
    WorkItem queue[WORK_QUEUE_MAX];
    i64 first, n, threads;
    bool stopping;
    pthread_t thread[WORK_THREADS_MAX];
};

static void *work_loop(void *context)
{
    Work *w = context;
    for (;;) {
        pthread_mutex_lock(&w->lock);
        while (w->n == 0 && !w->stopping) pthread_cond_wait(&w->more, &w->lock);
        if (w->n == 0) break;
        WorkItem item = w->queue[w->first];
        w->first = (w->first + 1) % WORK_QUEUE_MAX;
        w->n--;
        pthread_mutex_unlock(&w->lock);
        item.run(item.context);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

Work *work_start(i64 threads)
{
    must(threads > 0 && threads <= WORK_THREADS_MAX);
    Work *w = calloc(1, sizeof(*w));
    must(w != NULL);
    must(pthread_mutex_init(&w->lock, NULL) == 0 && pthread_cond_init(&w->more, NULL) == 0);
    w->threads = threads;
    for (i64 i = 0; i < threads; i++) must(pthread_create(&w->thread[i], NULL, work_loop, w) == 0);
    return w;
}

Err work_submit(Work *w, void (*run)(void *context), void *context)
{
    pthread_mutex_lock(&w->lock);
    bool room = w->n < WORK_QUEUE_MAX && !w->stopping;
    if (room) {
        w->queue[(w->first + w->n) % WORK_QUEUE_MAX] = (WorkItem){ run, context };
        w->n++;
        pthread_cond_signal(&w->more);
    }
    pthread_mutex_unlock(&w->lock);
    return room ? ERR_OK : ERR_BUSY;
}

void work_stop(Work *w)
{
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_broadcast(&w->more);
    pthread_mutex_unlock(&w->lock);
    for (i64 i = 0; i < w->threads; i++) pthread_join(w->thread[i], NULL);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->more);
    free(w);
}
