// Between C structs and the engines' values, by field tables. Knows no engine.
#include "db/engine.h"

#include <inttypes.h>
#include <stdarg.h>

// ------------------------------------------------------------------------------------------------ parameters

static i64 load_i64(const void *at)
{
    i64 v;
    memcpy(&v, at, sizeof(v));
    return v;
}

static Str load_str(const void *at)
{
    Str s;
    memcpy(&s, at, sizeof(s));
    return s;
}

static Value int_value(i64 v)
{
    return (Value){ .kind = VALUE_INT, .i = v };
}

static Value str_value(ValueKind kind, Str s)
{
    return (Value){ .kind = kind, .s = { s.p ? s.p : "", s.n } };
}

static bool absent(const Field *f, const char *in)
{
    if (!f->optional) return false;
    switch (f->kind) {
    case FIELD_ID: return load_i64(in + f->offset) == 0;
    case FIELD_TEXT: case FIELD_BYTES: return load_str(in + f->offset).p == NULL;
    default: {
        bool has;
        memcpy(&has, in + f->has_offset, sizeof(has));
        return !has;
    }
    }
}

static Str enum_name(const EnumTable *table, const void *at)
{
    int v;
    memcpy(&v, at, sizeof(v));
    must(v >= 0 && v < table->n);
    return str_of(table->names[v]);
}

static const Field *param_field(const Query *q, i64 number, bool *currency)
{
    must(number >= 0 && number < q->n_params && q->in != NULL);
    int index = q->params[number];
    *currency = index >= CURRENCY_PART;
    if (*currency) index -= CURRENCY_PART;
    must(index >= 0 && index < q->in->n);
    const Field *f = &q->in->fields[index];
    must(!*currency || f->kind == FIELD_MONEY);
    return f;
}

Value param_value(const Query *q, i64 number, const void *in)
{
    bool currency;
    const Field *f = param_field(q, number, &currency);
    const char *at = (const char *)in + f->offset;
    if (absent(f, in)) return (Value){ .kind = VALUE_NULL };
    switch (f->kind) {
    case FIELD_INT: case FIELD_TIME: case FIELD_ID: return int_value(load_i64(at));
    case FIELD_BOOL: return int_value(*(const bool *)at);
    case FIELD_REAL: {
        Value v = { .kind = VALUE_REAL };
        memcpy(&v.real, at, sizeof(v.real));
        return v;
    }
    case FIELD_TEXT: return str_value(VALUE_TEXT, load_str(at));
    case FIELD_BYTES: return str_value(VALUE_BYTES, load_str(at));
    case FIELD_ENUM: return str_value(VALUE_TEXT, enum_name(f->enums, at));
    case FIELD_CURRENCY: return str_value(VALUE_TEXT, currency_str((const Currency *)at));
    case FIELD_MONEY:
        if (currency) return str_value(VALUE_TEXT, currency_str((const Currency *)(at + offsetof(Money, currency))));
        return int_value(load_i64(at + offsetof(Money, minor)));
    case FIELD_OBJECT: case FIELD_LIST: break;
    }
    must(f->kind < FIELD_OBJECT);            // rows hold neither objects nor lists
    return (Value){ 0 };
}

static ValueKind kind_in_rows(FieldKind kind)
{
    switch (kind) {
    case FIELD_INT: case FIELD_BOOL: case FIELD_TIME: case FIELD_ID: case FIELD_MONEY: return VALUE_INT;
    case FIELD_REAL: return VALUE_REAL;
    case FIELD_TEXT: case FIELD_ENUM: case FIELD_CURRENCY: return VALUE_TEXT;
    case FIELD_BYTES: return VALUE_BYTES;
    case FIELD_OBJECT: case FIELD_LIST: break;
    }
    return VALUE_NULL;
}

ValueKind param_kind(const Query *q, i64 number)
{
    bool currency;
    const Field *f = param_field(q, number, &currency);
    return currency ? VALUE_TEXT : kind_in_rows(f->kind);
}

// ------------------------------------------------------------------------------------------------ columns

static bool trouble(char *problem, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
static bool trouble(char *problem, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(problem, size, format, args);
    va_end(args);
    return false;
}

ValueKind column_kind(const Column *column)
{
    return column->part == PART_CURRENCY ? VALUE_TEXT : kind_in_rows(column->field->kind);
}

static bool field_of_column(const Type *row, Str column, Column *out)
{
    for (i64 i = 0; i < row->n; i++) {
        const Field *f = &row->fields[i];
        Str name = str_of(f->name);
        if (f->kind == FIELD_OBJECT || f->kind == FIELD_LIST || !str_starts(column, name)) continue;
        Str rest = str_slice(column, name.n, column.n);
        *out = (Column){ .field = f };
        if (f->kind != FIELD_MONEY && rest.n == 0) return true;
        if (f->kind != FIELD_MONEY) continue;
        out->part = str_eq(rest, STR("_minor")) ? PART_MINOR : PART_CURRENCY;
        if (out->part == PART_MINOR || str_eq(rest, STR("_currency"))) return true;
    }
    return false;
}

static i64 columns_wanted(const Type *row)
{
    i64 n = 0;
    for (i64 i = 0; i < row->n; i++)
        if (row->fields[i].kind == FIELD_MONEY) n += 2;
        else if (row->fields[i].kind != FIELD_OBJECT && row->fields[i].kind != FIELD_LIST) n++;
    return n;
}

static bool find_missing(const Type *row, const Plan *plan, char *problem, size_t size)
{
    for (i64 i = 0; i < row->n; i++) {
        const Field *f = &row->fields[i];
        i64 want = f->kind == FIELD_MONEY ? 2 : f->kind != FIELD_OBJECT && f->kind != FIELD_LIST, found = 0;
        for (i64 c = 0; c < plan->n; c++) found += plan->columns[c].field == f;
        if (found != want) return trouble(problem, size, "field %s of %s has no column", f->name, row->name);
    }
    return true;
}

bool plan_make(Arena *a, const Query *q, const char *const *names, i64 n, Plan *out, char *problem, size_t size)
{
    if (!q->row) return n == 0 || trouble(problem, size, "it returns %" PRId64 " columns but has no row type", n);
    if (n > COLUMNS_MAX) return trouble(problem, size, "more than %d columns", COLUMNS_MAX);
    *out = (Plan){ .columns = arena_new_array(a, Column, n), .n = n };
    for (i64 i = 0; i < n; i++) {
        Column *c = &out->columns[i];
        if (!field_of_column(q->row, str_of(names[i]), c))
            return trouble(problem, size, "column %s has no field in %s", names[i], q->row->name);
        for (i64 j = 0; j < i; j++)
            if (out->columns[j].field == c->field && out->columns[j].part == c->part)
                return trouble(problem, size, "two columns are named %s", names[i]);
        if (c->field->optional && c->field->kind == FIELD_MONEY) out->optional_money = true;
    }
    return n == columns_wanted(q->row) || find_missing(q->row, out, problem, size);
}

static bool store_enum(const Field *f, Str name, char *at, char *problem)
{
    for (int i = 0; i < f->enums->n; i++) {
        if (!str_eq(name, str_of(f->enums->names[i]))) continue;
        memcpy(at, &i, sizeof(i));
        return true;
    }
    return trouble(problem, PROBLEM_SIZE, "column %s holds a name that is not one of %s", f->name, f->enums->name);
}

static bool store_currency(const Field *f, Str code, char *at, char *problem)
{
    if (currency_parse(code, (Currency *)at)) return true;
    return trouble(problem, PROBLEM_SIZE, "column %s holds an unknown currency", f->name);
}

static bool store_null(const Field *f, char *problem)
{
    if (f->optional) return true;            // the row is zeroed: absent already
    return trouble(problem, PROBLEM_SIZE, "column %s is NULL but its field is not optional", f->name);
}

static bool store_value(Arena *a, const Column *column, Value v, char *at, char *problem)
{
    const Field *f = column->field;
    switch (f->kind) {
    case FIELD_BOOL:
        if (v.i != 0 && v.i != 1) return trouble(problem, PROBLEM_SIZE, "column %s is neither 0 nor 1", f->name);
        *(bool *)at = v.i;
        return true;
    case FIELD_REAL: memcpy(at, &v.real, sizeof(v.real)); return true;
    case FIELD_TEXT: case FIELD_BYTES: {
        Str copy = arena_copy(a, v.s);
        memcpy(at, &copy, sizeof(copy));
        return true;
    }
    case FIELD_ENUM: return store_enum(f, v.s, at, problem);
    case FIELD_CURRENCY: return store_currency(f, v.s, at, problem);
    case FIELD_MONEY:
        if (column->part == PART_CURRENCY) return store_currency(f, v.s, at + offsetof(Money, currency), problem);
        at += offsetof(Money, minor);
        break;
    default: break;
    }
    memcpy(at, &v.i, sizeof(v.i));
    return true;
}

bool plan_store(Arena *a, const Column *column, Value v, void *row, char *problem)
{
    const Field *f = column->field;
    if (v.kind == VALUE_NULL) return store_null(f, problem);
    ValueKind want = column_kind(column);
    if (want == VALUE_REAL && v.kind == VALUE_INT) v = (Value){ .kind = VALUE_REAL, .real = (double)v.i };
    if (v.kind != want) return trouble(problem, PROBLEM_SIZE, "column %s is of another type than its field", f->name);
    if (!store_value(a, column, v, (char *)row + f->offset, problem)) return false;
    bool has_flag = f->optional && f->kind != FIELD_ID && f->kind != FIELD_TEXT && f->kind != FIELD_BYTES;
    if (has_flag && column->part != PART_CURRENCY) *((bool *)row + f->has_offset) = true;
    return true;
}

bool plan_check_row(const Plan *plan, const void *row, char *problem)
{
    for (i64 i = 0; plan->optional_money && i < plan->n; i++) {
        const Field *f = plan->columns[i].field;
        if (f->kind != FIELD_MONEY || !f->optional) continue;
        bool has = *((const bool *)row + f->has_offset);
        const Currency *currency = (const void *)((const char *)row + f->offset + offsetof(Money, currency));
        if (has != (currency->code[0] != 0)) return trouble(problem, PROBLEM_SIZE, "money %s is half NULL", f->name);
    }
    return true;
}

// ------------------------------------------------------------------------------------------------ sets of rows

enum { FIRST_ROWS = 16 };

static void grow(RowSet *set)
{
    i64 capacity = set->capacity ? 2 * set->capacity : FIRST_ROWS;
    char *rows = arena_alloc_array(set->scratch, capacity, set->q->row->size);
    if (set->n) memcpy(rows, set->rows, (size_t)set->n * set->q->row->size);
    set->rows = rows;
    set->capacity = capacity;
}

void *rowset_next(RowSet *set, char *problem)
{
    i64 limit = set->want == WANT_ONE ? 1 : DB_ROWS_MAX;
    if (set->n == limit) {
        trouble(problem, PROBLEM_SIZE, "more than %" PRId64 " rows", limit);
        return NULL;
    }
    if (set->want == WANT_ONE) {
        set->n = 1;
        set->rows = arena_alloc(set->tx->a, set->q->row->size);
        return set->rows;
    }
    if (set->n == set->capacity) grow(set);
    return set->rows + (size_t)set->n++ * set->q->row->size;
}

void rowset_finish(RowSet *set)
{
    if (set->want != WANT_ALL || set->n == 0) return;
    size_t bytes = (size_t)set->n * set->q->row->size;
    char *rows = arena_alloc(set->tx->a, bytes);
    memcpy(rows, set->rows, bytes);
    set->rows = rows;
}

// ------------------------------------------------------------------------------------------------ parameters in SQL text

// Past a quoted text or a comment that starts at p, or p itself.
static const char *skip_quoted(const char *p)
{
    if (*p == '\'' || *p == '"') {
        const char *end = strchr(p + 1, *p);
        return end ? end + 1 : p + strlen(p);        // a doubled quote is two texts side by side: the same end
    }
    if (p[0] == '-' && p[1] == '-') return p + strcspn(p, "\n");
    return p;
}

bool check_parameters(const Query *q, char *problem, size_t size)
{
    i64 seen = 0;
    for (const char *p = q->sql; *p;) {
        const char *after = skip_quoted(p);
        if (after != p) {
            p = after;
            continue;
        }
        if (*p++ != '$') continue;
        i64 number = 0;
        for (; *p >= '0' && *p <= '9' && number <= PARAMS_MAX; p++) number = number * 10 + (*p - '0');
        if (number == 0 || number > seen + 1) return trouble(problem, size, "parameters are not numbered by first use");
        if (number == seen + 1) seen++;
    }
    if (seen == q->n_params) return true;
    return trouble(problem, size, "the text has %" PRId64 " parameters, the query %" PRId64, seen, q->n_params);
}
