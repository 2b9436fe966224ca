// Uploads' and clips' files.
#include "clips/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/log.h"

enum { FOLDER_DEPTH_MAX = 2 };             // a clip's folder, and one for each rendition in it

static Str path_of(Arena *a, Str data, const char *folder, Str key)
{
    must(key.n > 0 && key.n <= FILES_KEY_MAX);
    for (size_t i = 0; i < key.n; i++) must(key.p[i] != '/' && key.p[i] != '.');
    return arena_format(a, "%.*s/%s/%.*s", STR_ARG(data), folder, STR_ARG(key));
}

Str files_upload_path(Arena *a, Str data, Str key)
{
    return path_of(a, data, "uploads", key);
}

Str files_clip_path(Arena *a, Str data, Str key)
{
    return path_of(a, data, "media/clips", key);
}

static Err disk_error(const char *what, const char *path)
{
    log_event(LOG_ERROR, (Str){ 0 }, "files", "%s %s: %s", what, path, strerror(errno));
    return ERR_DISK;
}

// Calls f with the folder that `path` lies in.
static Err with_folder(const char *path, Err (*f)(const char *folder))
{
    char folder[1024];
    const char *slash = strrchr(path, '/');
    must(slash && (size_t)(slash - path) < sizeof(folder));
    snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
    return f(folder);
}

static Err make_folder(const char *folder)
{
    return mkdir(folder, 0700) == 0 || errno == EEXIST ? ERR_OK : disk_error("mkdir", folder);
}

static Err sync_folder(const char *folder)
{
    return disk_sync_folder(folder) ? ERR_OK : disk_error("fsync", folder);
}

Err files_open_upload(const char *path, int *fd)
{
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC;
    *fd = open(path, flags, 0600);
    if (*fd < 0 && errno == ENOENT) {
        try(with_folder(path, make_folder));
        *fd = open(path, flags, 0600);
    }
    if (*fd < 0) return disk_error("open", path);
    if (flock(*fd, LOCK_EX | LOCK_NB) == 0) return ERR_OK;
    bool locked = errno == EWOULDBLOCK;
    Err e = locked ? ERR_LOCKED : disk_error("flock", path);
    close(*fd);
    *fd = -1;
    return e;
}

Err files_append(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t wrote = write(fd, bytes, n);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return disk_error("write", "of an upload");
        bytes += wrote;
        n -= (size_t)wrote;
    }
    return ERR_OK;
}

i64 files_size(const char *path)
{
    struct stat s;
    return lstat(path, &s) == 0 && S_ISREG(s.st_mode) ? s.st_size : 0;
}

Err files_keep(const char *path)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return disk_error("open", path);
    bool ok = fsync(fd) == 0;
    close(fd);
    return ok ? with_folder(path, sync_folder) : disk_error("fsync", path);
}

Err files_remove(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT ? ERR_OK : disk_error("unlink", path);
}

// Empties the folder behind the descriptor and closes it.
static void empty(int folder_fd, int depth)
{
    DIR *folder = fdopendir(folder_fd);
    if (!folder) {
        close(folder_fd);
        return;
    }
    for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        if (unlinkat(folder_fd, e->d_name, 0) == 0 || depth >= FOLDER_DEPTH_MAX) continue;
        int inner = openat(folder_fd, e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (inner >= 0) empty(inner, depth + 1);
        unlinkat(folder_fd, e->d_name, AT_REMOVEDIR);
    }
    closedir(folder);
}

Err files_remove_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return errno == ENOENT ? ERR_OK : disk_error("open", path);
    empty(fd, 1);
    return rmdir(path) == 0 || errno == ENOENT ? ERR_OK : disk_error("rmdir", path);
}
