// Who works in a shop, and whom it has asked to. Nobody works in a shop, or owns it, who has not said yes: an owner answers for
// it, is shown with it, and cannot leave as its last one. Knows no rights: who may what is asked of shops.
#pragma once
#include "api/req.h"
#include "gen/staff.gen.h"

enum {
    STAFF_INVITED_MAX = 50,                // invitations that wait for one person: what GET /v1/me/invitations shows
    STAFF_LISTED_MAX = 100,                // 50 who work in a shop or are asked to, and each of them asked to own it
    STAFF_ASKS_PER_DAY = 100,              // that one person sends
};

// ---- what other features may ask

// How many invitations wait for this account's answer.
Err staff_waiting(Tx *tx, AccountId account, i64 *out);
// Every invitation of a shop that is not, or to what is had already. For `etalase audit`.
Err staff_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers

// ERR_NOT_FOUND, ERR_FORBIDDEN.
Err staff_view(Tx *tx, const By *by, ShopId shop, StaffList *out);
// Asks someone to work in the shop, or one of its people to own it; gives any other role to who works there. Until the answer
// the asked person has no right from it, and it counts for none of their limits. Asked again: the same invitation, or one to the
// new role in its place. ERR_NOT_FOUND (the shop, the handle, who has blocked the caller), ERR_FORBIDDEN, ERR_TOO_MANY_ITEMS
// (SHOP_STAFF_MAX with who is asked, STAFF_INVITED_MAX), ERR_TOO_MANY (STAFF_ASKS_PER_DAY), ERR_WRONG_STATE (no owner would be
// left; the caller has blocked this person).
Err staff_put(Tx *tx, const By *by, ShopId shop, const StaffNew *in, Staff *out);
// As shop_staff_end; what this person was asked, and asked others for the shop, is taken back.
Err staff_end(Tx *tx, const By *by, ShopId shop, AccountId account);
// An owner takes an invitation back. ERR_NOT_FOUND, ERR_FORBIDDEN.
Err staff_withdraw(Tx *tx, const By *by, ShopId shop, StaffInvitationId id);
Err staff_invitations(Tx *tx, const By *by, InvitationList *out);
// ERR_NOT_FOUND: there is no such invitation to the caller; ERR_TOO_MANY_ITEMS as shop_staff_join.
Err staff_accept(Tx *tx, const By *by, StaffInvitationId id, ShopRole *out);
Err staff_decline(Tx *tx, const By *by, StaffInvitationId id);             // ERR_NOT_FOUND
