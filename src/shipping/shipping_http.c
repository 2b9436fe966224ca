// Shipping's routes.
#include "shipping/shipping.h"

Err ship_quote_post(Req *r, const ShipQuotePostArgs *args, const ShipQuoteAsk *in, ShipQuotation *out)
{
    return shipping_ask(r->tx, &r->by, args->shop, in, out);
}

Err ship_profile_get(Req *r, const ShipProfileGetArgs *args, ShipProfile *out)
{
    return shipping_profile(r->tx, &r->by, args->shop, out);
}

Err ship_profile_put(Req *r, const ShipProfilePutArgs *args, const ShipProfilePut *in, ShipProfile *out)
{
    return shipping_profile_set(r->tx, &r->by, args->shop, in, out);
}

Err ship_test_post(Req *r, const ShipTestPostArgs *args, const ShipTest *in, ShipQuotation *out)
{
    return shipping_test(r->tx, &r->by, args->shop, in, out);
}

Err parcel_put(Req *r, const ParcelPutArgs *args, const ParcelPut *in, Parcel *out)
{
    return shipping_parcel_set(r->tx, &r->by, args->variant, in, out);
}

Err parcel_list(Req *r, const ParcelListArgs *args, ParcelPage *out)
{
    return shipping_parcels(r->tx, &r->by, args->product, out);
}
