// Private to returns/: a case, its steps from state to state, its money; and what an exchange adds.
#pragma once
#include "returns/returns.h"

typedef ReturnRowRow Case;

// One step, conditional on the state that the case is in; sets the clock, writes both timelines, and at the end lets go of what
// the case has held. ERR_WRONG_STATE: someone else was faster.
typedef struct Move { ReturnState to; OrderEventKind tell; Side side; Str text; Time deadline; i64 filed; } Move;
Err return_move(Tx *tx, const By *by, Case *c, Move m);
// Pays back what of it has not gone back meanwhile, or closes the case when nothing is left.
Err return_give_back(Tx *tx, const By *by, Case *c, Side side, Str text);
Err return_wrong_state(Tx *tx, const Case *c);
bool return_is_over(ReturnState state);

// ---- exchange.c

// May this be asked for? Nothing is wanted unless it is an exchange. ERR_BAD_FIELD, ERR_WRONG_STATE (not offered in this market,
// too many lines), ERR_SOLD_OUT.
Err exchange_check(Tx *tx, const OrderFacts *o, const ReturnNew *in);
// Holds what is wanted, from asking on: until it goes out, or the case ends in another way. ERR_SOLD_OUT.
Err exchange_hold(Tx *tx, const By *by, ReturnId id, const ReturnNew *in);
Err exchange_release(Tx *tx, const By *by, ReturnId id);
// What came back has been accepted: the seller's time to send the other begins. When money for some of it has gone back
// meanwhile, the rest is paid back instead.
Err exchange_due(Tx *tx, const By *by, Case *c, const OrderFacts *o, Side side, Str text);
// ERR_WRONG_STATE, ERR_BAD_FIELD (carrier or tracking number missing).
Err exchange_send(Tx *tx, const By *by, Case *c, const OrderFacts *o, const ReturnStep *in);
// The replacement is there, or nobody says otherwise.
Err exchange_done(Tx *tx, const By *by, Case *c, Side side, Str text);
