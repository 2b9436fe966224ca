// Private to feed/: a clip's content in numbers, what a person has said, and the pages that are made of both.
#pragma once
#include "clips/clips.h"
#include "events/events.h"
#include "feed/feed.h"
#include "people/people.h"
#include "rank/rank.h"
#include "shops/shops.h"

// ---- content.c

typedef enum FeedNameKind { FEED_NAME_TOPIC = 1, FEED_NAME_CATEGORY = 2, FEED_NAME_WORD = 3 } FeedNameKind;
enum { FEED_NAMES_MAX = RANK_TOPICS_MAX + 1 };
typedef struct FeedName { i64 subject; Str text; } FeedName;
// shown: it may be on a page, its shop is open.
typedef struct FeedContent { RankClip clip; bool shown; FeedName names[FEED_NAMES_MAX]; i64 n_names; } FeedContent;

// A name's number: the same however it is written, large or small. Positive.
i64 feed_subject(Arena *a, FeedNameKind kind, Str name);
Err feed_content(Tx *tx, const ClipFindRow *row, FeedContent *out);
// So that its numbers can be said in words.
Err feed_names_put(Tx *tx, const FeedContent *content);
// Empty when nobody knows it.
Err feed_name_of(Tx *tx, i64 subject, Str *out);

// ---- count.c

// One step of following the log: new rows get their places, what was shown is counted, names of changed clips are kept. *n: rows
// counted; 0: nothing is left to do.
Err feed_count(Tx *tx, const By *by, i64 *n);
// Is there anything left to do?
Err feed_is_waiting(Tx *tx, bool *out);

// ---- wishes.c

// What a page must hold to, whoever makes it. The rules as the engine takes them, in the transaction's arena; people from whom
// this one is apart are ruled out as creators, the first FEED_APART_MAX of them. more_apart: there are more.
enum { FEED_APART_MAX = RANK_RULES_MAX - FEED_RULES_MAX };
typedef struct FeedWishes {
    i64 person;
    AccountId account;
    bool consent, more_apart;
    FeedDial dial;
    RankRules rules;
} FeedWishes;
Err feed_wishes(Tx *tx, const By *by, FeedWishes *out);
// Is it by somebody from whom this person is apart, beyond those whom the rules name?
Err feed_apart(Tx *tx, const FeedWishes *wishes, AccountId author, bool *out);
// Is there a rule against it?
Err feed_unwanted(Tx *tx, const FeedWishes *wishes, const ClipFindRow *row, bool *out);

// How many of a page are there by kind; whether one more may be.
typedef struct FeedShare { FeedDial dial; i64 limit, selling, plain; } FeedShare;
bool feed_share_takes(FeedShare *share, bool selling);
void feed_dial_shares(Arena *a, FeedDialShareList *out);

// ---- engine.c

// Why a clip is on a page, as the engine says it.
typedef struct FeedWhyNumbers { RankReason reasons[RANK_REASONS_MAX]; i64 n; } FeedWhyNumbers;
typedef struct FeedEngineView { RankConfig config; RankMemory memory; i64 seq; } FeedEngineView;

// From DATA/rank.snapshot, or empty when there is none that is whole; feed_engine_follow brings it up to now.
FeedEngine *feed_engine_open(App *app);
// Writes a snapshot.
void feed_engine_close(FeedEngine *e);
// Learns what the log has more; also writes a snapshot now and then. One thread at a time.
Err  feed_engine_follow(FeedEngine *e, const _Atomic bool *stopping);
i64  feed_engine_page(FeedEngine *e, const RankQuery *q, RankPick *out);           // as rank_page
i64  feed_engine_profile(FeedEngine *e, i64 person, RankTrait *out, i64 max);      // as rank_profile
FeedEngineView feed_engine_view(FeedEngine *e);
// Remembered until others take the place; false when it is not known any more.
void feed_why_keep(FeedEngine *e, i64 person, i64 clip, const FeedWhyNumbers *numbers);
bool feed_why_find(FeedEngine *e, i64 person, i64 clip, FeedWhyNumbers *out);

// ---- fit.c: the engine's tables (see rank.h), made by a thread of their own. One caller at a time.

typedef struct FeedFit FeedFit;
FeedFit *feed_fit_new(void);
// The rank must have begun, and may be learned into and asked meanwhile.
void     feed_fit_start(FeedFit *f, const Rank *rank);
RankFit *feed_fit_wait(FeedFit *f);        // for what was started
// Frees it. false when the thread still reads the rank after two seconds: then both are left to the end of the process.
bool     feed_fit_end(FeedFit *f);

// ---- for_you.c

// A page under way: rows come in the order of their list, and what the person wants decides which stay.
typedef struct FeedMaking {
    Tx *tx;
    const By *by;
    FeedWishes wishes;
    FeedShare share;
    i64 limit;
    ShopIdList shops; AccountIdList people;            // that are followed; read where they matter
    FeedPage *out;
} FeedMaking;
// Reads whom this person follows.
Err feed_followed(FeedMaking *p);
Err feed_for_you(FeedMaking *p, FeedEngine *engine, Str after);
// Adds to out->whys. Numbers in words; what has no words any more is left out.
Err feed_why_add(FeedMaking *p, ClipId clip, const FeedWhyNumbers *numbers);
// Creators are known by a shop that they work in: a person's own name is not for others to read. Empty when there is none.
Err feed_creator_name(Tx *tx, i64 creator, Str *out);
Err feed_reasons(Tx *tx, const By *by, const FeedWhyNumbers *numbers, FeedReasonList *out);
