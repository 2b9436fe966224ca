// Promotions and vouchers as they are made: by a shop's managers, or by operators for the platform. The rules behind the
// studio, and their timer.
#include "pricing/rules.h"

#include "api/task.h"
#include "shops/shops.h"

enum { PAST_MS = 5 * MINUTE_MS, UNITS_LEAST = 2 };

// ---------------------------------------------------------------------------------------------- showing

static Money in_currency(const PromotionRowRow *r, i64 minor)
{
    return (Money){ minor, r->currency };
}

static void show_parts(Arena *a, const PromotionRowRow *r, const PromotionPartRowsRowList *parts, Promotion *out)
{
    out->products = (ProductIdList){ arena_new_array(a, ProductId, parts->n), 0 };
    out->categories = (StrList){ arena_new_array(a, Str, parts->n), 0 };
    out->bundle = (BundleItemList){ arena_new_array(a, BundleItem, parts->n), 0 };
    out->tiers = (QuantityTierList){ arena_new_array(a, QuantityTier, parts->n), 0 };
    for (i64 i = 0; i < parts->n; i++) {
        const PromotionPartRowsRow *p = &parts->p[i];
        if (str_eq(p->kind, STR("product"))) out->products.p[out->products.n++] = p->product;
        else if (str_eq(p->kind, STR("category"))) out->categories.p[out->categories.n++] = p->category;
        else if (str_eq(p->kind, STR("item")))
            out->bundle.p[out->bundle.n++] = (BundleItem){ p->product, p->variant, p->quantity };
        else {
            bool percent = p->method == PRICE_METHOD_PERCENT;
            out->tiers.p[out->tiers.n++] = (QuantityTier){ .least = p->quantity, .has_percent = percent,
                                                           .percent = p->value / 10000, .has_amount = !percent,
                                                           .amount = in_currency(r, p->value) };
        }
    }
}

static Err show(Tx *tx, const PromotionRowRow *r, Promotion *out)
{
    PromotionPartRowsRowList parts;
    PromotionGivenRow given = { r->used, r->used_minor };
    bool counted = r->kind == PROMOTION_KIND_VOUCHER || r->has_budget_minor || r->has_uses_most;
    if (!counted) try(q_promotion_given(tx, (PromotionGivenIn){ .id = r->id }, &given));
    try(q_promotion_part_rows(tx, (PromotionPartRowsIn){ .promotion = r->id }, &parts));
    *out = (Promotion){ .id = r->id, .shop = r->shop, .kind = r->kind, .funder = r->shop.v ? FUNDER_SELLER : FUNDER_PLATFORM,
                        .name = r->name, .market = r->market, .currency = r->currency, .starts = r->starts, .ends = r->ends,
                        .state = r->state, .has_cap = r->has_cap_minor, .cap = in_currency(r, r->cap_minor),
                        .has_minimum = r->minimum_minor > 0, .minimum = in_currency(r, r->minimum_minor),
                        .has_budget = r->has_budget_minor, .budget = in_currency(r, r->budget_minor),
                        .has_uses = r->has_uses_most, .uses = r->uses_most, .has_per_person = r->has_per_person,
                        .per_person = r->per_person, .first_order = r->first_order, .followers = r->followers, .code = r->code,
                        .used = given.n, .given = in_currency(r, given.minor), .version = r->version, .created = r->created };
    out->free_shipping = r->shipping && r->method == PRICE_METHOD_PERCENT && r->value == ENGINE_WHOLE;
    if (r->kind == PROMOTION_KIND_BUNDLE) {
        out->has_price = true;
        out->price = in_currency(r, r->value);
    } else if (!out->free_shipping && r->kind != PROMOTION_KIND_QUANTITY) {
        out->has_percent = r->method == PRICE_METHOD_PERCENT;
        out->percent = r->value / 10000;
        out->has_amount = r->method == PRICE_METHOD_AMOUNT;
        out->amount = in_currency(r, r->value);
    }
    show_parts(tx->a, r, &parts, out);
    return ERR_OK;
}

static Err find(Tx *tx, const By *by, PromotionId id, PromotionRowRow **out)
{
    try(q_promotion_row(tx, (PromotionRowIn){ .id = id }, out));
    if (!*out) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such promotion.");
    return price_may(tx, by, (*out)->shop);
}

static Err show_again(Tx *tx, PromotionId id, Promotion *out)
{
    PromotionRowRow *r;
    try(q_promotion_row(tx, (PromotionRowIn){ .id = id }, &r));
    return show(tx, r, out);
}

Err promotions_of(Tx *tx, const By *by, ShopId shop, PromotionId before, PromotionPage *out)
{
    PromotionRowRowList rows;
    try(price_may(tx, by, shop));
    if (before.v == 0) before.v = INT64_MAX;
    try(q_promotion_page(tx, (PromotionPageIn){ .shop = shop, .before = before, .limit = PRICING_PAGE }, &rows));
    out->items = (PromotionList){ arena_new_array(tx->a, Promotion, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) try(show(tx, &rows.p[i], &out->items.p[i]));
    if (rows.n == PRICING_PAGE) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].id.v);
    return ERR_OK;
}

Err promotion_open(Tx *tx, const By *by, PromotionId id, Promotion *out)
{
    PromotionRowRow *r;
    try(find(tx, by, id, &r));
    return show(tx, r, out);
}

// ---------------------------------------------------------------------------------------------- checks of the shape

static Err bad(Refusal *why, const char *field, const char *text)
{
    return refuse(why, ERR_BAD_FIELD, field, "%s", text);
}

static Err check_times(Refusal *why, Time now, Time starts, Time ends)
{
    if (starts < now - PAST_MS) return bad(why, "starts", "This lies in the past.");
    if (starts > now + OFFER_MOST_MS) return bad(why, "starts", "At most 365 days ahead.");
    if (ends <= now || ends - starts < OFFER_LEAST_MS) return bad(why, "ends", "A promotion lasts at least 10 minutes.");
    return ends - starts > OFFER_MOST_MS ? bad(why, "ends", "A promotion lasts at most 365 days.") : ERR_OK;
}

static Err check_bundle(Refusal *why, const PromotionNew *in)
{
    i64 units = 0;
    if (!in->has_price) return bad(why, "price", "A bundle has a price.");
    if (in->has_percent || in->has_amount || in->has_cap) return bad(why, "price", "A bundle has a price and nothing else.");
    for (i64 i = 0; i < in->bundle.n; i++) {
        units += in->bundle.p[i].quantity;
        for (i64 k = 0; k < i; k++)
            if (in->bundle.p[k].product.v == in->bundle.p[i].product.v && (in->bundle.p[k].variant.v == 0 ||
                in->bundle.p[i].variant.v == 0 || in->bundle.p[k].variant.v == in->bundle.p[i].variant.v))
                return bad(why, "bundle", "A product stands there twice; give it a quantity.");
    }
    if (units < UNITS_LEAST) return bad(why, "bundle", "A bundle has at least two units.");
    return in->products.n || in->categories.n ? bad(why, "products", "A bundle names its products itself.") : ERR_OK;
}

static Err check_tiers(Refusal *why, const PromotionNew *in)
{
    if (in->tiers.n == 0) return bad(why, "tiers", "Buy more, save more needs at least one step.");
    if (in->has_percent || in->has_amount || in->has_price) return bad(why, "tiers", "The steps say what is taken off.");
    for (i64 i = 0; i < in->tiers.n; i++) {
        const QuantityTier *t = &in->tiers.p[i], *before = i ? t - 1 : NULL;
        if (t->has_percent == t->has_amount) return bad(why, "tiers", "A step has a percentage or an amount.");
        if (!before) continue;
        if (t->least <= before->least) return bad(why, "tiers", "Each step needs more units than the one before.");
        if (t->has_percent != before->has_percent) return bad(why, "tiers", "All steps are percentages, or all are amounts.");
        if (t->has_percent ? t->percent <= before->percent : t->amount.minor <= before->amount.minor)
            return bad(why, "tiers", "Each step takes more off than the one before.");
    }
    return ERR_OK;
}

static Err check_voucher(Refusal *why, const PromotionNew *in, bool platform)
{
    if (in->has_percent + in->has_amount + (in->has_free_shipping && in->free_shipping) != 1)
        return bad(why, "percent", "Give one of percent, amount and free_shipping.");
    if (in->has_cap && in->has_amount) return bad(why, "cap", "An amount is its own ceiling.");
    if (platform && in->has_first_order && in->first_order == FIRST_ORDER_SHOP)
        return bad(why, "first_order", "The platform's vouchers know only the first order of all.");
    if (platform && in->has_followers && in->followers) return bad(why, "followers", "Followers are a shop's.");
    for (size_t i = 0; i < in->code.n; i++) {
        char c = in->code.p[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'))
            return bad(why, "code", "A code is made of capital letters, digits and -.");
    }
    return ERR_OK;
}

static Err check_shipping(Refusal *why, const PromotionNew *in)
{
    bool whole = in->has_free_shipping && in->free_shipping;
    if (in->has_percent || in->has_price) return bad(why, "percent", "Take off an amount, or send free of charge.");
    if (whole == in->has_amount) return bad(why, "amount", "Give one of free_shipping and amount.");
    if (in->has_cap && in->has_amount) return bad(why, "cap", "An amount is its own ceiling.");
    return in->products.n || in->categories.n ? bad(why, "products", "Shipping is of a whole parcel.") : ERR_OK;
}

static Err check_twice(Refusal *why, const PromotionNew *in)
{
    for (i64 i = 0; i < in->products.n; i++)
        for (i64 k = 0; k < i; k++)
            if (in->products.p[k].v == in->products.p[i].v) return bad(why, "products", "A product stands there twice.");
    for (i64 i = 0; i < in->categories.n; i++)
        for (i64 k = 0; k < i; k++)
            if (str_eq_nocase(in->categories.p[k], in->categories.p[i]))
                return bad(why, "categories", "A category stands there twice.");
    return ERR_OK;
}

static Err check_shape(Refusal *why, const PromotionNew *in, bool platform)
{
    bool voucher = in->kind == PROMOTION_KIND_VOUCHER, bundle = in->kind == PROMOTION_KIND_BUNDLE;
    bool quantity = in->kind == PROMOTION_KIND_QUANTITY;
    if (str_trim(in->name).n != in->name.n) return bad(why, "name", "A name does not begin or end with a blank.");
    if (platform && (bundle || quantity)) return bad(why, "kind", "The platform has vouchers and free shipping.");
    if (!bundle && in->bundle.n) return bad(why, "bundle", "Only a bundle has items.");
    if (!quantity && in->tiers.n) return bad(why, "tiers", "Only buy more, save more has steps.");
    if (!bundle && in->has_price) return bad(why, "price", "Only a bundle has a price.");
    if (!voucher && (in->has_per_person || in->has_first_order || in->has_followers || in->code.p))
        return bad(why, "kind", "Only a voucher has a code, or limits for persons.");
    if ((bundle || quantity) && (in->has_budget || in->has_uses))
        return bad(why, "budget", "Bundles and buy more, save more have no budget.");
    if ((bundle || quantity) && (in->has_free_shipping || (in->has_minimum && in->minimum.minor > 0)))
        return bad(why, "minimum", "Bundles and buy more, save more have no minimum and no free shipping.");
    try(check_twice(why, in));
    switch (in->kind) {
    case PROMOTION_KIND_BUNDLE: return check_bundle(why, in);
    case PROMOTION_KIND_QUANTITY: return check_tiers(why, in);
    case PROMOTION_KIND_VOUCHER: return check_voucher(why, in, platform);
    case PROMOTION_KIND_SHIPPING: return check_shipping(why, in);
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- checks against what is there

static Err check_money(Refusal *why, bool has, const char *field, Money m, Currency want)
{
    if (!has || currency_eq(m.currency, want)) return ERR_OK;
    return refuse(why, ERR_CURRENCY, field, "This must be in %s, not in %s.", want.code, m.currency.code);
}

static Err check_currencies(Refusal *why, const PromotionNew *in, Currency want)
{
    try(check_money(why, in->has_amount, "amount", in->amount, want));
    try(check_money(why, in->has_price, "price", in->price, want));
    try(check_money(why, in->has_cap, "cap", in->cap, want));
    try(check_money(why, in->has_minimum, "minimum", in->minimum, want));
    try(check_money(why, in->has_budget, "budget", in->budget, want));
    for (i64 i = 0; i < in->tiers.n; i++) try(check_money(why, in->tiers.p[i].has_amount, "tiers", in->tiers.p[i].amount, want));
    return ERR_OK;
}

// A market's promotions are in the currency of its list; those for everywhere in the shop's own.
static Err currency_of(Tx *tx, ShopId shop, const PromotionNew *in, Str market, Currency *out)
{
    Shop terms;
    PriceListGetRow *list = NULL;
    if (shop.v == 0) {
        if (!in->has_currency) return bad(&tx->why, "currency", "The platform's promotions name their currency.");
        *out = in->currency;
        return ERR_OK;
    }
    try(shop_terms(tx, shop, &terms));
    *out = terms.currency;
    if (!str_eq(market, EVERYWHERE)) try(q_price_list_get(tx, (PriceListGetIn){ .shop = shop, .market = market }, &list));
    if (list) *out = list->currency;
    if (!in->has_currency || currency_eq(in->currency, *out)) return ERR_OK;
    return refuse(&tx->why, ERR_CURRENCY, "currency", "Prices there are in %s, not in %s.", out->code, in->currency.code);
}

static Err check_product(Tx *tx, ShopId shop, ProductId product, VariantId variant, const char *field)
{
    PriceVariantOfProductRow *row;
    PriceVariantGetRow *v = NULL;
    try(q_price_variant_of_product(tx, (PriceVariantOfProductIn){ .product = product }, &row));
    if (variant.v) try(q_price_variant_get(tx, (PriceVariantGetIn){ .variant = variant }, &v));
    bool known = row && (shop.v == 0 || row->shop.v == shop.v) && (variant.v == 0 || (v && v->product.v == product.v));
    return known ? ERR_OK : refuse(&tx->why, ERR_BAD_FIELD, field, "This shop has no such product.");
}

static Err check_products(Tx *tx, ShopId shop, const PromotionNew *in)
{
    for (i64 i = 0; i < in->products.n; i++)
        try(check_product(tx, shop, in->products.p[i], (VariantId){ 0 }, "products"));
    for (i64 i = 0; i < in->bundle.n; i++)
        try(check_product(tx, shop, in->bundle.p[i].product, in->bundle.p[i].variant, "bundle"));
    return ERR_OK;
}

static Err check_room(Tx *tx, const By *by, ShopId shop, const PromotionNew *in)
{
    PromotionOpenRow open;
    PromotionCodeTakenRow *taken = NULL;
    try(q_promotion_open(tx, (PromotionOpenIn){ .shop = shop, .now = by->now }, &open));
    if (open.n >= PROMOTIONS_OPEN_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "At most %d promotions may be open at once.", PROMOTIONS_OPEN_MAX);
    // Only among one's own: a refusal must not tell of another shop's codes.
    if (in->code.p)
        try(q_promotion_code_taken(tx, (PromotionCodeTakenIn){ .shop = shop, .code = in->code, .now = by->now }, &taken));
    return taken ? refuse(&tx->why, ERR_WRONG_STATE, "code", "Another open voucher has that code.") : ERR_OK;
}

static Err check_market(Refusal *why, Str market)
{
    if (str_eq(market, EVERYWHERE)) return ERR_OK;
    bool letters = market.n == 2;
    for (size_t i = 0; i < market.n; i++) letters = letters && market.p[i] >= 'A' && market.p[i] <= 'Z';
    return letters ? ERR_OK : bad(why, "market", "A market is two capital letters (ISO 3166), or * for everywhere.");
}

// ---------------------------------------------------------------------------------------------- writing

static Err put_part(Tx *tx, PromotionPartAddIn part, i64 *position)
{
    part.position = (*position)++;
    return q_promotion_part_add(tx, part);
}

static Err put_parts(Tx *tx, PromotionId id, const PromotionNew *in)
{
    i64 at = 0;
    for (i64 i = 0; i < in->products.n; i++)
        try(put_part(tx, (PromotionPartAddIn){ .promotion = id, .kind = STR("product"), .product = in->products.p[i] }, &at));
    for (i64 i = 0; i < in->categories.n; i++)
        try(put_part(tx, (PromotionPartAddIn){ .promotion = id, .kind = STR("category"), .category = in->categories.p[i] }, &at));
    for (i64 i = 0; i < in->bundle.n; i++)
        try(put_part(tx, (PromotionPartAddIn){ .promotion = id, .kind = STR("item"), .product = in->bundle.p[i].product,
                                               .variant = in->bundle.p[i].variant, .has_quantity = true,
                                               .quantity = in->bundle.p[i].quantity }, &at));
    for (i64 i = 0; i < in->tiers.n; i++) {
        const QuantityTier *t = &in->tiers.p[i];
        try(put_part(tx, (PromotionPartAddIn){ .promotion = id, .kind = STR("tier"), .has_quantity = true, .quantity = t->least,
                                               .has_method = true,
                                               .method = t->has_percent ? PRICE_METHOD_PERCENT : PRICE_METHOD_AMOUNT,
                                               .has_value = true,
                                               .value = t->has_percent ? t->percent * 10000 : t->amount.minor }, &at));
    }
    return ERR_OK;
}

// How it takes off, and how much.
static void set_value(const PromotionNew *in, PromotionInsertIn *row)
{
    bool whole = in->has_free_shipping && in->free_shipping;
    row->shipping = whole || in->kind == PROMOTION_KIND_SHIPPING;
    if (in->kind == PROMOTION_KIND_BUNDLE) {
        row->method = PRICE_METHOD_FIXED;
        row->value = in->price.minor;
    } else if (in->has_amount) {
        row->method = PRICE_METHOD_AMOUNT;
        row->value = in->amount.minor;
    } else {
        row->method = PRICE_METHOD_PERCENT;
        row->value = whole ? ENGINE_WHOLE : in->percent * 10000;
    }
}

Err promotion_add(Tx *tx, const By *by, ShopId shop, const PromotionNew *in, Promotion *out)
{
    Currency currency;
    Str market = in->market.p ? in->market : EVERYWHERE;
    bool voucher = in->kind == PROMOTION_KIND_VOUCHER;
    try(price_may(tx, by, shop));
    try(check_market(&tx->why, market));
    try(check_shape(&tx->why, in, shop.v == 0));
    try(check_times(&tx->why, by->now, in->starts, in->ends));
    try(currency_of(tx, shop, in, market, &currency));
    try(check_currencies(&tx->why, in, currency));
    try(check_products(tx, shop, in));
    try(check_room(tx, by, shop, in));
    PromotionInsertIn row = {
        .id = promotion_id_next(by->ids, by->now), .shop = shop, .kind = in->kind, .name = in->name, .market = market,
        .currency = currency, .starts = in->starts < by->now ? by->now : in->starts, .ends = in->ends,
        .has_cap_minor = in->has_cap, .cap_minor = in->cap.minor, .minimum_minor = in->has_minimum ? in->minimum.minor : 0,
        .has_budget_minor = in->has_budget, .budget_minor = in->budget.minor, .has_uses_most = in->has_uses,
        .uses_most = in->uses, .has_per_person = voucher, .per_person = in->has_per_person ? in->per_person : 1,
        .first_order = in->has_first_order ? in->first_order : FIRST_ORDER_NO, .followers = in->has_followers && in->followers,
        .claimable = voucher && !in->code.p, .code = in->code, .author = { by->who.account }, .now = by->now };
    set_value(in, &row);
    try(q_promotion_insert(tx, row));
    try(put_parts(tx, row.id, in));
    try(promotion_due(tx, by, row.id.v));
    return show_again(tx, row.id, out);
}

Err promotion_change(Tx *tx, const By *by, PromotionId id, const PromotionEdit *in, Promotion *out)
{
    PromotionRowRow *r;
    i64 n;
    try(find(tx, by, id, &r));
    if (in->version != r->version)
        return refuse(&tx->why, ERR_STALE, "version", "The promotion is at version %lld; load it again.", (long long)r->version);
    if (r->ends <= by->now || r->state == PLAN_STATE_ENDED || r->state == PLAN_STATE_CANCELLED)
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This promotion is over.");
    bool begun = r->starts <= by->now;
    if (begun && in->has_starts) return refuse(&tx->why, ERR_WRONG_STATE, "starts", "It has begun already.");
    Time starts = in->has_starts ? in->starts : r->starts, ends = in->has_ends ? in->ends : r->ends;
    try(check_times(&tx->why, begun ? r->starts : by->now, starts, ends));
    if (ends <= by->now) return bad(&tx->why, "ends", "This lies in the past; to end it now, end it.");
    bool limited = r->kind == PROMOTION_KIND_VOUCHER || r->has_budget_minor || r->has_uses_most;
    if ((in->has_budget || in->has_uses) && !limited)
        return bad(&tx->why, "budget", "Uses of this promotion are not counted: it cannot get a budget now.");
    try(check_money(&tx->why, in->has_budget, "budget", in->budget, r->currency));
    try(q_promotion_update(tx, (PromotionUpdateIn){
        .id = id, .version = in->version, .name = in->name.p ? in->name : r->name, .starts = starts, .ends = ends,
        .has_budget_minor = in->has_budget || r->has_budget_minor,
        .budget_minor = in->has_budget ? in->budget.minor : r->budget_minor,
        .has_uses_most = in->has_uses || r->has_uses_most, .uses_most = in->has_uses ? in->uses : r->uses_most }, &n));
    if (n == 0) return bad(&tx->why, in->has_uses ? "uses" : "budget", "More than that is used already.");
    try(promotion_due(tx, by, id.v));
    return show_again(tx, id, out);
}

Err promotion_finish(Tx *tx, const By *by, PromotionId id, Promotion *out)
{
    PromotionRowRow *r;
    i64 n;
    try(find(tx, by, id, &r));
    bool begun = r->starts <= by->now;
    try(q_promotion_stop(tx, (PromotionStopIn){ .id = id, .state = begun ? PLAN_STATE_ENDED : PLAN_STATE_CANCELLED,
                                                .ends = begun ? by->now : r->ends }, &n));
    if (n == 0 || r->ends <= by->now) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This promotion is over already.");
    try(task_cancel(tx, "promotion", id.v));
    return show_again(tx, id, out);
}

// The row changes when it begins and ends: so kept answers that show it are made anew.
Err promotion_due(Tx *tx, const By *by, i64 subject)
{
    PromotionRowRow *r;
    i64 n;
    try(q_promotion_row(tx, (PromotionRowIn){ .id = { subject } }, &r));
    if (!r || r->state == PLAN_STATE_ENDED || r->state == PLAN_STATE_CANCELLED) return ERR_OK;
    if (r->starts > by->now) return task_at(tx, by, "promotion", subject, r->starts);
    try(q_promotion_move(tx, (PromotionMoveIn){ .id = r->id, .state = PLAN_STATE_RUNNING }, &n));
    if (r->ends > by->now) return task_at(tx, by, "promotion", subject, r->ends);
    return q_promotion_move(tx, (PromotionMoveIn){ .id = r->id, .state = PLAN_STATE_ENDED }, &n);
}
