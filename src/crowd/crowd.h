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
    CROWD_ORIGIN_TRUSTED = 20,                 // old accounts of one network address that count
    CROWD_ORIGIN_MAX = 3,                      // guests and young accounts of one
    CROWD_UNTRUSTED_TIMES = 2,                 // ... and at most so many times as many as there are old accounts
    CROWD_AUDIENCES_MAX = 5,                   // of one clip
    CROWD_AUDIENCE_ROWS = 8192,                // people of one that are kept (below DB_ROWS_MAX); past that, half are left out
    CROWD_AUDIENCE_DAYS = 91,                  // the longest
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

// ---- tally.c: distinct people of many series, bounded in trust and in memory. Knows no database.

enum { TALLY_MAX = 1 << 21 };                  // presences held at once (48 MB); past that, every second person is left out
typedef struct TallyOne { i64 who, origin; u32 series; bool trusted; } TallyOne;
typedef struct Tally { TallyOne *p; i64 n, cap, most; int halved; } Tally;

// `most`: 0 is TALLY_MAX.
void tally_add(Tally *t, TallyOne one);
// counts[series] for series 0 .. n_series - 1, each person once; twice as many for each time that every second was left out.
void tally_count(Tally *t, i64 *counts, i64 n_series);
void tally_free(Tally *t);

// ---- audience.c: the distinct people of one clip over days, for as long as somebody wants to know. Each audience has a salt of
// its own, so its people are not known in another one; with the audience they are gone.

// Counts from now until `until`, at most CROWD_AUDIENCE_DAYS. ERR_TOO_MANY_ITEMS.
Err crowd_audience_open(Tx *tx, const By *by, i64 clip, Time until, CrowdAudienceId *out);
// How many there are, without the `n` persons of `without`; *changed is false, and *people as it was, when nobody has come since
// the last time.
Err crowd_audience_count(Tx *tx, const By *by, CrowdAudienceId id, const i64 *without, i64 n, bool *changed, i64 *people);
Err crowd_audience_close(Tx *tx, CrowdAudienceId id);
// Whoever comes into the audiences of a clip that are open now.
Err crowd_audience_note(Tx *tx, const By *by, const CrowdNote *note, bool trusted);
