// Signing up and in, sessions, addresses, as whole requests.
#include <unistd.h>

#include "accounts/accounts.h"
#include "tests/world.h"

static const char *const SIGN_UP = "{\"email\":\"Rina@Example.com\",\"password\":\"melati di taman\",\"name\":\"Rina\","
                                   "\"handle\":\"rina\"}";
static const char *const SIGN_IN = "{\"email\":\"rina@example.com\",\"password\":\"melati di taman\"}";

static Person sign_in(World *w, const char *json)
{
    Answer x = world_post(w, w->nobody, "/v1/sessions", json);
    check_int(x.status, 201);
    return (Person){ .id = answer_id(w, &x, "account.id"), .token = answer_at(w, &x, "token") };
}

TEST(a_person_signs_up_and_in)
{
    World w = world_new();
    Answer x = world_post(&w, w.nobody, "/v1/accounts", SIGN_UP);
    check_int(x.status, 201);
    Person rina = sign_in(&w, SIGN_IN);
    check_int(rina.id, answer_id(&w, &x, "id"));
    x = world_get(&w, rina, "/v1/me");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "account.name"), STR("Rina"));
    check_str(answer_at(&w, &x, "account.email"), STR("rina@example.com"));
    check_str(answer_at(&w, &x, "account.handle"), STR("rina"));
    x = world_get(&w, w.nobody, "/v1/me");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "account"), STR(""));
    check_str(answer_at(&w, &x, "demo"), STR("true"));
    world_free(&w);
}

// Whether an e-mail has an account must not show: not in the answers, and not in what can be done afterwards.
TEST(a_known_email_looks_like_an_unknown_one)
{
    World w = world_new();
    Answer first = world_post(&w, w.nobody, "/v1/accounts", SIGN_UP);
    Answer again = world_post(&w, w.nobody, "/v1/accounts",
                              "{\"email\":\"rina@example.com\",\"password\":\"something else 7\",\"name\":\"Eve\"}");
    check_int(first.status, 201);
    check_int(again.status, 201);
    Person rina = sign_in(&w, SIGN_IN), eve = sign_in(&w, "{\"email\":\"rina@example.com\",\"password\":\"something else 7\"}");
    check(rina.id != eve.id);
    Answer wrong = world_post(&w, w.nobody, "/v1/sessions", "{\"email\":\"rina@example.com\",\"password\":\"wrong wrong 1\"}");
    Answer unknown = world_post(&w, w.nobody, "/v1/sessions", "{\"email\":\"none@example.com\",\"password\":\"wrong wrong 1\"}");
    check_int(wrong.status, 401);
    check_int(unknown.status, 401);
    check_str(answer_at(&w, &wrong, "type"), answer_at(&w, &unknown, "type"));
    check_str(answer_at(&w, &wrong, "detail"), answer_at(&w, &unknown, "detail"));
    world_free(&w);
}

TEST(bad_sign_ups_name_the_field)
{
    World w = world_new();
    static const struct { const char *json, *field; int status; } BAD[] = {
        { "{\"email\":\"x\",\"password\":\"melati di taman\",\"name\":\"R\"}", "email", 422 },
        { "{\"email\":\"x y@example.com\",\"password\":\"melati di taman\",\"name\":\"R\"}", "email", 422 },
        { "{\"email\":\"a@b.example\",\"password\":\"short\",\"name\":\"R\"}", "password", 422 },
        { "{\"email\":\"a@b.example\",\"password\":\"aaaaaaaaaaaa\",\"name\":\"R\"}", "password", 422 },
        { "{\"email\":\"a@b.example\",\"password\":\"password1234\",\"name\":\"R\"}", "password", 422 },
        { "{\"email\":\"a@b.example\",\"password\":\"melati di taman\",\"name\":\"\"}", "name", 422 },
        { "{\"email\":\"a@b.example\",\"password\":\"melati di taman\"}", "name", 422 },
        { "{\"email\":\"a@b.example\",\"password\":\"melati di taman\",\"name\":\"R\",\"handle\":\"A B\"}", "handle", 422 },
        { "{\"email\":\"a@b.example\",\"password\":\"melati di taman\",\"name\":\"R\",\"handle\":\"admin\"}", "handle", 422 },
        { "{\"email\":\"a@b.example\",\"password\":\"melati di taman\",\"name\":\"R\",\"handle\":\"ana\"}", "handle", 409 },
        { "{\"email\":\"a@b.example\",\"password\":\"melati di taman\",\"name\":\"R\",\"locale\":\"xx\"}", "locale", 422 },
        { "{\"email\":\"a@b.example\",\"password\":\"melati di taman\",\"name\":\"R\",\"extra\":1}", "extra", 422 },
    };
    for (i64 i = 0; i < COUNT(BAD); i++) {
        Answer x = world_post(&w, w.nobody, "/v1/accounts", BAD[i].json);
        check_int(x.status, BAD[i].status);
        check_str(answer_at(&w, &x, "field"), str_of(BAD[i].field));
    }
    world_free(&w);
}

TEST(guessing_is_slowed_down)
{
    World w = world_new();
    check_int(world_post(&w, w.nobody, "/v1/accounts", SIGN_UP).status, 201);
    int status = 0;
    for (int i = 0; i < 10; i++)
        status = world_post(&w, w.nobody, "/v1/sessions",
                            "{\"email\":\"rina@example.com\",\"password\":\"guess guess 1\"}").status;
    check_int(status, 401);
    check_int(world_post(&w, w.nobody, "/v1/sessions", SIGN_IN).status, 429);
    world_jump(&w, 16 * MINUTE_MS);
    check_int(world_post(&w, w.nobody, "/v1/sessions", SIGN_IN).status, 201);
    world_free(&w);
}

// Someone else's account under the same e-mail: what succeeds there gives back nothing of what was guessed here.
TEST(guesses_are_not_wiped_out_by_an_account_of_ones_own)
{
    World w = world_new();
    check_int(world_post(&w, w.nobody, "/v1/accounts", SIGN_UP).status, 201);
    static const char OWN[] = "{\"email\":\"rina@example.com\",\"password\":\"quite another 1\",\"name\":\"X\"}";
    static const char IN[] = "{\"email\":\"rina@example.com\",\"password\":\"quite another 1\"}";
    static const char GUESS[] = "{\"email\":\"rina@example.com\",\"password\":\"guess guess 1\"}";
    check_int(world_post(&w, w.nobody, "/v1/accounts", OWN).status, 201);
    int looked = 0;
    for (int i = 0; i < 20; i++) {
        looked += world_post(&w, w.nobody, "/v1/sessions", GUESS).status == 401;
        world_post(&w, w.nobody, "/v1/sessions", IN);
    }
    check_int(looked, 10);
    world_jump(&w, 16 * MINUTE_MS);
    // Nor is a change of one's own password, which another account of the e-mail may have already, a guess for nothing.
    Answer x = world_post(&w, w.nobody, "/v1/sessions", IN);
    Person own = { .token = answer_at(&w, &x, "token") };
    for (int i = looked = 0; i < 20; i++) {
        const char *change = world_path(&w, "{\"old\":\"quite another %d\",\"new\":\"quite another %d\"}", 1 + looked,
                                        2 + looked);
        looked += world_put(&w, own, "/v1/me/password", change).status == 204;
    }
    check_int(looked, 10);
    check_int(world_post(&w, w.nobody, "/v1/sessions", GUESS).status, 429);
    world_free(&w);
}

TEST(a_password_change_ends_the_other_sessions)
{
    World w = world_new();
    world_post(&w, w.nobody, "/v1/accounts", SIGN_UP);
    Person here = sign_in(&w, SIGN_IN), there = sign_in(&w, SIGN_IN);
    Answer x = world_get(&w, here, "/v1/sessions");
    check_str(answer_at(&w, &x, "items[1].current"), STR("true"));
    check_int(world_put(&w, here, "/v1/me/password", "{\"old\":\"not this one\",\"new\":\"kenanga di pagar\"}").status, 401);
    check_int(world_put(&w, here, "/v1/me/password", "{\"old\":\"melati di taman\",\"new\":\"1111111111\"}").status, 422);
    check_int(world_put(&w, here, "/v1/me/password", "{\"old\":\"melati di taman\",\"new\":\"kenanga di pagar\"}").status, 204);
    check_int(world_get(&w, here, "/v1/orders").status, 200);
    check_int(world_get(&w, there, "/v1/orders").status, 401);
    check_int(world_post(&w, w.nobody, "/v1/sessions", SIGN_IN).status, 401);
    sign_in(&w, "{\"email\":\"rina@example.com\",\"password\":\"kenanga di pagar\"}");
    world_free(&w);
}

TEST(sessions_end_when_told_and_when_old)
{
    World w = world_new();
    Answer x = world_get(&w, w.budi, "/v1/sessions");
    i64 budis = answer_id(&w, &x, "items[0].id");
    check_int(world_delete(&w, w.ana, world_path(&w, "/v1/sessions/%lld", (long long)budis)).status, 404);
    check_int(world_delete(&w, w.budi, world_path(&w, "/v1/sessions/%lld", (long long)budis)).status, 204);
    check_int(world_get(&w, w.budi, "/v1/sessions").status, 401);
    check_int(world_delete(&w, w.ana, "/v1/sessions/current").status, 204);
    check_int(world_get(&w, w.ana, "/v1/sessions").status, 401);
    world_jump(&w, (i64)SESSION_DAYS * DAY_MS + 1);
    check_int(world_get(&w, w.sari, "/v1/sessions").status, 401);
    world_free(&w);
}

static Answer with_cookie(World *w, const char *method, const char *path, const char *json, const char *token, NetHeader more)
{
    NetHeader headers[] = { { STR("Cookie"), arena_format(w->a, "a=b; etalase_session=%s", token) }, more };
    return world_send(w, (LocalRequest){ .method = method, .path = str_of(path), .body = str_of(json), .headers = headers,
                                         .n_headers = more.name.p ? 2 : 1 });
}

static Err sign_in_often(Tx *tx, void *context)
{
    World *w = context;
    Arena a = { 0 };
    tx->a = &a;
    By by = { .now = app_now(w->app), .ids = &w->app->ids, .vault = &w->app->vault };
    SessionMade made;
    Err e = ERR_OK;
    for (i64 i = 0; i < ACCOUNT_SESSIONS_MAX - 1 && e == ERR_OK; i++)
        e = account_sign_in(tx, &by, vault_token_hash(&a, STR("ana@example.com")), STR("test"), &made);
    arena_free(&a);
    return e;
}

TEST(sessions_of_an_account_are_limited)
{
    World w = world_new();
    // Ana is in use later than Budi is, who signs in no more.
    check_int(db_run(w.app->db, true, sign_in_often, &w), ERR_OK);
    world_jump(&w, HOUR_MS);
    check_int(world_get(&w, w.ana, "/v1/me").status, 200);
    // That it was used is noted behind the answer.
    for (int i = 0; i < 5000 && world_sql(&w, "SELECT count(*) FROM session WHERE seen > created") == 0; i++) usleep(1000);
    check_int(world_sql(&w, "SELECT count(*) FROM session"), ACCOUNT_SESSIONS_MAX + 4);
    check_int(db_run(w.app->db, true, sign_in_often, &w), ERR_OK);
    check_int(world_sql(&w, "SELECT count(*) FROM session"), ACCOUNT_SESSIONS_MAX + 4);
    // The one in use is still there, and the list shows each.
    Answer x = world_get(&w, w.ana, "/v1/sessions");
    check_int(x.status, 200);
    check(answer_at(&w, &x, "items[49].id").n > 0 && answer_at(&w, &x, "items[50].id").n == 0);
    check_int(world_get(&w, w.budi, "/v1/sessions").status, 200);
    // Until it has been used less lately than fifty others.
    world_jump(&w, HOUR_MS);
    check_int(db_run(w.app->db, true, sign_in_often, &w), ERR_OK);
    check_int(db_run(w.app->db, true, sign_in_often, &w), ERR_OK);
    check_int(world_get(&w, w.ana, "/v1/sessions").status, 401);
    world_free(&w);
}

TEST(guests_of_one_address_are_limited)
{
    World w = world_new();
    w.app->sign_ups_per_hour = 1;
    Answer first = world_put(&w, w.nobody, "/v1/me/profiling", "{\"on\":false}");
    check_int(first.status, 200);
    for (i64 i = 1; i < 10; i++)
        check_int(world_put(&w, w.nobody, "/v1/me/profiling", "{\"on\":false}").status, 200);
    Answer x = world_put(&w, w.nobody, "/v1/me/profiling", "{\"on\":false}");
    check_int(x.status, 429);
    check_str(answer_at(&w, &x, "slug"), STR("too_many"));
    check_str(answer_at(&w, &x, "detail"), STR("Too many tries. Wait 60 minutes."));
    check_int(local_header(&x, "Set-Cookie").n, 0);
    check_int(world_sql(&w, "SELECT count(*) FROM session WHERE account IS NULL"), 10);
    // Who is a guest already, or has an account, goes on.
    Str cookie = local_header(&first, "Set-Cookie");
    str_split(&cookie, '=');
    Person guest = { .token = str_split(&cookie, ';') };
    check_int(world_put(&w, guest, "/v1/me/profiling", "{\"on\":false}").status, 200);
    check_int(world_put(&w, w.ana, "/v1/me/profiling", "{\"on\":false}").status, 200);
    world_jump(&w, HOUR_MS + SECOND_MS);
    check_int(world_put(&w, w.nobody, "/v1/me/profiling", "{\"on\":false}").status, 200);
    world_free(&w);
}

TEST(a_cookie_alone_cannot_write)
{
    World w = world_new();
    const char *token = w.ana.token.p, *json = "{\"name\":\"Eve\"}";
    Answer me = with_cookie(&w, "GET", "/v1/me", NULL, token, (NetHeader){ 0 });
    check_str(answer_at(&w, &me, "account.handle"), STR("ana"));
    check_int(with_cookie(&w, "PATCH", "/v1/me", json, token, (NetHeader){ 0 }).status, 403);
    check_int(with_cookie(&w, "PATCH", "/v1/me", json, token, (NetHeader){ STR("X-CSRF-Token"), STR("x") }).status, 403);
    NetHeader proof = { STR("X-CSRF-Token"), answer_at(&w, &me, "csrf") };
    check_int(with_cookie(&w, "PATCH", "/v1/me", json, token, proof).status, 200);
    me = world_get(&w, w.budi, "/v1/me");
    NetHeader others = { STR("X-CSRF-Token"), answer_at(&w, &me, "csrf") };
    check_int(with_cookie(&w, "PATCH", "/v1/me", json, token, others).status, 403);
    NetHeader origin[] = { { STR("Cookie"), arena_format(w.a, "etalase_session=%s", token) }, proof,
                           { STR("Origin"), STR("https://evil.example") } };
    check_int(world_send(&w, (LocalRequest){ .method = "PATCH", .path = STR("/v1/me"), .body = str_of(json), .headers = origin,
                                             .n_headers = 3 }).status, 403);
    world_free(&w);
}

TEST(addresses_are_their_owners_alone)
{
    World w = world_new();
    i64 id = world_address(&w, w.ana);
    Answer x = world_get(&w, w.ana, "/v1/addresses");
    check_str(answer_at(&w, &x, "items[0].line1"), STR("Jl. Mawar 3"));
    check_str(answer_at(&w, &x, "items[0].is_default"), STR("true"));
    const char *path = world_path(&w, "/v1/addresses/%lld", (long long)id);
    const char *changed = "{\"name\":\"Ana\",\"phone\":\"+62 811 222 333\",\"line1\":\"<script>alert(1)</script>\","
                          "\"city\":\"Kudus\",\"country\":\"ID\"}";
    check_int(world_put(&w, w.budi, path, changed).status, 404);
    check_int(world_delete(&w, w.budi, path).status, 404);
    x = world_put(&w, w.ana, path, changed);
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "line1"), STR("<script>alert(1)</script>"));
    x = world_post(&w, w.ana, "/v1/addresses",
                   "{\"name\":\"A\",\"phone\":\"call me\",\"line1\":\"x\",\"city\":\"y\",\"country\":\"ID\"}");
    check_str(answer_at(&w, &x, "field"), STR("phone"));
    x = world_post(&w, w.ana, "/v1/addresses",
                   "{\"name\":\"A\",\"phone\":\"0812345678\",\"line1\":\"x\",\"city\":\"y\",\"country\":\"id\"}");
    check_str(answer_at(&w, &x, "field"), STR("country"));
    for (int i = 1; i < 20; i++) world_address(&w, w.ana);
    x = world_post(&w, w.ana, "/v1/addresses",
                   "{\"name\":\"A\",\"phone\":\"0812345678\",\"line1\":\"x\",\"city\":\"y\",\"country\":\"ID\"}");
    check_int(x.status, 409);
    check_int(world_delete(&w, w.ana, path).status, 204);
    world_free(&w);
}

// What lies in the database must not be readable without the keys.
TEST(personal_text_is_sealed)
{
    World w = world_new();
    world_address(&w, w.ana);
    // A first answer that is kept for its Idempotency-Key holds an address, too.
    NetHeader key[] = { { STR("Idempotency-Key"), STR("a-key-of-ana") } };
    LocalRequest request = { .method = "POST", .path = STR("/v1/addresses"), .token = w.ana.token, .headers = key, .n_headers = 1,
                             .body = STR("{\"name\":\"Ana Kedua\",\"phone\":\"+62 899 777 555\",\"line1\":\"Jl. Melati 44\","
                                         "\"city\":\"Kudus\",\"country\":\"ID\"}") };
    Answer first = world_send(&w, request), again = world_send(&w, request);
    check_int(first.status, 201);
    check_str(again.body, first.body);
    if (world_is_sqlite()) {
        check_int(db_backup(w.app->db, arena_format(w.a, "%s/copy.db", w.folder)), ERR_OK);
        FILE *f = fopen(arena_cstr(w.a, arena_format(w.a, "%s/copy.db", w.folder)), "rb");
        must(f != NULL);
        char *bytes = arena_alloc(w.a, 4 * 1024 * 1024);
        size_t n = fread(bytes, 1, 4 * 1024 * 1024, f);
        fclose(f);
        check(n > 10000);
        static const char *const SECRETS[] = { "Jl. Mawar 3", "812 3456 789", "ana@example.com", "Ana Lestari",
                                               "Jl. Melati 44", "899 777 555", "Ana Kedua", "a-key-of-ana" };
        for (i64 i = 0; i < COUNT(SECRETS); i++) check_int(str_find((Str){ bytes, n }, str_of(SECRETS[i])), -1);
    }
    world_free(&w);
}

TEST(every_arena_size_gives_an_answer_or_503)
{
    World w = world_new();
    int last = 0;
    i64 refused = 0;
    for (size_t limit = 64; limit < 256 * 1024 && last != 201; limit += 97) {
        Answer x = world_send(&w, (LocalRequest){ .method = "POST", .path = STR("/v1/addresses"), .token = w.ana.token,
            .arena_limit = limit,
            .body = STR("{\"name\":\"Ana\",\"phone\":\"0812345678\",\"line1\":\"x\",\"city\":\"y\",\"country\":\"ID\"}") });
        last = x.status;
        if (last == 503) refused++;
        else check_int(last, 201);
    }
    check_int(last, 201);
    check(refused > 10);
    Answer x = world_get(&w, w.ana, "/v1/addresses");
    check(answer_id(&w, &x, "items[0].id") != 0);
    check_int(answer_id(&w, &x, "items[1].id"), 0);        // nothing was left by the refused ones
    world_free(&w);
}
