// From a question to a page: the index says what fits, the database what is so now. No HTTP, no JSON, no clock.
#include "search/inner.h"

#include "base/marks.h"
#include "catalog/catalog.h"
#include "clips/clips.h"
#include "people/people.h"
#include "shipping/shipping.h"
#include "shops/shops.h"
#include "stock/stock.h"

enum { CARDS_AT_ONCE = 10, SHOPS_ASKED = 64, TASTES_MAX = 100 };

// Of a shop that hits are of: is it open, and does it send to where one asks for?
typedef struct Served { ShopId shop; bool open, served; } Served;
typedef struct Taste { bool of_shop; i64 shop; Str category; double strength; } Taste;

typedef struct Ask {
    Tx *tx;
    const By *by;
    const SearchWanted *want;
    Find *find;
    Str question;
    Taste *taste; i64 n_taste;
    Served served[SHOPS_ASKED]; i64 n_served;
    SearchPage *out;
} Ask;

// ---------------------------------------------------------------------------------------------- what is asked

// Each word in quotes stands for itself alone.
static Str exactly(Arena *a, Str q)
{
    Buf b = buf_new(a, 4 * FIND_ASKED_BYTES);
    if (str_find(q, STR("\"")) >= 0) return q;
    while (q.n) {
        Str word = str_split(&q, ' ');
        bool without = word.n > 1 && word.p[0] == '-';
        if (word.n) buf_format(&b, without ? "%.*s " : "\"%.*s\" ", STR_ARG(word));
    }
    return buf_str(&b);
}

// ---------------------------------------------------------------------------------------------- taste

// Nothing without consent: feed_profile says nothing then.
static Err read_taste(Ask *k, FeedEngine *engine)
{
    FeedProfile p = { 0 };
    try(feed_profile(k->tx, k->by, engine, &p));
    k->taste = arena_new_array(k->tx->a, Taste, TASTES_MAX);
    for (i64 i = 0; i < p.traits.n && k->n_taste < TASTES_MAX; i++) {
        const FeedTrait *t = &p.traits.p[i];
        Str subject = t->trait;
        Taste x = { .of_shop = t->kind == FEED_TRAIT_KIND_SHOP, .category = t->name, .strength = (double)t->strength_ppm / 1e6 };
        (void)str_split(&subject, '-');
        if (x.of_shop ? !str_to_i64(subject, &x.shop) : t->kind != FEED_TRAIT_KIND_CATEGORY || !t->name.n) continue;
        k->taste[k->n_taste++] = x;
    }
    return ERR_OK;
}

static double taste_of(const Ask *k, const FindHit *h)
{
    double sum = 0;
    for (i64 i = 0; i < k->n_taste; i++) {
        const Taste *t = &k->taste[i];
        bool same = t->of_shop ? t->shop == h->number[SEARCH_SHOP] : h->key.n && str_eq_nocase(t->category, h->key);
        if (same) sum += t->strength;
    }
    return sum > 1 ? 1 : sum < -1 ? -1 : sum;
}

// ---------------------------------------------------------------------------------------------- order

static int by_sort(const void *a, const void *b, void *context)
{
    const FindHit *x = a, *y = b;
    SearchSort sort = *(SearchSort *)context;
    i64 d = 0;
    if (sort == SEARCH_SORT_NEWEST) d = y->number[SEARCH_MADE] - x->number[SEARCH_MADE];
    else if (sort == SEARCH_SORT_POPULAR) d = y->number[SEARCH_LIKED] - x->number[SEARCH_LIKED];
    else if (sort == SEARCH_SORT_PRICE_UP) d = x->number[SEARCH_PRICE] - y->number[SEARCH_PRICE];
    else if (sort == SEARCH_SORT_PRICE_DOWN) d = y->number[SEARCH_PRICE] - x->number[SEARCH_PRICE];
    if (sort == SEARCH_SORT_NEWEST && d == 0) d = y->id - x->id;
    if (d) return d < 0 ? -1 : 1;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static FindAnswer ask(Ask *k, SearchKind kind)
{
    FindAnswer a = find_ask(k->find, k->tx->a, k->question, UINT32_C(1) << kind, FIND_HITS_MAX);
    SearchSort sort = k->want->sort;
    bool priced = sort == SEARCH_SORT_PRICE_UP || sort == SEARCH_SORT_PRICE_DOWN;
    if (kind != SEARCH_KIND_PRODUCT && priced) sort = SEARCH_SORT_BEST;
    for (i64 i = 0; i < a.n; i++) a.hit[i].score *= 1 + SEARCH_TASTE * taste_of(k, &a.hit[i]);
    if (k->n_taste || sort != SEARCH_SORT_BEST) qsort_r(a.hit, (size_t)a.n, sizeof(FindHit), by_sort, &sort);
    if (a.corrected && !k->out->taken.n) k->out->taken = a.taken;
    return a;
}

// ---------------------------------------------------------------------------------------------- products

// What most of the products cost in.
static i64 usual_currency(const FindAnswer *a)
{
    i64 currency[16], n[16], known = 0, best = 0;
    for (i64 i = 0; i < a->n; i++) {
        i64 c = a->hit[i].number[SEARCH_CURRENCY], k = 0;
        while (k < known && currency[k] != c) k++;
        if (k == known && known < COUNT(currency)) currency[known] = c, n[known++] = 0;
        if (k < known) n[k]++;
    }
    for (i64 k = 1; k < known; k++)
        if (n[k] > n[best]) best = k;
    return known ? currency[best] : 0;
}

static bool price_fits(const SearchWanted *w, i64 currency, i64 minor, i64 wanted)
{
    if (!w->has_min && !w->has_max) return true;
    return currency == wanted && (!w->has_min || minor >= w->min) && (!w->has_max || minor <= w->max);
}

static int most_first(const void *a, const void *b)
{
    const SearchCategory *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n ? 1 : -1) : str_cmp(x->name, y->name);
}

static void count_category(SearchCategoryList *all, Str key)
{
    for (i64 i = 0; i < all->n; i++)
        if (str_eq_nocase(all->p[i].name, key)) {
            all->p[i].n++;
            return;
        }
    all->p[all->n++] = (SearchCategory){ .name = key, .n = 1 };
}

// Its place in `served`, or n_served.
static i64 place_of_shop(const Ask *k, ShopId shop)
{
    i64 at = 0;
    while (at < k->n_served && k->served[at].shop.v != shop.v) at++;
    return at;
}

static Err look_at_shop(Ask *k, ShopId shop, bool *fits)
{
    Shop terms;
    ShipQuote quote = { .served = true };
    i64 at = place_of_shop(k, shop);
    if (at == k->n_served) {
        try(shop_terms(k->tx, shop, &terms));
        ShipAsk ask = { .shop = &terms, .has_place = true, .place = { .country = k->want->delivers }, .now = k->by->now };
        if (k->want->delivers.n) try(shipping_quote(k->tx, &ask, &quote));
        if (at == SHOPS_ASKED) at = 0;                             // more shops than that are asked again
        else k->n_served++;
        k->served[at] = (Served){ shop, terms.state == SHOP_STATE_OPEN, quote.served };
    }
    *fits = k->served[at].open && k->served[at].served;
    return ERR_OK;
}

// Which of n hits have a unit to sell now; `fits` is cleared for the others. What an offer alone still sells is told by its card.
static Err look_at_stock(Ask *k, const FindHit *hit, i64 n, bool *fits)
{
    ProductId ids[STOCK_PRODUCTS_MAX];
    ProductIdList stocked, pooled = { 0 };
    for (i64 i = 0; i < n; i++) ids[i].v = hit[i].id;
    try(stock_free_products(k->tx, (ProductIdList){ ids, n }, &stocked));
    if (stocked.n < n) try(stock_pooled_products(k->tx, STOCK_POOL_FLASH, (ProductIdList){ ids, n }, &pooled));
    for (i64 i = 0; i < n; i++) {
        bool has = false;
        for (i64 s = 0; s < stocked.n; s++) has |= stocked.p[s].v == hit[i].id;
        for (i64 s = 0; s < pooled.n; s++) has |= pooled.p[s].v == hit[i].id;
        fits[i] &= has;
    }
    return ERR_OK;
}

// Leaves out what cannot be had, so that facets count what will be shown. Of more than SHOPS_ASKED shops the rest is shown or
// not by its page.
static Err leave_out(Ask *k, FindAnswer *a)
{
    i64 kept = 0;
    for (i64 from = 0; from < a->n; from += STOCK_PRODUCTS_MAX) {
        i64 n = a->n - from < STOCK_PRODUCTS_MAX ? a->n - from : STOCK_PRODUCTS_MAX;
        bool fits[STOCK_PRODUCTS_MAX];
        memset(fits, true, sizeof(fits));
        if (k->want->in_stock) try(look_at_stock(k, a->hit + from, n, fits));
        for (i64 i = 0; i < n; i++) {
            ShopId shop = { a->hit[from + i].number[SEARCH_SHOP] };
            bool asked = k->want->delivers.n && place_of_shop(k, shop) < SHOPS_ASKED;
            if (fits[i] && asked) try(look_at_shop(k, shop, &fits[i]));
            if (fits[i]) a->hit[kept++] = a->hit[from + i];
        }
    }
    a->n = kept;
    return ERR_OK;
}

// Categories of what the price leaves, prices of what the category leaves; then both decide what stays.
static i64 facets(Ask *k, FindAnswer *a)
{
    const SearchWanted *w = k->want;
    SearchPage *out = k->out;
    Currency named = { 0 };
    i64 wanted = w->currency.n && currency_parse(w->currency, &named) ? search_currency(named) : usual_currency(a), n = 0;
    out->categories = (SearchCategoryList){ arena_new_array(k->tx->a, SearchCategory, a->n), 0 };
    if (wanted) out->currency = arena_format(k->tx->a, "%s", search_currency_of(wanted).code);
    for (i64 i = 0; i < a->n; i++) {
        const FindHit *h = &a->hit[i];
        i64 price = h->number[SEARCH_PRICE];
        bool fits = price_fits(w, h->number[SEARCH_CURRENCY], price, wanted);
        bool of_it = !w->category.n || str_eq_nocase(w->category, h->key);
        if (fits && h->key.n) count_category(&out->categories, h->key);
        if (of_it && h->number[SEARCH_CURRENCY] == wanted) {
            if (!out->has_price_low || price < out->price_low) out->has_price_low = true, out->price_low = price;
            if (!out->has_price_high || price > out->price_high) out->has_price_high = true, out->price_high = price;
        }
        if (fits && of_it) a->hit[n++] = *h;
    }
    a->n = n;
    qsort(out->categories.p, (size_t)out->categories.n, sizeof(SearchCategory), most_first);
    if (out->categories.n > SEARCH_CATEGORIES) out->categories.n = SEARCH_CATEGORIES;
    return wanted;
}

// At most CARDS_AT_ONCE hits as they are now; what is gone or does not fit is left out. *read: hits looked at.
static Err show_cards(Ask *k, const FindHit *hit, i64 n, i64 limit, i64 currency, i64 *read)
{
    ProductId ids[CARDS_AT_ONCE];
    ProductCardList cards;
    i64 at = 0;
    for (i64 i = 0; i < n; i++) ids[i].v = hit[i].id;
    try(catalog_cards(k->tx, (ProductIdList){ ids, n }, false, &cards));
    for (*read = 0; *read < n && k->out->products.n < limit; ++*read) {
        const ProductCard *c = at < cards.n && cards.p[at].id.v == hit[*read].id ? &cards.p[at] : NULL;
        bool stays = c != NULL;
        if (c) at++;
        if (stays && k->want->in_stock) stays = c->available;
        if (stays) stays = price_fits(k->want, search_currency(c->price_from.currency), c->price_from.minor, currency);
        if (stays) try(look_at_shop(k, (ShopId){ hit[*read].number[SEARCH_SHOP] }, &stays));
        if (stays) k->out->products.p[k->out->products.n++] = *c;
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- the other kinds

static Err show_clip(Ask *k, i64 id)
{
    ClipFindRow *row;
    ClipList shown = { 0 };
    bool apart = false;
    try(clip_stored(k->tx, (ClipId){ id }, &row));
    if (!row || row->state != CLIP_STATE_READY) return ERR_OK;
    if (k->by->who.account) try(people_apart(k->tx, (AccountId){ k->by->who.account }, row->author, &apart));
    if (!apart) try(clips_show(k->tx, k->by, (ClipFindRowList){ row, 1 }, &shown));
    if (shown.n) k->out->clips.p[k->out->clips.n++] = shown.p[0];
    return ERR_OK;
}

static Err show_shop(Ask *k, i64 id)
{
    bool open;
    try(shop_is_open(k->tx, (ShopId){ id }, &open));
    return open ? shop_card(k->tx, (ShopId){ id }, &k->out->shops.p[k->out->shops.n++]) : ERR_OK;
}

static Err show_person(Ask *k, i64 id)
{
    PersonCard *card = arena_new(k->tx->a, PersonCard);
    Profile p;
    AccountId who;
    try(person_profile(k->tx, k->by, (AccountId){ id }, &p));
    if (!p.handle.n) return ERR_OK;
    Err e = person_visible(k->tx, k->by, p.handle, &who);
    if (e == ERR_NOT_FOUND) return ERR_OK;                         // one has blocked the other
    try(e);
    *card = (PersonCard){ .handle = p.handle, .name = p.name };
    k->out->people.p[k->out->people.n++] = (SearchPerson){ .person = card, .followers = p.followers };
    return ERR_OK;
}

static Err show_tag(Ask *k, Str tag)
{
    i64 n;
    try(clips_of_tag_count(k->tx, tag, &n));
    if (n) k->out->tags.p[k->out->tags.n++] = (SearchTag){ .tag = tag, .clips = n };
    return ERR_OK;
}

static i64 shown(const SearchPage *p, SearchKind kind)
{
    return kind == SEARCH_KIND_PRODUCT ? p->products.n : kind == SEARCH_KIND_CLIP ? p->clips.n :
           kind == SEARCH_KIND_SHOP ? p->shops.n : kind == SEARCH_KIND_PERSON ? p->people.n : p->tags.n;
}

static Err show_one(Ask *k, SearchKind kind, const FindHit *h)
{
    switch (kind) {
    case SEARCH_KIND_CLIP: return show_clip(k, h->id);
    case SEARCH_KIND_SHOP: return show_shop(k, h->id);
    case SEARCH_KIND_PERSON: return show_person(k, h->id);
    case SEARCH_KIND_TAG: return show_tag(k, h->key);
    case SEARCH_KIND_PRODUCT: break;
    }
    return ERR_OK;
}

// From `from` on, until there are `limit` or enough were looked at. *to: where the next page begins, 0 at the end.
static Err show(Ask *k, SearchKind kind, const FindAnswer *a, i64 from, i64 limit, i64 currency, i64 *to)
{
    i64 at = from, last = from + SEARCH_LOOKED_AT < a->n ? from + SEARCH_LOOKED_AT : a->n;
    while (at < last && shown(k->out, kind) < limit) {
        i64 n = last - at < CARDS_AT_ONCE ? last - at : CARDS_AT_ONCE, read = 1;
        if (kind == SEARCH_KIND_PRODUCT) try(show_cards(k, &a->hit[at], n, limit, currency, &read));
        else try(show_one(k, kind, &a->hit[at]));
        at += read;
    }
    *to = at < a->n ? at : 0;
    return ERR_OK;
}

static Err page_of_kind(Ask *k, SearchKind kind, i64 from, i64 limit)
{
    FindAnswer a = ask(k, kind);
    i64 currency = 0, to;
    k->out->counts.p[k->out->counts.n++] = (SearchCount){ .kind = kind, .n = a.n };
    if (kind == SEARCH_KIND_PRODUCT && (k->want->in_stock || k->want->delivers.n)) try(leave_out(k, &a));
    if (kind == SEARCH_KIND_PRODUCT) currency = facets(k, &a);
    try(show(k, kind, &a, from, limit, currency, &to));
    if (k->want->has_kind && to) k->out->next = arena_format(k->tx->a, "%lld", (long long)to);
    return ERR_OK;
}

static void begin(Arena *a, SearchPage *out, i64 limit)
{
    out->counts = (SearchCountList){ arena_new_array(a, SearchCount, SEARCH_KIND_TAG + 1), 0 };
    out->products = (ProductCardList){ arena_new_array(a, ProductCard, limit), 0 };
    out->clips = (ClipList){ arena_new_array(a, Clip, limit), 0 };
    out->shops = (ShopCardList){ arena_new_array(a, ShopCard, limit), 0 };
    out->people = (SearchPersonList){ arena_new_array(a, SearchPerson, limit), 0 };
    out->tags = (SearchTagList){ arena_new_array(a, SearchTag, limit), 0 };
}

Err search_page(Tx *tx, const By *by, Search *s, FeedEngine *engine, const SearchWanted *want, SearchPage *out)
{
    Ask k = { .tx = tx, .by = by, .want = want, .out = out };
    Str q = str_trim(want->q);
    Currency c;
    if (!q.n) return refuse(&tx->why, ERR_BAD_FIELD, "q", "Say what is to be searched for.");
    if (want->currency.n && !currency_parse(want->currency, &c))
        return refuse(&tx->why, ERR_BAD_FIELD, "currency", "This is no currency.");
    *out = (SearchPage){ .q = want->q };
    begin(tx->a, out, want->limit);
    k.find = search_find(s, &out->filling);
    if (!k.find) return ERR_OK;
    k.question = want->exact ? exactly(tx->a, q) : q;
    try(read_taste(&k, engine));
    if (want->after == 0) search_note(s, by, q);
    if (want->has_kind) return page_of_kind(&k, want->kind, want->after, want->limit);
    i64 few = want->limit < SEARCH_FEW ? want->limit : SEARCH_FEW;             // there is room for `limit` of each kind
    for (SearchKind kind = 0; kind <= SEARCH_KIND_TAG; kind++) try(page_of_kind(&k, kind, 0, few));
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- as it is typed

static Err guess(Tx *tx, const By *by, const FindGuess *g, SearchGuess *out, bool *stays)
{
    static const SearchGuessKind KINDS[] = {
        [SEARCH_KIND_PRODUCT] = SEARCH_GUESS_KIND_PRODUCT, [SEARCH_KIND_SHOP] = SEARCH_GUESS_KIND_SHOP,
        [SEARCH_KIND_PERSON] = SEARCH_GUESS_KIND_PERSON, [SEARCH_KIND_TAG] = SEARCH_GUESS_KIND_TAG };
    *out = (SearchGuess){ .kind = g->kind < 0 ? SEARCH_GUESS_KIND_WORD : KINDS[g->kind], .text = str_first(g->text, 255) };
    *stays = out->text.n > 0;
    if (g->kind == SEARCH_KIND_PRODUCT) {
        ProductFacts facts;
        Err e = catalog_product_facts(tx, (ProductId){ g->id }, &facts);
        if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
        *stays = e == ERR_OK && facts.state == PRODUCT_STATE_ACTIVE;
        if (*stays) try(shop_is_open(tx, facts.shop, stays));
        out->id = arena_format(tx->a, "%lld", (long long)g->id), out->text = facts.title;
    }
    if (g->kind == SEARCH_KIND_SHOP) {
        ShopCard card;
        Err e = shop_card(tx, (ShopId){ g->id }, &card);
        if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
        *stays = e == ERR_OK, out->handle = card.handle, out->text = card.name;
    }
    if (g->kind == SEARCH_KIND_PERSON) {
        PersonCard card;
        bool apart;
        try(people_apart(tx, (AccountId){ by->who.account }, (AccountId){ g->id }, &apart));
        try(person_card(tx, by, (AccountId){ g->id }, &card));
        *stays = !apart && card.handle.n > 0, out->handle = out->text = card.handle;
    }
    return ERR_OK;
}

Err search_guess(Tx *tx, const By *by, Search *s, Str begun, i64 limit, SearchGuesses *out)
{
    Find *f = search_find(s, NULL);
    FindGuess *found = arena_new_array(tx->a, FindGuess, FIND_GUESSES_MAX);
    u32 kinds = UINT32_MAX & ~(UINT32_C(1) << SEARCH_KIND_CLIP);   // captions are no names
    i64 n = f && str_trim(begun).n ? find_suggest(f, tx->a, begun, kinds, found, limit) : 0;
    out->items = (SearchGuessList){ arena_new_array(tx->a, SearchGuess, n), 0 };
    for (i64 i = 0; i < n; i++) {
        bool stays;
        try(guess(tx, by, &found[i], &out->items.p[out->items.n], &stays));
        out->items.n += stays;
    }
    return ERR_OK;
}
