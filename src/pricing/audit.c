// What must always hold of prices and promotions.
#include "pricing/rules.h"

typedef void Report(void *context, const char *rule, i64 id, const char *detail);

typedef struct Audit { Tx *tx; Report *report; void *context; i64 history; } Audit;

enum { AUDIT_PAGE = 500, AUDIT_MOST = 100 };

static void say(Audit *a, const char *rule, i64 id, Str detail)
{
    a->report(a->context, rule, id, detail.p);
}

static Err counters(Audit *a)
{
    PricingAuditUsesRowList uses;
    PricingAuditClaimsRowList claims;
    PricingAuditCountsRowList counts;
    PricingAuditBudgetsRowList budgets;
    Arena *m = a->tx->a;
    try(q_pricing_audit_uses(a->tx, &uses));
    for (i64 i = 0; i < uses.n; i++)
        say(a, "promotion_used", uses.p[i].id.v,
            arena_format(m, "counts %lld uses of %lld, they are %lld of %lld", (long long)uses.p[i].used,
                         (long long)uses.p[i].used_minor, (long long)uses.p[i].counted, (long long)uses.p[i].counted_minor));
    try(q_pricing_audit_claims(a->tx, &claims));
    for (i64 i = 0; i < claims.n; i++)
        say(a, "voucher_person", claims.p[i].id.v,
            arena_format(m, "account %lld counts %lld uses, they are %lld", (long long)claims.p[i].buyer.v,
                         (long long)claims.p[i].used, (long long)claims.p[i].counted));
    try(q_pricing_audit_counts(a->tx, &counts));
    for (i64 i = 0; i < counts.n; i++)
        say(a, "buyer_count", counts.p[i].subject,
            arena_format(m, "account %lld counts %lld of %.*s, they are %lld", (long long)counts.p[i].buyer.v,
                         (long long)counts.p[i].n, STR_ARG(counts.p[i].kind), (long long)counts.p[i].counted));
    try(q_pricing_audit_budgets(a->tx, &budgets));
    for (i64 i = 0; i < budgets.n; i++)
        say(a, "promotion_budget", budgets.p[i].id.v,
            arena_format(m, "%lld uses of %lld passed what it may", (long long)budgets.p[i].used,
                         (long long)budgets.p[i].used_minor));
    return ERR_OK;
}

static Err rows(Audit *a)
{
    PricingAuditFlashRowList flash;
    PricingAuditNowRowList now;
    PricingAuditOrderRowList order;
    Arena *m = a->tx->a;
    try(q_pricing_audit_flash(a->tx, &flash));
    for (i64 i = 0; i < flash.n; i++)
        say(a, "flash_overlap", flash.p[i].variant.v,
            arena_format(m, "offers %lld and %lld", (long long)flash.p[i].a.v, (long long)flash.p[i].b.v));
    try(q_pricing_audit_now(a->tx, &now));
    for (i64 i = 0; i < now.n; i++)
        say(a, "price_now", now.p[i].variant.v,
            arena_format(m, "market %.*s shows %lld, its history ends with %lld", STR_ARG(now.p[i].market),
                         (long long)now.p[i].now_minor, (long long)now.p[i].last_minor));
    try(q_pricing_audit_order(a->tx, &order));
    for (i64 i = 0; i < order.n; i++)
        say(a, "price_history_order", order.p[i].variant.v,
            arena_format(m, "market %.*s goes back in time at %lld", STR_ARG(order.p[i].market), (long long)order.p[i].at));
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- histories against prices

static const PriceListGetRow *list_of(const PriceListGetRowList *lists, Str market)
{
    for (i64 i = 0; i < lists->n; i++)
        if (str_eq(lists->p[i].market, market)) return &lists->p[i];
    return NULL;
}

// Of what is in `from`, what held when the history's last row was written. *late: the timer had not come by for one of them.
static void held_at(const PriceItemRowsRowList *from, PriceChangeId written, bool running, PriceItemRowsRowList *out, bool *late)
{
    for (i64 i = 0; i < from->n; i++) {
        PriceItemRowsRow o = from->p[i];
        bool begun = written.v >= id_floor(o.starts), over = written.v >= id_floor(o.ends);
        *late = *late || (running ? over : begun);
        if (!begun || over) continue;
        o.starts = 0, o.ends = 1;
        out->p[out->n++] = o;
    }
}

// Offers begin and end by the clock. Was this row written, for another reason, between an offer's time and its timer?
static Err before_timer(Audit *a, VariantId variant, const LayerRows *layers, const PriceListGetRow *list,
                        const PriceNowOfRow *now, bool *out)
{
    PriceItemRowsRowList running, scheduled, held;
    PriceNowChangeRow *last;
    bool late = false;
    try(q_price_item_running(a->tx, (PriceItemRunningIn){ .variant = variant }, &running));
    try(q_price_item_scheduled(a->tx, (PriceItemScheduledIn){ .variant = variant }, &scheduled));
    try(q_price_now_change(a->tx, (PriceNowChangeIn){ .variant = variant, .market = now->market, .channel = now->channel },
                           &last));
    held = (PriceItemRowsRowList){ arena_new_array(a->tx->a, PriceItemRowsRow, running.n + scheduled.n), 0 };
    held_at(&running, last->change, true, &held, &late);
    held_at(&scheduled, last->change, false, &held, &late);
    LayerRows rows = { layers->entries, layers->n_entries, held.p, held.n };
    LayerAsk ask = price_layers(&rows, variant, now->market, list);
    ask.channel = now->channel;
    Layered r = layers_resolve(&ask);
    *out = late && r.price == now->price.minor && r.regular == now->regular_minor;
    return ERR_OK;
}

// What the offers that the timer has begun make of the price must be what the history ends with. An audit has no clock: so an
// offer counts as holding while it is `running`, whatever the hour.
static Err check_now(Audit *a, const PriceVariantGetRow *v, const PriceListGetRowList *lists, const LayerRows *layers,
                     const PriceNowOfRow *now)
{
    const PriceListGetRow *list = list_of(lists, now->market);
    PriceListFreshRowRow *fresh = NULL;
    bool early;
    if (!list && !str_eq(now->market, EVERYWHERE)) {
        say(a, "price_market", v->variant.v, arena_format(a->tx->a, "a price for %.*s without a list", STR_ARG(now->market)));
        return ERR_OK;
    }
    if (list) try(q_price_list_fresh_row(a->tx, (PriceListFreshRowIn){ .shop = v->shop, .market = now->market }, &fresh));
    if (fresh && fresh->refreshed.v < v->variant.v) return ERR_OK;           // its turn is still to come
    LayerAsk ask = price_layers(layers, v->variant, now->market, list);
    ask.channel = now->channel;
    for (i64 i = 0; i < ask.n_offers; i++) ask.offers[i].starts = 0, ask.offers[i].ends = 1;
    Layered r = layers_resolve(&ask);
    if (r.price == now->price.minor && r.regular == now->regular_minor) return ERR_OK;
    try(before_timer(a, v->variant, layers, list, now, &early));
    if (early) return ERR_OK;
    if (a->history++ < AUDIT_MOST)
        say(a, "price_history", v->variant.v,
            arena_format(a->tx->a, "market %.*s costs %lld (regular %lld), its history ends with %lld (%lld)",
                         STR_ARG(now->market), (long long)r.price, (long long)r.regular, (long long)now->price.minor,
                         (long long)now->regular_minor));
    return ERR_OK;
}

static Err check_variant(Audit *a, const PriceVariantGetRow *v)
{
    PriceListGetRowList lists;
    PriceEntryRowsRowList entries;
    PriceItemRowsRowList items;
    PriceNowOfRowList now;
    try(q_price_list_rows(a->tx, (PriceListRowsIn){ .shop = v->shop }, &lists));
    try(q_price_entry_all(a->tx, (PriceEntryAllIn){ .variant = v->variant }, &entries));
    try(q_price_item_running(a->tx, (PriceItemRunningIn){ .variant = v->variant }, &items));
    try(q_price_now_of(a->tx, (PriceNowOfIn){ .variant = v->variant }, &now));
    LayerRows layers = { entries.p, entries.n, items.p, items.n };
    if (now.n == 0 || entries.n == 0)
        say(a, "price_history", v->variant.v, arena_format(a->tx->a, "it has no price or no history"));
    for (i64 i = 0; i < now.n; i++) try(check_now(a, v, &lists, &layers, &now.p[i]));
    return ERR_OK;
}

Err pricing_audit(Tx *tx, Report *report, void *context)
{
    Audit a = { tx, report, context, 0 };
    VariantId after = { 0 };
    try(counters(&a));
    try(rows(&a));
    for (;;) {
        // Pages of a large market: what one has read is not needed for the next.
        ArenaMark mark = arena_mark(tx->a);
        PriceVariantGetRowList page;
        try(q_price_variant_all(tx, (PriceVariantAllIn){ .after = after, .limit = AUDIT_PAGE }, &page));
        for (i64 i = 0; i < page.n; i++) try(check_variant(&a, &page.p[i]));
        bool more = page.n == AUDIT_PAGE;
        if (more) after = page.p[page.n - 1].variant;
        arena_rewind(tx->a, mark);
        if (!more) return ERR_OK;
    }
}
