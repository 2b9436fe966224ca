// What a question was taken for, and how well a document answers it. For this folder alone.
#pragma once
#include "find/words.h"

// A word of the index or a stem, with how many documents have it.
typedef struct Known { char *p; size_t n; i64 documents; } Known;

struct Find {
    sqlite3 *db;
    Words *words;
    sqlite3_stmt *put, *get;
    Known *word; i64 n_words, documents;   // the vocabulary, read when `stale` and asked
    bool stale;
};

// One word of a question. group: which phrase it belongs to, 0 for none. joined: with the next word, where that is a word, too.
typedef struct Term {
    char p[FIND_WORD_BYTES], joined[FIND_WORD_BYTES];
    size_t n, n_joined;
    Stem stem[2]; i64 n_stems;
    i64 documents, group;
    bool without, corrected;
} Term;

typedef struct Asked { Term term[FIND_WORDS_MAX]; i64 n; } Asked;

i64    find_frequency(const Find *f, Str word);
// 0: not to be shown (a phrase is missing, or a word is there that must not be).
double score_document(const Find *f, const Asked *q, Str title, Str text);
