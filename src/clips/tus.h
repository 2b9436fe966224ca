// The headers of tus 1.0.0 (https://tus.io/protocols/resumable-upload) as values. Pure: bytes in, values out. Fuzzed.
#pragma once
#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"

enum {
    TUS_METADATA_MAX = 2000,     // bytes of Upload-Metadata
    TUS_PAIRS_MAX = 10,
    TUS_KEY_MAX = 64,            // bytes of a key
    TUS_NAME_MAX = 255,          // code points of a file name
    TUS_TYPE_MAX = 255,          // bytes of a media type
    TUS_DATE_SIZE = 30,
};
#define TUS_VERSION "1.0.0"
#define TUS_EXTENSIONS "creation,expiration,termination"

// Upload-Length, Upload-Offset: digits only. False when malformed or past int64.
bool tus_number(Str text, i64 *out);
// Upload-Metadata: pairs "key base64" between commas, each key once; a value may be missing. *name is its "filename", ""
// without one, in valid UTF-8 without control characters. ERR_BAD_FIELD with a sentence.
Err  tus_metadata(Arena *a, Str header, Str *name, Refusal *why);
// Strict base64 of RFC 4648: whole groups, padding where due, no spare bits. False when malformed.
bool tus_base64(Arena *a, Str text, Str *out);
// A date as Upload-Expires has it (RFC 9110 section 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT".
void tus_date(Time t, char out[TUS_DATE_SIZE]);
