// Backup and restore: what both engines share, and the care with files. Knows no engine.
#include "db/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/log.h"

Err file_failed(const char *what, const char *path)
{
    int error = errno;
    log_event(LOG_ERROR, (Str){ 0 }, "db", "%s %s: %s", what, path, strerror(error));
    return error == ENOSPC || error == EDQUOT ? ERR_DISK : ERR_DB;
}

static Err sync_fd(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return file_failed("opening", path);
    Err e = fsync(fd) == 0 ? ERR_OK : file_failed("syncing", path);
    close(fd);
    return e;
}

Err file_sync(const char *path)
{
    return sync_fd(path, O_RDONLY);
}

static Err sync_directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    Arena a = { 0 };
    const char *directory = !slash ? "." : slash == path ? "/" : arena_cstr(&a, (Str){ path, (size_t)(slash - path) });
    Err e = sync_fd(directory, O_RDONLY | O_DIRECTORY);
    arena_free(&a);
    return e;
}

Err file_rename(const char *from, const char *to)
{
    if (rename(from, to) != 0) return file_failed("renaming", from);
    return sync_directory_of(to);
}

// The copy appears under its name only when it is whole and on the disk.
static Err backup_to(Db *db, const char *partial, const char *file)
{
    unlink(partial);                              // of a backup that was cut short
    Err e = db->engine->backup(db, partial);
    if (e == ERR_OK) e = file_sync(partial);
    if (e == ERR_OK) e = file_rename(partial, file);
    if (e != ERR_OK) unlink(partial);
    return e;
}

Err db_backup(Db *db, Str file)
{
    Arena a = { 0 };
    Str partial = arena_format(&a, "%.*s.tmp", STR_ARG(file));
    Err e = backup_to(db, partial.p, arena_cstr(&a, file));
    arena_free(&a);
    return e;
}

Err db_restore(Str url, Str file)
{
    Db *db;
    try(db_make(&(DbOptions){ .url = url }, &db));
    Arena a = { 0 };
    Err e = db->engine->restore(db, arena_cstr(&a, file));
    arena_free(&a);
    db_unmake(db);
    return e;
}
