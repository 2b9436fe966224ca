// Words that a shop does not want to read; following people; the inbox; the audit. No HTTP, no JSON, no clock.
#include "accounts/accounts.h"
#include "base/marks.h"
#include "clips/clips.h"
#include "notify/notify.h"
#include "people/people.h"
#include "shops/shops.h"
#include "social/social.h"

enum { AUDIT_BATCH = 1000 };

// ---------------------------------------------------------------------------------------------- words

static bool is_letter(char x)
{
    return (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9') || (u8)x >= 0x80;
}

// Scripts that put no blanks between words begin with three bytes in UTF-8: there a part of the text is enough.
static bool has_word(Str text, Str word)
{
    bool whole = word.n > 0 && (u8)word.p[0] < 0xE0;
    for (size_t from = 0; from + word.n <= text.n && word.n; from++) {
        if (memcmp(text.p + from, word.p, word.n) != 0) continue;
        size_t end = from + word.n;
        bool bounded = (from == 0 || !is_letter(text.p[from - 1])) && (end == text.n || !is_letter(text.p[end]));
        if (!whole || bounded) return true;
    }
    return false;
}

bool comment_has_word(Arena *a, Str text, const StrList *words)
{
    if (words->n == 0) return false;
    Str folded = marks_fold(a, text);
    for (i64 i = 0; i < words->n; i++)
        if (has_word(folded, words->p[i])) return true;
    return false;
}

static Err words_of(Tx *tx, ShopId shop, CommentWords *out)
{
    CommentWordsOfRowList rows;
    try(q_comment_words_of(tx, (CommentWordsOfIn){ .shop = shop }, &rows));
    out->items.p = arena_new_array(tx->a, CommentWord, rows.n);
    out->items.n = rows.n;
    for (i64 i = 0; i < rows.n; i++) out->items.p[i] = (CommentWord){ .word = rows.p[i].word };
    return ERR_OK;
}

Err comment_words_view(Tx *tx, const By *by, ShopId shop, CommentWords *out)
{
    try(shop_may(tx, by, shop, STAFF_ROLE_PACKER));
    return words_of(tx, shop, out);
}

Err comment_word_add(Tx *tx, const By *by, ShopId shop, Str word, CommentWords *out)
{
    i64 n;
    Str folded = marks_fold(tx->a, str_trim(word));
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    if (str_utf8_length(folded) < 2) return refuse(&tx->why, ERR_BAD_FIELD, "word", "A word has at least two letters.");
    try(words_of(tx, shop, out));
    if (out->items.n >= COMMENT_WORDS_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "A shop can have %d words.", COMMENT_WORDS_MAX);
    try(q_comment_word_insert(tx, (CommentWordInsertIn){ .shop = shop, .word = folded, .created = by->now }, &n));
    return words_of(tx, shop, out);
}

Err comment_word_drop(Tx *tx, const By *by, ShopId shop, Str word)
{
    i64 n;
    try(shop_may(tx, by, shop, STAFF_ROLE_MANAGER));
    try(q_comment_word_remove(tx, (CommentWordRemoveIn){ .shop = shop, .word = marks_fold(tx->a, word) }, &n));
    return n ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, "word", "There is no such word.");
}

// ---------------------------------------------------------------------------------------------- following, the inbox

Err social_follow(Tx *tx, const By *by, Str handle, bool on)
{
    AccountId whom;
    bool changed;
    try(person_visible(tx, by, handle, &whom));
    try(person_follow_set(tx, by, whom, on, &changed));
    if (!on || !changed) return ERR_OK;
    return notify_put(tx, by, &(Notice){ .to = whom, .from = { by->who.account }, .kind = NOTICE_KIND_FOLLOW });
}

static Err item_of(Tx *tx, const By *by, const NoticeGroupsRow *row, InboxItem *out)
{
    ClipFindRow *clip = NULL;
    *out = (InboxItem){ .id = row->place, .kind = row->kind, .n = row->people,  .person = arena_new(tx->a, PersonCard),
                        .at = row->at, .read = row->read };
    try(person_card(tx, by, row->last_sender, out->person));
    if (row->kind == NOTICE_KIND_CHALLENGE) out->challenge = (ChallengeId){ row->subject }, out->place = row->last_thing;
    else if (row->kind == NOTICE_KIND_INVITATION) {
        out->shop = arena_new(tx->a, ShopCard);
        try(shop_card(tx, (ShopId){ row->subject }, out->shop));
    } else if (row->last_thing) try(comment_excerpt(tx, by, (CommentId){ row->last_thing }, &out->text));
    if (out->text.n) out->comment = (CommentId){ row->last_thing };
    if (row->clip) try(clip_stored(tx, (ClipId){ row->clip }, &clip));
    if (!clip || clip->state != CLIP_STATE_READY) return ERR_OK;
    out->clip = clip->id;
    out->poster = arena_format(tx->a, "/media/clips/%.*s/poster.webp", STR_ARG(clip->key));
    return ERR_OK;
}

Err inbox_view(Tx *tx, const By *by, NoticeGroupId before, i64 limit, InboxPage *out)
{
    NoticeGroupsRowList rows;
    AccountId me = { by->who.account };
    try(notify_groups(tx, me, before, limit, &rows));
    out->items.p = arena_new_array(tx->a, InboxItem, rows.n);
    for (i64 i = 0; i < rows.n; i++) {
        bool apart;
        try(people_apart(tx, me, rows.p[i].last_sender, &apart));
        if (!apart) try(item_of(tx, by, &rows.p[i], &out->items.p[out->items.n++]));
    }
    if (rows.n == limit) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].place.v);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- audit

typedef void Report(void *context, const char *rule, i64 id, const char *detail);

// From the clips' side: what they say against what there is.
static Err audit_said(Tx *tx, Report *report, void *context)
{
    ClipCommentedRowList rows = { 0 };
    ClipId after = { 0 };
    do {
        try(clips_commented(tx, after, AUDIT_BATCH, &rows));
        for (i64 i = 0; i < rows.n; i++) {
            CommentCountRow there;
            after = rows.p[i].id;
            try(q_comment_count(tx, (CommentCountIn){ .clip = after }, &there));
            if (there.n != rows.p[i].comments)
                report(context, "clip_comments", after.v, "the clip counts other comments than there are");
        }
    } while (rows.n == AUDIT_BATCH);
    return ERR_OK;
}

// From the comments' side: those of a clip that says it has none.
static Err audit_unsaid(Tx *tx, Report *report, void *context)
{
    CommentClipsRowList rows = { 0 };
    ClipId after = { 0 };
    do {
        try(q_comment_clips(tx, (CommentClipsIn){ .after = after, .limit = AUDIT_BATCH }, &rows));
        for (i64 i = 0; i < rows.n; i++) {
            ClipFindRow *clip;
            after = rows.p[i].clip;
            try(clip_stored(tx, after, &clip));
            if (clip && clip->comments == 0) report(context, "clip_comments", after.v, "the clip does not count its comments");
        }
    } while (rows.n == AUDIT_BATCH);
    return ERR_OK;
}

Err social_audit(Tx *tx, Report *report, void *context)
{
    CommentAuditRowList rows;
    try(q_comment_audit(tx, &rows));
    for (i64 i = 0; i < rows.n; i++)
        report(context, "comment_counts", rows.p[i].id.v, "counts other likes or replies than there are");
    try(audit_said(tx, report, context));
    return audit_unsaid(tx, report, context);
}
