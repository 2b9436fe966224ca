// Shops: cards, terms, staff, and who may do what in them.
#pragma once
#include "api/req.h"
#include "gen/shops.gen.h"

enum {
    SHOPS_OWNED_MAX = 10,            // that one person may own
    SHOPS_STAFFED_MAX = 50,          // that one person may work in: what GET /v1/me shows
    SHOP_STAFF_MAX = 50,             // people in one shop
    SHOPS_FOLLOWED_MAX = 1000,       // that a person's own feed is made of
};

// ---- what other features may ask

// May this caller act for the shop with at least this role (owner > manager > packer)? ERR_NOT_FOUND without the shop,
// ERR_FORBIDDEN for everyone else. An operator may everything.
Err shop_may(Tx *tx, const By *by, ShopId shop, StaffRole least);
// The account's role there, when it works there. ERR_NOT_FOUND without the shop.
Err shop_role(Tx *tx, ShopId shop, AccountId account, bool *works, StaffRole *role);
// ERR_NOT_FOUND.
Err shop_card(Tx *tx, ShopId shop, ShopCard *out);
Err shop_terms(Tx *tx, ShopId shop, Shop *out);
// Whether it sells now; false for a shop that is not.
Err shop_is_open(Tx *tx, ShopId shop, bool *out);
// Shops behind an id, in whatever state, the oldest first, at most `limit`. For who reads them all.
Err shops_after(Tx *tx, ShopId after, i64 limit, ShopIdList *out);
Err shops_count(Tx *tx, i64 *out);
// The card out of what shop_terms gave.
ShopCard shop_card_of(const Shop *shop);
// Whether the account follows the shop; false for account 0.
Err shop_follows(Tx *tx, AccountId account, ShopId shop, bool *out);
// The shops that an account follows, the newest first; at most SHOPS_FOLLOWED_MAX of them. None for account 0.
Err shops_followed(Tx *tx, AccountId account, ShopIdList *out);
ShopSize shop_size(const Shop *shop, Time now);
// How many shops of each size are open: n[ShopSize].
enum { SHOP_SIZES = SHOP_SIZE_LARGE + 1, SHOP_FRESH_DAYS = 30, SHOP_MEDIUM_FOLLOWERS = 100, SHOP_LARGE_FOLLOWERS = 1000 };
Err shop_sizes(Tx *tx, Time now, i64 n[SHOP_SIZES]);
// Reports at most 100 shops that count other than their followers. For `etalase audit`.
Err shop_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);
// Where buyers send what they give back; empty when the shop has not said.
Err shop_return_to(Tx *tx, ShopId shop, Str *out);
// Who works in a shop, at most SHOP_STAFF_MAX; none without the shop.
Err shop_people(Tx *tx, ShopId shop, AccountIdList *out);
// The same for who works there too: with their roles and names, the longest there first. ERR_NOT_FOUND, ERR_FORBIDDEN.
typedef struct ShopWorker { AccountId account; StaffRole role; Str name; Time added; } ShopWorker;
typedef struct ShopWorkerList { ShopWorker *p; i64 n; } ShopWorkerList;
Err shop_staff(Tx *tx, const By *by, ShopId shop, ShopWorkerList *out);
// The shops that an account works in, at most SHOPS_STAFFED_MAX.
Err shop_roles(Tx *tx, AccountId account, ShopRoleList *out);

// ---- for staff, which asks people first

// Somebody who does not work there yet. ERR_TOO_MANY_ITEMS (SHOP_STAFF_MAX, SHOPS_STAFFED_MAX, SHOPS_OWNED_MAX).
Err shop_staff_join(Tx *tx, const By *by, ShopId shop, AccountId account, StaffRole role);
// Somebody who works there. ERR_TOO_MANY_ITEMS (SHOPS_OWNED_MAX), ERR_WRONG_STATE (no owner would be left).
Err shop_staff_role_set(Tx *tx, const By *by, ShopId shop, AccountId account, StaffRole role, Time *added);
// An owner lets someone go, or anyone leaves. ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_WRONG_STATE (no owner would be left).
Err shop_staff_end(Tx *tx, const By *by, ShopId shop, AccountId account);

// ---- rules behind the handlers

// ERR_HANDLE_TAKEN, ERR_TOO_MANY_ITEMS (SHOPS_OWNED_MAX), ERR_BAD_FIELD. The caller becomes its owner.
Err shop_add(Tx *tx, const By *by, const ShopNew *in, Shop *out);
// The shop as it is shown; `following` says whether the caller does, when there is one. ERR_NOT_FOUND.
Err shop_open(Tx *tx, const By *by, ShopId shop, Shop *out);
// Twice changes nothing. ERR_NOT_FOUND.
Err shop_follow_set(Tx *tx, const By *by, ShopId shop, bool on);
// ERR_NOT_FOUND.
Err shop_of_handle(Tx *tx, const By *by, Str handle, Shop *out);
// ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_BAD_FIELD.
Err shop_edit(Tx *tx, const By *by, ShopId shop, const ShopEdit *in, Shop *out);
// Packers may look, managers may change it. ERR_NOT_FOUND, ERR_FORBIDDEN.
Err shop_return_view(Tx *tx, const By *by, ShopId shop, ReturnPlace *out);
Err shop_return_set(Tx *tx, const By *by, ShopId shop, const ReturnPlace *in, ReturnPlace *out);
