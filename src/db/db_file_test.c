// Tests of what must outlive a process: acknowledged rows, migrations, backups, files of others. Knows no feature.
#include "db/db_world.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void nap(i64 ms)
{
    nanosleep(&(struct timespec){ ms / 1000, (ms % 1000) * 1000000 }, NULL);
}

// A database is closed before fork: SQLite's locks belong to one process, and its memory of them would lie to the child.
static pid_t start_child(void)
{
    fflush(NULL);
    pid_t child = fork();
    must(child >= 0);
    return child;
}

static int end_of(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) < 0) must(errno == EINTR);
    return status;
}

// ------------------------------------------------------------------------------------------------ pairs of rows

enum { PAIR = 1000000 };                         // a transaction writes rows id and id + PAIR: both are there or neither

typedef struct Pairs { Db *db; i64 first, step, written; int report; atomic_bool stop; } Pairs;
typedef struct PairWrite { i64 id; } PairWrite;

static Err add_pair(Tx *tx, void *context)
{
    i64 id = ((PairWrite *)context)->id;
    try(db_exec(tx, queries()[ENTRY_ADD], &(Entry){ id, 1, STR("a row of a pair") }, NULL));
    return db_exec(tx, queries()[ENTRY_ADD], &(Entry){ id + PAIR, -1, STR("the other row") }, NULL);
}

static void *write_pairs(void *context)
{
    Pairs *p = context;
    for (i64 id = p->first; !atomic_load(&p->stop) && id < PAIR; id += p->step) {
        Err e = db_run(p->db, true, add_pair, &(PairWrite){ id });
        if (e != ERR_OK) {                       // PostgreSQL: given up after its tries, or cut off in a commit
            must(e == ERR_BUSY || e == ERR_DB);
            continue;                            // not acknowledged
        }
        p->written++;
        if (p->report >= 0) must(write(p->report, &id, sizeof(id)) == sizeof(id));
    }
    return NULL;
}

// The number of pairs, each whole; -1 when one is not.
static i64 whole_pairs(World *w)
{
    Entry sum = sums(w);
    return sum.left != 0 || sum.id % 2 ? -1 : sum.id / 2;
}

// ------------------------------------------------------------------------------------------------ kill -9

enum { CHILD_THREADS = 8 };

static _Noreturn void child_writes(World *w, int report)
{
    static Pairs pairs[CHILD_THREADS];
    pthread_t threads[CHILD_THREADS];
    open_world(w);
    for (i64 i = 0; i < CHILD_THREADS; i++) {
        pairs[i] = (Pairs){ .db = w->db, .first = i, .step = CHILD_THREADS, .report = report };
        must(pthread_create(&threads[i], NULL, write_pairs, &pairs[i]) == 0);
    }
    for (;;) pause();
}

enum { TOLD_LEAST = 200, WRITE_MS = 300 };

// Reads acknowledged ids for a while, then kills the child, then reads what was still under way.
static i64 read_until_killed(int from, pid_t child, bool *acknowledged)
{
    i64 id, n = 0, until = clock_monotonic_us() + WRITE_MS * 1000;
    bool killed = false;
    while (read(from, &id, sizeof(id)) == sizeof(id)) {
        acknowledged[id] = true;
        n++;
        if (killed || n < TOLD_LEAST || clock_monotonic_us() < until) continue;
        killed = true;
        must(kill(child, SIGKILL) == 0);
    }
    return n;
}

static void check_told(World *w, const bool *acknowledged, i64 told)
{
    Arena a = { 0 };
    Work work = { .a = &a };
    i64 lost = 0;
    for (i64 id = 0, seen = 0; seen < told; id++) {
        if (!acknowledged[id]) continue;
        seen++;
        work.in.id = id;
        check_int(db_run(w->db, false, get_entry, &work), ERR_OK);
        lost += work.row == NULL;
        arena_reset(&a);
    }
    arena_free(&a);
    check_int(lost, 0);
}

static void killed(World *w)
{
    static bool acknowledged[PAIR];
    memset(acknowledged, 0, sizeof(acknowledged));
    int ends[2];
    db_close(w->db);
    must(pipe(ends) == 0);
    pid_t child = start_child();
    if (child == 0) {
        close(ends[0]);
        child_writes(w, ends[1]);
    }
    close(ends[1]);
    i64 told = read_until_killed(ends[0], child, acknowledged);
    close(ends[0]);
    check(WIFSIGNALED(end_of(child)));
    open_world(w);
    check_told(w, acknowledged, told);
    // PostgreSQL may still be ending what the child had begun; each thread had at most one more, not yet told.
    i64 there = whole_pairs(w);
    check(told >= TOLD_LEAST);
    check_int(there < told ? there : told, told);
    check_int(there > told + CHILD_THREADS ? there : told, told);
}
TEST(what_was_acknowledged_survives_a_kill) { on_both(killed); }

// ------------------------------------------------------------------------------------------------ migrations

static i64 migrate(World *w, const Migration *all, i64 n, Err want)
{
    i64 applied = -1;
    check_int(db_migrate(w->db, all, n, &applied), want);
    return applied;
}

static void migrations(World *w)
{
    check_int(migrate(w, MIGRATIONS, 2, ERR_OK), 0);
    check_int(migrate(w, MIGRATIONS, 3, ERR_OK), 1);
    check_int(migrate(w, MIGRATIONS, 3, ERR_OK), 0);
    migrate(w, MIGRATIONS, 2, ERR_DB);                               // the database is newer than the program
    migrate(w, MIGRATIONS, 0, ERR_DB);
    Migration other[4] = { MIGRATIONS[0], MIGRATIONS[1], MIGRATIONS[2] };
    other[1].hash = "changed";
    migrate(w, other, 3, ERR_DB);
    other[1] = (Migration){ 2, "renamed", "h2", "", "" };
    migrate(w, other, 3, ERR_DB);
    Migration skipped[4] = { MIGRATIONS[0], MIGRATIONS[1], { 3, "between", "h3", "", "" }, MIGRATIONS[2] };
    migrate(w, skipped, 4, ERR_DB);
    Migration missing[2] = { MIGRATIONS[0], MIGRATIONS[2] };
    migrate(w, missing, 2, ERR_DB);
    const char *two = "CREATE TABLE fresh (id BIGINT); CREATE TABLE entry (id BIGINT)";      // the second is there already
    Migration bad[4] = { MIGRATIONS[0], MIGRATIONS[1], MIGRATIONS[2], { 6, "bad", "h6", two, two } };
    migrate(w, bad, 4, ERR_DB);
    check_int(outside(w, "SELECT * FROM fresh"), ERR_DB);            // nothing of it stayed
    bad[3].sqlite = bad[3].postgres = "CREATE TABLE fresh (id BIGINT)";
    check_int(migrate(w, bad, 4, ERR_OK), 1);
    check_int(outside(w, "SELECT * FROM fresh"), ERR_OK);
    db_close(w->db);
    w->options.newest_migration = 5;
    check_int(db_open(&w->options, &w->db), ERR_DB);
    w->options.newest_migration = 6;
    open_world(w);
}
TEST(migrations_only_go_forward) { on_both(migrations); }

static void lost_keys(World *w)
{
    static const char *const SQL = "DELETE FROM entry";
    Migration more[3] = { MIGRATIONS[0], MIGRATIONS[1], { 3, "loses", "h3", SQL, SQL } };
    check_int(put(w, 1, 1, ""), ERR_OK);
    check_int(outside(w, "INSERT INTO note (entry) VALUES (1)"), ERR_OK);
    migrate(w, more, 3, ERR_DB);
    check_int(sums(w).id, 1);
}
TEST(a_migration_may_not_lose_keys) { on_both(lost_keys); }

// Slow ones, so that the processes really meet.
#define SLOW_ROWS " AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) SELECT i FROM n"
enum { RACE = 3 };
static const Migration RACE_MIGRATIONS[RACE] = {
    { 1, "one", "1", "CREATE TABLE one" SLOW_ROWS, "CREATE TABLE one" SLOW_ROWS },
    { 2, "two", "2", "CREATE TABLE two" SLOW_ROWS, "CREATE TABLE two" SLOW_ROWS },
    { 3, "three", "3", "CREATE TABLE three" SLOW_ROWS, "CREATE TABLE three" SLOW_ROWS },
};

static _Noreturn void child_migrates(World *w, int start, int report)
{
    char go;
    i64 applied = 0;
    bool ok = db_open(&w->options, &w->db) == ERR_OK;
    must(write(report, &applied, sizeof(applied)) == sizeof(applied));
    must(read(start, &go, 1) == 0);                                  // until the parent closes its end: all have opened it
    ok = ok && db_migrate(w->db, RACE_MIGRATIONS, RACE, &applied) == ERR_OK;
    must(write(report, &applied, sizeof(applied)) == sizeof(applied));
    if (ok) db_close(w->db);
    _exit(ok ? 0 : 1);
}

static void one_race(World *w)
{
    enum { PROCESSES = 6 };
    pid_t children[PROCESSES];
    int start[2], report[2];
    must(pipe(start) == 0 && pipe(report) == 0);
    for (i64 i = 0; i < PROCESSES; i++) {
        children[i] = start_child();
        if (children[i]) continue;
        close(start[1]);
        child_migrates(w, start[0], report[1]);
    }
    close(start[0]);
    close(report[1]);
    i64 applied, sum = 0, reports = 0;
    while (read(report[0], &applied, sizeof(applied)) == sizeof(applied)) {
        sum += applied;
        if (++reports == PROCESSES) close(start[1]);
    }
    close(report[0]);
    for (i64 i = 0; i < PROCESSES; i++) check_int(end_of(children[i]), 0);
    check_int(sum, RACE);
}

// From nothing: they also make the file and its log at the same time.
static void migrate_at_once(World *w)
{
    bool sqlite = db_is_sqlite(w->db);
    db_close(w->db);
    for (i64 round = 0; round < 2; round++) {
        if (sqlite) must(unlink(w->file) == 0);
        else check_int(outside(w, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"), ERR_OK);
        one_race(w);
    }
    open_world(w);
    check_int(migrate(w, RACE_MIGRATIONS, RACE, ERR_OK), 0);
}
TEST(processes_that_migrate_at_once_do_it_once) { on_both(migrate_at_once); }

// ------------------------------------------------------------------------------------------------ backup and restore

static i64 size_of(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 ? (i64)s.st_size : -1;
}

static void write_file(const char *path, Str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    must(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
    close(fd);
}

static Str in_folder(World *w, const char *name)
{
    return arena_format(&w->a, "%s/%s", w->folder, name);
}

// Large enough that writers commit many times while it is copied.
static void make_large(World *w)
{
    enum { TEXT_BYTES = 1 << 20 };
    i64 rows = db_is_sqlite(w->db) ? 20 : 2;                         // pg_dump packs them, which takes its time
    char *text = arena_alloc(&w->a, TEXT_BYTES);
    u32 random = 1;
    for (i64 i = 0; i < TEXT_BYTES; i++, random = random * 1664525u + 1013904223u)
        text[i] = (char)('a' + (random >> 24) % 26);
    for (i64 i = 0; i < rows; i++) {
        Work work = { .in = { 5 * PAIR + i, 0, { text, TEXT_BYTES } } };
        check_int(db_run(w->db, true, add_entry, &work), ERR_OK);
    }
}

enum { WRITERS = 4 };
typedef struct Writing { Pairs pairs[WRITERS]; pthread_t threads[WRITERS]; } Writing;

static void start_writing(World *w, Writing *t, i64 first)
{
    for (i64 i = 0; i < WRITERS; i++) {
        t->pairs[i] = (Pairs){ .db = w->db, .first = first + i, .step = WRITERS, .report = -1 };
        must(pthread_create(&t->threads[i], NULL, write_pairs, &t->pairs[i]) == 0);
    }
}

static void stop_writing(Writing *t)
{
    for (i64 i = 0; i < WRITERS; i++) atomic_store(&t->pairs[i].stop, true);
    for (i64 i = 0; i < WRITERS; i++) must(pthread_join(t->threads[i], NULL) == 0);
}

static void backup_while_writing(World *w, Str file, i64 *before, i64 *after)
{
    Writing writing;
    start_writing(w, &writing, 0);
    nap(300);
    *before = whole_pairs(w);
    check_int(db_backup(w->db, file), ERR_OK);
    i64 then = whole_pairs(w);
    nap(50);
    stop_writing(&writing);
    *after = whole_pairs(w);
    check(*before > 0 && *after > then);                             // the writers went on all the while
}

static void bad_backups(World *w, Str good)
{
    Str junk = in_folder(w, "junk"), cut = in_folder(w, "cut");
    write_file(junk.p, STR("this is no database at all, but long enough to hold a header of one: "
                           "0123456789012345678901234567890123456789012345678901234567890123456789"));
    check_int(db_restore(w->url, junk), ERR_DB);
    check_int(db_restore(w->url, in_folder(w, "missing")), ERR_DB);
    check_int(db_restore(STR("mysql://x"), good), ERR_DB);
    Str command = arena_format(&w->a, "head -c %" PRId64 " '%s' > '%s'", size_of(good.p) * 2 / 3, good.p, cut.p);
    must(system(command.p) == 0);
    check_int(db_restore(w->url, cut), ERR_DB);
}

static void restore_while_writing(World *w, Str file, i64 before, i64 after)
{
    Writing writing;
    check_int(put(w, 3 * PAIR, 0, "alone"), ERR_OK);
    start_writing(w, &writing, PAIR / 2);
    nap(50);
    check_int(db_restore(w->url, file), ERR_OK);
    i64 then = whole_pairs(w);
    check(get(w, 3 * PAIR) == NULL);                                 // written after the backup
    nap(100);
    stop_writing(&writing);
    check(then >= before);
    check(whole_pairs(w) > then);                                    // and the server serves
    check(get(w, PAIR / 2) == NULL);                                 // before the restore
    check(after >= before);
}

// A server of this version could not go on with a database of that one.
static void restore_older(World *w, Str file)
{
    i64 applied;
    check_int(db_migrate(w->db, MIGRATIONS, MIGRATIONS_ALL, &applied), ERR_OK);
    check_int(applied, 1);
    check_int(db_restore(w->url, file), ERR_BUSY);
    check_int(outside(w, "SELECT why FROM note"), ERR_OK);
    check_int(outside(w, "CREATE TABLE later (id BIGINT)"), ERR_OK);
    db_close(w->db);
    check_int(db_restore(w->url, file), ERR_OK);
    open_world(w);
    check_int(outside(w, "SELECT why FROM note"), ERR_DB);
    check_int(outside(w, "SELECT * FROM later"), ERR_DB);
    check_int(db_migrate(w->db, MIGRATIONS, MIGRATIONS_APPLIED, &applied), ERR_OK);
    check_int(put(w, 3 * PAIR, 0, "it works"), ERR_OK);
}

static void backups(World *w)
{
    i64 before, after;
    Str file = in_folder(w, "backup");
    write_file(in_folder(w, "backup.tmp").p, STR("of a backup that was cut short"));
    make_large(w);
    backup_while_writing(w, file, &before, &after);
    check_int(size_of(in_folder(w, "backup.tmp").p), -1);
    check(size_of(file.p) > 0);
    bad_backups(w, file);
    check_int(whole_pairs(w), after);                                // nothing was lost by trying
    restore_while_writing(w, file, before, after);
    if (db_is_sqlite(w->db)) check(size_of(arena_format(&w->a, "%s.before-restore", w->file).p) > 0);
    else check_int(outside(w, "SELECT * FROM public_before_restore.note"), ERR_OK);
    restore_older(w, file);
    if (db_is_sqlite(w->db)) check_int(size_of(arena_format(&w->a, "%s.restoring", w->file).p), -1);
    else check_int(outside(w, "SELECT * FROM public_before_restore.later"), ERR_OK);
    check_int(size_of(in_folder(w, "backup.restoring").p), -1);
}
TEST(backup_while_writing_and_restore) { on_both(backups); }

static void restore_twice(World *w)
{
    Str file = in_folder(w, "backup");
    check_int(put(w, 1, 5, "kept"), ERR_OK);
    check_int(db_backup(w->db, file), ERR_OK);
    check_int(db_backup(w->db, file), ERR_OK);                       // over an older one
    bool sqlite = db_is_sqlite(w->db);
    db_close(w->db);
    if (sqlite) write_file(w->file, STR("damaged"));                  // what one restores for
    else check_int(db_restore(w->url, file), ERR_OK);                // the old tables make room for older ones
    check_int(db_restore(w->url, file), ERR_OK);
    open_world(w);
    check_int(get(w, 1)->left, 5);
}
TEST(restore_over_a_damaged_database) { on_both(restore_twice); }

// ------------------------------------------------------------------------------------------------ files of others, secrets

static void foreign_files(World *w)
{
    Db *db = NULL;
    DbOptions o = w->options;
    Str other = in_folder(w, "other.db"), text = in_folder(w, "text");
    sqlite3 *s;
    must(sqlite3_open(other.p, &s) == SQLITE_OK && sqlite3_exec(s, "CREATE TABLE t (x)", NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(s);
    i64 size = size_of(other.p);
    o.url = arena_format(&w->a, "sqlite:%s", other.p);
    check_int(db_open(&o, &db), ERR_DB);
    check_int(size_of(other.p), size);
    write_file(text.p, STR("some text that someone keeps in a file, which is no database, and must stay as it is\n"));
    size = size_of(text.p);
    o.url = arena_format(&w->a, "sqlite:%s", text.p);
    check_int(db_open(&o, &db), ERR_DB);
    check_int(size_of(text.p), size);
    o.url = arena_format(&w->a, "sqlite:%s/no/such/folder/x.db", w->folder);
    check_int(db_open(&o, &db), ERR_DB);
    o.url = STR("sqlite:");
    check_int(db_open(&o, &db), ERR_DB);
    struct stat mode;
    must(stat(w->file, &mode) == 0);
    check_int(mode.st_mode & 0777, 0600);
}
TEST(files_of_others_are_left_alone) { on_sqlite(foreign_files); }

static void secrets(World *w)
{
    static const char *const URLS[] = {
        "postgres://ana:hunter2@127.0.0.1:1/etalase", "postgresql://ana:hunter2@[bad/x",
        "postgres://ana:hunter2@/x?nonsense=hunter2",
        "mysql://ana:hunter2@h/x",
    };
    char log[4000];
    Str file = in_folder(w, "log");
    int kept = dup(STDERR_FILENO), fd = open(file.p, O_RDWR | O_CREAT, 0600);
    must(kept >= 0 && fd >= 0 && dup2(fd, STDERR_FILENO) >= 0);
    for (i64 i = 0; i < COUNT(URLS); i++) {
        Db *db;
        DbOptions o = { .url = str_of(URLS[i]) };
        check_int(db_open(&o, &db), ERR_DB);
    }
    dup2(kept, STDERR_FILENO);
    close(kept);
    ssize_t n = pread(fd, log, sizeof(log) - 1, 0);
    close(fd);
    must(n > 0);
    Str text = { log, (size_t)n };
    check(str_find(text, STR("\"event\":\"db\"")) >= 0);
    check(str_find(text, STR("hunter2")) < 0);
}
TEST(a_password_never_reaches_the_log) { on_sqlite(secrets); }

// ------------------------------------------------------------------------------------------------ the log's size

typedef struct Reading { World *w; Arena a; atomic_bool stop; i64 reads; } Reading;

static Err read_slowly(Tx *tx, void *context)
{
    Reading *r = context;
    void *row;
    tx->a = &r->a;
    try(db_one(tx, queries()[ENTRY_SUM], NULL, &row));
    nap(5);
    return ERR_OK;
}

static void *read_always(void *context)
{
    Reading *r = context;
    for (; !atomic_load(&r->stop); r->reads++) {
        must(db_run(r->w->db, false, read_slowly, r) == ERR_OK);
        arena_reset(&r->a);
    }
    arena_free(&r->a);
    return NULL;
}

static Err write_large(Tx *tx, void *context)
{
    return db_exec(tx, queries()[ENTRY_SET], context, NULL);
}

// Three readers whose transactions overlap, so that at no moment nobody reads: SQLite alone would never start the log anew.
static void log_is_bounded(World *w)
{
    enum { READERS = 3, WRITES = 1500, TEXT_BYTES = 100000, BOUND = 80000000 };       // 150 MB are written
    Reading readers[READERS];
    pthread_t threads[READERS];
    i64 largest = 0;
    char *text = arena_alloc(&w->a, TEXT_BYTES);
    Str wal = arena_format(&w->a, "%s-wal", w->file);
    check_int(put(w, 1, 1, ""), ERR_OK);
    for (i64 i = 0; i < READERS; i++) {
        readers[i] = (Reading){ .w = w };
        must(pthread_create(&threads[i], NULL, read_always, &readers[i]) == 0);
        nap(2);
    }
    for (i64 i = 0; i < WRITES; i++) {
        memset(text, 'a' + (int)(i % 26), TEXT_BYTES);
        check_int(db_run(w->db, true, write_large, &(Entry){ .id = 1, .text = { text, TEXT_BYTES } }), ERR_OK);
        i64 size = size_of(wal.p);
        if (size > largest) largest = size;
    }
    for (i64 i = 0; i < READERS; i++) atomic_store(&readers[i].stop, true);
    for (i64 i = 0; i < READERS; i++) must(pthread_join(threads[i], NULL) == 0);
    check(largest > 0 && largest < BOUND);
}
TEST(the_log_stays_bounded_under_constant_reading) { on_sqlite(log_is_bounded); }
