// Handlers of pricing: from a request to one rule and back.
#include "pricing/pricing.h"

#include <arpa/inet.h>

#include "accounts/accounts.h"
#include "api/app.h"

Err price_history(Req *r, const PriceHistoryArgs *args, PriceHistory *out)
{
    PriceChannel channel = args->has_channel ? args->channel : PRICE_CHANNEL_ANY;
    return pricing_history(r->tx, &r->by, (HistoryWanted){ args->id, args->country, channel }, out);
}

Err voucher_list(Req *r, const VoucherListArgs *args, VoucherPage *out)
{
    return vouchers_public(r->tx, &r->by, args->shop, out);
}

Err voucher_list_platform(Req *r, VoucherPage *out)
{
    return vouchers_public(r->tx, &r->by, (ShopId){ 0 }, out);
}

Err wallet_get(Req *r, VoucherPage *out)
{
    return wallet_open(r->tx, &r->by, out);
}

// ---------------------------------------------------------------------------------------------- guessing codes

static Str who_tries(Req *r)
{
    return arena_format(r->a, "%lld", (long long)r->by.who.account);
}

// A household or a rented server has a whole /64 of IPv6 addresses: they count as one.
static Str where_from(Req *r)
{
    struct in6_addr six;
    if (inet_pton(AF_INET6, arena_cstr(r->a, r->net->address), &six) != 1) return r->net->address;
    return arena_copy(r->a, (Str){ (const char *)&six, sizeof(six) / 2 });
}

// Counted in a transaction of its own: the refusal of a wrong code must not undo it.
static Err count_try(Req *r, void *context)
{
    (void)context;
    try(account_count_attempt(r->tx, &r->by, "voucher", who_tries(r), VOUCHER_TRIES, HOUR_MS));
    return account_count_attempt(r->tx, &r->by, "voucher address", where_from(r), VOUCHER_TRIES_ADDRESS, HOUR_MS);
}

Err wallet_post_work(Req *r, const VoucherClaim *in)
{
    return in->code.p ? req_transaction(r, true, count_try, NULL) : ERR_OK;
}

Err wallet_post(Req *r, const VoucherClaim *in, VoucherPage *out)
{
    try(wallet_claim(r->tx, &r->by, in));
    if (in->code.p) {
        try(account_give_back_attempt(r->tx, &r->by, "voucher", who_tries(r)));
        try(account_give_back_attempt(r->tx, &r->by, "voucher address", where_from(r)));
    }
    return wallet_open(r->tx, &r->by, out);
}

Err simulation_post(Req *r, const SimulationNew *in, Simulation *out)
{
    return pricing_simulate(r->tx, &r->by, in, out);
}

// ---------------------------------------------------------------------------------------------- the studio

Err price_lists(Req *r, const PriceListsArgs *args, PriceListPage *out)
{
    return price_lists_all(r->tx, &r->by, args->shop, out);
}

Err price_list_put(Req *r, const PriceListPutArgs *args, const PriceListPut *in, PriceListPage *out)
{
    try(price_lists_set(r->tx, &r->by, args->shop, args->market, in));
    return price_lists_all(r->tx, &r->by, args->shop, out);
}

Err price_list_delete(Req *r, const PriceListDeleteArgs *args)
{
    return price_lists_remove(r->tx, &r->by, args->shop, args->market);
}

Err price_rows(Req *r, const PriceRowsArgs *args, PriceRowPage *out)
{
    return price_lists_rows(r->tx, &r->by, (RowsWanted){ args->shop, args->market, args->product, args->after }, out);
}

Err price_rows_put(Req *r, const PriceRowsPutArgs *args, const PriceEntriesPut *in)
{
    return price_lists_put(r->tx, &r->by, args->shop, args->market, in);
}

Err price_changes(Req *r, const PriceChangesArgs *args, ShopPriceChangePage *out)
{
    return price_shop_changes(r->tx, &r->by, args->shop, args->before, out);
}

Err offer_list(Req *r, const OfferListArgs *args, PriceOfferPage *out)
{
    return offers_of(r->tx, &r->by, args->shop, args->before, out);
}

Err offer_post(Req *r, const OfferPostArgs *args, const OfferNew *in, OfferDetail *out)
{
    return offer_add(r->tx, &r->by, args->shop, in, out);
}

Err offer_get(Req *r, const OfferGetArgs *args, OfferDetail *out)
{
    return offer_open(r->tx, &r->by, args->id, out);
}

Err offer_patch(Req *r, const OfferPatchArgs *args, const OfferEdit *in, OfferDetail *out)
{
    return offer_change(r->tx, &r->by, args->id, in, out);
}

Err offer_end(Req *r, const OfferEndArgs *args, OfferDetail *out)
{
    return offer_finish(r->tx, &r->by, args->id, out);
}

Err promotion_list(Req *r, const PromotionListArgs *args, PromotionPage *out)
{
    return promotions_of(r->tx, &r->by, args->shop, args->before, out);
}

Err promotion_post(Req *r, const PromotionPostArgs *args, const PromotionNew *in, Promotion *out)
{
    return promotion_add(r->tx, &r->by, args->shop, in, out);
}

Err promotion_get(Req *r, const PromotionGetArgs *args, Promotion *out)
{
    return promotion_open(r->tx, &r->by, args->id, out);
}

Err promotion_patch(Req *r, const PromotionPatchArgs *args, const PromotionEdit *in, Promotion *out)
{
    return promotion_change(r->tx, &r->by, args->id, in, out);
}

Err promotion_end(Req *r, const PromotionEndArgs *args, Promotion *out)
{
    return promotion_finish(r->tx, &r->by, args->id, out);
}

Err promotion_list_platform(Req *r, const PromotionListPlatformArgs *args, PromotionPage *out)
{
    return promotions_of(r->tx, &r->by, (ShopId){ 0 }, args->before, out);
}

Err promotion_post_platform(Req *r, const PromotionNew *in, Promotion *out)
{
    return promotion_add(r->tx, &r->by, (ShopId){ 0 }, in, out);
}
