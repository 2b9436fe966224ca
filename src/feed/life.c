// The thread that follows the log of events: places and counts what has come in, within a second of its commit. Knows no HTTP.
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "api/app.h"
#include "base/log.h"
#include "feed/inner.h"
#include "gen/program.gen.h"

enum {
    POLL_MS = 400,                 // for what other machines commit; on SQLite every commit wakes the thread
    GATHER_MS = 20,                // what comes in meanwhile is taken along
    PAUSE_MS = 5000,               // after an error
};

struct Feed {
    App *app;
    FeedEngine *engine;
    pthread_t thread;
    bool wakened, started;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    u64 wakes;                     // under lock
    _Atomic bool stopping;
};

static void wake(void *context)
{
    Feed *f = context;
    pthread_mutex_lock(&f->lock);
    f->wakes++;
    pthread_cond_signal(&f->wake);
    pthread_mutex_unlock(&f->lock);
}

// ---------------------------------------------------------------------------------------------- one round

typedef struct Round { Feed *feed; i64 n; bool waiting; Arena arena; } Round;

static Err look(Tx *tx, void *context)
{
    Round *r = context;
    arena_reset(&r->arena);
    tx->a = &r->arena;
    return feed_is_waiting(tx, &r->waiting);
}

static Err count(Tx *tx, void *context)
{
    Round *r = context;
    arena_reset(&r->arena);
    tx->a = &r->arena;
    By by = { .now = app_now(r->feed->app), .ids = &r->feed->app->ids, .vault = &r->feed->app->vault };
    return feed_count(tx, &by, &r->n);
}

Err feed_follow(Feed *f)
{
    Round r = { .feed = f };
    // A read first: a write would wait for the disk, and mostly there is nothing.
    Err e = db_run(f->app->db, false, look, &r);
    while (e == ERR_OK && r.waiting) {
        e = db_run(f->app->db, true, count, &r);
        if (e == ERR_OK) e = db_run(f->app->db, false, look, &r);
    }
    arena_free(&r.arena);
    return e == ERR_OK ? feed_engine_follow(f->engine, &f->stopping) : e;
}

// ---------------------------------------------------------------------------------------------- the thread

static void pause_ms(i64 ms)
{
    struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
    nanosleep(&t, NULL);
}

static void wait_for_more(Feed *f, u64 seen, i64 ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms % 1000 * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&f->lock);
    while (f->wakes == seen && !atomic_load(&f->stopping))
        if (pthread_cond_timedwait(&f->wake, &f->lock, &until) != 0) break;
    pthread_mutex_unlock(&f->lock);
}

static u64 wakes_of(Feed *f)
{
    pthread_mutex_lock(&f->lock);
    u64 n = f->wakes;
    pthread_mutex_unlock(&f->lock);
    return n;
}

static void *follow_on(void *context)
{
    Feed *f = context;
    while (!atomic_load(&f->stopping)) {
        u64 seen = wakes_of(f);
        Err e = feed_follow(f);
        wait_for_more(f, seen, e == ERR_OK ? POLL_MS : PAUSE_MS);
        if (wakes_of(f) != seen) pause_ms(GATHER_MS);
    }
    return NULL;
}

Feed *feed_start(App *app, bool thread)
{
    Feed *f = calloc(1, sizeof(*f));
    must(f != NULL);
    f->app = app;
    f->engine = feed_engine_open(app);
    pthread_condattr_t monotonic;
    must(pthread_condattr_init(&monotonic) == 0 && pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0);
    must(pthread_mutex_init(&f->lock, NULL) == 0 && pthread_cond_init(&f->wake, &monotonic) == 0);
    pthread_condattr_destroy(&monotonic);
    if (!thread) return f;
    f->wakened = true;
    db_on_commit(app->db, TABLE_MASK_event, wake, f);
    f->started = pthread_create(&f->thread, NULL, follow_on, f) == 0;
    if (!f->started) log_event(LOG_ERROR, STR(""), "feed", "no thread to follow what people do: the feed will not learn");
    return f;
}

FeedEngine *feed_engine(const Feed *f)
{
    return f->engine;
}

void feed_stop(Feed *f)
{
    atomic_store(&f->stopping, true);
    wake(f);
    if (f->started) pthread_join(f->thread, NULL);
    feed_engine_close(f->engine);
    if (!f->wakened) free(f);                  // else the database may still wake it
}
