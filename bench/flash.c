// The clients of bench/flash-sale: many connections on one thread, each with a session of its own, each asking again as soon
// as it was answered. As cheap as can be, since it shares two cores with the server. Usage: flash PORT REQUESTS SECONDS UNTIL
// RUN, where REQUESTS holds a line "TOKEN BODY" a client and UNTIL is how many refusals (409) in all end it; 0: only the time
// does.
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS_MAX = 4096, REQUEST_MAX = 4096, ANSWER_MAX = 1 << 16, SAMPLES_MAX = 4 << 20, KEY_DIGITS = 12 };

typedef struct Client {
    int fd;
    char request[REQUEST_MAX]; size_t n, key_at;
    char answer[ANSWER_MAX]; size_t got;
    int64_t sent_us;
} Client;

typedef struct Samples { int32_t *us; int64_t n, lost; } Samples;

static Client clients[CLIENTS_MAX];
static int n_clients, sockets;
static Samples won, gone, other;
static int64_t keys;

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void note(Samples *s, int64_t us)
{
    if (!s->us) s->us = malloc(SAMPLES_MAX * sizeof(int32_t));
    if (s->us && s->n < SAMPLES_MAX) s->us[s->n++] = (int32_t)us;
    else s->lost++;
}

// ------------------------------------------------------------------------------------------------ requests

static void prepare(Client *c, char *line, int port, const char *run)
{
    char *body = strchr(line, ' ');
    if (!body) fail("a line without a body");
    *body++ = 0;
    body[strcspn(body, "\n")] = 0;
    int n = snprintf(
        c->request, REQUEST_MAX,
        "POST /v1/checkouts HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
        "Content-Length: %zu\r\nIdempotency-Key: %s-%0*d\r\n\r\n%s",
        port, line, strlen(body), run, KEY_DIGITS, 0, body);
    if (n < 0 || n >= REQUEST_MAX) fail("a request is too long");
    c->n = (size_t)n;
    c->key_at = (size_t)(strstr(c->request, "\r\n\r\n") - c->request) - KEY_DIGITS;
}

static void connect_client(Client *c, int port)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int yes = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof(to)) != 0) fail("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    if (fcntl(c->fd, F_SETFL, O_NONBLOCK) != 0) fail("fcntl");
    struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
    if (epoll_ctl(sockets, EPOLL_CTL_ADD, c->fd, &e) != 0) fail("epoll_ctl");
}

static void ask(Client *c)
{
    int64_t key = ++keys;
    for (int i = KEY_DIGITS - 1; i >= 0; i--, key /= 10) c->request[c->key_at + (size_t)i] = (char)('0' + key % 10);
    c->got = 0;
    c->sent_us = now_us();
    if (write(c->fd, c->request, c->n) != (ssize_t)c->n) fail("write");       // far less than a socket's buffer
}

// ------------------------------------------------------------------------------------------------ answers

// The status of a whole answer, 0 while there is more to come.
static int whole(Client *c)
{
    c->answer[c->got] = 0;
    const char *end = strstr(c->answer, "\r\n\r\n"), *length = strcasestr(c->answer, "\r\ncontent-length:");
    if (!end || !length || length > end) return 0;
    size_t all = (size_t)(end + 4 - c->answer) + strtoul(length + 17, NULL, 10);
    return c->got >= all ? (int)strtol(c->answer + 9, NULL, 10) : 0;
}

static void answered(Client *c, int status)
{
    int64_t us = now_us() - c->sent_us;
    if (status == 201) note(&won, us);
    else if (status == 409 && strstr(c->answer, "\"slug\":\"sold_out\"")) note(&gone, us);
    else if (note(&other, us), other.n <= 3) fprintf(stderr, "flash: %.*s\n", 600, c->answer);
}

static void receive(Client *c, bool more)
{
    ssize_t n = read(c->fd, c->answer + c->got, ANSWER_MAX - 1 - c->got);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) fail("the server has closed a connection");
    c->got += (size_t)n;
    int status = whole(c);
    if (!status) return;
    answered(c, status);
    if (more) ask(c);
    else c->sent_us = 0;
}

static bool waiting(void)
{
    for (int i = 0; i < n_clients; i++)
        if (clients[i].sent_us) return true;
    return false;
}

// ------------------------------------------------------------------------------------------------ results

static int by_size(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

static void say(const char *name, Samples *s)
{
    qsort(s->us, (size_t)s->n, sizeof(int32_t), by_size);
    printf(",\"%s\":{\"n\":%lld,\"p50_us\":%d,\"p99_us\":%d,\"most_us\":%d}", name, (long long)(s->n + s->lost),
           s->n ? s->us[s->n / 2] : 0, s->n ? s->us[s->n * 99 / 100] : 0, s->n ? s->us[s->n - 1] : 0);
}

int main(int argc, char **argv)
{
    if (argc != 6) return 2;
    int port = (int)strtol(argv[1], NULL, 10);
    int64_t seconds = strtol(argv[3], NULL, 10), until = strtol(argv[4], NULL, 10);
    FILE *f = fopen(argv[2], "re");
    static char line[REQUEST_MAX];
    if (!f) fail(argv[2]);
    sockets = epoll_create1(EPOLL_CLOEXEC);
    while (n_clients < CLIENTS_MAX && fgets(line, sizeof(line), f)) {
        prepare(&clients[n_clients], line, port, argv[5]);
        connect_client(&clients[n_clients++], port);
    }
    fclose(f);
    int64_t began = now_us(), sold_by = began, end = began + seconds * 1000000;
    for (int i = 0; i < n_clients; i++) ask(&clients[i]);
    while (waiting()) {
        struct epoll_event events[256];
        int n = epoll_wait(sockets, events, 256, 1000);
        bool more = now_us() < end && (until == 0 || gone.n < until);
        for (int i = 0; i < n; i++) {
            int64_t before = won.n;
            receive(events[i].data.ptr, more);
            if (won.n > before) sold_by = now_us();
        }
    }
    printf("{\"clients\":%d,\"us\":%lld,\"sold_by_us\":%lld", n_clients, (long long)(now_us() - began),
           (long long)(sold_by - began));
    say("won", &won);
    say("gone", &gone);
    say("other", &other);
    printf("}\n");
    return 0;
}
