// Marks in a text: #hashtags and @mentions, where they stand and what they name. Knows nobody's accounts or clips.
#pragma once
#include "base/arena.h"

enum {
    MARKS_MAX = 30,              // of one text; what stands behind the thirtieth is plain text
    MARK_NAME_MAX = 60,          // code points of a name; a longer one is no mark, rather than half of one
};

typedef enum MarkKind { MARK_TAG, MARK_MENTION } MarkKind;
// Bytes from .. to - 1 of the text, the sign included. `name` is without it, in lower case.
typedef struct Mark { MarkKind kind; size_t from, to; Str name; } Mark;
typedef struct MarkList { Mark *p; i64 n; } MarkList;

// In the order of the text, repeated ones too. A sign counts at the beginning or behind what is no letter, digit or underscore
// (so an e-mail address is no mention). A tag is made of letters of any script, digits and underscores, not of digits alone; a
// mention of ASCII letters, digits, '.', '-' and '_', and ends with a letter, digit or underscore.
void marks_find(Arena *a, Str text, MarkList *out);
// In lower case: ASCII, Latin, Greek and Cyrillic letters; others stay. What two writings of one tag are compared by.
Str  marks_fold(Arena *a, Str text);
