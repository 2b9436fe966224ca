// The walls around the media child: resource limits, an unprivileged user, landlock, a system call filter. Knows no codec.
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/child.h"

enum {
    NOBODY = 65534,                  // the user and group without rights, by that number on every Debian
    CPU_MAX_S = 2 * 60 * 60,         // a backstop; the server sets a tighter one when it knows the length
    CPU_WARNING_S = 5,
    FILE_MAX_BYTES = 64 * 1024 * 1024,   // a segment has about 1.3 MB
    FDS_MAX = 32,
    NICE = 10,                       // pages are served before clips are converted
};

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };              // the shadow memory is larger than any limit
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

// Sets a limit, or keeps a lower one.
static bool limit(int what, i64 most)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)what, &now) != 0) return false;
    rlim_t soft = (rlim_t)most < now.rlim_cur ? (rlim_t)most : now.rlim_cur, hard = soft;
    // Of CPU time the soft limit tells why (SIGXCPU); reaching the hard one looks like any kill.
    if (what == RLIMIT_CPU) hard += CPU_WARNING_S;
    if (hard > now.rlim_max) hard = now.rlim_max;
    return setrlimit((__rlimit_resource_t)what, &(struct rlimit){ .rlim_cur = soft, .rlim_max = hard }) == 0;
}

static bool become_nobody(void)
{
    if (geteuid() != 0) return true;
    return setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0;
}

bool sandbox_limit(i64 memory_bytes)
{
    must(memory_bytes > 0);
    // Everything that a process can write to counts, but not the libraries' code, which RLIMIT_AS would count too.
    if (!SANITIZED && !limit(RLIMIT_DATA, memory_bytes)) return false;
    if (!limit(RLIMIT_CPU, CPU_MAX_S) || !limit(RLIMIT_FSIZE, FILE_MAX_BYTES)) return false;
    if (!limit(RLIMIT_NOFILE, FDS_MAX) || !limit(RLIMIT_CORE, 0)) return false;
    if (setpriority(PRIO_PROCESS, 0, NICE) != 0) return false;
    signal(SIGXFSZ, SIG_IGN);        // a file at its limit is an error of write, which is reported
    if (!become_nobody()) return false;
    // After the change of user, which clears it. A server that died before this is seen at the first message.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return false;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

// No path leads anywhere any more, even if the filter had a hole. Kernels without landlock have the filter alone.
static void close_paths(void)
{
    struct landlock_ruleset_attr all = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
    long ruleset = syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
    if (ruleset < 0) return;
    syscall(SYS_landlock_restrict_self, ruleset, 0);
    close((int)ruleset);
}

static const int ALLOWED[] = {
    SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(lseek), SCMP_SYS(close),
    SCMP_SYS(fstat), SCMP_SYS(poll), SCMP_SYS(ppoll),
    SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(membarrier),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
    SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(gettid), SCMP_SYS(getpid), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(getrusage), SCMP_SYS(sysinfo),
    SCMP_SYS(uname), SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

// What no honest run of these libraries ever does: the process dies there and then.
static const int DEADLY[] = {
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(ptrace), SCMP_SYS(socket),
    SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
    SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_getfd),
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(chroot), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf),
    SCMP_SYS(io_uring_setup), SCMP_SYS(init_module), SCMP_SYS(kexec_load), SCMP_SYS(keyctl), SCMP_SYS(add_key),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(setuid), SCMP_SYS(setresuid), SCMP_SYS(kill),
};

// A call that is allowed when one of its arguments fits: (argument & mask) == value, or all of it without a mask.
typedef struct Condition { int call; unsigned argument; u64 mask, value; } Condition;

static const Condition CONDITIONS[] = {
    // Memory that can be run is never made: nothing here compiles code.
    { SCMP_SYS(mmap), 2, PROT_EXEC, 0 },
    { SCMP_SYS(mprotect), 2, PROT_EXEC, 0 },
    // Threads, but no processes.
    { SCMP_SYS(clone), 0, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND },
    { SCMP_SYS(sendto), 0, 0, WIRE_FD },
    { SCMP_SYS(recvmsg), 0, 0, WIRE_FD },
    { SCMP_SYS(prctl), 0, 0, PR_SET_NAME },
    { SCMP_SYS(fcntl), 1, 0, F_GETFL },
    // fstat as glibc does it: a descriptor and an empty path.
    { SCMP_SYS(newfstatat), 3, 0, AT_EMPTY_PATH },
};

static int add_condition(scmp_filter_ctx filter, const Condition *c)
{
    struct scmp_arg_cmp compare = { .arg = c->argument, .op = c->mask ? SCMP_CMP_MASKED_EQ : SCMP_CMP_EQ,
                                    .datum_a = c->mask ? c->mask : c->value, .datum_b = c->mask ? c->value : 0 };
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, c->call, 1, &compare);
}

bool sandbox_enter(void)
{
    close_paths();
    // The rest is refused with an error: libraries look for a locale, a CPU count or a plug-in and do without.
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter) return false;
    int bad = 0;
    for (i64 i = 0; i < COUNT(ALLOWED); i++) bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, ALLOWED[i], 0);
    for (i64 i = 0; i < COUNT(DEADLY); i++) bad |= seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, DEADLY[i], 0);
    for (i64 i = 0; i < COUNT(CONDITIONS); i++) bad |= add_condition(filter, &CONDITIONS[i]);
    bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);   // its flags cannot be looked at
    // abort() ends this process with a signal to itself.
    bad |= add_condition(filter, &(Condition){ .call = SCMP_SYS(tgkill), .argument = 0, .value = (u64)getpid() });
    bad |= seccomp_load(filter);
    seccomp_release(filter);
    return bad == 0;
}

static bool try_exec(void)
{
    execl("/bin/true", "true", NULL);
    return false;
}

static bool try_fork(void)
{
    pid_t pid = fork();
    if (pid == 0) _exit(0);
    return pid > 0;
}

static bool try_open(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0;
}

static bool try_create(void)
{
    return open("/tmp/etalase-self-test", O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool try_delete(void)
{
    return unlink("/tmp/etalase-self-test") == 0 || errno == ENOENT;
}

static bool try_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool try_ptrace(void)
{
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static bool try_kill(void)
{
    return kill(getppid(), 0) == 0;
}

static bool try_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool try_root(void)
{
    return setuid(0) == 0;
}

static bool try_more_cpu(void)
{
    return setrlimit(RLIMIT_CPU, &(struct rlimit){ .rlim_cur = 1, .rlim_max = 1 }) == 0;
}

static bool try_memory(void)
{
    const size_t much = (size_t)4 << 30;
    return !SANITIZED && mmap(NULL, much, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool try_large_file(void)
{
    int fd = child_file("large.bin");
    signal(SIGXFSZ, SIG_IGN);
    return fd < 0 || lseek(fd, FILE_MAX_BYTES, SEEK_SET) < 0 || write(fd, "x", 1) == 1;
}

// The control: a filter that refuses everything would pass all others.
static bool try_thread_memory(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED || getpid() <= 0;
}

void sandbox_self_test(WireDone *out)
{
    bool (*const tries[])(void) = {
        try_exec, try_fork, try_open, try_create, try_delete, try_socket, try_ptrace, try_kill, try_code, try_root, try_more_cpu,
        try_memory, try_large_file, try_thread_memory,
    };
    for (i64 i = 0; i < COUNT(tries); i++) {
        pid_t pid = fork();
        if (pid == 0) {
            if (!sandbox_enter()) _exit(1);
            _exit(tries[i]() ? 1 : 0);
        }
        int status = 0;
        if (pid < 0 || waitpid(pid, &status, 0) != pid) continue;
        out->v[0]++;
        bool refused = WIFEXITED(status) ? WEXITSTATUS(status) == 0 : WTERMSIG(status) == SIGSYS;
        out->v[1] += refused;
        if (!refused) out->v[2] |= 1 << i;
    }
    static const char *const names[] = {
        "/tmp/a.bin", "../a.bin", "a/../a.bin", "a/b/c.bin", ".bin", "a", "a.b.c", "A.bin", "a b.bin", "", "/", "a/",
        "abcdefghijklmnopqrstuvwxyz.bin", "large.bin" /* is there already */,
    };
    for (i64 i = 0; i < COUNT(names); i++) {
        out->v[3]++;
        out->v[4] += child_file(names[i]) < 0;
    }
}
