// Search: what market the index of find/ is filled with, and how its answers become pages. The index is a file of each node,
// DATA/search.db, derived from the database and made anew when it is missing, broken or too old. docs/search.md.
#pragma once
#include "api/app.h"
#include "feed/feed.h"
#include "find/find.h"
#include "gen/search.gen.h"

enum {
    SEARCH_DEFAULT = 24,               // of one kind, a page
    SEARCH_FEW = 6,                    // of each kind, where all are shown
    SEARCH_LOOKED_AT = 200,            // hits that one page looks at in the database, for what filters and closed shops leave out
    SEARCH_GUESSES = 8,
    SEARCH_CATEGORIES = 30,
    SEARCH_SOLD_DAYS = 30,             // over which "most bought" looks back
    SEARCH_NOTES = 256,                // questions that wait to be noted for trends; what is more is not counted
    SEARCH_OLD_DAYS = 6,               // an index that nobody has kept up so long is made anew: less than EVENT_CHANGED_DAYS
};
// Beside the index, in place of its name's "db": the wish that it be made anew, and how far that is ("filling", "done" or
// "failed", how many of how many).
#define SEARCH_REQUEST "reindex"
#define SEARCH_PROGRESS "progress"
#define SEARCH_TASTE 0.25              // how much taste may add to a score, as a share of it

typedef struct Search Search;
// With a thread it keeps up with what changes, within a second; without, tests follow by search_follow.
Search *search_start(App *app, bool thread);
void    search_stop(Search *s);
// Takes in all that has been committed and placed until now; the first time, everything. On the caller's thread.
Err     search_follow(Search *s);
// All of it again, also while pages are made from it. `report` is called now and then. ERR_DISK: the file cannot be written.
typedef void (*SearchReport)(void *context, i64 done, i64 all);
Err     search_refill(Search *s, SearchReport report, void *context);

typedef struct SearchWanted {
    Str q;
    bool has_kind; SearchKind kind;
    SearchSort sort;
    bool exact, in_stock;
    Str category, currency, delivers;          // empty: any
    bool has_min, has_max; i64 min, max;       // minor units of `currency`
    i64 after, limit;
} SearchWanted;

// ERR_BAD_FIELD: nothing to search for in it, a price without a currency that there is.
Err search_page(Tx *tx, const By *by, Search *s, FeedEngine *engine, const SearchWanted *want, SearchPage *out);
Err search_guess(Tx *tx, const By *by, Search *s, Str begun, i64 limit, SearchGuesses *out);
