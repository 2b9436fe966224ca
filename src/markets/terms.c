// What a rule's number may be. Pure: knows no tables.
#include "markets/terms.h"

#define AMOUNT_MOST INT64_C(1000000000000)       // minor units; a hundred thousand million of a currency with cents

static const MarketTerms TERMS[] = {
    [MARKET_RULE_PAY_MINUTES] = { MARKET_UNIT_MINUTES, 1, 7 * 24 * 60 },
    [MARKET_RULE_TRANSFER_HOURS] = { MARKET_UNIT_HOURS, 1, 7 * 24 },
    [MARKET_RULE_HOLD_MINUTES] = { MARKET_UNIT_MINUTES, 0, 24 * 60 },
    [MARKET_RULE_CANCEL_ANSWER_HOURS] = { MARKET_UNIT_HOURS, 1, 14 * 24 },
    [MARKET_RULE_SHIP_DAYS] = { MARKET_UNIT_BUSINESS_DAYS, 1, 60 },
    [MARKET_RULE_SHIP_CANCEL_DAYS] = { MARKET_UNIT_BUSINESS_DAYS, 1, 90 },
    [MARKET_RULE_TRANSIT_DAYS] = { MARKET_UNIT_DAYS, 1, 120 },
    [MARKET_RULE_COMPLETE_DAYS] = { MARKET_UNIT_DAYS, 0, 60 },
    [MARKET_RULE_RETURN_DAYS] = { MARKET_UNIT_DAYS, 0, 365 },
    [MARKET_RULE_RETURN_ANSWER_HOURS] = { MARKET_UNIT_HOURS, 1, 14 * 24 },
    [MARKET_RULE_RETURN_SHIP_DAYS] = { MARKET_UNIT_DAYS, 1, 60 },
    [MARKET_RULE_RETURN_CONFIRM_DAYS] = { MARKET_UNIT_DAYS, 1, 60 },
    [MARKET_RULE_RETURN_REFILE_HOURS] = { MARKET_UNIT_HOURS, 0, 30 * 24 },
    [MARKET_RULE_FEE_PPM] = { MARKET_UNIT_PPM, 0, 500000 },
    [MARKET_RULE_FEE_FLAT_MINOR] = { MARKET_UNIT_MINOR, 0, AMOUNT_MOST },
    [MARKET_RULE_REFUND_FEE_KEEP_PPM] = { MARKET_UNIT_PPM, 0, 1000000 },
    [MARKET_RULE_REFUND_FEE_KEEP_MOST_MINOR] = { MARKET_UNIT_MINOR, 0, AMOUNT_MOST },
    [MARKET_RULE_SETTLE_FAST_DAYS] = { MARKET_UNIT_DAYS, 0, 90 },
    [MARKET_RULE_SETTLE_STANDARD_DAYS] = { MARKET_UNIT_DAYS, 0, 90 },
    [MARKET_RULE_SETTLE_SLOW_DAYS] = { MARKET_UNIT_DAYS, 0, 90 },
    [MARKET_RULE_SETTLE_NEW_DAYS] = { MARKET_UNIT_DAYS, 0, 90 },
    [MARKET_RULE_RESERVE_PPM] = { MARKET_UNIT_PPM, 0, 500000 },
    [MARKET_RULE_RESERVE_DAYS] = { MARKET_UNIT_DAYS, 0, 365 },
    [MARKET_RULE_PAYOUT_LEAST_MINOR] = { MARKET_UNIT_MINOR, 0, AMOUNT_MOST },
    [MARKET_RULE_COD_REFUSED_MOST] = { MARKET_UNIT_COUNT, 1, 100 },
    [MARKET_RULE_COD_REFUSED_DAYS] = { MARKET_UNIT_DAYS, 1, 730 },
    [MARKET_RULE_TAX_INCLUSIVE] = { MARKET_UNIT_YES_NO, 0, 1 },
    [MARKET_RULE_TAX_BY_PLATFORM] = { MARKET_UNIT_YES_NO, 0, 1 },
    [MARKET_RULE_TAX_BY_LINE] = { MARKET_UNIT_YES_NO, 0, 1 },
    [MARKET_RULE_TAX_ROUNDING] = { MARKET_UNIT_CHOICE, 0, 3 },           // Rounding of base/money.h
    [MARKET_RULE_PRICE_LOW_DAYS] = { MARKET_UNIT_DAYS, 1, 365 },
    [MARKET_RULE_UTC_OFFSET_MINUTES] = { MARKET_UNIT_OFFSET, -12 * 60, 14 * 60 },
    [MARKET_RULE_WEEKEND] = { MARKET_UNIT_WEEKDAYS, 0, 126 },            // 127 would leave no day to work on
    [MARKET_RULE_DAYLIGHT_SAVING] = { MARKET_UNIT_CHOICE, 0, 4 },        // Saving of calendar.h
    [MARKET_RULE_EXCHANGES] = { MARKET_UNIT_YES_NO, 0, 1 },
    [MARKET_RULE_EVENT_DAYS] = { MARKET_UNIT_DAYS, 1, 1100 },
};

const MarketTerms *market_terms(MarketRule rule)
{
    must((i64)rule < COUNT(TERMS));
    return &TERMS[rule];
}

static const char *unit_words(MarketUnit unit)
{
    switch (unit) {
    case MARKET_UNIT_MINUTES: case MARKET_UNIT_OFFSET: return "minutes";
    case MARKET_UNIT_HOURS: return "hours";
    case MARKET_UNIT_DAYS: return "days";
    case MARKET_UNIT_BUSINESS_DAYS: return "business days";
    case MARKET_UNIT_PPM: return "parts of a million (10000 are 1 %)";
    case MARKET_UNIT_MINOR: return "minor units of the market's currency";
    case MARKET_UNIT_COUNT: case MARKET_UNIT_YES_NO: case MARKET_UNIT_CHOICE: return "as a whole number";
    case MARKET_UNIT_WEEKDAYS: return "as a sum of 1 Monday, 2 Tuesday, 4, 8, 16, 32, 64 Sunday; one day must be left";
    }
    return "";
}

Err market_terms_check(MarketRule rule, i64 value, Refusal *why)
{
    const MarketTerms *t = market_terms(rule);
    if (value >= t->least && value <= t->most) return ERR_OK;
    return refuse(why, ERR_BAD_FIELD, "value", "%s is from %lld to %lld %s.", MARKET_RULE_NAMES.names[rule], (long long)t->least,
                  (long long)t->most, unit_words(t->unit));
}

static const struct { MarketRule low, high; } ORDERED[] = {
    { MARKET_RULE_SHIP_DAYS, MARKET_RULE_SHIP_CANCEL_DAYS },
    { MARKET_RULE_SETTLE_FAST_DAYS, MARKET_RULE_SETTLE_STANDARD_DAYS },
    { MARKET_RULE_SETTLE_STANDARD_DAYS, MARKET_RULE_SETTLE_SLOW_DAYS },
    { MARKET_RULE_SETTLE_SLOW_DAYS, MARKET_RULE_SETTLE_NEW_DAYS },
};

Err market_order_check(const i64 *n, Str market, Refusal *why)
{
    for (i64 i = 0; i < COUNT(ORDERED); i++) {
        MarketRule low = ORDERED[i].low, high = ORDERED[i].high;
        if (n[low] <= n[high]) continue;
        return refuse(why, ERR_BAD_FIELD, "value", "In %.*s %s (%lld) would be more than %s (%lld).", STR_ARG(market),
                      MARKET_RULE_NAMES.names[low], (long long)n[low], MARKET_RULE_NAMES.names[high], (long long)n[high]);
    }
    return ERR_OK;
}
