// Stands between the sockets and the library: every byte that the library reads is checked here first, and whoever is
// too slow is ended. Knows the wire's framing and the clock; knows no handler but the one that words a refusal.
//
// The linker's --wrap=recv turns the library's recv() into __wrap_recv() below. Nothing of ours comes back through that
// call but the socket's number, so the table of connections has to be static: the one mutable static of net/.
#include "net/connection.h"

#include <errno.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include "base/clock.h"

enum {
    TICK_MS = 100,
    DROP_BYTES = 1024 * 1024,        // dropped by one call
    DROP_CALLS_MAX = 64,             // in a row, then other connections have their turn
};

static NetConnection table[NET_FD_MAX] = { [0 ... NET_FD_MAX - 1] = { .lock = PTHREAD_MUTEX_INITIALIZER } };

ssize_t __real_recv(int fd, void *buffer, size_t n, int flags);
ssize_t __wrap_recv(int fd, void *buffer, size_t n, int flags);

i64 guard_now_ms(void)
{
    return clock_monotonic_us() / 1000;
}

NetConnection *guard_entry(int fd)
{
    return fd >= 0 && fd < NET_FD_MAX ? &table[fd] : NULL;
}

bool guard_open(Net *net, int fd, struct MHD_Connection *mhd)
{
    NetConnection *c = guard_entry(fd);
    if (!c) return false;
    pthread_mutex_lock(&c->lock);
    must(atomic_load(&c->net) == NULL);
    c->fd = fd;
    c->mhd = mhd;
    c->wire = (Wire){ 0 };
    c->done = 0;
    c->poisoned = c->refused = c->sending = c->open = false;
    c->since_ms = guard_now_ms();
    atomic_store(&c->net, net);
    pthread_mutex_unlock(&c->lock);
    int highest = atomic_load(&net->highest_fd);
    while (fd > highest && !atomic_compare_exchange_weak(&net->highest_fd, &highest, fd)) continue;
    return true;
}

void guard_close(NetConnection *c)
{
    pthread_mutex_lock(&c->lock);
    atomic_store(&c->net, NULL);
    pthread_mutex_unlock(&c->lock);
}

void guard_say(NetConnection *c, const char *bytes, size_t n)
{
    must(!c->refused);
    c->refused = true;
    c->since_ms = guard_now_ms();
    // The send buffer is empty or nearly so here and the answer is short: what does not fit at once is given up.
    if (send(c->fd, bytes, n, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) shutdown(c->fd, SHUT_RDWR);
    else shutdown(c->fd, SHUT_WR);
}

void guard_refuse(NetConnection *c, Err e, const char *detail)
{
    Net *net = atomic_load(&c->net);
    char out[NET_REFUSAL_SIZE];
    size_t n = net->handler.refusal(net->handler.context, e, detail, out, sizeof(out));
    must(n <= sizeof(out));
    atomic_fetch_add(&net->refused, 1);
    guard_say(c, out, n);
}

// The refused bytes belong to request number wire.heads (in its body) or to the one after it (in its head). May the
// refusal be written now, or is an earlier request still to be answered?
static bool is_turn(const NetConnection *c)
{
    return c->done >= c->wire.heads - wire_in_body(&c->wire);
}

static bool receiving_body(const NetConnection *c)
{
    return wire_in_body(&c->wire) && c->done == c->wire.heads - 1;
}

void guard_request_done(NetConnection *c)
{
    c->done++;
    c->sending = false;
    c->since_ms = guard_now_ms();
    c->window_bytes = c->wire.body_bytes;
    if (c->poisoned && !c->refused && is_turn(c)) guard_refuse(c, c->wire.refused, c->wire.why);
}

static u64 acknowledged(int fd)
{
    struct tcp_info info = { 0 };
    socklen_t n = sizeof(info);
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) != 0) return 0;
    return info.tcpi_bytes_acked;
}

void guard_sending(NetConnection *c)
{
    c->sending = true;
    c->since_ms = guard_now_ms();
    c->taken = 0;
}

// Reads and drops what comes after a refusal, so that the kernel does not answer it with a reset that would take the
// refusal away from the client before it could be read. MSG_TRUNC on TCP drops without copying.
static ssize_t drop(NetConnection *c)
{
    for (int i = 0; i < DROP_CALLS_MAX; i++) {
        ssize_t n = __real_recv(c->fd, NULL, DROP_BYTES, MSG_TRUNC | MSG_DONTWAIT);
        if (n <= 0) return n;
    }
    errno = EAGAIN;
    return -1;
}

static ssize_t checked(NetConnection *c, const char *bytes, size_t n)
{
    bool between = wire_between(&c->wire), in_body = wire_in_body(&c->wire);
    i64 heads = c->wire.heads;
    size_t whole = wire_feed(&c->wire, bytes, n);
    if (!c->wire.refused) {
        if (c->wire.heads != heads || (between && !in_body)) {
            c->since_ms = guard_now_ms();
            c->window_bytes = 0;
        }
        return (ssize_t)n;
    }
    c->poisoned = true;
    if (whole > 0) return (ssize_t)whole;              // whole requests before it are served first
    if (is_turn(c)) guard_refuse(c, c->wire.refused, c->wire.why);
    errno = EAGAIN;
    return -1;
}

// Has the client hung up in the middle of this body? After a read that gave fewer bytes than asked for the library waits
// for a new event; when the end came together with these bytes there is none, and the handler would hear of the cut only
// when the body is too slow. Shutting the socket down makes that event.
static bool has_ended(const NetConnection *c)
{
    char next;
    return receiving_body(c) && __real_recv(c->fd, &next, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

ssize_t __wrap_recv(int fd, void *buffer, size_t n, int flags)
{
    NetConnection *c = guard_entry(fd);
    if (!c || !atomic_load(&c->net)) return __real_recv(fd, buffer, n, flags);
    pthread_mutex_lock(&c->lock);
    ssize_t got;
    if (c->refused || c->poisoned) {
        got = drop(c);
    } else {
        got = __real_recv(fd, buffer, n, flags);
        bool fewer = got > 0 && (size_t)got < n;
        if (got > 0) got = checked(c, buffer, (size_t)got);
        if (fewer && has_ended(c)) shutdown(fd, SHUT_RDWR);
    }
    int error = errno;                                 // unlocking may change it
    pthread_mutex_unlock(&c->lock);
    errno = error;
    return got;
}

// Bytes that wait unread are our slowness, not the client's.
static bool bytes_wait(int fd)
{
    int n = 0;
    return ioctl(fd, FIONREAD, &n) == 0 && n > 0;
}

static void check_sending(NetConnection *c, const NetOptions *o, i64 now)
{
    if (now - c->since_ms < o->stalled_reader_ms / 8) return;
    u64 taken = acknowledged(c->fd);
    if (taken != c->taken) {
        c->taken = taken;
        c->since_ms = now;
    } else if (now - c->since_ms >= o->stalled_reader_ms) {
        shutdown(c->fd, SHUT_RDWR);
    }
}

static void check_body(NetConnection *c, const NetOptions *o, i64 now)
{
    i64 elapsed = now - c->since_ms;
    if (elapsed < o->body_rate_window_ms) return;
    bool slow = c->wire.body_bytes - c->window_bytes < NET_BODY_LEAST_RATE * elapsed / 1000;
    if (slow && !bytes_wait(c->fd)) return guard_refuse(c, ERR_TIMEOUT, "The body came slower than 1,024 bytes a second");
    c->since_ms = now;
    c->window_bytes = c->wire.body_bytes;
}

static void check_entry(NetConnection *c, const NetOptions *o, i64 now)
{
    i64 elapsed = now - c->since_ms;
    if (c->refused) {
        if (elapsed >= o->linger_ms) shutdown(c->fd, SHUT_RDWR);
    } else if (c->sending) {
        check_sending(c, o, now);
    } else if (receiving_body(c)) {
        check_body(c, o, now);
    } else if (c->done < c->wire.heads) {
        return;                                        // a handler is at work, or earlier answers come first
    } else if (wire_between(&c->wire) && c->done > 0) {
        if (elapsed >= o->keep_alive_ms) shutdown(c->fd, SHUT_RDWR);
    } else if (elapsed >= o->head_deadline_ms && !bytes_wait(c->fd)) {
        guard_refuse(c, ERR_TIMEOUT, "The request's head took too long to arrive");
    }
}

static void tick(Net *net)
{
    i64 now = guard_now_ms();
    int highest = atomic_load(&net->highest_fd);
    for (int fd = 0; fd <= highest; fd++) {
        NetConnection *c = &table[fd];
        if (atomic_load_explicit(&c->net, memory_order_relaxed) != net) continue;
        pthread_mutex_lock(&c->lock);
        // Under the lock the entry is still this socket's: guard_close() comes before the socket's close().
        if (atomic_load(&c->net) == net) check_entry(c, &net->options, now);
        pthread_mutex_unlock(&c->lock);
    }
}

static void *ticker_main(void *context)
{
    Net *net = context;
    pthread_mutex_lock(&net->ticker_lock);
    while (!net->ticker_stop) {
        struct timespec until;
        must(clock_gettime(CLOCK_MONOTONIC, &until) == 0);
        until.tv_nsec += TICK_MS * 1000000L;
        if (until.tv_nsec >= 1000000000L) until.tv_sec++, until.tv_nsec -= 1000000000L;
        pthread_cond_timedwait(&net->ticker_wake, &net->ticker_lock, &until);
        pthread_mutex_unlock(&net->ticker_lock);
        tick(net);
        pthread_mutex_lock(&net->ticker_lock);
    }
    pthread_mutex_unlock(&net->ticker_lock);
    return NULL;
}

bool guard_start_ticker(Net *net)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&net->ticker_lock, NULL);
    pthread_cond_init(&net->ticker_wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return pthread_create(&net->ticker, NULL, ticker_main, net) == 0;
}

void guard_stop_ticker(Net *net)
{
    pthread_mutex_lock(&net->ticker_lock);
    net->ticker_stop = true;
    pthread_cond_signal(&net->ticker_wake);
    pthread_mutex_unlock(&net->ticker_lock);
    pthread_join(net->ticker, NULL);
}

void guard_shut(Net *net, bool idle_only)
{
    for (int fd = 0; fd <= atomic_load(&net->highest_fd); fd++) {
        NetConnection *c = &table[fd];
        if (atomic_load(&c->net) != net) continue;
        pthread_mutex_lock(&c->lock);
        bool idle = wire_between(&c->wire) && c->done == c->wire.heads;
        if (atomic_load(&c->net) == net && (idle || !idle_only)) shutdown(fd, SHUT_RDWR);
        pthread_mutex_unlock(&c->lock);
    }
}
