// Pictures and video as the rest of the program sees them: folders that appear whole or not at all. Includes no library.
#include "media/media.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/log.h"
#include "media/join.h"
#include "media/run.h"

enum { PATH_ROOM = 16, TREE_DEPTH_MAX = 2 };

// Sums the bytes of all files in the folder, or deletes them and its folders; closes the descriptor.
static i64 walk(int folder_fd, int depth, bool delete)
{
    i64 bytes = 0;
    DIR *folder = fdopendir(folder_fd);
    if (!folder) {
        close(folder_fd);
        return 0;
    }
    for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
        struct stat s;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        if (fstatat(folder_fd, e->d_name, &s, AT_SYMLINK_NOFOLLOW) != 0) continue;
        bool inner = S_ISDIR(s.st_mode);
        if (inner && depth < TREE_DEPTH_MAX) {
            int fd = openat(folder_fd, e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (fd >= 0) bytes += walk(fd, depth + 1, delete);
        }
        if (!inner) bytes += s.st_size;
        if (delete) unlinkat(folder_fd, e->d_name, inner ? AT_REMOVEDIR : 0);
    }
    closedir(folder);
    return bytes;
}

static void remove_tree(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0) walk(fd, 0, true);
    rmdir(path);
}

static bool make_folders_above(const char *path)
{
    char part[PATH_MAX];
    snprintf(part, sizeof(part), "%s", path);
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(part, 0755) != 0 && errno != EEXIST) return false;
        *slash = '/';
    }
    return true;
}

// Flushes what was written, gives it its name, and makes the name last.
static bool publish(int folder_fd, const char *part, const char *path)
{
    if (syncfs(folder_fd) != 0) return false;
    if (rename(part, path) != 0) {
        // A run whose result was never noted left a whole folder there: the new one takes its place in one step.
        if (errno != ENOTEMPTY && errno != EEXIST) return false;
        if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_EXCHANGE) != 0) return false;
        remove_tree(part);
    }
    char above[PATH_MAX];
    snprintf(above, sizeof(above), "%s", path);
    char *slash = strrchr(above, '/');
    if (slash == above) slash[1] = 0;
    else if (slash) *slash = 0;
    return disk_sync_folder(slash ? above : ".");
}

static MediaFault no_room(const char *what)
{
    log_event(LOG_ERROR, (Str){ 0 }, "media_disk", "%s: %s", what, strerror(errno));
    return MEDIA_DISK;
}

// One job into a new folder. Whatever goes wrong, the working folder is gone afterwards.
static MediaFault run_into(const char *path, MediaRun *run, i64 *bytes)
{
    char part[PATH_MAX];
    must(strlen(path) + PATH_ROOM < sizeof(part));
    snprintf(part, sizeof(part), "%.*s.part", PATH_MAX - PATH_ROOM, path);
    if (!make_folders_above(path)) return no_room("could not make the folders above the result's");
    remove_tree(part);               // of a run that was cut off with its server
    if (mkdir(part, 0755) != 0) return no_room("could not make the working folder");
    run->directory_fd = open(part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    MediaFault fault = run->directory_fd < 0 ? no_room("could not open the working folder") : media_run(run);
    if (fault == MEDIA_OK) {
        int copy = fcntl(run->directory_fd, F_DUPFD_CLOEXEC, 0);
        *bytes = copy < 0 ? 0 : walk(copy, 0, false);
        if (!publish(run->directory_fd, part, path)) fault = no_room("could not publish the result");
    }
    if (run->directory_fd >= 0) close(run->directory_fd);
    if (fault != MEDIA_OK) remove_tree(part);
    return fault;
}

static MediaFault run_on(Str source, Str directory, i64 bytes_max, MediaRun *run, i64 *bytes)
{
    char from[PATH_MAX], to[PATH_MAX];
    struct stat s;
    must(source.n > 0 && directory.n > 0);
    if (source.n >= PATH_MAX || directory.n >= PATH_MAX - PATH_ROOM) return MEDIA_DISK;
    snprintf(from, sizeof(from), "%.*s", STR_ARG(source));
    snprintf(to, sizeof(to), "%.*s", STR_ARG(directory));
    // Without blocking: a pipe in the place of a file must not hold the job.
    run->source_fd = open(from, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (run->source_fd < 0) return no_room("could not open the source");
    MediaFault fault = MEDIA_OK;
    if (fstat(run->source_fd, &s) != 0 || !S_ISREG(s.st_mode)) fault = MEDIA_NOT_MEDIA;
    else if (s.st_size == 0) fault = MEDIA_EMPTY;
    else if (s.st_size > bytes_max) fault = MEDIA_TOO_MANY_BYTES;
    else fault = run_into(to, run, bytes);
    close(run->source_fd);
    return fault;
}

static Err err_of(MediaFault fault)
{
    if (fault == MEDIA_OK) return ERR_OK;
    return media_fault_may_pass(fault) ? ERR_BUSY : ERR_BAD_MEDIA;
}

Err media_transcode(const MediaOrder *o, MediaClip *out, MediaFault *fault)
{
    MediaRun run = { .job = "clip", .quick = o->quick, .progress = o->progress, .context = o->context };
    i64 bytes = 0;
    if (o->sound.n) {
        run.job = "clip-over";
        run.sound_fd = join_rendition(o->sound, fault);
        if (run.sound_fd < 0 && *fault == MEDIA_DISK) no_room("could not copy the sound");
    }
    if (run.sound_fd >= 0) *fault = run_on(o->source, o->directory, MEDIA_CLIP_MAX_BYTES, &run, &bytes);
    if (run.sound_fd > 0) close(run.sound_fd);
    const i64 *v = run.done.v;
    // The child may be in an enemy's hands: such numbers are no clip's.
    if (*fault == MEDIA_OK && (v[WIRE_CLIP_WIDTH] < 1 || v[WIRE_CLIP_HEIGHT] < 1 || v[WIRE_CLIP_MS] < 1)) *fault = MEDIA_DECODE;
    if (*fault == MEDIA_OK)
        *out = (MediaClip){ .width = v[WIRE_CLIP_WIDTH], .height = v[WIRE_CLIP_HEIGHT], .duration_ms = v[WIRE_CLIP_MS],
                            .sound = v[WIRE_CLIP_SOUND] != 0, .renditions = v[WIRE_CLIP_RENDITIONS], .bytes = bytes };
    return err_of(*fault);
}

Err media_picture(Str source, Str directory, MediaPicture *out, MediaFault *fault)
{
    MediaRun run = { .job = "picture" };
    i64 bytes = 0;
    *fault = run_on(source, directory, MEDIA_PICTURE_MAX_BYTES, &run, &bytes);
    const i64 *v = run.done.v;
    if (*fault == MEDIA_OK) {
        *out = (MediaPicture){ .width = v[WIRE_PICTURE_WIDTH], .height = v[WIRE_PICTURE_HEIGHT],
                               .sizes = v[WIRE_PICTURE_SIZES] };
        snprintf(out->colour, sizeof(out->colour), "#%06x", (unsigned)(v[WIRE_PICTURE_COLOUR] & 0xFFFFFF));
    }
    return err_of(*fault);
}

// The libraries would cost every start of the server 60 ms and 40 MB, so they live in a program of their own beside it.
int media_child(int argc, char **argv)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
    must(argc >= 2 && argv[argc] == NULL);
    if (n <= 0) return 1;
    path[n] = 0;
    char *slash = strrchr(path, '/');
    if (!slash || slash - path + 16 >= PATH_MAX) return 1;
    snprintf(slash, (size_t)(path + sizeof(path) - slash), "/etalase-media");
    execv(path, argv + 1);
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return 1;
}
