// The market that tests act in. Static state is the engine under test: tests register before main and take no argument.
#include "tests/world.h"

#include <ftw.h>
#include <stdarg.h>
#include <unistd.h>

#include "accounts/accounts.h"
#include "base/log.h"
#include "gen/program.gen.h"
#include "main/audit.h"
#include "media/media.h"

static bool postgres;

bool world_is_sqlite(void)
{
    return !postgres;
}

// ---------------------------------------------------------------------------------------------- opening

void world_open(World *w)
{
    Arena *a = w->a;
    Settings s = { .data = str_of(w->folder), .demo = true, .connections = 4, .sign_ups_per_hour = 1000 };
    if (postgres) {
        s.db = arena_format(a, "%.*s&options=-csynchronous_commit%%3Doff", STR_ARG(world_database(w)));
    } else {
        s.db = world_database(w);
    }
    w->app = calloc(1, sizeof(App));
    must(w->app != NULL);
    w->app->no_tasks = true;
    atomic_store(&w->app->clock_fixed_ms, w->fixed);
    must(app_open(w->app, &s, true) == ERR_OK);
}

typedef struct Joining { World *w; const char *name; Person *out; bool is_operator; Arena arena; } Joining;

// Without the password hashing of a real sign-up, which is slow on purpose.
static Err join(Tx *tx, void *context)
{
    Joining *j = context;
    arena_reset(&j->arena);
    tx->a = &j->arena;
    App *app = j->w->app;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault };
    Str email = arena_format(tx->a, "%s@example.com", j->name);
    AccountNew in = { .email = email, .name = str_of(j->name), .handle = str_of(j->name) };
    Str proof = vault_token_hash(tx->a, email);
    AccountId id;
    SessionMade made;
    try(account_add(tx, &by, &in, email, proof, &id));
    if (j->is_operator) try(account_make_operator(tx, id));
    try(account_sign_in(tx, &by, proof, STR("test"), &made));
    *j->out = (Person){ .id = id.v, .token = arena_copy(j->w->a, made.token), .handle = str_of(j->name) };
    return ERR_OK;
}

static void add_person(World *w, const char *name, Person *out, bool is_operator)
{
    Joining j = { .w = w, .name = name, .out = out, .is_operator = is_operator };
    must(db_run(w->app->db, true, join, &j) == ERR_OK);
    arena_free(&j.arena);
}

World world_new(void)
{
    return world_new_at(0);
}

World world_new_at(Time fixed)
{
    World w = { .a = calloc(1, sizeof(Arena)), .fixed = fixed };
    must(w.a != NULL);
    // What is tested here is not the disk: in memory where there is such a place (tests/crash has the disk).
    const char *memory = getenv("ETALASE_TEST_MEMORY");
    if (!memory) memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    must(snprintf(w.folder, sizeof(w.folder), "%s/world-XXXXXX", memory) < (int)sizeof(w.folder));
    must(mkdtemp(w.folder) != NULL);
    world_database_make(&w);
    world_open(&w);
    add_person(&w, "ana", &w.ana, false);
    add_person(&w, "budi", &w.budi, false);
    add_person(&w, "sari", &w.sari, false);
    add_person(&w, "tono", &w.tono, false);
    add_person(&w, "oma", &w.oma, true);
    return w;
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *place)
{
    (void)s, (void)kind, (void)place;
    return remove(path);
}

static void close_app(World *w)
{
    app_close(w->app);
    free(w->app);
}

void world_free(World *w)
{
    close_app(w);
    world_database_drop(w);
    nftw(w->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(w->a);
    free(w->a);
}

// Time does not go back: the jumps so far hold for the new process, too.
void world_restart(World *w)
{
    i64 shift = atomic_load(&w->app->clock_shift_ms);
    close_app(w);
    world_open(w);
    atomic_store(&w->app->clock_shift_ms, shift);
}

// ---------------------------------------------------------------------------------------------- requests

Answer world_send(World *w, LocalRequest request)
{
    return local_call(w->app, w->a, &request);
}

static Answer call(World *w, Person who, const char *method, const char *path, const char *json)
{
    return world_send(w, (LocalRequest){ .method = method, .path = str_of(path), .token = who.token, .body = str_of(json) });
}

Answer world_get(World *w, Person who, const char *path)
{
    return call(w, who, "GET", path, NULL);
}

Answer world_post(World *w, Person who, const char *path, const char *json)
{
    return call(w, who, "POST", path, json);
}

Answer world_put(World *w, Person who, const char *path, const char *json)
{
    return call(w, who, "PUT", path, json);
}

Answer world_patch(World *w, Person who, const char *path, const char *json)
{
    return call(w, who, "PATCH", path, json);
}

Answer world_delete(World *w, Person who, const char *path)
{
    return call(w, who, "DELETE", path, NULL);
}

const char *world_path(World *w, const char *format, ...)
{
    char text[1000];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    must(n >= 0 && (size_t)n < sizeof(text));
    return arena_cstr(w->a, (Str){ text, (size_t)n });
}

Str answer_at(World *w, const Answer *x, const char *path)
{
    return json_at(w->a, x->body, path);
}

i64 answer_id(World *w, const Answer *x, const char *path)
{
    i64 id = 0;
    return str_to_i64(answer_at(w, x, path), &id) ? id : 0;
}

void world_refused(World *w, Answer x, int status, const char *slug, const char *field)
{
    check_int(x.status, status);
    check_str(answer_at(w, &x, "slug"), str_of(slug));
    if (field) check_str(answer_at(w, &x, "field"), str_of(field));
}

// ---------------------------------------------------------------------------------------------- a little trade

i64 world_shop(World *w, Person seller, const char *handle)
{
    Answer x = world_post(w, seller, "/v1/shops", world_path(w,
        "{\"name\":\"Toko %s\",\"handle\":\"%s\",\"currency\":\"IDR\",\"country\":\"ID\",\"city\":\"Jepara\","
        "\"shipping\":{\"minor\":1000000,\"currency\":\"IDR\"},\"dispatch_days\":2,\"delivery_min_days\":1,"
        "\"delivery_max_days\":4}", handle, handle));
    check_int(x.status, 201);
    return answer_id(w, &x, "id");
}

void world_staff(World *w, Person owner, i64 shop, Person who, const char *role)
{
    Answer x = world_post(w, owner, world_path(w, "/v1/shops/%lld/staff", (long long)shop),
                          world_path(w, "{\"handle\":\"%.*s\",\"role\":\"%s\"}", STR_ARG(who.handle), role));
    check_int(x.status, 201);
    i64 invitation = answer_id(w, &x, "invitation");
    if (!invitation) return;
    x = world_post(w, who, world_path(w, "/v1/me/invitations/%lld/accept", (long long)invitation), NULL);
    check_int(x.status, 200);
}

Goods world_product(World *w, Person seller, i64 shop, i64 price_minor, i64 stock)
{
    static _Atomic i64 numbers;
    Answer x = world_post(w, seller, world_path(w, "/v1/shops/%lld/products", (long long)shop), world_path(w,
        "{\"title\":\"Keranjang rotan\",\"options\":[],\"pictures\":[],\"variants\":[{\"sku\":\"KR-%lld\",\"options\":[],"
        "\"price\":{\"minor\":%lld,\"currency\":\"IDR\"},\"stock\":%lld}]}", (long long)atomic_fetch_add(&numbers, 1),
        (long long)price_minor, (long long)stock));
    check_int(x.status, 201);
    return (Goods){ answer_id(w, &x, "id"), answer_id(w, &x, "variants[0].id") };
}

i64 world_address(World *w, Person who)
{
    Answer x = world_post(w, who, "/v1/addresses",
                          "{\"name\":\"Ana Lestari\",\"phone\":\"+62 812 3456 789\",\"line1\":\"Jl. Mawar 3\","
                          "\"city\":\"Jepara\",\"postcode\":\"59411\",\"country\":\"ID\"}");
    check_int(x.status, 201);
    return answer_id(w, &x, "id");
}

Answer world_checkout(World *w, Person who, i64 variant, i64 n, const char *method)
{
    i64 address = world_address(w, who);
    return world_post(w, who, "/v1/checkouts", world_path(w,
        "{\"address\":\"%lld\",\"method\":\"%s\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":%lld}]}",
        (long long)address, method, (long long)variant, (long long)n));
}

void world_jump(World *w, i64 ms)
{
    atomic_fetch_add(&w->app->clock_shift_ms, ms);
}

i64 world_tasks(World *w)
{
    return tasks_run_due(w->app, TASK_KINDS);
}

static void count_violation(void *context, const char *rule, i64 id, const char *detail)
{
    fprintf(stderr, "  audit: %s %lld %s\n", rule, (long long)id, detail);
    (*(i64 *)context)++;
}

i64 world_audit(World *w)
{
    i64 n = 0;
    must(audit_run(w->app->db, count_violation, &n) == ERR_OK);
    return n;
}

// ---------------------------------------------------------------------------------------------- main

int main(int argc, char **argv)
{
    log_quiet(true);
    int failed = 0;
    if (!getenv("ETALASE_TEST_ONLY_PG")) {
        fputs("sqlite: ", stdout);
        failed |= test_main(argc, argv);
        world_databases_end();
    }
    if (getenv("ETALASE_TEST_NO_PG")) return failed;
    if (!getenv("ETALASE_TEST_PG")) {
        puts("ETALASE_TEST_PG is not set: 0 passed, 1 failed");
        return 1;
    }
    postgres = true;
    fputs("postgres: ", stdout);
    failed |= test_main(argc, argv);
    world_databases_end();
    return failed;
}
