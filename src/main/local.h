// Requests from within the process: the whole way through dispatcher, transaction and answer, without a socket. For the
// demo town and for tests.
#pragma once
#include "api/app.h"

typedef struct LocalRequest {
    const char *method; Str path;             // with its query
    Str token;                                // of a session; empty: none
    Str body;                                 // empty: none
    const char *content_type;                 // NULL: application/json
    const NetHeader *headers; i64 n_headers;  // more of them, at most 16
    size_t arena_limit;                       // 0: app->request_arena
    void (*between)(void *context);           // not NULL: a streamed body comes in two halves, and this runs between them
    void *context;
} LocalRequest;

typedef struct LocalAnswer { int status; Str body; NetHeader *headers; i64 n_headers; } LocalAnswer;

// Waits for the answer, which is copied into `a`.
LocalAnswer local_call(App *app, Arena *a, const LocalRequest *request);
Str local_header(const LocalAnswer *x, const char *name);      // p == NULL without
