// What a question is taken for: its words, what stands for them in the index, corrections, codes. See score.h.
#include "find/score.h"

#include <math.h>

#include "base/buf.h"
#include "find/spell.h"

static Str letters_of(const Term *t)
{
    return (Str){ t->p, t->n };
}

double asked_rarity(const Index *x, i64 documents)
{
    double n = (double)x->alive, d = (double)(documents ? documents : 1);
    return log1p((n - fmin(d, n) + 0.5) / (d + 0.5));
}

static u32 look_signed(const Index *x, char sign, const char *p, size_t n)
{
    char s[FIND_WORD_BYTES + 1] = { sign };
    must(n <= FIND_WORD_BYTES);
    memcpy(s + 1, p, n);
    return index_look(x, (Str){ s, n + 1 });
}

// ---------------------------------------------------------------------------------------------- what stands for a word

static bool is_known(const Term *t, u32 entry)
{
    for (i64 i = 0; t && i < t->n_v; i++)
        if (t->v[i].entry == entry) return true;
    return false;
}

static void add_variant(const Index *x, Term *t, u32 entry, double grade)
{
    if (!index_documents(x, entry) || t->n_v == VARIANTS_MAX) return;
    if (is_known(t, entry)) return;
    t->v[t->n_v++] = (Variant){ entry, (float)grade };
    i64 all = t->documents + index_documents(x, entry);
    t->documents = all < x->alive ? all : x->alive;
}

// Words of the same stem that begin with the same letter; the stems of most have few.
static void add_stems(const Index *x, Words *w, Term *t, double grade)
{
    enum { LOOKED_AT = 4096 };
    Stem stem[2];
    i64 n = words_stems(w, letters_of(t), stem);
    for (i64 k = 0; k < n; k++) {
        u32 s = look_signed(x, STEM_SIGN, stem[k].p, stem[k].n);
        if (s == (u32)NO_WORD) continue;
        const Entry *e = &x->entry[s];
        const u32 *word = index_list(e);
        for (i64 i = 0; i < (i64)e->n && i < LOOKED_AT; i++)
            if (index_letters(x, word[i]).p[0] == t->p[0]) add_variant(x, t, word[i], grade);
    }
}

static void term_set(const Index *x, Words *w, Term *t, Str word)
{
    word = words_cut(word, FIND_WORD_BYTES);
    t->n = word.n, t->n_v = 0, t->documents = 0;
    memmove(t->p, word.p, word.n);
    double full = t->corrected ? CORRECTED : SAME;
    add_variant(x, t, index_look(x, letters_of(t)), full);
    if (!t->group && !t->without) add_stems(x, w, t, full * STEMMED);
}

// The best BEGUN_MAX so far, the least frequent last.
static void keep_frequent(const Index *x, u32 entry, u32 *out, i64 *n)
{
    const Entry *e = &x->entry[entry];
    if (e->sort == STEM || !e->documents) return;
    if (*n == BEGUN_MAX && x->entry[out[*n - 1]].documents >= e->documents) return;
    i64 at = *n < BEGUN_MAX ? (*n)++ : *n - 1;
    for (; at > 0 && x->entry[out[at - 1]].documents < e->documents; at--) out[at] = out[at - 1];
    out[at] = entry;
}

i64 asked_begun(const Index *x, Str letters, u32 *out)
{
    i64 from, to, n = 0;
    if (!letters.n) return 0;
    index_begun(x, letters, &from, &to);
    for (i64 i = from; i < to; i++) keep_frequent(x, x->order[i], out, &n);
    for (i64 i = x->n_ordered; i < x->n_entries; i++)
        if (str_starts(index_letters(x, (u32)i), letters)) keep_frequent(x, (u32)i, out, &n);
    return n;
}

// The word as the beginning of others; false when it is of none, or too short to mean any.
static bool add_begun(const Index *x, Term *t)
{
    u32 word[BEGUN_MAX];
    if (t->n < 3) return false;
    i64 n = asked_begun(x, letters_of(t), word);
    for (i64 i = 0; i < n; i++) add_variant(x, t, word[i], BEGUN);
    t->begun = n > 0;
    return n > 0;
}

// ---------------------------------------------------------------------------------------------- corrections

// A word that is looked for among all, and the nearest so far: of these one that begins the same, of those the most frequent.
// known: what stands for it already, which is not looked for; NULL: nothing does.
typedef struct Nearest { const Index *x; Spelled asked; const Term *known; u32 bits, best; int rank, most; } Nearest;

static void try_word(Nearest *c, u32 word)
{
    i64 documents = index_documents(c->x, word);
    if (!documents || is_known(c->known, word)) return;
    Spelled s = spelled(index_letters(c->x, word));
    int r = 2 * spelled_distance(&c->asked, &s, c->most) + (s.c[0] != c->asked.c[0]);
    if (r > 2 * c->most + 1 || r > c->rank || (r == c->rank && documents <= index_documents(c->x, c->best))) return;
    c->best = word, c->rank = r, c->most = r / 2;
}

// In d edits at most 2 d letters' bits change, one of them less for each letter that is put in or left out.
static void try_length(Nearest *c, i64 points)
{
    const Lengths *l = &c->x->length[points];
    i64 longer = points > c->asked.n ? points - c->asked.n : c->asked.n - points;
    for (i64 i = 0; i < l->n && longer <= c->most; i++) {
        u32 changed = l->letters[i] ^ c->bits;
        for (i64 k = longer; k < 2 * c->most && changed; k++) changed &= changed - 1;
        if (!changed) try_word(c, l->word[i]);
    }
}

// False when none is near enough. One letter wrong is looked for before two: it is far less work, and mostly found.
static bool correct(const Index *x, Words *w, Term *t)
{
    i64 points;
    Nearest c = { .x = x, .asked = spelled(letters_of(t)), .bits = index_bits(letters_of(t), &points), .best = (u32)NO_WORD };
    int most = points < 4 ? 0 : points < 8 ? 1 : 2;
    for (int d = 1; d <= most && c.best == (u32)NO_WORD; d++) {
        c.most = d, c.rank = 2 * d + 2;
        for (i64 n = points > d ? points - d : 1; n <= points + d && n <= FIND_WORD_BYTES; n++) try_length(&c, n);
    }
    if (c.best == (u32)NO_WORD) return false;
    t->corrected = true;
    term_set(x, w, t, index_letters(x, c.best));
    return true;
}

static bool has_digit(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9') return true;
    return false;
}

// A word that hardly ever occurs, one letter from one that often does, is that one misspelt by who wrote documents, too.
// Whether it was looked for.
static bool add_near(const Index *x, Words *w, Term *t)
{
    enum { RARE_OF = 20000, SHORTEST = 5, TIMES = 20 };
    i64 points;
    Nearest c = { .x = x, .asked = spelled(letters_of(t)), .known = t, .bits = index_bits(letters_of(t), &points),
                  .best = (u32)NO_WORD, .rank = 2, .most = 1 };
    if (t->documents > 1 + x->alive / RARE_OF || points < SHORTEST || has_digit(letters_of(t))) return false;
    for (i64 n = points - 1; n <= points + 1 && n <= FIND_WORD_BYTES; n++) try_length(&c, n);
    if (c.best == (u32)NO_WORD) return true;
    Term near = { .corrected = true };
    term_set(x, w, &near, index_letters(x, c.best));
    if (near.documents < TIMES * (t->documents + 1)) return true;
    for (i64 i = 0; i < near.n_v; i++) add_variant(x, t, near.v[i].entry, (double)near.v[i].grade);
    return true;
}

// One word that is two: "tshirt" for "t shirt". Puts both where the one was.
static bool part(const Index *x, Words *w, Asked *q, i64 at)
{
    Term *t = &q->term[at];
    i64 best = 0;
    size_t where = 0;
    for (size_t i = 1; i < t->n; i++) {
        if (((u8)t->p[i] & 0xC0) == 0x80 || (i == 1 && t->n < 4)) continue;
        i64 a = index_documents(x, index_look(x, (Str){ t->p, i }));
        i64 b = a > best ? index_documents(x, index_look(x, (Str){ t->p + i, t->n - i })) : 0;
        if ((a < b ? a : b) > best) best = a < b ? a : b, where = i;
    }
    if (!best || q->n == FIND_WORDS_MAX) return false;
    Term whole = *t;
    memmove(t + 2, t + 1, (size_t)(q->n - at - 1) * sizeof(Term));
    q->n++;
    t[0] = t[1] = (Term){ .group = whole.group, .corrected = true };
    term_set(x, w, &t[0], (Str){ whole.p, where });
    term_set(x, w, &t[1], (Str){ whole.p + where, whole.n - where });
    return true;
}

// Two words that are one: "t shirt" for "tshirt", looked for beside them.
static void join(const Index *x, Asked *q)
{
    for (i64 k = 0; k + 1 < q->n; k++) {
        Term *t = &q->term[k];
        char joined[2 * FIND_WORD_BYTES];
        size_t n = t->n + t[1].n;
        if (n > FIND_WORD_BYTES || t->without || t[1].without) continue;
        memcpy(joined, t->p, t->n), memcpy(joined + t->n, t[1].p, t[1].n);
        u32 entry = index_look(x, (Str){ joined, n });
        i64 before[2] = { t->documents, t[1].documents };
        add_variant(x, t, entry, SAME), add_variant(x, t + 1, entry, SAME);
        if (before[0]) t->documents = before[0];           // it is as rare as what was asked for
        if (before[1]) t[1].documents = before[1];
    }
}

// ---------------------------------------------------------------------------------------------- the question

typedef struct Reading { const Index *x; Words *w; Asked *q; i64 group; bool without; } Reading;

static bool take_term(void *context, Str word)
{
    Reading *r = context;
    if (r->q->n == FIND_WORDS_MAX) return false;
    Term *t = &r->q->term[r->q->n++];
    *t = (Term){ .group = r->group, .without = r->without };
    term_set(r->x, r->w, t, word);
    return true;
}

// What lies between blanks may be a code: worth more than all that its words can get together.
static void take_code(Reading *r, Str piece, i64 from)
{
    enum { CODE_TIMES = 3 };
    Code c = words_code(r->w, piece);
    if (!c.n || r->q->n_codes == ASKED_CODES_MAX || r->without) return;
    u32 entry = look_signed(r->x, CODE_SIGN, c.p, c.n);
    if (!index_documents(r->x, entry)) return;
    for (i64 i = 0; i < r->q->n_codes; i++)
        if (r->q->code[i].entry == entry) return;
    double worth = asked_rarity(r->x, index_documents(r->x, entry));
    for (i64 k = from; k < r->q->n; k++) worth += asked_rarity(r->x, r->q->term[k].documents);
    r->q->code[r->q->n_codes++] = (AskedCode){ entry, (float)(CODE_TIMES * worth) };
}

// Phrases between quotes, words behind a minus, and the rest. A quote that does not end ends with the question.
static void read_pieces(Reading *r, Str s)
{
    Str whole = s;
    while (s.n && r->q->n < FIND_WORDS_MAX) {
        Str piece = str_split(&s, '"');
        r->group = 0;
        for (Str left = piece; left.n;) {
            Str word = str_split(&left, ' ');
            r->without = word.n > 1 && word.p[0] == '-';
            i64 from = r->q->n;
            words_of(r->w, word, take_term, r);
            take_code(r, word, from);
        }
        r->without = false, r->group = r->q->n + 1;
        if (s.n) words_of(r->w, str_split(&s, '"'), take_term, r);
    }
    take_code(r, whole, 0);
}

// A word that is a code that was found need not be one of the index's words. All words of the index are looked at for the first
// few that call for it only: who asks with sixteen made-up words shall not keep others waiting.
static void mend(const Index *x, Words *w, Asked *q)
{
    enum { MENDED_MAX = 6 };
    i64 mended = 0;
    for (i64 k = 0; k < q->n && mended < MENDED_MAX; k++) {
        Term *t = &q->term[k];
        if (t->without || t->group) continue;
        if (t->documents) {
            mended += add_near(x, w, t);
            continue;
        }
        if (index_documents(x, look_signed(x, CODE_SIGN, t->p, t->n))) continue;
        if (add_begun(x, t)) continue;
        if (part(x, w, q, k)) k++;
        else correct(x, w, t), mended++;
    }
}

static void finish(const Index *x, Asked *q)
{
    join(x, q);
    for (i64 k = 0; k < q->n; k++) q->term[k].rarity = asked_rarity(x, q->term[k].documents);
}

void asked_read(const Index *x, Words *w, Str s, Asked *q)
{
    Reading r = { x, w, q, 0, false };
    read_pieces(&r, s);
    mend(x, w, q);
    finish(x, q);
}

void asked_read_begun(const Index *x, Words *w, Str s, Asked *q)
{
    Reading r = { x, w, q, 0, false };
    words_of(w, s, take_term, &r);
    if (!q->n) return;
    q->n--;
    Term last = q->term[q->n];
    u32 word[BEGUN_MAX];
    if (last.n && !asked_begun(x, letters_of(&last), word)) correct(x, w, &last);
    mend(x, w, q);
    if (q->n < FIND_WORDS_MAX) q->term[q->n++] = last;
    finish(x, q);
}

Str asked_taken(Arena *a, const Asked *q, bool *corrected)
{
    Buf b = buf_new(a, (FIND_WORD_BYTES + 2) * FIND_WORDS_MAX);
    *corrected = false;
    for (i64 k = 0; k < q->n; k++) {
        if (k) buf_add(&b, STR(" "));
        if (q->term[k].without) buf_add(&b, STR("-"));
        buf_add(&b, letters_of(&q->term[k]));
        *corrected |= q->term[k].corrected;
    }
    return buf_str(&b);
}
