// Lines become sums. Pure but for asking the catalog, pricing, the stock, the shops, shipping and tax for today's facts. The
// order of the steps is that of docs/pricing.md: unit prices, what is free, shipping, promotions, tax.
#include "cart/cart.h"

static Err too_large(Tx *tx)
{
    return refuse(&tx->why, ERR_TOO_MANY_ITEMS, "quantity", "The sum is larger than one order may be.");
}

bool basket_buyable(const BasketLine *line)
{
    return line->problem == CART_PROBLEM_NONE || line->problem == CART_PROBLEM_PRICE_CHANGED ||
           line->problem == CART_PROBLEM_OFFER_OVER;
}

DiscountList basket_discounts(Arena *a, const Discount *given, i64 n)
{
    DiscountList out = { arena_new_array(a, Discount, n), n };
    for (i64 i = 0; i < n; i++) out.p[i] = given[i];
    return out;
}

// ---------------------------------------------------------------------------------------------- lines by shop

static BasketShop *shop_of(Basket *b, ShopId shop)
{
    for (i64 i = 0; i < b->n; i++)
        if (b->shops[i].shop.id.v == shop.v) return &b->shops[i];
    return NULL;
}

// Lines of one shop stand together, in the order in which they were given.
static Err group(Tx *tx, PickList picks, Basket *out)
{
    BasketLine *all = arena_new_array(tx->a, BasketLine, picks.n), *sorted = arena_new_array(tx->a, BasketLine, picks.n);
    for (i64 i = 0; i < picks.n; i++) {
        all[i] = (BasketLine){ .pick = picks.p[i] };
        try(catalog_offer(tx, picks.p[i].variant, &all[i].offer));
        BasketShop *s = shop_of(out, all[i].offer.shop);
        if (!s) {
            s = &out->shops[out->n++];
            try(shop_terms(tx, all[i].offer.shop, &s->shop));
            s->currency = s->shop.currency;
        }
        s->n++;
    }
    i64 at = 0;
    for (i64 i = 0; i < out->n; i++) {
        BasketShop *s = &out->shops[i];
        s->lines = &sorted[at];
        for (i64 k = 0; k < picks.n; k++)
            if (all[k].offer.shop.v == s->shop.id.v) sorted[at++] = all[k];
    }
    return ERR_OK;
}

static Str country_of(const BasketAsk *ask, const BasketShop *s)
{
    return ask->has_place ? ask->place.country : s->shop.country;
}

static PriceAsk price_ask(const BasketAsk *ask, Str country)
{
    return (PriceAsk){ .buyer = ask->buyer, .country = country, .now = ask->now, .has_vouchers = ask->has_vouchers,
                       .vouchers = ask->vouchers };
}

// Unit prices of all lines of a shop. A line's PriceLine lives in `lines`, which later becomes what promotions look at.
static Err price_lines(Tx *tx, const BasketAsk *ask, BasketShop *s, PriceLine *lines)
{
    for (i64 i = 0; i < s->n; i++) {
        const BasketLine *l = &s->lines[i];
        lines[i] = (PriceLine){ .shop = s->shop.id, .product = l->offer.product, .variant = l->pick.variant,
                                .quantity = l->pick.quantity, .channel = l->pick.channel, .clip = l->pick.clip,
                                .list = l->offer.price };
        s->lines[i].price = &lines[i];
    }
    PriceAsk p = price_ask(ask, country_of(ask, s));
    return pricing_prices(tx, &p, lines, s->n);
}

// ---------------------------------------------------------------------------------------------- what is wrong with a line

static CartProblem seen_problem(const BasketLine *l)
{
    if (!l->pick.has_seen) return CART_PROBLEM_NONE;
    bool same = l->pick.seen.minor == l->price->price.minor && currency_eq(l->pick.seen.currency, l->price->price.currency);
    if (l->pick.offer.v && l->pick.offer.v != l->price->offer.v) return same ? CART_PROBLEM_NONE : CART_PROBLEM_OFFER_OVER;
    return same ? CART_PROBLEM_NONE : CART_PROBLEM_PRICE_CHANGED;
}

static Err check_line(Tx *tx, const BasketAsk *ask, BasketLine *l)
{
    if (!l->offer.for_sale) {
        l->problem = CART_PROBLEM_ARCHIVED;
    } else if (ask->stock) {
        StockWant want = {
            .variant = l->pick.variant, .n = l->pick.quantity, .pool = l->price->pool, .pool_id = l->price->pool_id
        };
        try(stock_available(tx, want, &l->free));
        if (l->free <= 0) l->problem = CART_PROBLEM_SOLD_OUT;
        else if (l->free < l->pick.quantity) l->problem = CART_PROBLEM_TOO_FEW;
    }
    if (l->problem == CART_PROBLEM_NONE && l->price->limit && l->pick.quantity > l->price->limit)
        l->problem = CART_PROBLEM_OVER_LIMIT;
    if (l->problem == CART_PROBLEM_NONE) l->problem = seen_problem(l);
    Money goods;
    if (!money_times(l->price->price, l->pick.quantity, &goods) || goods.minor > MONEY_MAX_MINOR) return too_large(tx);
    l->goods = goods.minor;
    return ERR_OK;
}

// A seller's prices can come to more than an order may hold. That is said of the line, so that the cart can still be read.
static void add_goods(BasketShop *s, BasketLine *l)
{
    i64 room = PRICE_GOODS_MOST - s->subtotal;
    if (l->goods > room) {
        i64 fit = room / l->price->price.minor;
        l->problem = CART_PROBLEM_OVER_LIMIT;
        l->price->limit = fit > 1 ? fit : 1;
    } else s->subtotal += l->goods;
}

static Err check_lines(Tx *tx, const BasketAsk *ask, BasketShop *s)
{
    s->currency = s->n ? s->lines[0].price->price.currency : s->shop.currency;
    for (i64 i = 0; i < s->n; i++) {
        BasketLine *l = &s->lines[i];
        try(check_line(tx, ask, l));
        if (basket_buyable(l)) add_goods(s, l);
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- shipping

static Err ship(Tx *tx, const BasketAsk *ask, BasketShop *s)
{
    ShipLine *lines = arena_new_array(tx->a, ShipLine, s->n);
    i64 n = 0;
    for (i64 i = 0; i < s->n; i++)
        if (basket_buyable(&s->lines[i]))
            lines[n++] = (ShipLine){ .variant = s->lines[i].pick.variant, .quantity = s->lines[i].pick.quantity };
    ShipAsk q = { .shop = &s->shop, .has_place = ask->has_place, .place = ask->place, .lines = lines, .n = n,
                  .subtotal_minor = s->subtotal, .buyer = ask->buyer, .now = ask->now, .currency = s->currency };
    try(shipping_quote(tx, &q, &s->ship));
    if (n == 0) return ERR_OK;
    if (!s->ship.served) {
        for (i64 i = 0; i < s->n; i++)
            if (basket_buyable(&s->lines[i])) s->lines[i].problem = CART_PROBLEM_NOT_SERVED;
        s->subtotal = 0;
        return ERR_OK;
    }
    s->shipping = s->ship.shipping_minor;
    s->cod_fee = ask->cod ? s->ship.cod_fee_minor : 0;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- promotions

// Only what can be bought takes part, all shops at once, since a voucher of the platform spans them.
static Err promote(Tx *tx, const BasketAsk *ask, i64 lines, Basket *b)
{
    PriceBasket *p = &b->prices;
    *p = (PriceBasket){ .lines = arena_new_array(tx->a, PriceLine, lines), .shops = arena_new_array(tx->a, PriceShop, b->n) };
    for (i64 i = 0; i < b->n; i++) {
        BasketShop *s = &b->shops[i];
        PriceShop shop = { .shop = s->shop.id, .currency = s->currency, .first = p->n, .shipping = s->shipping };
        for (i64 k = 0; k < s->n; k++) {
            BasketLine *l = &s->lines[k];
            if (!basket_buyable(l)) continue;
            p->lines[p->n] = *l->price;
            l->price = &p->lines[p->n++];
            shop.n++;
        }
        if (shop.n == 0) continue;
        p->shops[p->n_shops] = shop;
        s->price = &p->shops[p->n_shops++];
    }
    if (p->n == 0) return ERR_OK;
    PriceAsk q = price_ask(ask, ask->has_place ? ask->place.country : b->shops[0].shop.country);
    return pricing_promotions(tx, &q, p);
}

static void add_discounts(BasketShop *s)
{
    if (!s->price) return;
    s->ship_by_seller = s->price->shipping_by_seller;
    s->ship_by_platform = s->price->shipping_by_platform;
    must(s->ship_by_seller >= 0 && s->ship_by_platform >= 0 && s->ship_by_seller + s->ship_by_platform <= s->shipping);
    s->by_seller = s->ship_by_seller;
    s->by_platform = s->ship_by_platform;
    for (i64 i = 0; i < s->n; i++) {
        const BasketLine *l = &s->lines[i];
        if (!basket_buyable(l)) continue;
        must(l->price->by_seller >= 0 && l->price->by_platform >= 0 && l->price->by_seller + l->price->by_platform <= l->goods);
        s->by_seller += l->price->by_seller;
        s->by_platform += l->price->by_platform;
    }
}

// ---------------------------------------------------------------------------------------------- tax and the sum

// What the platform pays for the buyer is paid for the goods all the same: only the seller's discounts lower the price for tax.
static Err tax(Tx *tx, const BasketAsk *ask, BasketShop *s)
{
    TaxLine *lines = arena_new_array(tx->a, TaxLine, s->n);
    Place from = { .country = s->shop.country };
    TaxAsk q = { .shop = s->shop.id, .from = from, .to = ask->has_place ? ask->place : from, .at = ask->now,
                 .currency = s->currency, .lines = lines,
                 .shipping = s->shipping - s->ship_by_seller + s->cod_fee };
    for (i64 i = 0; i < s->n; i++) {
        const BasketLine *l = &s->lines[i];
        if (basket_buyable(l)) lines[q.n++] = (TaxLine){ .product = l->offer.product, .minor = l->goods - l->price->by_seller };
    }
    if (q.n == 0) return ERR_OK;
    try(tax_compute(tx, &q));
    i64 sum = q.shipping_tax;
    for (i64 i = 0, n = 0; i < s->n; i++) {
        BasketLine *l = &s->lines[i];
        if (!basket_buyable(l)) continue;
        l->tax = lines[n].tax;
        l->tax_added = q.inclusive ? 0 : l->tax;
        l->rate_ppm = lines[n].rate_ppm;
        l->tax_class = lines[n++].class;
        sum += l->tax;
    }
    must(sum == q.tax && q.added == (q.inclusive ? 0 : q.tax));
    s->tax = q.tax;
    s->tax_added = q.added;
    s->ship_tax = q.shipping_tax;
    s->ship_rate_ppm = q.shipping_rate_ppm;
    s->ship_tax_added = q.inclusive ? 0 : q.shipping_tax;
    s->tax_inclusive = q.inclusive;
    s->tax_by_platform = q.by_platform;
    return ERR_OK;
}

static Err add_up(Tx *tx, BasketShop *s)
{
    i64 total = s->subtotal - s->by_seller - s->by_platform;
    if (__builtin_add_overflow(total, s->shipping + s->cod_fee, &total) || __builtin_add_overflow(total, s->tax_added, &total) ||
        total > MONEY_MAX_MINOR)
        return too_large(tx);
    must(total >= 0);
    s->total = (Money){ total, s->currency };
    return ERR_OK;
}

Err basket_build(Tx *tx, const BasketAsk *ask, PickList picks, Basket *out)
{
    must(picks.n >= 0 && picks.n <= CART_LINES_MAX);
    *out = (Basket){ .shops = arena_new_array(tx->a, BasketShop, picks.n) };
    try(group(tx, picks, out));
    PriceLine *prices = arena_new_array(tx->a, PriceLine, picks.n);
    i64 at = 0;
    for (i64 i = 0; i < out->n; i++) {
        try(price_lines(tx, ask, &out->shops[i], &prices[at]));
        try(check_lines(tx, ask, &out->shops[i]));
        try(ship(tx, ask, &out->shops[i]));
        at += out->shops[i].n;
    }
    try(promote(tx, ask, picks.n, out));
    for (i64 i = 0; i < out->n; i++) {
        add_discounts(&out->shops[i]);
        try(tax(tx, ask, &out->shops[i]));
        try(add_up(tx, &out->shops[i]));
    }
    return ERR_OK;
}
