// The web app's files, embedded by tools/embed, and what every HTML answer carries. Knows no routes of the app.
#pragma once
#include "net/net.h"

typedef struct WebFile {
    const char *path, *type, *tag;       // tag: of the plain bytes
    bool immutable;                      // its name holds a hash of its content
    Str plain, gzip, brotli;             // packed forms are empty where they save nothing
} WebFile;
extern const WebFile WEB_FILES[];        // sorted by path
extern const i64 WEB_FILES_N;

enum { WEB_HEADERS_MAX = 16 };

const WebFile *web_find(Str path);       // NULL when there is none
// Sends the file in the smallest form that the client takes; 304 when it has it already.
void web_answer(NetRequest *r, const WebFile *file);
// What a page may load from elsewhere: nothing, or the card form of the payment provider (Stripe's own element, in frames of
// its own) on the one page that shows it.
typedef enum WebPolicy { WEB_POLICY_OWN, WEB_POLICY_CARDS } WebPolicy;
// Sends HTML (or, for /problems, JSON) that was made for this request, with all security headers. Never kept by caches.
void web_answer_page(NetRequest *r, int status, const char *type, Str body, WebPolicy policy);
// 405 for anything but GET and HEAD; true when it has been answered.
bool web_refuse_method(NetRequest *r);

// Adds a header; the array has room for WEB_HEADERS_MAX.
typedef struct Headers { NetHeader *p; i64 n; } Headers;
Headers headers_new(Arena *a);
void    headers_add(Headers *h, const char *name, Str value);

// Pure, fuzzed.
typedef enum WebCoding { WEB_PLAIN, WEB_GZIP, WEB_BROTLI } WebCoding;
// What Accept-Encoding (RFC 9110 section 12.5.3) allows of what we have; plain when nothing fits.
WebCoding web_coding(Str accept_encoding, bool gzip, bool brotli);
// Does If-None-Match (RFC 9110 section 13.1.2) name this entity tag, given with its quotes?
bool web_tag_matches(Str if_none_match, Str tag);
