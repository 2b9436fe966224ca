// Opening and closing: in the order in which parts depend on each other, and back.
#include "main/open.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "accounts/accounts.h"
#include "base/log.h"
#include "base/rand.h"
#include "cart/cart.h"
#include "challenges/challenges.h"
#include "clips/clips.h"
#include "clips/files.h"
#include "crowd/crowd.h"
#include "events/events.h"
#include "feed/feed.h"
#include "gen/api.gen.h"
#include "gen/program.gen.h"
#include "ledger/ledger.h"
#include "main/files.h"
#include "main/nightly.h"
#include "media/media.h"
#include "net/outgoing.h"
#include "notify/notify.h"
#include "orders/orders.h"
#include "pricing/pricing.h"
#include "returns/returns.h"
#include "search/search.h"
#include "social/social.h"
#include "tax/tax.h"
#include "trends/trends.h"

enum { WORK_THREADS = 2, PICTURE_THREADS = 2, IDEMPOTENCY_HOURS = 48 };

typedef struct KeyCheck { App *app; bool wrong; Arena arena; } KeyCheck;

// A database under another master key would start and then open nothing: every password wrong, every name unreadable.
static Err check_key(Tx *tx, void *context)
{
    KeyCheck *c = context;
    DeploymentGetRow *row;
    arena_reset(&c->arena);
    tx->a = &c->arena;
    Str proof = vault_hash(&c->app->vault, tx->a, "master key", STR(""));
    try(q_deployment_get(tx, (DeploymentGetIn){ .name = STR("master_key") }, &row));
    c->wrong = row && !str_eq(row->value, proof);
    return row ? ERR_OK : q_deployment_put(tx, (DeploymentPutIn){ .name = STR("master_key"), .value = proof });
}

static Err check_master_key(App *app)
{
    KeyCheck c = { .app = app };
    Err e = db_run(app->db, true, check_key, &c);
    arena_free(&c.arena);
    if (e != ERR_OK || !c.wrong) return e;
    log_event(LOG_ERROR, STR(""), "start", "the master key is not the one that this database was made with");
    return ERR_INTERNAL;
}

// What a killed process was still receiving. Only this process uses the folder.
static void empty_tmp(Str data)
{
    char path[4096];
    snprintf(path, sizeof(path), "%.*s/tmp", STR_ARG(data));
    DIR *d = opendir(path);
    for (const struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.') unlinkat(dirfd(d), e->d_name, 0);
    if (d) closedir(d);
}

// Folders that a killed process was still filling. A conversion that is done again removes its own; nobody sends a picture
// again under the same name.
static void remove_parts(Arena *a, Str data, const char *below)
{
    Str folder = arena_format(a, "%.*s/media/%s", STR_ARG(data), below);
    DIR *d = opendir(folder.p);
    for (const struct dirent *e; d && (e = readdir(d));) {
        Str name = str_of(e->d_name);
        bool part = name.n > 5 && name.p[0] != '.' && str_eq(str_slice(name, name.n - 5, name.n), STR(".part"));
        if (part) files_remove_folder(arena_format(a, "%.*s/%s", STR_ARG(folder), e->d_name).p);
    }
    if (d) closedir(d);
}

static void remove_unfinished(Str data)
{
    Arena a = { 0 };
    empty_tmp(data);
    remove_parts(&a, data, "clips");
    remove_parts(&a, data, "pictures");
    arena_free(&a);
}

// Hourly, for what expires without anyone asking.
static Err sweep(Tx *tx, const By *by, i64 subject)
{
    i64 n;
    EndedGuests guests;
    (void)subject;
    try(account_sweep(tx, by, &guests));
    for (i64 i = 0; i < guests.n; i++) {
        try(cart_forget(tx, guests.sessions[i]));
        try(events_forget(tx, by, guests.sessions[i]));
        try(feed_forget(tx, guests.sessions[i]));
    }
    try(q_idempotency_sweep(tx, (IdempotencySweepIn){ .before = by->now - (i64)IDEMPOTENCY_HOURS * HOUR_MS }, &n));
    return task_at(tx, by, "sweep", 0, by->now + (guests.more ? SECOND_MS : HOUR_MS));
}

const TaskKind TASK_KINDS[] = {
    { .name = "sweep", .rule = sweep },
    { .name = "checkout_expire", .rule = checkout_expire },
    { .name = "order_clock", .rule = order_clock },
    { .name = "order_complete", .rule = order_clock },             // of version 0.1.0
    { .name = "order_cancel_answer", .rule = order_cancel_silent },
    { .name = "return_clock", .rule = return_clock },
    { .name = "ledger_settle", .rule = ledger_settle_due },
    { .name = "price_offer", .rule = price_offer_due },
    { .name = "price_lists", .rule = price_lists_due },
    { .name = "promotion", .rule = promotion_due },
    { .name = "ledger_reserve", .rule = ledger_reserve_due },
    { .name = "ledger_total", .rule = ledger_total_due },
    { .name = "payout_send", .job = ledger_payout_send_job, .lane = TASK_OUTSIDE },
    { .name = "payout_look", .rule = ledger_payout_look },
    { .name = "payout_auto", .rule = ledger_payout_due },
    { .name = "test_provider", .rule = test_provider_answers },
    { .name = "payment_event", .rule = checkout_payment_event },
    { .name = "payment_start", .job = payment_start_job, .lane = TASK_ASKED },
    { .name = "payment_check", .job = payment_check_job, .lane = TASK_OUTSIDE, .lease_ms = PAYMENT_LEASE_MS },
    { .name = "payment_cancel", .job = payment_cancel_job, .lane = TASK_OUTSIDE, .lease_ms = PAYMENT_LEASE_MS },
    { .name = "refund_send", .job = refund_send_job, .lane = TASK_OUTSIDE },
    { .name = "refund_check", .job = refund_check_job, .lane = TASK_OUTSIDE },
    { .name = "clip_transcode", .job = clip_transcode_job, .lane = TASK_LONG, .gave_up = clip_transcode_gave_up,
      .tries = CLIP_TRANSCODE_TRIES, .lease_ms = CLIP_TRANSCODE_LEASE_MS },
    { .name = "clip_tags", .rule = clip_tags_due },
    { .name = "clip_gone", .rule = social_clip_gone },
    { .name = "notice_prune", .rule = notify_prune },
    { .name = "clip_remove", .job = clip_remove_job },
    { .name = "upload_expire", .job = upload_expire_job },
    { .name = "feed_order", .rule = feed_order },
    { .name = "event_prune", .rule = events_prune },
    { .name = "crowd_prune", .rule = crowd_prune },
    { .name = "trends", .job = trends_job },
    { .name = "challenge", .job = challenge_job },
    { .name = "audit_nightly", .job = nightly_job, .lease_ms = AUDIT_LEASE_MS },
    { .name = NULL },
};

static bool make_folder(Arena *a, Str base, const char *below, mode_t mode)
{
    Str path = arena_format(a, "%.*s%s", STR_ARG(base), below);
    if (mkdir(path.p, mode) == 0 || errno == EEXIST) return true;
    log_event(LOG_ERROR, STR(""), "start", "cannot make the folder %s: %s", path.p, strerror(errno));
    return false;
}

static bool make_folders(Arena *a, Str data)
{
    static const char *const BELOW[] = { "", "/media", "/media/clips", "/media/pictures", "/uploads", "/tmp" };
    // The folder itself may lie deeper than what is there.
    for (size_t i = 1; i < data.n; i++)
        if (data.p[i] == '/' && !make_folder(a, str_slice(data, 0, i), "", 0755)) return false;
    for (i64 i = 0; i < COUNT(BELOW); i++)
        if (!make_folder(a, data, BELOW[i], i == 0 ? 0750 : 0755)) return false;
    return true;
}

// Kept open, and so locked, until the process ends.
static bool lock_folder(Arena *a, Str data, int *lock)
{
    Str path = arena_format(a, "%.*s/etalase.lock", STR_ARG(data));
    int file = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (file < 0 || flock(file, LOCK_EX | LOCK_NB) != 0) {
        log_event(LOG_ERROR, STR(""), "start", "another etalase is serving %.*s", STR_ARG(data));
        if (file >= 0) close(file);
        return false;
    }
    char pid[24];
    int n = snprintf(pid, sizeof(pid), "%ld\n", (long)getpid());
    *lock = file;
    bool noted = ftruncate(file, 0) == 0 && write(file, pid, (size_t)n) == n;
    if (!noted) log_event(LOG_ERROR, STR(""), "start", "cannot write %s: %s", path.p, strerror(errno));
    return noted;
}

static Err first_tasks(Tx *tx, void *context)
{
    App *app = context;
    Arena a = { 0 };
    tx->a = &a;
    By by = { .now = app_now(app), .ids = &app->ids };
    Err e = task_at(tx, &by, "sweep", 0, by.now + MINUTE_MS);
    if (e == ERR_OK) e = task_at(tx, &by, "ledger_total", 0, by.now + MINUTE_MS);
    if (e == ERR_OK) e = task_at(tx, &by, "event_prune", 0, by.now + HOUR_MS);
    if (e == ERR_OK) e = task_at(tx, &by, "clip_tags", 0, by.now);
    if (e == ERR_OK) e = task_at(tx, &by, "notice_prune", 0, by.now + HOUR_MS);
    if (e == ERR_OK) e = task_at(tx, &by, "crowd_prune", 0, by.now + HOUR_MS);
    if (e == ERR_OK) e = task_at(tx, &by, "trends", 0, by.now + MINUTE_MS);
    if (e == ERR_OK) e = market_start(tx);
    if (e == ERR_OK) e = tax_rates_load(tx, &by);
    if (e == ERR_OK) e = nightly_schedule(tx, &by);
    arena_free(&a);
    return e;
}

// A provider that is set up by half would take money of which nobody hears: that does not start.
static bool is_whole(const char *what, Str a, Str b, Str c)
{
    if ((a.n > 0) == (b.n > 0) && (a.n > 0) == (c.n > 0)) return true;
    log_event(LOG_ERROR, STR(""), "start", "%s is set up by half: see docs/payments.md for what belongs together", what);
    return false;
}

// "Bank;Account;Holder;Currency", the last one IDR when it is left out.
static bool read_bank(PaySettings *p, Str text)
{
    Str rest = text, code;
    p->bank = str_trim(str_split(&rest, ';'));
    p->account_number = str_trim(str_split(&rest, ';'));
    p->account_name = str_trim(str_split(&rest, ';'));
    code = str_trim(rest);
    bool good = currency_parse(code.n ? code : STR("IDR"), &p->bank_currency) && p->bank.n && p->bank.n <= 60 &&
                p->account_number.n && p->account_number.n <= 40 && p->account_name.n && p->account_name.n <= 100;
    if (!good && text.n)
        log_event(LOG_ERROR, STR(""), "start",
                  "ETALASE_BANK_TRANSFER is not \"Bank;Account;Holder\" or \"Bank;Account;Holder;Currency\"");
    if (!text.n) p->account_number = (Str){ 0 };
    return good || !text.n;
}

static Str without_slash(Str url)
{
    while (url.n && url.p[url.n - 1] == '/') url.n--;
    return url;
}

static bool open_pay(App *app, const Settings *s)
{
    Arena *a = &app->arena;
    PaySettings *p = arena_new(a, PaySettings);
    *p = (PaySettings){
        .stripe_secret = arena_copy(a, s->stripe_secret), .stripe_public = arena_copy(a, s->stripe_public),
        .stripe_hook = { arena_copy(a, s->stripe_hook), arena_copy(a, s->stripe_hook_2) },
        .stripe_url = arena_copy(a, without_slash(s->stripe_url)), .xendit_secret = arena_copy(a, s->xendit_secret),
        .xendit_token = arena_copy(a, s->xendit_token), .xendit_url = arena_copy(a, without_slash(s->xendit_url)) };
    app->pay = p;
    return is_whole("Stripe", p->stripe_secret, p->stripe_public, p->stripe_hook[0]) &&
           is_whole("Xendit", p->xendit_secret, p->xendit_token, p->xendit_token) && read_bank(p, arena_copy(a,
                                                                                                             s->bank_transfer));
}

static Err start_threads(App *app)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    try(check_master_key(app));
    remove_unfinished(app->data);
    app->work = work_start(WORK_THREADS);
    app->pictures = work_start(PICTURE_THREADS);
    if (db_is_sqlite(app->db)) app->cache = cache_new(app->db);
    try(db_run(app->db, true, first_tasks, app));
    i64 converting = cores < 1 ? 1 : cores < TASK_LONG_THREADS_MAX ? cores : TASK_LONG_THREADS_MAX;
    app->feed = feed_start(app, !app->no_tasks);
    app->search = search_start(app, !app->no_tasks);
    if (!app->no_tasks) app->tasks = tasks_start(app, TASK_KINDS, converting);
    return ERR_OK;
}

// What the guest said and did stays the guest's: who shares a browser must not give another person a profile.
static Err signed_in(Tx *tx, const By *by, i64 guest, i64 account)
{
    try(cart_adopt(tx, by, guest, account));
    try(feed_forget(tx, guest));
    return events_forget(tx, by, guest);
}

Err app_open(App *app, const Settings *s, bool serve)
{
    Arena a = { 0 };
    u16 node;
    rand_bytes(&node, sizeof(node));
    app->ids = (Ids){ .node = node % 1024 };
    app->demo = s->demo;
    app->data = arena_copy(&app->arena, s->data);
    app->public_url = arena_copy(&app->arena, s->public_url);
    app->sign_ups_per_hour = s->sign_ups_per_hour;
    app->quick_clips = s->quick_clips;
    app->request_arena = APP_REQUEST_ARENA;
    app->disk_floor = APP_DISK_FLOOR;
    app->hooks = (AppHooks){ .find_session = account_find_session, .make_guest = account_make_guest, .signed_in = signed_in,
                             .touch_session = account_touch_session };
    if (!open_pay(app, s) || outgoing_init() != ERR_OK) return ERR_INTERNAL;
    bool ready = make_folders(&a, app->data) && (!serve || lock_folder(&a, app->data, &app->lock));
    arena_free(&a);
    if (!ready) return ERR_INTERNAL;
    try(files_open(app));
    try(vault_open(&app->vault, app->data, getenv("ETALASE_MASTER_KEY")));
    DbOptions options = { .url = s->db, .queries = QUERIES, .n_queries = QUERIES_N, .connections = s->connections };
    try(db_open(&options, &app->db));
    i64 applied;
    try(db_migrate(app->db, MIGRATIONS, MIGRATIONS_N, &applied));
    app->metrics = metrics_new(ROUTES_N);
    return serve ? start_threads(app) : ERR_OK;
}

void app_close(App *app)
{
    if (app->work) work_stop(app->work);
    if (app->pictures) work_stop(app->pictures);
    if (app->search) search_stop(app->search);
    if (app->feed) feed_stop(app->feed);
    if (app->db) db_close(app->db);
    if (app->cache) cache_free(app->cache);
    if (app->metrics) metrics_free(app->metrics);
    files_close(app);
    if (app->lock > 0) close(app->lock);
    arena_free(&app->arena);
}
