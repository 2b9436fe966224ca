// Staff and invitations: the rules. No HTTP, no JSON, no clock.
#include "staff/staff.h"

#include "accounts/accounts.h"
#include "notify/notify.h"
#include "people/people.h"
#include "shops/shops.h"

static AccountId caller(const By *by)
{
    return (AccountId){ by->who.account };
}

static Err nobody(Tx *tx)
{
    return refuse(&tx->why, ERR_NOT_FOUND, "handle", "Nobody here has that handle.");
}

static Err no_invitation(Tx *tx)
{
    return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such invitation; it may have been taken back.");
}

static Notice notice_of(ShopId shop, AccountId account, AccountId inviter)
{
    return (Notice){ .to = account, .from = inviter, .kind = NOTICE_KIND_INVITATION, .subject = shop.v };
}

// Answered or taken back: it is told of no longer.
static Err drop(Tx *tx, StaffInvitationId id)
{
    StaffInvitationGetRow *row;
    i64 n;
    try(q_staff_invitation_get(tx, (StaffInvitationGetIn){ .id = id }, &row));
    if (!row) return ERR_OK;
    Notice notice = notice_of(row->shop, row->account, row->inviter);
    try(notify_take_back(tx, &notice));
    return q_staff_invitation_delete(tx, (StaffInvitationDeleteIn){ .id = id }, &n);
}

// ---------------------------------------------------------------------------------------------- the shop's side

static Err show_invitation(Tx *tx, const By *by, const StaffInvitationsFromRow *row, Staff *out)
{
    PersonCard card;
    try(person_card(tx, by, row->account, &card));                 // never the name that only who works together sees
    *out = (Staff){ .invitation = row->id, .handle = card.handle, .name = card.name, .role = row->role, .added = row->at };
    if (!out->name.p) out->name = STR("");
    return ERR_OK;
}

static Staff show_worker(const ShopWorker *x)
{
    return (Staff){ .account = x->account, .role = x->role, .name = x->name, .added = x->added };
}

Err staff_view(Tx *tx, const By *by, ShopId shop, StaffList *out)
{
    ShopWorkerList people;
    StaffInvitationsFromRowList asked;
    try(shop_staff(tx, by, shop, &people));
    try(q_staff_invitations_from(tx, (StaffInvitationsFromIn){ .shop = shop }, &asked));
    *out = (StaffList){ arena_new_array(tx->a, Staff, STAFF_LISTED_MAX), 0 };
    for (i64 i = 0; i < people.n; i++) out->p[out->n++] = show_worker(&people.p[i]);
    for (i64 i = 0; i < asked.n && out->n < STAFF_LISTED_MAX; i++) try(show_invitation(tx, by, &asked.p[i], &out->p[out->n++]));
    return ERR_OK;
}

// Takes back what `account` was asked by the shop, and what they asked others in its name when they are no owner any more.
static Err drop_of(Tx *tx, ShopId shop, AccountId account, bool asked_others)
{
    StaffInvitationsFromRowList rows;
    try(q_staff_invitations_from(tx, (StaffInvitationsFromIn){ .shop = shop }, &rows));
    for (i64 i = 0; i < rows.n; i++)
        if (rows.p[i].account.v == account.v || (asked_others && rows.p[i].inviter.v == account.v)) try(drop(tx, rows.p[i].id));
    return ERR_OK;
}

// Somebody who works there, another role than owner.
static Err change_role(Tx *tx, const By *by, ShopId shop, AccountId account, StaffRole role, Staff *out)
{
    ShopWorker x = { .account = account, .role = role };
    try(shop_staff_role_set(tx, by, shop, account, role, &x.added));
    try(drop_of(tx, shop, account, role != STAFF_ROLE_OWNER));
    try(account_name(tx, by, account, &x.name));
    *out = show_worker(&x);
    return ERR_OK;
}

// Room in the shop for one more who does not work there, and in this person's list.
static Err check_room(Tx *tx, ShopId shop, AccountId account, bool works)
{
    AccountIdList people;
    StaffInvitationsFromRowList asked;
    StaffInvitationsWaitingRow waiting;
    try(shop_people(tx, shop, &people));
    try(q_staff_invitations_from(tx, (StaffInvitationsFromIn){ .shop = shop }, &asked));
    if (!works && people.n + asked.n >= SHOP_STAFF_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "At most %d people may work in a shop, with those who are invited.",
                      SHOP_STAFF_MAX);
    try(q_staff_invitations_waiting(tx, (StaffInvitationsWaitingIn){ .account = account }, &waiting));
    if (waiting.n < STAFF_INVITED_MAX) return ERR_OK;
    return refuse(&tx->why, ERR_TOO_MANY_ITEMS, "handle", "At most %d invitations may wait for one person's answer.",
                  STAFF_INVITED_MAX);
}

// To who has blocked the caller there is no way: as if nobody had that handle.
static Err check_apart(Tx *tx, const By *by, Str handle, AccountId account)
{
    bool apart;
    AccountId same;
    Err e = person_visible(tx, by, handle, &same);
    if (e == ERR_NOT_FOUND) return nobody(tx);
    try(e);
    try(people_apart(tx, caller(by), account, &apart));
    return apart ? refuse(&tx->why, ERR_WRONG_STATE, NULL, "You have blocked this person.") : ERR_OK;
}

static Err invite(Tx *tx, const By *by, ShopId shop, AccountId account, StaffRole role, bool works, Staff *out)
{
    StaffInvitationBetweenRow *before;
    StaffInvitationGetRow *row;
    AccountId me = caller(by);
    StaffInvitationId id = staff_invitation_id_next(by->ids, by->now);
    try(q_staff_invitation_between(tx, (StaffInvitationBetweenIn){ .shop = shop, .account = account }, &before));
    if (before && before->role == role) id = before->id;
    else {
        // Another role is another invitation: nobody says yes to one that they have not read.
        if (before) try(drop(tx, before->id));
        else try(check_room(tx, shop, account, works));
        Str who = arena_format(tx->a, "%lld", (long long)me.v);
        try(account_count_attempt(tx, by, "invitation", who, STAFF_ASKS_PER_DAY, DAY_MS));
        try(q_staff_invitation_insert(tx, (StaffInvitationInsertIn){ .id = id, .shop = shop, .account = account, .role = role,
                                                                     .inviter = me, .at = by->now }));
        Notice notice = notice_of(shop, account, me);
        try(notify_put(tx, by, &notice));
    }
    try(q_staff_invitation_get(tx, (StaffInvitationGetIn){ .id = id }, &row));
    must(row);
    StaffInvitationsFromRow shown = { .id = row->id, .account = account, .role = role, .inviter = row->inviter, .at = row->at };
    return show_invitation(tx, by, &shown, out);
}

Err staff_put(Tx *tx, const By *by, ShopId shop, const StaffNew *in, Staff *out)
{
    AccountId account;
    bool works = false;
    StaffRole role = STAFF_ROLE_PACKER;
    try(shop_may(tx, by, shop, STAFF_ROLE_OWNER));
    Err e = account_by_handle(tx, in->handle, &account);
    if (e == ERR_NOT_FOUND) return nobody(tx);
    try(e);
    try(shop_role(tx, shop, account, &works, &role));
    if (works && (in->role != STAFF_ROLE_OWNER || role == STAFF_ROLE_OWNER))
        return change_role(tx, by, shop, account, in->role, out);
    try(check_apart(tx, by, in->handle, account));
    return invite(tx, by, shop, account, in->role, works, out);
}

Err staff_end(Tx *tx, const By *by, ShopId shop, AccountId account)
{
    try(shop_staff_end(tx, by, shop, account));
    return drop_of(tx, shop, account, true);
}

Err staff_withdraw(Tx *tx, const By *by, ShopId shop, StaffInvitationId id)
{
    StaffInvitationGetRow *row;
    try(shop_may(tx, by, shop, STAFF_ROLE_OWNER));
    try(q_staff_invitation_get(tx, (StaffInvitationGetIn){ .id = id }, &row));
    return row && row->shop.v == shop.v ? drop(tx, id) : no_invitation(tx);
}

// ---------------------------------------------------------------------------------------------- the invited person's side

Err staff_waiting(Tx *tx, AccountId account, i64 *out)
{
    StaffInvitationsWaitingRow row;
    try(q_staff_invitations_waiting(tx, (StaffInvitationsWaitingIn){ .account = account }, &row));
    *out = row.n;
    return ERR_OK;
}

Err staff_invitations(Tx *tx, const By *by, InvitationList *out)
{
    StaffInvitationsToRowList rows;
    try(q_staff_invitations_to(tx, (StaffInvitationsToIn){ .account = caller(by) }, &rows));
    *out = (InvitationList){ arena_new_array(tx->a, Invitation, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        bool apart;
        Invitation *x = &out->p[i];
        *x = (Invitation){ .id = rows.p[i].id, .role = rows.p[i].role, .at = rows.p[i].at, .shop = arena_new(tx->a, ShopCard),
                           .person = arena_new(tx->a, PersonCard) };
        try(shop_card(tx, rows.p[i].shop, x->shop));
        try(people_apart(tx, caller(by), rows.p[i].inviter, &apart));
        if (!apart) try(person_card(tx, by, rows.p[i].inviter, x->person));
    }
    return ERR_OK;
}

// Only the caller's own: of another one's nothing is told.
static Err my_invitation(Tx *tx, const By *by, StaffInvitationId id, StaffInvitationGetRow **out)
{
    try(q_staff_invitation_get(tx, (StaffInvitationGetIn){ .id = id }, out));
    return *out && (*out)->account.v == by->who.account ? ERR_OK : no_invitation(tx);
}

Err staff_accept(Tx *tx, const By *by, StaffInvitationId id, ShopRole *out)
{
    StaffInvitationGetRow *row;
    ShopCard card;
    bool works = false;
    StaffRole had = STAFF_ROLE_PACKER;
    Time added;
    AccountId me = caller(by);
    try(my_invitation(tx, by, id, &row));
    try(shop_role(tx, row->shop, me, &works, &had));
    try(drop(tx, id));
    if (works) try(shop_staff_role_set(tx, by, row->shop, me, row->role, &added));
    else try(shop_staff_join(tx, by, row->shop, me, row->role));
    try(shop_card(tx, row->shop, &card));
    *out = (ShopRole){ .shop = card.id, .handle = card.handle, .name = card.name, .role = row->role };
    return ERR_OK;
}

Err staff_decline(Tx *tx, const By *by, StaffInvitationId id)
{
    StaffInvitationGetRow *row;
    try(my_invitation(tx, by, id, &row));
    return drop(tx, id);
}

// ---------------------------------------------------------------------------------------------- audit

enum { AUDIT_PAGE = 1000 };

Err staff_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context)
{
    StaffInvitationAfterRowList rows = { 0 };
    StaffInvitationId after = { 0 };
    do {
        try(q_staff_invitation_after(tx, (StaffInvitationAfterIn){ .after = after, .limit = AUDIT_PAGE }, &rows));
        for (i64 i = 0; i < rows.n; i++) {
            bool works = false;
            StaffRole role = STAFF_ROLE_PACKER;
            Err e = shop_role(tx, rows.p[i].shop, rows.p[i].account, &works, &role);
            if (e == ERR_NOT_FOUND) report(context, "staff_invitation", rows.p[i].id.v, "is of a shop that is not");
            else if (e != ERR_OK) return e;
            else if (works && (role == STAFF_ROLE_OWNER || rows.p[i].role != STAFF_ROLE_OWNER))
                report(context, "staff_invitation", rows.p[i].id.v, "is to who works there already");
            after = rows.p[i].id;
        }
    } while (rows.n == AUDIT_PAGE);
    return ERR_OK;
}
