// Many hands at once on the same thing, as whole requests on both engines: pay against expire, cancel against ship, refund
// against refund, baskets that cross, one key in many hands. Who is late is told so; nothing happens twice.
#include <pthread.h>

#include "orders/orders.h"
#include "tests/world.h"

enum { HANDS = 64, PEOPLE = 4 };

typedef struct Shot {
    World *w; Person who; const char *path, *json, *key;
    Err (*rule)(Tx *tx, const By *by, i64 subject); i64 subject;      // instead of a request: a clock
    int status; Str slug; Arena a; pthread_barrier_t *start; pthread_t thread;
} Shot;

static Err run_rule(Tx *tx, void *context)
{
    Shot *s = context;
    App *app = s->w->app;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault, .demo = true };
    arena_reset(&s->a);
    tx->a = &s->a;
    return s->rule(tx, &by, s->subject);
}

static void *fire(void *context)
{
    Shot *s = context;
    NetHeader key[] = { { STR("Idempotency-Key"), str_of(s->key) } };
    pthread_barrier_wait(s->start);
    if (s->rule) {
        Err e = db_run(s->w->app->db, true, run_rule, s);
        s->status = err_status(e);
        return NULL;
    }
    Answer x = local_call(s->w->app, &s->a, &(LocalRequest){ .method = "POST", .path = str_of(s->path), .token = s->who.token,
                                                             .body = str_of(s->json), .headers = key,
                                                             .n_headers = s->key ? 1 : 0 });
    s->status = x.status;
    s->slug = x.status >= 400 ? json_at(&s->a, x.body, "slug") : (Str){ 0 };
    return NULL;
}

// All at the same moment. PostgreSQL may give up on one of very many that want the same row (503, "try again"): as a person
// would, it is tried again.
static void volley(Shot *shots, i64 n)
{
    pthread_barrier_t start;
    must(n <= HANDS && pthread_barrier_init(&start, NULL, (unsigned)n) == 0);
    for (i64 i = 0; i < n; i++) {
        shots[i].start = &start;
        must(pthread_create(&shots[i].thread, NULL, fire, &shots[i]) == 0);
    }
    for (i64 i = 0; i < n; i++) pthread_join(shots[i].thread, NULL);
    pthread_barrier_destroy(&start);
    must(pthread_barrier_init(&start, NULL, 1) == 0);
    for (i64 i = 0; i < n; i++) {
        shots[i].start = &start;
        for (int tries = 0; shots[i].status == 503 && tries < 20; tries++) fire(&shots[i]);
    }
    pthread_barrier_destroy(&start);
}

static i64 count(const Shot *shots, i64 n, int status)
{
    i64 found = 0;
    for (i64 i = 0; i < n; i++) found += shots[i].status == status;
    return found;
}

// Every one was served or was told why not, in a way that a person can act on.
static void only(const Shot *shots, i64 n, int done, const char *slug)
{
    for (i64 i = 0; i < n; i++) {
        if (shots[i].status == done) continue;
        if (shots[i].status != 409 && shots[i].status != 422)
            test_failed(__FILE__, __LINE__, "hand %lld was answered with %d", (long long)i, shots[i].status);
        if (slug) check_str(shots[i].slug, str_of(slug));
    }
}

static void forget(Shot *shots, i64 n)
{
    for (i64 i = 0; i < n; i++) arena_free(&shots[i].a);
}

typedef struct Stage { World w; Person people[PEOPLE]; i64 address[PEOPLE], shop, other; } Stage;

static Stage stage_new(void)
{
    Stage s = { .w = world_new() };
    Person people[PEOPLE] = { s.w.ana, s.w.budi, s.w.tono, s.w.oma };
    for (int i = 0; i < PEOPLE; i++) {
        s.people[i] = people[i];
        s.address[i] = world_address(&s.w, people[i]);
    }
    s.shop = world_shop(&s.w, s.w.sari, "rotan");
    s.other = world_shop(&s.w, s.w.tono, "kopi");
    return s;
}

static i64 level(Stage *s, Person seller, Goods g, const char *what)
{
    Answer x = world_get(&s->w, seller, world_path(&s->w, "/v1/studio/products/%lld", (long long)g.product));
    return answer_id(&s->w, &x, world_path(&s->w, "variants[0].%s", what));
}

static const char *order_path(Stage *s, i64 order, const char *what)
{
    return world_path(&s->w, "/v1/orders/%lld%s", (long long)order, what);
}

static Str order_at(Stage *s, i64 order, const char *what)
{
    Answer x = world_get(&s->w, s->w.ana, order_path(s, order, ""));
    return answer_at(&s->w, &x, what);
}

typedef struct Bought { i64 order, payment, checkout, line; } Bought;

static Bought buy(Stage *s, Goods g, i64 n, const char *method)
{
    Answer x = world_post(&s->w, s->w.ana, "/v1/checkouts", world_path(&s->w,
        "{\"address\":\"%lld\",\"method\":\"%s\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":%lld}]}",
        (long long)s->address[0], method, (long long)g.variant, (long long)n));
    check_int(x.status, 201);
    Bought b = { .order = answer_id(&s->w, &x, "orders[0].id"), .payment = answer_id(&s->w, &x, "payment.id"),
                 .checkout = answer_id(&s->w, &x, "id") };
    str_to_i64(order_at(s, b.order, "lines[0].id"), &b.line);
    return b;
}

static void end(Stage *s, Shot *shots, i64 n)
{
    check_int(world_audit(&s->w), 0);
    forget(shots, n);
    world_free(&s->w);
}

// ---------------------------------------------------------------------------------------------- buying

// Two things that everybody wants both of, named in both orders: exactly as many get them as there are, nobody half.
TEST(baskets_that_cross_sell_what_is_there)
{
    enum { UNITS = 7 };
    Stage s = stage_new();
    Goods a = world_product(&s.w, s.w.sari, s.shop, 5000000, UNITS), b = world_product(&s.w, s.w.tono, s.other, 5000000, UNITS);
    Shot shots[HANDS];
    for (int i = 0; i < HANDS; i++) {
        Goods first = i % 2 ? a : b, second = i % 2 ? b : a;
        shots[i] = (Shot){ .w = &s.w, .who = s.people[i % PEOPLE], .path = "/v1/checkouts",
                           .json = world_path(&s.w, "{\"address\":\"%lld\",\"method\":\"%s\",\"lines\":[{\"variant\":\"%lld\","
                                              "\"quantity\":1},{\"variant\":\"%lld\",\"quantity\":1}]}",
                                              (long long)s.address[i % PEOPLE], i % 3 ? "test" : "cod", (long long)first.variant,
                                              (long long)second.variant) };
    }
    volley(shots, HANDS);
    check_int(count(shots, HANDS, 201), UNITS);
    only(shots, HANDS, 201, "sold_out");
    check_int(level(&s, s.w.sari, a, "on_hand") + level(&s, s.w.tono, b, "on_hand"), 0);
    check_int(level(&s, s.w.sari, a, "held") + level(&s, s.w.tono, b, "held"), 0);
    end(&s, shots, HANDS);
}

// The seller counts units out while people buy them: what is left is never less than nothing.
TEST(counting_out_against_buying)
{
    enum { UNITS = 40 };
    Stage s = stage_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 5000000, UNITS);
    Shot shots[HANDS];
    for (int i = 0; i < HANDS; i++) {
        shots[i] = (Shot){ .w = &s.w, .who = s.people[i % PEOPLE], .path = "/v1/checkouts",
                           .json = world_path(&s.w, "{\"address\":\"%lld\",\"method\":\"cod\",\"lines\":[{\"variant\":\"%lld\","
                                              "\"quantity\":1}]}", (long long)s.address[i % PEOPLE], (long long)g.variant) };
        if (i % 2 == 0) continue;
        shots[i].who = s.w.sari;
        shots[i].path = world_path(&s.w, "/v1/variants/%lld/stock", (long long)g.variant);
        shots[i].json = "{\"delta\":-1,\"reason\":\"lost\"}";
    }
    volley(shots, HANDS);
    i64 gone = count(shots, HANDS, 201) + count(shots, HANDS, 200);
    check_int(gone, UNITS);
    check_int(level(&s, s.w.sari, g, "on_hand"), 0);
    end(&s, shots, HANDS);
}

// ---------------------------------------------------------------------------------------------- paying

// The clock gives the order up while the buyer approves the payment: an order or the money back, whoever wins.
TEST(pay_against_expire)
{
    enum { PAIRS = HANDS / 2 };
    Stage s = stage_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 5000002, PAIRS);
    Bought b[PAIRS];
    Shot shots[HANDS];
    for (int i = 0; i < PAIRS; i++) {
        b[i] = buy(&s, g, 1, "test");
        shots[2 * i] = (Shot){ .w = &s.w, .who = s.w.ana, .json = "{\"approve\":true}",
                               .path = world_path(&s.w, "/v1/payments/%lld/step", (long long)b[i].payment) };
        shots[2 * i + 1] = (Shot){ .w = &s.w, .rule = checkout_expire, .subject = b[i].checkout };
    }
    volley(shots, HANDS);
    i64 sold = 0;
    for (int i = 0; i < PAIRS; i++) {
        Answer x = world_get(&s.w, s.w.ana, world_path(&s.w, "/v1/payments/%lld", (long long)b[i].payment));
        Str payment = answer_at(&s.w, &x, "state"), order = order_at(&s, b[i].order, "state");
        bool paid = str_eq(payment, STR("succeeded")), gone = str_eq(order, STR("cancelled"));
        check(paid ? !gone : gone && (str_eq(payment, STR("cancelled")) || str_eq(payment, STR("refunded"))));
        check_int(shots[2 * i].status, paid ? 200 : shots[2 * i].status == 200 ? 200 : 409);
        sold += paid;
    }
    check_int(level(&s, s.w.sari, g, "on_hand"), PAIRS - sold);
    check_int(level(&s, s.w.sari, g, "held"), 0);
    end(&s, shots, HANDS);
}

// A provider that says the same in many ways at once: success and failure of one payment, and the buyer's own step.
typedef struct Word { World *w; i64 payment; char event[24]; bool good; Arena a; pthread_t thread; Err result; } Word;

static Err say(Tx *tx, void *context)
{
    Word *v = context;
    bool changed;
    App *app = v->w->app;
    By by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault, .demo = true };
    PaymentNews news = { .provider = STR("test"), .event = str_of(v->event), .payment = { v->payment }, .succeeded = v->good };
    arena_reset(&v->a);
    tx->a = &v->a;
    return checkout_news(tx, &by, &news, &changed);
}

static void *speak(void *context)
{
    Word *v = context;
    do v->result = db_run(v->w->app->db, true, say, v);
    while (v->result == ERR_BUSY);
    arena_free(&v->a);
    return NULL;
}

TEST(news_from_all_sides_end_in_one_order)
{
    Stage s = stage_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 5000003, 3);
    Bought b = buy(&s, g, 2, "cod");
    b = buy(&s, g, 1, "test");
    Word words[HANDS];
    for (int i = 0; i < HANDS; i++) {
        words[i] = (Word){ .w = &s.w, .payment = b.payment, .good = i % 2 };
        snprintf(words[i].event, sizeof(words[i].event), "%s-%d", i % 2 ? "good" : "bad", i / 4);     // each twice
        must(pthread_create(&words[i].thread, NULL, speak, &words[i]) == 0);
    }
    for (int i = 0; i < HANDS; i++) {
        pthread_join(words[i].thread, NULL);
        check_int(words[i].result, ERR_OK);
    }
    Answer x = world_get(&s.w, s.w.ana, world_path(&s.w, "/v1/payments/%lld", (long long)b.payment));
    check_str(answer_at(&s.w, &x, "state"), STR("succeeded"));
    check_str(order_at(&s, b.order, "state"), STR("awaiting_shipment"));
    check_int(level(&s, s.w.sari, g, "on_hand"), 0);
    check_int(level(&s, s.w.sari, g, "held"), 0);
    end(&s, NULL, 0);
}

// A declined payment is tried again by many hands while others buy the last unit.
TEST(many_tries_hold_once)
{
    Stage s = stage_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 5000002, 1);
    Bought b = buy(&s, g, 1, "test");
    const char *step = world_path(&s.w, "/v1/payments/%lld/step", (long long)b.payment);
    check_int(world_post(&s.w, s.w.ana, step, "{\"approve\":false}").status, 200);
    Shot shots[HANDS];
    for (int i = 0; i < HANDS; i++)
        shots[i] = (Shot){ .w = &s.w, .who = s.w.ana,
                           .path = world_path(&s.w, "/v1/payments/%lld/retry", (long long)b.payment) };
    volley(shots, HANDS);
    check_int(count(shots, HANDS, 200), 1);
    only(shots, HANDS, 200, "wrong_state");
    check_int(level(&s, s.w.sari, g, "held"), 1);
    end(&s, shots, HANDS);
}

// ---------------------------------------------------------------------------------------------- sending

// The seller's clerks send, call off and pack, the buyer asks to cancel, the clock gives up, all at once: one outcome.
TEST(cancel_against_ship)
{
    enum { ORDERS = 12, SIDES = 5 };
    Stage s = stage_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 5000000, ORDERS);
    Bought b[ORDERS];
    Shot shots[HANDS];
    for (int i = 0; i < ORDERS; i++) {
        b[i] = buy(&s, g, 1, i % 2 ? "test" : "cod");
        Shot *at = &shots[SIDES * i];
        const char *ship = "{\"carrier\":\"JNE\",\"tracking\":\"1\"}";
        at[0] = (Shot){ .w = &s.w, .who = s.w.sari, .path = order_path(&s, b[i].order, "/shipments"), .json = ship };
        at[1] = (Shot){ .w = &s.w, .who = s.w.sari, .path = order_path(&s, b[i].order, "/cancel"),
                        .json = "{\"reason\":\"none\"}" };
        at[2] = (Shot){ .w = &s.w, .who = s.w.ana, .path = order_path(&s, b[i].order, "/cancel"), .json = "{}" };
        at[3] = (Shot){ .w = &s.w, .who = s.w.sari, .path = order_path(&s, b[i].order, "/shipments"), .json = ship };
        at[4] = (Shot){ .w = &s.w, .who = s.w.sari, .path = order_path(&s, b[i].order, "/pack") };
    }
    volley(shots, ORDERS * SIDES);
    i64 sent = 0;
    for (int i = 0; i < ORDERS; i++) {
        const Shot *at = &shots[SIDES * i];
        Str state = order_at(&s, b[i].order, "state");
        check_int((at[0].status == 201) + (at[1].status == 200) + (at[3].status == 201), 1);
        check_str(state, at[1].status == 200 ? STR("cancelled") : STR("in_transit"));
        check_int(order_at(&s, b[i].order, "shipments[1]").n, 0);
        sent += at[1].status != 200;
    }
    check_int(level(&s, s.w.sari, g, "on_hand"), ORDERS - sent);
    end(&s, shots, ORDERS * SIDES);
}

// Parcels of parts from many clerks: never more units than were bought.
TEST(parcels_hold_what_was_bought)
{
    enum { UNITS = 9 };
    Stage s = stage_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 5000000, UNITS);
    Bought b = buy(&s, g, UNITS, "test");
    Shot shots[HANDS];
    for (int i = 0; i < HANDS; i++)
        shots[i] = (Shot){ .w = &s.w, .who = s.w.sari, .path = order_path(&s, b.order, "/shipments"),
                           .json = world_path(&s.w, "{\"carrier\":\"JNE\",\"tracking\":\"%d\",\"lines\":[{\"line\":\"%lld\","
                                              "\"quantity\":1}]}", i, (long long)b.line) };
    volley(shots, HANDS);
    check_int(count(shots, HANDS, 201), UNITS);
    only(shots, HANDS, 201, NULL);
    check_str(order_at(&s, b.order, "lines[0].shipped"), STR("9"));
    check_str(order_at(&s, b.order, "state"), STR("in_transit"));
    end(&s, shots, HANDS);
}

// It arrives by the buyer's word, the seller's and the clock's at the same moment: collected and settled once.
TEST(arriving_from_all_sides)
{
    Stage s = stage_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 5000000, 1);
    Bought b = buy(&s, g, 1, "cod");
    world_post(&s.w, s.w.sari, order_path(&s, b.order, "/shipments"), "{\"carrier\":\"JNE\",\"tracking\":\"1\"}");
    Shot shots[30];
    for (int i = 0; i < 30; i++) {
        shots[i] = (Shot){ .w = &s.w, .who = s.w.ana, .path = order_path(&s, b.order, "/receipt") };
        if (i % 3 == 1)
            shots[i] = (Shot){ .w = &s.w, .who = s.w.sari, .path = order_path(&s, b.order, "/delivery"),
                               .json = i % 2 ? "{\"kind\":\"delivered\"}" : "{\"kind\":\"refused\"}" };
    }
    volley(shots, 30);
    Str state = order_at(&s, b.order, "state");
    Answer x = world_get(&s.w, s.w.ana, world_path(&s.w, "/v1/payments/%lld", (long long)b.payment));
    if (str_eq(state, STR("cancelled"))) check_str(answer_at(&s.w, &x, "state"), STR("cancelled"));
    else check_str(answer_at(&s.w, &x, "state"), STR("succeeded"));
    check_int(level(&s, s.w.sari, g, "on_hand"), str_eq(state, STR("cancelled")) ? 1 : 0);
    end(&s, shots, 30);
}

// ---------------------------------------------------------------------------------------------- giving back

TEST(refund_against_refund)
{
    enum { UNITS = 5 };
    Stage s = stage_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 5000000, UNITS);
    Bought b = buy(&s, g, UNITS, "test");
    Shot shots[HANDS];
    for (int i = 0; i < HANDS; i++)
        shots[i] = (Shot){ .w = &s.w, .who = s.w.sari, .path = order_path(&s, b.order, "/refunds"),
                           .json = world_path(&s.w, "{\"reason\":\"sorry\",\"lines\":[{\"line\":\"%lld\",\"quantity\":1}]}",
                                              (long long)b.line) };
    volley(shots, HANDS);
    check_int(count(shots, HANDS, 201), UNITS);
    only(shots, HANDS, 201, NULL);
    check_str(order_at(&s, b.order, "refunded.minor"), STR("25000000"));
    check_str(order_at(&s, b.order, "lines[0].refunded"), STR("5"));
    end(&s, shots, HANDS);
}

// Amounts: seven fit, the eighth would be more than was paid.
TEST(amounts_back_are_never_more_than_was_paid)
{
    Stage s = stage_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 5000000, 1);
    Bought b = buy(&s, g, 1, "test");                       // 6,000,000 with shipping
    Shot shots[HANDS];
    for (int i = 0; i < HANDS; i++)
        shots[i] = (Shot){ .w = &s.w, .who = s.w.sari, .path = order_path(&s, b.order, "/refunds"),
                           .json = "{\"reason\":\"sorry\",\"amount\":{\"minor\":800000,\"currency\":\"IDR\"}}" };
    volley(shots, HANDS);
    check_int(count(shots, HANDS, 201), 7);
    check_str(order_at(&s, b.order, "refunded.minor"), STR("5600000"));
    end(&s, shots, HANDS);
}

TEST(one_key_in_many_hands_gives_back_once)
{
    Stage s = stage_new();
    Goods g = world_product(&s.w, s.w.sari, s.shop, 5000000, 5);
    Bought b = buy(&s, g, 5, "test");
    Shot shots[HANDS];
    for (int i = 0; i < HANDS; i++)
        shots[i] = (Shot){ .w = &s.w, .who = s.w.sari, .path = order_path(&s, b.order, "/refunds"), .key = "the same",
                           .json = world_path(&s.w, "{\"reason\":\"sorry\",\"lines\":[{\"line\":\"%lld\",\"quantity\":1}]}",
                                              (long long)b.line) };
    volley(shots, HANDS);
    check_int(count(shots, HANDS, 201), HANDS);
    check_str(order_at(&s, b.order, "refunded.minor"), STR("5000000"));
    end(&s, shots, HANDS);
}
