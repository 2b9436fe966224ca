// Words of a text, as the index has them. For this folder alone.
#pragma once
#include <sqlite3.h>

#include "find/find.h"

// A stem lies in the index beside its word, behind this sign, which no word holds.
#define STEM_SIGN '\x1e'

typedef struct Words Words;

// Registers the tokenizer "etalase" with a connection. NULL when FTS5 is not there.
Words *words_new(sqlite3 *db);
void   words_free(Words *w);
// Calls `take` for each word of a text, folded; it gives false to stop.
typedef bool (*TakeWord)(void *context, Str word);
void   words_of(Words *w, Str text, TakeWord take, void *context);
// Stems of a folded word, with their sign in front, at most two different ones, in `out`; how many.
typedef struct Stem { char p[FIND_WORD_BYTES + 2]; size_t n; } Stem;
i64    words_stems(Words *w, Str word, Stem out[2]);
