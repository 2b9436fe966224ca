// The rules of comments. No HTTP, no JSON, no clock.
#include "social/social.h"

#include "accounts/accounts.h"
#include "base/marks.h"
#include "clips/clips.h"
#include "events/events.h"
#include "notify/notify.h"
#include "people/people.h"
#include "shops/shops.h"

static AccountId caller(const By *by)
{
    return (AccountId){ by->who.account };
}

static Err no_comment(Tx *tx)
{
    return refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such comment.");
}

static Err find(Tx *tx, CommentId id, CommentFindRow **out)
{
    try(q_comment_find(tx, (CommentFindIn){ .id = id }, out));
    return *out ? ERR_OK : no_comment(tx);
}

// A clip that can be seen by everyone.
static Err find_clip(Tx *tx, ClipId id, ClipFindRow **out)
{
    bool open = false;
    try(clip_stored(tx, id, out));
    if (*out && (*out)->state == CLIP_STATE_READY) try(shop_is_open(tx, (*out)->shop, &open));
    return open ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such clip.");
}

// ---------------------------------------------------------------------------------------------- what is shown

// What the rows of one page share.
typedef struct Viewer { const By *by; ShopId shop; bool staff; ClipId clip; AccountId creator; } Viewer;

static Err may_in_shop(Tx *tx, const By *by, ShopId shop, bool *out)
{
    Err e = by->who.account ? shop_may(tx, by, shop, STAFF_ROLE_MANAGER) : ERR_FORBIDDEN;
    *out = e == ERR_OK;
    return e == ERR_FORBIDDEN || e == ERR_NOT_FOUND ? ERR_OK : e;
}

static Err look_at(Tx *tx, Viewer *v, const CommentFindRow *row)
{
    if (v->shop.v != row->shop.v) {
        v->shop = row->shop;
        try(may_in_shop(tx, v->by, row->shop, &v->staff));
    }
    if (v->clip.v == row->clip.v) return ERR_OK;
    ClipFindRow *clip;
    try(clip_stored(tx, row->clip, &clip));
    v->clip = row->clip;
    v->creator = clip ? clip->author : (AccountId){ 0 };
    return ERR_OK;
}

static Err show(Tx *tx, Viewer *v, const CommentFindRow *row, Comment *out)
{
    AccountId me = caller(v->by);
    CommentLikeGetRow *liked = NULL;
    try(look_at(tx, v, row));
    *out = (Comment){ .id = row->id, .clip = row->clip, .parent = row->parent, .author = arena_new(tx->a, PersonCard),
                      .likes = row->likes, .replies = row->replies, .pinned = row->pinned, .created = row->created };
    out->mine = me.v && me.v == row->author.v;
    out->by_creator = row->author.v == v->creator.v;
    out->may_pin = v->staff || (me.v && me.v == v->creator.v);
    out->may_remove = out->mine || out->may_pin;
    if (row->parent.v) out->may_pin = false;
    if (me.v) try(q_comment_like_get(tx, (CommentLikeGetIn){ .comment = row->id, .account = me }, &liked));
    out->liked = liked != NULL;
    try(person_card(tx, v->by, row->author, out->author));
    return account_open(tx, v->by, row->author, row->body, &out->body);
}

// Leaves out whom the caller has blocked, or is blocked by; and what was erased with its author's key.
static Err show_all(Tx *tx, const By *by, CommentFindRowList rows, CommentList *out)
{
    Viewer v = { .by = by };
    *out = (CommentList){ arena_new_array(tx->a, Comment, rows.n), 0 };
    for (i64 i = 0; i < rows.n; i++) {
        bool apart;
        try(people_apart(tx, caller(by), rows.p[i].author, &apart));
        if (apart) continue;
        try(show(tx, &v, &rows.p[i], &out->p[out->n]));
        if (out->p[out->n].body.n) out->n++;
    }
    return ERR_OK;
}

static void set_next(Arena *a, CommentFindRowList rows, i64 limit, CommentPage *out)
{
    if (rows.n == limit) out->next = arena_format(a, "%lld", (long long)rows.p[rows.n - 1].id.v);
}

static Err show_pinned(Tx *tx, const By *by, ClipId clip, Comment **out)
{
    CommentPinnedOfRow *row;
    CommentList one;
    try(q_comment_pinned_of(tx, (CommentPinnedOfIn){ .clip = clip }, &row));
    if (!row) return ERR_OK;
    CommentFindRow as_found = { .id = row->id, .clip = row->clip, .shop = row->shop, .author = row->author, .parent = row->parent,
                                .body = row->body, .likes = row->likes, .replies = row->replies, .pinned = row->pinned,
                                .created = row->created };
    try(show_all(tx, by, (CommentFindRowList){ &as_found, 1 }, &one));
    *out = one.n ? &one.p[0] : NULL;
    return ERR_OK;
}

Err comments_of_clip(Tx *tx, const By *by, ClipId clip, CommentId before, i64 limit, CommentPage *out)
{
    ClipFindRow *row;
    CommentFindRowList rows;
    try(find_clip(tx, clip, &row));
    if (!before.v) try(show_pinned(tx, by, clip, &out->pinned));
    if (!before.v) before.v = INT64_MAX;
    try(q_comment_roots(tx, (CommentRootsIn){ .clip = clip, .before = before, .limit = limit }, &rows));
    set_next(tx->a, rows, limit, out);
    return show_all(tx, by, rows, &out->items);
}

Err comments_of_thread(Tx *tx, const By *by, CommentId parent, CommentId after, i64 limit, CommentPage *out)
{
    CommentFindRow *row;
    ClipFindRow *clip;
    CommentFindRowList rows;
    try(find(tx, parent, &row));
    try(find_clip(tx, row->clip, &clip));
    try(q_comment_thread(tx, (CommentThreadIn){ .parent = parent, .after = after, .limit = limit }, &rows));
    set_next(tx->a, rows, limit, out);
    return show_all(tx, by, rows, &out->items);
}

Err comment_alone(Tx *tx, const By *by, CommentId id, CommentThread *out)
{
    CommentFindRow *row, *root;
    ClipFindRow *clip;
    CommentList shown;
    try(find(tx, id, &row));
    try(find_clip(tx, row->clip, &clip));
    root = row;
    if (row->parent.v) try(find(tx, row->parent, &root));
    CommentFindRow both[] = { *root, *row };
    i64 n = root == row ? 1 : 2;
    try(show_all(tx, by, (CommentFindRowList){ both, n }, &shown));
    if (shown.n < n) return no_comment(tx);                        // apart from who wrote one of them
    out->root = &shown.p[0];
    if (n == 2) out->reply = &shown.p[1];
    return ERR_OK;
}

Err comments_of_shop(Tx *tx, const By *by, ShopId shop, CommentId before, i64 limit, CommentPage *out)
{
    CommentFindRowList rows;
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    if (!before.v) before.v = INT64_MAX;
    try(q_comment_of_shop(tx, (CommentOfShopIn){ .shop = shop, .before = before, .limit = limit }, &rows));
    set_next(tx->a, rows, limit, out);
    return show_all(tx, by, rows, &out->items);
}

Err comment_excerpt(Tx *tx, const By *by, CommentId id, Str *out)
{
    CommentFindRow *row;
    *out = (Str){ 0 };
    try(q_comment_find(tx, (CommentFindIn){ .id = id }, &row));
    if (!row) return ERR_OK;
    Str body;
    try(account_open(tx, by, row->author, row->body, &body));
    *out = str_first(body, INBOX_TEXT);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- writing

static Err check_apart(Tx *tx, const By *by, AccountId other)
{
    bool apart;
    try(people_apart(tx, caller(by), other, &apart));
    return apart ? refuse(&tx->why, ERR_FORBIDDEN, NULL, "You cannot write to this person.") : ERR_OK;
}

static Err check_words(Tx *tx, ShopId shop, Str body)
{
    CommentWordsOfRowList rows;
    try(q_comment_words_of(tx, (CommentWordsOfIn){ .shop = shop }, &rows));
    StrList words = { arena_new_array(tx->a, Str, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) words.p[i] = rows.p[i].word;
    if (!comment_has_word(tx->a, body, &words)) return ERR_OK;
    return refuse(&tx->why, ERR_BLOCKED_WORD, "body", "This shop does not want a word of this below its clips.");
}

// One person hears of one comment once: as who is answered, else as who made the clip, else as who is named in it.
static Err tell(Tx *tx, const By *by, CommentId id, const ClipFindRow *clip, const CommentFindRow *answered, Str body)
{
    AccountId told[2] = { clip->author, answered ? answered->author : clip->author };
    AccountIdList named;
    Notice x = { .from = caller(by), .clip = clip->id.v, .thing = id.v };
    if (answered) {
        x.to = answered->author;
        x.kind = NOTICE_KIND_REPLY;
        x.subject = answered->parent.v ? answered->parent.v : answered->id.v;
        try(notify_put(tx, by, &x));
    }
    if (!answered || answered->author.v != clip->author.v) {
        x.to = clip->author;
        x.kind = NOTICE_KIND_COMMENT;
        x.subject = clip->id.v;
        try(notify_put(tx, by, &x));
    }
    try(people_named(tx, x.from, body, &named));
    for (i64 i = 0; i < named.n; i++) {
        if (named.p[i].v == told[0].v || named.p[i].v == told[1].v) continue;
        x.to = named.p[i];
        x.kind = NOTICE_KIND_MENTION;
        x.subject = id.v;
        try(notify_put(tx, by, &x));
    }
    return ERR_OK;
}

static Err find_answered(Tx *tx, const By *by, ClipId clip, CommentId reply_to, CommentFindRow **out)
{
    *out = NULL;
    if (!reply_to.v) return ERR_OK;
    try(q_comment_find(tx, (CommentFindIn){ .id = reply_to }, out));
    if (!*out || (*out)->clip.v != clip.v)
        return refuse(&tx->why, ERR_NOT_FOUND, "reply_to", "There is no such comment below this clip.");
    return check_apart(tx, by, (*out)->author);
}

Err comment_add(Tx *tx, const By *by, CommentId id, ClipId clip_id, const CommentNew *in, Comment *out)
{
    ClipFindRow *clip;
    CommentFindRow *answered, *made;
    CommentId parent = { 0 };
    Str sealed, handle, body = str_trim(in->body);
    EventOutcome outcome;
    i64 n;
    if (body.n == 0) return refuse(&tx->why, ERR_BAD_FIELD, "body", "There is nothing in it.");
    try(find_clip(tx, clip_id, &clip));
    try(account_count_attempt(tx, by, "comment", arena_format(tx->a, "%lld", (long long)by->who.account), COMMENTS_PER_MINUTE,
                              MINUTE_MS));
    try(check_apart(tx, by, clip->author));
    try(find_answered(tx, by, clip_id, in->reply_to, &answered));
    try(check_words(tx, clip->shop, body));
    if (answered) parent = answered->parent.v ? answered->parent : answered->id;
    try(account_handle_ensure(tx, by, caller(by), &handle));
    try(account_seal(tx, by, caller(by), body, &sealed));
    try(q_comment_insert(tx, (CommentInsertIn){ .id = id, .clip = clip_id, .shop = clip->shop, .author = caller(by),
                                                .parent = parent, .body = sealed, .created = by->now }));
    try(clip_comments_add(tx, clip_id, 1));
    if (parent.v) {
        try(q_comment_replies_add(tx, (CommentRepliesAddIn){ .id = parent, .delta = 1 }, &n));
        if (n == 0) return no_comment(tx);                         // removed meanwhile, with its thread
    }
    try(tell(tx, by, id, clip, answered, body));
    try(event_note(tx, by, &(EventNote){ .person = by->who.account, .kind = RANK_COMMENT, .clip = clip_id.v, .at = by->now },
                   &outcome));
    try(find(tx, id, &made));
    return show(tx, &(Viewer){ .by = by }, made, out);
}

// ---------------------------------------------------------------------------------------------- what is done with one

static Err find_with_clip(Tx *tx, CommentId id, CommentFindRow **out, ClipFindRow **clip)
{
    try(find(tx, id, out));
    return clip_stored(tx, (*out)->clip, clip);
}

static Err may_tend(Tx *tx, const By *by, const CommentFindRow *row, const ClipFindRow *clip, bool *out)
{
    try(may_in_shop(tx, by, row->shop, out));
    *out |= clip && clip->author.v == by->who.account;
    return ERR_OK;
}

Err comment_remove(Tx *tx, const By *by, CommentId id)
{
    CommentFindRow *row;
    ClipFindRow *clip;
    bool may;
    i64 n, changed;
    try(find_with_clip(tx, id, &row, &clip));
    try(may_tend(tx, by, row, clip, &may));
    if (!may && row->author.v != by->who.account)
        return refuse(&tx->why, ERR_FORBIDDEN, NULL, "Only its author and those whose clip it is can remove this.");
    try(q_comment_remove_all(tx, (CommentRemoveAllIn){ .id = id, .removed_by = caller(by) }, &n));
    if (n == 0) return no_comment(tx);
    if (row->parent.v) try(q_comment_replies_add(tx, (CommentRepliesAddIn){ .id = row->parent, .delta = -1 }, &changed));
    return clip ? clip_comments_add(tx, row->clip, -n) : ERR_OK;
}

Err comment_set_liked(Tx *tx, const By *by, CommentId id, bool liked)
{
    CommentFindRow *row;
    i64 n, counted;
    try(find(tx, id, &row));
    if (liked) {
        try(check_apart(tx, by, row->author));
        try(q_comment_like_insert(tx, (CommentLikeInsertIn){ .comment = id, .account = caller(by), .at = by->now }, &n));
    } else {
        try(q_comment_like_delete(tx, (CommentLikeDeleteIn){ .comment = id, .account = caller(by) }, &n));
    }
    if (n == 0) return ERR_OK;
    try(q_comment_likes_add(tx, (CommentLikesAddIn){ .id = id, .delta = liked ? 1 : -1 }, &counted));
    if (!counted) return no_comment(tx);
    Notice notice = { .to = row->author, .from = caller(by), .kind = NOTICE_KIND_COMMENT_LIKE, .subject = id.v,
                      .clip = row->clip.v, .thing = id.v };
    return liked ? notify_put(tx, by, &notice) : notify_take_back(tx, &notice);
}

Err comment_pin_set(Tx *tx, const By *by, CommentId id, bool pinned)
{
    CommentFindRow *row;
    ClipFindRow *clip;
    bool may;
    i64 n;
    try(find_with_clip(tx, id, &row, &clip));
    try(may_tend(tx, by, row, clip, &may));
    if (!may) return refuse(&tx->why, ERR_FORBIDDEN, NULL, "Only those whose clip it is can pin a comment.");
    if (row->parent.v) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "A reply cannot be pinned.");
    if (!pinned && !row->pinned) return ERR_OK;
    try(q_comment_unpin_all(tx, (CommentUnpinAllIn){ .clip = row->clip }, &n));
    return pinned ? q_comment_set_pinned(tx, (CommentSetPinnedIn){ .id = id }, &n) : ERR_OK;
}

// Some of its comments: those that came first, with their likes before them.
static Err clear_comments(Tx *tx, ClipId clip, bool *more)
{
    i64 likes, comments, n;
    try(q_comment_going_add(tx, (CommentGoingAddIn){ .clip = clip }, &n));
    try(q_comment_clear_likes(tx, (CommentClearLikesIn){ .clip = clip, .most = CLIP_CLEARED_MAX }, &likes));
    try(q_comment_clear(tx, (CommentClearIn){ .clip = clip, .most = CLIP_CLEARED_MAX }, &comments));
    *more = likes >= CLIP_CLEARED_MAX || comments >= CLIP_CLEARED_MAX;
    return *more ? ERR_OK : q_comment_going_end(tx, (CommentGoingEndIn){ .clip = clip }, &n);
}

Err social_clip_gone(Tx *tx, const By *by, i64 subject)
{
    ClipId clip = { subject };
    bool more_done, more_said;
    try(clip_clear_some(tx, clip, &more_done));
    try(clear_comments(tx, clip, &more_said));
    // With a pause, in which others write.
    if (more_done || more_said) return task_at(tx, by, "clip_gone", subject, by->now + SECOND_MS);
    return task_at(tx, by, "clip_remove", subject, by->now);
}
