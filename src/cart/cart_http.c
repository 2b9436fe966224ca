// Handlers of the cart.
#include "cart/cart.h"

Err cart_get(Req *r, const CartGetArgs *args, Cart *out)
{
    Place place = { .country = args->country, .postcode = args->postcode, .region = args->region };
    return cart_view(r->tx, &r->by, args->country.n ? &place : NULL, out);
}

Err cart_line_put(Req *r, const CartLinePut *in, Cart *out)
{
    try(cart_set(r->tx, &r->by, in));
    return cart_view(r->tx, &r->by, NULL, out);
}
