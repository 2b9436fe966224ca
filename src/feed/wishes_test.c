// What a person has said about the feed, and that every page holds to it.
#include "clips/clips_kit.h"
#include "feed/inner.h"

static Answer page(World *w, Person who, const char *query)
{
    return world_get(w, who, world_path(w, "/v1/feed?%s", query));
}

// Walks through all pages; how many clips, and whether one of them is `wanted`.
static i64 walk(World *w, Person who, const char *query, i64 wanted, bool *found)
{
    Str next = { 0 };
    i64 n = 0;
    *found = false;
    for (i64 pages = 0; pages < 50; pages++) {
        Answer x = page(w, who, next.n ? world_path(w, "%s&after=%.*s", query, STR_ARG(next)) : query);
        check_int(x.status, 200);
        for (i64 i = 0; answer_at(w, &x, world_path(w, "items[%lld].id", (long long)i)).n; i++, n++)
            *found |= answer_id(w, &x, world_path(w, "items[%lld].id", (long long)i)) == wanted;
        next = answer_at(w, &x, "next");
        if (!next.n) return n;
    }
    check(false);
    return n;
}

static const char *quoted(World *w, i64 id)
{
    return world_path(w, "\"%lld\"", (long long)id);
}

TEST(wishes_are_kept_as_they_were_said)
{
    World w = world_new();
    Answer x = world_get(&w, w.nobody, "/v1/me/feed");
    check_str(x.body, STR("{\"dial\":\"open\",\"stop_minutes\":0,\"stop_clips\":0}"));
    x = world_put(&w, w.ana, "/v1/me/feed", "{\"dial\":\"some\",\"stop_minutes\":30,\"stop_clips\":0,\"quiet_from\":1320,"
                  "\"quiet_until\":360}");
    check_int(x.status, 200);
    x = world_put(&w, w.ana, "/v1/me/dial", "{\"dial\":\"none\"}");
    check_str(x.body, STR("{\"dial\":\"none\",\"stop_minutes\":30,\"stop_clips\":0,\"quiet_from\":1320,\"quiet_until\":360}"));
    check_str(world_get(&w, w.ana, "/v1/me/feed").body, x.body);
    x = world_put(&w, w.ana, "/v1/me/feed", "{\"dial\":\"some\",\"stop_minutes\":30,\"stop_clips\":0,\"quiet_from\":1320}");
    world_refused(&w, x, 422, "bad_field", "quiet_until");
    x = world_put(&w, w.ana, "/v1/me/feed", "{\"dial\":\"all\",\"stop_minutes\":30,\"stop_clips\":0}");
    world_refused(&w, x, 422, "bad_field", "dial");
    // A guest has wishes too: the answer brings its session.
    x = world_put(&w, w.nobody, "/v1/me/dial", "{\"dial\":\"none\"}");
    check_int(x.status, 200);
    world_free(&w);
}

TEST(wishes_dial_holds_in_every_mode)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), selling = 0;
    bool found;
    Goods goods = world_product(&w, w.sari, shop, 1000, 5);
    check_int(world_put(&w, w.ana, world_path(&w, "/v1/shops/%lld/follow", (long long)shop), NULL).status, 204);
    for (i64 i = 0; i < 30; i++) kit_ready(&w, w.sari, shop, i % 3 ? quoted(&w, goods.product) : "");
    static const struct { const char *dial; i64 least, most; } CASES[] = {
        { "none", 0, 0 }, { "little", 1, 2 }, { "some", 1, 4 }, { "open", 1, 10 }, { "mostly", 6, 10 } };
    for (i64 c = 0; c < COUNT(CASES); c++) {
        check_int(world_put(&w, w.ana, "/v1/me/dial", world_path(&w, "{\"dial\":\"%s\"}", CASES[c].dial)).status, 200);
        for (i64 mode = 0; mode < 2; mode++) {
            Answer x = page(&w, w.ana, mode ? "limit=10&mode=following" : "limit=10&mode=popular");
            check_str(answer_at(&w, &x, "mode"), mode ? STR("following") : STR("popular"));
            for (i64 i = selling = 0; i < 10; i++)
                selling += answer_at(&w, &x, world_path(&w, "items[%lld].products[0].id", (long long)i)).n > 0;
            check(answer_at(&w, &x, "items[9].id").n > 0);
            check(selling >= CASES[c].least && selling <= CASES[c].most);
        }
    }
    check_int(world_put(&w, w.ana, "/v1/me/dial", "{\"dial\":\"none\"}").status, 200);
    check_int(walk(&w, w.ana, "limit=10", 0, &found), 10);
    check_int(walk(&w, w.ana, "limit=10&mode=following", 0, &found), 10);
    check_int(walk(&w, w.budi, "limit=10", 0, &found), 30);
    world_free(&w);
}

// A clip with this caption that sells this.
static i64 clip_of(World *w, Person who, i64 shop, const char *caption, const char *products)
{
    i64 id = kit_ready(w, who, shop, products);
    Answer x = world_patch(w, who, world_path(w, "/v1/clips/%lld", (long long)id),
                           world_path(w, "{\"caption\":\"%s\"}", caption));
    check_int(x.status, 200);
    return id;
}

TEST(wishes_what_is_not_wanted_never_comes)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), other = world_shop(&w, w.tono, "lain");
    Goods goods = world_product(&w, w.sari, shop, 1000, 5);
    check_int(world_patch(&w, w.sari, world_path(&w, "/v1/products/%lld", (long long)goods.product),
                          "{\"version\":1,\"category\":\"Keranjang\"}").status, 200);
    i64 plain = clip_of(&w, w.sari, shop, "pagi", ""), tagged = clip_of(&w, w.sari, shop, "Pagi #Kopi", "");
    i64 sells = clip_of(&w, w.sari, shop, "beli", quoted(&w, goods.product)), far = clip_of(&w, w.tono, other, "jauh", "");
    bool found;
    check_int(walk(&w, w.ana, "limit=2", 0, &found), 4);

    Answer x = world_post(&w, w.ana, "/v1/feed/rules", world_path(&w, "{\"kind\":\"clip\",\"clip\":\"%lld\"}", (long long)plain));
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "name"), STR("pagi"));
    check_int(answer_id(&w, &x, "clip"), plain);
    check(walk(&w, w.ana, "limit=2", plain, &found) == 3 && !found);
    x = world_post(&w, w.ana, "/v1/feed/rules", "{\"kind\":\"topic\",\"name\":\"#KOPI\"}");
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "name"), STR("KOPI"));
    check(walk(&w, w.ana, "limit=2", tagged, &found) == 2 && !found);
    x = world_post(&w, w.ana, "/v1/feed/rules", world_path(&w, "{\"kind\":\"category\",\"clip\":\"%lld\"}", (long long)sells));
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "name"), STR("Keranjang"));
    check(walk(&w, w.ana, "limit=2", sells, &found) == 1 && !found);
    x = world_post(&w, w.ana, "/v1/feed/rules", world_path(&w, "{\"kind\":\"shop\",\"clip\":\"%lld\"}", (long long)far));
    check_str(answer_at(&w, &x, "name"), STR("Toko lain"));
    check_int(walk(&w, w.ana, "limit=2", 0, &found), 0);
    // Said twice it is there once; nobody else is meant; a creator is all that this person made.
    x = world_post(&w, w.ana, "/v1/feed/rules", world_path(&w, "{\"kind\":\"shop\",\"clip\":\"%lld\"}", (long long)far));
    check_int(x.status, 201);
    check_int(walk(&w, w.budi, "limit=2", 0, &found), 4);
    x = world_post(&w, w.budi, "/v1/feed/rules", world_path(&w, "{\"kind\":\"creator\",\"clip\":\"%lld\"}", (long long)plain));
    check_int(x.status, 201);
    check(walk(&w, w.budi, "limit=2", far, &found) == 1 && found);

    x = world_get(&w, w.ana, "/v1/feed/rules");
    check_str(answer_at(&w, &x, "items[0].kind"), STR("shop"));
    check_str(answer_at(&w, &x, "items[3].kind"), STR("clip"));
    check_str(answer_at(&w, &x, "items[4].kind"), STR(""));
    i64 id = answer_id(&w, &x, "items[3].id");
    check_int(world_delete(&w, w.budi, world_path(&w, "/v1/feed/rules/%lld", (long long)id)).status, 404);
    check_int(world_delete(&w, w.ana, world_path(&w, "/v1/feed/rules/%lld", (long long)id)).status, 204);
    check(walk(&w, w.ana, "limit=2", plain, &found) == 1 && found);
    world_free(&w);
}

TEST(wishes_that_mean_nothing_are_refused)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), clip = kit_ready(&w, w.sari, shop, ""), hidden = kit_clip(&w, w.sari, shop, "");
    static const struct { const char *body, *slug, *field; int status; } BAD[] = {
        { "{\"kind\":\"clip\"}", "bad_field", "clip", 422 }, { "{\"kind\":\"topic\"}", "bad_field", "clip", 422 },
        { "{\"kind\":\"topic\",\"name\":\"#\"}", "bad_field", "name", 422 },
        { "{\"kind\":\"clip\",\"clip\":\"77\"}", "not_found", "clip", 404 },
        { "{\"kind\":\"mood\",\"name\":\"x\"}", "bad_field", "kind", 422 } };
    for (i64 i = 0; i < COUNT(BAD); i++) {
        Answer x = world_post(&w, w.ana, "/v1/feed/rules", BAD[i].body);
        world_refused(&w, x, BAD[i].status, BAD[i].slug, BAD[i].field);
    }
    Answer x = world_post(&w, w.ana, "/v1/feed/rules",
                          world_path(&w, "{\"kind\":\"category\",\"clip\":\"%lld\"}", (long long)clip));
    world_refused(&w, x, 422, "bad_field", "clip");
    x = world_post(&w, w.ana, "/v1/feed/rules", world_path(&w, "{\"kind\":\"clip\",\"clip\":\"%lld\"}", (long long)hidden));
    world_refused(&w, x, 404, "not_found", "clip");
    world_free(&w);
}

enum { PEOPLE_CLIPS = 9 };

// Walks through Following: these clips of `made`, from the last to the first, each once, and every reason names who is followed.
static void check_following(World *w, i64 limit, const i64 *made, const int *wanted, i64 n, const char *const *names)
{
    Str next = { 0 };
    i64 had = 0;
    for (i64 pages = 0; pages <= n; pages++) {
        const char *more = next.n ? world_path(w, "&after=%.*s", STR_ARG(next)) : "";
        Answer x = page(w, w->ana, world_path(w, "mode=following&limit=%lld%s", (long long)limit, more));
        for (i64 i = 0; answer_at(w, &x, world_path(w, "items[%lld].id", (long long)i)).n; i++, had++) {
            check(had < n);
            check_int(answer_id(w, &x, world_path(w, "items[%lld].id", (long long)i)), made[wanted[had]]);
            const char *why = world_path(w, "whys[%lld].reasons[0]", (long long)i);
            check_str(answer_at(w, &x, world_path(w, "%s.kind", why)), STR("followed"));
            check_str(answer_at(w, &x, world_path(w, "%s.name", why)), str_of(names[wanted[had] % 3]));
        }
        next = answer_at(w, &x, "next");
        if (!next.n) break;
    }
    check(!next.n);
    check_int(had, n);
}

static void put(World *w, Person who, const char *path)
{
    check_int(world_put(w, who, path, NULL).status, 204);
}

// The engine's page: nothing of a person who is apart; and who is said to be followed is the one who is.
static void check_for_you(World *w, const char *name, i64 least, const i64 *never)
{
    Answer x = page(w, w->ana, "mode=for_you&limit=20");
    i64 said = 0;
    check(answer_at(w, &x, "items[0].id").n > 0);
    for (i64 i = 0; answer_at(w, &x, world_path(w, "items[%lld].id", (long long)i)).n; i++) {
        i64 id = answer_id(w, &x, world_path(w, "items[%lld].id", (long long)i));
        for (i64 k = 0; never && k < 3; k++) check(id != never[k * 3 + 1]);
        for (i64 k = 0; k < 3; k++) {
            const char *reason = world_path(w, "whys[%lld].reasons[%lld]", (long long)i, (long long)k);
            if (!str_eq(answer_at(w, &x, world_path(w, "%s.kind", reason)), STR("followed"))) continue;
            check_str(answer_at(w, &x, world_path(w, "%s.name", reason)), str_of(name));
            check_str(answer_at(w, &x, world_path(w, "items[%lld].author.handle", (long long)i)), str_of(name));
            said++;
        }
    }
    check(said >= least);
}

TEST(wishes_following_takes_in_people_and_keeps_blocks)
{
    World w = world_new();
    i64 a = world_shop(&w, w.sari, "rotan"), b = world_shop(&w, w.tono, "lain"), made[PEOPLE_CLIPS];
    world_staff(&w, w.sari, a, w.budi, "manager");
    for (i64 i = 0; i < PEOPLE_CLIPS; i++) {                       // of a shop, of who works there, of another shop
        made[i] = kit_ready(&w, i % 3 == 0 ? w.sari : i % 3 == 1 ? w.budi : w.tono, i % 3 == 2 ? b : a, "");
        world_jump(&w, MINUTE_MS);
    }
    Answer x = world_get(&w, w.nobody, world_path(&w, "/v1/shops/%lld", (long long)a));
    Str shop = answer_at(&w, &x, "name");
    const char *names[] = { arena_format(w.a, "%.*s", STR_ARG(shop)).p, "budi", "tono" };
    static const int HIS[] = { 7, 4, 1 }, THEIRS[] = { 7, 6, 4, 3, 1, 0 }, ALL[] = { 8, 7, 6, 5, 4, 3, 2, 1, 0 },
                     REST[] = { 8, 6, 5, 3, 2, 0 }, TONO[] = { 8, 5, 2 };
    put(&w, w.ana, "/v1/people/budi/follow");
    check_following(&w, 2, made, HIS, 3, names);
    put(&w, w.ana, world_path(&w, "/v1/shops/%lld/follow", (long long)a));
    check_following(&w, 4, made, THEIRS, 6, names);                // both count, and no clip comes twice
    put(&w, w.ana, "/v1/people/tono/follow");
    // Behind more people than are asked about at once, who have no clips.
    for (i64 i = 1; i <= 25; i++)
        world_sql(&w, world_path(&w, "INSERT INTO person_follow (id, follower, followed, at) VALUES (%lld, %lld, %lld, 1);"
                                     "SELECT 1", (long long)(INT64_MAX - i), (long long)w.ana.id, (long long)i));
    check_following(&w, 3, made, ALL, 9, names);
    check_following(&w, 20, made, ALL, 9, names);
    // Who blocks somebody, or is blocked, sees nothing of theirs, though it is of a shop that is followed.
    put(&w, w.ana, "/v1/people/budi/block");
    check_following(&w, 4, made, REST, 6, names);
    check_int(world_delete(&w, w.ana, "/v1/people/budi/block").status, 204);
    put(&w, w.budi, "/v1/people/ana/block");
    check_following(&w, 4, made, REST, 6, names);
    check_int(world_delete(&w, w.ana, world_path(&w, "/v1/shops/%lld/follow", (long long)a)).status, 204);
    check_following(&w, 20, made, TONO, 3, names);
    bool found;
    check_int(walk(&w, w.ana, "limit=4&mode=popular", made[1], &found), 6);
    check(!found);
    check_int(walk(&w, w.nobody, "limit=4", made[1], &found), 9);
    check(found);
    check_int(world_put(&w, w.ana, "/v1/me/profiling", "{\"on\":true}").status, 200);
    check_int(feed_follow(w.app->feed), ERR_OK);
    check_for_you(&w, "tono", 1, made);
    check_int(world_delete(&w, w.budi, "/v1/people/ana/block").status, 204);
    check_int(world_delete(&w, w.ana, "/v1/people/tono/follow").status, 204);
    check_for_you(&w, "", 0, NULL);                                // nobody is followed that has clips
    world_free(&w);
}

TEST(wishes_following_is_by_time_alone)
{
    World w = world_new();
    i64 a = world_shop(&w, w.sari, "rotan"), b = world_shop(&w, w.tono, "lain"), c = world_shop(&w, w.tono, "ketiga"), made[9];
    for (i64 i = 0; i < 9; i++) {
        made[i] = i % 3 == 0 ? kit_ready(&w, w.sari, a, "") : kit_ready(&w, w.tono, i % 3 == 1 ? b : c, "");
        world_jump(&w, MINUTE_MS);
    }
    Answer x = page(&w, w.ana, "mode=following");
    check_str(x.body, STR("{\"mode\":\"following\",\"items\":[],\"whys\":[]}"));
    check_int(world_put(&w, w.ana, world_path(&w, "/v1/shops/%lld/follow", (long long)a), NULL).status, 204);
    check_int(world_put(&w, w.ana, world_path(&w, "/v1/shops/%lld/follow", (long long)c), NULL).status, 204);
    // The oldest is what everyone likes; here it stays the oldest.
    check_int(world_put(&w, w.budi, world_path(&w, "/v1/clips/%lld/like", (long long)made[0]), NULL).status, 204);
    static const int ORDER[] = { 8, 6, 5, 3, 2, 0 };
    Str next = { 0 };
    for (i64 i = 0; i < 6; i += 2) {
        const char *more = next.n ? world_path(&w, "&after=%.*s", STR_ARG(next)) : "";
        x = page(&w, w.ana, world_path(&w, "mode=following&limit=2%s", more));
        check_int(answer_id(&w, &x, "items[0].id"), made[ORDER[i]]);
        check_int(answer_id(&w, &x, "items[1].id"), made[ORDER[i + 1]]);
        next = answer_at(&w, &x, "next");
    }
    x = page(&w, w.ana, "mode=following&after=12_3");
    world_refused(&w, x, 422, "bad_field", "after");
    world_free(&w);
}

TEST(wishes_names_are_one_however_they_are_written)
{
    Arena a = { 0 };
    check_int(feed_subject(&a, FEED_NAME_TOPIC, STR("Kopi")), feed_subject(&a, FEED_NAME_TOPIC, STR(" kOPI ")));
    check(feed_subject(&a, FEED_NAME_TOPIC, STR("kopi")) != feed_subject(&a, FEED_NAME_CATEGORY, STR("kopi")));
    check(feed_subject(&a, FEED_NAME_CATEGORY, STR("")) > 0);
    arena_free(&a);
}
