// Counts who is seen, out of the log. No HTTP, no JSON, no clock.
#include "feed/inner.h"

#include "shops/shops.h"

enum { COUNT_DAYS = 16 };                      // days that one step's rows may lie on: EVENT_AGE_MAX_MS, twice

// What one step adds up before it writes.
typedef struct Count {
    Tx *tx; const By *by;
    struct { i64 day, impressions[SHOP_SIZES], qualified[SHOP_SIZES]; } days[COUNT_DAYS];
    i64 n_days;
    struct { i64 clip; bool found; ShopSize size; } *clips; i64 n_clips;
} Count;

static Err size_of(Count *c, i64 clip, bool *found, ShopSize *size)
{
    i64 i = 0;
    while (i < c->n_clips && c->clips[i].clip != clip) i++;
    if (i == c->n_clips) {
        ClipFindRow *row;
        Shop shop = { 0 };
        try(clip_stored(c->tx, (ClipId){ clip }, &row));
        if (row) try(shop_terms(c->tx, row->shop, &shop));
        c->clips[i].clip = clip;
        c->clips[i].found = row != NULL;
        c->clips[i].size = shop_size(&shop, c->by->now);
        c->n_clips++;
    }
    *found = c->clips[i].found;
    *size = c->clips[i].size;
    return ERR_OK;
}

static i64 day_at(Count *c, Time at)
{
    i64 day = at / DAY_MS, i = 0;
    while (i < c->n_days && c->days[i].day != day) i++;
    if (i < c->n_days) return i;
    if (c->n_days == COUNT_DAYS) return COUNT_DAYS - 1;            // so old that the day does not matter any more
    c->days[c->n_days].day = day;
    return c->n_days++;
}

static Err count_row(Count *c, const EventAfterRow *e)
{
    bool watched = e->kind == RANK_WATCH && (e->value >= FEED_QUALIFIED_MS || e->share >= 500), found;
    ShopSize size;
    if (e->kind != RANK_IMPRESSION && !watched) return ERR_OK;
    try(size_of(c, e->clip, &found, &size));
    if (!found) return ERR_OK;
    i64 day = day_at(c, e->at);
    if (watched) c->days[day].qualified[size]++;
    else c->days[day].impressions[size]++;
    return ERR_OK;
}

static Err keep_names(Tx *tx, i64 clip)
{
    ClipFindRow *row;
    FeedContent content;
    try(clip_stored(tx, (ClipId){ clip }, &row));
    if (!row) return ERR_OK;
    try(feed_content(tx, row, &content));
    return feed_names_put(tx, &content);
}

static Err write_counts(const Count *c)
{
    for (i64 d = 0; d < c->n_days; d++)
        for (i64 s = 0; s < SHOP_SIZES; s++) {
            i64 impressions = c->days[d].impressions[s], qualified = c->days[d].qualified[s];
            if (impressions + qualified == 0) continue;
            try(q_feed_shown_add(c->tx, (FeedShownAddIn){ .day = c->days[d].day, .size = (ShopSize)s, .impressions = impressions,
                                                          .qualified = qualified }));
        }
    return ERR_OK;
}

Err feed_count(Tx *tx, const By *by, i64 *n)
{
    EventAfterRowList rows;
    FeedCountedGetRow mark;
    i64 placed, moved;
    try(events_place(tx, &placed));
    try(q_feed_counted_get(tx, &mark));
    try(events_after(tx, mark.seq, EVENTS_PLACED_MAX, &rows));
    *n = rows.n;
    if (rows.n == 0) return ERR_OK;
    Count *c = arena_new(tx->a, Count);
    c->tx = tx, c->by = by;
    c->clips = arena_alloc_array(tx->a, rows.n, sizeof(c->clips[0]));
    for (i64 i = 0; i < rows.n; i++) {
        if (rows.p[i].kind == EVENT_CLIP_CHANGED) try(keep_names(tx, rows.p[i].clip));
        else try(count_row(c, &rows.p[i]));
    }
    try(write_counts(c));
    return q_feed_counted_set(tx, (FeedCountedSetIn){ .from = mark.seq, .to = rows.p[rows.n - 1].seq }, &moved);
}

Err feed_is_waiting(Tx *tx, bool *out)
{
    FeedCountedGetRow mark;
    EventAfterRowList rows;
    try(events_unplaced(tx, out));
    if (*out) return ERR_OK;
    try(q_feed_counted_get(tx, &mark));
    try(events_after(tx, mark.seq, 1, &rows));
    *out = rows.n > 0;
    return ERR_OK;
}

Err feed_exposure(Tx *tx, const By *by, i64 days, Exposure *out)
{
    FeedShownSinceRowList rows;
    i64 shops[SHOP_SIZES], all = 0;
    must(days >= 1 && days <= 90);                                 // the decoder has checked; say so
    try(q_feed_shown_since(tx, (FeedShownSinceIn){ .day = by->now / DAY_MS - days + 1 }, &rows));
    try(shop_sizes(tx, by->now, shops));
    *out = (Exposure){ .days = days, .sizes = { arena_new_array(tx->a, ExposureShare, SHOP_SIZES), SHOP_SIZES } };
    for (i64 s = 0; s < SHOP_SIZES; s++) out->sizes.p[s] = (ExposureShare){ .size = (ShopSize)s, .shops = shops[s] };
    for (i64 i = 0; i < rows.n; i++) {
        ExposureShare *e = &out->sizes.p[rows.p[i].size];
        e->impressions = rows.p[i].impressions;
        e->qualified = rows.p[i].qualified;
        all += e->impressions;
    }
    for (i64 s = 0; s < SHOP_SIZES && all; s++) {
        ExposureShare *e = &out->sizes.p[s];
        e->share_ppm = (i64)((__int128)e->impressions * 1000000 / all);
    }
    return ERR_OK;
}
