// Handlers of tax: from a request to one rule and back.
#include "gen/tax.gen.h"
#include "tax/tax.h"

Err product_tax_put(Req *r, const ProductTaxPutArgs *args, const ProductTax *in, ProductTax *out)
{
    return tax_product_set(r->tx, &r->by, args->product, in, out);
}

Err product_tax_get(Req *r, const ProductTaxGetArgs *args, ProductTax *out)
{
    return tax_product_get(r->tx, &r->by, args->product, out);
}

Err tax_details_put(Req *r, const TaxDetailsPutArgs *args, const TaxDetailsNew *in, TaxDetails *out)
{
    return tax_details_set(r->tx, &r->by, args->shop, in, out);
}

Err tax_details_get(Req *r, const TaxDetailsGetArgs *args, TaxDetails *out)
{
    return tax_details_of(r->tx, &r->by, args->shop, out);
}

Err invoice_list(Req *r, const InvoiceListArgs *args, InvoiceCardPage *out)
{
    return tax_invoices_page(r->tx, &r->by, (InvoicesWanted){ .shop = args->shop, .before = args->before, .limit = args->limit },
                             out);
}

Err order_invoice(Req *r, const OrderInvoiceArgs *args, Invoice *out)
{
    return tax_order_invoice(r->tx, &r->by, args->order, out);
}

Err invoice_get(Req *r, const InvoiceGetArgs *args, Invoice *out)
{
    return tax_invoice_view(r->tx, &r->by, args->id, out);
}

Err tax_rate_list(Req *r, const TaxRateListArgs *args, TaxRatePage *out)
{
    return tax_rates_page(r->tx, (TaxRatesWanted){ .country = args->country, .after = args->after, .limit = args->limit }, out);
}

Err tax_rate_post(Req *r, const TaxRateNew *in, TaxRate *out)
{
    return tax_rate_add(r->tx, &r->by, in, out);
}

Err tax_rate_delete(Req *r, const TaxRateDeleteArgs *args)
{
    return tax_rate_drop(r->tx, args->id);
}
