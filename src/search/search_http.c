// The handlers of search: from a request to one rule and back.
#include "search/search.h"

Err search_get(Req *r, const SearchGetArgs *args, SearchPage *out)
{
    SearchWanted want = {
        .q = args->q, .has_kind = args->has_kind, .kind = args->kind, .sort = args->has_sort ? args->sort : SEARCH_SORT_BEST,
        .exact = args->has_exact && args->exact, .in_stock = args->has_in_stock && args->in_stock, .category = args->category,
        .currency = args->currency, .delivers = args->delivers, .has_min = args->has_price_min, .min = args->price_min,
        .has_max = args->has_price_max, .max = args->price_max, .limit = args->has_limit ? args->limit : SEARCH_DEFAULT };
    if (args->after.n && (!str_to_i64(args->after, &want.after) || want.after < 1 || want.after > FIND_HITS_MAX))
        return refuse(&r->tx->why, ERR_BAD_FIELD, "after", "This is no place in a list of results.");
    return search_page(r->tx, &r->by, r->app->search, feed_engine(r->app->feed), &want, out);
}

Err search_suggest(Req *r, const SearchSuggestArgs *args, SearchGuesses *out)
{
    return search_guess(r->tx, &r->by, r->app->search, args->q, args->has_limit ? args->limit : SEARCH_GUESSES, out);
}
