// Tasks: "do KIND for SUBJECT, not before DUE". Timers, the outbox and jobs are all this one thing. A task is a row that is
// written in the transaction that wants it, so it exists exactly when its reason does, and survives restarts.
#pragma once
#include "api/req.h"

typedef struct Tasks Tasks;

// Where jobs run, each with threads of its own, so that none stands in another's way: what this machine has done soon, what waits
// for someone outside, what does so while people look on, and what wants a processor for long.
typedef enum TaskLane { TASK_SOON, TASK_OUTSIDE, TASK_ASKED, TASK_LONG, TASK_LANES } TaskLane;

// What a kind of task does. `rule` runs inside a write transaction together with the deletion of the task: exactly once.
// `job` runs outside of any transaction, on a job thread (one at a time each), at least once; it opens its own
// transactions. Anything but ERR_OK is tried again with a growing pause; after `tries` of them `gave_up` runs as a rule.
// A kind without gave_up is never given up: on these timers hang holds, money and files.
typedef struct TaskKind {
    const char *name;
    Err (*rule)(Tx *tx, const By *by, i64 subject);
    Err (*job)(App *app, i64 subject, i64 attempt);
    Err (*gave_up)(Tx *tx, const By *by, i64 subject);     // may be NULL
    i64 tries;                                             // of a kind with gave_up; 0: TASK_TRIES
    i64 lease_ms;                                          // of a job: silent longer is dead; 0: TASK_LEASE_MS
    TaskLane lane;                                         // of a job
} TaskKind;

enum { TASK_SOON_THREADS = 2, TASK_OUTSIDE_THREADS = 4, TASK_ASKED_THREADS = 4, TASK_LONG_THREADS_MAX = 8,
       TASK_TRIES = 8, TASK_LEASE_MS = 60 * 1000, TASK_POLL_MS = 1000, TASK_BATCH = 32 };

// Once a kind and subject: a second call moves the first one's time.
Err task_at(Tx *tx, const By *by, const char *kind, i64 subject, Time due);
Err task_cancel(Tx *tx, const char *kind, i64 subject);

// Starts the timer thread, `long_threads` of TASK_LONG and those of the other lanes. `kinds` ends with a NULL name.
Tasks *tasks_start(App *app, const TaskKind *kinds, i64 long_threads);
// Asks the threads to end and waits for each up to wait_ms; false when one is still at work. The Tasks stays: the database
// still knows it.
bool   tasks_stop_within(Tasks *t, i64 wait_ms);
// Runs everything that is due now, on the calling thread, jobs included; returns how many ran. For tests.
i64    tasks_run_due(App *app, const TaskKind *kinds);
// A job that takes long says that it lives (at most every 10 s is needed).
Err    task_renew(App *app, const char *kind, i64 subject);
