// What a question was taken for, and how well documents answer it. For this folder alone.
#pragma once
#include "find/index.h"

enum { VARIANTS_MAX = 48, BEGUN_MAX = 32, ASKED_CODES_MAX = 2 * FIND_WORDS_MAX, WINDOW = 4096 };

static const double SAME = 1.0, STEMMED = 0.8, CORRECTED = 0.7, BEGUN = 0.6;

// An entry that stands for a word of the question, and how well.
typedef struct Variant { u32 entry; float grade; } Variant;

// One word of a question. group: which phrase it belongs to, 0 for none.
typedef struct Term {
    char p[FIND_WORD_BYTES];
    size_t n;
    Variant v[VARIANTS_MAX]; i64 n_v;
    i64 documents, group;
    double rarity;
    bool without, corrected, begun;
} Term;

// A code that may be meant, and what it is worth.
typedef struct AskedCode { u32 entry; float worth; } AskedCode;
typedef struct Asked {
    Term term[FIND_WORDS_MAX]; i64 n;
    AskedCode code[ASKED_CODES_MAX]; i64 n_codes;
    u32 kinds;
} Asked;

typedef struct Found { i64 place; double score; } Found;

// The question as words that the index has. `s` is UTF-8.
void   asked_read(const Index *x, Words *w, Str s, Asked *q);
// As one that goes on: its last word may be the beginning of any.
void   asked_read_begun(const Index *x, Words *w, Str s, Asked *q);
// The most frequent words that begin so, at most BEGUN_MAX, in `out`; how many.
i64    asked_begun(const Index *x, Str letters, u32 *out);
double asked_rarity(const Index *x, i64 documents);
Str    asked_taken(Arena *a, const Asked *q, bool *corrected);
// At most `limit`, the best first; how many. `out` has room for them.
i64    score_all(const Index *x, Arena *scratch, const Asked *q, i64 limit, Found *out);
