// Who did what in which order, as arrays: what the sequence models are fitted on and asked with. Items are numbered from 0.
#pragma once
#include "base/types.h"

// The history of person p is item[start[p] .. start[p + 1] - 1], oldest first. start has people + 1 entries.
typedef struct Sequences { i64 people, items; const i64 *start; const i32 *item; } Sequences;
