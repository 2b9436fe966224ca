// The rules of clips: who may make and see them, their tags, likes and place in the feed. No HTTP, no JSON, no clock, no
// randomness, no files.
#include "clips/clips.h"

#include "catalog/catalog.h"
#include "events/events.h"
#include "media/media.h"
#include "notify/notify.h"
#include "people/people.h"
#include "shops/shops.h"

enum { LIKES_MAX = 1 << 30 };              // past that many a clip rises no further; keeps the product below int64

// 43.2e6 ms < 2^26, n < 2^31: the product stays below 2^57.
i64 clip_bonus_ms(i64 likes)
{
    must(likes >= 0);
    u64 n = (u64)(likes < LIKES_MAX ? likes : LIKES_MAX) + 1;
    int doublings = 63 - __builtin_clzll(n);
    u64 above = n - (UINT64_C(1) << doublings);
    return LIKES_DOUBLING_MS * doublings + (i64)((above * LIKES_DOUBLING_MS) >> doublings);
}

// ---------------------------------------------------------------------------------------------- making

static Err check_product(Tx *tx, ShopId shop, const ProductIdList *products, i64 i)
{
    const char *field = arena_format(tx->a, "products[%lld]", (long long)i).p;
    ProductId product = products->p[i];
    for (i64 k = 0; k < i; k++)
        if (products->p[k].v == product.v) return refuse(&tx->why, ERR_BAD_FIELD, field, "This product is tagged already.");
    ShopId of;
    ProductState state;
    Err e = catalog_product_shop(tx, product, &of, &state);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_NOT_FOUND || of.v != shop.v) return refuse(&tx->why, ERR_NOT_FOUND, field, "This shop has no such product.");
    if (state != PRODUCT_STATE_ACTIVE) return refuse(&tx->why, ERR_ARCHIVED, field, "This product is not for sale now.");
    return ERR_OK;
}

static Err set_products(Tx *tx, ClipId clip, ShopId shop, const ProductIdList *products)
{
    must(products->n <= CLIP_TAGS_MAX);                            // the decoder has checked; say so
    i64 n;
    try(q_clip_product_clear(tx, (ClipProductClearIn){ .clip = clip }, &n));
    for (i64 i = 0; i < products->n; i++) {
        try(check_product(tx, shop, products, i));
        try(q_clip_product_insert(tx, (ClipProductInsertIn){ .clip = clip, .position = i, .product = products->p[i] }));
    }
    return ERR_OK;
}

Err clip_stored(Tx *tx, ClipId id, ClipFindRow **out)
{
    return q_clip_find(tx, (ClipFindIn){ .id = id }, out);
}

static Err find(Tx *tx, ClipId id, ClipFindRow **out)
{
    try(q_clip_find(tx, (ClipFindIn){ .id = id }, out));
    return *out ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such clip.");
}

static Err show_again(Tx *tx, const By *by, ClipId id, Clip *out)
{
    ClipFindRow *row;
    try(find(tx, id, &row));
    return clip_show_staff(tx, by, row, out);
}

// Shops take turns: each further clip of a shop stands as if it had come a turn later, so that who uploads fifty does not keep
// the next shop's first one waiting for all of them.
static Err clip_queue(Tx *tx, const By *by, ClipId id, ShopId shop)
{
    ClipWaitingRow waiting;                                        // this one among them
    try(q_clip_waiting(tx, (ClipWaitingIn){ .shop = shop }, &waiting));
    if (waiting.n > CLIPS_WAITING_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "At most %d clips of a shop may wait to be prepared: try again when "
                      "some are done.", CLIPS_WAITING_MAX);
    return task_at(tx, by, "clip_transcode", id.v, by->now - (CLIPS_WAITING_MAX - waiting.n) * CLIP_TURN_MS);
}

Err clip_add(Tx *tx, const By *by, ClipMaking making, const ClipNew *in, Clip *out)
{
    must(by->who.account > 0 && making.id.v > 0 && making.key.n > 0);

    ClipId sound_of = making.id;
    try(shop_may(tx, by, in->shop, STAFF_ROLE_MANAGER));
    if (in->audio.v) try(clip_sound_of(tx, by, in->audio, &sound_of));
    try(upload_take(tx, by, in->upload));
    try(q_clip_insert(tx, (ClipInsertIn){ .id = making.id, .shop = in->shop, .author = { by->who.account },
                                          .upload = in->upload, .caption = in->caption, .key = making.key,
                                          .hot = by->now + clip_bonus_ms(0), .sound_of = sound_of,
                                          .sound_closed = in->has_sound_free && !in->sound_free, .created = by->now }));
    try(clip_tags_set(tx, making.id, in->caption));
    try(set_products(tx, making.id, in->shop, &in->products));
    try(clip_queue(tx, by, making.id, in->shop));
    return show_again(tx, by, making.id, out);
}

// The clip, for someone who may change it. To others a clip that they could not see is not there.
static Err find_to_change(Tx *tx, const By *by, ClipId id, ClipFindRow **out)
{
    try(find(tx, id, out));
    Err e = shop_may(tx, by, (*out)->shop, STAFF_ROLE_MANAGER);
    if (e != ERR_FORBIDDEN || (*out)->state == CLIP_STATE_READY) return e;
    e = shop_may(tx, by, (*out)->shop, STAFF_ROLE_PACKER);
    if (e == ERR_OK) return refuse(&tx->why, ERR_FORBIDDEN, NULL, "Changing clips takes a manager of the shop.");
    return e == ERR_FORBIDDEN ? refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such clip.") : e;
}

Err clip_edit(Tx *tx, const By *by, ClipId id, const ClipEdit *in, Clip *out)
{
    ClipFindRow *row;
    i64 n;
    try(find_to_change(tx, by, id, &row));
    if (in->caption.p) {
        try(q_clip_set_caption(tx, (ClipSetCaptionIn){ .id = id, .caption = in->caption }, &n));
        try(clip_tags_set(tx, id, in->caption));
    }
    if (in->has_products) try(set_products(tx, id, row->shop, &in->products));
    if (in->has_sound_free) try(q_clip_set_sound_closed(tx, (ClipSetSoundClosedIn){ .id = id, .closed = !in->sound_free }, &n));
    if (in->has_hidden) {
        ClipState to = in->hidden ? CLIP_STATE_HIDDEN : CLIP_STATE_READY;
        ClipState from = in->hidden ? CLIP_STATE_READY : CLIP_STATE_HIDDEN;
        try(q_clip_set_shown(tx, (ClipSetShownIn){ .id = id, .from = from, .to = to }, &n));
        if (n == 0 && row->state != to)
            return refuse(&tx->why, ERR_WRONG_STATE, "hidden", "Only a clip that is ready can be hidden or shown.");
    }
    try(event_clip_changed(tx, by, id.v));
    return show_again(tx, by, id, out);
}

Err clip_remove(Tx *tx, const By *by, ClipId id)
{
    ClipFindRow *row;
    i64 n;
    try(find_to_change(tx, by, id, &row));
    try(q_clip_set_deleted(tx, (ClipSetDeletedIn){ .id = id }, &n));
    try(q_clip_product_clear(tx, (ClipProductClearIn){ .clip = id }, &n));
    try(q_clip_hashtag_clear(tx, (ClipHashtagClearIn){ .clip = id }, &n));
    try(task_cancel(tx, "clip_transcode", id.v));
    // What a million people did with it is too much for this transaction.
    try(task_at(tx, by, "clip_gone", id.v, by->now));
    try(event_clip_changed(tx, by, id.v));
    if (row->upload.v) try(upload_let_go(tx, by, row->upload, by->now));
    return task_at(tx, by, "clip_remove", id.v, by->now);
}

// ---------------------------------------------------------------------------------------------- converting

static bool fault_may_pass(Str slug)
{
    for (MediaFault f = MEDIA_OK; f < MEDIA_FAULT_COUNT; f++)
        if (str_eq(slug, str_of(media_fault_slug(f)))) return media_fault_may_pass(f);
    return false;
}

Err clip_again(Tx *tx, const By *by, ClipId id, Clip *out)
{
    ClipFindRow *row;
    UploadFindRow *upload;
    i64 n;
    try(find_to_change(tx, by, id, &row));
    if (row->state != CLIP_STATE_FAILED) return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This clip has not failed.");
    if (!fault_may_pass(row->fault))
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "The file itself is at fault: upload another one.");
    try(q_upload_find(tx, (UploadFindIn){ .id = row->upload }, &upload));
    if (!upload || upload->expires <= by->now)
        return refuse(&tx->why, ERR_WRONG_STATE, NULL, "The uploaded file is no longer here: upload it again.");
    try(upload_hold(tx, row->upload));
    try(q_clip_set_again(tx, (ClipSetAgainIn){ .id = id }, &n));
    try(clip_queue(tx, by, id, row->shop));
    return show_again(tx, by, id, out);
}

// Now that it can be seen: the people whom its caption names.
static Err tell_named(Tx *tx, const By *by, const ClipFindRow *row)
{
    AccountIdList named;
    try(people_named(tx, row->author, row->caption, &named));
    for (i64 i = 0; i < named.n; i++)
        try(notify_put(tx, by, &(Notice){ .to = named.p[i], .from = row->author,  .kind = NOTICE_KIND_MENTION,
                                          .subject = row->id.v, .clip = row->id.v }));
    return ERR_OK;
}

Err clip_ready(Tx *tx, const By *by, ClipId id, UploadId upload, ClipDone done, bool *taken)
{
    must(done.width > 0 && done.height > 0 && done.duration_ms > 0);
    i64 n;
    try(q_clip_set_ready(tx, (ClipSetReadyIn){ .id = id, .width = done.width, .height = done.height,
                                               .duration_ms = done.duration_ms, .sound = done.sound }, &n));
    // The same clip converted twice, by someone taken for dead: its files are the same, and it needs them.
    ClipFindRow *row;
    try(q_clip_find(tx, (ClipFindIn){ .id = id }, &row));
    *taken = row != NULL;
    if (row) try(event_clip_changed(tx, by, id.v));
    if (row && n) try(tell_named(tx, by, row));
    return upload_let_go(tx, by, upload, by->now);
}

Err clip_failed(Tx *tx, const By *by, ClipId id, UploadId upload)
{
    i64 n;
    try(q_clip_set_failed(tx, (ClipSetFailedIn){ .id = id }, &n));
    return n ? upload_let_go(tx, by, upload, by->now + UPLOAD_KEEP_MS) : ERR_OK;
}

Err clip_transcode_gave_up(Tx *tx, const By *by, i64 subject)
{
    ClipFindRow *row;
    i64 n;
    try(q_clip_find(tx, (ClipFindIn){ .id = { subject } }, &row));
    if (!row || row->state != CLIP_STATE_PROCESSING) return ERR_OK;
    // Without a noted fault the process itself ended each time.
    if (!row->fault.p)
        try(q_clip_set_fault(tx, (ClipSetFaultIn){ .id = row->id, .fault = str_of(media_fault_slug(MEDIA_KILLED)),
                                                   .detail = str_of(media_fault_text(MEDIA_KILLED)) }, &n));
    return clip_failed(tx, by, row->id, row->upload);
}

// ---------------------------------------------------------------------------------------------- likes

Err clip_set_liked(Tx *tx, const By *by, ClipId id, bool liked)
{
    must(by->who.account > 0);
    AccountId account = { by->who.account };
    ClipFindRow *row;
    ClipLikesAddRow *now;
    i64 n;
    try(find(tx, id, &row));
    if (row->state != CLIP_STATE_READY) return refuse(&tx->why, ERR_NOT_FOUND, "id", "There is no such clip.");
    if (liked) try(q_clip_like_insert(tx, (ClipLikeInsertIn){ .clip = id, .account = account, .at = by->now }, &n));
    else try(q_clip_like_delete(tx, (ClipLikeDeleteIn){ .clip = id, .account = account }, &n));
    if (n == 0) return ERR_OK;                                     // the row decides, not what the client believes
    try(q_clip_likes_add(tx, (ClipLikesAddIn){ .id = id, .delta = liked ? 1 : -1 }, &now));
    must(now && now->likes >= 0);
    Notice notice = { .to = row->author, .from = account, .kind = NOTICE_KIND_LIKE, .subject = id.v, .clip = id.v };
    try(liked ? notify_put(tx, by, &notice) : notify_take_back(tx, &notice));
    EventOutcome outcome;
    try(event_note(tx, by, &(EventNote){ .person = account.v, .kind = liked ? RANK_LIKE : RANK_UNLIKE, .clip = id.v,
                                         .at = by->now }, &outcome));
    return q_clip_set_hot(tx, (ClipSetHotIn){ .id = id, .hot = now->created + clip_bonus_ms(now->likes) }, &n);
}

Err clips_ready_count(Tx *tx, i64 *out)
{
    ClipReadyCountRow row;
    try(q_clip_ready_count(tx, &row));
    *out = row.n;
    return ERR_OK;
}
