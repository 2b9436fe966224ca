// Counters for /metrics, in the Prometheus text format (version 0.0.4). Atomics only: counting never waits.
#pragma once
#include "base/buf.h"

typedef struct App App;
typedef struct Metrics Metrics;

Metrics *metrics_new(i64 routes);
void metrics_free(Metrics *m);
// One answered request of a route (by its index; -1: none matched). Duration from the last body byte to the answer.
void metrics_count(Metrics *m, i64 route, int status, i64 duration_us);
void metrics_cache(Metrics *m, bool hit);
// Counts with a name of their own, for features: index of a METRIC_ below.
enum { METRIC_CHECKOUTS, METRIC_SOLD_OUT, METRIC_CLIPS_READY, METRIC_CLIPS_FAILED, METRIC_TASKS, METRIC_TASKS_FAILED, METRIC_N };
void metrics_add(Metrics *m, int metric);
i64  metrics_value(const Metrics *m, int metric);
void metrics_write(const App *app, Buf *out);
