// The pages of the feed that are the same however well one is known: popular, and following. No HTTP, no JSON, no clock.
#include "feed/inner.h"

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

static bool is_whole(const FeedMaking *p)
{
    return p->out->items.n == p->limit;
}

// Who follows the maker is told so; otherwise it is the shop that is followed.
static RankReason why_of(const FeedMaking *p, const ClipFindRow *row)
{
    if (p->out->mode != FEED_MODE_FOLLOWING) return (RankReason){ .kind = RANK_BECAUSE_POPULAR, .part = 1 };
    i64 whom = row->shop.v;
    for (i64 i = 0; i < p->people.n; i++)
        if (p->people.p[i].v == row->author.v) whom = row->author.v;
    return (RankReason){ .kind = RANK_BECAUSE_FOLLOWED, .subject = (u64)whom, .part = 1 };
}

// The rows that are wanted, as the caller sees them. Stops when the page is whole; *used says how many rows were looked at.
static Err add_rows(FeedMaking *p, ClipFindRowList rows, i64 *used)
{
    ClipFindRowList wanted = { arena_new_array(p->tx->a, ClipFindRow, rows.n), 0 };
    ClipList shown;
    for (i64 i = 0; i < rows.n; i++) {
        bool unwanted;
        try(feed_unwanted(p->tx, &p->wishes, &rows.p[i], &unwanted));
        if (!unwanted) wanted.p[wanted.n++] = rows.p[i];
    }
    try(clips_show(p->tx, p->by, wanted, &shown));
    i64 k = 0;
    for (*used = 0; *used < rows.n && !is_whole(p); ++*used) {
        if (k == shown.n || shown.p[k].id.v != rows.p[*used].id.v) continue;     // unwanted, or of a closed shop
        if (feed_share_takes(&p->share, shown.p[k].products.n > 0)) {
            p->out->items.p[p->out->items.n++] = shown.p[k];
            try(feed_why_add(p, shown.p[k].id, &(FeedWhyNumbers){ .n = 1, .reasons = { why_of(p, &rows.p[*used]) } }));
        }
        k++;
    }
    return ERR_OK;
}

static Err popular_page(FeedMaking *p, Str after)
{
    i64 hot = INT64_MAX;
    ClipId id = { INT64_MAX };
    if (after.p && !feed_cursor(after, &hot, &id.v))
        return refuse(&p->tx->why, ERR_BAD_FIELD, "after", "Give back the `next` of a page as it was.");
    bool more = true;
    for (i64 round = 0; more && !is_whole(p) && round < FEED_ROUNDS_MAX; round++) {
        i64 wanted = round == 0 ? p->limit : FEED_MAX, used;
        ClipFindRowList rows;
        try(clips_hot(p->tx, hot, id, wanted, &rows));
        try(add_rows(p, rows, &used));
        more = used < rows.n || rows.n == wanted;
        if (used == 0) break;
        hot = rows.p[used - 1].hot;
        id = rows.p[used - 1].id;
    }
    // The place of the last clip that was looked at, wherever it stands on the page.
    if (more) p->out->next = arena_format(p->tx->a, "%lld_%lld", (long long)hot, (long long)id.v);
    if (p->out->items.n > 1) spread(p->tx->a, &p->out->items);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- following

static Err following_page(FeedMaking *p, Str after)
{
    ClipId before = { INT64_MAX };
    if (after.p && !(after.p[0] == 'f' && read_part(str_slice(after, 1, after.n), &before.v)))
        return refuse(&p->tx->why, ERR_BAD_FIELD, "after", "Give back the `next` of a page as it was.");
    try(feed_followed(p));
    bool more = p->shops.n + p->people.n > 0;
    for (i64 round = 0; more && !is_whole(p) && round < FEED_ROUNDS_MAX; round++) {
        ClipFindRowList rows;
        i64 used;
        try(clips_newest_of(p->tx, p->shops, p->people, before, FEED_MAX, &rows));
        try(add_rows(p, rows, &used));
        more = used < rows.n || rows.n == FEED_MAX;
        if (used == 0) break;
        before = rows.p[used - 1].id;
    }
    if (more) p->out->next = arena_format(p->tx->a, "f%lld", (long long)before.v);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- which

// Without a word the mode follows from the consent, and goes on as it began.
static FeedMode mode_of(const FeedWanted *want, bool consent)
{
    if (want->has_mode) return want->mode;
    if (want->after.n == 0) return consent ? FEED_MODE_FOR_YOU : FEED_MODE_POPULAR;
    return want->after.p[0] == 'y' ? FEED_MODE_FOR_YOU : want->after.p[0] == 'f' ? FEED_MODE_FOLLOWING : FEED_MODE_POPULAR;
}

Err feed_page(Tx *tx, const By *by, FeedEngine *engine, const FeedWanted *want, FeedPage *out)
{
    must(want->limit >= 1 && want->limit <= FEED_MAX);
    FeedMaking p = { .tx = tx, .by = by, .limit = want->limit, .out = out };
    try(feed_wishes(tx, by, &p.wishes));
    p.share = (FeedShare){ .dial = p.wishes.dial, .limit = want->limit };
    *out = (FeedPage){ .mode = mode_of(want, p.wishes.consent), .items = { arena_new_array(tx->a, Clip, want->limit), 0 },
                       .whys = { arena_new_array(tx->a, FeedWhy, want->limit), 0 } };
    switch (out->mode) {
    case FEED_MODE_FOLLOWING: return following_page(&p, want->after);
    case FEED_MODE_POPULAR: return popular_page(&p, want->after);
    case FEED_MODE_FOR_YOU: break;
    }
    if (!p.wishes.consent)
        return refuse(&tx->why, ERR_NO_CONSENT, NULL, "This feed learns from what you do, for who agrees to that.");
    // Goes on where it had nothing more of its own to show.
    if (want->after.n && want->after.p[0] != 'y') return popular_page(&p, want->after);
    try(feed_for_you(&p, engine, want->after));
    // Who has seen all that there is sees what is popular, rather than nothing.
    return out->items.n == 0 && !want->after.n ? popular_page(&p, (Str){ 0 }) : ERR_OK;
}

Err feed_why(Tx *tx, const By *by, FeedEngine *engine, ClipId clip, FeedWhy *out)
{
    FeedWhyNumbers numbers;
    i64 person = event_person(&by->who);
    if (!person || !feed_why_find(engine, person, clip.v, &numbers))
        return refuse(&tx->why, ERR_NOT_FOUND, "id", "This clip was not on a page of yours lately.");
    out->clip = clip;
    return feed_reasons(tx, by, &numbers, &out->reasons);
}
