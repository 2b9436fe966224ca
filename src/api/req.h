// One request: what a handler sees of it. Route, decoding, who calls, transaction and answer are api/'s work; a handler
// calls one rule. Knows no feature's tables.
#pragma once
#include "base/id.h"
#include "base/json.h"
#include "db/db.h"
#include "net/net.h"

typedef struct App App;                     // main's: what lives as long as the process

typedef enum Who { WHO_ANYONE, WHO_SHOPPER, WHO_USER, WHO_OPERATOR } Who;
typedef enum Mode { MODE_READ, MODE_WRITE, MODE_RAW } Mode;

// Who calls. account is 0 for a guest, session is 0 without one.
typedef struct Caller { i64 account, session; bool is_operator; bool by_cookie; } Caller;

typedef struct Req {
    Arena *a;
    Tx *tx;
    App *app;
    Ids *ids;
    Time now;
    Caller by;
    Str id;                                 // the request's id: in the log and in the X-Request-Id header
    Str address, agent, language;           // language: "en" or "id", from Accept-Language
    bool https;
    const NetRequest *net;
    Refusal why;                            // of handlers; rules use tx->why
    void *work;                             // what HANDLER_work left for the handler
    // Headers that the handler adds, e.g. Set-Cookie. At most REQ_HEADERS_MAX.
    NetHeader headers[8]; i64 n_headers;
} Req;

void req_header(Req *r, const char *name, Str value);

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
