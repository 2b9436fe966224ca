// Rates: read, loaded, changed by the operator, found. No HTTP, no JSON, no clock.
#include "tax/rates.h"

#include "tax/sums.h"
#include "tax/tax.h"

// ---------------------------------------------------------------------------------------------- one rate

static bool is_day(Str s)
{
    Time t;
    char text[32];
    if (s.n != 10) return false;
    snprintf(text, sizeof(text), "%.*sT00:00:00Z", STR_ARG(s));
    return time_from_iso(str_of(text), &t);
}

static bool is_country(Str s)
{
    return s.n == 2 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= 'A' && s.p[1] <= 'Z';
}

static bool is_region(Str s)
{
    bool good = s.n <= TAX_REGION_MAX;
    for (size_t i = 0; i < s.n; i++) good = good && ((s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= '0' && s.p[i] <= '9'));
    return good;
}

bool tax_parts_parse(Str text, TaxPart out[TAX_PARTS_MAX], i64 *n)
{
    for (*n = 0; text.n; (*n)++) {
        Str part = str_trim(str_split(&text, ';'));
        size_t blank = part.n;
        while (blank > 0 && part.p[blank - 1] != ' ') blank--;
        if (*n == TAX_PARTS_MAX || blank < 2 || !str_to_i64(str_slice(part, blank, part.n), &out[*n].ppm)) return false;
        if (out[*n].ppm < 0 || out[*n].ppm > TAX_PPM) return false;
        out[*n].name = str_trim(str_slice(part, 0, blank));
    }
    return *n > 0;
}

static Err check_parts(const TaxRateNew *rate, i64 rate_ppm, Refusal *why)
{
    TaxPart parts[TAX_PARTS_MAX];
    i64 n, sum = 0;
    if (rate->parts.n == 0) return ERR_OK;
    if (!tax_parts_parse(rate->parts, parts, &n))
        return refuse(why, ERR_BAD_FIELD, "parts", "Give 1 to %d names with their ppm, such as 'GST 50000;QST 99750'.",
                      TAX_PARTS_MAX);
    for (i64 i = 0; i < n; i++) sum += parts[i].ppm;
    if (sum == rate_ppm && rate->base_part == rate->base_whole) return ERR_OK;
    return refuse(why, ERR_BAD_FIELD, "parts", "The parts sum to %lld ppm, and the rate is %lld.", (long long)sum,
                  (long long)rate_ppm);
}

Err tax_rate_check(Arena *a, TaxRateNew *rate, i64 *rate_ppm, Refusal *why)
{
    if (!rate->has_base_part) rate->base_part = 1;
    if (!rate->has_base_whole) rate->base_whole = 1;
    rate->name = str_trim(rate->name);
    if (!rate->region.p) rate->region = STR("");
    if (rate->parts.n == 0) rate->parts = (Str){ 0 };
    if (rate->until.n == 0) rate->until = (Str){ 0 };
    (void)a;
    if (!is_country(rate->country))
        return refuse(why, ERR_BAD_FIELD, "country", "A country is two capitals, such as DE (ISO 3166-1).");
    if (!is_region(rate->region))
        return refuse(why, ERR_BAD_FIELD, "region", "A region is at most %d capitals or digits, such as CA of US-CA.",
                      TAX_REGION_MAX);
    if (!is_day(rate->from)) return refuse(why, ERR_BAD_FIELD, "from", "A day is written 2025-01-31.");
    if (rate->until.p && !is_day(rate->until)) return refuse(why, ERR_BAD_FIELD, "until", "A day is written 2025-01-31.");
    if (rate->until.p && str_cmp(rate->until, rate->from) <= 0)
        return refuse(why, ERR_BAD_FIELD, "until", "This must be a later day than from: the first on which the rate is over.");
    if (rate->name.n == 0) return refuse(why, ERR_BAD_FIELD, "name", "A rate needs its tax's name, such as VAT.");
    if ((rate->class == TAX_CLASS_ZERO || rate->class == TAX_CLASS_EXEMPT) && rate->nominal_ppm != 0)
        return refuse(why, ERR_BAD_FIELD, "nominal_ppm", "What is zero-rated or exempt has a rate of 0.");
    if (rate->base_part > rate->base_whole || rate->nominal_ppm * rate->base_part % rate->base_whole != 0)
        return refuse(why, ERR_BAD_FIELD, "base_part", "The base is a part of the price, and the rate on it must be whole ppm.");
    *rate_ppm = rate->nominal_ppm * rate->base_part / rate->base_whole;
    return check_parts(rate, *rate_ppm, why);
}

// ---------------------------------------------------------------------------------------------- text

static const char HEADER[] = "country,region,class,from,until,name,percent,base,parts";
enum { COLUMNS = 9, PERCENT_DECIMALS = 4 };      // 4 decimals of a per cent are one ppm

// "9.975" -> 99750. At most 100, at most four decimals.
static bool percent_ppm(Str s, i64 *ppm)
{
    Str rest = s, whole = str_split(&rest, '.');
    i64 scale = TAX_PPM / 100, part = 0;
    bool dot = whole.n < s.n;
    if (whole.n == 0 || whole.n > 3 || whole.p[0] == '-' || !str_to_i64(whole, ppm) || (dot && rest.n == 0)) return false;
    if (rest.n > PERCENT_DECIMALS) return false;
    for (size_t i = 0; i < rest.n; i++) {
        if (rest.p[i] < '0' || rest.p[i] > '9') return false;
        scale /= 10;
        part += (rest.p[i] - '0') * scale;
    }
    *ppm = *ppm * (TAX_PPM / 100) + part;
    return *ppm <= TAX_PPM;
}

// "GST 5;QST 9.975" -> 'GST 50000;QST 99750'
static bool parts_ppm(Arena *a, Str s, Str *out)
{
    Buf b = buf_new(a, 1000);
    *out = (Str){ 0 };
    while (s.n) {
        Str part = str_trim(str_split(&s, ';'));
        size_t blank = part.n;
        i64 ppm;
        while (blank > 0 && part.p[blank - 1] != ' ') blank--;
        if (blank < 2 || !percent_ppm(str_slice(part, blank, part.n), &ppm)) return false;
        buf_format(&b, "%s%.*s %lld", b.n ? ";" : "", STR_ARG(str_trim(str_slice(part, 0, blank))), (long long)ppm);
    }
    if (b.n) *out = buf_str(&b);
    return !b.full;
}

static bool class_of(Str s, TaxClass *out)
{
    for (i64 i = 0; i < TAX_CLASS_NAMES.n; i++)
        if (str_eq(s, str_of(TAX_CLASS_NAMES.names[i]))) {
            *out = (TaxClass)i;
            return true;
        }
    return false;
}

static bool base_of(Str s, TaxRateNew *rate)
{
    if (s.n == 0) return true;
    Str part = str_split(&s, '/');
    rate->has_base_part = rate->has_base_whole = true;
    return str_to_i64(part, &rate->base_part) && str_to_i64(s, &rate->base_whole) && rate->base_part > 0 &&
           rate->base_whole > 0 && rate->base_whole <= 1000 && rate->base_part <= 1000;
}

static Err parse_line(Arena *a, Str line, TaxRateNew *out, Refusal *why)
{
    Str cell[COLUMNS] = { 0 };
    i64 n = 0;
    bool more = true, too_many = false;
    while (more) {
        more = str_find(line, STR(",")) >= 0;
        Str text = str_trim(str_split(&line, ','));
        if (n < COLUMNS) cell[n] = text;
        else too_many = true;
        n++;
    }
    if (too_many || n < COLUMNS) return refuse(why, ERR_BAD_FIELD, NULL, "there are %lld cells, not %d", (long long)n, COLUMNS);
    *out = (TaxRateNew){ .country = cell[0], .region = cell[1], .from = cell[3], .until = cell[4], .name = cell[5] };
    if (!class_of(cell[2], &out->class)) return refuse(why, ERR_BAD_FIELD, NULL, "'%.40s' is no class", arena_cstr(a, cell[2]));
    if (cell[5].n > 40 || str_utf8_length(cell[5]) < 0) return refuse(why, ERR_BAD_FIELD, NULL, "a name has 1 to 40 letters");
    if (!percent_ppm(cell[6], &out->nominal_ppm))
        return refuse(why, ERR_BAD_FIELD, NULL, "a per cent is 0 to 100 with at most %d decimals", PERCENT_DECIMALS);
    if (!base_of(cell[7], out)) return refuse(why, ERR_BAD_FIELD, NULL, "a base is two whole numbers up to 1000, such as 11/12");
    if (!parts_ppm(a, cell[8], &out->parts) || out->parts.n > 200 || str_utf8_length(out->parts) < 0)
        return refuse(why, ERR_BAD_FIELD, NULL, "parts are names with per cents, such as GST 5;QST 9.975");
    i64 rate_ppm;
    return tax_rate_check(a, out, &rate_ppm, why);
}

static Err bad_line(Refusal *why, i64 number, const char *problem)
{
    Refusal said = *why;
    if (!problem) problem = said.detail;
    return refuse(why, ERR_BAD_FIELD, "file", "Line %lld: %.150s", (long long)number, problem);
}

Err tax_rates_parse(Arena *a, Str text, TaxRateNewList *out, Refusal *why)
{
    bool header = false;
    i64 number = 0, lines = 1;
    for (size_t i = 0; i < text.n; i++) lines += text.p[i] == '\n';
    if (text.n > TAX_FILE_MAX || lines > TAX_RATES_MAX)
        return refuse(why, ERR_BAD_FIELD, "file", "A file of rates has at most %d bytes and %d lines.", TAX_FILE_MAX,
                      TAX_RATES_MAX);
    *out = (TaxRateNewList){ arena_new_array(a, TaxRateNew, lines), 0 };
    while (text.n) {
        Str line = str_trim(str_split(&text, '\n'));
        number++;
        if (line.n == 0 || line.p[0] == '#') continue;
        if (line.n > TAX_LINE_MAX) return bad_line(why, number, "it is too long");
        if (!header && !str_eq(line, STR(HEADER))) return bad_line(why, number, "the first line must be 'country,region,class,"
                                                                   "from,until,name,percent,base,parts'");
        if (!header) {
            header = true;
            continue;
        }
        if (parse_line(a, line, &out->p[out->n], why) != ERR_OK) return bad_line(why, number, NULL);
        out->n++;
    }
    return header ? ERR_OK : bad_line(why, number, "the file is empty");
}

// ---------------------------------------------------------------------------------------------- into the table

static Err put(Tx *tx, const By *by, TaxRateNew rate, bool shipped, TaxRate *out)
{
    i64 rate_ppm;
    try(tax_rate_check(tx->a, &rate, &rate_ppm, &tx->why));
    return q_tax_rate_put(tx, (TaxRatePutIn){
        .id = tax_rate_id_next(by->ids, by->now), .country = rate.country, .region = rate.region, .class = rate.class,
        .from_day = rate.from, .until_day = rate.until, .name = rate.name, .rate_ppm = rate_ppm, .nominal_ppm = rate.nominal_ppm,
        .base_part = rate.base_part, .base_whole = rate.base_whole, .parts = rate.parts, .shipped = shipped,
        .set_by = { by->who.account }, .now = by->now }, out);
}

// A file of hundreds of rates in a few statements: at each start of a new market, and of each test's, one by one takes longer
// than all else. Rows are of fixed width, in plain ASCII, since only the program's own file comes this way.
enum { PACK_ROWS = 32, PACK_WIDTH = 340 };

static void pack(Buf *b, i64 id, const TaxRateNew *r, i64 rate_ppm)
{
    size_t from = b->n;
    buf_format(b, "%-20lld%-2.2s%-10.*s%-14s%-10.*s%-10.*s%-40.*s", (long long)id, r->country.p, STR_ARG(r->region),
               TAX_CLASS_NAMES.names[r->class], STR_ARG(r->from), STR_ARG(r->until), STR_ARG(r->name));
    buf_format(b, "%-8lld%-8lld%-6lld%-6lld%-200.*s      ", (long long)rate_ppm, (long long)r->nominal_ppm,
               (long long)r->base_part, (long long)r->base_whole, STR_ARG(r->parts));
    must(!b->full && b->n == from + PACK_WIDTH);
}

static Err put_shipped(Tx *tx, const By *by, TaxRateNewList rates)
{
    for (i64 from = 0; from < rates.n; from += PACK_ROWS) {
        i64 n = rates.n - from < PACK_ROWS ? rates.n - from : PACK_ROWS, made, rate_ppm;
        Buf b = buf_new(tx->a, PACK_ROWS * PACK_WIDTH + 1);
        for (i64 i = from; i < from + n; i++) {
            try(tax_rate_check(tx->a, &rates.p[i], &rate_ppm, &tx->why));
            pack(&b, tax_rate_id_next(by->ids, by->now).v, &rates.p[i], rate_ppm);
        }
        try(q_tax_rates_put_packed(tx, (TaxRatesPutPackedIn){ .packed = buf_str(&b), .n = n, .now = by->now }, &made));
        must(made == n);
    }
    return ERR_OK;
}

static Err put_own(Tx *tx, const By *by, TaxRateNewList rates)
{
    ArenaMark mark = arena_mark(tx->a);
    for (i64 i = 0; i < rates.n; i++) {
        TaxRate done;
        try(put(tx, by, rates.p[i], false, &done));
        arena_rewind(tx->a, mark);
    }
    return ERR_OK;
}

Err tax_rates_load(Tx *tx, const By *by)
{
    TaxSourceGetRow *known;
    TaxRateNewList rates;
    i64 n;
    try(q_tax_source_get(tx, (TaxSourceGetIn){ .name = STR("shipped") }, &known));
    if (known && str_eq(known->hash, str_of(TAX_RATES_HASH))) return ERR_OK;
    must(tax_rates_parse(tx->a, (Str){ TAX_RATES, (size_t)TAX_RATES_N }, &rates, &tx->why) == ERR_OK);
    try(q_tax_rates_drop_shipped(tx, &n));
    try(put_shipped(tx, by, rates));
    return q_tax_source_put(tx, (TaxSourcePutIn){ .name = STR("shipped"), .hash = str_of(TAX_RATES_HASH), .now = by->now });
}

Err tax_rates_import(Tx *tx, const By *by, Str text, i64 *n)
{
    TaxRateNewList rates;
    try(tax_rates_parse(tx->a, text, &rates, &tx->why));
    *n = rates.n;
    return put_own(tx, by, rates);
}

Err tax_rate_add(Tx *tx, const By *by, const TaxRateNew *in, TaxRate *out)
{
    return put(tx, by, *in, false, out);
}

Err tax_rate_drop(Tx *tx, TaxRateId id)
{
    TaxRateExistsRow *row;
    i64 n;
    try(q_tax_rate_remove(tx, (TaxRateRemoveIn){ .id = id }, &n));
    if (n) return ERR_OK;
    try(q_tax_rate_exists(tx, (TaxRateExistsIn){ .id = id }, &row));
    if (!row) return refuse(&tx->why, ERR_NOT_FOUND, NULL, "There is no such rate.");
    return refuse(&tx->why, ERR_WRONG_STATE, NULL, "This rate came with the program: add one of your own, which wins over it.");
}

Err tax_rates_page(Tx *tx, TaxRatesWanted want, TaxRatePage *out)
{
    i64 limit = want.limit ? want.limit : TAX_RATES_PAGE;
    if (want.country.n)
        try(q_tax_rate_rows_of(tx, (TaxRateRowsOfIn){ .country = want.country, .after = want.after, .limit = limit },
                               &out->items));
    else try(q_tax_rate_rows(tx, (TaxRateRowsIn){ .after = want.after, .limit = limit }, &out->items));
    if (out->items.n == limit) out->next = arena_format(tx->a, "%lld", (long long)out->items.p[limit - 1].id.v);
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- finding

Err tax_day(Tx *tx, Str country, Time at, Str *day)
{
    i64 minutes;
    try(market_offset(tx, country, at, &minutes));
    *day = str_slice(time_to_iso(tx->a, at + minutes * MINUTE_MS), 0, 10);
    return ERR_OK;
}

Err tax_table(Tx *tx, TaxPlace place, Str day, TaxTable *out)
{
    TaxRatesAtRowList rows;
    bool own = place.apart;
    try(q_tax_rates_at(tx, (TaxRatesAtIn){ .country = place.country, .region = place.region, .day = day }, &rows));
    for (i64 i = 0; i < rows.n; i++) own = own || rows.p[i].region.n > 0;
    *out = (TaxTable){ rows.p, 0 };
    for (i64 i = 0; i < rows.n; i++)
        if (own == (rows.p[i].region.n > 0)) out->rows[out->n++] = rows.p[i];
    return ERR_OK;
}

const TaxRatesAtRow *tax_find_own(const TaxTable *t, TaxClass class)
{
    for (i64 i = 0; i < t->n; i++)
        if (t->rows[i].class == class) return &t->rows[i];
    return NULL;
}

const TaxRatesAtRow *tax_find(const TaxTable *t, TaxClass class)
{
    if (class == TAX_CLASS_ZERO || class == TAX_CLASS_EXEMPT) return NULL;
    const TaxRatesAtRow *own = tax_find_own(t, class);
    return own ? own : tax_find_own(t, TAX_CLASS_STANDARD);
}
