// Markets: what differs from country to country, as data. A rule's number is the market's own, or that of all markets ("*").
// Knows no feature that asks.
#pragma once
#include "api/req.h"
#include "gen/types.gen.h"

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
//   fee_ppm, fee_flat_minor            the platform's share of (buyer's payment + platform's discounts - tax), and per order
//   refund_fee_keep_ppm, …_most_minor  of the fee, kept when goods come back, at most that much a line
//   settle_…_days          days after delivery until a seller of that tier is paid; reserve_ppm kept back for reserve_days
//   payout_least_minor     less is not paid out
//   cod_refused_most       so many refused parcels in cod_refused_days days end cash on delivery for a buyer
//   tax_inclusive          1: shelf prices include tax. tax_by_platform 1: the platform remits it, else the seller
//   tax_by_line            1: tax is rounded line by line, else once an order and rate. tax_rounding: a Rounding (base/money.h)
//   price_low_days         days that "lowest price" looks back
//   utc_offset_minutes     the market's clock;  weekend: bits, 1 Monday … 64 Sunday
// `country` unknown or empty: the number of all markets.
Err market_number(Tx *tx, Str country, MarketRule rule, i64 *out);
// The market's currency: fee_flat, payout_least and the like are in it. A country that is not listed gives an empty one.
Err market_currency(Tx *tx, Str country, Currency *out);
// The end of the n-th business day of the country after `from` (n = 0: of the first business day at or after it).
Err market_business_day(Tx *tx, Str country, Time from, i64 n, Time *out);
// Midnight of the country's clock at or before t.
Err market_day(Tx *tx, Str country, Time t, Time *out);
