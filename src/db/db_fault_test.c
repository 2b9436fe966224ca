// A disk that fails: at every step of every operation an error is an error, what was acknowledged stays, and the process goes
// on. SQLite's alone, since PostgreSQL's disk is its server's. Knows no feature.
#include "db/db_world.h"
#include "db/faults_kit.h"
#include "db/sqlite.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

enum { STEPS_MAX = 400, LONG = 100000 };

static const struct { const char *name; unsigned ops, files; FaultHow how; } DISKS[] = {
    { "write", FAULT_WRITE, 0, FAULT_ERROR },
    { "torn write", FAULT_WRITE, 0, FAULT_SHORT },
    { "full", FAULT_WRITE | FAULT_TRUNCATE, 0, FAULT_NO_ROOM },
    { "sync", FAULT_SYNC, 0, FAULT_ERROR },
    { "read", FAULT_READ, 0, FAULT_ERROR },
    { "shared memory", FAULT_SHM, 0, FAULT_ERROR },
    { "full shared memory", FAULT_SHM, 0, FAULT_NO_ROOM },
    { "truncate", FAULT_TRUNCATE, 0, FAULT_ERROR },
    { "size", FAULT_SIZE, 0, FAULT_ERROR },
    { "open", FAULT_OPEN, 0, FAULT_ERROR },
    { "any", FAULT_ANY, 0, FAULT_ERROR },
};

static void on_bad_disk(void (*test)(World *w))
{
    faults_install(false);
    on_sqlite(test);
    faults_remove();
}

static void reopen(World *w)
{
    db_close(w->db);
    open_world(w);
}

static bool is_there(World *w, i64 id)
{
    return get(w, id) != NULL;
}

static Fault fault_of(i64 disk, i64 at, bool lasts)
{
    return (Fault){ .ops = DISKS[disk].ops, .files = DISKS[disk].files, .how = DISKS[disk].how, .at = at, .lasts = lasts };
}

static bool honest(Err e, FaultHow how)
{
    return e == ERR_OK || e == ERR_DB || (how == FAULT_NO_ROOM && e == ERR_DISK);
}

static Err put_long(World *w, i64 id)
{
    Arena a = { 0 };
    char *text = arena_alloc(&a, LONG + 1);
    memset(text, 'x', LONG);
    Err e = put(w, id, 1, text);
    arena_free(&a);
    return e;
}

// ------------------------------------------------------------------------------------------------ one write

static void each_step(World *w)
{
    i64 id = 0, rows = 0, refused = 0;
    for (i64 disk = 0; disk < COUNT(DISKS); disk++) {
        for (i64 at = 1;; at++) {
            must(at < STEPS_MAX);
            id++;
            faults_begin(fault_of(disk, at, false));
            Err e = at % 3 == 0 ? put_long(w, id) : put(w, id, 1, "short");
            i64 failed = faults_end();
            check(honest(e, DISKS[disk].how));
            check(failed || e == ERR_OK);
            check(is_there(w, id) == (e == ERR_OK));
            rows += e == ERR_OK;
            refused += e != ERR_OK;
            check_int(put(w, ++id, 1, "after"), ERR_OK);          // the connection is not spoilt
            rows++;
            if (!failed) break;
        }
        check_int(sums(w).id, rows);
    }
    check(refused >= 10);
    reopen(w);
    check_int(sums(w).id, rows);
}
TEST(a_write_may_fail_at_each_step) { on_bad_disk(each_step); }

// A disk that stays broken: reads go on, nothing is promised, and when it works again so does the program.
static void broken_for_long(World *w)
{
    enum { TRIES = 40 };
    for (i64 disk = 0; disk < COUNT(DISKS); disk++) {
        bool writes = DISKS[disk].ops & (FAULT_WRITE | FAULT_SYNC), reads = !(DISKS[disk].ops & (FAULT_READ | FAULT_OPEN));
        i64 first = disk * 1000, there = sums(w).id, kept = 0;
        faults_begin(fault_of(disk, 1, true));
        for (i64 i = 0; i < TRIES; i++) {
            Err e = i % 2 ? put(w, first + i, 1, "x") : put_long(w, first + i);
            check(honest(e, DISKS[disk].how));
            check(!writes || e != ERR_OK);
            kept += e == ERR_OK;
            if (reads) check(is_there(w, first + i) == (e == ERR_OK));
        }
        faults_end();
        check_int(sums(w).id, there + kept);
        check_int(put(w, first + TRIES, 1, "again"), ERR_OK);
    }
    i64 all = sums(w).id;
    reopen(w);
    check_int(sums(w).id, all);
}
TEST(a_disk_that_stays_broken) { on_bad_disk(broken_for_long); }

static Err swallow(Tx *tx, void *context)
{
    Work *work = context;
    work->seen = db_exec(tx, queries()[ENTRY_ADD], &work->in, NULL);
    return ERR_OK;                                                // swallows it; the transaction must not
}

static void swallowed(World *w)
{
    faults_begin((Fault){ .ops = FAULT_WRITE | FAULT_READ, .how = FAULT_ERROR, .at = 1, .lasts = true });
    Work work = { .in = { 1, 1, STR("x") } };
    check(db_run(w->db, true, swallow, &work) != ERR_OK);
    faults_end();
    check(!is_there(w, 1));
}
TEST(an_error_that_a_rule_swallows_commits_nothing) { on_bad_disk(swallowed); }

// ------------------------------------------------------------------------------------------------ many writers

enum { WRITERS = 16, EACH = 150 };
typedef struct Writer { World *w; i64 first; bool acknowledged[EACH]; i64 failed; pthread_t thread; } Writer;

static void *write_all(void *context)
{
    Writer *x = context;
    for (i64 i = 0; i < EACH; i++) {
        Err e = put(x->w, x->first + i, 1, "one of many");
        x->acknowledged[i] = e == ERR_OK;
        if (e != ERR_OK) x->failed++;
        must(e == ERR_OK || e == ERR_DB || e == ERR_DISK);
    }
    return NULL;
}

static i64 wrong_rows(World *w, const Writer *writers)
{
    i64 wrong = 0;
    for (i64 k = 0; k < WRITERS; k++)
        for (i64 i = 0; i < EACH; i++) wrong += is_there(w, writers[k].first + i) != writers[k].acknowledged[i];
    return wrong;
}

static void groups_fail(World *w)
{
    i64 failed = 0;
    Writer *writers = calloc(WRITERS, sizeof(Writer));
    must(writers != NULL);
    for (i64 k = 0; k < WRITERS; k++) {
        writers[k] = (Writer){ .w = w, .first = k * 1000 };
        must(pthread_create(&writers[k].thread, NULL, write_all, &writers[k]) == 0);
    }
    for (i64 i = 0; i < 60; i++) {                                // one fault after the other, wherever the writers are
        faults_begin(fault_of(i % 4, 1 + i % 7, false));
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
        faults_end();
    }
    for (i64 k = 0; k < WRITERS; k++) {
        must(pthread_join(writers[k].thread, NULL) == 0);
        failed += writers[k].failed;
    }
    check(failed > 0 && failed < WRITERS * EACH);
    check_int(wrong_rows(w, writers), 0);
    reopen(w);
    check_int(wrong_rows(w, writers), 0);
    free(writers);
}
TEST(a_group_that_fails_is_told_so_and_no_other) { on_bad_disk(groups_fail); }

// ------------------------------------------------------------------------------------------------ moving the log

static i64 log_frames(World *w)
{
    return ((Lite *)w->db->writer)->wal_frames;
}

// The log is moved after the answers: when the database's own file cannot be written all writes succeed, the log grows, and
// is moved when that is possible again.
static void log_cannot_move(World *w)
{
    static const unsigned OPS[] = { FAULT_WRITE, FAULT_SYNC, FAULT_SIZE | FAULT_TRUNCATE };
    i64 id = 0;
    for (i64 i = 0; i < COUNT(OPS); i++) {
        faults_begin((Fault){ .ops = OPS[i], .files = FAULT_IN_DATABASE, .how = FAULT_ERROR, .at = 1, .lasts = true });
        for (i64 k = 0; k < 400; k++) check_int(put_long(w, ++id), ERR_OK);
        check(i == 2 || faults_end() > 0);
        faults_end();
        check_int(sums(w).id, id);
    }
    check(log_frames(w) > SQLITE_LOG_FRAMES);
    for (i64 k = 0; k < 4000 && log_frames(w) > SQLITE_LOG_FRAMES; k++) check_int(put_long(w, ++id), ERR_OK);
    check(log_frames(w) <= SQLITE_LOG_FRAMES);                                 // used from its start again
    reopen(w);
    check_int(sums(w).id, id);
}
TEST(a_log_that_cannot_move_grows_and_moves_later) { on_bad_disk(log_cannot_move); }

// ------------------------------------------------------------------------------------------------ opening, migrating, copies

static void opening(World *w)
{
    check_int(put(w, 1, 1, "x"), ERR_OK);
    for (i64 disk = 0; disk < COUNT(DISKS); disk++) {
        for (i64 at = 1;; at++) {
            must(at < STEPS_MAX);
            db_close(w->db);
            faults_begin(fault_of(disk, at, false));
            Err e = db_open(&w->options, &w->db);
            i64 failed = faults_end();
            check(failed || e == ERR_OK);
            if (e != ERR_OK) open_world(w);
            check(is_there(w, 1));
            if (!failed) break;
        }
    }
}
TEST(opening_may_fail_at_each_step) { on_bad_disk(opening); }

static void migrating(World *w)
{
    for (i64 disk = 0; disk < COUNT(DISKS); disk++) {
        for (i64 at = 1;; at++) {
            must(at < STEPS_MAX);
            faults_begin(fault_of(disk, at, false));
            i64 applied, again;
            Err e = db_migrate(w->db, MIGRATIONS, MIGRATIONS_ALL, &applied);
            i64 failed = faults_end();
            check(failed || e == ERR_OK);
            check_int(db_migrate(w->db, MIGRATIONS, MIGRATIONS_ALL, &again), ERR_OK);
            if (e == ERR_OK) check_int(again, 0);                 // what was said to be done is
            check_int(put(w, disk * 1000 + at, 1, "x"), ERR_OK);
            check_int(outside(w, "ALTER TABLE note DROP COLUMN why; DELETE FROM migration WHERE number = 5"), ERR_OK);
            if (!failed) break;
        }
    }
}
TEST(a_migration_may_fail_at_each_step) { on_bad_disk(migrating); }

static void copying(World *w)
{
    Str file = arena_format(&w->a, "%s/backup", w->folder), partial = arena_format(&w->a, "%s.tmp", file.p);
    for (i64 i = 0; i < 20; i++) check_int(put_long(w, i), ERR_OK);
    for (i64 disk = 0; disk < COUNT(DISKS); disk++) {
        for (i64 at = 1;; at += 1 + at / 2) {
            must(at < 100000);
            unlink(file.p);
            faults_begin(fault_of(disk, at, false));
            Err e = db_backup(w->db, file);
            i64 failed = faults_end();
            check(failed || e == ERR_OK);
            check((access(file.p, F_OK) == 0) == (e == ERR_OK));
            check(access(partial.p, F_OK) != 0);
            check_int(put(w, 1000 * (disk + 1) + at, 1, "x"), ERR_OK);
            if (!failed) break;
        }
    }
    i64 rows = sums(w).id;
    check_int(db_backup(w->db, file), ERR_OK);
    for (i64 disk = 0; disk < COUNT(DISKS); disk++) {             // over the same rows: old and new are alike, both whole
        for (i64 at = 1;; at += 1 + at / 2) {
            must(at < 100000);
            faults_begin(fault_of(disk, at, false));
            Err e = db_restore(w->url, file);
            i64 failed = faults_end();
            check(failed || e == ERR_OK);
            check_int(sums(w).id, rows);
            if (!failed) break;
        }
    }
    reopen(w);
    check_int(sums(w).id, rows);
}
TEST(copies_may_fail_at_each_step) { on_bad_disk(copying); }

// ------------------------------------------------------------------------------------------------ power cuts

enum { CUTS = 60 };
typedef struct Steady { World *w; _Atomic i64 acknowledged; atomic_bool stop; pthread_t thread; } Steady;

static void *write_steadily(void *context)
{
    Steady *s = context;
    for (i64 id = 1; !atomic_load(&s->stop); id++) {
        must((id % 10 == 0 ? put_long(s->w, id) : put(s->w, id, 1, "x")) == ERR_OK);
        atomic_store(&s->acknowledged, id);
    }
    return NULL;
}

typedef struct Found { i64 rows, highest; bool whole; } Found;

static int note_found(void *context, int n, char **values, char **names)
{
    Found *f = context;
    (void)names;
    if (n == 1) return f->whole = strcmp(values[0], "ok") == 0, 0;
    must(n == 2 && str_to_i64(str_of(values[0]), &f->rows) && str_to_i64(str_of(values[1]), &f->highest));
    return 0;
}

// Opens what a power cut has left: the file is whole, every acknowledged row is there, and at most one more, the one that was
// under way.
static bool survived(World *w, const char *copy, i64 acknowledged)
{
    DbOptions options = w->options;
    Found found = { 0 };
    Db *db;
    sqlite3 *file;
    options.url = arena_format(&w->a, "sqlite:%s", copy);
    if (db_open(&options, &db) != ERR_OK) return false;
    db_close(db);
    must(sqlite3_open(copy, &file) == SQLITE_OK);
    bool read = sqlite3_exec(file, "PRAGMA integrity_check; SELECT count(*), coalesce(max(id), 0) FROM entry", note_found, &found,
                             NULL) == SQLITE_OK;
    sqlite3_close(file);
    return read && found.whole && found.rows == found.highest && found.rows >= acknowledged;
}

static i64 cut_power(World *w, i64 *lost)
{
    Steady s = { .w = w };
    *lost = 0;
    must(pthread_create(&s.thread, NULL, write_steadily, &s) == 0);
    for (u64 i = 0; i < CUTS && *lost == 0; i++) {
        char copy[200];
        snprintf(copy, sizeof(copy), "%s/cut.db", w->folder);
        nanosleep(&(struct timespec){ .tv_nsec = (long)(1 + i % 7) * 1000000 }, NULL);
        i64 acknowledged = atomic_load(&s.acknowledged);
        must(faults_power_cut(w->file, copy, i));
        *lost += !survived(w, copy, acknowledged);
        unlink(copy);
    }
    atomic_store(&s.stop, true);
    must(pthread_join(s.thread, NULL) == 0);
    return atomic_load(&s.acknowledged);
}

static void power_cuts(World *w)
{
    i64 lost, written = cut_power(w, &lost);
    check(written > CUTS);
    check_int(lost, 0);
}

// The same without waiting for the disk: the test must see what that loses, or it would prove nothing.
static void careless(World *w)
{
    i64 lost;
    check_int(sqlite3_exec(((Lite *)w->db->writer)->db, "PRAGMA synchronous = OFF", NULL, NULL, NULL), SQLITE_OK);
    cut_power(w, &lost);
    check(lost > 0);
}

TEST(what_was_acknowledged_survives_a_power_cut)
{
    faults_install(true);
    on_sqlite(power_cuts);
    faults_remove();
}

TEST(without_syncs_a_power_cut_loses_something)
{
    faults_install(true);
    on_sqlite(careless);
    faults_remove();
}
