// Handlers of checkouts, orders and payments.
#include "api/app.h"
#include "orders/orders.h"

enum { PAGE_DEFAULT = 20 };

// A cursor that is absent begins at the newest.
static OrderId before(OrderId given)
{
    return given.v ? given : (OrderId){ INT64_MAX };
}

Err quote_post(Req *r, const QuoteNew *in, Quote *out)
{
    return quote_make(r->tx, &r->by, in, out);
}

Err checkout_post(Req *r, const CheckoutNew *in, Checkout *out)
{
    Err e = checkout_make(r->tx, &r->by, in, out);
    if (e == ERR_OK) metrics_add(r->app->metrics, METRIC_CHECKOUTS);
    if (e == ERR_SOLD_OUT) metrics_add(r->app->metrics, METRIC_SOLD_OUT);
    return e;
}

Err checkout_get(Req *r, const CheckoutGetArgs *args, Checkout *out)
{
    return checkout_view(r->tx, &r->by, args->id, out);
}

static Err page_of(Req *r, const OrderCardsOfCheckoutRow *rows, i64 n, i64 limit, OrderCardPage *out)
{
    if (n == limit) out->next = arena_format(r->a, "%lld", (long long)rows[n - 1].id.v);
    return order_card_list(r->tx, rows, n, &out->items);
}

Err order_list(Req *r, const OrderListArgs *args, OrderCardPage *out)
{
    OrderCardsOfCheckoutRowList rows;
    i64 limit = args->has_limit ? args->limit : PAGE_DEFAULT;
    try(q_order_cards_of(r->tx, (OrderCardsOfIn){ .account = { r->by.who.account }, .before = before(args->before),
                                                  .limit = limit }, &rows));
    return page_of(r, rows.p, rows.n, limit, out);
}

Err studio_order_list(Req *r, const StudioOrderListArgs *args, OrderCardPage *out)
{
    i64 limit = args->has_limit ? args->limit : PAGE_DEFAULT;
    try(shop_may(r->tx, &r->by, args->shop, STAFF_ROLE_PACKER));
    OrderCardsOfCheckoutRowList rows;
    OrderId from = before(args->before);
    if (args->has_flag && args->has_state)
        return refuse(&r->tx->why, ERR_BAD_FIELD, "flag", "Give either state or flag, not both.");
    if (args->has_flag && args->flag == ORDER_FLAG_LATE)
        try(q_order_cards_of_shop_late(r->tx, (OrderCardsOfShopLateIn){ .shop = args->shop, .now = r->by.now, .before = from,
                                                                        .limit = limit }, &rows));
    else if (args->has_flag)
        try(q_order_cards_of_shop_asked(r->tx, (OrderCardsOfShopAskedIn){ .shop = args->shop, .before = from, .limit = limit },
                                        &rows));
    else if (args->has_state)
        try(q_order_cards_of_shop_state(r->tx, (OrderCardsOfShopStateIn){ .shop = args->shop, .state = args->state,
                                        .before = from, .limit = limit }, &rows));
    else
        try(q_order_cards_of_shop(r->tx, (OrderCardsOfShopIn){ .shop = args->shop, .before = from, .limit = limit }, &rows));
    return page_of(r, rows.p, rows.n, limit, out);
}

Err order_get(Req *r, const OrderGetArgs *args, Order *out)
{
    return order_view(r->tx, &r->by, args->id, out);
}

Err order_cancel_post(Req *r, const OrderCancelPostArgs *args, const CancelNew *in, Order *out)
{
    try(order_cancel(r->tx, &r->by, args->id, in->reason));
    return order_view(r->tx, &r->by, args->id, out);
}

Err order_received(Req *r, const OrderReceivedArgs *args, Order *out)
{
    try(order_receive(r->tx, &r->by, args->id));
    return order_view(r->tx, &r->by, args->id, out);
}

Err order_cancel_answer(Req *r, const OrderCancelAnswerArgs *args, const CancelAnswer *in, Order *out)
{
    try(order_answer_cancel(r->tx, &r->by, args->id, in->grant, in->reason));
    return order_view(r->tx, &r->by, args->id, out);
}

Err order_extend(Req *r, const OrderExtendArgs *args, Order *out)
{
    try(order_extend_clock(r->tx, &r->by, args->id));
    return order_view(r->tx, &r->by, args->id, out);
}

Err order_refund_post(Req *r, const OrderRefundPostArgs *args, const RefundNew *in, Order *out)
{
    try(order_refund_by_seller(r->tx, &r->by, args->id, in));
    return order_view(r->tx, &r->by, args->id, out);
}

Err order_refund_preview_post(Req *r, const OrderRefundPreviewPostArgs *args, const RefundPreviewNew *in, RefundPreview *out)
{
    return order_refund_try(r->tx, &r->by, args->id, in, out);
}

Err order_delivery(Req *r, const OrderDeliveryArgs *args, const DeliveryNews *in, Order *out)
{
    try(order_delivery_news(r->tx, &r->by, args->id, in->kind, in->note));
    return order_view(r->tx, &r->by, args->id, out);
}

Err studio_order_counts(Req *r, const StudioOrderCountsArgs *args, OrderCounts *out)
{
    return order_counts(r->tx, &r->by, args->shop, out);
}

Err order_pack(Req *r, const OrderPackArgs *args, Order *out)
{
    try(order_set_packed(r->tx, &r->by, args->id));
    return order_view(r->tx, &r->by, args->id, out);
}

Err shipment_post(Req *r, const ShipmentPostArgs *args, const ShipmentNew *in, Order *out)
{
    try(order_ship(r->tx, &r->by, args->id, in));
    return order_view(r->tx, &r->by, args->id, out);
}

Err payment_get(Req *r, const PaymentGetArgs *args, Payment *out)
{
    return checkout_payment(r->tx, &r->by, args->id, out);
}

Err payment_step(Req *r, const PaymentStepArgs *args, const PaymentStep *in, Payment *out)
{
    return checkout_payment_step(r->tx, &r->by, args->id, in->approve, out);
}

Err payment_retry(Req *r, const PaymentRetryArgs *args, Payment *out)
{
    return checkout_pay_again(r->tx, &r->by, args->id, out);
}
