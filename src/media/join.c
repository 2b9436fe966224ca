// The sound of a clip that was made here, as one file. The renditions all have the same; the smallest one is copied.
#include "media/join.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <unistd.h>

enum { COPY_BYTES = 64 * 1024, SEGMENTS_MAX = 1000 };

// 0 when there is none; *failed when that could not be seen.
static i64 smallest_in(const char *directory, bool *failed)
{
    i64 least = 0, n;
    DIR *folder = opendir(directory);
    if (!folder) *failed = errno != ENOENT;
    if (!folder) return 0;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder))
        if (str_to_i64(str_of(e->d_name), &n) && n > 0 && (least == 0 || n < least)) least = n;
    closedir(folder);
    return least;
}

// False when there is no such file; *failed when it could not be opened or copied whole.
static bool append(int to, const char *path, bool *failed)
{
    char bytes[COPY_BYTES];
    int from = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (from < 0) *failed |= errno != ENOENT;
    if (from < 0) return false;
    ssize_t n = 0;
    while ((n = read(from, bytes, sizeof(bytes))) > 0)
        if (write(to, bytes, (size_t)n) != n) *failed = true;
    *failed |= n < 0;
    close(from);
    return true;
}

static int copy_smallest(const char *base, bool *failed)
{
    char path[PATH_MAX];
    i64 rung = smallest_in(base, failed);
    if (rung == 0) return -1;
    int to = open(base, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (to < 0) to = memfd_create("sound", MFD_CLOEXEC);           // a file system without nameless files
    *failed = to < 0;
    if (to < 0) return -1;
    snprintf(path, sizeof(path), "%.*s/%lld/init.mp4", PATH_MAX - 64, base, (long long)rung);
    bool there = append(to, path, failed);
    for (int i = 0; there && i < SEGMENTS_MAX; i++) {
        snprintf(path, sizeof(path), "%.*s/%lld/%03d.m4s", PATH_MAX - 64, base, (long long)rung, i);
        if (!append(to, path, failed)) break;
    }
    if (there && !*failed) return to;
    close(to);
    return -1;
}

int join_rendition(Str directory, MediaFault *fault)
{
    char base[PATH_MAX];
    bool failed = false;
    *fault = MEDIA_SOUND_GONE;
    if (directory.n == 0 || directory.n >= PATH_MAX - 64) return -1;
    snprintf(base, sizeof(base), "%.*s", STR_ARG(directory));
    int file = copy_smallest(base, &failed);
    if (failed) *fault = MEDIA_DISK;
    return file;
}
