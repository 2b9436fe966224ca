// PostgreSQL's transactions: workers that take tasks, run them serializably and again after a conflict. Knows no SQL text
// but BEGIN and COMMIT.
#include "db/postgres.h"

#include <inttypes.h>
#include <time.h>

#include "base/log.h"
#include "base/rand.h"

enum {
    TRIES_MAX = 20,
    SHARED_TRIES = 2,            // then the task runs with no other write of this process beside it
    UNIQUE_TRIES_MAX = 3,        // the same unique violation: then no twin is to blame
    PAUSE_FIRST_US = 500,        // doubled each time, up to:
    PAUSE_LAST_US = 50000,
};

typedef struct Tries { int n, unique; const char *unique_in; } Tries;

// A random part of a growing time: so that those who collided do not meet again.
static void pause_before(int tries)
{
    i64 most = PAUSE_FIRST_US;
    for (int i = 1; i < tries && most < PAUSE_LAST_US; i++) most *= 2;
    u32 random;
    rand_bytes(&random, sizeof(random));
    nanosleep(&(struct timespec){ .tv_nsec = (most / 4 + random % most) * 1000 }, NULL);
}

static bool execute(Pg *p, const char *sql, PGresult **out)
{
    PGresult *r = PQexec(p->conn, sql);
    *out = r;
    return PQresultStatus(r) == PGRES_COMMAND_OK;
}

// When the connection breaks here, a write may or may not be there: then it is not run again, nor called done.
static Err commit(Pg *p, const Tx *tx)
{
    PGresult *r;
    Err e = ERR_OK;
    if (!execute(p, "COMMIT", &r)) {
        e = pg_failed(p, r, "commit");
        if (p->again == AGAIN_CONNECT && tx->writes) {
            p->again = AGAIN_NO;
            log_event(LOG_ERROR, (Str){ 0 }, "db", "the connection was lost during a commit; its outcome is unknown");
        }
    } else if (strcmp(PQcmdStatus(r), "COMMIT") != 0) e = ERR_DB;      // it had failed before, and rolled back
    PQclear(r);
    return e;
}

static void roll_back(Pg *p)
{
    PGresult *r;
    execute(p, "ROLLBACK", &r);
    PQclear(r);
}

static const char *how_to_begin(const DbTask *task)
{
    if (task->write) return "BEGIN ISOLATION LEVEL SERIALIZABLE";
    // Deferrable: it waits for a moment from which on it can neither fail nor make others fail.
    return task->patient ? "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE; SET LOCAL statement_timeout = 0"
                         : "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY";
}

static Err try_once(Pg *p, DbTask *task, TableSet *writes)
{
    PGresult *r;
    p->again = AGAIN_NO;
    Err e = ERR_OK;
    if (!execute(p, how_to_begin(task), &r)) e = pg_failed(p, r, "begin");
    PQclear(r);
    if (e != ERR_OK) return e;
    Tx tx = { .connection = &p->c, .write = task->write };
    e = tx_result(&tx, task->run(&tx, task->context));
    arena_free(&tx.kept);
    if (e == ERR_OK) e = commit(p, &tx);
    else roll_back(p);
    *writes = e == ERR_OK ? tx.writes : 0;
    return e;
}

static bool worth_trying(Pg *p, Tries *t)
{
    if (p->again != AGAIN_UNIQUE) return p->again != AGAIN_NO;
    t->unique = t->unique_in == p->what ? t->unique + 1 : 1;
    t->unique_in = p->what;
    if (t->unique < UNIQUE_TRIES_MAX) return true;
    log_event(LOG_ERROR, (Str){ 0 }, "db", "%s: %s", p->what, p->message);
    return false;
}

// True when the worker has a connection that works as far as anyone knows.
static bool connected(Db *db, Pg **pg, bool *down)
{
    Pg *p = *pg;
    if (p && PQstatus(p->conn) == CONNECTION_OK && p->again != AGAIN_CONNECT) return true;
    pg_close(p);
    *pg = NULL;
    bool ok = pg_open(db, false, *down, pg) == ERR_OK;        // an outage is logged once for each worker
    *down = !ok;
    return ok;
}

static Err run_task(Db *db, Pg **pg, bool *down, DbTask *task)
{
    for (Tries t = { 0 }; t.n < TRIES_MAX; t.n++) {
        if (t.n) {
            atomic_fetch_add(&db->retries, 1);
            if (t.n < SHARED_TRIES || t.n > SHARED_TRIES + 2) pause_before(t.n);
        }
        if (!connected(db, pg, down)) continue;
        TableSet writes = 0;
        // Many buyers of one unit conflict on one row, and each conflict throws work away. Who has lost twice goes alone:
        // so every task ends after a few tries, instead of being given up as busy when it is sold out.
        bool alone = t.n >= SHARED_TRIES;
        if (alone) pthread_rwlock_wrlock(&db->lane);
        else if (task->write) pthread_rwlock_rdlock(&db->lane);
        Err e = try_once(*pg, task, &writes);
        if (alone || task->write) pthread_rwlock_unlock(&db->lane);
        if (e == ERR_OK) committed(db, writes);
        if (e == ERR_OK || !worth_trying(*pg, &t)) return e;
    }
    atomic_fetch_add(&db->busy, 1);
    if (*pg) log_event(LOG_WARN, (Str){ 0 }, "db", "given up after %d tries: %s: %s", TRIES_MAX, (*pg)->what, (*pg)->message);
    return ERR_BUSY;
}

void pg_work(Db *db)
{
    Pg *p = NULL;
    bool down = false;
    for (DbTask *task; (task = queue_take(db, true));) {
        Err e = run_task(db, &p, &down, task);
        atomic_fetch_add(task->write ? &db->writes : &db->reads, 1);
        task->done(task, e);
    }
    pg_close(p);
}
