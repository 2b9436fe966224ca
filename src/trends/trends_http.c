// The handlers of trends.
#include "trends/trends.h"

Err trend_list(Req *r, const TrendListArgs *args, TrendPage *out)
{
    TrendWanted want = { .has_kind = args->has_kind, .kind = args->kind, .region = args->region, .category = args->category,
                         .window = args->has_window ? args->window : TREND_WINDOW_DAY,
                         .limit = args->has_limit ? args->limit : TREND_DEFAULT };
    return trends_page(r->tx, &r->by, &want, out);
}

Err trend_studio(Req *r, const TrendStudioArgs *args, TrendPage *out)
{
    return trends_of_studio(r->tx, &r->by, args->shop, args->has_window ? args->window : TREND_WINDOW_DAY, out);
}
