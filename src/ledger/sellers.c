// Sellers: what they have and what is on its way, tier, schedule, payout account and its verification. No HTTP, no JSON, no
// clock.
#include "ledger/sellers.h"

#include "api/task.h"
#include "shops/shops.h"

// ---------------------------------------------------------------------------------------------- rows

Err seller_row(Tx *tx, ShopId shop, LedgerShopRowRow *out)
{
    LedgerShopRowRow *row;
    try(q_ledger_shop_row(tx, (LedgerShopRowIn){ .shop = shop }, &row));
    *out = row ? *row : (LedgerShopRowRow){ .shop = shop, .schedule = PAYOUT_SCHEDULE_MANUAL };
    return ERR_OK;
}

SellerTier seller_tier(const LedgerShopRowRow *row, Time now)
{
    LedgerShopGetRow shop = { .shop = row->shop, .has_tier = row->has_tier, .tier = row->tier, .deliveries = row->deliveries,
                              .has_first_delivered = row->has_first_delivered, .first_delivered = row->first_delivered };
    return book_tier(&shop, now);
}

Err seller_account(Tx *tx, const By *by, const LedgerShopRowRow *row, bool whole, PayoutAccount **out)
{
    PayoutAccountNew in;
    *out = NULL;
    if (row->account.v == 0) return ERR_OK;
    try(bank_open(tx, by, row->account, row->payout_account, &in));
    *out = arena_new(tx->a, PayoutAccount);
    **out = (PayoutAccount){ .state = row->has_verified ? PAYOUT_ACCOUNT_STATE_VERIFIED : PAYOUT_ACCOUNT_STATE_GIVEN,
                             .holder = in.holder, .bank = in.bank, .number = whole ? in.number : bank_masked(tx->a, in.number),
                             .bic = in.bic, .bank_code = in.bank_code, .given = row->given, .has_verified = row->has_verified,
                             .verified = row->verified };
    return ERR_OK;
}

Err seller_least(Tx *tx, Str country, Currency currency, i64 *out)
{
    Currency own;
    *out = 1;
    try(market_currency(tx, country, &own));
    if (!currency_eq(own, currency)) return ERR_OK;
    try(market_number(tx, country, MARKET_RULE_PAYOUT_LEAST_MINOR, out));
    if (*out < 1) *out = 1;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- what a seller has

static SellerBalance *balance_in(SellerBalanceList *all, Currency c)
{
    for (i64 i = 0; i < all->n; i++)
        if (currency_eq(all->p[i].currency, c)) return &all->p[i];
    must(all->n <= 4 * LEDGER_CURRENCIES_MAX);               // each of four questions gives at most so many
    all->p[all->n] = (SellerBalance){ .currency = c };
    return &all->p[all->n++];
}

// One for each currency in which the shop has or expects anything, its own (if it is named) first.
static Err balances_of(Tx *tx, ShopId shop, const Currency *own, SellerBalanceList *out)
{
    *out = (SellerBalanceList){ arena_new_array(tx->a, SellerBalance, 4 * LEDGER_CURRENCIES_MAX + 1), 0 };
    if (own) balance_in(out, *own);
    LedgerBalancesOfRowList have;
    try(q_ledger_balances_of(tx, (LedgerBalancesOfIn){ .shop = shop }, &have));
    for (i64 i = 0; i < have.n; i++) balance_in(out, have.p[i].currency)->available = have.p[i].available;
    LedgerComingRowList coming;
    try(q_ledger_coming(tx, (LedgerComingIn){ .shop = shop }, &coming));
    for (i64 i = 0; i < coming.n; i++) {
        SellerBalance *b = balance_in(out, coming.p[i].currency);
        b->on_the_way = coming.p[i].net, b->orders = coming.p[i].orders;
        b->has_next_settlement = coming.p[i].has_settle_at, b->next_settlement = coming.p[i].settle_at;
    }
    LedgerKeptRowList kept;
    try(q_ledger_kept(tx, (LedgerKeptIn){ .shop = shop }, &kept));
    for (i64 i = 0; i < kept.n; i++) {
        SellerBalance *b = balance_in(out, kept.p[i].currency);
        b->reserve = kept.p[i].reserve, b->has_next_release = kept.p[i].has_reserve_at, b->next_release = kept.p[i].reserve_at;
    }
    LedgerPayingRowList paying;
    try(q_ledger_paying(tx, (LedgerPayingIn){ .shop = shop }, &paying));
    for (i64 i = 0; i < paying.n; i++) balance_in(out, paying.p[i].currency)->in_payout = paying.p[i].amount;
    if (out->n > LEDGER_CURRENCIES_MAX) out->n = LEDGER_CURRENCIES_MAX;
    return ERR_OK;
}

static Err show_money(Tx *tx, const By *by, ShopId shop, SellerMoney *out)
{
    Shop terms;
    LedgerShopRowRow row;
    try(shop_terms(tx, shop, &terms));
    try(seller_row(tx, shop, &row));
    *out = (SellerMoney){ .shop = shop, .tier = seller_tier(&row, by->now), .schedule = row.schedule,
                          .has_next_payout = row.has_next_payout, .next_payout = row.next_payout };
    try(market_number(tx, terms.country, book_days_rule(out->tier), &out->settle_days));
    try(seller_account(tx, by, &row, false, &out->account));
    try(balances_of(tx, shop, &terms.currency, &out->balances));
    for (i64 i = 0; i < out->balances.n; i++)
        try(seller_least(tx, terms.country, out->balances.p[i].currency, &out->balances.p[i].least));
    return ERR_OK;
}

Err seller_money(Tx *tx, const By *by, ShopId shop, SellerMoney *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    return show_money(tx, by, shop, out);
}

// ---------------------------------------------------------------------------------------------- the payout account

static Err keep_account(Tx *tx, const By *by, ShopId shop, const PayoutAccountNew *in, PayoutAccount *out)
{
    PayoutAccountNew kept;
    LedgerShopRowRow row;
    PayoutAccount *shown;
    Str sealed;
    try(bank_check(tx, in, &kept));
    try(bank_seal(tx, by, &kept, &sealed));
    try(q_ledger_shop_account(tx, (LedgerShopAccountIn){ .shop = shop, .account = { by->who.account }, .payout_account = sealed,
                                                         .now = by->now }));
    try(seller_row(tx, shop, &row));
    try(seller_account(tx, by, &row, false, &shown));
    *out = *shown;
    return ERR_OK;
}

Err seller_account_put(Tx *tx, const By *by, ShopId shop, const PayoutAccountNew *in, PayoutAccount *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_OWNER));
    return keep_account(tx, by, shop, in, out);
}

Err bank_account_put(Tx *tx, const By *by, const PayoutAccountNew *in, PayoutAccount *out)
{
    return keep_account(tx, by, PLATFORM, in, out);
}

Err bank_account(Tx *tx, const By *by, PayoutAccount *out)
{
    LedgerShopRowRow row;
    PayoutAccount *shown;
    try(seller_row(tx, PLATFORM, &row));
    try(seller_account(tx, by, &row, true, &shown));
    if (!shown) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "No account to pay from has been given yet.");
    *out = *shown;
    return ERR_OK;
}

Err seller_schedule_put(Tx *tx, const By *by, ShopId shop, PayoutSchedule schedule, SellerMoney *out)
{
    Shop terms;
    Time next = 0;
    bool on = schedule != PAYOUT_SCHEDULE_MANUAL;
    try(shop_may(tx, by, shop, STAFF_ROLE_OWNER));
    try(shop_terms(tx, shop, &terms));
    if (on) try(payout_next(tx, terms.country, schedule, by->now, &next));
    try(q_ledger_shop_schedule(tx, (LedgerShopScheduleIn){ .shop = shop, .schedule = schedule, .has_next_payout = on,
                                                           .next_payout = next }));
    if (on) try(task_at(tx, by, "payout_auto", shop.v, next));
    else try(task_cancel(tx, "payout_auto", shop.v));
    return show_money(tx, by, shop, out);
}

// ---------------------------------------------------------------------------------------------- for operators

static Err show_seller(Tx *tx, const By *by, const LedgerShopRowRow *row, bool whole, Seller *out)
{
    *out = (Seller){ .shop = arena_new(tx->a, ShopCard), .tier = seller_tier(row, by->now), .automatic = !row->has_tier,
                     .deliveries = row->deliveries, .schedule = row->schedule };
    try(shop_card(tx, row->shop, out->shop));
    try(seller_account(tx, by, row, whole, &out->account));
    return balances_of(tx, row->shop, NULL, &out->balances);
}

static Err seller_rows(Tx *tx, const OperatorSellerListArgs *which, LedgerShopRowRowList *rows)
{
    ShopId before = which->before.v ? which->before : (ShopId){ INT64_MAX };
    if (!which->has_state) return q_ledger_shop_rows(tx, (LedgerShopRowsIn){ .before = before, .limit = SELLERS_PAGE }, rows);
    if (which->state == PAYOUT_ACCOUNT_STATE_GIVEN)
        return q_ledger_shop_rows_given(tx, (LedgerShopRowsGivenIn){ .before = before, .limit = SELLERS_PAGE }, rows);
    return q_ledger_shop_rows_verified(tx, (LedgerShopRowsVerifiedIn){ .before = before, .limit = SELLERS_PAGE }, rows);
}

Err seller_list(Tx *tx, const By *by, const OperatorSellerListArgs *which, SellerPage *out)
{
    LedgerShopRowRowList rows;
    try(seller_rows(tx, which, &rows));
    out->items = (SellerList){ arena_new_array(tx->a, Seller, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) try(show_seller(tx, by, &rows.p[i], false, &out->items.p[i]));
    if (rows.n == SELLERS_PAGE) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].shop.v);
    return ERR_OK;
}

Err seller_get(Tx *tx, const By *by, ShopId shop, Seller *out)
{
    LedgerShopRowRow row;
    try(seller_row(tx, shop, &row));
    return show_seller(tx, by, &row, true, out);
}

Err seller_tier_put(Tx *tx, const By *by, ShopId shop, const SellerTierEdit *in, Seller *out)
{
    ShopCard card;
    try(shop_card(tx, shop, &card));
    try(q_ledger_shop_tier(tx, (LedgerShopTierIn){ .shop = shop, .has_tier = in->has_tier, .tier = in->tier }));
    return seller_get(tx, by, shop, out);
}

// Four eyes: who gave the account does not verify it.
static Err verify(Tx *tx, const By *by, ShopId shop, Time given)
{
    i64 n;
    LedgerShopRowRow row;
    LedgerShopVerifyIn in = { .shop = shop, .given = given, .operator = by->who.account, .now = by->now };
    try(q_ledger_shop_verify(tx, in, &n));
    if (n == 1) return ERR_OK;
    try(seller_row(tx, shop, &row));
    if (row.account.v == 0) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "This shop has not given an account yet.");
    if (row.given != given)
        return refuse(&tx->why, ERR_STALE, "given", "The account was given anew meanwhile: look at it again.");
    return refuse(&tx->why, ERR_FORBIDDEN, NULL, "You gave this account yourself: someone else must verify it.");
}

Err seller_check(Tx *tx, const By *by, ShopId shop, const PayoutAccountCheck *in, Seller *out)
{
    i64 n;
    if (in->verified) try(verify(tx, by, shop, in->given));
    else try(q_ledger_shop_unverify(tx, (LedgerShopUnverifyIn){ .shop = shop, .given = in->given }, &n));
    return seller_get(tx, by, shop, out);
}
