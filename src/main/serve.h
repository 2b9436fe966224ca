// The serving process: from the first bind to the last answer.
#pragma once
#include "main/settings.h"

enum { STOP_GRACE_MS = 8000 };          // for requests under way after SIGTERM; the process is gone within 10 s

// Serves until SIGTERM or SIGINT. With `town` the demo town is made first where it is missing, while serving.
int serve(const Settings *s, bool town);
