// What the feed knows of a person, to be seen, changed, taken along and forgotten. No HTTP, no JSON, no clock.
#include "feed/inner.h"

#include "markets/markets.h"
#include "shops/shops.h"

enum { TRAITS_MAX = 100 };

static const FeedTraitKind KINDS[] = {
    [RANK_TRAIT_TOPIC] = FEED_TRAIT_KIND_TOPIC, [RANK_TRAIT_CATEGORY] = FEED_TRAIT_KIND_CATEGORY,
    [RANK_TRAIT_CREATOR] = FEED_TRAIT_KIND_CREATOR, [RANK_TRAIT_SHOP] = FEED_TRAIT_KIND_SHOP,
    [RANK_TRAIT_PRICE] = FEED_TRAIT_KIND_PRICE, [RANK_TRAIT_LANGUAGE] = FEED_TRAIT_KIND_LANGUAGE,
};

Err feed_creator_name(Tx *tx, i64 creator, Str *out)
{
    ShopRoleList roles;
    try(shop_roles(tx, (AccountId){ creator }, &roles));
    if (roles.n) *out = roles.p[0].name;
    return ERR_OK;
}

static Err name_of(Tx *tx, const RankTrait *t, Str *out)
{
    ShopCard card;
    Err e;
    *out = (Str){ 0 };
    switch (t->kind) {
    case RANK_TRAIT_TOPIC: case RANK_TRAIT_CATEGORY: return feed_name_of(tx, (i64)t->subject, out);
    case RANK_TRAIT_SHOP:
        e = shop_card(tx, (ShopId){ (i64)t->subject }, &card);
        if (e == ERR_OK) *out = card.name;
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    case RANK_TRAIT_CREATOR:
        return feed_creator_name(tx, (i64)t->subject, out);
    case RANK_TRAIT_PRICE: case RANK_TRAIT_LANGUAGE: return ERR_OK;
    }
    return ERR_OK;
}

static Err traits_of(Tx *tx, FeedEngine *engine, i64 person, FeedTraitList *out)
{
    RankTrait *found = arena_new_array(tx->a, RankTrait, TRAITS_MAX);
    i64 n = person ? feed_engine_profile(engine, person, found, TRAITS_MAX) : 0;
    *out = (FeedTraitList){ arena_new_array(tx->a, FeedTrait, n), 0 };
    for (i64 i = 0; i < n; i++) {
        const RankTrait *t = &found[i];
        float strength = t->strength > 1 ? 1 : t->strength < -1 ? -1 : t->strength;
        FeedTrait *trait = &out->p[out->n++];
        *trait = (FeedTrait){ .kind = KINDS[t->kind], .strength_ppm = (i64)(strength * 1e6f), .last = t->last,
                              .trait = arena_format(tx->a, "%d-%llu", (int)t->kind, (unsigned long long)t->subject) };
        try(name_of(tx, t, &trait->name));
    }
    return ERR_OK;
}

Err feed_profile(Tx *tx, const By *by, FeedEngine *engine, FeedProfile *out)
{
    i64 person = event_person(&by->who);
    try(events_consent(tx, person, &out->consent));
    return out->consent ? traits_of(tx, engine, person, &out->traits) : ERR_OK;
}

static bool read_trait(Str text, i64 *kind, u64 *subject)
{
    Str first = str_split(&text, '-');
    if (first.n != 1 || text.n == 0 || text.n > 20 || !str_to_i64(first, kind)) return false;
    *subject = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9') return false;
        if (__builtin_mul_overflow(*subject, (u64)10, subject)) return false;
        if (__builtin_add_overflow(*subject, (u64)(text.p[i] - '0'), subject)) return false;
    }
    return *kind >= RANK_TRAIT_TOPIC && *kind <= RANK_TRAIT_LANGUAGE;
}

Err feed_trait_forget(Tx *tx, const By *by, Str trait)
{
    i64 kind;
    u64 subject;
    EventOutcome outcome;
    if (!read_trait(trait, &kind, &subject)) return refuse(&tx->why, ERR_NOT_FOUND, "trait", "There is no such trait.");
    return event_note(tx, by, &(EventNote){ .person = event_person(&by->who), .kind = RANK_FORGET, .value = kind,
                                            .subject = subject, .at = by->now }, &outcome);
}

// ---------------------------------------------------------------------------------------------- to take along

// The server's kinds beside the app's: what the log calls them in an export.
static const char *const KEPT_NAMES[] = {
    [RANK_IMPRESSION] = "impression", [RANK_WATCH] = "watch", [RANK_SKIP] = "skip", [RANK_SOUND_ON] = "sound_on",
    [RANK_LIKE] = "like", [RANK_UNLIKE] = "unlike", [RANK_SAVE] = "save", [RANK_UNSAVE] = "unsave",
    [RANK_SHARE] = "share", [RANK_COMMENT] = "comment", [RANK_FOLLOW] = "follow", [RANK_UNFOLLOW] = "unfollow",
    [RANK_TAP] = "tap", [RANK_SHEET] = "sheet", [RANK_CART] = "cart", [RANK_BUY] = "buy", [RANK_KEPT] = "kept",
    [RANK_RETURN] = "return", [RANK_REVIEW] = "review", [RANK_LESS] = "not_interested", [RANK_REPORT] = "report",
    [RANK_FORGET] = "forget", [RANK_RESET] = "reset",
};

static Err events_in_words(Tx *tx, i64 person, FeedKeptList *out)
{
    EventOfRowList rows = { 0 };
    if (person) try(events_of(tx, person, (EventId){ INT64_MAX }, FEED_EXPORT_EVENTS, &rows));
    *out = (FeedKeptList){ arena_new_array(tx->a, FeedKept, rows.n), 0 };
    for (i64 i = 0; i < rows.n; i++) {
        const EventOfRow *r = &rows.p[i];
        if (r->kind < 1 || r->kind >= COUNT(KEPT_NAMES)) continue;
        out->p[out->n++] = (FeedKept){ .kind = str_of(KEPT_NAMES[r->kind]), .clip = { r->clip }, .product = { r->product },
                                       .value = r->value, .share = r->share, .at = r->at };
    }
    return ERR_OK;
}

Err feed_export(Tx *tx, const By *by, FeedEngine *engine, FeedExport *out)
{
    i64 person = event_person(&by->who);
    FeedRulePage page = { 0 };
    FeedRuleId before = { 0 };
    out->profiling = arena_new(tx->a, Profiling);
    out->settings = arena_new(tx->a, FeedSettings);
    out->rules = (FeedRuleList){ arena_new_array(tx->a, FeedRule, FEED_RULES_MAX), 0 };
    try(profiling_view(tx, by, out->profiling));
    try(feed_settings_view(tx, by, out->settings));
    do {
        try(feed_rules_view(tx, by, before, &page));
        for (i64 i = 0; i < page.items.n && out->rules.n < FEED_RULES_MAX; i++) out->rules.p[out->rules.n++] = page.items.p[i];
        if (page.items.n) before = page.items.p[page.items.n - 1].id;
    } while (page.items.n == FEED_RULES_PAGE);
    try(traits_of(tx, engine, person, &out->traits));
    return events_in_words(tx, person, &out->events);
}

// ---------------------------------------------------------------------------------------------- how it is ordered

static i64 ppm(float x)
{
    return (i64)(x * 1e6f);
}

Err feed_ranking(Tx *tx, FeedEngine *engine, Ranking *out)
{
    FeedEngineView v = feed_engine_view(engine);
    _Static_assert((int)FEED_OUTCOME_FINISH == (int)RANK_FINISH && (int)FEED_OUTCOME_UNWANTED == (int)RANK_UNWANTED, "one list");
    *out = (Ranking){ .weights = { arena_new_array(tx->a, FeedWeight, RANK_OUTCOMES), RANK_OUTCOMES },
                      .explore_ppm = ppm(v.config.explore_share), .guaranteed_impressions = v.config.guaranteed_impressions,
                      .qualified_ms = FEED_QUALIFIED_MS, .touch_days = EVENT_TOUCH_MS / DAY_MS,
                      .clips = v.memory.clips, .people = v.memory.people, .features = v.memory.features,
                      .fitted = v.memory.fitted,
                      .bytes = v.memory.bytes, .learned = v.seq };
    for (i64 i = 0; i < RANK_OUTCOMES; i++)
        out->weights.p[i] = (FeedWeight){ .outcome = (FeedOutcome)i, .weight_ppm = ppm(v.config.weight[i]) };
    feed_dial_shares(tx->a, &out->dials);
    return market_number(tx, STR(""), MARKET_RULE_EVENT_DAYS, &out->event_days);
}
