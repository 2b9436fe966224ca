// Words of a text, as the index has them. For this folder alone.
#pragma once
#include <sqlite3.h>

#include "find/find.h"

// A folder of words: its state is for one thread at a time. `api` must outlive it. NULL when FTS5 has no unicode61.
typedef struct Words Words;
fts5_api *words_api(sqlite3 *db);
Words *words_new(fts5_api *api);
void   words_free(Words *w);
// Calls `take` for each word of a text, folded; it gives false to stop. The text is UTF-8.
typedef bool (*TakeWord)(void *context, Str word);
void   words_of(Words *w, Str text, TakeWord take, void *context);
// All words of a text in one, without what lies between: "MON-27-QHD" gives "mon27qhd". Empty: none, or too long.
typedef struct Code { char p[FIND_WORD_BYTES]; size_t n; } Code;
Code   words_code(Words *w, Str text);
// Stems of a folded word, at most two different ones, in `out`; how many.
typedef struct Stem { char p[FIND_WORD_BYTES]; size_t n; } Stem;
i64    words_stems(Words *w, Str word, Stem out[2]);
// What is not UTF-8 becomes a blank.
Str    words_clean(Arena *a, Str s);
// The longest beginning of at most `most` bytes that does not cut a letter.
Str    words_cut(Str s, size_t most);
