// The threads behind tasks: one that runs what is due and can be done in a transaction, and a few for long jobs.
#include "api/app.h"

#include <pthread.h>
#include <time.h>

#include "gen/api.gen.h"
#include "gen/program.gen.h"
#include "base/log.h"

enum { TASK_ARENA = 64 * 1024 * 1024, RETRY_FIRST_MS = 2000, RETRY_MOST_MS = 5 * MINUTE_MS };

struct Tasks {
    App *app;
    const TaskKind *kinds;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    i64 wakes;                       // grows with each commit that wrote a task; so that none is missed
    _Atomic bool stopping;
    i64 threads;
    pthread_t thread[1 + TASK_SOON_THREADS + TASK_OUTSIDE_THREADS + TASK_ASKED_THREADS + TASK_LONG_THREADS_MAX];
    i64 started;                     // thread 0 does rules; then those of each lane, in their order
};

typedef struct Due { i64 id, subject, tries; const TaskKind *kind; } Due;
typedef struct Run { App *app; Due due; Arena arena; Err result; bool missing; } Run;

Err task_at(Tx *tx, const By *by, const char *kind, i64 subject, Time due)
{
    return q_task_put(tx, (TaskPutIn){ .id = task_id_next(by->ids, by->now), .kind = str_of(kind), .subject = subject,
                                       .due = due });
}

Err task_cancel(Tx *tx, const char *kind, i64 subject)
{
    i64 n;
    return q_task_delete(tx, (TaskDeleteIn){ .kind = str_of(kind), .subject = subject }, &n);
}

static By by_of(App *app)
{
    return (By){ .now = app_now(app), .ids = &app->ids, .vault = &app->vault, .demo = app->demo, .pay = app->pay };
}

static const TaskKind *kind_of(const TaskKind *kinds, Str name)
{
    for (const TaskKind *k = kinds; k->name; k++)
        if (str_eq(str_of(k->name), name)) return k;
    return NULL;
}

// ---------------------------------------------------------------------------------------------- one task

static Time again_at(Time now, i64 tries)
{
    i64 pause = RETRY_FIRST_MS;
    for (i64 i = 1; i < tries && pause < RETRY_MOST_MS; i++) pause *= 2;
    return now + (pause < RETRY_MOST_MS ? pause : RETRY_MOST_MS);
}

static i64 tries_of(const TaskKind *k)
{
    return k->tries ? k->tries : TASK_TRIES;
}

static bool is_over(const Run *run)
{
    return run->due.kind->gave_up && run->due.tries >= tries_of(run->due.kind);
}

// Ends the task in the same transaction in which its rule runs; a task that another has ended is left alone.
static Err run_rule(Tx *tx, void *context)
{
    Run *run = context;
    jmp_buf full;
    arena_reset(&run->arena);
    if (setjmp(full)) return ERR_FULL;
    run->arena.full = &full;
    tx->a = &run->arena;
    By by = by_of(run->app);
    i64 n;
    try(q_task_end(tx, (TaskEndIn){ .id = { run->due.id } }, &n));
    if (n == 0) return ERR_OK;
    if (is_over(run)) return run->due.kind->gave_up(tx, &by, run->due.subject);
    return run->due.kind->rule(tx, &by, run->due.subject);
}

static Err put_off(Tx *tx, void *context)
{
    Run *run = context;
    arena_reset(&run->arena);
    run->arena.full = NULL;
    tx->a = &run->arena;
    Time now = app_now(run->app);
    i64 n;
    return q_task_again(tx, (TaskAgainIn){ .id = { run->due.id }, .due = again_at(now, run->due.tries),
                                           .error = str_of(err_slug(run->result)) }, &n);
}

static Err take(Tx *tx, void *context)
{
    Run *run = context;
    arena_reset(&run->arena);
    tx->a = &run->arena;
    Time now = app_now(run->app);
    i64 lease = run->due.kind->lease_ms ? run->due.kind->lease_ms : TASK_LEASE_MS, n;
    try(q_task_take(tx, (TaskTakeIn){ .id = { run->due.id }, .now = now, .lease = now + lease }, &n));
    run->missing = n == 0;
    return ERR_OK;
}

static Err end_task(Tx *tx, void *context)
{
    Run *run = context;
    arena_reset(&run->arena);
    tx->a = &run->arena;
    i64 n;
    return q_task_end(tx, (TaskEndIn){ .id = { run->due.id } }, &n);
}

static void note_failure(Run *run)
{
    metrics_add(run->app->metrics, METRIC_TASKS_FAILED);
    run->due.tries++;
    log_event(run->due.tries < tries_of(run->due.kind) ? LOG_WARN : LOG_ERROR, STR(""), "task", "%s %lld: %s, try %lld",
              run->due.kind->name, (long long)run->due.subject, err_slug(run->result), (long long)run->due.tries);
    if (is_over(run) && db_run(run->app->db, true, run_rule, run) == ERR_OK) return;
    db_run(run->app->db, true, put_off, run);
}

static void run_task(Run *run)
{
    const TaskKind *k = run->due.kind;
    if (db_run(run->app->db, true, take, run) != ERR_OK || run->missing) return;
    metrics_add(run->app->metrics, METRIC_TASKS);
    if (k->job) {
        run->result = k->job(run->app, run->due.subject, run->due.tries + 1);
        if (run->result == ERR_OK) run->result = db_run(run->app->db, true, end_task, run);
    } else {
        run->result = db_run(run->app->db, true, run_rule, run);
    }
    // A stopping process is no failure of the task: its lease is cleared at the next start.
    if (run->result != ERR_OK && !atomic_load(&run->app->stopping)) note_failure(run);
}

// ---------------------------------------------------------------------------------------------- finding what is due

enum { RULES = TASK_LANES };         // the lane of what is no job
typedef struct Look { App *app; const TaskKind *kinds; i64 lane; Arena *arena; Due due[TASK_BATCH]; i64 n; Time next; } Look;

static i64 lane_of(const TaskKind *k)
{
    return k->job ? (i64)k->lane : RULES;
}

// ",one,other,": the kinds of a lane, as the queries want them.
static Str kinds_of(Arena *a, const TaskKind *kinds, i64 lane)
{
    i64 room = 2;
    for (const TaskKind *k = kinds; k->name; k++) room += (i64)strlen(k->name) + 1;
    Buf b = buf_new(a, (size_t)room);
    for (const TaskKind *k = kinds; k->name; k++)
        if (lane_of(k) == lane) buf_format(&b, "%s%s,", b.n ? "" : ",", k->name);
    return buf_str(&b);
}

static Err look(Tx *tx, void *context)
{
    Look *l = context;
    arena_reset(l->arena);
    tx->a = l->arena;
    l->n = 0;
    Time now = app_now(l->app);
    TaskDueRowList rows;
    Str kinds = kinds_of(l->arena, l->kinds, l->lane);
    try(q_task_due(tx, (TaskDueIn){ .now = now, .kinds = kinds, .limit = TASK_BATCH }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        const TaskKind *k = kind_of(l->kinds, rows.p[i].kind);
        if (k) l->due[l->n++] = (Due){ .id = rows.p[i].id.v, .subject = rows.p[i].subject, .tries = rows.p[i].tries, .kind = k };
    }
    TaskNextRow *next;
    try(q_task_next(tx, (TaskNextIn){ .now = now, .until = now + TASK_POLL_MS, .kinds = kinds }, &next));
    l->next = next ? next->due : 0;
    return ERR_OK;
}

// Runs one batch of what is due; returns how many.
static i64 run_batch(App *app, const TaskKind *kinds, i64 lane, Time *next)
{
    Arena arena = { 0 };
    Look l = { .app = app, .kinds = kinds, .lane = lane, .arena = &arena };
    Err e = db_run(app->db, false, look, &l);
    arena_free(&arena);
    if (e != ERR_OK) return 0;
    *next = l.next;
    // A job thread takes one, so that the others find the rest.
    i64 n = lane != RULES && l.n > 1 ? 1 : l.n;
    for (i64 i = 0; i < n && !atomic_load(&app->stopping); i++) {
        Run run = { .app = app, .due = l.due[i], .arena = { .limit = TASK_ARENA } };
        run_task(&run);
        arena_free(&run.arena);
    }
    return n;
}

i64 tasks_run_due(App *app, const TaskKind *kinds)
{
    i64 total = 0, n;
    Time next;
    do {
        n = 0;
        for (i64 lane = RULES; lane >= 0; lane--) n += run_batch(app, kinds, lane, &next);
        total += n;
    } while (n > 0 && total < 10000);
    return total;
}

static void wake(void *context)
{
    Tasks *t = context;
    pthread_mutex_lock(&t->lock);
    t->wakes++;
    pthread_cond_broadcast(&t->wake);
    pthread_mutex_unlock(&t->lock);
}

// Until something is due, a task was written, or TASK_POLL_MS have passed (another machine may have written one).
static void wait_for_more(Tasks *t, i64 seen, Time next)
{
    i64 ms = next ? next - app_now(t->app) : TASK_POLL_MS;
    if (ms > TASK_POLL_MS) ms = TASK_POLL_MS;
    if (ms < 5) ms = 5;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms % 1000 * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&t->lock);
    while (t->wakes == seen && !atomic_load(&t->stopping))
        if (pthread_cond_timedwait(&t->wake, &t->lock, &until) != 0) break;
    pthread_mutex_unlock(&t->lock);
}

static i64 lane_of_thread(i64 number)
{
    static const i64 THREADS[TASK_LANES] = { [TASK_SOON] = TASK_SOON_THREADS, [TASK_OUTSIDE] = TASK_OUTSIDE_THREADS,
                                             [TASK_ASKED] = TASK_ASKED_THREADS };
    if (number == 0) return RULES;
    for (i64 lane = 0; lane < TASK_LONG; lane++) {
        if (number <= THREADS[lane]) return lane;
        number -= THREADS[lane];
    }
    return TASK_LONG;
}

static void *task_loop(void *context)
{
    Tasks *t = context;
    pthread_mutex_lock(&t->lock);
    i64 number = t->started++;
    i64 lane = lane_of_thread(number);
    pthread_mutex_unlock(&t->lock);
    while (!atomic_load(&t->stopping)) {
        pthread_mutex_lock(&t->lock);
        i64 seen = t->wakes;
        pthread_mutex_unlock(&t->lock);
        Time next = 0;
        if (run_batch(t->app, t->kinds, lane, &next) == 0) wait_for_more(t, seen, next);
    }
    return NULL;
}

// SQLite: nobody else has the file, so every lease is of a process that is gone.
static Err release_all(Tx *tx, void *context)
{
    tx->a = context;
    i64 n;
    return q_task_release_all(tx, &n);
}

Tasks *tasks_start(App *app, const TaskKind *kinds, i64 long_threads)
{
    must(long_threads > 0 && long_threads <= TASK_LONG_THREADS_MAX);
    Tasks *t = calloc(1, sizeof(*t));
    must(t != NULL);
    *t = (Tasks){ .app = app, .kinds = kinds,
                   .threads = 1 + TASK_SOON_THREADS + TASK_OUTSIDE_THREADS + TASK_ASKED_THREADS + long_threads };
    pthread_condattr_t monotonic;
    must(pthread_condattr_init(&monotonic) == 0 && pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0);
    must(pthread_mutex_init(&t->lock, NULL) == 0 && pthread_cond_init(&t->wake, &monotonic) == 0);
    pthread_condattr_destroy(&monotonic);
    Arena a = { 0 };
    if (db_is_sqlite(app->db)) db_run(app->db, true, release_all, &a);
    arena_free(&a);
    db_on_commit(app->db, TABLE_MASK_task, wake, t);
    for (i64 i = 0; i < t->threads; i++) must(pthread_create(&t->thread[i], NULL, task_loop, t) == 0);
    return t;
}

bool tasks_stop_within(Tasks *t, i64 wait_ms)
{
    bool ended = true;
    struct timespec until;
    atomic_store(&t->stopping, true);
    wake(t);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += wait_ms % 1000 * 1000000;
    until.tv_sec += wait_ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    for (i64 i = 0; i < t->threads; i++) ended = pthread_timedjoin_np(t->thread[i], NULL, &until) == 0 && ended;
    return ended;
}

typedef struct Renewal { App *app; Arena *a; const char *kind; i64 subject; } Renewal;

static Err renew(Tx *tx, void *context)
{
    Renewal *r = context;
    tx->a = r->a;
    i64 n;
    return q_task_renew(tx, (TaskRenewIn){ .kind = str_of(r->kind), .subject = r->subject,
                                           .lease = app_now(r->app) + TASK_LEASE_MS }, &n);
}

Err task_renew(App *app, const char *kind, i64 subject)
{
    Arena a = { 0 };
    Renewal r = { .app = app, .a = &a, .kind = kind, .subject = subject };
    Err e = db_run(app->db, true, renew, &r);
    arena_free(&a);
    return e;
}
