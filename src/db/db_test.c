// Tests of values, rows, errors and db_check_query, on both engines. Knows no feature.
#include "db/db_world.h"

#include <inttypes.h>

// ------------------------------------------------------------------------------------------------ values and rows

static Err add_and_get_thing(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    try(db_one(tx, queries()[THING_ADD], w->thing, (void **)&w->got));
    return db_one(tx, queries()[THING_GET], &(Thing){ .id = w->thing->id }, (void **)&w->thing);
}

static void check_thing(const Thing *t, const Thing *want)
{
    check(t != NULL && t != want);
    if (!t) return;
    check_int(t->id.v, want->id.v);
    check_int(t->other.v, want->other.v);
    check_int(t->number, want->number);
    check(t->yes == want->yes && t->colour == want->colour && t->made == want->made);
    check(memcmp(&t->real, &want->real, sizeof(double)) == 0);
    check_str(t->text, want->text);
    check_str(t->note, want->note);
    check((t->note.p == NULL) == (want->note.p == NULL) && (t->seal.p == NULL) == (want->seal.p == NULL));
    check(t->text.p != NULL && t->bytes.p != NULL);
    check_str(t->bytes, want->bytes);
    check_str(t->seal, want->seal);
    check(currency_eq(t->currency, want->currency) && currency_eq(t->price.currency, want->price.currency));
    check_int(t->price.minor, want->price.minor);
    check(t->has_some == want->has_some && t->some == want->some);
    check(t->has_maybe == want->has_maybe && t->maybe == want->maybe);
    check(t->has_ratio == want->has_ratio && memcmp(&t->ratio, &want->ratio, sizeof(double)) == 0);
    check(t->has_at == want->has_at && t->at == want->at);
    check(t->has_tint == want->has_tint && t->tint == want->tint);
    check(t->has_unit == want->has_unit && currency_eq(t->unit, want->unit));
    check(t->has_cost == want->has_cost && t->cost.minor == want->cost.minor);
    check(currency_eq(t->cost.currency, want->cost.currency));
}

static void there_and_back(World *w, const Thing *thing)
{
    Thing copy = *thing;
    Work work = { .a = &w->a, .thing = &copy };
    check_int(db_run(w->db, true, add_and_get_thing, &work), ERR_OK);
    check_thing(work.got, thing);
    check_thing(work.thing, thing);
}

static void kinds(World *w)
{
    const Currency idr = { "IDR" }, kwd = { "KWD" };
    Thing full = {
        .id = { INT64_MAX }, .other = { 77 }, .number = INT64_MIN, .has_some = true, .some = -1, .yes = true,
        .has_maybe = true, .maybe = true, .real = -0.1, .has_ratio = true, .ratio = 1e300, .made = 1, .has_at = true,
        .at = 253402300799999, .text = STR("Ana's \"shop\" — ร้าน \xF0\x9F\x9B\x92 عربى"),
        .note = STR("$1 'x' -- \\n\n"),
        .bytes = STR("\0\xFF\x80'\0"), .seal = STR("\1"), .colour = COLOUR_BLUE, .has_tint = true, .tint = COLOUR_GREEN,
        .currency = idr, .has_unit = true, .unit = kwd, .price = { MONEY_MAX_MINOR, idr }, .has_cost = true,
        .cost = { -5, kwd },
    };
    there_and_back(w, &full);
    // Empty is not absent.
    Thing least = { .id = { 1 }, .currency = kwd, .price = { 0, kwd }, .note = STR(""), .seal = STR("") };
    there_and_back(w, &least);
    Thing absent = { .id = { 2 }, .text = STR("x"), .bytes = STR("y"), .currency = kwd, .price = { 1, kwd } };
    there_and_back(w, &absent);
    // Zero and false that are there are not absent either.
    Thing zero = absent;
    zero.id.v = 3;
    zero.has_some = zero.has_maybe = zero.has_ratio = zero.has_at = zero.has_tint = zero.has_cost = true;
    zero.cost.currency = idr;
    there_and_back(w, &zero);
}
TEST(every_kind_there_and_back) { on_both(kinds); }

static void no_row(World *w)
{
    check(get(w, 404) == NULL);
    check_int(put(w, 1, 3, "é"), ERR_OK);
    Entry *e = get(w, 1);
    check(e != NULL && e->left == 3);
    if (e) check_str(e->text, STR("é"));
}
TEST(one_row_or_none) { on_both(no_row); }

static Err add_hundred(Tx *tx, void *context)
{
    Work *w = context;
    for (i64 i = 0; i < 100; i++) {
        Str text = arena_format(w->a, "%0100" PRId64, i);
        try(db_exec(tx, queries()[ENTRY_ADD], &(Entry){ i, i * i, text }, NULL));
    }
    return ERR_OK;
}

static void lists(World *w)
{
    Work work = { .a = &w->a };
    check_int(db_run(w->db, false, list_entries, &work), ERR_OK);
    check(work.n == 0);
    check_int(db_run(w->db, true, add_hundred, &work), ERR_OK);
    check_int(db_run(w->db, false, list_entries, &work), ERR_OK);
    check_int(work.n, 100);
    for (i64 i = 0; i < work.n; i++) {
        check(work.row[i].id == i && work.row[i].left == i * i && work.row[i].text.n == 100);
        check(work.row[i].text.p[99] == (char)('0' + i % 10) && work.row[i].text.p[100] == 0);
    }
}
TEST(all_rows) { on_both(lists); }

static Err too_many(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    return db_all(tx, queries()[ENTRY_MANY], NULL, (void **)&w->row, &w->n);
}

static Err two_for_one(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    return db_one(tx, queries()[ENTRY_ID_ONLY], NULL, (void **)&w->row);
}

static void row_limits(World *w)
{
    Work work = { .a = &w->a };
    check_int(db_run(w->db, false, too_many, &work), ERR_DB);
    put(w, 1, 1, "");
    check_int(db_run(w->db, false, two_for_one, &work), ERR_OK);
    put(w, 2, 1, "");
    check_int(db_run(w->db, false, two_for_one, &work), ERR_DB);
    check_int(sums(w).id, 2);                       // the connections still work
}
TEST(more_rows_than_allowed_is_an_error) { on_both(row_limits); }

static Err change(Tx *tx, void *context)
{
    Work *w = context;
    return db_exec(tx, queries()[ENTRY_SET], &w->in, &w->n);
}

static void changed(World *w)
{
    put(w, 1, 1, "a");
    Work work = { .in = { .id = 1, .text = STR("b") } };
    check_int(db_run(w->db, true, change, &work), ERR_OK);
    check_int(work.n, 1);
    work.in.id = 2;
    check_int(db_run(w->db, true, change, &work), ERR_OK);
    check_int(work.n, 0);
    check_str(get(w, 1)->text, STR("b"));
}
TEST(exec_counts_changed_rows) { on_both(changed); }

// Added once, found until the transaction ends, whatever its own arena does meanwhile; the next one begins without.
static Err remember(Tx *tx, void *context)
{
    static const char first, second;
    Work *w = context;
    tx->a = w->a;
    check(!tx_memo(tx, &first));
    ArenaMark mark = arena_mark(tx->a);
    i64 *kept = tx_memo_add(tx, &first, sizeof(*kept));
    check_int(*kept, 0);
    *kept = 7;
    *(char *)tx_memo_add(tx, &second, 1) = 'x';
    arena_rewind(tx->a, mark);
    check(tx_memo(tx, &first) == kept && *kept == 7);
    check(*(char *)tx_memo(tx, &second) == 'x');
    w->runs++;
    return w->refuse_with;
}

static void memos(World *w)
{
    Work work = { .a = &w->a };
    check_int(db_run(w->db, false, remember, &work), ERR_OK);
    check_int(db_run(w->db, true, remember, &work), ERR_OK);
    work.refuse_with = ERR_SOLD_OUT;
    check_int(db_run(w->db, true, remember, &work), ERR_SOLD_OUT);
    check_int(work.runs, 3);
}
TEST(a_memo_lives_as_long_as_its_transaction) { on_both(memos); }

// ------------------------------------------------------------------------------------------------ errors

static Err sticky(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    w->runs++;
    try(db_exec(tx, queries()[ENTRY_ADD], &w->in, NULL));
    Err first = db_exec(tx, queries()[ENTRY_BAD_SQL], NULL, NULL);
    w->seen = db_one(tx, queries()[ENTRY_GET], &w->in, (void **)&w->row);     // would succeed by itself
    check_int(first, ERR_DB);
    return ERR_OK;                                                             // swallowed: must not commit all the same
}

static void errors_stick(World *w)
{
    Work work = { .a = &w->a, .in = { 9, 1, STR("x") } };
    check_int(db_run(w->db, true, sticky, &work), ERR_DB);
    check_int(work.seen, ERR_DB);
    check_int(work.runs, 1);
    check(get(w, 9) == NULL);
    check_int(put(w, 9, 1, "x"), ERR_OK);
}
TEST(the_first_error_sticks) { on_both(errors_stick); }

static void refusals(World *w)
{
    Work work = { .in = { 5, 1, STR("x") }, .refuse_with = ERR_SOLD_OUT };
    check_int(db_run(w->db, true, add_entry, &work), ERR_SOLD_OUT);
    check_int(work.n, 1);
    check(get(w, 5) == NULL);
}
TEST(a_refusal_rolls_back) { on_both(refusals); }

static void twins(World *w)
{
    check_int(put(w, 1, 1, "first"), ERR_OK);
    i64 before = db_stats(w->db).retries;
    check_int(put(w, 1, 2, "second"), ERR_DB);
    check_int(db_stats(w->db).retries - before, db_is_sqlite(w->db) ? 0 : 2);
    check_str(get(w, 1)->text, STR("first"));
}
TEST(a_unique_violation_that_stays_is_an_error) { on_both(twins); }

static Err wrong_row(Tx *tx, void *context)
{
    Work *w = context;
    tx->a = w->a;
    return db_all(tx, queries()[ENTRY_WRONG_ROW], NULL, (void **)&w->row, &w->n);
}

static Err orphan(Tx *tx, void *context)
{
    return db_exec(tx, queries()[NOTE_ADD], &((Work *)context)->in, NULL);
}

static void bad_rows(World *w)
{
    Work work = { .a = &w->a, .in = { .id = 31 } };
    check_int(put(w, 1, 1, "x"), ERR_OK);
    check_int(db_run(w->db, false, wrong_row, &work), ERR_DB);
    check_int(db_run(w->db, true, orphan, &work), ERR_DB);       // checked at the end only, and found
    work.in.id = 1;
    check_int(db_run(w->db, true, orphan, &work), ERR_OK);
}
TEST(columns_and_keys_must_fit) { on_both(bad_rows); }

static void checks(World *w)
{
    char problem[300];
    static const struct { i64 query; const char *says; } WRONG[] = {
        { ENTRY_BAD_SQL, "syntax" }, { ENTRY_WRONG_ROW, "remaining of Entry has no column" },
    };
    for (i64 i = 0; i < QUERIES; i++) {
        const char *says = NULL;
        for (i64 k = 0; k < COUNT(WRONG); k++) says = WRONG[k].query == i ? WRONG[k].says : says;
        check_int(db_check_query(w->db, queries()[i], problem, sizeof(problem)), says ? ERR_DB : ERR_OK);
        if (says) check(strstr(problem, says) != NULL);
        else check_str(str_of(problem), STR(""));
    }
    static const struct { const char *sql; i64 n; const char *says; } MORE[] = {
        { "SELECT id, remaining, text, text AS more FROM entry", 0, "column more has no field" },
        { "SELECT id, remaining, text, text FROM entry", 0, "two columns" },
        { "SELECT id, text AS remaining, text FROM entry", 0, "column remaining" },
        { "SELECT id, remaining, text FROM entry WHERE id = $2", 1, "numbered" },
        { "SELECT id, remaining, text FROM entry WHERE id = $1 AND remaining = $2", 1, "parameters" },
        { "SELECT id, remaining, text FROM entry WHERE text = '$1'", 1, "parameters" },
        { "SELECT id, remaining, text FROM nowhere", 0, "nowhere" },
    };
    for (i64 i = 0; i < COUNT(MORE); i++) {
        Query q = { .name = "q", .sql = MORE[i].sql, .in = &ENTRY, .params = ENTRY_PARAMS, .n_params = MORE[i].n, .row = &ENTRY };
        check_int(db_check_query(w->db, &q, problem, sizeof(problem)), ERR_DB);
        check(strstr(problem, MORE[i].says) != NULL);
    }
}
TEST(check_query_finds_differences) { on_both(checks); }
