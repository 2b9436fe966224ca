// Adding and editing products: checks first, then the writing. No HTTP, no JSON, no clock.
#include "catalog/products.h"

#include "events/events.h"
#include "pricing/pricing.h"
#include "shops/shops.h"
#include "stock/stock.h"

// A product as it would be after the request.
typedef struct Draft {
    ProductOptionList options;
    VariantNewList variants;         // those on sale
    Currency currency;               // the shop's
} Draft;

// "variants[3].sku": lives as long as the request.
static const char *at(Arena *a, i64 variant, const char *field)
{
    return arena_format(a, "variants[%lld].%s", (long long)variant, field).p;
}

// ---------------------------------------------------------------------------------------------- checks

static bool blank_ended(Str s)
{
    return str_trim(s).n != s.n;
}

static i64 index_of(StrList list, Str value)
{
    for (i64 i = 0; i < list.n; i++)
        if (str_eq(list.p[i], value)) return i;
    return -1;
}

static Err check_option(Refusal *why, Arena *a, const ProductOptionList *options, i64 i)
{
    const ProductOption *o = &options->p[i];
    const char *name = arena_format(a, "options[%lld].name", (long long)i).p;
    const char *values = arena_format(a, "options[%lld].values", (long long)i).p;
    if (blank_ended(o->name)) return refuse(why, ERR_BAD_FIELD, name, "A name does not begin or end with a blank.");
    for (i64 k = 0; k < i; k++)
        if (str_eq(options->p[k].name, o->name)) return refuse(why, ERR_BAD_FIELD, name, "Two options have this name.");
    if (o->values.n == 0) return refuse(why, ERR_BAD_FIELD, values, "An option needs at least one value.");
    for (i64 k = 0; k < o->values.n; k++) {
        if (blank_ended(o->values.p[k])) return refuse(why, ERR_BAD_FIELD, values, "A value does not begin or end with a blank.");
        if (index_of(o->values, o->values.p[k]) != k)
            return refuse(why, ERR_BAD_FIELD, values, "The value \"%.*s\" stands twice.", STR_ARG(o->values.p[k]));
    }
    return ERR_OK;
}

static bool same_options(StrList a, StrList b)
{
    for (i64 i = 0; i < a.n; i++)
        if (!str_eq(a.p[i], b.p[i])) return false;
    return true;
}

static Err check_combination(Refusal *why, Arena *a, const Draft *d, i64 i)
{
    const VariantNew *v = &d->variants.p[i];
    if (v->options.n != d->options.n)
        return refuse(why, ERR_BAD_FIELD, at(a, i, "options"), "The product has %lld options, this variant names %lld values.",
                      (long long)d->options.n, (long long)v->options.n);
    for (i64 k = 0; k < v->options.n; k++)
        if (index_of(d->options.p[k].values, v->options.p[k]) < 0)
            return refuse(why, ERR_BAD_FIELD, at(a, i, "options"), "\"%.*s\" is not among the values of \"%.*s\".",
                          STR_ARG(v->options.p[k]), STR_ARG(d->options.p[k].name));
    for (i64 k = 0; k < i; k++)
        if (same_options(d->variants.p[k].options, v->options))
            return refuse(why, ERR_BAD_FIELD, at(a, i, "options"), "variants[%lld] has the same values.", (long long)k);
    return ERR_OK;
}

static Err check_price(Refusal *why, Arena *a, const Draft *d, i64 i)
{
    const VariantNew *v = &d->variants.p[i];
    if (!currency_eq(v->price.currency, d->currency))
        return refuse(why, ERR_CURRENCY, at(a, i, "price"), "This shop sells in %s, not in %s.", d->currency.code,
                      v->price.currency.code);
    if (!v->has_compare_at) return ERR_OK;
    if (!currency_eq(v->compare_at.currency, d->currency))
        return refuse(why, ERR_CURRENCY, at(a, i, "compare_at"), "This shop sells in %s, not in %s.", d->currency.code,
                      v->compare_at.currency.code);
    if (v->compare_at.minor > v->price.minor) return ERR_OK;
    return refuse(why, ERR_BAD_FIELD, at(a, i, "compare_at"), "The price to compare with must be over the price.");
}

static Err check_variant(Refusal *why, Arena *a, const Draft *d, i64 i)
{
    const VariantNew *v = &d->variants.p[i];
    if (blank_ended(v->sku)) return refuse(why, ERR_BAD_FIELD, at(a, i, "sku"), "An SKU does not begin or end with a blank.");
    for (i64 k = 0; k < i; k++) {
        if (str_eq(d->variants.p[k].sku, v->sku))
            return refuse(why, ERR_BAD_FIELD, at(a, i, "sku"), "variants[%lld] has the same SKU.", (long long)k);
        if (v->id.v && d->variants.p[k].id.v == v->id.v)
            return refuse(why, ERR_BAD_FIELD, at(a, i, "id"), "variants[%lld] has the same id.", (long long)k);
    }
    if (v->id.v && v->has_stock)
        return refuse(why, ERR_BAD_FIELD, at(a, i, "stock"), "Stock here is for new variants; change it with a movement.");
    try(check_price(why, a, d, i));
    return check_combination(why, a, d, i);
}

static Err check_draft(Refusal *why, Arena *a, const Draft *d)
{
    for (i64 i = 0; i < d->options.n; i++) try(check_option(why, a, &d->options, i));
    if (d->variants.n == 0) return refuse(why, ERR_BAD_FIELD, "variants", "A product needs at least one variant.");
    if (d->options.n == 0 && d->variants.n > 1)
        return refuse(why, ERR_BAD_FIELD, "variants", "A product without options has exactly one variant.");
    for (i64 i = 0; i < d->variants.n; i++) try(check_variant(why, a, d, i));
    return ERR_OK;
}

static Err check_title(Refusal *why, Str title)
{
    return blank_ended(title) ? refuse(why, ERR_BAD_FIELD, "title", "A title does not begin or end with a blank.") : ERR_OK;
}

// ---------------------------------------------------------------------------------------------- writing

static Err put_options(Tx *tx, ProductId product, const ProductOptionList *options)
{
    i64 removed;
    try(q_option_delete(tx, (OptionDeleteIn){ .product = product }, &removed));
    for (i64 i = 0; i < options->n; i++)
        for (i64 k = 0; k < options->p[i].values.n; k++)
            try(q_option_insert(tx, (OptionInsertIn){ .product = product, .position = i, .place = k, .name = options->p[i].name,
                                                      .value = options->p[i].values.p[k] }));
    return ERR_OK;
}

static Err put_pictures(Tx *tx, const By *by, ProductId product, PictureIdList pictures)
{
    for (i64 i = 0; i < pictures.n; i++) {
        const char *field = arena_format(tx->a, "pictures[%lld]", (long long)i).p;
        for (i64 k = 0; k < i; k++)
            if (pictures.p[k].v == pictures.p[i].v) return refuse(&tx->why, ERR_BAD_FIELD, field, "This picture stands twice.");
        PictureUsableRow *row;
        try(q_picture_usable(tx, (PictureUsableIn){ .id = pictures.p[i], .account = { by->who.account }, .product = product },
                             &row));
        if (!row) return refuse(&tx->why, ERR_BAD_FIELD, field, "This is no picture that you uploaded.");
    }
    i64 removed;
    try(q_product_picture_delete(tx, (ProductPictureDeleteIn){ .product = product }, &removed));
    for (i64 i = 0; i < pictures.n; i++)
        try(q_product_picture_insert(tx, (ProductPictureInsertIn){ .product = product, .position = i,
                                                                   .picture = pictures.p[i] }));
    return ERR_OK;
}

typedef struct Spot { ProductId product; ShopId shop; } Spot;

static Err set_price(Tx *tx, const By *by, Spot place, const VariantNew *v)
{
    return pricing_set_list(tx, by, (PriceSet){ .shop = place.shop, .product = place.product, .variant = v->id,
                                                .price = v->price });
}

static Err change_variant(Tx *tx, const By *by, Spot place, const VariantNew *v, i64 position)
{
    const Str *o = v->options.p;
    i64 n = v->options.n, changed;
    try(q_variant_update(tx, (VariantUpdateIn){ .id = v->id, .product = place.product, .sku = v->sku,
                                                .option1 = n > 0 ? o[0] : (Str){ 0 }, .option2 = n > 1 ? o[1] : (Str){ 0 },
                                                .option3 = n > 2 ? o[2] : (Str){ 0 }, .price = v->price,
                                                .has_compare_minor = v->has_compare_at, .compare_minor = v->compare_at.minor,
                                                .position = position }, &changed));
    must(changed == 1);                                       // check_ids has looked
    try(pricing_show(tx, v->id, true));
    try(set_price(tx, by, place, v));
    return stock_show(tx, v->id, true);
}

static Err add_variant(Tx *tx, const By *by, Spot place, VariantNew *v, i64 position)
{
    const Str *o = v->options.p;
    i64 n = v->options.n;
    v->id = variant_id_next(by->ids, by->now);
    try(q_variant_insert(tx, (VariantInsertIn){ .id = v->id, .product = place.product, .sku = v->sku,
                                                .option1 = n > 0 ? o[0] : (Str){ 0 }, .option2 = n > 1 ? o[1] : (Str){ 0 },
                                                .option3 = n > 2 ? o[2] : (Str){ 0 }, .price = v->price,
                                                .has_compare_minor = v->has_compare_at, .compare_minor = v->compare_at.minor,
                                                .position = position }));
    try(set_price(tx, by, place, v));
    return stock_open(tx, by, (StockOpening){ .variant = v->id, .product = place.product, .shop = place.shop,
                                              .on_hand = v->has_stock ? v->stock : 0 });
}

// Writes d->variants, giving new ones their ids there.
static Err put_variants(Tx *tx, const By *by, Spot place, Draft *d)
{
    for (i64 i = 0; i < d->variants.n; i++)
        if (d->variants.p[i].id.v) try(change_variant(tx, by, place, &d->variants.p[i], i));
        else try(add_variant(tx, by, place, &d->variants.p[i], i));
    return ERR_OK;
}

// Takes the SKUs of all variants on sale, after the product has given back what it had. `named`: they stand in the request.
static Err take_skus(Tx *tx, Spot place, const Draft *d, bool named)
{
    for (i64 i = 0; i < d->variants.n; i++) {
        const VariantNew *v = &d->variants.p[i];
        SkuTakeRow *row;
        try(q_sku_take(tx, (SkuTakeIn){ .shop = place.shop, .sku = v->sku, .variant = v->id, .product = place.product }, &row));
        if (!row)
            return refuse(&tx->why, ERR_SKU_TAKEN, named ? at(tx->a, i, "sku") : "state",
                          "Another product of this shop has the SKU \"%.*s\".", STR_ARG(v->sku));
    }
    return ERR_OK;
}

// What lists of stock call the variants on sale.
static Err name_stock(Tx *tx, const Draft *d, Str title)
{
    for (i64 i = 0; i < d->variants.n; i++) {
        const VariantNew *v = &d->variants.p[i];
        Buf options = buf_new(tx->a, 1024);
        for (i64 k = 0; k < v->options.n; k++) {
            if (k) buf_add(&options, STR(", "));
            buf_add(&options, v->options.p[k]);
        }
        try(stock_name(tx, (StockName){ .variant = v->id, .name = title, .options = buf_str(&options), .sku = v->sku }));
    }
    return ERR_OK;
}

typedef struct Range { i64 least, most; } Range;

static Range prices(const Draft *d)
{
    Range r = { INT64_MAX, 0 };
    for (i64 i = 0; i < d->variants.n; i++) {
        i64 minor = d->variants.p[i].price.minor;
        if (minor < r.least) r.least = minor;
        if (minor > r.most) r.most = minor;
    }
    return r;
}

// Ids are given while writing: so the list is the draft's own.
static VariantNewList copy_variants(Arena *a, VariantNewList in)
{
    VariantNewList out = { arena_new_array(a, VariantNew, in.n), in.n };
    for (i64 i = 0; i < in.n; i++) out.p[i] = in.p[i];
    return out;
}

static Err tell_pricing(Tx *tx, ProductId product, Str category, ProductState state)
{
    return pricing_set_product(tx, (PriceProduct){ .product = product, .category = category,
                                                   .draft = state == PRODUCT_STATE_DRAFT });
}

Err product_add(Tx *tx, const By *by, ShopId shop, const ProductNew *in, Product *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    Shop terms;
    try(shop_terms(tx, shop, &terms));
    Draft d = { in->options, copy_variants(tx->a, in->variants), terms.currency };
    try(check_title(&tx->why, in->title));
    for (i64 i = 0; i < d.variants.n; i++)
        if (d.variants.p[i].id.v)
            return refuse(&tx->why, ERR_BAD_FIELD, at(tx->a, i, "id"), "A new product's variants have no ids yet.");
    try(check_draft(&tx->why, tx->a, &d));
    Spot place = { product_id_next(by->ids, by->now), shop };
    Range range = prices(&d);
    ProductState state = in->has_state ? in->state : PRODUCT_STATE_ACTIVE;
    try(q_product_insert(tx, (ProductInsertIn){ .id = place.product, .shop = shop, .title = in->title, .state = state,
                                                .description = in->description, .category = in->category,
                                                .price_from_minor = range.least, .price_to_minor = range.most,
                                                .currency = terms.currency, .now = by->now }));
    try(put_options(tx, place.product, &d.options));
    try(put_variants(tx, by, place, &d));
    try(name_stock(tx, &d, in->title));
    if (state != PRODUCT_STATE_ARCHIVED) try(take_skus(tx, place, &d, true));
    try(put_pictures(tx, by, place.product, in->pictures));
    try(tell_pricing(tx, place.product, in->category, state));
    try(event_changed(tx, by, EVENT_PRODUCT_CHANGED, place.product.v));
    return product_show(tx, by, place.product, out);
}

// ---------------------------------------------------------------------------------------------- editing

static VariantNewList on_sale(Arena *a, const VariantRowsRowList *rows)
{
    VariantNewList out = { arena_new_array(a, VariantNew, rows->n), 0 };
    for (i64 i = 0; i < rows->n; i++) {
        const VariantRowsRow *row = &rows->p[i];
        if (!row->active) continue;
        out.p[out.n++] = (VariantNew){ .id = row->id, .sku = row->sku, .price = row->price,
                                       .options = variant_options(a, row->option1, row->option2, row->option3),
                                       .has_compare_at = row->has_compare_minor,
                                       .compare_at = { row->compare_minor, row->price.currency } };
    }
    return out;
}

// Ids must be of this product's variants; how many rows there would be.
static Err check_ids(Tx *tx, const Draft *d, const VariantRowsRowList *rows)
{
    i64 total = rows->n;
    for (i64 i = 0; i < d->variants.n; i++) {
        VariantId id = d->variants.p[i].id;
        bool found = false;
        for (i64 k = 0; k < rows->n && !found; k++) found = rows->p[k].id.v == id.v;
        if (id.v && !found) return refuse(&tx->why, ERR_BAD_FIELD, at(tx->a, i, "id"), "This product has no such variant.");
        total += !found;
    }
    if (total <= PRODUCT_VARIANTS_EVER) return ERR_OK;
    return refuse(&tx->why, ERR_TOO_MANY_ITEMS, "variants",
                  "A product has at most %d variants, those off sale too: put an old one on sale again by its id.",
                  PRODUCT_VARIANTS_EVER);
}

static Err make_draft(Tx *tx, const ProductRowRow *row, const ProductEdit *in, const VariantRowsRowList *rows, Draft *out)
{
    *out = (Draft){ .options = in->options, .currency = row->currency,
                    .variants = in->has_variants ? copy_variants(tx->a, in->variants) : on_sale(tx->a, rows) };
    if (!in->has_options) try(product_options(tx, row->id, &out->options));
    if (!in->has_options && !in->has_variants) return ERR_OK;
    Err e = check_draft(&tx->why, tx->a, out);
    if (e != ERR_OK && !in->has_variants && strncmp(tx->why.field, "variants", 8) == 0)
        return refuse(&tx->why, e, "options", "The variants that are there do not fit these options; send them too.");
    try(e);
    return check_ids(tx, out, rows);
}

// Writes the variants of the request and takes the others off sale.
static Err replace_variants(Tx *tx, const By *by, Spot place, Draft *d, const VariantRowsRowList *rows)
{
    for (i64 k = 0; k < rows->n; k++) {
        bool kept = !rows->p[k].active;
        for (i64 i = 0; i < d->variants.n && !kept; i++) kept = d->variants.p[i].id.v == rows->p[k].id.v;
        if (kept) continue;
        i64 changed;
        try(q_variant_take_off(tx, (VariantTakeOffIn){ .id = rows->p[k].id }, &changed));
        try(pricing_show(tx, rows->p[k].id, false));
        try(stock_show(tx, rows->p[k].id, false));
    }
    return put_variants(tx, by, place, d);
}

static Err edit_lists(Tx *tx, const By *by, Spot place, const ProductEdit *in, Draft *d, const VariantRowsRowList *rows)
{
    if (in->has_options) try(put_options(tx, place.product, &d->options));
    if (in->has_variants) try(replace_variants(tx, by, place, d, rows));
    if (in->has_pictures) try(put_pictures(tx, by, place.product, in->pictures));
    return ERR_OK;
}

// An archived product gives its SKUs back; it takes them again when it returns.
static Err edit_skus(Tx *tx, Spot place, const ProductEdit *in, const Draft *d, ProductState before, ProductState after)
{
    bool moved = (before == PRODUCT_STATE_ARCHIVED) != (after == PRODUCT_STATE_ARCHIVED);
    if (!in->has_variants && !moved) return ERR_OK;
    i64 removed;
    try(q_sku_give_back(tx, (SkuGiveBackIn){ .product = place.product }, &removed));
    return after == PRODUCT_STATE_ARCHIVED ? ERR_OK : take_skus(tx, place, d, in->has_variants);
}

static Err stale(Tx *tx, i64 version)
{
    return refuse(&tx->why, ERR_STALE, "version", "The product is at version %lld; load it again.", (long long)version);
}

Err product_edit(Tx *tx, const By *by, ProductId product, const ProductEdit *in, Product *out)
{
    ProductRowRow *row;
    try(product_find(tx, product, &row));
    try(product_may(tx, by, row, STAFF_ROLE_MANAGER));
    if (in->version != row->version) return stale(tx, row->version);
    if (in->title.p) try(check_title(&tx->why, in->title));
    VariantRowsRowList rows;
    try(q_variant_rows(tx, (VariantRowsIn){ .product = product }, &rows));
    Draft d;
    try(make_draft(tx, row, in, &rows, &d));
    Spot place = { product, row->shop };
    try(edit_lists(tx, by, place, in, &d, &rows));
    if (in->has_variants || in->title.p) try(name_stock(tx, &d, in->title.p ? in->title : row->title));
    ProductState state = in->has_state ? in->state : row->state;
    try(edit_skus(tx, place, in, &d, row->state, state));
    Range range = prices(&d);
    i64 changed;
    try(q_product_update(tx, (ProductUpdateIn){ .id = product, .version = in->version, .state = state,
                                                .title = in->title.p ? in->title : row->title,
                                                .description = in->description.p ? in->description : row->description,
                                                .category = in->category.p ? in->category : row->category,
                                                .price_from_minor = range.least, .price_to_minor = range.most,
                                                .now = by->now }, &changed));
    if (changed == 0) return stale(tx, row->version + 1);
    try(tell_pricing(tx, product, in->category.p ? in->category : row->category, state));
    try(event_changed(tx, by, EVENT_PRODUCT_CHANGED, product.v));
    return product_show(tx, by, product, out);
}
