// Handlers of the catalog: from a request to one rule and back. Pictures come through pictures_http.c.
#include "catalog/catalog.h"

#include "shops/shops.h"

Err product_get(Req *r, const ProductGetArgs *args, Product *out)
{
    return product_open_in(r->tx, &r->by, args->id,
                           (ProductPlace){ args->country, args->has_channel ? args->channel : CHANNEL_SHOP }, out);
}

Err product_list(Req *r, const ProductListArgs *args, ProductCardPage *out)
{
    return product_cards(r->tx, (ProductsWanted){ .shop = args->shop, .state = PRODUCT_STATE_ACTIVE, .before = args->before,
                                                  .limit = args->has_limit ? args->limit : CATALOG_PAGE }, out);
}

Err product_post(Req *r, const ProductPostArgs *args, const ProductNew *in, Product *out)
{
    return product_add(r->tx, &r->by, args->shop, in, out);
}

Err product_patch(Req *r, const ProductPatchArgs *args, const ProductEdit *in, Product *out)
{
    return product_edit(r->tx, &r->by, args->id, in, out);
}

Err studio_product_list(Req *r, const StudioProductListArgs *args, ProductCardPage *out)
{
    try(shop_may(r->tx, &r->by, args->shop, STAFF_ROLE_PACKER));
    return product_cards(r->tx, (ProductsWanted){ .shop = args->shop, .any_state = !args->has_state, .state = args->state,
                                                  .before = args->before,
                                                  .limit = args->has_limit ? args->limit : CATALOG_PAGE }, out);
}

Err studio_product_get(Req *r, const StudioProductGetArgs *args, StudioProduct *out)
{
    return product_open_studio(r->tx, &r->by, args->id, out);
}
