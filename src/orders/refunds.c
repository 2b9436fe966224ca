// Refunds: a part of a sale goes back as its mirror. Whatever the parts, their sums are the sale's to the unit: each takes a
// share of what is left, and the last takes what is left.
#include "orders/flow.h"

static i64 buyer_of(Parts p)
{
    return p.goods - p.by_seller - p.by_platform + p.tax_added;
}

static Parts plus(Parts a, Parts b)
{
    return (Parts){ a.goods + b.goods, a.by_seller + b.by_seller, a.by_platform + b.by_platform, a.tax + b.tax,
                    a.tax_added + b.tax_added };
}

static i64 share(i64 minor, i64 part, i64 whole, Rounding how)
{
    i64 out;
    must(money_ratio(minor, part, whole, how, &out));
    return out;
}

// n of `left_units` units. Goods and discounts are rounded together, so that neither what goes back nor what stays is ever
// less than nothing.
static Parts take_units(Parts left, i64 n, i64 left_units)
{
    if (n == left_units) return left;
    i64 off = share(left.by_seller + left.by_platform, n, left_units, ROUND_DOWN);
    Parts p = { .goods = share(left.goods, n, left_units, ROUND_DOWN),
                .by_seller = share(left.by_seller, n, left_units, ROUND_DOWN),
                .tax = share(left.tax, n, left_units, ROUND_DOWN),
                .tax_added = share(left.tax_added, n, left_units, ROUND_DOWN) };
    p.by_platform = off - p.by_seller;
    return p;
}

// So much of it that the buyer gets exactly `minor`, 0 < minor <= what the buyer has left in it.
static Parts take_amount(Parts left, i64 minor)
{
    i64 whole = buyer_of(left);
    must(minor > 0 && minor <= whole);
    if (minor == whole) return left;
    Parts p = { .by_seller = share(left.by_seller, minor, whole, ROUND_DOWN),
                .by_platform = share(left.by_platform, minor, whole, ROUND_DOWN),
                .tax_added = share(left.tax_added, minor, whole, ROUND_UP) };
    p.tax = left.tax_added ? p.tax_added : share(left.tax, minor, whole, ROUND_DOWN);
    p.goods = minor + p.by_seller + p.by_platform - p.tax_added;
    return p;
}

// ---------------------------------------------------------------------------------------------- what is left

static Parts left_of_line(const OrderLineRow *l)
{
    return (Parts){ l->total.minor - l->back_goods_minor, l->by_seller_minor - l->back_by_seller_minor,
                    l->by_platform_minor - l->back_by_platform_minor, l->tax_minor - l->back_tax_minor,
                    l->tax_added_minor - l->back_tax_added_minor };
}

static Parts left_of_shipping(const OrderRow *r)
{
    return (Parts){ r->shipping_minor + r->cod_fee_minor - r->ship_back_goods_minor,
                    r->ship_by_seller_minor - r->ship_back_by_seller_minor,
                    r->ship_by_platform_minor - r->ship_back_by_platform_minor, r->ship_tax_minor - r->ship_back_tax_minor,
                    r->ship_tax_added_minor - r->ship_back_tax_added_minor };
}

Parts order_part_of(const OrderLineRow *line, i64 n)
{
    must(n > 0 && n <= line->quantity - line->refunded);
    return take_units(left_of_line(line), n, line->quantity - line->refunded);
}

// One refund being put together: what each line gives, and the shipping.
typedef struct Draft {
    const OrderRow *row;
    OrderLinesRowList lines;
    Parts part[CART_LINES_MAX], ship;
    i64 units[CART_LINES_MAX];
} Draft;

static Err draft_units(Tx *tx, Draft *d, const RefundPlan *plan)
{
    for (i64 i = 0; i < plan->n_units; i++) {
        i64 at = -1;
        for (i64 k = 0; k < d->lines.n; k++)
            if (d->lines.p[k].id.v == plan->units[i].line.v) at = k;
        if (at < 0) return refuse(&tx->why, ERR_BAD_FIELD, "lines", "That line is not one of this order.");
        const OrderLineRow *l = &d->lines.p[at];
        i64 left = l->quantity - l->refunded;
        if (d->units[at]) return refuse(&tx->why, ERR_BAD_FIELD, "lines", "The same line stands twice.");
        if (plan->units[i].n < 1 || plan->units[i].n > left)
            return refuse(&tx->why, ERR_BAD_FIELD, "quantity", "Of %.*s %lld can be given back, not %lld.",
                          STR_ARG(str_slice(l->title, 0, 80)), (long long)left, (long long)plan->units[i].n);
        d->units[at] = plan->units[i].n;
        d->part[at] = take_units(left_of_line(l), plan->units[i].n, left);
    }
    if (plan->shipping) d->ship = left_of_shipping(d->row);
    return ERR_OK;
}

static void draft_all(Draft *d)
{
    for (i64 i = 0; i < d->lines.n; i++) {
        d->units[i] = d->lines.p[i].quantity - d->lines.p[i].refunded;
        d->part[i] = left_of_line(&d->lines.p[i]);
    }
    d->ship = left_of_shipping(d->row);
}

// Goodwill lowers what the lines cost, in proportion to what is left of each; the shipping only when the lines are used up.
static Err draft_amount(Tx *tx, Draft *d, i64 amount)
{
    i64 weights[CART_LINES_MAX], parts[CART_LINES_MAX], sum = 0, ship = buyer_of(left_of_shipping(d->row));
    for (i64 i = 0; i < d->lines.n; i++) sum += weights[i] = buyer_of(left_of_line(&d->lines.p[i]));
    if (amount < 1 || amount > sum + ship)
        return refuse(&tx->why, ERR_BAD_FIELD, "amount", "Between 1 and %lld can be given back.", (long long)(sum + ship));
    i64 of_lines = amount < sum ? amount : sum;
    if (of_lines) money_split(of_lines, weights, d->lines.n, parts);
    for (i64 i = 0; i < d->lines.n && of_lines; i++)
        if (parts[i]) d->part[i] = take_amount(left_of_line(&d->lines.p[i]), parts[i]);
    if (amount > of_lines) d->ship = take_amount(left_of_shipping(d->row), amount - of_lines);
    return ERR_OK;
}

static Err draft(Tx *tx, const OrderRow *row, const RefundPlan *plan, Draft *d)
{
    *d = (Draft){ .row = row };
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &d->lines));
    must(d->lines.n <= CART_LINES_MAX);
    if (plan->all) draft_all(d);
    else if (plan->n_units) return draft_units(tx, d, plan);
    else if (plan->amount_minor || !plan->lost_minor) return draft_amount(tx, d, plan->amount_minor);
    return ERR_OK;
}

static Parts sum_of(const Draft *d)
{
    Parts sum = d->ship;
    for (i64 i = 0; i < d->lines.n; i++) sum = plus(sum, d->part[i]);
    return sum;
}

Err order_refund_preview(Tx *tx, OrderId order, const RefundPlan *plan, Money *out)
{
    OrderRow *row;
    Draft *d = arena_new(tx->a, Draft);
    try(order_find(tx, order, &row));
    try(draft(tx, row, plan, d));
    *out = (Money){ buyer_of(sum_of(d)), row->total.currency };
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- writing it down

static Err write_part(Tx *tx, RefundId refund, i64 line, i64 units, Parts p)
{
    return q_order_refund_line_insert(tx, (OrderRefundLineInsertIn){
        .refund = refund, .order_line = line, .quantity = units, .goods_minor = p.goods, .by_seller_minor = p.by_seller,
        .by_platform_minor = p.by_platform, .tax_minor = p.tax, .tax_added_minor = p.tax_added });
}

static bool is_empty(Parts p)
{
    return !p.goods && !p.by_seller && !p.by_platform && !p.tax && !p.tax_added;
}

// The conditional updates decide: of two refunds of the same units only one finds them.
static Err write_lines(Tx *tx, const Draft *d, RefundId refund)
{
    i64 n;
    for (i64 i = 0; i < d->lines.n; i++) {
        Parts p = d->part[i];
        if (!d->units[i] && is_empty(p)) continue;
        try(q_order_line_back(tx, (OrderLineBackIn){ .id = d->lines.p[i].id, .units = d->units[i], .goods = p.goods,
                                                     .by_seller = p.by_seller, .by_platform = p.by_platform, .tax = p.tax,
                                                     .tax_added = p.tax_added }, &n));
        if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "A part of this has been given back meanwhile.");
        try(write_part(tx, refund, d->lines.p[i].id.v, d->units[i], p));
    }
    Parts all = sum_of(d), s = d->ship;
    try(q_order_back(tx, (OrderBackIn){ .id = d->row->id, .buyer = buyer_of(all), .goods = s.goods, .by_seller = s.by_seller,
                                        .by_platform = s.by_platform, .tax = s.tax, .tax_added = s.tax_added }, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "There is not that much left to give back.");
    return is_empty(s) ? ERR_OK : write_part(tx, refund, 0, 0, s);
}

// How much of what went back of shipping and fee together is shipping; by the cumulated sums, so that nothing is lost.
static i64 shipping_part(const OrderRow *r, i64 goods)
{
    i64 whole = r->shipping_minor + r->cod_fee_minor;
    if (whole == 0 || goods == 0) return 0;
    return share(r->shipping_minor, r->ship_back_goods_minor + goods, whole, ROUND_DOWN) -
           share(r->shipping_minor, r->ship_back_goods_minor, whole, ROUND_DOWN);
}

static LedgerRefund ledger_part(const Draft *d, RefundId id, RefundCause cause)
{
    Parts all = sum_of(d);
    i64 shipping = shipping_part(d->row, d->ship.goods);
    LedgerRefund r = { .refund = id,
                       .order = d->row->id,
                       .cause = cause,
                       .buyer = buyer_of(all),
                       .goods = all.goods - d->ship.goods,
                       .by_seller = all.by_seller,
                       .by_platform = all.by_platform,
                       .shipping = shipping,
                       .cod_fee = d->ship.goods - shipping,
                       .tax = all.tax,
                       .tax_added = all.tax_added };
    for (i64 i = 0; i < d->lines.n; i++) r.lines += d->units[i] > 0 || !is_empty(d->part[i]);
    return r;
}

static Err write_refund(Tx *tx, const By *by, const LedgerRefund *r, const RefundPlan *plan, RefundState state)
{
    return q_order_refund_insert(tx, (OrderRefundInsertIn){
        .id = r->refund, .shop_order = r->order, .cause = r->cause, .reason = str_slice(plan->reason, 0, 200),
        .buyer_minor = r->buyer, .goods_minor = r->goods, .by_seller_minor = r->by_seller, .by_platform_minor = r->by_platform,
        .shipping_minor = r->shipping, .cod_fee_minor = r->cod_fee, .tax_minor = r->tax, .tax_added_minor = r->tax_added,
        .state = state, .side = plan->side, .actor = { by->who.account }, .dispute = plan->dispute, .at = by->now });
}

static Str amount_text(Arena *a, i64 minor, Currency c)
{
    return arena_format(a, "%lld %s", (long long)minor, c.code);
}

// The bank has the money already: nothing is sent, the ledger says at once where it went.
static Err by_bank(Tx *tx, const By *by, const OrderRow *row, const LedgerRefund *r)
{
    try(ledger_chargeback(tx, by, r));
    return order_note(tx, by, row->id, ORDER_EVENT_KIND_DISPUTED, SIDE_PROVIDER,
                      amount_text(tx->a, r->buyer + r->lost, row->total.currency));
}

static Err by_payment(Tx *tx, const By *by, const OrderRow *row, const LedgerRefund *r, const RefundPlan *plan)
{
    Payment payment;
    try(ledger_refund(tx, by, r));
    if (r->buyer == 0) return ERR_OK;                         // nothing for the buyer: no payment
    try(order_note(tx, by, row->id, ORDER_EVENT_KIND_REFUND_DUE, plan->side, amount_text(tx->a, r->buyer, row->total.currency)));
    try(payment_get_by_checkout(tx, row->checkout, &payment));
    PaymentRefundAsk ask = { .payment = payment.id, .refund = r->refund, .order = row->id, .reason = plan->reason,
                             .amount = { r->buyer, row->total.currency } };
    return payment_refund(tx, by, &ask);
}

static Err credit(Tx *tx, const By *by, const OrderRow *row, RefundId refund)
{
    OrderRefundRowsRow *r;
    try(q_order_refund_row(tx, (OrderRefundRowIn){ .id = refund }, &r));
    must(r != NULL);
    return order_credit_note(tx, by, row, r);
}

Err order_refund(Tx *tx, const By *by, OrderId order, const RefundPlan *plan, RefundId *refund)
{
    OrderRow *row;
    Draft *d = arena_new(tx->a, Draft);
    *refund = (RefundId){ 0 };
    try(order_find(tx, order, &row));
    try(draft(tx, row, plan, d));
    RefundId id = refund_id_next(by->ids, by->now);
    LedgerRefund r = ledger_part(d, id, plan->cause);
    r.lost = plan->lost_minor;
    bool units = false;
    for (i64 i = 0; i < d->lines.n; i++) units = units || d->units[i] > 0;
    if (r.buyer == 0 && r.lost == 0 && !units && is_empty(sum_of(d))) {
        if (plan->all) return ERR_OK;
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "There is nothing left to give back.");
    }
    try(write_lines(tx, d, id));
    // Cash that is not collected yet is not given back: it will not be asked for.
    bool sent = !row->captured || plan->cause == REFUND_CAUSE_CHARGEBACK || r.buyer == 0;
    try(write_refund(tx, by, &r, plan, sent ? REFUND_STATE_SENT : REFUND_STATE_DUE));
    *refund = id;
    // The sale stands when a bank takes its money; everything else lowers it.
    if (plan->cause != REFUND_CAUSE_CHARGEBACK) try(credit(tx, by, row, id));
    try(order_tell_feed(tx, by, row));
    if (!row->captured) return ERR_OK;
    return plan->cause == REFUND_CAUSE_CHARGEBACK ? by_bank(tx, by, row, &r) : by_payment(tx, by, row, &r, plan);
}

// Only of goodwill, which could go on for ever: what is cancelled, returned or taken by a bank always goes back.
static Err check_room(Tx *tx, OrderId id)
{
    OrderRefundCountRow have;
    try(q_order_refund_count(tx, (OrderRefundCountIn){ .shop_order = id }, &have));
    if (have.n < REFUNDS_MAX) return ERR_OK;
    return refuse(&tx->why, ERR_WRONG_STATE, NULL, "An order may have %d refunds; cancel it, or take it back as a return.",
                  REFUNDS_MAX);
}

// A manager's wish as a plan; its units live in the transaction's arena.
static Err seller_plan(Tx *tx, const By *by, OrderId id, const RefundNew *in, OrderRow **row, RefundPlan *plan)
{
    Side side;
    RefundUnits *units = arena_new_array(tx->a, RefundUnits, in->lines.n);
    try(order_find_for(tx, by, id, row, &side));
    if (side == SIDE_BUYER) return refuse(&tx->why, ERR_FORBIDDEN, NULL, "Ask for a return instead.");
    try(shop_may(tx, by, (*row)->shop, STAFF_ROLE_MANAGER));
    if (!(*row)->captured || (*row)->state == ORDER_STATE_CANCELLED) return order_wrong_state(tx, *row);
    if ((in->lines.n > 0) == in->has_amount)
        return refuse(&tx->why, ERR_BAD_FIELD, "amount", "Give either lines or an amount, not both.");
    if (in->has_amount && !currency_eq(in->amount.currency, (*row)->total.currency))
        return refuse(&tx->why, ERR_BAD_FIELD, "amount", "The order is in %s.", (*row)->total.currency.code);
    for (i64 i = 0; i < in->lines.n; i++) units[i] = (RefundUnits){ in->lines.p[i].line, in->lines.p[i].quantity };
    try(check_room(tx, id));
    *plan = (RefundPlan){ .cause = REFUND_CAUSE_GOODWILL,
                          .reason = in->reason,
                          .side = side,
                          .units = units,
                          .n_units = in->lines.n,
                          .amount_minor = in->has_amount ? in->amount.minor : 0,
                          .shipping = in->has_shipping && in->shipping };
    return ERR_OK;
}

// Units that have not gone out yet will not go out any more: they are on the shelf again. Those that were sent are the buyer's.
static Err shelve_unsent(Tx *tx, const By *by, const OrderRow *row, const RefundPlan *plan)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &lines));
    for (i64 i = 0; i < plan->n_units; i++)
        for (i64 k = 0; k < lines.n; k++) {
            const OrderLineRow *l = &lines.p[k];
            i64 rest = l->quantity - l->shipped - l->refunded, n = plan->units[i].n < rest ? plan->units[i].n : rest;
            if (l->id.v != plan->units[i].line.v || n <= 0) continue;
            try(stock_return(tx, by, (StockBack){ .checkout = row->checkout, .order = row->id, .variant = l->variant, .n = n }));
        }
    return ERR_OK;
}

Err order_refund_by_seller(Tx *tx, const By *by, OrderId id, const RefundNew *in)
{
    OrderRow *row;
    RefundPlan plan;
    RefundId refund;
    try(seller_plan(tx, by, id, in, &row, &plan));
    try(shelve_unsent(tx, by, row, &plan));
    try(order_refund(tx, by, id, &plan, &refund));
    return order_rest_is_gone(tx, by, id, plan.side);
}

Err order_refund_try(Tx *tx, const By *by, OrderId id, const RefundPreviewNew *in, RefundPreview *out)
{
    OrderRow *row;
    RefundPlan plan;
    RefundNew wish = { .lines = in->lines, .has_amount = in->has_amount, .amount = in->amount,
                       .has_shipping = in->has_shipping, .shipping = in->shipping };
    try(seller_plan(tx, by, id, &wish, &row, &plan));
    try(order_refund_preview(tx, id, &plan, &out->amount));
    out->left = (Money){ row->total.minor - row->refunded_minor - out->amount.minor, row->total.currency };
    return ERR_OK;
}
