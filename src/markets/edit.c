// Markets: what the operator changes, and the trail of it. No HTTP, no JSON, no clock.
#include "accounts/accounts.h"
#include "markets/calendar.h"
#include "markets/numbers.h"
#include "markets/terms.h"

static const Str ALL = { "*", 1 };

// ---------------------------------------------------------------------------------------------- the market

// "2026-01-01" of the year of `now`, and the last day of the next.
static void two_years(Time now, char from[DATE_TEXT_SIZE], char until[DATE_TEXT_SIZE])
{
    i64 year, month, day;
    date_of_days(now / DAY_MS, &year, &month, &day);
    date_to_text(date_to_days(year, 1, 1), from);
    date_to_text(date_to_days(year + 2, 1, 1) - 1, until);
}

// What all markets have is not a market's own.
static void count_own(OperatorMarket *m)
{
    if (str_eq(m->country, ALL)) m->own_rules = 0;
}

static Err show(Tx *tx, const By *by, Str country, OperatorMarket *out)
{
    char from[DATE_TEXT_SIZE], until[DATE_TEXT_SIZE];
    OperatorMarket *row;
    two_years(by->now, from, until);
    OperatorMarketRowIn in = { .country = country, .from = str_of(from), .until = str_of(until) };
    try(q_operator_market_row(tx, in, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such market.");
    count_own(row);
    *out = *row;
    return ERR_OK;
}

Err market_all(Tx *tx, const By *by, OperatorMarketPage *out)
{
    char from[DATE_TEXT_SIZE], until[DATE_TEXT_SIZE];
    two_years(by->now, from, until);
    try(q_operator_market_rows(tx, (OperatorMarketRowsIn){ .from = str_of(from), .until = str_of(until) }, &out->items));
    for (i64 i = 0; i < out->items.n; i++) count_own(&out->items.p[i]);
    return ERR_OK;
}

static Err stale(Tx *tx)
{
    return refuse(&tx->why, ERR_STALE, "version", "Someone changed this market meanwhile; load it again.");
}

// Each change of a market, its numbers or its days goes through here: of two at once the second is refused.
static Err touch(Tx *tx, const By *by, Str country, i64 version, OperatorMarket *out)
{
    i64 changed;
    try(show(tx, by, country, out));
    try(q_market_touch(tx, (MarketTouchIn){ .country = country, .version = version }, &changed));
    if (changed == 0) return stale(tx);
    market_forget(tx);
    return ERR_OK;
}

typedef struct Change { Str country; MarketChangeKind what; bool has_rule; MarketRule rule; Str was, becomes, why; } Change;

static Err note(Tx *tx, const By *by, Change c)
{
    return q_market_change_insert(tx, (MarketChangeInsertIn){
        .id = market_change_id_next(by->ids, by->now), .country = c.country, .what = c.what, .has_rule = c.has_rule,
        .rule = c.rule, .was = c.was, .becomes = c.becomes, .why = c.why, .actor = { by->who.account }, .now = by->now });
}

static Str packed(Arena *a, const i64 *n)
{
    Buf b = buf_new(a, MARKET_RULES * 21);                    // -9223372036854775808 and a comma
    for (i64 i = 0; i < MARKET_RULES; i++) buf_format(&b, i ? ",%lld" : "%lld", (long long)n[i]);
    must(!b.full);
    return buf_str(&b);
}

// Writes a market's numbers where they are read from; see market.numbers in the migration.
static Err pack(Tx *tx, Str country)
{
    i64 n[MARKET_RULES] = { 0 }, changed;
    try(market_numbers_read(tx, country, n));
    return q_market_pack(tx, (MarketPackIn){ .country = country, .numbers = packed(tx->a, n) }, &changed);
}

static Err pack_changed(Tx *tx, Str country)
{
    MarketCountriesRowList rows;
    try(pack(tx, country));
    if (str_eq(country, ALL)) {
        try(q_market_countries(tx, &rows));
        for (i64 i = 0; i < rows.n; i++) try(pack(tx, rows.p[i].country));
    }
    market_forget(tx);
    return ERR_OK;
}

// A migration may have added a rule, which the text does not have then: each question would cost two reads more.
Err market_start(Tx *tx)
{
    bool whole;
    try(market_numbers_whole(tx, &whole));
    return whole ? ERR_OK : pack_changed(tx, ALL);
}

static Err check_country(Str country, Refusal *why)
{
    bool ok = country.n == 2;
    for (size_t i = 0; ok && i < 2; i++) ok = country.p[i] >= 'A' && country.p[i] <= 'Z';
    return ok ? ERR_OK : refuse(why, ERR_BAD_FIELD, "country", "Two capital letters, as in ISO 3166: ID, SG, NL.");
}

static Str market_text(Arena *a, Str name, const Currency *currency, bool is_open)
{
    return arena_format(a, "%.*s, %s, %s", STR_ARG(name), currency->code, is_open ? "open" : "closed");
}

// An amount in the old currency would be read in the new one.
static Err check_currency(Tx *tx, Str country, const OperatorMarket *before, Currency currency)
{
    if (currency_eq(before->currency, currency)) return ERR_OK;
    const i64 *n;
    try(market_numbers(tx, country, &n));
    for (i64 i = 0; i < MARKET_RULES; i++)
        if (market_terms((MarketRule)i)->unit == MARKET_UNIT_MINOR && n[i] != 0)
            return refuse(&tx->why, ERR_WRONG_STATE, "currency", "%s is set in %s; set it to 0 before the currency changes.",
                          MARKET_RULE_NAMES.names[i], before->currency.code);
    return ERR_OK;
}

static Err make(Tx *tx, Str country, const MarketPut *in)
{
    MarketCountRow count;
    i64 changed;
    try(q_market_count(tx, &count));
    if (count.n > MARKETS_MAX) return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "There may be at most %d markets.", MARKETS_MAX);
    try(q_market_insert(tx, (MarketInsertIn){ .country = country, .name = in->name, .currency = in->currency,
                                              .is_open = in->is_open }, &changed));
    return changed ? pack(tx, country) : stale(tx);
}

Err market_put(Tx *tx, const By *by, Str country, const MarketPut *in, OperatorMarket *out)
{
    OperatorMarket before = { 0 };
    i64 changed;
    try(check_country(country, &tx->why));
    if (in->version == 0) {
        try(make(tx, country, in));
    } else {
        try(show(tx, by, country, &before));
        try(check_currency(tx, country, &before, in->currency));
        try(q_market_update(tx, (MarketUpdateIn){ .country = country, .name = in->name, .currency = in->currency,
                                                  .is_open = in->is_open, .version = in->version }, &changed));
        if (changed == 0) return stale(tx);
    }
    market_forget(tx);
    Str was = before.version ? market_text(tx->a, before.name, &before.currency, before.is_open) : (Str){ 0 };
    try(note(tx, by, (Change){ .country = country, .what = MARKET_CHANGE_KIND_MARKET, .why = in->why,
                               .was = was, .becomes = market_text(tx->a, in->name, &in->currency, in->is_open) }));
    return show(tx, by, country, out);
}

// ---------------------------------------------------------------------------------------------- numbers

Err market_rules(Tx *tx, const By *by, Str country, MarketNumberPage *out)
{
    MarketRuleRowsRowList rows;
    out->market = arena_new(tx->a, OperatorMarket);
    try(show(tx, by, country, out->market));
    try(q_market_rule_rows(tx, (MarketRuleRowsIn){ .country = country }, &rows));
    out->items = (MarketNumberList){ arena_new_array(tx->a, MarketNumber, MARKET_RULES), MARKET_RULES };
    for (i64 i = 0; i < rows.n; i++) {                        // '*' sorts first
        const MarketRuleRowsRow *r = &rows.p[i];
        MarketNumber *n = &out->items.p[r->rule];
        bool shared = str_eq(r->country, ALL);
        i64 of_all = shared ? r->value : n->shared;
        *n = (MarketNumber){ .value = r->value, .shared = of_all, .own = !shared, .has_since = r->has_since, .since = r->since,
                             .why = r->why };
        if (r->actor.v) try(account_name(tx, by, r->actor, &n->by));
    }
    for (i64 i = 0; i < MARKET_RULES; i++) {
        const MarketTerms *t = market_terms((MarketRule)i);
        MarketNumber *n = &out->items.p[i];
        n->rule = (MarketRule)i, n->unit = t->unit, n->least = t->least, n->most = t->most;
    }
    return ERR_OK;
}

// The numbers of the market that was changed; of every market when it was a number of all.
static Err check_order(Tx *tx, const OperatorMarket *m)
{
    const i64 *n;
    try(market_numbers(tx, m->country, &n));
    try(market_order_check(n, m->name, &tx->why));
    if (!str_eq(m->country, ALL)) return ERR_OK;
    MarketCountriesRowList rows;
    try(q_market_countries(tx, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        try(market_numbers(tx, rows.p[i].country, &n));
        try(market_order_check(n, rows.p[i].country, &tx->why));
    }
    return ERR_OK;
}

static Err check_number(Refusal *why, Str country, MarketRule rule, const MarketNumberPut *in)
{
    bool shared = str_eq(country, ALL);
    if (!in->has_value && shared)
        return refuse(why, ERR_BAD_FIELD, "value", "All markets need a number; only one market's own can be taken away.");
    if (!in->has_value) return ERR_OK;
    try(market_terms_check(rule, in->value, why));
    if (shared && in->value != 0 && market_terms(rule)->unit == MARKET_UNIT_MINOR)
        return refuse(why, ERR_BAD_FIELD, "value", "An amount needs a currency: set it for one market; for all of them it is 0.");
    return ERR_OK;
}

Err market_rule_set(Tx *tx, const By *by, Str country, MarketRule rule, const MarketNumberPut *in, MarketNumberPage *out)
{
    OperatorMarket m;
    MarketRuleOneRow *before;
    i64 changed;
    try(check_number(&tx->why, country, rule, in));
    try(touch(tx, by, country, in->version, &m));
    try(q_market_rule_one(tx, (MarketRuleOneIn){ .country = country, .rule = rule }, &before));
    if (in->has_value)
        try(q_market_rule_put(tx, (MarketRulePutIn){ .country = country, .rule = rule, .value = in->value, .now = by->now,
                                                     .actor = { by->who.account }, .why = in->why }));
    else try(q_market_rule_end(tx, (MarketRuleEndIn){ .country = country, .rule = rule }, &changed));
    try(pack_changed(tx, country));
    try(check_order(tx, &m));
    try(note(tx, by, (Change){
        .country = country, .what = MARKET_CHANGE_KIND_RULE, .has_rule = true, .rule = rule, .why = in->why,
        .was = before ? arena_format(tx->a, "%lld", (long long)before->value) : (Str){ 0 },
        .becomes = in->has_value ? arena_format(tx->a, "%lld", (long long)in->value) : (Str){ 0 } }));
    return market_rules(tx, by, country, out);
}

// ---------------------------------------------------------------------------------------------- holidays

enum { YEAR_FIRST = 1970, YEAR_LAST = 2199 };

static void year_of(i64 year, char from[DATE_TEXT_SIZE], char until[DATE_TEXT_SIZE])
{
    date_to_text(date_to_days(year, 1, 1), from);
    date_to_text(date_to_days(year + 1, 1, 1) - 1, until);
}

Err market_holidays(Tx *tx, const By *by, Str country, i64 year, HolidayPage *out)
{
    char from[DATE_TEXT_SIZE], until[DATE_TEXT_SIZE];
    out->market = arena_new(tx->a, OperatorMarket);
    try(show(tx, by, country, out->market));
    year_of(year, from, until);
    return q_market_holiday_rows(tx, (MarketHolidayRowsIn){ .country = country, .from = str_of(from), .until = str_of(until) },
                                 &out->items);
}

static Err check_day(Str country, Str text, i64 *year, Refusal *why)
{
    i64 date, month, day;
    if (!date_from_text(text, &date))
        return refuse(why, ERR_BAD_FIELD, "day", "A day is written as 2026-12-25 and must exist.");
    date_of_days(date, year, &month, &day);
    if (*year < YEAR_FIRST || *year > YEAR_LAST)
        return refuse(why, ERR_BAD_FIELD, "day", "The calendar goes from %d to %d.", YEAR_FIRST, YEAR_LAST);
    if (str_eq(country, ALL))
        return refuse(why, ERR_BAD_FIELD, "country", "Holidays belong to one market, not to all of them.");
    return ERR_OK;
}

static Str holiday_text(Arena *a, const Holiday *h)
{
    return arena_format(a, "%.*s %.*s, %s", STR_ARG(h->day), STR_ARG(h->name), HOLIDAY_STATE_NAMES.names[h->state]);
}

Err market_holiday_set(Tx *tx, const By *by, Str country, Str day, const HolidayPut *in, HolidayPage *out)
{
    char from[DATE_TEXT_SIZE], until[DATE_TEXT_SIZE];
    i64 year;
    OperatorMarket m;
    Holiday *before, after = { .day = day, .name = in->name, .state = in->state };
    try(check_day(country, day, &year, &tx->why));
    try(touch(tx, by, country, in->version, &m));
    year_of(year, from, until);
    MarketHolidayCountRow count;
    try(q_market_holiday_one(tx, (MarketHolidayOneIn){ .country = country, .day = day }, &before));
    MarketHolidayCountIn of_year = { .country = country, .from = str_of(from), .until = str_of(until) };
    try(q_market_holiday_count(tx, of_year, &count));
    if (!before && count.n >= MARKET_HOLIDAYS_A_YEAR)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "A year has at most %d holidays.", MARKET_HOLIDAYS_A_YEAR);
    try(q_market_holiday_put(tx, (MarketHolidayPutIn){ .country = country, .day = day, .name = in->name, .state = in->state }));
    try(note(tx, by, (Change){ .country = country, .what = MARKET_CHANGE_KIND_HOLIDAY, .why = STR(""),
                               .was = before ? holiday_text(tx->a, before) : (Str){ 0 },
                               .becomes = holiday_text(tx->a, &after) }));
    return market_holidays(tx, by, country, year, out);
}

Err market_holiday_remove(Tx *tx, const By *by, Str country, Str day, i64 version, HolidayPage *out)
{
    i64 year, changed;
    OperatorMarket m;
    Holiday *before;
    try(check_day(country, day, &year, &tx->why));
    try(touch(tx, by, country, version, &m));
    try(q_market_holiday_one(tx, (MarketHolidayOneIn){ .country = country, .day = day }, &before));
    if (!before) return refuse(&tx->why, ERR_NOT_FOUND, "day", "That day is no holiday there.");
    try(q_market_holiday_end(tx, (MarketHolidayEndIn){ .country = country, .day = day }, &changed));
    try(note(tx, by, (Change){ .country = country, .what = MARKET_CHANGE_KIND_HOLIDAY, .why = STR(""),
                               .was = holiday_text(tx->a, before) }));
    return market_holidays(tx, by, country, year, out);
}

// ---------------------------------------------------------------------------------------------- the trail

static MarketChange change_of(const MarketChangeRowsRow *r)
{
    return (MarketChange){ .id = r->id, .what = r->what, .has_rule = r->has_rule, .rule = r->rule, .was = r->was,
                           .becomes = r->becomes, .why = r->why, .at = r->at };
}

Err market_changes(Tx *tx, const By *by, Str country, ChangesWanted want, MarketChangePage *out)
{
    OperatorMarket m;
    MarketChangeRowsRowList rows;
    MarketChangeId before = want.before.v ? want.before : (MarketChangeId){ INT64_MAX };
    try(show(tx, by, country, &m));
    try(q_market_change_rows(tx, (MarketChangeRowsIn){ .country = country, .has_rule = want.has_rule, .rule = want.rule,
                                                       .before = before }, &rows));
    out->items = (MarketChangeList){ arena_new_array(tx->a, MarketChange, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        out->items.p[i] = change_of(&rows.p[i]);
        try(account_name(tx, by, rows.p[i].actor, &out->items.p[i].by));
    }
    if (rows.n == MARKET_CHANGES_PAGE) out->next = arena_format(tx->a, "%lld", (long long)rows.p[rows.n - 1].id.v);
    return ERR_OK;
}

// The numbers that are read, beside those of the table.
static Err audit_packed(Tx *tx, Str country, i64 at, void (*report)(void *, const char *, i64, const char *), void *context)
{
    const i64 *read;
    i64 n[MARKET_RULES] = { 0 };
    try(market_numbers(tx, country, &read));
    try(market_numbers_read(tx, country, n));
    for (i64 i = 0; i < MARKET_RULES; i++)
        if (read[i] != n[i])
            report(context, "market_packed", at, arena_format(tx->a, "%.*s %s is read as %lld, not %lld", STR_ARG(country),
                                                              MARKET_RULE_NAMES.names[i], (long long)read[i], (long long)n[i]).p);
    return ERR_OK;
}

Err market_audit(Tx *tx, void (*report)(void *context, const char *rule, i64 id, const char *detail), void *context)
{
    MarketAuditDefaultsRow shared;
    MarketAuditLastRowList rows;
    MarketCountriesRowList countries;
    try(q_market_audit_defaults(tx, &shared));
    if (shared.n != MARKET_RULES)
        report(context, "market_defaults", shared.n, arena_format(tx->a, "of %d numbers for all markets", MARKET_RULES).p);
    try(q_market_countries(tx, &countries));
    try(audit_packed(tx, ALL, 0, report, context));
    for (i64 i = 0; i < countries.n; i++) try(audit_packed(tx, countries.p[i].country, i + 1, report, context));
    try(q_market_audit_last(tx, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        const MarketAuditLastRow *r = &rows.p[i];
        i64 said = 0;
        bool same = r->becomes.p ? str_to_i64(r->becomes, &said) && r->has_value && r->value == said : !r->has_value;
        if (!same)
            report(context, "market_number", i,
                   arena_format(tx->a, "%.*s %s is not what its last change says", STR_ARG(r->country),
                                MARKET_RULE_NAMES.names[r->rule]).p);
    }
    return ERR_OK;
}
