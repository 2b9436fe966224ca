// Whole requests to challenges: starting, joining by tag and by hand, counting people, ending, removing; and who may not.
#include "challenges/challenges.h"
#include "clips/clips_kit.h"
#include "crowd/crowd.h"
#include "rank/rank.h"

static const Time MORNING = (Time)20500 * DAY_MS + 9 * HOUR_MS;

static const char *at(World *w, i64 id, const char *rest)
{
    return world_path(w, "/v1/challenges/%lld%s", (long long)id, rest);
}

static Answer start(World *w, Person who, i64 shop, const char *tag, const char *more)
{
    const char *of = shop ? world_path(w, "\"shop\":\"%lld\",", (long long)shop) : "";
    return world_post(w, who, "/v1/challenges",
                      world_path(w, "{%s\"tag\":\"%s\",\"title\":\"Kopi sore\",\"rules\":\"Satu cangkir.\",\"hours\":48%s}",
                                 of, tag, more));
}

static Answer enter(World *w, Person who, i64 challenge, i64 clip)
{
    return world_post(w, who, at(w, challenge, "/entries"), world_path(w, "{\"clip\":\"%lld\"}", (long long)clip));
}

static i64 made(World *w, Person who, i64 shop, const char *caption)
{
    i64 clip = kit_ready(w, who, shop, "");
    check_int(world_patch(w, who, world_path(w, "/v1/clips/%lld", (long long)clip),
                          world_path(w, "{\"caption\":\"%s\"}", caption)).status, 200);
    return clip;
}

typedef struct Watching { World *w; i64 clip, n, from, person; bool young; Arena arena; } Watching;

static Err watch_all(Tx *tx, void *context)
{
    Watching *x = context;
    Time now = app_now(x->w->app);
    arena_reset(&x->arena);
    tx->a = &x->arena;
    for (i64 i = 0; i < x->n; i++) {
        i64 who = x->person ? x->person : id_floor(x->young ? now : MORNING - 2 * DAY_MS) + x->from + i;
        By by = { .who = { .account = who }, .now = now, .ids = &x->w->app->ids, .vault = &x->w->app->vault, .origin = 1000 + i };
        try(crowd_note(tx, &by, &(CrowdNote){ .person = who, .is_account = true, .kind = RANK_WATCH, .clip = x->clip }));
    }
    return ERR_OK;
}

// n people watch a clip; accounts that are two days old, or were made now.
static void watch(World *w, Watching x)
{
    x.w = w;
    check_int(db_run(w->app->db, true, watch_all, &x), ERR_OK);
    arena_free(&x.arena);
}

static void pass(World *w, i64 ms)
{
    world_jump(w, ms);
    world_tasks(w);
}

static void count(World *w, i64 id, i64 a, i64 b, i64 old)
{
    Answer x = world_get(w, w->nobody, world_path(w, "/challenge/%lld", (long long)id));
    check_int(str_find(x.body, STR("Kopi sore \xc2\xb7 #kopi")) >= 0, 1);      // what others show of a link to it
    // Twelve people see one, five the other, again and again; whoever made it is nobody, nor is who works there.
    watch(w, (Watching){ .clip = a, .n = 5 });
    watch(w, (Watching){ .clip = b, .n = 12 });
    watch(w, (Watching){ .clip = a, .n = 1, .person = w->sari.id });
    world_jump(w, DAY_MS);
    watch(w, (Watching){ .clip = b, .n = 12 });
    pass(w, MINUTE_MS);
    x = world_get(w, w->nobody, at(w, id, ""));
    check_int(answer_id(w, &x, "items[0].clip.id"), b);
    check_int(answer_id(w, &x, "items[0].viewers"), 12);
    check_int(answer_id(w, &x, "items[1].clip.id"), a);
    check_int(answer_id(w, &x, "items[1].viewers"), 5);
    x = world_get(w, w->tono, at(w, id, ""));
    check_int(answer_id(w, &x, "own[1].place"), 3);
    // A farm of a thousand accounts that were made now: at most twice as many as there are others.
    watch(w, (Watching){ .clip = old, .n = 1000, .young = true });
    watch(w, (Watching){ .clip = a, .n = 1000, .young = true });
    pass(w, MINUTE_MS);
    x = world_get(w, w->nobody, at(w, id, ""));
    check_int(answer_id(w, &x, "items[0].viewers"), 5 + 2 * 5);
    check_int(answer_id(w, &x, "items[2].viewers"), 0);
    check_int(world_audit(w), 0);
}

static void end(World *w, i64 id, i64 b, i64 old, i64 other)
{
    // Over: the tag is free, nobody joins or counts any more, winners hear of it, nothing is known of who watched.
    pass(w, DAY_MS);
    watch(w, (Watching){ .clip = b, .n = 50, .from = 5000 });
    world_tasks(w);
    Answer x = world_get(w, w->nobody, at(w, id, ""));
    check_str(answer_at(w, &x, "challenge.state"), STR("ended"));
    check_str(answer_at(w, &x, "challenge.final"), STR("true"));
    check_int(answer_id(w, &x, "items[1].viewers"), 12);
    check_int(world_sql(w, "SELECT count(*) FROM crowd_viewer"), 0);
    check_int(world_sql(w, "SELECT count(*) FROM crowd_audience"), 0);
    x = world_get(w, w->tono, "/v1/me/inbox");
    check_str(answer_at(w, &x, "items[0].kind"), STR("challenge"));
    check_int(answer_id(w, &x, "items[0].challenge"), id);
    check_int(answer_id(w, &x, "items[0].place"), 2);
    check_int(world_patch(w, w->tono, world_path(w, "/v1/clips/%lld", (long long)b), "{\"hidden\":true}").status, 200);
    x = world_get(w, w->nobody, at(w, id, ""));
    check_int(answer_id(w, &x, "items[1].clip.id"), old);              // what is hidden keeps its place, and is not shown
    check_int(answer_id(w, &x, "items[1].place"), 3);
    check_int(enter(w, w->tono, id, old).status, 409);
    check_int(start(w, w->tono, other, "kopi", "").status, 201);
    check_int(world_audit(w), 0);
}

static void remove_one(World *w, i64 shop)
{
    // Reported and removed: seen by those whose it is, with the reason.
    Answer x = start(w, w->sari, shop, "jahat", "");
    i64 bad = answer_id(w, &x, "id");
    check_int(world_put(w, w->nobody, at(w, bad, "/report"), "{\"reason\":\"unsafe\"}").status, 401);
    check_int(world_put(w, w->ana, at(w, bad, "/report"), "{\"reason\":\"spam\"}").status, 204);
    check_int(world_put(w, w->budi, at(w, bad, "/report"), "{\"reason\":\"unsafe\"}").status, 204);
    check_int(world_put(w, w->budi, at(w, bad, "/report"), "{\"reason\":\"unsafe\"}").status, 204);
    check_int(world_get(w, w->sari, "/v1/operator/challenges").status, 403);
    x = world_get(w, w->oma, "/v1/operator/challenges");
    check_int(answer_id(w, &x, "items[0].challenge.id"), bad);
    check_int(answer_id(w, &x, "items[0].reports"), 2);
    const char *removal = world_path(w, "/v1/operator/challenges/%lld/removal", (long long)bad);
    check_int(world_post(w, w->sari, removal, "{\"reason\":\"x\"}").status, 403);
    check_int(world_post(w, w->oma, removal, "{\"reason\":\"Berbahaya\"}").status, 200);
    check_int(world_post(w, w->oma, removal, "{\"reason\":\"x\"}").status, 409);
    world_tasks(w);
    check_int(world_get(w, w->nobody, at(w, bad, "")).status, 404);
    x = world_get(w, w->sari, at(w, bad, ""));
    check_str(answer_at(w, &x, "challenge.reason"), STR("Berbahaya"));
    x = world_get(w, w->nobody, "/v1/challenges?tag=jahat");
    check_int(str_find(x.body, STR("\"items\":[]")) >= 0, 1);
}

// Twenty thousand people: every second is left out, and the others count twice.
static void thin_out(World *w, i64 id)
{
    world_sql(w, "INSERT INTO crowd_viewer (audience, who, origin, trusted) "
                 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
                 "SELECT (SELECT max(id) FROM crowd_audience), (1103515245 * CAST(i AS BIGINT) + 12345) % 4294967296, "
                 "0, 1 FROM n");
    world_sql(w, "UPDATE crowd_audience SET changed = 1");
    pass(w, MINUTE_MS);
    Answer x = world_get(w, w->nobody, at(w, id, ""));
    check_int(answer_id(w, &x, "items[0].viewers"), 20000);
    check_int(world_sql(w, "SELECT count(*) FROM crowd_viewer"), 5000);
}

static void start_many(World *w, i64 id, i64 shop, i64 other)
{
    // A few at once, for who may; and the erased are not shown.
    for (i64 i = 0; i < CHALLENGES_RUNNING_MAX; i++)
        check_int(start(w, w->tono, 0, world_path(w, "t%lld", (long long)i), "").status, 201);
    Answer x = start(w, w->tono, 0, "lagi", "");
    world_refused(w, x, 409, "too_many_items", NULL);
    x = world_get(w, w->nobody, "/v1/challenges?limit=2");
    check_str(answer_at(w, &x, "items[1].tag"), STR("t3"));
    check_int(answer_at(w, &x, "next").n > 0, 1);
    // A clip that is counted for five things already stays out, and nothing is miscounted.
    x = start(w, w->sari, shop, "malam", "");
    i64 sixth = answer_id(w, &x, "id");
    world_jump(w, SECOND_MS);
    i64 clip = made(w, w->tono, other, "Bulan #malam");
    x = world_get(w, w->nobody, "/v1/challenges?limit=6");
    for (i64 i = 1; i <= CROWD_AUDIENCES_MAX; i++)
        check_int(enter(w, w->tono, answer_id(w, &x, world_path(w, "items[%lld].id", (long long)i)), clip).status, 201);
    pass(w, MINUTE_MS);
    x = world_get(w, w->nobody, at(w, sixth, ""));
    check_int(answer_id(w, &x, "challenge.entries"), 0);
    check_int(world_audit(w), 0);
    world_sql(w, world_path(w, "DELETE FROM account_key WHERE account = %lld", (long long)w->tono.id));
    x = world_get(w, w->nobody, "/v1/challenges");
    check_int(answer_id(w, &x, "items[0].id"), sixth);                 // a shop's
    check_int(answer_id(w, &x, "items[1].id"), 0);
    check_int(world_get(w, w->nobody, at(w, id, "")).status, 404);
}

TEST(challenges_count_people_and_tell_the_winners)
{
    World w = world_new_at(MORNING);
    i64 shop = world_shop(&w, w.sari, "kopi"), other = world_shop(&w, w.tono, "teh"), old = made(&w, w.tono, other, "dulu");
    check_int(start(&w, w.nobody, shop, "Kopi", "").status, 401);
    check_int(start(&w, w.ana, shop, "Kopi", "").status, 403);
    Answer x = start(&w, w.ana, 0, "Kopi", "");
    world_refused(&w, x, 403, "forbidden", NULL);                       // has made nothing
    x = start(&w, w.sari, shop, "kopi sore", "");
    world_refused(&w, x, 422, "bad_field", "tag");
    Goods goods = world_product(&w, w.tono, other, 100000, 3);
    x = start(&w, w.sari, shop, "Kopi", world_path(&w, ",\"product\":\"%lld\"", (long long)goods.product));
    world_refused(&w, x, 422, "bad_field", "product");
    x = start(&w, w.sari, shop, "Kopi", "");
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "tag"), STR("kopi"));
    i64 id = answer_id(&w, &x, "id");
    x = start(&w, w.tono, other, "KOPI", "");
    world_refused(&w, x, 409, "wrong_state", "tag");

    // By the tag, and by hand; each once.
    world_jump(&w, SECOND_MS);
    i64 a = made(&w, w.sari, shop, "Pagi #kopi"), b = made(&w, w.tono, other, "Malam #Kopi");
    pass(&w, MINUTE_MS);
    x = world_get(&w, w.nobody, at(&w, id, ""));
    check_int(answer_id(&w, &x, "challenge.entries"), 2);
    x = enter(&w, w.tono, id, b);
    world_refused(&w, x, 409, "wrong_state", "clip");
    x = enter(&w, w.ana, id, old);
    world_refused(&w, x, 403, "forbidden", "clip");
    world_jump(&w, SECOND_MS);
    x = enter(&w, w.tono, id, old);
    check_int(x.status, 201);
    check_int(answer_id(&w, &x, "place"), 3);

    count(&w, id, a, b, old);
    end(&w, id, b, old, other);
    world_free(&w);
}

TEST(challenges_are_left_ended_and_removed)
{
    World w = world_new_at(MORNING);
    i64 shop = world_shop(&w, w.sari, "kopi"), other = world_shop(&w, w.tono, "teh");
    i64 a = made(&w, w.sari, shop, "a"), b = made(&w, w.tono, other, "b");
    // A creator's own: its words are sealed, and gone with the key.
    Answer x = start(&w, w.tono, 0, "teh", "");
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "starter.handle"), STR("tono"));
    i64 id = answer_id(&w, &x, "id");
    check_int(world_sql(&w, "SELECT count(*) FROM challenge WHERE title <> ''"), 0);
    check_int(enter(&w, w.sari, id, a).status, 201);
    check_int(enter(&w, w.tono, id, b).status, 201);
    const char *of_a = at(&w, id, world_path(&w, "/entries/%lld", (long long)a));
    check_int(world_delete(&w, w.ana, of_a).status, 403);
    check_int(world_delete(&w, w.sari, of_a).status, 204);
    check_int(world_delete(&w, w.sari, of_a).status, 404);
    check_int(enter(&w, w.sari, id, a).status, 201);                   // who left may come back
    check_int(world_delete(&w, w.tono, of_a).status, 204);
    x = enter(&w, w.sari, id, a);
    world_refused(&w, x, 409, "wrong_state", "clip");                   // who was taken out may not
    check_int(world_audit(&w), 0);

    thin_out(&w, id);
    check_int(world_post(&w, w.sari, at(&w, id, "/end"), NULL).status, 403);
    check_int(world_post(&w, w.tono, at(&w, id, "/withdrawal"), NULL).status, 200);
    check_int(world_post(&w, w.tono, at(&w, id, "/end"), NULL).status, 409);
    world_tasks(&w);
    x = world_get(&w, w.nobody, at(&w, id, ""));
    check_str(answer_at(&w, &x, "challenge.state"), STR("withdrawn"));
    check_int(answer_id(&w, &x, "items[0].clip.id"), b);               // what joined is kept
    check_int(world_sql(&w, "SELECT count(*) FROM notice"), 0);
    check_int(world_sql(&w, "SELECT count(*) FROM crowd_audience"), 0);

    remove_one(&w, shop);
    start_many(&w, id, shop, other);
    world_free(&w);
}

// Too late to be counted, which is nobody's fault and ends nothing but the challenge.
TEST(challenges_end_while_a_clip_waits_outside)
{
    World w = world_new_at(MORNING);
    i64 shop = world_shop(&w, w.sari, "kopi");
    Answer x = start(&w, w.sari, shop, "kopi", "");
    check_int(x.status, 201);
    i64 id = answer_id(&w, &x, "id");
    made(&w, w.sari, shop, "sore #kopi");
    world_jump(&w, 5 * SECOND_MS);
    check_int(world_post(&w, w.sari, at(&w, id, "/end"), NULL).status, 200);
    world_tasks(&w);
    x = world_get(&w, w.nobody, at(&w, id, ""));
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "items"), STR("[]"));
    check_int(world_sql(&w, "SELECT count(*) FROM crowd_audience"), 0);
    world_free(&w);
}
