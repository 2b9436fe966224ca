// The price history: appended when what buyers pay has changed, by a seller's hand or by a timer; never changed. What it
// says of a reduction follows Directive 98/6/EC, article 6a (Directive (EU) 2019/2161, article 2): the prior price is the
// lowest in the 30 days before the reduction began.
#include "pricing/rules.h"

#include "shops/shops.h"

Err price_low_days(Tx *tx, ShopId shop, Str market, i64 *days)
{
    Shop terms;
    if (!str_eq(market, EVERYWHERE)) return market_number(tx, market, MARKET_RULE_PRICE_LOW_DAYS, days);
    try(shop_terms(tx, shop, &terms));                        // the default list is that of the shop's own country
    return market_number(tx, terms.country, MARKET_RULE_PRICE_LOW_DAYS, days);
}

// ---------------------------------------------------------------------------------------------- the lowest of a window

typedef struct Window { Time since, until; } Window;
typedef struct Low { bool has; i64 minor; } Low;

static void lower(Low *low, bool has, i64 minor)
{
    if (has && (!low->has || minor < low->minor)) *low = (Low){ true, minor };
}

// Of one channel's rows: what was in force when the window opened, and what came within. `first`: of the rows within.
static Err low_of(Tx *tx, const PriceSeries *s, PriceChannel channel, Window w, Low *low, bool *in_force, Time *first)
{
    PriceInForceRow *before;
    PriceLowRow within;
    try(q_price_in_force(tx, (PriceInForceIn){ .variant = s->variant, .market = s->market, .channel = channel, .at = w.since },
                         &before));
    try(q_price_low(tx, (PriceLowIn){ .variant = s->variant, .market = s->market, .channel = channel, .currency = s->currency,
                                      .since = w.since, .until = w.until }, &within));
    *in_force = before && currency_eq(before->price.currency, s->currency);
    *first = within.has_first ? within.first : w.until;
    lower(low, *in_force && w.since < w.until, before ? before->price.minor : 0);
    lower(low, within.has_low, within.low);
    return ERR_OK;
}

Err price_lowest(Tx *tx, const PriceSeries *series, Time began, bool *has, i64 *minor)
{
    i64 days;
    bool in_force;
    Time first;
    Low low = { 0 };
    try(price_low_days(tx, series->shop, series->market, &days));
    Window w = { began - days * DAY_MS, began };
    try(low_of(tx, series, series->channel, w, &low, &in_force, &first));
    if (series->channel != PRICE_CHANNEL_ANY && !in_force) {
        w.until = first;
        try(low_of(tx, series, PRICE_CHANNEL_ANY, w, &low, &in_force, &first));
    }
    *has = low.has;
    *minor = low.minor;
    return ERR_OK;
}

Err price_came_back(Tx *tx, const PriceSeries *series, OfferId offer, i64 price, Time began, i64 *times)
{
    PriceTimesRow row;
    try(q_price_times(tx, (PriceTimesIn){ .variant = series->variant, .market = series->market, .channel = series->channel,
                                          .offer = offer, .price = { price, series->currency },
                                          .since = began - (i64)PRICE_YEAR_DAYS * DAY_MS, .until = began }, &row));
    *times = row.n;
    return ERR_OK;
}

static Err in_force(Tx *tx, const PriceAt *in, Str market, bool *has, Money *out)
{
    const PriceChannel channels[] = { price_channel(in->channel), PRICE_CHANNEL_ANY };
    for (i64 i = 0; i < COUNT(channels) && !*has; i++) {
        PriceInForceRow *row;
        try(q_price_in_force(tx, (PriceInForceIn){ .variant = in->variant, .market = market, .channel = channels[i],
                                                   .at = in->at }, &row));
        if (row) *out = row->price;
        *has = row != NULL;
    }
    return ERR_OK;
}

Err pricing_price_at(Tx *tx, PriceAt in, bool *has, Money *out)
{
    Str market;
    PriceListGetRow *list;
    *has = false;
    try(price_market(tx, in.shop, in.country, &market, &list));
    try(in_force(tx, &in, market, has, out));
    if (!*has && list) try(in_force(tx, &in, EVERYWHERE, has, out));
    in.at = INT64_MAX;
    return *has ? ERR_OK : in_force(tx, &in, market, has, out);
}

// ---------------------------------------------------------------------------------------------- appending

// All that is known of a variant, and the list whose turn it is.
typedef struct Refresh {
    PricePlace place;
    Time at;
    LayerRows rows;
    PriceNowOfRowList now;
    Str market;
    const PriceListGetRow *list;
} Refresh;

static const PriceNowOfRow *last_of(const Refresh *r, PriceChannel channel)
{
    for (i64 i = 0; i < r->now.n; i++)
        if (r->now.p[i].channel == channel && str_eq(r->now.p[i].market, r->market)) return &r->now.p[i];
    return NULL;
}

static bool named(const LayerAsk *ask, PriceChannel channel)
{
    for (i64 i = 0; i < ask->n_entries; i++)
        if (ask->entries[i].channel == channel) return true;
    for (i64 i = 0; i < ask->n_offers; i++)
        if (ask->offers[i].channel == channel) return true;
    return false;
}

static Err append(Tx *tx, const By *by, const Refresh *r, PriceNowOfRow row, Time began)
{
    const PriceNowOfRow *last = last_of(r, row.channel);
    PriceSeries series = { r->place.shop, r->place.variant, r->market, row.channel, row.price.currency };
    bool reduced = last && currency_eq(last->price.currency, row.price.currency) && row.price.minor < last->price.minor;
    if (row.offer.v || reduced) {
        try(price_lowest(tx, &series, began, &row.has_low_minor, &row.low_minor));
        try(price_came_back(tx, &series, row.offer, row.price.minor, began, &row.times));
    }
    PriceChangeId id = price_change_id_next(by->ids, by->now);
    try(q_price_change_add(tx, (PriceChangeAddIn){
        .variant = r->place.variant, .market = r->market, .channel = row.channel, .id = id, .shop = r->place.shop, .at = row.at,
        .price = row.price, .regular_minor = row.regular_minor, .kind = row.kind, .offer = row.offer,
        .has_low_minor = row.has_low_minor, .low_minor = row.low_minor, .times = row.times }));
    return q_price_now_set(tx, (PriceNowSetIn){
        .variant = r->place.variant, .market = r->market, .channel = row.channel, .change = id, .at = row.at, .price = row.price,
        .regular_minor = row.regular_minor, .kind = row.kind, .offer = row.offer, .has_low_minor = row.has_low_minor,
        .low_minor = row.low_minor, .times = row.times });
}

static Currency currency_of(const Refresh *r)
{
    if (r->list) return r->list->currency;
    for (i64 i = 0; i < r->rows.n_entries; i++)
        if (str_eq(r->rows.entries[i].market, EVERYWHERE)) return r->rows.entries[i].price.currency;
    return (Currency){ 0 };
}

static Err refresh_channel(Tx *tx, const By *by, const Refresh *r, PriceChannel channel)
{
    LayerAsk ask = price_layers(&r->rows, r->place.variant, r->market, r->list);
    const PriceNowOfRow *last = last_of(r, channel);
    if (channel != PRICE_CHANNEL_ANY && !last && !named(&ask, channel)) return ERR_OK;
    ask.channel = channel;
    ask.now = by->now;
    Layered x = layers_resolve(&ask);
    must(x.price > 0);
    const LayerOffer *offer = x.offer < 0 ? NULL : &ask.offers[x.offer];
    PriceNowOfRow row = { .channel = channel, .at = r->at, .price = { x.price, currency_of(r) }, .regular_minor = x.regular,
                          .kind = offer ? offer->kind : OFFER_KIND_REGULAR };
    if (offer) row.offer = offer->offer;
    if (last && last->price.minor == x.price && currency_eq(last->price.currency, row.price.currency) &&
        last->regular_minor == x.regular && last->kind == row.kind && last->offer.v == row.offer.v) return ERR_OK;
    if (last && row.at < last->at) row.at = last->at;
    return append(tx, by, r, row, offer ? offer->starts : row.at);
}

static Err refresh_market(Tx *tx, const By *by, Refresh *r, Str market, const PriceListGetRow *list)
{
    r->market = market;
    r->list = list;
    for (int c = 0; c < PRICE_CHANNELS; c++) try(refresh_channel(tx, by, r, (PriceChannel)c));
    return ERR_OK;
}

Err price_refresh(Tx *tx, const By *by, PricePlace place, Time at)
{
    PriceListGetRowList lists;
    PriceEntryRowsRowList entries;
    PriceItemRowsRowList items;
    Refresh r = { .place = place, .at = at < by->now ? at : by->now };
    try(q_price_list_rows(tx, (PriceListRowsIn){ .shop = place.shop }, &lists));
    try(q_price_entry_all(tx, (PriceEntryAllIn){ .variant = place.variant }, &entries));
    try(q_price_item_coming(tx, (PriceItemComingIn){ .variant = place.variant, .now = by->now }, &items));
    try(q_price_now_of(tx, (PriceNowOfIn){ .variant = place.variant }, &r.now));
    r.rows = (LayerRows){ entries.p, entries.n, items.p, items.n };
    if (entries.n == 0) return ERR_OK;
    try(refresh_market(tx, by, &r, EVERYWHERE, NULL));
    for (i64 i = 0; i < lists.n; i++) try(refresh_market(tx, by, &r, lists.p[i].market, &lists.p[i]));
    return ERR_OK;
}
