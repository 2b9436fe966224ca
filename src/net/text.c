// The small grammars of a request: percent encoding, query, cookies, ranges. Pure; knows no connection.
#include "net/net.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool net_decode_percent(Arena *a, Str in, bool plus_is_space, Str *out)
{
    char *to = arena_alloc(a, in.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < in.n; i++) {
        char c = in.p[i];
        if (c == '%') {
            if (in.n - i < 3) return false;
            int high = hex_digit(in.p[i + 1]), low = hex_digit(in.p[i + 2]);
            if (high < 0 || low < 0) return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == 0) return false;
        to[n++] = c;
    }
    *out = (Str){ to, n };
    return str_utf8_length(*out) >= 0;
}

bool net_parse_query(Arena *a, Str query, NetParam *out, i64 *n)
{
    *n = 0;
    while (query.n) {
        Str value = str_split(&query, '&');
        if (value.n == 0) continue;
        if (*n == NET_PARAMS_MAX) return false;
        Str name = str_split(&value, '=');
        NetParam *p = &out[*n];
        if (!net_decode_percent(a, name, true, &p->name) || !net_decode_percent(a, value, true, &p->value)) return false;
        ++*n;
    }
    return true;
}

Str net_find_cookie(Str header, Str name)
{
    while (header.n) {
        Str value = str_trim(str_split(&header, ';'));
        if (value.n <= name.n || !str_starts(value, name) || value.p[name.n] != '=') continue;
        value = str_slice(value, name.n + 1, value.n);
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"') value = str_slice(value, 1, value.n - 1);
        return value;
    }
    return (Str){ 0 };
}

// Digits only, at least one. Past int64 stays at its end: such a position lies past every content.
static bool position(Str s, i64 *out)
{
    i64 v = 0;
    bool past = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        past = past || __builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, s.p[i] - '0', &v);
    }
    *out = past ? INT64_MAX : v;
    return s.n > 0;
}

int net_parse_range(Str header, i64 size, i64 *from, i64 *length)
{
    must(size >= 0);
    Str unit = str_split(&header, '=');
    if (!str_eq_nocase(str_trim(unit), STR("bytes"))) return 0;
    Str range = str_trim(header);
    i64 dash = str_find(range, STR("-"));
    if (dash < 0) return 0;
    Str first_text = str_slice(range, 0, (size_t)dash), last_text = str_slice(range, (size_t)dash + 1, range.n);
    i64 first, last;
    if (first_text.n == 0) {                            // the last so many bytes
        if (!position(last_text, &last)) return 0;
        if (last == 0 || size == 0) return -1;
        *length = last < size ? last : size;
        *from = size - *length;
        return 1;
    }
    if (!position(first_text, &first)) return 0;
    if (last_text.n == 0) last = INT64_MAX;
    else if (!position(last_text, &last)) return 0;     // several ranges end here: their comma is no digit
    if (last < first) return 0;
    if (first >= size) return -1;
    *from = first;
    *length = (last < size ? last + 1 : size) - first;
    return 1;
}
