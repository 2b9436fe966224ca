// One request: what a handler sees of it. Route, decoding, who calls, transaction and answer are api/'s work; a handler
// calls one rule. Knows no feature's tables.
#pragma once
#include "base/id.h"
#include "base/json.h"
#include "db/db.h"
#include "net/net.h"

typedef struct App App;                     // see app.h
typedef struct Vault Vault;                 // see vault.h

typedef enum Who { WHO_ANYONE, WHO_SHOPPER, WHO_USER, WHO_OPERATOR } Who;
typedef enum Mode { MODE_READ, MODE_WRITE, MODE_RAW } Mode;

// Who calls. account is 0 for a guest, session is 0 without one.
typedef struct Caller { i64 account, session; bool is_operator; Time seen; } Caller;

// Who acts and when, and where ids and keys come from: what rules take instead of asking the world.
typedef struct By {
    Caller who;
    Time now;
    Ids *ids;
    const Vault *vault;
    bool demo;                              // the test payment provider is on
    const struct PaySettings *pay;          // other providers (payments/payments.h); NULL: none
    i64 origin;                             // a number for where it came from (IPv4 address, IPv6 /64); 0: not known. Never kept
} By;

typedef struct Req {
    Arena *a;
    Tx *tx;
    App *app;
    By by;
    Str id;                                 // the request's id: in the log and in the X-Request-Id header
    Str agent, language;                    // language: "en" or "id", from Accept-Language
    const NetRequest *net;
    const struct Route *route;
    Refusal why;                            // of raw handlers; rules use tx->why
    void *work;                             // what HANDLER_work left for the handler
    void *raw;                              // what NAME_begin left for NAME_handle
    NetHeader headers[8]; i64 n_headers;    // that the handler adds
} Req;

// Adds a header to the answer, e.g. Set-Cookie; at most 8.
void req_header(Req *r, const char *name, Str value);
// Sets the session cookie; an empty token clears it.
void req_session_cookie(Req *r, Str token, i64 max_age_s);
// The CSRF token that belongs to the token that this request came with; p == NULL without a session.
Str req_csrf(Req *r);
Str req_token(const NetRequest *net, bool *by_cookie);      // session token as sent, p == NULL if none

// The Req that a raw route's begin was given, for the piece and cut of its NetPlan.
Req *req_of(const NetRequest *net);
// For raw routes, outside a transaction. Finds the caller (its own read transaction) and checks route->who and CSRF.
Err req_identify(Req *r);
// A raw request's path and query by its route's table, as other routes get them. ERR_NOT_FOUND, ERR_BAD_FIELD, ERR_BAD_REQUEST.
Err req_args(Req *r, void **args);
// Answers a raw request. `out` may be NULL. A refusal takes r->why.
void req_answer(Req *r, int status, const Type *type, const void *out);
void req_refuse(Req *r, Err e);
// Answers a raw request with 200 and bytes that are not JSON. `policy` takes the place of the Content-Security-Policy of JSON
// answers, `disposition` is the header of that name, or NULL. All of it, *bytes too, from the request's arena.
typedef struct ReqBytes { const char *type, *policy, *disposition; Str body; } ReqBytes;
void req_answer_bytes(Req *r, const ReqBytes *bytes);
// Runs `f` for a raw request in a transaction of its own, on the calling thread; r->tx is set meanwhile. A full arena
// gives ERR_FULL. On a refusal r->why is filled.
Err req_transaction(Req *r, bool write, Err (*f)(Req *r, void *context), void *context);
// Idempotency-Key for raw routes that create, inside their write transaction. `what` stands for the body. When the key was
// used before, *found is true and *answer what req_keep_answer was given. ERR_IDEMPOTENCY_KEY, ERR_BAD_FIELD.
Err req_first_answer(Req *r, Str what, Str *answer, bool *found);
Err req_keep_answer(Req *r, Str what, Str answer);

// One route of tools/gen's table.
typedef struct Route {
    const char *method, *path, *handler;    // path as in x.api
    Who who; Mode mode;
    int status;
    i64 body_limit;
    bool work, secret, cache;
    const Type *args, *in, *out;            // NULL: none
    i64 n_path;                             // the first n_path fields of args are in the path, in its order
    Err (*call)(Req *r, const void *args, const void *in, void *out);        // NULL for raw
    Err (*call_work)(Req *r, const void *args, const void *in);              // NULL without +work
    NetPlan (*begin)(Req *r);               // raw: NAME_begin and NAME_handle of the feature
    void (*handle)(Req *r);
} Route;
extern const Route ROUTES[];
extern const i64 ROUTES_N;
