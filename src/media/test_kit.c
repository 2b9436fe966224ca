// What the media tests share. The folder's name is static: tests have no main of their own to keep it in.
#include "media/test_kit.h"

#include <limits.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

static char folder[128];
static pid_t owner;

static void remove_folder(void)
{
    char command[160];
    if (getpid() != owner) return;
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    if (system(command) != 0) fprintf(stderr, "could not remove %s\n", folder);
}

static const char *kit_folder(void)
{
    if (!folder[0]) {
        const char *within = getenv("TMPDIR");
        must(snprintf(folder, sizeof(folder), "%s/etalase-media-XXXXXX", within ? within : "/tmp") < (int)sizeof(folder));
        must(mkdtemp(folder) != NULL);
        owner = getpid();
        atexit(remove_folder);
        log_quiet(true);
    }
    return folder;
}

Str kit_path(Arena *a, const char *name)
{
    return arena_format(a, "%s/%s", kit_folder(), name);
}

static char *command_of(Arena *a, const char *format, va_list args)
{
    char text[8192];
    int n = vsnprintf(text, sizeof(text), format, args);
    must(n > 0 && n < (int)sizeof(text));
    return arena_cstr(a, arena_format(a, "cd '%s' && %s", kit_folder(), text));
}

void kit_shell(const char *format, ...)
{
    Arena a = { 0 };
    va_list args;
    va_start(args, format);
    char *command = command_of(&a, format, args);
    va_end(args);
    if (system(command) != 0) test_failed(__FILE__, __LINE__, "failed: %s", command);
    arena_free(&a);
}

void kit_make(const char *name, const char *arguments)
{
    Arena a = { 0 };
    if (!kit_exists(kit_path(&a, name))) kit_shell("ffmpeg -v error -nostdin -y %s '%s'", arguments, name);
    arena_free(&a);
}

Str kit_output(Arena *a, const char *format, ...)
{
    char bytes[16384];
    va_list args;
    va_start(args, format);
    FILE *pipe = popen(command_of(a, format, args), "r");
    va_end(args);
    must(pipe != NULL);
    size_t n = fread(bytes, 1, sizeof(bytes), pipe);
    pclose(pipe);
    return str_trim(arena_copy(a, (Str){ bytes, n }));
}

double kit_number(const char *format, ...)
{
    char text[64] = "";
    Arena a = { 0 };
    va_list args;
    va_start(args, format);
    FILE *pipe = popen(command_of(&a, format, args), "r");
    va_end(args);
    must(pipe != NULL);
    size_t n = fread(text, 1, sizeof(text) - 1, pipe);
    text[n] = 0;
    pclose(pipe);
    arena_free(&a);
    return strtod(text, NULL);
}

bool kit_exists(Str path)
{
    char text[PATH_MAX];
    struct stat s;
    snprintf(text, sizeof(text), "%.*s", STR_ARG(path));
    return lstat(text, &s) == 0;
}

typedef struct Heard { i64 last, count; } Heard;

static void hear(void *context, i64 permille)
{
    Heard *h = context;
    h->count = permille < h->last || permille > 1000 || h->count < 0 ? -1 : h->count + 1;
    h->last = permille;
}

Conversion kit_clip(Arena *a, const char *name)
{
    return kit_clip_over(a, name, (Str){ 0 }, name);
}

Conversion kit_clip_over(Arena *a, const char *name, Str sound, const char *to)
{
    return kit_clip_as(a, name, (MediaOrder){ .sound = sound }, to);
}

Conversion kit_clip_as(Arena *a, const char *name, MediaOrder order, const char *to)
{
    Heard heard = { 0 };
    Conversion c = { .folder = arena_format(a, "%s/out/%s", kit_folder(), to) };
    order.source = kit_path(a, name), order.directory = c.folder, order.progress = hear, order.context = &heard;
    c.err = media_transcode(&order, &c.clip, &c.fault);
    c.heard = heard.count;
    return c;
}

Conversion kit_picture(Arena *a, const char *name)
{
    Conversion c = { .folder = arena_format(a, "%s/out/%s", kit_folder(), name) };
    c.err = media_picture(kit_path(a, name), c.folder, &c.picture, &c.fault);
    return c;
}

void kit_check_fault(const char *file, int line, const char *name, MediaFault got, MediaFault want, Str left)
{
    Arena a = { 0 };
    if (got != want)
        test_failed(file, line, "%s: the fault is %s, not %s", name, media_fault_slug(got), media_fault_slug(want));
    if (kit_exists(left)) test_failed(file, line, "%s: there is a result", name);
    if (kit_exists(arena_format(&a, "%.*s.part", STR_ARG(left)))) test_failed(file, line, "%s: files were left behind", name);
    arena_free(&a);
}
