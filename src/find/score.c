// How well a document answers a question. See find.h for the formulas' sources.
#include "find/score.h"

#include <math.h>
#include <string.h>

enum { LOOKED_AT = 400 };                  // words of a field
static const double TITLE = 3.0, TEXT = 1.0, SATURATION = 1.2, LENGTH = 0.4, TITLE_USUAL = 10, TEXT_USUAL = 80;
static const double SAME = 1.0, STEMMED = 0.8, CORRECTED = 0.7;
static const double COVER = 2.0, ADJACENT = 0.25, NAMED = 1.0;

// A field as it is read: by term, how often and how well; places of terms for phrases.
typedef struct Field {
    const Find *f;
    const Asked *q;
    double weight[FIND_WORDS_MAX];         // of each term's occurrences, added up
    double best[FIND_WORDS_MAX];
    i64 n, adjacent;                       // words; pairs of the question's neighbours side by side
    u32 last;                              // terms that the word before stood for
    u32 phrase[FIND_WORDS_MAX];            // by group: how far the phrase has come, as bits of terms that may have matched last
    bool whole[FIND_WORDS_MAX + 1];        // by group: the phrase is there
} Field;

static bool same(Str s, const char *p, size_t n)
{
    return s.n == n && memcmp(s.p, p, n) == 0;
}

// How well a word stands for a term: 0 not at all.
static double grade(Words *w, const Term *t, Str word)
{
    double full = t->corrected ? CORRECTED : SAME;
    if (same(word, t->p, t->n)) return full;
    if (!t->n_stems || t->group || t->without || word.n < 2 || word.p[0] != t->p[0]) return 0;
    Stem stem[2];
    i64 n = words_stems(w, word, stem);
    for (i64 i = 0; i < n; i++)
        for (i64 k = 0; k < t->n_stems; k++)
            if (same((Str){ stem[i].p, stem[i].n }, t->stem[k].p, t->stem[k].n)) return full * STEMMED;
    return 0;
}

static double grade_at(const Field *x, i64 k, Str word)
{
    const Term *t = &x->q->term[k];
    double g = grade(x->f->words, t, word);
    if (g == 0 && t->n_joined && same(word, t->joined, t->n_joined)) g = SAME;
    if (g == 0 && k && t[-1].n_joined && same(word, t[-1].joined, t[-1].n_joined)) g = SAME;
    return g;
}

static bool read_word(void *context, Str word)
{
    Field *x = context;
    u32 now = 0;
    if (x->n++ >= LOOKED_AT) return false;
    for (i64 k = 0; k < x->q->n; k++) {
        double g = grade_at(x, k, word);
        if (g == 0) continue;
        x->weight[k] += g, x->best[k] = fmax(x->best[k], g);
        bool follows = k && x->last >> (k - 1) & 1;
        x->adjacent += follows;
        i64 group = x->q->term[k].group;
        bool begins = group && (k == 0 || x->q->term[k - 1].group != group);
        if (!group || begins || follows) now |= UINT32_C(1) << k;
        bool ends = group && (k + 1 == x->q->n || x->q->term[k + 1].group != group);
        if (ends && (begins || follows)) x->whole[group] = true;
    }
    x->last = now;
    return true;
}

static Field read_field(const Find *f, const Asked *q, Str s)
{
    Field x = { .f = f, .q = q };
    words_of(f->words, s, read_word, &x);
    return x;
}

static double rarity(const Find *f, const Term *t)
{
    double n = (double)f->documents, d = (double)(t->documents ? t->documents : 1);
    return log1p((n - fmin(d, n) + 0.5) / (d + 0.5));
}

double score_document(const Find *f, const Asked *q, Str title, Str text)
{
    Field a = read_field(f, q, title), b = read_field(f, q, text);
    double sum = 0, all = 0, held = 0;
    i64 wanted = 0;
    for (i64 k = 0; k < q->n; k++) {
        const Term *t = &q->term[k];
        if (t->without && (a.weight[k] > 0 || b.weight[k] > 0)) return 0;
        if (t->without) continue;
        if (t->group && !a.whole[t->group] && !b.whole[t->group]) return 0;
        double idf = rarity(f, t), best = fmax(a.best[k], b.best[k]);
        double often = TITLE * a.weight[k] / (1 - LENGTH + LENGTH * (double)a.n / TITLE_USUAL) +
                       TEXT * b.weight[k] / (1 - LENGTH + LENGTH * (double)b.n / TEXT_USUAL);
        sum += idf * best * often / (often + SATURATION);
        all += idf, held += idf * best;
        wanted++;
    }
    if (!(sum > 0) || !(all > 0)) return 0;
    double cover = held / all, pairs = wanted > 1 ? (double)(wanted - 1) : 1;
    double near = fmin(1, (double)a.adjacent / pairs) + 0.3 * fmin(1, (double)b.adjacent / pairs);
    bool named = a.n == wanted && cover >= STEMMED && (wanted == 1 || a.adjacent >= wanted - 1);
    return sum * pow(cover, COVER) * (1 + ADJACENT * (wanted > 1 ? near : 0)) + (named ? NAMED * all : 0);
}
