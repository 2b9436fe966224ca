// A few threads for slow work that must hold up neither the event loops nor the writer: password hashing, pictures.
#pragma once
#include "base/err.h"

typedef struct Work Work;

enum { WORK_QUEUE_MAX = 256 };

Work *work_start(i64 threads);
// ERR_BUSY when WORK_QUEUE_MAX wait already.
Err   work_submit(Work *w, void (*run)(void *context), void *context);
// The same for one of many owners (not 0), who take turns: what waits for an owner without a thread goes first. ERR_TOO_MANY
// when `most` of this owner's wait or run.
Err   work_submit_for(Work *w, i64 owner, i64 most, void (*run)(void *context), void *context);
void  work_stop(Work *w);          // finishes what was submitted
