// Counters and their text. A histogram of few buckets: enough to see that something got slow, and where.
#include "api/app.h"

#include <stdatomic.h>
#include <unistd.h>

static const i64 BUCKETS_US[] = { 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000 };
enum { BUCKETS_N = sizeof(BUCKETS_US) / sizeof(BUCKETS_US[0]), STATUS_CLASSES = 6 };

typedef struct RouteCount {
    _Atomic i64 by_class[STATUS_CLASSES], sum_us, buckets[BUCKETS_N + 1];
} RouteCount;

struct Metrics {
    i64 n;
    _Atomic i64 named[METRIC_N], cache_hits, cache_misses;
    Time started;
    RouteCount routes[];
};

static const char *const NAMED[METRIC_N] = {
    [METRIC_CHECKOUTS] = "etalase_checkouts_total",     [METRIC_SOLD_OUT] = "etalase_sold_out_total",
    [METRIC_CLIPS_READY] = "etalase_clips_ready_total", [METRIC_CLIPS_FAILED] = "etalase_clips_failed_total",
    [METRIC_TASKS] = "etalase_tasks_total",             [METRIC_TASKS_FAILED] = "etalase_tasks_failed_total",
};

Metrics *metrics_new(i64 routes)
{
    Metrics *m = calloc(1, sizeof(*m) + (size_t)(routes + 1) * sizeof(RouteCount));
    must(m != NULL);
    m->n = routes;
    m->started = clock_now();
    return m;
}

void metrics_free(Metrics *m)
{
    free(m);
}

void metrics_count(Metrics *m, i64 route, int status, i64 duration_us)
{
    RouteCount *r = &m->routes[route < 0 || route > m->n ? m->n : route];
    i64 bucket = 0;
    while (bucket < BUCKETS_N && duration_us > BUCKETS_US[bucket]) bucket++;
    atomic_fetch_add_explicit(&r->by_class[status / 100 % STATUS_CLASSES], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&r->sum_us, duration_us, memory_order_relaxed);
    atomic_fetch_add_explicit(&r->buckets[bucket], 1, memory_order_relaxed);
}

void metrics_cache(Metrics *m, bool hit)
{
    atomic_fetch_add_explicit(hit ? &m->cache_hits : &m->cache_misses, 1, memory_order_relaxed);
}

void metrics_add(Metrics *m, int metric)
{
    must(metric >= 0 && metric < METRIC_N);
    atomic_fetch_add_explicit(&m->named[metric], 1, memory_order_relaxed);
}

i64 metrics_value(const Metrics *m, int metric)
{
    must(metric >= 0 && metric < METRIC_N);
    return atomic_load(&m->named[metric]);
}

static void write_route(Buf *out, const RouteCount *r, const char *name)
{
    i64 total = 0;
    for (i64 i = 0; i < STATUS_CLASSES; i++) {
        i64 n = atomic_load(&r->by_class[i]);
        total += n;
        if (n) buf_format(out, "etalase_requests_total{route=\"%s\",status=\"%dxx\"} %lld\n", name, (int)i, (long long)n);
    }
    if (total == 0) return;
    i64 sum = 0;
    for (i64 i = 0; i < BUCKETS_N; i++) {
        sum += atomic_load(&r->buckets[i]);
        buf_format(out, "etalase_request_seconds_bucket{route=\"%s\",le=\"%g\"} %lld\n", name,
                   (double)BUCKETS_US[i] / 1e6, (long long)sum);
    }
    sum += atomic_load(&r->buckets[BUCKETS_N]);
    buf_format(out, "etalase_request_seconds_bucket{route=\"%s\",le=\"+Inf\"} %lld\n", name, (long long)sum);
    buf_format(out, "etalase_request_seconds_sum{route=\"%s\"} %.6f\n", name, (double)atomic_load(&r->sum_us) / 1e6);
    buf_format(out, "etalase_request_seconds_count{route=\"%s\"} %lld\n", name, (long long)sum);
}

static void gauge(Buf *out, const char *name, const char *type, i64 value)
{
    buf_format(out, "# TYPE %s %s\n%s %lld\n", name, type, name, (long long)value);
}

// Resident memory from /proc; 0 where there is none.
static i64 resident_bytes(void)
{
    FILE *f = fopen("/proc/self/statm", "re");
    long long size = 0, resident = 0;
    if (!f) return 0;
    int n = fscanf(f, "%lld %lld", &size, &resident);
    fclose(f);
    return n == 2 ? resident * sysconf(_SC_PAGESIZE) : 0;
}

void metrics_write(const App *app, Buf *out)
{
    const Metrics *m = app->metrics;
    DbStats db = db_stats(app->db);
    NetStats net = app->net ? net_stats(app->net) : (NetStats){ 0 };
    buf_add(out, STR("# TYPE etalase_requests_total counter\n# TYPE etalase_request_seconds histogram\n"));
    for (i64 i = 0; i < m->n; i++) write_route(out, &m->routes[i], ROUTES[i].handler);
    write_route(out, &m->routes[m->n], "other");
    for (i64 i = 0; i < METRIC_N; i++) gauge(out, NAMED[i], "counter", atomic_load(&m->named[i]));
    gauge(out, "etalase_cache_hits_total", "counter", atomic_load(&m->cache_hits));
    gauge(out, "etalase_cache_misses_total", "counter", atomic_load(&m->cache_misses));
    gauge(out, "etalase_cache_bytes", "gauge", app->cache ? cache_bytes(app->cache) : 0);
    gauge(out, "etalase_connections", "gauge", net.connections);
    gauge(out, "etalase_wire_refused_total", "counter", net.refused);
    gauge(out, "etalase_db_queue", "gauge", db.queue);
    gauge(out, "etalase_db_reads_total", "counter", db.reads);
    gauge(out, "etalase_db_writes_total", "counter", db.writes);
    gauge(out, "etalase_db_groups_total", "counter", db.groups);
    gauge(out, "etalase_db_retries_total", "counter", db.retries);
    gauge(out, "process_resident_memory_bytes", "gauge", resident_bytes());
    gauge(out, "process_start_time_seconds", "gauge", m->started / SECOND_MS);
}
