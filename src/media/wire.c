// The child's side of the line to the server. Knows no library.
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "media/child.h"

// A server that is gone leaves nothing to work for.
static void say(const char *text, int n)
{
    must(n > 0 && n < WIRE_MESSAGE_MAX);
    while (send(WIRE_FD, text, (size_t)n, MSG_NOSIGNAL) < 0)
        if (errno != EINTR) _exit(1);
}

int child_file(const char *name)
{
    char text[WIRE_MESSAGE_MAX], answer[8];
    say(text, snprintf(text, sizeof(text), "file %s", name));
    struct iovec part = { .iov_base = answer, .iov_len = sizeof(answer) };
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr aligned; } control = { .bytes = { 0 } };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes,
                              .msg_controllen = sizeof(control.bytes) };
    ssize_t n;
    do n = recvmsg(WIRE_FD, &message, 0);
    while (n < 0 && errno == EINTR);
    if (n <= 0) _exit(1);
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (!head || head->cmsg_type != SCM_RIGHTS) return -1;
    int fd;
    memcpy(&fd, CMSG_DATA(head), sizeof(int));
    return fd;
}

bool child_write(int fd, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n > 0) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

bool child_write_file(const char *name, const void *bytes, size_t n)
{
    int fd = child_file(name);
    if (fd < 0) return false;
    bool whole = child_write(fd, bytes, n);
    return close(fd) == 0 && whole;
}

void child_say_length(i64 ms)
{
    char text[WIRE_MESSAGE_MAX];
    say(text, snprintf(text, sizeof(text), "length %lld", (long long)ms));
}

void child_say_progress(i64 permille)
{
    char text[WIRE_MESSAGE_MAX];
    say(text, snprintf(text, sizeof(text), "progress %lld", (long long)permille));
}

void child_say_done(const WireDone *done)
{
    char text[WIRE_MESSAGE_MAX];
    const i64 *v = done->v;
    say(text, snprintf(text, sizeof(text), "done %lld %lld %lld %lld %lld", (long long)v[0], (long long)v[1],
                       (long long)v[2], (long long)v[3], (long long)v[4]));
}

void child_say_fault(MediaFault fault)
{
    char text[WIRE_MESSAGE_MAX];
    say(text, snprintf(text, sizeof(text), "fault %s", media_fault_slug(fault)));
}
