// The public side of accounts: cards, profiles, who follows whom, blocks. What is not chosen to be shown is not shown.
#pragma once
#include "api/req.h"
#include "gen/people.gen.h"

enum {
    PEOPLE_PAGE = 50,
    PEOPLE_FOLLOWED_MAX = 5000,            // that one person may follow
    PEOPLE_BLOCKED_MAX = 1000,             // that one person may block
    PEOPLE_PROFILE_SHOPS = 10,
    PEOPLE_NAMED_MAX = 10,                 // in one text, that are told of it
};

// ---- what other features may ask

// What may be shown of an account beside what it made; without handle and name when there is nothing to show.
Err person_card(Tx *tx, const By *by, AccountId account, PersonCard *out);
// The account of a handle that the caller may see: neither has blocked the other. ERR_NOT_FOUND.
Err person_visible(Tx *tx, const By *by, Str handle, AccountId *out);
// Has one of them blocked the other? false for account 0.
Err people_apart(Tx *tx, AccountId a, AccountId b, bool *out);
// All from whom this person is apart, either way, ascending; at most `limit`. None for account 0.
Err people_apart_from(Tx *tx, AccountId account, i64 limit, AccountIdList *out);
// The people whom a text names with @handle, each once, without `from` and whoever is apart from them; at most PEOPLE_NAMED_MAX.
Err people_named(Tx *tx, AccountId from, Str text, AccountIdList *out);
// Those whom this person follows, the newest first; at most `limit`.
Err people_following(Tx *tx, AccountId account, i64 limit, AccountIdList *out);
// Accounts behind one that have a profile or were followed, at most `limit`. For who reads them all.
Err people_after(Tx *tx, AccountId after, i64 limit, AccountIdList *out);
Err people_count(Tx *tx, i64 *out);
// Every broken promise, by rule and account. For `etalase audit`.
Err people_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers

// ERR_BAD_FIELD: oneself; ERR_WRONG_STATE: the caller blocks this person; ERR_TOO_MANY_ITEMS. *changed: it was not so before.
Err person_follow_set(Tx *tx, const By *by, AccountId whom, bool on, bool *changed);
// ERR_BAD_FIELD: oneself; ERR_TOO_MANY_ITEMS.
Err person_block_set(Tx *tx, const By *by, AccountId whom, bool on);
Err person_profile(Tx *tx, const By *by, AccountId account, Profile *out);
Err person_profile_edit(Tx *tx, const By *by, const ProfileEdit *in, Profile *out);
Err person_followers_page(Tx *tx, const By *by, AccountId of, PersonFollowId before, PersonPage *out);
Err person_following_page(Tx *tx, const By *by, AccountId of, PersonFollowId before, PersonPage *out);
Err person_blocks_page(Tx *tx, const By *by, PersonBlockId before, PersonPage *out);
