// See find.h: the index, and what a question is taken for. The ranking is in score.c.
#include "find/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "find/score.h"

enum { CANDIDATES = 1000, ENOUGH = 200 };  // documents that hold every word are enough when there are so many

Find *find_new(void)
{
    Find *f = calloc(1, sizeof(*f));
    must(f);
    static const char MAKE[] = "CREATE VIRTUAL TABLE doc USING fts5(title, body, tokenize = 'etalase');"
                               "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(doc, 'row');";
    static const char PUT[] = "INSERT OR REPLACE INTO doc (rowid, title, body) VALUES (?1, ?2, ?3)";
    static const char GET[] = "SELECT rowid, title, body FROM doc WHERE doc MATCH ?1 "
                              "ORDER BY bm25(doc, 4.0, 1.0), rowid LIMIT ?2";
    const int how = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_PRIVATECACHE;
    if (sqlite3_open_v2(":memory:", &f->db, how, NULL) == SQLITE_OK && (f->words = words_new(f->db)) &&
        sqlite3_exec(f->db, MAKE, NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(f->db, PUT, -1, &f->put, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(f->db, GET, -1, &f->get, NULL) == SQLITE_OK &&
        sqlite3_exec(f->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK)
        return f;
    find_free(f);
    return NULL;
}

void find_free(Find *f)
{
    if (!f) return;
    sqlite3_finalize(f->put), sqlite3_finalize(f->get);
    sqlite3_close(f->db);
    words_free(f->words);
    for (i64 i = 0; i < f->n_words; i++) free(f->word[i].p);
    free(f->word), free(f);
}

// What is not UTF-8 becomes a blank.
static Str clean(Arena *a, Str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t step;
    for (size_t i = 0; i < s.n; i += step) {
        step = str_utf8_step(str_slice(s, i, s.n));
        if (step && s.p[i]) memcpy(p + i, s.p + i, step);
        else p[i] = ' ', step = 1;
    }
    return (Str){ p, s.n };
}

bool find_put(Find *f, i64 id, Str title, Str text)
{
    Arena a = { 0 };
    Str t = clean(&a, title), b = clean(&a, text);
    sqlite3_bind_int64(f->put, 1, id);
    sqlite3_bind_text(f->put, 2, t.p, (int)t.n, SQLITE_STATIC);
    sqlite3_bind_text(f->put, 3, b.p, (int)b.n, SQLITE_STATIC);
    bool fine = sqlite3_step(f->put) == SQLITE_DONE;
    sqlite3_reset(f->put), sqlite3_clear_bindings(f->put);
    arena_free(&a);
    f->stale = true;
    return fine;
}

// ---------------------------------------------------------------------------------------------- the vocabulary

static int by_text(const void *a, const void *b)
{
    const Known *x = a, *y = b;
    return str_cmp((Str){ x->p, x->n }, (Str){ y->p, y->n });
}

// All words and stems with the number of documents that have them, sorted by their bytes.
static void read_vocabulary(Find *f)
{
    sqlite3_stmt *s = NULL;
    i64 room = 0;
    for (i64 i = 0; i < f->n_words; i++) free(f->word[i].p);
    f->n_words = 0, f->stale = false, f->documents = 0;
    sqlite3_prepare_v2(f->db, "SELECT term, doc FROM vocabulary", -1, &s, NULL);
    free(f->word), f->word = NULL;
    while (sqlite3_step(s) == SQLITE_ROW) {
        if (f->n_words == room) {
            room = room ? 2 * room : 4096;
            f->word = realloc(f->word, (size_t)room * sizeof(Known));
            must(f->word);
        }
        size_t n = (size_t)sqlite3_column_bytes(s, 0);
        char *p = malloc(n + 1);
        must(p);
        memcpy(p, sqlite3_column_text(s, 0), n);
        f->word[f->n_words++] = (Known){ p, n, sqlite3_column_int64(s, 1) };
    }
    sqlite3_finalize(s);
    if (f->n_words) qsort(f->word, (size_t)f->n_words, sizeof(Known), by_text);
    sqlite3_prepare_v2(f->db, "SELECT count(*) FROM doc", -1, &s, NULL);
    if (sqlite3_step(s) == SQLITE_ROW) f->documents = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
}

i64 find_frequency(const Find *f, Str word)
{
    i64 low = 0, high = f->n_words;
    while (low < high) {
        i64 middle = (low + high) / 2;
        int c = str_cmp((Str){ f->word[middle].p, f->word[middle].n }, word);
        if (c == 0) return f->word[middle].documents;
        if (c < 0) low = middle + 1;
        else high = middle;
    }
    return 0;
}

// ---------------------------------------------------------------------------------------------- what is meant

static void term_set(Find *f, Term *t, Str word)
{
    t->n = word.n < FIND_WORD_BYTES ? word.n : FIND_WORD_BYTES;
    memcpy(t->p, word.p, t->n);
    t->n_stems = words_stems(f->words, (Str){ t->p, t->n }, t->stem);
    t->documents = find_frequency(f, (Str){ t->p, t->n });
    for (i64 k = 0; k < t->n_stems; k++) {
        i64 stem = find_frequency(f, (Str){ t->stem[k].p, t->stem[k].n });
        if (stem > t->documents) t->documents = stem;
    }
}

// The most frequent of the nearest words; false when none is near enough.
static bool correct(Find *f, Term *t)
{
    Str word = { t->p, t->n };
    i64 length = str_utf8_length(word);
    int most = length < 4 ? 0 : length < 8 ? 1 : 2;
    const Known *best = NULL;
    for (i64 i = 0; most && i < f->n_words; i++) {
        const Known *k = &f->word[i];
        if (k->p[0] == STEM_SIGN || k->p[0] != word.p[0] || k->n > FIND_WORD_BYTES) continue;
        int d = find_distance(word, (Str){ k->p, k->n }, most);
        if (d > most || (d == most && best && k->documents <= best->documents)) continue;
        if (d < most || !best || k->documents > best->documents) best = k;
        most = d;
    }
    if (!best) return false;
    term_set(f, t, (Str){ best->p, best->n });
    t->corrected = true;
    return true;
}

// One word that is two: "tshirt" for "t shirt". Puts both where the one was.
static bool part(Find *f, Asked *q, i64 at)
{
    Term *t = &q->term[at];
    i64 best = 0;
    size_t where = 0;
    for (size_t i = 1; i < t->n; i++) {
        i64 a = find_frequency(f, (Str){ t->p, i }), b = find_frequency(f, (Str){ t->p + i, t->n - i });
        if ((i == 1 && t->n < 4) || (a < b ? a : b) <= best) continue;
        best = a < b ? a : b, where = i;
    }
    if (!best || q->n == FIND_WORDS_MAX) return false;
    Term whole = *t;
    memmove(t + 2, t + 1, (size_t)(q->n - at - 1) * sizeof(Term));
    q->n++;
    t[1] = (Term){ .group = whole.group };
    term_set(f, &t[1], (Str){ whole.p + where, whole.n - where });
    term_set(f, t, (Str){ whole.p, where });
    t[0].corrected = t[1].corrected = true;
    return true;
}

// Two words that are one: "t shirt" for "tshirt", looked for beside them.
static void join(const Find *f, Asked *q)
{
    for (i64 k = 0; k + 1 < q->n; k++) {
        Term *t = &q->term[k];
        size_t n = t->n + t[1].n;
        if (n > FIND_WORD_BYTES || t->without || t[1].without) continue;
        memcpy(t->joined, t->p, t->n), memcpy(t->joined + t->n, t[1].p, t[1].n);
        t->n_joined = find_frequency(f, (Str){ t->joined, n }) ? n : 0;
    }
}

typedef struct Reading { Find *f; Asked *q; i64 group; bool without; } Reading;

static bool take_term(void *context, Str word)
{
    Reading *r = context;
    if (r->q->n == FIND_WORDS_MAX) return false;
    Term *t = &r->q->term[r->q->n++];
    *t = (Term){ .group = r->group, .without = r->without };
    term_set(r->f, t, word);
    return true;
}

// Phrases between quotes, words behind a minus, and the rest. A quote that does not end ends with the question.
static void read_question(Find *f, Str s, Asked *q)
{
    Reading r = { f, q, 0, false };
    i64 groups = 0;
    while (s.n && q->n < FIND_WORDS_MAX) {
        Str piece = str_split(&s, '"');
        r.group = 0;
        for (Str left = piece; left.n;) {
            Str word = str_split(&left, ' ');
            r.without = word.n > 1 && word.p[0] == '-';
            words_of(f->words, word, take_term, &r);
        }
        r.without = false, r.group = ++groups;
        if (s.n) words_of(f->words, str_split(&s, '"'), take_term, &r);
    }
    for (i64 k = 0; k < q->n; k++) {
        if (q->term[k].documents || q->term[k].without || q->term[k].group) continue;
        if (part(f, q, k)) k++;
        else correct(f, &q->term[k]);
    }
    join(f, q);
}

// ---------------------------------------------------------------------------------------------- asking

static void add_quoted(Buf *b, const char *p, size_t n)
{
    buf_add(b, STR("\""));
    for (size_t i = 0; i < n; i++) buf_add(b, p[i] == '"' ? STR("\"\"") : (Str){ p + i, 1 });
    buf_add(b, STR("\""));
}

// In FTS5's language: every term (or any), each as it is or by a stem.
static Str expression(Arena *a, const Asked *q, bool every)
{
    Buf b = buf_new(a, 65536);
    bool first = true;
    for (i64 k = 0; k < q->n; k++) {
        const Term *t = &q->term[k];
        if (t->without) continue;
        if (!first) buf_add(&b, every ? STR(" AND ") : STR(" OR "));
        first = false;
        buf_add(&b, STR("("));
        add_quoted(&b, t->p, t->n);
        for (i64 i = 0; i < t->n_stems; i++) buf_add(&b, STR(" OR ")), add_quoted(&b, t->stem[i].p, t->stem[i].n);
        if (t->n_joined) buf_add(&b, STR(" OR ")), add_quoted(&b, t->joined, t->n_joined);
        const Term *last = k ? t - 1 : NULL;
        if (last && last->n_joined) buf_add(&b, STR(" OR ")), add_quoted(&b, last->joined, last->n_joined);
        buf_add(&b, STR(")"));
    }
    return first ? (Str){ 0 } : buf_str(&b);
}

static Str column(sqlite3_stmt *s, int at)
{
    const void *p = sqlite3_column_text(s, at);
    return (Str){ p, (size_t)sqlite3_column_bytes(s, at) };
}

static i64 gather(Find *f, Arena *a, const Asked *q, bool every, FindHit *out)
{
    Str match = expression(a, q, every);
    i64 n = 0;
    if (!match.n) return 0;
    sqlite3_bind_text(f->get, 1, match.p, (int)match.n, SQLITE_STATIC);
    sqlite3_bind_int64(f->get, 2, CANDIDATES);
    while (sqlite3_step(f->get) == SQLITE_ROW) {
        double score = score_document(f, q, column(f->get, 1), column(f->get, 2));
        if (score > 0) out[n++] = (FindHit){ sqlite3_column_int64(f->get, 0), score };
    }
    sqlite3_reset(f->get), sqlite3_clear_bindings(f->get);
    return n;
}

static int best_first(const void *a, const void *b)
{
    const FindHit *x = a, *y = b;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static Str taken(Arena *a, const Asked *q, bool *corrected)
{
    Buf b = buf_new(a, (FIND_WORD_BYTES + 2) * FIND_WORDS_MAX);
    for (i64 k = 0; k < q->n; k++) {
        if (k) buf_add(&b, STR(" "));
        if (q->term[k].without) buf_add(&b, STR("-"));
        buf_add(&b, (Str){ q->term[k].p, q->term[k].n });
        *corrected |= q->term[k].corrected;
    }
    return buf_str(&b);
}

FindAnswer find_ask(Find *f, Arena *a, Str question, i64 limit)
{
    must(limit > 0 && limit <= FIND_HITS_MAX);
    if (f->stale) read_vocabulary(f);
    Asked *q = arena_new(a, Asked);
    FindAnswer out = { .hit = arena_new_array(a, FindHit, 2 * CANDIDATES) };
    read_question(f, clean(a, str_slice(question, 0, FIND_ASKED_BYTES)), q);
    i64 n = gather(f, a, q, true, out.hit);
    if (n < ENOUGH && q->n > 1) n = gather(f, a, q, false, out.hit);       // has those of before among them, or scores them lower
    qsort(out.hit, (size_t)n, sizeof(FindHit), best_first);
    out.n = n < limit ? n : limit;
    out.taken = taken(a, q, &out.corrected);
    return out;
}
