// `etalase eval sequences | sessions | pairs`: how well src/rank/next.h tells what comes next. See evals.h.
#include <math.h>
#include <stdlib.h>

#include "main/evals.h"
#include "rank/both.h"
#include "rank/chance.h"
#include "rank/zeroed.h"

// The models that are measured alone, beside their blend.
static const int MODELS_ALONE[] = { NEXT_POPULAR, NEXT_FOLLOWS, NEXT_NEAR, NEXT_ALIKE, NEXT_ATTEND, NEXT_LINEAR, NEXT_SPECTRAL };
enum { MODELS_ALONE_N = sizeof(MODELS_ALONE) / sizeof(*MODELS_ALONE) };
enum { SUMS_MAX = 24, SUMS_ALONE = 8 };   // from SUMS_ALONE: two numbers for each of the models alone
_Static_assert(SUMS_ALONE + 2 * MODELS_ALONE_N <= SUMS_MAX, "sums");

// Puts SUMS_MAX numbers to a question's own sums.
typedef void (*AskOne)(const void *context, const Next *x, NextDesk *d, float *score, i64 question, double *sums);
typedef struct Asking { const void *context; const Next *x; i64 items, n; AskOne ask; double *sums; } Asking;

static void ask_share(void *context, i64 shard)
{
    Asking *a = context;
    NextDesk d = next_desk(a->x);
    float *score = zeroed(a->items, sizeof(float));
    for (i64 k = shard; k < a->n; k += THREADS) a->ask(a->context, a->x, &d, score, k, a->sums + k * SUMS_MAX);
    free(score);
    next_desk_free(&d);
}

// All questions 0 .. n - 1; their sums are added up into out.
static void ask_all(const void *context, const Next *x, i64 items, i64 n, AskOne ask, double out[SUMS_MAX])
{
    Asking a = { context, x, items, n, ask, zeroed(n * SUMS_MAX, sizeof(double)) };
    both(ask_share, &a);
    memset(out, 0, SUMS_MAX * sizeof(double));
    for (i64 k = 0; k < n; k++)            // in their order, whoever was first
        for (i64 i = 0; i < SUMS_MAX; i++) out[i] += a.sums[k * SUMS_MAX + i];
    free(a.sums);
}

// The JSON's end: each model alone by the two measures named, divided by `asked`; weights, seed, seconds.
static void print_models(const Next *x, const char *first, const char *second, const double *sums, double asked, i64 seed,
                         double seconds)
{
    float w[NEXT_FEATURES];
    next_weights(x, w);
    printf(",\"alone\":{");
    for (i64 m = 0; m < MODELS_ALONE_N; m++)
        printf("%s\"%s\":{\"%s\":%.4f,\"%s\":%.4f}", m ? "," : "", NEXT_NAMES[MODELS_ALONE[m]], first,
               sums[SUMS_ALONE + 2 * m] / asked, second, sums[SUMS_ALONE + 2 * m + 1] / asked);
    printf("},\"weights\":{");
    for (i64 f = 0; f < NEXT_FEATURES; f++) printf("%s\"%s\":%.4f", f ? "," : "", NEXT_NAMES[f], (double)w[f]);
    printf("},\"seed\":%lld,\"seconds\":%.1f}\n", (long long)seed, seconds);
}

// ---------------------------------------------------------------------------------------------- sequences

typedef struct Sequenced {
    const Histories *h;
    const i32 *person;                     // who is asked about
    i64 items, negatives;
    u64 seed;
} Sequenced;

static bool holds(const i32 *item, i64 n, i32 what)
{
    for (i64 i = 0; i < n; i++)
        if (item[i] == what) return true;
    return false;
}

void eval_count_rank(i64 before, double *sums)
{
    static const i64 at[] = { 5, 10, 20 };
    for (i64 k = 0; k < 3; k++)
        if (before < at[k]) sums[2 * k] += 1, sums[2 * k + 1] += 1 / log2((double)before + 2);
    if (before < 20) sums[6] += 1 / (double)(before + 1);
}

i64 eval_negatives(const i32 *own, i64 n, i64 items, i64 wanted, u64 seed, u64 person, i32 *out)
{
    Chance c = chance_new(hash_pair(seed, person));
    i64 k = 0;
    for (i64 tries = 0; k < wanted && tries < 100 * wanted; tries++) {
        i32 item = (i32)chance_below(&c, items);
        if (!holds(own, n, item)) out[k++] = item;
    }
    return k;
}

// How many items come before the last of these n steps: those that score as high count as before it, own earlier ones do not
// count. Without negatives, `score` is spoilt.
static i64 count_before(const Sequenced *q, u64 person, const i32 *own, i64 n, float *score)
{
    i32 target = own[n - 1];
    i64 before = 0;
    float at = score[target];
    if (!q->negatives) {
        for (i64 i = 0; i < n - 1; i++)
            if (own[i] != target) score[own[i]] = -INFINITY;
        for (i64 i = 0; i < q->items; i++) before += i != target && !(score[i] < at);
        return before;
    }
    i32 other[EVAL_NEGATIVES_MAX];
    i64 others = eval_negatives(own, n, q->items, q->negatives, q->seed, person, other);
    for (i64 k = 0; k < others; k++) before += !(score[other[k]] < at);
    return before;
}

static void ask_sequence(const void *context, const Next *x, NextDesk *d, float *score, i64 question, double *sums)
{
    const Sequenced *q = context;
    i64 p = q->person[question], n = q->h->start[p + 1] - q->h->start[p];
    const i32 *own = q->h->item + q->h->start[p];
    next_scores(x, d, p, own, n - 1, score);
    eval_count_rank(count_before(q, (u64)p, own, n, score), sums);
    for (i64 m = 0; m < MODELS_ALONE_N; m++) {
        double one[8] = { 0 };
        eval_count_rank(count_before(q, (u64)p, own, n, d->feature[MODELS_ALONE[m]]), one);
        sums[SUMS_ALONE + 2 * m] = one[2], sums[SUMS_ALONE + 2 * m + 1] = one[3];
    }
}

// All but the last step of those with at least three; whoever has fewer teaches only.
static Sequences without_last(const Histories *h, i64 items, i64 *start, i32 *item, i32 *person, i64 *asked)
{
    *asked = 0;
    for (i64 p = 0; p < h->people; p++) {
        i64 n = h->start[p + 1] - h->start[p], keep = n >= 3 ? n - 1 : n;
        memcpy(item + start[p], h->item + h->start[p], (size_t)keep * sizeof(i32));
        start[p + 1] = start[p] + keep;
        if (n >= 3) person[(*asked)++] = (i32)p;
    }
    return (Sequences){ h->people, items, start, item };
}

static int measure_sequences(const Histories *h, i64 items, i64 length, i64 negatives, i64 seed, bool tell)
{
    double begin = seconds_now(), sums[SUMS_MAX];
    i64 *start = zeroed(h->people + 1, sizeof(i64)), asked;
    i32 *item = zeroed(h->n, sizeof(i32)), *person = zeroed(h->people, sizeof(i32));
    Sequences known = without_last(h, items, start, item, person, &asked);
    NextConfig c = { .use = NEXT_PEOPLE, .seed = (u64)seed, .negatives = negatives, .length = length, .tell = tell };
    Next *x = next_fit(&known, &c);
    Sequenced q = { h, person, items, negatives, (u64)seed };
    ask_all(&q, x, items, asked, ask_sequence, sums);
    for (i64 i = 0; i < SUMS_MAX; i++) sums[i] /= (double)(asked ? asked : 1);
    printf("{\"measure\":\"sequences\",\"hr@5\":%.4f,\"ndcg@5\":%.4f,\"hr@10\":%.4f,\"ndcg@10\":%.4f,"
           "\"hr@20\":%.4f,\"ndcg@20\":%.4f,\"users\":%lld,\"items\":%lld,\"protocol\":\"leave one out, %s\",\"negatives\":%lld",
           sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], (long long)asked,
           (long long)items, negatives ? "sampled" : "full", (long long)negatives);
    print_models(x, "hr@10", "ndcg@10", sums, 1, seed, seconds_now() - begin);
    next_free(x);
    free(start), free(item), free(person);
    return 0;
}

int eval_sequences(int n, char **arg)
{
    const char *path[1];
    i64 seed = 1, negatives = 100, length = 50;
    bool full = false, tell = false, served = false, unfitted = false;
    Arg known[] = { { "--seed", ARG_INT, &seed, 0, 9e15 }, { "--negatives", ARG_INT, &negatives, 1, EVAL_NEGATIVES_MAX },
                    { "--full", ARG_FLAG, &full, 0, 0 }, { "--max-len", ARG_INT, &length, 1, 200 },
                    { "--tell", ARG_FLAG, &tell, 0, 0 },
                    { "--served", ARG_FLAG, &served, 0, 0 }, { "--unfitted", ARG_FLAG, &unfitted, 0, 0 } };
    Args args = { .known = known, .n_known = sizeof(known) / sizeof(*known), .rest = path, .rest_max = 1 };
    if (!args_read(n, arg, &args)) return 2;
    if (args.n_rest != 1 || (full && served) || (unfitted && !served)) {
        fprintf(stderr, args.n_rest != 1 ? "etalase: eval sequences needs a file of histories\n"
                                         : "etalase: --served goes with --negatives, and --unfitted with --served\n");
        return 2;
    }
    Arena a = { 0 };
    Names people = { 0 }, items = { 0 };
    Histories h;
    int code = 2;
    if (histories_read(&a, path[0], FORM_USERS, &people, &items, &h)) {
        code = served ? measure_served(&h, items.n, negatives, seed, !unfitted)
                      : measure_sequences(&h, items.n, length, full ? 0 : negatives, seed, tell);
        histories_free(&h);
    }
    names_free(&people), names_free(&items), arena_free(&a);
    return code;
}

// ---------------------------------------------------------------------------------------------- two files

typedef struct Halves { Arena a; Names people, items; Histories train, test; } Halves;

static void halves_free(Halves *h)
{
    histories_free(&h->train), histories_free(&h->test);
    names_free(&h->people), names_free(&h->items), arena_free(&h->a);
}

static bool halves_read(Halves *h, const char *what, int n, char **arg, HistoriesForm form, i64 *seed, bool *tell)
{
    const char *path[2];
    Arg known[] = { { "--seed", ARG_INT, seed, 0, 9e15 }, { "--tell", ARG_FLAG, tell, 0, 0 } };
    Args args = { .known = known, .n_known = 2, .rest = path, .rest_max = 2 };
    *h = (Halves){ 0 };
    if (!args_read(n, arg, &args)) return false;
    if (args.n_rest != 2) {
        fprintf(stderr, "etalase: eval %s needs two files, one to learn from and one to be asked\n", what);
        return false;
    }
    return histories_read(&h->a, path[0], form, &h->people, &h->items, &h->train) &&
           histories_read(&h->a, path[1], form, &h->people, &h->items, &h->test);
}

// What a measure of two files has of its own; sums[7] is how many were asked.
typedef struct Halving {
    const char *what;
    HistoriesForm form;
    NextConfig config;
    AskOne ask;
    void (*print)(const Halves *h, const double *sums, double asked);
    const char *first, *second;            // measures of the models alone
} Halving;

static int eval_halves(const Halving *m, int n, char **arg)
{
    Halves h;
    i64 seed = 1;
    NextConfig c = m->config;
    int code = 2;
    if (halves_read(&h, m->what, n, arg, m->form, &seed, &c.tell)) {
        double begin = seconds_now(), sums[SUMS_MAX];
        Sequences s = { h.train.people, h.items.n, h.train.start, h.train.item };
        c.seed = (u64)seed;
        Next *x = next_fit(&s, &c);
        ask_all(&h, x, h.items.n, h.test.people, m->ask, sums);
        double asked = sums[7] > 0 ? sums[7] : 1;
        m->print(&h, sums, asked);
        print_models(x, m->first, m->second, sums, asked, seed, seconds_now() - begin);
        next_free(x);
        code = 0;
    }
    halves_free(&h);
    return code;
}

// ---------------------------------------------------------------------------------------------- sessions

static i64 count_before_all(i64 items, i32 target, const float *score)
{
    i64 before = 0;
    for (i64 i = 0; i < items; i++) before += i != target && !(score[i] < score[target]);
    return before;
}

static void ask_session(const void *context, const Next *x, NextDesk *d, float *score, i64 question, double *sums)
{
    const Halves *h = context;
    const i32 *own = h->test.item + h->test.start[question];
    i64 n = h->test.start[question + 1] - h->test.start[question];
    if (n < 2) return;
    next_scores(x, d, -1, own, n - 1, score);
    eval_count_rank(count_before_all(h->items.n, own[n - 1], score), sums);
    for (i64 m = 0; m < MODELS_ALONE_N; m++) {
        double one[8] = { 0 };
        eval_count_rank(count_before_all(h->items.n, own[n - 1], d->feature[MODELS_ALONE[m]]), one);
        sums[SUMS_ALONE + 2 * m] = one[4], sums[SUMS_ALONE + 2 * m + 1] = one[6];
    }
    sums[7] += 1;
}

static void print_session(const Halves *h, const double *sums, double asked)
{
    printf("{\"measure\":\"sessions\",\"p@20\":%.4f,\"mrr@20\":%.4f,\"hr@10\":%.4f,\"ndcg@10\":%.4f,\"hr@5\":%.4f,"
           "\"sessions\":%lld,\"asked\":%lld,\"items\":%lld,\"protocol\":\"full\"", sums[4] / asked, sums[6] / asked,
           sums[2] / asked, sums[3] / asked, sums[0] / asked, (long long)h->train.people, (long long)sums[7],
           (long long)h->items.n);
}

int eval_sessions(int n, char **arg)
{
    static const Halving SESSIONS = { "sessions", FORM_SESSIONS, { .use = NEXT_SESSIONS, .length = 50 }, ask_session,
                                      print_session, "p@20", "mrr@20" };
    return eval_halves(&SESSIONS, n, arg);
}

// ---------------------------------------------------------------------------------------------- pairs

enum { PAIRS_AT_MAX = 20 };

// Of the PAIRS_AT_MAX highest scores: which are among `own`. -INFINITY is never taken.
static void count_pairs(const float *score, i64 items, const i32 *own, i64 n, double *sums)
{
    i32 best[PAIRS_AT_MAX];
    i64 k = 0;
    for (i64 i = 0; i < items; i++) {
        if (score[i] == -INFINITY || (k == PAIRS_AT_MAX && score[i] <= score[best[k - 1]])) continue;
        i64 at = k < PAIRS_AT_MAX ? k++ : PAIRS_AT_MAX - 1;
        for (; at > 0 && score[best[at - 1]] < score[i]; at--) best[at] = best[at - 1];
        best[at] = (i32)i;
    }
    for (i64 w = 0; w < 2; w++) {
        i64 at = w ? 20 : 10, hits = 0;
        double gain = 0, ideal = 0;
        for (i64 i = 0; i < k && i < at; i++)
            if (holds(own, n, best[i])) hits++, gain += 1 / log2((double)i + 2);
        for (i64 i = 0; i < n && i < at; i++) ideal += 1 / log2((double)i + 2);
        sums[2 * w] += (double)hits / (double)n, sums[2 * w + 1] += gain / ideal;
    }
}

static void ask_pairs(const void *context, const Next *x, NextDesk *d, float *score, i64 question, double *sums)
{
    const Halves *h = context;
    i64 n = h->test.start[question + 1] - h->test.start[question], known = 0;
    if (!n) return;
    const i32 *own = NULL;
    if (question < h->train.people) {
        own = h->train.item + h->train.start[question];
        known = h->train.start[question + 1] - h->train.start[question];
    }
    next_scores(x, d, question, own, known, score);
    for (i64 i = 0; i < known; i++) score[own[i]] = -INFINITY;
    count_pairs(score, h->items.n, h->test.item + h->test.start[question], n, sums);
    for (i64 m = 0; m < MODELS_ALONE_N; m++) {
        double one[4] = { 0 };
        float *alone = d->feature[MODELS_ALONE[m]];
        for (i64 i = 0; i < known; i++) alone[own[i]] = -INFINITY;
        count_pairs(alone, h->items.n, h->test.item + h->test.start[question], n, one);
        sums[SUMS_ALONE + 2 * m] = one[2], sums[SUMS_ALONE + 2 * m + 1] = one[3];
    }
    sums[7] += 1;
}

static void print_pair(const Halves *h, const double *sums, double asked)
{
    printf("{\"measure\":\"pairs\",\"recall@10\":%.4f,\"ndcg@10\":%.4f,\"recall@20\":%.4f,\"ndcg@20\":%.4f,"
           "\"users\":%lld,\"asked\":%lld,\"items\":%lld,\"protocol\":\"all items not in train\"", sums[0] / asked,
           sums[1] / asked, sums[2] / asked, sums[3] / asked, (long long)h->train.people, (long long)sums[7],
           (long long)h->items.n);
}

int eval_pairs(int n, char **arg)
{
    static const Halving PAIRS = { "pairs", FORM_USERS, { .use = NEXT_SETS }, ask_pairs, print_pair, "recall@20", "ndcg@20" };
    return eval_halves(&PAIRS, n, arg);
}
