// `etalase bench feed` and `bench learn`: the engine at size, on a made-up market: topics, shops and clips whose popularity
// follows a power law, people with a few tastes each. What it prints is what a server gets from rank_page and rank_learn,
// without HTTP. Of a page it tells how long it took and how long its thread worked for it, which differ where others use the
// cores; and a digest of its first pages' clips, so that what makes it faster is seen to change nothing.
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "main/benches.h"
#include "rank/chance.h"
#include "rank/rank.h"

enum { TOPICS_OF_CLIP = 3, WORDS_OF_CLIP = 8, PAGE = 10, THREADS = 2, TIMES_MAX = 1 << 20, DIGESTED = 200 };
static const Time START = INT64_C(1767225600000);          // 2026-01-01

typedef struct World { i64 clips, people, topics, shops, creators; u64 seed; } World;

// ---------------------------------------------------------------------------------------------- the market

// 0..n - 1, the low ones far more often: about 1 / (x + 1).
static i64 power_law(u64 random, i64 n)
{
    double u = (double)(random >> 11) * 0x1p-53;
    i64 x = (i64)(pow((double)n + 1, u)) - 1;
    return x < 0 ? 0 : x >= n ? n - 1 : x;
}

static RankClip clip_of(const World *w, i64 clip)
{
    u64 h = hash_pair(w->seed, (u64)clip);
    i64 topic = power_law(hash_pair(h, 1), w->topics);
    RankClip c = { .id = clip, .shop = 1 + power_law(hash_pair(h, 2), w->shops), .creator = 1 + power_law(hash_pair(h, 3),
                                                                                                          w->creators),
                   .sound = 1 + power_law(hash_pair(h, 4), w->topics * 4), .region = (u16)(1 + h % 5),
                       .language = (u16)(1 + h % 4),
                   .duration_ms = (i64)(5000 + hash_pair(h, 5) % 55000) };
    c.created = START - (i64)(hash_pair(h, 6) % 90) * DAY_MS;
    c.topics[c.n_topics++] = hash_pair(11, (u64)topic);
    for (u64 i = 1; i < TOPICS_OF_CLIP; i++)
        c.topics[c.n_topics++] = hash_pair(11, (u64)((topic + (i64)(hash_pair(h, 6 + i) % 7)) % w->topics));
    for (u64 i = 0; i < WORDS_OF_CLIP; i++)
        c.words[c.n_words++] = hash_pair(12, (u64)topic * 40 + hash_pair(h, 20 + i) % 60);
    if (hash_pair(h, 9) % 2) c.category = 1 + topic % 200, c.price_minor = (i64)(500 + hash_pair(h, 10) % 100000);
    return c;
}

static RankEvent event_of(const World *w, Chance *c, i64 n)
{
    RankEvent e = { .person = 1 + chance_below(c, w->people), .clip = 1 + power_law(chance_next(c), w->clips),
                    .at = START + n * 10 };
    u64 taste = hash_pair((u64)e.person, 5) % 5, dice = chance_next(c) % 100;
    bool likes = hash_pair(w->seed, (u64)e.clip) % 5 == taste;
    e.kind = dice < 50 ? RANK_IMPRESSION : dice < 70 ? RANK_WATCH : dice < 88 ? RANK_SKIP : dice < 93 ? RANK_LIKE
             : dice < 96 ? RANK_TAP : dice < 98 ? RANK_SHARE : RANK_CART;
    if (e.kind == RANK_WATCH) e.share = likes ? 900 : 400, e.value = e.share * 20;
    return e;
}

static Rank *market(const World *w)
{
    RankConfig config = rank_config();
    config.clips_max = w->clips + 64, config.people_max = w->people + 64, config.seed = w->seed;
    Rank *r = rank_new(&config);
    for (i64 i = 1; i <= w->clips; i++) {
        RankClip c = clip_of(w, i);
        must(rank_clip_put(r, &c));
    }
    return r;
}

typedef struct Learned { i64 events, fits; double seconds, fit_seconds; } Learned;       // seconds: without fit_seconds

// In parts as the server learns them. The tables, which the server makes beside that, are made in between.
static Learned learn(const World *w, Rank *r, i64 events)
{
    enum { AT_ONCE = 200 };
    Chance c = chance_new(w->seed);
    RankEvent e[AT_ONCE];
    Learned out = { 0 };
    for (i64 i = 0; i < events;) {
        double from = seconds_now();
        i64 left, n = 0;
        if (rank_fit_step(r, &left) == RANK_FIT_TAKE) out.fits++;
        if (!left) rank_fit(r);
        rank_fit_step(r, &left);
        out.fit_seconds += seconds_now() - from;
        from = seconds_now();
        while (n < AT_ONCE && n < left && i < events) e[n++] = event_of(w, &c, i++);
        out.events += rank_learn_all(r, e, n);
        out.seconds += seconds_now() - from;
    }
    return out;
}

static World world_of(i64 clips, i64 people, i64 seed)
{
    i64 part = clips / 20 + 10;
    return (World){ clips, people, part < 20000 ? part : 20000, part < 50000 ? part : 50000, part < 50000 ? part : 50000,
                    (u64)seed };
}

// ---------------------------------------------------------------------------------------------- pages

typedef struct Reader {
    const Rank *r;
    const World *w;
    atomic_bool *stop;
    u64 seed;
    i64 pages, picks;
    u64 digest;                            // of the clips of the first DIGESTED pages
    float *ms, *cpu;                       // of the first TIMES_MAX pages: by the wall, and what the thread itself used
} Reader;

static double thread_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void *read_pages(void *arg)
{
    Reader *d = arg;
    Chance c = chance_new(d->seed);
    while (!atomic_load(d->stop)) {
        RankQuery q = { .person = 1 + chance_below(&c, d->w->people), .seed = chance_next(&c), .now = START + DAY_MS,
                        .limit = PAGE,
                        .dial = DIAL_OPEN, .personal = true, .region = (u16)(1 + chance_below(&c, 5)),
                        .language = (u16)(1 + chance_below(&c, 4)) };
        RankPick pick[RANK_PAGE_MAX];
        double from = seconds_now(), used = thread_seconds();
        i64 n = rank_page(d->r, &q, pick);
        used = thread_seconds() - used;
        from = seconds_now() - from;
        if (d->pages < TIMES_MAX) d->ms[d->pages] = (float)(from * 1000), d->cpu[d->pages] = (float)(used * 1000);
        for (i64 i = 0; i < n && d->pages < DIGESTED; i++) d->digest = hash_pair(d->digest, (u64)pick[i].clip);
        d->picks += n;
        d->pages++;
    }
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

typedef struct Spread { double p50, p99, most; } Spread;

static Spread spread_of(float *ms, i64 n)
{
    qsort(ms, (size_t)n, sizeof(float), by_size);
    return n ? (Spread){ ms[n / 2], ms[n * 99 / 100], ms[n - 1] } : (Spread){ 0 };
}

typedef struct Pages { i64 pages, picks; double seconds; Spread wall, cpu; u64 digest; } Pages;

static Pages ask(const World *w, const Rank *r, double seconds, i64 threads)
{
    atomic_bool stop = false;
    Reader reader[THREADS];
    pthread_t thread[THREADS];
    float *ms = malloc(sizeof(float) * TIMES_MAX * THREADS), *cpu = malloc(sizeof(float) * TIMES_MAX * THREADS);
    must(ms && cpu);
    for (i64 i = 0; i < threads; i++) {
        reader[i] = (Reader){ .r = r, .w = w, .stop = &stop, .seed = hash_pair(w->seed, (u64)i), .ms = ms + i * TIMES_MAX,
                              .cpu = cpu + i * TIMES_MAX };
        must(pthread_create(&thread[i], NULL, read_pages, &reader[i]) == 0);
    }
    double from = seconds_now();
    while (seconds_now() - from < seconds) nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    atomic_store(&stop, true);
    Pages out = { .seconds = seconds_now() - from };
    i64 n = 0;
    for (i64 i = 0; i < threads; i++) {
        must(pthread_join(thread[i], NULL) == 0);
        i64 k = reader[i].pages < TIMES_MAX ? reader[i].pages : TIMES_MAX;
        memmove(ms + n, reader[i].ms, (size_t)k * sizeof(float));
        memmove(cpu + n, reader[i].cpu, (size_t)k * sizeof(float));
        n += k, out.pages += reader[i].pages, out.picks += reader[i].picks;
        out.digest = hash_pair(out.digest, reader[i].pages < DIGESTED ? 0 : reader[i].digest);
    }
    out.wall = spread_of(ms, n), out.cpu = spread_of(cpu, n);
    free(ms), free(cpu);
    return out;
}

int bench_feed(int n, char **arg)
{
    i64 clips = 1000000, people = 100000, seed = 1, threads = THREADS, each = 10;
    double seconds = 10;
    Arg known[] = { { "--clips", ARG_INT, &clips, 100, 20000000 }, { "--people", ARG_INT, &people, 1, 5000000 },
                    { "--seconds", ARG_REAL, &seconds, 0.1, 3600 }, { "--seed", ARG_INT, &seed, 0, 1e15 },
                    { "--threads", ARG_INT, &threads, 1, THREADS }, { "--events-each", ARG_INT, &each, 0, 1000 } };
    Args args = { .known = known, .n_known = COUNT(known) };
    if (!args_read(n, arg, &args)) return 2;
    World w = world_of(clips, people, seed);
    double from = seconds_now();
    Rank *r = market(&w);
    double put = seconds_now() - from;
    i64 clip_bytes = rank_memory(r).bytes;
    Learned l = learn(&w, r, people * each);
    RankMemory m = rank_memory(r);
    Pages p = ask(&w, r, seconds, threads);
    printf("{\"clips\":%lld,\"people\":%lld,\"threads\":%lld,\"pages\":%lld,\"pages_per_second\":%.0f,\"clips_per_page\":%.2f,"
           "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,\"cpu_p50_ms\":%.3f,\"cpu_p99_ms\":%.3f,\"events_per_second\":%.0f,"
           "\"puts_per_second\":%.0f,\"bytes_per_million_clips\":%.0f,\"bytes_per_million_people\":%.0f,\"bytes\":%lld,"
           "\"digest\":\"%016llx\",\"seed\":%lld,\"seconds\":%.2f}\n",
           (long long)m.clips, (long long)m.people, (long long)threads, (long long)p.pages, (double)p.pages / p.seconds,
           (double)p.picks / fmax(1, (double)p.pages), p.wall.p50, p.wall.p99, p.wall.most, p.cpu.p50, p.cpu.p99,
           (double)l.events / fmax(l.seconds, 1e-9), (double)clips / fmax(put, 1e-9), (double)clip_bytes / (double)clips * 1e6,
           m.people ? (double)(m.bytes - clip_bytes) / (double)m.people * 1e6 : 0, (long long)m.bytes,
           (unsigned long long)p.digest, (long long)seed, p.seconds);
    rank_free(r);
    return 0;
}

// ---------------------------------------------------------------------------------------------- learning

typedef struct Bytes { u8 *p; size_t n, cap; } Bytes;

static bool keep(void *context, const void *bytes, size_t n)
{
    Bytes *b = context;
    if (b->n + n > b->cap) {
        size_t cap = (b->n + n) * 3 / 2;
        u8 *more = realloc(b->p, cap);
        if (!more) return false;
        b->p = more, b->cap = cap;
    }
    memcpy(b->p + b->n, bytes, n);
    b->n += n;
    return true;
}

int bench_learn(int n, char **arg)
{
    i64 clips = 100000, people = 100000, events = 1000000, seed = 1;
    Arg known[] = { { "--clips", ARG_INT, &clips, 100, 20000000 }, { "--people", ARG_INT, &people, 1, 5000000 },
                    { "--events", ARG_INT, &events, 1, 1e9 }, { "--seed", ARG_INT, &seed, 0, 1e15 } };
    Args args = { .known = known, .n_known = COUNT(known) };
    if (!args_read(n, arg, &args)) return 2;
    World w = world_of(clips, people, seed);
    Rank *r = market(&w);
    Learned l = learn(&w, r, events);
    Bytes b = { 0 };
    double from = seconds_now();
    bool written = rank_snapshot(r, 1, keep, &b);
    double wrote = seconds_now() - from;
    from = seconds_now();
    i64 at;
    RankConfig config = rank_config();
    config.clips_max = clips + 64, config.people_max = people + 64;
    Rank *back = written ? rank_restore(&config, b.p, b.n, &at) : NULL;
    double read = seconds_now() - from;
    printf("{\"clips\":%lld,\"people\":%lld,\"events\":%lld,\"learned\":%lld,\"events_per_second\":%.0f,\"learn_seconds\":%.2f,"
           "\"fits\":%lld,\"fit_seconds\":%.2f,\"fitted\":%lld,\"snapshot_bytes\":%zu,\"snapshot_seconds\":%.2f,"
           "\"restore_seconds\":%.2f,\"restored\":%s,\"digest\":\"%016llx\",\"seed\":%lld,\"seconds\":%.2f}\n",
           (long long)clips, (long long)people, (long long)events, (long long)l.events, (double)l.events / fmax(l.seconds, 1e-9),
           l.seconds, (long long)l.fits, l.fit_seconds, (long long)rank_memory(r).fitted, b.n, wrote, read,
           back && rank_digest(back) == rank_digest(r) ? "true" : "false", (unsigned long long)rank_digest(r), (long long)seed,
           l.seconds + l.fit_seconds + wrote + read);
    free(b.p);
    rank_free(back);
    rank_free(r);
    return 0;
}
