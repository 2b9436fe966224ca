// Handlers of the cart.
#include "cart/cart.h"

Err cart_get(Req *r, Cart *out)
{
    return cart_view(r->tx, &r->by, out);
}

Err cart_line_put(Req *r, const CartLinePut *in, Cart *out)
{
    try(cart_set(r->tx, &r->by, in));
    return cart_view(r->tx, &r->by, out);
}
