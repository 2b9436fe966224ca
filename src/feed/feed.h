// The feed: which clips, in which order, and what a person wants of it. What a clip is worth to everyone is said in clips/.
#pragma once
#include "api/req.h"
#include "gen/feed.gen.h"

enum {
    FEED_DEFAULT = 10,                 // clips a page
    FEED_MAX = 20,
    FEED_ROUNDS_MAX = 20,              // a page whose clips were left out (closed shops, rules, the dial) is filled up so often
    FEED_EXPOSURE_DAYS = 28,
    FEED_EXPORT_EVENTS = 5000,         // of one person, the newest
    FEED_QUALIFIED_MS = 2000,          // or half of the clip: then somebody has looked
    FEED_RULES_MAX = 500,              // of one person: what is never to be shown
    FEED_RULES_PAGE = 50,
    FEED_RULE_NAME = 80,               // code points of it that are kept for the person to read
    FEED_BATCH_MAX = 200,              // events of one request
    FEED_BATCHES_PERSON = 60,          // a minute: the app sends one every five seconds and one when the page closes
    FEED_BATCHES_ADDRESS = 600,        // a minute: a whole office or mobile gateway behind one address, but no farm
};

// Takes a batch of what an app tells. ERR_NO_CONSENT when all of it is refused for that.
Err feed_take(Tx *tx, const By *by, const FeedBatch *in, FeedTaken *out);
// Task "feed_order": what was bought, kept and given back is told of the clip that led to it, also days later.
Err feed_order(Tx *tx, const By *by, i64 subject);
// Who has been seen in the last days, by size of shop.
Err feed_exposure(Tx *tx, const By *by, i64 days, Exposure *out);
// Counts one batch against the person's and the address's limits. ERR_TOO_MANY.
Err feed_count_batch(Tx *tx, const By *by, Str address);

// A page of what comes after `after` (empty: from the top). ERR_BAD_FIELD for a cursor that is none of ours.
typedef struct FeedEngine FeedEngine;
typedef struct FeedWanted { Str after; i64 limit; bool has_mode; FeedMode mode; } FeedWanted;
Err feed_page(Tx *tx, const By *by, FeedEngine *engine, const FeedWanted *want, FeedPage *out);
// ERR_NOT_FOUND: not on a page of this person's lately.
Err feed_why(Tx *tx, const By *by, FeedEngine *engine, ClipId clip, FeedWhy *out);
// What was inferred; nothing without consent.
Err feed_profile(Tx *tx, const By *by, FeedEngine *engine, FeedProfile *out);
Err feed_trait_forget(Tx *tx, const By *by, Str trait);             // ERR_NOT_FOUND
Err feed_export(Tx *tx, const By *by, FeedEngine *engine, FeedExport *out);
Err feed_ranking(Tx *tx, FeedEngine *engine, Ranking *out);

// What a person wants of the feed; what nobody has set is open, without stops. ERR_BAD_FIELD: half of the quiet hours.
Err feed_settings_view(Tx *tx, const By *by, FeedSettings *out);
Err feed_settings_set(Tx *tx, const By *by, const FeedSettings *in);
Err feed_dial_set(Tx *tx, const By *by, FeedDial dial, FeedSettings *out);
// Not interested. ERR_NOT_FOUND, ERR_BAD_FIELD (what is meant cannot be told), ERR_TOO_MANY_ITEMS.
Err feed_rule_add(Tx *tx, const By *by, const FeedRuleNew *in, FeedRule *out);
Err feed_rules_view(Tx *tx, const By *by, FeedRuleId before, FeedRulePage *out);
Err feed_rule_remove(Tx *tx, const By *by, FeedRuleId id);          // ERR_NOT_FOUND
// Erases what a person has said about the feed: the guest's session has ended, or the account is erased.
Err feed_forget(Tx *tx, i64 person);

// What lives as long as the process: a thread that follows the log of events (without `thread`, tests follow by feed_follow).
typedef struct Feed Feed;
Feed *feed_start(App *app, bool thread);
void  feed_stop(Feed *f);
FeedEngine *feed_engine(const Feed *f);
// Takes in all that has been committed until now.
Err   feed_follow(Feed *f);

// "HOT_ID", both decimal without sign or leading zeros.
bool feed_cursor(Str text, i64 *hot, i64 *id);
// An order of 0..n-1 in which no two neighbours have the same shop wherever that can be avoided; otherwise as given.
void feed_spread(const i64 *shops, i64 n, i64 *order);
