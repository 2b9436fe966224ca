// Starts and stops the HTTP server: the listening socket, the library's threads, the guard's ticker. Knows no request.
#include <microhttpd.h>

#include "net/connection.h"
#include "net/request.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

enum {
    BACKLOG = 1024,                  // connections that the kernel keeps for us
    // The library's, for a largest head with its tables, and then for an answer's head. It clears all of it after each
    // request, so a larger one makes every request slower.
    CONNECTION_MEMORY = 32 * 1024,
    STOP_POLL_MS = 5,
    STOP_HANDLERS_MS = 2000,         // beyond the grace: for answers that are still being worked on
};

static Err cannot(const char *what, Str listen, int error)
{
    log_event(LOG_ERROR, (Str){ 0 }, "listen", "%s %.*s: %s", what, STR_ARG(listen), strerror(error));
    return ERR_BAD_FIELD;
}

static int open_listening(const struct addrinfo *a)
{
    int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    int on = 1, off = 0;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (a->ai_family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

// HOST:PORT or [HOST]:PORT.
static Err listen_on(Str text, int *fd)
{
    char copy[300];
    if (text.n == 0 || text.n >= sizeof(copy)) return cannot("Not an address to listen on:", text, EINVAL);
    memcpy(copy, text.p, text.n);
    copy[text.n] = 0;
    char *colon = strrchr(copy, ':'), *host = copy;
    if (!colon || colon == copy || colon[1] == 0) return cannot("Not HOST:PORT:", text, EINVAL);
    *colon = 0;
    if (host[0] == '[' && colon[-1] == ']') host++, colon[-1] = 0;
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV }, *found;
    int e = getaddrinfo(host, colon + 1, &hints, &found);
    if (e != 0) {
        log_event(LOG_ERROR, (Str){ 0 }, "listen", "%.*s: %s", STR_ARG(text), gai_strerror(e));
        return ERR_BAD_FIELD;
    }
    *fd = open_listening(found);
    int error = errno;
    freeaddrinfo(found);
    return *fd < 0 ? cannot("Cannot listen on", text, error) : ERR_OK;
}

static int port_of(int fd)
{
    struct sockaddr_storage a;
    socklen_t n = sizeof(a);
    must(getsockname(fd, (struct sockaddr *)&a, &n) == 0);
    struct sockaddr_in four;                           // the port lies at the same place in both families
    memcpy(&four, &a, sizeof(four));
    return ntohs(four.sin_port);
}

static i64 or_default(i64 given, i64 standard)
{
    must(given >= 0);
    return given ? given : standard;
}

static void fill_options(Net *net, const NetOptions *given)
{
    NetOptions *o = &net->options;
    *o = *given;
    o->threads = or_default(o->threads, sysconf(_SC_NPROCESSORS_ONLN));
    o->head_deadline_ms = or_default(o->head_deadline_ms, NET_HEAD_DEADLINE_MS);
    o->keep_alive_ms = or_default(o->keep_alive_ms, NET_KEEP_ALIVE_MS);
    o->body_rate_window_ms = or_default(o->body_rate_window_ms, NET_BODY_RATE_WINDOW_MS);
    o->stalled_reader_ms = or_default(o->stalled_reader_ms, NET_STALLED_READER_MS);
    o->linger_ms = or_default(o->linger_ms, NET_LINGER_MS);
    must(o->trusted_proxy.n < sizeof(net->trusted_proxy));
    if (o->trusted_proxy.n) memcpy(net->trusted_proxy, o->trusted_proxy.p, o->trusted_proxy.n);
    o->listen = o->trusted_proxy = (Str){ 0 };         // they live only as long as the caller's
}

// Addresses and queries are decoded by the handler, which can refuse; the library's way would repair them.
static size_t leave_encoded(void *context, struct MHD_Connection *mhd, char *text)
{
    (void)context, (void)mhd;
    return strlen(text);
}

// Who comes while the server stops is sent away at once.
static enum MHD_Result admit(void *context, const struct sockaddr *from, socklen_t n)
{
    (void)from, (void)n;
    const Net *net = context;
    return atomic_load(&net->stopping) ? MHD_NO : MHD_YES;
}

static struct MHD_Daemon *start_library(Net *net, int listening)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
    struct MHD_OptionItem pool[] = {
        // One thread is the library's way without a pool; it warns when told so.
        { net->options.threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, net->options.threads, NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    return MHD_start_daemon(flags, 0, admit, net, request_on_access, net,
                            MHD_OPTION_LISTEN_SOCKET, listening,
                            MHD_OPTION_URI_LOG_CALLBACK, request_on_target, net,
                            MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL,
                            MHD_OPTION_NOTIFY_COMPLETED, request_on_completed, net,
                            MHD_OPTION_NOTIFY_CONNECTION, request_on_connection, net,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)NET_CONNECTIONS_MAX,
                            MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)NET_CONNECTIONS_PER_ADDRESS_MAX,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
                            MHD_OPTION_CONNECTION_TIMEOUT, 0U,      // the guard's deadlines stand in its place
                            MHD_OPTION_STRICT_FOR_CLIENT, 1,
                            MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
                            MHD_OPTION_ARRAY, pool, MHD_OPTION_END);
}

// A system's usual 1,024 open files are fewer than our connections. The hard limit is the operator's word.
static void allow_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= NET_FD_MAX) return;
    files.rlim_cur = files.rlim_max < NET_FD_MAX ? files.rlim_max : NET_FD_MAX;
    setrlimit(RLIMIT_NOFILE, &files);
}

Err net_start(const NetOptions *options, const NetHandler *handler, Net **out)
{
    int fd;
    try(listen_on(options->listen, &fd));
    allow_files();
    signal(SIGPIPE, SIG_IGN);                          // a client that goes away is an error of one write, no more
    Net *net = calloc(1, sizeof(*net));                // lives as long as the server; there is no arena to put it in
    must(net != NULL);
    net->handler = *handler;
    net->port = port_of(fd);
    fill_options(net, options);
    net->daemon = start_library(net, fd);
    if (!net->daemon || !guard_start_ticker(net)) {
        log_event(LOG_ERROR, (Str){ 0 }, "listen", "The server's threads could not be started");
        if (net->daemon) MHD_stop_daemon(net->daemon); // closes the socket, too
        else close(fd);
        free(net);
        return ERR_INTERNAL;
    }
    *out = net;
    return ERR_OK;
}

int net_port(const Net *net)
{
    return net->port;
}

NetStats net_stats(const Net *net)
{
    return (NetStats){ .connections = atomic_load(&net->connections), .requests = atomic_load(&net->requests),
                       .refused = atomic_load(&net->refused) };
}

// Waits until *count is 0; false when it is not by then.
static bool wait_for_none(_Atomic i64 *count, i64 until_ms)
{
    while (atomic_load(count) > 0 && guard_now_ms() < until_ms) usleep(STOP_POLL_MS * 1000);
    return atomic_load(count) == 0;
}

bool net_stop(Net *net, i64 grace_ms)
{
    i64 until = guard_now_ms() + grace_ms;
    // The library's own way to listen no longer ends the program when one of its threads is at work at that moment.
    atomic_store(&net->stopping, true);
    guard_shut(net, true);
    bool all = wait_for_none(&net->connections, until);
    guard_stop_ticker(net);
    if (!all) guard_shut(net, false);
    // A suspended connection cannot be taken from the library, and its request may be in a handler's hands; one whose handler is
    // at work on a thread of the library's may be suspended in the next moment.
    if (!wait_for_none(&net->connections, guard_now_ms() + STOP_HANDLERS_MS)) {
        log_event(LOG_ERROR, (Str){ 0 }, "net_stop", "%lld requests were never answered; their memory is left alone",
                  (long long)atomic_load(&net->connections));
        return false;
    }
    MHD_stop_daemon(net->daemon);
    pthread_mutex_destroy(&net->ticker_lock);
    pthread_cond_destroy(&net->ticker_wake);
    free(net);
    return true;
}
