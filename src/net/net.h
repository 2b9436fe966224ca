// HTTP/1.1 as the floors above see it. libmicrohttpd stands behind it and is known nowhere else. Knows no feature,
// no JSON, no database.
#pragma once
#include "base/arena.h"
#include "base/err.h"

typedef struct Net Net;
typedef struct NetRequest NetRequest;

enum {
    NET_HEAD_MAX = 16 * 1024,        // bytes of request line and headers; more is 431
    NET_HEADERS_MAX = 64,            // header lines; more is 431. Both keep the library's memory at 32 KB a connection
    NET_HEAD_DEADLINE_MS = 10000,    // from the first byte (or the accept) to the end of the head; later is 408
    NET_KEEP_ALIVE_MS = 30000,       // silence between two requests
    NET_BODY_LEAST_RATE = 1024,      // bytes a second, averaged over 10 s; slower is 408. Also: no byte for 20 s.
    NET_BODY_RATE_WINDOW_MS = 10000, // what the least rate is averaged over, window by window: so no silence of 20 s
    NET_STALLED_READER_MS = 30000,   // an answer of which the client takes nothing for so long is ended
    NET_LINGER_MS = 3000,            // after a refusal: what the client still sends is read and dropped for so long
    NET_CONNECTIONS_MAX = 4096, NET_CONNECTIONS_PER_ADDRESS_MAX = 2048,
};

typedef struct NetHeader { Str name, value; } NetHeader;
typedef struct NetAnswer NetAnswer;

// A request that comes from this process, not from a connection: its headers, and who takes the answer (which may be
// called from any thread, and gets what net_answer got). The caller fills a NetRequest, then calls begin and handle.
typedef struct NetLocal {
    const NetHeader *headers; i64 n_headers;
    void (*answered)(NetRequest *r, const NetAnswer *answer);
} NetLocal;

// What a request is. Valid until it is answered. Texts are as they came, not decoded.
struct NetRequest {
    Arena *a;                        // the request's own; limited by NetOptions.arena_limit; freed after the answer
    Str method, path, query;         // query without '?'
    Str body;                        // whole, for NET_BODY_BUFFER
    i64 content_length;              // -1 when the request has no body length (chunked); 0 when no body
    Str address;                     // the peer's, as text; or of X-Forwarded-For's last hop when the peer is trusted
    bool https;                      // X-Forwarded-Proto of a trusted peer
    void *context;                   // the handler's
    struct NetConnection *connection;// private; NULL for a local request
    const NetLocal *local;           // of a local request
};
Str net_header(const NetRequest *r, const char *name);      // the first with that name, or p == NULL
Str net_cookie(const NetRequest *r, const char *name);      // p == NULL when there is none (RFC 6265)

// Called when the head has arrived, before any body byte. Says what to do with the body.
typedef enum NetBodyPlan { NET_BODY_BUFFER, NET_BODY_STREAM, NET_BODY_REFUSED } NetBodyPlan;
typedef struct NetPlan {
    NetBodyPlan plan;
    i64 limit;                       // most body bytes; over it is 413 (at once when Content-Length says so)
    // NET_BODY_STREAM: each piece in order; ERR_OK goes on, anything else stops reading and answers with that error.
    // then neither `handle` nor `cut` runs. `cut` runs instead of `handle`, once, when the client goes away, is too
    // slow or breaks the framing: keep what is there. May be NULL.
    Err (*piece)(NetRequest *r, const char *bytes, size_t n);
    void (*cut)(NetRequest *r);
} NetPlan;

// An answer. Header texts and the body must live until the request is freed (the request's arena will do), or set
// `release`, which runs when the bytes are no longer needed.
struct NetAnswer {
    int status;
    const NetHeader *headers; i64 n_headers;
    Str body;
    int file;                        // > 0: send this open file's bytes (sendfile), net closes it
    i64 file_from, file_length;
    void (*release)(void *context); void *release_context;   // may be NULL
    bool close;                      // close the connection after it
};

typedef struct NetHandler {
    void *context;
    // NET_BODY_REFUSED: begin() has answered itself through net_answer (the connection closes if a body was coming).
    NetPlan (*begin)(void *context, NetRequest *r);
    // The body is complete. Must lead to exactly one net_answer, now or later, from any thread.
    void (*handle)(void *context, NetRequest *r);
    // The wire's own refusals (bad head, too slow, too large) become an answer through this, without a request.
    // Writes a whole HTTP/1.1 response (status line to body, Connection: close) into out, returns its length. `detail`
    // is a sentence, or "". Also answers for a refusing piece(). Called from any thread, also two at a time.
    size_t (*refusal)(void *context, Err e, const char *detail, char *out, size_t size);
} NetHandler;

// Answers a request. When called inside begin or handle it is sent at once; later it resumes the connection.
// HEAD requests get the headers only. Adds Date, Content-Length; nothing else.
void net_answer(NetRequest *r, const NetAnswer *answer);

typedef struct NetOptions {
    Str listen;                      // "127.0.0.1:8080", "[::1]:8080", port 0 lets the kernel choose
    i64 threads;                     // event loops
    size_t arena_limit;              // bytes a request's arena may hand out
    Str trusted_proxy;               // address whose X-Forwarded-* headers count; empty: none
    // Deadlines in place of the limits above, for tests; 0 means the limit above.
    i64 head_deadline_ms, keep_alive_ms, body_rate_window_ms, stalled_reader_ms, linger_ms;
} NetOptions;

Err  net_start(const NetOptions *options, const NetHandler *handler, Net **out);
int  net_port(const Net *net);
// Sends away whoever comes, lets requests under way finish for up to grace_ms, then closes. False when some did not: the
// library's threads are still at it then, and nothing that they use may be taken away.
bool net_stop(Net *net, i64 grace_ms);
typedef struct NetStats { i64 connections, requests, refused; } NetStats;
NetStats net_stats(const Net *net);

// Pure helpers on untrusted bytes, fuzzed. False when malformed.
bool net_decode_percent(Arena *a, Str in, bool plus_is_space, Str *out);        // refuses %00 and bad UTF-8
typedef struct NetParam { Str name, value; } NetParam;
enum { NET_PARAMS_MAX = 32 };
bool net_parse_query(Arena *a, Str query, NetParam *out, i64 *n);                // at most NET_PARAMS_MAX
// The value of a cookie in a Cookie header's text, without its quotes (RFC 6265); p == NULL when there is none.
Str  net_find_cookie(Str header, Str name);
// Range: bytes=… for a content of `size` bytes (RFC 9110 section 14). 1: one range given back; 0: no or unusable
// syntax or several ranges, send all; -1: not satisfiable, answer 416.
int  net_parse_range(Str header, i64 size, i64 *from, i64 *length);
