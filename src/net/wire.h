// A strict reader of HTTP/1.1's framing: bytes in, verdict out. Pure: knows no socket, no clock, no library.
// It decides only whether the bytes may be understood in exactly one way (RFC 9112); it keeps no header.
#pragma once
#include "base/err.h"

enum {
    WIRE_TARGET_MAX = 8 * 1024,         // bytes of a request target
    WIRE_METHOD_MAX = 32,
    WIRE_PARAMETERS_MAX = 32,           // '&' in a target: each costs the library behind us 64 bytes
    WIRE_COOKIES_MAX = 32,              // ';' in all Cookie lines, for the same reason
    WIRE_COOKIE_BYTES_MAX = 4 * 1024,   // of all Cookie lines; the library copies them
    WIRE_LENGTH_DIGITS_MAX = 18,        // of a Content-Length: below int64's end
    WIRE_CHUNK_DIGITS_MAX = 15,         // of a chunk's size, hexadecimal: below int64's end
    WIRE_CHUNK_EXTENSION_MAX = 128,     // bytes after a chunk's size; they have no use
    WIRE_WORD = 24,                     // longest header name, and the longest value of one, that matters here
};

// A zeroed Wire stands before the first request.
typedef struct Wire {
    u8 state;                           // private, as all below but the results
    bool empty_line_seen, in_trailer, absolute, version_1_0;
    bool has_host, has_length, has_chunked, expects;
    u8 header;                          // which known header the present line is
    u8 name_length, value_length, digits;
    bool value_cut;                     // the value had more than WIRE_WORD bytes
    bool blank_inside;                  // the value's last byte was a blank
    i64 head_bytes, lines, target_bytes, parameters, cookies, cookie_bytes;
    i64 length;                         // of Content-Length
    i64 left;                           // of a body or chunk
    i64 extension_bytes;
    char name[WIRE_WORD], value[WIRE_WORD], target[8];

    // Results.
    i64 heads;                          // heads read to their end since the connection began
    i64 requests;                       // requests read to their end, body included
    i64 body_bytes;                     // bytes of the present body, framing included
    Err refused;                        // sticky; ERR_OK while all is well
    const char *why;                    // one sentence, when refused
} Wire;

// Reads n bytes; splitting them differently over calls changes nothing. Stops at the first refusal. Returns how many
// of these bytes lie before the end of the last request that ended within them; 0 when none did.
size_t wire_feed(Wire *w, const char *bytes, size_t n);
bool   wire_between(const Wire *w);     // no byte of a next request has come
bool   wire_in_body(const Wire *w);
