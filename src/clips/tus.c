// The headers of tus 1.0.0.
#include "clips/tus.h"

#include <time.h>

bool tus_number(Str text, i64 *out)
{
    // str_to_i64 takes a sign; here only digits are a number.
    return text.n > 0 && text.p[0] >= '0' && text.p[0] <= '9' && str_to_i64(text, out);
}

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool tus_base64(Arena *a, Str text, Str *out)
{
    if (text.n % 4 != 0) return false;
    size_t padding = str_ends(text, STR("==")) ? 2 : str_ends(text, STR("=")) ? 1 : 0, digits = text.n - padding, n = 0;
    u8 *bytes = arena_alloc(a, text.n / 4 * 3 + 1);
    u32 group = 0;
    for (size_t i = 0; i < digits; i++) {
        int d = digit_of(text.p[i]);
        if (d < 0) return false;
        group = group << 6 | (u32)d;
        // Each digit but the first of a group completes a byte.
        if (i % 4 != 0) bytes[n++] = (u8)(group >> (6 - 2 * (i % 4)));
    }
    u32 spare = padding == 2 ? 15 : padding == 1 ? 3 : 0;
    if (group & spare) return false;                   // bits that no byte has: two texts for the same bytes
    *out = (Str){ (const char *)bytes, n };
    return true;
}

static bool key_is_good(Str key)
{
    if (key.n == 0 || key.n > TUS_KEY_MAX) return false;
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] <= ' ' || key.p[i] > '~') return false;
    return true;
}

static bool has_control(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((u8)s.p[i] < ' ' || s.p[i] == 0x7f) return true;
    return false;
}

static Err keep_value(Str key, Str value, Str *name, Refusal *why)
{
    if (str_eq(key, STR("filename"))) {
        i64 n = str_utf8_length(value);
        if (n < 0 || n > TUS_NAME_MAX || has_control(value))
            return refuse(why, ERR_BAD_FIELD, "Upload-Metadata", "filename must be UTF-8 of at most %d characters, without "
                          "control characters.", TUS_NAME_MAX);
        *name = value;
    }
    // The type that a client states is not believed, but nonsense says that something is wrong.
    if (str_eq(key, STR("filetype")) && (value.n > TUS_TYPE_MAX || str_utf8_length(value) < 0 || has_control(value)))
        return refuse(why, ERR_BAD_FIELD, "Upload-Metadata", "filetype must be at most %d plain characters.", TUS_TYPE_MAX);
    return ERR_OK;
}

Err tus_metadata(Arena *a, Str header, Str *name, Refusal *why)
{
    Str keys[TUS_PAIRS_MAX], rest = header;
    *name = STR("");
    if (header.n > TUS_METADATA_MAX)
        return refuse(why, ERR_BAD_FIELD, "Upload-Metadata", "This may have at most %d bytes.", TUS_METADATA_MAX);
    for (i64 n = 0; rest.n > 0; n++) {
        Str value = str_trim(str_split(&rest, ',')), key = str_split(&value, ' '), decoded;
        if (n == TUS_PAIRS_MAX)
            return refuse(why, ERR_BAD_FIELD, "Upload-Metadata", "This may hold at most %d pairs.", TUS_PAIRS_MAX);
        if (!key_is_good(key))
            return refuse(why, ERR_BAD_FIELD, "Upload-Metadata", "A key must have 1 to %d visible ASCII characters.",
                          TUS_KEY_MAX);
        for (i64 i = 0; i < n; i++)
            if (str_eq(keys[i], key)) return refuse(why, ERR_BAD_FIELD, "Upload-Metadata", "Each key may stand once.");
        keys[n] = key;
        if (!tus_base64(a, value, &decoded))
            return refuse(why, ERR_BAD_FIELD, "Upload-Metadata", "A value must be base64 with its padding.");
        try(keep_value(key, decoded, name, why));
    }
    return ERR_OK;
}

void tus_date(Time t, char out[TUS_DATE_SIZE])
{
    time_t seconds = (time_t)(t / 1000);
    struct tm d;
    // The program never calls setlocale, so names are English.
    must(t >= 0 && gmtime_r(&seconds, &d) && strftime(out, TUS_DATE_SIZE, "%a, %d %b %Y %H:%M:%S GMT", &d) > 0);
}
