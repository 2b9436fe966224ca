// A growing run of bytes with a ceiling, in an arena.
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

Buf buf_new(Arena *a, size_t limit)
{
    must(limit > 0);
    return (Buf){ .a = a, .limit = limit };
}

// Makes room for n more bytes and the NUL behind them; false (and full) past the limit.
static bool room(Buf *b, size_t n)
{
    if (b->full || n > b->limit || b->n > b->limit - n) {
        b->full = true;
        return false;
    }
    if (b->n + n < b->capacity) return true;
    size_t capacity = b->capacity ? 2 * b->capacity : 512;
    while (capacity <= b->n + n) capacity *= 2;
    char *p = arena_alloc(b->a, capacity);
    if (b->n) memcpy(p, b->p, b->n);
    b->p = p;
    b->capacity = capacity;
    return true;
}

void buf_add(Buf *b, Str s)
{
    if (s.n == 0 || !room(b, s.n)) return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
    b->p[b->n] = 0;
}

void buf_add_char(Buf *b, char c)
{
    buf_add(b, (Str){ &c, 1 });
}

void buf_add_i64(Buf *b, i64 v)
{
    char digits[24];
    int at = sizeof(digits);
    u64 left = v < 0 ? 0 - (u64)v : (u64)v;
    do digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (v < 0) digits[--at] = '-';
    buf_add(b, (Str){ digits + at, sizeof(digits) - (size_t)at });
}

void buf_format(Buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    must(n >= 0);
    if (room(b, (size_t)n)) {
        vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

Str buf_str(const Buf *b)
{
    return b->p ? (Str){ b->p, b->n } : STR("");
}
