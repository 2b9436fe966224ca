// Starts the media child, hands it files and watches over it. Knows no container, codec or picture format.
#include "media/run.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

enum {
    FIRST_WALL_S = 60,               // until the child has said how long the clip is; all that a picture gets
    CPU_LEAST_S = 60,
    CPU_PER_SECOND = 12,             // CPU seconds for one second of clip: 60 fps 4K HEVC in HDR takes about 8
    WALL_PER_CPU = 2,                // a busy machine may give the child half of a core
    FILES_MAX = 4 * (MEDIA_CLIP_MAX_MS / 2000 + 8) + 8,
    NAME_PART_MAX = 16,
    POLL_MS = 1000,
    EXEC_FAILED = 127,
};

typedef struct Watch {
    MediaRun *run;
    pid_t pid;
    int socket;
    i64 deadline_us;
    i64 permille, told_us;           // the child's last word on its progress, and when `progress` last ran
    i64 files;
    bool limited;                    // the clip's length has been said
    bool ended;                      // the child has said "done" or "fault"
    MediaFault fault;
} Watch;

// Beside the running program: a build folder and an installation both have them together. False if it has no name.
static bool child_path(char out[PATH_MAX])
{
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    if (n <= 0) return false;
    self[n] = 0;
    char *slash = strrchr(self, '/');
    if (!slash) return false;
    *slash = 0;
    return snprintf(out, PATH_MAX, "%s/etalase-media", self) < PATH_MAX;
}

// In the forked child of a program that may have many threads: only async-signal-safe calls.
_Noreturn static void become_child(const char *path, char *const *argv, char *const *env, int socket, const MediaRun *run)
{
    setpgid(0, 0);
    int high_socket = fcntl(socket, F_DUPFD, 10), high_source = fcntl(run->source_fd, F_DUPFD, 10);
    int high_sound = run->sound_fd ? fcntl(run->sound_fd, F_DUPFD, 10) : 0, last = WIRE_SOURCE_FD;
    int nothing = open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= 2; fd++)
        if (dup2(nothing, fd) < 0) _exit(EXEC_FAILED);
    if (dup2(high_socket, WIRE_FD) < 0 || dup2(high_source, WIRE_SOURCE_FD) < 0) _exit(EXEC_FAILED);
    if (high_sound) last = dup2(high_sound, WIRE_SOUND_FD);
    if (last < 0 || close_range((unsigned)last + 1, ~0U, 0) != 0) _exit(EXEC_FAILED);
    for (int s = 1; s < NSIG; s++) signal(s, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(path, argv, env);
    _exit(EXEC_FAILED);
}

static bool start(Watch *w)
{
    char path[PATH_MAX];
    int pair[2];
    if (!child_path(path)) return false;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return false;
    // The environment is what the libraries read, not what the server has: no secrets, no LD_PRELOAD, no proxies.
    char *argv[] = { path, (char *)(uintptr_t)w->run->job, w->run->quick ? "quick" : NULL, NULL };
    char *env[] = { "LC_ALL=C.UTF-8", "PATH=/nowhere", "VIPS_CONCURRENCY=1", "VIPS_NOVECTOR=1", "G_SLICE=always-malloc",
                    "ASAN_OPTIONS=detect_leaks=0", NULL };
    w->pid = fork();
    if (w->pid == 0) become_child(path, argv, env, pair[1], w->run);
    close(pair[1]);
    w->socket = pair[0];
    if (w->pid < 0) {
        close(pair[0]);
        return false;
    }
    setpgid(w->pid, w->pid);         // in both, so that neither has to wait for the other; fails after the exec
    w->deadline_us = clock_monotonic_us() + (w->run->wall_ms ? w->run->wall_ms : (i64)FIRST_WALL_S * 1000) * 1000;
    return true;
}

static bool name_part(Str s)
{
    if (s.n == 0 || s.n > NAME_PART_MAX) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9'))) return false;
    return true;
}

// A new file below the directory: NAME.TYPE or FOLDER/NAME.TYPE, small letters and digits only. The child may be in an
// enemy's hands, so the name is checked here, and nothing that exists is ever opened. -1 when refused or impossible.
static int make_file(Watch *w, Str name)
{
    char path[WIRE_MESSAGE_MAX + 1];
    Str type = name, folder = { 0 };
    errno = EINVAL;
    if (w->files++ >= FILES_MAX || name.n >= sizeof(path)) return -1;
    if (str_find(name, STR("/")) >= 0) {
        folder = str_split(&type, '/');
        if (!name_part(folder)) return -1;
        snprintf(path, sizeof(path), "%.*s", STR_ARG(folder));
        if (mkdirat(w->run->directory_fd, path, 0755) != 0 && errno != EEXIST) return -1;
    }
    Str stem = str_split(&type, '.');
    if (!name_part(stem) || !name_part(type)) return -1;
    snprintf(path, sizeof(path), "%.*s", STR_ARG(name));
    return openat(w->run->directory_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
}

static void answer_file(Watch *w, Str name)
{
    int fd = make_file(w, name);
    if (fd < 0) log_event(LOG_WARN, (Str){ 0 }, "media_file", "could not make a file of the result: %s", strerror(errno));
    struct iovec part = { .iov_base = fd < 0 ? "no" : "ok", .iov_len = 2 };
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr aligned; } control = { .bytes = { 0 } };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
    if (fd >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof(control.bytes);
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(head), &fd, sizeof(int));
    }
    // A child that asks and does not take its answers must not hold the server: it ends by its time limit.
    if (sendmsg(w->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) kill(w->pid, SIGKILL);
    if (fd >= 0) close(fd);
}

// Once, and for a clip only: a child in an enemy's hands could move its end away for ever.
static void set_limits(Watch *w, i64 length_ms)
{
    if (w->limited || strncmp(w->run->job, "clip", 4) != 0) return;
    w->limited = true;
    if (length_ms < 0) length_ms = 0;
    if (length_ms > MEDIA_CLIP_MAX_MS) length_ms = MEDIA_CLIP_MAX_MS;
    i64 cpu_s = length_ms * CPU_PER_SECOND / 1000;
    if (cpu_s < CPU_LEAST_S) cpu_s = CPU_LEAST_S;
    struct rlimit limit = { .rlim_cur = (rlim_t)cpu_s, .rlim_max = (rlim_t)cpu_s + 5 }, now;
    // Never raised; and where it may not be set at all the wall clock still counts.
    if (prlimit(w->pid, RLIMIT_CPU, NULL, &now) == 0 && now.rlim_cur > limit.rlim_cur)
        prlimit(w->pid, RLIMIT_CPU, &limit, NULL);
    w->deadline_us = clock_monotonic_us() + cpu_s * WALL_PER_CPU * 1000000;
}

static MediaFault fault_of_slug(Str slug)
{
    for (int f = MEDIA_OK + 1; f < MEDIA_FAULT_COUNT; f++)
        if (str_eq(slug, str_of(media_fault_slug((MediaFault)f)))) return (MediaFault)f;
    return MEDIA_DECODE;
}

static void read_done(Watch *w, Str rest)
{
    w->ended = true;
    for (int i = 0; i < WIRE_DONE_MAX; i++)
        if (!str_to_i64(str_split(&rest, ' '), &w->run->done.v[i])) w->fault = MEDIA_DECODE;
}

static void hear(Watch *w, Str message)
{
    Str rest = message, verb = str_split(&rest, ' ');
    i64 n = 0;
    if (str_eq(verb, STR("file"))) answer_file(w, rest);
    else if (str_eq(verb, STR("done"))) read_done(w, rest);
    else if (str_eq(verb, STR("fault"))) w->fault = fault_of_slug(rest), w->ended = true;
    else if (!str_to_i64(rest, &n)) w->fault = MEDIA_DECODE, w->ended = true;
    else if (str_eq(verb, STR("length"))) set_limits(w, n);
    else if (str_eq(verb, STR("progress")) && n >= 0 && n <= 1000) {
        w->permille = n;
        w->told_us = 0;
    }
}

// Also without news: a clip that does not say how long it is makes no progress that could be told, and whoever waits wants
// to know that it lives.
static void tell(Watch *w)
{
    i64 now = clock_monotonic_us();
    if (w->ended || !w->run->progress || now - w->told_us < POLL_MS * 1000) return;
    w->told_us = now;
    w->run->progress(w->run->context, w->permille);
}

// What the death of the child without an answer means.
static MediaFault fault_of_status(int status)
{
    if (WIFEXITED(status)) {
        int code = WEXITSTATUS(status);
        log_event(LOG_ERROR, (Str){ 0 }, "media_child", "ended without an answer, code %d%s", code,
                  code == EXEC_FAILED ? ": is etalase-media beside the program?" :
                  code == WIRE_NO_WALLS ? ": this kernel does not give it its limits or its system call filter" : "");
        return code == EXEC_FAILED || code == WIRE_NO_WALLS ? MEDIA_KILLED : MEDIA_DECODE;
    }
    int s = WTERMSIG(status);
    log_event(LOG_WARN, (Str){ 0 }, "media_child", "died of signal %d", s);
    if (s == SIGKILL || s == SIGTERM || s == SIGINT || s == SIGHUP) return MEDIA_KILLED;
    if (s == SIGXCPU) return MEDIA_TOO_SLOW;
    if (s == SIGXFSZ) return MEDIA_DISK;
    return MEDIA_DECODE;             // a crash: the file is hostile or hits a mistake; trying again would not help
}

static void listen_to_child(Watch *w)
{
    char message[WIRE_MESSAGE_MAX];
    while (!w->ended) {
        i64 left_ms = (w->deadline_us - clock_monotonic_us()) / 1000;
        if (left_ms <= 0) {
            w->fault = MEDIA_TOO_SLOW;
            w->ended = true;
            return;
        }
        tell(w);
        struct pollfd ready = { .fd = w->socket, .events = POLLIN };
        if (poll(&ready, 1, left_ms < POLL_MS ? (int)left_ms : POLL_MS) <= 0) continue;
        ssize_t n = recv(w->socket, message, sizeof(message), MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return;
        if (n > 0) hear(w, (Str){ message, (size_t)n });
    }
}

MediaFault media_run(MediaRun *run)
{
    Watch w = { .run = run };
    must(run->job && run->source_fd >= 0 && run->directory_fd >= 0);
    if (!start(&w)) {
        log_event(LOG_ERROR, (Str){ 0 }, "media_child", "could not start: %s", strerror(errno));
        return MEDIA_KILLED;
    }
    listen_to_child(&w);
    // It may have closed its end and live on. One that is dead already keeps the signal that it died of.
    kill(w.pid, SIGKILL);
    kill(-w.pid, SIGKILL);
    int status = 0;
    while (waitpid(w.pid, &status, 0) < 0 && errno == EINTR) {}
    close(w.socket);
    return w.ended ? w.fault : fault_of_status(status);
}
