// Typed JSON: a body is read into a struct, and a struct written out, by its field table. Knows no HTTP and no database.
#pragma once
#include "base/buf.h"
#include "base/err.h"
#include "base/field.h"

enum { JSON_DEPTH_MAX = 32, JSON_BODY_MAX = 256 * 1024, JSON_ANSWER_MAX = 8 * 1024 * 1024 };

// Reads `text` into *out (zeroed, of type->size). Everything is checked at every depth: syntax, UTF-8, NUL characters,
// depth, repeated names, unknown names, missing and null fields, types, ranges, lengths, enum names, ids, dates,
// currencies, control characters in text (C0 but newline and tab in multiline text; also U+FFFE, U+FFFF).
// ERR_BAD_JSON for what is not JSON, ERR_BAD_FIELD with why->field as a path ("lines[2].quantity") and a sentence that
// names the limit. Texts point into the arena.
Err json_read(Arena *a, const Type *type, Str text, void *out, Refusal *why);

// One value of a path or query string into the field's place in the struct at `base`. ERR_BAD_FIELD as above.
Err json_read_param(Arena *a, const Field *field, Str text, void *base, Refusal *why);

// Writes the struct as JSON. Absent optional fields are left out. Ids are strings, times ISO 8601, money an object.
void json_write(Buf *b, const Type *type, const void *in);

// For the few answers without a type. Escapes as RFC 8259 says, and "</" too, so that it may stand inside HTML.
void json_write_text(Buf *b, Str s);

// For tests and tools: the value at a path such as "items[0].price.minor", as text (strings without quotes, objects
// as JSON, null and what is not there as an empty Str).
Str json_at(Arena *a, Str json, const char *path);
