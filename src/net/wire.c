// The strict framing of HTTP/1.1 as a state machine over single bytes. Knows no socket, no clock, no library.
#include "net/wire.h"

#include <string.h>

#include "net/net.h"

enum {
    BETWEEN, BETWEEN_LF, METHOD, TARGET, VERSION, REQUEST_LINE_LF,
    LINE, NAME, VALUE, VALUE_LF, HEAD_END_LF,
    BODY, CHUNK_FIRST, CHUNK_SIZE, CHUNK_EXTENSION, CHUNK_SIZE_LF, CHUNK_DATA, CHUNK_DATA_CR, CHUNK_DATA_LF,
};

enum { OTHER, HOST, CONTENT_LENGTH, TRANSFER_ENCODING, EXPECT, COOKIE };

// What a byte may be part of.
enum {
    TOKEN = 1, IN_TARGET = 2, IN_VALUE = 4, IN_HOST = 8,
    EVERYWHERE = TOKEN | IN_TARGET | IN_VALUE | IN_HOST,
    MARK = TOKEN | IN_TARGET | IN_VALUE,
};

static const u8 KINDS[256] = {
    ['0' ... '9'] = EVERYWHERE, ['A' ... 'Z'] = EVERYWHERE, ['a' ... 'z'] = EVERYWHERE,
    ['-'] = EVERYWHERE, ['.'] = EVERYWHERE, ['_'] = EVERYWHERE, ['~'] = EVERYWHERE, ['%'] = EVERYWHERE,
    ['!'] = MARK, ['$'] = MARK, ['&'] = MARK, ['\''] = MARK, ['*'] = MARK, ['+'] = MARK, ['^'] = MARK, ['`'] = MARK,
    ['|'] = MARK,
    ['#'] = TOKEN | IN_VALUE,
    [':'] = IN_TARGET | IN_VALUE | IN_HOST, ['['] = IN_TARGET | IN_VALUE | IN_HOST, [']'] = IN_TARGET | IN_VALUE | IN_HOST,
    ['('] = IN_TARGET | IN_VALUE, [')'] = IN_TARGET | IN_VALUE, [','] = IN_TARGET | IN_VALUE, ['/'] = IN_TARGET | IN_VALUE,
    [';'] = IN_TARGET | IN_VALUE, ['='] = IN_TARGET | IN_VALUE, ['?'] = IN_TARGET | IN_VALUE, ['@'] = IN_TARGET | IN_VALUE,
    ['{'] = IN_TARGET | IN_VALUE, ['}'] = IN_TARGET | IN_VALUE,
    [' '] = IN_VALUE, ['\t'] = IN_VALUE, ['"'] = IN_VALUE, ['<'] = IN_VALUE, ['>'] = IN_VALUE, ['\\'] = IN_VALUE,
    [0x80 ... 0xFF] = IN_VALUE,                                       // obs-text
};

static bool is(u8 c, u8 kind)
{
    return (KINDS[c] & kind) != 0;
}

static void refuse_wire(Wire *w, Err e, const char *why)
{
    w->refused = e;
    w->why = why;
}

static void bad(Wire *w, const char *why)
{
    refuse_wire(w, ERR_BAD_REQUEST, why);
}

static u8 lower(u8 c)
{
    return c >= 'A' && c <= 'Z' ? (u8)(c + 32) : c;
}

static void start_request(Wire *w)
{
    i64 heads = w->heads, requests = w->requests;
    *w = (Wire){ .heads = heads, .requests = requests, .state = BETWEEN };
}

static void end_request(Wire *w)
{
    w->requests++;
    start_request(w);
}

// The target is one of: "/…", "http://…" or "https://…" with a host, and "*".
static void target_done(Wire *w)
{
    Str first = { w->target, (size_t)(w->target_bytes < 8 ? w->target_bytes : 8) };
    if (first.n == 0) return bad(w, "The request line has no target");
    if (first.p[0] == '/') return;
    if (w->target_bytes == 1 && first.p[0] == '*') return;
    bool plain = str_eq_nocase(str_slice(first, 0, 7), STR("http://"));
    if (plain && first.n == 8 && first.p[7] != '/') return;
    if (str_eq_nocase(first, STR("https://")) && w->target_bytes > 8) return;
    bad(w, "The request target must begin with a slash or http://");
}

static void method_byte(Wire *w, u8 c)
{
    if (c == ' ' && w->digits > 0) {
        w->state = TARGET;
        return;
    }
    if (!is(c, TOKEN) || ++w->digits > WIRE_METHOD_MAX) return bad(w, "The request line does not begin with a method");
    w->state = METHOD;
}

static void target_byte(Wire *w, u8 c)
{
    if (c == ' ') {
        w->state = VERSION;
        w->value_length = 0;
        return target_done(w);
    }
    if (!is(c, IN_TARGET)) return bad(w, "The request target holds a byte that is not allowed there");
    if (w->target_bytes < 8) w->target[w->target_bytes] = (char)c;
    if (++w->target_bytes > WIRE_TARGET_MAX)
        return refuse_wire(w, ERR_HEAD_TOO_LARGE, "The request target is longer than 8,192 bytes");
    if (c == '&' && ++w->parameters > WIRE_PARAMETERS_MAX)
        return refuse_wire(w, ERR_HEAD_TOO_LARGE, "The query has more than 32 parameters");
}

static void version_byte(Wire *w, u8 c)
{
    static const char WANTED[] = "HTTP/1.";
    if (w->value_length < 7 && c == (u8)WANTED[w->value_length]) {
        w->value_length++;
    } else if (w->value_length == 7 && (c == '0' || c == '1')) {
        w->value_length++;
        w->version_1_0 = c == '0';
    } else if (w->value_length == 8 && c == '\r') {
        w->state = REQUEST_LINE_LF;
    } else {
        bad(w, "The request line does not end with HTTP/1.1 or HTTP/1.0 and CR LF");
    }
}

static u8 header_named(Str name)
{
    if (str_eq(name, STR("host"))) return HOST;
    if (str_eq(name, STR("content-length"))) return CONTENT_LENGTH;
    if (str_eq(name, STR("transfer-encoding"))) return TRANSFER_ENCODING;
    if (str_eq(name, STR("expect"))) return EXPECT;
    if (str_eq(name, STR("cookie"))) return COOKIE;
    return OTHER;
}

static void name_byte(Wire *w, u8 c)
{
    if (c == ':') {
        w->header = w->name_length <= WIRE_WORD ? header_named((Str){ w->name, w->name_length }) : (u8)OTHER;
        w->value_length = 0;
        w->value_cut = false;
        w->blank_inside = false;
        w->state = VALUE;
        return;
    }
    if (c == ' ' || c == '\t') return bad(w, "There is a blank before the colon of a header");
    if (!is(c, TOKEN)) return bad(w, "A header's name holds a byte that is not allowed there");
    if (w->name_length < WIRE_WORD) w->name[w->name_length] = (char)lower(c);
    if (w->name_length <= WIRE_WORD) w->name_length++;
    w->state = NAME;
}

static void line_byte(Wire *w, u8 c)
{
    if (c == '\r') {
        w->state = HEAD_END_LF;
        return;
    }
    if (c == ' ' || c == '\t') return bad(w, "A header is continued on a next line");
    if (++w->lines > NET_HEADERS_MAX) return refuse_wire(w, ERR_HEAD_TOO_LARGE, "There are more than 64 headers");
    w->name_length = 0;
    name_byte(w, c);
    if (w->state == VALUE) bad(w, "A header has no name");
}

static void value_byte(Wire *w, u8 c)
{
    if (c == '\r') {
        w->state = VALUE_LF;
        return;
    }
    if (!is(c, IN_VALUE)) return bad(w, "A header's value holds a control byte");
    if (w->header == COOKIE) {
        if (++w->cookie_bytes > WIRE_COOKIE_BYTES_MAX || (c == ';' && ++w->cookies > WIRE_COOKIES_MAX))
            return refuse_wire(w, ERR_HEAD_TOO_LARGE, "There are more than 32 cookies or 4,096 bytes of them");
    }
    bool blank = c == ' ' || c == '\t';
    if (w->header == HOST && !blank && !is(c, IN_HOST)) return bad(w, "The Host holds a byte that is not allowed there");
    if (blank && w->value_length == 0) return;
    if (w->header == HOST && w->blank_inside && !blank) return bad(w, "The Host holds a blank");
    w->blank_inside = blank;
    if (w->value_length < WIRE_WORD) w->value[w->value_length++] = (char)c;
    // Trailing blanks are no part of a value. A blank that stands past the window is let go; a byte there is not.
    else if (!blank) w->value_cut = true;
}

static void length_done(Wire *w, Str value)
{
    if (w->has_length) return bad(w, "There are two Content-Length headers");
    if (w->has_chunked) return bad(w, "There are both Content-Length and Transfer-Encoding");
    if (value.n == 0 || value.n > WIRE_LENGTH_DIGITS_MAX || w->value_cut)
        return bad(w, "Content-Length must be 1 to 18 digits");
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] < '0' || value.p[i] > '9') return bad(w, "Content-Length must be digits only");
    must(str_to_i64(value, &w->length));
    w->has_length = true;
}

static void encoding_done(Wire *w, Str value)
{
    if (w->has_chunked) return bad(w, "There are two Transfer-Encoding headers");
    if (w->has_length) return bad(w, "There are both Content-Length and Transfer-Encoding");
    if (w->version_1_0) return bad(w, "HTTP/1.0 has no Transfer-Encoding");
    if (w->value_cut || !str_eq_nocase(value, STR("chunked"))) return bad(w, "Transfer-Encoding must be chunked alone");
    w->has_chunked = true;
}

static void line_done(Wire *w)
{
    Str value = str_trim((Str){ w->value, w->value_length });
    w->state = LINE;
    if (w->in_trailer) {
        if (w->header != OTHER) bad(w, "A trailer holds a header that belongs in the head");
        return;
    }
    if (w->header == HOST) {
        if (w->has_host) return bad(w, "There are two Host headers");
        w->has_host = true;
    }
    if (w->header == CONTENT_LENGTH) length_done(w, value);
    if (w->header == TRANSFER_ENCODING) encoding_done(w, value);
    if (w->header == EXPECT) {
        if (w->expects) return bad(w, "There are two Expect headers");
        if (w->value_cut || !str_eq_nocase(value, STR("100-continue"))) return bad(w, "Only 100-continue can be expected");
        w->expects = true;
    }
}

static void head_done(Wire *w)
{
    if (w->in_trailer) return end_request(w);
    if (!w->has_host && !w->version_1_0) return bad(w, "An HTTP/1.1 request needs a Host header");
    w->heads++;
    if (w->has_chunked) {
        w->state = CHUNK_FIRST;
    } else if (w->length > 0) {
        w->left = w->length;
        w->state = BODY;
    } else {
        end_request(w);
    }
}

static int hex_digit(u8 c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void chunk_size_byte(Wire *w, u8 c)
{
    int digit = hex_digit(c);
    if (w->state == CHUNK_FIRST) {
        w->left = 0;
        w->digits = 0;
        w->extension_bytes = 0;
        w->state = CHUNK_SIZE;
        if (digit < 0) return bad(w, "A chunk does not begin with its size");
    }
    if (digit >= 0) {
        if (++w->digits > WIRE_CHUNK_DIGITS_MAX) return bad(w, "A chunk's size has more than 15 digits");
        w->left = w->left * 16 + digit;
    } else if (c == ';') {
        w->state = CHUNK_EXTENSION;
    } else if (c == '\r') {
        w->state = CHUNK_SIZE_LF;
    } else {
        bad(w, "A chunk's size must be hexadecimal digits, ended by CR LF");
    }
}

static void chunk_extension_byte(Wire *w, u8 c)
{
    if (c == '\r') {
        w->state = CHUNK_SIZE_LF;
        return;
    }
    if (!is(c, IN_VALUE)) return bad(w, "A chunk extension holds a control byte");
    if (++w->extension_bytes > WIRE_CHUNK_EXTENSION_MAX) bad(w, "A chunk extension is longer than 128 bytes");
}

static void chunk_size_done(Wire *w)
{
    w->state = CHUNK_DATA;
    if (w->left > 0) return;
    w->in_trailer = true;
    w->head_bytes = 0;
    w->state = LINE;
}

static void line_feed(Wire *w, u8 c)
{
    if (c != '\n') return bad(w, "A CR stands alone; lines end with CR LF");
    switch (w->state) {
    case BETWEEN_LF:      w->empty_line_seen = true, w->state = BETWEEN; break;
    case REQUEST_LINE_LF: w->state = LINE; break;
    case VALUE_LF:        line_done(w); break;
    case HEAD_END_LF:     head_done(w); break;
    case CHUNK_SIZE_LF:   chunk_size_done(w); break;
    case CHUNK_DATA_LF:   w->state = CHUNK_FIRST; break;
    default:              must(false);
    }
}

static void between_byte(Wire *w, u8 c)
{
    // One empty line before a request is forgiven (RFC 9112, 2.2).
    if (c == '\r' && !w->empty_line_seen) w->state = BETWEEN_LF;
    else method_byte(w, c);
}

static void one_byte(Wire *w, u8 c)
{
    switch (w->state) {
    case BETWEEN:         return between_byte(w, c);
    case METHOD:          return method_byte(w, c);
    case TARGET:          return target_byte(w, c);
    case VERSION:         return version_byte(w, c);
    case LINE:            return line_byte(w, c);
    case NAME:            return name_byte(w, c);
    case VALUE:           return value_byte(w, c);
    case CHUNK_FIRST:
    case CHUNK_SIZE:      return chunk_size_byte(w, c);
    case CHUNK_EXTENSION: return chunk_extension_byte(w, c);
    case CHUNK_DATA_CR:
        w->state = CHUNK_DATA_LF;
        if (c != '\r') bad(w, "A chunk is longer than its size");
        return;
    default:              return line_feed(w, c);
    }
}

// Passes over body bytes; returns how many.
static size_t skip_body(Wire *w, size_t n)
{
    size_t step = (i64)n < w->left ? n : (size_t)w->left;
    w->left -= (i64)step;
    w->body_bytes += (i64)step;
    if (w->left > 0) return step;
    if (w->state == BODY) end_request(w);
    else w->state = CHUNK_DATA_CR;
    return step;
}

// Passes over the value of a header that does not matter here: most bytes of most heads. Stops at the head's limit.
static size_t skip_value(Wire *w, const char *bytes, size_t n)
{
    size_t room = (size_t)(NET_HEAD_MAX - w->head_bytes), i = 0;
    if (n > room) n = room;
    while (i < n && is((u8)bytes[i], IN_VALUE)) i++;
    w->head_bytes += (i64)i;
    if (w->in_trailer) w->body_bytes += (i64)i;
    return i;
}

bool wire_between(const Wire *w)
{
    return w->state == BETWEEN && w->head_bytes == 0;
}

bool wire_in_body(const Wire *w)
{
    return w->state >= BODY || w->in_trailer;
}

size_t wire_feed(Wire *w, const char *bytes, size_t n)
{
    size_t whole = 0;
    for (size_t i = 0; i < n && !w->refused;) {
        i64 before = w->requests;
        if (w->state == BODY || w->state == CHUNK_DATA) {
            i += skip_body(w, n - i);
        } else {
            if (w->state == VALUE && w->header == OTHER) i += skip_value(w, bytes + i, n - i);
            if (i == n) break;
            if (wire_in_body(w)) w->body_bytes++;
            if (w->state < BODY && ++w->head_bytes > NET_HEAD_MAX) {
                refuse_wire(w, ERR_HEAD_TOO_LARGE, "The request's head is longer than 16,384 bytes");
                break;
            }
            one_byte(w, (u8)bytes[i++]);
        }
        if (w->requests != before) whole = i;
    }
    return whole;
}
