// Private to api/: one request under way, from its head to its answer.
#pragma once
#include "api/app.h"

enum { ROUTE_PARAMS_MAX = 4, ANSWER_HEADERS_MAX = 16 };

// An Idempotency-Key as first.c uses it: what finds its row, what seals the answer, a hash of what came with it.
typedef struct FirstAnswer { Str hash, seal, request; } FirstAnswer;

typedef struct Call {
    Req req;
    const Route *route;
    Str values[ROUTE_PARAMS_MAX];           // of the path's {…}, not decoded
    void *args, *in, *out;
    FirstAnswer first;                      // empty without an Idempotency-Key
    ArenaMark mark;                         // after decoding: what each try of the transaction begins with
    i64 n_headers;                          // of before the transaction
    DbTask task;
    Err err;
    int status;
    Str body;
    const ReqBytes *bytes;                  // of an answer that is no JSON
    bool replayed;
    // Of the answer. Here from the start: after the commit nothing may be refused for want of memory.
    NetHeader headers[ANSWER_HEADERS_MAX];
    TableSet tables;
    u64 cache_began;
    Str cache_key;
    CacheEntry *cached;
    i64 began_us;
} Call;

typedef struct Touch { App *app; i64 session; Time now; Arena arena; DbTask task; } Touch;

// Answers with c->status and c->body, or with a problem for c->err. Exactly once a call.
void call_answer(Call *c);
// 503 without using the arena.
void answer_full(NetRequest *net);
// The caller of the token that came with the request, into r->by.who.
Err req_find_caller(Req *r, Tx *tx);
// route->who against the caller.
Err req_may(Req *r);
Err req_check_csrf(Req *r);
// first.c. Without a key, or without an owner of it, nothing is found and nothing kept.
Err first_key(Req *r, Str what, Refusal *why, FirstAnswer *out);        // ERR_BAD_FIELD
Err first_find(Req *r, const FirstAnswer *f, int *status, Str *answer, bool *found);     // ERR_IDEMPOTENCY_KEY
Err first_keep(Req *r, const FirstAnswer *f, int status, Str answer);
