// How a file leaves: its head and its first bytes in one packet, and much of it at a time. Knows only what is still to go.
//
// The library sends the head on its own and pushes it out, then 128 KB a turn of its loop. Under a kernel that paces its
// sending (BBR) the lone small packet costs a segment two thirds of its speed; the four turns cost a fifth of the work.
// So the linker's --wrap bends three of the library's calls to the functions below. Each leaves every other socket alone.
#include "net/connection.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

enum {
    FILE_AT_ONCE = 1024 * 1024,      // bytes that one call hands to the kernel
    FILE_LAST = 64 * 1024,           // left for a call of the library's own, which then has the rest pushed out
};

ssize_t __real_send(int fd, const void *bytes, size_t n, int flags);
ssize_t __wrap_send(int fd, const void *bytes, size_t n, int flags);
int     __real_setsockopt(int fd, int level, int option, const void *value, socklen_t n);
int     __wrap_setsockopt(int fd, int level, int option, const void *value, socklen_t n);
ssize_t __real_sendfile64(int to, int from, off64_t *offset, size_t n);
ssize_t __wrap_sendfile64(int to, int from, off64_t *offset, size_t n);

// The connection when a file is on its way over this socket. Only the connection's own thread gets past the first check.
static NetConnection *sender(int fd)
{
    NetConnection *c = guard_entry(fd);
    return c && atomic_load(&c->net) && c->file_left > 0 ? c : NULL;
}

ssize_t __wrap_send(int fd, const void *bytes, size_t n, int flags)
{
    return __real_send(fd, bytes, n, sender(fd) ? flags | MSG_MORE : flags);
}

int __wrap_setsockopt(int fd, int level, int option, const void *value, socklen_t n)
{
    // Taking the cork out between head and file would push the head.
    if (level == IPPROTO_TCP && option == TCP_CORK && sender(fd)) return 0;
    return __real_setsockopt(fd, level, option, value, n);
}

ssize_t __wrap_sendfile64(int to, int from, off64_t *offset, size_t n)
{
    NetConnection *c = sender(to);
    if (!c) return __real_sendfile64(to, from, offset, n);
    i64 most = c->file_left - FILE_LAST < FILE_AT_ONCE ? c->file_left - FILE_LAST : FILE_AT_ONCE;
    // The library adds up what the call returns, so it may be more than it asked for.
    ssize_t sent = __real_sendfile64(to, from, offset, most > (i64)n ? (size_t)most : n);
    if (sent > 0) c->file_left -= sent;
    return sent;
}
