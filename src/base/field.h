// Field tables: one description of a C struct drives JSON in, JSON out and rows in. tools/gen emits them from x.api and
// x.sql. Knows no JSON and no database.
#pragma once
#include "base/clock.h"
#include "base/money.h"

typedef enum FieldKind {
    FIELD_INT,       // i64
    FIELD_BOOL,      // bool; a column of INT 0 or 1
    FIELD_REAL,      // double (rank and media only)
    FIELD_TIME,      // Time; ISO 8601 in JSON, INT in rows
    FIELD_ID,        // struct { i64 v; }; a decimal string in JSON, INT in rows
    FIELD_TEXT,      // Str
    FIELD_BYTES,     // Str of raw bytes; rows only, never in JSON (SEALED and BLOB columns)
    FIELD_ENUM,      // a C enum; its name in JSON and rows
    FIELD_CURRENCY,  // Currency; "IDR"
    FIELD_MONEY,     // Money; {"minor":1,"currency":"IDR"} in JSON, the columns NAME_minor and NAME_currency in rows
    FIELD_OBJECT,    // a pointer to a struct, NULL when absent; never in rows
    FIELD_LIST,      // struct { T *p; i64 n; } of `element` kind; never in rows
} FieldKind;

typedef struct EnumTable { const char *name; const char *const *names; i64 n; } EnumTable;   // names[0] is value 0

typedef struct Type Type;
typedef struct Field {
    const char *name;
    FieldKind kind, element;       // element: of a FIELD_LIST
    u32 offset;
    // Optional: may be absent or null. Absent is v == 0 for an id, p == NULL for text, bytes and objects; for the other
    // kinds a bool at has_offset says so (the C field is has_NAME).
    bool optional;
    u32 has_offset;
    bool multiline;                // text that may hold newlines and tabs
    i64 min, max;                  // int: its range. text: code points. money: minor units. list: count.
    i64 element_min, element_max;  // the same of a list's elements
    const EnumTable *enums;
    const Type *type;              // of the object, or of the list's objects
} Field;

struct Type { const char *name; size_t size; const Field *fields; i64 n; };

// Whether a bool at has_offset says that the field is there (see Field.optional).
bool   field_has_flag(const Field *f);
// Bytes from one element of a FIELD_LIST to the next. Objects stand in lists by value.
size_t field_element_size(const Field *f);
