// Tests of typed JSON: what is accepted comes back, what is refused names its field, at every depth.
#include <jansson.h>

#include "base/json_sample.h"
#include "base/test.h"

typedef struct Outcome { Err err; Refusal why; Str back; } Outcome;

// Reads a Sample and, when it is accepted, writes it again.
static Outcome read_sample(Arena *a, Str text)
{
    Outcome o = { 0 };
    Sample *s = arena_new(a, Sample);
    o.err = json_read(a, &SAMPLE_TYPE, text, s, &o.why);
    if (o.err != ERR_OK) return o;
    Buf b = buf_new(a, JSON_ANSWER_MAX);
    json_write(&b, &SAMPLE_TYPE, s);
    o.back = buf_str(&b);
    return o;
}

static Str replaced(Arena *a, const char *text, const char *old, const char *new)
{
    Str whole = str_of(text);
    i64 at = str_find(whole, str_of(old));
    must(at >= 0);
    Str head = str_slice(whole, 0, (size_t)at), tail = str_slice(whole, (size_t)at + strlen(old), whole.n);
    return arena_format(a, "%.*s%s%.*s", STR_ARG(head), new, STR_ARG(tail));
}

static void refused(const char *old, const char *new, Err want, const char *field, const char *sentence)
{
    Arena a = { 0 };
    Outcome o = read_sample(&a, replaced(&a, SAMPLE_FULL, old, new));
    check_int(o.err, want);
    check_str(str_of(o.why.field), str_of(field));
    if (sentence) check_str(str_of(o.why.detail), str_of(sentence));
    arena_free(&a);
}

TEST(json_round_trip)
{
    const char *texts[] = { SAMPLE_FULL, SAMPLE_MINIMAL };
    Arena a = { 0 };
    for (i64 i = 0; i < COUNT(texts); i++) {
        Outcome o = read_sample(&a, str_of(texts[i]));
        check_int(o.err, ERR_OK);
        check_str(o.back, str_of(texts[i]));
    }
    arena_free(&a);
}

TEST(json_values_arrive)
{
    Arena a = { 0 };
    Sample s = { 0 };
    Refusal why = { 0 };
    check_int(json_read(&a, &SAMPLE_TYPE, STR(SAMPLE_FULL), &s, &why), ERR_OK);
    check_int(s.whole, INT64_MIN);
    check_int(s.id.v, INT64_MAX);
    check_int(s.at, 1769862896789);
    check(s.yes && s.ratio == 0.25);
    check_int(s.colour, COLOUR_GREEN);
    check_str(currency_str(&s.price.currency), STR("KWD"));
    check_int(s.leaves.n, 2);
    check(s.leaves.p[1].has_more && s.leaves.p[1].more.n == 1 && !s.leaves.p[0].has_more);
    check_str(s.leaves.p[1].more.p[0].name, STR("bark"));
    check_int(s.colours.p[0], COLOUR_BLUE);
    check_int(s.wholes.p[0], -5);
    check(s.has_maybe_yes && !s.maybe_yes && s.has_maybe_names && s.maybe_names.n == 0);
    check(s.maybe_text.p && s.maybe_text.n == 0);
    Sample least = { 0 };
    check_int(json_read(&a, &SAMPLE_TYPE, STR(SAMPLE_MINIMAL), &least, &why), ERR_OK);
    check(!least.has_maybe_whole && !least.has_maybe_price && !least.maybe_text.p && !least.maybe_leaf && !least.maybe_id.v);
    arena_free(&a);
}

TEST(json_null_is_absent_where_optional)
{
    Arena a = { 0 };
    Outcome o = read_sample(&a, replaced(&a, SAMPLE_MINIMAL, "\"wholes\":[-5,0,5]",
                                         "\"wholes\":[-5,0,5],\"maybe_leaf\":null,\"maybe_whole\":null,\"maybe_names\":null"));
    check_int(o.err, ERR_OK);
    check_str(o.back, STR(SAMPLE_MINIMAL));
    arena_free(&a);
}

TEST(json_limits_are_named)
{
    refused("\"count\":7", "\"count\":100", ERR_BAD_FIELD, "leaf.count", "count must be a whole number from 0 to 99");
    refused("\"count\":7", "\"count\":-1", ERR_BAD_FIELD, "leaf.count", "count must be a whole number from 0 to 99");
    refused("\"minor\":1000,", "\"minor\":1001,", ERR_BAD_FIELD, "price.minor", "minor must be a whole number from 1 to 1000");
    refused("\"KWD\"", "\"kwd\"", ERR_BAD_FIELD, "price.currency",
            "currency must be a currency that is known here, such as IDR");
    refused("\"KWD\"}", "\"KWD\",\"x\":1}", ERR_BAD_FIELD, "price", "price must be an object of minor and currency");
    refused("\"bark\"", "\"\"", ERR_BAD_FIELD, "leaf.name", "name must have 1 to 8 characters");
    refused("\"bc\"", "\"123456789\"", ERR_BAD_FIELD, "names[1]", "names[1] must have 1 to 8 characters");
    refused("[-5,0,5]", "[-5,0,6]", ERR_BAD_FIELD, "wholes[2]", "wholes[2] must be a whole number from -5 to 5");
    refused("[-5,0,5]", "[0,0,0,0,0]", ERR_BAD_FIELD, "wholes", "wholes must have at most 4 items");
    refused("[\"1\",\"22\"]", "[]", ERR_BAD_FIELD, "ids", "ids must have 1 to 4 items");
    refused("\"green\"", "\"pink\"", ERR_BAD_FIELD, "colour", "colour must be one of red, green, blue");
    refused("\"more\":[{\"count\":7", "\"more\":[{\"count\":7.0", ERR_BAD_FIELD, "leaves[1].more[0].count",
            "count must be a whole number from 0 to 99");
}

TEST(json_ids_have_one_spelling)
{
    const char *wrong[] = { "0", "-1", "+1", "01", " 1", "1 ", "1a", "", "9223372036854775808", "1e3", "0x1" };
    for (i64 i = 0; i < COUNT(wrong); i++) {
        char new[64];
        snprintf(new, sizeof(new), "\"ids\":[\"%s\"", wrong[i]);
        refused("\"ids\":[\"1\"", new, ERR_BAD_FIELD, "ids[0]", "ids[0] must be an id: a text of decimal digits");
    }
}

TEST(json_times_and_currencies)
{
    const char *wrong[] = { "2026-01-31", "2026-02-30T00:00:00Z", "2026-01-31T24:00:00Z", "yesterday", "",
                            "1969-12-31T23:59:59Z" };
    for (i64 i = 0; i < COUNT(wrong); i++) {
        char new[64];
        snprintf(new, sizeof(new), "\"%s\"", wrong[i]);
        refused("\"2026-01-31T12:34:56.789Z\"", new, ERR_BAD_FIELD, "at", "at must be a time such as 2026-01-31T12:34:56Z");
    }
    refused("\"IDR\"", "\"XXX\"", ERR_BAD_FIELD, "currency", NULL);
    refused("\"IDR\"", "\"IDRX\"", ERR_BAD_FIELD, "currency", NULL);
}

TEST(json_int64_edges)
{
    Arena a = { 0 };
    Outcome o = read_sample(&a, replaced(&a, SAMPLE_FULL, "-9223372036854775808", "9223372036854775807"));
    check_int(o.err, ERR_OK);
    check_str(json_at(&a, o.back, "whole"), STR("9223372036854775807"));
    o = read_sample(&a, replaced(&a, SAMPLE_FULL, "-9223372036854775808", "-0"));
    check_int(o.err, ERR_OK);
    check_str(json_at(&a, o.back, "whole"), STR("0"));
    arena_free(&a);
    refused("-9223372036854775808", "9223372036854775808", ERR_BAD_JSON, NULL, NULL);
    refused("-9223372036854775808", "-9223372036854775809", ERR_BAD_JSON, NULL, NULL);
    refused("-9223372036854775808", "1.0", ERR_BAD_FIELD, "whole", "whole must be a whole number");
    refused("-9223372036854775808", "1e3", ERR_BAD_FIELD, "whole", "whole must be a whole number");
    refused("0.25", "1e999", ERR_BAD_JSON, NULL, NULL);
    refused("-9223372036854775808", "01", ERR_BAD_JSON, NULL, NULL);
    refused("-9223372036854775808", "+1", ERR_BAD_JSON, NULL, NULL);
}

// ------------------------------------------------------------------------------- every place, every wrong kind

typedef struct Mutation { Arena *a; json_t *root; i64 done; } Mutation;

static void expect_refusal(Mutation *m, const char *path)
{
    char *text = json_dumps(m->root, JSON_COMPACT);
    Arena a = { 0 };
    Outcome o = read_sample(&a, str_of(text));
    check_int(o.err, ERR_BAD_FIELD);
    check_str(str_of(o.why.field), str_of(path));
    check(o.why.detail[0] != 0);
    m->done++;
    arena_free(&a);
    free(text);
}

static bool kind_takes(FieldKind kind, const json_t *v)
{
    switch (kind) {
    case FIELD_INT: return json_is_integer(v);
    case FIELD_BOOL: return json_is_boolean(v);
    case FIELD_REAL: return json_is_number(v);
    case FIELD_OBJECT: case FIELD_MONEY: return json_is_object(v);
    case FIELD_LIST: return json_is_array(v);
    default: return json_is_string(v);
    }
}

// Puts each kind that does not belong in the place of one value: `list` at `index`, or `object` at `name`.
static void put_wrong_kinds(Mutation *m, json_t *list, size_t index, json_t *object, const char *name, const Field *f,
                            FieldKind kind, const char *path)
{
    json_t *kept = json_incref(list ? json_array_get(list, index) : json_object_get(object, name));
    const char *wrong[] = { "null", "true", "5", "1.5", "\"12\"", "[]", "{}", "[[]]", "{\"a\":{}}" };
    for (i64 i = 0; i < COUNT(wrong); i++) {
        json_t *v = json_loads(wrong[i], JSON_DECODE_ANY, NULL);
        if (kind_takes(kind, v) || (json_is_null(v) && f->optional && !list)) {
            json_decref(v);
            continue;
        }
        if (list) json_array_set_new(list, index, v);
        else json_object_set_new(object, name, v);
        expect_refusal(m, path);
    }
    if (list) json_array_set_new(list, index, kept);
    else json_object_set_new(object, name, kept);
}

static void mutate_object(Mutation *m, json_t *object, const Type *type, Str prefix);

static void mutate_list(Mutation *m, json_t *list, const Field *f, Str path)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        Str at = arena_format(m->a, "%.*s[%zu]", STR_ARG(path), i);
        put_wrong_kinds(m, list, i, NULL, NULL, f, f->element, at.p);
        if (f->element == FIELD_OBJECT) mutate_object(m, json_array_get(list, i), f->type, at);
    }
}

static void mutate_object(Mutation *m, json_t *object, const Type *type, Str prefix)
{
    const char *dot = prefix.n ? "." : "";
    json_object_set_new(object, "stranger", json_integer(1));
    expect_refusal(m, arena_format(m->a, "%.*s%sstranger", STR_ARG(prefix), dot).p);
    json_object_del(object, "stranger");
    for (i64 i = 0; i < type->n; i++) {
        const Field *f = &type->fields[i];
        json_t *value = json_incref(json_object_get(object, f->name));
        if (!value) continue;
        Str path = arena_format(m->a, "%.*s%s%s", STR_ARG(prefix), dot, f->name);
        put_wrong_kinds(m, NULL, 0, object, f->name, f, f->kind, path.p);
        if (!f->optional) {
            json_object_del(object, f->name);
            expect_refusal(m, path.p);
            json_object_set(object, f->name, value);
        }
        if (f->kind == FIELD_LIST) mutate_list(m, value, f, path);
        if (f->kind == FIELD_OBJECT) mutate_object(m, value, f->type, path);
        json_decref(value);
    }
}

TEST(json_wrong_kinds_everywhere)
{
    Arena a = { 0 };
    Mutation m = { .a = &a, .root = json_loads(SAMPLE_FULL, 0, NULL) };
    mutate_object(&m, m.root, &SAMPLE_TYPE, (Str){ 0 });
    check(m.done > 350);
    char *text = json_dumps(m.root, JSON_COMPACT);
    check_int(read_sample(&a, str_of(text)).err, ERR_OK);           // everything was put back
    free(text);
    json_decref(m.root);
    arena_free(&a);
}

// --------------------------------------------------------------------------------------------- values of addresses

static Err param(const Field *f, const char *text, Sample *out, Refusal *why)
{
    Arena a = { 0 };
    Err e = json_read_param(&a, f, str_of(text), out, why);
    if (e == ERR_OK && f->kind == FIELD_TEXT) check(str_eq(out->text, str_of(text)));
    if (why->field) check_str(str_of(why->field), str_of(f->name));
    out->text = (Str){ 0 };
    arena_free(&a);
    return e;
}

TEST(json_params)
{
    typedef struct Case { i64 field; const char *good, *bad[5]; } Case;
    Case cases[] = {
        { 0, "-12", { "", "1.0", "9223372036854775808", "1 ", "0x2" } },
        { 1, "true", { "", "1", "TRUE", "yes", "truex" } },
        { 2, "-2.5e1", { "", "nan", "1e999", "0x1p3", "1,5" } },
        { 3, "2026-01-31T12:34:56Z", { "", "2026", "now", "1", "2026-13-01T00:00:00Z" } },
        { 4, "77", { "", "0", "-7", "07", "9223372036854775808" } },
        { 5, "two", { "", "a", "1234567890123", "a\nb", "ab\xFF" } },
        { 7, "blue", { "", "Blue", "blu", "blue ", "0" } },
        { 8, "USD", { "", "usd", "US", "DOLLAR", "XXX" } },
    };
    for (i64 i = 0; i < COUNT(cases); i++) {
        Sample out = { 0 };
        Refusal why = { 0 };
        check_int(param(&SAMPLE_FIELDS[cases[i].field], cases[i].good, &out, &why), ERR_OK);
        for (i64 j = 0; j < COUNT(cases[i].bad); j++) {
            why = (Refusal){ 0 };
            check_int(param(&SAMPLE_FIELDS[cases[i].field], cases[i].bad[j], &out, &why), ERR_BAD_FIELD);
            check(why.detail[0] != 0);
        }
    }
    Sample out = { 0 };
    Refusal why = { 0 };
    check_int(param(&SAMPLE_FIELDS[17], "10", &out, &why), ERR_OK);
    check(out.has_maybe_whole && out.maybe_whole == 10);
}

// ----------------------------------------------------------------------------------------------------- writing, json_at

TEST(json_text_is_escaped)
{
    Arena a = { 0 };
    Buf b = buf_new(&a, 1000);
    json_write_text(&b, STR("\x01\b\t\n\v\f\r\x1f \"\\/\x7f<\xC3\xA9"));
    check_str(buf_str(&b), STR("\"\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\\u007f\\u003c\xC3\xA9\""));
    b = buf_new(&a, 1000);
    json_write_text(&b, STR("a</script><!--"));
    check(str_find(buf_str(&b), STR("<")) < 0);
    b = buf_new(&a, 1000);
    json_write_text(&b, STR("a\xFF" "b\xC3(\xED\xA0\x80" "c\xE2\x82"));
    i64 valid = str_utf8_length(buf_str(&b));
    check(valid > 0);
    json_t *read_back = json_loadb(buf_str(&b).p, buf_str(&b).n, JSON_DECODE_ANY, NULL);
    check(read_back != NULL);
    json_decref(read_back);
    arena_free(&a);
}

TEST(json_write_stops_at_the_ceiling)
{
    Arena a = { 0 };
    Sample s = { 0 };
    Refusal why = { 0 };
    check_int(json_read(&a, &SAMPLE_TYPE, STR(SAMPLE_FULL), &s, &why), ERR_OK);
    for (size_t limit = 1; limit < sizeof(SAMPLE_FULL) - 1; limit++) {
        Buf b = buf_new(&a, limit);
        json_write(&b, &SAMPLE_TYPE, &s);
        check(b.full && b.n <= limit);
    }
    Buf b = buf_new(&a, sizeof(SAMPLE_FULL) - 1);
    json_write(&b, &SAMPLE_TYPE, &s);
    check(!b.full);
    arena_free(&a);
}

TEST(json_at_finds)
{
    Arena a = { 0 };
    Str json = STR("{\"a\":[{\"b\":\"x\"},2,null,true],\"c\":{\"d\":{}},\"e\":1.5}");
    check_str(json_at(&a, json, "a[0].b"), STR("x"));
    check_str(json_at(&a, json, "a[1]"), STR("2"));
    check_str(json_at(&a, json, "a[2]"), STR(""));
    check_str(json_at(&a, json, "a[3]"), STR("true"));
    check_str(json_at(&a, json, "a[4]"), STR(""));
    check_str(json_at(&a, json, "a.b"), STR(""));
    check_str(json_at(&a, json, "a[-1]"), STR(""));
    check_str(json_at(&a, json, "a[x"), STR(""));
    check_str(json_at(&a, json, "c"), STR("{\"d\":{}}"));
    check_str(json_at(&a, json, "e"), STR("1.5"));
    check_str(json_at(&a, STR("{"), "a"), STR(""));
    arena_free(&a);
}
