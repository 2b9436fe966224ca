// Any bytes as a body, a parameter, a text: what is accepted is written out and read back the same, in arenas of any size.
#include "base/json_sample.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

// Reads, writes, reads and writes again; the two texts must be equal. Returns whether it was accepted.
static bool round_trip(Arena *a, const Type *type, Str text)
{
    Refusal why = { 0 };
    void *first = arena_alloc(a, type->size), *second = arena_alloc(a, type->size);
    Err e = json_read(a, type, text, first, &why);
    if (e != ERR_OK) {
        must(e == ERR_BAD_JSON || e == ERR_BAD_FIELD);
        must(why.detail[0] != 0 && strlen(why.detail) < sizeof(why.detail));
        must(!why.field || str_utf8_length(str_of(why.field)) >= 0);
        return false;
    }
    Buf one = buf_new(a, JSON_ANSWER_MAX), two = buf_new(a, JSON_ANSWER_MAX);
    json_write(&one, type, first);
    must(!one.full);
    must(json_read(a, type, buf_str(&one), second, &why) == ERR_OK);
    json_write(&two, type, second);
    must(str_eq(buf_str(&one), buf_str(&two)));
    return true;
}

// Whatever the bytes are, the text that is written is valid JSON and valid UTF-8, and holds no '<'.
static void any_text(Arena *a, Str text)
{
    Buf b = buf_new(a, JSON_ANSWER_MAX);
    buf_add(&b, STR("{\"x\":"));
    json_write_text(&b, text);
    buf_add(&b, STR("}"));
    must(str_utf8_length(buf_str(&b)) >= 0);
    must(!memchr(b.p, '<', b.n));
    bool holds_nul = text.n && memchr(text.p, 0, text.n);
    if (str_utf8_length(text) < 0 || holds_nul) return;
    must(str_eq(json_at(a, buf_str(&b), "x"), text));
}

static void params(Arena *a, Str text)
{
    for (i64 i = 0; i < COUNT(SAMPLE_FIELDS); i++) {
        const Field *f = &SAMPLE_FIELDS[i];
        if (f->kind == FIELD_MONEY || f->kind == FIELD_OBJECT || f->kind == FIELD_LIST) continue;
        Sample s = { 0 };
        Refusal why = { 0 };
        Err e = json_read_param(a, f, text, &s, &why);
        must(e == ERR_OK || (e == ERR_BAD_FIELD && why.field && why.detail[0]));
    }
}

static void in_arena(size_t limit, Str text)
{
    Arena a = { .limit = limit };
    jmp_buf full;
    a.full = &full;
    if (setjmp(full) == 0) {
        round_trip(&a, &SAMPLE_TYPE, text);
        round_trip(&a, &LEAF_TYPE, text);
        json_at(&a, text, "leaves[1].more[0].price.minor");
        any_text(&a, text);
        params(&a, text);
    }
    arena_free(&a);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    Str text = { (const char *)data, size };
    in_arena(0, text);
    in_arena(1 + size + 64 * (size_t)(size ? data[size - 1] : 0), text);
    return 0;
}
