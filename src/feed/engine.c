// The engine's place in the process: made of its snapshot and the log, fed by the thread that follows, asked by pages. One
// writer or many readers at a time.
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/app.h"
#include "base/fair.h"
#include "base/log.h"
#include "feed/inner.h"
#include "rank/chance.h"

enum {
    LEARN_MAX = 1000,                          // rows of the log in one reading
    LEARN_AT_ONCE = 200,                       // learned under one lock: pages wait for no more
    SNAPSHOT_EVERY_MS = 10 * MINUTE_MS,
    WHYS = 1 << 14,                            // reasons that are remembered: 1.6 MB
};
#define SNAPSHOT_MAX ((off_t)1 << 36)          // a larger file is none of ours

// Why a clip stood on somebody's page; a later one for the same place takes it.
typedef struct Why { i64 person, clip; Time at; FeedWhyNumbers numbers; } Why;

struct FeedEngine {
    App *app;
    RankConfig config;
    pthread_rwlock_t lock;                     // of rank and seq
    Rank *rank;
    i64 seq;                                   // of the log: all up to here is learned
    i64 kept_seq; Time kept;                   // of the last snapshot
    FeedFit *fit;
    pthread_mutex_t why_lock;
    Why *whys;
};

// ---------------------------------------------------------------------------------------------- the snapshot

static const char *snapshot_path(const FeedEngine *e, Arena *a, const char *ending)
{
    return arena_format(a, "%.*s/rank.snapshot%s", STR_ARG(e->app->data), ending).p;
}

static bool write_bytes(void *context, const void *bytes, size_t n)
{
    return fwrite(bytes, 1, n, context) == n;
}

// Written beside the old one and moved over it when it is whole and on the disk.
static void keep(FeedEngine *e)
{
    Arena a = { 0 };
    const char *path = snapshot_path(e, &a, ""), *fresh = snapshot_path(e, &a, ".tmp");
    FILE *f = fopen(fresh, "wbe");
    pthread_rwlock_rdlock(&e->lock);
    i64 seq = e->seq;
    bool good = f && rank_snapshot(e->rank, seq, write_bytes, f);
    pthread_rwlock_unlock(&e->lock);
    good = good && fflush(f) == 0 && fsync(fileno(f)) == 0;
    if (f) good = fclose(f) == 0 && good;
    good = good && rename(fresh, path) == 0;
    if (!good) log_event(LOG_ERROR, STR(""), "feed", "the snapshot could not be written to %s: %s", path, strerror(errno));
    else e->kept_seq = seq;
    e->kept = app_now(e->app);
    arena_free(&a);
}

// The file's bytes, malloc'ed; NULL when there is none, or none that may be ours.
static char *read_snapshot(const char *path, size_t *n)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat s;
    char *bytes = NULL;
    if (fd >= 0 && fstat(fd, &s) == 0 && s.st_size > 0 && s.st_size <= SNAPSHOT_MAX) bytes = malloc((size_t)s.st_size);
    *n = 0;
    while (bytes && *n < (size_t)s.st_size) {
        ssize_t got = read(fd, bytes + *n, (size_t)s.st_size - *n);
        if (got == 0 || (got < 0 && errno != EINTR)) break;
        if (got > 0) *n += (size_t)got;
    }
    if (fd >= 0) close(fd);
    return bytes;
}

static void restore(FeedEngine *e)
{
    Arena a = { 0 };
    size_t n;
    const char *path = snapshot_path(e, &a, "");
    char *bytes = read_snapshot(path, &n);
    if (bytes) e->rank = rank_restore(&e->config, bytes, n, &e->seq);
    if (bytes && !e->rank)
        log_event(LOG_WARN, STR(""), "feed", "%s is no whole snapshot of this program: all is learned from the log anew", path);
    free(bytes);
    if (!e->rank) e->seq = 0;
    if (!e->rank) e->rank = rank_new(&e->config);
    must(e->rank != NULL);
    e->kept_seq = e->seq;
    e->kept = app_now(e->app);
    arena_free(&a);
}

// ---------------------------------------------------------------------------------------------- learning

// Rows of the log, and beside each changed clip what it is now.
typedef struct Lesson {
    FeedEngine *engine;
    EventAfterRowList rows;
    FeedContent *clips;
    bool behind;
    i64 last;
    Arena arena;
} Lesson;

static Err read_lesson(Tx *tx, void *context)
{
    Lesson *l = context;
    arena_reset(&l->arena);
    tx->a = &l->arena;
    try(events_last(tx, &l->last));
    // Behind the log's end: this is the snapshot of another database, or of one that was restored since.
    l->behind = l->engine->seq > l->last;
    if (l->behind) return ERR_OK;
    try(events_after(tx, l->engine->seq, LEARN_MAX, &l->rows));
    l->clips = arena_new_array(tx->a, FeedContent, l->rows.n);
    for (i64 i = 0; i < l->rows.n; i++) {
        ClipFindRow *row;
        if (l->rows.p[i].kind != EVENT_CLIP_CHANGED) continue;
        try(clip_stored(tx, (ClipId){ l->rows.p[i].clip }, &row));
        if (row) try(feed_content(tx, row, &l->clips[i]));
    }
    return ERR_OK;
}

static void change_clip(Rank *rank, i64 clip, const FeedContent *now)
{
    if (!now->shown) rank_clip_remove(rank, clip);
    else if (!rank_clip_put(rank, &now->clip)) log_event(LOG_WARN, STR(""), "feed", "there is no room for more clips");
}

// At most LEARN_AT_ONCE rows, in their order.
static void learn_rows(Rank *rank, const EventAfterRow *row, const FeedContent *clip, i64 n)
{
    RankEvent some[LEARN_AT_ONCE];
    i64 k = 0;
    for (i64 i = 0; i < n; i++) {
        if (row[i].kind == EVENT_CLIP_CHANGED) {
            rank_learn_all(rank, some, k);
            k = 0;
            change_clip(rank, row[i].clip, &clip[i]);
        } else if (row[i].person) {
            some[k++] = (RankEvent){ .person = row[i].person, .clip = row[i].clip, .kind = (RankEventKind)row[i].kind,
                                     .value = row[i].value, .share = row[i].share, .subject = (u64)row[i].subject,
                                     .at = row[i].at };
        }
    }
    rank_learn_all(rank, some, k);
}

// Does what the engine's tables want at this very event; gives how many more events may be learned before they want something.
// Only this thread writes, so to look needs no lock.
static i64 fit(FeedEngine *e)
{
    i64 left;
    RankFitStep step = rank_fit_step(e->rank, &left);
    if (step == RANK_FIT_BEGIN) {
        RankTold *told = rank_fit_tell(e->rank);
        pthread_rwlock_wrlock(&e->lock);
        rank_fit_begin(e->rank, told);
        pthread_rwlock_unlock(&e->lock);
        feed_fit_start(e->fit, e->rank);
    } else if (step == RANK_FIT_TAKE) {
        RankFit *made = feed_fit_wait(e->fit);
        pthread_rwlock_wrlock(&e->lock);
        made = rank_fit_take(e->rank, made);
        pthread_rwlock_unlock(&e->lock);
        rank_fit_drop(made);
    }
    if (step != RANK_FIT_NOTHING) rank_fit_step(e->rank, &left);
    return left;
}

static void learn(FeedEngine *e, const Lesson *l)
{
    i64 left = fit(e);
    for (i64 from = 0, n; from < l->rows.n; from += n, left = fit(e)) {
        n = l->rows.n - from < LEARN_AT_ONCE ? l->rows.n - from : LEARN_AT_ONCE;
        if (n > left) n = left;
        pthread_rwlock_wrlock(&e->lock);
        learn_rows(e->rank, l->rows.p + from, l->clips + from, n);
        if (n > 0) e->seq = l->rows.p[from + n - 1].seq;
        pthread_rwlock_unlock(&e->lock);
    }
}

static void begin_anew(FeedEngine *e)
{
    log_event(LOG_WARN, STR(""), "feed", "the snapshot is ahead of the log: the engine learns from the log anew");
    if (rank_fit_waits(e->rank)) rank_fit_drop(feed_fit_wait(e->fit));
    pthread_rwlock_wrlock(&e->lock);
    rank_free(e->rank);
    e->rank = rank_new(&e->config);
    e->seq = 0;
    pthread_rwlock_unlock(&e->lock);
    must(e->rank != NULL);
}

Err feed_engine_follow(FeedEngine *e, const _Atomic bool *stopping)
{
    Lesson l = { .engine = e };
    Err err;
    do {
        err = db_run(e->app->db, false, read_lesson, &l);
        if (err == ERR_OK && l.behind) begin_anew(e);
        else if (err == ERR_OK) learn(e, &l);
    } while (err == ERR_OK && (l.behind || l.rows.n == LEARN_MAX) && !atomic_load(stopping));
    arena_free(&l.arena);
    if (e->seq != e->kept_seq && app_now(e->app) - e->kept >= SNAPSHOT_EVERY_MS) keep(e);
    return err;
}

// ---------------------------------------------------------------------------------------------- life

FeedEngine *feed_engine_open(App *app)
{
    FeedEngine *e = calloc(1, sizeof(*e));
    must(e != NULL);
    *e = (FeedEngine){ .app = app, .config = rank_config(), .whys = calloc(WHYS, sizeof(Why)) };
    must(e->whys != NULL && fair_lock_init(&e->lock) == 0 && pthread_mutex_init(&e->why_lock, NULL) == 0);
    restore(e);
    e->fit = feed_fit_new();
    if (rank_fit_waits(e->rank)) feed_fit_start(e->fit, e->rank);
    return e;
}

void feed_engine_close(FeedEngine *e)
{
    if (e->seq != e->kept_seq) keep(e);
    if (feed_fit_end(e->fit)) rank_free(e->rank);
    pthread_rwlock_destroy(&e->lock);
    pthread_mutex_destroy(&e->why_lock);
    free(e->whys);
    free(e);
}

// ---------------------------------------------------------------------------------------------- asking

i64 feed_engine_page(FeedEngine *e, const RankQuery *q, RankPick *out)
{
    pthread_rwlock_rdlock(&e->lock);
    i64 n = rank_page(e->rank, q, out);
    pthread_rwlock_unlock(&e->lock);
    return n;
}

i64 feed_engine_profile(FeedEngine *e, i64 person, RankTrait *out, i64 max)
{
    pthread_rwlock_rdlock(&e->lock);
    i64 n = rank_profile(e->rank, person, out, max);
    pthread_rwlock_unlock(&e->lock);
    return n;
}

FeedEngineView feed_engine_view(FeedEngine *e)
{
    pthread_rwlock_rdlock(&e->lock);
    FeedEngineView v = { .config = e->config, .memory = rank_memory(e->rank), .seq = e->seq };
    pthread_rwlock_unlock(&e->lock);
    return v;
}

// ---------------------------------------------------------------------------------------------- reasons

static Why *why_at(FeedEngine *e, i64 person, i64 clip)
{
    return &e->whys[hash_pair((u64)person, (u64)clip) & (WHYS - 1)];
}

void feed_why_keep(FeedEngine *e, i64 person, i64 clip, const FeedWhyNumbers *numbers)
{
    pthread_mutex_lock(&e->why_lock);
    *why_at(e, person, clip) = (Why){ .person = person, .clip = clip, .numbers = *numbers };
    pthread_mutex_unlock(&e->why_lock);
}

bool feed_why_find(FeedEngine *e, i64 person, i64 clip, FeedWhyNumbers *out)
{
    pthread_mutex_lock(&e->why_lock);
    const Why *w = why_at(e, person, clip);
    bool found = w->person == person && w->clip == clip;
    if (found) *out = w->numbers;
    pthread_mutex_unlock(&e->why_lock);
    return found;
}
