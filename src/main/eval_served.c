// `etalase eval sequences --served`: the server's own engine on histories, instead of all models and their blend.
#include "main/evals.h"
#include "rank/chance.h"
#include "rank/rank.h"
#include "rank/zeroed.h"

enum { SKIPS = 4, DAYS = 30 };
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

static i64 count_before(const Served *s, i64 p)
{
    const i32 *own = s->h->item + s->h->start[p];
    i32 other[EVAL_NEGATIVES_MAX];
    float chance[EVAL_NEGATIVES_MAX + 1][RANK_OUTCOMES];
    i64 n = s->h->start[p + 1] - s->h->start[p], clip[EVAL_NEGATIVES_MAX + 1], before = 0;
    i64 others = eval_negatives(own, n, s->items, s->negatives, s->seed, (u64)p, other);
    clip[0] = 1 + own[n - 1];
    for (i64 k = 0; k < others; k++) clip[k + 1] = 1 + other[k];
    RankQuery q = { .person = 1 + p, .now = START + s->events * s->apart, .limit = 10, .dial = DIAL_OPEN, .personal = true };
    rank_expect(s->rank, &q, clip, others + 1, chance);
    for (i64 i = 1; i <= others; i++) before += !(chance[i][RANK_LIKED] < chance[0][RANK_LIKED]);
    return before;
}

int measure_served(const Histories *h, i64 items, i64 negatives, i64 seed, bool fit)
{
    double begin = seconds_now(), sums[7] = { 0 };
    RankConfig config = rank_config();
    config.seed = (u64)seed;
    config.clips_max = items + 64, config.people_max = h->people + 64;
    Served s = { h, items, negatives, 0, (u64)seed, fit, rank_new(&config), (Time)DAYS * DAY_MS / ((2 * SKIPS + 3) * h->n + 1) };
    for (i64 i = 0; i < items; i++) {
        RankClip c = { .id = 1 + i, .creator = 1 + i, .created = START - DAY_MS, .duration_ms = 20000 };
        must(rank_clip_put(s.rank, &c));
    }
    live_all(&s);
    i64 asked = 0;
    for (i64 p = 0; p < h->people; p++) {
        if (h->start[p + 1] - h->start[p] < 3) continue;
        eval_count_rank(count_before(&s, p), sums);
        asked++;
    }
    double all = asked ? (double)asked : 1;
    printf("{\"measure\":\"served\",\"hr@5\":%.4f,\"ndcg@5\":%.4f,\"hr@10\":%.4f,\"ndcg@10\":%.4f,\"hr@20\":%.4f,"
           "\"ndcg@20\":%.4f,\"users\":%lld,\"items\":%lld,\"negatives\":%lld,\"events\":%lld,\"fitted\":%s,\"seed\":%lld,"
           "\"seconds\":%.1f}\n",
           sums[0] / all, sums[1] / all, sums[2] / all, sums[3] / all, sums[4] / all, sums[5] / all, (long long)asked,
           (long long)items, (long long)negatives, (long long)s.events, fit ? "true" : "false", (long long)seed,
           seconds_now() - begin);
    rank_free(s.rank);
    return 0;
}
