// A type's name, a newline, a body: every type of the x.api files reads what it writes, and refuses with a sentence.
#include "base/json.h"
#include "gen/types.gen.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static const Type *find_type(Str name)
{
    for (i64 i = 0; i < TYPES_N; i++)
        if (str_eq(str_of(TYPES[i]->name), name)) return TYPES[i];
    return NULL;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    Str text = { (const char *)data, size };
    const Type *type = find_type(str_split(&text, '\n'));
    if (!type) return -1;                        // not worth keeping
    Arena a = { 0 };
    Refusal why = { 0 };
    void *first = arena_alloc(&a, type->size), *second = arena_alloc(&a, type->size);
    Err e = json_read(&a, type, text, first, &why);
    if (e == ERR_OK) {
        Buf one = buf_new(&a, JSON_ANSWER_MAX), two = buf_new(&a, JSON_ANSWER_MAX);
        json_write(&one, type, first);
        must(json_read(&a, type, buf_str(&one), second, &why) == ERR_OK);
        json_write(&two, type, second);
        must(!one.full && str_eq(buf_str(&one), buf_str(&two)));
    } else {
        must((e == ERR_BAD_JSON || e == ERR_BAD_FIELD) && why.detail[0]);
    }
    arena_free(&a);
    return 0;
}
