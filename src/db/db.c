// Opening, the queue of tasks, stamps and listeners; hands queries to the engine. Knows no SQL but the ping's.
#include "db/engine.h"

#include <errno.h>
#include <inttypes.h>
#include <semaphore.h>
#include <time.h>

#include "base/fair.h"
#include "base/log.h"

enum { DEFAULT_WORKERS = 8, DEFAULT_READERS = 4, DEFAULT_GROUP_MS = 10, DEFAULT_GROUP_MAX = 256 };

typedef struct PingRow { i64 one; } PingRow;
static const Field PING_FIELDS[] = { { .name = "one", .kind = FIELD_INT, .offset = offsetof(PingRow, one) } };
static const Type PING_TYPE = { "PingRow", sizeof(PingRow), PING_FIELDS, COUNT(PING_FIELDS) };
const Query QUERY_PING = {
    .name = "ping", .sql = "SELECT CAST(count(*) AS BIGINT) AS one FROM migration", .index = -1, .row = &PING_TYPE,
};

i64 statement_count(const Db *db)
{
    return db->options.n_queries + OWN_QUERIES;
}

i64 statement_place(const Db *db, const Query *q)
{
    if (q->index < 0) return db->options.n_queries - 1 - q->index;
    must(q->index < db->options.n_queries && db->options.queries[q->index] == q);
    return q->index;
}

// ------------------------------------------------------------------------------------------------ queries

Err tx_failed(Tx *tx, Err e, const char *what, const char *message)
{
    if (tx->failed == ERR_OK) {
        tx->failed = e;
        log_event(LOG_ERROR, (Str){ 0 }, "db", "%s: %s", what, message);
    }
    return tx->failed;
}

Err tx_result(const Tx *tx, Err returned)
{
    return tx->failed != ERR_OK ? tx->failed : returned;
}

static Err ask(const Query *q, const void *in, RowSet *set)
{
    Tx *tx = set->tx;
    if (tx->failed != ERR_OK) return tx->failed;
    Connection *c = tx->connection;
    must(c != NULL && (tx->write || q->writes == 0));
    must((in != NULL || q->n_params == 0) && q->n_params <= PARAMS_MAX);
    must(set->want == WANT_NONE || (q->row != NULL && tx->a != NULL));
    tx->reads |= q->reads;
    tx->writes |= q->writes;
    if (set->want == WANT_ALL) {
        arena_reset(&c->scratch);
        set->scratch = &c->scratch;
    }
    return c->db->engine->query(q, in, set);
}

struct TxMemo { const void *key; struct TxMemo *next; _Alignas(16) char bytes[]; };

void *tx_memo(const Tx *tx, const void *key)
{
    for (struct TxMemo *m = tx->memos; m; m = m->next)
        if (m->key == key) return m->bytes;
    return NULL;
}

void *tx_memo_add(Tx *tx, const void *key, size_t bytes)
{
    must(!tx_memo(tx, key) && bytes < TX_MEMO_MAX);
    tx->kept.full = tx->a->full;                     // without memory it ends like the request's own arena
    struct TxMemo *m = arena_alloc(&tx->kept, sizeof(*m) + bytes);
    *m = (struct TxMemo){ .key = key, .next = tx->memos };
    tx->memos = m;
    return m->bytes;
}

Err db_one(Tx *tx, const Query *q, const void *in, void **row)
{
    RowSet set = { .tx = tx, .q = q, .want = WANT_ONE };
    *row = NULL;
    try(ask(q, in, &set));
    *row = set.rows;
    return ERR_OK;
}

Err db_all(Tx *tx, const Query *q, const void *in, void **rows, i64 *n)
{
    RowSet set = { .tx = tx, .q = q, .want = WANT_ALL };
    *rows = NULL;
    *n = 0;
    try(ask(q, in, &set));
    *rows = set.rows;
    *n = set.n;
    return ERR_OK;
}

Err db_exec(Tx *tx, const Query *q, const void *in, i64 *changed)
{
    RowSet set = { .tx = tx, .q = q, .want = WANT_NONE };
    if (changed) *changed = 0;
    try(ask(q, in, &set));
    if (changed) *changed = set.changed;
    return ERR_OK;
}

// ------------------------------------------------------------------------------------------------ queue

static void wake_one(Queue *q)
{
    Idle *w = q->idle;
    if (!w) return;
    q->idle = w->next;
    w->woken = true;
    pthread_cond_signal(&w->wake);
}

DbTask *queue_take(Db *db, bool wait)
{
    Queue *q = &db->queue;
    Idle me = { .wake = PTHREAD_COND_INITIALIZER };
    pthread_mutex_lock(&q->lock);
    while (wait && !q->first && !q->closing) {
        me.woken = false, me.next = q->idle;
        q->idle = &me;
        while (!me.woken) pthread_cond_wait(&me.wake, &q->lock);
    }
    DbTask *t = q->first;
    if (t) {
        q->first = t->next;
        if (!q->first) q->last = NULL;
        q->n--;
        t->next = NULL;
    }
    pthread_mutex_unlock(&q->lock);
    return t;
}

static Err queue_put(Db *db, DbTask *task)
{
    Queue *q = &db->queue;
    task->next = NULL;
    pthread_mutex_lock(&q->lock);
    bool room = !q->closing && q->n < DB_QUEUE_MAX;     // an answer of the last moment may still want to note something
    if (room) {
        if (q->last) q->last->next = task;
        else q->first = task;
        q->last = task;
        q->n++;
        wake_one(q);
    }
    pthread_mutex_unlock(&q->lock);
    if (!room) atomic_fetch_add(&db->busy, 1);
    return room ? ERR_OK : ERR_BUSY;
}

Err db_submit(Db *db, DbTask *task)
{
    must(task->run != NULL && task->done != NULL);
    if (!task->write && db->engine->read_now) {
        task->done(task, db->engine->read_now(db, task));
        return ERR_OK;
    }
    return queue_put(db, task);
}

typedef struct Waiting { DbTask task; sem_t over; } Waiting;

static void wake_waiting(DbTask *task, Err result)
{
    task->result = result;
    must(sem_post(&((Waiting *)task)->over) == 0);
}

static Err run_waiting(Db *db, DbTask task)
{
    Waiting w = { .task = task };
    w.task.done = wake_waiting;
    if (!task.write && db->engine->read_now) return db->engine->read_now(db, &w.task);
    for (i64 i = 0; i < db->n_workers; i++) must(!pthread_equal(pthread_self(), db->workers[i]));   // it would wait for itself
    must(sem_init(&w.over, 0, 0) == 0);
    Err e = queue_put(db, &w.task);
    if (e == ERR_OK) {
        while (sem_wait(&w.over) != 0) must(errno == EINTR);
        e = w.task.result;
    }
    sem_destroy(&w.over);
    return e;
}

Err db_run(Db *db, bool write, Err (*run)(Tx *tx, void *context), void *context)
{
    return run_waiting(db, (DbTask){ .run = run, .context = context, .write = write });
}

Err db_run_patient(Db *db, Err (*run)(Tx *tx, void *context), void *context)
{
    return run_waiting(db, (DbTask){ .run = run, .context = context, .patient = true });
}

// ------------------------------------------------------------------------------------------------ after a commit

// The place of the lowest table in a set that is not empty.
static i64 lowest(TableSet s)
{
    u64 low = (u64)s;
    return low ? __builtin_ctzll(low) : 64 + __builtin_ctzll((u64)(s >> 64));
}

void committed(Db *db, TableSet tables)
{
    if (tables == 0) return;
    for (TableSet left = tables; left; left &= left - 1) atomic_fetch_add(&db->stamps[lowest(left)], 1);
    i64 n = atomic_load(&db->n_listeners);
    for (i64 i = 0; i < n; i++)
        if (db->listeners[i].tables & tables) db->listeners[i].wake(db->listeners[i].context);
}

u64 db_stamp(const Db *db, TableSet tables)
{
    if (!db_is_sqlite(db)) return 0;
    u64 sum = 0;                  // the counters only grow, so their sum changes when any of them does
    for (TableSet left = tables; left; left &= left - 1) sum += atomic_load(&db->stamps[lowest(left)]);
    return sum;
}

void db_on_commit(Db *db, TableSet tables, void (*wake)(void *context), void *context)
{
    pthread_mutex_lock(&db->queue.lock);
    i64 n = atomic_load(&db->n_listeners);
    must(n < LISTENERS_MAX);
    db->listeners[n] = (Listener){ tables, wake, context };
    atomic_store(&db->n_listeners, n + 1);      // last: a worker that sees the number sees the listener
    pthread_mutex_unlock(&db->queue.lock);
}

// ------------------------------------------------------------------------------------------------ opening and closing

static bool known_url(Db *db)
{
    Str url = str_of(db->url);
    if (str_starts(url, STR("sqlite:")) && url.n > 7) {
        db->path = db->url + 7;
        db->engine = &ENGINE_SQLITE;
        return true;
    }
    if (!str_starts(url, STR("postgres://")) && !str_starts(url, STR("postgresql://"))) return false;
    db->engine = &ENGINE_POSTGRES;
    return true;
}

static void set_defaults(DbOptions *o, bool sqlite)
{
    if (o->connections <= 0) o->connections = sqlite ? DEFAULT_READERS : DEFAULT_WORKERS;
    if (o->connections > WORKERS_MAX) o->connections = WORKERS_MAX;
    if (o->group_ms <= 0) o->group_ms = DEFAULT_GROUP_MS;
    if (o->group_max <= 0) o->group_max = DEFAULT_GROUP_MAX;
}

static void *worker(void *context)
{
    Db *db = context;
    db->engine->work(db);
    return NULL;
}

// Makes a Db that is not started. ERR_DB, logged, when the URL is not one of ours.
Err db_make(const DbOptions *options, Db **out)
{
    Arena a = { 0 };
    Db *db = arena_new(&a, Db);
    db->url = arena_cstr(&a, options->url);
    db->options = *options;
    db->a = a;
    if (!known_url(db)) {
        log_event(LOG_ERROR, (Str){ 0 }, "db", "the database's URL is neither sqlite:FILE nor postgres://…");
        arena_free(&a);
        return ERR_DB;
    }
    set_defaults(&db->options, db_is_sqlite(db));
    pthread_mutexattr_t spins;                // both are held for some nanoseconds: cheaper to wait awake
    pthread_mutexattr_init(&spins);
    pthread_mutexattr_settype(&spins, PTHREAD_MUTEX_ADAPTIVE_NP);
    pthread_mutex_init(&db->queue.lock, &spins);
    pthread_mutex_init(&db->pool.lock, &spins);
    pthread_mutexattr_destroy(&spins);
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&db->pool.back, &steady);
    pthread_condattr_destroy(&steady);
    fair_lock_init(&db->lane);                // a task that asks for the lane gets it before those that come after it
    *out = db;
    return ERR_OK;
}

void db_unmake(Db *db)
{
    Arena a = db->a;                // the Db lies in its own arena
    pthread_mutex_destroy(&db->queue.lock);
    pthread_mutex_destroy(&db->pool.lock);
    pthread_cond_destroy(&db->pool.back);
    pthread_rwlock_destroy(&db->lane);
    arena_free(&a);
}

static Err check_schema(Db *db);

Err db_open(const DbOptions *options, Db **out)
{
    Db *db;
    try(db_make(options, &db));
    Err e = db->engine->start(db);
    if (e != ERR_OK) {
        db_unmake(db);
        return e;
    }
    i64 n = db_is_sqlite(db) ? 1 : db->options.connections;
    for (; db->n_workers < n; db->n_workers++) must(pthread_create(&db->workers[db->n_workers], NULL, worker, db) == 0);
    e = check_schema(db);
    if (e != ERR_OK) db_close(db);
    else *out = db;
    return e;
}

// Only for programs that say which migration is their newest; db_migrate checks more.
static Err check_schema(Db *db)
{
    if (db->options.newest_migration <= 0) return ERR_OK;
    i64 newest;
    try(migration_newest(db, &newest));
    if (newest <= db->options.newest_migration) return ERR_OK;
    log_event(LOG_ERROR, (Str){ 0 }, "db", "the database is at migration %" PRId64 ", this program knows only up to %"
              PRId64 ": start a newer program", newest, db->options.newest_migration);
    return ERR_DB;
}

void db_close(Db *db)
{
    if (!db) return;
    pthread_mutex_lock(&db->queue.lock);
    db->queue.closing = true;
    while (db->queue.idle) wake_one(&db->queue);
    pthread_mutex_unlock(&db->queue.lock);
    for (i64 i = 0; i < db->n_workers; i++) must(pthread_join(db->workers[i], NULL) == 0);
    if (db->checker) db->engine->admin_close(db->checker);
    db->engine->stop(db);
    db_unmake(db);
}

bool db_is_sqlite(const Db *db)
{
    return db->engine == &ENGINE_SQLITE;
}

// ------------------------------------------------------------------------------------------------ health

static Err run_ping(Tx *tx, void *context)
{
    (void)context;
    Arena a = { 0 };
    tx->a = &a;
    void *row;
    Err e = db_one(tx, &QUERY_PING, NULL, &row);
    arena_free(&a);
    return e;
}

Err db_ping(Db *db)
{
    return db_run(db, false, run_ping, NULL);
}

Err db_check_query(Db *db, const Query *q, char *problem, size_t size)
{
    problem[0] = 0;
    if (!check_parameters(q, problem, size)) return ERR_DB;
    if (!db->checker) try(db->engine->admin_open(db, &db->checker));
    return db->engine->check(db->checker, q, problem, size);
}

DbStats db_stats(const Db *db)
{
    DbStats s = { .reads = db->reads, .writes = db->writes, .groups = db->groups, .retries = db->retries, .busy = db->busy };
    pthread_mutex_lock((pthread_mutex_t *)&db->queue.lock);
    s.queue = db->queue.n;
    pthread_mutex_unlock((pthread_mutex_t *)&db->queue.lock);
    return s;
}
