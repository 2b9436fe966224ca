// The index and a folder of words for one question, for this folder alone.
#pragma once
#include "find/score.h"

enum { FIND_IDLE_MAX = 32 };

// From here to find_end no one changes the index. The thread waits for nothing else and takes nothing from a caller's arena.
const Index *find_begin(Find *f, Words **w);
void         find_end(Find *f, Words *w);
