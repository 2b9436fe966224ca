// For tests of payments: see the header.
#include "payments/payments_kit.h"

#include <sodium.h>

#include "base/rand.h"

// ---------------------------------------------------------------------------------------------- the provider

static NetPlan begin(void *context, NetRequest *r)
{
    r->context = context;
    return (NetPlan){ .plan = NET_BODY_BUFFER, .limit = 64 * 1024 };
}

static void answer(NetRequest *r, int status, Str body)
{
    static const NetHeader JSON[] = { { { "Content-Type", 12 }, { "application/json", 16 } } };
    net_answer(r, &(NetAnswer){ .status = status, .headers = JSON, .n_headers = 1, .body = body });
}

static PeerThing *find(Peer *p, Str id)
{
    for (i64 i = 0; i < p->n; i++)
        if (str_eq(id, str_of(p->things[i].id))) return &p->things[i];
    return NULL;
}

static void set(char *place, size_t size, Str text)
{
    snprintf(place, size, "%.*s", STR_ARG(text));
}

// A key that was seen gives the thing that it made.
static PeerThing *make(Peer *p, const char *kind, Str key)
{
    for (i64 i = 0; key.n && i < p->n; i++)
        if (str_eq(key, str_of(p->things[i].key))) return &p->things[i];
    must(p->n < PEER_THINGS_MAX);
    PeerThing *t = &p->things[p->n++];
    *t = (PeerThing){ 0 };
    snprintf(t->id, sizeof(t->id), "%s%lld", kind, (long long)p->n);
    set(t->key, sizeof(t->key), key);
    atomic_fetch_add(&p->made, 1);
    return t;
}

// The value of a form field, decoded.
static Str form(Arena *a, Str body, const char *name)
{
    while (body.n) {
        Str part = str_split(&body, '&'), key = str_split(&part, '='), plain;
        if (net_decode_percent(a, key, true, &plain) && str_eq(plain, str_of(name)) && net_decode_percent(a, part, true, &plain))
            return plain;
    }
    return (Str){ 0 };
}

static Str intent_json(Arena *a, const PeerThing *t)
{
    bool paid = strcmp(t->status, "succeeded") == 0;
    return arena_format(a,
                        "{\"id\":\"%s\",\"object\":\"payment_intent\","
                        "\"amount\":%lld,\"amount_received\":%lld,\"currency\":\"idr\","
                        "\"status\":\"%s\",\"client_secret\":\"%s_secret_x\","
                        "\"metadata\":{\"etalase\":\"%s\"},\"latest_charge\":%s}",
                        t->id, (long long)t->amount, (long long)(paid ? t->amount : 0), t->status, t->id, t->reference,
                        paid ? arena_format(a, "{\"id\":\"ch_%s\",\"balance_transaction\":{\"fee\":%lld,\"currency\":\"idr\"}}",
                                            t->id,
                                            (long long)(t->amount / 50)).p : "null");
}

static Str refund_json(Arena *a, const PeerThing *t)
{
    return arena_format(a, "{\"id\":\"%s\",\"object\":\"refund\",\"amount\":%lld,\"currency\":\"idr\",\"status\":\"%s\","
                        "\"charge\":\"%s\",\"metadata\":{\"etalase_refund\":\"%s\"}}", t->id, (long long)t->amount, t->status,
                            t->of,
                        t->reference);
}

static Str request_json(Arena *a, const PeerThing *t)
{
    bool qr = strcmp(t->channel, "QRIS") == 0;
    return arena_format(a, "{\"payment_request_id\":\"%s\",\"reference_id\":\"%s\",\"type\":\"PAY\",\"currency\":\"IDR\","
                        "\"request_amount\":%lld.0,\"channel_code\":\"%s\",\"status\":\"%s\",\"latest_payment_id\":%s,"
                        "\"channel_properties\":{},\"actions\":[{\"type\":\"PRESENT_TO_CUSTOMER\",\"descriptor\":\"%s\","
                        "\"value\":\"%s%s\"}]}", t->id, t->reference, (long long)t->amount, t->channel, t->status,
                        strcmp(t->status, "SUCCEEDED") == 0 ? arena_format(a, "\"py-%s\"", t->id).p : "null",
                        qr ? "QR_STRING" : "VIRTUAL_ACCOUNT_NUMBER", qr ? "00020101021226" : "8808", t->id);
}

static Str xendit_thing_json(Arena *a, const PeerThing *t)
{
    return arena_format(a, "{\"id\":\"%s\",\"reference_id\":\"%s\",\"amount\":%lld,\"currency\":\"IDR\",\"status\":\"%s\"}",
                        t->id,
                        t->reference, (long long)t->amount, t->status);
}

static i64 number(Str text)
{
    i64 v = 0;
    return str_to_i64(text, &v) ? v : -1;
}

static const char *refund_status(Peer *p, const char *now)
{
    return atomic_load(&p->mood) == PEER_SLOW_REFUNDS ? "pending" : now;
}

// The id between a path's beginning and its end.
static Str between(Str path, const char *from, const char *to)
{
    Str f = str_of(from), t = str_of(to);
    if (!str_starts(path, f) || !str_ends(path, t) || path.n <= f.n + t.n) return (Str){ 0 };
    return str_slice(path, f.n, path.n - t.n);
}

static Str stripe_post(Peer *p, NetRequest *r, Str key)
{
    Str off = between(r->path, "/v1/payment_intents/", "/cancel");
    if (off.n) {
        PeerThing *t = find(p, off);
        atomic_fetch_add(&p->cancels, 1);
        if (!t || strcmp(t->status, "succeeded") == 0 || strcmp(t->status, "processing") == 0) return (Str){ 0 };
        snprintf(t->status, sizeof(t->status), "canceled");
        return intent_json(r->a, t);
    }
    if (str_eq(r->path, STR("/v1/payment_intents"))) {
        PeerThing *t = make(p, "pi_", key);
        t->amount = number(form(r->a, r->body, "amount"));
        set(t->reference, sizeof(t->reference), form(r->a, r->body, "metadata[etalase]"));
        if (!t->status[0]) snprintf(t->status, sizeof(t->status), "requires_payment_method");
        return intent_json(r->a, t);
    }
    if (!str_eq(r->path, STR("/v1/refunds"))) return (Str){ 0 };
    Str charge = form(r->a, r->body, "charge");
    PeerThing *paid = str_starts(charge, STR("ch_")) ? find(p, str_slice(charge, 3, charge.n)) : NULL;
    i64 amount = number(form(r->a, r->body, "amount"));
    PeerThing *t = make(p, "re_", key);
    if (t->status[0]) return refund_json(r->a, t);
    if (!paid || amount <= 0 || paid->refunded + amount > paid->amount) return (Str){ 0 };
    paid->refunded += amount;
    t->amount = amount;
    set(t->of, sizeof(t->of), charge);
    set(t->reference, sizeof(t->reference), form(r->a, r->body, "metadata[etalase_refund]"));
    snprintf(t->status, sizeof(t->status), "%s", refund_status(p, "succeeded"));
    return refund_json(r->a, t);
}

static Str xendit_post(Peer *p, NetRequest *r, Str key)
{
    Str off = between(r->path, "/v3/payment_requests/", "/cancel");
    if (off.n) {
        PeerThing *t = find(p, off);
        atomic_fetch_add(&p->cancels, 1);
        if (!t || strcmp(t->status, "REQUIRES_ACTION") != 0) return (Str){ 0 };
        snprintf(t->status, sizeof(t->status), "CANCELED");
        return request_json(r->a, t);
    }
    bool request = str_eq(r->path, STR("/v3/payment_requests")), refund = str_eq(r->path, STR("/refunds"));
    if (!request && !refund && !str_eq(r->path, STR("/v2/payouts"))) return (Str){ 0 };
    PeerThing *t = make(p, request ? "pr-" : refund ? "rfd-" : "disb-", key);
    t->amount = number(json_at(r->a, r->body, request ? "request_amount" : "amount"));
    set(t->reference, sizeof(t->reference), json_at(r->a, r->body, "reference_id"));
    set(t->channel, sizeof(t->channel), json_at(r->a, r->body, "channel_code"));
    set(t->of, sizeof(t->of), json_at(r->a, r->body, "payment_request_id"));
    if (!t->status[0])
        snprintf(t->status, sizeof(t->status), "%s", request ? "REQUIRES_ACTION" : refund ? refund_status(p,
                                                                                                          "SUCCEEDED") :
                                                                                                              "ACCEPTED");
    return request ? request_json(r->a, t) : xendit_thing_json(r->a, t);
}

static Str get(Peer *p, NetRequest *r)
{
    static const char *const FROM[] = { "/v1/payment_intents/", "/v1/refunds/", "/v3/payment_requests/", "/refunds/",
                                        "/v2/payouts/" };
    atomic_fetch_add(&p->asks, 1);
    if (str_eq(r->path, STR("/transactions")))
        return STR("{\"data\":[{\"fee\":{\"xendit_fee\":700,\"value_added_tax\":77,\"status\":\"COMPLETED\"}}]}");
    for (i64 i = 0; i < COUNT(FROM); i++) {
        PeerThing *t = find(p, between(r->path, FROM[i], ""));
        if (t) return i == 0 ? intent_json(r->a, t) : i == 1 ? refund_json(r->a, t) : i == 2 ? request_json(r->a, t) :
                      xendit_thing_json(r->a, t);
    }
    return (Str){ 0 };
}

static bool may(NetRequest *r)
{
    bool stripe = str_starts(r->path, STR("/v1/"));
    Str given = net_header(r, "Authorization");
    // "xnd_test:" in base 64.
    return str_eq(given, stripe ? STR("Bearer sk_test_kit") : STR("Basic eG5kX3Rlc3Q6"));
}

static void handle(void *context, NetRequest *r)
{
    Peer *p = context;
    int mood = atomic_load(&p->mood);
    bool changes = str_eq(r->method, STR("POST"));
    Str key = net_header(r, "Idempotency-Key");
    if (mood == PEER_DOWN) {
        answer(r, 503, STR("{}"));
    } else if (!may(r)) {
        answer(r, 401, STR("{\"error\":{\"message\":\"no such key\"}}"));
    } else if (changes && mood == PEER_REFUSES) {
        answer(r, 400, STR("{\"error\":{\"message\":\"Not today\"},\"error_code\":\"NOT_TODAY\",\"message\":\"Not today\"}"));
    } else if (key.n && mood == PEER_CONFLICTS) {
        answer(r, 409, STR("{\"error\":{\"message\":\"Again\"},\"error_code\":\"DUPLICATE_ERROR\",\"message\":\"Again\"}"));
    } else {
        pthread_mutex_lock(&p->lock);
        Str body = !changes ? get(p, r) : str_starts(r->path, STR("/v1/")) ? stripe_post(p, r, key) : xendit_post(p, r, key);
        if (changes) snprintf(p->last_method_body, sizeof(p->last_method_body), "%.*s", STR_ARG(r->body));
        pthread_mutex_unlock(&p->lock);
        if (mood == PEER_LOSES) answer(r, 500, STR("{}"));
        else answer(r, body.n ? 200 : 400, body.n ? body : STR("{\"error\":{\"message\":\"no\"},\"error_code\":\"NO\"}"));
    }
}

static size_t refusal(void *context, Err e, const char *detail, char *out, size_t size)
{
    (void)context, (void)e, (void)detail, (void)out, (void)size;
    return 0;
}

// ---------------------------------------------------------------------------------------------- the world

void pay_open(PayWorld *p)
{
    *p = (PayWorld){ .w = world_new() };
    p->peer.handler = (NetHandler){ .context = &p->peer, .begin = begin, .handle = handle, .refusal = refusal };
    must(pthread_mutex_init(&p->peer.lock, NULL) == 0);
    must(net_start(&(NetOptions){ .listen = STR("127.0.0.1:0"), .threads = 1, .arena_limit = 1024 * 1024 }, &p->peer.handler,
                   &p->peer.net) == ERR_OK);
    Str url = arena_format(p->w.a, "http://127.0.0.1:%d", net_port(p->peer.net));
    p->settings = (PaySettings){ .stripe_secret = STR("sk_test_kit"), .stripe_public = STR("pk_test_kit"),
                                 .stripe_hook = { STR("whsec_now"), STR("whsec_before") }, .stripe_url = url,
                                 .xendit_secret = STR("xnd_test"), .xendit_token = STR("token-kit"), .xendit_url = url,
                                 .bank = STR("Bank Jepara"), .account_number = STR("1234567890"),
                                 .account_name = STR("Koperasi Etalase"), .bank_currency = { "IDR" } };
    p->w.app->pay = &p->settings;
    p->shop = world_shop(&p->w, p->w.sari, "rotan");
    p->goods = world_product(&p->w, p->w.sari, p->shop, 5000000, 1000);
}

void pay_close(PayWorld *p)
{
    world_free(&p->w);
    net_stop(p->peer.net, 200);
    pthread_mutex_destroy(&p->peer.lock);
}

Bought pay_buy(PayWorld *p, Person who, const char *method)
{
    // To an address of its own: an account keeps at most 20.
    Answer x = world_post(&p->w, who, "/v1/checkouts", world_path(&p->w,
        "{\"ship_to\":{\"name\":\"Ana\",\"phone\":\"+62 812 3456 789\",\"line1\":\"Jl. Mawar 3\",\"city\":\"Jepara\","
        "\"postcode\":\"59411\",\"country\":\"ID\"},\"method\":\"%s\",\"lines\":[{\"variant\":\"%lld\",\"quantity\":1}]}", method,
        (long long)p->goods.variant));
    check_int(x.status, 201);
    return (Bought){ .payment = answer_id(&p->w, &x, "payment.id"), .order = answer_id(&p->w, &x, "orders[0].id"),
                     .checkout = answer_id(&p->w, &x, "id") };
}

void pay_run(PayWorld *p)
{
    world_tasks(&p->w);
}

Answer pay_get(PayWorld *p, i64 payment)
{
    return world_get(&p->w, p->w.ana, world_path(&p->w, "/v1/payments/%lld", (long long)payment));
}

Str pay_state(PayWorld *p, i64 payment)
{
    Answer x = pay_detail(p, payment);
    return answer_at(&p->w, &x, "payment.state");
}

Str pay_order_state(PayWorld *p, i64 order)
{
    Answer x = world_get(&p->w, p->w.ana, world_path(&p->w, "/v1/orders/%lld", (long long)order));
    return answer_at(&p->w, &x, "state");
}

Answer pay_detail(PayWorld *p, i64 payment)
{
    return world_get(&p->w, p->w.oma, world_path(&p->w, "/v1/operator/payments/%lld", (long long)payment));
}

PeerThing *peer_of(PayWorld *p, i64 payment)
{
    char start[60];
    snprintf(start, sizeof(start), "etalase-%lld-", (long long)payment);
    for (i64 i = p->peer.n - 1; i >= 0; i--) {
        PeerThing *t = &p->peer.things[i];
        bool paid_by = strncmp(t->id, "pi_", 3) == 0 || strncmp(t->id, "pr-", 3) == 0;
        if (paid_by && strncmp(t->reference, start, strlen(start)) == 0) return t;
    }
    return NULL;
}

PeerThing *peer_refund(PayWorld *p, i64 refund_or_0)
{
    char number_text[40];
    snprintf(number_text, sizeof(number_text), "%lld", (long long)refund_or_0);
    for (i64 i = p->peer.n - 1; i >= 0; i--) {
        PeerThing *t = &p->peer.things[i];
        bool refund = strncmp(t->id, "re_", 3) == 0 || strncmp(t->id, "rfd-", 4) == 0;
        if (refund && (refund_or_0 == 0 || strstr(t->reference, number_text))) return t;
    }
    return NULL;
}

void peer_set(PayWorld *p, PeerThing *t, const char *status)
{
    pthread_mutex_lock(&p->peer.lock);
    snprintf(t->status, sizeof(t->status), "%s", status);
    pthread_mutex_unlock(&p->peer.lock);
}

// ---------------------------------------------------------------------------------------------- webhooks

Str stripe_signature(Arena *a, const char *secret, i64 at_s, Str body)
{
    u8 mac[crypto_auth_hmacsha256_BYTES];
    Str text = arena_format(a, "%lld.%.*s", (long long)at_s, STR_ARG(body));
    crypto_auth_hmacsha256_state h;
    crypto_auth_hmacsha256_init(&h, (const u8 *)secret, strlen(secret));
    crypto_auth_hmacsha256_update(&h, (const u8 *)text.p, text.n);
    crypto_auth_hmacsha256_final(&h, mac);
    return arena_format(a, "t=%lld,v1=%.*s", (long long)at_s, STR_ARG(hex_of(a, (Str){ (const char *)mac, sizeof(mac) })));
}

Answer hook_raw(PayWorld *p, const char *path, const NetHeader *headers, i64 n, Str body)
{
    return world_send(&p->w, (LocalRequest){ .method = "POST", .path = str_of(path), .body = body, .headers = headers,
                                             .n_headers = n });
}

int hook_stripe(PayWorld *p, const char *event_id, const char *type, const char *object, const char *secret, i64 at_ms)
{
    i64 at = (at_ms ? at_ms : app_now(p->w.app)) / SECOND_MS;
    Str body = arena_format(p->w.a,
                            "{\"id\":\"%s\",\"object\":\"event\",\"type\":\"%s\",\"created\":%lld,\"data\":{\"object\":%s}}",
                            event_id, type, (long long)at, object);
    // The signature is made when it is sent, which may be long after what it tells.
    Str signature = stripe_signature(p->w.a, secret ? secret : "whsec_now", app_now(p->w.app) / SECOND_MS, body);
    NetHeader h = { STR("Stripe-Signature"), signature };
    return hook_raw(p, "/v1/webhooks/stripe", &h, 1, body).status;
}

int hook_intent(PayWorld *p, const char *event_id, const char *type, i64 payment, i64 at_ms)
{
    PeerThing t = *peer_of(p, payment);
    bool paid = strcmp(type, "succeeded") == 0;
    Str object = arena_format(p->w.a, "{\"id\":\"%s\",\"amount_received\":%lld,\"currency\":\"idr\",\"latest_charge\":%s,"
                              "\"metadata\":{\"etalase\":\"%s\"},\"last_payment_error\":%s}", t.id,
                                  (long long)(paid ? t.amount : 0),
                              paid ? arena_format(p->w.a, "\"ch_%s\"", t.id).p : "null", t.reference,
                              strcmp(type, "payment_failed") == 0 ? "{\"message\":\"Your card was declined.\"}" : "null");
    return hook_stripe(p, event_id, arena_format(p->w.a, "payment_intent.%s", type).p, object.p, NULL, at_ms);
}

int hook_xendit(PayWorld *p, const char *token, const char *body)
{
    NetHeader h = { STR("x-callback-token"), str_of(token) };
    return hook_raw(p, "/v1/webhooks/xendit", &h, 1, str_of(body)).status;
}
