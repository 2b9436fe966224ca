// Quotes and checkouts: what is wanted is priced, held, written down as orders, and only then paid.
#include "orders/flow.h"

#include "accounts/accounts.h"
#include "api/task.h"

// ---------------------------------------------------------------------------------------------- what is bought

static Err wanted(Tx *tx, const By *by, bool has_lines, CheckoutLineList lines, PickList *out)
{
    if (!has_lines) return cart_picks(tx, cart_owner(&by->who), out);
    *out = (PickList){ arena_new_array(tx->a, Pick, lines.n), lines.n };
    for (i64 i = 0; i < lines.n; i++) {
        const CheckoutLine *l = &lines.p[i];
        for (i64 k = 0; k < i; k++)
            if (lines.p[k].variant.v == l->variant.v)
                return refuse(&tx->why, ERR_BAD_FIELD, "lines", "The same variant stands in lines twice.");
        out->p[i] = (Pick){ .variant = l->variant, .quantity = l->quantity, .clip = l->clip,
                            .channel = l->clip.v ? CHANNEL_CLIP : CHANNEL_SHOP };
    }
    return ERR_OK;
}

static Err refuse_line(Tx *tx, const BasketLine *l, const ShipQuote *ship)
{
    Str title = str_slice(l->offer.title, 0, 100);
    switch (l->problem) {
    case CART_PROBLEM_ARCHIVED: return refuse(&tx->why, ERR_ARCHIVED, "lines", "%.*s is no longer for sale.", STR_ARG(title));
    case CART_PROBLEM_SOLD_OUT:
    case CART_PROBLEM_TOO_FEW:
        return refuse(&tx->why, ERR_SOLD_OUT, "lines", "Only %lld left of %.*s.", (long long)(l->free > 0 ? l->free : 0),
                      STR_ARG(title));
    case CART_PROBLEM_OVER_LIMIT:
        return refuse(&tx->why, ERR_LIMIT, "lines", "%.*s: this offer is for %lld a person.", STR_ARG(title),
                      (long long)l->price->limit);
    case CART_PROBLEM_NOT_SERVED:
        return refuse(&tx->why, ERR_NOT_SERVED, "address", "%.*s", STR_ARG(str_slice(ship->why, 0, 190)));
    case CART_PROBLEM_NONE:
    case CART_PROBLEM_PRICE_CHANGED:
    case CART_PROBLEM_OFFER_OVER:
        return ERR_OK;
    }
    return ERR_OK;
}

// A basket in which everything can be bought, and its sum in one currency.
static Err priced(Tx *tx, const BasketAsk *ask, PickList picks, Basket *basket, Money *total)
{
    if (picks.n == 0) return refuse(&tx->why, ERR_CART_EMPTY, NULL, "There is nothing to buy.");
    try(basket_build(tx, ask, picks, basket));
    *total = (Money){ 0, basket->shops[0].currency };
    for (i64 i = 0; i < basket->n; i++) {
        const BasketShop *s = &basket->shops[i];
        for (i64 k = 0; k < s->n; k++) try(refuse_line(tx, &s->lines[k], &s->ship));
        if (!currency_eq(s->currency, total->currency))
            return refuse(&tx->why, ERR_CURRENCY, NULL,
                          "One checkout is in one currency: buy from these shops one after the other.");
        if (!money_add(*total, s->total, total) || total->minor > MONEY_MAX_MINOR)
            return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "The sum is larger than one checkout may be.");
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- quotes

static QuoteLine quote_line(Arena *a, const BasketLine *l)
{
    const PriceLine *p = l->price;
    Currency c = p->price.currency;
    i64 off = p->by_seller + p->by_platform;
    return (QuoteLine){ .variant = l->pick.variant,
                        .title = l->offer.title,
                        .quantity = l->pick.quantity,
                        .price = p->price,
                        .has_was = p->was.minor > p->price.minor,
                        .was = p->was,
                        .total = { l->goods, c },
                        .has_discount = off > 0,
                        .discount = { off, c },
                        .discounts = basket_discounts(a, p->discounts, p->n_discounts),
                        .tax = { l->tax, c } };
}

static QuoteShop quote_shop(Arena *a, const BasketShop *s)
{
    Currency c = s->currency;
    i64 off_shipping = s->ship_by_seller + s->ship_by_platform;
    QuoteShop q = { .shop = arena_new(a, ShopCard), .lines = { arena_new_array(a, QuoteLine, s->n), s->n },
                    .subtotal = { s->subtotal, c }, .discount = { s->by_seller + s->by_platform - off_shipping, c },
                    .shipping = { s->shipping, c }, .shipping_discount = { off_shipping, c }, .cod_fee = { s->cod_fee, c },
                    .tax = { s->tax, c }, .tax_added = { s->tax_added, c }, .tax_inclusive = s->tax_inclusive, .total = s->total,
                    .arrives_from = s->ship.from, .arrives_to = s->ship.to,
                    .from_day = s->ship.from_day, .to_day = s->ship.to_day,
                    .cod = s->ship.cod, .cod_no = s->ship.cod_no,
                    .cod_why = s->ship.cod_why };
    *q.shop = shop_card_of(&s->shop);
    if (s->price) q.shipping_discounts = basket_discounts(a, s->price->discounts, s->price->n_discounts);
    for (i64 i = 0; i < s->n; i++) q.lines.p[i] = quote_line(a, &s->lines[i]);
    return q;
}

static void sum_quote(Quote *out)
{
    Currency c = out->total.currency;
    Money *const sums[] = { &out->subtotal, &out->discount, &out->shipping, &out->cod_fee, &out->tax, &out->tax_added };
    for (i64 i = 0; i < COUNT(sums); i++) *sums[i] = (Money){ 0, c };
    for (i64 i = 0; i < out->shops.n; i++) {
        const QuoteShop *s = &out->shops.p[i];
        out->subtotal.minor += s->subtotal.minor;
        out->discount.minor += s->discount.minor + s->shipping_discount.minor;
        out->shipping.minor += s->shipping.minor;
        out->cod_fee.minor += s->cod_fee.minor;
        out->tax.minor += s->tax.minor;
        out->tax_added.minor += s->tax_added.minor;
    }
}

static Err quote_place(Tx *tx, const By *by, const QuoteNew *in, BasketAsk *ask)
{
    if (in->address.v) {
        Address a;
        try(account_address(tx, by, (AccountId){ by->who.account }, in->address, &a));
        ask->place = (Place){ .country = a.country, .region = a.region, .postcode = a.postcode };
    } else {
        ask->place = (Place){ .country = in->country, .region = in->region, .postcode = in->postcode };
    }
    ask->has_place = ask->place.country.n > 0;
    return ERR_OK;
}

static bool all_take_cod(const Basket *b)
{
    for (i64 i = 0; i < b->n; i++)
        if (!b->shops[i].ship.cod) return false;
    return true;
}

Err quote_make(Tx *tx, const By *by, const QuoteNew *in, Quote *out)
{
    PickList picks;
    Basket basket;
    BasketAsk ask = { .buyer = { by->who.account }, .stock = true, .now = by->now, .has_vouchers = in->vouchers.p != NULL,
                      .vouchers = in->vouchers, .cod = in->has_method && in->method == PAYMENT_METHOD_COD };
    try(quote_place(tx, by, in, &ask));
    try(wanted(tx, by, in->lines.p != NULL, in->lines, &picks));
    try(priced(tx, &ask, picks, &basket, &out->total));
    out->shops = (QuoteShopList){ arena_new_array(tx->a, QuoteShop, basket.n), basket.n };
    for (i64 i = 0; i < basket.n; i++) out->shops.p[i] = quote_shop(tx->a, &basket.shops[i]);
    sum_quote(out);
    out->vouchers = basket.prices.used;
    out->cod = all_take_cod(&basket);
    try(payment_methods(tx, by, out->total.currency, ask.place.country, out->cod, &out->methods));
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- holding and writing down

static Err ship_to(Tx *tx, const By *by, const CheckoutNew *in, Str *sealed, Place *place)
{
    AddressNew to;
    AccountId me = { by->who.account };
    if ((in->address.v != 0) == (in->ship_to != NULL))
        return refuse(&tx->why, ERR_BAD_FIELD, "address", "Give either address (one of yours) or ship_to, not both.");
    if (in->ship_to) {
        to = *in->ship_to;
        try(address_check(&to, &tx->why));
    } else {
        Address a;
        try(account_address(tx, by, me, in->address, &a));
        to = (AddressNew){ .name = a.name, .phone = a.phone, .line1 = a.line1, .line2 = a.line2, .city = a.city,
                           .region = a.region, .postcode = a.postcode, .country = a.country };
    }
    *place = (Place){ .country = to.country, .region = to.region, .postcode = to.postcode };
    Buf b = buf_new(tx->a, 8192);
    json_write(&b, &ADDRESS_NEW_TYPE, &to);
    must(!b.full);
    return account_seal(tx, by, me, buf_str(&b), sealed);
}

// All units of all lines or, by the transaction's end, none.
static Err hold_all(Tx *tx, const By *by, CheckoutId checkout, const Basket *basket)
{
    StockWant wants[CART_LINES_MAX];
    i64 n = 0;
    for (i64 i = 0; i < basket->n; i++)
        for (i64 k = 0; k < basket->shops[i].n; k++) {
            const BasketLine *l = &basket->shops[i].lines[k];
            wants[n++] = (StockWant){ .variant = l->pick.variant, .n = l->pick.quantity, .pool = l->price->pool,
                                      .pool_id = l->price->pool_id };
        }
    return stock_hold(tx, by, checkout, wants, n);
}

Str order_options(Arena *a, StrList options)
{
    Buf b = buf_new(a, 1024);
    for (i64 i = 0; i < options.n; i++) {
        if (i) buf_add(&b, STR(", "));
        buf_add(&b, options.p[i]);
    }
    return buf_str(&b);
}

typedef struct Placing { CheckoutId checkout; PaymentMethod method; Str ship_to; Place place; Time expires; } Placing;

static Err write_discounts(Tx *tx, OrderId order, OrderLineId line, const Discount *given, i64 n, i64 *at)
{
    for (i64 i = 0; i < n; i++)
        try(q_order_discount_insert(tx, (OrderDiscountInsertIn){
            .shop_order = order, .n = (*at)++, .order_line = line, .promotion = given[i].promotion, .kind = given[i].kind,
            .name = given[i].name, .funder = given[i].funder, .minor = given[i].amount.minor }));
    return ERR_OK;
}

static Err write_line(Tx *tx, const By *by, OrderId order, const BasketLine *l, i64 *discounts)
{
    const PriceLine *p = l->price;
    OrderLineId id = order_line_id_next(by->ids, by->now);
    try(q_order_line_insert(tx, (OrderLineInsertIn){ .id = id,
                                                     .shop_order = order,
                                                     .variant = l->pick.variant,
                                                     .product = l->offer.product,
                                                     .title = l->offer.title,
                                                     .options = order_options(tx->a, l->offer.options),
                                                     .sku = l->offer.sku,
                                                     .picture = l->offer.picture ? l->offer.picture->url : (Str){ 0 },
                                                     .quantity = l->pick.quantity,
                                                     .price_minor = p->price.minor,
                                                     .total = { l->goods, p->price.currency },
                                                     .channel = l->pick.channel,
                                                     .clip = l->pick.clip,
                                                     .was_minor = p->was.minor,
                                                     .offer = p->offer,
                                                     .offer_kind = p->kind,
                                                     .pool = p->pool,
                                                     .pool_id = p->pool_id,
                                                     .by_seller_minor = p->by_seller,
                                                     .by_platform_minor = p->by_platform,
                                                     .tax_minor = l->tax,
                                                     .tax_added_minor = l->tax_added,
                                                     .rate_ppm = l->rate_ppm }));
    return write_discounts(tx, order, id, p->discounts, p->n_discounts, discounts);
}

// A shop may take only so many orders a day.
static Err take_day(Tx *tx, const By *by, const BasketShop *s)
{
    Time day;
    i64 n;
    if (!s->shop.has_orders_per_day) return ERR_OK;
    try(market_day(tx, s->shop.country, by->now, &day));
    try(q_shop_day_open(tx, (ShopDayOpenIn){ .shop = s->shop.id, .day = day }, &n));
    try(q_shop_day_take(tx, (ShopDayTakeIn){ .shop = s->shop.id, .day = day, .most = s->shop.orders_per_day }, &n));
    return n ? ERR_OK : refuse(&tx->why, ERR_LIMIT, "lines", "%.*s takes no more orders today.", STR_ARG(s->shop.name));
}

static OrderInsertIn order_of(const By *by, const Placing *p, const BasketShop *s, OrderId id)
{
    bool cod = p->method == PAYMENT_METHOD_COD;
    const Offer *first = &s->lines[0].offer;
    OrderInsertIn in = { .id = id,
                         .checkout = p->checkout,
                         .account = { by->who.account },
                         .shop = s->shop.id,
                         .method = p->method,
                         .state = ORDER_STATE_UNPAID,
                         .market = p->place.country,
                         .subtotal_minor = s->subtotal,
                         .by_seller_minor = s->by_seller,
                         .by_platform_minor = s->by_platform,
                         .shipping_minor = s->shipping,
                         .ship_by_seller_minor = s->ship_by_seller,
                         .ship_by_platform_minor = s->ship_by_platform,
                         .cod_fee_minor = s->cod_fee,
                         .tax_minor = s->tax,
                         .tax_added_minor = s->tax_added,
                         .ship_tax_minor = s->ship_tax,
                         .ship_tax_added_minor = s->ship_tax_added,
                         .ship_rate_ppm = s->ship_rate_ppm,
                         .tax_inclusive = s->tax_inclusive,
                         .tax_by_platform = s->tax_by_platform,
                         .total = s->total,
                         .ship_to = p->ship_to,
                         .title = first->title,
                         .picture = first->picture ? first->picture->url : (Str){ 0 },
                         .placed = by->now,
                         .has_pay_by = !cod,
                         .pay_by = p->expires,
                         .has_ship_by = true,
                         .ship_by = s->ship.ship_by,
                         .has_deliver_from = true,
                         .deliver_from = s->ship.from,
                         .has_deliver_to = true,
                         .deliver_to = s->ship.to };
    for (i64 k = 0; k < s->n; k++) in.items += s->lines[k].pick.quantity;
    return in;
}

// One shop's lines as one order. Cash on delivery needs no payment before the parcel goes out.
static Err write_order(Tx *tx, const By *by, const Placing *p, const BasketShop *s, OrderCard *card)
{
    OrderId id = order_id_next(by->ids, by->now);
    OrderInsertIn in = order_of(by, p, s, id);
    i64 discounts = 0;
    try(take_day(tx, by, s));
    try(q_order_insert(tx, in));
    for (i64 k = 0; k < s->n; k++) try(write_line(tx, by, id, &s->lines[k], &discounts));
    if (s->price) try(write_discounts(tx, id, (OrderLineId){ 0 }, s->price->discounts, s->price->n_discounts, &discounts));
    ShopCard *shop = arena_new(tx->a, ShopCard);
    *shop = shop_card_of(&s->shop);
    *card = (OrderCard){ .id = id, .number = order_number(tx->a, id), .shop = shop, .state = in.state, .total = s->total,
                         .count = in.items, .title = in.title, .picture = in.picture, .placed = by->now, .has_ship_by = true,
                         .ship_by = in.ship_by };
    return order_note(tx, by, id, ORDER_EVENT_KIND_PLACED, SIDE_BUYER, (Str){ 0 });
}

// Who names no total has said yes only to the prices that stood in the cart.
static Err check_seen(Tx *tx, const Basket *basket)
{
    for (i64 i = 0; i < basket->n; i++)
        for (i64 k = 0; k < basket->shops[i].n; k++) {
            const BasketLine *l = &basket->shops[i].lines[k];
            if (l->problem == CART_PROBLEM_PRICE_CHANGED || l->problem == CART_PROBLEM_OFFER_OVER)
                return refuse(&tx->why, ERR_PRICE_CHANGED, "expected", "%.*s costs %lld %s now, not %lld: send the total as "
                              "expected.", STR_ARG(str_slice(l->offer.title, 0, 80)), (long long)l->price->price.minor,
                              l->price->price.currency.code, (long long)l->pick.seen.minor);
        }
    return ERR_OK;
}

static Err check_expected(Tx *tx, const CheckoutNew *in, const Basket *basket, Money total)
{
    if (!in->has_expected) return check_seen(tx, basket);
    if (in->expected.minor == total.minor && currency_eq(in->expected.currency, total.currency)) return ERR_OK;
    return refuse(&tx->why, ERR_PRICE_CHANGED, "expected", "The total is now %lld %s, not %lld %s.", (long long)total.minor,
                  total.currency.code, (long long)in->expected.minor, in->expected.currency.code);
}

static Err write_orders(Tx *tx, const By *by, const Placing *p, const Basket *basket, Checkout *out)
{
    out->orders = (OrderCardList){ arena_new_array(tx->a, OrderCard, basket->n), basket->n };
    for (i64 i = 0; i < basket->n; i++) try(write_order(tx, by, p, &basket->shops[i], &out->orders.p[i]));
    return ERR_OK;
}

// How long units are held for someone who has not paid: longer where money travels by bank.
static Err pay_by(Tx *tx, const By *by, PaymentMethod method, Str market, Time *out)
{
    bool slow = method == PAYMENT_METHOD_TRANSFER || method == PAYMENT_METHOD_VIRTUAL_ACCOUNT;
    i64 n;
    try(market_number(tx, market, slow ? MARKET_RULE_TRANSFER_HOURS : MARKET_RULE_PAY_MINUTES, &n));
    *out = by->now + n * (slow ? (i64)HOUR_MS : (i64)MINUTE_MS);
    return ERR_OK;
}

static Err start_payment(Tx *tx, const By *by, const Placing *p, Checkout *out)
{
    out->payment = arena_new(tx->a, Payment);
    try(payment_start(tx, by, &(PaymentStart){ .checkout = p->checkout, .account = { by->who.account }, .method = p->method,
                                               .amount = out->total, .expires = p->expires, .country = p->place.country },
                      out->payment));
    if (p->method == PAYMENT_METHOD_COD || out->payment->state == PAYMENT_STATE_SUCCEEDED ||
        out->payment->state == PAYMENT_STATE_FAILED)
        try(checkout_follow_payment(tx, by, out->payment));
    if (p->method != PAYMENT_METHOD_COD && out->payment->state != PAYMENT_STATE_SUCCEEDED)
        try(task_at(tx, by, "checkout_expire", p->checkout.v, p->expires));
    return checkout_view(tx, by, p->checkout, out);
}

Err checkout_make(Tx *tx, const By *by, const CheckoutNew *in, Checkout *out)
{
    PickList picks;
    Basket basket;
    Placing p = { .checkout = checkout_id_next(by->ids, by->now), .method = in->method };
    BasketAsk ask = { .buyer = { by->who.account }, .has_place = true, .now = by->now, .has_vouchers = in->vouchers.p != NULL,
                      .vouchers = in->vouchers, .cod = in->method == PAYMENT_METHOD_COD };
    try(payment_offered(tx, by, in->method));
    try(ship_to(tx, by, in, &p.ship_to, &p.place));
    ask.place = p.place;
    try(wanted(tx, by, in->lines.p != NULL, in->lines, &picks));
    try(priced(tx, &ask, picks, &basket, &out->total));
    if (in->method == PAYMENT_METHOD_COD && !all_take_cod(&basket))
        return refuse(&tx->why, ERR_METHOD_OFF, "method", "Cash on delivery is not offered for this.");
    try(check_expected(tx, in, &basket, out->total));
    try(pay_by(tx, by, in->method, p.place.country, &p.expires));

    try(hold_all(tx, by, p.checkout, &basket));
    try(pricing_take(tx, by, p.checkout, &basket.prices));
    try(q_checkout_insert(tx, (CheckoutInsertIn){ .id = p.checkout, .account = { by->who.account }, .method = in->method,
                                                  .total = out->total, .market = p.place.country, .created = by->now,
                                                  .expires = p.expires }));
    try(write_orders(tx, by, &p, &basket, out));
    for (i64 i = 0; i < picks.n; i++) try(cart_remove_variant(tx, by->who.account, picks.p[i].variant));
    return start_payment(tx, by, &p, out);
}

Err checkout_view(Tx *tx, const By *by, CheckoutId id, Checkout *out)
{
    CheckoutRowRow *row;
    try(q_checkout_row(tx, (CheckoutRowIn){ .id = id }, &row));
    if (!row || row->account.v != by->who.account) return ERR_NOT_FOUND;
    OrderCardsOfCheckoutRowList orders;
    try(q_order_cards_of_checkout(tx, (OrderCardsOfCheckoutIn){ .checkout = id }, &orders));
    *out = (Checkout){ .id = id, .total = row->total, .expires = row->expires, .payment = arena_new(tx->a, Payment) };
    try(order_card_list(tx, orders.p, orders.n, &out->orders));
    return payment_get_by_checkout(tx, id, out->payment);
}
