// Whole requests on a disk that fails at each of their steps: a clear answer, never half a thing done, nothing acknowledged lost,
// and the market goes on. SQLite's alone.
#include <pthread.h>
#include <sqlite3.h>
#include <time.h>
#include <unistd.h>

#include "db/faults_kit.h"
#include "tests/world.h"

enum { STEPS_MAX = 2000, BUYERS = 8, TABLES_MAX = 500 };

static const struct { unsigned ops; FaultHow how; } DISKS[] = {
    { FAULT_WRITE, FAULT_ERROR }, { FAULT_WRITE, FAULT_SHORT }, { FAULT_WRITE | FAULT_TRUNCATE, FAULT_NO_ROOM },
    { FAULT_SYNC, FAULT_ERROR }, { FAULT_READ, FAULT_ERROR }, { FAULT_SHM, FAULT_NO_ROOM }, { FAULT_ANY, FAULT_ERROR },
};

// ---------------------------------------------------------------------------------------------- the whole database as one number

static u64 mix(u64 h, const void *bytes, size_t n)
{
    const u8 *p = bytes;
    for (size_t i = 0; i < n; i++) h = (h ^ p[i]) * 0x100000001B3u;
    return h;
}

// A reader of every table, kept open: to open it and to ask anew would take longer than to read.
typedef struct Image { sqlite3 *db; sqlite3_stmt *table[TABLES_MAX]; i64 n; } Image;

static Image image_open(World *w)
{
    Image m = { 0 };
    sqlite3_stmt *names;
    char file[200], sql[200];
    snprintf(file, sizeof(file), "%s/etalase.db", w->folder);
    must(sqlite3_open_v2(file, &m.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK);
    const char *all = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    must(sqlite3_prepare_v2(m.db, all, -1, &names, NULL) == SQLITE_OK);
    while (sqlite3_step(names) == SQLITE_ROW) {
        must(m.n < TABLES_MAX);
        snprintf(sql, sizeof(sql), "SELECT * FROM \"%s\"", (const char *)sqlite3_column_text(names, 0));
        must(sqlite3_prepare_v2(m.db, sql, -1, &m.table[m.n++], NULL) == SQLITE_OK);
    }
    sqlite3_finalize(names);
    return m;
}

static void image_close(Image *m)
{
    for (i64 i = 0; i < m->n; i++) sqlite3_finalize(m->table[i]);
    sqlite3_close(m->db);
}

static u64 hash_value(sqlite3_stmt *s, int i, u64 h)
{
    if (sqlite3_column_type(s, i) == SQLITE_INTEGER) return (h ^ (u64)sqlite3_column_int64(s, i)) * 0x9E3779B97F4A7C15u;
    const void *p = sqlite3_column_blob(s, i);
    return mix(h + 1, p, p ? (size_t)sqlite3_column_bytes(s, i) : 0);
}

// Of every row of every table: what a request that failed must leave as it was.
static u64 fingerprint(Image *m)
{
    u64 h = 0;
    for (i64 i = 0; i < m->n; i++) {
        sqlite3_stmt *s = m->table[i];
        int code;
        while ((code = sqlite3_step(s)) == SQLITE_ROW)
            for (int c = 0; c < sqlite3_column_count(s); c++) h = hash_value(s, c, h ^ (h >> 29));
        must(code == SQLITE_DONE && sqlite3_reset(s) == SQLITE_OK);
    }
    return h;
}

// ---------------------------------------------------------------------------------------------- what is done

typedef struct Scene { World w; Goods paid, slow, step; i64 address, order, payment, line; } Scene;

static Scene scene_new(void)
{
    Scene s = { .w = world_new() };
    i64 shop = world_shop(&s.w, s.w.sari, "rotan");
    s.paid = world_product(&s.w, s.w.sari, shop, 5000000, 1000000);
    s.slow = world_product(&s.w, s.w.sari, shop, 5000003, 1000000);
    s.step = world_product(&s.w, s.w.sari, shop, 5000002, 1000000);
    s.address = world_address(&s.w, s.w.ana);
    return s;
}

static Answer buy_as(Scene *s, Goods g, const char *method)
{
    return world_post(&s->w, s->w.ana, "/v1/checkouts", world_path(&s->w,
        "{\"address\":\"%lld\",\"method\":\"%s\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":%d}]}", (long long)s->address,
        method, (long long)g.variant, g.variant == s->paid.variant ? 2 : 1));
}

static void note_order(Scene *s, Answer x)
{
    check_int(x.status, 201);
    s->order = answer_id(&s->w, &x, "orders[0].id");
    s->payment = answer_id(&s->w, &x, "payment.id");
    x = world_get(&s->w, s->w.ana, world_path(&s->w, "/v1/orders/%lld", (long long)s->order));
    s->line = answer_id(&s->w, &x, "lines[0].id");
}

static Answer of_order(Scene *s, Person who, const char *what, const char *json)
{
    return world_post(&s->w, who, world_path(&s->w, "/v1/orders/%lld/%s", (long long)s->order, what), json);
}

static void have_paid(Scene *s) { note_order(s, buy_as(s, s->paid, "test")); }
static void have_cash(Scene *s) { note_order(s, buy_as(s, s->paid, "cod")); }
static void have_unpaid(Scene *s) { note_order(s, buy_as(s, s->step, "test")); }

static void have_sent(Scene *s)
{
    have_cash(s);
    check_int(of_order(s, s->w.sari, "shipments", "{\"carrier\":\"JNE\",\"tracking\":\"1\"}").status, 201);
}

static Answer pay_cash(Scene *s) { return buy_as(s, s->paid, "cod"); }
static Answer pay_now(Scene *s) { return buy_as(s, s->paid, "test"); }
static Answer pay_late(Scene *s) { return buy_as(s, s->slow, "test"); }
static Answer cancel(Scene *s) { return of_order(s, s->w.ana, "cancel", "{}"); }
static Answer pack(Scene *s) { return of_order(s, s->w.sari, "pack", NULL); }
static Answer send(Scene *s) { return of_order(s, s->w.sari, "shipments", "{\"carrier\":\"JNE\",\"tracking\":\"2\"}"); }
static Answer receive(Scene *s) { return of_order(s, s->w.ana, "receipt", NULL); }
static Answer call_off(Scene *s) { return of_order(s, s->w.sari, "cancel", "{\"reason\":\"none left\"}"); }

static Answer refund(Scene *s)
{
    return of_order(s, s->w.sari, "refunds", world_path(&s->w, "{\"reason\":\"a scratch\",\"lines\":[{\"line\":\"%lld\","
                                                        "\"quantity\":1}]}", (long long)s->line));
}

static Answer approve(Scene *s)
{
    return world_post(&s->w, s->w.ana, world_path(&s->w, "/v1/payments/%lld/step", (long long)s->payment), "{\"approve\":true}");
}

static Answer count_in(Scene *s)
{
    return world_post(&s->w, s->w.sari, world_path(&s->w, "/v1/variants/%lld/stock", (long long)s->paid.variant),
                      "{\"delta\":5,\"reason\":\"received\"}");
}

static Answer offer(Scene *s)
{
    return world_put(&s->w, s->w.ana, "/v1/cart/lines", world_path(&s->w, "{\"variant\":\"%lld\",\"quantity\":%lld}",
                                                                   (long long)s->paid.variant, 1 + (long long)s->order % 9));
}

typedef struct Deed { const char *name; void (*before)(Scene *s); Answer (*act)(Scene *s); } Deed;

static const Deed DEEDS[] = {
    { "checkout, cash", NULL, pay_cash }, { "checkout, paid", NULL, pay_now }, { "checkout, late", NULL, pay_late },
    { "second step", have_unpaid, approve }, { "cancel unpaid", have_unpaid, cancel }, { "ask to cancel", have_paid, cancel },
    { "call off", have_paid, call_off }, { "pack", have_paid, pack }, { "ship", have_paid, send },
    { "refund", have_paid, refund }, { "receive", have_sent, receive }, { "stock", NULL, count_in },
    { "cart", have_paid, offer },
};

// ---------------------------------------------------------------------------------------------- each at each step

static void check_refused(Scene *s, const Deed *deed, const Answer *x, FaultHow how)
{
    bool full = how == FAULT_NO_ROOM && x->status == 507;
    if (!full && x->status != 500 && x->status != 503)
        test_failed(__FILE__, __LINE__, "%s: answered with %d on a broken disk", deed->name, x->status);
    check_str(local_header(x, "Content-Type"), STR("application/problem+json"));
    check_str(answer_at(&s->w, x, "slug"), full ? STR("disk") : x->status == 503 ? STR("busy") : STR("internal"));
    check(answer_at(&s->w, x, "requestId").n > 0);
}

// The late steps are many reads alike. FAULTS_COARSE leaves more of them out, for where the program is slow.
static i64 next_step(i64 at)
{
    return getenv("FAULTS_COARSE") ? at + (at < 4 ? 1 : at / 2) : at + (at < 30 ? 1 : at / 8);
}

// Returns how often it was refused.
static i64 each_step(Scene *s, Image *image, const Deed *deed, i64 disk)
{
    i64 refused = 0;
    for (i64 at = 1;; at = next_step(at)) {
        must(at < STEPS_MAX);
        if (deed->before) deed->before(s);
        u64 before = fingerprint(image);
        faults_begin((Fault){ .ops = DISKS[disk].ops, .how = DISKS[disk].how, .at = at });
        Answer x = deed->act(s);
        i64 failed = faults_end();
        bool done = x.status >= 200 && x.status < 300;
        if (!done) check_refused(s, deed, &x, DISKS[disk].how);
        if (!done && fingerprint(image) != before) test_failed(__FILE__, __LINE__, "%s: refused and half done", deed->name);
        if (!done) x = deed->act(s);                               // and now it can be done
        if (x.status < 200 || x.status > 299)
            test_failed(__FILE__, __LINE__, "%s: %d once the disk works again", deed->name, x.status);
        if (fingerprint(image) == before) test_failed(__FILE__, __LINE__, "%s: done, and nothing has changed", deed->name);
        refused += !done;
        if (!failed) return refused;
    }
}

// A market each, so that what is compared stays small.
static i64 each_disk(const Deed *deed)
{
    Scene s = scene_new();
    Image image = image_open(&s.w);
    i64 refused = 0;
    for (i64 disk = 0; disk < COUNT(DISKS); disk++) refused += each_step(&s, &image, deed, disk);
    image_close(&image);
    if (refused < 5) test_failed(__FILE__, __LINE__, "%s: only %lld faults hit it", deed->name, (long long)refused);
    check_int(world_audit(&s.w), 0);
    world_restart(&s.w);
    check_int(world_audit(&s.w), 0);
    world_free(&s.w);
    return refused;
}

TEST(each_request_on_a_disk_that_fails_at_each_step)
{
    if (!world_is_sqlite()) return;
    faults_install(false);
    i64 refused = 0;
    for (i64 i = 0; i < COUNT(DEEDS); i++) refused += each_disk(&DEEDS[i]);
    check(refused > 100);
    faults_remove();
}

// The clock's own work fails: it is put off, and done once the disk works.
TEST(timers_on_a_disk_that_fails)
{
    if (!world_is_sqlite()) return;
    faults_install(false);
    Scene s = scene_new();
    for (i64 at = 1; at < 12; at++) {
        have_unpaid(&s);
        i64 order = s.order;
        world_jump(&s.w, 16 * MINUTE_MS);
        faults_begin((Fault){ .ops = FAULT_WRITE | FAULT_SYNC, .how = FAULT_NO_ROOM, .at = at, .lasts = at % 2 });
        world_tasks(&s.w);
        faults_end();
        world_jump(&s.w, 10 * MINUTE_MS);
        world_tasks(&s.w);
        Answer x = world_get(&s.w, s.w.ana, world_path(&s.w, "/v1/orders/%lld", (long long)order));
        check_str(answer_at(&s.w, &x, "state"), STR("cancelled"));
    }
    Answer x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/products/%lld", (long long)s.step.product));
    check_str(answer_at(&s.w, &x, "variants[0].held"), STR("0"));
    check_int(world_audit(&s.w), 0);
    world_free(&s.w);
    faults_remove();
}

// ---------------------------------------------------------------------------------------------- buyers beside a power cut

typedef struct Buyer {
    Scene *s; Person who; i64 address; atomic_bool *stop;
    pthread_mutex_t lock; i64 orders[4000]; _Atomic i64 n; pthread_t thread;
} Buyer;

static void *buy_on(void *context)
{
    Buyer *b = context;
    for (i64 i = 0; !atomic_load(b->stop) && atomic_load(&b->n) < COUNT(b->orders); i++) {
        Arena a = { 0 };
        Str body = arena_format(&a, "{\"address\":\"%lld\",\"method\":\"%s\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":1}]}",
                                (long long)b->address, i % 2 ? "test" : "cod", (long long)b->s->paid.variant);
        Answer x = local_call(b->s->w.app, &a, &(LocalRequest){ .method = "POST", .path = STR("/v1/checkouts"),
                                                                .token = b->who.token, .body = body });
        i64 id;
        if (x.status == 201) {
            must(str_to_i64(json_at(&a, x.body, "orders[0].id"), &id));
            b->orders[b->n] = id;
            atomic_fetch_add(&b->n, 1);                           // after the id: who reads n finds it
        }
        arena_free(&a);
    }
    return NULL;
}

// Another market on what the power cut has left: every order that was answered before it is there and the books are right.
static void check_after_cut(World *w, const Buyer *buyers, const i64 *acknowledged, u64 seed)
{
    World after = *w;
    char from[200], to[200], key[500];
    after.a = calloc(1, sizeof(Arena));
    must(after.a != NULL && snprintf(after.folder, sizeof(after.folder), "%.100s/cut", w->folder) > 0);
    snprintf(from, sizeof(from), "%s/etalase.db", w->folder);
    snprintf(to, sizeof(to), "%s/etalase.db", after.folder);
    snprintf(key, sizeof(key), "mkdir -p '%s' && cp '%s/master.key' '%s'", after.folder, w->folder, after.folder);
    must(system(key) == 0 && faults_power_cut(from, to, seed));
    world_open(&after);
    for (i64 i = 0; i < BUYERS; i++)
        for (i64 k = acknowledged[i] - 1; k >= 0; k -= k > acknowledged[i] - 20 ? 1 : 20) {      // the last ones, and samples
            Answer x = world_get(&after, buyers[i].who, world_path(&after, "/v1/orders/%lld", (long long)buyers[i].orders[k]));
            if (x.status != 200) test_failed(__FILE__, __LINE__, "an acknowledged order is %d after a power cut", x.status);
        }
    check_int(world_audit(&after), 0);
    world_free(&after);
}

TEST(acknowledged_orders_survive_power_cuts)
{
    if (!world_is_sqlite()) return;
    faults_install(true);
    Scene s = scene_new();
    Person people[] = { s.w.ana, s.w.budi, s.w.tono, s.w.oma };
    Buyer *buyers = calloc(BUYERS, sizeof(Buyer));
    atomic_bool stop = false;
    must(buyers != NULL);
    for (i64 i = 0; i < BUYERS; i++) {
        buyers[i] = (Buyer){ .s = &s, .who = people[i % 4], .address = world_address(&s.w, people[i % 4]), .stop = &stop };
        must(pthread_create(&buyers[i].thread, NULL, buy_on, &buyers[i]) == 0);
    }
    i64 n[BUYERS], sum = 0;
    for (u64 cut = 0; cut < 12; cut++) {
        nanosleep(&(struct timespec){ .tv_nsec = (long)(10 + cut % 5 * 7) * 1000000 }, NULL);
        for (i64 i = 0; i < BUYERS; i++) n[i] = atomic_load(&buyers[i].n);
        check_after_cut(&s.w, buyers, n, cut);
    }
    atomic_store(&stop, true);
    for (i64 i = 0; i < BUYERS; i++) pthread_join(buyers[i].thread, NULL);
    for (i64 i = 0; i < BUYERS; i++) sum += n[i];
    check(sum > 100);
    check_int(world_audit(&s.w), 0);
    world_free(&s.w);
    free(buyers);
    faults_remove();
}

// Buyers beside a disk that fails now and then: what was answered with 201 is there, before and after a restart.
TEST(acknowledged_orders_survive_a_failing_disk)
{
    if (!world_is_sqlite()) return;
    faults_install(false);
    Scene s = scene_new();
    Person people[] = { s.w.ana, s.w.budi, s.w.tono, s.w.oma };
    Buyer *buyers = calloc(BUYERS, sizeof(Buyer));
    atomic_bool stop = false;
    must(buyers != NULL);
    for (i64 i = 0; i < BUYERS; i++) {
        buyers[i] = (Buyer){ .s = &s, .who = people[i % 4], .address = world_address(&s.w, people[i % 4]), .stop = &stop };
        must(pthread_create(&buyers[i].thread, NULL, buy_on, &buyers[i]) == 0);
    }
    i64 hits = 0;
    for (i64 i = 0; i < 100 || (i < STEPS_MAX && hits <= 20); i++) {          // longer on a machine that does much else
        faults_begin((Fault){ .ops = DISKS[i % COUNT(DISKS)].ops, .how = DISKS[i % COUNT(DISKS)].how, .at = 1 + i * 7 % 23 });
        nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
        hits += faults_end();
    }
    atomic_store(&stop, true);
    for (i64 i = 0; i < BUYERS; i++) pthread_join(buyers[i].thread, NULL);
    check(hits > 20);
    i64 sum = 0;
    for (int turn = 0; turn < 2; turn++) {
        for (i64 i = 0; i < BUYERS; i++)
            for (i64 k = 0; k < buyers[i].n; k++, sum++)
                check_int(world_get(&s.w, buyers[i].who, world_path(&s.w, "/v1/orders/%lld",
                                                                    (long long)buyers[i].orders[k])).status, 200);
        check_int(world_audit(&s.w), 0);
        world_restart(&s.w);
    }
    // Each acknowledged order took one unit, and no other unit is gone.
    Answer x = world_get(&s.w, s.w.sari, world_path(&s.w, "/v1/studio/products/%lld", (long long)s.paid.product));
    check_int(1000000 - answer_id(&s.w, &x, "variants[0].on_hand"), sum / 2);
    check_str(answer_at(&s.w, &x, "variants[0].held"), STR("0"));
    world_free(&s.w);
    free(buyers);
    faults_remove();
}
