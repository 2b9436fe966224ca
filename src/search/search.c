// The life of the index: filled when it is new, kept up by following the log, asked meanwhile. Knows no pages and no HTTP.
#include "search/inner.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "catalog/catalog.h"
#include "clips/clips.h"
#include "events/events.h"
#include "gen/program.gen.h"
#include "people/people.h"
#include "shops/shops.h"
#include "trends/trends.h"

enum {
    POLL_MS = 300,                     // for what other machines commit; on SQLite every commit wakes the thread
    GATHER_MS = 20,                    // what comes in meanwhile is taken along
    PAUSE_MS = 5000,                   // after an error
    FILL_AT_ONCE = 50,                 // things read in one transaction
    TELL_US = 100 * 1000,              // between two lines of progress
};

typedef struct Note { By by; char q[256]; size_t n; } Note;

struct Search {
    App *app;
    char path[4096];
    pthread_mutex_t lock;              // of what follows
    pthread_cond_t wake;
    u64 wakes;
    Note *notes; i64 n_notes;          // what was asked and is not yet noted
    Find *find;                        // set once
    bool filling, tried;
    pthread_mutex_t writing;           // one fills or follows
    pthread_t thread;
    bool started, wakened, fresh;
    _Atomic bool stopping;
};

// ---------------------------------------------------------------------------------------------- the file

static bool is_old(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && time(NULL) - s.st_mtime > (time_t)SEARCH_OLD_DAYS * 24 * 3600;
}

static void drop(const char *path)
{
    char beside[4200];
    static const char *const ENDS[] = { "", "-wal", "-shm", "-journal" };
    for (i64 i = 0; i < COUNT(ENDS); i++) {
        snprintf(beside, sizeof(beside), "%s%s", path, ENDS[i]);
        unlink(beside);
    }
}

// Under `writing`. Where no file can be had the index lives in memory alone: search works, and is made anew at each start.
static void open_file(Search *s)
{
    bool fresh = true;
    if (s->tried) return;
    if (is_old(s->path)) {
        log_event(LOG_WARN, STR(""), "search", "the index was not kept up for %d days: it is made anew", SEARCH_OLD_DAYS);
        drop(s->path);
    }
    Find *f = find_open(s->path, &fresh);
    if (!f) {
        log_event(LOG_ERROR, STR(""), "search", "%s cannot be had or written: the index lives in memory", s->path);
        f = find_open(NULL, &fresh);
    }
    must(f != NULL);
    fresh = fresh || find_mark(f) == 0;                            // a first filling that was cut short
    pthread_mutex_lock(&s->lock);
    s->tried = true, s->fresh = fresh, s->filling = fresh, s->find = f;
    pthread_mutex_unlock(&s->lock);
}

Find *search_find(Search *s, bool *filling)
{
    pthread_mutex_lock(&s->lock);
    Find *f = s->find;
    if (filling) *filling = !f || s->filling;
    pthread_mutex_unlock(&s->lock);
    return f;
}

// ---------------------------------------------------------------------------------------------- filling

typedef struct Fill {
    Search *s;
    i64 kind, after, last, n;          // where it is: what kind, behind which id; the last one found, how many
    i64 done, all, mark;
    Arena arena;
} Fill;

static By nobody(Search *s)
{
    return (By){ .now = app_now(s->app), .ids = &s->app->ids, .vault = &s->app->vault };
}

static Err count_all(Tx *tx, void *context)
{
    Fill *f = context;
    arena_reset(&f->arena);
    tx->a = &f->arena;
    try(events_last(tx, &f->mark));
    i64 n[4];
    try(catalog_products_count(tx, &n[0]));
    try(clips_ready_count(tx, &n[1]));
    try(shops_count(tx, &n[2]));
    try(people_count(tx, &n[3]));
    f->all = n[0] + n[1] + n[2] + n[3];
    return ERR_OK;
}

// The next ids of a kind, the oldest first.
static Err next_ids(Tx *tx, const Fill *f, i64 **ids, i64 *n)
{
    ShopIdList shops;
    AccountIdList people;
    ClipFindRowList clips;
    ProductIdList products;
    *ids = arena_new_array(tx->a, i64, FILL_AT_ONCE);
    switch ((SearchKind)f->kind) {
    case SEARCH_KIND_PRODUCT:
        try(catalog_products_after(tx, (ProductId){ f->after }, FILL_AT_ONCE, &products));
        for (*n = 0; *n < products.n; ++*n) (*ids)[*n] = products.p[*n].v;
        return ERR_OK;
    case SEARCH_KIND_CLIP:
        try(clips_ready_after(tx, (ClipId){ f->after }, FILL_AT_ONCE, &clips));
        for (*n = 0; *n < clips.n; ++*n) (*ids)[*n] = clips.p[*n].id.v;
        return ERR_OK;
    case SEARCH_KIND_SHOP:
        try(shops_after(tx, (ShopId){ f->after }, FILL_AT_ONCE, &shops));
        for (*n = 0; *n < shops.n; ++*n) (*ids)[*n] = shops.p[*n].v;
        return ERR_OK;
    case SEARCH_KIND_PERSON:
        try(people_after(tx, (AccountId){ f->after }, FILL_AT_ONCE, &people));
        for (*n = 0; *n < people.n; ++*n) (*ids)[*n] = people.p[*n].v;
        return ERR_OK;
    case SEARCH_KIND_TAG: break;                                   // with their clips
    }
    *n = 0;
    return ERR_OK;
}

// One thing that cannot be read does not keep all others from being found.
static Err put_or_say(Err e, const char *what, i64 id)
{
    if (e != ERR_NOT_FOUND && e != ERR_INTERNAL) return e;
    log_event(LOG_WARN, STR(""), "search", "%s %lld cannot be read, and is not found: %s", what, (long long)id, err_title(e));
    return ERR_OK;
}

static Err fill_some(Tx *tx, void *context)
{
    Fill *f = context;
    By by = nobody(f->s);
    i64 *ids;
    arena_reset(&f->arena);
    tx->a = &f->arena;
    try(next_ids(tx, f, &ids, &f->n));
    for (i64 i = 0; i < f->n; i++)
        try(put_or_say(search_put(tx, &by, f->s->find, (SearchKind)f->kind, ids[i]), SEARCH_KIND_NAMES.names[f->kind], ids[i]));
    if (f->n) f->last = ids[f->n - 1];
    return ERR_OK;
}

static Err fill(Search *s, SearchReport report, void *context)
{
    Fill f = { .s = s };
    Err e = db_run(s->app->db, false, count_all, &f);
    find_fill_begins(s->find);
    for (f.kind = 0; e == ERR_OK && f.kind < SEARCH_KIND_TAG; f.kind++) {
        f.after = f.last = 0;
        do {
            e = db_run(s->app->db, false, fill_some, &f);
            f.after = f.last, f.done += f.n;
            if (e == ERR_OK && report) report(context, f.done, f.all > f.done ? f.all : f.done);
        } while (e == ERR_OK && f.n == FILL_AT_ONCE && !atomic_load(&s->stopping));
    }
    arena_free(&f.arena);
    if (e != ERR_OK || atomic_load(&s->stopping)) return e;
    if (find_fill_ends(s->find) < 0 || !find_flush(s->find, f.mark)) return ERR_DISK;
    pthread_mutex_lock(&s->lock);
    s->filling = s->fresh = false;
    pthread_mutex_unlock(&s->lock);
    return ERR_OK;
}

Err search_refill(Search *s, SearchReport report, void *context)
{
    pthread_mutex_lock(&s->writing);
    open_file(s);
    Err e = fill(s, report, context);
    pthread_mutex_unlock(&s->writing);
    return e;
}

// ---------------------------------------------------------------------------------------------- filling when asked to

// A line that is whole whenever it is read.
static void write_progress(const Search *s, const char *state, i64 done, i64 all)
{
    char path[4200], made[4200];
    snprintf(path, sizeof(path), "%s", s->path), snprintf(made, sizeof(made), "%s.new", s->path);
    memcpy(path + strlen(path) - 2, SEARCH_PROGRESS, sizeof(SEARCH_PROGRESS));
    FILE *f = fopen(made, "we");
    if (!f) return;
    fprintf(f, "%s %lld %lld\n", state, (long long)done, (long long)all);
    if (fclose(f) != 0 || rename(made, path) != 0) unlink(made);
}

typedef struct Asked { Search *s; i64 last, done, all; } Asked;

static void tell(void *context, i64 done, i64 all)
{
    Asked *a = context;
    i64 now = clock_monotonic_us();
    a->done = done, a->all = all;
    if (now - a->last < TELL_US) return;
    a->last = now;
    write_progress(a->s, "filling", done, all);
}

// `etalase reindex` beside this server asks by a file, and reads another.
static Err fill_when_asked(Search *s)
{
    char path[4200];
    Asked a = { .s = s };
    snprintf(path, sizeof(path), "%s", s->path);
    memcpy(path + strlen(path) - 2, SEARCH_REQUEST, sizeof(SEARCH_REQUEST));
    if (unlink(path) != 0) return ERR_OK;
    log_event(LOG_INFO, STR(""), "search", "the index is made anew, as asked");
    Err e = fill(s, tell, &a);
    if (!atomic_load(&s->stopping)) write_progress(s, e == ERR_OK ? "done" : "failed", a.done, a.all);
    return e;
}

// ---------------------------------------------------------------------------------------------- following

typedef struct Step { Search *s; EventAfterRowList rows; i64 from; bool behind; Arena arena; } Step;

static bool looked_at(const EventAfterRowList *rows, i64 at)
{
    for (i64 i = 0; i < at; i++)
        if (rows->p[i].kind == rows->p[at].kind && rows->p[i].value == rows->p[at].value && rows->p[i].clip == rows->p[at].clip)
            return true;
    return false;
}

static Err look_again(Tx *tx, const By *by, Find *f, const EventAfterRow *row)
{
    switch (row->kind) {
    case EVENT_CLIP_CHANGED: return put_or_say(search_put(tx, by, f, SEARCH_KIND_CLIP, row->clip), "clip", row->clip);
    case EVENT_PRODUCT_CHANGED: return put_or_say(search_put(tx, by, f, SEARCH_KIND_PRODUCT, row->value), "product", row->value);
    case EVENT_SHOP_CHANGED: return put_or_say(search_put_shop(tx, by, f, row->value), "shop", row->value);
    case EVENT_PERSON_CHANGED: return put_or_say(search_put(tx, by, f, SEARCH_KIND_PERSON, row->value), "person", row->value);
    default: return ERR_OK;
    }
}

static Err take_step(Tx *tx, void *context)
{
    Step *k = context;
    By by = nobody(k->s);
    i64 last;
    arena_reset(&k->arena);
    tx->a = &k->arena;
    try(events_last(tx, &last));
    // Behind the log's end: this is the index of another database, or of one that was restored since.
    k->behind = k->from > last;
    if (k->behind) return ERR_OK;
    try(events_after(tx, k->from, EVENTS_PAGE_MAX, &k->rows));
    for (i64 i = 0; i < k->rows.n; i++)
        if (k->rows.p[i].kind >= EVENT_CLIP_CHANGED && !looked_at(&k->rows, i))
            try(look_again(tx, &by, k->s->find, &k->rows.p[i]));
    return ERR_OK;
}

static Err begin_anew(Search *s)
{
    log_event(LOG_WARN, STR(""), "search", "the index is ahead of the log: it is made anew");
    return fill(s, NULL, NULL);
}

static Err follow(Search *s)
{
    Step k = { .s = s };
    Err e = ERR_OK;
    open_file(s);
    e = fill_when_asked(s);
    if (e != ERR_OK) return e;
    if (s->fresh) log_event(LOG_INFO, STR(""), "search", "the index is being made");
    if (s->fresh) e = fill(s, NULL, NULL);
    while (e == ERR_OK && !atomic_load(&s->stopping)) {
        k.from = find_mark(s->find), k.rows.n = 0;
        e = db_run(s->app->db, false, take_step, &k);
        if (e == ERR_OK && k.behind) e = begin_anew(s);
        else if (e == ERR_OK && k.rows.n && !find_flush(s->find, k.rows.p[k.rows.n - 1].seq)) e = ERR_DISK;
        if (k.rows.n < EVENTS_PAGE_MAX && !k.behind) break;
    }
    arena_free(&k.arena);
    return e;
}

// ---------------------------------------------------------------------------------------------- what was asked

void search_note(Search *s, const By *by, Str q)
{
    pthread_mutex_lock(&s->lock);
    if (s->n_notes < SEARCH_NOTES && q.n <= sizeof(s->notes[0].q)) {
        Note *n = &s->notes[s->n_notes++];
        *n = (Note){ .by = *by, .n = q.n };
        memcpy(n->q, q.p, q.n);
        pthread_cond_signal(&s->wake);
        s->wakes++;
    }
    pthread_mutex_unlock(&s->lock);
}

typedef struct Notes { Note *p; i64 n; Arena arena; } Notes;

static Err note_all(Tx *tx, void *context)
{
    Notes *notes = context;
    arena_reset(&notes->arena);
    tx->a = &notes->arena;
    for (i64 i = 0; i < notes->n; i++) try(trends_note_search(tx, &notes->p[i].by, (Str){ notes->p[i].q, notes->p[i].n }));
    return ERR_OK;
}

// Lost when that fails: trends are of many people.
static void write_notes(Search *s)
{
    Notes notes = { .p = malloc(SEARCH_NOTES * sizeof(Note)) };
    must(notes.p != NULL);
    pthread_mutex_lock(&s->lock);
    notes.n = s->n_notes, s->n_notes = 0;
    if (notes.n) memcpy(notes.p, s->notes, (size_t)notes.n * sizeof(Note));
    pthread_mutex_unlock(&s->lock);
    if (notes.n) (void)db_run(s->app->db, true, note_all, &notes);
    arena_free(&notes.arena);
    free(notes.p);
}

Err search_follow(Search *s)
{
    write_notes(s);
    pthread_mutex_lock(&s->writing);
    Err e = follow(s);
    pthread_mutex_unlock(&s->writing);
    return e;
}

// ---------------------------------------------------------------------------------------------- the thread

static void wake(void *context)
{
    Search *s = context;
    pthread_mutex_lock(&s->lock);
    s->wakes++;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
}

static u64 wait_for_more(Search *s, u64 seen, i64 ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms % 1000 * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&s->lock);
    while (s->wakes == seen && !atomic_load(&s->stopping))
        if (pthread_cond_timedwait(&s->wake, &s->lock, &until) != 0) break;
    u64 now = s->wakes;
    pthread_mutex_unlock(&s->lock);
    return now;
}

static void *follow_on(void *context)
{
    Search *s = context;
    u64 seen = 0;
    while (!atomic_load(&s->stopping)) {
        Err e = search_follow(s);
        u64 now = wait_for_more(s, seen, e == ERR_OK ? POLL_MS : PAUSE_MS);
        if (now != seen) nanosleep(&(struct timespec){ .tv_nsec = GATHER_MS * 1000000 }, NULL);
        seen = now;
    }
    return NULL;
}

Search *search_start(App *app, bool thread)
{
    Search *s = calloc(1, sizeof(*s));
    must(s != NULL && (s->notes = calloc(SEARCH_NOTES, sizeof(Note))));
    s->app = app;
    snprintf(s->path, sizeof(s->path), "%.*s/search.db", STR_ARG(app->data));
    pthread_condattr_t monotonic;
    must(pthread_condattr_init(&monotonic) == 0 && pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0);
    must(pthread_mutex_init(&s->lock, NULL) == 0 && pthread_mutex_init(&s->writing, NULL) == 0 &&
         pthread_cond_init(&s->wake, &monotonic) == 0);
    pthread_condattr_destroy(&monotonic);
    if (!thread) return s;
    s->wakened = true;
    db_on_commit(app->db, TABLE_MASK_event, wake, s);
    s->started = pthread_create(&s->thread, NULL, follow_on, s) == 0;
    if (!s->started) log_event(LOG_ERROR, STR(""), "search", "no thread to follow what changes: the index stays as it is");
    return s;
}

void search_stop(Search *s)
{
    atomic_store(&s->stopping, true);
    wake(s);
    if (s->started) pthread_join(s->thread, NULL);
    if (s->find) find_close(s->find);
    free(s->notes);
    if (!s->wakened) free(s);                      // else the database may still wake it
}
