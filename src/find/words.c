// See words.h: FTS5's own unicode61, what it leaves whole of scripts without blanks cut into pairs, and Snowball's stems.
#include "find/words.h"

#include <libstemmer.h>

struct Words {
    fts5_tokenizer inner;
    Fts5Tokenizer *fold;
    struct sb_stemmer *stemmer[2];
};

fts5_api *words_api(sqlite3 *db)
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

Words *words_new(fts5_api *api)
{
    Words *w = calloc(1, sizeof(*w));
    must(w);
    void *user = NULL;
    // Marks belong to their word: without them words of Hindi, Thai or pointed Arabic would fall apart.
    const char *arg[] = { "remove_diacritics", "2", "categories", "L* N* Co Mn Mc" };
    w->stemmer[0] = sb_stemmer_new("english", "UTF_8"), w->stemmer[1] = sb_stemmer_new("indonesian", "UTF_8");
    if (w->stemmer[0] && w->stemmer[1] && api && api->xFindTokenizer(api, "unicode61", &user, &w->inner) == SQLITE_OK &&
        w->inner.xCreate(user, arg, COUNT(arg), &w->fold) == SQLITE_OK)
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

Str words_cut(Str s, size_t most)
{
    size_t n = s.n < most ? s.n : most;
    while (n < s.n && n && ((u8)s.p[n] & 0xC0) == 0x80) n--;
    return (Str){ s.p, n };
}

Str words_clean(Arena *a, Str s)
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

// ---------------------------------------------------------------------------------------------- words

static u32 letter(const char *p, size_t n)
{
    const u8 *b = (const u8 *)p;
    if (n == 1) return b[0];
    if (n == 2) return (u32)(b[0] & 0x1F) << 6 | (b[1] & 0x3F);
    if (n == 3) return (u32)(b[0] & 0x0F) << 12 | (u32)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
    return (u32)(b[0] & 0x07) << 18 | (u32)(b[1] & 0x3F) << 12 | (u32)(b[2] & 0x3F) << 6 | (b[3] & 0x3F);
}

// Scripts that write no blanks between words: Thai, Lao, Myanmar, Khmer, kana, Han.
static bool is_unspaced(u32 c)
{
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
           (c >= 0x3041 && c <= 0x30FF) || (c >= 0x31F0 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// Marks that readers leave out: accents on their own, points and vowel signs of Hebrew and Arabic, the long stroke.
static bool is_left_out(u32 c)
{
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0591 && c <= 0x05C7) || (c >= 0x0610 && c <= 0x061A) || c == 0x0640 ||
           (c >= 0x064B && c <= 0x065F) || c == 0x0670 || (c >= 0x06D6 && c <= 0x06ED) || (c >= 0xFE00 && c <= 0xFE0F);
}

// What is written for a letter where its own is not at hand, beyond the accents that unicode61 takes off; NULL: itself.
static const char *plain(u32 c)
{
    static const struct { u32 c; const char *as; } PLAIN[] = {
        { 0xDF, "ss" }, { 0x1E9E, "ss" }, { 0xE6, "ae" }, { 0x153, "oe" }, { 0xF8, "o" }, { 0xF0, "d" }, { 0x111, "d" },
        { 0xFE, "th" }, { 0x142, "l" }, { 0x131, "i" }, { 0x127, "h" }, { 0x451, "\u0435" },
        { 0x622, "\u0627" }, { 0x623, "\u0627" }, { 0x625, "\u0627" }, { 0x649, "\u064A" }, { 0x629, "\u0647" },
        { 0xFB00, "ff" }, { 0xFB01, "fi" }, { 0xFB02, "fl" } };
    for (i64 i = 0; i < COUNT(PLAIN); i++)
        if (PLAIN[i].c == c) return PLAIN[i].as;
    return NULL;
}

typedef struct Taking { TakeWord take; void *context; char p[4 * FIND_WORD_BYTES]; size_t n; bool more; } Taking;

static void take(Taking *t, Str word)
{
    word = words_cut(word, FIND_WORD_BYTES);
    if (t->more && word.n) t->more = t->take(t->context, word);
}

// Each letter with the one that follows, and the last one alone: whoever asks for one letter finds words that begin with it.
static void take_pairs(Taking *t, Str run)
{
    while (run.n && t->more) {
        size_t one = str_utf8_step(run), two = one + str_utf8_step(str_slice(run, one, run.n));
        take(t, (Str){ run.p, two });
        run.p += one, run.n -= one;
    }
}

static void take_runs(Taking *t)
{
    size_t from = 0, step;
    bool unspaced = false;
    for (size_t i = 0; i < t->n; i += step) {
        step = str_utf8_step((Str){ t->p + i, t->n - i });
        if (!step) return;
        bool now = is_unspaced(letter(t->p + i, step));
        if (i > from && now != unspaced) {
            Str run = { t->p + from, i - from };
            if (unspaced) take_pairs(t, run);
            else take(t, run);
            from = i;
        }
        unspaced = now;
    }
    if (unspaced) take_pairs(t, (Str){ t->p + from, t->n - from });
    else take(t, (Str){ t->p + from, t->n - from });
}

// Full-width forms of ASCII, as Asian keyboards write them.
static char narrow(u32 c)
{
    if (c >= 0xFF10 && c <= 0xFF19) return (char)(c - 0xFF10 + '0');
    if (c >= 0xFF21 && c <= 0xFF3A) return (char)(c - 0xFF21 + 'a');
    return c >= 0xFF41 && c <= 0xFF5A ? (char)(c - 0xFF41 + 'a') : 0;
}

// Longer runs of such scripts come in parts of the buffer's size: a pair is lost at each seam.
static void add_letter(Taking *t, Str one)
{
    u32 c = letter(one.p, one.n);
    if (is_left_out(c)) return;
    if (t->n + 4 > sizeof(t->p)) {
        if (!is_unspaced(c)) return;
        take_runs(t);
        t->n = 0;
    }
    char ascii = c >= 0xFF10 ? narrow(c) : 0;
    const char *as = c >= 0x80 && !ascii ? plain(c) : NULL;
    if (ascii) one = (Str){ &ascii, 1 };
    if (as) one = str_of(as);
    memcpy(t->p + t->n, one.p, one.n);
    t->n += one.n;
}

static int take_token(void *context, int flags, const char *p, int n, int from, int to)
{
    Taking *t = context;
    (void)flags, (void)from, (void)to;
    Str s = { p, (size_t)n };
    bool ascii = true;
    for (size_t i = 0; i < s.n && ascii; i++) ascii = (u8)s.p[i] < 0x80;
    if (ascii) {
        take(t, s);
        return t->more ? SQLITE_OK : SQLITE_DONE;
    }
    t->n = 0;
    for (size_t step; s.n && t->more; s.p += step, s.n -= step) {
        step = str_utf8_step(s);
        if (!step) break;
        add_letter(t, (Str){ s.p, step });
    }
    take_runs(t);
    return t->more ? SQLITE_OK : SQLITE_DONE;
}

void words_of(Words *w, Str text, TakeWord taker, void *context)
{
    enum { AT_ONCE = 1 << 20 };            // a longer text is cut: nothing after so many words is looked at
    Taking t = { .take = taker, .context = context, .more = true };
    text = words_cut(text, AT_ONCE);
    if (text.n) w->inner.xTokenize(w->fold, &t, FTS5_TOKENIZE_AUX, text.p, (int)text.n, take_token);
}

// ---------------------------------------------------------------------------------------------- codes, stems

typedef struct Joining { Code code; bool over; } Joining;

static bool join_word(void *context, Str word)
{
    Joining *j = context;
    j->over = j->code.n + word.n > sizeof(j->code.p);
    if (j->over) return false;
    memcpy(j->code.p + j->code.n, word.p, word.n);
    j->code.n += word.n;
    return true;
}

Code words_code(Words *w, Str text)
{
    Joining j = { .over = false };
    if (text.n <= 4 * FIND_WORD_BYTES) words_of(w, text, join_word, &j);
    if (j.over) j.code.n = 0;
    return j.code;
}

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
        Stem s = { .n = (size_t)length };
        memcpy(s.p, p, (size_t)length);
        if (n && out[0].n == s.n && memcmp(out[0].p, s.p, s.n) == 0) continue;
        out[n++] = s;
    }
    return n;
}
