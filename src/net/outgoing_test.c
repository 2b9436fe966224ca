// Outgoing requests to a server of our own on this machine: answers, refusals, and everything that leaves one without an answer.
#include "base/test.h"
#include "base/clock.h"
#include "net/outgoing.h"

#include <stdatomic.h>
#include <unistd.h>

typedef struct Peer { Net *net; NetHandler handler; Arena a; _Atomic i64 seen; NetRequest *_Atomic waiting; } Peer;

static NetPlan begin(void *context, NetRequest *r)
{
    r->context = context;
    return (NetPlan){ .plan = NET_BODY_BUFFER, .limit = 64 * 1024 };
}

static void answer(NetRequest *r, int status, Str body)
{
    NetHeader *h = arena_new_array(r->a, NetHeader, 1);
    h[0] = (NetHeader){ STR("Location"), STR("/elsewhere") };
    net_answer(r, &(NetAnswer){ .status = status, .headers = h, .n_headers = 1, .body = body, .close = true });
}

static void handle(void *context, NetRequest *r)
{
    Peer *p = context;
    atomic_fetch_add(&p->seen, 1);
    if (str_eq(r->path, STR("/silent"))) {
        atomic_store(&p->waiting, r);
        return;
    }
    if (str_eq(r->path, STR("/moved"))) answer(r, 302, STR("over there"));
    else if (str_eq(r->path, STR("/large"))) answer(r, 200, (Str){ arena_alloc(r->a, 5000), 5000 });
    else answer(r, 201, arena_format(r->a, "%.*s|%.*s|%.*s|%.*s", STR_ARG(r->method), STR_ARG(net_header(r, "Idempotency-Key")),
                                     STR_ARG(net_header(r, "User-Agent")), STR_ARG(r->body)));
}

static size_t refusal(void *context, Err e, const char *detail, char *out, size_t size)
{
    (void)context, (void)e, (void)detail, (void)out, (void)size;
    return 0;
}

static void peer_start(Peer *p)
{
    *p = (Peer){ .handler = { .context = p, .begin = begin, .handle = handle, .refusal = refusal } };
    must(outgoing_init() == ERR_OK);
    must(net_start(&(NetOptions){ .listen = STR("127.0.0.1:0"), .threads = 1, .arena_limit = 1024 * 1024 }, &p->handler,
                   &p->net) == ERR_OK);
}

static void peer_stop(Peer *p)
{
    NetRequest *r = atomic_load(&p->waiting);
    if (r) net_answer(r, &(NetAnswer){ .status = 200 });
    net_stop(p->net, 200);
    arena_free(&p->a);
}

static OutgoingAnswer send(Peer *p, Outgoing in, const char *path)
{
    OutgoingAnswer x;
    in.url = arena_format(&p->a, "http://127.0.0.1:%d%s", net_port(p->net), path);
    if (!in.method) in.method = "GET";
    outgoing_send(&p->a, &in, &x);
    return x;
}

TEST(method_headers_and_body_arrive_and_the_answer_comes_back)
{
    Peer p;
    peer_start(&p);
    NetHeader key = { STR("Idempotency-Key"), STR("pay-7-1") };
    OutgoingAnswer x = send(&p, (Outgoing){ .method = "POST", .headers = &key, .n_headers = 1, .body = STR("amount=5\n&x=%00") },
                            "/a");
    check_int(x.fault, OUTGOING_ANSWERED);
    check_int(x.status, 201);
    check_str(x.body, STR("POST|pay-7-1|etalase/" ETALASE_VERSION "|amount=5\n&x=%00"));
    x = send(&p, (Outgoing){ 0 }, "/a");
    check(str_starts(x.body, STR("GET||etalase/")));
    x = send(&p, (Outgoing){ .method = "POST" }, "/a");               // without a body: Content-Length 0
    check(str_starts(x.body, STR("POST||")));
    x = send(&p, (Outgoing){ .method = "DELETE" }, "/a");
    check(str_starts(x.body, STR("DELETE||")));
    peer_stop(&p);
}

TEST(a_redirect_is_an_answer_and_is_not_followed)
{
    Peer p;
    peer_start(&p);
    OutgoingAnswer x = send(&p, (Outgoing){ 0 }, "/moved");
    check_int(x.status, 302);
    check_int(atomic_load(&p.seen), 1);
    peer_stop(&p);
}

TEST(silence_ends_at_the_deadline_and_a_long_answer_at_its_limit)
{
    Peer p;
    peer_start(&p);
    i64 began = clock_monotonic_us();
    OutgoingAnswer x = send(&p, (Outgoing){ .total_ms = 300 }, "/silent");
    check_int(x.fault, OUTGOING_TIMEOUT);
    check_int(x.status, 0);
    check(clock_monotonic_us() - began < 5 * 1000 * 1000);
    x = send(&p, (Outgoing){ .answer_max = 4999 }, "/large");
    check_int(x.fault, OUTGOING_TOO_LARGE);
    check_int((i64)x.body.n, 0);
    x = send(&p, (Outgoing){ .answer_max = 5000 }, "/large");
    check_int((i64)x.body.n, 5000);
    peer_stop(&p);
}

TEST(a_header_that_would_add_another_is_not_sent)
{
    Peer p;
    peer_start(&p);
    NetHeader bad = { STR("X-Name"), STR("a\r\nX-Other: b") };
    check_int(send(&p, (Outgoing){ .headers = &bad, .n_headers = 1 }, "/a").fault, OUTGOING_BAD_URL);
    check_int(atomic_load(&p.seen), 0);
    peer_stop(&p);
}

TEST(encryption_is_demanded_of_everyone_but_this_machine)
{
    static const char *const BAD[] = {
        "", "example.com", "http://example.com/", "http://10.0.0.1/", "http://127.evil.example/",
            "http://localhost.evil.example/",
        "http://127.0.0.1@evil.example/", "ftp://127.0.0.1/", "file:///etc/passwd", "https://", "http://127.0.0.1/a b",
        "http://[::1].evil.example/", "http://127.0.0.1/\xc3\xa9",
    };
    Peer p;
    peer_start(&p);
    for (i64 i = 0; i < COUNT(BAD); i++) {
        OutgoingAnswer x;
        outgoing_send(&p.a, &(Outgoing){ .method = "GET", .url = str_of(BAD[i]), .total_ms = 300 }, &x);
        if (x.fault != OUTGOING_BAD_URL) test_failed(__FILE__, __LINE__, "%s: %s", BAD[i], outgoing_fault_name(x.fault));
    }
    OutgoingAnswer x;
    outgoing_send(&p.a, &(Outgoing){ .method = "GET",
                  .url = arena_format(&p.a, "https://127.0.0.1:%d/", net_port(p.net)), .total_ms = 2000 }, &x);
    check(x.fault == OUTGOING_TLS || x.fault == OUTGOING_CUT || x.fault == OUTGOING_TIMEOUT);
    check_int(x.status, 0);
    int port = net_port(p.net);
    peer_stop(&p);
    Arena a = { 0 };
    outgoing_send(&a, &(Outgoing){ .method = "GET", .url = arena_format(&a, "http://127.0.0.1:%d/", port) }, &x);
    check_int(x.fault, OUTGOING_UNREACHED);
    arena_free(&a);
}
