// See workbench.h: which measures there are, and how they read their arguments.
#include "main/workbench.h"

#include <errno.h>
#include <math.h>
#include <time.h>

#include "base/buf.h"
#include "main/benches.h"
#include "main/evals.h"

// Each file of measures declares its own here.
static const Measure EVALS[] = {
    { "sequences", eval_sequences,
      "sequences FILE [--negatives 100 | --full] [--max-len 50] [--seed 1]   leave one out: HR and NDCG\n"
      "  sequences FILE --served [--unfitted] [--negatives 100] [--seed 1]   the same with the server's engine, event by event" },
    { "sessions", eval_sessions, "sessions TRAIN TEST [--seed 1]   the last item of each line of TEST: P@20 and MRR@20" },
    { "pairs", eval_pairs, "pairs TRAIN TEST [--seed 1]   lines user item item ...: recall and NDCG at 10 and 20" },
    { "search", eval_search, "search PRODUCTS QUERIES   lines id<TAB>title<TAB>text; a query a line: the ids, best first" },
    { "bursts", eval_bursts, "bursts CSV   timestamp,value lines: how unusual each is, from 0 to 1, judged as it comes" },
    { NULL, NULL, NULL },
};
static const Measure BENCHES[] = {
    { "feed", bench_feed, "feed [--clips N] [--people M] [--seconds S]   pages of a market of that size: how many, how fast" },
    { "learn", bench_learn, "learn [--clips N] [--people M] [--events E]   events learned, and a snapshot, on one core" },
    { "search", bench_search, "search [--documents N] [--words W] [--threads T] [--puts P] [--path FILE]   questions, how fast" },
    { NULL, NULL, NULL },
};

static int help(const char *command, const Measure *of, int code)
{
    FILE *to = code ? stderr : stdout;
    fprintf(to, "Usage: etalase %s WHAT ...\n\n", command);
    for (const Measure *m = of; m->name; m++) fprintf(to, "  %s\n", m->help);
    return code;
}

static int choose(const char *command, const Measure *of, int n, char **arg)
{
    if (n < 1) return help(command, of, 2);
    if (strcmp(arg[0], "--help") == 0 || strcmp(arg[0], "-h") == 0) return help(command, of, 0);
    for (const Measure *m = of; m->name; m++)
        if (strcmp(m->name, arg[0]) == 0) return m->run(n - 1, arg + 1);
    fprintf(stderr, "etalase: %s does not know %s\n", command, arg[0]);
    return help(command, of, 2);
}

int command_eval(int n, char **arg)
{
    return choose("eval", EVALS, n, arg);
}

int command_bench(int n, char **arg)
{
    return choose("bench", BENCHES, n, arg);
}

// ---------------------------------------------------------------------------------------------- arguments

static bool complain(const char *name, const char *what)
{
    fprintf(stderr, "etalase: %s %s\n", name, what);
    return false;
}

static bool take_number(const Arg *a, const char *text)
{
    char *end;
    errno = 0;
    double x = strtod(text, &end);
    if (end == text || *end || errno || !isfinite(x) || (a->kind == ARG_INT && x != floor(x)))
        return complain(a->name, a->kind == ARG_INT ? "needs a whole number" : "needs a number");
    if (x < a->min || x > a->max) {
        fprintf(stderr, "etalase: %s goes from %.15g to %.15g\n", a->name, a->min, a->max);
        return false;
    }
    if (a->kind == ARG_INT) *(i64 *)a->to = (i64)x;
    else *(double *)a->to = x;
    return true;
}

static bool take(const Arg *a, int n, char **arg, int *i)
{
    if (a->kind == ARG_FLAG) {
        *(bool *)a->to = true;
        return true;
    }
    if (*i + 1 >= n) return complain(a->name, "needs a value");
    const char *value = arg[++*i];
    if (a->kind != ARG_TEXT) return take_number(a, value);
    *(const char **)a->to = value;
    return true;
}

bool args_read(int n, char **arg, Args *args)
{
    u64 seen = 0;
    must(args->n_known <= 64);
    args->n_rest = 0;
    for (int i = 0; i < n; i++) {
        if (arg[i][0] != '-' || !arg[i][1]) {
            if (args->n_rest == args->rest_max) return complain(arg[i], "is one argument too many");
            args->rest[args->n_rest++] = arg[i];
            continue;
        }
        i64 k = 0;
        while (k < args->n_known && strcmp(args->known[k].name, arg[i]) != 0) k++;
        if (k == args->n_known) return complain(arg[i], "is not an option here");
        if (seen >> k & 1) return complain(arg[i], "is given twice");
        seen |= UINT64_C(1) << k;
        if (!take(&args->known[k], n, arg, &i)) return false;
    }
    return true;
}

bool read_whole_file(Arena *a, const char *path, i64 max, Str *out)
{
    FILE *f = fopen(path, "re");
    if (!f) return complain(path, strerror(errno));
    Buf b = buf_new(a, (size_t)max);
    char piece[65536];
    for (size_t k; (k = fread(piece, 1, sizeof(piece), f)) > 0;) buf_add(&b, (Str){ piece, k });
    bool failed = ferror(f) != 0;
    fclose(f);
    if (failed) return complain(path, "could not be read");
    if (b.full) {
        fprintf(stderr, "etalase: %s is larger than %lld bytes\n", path, (long long)max);
        return false;
    }
    *out = buf_str(&b);
    return true;
}

double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}
