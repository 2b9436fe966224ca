// Comments below clips, the words that a shop does not want there, following people, and what the inbox shows.
#pragma once
#include "api/task.h"
#include "gen/social.gen.h"

enum {
    COMMENTS_DEFAULT = 20,
    COMMENTS_PER_MINUTE = 20,              // of one account
    COMMENT_WORDS_MAX = 200,               // of one shop
    INBOX_TEXT = 140,                      // code points of a comment that the inbox shows
};

// Task "clip_gone": erases the comments of a clip that was deleted, and its likes, saves and shares, some at a time.
Err social_clip_gone(Tx *tx, const By *by, i64 subject);
// Every broken promise, by rule and id. For `etalase audit`.
Err social_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context);

// ---- rules behind the handlers

// ERR_NOT_FOUND; ERR_FORBIDDEN: who made the clip, or who is answered, is apart from the caller; ERR_BAD_FIELD; ERR_BLOCKED_WORD;
// ERR_TOO_MANY.
Err comment_add(Tx *tx, const By *by, CommentId id, ClipId clip, const CommentNew *in, Comment *out);
Err comments_of_clip(Tx *tx, const By *by, ClipId clip, CommentId before, i64 limit, CommentPage *out);
Err comments_of_thread(Tx *tx, const By *by, CommentId parent, CommentId after, i64 limit, CommentPage *out);
// One comment and, of a reply, that which it stands below. ERR_NOT_FOUND.
Err comment_alone(Tx *tx, const By *by, CommentId id, CommentThread *out);
Err comments_of_shop(Tx *tx, const By *by, ShopId shop, CommentId before, i64 limit, CommentPage *out);
Err comment_remove(Tx *tx, const By *by, CommentId id);                    // ERR_NOT_FOUND, ERR_FORBIDDEN
Err comment_set_liked(Tx *tx, const By *by, CommentId id, bool liked);     // ERR_NOT_FOUND, ERR_FORBIDDEN
Err comment_pin_set(Tx *tx, const By *by, CommentId id, bool pinned);      // ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_WRONG_STATE
Err comment_words_view(Tx *tx, const By *by, ShopId shop, CommentWords *out);
Err comment_word_add(Tx *tx, const By *by, ShopId shop, Str word, CommentWords *out);
Err comment_word_drop(Tx *tx, const By *by, ShopId shop, Str word);
// Is one of the folded words in this text? A word of letters counts only as a whole one.
bool comment_has_word(Arena *a, Str text, const StrList *words);
Err social_follow(Tx *tx, const By *by, Str handle, bool on);
Err inbox_view(Tx *tx, const By *by, NoticeGroupId before, i64 limit, InboxPage *out);
// The comment's text for the inbox; NULL when it cannot be seen.
Err comment_excerpt(Tx *tx, const By *by, CommentId id, Str *out);
