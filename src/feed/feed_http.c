// The handlers of the feed.
#include "feed/feed.h"

Err events_post(Req *r, const FeedBatch *in, FeedTaken *out)
{
    try(feed_count_batch(r->tx, &r->by, r->net->address));
    return feed_take(r->tx, &r->by, in, out);
}

Err feed_get(Req *r, const FeedGetArgs *args, FeedPage *out)
{
    return feed_page(r->tx, &r->by, args->after, args->has_limit ? args->limit : FEED_DEFAULT, out);
}
