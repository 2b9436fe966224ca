// The serving process. SIGTERM and SIGINT stop it, SIGHUP makes it forget kept answers (after a restore).
#include "main/serve.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "main/open.h"
#include "main/town.h"

typedef struct TownThread { App *app; const Settings *settings; pthread_t thread; bool started; } TownThread;

static void *make_town(void *context)
{
    TownThread *t = context;
    if (town_make(t->app, t->settings->town) != ERR_OK && !atomic_load(&t->app->stopping))
        log_event(LOG_ERROR, STR(""), "town", "the demo town is not complete; the next start goes on with it");
    return NULL;
}

static void say_address(const Settings *s, int port, bool town)
{
    Str host = s->listen;
    while (host.n && host.p[host.n - 1] != ':') host.n--;
    printf("Etalase %s is open at http://%.*s%d\n", ETALASE_VERSION, STR_ARG(host), port);
    if (town) town_print_log_ins(s->town);
    fflush(stdout);
}

// Threads that do not end in time (a long transcode) end with the process: what they do is done again at the next start.
static void stop(App *app, TownThread *town)
{
    struct timespec until;
    atomic_store(&app->stopping, true);
    bool ended = net_stop(app->net, STOP_GRACE_MS);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    ended = (!town->started || pthread_timedjoin_np(town->thread, NULL, &until) == 0) && ended;
    ended = tasks_stop_within(app->tasks, 500) && ended;
    if (ended) app_close(app);
    log_event(LOG_INFO, STR(""), "stop", "%s", ended ? "all work is done" : "a job was left for the next start");
    // No destructors: a job thread may still be inside its work.
    fflush(NULL);
    _exit(0);
}

static void wait_for_signals(App *app, const sigset_t *signals)
{
    for (;;) {
        int signal = 0;
        if (sigwait(signals, &signal) != 0) continue;
        if (signal != SIGHUP) return;
        if (app->cache) cache_clear(app->cache);
        log_event(LOG_INFO, STR(""), "hangup", "kept answers are forgotten");
    }
}

// Threads may be running already, on an App that this function's end would take from under them.
_Noreturn static void give_up(void)
{
    fflush(NULL);
    _exit(1);
}

int serve(const Settings *s, bool town)
{
    App app = { 0 };
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);      // before any thread: they all inherit it
    signal(SIGPIPE, SIG_IGN);
    if (app_open(&app, s, true) != ERR_OK) give_up();
    NetHandler handler = app_handler(&app);
    NetOptions options = { .listen = s->listen, .threads = s->threads, .arena_limit = app.request_arena,
                           .trusted_proxy = s->trusted_proxy };
    if (net_start(&options, &handler, &app.net) != ERR_OK) {
        log_event(LOG_ERROR, STR(""), "start", "cannot listen on %.*s", STR_ARG(s->listen));
        give_up();
    }
    say_address(s, net_port(app.net), town);
    log_event(LOG_INFO, STR(""), "start", "version %s, %s, data %.*s", ETALASE_VERSION,
              db_is_sqlite(app.db) ? "sqlite" : "postgres", STR_ARG(s->data));
    TownThread t = { .app = &app, .settings = s };
    t.started = town && pthread_create(&t.thread, NULL, make_town, &t) == 0;
    wait_for_signals(&app, &signals);
    stop(&app, &t);
    return 0;
}
