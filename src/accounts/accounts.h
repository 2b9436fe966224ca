// Accounts: signing up and in, sessions, addresses, and the sealing of personal text with a person's own key.
#pragma once
#include "api/req.h"
#include "gen/accounts.gen.h"

enum { ACCOUNT_SESSIONS_MAX = 50 };

// ---- what other features may ask

// Seals personal text with the account's own key. ERR_NOT_FOUND when the account or its key is gone.
Err account_seal(Tx *tx, const By *by, AccountId account, Str plain, Str *sealed);
// Opens it again; an erased account gives an empty Str.
Err account_open(Tx *tx, const By *by, AccountId account, Str sealed, Str *plain);
// ERR_NOT_FOUND.
Err account_by_handle(Tx *tx, Str handle, AccountId *out);
// The account's public handle; empty without one, or without the account.
Err account_handle(Tx *tx, AccountId account, Str *out);
// The same; who has none yet is given one that says nothing, for what they are about to do in public. They may change it.
Err account_handle_ensure(Tx *tx, const By *by, AccountId account, Str *out);
// The person's name, empty once erased.
Err account_name(Tx *tx, const By *by, AccountId account, Str *out);
// One of the account's own addresses; ERR_NOT_FOUND when it is not.
Err account_address(Tx *tx, const By *by, AccountId account, AddressId id, Address *out);
// The account with its sealed texts opened; ERR_NOT_FOUND.
Err account_get(Tx *tx, const By *by, AccountId account, Account *out);
// Counts one more try; ERR_TOO_MANY past `most` within `window_ms`. What is counted is named by purpose and text.
Err account_count_attempt(Tx *tx, const By *by, const char *purpose, Str text, i64 most, i64 window_ms);
// ERR_TOO_MANY when `most` are counted already; counts nothing.
Err account_look_at_attempts(Tx *tx, const By *by, const char *purpose, Str text, i64 most);

// ---- what main plugs into the dispatcher (api/app.h), and the hourly sweep of what has expired
Err account_find_session(Tx *tx, Str token_hash, Time now, Caller *out);
// ERR_TOO_MANY past ten times --sign-ups-per-hour of one network address.
Err account_make_guest(Req *r, Str *token);
Err account_touch_session(Tx *tx, i64 session, Time now);
// Guests' sessions among those that have just ended: what they owned can go. `more` have expired than one sweep takes.
typedef struct EndedGuests { i64 *sessions; i64 n; bool more; } EndedGuests;
Err account_sweep(Tx *tx, const By *by, EndedGuests *out);
// For `etalase operator HANDLE` and the demo. ERR_NOT_FOUND.
Err account_make_operator(Tx *tx, AccountId account);

// ---- rules behind the handlers

// E-mail addresses are compared in this form: trimmed, ASCII letters small. ERR_BAD_FIELD "email".
Err account_email_form(Arena *a, Str in, Str *out, Refusal *why);
// ERR_WEAK_PASSWORD: fewer than five different characters, one that everybody tries, or the e-mail again.
Err account_password_check(Str password, Str email, Refusal *why);
// An e-mail may have several accounts that do not know of each other: only e-mail and password together name one. So
// neither signing up nor in tells whether an e-mail is known (docs/decisions/0001-sign-in.md). When the pair is known
// its account is given back. ERR_HANDLE_TAKEN, ERR_BAD_FIELD.
Err account_add(Tx *tx, const By *by, const AccountNew *in, Str email, Str proof, AccountId *out);
// ERR_WRONG_PASSWORD. Makes a session and gives its token. Of more than ACCOUNT_SESSIONS_MAX those used least lately end: a list
// shows all that there are.
Err account_sign_in(Tx *tx, const By *by, Str proof, Str agent, SessionMade *out);
// ERR_WRONG_PASSWORD, ERR_WEAK_PASSWORD. Ends all other sessions.
Err account_change_password(Tx *tx, const By *by, Str old_proof, Str new_proof);
// ERR_HANDLE_TAKEN, ERR_BAD_FIELD.
Err account_edit(Tx *tx, const By *by, const AccountEdit *in, Account *out);
// It succeeded, so this one does not count. What went before still does: who has an account of their own, even under the
// same e-mail, must not wipe out wrong guesses at someone else's by signing in to it.
Err account_give_back_attempt(Tx *tx, const By *by, const char *purpose, Str text);
// Handles of people and shops: 3 to 30 of a-z 0-9 and, inside, . _ - ; some words are kept. ERR_BAD_FIELD "handle".
Err handle_check(Str handle, Refusal *why);

// ERR_TOO_MANY_ITEMS over 20; ERR_BAD_FIELD for country and phone.
Err address_add(Tx *tx, const By *by, const AddressNew *in, Address *out);
Err address_change(Tx *tx, const By *by, AddressId id, const AddressNew *in, Address *out);
Err address_all(Tx *tx, const By *by, AddressList *out);
Err address_check(const AddressNew *in, Refusal *why);
