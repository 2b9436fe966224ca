// The server over real sockets: answers of every kind, bodies, and what a client must not get away with.
#include "base/test.h"
#include "net/net.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"

enum { BODY_LIMIT = 1024 * 1024, PIECE_LIMIT = 100000, SHORT_MS = 600 };

// What the handler has seen.
typedef struct Seen { _Atomic i64 cuts, released, streamed, largest_piece, handled; int file; } Seen;

static Err take_piece(NetRequest *r, const char *bytes, size_t n)
{
    Seen *s = r->context;
    (void)bytes;
    atomic_fetch_add(&s->streamed, (i64)n);
    if ((i64)n > atomic_load(&s->largest_piece)) atomic_store(&s->largest_piece, (i64)n);
    if (str_eq(r->path, STR("/full")) && atomic_load(&s->streamed) > PIECE_LIMIT) return ERR_DISK;
    return ERR_OK;
}

static void count_cut(NetRequest *r)
{
    atomic_fetch_add(&((Seen *)r->context)->cuts, 1);
}

static void count_release(void *context)
{
    atomic_fetch_add(&((Seen *)context)->released, 1);
}

static void say(NetRequest *r, int status, Str body)
{
    NetHeader *h = arena_new_array(r->a, NetHeader, 1);
    h[0] = (NetHeader){ STR("X-Test"), STR("yes") };
    net_answer(r, &(NetAnswer){ .status = status, .headers = h, .n_headers = 1, .body = body, .release = count_release,
                                .release_context = r->context });
}

static NetPlan begin(void *context, NetRequest *r)
{
    (void)context;
    if (str_eq(r->path, STR("/refused"))) {
        say(r, 401, STR("sign in"));
        return (NetPlan){ .plan = NET_BODY_REFUSED };
    }
    if (str_eq(r->path, STR("/stream")) || str_eq(r->path, STR("/full")))
        return (NetPlan){ .plan = NET_BODY_STREAM, .limit = INT64_MAX, .piece = take_piece, .cut = count_cut };
    return (NetPlan){ .plan = NET_BODY_BUFFER, .limit = BODY_LIMIT, .cut = count_cut };
}

static void *answer_later(void *context)
{
    NetRequest *r = context;
    nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    say(r, 200, STR("later"));
    return NULL;
}

static void *answer_now(void *context)
{
    say(context, 200, STR("soon"));
    return NULL;
}

static void send_file(NetRequest *r, int file)
{
    i64 from = 0, length = 2000000;
    int kind = net_parse_range(net_header(r, "Range"), length, &from, &length);
    net_answer(r, &(NetAnswer){ .status = kind == 1 ? 206 : 200, .file = dup(file), .file_from = from, .file_length = length });
}

static void spawn(void *(*run)(void *), NetRequest *r)
{
    pthread_t t;
    must(pthread_create(&t, NULL, run, r) == 0);
    pthread_detach(t);
}

static void handle(void *context, NetRequest *r)
{
    Seen *s = context;
    atomic_fetch_add(&s->handled, 1);
    if (str_eq(r->path, STR("/later"))) return spawn(answer_later, r);
    if (str_eq(r->path, STR("/soon"))) return spawn(answer_now, r);
    if (str_eq(r->path, STR("/file"))) return send_file(r, s->file);
    if (str_eq(r->path, STR("/echo"))) return say(r, 200, r->body);
    if (str_eq(r->path, STR("/close"))) return net_answer(r, &(NetAnswer){ .status = 200, .body = STR("bye"), .close = true });
    if (str_eq(r->path, STR("/nothing"))) return net_answer(r, &(NetAnswer){ .status = 204 });
    if (str_eq(r->path, STR("/stream")))
        return say(r, 200, arena_format(r->a, "%lld", (long long)atomic_load(&s->streamed)));
    say(r, 200, arena_format(r->a, "%.*s|%.*s|%.*s|%.*s|%.*s|%d", STR_ARG(r->method), STR_ARG(r->path), STR_ARG(r->query),
                             STR_ARG(net_cookie(r, "c")), STR_ARG(r->address), r->https));
}

static size_t word_refusal(void *context, Err e, const char *detail, char *out, size_t size)
{
    (void)context;
    int n = snprintf(out, size, "HTTP/1.1 %d Refused\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n%s: %s", err_status(e),
                     strlen(err_slug(e)) + 2 + strlen(detail), err_slug(e), detail);
    must(n > 0 && (size_t)n < size);
    return (size_t)n;
}

typedef struct Server { Net *net; Seen seen; } Server;

static Server *start(NetOptions o)
{
    Server *s = calloc(1, sizeof(*s));
    must(s != NULL);
    if (!o.listen.p) o.listen = STR("127.0.0.1:0");
    if (!o.threads) o.threads = 2;
    if (!o.arena_limit) o.arena_limit = 4 * 1024 * 1024;
    NetHandler h = { .context = &s->seen, .begin = begin, .handle = handle, .refusal = word_refusal };
    must(net_start(&o, &h, &s->net) == ERR_OK);
    return s;
}

static void stop(Server *s)
{
    net_stop(s->net, 2000);
    free(s);
}

static int dial(const Server *s)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((u16)net_port(s->net)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    must(connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0);
    struct timeval limit = { .tv_sec = 10 };
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    return fd;
}

static bool put(int fd, Str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes = str_slice(bytes, (size_t)n, bytes.n);
    }
    return true;
}

typedef struct Reply { int status; Str head, body; } Reply;

// Reads until `wanted` bytes are there; false when the connection ends or stays silent before.
static bool fill(int fd, char *p, size_t *n, size_t wanted)
{
    while (*n < wanted) {
        ssize_t got = recv(fd, p + *n, wanted - *n, 0);
        if (got <= 0) return false;
        *n += (size_t)got;
    }
    return true;
}

static Str header_in(Str head, Str name)
{
    while (head.n) {
        Str line = str_split(&head, '\n');
        if (str_eq_nocase(str_slice(line, 0, name.n), name)) return str_trim(str_slice(line, name.n, line.n));
    }
    return (Str){ 0 };
}

// Reads one answer. status 0: the connection ended or stayed silent before a whole one.
static Reply get_reply(Arena *a, int fd, bool headers_only)
{
    char *p = arena_alloc(a, 64 * 1024);
    size_t n = 0;
    while (n < 12 || memcmp(p + n - 4, "\r\n\r\n", 4) != 0)
        if (n == 64 * 1024 || !fill(fd, p, &n, n + 1)) return (Reply){ 0 };
    Reply r = { .head = { p, n } };
    i64 status, length = 0;
    must(str_to_i64(str_slice(r.head, 9, 12), &status));
    Str text = header_in(r.head, STR("Content-Length:"));
    must(!text.p || str_to_i64(text, &length));
    r.status = (int)status;
    if (headers_only || status == 204) return r;
    char *body = arena_alloc(a, (size_t)length + 1);
    if (!fill(fd, body, &r.body.n, (size_t)length)) return (Reply){ 0 };
    r.body.p = body;
    return r;
}

static bool ended(int fd)
{
    char c;
    return recv(fd, &c, 1, 0) == 0;
}

static bool becomes(_Atomic i64 *what, i64 value)
{
    for (int i = 0; i < 300 && atomic_load(what) != value; i++) usleep(10000);
    return atomic_load(what) == value;
}

#define HEAD(line) line " HTTP/1.1\r\nHost: a\r\n"

TEST(a_request_is_what_came)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    int fd = dial(s);
    put(fd, STR(HEAD("GET /a%20b/%2e%2e/c?x=%31&y") "Cookie: b=1; c=two\r\n\r\n"));
    Reply r = get_reply(&a, fd, false);
    check_int(r.status, 200);
    check_str(r.body, STR("GET|/a%20b/%2e%2e/c|x=%31&y|two|127.0.0.1|0"));
    check_str(header_in(r.head, STR("X-Test:")), STR("yes"));
    check(header_in(r.head, STR("Date:")).n == 29);
    put(fd, STR(HEAD("GET http://other/abs?q") "X-Forwarded-For: 9.9.9.9\r\n\r\n"));
    check_str(get_reply(&a, fd, false).body, STR("GET|/abs|q||127.0.0.1|0"));
    put(fd, STR(HEAD("GET http://other?q") "\r\n"));
    check_str(get_reply(&a, fd, false).body, STR("GET|/|q||127.0.0.1|0"));
    put(fd, STR(HEAD("OPTIONS *") "\r\n"));
    check_str(get_reply(&a, fd, false).body, STR("OPTIONS|*|||127.0.0.1|0"));
    check_int(net_stats(s->net).requests, 4);
    check_int(net_stats(s->net).connections, 1);
    close(fd);
    stop(s);
    arena_free(&a);
}

TEST(a_trusted_proxy_speaks_for_others)
{
    Server *s = start((NetOptions){ .trusted_proxy = STR("127.0.0.1") });
    Arena a = { 0 };
    int fd = dial(s);
    put(fd, STR(HEAD("GET /") "X-Forwarded-For: 1.1.1.1\r\n"
                   "X-Forwarded-For: 6.6.6.6, 10.0.0.7\r\nX-Forwarded-Proto: https\r\n\r\n"));
    check_str(get_reply(&a, fd, false).body, STR("GET|/|||10.0.0.7|1"));
    put(fd, STR(HEAD("GET /") "X-Forwarded-For: <script>\r\n\r\n"));
    check_str(get_reply(&a, fd, false).body, STR("GET|/|||127.0.0.1|0"));
    close(fd);
    stop(s);
    arena_free(&a);
}

TEST(connections_live_on)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    int fd = dial(s);
    for (int i = 0; i < 100; i++) {
        put(fd, i % 2 ? STR(HEAD("GET /later") "\r\n") : STR(HEAD("POST /echo") "Content-Length: 3\r\n\r\nabc"));
        check_str(get_reply(&a, fd, false).body, i % 2 ? STR("later") : STR("abc"));
    }
    put(fd, STR(HEAD("HEAD /later") "\r\n" HEAD("GET /nothing") "\r\n" HEAD("GET /soon") "\r\n"));
    Reply r = get_reply(&a, fd, true);
    check_str(header_in(r.head, STR("Content-Length:")), STR("5"));
    check_int(get_reply(&a, fd, true).status, 204);
    check_str(get_reply(&a, fd, false).body, STR("soon"));
    put(fd, STR(HEAD("GET /close") "\r\n"));
    r = get_reply(&a, fd, false);
    check_str(header_in(r.head, STR("Connection:")), STR("close"));
    check(ended(fd));
    check_int(net_stats(s->net).requests, 104);
    check_int(atomic_load(&s->seen.released), 102);   // all but the 204 and the closing one
    close(fd);
    stop(s);
    arena_free(&a);
}

TEST(a_client_that_has_said_all_is_answered)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    int fd = dial(s);
    put(fd, STR(HEAD("GET /later") "\r\n" HEAD("GET /later") "\r\n"));
    shutdown(fd, SHUT_WR);
    check_str(get_reply(&a, fd, false).body, STR("later"));
    check_str(get_reply(&a, fd, false).body, STR("later"));
    check(ended(fd));
    close(fd);
    fd = dial(s);                                      // gone before it is answered: nothing is left behind
    put(fd, STR(HEAD("GET /later") "\r\n"));
    usleep(5000);
    close(fd);
    check(becomes(&s->seen.released, 3));
    stop(s);
    arena_free(&a);
}

TEST(pipelined_requests_are_answered_in_order)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    int fd = dial(s);
    Buf b = buf_new(&a, 1024 * 1024);
    for (int i = 0; i < 200; i++) buf_format(&b, HEAD("GET %s") "X: %d\r\n\r\n", i % 3 ? "/later" : "/soon", i);
    put(fd, buf_str(&b));
    for (int i = 0; i < 200; i++) check_str(get_reply(&a, fd, false).body, i % 3 ? STR("later") : STR("soon"));
    close(fd);
    stop(s);
    arena_free(&a);
}

TEST(answers_race_with_suspension)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    int fd[8];
    for (int i = 0; i < 8; i++) fd[i] = dial(s);
    for (int round = 0; round < 200; round++) {
        for (int i = 0; i < 8; i++) put(fd[i], STR(HEAD("GET /soon") "\r\n"));
        for (int i = 0; i < 8; i++) check_str(get_reply(&a, fd[i], false).body, STR("soon"));
        arena_reset(&a);
    }
    for (int i = 0; i < 8; i++) close(fd[i]);
    stop(s);
    arena_free(&a);
}

// A file of which every 4 bytes tell their place.
static int make_file(void)
{
    const char *within = getenv("TMPDIR");
    char name[128];
    must(snprintf(name, sizeof(name), "%s/net_test_XXXXXX", within ? within : "/tmp") < (int)sizeof(name));
    int fd = mkstemp(name);
    must(fd > 0 && unlink(name) == 0);
    static u32 words[500000];
    for (u32 i = 0; i < COUNT(words); i++) words[i] = i;
    must(write(fd, words, sizeof(words)) == sizeof(words));
    return fd;
}

TEST(files_and_ranges)
{
    Server *s = start((NetOptions){ 0 });
    s->seen.file = make_file();
    Arena a = { 0 };
    int fd = dial(s);
    put(fd, STR(HEAD("GET /file") "\r\n"));
    Reply r = get_reply(&a, fd, false);
    check_int(r.body.n, 2000000);
    u32 word;
    memcpy(&word, r.body.p + 1999996, 4);
    check_int(word, 499999);
    put(fd, STR(HEAD("GET /file") "Range: bytes=400000-400003\r\n\r\n" HEAD("HEAD /file") "\r\n" HEAD("GET /soon") "\r\n"));
    r = get_reply(&a, fd, false);
    check_int(r.status, 206);
    check_int(r.body.n, 4);
    memcpy(&word, r.body.p, 4);
    check_int(word, 100000);
    check_str(header_in(get_reply(&a, fd, true).head, STR("Content-Length:")), STR("2000000"));
    check_str(get_reply(&a, fd, false).body, STR("soon"));
    close(fd);
    int before = dup(0);
    stop(s);
    int after = dup(0);
    check(after <= before);                            // no file was left open
    close(before), close(after);
    arena_free(&a);
}

TEST(bodies_are_collected)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    int fd = dial(s);
    char *big = arena_alloc(&a, BODY_LIMIT + 1);
    for (i64 i = 0; i <= BODY_LIMIT; i++) big[i] = (char)(i * 7);
    put(fd, STR(HEAD("POST /echo") "Content-Length: 1048576\r\n\r\n"));
    put(fd, (Str){ big, BODY_LIMIT });
    check_str(get_reply(&a, fd, false).body, ((Str){ big, BODY_LIMIT }));
    put(fd, STR(HEAD("POST /echo") "Transfer-Encoding: chunked\r\n\r\n"
                "5;x=y\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nT: t\r\n\r\n"));
    check_str(get_reply(&a, fd, false).body, STR("hello world"));
    put(fd, STR(HEAD("POST /echo") "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n"));
    check_int(get_reply(&a, fd, true).status, 100);
    put(fd, STR("hello"));
    check_str(get_reply(&a, fd, false).body, STR("hello"));
    put(fd, STR(HEAD("POST /echo") "Content-Length: 1048577\r\n\r\n"));
    check_int(get_reply(&a, fd, false).status, 413);
    close(fd);
    fd = dial(s);
    put(fd, STR(HEAD("POST /echo") "Transfer-Encoding: chunked\r\n\r\n200000\r\n"));
    for (int i = 0; i < 2; i++) put(fd, (Str){ big, BODY_LIMIT });
    check_int(get_reply(&a, fd, false).status, 413);
    close(fd);
    fd = dial(s);
    put(fd, STR(HEAD("POST /echo") "Content-Length: 1048577\r\nExpect: 100-continue\r\n\r\n"));
    check_int(get_reply(&a, fd, false).status, 413);   // instead of "continue"
    close(fd);
    stop(s);
    arena_free(&a);
}

TEST(a_body_larger_than_the_arena_is_refused)
{
    Server *s = start((NetOptions){ .arena_limit = 300000 });
    Arena a = { 0 };
    int fd = dial(s);
    put(fd, STR(HEAD("POST /echo") "Content-Length: 1000000\r\n\r\n"));
    char *big = arena_alloc(&a, 1000000);
    put(fd, (Str){ big, 1000000 });
    Reply r = get_reply(&a, fd, false);
    check_int(r.status, 503);
    close(fd);
    stop(s);
    arena_free(&a);
}

TEST(bodies_are_streamed)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    int fd = dial(s);
    enum { MEGABYTES = 64 };
    put(fd, STR(HEAD("POST /stream") "Content-Length: 67108864\r\n\r\n"));
    char *big = arena_alloc(&a, 1024 * 1024);
    for (int i = 0; i < MEGABYTES; i++) must(put(fd, (Str){ big, 1024 * 1024 }));
    check_str(get_reply(&a, fd, false).body, STR("67108864"));
    check(atomic_load(&s->seen.largest_piece) <= 64 * 1024);
    check_int(atomic_load(&s->seen.cuts), 0);
    close(fd);
    stop(s);
    arena_free(&a);
}

TEST(cut_bodies_are_told_once)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    for (int i = 0; i < 5; i++) {
        int fd = dial(s);
        put(fd, i % 2 ? STR(HEAD("POST /stream") "Content-Length: 10\r\n\r\nhello")
                      : STR(HEAD("POST /stream") "Transfer-Encoding: chunked\r\n\r\n9\r\nhello"));
        usleep(30000);                                 // else what follows may arrive together with the head
        if (i == 4) put(fd, STR("67890"));             // a chunk longer than its size is a cut too
        if (i == 3) shutdown(fd, SHUT_WR);
        if (i == 4) check_int(get_reply(&a, fd, false).status, 400);
        close(fd);
        if (!becomes(&s->seen.cuts, i + 1)) test_failed(__FILE__, __LINE__, "no cut for case %d", i);
    }
    check_int(atomic_load(&s->seen.handled), 0);
    check_int(net_stats(s->net).requests, 5);
    stop(s);
    arena_free(&a);
}

TEST(a_refusing_piece_ends_the_request)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    int fd = dial(s);
    put(fd, STR(HEAD("POST /full") "Content-Length: 5000000\r\n\r\n"));
    char *big = arena_alloc(&a, 5000000);
    check(put(fd, (Str){ big, 5000000 }));             // all of it is taken, so that the answer can be read
    Reply r = get_reply(&a, fd, false);
    check_int(r.status, 507);
    check_str(r.body, STR("disk: "));
    check(ended(fd));
    close(fd);
    check_int(atomic_load(&s->seen.handled), 0);
    check_int(atomic_load(&s->seen.cuts), 0);
    check(atomic_load(&s->seen.streamed) < 400000);
    stop(s);
    arena_free(&a);
}

TEST(early_answers)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    int fd = dial(s);
    put(fd, STR(HEAD("POST /refused") "Content-Length: 5\r\n\r\nhello" HEAD("GET /refused") "\r\n"));
    check_int(get_reply(&a, fd, false).status, 401);
    check_int(get_reply(&a, fd, false).status, 401);
    put(fd, STR(HEAD("POST /refused") "Content-Length: 5000000\r\n\r\n"));
    char *big = arena_alloc(&a, 5000000);
    check(put(fd, (Str){ big, 5000000 }));
    Reply r = get_reply(&a, fd, false);
    check_int(r.status, 401);
    check_str(r.body, STR("sign in"));
    check_str(header_in(r.head, STR("X-Test:")), STR("yes"));
    check(ended(fd));
    close(fd);
    fd = dial(s);
    put(fd, STR(HEAD("POST /refused") "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n"));
    check_int(get_reply(&a, fd, false).status, 401);
    close(fd);
    check(becomes(&s->seen.released, 4));
    stop(s);
    arena_free(&a);
}

static void violates(const Server *s, Str bytes, int status)
{
    Arena a = { 0 };
    int fd = dial(s);
    put(fd, bytes);
    Reply r = get_reply(&a, fd, false);
    if (r.status != status) test_failed(__FILE__, __LINE__, "%d instead of %d: %.*s", r.status, status, STR_ARG(bytes));
    check(ended(fd));
    close(fd);
    arena_free(&a);
}

TEST(bad_framing_is_refused)
{
    Server *s = start((NetOptions){ 0 });
    violates(s, STR(HEAD("POST /echo") "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"), 400);
    violates(s, STR(HEAD("POST /echo") "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
    violates(s, STR(HEAD("POST /echo") "Content-Length : 5\r\n\r\nhello"), 400);
    violates(s, STR(HEAD("POST /echo") "Content-Length: +5\r\n\r\nhello"), 400);
    violates(s, STR(HEAD("GET /") "A: b\n\r\n"), 400);
    violates(s, STR(HEAD("GET /") "A: b\rC: d\r\n\r\n"), 400);
    violates(s, STR(HEAD("GET /") "A: b\r\n c\r\n\r\n"), 400);
    violates(s, STR("GET / HTTP/1.1\r\n\r\n"), 400);
    violates(s, STR("GET /\n"), 400);
    violates(s, STR("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03"), 400);
    violates(s, STR("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 400);
    violates(s, STR(HEAD("GET /") "Expect: gold\r\n\r\n"), 400);
    violates(s, STR(HEAD("POST /echo") "Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n"), 400);
    check_int(net_stats(s->net).refused, 13);
    check_int(atomic_load(&s->seen.handled), 0);
    stop(s);
}

TEST(large_heads_are_refused)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    Buf lines = buf_new(&a, 1024 * 1024), one = buf_new(&a, 1024 * 1024), full = buf_new(&a, 1024 * 1024);
    buf_add(&lines, STR(HEAD("GET /")));
    buf_add(&one, STR(HEAD("GET /") "A: "));
    for (int i = 0; i < 1000; i++) buf_format(&lines, "A%d: b\r\n", i);
    for (int i = 0; i < 65536; i++) buf_add_char(&one, 'x');
    buf_add(&lines, STR("\r\n"));
    buf_add(&one, STR("\r\n\r\n"));
    violates(s, buf_str(&lines), 431);
    violates(s, buf_str(&one), 431);
    // The largest head that is allowed goes through the library too: its memory suffices.
    buf_add(&full, STR("GET /?"));
    for (int i = 0; i < 32; i++) buf_add(&full, STR("a&"));
    buf_add(&full, STR(" HTTP/1.1\r\nHost: a\r\nCookie: "));
    for (int i = 0; i < 32; i++) buf_format(&full, "k%d=%0120d;", i, i);
    buf_add(&full, STR("c=1\r\n"));
    for (int i = 0; i < 62; i++) buf_format(&full, "X-%d: %0180d\r\n", i, i);
    while (full.n + 6 <= NET_HEAD_MAX) full.p[full.n - 2] = 'x', full.p[full.n - 1] = 'x', buf_add(&full, STR("\r\n"));
    full.p[full.n - 2] = 'x', full.p[full.n - 1] = 'x';
    buf_add(&full, STR("\r\n\r\n"));
    check(full.n <= NET_HEAD_MAX && full.n >= NET_HEAD_MAX - 1);
    int fd = dial(s);
    for (int i = 0; i < 3; i++) {
        put(fd, buf_str(&full));
        check_int(get_reply(&a, fd, false).status, 200);
    }
    close(fd);
    stop(s);
    arena_free(&a);
}

TEST(good_requests_before_a_bad_one_are_answered)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    for (int split = 0; split < 3; split++) {
        int fd = dial(s);
        put(fd, STR(HEAD("GET /later") "\r\n" HEAD("POST /echo") "Content-Length: 5\r\n\r\nhello"));
        if (split == 1) usleep(5000);
        if (split == 2) usleep(100000);
        put(fd, STR("world and more\r\n\r\n" HEAD("GET /hidden") "\r\n"));
        check_str(get_reply(&a, fd, false).body, STR("later"));
        check_str(get_reply(&a, fd, false).body, STR("hello"));
        check_int(get_reply(&a, fd, false).status, 400);
        check(ended(fd));
        close(fd);
    }
    check_int(atomic_load(&s->seen.handled), 6);       // the request behind the bad bytes never reached the handler
    stop(s);
    arena_free(&a);
}

// Sends `each` every 50 ms until the answer comes or `max` were sent; returns the status.
static int drip(Arena *a, int fd, Str each, int max)
{
    for (int i = 0; i < max; i++) {
        if (!put(fd, each)) break;
        struct pollfd p = { .fd = fd, .events = POLLIN };
        if (poll(&p, 1, 50) == 1) break;
    }
    return get_reply(a, fd, false).status;
}

TEST(slow_clients_are_ended)
{
    Server *s = start((NetOptions){ .head_deadline_ms = SHORT_MS, .keep_alive_ms = SHORT_MS, .body_rate_window_ms = SHORT_MS });
    Arena a = { 0 };
    int silent = dial(s), head = dial(s), body = dial(s), idle = dial(s), second = dial(s);
    put(idle, STR(HEAD("GET /soon") "\r\n"));
    put(second, STR(HEAD("GET /soon") "\r\n" "GE"));
    put(body, STR(HEAD("POST /stream") "Content-Length: 1000\r\n\r\n"));
    put(head, STR(HEAD("GET /")));
    check_int(drip(&a, head, STR("X: y\r\n"), 60), 408);
    check_int(drip(&a, body, STR("x"), 60), 408);
    check_int(get_reply(&a, silent, false).status, 408);
    check_int(get_reply(&a, idle, false).status, 200);
    check(ended(idle));                                // between requests: no word
    check_int(get_reply(&a, second, false).status, 200);
    check_int(get_reply(&a, second, false).status, 408);
    check(becomes(&s->seen.cuts, 1));
    close(silent), close(head), close(body), close(idle), close(second);
    stop(s);
    arena_free(&a);
}

TEST(a_steady_body_may_take_its_time)
{
    Server *s = start((NetOptions){ .head_deadline_ms = SHORT_MS, .keep_alive_ms = SHORT_MS, .body_rate_window_ms = SHORT_MS });
    Arena a = { 0 };
    int fd = dial(s);
    put(fd, STR(HEAD("POST /echo") "Content-Length: 5000\r\n\r\n"));
    char hundred[100] = { 0 };
    check_int(drip(&a, fd, (Str){ hundred, 100 }, 50), 200);     // 2,000 bytes a second for longer than any deadline
    put(fd, STR(HEAD("GET /later") "\r\n"));
    check_int(get_reply(&a, fd, false).status, 200);
    close(fd);
    stop(s);
    arena_free(&a);
}

TEST(a_stalled_reader_is_ended)
{
    Server *s = start((NetOptions){ .stalled_reader_ms = SHORT_MS });
    s->seen.file = make_file();
    int fd = dial(s), small = 4096;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    for (int i = 0; i < 20; i++) put(fd, STR(HEAD("GET /file") "\r\n"));
    usleep(100000);
    check_int(net_stats(s->net).connections, 1);
    for (int i = 0; i < 300 && net_stats(s->net).connections; i++) usleep(10000);
    check_int(net_stats(s->net).connections, 0);
    close(fd);
    stop(s);
}

TEST(slow_crowds_leave_room_for_others)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    static int crowd[500];
    for (int i = 0; i < COUNT(crowd); i++) {
        crowd[i] = dial(s);
        put(crowd[i], i % 2 ? STR("GET / HT") : STR(HEAD("POST /stream") "Content-Length: 1000\r\n\r\nx"));
    }
    int fd = dial(s);
    for (int i = 0; i < 200; i++) {
        put(fd, STR(HEAD("GET /soon") "\r\n"));
        check_int(get_reply(&a, fd, false).status, 200);
    }
    close(fd);
    for (int i = 0; i < COUNT(crowd); i++) close(crowd[i]);
    stop(s);
    arena_free(&a);
}

static void *stop_it(void *context)
{
    stop(context);
    return NULL;
}

TEST(stopping_lets_requests_finish)
{
    Server *s = start((NetOptions){ 0 });
    Arena a = { 0 };
    int busy = dial(s), idle = dial(s), half = dial(s);
    put(idle, STR(HEAD("GET /soon") "\r\n"));
    check_int(get_reply(&a, idle, false).status, 200);
    put(half, STR(HEAD("POST /echo") "Content-Length: 5\r\n\r\nhe"));
    put(busy, STR(HEAD("GET /later") "\r\n"));
    usleep(10000);
    pthread_t t;
    must(pthread_create(&t, NULL, stop_it, s) == 0);
    Reply r = get_reply(&a, busy, false);
    check_str(r.body, STR("later"));
    check_str(header_in(r.head, STR("Connection:")), STR("close"));
    check(ended(idle));
    int late = dial(s);
    check(ended(late));
    put(half, STR("llo"));
    check_str(get_reply(&a, half, false).body, STR("hello"));
    pthread_join(t, NULL);
    close(busy), close(idle), close(half), close(late);
    arena_free(&a);
}

typedef struct Crowd { struct sockaddr_in to; atomic_bool over; } Crowd;

static void *keep_coming(void *context)
{
    Crowd *c = context;
    while (!atomic_load(&c->over)) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        connect(fd, (struct sockaddr *)&c->to, sizeof(c->to));
        close(fd);
    }
    return NULL;
}

TEST(stopping_while_others_come)
{
    for (int i = 0; i < 40; i++) {
        Server *s = start((NetOptions){ .threads = 8 });
        Crowd crowd = { .to = { .sin_family = AF_INET, .sin_port = htons((u16)net_port(s->net)),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK) } };
        pthread_t t;
        must(pthread_create(&t, NULL, keep_coming, &crowd) == 0);
        usleep(5000);
        stop(s);
        atomic_store(&crowd.over, true);
        pthread_join(t, NULL);
    }
}

TEST(addresses_to_listen_on)
{
    log_quiet(true);
    Arena a = { 0 };
    NetHandler h = { .begin = begin, .handle = handle, .refusal = word_refusal };
    Net *net;
    const char *bad[] = { "", "8080", ":8080", "127.0.0.1:", "127.0.0.1:x", "300.0.0.1:80", "[::1]" };
    int saved = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);                      // each is logged as an error, which is not what is tested
    for (int i = 0; i < COUNT(bad); i++)
        check_int(net_start(&(NetOptions){ .listen = str_of(bad[i]), .threads = 1 }, &h, &net), ERR_BAD_FIELD);
    dup2(saved, STDERR_FILENO);
    close(saved), close(nowhere);
    Server *s = start((NetOptions){ .listen = STR("[::]:0"), .threads = 1 });
    int fd = dial(s);
    put(fd, STR(HEAD("GET /x") "\r\n"));
    check_str(get_reply(&a, fd, false).body, STR("GET|/x|||127.0.0.1|0"));
    close(fd);
    stop(s);
    arena_free(&a);
}
