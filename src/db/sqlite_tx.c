// SQLite's transactions: reads on the caller's thread, writes in groups that share one fsync. Knows no SQL.
#include "db/sqlite.h"

#include <time.h>

#include "base/log.h"

// The log is moved into the file each SQLITE_LOG_FRAMES pages, as far as readers allow. It starts anew only when nobody
// reads from it: past FORCE_FRAMES readers are asked to wait for that moment, at most FORCE_WAIT_MS, and when one of them
// takes longer (a backup sits on its snapshot until it ends) again after FORCE_FRAMES / 4 more. So it stays bounded.
enum { FORCE_FRAMES = 16000, FORCE_WAIT_MS = 200 };

// ------------------------------------------------------------------------------------------------ reads

static Err pool_take(Db *db, Lite **out)
{
    Pool *p = &db->pool;
    pthread_mutex_lock(&p->lock);
    while (p->hold || (!p->free && p->opened >= db->options.connections)) pthread_cond_wait(&p->back, &p->lock);
    Connection *c = p->free;
    if (c) p->free = c->next;
    else p->opened++;
    p->out++;
    pthread_mutex_unlock(&p->lock);
    if (c) {
        *out = (Lite *)c;
        return ERR_OK;
    }
    Err e = lite_open(db, LITE_READER, out);
    if (e == ERR_OK) return ERR_OK;
    pthread_mutex_lock(&p->lock);
    p->opened--;
    p->out--;
    pthread_cond_broadcast(&p->back);
    pthread_mutex_unlock(&p->lock);
    return e;
}

static void pool_give(Db *db, Lite *l)
{
    Pool *p = &db->pool;
    pthread_mutex_lock(&p->lock);
    l->c.next = p->free;
    p->free = &l->c;
    p->out--;
    if (p->hold) pthread_cond_broadcast(&p->back);        // the writer waits for the last one, not for any
    else pthread_cond_signal(&p->back);
    pthread_mutex_unlock(&p->lock);
}

// Keeps new readers out and waits until nobody reads. False when one took too long; release in any case.
static bool pool_hold(Pool *p)
{
    struct timespec until;
    must(clock_gettime(CLOCK_MONOTONIC, &until) == 0);
    until.tv_nsec += FORCE_WAIT_MS * 1000000;
    if (until.tv_nsec >= 1000000000) until.tv_sec++, until.tv_nsec -= 1000000000;
    pthread_mutex_lock(&p->lock);
    p->hold = true;
    int waited = 0;
    while (p->out && waited == 0) waited = pthread_cond_timedwait(&p->back, &p->lock, &until);
    bool alone = p->out == 0;
    pthread_mutex_unlock(&p->lock);
    return alone;
}

static void pool_release(Pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->hold = false;
    pthread_cond_broadcast(&p->back);
    pthread_mutex_unlock(&p->lock);
}

Err lite_read_now(Db *db, DbTask *task)
{
    Lite *l;
    try(pool_take(db, &l));
    Tx tx = { .connection = &l->c };
    Err e = ERR_DB;
    // One snapshot for all its queries: without BEGIN each would see a later one.
    if (lite_control(l, CONTROL_BEGIN) == SQLITE_OK) e = tx_result(&tx, task->run(&tx, task->context));
    else lite_log(l->db, "begin");
    arena_free(&tx.kept);
    if (!sqlite3_get_autocommit(l->db) && lite_control(l, CONTROL_COMMIT) != SQLITE_OK) lite_control(l, CONTROL_ROLLBACK);
    pool_give(db, l);
    atomic_fetch_add_explicit(&db->reads, 1, memory_order_relaxed);
    return e;
}

// ------------------------------------------------------------------------------------------------ writes

typedef struct Group {
    DbTask *first, *last;
    i64 n;
    TableSet writes;     // tables
    Err lost;            // why the whole group is gone, or ERR_OK
} Group;

static void group_add(Group *g, DbTask *task)
{
    task->next = NULL;
    if (g->last) g->last->next = task;
    else g->first = task;
    g->last = task;
    g->n++;
}

// Keys that are checked at the end only would make the whole group's commit fail: so each task is asked.
static bool keys_hold(Lite *l)
{
    int open = 0, highest = 0;
    return sqlite3_db_status(l->db, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &highest, 0) == SQLITE_OK && open == 0;
}

// Some errors (a full disk, an I/O error) end the transaction under us; then every task of the group is undone.
static void end_task(Lite *l, Group *g, const Tx *tx, DbTask *task)
{
    lite_reset(l);
    if (sqlite3_get_autocommit(l->db)) {
        g->lost = tx->failed == ERR_DISK ? ERR_DISK : ERR_DB;
        return;
    }
    bool ok = task->result == ERR_OK || lite_control(l, CONTROL_ROLLBACK_TO) == SQLITE_OK;
    if (ok && lite_control(l, CONTROL_RELEASE) == SQLITE_OK) return;
    g->lost = lite_log(l->db, "savepoint");
}

static void run_in_group(Lite *l, Group *g, DbTask *task)
{
    group_add(g, task);
    if (lite_control(l, CONTROL_SAVEPOINT) != SQLITE_OK) {
        g->lost = lite_log(l->db, "savepoint");
        return;
    }
    Tx tx = { .connection = &l->c, .write = true };
    task->result = tx_result(&tx, task->run(&tx, task->context));
    arena_free(&tx.kept);
    if (task->result == ERR_OK && tx.writes && !keys_hold(l))
        task->result = tx_failed(&tx, ERR_DB, "a transaction", "it leaves a foreign key without its row");
    end_task(l, g, &tx, task);
    if (task->result == ERR_OK) g->writes |= tx.writes;
}

// Opens the transaction and fills it with what waits, until nobody waits or the bounds are reached.
static void fill_group(Db *db, Lite *l, Group *g, DbTask *task)
{
    if (lite_control(l, CONTROL_BEGIN_WRITE) != SQLITE_OK) {
        group_add(g, task);
        g->lost = lite_log(l->db, "begin");
        return;
    }
    i64 until_us = clock_monotonic_us() + db->options.group_ms * 1000;
    while (task) {
        run_in_group(l, g, task);
        bool open = g->lost == ERR_OK && g->n < db->options.group_max && clock_monotonic_us() < until_us;
        task = open ? queue_take(db, false) : NULL;
    }
}

static void commit_group(Lite *l, Group *g)
{
    if (g->lost == ERR_OK && lite_control(l, CONTROL_COMMIT) != SQLITE_OK) {
        g->lost = lite_log(l->db, "commit");
        if (g->lost == ERR_BUSY) g->lost = ERR_DB;
    }
    if (!sqlite3_get_autocommit(l->db)) lite_control(l, CONTROL_ROLLBACK);
}

// Refusals of a lost group are lost too: they may rest on what a neighbour wrote and what is now gone.
static void answer_group(Db *db, Group *g)
{
    if (g->lost == ERR_OK) committed(db, g->writes);
    for (DbTask *t = g->first; t;) {
        DbTask *next = t->next;                    // after done() the task is its owner's again
        t->done(t, g->lost != ERR_OK ? g->lost : t->result);
        t = next;
    }
}

static int note_frames(void *context, sqlite3 *db, const char *name, int frames)
{
    (void)db;
    (void)name;
    ((Lite *)context)->wal_frames = frames;
    return SQLITE_OK;
}

static bool move_log(Lite *l, int mode)
{
    int code = sqlite3_wal_checkpoint_v2(l->db, NULL, mode, NULL, NULL);
    if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY) lite_log(l->db, "checkpoint");
    return code == SQLITE_OK;
}

// Returns the number of frames from which on the next forced one may come.
static int checkpoint(Db *db, Lite *l, int forced_from)
{
    move_log(l, SQLITE_CHECKPOINT_PASSIVE);              // first what can be done while others read
    if (l->wal_frames < forced_from) return forced_from;
    sqlite3_busy_timeout(l->db, FORCE_WAIT_MS);          // for readers of other processes
    bool anew = pool_hold(&db->pool) && move_log(l, SQLITE_CHECKPOINT_RESTART);
    pool_release(&db->pool);
    sqlite3_busy_timeout(l->db, SQLITE_BUSY_MS);
    return anew ? FORCE_FRAMES : l->wal_frames + FORCE_FRAMES / 4;
}

void lite_work(Db *db)
{
    Lite *l = (Lite *)db->writer;
    sqlite3_wal_hook(l->db, note_frames, l);
    int checked_at = 0, forced_from = FORCE_FRAMES;
    for (DbTask *task; (task = queue_take(db, true));) {
        Group g = { 0 };
        fill_group(db, l, &g, task);
        commit_group(l, &g);
        atomic_fetch_add(&db->groups, 1);
        atomic_fetch_add(&db->writes, g.n);
        answer_group(db, &g);
        // After the answers, so that nobody waits for it who has been served.
        if (l->wal_frames < checked_at) checked_at = 0, forced_from = FORCE_FRAMES;     // used from its start again
        if (l->wal_frames < checked_at + SQLITE_LOG_FRAMES) continue;
        forced_from = checkpoint(db, l, forced_from);
        checked_at = l->wal_frames;
    }
}
