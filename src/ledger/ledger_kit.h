// For tests of the ledger: its rules in transactions of their own, and what the books say.
#pragma once
#include "ledger/ledger.h"
#include "tests/world.h"

// A sale of 100,000.00 IDR in goods with shipping and discounts, paid by `test`; tests change what they need.
LedgerSale books_sale(i64 shop, i64 order);
// `sale` as a whole, as a refund with that id.
LedgerRefund books_whole(const LedgerSale *sale, i64 refund, RefundCause cause);
// Sets paid and buyer from the other amounts.
void books_sum_sale(LedgerSale *sale);
void books_sum_refund(LedgerRefund *refund);

Err books_capture(World *w, const LedgerSale *sale);
Err books_delivered(World *w, i64 order);
Err books_freeze(World *w, i64 order, bool on);
Err books_refund(World *w, const LedgerRefund *refund);           // a chargeback by its cause
Err books_parts(World *w, i64 order, i64 buyer, LedgerRefund *out);
Err books_refund_paid(World *w, i64 refund);
Err books_uncollected(World *w, i64 refund);
Err books_won(World *w, i64 refund);
Err books_provider_fee(World *w, i64 order, i64 minor);
Err books_settle(World *w, i64 order);                            // what its timer does
Err books_reserve(World *w, i64 order);
// Any rule: `f` gets a By of this moment, by nobody.
Err books_run(World *w, Err (*f)(Tx *tx, const By *by, void *context), void *context);

// world_post and world_put, whose JSON is written with ' for ".
Answer books_post(World *w, Person who, const char *path, const char *json);
Answer books_put(World *w, Person who, const char *path, const char *json);
// One number out of the tables, past the program.
i64 books_number(World *w, const char *sql, ...) __attribute__((format(printf, 2, 3)));
// Credits less debits of an account, of one order (0: of all).
i64 books_account(World *w, const char *account, i64 order);
// A shop's available balance in IDR.
i64 books_available(World *w, i64 shop);
// Past every rule, as a mistake of the program or a hand in the database would.
void books_spoil(World *w, const char *sql, ...) __attribute__((format(printf, 2, 3)));
// Sets a market's rule, as the operator does.
void books_rule(World *w, const char *country, const char *rule, i64 value);
// An order of this shop, sold and settled: what it brought to the balance. Makes the shop a fast one and lets its days pass.
i64 books_earn(World *w, i64 shop, i64 order);
// The shop's owner gives an account and the operator verifies it.
void books_verified(World *w, Person owner, i64 shop);
