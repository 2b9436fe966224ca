// The cart: the rules.
#include "cart/cart.h"

#include "clips/clips.h"

i64 cart_owner(const Caller *who)
{
    return who->account ? who->account : who->session;
}

Err cart_picks(Tx *tx, i64 owner, PickList *out)
{
    CartRowsRowList rows;
    try(q_cart_rows(tx, (CartRowsIn){ .owner = owner }, &rows));
    *out = (PickList){ arena_new_array(tx->a, Pick, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        const CartRowsRow *r = &rows.p[i];
        out->p[i] = (Pick){ .variant = r->variant, .quantity = r->quantity, .channel = r->channel, .clip = r->clip,
                            .has_seen = true, .seen = r->seen, .offer = r->offer, .offer_version = r->offer_version };
    }
    return ERR_OK;
}

Err cart_remove_variant(Tx *tx, i64 owner, VariantId variant)
{
    i64 n;
    return q_cart_remove(tx, (CartRemoveIn){ .owner = owner, .variant = variant }, &n);
}

Err cart_count(Tx *tx, const Caller *who, i64 *out)
{
    CartSizeRow size;
    *out = 0;
    if (cart_owner(who) == 0) return ERR_OK;
    try(q_cart_size(tx, (CartSizeIn){ .owner = cart_owner(who) }, &size));
    *out = size.items;
    return ERR_OK;
}

Err cart_forget(Tx *tx, i64 guest)
{
    i64 n;
    return q_cart_clear(tx, (CartClearIn){ .owner = guest }, &n);
}

Err cart_adopt(Tx *tx, const By *by, i64 guest, i64 account)
{
    (void)by;
    i64 n;
    try(q_cart_adopt_new(tx, (CartAdoptNewIn){ .guest = guest, .account = account }, &n));
    return cart_forget(tx, guest);
}

// What the shopper sees when putting it in: the channel's price in the shop's own market.
static Err price_of(Tx *tx, const By *by, const CartLinePut *in, const Offer *offer, PriceLine *line)
{
    Shop shop;
    try(shop_terms(tx, offer->shop, &shop));
    PriceAsk ask = { .buyer = { by->who.account }, .country = shop.country, .now = by->now };
    *line = (PriceLine){ .shop = offer->shop, .product = offer->product, .variant = in->variant, .quantity = in->quantity,
                         .channel = in->clip.v ? CHANNEL_CLIP : CHANNEL_SHOP, .clip = in->clip, .list = offer->price };
    return pricing_prices(tx, &ask, line, 1);
}

Err cart_set(Tx *tx, const By *by, const CartLinePut *in)
{
    i64 owner = cart_owner(&by->who);
    must(owner != 0);
    if (in->quantity == 0) return cart_remove_variant(tx, owner, in->variant);
    Offer offer;
    try(catalog_offer(tx, in->variant, &offer));
    if (!offer.for_sale) return refuse(&tx->why, ERR_ARCHIVED, "variant", "This is no longer for sale.");
    PriceLine line;
    try(price_of(tx, by, in, &offer, &line));
    i64 free_units;
    try(stock_available(tx, (StockWant){ .variant = in->variant, .n = in->quantity, .pool = line.pool, .pool_id = line.pool_id },
                        &free_units));
    if (in->quantity > free_units)
        return refuse(&tx->why, ERR_SOLD_OUT, "quantity", "%s%lld left.", free_units > 0 ? "Only " : "",
                      (long long)(free_units > 0 ? free_units : 0));
    if (line.limit && in->quantity > line.limit)
        return refuse(&tx->why, ERR_LIMIT, "quantity", "This offer is for %lld a person.", (long long)line.limit);
    bool shown = false;
    if (in->clip.v) try(clip_shows(tx, in->clip, offer.product, &shown));
    if (in->clip.v && !shown) return refuse(&tx->why, ERR_BAD_FIELD, "clip", "That clip does not show this product.");
    CartSizeRow size;
    try(q_cart_size(tx, (CartSizeIn){ .owner = owner, .except = in->variant }, &size));
    if (size.lines >= CART_LINES_MAX)
        return refuse(&tx->why, ERR_CART_FULL, NULL, "A cart holds at most %d different things.", CART_LINES_MAX);
    return q_cart_put(tx, (CartPutIn){ .owner = owner, .variant = in->variant, .quantity = in->quantity, .seen = line.price,
                                       .channel = line.channel, .clip = in->clip, .offer = line.offer,
                                       .offer_version = line.offer_version, .added = by->now });
}

// ---------------------------------------------------------------------------------------------- what the app shows

static CartLine view_line(Arena *a, const BasketLine *l)
{
    const PriceLine *p = l->price;
    Currency c = p->price.currency;
    bool offer = p->kind != OFFER_KIND_REGULAR;
    i64 off = p->by_seller + p->by_platform;
    return (CartLine){ .variant = l->pick.variant,
                       .product = l->offer.product,
                       .title = l->offer.title,
                       .options = l->offer.options,
                       .sku = l->offer.sku,
                       .picture = l->offer.picture,
                       .quantity = l->pick.quantity,
                       .price = p->price,
                       .has_was = p->was.minor > p->price.minor,
                       .was = p->was,
                       .seen_price = l->pick.has_seen ? l->pick.seen : p->price,
                       .total = { l->goods, c },
                       .has_discount = off > 0,
                       .discount = { off, c },
                       .discounts = basket_discounts(a, p->discounts, p->n_discounts),
                       .has_offer = offer,
                       .offer = p->kind,
                       .has_ends = offer && p->ends,
                       .ends = p->ends,
                       .has_limit = p->limit > 0,
                       .limit = p->limit,
                       .available = l->free > 0 ? l->free : 0,
                       .problem = l->problem,
                       .channel = l->pick.channel,
                       .clip = l->pick.clip };
}

static CartShop view_shop(Arena *a, const BasketShop *s)
{
    Currency c = s->currency;
    i64 off_shipping = s->ship_by_seller + s->ship_by_platform;
    CartShop v = { .shop = arena_new(a, ShopCard), .lines = { arena_new_array(a, CartLine, s->n), s->n },
                   .subtotal = { s->subtotal, c }, .discount = { s->by_seller + s->by_platform - off_shipping, c },
                   .shipping = { s->shipping, c }, .shipping_discount = { off_shipping, c }, .tax = { s->tax, c },
                   .tax_added = { s->tax_added, c }, .total = s->total, .dispatch_days = s->shop.dispatch_days,
                   .delivery_min_days = s->shop.delivery_min_days, .delivery_max_days = s->shop.delivery_max_days,
                   .arrives_from = s->ship.from, .arrives_to = s->ship.to, .served = s->ship.served, .no = s->ship.no,
                   .from_day = s->ship.from_day, .to_day = s->ship.to_day,
                   .why = s->ship.why, .cod = s->ship.cod, .cod_no = s->ship.cod_no, .cod_why = s->ship.cod_why,
                   .has_free_shipping_over = s->ship.has_free_over, .free_shipping_over = { s->ship.free_over_minor, c } };
    if (s->price) v.shipping_discounts = basket_discounts(a, s->price->discounts, s->price->n_discounts);
    *v.shop = shop_card_of(&s->shop);
    for (i64 i = 0; i < s->n; i++) v.lines.p[i] = view_line(a, &s->lines[i]);
    return v;
}

// One sum a currency: the cart may hold several, a checkout may not. At most CART_LINES_MAX shops, so 8 is a limit of
// the answer's type: a ninth currency is left out of the sums and `ready` is false.
static bool add_total(Cart *c, Money m)
{
    for (i64 i = 0; i < c->totals.n; i++)
        if (currency_eq(c->totals.p[i].currency, m.currency)) return money_add(c->totals.p[i], m, &c->totals.p[i]);
    if (c->totals.n == 8) return false;
    c->totals.p[c->totals.n++] = m;
    return true;
}

Err cart_view(Tx *tx, const By *by, const Place *place, Cart *out)
{
    PickList picks = { 0 };
    Basket basket;
    i64 owner = cart_owner(&by->who);
    if (owner) try(cart_picks(tx, owner, &picks));
    BasketAsk ask = { .buyer = { by->who.account }, .has_place = place != NULL, .stock = true, .now = by->now };
    if (place) ask.place = *place;
    try(basket_build(tx, &ask, picks, &basket));
    *out = (Cart){ .shops = { arena_new_array(tx->a, CartShop, basket.n), basket.n },
                   .totals = { arena_new_array(tx->a, Money, 8), 0 }, .ready = picks.n > 0 };
    for (i64 i = 0; i < basket.n; i++) {
        BasketShop *s = &basket.shops[i];
        out->shops.p[i] = view_shop(tx->a, s);
        out->ready = add_total(out, s->total) && out->ready;
        for (i64 k = 0; k < s->n; k++) {
            out->count += s->lines[k].pick.quantity;
            out->ready = out->ready && basket_buyable(&s->lines[k]);
        }
    }
    out->ready = out->ready && out->totals.n == 1;
    return ERR_OK;
}
