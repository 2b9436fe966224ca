// The framing reader on its own: what it lets pass, what it refuses, whole and split at every place.
#include "base/test.h"
#include "net/net.h"
#include "net/wire.h"

static Wire fed_whole(Str bytes)
{
    Wire w = { 0 };
    wire_feed(&w, bytes.p, bytes.n);
    return w;
}

// The same bytes in two pieces, for every place to split, and one by one, must give the same.
static void check_splits(Str bytes, const Wire *whole)
{
    for (size_t at = 0; at <= bytes.n; at++) {
        Wire w = { 0 };
        wire_feed(&w, bytes.p, at);
        wire_feed(&w, bytes.p + at, bytes.n - at);
        if (w.refused == whole->refused && w.requests == whole->requests && w.heads == whole->heads) continue;
        test_failed(__FILE__, __LINE__, "split at %zu gives another verdict: %.*s", at, STR_ARG(bytes));
        return;
    }
    Wire w = { 0 };
    for (size_t i = 0; i < bytes.n; i++) wire_feed(&w, bytes.p + i, 1);
    check(w.refused == whole->refused && w.requests == whole->requests && w.heads == whole->heads);
}

static void passes(Str bytes, i64 requests)
{
    Wire w = fed_whole(bytes);
    if (w.refused) test_failed(__FILE__, __LINE__, "refused (%s): %.*s", w.why, STR_ARG(bytes));
    if (w.requests != requests)
        test_failed(__FILE__, __LINE__, "%lld requests, not %lld: %.*s", (long long)w.requests, (long long)requests,
                    STR_ARG(bytes));
    check_splits(bytes, &w);
}

static void refused_as(Str bytes, Err e, const char *why_part)
{
    Wire w = fed_whole(bytes);
    if (w.refused != e || !strstr(w.why ? w.why : "", why_part))
        test_failed(__FILE__, __LINE__, "\"%s\" (%d) for: %.*s", w.why ? w.why : "accepted", w.refused, STR_ARG(bytes));
    check_splits(bytes, &w);
}

#define H "GET / HTTP/1.1\r\nHost: a\r\n"
#define P "POST / HTTP/1.1\r\nHost: a\r\n"
#define PASSES(text, requests) passes(STR(text), requests)
#define BAD(text, why) refused_as(STR(text), ERR_BAD_REQUEST, why)
#define LARGE(text, why) refused_as(STR(text), ERR_HEAD_TOO_LARGE, why)

TEST(whole_requests_pass)
{
    PASSES(H "\r\n", 1);
    PASSES(H "\r\n" H "\r\n" H "\r\n", 3);
    PASSES("\r\n" H "\r\n", 1);
    PASSES("GET http://a/b?c HTTP/1.1\r\nHost: a:80\r\n\r\n", 1);
    PASSES("GET HTTPS://a HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 1);
    PASSES("OPTIONS * HTTP/1.1\r\nHost:\r\n\r\n", 1);
    PASSES("GET /a%20b?x=[1]&y={2}|3 HTTP/1.0\r\n\r\n", 1);
    PASSES(H "X-Note: caf\xC3\xA9\tol\xE9  \r\nA:\r\nB:b\r\n\r\n", 1);
    PASSES(H "Cookie: a=b; c=d\r\nExpect: 100-Continue\r\n\r\n", 1);
}

TEST(bodies_pass)
{
    PASSES(P "Content-Length: 5\r\n\r\nhello", 1);
    PASSES(P "content-length:\t 5 \t                                   \r\n\r\nhello" H "\r\n", 2);
    PASSES(P "Content-Length: 0\r\n\r\n", 1);
    PASSES(P "Content-Length: 6\r\n\r\nhello", 0);
    PASSES(P "Content-Length: 000000000000000005\r\n\r\nhello", 1);
    PASSES(P "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 1);
    PASSES(P "Transfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0A\r\n0123456789\r\n000\r\nX-Sum: 1\r\n\r\n" H "\r\n", 2);
    PASSES(P "Transfer-Encoding: chunked\r\n\r\n7fffffffffffff\r\nhello", 0);
}

TEST(request_lines_refused)
{
    BAD(" GET / HTTP/1.1\r\n", "method");
    BAD("\r\n\r\n" H "\r\n", "method");
    BAD("G\xC3\xA9T / HTTP/1.1\r\n", "method");
    BAD("G\"T / HTTP/1.1\r\n", "method");
    BAD("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGH / HTTP/1.1\r\n", "method");
    BAD("GET  / HTTP/1.1\r\n", "no target");
    BAD("GET /\r\n", "not allowed there");
    BAD("GET / \r\n", "HTTP/1.1");
    BAD("GET /  HTTP/1.1\r\n", "HTTP/1.1");
    BAD("GET / HTTP/1.1 \r\n", "HTTP/1.1");
    BAD("GET / HTTP/1.2\r\n", "HTTP/1.1");
    BAD("GET / HTTP/2.0\r\n", "HTTP/1.1");
    BAD("GET / http/1.1\r\n", "HTTP/1.1");
    BAD("GET / HTTP/01.1\r\n", "HTTP/1.1");
    BAD("GET /\xC3\xA9 HTTP/1.1\r\n", "not allowed there");
    BAD("GET /a\\b HTTP/1.1\r\n", "not allowed there");
    BAD("GET /a#b HTTP/1.1\r\n", "not allowed there");
    BAD("GET /a\x01 HTTP/1.1\r\n", "not allowed there");
    BAD("GET /a\0 HTTP/1.1\r\n", "not allowed there");
    BAD("GET a HTTP/1.1\r\n", "slash");
    BAD("GET http:/a HTTP/1.1\r\n", "slash");
    BAD("GET http:/// HTTP/1.1\r\n", "slash");
    BAD("GET https:// HTTP/1.1\r\n", "slash");
    BAD("CONNECT a:80 HTTP/1.1\r\n", "slash");
    BAD("GET / HTTP/1.1\nHost: a\n\n", "HTTP/1.1");
    BAD("GET / HTTP/1.1\rHost: a\r\r", "CR");
}

TEST(headers_refused)
{
    BAD("GET / HTTP/1.1\r\n\r\n", "Host");
    BAD(H "Host: a\r\n\r\n", "two Host");
    BAD("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", "two Host");
    BAD("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "Host");
    BAD("GET / HTTP/1.1\r\nHost: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b\r\n\r\n", "Host");
    BAD("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "Host");
    BAD("GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", "Host");
    BAD("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", "Host");
    BAD(H "A : b\r\n\r\n", "blank before the colon");
    BAD(H "A\t: b\r\n\r\n", "blank before the colon");
    BAD(H "A: b\r\n c\r\n\r\n", "continued");
    BAD(H "A: b\r\n\tc\r\n\r\n", "continued");
    BAD("GET / HTTP/1.1\r\n Host: a\r\n\r\n", "continued");
    BAD(H ": b\r\n\r\n", "no name");
    BAD(H "A\r\n\r\n", "name");
    BAD(H "A\xC3\xA9: b\r\n\r\n", "name");
    BAD(H "A: b\nC: d\r\n\r\n", "control");
    BAD(H "A: b\rC: d\r\n\r\n", "CR");
    BAD(H "A: b\r\r\n\r\n", "CR");
    BAD(H "A: b\0c\r\n\r\n", "control");
    BAD(H "A: b\x7F\r\n\r\n", "control");
    BAD(H "\r\r\n", "CR");
    BAD(H "\n", "name");
    BAD(H "Expect: 200-ok\r\n\r\n", "100-continue");
    BAD(H "Expect:\r\n\r\n", "100-continue");
    BAD(H "Expect: 100-continue\r\nExpect: 100-continue\r\n\r\n", "two Expect");
}

TEST(lengths_refused)
{
    BAD(P "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", "two Content-Length");
    BAD(P "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", "two Content-Length");
    BAD(P "Content-Length: 5, 5\r\n\r\n", "digits");
    BAD(P "Content-Length: 5 5\r\n\r\n", "digits");
    BAD(P "Content-Length: +5\r\n\r\n", "digits");
    BAD(P "Content-Length: -1\r\n\r\n", "digits");
    BAD(P "Content-Length: 0x5\r\n\r\n", "digits");
    BAD(P "Content-Length: 5.0\r\n\r\n", "digits");
    BAD(P "Content-Length:\r\n\r\n", "digits");
    BAD(P "Content-Length: \r\n\r\n", "digits");
    BAD(P "Content-Length: 1234567890123456789\r\n\r\n", "digits");
    BAD(P "Content-Length: 5                                                    5\r\n\r\n", "digits");
    BAD(P "Content-Length : 5\r\n\r\n", "blank before the colon");
    BAD(P "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", "both");
    BAD(P "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", "both");
    BAD(P "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", "two Transfer");
    BAD(P "Transfer-Encoding: gzip, chunked\r\n\r\n", "chunked alone");
    BAD(P "Transfer-Encoding: chunked, identity\r\n\r\n", "chunked alone");
    BAD(P "Transfer-Encoding: xchunked\r\n\r\n", "chunked alone");
    BAD(P "Transfer-Encoding: identity\r\n\r\n", "chunked alone");
    BAD(P "Transfer-Encoding:\r\n\r\n", "chunked alone");
    BAD(P "Transfer-Encoding: chunked                                     x\r\n\r\n", "chunked alone");
    BAD("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.0");
    BAD(P "Content-Length: 5\r\n\r\nhelloworld\r\n", "method");
}

#define C P "Transfer-Encoding: chunked\r\n\r\n"
TEST(chunks_refused)
{
    BAD(C "\r\n", "begin with its size");
    BAD(C " 5\r\n", "begin with its size");
    BAD(C "+5\r\n", "begin with its size");
    BAD(C "0x5\r\n", "hexadecimal");
    BAD(C "5 \r\n", "hexadecimal");
    BAD(C "5\nhello", "hexadecimal");
    BAD(C "5\rhello", "CR");
    BAD(C "5;a\nhello", "control");
    BAD(C "5\r\nhello6", "longer than its size");
    BAD(C "5\r\nhello\n", "longer than its size");
    BAD(C "5\r\nhello\r0", "CR");
    BAD(C "1000000000000000\r\n", "15 digits");
    BAD(C "0000000000000005\r\n", "15 digits");
    BAD(C "0\r\nContent-Length: 5\r\n\r\n", "trailer");
    BAD(C "0\r\nHost: b\r\n\r\n", "trailer");
    BAD(C "0\r\n A: b\r\n\r\n", "continued");
    BAD(C "0\r\n\n", "name");
}

static Str many(Arena *a, const char *head, const char *each, i64 times, const char *end)
{
    Str one = str_of(each), first = str_of(head), last = str_of(end);
    char *p = arena_alloc(a, first.n + one.n * (size_t)times + last.n);
    memcpy(p, first.p, first.n);
    for (i64 i = 0; i < times; i++) memcpy(p + first.n + one.n * (size_t)i, one.p, one.n);
    memcpy(p + first.n + one.n * (size_t)times, last.p, last.n);
    return (Str){ p, first.n + one.n * (size_t)times + last.n };
}

TEST(sizes_have_limits)
{
    Arena a = { 0 };
    passes(many(&a, H, "A: b\r\n", 63, "\r\n"), 1);
    refused_as(many(&a, H, "A: b\r\n", 64, "\r\n"), ERR_HEAD_TOO_LARGE, "64 headers");
    passes(many(&a, "GET /", "a", WIRE_TARGET_MAX - 1, " HTTP/1.1\r\nHost: a\r\n\r\n"), 1);
    refused_as(many(&a, "GET /", "a", WIRE_TARGET_MAX, " HTTP/1.1\r\nHost: a\r\n\r\n"), ERR_HEAD_TOO_LARGE, "target");
    refused_as(many(&a, "GET /?", "&", 33, " HTTP/1.1\r\nHost: a\r\n\r\n"), ERR_HEAD_TOO_LARGE, "parameters");
    refused_as(many(&a, H "Cookie: ", ";", 33, "\r\n\r\n"), ERR_HEAD_TOO_LARGE, "cookies");
    refused_as(many(&a, C "5;", "x", 200, "\r\n"), ERR_BAD_REQUEST, "extension");
    i64 left = NET_HEAD_MAX - (i64)sizeof(H "A: \r\n\r\n") + 1;
    passes(many(&a, H "A: ", "b", left, "\r\n\r\n"), 1);
    refused_as(many(&a, H "A: ", "b", left + 1, "\r\n\r\n"), ERR_HEAD_TOO_LARGE, "head");
    refused_as(many(&a, C "0\r\nA: ", "b", NET_HEAD_MAX, "\r\n\r\n"), ERR_HEAD_TOO_LARGE, "head");
    arena_free(&a);
}

TEST(whole_requests_before_a_bad_one_are_counted)
{
    Wire w = { 0 };
    Str bytes = STR(H "\r\n" H "\r\nGET /\n");
    check_int(wire_feed(&w, bytes.p, bytes.n), 2 * (sizeof(H "\r\n") - 1));
    check_int(w.requests, 2);
    check_int(w.refused, ERR_BAD_REQUEST);
    check(fed_whole(STR(H "\r\n")).state == 0);
    Wire body = fed_whole(STR(P "Content-Length: 5\r\n\r\nhe"));
    check(wire_in_body(&body) && !wire_between(&body));
    check_int(body.body_bytes, 2);
}
