// Sales and flash sales: planned by a manager, begun and ended by the clock. The rules behind the studio, and their timer.
#include "pricing/rules.h"

#include "api/task.h"
#include "shops/shops.h"

enum { PAST_MS = 5 * MINUTE_MS };        // a start that lies no further back means now: forms take a while

// An offer as it would be after the request.
typedef struct Plan {
    OfferId id; i64 version;
    ShopId shop;
    OfferKind kind;
    Str name, market; PriceChannel channel; Currency currency;
    const PriceListGetRow *list;
    Time starts, ends;
    bool has_per_buyer; i64 per_buyer;
    OfferItemNewList items;
} Plan;

// "items[3].price": lives as long as the request.
static const char *at(Tx *tx, i64 item, const char *field)
{
    return arena_format(tx->a, "items[%lld].%s", (long long)item, field).p;
}

// ---------------------------------------------------------------------------------------------- showing

static Err show_item(Tx *tx, const By *by, const PriceOffer *o, const PriceListGetRow *list, const PriceItemListRow *row,
                     OfferItem *out)
{
    PriceEntryRowsRowList entries;
    try(q_price_entry_all(tx, (PriceEntryAllIn){ .variant = row->variant }, &entries));
    LayerRows rows = { .entries = entries.p, .n_entries = entries.n };
    LayerAsk ask = price_layers(&rows, row->variant, o->market, list);
    ask.channel = o->channel;
    i64 regular = layers_regular(&ask), price = layers_offer_price(row->method, row->value, regular), low;
    Time began = o->starts < by->now ? o->starts : by->now;
    PriceSeries series = { o->shop, row->variant, o->market, o->channel, o->currency };
    *out = (OfferItem){ .variant = row->variant, .product = row->product, .regular = { regular, o->currency },
                        .price = { price, o->currency }, .has_stock = row->has_stock, .stock = row->stock,
                        .dropped = row->dropped };
    switch (row->method) {
    case PRICE_METHOD_PERCENT: out->has_percent = true; out->percent = row->value / 10000; break;
    case PRICE_METHOD_AMOUNT: out->has_amount = true; out->amount = (Money){ row->value, o->currency }; break;
    case PRICE_METHOD_FIXED: out->has_fixed = true; out->fixed = (Money){ row->value, o->currency }; break;
    }
    try(price_lowest(tx, &series, began, &out->has_low, &low));
    out->low = (Money){ low, o->currency };
    bool open = o->state == PLAN_STATE_SCHEDULED || o->state == PLAN_STATE_RUNNING;
    out->has_left = o->kind == OFFER_KIND_FLASH && open;
    return out->has_left ? stock_allocation_left(tx, STOCK_POOL_FLASH, o->id.v, row->variant, &out->left) : ERR_OK;
}

static Err show(Tx *tx, const By *by, const PriceOffer *offer, OfferDetail *out)
{
    PriceItemListRowList rows;
    PriceListGetRow *list = NULL;
    out->offer = arena_new(tx->a, PriceOffer);
    *out->offer = *offer;
    try(q_price_item_list(tx, (PriceItemListIn){ .offer = offer->id }, &rows));
    if (!str_eq(offer->market, EVERYWHERE))
        try(q_price_list_get(tx, (PriceListGetIn){ .shop = offer->shop, .market = offer->market }, &list));
    out->items = (OfferItemList){ arena_new_array(tx->a, OfferItem, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) try(show_item(tx, by, offer, list, &rows.p[i], &out->items.p[i]));
    return ERR_OK;
}

static Err find(Tx *tx, const By *by, OfferId id, PriceOffer **out)
{
    try(q_offer_row(tx, (OfferRowIn){ .id = id }, out));
    if (!*out) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such offer.");
    return price_may(tx, by, (*out)->shop);
}

static Err show_again(Tx *tx, const By *by, OfferId id, OfferDetail *out)
{
    PriceOffer *offer;
    try(q_offer_row(tx, (OfferRowIn){ .id = id }, &offer));
    return show(tx, by, offer, out);
}

Err offers_of(Tx *tx, const By *by, ShopId shop, OfferId before, PriceOfferPage *out)
{
    try(price_may(tx, by, shop));
    if (before.v == 0) before.v = INT64_MAX;
    try(q_offer_rows(tx, (OfferRowsIn){ .shop = shop, .before = before, .limit = PRICING_PAGE }, &out->items));
    if (out->items.n == PRICING_PAGE)
        out->next = arena_format(tx->a, "%lld", (long long)out->items.p[out->items.n - 1].id.v);
    return ERR_OK;
}

Err offer_open(Tx *tx, const By *by, OfferId id, OfferDetail *out)
{
    PriceOffer *offer;
    try(find(tx, by, id, &offer));
    return show(tx, by, offer, out);
}

// ---------------------------------------------------------------------------------------------- checks

static Err check_times(Refusal *why, const By *by, Plan *p)
{
    i64 most = p->kind == OFFER_KIND_FLASH ? (i64)FLASH_MOST_HOURS * HOUR_MS : OFFER_MOST_MS;
    if (p->starts < by->now - PAST_MS) return refuse(why, ERR_BAD_FIELD, "starts", "This lies in the past.");
    if (p->starts < by->now) p->starts = by->now;
    if (p->starts > by->now + OFFER_MOST_MS) return refuse(why, ERR_BAD_FIELD, "starts", "At most 365 days ahead.");
    if (p->ends - p->starts < OFFER_LEAST_MS) return refuse(why, ERR_BAD_FIELD, "ends", "An offer lasts at least 10 minutes.");
    if (p->ends - p->starts <= most) return ERR_OK;
    if (p->kind == OFFER_KIND_FLASH)
        return refuse(why, ERR_BAD_FIELD, "ends", "A flash sale lasts at most %d hours.", FLASH_MOST_HOURS);
    return refuse(why, ERR_BAD_FIELD, "ends", "A sale lasts at most 365 days.");
}

static Err check_money(Tx *tx, const Plan *p, i64 i, const char *field, Money m)
{
    if (currency_eq(m.currency, p->currency)) return ERR_OK;
    return refuse(&tx->why, ERR_CURRENCY, at(tx, i, field), "This list is in %s, not in %s.", p->currency.code, m.currency.code);
}

static PriceMethod method_of(const OfferItemNew *x, i64 *value)
{
    *value = x->has_percent ? x->percent * 10000 : x->has_amount ? x->amount.minor : x->price.minor;
    return x->has_percent ? PRICE_METHOD_PERCENT : x->has_amount ? PRICE_METHOD_AMOUNT : PRICE_METHOD_FIXED;
}

static Err check_shape(Tx *tx, const Plan *p, i64 i)
{
    const OfferItemNew *x = &p->items.p[i];
    if (x->has_percent + x->has_amount + x->has_price != 1)
        return refuse(&tx->why, ERR_BAD_FIELD, at(tx, i, "price"), "Give one of percent, amount and price.");
    if (x->has_amount) try(check_money(tx, p, i, "amount", x->amount));
    if (x->has_price) try(check_money(tx, p, i, "price", x->price));
    for (i64 k = 0; k < i; k++)
        if (p->items.p[k].variant.v == x->variant.v)
            return refuse(&tx->why, ERR_BAD_FIELD, at(tx, i, "variant"), "items[%lld] is the same variant.", (long long)k);
    if (p->kind != OFFER_KIND_FLASH)
        return x->has_stock ? refuse(&tx->why, ERR_BAD_FIELD, at(tx, i, "stock"), "Only a flash sale sets stock aside.") : ERR_OK;
    if (!x->has_price) return refuse(&tx->why, ERR_BAD_FIELD, at(tx, i, "price"), "A flash sale names its price.");
    if (!x->has_stock) return refuse(&tx->why, ERR_BAD_FIELD, at(tx, i, "stock"), "A flash sale needs stock that is set aside.");
    return ERR_OK;
}

// What the offer would make of the variant's price in its list and channel.
static Err check_price(Tx *tx, const By *by, const Plan *p, i64 i)
{
    const OfferItemNew *x = &p->items.p[i];
    PriceEntryRowsRowList entries;
    i64 value, low;
    bool has_low;
    try(q_price_entry_all(tx, (PriceEntryAllIn){ .variant = x->variant }, &entries));
    LayerRows rows = { .entries = entries.p, .n_entries = entries.n };
    LayerAsk ask = price_layers(&rows, x->variant, p->market, p->list);
    ask.channel = p->channel;
    PriceMethod method = method_of(x, &value);
    i64 regular = layers_regular(&ask), price = layers_offer_price(method, value, regular);
    bool percent = method == PRICE_METHOD_PERCENT, amount = method == PRICE_METHOD_AMOUNT;
    const char *field = at(tx, i, percent ? "percent" : amount ? "amount" : "price");
    if (price <= 0) return refuse(&tx->why, ERR_BAD_FIELD, field, "Nothing would be left of the price, %lld %s.",
                                  (long long)regular, p->currency.code);
    if (price >= regular) return refuse(&tx->why, ERR_BAD_FIELD, field, "This does not lower the price, %lld %s.",
                                        (long long)regular, p->currency.code);
    if (p->kind != OFFER_KIND_FLASH) return ERR_OK;
    PriceSeries series = { p->shop, x->variant, p->market, p->channel, p->currency };
    try(price_lowest(tx, &series, by->now + 1, &has_low, &low));
    if (!has_low || price < low) return ERR_OK;
    return refuse(&tx->why, ERR_BAD_FIELD, field, "A flash sale undercuts the lowest price of the last days, %lld %s.",
                  (long long)low, p->currency.code);
}

static Err check_plan(Tx *tx, const By *by, Plan *p)
{
    if (p->kind != OFFER_KIND_SALE && p->kind != OFFER_KIND_FLASH)
        return refuse(&tx->why, ERR_BAD_FIELD, "kind", "Plan a sale or a flash sale; the others belong to live shows.");
    if (str_trim(p->name).n != p->name.n)
        return refuse(&tx->why, ERR_BAD_FIELD, "name", "A name does not begin or end with a blank.");
    try(check_times(&tx->why, by, p));
    for (i64 i = 0; i < p->items.n; i++) {
        PriceVariantGetRow *v;
        try(check_shape(tx, p, i));
        try(q_price_variant_get(tx, (PriceVariantGetIn){ .variant = p->items.p[i].variant }, &v));
        if (!v || v->shop.v != p->shop.v || !v->active)
            return refuse(&tx->why, ERR_BAD_FIELD, at(tx, i, "variant"), "This shop sells no such variant.");
        try(check_price(tx, by, p, i));
    }
    return ERR_OK;
}

static Err set_list(Tx *tx, Plan *p)
{
    Shop terms;
    PriceListGetRow *list = NULL;
    try(shop_terms(tx, p->shop, &terms));
    p->currency = terms.currency;
    if (str_eq(p->market, EVERYWHERE)) return ERR_OK;
    try(q_price_list_get(tx, (PriceListGetIn){ .shop = p->shop, .market = p->market }, &list));
    if (!list) return refuse(&tx->why, ERR_BAD_FIELD, "market", "The shop has no list for that market; make one first.");
    p->currency = list->currency;
    p->list = list;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- writing

static Err put_items(Tx *tx, const By *by, const Plan *p)
{
    for (i64 i = 0; i < p->items.n; i++) {
        const OfferItemNew *x = &p->items.p[i];
        PriceVariantGetRow *v;
        i64 n, value;
        PriceMethod method = method_of(x, &value);
        try(q_price_variant_get(tx, (PriceVariantGetIn){ .variant = x->variant }, &v));
        try(q_price_item_put(tx, (PriceItemPutIn){
            .offer = p->id, .variant = x->variant, .product = v->product, .kind = p->kind, .market = p->market,
            .channel = p->channel, .starts = p->starts, .ends = p->ends, .method = method, .value = value,
            .has_per_buyer = p->has_per_buyer, .per_buyer = p->per_buyer, .has_stock = x->has_stock, .stock = x->stock,
            .version = p->version }, &n));
        if (n == 0)
            return refuse(&tx->why, ERR_WRONG_STATE, at(tx, i, "variant"), "Another %s of this variant holds at that time.",
                          p->kind == OFFER_KIND_FLASH ? "flash sale" : "sale in this list and channel");
        if (!x->has_stock) continue;
        Err e = stock_allocate(tx, by, (StockAllotment){ .pool = STOCK_POOL_FLASH, .pool_id = p->id.v, .variant = x->variant,
                                                         .shop = p->shop, .n = x->stock });
        if (e == ERR_SOLD_OUT) tx->why.field = at(tx, i, "stock");
        try(e);
    }
    return ERR_OK;
}

// Its timer: now if it begins now, else when it does.
static Err await(Tx *tx, const By *by, OfferId id, Time starts)
{
    return starts <= by->now ? price_offer_due(tx, by, id.v) : task_at(tx, by, "price_offer", id.v, starts);
}

Err offer_add(Tx *tx, const By *by, ShopId shop, const OfferNew *in, OfferDetail *out)
{
    try(price_may(tx, by, shop));
    Plan p = { .id = offer_id_next(by->ids, by->now), .version = 1, .shop = shop, .kind = in->kind, .name = in->name,
               .market = in->market.p ? in->market : EVERYWHERE, .channel = in->has_channel ? in->channel : PRICE_CHANNEL_ANY,
               .starts = in->starts, .ends = in->ends, .has_per_buyer = in->has_per_buyer, .per_buyer = in->per_buyer,
               .items = in->items };
    try(set_list(tx, &p));
    try(check_plan(tx, by, &p));
    try(q_offer_insert(tx, (OfferInsertIn){ .id = p.id, .shop = shop, .kind = p.kind, .market = p.market, .channel = p.channel,
                                            .name = p.name, .currency = p.currency, .starts = p.starts, .ends = p.ends,
                                            .has_per_buyer = p.has_per_buyer, .per_buyer = p.per_buyer, .items = p.items.n,
                                            .author = { by->who.account }, .now = by->now }));
    try(put_items(tx, by, &p));
    try(await(tx, by, p.id, p.starts));
    return show_again(tx, by, p.id, out);
}

// ---------------------------------------------------------------------------------------------- changing

static Err items_as_they_are(Tx *tx, const PriceOffer *o, OfferItemNewList *out)
{
    PriceItemListRowList rows;
    try(q_price_item_list(tx, (PriceItemListIn){ .offer = o->id }, &rows));
    *out = (OfferItemNewList){ arena_new_array(tx->a, OfferItemNew, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        const PriceItemListRow *r = &rows.p[i];
        out->p[i] = (OfferItemNew){ .variant = r->variant, .has_stock = r->has_stock, .stock = r->stock };
        switch (r->method) {
        case PRICE_METHOD_PERCENT: out->p[i].has_percent = true; out->p[i].percent = r->value / 10000; break;
        case PRICE_METHOD_AMOUNT: out->p[i].has_amount = true; out->p[i].amount = (Money){ r->value, o->currency }; break;
        case PRICE_METHOD_FIXED: out->p[i].has_price = true; out->p[i].price = (Money){ r->value, o->currency }; break;
        }
    }
    return ERR_OK;
}

// Of a running one: what buyers see may get longer or shorter, but not dearer.
static Err change_running(Tx *tx, const By *by, const Plan *p, const OfferEdit *in)
{
    PriceItemClashRow *clash;
    i64 n;
    if (in->has_starts) return refuse(&tx->why, ERR_WRONG_STATE, "starts", "It has begun already.");
    if (in->has_items) return refuse(&tx->why, ERR_WRONG_STATE, "items", "It has begun already: end it, and plan another one.");
    if (p->ends <= by->now) return refuse(&tx->why, ERR_BAD_FIELD, "ends", "This lies in the past; to end it now, end it.");
    try(q_price_item_clash(tx, (PriceItemClashIn){ .offer = p->id, .kind = p->kind, .market = p->market, .channel = p->channel,
                                                   .starts = p->starts, .ends = p->ends }, &clash));
    if (clash)
        return refuse(&tx->why, ERR_WRONG_STATE, "ends", "It would run into another offer of its kind.");
    return q_price_item_move(tx, (PriceItemMoveIn){ .offer = p->id, .ends = p->ends, .has_per_buyer = p->has_per_buyer,
                                                    .per_buyer = p->per_buyer, .version = p->version }, &n);
}

static Err change_scheduled(Tx *tx, const By *by, Plan *p)
{
    i64 n;
    // Its items and its stock are given back and taken anew, so that they are checked as new ones are.
    try(q_price_item_clear(tx, (PriceItemClearIn){ .offer = p->id }, &n));
    if (p->kind == OFFER_KIND_FLASH) try(stock_allocation_end(tx, by, STOCK_POOL_FLASH, p->id.v));
    try(check_plan(tx, by, p));
    return put_items(tx, by, p);
}

Err offer_change(Tx *tx, const By *by, OfferId id, const OfferEdit *in, OfferDetail *out)
{
    PriceOffer *o;
    try(find(tx, by, id, &o));
    if (o->version != in->version)
        return refuse(&tx->why, ERR_STALE, "version", "The offer is at version %lld; load it again.", (long long)o->version);
    bool begun = o->starts <= by->now;
    if (o->ends <= by->now || o->state == PLAN_STATE_ENDED || o->state == PLAN_STATE_CANCELLED)
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This offer is over.");
    Plan p = { .id = id, .version = o->version + 1, .shop = o->shop, .kind = o->kind, .name = in->name.p ? in->name : o->name,
               .market = o->market, .channel = o->channel, .starts = in->has_starts ? in->starts : o->starts,
               .ends = in->has_ends ? in->ends : o->ends, .has_per_buyer = o->has_per_buyer, .per_buyer = o->per_buyer,
               .items = in->items };
    if (in->has_per_buyer) {
        p.has_per_buyer = in->per_buyer > 0;
        p.per_buyer = in->per_buyer;
    }
    try(set_list(tx, &p));
    if (begun) {
        i64 most = p.kind == OFFER_KIND_FLASH ? (i64)FLASH_MOST_HOURS * HOUR_MS : OFFER_MOST_MS;
        if (p.ends - p.starts > most) return refuse(&tx->why, ERR_BAD_FIELD, "ends", "It would last too long.");
        try(change_running(tx, by, &p, in));
    } else {
        if (!in->has_items) try(items_as_they_are(tx, o, &p.items));
        try(change_scheduled(tx, by, &p));
    }
    i64 n;
    try(q_offer_update(tx, (OfferUpdateIn){ .id = id, .version = in->version, .name = p.name, .starts = p.starts, .ends = p.ends,
                                            .has_per_buyer = p.has_per_buyer, .per_buyer = p.per_buyer,
                                            .items = in->has_items ? p.items.n : o->items }, &n));
    if (n == 0) return refuse(&tx->why, ERR_STALE, "version", "Someone changed this offer; load it again.");
    try(begun ? task_at(tx, by, "price_offer", id.v, p.ends) : await(tx, by, id, p.starts));
    return show_again(tx, by, id, out);
}

// ---------------------------------------------------------------------------------------------- beginning and ending

static Err refresh_items(Tx *tx, const By *by, const PriceOffer *o, Time when)
{
    PriceItemListRowList rows;
    try(q_price_item_list(tx, (PriceItemListIn){ .offer = o->id }, &rows));
    for (i64 i = 0; i < rows.n; i++)
        try(price_refresh(tx, by, (PricePlace){ rows.p[i].variant, rows.p[i].product, o->shop }, when));
    return ERR_OK;
}

// What was set aside for an item that takes no part can be sold again at once.
static Err free_item(Tx *tx, const By *by, const PriceOffer *o, VariantId variant)
{
    i64 left;
    try(stock_allocation_left(tx, STOCK_POOL_FLASH, o->id.v, variant, &left));
    if (left <= 0) return ERR_OK;
    return stock_allocation_cut(tx, by, (StockAllotment){ .pool = STOCK_POOL_FLASH, .pool_id = o->id.v, .variant = variant,
                                                          .shop = o->shop, .n = left });
}

// Prices may have fallen since it was planned: what would no longer undercut does not take part.
static Err drop_weak(Tx *tx, const By *by, const PriceOffer *o)
{
    PriceItemListRowList rows;
    if (o->kind != OFFER_KIND_FLASH) return ERR_OK;
    try(q_price_item_list(tx, (PriceItemListIn){ .offer = o->id }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        PriceSeries series = { o->shop, rows.p[i].variant, o->market, o->channel, o->currency };
        bool has;
        i64 low, n;
        try(price_lowest(tx, &series, o->starts, &has, &low));
        if (!has || rows.p[i].value < low) continue;
        try(q_price_item_drop(tx, (PriceItemDropIn){ .offer = o->id, .variant = rows.p[i].variant }, &n));
        if (n > 0) try(free_item(tx, by, o, rows.p[i].variant));
    }
    return ERR_OK;
}

static Err end_offer(Tx *tx, const By *by, const PriceOffer *o, Time when)
{
    if (o->kind == OFFER_KIND_FLASH) try(stock_allocation_end(tx, by, STOCK_POOL_FLASH, o->id.v));
    return refresh_items(tx, by, o, when);
}

static Err set_state(Tx *tx, OfferId id, PlanState state)
{
    i64 n;
    try(q_offer_move(tx, (OfferMoveIn){ .id = id, .state = state }, &n));
    return q_price_item_state(tx, (PriceItemStateIn){ .offer = id, .state = state }, &n);
}

Err price_offer_due(Tx *tx, const By *by, i64 subject)
{
    PriceOffer *o;
    try(q_offer_row(tx, (OfferRowIn){ .id = { subject } }, &o));
    if (!o || o->state == PLAN_STATE_ENDED || o->state == PLAN_STATE_CANCELLED) return ERR_OK;
    if (o->starts > by->now) return task_at(tx, by, "price_offer", subject, o->starts);
    if (o->state == PLAN_STATE_SCHEDULED) {
        try(drop_weak(tx, by, o));
        try(set_state(tx, o->id, PLAN_STATE_RUNNING));
        try(refresh_items(tx, by, o, o->starts));
    }
    if (o->ends > by->now) return task_at(tx, by, "price_offer", subject, o->ends);
    try(set_state(tx, o->id, PLAN_STATE_ENDED));
    return end_offer(tx, by, o, o->ends);
}

Err offer_finish(Tx *tx, const By *by, OfferId id, OfferDetail *out)
{
    PriceOffer *o;
    i64 n;
    try(find(tx, by, id, &o));
    bool begun = o->starts <= by->now;
    PlanState state = begun ? PLAN_STATE_ENDED : PLAN_STATE_CANCELLED;
    try(q_offer_stop(tx, (OfferStopIn){ .id = id, .state = state, .ends = begun ? by->now : o->ends }, &n));
    if (n == 0 || o->ends <= by->now) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This offer is over already.");
    try(q_price_item_state(tx, (PriceItemStateIn){ .offer = id, .state = state }, &n));
    // One that never began holds at no time at all: so it stands in the way of no other.
    try(q_price_item_move(tx, (PriceItemMoveIn){ .offer = id, .ends = begun ? by->now : 0, .has_per_buyer = o->has_per_buyer,
                                                 .per_buyer = o->per_buyer, .version = o->version + 1 }, &n));
    try(task_cancel(tx, "price_offer", id.v));
    try(end_offer(tx, by, o, by->now));
    return show_again(tx, by, id, out);
}
