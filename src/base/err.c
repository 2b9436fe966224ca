// The one list of refusals as tables.
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

typedef struct ErrRow { int status; const char *slug, *title; } ErrRow;

static const ErrRow ROWS[] = {
    [ERR_OK] = { 200, "ok", "OK" },
#define ERR_ROW(constant, number, name, text) [constant] = { number, name, text },
    ERR_LIST(ERR_ROW)
#undef ERR_ROW
};

static const ErrRow *row(Err e)
{
    must(e >= ERR_OK && e < ERR_COUNT);
    return &ROWS[e];
}

int err_status(Err e)
{
    return row(e)->status;
}

const char *err_slug(Err e)
{
    return row(e)->slug;
}

const char *err_title(Err e)
{
    return row(e)->title;
}

Err refuse(Refusal *why, Err e, const char *field, const char *format, ...)
{
    must(e != ERR_OK);
    why->field = field;
    va_list args;
    va_start(args, format);
    vsnprintf(why->detail, sizeof(why->detail), format, args);
    va_end(args);
    return e;
}
