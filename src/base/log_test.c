// Tests of the log: each line is one JSON object whatever the text holds, and quiet is quiet.
#include "base/log.h"
#include "base/json.h"
#include "base/test.h"

#include <unistd.h>

// What `write` puts on standard error meanwhile, read through a pipe (so less than its 64 KB).
static Str capture(Arena *a, void (*write_lines)(void))
{
    int ends[2], kept = dup(STDERR_FILENO);
    must(kept >= 0 && pipe(ends) == 0);
    dup2(ends[1], STDERR_FILENO);
    write_lines();
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(ends[1]);
    char *text = arena_alloc(a, 65536);
    ssize_t n, all = 0;
    while ((n = read(ends[0], text + all, (size_t)(65536 - all))) > 0) all += n;
    close(ends[0]);
    return (Str){ text, (size_t)all };
}

static void three_lines(void)
{
    static const char LONG[] = "%05000d";
    log_event(LOG_WARN, STR("r1"), "odd", "quote \" slash \\ line\nend\x01%s", "\x7f");
    log_event(LOG_ERROR, (Str){ 0 }, "long", LONG, 1);
    log_event(LOG_INFO, (Str){ 0 }, "plain", "%d%%", 7);
}

TEST(log_lines_are_json)
{
    Arena a = { 0 };
    log_quiet(false);
    Str text = capture(&a, three_lines);
    Str line = str_split(&text, '\n');
    check_str(json_at(&a, line, "level"), STR("warn"));
    check_str(json_at(&a, line, "event"), STR("odd"));
    check_str(json_at(&a, line, "request"), STR("r1"));
    check_str(json_at(&a, line, "text"), STR("quote \" slash \\ line\nend\x01\x7f"));
    Time at;
    check(time_from_iso(json_at(&a, line, "at"), &at) && clock_now() - at < MINUTE_MS);
    line = str_split(&text, '\n');
    check(json_at(&a, line, "text").n < 2000 && json_at(&a, line, "text").n > 1000);
    line = str_split(&text, '\n');
    check_str(json_at(&a, line, "text"), STR("7%"));
    check_int(text.n, 0);
    arena_free(&a);
}

TEST(log_quiet_keeps_errors)
{
    Arena a = { 0 };
    log_quiet(true);                                  // and stays so for the tests that follow
    Str text = capture(&a, three_lines);
    check_str(json_at(&a, str_split(&text, '\n'), "event"), STR("long"));
    check_int(text.n, 0);
    arena_free(&a);
}
