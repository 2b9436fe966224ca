// Takes what apps tell: clocks put right, nonsense refused one by one. No HTTP, no JSON, no clock.
#include "feed/feed.h"

#include "accounts/accounts.h"
#include "clips/clips.h"
#include "events/events.h"
#include "shops/shops.h"

static const i64 KINDS[] = {
    [FEED_EVENT_KIND_IMPRESSION] = RANK_IMPRESSION, [FEED_EVENT_KIND_WATCH] = RANK_WATCH, [FEED_EVENT_KIND_SKIP] = RANK_SKIP,
    [FEED_EVENT_KIND_SOUND_ON] = RANK_SOUND_ON, [FEED_EVENT_KIND_LIKE] = RANK_LIKE, [FEED_EVENT_KIND_UNLIKE] = RANK_UNLIKE,
    [FEED_EVENT_KIND_SAVE] = RANK_SAVE, [FEED_EVENT_KIND_UNSAVE] = RANK_UNSAVE, [FEED_EVENT_KIND_SHARE] = RANK_SHARE,
    [FEED_EVENT_KIND_COMMENT] = RANK_COMMENT, [FEED_EVENT_KIND_FOLLOW] = RANK_FOLLOW, [FEED_EVENT_KIND_UNFOLLOW] = RANK_UNFOLLOW,
    [FEED_EVENT_KIND_TAP] = RANK_TAP, [FEED_EVENT_KIND_SHEET] = RANK_SHEET, [FEED_EVENT_KIND_CART] = RANK_CART,
    [FEED_EVENT_KIND_NOT_INTERESTED] = RANK_LESS, [FEED_EVENT_KIND_REPORT] = RANK_REPORT,
};

// A clip that the batch has asked for already. Most of a batch is about a handful.
typedef struct Known { i64 clip; bool ready; Str country; } Known;
typedef struct Batch { Tx *tx; const By *by; const FeedBatch *in; Known *known; i64 n_known; FeedTaken *out; } Batch;

static Err clip_known(Batch *b, ClipId clip, const Known **out)
{
    for (i64 i = 0; i < b->n_known; i++) {
        *out = &b->known[i];
        if (b->known[i].clip == clip.v) return ERR_OK;
    }
    ClipFindRow *row;
    Shop shop;
    Known *k = &b->known[b->n_known++];
    *k = (Known){ .clip = clip.v };
    *out = k;
    try(clip_stored(b->tx, clip, &row));
    if (!row || row->state != CLIP_STATE_READY) return ERR_OK;
    try(shop_terms(b->tx, row->shop, &shop));
    k->ready = true;
    k->country = shop.country;
    return ERR_OK;
}

// The app's clock may be wrong by years; between two of its moments it is right. False for what cannot have been.
static bool put_right(const Batch *b, Time at, Time *out)
{
    i64 age;
    if (__builtin_sub_overflow(b->in->sent_at, at, &age)) return false;
    if (age > EVENT_AGE_MAX_MS || age < -EVENT_AHEAD_MAX_MS) return false;
    *out = b->by->now - (age > 0 ? age : 0);
    return true;
}

static bool value_may_be(const FeedEvent *e)
{
    if (e->has_share && (e->kind != FEED_EVENT_KIND_WATCH || e->share > EVENT_SHARE_MAX)) return false;
    if (e->has_value && e->kind != FEED_EVENT_KIND_WATCH && e->kind != FEED_EVENT_KIND_SHEET) return false;
    return !e->has_value || e->value <= EVENT_WATCH_MAX_MS;
}

static void refuse_one(Batch *b, i64 i, FeedFault why)
{
    b->out->refused.p[b->out->refused.n++] = (FeedRefused){ .index = i, .why = why };
}

static Err take_one(Batch *b, i64 i)
{
    const FeedEvent *e = &b->in->events.p[i];
    const Known *clip;
    EventOutcome outcome;
    EventNote note = { .person = event_person(&b->by->who), .kind = KINDS[e->kind], .clip = e->clip.v, .product = e->product.v,
                       .value = e->value, .share = e->share, .name = e->id };
    if (!put_right(b, e->at, &note.at)) return refuse_one(b, i, FEED_FAULT_BAD_TIME), ERR_OK;
    if (!value_may_be(e)) return refuse_one(b, i, FEED_FAULT_BAD_VALUE), ERR_OK;
    try(clip_known(b, e->clip, &clip));
    if (!clip->ready) return refuse_one(b, i, FEED_FAULT_UNKNOWN_CLIP), ERR_OK;
    note.country = clip->country;
    try(event_note(b->tx, b->by, &note, &outcome));
    if (outcome == EVENT_NO_CONSENT) refuse_one(b, i, FEED_FAULT_NO_CONSENT);
    else if (outcome == EVENT_REPEATED) b->out->repeated++;
    else b->out->taken++;
    return ERR_OK;
}

Err feed_take(Tx *tx, const By *by, const FeedBatch *in, FeedTaken *out)
{
    must(in->events.n >= 1 && in->events.n <= FEED_BATCH_MAX);     // the decoder has checked; say so
    *out = (FeedTaken){ .refused = { arena_new_array(tx->a, FeedRefused, in->events.n), 0 } };
    Batch b = { .tx = tx, .by = by, .in = in, .out = out, .known = arena_new_array(tx->a, Known, in->events.n) };
    i64 unwilling = 0;
    for (i64 i = 0; i < in->events.n; i++) try(take_one(&b, i));
    for (i64 i = 0; i < out->refused.n; i++) unwilling += out->refused.p[i].why == FEED_FAULT_NO_CONSENT;
    if (unwilling < in->events.n) return ERR_OK;
    return refuse(&tx->why, ERR_NO_CONSENT, NULL, "Without consent to profiling this is not kept.");
}

Err feed_count_batch(Tx *tx, const By *by, Str address)
{
    i64 person = event_person(&by->who);
    Str who = arena_format(tx->a, "%lld", (long long)person);
    if (person) try(account_count_attempt(tx, by, "events", who, FEED_BATCHES_PERSON, MINUTE_MS));
    return account_count_attempt(tx, by, "events address", address, FEED_BATCHES_ADDRESS, MINUTE_MS);
}
