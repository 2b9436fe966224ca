// Handlers of clips: from a request to one rule and back.
#include "base/rand.h"
#include "clips/clips.h"
#include "people/people.h"

static i64 limit_of(bool has, i64 limit)
{
    return has ? limit : CLIP_LIST_DEFAULT;
}

Err clip_get(Req *r, const ClipGetArgs *args, Clip *out)
{
    return clip_view(r->tx, &r->by, args->id, out);
}

Err clip_post(Req *r, const ClipNew *in, Clip *out)
{
    ClipMaking making = { .id = clip_id_next(r->by.ids, r->by.now), .key = rand_token(r->a, CLIP_KEY_BYTES) };
    return clip_add(r->tx, &r->by, making, in, out);
}

Err clip_patch(Req *r, const ClipPatchArgs *args, const ClipEdit *in, Clip *out)
{
    return clip_edit(r->tx, &r->by, args->id, in, out);
}

Err clip_delete(Req *r, const ClipDeleteArgs *args)
{
    return clip_remove(r->tx, &r->by, args->id);
}

Err clip_retry(Req *r, const ClipRetryArgs *args, Clip *out)
{
    return clip_again(r->tx, &r->by, args->id, out);
}

Err clip_like(Req *r, const ClipLikeArgs *args)
{
    return clip_set_liked(r->tx, &r->by, args->id, true);
}

Err clip_unlike(Req *r, const ClipUnlikeArgs *args)
{
    return clip_set_liked(r->tx, &r->by, args->id, false);
}

Err clip_list(Req *r, const ClipListArgs *args, ClipPage *out)
{
    return clips_of_shop(r->tx, &r->by, args->shop, args->before, limit_of(args->has_limit, args->limit), out);
}

Err studio_clip_list(Req *r, const StudioClipListArgs *args, ClipPage *out)
{
    return clips_of_studio(r->tx, &r->by, args->shop, args->before, limit_of(args->has_limit, args->limit), out);
}

Err clip_save(Req *r, const ClipSaveArgs *args)
{
    return clip_set_saved(r->tx, &r->by, args->id, true);
}

Err clip_unsave(Req *r, const ClipUnsaveArgs *args)
{
    return clip_set_saved(r->tx, &r->by, args->id, false);
}

Err clip_share(Req *r, const ClipShareArgs *args)
{
    return clip_shared(r->tx, &r->by, args->id);
}

Err clip_saved(Req *r, const ClipSavedArgs *args, SavedPage *out)
{
    return clips_saved(r->tx, &r->by, args->before, limit_of(args->has_limit, args->limit), out);
}

Err tag_get(Req *r, const TagGetArgs *args, TagPage *out)
{
    return clips_of_tag_page(r->tx, &r->by, args->tag, args->before, limit_of(args->has_limit, args->limit), out);
}

Err sound_get(Req *r, const SoundGetArgs *args, SoundPage *out)
{
    return clips_of_sound(r->tx, &r->by, args->id, args->before, limit_of(args->has_limit, args->limit), out);
}

Err person_clips(Req *r, const PersonClipsArgs *args, ClipPage *out)
{
    AccountId author;
    try(person_visible(r->tx, &r->by, args->handle, &author));
    return clips_of_person(r->tx, &r->by, author, args->before, limit_of(args->has_limit, args->limit), out);
}
