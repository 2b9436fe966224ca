// The catalog as it is read: products, offers, cards, pictures. No HTTP, no JSON, no clock. products.c changes it.
#include "catalog/catalog.h"

#include "accounts/accounts.h"
#include "catalog/products.h"
#include "pricing/pricing.h"
#include "shops/shops.h"
#include "stock/stock.h"

enum { BATCH = 10 };                 // ids in one query: that many parameters stand in catalog.sql and stock.sql

StrList variant_options(Arena *a, Str one, Str two, Str three)
{
    Str all[] = { one, two, three };
    StrList out = { arena_new_array(a, Str, COUNT(all)), 0 };
    while (out.n < COUNT(all) && all[out.n].p) {
        out.p[out.n] = all[out.n];
        out.n++;
    }
    return out;
}

// ---------------------------------------------------------------------------------------------- one product

Err product_options(Tx *tx, ProductId product, ProductOptionList *out)
{
    OptionRowsRowList rows;
    try(q_option_rows(tx, (OptionRowsIn){ .product = product }, &rows));
    *out = (ProductOptionList){ arena_new_array(tx->a, ProductOption, rows.n), 0 };
    Str *values = arena_new_array(tx->a, Str, rows.n);
    for (i64 i = 0; i < rows.n; i++) {
        values[i] = rows.p[i].value;
        if (i == 0 || rows.p[i].position != rows.p[i - 1].position)
            out->p[out->n++] = (ProductOption){ .name = rows.p[i].name, .values = { &values[i], 0 } };
        out->p[out->n - 1].values.n++;
    }
    return ERR_OK;
}

static i64 free_of(const StockLevelList *levels, VariantId variant)
{
    for (i64 i = 0; i < levels->n; i++)
        if (levels->p[i].variant.v == variant.v) return levels->p[i].free;
    return 0;
}

static void show_variants(Arena *a, const VariantRowsRowList *rows, const StockLevelList *levels, bool for_sale, VariantList *out)
{
    *out = (VariantList){ arena_new_array(a, Variant, rows->n), 0 };
    for (i64 i = 0; i < rows->n; i++) {
        const VariantRowsRow *row = &rows->p[i];
        if (!row->active) continue;
        i64 left = for_sale ? free_of(levels, row->id) : 0;
        out->p[out->n++] = (Variant){ .id = row->id, .sku = row->sku, .price = row->price,
                                      .options = variant_options(a, row->option1, row->option2, row->option3),
                                      .has_compare_at = row->has_compare_minor,
                                      .compare_at = { row->compare_minor, row->price.currency }, .available = left > 0,
                                      .has_stock = left > 0 && left <= VARIANT_LOW_STOCK, .stock = left };
    }
}

// What can be bought is what the price is for: an offer with units of its own sells those and no others.
static void show_left(Variant *v, bool for_sale, i64 left)
{
    v->available = for_sale && left > 0;
    v->has_stock = v->available && left <= VARIANT_LOW_STOCK;
    v->stock = left;
}

// What they cost here and now, and what stands beside it.
static Err show_prices(Tx *tx, const By *by, ShopId shop, ProductPlace place, bool for_sale, Product *out)
{
    PriceAsk ask = { .country = place.country, .now = by->now };
    i64 n = out->variants.n;
    PriceView *views = arena_new_array(tx->a, PriceView, n);
    for (i64 i = 0; i < n; i++) {
        const Variant *v = &out->variants.p[i];
        views[i] = (PriceView){ .variant = v->id, .list = v->price, .has_compare = v->has_compare_at, .compare = v->compare_at };
    }
    try(pricing_view(tx, &ask, shop, place.channel, views, n));
    for (i64 i = 0; i < n; i++) {
        Variant *v = &out->variants.p[i];
        v->price = views[i].price;
        v->tag = views[i].tag;
        if (v->tag && v->tag->has_left) show_left(v, for_sale, v->tag->left);
        v->has_compare_at = v->has_compare_at && currency_eq(v->compare_at.currency, v->price.currency);
        if (i == 0 || v->price.minor < out->price_from.minor) out->price_from = v->price;
        if (i == 0 || v->price.minor > out->price_to.minor) out->price_to = v->price;
    }
    return ERR_OK;
}

static void show_terms(Arena *a, const Shop *shop, Product *out)
{
    out->shop = arena_new(a, ShopCard);
    *out->shop = shop_card_of(shop);
    out->dispatch_days = shop->dispatch_days;
    out->delivery_min_days = shop->delivery_min_days;
    out->delivery_max_days = shop->delivery_max_days;
    out->shipping = (Money){ shop->shipping_minor, shop->currency };
    out->has_free_shipping_over = shop->has_free_over_minor;
    out->free_shipping_over = (Money){ shop->free_over_minor, shop->currency };
    out->cod = shop->cod;
}

typedef struct Stocked { ProductPlace place; VariantRowsRowList variants; StockLevelList levels; } Stocked;

static Err compose(Tx *tx, const By *by, const ProductRowRow *row, Stocked *stocked, Product *out)
{
    Shop shop;
    try(shop_terms(tx, row->shop, &shop));
    try(q_variant_rows(tx, (VariantRowsIn){ .product = row->id }, &stocked->variants));
    try(stock_levels(tx, row->id, &stocked->levels));
    *out = (Product){ .id = row->id, .title = row->title, .description = row->description, .category = row->category,
                      .state = row->state, .price_from = { row->price_from_minor, row->currency },
                      .price_to = { row->price_to_minor, row->currency }, .version = row->version, .created = row->created,
                      .updated = row->updated };
    show_terms(tx->a, &shop, out);
    bool for_sale = row->state == PRODUCT_STATE_ACTIVE && shop.state == SHOP_STATE_OPEN;
    show_variants(tx->a, &stocked->variants, &stocked->levels, for_sale, &out->variants);
    try(show_prices(tx, by, row->shop, stocked->place, for_sale, out));
    try(product_options(tx, row->id, &out->options));
    return q_product_picture_rows(tx, (ProductPictureRowsIn){ .product = row->id }, &out->pictures);
}

Err catalog_product_facts(Tx *tx, ProductId product, ProductFacts *out)
{
    ProductRowRow *row;
    try(product_find(tx, product, &row));
    *out = (ProductFacts){ .shop = row->shop, .state = row->state, .title = row->title, .category = row->category,
                           .price = { row->price_from_minor, row->currency } };
    return ERR_OK;
}

Err product_find(Tx *tx, ProductId product, ProductRowRow **out)
{
    try(q_product_row(tx, (ProductRowIn){ .id = product }, out));
    return *out ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such product.");
}

Err product_may(Tx *tx, const By *by, const ProductRowRow *row, StaffRole least)
{
    Err e = shop_may(tx, by, row->shop, least);
    if (e != ERR_FORBIDDEN || row->state != PRODUCT_STATE_DRAFT) return e;
    // Others are not told that there is a draft; who works in the shop knows it.
    Err known = least == STAFF_ROLE_PACKER ? e : shop_may(tx, by, row->shop, STAFF_ROLE_PACKER);
    if (known == ERR_OK) return shop_may(tx, by, row->shop, least);
    return known == ERR_FORBIDDEN ? refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such product.") : known;
}

Err product_show(Tx *tx, const By *by, ProductId product, Product *out)
{
    ProductRowRow *row;
    try(product_find(tx, product, &row));
    return compose(tx, by, row, &(Stocked){ 0 }, out);
}

Err product_open_in(Tx *tx, const By *by, ProductId product, ProductPlace place, Product *out)
{
    ProductRowRow *row;
    try(product_find(tx, product, &row));
    if (row->state == PRODUCT_STATE_DRAFT) try(product_may(tx, by, row, STAFF_ROLE_PACKER));
    return compose(tx, by, row, &(Stocked){ .place = place }, out);
}

Err product_open(Tx *tx, const By *by, ProductId product, Product *out)
{
    return product_open_in(tx, by, product, (ProductPlace){ 0 }, out);
}

Err product_open_studio(Tx *tx, const By *by, ProductId product, StudioProduct *out)
{
    ProductRowRow *row;
    try(product_find(tx, product, &row));
    try(product_may(tx, by, row, STAFF_ROLE_PACKER));
    Stocked s = { 0 };
    out->product = arena_new(tx->a, Product);
    try(compose(tx, by, row, &s, out->product));
    out->variants = (StudioVariantList){ arena_new_array(tx->a, StudioVariant, s.variants.n), s.variants.n };
    for (i64 i = 0; i < s.variants.n; i++) {
        const VariantRowsRow *v = &s.variants.p[i];
        out->variants.p[i] = (StudioVariant){ .id = v->id, .sku = v->sku, .price = v->price, .active = v->active,
                                              .options = variant_options(tx->a, v->option1, v->option2, v->option3),
                                              .has_compare_at = v->has_compare_minor,
                                              .compare_at = { v->compare_minor, v->price.currency } };
        for (i64 k = 0; k < s.levels.n; k++) {
            if (s.levels.p[k].variant.v != v->id.v) continue;
            out->variants.p[i].on_hand = s.levels.p[k].on_hand;
            out->variants.p[i].held = s.levels.p[k].held;
            out->variants.p[i].allocated = s.levels.p[k].allocated;
            out->variants.p[i].free = s.levels.p[k].free;
        }
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- offers

Err catalog_offer(Tx *tx, VariantId variant, Offer *out)
{
    VariantOfferRow *row;
    try(q_variant_offer(tx, (VariantOfferIn){ .id = variant }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, "variant", "There is no such variant.");
    *out = (Offer){ .variant = row->variant, .product = row->product, .shop = row->shop, .title = row->title, .sku = row->sku,
                    .options = variant_options(tx->a, row->option1, row->option2, row->option3), .price = row->price };
    if (row->picture.v) {
        out->picture = arena_new(tx->a, Picture);
        *out->picture = (Picture){ row->picture, row->url, row->width, row->height, row->colour };
    }
    if (!row->active || row->state != PRODUCT_STATE_ACTIVE) return ERR_OK;
    return shop_is_open(tx, row->shop, &out->for_sale);
}

Err catalog_product_shop(Tx *tx, ProductId product, ShopId *shop, ProductState *state)
{
    ProductShopRowRow *row;
    try(q_product_shop_row(tx, (ProductShopRowIn){ .id = product }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such product.");
    *shop = row->shop;
    *state = row->state;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- cards

// What was last learnt of a shop: neighbours in a list are mostly of the same one.
typedef struct LastShop { ShopId id; bool open; } LastShop;

// Products that an offer sells out of what is set aside for it, when nothing else of them is free.
static Err add_flash(Tx *tx, const ProductId *ids, i64 n, const PriceRange *prices, ProductIdList *stocked)
{
    ProductId on_offer[BATCH];
    ProductIdList more;
    i64 count = 0;
    for (i64 i = 0; i < n; i++)
        if (prices[i].sale) on_offer[count++] = ids[i];
    if (count == 0) return ERR_OK;
    try(stock_pooled_products(tx, STOCK_POOL_FLASH, (ProductIdList){ on_offer, count }, &more));
    ProductId *all = arena_new_array(tx->a, ProductId, stocked->n + more.n);
    for (i64 i = 0; i < stocked->n; i++) all[i] = stocked->p[i];
    for (i64 i = 0; i < more.n; i++) all[stocked->n + i] = more.p[i];
    *stocked = (ProductIdList){ all, stocked->n + more.n };
    return ERR_OK;
}

// At most BATCH rows: available is true where there is a free unit and the shop and the product sell.
static Err fill_cards(Tx *tx, CardRowsRowList rows, LastShop *last, ProductCard *out)
{
    ProductId ids[BATCH];
    for (i64 i = 0; i < rows.n; i++) ids[i] = rows.p[i].id;
    ProductIdList stocked;
    PriceRange prices[BATCH];
    try(stock_free_products(tx, (ProductIdList){ ids, rows.n }, &stocked));
    try(pricing_ranges(tx, ids, rows.n, prices));
    try(add_flash(tx, ids, rows.n, prices, &stocked));
    for (i64 i = 0; i < rows.n; i++) {
        const CardRowsRow *row = &rows.p[i];
        if (row->shop.v != last->id.v) try(shop_is_open(tx, row->shop, &last->open));
        last->id = row->shop;
        out[i] = (ProductCard){ .id = row->id, .title = row->title, .state = row->state, .price_from = row->price_from,
                                .price_to = row->price_to, .sale = prices[i].sale };
        if (prices[i].has) {
            out[i].price_from = prices[i].from;
            out[i].price_to = prices[i].to;
        }
        for (i64 k = 0; k < stocked.n && last->open && row->state == PRODUCT_STATE_ACTIVE; k++)
            if (stocked.p[k].v == row->id.v) out[i].available = true;
        if (!row->picture.v) continue;
        out[i].picture = arena_new(tx->a, Picture);
        *out[i].picture = (Picture){ row->picture, row->url, row->width, row->height, row->colour };
    }
    return ERR_OK;
}

static Err card_batch(Tx *tx, const ProductId *ids, i64 n, LastShop *last, ProductCardList *out)
{
    ProductId p[BATCH] = { 0 };
    for (i64 i = 0; i < n; i++) p[i] = ids[i];
    CardRowsRowList rows;
    try(q_card_rows(tx, (CardRowsIn){ p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9] }, &rows));
    *out = (ProductCardList){ arena_new_array(tx->a, ProductCard, rows.n), rows.n };
    return fill_cards(tx, rows, last, out->p);
}

Err catalog_cards(Tx *tx, ProductIdList ids, bool all, ProductCardList *out)
{
    *out = (ProductCardList){ arena_new_array(tx->a, ProductCard, ids.n), 0 };
    LastShop last = { 0 };
    for (i64 from = 0; from < ids.n; from += BATCH) {
        i64 n = ids.n - from < BATCH ? ids.n - from : BATCH;
        ProductCardList found;
        try(card_batch(tx, ids.p + from, n, &last, &found));
        for (i64 i = 0; i < n; i++)
            for (i64 k = 0; k < found.n; k++)
                if (found.p[k].id.v == ids.p[from + i].v && (all || found.p[k].state == PRODUCT_STATE_ACTIVE))
                    out->p[out->n++] = found.p[k];
    }
    return ERR_OK;
}

Err product_cards(Tx *tx, ProductsWanted want, ProductCardPage *out)
{
    must(want.limit > 0);
    if (want.before.v == 0) want.before.v = INT64_MAX;
    ShopCard shop;
    try(shop_card(tx, want.shop, &shop));
    CardRowsRowList rows;
    if (want.any_state) try(q_card_page_all(tx, (CardPageAllIn){ want.shop, want.before, want.limit }, &rows));
    else try(q_card_page(tx, (CardPageIn){ want.shop, want.state, want.before, want.limit }, &rows));
    out->items = (ProductCardList){ arena_new_array(tx->a, ProductCard, rows.n), rows.n };
    LastShop last = { 0 };
    for (i64 from = 0; from < rows.n; from += BATCH) {
        i64 n = rows.n - from < BATCH ? rows.n - from : BATCH;
        try(fill_cards(tx, (CardRowsRowList){ rows.p + from, n }, &last, out->items.p + from));
    }
    if (rows.n == want.limit) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].id.v);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- pictures

Err catalog_picture_url(Tx *tx, AccountId account, PictureId picture, Str *url)
{
    Picture *row;
    try(q_picture_own(tx, (PictureOwnIn){ .id = picture, .account = account }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, "picture", "This is no picture that you uploaded.");
    *url = row->url;
    return ERR_OK;
}

static Str counted_account(Tx *tx, const By *by)
{
    return arena_format(tx->a, "%lld", (long long)by->who.account);
}

Err picture_room(Tx *tx, const By *by)
{
    return account_look_at_attempts(tx, by, "picture", counted_account(tx, by), PICTURES_A_DAY);
}

Err picture_count(Tx *tx, const By *by)
{
    return account_count_attempt(tx, by, "picture", counted_account(tx, by), PICTURES_A_DAY, DAY_MS);
}

Err picture_add(Tx *tx, const By *by, PictureMade in, Picture *out)
{
    return q_picture_insert(tx, (PictureInsertIn){ .id = picture_id_next(by->ids, by->now), .account = { by->who.account },
                                                   .key = in.key, .width = in.width, .height = in.height, .colour = in.colour,
                                                   .now = by->now }, out);
}

// ---------------------------------------------------------------------------------------------- audit

typedef void Report(void *context, const char *rule, i64 id, const char *detail);

Err catalog_audit(Tx *tx, Report *report, void *context)
{
    CatalogAuditPricesRowList prices;
    try(q_catalog_audit_prices(tx, &prices));
    for (i64 i = 0; i < prices.n; i++)
        report(context, "product_prices", prices.p[i].id.v,
               arena_format(tx->a, "its variants cost %lld to %lld", (long long)prices.p[i].least,
                            (long long)prices.p[i].most).p);
    CatalogAuditEmptyRowList empty;
    try(q_catalog_audit_empty(tx, &empty));
    for (i64 i = 0; i < empty.n; i++) report(context, "product_variants", empty.p[i].id.v, "it has no active variant");
    CatalogAuditCurrencyRowList currency;
    try(q_catalog_audit_currency(tx, &currency));
    for (i64 i = 0; i < currency.n; i++)
        report(context, "variant_currency", currency.p[i].id.v, "its price is not in its product's currency");
    CatalogAuditSkuMissingRowList missing;
    try(q_catalog_audit_sku_missing(tx, &missing));
    for (i64 i = 0; i < missing.n; i++)
        report(context, "variant_sku", missing.p[i].id.v, "it is on sale but its SKU is not taken");
    CatalogAuditSkuIdleRowList idle;
    try(q_catalog_audit_sku_idle(tx, &idle));
    for (i64 i = 0; i < idle.n; i++) report(context, "variant_sku", idle.p[i].id.v, "it is off sale but its SKU is taken");
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- all of them

Err catalog_products_after(Tx *tx, ProductId after, i64 limit, ProductIdList *out)
{
    ProductActiveAfterRowList rows;
    try(q_product_active_after(tx, (ProductActiveAfterIn){ .after = after, .limit = limit }, &rows));
    *out = (ProductIdList){ arena_new_array(tx->a, ProductId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].id;
    return ERR_OK;
}

Err catalog_products_count(Tx *tx, i64 *out)
{
    ProductActiveCountRow row;
    try(q_product_active_count(tx, &row));
    *out = row.n;
    return ERR_OK;
}
