// The rules of the log and of consent. No HTTP, no JSON, no clock.
#include "events/events.h"

#include "api/task.h"
#include "api/vault.h"
#include "crowd/crowd.h"
#include "markets/markets.h"
#include "rank/chance.h"

i64 event_person(const Caller *who)
{
    return who->account ? who->account : who->session;
}

// ---------------------------------------------------------------------------------------------- consent

Err events_consent(Tx *tx, i64 person, bool *on)
{
    ConsentGetRow *row = NULL;
    if (person) try(q_consent_get(tx, (ConsentGetIn){ .person = person }, &row));
    *on = row && row->profiling;
    return ERR_OK;
}

Err profiling_view(Tx *tx, const By *by, Profiling *out)
{
    ConsentGetRow *row = NULL;
    i64 person = event_person(&by->who);
    *out = (Profiling){ 0 };
    if (person) try(q_consent_get(tx, (ConsentGetIn){ .person = person }, &row));
    if (row) *out = (Profiling){ .on = row->profiling, .has_decided = true, .decided = row->decided };
    return ERR_OK;
}

Err profiling_set(Tx *tx, const By *by, bool on, Profiling *out)
{
    i64 person = event_person(&by->who);
    must(person > 0);                                              // the route makes a guest where there is nobody
    bool before;
    try(events_consent(tx, person, &before));
    try(q_consent_put(tx, (ConsentPutIn){ .person = person, .profiling = on, .decided = by->now }));
    if (before && !on) try(events_reset(tx, by, person));
    return profiling_view(tx, by, out);
}

// ---------------------------------------------------------------------------------------------- one event

// What the service needs whoever watches: how often a clip was seen, and what people complain of.
static bool kept_unnamed(i64 kind)
{
    return kind == RANK_IMPRESSION || kind == RANK_WATCH || kind == RANK_REPORT || kind >= EVENT_CLIP_CHANGED;
}

// What an app tells and the server notes too.
static bool told_twice(i64 kind)
{
    return (kind >= RANK_LIKE && kind <= RANK_UNSAVE) || kind == RANK_COMMENT || kind == RANK_FOLLOW || kind == RANK_UNFOLLOW ||
           kind == RANK_CART;
}

// The sender's name for it counts for this sender alone: nobody can use up another's. Half of a keyed hash, so that it tells
// nothing of who it was; two of a thousand million rows meet with a chance of 3 %, and then one of them is lost.
static i64 key_of(Tx *tx, const By *by, const EventNote *note, EventId id)
{
    u64 key = hash_mix((u64)id.v);
    if (note->name.n) {
        Str text = arena_format(tx->a, "%lld %.*s", (long long)event_person(&by->who), STR_ARG(note->name));
        memcpy(&key, vault_hash(by->vault, tx->a, "event", text).p, sizeof(key));
    }
    return (i64)key;
}

static Err expires_of(Tx *tx, const EventNote *note, Time *out)
{
    i64 days;
    *out = EVENT_FOREVER;
    if (note->kind == EVENT_CLIP_CHANGED) return ERR_OK;           // about nobody; what is new reads all of these
    if (note->kind > EVENT_CLIP_CHANGED) {
        *out = note->at + EVENT_CHANGED_DAYS * DAY_MS;
        return ERR_OK;
    }
    try(market_number(tx, note->country, MARKET_RULE_EVENT_DAYS, &days));
    *out = note->at + days * DAY_MS;
    return ERR_OK;
}

static Err is_twin(Tx *tx, const EventNote *note, i64 person, bool *out)
{
    EventTwinRow row = { 0 };
    if (person && told_twice(note->kind))
        try(q_event_twin(tx, (EventTwinIn){ .person = person, .clip = note->clip, .kind = note->kind,
                                            .since = note->at - EVENT_TWIN_MS, .until = note->at + EVENT_TWIN_MS }, &row));
    *out = row.n > 0;
    return ERR_OK;
}

// What counts as having been there, for the crowd: not what was merely on a screen.
static bool is_presence(const EventNote *note)
{
    switch (note->kind) {
    case RANK_WATCH: return note->value >= CROWD_WATCHED_MS || note->share >= CROWD_WATCHED_SHARE;
    case RANK_LIKE: case RANK_SAVE: case RANK_SHARE: case RANK_COMMENT: case RANK_FOLLOW: case RANK_TAP: case RANK_CART:
    case RANK_BUY: return true;
    default: return false;
    }
}

static bool by_task(const By *by)
{
    return by->who.account == 0 && by->who.session == 0;
}

// Tasks tell of orders, and those are of accounts.
static Err note_crowd(Tx *tx, const By *by, const EventNote *note)
{
    if (!is_presence(note)) return ERR_OK;
    return crowd_note(tx, by, &(CrowdNote){ .person = note->person, .is_account = by_task(by) || note->person == by->who.account,
                                            .kind = note->kind, .clip = note->clip, .product = note->product });
}

Err event_note(Tx *tx, const By *by, const EventNote *note, EventOutcome *outcome)
{
    must(note->at > 0 && note->kind > 0 && note->clip >= 0 && note->product >= 0);
    bool consent, twin;
    Time expires;
    i64 n, person = note->person;
    EventId id = event_id_next(by->ids, by->now);
    try(events_consent(tx, person, &consent));
    *outcome = EVENT_NO_CONSENT;
    // What the server itself did for this person is counted, without a profile; what an app tells for one is not.
    if (!consent && !kept_unnamed(note->kind)) return note->name.n && !by_task(by) ? ERR_OK : note_crowd(tx, by, note);
    if (!consent) person = 0;
    try(is_twin(tx, note, person, &twin));
    *outcome = EVENT_REPEATED;
    if (twin) return ERR_OK;
    try(expires_of(tx, note, &expires));
    try(q_event_insert(tx, (EventInsertIn){ .id = id, .key = key_of(tx, by, note, id), .person = person, .kind = note->kind,
                                            .clip = note->clip, .product = note->product, .value = note->value,
                                            .share = note->share, .subject = (i64)note->subject, .at = note->at,
                                            .expires = expires }, &n));
    if (n == 0) return ERR_OK;
    *outcome = consent ? EVENT_KEPT : EVENT_KEPT_UNNAMED;
    return note_crowd(tx, by, note);
}

Err event_touch_of(Tx *tx, i64 person, i64 product, Time at, i64 *clip)
{
    EventTouchRow *row = NULL;
    if (person) try(q_event_touch(tx, (EventTouchIn){ .person = person, .product = product, .since = at - EVENT_TOUCH_MS,
                                                      .until = at }, &row));
    *clip = row ? row->clip : 0;
    return ERR_OK;
}

Err event_clip_changed(Tx *tx, const By *by, i64 clip)
{
    EventOutcome outcome;
    return event_note(tx, by, &(EventNote){ .kind = EVENT_CLIP_CHANGED, .clip = clip, .at = by->now }, &outcome);
}

Err event_changed(Tx *tx, const By *by, i64 kind, i64 id)
{
    EventOutcome outcome;
    must(kind >= EVENT_PRODUCT_CHANGED && kind <= EVENT_PERSON_CHANGED);
    return event_note(tx, by, &(EventNote){ .kind = kind, .value = id, .at = by->now }, &outcome);
}

// ---------------------------------------------------------------------------------------------- the log

// Rows that were committed meanwhile have waited for nobody; of two that give places at once, the second begins anew behind the
// first, at the counter.
Err events_place(Tx *tx, i64 *n)
{
    EventUnplacedRowList rows;
    EventCounterTakeRow taken;
    i64 changed;
    try(q_event_unplaced(tx, (EventUnplacedIn){ .limit = EVENTS_PLACED_MAX }, &rows));
    *n = rows.n;
    if (rows.n == 0) return ERR_OK;
    try(q_event_counter_take(tx, (EventCounterTakeIn){ .n = rows.n }, &taken));
    for (i64 i = 0; i < rows.n; i++)
        try(q_event_place(tx, (EventPlaceIn){ .id = rows.p[i].id, .seq = taken.next - rows.n + i }, &changed));
    return ERR_OK;
}

Err events_unplaced(Tx *tx, bool *out)
{
    EventUnplacedRowList rows;
    try(q_event_unplaced(tx, (EventUnplacedIn){ .limit = 1 }, &rows));
    *out = rows.n > 0;
    return ERR_OK;
}

Err events_after(Tx *tx, i64 seq, i64 limit, EventAfterRowList *out)
{
    must(limit >= 1 && limit <= EVENTS_PAGE_MAX);
    return q_event_after(tx, (EventAfterIn){ .seq = seq, .limit = limit }, out);
}

Err events_last(Tx *tx, i64 *last)
{
    EventLastRow row;
    try(q_event_last(tx, &row));
    *last = row.last;
    return ERR_OK;
}

Err events_of(Tx *tx, i64 person, EventId before, i64 limit, EventOfRowList *out)
{
    must(limit >= 1 && limit <= EVENT_OF_MAX);
    return q_event_of(tx, (EventOfIn){ .person = person, .before = before, .limit = limit }, out);
}

Err events_reset(Tx *tx, const By *by, i64 person)
{
    must(person > 0);
    i64 n;
    Time expires;
    EventNote note = { .person = person, .kind = RANK_RESET, .at = by->now };
    EventId id = event_id_next(by->ids, by->now);
    try(q_event_forget(tx, (EventForgetIn){ .person = person }, &n));
    try(expires_of(tx, &note, &expires));
    // Past what asks for consent: engines that have not seen this row yet still know the person.
    return q_event_insert(tx, (EventInsertIn){ .id = id, .key = key_of(tx, by, &note, id), .person = person, .kind = RANK_RESET,
                                               .at = by->now, .expires = expires }, &n);
}

Err events_forget(Tx *tx, const By *by, i64 person)
{
    i64 n;
    bool on;
    try(events_consent(tx, person, &on));
    if (on) try(events_reset(tx, by, person));
    return q_consent_delete(tx, (ConsentDeleteIn){ .person = person }, &n);
}

Err events_prune(Tx *tx, const By *by, i64 subject)
{
    i64 n;
    (void)subject;
    try(q_event_prune(tx, (EventPruneIn){ .now = by->now, .most = EVENTS_PRUNED_MAX }, &n));
    return task_at(tx, by, "event_prune", 0, by->now + (n == EVENTS_PRUNED_MAX ? SECOND_MS : HOUR_MS));
}
