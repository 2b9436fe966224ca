// Working on the models with two threads, so that the result does not depend on how they take turns.
#pragma once
#include "base/types.h"

enum { THREADS = 2 };

// Runs work(context, shard) for shards 0 .. THREADS - 1 at the same time, and waits for them. BLAS has one thread in each.
void both(void (*work)(void *context, i64 shard), void *context);
