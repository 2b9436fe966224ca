// Unit prices: the layers of each variant, read in batches; and what pages show beside them. Reads only.
#include "pricing/rules.h"

#include "shops/shops.h"

Err price_market(Tx *tx, ShopId shop, Str country, Str *market, PriceListGetRow **list)
{
    *list = NULL;
    if (country.n) try(q_price_list_get(tx, (PriceListGetIn){ .shop = shop, .market = country }, list));
    *market = *list ? (*list)->market : EVERYWHERE;
    return ERR_OK;
}

LayerAsk price_layers(const LayerRows *rows, VariantId variant, Str market, const PriceListGetRow *own)
{
    LayerAsk ask = { 0 };
    if (own) {
        ask.has_list = true;
        ask.from = own->from_minor;
        ask.to = own->to_minor;
        ask.round = own->round_minor;
    }
    for (i64 i = 0; i < rows->n_entries && ask.n_entries < LAYER_ENTRIES_MAX; i++) {
        const PriceEntryRowsRow *e = &rows->entries[i];
        bool mine = own && str_eq(e->market, market);
        if (e->variant.v == variant.v && (mine || str_eq(e->market, EVERYWHERE)))
            ask.entries[ask.n_entries++] = (LayerEntry){ mine, e->channel, e->price.minor };
    }
    for (i64 i = 0; i < rows->n_items && ask.n_offers < LAYER_OFFERS_MAX; i++) {
        const PriceItemRowsRow *o = &rows->items[i];
        if (o->variant.v != variant.v || !str_eq(o->market, market)) continue;
        ask.offers[ask.n_offers++] = (LayerOffer){
            .offer = o->offer, .version = o->version, .kind = o->kind, .channel = o->channel, .method = o->method,
            .value = o->value, .starts = o->starts, .ends = o->ends, .has_per_buyer = o->has_per_buyer,
            .per_buyer = o->per_buyer };
    }
    return ask;
}

static Err used_by(Tx *tx, AccountId buyer, OfferId offer, VariantId variant, i64 *used)
{
    BuyerCountGetRow *row = NULL;
    if (buyer.v) try(q_buyer_count_get(tx, (BuyerCountGetIn){ .buyer = buyer, .kind = STR("offer"), .subject = offer.v,
                                                              .variant = variant }, &row));
    *used = row ? row->n : 0;
    return ERR_OK;
}

Err price_flash_left(Tx *tx, VariantId variant, AccountId buyer, LayerAsk *ask)
{
    for (i64 i = 0; i < ask->n_offers; i++) {
        LayerOffer *o = &ask->offers[i];
        if (o->starts > ask->now || o->ends <= ask->now) continue;
        if (o->kind == OFFER_KIND_FLASH) {
            i64 left;
            try(stock_allocation_left(tx, STOCK_POOL_FLASH, o->offer.v, variant, &left));
            o->gone = left <= 0;
        }
        if (o->gone || !o->has_per_buyer || buyer.v == 0) continue;
        i64 used;
        try(used_by(tx, buyer, o->offer, variant, &used));
        o->per_buyer -= used;
        o->gone = o->per_buyer <= 0;
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- pricing_prices

// What was last learnt of a shop: lines come grouped.
typedef struct LastShop { ShopId shop; Str market; PriceListGetRow *list; } LastShop;

static Err price_line(Tx *tx, const PriceAsk *ask, const LayerRows *rows, LastShop *last, PriceLine *line)
{
    if (last->shop.v != line->shop.v) try(price_market(tx, line->shop, ask->country, &last->market, &last->list));
    last->shop = line->shop;
    LayerAsk layers = price_layers(rows, line->variant, last->market, last->list);
    layers.fallback = line->list.minor;
    layers.channel = price_channel(line->channel);
    layers.now = ask->now;
    try(price_flash_left(tx, line->variant, ask->buyer, &layers));
    Layered r = layers_resolve(&layers);
    Currency currency = last->list ? last->list->currency : line->list.currency;
    line->was = (Money){ r.regular, currency };
    line->price = (Money){ r.price, currency };
    line->kind = OFFER_KIND_REGULAR;
    line->offer = (OfferId){ 0 };
    line->offer_version = line->limit = line->ends = 0;
    line->pool = STOCK_POOL_SHOP;
    line->pool_id = 0;
    if (r.offer < 0) return ERR_OK;
    const LayerOffer *o = &layers.offers[r.offer];
    line->kind = o->kind;
    line->offer = o->offer;
    line->offer_version = o->version;
    line->limit = o->has_per_buyer ? o->per_buyer : 0;
    line->ends = o->ends;
    if (o->kind != OFFER_KIND_FLASH) return ERR_OK;
    line->pool = STOCK_POOL_FLASH;
    line->pool_id = o->offer.v;
    return ERR_OK;
}

static Err price_batch(Tx *tx, const PriceAsk *ask, LastShop *last, PriceLine *lines, i64 n)
{
    VariantId v[PRICE_BATCH] = { 0 };
    for (i64 i = 0; i < n; i++) v[i] = lines[i].variant;
    PriceEntryRowsRowList entries;
    PriceItemRowsRowList items;
    Str market = ask->country.n ? ask->country : EVERYWHERE;
    try(q_price_entry_rows(tx, (PriceEntryRowsIn){ market, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9] },
                           &entries));
    try(q_price_item_rows(tx, (PriceItemRowsIn){ market, ask->now, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8],
                                                 v[9] }, &items));
    LayerRows rows = { entries.p, entries.n, items.p, items.n };
    for (i64 i = 0; i < n; i++) try(price_line(tx, ask, &rows, last, &lines[i]));
    return ERR_OK;
}

Err pricing_prices(Tx *tx, const PriceAsk *ask, PriceLine *lines, i64 n)
{
    LastShop last = { 0 };
    for (i64 from = 0; from < n; from += PRICE_BATCH)
        try(price_batch(tx, ask, &last, lines + from, n - from < PRICE_BATCH ? n - from : PRICE_BATCH));
    return ERR_OK;
}

Err pricing_currency(Tx *tx, const PriceAsk *ask, ShopId shop, Currency *out)
{
    Str market;
    PriceListGetRow *list;
    try(price_market(tx, shop, ask->country, &market, &list));
    if (list) *out = list->currency;
    return ERR_OK;
}

Err pricing_convert(Tx *tx, const PriceAsk *ask, ShopId shop, i64 minor, Money *out)
{
    Str market;
    PriceListGetRow *list;
    try(price_market(tx, shop, ask->country, &market, &list));
    out->minor = minor;
    if (!list) return ERR_OK;
    out->currency = list->currency;
    // A charge is not rounded to a list's pleasing prices, and nothing stays nothing.
    if (minor > 0) out->minor = layers_convert(minor, list->from_minor, list->to_minor, 1);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- what pages show

static Err began_at(Tx *tx, OfferId id, Time *out)
{
    PriceOffer *offer;
    try(q_offer_row(tx, (OfferRowIn){ .id = id }, &offer));
    if (offer) *out = offer->starts;
    return ERR_OK;
}

// The lowest price before the reduction and how often it came back: as the history noted them when the price began, or
// reckoned now when the timer has not come by yet.
static Err reference(Tx *tx, const PriceAsk *ask, const PriceSeries *series, const PriceLine *line, PriceTag *tag)
{
    PriceSeries s = *series;
    PriceNowOfRow *now;
    try(q_price_now_get(tx, (PriceNowGetIn){ .variant = s.variant, .market = s.market, .channel = s.channel }, &now));
    if (!now && s.channel != PRICE_CHANNEL_ANY) {
        s.channel = PRICE_CHANNEL_ANY;
        try(q_price_now_get(tx, (PriceNowGetIn){ .variant = s.variant, .market = s.market, .channel = s.channel }, &now));
    }
    i64 low = 0;
    bool noted = now && now->offer.v == line->offer.v && now->price.minor == line->price.minor;
    if (noted && (line->offer.v || now->has_low_minor)) {
        tag->has_low = now->has_low_minor;
        low = now->low_minor;
        tag->times = now->times;
    } else {
        // Nothing was reduced, but something is compared: then up to this moment.
        Time began = ask->now;
        if (line->offer.v) try(began_at(tx, line->offer, &began));
        try(price_lowest(tx, &s, began, &tag->has_low, &low));
        if (line->offer.v) try(price_came_back(tx, &s, line->offer, line->price.minor, began, &tag->times));
    }
    tag->low = (Money){ low, line->price.currency };
    if (tag->has_low && low > line->price.minor) {
        tag->percent = (low - line->price.minor) * 100 / low;
        tag->has_percent = tag->percent > 0;
    }
    return ERR_OK;
}

// A "was" price stands there only beside the lowest price of the days before: without one there was none.
static Err tag_of(Tx *tx, const PriceAsk *ask, const PriceSeries *series, const PriceLine *line, i64 *days, PriceView *view)
{
    bool compared = view->has_compare && str_eq(series->market, EVERYWHERE) && view->compare.minor > line->price.minor;
    if (!line->offer.v && !compared) return ERR_OK;
    PriceTag *tag = view->tag = arena_new(tx->a, PriceTag);
    *tag = (PriceTag){ .kind = line->kind, .offer = line->offer, .version = line->offer_version };
    if (*days == 0) try(price_low_days(tx, series->shop, series->market, days));
    tag->days = *days;
    try(reference(tx, ask, series, line, tag));
    Money was = line->offer.v ? line->was : view->compare;
    tag->has_was = tag->has_low && was.minor > line->price.minor;
    tag->was = was;
    if (!line->offer.v) return ERR_OK;
    OfferNameRow *name;
    try(q_offer_name(tx, (OfferNameIn){ .id = line->offer }, &name));
    if (name) tag->name = name->name;
    tag->has_ends = true;
    tag->ends = line->ends;
    tag->has_limit = line->limit > 0;
    tag->limit = line->limit;
    if (line->kind != OFFER_KIND_FLASH) return ERR_OK;
    tag->has_left = true;
    return stock_allocation_left(tx, STOCK_POOL_FLASH, line->offer.v, line->variant, &tag->left);
}

Err pricing_view(Tx *tx, const PriceAsk *ask, ShopId shop, Channel channel, PriceView *views, i64 n)
{
    PriceLine *lines = arena_new_array(tx->a, PriceLine, n);
    Str market;
    PriceListGetRow *list;
    for (i64 i = 0; i < n; i++)
        lines[i] = (PriceLine){ .shop = shop, .variant = views[i].variant, .quantity = 1, .channel = channel,
                                .list = views[i].list };
    try(pricing_prices(tx, ask, lines, n));
    try(price_market(tx, shop, ask->country, &market, &list));
    i64 days = 0;
    for (i64 i = 0; i < n; i++) {
        PriceSeries series = { shop, views[i].variant, market, price_channel(channel), lines[i].price.currency };
        views[i].price = lines[i].price;
        views[i].tag = NULL;
        try(tag_of(tx, ask, &series, &lines[i], &days, &views[i]));
    }
    return ERR_OK;
}

Err pricing_ranges(Tx *tx, const ProductId *products, i64 n, PriceRange *out)
{
    ProductId p[PRICE_BATCH] = { 0 };
    must(n <= PRICE_BATCH);
    for (i64 i = 0; i < n; i++) {
        p[i] = products[i];
        out[i] = (PriceRange){ 0 };
    }
    PriceRangeRowsRowList rows;
    try(q_price_range_rows(tx, (PriceRangeRowsIn){ p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9] }, &rows));
    for (i64 i = 0; i < n; i++)
        for (i64 k = 0; k < rows.n; k++)
            if (rows.p[k].product.v == products[i].v)
                out[i] = (PriceRange){ true, { rows.p[k].least, rows.p[k].currency }, { rows.p[k].most, rows.p[k].currency },
                                       rows.p[k].least < rows.p[k].regular };
    return ERR_OK;
}
