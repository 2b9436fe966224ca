// The task that counts and judges, in a read and then small writes, so that nobody waits for it. No HTTP, no JSON.
#include "trends/trends.h"

#include <stdlib.h>

#include "api/app.h"
#include "base/log.h"
#include "crowd/crowd.h"
#include "trends/inner.h"

enum { STORE_STEP = 100, PRUNE_MAX = 5000, SERIES_KEEP_DAYS = 60 };

const TrendSize TREND_SIZE[TREND_SIZES] = {
    { 5 * MINUTE_MS, 12, 2 * DAY_MS },
    { HOUR_MS, 24, 8 * DAY_MS },
    { 6 * HOUR_MS, 28, 60 * (i64)DAY_MS },
};

// One bucket of one size. Sums stay in `arena` between its transactions; rows go into `scratch`.
typedef struct Bucket {
    App *app;
    i64 size;
    Time from, to;
    bool due;
    Tally tally;
    Gathered found;
    i64 stored;                    // series that have been judged
    Burst blank;
    Arena arena, scratch;
} Bucket;

static By by_of(App *app)
{
    return (By){ .now = app_now(app), .ids = &app->ids, .vault = &app->vault };
}

static Str bytes_of(const Burst *b)
{
    return (Str){ (const char *)b, sizeof(*b) };
}

// ---------------------------------------------------------------------------------------------- which bucket

// Buckets before the first note that is left are empty: they need no counting, and a market that slept begins where it wakes.
static Err skip_empty(Tx *tx, Bucket *b, Time *next)
{
    i64 ms = TREND_SIZE[b->size].bucket_ms;
    Time last = (app_now(b->app) - TREND_GRACE_MS) / ms * ms, at;
    bool found;
    try(crowd_first(tx, *next, &found, &at));
    Time to = found ? at / ms * ms : last;
    if (to > *next) *next = to < last ? to : last;
    return ERR_OK;
}

static Err choose(Tx *tx, void *context)
{
    Bucket *b = context;
    TrendMarkGetRow *mark;
    arena_reset(&b->scratch);
    tx->a = &b->scratch;
    i64 ms = TREND_SIZE[b->size].bucket_ms, n;
    Time now = app_now(b->app);
    try(q_trend_mark_get(tx, (TrendMarkGetIn){ .size = b->size }, &mark));
    // The first start: from the bucket that is running now.
    Time from = mark ? mark->next : now / ms * ms, next = from;
    if (!mark) try(q_trend_mark_put(tx, (TrendMarkPutIn){ .size = b->size, .next = from }, &n));
    try(skip_empty(tx, b, &next));
    if (next != from) try(q_trend_mark_move(tx, (TrendMarkMoveIn){ .size = b->size, .from = from, .to = next }, &n));
    b->from = next;
    b->to = next + ms;
    b->due = b->to + TREND_GRACE_MS <= now;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- counting

static int larger_first(const void *left, const void *right)
{
    const Series *a = left, *b = right;
    if (a->total != b->total) return a->total ? -1 : 1;
    if (a->people != b->people) return a->people > b->people ? -1 : 1;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return str_cmp(a->region, b->region);
}

static Err count(Tx *tx, void *context)
{
    Bucket *b = context;
    arena_reset(&b->arena);
    tally_free(&b->tally);
    tx->a = &b->arena;
    By by = by_of(b->app);
    try(trend_gather(tx, &by, b->from, b->to, &b->tally, &b->found));
    tally_free(&b->tally);
    Gathered *g = &b->found;
    if (g->n > 1) qsort(g->p, (size_t)g->n, sizeof(g->p[0]), larger_first);
    while (g->n && !g->p[g->n - 1].total && (g->p[g->n - 1].people < TREND_LEAST || g->n > TREND_SERIES_MAX)) g->n--;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- judging

// The region's own model begins with what it sees first: on a market's first day nothing is more than ever.
static Err store_total(Tx *tx, const Bucket *b, const Series *s)
{
    TrendTotalGetRow *row;
    Burst burst = { 0 };
    try(q_trend_total_get(tx, (TrendTotalGetIn){ .region = s->region, .size = b->size }, &row));
    if (row && row->last >= b->from) return ERR_OK;
    if (row && row->burst.n == sizeof(burst)) {
        memcpy(&burst, row->burst.p, sizeof(burst));
        judge_gap(&burst, b->from, TREND_SIZE[b->size].bucket_ms);
    }
    BurstScore seen = burst_put(&burst, b->from, (double)s->people);
    return q_trend_total_put(tx, (TrendTotalPutIn){ .region = s->region, .size = b->size, .last = b->from,
                                                    .expected = seen.expected, .people = s->people,
                                                    .burst = bytes_of(&burst) });
}

static Err store_rising(Tx *tx, const Bucket *b, const Series *s, TrendSeriesId id, const Verdict *v)
{
    TrendRisingGetRow *old;
    const TrendSize *size = &TREND_SIZE[b->size];
    try(q_trend_rising_get(tx, (TrendRisingGetIn){ .series = id, .size = b->size }, &old));
    TrendRisingPutIn in = { .series = id, .size = b->size, .region = s->region, .kind = s->kind, .category = s->category,
                            .hot = judge_hot(v->score, b->from, size->points * size->bucket_ms), .score = (i64)(v->score * 1e6),
                            .times = (i64)(v->times * 1000), .people = s->people, .since = b->from, .at = b->from };
    // One bucket of pause does not end a rise.
    if (old && old->at >= b->from - 2 * size->bucket_ms) {
        in.since = old->since;
        if (old->people > in.people) in.people = old->people;
        if (old->times > in.times) in.times = old->times;
    }
    // What was higher and has not faded below this stays what it is ordered by.
    if (old && old->hot > in.hot) {
        in.hot = old->hot;
        in.score = (i64)(1e6 * judge_fade((double)old->score / 1e6, b->from - old->at, size->points * size->bucket_ms));
    }
    return q_trend_rising_put(tx, in);
}

static Err store_series(Tx *tx, const Bucket *b, const Series *s, const By *by)
{
    TrendTotalGetRow *total;
    TrendSeriesPutRow series;
    TrendStateGetRow *state;
    Burst burst = b->blank;
    try(q_trend_total_get(tx, (TrendTotalGetIn){ .region = s->region, .size = b->size }, &total));
    must(total != NULL);                                           // whoever is of a series is of its region
    try(q_trend_series_put(tx, (TrendSeriesPutIn){ .id = trend_series_id_next(by->ids, by->now), .region = s->region,
                                                   .kind = s->kind, .subject = s->subject, .name = s->name,
                                                   .category = s->category, .now = by->now }, &series));
    try(q_trend_state_get(tx, (TrendStateGetIn){ .series = series.id, .size = b->size }, &state));
    if (state && state->last >= b->from) return ERR_OK;            // a run that was cut short came so far
    if (state && state->burst.n == sizeof(burst)) {
        memcpy(&burst, state->burst.p, sizeof(burst));
        judge_gap(&burst, b->from, TREND_SIZE[b->size].bucket_ms);
    }
    Verdict v = judge_put(&burst, b->from, s->people, judge_growth(total->people, total->expected, s->people));
    try(q_trend_state_put(tx, (TrendStatePutIn){ .series = series.id, .size = b->size, .last = b->from,
                                                 .burst = bytes_of(&burst) }));
    try(q_trend_count_put(tx, (TrendCountPutIn){ .series = series.id, .size = b->size, .bucket = b->from, .people = s->people }));
    return v.rising ? store_rising(tx, b, s, series.id, &v) : ERR_OK;
}

// A part of the bucket's series; with the last of them the mark moves.
static Err store(Tx *tx, void *context)
{
    Bucket *b = context;
    By by = by_of(b->app);
    TrendMarkGetRow *mark;
    i64 n, to = b->stored + STORE_STEP < b->found.n ? b->stored + STORE_STEP : b->found.n;
    arena_reset(&b->scratch);
    tx->a = &b->scratch;
    try(q_trend_mark_get(tx, (TrendMarkGetIn){ .size = b->size }, &mark));
    if (!mark || mark->next != b->from) return ERR_STALE;          // another machine was faster
    for (i64 i = b->stored; i < to; i++) {
        const Series *s = &b->found.p[i];
        if (s->total) try(store_total(tx, b, s));
        else try(store_series(tx, b, s, &by));
    }
    if (to < b->found.n) return ERR_OK;
    return q_trend_mark_move(tx, (TrendMarkMoveIn){ .size = b->size, .from = b->from, .to = b->to }, &n);
}

static Err run_bucket(Bucket *b)
{
    Err e = db_run(b->app->db, false, count, b);
    b->blank = judge_blank(b->from, TREND_SIZE[b->size].bucket_ms);
    b->stored = 0;
    while (e == ERR_OK) {
        e = db_run(b->app->db, true, store, b);
        b->stored += STORE_STEP;
        if (b->stored >= b->found.n) break;
    }
    return e;
}

// ---------------------------------------------------------------------------------------------- the task

static Err finish(Tx *tx, void *context)
{
    Bucket *b = context;
    By by = by_of(b->app);
    i64 n;
    arena_reset(&b->scratch);
    tx->a = &b->scratch;
    for (i64 i = 0; i < TREND_SIZES; i++) {
        const TrendSize *size = &TREND_SIZE[i];
        try(q_trend_count_prune(tx, (TrendCountPruneIn){ .size = i, .before = by.now - size->keep_ms, .most = PRUNE_MAX }, &n));
        try(q_trend_rising_prune(tx, (TrendRisingPruneIn){ .size = i, .before = by.now - 2 * size->points * size->bucket_ms,
                                                           .most = PRUNE_MAX }, &n));
    }
    Time old = by.now - (i64)SERIES_KEEP_DAYS * DAY_MS;
    try(q_trend_state_prune(tx, (TrendStatePruneIn){ .before = old, .most = PRUNE_MAX }, &n));
    try(q_trend_series_prune(tx, (TrendSeriesPruneIn){ .before = old, .most = PRUNE_MAX }, &n));
    return task_at(tx, &by, "trends", 0, by.now + MINUTE_MS);
}

Err trends_job(App *app, i64 subject, i64 attempt)
{
    (void)subject, (void)attempt;
    Bucket b = { .app = app };
    Err e = ERR_OK;
    for (b.size = 0; b.size < TREND_SIZES && e == ERR_OK; b.size++) {
        for (i64 i = 0; i < TREND_RUN_BUCKETS && e == ERR_OK; i++) {
            e = db_run(app->db, true, choose, &b);
            if (e != ERR_OK || !b.due) break;
            e = run_bucket(&b);
        }
        if (e == ERR_OK) e = task_renew(app, "trends", 0);
    }
    if (e == ERR_STALE) e = ERR_OK;
    if (e == ERR_OK) e = db_run(app->db, true, finish, &b);
    tally_free(&b.tally);
    arena_free(&b.arena);
    arena_free(&b.scratch);
    return e;
}

// As many buckets as one run takes, and not before the notes.
Err trends_begin(Tx *tx, const By *by)
{
    for (i64 i = 0; i < TREND_SIZES; i++) {
        TrendMarkGetRow *mark;
        i64 ms = TREND_SIZE[i].bucket_ms, back = (TREND_RUN_BUCKETS - 2) * ms, n;
        if (back > CROWD_KEEP_MS - HOUR_MS) back = CROWD_KEEP_MS - HOUR_MS;
        Time from = (by->now - back) / ms * ms;
        try(q_trend_mark_put(tx, (TrendMarkPutIn){ .size = i, .next = from }, &n));
        try(q_trend_mark_get(tx, (TrendMarkGetIn){ .size = i }, &mark));
        if (mark->next > from) try(q_trend_mark_move(tx, (TrendMarkMoveIn){ .size = i, .from = mark->next, .to = from }, &n));
    }
    return task_at(tx, by, "trends", 0, by->now);
}

// ---------------------------------------------------------------------------------------------- notes

// Five digits in a row may be somebody's number, an @ somebody's address.
static bool may_be_personal(Str text)
{
    i64 digits = 0;
    for (size_t i = 0; i < text.n; i++) {
        digits = text.p[i] >= '0' && text.p[i] <= '9' ? digits + 1 : 0;
        if (digits == 5 || text.p[i] == '@') return true;
    }
    return false;
}

Err trends_note_search(Tx *tx, const By *by, Str query)
{
    Str text = str_trim(query);
    i64 length = str_utf8_length(text);
    if (length < 2 || length > CROWD_TEXT_MAX || may_be_personal(text)) return ERR_OK;
    i64 person = by->who.account ? by->who.account : by->who.session;
    return crowd_note(tx, by, &(CrowdNote){ .person = person, .is_account = by->who.account != 0, .kind = CROWD_SEARCH,
                                            .text = text });
}
