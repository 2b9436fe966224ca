// Which promotions are in reach of a basket and its buyer; the engine chooses among them. Reads only.
#include "pricing/rules.h"

#include "shops/shops.h"

enum { PARTS_PAGE = 500 };               // rows of parts in memory at once

// What is looked up at most once for a basket.
typedef struct Look {
    Tx *tx;
    const PriceAsk *ask;
    const Shopper *who;
    PriceBasket *basket;
    Combination *c;
    i64 room;
    Str *categories;                     // of each line; NULL until asked
} Look;

// ---------------------------------------------------------------------------------------------- scopes

static Err categories(Look *k)
{
    PriceBasket *b = k->basket;
    if (k->categories) return ERR_OK;
    k->categories = arena_new_array(k->tx->a, Str, b->n);
    for (i64 from = 0; from < b->n; from += PRICE_BATCH) {
        ProductId p[PRICE_BATCH] = { 0 };
        i64 n = b->n - from < PRICE_BATCH ? b->n - from : PRICE_BATCH;
        PriceCategoryRowsRowList rows;
        for (i64 i = 0; i < n; i++) p[i] = b->lines[from + i].product;
        try(q_price_category_rows(k->tx, (PriceCategoryRowsIn){ p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9] },
                                  &rows));
        for (i64 i = 0; i < n; i++)
            for (i64 r = 0; r < rows.n; r++)
                if (rows.p[r].product.v == p[i].v) k->categories[from + i] = rows.p[r].category;
    }
    return ERR_OK;
}

static u64 lines_of_shop(const Look *k, const PromotionRowRow *r)
{
    u64 lines = 0;
    for (i64 s = 0; s < k->basket->n_shops; s++) {
        const PriceShop *shop = &k->basket->shops[s];
        if ((r->shop.v && r->shop.v != shop->shop.v) || !currency_eq(shop->currency, r->currency)) continue;
        for (i64 i = shop->first; i < shop->first + shop->n; i++) lines |= UINT64_C(1) << i;
    }
    return lines;
}

static u64 lines_of_product(const Look *k, ProductId product, VariantId variant)
{
    u64 lines = 0;
    for (i64 i = 0; i < k->basket->n; i++)
        if (k->basket->lines[i].product.v == product.v && (variant.v == 0 || k->basket->lines[i].variant.v == variant.v))
            lines |= UINT64_C(1) << i;
    return lines;
}

static u64 lines_of_category(const Look *k, Str category)
{
    u64 lines = 0;
    for (i64 i = 0; i < k->basket->n; i++)
        if (str_eq_nocase(k->categories[i], category)) lines |= UINT64_C(1) << i;
    return lines;
}

// One part more of what a promotion is for, what it holds, or its steps.
static void add_part(Look *k, const PromotionPartRowsRow *part, Candidate *x)
{
    EnginePromotion *out = &x->shape;
    if (str_eq(part->kind, STR("product"))) {
        x->limited = true;
        out->lines |= lines_of_product(k, part->product, (VariantId){ 0 }) & x->reach;
        out->narrow = out->narrow == 2 ? 0 : out->narrow;
    } else if (str_eq(part->kind, STR("category"))) {
        x->limited = true;
        out->lines |= lines_of_category(k, part->category) & x->reach;
        out->narrow = 1;                             // a category beside products is as wide as a category
    } else if (str_eq(part->kind, STR("item"))) {
        must(out->n_items < ENGINE_ITEMS_MAX);
        u64 lines = lines_of_product(k, part->product, part->variant) & x->reach;
        out->items[out->n_items++] = (EngineItem){ lines, part->quantity };
        out->lines |= lines;
    } else {
        must(out->n_tiers < ENGINE_TIERS_MAX);
        out->tiers[out->n_tiers++] = (EngineTier){ part->quantity, part->method, part->value };
    }
}

static EngineStep step_of(const PromotionRowRow *r)
{
    switch (r->kind) {
    case PROMOTION_KIND_BUNDLE: return ENGINE_BUNDLE;
    case PROMOTION_KIND_QUANTITY: return ENGINE_QUANTITY;
    case PROMOTION_KIND_SHIPPING: return ENGINE_SHIPPING;
    case PROMOTION_KIND_VOUCHER: break;
    }
    return r->shipping ? ENGINE_SHIPPING_VOUCHER : ENGINE_GOODS;
}

static EnginePromotion shape_of(const PromotionRowRow *r)
{
    return (EnginePromotion){ .step = step_of(r), .platform = r->shop.v == 0, .method = r->method, .value = r->value,
                              .cap = r->has_cap_minor ? r->cap_minor : 0, .minimum = r->minimum_minor,
                              .has_budget = r->has_budget_minor, .budget = r->budget_minor - r->used_minor, .narrow = 2 };
}

// ---------------------------------------------------------------------------------------------- gathering

static Candidate *add_candidate(Look *k, const PromotionRowRow *row)
{
    Combination *c = k->c;
    if (c->n == k->room) {
        i64 room = k->room ? 2 * k->room : 16;
        Candidate *all = arena_new_array(k->tx->a, Candidate, room);
        for (i64 i = 0; i < c->n; i++) all[i] = c->candidates[i];
        c->candidates = all;
        k->room = room;
    }
    c->candidates[c->n] = (Candidate){ .row = *row, .engine = -1, .reach = lines_of_shop(k, row), .shape = shape_of(row),
                                       .limited = row->kind == PROMOTION_KIND_BUNDLE };
    return &c->candidates[c->n++];
}

// Which parts: those of a shop's automatic promotions, or of a wallet's vouchers.
typedef struct PartsOf { ShopId shop; AccountId buyer; } PartsOf;

static Err page_of_parts(Look *k, const PartsOf *of, const PromotionPartRowsRow *after, PromotionPartRowsRowList *out)
{
    if (of->buyer.v)
        return q_promotion_part_of_wallet(k->tx, (PromotionPartOfWalletIn){
            .buyer = of->buyer, .now = k->ask->now, .after = after->promotion, .position = after->position,
            .limit = PARTS_PAGE }, out);
    return q_promotion_part_of_shop(k->tx, (PromotionPartOfShopIn){
        .shop = of->shop, .now = k->ask->now, .after = after->promotion, .position = after->position, .limit = PARTS_PAGE }, out);
}

// All parts, however many: a promotion that lacked one would be for other goods than it says. A page is forgotten when it has
// been read, so the categories must lie there before.
static Err add_parts(Look *k, const PartsOf *of, i64 first)
{
    PromotionPartRowsRowList rows;
    PromotionPartRowsRow after = { .position = -1 };
    if (k->c->n == first) return ERR_OK;
    try(categories(k));
    do {
        ArenaMark mark = arena_mark(k->tx->a);
        i64 at = first;
        try(page_of_parts(k, of, &after, &rows));
        for (i64 i = 0; i < rows.n; i++) {
            const PromotionPartRowsRow *part = &rows.p[i];
            if (at == k->c->n || k->c->candidates[at].row.id.v != part->promotion.v)
                for (at = first; at < k->c->n && k->c->candidates[at].row.id.v != part->promotion.v; at++) {}
            if (at < k->c->n) add_part(k, part, &k->c->candidates[at]);
        }
        if (rows.n) after = (PromotionPartRowsRow){ .promotion = rows.p[rows.n - 1].promotion,
                                                    .position = rows.p[rows.n - 1].position };
        arena_rewind(k->tx->a, mark);
    } while (rows.n == PARTS_PAGE);
    return ERR_OK;
}

static Err add_automatic(Look *k, ShopId shop)
{
    PromotionRowRowList rows;
    i64 first = k->c->n;
    try(q_promotion_automatic(k->tx, (PromotionAutomaticIn){ .shop = shop, .now = k->ask->now }, &rows));
    for (i64 i = 0; i < rows.n; i++) add_candidate(k, &rows.p[i]);
    return add_parts(k, &(PartsOf){ .shop = shop }, first);
}

PromotionRowRow price_wallet_row(const WalletRowsRow *w)
{
    return (PromotionRowRow){
        .id = w->id, .shop = w->shop, .kind = w->kind, .name = w->name, .market = w->market, .currency = w->currency,
        .starts = w->starts, .ends = w->ends, .state = w->state, .method = w->method, .value = w->value, .shipping = w->shipping,
        .has_cap_minor = w->has_cap_minor, .cap_minor = w->cap_minor, .minimum_minor = w->minimum_minor,
        .has_budget_minor = w->has_budget_minor, .budget_minor = w->budget_minor, .has_uses_most = w->has_uses_most,
        .uses_most = w->uses_most, .has_per_person = w->has_per_person, .per_person = w->per_person,
        .first_order = w->first_order, .followers = w->followers, .claimable = w->claimable, .code = w->code, .used = w->used,
        .used_minor = w->used_minor, .version = w->version, .created = w->created };
}

static bool named(const PriceAsk *ask, PromotionId id)
{
    if (!ask->has_vouchers) return true;
    for (i64 i = 0; i < ask->vouchers.n; i++)
        if (ask->vouchers.p[i].v == id.v) return true;
    return false;
}

static Err add_wallet(Look *k)
{
    WalletRowsRowList rows;
    i64 first = k->c->n;
    if (k->who->account.v == 0 || (k->ask->has_vouchers && k->ask->vouchers.n == 0)) return ERR_OK;
    try(q_wallet_rows(k->tx, (WalletRowsIn){ .buyer = k->who->account, .now = k->ask->now }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        PromotionRowRow row = price_wallet_row(&rows.p[i]);
        if (named(k->ask, row.id)) add_candidate(k, &row)->mine = rows.p[i].mine;
    }
    return add_parts(k, &(PartsOf){ .buyer = k->who->account }, first);
}

// For the simulator: everything of the shop and of the platform that is not long over, and each one's parts.
static Err add_around(Look *k, ShopId shop)
{
    PromotionRowRowList rows;
    enum { LONG_OVER_DAYS = 30 };
    Time since = k->ask->now - (i64)LONG_OVER_DAYS * DAY_MS;
    try(categories(k));
    try(q_promotion_around(k->tx, (PromotionAroundIn){ .shop = shop, .since = since }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        PromotionPartRowsRowList parts;
        Candidate *x = add_candidate(k, &rows.p[i]);
        if (x->row.kind == PROMOTION_KIND_VOUCHER && !named(k->ask, x->row.id)) x->outcome = PROMOTION_OUTCOME_UNCLAIMED;
        ArenaMark mark = arena_mark(k->tx->a);
        try(q_promotion_part_rows(k->tx, (PromotionPartRowsIn){ .promotion = rows.p[i].id }, &parts));
        for (i64 p = 0; p < parts.n; p++) add_part(k, &parts.p[p], x);
        arena_rewind(k->tx->a, mark);
    }
    return ERR_OK;
}

static Err gather(Look *k)
{
    for (i64 s = 0; s < k->basket->n_shops; s++)
        try(k->who->simulated ? add_around(k, k->basket->shops[s].shop) : add_automatic(k, k->basket->shops[s].shop));
    try(k->who->simulated ? add_around(k, (ShopId){ 0 }) : add_automatic(k, (ShopId){ 0 }));
    return k->who->simulated ? ERR_OK : add_wallet(k);
}

// ---------------------------------------------------------------------------------------------- who and when

static Err is_first(Look *k, i64 subject, bool *out)
{
    BuyerCountGetRow *row;
    *out = k->who->first_order;
    if (k->who->simulated) return ERR_OK;
    try(q_buyer_count_get(k->tx, (BuyerCountGetIn){ .buyer = k->who->account, .kind = STR("order"), .subject = subject }, &row));
    *out = !row || row->n == 0;
    return ERR_OK;
}

static bool in_basket(const Look *k, ShopId shop)
{
    for (i64 s = 0; s < k->basket->n_shops; s++)
        if (k->basket->shops[s].shop.v == shop.v) return true;
    return false;
}

static bool in_currency(const Look *k, const PromotionRowRow *r)
{
    for (i64 s = 0; s < k->basket->n_shops; s++)
        if ((r->shop.v == 0 || r->shop.v == k->basket->shops[s].shop.v) && currency_eq(k->basket->shops[s].currency, r->currency))
            return true;
    return false;
}

static PromotionOutcome plain_outcome(const Look *k, const Candidate *x)
{
    const PromotionRowRow *r = &x->row;
    if (r->starts > k->ask->now) return PROMOTION_OUTCOME_NOT_STARTED;
    if (r->ends <= k->ask->now) return PROMOTION_OUTCOME_OVER;
    if (r->shop.v && !in_basket(k, r->shop)) return PROMOTION_OUTCOME_OTHER_SHOP;
    if (!str_eq(r->market, EVERYWHERE) && !str_eq(r->market, k->ask->country)) return PROMOTION_OUTCOME_MARKET;
    if (!in_currency(k, r)) return PROMOTION_OUTCOME_CURRENCY;
    if (r->has_uses_most && r->used >= r->uses_most) return PROMOTION_OUTCOME_USES;
    if (r->has_budget_minor && r->used_minor >= r->budget_minor) return PROMOTION_OUTCOME_BUDGET;
    if (r->has_per_person && x->mine >= r->per_person) return PROMOTION_OUTCOME_PERSON;
    return PROMOTION_OUTCOME_APPLIED;
}

static Err judge(Look *k, Candidate *x)
{
    const PromotionRowRow *r = &x->row;
    bool yes = true;
    if (x->outcome == PROMOTION_OUTCOME_APPLIED) x->outcome = plain_outcome(k, x);
    if (x->outcome != PROMOTION_OUTCOME_APPLIED) return ERR_OK;
    if (r->first_order != FIRST_ORDER_NO) try(is_first(k, r->first_order == FIRST_ORDER_SHOP ? r->shop.v : 0, &yes));
    if (!yes) x->outcome = PROMOTION_OUTCOME_FIRST_ORDER;
    if (!yes || !r->followers) return ERR_OK;
    yes = k->who->follower;
    if (!k->who->simulated) try(shop_follows(k->tx, k->who->account, r->shop, &yes));
    if (!yes) x->outcome = PROMOTION_OUTCOME_FOLLOWER;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- asking the engine

static void ask_engine(Look *k)
{
    Combination *c = k->c;
    PriceBasket *b = k->basket;
    EngineBasket *e = &c->engine;
    *e = (EngineBasket){ .lines = arena_new_array(k->tx->a, EngineLine, b->n), .n = b->n,
                         .shops = arena_new_array(k->tx->a, EngineShop, b->n_shops), .n_shops = b->n_shops };
    for (i64 i = 0; i < b->n; i++)
        e->lines[i] = (EngineLine){ .price = b->lines[i].price.minor, .quantity = b->lines[i].quantity };
    for (i64 s = 0; s < b->n_shops; s++)
        e->shops[s] = (EngineShop){ .first = b->shops[s].first, .n = b->shops[s].n, .shipping = b->shops[s].shipping };
    e->promotions = arena_new_array(k->tx->a, EnginePromotion, c->n);
    bool full = false;
    for (i64 i = 0; i < c->n; i++) {
        Candidate *x = &c->candidates[i];
        EnginePromotion p = x->shape;
        if (x->outcome != PROMOTION_OUTCOME_APPLIED) continue;
        if (!x->limited) p.lines = x->reach;
        if (p.lines == 0) x->outcome = PROMOTION_OUTCOME_OUT_OF_SCOPE;
        else if (e->n_promotions == ENGINE_PROMOTIONS_MAX) full = true;
        else {
            x->engine = e->n_promotions;
            e->promotions[e->n_promotions++] = p;
        }
    }
    engine_solve(k->tx->a, e);
    e->cut = e->cut || full;
    for (i64 i = 0; i < c->n; i++)
        if (c->candidates[i].engine >= 0) c->candidates[i].outcome = e->promotions[c->candidates[i].engine].outcome;
}

static const Candidate *candidate_of(const Combination *c, i64 engine)
{
    for (i64 i = 0; i < c->n; i++)
        if (c->candidates[i].engine == engine) return &c->candidates[i];
    must(false);
    return NULL;
}

static Discount discount_of(const Combination *c, const EngineCut *cut)
{
    const PromotionRowRow *r = &candidate_of(c, cut->promotion)->row;
    return (Discount){ .promotion = r->id, .kind = r->kind, .name = r->name,
                       .funder = r->shop.v ? FUNDER_SELLER : FUNDER_PLATFORM, .amount = { cut->amount, r->currency } };
}

static void write_basket(Arena *a, const Combination *c, PriceBasket *b)
{
    _Static_assert((int)ENGINE_CUTS_MAX <= (int)PRICE_DISCOUNTS_MAX, "a line's cuts are its discounts");
    for (i64 i = 0; i < b->n; i++) {
        PriceLine *line = &b->lines[i];
        line->by_seller = line->by_platform = line->n_discounts = 0;
        for (i64 k = 0; k < c->engine.lines[i].n_cuts; k++) {
            Discount d = discount_of(c, &c->engine.lines[i].cuts[k]);
            line->discounts[line->n_discounts++] = d;
            *(d.funder == FUNDER_SELLER ? &line->by_seller : &line->by_platform) += d.amount.minor;
        }
        must(line->by_seller + line->by_platform <= line->price.minor * line->quantity);
    }
    for (i64 s = 0; s < b->n_shops; s++) {
        PriceShop *shop = &b->shops[s];
        shop->shipping_by_seller = shop->shipping_by_platform = shop->n_discounts = 0;
        for (i64 k = 0; k < c->engine.shops[s].n_cuts; k++) {
            Discount d = discount_of(c, &c->engine.shops[s].cuts[k]);
            shop->discounts[shop->n_discounts++] = d;
            *(d.funder == FUNDER_SELLER ? &shop->shipping_by_seller : &shop->shipping_by_platform) += d.amount.minor;
        }
        must(shop->shipping_by_seller + shop->shipping_by_platform <= shop->shipping);
    }
    b->used = (VoucherIdList){ arena_new_array(a, VoucherId, c->n), 0 };
    for (i64 i = 0; i < c->n; i++) {
        const Candidate *x = &c->candidates[i];
        if (x->row.kind == PROMOTION_KIND_VOUCHER && x->outcome == PROMOTION_OUTCOME_APPLIED && x->engine >= 0)
            b->used.p[b->used.n++] = (VoucherId){ x->row.id.v };
    }
}

Err price_combine(Tx *tx, const PriceAsk *ask, const Shopper *who, PriceBasket *basket, Combination *c)
{
    must(basket->n <= PRICE_LINES_MAX && basket->n_shops <= PRICE_SHOPS_MAX);
    *c = (Combination){ 0 };
    Look k = { .tx = tx, .ask = ask, .who = who, .basket = basket, .c = c };
    try(gather(&k));
    for (i64 i = 0; i < c->n; i++) try(judge(&k, &c->candidates[i]));
    ask_engine(&k);
    write_basket(tx->a, c, basket);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- vouchers by name

static const char *sentence(PromotionOutcome o)
{
    switch (o) {
    case PROMOTION_OUTCOME_BELOW_MINIMUM: return "Its minimum is not reached.";
    case PROMOTION_OUTCOME_OUT_OF_SCOPE: return "It is for other products.";
    case PROMOTION_OUTCOME_BUDGET: case PROMOTION_OUTCOME_USES: return "It has been used up.";
    case PROMOTION_OUTCOME_NOT_STARTED: return "It has not begun yet.";
    case PROMOTION_OUTCOME_OVER: return "It is over.";
    case PROMOTION_OUTCOME_MARKET: return "It does not hold where this is sent to.";
    case PROMOTION_OUTCOME_CURRENCY: return "It is in another currency.";
    case PROMOTION_OUTCOME_FIRST_ORDER: return "It is for a first order.";
    case PROMOTION_OUTCOME_FOLLOWER: return "It is for people who follow the shop.";
    case PROMOTION_OUTCOME_PERSON: return "You have used it as often as one person may.";
    case PROMOTION_OUTCOME_OTHER_SHOP: return "It is for another shop.";
    case PROMOTION_OUTCOME_NOTHING_LEFT: return "There is nothing that it could be taken off.";
    default: return "It does not go together with the others: one voucher a shop, one of the platform, one for shipping.";
    }
}

// Each voucher that was named has to be used: a basket that quietly leaves one out is not what its buyer asked for.
static Err check_named(Tx *tx, const PriceAsk *ask, const Combination *c)
{
    for (i64 i = 0; i < ask->vouchers.n && ask->has_vouchers; i++) {
        const Candidate *found = NULL;
        for (i64 k = 0; k < c->n && !found; k++)
            if (c->candidates[k].row.kind == PROMOTION_KIND_VOUCHER && c->candidates[k].row.id.v == ask->vouchers.p[i].v)
                found = &c->candidates[k];
        if (!found && ask->buyer.v == 0) return refuse(&tx->why, ERR_VOUCHER, "vouchers", "Sign in to use a voucher.");
        if (!found) return refuse(&tx->why, ERR_VOUCHER, "vouchers", "That voucher is not in your wallet, or it is over.");
        if (found->outcome == PROMOTION_OUTCOME_APPLIED) continue;
        return refuse(&tx->why, ERR_VOUCHER, "vouchers", "%.*s: %s", STR_ARG(str_slice(found->row.name, 0, 60)),
                      sentence(found->outcome));
    }
    return ERR_OK;
}

Err pricing_promotions(Tx *tx, const PriceAsk *ask, PriceBasket *basket)
{
    Combination c;
    Shopper who = { .account = ask->buyer };
    try(price_combine(tx, ask, &who, basket, &c));
    return check_named(tx, ask, &c);
}
