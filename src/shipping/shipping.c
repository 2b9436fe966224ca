// Shipping: the rules. No HTTP, no JSON, no clock.
#include "shipping/shipping.h"

Err shipping_quote(Tx *tx, const ShipAsk *ask, ShipQuote *out)
{
    const Shop *s = ask->shop;
    (void)tx;
    bool free_of_charge = ask->subtotal_minor == 0 || (s->has_free_over_minor && ask->subtotal_minor >= s->free_over_minor);
    Time sent = ask->now + s->dispatch_days * DAY_MS;
    *out = (ShipQuote){ .served = true, .shipping_minor = free_of_charge ? 0 : s->shipping_minor, .cod = s->cod,
                        .has_free_over = s->has_free_over_minor, .free_over_minor = s->free_over_minor, .ship_by = sent,
                        .from = sent + s->delivery_min_days * DAY_MS, .to = sent + s->delivery_max_days * DAY_MS };
    return ERR_OK;
}

Err shipping_refused(Tx *tx, const By *by, AccountId buyer, OrderId order)
{
    (void)tx, (void)by, (void)buyer, (void)order;
    return ERR_OK;
}
