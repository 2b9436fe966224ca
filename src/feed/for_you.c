// The page that the engine makes for one person, and the reasons in words. No HTTP, no JSON, no clock.
#include "feed/inner.h"

#include "rank/chance.h"

// A page says what the pages before it had, so that none comes twice: the engine may not have heard of them yet. "y", then 11
// letters an id, six bits each, the newest last.
enum { TOKEN_IDS = 128, TOKEN_LETTERS = 11 };
static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

typedef struct Seen { i64 ids[TOKEN_IDS + FEED_MAX]; i64 n; } Seen;

static bool read_seen(Str token, Seen *out)
{
    if (token.n == 0 || token.p[0] != 'y') return false;
    if ((token.n - 1) % TOKEN_LETTERS || token.n > 1 + TOKEN_IDS * TOKEN_LETTERS) return false;
    for (size_t i = 1; i < token.n; i += TOKEN_LETTERS) {
        u64 id = 0;
        for (size_t k = 0; k < TOKEN_LETTERS; k++) {
            const char *at = memchr(LETTERS, token.p[i + k], 64);
            if (!at || id >> 58) return false;
            id = id << 6 | (u64)(at - LETTERS);
        }
        if (id == 0 || id > INT64_MAX) return false;
        out->ids[out->n++] = (i64)id;
    }
    return true;
}

static Str write_seen(Arena *a, const Seen *seen)
{
    i64 from = seen->n > TOKEN_IDS ? seen->n - TOKEN_IDS : 0;
    size_t n = 1 + (size_t)(seen->n - from) * TOKEN_LETTERS;
    char *text = arena_alloc(a, n + 1);
    text[0] = 'y';
    for (i64 i = from; i < seen->n; i++)
        for (i64 k = 0; k < TOKEN_LETTERS; k++)
            text[1 + (i - from) * TOKEN_LETTERS + k] = LETTERS[(u64)seen->ids[i] >> (6 * (TOKEN_LETTERS - 1 - k)) & 63];
    return (Str){ text, n };
}

static int by_number(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return x < y ? -1 : x > y;
}

Err feed_followed(FeedMaking *p)
{
    AccountId account = { p->by->who.account };
    try(shops_followed(p->tx, account, &p->shops));
    return people_following(p->tx, account, PEOPLE_FOLLOWED_MAX, &p->people);
}

// Shops and creators as one list: no two ids are the same, whatever they name.
static Err followed(FeedMaking *p, RankQuery *q)
{
    try(feed_followed(p));
    i64 *list = arena_new_array(p->tx->a, i64, p->shops.n + p->people.n), n = 0;
    for (i64 i = 0; i < p->shops.n; i++) list[n++] = p->shops.p[i].v;
    for (i64 i = 0; i < p->people.n; i++) list[n++] = p->people.p[i].v;
    if (n) qsort(list, (size_t)n, sizeof(i64), by_number);
    q->following = list;
    q->n_following = n;
    return ERR_OK;
}

// The picks that may be seen now, in their order. A pick whose clip is gone, whose shop has closed, or whose maker is apart from
// this person is left out.
static Err show(FeedMaking *p, FeedEngine *engine, const RankPick *picks, i64 n)
{
    ClipFindRowList rows = { arena_new_array(p->tx->a, ClipFindRow, n), 0 };
    ClipList shown;
    for (i64 i = 0; i < n; i++) {
        ClipFindRow *row;
        try(clip_stored(p->tx, (ClipId){ picks[i].clip }, &row));
        bool apart = true;
        if (row && row->state == CLIP_STATE_READY) try(feed_apart(p->tx, &p->wishes, row->author, &apart));
        if (!apart) rows.p[rows.n++] = *row;
    }
    try(clips_show(p->tx, p->by, rows, &shown));
    for (i64 i = 0; i < n && p->out->items.n < shown.n; i++) {
        const Clip *clip = &shown.p[p->out->items.n];
        if (picks[i].clip != clip->id.v) continue;
        FeedWhyNumbers why = { .n = picks[i].n_reasons };
        for (i64 r = 0; r < why.n; r++) why.reasons[r] = picks[i].reasons[r];
        feed_why_keep(engine, p->wishes.person, picks[i].clip, &why);
        try(feed_why_add(p, clip->id, &why));
        p->out->items.p[p->out->items.n++] = *clip;
    }
    return ERR_OK;
}

Err feed_for_you(FeedMaking *p, FeedEngine *engine, Str after)
{
    _Static_assert((int)DIAL_NONE == (int)FEED_DIAL_NONE && (int)DIAL_MOSTLY == (int)FEED_DIAL_MOSTLY, "one dial");
    _Static_assert((int)FEED_MAX <= (int)RANK_PAGE_MAX, "a page of the feed is one of the engine's");
    Seen *seen = arena_new(p->tx->a, Seen);
    RankPick *picks = arena_new_array(p->tx->a, RankPick, FEED_MAX);
    if (after.p && !read_seen(after, seen))
        return refuse(&p->tx->why, ERR_BAD_FIELD, "after", "Give back the `next` of a page as it was.");
    i64 *sorted = arena_new_array(p->tx->a, i64, seen->n + 1);
    memcpy(sorted, seen->ids, (size_t)seen->n * sizeof(i64));
    qsort(sorted, (size_t)seen->n, sizeof(i64), by_number);
    RankQuery q = { .person = p->wishes.person, .seed = hash_pair((u64)p->by->now, (u64)p->wishes.person), .now = p->by->now,
                    .limit = p->limit, .dial = (RankDial)p->wishes.dial, .personal = true, .seen = sorted,
                    .n_seen = seen->n, .rules = p->wishes.rules };
    try(followed(p, &q));
    i64 n = feed_engine_page(engine, &q, picks);
    must(n >= 0 && n <= p->limit);
    for (i64 i = 0; i < n; i++) seen->ids[seen->n++] = picks[i].clip;
    if (n > 0) p->out->next = write_seen(p->tx->a, seen);
    return show(p, engine, picks, n);
}

// ---------------------------------------------------------------------------------------------- reasons

// The engine's numbers and their names in answers.
static const FeedReasonKind KINDS[] = {
    [RANK_BECAUSE_TOPIC] = FEED_REASON_KIND_TOPIC, [RANK_BECAUSE_CATEGORY] = FEED_REASON_KIND_CATEGORY,
    [RANK_BECAUSE_CREATOR] = FEED_REASON_KIND_CREATOR, [RANK_BECAUSE_SHOP] = FEED_REASON_KIND_SHOP,
    [RANK_BECAUSE_FOLLOWED] = FEED_REASON_KIND_FOLLOWED, [RANK_BECAUSE_SIMILAR] = FEED_REASON_KIND_SIMILAR,
    [RANK_BECAUSE_NEXT] = FEED_REASON_KIND_NEXT, [RANK_BECAUSE_POPULAR] = FEED_REASON_KIND_POPULAR,
    [RANK_BECAUSE_RISING] = FEED_REASON_KIND_RISING, [RANK_BECAUSE_FRESH] = FEED_REASON_KIND_FRESH,
    [RANK_BECAUSE_NEW_SHOP] = FEED_REASON_KIND_NEW_SHOP, [RANK_BECAUSE_PRICE] = FEED_REASON_KIND_PRICE,
    [RANK_BECAUSE_EXPLORING] = FEED_REASON_KIND_EXPLORING,
};

static Err shop_name(Tx *tx, i64 shop, Str *name)
{
    ShopCard card;
    Err e = shop_card(tx, (ShopId){ shop }, &card);
    if (e == ERR_OK) *name = card.name;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

// What is followed is a shop or a person; the person by what they chose to show.
static Err followed_name(Tx *tx, const By *by, i64 id, Str *name)
{
    PersonCard card;
    try(shop_name(tx, id, name));
    if (name->n) return ERR_OK;
    try(person_card(tx, by, (AccountId){ id }, &card));
    *name = card.name.n ? card.name : card.handle;
    return ERR_OK;
}

static Err reason_in_words(Tx *tx, const By *by, const RankReason *in, FeedReason *out, bool *known)
{
    ClipFindRow *row;
    *known = true;
    *out = (FeedReason){ .kind = KINDS[in->kind] };
    if (in->part > 0) out->part_ppm = in->part < 1 ? (i64)(in->part * 1e6f) : 1000000;
    switch (in->kind) {
    case RANK_BECAUSE_TOPIC: case RANK_BECAUSE_CATEGORY:
        try(feed_name_of(tx, (i64)in->subject, &out->name));
        *known = out->name.n > 0;
        return ERR_OK;
    case RANK_BECAUSE_SHOP: case RANK_BECAUSE_FOLLOWED:
        try(in->kind == RANK_BECAUSE_SHOP ? shop_name(tx, (i64)in->subject, &out->name)
                                          : followed_name(tx, by, (i64)in->subject, &out->name));
        *known = out->name.n > 0;
        return ERR_OK;
    case RANK_BECAUSE_CREATOR: return feed_creator_name(tx, (i64)in->subject, &out->name);
    case RANK_BECAUSE_SIMILAR: case RANK_BECAUSE_NEXT:
        try(clip_stored(tx, (ClipId){ (i64)in->subject }, &row));
        *known = row && row->state == CLIP_STATE_READY;
        if (!*known) return ERR_OK;
        out->clip = row->id;
        out->name = str_first(row->caption, FEED_RULE_NAME);
        return row->caption.n ? ERR_OK : shop_name(tx, row->shop.v, &out->name);
    default: return ERR_OK;
    }
}

Err feed_reasons(Tx *tx, const By *by, const FeedWhyNumbers *numbers, FeedReasonList *out)
{
    *out = (FeedReasonList){ arena_new_array(tx->a, FeedReason, RANK_REASONS_MAX), 0 };
    for (i64 i = 0; i < numbers->n; i++) {
        bool known;
        if (numbers->reasons[i].kind <= RANK_BECAUSE_NONE || (i64)numbers->reasons[i].kind >= COUNT(KINDS)) continue;
        try(reason_in_words(tx, by, &numbers->reasons[i], &out->p[out->n], &known));
        out->n += known;
    }
    return ERR_OK;
}

Err feed_why_add(FeedMaking *p, ClipId clip, const FeedWhyNumbers *numbers)
{
    FeedWhy *why = &p->out->whys.p[p->out->whys.n++];
    why->clip = clip;
    return feed_reasons(p->tx, p->by, numbers, &why->reasons);
}
