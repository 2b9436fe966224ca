// Text by value: a pointer and a length, never owned, not always ended by a NUL. Knows nothing of memory.
#pragma once
#include "base/types.h"

typedef struct Str { const char *p; size_t n; } Str;
typedef struct StrList { Str *p; i64 n; } StrList;

#define STR(literal) ((Str){ .p = (literal), .n = sizeof(literal) - 1 })
// For printf's "%.*s".
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

Str  str_of(const char *ended);                 // a C string's text; NULL gives an empty Str
bool str_eq(Str a, Str b);
bool str_eq_nocase(Str a, Str b);               // ASCII letters only
int  str_cmp(Str a, Str b);                     // by bytes, like memcmp, shorter first
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
i64  str_find(Str s, Str part);                 // byte index, or -1
Str  str_trim(Str s);                           // without leading and trailing ASCII blanks
Str  str_slice(Str s, size_t from, size_t to);  // bounds are clamped
// Takes the text before the first `at` off *rest and returns it; the whole rest if there is none.
Str  str_split(Str *rest, char at);
// Whole decimal number, optional leading '-', nothing else. False when empty, malformed or past int64.
bool str_to_i64(Str s, i64 *out);
// Number of code points, or -1 when the bytes are not valid UTF-8 (RFC 3629: no overlong forms, no surrogates).
i64  str_utf8_length(Str s);
// Bytes of the code point that s begins with; 0 when s is empty or does not begin with valid UTF-8.
size_t str_utf8_step(Str s);
// At most its first `most` code points, up to what is not valid UTF-8.
Str  str_first(Str s, i64 most);
// Same time for equal lengths whatever the content: for tokens and keys.
bool str_eq_secret(Str a, Str b);
