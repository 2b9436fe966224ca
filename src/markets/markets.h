// Markets: what differs from country to country, as data. A rule's number is the market's own, or that of all markets ("*").
// Knows no feature that asks.
#pragma once
#include "api/req.h"
#include "gen/markets.gen.h"

enum {
    MARKET_RULES = MARKET_RULE_EVENT_DAYS + 1,
    MARKETS_MAX = 300,               // countries; ISO 3166 has 249
    MARKET_HOLIDAYS_A_YEAR = 100,    // of one market
    MARKET_BUSINESS_DAYS_MOST = 1000,
    MARKET_CHANGES_PAGE = 50,
};

// Where something goes to or comes from. Country: ISO 3166-1 alpha-2; region and postcode may be empty.
typedef struct Place { Str country, region, postcode; } Place;

// The rules (MARKET_RULE_…; the unit is the last word of the name):
//   pay_minutes            an unpaid order is held for so long (transfer_hours: bank transfer and virtual accounts)
//   hold_minutes           after payment the buyer may cancel freely for so long; the seller sees the order afterwards
//   cancel_answer_hours    a request to cancel that the seller leaves unanswered for so long is granted
//   ship_days              business days to hand an order over; ship_cancel_days: business days until it is cancelled
//   transit_days           days after which a parcel nobody has heard of counts as delivered
//   complete_days          days after delivery until the order completes without a word
//   return_days            days after delivery in which a return may be asked for
//   return_answer_hours    the seller's silence grants it; return_ship_days: the buyer's time to send it, else it closes;
//   return_confirm_days    the seller's time to look at what came back, else it counts as accepted;
//   return_refile_hours    the buyer's time to ask again after a rejection
//   exchanges              1: a return may ask for another unit instead of money
//   fee_ppm, fee_flat_minor            the platform's share of (buyer's payment + platform's discounts - tax), and per order
//   refund_fee_keep_ppm, …_most_minor  of the fee, kept when goods come back, at most that much a line
//   settle_…_days          days after delivery until a seller of that tier is paid; reserve_ppm kept back for reserve_days
//   payout_least_minor     less is not paid out
//   cod_refused_most       so many refused parcels in cod_refused_days days end cash on delivery for a buyer
//   event_days             what people did is kept for so long, then forgotten (13 months, as CNIL advises for audiences)
//   tax_inclusive          1: shelf prices include tax. tax_by_platform 1: the platform remits it, else the seller
//   tax_by_line            1: tax is rounded line by line, else once an order and rate. tax_rounding: a Rounding (base/money.h)
//   price_low_days         days that "lowest price" looks back
//   utc_offset_minutes     the market's clock in winter;  daylight_saving: a Saving (markets.c) says when it is an hour ahead
//   weekend                bits, 1 Monday … 64 Sunday
// `country` unknown or empty: the number of all markets. Asked once a transaction and country; then it costs no query.
Err market_number(Tx *tx, Str country, MarketRule rule, i64 *out);
// An amount (…_minor) for what is counted in `currency`: 0 when that is not the market's own currency.
Err market_amount(Tx *tx, Str country, MarketRule rule, Currency currency, i64 *out);
// The market's currency: fee_flat, payout_least and the like are in it. A country that is not listed gives an empty one.
Err market_currency(Tx *tx, Str country, Currency *out);
// Whether people and shops there are served. A country that is not listed is; one that the operator has closed is not.
Err market_open(Tx *tx, Str country, bool *out);
// The end of the n-th business day of the country after `from` (n = 0: of the first business day at or after it), by the
// country's clock, weekend and holidays. 0 <= n <= MARKET_BUSINESS_DAYS_MOST.
Err market_business_day(Tx *tx, Str country, Time from, i64 n, Time *out);
// Midnight of the country's clock at or before t.
Err market_day(Tx *tx, Str country, Time t, Time *out);
// How far the country's clock is ahead of UTC at t, with daylight saving.
Err market_offset(Tx *tx, Str country, Time t, i64 *minutes);

// At the server's start: puts the numbers of rules that are new where all are read from.
Err market_start(Tx *tx);
// Reports numbers that are not what their last change says, and rules without a number for all markets. For `etalase audit`.
Err market_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers: the operator's

// ERR_BAD_FIELD; ERR_STALE; ERR_TOO_MANY_ITEMS (MARKETS_MAX); ERR_WRONG_STATE: another currency while amounts are set in the
// old one.
Err market_put(Tx *tx, const By *by, Str country, const MarketPut *in, OperatorMarket *out);
Err market_all(Tx *tx, const By *by, OperatorMarketPage *out);
// ERR_NOT_FOUND.
Err market_rules(Tx *tx, const By *by, Str country, MarketNumberPage *out);
// ERR_NOT_FOUND, ERR_STALE, ERR_BAD_FIELD "value": outside of the rule's limits, an amount for all markets, or out of order
// with another number of any market (ship_days before ship_cancel_days; settlement from fast to new).
Err market_rule_set(Tx *tx, const By *by, Str country, MarketRule rule, const MarketNumberPut *in, MarketNumberPage *out);
// ERR_NOT_FOUND.
Err market_holidays(Tx *tx, const By *by, Str country, i64 year, HolidayPage *out);
// ERR_NOT_FOUND, ERR_STALE, ERR_BAD_FIELD "day", "state", ERR_TOO_MANY_ITEMS. Both give the calendar of that day's year.
Err market_holiday_set(Tx *tx, const By *by, Str country, Str day, const HolidayPut *in, HolidayPage *out);
Err market_holiday_remove(Tx *tx, const By *by, Str country, Str day, i64 version, HolidayPage *out);
// Newest first, those with ids under `before` (0: all). ERR_NOT_FOUND.
typedef struct ChangesWanted { bool has_rule; MarketRule rule; MarketChangeId before; } ChangesWanted;
Err market_changes(Tx *tx, const By *by, Str country, ChangesWanted want, MarketChangePage *out);
