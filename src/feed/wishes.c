// What a person has said about the feed: settings, the dial, what is never to be shown. No HTTP, no JSON, no clock.
#include "feed/inner.h"

#include "catalog/catalog.h"

// ---------------------------------------------------------------------------------------------- settings

static FeedSettings settings_of(const FeedSettingGetRow *row)
{
    if (!row) return (FeedSettings){ .dial = FEED_DIAL_OPEN };
    return (FeedSettings){ .dial = row->dial, .stop_minutes = row->stop_minutes, .stop_clips = row->stop_clips,
                           .has_quiet_from = row->has_quiet_from, .quiet_from = row->quiet_from,
                           .has_quiet_until = row->has_quiet_until, .quiet_until = row->quiet_until };
}

Err feed_settings_view(Tx *tx, const By *by, FeedSettings *out)
{
    FeedSettingGetRow *row = NULL;
    i64 person = event_person(&by->who);
    if (person) try(q_feed_setting_get(tx, (FeedSettingGetIn){ .person = person }, &row));
    *out = settings_of(row);
    return ERR_OK;
}

Err feed_settings_set(Tx *tx, const By *by, const FeedSettings *in)
{
    i64 person = event_person(&by->who);
    must(person > 0);
    if (in->has_quiet_from != in->has_quiet_until)
        return refuse(&tx->why, ERR_BAD_FIELD, in->has_quiet_from ? "quiet_until" : "quiet_from",
                      "Quiet hours have a beginning and an end.");
    return q_feed_setting_put(tx, (FeedSettingPutIn){ .person = person, .dial = in->dial, .stop_minutes = in->stop_minutes,
                                                      .stop_clips = in->stop_clips, .has_quiet_from = in->has_quiet_from,
                                                      .quiet_from = in->quiet_from, .has_quiet_until = in->has_quiet_until,
                                                      .quiet_until = in->quiet_until, .now = by->now });
}

Err feed_dial_set(Tx *tx, const By *by, FeedDial dial, FeedSettings *out)
{
    try(feed_settings_view(tx, by, out));
    out->dial = dial;
    return feed_settings_set(tx, by, out);
}

// ---------------------------------------------------------------------------------------------- the dial

// Of ten clips; the rest is of the other kind.
static const struct { i64 selling, plain; } MOST_OF_TEN[] = {
    [FEED_DIAL_NONE] = { 0, 10 }, [FEED_DIAL_LITTLE] = { 2, 10 }, [FEED_DIAL_SOME] = { 4, 10 }, [FEED_DIAL_OPEN] = { 10, 10 },
    [FEED_DIAL_MOSTLY] = { 10, 4 },
};

void feed_dial_shares(Arena *a, FeedDialShareList *out)
{
    *out = (FeedDialShareList){ arena_new_array(a, FeedDialShare, COUNT(MOST_OF_TEN)), COUNT(MOST_OF_TEN) };
    for (i64 i = 0; i < out->n; i++)
        out->p[i] = (FeedDialShare){ .dial = (FeedDial)i, .selling_most = MOST_OF_TEN[i].selling,
                                     .plain_most = MOST_OF_TEN[i].plain };
}

// Of a short page as many as would be of the share of ten, rounded down: it holds for every page.
bool feed_share_takes(FeedShare *s, bool selling)
{
    i64 *n = selling ? &s->selling : &s->plain;
    i64 most = selling ? MOST_OF_TEN[s->dial].selling : MOST_OF_TEN[s->dial].plain;
    if (*n >= most * s->limit / 10) return false;
    ++*n;
    return true;
}

// ---------------------------------------------------------------------------------------------- rules

static Err rule_of_clip(Tx *tx, ClipId id, FeedRuleKind kind, i64 *subject, Str *name)
{
    ClipFindRow *row;
    Shop shop;
    FeedContent content;
    try(clip_stored(tx, id, &row));
    if (!row || row->state != CLIP_STATE_READY) return refuse(&tx->why, ERR_NOT_FOUND, "clip", "There is no such clip.");
    try(shop_terms(tx, row->shop, &shop));
    *name = shop.name;
    switch (kind) {
    case FEED_RULE_KIND_CLIP:
        *subject = id.v;
        if (row->caption.n) *name = row->caption;
        return ERR_OK;
    case FEED_RULE_KIND_SHOP: *subject = row->shop.v; return ERR_OK;
    case FEED_RULE_KIND_CREATOR: *subject = row->author.v; return ERR_OK;
    case FEED_RULE_KIND_TOPIC: return refuse(&tx->why, ERR_BAD_FIELD, "name", "Which topic?");
    case FEED_RULE_KIND_CATEGORY: break;
    }
    try(feed_content(tx, row, &content));
    if (content.clip.category == 0) return refuse(&tx->why, ERR_BAD_FIELD, "clip", "This clip sells nothing.");
    *subject = content.clip.category;
    for (i64 i = 0; i < content.n_names; i++)
        if (content.names[i].subject == *subject) *name = content.names[i].text;
    return ERR_OK;
}

static Err rule_subject(Tx *tx, const FeedRuleNew *in, i64 *subject, Str *name)
{
    bool named = in->kind == FEED_RULE_KIND_TOPIC || in->kind == FEED_RULE_KIND_CATEGORY;
    if (named && in->name.n) {
        *name = str_trim(in->name);
        if (name->n && name->p[0] == '#') *name = str_slice(*name, 1, name->n);
        if (name->n == 0) return refuse(&tx->why, ERR_BAD_FIELD, "name", "This is no name.");
        *subject = feed_subject(tx->a, in->kind == FEED_RULE_KIND_TOPIC ? FEED_NAME_TOPIC : FEED_NAME_CATEGORY, *name);
        return ERR_OK;
    }
    if (!in->clip.v) return refuse(&tx->why, ERR_BAD_FIELD, "clip", "Which clip is this about?");
    return rule_of_clip(tx, in->clip, in->kind, subject, name);
}

static FeedRule shown(const FeedRuleFindRow *row)
{
    return (FeedRule){ .id = row->id, .kind = row->kind, .name = row->name, .created = row->created,
                       .clip = { row->kind == FEED_RULE_KIND_CLIP ? row->subject : 0 } };
}

Err feed_rule_add(Tx *tx, const By *by, const FeedRuleNew *in, FeedRule *out)
{
    i64 person = event_person(&by->who), subject = 0, n;
    must(person > 0);
    Str name = { 0 };
    FeedRuleCountRow count;
    FeedRuleFindRow *row;
    try(rule_subject(tx, in, &subject, &name));
    try(q_feed_rule_count(tx, (FeedRuleCountIn){ .person = person }, &count));
    if (count.n >= FEED_RULES_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "There are %d of these; take some away first.", FEED_RULES_MAX);
    try(q_feed_rule_insert(tx, (FeedRuleInsertIn){ .id = feed_rule_id_next(by->ids, by->now), .person = person, .kind = in->kind,
                                                   .subject = subject, .name = str_first(name, FEED_RULE_NAME),
                                                   .now = by->now }, &n));
    try(q_feed_rule_find(tx, (FeedRuleFindIn){ .person = person, .kind = in->kind, .subject = subject }, &row));
    must(row);
    *out = shown(row);
    if (n == 0 || !in->clip.v) return ERR_OK;
    EventOutcome outcome;
    return event_note(tx, by, &(EventNote){ .person = person, .kind = RANK_LESS, .clip = in->clip.v, .at = by->now }, &outcome);
}

Err feed_rules_view(Tx *tx, const By *by, FeedRuleId before, FeedRulePage *out)
{
    FeedRuleFindRowList rows = { 0 };
    i64 person = event_person(&by->who);
    FeedRuleId from = before.v ? before : (FeedRuleId){ INT64_MAX };
    if (person) try(q_feed_rule_page(tx, (FeedRulePageIn){ .person = person, .before = from, .limit = FEED_RULES_PAGE }, &rows));
    out->items = (FeedRuleList){ arena_new_array(tx->a, FeedRule, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) out->items.p[i] = shown(&rows.p[i]);
    if (rows.n == FEED_RULES_PAGE) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].id.v);
    return ERR_OK;
}

Err feed_rule_remove(Tx *tx, const By *by, FeedRuleId id)
{
    i64 n;
    try(q_feed_rule_delete_row(tx, (FeedRuleDeleteRowIn){ .id = id, .person = event_person(&by->who) }, &n));
    return n ? ERR_OK : refuse(&tx->why, ERR_NOT_FOUND, "id", "There is nothing of that kind to take away.");
}

Err feed_forget(Tx *tx, i64 person)
{
    i64 n;
    try(q_feed_rule_clear(tx, (FeedRuleClearIn){ .person = person }, &n));
    return q_feed_setting_delete(tx, (FeedSettingDeleteIn){ .person = person }, &n);
}

// ---------------------------------------------------------------------------------------------- all of it, for a page

static i64 take_kind(Arena *a, const FeedRuleRowsRowList *rows, FeedRuleKind kind, i64 **out)
{
    i64 n = 0;
    *out = arena_new_array(a, i64, rows->n);
    for (i64 i = 0; i < rows->n; i++)
        if (rows->p[i].kind == kind) (*out)[n++] = rows->p[i].subject;
    return n;
}

// The creators whom rules name and the people from whom this one is apart, as one ascending list without repeats.
static Err rule_out_apart(Tx *tx, FeedWishes *w)
{
    AccountIdList apart;
    RankRules *r = &w->rules;
    try(people_apart_from(tx, w->account, FEED_APART_MAX + 1, &apart));
    w->more_apart = apart.n > FEED_APART_MAX;
    if (w->more_apart) apart.n = FEED_APART_MAX;
    i64 *all = arena_new_array(tx->a, i64, r->n_creators + apart.n), n = 0;
    for (i64 i = 0, k = 0; i < r->n_creators || k < apart.n;) {
        bool ours = k == apart.n || (i < r->n_creators && r->creators[i] <= apart.p[k].v);
        i64 next = ours ? r->creators[i++] : apart.p[k++].v;
        if (n == 0 || all[n - 1] != next) all[n++] = next;
    }
    r->creators = all, r->n_creators = n;
    return ERR_OK;
}

Err feed_apart(Tx *tx, const FeedWishes *w, AccountId author, bool *out)
{
    *out = false;
    return w->more_apart ? people_apart(tx, w->account, author, out) : ERR_OK;
}

Err feed_wishes(Tx *tx, const By *by, FeedWishes *out)
{
    FeedSettings settings;
    FeedRuleRowsRowList rows = { 0 };
    i64 *clips, *creators, *shops, *categories, *topics;
    *out = (FeedWishes){ .person = event_person(&by->who), .account = { by->who.account }, .dial = FEED_DIAL_OPEN };
    if (!out->person) return ERR_OK;
    try(events_consent(tx, out->person, &out->consent));
    try(feed_settings_view(tx, by, &settings));
    out->dial = settings.dial;
    try(q_feed_rule_rows(tx, (FeedRuleRowsIn){ .person = out->person, .limit = FEED_RULES_MAX }, &rows));
    RankRules *r = &out->rules;
    r->n_clips = take_kind(tx->a, &rows, FEED_RULE_KIND_CLIP, &clips);
    r->n_creators = take_kind(tx->a, &rows, FEED_RULE_KIND_CREATOR, &creators);
    r->n_shops = take_kind(tx->a, &rows, FEED_RULE_KIND_SHOP, &shops);
    r->n_categories = take_kind(tx->a, &rows, FEED_RULE_KIND_CATEGORY, &categories);
    r->n_topics = take_kind(tx->a, &rows, FEED_RULE_KIND_TOPIC, &topics);
    r->clips = clips, r->creators = creators, r->shops = shops, r->categories = categories;
    r->topics = (const u64 *)topics;
    return rule_out_apart(tx, out);
}

// Ascending lists.
static bool has(const i64 *list, i64 n, i64 x)
{
    i64 low = 0;
    for (i64 high = n; low < high;) {
        i64 middle = (low + high) / 2;
        if (list[middle] < x) low = middle + 1;
        else high = middle;
    }
    return low < n && list[low] == x;
}

Err feed_unwanted(Tx *tx, const FeedWishes *w, const ClipFindRow *row, bool *out)
{
    const RankRules *r = &w->rules;
    *out = has(r->clips, r->n_clips, row->id.v) || has(r->shops, r->n_shops, row->shop.v) ||
           has(r->creators, r->n_creators, row->author.v);
    if (!*out) try(feed_apart(tx, w, row->author, out));
    if (*out || r->n_topics + r->n_categories == 0) return ERR_OK;
    FeedContent c;
    try(feed_content(tx, row, &c));
    *out = c.clip.category && has(r->categories, r->n_categories, c.clip.category);
    for (i64 i = 0; i < c.clip.n_topics; i++) *out |= has((const i64 *)r->topics, r->n_topics, (i64)c.clip.topics[i]);
    return ERR_OK;
}
