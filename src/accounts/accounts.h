// What other features may ask of accounts: sealing with a person's key, names, addresses.
#pragma once
#include "accounts.gen.h"

// Seals personal text with the account's own key. ERR_NOT_FOUND when the account or its key is gone.
Err account_seal(Tx *tx, const By *by, AccountId account, Str plain, Str *sealed);
// Opens it again; an erased account gives an empty Str.
Err account_open(Tx *tx, const By *by, AccountId account, Str sealed, Str *plain);
// ERR_NOT_FOUND.
Err account_by_handle(Tx *tx, Str handle, AccountId *out);
// The person's name, empty once erased.
Err account_name(Tx *tx, const By *by, AccountId account, Str *out);
// One of the account's own addresses; ERR_NOT_FOUND when it is not.
Err account_address(Tx *tx, const By *by, AccountId account, AddressId id, Address *out);

// The dispatcher's hooks (api/app.h) and the sweep of what has expired (a task).
Err account_find_session(Tx *tx, Str token_hash, Time now, Caller *out);
Err account_make_guest(Req *r, Str *token);
Err account_touch_session(Tx *tx, i64 session, Time now);
Err account_sweep(Tx *tx, const By *by, i64 subject);
// Makes an account the operator of this market; ERR_NOT_FOUND. For `etalase operator HANDLE` and the demo.
Err account_make_operator(Tx *tx, AccountId account);
