// How well documents answer a question. See find.h for the formulas' sources, docs/search.md for the formulas.
//
// Documents are gone through in windows of WINDOW places, word by word: what a word gives to each document of the window lies in
// an array, so that a member of a word's list costs a few additions. Then each document of the window has a score but for what
// needs the order of words; of that a bound is known, and only those whose bound reaches the best so far are read.
#include "find/score.h"

#include <math.h>

static const double TITLE = 3.0, TEXT = 1.0, SATURATION = 1.2, LENGTH = 0.4, TITLE_USUAL = 10, TEXT_USUAL = 80;
static const double ADJACENT = 0.25, IN_TEXT = 0.3, NAMED = 1.0, PRIOR = 0.25, KNOWN = 4;
enum { LONG_TEXT = 400 };                  // words; a longer text counts as one so long

typedef struct Window {
    float sum[WINDOW], held[WINDOW], code[WINDOW];         // of each document of the window, by all words so far
    float title[WINDOW], text[WINDOW], best[WINDOW];       // by the word at hand
    u32 in_title[WINDOW], in_text[WINDOW];                 // which words it has there, as bits
    u16 touched[WINDOW], seen[WINDOW];                     // by the word at hand; by any
    bool is_seen[WINDOW];
    i64 n_touched, n_seen;
} Window;

// Where an entry's list has been read to.
typedef struct Cursor { const u32 *p, *end; float grade; } Cursor;
// A word of the question: its entries. rest: what a document can have at most that has none of the words before in the order of
// reading.
typedef struct Group { Cursor *cursor; i64 n, term; float rarity; double rest; } Group;

// A document that may be among the best: `most` bounds its score; named: what it gets if it is named as was asked.
typedef struct Chance { i64 place; double base, code, most, named; } Chance;

typedef struct Scoring {
    const Index *x;
    const Asked *q;
    Arena *scratch;
    Window *w;
    Cursor *cursor; i64 n_cursors;         // all; those of codes are the first n_codes
    Group group[FIND_WORDS_MAX]; i64 n_groups;             // the rarest first
    Chance *chance; i64 n_chances, chances_room;
    double *least; i64 n_least, limit;     // a heap of the best scores' lower bounds, the lowest on top
    double all;                            // what a document would hold that had every word as written
    i64 wanted, pairs;
    u32 with, without, in_phrase;          // terms as bits
    u32 phrases;                           // groups as bits
    u32 *stands_entry, *stands_terms; u64 n_stands;        // entry + 1, and the terms it stands for, by hash
    u64 may_stand[16];                     // by the last bits of an entry: most stand for none
} Scoring;

// ---------------------------------------------------------------------------------------------- words in a window

void score_weigh(Hot *h, double weight)
{
    double known = log1p(weight), title = h->title_n, text = h->text_n < LONG_TEXT ? h->text_n : LONG_TEXT;
    h->prior = (float)(known / (known + KNOWN));
    h->title = (float)(TITLE / (1 - LENGTH + LENGTH * title / TITLE_USUAL));
    h->text = (float)(TEXT / (1 - LENGTH + LENGTH * text / TEXT_USUAL));
}

static bool is_wanted(const Scoring *s, u32 place)
{
    return s->q->kinds >> (s->x->hot[place].kind & 31) & 1;
}

static void see(Window *w, u16 i)
{
    if (w->is_seen[i]) return;
    w->is_seen[i] = true;
    w->seen[w->n_seen++] = i;
}

// title, text: how often, by grades.
static inline void add_word(const Scoring *s, const Group *g, u32 place, u16 i, float title, float text, float best)
{
    Window *w = s->w;
    const Hot *h = &s->x->hot[place];
    float often = title * h->title + text * h->text;
    w->sum[i] += g->rarity * best * often / (often + (float)SATURATION);
    // A stem is the word, if not as written: it covers the question as well.
    w->held[i] += g->rarity * (best < (float)STEMMED ? best / (float)STEMMED : 1);
    w->in_title[i] |= (u32)(title > 0) << g->term, w->in_text[i] |= (u32)(text > 0) << g->term;
    see(w, i);
}

// A word with one entry, as most are.
static void read_alone(const Scoring *s, const Group *g, Cursor *c, i64 base, bool seen_only)
{
    const u32 *p = c->p, end = (u32)(base + WINDOW);
    const float grade = c->grade;
    for (; p < c->end && *p >> 8 < end; p++) {
        u32 place = *p >> 8;
        u16 i = (u16)(place - (u32)base);
        if (!s->w->is_seen[i] && (seen_only || !is_wanted(s, place))) continue;
        if (*p & 0xFF) add_word(s, g, place, i, grade * (float)(*p >> 4 & 15), grade * (float)(*p & 15), grade);
    }
    c->p = p;
}

static void read_cursor(const Scoring *s, Cursor *c, i64 base, bool seen_only)
{
    Window *w = s->w;
    const u32 *p = c->p, end = (u32)(base + WINDOW);
    const float grade = c->grade;
    for (; p < c->end && *p >> 8 < end; p++) {
        u32 place = *p >> 8;
        u16 i = (u16)(place - (u32)base);
        if (!w->is_seen[i] && (seen_only || !is_wanted(s, place))) continue;
        if (w->best[i] == 0) w->touched[w->n_touched++] = i;
        w->title[i] += grade * (float)(*p >> 4 & 15), w->text[i] += grade * (float)(*p & 15);
        if (w->best[i] < grade) w->best[i] = grade;
    }
    c->p = p;
}

static void read_group(const Scoring *s, const Group *g, i64 base, bool seen_only)
{
    Window *w = s->w;
    if (g->n == 1) {
        read_alone(s, g, g->cursor, base, seen_only);
        return;
    }
    for (i64 c = 0; c < g->n; c++) read_cursor(s, &g->cursor[c], base, seen_only);
    for (i64 n = 0; n < w->n_touched; n++) {
        u16 i = w->touched[n];
        add_word(s, g, (u32)base + i, i, w->title[i], w->text[i], w->best[i]);
        w->title[i] = w->text[i] = w->best[i] = 0;
    }
    w->n_touched = 0;
}

static void read_code(const Scoring *s, Cursor *c, i64 base)
{
    const u32 *p = c->p;
    for (; p < c->end && *p >> 8 < (u32)(base + WINDOW); p++) {
        u16 i = (u16)((*p >> 8) - (u32)base);
        if (!is_wanted(s, *p >> 8)) continue;
        s->w->code[i] += c->grade;
        see(s->w, i);
    }
    c->p = p;
}

// ---------------------------------------------------------------------------------------------- words in their order

static u32 stands_for(const Scoring *s, u32 entry)
{
    if (!(s->may_stand[entry >> 6 & 15] >> (entry & 63) & 1)) return 0;
    for (u64 i = (entry + 1) * UINT64_C(0x9E3779B97F4A7C15) >> 32;; i++) {
        u64 at = i & (s->n_stands - 1);
        if (s->stands_entry[at] == entry + 1) return s->stands_terms[at];
        if (!s->stands_entry[at]) return 0;
    }
}

static void stands_put(Scoring *s, u32 entry, u32 term)
{
    s->may_stand[entry >> 6 & 15] |= UINT64_C(1) << (entry & 63);
    u64 i = (entry + 1) * UINT64_C(0x9E3779B97F4A7C15) >> 32;
    while (s->stands_entry[i & (s->n_stands - 1)] && s->stands_entry[i & (s->n_stands - 1)] != entry + 1) i++;
    s->stands_entry[i & (s->n_stands - 1)] = entry + 1;
    s->stands_terms[i & (s->n_stands - 1)] |= term;
}

// What the order of a field's words shows: pairs of the question's neighbours side by side, phrases that are there whole.
typedef struct Order { u32 pairs, phrases; } Order;

static Order read_order(const Scoring *s, const u8 **p, const u8 *end, i64 n)
{
    const Asked *q = s->q;
    Order o = { 0 };
    u32 last = 0, entry;                   // terms that the word before stood for, in phrases: as far as they have come
    while (n-- > 0 && index_next(p, end, &entry)) {
        u32 terms = stands_for(s, entry), now = 0;
        for (u32 left = terms; left; left &= left - 1) {
            i64 k = __builtin_ctz(left), group = q->term[k].group;
            bool follows = k && last >> (k - 1) & 1;
            if (follows) o.pairs |= UINT32_C(1) << k;
            bool begins = group && (k == 0 || q->term[k - 1].group != group);
            bool ends = group && (k + 1 == q->n || q->term[k + 1].group != group);
            if (!group || begins || follows) now |= UINT32_C(1) << k;
            if (ends && (begins || follows)) o.phrases |= UINT32_C(1) << group;
        }
        last = now;
    }
    return o;
}

typedef struct Both { Order title, text; } Both;

static Both read_both(const Scoring *s, i64 place)
{
    Made m = index_made(s->x, place);
    const u8 *p = (const u8 *)m.words.p, *end = p + m.words.n;
    Both b = { .title = read_order(s, &p, end, m.title_n) };
    b.text = read_order(s, &p, end, m.text_n);
    return b;
}

// ---------------------------------------------------------------------------------------------- scores

static double pairs_of(const Scoring *s, u32 title, u32 text)
{
    double a = (double)__builtin_popcount(title) / (double)s->pairs, b = (double)__builtin_popcount(text) / (double)s->pairs;
    return s->wanted > 1 ? 1 + ADJACENT * (fmin(1, a) + IN_TEXT * fmin(1, b)) : 1;
}

static double score_of(const Scoring *s, i64 place, double base, double code, double pairs, double named)
{
    return (base * pairs + named) * (1 + PRIOR * (double)s->x->hot[place].prior) + code;
}

// A score that is surely reached: whoever cannot reach the limit's lowest of them is not among the best.
static bool push_least(Scoring *s, double score)
{
    double *h = s->least;
    i64 i;
    if (s->n_least < s->limit) {
        for (i = s->n_least++; i && h[(i - 1) / 2] > score; i = (i - 1) / 2) h[i] = h[(i - 1) / 2];
        h[i] = score;
        return true;
    }
    if (score <= h[0]) return false;
    for (i = 0;;) {
        i64 k = 2 * i + 1;
        if (k + 1 < s->n_least && h[k + 1] < h[k]) k++;
        if (k >= s->n_least || h[k] >= score) break;
        h[i] = h[k], i = k;
    }
    h[i] = score;
    return true;
}

static void keep(Scoring *s, Chance c)
{
    if (s->n_chances == s->chances_room) {
        i64 n = 0;
        for (i64 i = 0; i < s->n_chances; i++)
            if (s->n_least < s->limit || s->chance[i].most >= s->least[0]) s->chance[n++] = s->chance[i];
        s->n_chances = n;
        if (n > s->chances_room / 2) {
            Chance *more = arena_new_array(s->scratch, Chance, 2 * s->chances_room);
            memcpy(more, s->chance, (size_t)n * sizeof(Chance));
            s->chance = more, s->chances_room *= 2;
        }
    }
    s->chance[s->n_chances++] = c;
}

// What a score cannot pass whose words give so much; without codes.
static double bound(const Scoring *s, double sum, double held, double named)
{
    double cover = s->all > 0 ? held / s->all : 0;
    return (sum * cover * cover * (1 + ADJACENT * (1 + IN_TEXT)) + named) * (1 + PRIOR);
}

static bool is_full(const Scoring *s)
{
    return s->n_least == s->limit;
}

static void judge(Scoring *s, i64 place, u16 i)
{
    Window *w = s->w;
    u32 title = w->in_title[i], text = w->in_text[i];
    double sum = w->sum[i], code = w->code[i];
    if ((title | text) & s->without || !(sum > 0 || code > 0) || s->in_phrase & ~(title | text)) return;
    // A title of these words and no others; it holds less of words that were guessed.
    double held = w->held[i], cover = s->all > 0 ? held / s->all : 0, base = sum * cover * cover;
    double named = s->x->hot[place].title_n == s->wanted && !(s->with & ~title) ? NAMED * held * cover : 0;
    if (is_full(s) && bound(s, sum, held, named) + code < s->least[0]) return;
    double most = score_of(s, place, base, code, pairs_of(s, title & title << 1, text & text << 1), named);
    if (is_full(s) && most < s->least[0]) return;
    // Whether a phrase is there whole is not known yet, so nothing is sure.
    if (!s->phrases) push_least(s, score_of(s, place, base, code, 1, s->wanted == 1 ? named : 0));
    keep(s, (Chance){ .place = place, .base = base, .code = code, .most = most, .named = named });
}

static void finish_window(Scoring *s, i64 base)
{
    Window *w = s->w;
    for (i64 n = 0; n < w->n_seen; n++) {
        u16 i = w->seen[n];
        judge(s, base + i, i);
        w->sum[i] = w->held[i] = w->code[i] = 0, w->in_title[i] = w->in_text[i] = 0, w->is_seen[i] = false;
    }
    w->n_seen = 0;
}

// Documents that have none of the words read so far cannot be among the best any more, or lack a phrase's word.
static bool seen_only(const Scoring *s, i64 group)
{
    if (group && s->in_phrase >> s->group[group - 1].term & 1) return true;
    return is_full(s) && s->group[group].rest < s->least[0];
}

static void score_windows(Scoring *s)
{
    for (;;) {
        i64 first = INT64_MAX;
        for (i64 c = 0; c < s->n_cursors; c++)
            if (s->cursor[c].p < s->cursor[c].end && *s->cursor[c].p >> 8 < first) first = *s->cursor[c].p >> 8;
        if (first == INT64_MAX) return;
        for (i64 c = 0; c < s->q->n_codes; c++) read_code(s, &s->cursor[c], first);
        for (i64 g = 0; g < s->n_groups; g++) read_group(s, &s->group[g], first, seen_only(s, g));
        finish_window(s, first);
    }
}

// ---------------------------------------------------------------------------------------------- the best

static void sift(Chance *c, i64 n, i64 i)
{
    Chance x = c[i];
    for (i64 k; (k = 2 * i + 1) < n; i = k) {
        if (k + 1 < n && c[k + 1].most > c[k].most) k++;
        if (c[k].most <= x.most) break;
        c[i] = c[k];
    }
    c[i] = x;
}

// Below 0: a phrase is not there.
static double exact(const Scoring *s, const Chance *c)
{
    if (!s->phrases && (s->wanted < 2 || c->most <= score_of(s, c->place, c->base, c->code, 1, 0))) return c->most;
    Both b = read_both(s, c->place);
    if (s->phrases & ~(b.title.phrases | b.text.phrases)) return -1;
    // Named exactly so: as many words as were asked for, all of them, in their order.
    double named = __builtin_popcount(b.title.pairs) >= s->pairs ? c->named : 0;
    return score_of(s, c->place, c->base, c->code, pairs_of(s, b.title.pairs, b.text.pairs), named);
}

static int best_first(const void *a, const void *b, void *context)
{
    const Found *x = a, *y = b;
    const Index *index = context;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    int k = index->hot[x->place].kind - index->hot[y->place].kind;
    if (k) return k;
    i64 i = index->held[x->place].id, j = index->held[y->place].id;
    return i < j ? -1 : i > j;
}

// Reads those with the highest bounds first, until no bound reaches the lowest of the best.
static i64 choose(Scoring *s, Found *out)
{
    i64 n = 0, left = s->n_chances, room = 2 * s->limit;
    Found *all = arena_new_array(s->scratch, Found, room);
    s->n_least = 0;
    for (i64 i = left / 2; i-- > 0;) sift(s->chance, left, i);
    while (left) {
        Chance c = s->chance[0];
        if (s->n_least == s->limit && c.most < s->least[0]) break;
        s->chance[0] = s->chance[--left];
        if (left) sift(s->chance, left, 0);
        Found f = { c.place, exact(s, &c) };
        if (f.score < 0) continue;
        if (n == room) {
            qsort_r(all, (size_t)n, sizeof(Found), best_first, (void *)(uintptr_t)s->x);
            n = s->limit;
        }
        all[n++] = f;
        push_least(s, f.score);
    }
    qsort_r(all, (size_t)n, sizeof(Found), best_first, (void *)(uintptr_t)s->x);
    n = n < s->limit ? n : s->limit;
    memcpy(out, all, (size_t)n * sizeof(Found));
    return n;
}

static void add_cursor(Scoring *s, u32 entry, double grade)
{
    const Entry *e = &s->x->entry[entry];
    const u32 *p = index_list(e);
    s->cursor[s->n_cursors++] = (Cursor){ p, p + e->n, (float)grade };
}

static void add_group(Scoring *s, i64 k)
{
    const Term *t = &s->q->term[k];
    Group *g = &s->group[s->n_groups++];
    *g = (Group){ .cursor = &s->cursor[s->n_cursors], .n = t->n_v, .term = k, .rarity = t->without ? 0 : (float)t->rarity };
    for (i64 i = 0; i < t->n_v; i++) {
        add_cursor(s, t->v[i].entry, (double)t->v[i].grade);
        stands_put(s, t->v[i].entry, UINT32_C(1) << k);
    }
    if (t->without) s->without |= UINT32_C(1) << k;
    if (t->group) s->phrases |= UINT32_C(1) << t->group, s->in_phrase |= UINT32_C(1) << k;
    if (!t->without) s->all += t->rarity, s->wanted++, s->with |= UINT32_C(1) << k;
}

// Words of phrases first, the rarest first: documents that lack one are not looked at for the others. Then the other words, the
// rarest first, those that must not be there last.
static double reading_order(const Term *t)
{
    return t->without ? -1 : t->group ? 1000 + t->rarity : t->rarity;
}

static void prepare(Scoring *s)
{
    const Asked *q = s->q;
    i64 variants = q->n_codes, order[FIND_WORDS_MAX];
    for (i64 k = 0; k < q->n; k++) {
        variants += q->term[k].n_v;
        i64 at = k;
        for (; at && reading_order(&q->term[order[at - 1]]) < reading_order(&q->term[k]); at--) order[at] = order[at - 1];
        order[at] = k;
    }
    for (s->n_stands = 64; s->n_stands < 4 * (u64)variants; s->n_stands *= 2) continue;
    s->stands_entry = arena_new_array(s->scratch, u32, (i64)s->n_stands);
    s->stands_terms = arena_new_array(s->scratch, u32, (i64)s->n_stands);
    s->cursor = arena_new_array(s->scratch, Cursor, variants + 1);
    for (i64 i = 0; i < q->n_codes; i++) add_cursor(s, q->code[i].entry, (double)q->code[i].worth);
    for (i64 i = 0; i < q->n; i++) add_group(s, order[i]);
    double rest = 0;
    for (i64 g = s->n_groups; g-- > 0;) {
        rest += (double)s->group[g].rarity;
        s->group[g].rest = bound(s, rest, rest, g == 0 ? NAMED * rest : 0);
    }
    s->pairs = s->wanted > 1 ? s->wanted - 1 : 1;
}

i64 score_all(const Index *x, Arena *scratch, const Asked *q, i64 limit, Found *out)
{
    Scoring s = { .x = x, .q = q, .scratch = scratch, .limit = limit, .chances_room = 4 * limit + 1024 };
    prepare(&s);
    s.w = arena_new(scratch, Window);
    s.least = arena_new_array(scratch, double, limit);
    s.chance = arena_new_array(scratch, Chance, s.chances_room);
    score_windows(&s);
    return choose(&s, out);
}
