// What a checkout takes of promotions and offers, and gives back. Every limit is decided by a conditional update: of two that
// want the last voucher the second changes no row.
#include "pricing/rules.h"

#include "base/log.h"

#define NO_LIMIT INT64_C(1000000000)

// A promotion's part in a basket.
typedef struct Use { PromotionId id; i64 minor; } Use;
typedef struct UseList { Use *p; i64 n; } UseList;

// ---------------------------------------------------------------------------------------------- taking

static void note_use(UseList *all, const Discount *d)
{
    i64 at = 0;
    while (at < all->n && all->p[at].id.v < d->promotion.v) at++;
    if (at == all->n || all->p[at].id.v != d->promotion.v) {
        for (i64 i = all->n++; i > at; i--) all->p[i] = all->p[i - 1];
        all->p[at] = (Use){ .id = d->promotion };
    }
    all->p[at].minor += d->amount.minor;
}

// By rising id, so that two checkouts never wait for each other crosswise (PostgreSQL).
static UseList uses_of(Arena *a, const PriceBasket *b)
{
    i64 most = 0;
    for (i64 i = 0; i < b->n; i++) most += b->lines[i].n_discounts;
    for (i64 s = 0; s < b->n_shops; s++) most += b->shops[s].n_discounts;
    UseList all = { arena_new_array(a, Use, most), 0 };
    for (i64 i = 0; i < b->n; i++)
        for (i64 k = 0; k < b->lines[i].n_discounts; k++) note_use(&all, &b->lines[i].discounts[k]);
    for (i64 s = 0; s < b->n_shops; s++)
        for (i64 k = 0; k < b->shops[s].n_discounts; k++) note_use(&all, &b->shops[s].discounts[k]);
    return all;
}

static Err note(Tx *tx, const By *by, PricingUsePutIn use)
{
    i64 n;
    use.buyer = (AccountId){ by->who.account };
    use.now = by->now;
    try(q_pricing_use_put(tx, use, &n));
    must(n == 1);                                             // once a checkout, unless it was given back
    return ERR_OK;
}

static Err gone(Tx *tx, const PromotionRowRow *r, const char *text)
{
    return refuse(&tx->why, ERR_VOUCHER, "vouchers", "%.*s: %s", STR_ARG(str_slice(r->name, 0, 60)), text);
}

static Err take_promotion(Tx *tx, const By *by, CheckoutId checkout, Use use, PromotionRowRow **row)
{
    PromotionRowRow *r;
    i64 n;
    AccountId buyer = { by->who.account };
    try(q_promotion_row(tx, (PromotionRowIn){ .id = use.id }, &r));
    *row = r;
    must(r != NULL);
    bool voucher = r->kind == PROMOTION_KIND_VOUCHER, counted = voucher || r->has_budget_minor || r->has_uses_most;
    if (counted) {
        try(q_promotion_use(tx, (PromotionUseIn){ .id = use.id, .n = 1, .minor = use.minor, .now = by->now }, &n));
        if (n == 0) return gone(tx, r, "It has been used up, or it is over.");
    }
    if (voucher) {
        try(q_claim_use(tx, (ClaimUseIn){ .buyer = buyer, .promotion = use.id,
                                          .most = r->has_per_person ? r->per_person : NO_LIMIT }, &n));
        if (n == 0) return gone(tx, r, "You have used it as often as one person may.");
    }
    return note(tx, by, (PricingUsePutIn){ .checkout = checkout, .kind = counted ? STR("voucher") : STR("promotion"),
                                           .subject = use.id.v, .n = 1, .minor = use.minor });
}

// Units of an offer that a buyer may have only so many of.
static Err take_offer(Tx *tx, const By *by, CheckoutId checkout, const PriceLine *line)
{
    PriceItemGetRow *item = NULL;
    i64 n = 0;
    if (line->offer.v == 0 || by->who.account == 0) return ERR_OK;
    try(q_price_item_get(tx, (PriceItemGetIn){ .offer = line->offer, .variant = line->variant }, &item));
    if (!item || !item->has_per_buyer) return ERR_OK;
    if (line->quantity <= item->per_buyer)
        try(q_buyer_count_add(tx, (BuyerCountAddIn){ .buyer = { by->who.account }, .kind = STR("offer"),
                                                     .subject = line->offer.v, .variant = line->variant, .n = line->quantity,
                                                     .most = item->per_buyer }, &n));
    if (n == 0)
        return refuse(&tx->why, ERR_LIMIT, "quantity", "One buyer may have at most %lld of this at that price.",
                      (long long)item->per_buyer);
    return note(tx, by, (PricingUsePutIn){ .checkout = checkout, .kind = STR("offer"), .subject = line->offer.v,
                                           .variant = line->variant, .n = line->quantity });
}

// An order in a shop (0: anywhere). `first`: the voucher that is for a first order only, or NULL.
static Err take_order(Tx *tx, const By *by, CheckoutId checkout, i64 shop, const PromotionRowRow *first)
{
    i64 n;
    if (by->who.account == 0) return ERR_OK;
    try(q_buyer_count_add(tx, (BuyerCountAddIn){ .buyer = { by->who.account }, .kind = STR("order"), .subject = shop, .n = 1,
                                                 .most = first ? 1 : NO_LIMIT }, &n));
    if (n == 0) {
        must(first != NULL);
        return gone(tx, first, "It is for a first order.");
    }
    return note(tx, by, (PricingUsePutIn){ .checkout = checkout, .kind = STR("order"), .subject = shop, .n = 1 });
}

static const PromotionRowRow *first_order_of(PromotionRowRow *const *rows, i64 n, FirstOrder whose, ShopId shop)
{
    for (i64 i = 0; i < n; i++)
        if (rows[i]->first_order == whose && (whose == FIRST_ORDER_PLATFORM || rows[i]->shop.v == shop.v)) return rows[i];
    return NULL;
}

Err pricing_take(Tx *tx, const By *by, CheckoutId checkout, const PriceBasket *basket)
{
    UseList uses = uses_of(tx->a, basket);
    PromotionRowRow **rows = arena_new_array(tx->a, PromotionRowRow *, uses.n);
    for (i64 i = 0; i < uses.n; i++) try(take_promotion(tx, by, checkout, uses.p[i], &rows[i]));
    for (i64 i = 0; i < basket->n; i++) try(take_offer(tx, by, checkout, &basket->lines[i]));
    try(take_order(tx, by, checkout, 0, first_order_of(rows, uses.n, FIRST_ORDER_PLATFORM, (ShopId){ 0 })));
    for (i64 s = 0; s < basket->n_shops; s++) {
        ShopId shop = basket->shops[s].shop;
        try(take_order(tx, by, checkout, shop.v, first_order_of(rows, uses.n, FIRST_ORDER_SHOP, shop)));
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- giving back

static Err broken(Tx *tx, const PricingUseBackRow *use)
{
    log_event(LOG_ERROR, (Str){ 0 }, "pricing", "%.*s %lld counts less than its uses", STR_ARG(use->kind),
              (long long)use->subject);
    return refuse(&tx->why, ERR_INTERNAL, NULL, "The counters of this promotion need the operator.");
}

static Err give_back(Tx *tx, const PricingUseBackRow *u)
{
    i64 n = 1;
    if (str_eq(u->kind, STR("voucher"))) {
        PromotionRowRow *r;
        PromotionId id = { u->subject };
        try(q_promotion_row(tx, (PromotionRowIn){ .id = id }, &r));
        try(q_promotion_unuse(tx, (PromotionUnuseIn){ .id = id, .n = u->n, .minor = u->minor }, &n));
        if (n == 1 && r->kind == PROMOTION_KIND_VOUCHER)
            try(q_claim_unuse(tx, (ClaimUnuseIn){ .buyer = u->buyer, .promotion = id }, &n));
    } else if (!str_eq(u->kind, STR("promotion")) && u->buyer.v) {
        try(q_buyer_count_take(tx, (BuyerCountTakeIn){ .buyer = u->buyer, .kind = u->kind, .subject = u->subject,
                                                       .variant = u->variant, .n = u->n }, &n));
    }
    return n == 1 ? ERR_OK : broken(tx, u);
}

Err pricing_give_back(Tx *tx, const By *by, CheckoutId checkout)
{
    PricingUseBackRowList rows;
    try(q_pricing_use_back(tx, (PricingUseBackIn){ .checkout = checkout, .now = by->now }, &rows));
    for (i64 i = 0; i < rows.n; i++) try(give_back(tx, &rows.p[i]));
    return ERR_OK;
}
