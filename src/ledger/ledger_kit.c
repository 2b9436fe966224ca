// For tests of the ledger: see ledger_kit.h.
#include "ledger/ledger_kit.h"


// ---------------------------------------------------------------------------------------------- sales

void books_sum_sale(LedgerSale *s)
{
    s->paid = s->goods - s->by_seller - s->by_platform + s->shipping + s->cod_fee + s->tax_added;
}

void books_sum_refund(LedgerRefund *r)
{
    r->buyer = r->goods - r->by_seller - r->by_platform + r->shipping + r->cod_fee + r->tax_added;
}

LedgerSale books_sale(i64 shop, i64 order)
{
    LedgerSale s = { .order = { order }, .shop = { shop }, .buyer = { 1 }, .method = PAYMENT_METHOD_TEST, .country = STR("ID"),
                     .goods = 10000000, .by_seller = 500000, .by_platform = 300000, .shipping = 1000000 };
    must(currency_parse(STR("IDR"), &s.currency));
    books_sum_sale(&s);
    return s;
}

LedgerRefund books_whole(const LedgerSale *s, i64 refund, RefundCause cause)
{
    return (LedgerRefund){ .refund = { refund }, .order = s->order, .cause = cause, .buyer = s->paid, .goods = s->goods,
                           .by_seller = s->by_seller, .by_platform = s->by_platform, .shipping = s->shipping,
                           .cod_fee = s->cod_fee, .tax = s->tax, .tax_added = s->tax_added, .lines = 1 };
}

// ---------------------------------------------------------------------------------------------- rules

typedef struct Act {
    World *w;
    Err (*rule)(Tx *tx, const By *by, void *context);
    void *context;
    Arena arena;
} Act;

static Err act(Tx *tx, void *context)
{
    Act *x = context;
    arena_reset(&x->arena);
    tx->a = &x->arena;
    App *app = x->w->app;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault };
    return x->rule(tx, &by, x->context);
}

Err books_run(World *w, Err (*f)(Tx *tx, const By *by, void *context), void *context)
{
    Act x = { .w = w, .rule = f, .context = context };
    Err e = db_run(w->app->db, true, act, &x);
    arena_free(&x.arena);
    return e;
}

typedef struct Few { i64 id, n; bool on; LedgerRefund *out; } Few;

static Err do_capture(Tx *tx, const By *by, void *context)
{
    return ledger_capture(tx, by, context);
}

Err books_capture(World *w, const LedgerSale *sale)
{
    LedgerSale copy = *sale;
    return books_run(w, do_capture, &copy);
}

static Err do_delivered(Tx *tx, const By *by, void *context)
{
    return ledger_delivered(tx, by, (OrderId){ ((Few *)context)->id }, by->now);
}

Err books_delivered(World *w, i64 order)
{
    return books_run(w, do_delivered, &(Few){ .id = order });
}

static Err do_freeze(Tx *tx, const By *by, void *context)
{
    return ledger_freeze(tx, by, (OrderId){ ((Few *)context)->id }, ((Few *)context)->on);
}

Err books_freeze(World *w, i64 order, bool on)
{
    return books_run(w, do_freeze, &(Few){ .id = order, .on = on });
}

static Err do_refund(Tx *tx, const By *by, void *context)
{
    const LedgerRefund *r = context;
    return r->cause == REFUND_CAUSE_CHARGEBACK ? ledger_chargeback(tx, by, r) : ledger_refund(tx, by, r);
}

Err books_refund(World *w, const LedgerRefund *refund)
{
    LedgerRefund copy = *refund;
    return books_run(w, do_refund, &copy);
}

static Err do_parts(Tx *tx, const By *by, void *context)
{
    Few *f = context;
    (void)by;
    return ledger_parts(tx, (OrderId){ f->id }, f->n, f->out);
}

Err books_parts(World *w, i64 order, i64 buyer, LedgerRefund *out)
{
    return books_run(w, do_parts, &(Few){ .id = order, .n = buyer, .out = out });
}

static Err do_refund_paid(Tx *tx, const By *by, void *context)
{
    return ledger_refund_paid(tx, by, (RefundId){ ((Few *)context)->id }, ((Few *)context)->on);
}

Err books_refund_paid(World *w, i64 refund)
{
    return books_run(w, do_refund_paid, &(Few){ .id = refund });
}

static Err do_uncollected(Tx *tx, const By *by, void *context)
{
    return ledger_refund_uncollected(tx, by, (RefundId){ ((Few *)context)->id });
}

Err books_uncollected(World *w, i64 refund)
{
    return books_run(w, do_uncollected, &(Few){ .id = refund });
}

static Err do_won(Tx *tx, const By *by, void *context)
{
    return ledger_chargeback_won(tx, by, (RefundId){ ((Few *)context)->id });
}

Err books_won(World *w, i64 refund)
{
    return books_run(w, do_won, &(Few){ .id = refund });
}

static Err do_provider_fee(Tx *tx, const By *by, void *context)
{
    Few *f = context;
    Money fee = { .minor = f->n };
    must(currency_parse(STR("IDR"), &fee.currency));
    return ledger_provider_fee(tx, by, (OrderId){ f->id }, PAYMENT_METHOD_TEST, fee);
}

Err books_provider_fee(World *w, i64 order, i64 minor)
{
    return books_run(w, do_provider_fee, &(Few){ .id = order, .n = minor });
}

static Err do_settle(Tx *tx, const By *by, void *context)
{
    return ledger_settle_due(tx, by, ((Few *)context)->id);
}

Err books_settle(World *w, i64 order)
{
    return books_run(w, do_settle, &(Few){ .id = order });
}

static Err do_reserve(Tx *tx, const By *by, void *context)
{
    return ledger_reserve_due(tx, by, ((Few *)context)->id);
}

Err books_reserve(World *w, i64 order)
{
    return books_run(w, do_reserve, &(Few){ .id = order });
}

// ---------------------------------------------------------------------------------------------- past the program

static const char *filled(World *w, const char *format, va_list args)
{
    char text[1000];
    int n = vsnprintf(text, sizeof(text), format, args);
    must(n >= 0 && (size_t)n < sizeof(text));
    return arena_cstr(w->a, (Str){ text, (size_t)n });
}

i64 books_number(World *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *sql = filled(w, format, args);
    va_end(args);
    return world_sql(w, sql);
}

void books_spoil(World *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *sql = filled(w, format, args);
    va_end(args);
    world_sql(w, sql);
}

i64 books_account(World *w, const char *account, i64 order)
{
    return books_number(w, "SELECT COALESCE(sum(CASE WHEN credit = '%s' THEN amount ELSE 0 - amount END), 0) FROM ledger_posting "
                      "WHERE (credit = '%s' OR debit = '%s') AND (shop_order = %lld OR %lld = 0)", account, account, account,
                      (long long)order, (long long)order);
}

i64 books_available(World *w, i64 shop)
{
    return books_number(w, "SELECT available FROM ledger_balance WHERE shop = %lld AND currency = 'IDR'", (long long)shop);
}

// ---------------------------------------------------------------------------------------------- through the interface

static const char *quoted(World *w, const char *json)
{
    if (!json) return NULL;
    char *text = arena_cstr(w->a, str_of(json));
    for (char *c = text; *c; c++)
        if (*c == '\'') *c = '"';
    return text;
}

Answer books_post(World *w, Person who, const char *path, const char *json)
{
    return world_post(w, who, path, quoted(w, json));
}

Answer books_put(World *w, Person who, const char *path, const char *json)
{
    return world_put(w, who, path, quoted(w, json));
}

void books_rule(World *w, const char *country, const char *rule, i64 value)
{
    Answer x = world_get(w, w->oma, world_path(w, "/v1/operator/markets/%s/rules", country));
    check_int(x.status, 200);
    x = books_put(w, w->oma, world_path(w, "/v1/operator/markets/%s/rules/%s", country, rule),
                  world_path(w, "{'value':%lld,'version':%lld,'why':'for a test'}", (long long)value,
                             (long long)answer_id(w, &x, "market.version")));
    check_int(x.status, 200);
}

i64 books_earn(World *w, i64 shop, i64 order)
{
    LedgerSale s = books_sale(shop, order);
    i64 before = books_available(w, shop);
    Answer x = books_put(w, w->oma, world_path(w, "/v1/operator/sellers/%lld/tier", (long long)shop), "{'tier':'fast'}");
    check_int(x.status, 200);
    check_int(books_capture(w, &s), ERR_OK);
    check_int(books_delivered(w, order), ERR_OK);
    world_jump(w, 3 * (i64)DAY_MS);
    check_int(books_settle(w, order), ERR_OK);
    return books_available(w, shop) - before;
}

void books_verified(World *w, Person owner, i64 shop)
{
    Answer x = books_put(w, owner, world_path(w, "/v1/studio/shops/%lld/payout-account", (long long)shop),
                         "{'holder':'Sari & Sons <Tbk>','bank':'Bank Mandiri','number':'123 000 4567','bic':'bmriidja'}");
    check_int(x.status, 200);
    Str given = answer_at(w, &x, "given");
    x = books_post(w, w->oma, world_path(w, "/v1/operator/sellers/%lld/account-check", (long long)shop),
                   world_path(w, "{'given':'%.*s','verified':true}", STR_ARG(given)));
    check_int(x.status, 200);
}
