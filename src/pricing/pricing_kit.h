// For tests of pricing: a shop with three things, a clock that stands still, and short ways to plan and to buy.
#pragma once
#include "pricing/pricing.h"
#include "tests/world.h"

#define STAND_START INT64_C(1780000000000)       // 2026-05-28T20:26:40Z

// Sari's shop: a costs 100.000, b 50.000, c 20.000 rupiah (two decimals); shipping 10.000; a hundred of each.
typedef struct Stand { World w; i64 shop; Goods a, b, c; } Stand;
Stand stand_new(void);
void  stand_end(Stand *s);                       // an audit, then it goes

const char *stand_time(Stand *s, i64 from_now_ms);
// A sale or flash sale by Sari from and to so many ms from now; items as JSON.
Answer stand_offer(Stand *s, const char *kind, i64 from, i64 to, const char *items);
// The same, expected to be made: its id.
i64    stand_offer_ok(Stand *s, const char *kind, i64 from, i64 to, const char *items);
const char *stand_percent(Stand *s, Goods g, i64 percent);          // an item
const char *stand_flash(Stand *s, Goods g, i64 price, i64 stock);   // an item
// A promotion by Sari (of the platform: by Oma), running now for a day; the rest of its fields as JSON.
Answer stand_promotion(Stand *s, const char *kind, const char *fields);
i64    stand_promotion_ok(Stand *s, const char *kind, const char *fields);
i64    stand_platform_ok(Stand *s, const char *kind, const char *fields);
void   stand_claim(Stand *s, Person who, i64 voucher);

Answer stand_product(Stand *s, Goods g, const char *query);         // anonymously
// A quote or a checkout of lines ("a:2 b:1") with vouchers ("12,13"; NULL: the best).
Answer stand_quote(Stand *s, Person who, const char *lines, const char *vouchers);
Answer stand_buy(Stand *s, Person who, const char *lines, const char *vouchers);
i64    stand_total(Stand *s, Person who, const char *lines);        // of such a quote, without shipping
// Past every rule, as a mistake of the program or a hand in the database would.
void   stand_spoil(Stand *s, const char *sql, ...) __attribute__((format(printf, 2, 3)));
