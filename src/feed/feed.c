// The rules of the feed. Not personal yet: by age and likes. No HTTP, no JSON, no clock, no SQL of its own.
#include "feed/feed.h"

#include "clips/clips.h"

static bool read_part(Str text, i64 *out)
{
    if (text.n == 0 || text.p[0] < '0' || text.p[0] > '9' || (text.p[0] == '0' && text.n > 1)) return false;
    return str_to_i64(text, out);
}

bool feed_cursor(Str text, i64 *hot, i64 *id)
{
    if (str_find(text, STR("_")) < 0) return false;
    Str first = str_split(&text, '_');
    return read_part(first, hot) && read_part(text, id);
}

// ---------------------------------------------------------------------------------------------- order within a page

static i64 left_of(const i64 *shops, const bool *used, i64 n, i64 shop)
{
    i64 count = 0;
    for (i64 i = 0; i < n; i++) count += !used[i] && shops[i] == shop;
    return count;
}

// The next place: a shop that has more than half of what is left must come now, or its last clips stand together.
// Otherwise the first that is not of the shop before. At most FEED_MAX clips, so counting anew each time is nothing.
static i64 pick(const i64 *shops, const bool *used, i64 n, i64 left, i64 before)
{
    i64 first = -1, other = -1;
    for (i64 i = 0; i < n; i++) {
        if (used[i]) continue;
        if (first < 0) first = i;
        if (shops[i] == before) continue;
        if (2 * left_of(shops, used, n, shops[i]) > left) return i;
        if (other < 0) other = i;
    }
    return other >= 0 ? other : first;
}

void feed_spread(const i64 *shops, i64 n, i64 *order)
{
    bool used[FEED_MAX] = { 0 };
    must(n >= 0 && n <= FEED_MAX);
    i64 before = 0;                                            // no shop has id 0
    for (i64 k = 0; k < n; k++) {
        order[k] = pick(shops, used, n, n - k, before);
        used[order[k]] = true;
        before = shops[order[k]];
    }
}

static void spread(Arena *a, ClipList *clips)
{
    i64 shops[FEED_MAX], order[FEED_MAX];
    for (i64 i = 0; i < clips->n; i++) shops[i] = clips->p[i].shop->id.v;
    feed_spread(shops, clips->n, order);
    Clip *spread = arena_new_array(a, Clip, clips->n);
    for (i64 i = 0; i < clips->n; i++) spread[i] = clips->p[order[i]];
    clips->p = spread;
}

// ---------------------------------------------------------------------------------------------- a page

Err feed_page(Tx *tx, const By *by, Str after, i64 limit, FeedPage *out)
{
    must(limit >= 1 && limit <= FEED_MAX);

    i64 hot = INT64_MAX;
    ClipId id = { INT64_MAX };
    if (after.p && !feed_cursor(after, &hot, &id.v))
        return refuse(&tx->why, ERR_BAD_FIELD, "after", "Give back the `next` of a page as it was.");
    out->items = (ClipList){ arena_new_array(tx->a, Clip, limit), 0 };
    bool more = true;
    for (i64 round = 0; more && out->items.n < limit && round < FEED_ROUNDS_MAX; round++) {
        i64 wanted = limit - out->items.n;
        ClipFindRowList rows;
        ClipList shown;
        try(clips_hot(tx, hot, id, wanted, &rows));
        more = rows.n == wanted;
        if (rows.n == 0) break;
        hot = rows.p[rows.n - 1].hot;
        id = rows.p[rows.n - 1].id;
        try(clips_show(tx, by, rows, &shown));
        for (i64 i = 0; i < shown.n; i++) out->items.p[out->items.n++] = shown.p[i];
    }
    // The place of the last clip that was looked at, wherever it stands on the page.
    if (more) out->next = arena_format(tx->a, "%lld_%lld", (long long)hot, (long long)id.v);
    if (out->items.n > 1) spread(tx->a, &out->items);
    return ERR_OK;
}
