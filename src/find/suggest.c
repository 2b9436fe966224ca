// What a question that has begun may become. See find.h.
#include "find/inner.h"

typedef struct Seen { u32 has[WINDOW], in_title[WINDOW]; u16 touched[WINDOW]; i64 n; } Seen;
// A way to end the last word, and how many documents then hold all of them.
typedef struct Ending { u32 entry; i64 documents; const u32 *p, *end; } Ending;
typedef struct Named { i64 place; double score; } Named;

typedef struct Guessing {
    const Index *x;
    const Asked *q;
    Str begun;                             // the last word
    Ending ending[BEGUN_MAX]; i64 n_endings;
    Named named[FIND_GUESSES_MAX]; i64 n_named, limit, looked_at;
    Seen *seen;
} Guessing;

static bool wanted(const Guessing *g, i64 place)
{
    return g->q->kinds >> (g->x->hot[place].kind & 31) & 1;
}

// Keeps the best `limit`, the best first; of equal ones the first.
static void keep_named(Guessing *g, i64 place, double score)
{
    i64 at;
    for (i64 i = 0; i < g->n_named; i++)
        if (g->named[i].place == place) return;
    if (g->n_named == g->limit && g->named[g->n_named - 1].score >= score) return;
    at = g->n_named < g->limit ? g->n_named++ : g->n_named - 1;
    for (; at > 0 && g->named[at - 1].score < score; at--) g->named[at] = g->named[at - 1];
    g->named[at] = (Named){ place, score };
}

static bool stands(const Term *t, u32 entry)
{
    for (i64 i = 0; i < t->n_v; i++)
        if (t->v[i].entry == entry) return true;
    return false;
}

// How many of the title's first words are the question's, in its order; the last one as far as it has come.
static i64 begins_so(const Guessing *g, i64 place)
{
    Made m = index_made(g->x, place);
    const u8 *p = (const u8 *)m.words.p, *end = p + m.words.n;
    u32 entry;
    i64 n = 0, last = g->q->n - 1;
    for (; n < m.title_n && n <= last && index_next(&p, end, &entry); n++) {
        bool fits = n < last ? stands(&g->q->term[n], entry) : str_starts(index_letters(g->x, entry), g->begun);
        if (!fits) break;
    }
    return n;
}

// Short titles and known documents first, those that begin with the question before all. Of the many that one letter brings
// not all are read.
static void judge_named(Guessing *g, i64 place, bool whole)
{
    enum { LOOKED_AT = 4000 };
    const Hot *h = &g->x->hot[place];
    whole = whole && g->looked_at < LOOKED_AT;
    double score = (1 + (double)h->prior) / (4 + (double)h->title_n), best = score + whole;
    if (g->n_named == g->limit && g->named[g->n_named - 1].score >= best) return;
    g->looked_at += whole;
    keep_named(g, place, whole && begins_so(g, place) == g->q->n ? best : score);
}

// Which of the words before the last are in each title or text of the window.
static void see_words(Guessing *g, const u32 **at, i64 base)
{
    Seen *s = g->seen;
    i64 n = 0;
    for (i64 k = 0; k + 1 < g->q->n; k++) {
        const Term *t = &g->q->term[k];
        for (i64 i = 0; i < t->n_v; i++, n++) {
            const Entry *e = &g->x->entry[t->v[i].entry];
            const u32 *end = index_list(e) + e->n;
            for (; at[n] < end && *at[n] >> 8 < (u32)(base + WINDOW); at[n]++) {
                u16 place = (u16)((*at[n] >> 8) - (u32)base);
                if (!s->has[place]) s->touched[s->n++] = place;
                s->has[place] |= UINT32_C(1) << k;
                if (*at[n] >> 4 & 15) s->in_title[place] |= UINT32_C(1) << k;
            }
        }
    }
}

static void see_endings(Guessing *g, i64 base)
{
    u32 all = (UINT32_C(1) << (g->q->n - 1)) - 1;
    for (i64 i = 0; i < g->n_endings; i++) {
        Ending *e = &g->ending[i];
        for (; e->p < e->end && *e->p >> 8 < (u32)(base + WINDOW); e->p++) {
            i64 place = *e->p >> 8;
            if (g->seen->has[place - base] != all || !wanted(g, place)) continue;
            e->documents++;
            if (*e->p >> 4 & 15) judge_named(g, place, g->seen->in_title[place - base] == all);
        }
    }
}

static void go_through(Guessing *g, Arena *scratch)
{
    i64 n = 0;
    for (i64 k = 0; k + 1 < g->q->n; k++) n += g->q->term[k].n_v;
    const u32 **at = arena_new_array(scratch, const u32 *, n + 1);
    n = 0;
    for (i64 k = 0; k + 1 < g->q->n; k++)
        for (i64 i = 0; i < g->q->term[k].n_v; i++) at[n++] = index_list(&g->x->entry[g->q->term[k].v[i].entry]);
    for (i64 base = 0; base < g->x->n; base += WINDOW) {
        see_words(g, at, base);
        see_endings(g, base);
        for (i64 i = 0; i < g->seen->n; i++) g->seen->has[g->seen->touched[i]] = 0, g->seen->in_title[g->seen->touched[i]] = 0;
        g->seen->n = 0;
    }
}

static int by_documents(const void *a, const void *b)
{
    const Ending *x = a, *y = b;
    return x->documents < y->documents ? 1 : x->documents > y->documents ? -1 : x->entry < y->entry ? -1 : x->entry > y->entry;
}

// Documents with a code that begins as all that was typed, without blanks.
static void find_codes(Guessing *g, Words *w, Str s, i64 *place, i64 *n, i64 most)
{
    enum { LOOKED_AT = 64 };
    Code c = words_code(w, s);
    u32 code[BEGUN_MAX];
    char p[FIND_WORD_BYTES + 1] = { CODE_SIGN };
    if (c.n < 2) return;
    memcpy(p + 1, c.p, c.n);
    i64 codes = asked_begun(g->x, (Str){ p, c.n + 1 }, code);
    for (i64 i = 0; i < codes; i++) {
        const Entry *e = &g->x->entry[code[i]];
        const u32 *list = index_list(e);
        for (i64 k = 0; k < (i64)e->n && k < LOOKED_AT && *n < most; k++) {
            bool known = !wanted(g, list[k] >> 8);
            for (i64 j = 0; j < *n && !known; j++) known = place[j] == (i64)(list[k] >> 8);
            if (!known) place[(*n)++] = list[k] >> 8;
        }
    }
}

// What has been chosen, in memory of its own: the caller's arena is not touched while the index is held.
typedef struct Chosen { FindGuess guess[FIND_GUESSES_MAX]; i64 n, limit; Arena *scratch; } Chosen;

static void choose_document(Chosen *c, const Index *x, i64 place)
{
    const Held *h = &x->held[place];
    Str title = { h->p, h->title_bytes };
    for (i64 i = 0; i < c->n; i++) {
        const FindGuess *g = &c->guess[i];
        if (g->kind == x->hot[place].kind && (g->id == h->id || str_eq(g->text, title))) return;
    }
    if (c->n < c->limit && title.n)
        c->guess[c->n++] = (FindGuess){ arena_copy(c->scratch, title), x->hot[place].kind, h->id };
}

static void choose_words(Chosen *c, const Guessing *g, const Ending *e)
{
    Str s = { 0 };
    for (i64 k = 0; k + 1 < g->q->n; k++)
        s = arena_format(c->scratch, "%.*s%s%.*s", STR_ARG(s), k ? " " : "", (int)g->q->term[k].n, g->q->term[k].p);
    Str end = index_letters(g->x, e->entry);
    if (!e->documents || c->n >= c->limit) return;
    c->guess[c->n++] = (FindGuess){ arena_format(c->scratch, "%.*s%s%.*s", STR_ARG(s), s.n ? " " : "", STR_ARG(end)), -1, 0 };
}

// A third of the places for codes, half of what is left for words, the rest for titles; what one leaves the next may have.
static void guess(const Index *x, Words *w, Arena *scratch, Str s, const Asked *q, Chosen *c)
{
    Guessing *g = arena_new(scratch, Guessing);
    i64 code[FIND_GUESSES_MAX], n_codes = 0;
    g->x = x, g->q = q, g->limit = c->limit, g->seen = arena_new(scratch, Seen);
    g->begun = (Str){ q->term[q->n - 1].p, q->term[q->n - 1].n };
    find_codes(g, w, s, code, &n_codes, (c->limit + 2) / 3);
    u32 word[BEGUN_MAX];
    g->n_endings = asked_begun(x, g->begun, word);
    for (i64 i = 0; i < g->n_endings; i++) {
        const Entry *e = &x->entry[word[i]];
        g->ending[i] = (Ending){ word[i], 0, index_list(e), index_list(e) + e->n };
    }
    go_through(g, scratch);
    qsort(g->ending, (size_t)g->n_endings, sizeof(Ending), by_documents);
    for (i64 i = 0; i < n_codes; i++) choose_document(c, x, code[i]);
    i64 words = (c->limit - c->n + 1) / 2, titles = g->n_named < c->limit - c->n ? g->n_named : c->limit - c->n;
    if (words < c->limit - c->n - titles) words = c->limit - c->n - titles;
    for (i64 i = 0; i < g->n_endings && i < words; i++) choose_words(c, g, &g->ending[i]);
    for (i64 i = 0; i < g->n_named; i++) choose_document(c, x, g->named[i].place);
}

i64 find_suggest(Find *f, Arena *a, Str begun, u32 kinds, FindGuess *out, i64 limit)
{
    must(limit > 0 && limit <= FIND_GUESSES_MAX);
    Str s = words_clean(a, words_cut(begun, FIND_ASKED_BYTES));
    Asked *q = arena_new(a, Asked);
    q->kinds = kinds & ((UINT32_C(1) << FIND_KINDS) - 1);
    char *text = arena_alloc(a, (size_t)limit * FIND_TITLE_BYTES);
    Arena scratch = { 0 };
    Chosen *c = arena_new(&scratch, Chosen);
    c->limit = limit, c->scratch = &scratch;
    Words *w;
    const Index *x = find_begin(f, &w);
    asked_read_begun(x, w, s, q);
    if (q->n) guess(x, w, &scratch, s, q, c);
    find_end(f, w);
    i64 n = c->n;
    for (i64 i = 0; i < n; i++, text += FIND_TITLE_BYTES) {
        Str from = words_cut(c->guess[i].text, FIND_TITLE_BYTES);
        memcpy(text, from.p, from.n);
        out[i] = (FindGuess){ { text, from.n }, c->guess[i].kind, c->guess[i].id };
    }
    arena_free(&scratch);
    return n;
}
