// Returns: what a buyer wants to give back. A case goes asked -> (awaiting_return -> sent_back ->) refunded, an exchange after
// sent_back -> awaiting_replacement -> replacement_sent -> exchanged; or it ends closed. Each state has a clock, and silence
// decides for the other side. The seller's settlement waits while a case is open.
#pragma once
#include "api/req.h"
#include "gen/returns.gen.h"
#include "orders/orders.h"

enum {
    RETURNS_OF_ORDER_MAX = 20,           // cases of one order, ended ones too
    RETURN_FILED_MAX = 2,                // asked, and after a rejection once more
};

// ERR_NOT_FOUND (someone else's order), ERR_WRONG_STATE (not paid, not there yet, too late, too many), ERR_BAD_FIELD (units
// that are not left, a kind that does not fit the reason, a photo missing, something wanted that is not offered), ERR_SOLD_OUT
// (what is wanted instead).
Err return_open(Tx *tx, const By *by, OrderId order, const ReturnNew *in, ReturnId *out);
// What it would give back, without doing it. The same refusals.
Err return_worth(Tx *tx, const By *by, OrderId order, const ReturnNew *in, Money *out);
// What a line may be exchanged for now, the same thing first. ERR_NOT_FOUND.
Err exchange_choices(Tx *tx, const By *by, OrderId order, OrderLineId line, ExchangeChoices *out);
// The buyer's, the shop's staff's and operators' view. ERR_NOT_FOUND for others.
Err return_view(Tx *tx, const By *by, ReturnId id, Return *out);
// ERR_NOT_FOUND, ERR_FORBIDDEN (not this side's step), ERR_WRONG_STATE, ERR_BAD_FIELD.
Err return_step(Tx *tx, const By *by, ReturnId id, const ReturnStep *in);

// Newest first, 20 a page; `before` 0 begins.
Err return_list_mine(Tx *tx, const By *by, ReturnId before, ReturnCardPage *out);
Err return_list_order(Tx *tx, const By *by, OrderId order, ReturnCardPage *out);
typedef struct ReturnsWanted { ShopId shop; bool has_state; ReturnState state; ReturnId before; } ReturnsWanted;
Err return_list_shop(Tx *tx, const By *by, ReturnsWanted want, ReturnCardPage *out);       // ERR_NOT_FOUND, ERR_FORBIDDEN
Err return_list_disputed(Tx *tx, ReturnId before, ReturnCardPage *out);

Err return_clock(Tx *tx, const By *by, i64 id);          // task "return_clock"

// Reports at most 100 violations of each rule. For `etalase audit`.
Err return_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);
