// Who was there: short-lived notes by which people are counted, and not events. Knows no clips, no products and no profile:
// it is told numbers, and keeps no person's.
#pragma once
#include "api/req.h"
#include "gen/crowd.gen.h"

enum {
    CROWD_SEARCH = 128,                        // a kind that is no RankEventKind: something was searched for
    CROWD_TRUST_AGE_MS = DAY_MS,               // a younger account counts as a guest does
    CROWD_WATCHED_MS = 2000, CROWD_WATCHED_SHARE = 500,    // or half of it: then somebody has looked
    CROWD_TEXT_MAX = 60,                       // code points of a search
    CROWD_PAGE_MAX = 5000,
    CROWD_PRUNED_MAX = 20000,
    CROWD_SALT_BYTES = 16,
    CROWD_KEEP_MS = 13 * HOUR_MS,              // the longest bucket that is counted, twice, and an hour
};

typedef struct CrowdNote {
    i64 person;                                // an account, or a guest's session; 0 is not noted
    bool is_account;
    i64 kind, clip, product;
    Str text;                                  // of a search
} CrowdNote;

// Notes that this person was there now. Says nothing of anybody who is not signed in and has no session.
Err crowd_note(Tx *tx, const By *by, const CrowdNote *note);
// How the person is known in the notes of the day of `at`; 0 when there are none.
Err crowd_who(Tx *tx, const By *by, i64 person, Time at, i64 *who);
// Notes of from <= at < to behind (at, id), in order; begin with from - 1 and 0. At most `limit`.
Err crowd_between(Tx *tx, Time at, CrowdNoteId after, Time to, i64 limit, CrowdNoteBetweenRowList *out);
// When the first note at or after `since` was made; false without one.
Err crowd_first(Tx *tx, Time since, bool *found, Time *at);
// Task "crowd_prune": erases what has been counted, and the salts of former days. Hourly.
Err crowd_prune(Tx *tx, const By *by, i64 subject);
