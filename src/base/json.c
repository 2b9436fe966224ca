// Typed JSON in: a body into a struct by its field table. jansson parses, this decides. Knows no HTTP and no feature.
#include <jansson.h>

#include "base/json.h"

#include <math.h>
#include <stdarg.h>

// Where we are, for messages: a chain on the stack, from the innermost outwards. name NULL: an index of `up`.
typedef struct Path { const struct Path *up; Str name; i64 index; i64 depth; } Path;

typedef struct Reader { Arena *a; Refusal *why; } Reader;

// What one value must be: a field's, or its elements'.
typedef struct Spec {
    const Field *field;
    FieldKind kind;
    i64 min, max;
    size_t size;             // bytes of it within a struct or list
} Spec;

enum { PATH_TEXT_MAX = 160, NAME_SHOWN_MAX = 40 };

static Spec spec_of(const Field *f)
{
    return (Spec){ .field = f, .kind = f->kind, .min = f->min, .max = f->max };
}

static Spec spec_of_element(const Field *f)
{
    return (Spec){ .field = f, .kind = f->element, .min = f->element_min, .max = f->element_max,
                   .size = field_element_size(f) };
}

static void path_write(Buf *b, const Path *path)
{
    if (!path) return;
    path_write(b, path->up);
    if (!path->name.p) {
        buf_format(b, "[%lld]", (long long)path->index);
        return;
    }
    if (b->n) buf_add_char(b, '.');
    buf_add(b, path->name);
}

// "lines[2].quantity must be …": the field's whole path goes to why->field, its last part opens the sentence.
__attribute__((format(printf, 3, 4)))
static Err bad(Reader *r, const Path *path, const char *format, ...)
{
    Buf whole = buf_new(r->a, PATH_TEXT_MAX), last = buf_new(r->a, PATH_TEXT_MAX);
    Buf sentence = buf_new(r->a, sizeof(r->why->detail));
    path_write(&whole, path);
    const Path *at = path;
    while (at && !at->name.p && at->up) at = at->up;
    path_write(&last, at ? &(Path){ .name = at->name } : NULL);
    if (at != path && path) buf_format(&last, "[%lld]", (long long)path->index);
    va_list args;
    va_start(args, format);
    char said[sizeof(r->why->detail)];
    vsnprintf(said, sizeof(said), format, args);
    va_end(args);
    buf_add(&sentence, last.n ? buf_str(&last) : STR("The body"));
    buf_format(&sentence, " %.150s", said);
    return refuse(r->why, ERR_BAD_FIELD, whole.n ? buf_str(&whole).p : NULL, "%.*s", STR_ARG(buf_str(&sentence)));
}

static Err put_int(Reader *r, const Spec *s, const Path *path, i64 v, void *at)
{
    bool whole_range = s->min == INT64_MIN && s->max == INT64_MAX;
    if (v < s->min || v > s->max)
        return bad(r, path, "must be a whole number from %lld to %lld", (long long)s->min, (long long)s->max);
    must(whole_range || s->min <= s->max);
    *(i64 *)at = v;
    return ERR_OK;
}

static Err not_an_int(Reader *r, const Spec *s, const Path *path)
{
    if (s->min == INT64_MIN && s->max == INT64_MAX) return bad(r, path, "must be a whole number");
    return bad(r, path, "must be a whole number from %lld to %lld", (long long)s->min, (long long)s->max);
}

static Err bad_length(Reader *r, const Spec *s, const Path *path, const char *of)
{
    long long min = s->min, max = s->max;
    if (min == max) return bad(r, path, "must have exactly %lld %s", min, of);
    if (min == 0) return bad(r, path, "must have at most %lld %s", max, of);
    return bad(r, path, "must have %lld to %lld %s", min, max, of);
}

// Code points that no text may hold: C0 controls and DEL, but newline and tab in multiline texts; U+FFFE and U+FFFF.
static bool holds_controls(Str text, bool multiline)
{
    const u8 *p = (const u8 *)text.p;
    for (size_t i = 0; i < text.n; i++) {
        if (p[i] < 0x20 && !(multiline && (p[i] == '\n' || p[i] == '\t'))) return true;
        if (p[i] == 0x7F) return true;
        if (p[i] == 0xEF && i + 2 < text.n && p[i + 1] == 0xBF && p[i + 2] >= 0xBE) return true;
    }
    return false;
}

static Err put_text(Reader *r, const Spec *s, const Path *path, Str text, void *at)
{
    i64 length = str_utf8_length(text);
    if (length < 0) return bad(r, path, "must be valid UTF-8");
    if (length < s->min || length > s->max) return bad_length(r, s, path, s->max == 1 ? "character" : "characters");
    if (holds_controls(text, s->field->multiline))
        return bad(r, path, s->field->multiline ? "must hold no control characters but newlines and tabs"
                                                : "must hold no control characters");
    *(Str *)at = arena_copy(r->a, text);
    return ERR_OK;
}

// 1 to 2^63-1, as JSON's text: no sign, no leading zero, so that one id has one spelling.
static Err put_id(Reader *r, const Path *path, Str text, void *at)
{
    i64 v;
    if (text.n == 0 || text.p[0] < '1' || text.p[0] > '9' || !str_to_i64(text, &v))
        return bad(r, path, "must be an id: a text of decimal digits");
    *(i64 *)at = v;
    return ERR_OK;
}

static Err put_enum(Reader *r, const Spec *s, const Path *path, Str text, void *at)
{
    const EnumTable *table = s->field->enums;
    for (i64 i = 0; i < table->n; i++) {
        if (!str_eq(text, str_of(table->names[i]))) continue;
        *(int *)at = (int)i;
        return ERR_OK;
    }
    Buf names = buf_new(r->a, sizeof(r->why->detail));
    for (i64 i = 0; i < table->n; i++) buf_format(&names, "%s%s", i ? ", " : "", table->names[i]);
    return bad(r, path, "must be one of %.*s", STR_ARG(buf_str(&names)));
}

// The kinds whose value is a text, in JSON and in paths alike.
static Err put_from_text(Reader *r, const Spec *s, const Path *path, Str text, void *at)
{
    switch (s->kind) {
    case FIELD_TEXT: return put_text(r, s, path, text, at);
    case FIELD_ID: return put_id(r, path, text, at);
    case FIELD_ENUM: return put_enum(r, s, path, text, at);
    case FIELD_TIME:
        return time_from_iso(text, at) ? ERR_OK : bad(r, path, "must be a time such as 2026-01-31T12:34:56Z");
    case FIELD_CURRENCY:
        return currency_parse(text, at) ? ERR_OK : bad(r, path, "must be a currency that is known here, such as IDR");
    default: must_failed(__FILE__, __LINE__, "a kind that is a text");
    }
}

static Err not_a_text(Reader *r, const Spec *s, const Path *path)
{
    switch (s->kind) {
    case FIELD_ID: return put_id(r, path, (Str){ 0 }, NULL);
    case FIELD_ENUM: return put_enum(r, s, path, (Str){ 0 }, NULL);
    case FIELD_TIME: return bad(r, path, "must be a time such as 2026-01-31T12:34:56Z");
    case FIELD_CURRENCY: return bad(r, path, "must be a currency that is known here, such as IDR");
    default: return bad(r, path, "must be a text");
    }
}

static Err read_object(Reader *r, const Type *type, const Path *path, json_t *v, void *out);

// Amounts are whole minor units; both names and no other, so that no client's rounding slips in.
static Err read_money(Reader *r, const Spec *s, const Path *path, json_t *v, void *at)
{
    json_t *minor = json_object_get(v, "minor"), *currency = json_object_get(v, "currency");
    if (!json_is_object(v) || json_object_size(v) != 2 || !minor || !currency)
        return bad(r, path, "must be an object of minor and currency");
    Money *money = at;
    Path in = { .up = path, .name = STR("minor"), .depth = path->depth };
    if (!json_is_integer(minor)) return not_an_int(r, s, &in);
    try(put_int(r, s, &in, json_integer_value(minor), &money->minor));
    in.name = STR("currency");
    Spec code = { .field = s->field, .kind = FIELD_CURRENCY };
    if (!json_is_string(currency)) return not_a_text(r, &code, &in);
    return put_from_text(r, &code, &in, (Str){ json_string_value(currency), json_string_length(currency) }, &money->currency);
}

static Err read_value(Reader *r, const Spec *s, const Path *path, json_t *v, void *at);

static Err read_list(Reader *r, const Spec *s, const Path *path, json_t *v, void *at)
{
    if (!json_is_array(v)) return bad(r, path, "must be a list");
    i64 n = (i64)json_array_size(v);
    if (n < s->min || n > s->max) return bad_length(r, s, path, s->max == 1 ? "item" : "items");
    Spec of = spec_of_element(s->field);
    char *items = arena_alloc_array(r->a, n, of.size);
    for (i64 i = 0; i < n; i++) {
        Path in = { .up = path, .index = i, .depth = path->depth + 1 };
        json_t *item = json_array_get(v, (size_t)i);
        if (of.kind == FIELD_OBJECT) try(read_object(r, s->field->type, &in, item, items + (size_t)i * of.size));
        else try(read_value(r, &of, &in, item, items + (size_t)i * of.size));
    }
    // A list is struct { T *p; i64 n; } whatever T is; copied as bytes, since the compiler may tell T * from void *.
    memcpy(at, &items, sizeof(items));
    memcpy((char *)at + sizeof(items), &n, sizeof(n));
    return ERR_OK;
}

static Err read_object_field(Reader *r, const Type *type, const Path *path, json_t *v, void *at)
{
    void *made = arena_alloc(r->a, type->size);
    try(read_object(r, type, path, v, made));
    memcpy(at, &made, sizeof(made));
    return ERR_OK;
}

static Err read_value(Reader *r, const Spec *s, const Path *path, json_t *v, void *at)
{
    switch (s->kind) {
    case FIELD_INT: return json_is_integer(v) ? put_int(r, s, path, json_integer_value(v), at) : not_an_int(r, s, path);
    case FIELD_BOOL:
        if (!json_is_boolean(v)) return bad(r, path, "must be true or false");
        *(bool *)at = json_is_true(v);
        return ERR_OK;
    case FIELD_REAL:
        if (!json_is_number(v)) return bad(r, path, "must be a number");
        *(double *)at = json_number_value(v);
        return ERR_OK;
    case FIELD_TIME: case FIELD_ID: case FIELD_TEXT: case FIELD_ENUM: case FIELD_CURRENCY:
        if (!json_is_string(v)) return not_a_text(r, s, path);
        return put_from_text(r, s, path, (Str){ json_string_value(v), json_string_length(v) }, at);
    case FIELD_MONEY: return read_money(r, s, path, v, at);
    case FIELD_OBJECT: return read_object_field(r, s->field->type, path, v, at);
    case FIELD_LIST: return read_list(r, s, path, v, at);
    case FIELD_BYTES: break;
    }
    must_failed(__FILE__, __LINE__, "bytes are never in JSON");
}

static Err refuse_unknown(Reader *r, const Type *type, const Path *path, json_t *v)
{
    const char *name;
    json_t *ignored;
    json_object_foreach(v, name, ignored) {
        (void)ignored;
        bool known = false;
        for (i64 i = 0; i < type->n && !known; i++) known = strcmp(name, type->fields[i].name) == 0;
        if (known) continue;
        Str shown = str_of(name);
        while (shown.n > NAME_SHOWN_MAX || (shown.n && str_utf8_length(shown) < 0)) shown.n--;
        return bad(r, &(Path){ .up = path, .name = shown }, "is not a field here");
    }
    return ERR_OK;
}

static Err read_object(Reader *r, const Type *type, const Path *path, json_t *v, void *out)
{
    i64 depth = path ? path->depth : 0, known = 0;
    must(depth <= JSON_DEPTH_MAX);                     // too_deep() has looked
    if (!json_is_object(v)) return bad(r, path, "must be an object");
    for (i64 i = 0; i < type->n; i++) {
        const Field *f = &type->fields[i];
        Path in = { .up = path, .name = str_of(f->name), .depth = depth + 1 };
        json_t *value = json_object_get(v, f->name);
        known += value != NULL;
        if (!value || json_is_null(value)) {
            if (!f->optional) return bad(r, &in, value ? "must not be null" : "is missing");
            continue;
        }
        Spec s = spec_of(f);
        try(read_value(r, &s, &in, value, (char *)out + f->offset));
        if (field_has_flag(f)) *((bool *)out + f->has_offset) = true;
    }
    return known == (i64)json_object_size(v) ? ERR_OK : refuse_unknown(r, type, path, v);
}

// Whether brackets nest past JSON_DEPTH_MAX. Looked at before jansson, which recurses: 1 MB of '[' costs one scan.
static bool too_deep(Str text)
{
    i64 depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (quoted) {
            if (c == '\\') i++;
            else if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > JSON_DEPTH_MAX) return true;
        } else if (c == ']' || c == '}') {
            depth--;
        }
    }
    return false;
}

static const char *syntax_sentence(enum json_error_code code)
{
    switch (code) {
    case json_error_numeric_overflow: return "A number is too large";
    case json_error_null_character: return "\\u0000 is not allowed in a text";
    case json_error_null_byte_in_key: return "\\u0000 is not allowed in a name";
    case json_error_duplicate_key: return "A name stands twice in one object";
    case json_error_invalid_utf8: return "The body is not valid UTF-8";
    case json_error_premature_end_of_input: return "The body ends too early";
    case json_error_end_of_input_expected: return "Something follows the end of the JSON";
    default: return "The body is not valid JSON";
    }
}

static void give_back(void *thing)
{
    json_decref(thing);
}

// The slot comes first: from then on a full arena cannot lose what jansson has allocated.
static Err parse(Arena *a, Str text, Refusal *why, ArenaSlot **slot)
{
    if (too_deep(text)) return refuse(why, ERR_BAD_JSON, NULL, "The body nests deeper than %d levels", JSON_DEPTH_MAX);
    if (str_trim(text).n == 0) return refuse(why, ERR_BAD_JSON, NULL, "The body is empty; it must be a JSON object");
    *slot = arena_defer(a, give_back);
    json_error_t e = { .line = 0 };
    (*slot)->thing = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    if ((*slot)->thing) return ERR_OK;
    return refuse(why, ERR_BAD_JSON, NULL, "%s (line %d, column %d)", syntax_sentence(json_error_code(&e)), e.line, e.column);
}

// Nothing of the parsed text outlives the decoding, so it need not wait for the arena.
static void release(ArenaSlot *slot)
{
    json_decref(slot->thing);
    slot->thing = NULL;
}

Err json_read(Arena *a, const Type *type, Str text, void *out, Refusal *why)
{
    ArenaSlot *slot;
    try(parse(a, text, why, &slot));
    Reader r = { .a = a, .why = why };
    Err e = read_object(&r, type, NULL, slot->thing, out);
    release(slot);
    return e;
}

static bool real_from_text(Str text, double *out)
{
    char copy[64], *end;
    if (text.n == 0 || text.n >= sizeof(copy)) return false;
    for (size_t i = 0; i < text.n; i++)
        if (!strchr("0123456789+-.eE", text.p[i]) || text.p[i] == 0) return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = 0;
    *out = strtod(copy, &end);
    return *end == 0 && isfinite(*out);
}

Err json_read_param(Arena *a, const Field *field, Str text, void *base, Refusal *why)
{
    Reader r = { .a = a, .why = why };
    Spec s = spec_of(field);
    Path path = { .name = str_of(field->name) };
    void *at = (char *)base + field->offset;
    i64 number;
    switch (field->kind) {
    case FIELD_INT:
        if (!str_to_i64(text, &number)) return not_an_int(&r, &s, &path);
        try(put_int(&r, &s, &path, number, at));
        break;
    case FIELD_BOOL:
        if (!str_eq(text, STR("true")) && !str_eq(text, STR("false"))) return bad(&r, &path, "must be true or false");
        *(bool *)at = text.n == 4;
        break;
    case FIELD_REAL:
        if (!real_from_text(text, at)) return bad(&r, &path, "must be a number");
        break;
    case FIELD_TIME: case FIELD_ID: case FIELD_TEXT: case FIELD_ENUM: case FIELD_CURRENCY:
        try(put_from_text(&r, &s, &path, text, at));
        break;
    default: must_failed(__FILE__, __LINE__, "tools/gen refuses such arguments");
    }
    if (field_has_flag(field)) *((bool *)base + field->has_offset) = true;
    return ERR_OK;
}

static json_t *step_into(json_t *v, Str *path)
{
    if (path->n && path->p[0] == '[') {
        *path = str_slice(*path, 1, path->n);
        i64 index;
        Str digits = str_split(path, ']');
        return str_to_i64(digits, &index) && index >= 0 ? json_array_get(v, (size_t)index) : NULL;
    }
    if (path->n && path->p[0] == '.') *path = str_slice(*path, 1, path->n);
    size_t n = 0;
    while (n < path->n && path->p[n] != '.' && path->p[n] != '[') n++;
    json_t *found = json_object_getn(v, path->p, n);
    *path = str_slice(*path, n, path->n);
    return found;
}

Str json_at(Arena *a, Str json, const char *path)
{
    ArenaSlot *slot;
    Refusal why;
    if (parse(a, json, &why, &slot) != ERR_OK) return (Str){ 0 };
    json_t *v = slot->thing;
    for (Str rest = str_of(path); v && rest.n;) v = step_into(v, &rest);
    Str found = { 0 };
    if (json_is_string(v)) {
        found = arena_copy(a, (Str){ json_string_value(v), json_string_length(v) });
    } else if (v && !json_is_null(v)) {
        ArenaSlot *text = arena_defer(a, free);
        text->thing = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
        found = arena_copy(a, str_of(text->thing));
    }
    release(slot);
    return found;
}
