// A sale's way through the books: captured, delivered, settled, its reserve released. No HTTP, no JSON, no clock.
#include "ledger/ledger.h"

#include "api/task.h"
#include "ledger/books.h"
#include "markets/markets.h"

// ---------------------------------------------------------------------------------------------- reading a sale

Parts book_sale_left(const LedgerSaleGetRow *s)
{
    return (Parts){ .buyer = s->paid - s->back_buyer, .goods = s->goods - s->back_goods,
                    .by_seller = s->by_seller - s->back_by_seller, .by_platform = s->by_platform - s->back_by_platform,
                    .shipping = s->shipping - s->back_shipping, .cod_fee = s->cod_fee - s->back_cod_fee,
                    .tax = s->tax - s->back_tax, .tax_added = s->tax_added - s->back_tax_added };
}

i64 book_gross(const Parts *p)
{
    return p->buyer + p->by_platform;
}

Err book_sale(Tx *tx, OrderId order, LedgerSaleGetRow **out)
{
    try(q_ledger_sale_get(tx, (LedgerSaleGetIn){ .shop_order = order }, out));
    return *out ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, NULL, "The money of this order has not come in.");
}

// ---------------------------------------------------------------------------------------------- captured

// Whoever calls has counted this from the order's own lines.
static void check_sale(const LedgerSale *s)
{
    const i64 parts[] = { s->paid, s->goods, s->by_seller, s->by_platform, s->shipping, s->cod_fee, s->tax, s->tax_added };
    for (i64 i = 0; i < COUNT(parts); i++) must(parts[i] >= 0 && parts[i] <= MONEY_MAX_MINOR);
    must(s->order.v > 0 && s->shop.v > 0);
    must(s->paid == s->goods - s->by_seller - s->by_platform + s->shipping + s->cod_fee + s->tax_added);
    must(s->tax_added <= s->tax && s->tax <= s->paid + s->by_platform);
}

typedef struct Terms { i64 fee, keep_ppm, keep_most; bool has_keep_most; } Terms;

// Amounts among a market's rules are in the market's currency: in another one they mean nothing.
static Err terms_of(Tx *tx, const LedgerSale *s, Terms *out)
{
    i64 ppm, flat, base = s->paid + s->by_platform - s->tax;
    Currency own;
    try(market_number(tx, s->country, MARKET_RULE_FEE_PPM, &ppm));
    try(market_number(tx, s->country, MARKET_RULE_FEE_FLAT_MINOR, &flat));
    try(market_number(tx, s->country, MARKET_RULE_REFUND_FEE_KEEP_PPM, &out->keep_ppm));
    try(market_number(tx, s->country, MARKET_RULE_REFUND_FEE_KEEP_MOST_MINOR, &out->keep_most));
    try(market_currency(tx, s->country, &own));
    out->has_keep_most = currency_eq(own, s->currency);
    must(money_ratio(base, ppm, PPM, ROUND_HALF_UP, &out->fee));
    if (currency_eq(own, s->currency)) out->fee += flat;
    if (out->fee > base) out->fee = base;
    return ERR_OK;
}

Err ledger_capture(Tx *tx, const By *by, const LedgerSale *sale)
{
    Terms terms;
    i64 n;
    check_sale(sale);
    try(terms_of(tx, sale, &terms));
    try(q_ledger_sale_put(tx, (LedgerSalePutIn){
        .shop_order = sale->order, .shop = sale->shop, .method = sale->method, .currency = sale->currency,
        .country = sale->country, .paid = sale->paid, .goods = sale->goods, .by_seller = sale->by_seller,
        .by_platform = sale->by_platform, .shipping = sale->shipping, .cod_fee = sale->cod_fee, .tax = sale->tax,
        .tax_added = sale->tax_added, .tax_by_platform = sale->tax_by_platform, .fee = terms.fee, .keep_ppm = terms.keep_ppm,
        .has_keep_most = terms.has_keep_most, .keep_most = terms.keep_most, .now = by->now }, &n));
    if (n == 0) return ERR_OK;
    Entry e = book_entry(by, LEDGER_KIND_SALE, sale->shop, sale->order, sale->currency);
    try(book_post(tx, &e, book_inside(sale->method), LEDGER_ACCOUNT_BUYER, sale->paid, book_method(sale->method)));
    return book_post(tx, &e, LEDGER_ACCOUNT_PROMOTIONS, LEDGER_ACCOUNT_BUYER, sale->by_platform, STR(""));
}

// ---------------------------------------------------------------------------------------------- delivered, frozen

// What an operator has said; else new, until there is something to judge by.
SellerTier book_tier(const LedgerShopGetRow *shop, Time now)
{
    if (shop->has_tier) return shop->tier;
    bool known = shop->deliveries > LEDGER_NEW_DELIVERIES && shop->has_first_delivered &&
                 now - shop->first_delivered >= (i64)LEDGER_NEW_DAYS * DAY_MS;
    return known ? SELLER_TIER_STANDARD : SELLER_TIER_NEW;
}

MarketRule book_days_rule(SellerTier tier)
{
    switch (tier) {
    case SELLER_TIER_FAST: return MARKET_RULE_SETTLE_FAST_DAYS;
    case SELLER_TIER_STANDARD: return MARKET_RULE_SETTLE_STANDARD_DAYS;
    case SELLER_TIER_SLOW: return MARKET_RULE_SETTLE_SLOW_DAYS;
    case SELLER_TIER_NEW: return MARKET_RULE_SETTLE_NEW_DAYS;
    }
    return MARKET_RULE_SETTLE_NEW_DAYS;
}

Err ledger_delivered(Tx *tx, const By *by, OrderId order, Time delivered)
{
    LedgerSaleGetRow *s;
    LedgerShopGetRow shop;
    i64 days, n;
    try(book_sale(tx, order, &s));
    if (s->state != LEDGER_STATE_HELD) return ERR_OK;
    try(q_ledger_shop_delivered(tx, (LedgerShopDeliveredIn){ .shop = s->shop, .now = delivered }, &shop));
    try(market_number(tx, s->country, book_days_rule(book_tier(&shop, by->now)), &days));
    Time settle_at = delivered + days * DAY_MS;
    LedgerSaleDeliverIn in = { .shop_order = order, .delivered = delivered, .settle_at = settle_at };
    try(q_ledger_sale_deliver(tx, in, &n));
    must(n == 1);                                        // nobody writes between: both engines see to it
    return task_at(tx, by, "ledger_settle", order.v, settle_at);
}

static Time later(Time a, Time b)
{
    return a > b ? a : b;
}

Err ledger_freeze(Tx *tx, const By *by, OrderId order, bool on)
{
    i64 n;
    LedgerSaleThawRow *s;
    if (on) return q_ledger_sale_freeze(tx, (LedgerSaleFreezeIn){ .shop_order = order }, &n);
    try(q_ledger_sale_thaw(tx, (LedgerSaleThawIn){ .shop_order = order }, &s));
    if (!s || s->frozen > 0) return ERR_OK;
    // Its day may have come meanwhile, and its task gone by.
    if (s->state == LEDGER_STATE_DUE) try(task_at(tx, by, "ledger_settle", order.v, later(s->settle_at, by->now)));
    if (s->has_reserve_at) try(task_at(tx, by, "ledger_reserve", order.v, later(s->reserve_at, by->now)));
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- settled

static Err reserve_of(Tx *tx, const By *by, const LedgerSaleGetRow *s, i64 net, i64 *out)
{
    i64 ppm, days, n;
    *out = 0;
    if (net <= 0) return ERR_OK;
    try(market_number(tx, s->country, MARKET_RULE_RESERVE_PPM, &ppm));
    try(market_number(tx, s->country, MARKET_RULE_RESERVE_DAYS, &days));
    must(money_ratio(net, ppm, PPM, ROUND_HALF_UP, out));
    if (*out > net) *out = net;
    if (*out == 0) return ERR_OK;
    Time at = by->now + days * DAY_MS;
    try(q_ledger_sale_reserve(tx, (LedgerSaleReserveIn){ .shop_order = s->shop_order, .reserve = *out, .reserve_at = at }, &n));
    return task_at(tx, by, "ledger_reserve", s->shop_order.v, at);
}

// Everything in the order's buyer account goes to the seller, who pays the fee and the tax that are due on it.
static Err settle(Tx *tx, const By *by, const LedgerSaleGetRow *s)
{
    Parts left = book_sale_left(s);
    i64 gross = book_gross(&left), fee = s->fee - s->fee_gone + s->fee_kept, tax = s->tax_by_platform ? left.tax : 0, reserve;
    Entry e = book_entry(by, LEDGER_KIND_SETTLED, s->shop, s->shop_order, s->currency);
    try(reserve_of(tx, by, s, gross - fee - tax, &reserve));
    try(book_post(tx, &e, LEDGER_ACCOUNT_BUYER, LEDGER_ACCOUNT_SELLER, gross, STR("")));
    try(book_post(tx, &e, LEDGER_ACCOUNT_SELLER, LEDGER_ACCOUNT_FEES, fee, STR("")));
    try(book_post(tx, &e, LEDGER_ACCOUNT_SELLER, LEDGER_ACCOUNT_TAX, tax, s->country));
    try(book_post(tx, &e, LEDGER_ACCOUNT_SELLER, LEDGER_ACCOUNT_RESERVE, reserve, STR("")));
    return book_line(tx, &e, &(Line){ .goods = left.goods, .discount = -left.by_seller, .shipping = left.shipping,
                                     .cod_fee = left.cod_fee, .tax_added = left.tax_added, .tax = -tax, .fee = -fee,
                                     .reserve = -reserve });
}

Err ledger_settle_due(Tx *tx, const By *by, i64 order)
{
    LedgerSaleGetRow *s;
    try(q_ledger_sale_settle(tx, (LedgerSaleSettleIn){ .shop_order = { order }, .now = by->now }, &s));
    return s ? settle(tx, by, s) : ERR_OK;               // settled already, or frozen: the end of that asks again
}

Err book_close(Tx *tx, const By *by, OrderId order)
{
    LedgerSaleGetRow *s;
    try(q_ledger_sale_close(tx, (LedgerSaleCloseIn){ .shop_order = order, .now = by->now }, &s));
    return s ? settle(tx, by, s) : ERR_OK;
}

Err ledger_reserve_due(Tx *tx, const By *by, i64 order)
{
    LedgerSaleGetRow *s;
    i64 n;
    try(q_ledger_sale_get(tx, (LedgerSaleGetIn){ .shop_order = { order } }, &s));
    if (!s || !s->has_reserve_at || s->reserve_at > by->now) return ERR_OK;
    try(q_ledger_sale_release(tx, (LedgerSaleReleaseIn){ .shop_order = { order }, .seen = s->reserve_back }, &n));
    i64 left = s->reserve - s->reserve_back;
    if (n == 0 || left == 0) return ERR_OK;
    Entry e = book_entry(by, LEDGER_KIND_RESERVE_RELEASED, s->shop, s->shop_order, s->currency);
    try(book_post(tx, &e, LEDGER_ACCOUNT_RESERVE, LEDGER_ACCOUNT_SELLER, left, STR("")));
    return book_line(tx, &e, &(Line){ .reserve = left });
}

// ---------------------------------------------------------------------------------------------- what providers keep

Err ledger_provider_fee(Tx *tx, const By *by, OrderId order, PaymentMethod method, Money fee)
{
    LedgerSaleGetRow *s;
    i64 n;
    must(fee.minor >= 0 && fee.minor <= MONEY_MAX_MINOR);
    try(book_sale(tx, order, &s));
    must(currency_eq(fee.currency, s->currency));
    try(q_ledger_sale_provider_fee(tx, (LedgerSaleProviderFeeIn){ .shop_order = order, .fee = fee.minor }, &n));
    Entry e = book_entry(by, LEDGER_KIND_PROVIDER_FEE, s->shop, order, s->currency);
    return book_post(tx, &e, LEDGER_ACCOUNT_PROVIDER_FEES, LEDGER_ACCOUNT_CLEARING, fee.minor, book_method(method));
}
