// Markets: numbers, currencies and business days, for those who ask. No HTTP, no JSON, no clock.
#include "markets/markets.h"

#include "markets/calendar.h"
#include "markets/numbers.h"
#include "markets/terms.h"

// ---------------------------------------------------------------------------------------------- numbers

// Holidays are read WINDOW_DAYS at a time: one read serves nearly every question.
enum { WINDOW_DAYS = 64 };
typedef struct Window { i64 first; u64 holidays; bool loaded; } Window;

// What a transaction has asked for already. `key` is an address and nothing else.
typedef struct Known {
    struct Known *next;
    char country[3];
    bool has_row, is_open;
    Currency currency;
    i64 n[MARKET_RULES];
    Window window;
} Known;
typedef struct Memo { Known *first; } Memo;
static const char key;

void market_forget(Tx *tx)
{
    Memo *m = tx_memo(tx, &key);
    if (m) m->first = NULL;
}

Err market_numbers_read(Tx *tx, Str country, i64 *n)
{
    MarketNumbersRowList rows;
    ArenaMark mark = arena_mark(tx->a);
    try(q_market_numbers(tx, (MarketNumbersIn){ .country = country }, &rows));
    for (i64 i = 0; i < rows.n; i++) n[rows.p[i].rule] = rows.p[i].value;         // '*' sorts first: the market's own lie over it
    arena_rewind(tx->a, mark);
    return ERR_OK;
}

// The numbers as one text. False when it does not hold them all: a program with a new rule has its default in the table.
static bool unpack(Str text, i64 *n)
{
    i64 i = 0;
    for (; i < MARKET_RULES && text.p && text.n; i++)
        if (!str_to_i64(str_split(&text, ','), &n[i])) return false;
    return i == MARKET_RULES && text.n == 0;
}

Err market_numbers_whole(Tx *tx, bool *whole)
{
    MarketRowRow *row;
    i64 n[MARKET_RULES];
    ArenaMark mark = arena_mark(tx->a);
    try(q_market_row(tx, (MarketRowIn){ .country = STR("*") }, &row));
    *whole = row && unpack(row->numbers, n);
    arena_rewind(tx->a, mark);
    return ERR_OK;
}

static Err load(Tx *tx, Str country, Known *k)
{
    MarketRowRow *row;
    ArenaMark mark = arena_mark(tx->a);
    try(q_market_row(tx, (MarketRowIn){ .country = country.n ? country : STR("*") }, &row));
    k->has_row = row && country.n;
    k->is_open = !row || row->is_open;
    if (row) k->currency = row->currency;
    bool packed = row && unpack(row->numbers, k->n);
    arena_rewind(tx->a, mark);
    if (packed) return ERR_OK;
    if (row || !country.n) return market_numbers_read(tx, row ? country : STR("*"), k->n);
    return load(tx, (Str){ 0 }, k);
}

static Err known(Tx *tx, Str country, Known **out)
{
    must(MARKET_RULE_NAMES.n == MARKET_RULES);
    if (country.n != 2) country = (Str){ 0 };
    Memo *m = tx_memo(tx, &key);
    for (Known *k = m ? m->first : NULL; k; k = k->next)
        if (str_eq(str_of(k->country), country)) return *out = k, ERR_OK;
    Known k = { 0 };
    if (country.n) memcpy(k.country, country.p, 2);
    try(load(tx, country, &k));
    if (!m) m = tx_memo_add(tx, &key, sizeof(*m));
    Known *kept = arena_alloc(&tx->kept, sizeof(*kept));
    *kept = k;
    kept->next = m->first;
    m->first = kept;
    *out = kept;
    return ERR_OK;
}

Err market_numbers(Tx *tx, Str country, const i64 **out)
{
    Known *k;
    try(known(tx, country, &k));
    *out = k->n;
    return ERR_OK;
}

Err market_number(Tx *tx, Str country, MarketRule rule, i64 *out)
{
    Known *k;
    must((i64)rule < MARKET_RULES);
    try(known(tx, country, &k));
    *out = k->n[rule];
    return ERR_OK;
}

Err market_amount(Tx *tx, Str country, MarketRule rule, Currency currency, i64 *out)
{
    Known *k;
    must(market_terms(rule)->unit == MARKET_UNIT_MINOR);
    try(known(tx, country, &k));
    *out = k->currency.code[0] && currency_eq(k->currency, currency) ? k->n[rule] : 0;
    return ERR_OK;
}

Err market_currency(Tx *tx, Str country, Currency *out)
{
    Known *k;
    try(known(tx, country, &k));
    *out = k->currency;
    return ERR_OK;
}

Err market_open(Tx *tx, Str country, bool *out)
{
    Known *k;
    try(known(tx, country, &k));
    *out = k->is_open;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- days

static Clock clock_of(const Known *k)
{
    return (Clock){ k->n[MARKET_RULE_UTC_OFFSET_MINUTES], (Saving)k->n[MARKET_RULE_DAYLIGHT_SAVING] };
}

Err market_offset(Tx *tx, Str country, Time t, i64 *minutes)
{
    Known *k;
    try(known(tx, country, &k));
    *minutes = clock_offset(clock_of(k), t);
    return ERR_OK;
}

Err market_day(Tx *tx, Str country, Time t, Time *out)
{
    Known *k;
    try(known(tx, country, &k));
    *out = clock_midnight(clock_of(k), clock_date(clock_of(k), t));
    return ERR_OK;
}

static Err load_window(Tx *tx, Known *k, i64 first)
{
    char from[DATE_TEXT_SIZE], until[DATE_TEXT_SIZE];
    MarketHolidayDaysRowList rows;
    date_to_text(first, from);
    date_to_text(first + WINDOW_DAYS - 1, until);
    k->window = (Window){ .first = first, .loaded = true };
    if (!k->has_row) return ERR_OK;
    MarketHolidayDaysIn in = { .country = str_of(k->country), .from = str_of(from), .until = str_of(until) };
    try(q_market_holiday_days(tx, in, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        i64 day;
        if (date_from_text(rows.p[i].day, &day) && day >= first && day < first + WINDOW_DAYS)
            k->window.holidays |= UINT64_C(1) << (day - first);
    }
    return ERR_OK;
}

static Err is_business_day(Tx *tx, Known *k, i64 date, bool *out)
{
    const Window *w = &k->window;
    if (!w->loaded || date < w->first || date >= w->first + WINDOW_DAYS) try(load_window(tx, k, date));
    bool weekend = k->n[MARKET_RULE_WEEKEND] >> date_weekday(date) & 1;
    *out = !weekend && !(w->holidays >> (date - w->first) & 1);
    return ERR_OK;
}

Err market_business_day(Tx *tx, Str country, Time from, i64 n, Time *out)
{
    Known *k;
    must(n >= 0 && n <= MARKET_BUSINESS_DAYS_MOST);
    try(known(tx, country, &k));
    i64 date = clock_date(clock_of(k), from) + (n > 0), left = n > 0 ? n : 1;
    // Every week has a working day and every year at most MARKET_HOLIDAYS_A_YEAR holidays, so this many days always suffice
    // for one; past them (a calendar made of holidays only) every day counts.
    i64 most = date + 7 * (n + 1 + 20 * (i64)MARKET_HOLIDAYS_A_YEAR);
    for (;; date++) {
        bool business;
        try(is_business_day(tx, k, date, &business));
        if ((business || date > most) && --left == 0) break;
    }
    *out = clock_midnight(clock_of(k), date + 1);
    return ERR_OK;
}
