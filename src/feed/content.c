// A clip as the engine sees it: numbers made of its words, tags and products. No HTTP, no JSON, no clock.
#include "feed/inner.h"

#include "base/marks.h"
#include "catalog/catalog.h"
#include "rank/chance.h"
#include "shops/shops.h"

enum { WORD_LEAST = 3, CAPTION_WORDS_MAX = 16 };

// FNV-1a (Fowler, Noll, Vo) over the bytes, mixed; positive, so that it may be an i64 and is never 0.
i64 feed_subject(Arena *a, FeedNameKind kind, Str name)
{
    Str folded = marks_fold(a, str_trim(name));
    u64 h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < folded.n; i++) h = (h ^ (u8)folded.p[i]) * UINT64_C(1099511628211);
    return (i64)(hash_pair((u64)kind, h) >> 1 | 1);
}

static bool in_list(const u64 *list, i64 n, u64 x)
{
    for (i64 i = 0; i < n; i++)
        if (list[i] == x) return true;
    return false;
}

static void name(FeedContent *c, i64 subject, Str text)
{
    if (c->n_names < FEED_NAMES_MAX) c->names[c->n_names++] = (FeedName){ subject, text };
}

static void add_topics(Arena *a, Str caption, FeedContent *c)
{
    MarkList marks;
    marks_find(a, caption, &marks);
    for (i64 i = 0; i < marks.n && c->clip.n_topics < RANK_TOPICS_MAX; i++) {
        if (marks.p[i].kind != MARK_TAG) continue;
        i64 subject = feed_subject(a, FEED_NAME_TOPIC, marks.p[i].name);
        if (in_list(c->clip.topics, c->clip.n_topics, (u64)subject)) continue;
        c->clip.topics[c->clip.n_topics++] = (u64)subject;
        name(c, subject, marks.p[i].name);
    }
}

static bool is_letter(char x)
{
    return (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9') || (u8)x >= 0x80;
}

// Words of three letters and more, each once. Tags are words too.
static void add_words(Arena *a, Str text, i64 most, RankClip *clip)
{
    Str folded = marks_fold(a, text);
    for (size_t i = 0, from = 0; i <= folded.n && clip->n_words < most; i++) {
        if (i < folded.n && is_letter(folded.p[i])) continue;
        if (i - from >= WORD_LEAST) {
            u64 word = (u64)feed_subject(a, FEED_NAME_WORD, str_slice(folded, from, i));
            if (!in_list(clip->words, clip->n_words, word)) clip->words[clip->n_words++] = word;
        }
        from = i + 1;
    }
}

// The first product says what the clip sells; a product without a kind is of the kind without a name.
static Err add_products(Tx *tx, ClipId id, FeedContent *c)
{
    ProductIdList products;
    try(clip_products(tx, id, &products));
    for (i64 i = 0; i < products.n; i++) {
        ProductFacts facts;
        Err e = catalog_product_facts(tx, products.p[i], &facts);
        if (e == ERR_NOT_FOUND) continue;
        if (e != ERR_OK) return e;
        if (facts.state != PRODUCT_STATE_ACTIVE) continue;
        add_words(tx->a, facts.title, RANK_WORDS_MAX, &c->clip);
        if (c->clip.category) continue;
        c->clip.category = feed_subject(tx->a, FEED_NAME_CATEGORY, facts.category);
        c->clip.price_minor = facts.price.minor;
        name(c, c->clip.category, facts.category);
    }
    return ERR_OK;
}

static u16 two_letters(Str s)
{
    return s.n == 2 ? (u16)((u8)s.p[0] << 8 | (u8)s.p[1]) : 0;
}

Err feed_content(Tx *tx, const ClipFindRow *row, FeedContent *out)
{
    Shop shop;
    try(shop_terms(tx, row->shop, &shop));
    *out = (FeedContent){ .clip = { .id = row->id.v, .shop = row->shop.v, .creator = row->author.v,
                                    .duration_ms = row->duration_ms, .region = two_letters(shop.country),
                                    .created = row->created },
                          .shown = row->state == CLIP_STATE_READY && shop.state == SHOP_STATE_OPEN };
    add_topics(tx->a, row->caption, out);
    add_words(tx->a, row->caption, CAPTION_WORDS_MAX, &out->clip);
    return add_products(tx, row->id, out);
}

Err feed_names_put(Tx *tx, const FeedContent *c)
{
    i64 n;
    for (i64 i = 0; i < c->n_names; i++)
        try(q_feed_name_put(tx, (FeedNamePutIn){ .subject = c->names[i].subject, .name = c->names[i].text }, &n));
    return ERR_OK;
}

Err feed_name_of(Tx *tx, i64 subject, Str *out)
{
    FeedNameGetRow *row;
    try(q_feed_name_get(tx, (FeedNameGetIn){ .subject = subject }, &row));
    *out = row ? row->name : (Str){ 0 };
    return ERR_OK;
}
