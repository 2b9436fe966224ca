// The engine's tables of what goes with what are made by a thread of its own, beside pages and learning, and behind them where
// the machine is busy.
#include <pthread.h>
#include <sys/resource.h>
#include <time.h>

#include "base/log.h"
#include "feed/inner.h"

enum { NICENESS = 10, PATIENCE_S = 2 };

struct FeedFit { pthread_t thread; bool running; const Rank *rank; RankFit *made; };

static void *make(void *context)
{
    FeedFit *f = context;
    setpriority(PRIO_PROCESS, 0, NICENESS);    // of this thread alone, on Linux
    f->made = rank_fit_make(f->rank);
    return NULL;
}

FeedFit *feed_fit_new(void)
{
    FeedFit *f = calloc(1, sizeof(*f));
    must(f != NULL);
    return f;
}

// Without a thread to be had it is done at once.
void feed_fit_start(FeedFit *f, const Rank *rank)
{
    f->rank = rank;
    f->running = pthread_create(&f->thread, NULL, make, f) == 0;
    if (!f->running) f->made = rank_fit_make(rank);
}

RankFit *feed_fit_wait(FeedFit *f)
{
    if (f->running) pthread_join(f->thread, NULL);
    RankFit *made = f->made;
    *f = (FeedFit){ 0 };
    return made;
}

bool feed_fit_end(FeedFit *f)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    if (f->running && pthread_timedjoin_np(f->thread, NULL, &until) != 0) {
        log_event(LOG_INFO, STR(""), "feed", "the tables that are being made are left: they will be made anew");
        pthread_detach(f->thread);
        return false;
    }
    rank_fit_drop(f->made);
    free(f);
    return true;
}
