// Tests of typed JSON against hostile bodies and small arenas: nesting, bad UTF-8, NULs, repeated names, memory.
#include "base/json_sample.h"
#include "base/test.h"

static Err read_text(Str text, Refusal *why)
{
    Arena a = { 0 };
    Sample s = { 0 };
    *why = (Refusal){ 0 };
    Err e = json_read(&a, &SAMPLE_TYPE, text, &s, why);
    if (why->field) why->field = "somewhere";          // it lives in the arena
    arena_free(&a);
    return e;
}

// A body whose first field is text with these bytes in it.
static Err read_with(Str bytes, const char *field, Refusal *why)
{
    Arena a = { 0 };
    Sample s = { 0 };
    *why = (Refusal){ 0 };
    Buf b = buf_new(&a, 10000);
    Str full = STR(SAMPLE_FULL);
    i64 at = str_find(full, str_of(field)) + (i64)strlen(field);
    must(at >= (i64)strlen(field));
    buf_add(&b, str_slice(full, 0, (size_t)at));
    buf_add(&b, bytes);
    buf_add(&b, str_slice(full, (size_t)at, full.n));
    Err e = json_read(&a, &SAMPLE_TYPE, buf_str(&b), &s, why);
    why->field = NULL;
    arena_free(&a);
    return e;
}

static Str repeated(Arena *a, const char *piece, i64 times)
{
    Buf b = buf_new(a, 16 * 1024 * 1024);
    for (i64 i = 0; i < times; i++) buf_add(&b, str_of(piece));
    return buf_str(&b);
}

TEST(json_nesting_is_bounded)
{
    const char *pieces[] = { "[", "{\"a\":", "[{\"leaves\":[", "[[]," };
    Refusal why;
    for (i64 i = 0; i < COUNT(pieces); i++) {
        Arena a = { 0 };
        check_int(read_text(repeated(&a, pieces[i], 1024 * 1024 / (i64)strlen(pieces[i])), &why), ERR_BAD_JSON);
        check_str(str_of(why.detail), STR("The body nests deeper than 32 levels"));
        arena_free(&a);
    }
}

// Leaf holds leaves: 16 of them one in the other are 32 levels (an object and a list each).
static Str nested_leaves(Arena *a, i64 levels)
{
    Str inner = STR("");
    for (i64 i = 0; i < levels; i++)
        inner = arena_format(a, "{\"count\":1,\"name\":\"x\",\"price\":{\"minor\":1,\"currency\":\"USD\"}%s%.*s%s}",
                             i ? ",\"more\":[" : "", STR_ARG(inner), i ? "]" : "");
    return inner;
}

TEST(json_recursive_types_read_to_the_limit)
{
    Arena a = { 0 };
    Leaf leaf = { 0 };
    Refusal why = { 0 };
    check_int(json_read(&a, &LEAF_TYPE, nested_leaves(&a, 15), &leaf, &why), ERR_OK);
    Buf b = buf_new(&a, 100000);
    json_write(&b, &LEAF_TYPE, &leaf);
    check_str(buf_str(&b), nested_leaves(&a, 15));
    check_int(json_read(&a, &LEAF_TYPE, nested_leaves(&a, 18), &leaf, &why), ERR_BAD_JSON);
    arena_free(&a);
}

TEST(json_brackets_inside_texts_do_not_nest)
{
    Arena a = { 0 };
    Str body = arena_format(&a, "{\"x\":\"\\\"%.*s\"}", STR_ARG(repeated(&a, "[", 100)));
    Refusal why;
    check_int(read_text(body, &why), ERR_BAD_FIELD);
    arena_free(&a);
}

TEST(json_syntax)
{
    const char *wrong[] = {
        "", " \n", "{", "}", "nul", "tru", "{\"a\":1,}", "{a:1}", "{'a':1}", "[1,]", "{} {}", "{}x", "\xEF\xBB\xBF{}", "/* */ {}",
        "{\"whole\":1,\"whole\":1}", "{\"leaf\":{\"count\":1,\"count\":1}}", "{\"whole\":NaN}", "{\"whole\":Infinity}",
        "{\"whole\":1 \"yes\":true}", "{\"a\":\"\\x41\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\n\"}",
    };
    for (i64 i = 0; i < COUNT(wrong); i++) {
        Refusal why;
        Err e = read_text(str_of(wrong[i]), &why);
        if (e != ERR_BAD_JSON) fprintf(stderr, "  case %lld: %s\n", (long long)i, wrong[i]);
        check_int(e, ERR_BAD_JSON);
        check(why.detail[0] != 0);
    }
    const char *not_objects[] = { "[]", "1", "\"a\"", "null", "true", "1.5", "[{}]" };
    for (i64 i = 0; i < COUNT(not_objects); i++) {
        Refusal why;
        check_int(read_text(str_of(not_objects[i]), &why), ERR_BAD_FIELD);
        check_str(str_of(why.detail), STR("The body must be an object"));
    }
}

TEST(json_bad_utf8)
{
    static const Str WRONG[] = {
        { "\x80", 1 }, { "\xBF", 1 }, { "\xC0\xAF", 2 }, { "\xC1\xBF", 2 }, { "\xC3", 1 }, { "\xC3(", 2 }, { "\xE0\x80\xAF", 3 },
        { "\xE0\x9F\xBF", 3 }, { "\xE2\x82", 2 }, { "\xE2(\xA1", 3 }, { "\xED\xA0\x80", 3 }, { "\xED\xBF\xBF", 3 },
        { "\xF0\x80\x80\xAF", 4 }, { "\xF0\x8F\xBF\xBF", 4 }, { "\xF0\x9F\x8C", 3 }, { "\xF4\x90\x80\x80", 4 },
        { "\xF5\x80\x80\x80", 4 }, { "\xF8\x88\x80\x80\x80", 5 }, { "\xFE", 1 }, { "\xFF", 1 },
    };
    for (i64 i = 0; i < COUNT(WRONG); i++) {
        Refusal why;
        check_int(read_with(WRONG[i], "\"text\":\"", &why), ERR_BAD_JSON);
        check_int(read_with(WRONG[i], "{\"", &why), ERR_BAD_JSON);
        Arena a = { 0 };
        Sample s = { 0 };
        check_int(json_read_param(&a, &SAMPLE_FIELDS[5], WRONG[i], &s, &why), ERR_BAD_FIELD);
        arena_free(&a);
    }
    Refusal why;
    check_int(read_with(STR("\\uD800"), "\"text\":\"", &why), ERR_BAD_JSON);
    check_int(read_with(STR("\\uDC00\\uD800"), "\"text\":\"", &why), ERR_BAD_JSON);
    check_int(read_with(STR("\\uD83C\\uDF3F"), "\"text\":\"", &why), ERR_OK);
}

TEST(json_control_characters)
{
    for (int c = 1; c <= 0x20; c++) {
        char escaped[8];
        snprintf(escaped, sizeof(escaped), "\\u%04x", c);
        Refusal why;
        check_int(read_with(str_of(escaped), "\"text\":\"", &why), c == 0x20 ? ERR_OK : ERR_BAD_FIELD);
        check_int(read_with(str_of(escaped), "\"lines\":\"", &why), c == '\n' || c == '\t' || c == ' ' ? ERR_OK : ERR_BAD_FIELD);
    }
    const char *wrong[] = { "\\u007f", "\\uFFFE", "\\uFFFF", "\xEF\xBF\xBE", "\xEF\xBF\xBF" };
    for (i64 i = 0; i < COUNT(wrong); i++) {
        Refusal why;
        check_int(read_with(str_of(wrong[i]), "\"text\":\"", &why), ERR_BAD_FIELD);
        check_int(read_with(str_of(wrong[i]), "\"lines\":\"", &why), ERR_BAD_FIELD);
    }
    Refusal why;
    check_int(read_with(STR("\xEF\xBF\xBD"), "\"text\":\"", &why), ERR_OK);          // U+FFFD is a character
}

TEST(json_nul_is_refused)
{
    Refusal why;
    check_int(read_with(STR("\\u0000"), "\"text\":\"", &why), ERR_BAD_JSON);
    check_int(read_with(STR("\\u0000"), "{\"", &why), ERR_BAD_JSON);
    check_int(read_with((Str){ "\0", 1 }, "\"text\":\"", &why), ERR_BAD_JSON);
    check_int(read_with((Str){ "\0", 1 }, "{\"", &why), ERR_BAD_JSON);
    check_int(read_with((Str){ "\0", 1 }, "{", &why), ERR_BAD_JSON);
    check_int(read_with((Str){ "\0", 1 }, "}", &why), ERR_BAD_JSON);
}

TEST(json_unknown_names_are_shown_cut)
{
    Arena a = { 0 };
    Sample s = { 0 };
    Refusal why = { 0 };
    Str long_name = repeated(&a, "\xE2\x82\xAC", 1000);
    Str body = arena_format(&a, "{\"%.*s\":1,%s", STR_ARG(long_name), &SAMPLE_FULL[1]);
    check_int(json_read(&a, &SAMPLE_TYPE, body, &s, &why), ERR_BAD_FIELD);
    check(why.field && strlen(why.field) <= 40 && str_utf8_length(str_of(why.field)) > 10);
    arena_free(&a);
}

// ---------------------------------------------------------------------------------------------------------- memory

// One round trip in an arena of `limit` bytes. False when it was full; the arena is freed either way, and whatever
// jansson had allocated with it (the sanitizers' leak check says so).
static bool round_trip(size_t limit)
{
    Arena a = { .limit = limit };
    jmp_buf full;
    a.full = &full;
    if (setjmp(full)) {
        arena_free(&a);
        return false;
    }
    Refusal why = { 0 };
    Sample *s = arena_new(&a, Sample);
    check_int(json_read(&a, &SAMPLE_TYPE, STR(SAMPLE_FULL), s, &why), ERR_OK);
    Buf b = buf_new(&a, 10000);
    json_write(&b, &SAMPLE_TYPE, s);
    check_str(buf_str(&b), STR(SAMPLE_FULL));
    check_str(json_at(&a, buf_str(&b), "leaf"), STR(SAMPLE_LEAF));
    arena_free(&a);
    return true;
}

static bool refusal_fits(size_t limit)
{
    Arena a = { .limit = limit };
    jmp_buf full;
    a.full = &full;
    if (setjmp(full)) {
        arena_free(&a);
        return false;
    }
    Refusal why = { 0 };
    Leaf *leaf = arena_new(&a, Leaf);
    Str body = STR("{\"count\":1,\"name\":\"x\",\"price\":{\"minor\":1,\"currency\":\"USD\"},"
                   "\"more\":[" SAMPLE_LEAF ",{\"count\":\"\"}]}");
    check_int(json_read(&a, &LEAF_TYPE, body, leaf, &why), ERR_BAD_FIELD);
    check_str(str_of(why.field), STR("more[1].count"));
    arena_free(&a);
    return true;
}

TEST(json_in_every_size_of_arena)
{
    size_t limit = 1;
    while (limit < 100000 && !round_trip(limit)) limit++;
    check(limit > 1000 && limit < 10000);
    for (limit = 1; limit < 100000 && !refusal_fits(limit);) limit++;
    check(limit > 100 && limit < 10000);
}
