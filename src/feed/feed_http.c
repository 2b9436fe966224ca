// The handlers of the feed.
#include "feed/feed.h"

#include "api/app.h"
#include "events/events.h"

Err events_post(Req *r, const FeedBatch *in, FeedTaken *out)
{
    try(feed_count_batch(r->tx, &r->by, r->net->address));
    return feed_take(r->tx, &r->by, in, out);
}

Err feed_get(Req *r, const FeedGetArgs *args, FeedPage *out)
{
    FeedWanted want = { .after = args->after, .limit = args->has_limit ? args->limit : FEED_DEFAULT, .has_mode = args->has_mode,
                        .mode = args->mode };
    return feed_page(r->tx, &r->by, feed_engine(r->app->feed), &want, out);
}

Err feed_why_get(Req *r, const FeedWhyGetArgs *args, FeedWhy *out)
{
    return feed_why(r->tx, &r->by, feed_engine(r->app->feed), args->id, out);
}

Err feed_profile_get(Req *r, FeedProfile *out)
{
    return feed_profile(r->tx, &r->by, feed_engine(r->app->feed), out);
}

Err feed_trait_delete(Req *r, const FeedTraitDeleteArgs *args)
{
    return feed_trait_forget(r->tx, &r->by, args->trait);
}

Err feed_profile_reset(Req *r)
{
    return events_reset(r->tx, &r->by, event_person(&r->by.who));
}

Err feed_profile_export(Req *r, FeedExport *out)
{
    return feed_export(r->tx, &r->by, feed_engine(r->app->feed), out);
}

Err ranking_get(Req *r, Ranking *out)
{
    return feed_ranking(r->tx, feed_engine(r->app->feed), out);
}

Err exposure_get(Req *r, const ExposureGetArgs *args, Exposure *out)
{
    return feed_exposure(r->tx, &r->by, args->has_days ? args->days : FEED_EXPOSURE_DAYS, out);
}

Err feed_settings_get(Req *r, FeedSettings *out)
{
    return feed_settings_view(r->tx, &r->by, out);
}

Err feed_settings_put(Req *r, const FeedSettings *in, FeedSettings *out)
{
    try(feed_settings_set(r->tx, &r->by, in));
    return feed_settings_view(r->tx, &r->by, out);
}

Err feed_dial_put(Req *r, const FeedDialPut *in, FeedSettings *out)
{
    return feed_dial_set(r->tx, &r->by, in->dial, out);
}

Err feed_rule_post(Req *r, const FeedRuleNew *in, FeedRule *out)
{
    return feed_rule_add(r->tx, &r->by, in, out);
}

Err feed_rule_list(Req *r, const FeedRuleListArgs *args, FeedRulePage *out)
{
    return feed_rules_view(r->tx, &r->by, args->before, out);
}

Err feed_rule_delete(Req *r, const FeedRuleDeleteArgs *args)
{
    return feed_rule_remove(r->tx, &r->by, args->id);
}
