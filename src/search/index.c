// What the index holds of products, clips, shops, people and tags, read through the features' own doors as nobody in particular
// sees them. Knows no questions.
#include "search/inner.h"

#include <math.h>

#include "accounts/accounts.h"
#include "base/buf.h"
#include "catalog/catalog.h"
#include "clips/clips.h"
#include "orders/orders.h"
#include "people/people.h"
#include "rank/chance.h"
#include "shops/shops.h"

enum { TEXT_BYTES = 16384, SHOP_PAGE = 50 };

// What it is to the index that somebody may not find it.
static Err take_out(Find *f, SearchKind kind, i64 id)
{
    return find_remove(f, (i64)kind, id) ? ERR_OK : ERR_DISK;
}

static Err put(Find *f, const FindDoc *doc)
{
    return find_put(f, doc) ? ERR_OK : ERR_DISK;
}

i64 search_currency(Currency c)
{
    return (i64)(u8)c.code[0] << 16 | (i64)(u8)c.code[1] << 8 | (i64)(u8)c.code[2];
}

Currency search_currency_of(i64 n)
{
    return (Currency){ { (char)(n >> 16 & 0x7f), (char)(n >> 8 & 0x7f), (char)(n & 0x7f), 0 } };
}

// FNV-1a (Fowler, Noll, Vo), mixed. Two of a million tags meet with a chance of one in ten millions; then one of them is lost.
i64 search_tag_id(Str tag)
{
    u64 h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < tag.n; i++) h = (h ^ (u8)tag.p[i]) * UINT64_C(1099511628211);
    return (i64)(hash_mix(h) >> 1 | 1);
}

static void add(Buf *b, Str s)
{
    if (b->n + s.n + 1 > TEXT_BYTES) return;                       // what comes after so much is not found
    buf_add(b, s);
    buf_add(b, STR(" "));
}

// ---------------------------------------------------------------------------------------------- products

static Err put_product(Tx *tx, const By *by, Find *f, i64 id)
{
    Product p;
    ProductCardList cards;
    ProductId product = { id };
    i64 sold;
    bool open;
    try(catalog_cards(tx, (ProductIdList){ &product, 1 }, false, &cards));
    if (cards.n == 0) return take_out(f, SEARCH_KIND_PRODUCT, id);
    try(product_open(tx, by, product, &p));
    try(shop_is_open(tx, p.shop->id, &open));
    if (!open) return take_out(f, SEARCH_KIND_PRODUCT, id);
    try(order_product_sold(tx, product, by->now - (i64)SEARCH_SOLD_DAYS * DAY_MS, &sold));
    Buf text = buf_new(tx->a, TEXT_BYTES), codes = buf_new(tx->a, TEXT_BYTES);
    add(&text, p.category), add(&text, p.shop->name), add(&text, p.shop->handle);
    for (i64 i = 0; i < p.options.n; i++)
        for (i64 k = 0; k < p.options.p[i].values.n; k++) add(&text, p.options.p[i].values.p[k]);
    add(&text, p.description);
    for (i64 i = 0; i < p.variants.n; i++) add(&codes, p.variants.p[i].sku);
    return put(f, &(FindDoc){ .id = id, .kind = SEARCH_KIND_PRODUCT, .title = p.title, .text = buf_str(&text),
                              .codes = buf_str(&codes), .key = p.category, .weight = log1p((double)(sold > 0 ? sold : 0)),
                              .number = { [SEARCH_PRICE] = cards.p[0].price_from.minor,
                                          [SEARCH_CURRENCY] = search_currency(cards.p[0].price_from.currency),
                                          [SEARCH_SHOP] = p.shop->id.v, [SEARCH_MADE] = p.created, [SEARCH_LIKED] = sold } });
}

// ---------------------------------------------------------------------------------------------- clips and tags

static Err put_tag(Tx *tx, Find *f, Str tag)
{
    i64 n;
    if (tag.n > FIND_KEY_BYTES) return ERR_OK;
    try(clips_of_tag_count(tx, tag, &n));
    if (n == 0) return take_out(f, SEARCH_KIND_TAG, search_tag_id(tag));
    return put(f, &(FindDoc){ .id = search_tag_id(tag), .kind = SEARCH_KIND_TAG, .title = tag, .codes = tag, .key = tag,
                              .weight = log1p((double)n), .number = { [SEARCH_LIKED] = n } });
}

static Err put_person(Tx *tx, const By *by, Find *f, i64 id);

static Err put_clip(Tx *tx, const By *by, Find *f, i64 id)
{
    ClipFindRow *row;
    ProductIdList products;
    StrList tags;
    Shop shop;
    try(clip_stored(tx, (ClipId){ id }, &row));
    if (!row) return take_out(f, SEARCH_KIND_CLIP, id);
    try(clip_tags(tx, row->id, &tags));
    for (i64 i = 0; i < tags.n; i++) try(put_tag(tx, f, tags.p[i]));
    try(shop_terms(tx, row->shop, &shop));
    if (row->state != CLIP_STATE_READY || shop.state != SHOP_STATE_OPEN) return take_out(f, SEARCH_KIND_CLIP, id);
    try(put_person(tx, by, f, row->author.v));
    Buf text = buf_new(tx->a, TEXT_BYTES), codes = buf_new(tx->a, TEXT_BYTES);
    try(clip_products(tx, row->id, &products));
    for (i64 i = 0; i < products.n; i++) {
        ProductFacts facts;
        Err e = catalog_product_facts(tx, products.p[i], &facts);
        if (e == ERR_OK) add(&text, facts.title), add(&text, facts.category);
        else if (e != ERR_NOT_FOUND) return e;
    }
    add(&text, shop.name), add(&text, shop.handle);
    for (i64 i = 0; i < tags.n; i++) add(&codes, tags.p[i]);
    return put(f, &(FindDoc){ .id = id, .kind = SEARCH_KIND_CLIP, .title = row->caption, .text = buf_str(&text),
                              .codes = buf_str(&codes), .weight = log1p((double)row->likes),
                              .number = { [SEARCH_SHOP] = row->shop.v, [SEARCH_MADE] = row->created,
                                          [SEARCH_LIKED] = row->likes } });
}

// ---------------------------------------------------------------------------------------------- shops and people

static Err put_all_of(Tx *tx, const By *by, Find *f, ShopId shop)
{
    ClipFindRowList clips;
    ProductCardPage page = { 0 };
    ClipId before_clip = { INT64_MAX };
    ShopIdList one = { &shop, 1 };
    ProductId before = { INT64_MAX };
    do {
        try(product_cards(tx, (ProductsWanted){ .shop = shop, .any_state = true, .before = before, .limit = SHOP_PAGE }, &page));
        for (i64 i = 0; i < page.items.n; i++) {
            ArenaMark one_more = arena_mark(tx->a);                // a shop may have any number of them
            try(put_product(tx, by, f, page.items.p[i].id.v));
            arena_rewind(tx->a, one_more);
        }
        if (page.items.n) before = page.items.p[page.items.n - 1].id;
    } while (page.items.n == SHOP_PAGE);
    do {
        try(clips_newest_of(tx, one, (AccountIdList){ 0 }, before_clip, SHOP_PAGE, &clips));
        for (i64 i = 0; i < clips.n; i++) {
            ArenaMark one_more = arena_mark(tx->a);
            try(put_clip(tx, by, f, clips.p[i].id.v));
            arena_rewind(tx->a, one_more);
        }
        if (clips.n) before_clip = clips.p[clips.n - 1].id;
    } while (clips.n == SHOP_PAGE);
    return ERR_OK;
}

static Err put_shop(Tx *tx, Find *f, i64 id)
{
    Shop s;
    Err e = shop_terms(tx, (ShopId){ id }, &s);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && s.state != SHOP_STATE_OPEN)) return take_out(f, SEARCH_KIND_SHOP, id);
    try(e);
    Buf text = buf_new(tx->a, TEXT_BYTES);
    add(&text, s.city), add(&text, s.about);
    return put(f, &(FindDoc){ .id = id, .kind = SEARCH_KIND_SHOP, .title = s.name, .codes = s.handle, .text = buf_str(&text),
                              .weight = log1p((double)s.followers),
                              .number = { [SEARCH_SHOP] = id, [SEARCH_MADE] = s.created, [SEARCH_LIKED] = s.followers } });
}

// Whoever chose to show something of themselves, is followed or made a clip; who only shops here is nobody to be found.
static Err put_person(Tx *tx, const By *by, Find *f, i64 id)
{
    Profile p;
    ClipPage clips = { 0 };
    try(person_profile(tx, by, (AccountId){ id }, &p));
    bool shows = p.name.n || p.bio.n || p.followers;
    if (p.handle.n && !shows) try(clips_of_person(tx, by, (AccountId){ id }, (ClipId){ INT64_MAX }, 1, &clips));
    if (!p.handle.n || !(shows || clips.items.n)) return take_out(f, SEARCH_KIND_PERSON, id);
    return put(f, &(FindDoc){ .id = id, .kind = SEARCH_KIND_PERSON, .title = p.name.n ? p.name : p.handle, .codes = p.handle,
                              .text = p.bio, .weight = log1p((double)p.followers),
                              .number = { [SEARCH_LIKED] = p.followers } });
}

Err search_put(Tx *tx, const By *by, Find *f, SearchKind kind, i64 id)
{
    switch (kind) {
    case SEARCH_KIND_PRODUCT: return put_product(tx, by, f, id);
    case SEARCH_KIND_CLIP: return put_clip(tx, by, f, id);
    case SEARCH_KIND_SHOP: return put_shop(tx, f, id);
    case SEARCH_KIND_PERSON: return put_person(tx, by, f, id);
    case SEARCH_KIND_TAG: break;                                   // comes with its clips
    }
    must(false);
    return ERR_OK;
}

Err search_put_shop(Tx *tx, const By *by, Find *f, i64 id)
{
    try(put_shop(tx, f, id));
    return put_all_of(tx, by, f, (ShopId){ id });
}
