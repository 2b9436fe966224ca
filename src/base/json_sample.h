// A type with every kind of field, nested and recursive, for the tests and fuzz targets of json.c. Knows no feature.
#pragma once
#include "base/json.h"

typedef enum Colour { COLOUR_RED, COLOUR_GREEN, COLOUR_BLUE } Colour;
typedef struct TagId { i64 v; } TagId;
typedef struct TagIdList { TagId *p; i64 n; } TagIdList;
typedef struct ColourList { Colour *p; i64 n; } ColourList;
typedef struct MoneyList { Money *p; i64 n; } MoneyList;
typedef struct IntList { i64 *p; i64 n; } IntList;
typedef struct Leaf Leaf;
typedef struct LeafList { Leaf *p; i64 n; } LeafList;

struct Leaf {
    i64 count;
    Str name;
    Money price;
    bool has_more; LeafList more;
};

typedef struct Sample {
    i64 whole;
    bool yes;
    double ratio;
    Time at;
    TagId id;
    Str text, lines;
    Colour colour;
    Currency currency;
    Money price;
    Leaf *leaf;
    LeafList leaves;
    StrList names;
    TagIdList ids;
    ColourList colours;
    MoneyList prices;
    IntList wholes;
    bool has_maybe_whole; i64 maybe_whole;
    bool has_maybe_yes; bool maybe_yes;
    bool has_maybe_at; Time maybe_at;
    TagId maybe_id;
    Str maybe_text;
    bool has_maybe_colour; Colour maybe_colour;
    bool has_maybe_price; Money maybe_price;
    Leaf *maybe_leaf;
    bool has_maybe_names; StrList maybe_names;
} Sample;

static const char *const COLOUR_TEXTS[] = { "red", "green", "blue" };
static const EnumTable COLOUR_NAMES = { .name = "Colour", .names = COLOUR_TEXTS, .n = 3 };
static const Type LEAF_TYPE;

static const Field LEAF_FIELDS[] = {
    { .name = "count", .kind = FIELD_INT, .offset = offsetof(Leaf, count), .max = 99 },
    { .name = "name", .kind = FIELD_TEXT, .offset = offsetof(Leaf, name), .min = 1, .max = 8 },
    { .name = "price", .kind = FIELD_MONEY, .offset = offsetof(Leaf, price), .max = MONEY_MAX_MINOR },
    { .name = "more", .kind = FIELD_LIST, .offset = offsetof(Leaf, more), .optional = true,
      .has_offset = offsetof(Leaf, has_more), .max = 3, .element = FIELD_OBJECT, .type = &LEAF_TYPE },
};
static const Type LEAF_TYPE = { .name = "Leaf", .size = sizeof(Leaf), .fields = LEAF_FIELDS, .n = COUNT(LEAF_FIELDS) };

static const Field SAMPLE_FIELDS[] = {
    { .name = "whole", .kind = FIELD_INT, .offset = offsetof(Sample, whole), .min = INT64_MIN, .max = INT64_MAX },
    { .name = "yes", .kind = FIELD_BOOL, .offset = offsetof(Sample, yes) },
    { .name = "ratio", .kind = FIELD_REAL, .offset = offsetof(Sample, ratio) },
    { .name = "at", .kind = FIELD_TIME, .offset = offsetof(Sample, at) },
    { .name = "id", .kind = FIELD_ID, .offset = offsetof(Sample, id) },
    { .name = "text", .kind = FIELD_TEXT, .offset = offsetof(Sample, text), .min = 2, .max = 12 },
    { .name = "lines", .kind = FIELD_TEXT, .offset = offsetof(Sample, lines), .max = 40, .multiline = true },
    { .name = "colour", .kind = FIELD_ENUM, .offset = offsetof(Sample, colour), .enums = &COLOUR_NAMES },
    { .name = "currency", .kind = FIELD_CURRENCY, .offset = offsetof(Sample, currency) },
    { .name = "price", .kind = FIELD_MONEY, .offset = offsetof(Sample, price), .min = 1, .max = 1000 },
    { .name = "leaf", .kind = FIELD_OBJECT, .offset = offsetof(Sample, leaf), .type = &LEAF_TYPE },
    { .name = "leaves", .kind = FIELD_LIST, .offset = offsetof(Sample, leaves), .max = 4, .element = FIELD_OBJECT,
      .type = &LEAF_TYPE },
    { .name = "names", .kind = FIELD_LIST, .offset = offsetof(Sample, names), .max = 4, .element = FIELD_TEXT,
      .element_min = 1, .element_max = 8 },
    { .name = "ids", .kind = FIELD_LIST, .offset = offsetof(Sample, ids), .min = 1, .max = 4, .element = FIELD_ID },
    { .name = "colours", .kind = FIELD_LIST, .offset = offsetof(Sample, colours), .max = 4, .element = FIELD_ENUM,
      .enums = &COLOUR_NAMES },
    { .name = "prices", .kind = FIELD_LIST, .offset = offsetof(Sample, prices), .max = 4, .element = FIELD_MONEY,
      .element_max = 50 },
    { .name = "wholes", .kind = FIELD_LIST, .offset = offsetof(Sample, wholes), .max = 4, .element = FIELD_INT,
      .element_min = -5, .element_max = 5 },
    { .name = "maybe_whole", .kind = FIELD_INT, .offset = offsetof(Sample, maybe_whole), .optional = true,
      .has_offset = offsetof(Sample, has_maybe_whole), .max = 10 },
    { .name = "maybe_yes", .kind = FIELD_BOOL, .offset = offsetof(Sample, maybe_yes), .optional = true,
      .has_offset = offsetof(Sample, has_maybe_yes) },
    { .name = "maybe_at", .kind = FIELD_TIME, .offset = offsetof(Sample, maybe_at), .optional = true,
      .has_offset = offsetof(Sample, has_maybe_at) },
    { .name = "maybe_id", .kind = FIELD_ID, .offset = offsetof(Sample, maybe_id), .optional = true },
    { .name = "maybe_text", .kind = FIELD_TEXT, .offset = offsetof(Sample, maybe_text), .optional = true, .max = 8 },
    { .name = "maybe_colour", .kind = FIELD_ENUM, .offset = offsetof(Sample, maybe_colour), .optional = true,
      .has_offset = offsetof(Sample, has_maybe_colour), .enums = &COLOUR_NAMES },
    { .name = "maybe_price", .kind = FIELD_MONEY, .offset = offsetof(Sample, maybe_price), .optional = true,
      .has_offset = offsetof(Sample, has_maybe_price), .max = 1000 },
    { .name = "maybe_leaf", .kind = FIELD_OBJECT, .offset = offsetof(Sample, maybe_leaf), .optional = true, .type = &LEAF_TYPE },
    { .name = "maybe_names", .kind = FIELD_LIST, .offset = offsetof(Sample, maybe_names), .optional = true,
      .has_offset = offsetof(Sample, has_maybe_names), .max = 2, .element = FIELD_TEXT, .element_max = 4 },
};
static const Type SAMPLE_TYPE = { .name = "Sample", .size = sizeof(Sample), .fields = SAMPLE_FIELDS, .n = COUNT(SAMPLE_FIELDS) };

// A value of it with everything there, as json_write writes it.
#define SAMPLE_LEAF "{\"count\":7,\"name\":\"bark\",\"price\":{\"minor\":12,\"currency\":\"EUR\"}}"
#define SAMPLE_REQUIRED \
    "{\"whole\":-9223372036854775808,\"yes\":true,\"ratio\":0.25,\"at\":\"2026-01-31T12:34:56.789Z\"," \
    "\"id\":\"9223372036854775807\",\"text\":\"h\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8C\xBF\\\"\\\\\",\"lines\":\"one\\n\\ttwo\"," \
    "\"colour\":\"green\",\"currency\":\"IDR\",\"price\":{\"minor\":1000,\"currency\":\"KWD\"},\"leaf\":" SAMPLE_LEAF "," \
    "\"leaves\":[" SAMPLE_LEAF ",{\"count\":0,\"name\":\"b\",\"price\":{\"minor\":0,\"currency\":\"JPY\"}," \
    "\"more\":[" SAMPLE_LEAF "]}],\"names\":[\"a\",\"bc\"],\"ids\":[\"1\",\"22\"],\"colours\":[\"blue\",\"red\"]," \
    "\"prices\":[{\"minor\":50,\"currency\":\"USD\"}],\"wholes\":[-5,0,5]"
#define SAMPLE_MINIMAL SAMPLE_REQUIRED "}"
#define SAMPLE_FULL SAMPLE_REQUIRED \
    ",\"maybe_whole\":10,\"maybe_yes\":false,\"maybe_at\":\"1970-01-01T00:00:00.000Z\",\"maybe_id\":\"3\"," \
    "\"maybe_text\":\"\",\"maybe_colour\":\"red\",\"maybe_price\":{\"minor\":0,\"currency\":\"USD\"}," \
    "\"maybe_leaf\":" SAMPLE_LEAF ",\"maybe_names\":[]}"
