// `etalase eval search PRODUCTS QUERIES`: what src/find finds, best first. See evals.h.
#include <stdlib.h>

#include "base/str.h"
#include "find/find.h"
#include "main/evals.h"

static const i64 SEARCH_FILE_MAX = (i64)1 << 30;
enum { PRINTED = 100 };

// Ids are texts of the caller's: the index has their numbers.
static bool add_products(Find *f, const char *path, Str text, Names *ids)
{
    for (i64 line = 1; text.n; line++) {
        Str row = str_split(&text, '\n');
        if (row.n && row.p[row.n - 1] == '\r') row.n--;
        if (!row.n) continue;
        Str id = str_trim(str_split(&row, '\t')), title = str_split(&row, '\t');
        if (line == 1 && str_eq_nocase(id, STR("id"))) continue;           // a heading
        if (!id.n || !title.p || !title.n)
            return histories_complain(path, line, "needs an id, a title and a text, with tabs between");
        i64 known = ids->n;
        i32 number = names_number(ids, id);
        if (number < known) return histories_complain(path, line, "has an id that was there before");
        FindDoc doc = { .id = number, .title = title, .text = row };
        if (!find_put(f, &doc)) return histories_complain(path, line, "could not be indexed");
    }
    return ids->n > 0 || histories_complain(path, 1, "there is nothing in it");
}

static i64 ask_queries(Find *f, Str text, const Names *ids, i64 *found)
{
    i64 n = 0;
    for (bool first = true; text.n; first = false) {
        Str query = str_trim(str_split(&text, '\n'));
        if (!query.n || (first && str_eq_nocase(query, STR("query")))) continue;
        Arena a = { 0 };
        FindAnswer x = find_ask(f, &a, query, 1, PRINTED);
        printf("%.*s\t", STR_ARG(query));
        for (i64 i = 0; i < x.n; i++) printf("%s%.*s", i ? " " : "", STR_ARG(ids->name[x.hit[i].id]));
        printf("\n");
        *found += x.n > 0, n++;
        arena_free(&a);
    }
    return n;
}

int eval_search(int n, char **arg)
{
    const char *path[2];
    i64 seed = 1;
    Arg known[] = { { "--seed", ARG_INT, &seed, 0, 9e15 } };
    Args args = { .known = known, .n_known = 1, .rest = path, .rest_max = 2 };
    if (!args_read(n, arg, &args)) return 2;
    if (args.n_rest != 2) {
        fprintf(stderr, "etalase: eval search needs a file of products (id, title, text with tabs between) and one of queries\n");
        return 2;
    }
    Arena a = { 0 };
    Names ids = { 0 };
    Str products, queries;
    bool fresh;
    Find *f = find_open(NULL, &fresh);
    if (!f) fprintf(stderr, "etalase: SQLite has no FTS5 here\n");
    double begin = seconds_now(), indexed;
    int code = 2;
    if (f && read_whole_file(&a, path[0], SEARCH_FILE_MAX, &products) &&
        read_whole_file(&a, path[1], SEARCH_FILE_MAX, &queries) && add_products(f, path[0], products, &ids)) {
        i64 found = 0, asked;
        indexed = seconds_now();
        asked = ask_queries(f, queries, &ids, &found);
        printf("{\"measure\":\"search\",\"products\":%lld,\"queries\":%lld,\"answered\":%lld,\"index_seconds\":%.2f,"
               "\"seed\":%lld,\"seconds\":%.2f}\n", (long long)ids.n, (long long)asked, (long long)found, indexed - begin,
               (long long)seed, seconds_now() - begin);
        code = 0;
    }
    find_close(f);
    names_free(&ids), arena_free(&a);
    return code;
}
