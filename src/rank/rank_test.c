// The engine: that it learns, that what must hold holds, and that nonsense does nothing.
#include <math.h>

#include "base/test.h"
#include "rank/rank_kit.h"

static i64 about(const RankPick *pick, i64 n, i64 person)
{
    i64 out = 0;
    for (i64 i = 0; i < n; i++) out += kit_likes(person, pick[i].clip);
    return out;
}

TEST(engine_a_few_views_change_the_next_page)
{
    Rank *r = kit_rank(4000, 0);
    RankPick pick[RANK_PAGE_MAX];
    RankQuery q = kit_query(3, 1);
    q.limit = 20;
    i64 n = rank_page(r, &q, pick), before = about(pick, n, 3);
    check_int(n, 20);
    i64 seen = 0;
    for (i64 clip = 1; clip <= 4000 && seen < 4; clip++)
        if (kit_topic(clip) == 3) kit_view(r, 3, clip, 980, KIT_START + clip * 1000), seen++;
    n = rank_page(r, &q, pick);
    check_int(n, 20);
    check(before <= 6 && about(pick, n, 3) >= 12);
    i64 said = 0;
    for (i64 i = 0; i < n; i++) {
        check(pick[i].n_reasons >= 1);
        for (i64 k = 0; k < pick[i].n_reasons; k++) {
            const RankReason *y = &pick[i].reasons[k];
            check(y->part > 0 && y->part <= 1);
            if (y->kind == RANK_BECAUSE_TOPIC && kit_topic(pick[i].clip) == 3) said += y->subject == kit_topic_name(3);
        }
    }
    check(said >= 5);
    rank_free(r);
}

TEST(engine_people_get_what_they_like)
{
    Rank *r = kit_rank(4000, 0);
    kit_days(r, 60, 6, KIT_START, 5);
    i64 liked = 0, all = 0;
    for (i64 p = 1; p <= 60; p++) {
        RankPick pick[RANK_PAGE_MAX];
        RankQuery q = kit_query(p, (u64)p);
        i64 n = rank_page(r, &q, pick);
        liked += about(pick, n, p), all += n;
    }
    check_int(all, 600);
    check(liked > 420);                                         // two topics of twenty: 60 by chance
    RankTrait trait[8];
    i64 n = rank_profile(r, 5, trait, 8);
    bool found = false;
    for (i64 i = 0; i < n; i++)
        found |= trait[i].kind == RANK_TRAIT_TOPIC && trait[i].strength > 0.2f && (trait[i].subject == kit_topic_name(5) ||
                                                                                   trait[i].subject == kit_topic_name(6));
    check(found);
    rank_free(r);
}

// ---------------------------------------------------------------------------------------------- what must hold

static void hold(const RankQuery *q, const RankPick *pick, i64 n)
{
    i64 selling = 0;
    for (i64 i = 0; i < n; i++) {
        RankClip c = kit_clip(pick[i].clip);
        selling += c.category != 0;
        check(pick[i].selling == (c.category != 0));
        check(isfinite(pick[i].score));
        for (int k = 0; k < RANK_OUTCOMES; k++) check(pick[i].chance[k] >= 0 && pick[i].chance[k] <= 1);
        for (i64 j = 0; j < i; j++) check(pick[j].clip != pick[i].clip);
        for (i64 j = 0; j < q->n_seen; j++) check(q->seen[j] != pick[i].clip);
        for (i64 j = 0; j < q->rules.n_shops; j++) check(q->rules.shops[j] != c.shop);
        for (i64 j = 0; j < q->rules.n_creators; j++) check(q->rules.creators[j] != c.creator);
        for (i64 j = 0; j < q->rules.n_categories; j++) check(q->rules.categories[j] != c.category);
        for (i64 j = 0; j < q->rules.n_topics; j++) check(q->rules.topics[j] != c.topics[0] && q->rules.topics[j] != c.topics[1]);
        if (i == 0) continue;
        RankClip before = kit_clip(pick[i - 1].clip);
        check(c.shop != before.shop && c.creator != before.creator && (!c.sound || c.sound != before.sound));
    }
    static const i64 MOST[] = { 0, 2, 4, 10, 10 };
    check(selling * 10 <= q->limit * MOST[q->dial]);
    if (q->dial == DIAL_MOSTLY) check(selling * 10 >= n * 6);
}

TEST(engine_rules_and_dial_hold_on_every_page)
{
    Rank *r = kit_rank(3000, 50);
    kit_days(r, 20, 4, KIT_START, 9);
    Chance c = chance_new(4);
    for (i64 i = 0; i < 400; i++) {
        i64 shops[] = { 1000 + chance_below(&c, 20), 1021 + chance_below(&c, 10) }, creators[] = { 2000 + chance_below(&c, 60) };
        i64 categories[] = { 1 + chance_below(&c, 10) }, seen[200];
        u64 topics[] = { kit_topic_name(chance_below(&c, KIT_TOPICS)) };
        for (i64 k = 0; k < COUNT(seen); k++) seen[k] = 1 + chance_below(&c, 3000);
        RankQuery q = kit_query(1 + chance_below(&c, 30), (u64)i);
        q.limit = 1 + chance_below(&c, 30);
        q.dial = (RankDial)(i % 5);
        q.personal = i % 7 != 0;
        q.seen = seen, q.n_seen = COUNT(seen);
        q.rules = (RankRules){ .shops = shops, .n_shops = 2, .creators = creators, .n_creators = 1, .categories = categories,
                               .n_categories = 1, .topics = topics, .n_topics = 1 };
        RankPick pick[RANK_PAGE_MAX];
        i64 n = rank_page(r, &q, pick);
        check(n >= (q.dial == DIAL_LITTLE || q.dial == DIAL_SOME ? q.limit / 2 : q.limit * 9 / 10));
        hold(&q, pick, n);
    }
    rank_free(r);
}

TEST(engine_what_was_watched_does_not_come_again)
{
    Rank *r = kit_rank(3000, 0);
    bool seen[3001] = { false };
    for (i64 page = 0; page < 40; page++) {
        RankPick pick[RANK_PAGE_MAX];
        RankQuery q = kit_query(1, (u64)page);
        i64 n = rank_page(r, &q, pick);
        check_int(n, 10);
        for (i64 i = 0; i < n; i++) {
            check(!seen[pick[i].clip]);
            seen[pick[i].clip] = true;
            kit_view(r, 1, pick[i].clip, kit_likes(1, pick[i].clip) ? 950 : 50, KIT_START + page * HOUR_MS + i * MINUTE_MS);
        }
    }
    rank_free(r);
}

TEST(engine_without_a_profile_a_page_is_the_same_for_everybody)
{
    Rank *r = kit_rank(2000, 0);
    kit_days(r, 10, 5, KIT_START, 3);
    RankPick a[RANK_PAGE_MAX], b[RANK_PAGE_MAX];
    i64 seen[400], n_seen = 0;
    // Person 500 has a past; 999 has none, and leaves out the same clips.
    RankQuery q = kit_query(500, 8);
    for (i64 clip = 1; clip <= 2000; clip++)
        if (n_seen < COUNT(seen) && hash_mix((u64)clip) % 7 == 0) seen[n_seen++] = clip;
    for (i64 i = 0; i < n_seen; i++) kit_view(r, 500, seen[i], kit_topic(seen[i]) == 2 ? 1000 : 60, KIT_START + 9 * HOUR_MS);
    q.personal = false;
    q.limit = 30;
    i64 n = rank_page(r, &q, a);
    q.person = 999, q.seen = seen, q.n_seen = n_seen;
    check_int(rank_page(r, &q, b), n);
    check_int(n, 30);
    for (i64 i = 0; i < n; i++) {
        check_int(a[i].clip, b[i].clip);
        RankReasonKind why = a[i].reasons[0].kind;
        check(why == RANK_BECAUSE_POPULAR || why == RANK_BECAUSE_RISING || why == RANK_BECAUSE_FRESH || a[i].exploring);
    }
    rank_free(r);
}

// Two shops sell the like; what is bought of one comes back.
TEST(engine_returns_count_against)
{
    Rank *r = kit_rank(500, 0);
    i64 of[2] = { 0, 0 };
    for (i64 clip = 1; clip <= 500; clip++) {
        RankClip c = kit_clip(clip);
        if (c.category && !of[0]) of[0] = clip;
        else if (c.category && c.category == kit_clip(of[0]).category && c.shop != kit_clip(of[0]).shop && !of[1]) of[1] = clip;
    }
    must(of[0] && of[1]);
    for (i64 p = 1; p <= 150; p++)
        for (i64 hour = 0; hour < 8; hour++)                    // so that they are trusted
            for (i64 k = 0; k < 5; k++) kit_view(r, p, 1 + (p * 31 + hour * 5 + k) % 500, 500, KIT_START + hour * HOUR_MS);
    for (i64 p = 1; p <= 150; p++)
        for (i64 k = 0; k < 2; k++) {
            Time at = KIT_START + 9 * HOUR_MS + p * 1000;
            kit_view(r, p, of[k], 700, at);
            RankEventKind deed[] = { RANK_TAP, RANK_CART, RANK_BUY, k == 0 ? RANK_KEPT : RANK_RETURN };
            for (i64 i = 0; i < COUNT(deed); i++) {
                RankEvent e = { .person = p, .clip = of[k], .kind = deed[i], .value = 1, .at = at + (i == 3 ? DAY_MS : i) };
                check(rank_learn(r, &e));
            }
        }
    RankPick pick[RANK_PAGE_MAX];
    i64 others[499], n = 0;
    for (i64 clip = 1; clip <= 500; clip++)
        if (clip != of[0] && clip != of[1]) others[n++] = clip;
    RankQuery q = kit_query(7777, 1);
    q.seen = others, q.n_seen = n;
    check_int(rank_page(r, &q, pick), 2);
    check_int(pick[0].clip, of[0]);
    check(pick[0].chance[RANK_KEPT_ORDER] > 2 * pick[1].chance[RANK_KEPT_ORDER]);
    rank_free(r);
}

// ---------------------------------------------------------------------------------------------- forgetting

TEST(engine_forgets_a_part_and_all)
{
    Rank *r = kit_rank(4000, 0);
    for (i64 clip = 1, n = 0; clip <= 4000 && n < 20; clip++)
        if (kit_topic(clip) == 3 || kit_topic(clip) == 11) kit_view(r, 9, clip, 990, KIT_START + n++ * MINUTE_MS);
    RankEvent e = { .person = 9, .kind = RANK_FORGET, .value = RANK_TRAIT_TOPIC, .subject = kit_topic_name(3),
                    .at = KIT_START + HOUR_MS };
    check(rank_learn(r, &e));
    RankTrait trait[64];
    i64 n = rank_profile(r, 9, trait, 64);
    bool other = false;
    for (i64 i = 0; i < n; i++) {
        check(trait[i].kind != RANK_TRAIT_TOPIC || trait[i].subject != kit_topic_name(3));
        other |= trait[i].kind == RANK_TRAIT_TOPIC && trait[i].subject == kit_topic_name(11);
    }
    check(other);
    RankPick pick[RANK_PAGE_MAX];
    RankQuery q = kit_query(9, 2);
    q.limit = 20;
    i64 of_3 = 0, of_11 = 0;
    n = rank_page(r, &q, pick);
    for (i64 i = 0; i < n; i++) of_3 += kit_topic(pick[i].clip) == 3, of_11 += kit_topic(pick[i].clip) == 11;
    check(of_3 <= 4 && of_11 >= 8);
    e = (RankEvent){ .person = 9, .kind = RANK_RESET, .at = KIT_START + HOUR_MS };
    check(rank_learn(r, &e));
    check_int(rank_profile(r, 9, trait, 64), 0);
    rank_free(r);
}

// ---------------------------------------------------------------------------------------------- nonsense

TEST(engine_nonsense_changes_nothing)
{
    Rank *r = kit_rank(100, 10);
    kit_view(r, 1, 5, 900, KIT_START);
    u64 before = rank_digest(r);
    Time t = KIT_START;
    RankEvent bad[] = {
        { .person = 0, .clip = 1, .kind = RANK_LIKE, .at = t }, { .person = 1, .clip = 101, .kind = RANK_LIKE, .at = t },
        { .person = 1, .clip = 0, .kind = RANK_LIKE, .at = t }, { .person = 1, .clip = INT64_MIN, .kind = RANK_LIKE, .at = t },
        { .person = 1, .clip = 1, .kind = 0, .at = t }, { .person = 1, .clip = 1, .kind = (RankEventKind)99, .at = t },
        { .person = 1, .clip = 1, .kind = (RankEventKind)24, .at = t }, { .person = 1, .clip = 1, .kind = RANK_LIKE, .at = 0 },
        { .person = 1, .clip = 1, .kind = RANK_LIKE, .at = INT64_MAX }, { .person = 1, .clip = 1, .kind = RANK_LIKE,
                                                                          .at = INT64_MIN },
        { .person = 1, .clip = 1, .kind = RANK_WATCH, .value = -1, .at = t },
        { .person = 1, .clip = 1, .kind = RANK_WATCH, .value = INT64_MAX, .at = t },
        { .person = 1, .clip = 1, .kind = RANK_WATCH, .share = INT64_MIN, .at = t },
        { .person = 1, .clip = 1, .kind = RANK_WATCH, .share = 1000001, .at = t },
        { .person = 1, .clip = 1, .kind = RANK_REVIEW, .value = 6, .at = t }, { .person = 1, .clip = 1, .kind = RANK_REVIEW,
                                                                                .at = t },
        { .person = 1, .clip = 1, .kind = RANK_SHEET, .value = -5, .at = t },
        { .person = 1, .clip = 1, .kind = RANK_RESET, .at = t }, { .person = 1, .clip = 1, .kind = RANK_FORGET, .value = 1,
                                                                   .at = t },
        { .person = 1, .kind = RANK_FORGET, .value = 7, .at = t }, { .person = 1, .kind = RANK_FORGET, .value = 0, .at = t },
        { .person = 1, .clip = 1, .kind = RANK_LIKE, .at = kit_clip(1).created - 2 * DAY_MS },
    };
    for (i64 i = 0; i < COUNT(bad); i++) check(!rank_learn(r, &bad[i]));
    check(rank_digest(r) == before);
    RankPick pick[RANK_PAGE_MAX];
    RankQuery q = kit_query(1, 1);
    q.limit = 0;
    check_int(rank_page(r, &q, pick), 0);
    q.limit = RANK_PAGE_MAX + 1;
    check_int(rank_page(r, &q, pick), 0);
    rank_free(r);
}

TEST(engine_extremes_leave_every_number_finite)
{
    RankConfig config = rank_config();
    Rank *r = rank_new(&config);
    i64 edge[] = { INT64_MIN, -1, 1, INT64_MAX, INT64_MAX - 1 };
    for (i64 i = 0; i < COUNT(edge); i++) {
        RankClip c = { .id = edge[i], .shop = edge[4 - i], .creator = edge[i], .sound = edge[i], .category = edge[i],
                       .n_words = 1000,
                       .n_topics = 1000, .price_minor = edge[i], .duration_ms = edge[i], .region = 65535, .language = 65535,
                       .created = KIT_START };
        check(rank_clip_put(r, &c));
    }
    Chance c = chance_new(2);
    i64 taken = 0;
    for (i64 i = 0; i < 50000; i++) {
        RankEvent e = { .person = edge[chance_below(&c, 5)], .clip = edge[chance_below(&c, 5)],
                        .kind = (RankEventKind)(1 + chance_below(&c, 22)), .value = chance_below(&c, 5), .share = 1000000,
                        .at = chance_below(&c, 3) ? KIT_START + i : INT64_C(4102444799999) };
        taken += rank_learn(r, &e);
    }
    check(taken > 30000);
    RankQuery q = { .person = 77, .now = INT64_C(4102444799999), .limit = 5, .dial = DIAL_OPEN, .personal = true };
    RankPick pick[RANK_PAGE_MAX];
    i64 n = rank_page(r, &q, pick);
    check(n > 0);
    for (i64 i = 0; i < n; i++) {
        check(isfinite(pick[i].score));
        for (int k = 0; k < RANK_OUTCOMES; k++) check(isfinite(pick[i].chance[k]));
    }
    rank_free(r);
}

TEST(engine_stays_within_its_limits)
{
    RankConfig config = rank_config();
    config.people_max = 50, config.clips_max = 200, config.features_max = 100;
    Rank *r = rank_new(&config);
    i64 taken = 0;
    for (i64 i = 1; i <= 400; i++) {
        RankClip c = kit_clip(i);
        taken += rank_clip_put(r, &c);
    }
    check_int(taken, 200);                                      // all of one day: none may go
    for (i64 i = 401; i <= 500; i++) {
        RankClip c = kit_clip(i);
        c.created += (Time)90 * DAY_MS;
        check(rank_clip_put(r, &c));                            // the old ones give way
    }
    for (i64 p = 1; p <= 500; p++)
        for (i64 k = 0; k < 10; k++) kit_view(r, p, 401 + (p * 7 + k) % 100, 700, KIT_START + (Time)91 * DAY_MS + p * HOUR_MS);
    RankMemory m = rank_memory(r);
    check_int(m.clips, 200);
    check_int(m.people, 50);
    check(m.features <= 100 && m.bytes > 0);
    rank_free(r);
}
