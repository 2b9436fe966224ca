// The feed: its cursor and its order within a page. Which clips are worth what is said in clips/.
#pragma once
#include "api/req.h"
#include "gen/feed.gen.h"

enum {
    FEED_DEFAULT = 10,                 // clips a page
    FEED_MAX = 20,
    FEED_ROUNDS_MAX = 5,               // a page whose clips were left out (closed shops) is filled up so often
    FEED_CURSOR_SIZE = 48,
    FEED_BATCH_MAX = 200,              // events of one request
    FEED_BATCHES_PERSON = 60,          // a minute: the app sends one every five seconds and one when the page closes
    FEED_BATCHES_ADDRESS = 600,        // a minute: a whole office or mobile gateway behind one address, but no farm
};

// Takes a batch of what an app tells. ERR_NO_CONSENT when all of it is refused for that.
Err feed_take(Tx *tx, const By *by, const FeedBatch *in, FeedTaken *out);
// Counts one batch against the person's and the address's limits. ERR_TOO_MANY.
Err feed_count_batch(Tx *tx, const By *by, Str address);

// A page of what comes after `after` (empty: from the top). ERR_BAD_FIELD for a cursor that is none of ours.
Err feed_page(Tx *tx, const By *by, Str after, i64 limit, FeedPage *out);

// "HOT_ID", both decimal without sign or leading zeros.
bool feed_cursor(Str text, i64 *hot, i64 *id);
// An order of 0..n-1 in which no two neighbours have the same shop wherever that can be avoided; otherwise as given.
void feed_spread(const i64 *shops, i64 n, i64 *order);
