// The log of what people do, and their consent to it. Knows no clips, no engine and no feature that writes here: a person is the
// number of an account or of a guest's session, a clip and a product are numbers.
#pragma once
#include "api/req.h"
#include "gen/events.gen.h"
#include "rank/rank.h"

enum {
    EVENT_AGE_MAX_MS = 7 * DAY_MS,             // an app that was offline so long has nothing to tell any more
    EVENT_AHEAD_MAX_MS = MINUTE_MS,            // by a clock that has been put right already
    EVENT_TWIN_MS = MINUTE_MS,                 // a like that app and server both tell within this is one
    EVENT_WATCH_MAX_MS = 6 * HOUR_MS,
    EVENT_SHARE_MAX = 100 * 1000,              // per mille: a clip seen a hundred times in a row
    EVENTS_PLACED_MAX = 1000,                  // rows that one transaction gives their places
    EVENTS_PAGE_MAX = 1000,
    EVENTS_PRUNED_MAX = 5000,
    EVENT_OF_MAX = 10000,                      // of one person's export
    // Kinds of the log that are no RankEventKind: never change one.
    EVENT_CLIP_CHANGED = 64,                   // a clip is ready, edited, hidden or gone: whoever shows clips looks again
    // The same of others, for the search; `value` says which one.
    EVENT_PRODUCT_CHANGED = 65,                // also when it was bought or came back
    EVENT_SHOP_CHANGED = 66,
    EVENT_PERSON_CHANGED = 67,                 // an account's profile
    EVENT_CHANGED_DAYS = 7,                    // these three are kept: who has been away longer reads everything anew
};
// A product that was seen in a clip and bought so much later was bought because of it.
#define EVENT_FOREVER ((Time)INT64_C(253370764800000))         // the year 9999
#define EVENT_TOUCH_MS ((i64)14 * DAY_MS)

typedef struct EventNote {
    i64 person;                                // 0: nobody's
    i64 kind;
    i64 clip, product;
    i64 value, share; u64 subject;
    Time at;
    Str country;                               // whose rule says how long it is kept; empty: the rule of all markets
    Str name;                                  // the sender's own for it; empty: it has none, and is never a repetition
} EventNote;

typedef enum EventOutcome {
    EVENT_KEPT,                                // as this person's
    EVENT_KEPT_UNNAMED,                        // without consent: counted, without saying whose
    EVENT_REPEATED,                            // is there already
    EVENT_NO_CONSENT,                          // only a profile would need it, and there is to be none
} EventOutcome;

// Whose: the account's, or the guest session's; 0 without either.
i64 event_person(const Caller *who);
// Whether the feed may learn from this person; false for 0.
Err events_consent(Tx *tx, i64 person, bool *on);
// Keeps one. Likes, follows and the like that come from app and server within EVENT_TWIN_MS are kept once.
Err event_note(Tx *tx, const By *by, const EventNote *note, EventOutcome *outcome);
// Through which clip this person last met the product, within EVENT_TOUCH_MS before `at`; 0: none.
Err event_touch_of(Tx *tx, i64 person, i64 product, Time at, i64 *clip);
// A clip looks different from now on, or is gone.
Err event_clip_changed(Tx *tx, const By *by, i64 clip);
// kind: EVENT_PRODUCT_CHANGED to EVENT_PERSON_CHANGED.
Err event_changed(Tx *tx, const By *by, i64 kind, i64 id);

// Gives new rows their places; *n how many, at most EVENTS_PLACED_MAX.
Err events_place(Tx *tx, i64 *n);
// Are there rows without a place?
Err events_unplaced(Tx *tx, bool *out);
// The rows behind `seq` in their order, at most `limit`.
Err events_after(Tx *tx, i64 seq, i64 limit, EventAfterRowList *out);
// The last place that was given, whether its row is there or not; 0 at first.
Err events_last(Tx *tx, i64 *last);
// What is kept of a person, newest first, before an id; at most `limit`.
Err events_of(Tx *tx, i64 person, EventId before, i64 limit, EventOfRowList *out);
// Erases what is kept of a person and tells the feed's engines to forget. The consent stays as it is.
Err events_reset(Tx *tx, const By *by, i64 person);
// The same, and the consent too: the guest's session has ended, or the account is erased.
Err events_forget(Tx *tx, const By *by, i64 person);
// Task "event_prune": erases what has been kept long enough, hourly.
Err events_prune(Tx *tx, const By *by, i64 subject);

// ---- rules behind the handlers

Err profiling_view(Tx *tx, const By *by, Profiling *out);
Err profiling_set(Tx *tx, const By *by, bool on, Profiling *out);
