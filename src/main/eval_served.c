// `etalase eval sequences --served`: the server's own engine on histories, instead of all models and their blend.
#include <math.h>

#include "main/evals.h"
#include "rank/chance.h"
#include "rank/rank.h"
#include "rank/zeroed.h"

enum { SKIPS = 4, CHOICES_MAX = 512, DAYS = 30 };
static const Time START = INT64_C(1767225600000);          // 2026-01-01

// apart: between two events, so that all of them take DAYS.
typedef struct Served {
    const Histories *h;
    i64 items, negatives, events;
    u64 seed;
    bool fit;
    Rank *rank;
    Time apart;
} Served;

static void tell(Served *s, i64 person, i64 item, RankEventKind kind, i64 share)
{
    RankEvent e = { .person = 1 + person, .clip = 1 + item, .kind = kind, .share = share, .value = share * 20,
                    .at = START + s->events * s->apart };
    must(rank_learn(s->rank, &e));
    s->events++;
    if (s->fit) rank_fit(s->rank);
}

// A step of a history is watched to the end and liked; a few things drawn evenly were shown before it, and skipped.
static void live(Served *s, i64 person, i64 item, Chance *c)
{
    for (i64 k = 0; k < SKIPS; k++) {
        i64 other = chance_below(c, s->items);
        if (other == item) continue;
        tell(s, person, other, RANK_IMPRESSION, 0);
        tell(s, person, other, RANK_SKIP, 50);
    }
    tell(s, person, item, RANK_IMPRESSION, 0);
    tell(s, person, item, RANK_WATCH, 1000);
    tell(s, person, item, RANK_LIKE, 0);
}

static void live_all(Served *s)
{
    Chance c = chance_new(hash_pair(s->seed, 11));
    i64 longest = 0;
    for (i64 p = 0; p < s->h->people; p++) {
        i64 n = s->h->start[p + 1] - s->h->start[p];
        if (n > longest) longest = n;
    }
    for (i64 k = 0; k < longest; k++)
        for (i64 p = 0; p < s->h->people; p++) {
            i64 n = s->h->start[p + 1] - s->h->start[p], last = n >= 3 ? n - 1 : n;
            // All end at the same time, so that the latest of everybody is the latest there is.
            i64 at = k - (longest - last);
            if (at >= 0 && at < last) live(s, p, s->h->item[s->h->start[p] + at], &c);
        }
}

static bool holds(const i32 *item, i64 n, i64 what)
{
    for (i64 i = 0; i < n; i++)
        if (item[i] == what) return true;
    return false;
}

static i64 count_before(const Served *s, i64 p)
{
    const i32 *own = s->h->item + s->h->start[p];
    i64 n = s->h->start[p + 1] - s->h->start[p], clip[CHOICES_MAX], k = 1, before = 0;
    float chance[CHOICES_MAX][RANK_OUTCOMES];
    Chance c = chance_new(hash_pair(s->seed, (u64)p));
    clip[0] = 1 + own[n - 1];
    for (i64 tries = 0; k <= s->negatives && tries < 100 * s->negatives; tries++) {
        i64 item = chance_below(&c, s->items);
        if (!holds(own, n, item)) clip[k++] = 1 + item;
    }
    RankQuery q = { .person = 1 + p, .now = START + s->events * s->apart, .limit = 10, .dial = DIAL_OPEN, .personal = true };
    rank_expect(s->rank, &q, clip, k, chance);
    for (i64 i = 1; i < k; i++) before += !(chance[i][RANK_LIKED] < chance[0][RANK_LIKED]);
    return before;
}

int measure_served(const Histories *h, i64 items, i64 negatives, i64 seed, bool fit)
{
    double begin = seconds_now(), hr[3] = { 0 }, ndcg[3] = { 0 };
    RankConfig config = rank_config();
    config.seed = (u64)seed;
    Served s = { h, items, negatives, 0, (u64)seed, fit, rank_new(&config), (Time)DAYS * DAY_MS / ((2 * SKIPS + 3) * h->n + 1) };
    for (i64 i = 0; i < items; i++) {
        RankClip c = { .id = 1 + i, .creator = 1 + i, .created = START - DAY_MS, .duration_ms = 20000 };
        must(rank_clip_put(s.rank, &c));
    }
    live_all(&s);
    static const i64 AT[] = { 5, 10, 20 };
    i64 asked = 0;
    for (i64 p = 0; p < h->people; p++) {
        if (h->start[p + 1] - h->start[p] < 3) continue;
        i64 before = count_before(&s, p);
        for (int k = 0; k < 3; k++)
            if (before < AT[k]) hr[k] += 1, ndcg[k] += 1 / log2((double)before + 2);
        asked++;
    }
    double all = asked ? (double)asked : 1;
    printf("{\"measure\":\"served\",\"hr@5\":%.4f,\"ndcg@5\":%.4f,\"hr@10\":%.4f,\"ndcg@10\":%.4f,\"hr@20\":%.4f,"
           "\"ndcg@20\":%.4f,\"users\":%lld,\"items\":%lld,\"negatives\":%lld,\"events\":%lld,\"fitted\":%s,\"seed\":%lld,"
           "\"seconds\":%.1f}\n",
           hr[0] / all, ndcg[0] / all, hr[1] / all, ndcg[1] / all, hr[2] / all, ndcg[2] / all, (long long)asked,
           (long long)items, (long long)negatives, (long long)s.events, fit ? "true" : "false", (long long)seed,
           seconds_now() - begin);
    rank_free(s.rank);
    return 0;
}
