// Markets' routes.
#include "markets/markets.h"

Err market_list(Req *r, MarketPage *out)
{
    return q_market_rows(r->tx, &out->items);
}

Err operator_market_list(Req *r, OperatorMarketPage *out)
{
    return market_all(r->tx, &r->by, out);
}

Err operator_market_put(Req *r, const OperatorMarketPutArgs *args, const MarketPut *in, OperatorMarket *out)
{
    return market_put(r->tx, &r->by, args->country, in, out);
}

Err operator_rule_list(Req *r, const OperatorRuleListArgs *args, MarketNumberPage *out)
{
    return market_rules(r->tx, &r->by, args->country, out);
}

Err operator_rule_put(Req *r, const OperatorRulePutArgs *args, const MarketNumberPut *in, MarketNumberPage *out)
{
    return market_rule_set(r->tx, &r->by, args->country, args->rule, in, out);
}

Err operator_holiday_list(Req *r, const OperatorHolidayListArgs *args, HolidayPage *out)
{
    return market_holidays(r->tx, &r->by, args->country, args->year, out);
}

Err operator_holiday_put(Req *r, const OperatorHolidayPutArgs *args, const HolidayPut *in, HolidayPage *out)
{
    return market_holiday_set(r->tx, &r->by, args->country, args->day, in, out);
}

Err operator_holiday_delete(Req *r, const OperatorHolidayDeleteArgs *args, HolidayPage *out)
{
    return market_holiday_remove(r->tx, &r->by, args->country, args->day, args->version, out);
}

Err operator_change_list(Req *r, const OperatorChangeListArgs *args, MarketChangePage *out)
{
    ChangesWanted want = { .has_rule = args->has_rule, .rule = args->rule, .before = args->before };
    return market_changes(r->tx, &r->by, args->country, want, out);
}
