// `etalase bench search`: src/find at size, on made-up products: words whose frequency follows Zipf's law, six to a title and
// sixty to a text. Each kind of question has its turn; with --puts, another thread puts products over and over meanwhile. Times
// are by the clock and, with _cpu, of the asking thread's own work, which does not count what else the machine does.
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "find/find.h"
#include "main/benches.h"
#include "rank/chance.h"

enum { TITLE_WORDS = 6, TEXT_WORDS = 60, THREADS_MAX = 16, TIMES_MAX = 1 << 18, HITS = 50, GUESSES = 8, FREQUENT = 1000 };
typedef enum Ask { ASK_FREQUENT, ASK_TYPO, ASK_PHRASE, ASK_BEGUN, ASKS } Ask;
static const char *const ASK_NAME[ASKS] = { "three_frequent", "misspelt", "phrase", "suggest" };

typedef struct Goods { i64 documents, words; u64 seed; } Goods;

// ---------------------------------------------------------------------------------------------- made-up products

// 0..n - 1; the chance of x is about 1 / (x + 1).
static i64 zipf(Chance *c, i64 n)
{
    double u = (double)(chance_next(c) >> 11) * 0x1p-53;
    i64 x = (i64)pow((double)n + 1, u) - 1;
    return x < 0 ? 0 : x >= n ? n - 1 : x;
}

// Three syllables for the thousand most frequent, four for the others; no two are the same.
static size_t word_of(i64 rank, char out[8])
{
    static const char CONSONANTS[] = "bcdfghjklmnprstvwxyz", VOWELS[] = "aeiou";
    i64 syllables = rank < FREQUENT ? 3 : 4;
    u64 v = (u64)rank * 7919993 % (syllables == 3 ? 1000000 : 100000000);
    for (i64 i = 0; i < syllables; i++, v /= 100) {
        out[2 * i] = CONSONANTS[v % 100 / 5];
        out[2 * i + 1] = VOWELS[v % 5];
    }
    return (size_t)syllables * 2;
}

static Str words_text(Chance *c, const Goods *g, i64 n, char *out)
{
    size_t at = 0;
    for (i64 i = 0; i < n; i++) {
        if (i) out[at++] = ' ';
        at += word_of(zipf(c, g->words), out + at);
    }
    return (Str){ out, at };
}

static bool put(Find *f, const Goods *g, i64 id, u64 edition)
{
    char title[16 * TITLE_WORDS], text[16 * TEXT_WORDS], code[40];
    Chance c = chance_new(hash_pair(g->seed + edition, (u64)id));
    snprintf(code, sizeof(code), "SKU-%lld-%llu", (long long)id, (unsigned long long)(chance_next(&c) % 100));
    FindDoc doc = { .id = id, .kind = 1, .title = words_text(&c, g, TITLE_WORDS, title), .codes = str_of(code),
                    .text = words_text(&c, g, TEXT_WORDS, text), .key = STR("goods"), .weight = (double)(chance_next(&c) % 100) };
    return find_put(f, &doc);
}

static Str question(Chance *c, const Goods *g, Ask what, char *out)
{
    size_t n = 0;
    i64 words = what == ASK_FREQUENT ? 3 : 2;
    if (what == ASK_PHRASE) out[n++] = '"';
    for (i64 i = 0; i < words; i++) {
        if (i) out[n++] = ' ';
        size_t from = n;
        n += word_of(zipf(c, what == ASK_TYPO ? g->words : FREQUENT), out + n);
        if (what == ASK_TYPO) out[from + (size_t)chance_below(c, 4)] = 'q';
        if (what == ASK_BEGUN && i) n = from + 1 + (size_t)chance_below(c, 5);
    }
    return (Str){ out, n };
}

// ---------------------------------------------------------------------------------------------- asking

typedef struct Asker {
    Find *f;
    const Goods *g;
    Ask what;
    u64 seed;
    double seconds;
    i64 n, hits;
    float *ms, *cpu;                       // of the first TIMES_MAX
} Asker;

static double cpu_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void *ask_on(void *arg)
{
    Asker *k = arg;
    Chance c = chance_new(k->seed);
    double until = seconds_now() + k->seconds;
    for (double from = seconds_now(), to; from < until; from = to) {
        char text[64];
        FindGuess guess[GUESSES];
        Arena a = { 0 };
        Str s = question(&c, k->g, k->what, text);
        double cpu = cpu_now();
        from = seconds_now();
        if (k->what == ASK_BEGUN) k->hits += find_suggest(k->f, &a, s, 2, guess, GUESSES);
        else k->hits += find_ask(k->f, &a, s, 2, HITS).n;
        to = seconds_now();
        if (k->n < TIMES_MAX) k->ms[k->n] = (float)((to - from) * 1000), k->cpu[k->n] = (float)((cpu_now() - cpu) * 1000);
        k->n++;
        arena_free(&a);
    }
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

// Percentiles of n times, which are sorted by it.
static void print_times(const char *unit, float *time, i64 n)
{
    qsort(time, (size_t)n, sizeof(float), by_size);
    printf(",\"p50_%s\":%.3f,\"p99_%s\":%.3f,\"max_%s\":%.3f", unit, time[n / 2], unit, time[n * 99 / 100], unit, time[n - 1]);
}

static void ask_all(Find *f, const Goods *g, Ask what, i64 threads, double seconds)
{
    Asker k[THREADS_MAX];
    pthread_t thread[THREADS_MAX];
    float *all = malloc(sizeof(float) * TIMES_MAX * (size_t)threads), *cpu = malloc(sizeof(float) * TIMES_MAX * (size_t)threads);
    must(all != NULL && cpu != NULL);
    for (i64 i = 0; i < threads; i++) {
        k[i] = (Asker){ f, g, what, hash_pair(g->seed, (u64)(100 * what + i)), seconds, 0, 0, all + i * TIMES_MAX,
                         cpu + i * TIMES_MAX };
        must(pthread_create(&thread[i], NULL, ask_on, &k[i]) == 0);
    }
    i64 n = 0, asked = 0, hits = 0;
    for (i64 i = 0; i < threads; i++) {
        must(pthread_join(thread[i], NULL) == 0);
        i64 times = k[i].n < TIMES_MAX ? k[i].n : TIMES_MAX;
        memmove(all + n, k[i].ms, (size_t)times * sizeof(float)), memmove(cpu + n, k[i].cpu, (size_t)times * sizeof(float));
        n += times, asked += k[i].n, hits += k[i].hits;
    }
    printf("\"%s\":{\"asked\":%lld,\"per_second\":%.0f,\"hits\":%.1f", ASK_NAME[what], (long long)asked, (double)asked / seconds,
           (double)hits / fmax(1, (double)asked));
    print_times("ms", all, n), print_times("cpu_ms", cpu, n);
    printf("},");
    free(all), free(cpu);
}

// ---------------------------------------------------------------------------------------------- putting meanwhile

typedef struct Putter { Find *f; const Goods *g; atomic_bool stop; i64 each_second, n; } Putter;

static void *put_on(void *arg)
{
    Putter *p = arg;
    double begin = seconds_now();
    while (p->each_second && !atomic_load(&p->stop)) {
        put(p->f, p->g, 1 + p->n * 7919 % p->g->documents, 1);
        if (++p->n % p->each_second == 0) find_flush(p->f, p->n);
        double ahead = begin + (double)p->n / (double)p->each_second - seconds_now();
        if (ahead > 0) nanosleep(&(struct timespec){ .tv_nsec = (long)(fmin(ahead, 0.9) * 1e9) }, NULL);
    }
    return NULL;
}

static void measure(Find *f, const Goods *g, i64 threads, i64 puts, double seconds)
{
    Putter p = { .f = f, .g = g, .each_second = puts };
    pthread_t thread;
    must(pthread_create(&thread, NULL, put_on, &p) == 0);
    for (Ask what = 0; what < ASKS; what++) ask_all(f, g, what, threads, seconds);
    atomic_store(&p.stop, true);
    must(pthread_join(thread, NULL) == 0);
    printf("\"put_meanwhile\":%lld,", (long long)p.n);
}

// In memory, or in a file that is made anew and then opened once more.
static Find *filled(const Goods *g, const char *path)
{
    bool fresh;
    double from = seconds_now();
    Find *f = find_open(path, &fresh);
    if (!f || !fresh) {
        fprintf(stderr, "etalase: %s is there already, or cannot be made\n", path ? path : "an index");
        find_close(f);
        return NULL;
    }
    bool fine = true;
    for (i64 i = 1; i <= g->documents; i++) {
        fine = put(f, g, i, 0) && fine;
        if (i % 10000 == 0 || i == g->documents) fine = find_flush(f, i) && fine;
    }
    printf("{\"puts_per_second\":%.0f,", (double)g->documents / (seconds_now() - from));
    if (path && fine) {
        struct stat size = { 0 };
        find_close(f);
        stat(path, &size);
        from = seconds_now();
        f = find_open(path, &fresh);
        printf("\"file_bytes\":%lld,\"open_seconds\":%.2f,", (long long)size.st_size, seconds_now() - from);
        fine = f && !fresh;
    }
    if (fine) return f;
    find_close(f);
    fprintf(stderr, "etalase: the index could not be filled\n");
    return NULL;
}

int bench_search(int n, char **arg)
{
    i64 documents = 100000, words = 200000, threads = 1, puts = 0, seed = 1;
    double seconds = 5;
    const char *path = NULL;
    Arg known[] = { { "--documents", ARG_INT, &documents, 100, 10000000 }, { "--words", ARG_INT, &words, FREQUENT, 10000000 },
                    { "--threads", ARG_INT, &threads, 1, THREADS_MAX }, { "--puts", ARG_INT, &puts, 0, 100000 },
                    { "--seconds", ARG_REAL, &seconds, 0.1, 3600 }, { "--seed", ARG_INT, &seed, 0, 1e15 },
                    { "--path", ARG_TEXT, &path, 0, 0 } };
    Args args = { .known = known, .n_known = COUNT(known) };
    if (!args_read(n, arg, &args)) return 2;
    double from = seconds_now();
    Goods g = { documents, words, (u64)seed };
    Find *f = filled(&g, path);
    if (!f) return 1;
    measure(f, &g, threads, puts, seconds);
    FindSize size = find_size(f);
    printf("\"documents\":%lld,\"words\":%lld,\"bytes\":%lld,\"threads\":%lld,\"seed\":%lld,\"seconds\":%.2f}\n",
           (long long)size.documents, (long long)size.words, (long long)size.bytes, (long long)threads, (long long)seed,
           seconds_now() - from);
    find_close(f);
    return 0;
}
