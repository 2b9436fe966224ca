// Requests that this program makes of others: one at a time, waiting, on a thread that may wait. libcurl stands behind it and
// is known nowhere else. Knows no feature and no JSON.
#pragma once
#include "net/net.h"

enum {
    OUTGOING_CONNECT_MS = 5000,          // to a connection, TLS included
    OUTGOING_TOTAL_MS = 20000,           // from the first step to the last byte
    OUTGOING_ANSWER_MAX = 512 * 1024,    // bytes of an answer's body; more is OUTGOING_TOO_LARGE
    OUTGOING_HEADERS_MAX = 16, OUTGOING_URL_MAX = 2000,
};

// Why there is no answer. After UNREACHED nothing was sent; after the others the far side may have done what was asked.
typedef enum OutgoingFault {
    OUTGOING_ANSWERED, OUTGOING_BAD_URL, OUTGOING_UNREACHED, OUTGOING_TLS, OUTGOING_TIMEOUT, OUTGOING_TOO_LARGE, OUTGOING_CUT
} OutgoingFault;

typedef struct Outgoing {
    const char *method;                  // "GET", "POST", "PUT", "DELETE"
    Str url;                             // https://…; http:// only to this machine itself (127.0.0.0/8, [::1], localhost)
    const NetHeader *headers; i64 n_headers;
    Str body;                            // sent when it is not empty, and with every POST
    i64 connect_ms, total_ms;            // 0: the limits above
    i64 answer_max;                      // 0: OUTGOING_ANSWER_MAX
} Outgoing;

typedef struct OutgoingAnswer {
    OutgoingFault fault;
    int status;                          // of an OUTGOING_ANSWERED one; redirects are answers like others, never followed
    Str body;                            // in the arena
    char why[128];                       // of a fault, in libcurl's words: for the log, not for people
} OutgoingAnswer;

// Prepares libcurl. Once, before the first thread.
Err  outgoing_init(void);
// Certificates are always checked. May run on several threads at once.
void outgoing_send(Arena *a, const Outgoing *in, OutgoingAnswer *out);
const char *outgoing_fault_name(OutgoingFault f);
