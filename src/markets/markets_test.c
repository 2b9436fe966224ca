// Markets: numbers and their limits, business days, clocks, the operator's changes.
#include "markets/markets.h"

#include "gen/program.gen.h"
#include "markets/calendar.h"
#include "markets/terms.h"
#include "tests/world.h"

// ---------------------------------------------------------------------------------------------- asking inside a transaction

typedef struct Ask {
    const char *country; MarketRule rule; i64 n; Time at;
    i64 number, offset; Currency currency; bool open; Time business, day;
    Arena arena;
} Ask;

static Err answer(Tx *tx, void *context)
{
    Ask *q = context;
    arena_reset(&q->arena);
    tx->a = &q->arena;
    Str c = str_of(q->country);
    try(market_number(tx, c, q->rule, &q->number));
    try(market_currency(tx, c, &q->currency));
    try(market_open(tx, c, &q->open));
    try(market_offset(tx, c, q->at, &q->offset));
    try(market_day(tx, c, q->at, &q->day));
    return market_business_day(tx, c, q->at, q->n, &q->business);
}

static Ask ask(World *w, Ask q)
{
    check_int(db_run(w->app->db, false, answer, &q), ERR_OK);
    arena_free(&q.arena);
    return q;
}

static Time at(const char *iso)
{
    Time t = 0;
    check(time_from_iso(str_of(iso), &t));
    return t;
}

static i64 number(World *w, const char *country, MarketRule rule)
{
    return ask(w, (Ask){ .country = country, .rule = rule }).number;
}

// The end of the n-th business day, as text.
static void check_business(World *w, const char *country, const char *from, i64 n, const char *want)
{
    char got[TIME_ISO_SIZE];
    time_to_iso_text(ask(w, (Ask){ .country = country, .at = at(from), .n = n }).business, got);
    if (strcmp(got, want) == 0) return;
    test_failed(__FILE__, __LINE__, "%s, %s + %lld: %s, not %s", country, from, (long long)n, got, want);
}

static void check_day(World *w, const char *country, const char *t, const char *want)
{
    char got[TIME_ISO_SIZE];
    time_to_iso_text(ask(w, (Ask){ .country = country, .at = at(t) }).day, got);
    if (strcmp(got, want) != 0) test_failed(__FILE__, __LINE__, "midnight in %s before %s: %s, not %s", country, t, got, want);
}

// ---------------------------------------------------------------------------------------------- numbers

TEST(a_market_has_its_own_number_or_that_of_all)
{
    World w = world_new();
    check_int(number(&w, "US", MARKET_RULE_HOLD_MINUTES), 60);
    check_int(number(&w, "ID", MARKET_RULE_HOLD_MINUTES), 0);
    check_int(number(&w, "ID", MARKET_RULE_RETURN_DAYS), 6);
    check_int(number(&w, "TH", MARKET_RULE_RETURN_DAYS), 7);
    check_int(number(&w, "VN", MARKET_RULE_RETURN_DAYS), 15);
    check_int(number(&w, "US", MARKET_RULE_RETURN_DAYS), 30);
    check_int(number(&w, "DE", MARKET_RULE_RETURN_DAYS), 14);
    check_int(number(&w, "GB", MARKET_RULE_FEE_PPM), 90000);
    check_int(number(&w, "TH", MARKET_RULE_RETURN_ANSWER_HOURS), 24);
    check_int(number(&w, "SG", MARKET_RULE_SETTLE_STANDARD_DAYS), 7);
    check_int(number(&w, "US", MARKET_RULE_TAX_INCLUSIVE), 0);
    check_int(number(&w, "SA", MARKET_RULE_WEEKEND), 16 + 32);
    // Unknown, empty and odd countries have what all markets have.
    check_int(number(&w, "QQ", MARKET_RULE_RETURN_DAYS), 14);
    check_int(number(&w, "", MARKET_RULE_RETURN_DAYS), 14);
    check_int(number(&w, "*", MARKET_RULE_RETURN_DAYS), 14);
    check_int(number(&w, "IDX", MARKET_RULE_RETURN_DAYS), 14);
    check_int(number(&w, "QQ", MARKET_RULE_PAYOUT_LEAST_MINOR), 0);
    check_str(str_of(ask(&w, (Ask){ .country = "ID" }).currency.code), STR("IDR"));
    check_str(str_of(ask(&w, (Ask){ .country = "BG" }).currency.code), STR("EUR"));
    check_str(str_of(ask(&w, (Ask){ .country = "QQ" }).currency.code), STR(""));
    check_str(str_of(ask(&w, (Ask){ .country = "*" }).currency.code), STR(""));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

// What ships must be within the limits that it is edited by.
static Err shipped_numbers(Tx *tx, void *context)
{
    Arena a = { 0 };
    MarketCountriesRowList rows;
    (void)context;
    tx->a = &a;
    try(q_market_countries(tx, &rows));
    check_int(rows.n, 37);
    for (i64 i = 0; i <= rows.n; i++) {
        Str country = i < rows.n ? rows.p[i].country : STR("*");
        i64 all[MARKET_RULES];
        for (i64 r = 0; r < MARKET_RULES; r++) {
            try(market_number(tx, country, (MarketRule)r, &all[r]));
            check(market_terms_check((MarketRule)r, all[r], &tx->why) == ERR_OK);
        }
        check(market_order_check(all, country, &tx->why) == ERR_OK);
    }
    arena_free(&a);
    return ERR_OK;
}

TEST(what_is_shipped_is_within_the_limits)
{
    World w = world_new();
    check_int(db_run(w.app->db, false, shipped_numbers, NULL), ERR_OK);
    // All of them in one text, or each first look at a market reads a row a number.
    const char *sql = "SELECT count(*) FROM market WHERE length(numbers) - length(replace(numbers, ',', '')) <> %d";
    check_int(world_sql(&w, world_path(&w, sql, MARKET_RULES - 1)), 0);
    world_free(&w);
}

typedef struct Amount { Arena arena; i64 own, foreign, none; } Amount;

static Err ask_amounts(Tx *tx, void *context)
{
    Amount *x = context;
    arena_reset(&x->arena);
    tx->a = &x->arena;
    Currency idr = { "IDR" }, usd = { "USD" };
    try(market_amount(tx, STR("ID"), MARKET_RULE_PAYOUT_LEAST_MINOR, idr, &x->own));
    try(market_amount(tx, STR("ID"), MARKET_RULE_PAYOUT_LEAST_MINOR, usd, &x->foreign));
    return market_amount(tx, STR("QQ"), MARKET_RULE_PAYOUT_LEAST_MINOR, usd, &x->none);
}

TEST(an_amount_is_for_its_own_currency)
{
    World w = world_new();
    Amount x = { 0 };
    check_int(db_run(w.app->db, false, ask_amounts, &x), ERR_OK);
    check_int(x.own, 1000000);
    check_int(x.foreign, 0);
    check_int(x.none, 0);
    arena_free(&x.arena);
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- days and clocks

TEST(business_days_skip_weekends_holidays_and_years)
{
    World w = world_new();
    // Jakarta is 7 hours ahead: a day ends at 17:00 UTC. Monday 8 June 2026.
    check_business(&w, "ID", "2026-06-08T03:00:00Z", 0, "2026-06-08T17:00:00.000Z");
    check_business(&w, "ID", "2026-06-08T03:00:00Z", 1, "2026-06-09T17:00:00.000Z");
    // 18:00 UTC on Monday is Tuesday already.
    check_business(&w, "ID", "2026-06-08T18:00:00Z", 0, "2026-06-09T17:00:00.000Z");
    // From Friday over the weekend; from Saturday and Sunday.
    check_business(&w, "ID", "2026-06-12T03:00:00Z", 1, "2026-06-15T17:00:00.000Z");
    check_business(&w, "ID", "2026-06-13T03:00:00Z", 0, "2026-06-15T17:00:00.000Z");
    check_business(&w, "ID", "2026-06-13T03:00:00Z", 1, "2026-06-15T17:00:00.000Z");
    // Tuesday 16 June is the Islamic New Year.
    check_business(&w, "ID", "2026-06-12T03:00:00Z", 2, "2026-06-17T17:00:00.000Z");
    check_business(&w, "ID", "2026-06-16T03:00:00Z", 0, "2026-06-17T17:00:00.000Z");
    // Idul Fitri 2026: from Tuesday 17 March nothing moves until Wednesday 25.
    check_business(&w, "ID", "2026-03-17T03:00:00Z", 1, "2026-03-25T17:00:00.000Z");
    // The year's end, and the holidays of the next year: Good Friday 2027 is 26 March.
    check_business(&w, "ID", "2026-12-31T03:00:00Z", 1, "2027-01-04T17:00:00.000Z");
    check_business(&w, "DE", "2027-03-25T09:00:00Z", 1, "2027-03-30T22:00:00.000Z");
    // Friday and Saturday are the weekend in Saudi Arabia (3 hours ahead).
    check_business(&w, "SA", "2026-06-11T09:00:00Z", 1, "2026-06-14T21:00:00.000Z");
    // Without a calendar weekends alone count, far ahead too; unknown countries go by the clock of all markets.
    check_business(&w, "QQ", "2026-06-12T03:00:00Z", 1, "2026-06-15T17:00:00.000Z");
    check_business(&w, "QQ", "2026-06-08T03:00:00Z", 1000, "2030-04-08T17:00:00.000Z");
    world_free(&w);
}

TEST(business_days_are_those_counted_one_by_one)
{
    World w = world_new();
    const char *countries[] = { "ID", "US", "GB", "SA", "DE" };
    for (i64 c = 0; c < COUNT(countries); c++) {
        Time from = at("2026-02-11T13:37:00Z"), step = from;
        for (i64 n = 1; n <= 40; n++) {
            Time whole = ask(&w, (Ask){ .country = countries[c], .at = from, .n = n }).business;
            // The end of a day is the next day's beginning: one millisecond before lies in the day itself.
            step = ask(&w, (Ask){ .country = countries[c], .at = n == 1 ? from : step - 1, .n = 1 }).business;
            check_int(whole, step);
        }
    }
    world_free(&w);
}

TEST(midnight_follows_daylight_saving)
{
    World w = world_new();
    // New York's clock: 5 hours behind in winter, 4 in summer. 2026: 8 March 07:00 UTC to 1 November 06:00 UTC.
    check_day(&w, "US", "2026-03-08T06:59:00Z", "2026-03-08T05:00:00.000Z");
    check_day(&w, "US", "2026-03-08T07:01:00Z", "2026-03-08T05:00:00.000Z");
    check_day(&w, "US", "2026-03-09T12:00:00Z", "2026-03-09T04:00:00.000Z");
    check_day(&w, "US", "2026-11-01T12:00:00Z", "2026-11-01T04:00:00.000Z");
    check_day(&w, "US", "2026-11-02T12:00:00Z", "2026-11-02T05:00:00.000Z");
    check_int(ask(&w, (Ask){ .country = "US", .at = at("2026-03-08T06:59:59.999Z") }).offset, -300);
    check_int(ask(&w, (Ask){ .country = "US", .at = at("2026-03-08T07:00:00Z") }).offset, -240);
    check_int(ask(&w, (Ask){ .country = "US", .at = at("2026-11-01T05:59:59.999Z") }).offset, -240);
    check_int(ask(&w, (Ask){ .country = "US", .at = at("2026-11-01T06:00:00Z") }).offset, -300);
    // Europe changes at one moment: 29 March and 25 October 2026, 01:00 UTC.
    check_int(ask(&w, (Ask){ .country = "DE", .at = at("2026-03-29T00:59:59Z") }).offset, 60);
    check_int(ask(&w, (Ask){ .country = "DE", .at = at("2026-03-29T01:00:00Z") }).offset, 120);
    check_int(ask(&w, (Ask){ .country = "FI", .at = at("2026-10-25T00:59:59Z") }).offset, 180);
    check_int(ask(&w, (Ask){ .country = "FI", .at = at("2026-10-25T01:00:00Z") }).offset, 120);
    check_day(&w, "GB", "2026-03-29T23:30:00Z", "2026-03-29T23:00:00.000Z");
    check_day(&w, "GB", "2026-03-29T22:30:00Z", "2026-03-29T00:00:00.000Z");
    // A business day that is 23 hours long, and one that has 25, are each one day.
    check_business(&w, "US", "2026-03-06T20:00:00Z", 1, "2026-03-10T04:00:00.000Z");
    check_business(&w, "US", "2026-10-30T20:00:00Z", 1, "2026-11-03T05:00:00.000Z");
    world_free(&w);
}

TEST(clocks_south_of_the_equator)
{
    Clock sydney = { 600, SAVING_AUSTRALIA }, auckland = { 720, SAVING_NEW_ZEALAND };
    check_int(clock_offset(sydney, at("2026-01-15T00:00:00Z")), 660);
    check_int(clock_offset(sydney, at("2026-07-15T00:00:00Z")), 600);
    check_int(clock_offset(sydney, at("2026-04-04T15:59:59Z")), 660);       // Sunday 5 April, 03:00 becomes 02:00
    check_int(clock_offset(sydney, at("2026-04-04T16:00:00Z")), 600);
    check_int(clock_offset(sydney, at("2026-10-03T15:59:59Z")), 600);       // Sunday 4 October, 02:00 becomes 03:00
    check_int(clock_offset(sydney, at("2026-10-03T16:00:00Z")), 660);
    check_int(clock_offset(auckland, at("2026-04-04T13:59:59Z")), 780);
    check_int(clock_offset(auckland, at("2026-04-04T14:00:00Z")), 720);
    check_int(clock_offset(auckland, at("2026-09-26T13:59:59Z")), 720);
    check_int(clock_offset(auckland, at("2026-09-26T14:00:00Z")), 780);
    // Every midnight is the first moment of its date, whatever the clock does.
    for (Saving s = SAVING_NONE; s < SAVING_COUNT; s++)
        for (i64 date = date_to_days(2025, 12, 1), last = date + 800; date < last; date++) {
            Clock c = { s == SAVING_NORTH_AMERICA ? -480 : 600, s };
            Time t = clock_midnight(c, date);
            check(clock_date(c, t) == date && clock_date(c, t - 1) == date - 1);
        }
}

TEST(dates_as_text)
{
    i64 date;
    char text[DATE_TEXT_SIZE];
    check(date_from_text(STR("2028-02-29"), &date));
    date_to_text(date, text);
    check_str(str_of(text), STR("2028-02-29"));
    const char *bad[] = { "2027-02-29", "2026-13-01", "2026-1-1", "2026-01-01 ", "", "2026/01/01", "abcd-ef-gh", "20260101xx" };
    for (i64 i = 0; i < COUNT(bad); i++) check(!date_from_text(str_of(bad[i]), &date));
}

// ---------------------------------------------------------------------------------------------- the operator

static Answer put_rule(World *w, Person who, const char *country, const char *rule, const char *json)
{
    return world_put(w, who, world_path(w, "/v1/operator/markets/%s/rules/%s", country, rule), json);
}

TEST(the_operator_changes_a_number_and_leaves_a_trail)
{
    World w = world_new();
    Answer x = world_get(&w, w.oma, "/v1/operator/markets/ID/rules");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "market.version"), STR("1"));
    check_str(answer_at(&w, &x, "items[8].rule"), STR("return_days"));
    check_str(answer_at(&w, &x, "items[8].value"), STR("6"));
    check_str(answer_at(&w, &x, "items[8].shared"), STR("14"));
    check_str(answer_at(&w, &x, "items[8].own"), STR("true"));
    check_str(answer_at(&w, &x, "items[8].unit"), STR("days"));
    check_str(answer_at(&w, &x, "items[8].most"), STR("365"));

    x = put_rule(&w, w.oma, "ID", "return_days", "{\"value\":10,\"version\":1,\"why\":\"More time for returns\"}");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "items[8].value"), STR("10"));
    check_str(answer_at(&w, &x, "items[8].by"), STR("oma"));
    check_str(answer_at(&w, &x, "market.version"), STR("2"));
    check_int(number(&w, "ID", MARKET_RULE_RETURN_DAYS), 10);
    // Whoever still sees the old version is refused, and nothing changes.
    x = put_rule(&w, w.oma, "ID", "return_days", "{\"value\":11,\"version\":1,\"why\":\"From another window\"}");
    check_int(x.status, 409);
    check_str(answer_at(&w, &x, "slug"), STR("stale"));
    check_int(number(&w, "ID", MARKET_RULE_RETURN_DAYS), 10);
    // Back to what all markets have, which then reaches this one too.
    x = put_rule(&w, w.oma, "ID", "return_days", "{\"version\":2,\"why\":\"As everywhere\"}");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "items[8].own"), STR("false"));
    x = put_rule(&w, w.oma, "*", "return_days", "{\"value\":21,\"version\":1,\"why\":\"Three weeks\"}");
    check_int(x.status, 200);
    check_int(number(&w, "ID", MARKET_RULE_RETURN_DAYS), 21);
    check_int(number(&w, "QQ", MARKET_RULE_RETURN_DAYS), 21);
    check_int(number(&w, "DE", MARKET_RULE_RETURN_DAYS), 14);

    x = world_get(&w, w.oma, "/v1/operator/markets/ID/changes?rule=return_days");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "items[0].was"), STR("10"));
    check_str(answer_at(&w, &x, "items[0].becomes"), STR(""));
    check_str(answer_at(&w, &x, "items[0].why"), STR("As everywhere"));
    check_str(answer_at(&w, &x, "items[1].was"), STR("6"));
    check_str(answer_at(&w, &x, "items[1].becomes"), STR("10"));
    check_str(answer_at(&w, &x, "items[1].by"), STR("oma"));
    x = world_get(&w, w.oma, "/v1/operator/markets/ID/changes?rule=fee_ppm");
    check_str(answer_at(&w, &x, "items[0].why"), STR(""));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(numbers_stay_within_their_limits)
{
    World w = world_new();
    static const struct { const char *country, *rule, *value, *says; } BAD[] = {
        { "ID", "pay_minutes", "0", "pay_minutes is from 1 to 10080 minutes." },
        { "ID", "weekend", "127", "weekend is from 0 to 126" },
        { "ID", "fee_ppm", "500001", "parts of a million" },
        { "ID", "utc_offset_minutes", "841", "utc_offset_minutes is from -720 to 840 minutes." },
        { "ID", "tax_rounding", "4", "from 0 to 3" },
        { "ID", "ship_days", "8", "In Indonesia ship_days (8) would be more than ship_cancel_days (7)." },
        { "ID", "settle_fast_days", "9", "settle_standard_days (7)" },
        { "*", "ship_cancel_days", "1", "ship_days (2)" },
        { "*", "settle_slow_days", "40", "settle_new_days (31)" },
        { "*", "settle_new_days", "10", "In ID settle_slow_days (15)" },       // fine for all markets, not for this one
        { "*", "payout_least_minor", "100", "An amount needs a currency" },
    };
    for (i64 i = 0; i < COUNT(BAD); i++) {
        Answer x = put_rule(&w, w.oma, BAD[i].country, BAD[i].rule,
                            world_path(&w, "{\"value\":%s,\"version\":1,\"why\":\"Trying\"}", BAD[i].value));
        check_int(x.status, 422);
        check_str(answer_at(&w, &x, "field"), STR("value"));
        if (str_find(answer_at(&w, &x, "detail"), str_of(BAD[i].says)) < 0)
            test_failed(__FILE__, __LINE__, "%s: %.*s", BAD[i].rule, STR_ARG(answer_at(&w, &x, "detail")));
    }
    check_int(put_rule(&w, w.oma, "*", "fee_ppm", "{\"version\":1,\"why\":\"None\"}").status, 422);
    check_int(put_rule(&w, w.oma, "ID", "fee_ppm", "{\"value\":1.5,\"version\":1,\"why\":\"Half\"}").status, 422);
    check_int(put_rule(&w, w.oma, "ID", "fee_ppm", "{\"value\":1,\"version\":1}").status, 422);
    check_int(put_rule(&w, w.oma, "QQ", "fee_ppm", "{\"value\":1,\"version\":1,\"why\":\"Nowhere\"}").status, 404);
    check_int(put_rule(&w, w.oma, "ID", "no_such_rule", "{\"value\":1,\"version\":1,\"why\":\"None\"}").status, 404);
    Answer x = world_get(&w, w.oma, "/v1/operator/markets/ID/changes");
    check_str(answer_at(&w, &x, "items[0].why"), STR(""));
    check_int(number(&w, "ID", MARKET_RULE_PAY_MINUTES), 15);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(only_the_operator_runs_markets)
{
    World w = world_new();
    const Person others[] = { w.nobody, w.ana, w.sari };
    for (i64 i = 0; i < COUNT(others); i++) {
        int status = i == 0 ? 401 : 403;
        check_int(world_get(&w, others[i], "/v1/operator/markets").status, status);
        check_int(world_get(&w, others[i], "/v1/operator/markets/ID/rules").status, status);
        check_int(put_rule(&w, others[i], "ID", "fee_ppm", "{\"value\":0,\"version\":1,\"why\":\"Free\"}").status, status);
        check_int(world_put(&w, others[i], "/v1/operator/markets/ID/holidays/2026-06-09",
                            "{\"name\":\"Mine\",\"state\":\"own\",\"version\":1}").status, status);
        check_int(world_delete(&w, others[i], "/v1/operator/markets/ID/holidays/2026-06-16?version=1").status, status);
        check_int(world_get(&w, others[i], "/v1/operator/markets/ID/changes").status, status);
        check_int(world_get(&w, others[i], "/v1/markets").status, 200);
    }
    check_int(number(&w, "ID", MARKET_RULE_FEE_PPM), 60000);
    world_free(&w);
}

TEST(markets_are_opened_closed_and_added)
{
    World w = world_new();
    Answer x = world_get(&w, w.nobody, "/v1/markets");
    check_str(answer_at(&w, &x, "items[0].country"), STR("AT"));
    check_str(answer_at(&w, &x, "items[36].country"), STR("VN"));
    check_str(answer_at(&w, &x, "items[37]"), STR(""));
    const char *au = "{\"name\":\"Australia\",\"currency\":\"AUD\",\"is_open\":true,\"version\":0,\"why\":\"We sell there now\"}";
    x = world_put(&w, w.oma, "/v1/operator/markets/AU", au);
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "version"), STR("1"));
    check_int(world_put(&w, w.oma, "/v1/operator/markets/AU", au).status, 409);
    check_str(str_of(ask(&w, (Ask){ .country = "AU" }).currency.code), STR("AUD"));
    // Its clock is data too.
    check_int(put_rule(&w, w.oma, "AU", "utc_offset_minutes", "{\"value\":600,\"version\":1,\"why\":\"Sydney\"}").status, 200);
    check_int(put_rule(&w, w.oma, "AU", "daylight_saving", "{\"value\":3,\"version\":2,\"why\":\"Sydney\"}").status, 200);
    check_day(&w, "AU", "2026-01-15T00:00:00Z", "2026-01-14T13:00:00.000Z");
    // An amount, and then another currency.
    check_int(put_rule(&w, w.oma, "AU", "payout_least_minor", "{\"value\":150,\"version\":3,\"why\":\"1.50\"}").status, 200);
    x = world_put(&w, w.oma, "/v1/operator/markets/AU",
                  "{\"name\":\"Australia\",\"currency\":\"NZD\",\"is_open\":true,\"version\":4,\"why\":\"A mistake\"}");
    check_int(x.status, 409);
    check_str(answer_at(&w, &x, "field"), STR("currency"));
    // Closed: not in the public list, which was kept until now.
    x = world_put(&w, w.oma, "/v1/operator/markets/VN",
                  "{\"name\":\"Viet Nam\",\"currency\":\"VND\",\"is_open\":false,\"version\":1,\"why\":\"Not yet\"}");
    check_int(x.status, 200);
    x = world_get(&w, w.nobody, "/v1/markets");
    check_str(answer_at(&w, &x, "items[0].country"), STR("AU"));
    check_str(answer_at(&w, &x, "items[36].country"), STR("US"));
    check(!ask(&w, (Ask){ .country = "VN" }).open);
    check(ask(&w, (Ask){ .country = "QQ" }).open);
    static const char *const BAD[] = { "*", "au", "A1", "AUS" };
    for (i64 i = 0; i < COUNT(BAD); i++) {
        x = world_put(&w, w.oma, world_path(&w, "/v1/operator/markets/%s", BAD[i]), au);
        check_int(x.status, 422);
        check_str(answer_at(&w, &x, "field"), STR("country"));
    }
    x = world_get(&w, w.oma, "/v1/operator/markets/VN/changes");
    check_str(answer_at(&w, &x, "items[0].was"), STR("Viet Nam, VND, open"));
    check_str(answer_at(&w, &x, "items[0].becomes"), STR("Viet Nam, VND, closed"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(holidays_are_added_confirmed_and_removed)
{
    World w = world_new();
    Answer x = world_get(&w, w.oma, "/v1/operator/markets/ID/holidays?year=2027");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "items[1].day"), STR("2027-01-05"));
    check_str(answer_at(&w, &x, "items[1].state"), STR("expected"));
    check_business(&w, "ID", "2026-06-08T03:00:00Z", 1, "2026-06-09T17:00:00.000Z");
    x = world_put(&w, w.oma, "/v1/operator/markets/ID/holidays/2026-06-09",
                  "{\"name\":\"Election\",\"state\":\"own\",\"version\":1}");
    check_int(x.status, 200);
    check_business(&w, "ID", "2026-06-08T03:00:00Z", 1, "2026-06-10T17:00:00.000Z");
    x = world_put(&w, w.oma, "/v1/operator/markets/ID/holidays/2027-01-05",
                  "{\"name\":\"Isra Mikraj\",\"state\":\"announced\",\"version\":2}");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "items[1].state"), STR("announced"));
    check_int(world_delete(&w, w.oma, "/v1/operator/markets/ID/holidays/2026-06-09?version=2").status, 409);
    x = world_delete(&w, w.oma, "/v1/operator/markets/ID/holidays/2026-06-09?version=3");
    check_int(x.status, 200);
    check_business(&w, "ID", "2026-06-08T03:00:00Z", 1, "2026-06-09T17:00:00.000Z");
    check_int(world_delete(&w, w.oma, "/v1/operator/markets/ID/holidays/2026-06-09?version=4").status, 404);
    static const char *const BAD[] = { "2026-02-30", "2026-6-9", "tomorrow", "1969-12-31", "2200-01-01" };
    for (i64 i = 0; i < COUNT(BAD); i++)
        check_int(world_put(&w, w.oma, world_path(&w, "/v1/operator/markets/ID/holidays/%s", BAD[i]),
                            "{\"name\":\"X\",\"state\":\"own\",\"version\":4}").status, 422);
    check_int(world_put(&w, w.oma, "/v1/operator/markets/*/holidays/2026-06-09",
                        "{\"name\":\"X\",\"state\":\"own\",\"version\":1}").status, 422);
    x = world_get(&w, w.oma, "/v1/operator/markets/ID/changes");
    check_str(answer_at(&w, &x, "items[0].was"), STR("2026-06-09 Election, own"));
    check_str(answer_at(&w, &x, "items[1].was"), STR("2027-01-05 Isra Mikraj, expected"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

static Err fill_weekdays(Tx *tx, void *context)
{
    Arena *a = context;
    arena_reset(a);
    tx->a = a;
    char day[DATE_TEXT_SIZE];
    // All Mondays of 30 years, where Monday is the only day that is worked.
    for (i64 date = date_to_days(2026, 1, 5), i = 0; i < 1500; i++) {
        date_to_text(date + 7 * i, day);
        try(q_market_holiday_put(tx, (MarketHolidayPutIn){ .country = STR("PH"), .day = str_of(day), .name = STR("M"),
                                                           .state = HOLIDAY_STATE_OWN }));
    }
    return ERR_OK;
}

TEST(a_calendar_of_holidays_only_still_ends)
{
    World w = world_new();
    Arena a = { 0 };
    check_int(put_rule(&w, w.oma, "PH", "weekend", "{\"value\":126,\"version\":1,\"why\":\"Mondays only\"}").status, 200);
    check_business(&w, "PH", "2026-06-08T03:00:00Z", 1, "2026-06-15T16:00:00.000Z");
    check_int(db_run(w.app->db, true, fill_weekdays, &a), ERR_OK);
    Time t = ask(&w, (Ask){ .country = "PH", .at = at("2026-06-08T03:00:00Z"), .n = 2 }).business;
    check(t > at("2026-06-08T03:00:00Z") && t < at("2070-01-01T00:00:00Z"));
    arena_free(&a);
    world_free(&w);
}

// One read tells all numbers of a market, also those of rules that a later migration has added.
TEST(numbers_of_new_rules_are_where_all_are_read_from)
{
    World w = world_new();
    i64 commas = world_sql(&w, "SELECT min(length(numbers) - length(replace(numbers, ',', ''))) FROM market");
    check_int(commas, MARKET_RULES - 1);
    world_free(&w);
}
