// Papers of an order: the invoice's facts, packing slips, labels.
#include "orders/papers.h"

#include "accounts/accounts.h"
#include "tax/tax.h"

// ---------------------------------------------------------------------------------------------- the invoice

// Of discounts only the seller's lower the price that papers state: what the platform pays for the buyer is a way to pay.

// What a refund gave back of one line, at the line's own rate. Units go at their price where that is what went back of them; a
// part of a price is one thing.
static InvoiceLine credit_line(const OrderLineRow *l, const OrderRefundLineRowsRow *p)
{
    i64 off = p->by_seller_minor;
    bool even = p->quantity > 0 && p->goods_minor % p->quantity == 0;
    return (InvoiceLine){ .title = l->title, .options = l->options, .sku = l->sku, .quantity = even ? p->quantity : 1,
                          .price = even ? p->goods_minor / p->quantity : p->goods_minor, .discount = off,
                          .total = p->goods_minor - off, .tax = p->tax_minor, .rate_ppm = l->rate_ppm };
}

Err order_credit_note(Tx *tx, const By *by, const OrderRow *row, const OrderRefundRowsRow *r)
{
    OrderLinesRowList lines;
    OrderRefundLineRowsRowList parts;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &lines));
    try(q_order_refund_line_rows(tx, (OrderRefundLineRowsIn){ .refund = r->id }, &parts));
    InvoiceLine *out = arena_new_array(tx->a, InvoiceLine, lines.n);
    CreditFacts f = { .order = row->id, .refund = r->id, .lines = out, .tax = r->tax_minor,
                      .total = r->buyer_minor + r->by_platform_minor, .reason = r->reason };
    for (i64 i = 0; i < parts.n; i++) {
        const OrderRefundLineRowsRow *p = &parts.p[i];
        if (p->order_line == 0) f.shipping = p->goods_minor - p->by_seller_minor;
        for (i64 k = 0; k < lines.n; k++)
            if (lines.p[k].id.v == p->order_line) out[f.n++] = credit_line(&lines.p[k], p);
    }
    for (i64 i = 0; i < f.n; i++) f.goods += out[i].total;
    return tax_credit_note(tx, by, &f);
}

Err order_credit_rest(Tx *tx, const By *by, const OrderRow *row, Str reason)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &lines));
    InvoiceLine *out = arena_new_array(tx->a, InvoiceLine, lines.n);
    CreditFacts f = { .order = row->id, .refund = refund_id_next(by->ids, by->now), .lines = out, .reason = reason,
                      .total = row->total.minor - row->refunded_minor, .tax = row->ship_tax_minor - row->ship_back_tax_minor,
                      .shipping = row->shipping_minor + row->cod_fee_minor - row->ship_back_goods_minor -
                                  (row->ship_by_seller_minor - row->ship_back_by_seller_minor) };
    f.total += row->ship_by_platform_minor - row->ship_back_by_platform_minor;
    for (i64 i = 0; i < lines.n; i++) {
        const OrderLineRow *l = &lines.p[i];
        OrderRefundLineRowsRow left = { .quantity = l->quantity - l->refunded,
                                        .goods_minor = l->total.minor - l->back_goods_minor,
                                        .by_seller_minor = l->by_seller_minor - l->back_by_seller_minor,
                                        .tax_minor = l->tax_minor - l->back_tax_minor };
        f.total += l->by_platform_minor - l->back_by_platform_minor;
        if (left.quantity == 0 && left.goods_minor == 0) continue;
        out[f.n] = credit_line(l, &left);
        f.goods += out[f.n].total;
        f.tax += out[f.n++].tax;
    }
    return tax_credit_note(tx, by, &f);
}

// What went back before there was an invoice is stated right after it.
static Err credit_earlier(Tx *tx, const By *by, const OrderRow *row)
{
    OrderRefundRowsRowList rows;
    if (row->refunded_minor == 0) return ERR_OK;
    try(q_order_refund_rows(tx, (OrderRefundRowsIn){ .shop_order = row->id }, &rows));
    for (i64 i = 0; i < rows.n; i++)
        if (rows.p[i].cause != REFUND_CAUSE_CHARGEBACK) try(order_credit_note(tx, by, row, &rows.p[i]));
    return ERR_OK;
}

Err order_invoice_issue(Tx *tx, const By *by, const OrderRow *row)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &lines));
    InvoiceLine *out = arena_new_array(tx->a, InvoiceLine, lines.n);
    for (i64 i = 0; i < lines.n; i++) {
        const OrderLineRow *l = &lines.p[i];
        i64 off = l->by_seller_minor;
        out[i] = (InvoiceLine){ .title = l->title, .options = l->options, .sku = l->sku, .quantity = l->quantity,
                                .price = l->price.minor, .discount = off, .total = l->total.minor - off, .tax = l->tax_minor,
                                .rate_ppm = l->rate_ppm };
    }
    Str method = str_of(PAYMENT_METHOD_NAMES.names[row->method]);
    if (row->by_platform_minor) method = arena_format(tx->a, "%.*s+voucher", STR_ARG(method));
    InvoiceFacts facts = {
        .order = row->id, .order_number = order_number(tx->a, row->id), .shop = row->shop, .buyer = row->account,
        .ship_to = row->ship_to, .currency = row->total.currency, .lines = out, .n = lines.n, .goods = row->subtotal_minor,
        .discount = row->by_seller_minor - row->ship_by_seller_minor, .shipping = row->shipping_minor - row->ship_by_seller_minor,
        .cod_fee = row->cod_fee_minor, .tax = row->tax_minor, .total = row->total.minor + row->by_platform_minor,
        .shipping_tax = row->ship_tax_minor,
        .shipping_rate_ppm = row->ship_rate_ppm, .inclusive = row->tax_inclusive,
        .method = method, .taxed_at = row->placed };
    try(tax_invoice(tx, by, &facts));
    return credit_earlier(tx, by, row);
}

// ---------------------------------------------------------------------------------------------- slips and labels

static Err load_one(Tx *tx, const By *by, ShopId shop, i64 id, OrderRow **out)
{
    Side side;
    Err e = order_find_for(tx, by, (OrderId){ id }, out, &side);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && (*out)->shop.v != shop.v))
        return refuse(&tx->why, ERR_NOT_FOUND, "orders", "%lld is no order of this shop.", (long long)id);
    try(e);
    OrderState s = (*out)->state;
    if (s >= ORDER_STATE_AWAITING_SHIPMENT && s <= ORDER_STATE_DELIVERED) return ERR_OK;
    return refuse(&tx->why, ERR_BAD_FIELD, "orders", "Order %lld is not one to be sent.", (long long)id);
}

Err papers_load(Tx *tx, const By *by, ShopId shop, Str orders, Papers *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    *out = (Papers){ 0 };
    while (orders.n) {
        i64 id;
        Str part = str_split(&orders, ',');
        if (!str_to_i64(part, &id) || id <= 0)
            return refuse(&tx->why, ERR_BAD_FIELD, "orders", "Give the orders' ids with commas between them.");
        if (out->n == PAPERS_ORDERS_MAX)
            return refuse(&tx->why, ERR_BAD_FIELD, "orders", "At most %d orders at once.", PAPERS_ORDERS_MAX);
        try(load_one(tx, by, shop, id, &out->rows[out->n++]));
    }
    return out->n ? ERR_OK : refuse(&tx->why, ERR_BAD_FIELD, "orders", "Name at least one order.");
}

// Empty when the buyer has been erased.
static Err open_address(Tx *tx, const By *by, const OrderRow *row, PaperAddress *out)
{
    AddressNew to;
    bool gone;
    try(order_address(tx, by, row, &to, &gone));
    *out = (PaperAddress){ .name = to.name, .phone = to.phone, .line1 = to.line1, .line2 = to.line2, .city = to.city,
                           .region = to.region, .postcode = to.postcode, .country = to.country };
    return ERR_OK;
}

// What the carrier collects at the door.
static Money collect(const OrderRow *row)
{
    bool cash = row->method == PAYMENT_METHOD_COD && !row->captured;
    return (Money){ cash ? row->total.minor - row->refunded_minor : 0, row->total.currency };
}

static Err last_parcel(Tx *tx, const OrderRow *row, Str *carrier, Str *tracking)
{
    ShipmentList parcels;
    try(q_shipments_of(tx, (ShipmentsOfIn){ .shop_order = row->id }, &parcels));
    *carrier = parcels.n ? parcels.p[parcels.n - 1].carrier : (Str){ 0 };
    *tracking = parcels.n ? parcels.p[parcels.n - 1].tracking : (Str){ 0 };
    return ERR_OK;
}

static Err slip_lines(Tx *tx, const OrderRow *row, PaperSlip *slip)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &lines));
    PaperSlipLine *out = arena_new_array(tx->a, PaperSlipLine, lines.n);
    slip->lines = out;
    for (i64 i = 0; i < lines.n; i++) {
        const OrderLineRow *l = &lines.p[i];
        i64 n = l->quantity - l->refunded;
        if (n > 0) out[slip->n++] = (PaperSlipLine){ .title = l->title, .options = l->options, .sku = l->sku, .quantity = n };
    }
    return ERR_OK;
}

Err papers_slips(Tx *tx, const By *by, const Papers *papers, Str language, PaperSlip **out)
{
    PaperSlip *slips = *out = arena_new_array(tx->a, PaperSlip, papers->n);
    for (i64 i = 0; i < papers->n; i++) {
        const OrderRow *row = papers->rows[i];
        Shop shop;
        i64 offset;
        try(shop_terms(tx, row->shop, &shop));
        try(market_number(tx, shop.country, MARKET_RULE_UTC_OFFSET_MINUTES, &offset));
        slips[i] = (PaperSlip){ .language = language, .order_number = order_number(tx->a, row->id), .placed = row->placed,
                                .offset_minutes = offset, .shop_name = shop.name, .shop_address = shop.city,
                                .method = str_of(PAYMENT_METHOD_NAMES.names[row->method]), .collect = collect(row) };
        try(open_address(tx, by, row, &slips[i].to));
        try(last_parcel(tx, row, &slips[i].carrier, &slips[i].tracking));
        try(slip_lines(tx, row, &slips[i]));
    }
    return ERR_OK;
}

Err papers_labels(Tx *tx, const By *by, const Papers *papers, Str language, PaperLabel **out)
{
    PaperLabel *labels = *out = arena_new_array(tx->a, PaperLabel, papers->n);
    for (i64 i = 0; i < papers->n; i++) {
        const OrderRow *row = papers->rows[i];
        Shop shop;
        try(shop_terms(tx, row->shop, &shop));
        labels[i] = (PaperLabel){ .language = language, .order_number = order_number(tx->a, row->id), .collect = collect(row),
                                  .from = { .name = shop.name, .city = shop.city, .country = shop.country } };
        try(open_address(tx, by, row, &labels[i].to));
        try(last_parcel(tx, row, &labels[i].carrier, &labels[i].tracking));
    }
    return ERR_OK;
}
