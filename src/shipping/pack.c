// A profile as one compact text for quotes. By the field tables, in the order of their fields: numbers end with a blank, texts
// have their length before them, what is optional has '+' or '-'. Pure.
#include "shipping/pack.h"

#include "base/buf.h"
#include "shipping/zones.h"

enum { PACKED_MAX = 2 * ZONE_TEXT_MAX, PACK_DEPTH_MAX = 8 };

static void *at_offset(const void *base, u32 offset)
{
    return (char *)(uintptr_t)base + offset;
}

static bool is_there(const Field *f, const void *base)
{
    const void *at = at_offset(base, f->offset);
    if (!f->optional) return true;
    if (f->kind == FIELD_TEXT) return ((const Str *)at)->p != NULL;
    if (f->kind == FIELD_OBJECT) return *(void *const *)at != NULL;
    return *(const bool *)at_offset(base, f->has_offset);
}

// ---------------------------------------------------------------------------------------------- writing

static void put_fields(Buf *b, const Type *type, const void *base);

static void put_number(Buf *b, i64 n)
{
    buf_add_i64(b, n);
    buf_add_char(b, ' ');
}

static void put_text(Buf *b, Str s)
{
    buf_add_i64(b, (i64)s.n);
    buf_add_char(b, ':');
    buf_add(b, s);
}

static void put_list(Buf *b, const Field *f, const void *at)
{
    const struct { char *p; i64 n; } *list = at;
    size_t size = field_element_size(f);
    put_number(b, list->n);
    for (i64 i = 0; i < list->n; i++) {
        const void *element = list->p + (size_t)i * size;
        if (f->element == FIELD_TEXT) put_text(b, *(const Str *)element);
        else put_fields(b, f->type, element);
    }
}

static void put_value(Buf *b, const Field *f, const void *at)
{
    switch (f->kind) {
    case FIELD_INT: put_number(b, *(const i64 *)at); return;
    case FIELD_BOOL: put_number(b, *(const bool *)at); return;
    case FIELD_ENUM: put_number(b, *(const int *)at); return;
    case FIELD_TEXT: put_text(b, *(const Str *)at); return;
    case FIELD_CURRENCY: put_text(b, str_of(((const Currency *)at)->code)); return;
    case FIELD_OBJECT: put_fields(b, f->type, *(void *const *)at); return;
    case FIELD_LIST: put_list(b, f, at); return;
    default: must(false);                                // a kind that profiles do not have
    }
}

static void put_fields(Buf *b, const Type *type, const void *base)
{
    for (i64 i = 0; i < type->n; i++) {
        const Field *f = &type->fields[i];
        bool there = is_there(f, base);
        if (f->optional) buf_add_char(b, there ? '+' : '-');
        if (there) put_value(b, f, at_offset(base, f->offset));
    }
}

Str profile_pack(Arena *a, const ShipProfilePut *profile)
{
    Buf b = buf_new(a, PACKED_MAX);
    put_number(&b, PACK_FORMAT);
    put_fields(&b, &SHIP_PROFILE_PUT_TYPE, profile);
    must(!b.full);                               // shorter than its JSON, which was measured
    return buf_str(&b);
}

// ---------------------------------------------------------------------------------------------- reading

typedef struct In { Arena *a; const char *p, *end; int depth; } In;

static bool take_fields(In *in, const Type *type, void *base);

// Digits, an optional minus, and the character that ends them.
static bool take_number(In *in, char end, i64 *out)
{
    bool minus = in->p < in->end && *in->p == '-';
    i64 n = 0;
    const char *first = in->p += minus;
    for (; in->p < in->end && *in->p >= '0' && *in->p <= '9'; in->p++)
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, *in->p - '0', &n)) return false;
    if (in->p == first || in->p == in->end || *in->p != end) return false;
    in->p++;
    *out = minus ? -n : n;
    return true;
}

static bool take_text(In *in, Str *out)
{
    i64 n;
    if (!take_number(in, ':', &n) || n < 0 || n > in->end - in->p) return false;
    *out = (Str){ in->p, (size_t)n };
    in->p += n;
    return true;
}

static bool take_list(In *in, const Field *f, void *at)
{
    struct { char *p; i64 n; } *list = at;
    size_t size = field_element_size(f);
    if (!take_number(in, ' ', &list->n) || list->n < 0 || list->n > f->max) return false;
    list->p = arena_alloc_array(in->a, list->n, size);
    for (i64 i = 0; i < list->n; i++) {
        void *element = list->p + (size_t)i * size;
        if (f->element == FIELD_TEXT ? !take_text(in, element) : !take_fields(in, f->type, element)) return false;
    }
    return true;
}

static bool take_currency(In *in, Currency *out)
{
    Str s;
    return take_text(in, &s) && currency_parse(s, out);
}

static bool take_value(In *in, const Field *f, void *at)
{
    i64 n;
    switch (f->kind) {
    case FIELD_INT: return take_number(in, ' ', at);
    case FIELD_BOOL:
        if (!take_number(in, ' ', &n) || n < 0 || n > 1) return false;
        *(bool *)at = n;
        return true;
    case FIELD_ENUM:
        if (!take_number(in, ' ', &n) || n < 0 || n >= f->enums->n) return false;
        *(int *)at = (int)n;
        return true;
    case FIELD_TEXT: return take_text(in, at);
    case FIELD_CURRENCY: return take_currency(in, at);
    case FIELD_OBJECT:
        *(void **)at = arena_alloc(in->a, f->type->size);
        return take_fields(in, f->type, *(void **)at);
    case FIELD_LIST: return take_list(in, f, at);
    default: return false;
    }
}

static bool take_fields(In *in, const Type *type, void *base)
{
    if (++in->depth > PACK_DEPTH_MAX) return false;
    for (i64 i = 0; i < type->n; i++) {
        const Field *f = &type->fields[i];
        if (f->optional) {
            if (in->p == in->end) return false;
            char there = *in->p++;
            if (there == '-') continue;
            if (there != '+') return false;
            if (field_has_flag(f)) *(bool *)at_offset(base, f->has_offset) = true;
        }
        if (!take_value(in, f, at_offset(base, f->offset))) return false;
    }
    in->depth--;
    return true;
}

bool profile_unpack(Arena *a, Str packed, ShipProfilePut *out)
{
    In in = { .a = a, .p = packed.p, .end = packed.p + packed.n };
    i64 format;
    if (!packed.n || !take_number(&in, ' ', &format) || format != PACK_FORMAT) return false;
    *out = (ShipProfilePut){ 0 };
    return take_fields(&in, &SHIP_PROFILE_PUT_TYPE, out) && in.p == in.end;
}

// ---------------------------------------------------------------------------------------------- which fields

// FNV-1a over what decides how a field is packed.
static u64 mix(u64 hash, u64 n)
{
    return (hash ^ n) * 1099511628211u;
}

static u64 fields_of(u64 hash, const Type *type)
{
    for (i64 i = 0; i < type->n; i++) {
        const Field *f = &type->fields[i];
        for (const char *c = f->name; *c; c++) hash = mix(hash, (u8)*c);
        hash = mix(mix(hash, (u64)f->kind), f->optional);
        if (f->enums) hash = mix(hash, (u64)f->enums->n);
        if (f->type) hash = fields_of(hash, f->type);
    }
    return hash;
}

u64 profile_fields(void)
{
    return fields_of(14695981039346656037u, &SHIP_PROFILE_PUT_TYPE);
}
