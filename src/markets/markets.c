// Markets: the rules' numbers. No HTTP, no JSON, no clock.
#include "markets/markets.h"

static const i64 DEFAULTS[] = {
    [MARKET_RULE_PAY_MINUTES] = 15, [MARKET_RULE_TRANSFER_HOURS] = 24, [MARKET_RULE_HOLD_MINUTES] = 0,
    [MARKET_RULE_CANCEL_ANSWER_HOURS] = 24, [MARKET_RULE_SHIP_DAYS] = 2, [MARKET_RULE_SHIP_CANCEL_DAYS] = 7,
    [MARKET_RULE_TRANSIT_DAYS] = 14, [MARKET_RULE_COMPLETE_DAYS] = 7, [MARKET_RULE_RETURN_DAYS] = 14,
    [MARKET_RULE_RETURN_ANSWER_HOURS] = 48, [MARKET_RULE_RETURN_SHIP_DAYS] = 5, [MARKET_RULE_RETURN_CONFIRM_DAYS] = 8,
    [MARKET_RULE_RETURN_REFILE_HOURS] = 48, [MARKET_RULE_FEE_PPM] = 60000, [MARKET_RULE_REFUND_FEE_KEEP_PPM] = 200000,
    [MARKET_RULE_REFUND_FEE_KEEP_MOST_MINOR] = 7500000, [MARKET_RULE_SETTLE_FAST_DAYS] = 1,
    [MARKET_RULE_SETTLE_STANDARD_DAYS] = 5, [MARKET_RULE_SETTLE_SLOW_DAYS] = 8,
    [MARKET_RULE_SETTLE_NEW_DAYS] = 31, [MARKET_RULE_RESERVE_PPM] = 0,
    [MARKET_RULE_RESERVE_DAYS] = 30, [MARKET_RULE_PAYOUT_LEAST_MINOR] = 1000000, [MARKET_RULE_COD_REFUSED_MOST] = 3,
    [MARKET_RULE_COD_REFUSED_DAYS] = 90, [MARKET_RULE_TAX_INCLUSIVE] = 1, [MARKET_RULE_TAX_BY_LINE] = 1,
    [MARKET_RULE_PRICE_LOW_DAYS] = 30, [MARKET_RULE_UTC_OFFSET_MINUTES] = 420, [MARKET_RULE_WEEKEND] = 96,
};

Err market_number(Tx *tx, Str country, MarketRule rule, i64 *out)
{
    (void)tx, (void)country;
    *out = DEFAULTS[rule];
    return ERR_OK;
}

Err market_currency(Tx *tx, Str country, Currency *out)
{
    (void)tx;
    *out = (Currency){ 0 };
    if (str_eq(country, STR("ID"))) currency_parse(STR("IDR"), out);
    return ERR_OK;
}

Err market_day(Tx *tx, Str country, Time t, Time *out)
{
    i64 offset;
    try(market_number(tx, country, MARKET_RULE_UTC_OFFSET_MINUTES, &offset));
    Time local = t + offset * MINUTE_MS;
    *out = local - local % DAY_MS - offset * MINUTE_MS;
    return ERR_OK;
}

Err market_business_day(Tx *tx, Str country, Time from, i64 n, Time *out)
{
    try(market_day(tx, country, from, out));
    *out += (n + 1) * DAY_MS;
    return ERR_OK;
}
