// Tax: what is owed, products' classes, sellers' details. No HTTP, no JSON, no clock.
#include "tax/tax.h"

#include "catalog/catalog.h"
#include "shops/shops.h"
#include "tax/rates.h"
#include "tax/sums.h"

// ---------------------------------------------------------------------------------------------- what is owed

enum { CLASSES_A_QUERY = 20 };       // of tax_product_rows

static Err classes_of(Tx *tx, const ProductId *p, i64 n, TaxClass *out)
{
    ProductId q[CLASSES_A_QUERY] = { 0 };
    TaxProductRowsRowList rows;
    must(n <= CLASSES_A_QUERY);
    for (i64 i = 0; i < n; i++) q[i] = p[i];
    try(q_tax_product_rows(tx, (TaxProductRowsIn){ q[0], q[1], q[2], q[3], q[4], q[5], q[6], q[7], q[8], q[9], q[10], q[11],
                                                   q[12],
                                                   q[13], q[14], q[15], q[16], q[17], q[18], q[19] }, &rows));
    for (i64 i = 0; i < n; i++)
        for (i64 k = 0; k < rows.n; k++)
            if (rows.p[k].product.v == p[i].v) out[i] = rows.p[k].class;
    return ERR_OK;
}

static Err all_classes(Tx *tx, const TaxAsk *ask, TaxClass *out)
{
    for (i64 from = 0; from < ask->n; from += CLASSES_A_QUERY) {
        ProductId products[CLASSES_A_QUERY];
        i64 n = ask->n - from < CLASSES_A_QUERY ? ask->n - from : CLASSES_A_QUERY;
        for (i64 i = 0; i < n; i++) products[i] = ask->lines[from + i].product;
        try(classes_of(tx, products, n, out + from));
    }
    return ERR_OK;
}

static Err mode_of(Tx *tx, Str country, Currency currency, TaxMode *out)
{
    i64 inclusive, by_line, rounding;
    try(market_number(tx, country, MARKET_RULE_TAX_INCLUSIVE, &inclusive));
    try(market_number(tx, country, MARKET_RULE_TAX_BY_LINE, &by_line));
    try(market_number(tx, country, MARKET_RULE_TAX_ROUNDING, &rounding));
    *out = (TaxMode){ .inclusive = inclusive != 0, .by_line = by_line != 0, .rounding = (Rounding)rounding,
                      .unit = tax_unit(currency) };
    return ERR_OK;
}

// Whether this sale bears the destination's tax at all.
static Err is_taxed(Tx *tx, const TaxAsk *ask, TaxPlace from, TaxPlace to, bool *out)
{
    TaxSellerGetRow *seller = NULL;
    *out = true;
    if (ask->by_platform) return ERR_OK;
    *out = tax_same_territory(from, to);
    if (!*out || ask->shop.v == 0) return ERR_OK;
    try(q_tax_seller_get(tx, (TaxSellerGetIn){ .shop = ask->shop }, &seller));
    *out = !seller || seller->charges_tax;
    return ERR_OK;
}

static i64 rate_of(const TaxRatesAtRow *row)
{
    return row ? row->rate_ppm : 0;
}

static Err rates_of(Tx *tx, const TaxAsk *ask, TaxPlace to, const TaxClass *classes, i64 *rate_ppm)
{
    TaxTable table;
    Str day;
    i64 minor[TAX_LINES_MAX];
    try(tax_day(tx, to.country, ask->at, &day));
    try(tax_table(tx, to, day, &table));
    for (i64 i = 0; i < ask->n; i++) {
        rate_ppm[i] = rate_of(tax_find(&table, classes[i]));
        minor[i] = ask->lines[i].minor;
    }
    const TaxRatesAtRow *shipping = tax_find_own(&table, TAX_CLASS_SHIPPING);
    rate_ppm[ask->n] = shipping ? shipping->rate_ppm : tax_main_rate(minor, rate_ppm, ask->n);
    return ERR_OK;
}

// The amounts are the lines' and, last, the shipping.
static void share_out(TaxAsk *ask, TaxMode mode, const TaxClass *classes, const i64 *rate_ppm)
{
    i64 minor[TAX_LINES_MAX + 1], tax[TAX_LINES_MAX + 1];
    for (i64 i = 0; i < ask->n; i++) minor[i] = ask->lines[i].minor;
    minor[ask->n] = ask->shipping;
    tax_shares(mode, minor, rate_ppm, ask->n + 1, tax);
    ask->tax = ask->shipping_tax = tax[ask->n];
    ask->shipping_rate_ppm = rate_ppm[ask->n];
    for (i64 i = 0; i < ask->n; i++) {
        TaxLine *l = &ask->lines[i];
        l->class = str_of(TAX_CLASS_NAMES.names[classes[i]]);
        l->rate_ppm = rate_ppm[i];
        l->tax = tax[i];
        must(!__builtin_add_overflow(ask->tax, tax[i], &ask->tax));
    }
    ask->inclusive = mode.inclusive;
    ask->added = mode.inclusive ? 0 : ask->tax;
}

Err tax_compute(Tx *tx, TaxAsk *ask)
{
    TaxClass classes[TAX_LINES_MAX] = { 0 };
    i64 rate_ppm[TAX_LINES_MAX + 1] = { 0 }, by_platform;
    TaxMode mode;
    bool taxed;
    must(ask->n >= 0 && ask->n <= TAX_LINES_MAX && ask->shipping >= 0 && ask->shipping <= MONEY_MAX_MINOR);
    for (i64 i = 0; i < ask->n; i++) must(ask->lines[i].minor >= 0 && ask->lines[i].minor <= MONEY_MAX_MINOR);
    TaxPlace from = tax_place(tx->a, ask->from), to = tax_place(tx->a, ask->to.country.n ? ask->to : ask->from);
    if (from.country.n == 0) from = to;
    try(market_number(tx, to.country, MARKET_RULE_TAX_BY_PLATFORM, &by_platform));
    ask->by_platform = by_platform != 0;
    try(mode_of(tx, to.country, ask->currency, &mode));
    try(all_classes(tx, ask, classes));
    try(is_taxed(tx, ask, from, to, &taxed));
    if (taxed) try(rates_of(tx, ask, to, classes, rate_ppm));
    share_out(ask, mode, classes, rate_ppm);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- products

static Err product_shop(Tx *tx, const By *by, ProductId product, StaffRole least)
{
    ShopId shop;
    ProductState state;
    try(catalog_product_shop(tx, product, &shop, &state));
    return shop_may(tx, by, shop, least);
}

Err tax_product_set(Tx *tx, const By *by, ProductId product, const ProductTax *in, ProductTax *out)
{
    try(product_shop(tx, by, product, STAFF_ROLE_MANAGER));
    if (in->class == TAX_CLASS_SHIPPING)
        return refuse(&tx->why, ERR_BAD_FIELD, "class", "shipping is the class of what it costs to send, not of a product.");
    *out = *in;
    return q_tax_product_put(tx, (TaxProductPutIn){ .product = product, .class = in->class, .set_by = { by->who.account },
                                                    .now = by->now });
}

Err tax_product_get(Tx *tx, const By *by, ProductId product, ProductTax *out)
{
    try(product_shop(tx, by, product, STAFF_ROLE_PACKER));
    out->class = TAX_CLASS_STANDARD;
    return classes_of(tx, &product, 1, &out->class);
}

// ---------------------------------------------------------------------------------------------- sellers

static Err details_of(Tx *tx, ShopId shop, TaxDetails *out)
{
    TaxSellerGetRow *row;
    Shop terms;
    try(shop_terms(tx, shop, &terms));
    try(q_tax_seller_get(tx, (TaxSellerGetIn){ .shop = shop }, &row));
    *out = (TaxDetails){ .legal_name = STR(""), .address = STR(""), .country = terms.country, .tax_id = STR(""),
                         .registration = STR(""), .charges_tax = true, .prefix = STR(""), .note = STR("") };
    if (!row) return ERR_OK;
    out->legal_name = row->legal_name;
    out->address = row->address;
    out->tax_id = row->tax_id;
    out->registration = row->registration;
    out->charges_tax = row->charges_tax;
    out->prefix = row->prefix;
    out->note = row->note;
    out->has_updated = true;
    out->updated = row->at;
    return ERR_OK;
}

Err tax_details_of(Tx *tx, const By *by, ShopId shop, TaxDetails *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    return details_of(tx, shop, out);
}

// What is part of every number must be easy to read out and safe in a file's name.
static bool is_prefix(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '/')) return false;
    }
    return true;
}

Err tax_details_set(Tx *tx, const By *by, ShopId shop, const TaxDetailsNew *in, TaxDetails *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_OWNER));
    if (!is_prefix(in->prefix))
        return refuse(&tx->why, ERR_BAD_FIELD, "prefix", "A prefix has capitals A-Z, digits, - and / only, at most 12.");
    if (in->tax_id.n && str_trim(in->legal_name).n == 0)
        return refuse(&tx->why, ERR_BAD_FIELD, "legal_name", "A tax number needs the legal name that it belongs to.");
    try(q_tax_seller_put(tx, (TaxSellerPutIn){
        .shop = shop, .legal_name = str_trim(in->legal_name), .address = str_trim(in->address), .tax_id = str_trim(in->tax_id),
        .registration = str_trim(in->registration), .charges_tax = in->charges_tax, .prefix = in->prefix,
        .note = str_trim(in->note), .set_by = { by->who.account }, .now = by->now }));
    return details_of(tx, shop, out);
}
