// From rows to what a caller sees: cards of shops and products, likes, pages, and the audit. No HTTP, no JSON, no clock.
#include "catalog/catalog.h"
#include "clips/clips.h"
#include "media/media.h"
#include "people/people.h"
#include "shops/shops.h"

enum { BATCH = 10 };                       // clips that one query of tags or likes is about: its parameters c0 to c9

// What a page has asked for already.
typedef struct Page {
    const By *by;
    bool all;                              // as staff see it: closed shops, archived products
    ShopCard **shops; bool *open; i64 n_shops;
    ClipTagsRow *tags; i64 n_tags;
    ProductCardList cards;
    ClipId *liked; i64 n_liked;
    ClipId *saved; i64 n_saved;
    ClipHashtagsRow *hashtags; i64 n_hashtags;
    AccountId *authors; PersonCard **people; i64 n_people;
} Page;

static ClipId id_at(ClipFindRowList rows, i64 i)
{
    return i < rows.n ? rows.p[i].id : (ClipId){ 0 };
}

static Err load_tags(Tx *tx, Page *page, ClipFindRowList rows)
{
    page->tags = arena_new_array(tx->a, ClipTagsRow, rows.n * CLIP_TAGS_MAX);
    for (i64 i = 0; i < rows.n; i += BATCH) {
        ClipTagsRowList found;
        try(q_clip_tags(tx, (ClipTagsIn){ .c0 = id_at(rows, i), .c1 = id_at(rows, i + 1), .c2 = id_at(rows, i + 2),
                                          .c3 = id_at(rows, i + 3), .c4 = id_at(rows, i + 4), .c5 = id_at(rows, i + 5),
                                          .c6 = id_at(rows, i + 6), .c7 = id_at(rows, i + 7), .c8 = id_at(rows, i + 8),
                                          .c9 = id_at(rows, i + 9) }, &found));
        for (i64 k = 0; k < found.n; k++) {
            must(page->n_tags < rows.n * CLIP_TAGS_MAX);
            page->tags[page->n_tags++] = found.p[k];
        }
    }
    return ERR_OK;
}

static Err load_liked(Tx *tx, Page *page, ClipFindRowList rows)
{
    AccountId account = { page->by->who.account };
    if (account.v == 0) return ERR_OK;
    page->liked = arena_new_array(tx->a, ClipId, rows.n);
    for (i64 i = 0; i < rows.n; i += BATCH) {
        ClipLikedRowList found;
        try(q_clip_liked(tx, (ClipLikedIn){ .account = account, .c0 = id_at(rows, i), .c1 = id_at(rows, i + 1),
                                            .c2 = id_at(rows, i + 2), .c3 = id_at(rows, i + 3), .c4 = id_at(rows, i + 4),
                                            .c5 = id_at(rows, i + 5), .c6 = id_at(rows, i + 6), .c7 = id_at(rows, i + 7),
                                            .c8 = id_at(rows, i + 8), .c9 = id_at(rows, i + 9) }, &found));
        for (i64 k = 0; k < found.n; k++) page->liked[page->n_liked++] = found.p[k].clip;
    }
    return ERR_OK;
}

static Err load_saved(Tx *tx, Page *page, ClipFindRowList rows)
{
    AccountId account = { page->by->who.account };
    if (account.v == 0) return ERR_OK;
    page->saved = arena_new_array(tx->a, ClipId, rows.n);
    for (i64 i = 0; i < rows.n; i += BATCH) {
        ClipSavedAmongRowList found;
        try(q_clip_saved_among(tx, (ClipSavedAmongIn){
            .account = account,
            .c0 = id_at(rows, i), .c1 = id_at(rows, i + 1), .c2 = id_at(rows, i + 2), .c3 = id_at(rows, i + 3),
            .c4 = id_at(rows, i + 4), .c5 = id_at(rows, i + 5), .c6 = id_at(rows, i + 6), .c7 = id_at(rows, i + 7),
            .c8 = id_at(rows, i + 8), .c9 = id_at(rows, i + 9) }, &found));
        for (i64 k = 0; k < found.n; k++) page->saved[page->n_saved++] = found.p[k].clip;
    }
    return ERR_OK;
}

static Err load_hashtags(Tx *tx, Page *page, ClipFindRowList rows)
{
    page->hashtags = arena_new_array(tx->a, ClipHashtagsRow, rows.n * CLIP_HASHTAGS_MAX);
    for (i64 i = 0; i < rows.n; i += BATCH) {
        ClipHashtagsRowList found;
        try(q_clip_hashtags(tx, (ClipHashtagsIn){
            .c0 = id_at(rows, i), .c1 = id_at(rows, i + 1), .c2 = id_at(rows, i + 2), .c3 = id_at(rows, i + 3),
            .c4 = id_at(rows, i + 4), .c5 = id_at(rows, i + 5), .c6 = id_at(rows, i + 6), .c7 = id_at(rows, i + 7),
            .c8 = id_at(rows, i + 8), .c9 = id_at(rows, i + 9) }, &found));
        for (i64 k = 0; k < found.n; k++) {
            must(page->n_hashtags < rows.n * CLIP_HASHTAGS_MAX);
            page->hashtags[page->n_hashtags++] = found.p[k];
        }
    }
    return ERR_OK;
}

// The author's card, asked for once a page.
static Err author_of(Tx *tx, Page *page, AccountId author, PersonCard **out)
{
    i64 i = 0;
    while (i < page->n_people && page->authors[i].v != author.v) i++;
    if (i == page->n_people) {
        page->authors[i] = author;
        page->people[i] = arena_new(tx->a, PersonCard);
        try(person_card(tx, page->by, author, page->people[i]));
        page->n_people++;
    }
    *out = page->people[i];
    return ERR_OK;
}

static const ProductCard *card_of(const Page *page, ProductId id)
{
    for (i64 i = 0; i < page->cards.n; i++)
        if (page->cards.p[i].id.v == id.v) return &page->cards.p[i];
    return NULL;
}

// The cards of all products on the page at once, each product once.
static Err load_cards(Tx *tx, Page *page)
{
    if (page->n_tags == 0) return ERR_OK;
    ProductIdList ids = { arena_new_array(tx->a, ProductId, page->n_tags), 0 };
    for (i64 i = 0; i < page->n_tags; i++) {
        i64 k = 0;
        while (k < ids.n && ids.p[k].v != page->tags[i].product.v) k++;
        if (k == ids.n) ids.p[ids.n++] = page->tags[i].product;
    }
    return catalog_cards(tx, ids, page->all, &page->cards);
}

// The shop's card, asked for once a page; NULL when the shop may not be seen.
static Err shop_of(Tx *tx, Page *page, ShopId id, ShopCard **out)
{
    i64 i = 0;
    while (i < page->n_shops && page->shops[i]->id.v != id.v) i++;
    if (i == page->n_shops) {
        Shop shop;
        try(shop_terms(tx, id, &shop));
        page->shops[i] = arena_new(tx->a, ShopCard);
        *page->shops[i] = (ShopCard){ .id = shop.id, .handle = shop.handle, .name = shop.name, .picture = shop.picture,
                                      .city = shop.city };
        page->open[i] = shop.state == SHOP_STATE_OPEN;
        page->n_shops++;
    }
    *out = page->open[i] || page->all ? page->shops[i] : NULL;
    return ERR_OK;
}

// Of a sound that is another clip's: whose. NULL when that one cannot be seen.
static Err sound_shop_of(Tx *tx, Page *page, const ClipFindRow *row, ShopCard **out)
{
    ClipFindRow *source;
    *out = NULL;
    if (row->sound_of.v == row->id.v) return ERR_OK;
    try(clip_sound_source(tx, row->sound_of, &source));
    return source ? shop_of(tx, page, source->shop, out) : ERR_OK;
}

static void add_products(Arena *a, const Page *page, Clip *clip)
{
    clip->products.p = arena_new_array(a, ProductCard, CLIP_TAGS_MAX);
    for (i64 i = 0; i < page->n_tags && clip->products.n < CLIP_TAGS_MAX; i++) {
        if (page->tags[i].clip.v != clip->id.v) continue;
        const ProductCard *card = card_of(page, page->tags[i].product);
        if (card) clip->products.p[clip->products.n++] = *card;
    }
}

static void add_hashtags(Arena *a, const Page *page, Clip *clip)
{
    clip->tags.p = arena_new_array(a, Str, CLIP_HASHTAGS_MAX);
    for (i64 i = 0; i < page->n_hashtags && clip->tags.n < CLIP_HASHTAGS_MAX; i++)
        if (page->hashtags[i].clip.v == clip->id.v) clip->tags.p[clip->tags.n++] = page->hashtags[i].tag;
}

static Clip clip_of(Arena *a, const Page *page, const ClipFindRow *row, ShopCard *shop, PersonCard *author)
{
    Clip c = { .id = row->id, .shop = shop, .caption = row->caption, .state = row->state, .progress = row->progress,
               .width = row->width, .height = row->height, .duration_ms = row->duration_ms, .sound = row->sound,
               .likes = row->likes, .saves = row->saves, .shares = row->shares, .comments = row->comments, .author = author,
               .audio = row->sound_of, .sound_free = !row->sound_closed, .created = row->created };
    if (row->state == CLIP_STATE_FAILED) {
        c.fault = row->fault;
        c.detail = row->detail;
        for (MediaFault f = MEDIA_OK; f < MEDIA_FAULT_COUNT; f++)
            if (str_eq(row->fault, str_of(media_fault_slug(f)))) c.may_retry = media_fault_may_pass(f);
    }
    if (row->width > 0) {
        c.playlist = arena_format(a, "/media/clips/%.*s/master.m3u8", STR_ARG(row->key));
        c.poster = arena_format(a, "/media/clips/%.*s/poster.webp", STR_ARG(row->key));
    }
    for (i64 i = 0; i < page->n_liked; i++) c.liked |= page->liked[i].v == row->id.v;
    for (i64 i = 0; i < page->n_saved; i++) c.saved |= page->saved[i].v == row->id.v;
    add_hashtags(a, page, &c);
    add_products(a, page, &c);
    return c;
}

static Err show(Tx *tx, const By *by, ClipFindRowList rows, bool all, ClipList *out)
{
    *out = (ClipList){ 0 };
    if (rows.n == 0) return ERR_OK;
    Page page = { .by = by, .all = all, .shops = arena_new_array(tx->a, ShopCard *, 2 * rows.n),
                  .open = arena_new_array(tx->a, bool, 2 * rows.n), .authors = arena_new_array(tx->a, AccountId, rows.n),
                  .people = arena_new_array(tx->a, PersonCard *, rows.n) };
    try(load_tags(tx, &page, rows));
    try(load_cards(tx, &page));
    try(load_liked(tx, &page, rows));
    try(load_saved(tx, &page, rows));
    try(load_hashtags(tx, &page, rows));
    out->p = arena_new_array(tx->a, Clip, rows.n);
    for (i64 i = 0; i < rows.n; i++) {
        ShopCard *shop;
        try(shop_of(tx, &page, rows.p[i].shop, &shop));
        if (!shop) continue;
        PersonCard *author;
        try(author_of(tx, &page, rows.p[i].author, &author));
        out->p[out->n] = clip_of(tx->a, &page, &rows.p[i], shop, author);
        try(sound_shop_of(tx, &page, &rows.p[i], &out->p[out->n++].sound_shop));
    }
    return ERR_OK;
}

Err clips_show(Tx *tx, const By *by, ClipFindRowList rows, ClipList *out)
{
    return show(tx, by, rows, false, out);
}

Err clip_show_staff(Tx *tx, const By *by, ClipFindRow *row, Clip *out)
{
    ClipList one;
    try(show(tx, by, (ClipFindRowList){ row, 1 }, true, &one));
    must(one.n == 1);
    *out = one.p[0];
    return ERR_OK;
}

Err clip_view(Tx *tx, const By *by, ClipId id, Clip *out)
{
    ClipFindRow *row;
    ClipList one = { 0 };
    try(q_clip_find(tx, (ClipFindIn){ .id = id }, &row));
    if (row && row->state == CLIP_STATE_READY) try(show(tx, by, (ClipFindRowList){ row, 1 }, false, &one));
    if (one.n == 1) {
        *out = one.p[0];
        return ERR_OK;
    }
    if (row && by->who.account) {
        Err e = shop_may(tx, by, row->shop, STAFF_ROLE_PACKER);
        if (e == ERR_OK) return clip_show_staff(tx, by, row, out);
        if (e != ERR_FORBIDDEN) return e;
    }
    return refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such clip.");
}

Err clip_shows(Tx *tx, ClipId clip, ProductId product, bool *out)
{
    ClipTaggedRow row;
    try(q_clip_tagged(tx, (ClipTaggedIn){ .clip = clip, .product = product }, &row));
    *out = row.n > 0;
    return ERR_OK;
}

Err clip_products(Tx *tx, ClipId id, ProductIdList *out)
{
    ClipTagsRowList found;
    try(q_clip_tags(tx, (ClipTagsIn){ .c0 = id }, &found));
    *out = (ProductIdList){ arena_new_array(tx->a, ProductId, found.n), found.n };
    for (i64 i = 0; i < found.n; i++) out->p[i] = found.p[i].product;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- pages

Err clips_ready_after(Tx *tx, ClipId after, i64 limit, ClipFindRowList *out)
{
    return q_clip_ready_after(tx, (ClipReadyAfterIn){ .after = after, .limit = limit }, out);
}

Err clips_hot(Tx *tx, i64 hot, ClipId id, i64 limit, ClipFindRowList *out)
{
    return q_clip_hot(tx, (ClipHotIn){ .hot = hot, .id = id, .limit = limit }, out);
}

static ClipId or_newest(ClipId before)
{
    return before.v ? before : (ClipId){ INT64_MAX };
}

static void set_next(Arena *a, ClipFindRowList rows, i64 limit, ClipPage *out)
{
    if (rows.n == limit) out->next = arena_format(a, "%lld", (long long)rows.p[rows.n - 1].id.v);
}

Err clips_of_shop(Tx *tx, const By *by, ShopId shop, ClipId before, i64 limit, ClipPage *out)
{
    ClipFindRowList rows;
    Shop terms;
    try(shop_terms(tx, shop, &terms));
    try(q_clip_of_shop(tx, (ClipOfShopIn){ .shop = shop, .before = or_newest(before), .limit = limit }, &rows));
    set_next(tx->a, rows, limit, out);
    return show(tx, by, rows, false, &out->items);
}

Err clips_of_studio(Tx *tx, const By *by, ShopId shop, ClipId before, i64 limit, ClipPage *out)
{
    ClipFindRowList rows;
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    try(q_clip_of_studio(tx, (ClipOfStudioIn){ .shop = shop, .before = or_newest(before), .limit = limit }, &rows));
    set_next(tx->a, rows, limit, out);
    return show(tx, by, rows, true, &out->items);
}

// ---------------------------------------------------------------------------------------------- audit

Err clips_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context)
{
    ClipAuditLikesRowList likes;
    ClipAuditKeysRowList keys;
    ClipAuditTagsRowList tags;
    ClipAuditSavesRowList saves;
    ClipAuditSharesRowList shares;
    try(q_clip_audit_likes(tx, &likes));
    for (i64 i = 0; i < likes.n; i++)
        report(context, "clip_likes", likes.p[i].id.v,
               arena_format(tx->a, "likes is %lld, but there are %lld rows of likes", (long long)likes.p[i].likes,
                            (long long)likes.p[i].rows).p);
    try(q_clip_audit_saves(tx, &saves));
    for (i64 i = 0; i < saves.n; i++)
        report(context, "clip_saves", saves.p[i].id.v, "the clip counts other saves than there are");
    try(q_clip_audit_shares(tx, &shares));
    for (i64 i = 0; i < shares.n; i++)
        report(context, "clip_shares", shares.p[i].id.v, "the clip counts other shares than there are");
    try(q_clip_audit_keys(tx, &keys));
    for (i64 i = 0; i < keys.n; i++)
        report(context, "clip_key", keys.p[i].id.v, "the clip has no folder of its own, or is ready without a size");
    try(q_clip_audit_tags(tx, &tags));
    for (i64 i = 0; i < tags.n; i++) report(context, "clip_tags", tags.p[i].clip.v, "the clip has more than 10 products");
    return ERR_OK;
}
