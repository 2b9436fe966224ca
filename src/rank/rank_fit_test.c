// What the engine fits on whole histories: that pages use it, that it can be taken up after a restart, and whom it believes.
#include "base/test.h"
#include "rank/rank_kit.h"

enum { PAIRS = 60, COMMON = 6, PEOPLE = 240, ROUNDS = 40 };

// Clips without a word in common: what goes with what can only be seen in what people do. Clip i and clip i + PAIRS go together;
// the last COMMON are liked by everybody, and come between the two.
static Rank *silent_market(void)
{
    RankConfig config = rank_config();
    config.guaranteed_impressions = 0;
    Rank *r = rank_new(&config);
    for (i64 i = 1; i <= 2 * PAIRS + COMMON; i++) {
        RankClip c = { .id = i, .creator = i, .duration_ms = 20000, .created = KIT_START - DAY_MS };
        must(rank_clip_put(r, &c));
    }
    return r;
}

static void learn(Rank *r, const RankEvent *e, bool fit)
{
    must(rank_learn(r, e));
    if (fit) rank_fit(r);
}

static void view(Rank *r, i64 person, i64 clip, bool likes, Time at, bool fit)
{
    RankEvent e = { .person = person, .clip = clip, .kind = RANK_IMPRESSION, .at = at };
    learn(r, &e, fit);
    e.kind = likes ? RANK_WATCH : RANK_SKIP, e.share = likes ? 1000 : 50, e.value = e.share * 20, e.at += 20000;
    learn(r, &e, fit);
    e.kind = RANK_LIKE;
    if (likes) learn(r, &e, fit);
}

// Everybody meets a few clips by chance; after each that they like some that all like, and then its partner.
static void silent_days(Rank *r, bool fit, u64 seed)
{
    Chance c = chance_new(seed);
    for (i64 round = 0; round < ROUNDS; round++)
        for (i64 p = 1; p <= PEOPLE; p++) {
            i64 clip = 1 + chance_below(&c, PAIRS);
            Time at = KIT_START + round * 3 * HOUR_MS + p * MINUTE_MS / 10;
            bool likes = hash_pair((u64)p, (u64)clip) % 4 == 0;
            view(r, p, clip, likes, at, fit);
            for (i64 k = 1; likes && k <= 2; k++)
                view(r, p, 2 * PAIRS + 1 + chance_below(&c, COMMON), true, at + k * MINUTE_MS, fit);
            view(r, p, clip + PAIRS, likes, at + 3 * MINUTE_MS, fit);
        }
}

// Of people who have just liked one clip: how many find its partner among the first five, and how often a reason names the clip.
static i64 partners(const Rank *r, i64 *named)
{
    i64 found = 0;
    *named = 0;
    for (i64 p = 1; p <= PAIRS; p++) {
        RankPick pick[RANK_PAGE_MAX];
        RankQuery q = { .person = 5000 + p, .seed = (u64)p, .now = KIT_START + 10 * DAY_MS, .limit = 5, .dial = DIAL_OPEN,
                        .personal = true };
        i64 n = rank_page(r, &q, pick);
        for (i64 i = 0; i < n; i++) {
            if (pick[i].clip != p + PAIRS) continue;
            found++;
            for (i64 k = 0; k < pick[i].n_reasons; k++)
                *named += pick[i].reasons[k].kind == RANK_BECAUSE_NEXT && pick[i].reasons[k].subject == (u64)p;
        }
    }
    return found;
}

static void newcomers(Rank *r, bool fit)
{
    for (i64 p = 1; p <= PAIRS; p++) view(r, 5000 + p, p, true, KIT_START + 9 * DAY_MS + p * MINUTE_MS, fit);
}

TEST(fit_what_goes_together_is_found_where_no_word_tells)
{
    i64 named, without_named;
    Rank *r = silent_market(), *without = silent_market();
    silent_days(r, true, 1), silent_days(without, false, 1);
    newcomers(r, true), newcomers(without, false);
    check(rank_memory(r).fitted == 2 * PAIRS + COMMON && rank_memory(without).fitted == 0);
    i64 found = partners(r, &named), before = partners(without, &without_named);
    if (found < PAIRS * 8 / 10 || before > PAIRS / 2)
        printf("%lld of %d partners found, %lld without\n", (long long)found, PAIRS, (long long)before);
    check(found >= PAIRS * 8 / 10);
    check(before <= PAIRS / 2);
    check(named >= found / 2);
    rank_free(r), rank_free(without);
}

// ---------------------------------------------------------------------------------------------- when

static Rank *restarted(Rank *r)
{
    KitBytes b = { 0 };
    i64 at;
    RankConfig config = rank_config();
    config.guaranteed_impressions = 20;
    must(rank_snapshot(r, 1, kit_keep, &b));
    rank_free(r);
    r = rank_restore(&config, b.p, b.n, &at);
    must(r != NULL);
    free(b.p);
    return r;
}

// Tables are made at once in one engine; in the other late, out of what was told, after a restart in between.
TEST(fit_same_bits_whenever_the_work_is_done_and_over_a_restart)
{
    enum { EVENTS = 30000 };
    Rank *a = kit_rank(1000, 20), *b = kit_rank(1000, 20);
    Chance c = chance_new(3);
    i64 begun = 0, taken = 0, left;
    for (i64 i = 0; i < EVENTS; i++) {
        RankEvent e = kit_event(&c, 100, 1000, i);
        must(rank_learn(a, &e));
        rank_fit(a);
        must(rank_learn(b, &e));
        RankFitStep step = rank_fit_step(b, &left);
        check(step == RANK_FIT_NOTHING ? left > 0 : left == 0);
        if (step == RANK_FIT_BEGIN) {
            rank_fit_begin(b, rank_fit_tell(b));
            check(rank_fit_waits(b) && rank_fit_step(b, &left) == RANK_FIT_NOTHING);
            b = restarted(b), begun++;
        } else if (step == RANK_FIT_TAKE) {
            rank_fit_drop(rank_fit_take(b, rank_fit_make(b))), taken++;
            if (taken % 2) b = restarted(b);
        }
    }
    check(begun >= 3 && taken >= 3 && rank_memory(a).fitted > 100);
    check(rank_digest(a) == rank_digest(b));
    rank_free(a), rank_free(b);
}

TEST(fit_nothing_to_tell_is_no_error)
{
    Rank *r = kit_rank(20, 0);
    rank_fit_begin(r, rank_fit_tell(r));
    check(rank_fit_waits(r));
    rank_fit_drop(rank_fit_take(r, rank_fit_make(r)));
    check(!rank_fit_waits(r) && rank_memory(r).fitted == 0);
    kit_view(r, 1, 1, 1000, KIT_START);
    RankPick pick[RANK_PAGE_MAX];
    RankQuery q = kit_query(1, 1);
    check(rank_page(r, &q, pick) > 0);
    rank_fit_drop(NULL);
    rank_free(r);
}

// ---------------------------------------------------------------------------------------------- whom it believes

enum { FROM = 7, TO = 2 * PAIRS, OTHER = 9 };

// What share of TO somebody is expected to watch who has just liked FROM, over that of somebody who has liked OTHER.
static float drawn_to(const Rank *r)
{
    float chance[2][RANK_OUTCOMES];
    i64 clip[1] = { TO };
    for (i64 i = 0; i < 2; i++) {
        RankQuery q = { .person = 5001 + i, .now = KIT_START + 10 * DAY_MS, .limit = 5, .dial = DIAL_OPEN, .personal = true };
        rank_expect(r, &q, clip, 1, &chance[i]);
    }
    return chance[0][RANK_WATCHED] - chance[1][RANK_WATCHED];
}

static float drawn_by(Rank *r, RankTold *told)
{
    rank_fit_begin(r, told);
    rank_fit_drop(rank_fit_take(r, rank_fit_make(r)));
    return drawn_to(r);
}

// By how much more with tables of what `n` people from `first` on like, FROM and a while later TO, than with those from before.
static float linked_by(i64 first, i64 n)
{
    Rank *r = silent_market();
    silent_days(r, true, 2);
    RankTold *told = rank_fit_tell(r);
    for (i64 i = 0; i < n; i++) {
        Time at = KIT_START + 8 * DAY_MS + i * MINUTE_MS;
        view(r, first + i, FROM, true, at, false);
        for (i64 k = 1; k <= 2; k++) view(r, first + i, 2 * PAIRS + k, true, at + k * SECOND_MS, false);
        view(r, first + i, TO, true, at + 3 * SECOND_MS, false);
    }
    view(r, 5001, FROM, true, KIT_START + 9 * DAY_MS, false);
    view(r, 5002, OTHER, true, KIT_START + 9 * DAY_MS, false);
    float before = drawn_by(r, told), after = drawn_by(r, rank_fit_tell(r));
    rank_free(r);
    return after - before;
}

// Fresh accounts tell nothing, however many they are; people who have been here for long do.
TEST(fit_a_farm_of_accounts_links_no_clips)
{
    float by_people = linked_by(1, PEOPLE / 3), by_bots = linked_by(100000, 1000);
    if (by_people < 0.1f || by_bots != 0) printf("by people %.3f, by bots %.3f\n", (double)by_people, (double)by_bots);
    check(by_people > 0.1f);
    check(by_bots == 0);
}

// A clip that goes after the tables were made is on no page, nor the one that has its place then for its sake.
TEST(fit_what_went_since_is_not_shown)
{
    Rank *r = silent_market();
    silent_days(r, true, 3);
    newcomers(r, true);
    for (i64 i = PAIRS + 1; i <= 2 * PAIRS; i++) rank_clip_remove(r, i);
    for (i64 i = 1; i <= PAIRS; i++) {
        RankClip c = { .id = 9000 + i, .creator = 9000 + i, .duration_ms = 20000, .created = KIT_START + 9 * DAY_MS };
        must(rank_clip_put(r, &c));
    }
    i64 named;
    check_int(partners(r, &named), 0);
    for (i64 p = 1; p <= PAIRS; p++) {
        RankPick pick[RANK_PAGE_MAX];
        RankQuery q = { .person = 5000 + p, .seed = (u64)p, .now = KIT_START + 10 * DAY_MS, .limit = 20, .dial = DIAL_OPEN,
                        .personal = true };
        i64 n = rank_page(r, &q, pick);
        check(n > 0);
        for (i64 i = 0; i < n; i++)
            for (i64 k = 0; k < pick[i].n_reasons; k++)
                check(pick[i].clip < 9000 || pick[i].reasons[k].kind != RANK_BECAUSE_NEXT);
    }
    rank_free(r);
}

// What a person takes out of the profile, or all of it, is told no more.
TEST(fit_what_was_forgotten_is_not_told)
{
    Rank *r = silent_market();
    silent_days(r, false, 4);
    for (i64 p = 1; p <= PEOPLE; p++) {
        RankEvent e = { .person = p, .kind = RANK_RESET, .at = KIT_START + 9 * DAY_MS };
        must(rank_learn(r, &e));
    }
    rank_fit_begin(r, rank_fit_tell(r));
    rank_fit_drop(rank_fit_take(r, rank_fit_make(r)));
    check_int(rank_memory(r).fitted, 0);
    rank_free(r);
}
