// Stripe: cards by PaymentIntents, refunds, disputes, signed webhooks. Card data goes from the buyer's browser to Stripe and
// never
// comes here. Source: Stripe's API reference, version below; docs.stripe.com/webhooks for signatures.
#include <sodium.h>

#include "base/rand.h"
#include "payments/provider.h"

#define STRIPE_VERSION "2024-06-20"

enum { TOLERANCE_MS = 5 * MINUTE_MS, SIGNATURES_MAX = 8, FORM_MAX = 8192 };

// ---------------------------------------------------------------------------------------------- asking

static void form_text(Buf *b, Str s)
{
    static const char HEX[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        u8 c = (u8)s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || memchr("-_.~", c, 4);
        if (plain) buf_add_char(b, (char)c);
        else buf_add(b, (Str){ (char[]){ '%', HEX[c >> 4], HEX[c & 15] }, 3 });
    }
}

static void form_add(Buf *b, const char *name, Str value)
{
    if (b->n) buf_add_char(b, '&');
    form_text(b, str_of(name));
    buf_add_char(b, '=');
    form_text(b, value);
}

static Err call(Arena *a, const PaySettings *s, const char *method, Str path, const Buf *form, Str key, int *status, Str *body)
{
    try(provider_call(a, &(ProviderCall){
        .method = method, .url = arena_format(a, "%.*s%.*s", STR_ARG(s->stripe_url), STR_ARG(path)),
            .body = form ? buf_str(form) :
        (Str){ 0 }, .type = form ? "application/x-www-form-urlencoded" : NULL, .bearer = s->stripe_secret, .key = key,
        .version_name = "Stripe-Version", .version = STR(STRIPE_VERSION) }, status, body));
    return *status == 409 ? ERR_BUSY : ERR_OK;               // another request with this key is under way
}

// Of an answer that refuses. Without the right key nothing is known about what was asked.
static Err refused(Arena *a, int status, Str body, Str *reason)
{
    *reason = provider_reason(a, json_at(a, body, "error.message"));
    if (!reason->n) *reason = STR("refused by the provider");
    return status == 401 || status == 403 ? ERR_BUSY : ERR_WRONG_STATE;
}

static bool money_at(Arena *a, Str json, const char *minor, const char *currency, Money *out)
{
    char code[3];
    Str c = json_at(a, json, currency);
    i64 v;
    if (c.n != 3 || !str_to_i64(json_at(a, json, minor), &v) || v < 0) return false;
    for (size_t i = 0; i < 3; i++) code[i] = (char)(c.p[i] >= 'a' && c.p[i] <= 'z' ? c.p[i] - 32 : c.p[i]);
    Money m = { .minor = v };
    if (!currency_parse((Str){ code, 3 }, &m.currency)) return false;
    *out = m;
    return true;
}

static PaymentState state_of(Str status)
{
    if (str_eq(status, STR("succeeded"))) return PAYMENT_STATE_SUCCEEDED;
    if (str_eq(status, STR("canceled"))) return PAYMENT_STATE_FAILED;
    if (str_eq(status, STR("processing"))) return PAYMENT_STATE_PROCESSING;
    return PAYMENT_STATE_ACTION_NEEDED;                      // requires_payment_method, _confirmation, _action
}

// A PaymentIntent. A declined card leaves it open: the buyer takes another one, and only the reason is kept.
static Err read_intent(Arena *a, Str body, ProviderAnswer *out)
{
    Str status = json_at(a, body, "status");
    out->id = json_at(a, body, "id");
    if (!str_starts(out->id, STR("pi_")) || status.n == 0) return ERR_BUSY;
    out->state = state_of(status);
    out->charge = json_at(a, body, "latest_charge.id");
    if (!out->charge.n) out->charge = json_at(a, body, "latest_charge");
    out->client_secret = json_at(a, body, "client_secret");
    out->reason = provider_reason(a, json_at(a, body, "last_payment_error.message"));
    if (out->state == PAYMENT_STATE_FAILED) out->reason = STR("called off");
    if (out->state == PAYMENT_STATE_SUCCEEDED) {
        out->reason = (Str){ 0 };
        out->has_received = money_at(a, body, "amount_received", "currency", &out->received);
        out->has_fee = money_at(a, body, "latest_charge.balance_transaction.fee", "latest_charge.balance_transaction.currency",
                                &out->fee);
    }
    return ERR_OK;
}

static Str small(Arena *a, Currency c)
{
    char *text = arena_alloc(a, 4);
    for (int i = 0; i < 3; i++) text[i] = (char)(c.code[i] + 32);
    return (Str){ text, 3 };
}

// Amounts are in Stripe's smallest unit, which is ours for every currency that base/money.c knows.
static Err start(Arena *a, const PaySettings *s, const ProviderAsk *in, ProviderAnswer *out)
{
    int status;
    Str body, key = provider_key(a, in->payment, in->attempt);
    Buf form = buf_new(a, FORM_MAX);
    form_add(&form, "amount", arena_format(a, "%lld", (long long)in->amount.minor));
    form_add(&form, "currency", small(a, in->amount.currency));
    form_add(&form, "payment_method_types[0]", STR("card"));
    form_add(&form, "metadata[etalase]", key);
    try(call(a, s, "POST", STR("/v1/payment_intents"), &form, key, &status, &body));
    if (status >= 400) {
        refused(a, status, body, &out->reason);
        return ERR_WRONG_STATE;                              // also a wrong key: nothing was begun, and the buyer may choose anew
    }
    out->public_key = s->stripe_public;
    return read_intent(a, body, out);
}

static Err ask(Arena *a, const PaySettings *s, const ProviderAsk *in, ProviderAnswer *out)
{
    int status;
    Str body;
    Str path = arena_format(a, "/v1/payment_intents/%.*s?expand%%5B0%%5D=latest_charge.balance_transaction", STR_ARG(in->id));
    try(call(a, s, "GET", path, NULL, (Str){ 0 }, &status, &body));
    if (status >= 400) return ERR_BUSY;
    return read_intent(a, body, out);
}

static Err cancel(Arena *a, const PaySettings *s, const ProviderAsk *in, ProviderAnswer *out)
{
    int status;
    Str body;
    Buf form = buf_new(a, FORM_MAX);
    form_add(&form, "cancellation_reason", STR("abandoned"));
    try(call(a, s, "POST", arena_format(a, "/v1/payment_intents/%.*s/cancel", STR_ARG(in->id)), &form, (Str){ 0 }, &status,
             &body));
    // It cannot be called off in its present state: how it stands decides.
    return status >= 400 ? ask(a, s, in, out) : read_intent(a, body, out);
}

// ---------------------------------------------------------------------------------------------- refunds

static bool refunds(PaymentMethod method)
{
    (void)method;
    return true;
}

static Err read_refund(Arena *a, Str body, ProviderRefundAnswer *out)
{
    Str status = json_at(a, body, "status");
    out->reference = json_at(a, body, "id");
    if (out->reference.n == 0 || status.n == 0) return ERR_BUSY;
    out->fault = provider_reason(a, json_at(a, body, "failure_reason"));
    out->state = str_eq(status, STR("succeeded")) ? REFUND_STATE_SENT :
                 str_eq(status, STR("failed")) || str_eq(status, STR("canceled")) ? REFUND_STATE_FAILED : REFUND_STATE_DUE;
    return ERR_OK;
}

static Err refund(Arena *a, const PaySettings *s, const ProviderRefundAsk *in, ProviderRefundAnswer *out)
{
    int status;
    Str body, key = arena_format(a, "etalase-refund-%lld-%lld", (long long)in->refund.v, (long long)in->sends);
    Buf form = buf_new(a, FORM_MAX);
    form_add(&form, in->charge.n ? "charge" : "payment_intent", in->charge.n ? in->charge : in->id);
    form_add(&form, "amount", arena_format(a, "%lld", (long long)in->amount.minor));
    form_add(&form, "metadata[etalase_refund]", arena_format(a, "%lld", (long long)in->refund.v));
    try(call(a, s, "POST", STR("/v1/refunds"), &form, key, &status, &body));
    return status >= 400 ? refused(a, status, body, &out->fault) : read_refund(a, body, out);
}

static Err refund_ask(Arena *a, const PaySettings *s, const ProviderRefundAsk *in, ProviderRefundAnswer *out)
{
    int status;
    Str body;
    try(call(a, s, "GET", arena_format(a, "/v1/refunds/%.*s", STR_ARG(in->reference)), NULL, (Str){ 0 }, &status, &body));
    return status >= 400 ? ERR_BUSY : read_refund(a, body, out);
}

// ---------------------------------------------------------------------------------------------- webhooks

static void sign(Str secret, Str time, Str body, u8 out[crypto_auth_hmacsha256_BYTES])
{
    crypto_auth_hmacsha256_state h;
    crypto_auth_hmacsha256_init(&h, (const u8 *)secret.p, secret.n);
    crypto_auth_hmacsha256_update(&h, (const u8 *)time.p, time.n);
    crypto_auth_hmacsha256_update(&h, (const u8 *)".", 1);
    if (body.n) crypto_auth_hmacsha256_update(&h, (const u8 *)body.p, body.n);
    crypto_auth_hmacsha256_final(&h, out);
}

// "t=1492774577,v1=5257…,v1=…,v0=…": one of the v1 has to be ours under one of the two secrets. All are compared, in the same
// time whatever they hold.
static Err check_signature(Arena *a, const PaySettings *s, const NetRequest *r, Time now, Refusal *why)
{
    Str header = net_header(r, "Stripe-Signature"), time = { 0 }, given[SIGNATURES_MAX];
    i64 n = 0, at;
    while (header.n) {
        Str part = str_split(&header, ','), name = str_trim(str_split(&part, '='));
        if (str_eq(name, STR("t"))) time = part;
        if (str_eq(name, STR("v1")) && n < SIGNATURES_MAX) given[n++] = part;
    }
    bool good = false;
    for (i64 k = 0; k < COUNT(s->stripe_hook); k++) {
        u8 mac[crypto_auth_hmacsha256_BYTES];
        if (!s->stripe_hook[k].n || !time.n) continue;
        sign(s->stripe_hook[k], time, r->body, mac);
        Str ours = hex_of(a, (Str){ (const char *)mac, sizeof(mac) });
        for (i64 i = 0; i < n; i++) good = (str_eq_secret(ours, given[i])) | good;
    }
    if (!good) return refuse(why, ERR_BAD_REQUEST, "Stripe-Signature", "The signature is not one of ours over these bytes.");
    if (!str_to_i64(time, &at) || at < 0 || at > INT64_MAX / SECOND_MS || at * SECOND_MS < now - TOLERANCE_MS ||
        at * SECOND_MS > now + TOLERANCE_MS)
        return refuse(why, ERR_BAD_REQUEST, "Stripe-Signature", "The signature is older or newer than %d minutes.",
                      TOLERANCE_MS / MINUTE_MS);
    return ERR_OK;
}

static const struct { Str type; PaymentEventKind kind; } EVENT_TYPES[] = {
    { { "payment_intent.succeeded", 24 }, PAYMENT_EVENT_KIND_SUCCEEDED },
    { { "payment_intent.payment_failed", 29 }, PAYMENT_EVENT_KIND_ACTION_NEEDED },
    { { "payment_intent.requires_action", 30 }, PAYMENT_EVENT_KIND_ACTION_NEEDED },
    { { "payment_intent.processing", 25 }, PAYMENT_EVENT_KIND_PROCESSING },
    { { "payment_intent.canceled", 23 }, PAYMENT_EVENT_KIND_FAILED },
    { { "charge.dispute.created", 22 }, PAYMENT_EVENT_KIND_DISPUTED },
    { { "charge.dispute.funds_withdrawn", 30 }, PAYMENT_EVENT_KIND_DISPUTED },
    { { "charge.dispute.funds_reinstated", 31 }, PAYMENT_EVENT_KIND_DISPUTE_WON },
    { { "charge.dispute.closed", 21 }, PAYMENT_EVENT_KIND_DISPUTE_LOST },
    { { "refund.created", 14 }, PAYMENT_EVENT_KIND_REFUND_SENT }, { { "refund.updated", 14 }, PAYMENT_EVENT_KIND_REFUND_SENT },
    { { "refund.failed", 13 }, PAYMENT_EVENT_KIND_REFUND_FAILED },
    { { "charge.refund.updated", 21 }, PAYMENT_EVENT_KIND_REFUND_SENT },
};

static void read_intent_event(Arena *a, Str body, ProviderEvent *out)
{
    out->reference = json_at(a, body, "data.object.id");
    out->charge = json_at(a, body, "data.object.latest_charge");
    provider_key_parts(json_at(a, body, "data.object.metadata.etalase"), &out->payment, &out->attempt);
    if (out->kind == PAYMENT_EVENT_KIND_SUCCEEDED)
        out->has_amount = money_at(a, body, "data.object.amount_received", "data.object.currency", &out->amount);
    else out->reason = provider_reason(a, json_at(a, body, "data.object.last_payment_error.message"));
    if (out->kind == PAYMENT_EVENT_KIND_FAILED && !out->reason.n) out->reason = STR("called off");
}

// An inquiry (status warning_…) takes no money; a dispute that was closed says in its status how.
static void read_dispute_event(Arena *a, Str body, ProviderEvent *out)
{
    Str status = json_at(a, body, "data.object.status");
    out->reference = json_at(a, body, "data.object.id");
    out->charge = json_at(a, body, "data.object.charge");
    out->reason = provider_reason(a, json_at(a, body, "data.object.reason"));
    out->has_amount = money_at(a, body, "data.object.amount", "data.object.currency", &out->amount);
    if (str_starts(status, STR("warning_"))) out->kind = PAYMENT_EVENT_KIND_IGNORED;
    else if (out->kind == PAYMENT_EVENT_KIND_DISPUTE_LOST && str_eq(status,
                                                                    STR("won"))) out->kind = PAYMENT_EVENT_KIND_DISPUTE_WON;
}

static void read_refund_event(Arena *a, Str body, ProviderEvent *out)
{
    Str status = json_at(a, body, "data.object.status");
    out->reference = json_at(a, body, "data.object.id");
    out->charge = json_at(a, body, "data.object.charge");
    out->has_amount = money_at(a, body, "data.object.amount", "data.object.currency", &out->amount);
    out->reason = provider_reason(a, json_at(a, body, "data.object.failure_reason"));
    if (!str_to_i64(json_at(a, body, "data.object.metadata.etalase_refund"), &out->refund)) out->refund = 0;
    if (str_eq(status, STR("failed")) || str_eq(status, STR("canceled"))) out->kind = PAYMENT_EVENT_KIND_REFUND_FAILED;
    else if (!str_eq(status, STR("succeeded"))) out->kind = PAYMENT_EVENT_KIND_IGNORED;
}

static Err verify(Arena *a, const PaySettings *s, const NetRequest *r, Time now, ProviderEvent *out, Refusal *why)
{
    i64 created;
    try(check_signature(a, s, r, now, why));
    Str body = r->body, type = json_at(a, body, "type");
    *out = (ProviderEvent){ .kind = PAYMENT_EVENT_KIND_IGNORED, .event = json_at(a, body, "id") };
    if (out->event.n == 0 || out->event.n > 200 || type.n == 0)
        return refuse(why, ERR_BAD_REQUEST, "id", "This is no event.");
    out->said = str_to_i64(json_at(a, body, "created"), &created) && created > 0 && created < INT64_MAX / SECOND_MS ?
                created * SECOND_MS : now;
    for (i64 i = 0; i < COUNT(EVENT_TYPES); i++)
        if (str_eq(type, EVENT_TYPES[i].type)) out->kind = EVENT_TYPES[i].kind;
    if (out->kind == PAYMENT_EVENT_KIND_IGNORED) out->reason = str_slice(type, 0, 100);
    else if (str_starts(type, STR("payment_intent."))) read_intent_event(a, body, out);
    else if (str_starts(type, STR("charge.dispute."))) read_dispute_event(a, body, out);
    else read_refund_event(a, body, out);
    return ERR_OK;
}

const Provider PROVIDER_STRIPE = {
    .name = "stripe", .start = start, .ask = ask, .cancel = cancel, .refunds = refunds, .refund = refund,
        .refund_ask = refund_ask,
    .verify = verify,
};
