// The rules of challenges: starting, stopping, joining, leaving. No HTTP, no JSON, no clock.
#include "challenges/challenges.h"

#include "accounts/accounts.h"
#include "base/marks.h"
#include "catalog/catalog.h"
#include "challenges/inner.h"
#include "crowd/crowd.h"
#include "shops/shops.h"

static AccountId caller(const By *by)
{
    return (AccountId){ by->who.account };
}

static Err may_in_shop(Tx *tx, const By *by, ShopId shop, bool *out)
{
    Err e = by->who.account ? shop_may(tx, by, shop, STAFF_ROLE_MANAGER) : ERR_FORBIDDEN;
    *out = e == ERR_OK;
    return e == ERR_FORBIDDEN || e == ERR_NOT_FOUND ? ERR_OK : e;
}

bool challenge_is_over(const ChallengeFindRow *row, Time now)
{
    return row->state != CHALLENGE_STATE_OPEN || row->ends <= now;
}

Err challenge_may_tend(Tx *tx, const By *by, const ChallengeFindRow *row, bool *out)
{
    *out = by->who.account && (row->starter.v == by->who.account || by->who.is_operator);
    return *out || !row->shop.v ? ERR_OK : may_in_shop(tx, by, row->shop, out);
}

static Err open_one(Tx *tx, const By *by, ChallengeId id, ChallengeFindRow **row)
{
    Challenge seen;
    try(challenge_seen(tx, by, id, row, &seen));
    return challenge_is_over(*row, by->now) ? refuse(&tx->why, ERR_WRONG_STATE, NULL, "This challenge is over.") : ERR_OK;
}

// ---------------------------------------------------------------------------------------------- starting

static Err check_starter(Tx *tx, const By *by, const ChallengeNew *in)
{
    ClipPage made;
    Str handle;
    if (in->shop.v) return shop_may(tx, by, in->shop, STAFF_ROLE_MANAGER);
    try(account_handle_ensure(tx, by, caller(by), &handle));
    try(clips_of_person(tx, by, caller(by), (ClipId){ 0 }, 1, &made));
    if (made.items.n) return ERR_OK;
    return refuse(&tx->why, ERR_FORBIDDEN, NULL, "A challenge is started by a shop, or by who has made a clip.");
}

static Err check_product(Tx *tx, const ChallengeNew *in)
{
    ProductFacts facts;
    if (!in->product.v) return ERR_OK;
    Err e = catalog_product_facts(tx, in->product, &facts);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_NOT_FOUND || facts.state != PRODUCT_STATE_ACTIVE)
        return refuse(&tx->why, ERR_BAD_FIELD, "product", "There is no such product, or it is not for sale.");
    if (in->shop.v && facts.shop.v != in->shop.v)
        return refuse(&tx->why, ERR_BAD_FIELD, "product", "A shop's challenge shows one of its own products.");
    return ERR_OK;
}

static Err check_room(Tx *tx, const By *by, const ChallengeNew *in)
{
    ChallengeRunningRow running;
    try(account_count_attempt(tx, by, "challenge", arena_format(tx->a, "%lld", (long long)by->who.account), CHALLENGES_PER_HOUR,
                              HOUR_MS));
    try(q_challenge_running(tx, (ChallengeRunningIn){ .starter = caller(by), .shop = in->shop, .now = by->now }, &running));
    if ((in->shop.v ? running.of_shop : running.own) < CHALLENGES_RUNNING_MAX) return ERR_OK;
    return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "%d challenges can run at once.", CHALLENGES_RUNNING_MAX);
}

Err challenge_start(Tx *tx, const By *by, ChallengeId id, const ChallengeNew *in, Challenge *out)
{
    must(by->who.account > 0 && in->hours >= 1);
    ChallengeFindRow *made;
    Str title = str_trim(in->title), rules = str_trim(in->rules);
    i64 n;
    if (!clip_is_tag(tx->a, in->tag))
        return refuse(&tx->why, ERR_BAD_FIELD, "tag", "A tag is made of letters, digits and underscores.");
    if (str_utf8_length(title) < 3) return refuse(&tx->why, ERR_BAD_FIELD, "title", "A title has at least three letters.");
    try(check_starter(tx, by, in));
    try(check_product(tx, in));
    try(check_room(tx, by, in));
    ChallengeInsertIn row = { .id = id, .tag = marks_fold(tx->a, in->tag), .shop = in->shop, .starter = caller(by),
                              .title = STR(""), .rules = STR(""), .product = in->product, .begins = by->now,
                              .ends = by->now + in->hours * HOUR_MS };
    if (in->shop.v) row.title = title, row.rules = rules;
    else try(account_seal(tx, by, caller(by), title, &row.own_title));
    if (!in->shop.v) try(account_seal(tx, by, caller(by), rules, &row.own_rules));
    try(q_challenge_over(tx, (ChallengeOverIn){ .tag = row.tag, .now = by->now }, &n));
    try(q_challenge_insert(tx, row, &n));
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, "tag", "This tag has a challenge that is still open.");
    try(task_at(tx, by, "challenge", id.v, by->now + CHALLENGE_COUNT_MS));
    try(q_challenge_find(tx, (ChallengeFindIn){ .id = id }, &made));
    return challenge_show(tx, by, made, out);
}

// ---------------------------------------------------------------------------------------------- stopping

// What has joined stays, and is settled at once by the task.
static Err stopped(Tx *tx, const By *by, ChallengeId id, i64 n, Challenge *out)
{
    ChallengeFindRow *row;
    if (n == 0) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This challenge is over.");
    try(task_at(tx, by, "challenge", id.v, by->now));
    try(q_challenge_find(tx, (ChallengeFindIn){ .id = id }, &row));
    return challenge_show(tx, by, row, out);
}

Err challenge_stop(Tx *tx, const By *by, ChallengeId id, ChallengeState state, Challenge *out)
{
    must(state == CHALLENGE_STATE_ENDED || state == CHALLENGE_STATE_WITHDRAWN);
    ChallengeFindRow *row;
    bool may;
    i64 n;
    try(open_one(tx, by, id, &row));
    try(challenge_may_tend(tx, by, row, &may));
    if (!may) return refuse(&tx->why, ERR_FORBIDDEN, NULL, "Only those whose challenge it is can end it.");
    try(q_challenge_set_state(tx, (ChallengeSetStateIn){ .id = id, .state = state, .ends = by->now, .now = by->now }, &n));
    return stopped(tx, by, id, n, out);
}

Err challenge_take_down(Tx *tx, const By *by, ChallengeId id, Str reason, Challenge *out)
{
    must(by->who.is_operator);
    ChallengeFindRow *row;
    i64 n;
    try(q_challenge_find(tx, (ChallengeFindIn){ .id = id }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such challenge.");
    try(q_challenge_set_removed(tx, (ChallengeSetRemovedIn){ .id = id, .reason = reason, .now = by->now }, &n));
    return stopped(tx, by, id, n, out);
}

Err challenge_tell_on(Tx *tx, const By *by, ChallengeId id, ChallengeFault reason)
{
    ChallengeFindRow *row;
    Challenge seen;
    try(challenge_seen(tx, by, id, &row, &seen));
    return q_challenge_report_put(tx, (ChallengeReportPutIn){ .challenge = id, .account = caller(by), .reason = reason,
                                                              .at = by->now });
}

// ---------------------------------------------------------------------------------------------- joining

static Err check_own(Tx *tx, const By *by, ClipId id, ClipFindRow **clip)
{
    bool may, open = false;
    try(clip_stored(tx, id, clip));
    if (*clip && (*clip)->state == CLIP_STATE_READY) try(shop_is_open(tx, (*clip)->shop, &open));
    if (!open) return refuse(&tx->why, ERR_NOT_FOUND, "clip", "There is no such clip.");
    try(may_in_shop(tx, by, (*clip)->shop, &may));
    if (may || (*clip)->author.v == by->who.account) return ERR_OK;
    return refuse(&tx->why, ERR_FORBIDDEN, "clip", "Only those whose clip it is can let it join.");
}

static Err check_each(Tx *tx, ChallengeId id, AccountId author)
{
    ChallengeEntryFindRowList own;
    try(q_challenge_entries_of(tx, (ChallengeEntriesOfIn){ .challenge = id, .author = author, .limit = CHALLENGE_ENTRIES_EACH },
                               &own));
    if (own.n < CHALLENGE_ENTRIES_EACH) return ERR_OK;
    return refuse(&tx->why, ERR_TOO_MANY_ITEMS, "clip", "One person's %d clips can take part.", CHALLENGE_ENTRIES_EACH);
}

static Err one_more(Tx *tx, ChallengeId id)
{
    i64 n;
    try(q_challenge_entries_add(tx, (ChallengeEntriesAddIn){ .id = id, .delta = 1, .most = CHALLENGE_ENTRIES_MAX }, &n));
    return n ? ERR_OK : refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "%d clips can take part.", CHALLENGE_ENTRIES_MAX);
}

Err challenge_let_in(Tx *tx, const By *by, const ChallengeFindRow *row, const ClipFindRow *clip)
{
    CrowdAudienceId audience;
    i64 n;
    try(check_each(tx, row->id, clip->author));
    try(crowd_audience_open(tx, by, clip->id.v, row->ends, &audience));
    try(one_more(tx, row->id));
    try(q_challenge_entry_insert(tx, (ChallengeEntryInsertIn){ .challenge = row->id, .clip = clip->id, .shop = clip->shop,
                                                               .author = clip->author, .audience = audience,
                                                               .joined = by->now }, &n));
    return n ? ERR_OK : ERR_WRONG_STATE;
}

// Who left may come back, and begins anew.
static Err come_back(Tx *tx, const By *by, const ChallengeFindRow *row, const ChallengeEntryFindRow *had)
{
    CrowdAudienceId audience;
    i64 n;
    if (had->state == CHALLENGE_ENTRY_STATE_STANDING)
        return refuse(&tx->why, ERR_WRONG_STATE, "clip", "This clip takes part already.");
    if (had->state == CHALLENGE_ENTRY_STATE_DROPPED)
        return refuse(&tx->why, ERR_WRONG_STATE, "clip", "This clip was taken out of the challenge.");
    try(check_each(tx, row->id, had->author));
    try(one_more(tx, row->id));
    try(crowd_audience_open(tx, by, had->clip.v, row->ends, &audience));
    return q_challenge_entry_again(tx, (ChallengeEntryAgainIn){ .challenge = row->id, .clip = had->clip, .audience = audience,
                                                                .joined = by->now }, &n);
}

static Err shown_entry(Tx *tx, const By *by, ChallengeId id, ClipId clip, ChallengeEntry *out)
{
    ChallengeEntryFindRow *row;
    ChallengePlaceRow before;
    bool shown;
    try(q_challenge_entry_find(tx, (ChallengeEntryFindIn){ .challenge = id, .clip = clip }, &row));
    must(row != NULL);
    try(q_challenge_place(tx, (ChallengePlaceIn){ .challenge = id, .viewers = row->viewers, .joined = row->joined, .clip = clip },
                          &before));
    try(challenge_entry_show(tx, by, row, before.n + 1, out, &shown));
    return shown ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, "clip", "There is no such clip.");
}

Err challenge_put_in(Tx *tx, const By *by, ChallengeId id, ClipId clip_id, ChallengeEntry *out)
{
    ChallengeFindRow *row;
    ChallengeEntryFindRow *had;
    ClipFindRow *clip;
    try(open_one(tx, by, id, &row));
    try(check_own(tx, by, clip_id, &clip));
    try(q_challenge_entry_find(tx, (ChallengeEntryFindIn){ .challenge = id, .clip = clip_id }, &had));
    try(had ? come_back(tx, by, row, had) : challenge_let_in(tx, by, row, clip));
    return shown_entry(tx, by, id, clip_id, out);
}

Err challenge_take_out(Tx *tx, const By *by, ChallengeId id, ClipId clip)
{
    ChallengeFindRow *row;
    ChallengeEntryFindRow *entry;
    bool own, tends;
    i64 n;
    try(open_one(tx, by, id, &row));
    try(q_challenge_entry_find(tx, (ChallengeEntryFindIn){ .challenge = id, .clip = clip }, &entry));
    if (!entry || entry->state != CHALLENGE_ENTRY_STATE_STANDING)
        return refuse(&tx->why, ERR_NOT_FOUND, "clip", "This clip does not take part.");
    try(may_in_shop(tx, by, entry->shop, &own));
    own = (own && !by->who.is_operator) || entry->author.v == by->who.account;
    try(challenge_may_tend(tx, by, row, &tends));
    if (!own && !tends) return refuse(&tx->why, ERR_FORBIDDEN, NULL, "Only those whose clip or challenge it is can take it out.");
    ChallengeEntryState to = own ? CHALLENGE_ENTRY_STATE_LEFT : CHALLENGE_ENTRY_STATE_DROPPED;
    try(crowd_audience_close(tx, entry->audience));
    try(q_challenge_entry_out(tx, (ChallengeEntryOutIn){ .challenge = id, .clip = clip, .state = to }, &n));
    return q_challenge_entries_add(tx, (ChallengeEntriesAddIn){ .id = id, .delta = -1, .most = CHALLENGE_ENTRIES_MAX }, &n);
}

// ---------------------------------------------------------------------------------------------- audit

Err challenges_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context)
{
    ChallengeAuditEntriesRowList entries;
    ChallengeAuditAudiencesRowList audiences;
    try(q_challenge_audit_entries(tx, &entries));
    for (i64 i = 0; i < entries.n; i++)
        report(context, "challenge_entries", entries.p[i].id.v, "counts other clips than take part");
    try(q_challenge_audit_audiences(tx, &audiences));
    for (i64 i = 0; i < audiences.n; i++)
        report(context, "challenge_audiences", audiences.p[i].id.v, "counts viewers of other clips than take part");
    return ERR_OK;
}
