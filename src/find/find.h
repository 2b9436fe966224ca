// Full-text search over titles and texts: an index of SQLite's FTS5 in memory, and a ranking of its own. Knows no market.
//
// Words are folded (case, diacritics: FTS5's unicode61) and indexed as written and by their stems, English and Indonesian
// (Snowball), so that a question need not say its language. FTS5 finds the candidates; they are then scored as fields
// (BM25F: Zaragoza and others 2004) with what is written the same above what shares a stem, above what was corrected, and with
// more for documents that hold every word, hold them side by side, or are named exactly so. A word that occurs nowhere is
// taken for two joined ones, or for the most frequent within one or two letters of it (Damerau 1964).
#pragma once
#include "base/arena.h"

enum {
    FIND_WORDS_MAX = 16,                   // of a question; what comes after is not looked at
    FIND_WORD_BYTES = 64,                  // a longer word is cut
    FIND_ASKED_BYTES = 1000,               // a longer question is cut
    FIND_HITS_MAX = 1000,
};

typedef struct Find Find;
typedef struct FindHit { i64 id; double score; } FindHit;
// What was understood: the question with its corrections, and whether there are any.
typedef struct FindAnswer { FindHit *hit; i64 n; Str taken; bool corrected; } FindAnswer;

// NULL when SQLite cannot make it (no memory, no FTS5).
Find *find_new(void);
void  find_free(Find *f);
// Adds a document, or replaces it. Bytes that are not UTF-8 are taken as blanks. false: the index is full or broken.
bool  find_put(Find *f, i64 id, Str title, Str text);
// "words", "\"a phrase\"", "-without". At most `limit` hits (1..FIND_HITS_MAX), the best first, equal ones by id. A question
// without a word finds nothing. The answer lies in `a`.
FindAnswer find_ask(Find *f, Arena *a, Str question, i64 limit);
// How far two words are apart: letters put in, left out, changed, or changed places with the next; `most` + 1 for anything more.
int   find_distance(Str x, Str y, int most);
