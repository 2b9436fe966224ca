// Lines become sums. Pure but for asking the catalog, the stock and the shops for today's facts.
#include "cart/cart.h"

Money basket_shipping(const Shop *shop, i64 subtotal_minor)
{
    bool free_of_charge = shop->has_free_over_minor && subtotal_minor >= shop->free_over_minor;
    return (Money){ subtotal_minor == 0 || free_of_charge ? 0 : shop->shipping_minor, shop->currency };
}

static Err load_line(Tx *tx, const Pick *pick, bool stock, BasketLine *line)
{
    *line = (BasketLine){ .pick = *pick };
    try(catalog_offer(tx, pick->variant, &line->offer));
    if (!line->offer.for_sale) {
        line->problem = CART_PROBLEM_ARCHIVED;
    } else if (stock) {
        try(stock_available(tx, (StockWant){ .variant = pick->variant, .n = pick->quantity }, &line->free));
        if (line->free <= 0) line->problem = CART_PROBLEM_SOLD_OUT;
        else if (line->free < pick->quantity) line->problem = CART_PROBLEM_TOO_FEW;
    }
    if (line->problem == CART_PROBLEM_NONE && pick->has_seen && pick->seen.minor != line->offer.price.minor)
        line->problem = CART_PROBLEM_PRICE_CHANGED;
    bool fits = money_times(line->offer.price, pick->quantity, &line->total) && line->total.minor <= MONEY_MAX_MINOR;
    return fits ? ERR_OK : refuse(&tx->why, ERR_TOO_MANY_ITEMS, "quantity", "The sum is larger than one order may be.");
}

static bool buyable(const BasketLine *line)
{
    return line->problem == CART_PROBLEM_NONE || line->problem == CART_PROBLEM_PRICE_CHANGED;
}

static Err add_up(Tx *tx, BasketShop *s)
{
    s->subtotal = (Money){ 0, s->shop.currency };
    for (i64 i = 0; i < s->n; i++) {
        if (!buyable(&s->lines[i])) continue;
        if (!money_add(s->subtotal, s->lines[i].total, &s->subtotal) || s->subtotal.minor > MONEY_MAX_MINOR)
            return refuse(&tx->why, ERR_TOO_MANY_ITEMS, "quantity", "The sum is larger than one order may be.");
    }
    s->shipping = basket_shipping(&s->shop, s->subtotal.minor);
    must(money_add(s->subtotal, s->shipping, &s->total));
    return ERR_OK;
}

static BasketShop *shop_of(Basket *b, ShopId shop)
{
    for (i64 i = 0; i < b->n; i++)
        if (b->shops[i].shop.id.v == shop.v) return &b->shops[i];
    return NULL;
}

Err basket_build(Tx *tx, PickList picks, bool stock, Basket *out)
{
    must(picks.n >= 0 && picks.n <= CART_LINES_MAX);
    *out = (Basket){ .shops = arena_new_array(tx->a, BasketShop, picks.n) };
    for (i64 i = 0; i < picks.n; i++) {
        BasketLine line;
        try(load_line(tx, &picks.p[i], stock, &line));
        BasketShop *s = shop_of(out, line.offer.shop);
        if (!s) {
            s = &out->shops[out->n++];
            try(shop_terms(tx, line.offer.shop, &s->shop));
            s->lines = arena_new_array(tx->a, BasketLine, picks.n - i);
        }
        s->lines[s->n++] = line;
    }
    for (i64 i = 0; i < out->n; i++) try(add_up(tx, &out->shops[i]));
    return ERR_OK;
}
