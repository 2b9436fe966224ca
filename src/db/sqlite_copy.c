// SQLite's backup and restore: whole copies, page by page or as a file. Knows no queue.
#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

// A step holds nothing that a writer needs; the pause leaves the disk to others.
enum { STEP_PAGES = 512, STEP_PAUSE_MS = 1 };
enum { TAKE_TRIES = 600, TAKE_PAUSE_MS = 50 };        // 30 s for a server to let the restore write
enum { HEADER_BYTES = 100, HEADER_ID_AT = 68 };       // https://sqlite.org/fileformat.html, section 1.3

// ------------------------------------------------------------------------------------------------ backup

static void nap(i64 ms)
{
    nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

static Err copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    if (!b) return lite_log(to, "backup");
    int code;
    while ((code = sqlite3_backup_step(b, STEP_PAGES)) == SQLITE_OK) nap(STEP_PAUSE_MS);
    sqlite3_backup_finish(b);
    return code == SQLITE_DONE ? ERR_OK : lite_log(to, "backup");
}

// The source holds one read transaction all the while: it sees one snapshot, so the writers' commits neither start the
// copy again (as the backup API does otherwise: under constant writing it might never end) nor show half in it.
static Err copy_snapshot(Lite *from, const char *file)
{
    sqlite3 *to = NULL;
    Err e = ERR_OK;
    if (sqlite3_open_v2(file, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        e = lite_log(to, file);
    // Its own journal would protect a file that is thrown away when anything fails.
    if (e == ERR_OK) sqlite3_exec(to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    if (e == ERR_OK && sqlite3_exec(from->db, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) != SQLITE_OK)
        e = lite_log(from->db, "backup");
    if (e == ERR_OK) e = copy_pages(from->db, to);
    if (!sqlite3_get_autocommit(from->db)) lite_control(from, CONTROL_COMMIT);
    // One file that can be read anywhere, without a log beside it.
    if (e == ERR_OK && sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK)
        e = lite_log(to, "backup");
    sqlite3_close(to);
    return e;
}

Err lite_backup(Db *db, const char *file)
{
    Lite *from;
    int fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);     // for its owner's eyes, like the database
    if (fd < 0) return file_failed("making", file);
    close(fd);
    try(lite_open(db, LITE_READER, &from));
    Err e = copy_snapshot(from, file);
    lite_close(from);
    return e;
}

// ------------------------------------------------------------------------------------------------ restore

static Err not_ours(const char *file, const char *why)
{
    log_event(LOG_ERROR, (Str){ 0 }, "restore", "%s: %s; nothing was changed", file, why);
    return ERR_DB;
}

// A first look, before a large file is copied for nothing.
static Err check_header(int fd, const char *file)
{
    u8 h[HEADER_BYTES];
    if (pread(fd, h, sizeof(h), 0) != HEADER_BYTES || memcmp(h, "SQLite format 3", 16) != 0)
        return not_ours(file, "this is not a SQLite database");
    const u8 *id = h + HEADER_ID_AT;
    u32 application = (u32)id[0] << 24 | (u32)id[1] << 16 | (u32)id[2] << 8 | id[3];
    return application == SQLITE_APPLICATION_ID ? ERR_OK : not_ours(file, "this is a database of another program");
}

static Err copy_bytes(int from, int to, const char *path)
{
    for (;;) {
        ssize_t n = copy_file_range(from, NULL, to, NULL, 1 << 24, 0);
        if (n < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS)) break;
        if (n < 0) return file_failed("writing", path);
        if (n == 0) return ERR_OK;
    }
    char part[1 << 16];                                   // between file systems
    for (;;) {
        ssize_t n = read(from, part, sizeof(part));
        if (n < 0) return file_failed("reading for", path);
        if (n == 0) return ERR_OK;
        for (ssize_t done = 0; done < n;) {
            ssize_t w = write(to, part + done, (size_t)(n - done));
            if (w < 0) return file_failed("writing", path);
            done += w;
        }
    }
}

static Err copy_file(const char *file, const char *copy)
{
    int from = open(file, O_RDONLY | O_CLOEXEC);
    if (from < 0) return file_failed("opening", file);
    Err e = check_header(from, file);
    int to = e == ERR_OK ? open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    if (e == ERR_OK && to < 0) e = file_failed("making", copy);
    if (e == ERR_OK) e = copy_bytes(from, to, copy);
    if (e == ERR_OK && fsync(to) != 0) e = file_failed("syncing", copy);
    if (to >= 0) close(to);
    close(from);
    return e;
}

static bool answer_is(sqlite3 *db, const char *sql, const char *want)
{
    sqlite3_stmt *s = NULL;
    bool ok = sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW
              && str_eq(str_of((const char *)sqlite3_column_text(s, 0)), str_of(want));
    sqlite3_finalize(s);
    return ok;
}

// Every page, index and key of the copy that will take the database's place.
static Err check_sound(const char *copy, const char *file)
{
    sqlite3 *db = NULL;
    Err e = ERR_OK;
    if (sqlite3_open_v2(copy, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) e = lite_log(db, copy);
    else if (!answer_is(db, "PRAGMA integrity_check(1)", "ok")) e = not_ours(file, "the database in it is damaged");
    else if (!answer_is(db, "SELECT count(*) FROM pragma_foreign_key_check", "0")) e = not_ours(file, "keys without rows");
    else if (!answer_is(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'migration'", "1"))
        e = not_ours(file, "it has no table of migrations");
    sqlite3_close(db);
    return e;
}

// Both databases have had the same migrations, so a program that serves one can serve the other. False when either
// cannot be read.
static bool same_version(const char *path, const char *copy)
{
    sqlite3 *db = NULL;
    bool same = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
    sqlite3_busy_timeout(db, SQLITE_BUSY_MS);
    char *attach = sqlite3_mprintf("ATTACH %Q AS copy", copy);
    same = same && attach && sqlite3_exec(db, attach, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_free(attach);
    same = same && answer_is(db, "SELECT (SELECT group_concat(number || name || hash) FROM main.migration) "
                             "IS (SELECT group_concat(number || name || hash) FROM copy.migration)", "1");
    sqlite3_close(db);
    return same;
}

// ------------------------------------------------------------------------------------------------ while others serve

// One transaction that overwrites every page: readers keep what they see until they end, writers wait, and a crash
// leaves the old or the new.
static Err overwrite(Lite *to, sqlite3 *from)
{
    int code = SQLITE_BUSY;
    for (int tries = 0; tries < TAKE_TRIES && (code == SQLITE_BUSY || code == SQLITE_LOCKED); tries++) {
        if (tries) nap(TAKE_PAUSE_MS);
        sqlite3_backup *b = sqlite3_backup_init(to->db, "main", from, "main");
        if (!b) return lite_log(to->db, "restore");
        code = sqlite3_backup_step(b, -1);
        sqlite3_backup_finish(b);
    }
    if (code != SQLITE_DONE) return lite_log(to->db, "restore");
    sqlite3_wal_checkpoint_v2(to->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);      // the log holds it all; if it can
    return ERR_OK;
}

// What is written between the copy for .before-restore and the restore itself is in neither: some milliseconds of a
// server that goes on taking orders while it is being set back.
static Err restore_live(Db *db, Arena *a, const char *copy)
{
    Str kept = arena_format(a, "%s.before-restore", db->path), partial = arena_format(a, "%s.tmp", kept.p);
    Lite *to;
    sqlite3 *from = NULL;
    unlink(partial.p);
    try(lite_open(db, LITE_ADMIN, &to));
    Err e = copy_snapshot(to, partial.p);
    if (e == ERR_OK) e = file_sync(partial.p);
    if (e == ERR_OK) e = file_rename(partial.p, kept.p);
    if (e == ERR_OK && sqlite3_open_v2(copy, &from, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        e = lite_log(from, copy);
    if (e == ERR_OK) e = overwrite(to, from);
    sqlite3_close(from);
    lite_close(to);
    return e;
}

// ------------------------------------------------------------------------------------------------ alone

// Takes the database away from everyone else: only a connection that is alone can turn its log off, and that also moves
// what was in the log into the file. A file too damaged for this is replaced as it is.
static Err take_alone(Db *db, sqlite3 **out)
{
    *out = NULL;
    if (access(db->path, F_OK) != 0) return ERR_OK;
    sqlite3 *old = NULL;
    int code = sqlite3_open_v2(db->path, &old, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) code = sqlite3_exec(old, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE", NULL, NULL, NULL);
    *out = old;
    if (code != SQLITE_BUSY && code != SQLITE_LOCKED) return ERR_OK;
    log_event(LOG_ERROR, (Str){ 0 }, "restore", "%s is in use and the backup is of another version of the program: "
              "stop the server first; nothing was changed", db->path);
    return ERR_BUSY;
}

static Err keep_old(Arena *a, const char *path)
{
    static const char *const PARTS[] = { "-wal", "-shm", "-journal", "" };
    if (access(path, F_OK) != 0) return ERR_OK;
    for (i64 i = 0; i < COUNT(PARTS); i++) {
        Str now = arena_format(a, "%s%s", path, PARTS[i]), kept = arena_format(a, "%s.before-restore%s", path, PARTS[i]);
        unlink(kept.p);
        // The file itself keeps its name until the new one takes it: there is never a moment without a database.
        if (PARTS[i][0] ? rename(now.p, kept.p) == 0 || errno == ENOENT : link(now.p, kept.p) == 0) continue;
        return file_failed("keeping", now.p);
    }
    return ERR_OK;
}

static Err replace_file(Db *db, Arena *a, const char *copy)
{
    sqlite3 *old = NULL;
    Err e = take_alone(db, &old);
    if (e == ERR_OK) e = keep_old(a, db->path);
    if (e == ERR_OK) e = file_rename(copy, db->path);
    sqlite3_close(old);
    return e;
}

Err lite_restore(Db *db, const char *file)
{
    Arena a = { 0 };
    Str copy = arena_format(&a, "%s.restoring", db->path);
    unlink(copy.p);
    Err e = copy_file(file, copy.p);
    if (e == ERR_OK) e = check_sound(copy.p, file);
    bool live = e == ERR_OK && access(db->path, F_OK) == 0 && same_version(db->path, copy.p);
    if (e == ERR_OK) e = live ? restore_live(db, &a, copy.p) : replace_file(db, &a, copy.p);
    unlink(copy.p);
    arena_free(&a);
    return e;
}
