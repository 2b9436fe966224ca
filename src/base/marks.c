// See marks.h. Case and letters by ranges of Unicode, so that a tag is the same on every machine whatever its locale.
#include "base/marks.h"

typedef struct Range { u32 from, to; } Range;

static u32 decode(Str s, size_t step)
{
    const u8 *p = (const u8 *)s.p;
    if (step == 1) return p[0];
    if (step == 2) return (u32)(p[0] & 31) << 6 | (p[1] & 63);
    if (step == 3) return (u32)(p[0] & 15) << 12 | (u32)(p[1] & 63) << 6 | (p[2] & 63);
    return (u32)(p[0] & 7) << 18 | (u32)(p[1] & 63) << 12 | (u32)(p[2] & 63) << 6 | (p[3] & 63);
}

// At most as long as the code point it came from, for all that `lower` changes.
static size_t encode(u32 c, char *out)
{
    if (c < 0x80) return out[0] = (char)c, 1;
    if (c < 0x800) return out[0] = (char)(0xc0 | c >> 6), out[1] = (char)(0x80 | (c & 63)), 2;
    out[0] = (char)(0xe0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 63)), out[2] = (char)(0x80 | (c & 63));
    return 3;
}

static u32 lower(u32 c)
{
    if (c >= 'A' && c <= 'Z') return c + 32;
    if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 32;
    if ((c >= 0x100 && c <= 0x12f) || (c >= 0x132 && c <= 0x137) || (c >= 0x14a && c <= 0x177)) return c | 1;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e)) return c + (c & 1);
    if (c == 0x178) return 0xff;
    if (c >= 0x391 && c <= 0x3a9 && c != 0x3a2) return c + 32;
    if (c >= 0x410 && c <= 0x42f) return c + 32;
    if (c >= 0x400 && c <= 0x40f) return c + 80;
    return c;
}

static bool is_ascii_word(u32 c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// What is no part of a word above ASCII: signs, spaces, punctuation, private use, emoji.
static bool is_word(u32 c)
{
    static const Range NOT[] = { { 0x80, 0xa9 }, { 0xab, 0xb4 }, { 0xb6, 0xb9 }, { 0xbb, 0xbf }, { 0xd7, 0xd7 }, { 0xf7, 0xf7 },
                                 { 0x2000, 0x200b }, { 0x200e, 0x206f }, { 0x2190, 0x2bff }, { 0x2e00, 0x2e7f },
                                 { 0x3000, 0x3004 }, { 0x3008, 0x3020 }, { 0xe000, 0xf8ff }, { 0xfe00, 0xfe6f },
                                 { 0xff00, 0xff0f }, { 0xff1a, 0xff20 }, { 0x1f000, 0x1faff }, { 0xe0000, 0x10ffff } };
    if (c < 0x80) return is_ascii_word(c);
    for (i64 i = 0; i < COUNT(NOT); i++)
        if (c >= NOT[i].from && c <= NOT[i].to) return false;
    return true;
}

// Code points from `at` on that may stand in a name; *to is where it ends.
static i64 name_length(Str text, size_t at, MarkKind kind, bool *only_digits, size_t *to)
{
    i64 n = 0;
    *only_digits = true;
    *to = at;
    for (size_t step; (step = str_utf8_step(str_slice(text, at, text.n))) > 0; at += step) {
        u32 c = decode(str_slice(text, at, text.n), step);
        bool inner = kind == MARK_MENTION && (c == '.' || c == '-');
        if (!inner && !(kind == MARK_TAG ? is_word(c) : is_ascii_word(c))) break;
        n++;
        if (inner) continue;                                   // counts only when a letter follows
        if (c < '0' || c > '9') *only_digits = false;
        *to = at + step;
    }
    return n;
}

Str marks_fold(Arena *a, Str text)
{
    char *out = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t at = 0, step; at < text.n; at += step) {
        step = str_utf8_step(str_slice(text, at, text.n));
        if (step == 0) {                                       // not valid: kept as it is
            out[n++] = text.p[at];
            step = 1;
            continue;
        }
        u32 c = decode(str_slice(text, at, text.n), step), small = lower(c);
        if (small != c) n += encode(small, out + n);
        else for (size_t i = 0; i < step; i++) out[n++] = text.p[at + i];
    }
    return (Str){ out, n };
}

void marks_find(Arena *a, Str text, MarkList *out)
{
    *out = (MarkList){ arena_new_array(a, Mark, MARKS_MAX), 0 };
    bool after_word = false;
    for (size_t at = 0, step; at < text.n && out->n < MARKS_MAX; at += step) {
        step = str_utf8_step(str_slice(text, at, text.n));
        u32 c = step ? decode(str_slice(text, at, text.n), step) : 0;     // a byte that is no text parts words
        if (step == 0) step = 1;
        bool sign = (c == '#' || c == '@') && !after_word;
        after_word = is_word(c) || c == '#' || c == '@';       // "##a" and "a#b" mark nothing
        if (!sign) continue;
        MarkKind kind = c == '#' ? MARK_TAG : MARK_MENTION;
        bool only_digits;
        size_t to;
        i64 n = name_length(text, at + 1, kind, &only_digits, &to);
        if (to == at + 1 || n > MARK_NAME_MAX || (kind == MARK_TAG && only_digits)) continue;
        out->p[out->n++] = (Mark){ kind, at, to, marks_fold(a, str_slice(text, at + 1, to)) };
        step = to - at;
        after_word = true;
    }
}
