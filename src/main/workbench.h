// Commands that measure the recommender, search and trends on files or on made-up people, without a market: `etalase eval`,
// `etalase bench`, `etalase simulate`. Each prints one JSON line with its metrics, its seed and its seconds, unless it says so.
#pragma once
#include "base/arena.h"

int command_eval(int n, char **arg);
int command_bench(int n, char **arg);
int command_simulate(int n, char **arg);

// ---- for the files behind them

// One thing that can be measured. `run` gets what follows its name, and gives the process's code: 2 for wrong arguments.
typedef struct Measure { const char *name; int (*run)(int n, char **arg); const char *help; } Measure;

// Reads options of the form "--name VALUE" and "--name" and gathers the rest in order. Complains by name on standard error:
// what is unknown, missing, repeated or outside its limits.
typedef enum ArgKind { ARG_INT, ARG_REAL, ARG_TEXT, ARG_FLAG } ArgKind;
typedef struct Arg { const char *name; ArgKind kind; void *to; double min, max; } Arg;   // to: i64, double, const char *, bool
typedef struct Args { const Arg *known; i64 n_known; const char **rest; i64 rest_max; i64 n_rest; } Args;
bool args_read(int n, char **arg, Args *args);
// A whole file, at most `max` bytes. Complains and gives false.
bool read_whole_file(Arena *a, const char *path, i64 max, Str *out);
// Seconds since some moment, for `seconds`: measuring is these commands' business.
double seconds_now(void);
