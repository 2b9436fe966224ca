// The engine's inside: what rank.h hides, for the engine's own files alone. Everything lies in arrays and is named by its place
// (a number from 1; 0 is nothing), so that a snapshot is the arrays and a page touches few cache lines.
#pragma once
#include "rank/chance.h"
#include "rank/rank.h"

// ---- vectors: 32 numbers, four at a time, in an order that is written down here and not left to the compiler

enum { DIM = 32, QUADS = DIM / 4 };
typedef float Quad __attribute__((vector_size(16)));
typedef union Vec { float f[DIM]; Quad q[QUADS]; } Vec;

static inline float vec_dot(const Vec *a, const Vec *b)
{
    Quad s = a->q[0] * b->q[0], t = a->q[1] * b->q[1];
    for (int i = 2; i < QUADS; i += 2) s += a->q[i] * b->q[i], t += a->q[i + 1] * b->q[i + 1];
    s += t;
    return (s[0] + s[1]) + (s[2] + s[3]);
}

static inline void vec_add(Vec *a, const Vec *b, float by)
{
    for (int i = 0; i < QUADS; i++) a->q[i] += b->q[i] * by;
}

static inline void vec_scale(Vec *a, float by)
{
    for (int i = 0; i < QUADS; i++) a->q[i] *= by;
}

// fminf and fmaxf are calls, as they must know NaN; here there is none.
static inline float lesser(float a, float b) { return a < b ? a : b; }
static inline float greater(float a, float b) { return a > b ? a : b; }

float vec_length(const Vec *a);
// To length 1; one that is next to nothing becomes all zero.
void  vec_unit(Vec *a);
// Of length 1, its signs taken from a number's hash (Achlioptas 2003: such projections keep distances).
Vec   vec_of(u64 key);

// ---- tables: a key of 64 bits to a number, open addressing, the whole key compared

// The keys lie in the records themselves: the first 8 bytes of each, `stride` bytes apart. Number 0 is never used.
// A slot is a number, and above it half of the key's hash, so that a record is hardly ever touched in vain.
typedef struct Index { u64 *slot; i64 cap, n; } Index;
u32  index_find(const Index *x, const void *records, size_t stride, u64 key);
void index_soon(const Index *x, u64 key);                   // it will be asked for: fetches where it begins to look
u32  index_guess(const Index *x, u64 key);                  // by half of the hash, no record touched: which is to be fetched
void index_put(Index *x, const void *records, size_t stride, u32 number);      // its key must not be there
void index_remove(Index *x, const void *records, size_t stride, u64 key);
void index_rebuild(Index *x, const void *records, size_t stride, i64 n);       // all whose key is not 0
// The memory from p on will be read soon: fetches it, and waits for nothing.
static inline void fetch(const void *p, size_t n)
{
    for (size_t i = 0; i < n; i += 64) __builtin_prefetch((const u8 *)p + i);
}
// Any array's pointer.
typedef void *Pointer __attribute__((may_alias));
// Room for number n - 1 in an array of *cap; whatever is new is zero. The pages are moved, not copied.
void grow(Pointer *array, i64 *cap, i64 n, size_t size);
void let_go(void *array);                                  // one that grew, or NULL

// ---- counts

// How often what came of a view, weighted by trust; shrunk towards something more general where it is read (see rate_of).
typedef struct Tally { float n, sum[RANK_OUTCOMES]; } Tally;

// ---- what clips have in common: shops, creators, sounds, categories, topics, regions, languages

typedef enum ThingKind { THING_TOPIC = 1, THING_CATEGORY, THING_CREATOR, THING_SHOP, THING_PRICE, THING_LANGUAGE, THING_REGION,
                         THING_SOUND, THING_KINDS } ThingKind;

enum { LIST_FIRST = 4, LIST_RECENT = 16, LIST_BEST = 32, LIST_PLACE = 256 };     // clips; a place: region or language
// A piece of Rank.pool. Recent ones go round in a ring; best ones are a heap's worth by heat, in no order.
typedef struct List { u32 at, cap, n, turn; } List;

typedef struct Thing {
    u64 key, id;                           // key: hash_pair(kind, id), never 0
    u32 kind, clips;
    List recent, best;
    Tally tally;
    float kept, returned;
    i32 period;                            // of EXPOSURE_DAYS
    u32 seen[2], qualified[2];             // impressions in this period and the one before
    u32 qualified_ever, queued;            // queued: its place in Rank.fresh, while it has a guarantee to come
} Thing;

// ---- clips

enum { CLIP_TOPICS = RANK_TOPICS_MAX, NEXT_MAX = 6 };

typedef struct Clip {
    u64 id;                                // 0: the place is free
    Time created;
    u32 shop, creator, sound, category, region, language;      // things
    u32 topic[CLIP_TOPICS];
    u32 cell, seconds;
    float log_price;                       // log(1 + minor units); 0: sells nothing with a price
    u32 turn, free_next, spare;
} Clip;

typedef struct ClipState {
    Tally tally;
    float young;                           // how much of tally.n came from accounts that have yet to earn trust
    float quality;                         // the score of somebody of whom nothing is known
    u32 qualified, spare;
    float fast, slow;                      // log2 of decayed heat, half-lives HEAT_FAST and HEAT_SLOW, as of HEAT_EPOCH
} ClipState;

// What people wanted after it: the clips with most weight, the smallest giving way (Metwally and others 2005).
// A place is used again when a clip goes: `turn` tells whether it is still the same one.
typedef struct NextOf { u32 clip[NEXT_MAX]; float weight[NEXT_MAX]; u32 turn[NEXT_MAX]; } NextOf;

// ---- people

enum { TRAITS = 96, PASTS = 48, LIKES = 64, OPENS = 8, SEEN_BITS = 4096, SEEN_TURN = 512, INPUTS = 32,
       INPUTS_ALL = INPUTS + 2 * RANK_OUTCOMES };

// As of `hour`; kind: of its thing, which lies far away.
typedef struct Trait { u32 hour : 28, kind : 4; float sum, mass; } Trait;
typedef struct Past { u64 clip; u32 hour; float reward; } Past;
#define A_LIKE 0.3f                        // a reward from which on it is a like
// An impression whose outcomes are still to come, with what was known when it was shown (the upper halves of floats).
typedef struct Open { u64 clip; u32 second; u16 done, viewed; u16 x[INPUTS_ALL]; } Open;

typedef struct Person {
    u64 id;
    Time first, last;
    Vec wide, near;                        // what they like at length, and just now
    Tally tally;
    float price, price_spread, price_n;    // of log prices that they looked at
    u32 distinct, hours, last_hour, hand;  // clips, and hours in which they did something; hand: when last used
    u32 n_past, n_seen;                    // ever: the newest is at (n - 1) % PASTS
    u32 named[TRAITS];                     // the thing of each trait, 0 where there is none
    Trait trait[TRAITS];
    Past past[PASTS];
    u64 like[LIKES];                       // clips that were worth A_LIKE to them
    u32 n_likes, fit_turn;                 // ever: the newest is at (n - 1) % LIKES
    Open open[OPENS];
    Vec fitted;                            // of their likes, in the fitted directions of turn fit_turn
    u64 seen[2][SEEN_BITS / 64];           // two Bloom filters that take turns: the last 512 to 1,024 clips
} Person;

// ---- the model

typedef struct Dense {
    float w[RANK_OUTCOMES][INPUTS], g[RANK_OUTCOMES][INPUTS];
    float clip[RANK_OUTCOMES], clip_g[RANK_OUTCOMES], person[RANK_OUTCOMES], person_g[RANK_OUTCOMES];
} Dense;

enum { SPARSE_MAX = 12 };
typedef struct Feature { u64 key; u32 day, n; float w[RANK_OUTCOMES], g[RANK_OUTCOMES]; } Feature;

// What the ranker sees of one person before one clip.
typedef struct Inputs {
    Vec x;
    float clip[RANK_OUTCOMES], person[RANK_OUTCOMES];      // log odds
    u32 sparse[SPARSE_MAX]; i64 n_sparse;                  // features with weights
} Inputs;

typedef enum InputName {
    IN_ONE, IN_WIDE, IN_NEAR, IN_TOPIC, IN_CATEGORY, IN_CREATOR, IN_SHOP, IN_FOLLOWED, IN_PRICE, IN_SELLS, IN_LANGUAGE, IN_REGION,
    IN_DAY_OLD, IN_WEEK_OLD, IN_EVIDENCE, IN_KEEPS, IN_LENGTH, IN_NEXT, IN_KNOWN, IN_RISING, IN_SOUND, IN_WIDE_KNOWN,
    IN_SELLS_KNOWN, IN_NEAR_TOPIC, IN_WORST_TOPIC, IN_PRICE_SELLS, IN_LENGTH_WATCH, IN_AFTER, IN_MET, IN_ALONG, IN_USED
} InputName;

// ---- fitted on whole histories: fit.c

enum { FIT_ROW = 12, FIT_PAST = 16 };
typedef enum FitKind { FIT_TO, FIT_FROM, FIT_NEAR, FIT_KINDS } FitKind;
// Another clip, and how much it has to do with it. tag: of its id, so that a row is looked through without touching its clips.
typedef struct FitPair { u32 clip, tag; float value; } FitPair;
// Of the clip with that id: n[FIT_TO] pairs at `at` that it leads to, then those that lead to it, then those met with it.
typedef struct FitRow { u64 id; u32 at; u8 n[FIT_KINDS], spare; } FitRow;
// Rows from 1; a direction for each.
struct RankFit {
    i64 n_rows, cap_row, cap_vec, n_pairs, cap_pair;
    FitRow *row; Vec *vec; FitPair *pair;
    Index index;
};
// Histories: of n_starts - 1 people, as Sequences of numbers in `clip`.
typedef struct ToldClip { u64 id; u32 clip, spare; } ToldClip;
struct RankTold {
    i64 n_clips, n_starts, n_items, cap_clip, cap_start, cap_item;
    ToldClip *clip; i64 *start; i32 *item;
};

// ---- all of it

// Cells of clips that lie close together: 64 directions, each split in 64,
// once for clips that sell and once for those that do not.
enum { COARSE = 64, FINE = 64, CELLS = COARSE * FINE * 2, CELL_MAX = 256 };
enum { NEW_RING = 4096, DOOR = 1 << 20, EXPOSURE_DAYS = 28, FEATURE_AFTER = 3, FEATURE_DAYS = 30 };

typedef struct Rank {
    RankConfig config;
    i64 n_clips, live_clips, cap_clip, cap_vec, cap_state, cap_next;           // n: numbers given, 0 among them
    Clip *clip; Vec *vec; ClipState *state; NextOf *next;
    u32 free_clip, clip_hand;
    Index clip_index;
    i64 n_things, cap_thing, cap_thing_vec;
    Thing *thing; Vec *thing_vec;
    Index thing_index;
    i64 n_pool, cap_pool;
    u32 *pool;
    i64 n_people, cap_person;
    Person *person;
    u32 person_hand, spare_hand;
    Index person_index;
    i64 n_features, cap_feature;
    Feature *feature;
    u32 feature_hand, spare;
    Index feature_index;
    u8 *door;                              // DOOR counters of keys that have yet to earn a feature
    Vec *coarse, *fine; float *coarse_n, *fine_n;
    List *cell;
    List hot[2];                           // everywhere: what does not sell, and what does
    u32 *newest; i64 n_newest;             // a ring of the last NEW_RING clips put
    u32 *fresh; i64 n_fresh, cap_fresh;    // shops and creators with a guarantee to come
    Tally tally;
    Dense dense;
    u64 events;
    RankFit fit;                           // the tables in use
    RankTold told;                         // what new ones are made of, while fit_waits
    u64 fit_begun, fit_steps;              // events, and people and steps, when histories were told last
    u32 fit_turn, fit_waits;               // turn: how many tables there have been
} Rank;

// store.c
u32  thing_find(const Rank *r, ThingKind kind, u64 id);
u32  thing_get(Rank *r, ThingKind kind, u64 id);           // makes it; 0 for an id of 0 or past the limit
void list_add(Rank *r, List *l, u32 clip, u32 max);
void list_remove(Rank *r, List *l, u32 clip);
void list_offer(Rank *r, List *l, u32 clip, u32 max);      // the coldest gives way
u32  clip_find(const Rank *r, i64 id);
u32  person_find(const Rank *r, i64 id);
u32  person_get(Rank *r, i64 id, Time at);
bool clip_new_to(const Rank *r, const Thing *t);           // a shop or creator with a guarantee to come
void fresh_remove(Rank *r, u32 thing);

// engine.c
Rank *rank_empty(const RankConfig *config);
void  clip_into_cell(Rank *r, u32 clip, u32 cell);

// cells.c
u32  cell_place(Rank *r, const Vec *v, bool sells);        // learns where clips lie
// The `max` cells that lie nearest, the nearest first; how many.
i64  cell_nearest(const Rank *r, const Vec *v, bool sells, u32 *out, i64 max);

// people.c
enum { TASTE_SLOTS = 256 };
// Either all of a person's in a table, for many clips; or, with `of`, each is looked up when it is asked for.
typedef struct Tastes {
    const Person *of; u32 hour;
    u32 language, region, category;        // the usual ones
    u32 thing[TASTE_SLOTS]; float strength[TASTE_SLOTS];
} Tastes;
typedef struct Taste { float topic, worst_topic, category, creator, shop, sound; u32 best_topic; } Taste;
float trait_strength(const Trait *t, u32 hour);            // -1..1
void  trait_add(Person *p, ThingKind kind, u32 thing, float reward, float weight, u32 hour);
void  tastes_of(const Person *p, u32 hour, Tastes *out);   // p NULL: none
void  tastes_soon(const Person *p, u32 hour, Tastes *out); // looked up
float taste_for(const Tastes *t, u32 thing);
Taste taste_of_clip(const Tastes *t, const Clip *c);
bool  person_seen(const Person *p, u64 clip);
void  person_saw(Person *p, u64 clip);                     // counts it when it is new to them
#define TRUSTED 0.5f                       // from here on somebody teaches what is shared, without a bound
float person_trust(const Person *p);                       // TRUST_LEAST..1
void  person_past(Rank *r, Person *p, u32 clip, float reward, Time at);
// The newest of what they liked, as clips that are still there; how many.
i64   person_liked(const Rank *r, const Person *p, float least, u32 *out, float *reward, i64 max);
void  person_forget(Rank *r, Person *p, ThingKind kind, u64 id);
void  person_reset(Person *p);

// learn.c
float next_weight(const Rank *r, const Person *p, u32 clip);           // how often it followed what they liked last

// fit.c
// What somebody liked last, as the tables are asked about it, the newest first and counting most. direction: of length 1, or 0.
typedef struct FitPast { i64 n; u64 id[FIT_PAST]; u32 tag[FIT_PAST]; float by[FIT_PAST]; Vec direction; } FitPast;
// How much a clip comes after what they liked, is met with it, and lies in its direction: 0 where nothing is known.
typedef struct FitSight { float after, met, along; u64 because; } FitSight;   // because: the clip that says most
void  fit_empty(RankFit *f);
void  fit_past(const Rank *r, const Person *p, FitPast *out);                 // p NULL: nothing
FitSight fit_see(const Rank *r, const FitPast *past, u64 clip);
float fit_fine(float value);               // 0..1 to 0..1, as a logarithm
void  fit_lean(const Rank *r, Person *p);                  // to the newest of their likes
// What follows and goes with it, the most first; how many.
i64   fit_candidates(const Rank *r, const FitPast *past, u32 *out, float *value, i64 max);
void  fit_soon(const Rank *r, u64 clip), fit_sooner(const Rank *r, u64 clip);        // fetches: the row, then what it names

// model.c
// Tastes: of the person. Zero region or language: not known.
typedef struct Context {
    Time now;
    u32 region, language;
    const Tastes *tastes;
    const float *odds;                     // of the person, see person_odds
    const FitPast *past;
    bool followed;
    float next_weight;
} Context;
void  model_start(Dense *d);
float rate_of(const Tally *t, int outcome, float prior, float mass);
void  rates_of_clip(const Rank *r, u32 clip, float out[RANK_OUTCOMES]);        // shrunk towards its creator, shop, category
void  person_odds(const Rank *r, const Person *p, float out[RANK_OUTCOMES]);  // log odds over everybody's; p NULL: 0
float model_quality(const Rank *r, u32 clip);
void  model_inputs(const Rank *r, const Person *p, u32 clip, const Context *x, Inputs *out);
void  model_expect(const Rank *r, const Inputs *in, float chance[RANK_OUTCOMES]);
float model_score(const RankConfig *c, const float chance[RANK_OUTCOMES]);
// One step towards `label` of one outcome; gives label - chance before it.
float model_step(Rank *r, const Inputs *in, int outcome, float label, float weight);
void  inputs_pack(const Inputs *in, u16 out[INPUTS_ALL]);
void  inputs_unpack(const u16 in[INPUTS_ALL], Inputs *out);
i64   sparse_keys(const Rank *r, const Person *p, u32 clip, const Context *x, u64 out[SPARSE_MAX]);
void  sparse_find(const Rank *r, const u64 *keys, i64 n, Inputs *out);
void  sparse_learn(Rank *r, const u64 *keys, i64 n, Time at);      // counts them, and gives those a feature that came often
float logit(float p);
float sigmoid(float x);

// heat.c: popularity that fades
#define TRUST_LEAST 0.1f
#define HEAT_FAST_DAYS 0.25f
#define HEAT_SLOW_DAYS 7.0f
float heat_add(float heat, Time at, float half_days, float by);
float heat_at(float heat, Time at, float half_days);       // decayed to that moment

static inline u32 hour_of(Time t) { return (u32)(t / HOUR_MS); }

// page.c and its parts
typedef enum Source { FROM_HOT = 1, FROM_NEAR = 2, FROM_NEXT = 4, FROM_FOLLOWED = 8, FROM_TRAIT = 16, FROM_NEW = 32,
                      FROM_GUARANTEE = 64, FROM_FITTED = 128 } Source;
typedef struct Candidate {
    u32 clip, next_from;
    u16 source, room;
    float next_weight, fitted, light, score, sampled;
    float chance[RANK_OUTCOMES];
} Candidate;

enum { POOL_MAX = 640, POOL_SLOTS = 2048, LEFT_SLOTS = 4096, LEFT_MAX = RANK_SEEN_MAX, RANKED_MAX = 160, EXPLORED_MAX = 48 };
typedef struct Pool {
    const Rank *r;
    const RankQuery *q;
    const Person *p;                       // NULL: nothing known, or not to be used
    Tastes tastes;
    float odds[RANK_OUTCOMES];
    FitPast past;
    Inputs mean;                           // of what was ranked in full
    Context x;
    Chance chance;
    i64 n;
    Candidate c[POOL_MAX];
    u16 slot[POOL_SLOTS];                  // by clip
    u64 left[LEFT_SLOTS];                  // clips that the query leaves out
} Pool;

#define UNPROVEN 30.0f                     // views: a clip with fewer may have a place that is for exploring
#define GUARANTEE_SHARE 0.5f               // of those places
void gather(Pool *pool);                   // gather.c
u64  followed_of(const Pool *pool, const Clip *c);                                         // page.c: whom of it, 0: nobody
void see(const Pool *pool, const Candidate *c, Inputs *in);
i64  order(Pool *pool, RankPick *out);     // order.c
void explain(const Pool *pool, const Candidate *c, RankPick *out);     // why.c
