// Everything outside /v1: media from the data folder, the web app, its pages, descriptions of problems.
#pragma once
#include "api/app.h"

// Opens DATA/media, below which every file is found; ERR_INTERNAL, logged, when it is not there.
Err  files_open(App *app);
void files_close(App *app);

// Answers any GET or HEAD outside of /v1 itself; always NET_BODY_REFUSED.
NetPlan files_begin(App *app, NetRequest *r);

enum { MEDIA_PARTS_MAX = 5, MEDIA_NAME_MAX = 64 };

// Pure, fuzzed. A path below /media/ as it may be opened: parts of letters, digits, '-' and '_', the last with one ending
// of those that are served. Gives what follows "/media/" and its type; false for everything else, escapes included.
bool files_media_path(Str path, Str *relative, const char **type);
