// Handlers of comments, follows and the inbox: from a request to one rule and back.
#include "social/social.h"

static i64 limit_of(bool has, i64 limit)
{
    return has ? limit : COMMENTS_DEFAULT;
}

Err comment_list(Req *r, const CommentListArgs *args, CommentPage *out)
{
    return comments_of_clip(r->tx, &r->by, args->id, args->before, limit_of(args->has_limit, args->limit), out);
}

Err comment_post(Req *r, const CommentPostArgs *args, const CommentNew *in, Comment *out)
{
    return comment_add(r->tx, &r->by, comment_id_next(r->by.ids, r->by.now), args->id, in, out);
}

Err comment_replies(Req *r, const CommentRepliesArgs *args, CommentPage *out)
{
    return comments_of_thread(r->tx, &r->by, args->id, args->after, limit_of(args->has_limit, args->limit), out);
}

Err comment_get(Req *r, const CommentGetArgs *args, CommentThread *out)
{
    return comment_alone(r->tx, &r->by, args->id, out);
}

Err comment_delete(Req *r, const CommentDeleteArgs *args)
{
    return comment_remove(r->tx, &r->by, args->id);
}

Err comment_like(Req *r, const CommentLikeArgs *args)
{
    return comment_set_liked(r->tx, &r->by, args->id, true);
}

Err comment_unlike(Req *r, const CommentUnlikeArgs *args)
{
    return comment_set_liked(r->tx, &r->by, args->id, false);
}

Err comment_pin(Req *r, const CommentPinArgs *args)
{
    return comment_pin_set(r->tx, &r->by, args->id, true);
}

Err comment_unpin(Req *r, const CommentUnpinArgs *args)
{
    return comment_pin_set(r->tx, &r->by, args->id, false);
}

Err studio_comments(Req *r, const StudioCommentsArgs *args, CommentPage *out)
{
    return comments_of_shop(r->tx, &r->by, args->shop, args->before, limit_of(args->has_limit, args->limit), out);
}

Err comment_words(Req *r, const CommentWordsArgs *args, CommentWords *out)
{
    return comment_words_view(r->tx, &r->by, args->shop, out);
}

Err comment_word_post(Req *r, const CommentWordPostArgs *args, const CommentWord *in, CommentWords *out)
{
    return comment_word_add(r->tx, &r->by, args->shop, in->word, out);
}

Err comment_word_delete(Req *r, const CommentWordDeleteArgs *args)
{
    return comment_word_drop(r->tx, &r->by, args->shop, args->word);
}

Err person_follow(Req *r, const PersonFollowArgs *args)
{
    return social_follow(r->tx, &r->by, args->handle, true);
}

Err person_unfollow(Req *r, const PersonUnfollowArgs *args)
{
    return social_follow(r->tx, &r->by, args->handle, false);
}

Err inbox_get(Req *r, const InboxGetArgs *args, InboxPage *out)
{
    return inbox_view(r->tx, &r->by, args->before, limit_of(args->has_limit, args->limit), out);
}
