// Papers of an order: the invoice's facts.
#include "orders/flow.h"

#include "tax/tax.h"

Err order_invoice_issue(Tx *tx, const By *by, const OrderRow *row)
{
    OrderLinesRowList lines;
    try(q_order_lines(tx, (OrderLinesIn){ .shop_order = row->id }, &lines));
    InvoiceLine *out = arena_new_array(tx->a, InvoiceLine, lines.n);
    for (i64 i = 0; i < lines.n; i++) {
        const OrderLineRow *l = &lines.p[i];
        i64 off = l->by_seller_minor + l->by_platform_minor;
        out[i] = (InvoiceLine){ .title = l->title, .options = l->options, .sku = l->sku, .quantity = l->quantity,
                                .price = l->price.minor, .discount = off, .total = l->total.minor - off, .tax = l->tax_minor,
                                .rate_ppm = l->rate_ppm };
    }
    i64 off_shipping = row->ship_by_seller_minor + row->ship_by_platform_minor;
    InvoiceFacts facts = {
        .order = row->id, .order_number = order_number(tx->a, row->id), .shop = row->shop, .buyer = row->account,
        .ship_to = row->ship_to, .currency = row->total.currency, .lines = out, .n = lines.n, .goods = row->subtotal_minor,
        .discount = row->by_seller_minor + row->by_platform_minor - off_shipping, .shipping = row->shipping_minor - off_shipping,
        .cod_fee = row->cod_fee_minor, .tax = row->tax_minor, .total = row->total.minor, .shipping_tax = row->ship_tax_minor,
        .shipping_rate_ppm = row->ship_rate_ppm, .inclusive = row->tax_inclusive,
        .method = str_of(PAYMENT_METHOD_NAMES.names[row->method]) };
    return tax_invoice(tx, by, &facts);
}
