// The catalog: what a variant is offered at, cards of products, and the rules of products and pictures.
#pragma once
#include "api/req.h"
#include "gen/catalog.gen.h"

enum {
    PRODUCT_VARIANTS_EVER = 200,     // rows of one product, those taken off sale too: what the studio shows
    VARIANT_LOW_STOCK = 10,          // from here on the shopper sees how many are left
    CATALOG_PAGE = 20,               // products a page unless the request says
    PICTURES_A_DAY = 500,            // tries of one account in 24 hours: decoding is the dearest thing it can ask for
    PICTURES_AT_ONCE = 4,            // of one account; the web app sends two at a time
};

// ---- what other features may ask

// A variant as it is sold right now.
typedef struct Offer {
    VariantId variant; ProductId product; ShopId shop;
    Str title, sku;
    StrList options;               // "M", "Indigo"
    Money price;
    Picture *picture;              // the product's first, NULL without
    bool for_sale;                 // shop open, product active, and variant not taken off; says nothing of stock
} Offer;

// ERR_NOT_FOUND when the variant never was.
Err catalog_offer(Tx *tx, VariantId variant, Offer *out);
// Cards in the order of `ids` (each once); those that are not for sale are left out unless `all`. Two queries for each
// ten, and one for each further shop.
Err catalog_cards(Tx *tx, ProductIdList ids, bool all, ProductCardList *out);
// Which shop a product is of and its state; ERR_NOT_FOUND.
Err catalog_product_shop(Tx *tx, ProductId product, ShopId *shop, ProductState *state);
// Active products behind an id, the oldest first, at most `limit`; and how many there are. For who reads them all.
Err catalog_products_after(Tx *tx, ProductId after, i64 limit, ProductIdList *out);
Err catalog_products_count(Tx *tx, i64 *out);
// What it is called and kept under, without asking who may see it; ERR_NOT_FOUND. price: its lowest.
typedef struct ProductFacts { ShopId shop; ProductState state; Str title, category; Money price; } ProductFacts;
Err catalog_product_facts(Tx *tx, ProductId product, ProductFacts *out);
// A picture that this account uploaded; ERR_NOT_FOUND otherwise. For shops' pictures.
Err catalog_picture_url(Tx *tx, AccountId account, PictureId picture, Str *url);

// Reports at most 100 violations each: a price range that is not its variants', a product without active variants, a
// variant in another currency, an SKU that is taken by nobody who may or not taken by one who should. For `etalase audit`.
Err catalog_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers

// ERR_NOT_FOUND, also for a draft when the caller does not work in its shop. An archived one is found: links in old
// orders stay alive; nothing of it is available.
Err product_open(Tx *tx, const By *by, ProductId product, Product *out);
// The same as it is priced for a country (empty: the shop's own) and a channel.
typedef struct ProductPlace { Str country; Channel channel; } ProductPlace;
Err product_open_in(Tx *tx, const By *by, ProductId product, ProductPlace place, Product *out);
// All variants, with their stock. ERR_NOT_FOUND, ERR_FORBIDDEN.
Err product_open_studio(Tx *tx, const By *by, ProductId product, StudioProduct *out);

// A page of cards, newest first. ERR_NOT_FOUND without the shop.
typedef struct ProductsWanted { ShopId shop; bool any_state; ProductState state; ProductId before; i64 limit; } ProductsWanted;
Err product_cards(Tx *tx, ProductsWanted want, ProductCardPage *out);

// ERR_NOT_FOUND, ERR_FORBIDDEN (managers may), ERR_BAD_FIELD, ERR_CURRENCY, ERR_SKU_TAKEN.
Err product_add(Tx *tx, const By *by, ShopId shop, const ProductNew *in, Product *out);
// The same, and ERR_STALE, ERR_TOO_MANY_ITEMS (PRODUCT_VARIANTS_EVER).
Err product_edit(Tx *tx, const By *by, ProductId product, const ProductEdit *in, Product *out);

// ERR_TOO_MANY when the account has tried PICTURES_A_DAY; counts nothing.
Err picture_room(Tx *tx, const By *by);
// Counts one try, also one that will fail: what is no picture costs as much as one. ERR_TOO_MANY.
Err picture_count(Tx *tx, const By *by);
// Notes a picture whose files lie in DATA/media/pictures/KEY.
typedef struct PictureMade { Str key, colour; i64 width, height; } PictureMade;
Err picture_add(Tx *tx, const By *by, PictureMade in, Picture *out);
