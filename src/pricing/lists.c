// Price lists: a market's currency and rate, prices of its own, prices of channels. The rules behind the studio.
#include "pricing/rules.h"

#include "api/task.h"
#include "shops/shops.h"

enum { REFRESH_PAGE = 200 };             // variants whose histories are looked at in one transaction
#define REFRESHED_ALL ((VariantId){ INT64_MAX })

Err price_may(Tx *tx, const By *by, ShopId shop)
{
    if (shop.v == 0)
        return by->who.is_operator ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is nothing here.");
    Err e = shop_may(tx, by, shop, STAFF_ROLE_MANAGER);
    if (e != ERR_FORBIDDEN) return e;
    Refusal why = tx->why;
    if (shop_may(tx, by, shop, STAFF_ROLE_PACKER) != ERR_OK)
        return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is nothing here.");
    tx->why = why;
    return e;
}

// ---------------------------------------------------------------------------------------------- lists

Err price_lists_all(Tx *tx, const By *by, ShopId shop, PriceListPage *out)
{
    PriceListViewRowList rows;
    Shop terms;
    try(price_may(tx, by, shop));
    try(shop_terms(tx, shop, &terms));
    try(q_price_list_view(tx, (PriceListViewIn){ .shop = shop }, &rows));
    out->items = (PriceListList){ arena_new_array(tx->a, PriceList, rows.n + 1), rows.n + 1 };
    Money one = { 1, terms.currency };
    out->items.p[0] = (PriceList){ .market = EVERYWHERE, .currency = terms.currency, .from = one, .to = one, .round = one,
                                   .updated = terms.created };
    for (i64 i = 0; i < rows.n; i++) {
        const PriceListViewRow *r = &rows.p[i];
        out->items.p[i + 1] = (PriceList){ .market = r->market, .currency = r->currency, .prices = r->prices,
                                           .from = { r->from_minor, terms.currency }, .to = { r->to_minor, r->currency },
                                           .round = { r->round_minor, r->currency }, .updated = r->updated };
    }
    return ERR_OK;
}

static Err check_market(Refusal *why, Str market, Str home)
{
    bool letters = market.n == 2;
    for (size_t i = 0; i < market.n; i++) letters = letters && market.p[i] >= 'A' && market.p[i] <= 'Z';
    if (!letters) return refuse(why, ERR_BAD_FIELD, "market", "A market is two capital letters (ISO 3166), such as SG.");
    if (str_eq(market, home))
        return refuse(why, ERR_BAD_FIELD, "market", "At home the default list holds; its prices are the products' own.");
    return ERR_OK;
}

static Err check_currency(Refusal *why, const char *field, Money m, Currency want)
{
    if (currency_eq(m.currency, want)) return ERR_OK;
    return refuse(why, ERR_CURRENCY, field, "This must be in %s, not in %s.", want.code, m.currency.code);
}

// Another currency would leave prices and offers in the old one behind.
static Err check_change(Tx *tx, ShopId shop, Str market, Currency currency)
{
    PriceListGetRow *old;
    PriceEntryForeignRow *foreign;
    OfferOpenRow *offer;
    PriceListCountRow count;
    try(q_price_list_get(tx, (PriceListGetIn){ .shop = shop, .market = market }, &old));
    if (!old) {
        try(q_price_list_count(tx, (PriceListCountIn){ .shop = shop }, &count));
        if (count.n >= PRICE_LISTS_MAX)
            return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "A shop has at most %d lists for markets.", PRICE_LISTS_MAX);
        return ERR_OK;
    }
    if (currency_eq(old->currency, currency)) return ERR_OK;
    try(q_price_entry_foreign(tx, (PriceEntryForeignIn){ .shop = shop, .market = market, .currency = currency }, &foreign));
    if (foreign)
        return refuse(&tx->why, ERR_CURRENCY, "currency", "This list has prices in %s: take them out first.", old->currency.code);
    try(q_offer_open(tx, (OfferOpenIn){ .shop = shop, .market = market }, &offer));
    if (!offer) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, "currency", "Offers in %s are open in this list: end them first.",
                  old->currency.code);
}

// A page of the shop's variants; the task goes on with the next one.
Err price_lists_due(Tx *tx, const By *by, i64 subject)
{
    ShopId shop = { subject };
    PriceListStaleRow *stale;
    PriceVariantGetRowList rows;
    i64 n;
    try(q_price_list_stale(tx, (PriceListStaleIn){ .shop = shop, .done = REFRESHED_ALL }, &stale));
    if (!stale) return ERR_OK;
    try(q_price_variant_page(tx, (PriceVariantPageIn){ .shop = shop, .after = stale->refreshed, .limit = REFRESH_PAGE }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        const PriceVariantGetRow *v = &rows.p[i];
        try(price_refresh(tx, by, (PricePlace){ v->variant, v->product, v->shop }, by->now));
    }
    VariantId done = rows.n == REFRESH_PAGE ? rows.p[rows.n - 1].variant : REFRESHED_ALL;
    try(q_price_list_fresh(tx, (PriceListFreshIn){ .shop = shop, .market = stale->market, .refreshed = done }, &n));
    return task_at(tx, by, "price_lists", subject, by->now);
}

Err price_lists_set(Tx *tx, const By *by, ShopId shop, Str market, const PriceListPut *in)
{
    Shop terms;
    try(price_may(tx, by, shop));
    try(shop_terms(tx, shop, &terms));
    try(check_market(&tx->why, market, terms.country));
    try(check_currency(&tx->why, "from", in->from, terms.currency));
    try(check_currency(&tx->why, "to", in->to, in->currency));
    if (in->has_round) try(check_currency(&tx->why, "round", in->round, in->currency));
    try(check_change(tx, shop, market, in->currency));
    try(q_price_list_set(tx, (PriceListSetIn){ .shop = shop, .market = market, .currency = in->currency,
                                               .from_minor = in->from.minor, .to_minor = in->to.minor,
                                               .round_minor = in->has_round ? in->round.minor : 1, .now = by->now }));
    return price_lists_due(tx, by, shop.v);
}

// The market falls back to the default list. Its histories stay; they go on if the list comes back.
Err price_lists_remove(Tx *tx, const By *by, ShopId shop, Str market)
{
    OfferOpenRow *offer;
    i64 n;
    try(price_may(tx, by, shop));
    try(q_offer_open(tx, (OfferOpenIn){ .shop = shop, .market = market }, &offer));
    if (offer && !str_eq(market, EVERYWHERE))
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "Offers are open in this list: end them first.");
    try(q_price_list_remove(tx, (PriceListRemoveIn){ .shop = shop, .market = market }, &n));
    if (n == 0) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "The shop has no list for that market.");
    try(q_price_entry_remove_list(tx, (PriceEntryRemoveListIn){ .shop = shop, .market = market }, &n));
    return q_price_now_forget(tx, (PriceNowForgetIn){ .shop = shop, .market = market }, &n);
}

// ---------------------------------------------------------------------------------------------- prices in a list

// The list that a seller names: the default one, or one that is there.
static Err named_list(Tx *tx, ShopId shop, Str market, PriceListGetRow **list, Currency *currency)
{
    Shop terms;
    *list = NULL;
    try(shop_terms(tx, shop, &terms));
    *currency = terms.currency;
    if (str_eq(market, EVERYWHERE)) return ERR_OK;
    try(q_price_list_get(tx, (PriceListGetIn){ .shop = shop, .market = market }, list));
    if (!*list) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "The shop has no list for that market.");
    *currency = (*list)->currency;
    return ERR_OK;
}

static Err price_row(Tx *tx, const By *by, const PriceVariantGetRow *v, Str market, const PriceListGetRow *list,
                     Currency currency, PriceRow *out)
{
    PriceEntryRowsRowList entries;
    PriceItemRowsRowList items;
    try(q_price_entry_all(tx, (PriceEntryAllIn){ .variant = v->variant }, &entries));
    try(q_price_item_coming(tx, (PriceItemComingIn){ .variant = v->variant, .now = by->now }, &items));
    LayerRows rows = { entries.p, entries.n, items.p, items.n };
    LayerAsk ask = price_layers(&rows, v->variant, market, list), bare = ask;
    ask.now = by->now;
    try(price_flash_left(tx, v->variant, (AccountId){ 0 }, &ask));
    Layered r = layers_resolve(&ask);
    *out = (PriceRow){ .variant = v->variant, .product = v->product, .price = { r.price, currency },
                       .kind = r.offer < 0 ? OFFER_KIND_REGULAR : ask.offers[r.offer].kind };
    out->entries = (PriceEntryList){ arena_new_array(tx->a, PriceEntry, PRICE_CHANNELS), 0 };
    bare.n_entries = 0;
    for (i64 i = 0; i < ask.n_entries; i++) {
        const LayerEntry *e = &ask.entries[i];
        bool mine = list ? e->own : !e->own;
        if (!e->own && e->channel == PRICE_CHANNEL_ANY) bare.entries[bare.n_entries++] = *e;
        if (mine && (list || e->channel != PRICE_CHANNEL_ANY))
            out->entries.p[out->entries.n++] = (PriceEntry){ e->channel, { e->minor, currency } };
    }
    out->derived = (Money){ layers_regular(&bare), currency };
    return ERR_OK;
}

Err price_lists_rows(Tx *tx, const By *by, RowsWanted want, PriceRowPage *out)
{
    PriceListGetRow *list;
    PriceVariantGetRowList rows;
    try(price_may(tx, by, want.shop));
    try(named_list(tx, want.shop, want.market, &list, &out->currency));
    out->market = want.market;
    if (want.product.v)
        try(q_price_variant_rows(tx, (PriceVariantRowsIn){ .product = want.product, .after = want.after, .limit = PRICING_PAGE },
                                 &rows));
    else
        try(q_price_variant_on_sale(tx, (PriceVariantOnSaleIn){ .shop = want.shop, .after = want.after, .limit = PRICING_PAGE },
                                    &rows));
    out->items = (PriceRowList){ arena_new_array(tx->a, PriceRow, rows.n), 0 };
    for (i64 i = 0; i < rows.n; i++) {
        if (rows.p[i].shop.v != want.shop.v) continue;
        try(price_row(tx, by, &rows.p[i], want.market, list, out->currency, &out->items.p[out->items.n]));
        out->items.n++;
    }
    if (rows.n == PRICING_PAGE) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].variant.v);
    return ERR_OK;
}

typedef struct Listed { ShopId shop; Str market; Currency currency; } Listed;

static Err put_entry(Tx *tx, const By *by, const Listed *list, const PriceEntryPut *in, i64 i)
{
    PriceVariantGetRow *v;
    i64 n;
    PriceChannel channel = in->has_channel ? in->channel : PRICE_CHANNEL_ANY;
    const char *field = arena_format(tx->a, "items[%lld].variant", (long long)i).p;
    try(q_price_variant_get(tx, (PriceVariantGetIn){ .variant = in->variant }, &v));
    if (!v || v->shop.v != list->shop.v) return refuse(&tx->why, ERR_BAD_FIELD, field, "This shop has no such variant.");
    if (channel == PRICE_CHANNEL_ANY && str_eq(list->market, EVERYWHERE))
        return refuse(&tx->why, ERR_BAD_FIELD, arena_format(tx->a, "items[%lld].channel", (long long)i).p,
                      "In the default list this is the product's own price: change it there, or name a channel.");
    if (in->has_price) {
        try(check_currency(&tx->why, arena_format(tx->a, "items[%lld].price", (long long)i).p, in->price, list->currency));
        try(q_price_entry_set(tx, (PriceEntrySetIn){ .variant = in->variant, .market = list->market, .channel = channel,
                                                     .price = in->price, .now = by->now }, &n));
    } else {
        try(q_price_entry_remove(tx, (PriceEntryRemoveIn){ .variant = in->variant, .market = list->market, .channel = channel },
                                 &n));
    }
    return n == 0 ? ERR_OK : price_refresh(tx, by, (PricePlace){ v->variant, v->product, v->shop }, by->now);
}

Err price_lists_put(Tx *tx, const By *by, ShopId shop, Str market, const PriceEntriesPut *in)
{
    PriceListGetRow *list;
    Listed listed = { .shop = shop, .market = market };
    try(price_may(tx, by, shop));
    try(named_list(tx, shop, market, &list, &listed.currency));
    for (i64 i = 0; i < in->items.n; i++) try(put_entry(tx, by, &listed, &in->items.p[i], i));
    return ERR_OK;
}

Err price_shop_changes(Tx *tx, const By *by, ShopId shop, PriceChangeId before, ShopPriceChangePage *out)
{
    PriceChangeOfShopRowList rows;
    try(price_may(tx, by, shop));
    if (before.v == 0) before.v = INT64_MAX;
    try(q_price_change_of_shop(tx, (PriceChangeOfShopIn){ .shop = shop, .before = before, .limit = PRICING_PAGE }, &rows));
    out->items = (ShopPriceChangeList){ arena_new_array(tx->a, ShopPriceChange, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        const PriceChangeOfShopRow *r = &rows.p[i];
        out->items.p[i] = (ShopPriceChange){ .id = r->id,
                                             .variant = r->variant,
                                             .product = r->product,
                                             .market = r->market,
                                             .channel = r->channel,
                                             .at = r->at,
                                             .price = r->price,
                                             .kind = r->kind,
                                             .offer = r->offer,
                                             .regular = { r->regular_minor, r->price.currency } };
    }
    if (rows.n == PRICING_PAGE) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].id.v);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- what the catalog tells

Err pricing_set_list(Tx *tx, const By *by, PriceSet in)
{
    i64 made, changed;
    must(in.price.minor > 0);
    try(q_price_variant_put(tx, (PriceVariantPutIn){ .variant = in.variant, .product = in.product, .shop = in.shop }, &made));
    try(q_price_entry_set(tx, (PriceEntrySetIn){ .variant = in.variant, .market = EVERYWHERE, .channel = PRICE_CHANNEL_ANY,
                                                 .price = in.price, .now = by->now }, &changed));
    return changed == 0 ? ERR_OK : price_refresh(tx, by, (PricePlace){ in.variant, in.product, in.shop }, by->now);
}

Err pricing_show(Tx *tx, VariantId variant, bool on_sale)
{
    i64 n;
    return q_price_variant_show(tx, (PriceVariantShowIn){ .variant = variant, .active = on_sale }, &n);
}

Err pricing_set_product(Tx *tx, PriceProduct in)
{
    i64 n;
    return q_price_variant_tell(tx, (PriceVariantTellIn){ .product = in.product, .category = in.category, .draft = in.draft },
                                &n);
}

// ---------------------------------------------------------------------------------------------- the history as it is shown

Err pricing_history(Tx *tx, const By *by, HistoryWanted want, PriceHistory *out)
{
    PriceVariantGetRow *v;
    PriceListGetRow *list;
    PriceChangeRowsRowList rows;
    enum { ROWS_MAX = 400 };
    try(q_price_variant_get(tx, (PriceVariantGetIn){ .variant = want.variant }, &v));
    if (!v || v->draft) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such variant.");
    *out = (PriceHistory){ .variant = want.variant, .channel = want.channel };
    try(price_market(tx, v->shop, want.country, &out->market, &list));
    try(q_price_change_rows(tx, (PriceChangeRowsIn){ .variant = want.variant, .market = out->market, .channel = want.channel,
                                                     .limit = ROWS_MAX }, &rows));
    if (rows.n == 0 && want.channel != PRICE_CHANNEL_ANY) {               // this channel has always cost what all do
        out->channel = PRICE_CHANNEL_ANY;
        try(q_price_change_rows(tx, (PriceChangeRowsIn){ .variant = want.variant, .market = out->market,
                                                         .channel = PRICE_CHANNEL_ANY, .limit = ROWS_MAX }, &rows));
    }
    out->items = (PriceChangeList){ arena_new_array(tx->a, PriceChange, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        const PriceChangeRowsRow *r = &rows.p[i];
        Currency c = r->price.currency;
        out->items.p[i] = (PriceChange){ .at = r->at, .price = r->price, .regular = { r->regular_minor, c }, .kind = r->kind,
                                         .offer = r->offer, .has_low = r->has_low_minor, .low = { r->low_minor, c },
                                         .times = r->times };
    }
    try(price_low_days(tx, v->shop, out->market, &out->days));
    if (rows.n == 0) return ERR_OK;
    PriceSeries series = { v->shop, want.variant, out->market, out->channel, rows.p[0].price.currency };
    out->low.currency = series.currency;
    return price_lowest(tx, &series, by->now + 1, &out->has_low, &out->low.minor);
}
