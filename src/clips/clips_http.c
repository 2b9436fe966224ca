// Handlers of clips: from a request to one rule and back.
#include "base/rand.h"
#include "clips/clips.h"

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
