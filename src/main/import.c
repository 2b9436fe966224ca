// `etalase import WHAT FILE`: facts from a file, in one transaction, beside a serving process. Knows of each WHAT only its name
// and whose rule takes it.
#include "base/log.h"
#include "base/rand.h"
#include "gen/program.gen.h"
#include "main/admin.h"
#include "tax/tax.h"

enum { IMPORT_FILE_MAX = 16 * 1024 * 1024 };

// What can be imported. `take` says how many facts there were.
typedef struct Import { const char *what; Err (*take)(Tx *tx, const By *by, Str text, i64 *n); const char *facts; } Import;
static const Import IMPORTS[] = {
    { "tax", tax_rates_import, "tax rates" },
};

typedef struct Importing { const Import *import; Str text; Ids ids; i64 n; Arena arena; Refusal why; } Importing;

static Err take(Tx *tx, void *context)
{
    Importing *x = context;
    arena_reset(&x->arena);
    tx->a = &x->arena;
    By by = { .now = clock_now(), .ids = &x->ids };
    Err e = x->import->take(tx, &by, x->text, &x->n);
    x->why = tx->why;
    return e;
}

static bool read_file(Arena *a, Str path, Str *out)
{
    FILE *f = fopen(arena_cstr(a, path), "re");
    Buf b = buf_new(a, IMPORT_FILE_MAX);
    char piece[4096];
    bool read = f != NULL;
    for (size_t n; f && (n = fread(piece, 1, sizeof(piece), f)) > 0;) buf_add(&b, (Str){ piece, n });
    if (f) {
        read = !ferror(f) && !b.full;
        fclose(f);
    }
    *out = buf_str(&b);
    return read;
}

static int import_file(const Settings *s, const Import *import)
{
    Arena a = { 0 };
    Importing x = { .import = import };
    Db *db;
    u16 node;
    int code = 1;
    rand_bytes(&node, sizeof(node));
    x.ids.node = node % 1024;
    if (!read_file(&a, s->rest[1], &x.text))
        fprintf(stderr, "etalase: %.*s could not be read (at most %d bytes)\n", STR_ARG(s->rest[1]), IMPORT_FILE_MAX);
    else if (admin_open_db(s, &db) == ERR_OK) {
        Err e = db_run(db, true, take, &x);
        db_close(db);
        if (e == ERR_OK) printf("%lld %s were taken in.\n", (long long)x.n, import->facts);
        else fprintf(stderr, "etalase: nothing was taken in: %s\n", x.why.detail[0] ? x.why.detail : err_title(e));
        code = e != ERR_OK;
    }
    arena_free(&x.arena);
    arena_free(&a);
    return code;
}

int command_import(const Settings *s)
{
    for (i64 i = 0; s->n_rest == 2 && i < COUNT(IMPORTS); i++)
        if (str_eq(s->rest[0], str_of(IMPORTS[i].what))) return import_file(s, &IMPORTS[i]);
    fputs("etalase: import needs WHAT and FILE; WHAT is one of:", stderr);
    for (i64 i = 0; i < COUNT(IMPORTS); i++) fprintf(stderr, " %s", IMPORTS[i].what);
    fputs("\n", stderr);
    return 2;
}
