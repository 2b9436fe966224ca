// What people do with a clip besides liking it, and what it is found by: saves, shares, hashtags, sounds. No HTTP, no JSON,
// no clock.
#include "base/marks.h"
#include "clips/clips.h"
#include "events/events.h"
#include "people/people.h"
#include "shops/shops.h"

static Err find_ready(Tx *tx, ClipId id, ClipFindRow **out)
{
    try(q_clip_find(tx, (ClipFindIn){ .id = id }, out));
    if (*out && (*out)->state == CLIP_STATE_READY) return ERR_OK;
    return refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such clip.");
}

// ---------------------------------------------------------------------------------------------- saves, shares

Err clip_set_saved(Tx *tx, const By *by, ClipId id, bool saved)
{
    must(by->who.account > 0);
    AccountId account = { by->who.account };
    ClipFindRow *row;
    EventOutcome outcome;
    i64 n, counted;
    try(find_ready(tx, id, &row));
    if (saved)
        try(q_clip_save_insert(tx, (ClipSaveInsertIn){ .id = clip_save_id_next(by->ids, by->now), .clip = id, .account = account,
                                                       .at = by->now }, &n));
    else try(q_clip_save_delete(tx, (ClipSaveDeleteIn){ .clip = id, .account = account }, &n));
    if (n == 0) return ERR_OK;                                     // the row decides, not what the client believes
    try(q_clip_saves_add(tx, (ClipSavesAddIn){ .id = id, .delta = saved ? 1 : -1 }, &counted));
    must(counted == 1);
    return event_note(tx, by, &(EventNote){ .person = account.v, .kind = saved ? RANK_SAVE : RANK_UNSAVE, .clip = id.v,
                                            .at = by->now }, &outcome);
}

Err clip_shared(Tx *tx, const By *by, ClipId id)
{
    ClipFindRow *row;
    i64 n, counted, person = event_person(&by->who);
    must(person > 0);                                              // the route makes a guest where there is nobody
    try(find_ready(tx, id, &row));
    try(q_clip_share_insert(tx, (ClipShareInsertIn){ .clip = id, .person = person, .day = by->now / DAY_MS }, &n));
    return n ? q_clip_shares_add(tx, (ClipSharesAddIn){ .id = id }, &counted) : ERR_OK;
}

Err clip_comments_add(Tx *tx, ClipId id, i64 delta)
{
    i64 n;
    try(q_clip_comments_change(tx, (ClipCommentsChangeIn){ .id = id, .delta = delta }, &n));
    return n ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such clip.");
}

Err clips_commented(Tx *tx, ClipId after, i64 limit, ClipCommentedRowList *out)
{
    return q_clip_commented(tx, (ClipCommentedIn){ .after = after, .limit = limit }, out);
}

Err clip_clear_some(Tx *tx, ClipId id, bool *more)
{
    i64 likes, saves, shares;
    try(q_clip_like_clear(tx, (ClipLikeClearIn){ .clip = id, .most = CLIP_CLEARED_MAX }, &likes));
    try(q_clip_save_clear(tx, (ClipSaveClearIn){ .clip = id, .most = CLIP_CLEARED_MAX }, &saves));
    try(q_clip_share_clear(tx, (ClipShareClearIn){ .clip = id, .most = CLIP_CLEARED_MAX }, &shares));
    *more = likes >= CLIP_CLEARED_MAX || saves >= CLIP_CLEARED_MAX || shares >= CLIP_CLEARED_MAX;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- hashtags, sounds

Err clip_tags_set(Tx *tx, ClipId id, Str caption)
{
    MarkList marks;
    i64 n;
    marks_find(tx->a, caption, &marks);
    try(q_clip_hashtag_clear(tx, (ClipHashtagClearIn){ .clip = id }, &n));
    for (i64 i = 0; i < marks.n; i++)
        if (marks.p[i].kind == MARK_TAG)
            try(q_clip_hashtag_insert(tx, (ClipHashtagInsertIn){ .clip = id, .tag = marks.p[i].name, .position = i }, &n));
    return ERR_OK;
}

Err clip_tags(Tx *tx, ClipId id, StrList *out)
{
    ClipHashtagsRowList rows;
    try(q_clip_hashtags(tx, (ClipHashtagsIn){ .c0 = id }, &rows));
    *out = (StrList){ arena_new_array(tx->a, Str, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->p[i] = rows.p[i].tag;
    return ERR_OK;
}

Err clip_tags_due(Tx *tx, const By *by, i64 subject)
{
    ClipUntaggedRowList rows;
    i64 n;
    try(q_clip_untagged(tx, (ClipUntaggedIn){ .limit = CLIP_UNTAGGED_BATCH }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        try(clip_tags_set(tx, rows.p[i].id, rows.p[i].caption));
        try(q_clip_set_tagged(tx, (ClipSetTaggedIn){ .id = rows.p[i].id }, &n));
    }
    return rows.n < CLIP_UNTAGGED_BATCH ? ERR_OK : task_at(tx, by, "clip_tags", subject, by->now);
}

Err clip_sound_source(Tx *tx, ClipId sound, ClipFindRow **out)
{
    bool open = false;
    try(q_clip_find(tx, (ClipFindIn){ .id = sound }, out));
    if (*out && (*out)->state == CLIP_STATE_READY) try(shop_is_open(tx, (*out)->shop, &open));
    if (!open) *out = NULL;
    return ERR_OK;
}

// A maker who keeps a sound still has it, and so have those who publish for the same shop.
static Err sound_use(Tx *tx, const By *by, const ClipFindRow *source, SoundUse *out)
{
    bool apart;
    *out = !source ? SOUND_USE_GONE : !source->sound ? SOUND_USE_SILENT
           : source->sound_closed ? SOUND_USE_CLOSED : SOUND_USE_FREE;
    if (*out == SOUND_USE_GONE || *out == SOUND_USE_SILENT || !by->who.account) return ERR_OK;
    try(people_apart(tx, (AccountId){ by->who.account }, source->author, &apart));
    if (apart) *out = SOUND_USE_CLOSED;
    if (apart || !source->sound_closed) return ERR_OK;
    Err e = shop_may(tx, by, source->shop, STAFF_ROLE_MANAGER);
    if (e == ERR_OK) *out = SOUND_USE_FREE;
    return e == ERR_FORBIDDEN || e == ERR_NOT_FOUND ? ERR_OK : e;
}

// A clip that uses a third one's sound passes it on.
Err clip_sound_of(Tx *tx, const By *by, ClipId of, ClipId *out)
{
    ClipFindRow *row, *source;
    SoundUse use;
    try(q_clip_find(tx, (ClipFindIn){ .id = of }, &row));
    if (!row || row->state != CLIP_STATE_READY) return refuse(&tx->why, ERR_NOT_FOUND, "audio", "There is no such clip.");
    *out = row->sound_of;
    try(clip_sound_source(tx, row->sound_of, &source));
    try(sound_use(tx, by, source, &use));
    if (use == SOUND_USE_GONE) return refuse(&tx->why, ERR_WRONG_STATE, "audio", "The clip of this sound is gone.");
    if (use == SOUND_USE_SILENT) return refuse(&tx->why, ERR_BAD_FIELD, "audio", "This clip has no sound.");
    if (use == SOUND_USE_CLOSED) return refuse(&tx->why, ERR_FORBIDDEN, "audio", "Whoever made this sound keeps it.");
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- pages

static ClipId or_newest(ClipId before)
{
    return before.v ? before : (ClipId){ INT64_MAX };
}

static Str next_of(Arena *a, ClipFindRowList rows, i64 limit)
{
    return rows.n == limit ? arena_format(a, "%lld", (long long)rows.p[rows.n - 1].id.v) : (Str){ 0 };
}

Err clips_of_tag(Tx *tx, const By *by, Str tag, ClipId before, i64 limit, ClipList *out, ClipId *last)
{
    ClipFindRowList rows;
    Str folded = marks_fold(tx->a, tag);
    try(q_clip_of_tag(tx, (ClipOfTagIn){ .tag = folded, .before = or_newest(before), .limit = limit }, &rows));
    *last = (ClipId){ rows.n == limit ? rows.p[rows.n - 1].id.v : 0 };
    return clips_show(tx, by, rows, out);
}

Err clips_of_tag_after(Tx *tx, Str tag, ClipId after, i64 limit, ClipFindRowList *out)
{
    return q_clip_of_tag_after(tx, (ClipOfTagAfterIn){ .tag = marks_fold(tx->a, tag), .after = after, .limit = limit }, out);
}

bool clip_is_tag(Arena *a, Str tag)
{
    MarkList marks;
    marks_find(a, arena_format(a, "#%.*s", STR_ARG(tag)), &marks);
    return marks.n == 1 && marks.p[0].kind == MARK_TAG && marks.p[0].from == 0 && marks.p[0].to == tag.n + 1;
}

Err clips_of_tag_count(Tx *tx, Str tag, i64 *out)
{
    ClipTagCountRow row;
    try(q_clip_tag_count(tx, (ClipTagCountIn){ .tag = tag, .most = CLIP_COUNTED_MAX }, &row));
    *out = row.n;
    return ERR_OK;
}

Err clips_of_tag_page(Tx *tx, const By *by, Str tag, ClipId before, i64 limit, TagPage *out)
{
    ClipId last;
    if (!clip_is_tag(tx->a, tag))
        return refuse(&tx->why, ERR_BAD_FIELD, "tag", "A tag is made of letters, digits and underscores.");
    out->tag = marks_fold(tx->a, tag);
    try(clips_of_tag_count(tx, out->tag, &out->clips));
    try(clips_of_tag(tx, by, out->tag, before, limit, &out->items, &last));
    if (last.v) out->next = arena_format(tx->a, "%lld", (long long)last.v);
    return ERR_OK;
}

Err clips_of_sound(Tx *tx, const By *by, ClipId sound, ClipId before, i64 limit, SoundPage *out)
{
    ClipFindRowList rows;
    ClipSoundCountRow counted;
    ClipFindRow *own;
    ClipList one = { 0 };
    try(q_clip_sound_count(tx, (ClipSoundCountIn){ .sound_of = sound, .most = CLIP_COUNTED_MAX }, &counted));
    if (counted.n == 0) return refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such sound.");
    out->id = sound;
    out->clips = counted.n;
    try(clip_sound_source(tx, sound, &own));
    try(sound_use(tx, by, own, &out->use));
    if (own) try(clips_show(tx, by, (ClipFindRowList){ own, 1 }, &one));
    if (one.n) out->clip = &one.p[0];
    bool first = one.n && !before.v;                               // where it comes from stands above the others
    try(q_clip_of_sound(tx, (ClipOfSoundIn){ .sound_of = sound, .before = or_newest(before), .limit = limit - first }, &rows));
    if (rows.n) out->next = next_of(tx->a, rows, limit - first);
    else if (limit == first && counted.n > 1) out->next = arena_format(tx->a, "%lld", (long long)INT64_MAX);
    try(clips_show(tx, by, rows, &out->items));
    if (!first) return ERR_OK;
    Clip *all = arena_new_array(tx->a, Clip, out->items.n + 1);
    all[0] = one.p[0];
    for (i64 i = 0; i < out->items.n; i++) all[i + 1] = out->items.p[i];
    out->items = (ClipList){ all, out->items.n + 1 };
    return ERR_OK;
}

Err clips_of_person(Tx *tx, const By *by, AccountId author, ClipId before, i64 limit, ClipPage *out)
{
    ClipFindRowList rows;
    try(q_clip_of_author(tx, (ClipOfAuthorIn){ .author = author, .before = or_newest(before), .limit = limit }, &rows));
    out->next = next_of(tx->a, rows, limit);
    return clips_show(tx, by, rows, &out->items);
}

Err clips_saved(Tx *tx, const By *by, ClipSaveId before, i64 limit, SavedPage *out)
{
    ClipSavesOfRowList saves;
    AccountId account = { by->who.account };
    if (!before.v) before.v = INT64_MAX;
    try(q_clip_saves_of(tx, (ClipSavesOfIn){ .account = account, .before = before, .limit = limit }, &saves));
    ClipFindRowList rows = { arena_new_array(tx->a, ClipFindRow, saves.n), 0 };
    for (i64 i = 0; i < saves.n; i++) {
        ClipFindRow *row;
        try(q_clip_find(tx, (ClipFindIn){ .id = saves.p[i].clip }, &row));
        if (row) rows.p[rows.n++] = *row;
    }
    if (saves.n == limit) out->next = arena_format(tx->a, "%lld", (long long)saves.p[saves.n - 1].id.v);
    return clips_show(tx, by, rows, &out->items);
}
