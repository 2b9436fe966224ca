// Shipping: what a shop sets and asks. No HTTP, no clock.
#include "accounts/accounts.h"
#include "markets/markets.h"
#include "shipping/pack.h"
#include "shipping/quote.h"
#include "stock/stock.h"

// ---------------------------------------------------------------------------------------------- the profile

static Err show(Tx *tx, const By *by, ShopId shop, ShipProfile *out)
{
    ShipSaved saved;
    try(ship_saved(tx, shop, &saved));
    const ShipProfilePut *p = &saved.profile;
    *out = (ShipProfile){ .shop = shop, .version = saved.version, .zones = p->zones, .weight_g = p->weight_g,
                          .volume_divisor = p->volume_divisor, .cutoff_minutes = p->cutoff_minutes };
    if (saved.version == 0) return ERR_OK;
    out->has_at = true;
    out->at = saved.at;
    return account_name(tx, by, saved.actor, &out->by);
}

Err shipping_profile(Tx *tx, const By *by, ShopId shop, ShipProfile *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    return show(tx, by, shop, out);
}

static Err write(Tx *tx, const ShipProfilePut *in, Str *text)
{
    Buf b = buf_new(tx->a, ZONE_TEXT_MAX);
    json_write(&b, &SHIP_PROFILE_PUT_TYPE, in);
    *text = buf_str(&b);
    if (!b.full) return ERR_OK;
    return refuse(&tx->why, ERR_BAD_FIELD, "zones", "These zones take more than %d KB; use fewer or larger areas, such as 594* "
                  "instead of each postcode.", ZONE_TEXT_MAX / 1024);
}

Err shipping_profile_set(Tx *tx, const By *by, ShopId shop, const ShipProfilePut *in, ShipProfile *out)
{
    Str text;
    i64 n;
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    try(profile_check(in, tx->a, &tx->why));
    try(write(tx, in, &text));
    ShipSaved now;
    try(ship_saved(tx, shop, &now));
    i64 version = in->version + 1;
    // Versions grow by one: whoever saw an older one finds the next taken, and who names one that never was is refused too.
    if (in->version == now.version)
        try(q_ship_profile_add(tx, (ShipProfileAddIn){ .shop = shop, .version = version, .profile = text,
                                                       .packed = profile_pack(tx->a, in), .actor = { by->who.account },
                                                       .now = by->now }, &n));
    else n = 0;
    if (n == 0) return refuse(&tx->why, ERR_STALE, "version", "Someone changed the shipping meanwhile; load it again.");
    try(q_ship_profile_trim(tx, (ShipProfileTrimIn){ .shop = shop, .until = version - SHIP_VERSIONS_KEPT }, &n));
    return show(tx, by, shop, out);
}

// ---------------------------------------------------------------------------------------------- asking

static void answer(const ShipAsk *ask, const ShipQuote *q, ShipQuotation *out)
{
    *out = (ShipQuotation){ .served = q->served, .no = q->no, .why = q->why, .zone = q->zone, .cod = q->cod, .cod_no = q->cod_no,
                            .cod_why = q->cod_why, .shipping = { q->shipping_minor, q->currency } };
    out->country = ask->has_place ? ask->place.country : ask->shop->country;
    if (!q->served) return;
    out->has_free_over = q->has_free_over;
    if (q->has_free_over) out->free_over = (Money){ q->free_over_minor, q->currency };
    out->has_cod_fee = q->cod;
    if (q->cod) out->cod_fee = (Money){ q->cod_fee_minor, q->currency };
    out->has_ship_by = out->has_from = out->has_to = true;
    out->ship_by = q->ship_by, out->from = q->from, out->to = q->to;
    out->ship_by_day = q->ship_by_day, out->from_day = q->from_day, out->to_day = q->to_day;
}

static Place place_of(const ShipPlace *to)
{
    return (Place){ .country = to->country, .region = to->region, .postcode = to->postcode };
}

static Err check_place(const ShipPlace *to, Refusal *why)
{
    for (size_t i = 0; i < 2; i++)
        if (to->country.n != 2 || to->country.p[i] < 'A' || to->country.p[i] > 'Z')
            return refuse(why, ERR_BAD_FIELD, "to.country", "Two capital letters, as in ISO 3166: ID, SG, NL.");
    return ERR_OK;
}

// Another shop's variants have another shop's weights.
static Err check_variant(Tx *tx, ShopId shop, VariantId variant)
{
    ShopId of;
    ProductId product;
    Err e = stock_variant(tx, variant, &of, &product);
    if (e == ERR_OK && of.v == shop.v) return ERR_OK;
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    return refuse(&tx->why, ERR_BAD_FIELD, "lines", "The shop has no variant %lld.", (long long)variant.v);
}

Err shipping_ask(Tx *tx, const By *by, ShopId shop, const ShipQuoteAsk *in, ShipQuotation *out)
{
    Shop s;
    ShipQuote q;
    ShipLine lines[SHIP_LINES_MAX];
    if (in->to) try(check_place(in->to, &tx->why));
    try(shop_terms(tx, shop, &s));
    for (i64 i = 0; i < in->lines.n; i++) {
        try(check_variant(tx, shop, in->lines.p[i].variant));
        lines[i] = (ShipLine){ in->lines.p[i].variant, in->lines.p[i].quantity };
    }
    Place nowhere = { .country = { 0 } };
    ShipAsk ask = { .shop = &s, .has_place = in->to, .place = in->to ? place_of(in->to) : nowhere, .lines = lines,
                    .n = in->lines.n, .subtotal_minor = in->subtotal, .buyer = { by->who.account }, .now = by->now,
                    .currency = in->currency };
    try(shipping_quote(tx, &ask, &q));
    answer(&ask, &q, out);
    return ERR_OK;
}

Err shipping_test(Tx *tx, const By *by, ShopId shop, const ShipTest *in, ShipQuotation *out)
{
    Shop s;
    ShipQuote q;
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    try(check_place(in->to, &tx->why));
    try(profile_check(in->profile, tx->a, &tx->why));
    try(shop_terms(tx, shop, &s));
    ShipTerms draft = { .profile = *in->profile };
    Load load = { .grams = in->weight_g, .units = in->quantity };
    ShipAsk ask = { .shop = &s, .has_place = true, .place = place_of(in->to), .subtotal_minor = in->subtotal, .now = by->now,
                    .currency = in->currency };
    try(ship_quote_load(tx, &ask, &draft, load, s.dispatch_days, &q));
    answer(&ask, &q, out);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- parcels

static Err check_size(const ParcelPut *in, Refusal *why)
{
    i64 given = in->has_length_mm + in->has_width_mm + in->has_height_mm;
    if (given == 0 || given == 3) return ERR_OK;
    const char *missing = !in->has_length_mm ? "length_mm" : !in->has_width_mm ? "width_mm" : "height_mm";
    return refuse(why, ERR_BAD_FIELD, missing, "A size has all three sides, or none.");
}

Err shipping_parcel_set(Tx *tx, const By *by, VariantId variant, const ParcelPut *in, Parcel *out)
{
    ShopId shop;
    ProductId product;
    i64 n;
    try(stock_variant(tx, variant, &shop, &product));
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    try(check_size(in, &tx->why));
    *out = (Parcel){ .variant = variant, .has_weight_g = in->has_weight_g, .weight_g = in->weight_g,
                     .has_length_mm = in->has_length_mm, .length_mm = in->length_mm, .has_width_mm = in->has_width_mm,
                     .width_mm = in->width_mm, .has_height_mm = in->has_height_mm, .height_mm = in->height_mm,
                     .has_handling_days = in->has_handling_days, .handling_days = in->handling_days };
    if (!in->has_weight_g && !in->has_length_mm && !in->has_handling_days)
        return q_parcel_end(tx, (ParcelEndIn){ .shop = shop, .variant = variant }, &n);
    return q_parcel_put_row(tx, (ParcelPutRowIn){
        .shop = shop, .variant = variant, .product = product, .has_weight_g = in->has_weight_g, .weight_g = in->weight_g,
        .has_length_mm = in->has_length_mm, .length_mm = in->length_mm, .has_width_mm = in->has_width_mm,
        .width_mm = in->width_mm, .has_height_mm = in->has_height_mm, .height_mm = in->height_mm,
        .has_handling_days = in->has_handling_days, .handling_days = in->handling_days });
}

Err shipping_parcels(Tx *tx, const By *by, ProductId product, ParcelPage *out)
{
    StockLevelList levels;
    ShopId shop;
    ProductId of;
    try(stock_levels(tx, product, &levels));
    if (levels.n == 0) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such product.");
    try(stock_variant(tx, levels.p[0].variant, &shop, &of));
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    return q_parcel_of_product(tx, (ParcelOfProductIn){ .product = product }, &out->items);
}

// ---------------------------------------------------------------------------------------------- audit

typedef void Report(void *context, const char *rule, i64 id, const char *detail);

// What people saved can be read, is what may be saved, and is what quotes read.
static void audit_one(Arena *a, const ShipProfilePageRow *row, Report *report, void *context)
{
    ShipProfilePut saved = { 0 }, packed = { 0 };
    Refusal why = { 0 };
    Err e = json_read(a, &SHIP_PROFILE_PUT_TYPE, row->profile, &saved, &why);
    if (e == ERR_OK) e = profile_check(&saved, a, &why);
    if (e != ERR_OK) {
        report(context, "shipping_profile", row->shop.v, why.detail);
        return;
    }
    if (profile_unpack(a, row->packed, &packed) && !str_eq(row->packed, profile_pack(a, &saved)))
        report(context, "shipping_packed", row->shop.v, "quotes read another profile than the one that was saved");
}

Err shipping_audit(Tx *tx, Report *report, void *context)
{
    ShopId after = { 0 };
    for (;;) {
        ShipProfilePageRowList rows;
        ArenaMark mark = arena_mark(tx->a);
        try(q_ship_profile_page(tx, (ShipProfilePageIn){ .after = after }, &rows));
        for (i64 i = 0; i < rows.n; i++) {
            after = rows.p[i].shop;
            audit_one(tx->a, &rows.p[i], report, context);
        }
        if (rows.n == 0) return ERR_OK;
        arena_rewind(tx->a, mark);
    }
}
