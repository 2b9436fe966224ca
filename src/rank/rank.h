// The engine of the feed: what happened goes in, pages come out. No database, no clock, no chance but a seed that is given:
// the same calls in the same order give the same bits. Not safe for threads: the caller lets one learn or many read.
#pragma once
#include "base/clock.h"
#include "base/types.h"

typedef struct Rank Rank;

// ---- what there is to show

enum { RANK_TOPICS_MAX = 12, RANK_WORDS_MAX = 24, RANK_PAGE_MAX = 50, RANK_REASONS_MAX = 3, RANK_RULES_MAX = 1000,
       RANK_SEEN_MAX = 2048 };

// A clip as the engine sees it; all that is known before anybody has watched it. Topics, categories and words are numbers that
// the caller makes (hashes of names), so the engine holds no text.
typedef struct RankClip {
    i64 id, shop, creator, sound;          // sound: who has the same number has the same sound; 0: none
    i64 category;                          // of what it sells; 0: sells nothing
    u64 topics[RANK_TOPICS_MAX]; i64 n_topics;      // hashtags
    u64 words[RANK_WORDS_MAX]; i64 n_words;         // of caption and product titles, stemmed
    i64 price_minor;                       // of the first product, in a currency of the caller's choice; 0: none
    i64 duration_ms;
    u16 region, language;                  // two letters each, as numbers; 0: not known
    Time created;
} RankClip;

// ---- what people do

// The numbers are written to logs and snapshots: never change one.
typedef enum RankEventKind {
    RANK_IMPRESSION = 1,                   // it was on the screen for a moment
    RANK_WATCH = 2,                        // a view has ended; value: watched ms, share: per mille of the clip, 1000 a whole time
    RANK_SKIP = 3,                         // left within the first moments
    RANK_SOUND_ON = 4,
    RANK_LIKE = 5, RANK_UNLIKE = 6,
    RANK_SAVE = 7, RANK_UNSAVE = 8,
    RANK_SHARE = 9,
    RANK_COMMENT = 10,
    RANK_FOLLOW = 11, RANK_UNFOLLOW = 12,  // of the clip's creator or shop
    RANK_TAP = 13,                         // a product of it was opened
    RANK_SHEET = 14,                       // ... and looked at; value: ms
    RANK_CART = 15,
    RANK_BUY = 16,                         // value: order line id
    RANK_KEPT = 17,                        // the order is complete and nothing came back
    RANK_RETURN = 18,
    RANK_REVIEW = 19,                      // value: stars 1..5
    RANK_LESS = 20,                        // not interested
    RANK_REPORT = 21,
    RANK_FORGET = 22,                      // a part of the profile: clip is 0, value a RankTrait kind, subject its number
    RANK_RESET = 23,                       // as if new: clip is 0
} RankEventKind;

// person: an account or a guest session, never 0. An event that makes no sense (see rank_learn) changes nothing.
typedef struct RankEvent { i64 person, clip; RankEventKind kind; i64 value, share; u64 subject; Time at; } RankEvent;

// ---- what a page is asked with

// How much selling: of every ten clips at most so many show products (DIAL_MOSTLY: at least six, where there are any).
typedef enum RankDial { DIAL_NONE = 0, DIAL_LITTLE = 1, DIAL_SOME = 2, DIAL_OPEN = 3, DIAL_MOSTLY = 4 } RankDial;

// What the person has said: never shown again. Sorted ascending, at most RANK_RULES_MAX each.
typedef struct RankRules {
    const i64 *clips, *creators, *shops, *categories; const u64 *topics;
    i64 n_clips, n_creators, n_shops, n_categories, n_topics;
} RankRules;

typedef struct RankQuery {
    i64 person;
    u64 seed;                              // another for each page
    Time now;
    i64 limit;                             // 1..RANK_PAGE_MAX
    RankDial dial;
    bool personal;                         // false: popular here, by time; of the person only `rules` and `seen` are read
    u16 region, language;
    const i64 *following; i64 n_following; // creators and shops, sorted
    // Clips to leave out that the engine may not know as seen yet (pages on their way): the first RANK_SEEN_MAX count. The engine
    // itself remembers the last 512 to 1,024 of a person, and takes about one in thirty others for one of them.
    const i64 *seen; i64 n_seen;
    RankRules rules;
} RankQuery;

// ---- what a page is

typedef enum RankReasonKind {
    RANK_BECAUSE_NONE, RANK_BECAUSE_TOPIC, RANK_BECAUSE_CATEGORY, RANK_BECAUSE_CREATOR, RANK_BECAUSE_SHOP, RANK_BECAUSE_FOLLOWED,
    RANK_BECAUSE_SIMILAR,                  // subject: a clip that the person liked, watched or bought from
    RANK_BECAUSE_NEXT,                     // subject: a clip after which others wanted this one
    RANK_BECAUSE_POPULAR, RANK_BECAUSE_RISING, RANK_BECAUSE_FRESH, RANK_BECAUSE_NEW_SHOP, RANK_BECAUSE_PRICE,
    RANK_BECAUSE_EXPLORING,
} RankReasonKind;
// How much of the score came from it, 0..1; the largest first.
typedef struct RankReason { RankReasonKind kind; u64 subject; float part; } RankReason;

typedef enum RankOutcome { RANK_FINISH, RANK_WATCHED, RANK_LIKED, RANK_FOLLOWED, RANK_SHARED, RANK_TAPPED, RANK_CARTED,
                           RANK_KEPT_ORDER, RANK_SKIPPED, RANK_UNWANTED, RANK_OUTCOMES } RankOutcome;

typedef struct RankPick {
    i64 clip;
    float score;
    float chance[RANK_OUTCOMES];           // what the ranker expects
    RankReason reasons[RANK_REASONS_MAX]; i64 n_reasons;
    bool selling, exploring, guaranteed;
} RankPick;

// ---- the engine

// The weights that make one number of the expected outcomes, and every other number that shapes a page. Data: an operator sets
// them, and the public page shows them. rank_config() is what the program comes with.
typedef struct RankConfig {
    float weight[RANK_OUTCOMES];
    float explore_share;                   // of a page's places, for clips that are not proven
    i64 guaranteed_impressions;            // qualified ones, of each new shop and creator
    i64 people_max, clips_max, features_max;       // memory: see rank_memory
    u64 seed;
} RankConfig;
RankConfig rank_config(void);

Rank *rank_new(const RankConfig *config);
void  rank_free(Rank *r);
// New, or changed (then what was learned of it stays). false when clips_max are there and none of them can go.
bool  rank_clip_put(Rank *r, const RankClip *clip);
void  rank_clip_remove(Rank *r, i64 clip);
// false for what makes no sense: unknown kind or clip, a person of 0, values outside their limits, a time before 2024.
bool  rank_learn(Rank *r, const RankEvent *e);
// Learns them in their order, as if each were given to rank_learn, and sooner done; how many made sense.
i64   rank_learn_all(Rank *r, const RankEvent *e, i64 n);
// At most query->limit picks into `out`; how many. Reads only: many threads may ask at once.
i64   rank_page(const Rank *r, const RankQuery *q, RankPick *out);

// What the ranker expects of each of these clips for the query's person, whatever a page would hold; all 0 for one that is not
// there. Reads only.
void  rank_expect(const Rank *r, const RankQuery *q, const i64 *clips, i64 n, float (*chance)[RANK_OUTCOMES]);

// ---- what is fitted on whole histories

// What follows what, what is met together, and the directions of taste behind it are tables over what people liked. They are made
// anew as events come, and the engine says after how many: histories are told, tables made of them, and a while later taken into
// use. To tell and to make only read; to make, which takes seconds for a large market, reads nothing but what was told, so it can
// be done beside learning and pages. Begin and take at the very event that the engine names, or the same events do not give the
// same bits. An engine that is never fitted works, and knows less.
typedef struct RankTold RankTold;
typedef struct RankFit RankFit;
typedef enum RankFitStep { RANK_FIT_NOTHING, RANK_FIT_BEGIN, RANK_FIT_TAKE } RankFitStep;
RankFitStep rank_fit_step(const Rank *r, i64 *left);       // what is due; when nothing is, something may be after `left` events
RankTold *rank_fit_tell(const Rank *r);
void     rank_fit_begin(Rank *r, RankTold *told);          // keeps them, also in snapshots
bool     rank_fit_waits(const Rank *r);                    // has begun: tables are to be made
RankFit *rank_fit_make(const Rank *r);
RankFit *rank_fit_take(Rank *r, RankFit *fit);             // gives those that were in use until now
void     rank_fit_drop(RankFit *fit);                      // of no use; NULL is fine
void     rank_fit(Rank *r);                                // whatever is due now, at once

// What was inferred about a person, the strongest first; at most `max`; how many.
typedef enum RankTraitKind { RANK_TRAIT_TOPIC = 1, RANK_TRAIT_CATEGORY = 2, RANK_TRAIT_CREATOR = 3, RANK_TRAIT_SHOP = 4,
                             RANK_TRAIT_PRICE = 5, RANK_TRAIT_LANGUAGE = 6 } RankTraitKind;
typedef struct RankTrait { RankTraitKind kind; u64 subject; float strength; Time last; } RankTrait;   // strength -1..1
i64   rank_profile(const Rank *r, i64 person, RankTrait *out, i64 max);

// Impressions by shop in the last 28 to 56 days, the most seen first, for the page that shows who is seen.
typedef struct RankExposure { i64 shop, impressions, qualified; bool is_new; } RankExposure;
i64   rank_exposure(const Rank *r, RankExposure *out, i64 max);

// A snapshot as bytes (checksummed, versioned) through `write`; false when that failed. `at` is the caller's mark, such as the
// last event's id.
typedef bool (*RankWrite)(void *context, const void *bytes, size_t n);
bool  rank_snapshot(const Rank *r, i64 at, RankWrite write, void *context);
// A new engine from such bytes, NULL for a corrupt, cut or foreign one; *at is the mark.
Rank *rank_restore(const RankConfig *config, const void *bytes, size_t n, i64 *at);
// Bytes held, and for how many clips, people and features; fitted: clips that the tables of what goes with what know.
typedef struct RankMemory { i64 bytes, clips, people, features, fitted; } RankMemory;
RankMemory rank_memory(const Rank *r);
// A digest over all that was learned: for tests of determinism.
u64   rank_digest(const Rank *r);
