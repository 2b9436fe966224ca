// Any bytes as documents and questions of the full-text search: lines; the first byte of each says what it is. What is found is
// in order, of the kinds that were asked for, no longer there once it is removed, and the same however few are asked for.
#include "find/find.h"

enum { DOCUMENTS = 8, ASKED_MAX = 64, HITS = 20 };

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

typedef struct Fuzz { Find *f; i64 asked, put; bool there[DOCUMENTS]; } Fuzz;

static void put(Fuzz *z, Str line)
{
    i64 id = z->put++ % DOCUMENTS;
    Str title = str_split(&line, '\t'), text = str_split(&line, '\t'), codes = str_split(&line, '\t');
    FindDoc doc = { .id = id, .kind = id % 2, .title = title, .text = text, .codes = codes, .key = line, .weight = (double)line.n,
                    .number = { id } };
    must(find_put(z->f, &doc));
    z->there[id] = true;
}

static void ask(const Fuzz *z, Str line, u32 kinds)
{
    Arena a = { 0 };
    FindAnswer all = find_ask(z->f, &a, line, kinds, HITS), one = find_ask(z->f, &a, line, kinds, 1);
    must(all.n <= DOCUMENTS && one.n == (all.n > 0) && str_utf8_length(all.taken) >= 0);
    must(!one.n || (one.hit[0].id == all.hit[0].id && one.hit[0].score == all.hit[0].score));
    for (i64 i = 0; i < all.n; i++) {
        const FindHit *h = &all.hit[i];
        must(h->score > 0 && h->score < 1e6 && (!i || h->score <= h[-1].score));
        must(h->id >= 0 && h->id < DOCUMENTS && z->there[h->id] && h->number[0] == h->id && h->kind == h->id % 2);
        must(kinds >> h->kind & 1 && h->key.n <= FIND_KEY_BYTES && str_utf8_length(h->key) >= 0);
    }
    FindGuess g[5];
    i64 n = find_suggest(z->f, &a, line, kinds, g, COUNT(g));
    must(n >= 0 && n <= COUNT(g));
    for (i64 i = 0; i < n; i++) {
        must(g[i].text.n && g[i].text.n <= FIND_TITLE_BYTES && str_utf8_length(g[i].text) >= 0);
        must(g[i].kind == -1 || (z->there[g[i].id] && g[i].kind == g[i].id % 2 && kinds >> g[i].kind & 1));
    }
    arena_free(&a);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    bool fresh;
    Fuzz z = { .f = find_open(NULL, &fresh) };
    must(z.f != NULL && fresh);
    Str all = { (const char *)data, size };
    while (all.n && z.asked < ASKED_MAX) {
        Str line = str_split(&all, '\n');
        if (!line.n) continue;
        char what = line.p[0];
        line = str_slice(line, 1, line.n);
        if (what == '+') put(&z, line);
        else if (what == '-') {
            i64 id = (i64)line.n % DOCUMENTS;
            must(find_remove(z.f, id % 2, id));
            z.there[id] = false;
        } else ask(&z, line, what == '1' ? 1 : what == '2' ? 2 : 3), z.asked++;
    }
    find_close(z.f);
    return 0;
}
