// A growing run of bytes with a ceiling, in an arena. Knows no format.
#pragma once
#include <stdarg.h>
#include "base/arena.h"

// The first write that would pass `limit` sets `full` and drops everything that follows.
typedef struct Buf { Arena *a; char *p; size_t n, capacity, limit; bool full; } Buf;

Buf  buf_new(Arena *a, size_t limit);
void buf_add(Buf *b, Str s);
void buf_add_char(Buf *b, char c);
void buf_add_i64(Buf *b, i64 v);
void buf_format(Buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str  buf_str(const Buf *b);                    // what is there; NUL-ended just past its end
