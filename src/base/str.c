// Text by value: comparing, splitting, numbers, UTF-8. Knows nothing of memory.
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void must_failed(const char *file, int line, const char *expression)
{
    fprintf(stderr, "{\"level\":\"fatal\",\"event\":\"must\",\"text\":\"%s:%d: %s\"}\n", file, line, expression);
    abort();
}

Str str_of(const char *ended)
{
    return ended ? (Str){ ended, strlen(ended) } : (Str){ 0 };
}

bool str_eq(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(Str a, Str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i])) return false;
    return true;
}

int str_cmp(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    if (c) return c;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(Str s, Str prefix)
{
    return s.n >= prefix.n && str_eq((Str){ s.p, prefix.n }, prefix);
}

bool str_ends(Str s, Str suffix)
{
    return s.n >= suffix.n && str_eq(str_slice(s, s.n - suffix.n, s.n), suffix);
}

i64 str_find(Str s, Str part)
{
    if (part.n == 0) return 0;
    if (part.n > s.n) return -1;
    const char *at = memmem(s.p, s.n, part.p, part.n);
    return at ? at - s.p : -1;
}

Str str_slice(Str s, size_t from, size_t to)
{
    if (to > s.n) to = s.n;
    if (from > to) from = to;
    return (Str){ s.p ? s.p + from : NULL, to - from };
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

Str str_trim(Str s)
{
    while (s.n && blank(s.p[0])) s = (Str){ s.p + 1, s.n - 1 };
    while (s.n && blank(s.p[s.n - 1])) s.n--;
    return s;
}

Str str_split(Str *rest, char at)
{
    const char *cut = rest->n ? memchr(rest->p, at, rest->n) : NULL;
    Str head = *rest;
    if (!cut) {
        *rest = (Str){ 0 };
        return head;
    }
    head.n = (size_t)(cut - rest->p);
    *rest = (Str){ cut + 1, rest->n - head.n - 1 };
    return head;
}

bool str_to_i64(Str s, i64 *out)
{
    bool negative = s.n && s.p[0] == '-';
    size_t i = negative;
    if (i == s.n) return false;
    i64 v = 0;
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        int digit = s.p[i] - '0';
        // Built downwards for negatives, so that the least int64 is reached without overflow.
        if (__builtin_mul_overflow(v, 10, &v)) return false;
        if (__builtin_add_overflow(v, negative ? -digit : digit, &v)) return false;
    }
    *out = v;
    return true;
}

// Length of the sequence that starts at p (n bytes left), or 0 when it is not valid UTF-8.
static size_t utf8_step(const u8 *p, size_t n)
{
    if (p[0] < 0x80) return 1;
    if (p[0] < 0xC2) return 0;
    size_t need = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
    if (need == 0 || need > n) return 0;
    for (size_t i = 1; i < need; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    if (p[0] == 0xE0 && p[1] < 0xA0) return 0;      // overlong
    if (p[0] == 0xED && p[1] > 0x9F) return 0;      // surrogates
    if (p[0] == 0xF0 && p[1] < 0x90) return 0;      // overlong
    if (p[0] == 0xF4 && p[1] > 0x8F) return 0;      // past U+10FFFF
    return need;
}

i64 str_utf8_length(Str s)
{
    i64 count = 0;
    for (size_t i = 0; i < s.n; count++) {
        size_t step = utf8_step((const u8 *)s.p + i, s.n - i);
        if (step == 0) return -1;
        i += step;
    }
    return count;
}

size_t str_utf8_step(Str s)
{
    return s.n ? utf8_step((const u8 *)s.p, s.n) : 0;
}

Str str_first(Str s, i64 most)
{
    size_t n = 0, step;
    for (i64 i = 0; i < most && (step = str_utf8_step(str_slice(s, n, s.n))) > 0; i++) n += step;
    return str_slice(s, 0, n);
}

bool str_eq_secret(Str a, Str b)
{
    if (a.n != b.n) return false;
    volatile u8 differs = 0;
    for (size_t i = 0; i < a.n; i++) differs = (u8)(differs | (a.p[i] ^ b.p[i]));
    return differs == 0;
}
