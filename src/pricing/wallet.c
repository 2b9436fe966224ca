// Vouchers as shoppers see them: what a shop or the platform offers, and what a wallet holds.
#include "pricing/rules.h"

#include "shops/shops.h"

typedef struct Facts { bool claimed; i64 used; Time now; } Facts;

static Err view(Tx *tx, const PromotionRowRow *r, Facts f, Voucher *out)
{
    PromotionPartRowsRowList parts;
    Currency c = r->currency;
    bool whole = r->shipping && r->method == PRICE_METHOD_PERCENT && r->value == ENGINE_WHOLE;
    try(q_promotion_part_rows(tx, (PromotionPartRowsIn){ .promotion = r->id }, &parts));
    *out = (Voucher){ .id = { r->id.v }, .funder = r->shop.v ? FUNDER_SELLER : FUNDER_PLATFORM, .name = r->name,
                      .market = r->market, .free_shipping = whole, .has_cap = r->has_cap_minor, .cap = { r->cap_minor, c },
                      .has_minimum = r->minimum_minor > 0, .minimum = { r->minimum_minor, c }, .first_order = r->first_order,
                      .followers = r->followers, .scoped = parts.n > 0, .starts = r->starts, .ends = r->ends,
                      .claimed = f.claimed };
    out->has_percent = !whole && r->method == PRICE_METHOD_PERCENT;
    out->percent = r->value / 10000;
    out->has_amount = r->method == PRICE_METHOD_AMOUNT;
    out->amount = (Money){ r->value, c };
    bool left = !(r->has_uses_most && r->used >= r->uses_most) && !(r->has_budget_minor && r->used_minor >= r->budget_minor);
    out->has_left = f.claimed && r->has_per_person;
    out->left = r->per_person > f.used ? r->per_person - f.used : 0;
    out->usable = left && r->starts <= f.now && !(out->has_left && out->left == 0);
    if (r->shop.v == 0) return ERR_OK;
    out->shop = arena_new(tx->a, ShopCard);
    return shop_card(tx, r->shop, out->shop);
}

Err vouchers_public(Tx *tx, const By *by, ShopId shop, VoucherPage *out)
{
    PromotionRowRowList rows;
    ShopCard card;
    if (shop.v) try(shop_card(tx, shop, &card));
    try(q_promotion_public(tx, (PromotionPublicIn){ .shop = shop, .now = by->now }, &rows));
    out->items = (VoucherList){ arena_new_array(tx->a, Voucher, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        ClaimGetRow *claim = NULL;
        if (by->who.account)
            try(q_claim_get(tx, (ClaimGetIn){ .buyer = { by->who.account }, .promotion = rows.p[i].id }, &claim));
        try(view(tx, &rows.p[i], (Facts){ claim != NULL, claim ? claim->used : 0, by->now }, &out->items.p[i]));
    }
    return ERR_OK;
}

Err wallet_open(Tx *tx, const By *by, VoucherPage *out)
{
    WalletRowsRowList rows;
    try(q_wallet_rows(tx, (WalletRowsIn){ .buyer = { by->who.account }, .now = by->now }, &rows));
    out->items = (VoucherList){ arena_new_array(tx->a, Voucher, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        PromotionRowRow row = price_wallet_row(&rows.p[i]);
        try(view(tx, &row, (Facts){ true, rows.p[i].mine, by->now }, &out->items.p[i]));
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- claiming

static Err claim(Tx *tx, const By *by, PromotionId id)
{
    WalletSizeRow size;
    ClaimGetRow *have;
    AccountId buyer = { by->who.account };
    i64 n;
    try(q_claim_get(tx, (ClaimGetIn){ .buyer = buyer, .promotion = id }, &have));
    if (have) return ERR_OK;
    try(q_wallet_size(tx, (WalletSizeIn){ .buyer = buyer, .now = by->now }, &size));
    if (size.n >= WALLET_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "A wallet holds at most %d vouchers.", WALLET_MAX);
    return q_claim_put(tx, (ClaimPutIn){ .buyer = buyer, .promotion = id, .now = by->now }, &n);
}

// People type small letters and blanks.
static Str code_form(Arena *a, Str in)
{
    char *text = arena_alloc(a, in.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < in.n; i++) {
        char c = in.p[i];
        if (c == ' ') continue;
        text[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (Str){ text, n };
}

Err wallet_claim(Tx *tx, const By *by, const VoucherClaim *in)
{
    PromotionRowRowList rows;
    PromotionRowRow *r;
    if ((in->voucher.v != 0) == (in->code.p != NULL))
        return refuse(&tx->why, ERR_BAD_FIELD, "code", "Give a voucher or a code.");
    if (in->voucher.v) {
        try(q_promotion_row(tx, (PromotionRowIn){ .id = { in->voucher.v } }, &r));
        bool open = r && r->kind == PROMOTION_KIND_VOUCHER && r->claimable && r->ends > by->now;
        if (open && r->state != PLAN_STATE_CANCELLED) return claim(tx, by, r->id);
        return refuse(&tx->why, ERR_NOT_FOUND, "voucher", "There is no such voucher.");
    }
    // Several shops may have thought of the same word: then all of theirs are claimed.
    try(q_promotion_of_code(tx, (PromotionOfCodeIn){ .code = code_form(tx->a, in->code), .now = by->now }, &rows));
    if (rows.n == 0) return refuse(&tx->why, ERR_NOT_FOUND, "code", "No voucher has that code.");
    for (i64 i = 0; i < rows.n; i++) try(claim(tx, by, rows.p[i].id));
    return ERR_OK;
}
