// What is rising, as people see it. No HTTP, no JSON, no clock.
#include "trends/trends.h"

#include "catalog/catalog.h"
#include "clips/clips.h"
#include "people/people.h"
#include "shops/shops.h"
#include "trends/inner.h"

enum { PAGE_MAX = 50, PICKS_MAX = 50, CATEGORIES_MAX = 5, PRODUCTS_LOOKED_AT = 50 };

typedef struct Show { Tx *tx; const By *by; const TrendWanted *want; i64 size; TrendPage *out; } Show;

// Gaps are buckets of nobody; few people could be known by their number.
static Err show_points(Show *s, TrendSeriesId id, Trend *t)
{
    const TrendSize *size = &TREND_SIZE[s->size];
    TrendCountsRowList rows;
    Time last = (s->by->now - TREND_GRACE_MS) / size->bucket_ms * size->bucket_ms - size->bucket_ms;
    Time first = last - (size->points - 1) * size->bucket_ms;
    try(q_trend_counts(s->tx, (TrendCountsIn){ .series = id, .size = s->size, .since = first, .limit = size->points + 1 },
                       &rows));
    t->points = (TrendPointList){ arena_new_array(s->tx->a, TrendPoint, size->points), size->points };
    for (i64 i = 0; i < size->points; i++) t->points.p[i].at = first + i * size->bucket_ms;
    for (i64 i = 0; i < rows.n; i++) {
        i64 place = (rows.p[i].bucket - first) / size->bucket_ms;
        if (place < size->points && rows.p[i].people >= TREND_SHOWN_LEAST) t->points.p[place].people = rows.p[i].people;
    }
    return ERR_OK;
}

// What a page may show of it now; *shown is false for what is closed, sold off or gone.
static Err show_subject(Show *s, const TrendPageRow *row, Trend *t, bool *shown)
{
    *shown = true;
    if (row->kind == TREND_KIND_PRODUCT) {
        ProductCardList cards;
        ProductId id = { row->subject };
        try(catalog_cards(s->tx, (ProductIdList){ &id, 1 }, false, &cards));
        *shown = cards.n == 1;
        if (*shown) t->product = &cards.p[0], t->name = cards.p[0].title;
    } else if (row->kind == TREND_KIND_SHOP) {
        t->shop = arena_new(s->tx->a, ShopCard);
        try(shop_is_open(s->tx, (ShopId){ row->subject }, shown));
        if (*shown) try(shop_card(s->tx, (ShopId){ row->subject }, t->shop));
        if (*shown) t->name = t->shop->name;
        else t->shop = NULL;
    } else if (row->kind == TREND_KIND_CREATOR) {
        PersonCard card = { 0 };
        try(person_card(s->tx, s->by, (AccountId){ row->subject }, &card));
        *shown = card.handle.n > 0;                                // who does not want to be shown is not to be found by this
        t->name = card.handle;
    } else if (row->kind == TREND_KIND_SOUND) {
        ClipFindRow *clip;
        try(clip_stored(s->tx, (ClipId){ row->subject }, &clip));
        *shown = clip && clip->state == CLIP_STATE_READY;
        if (*shown) t->sound = clip->id, t->name = str_first(clip->caption, TREND_NAME_MAX);
    }
    return ERR_OK;
}

static Err show_row(Show *s, const TrendPageRow *row)
{
    const TrendSize *size = &TREND_SIZE[s->size];
    Trend t = { .kind = row->kind, .name = row->name, .category = row->category, .region = s->want->region, .times = row->times,
                .people = row->people, .since = row->since };
    bool shown;
    try(show_subject(s, row, &t, &shown));
    if (!shown) return ERR_OK;
    double left = judge_fade((double)row->score / 1e3, s->by->now - row->at, size->points * size->bucket_ms);
    t.score = left > 1e6 ? 1000000 : (i64)left;
    try(show_points(s, row->series, &t));
    s->out->items.p[s->out->items.n++] = t;
    return ERR_OK;
}

// What a page offers to choose from: nothing that would lead to an empty one.
static Err show_picks(Show *s, Str region, Time since)
{
    TrendRegionsRowList regions;
    TrendCategoriesRowList categories;
    try(q_trend_regions(s->tx, (TrendRegionsIn){ .size = s->size, .since = since, .limit = PICKS_MAX }, &regions));
    try(q_trend_categories(s->tx, (TrendCategoriesIn){ .size = s->size, .region = region, .since = since, .limit = PICKS_MAX },
                           &categories));
    s->out->regions = (StrList){ arena_new_array(s->tx->a, Str, regions.n), regions.n };
    for (i64 i = 0; i < regions.n; i++) s->out->regions.p[i] = regions.p[i].region;
    s->out->categories = (StrList){ arena_new_array(s->tx->a, Str, categories.n), categories.n };
    for (i64 i = 0; i < categories.n; i++) s->out->categories.p[i] = categories.p[i].category;
    return ERR_OK;
}

Err trends_page(Tx *tx, const By *by, const TrendWanted *want, TrendPage *out)
{
    must(want->limit >= 1 && want->limit <= PAGE_MAX);
    i64 size_at = (i64)want->window;
    const TrendSize *size = &TREND_SIZE[size_at];
    TrendPageRowList rows;
    TrendMarkGetRow *mark;
    Show s = { .tx = tx, .by = by, .want = want, .size = size_at, .out = out };
    *out = (TrendPage){ .window = want->window, .items = { arena_new_array(tx->a, Trend, want->limit), 0 } };
    try(q_trend_mark_get(tx, (TrendMarkGetIn){ .size = size_at }, &mark));
    if (mark) out->has_updated = true, out->updated = mark->next;
    Str region = want->region.n ? want->region : STR("*");
    Time since = by->now - size->points * size->bucket_ms;
    try(show_picks(&s, region, since));
    try(q_trend_page(tx, (TrendPageIn){ .size = size_at, .region = region,
                                        .kind = want->has_kind ? str_of(TREND_KIND_NAMES.names[want->kind]) : STR(""),
                                        .category = want->category, .since = since,
                                        .limit = 2 * want->limit }, &rows));
    for (i64 i = 0; i < rows.n && out->items.n < want->limit; i++) try(show_row(&s, &rows.p[i]));
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- the studio

// The kinds of what a shop sells, of its newest products.
static Err categories_of(Tx *tx, ShopId shop, Str *categories, i64 *n)
{
    ProductCardPage page;
    *n = 0;
    try(product_cards(tx, (ProductsWanted){ .shop = shop, .state = PRODUCT_STATE_ACTIVE, .limit = PRODUCTS_LOOKED_AT }, &page));
    for (i64 i = 0; i < page.items.n && *n < CATEGORIES_MAX; i++) {
        ProductFacts facts;
        bool known = false;
        try(catalog_product_facts(tx, page.items.p[i].id, &facts));
        for (i64 k = 0; k < *n; k++) known = known || str_eq(categories[k], facts.category);
        if (!known && facts.category.n) categories[(*n)++] = facts.category;
    }
    return ERR_OK;
}

static void merge(TrendPage *into, const TrendPage *more)
{
    for (i64 i = 0; i < more->items.n && into->items.n < PAGE_MAX; i++) {
        i64 at = into->items.n++;
        for (; at > 0 && into->items.p[at - 1].score < more->items.p[i].score; at--) into->items.p[at] = into->items.p[at - 1];
        into->items.p[at] = more->items.p[i];
    }
}

Err trends_of_studio(Tx *tx, const By *by, ShopId shop, TrendWindow window, TrendPage *out)
{
    Str categories[CATEGORIES_MAX];
    i64 n;
    Shop terms;
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    try(shop_terms(tx, shop, &terms));
    try(categories_of(tx, shop, categories, &n));
    TrendWanted want = { .region = terms.country, .window = window, .limit = TREND_DEFAULT };
    if (n == 0) return trends_page(tx, by, &want, out);
    *out = (TrendPage){ .window = window, .items = { arena_new_array(tx->a, Trend, PAGE_MAX), 0 } };
    for (i64 i = 0; i < n; i++) {
        TrendPage page;
        want.category = categories[i];
        try(trends_page(tx, by, &want, &page));
        out->has_updated = page.has_updated, out->updated = page.updated;
        merge(out, &page);
    }
    return ERR_OK;
}
