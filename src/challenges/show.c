// Challenges as people see them. No HTTP, no JSON, no clock.
#include "accounts/accounts.h"
#include "base/marks.h"
#include "catalog/catalog.h"
#include "challenges/inner.h"
#include "people/people.h"
#include "shops/shops.h"

static Err words_of(Tx *tx, const By *by, const ChallengeFindRow *row, Challenge *out)
{
    out->title = row->title;
    out->rules = row->rules;
    if (row->shop.v) return ERR_OK;
    try(account_open(tx, by, row->starter, row->own_title, &out->title));
    return account_open(tx, by, row->starter, row->own_rules, &out->rules);
}

Err challenge_show(Tx *tx, const By *by, const ChallengeFindRow *row, Challenge *out)
{
    ProductCardList cards = { 0 };
    ProductId product = row->product;
    *out = (Challenge){ .id = row->id, .tag = row->tag, .state = row->state, .final = row->settled, .reason = row->reason,
                        .begins = row->begins, .ends = row->ends, .entries = row->entries,
                        .starter = arena_new(tx->a, PersonCard) };
    if (out->state == CHALLENGE_STATE_OPEN && row->ends <= by->now) out->state = CHALLENGE_STATE_ENDED;
    try(words_of(tx, by, row, out));
    try(challenge_may_tend(tx, by, row, &out->mine));
    if (row->shop.v) {
        out->shop = arena_new(tx->a, ShopCard);
        try(shop_card(tx, row->shop, out->shop));
    } else {
        try(person_card(tx, by, row->starter, out->starter));      // who speaks for a shop is not named
    }
    if (product.v) try(catalog_cards(tx, (ProductIdList){ &product, 1 }, false, &cards));
    if (cards.n) out->product = &cards.p[0];
    return ERR_OK;
}

// Whoever wants nothing of its starter does not see it; nor is there anything to see when its words were erased.
static Err is_shown(Tx *tx, const By *by, const ChallengeFindRow *row, const Challenge *c, bool *out)
{
    bool apart = false;
    if (!row->shop.v) try(people_apart(tx, (AccountId){ by->who.account }, row->starter, &apart));
    *out = c->title.n > 0 && (c->mine || (!apart && row->state != CHALLENGE_STATE_REMOVED));
    return ERR_OK;
}

Err challenge_seen(Tx *tx, const By *by, ChallengeId id, ChallengeFindRow **row, Challenge *out)
{
    bool shown = false;
    try(q_challenge_find(tx, (ChallengeFindIn){ .id = id }, row));
    if (*row) {
        try(challenge_show(tx, by, *row, out));
        try(is_shown(tx, by, *row, out, &shown));
    }
    return shown ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such challenge.");
}

Err challenges_page(Tx *tx, const By *by, const ChallengesWanted *want, ChallengePage *out)
{
    ChallengeFindRowList rows;
    ChallengeId before = want->before.v ? want->before : (ChallengeId){ INT64_MAX };
    if (want->tag.n)
        try(q_challenge_tag_page(tx, (ChallengeTagPageIn){ .tag = marks_fold(tx->a, want->tag), .before = before,
                                                           .limit = want->limit }, &rows));
    else if (want->shop.v)
        try(q_challenge_shop_page(tx, (ChallengeShopPageIn){ .shop = want->shop, .before = before, .limit = want->limit },
                                  &rows));
    else try(q_challenge_open_page(tx, (ChallengeOpenPageIn){ .now = by->now, .before = before, .limit = want->limit }, &rows));
    *out = (ChallengePage){ .items = { arena_new_array(tx->a, Challenge, rows.n), 0 } };
    for (i64 i = 0; i < rows.n; i++) {
        Challenge *c = &out->items.p[out->items.n];
        bool shown;
        try(challenge_show(tx, by, &rows.p[i], c));
        try(is_shown(tx, by, &rows.p[i], c, &shown));
        out->items.n += shown;
    }
    if (rows.n == want->limit) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].id.v);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- the board

// Their clips in one go, in their order; what cannot be seen is left out. Places are counted from 1.
static Err show_entries(Tx *tx, const By *by, ChallengeEntryFindRowList rows, ChallengeEntryList *out)
{
    ClipFindRowList clips = { arena_new_array(tx->a, ClipFindRow, rows.n), 0 };
    ClipList seen;
    for (i64 i = 0; i < rows.n; i++) {
        ClipFindRow *clip;
        try(clip_stored(tx, rows.p[i].clip, &clip));
        if (clip && clip->state == CLIP_STATE_READY) clips.p[clips.n++] = *clip;
    }
    try(clips_show(tx, by, clips, &seen));
    *out = (ChallengeEntryList){ arena_new_array(tx->a, ChallengeEntry, rows.n), 0 };
    for (i64 i = 0; i < rows.n && out->n < seen.n; i++) {
        const ChallengeEntryFindRow *row = &rows.p[i];
        Clip *clip = &seen.p[out->n];
        if (clip->id.v != row->clip.v) continue;
        out->p[out->n++] = (ChallengeEntry){ .place = i + 1, .clip = clip, .viewers = row->viewers, .joined = row->joined,
                                             .may_leave = by->who.account && row->author.v == by->who.account };
    }
    return ERR_OK;
}

Err challenge_entry_show(Tx *tx, const By *by, const ChallengeEntryFindRow *row, i64 place, ChallengeEntry *out, bool *shown)
{
    ChallengeEntryFindRow one = *row;
    ChallengeEntryList list;
    try(show_entries(tx, by, (ChallengeEntryFindRowList){ &one, 1 }, &list));
    *shown = list.n == 1;
    if (*shown) *out = list.p[0], out->place = place;
    return ERR_OK;
}

static Err show_own(Tx *tx, const By *by, ChallengeId id, ChallengeEntryList *out)
{
    ChallengeEntryFindRowList rows;
    try(q_challenge_entries_of(tx, (ChallengeEntriesOfIn){ .challenge = id, .author = { by->who.account },
                                                           .limit = CHALLENGE_ENTRIES_EACH }, &rows));
    *out = (ChallengeEntryList){ arena_new_array(tx->a, ChallengeEntry, rows.n), 0 };
    for (i64 i = 0; i < rows.n; i++) {
        const ChallengeEntryFindRow *row = &rows.p[i];
        ChallengePlaceRow better;
        bool shown;
        try(q_challenge_place(tx, (ChallengePlaceIn){ .challenge = id, .viewers = row->viewers, .joined = row->joined,
                                                      .clip = row->clip }, &better));
        try(challenge_entry_show(tx, by, row, better.n + 1, &out->p[out->n], &shown));
        out->n += shown;
    }
    return ERR_OK;
}

Err challenge_board(Tx *tx, const By *by, ChallengeId id, ChallengeBoard *out)
{
    ChallengeFindRow *row;
    ChallengeEntryFindRowList rows;
    *out = (ChallengeBoard){ .challenge = arena_new(tx->a, Challenge) };
    try(challenge_seen(tx, by, id, &row, out->challenge));
    try(q_challenge_board(tx, (ChallengeBoardIn){ .challenge = id, .limit = CHALLENGE_BOARD }, &rows));
    try(show_entries(tx, by, rows, &out->items));
    for (i64 i = 0; i < out->items.n; i++) out->items.p[i].may_leave |= out->challenge->mine;
    return by->who.account ? show_own(tx, by, id, &out->own) : ERR_OK;
}

// ---------------------------------------------------------------------------------------------- the operator

Err challenges_reported(Tx *tx, const By *by, ChallengeReportedPage *out)
{
    ChallengeMostReportedRowList rows;
    try(q_challenge_most_reported(tx, (ChallengeMostReportedIn){ .limit = CHALLENGE_BOARD }, &rows));
    *out = (ChallengeReportedPage){ .items = { arena_new_array(tx->a, ChallengeReported, rows.n), rows.n } };
    for (i64 i = 0; i < rows.n; i++) {
        ChallengeFindRow *row;
        ChallengeLastReportRow *last;
        ChallengeReported *r = &out->items.p[i];
        *r = (ChallengeReported){ .challenge = arena_new(tx->a, Challenge), .reports = rows.p[i].n };
        try(q_challenge_find(tx, (ChallengeFindIn){ .id = rows.p[i].challenge }, &row));
        try(q_challenge_last_report(tx, (ChallengeLastReportIn){ .challenge = rows.p[i].challenge }, &last));
        must(row && last);
        r->last = last->reason;
        try(challenge_show(tx, by, row, r->challenge));
    }
    return ERR_OK;
}
