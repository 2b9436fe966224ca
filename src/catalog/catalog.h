// What other features may ask of the catalog: what a variant is offered at, and cards of products.
#pragma once
#include "catalog.gen.h"

// A variant as it is sold right now.
typedef struct Offer {
    VariantId variant; ProductId product; ShopId shop;
    Str title, sku;
    StrList options;               // "M", "Indigo"
    Money price;
    Picture *picture;              // the product's first, NULL without
    bool for_sale;                 // product active and variant not taken off
} Offer;

// ERR_NOT_FOUND when the variant never was.
Err catalog_offer(Tx *tx, VariantId variant, Offer *out);
// Cards in the order of `ids`; those that are not for sale are left out unless `all`.
Err catalog_cards(Tx *tx, ProductIdList ids, bool all, ProductCardList *out);
// Which shop a product is of and its state; ERR_NOT_FOUND.
Err catalog_product_shop(Tx *tx, ProductId product, ShopId *shop, ProductState *state);
// A picture that this account uploaded; ERR_NOT_FOUND otherwise. For shops' pictures.
Err catalog_picture_url(Tx *tx, AccountId account, PictureId picture, Str *url);
