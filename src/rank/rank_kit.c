// See rank_kit.h.
#include "rank/rank_kit.h"

i64 kit_topic(i64 clip)
{
    return (i64)(hash_mix((u64)clip) % KIT_TOPICS);
}

bool kit_sells(i64 clip)
{
    return hash_pair(2, (u64)clip) % 2 == 0;
}

u64 kit_topic_name(i64 topic)
{
    return hash_pair(77, (u64)topic);
}

RankClip kit_clip(i64 clip)
{
    RankClip c = { .id = clip, .shop = 1000 + (i64)(hash_pair(3, (u64)clip) % KIT_SHOPS), .duration_ms = 20000, .region = 1,
                   .creator = 2000 + (i64)(hash_pair(4, (u64)clip) % KIT_CREATORS), .language = 7,
                       .created = KIT_START - clip * MINUTE_MS };
    c.sound = (i64)(hash_pair(5, (u64)clip) % 200);
    c.topics[c.n_topics++] = kit_topic_name(kit_topic(clip));
    c.topics[c.n_topics++] = hash_pair(78, hash_pair(6, (u64)clip) % 50);
    for (u64 i = 0; i < 6; i++) c.words[c.n_words++] = hash_pair(79, hash_pair(i, (u64)clip) % 300);
    if (kit_sells(clip)) c.category = 1 + kit_topic(clip) / 2, c.price_minor = 1000 * (i64)(1 + hash_pair(7, (u64)clip) % 100);
    return c;
}

Rank *kit_rank(i64 clips, i64 guaranteed)
{
    RankConfig config = rank_config();
    config.guaranteed_impressions = guaranteed;
    Rank *r = rank_new(&config);
    for (i64 i = 1; i <= clips; i++) {
        RankClip c = kit_clip(i);
        must(rank_clip_put(r, &c));
    }
    return r;
}

RankQuery kit_query(i64 person, u64 seed)
{
    return (RankQuery){ .person = person, .seed = seed, .now = KIT_START + DAY_MS, .limit = 10, .dial = DIAL_OPEN,
                        .personal = true,
                        .region = 1, .language = 7 };
}

void kit_view(Rank *r, i64 person, i64 clip, i64 share, Time at)
{
    RankEvent e = { .person = person, .clip = clip, .kind = RANK_IMPRESSION, .at = at };
    must(rank_learn(r, &e));
    e.kind = share < 150 ? RANK_SKIP : RANK_WATCH;
    e.value = share * 20, e.share = share, e.at = at + share * 20;
    must(rank_learn(r, &e));
}

bool kit_likes(i64 person, i64 clip)
{
    i64 off = (kit_topic(clip) - person % KIT_TOPICS + KIT_TOPICS) % KIT_TOPICS;
    return off <= 1;
}

void kit_days(Rank *r, i64 people, i64 pages, Time from, u64 seed)
{
    for (i64 page = 0; page < pages; page++)
        for (i64 p = 1; p <= people; p++) {
            RankPick pick[RANK_PAGE_MAX];
            RankQuery q = kit_query(p, hash_pair(seed, hash_pair((u64)page, (u64)p)));
            q.now = from + page * HOUR_MS;
            i64 n = rank_page(r, &q, pick);
            for (i64 i = 0; i < n; i++) kit_view(r, p, pick[i].clip, kit_likes(p, pick[i].clip) ? 950 : 80,
                                                 q.now + i * MINUTE_MS);
        }
}

RankEvent kit_event(Chance *c, i64 people, i64 clips, i64 n)
{
    RankEvent e = { .person = 1 + chance_below(c, people), .clip = 1 + chance_below(c, clips),
                    .kind = (RankEventKind)(1 + chance_below(c, RANK_REPORT)), .at = KIT_START + n * 1000 };
    if (e.kind == RANK_WATCH) e.value = chance_below(c, 60000), e.share = chance_below(c, 1200);
    if (e.kind == RANK_REVIEW) e.value = 1 + chance_below(c, 5);
    if (chance_below(c, 200) == 0) {
        e.clip = 0;
        e.kind = RANK_FORGET;
        e.value = RANK_TRAIT_TOPIC;
        e.subject = kit_topic_name(chance_below(c, KIT_TOPICS));
    }
    return e;
}

bool kit_keep(void *context, const void *bytes, size_t n)
{
    KitBytes *b = context;
    if (b->n + n > b->cap) {
        b->cap = (b->n + n) * 2;
        u8 *more = realloc(b->p, b->cap);
        must(more != NULL);
        b->p = more;
    }
    memcpy(b->p + b->n, bytes, n);
    b->n += n;
    return true;
}
