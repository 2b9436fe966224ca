// Words as letters, for corrections. For this folder alone.
#pragma once
#include "find/find.h"

typedef struct Spelled { u32 c[FIND_WORD_BYTES]; int n; } Spelled;

Spelled spelled(Str s);
// As find_distance.
int     spelled_distance(const Spelled *x, const Spelled *y, int most);
