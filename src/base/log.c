// One JSON object a line on standard error, written with one write so that lines of two threads never mix.
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

// The one mutable static below main/: a log that had to be handed down everywhere would not be called in time.
static _Atomic bool quiet;

void log_quiet(bool on)
{
    atomic_store(&quiet, on);
}

static const char *const LEVELS[] = { "debug", "info", "warn", "error" };

// Writes `text` as the inside of a JSON string; stops in time.
static size_t escape(char *out, size_t room, const char *text)
{
    size_t n = 0;
    for (const u8 *p = (const u8 *)text; *p && n + 7 < room; p++) {
        if (*p == '"' || *p == '\\') out[n++] = '\\', out[n++] = (char)*p;
        else if (*p < 0x20 || *p == 0x7F) n += (size_t)snprintf(out + n, 7, "\\u%04x", *p);
        else out[n++] = (char)*p;
    }
    out[n] = 0;
    return n;
}

void log_event(LogLevel level, Str request, const char *event, const char *format, ...)
{
    if (level < LOG_ERROR && atomic_load(&quiet)) return;
    char text[2000], escaped[4200], line[4600], at[TIME_ISO_SIZE], id[64];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    escape(escaped, sizeof(escaped), text);
    time_to_iso_text(clock_now(), at);
    id[0] = 0;
    if (request.n && request.n < 40) snprintf(id, sizeof(id), ",\"request\":\"%.*s\"", STR_ARG(request));
    int n = snprintf(line, sizeof(line), "{\"at\":\"%s\",\"level\":\"%s\",\"event\":\"%s\"%s,\"text\":\"%s\"}\n", at,
                     LEVELS[level], event, id, escaped);
    if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0) return;   // nowhere left to complain
}
