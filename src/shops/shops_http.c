// Handlers of shops: from a request to one rule and back.
#include "shops/shops.h"

Err shop_post(Req *r, const ShopNew *in, Shop *out)
{
    return shop_add(r->tx, &r->by, in, out);
}

Err shop_get(Req *r, const ShopGetArgs *args, Shop *out)
{
    return shop_open(r->tx, &r->by, args->id, out);
}

Err shop_by_handle(Req *r, const ShopByHandleArgs *args, Shop *out)
{
    return shop_of_handle(r->tx, &r->by, args->handle, out);
}

Err shop_patch(Req *r, const ShopPatchArgs *args, const ShopEdit *in, Shop *out)
{
    return shop_edit(r->tx, &r->by, args->id, in, out);
}

Err shop_follow(Req *r, const ShopFollowArgs *args)
{
    return shop_follow_set(r->tx, &r->by, args->id, true);
}

Err shop_unfollow(Req *r, const ShopUnfollowArgs *args)
{
    return shop_follow_set(r->tx, &r->by, args->id, false);
}

Err shop_return_place(Req *r, const ShopReturnPlaceArgs *args, ReturnPlace *out)
{
    return shop_return_view(r->tx, &r->by, args->shop, out);
}

Err shop_return_place_put(Req *r, const ShopReturnPlacePutArgs *args, const ReturnPlace *in, ReturnPlace *out)
{
    return shop_return_set(r->tx, &r->by, args->shop, in, out);
}
