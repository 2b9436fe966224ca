// What apps tell, and what is kept of it.
#include "clips/clips_kit.h"
#include "events/events.h"
#include "feed/feed.h"

typedef struct Stage { World w; i64 shop, clip, other; } Stage;

static Stage stage_new(void)
{
    Stage s = { .w = world_new() };
    s.shop = world_shop(&s.w, s.w.sari, "rotan");
    s.clip = kit_ready(&s.w, s.w.sari, s.shop, "");
    s.other = kit_ready(&s.w, s.w.sari, s.shop, "");
    return s;
}

static void consent(Stage *s, Person who, bool on)
{
    check_int(world_put(&s->w, who, "/v1/me/profiling", on ? "{\"on\":true}" : "{\"on\":false}").status, 200);
}

// One event, `ago_ms` before the batch is sent; more: further fields with a comma before each.
static const char *event(Stage *s, const char *id, const char *kind, i64 clip, i64 ago_ms, const char *more)
{
    char at[TIME_ISO_SIZE];
    time_to_iso_text(app_now(s->w.app) - ago_ms, at);
    return world_path(&s->w, "{\"id\":\"%s\",\"kind\":\"%s\",\"clip\":\"%lld\",\"at\":\"%s\"%s}", id, kind, (long long)clip, at,
                      more);
}

static Answer send(Stage *s, Person who, const char *events)
{
    char at[TIME_ISO_SIZE];
    time_to_iso_text(app_now(s->w.app), at);
    return world_post(&s->w, who, "/v1/events", world_path(&s->w, "{\"sent_at\":\"%s\",\"events\":[%s]}", at, events));
}

static i64 rows(Stage *s, const char *where)
{
    return world_sql(&s->w, world_path(&s->w, "SELECT count(*) FROM event WHERE kind < 64 AND %s", where));
}

static void taken(Stage *s, const Answer *x, const char *n, const char *repeated)
{
    check_int(x->status, 200);
    check_str(answer_at(&s->w, x, "taken"), str_of(n));
    check_str(answer_at(&s->w, x, "repeated"), str_of(repeated));
}

TEST(consent_is_no_until_it_is_given)
{
    Stage s = stage_new();
    Answer x = world_get(&s.w, s.w.ana, "/v1/me/profiling");
    check_str(x.body, STR("{\"on\":false}"));
    check_str(world_get(&s.w, s.w.nobody, "/v1/me/profiling").body, STR("{\"on\":false}"));
    consent(&s, s.w.ana, true);
    x = world_get(&s.w, s.w.ana, "/v1/me/profiling");
    check_str(answer_at(&s.w, &x, "on"), STR("true"));
    check(answer_at(&s.w, &x, "decided").n > 0);
    consent(&s, s.w.budi, false);
    x = world_get(&s.w, s.w.budi, "/v1/me/profiling");
    check_str(answer_at(&s.w, &x, "on"), STR("false"));
    check(answer_at(&s.w, &x, "decided").n > 0);
    world_free(&s.w);
}

TEST(events_without_consent_name_nobody)
{
    Stage s = stage_new();
    Answer x = send(&s, s.w.ana, world_path(&s.w, "%s,%s,%s,%s", event(&s, "a-000001", "impression", s.clip, 9000, ""),
                                            event(&s, "a-000002", "watch", s.clip, 1000, ",\"value\":8000,\"share\":648"),
                                            event(&s, "a-000003", "tap", s.clip, 500, ""),
                                            event(&s, "a-000004", "report", s.other, 500, "")));
    taken(&s, &x, "3", "0");
    check_str(answer_at(&s.w, &x, "refused[0].index"), STR("2"));
    check_str(answer_at(&s.w, &x, "refused[0].why"), STR("no_consent"));
    check_int(rows(&s, "person = 0"), 3);
    check_int(rows(&s, "person <> 0"), 0);
    x = send(&s, s.w.ana, world_path(&s.w, "%s,%s", event(&s, "a-000005", "tap", s.clip, 1, ""),
                                     event(&s, "a-000006", "skip", s.clip, 1, "")));
    world_refused(&s.w, x, 403, "no_consent", NULL);
    // A like counts for the clip, and for nothing else.
    check_int(world_put(&s.w, s.w.ana, world_path(&s.w, "/v1/clips/%lld/like", (long long)s.clip), NULL).status, 204);
    check_int(rows(&s, "1 = 1"), 3);
    // Nobody at all.
    x = send(&s, s.w.nobody, event(&s, "n-000001", "impression", s.clip, 0, ""));
    taken(&s, &x, "1", "0");
    world_free(&s.w);
}

TEST(events_count_once)
{
    Stage s = stage_new();
    consent(&s, s.w.ana, true);
    consent(&s, s.w.budi, true);
    const char *two = world_path(&s.w, "%s,%s", event(&s, "a-000001", "impression", s.clip, 9000, ""),
                                 event(&s, "a-000002", "watch", s.clip, 1000, ",\"value\":8000,\"share\":648"));
    Answer x = send(&s, s.w.ana, two);
    taken(&s, &x, "2", "0");
    x = send(&s, s.w.ana, world_path(&s.w, "%s,%s", two, event(&s, "a-000003", "tap", s.clip, 1, "")));
    taken(&s, &x, "1", "2");
    // Twice in one batch; and another person's same name is another event.
    x = send(&s, s.w.ana, world_path(&s.w, "%s,%s", event(&s, "a-000004", "tap", s.clip, 1, ""),
                                     event(&s, "a-000004", "tap", s.clip, 1, "")));
    taken(&s, &x, "1", "1");
    x = send(&s, s.w.budi, two);
    taken(&s, &x, "2", "0");
    check_int(rows(&s, world_path(&s.w, "person = %lld", (long long)s.w.ana.id)), 4);
    // The app tells of the like that the server has noted.
    check_int(world_put(&s.w, s.w.ana, world_path(&s.w, "/v1/clips/%lld/like", (long long)s.clip), NULL).status, 204);
    x = send(&s, s.w.ana, event(&s, "a-000005", "like", s.clip, 100, ""));
    taken(&s, &x, "0", "1");
    check_int(rows(&s, "kind = 5"), 1);
    check_int(world_audit(&s.w), 0);
    world_free(&s.w);
}

TEST(events_that_cannot_be_are_refused_one_by_one)
{
    Stage s = stage_new();
    consent(&s, s.w.ana, true);
    i64 hidden = kit_clip(&s.w, s.w.sari, s.shop, "");
    const char *list[] = {
        event(&s, "a-000001", "watch", s.clip, 1000, ",\"value\":8000,\"share\":648"),
        event(&s, "a-000002", "watch", s.clip, -2 * MINUTE_MS, ",\"value\":8000"),         // after it was sent
        event(&s, "a-000003", "watch", s.clip, 8 * DAY_MS, ",\"value\":8000"),             // too long ago
        event(&s, "a-000004", "watch", 77, 1000, ",\"value\":8000"),                       // no such clip
        event(&s, "a-000005", "watch", hidden, 1000, ",\"value\":8000"),                   // nobody sees that one
        event(&s, "a-000006", "watch", s.clip, 1000, ",\"value\":999999999999"),           // longer than a day is
        event(&s, "a-000007", "like", s.clip, 1000, ",\"value\":3"),                       // a like has no length
        event(&s, "a-000008", "watch", s.clip, 1000, ",\"value\":1,\"share\":100001"),
        "{\"id\":\"a-000009\",\"kind\":\"tap\",\"clip\":\"1\",\"at\":\"1970-01-01T00:00:00Z\"}",
        "{\"id\":\"a-000010\",\"kind\":\"tap\",\"clip\":\"1\",\"at\":\"9998-12-31T23:59:59Z\"}",
        event(&s, "a-000011", "tap", s.clip, 0, ""),
    };
    Buf b = buf_new(s.w.a, 8000);
    for (i64 i = 0; i < COUNT(list); i++) {
        if (i) buf_add_char(&b, ',');
        buf_add(&b, str_of(list[i]));
    }
    char at[TIME_ISO_SIZE];
    time_to_iso_text(app_now(s.w.app), at);
    Answer x = world_send(&s.w, (LocalRequest){ .method = "POST", .path = STR("/v1/events"), .token = s.w.ana.token,
        .body = arena_format(s.w.a, "{\"sent_at\":\"%s\",\"events\":[%.*s]}", at, STR_ARG(buf_str(&b))) });
    taken(&s, &x, "2", "0");
    static const char *const WHY[] = { "bad_time", "bad_time", "unknown_clip", "unknown_clip", "bad_value", "bad_value",
                                       "bad_value", "bad_time", "bad_time" };
    for (i64 i = 0; i < COUNT(WHY); i++) {
        check_str(answer_at(&s.w, &x, world_path(&s.w, "refused[%lld].why", (long long)i)), str_of(WHY[i]));
        check_int(answer_id(&s.w, &x, world_path(&s.w, "refused[%lld].index", (long long)i)), i + 1);
    }
    // What does not fit the form at all is refused as a whole: what the server notes itself, too many, none.
    x = send(&s, s.w.ana, event(&s, "a-000012", "buy", s.clip, 0, ""));
    world_refused(&s.w, x, 422, "bad_field", "events[0].kind");
    x = send(&s, s.w.ana, "");
    world_refused(&s.w, x, 422, "bad_field", "events");
    check_int(rows(&s, "1 = 1"), 2);
    world_free(&s.w);
}

TEST(events_of_a_wrong_clock_are_put_right)
{
    Stage s = stage_new();
    consent(&s, s.w.ana, true);
    Answer x = world_post(&s.w, s.w.ana, "/v1/events", world_path(&s.w,
        "{\"sent_at\":\"1999-01-01T00:00:10Z\",\"events\":[{\"id\":\"a-000001\",\"kind\":\"tap\",\"clip\":\"%lld\","
        "\"at\":\"1999-01-01T00:00:00Z\"}]}", (long long)s.clip));
    taken(&s, &x, "1", "0");
    i64 at = world_sql(&s.w, "SELECT at FROM event WHERE kind = 13");
    i64 now = app_now(s.w.app);
    check(at <= now - 10 * SECOND_MS && at > now - 60 * SECOND_MS);
    world_free(&s.w);
}

TEST(events_of_a_flood_are_bounded)
{
    World w = world_new_at(INT64_C(1767225600000));
    Stage s = { .w = w };
    s.shop = world_shop(&s.w, s.w.sari, "rotan");
    s.clip = kit_ready(&s.w, s.w.sari, s.shop, "");
    i64 refused = 0;
    for (i64 i = 0; i < FEED_BATCHES_PERSON + 5; i++) {
        Answer x = send(&s, s.w.ana, event(&s, world_path(&s.w, "a-%06lld", (long long)i), "impression", s.clip, 0, ""));
        refused += x.status == 429;
    }
    check_int(refused, 5);
    check_int(rows(&s, "1 = 1"), FEED_BATCHES_PERSON);
    // Without a session there is the address.
    for (i64 i = refused = 0; i < FEED_BATCHES_ADDRESS; i++) {
        Answer x = send(&s, s.w.nobody, event(&s, world_path(&s.w, "n-%06lld", (long long)i), "impression", s.clip, 0, ""));
        refused += x.status == 429;
    }
    check_int(refused, FEED_BATCHES_PERSON);
    world_jump(&s.w, 2 * MINUTE_MS);
    Answer x = send(&s, s.w.ana, event(&s, "a-later1", "impression", s.clip, 0, ""));
    check_int(x.status, 200);
    world_free(&s.w);
}

typedef struct Follow { i64 placed, last; EventAfterRowList rows; Arena arena; } Follow;

static Err follow(Tx *tx, void *context)
{
    Follow *f = context;
    arena_reset(&f->arena);
    tx->a = &f->arena;
    try(events_place(tx, &f->placed));
    try(events_last(tx, &f->last));
    return events_after(tx, 0, EVENTS_PAGE_MAX, &f->rows);
}

TEST(events_get_dense_places_in_the_order_of_commits)
{
    Stage s = stage_new();
    consent(&s, s.w.ana, true);
    Follow f = { 0 };
    check_int(db_run(s.w.app->db, true, follow, &f), ERR_OK);
    check_int(f.placed, 3);                                        // a shop was opened, two clips have become ready
    check_int(f.rows.p[0].kind, EVENT_SHOP_CHANGED);
    check_int(f.rows.p[1].kind, EVENT_CLIP_CHANGED);
    check_int(f.rows.p[2].clip, s.other);
    Answer x = send(&s, s.w.ana, world_path(&s.w, "%s,%s", event(&s, "a-000001", "impression", s.clip, 9000, ""),
                                            event(&s, "a-000002", "tap", s.clip, 100, "")));
    taken(&s, &x, "2", "0");
    check_int(db_run(s.w.app->db, true, follow, &f), ERR_OK);
    check_int(f.placed, 2);
    check_int(f.last, 5);
    check_int(f.rows.n, 5);
    for (i64 i = 0; i < 5; i++) check_int(f.rows.p[i].seq, i + 1);
    check_int(f.rows.p[4].kind, RANK_TAP);
    check_int(f.rows.p[4].person, s.w.ana.id);
    check_int(db_run(s.w.app->db, true, follow, &f), ERR_OK);
    check_int(f.placed, 0);
    world_sql(&s.w, "DELETE FROM event WHERE seq > 3");            // who had read them has not read too far
    check_int(db_run(s.w.app->db, true, follow, &f), ERR_OK);
    check_int(f.last, 5);
    check_int(f.rows.n, 3);
    arena_free(&f.arena);
    world_free(&s.w);
}

TEST(events_go_when_consent_does_and_when_they_are_old)
{
    Stage s = stage_new();
    consent(&s, s.w.ana, true);
    consent(&s, s.w.budi, true);
    Answer x = send(&s, s.w.ana, event(&s, "a-000001", "tap", s.clip, 0, ""));
    taken(&s, &x, "1", "0");
    x = send(&s, s.w.budi, event(&s, "b-000001", "tap", s.clip, 0, ""));
    taken(&s, &x, "1", "0");
    consent(&s, s.w.ana, false);
    const char *of_ana = world_path(&s.w, "person = %lld", (long long)s.w.ana.id);
    check_int(rows(&s, of_ana), 1);                                // the word to forget, and nothing else
    check_int(rows(&s, world_path(&s.w, "%s AND kind = %d", of_ana, RANK_RESET)), 1);
    check_int(rows(&s, world_path(&s.w, "person = %lld", (long long)s.w.budi.id)), 1);
    x = send(&s, s.w.ana, event(&s, "a-000002", "tap", s.clip, 0, ""));
    world_refused(&s.w, x, 403, "no_consent", NULL);
    world_jump(&s.w, (i64)394 * DAY_MS);
    world_tasks(&s.w);
    check_int(rows(&s, "1 = 1"), 2);
    world_jump(&s.w, (i64)2 * DAY_MS);
    world_tasks(&s.w);
    check_int(rows(&s, "1 = 1"), 0);
    world_free(&s.w);
}
