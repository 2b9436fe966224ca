// See words.h: a tokenizer for FTS5 on top of its own unicode61, with stems.
#include "find/words.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

struct Words {
    fts5_api *api;
    fts5_tokenizer inner;
    Fts5Tokenizer *fold;
    struct sb_stemmer *stemmer[2];
};

static int tokenizer_new(void *context, const char **arg, int n, Fts5Tokenizer **out)
{
    (void)arg, (void)n;
    *out = context;                        // it has no state of its own
    return SQLITE_OK;
}

static void tokenizer_free(Fts5Tokenizer *t)
{
    (void)t;
}

typedef int (*Token)(void *context, int flags, const char *p, int n, int from, int to);
typedef struct Emit { Words *w; void *context; Token token; } Emit;

static bool has_letters_only(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9') return false;
    return s.n > 2;
}

i64 words_stems(Words *w, Str word, Stem out[2])
{
    i64 n = 0;
    if (!has_letters_only(word)) return 0;
    for (int k = 0; k < 2; k++) {
        const sb_symbol *p = sb_stemmer_stem(w->stemmer[k], (const sb_symbol *)word.p, (int)word.n);
        int length = p ? sb_stemmer_length(w->stemmer[k]) : 0;
        if (length < 2 || length > FIND_WORD_BYTES) continue;
        Stem s = { { STEM_SIGN }, (size_t)length + 1 };
        memcpy(s.p + 1, p, (size_t)length);
        if (n && out[0].n == s.n && memcmp(out[0].p, s.p, s.n) == 0) continue;
        out[n++] = s;
    }
    return n;
}

static int emit(void *context, int flags, const char *p, int n, int from, int to)
{
    Emit *e = context;
    if (n > FIND_WORD_BYTES) n = FIND_WORD_BYTES;
    int code = e->token(e->context, flags, p, n, from, to);
    Stem stem[2];
    i64 stems = code == SQLITE_OK ? words_stems(e->w, (Str){ p, (size_t)n }, stem) : 0;
    for (i64 k = 0; k < stems && code == SQLITE_OK; k++)
        code = e->token(e->context, FTS5_TOKEN_COLOCATED, stem[k].p, (int)stem[k].n, from, to);
    return code;
}

// Of a document: words with their stems. Of a question: what stands there, which find.c has made of words and stems.
static int tokenize(Fts5Tokenizer *t, void *context, int flags, const char *p, int n, Token token)
{
    Words *w = (Words *)t;
    if (flags & FTS5_TOKENIZE_QUERY) return n ? token(context, 0, p, n, 0, n) : SQLITE_OK;
    Emit e = { w, context, token };
    return w->inner.xTokenize(w->fold, &e, flags, p, n, emit);
}

static fts5_api *api_of(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(s);
    }
    sqlite3_finalize(s);
    return api;
}

Words *words_new(sqlite3 *db)
{
    Words *w = calloc(1, sizeof(*w));
    must(w);
    void *user = NULL;
    const char *arg[] = { "remove_diacritics", "2" };
    fts5_tokenizer ours = { tokenizer_new, tokenizer_free, tokenize };
    w->stemmer[0] = sb_stemmer_new("english", "UTF_8"), w->stemmer[1] = sb_stemmer_new("indonesian", "UTF_8");
    w->api = api_of(db);
    if (w->stemmer[0] && w->stemmer[1] && w->api && w->api->xFindTokenizer(w->api, "unicode61", &user, &w->inner) == SQLITE_OK &&
        w->inner.xCreate(user, arg, 2, &w->fold) == SQLITE_OK &&
        w->api->xCreateTokenizer(w->api, "etalase", w, &ours, NULL) == SQLITE_OK)
        return w;
    words_free(w);
    return NULL;
}

void words_free(Words *w)
{
    if (!w) return;
    if (w->fold) w->inner.xDelete(w->fold);
    for (int k = 0; k < 2; k++) sb_stemmer_delete(w->stemmer[k]);
    free(w);
}

typedef struct Taking { TakeWord take; void *context; } Taking;

static int take_token(void *context, int flags, const char *p, int n, int from, int to)
{
    Taking *t = context;
    (void)flags, (void)from, (void)to;
    if (n > FIND_WORD_BYTES) n = FIND_WORD_BYTES;
    return t->take(t->context, (Str){ p, (size_t)n }) ? SQLITE_OK : SQLITE_DONE;
}

void words_of(Words *w, Str text, TakeWord take, void *context)
{
    Taking t = { take, context };
    if (text.n) w->inner.xTokenize(w->fold, &t, FTS5_TOKENIZE_AUX, text.p, (int)text.n, take_token);
}
