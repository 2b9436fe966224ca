// Opens and closes what the program stands on: data folder, keys, database, threads. Shared by serve, demo, the admin
// commands and the tests.
#pragma once
#include "api/app.h"
#include "main/settings.h"

// Which tasks there are. Ends with a NULL name.
extern const TaskKind TASK_KINDS[];

// Makes the data folder and its parts, opens keys and database, migrates. Logged errors. With `serve` also takes the
// folder's lock (one serving process a folder: its cache relies on seeing every write) and starts worker threads.
Err  app_open(App *app, const Settings *s, bool serve);
void app_close(App *app);
// Everything that a request may ask for, whether it came by wire or from within.
NetHandler app_handler(App *app);
