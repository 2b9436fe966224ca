// The feed that learns: from events to pages and back, through restarts and broken snapshots.
#include <fcntl.h>
#include <unistd.h>

#include "clips/clips_kit.h"
#include "feed/inner.h"

enum { N = 40 };                               // clips; every second one about coffee, the others about cloth

typedef struct Town { World w; i64 shops[4], clips[N]; i64 told; } Town;

static void follow(Town *t)
{
    check_int(feed_follow(t->w.app->feed), ERR_OK);
}

static Town town_new(void)
{
    Town t = { .w = world_new() };
    World *w = &t.w;
    for (i64 i = 0; i < 4; i++) t.shops[i] = world_shop(w, i % 2 ? w->sari : w->tono, world_path(w, "toko%lld", (long long)i));
    for (i64 i = 0; i < N; i++) {
        // Every shop shows both.
        Person owner = i / 2 % 2 ? w->sari : w->tono;
        t.clips[i] = kit_ready(w, owner, t.shops[i / 2 % 4], "");
        const char *caption = i % 2 ? "{\"caption\":\"pagi #kopi\"}" : "{\"caption\":\"kain #batik\"}";
        check_int(world_patch(w, owner, world_path(w, "/v1/clips/%lld", (long long)t.clips[i]), caption).status, 200);
    }
    follow(&t);
    return t;
}

static void consent(Town *t, Person who)
{
    check_int(world_put(&t->w, who, "/v1/me/profiling", "{\"on\":true}").status, 200);
}

// The person sees these clips: all of coffee to the end and with a like, the others not at all; or the other way round.
static void watch(Town *t, Person who, i64 from, i64 to, bool coffee)
{
    World *w = &t->w;
    char at[TIME_ISO_SIZE];
    time_to_iso_text(app_now(w->app), at);
    Buf b = buf_new(w->a, 60000);
    for (i64 i = from; i < to; i++) {
        bool good = (i % 2 == 1) == coffee;
        static const char *const GOOD[] = { "impression", "watch", "like" }, *const BAD[] = { "impression", "skip" };
        for (i64 k = 0; k < (good ? 3 : 2); k++) {
            const char *kind = good ? GOOD[k] : BAD[k];
            buf_format(&b, "%s{\"id\":\"told-%06lld\",\"kind\":\"%s\",\"clip\":\"%lld\",\"at\":\"%s\"%s}", b.n ? "," : "",
                       (long long)t->told++, kind, (long long)t->clips[i], at,
                       good && k == 1 ? ",\"value\":12000,\"share\":1000" : "");
        }
    }
    Answer x = world_send(w, (LocalRequest){ .method = "POST", .path = STR("/v1/events"), .token = who.token,
        .body = arena_format(w->a, "{\"sent_at\":\"%s\",\"events\":[%.*s]}", at, STR_ARG(buf_str(&b))) });
    check_int(x.status, 200);
    check_str(answer_at(w, &x, "refused"), STR("[]"));
    follow(t);
}

static i64 item(Town *t, const Answer *x, i64 i)
{
    return answer_id(&t->w, x, world_path(&t->w, "items[%lld].id", (long long)i));
}

// How many of a page are about coffee.
static i64 coffee_of(Town *t, Person who)
{
    Answer x = world_get(&t->w, who, "/v1/feed?limit=10");
    check_str(answer_at(&t->w, &x, "mode"), STR("for_you"));
    i64 n = 0;
    for (i64 i = 0; i < 10; i++)
        for (i64 k = 1; k < N; k += 2) n += t->clips[k] == item(t, &x, i);
    return n;
}

TEST(for_you_takes_consent_and_differs_by_person)
{
    Town t = town_new();
    World *w = &t.w;
    Answer x = world_get(w, w->ana, "/v1/feed");
    check_str(answer_at(w, &x, "mode"), STR("popular"));
    x = world_get(w, w->ana, "/v1/feed?mode=for_you");
    world_refused(w, x, 403, "no_consent", NULL);
    x = world_get(w, w->nobody, "/v1/feed?mode=for_you");
    world_refused(w, x, 403, "no_consent", NULL);
    consent(&t, w->ana);
    consent(&t, w->budi);
    watch(&t, w->ana, 0, 16, true);
    watch(&t, w->budi, 0, 16, false);
    i64 ana = coffee_of(&t, w->ana), budi = coffee_of(&t, w->budi);
    check(ana > budi + 2);
    // A few swipes later it is another feed.
    watch(&t, w->budi, 16, 28, true);
    check(coffee_of(&t, w->budi) > budi);
    world_free(w);
}

TEST(for_you_pages_never_repeat)
{
    Town t = town_new();
    World *w = &t.w;
    consent(&t, w->ana);
    i64 counts[N] = { 0 }, n = 0;
    Str next = { 0 };
    for (i64 pages = 0; pages < 20; pages++) {
        Answer x = world_get(w, w->ana, world_path(w, "/v1/feed?limit=7%s%.*s", next.n ? "&after=" : "", STR_ARG(next)));
        check_int(x.status, 200);
        i64 on_page = 0;
        for (i64 id; (id = item(&t, &x, on_page)); on_page++)
            for (i64 k = 0; k < N; k++) counts[k] += t.clips[k] == id;
        n += on_page;
        next = answer_at(w, &x, "next");
        if (on_page == 0 || !next.n) break;
    }
    for (i64 k = 0; k < N; k++) check(counts[k] <= 1);
    check(n >= N / 2);                                             // how many it thinks are worth showing is its own
    static const char *const BAD[] = { "y1", "yAAAAAAAAAAA", "y_____________________________", "x", "1_", "y~~~~~~~~~~~" };
    for (i64 i = 0; i < COUNT(BAD); i++) {
        Answer x = world_get(w, w->ana, world_path(w, "/v1/feed?mode=for_you&after=%s", BAD[i]));
        world_refused(w, x, 422, "bad_field", "after");
    }
    world_free(w);
}

TEST(for_you_shows_what_is_popular_to_who_has_seen_all)
{
    Town t = town_new();
    World *w = &t.w;
    consent(&t, w->ana);
    watch(&t, w->ana, 0, N, true);
    Answer x = world_get(w, w->ana, "/v1/feed?limit=10");
    check_int(x.status, 200);
    check_str(answer_at(w, &x, "mode"), STR("for_you"));
    for (i64 i = 0; i < 10; i++) check(item(&t, &x, i) != 0);
    check_str(answer_at(w, &x, "whys[9].reasons[0].kind"), STR("popular"));
    Str next = answer_at(w, &x, "next");
    check(next.n > 0);
    Answer more = world_get(w, w->ana, world_path(w, "/v1/feed?limit=10&after=%.*s", STR_ARG(next)));
    check_int(more.status, 200);
    check(item(&t, &more, 0) != 0 && item(&t, &more, 0) != item(&t, &x, 0));
    world_free(w);
}

TEST(for_you_holds_to_what_was_said)
{
    Town t = town_new();
    World *w = &t.w;
    consent(&t, w->ana);
    watch(&t, w->ana, 0, 8, true);
    Answer x = world_post(w, w->ana, "/v1/feed/rules", "{\"kind\":\"topic\",\"name\":\"kopi\"}");
    check_int(x.status, 201);
    check_int(coffee_of(&t, w->ana), 0);
    // A clip that sells, and a person who wants none of that.
    Goods goods = world_product(w, w->tono, t.shops[0], 1000, 5);
    i64 selling = kit_ready(w, w->tono, t.shops[0], world_path(w, "\"%lld\"", (long long)goods.product));
    follow(&t);
    check_int(world_put(w, w->ana, "/v1/me/dial", "{\"dial\":\"none\"}").status, 200);
    for (i64 page = 0; page < 5; page++) {
        x = world_get(w, w->ana, "/v1/feed?limit=20");
        for (i64 i = 0; i < 20; i++) check(item(&t, &x, i) != selling);
    }
    // What is hidden is gone from the engine as well.
    check_int(world_patch(w, w->tono, world_path(w, "/v1/clips/%lld", (long long)t.clips[36]), "{\"hidden\":true}").status, 200);
    follow(&t);
    x = world_get(w, w->ana, "/v1/feed?limit=20");
    for (i64 i = 0; i < 20; i++) check(item(&t, &x, i) != t.clips[36]);
    world_free(w);
}

TEST(for_you_says_why)
{
    Town t = town_new();
    World *w = &t.w;
    consent(&t, w->ana);
    watch(&t, w->ana, 0, 20, true);
    Answer x = world_get(w, w->ana, "/v1/feed?limit=10");
    i64 reasons = 0;
    for (i64 i = 0; i < 10 && item(&t, &x, i); i++) {
        check_int(answer_id(w, &x, world_path(w, "whys[%lld].clip", (long long)i)), item(&t, &x, i));
        const char *path = world_path(w, "/v1/clips/%lld/why", (long long)item(&t, &x, i));
        Answer why = world_get(w, w->ana, path);
        check_int(why.status, 200);
        check_str(answer_at(w, &why, "reasons"), answer_at(w, &x, world_path(w, "whys[%lld].reasons", (long long)i)));
        reasons += answer_at(w, &why, "reasons[0].kind").n > 0;
        check_int(world_get(w, w->budi, path).status, 404);
    }
    check(reasons > 0);
    x = world_get(w, w->budi, "/v1/feed?limit=1");
    check_str(answer_at(w, &x, "whys[0].reasons[0].kind"), STR("popular"));
    world_free(w);
}

TEST(profile_can_be_seen_changed_taken_along_and_forgotten)
{
    Town t = town_new();
    World *w = &t.w;
    check_str(world_get(w, w->ana, "/v1/me/profile").body, STR("{\"consent\":false,\"traits\":[]}"));
    consent(&t, w->ana);
    watch(&t, w->ana, 0, 20, true);
    Answer x = world_get(w, w->ana, "/v1/me/profile");
    Str trait = { 0 };
    for (i64 i = 0; answer_at(w, &x, world_path(w, "traits[%lld].kind", (long long)i)).n; i++)
        if (str_eq(answer_at(w, &x, world_path(w, "traits[%lld].name", (long long)i)), STR("kopi")))
            trait = answer_at(w, &x, world_path(w, "traits[%lld].trait", (long long)i));
    check(trait.n > 0);
    x = world_get(w, w->ana, "/v1/me/profile/export");
    check_str(answer_at(w, &x, "profiling.on"), STR("true"));
    check_str(answer_at(w, &x, "events[0].kind"), STR("like"));
    check(answer_at(w, &x, "traits[0].kind").n > 0);
    check_int(world_delete(w, w->ana, world_path(w, "/v1/me/profile/%.*s", STR_ARG(trait))).status, 204);
    follow(&t);
    x = world_get(w, w->ana, "/v1/me/profile");
    check(str_find(x.body, trait) < 0);
    check_int(world_delete(w, w->ana, "/v1/me/profile/9-1").status, 404);
    check_int(world_delete(w, w->ana, "/v1/me/profile/1-99999999999999999999999").status, 404);
    check_int(world_post(w, w->ana, "/v1/me/profile/reset", NULL).status, 204);
    follow(&t);
    check_str(world_get(w, w->ana, "/v1/me/profile").body, STR("{\"consent\":true,\"traits\":[]}"));
    x = world_get(w, w->ana, "/v1/me/profile/export");
    check_str(answer_at(w, &x, "events[0].kind"), STR("reset"));
    check_str(answer_at(w, &x, "events[1].kind"), STR(""));
    world_free(w);
}

// Cuts the snapshot after `keep` bytes, or turns one byte of it around.
static void spoil(Town *t, i64 keep, bool flip)
{
    int fd = open(world_path(&t->w, "%s/rank.snapshot", t->w.folder), O_RDWR | O_CLOEXEC);
    check(fd >= 0);
    char byte = 0;
    if (flip) {
        check(pread(fd, &byte, 1, keep) == 1);
        byte = (char)~byte;
        check(pwrite(fd, &byte, 1, keep) == 1);
    } else {
        check(ftruncate(fd, keep) == 0);
    }
    close(fd);
}

static Str learned(Town *t)
{
    Answer x = world_get(&t->w, t->w.nobody, "/v1/ranking");
    check_str(answer_at(&t->w, &x, "weights[9].outcome"), STR("unwanted"));
    return answer_at(&t->w, &x, "learned");
}

TEST(for_you_survives_restarts_and_broken_snapshots)
{
    Town t = town_new();
    World *w = &t.w;
    consent(&t, w->ana);
    watch(&t, w->ana, 0, 12, true);
    Str profile = world_get(w, w->ana, "/v1/me/profile").body, at = learned(&t);
    world_restart(w);
    check_str(learned(&t), at);                                    // from the snapshot, before anything was followed
    check_str(world_get(w, w->ana, "/v1/me/profile").body, profile);
    watch(&t, w->ana, 12, 20, true);                               // ... and the rest from the log
    profile = world_get(w, w->ana, "/v1/me/profile").body;
    at = learned(&t);
    for (i64 i = 0; i < 3; i++) {
        world_restart(w);
        check_str(learned(&t), at);
        check_str(world_get(w, w->ana, "/v1/me/profile").body, profile);
        atomic_store(&w->app->clock_shift_ms, atomic_load(&w->app->clock_shift_ms));
        // Closing writes no snapshot when nothing is new: what is spoilt now is what the next start finds.
        spoil(&t, i == 0 ? 100 : i == 1 ? 7 : 0, i == 0);
        world_restart(w);
        check_str(learned(&t), STR("0"));
        follow(&t);
        check_str(learned(&t), at);
        check_str(world_get(w, w->ana, "/v1/me/profile").body, profile);
    }
    world_free(w);
}

static i64 fitted(Town *t)
{
    Answer x = world_get(&t->w, t->w.nobody, "/v1/ranking");
    return answer_id(&t->w, &x, "fitted");
}

// Long enough for the engine's tables to be made and used: three who like the same, hour after hour.
static void days(Town *t, i64 rounds)
{
    Person who[] = { t->w.ana, t->w.budi, t->w.sari };
    for (i64 i = 0; i < rounds; i++) {
        world_jump(&t->w, HOUR_MS);
        for (i64 k = 0; k < COUNT(who); k++) {
            watch(t, who[k], 0, N / 2, true);
            watch(t, who[k], N / 2, N, true);
        }
    }
}

TEST(for_you_fits_tables_beside_pages_and_keeps_them_over_restarts)
{
    Town t = town_new();
    World *w = &t.w;
    consent(&t, w->ana), consent(&t, w->budi), consent(&t, w->sari);
    days(&t, 7);                                                   // 2,100 events: they are being made
    check_int(fitted(&t), 0);
    Str at = learned(&t);
    world_restart(w);                                              // ... and are made again of what was set aside
    check_str(learned(&t), at);
    days(&t, 1);
    check_int(fitted(&t), N / 2);
    world_restart(w);
    check_int(fitted(&t), N / 2);
    world_free(w);
}
