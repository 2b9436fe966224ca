// One JSON object a line on standard error. Personal data never goes in: callers pass ids, not names.
#pragma once
#include "base/str.h"

typedef enum LogLevel { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

// {"at":"2026-01-31T12:34:56.789Z","level":"info","event":EVENT,"text":"…"}; text is cut at 2,000 bytes.
// `request` is the request's id, or an empty Str.
void log_event(LogLevel level, Str request, const char *event, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void log_quiet(bool quiet);      // tests: nothing below LOG_ERROR is written
