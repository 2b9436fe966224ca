// Checkout and payment: the rules. What is wanted is priced, held, written down as orders, and only then paid.
#include "accounts/accounts.h"
#include "api/task.h"
#include "ledger/ledger.h"
#include "orders/orders.h"

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

static Err refuse_line(Tx *tx, const BasketLine *l)
{
    switch (l->problem) {
    case CART_PROBLEM_ARCHIVED:
        return refuse(&tx->why, ERR_ARCHIVED, "lines", "%.*s is no longer for sale.", STR_ARG(str_slice(l->offer.title, 0, 100)));
    case CART_PROBLEM_SOLD_OUT:
    case CART_PROBLEM_TOO_FEW:
        return refuse(&tx->why, ERR_SOLD_OUT, "lines", "Only %lld left of %.*s.", (long long)(l->free > 0 ? l->free : 0),
                      STR_ARG(str_slice(l->offer.title, 0, 100)));
    case CART_PROBLEM_NONE:
    case CART_PROBLEM_PRICE_CHANGED:
        return ERR_OK;
    }
    return ERR_OK;
}

// A basket in which everything can be bought, and its sum in one currency.
static Err priced(Tx *tx, PickList picks, bool stock, Basket *basket, Money *total)
{
    if (picks.n == 0) return refuse(&tx->why, ERR_CART_EMPTY, NULL, "There is nothing to buy.");
    try(basket_build(tx, picks, stock, basket));
    *total = (Money){ 0, basket->shops[0].shop.currency };
    for (i64 i = 0; i < basket->n; i++) {
        const BasketShop *s = &basket->shops[i];
        for (i64 k = 0; k < s->n; k++) try(refuse_line(tx, &s->lines[k]));
        if (!currency_eq(s->shop.currency, total->currency))
            return refuse(&tx->why, ERR_CURRENCY, NULL,
                          "One checkout is in one currency: buy from these shops one after the other.");
        if (!money_add(*total, s->total, total) || total->minor > MONEY_MAX_MINOR)
            return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "The sum is larger than one checkout may be.");
    }
    return ERR_OK;
}

static bool all_take_cod(const Basket *b)
{
    for (i64 i = 0; i < b->n; i++)
        if (!b->shops[i].shop.cod) return false;
    return true;
}

Err quote_make(Tx *tx, const By *by, const QuoteNew *in, Quote *out)
{
    PickList picks;
    Basket basket;
    try(wanted(tx, by, in->lines.p != NULL, in->lines, &picks));
    try(priced(tx, picks, true, &basket, &out->total));
    out->subtotal = out->shipping = (Money){ 0, out->total.currency };
    out->shops = (QuoteShopList){ arena_new_array(tx->a, QuoteShop, basket.n), basket.n };
    for (i64 i = 0; i < basket.n; i++) {
        const BasketShop *s = &basket.shops[i];
        ShopCard *card = arena_new(tx->a, ShopCard);
        *card = shop_card_of(&s->shop);
        out->shops.p[i] = (QuoteShop){ .shop = card, .subtotal = s->subtotal, .shipping = s->shipping, .total = s->total };
        must(money_add(out->subtotal, s->subtotal, &out->subtotal) && money_add(out->shipping, s->shipping, &out->shipping));
    }
    out->cod = all_take_cod(&basket);
    out->methods.p = arena_new_array(tx->a, PaymentMethod, 2);
    if (out->cod) out->methods.p[out->methods.n++] = PAYMENT_METHOD_COD;
    if (by->demo) out->methods.p[out->methods.n++] = PAYMENT_METHOD_TEST;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- holding and writing down

static Err ship_to(Tx *tx, const By *by, const CheckoutNew *in, Str *sealed)
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
    Buf b = buf_new(tx->a, 8192);
    json_write(&b, &ADDRESS_NEW_TYPE, &to);
    must(!b.full);
    return account_seal(tx, by, me, buf_str(&b), sealed);
}

static Err hold_all(Tx *tx, const By *by, CheckoutId checkout, const Basket *basket)
{
    StockWant wants[CART_LINES_MAX];
    i64 n = 0;
    for (i64 i = 0; i < basket->n; i++)
        for (i64 k = 0; k < basket->shops[i].n; k++) {
            const Pick *p = &basket->shops[i].lines[k].pick;
            wants[n++] = (StockWant){ .variant = p->variant, .n = p->quantity };
        }
    return stock_hold(tx, by, checkout, wants, n);
}

static Str options_text(Arena *a, StrList options)
{
    Buf b = buf_new(a, 1024);
    for (i64 i = 0; i < options.n; i++) {
        if (i) buf_add(&b, STR(", "));
        buf_add(&b, options.p[i]);
    }
    return buf_str(&b);
}

static Err write_line(Tx *tx, const By *by, OrderId order, const BasketLine *l)
{
    return q_order_line_insert(tx, (OrderLineInsertIn){
        .id = order_line_id_next(by->ids, by->now), .shop_order = order, .variant = l->pick.variant, .product = l->offer.product,
        .title = l->offer.title, .options = options_text(tx->a, l->offer.options), .sku = l->offer.sku,
        .picture = l->offer.picture ? l->offer.picture->url : (Str){ 0 }, .quantity = l->pick.quantity,
        .price_minor = l->offer.price.minor, .total = l->total, .channel = l->pick.channel, .clip = l->pick.clip });
}

typedef struct Placing { CheckoutId checkout; PaymentMethod method; Str ship_to; Time expires; } Placing;

// One shop's lines as one order. Cash on delivery needs no payment before the parcel goes out.
static Err write_order(Tx *tx, const By *by, const Placing *p, const BasketShop *s, OrderCard *card)
{
    bool cod = p->method == PAYMENT_METHOD_COD;
    const Offer *first = &s->lines[0].offer;
    OrderId id = order_id_next(by->ids, by->now);
    Time sent = by->now + s->shop.dispatch_days * DAY_MS;
    OrderInsertIn in = {
        .id = id, .checkout = p->checkout, .account = { by->who.account }, .shop = s->shop.id, .method = p->method,
        .state = cod ? ORDER_STATE_AWAITING_SHIPMENT : ORDER_STATE_UNPAID, .subtotal_minor = s->subtotal.minor,
        .shipping_minor = s->shipping.minor, .total = s->total, .ship_to = p->ship_to, .title = first->title,
        .picture = first->picture ? first->picture->url : (Str){ 0 }, .placed = by->now, .has_pay_by = !cod, .pay_by = p->expires,
        .has_deliver_from = true, .deliver_from = sent + s->shop.delivery_min_days * DAY_MS,
        .has_deliver_to = true, .deliver_to = sent + s->shop.delivery_max_days * DAY_MS };
    for (i64 k = 0; k < s->n; k++) in.items += s->lines[k].pick.quantity;
    try(q_order_insert(tx, in));
    for (i64 k = 0; k < s->n; k++) try(write_line(tx, by, id, &s->lines[k]));
    ShopCard *shop = arena_new(tx->a, ShopCard);
    *shop = shop_card_of(&s->shop);
    *card = (OrderCard){ .id = id, .number = order_number(tx->a, id), .shop = shop, .state = in.state, .total = s->total,
                         .count = in.items, .title = in.title, .picture = in.picture, .placed = by->now };
    return order_note(tx, by, id, ORDER_EVENT_KIND_PLACED, (Str){ 0 });
}

// Who names no total has said yes only to the prices that stood in the cart.
static Err check_seen(Tx *tx, const Basket *basket)
{
    for (i64 i = 0; i < basket->n; i++)
        for (i64 k = 0; k < basket->shops[i].n; k++) {
            const BasketLine *l = &basket->shops[i].lines[k];
            if (l->problem == CART_PROBLEM_PRICE_CHANGED)
                return refuse(&tx->why, ERR_PRICE_CHANGED, "expected", "%.*s costs %lld %s now, not %lld: send the total as "
                              "expected.", STR_ARG(str_slice(l->offer.title, 0, 80)), (long long)l->offer.price.minor,
                              l->offer.price.currency.code, (long long)l->pick.seen.minor);
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

Err checkout_make(Tx *tx, const By *by, const CheckoutNew *in, Checkout *out)
{
    PickList picks;
    Basket basket;
    AccountId me = { by->who.account };
    try(payment_offered(tx, by, in->method));
    try(wanted(tx, by, in->lines.p != NULL, in->lines, &picks));
    try(priced(tx, picks, false, &basket, &out->total));
    if (in->method == PAYMENT_METHOD_COD && !all_take_cod(&basket))
        return refuse(&tx->why, ERR_METHOD_OFF, "method", "One of these shops does not take cash on delivery.");
    try(check_expected(tx, in, &basket, out->total));

    Placing p = { .checkout = checkout_id_next(by->ids, by->now), .method = in->method, .expires = by->now + CHECKOUT_PAY_MS };
    try(ship_to(tx, by, in, &p.ship_to));
    try(hold_all(tx, by, p.checkout, &basket));
    try(q_checkout_insert(tx, (CheckoutInsertIn){ .id = p.checkout, .account = me, .method = in->method, .total = out->total,
                                                  .created = by->now, .expires = p.expires }));
    try(write_orders(tx, by, &p, &basket, out));
    for (i64 i = 0; i < picks.n; i++) try(cart_remove_variant(tx, me.v, picks.p[i].variant));

    out->id = p.checkout;
    out->expires = p.expires;
    out->payment = arena_new(tx->a, Payment);
    try(payment_start(tx, by, &(PaymentStart){ .checkout = p.checkout, .account = me, .method = in->method,
                                               .amount = out->total }, out->payment));
    if (in->method == PAYMENT_METHOD_COD) return stock_sell(tx, by, p.checkout);
    try(task_at(tx, by, "checkout_expire", p.checkout.v, p.expires));
    if (out->payment->state != PAYMENT_STATE_SUCCEEDED && out->payment->state != PAYMENT_STATE_FAILED) return ERR_OK;
    try(checkout_follow_payment(tx, by, out->payment));
    return checkout_view(tx, by, p.checkout, out);
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

// ---------------------------------------------------------------------------------------------- what the payment did

static Err move_all(Tx *tx, const By *by, const OrderCardsOfCheckoutRowList *orders, OrderState from, OrderState to,
                    OrderEventKind kind, Str note, i64 *moved)
{
    *moved = 0;
    for (i64 i = 0; i < orders->n; i++) {
        i64 n;
        try(q_order_move(tx, (OrderMoveIn){ .id = orders->p[i].id, .from = from, .to = to }, &n));
        if (n == 0) continue;
        (*moved)++;
        try(order_note(tx, by, orders->p[i].id, kind, note));
    }
    return ERR_OK;
}

static Err orders_of(Tx *tx, CheckoutId checkout, OrderCardsOfCheckoutRowList *out)
{
    return q_order_cards_of_checkout(tx, (OrderCardsOfCheckoutIn){ .checkout = checkout }, out);
}

static Err hold_lines(Tx *tx, const By *by, CheckoutId checkout)
{
    CheckoutLinesRowList lines;
    try(q_checkout_lines(tx, (CheckoutLinesIn){ .checkout = checkout }, &lines));
    StockWant wants[CART_LINES_MAX];
    for (i64 i = 0; i < lines.n; i++) wants[i] = (StockWant){ .variant = lines.p[i].variant, .n = lines.p[i].quantity };
    return stock_hold(tx, by, checkout, wants, lines.n);
}

// A payment may succeed after a failure of it was believed and the units were let go: they are held anew, or it is too late.
static Err still_held(Tx *tx, const By *by, CheckoutId checkout, bool *held)
{
    try(stock_holds(tx, checkout, held));
    if (*held) return ERR_OK;
    Err e = hold_lines(tx, by, checkout);
    *held = e == ERR_OK;
    return e == ERR_SOLD_OUT ? stock_release(tx, by, checkout) : e;
}

// Paid, but the orders were given up meanwhile: never neither order nor refund.
static Err pay_back(Tx *tx, const By *by, const Payment *payment, const OrderCardsOfCheckoutRowList *orders)
{
    for (i64 i = 0; i < orders->n; i++)
        try(order_note(tx, by, orders->p[i].id, ORDER_EVENT_KIND_CANCELLED, STR("paid too late; the money goes back")));
    return payment_refund(tx, by, &(PaymentRefundAsk){ .payment = payment->id, .amount = payment->amount });
}

// All orders of a checkout are unpaid, or none: so the first one stands for all.
static Err follow_success(Tx *tx, const By *by, const Payment *payment)
{
    OrderCardsOfCheckoutRowList orders;
    CheckoutId checkout = payment->checkout;
    i64 moved = 0, n;
    bool held = false;
    try(orders_of(tx, checkout, &orders));
    must(orders.n > 0);
    try(task_cancel(tx, "checkout_expire", checkout.v));
    if (orders.p[0].state == ORDER_STATE_UNPAID) try(still_held(tx, by, checkout, &held));
    if (held)
        try(move_all(tx, by, &orders, ORDER_STATE_UNPAID, ORDER_STATE_AWAITING_SHIPMENT, ORDER_EVENT_KIND_PAID, (Str){ 0 },
                     &moved));
    if (moved) return stock_sell(tx, by, checkout);
    for (i64 i = 0; i < orders.n; i++)
        try(q_order_move(tx, (OrderMoveIn){ .id = orders.p[i].id, .from = ORDER_STATE_UNPAID, .to = ORDER_STATE_CANCELLED }, &n));
    return pay_back(tx, by, payment, &orders);
}

Err checkout_follow_payment(Tx *tx, const By *by, const Payment *payment)
{
    if (payment->state == PAYMENT_STATE_SUCCEEDED) return follow_success(tx, by, payment);
    if (payment->state != PAYMENT_STATE_FAILED) return ERR_OK;
    OrderCardsOfCheckoutRowList orders;
    try(orders_of(tx, payment->checkout, &orders));
    for (i64 i = 0; i < orders.n; i++)
        if (orders.p[i].state == ORDER_STATE_UNPAID)
            try(order_note(tx, by, orders.p[i].id, ORDER_EVENT_KIND_PAYMENT_FAILED, payment->reason));
    return stock_release(tx, by, payment->checkout);
}

Err checkout_news(Tx *tx, const By *by, const PaymentNews *news, bool *changed)
{
    Payment payment;
    try(payment_news(tx, by, news, changed, &payment));
    return *changed ? checkout_follow_payment(tx, by, &payment) : ERR_OK;
}

Err checkout_payment(Tx *tx, const By *by, PaymentId payment, Payment *out)
{
    AccountId owner;
    try(payment_get_by_id(tx, payment, &owner, out));
    return owner.v == by->who.account ? ERR_OK : ERR_NOT_FOUND;
}

Err checkout_payment_step(Tx *tx, const By *by, PaymentId payment, bool approve, Payment *out)
{
    try(checkout_payment(tx, by, payment, out));
    if (out->state == PAYMENT_STATE_SUCCEEDED || out->state == PAYMENT_STATE_CANCELLED || out->state == PAYMENT_STATE_REFUNDED)
        return refuse(&tx->why, ERR_PAYMENT_OVER, NULL, "This payment is over: nothing more is asked.");
    if (out->state != PAYMENT_STATE_ACTION_NEEDED)
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This payment asks for no second step now.");
    bool changed;
    PaymentNews news = { .provider = STR("test"), .payment = payment, .succeeded = approve,
                         .event = arena_format(tx->a, "step-%lld", (long long)id_next(by->ids, by->now)),
                         .reason = approve ? (Str){ 0 } : STR("declined") };
    try(checkout_news(tx, by, &news, &changed));
    return checkout_payment(tx, by, payment, out);
}

// What was taken off sale after the order was made is not sold by a second try.
static Err for_sale(Tx *tx, CheckoutId checkout)
{
    CheckoutLinesRowList lines;
    try(q_checkout_lines(tx, (CheckoutLinesIn){ .checkout = checkout }, &lines));
    for (i64 i = 0; i < lines.n; i++) {
        Offer offer;
        try(catalog_offer(tx, lines.p[i].variant, &offer));
        if (offer.for_sale) continue;
        return refuse(&tx->why, ERR_ARCHIVED, "lines", "%.*s is no longer for sale.", STR_ARG(str_slice(offer.title, 0, 100)));
    }
    return ERR_OK;
}

Err checkout_pay_again(Tx *tx, const By *by, PaymentId payment, Payment *out)
{
    CheckoutRowRow *row;
    try(checkout_payment(tx, by, payment, out));
    try(q_checkout_row(tx, (CheckoutRowIn){ .id = out->checkout }, &row));
    if (!row || row->expires <= by->now || out->state == PAYMENT_STATE_CANCELLED || out->state == PAYMENT_STATE_SUCCEEDED)
        return refuse(&tx->why, ERR_PAYMENT_OVER, NULL, "The time to pay this order is over.");
    try(payment_start_again(tx, by, payment, out));
    try(for_sale(tx, out->checkout));
    try(hold_lines(tx, by, out->checkout));
    try(checkout_follow_payment(tx, by, out));
    return checkout_payment(tx, by, payment, out);
}

// ---------------------------------------------------------------------------------------------- tasks

Err checkout_expire(Tx *tx, const By *by, i64 checkout)
{
    OrderCardsOfCheckoutRowList orders;
    Payment payment;
    i64 moved;
    CheckoutId id = { checkout };
    try(payment_get_by_checkout(tx, id, &payment));
    try(orders_of(tx, id, &orders));
    try(move_all(tx, by, &orders, ORDER_STATE_UNPAID, ORDER_STATE_CANCELLED, ORDER_EVENT_KIND_EXPIRED, (Str){ 0 }, &moved));
    if (moved == 0) return ERR_OK;
    try(payment_cancel(tx, by, payment.id));
    return stock_release(tx, by, id);
}

Err test_provider_answers(Tx *tx, const By *by, i64 payment)
{
    bool changed;
    PaymentNews news = { .provider = STR("test"), .payment = { payment }, .succeeded = true,
                         .event = arena_format(tx->a, "late-%lld-%lld", (long long)payment, (long long)by->now) };
    return checkout_news(tx, by, &news, &changed);
}

// What a provider said takes effect: on the payment, then on what hangs on it.
Err checkout_payment_event(Tx *tx, const By *by, i64 event)
{
    PaymentChange change;
    try(payment_apply(tx, by, event, &change));
    switch (change.kind) {
    case PAYMENT_CHANGE_STATE: return checkout_follow_payment(tx, by, &change.payment);
    case PAYMENT_CHANGE_REFUND_SENT: return ledger_refund_paid(tx, by, change.refund);
    case PAYMENT_CHANGE_NONE:
    case PAYMENT_CHANGE_REFUND_FAILED:                       // it stands in the operator's list, and is sent later
    case PAYMENT_CHANGE_DISPUTE_LOST:                        // the money has been gone since the dispute was opened
        return ERR_OK;
    // The books' part of these: ledger_chargeback, ledger_chargeback_won, ledger_provider_fee, and a payout's end.
    case PAYMENT_CHANGE_DISPUTED:
    case PAYMENT_CHANGE_DISPUTE_WON:
    case PAYMENT_CHANGE_FEE:
    case PAYMENT_CHANGE_PAYOUT_SENT:
    case PAYMENT_CHANGE_PAYOUT_FAILED: return ERR_OK;
    }
    return ERR_OK;
}
