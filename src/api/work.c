// A bounded queue and the threads that empty it.
#include "api/work.h"

#include <pthread.h>

typedef struct WorkItem { void (*run)(void *context); void *context; i64 owner; } WorkItem;

enum { WORK_THREADS_MAX = 16 };

struct Work {
    pthread_mutex_t lock;
    pthread_cond_t more;
    WorkItem queue[WORK_QUEUE_MAX];
    i64 first, n, threads, started;
    bool stopping;
    pthread_t thread[WORK_THREADS_MAX];
    i64 running[WORK_THREADS_MAX];             // owners, one a thread; 0: nobody's
};

// ---------------------------------------------------------------------------------------------- with the lock held

static WorkItem *waiting(Work *w, i64 i)
{
    return &w->queue[(w->first + i) % WORK_QUEUE_MAX];
}

static i64 running_of(const Work *w, i64 owner)
{
    i64 n = 0;
    for (i64 i = 0; i < w->threads; i++) n += w->running[i] == owner;
    return n;
}

static i64 under_way(Work *w, i64 owner)
{
    i64 n = running_of(w, owner);
    for (i64 i = 0; i < w->n; i++) n += waiting(w, i)->owner == owner;
    return n;
}

// The first whose owner has no thread, else the first of all. Those before it keep their order.
static WorkItem take(Work *w)
{
    i64 at = 0;
    while (at < w->n && waiting(w, at)->owner && running_of(w, waiting(w, at)->owner)) at++;
    if (at == w->n) at = 0;
    WorkItem item = *waiting(w, at);
    for (; at > 0; at--) *waiting(w, at) = *waiting(w, at - 1);
    w->first = (w->first + 1) % WORK_QUEUE_MAX;
    w->n--;
    return item;
}

// ---------------------------------------------------------------------------------------------- threads

static void *work_loop(void *context)
{
    Work *w = context;
    pthread_mutex_lock(&w->lock);
    i64 me = w->started++;
    for (;;) {
        while (w->n == 0 && !w->stopping) pthread_cond_wait(&w->more, &w->lock);
        if (w->n == 0) break;
        WorkItem item = take(w);
        w->running[me] = item.owner;
        pthread_mutex_unlock(&w->lock);
        item.run(item.context);
        pthread_mutex_lock(&w->lock);
        w->running[me] = 0;
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

Err work_submit_for(Work *w, i64 owner, i64 most, void (*run)(void *context), void *context)
{
    pthread_mutex_lock(&w->lock);
    Err e = w->n < WORK_QUEUE_MAX && !w->stopping ? ERR_OK : ERR_BUSY;
    if (e == ERR_OK && owner && under_way(w, owner) >= most) e = ERR_TOO_MANY;
    if (e == ERR_OK) {
        *waiting(w, w->n++) = (WorkItem){ run, context, owner };
        pthread_cond_signal(&w->more);
    }
    pthread_mutex_unlock(&w->lock);
    return e;
}

Err work_submit(Work *w, void (*run)(void *context), void *context)
{
    return work_submit_for(w, 0, 0, run, context);
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
