// Pricing: the rules. No HTTP, no JSON, no clock.
#include "pricing/pricing.h"

Err pricing_prices(Tx *tx, const PriceAsk *ask, PriceLine *lines, i64 n)
{
    (void)tx, (void)ask;
    for (i64 i = 0; i < n; i++) lines[i].was = lines[i].price = lines[i].list;
    return ERR_OK;
}

Err pricing_promotions(Tx *tx, const PriceAsk *ask, PriceBasket *basket)
{
    (void)tx, (void)ask, (void)basket;
    return ERR_OK;
}

Err pricing_take(Tx *tx, const By *by, CheckoutId checkout, const PriceBasket *basket)
{
    (void)tx, (void)by, (void)checkout, (void)basket;
    return ERR_OK;
}

Err pricing_give_back(Tx *tx, const By *by, CheckoutId checkout)
{
    (void)tx, (void)by, (void)checkout;
    return ERR_OK;
}

Err pricing_set_list(Tx *tx, const By *by, PriceSet in)
{
    (void)tx, (void)by, (void)in;
    return ERR_OK;
}

Err pricing_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context)
{
    (void)tx, (void)report, (void)context;
    return ERR_OK;
}
