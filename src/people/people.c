// The rules of profiles, follows and blocks. No HTTP, no JSON, no clock.
#include "people/people.h"

#include "accounts/accounts.h"
#include "base/marks.h"
#include "events/events.h"
#include "shops/shops.h"

static AccountId caller(const By *by)
{
    return (AccountId){ by->who.account };
}

static bool same(AccountId a, AccountId b)
{
    return a.v == b.v;
}

// ---------------------------------------------------------------------------------------------- cards

Err person_card(Tx *tx, const By *by, AccountId account, PersonCard *out)
{
    PersonRowRow *row;
    Str handle;
    *out = (PersonCard){ 0 };
    try(account_handle(tx, account, &handle));
    if (handle.n) out->handle = handle;
    try(q_person_row(tx, (PersonRowIn){ .account = account }, &row));
    if (!row || !row->name.n) return ERR_OK;
    Str name;
    try(account_open(tx, by, account, row->name, &name));
    if (name.n) out->name = name;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- blocks

Err people_apart(Tx *tx, AccountId a, AccountId b, bool *out)
{
    PersonBlockPairRowList rows = { 0 };
    if (a.v && b.v && !same(a, b)) try(q_person_block_pair(tx, (PersonBlockPairIn){ .a = a, .b = b }, &rows));
    *out = rows.n > 0;
    return ERR_OK;
}

Err people_apart_from(Tx *tx, AccountId account, i64 limit, AccountIdList *out)
{
    PersonApartFromRowList rows = { 0 };
    if (account.v) try(q_person_apart_from(tx, (PersonApartFromIn){ .account = account, .limit = limit }, &rows));
    *out = (AccountIdList){ arena_new_array(tx->a, AccountId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].account;
    return ERR_OK;
}

static Err blocked_by(Tx *tx, AccountId blocker, AccountId blocked, bool *out)
{
    PersonBlockPairRowList rows;
    *out = false;
    try(q_person_block_pair(tx, (PersonBlockPairIn){ .a = blocker, .b = blocked }, &rows));
    for (i64 i = 0; i < rows.n; i++) *out |= same(rows.p[i].blocker, blocker);
    return ERR_OK;
}

Err person_visible(Tx *tx, const By *by, Str handle, AccountId *out)
{
    bool hidden;
    try(account_by_handle(tx, handle, out));
    try(blocked_by(tx, *out, caller(by), &hidden));
    return hidden ? refuse(&tx->why, ERR_NOT_FOUND, "handle", "Nobody here has that name.") : ERR_OK;
}

static Err count(Tx *tx, AccountId account, i64 followers, i64 following)
{
    return q_person_count(tx, (PersonCountIn){ .account = account, .followers = followers, .following = following });
}

static Err unfollow(Tx *tx, AccountId follower, AccountId followed, bool *changed)
{
    i64 n;
    try(q_person_follow_delete(tx, (PersonFollowDeleteIn){ .follower = follower, .followed = followed }, &n));
    *changed = n > 0;
    if (n == 0) return ERR_OK;
    try(count(tx, follower, 0, -1));
    return count(tx, followed, -1, 0);
}

Err person_block_set(Tx *tx, const By *by, AccountId whom, bool on)
{
    i64 n;
    bool changed;
    PersonBlocksCountRow had;
    AccountId me = caller(by);
    if (!on) return q_person_block_delete(tx, (PersonBlockDeleteIn){ .blocker = me, .blocked = whom }, &n);
    if (same(me, whom)) return refuse(&tx->why, ERR_BAD_FIELD, "handle", "This is yourself.");
    try(q_person_blocks_count(tx, (PersonBlocksCountIn){ .account = me }, &had));
    if (had.n >= PEOPLE_BLOCKED_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "One person can block %d others.", PEOPLE_BLOCKED_MAX);
    try(q_person_block_put(tx, (PersonBlockPutIn){ .id = person_block_id_next(by->ids, by->now), .blocker = me,
                                                   .blocked = whom, .at = by->now }, &n));
    try(unfollow(tx, me, whom, &changed));
    return unfollow(tx, whom, me, &changed);
}

// ---------------------------------------------------------------------------------------------- follows

Err person_follow_set(Tx *tx, const By *by, AccountId whom, bool on, bool *changed)
{
    i64 n;
    bool apart;
    PersonRowRow *mine;
    Str handle;
    AccountId me = caller(by);
    must(me.v > 0);
    if (!on) return unfollow(tx, me, whom, changed);
    if (same(me, whom)) return refuse(&tx->why, ERR_BAD_FIELD, "handle", "This is yourself.");
    try(people_apart(tx, me, whom, &apart));
    if (apart) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "You have blocked this person.");
    try(q_person_row(tx, (PersonRowIn){ .account = me }, &mine));
    if (mine && mine->following >= PEOPLE_FOLLOWED_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "One person can follow %d others.", PEOPLE_FOLLOWED_MAX);
    try(account_handle_ensure(tx, by, me, &handle));              // so that it can be seen who follows
    try(q_person_follow_put(tx, (PersonFollowPutIn){ .id = person_follow_id_next(by->ids, by->now), .follower = me,
                                                     .followed = whom, .at = by->now }, &n));
    *changed = n > 0;
    if (n == 0) return ERR_OK;
    try(count(tx, me, 0, 1));
    try(count(tx, whom, 1, 0));
    return event_changed(tx, by, EVENT_PERSON_CHANGED, whom.v);
}

Err people_following(Tx *tx, AccountId account, i64 limit, AccountIdList *out)
{
    PersonFollowedByRowList rows = { 0 };
    if (account.v)
        try(q_person_followed_by(tx, (PersonFollowedByIn){ .account = account, .before = { INT64_MAX }, .limit = limit }, &rows));
    *out = (AccountIdList){ arena_new_array(tx->a, AccountId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].account;
    return ERR_OK;
}

static Err follows(Tx *tx, AccountId follower, AccountId followed, bool *out)
{
    PersonFollowGetRow *row = NULL;
    if (follower.v) try(q_person_follow_get(tx, (PersonFollowGetIn){ .follower = follower, .followed = followed }, &row));
    *out = row != NULL;
    return ERR_OK;
}

// Who has blocked the caller, or is blocked, is left out; so is whom nothing can be shown of.
static Err add_row(Tx *tx, const By *by, AccountId account, bool blocks_too, PersonPage *out)
{
    bool apart;
    PersonRow row = { .person = arena_new(tx->a, PersonCard) };
    try(people_apart(tx, caller(by), account, &apart));
    if (apart && !blocks_too) return ERR_OK;
    try(person_card(tx, by, account, row.person));
    if (!row.person->handle.n) return ERR_OK;
    try(follows(tx, caller(by), account, &row.followed));
    out->items.p[out->items.n++] = row;
    return ERR_OK;
}

static void begin_page(Arena *a, PersonPage *out)
{
    *out = (PersonPage){ .items = { arena_new_array(a, PersonRow, PEOPLE_PAGE), 0 } };
}

static void set_next(Arena *a, i64 n, i64 last, PersonPage *out)
{
    if (n == PEOPLE_PAGE) out->next = arena_format(a, "%lld", (long long)last);
}

Err person_followers_page(Tx *tx, const By *by, AccountId of, PersonFollowId before, PersonPage *out)
{
    PersonFollowersOfRowList rows;
    if (!before.v) before.v = INT64_MAX;
    try(q_person_followers_of(tx, (PersonFollowersOfIn){ .account = of, .before = before, .limit = PEOPLE_PAGE }, &rows));
    begin_page(tx->a, out);
    for (i64 i = 0; i < rows.n; i++) try(add_row(tx, by, rows.p[i].account, false, out));
    set_next(tx->a, rows.n, rows.n ? rows.p[rows.n - 1].id.v : 0, out);
    return ERR_OK;
}

Err person_following_page(Tx *tx, const By *by, AccountId of, PersonFollowId before, PersonPage *out)
{
    PersonFollowedByRowList rows;
    if (!before.v) before.v = INT64_MAX;
    try(q_person_followed_by(tx, (PersonFollowedByIn){ .account = of, .before = before, .limit = PEOPLE_PAGE }, &rows));
    begin_page(tx->a, out);
    for (i64 i = 0; i < rows.n; i++) try(add_row(tx, by, rows.p[i].account, false, out));
    set_next(tx->a, rows.n, rows.n ? rows.p[rows.n - 1].id.v : 0, out);
    return ERR_OK;
}

Err person_blocks_page(Tx *tx, const By *by, PersonBlockId before, PersonPage *out)
{
    PersonBlocksOfRowList rows;
    if (!before.v) before.v = INT64_MAX;
    try(q_person_blocks_of(tx, (PersonBlocksOfIn){ .account = caller(by), .before = before, .limit = PEOPLE_PAGE }, &rows));
    begin_page(tx->a, out);
    for (i64 i = 0; i < rows.n; i++) try(add_row(tx, by, rows.p[i].account, true, out));
    set_next(tx->a, rows.n, rows.n ? rows.p[rows.n - 1].id.v : 0, out);
    return ERR_OK;
}

static bool in_list(const AccountIdList *list, AccountId account)
{
    for (i64 i = 0; i < list->n; i++)
        if (same(list->p[i], account)) return true;
    return false;
}

Err people_named(Tx *tx, AccountId from, Str text, AccountIdList *out)
{
    MarkList marks;
    marks_find(tx->a, text, &marks);
    *out = (AccountIdList){ arena_new_array(tx->a, AccountId, PEOPLE_NAMED_MAX), 0 };
    for (i64 i = 0; i < marks.n && out->n < PEOPLE_NAMED_MAX; i++) {
        AccountId whom;
        bool apart;
        if (marks.p[i].kind != MARK_MENTION) continue;
        Err e = account_by_handle(tx, marks.p[i].name, &whom);
        if (e == ERR_NOT_FOUND) continue;
        if (e != ERR_OK) return e;
        try(people_apart(tx, from, whom, &apart));
        if (!apart && !same(from, whom) && !in_list(out, whom)) out->p[out->n++] = whom;
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- profiles

static Err owned_shops(Tx *tx, AccountId account, Profile *out)
{
    ShopRoleList roles;
    try(shop_roles(tx, account, &roles));
    out->shops.p = arena_new_array(tx->a, ShopCard, PEOPLE_PROFILE_SHOPS);
    for (i64 i = 0; i < roles.n && out->shops.n < PEOPLE_PROFILE_SHOPS; i++) {
        bool open;
        try(shop_is_open(tx, roles.p[i].shop, &open));
        if (!open || roles.p[i].role != STAFF_ROLE_OWNER) continue;
        try(shop_card(tx, roles.p[i].shop, &out->shops.p[out->shops.n]));
        out->shops.n++;
    }
    return ERR_OK;
}

Err person_profile(Tx *tx, const By *by, AccountId account, Profile *out)
{
    PersonRowRow *row;
    AccountId me = caller(by);
    *out = (Profile){ .mine = same(me, account) };
    try(account_handle(tx, account, &out->handle));
    try(q_person_row(tx, (PersonRowIn){ .account = account }, &row));
    if (row) {
        Str name = { 0 };
        out->followers = row->followers;
        out->following = row->following;
        if (row->name.n) try(account_open(tx, by, account, row->name, &name));
        if (name.n) out->name = name;
        if (row->bio.n) try(account_open(tx, by, account, row->bio, &out->bio));
    }
    if (!out->mine) {
        try(follows(tx, me, account, &out->followed));
        try(follows(tx, account, me, &out->follows_me));
        try(blocked_by(tx, me, account, &out->blocked));
    }
    return owned_shops(tx, account, out);
}

static Err seal_or_none(Tx *tx, const By *by, Str text, Str *out)
{
    *out = (Str){ 0 };
    text = str_trim(text);
    return text.n ? account_seal(tx, by, caller(by), text, out) : ERR_OK;
}

Err person_profile_edit(Tx *tx, const By *by, const ProfileEdit *in, Profile *out)
{
    Str sealed;
    i64 n;
    AccountId me = caller(by);
    try(count(tx, me, 0, 0));                                      // so that there is a row
    if (in->name.p) {
        try(seal_or_none(tx, by, in->name, &sealed));
        try(q_person_set_name(tx, (PersonSetNameIn){ .account = me, .name = sealed }, &n));
    }
    if (in->bio.p) {
        try(seal_or_none(tx, by, in->bio, &sealed));
        try(q_person_set_bio(tx, (PersonSetBioIn){ .account = me, .bio = sealed }, &n));
    }
    try(event_changed(tx, by, EVENT_PERSON_CHANGED, me.v));
    return person_profile(tx, by, me, out);
}

Err people_after(Tx *tx, AccountId after, i64 limit, AccountIdList *out)
{
    PersonAfterRowList rows;
    try(q_person_after(tx, (PersonAfterIn){ .after = after, .limit = limit }, &rows));
    *out = (AccountIdList){ arena_new_array(tx->a, AccountId, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].account;
    return ERR_OK;
}

Err people_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context)
{
    PersonAuditCountsRowList rows;
    try(q_person_audit_counts(tx, &rows));
    for (i64 i = 0; i < rows.n; i++)
        report(context, "person_follows", rows.p[i].account.v, "counts other followers or followed than there are");
    return ERR_OK;
}

Err people_count(Tx *tx, i64 *out)
{
    PersonCountAllRow row;
    try(q_person_count_all(tx, &row));
    *out = row.n;
    return ERR_OK;
}
