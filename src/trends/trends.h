// Trends: what more people turn to than was to be expected. Counts the crowd's notes in buckets, judges each series by a null
// model, and keeps what stands out. docs/trends.md has the formulas.
#pragma once
#include "api/task.h"
#include "gen/trends.gen.h"

enum {
    TREND_SIZES = 3,                           // TrendWindow's values
    TREND_GRACE_MS = 30 * SECOND_MS,           // a bucket is counted so long after its end: what was being written then is in
    TREND_RUN_BUCKETS = 24,                    // of each size in one run of the task
    TREND_SERIES_MAX = 5000,                   // series of one bucket; the largest, when there are more
    TREND_LEAST = 2,                           // people of one bucket; fewer are taken for none
    TREND_SHOWN_LEAST = 5,                     // people of one bucket before anything of a series is shown
    TREND_ZERO_DAYS = 3,                       // a new series is judged as if so long nobody had been there
    TREND_DEFAULT = 20,
    TREND_NAME_MAX = 60,
};

// A size's bucket, how many of them make its window, and how long counts are kept.
typedef struct TrendSize { i64 bucket_ms, points, keep_ms; } TrendSize;
extern const TrendSize TREND_SIZE[TREND_SIZES];

// Task "trends": counts and judges all buckets that have ended, every minute. A job: reads long, writes in small steps.
Err trends_job(App *app, i64 subject, i64 attempt);
// For a market that begins with a past, as the demo does: counts again from as long ago as notes are kept, at once.
Err trends_begin(Tx *tx, const By *by);
// What people search for, noted by the search. What looks like a number or an address of somebody is not.
Err trends_note_search(Tx *tx, const By *by, Str query);

typedef struct TrendWanted { bool has_kind; TrendKind kind; Str region, category; TrendWindow window; i64 limit; } TrendWanted;
Err trends_page(Tx *tx, const By *by, const TrendWanted *want, TrendPage *out);
Err trends_of_studio(Tx *tx, const By *by, ShopId shop, TrendWindow window, TrendPage *out);   // ERR_NOT_FOUND, ERR_FORBIDDEN
