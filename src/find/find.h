// Full-text search over titles, texts and codes: an inverted index in memory, kept in a file of SQLite's. Knows no market.
//
// Words are folded (case, diacritics: FTS5's unicode61), scripts without blanks cut into pairs of letters, and words of one stem,
// English or Indonesian (Snowball), stand for each other, so that a question need not say its language. Every document that holds
// a word of the question is scored from the lists of its words alone, as fields (BM25F: Zaragoza and others 2004), with what is
// written the same above what shares a stem, above what was corrected, and with more for documents that hold every word, hold
// them side by side, or are named exactly so. A code that was asked for comes before everything else. A word that occurs nowhere
// is the beginning of others, two joined ones, or the nearest within one or two letters (Damerau 1964). docs/search.md.
//
// Memory: about 4 bytes a word of a document, 2 for its place, 120 and its title a document, 90 a different word.
// Threads: any number may ask and suggest at once, also while one puts; what was put is found at once. Puts wait for each other.
// A put holds up questions for the microseconds in which its words are added. Nothing is read anew after a change: corrections
// and completions look at the vocabulary itself.
#pragma once
#include "base/arena.h"

enum {
    FIND_WORDS_MAX = 16,                   // of a question; what comes after is not looked at
    FIND_WORD_BYTES = 64,                  // a longer word is cut
    FIND_ASKED_BYTES = 1000,               // a longer question is cut
    FIND_HITS_MAX = 1000,
    FIND_GUESSES_MAX = 50,
    FIND_NUMBERS = 6,                      // of a document, for the caller's facets and sorting
    FIND_KINDS = 16,
    FIND_KEY_BYTES = 64, FIND_TITLE_BYTES = 1000,          // longer ones are cut
    FIND_TITLE_WORDS = 100, FIND_TEXT_WORDS = 1000, FIND_CODES = 200,      // of a document; what comes after is not found
    FIND_DOCUMENTS_MAX = 1 << 24,
};

typedef struct Find Find;
typedef struct FindDoc {
    i64 id, kind;                          // kind: 0..FIND_KINDS - 1; an id is unique in its kind
    Str title, text;
    Str codes;                             // exact things with blanks between (SKUs, handles, hashtags): matched whole, without
                                           // case, diacritics and what is neither letter nor digit
    Str key;                               // one facet's value; "" none
    double weight;                         // >= 0: what the caller knows of its popularity; 0 neutral. See docs/search.md
    i64 number[FIND_NUMBERS];
} FindDoc;
typedef struct FindHit { i64 id, kind; double score; Str key; i64 number[FIND_NUMBERS]; } FindHit;
// What was understood: the question with its corrections, and whether there are any.
typedef struct FindAnswer { FindHit *hit; i64 n; Str taken; bool corrected; } FindAnswer;
typedef struct FindGuess { Str text; i64 kind, id; } FindGuess;            // kind -1: words, no document
typedef struct FindSize { i64 documents, words, bytes; } FindSize;         // words: different ones

// path NULL: in memory only. A file of another version, or one that is broken anywhere, is emptied, and `fresh` tells that it
// must be filled (as it does for a new one). One program at a time: NULL when another has it, or when it cannot be made.
Find *find_open(const char *path, bool *fresh);
// Commits nothing: what was put after the last find_flush is put again by the caller, who starts from find_mark.
void  find_close(Find *f);
// Adds a document, or replaces the one of its kind and id. Bytes that are not UTF-8 are taken as blanks. false: the index is
// full, or the file cannot be written; what was put is found all the same.
bool  find_put(Find *f, const FindDoc *doc);
// true also when there was none.
bool  find_remove(Find *f, i64 kind, i64 id);
// Everything is put again between these two: the second takes out what was not, and says how much; -1: the file cannot be had.
// One filling at a time, and no other puts that must stay.
void  find_fill_begins(Find *f);
i64   find_fill_ends(Find *f);
// Commits what was put and removed, and with it `mark`: how far the caller's own log has been read. 0 at first.
bool  find_flush(Find *f, i64 mark);
i64   find_mark(const Find *f);
// "words", "\"a phrase\"", "-without". kinds: bits. At most `limit` hits (1..FIND_HITS_MAX), the best first, equal ones by kind
// and id. A question without a word finds nothing. The answer lies in `a`.
FindAnswer find_ask(Find *f, Arena *a, Str question, u32 kinds, i64 limit);
// What a question that begins so may become, at most `limit` (1..FIND_GUESSES_MAX): documents with a code that begins so, then
// ways to end the last word that find something, and documents whose titles hold the words. How many; texts lie in `a`.
i64 find_suggest(Find *f, Arena *a, Str begun, u32 kinds, FindGuess *out, i64 limit);
FindSize find_size(Find *f);
// How far two words are apart: letters put in, left out, changed, or changed places with the next; `most` + 1 for anything more.
int   find_distance(Str x, Str y, int most);
