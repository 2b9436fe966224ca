// What other features may ask of clips: pages of them for the feed, and whether a product was tagged; with the rules of
// uploads, which the handlers of this folder share.
#pragma once
#include "api/task.h"
#include "gen/clips.gen.h"

enum {
    CLIP_TAGS_MAX = 10,
    CLIP_KEY_BYTES = 16,               // random; 22 letters in base64url
    CLIP_LIST_DEFAULT = 20,
    UPLOADS_OPEN_MAX = 20,             // unfinished uploads of one account
    UPLOAD_KEEP_MS = DAY_MS,           // from creation, or from a failed conversion
    LIKES_DOUBLING_MS = 12 * HOUR_MS,  // what twice the likes are worth in the feed: see docs/decisions/0003
    CLIP_HASHTAGS_MAX = 30,            // of one clip: MARKS_MAX
    CLIP_COUNTED_MAX = 10000,          // clips of a tag or sound; past that many nobody is told more
    CLIP_UNTAGGED_BATCH = 200,         // clips from before there were tags that one task looks at
    CLIPS_WAITING_MAX = 50,            // of one shop, for their conversion
    CLIP_TURN_MS = 30 * SECOND_MS,     // about what a conversion takes: see clip_queue
    CLIP_CLEARED_MAX = 2000,           // rows that one transaction removes: some ten milliseconds in which nobody else writes
    CLIP_TRANSCODE_TRIES = 5,
    CLIP_TRANSCODE_LEASE_MS = 60 * SECOND_MS,
};

// The year 9999: a used upload stays until its conversion has ended, however long the server was off.
#define UPLOAD_HELD_UNTIL ((Time)INT64_C(253370764800000))

// ---- for other features

// Ready clips in the order of the feed, after the place (hot, id); at most `limit`. Begin with INT64_MAX, INT64_MAX.
Err clips_hot(Tx *tx, i64 hot, ClipId id, i64 limit, ClipFindRowList *out);
// Rows as the caller may see them, in their order: cards of shop and products, liked. Clips of closed shops are left out.
Err clips_show(Tx *tx, const By *by, ClipFindRowList rows, ClipList *out);
// One clip as the caller may see it. ERR_NOT_FOUND also for what is not ready, unless the caller works in its shop.
Err clip_view(Tx *tx, const By *by, ClipId id, Clip *out);
// A clip as it is stored, in whatever state; NULL when there is none.
Err clip_stored(Tx *tx, ClipId id, ClipFindRow **out);
// What it is tagged with, in order; at most CLIP_TAGS_MAX.
Err clip_products(Tx *tx, ClipId id, ProductIdList *out);
// Its hashtags as they are compared: in lower case, without the sign, each once, in the order of the caption.
Err clip_tags(Tx *tx, ClipId id, StrList *out);
// Ready clips with such a tag before an id, as the caller may see them, the newest first; at most `limit` rows are looked at, and
// *last is the last one's id, 0 when there are no more.
Err clips_of_tag(Tx *tx, const By *by, Str tag, ClipId before, i64 limit, ClipList *out, ClipId *last);
// Ready clips with such a tag behind an id, the oldest first; at most `limit`. For who reads them all.
Err clips_of_tag_after(Tx *tx, Str tag, ClipId after, i64 limit, ClipFindRowList *out);
// How many ready clips have it, counted up to CLIP_COUNTED_MAX. `tag` as clip_tags gives it.
Err clips_of_tag_count(Tx *tx, Str tag, i64 *out);
// What could stand behind the sign in a caption: "%23x" or two words are no tag.
bool clip_is_tag(Arena *a, Str tag);
// Of a deleted clip: at most CLIP_CLEARED_MAX likes, saves and sharers go. *more: ask again. Behind the last one task
// "clip_remove" finds nothing in the way of the row's end.
Err clip_clear_some(Tx *tx, ClipId id, bool *more);
// Adds to how many comments a ready clip is said to have; ERR_NOT_FOUND without it.
Err clip_comments_add(Tx *tx, ClipId id, i64 delta);
// Clips behind an id that are said to have comments, with how many; at most `limit`. For an audit.
Err clips_commented(Tx *tx, ClipId after, i64 limit, ClipCommentedRowList *out);
// Ready clips of any of these shops and people before an id, the newest first, each once; at most `limit`.
Err clips_newest_of(Tx *tx, ShopIdList shops, AccountIdList people, ClipId before, i64 limit, ClipFindRowList *out);
// Ready clips of all shops behind an id, the oldest first; at most `limit`. For who reads them all.
Err clips_ready_after(Tx *tx, ClipId after, i64 limit, ClipFindRowList *out);
Err clips_ready_count(Tx *tx, i64 *out);
// Is this ready clip tagged with that product? For the channel of a cart line.
Err clip_shows(Tx *tx, ClipId clip, ProductId product, bool *out);
// Every broken promise of this feature, by rule and id. For `etalase audit`.
Err clips_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);
// What `likes` add to a clip's age in the feed: LIKES_DOUBLING_MS for each doubling of likes + 1, straight lines between.
i64 clip_bonus_ms(i64 likes);

// ---- the tasks of this feature

// "clip_transcode": see clips_job.c. Give main's TaskKind: .tries = CLIP_TRANSCODE_TRIES, .lease_ms, .gave_up.
Err clip_transcode_job(App *app, i64 subject, i64 attempt);
Err clip_transcode_gave_up(Tx *tx, const By *by, i64 subject);
// "clip_tags": finds the tags of clips from before there were any, a few at a time.
Err clip_tags_due(Tx *tx, const By *by, i64 subject);
// "clip_remove": the files of a deleted clip, then its row, unless it still has likes, saves or shares: see clip_clear_some.
Err clip_remove_job(App *app, i64 subject, i64 attempt);
// "upload_expire": the file of an upload whose time is over, then its row.
Err upload_expire_job(App *app, i64 subject, i64 attempt);

// ---- rules, for this folder's handlers and job

typedef struct ClipMaking { ClipId id; Str key; } ClipMaking;

// ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_WRONG_STATE (the upload is not whole, or used), ERR_BAD_FIELD, ERR_ARCHIVED.
Err clip_add(Tx *tx, const By *by, ClipMaking making, const ClipNew *in, Clip *out);
Err clip_edit(Tx *tx, const By *by, ClipId id, const ClipEdit *in, Clip *out);
Err clip_remove(Tx *tx, const By *by, ClipId id);
Err clip_again(Tx *tx, const By *by, ClipId id, Clip *out);
Err clip_set_liked(Tx *tx, const By *by, ClipId id, bool liked);
// Once a person and day. ERR_NOT_FOUND.
Err clip_set_saved(Tx *tx, const By *by, ClipId id, bool saved);
Err clip_shared(Tx *tx, const By *by, ClipId id);
// Finds the tags of a caption anew.
Err clip_tags_set(Tx *tx, ClipId id, Str caption);
// Whose sound that clip uses, for a clip of the caller's. ERR_NOT_FOUND "audio" unless it is ready; ERR_WRONG_STATE: the sound
// is gone; ERR_FORBIDDEN: its maker keeps it, or is apart from the caller; ERR_BAD_FIELD: there is nothing to hear.
Err clip_sound_of(Tx *tx, const By *by, ClipId of, ClipId *out);
// A clip by whose sound others are made, while it can be seen; else NULL.
Err clip_sound_source(Tx *tx, ClipId sound, ClipFindRow **out);
Err clips_saved(Tx *tx, const By *by, ClipSaveId before, i64 limit, SavedPage *out);
Err clips_of_tag_page(Tx *tx, const By *by, Str tag, ClipId before, i64 limit, TagPage *out);
Err clips_of_sound(Tx *tx, const By *by, ClipId sound, ClipId before, i64 limit, SoundPage *out);
Err clips_of_person(Tx *tx, const By *by, AccountId author, ClipId before, i64 limit, ClipPage *out);
// As its own staff see it: with what is archived, and why it failed.
Err clip_show_staff(Tx *tx, const By *by, ClipFindRow *row, Clip *out);
Err clips_of_shop(Tx *tx, const By *by, ShopId shop, ClipId before, i64 limit, ClipPage *out);
Err clips_of_studio(Tx *tx, const By *by, ShopId shop, ClipId before, i64 limit, ClipPage *out);
// The end of a conversion. *taken is false when the clip was deleted meanwhile: then its new files must go.
typedef struct ClipDone { i64 width, height, duration_ms; bool sound; } ClipDone;
Err clip_ready(Tx *tx, const By *by, ClipId id, UploadId upload, ClipDone done, bool *taken);
Err clip_failed(Tx *tx, const By *by, ClipId id, UploadId upload);

typedef struct UploadMaking { UploadId id; Str key; i64 length; Str name, metadata; } UploadMaking;

// ERR_TOO_MANY_ITEMS.
Err upload_add(Tx *tx, const By *by, UploadMaking making, Time *expires);
// The caller's own upload that still lives; ERR_NOT_FOUND.
Err upload_own(Tx *tx, const By *by, UploadId id, UploadFindRow *out);
// Ends an unfinished or unused upload: its file goes.
Err upload_drop(Tx *tx, const By *by, UploadId id);
// Its file goes at `at`, unless this is called again.
Err upload_let_go(Tx *tx, const By *by, UploadId id, Time at);
// It stays until it is let go again.
Err upload_hold(Tx *tx, UploadId id);
// Takes a complete upload of the caller's for a clip, exactly once. ERR_NOT_FOUND, ERR_WRONG_STATE.
Err upload_take(Tx *tx, const By *by, UploadId id);
