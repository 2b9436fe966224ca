// What this feature's files share about a transaction's numbers. Nothing outside markets/ includes it.
#pragma once
#include "markets/markets.h"

// All numbers of a market, in the rules' order; "*" or an unknown country: those of all markets.
Err  market_numbers(Tx *tx, Str country, const i64 **out);
// The same, from the table of rules itself: n[MARKET_RULES].
Err  market_numbers_read(Tx *tx, Str country, i64 *n);
// Whether the text that they are read from holds them all.
Err  market_numbers_whole(Tx *tx, bool *whole);
// After a change: what this transaction has asked for before is asked again.
void market_forget(Tx *tx);
