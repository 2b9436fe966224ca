// Tests of transactions that run beside each other: groups, conflicts, snapshots, limits. Knows no feature.
#include "db/db_world.h"
#include "db/sqlite.h"

#include <errno.h>
#include <inttypes.h>
#include <semaphore.h>
#include <setjmp.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 64 };

static void nap(i64 ms)
{
    nanosleep(&(struct timespec){ ms / 1000, (ms % 1000) * 1000000 }, NULL);
}

// A gate that a test holds shut while tasks pile up behind the one that waits in it.
typedef struct Gate { sem_t inside, open; } Gate;

static void gate_init(Gate *g)
{
    must(sem_init(&g->inside, 0, 0) == 0 && sem_init(&g->open, 0, 0) == 0);
}

static void wait_for(sem_t *s)
{
    while (sem_wait(s) != 0) must(errno == EINTR);
}

// A submitted task, what it does, and how it ended.
typedef struct Job { DbTask task; Work work; Gate *gate; sem_t *ended; _Atomic int answers; Err result; } Job;

static void job_done(DbTask *task, Err result)
{
    Job *j = (Job *)task;
    j->result = result;
    atomic_fetch_add(&j->answers, 1);
    must(sem_post(j->ended) == 0);
}

static Err through_gate(Tx *tx, void *context)
{
    Job *j = context;
    (void)tx;
    must(sem_post(&j->gate->inside) == 0);
    wait_for(&j->gate->open);
    return ERR_OK;
}

static Err job_add(Tx *tx, void *context)
{
    return add_entry(tx, &((Job *)context)->work);
}

static Err job_orphan(Tx *tx, void *context)
{
    Job *j = context;
    try(add_entry(tx, &j->work));
    return db_exec(tx, queries()[NOTE_ADD], &(Entry){ .id = -1 }, NULL);      // found out at the end only
}

static Job job(bool write, Err (*run)(Tx *tx, void *context), sem_t *ended)
{
    return (Job){ .task = { .run = run, .done = job_done, .write = write }, .ended = ended };
}

static Err submit(World *w, Job *j)
{
    j->task.context = j;
    return db_submit(w->db, &j->task);
}

// Keeps every worker busy, so that what is submitted next waits in the queue. Returns how many there are.
static i64 close_gates(World *w, Job *jobs, Gate *gate, sem_t *ended)
{
    gate_init(gate);
    for (i64 i = 0; i < w->db->n_workers; i++) {
        jobs[i] = job(true, through_gate, ended);
        jobs[i].gate = gate;
        check_int(submit(w, &jobs[i]), ERR_OK);
    }
    for (i64 i = 0; i < w->db->n_workers; i++) wait_for(&gate->inside);
    return w->db->n_workers;
}

static void open_gates(Gate *gate, i64 n)
{
    for (i64 i = 0; i < n; i++) must(sem_post(&gate->open) == 0);
}

// ------------------------------------------------------------------------------------------------ groups

enum { NEIGHBOURS = 50 };

static void refused_neighbours(World *w)
{
    sem_t ended;
    Gate gate;
    Job gates[WORKERS_MAX], jobs[NEIGHBOURS];
    must(sem_init(&ended, 0, 0) == 0);
    check_int(put(w, 1000, 1, "first"), ERR_OK);
    i64 groups = db_stats(w->db).groups, n = close_gates(w, gates, &gate, &ended);
    for (i64 i = 0; i < NEIGHBOURS; i++) {
        jobs[i] = job(true, i % 10 == 8 ? job_orphan : job_add, &ended);
        jobs[i].work.in = (Entry){ i, 1, STR("x") };
        if (i % 3 == 1) jobs[i].work.refuse_with = ERR_SOLD_OUT;
        if (i % 10 == 9) jobs[i].work.in.id = 1000;                  // a database error: this id is there already
        check_int(submit(w, &jobs[i]), ERR_OK);
    }
    check_int(db_stats(w->db).queue, NEIGHBOURS);
    open_gates(&gate, n);
    for (i64 i = 0; i < n + NEIGHBOURS; i++) wait_for(&ended);
    for (i64 i = 0; i < NEIGHBOURS; i++) {
        bool refused = i % 3 == 1, wrong = i % 10 == 9 || (i % 10 == 8 && !refused);
        check_int(jobs[i].result, wrong ? ERR_DB : refused ? ERR_SOLD_OUT : ERR_OK);
        check_int(jobs[i].answers, 1);
        check((get(w, i) != NULL) == (!wrong && !refused));
    }
    // The gate's task was in the first group, which its waiting had made too old for others.
    if (db_is_sqlite(w->db)) check(db_stats(w->db).groups - groups <= 3);
}
TEST(a_refusal_leaves_its_neighbours_alone) { on_both(refused_neighbours); }

static Err add_long(Tx *tx, void *context)
{
    Work *w = context;
    w->in.text = arena_copy(w->a, (Str){ arena_alloc(w->a, 100000), 100000 });
    memset((char *)(uintptr_t)w->in.text.p, 'x', 100000);
    return add_entry(tx, w);
}

static Err job_add_long(Tx *tx, void *context)
{
    return add_long(tx, &((Job *)context)->work);
}

// A full disk ends the whole transaction under the group: then nobody in it may be told that all went well.
static void disk_full(World *w)
{
    sem_t ended;
    Gate gate;
    Job gates[WORKERS_MAX], before = job(true, job_add, &ended), big = job(true, job_add_long, &ended),
        after = job(true, job_add, &ended);
    must(sem_init(&ended, 0, 0) == 0);
    sqlite3 *writer = ((Lite *)w->db->writer)->db;                   // idle now: the worker sleeps on its queue
    check_int(sqlite3_exec(writer, "PRAGMA max_page_count = 20", NULL, NULL, NULL), SQLITE_OK);
    close_gates(w, gates, &gate, &ended);
    before.work.in = (Entry){ 1, 1, STR("before") };
    after.work.in = (Entry){ 2, 1, STR("after") };
    big.work = (Work){ .a = &w->a, .in = { .id = 3 } };
    check(submit(w, &before) == ERR_OK && submit(w, &big) == ERR_OK && submit(w, &after) == ERR_OK);
    open_gates(&gate, 1);
    for (i64 i = 0; i < 4; i++) wait_for(&ended);
    check_int(big.result, ERR_DISK);
    // Honest is: what was answered with OK is there, and nothing else is.
    check((before.result == ERR_OK) == (get(w, 1) != NULL));
    check((after.result == ERR_OK) == (get(w, 2) != NULL));
    check(before.result == ERR_OK || before.result == ERR_DISK);
    check(get(w, 3) == NULL);
    check_int(put(w, 4, 1, "small"), ERR_OK);                        // the connection lives on
}
TEST(a_full_disk_fails_its_group) { on_sqlite(disk_full); }

static int no_commit(void *context)
{
    return ++*(int *)context;                                        // not 0: turns the commit into a rollback
}

static void failed_commit(World *w)
{
    sem_t ended;
    Gate gate;
    Job gates[WORKERS_MAX], good = job(true, job_add, &ended), refused = job(true, job_add, &ended);
    int commits = 0;
    sqlite3 *writer = ((Lite *)w->db->writer)->db;
    must(sem_init(&ended, 0, 0) == 0);
    close_gates(w, gates, &gate, &ended);
    nap(10);                                                         // the gate's group is too old to take them in
    good.work.in = (Entry){ 1, 1, STR("x") };
    refused.work = (Work){ .in = { 2, 1, STR("y") }, .refuse_with = ERR_SOLD_OUT };
    check(submit(w, &good) == ERR_OK && submit(w, &refused) == ERR_OK);
    sqlite3_commit_hook(writer, no_commit, &commits);
    u64 stamp = db_stamp(w->db, TABLE_ENTRY);
    open_gates(&gate, 1);
    for (i64 i = 0; i < 3; i++) wait_for(&ended);
    check(commits > 0 && good.result == ERR_DB);
    check_int(refused.result, ERR_DB);                               // it may have seen what is now undone
    check(db_stamp(w->db, TABLE_ENTRY) == stamp);
    sqlite3_commit_hook(writer, NULL, NULL);
    check(get(w, 1) == NULL);
    check_int(put(w, 1, 1, "x"), ERR_OK);
}
TEST(a_failed_commit_fails_its_group) { on_sqlite(failed_commit); }

static int note_value(void *context, int n, char **values, char **names)
{
    (void)names;
    check_int(n, 1);
    snprintf(context, 20, "%s", values[0]);
    return 0;
}

// What a power cut would show, and no test in one machine can: that every commit waits for the disk.
static void settings(World *w)
{
    char value[20] = "";
    sqlite3 *writer = ((Lite *)w->db->writer)->db;
    static const struct { const char *sql, *want; } WANT[] = {
        { "PRAGMA synchronous", "2" }, { "PRAGMA journal_mode", "wal" }, { "PRAGMA foreign_keys", "1" },
        { "PRAGMA application_id", "1165255020" },
    };
    for (i64 i = 0; i < COUNT(WANT); i++) {
        check_int(sqlite3_exec(writer, WANT[i].sql, note_value, value, NULL), SQLITE_OK);
        check_str(str_of(value), str_of(WANT[i].want));
    }
}
TEST(every_commit_waits_for_the_disk) { on_sqlite(settings); }

// ------------------------------------------------------------------------------------------------ many at once

typedef struct Taker { World *w; Arena a; i64 taken, sold_out, busy, other; } Taker;

static void *take_until_sold_out(void *context)
{
    Taker *t = context;
    Work work = { .a = &t->a, .in = { .id = 1 } };
    for (i64 tries = 0; tries < 1000 && t->sold_out == 0; tries++) {
        Err e = db_run(t->w->db, true, take_entry, &work);
        arena_reset(&t->a);
        if (e == ERR_OK) t->taken++;
        else if (e == ERR_SOLD_OUT) t->sold_out++;
        else if (e == ERR_BUSY) t->busy++;
        else t->other++;
    }
    arena_free(&t->a);
    return NULL;
}

static void oversell(World *w)
{
    enum { STOCK = 500 };
    pthread_t threads[THREADS];
    Taker takers[THREADS];
    i64 taken = 0;
    check_int(put(w, 1, STOCK, "one row, many hands"), ERR_OK);
    for (i64 i = 0; i < THREADS; i++) {
        takers[i] = (Taker){ .w = w };
        must(pthread_create(&threads[i], NULL, take_until_sold_out, &takers[i]) == 0);
    }
    for (i64 i = 0; i < THREADS; i++) {
        must(pthread_join(threads[i], NULL) == 0);
        taken += takers[i].taken;
        check_int(takers[i].other, 0);
        check_int(takers[i].sold_out, 1);
        check(takers[i].busy < 50);
    }
    check_int(taken, STOCK);
    check_int(get(w, 1)->left, 0);
}
TEST(many_hands_never_oversell) { on_both(oversell); }

// Two transactions read the sum and then add to it: one of them must see the other's.
typedef struct Skew { World *w; pthread_barrier_t *both; Arena a; i64 id, runs; Err result; } Skew;

static Err add_sum(Tx *tx, void *context)
{
    Skew *s = context;
    Entry *sum;
    tx->a = &s->a;
    try(db_one(tx, queries()[ENTRY_SUM], NULL, (void **)&sum));
    if (s->runs++ == 0) pthread_barrier_wait(s->both);               // both have read, neither has written
    return db_exec(tx, queries()[ENTRY_ADD], &(Entry){ s->id, sum->left + 1, STR("") }, NULL);
}

static void *run_skew(void *context)
{
    Skew *s = context;
    s->result = db_run(s->w->db, true, add_sum, s);
    arena_free(&s->a);
    return NULL;
}

static void retries(World *w)
{
    pthread_barrier_t both;
    pthread_t other;
    must(pthread_barrier_init(&both, NULL, 2) == 0);
    Skew a = { .w = w, .both = &both, .id = 1 }, b = { .w = w, .both = &both, .id = 2 };
    must(pthread_create(&other, NULL, run_skew, &a) == 0);
    run_skew(&b);
    must(pthread_join(other, NULL) == 0);
    check(a.result == ERR_OK && b.result == ERR_OK);
    check(a.runs + b.runs > 2 && db_stats(w->db).retries > 0);
    check_int(sums(w).left, 3);                                      // 1, and 1 + 1: as if one after the other
}
TEST(a_conflict_is_run_again) { on_postgres(retries); }

// ------------------------------------------------------------------------------------------------ snapshots

typedef struct Twice { World *w; Arena *a; i64 first, second; Err wrote; } Twice;

static void *put_between(void *context)
{
    Twice *t = context;
    t->wrote = put(t->w, 1, 10, "between");
    return NULL;
}

static Err read_twice(Tx *tx, void *context)
{
    Twice *t = context;
    Entry *sum;
    pthread_t writer;
    tx->a = t->a;
    try(db_one(tx, queries()[ENTRY_SUM], NULL, (void **)&sum));
    t->first = sum->left;
    must(pthread_create(&writer, NULL, put_between, t) == 0);
    must(pthread_join(writer, NULL) == 0);
    try(db_one(tx, queries()[ENTRY_SUM], NULL, (void **)&sum));
    t->second = sum->left;
    return ERR_OK;
}

static void snapshot(World *w)
{
    Twice t = { .w = w, .a = &w->a };
    check_int(db_run(w->db, false, read_twice, &t), ERR_OK);
    check_int(t.wrote, ERR_OK);                                      // a reader does not hold up a writer
    check(t.first == 0 && t.second == 0);
    check_int(sums(w).left, 10);
}
TEST(a_read_sees_one_snapshot) { on_both(snapshot); }

// ------------------------------------------------------------------------------------------------ a full arena

typedef struct Small { Arena a; size_t limit; bool write, one; i64 n; } Small;

static Err read_into_small(Tx *tx, void *context)
{
    Small *s = context;
    void *rows;
    jmp_buf full;
    s->a.limit = s->limit;
    s->a.full = &full;
    tx->a = &s->a;
    if (setjmp(full)) return ERR_FULL;
    if (s->write) try(db_exec(tx, queries()[ENTRY_ADD], &(Entry){ 1000, 1, STR("") }, NULL));
    if (s->one) return db_one(tx, queries()[ENTRY_GET], &(Entry){ .id = 3 }, &rows);
    return db_all(tx, queries()[ENTRY_LIST], NULL, &rows, &s->n);
}

// Every size of arena: each allocation once is the one that does not fit.
static void full_arena(World *w)
{
    for (i64 i = 0; i < 40; i++) check_int(put(w, i, i, "a text of some length in every row"), ERR_OK);
    for (int mode = 0; mode < 4; mode++) {
        i64 ok = 0, full = 0;
        for (size_t limit = 16; limit < 8000; limit += 112) {
            Small s = { .limit = limit, .write = mode & 1, .one = mode & 2 };
            Err e = db_run(w->db, s.write, read_into_small, &s);
            arena_free(&s.a);
            check(e == ERR_OK || e == ERR_FULL);
            e == ERR_OK ? ok++ : full++;
            if (s.write) check_int(sums(w).id, e == ERR_OK ? 41 : 40);
            if (s.write && e == ERR_OK) check_int(outside(w, "DELETE FROM entry WHERE id = 1000"), ERR_OK);
        }
        check(ok > 0 && full > 0);
    }
    check_int(sums(w).id, 40);
}
TEST(a_full_arena_leaves_the_connection_whole) { on_both(full_arena); }

// ------------------------------------------------------------------------------------------------ the queue

static void queue_full(World *w)
{
    static Job jobs[DB_QUEUE_MAX + 1];
    sem_t ended;
    Gate gate;
    Job gates[WORKERS_MAX];
    must(sem_init(&ended, 0, 0) == 0);
    i64 n = close_gates(w, gates, &gate, &ended), busy = db_stats(w->db).busy;
    for (i64 i = 0; i <= DB_QUEUE_MAX; i++) {
        jobs[i] = job(true, job_add, &ended);
        jobs[i].work.in = (Entry){ i, 1, STR("") };
        check_int(submit(w, &jobs[i]), i < DB_QUEUE_MAX ? ERR_OK : ERR_BUSY);
    }
    check_int(db_stats(w->db).busy - busy, 1);
    open_gates(&gate, n);
    for (i64 i = 0; i < n + DB_QUEUE_MAX; i++) wait_for(&ended);
    check_int(jobs[DB_QUEUE_MAX].answers, 0);
    i64 ok = 0;
    for (i64 i = 0; i < DB_QUEUE_MAX; i++) ok += jobs[i].result == ERR_OK;
    check_int(sums(w).id, ok);
    // PostgreSQL's serializable inserts side by side on one page may exhaust their tries, never silently.
    if (db_is_sqlite(w->db)) check_int(ok, DB_QUEUE_MAX);
}
TEST(a_full_queue_is_busy_at_once) { on_both(queue_full); }

static void *open_later(void *context)
{
    nap(50);
    open_gates(context, WORKERS_MAX);
    return NULL;
}

static void close_waits(World *w)
{
    enum { LATE = 200 };
    static Job jobs[LATE];
    sem_t ended;
    Gate gate;
    Job gates[WORKERS_MAX];
    pthread_t opener;
    must(sem_init(&ended, 0, 0) == 0);
    close_gates(w, gates, &gate, &ended);
    for (i64 i = 0; i < LATE; i++) {
        jobs[i] = job(true, job_add, &ended);
        jobs[i].work.in = (Entry){ i, 1, STR("") };
        check_int(submit(w, &jobs[i]), ERR_OK);
    }
    must(pthread_create(&opener, NULL, open_later, &gate) == 0);
    db_close(w->db);
    must(pthread_join(opener, NULL) == 0);
    i64 ok = 0;
    for (i64 i = 0; i < LATE; i++) {
        check_int(jobs[i].answers, 1);
        ok += jobs[i].result == ERR_OK;
    }
    open_world(w);
    check_int(sums(w).id, ok);
    if (db_is_sqlite(w->db)) check_int(ok, LATE);
}
TEST(closing_waits_for_what_was_submitted) { on_both(close_waits); }

// ------------------------------------------------------------------------------------------------ stamps and listeners

typedef struct Heard { _Atomic i64 entries, notes; Db *db; u64 stamp_then; } Heard;

static void hear_entry(void *context)
{
    Heard *h = context;
    h->stamp_then = db_stamp(h->db, TABLE_ENTRY);
    atomic_fetch_add(&h->entries, 1);
}

static void hear_note(void *context)
{
    atomic_fetch_add(&((Heard *)context)->notes, 1);
}

static void stamps(World *w)
{
    Heard heard = { .db = w->db };
    db_on_commit(w->db, TABLE_ENTRY | TABLE_THING, hear_entry, &heard);
    db_on_commit(w->db, TABLE_NOTE, hear_note, &heard);
    u64 entry = db_stamp(w->db, TABLE_ENTRY), both = db_stamp(w->db, TABLE_ENTRY | TABLE_NOTE);
    u64 note = db_stamp(w->db, TABLE_NOTE);
    check_int(put(w, 1, 1, ""), ERR_OK);
    check_int(heard.entries, 1);                 // before db_run came back
    Work refused = { .in = { 2, 1, STR("") }, .refuse_with = ERR_SOLD_OUT };
    check_int(db_run(w->db, true, add_entry, &refused), ERR_SOLD_OUT);
    check_int(heard.entries, 1);
    check_int(heard.notes, 0);
    sums(w);
    check_int(heard.entries, 1);
    bool sqlite = db_is_sqlite(w->db);
    check((db_stamp(w->db, TABLE_ENTRY) != entry) == sqlite);
    check((db_stamp(w->db, TABLE_ENTRY | TABLE_NOTE) != both) == sqlite);
    check(db_stamp(w->db, TABLE_NOTE) == note);
    check(heard.stamp_then == db_stamp(w->db, TABLE_ENTRY));
}
TEST(stamps_and_listeners_follow_commits) { on_both(stamps); }

// ------------------------------------------------------------------------------------------------ a lost connection

#define KILL_OTHERS "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() " \
                    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"

typedef struct Cut { World *w; i64 runs; } Cut;

static Err cut_in_the_middle(Tx *tx, void *context)
{
    Cut *c = context;
    try(db_exec(tx, queries()[ENTRY_ADD], &(Entry){ 7, 1, STR("") }, NULL));
    if (c->runs++ == 0) check_int(outside(c->w, KILL_OTHERS), ERR_OK);
    return db_exec(tx, queries()[ENTRY_SET], &(Entry){ .id = 7, .text = STR("whole") }, NULL);
}

static Err cut_before_commit(Tx *tx, void *context)
{
    Cut *c = context;
    c->runs++;
    try(db_exec(tx, queries()[ENTRY_ADD], &(Entry){ 8, 1, STR("") }, NULL));
    check_int(outside(c->w, KILL_OTHERS), ERR_OK);
    return ERR_OK;
}

static void lost_connection(World *w)
{
    Cut middle = { .w = w }, last = { .w = w };
    check_int(put(w, 1, 1, ""), ERR_OK);
    check_int(db_run(w->db, true, cut_in_the_middle, &middle), ERR_OK);
    check_int(middle.runs, 2);
    check_str(get(w, 7)->text, STR("whole"));
    check_int(outside(w, KILL_OTHERS), ERR_OK);                       // between two tasks
    check_int(put(w, 2, 1, ""), ERR_OK);
    check_int(db_run(w->db, true, cut_before_commit, &last), ERR_DB); // its outcome cannot be known here: not run again
    check_int(last.runs, 1);
    check(get(w, 8) == NULL);
    check_int(db_ping(w->db), ERR_OK);
}
TEST(a_lost_connection_is_made_again) { on_postgres(lost_connection); }

// A migration of another process changes a table's columns under the prepared statements.
static void stale_plan(World *w)
{
    check_int(put(w, 1, 1, "a"), ERR_OK);
    for (i64 i = 0; i < 20; i++) check(get(w, 1) != NULL);
    check_int(outside(w, db_is_sqlite(w->db) ? "DROP TABLE note; ALTER TABLE entry ADD COLUMN more INTEGER" :
                      "ALTER TABLE entry ALTER COLUMN text TYPE varchar(50); ALTER TABLE entry ADD COLUMN more BIGINT"), ERR_OK);
    for (i64 i = 0; i < 20; i++) check(get(w, 1) != NULL);
    check_int(put(w, 2, 1, "b"), ERR_OK);
}
TEST(a_schema_may_change_under_the_program) { on_both(stale_plan); }
