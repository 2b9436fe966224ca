// What a rule's number may be. Pure: knows no tables.
#pragma once
#include "base/err.h"
#include "gen/types.gen.h"

typedef struct MarketTerms { MarketUnit unit; i64 least, most; } MarketTerms;
const MarketTerms *market_terms(MarketRule rule);
// ERR_BAD_FIELD "value", with the limit and its unit.
Err market_terms_check(MarketRule rule, i64 value, Refusal *why);
// Numbers of one market that must not be out of order: shipping before giving up on it, settlement from fast to new. The
// numbers are in the rules' order. ERR_BAD_FIELD "value"; `market` names it in the sentence.
Err market_order_check(const i64 *n, Str market, Refusal *why);
