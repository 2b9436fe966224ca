// The program: one word chooses what it does.
#include "base/log.h"
#include "main/admin.h"
#include "main/serve.h"
#include "main/workbench.h"

typedef struct Command { const char *name; int (*run)(const Settings *s); const char *help; } Command;

static int command_serve(const Settings *s)
{
    return serve(s, false);
}

static int command_demo(const Settings *s)
{
    return serve(s, s->demo);
}

static const Command COMMANDS[] = {
    { "serve", command_serve, "serve          open the market" },
    { "demo", command_demo, "demo           the same with a made-up town in it, and a test payment provider" },
    { "audit", command_audit, "audit          check every promise about stock, orders and payments; 1 if one is broken" },
    { "backup", command_backup, "backup FILE    copy the database, also while serving" },
    { "restore", command_restore, "restore FILE   put such a copy back, also while serving" },
    { "import", command_import, "import tax FILE  add tax rates of your own (docs/tax.md), also while serving" },
    { "reindex", command_reindex, "reindex        make the index of the search anew, also while serving" },
    { "operator", command_operator, "operator NAME  make the account with this handle an operator" },
    { "openapi", command_openapi, "openapi        print the interface's description (OpenAPI 3.1)" },
};

// They touch no market and read their own arguments.
static const Measure COMMANDS_ON_FILES[] = {
    { "eval", command_eval, "eval WHAT ...  how good recommender, search and trends are on data in files" },
    { "bench", command_bench, "bench WHAT     how fast the recommender is" },
    { "simulate", command_simulate, "simulate       made-up shoppers with hidden tastes use the feed" },
};

static int help(FILE *to, int code)
{
    fprintf(to, "Etalase %s: clips and shops in one program.\n\nUsage: etalase COMMAND [options]\n\n", ETALASE_VERSION);
    for (i64 i = 0; i < COUNT(COMMANDS); i++) fprintf(to, "  %s\n", COMMANDS[i].help);
    for (i64 i = 0; i < COUNT(COMMANDS_ON_FILES); i++) fprintf(to, "  %s\n", COMMANDS_ON_FILES[i].help);
    fprintf(to, "  version        print the version\n\n%s", SETTINGS_HELP);
    return code;
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) return help(stdout, 0);
    if (strcmp(word, "--version") == 0 || strcmp(word, "version") == 0) return puts(ETALASE_VERSION) == EOF;
    for (i64 i = 0; i < COUNT(COMMANDS_ON_FILES); i++)
        if (strcmp(word, COMMANDS_ON_FILES[i].name) == 0) return COMMANDS_ON_FILES[i].run(argc - 2, argv + 2);
    for (i64 i = 0; i < COUNT(COMMANDS); i++) {
        if (strcmp(word, COMMANDS[i].name) != 0) continue;
        for (int k = 2; k < argc; k++)
            if (strcmp(argv[k], "--help") == 0) return help(stdout, 0);
        Arena a = { 0 };
        Settings s = { .demo = strcmp(word, "demo") == 0 };
        int code = 2;
        if (settings_read(&a, argc, argv, 2, &s)) {
            log_quiet(s.quiet);
            code = COMMANDS[i].run(&s);
        }
        arena_free(&a);
        return code;
    }
    return help(stderr, 2);
}
