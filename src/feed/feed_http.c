// The handler of the feed.
#include "feed/feed.h"

Err feed_get(Req *r, const FeedGetArgs *args, FeedPage *out)
{
    return feed_page(r->tx, &r->by, args->after, args->has_limit ? args->limit : FEED_DEFAULT, out);
}
