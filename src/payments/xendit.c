// Xendit: QRIS and virtual accounts of Indonesian banks, refunds of QRIS, payouts, callbacks with a token. Source: Xendit's API
// reference: Payments API v3 (api-version 2024-11-11), refunds, Payouts v2, transactions.
#include "payments/provider.h"

#define XENDIT_VERSION "2024-11-11"

enum { BODY_MAX = 8192, ACTIONS_MAX = 8 };

// ---------------------------------------------------------------------------------------------- asking

static Err call(Arena *a, const PaySettings *s, const char *method, Str path, const Buf *json, Str key, int *status, Str *body)
{
    try(provider_call(a, &(ProviderCall){
        .method = method, .url = arena_format(a, "%.*s%.*s", STR_ARG(s->xendit_url), STR_ARG(path)),
            .body = json ? buf_str(json) :
        (Str){ 0 }, .type = json ? "application/json" : NULL, .user = s->xendit_secret, .key = key,
        .version_name = "api-version", .version = STR(XENDIT_VERSION) }, status, body));
    return *status == 409 && key.n ? ERR_BUSY : ERR_OK;      // what this key has made, or is making, is there
}

static Err refused(Arena *a, int status, Str body, Str *reason)
{
    Str code = json_at(a, body, "error_code"), message = json_at(a, body, "message");
    *reason = provider_reason(a, arena_format(a, "%.*s%s%.*s", STR_ARG(code), code.n && message.n ? ": " : "", STR_ARG(message)));
    if (!reason->n) *reason = STR("refused by the provider");
    return status == 401 || status == 403 ? ERR_BUSY : ERR_WRONG_STATE;
}

static void text_field(Buf *b, const char *name, Str value)
{
    if (b->p[b->n - 1] != '{') buf_add_char(b, ',');
    json_write_text(b, str_of(name));
    buf_add_char(b, ':');
    json_write_text(b, value);
}

static void number_field(Buf *b, const char *name, Str value)
{
    buf_add_char(b, ',');
    json_write_text(b, str_of(name));
    buf_add_char(b, ':');
    buf_add(b, value);
}

static bool money_at(Arena *a, Str json, const char *number, const char *currency, Money *out)
{
    Money m = { 0 };
    if (!currency_parse(json_at(a, json, currency), &m.currency)) return false;
    if (!provider_minor(json_at(a, json, number), currency_decimals(m.currency), &m.minor)) return false;
    *out = m;
    return true;
}

static PaymentState state_of(Str status)
{
    static const Str OVER[] = { { "FAILED", 6 }, { "CANCELED", 8 }, { "CANCELLED", 9 }, { "EXPIRED", 7 } };
    if (str_eq(status, STR("SUCCEEDED"))) return PAYMENT_STATE_SUCCEEDED;
    for (i64 i = 0; i < COUNT(OVER); i++)
        if (str_eq(status, OVER[i])) return PAYMENT_STATE_FAILED;
    return str_eq(status, STR("PENDING")) || str_eq(status, STR("AUTHORIZED")) ? PAYMENT_STATE_PROCESSING :
           PAYMENT_STATE_ACTION_NEEDED;                      // REQUIRES_ACTION, ACCEPTING_PAYMENTS
}

static void read_actions(Arena *a, Str body, ProviderAnswer *out)
{
    for (i64 i = 0; i < ACTIONS_MAX; i++) {
        Str what = json_at(a, body, arena_format(a, "actions[%lld].descriptor", (long long)i).p);
        Str value = json_at(a, body, arena_format(a, "actions[%lld].value", (long long)i).p);
        if (!what.n) return;
        if (str_eq(what, STR("QR_STRING"))) out->qr = value;
        if (str_eq(what, STR("VIRTUAL_ACCOUNT_NUMBER"))) out->account_number = value;
        if (str_eq(what, STR("WEB_URL")) && str_starts(value, STR("https://"))) out->redirect = value;
    }
}

static Err read_request(Arena *a, Str body, ProviderAnswer *out)
{
    Str status = json_at(a, body, "status");
    out->id = json_at(a, body, "payment_request_id");
    if (out->id.n == 0 || status.n == 0) return ERR_BUSY;
    out->state = state_of(status);
    out->charge = json_at(a, body, "latest_payment_id");
    read_actions(a, body, out);
    out->account_name = json_at(a, body, "channel_properties.display_name");
    if (!time_from_iso(json_at(a, body, "channel_properties.expires_at"), &out->expires)) out->expires = 0;
    if (out->state == PAYMENT_STATE_SUCCEEDED) out->has_received = money_at(a, body, "request_amount", "currency",
                                                                            &out->received);
    if (out->state != PAYMENT_STATE_FAILED) return ERR_OK;
    Str code = json_at(a, body, "failure_code");
    out->reason = code.n ? provider_reason(a, code) : str_eq(status, STR("EXPIRED")) ? STR("expired") : STR("called off");
    return ERR_OK;
}

static Str channel_of(Arena *a, const ProviderAsk *in)
{
    if (in->method == PAYMENT_METHOD_QRIS) return STR("QRIS");
    char *bank = arena_cstr(a, in->bank);
    for (size_t i = 0; i < in->bank.n; i++) bank[i] = (char)(bank[i] - 32);
    return arena_format(a, "%s_VIRTUAL_ACCOUNT", bank);
}

// A QRIS code of theirs lives for two days whatever is asked: ours is called off at its deadline. A virtual account takes one.
static Err start(Arena *a, const PaySettings *s, const ProviderAsk *in, ProviderAnswer *out)
{
    int status;
    bool whole;
    Str body, key = provider_key(a, in->payment, in->attempt), number = provider_major(a, in->amount, true, &whole);
    if (!whole) {
        out->reason = STR("not a whole amount");
        return ERR_WRONG_STATE;
    }
    Buf b = buf_new(a, BODY_MAX);
    buf_add_char(&b, '{');
    text_field(&b, "reference_id", key);
    text_field(&b, "type", STR("PAY"));
    text_field(&b, "country", STR("ID"));
    text_field(&b, "currency", currency_str(&in->amount.currency));
    number_field(&b, "request_amount", number);
    text_field(&b, "capture_method", STR("AUTOMATIC"));
    text_field(&b, "channel_code", channel_of(a, in));
    buf_add(&b, STR(",\"channel_properties\":{"));
    if (in->method == PAYMENT_METHOD_VIRTUAL_ACCOUNT) {
        text_field(&b, "display_name", s->account_name.n ? s->account_name : STR("Etalase"));
        text_field(&b, "expires_at", time_to_iso(a, in->expires));
    }
    buf_add(&b, STR("}}"));
    try(call(a, s, "POST", STR("/v3/payment_requests"), &b, key, &status, &body));
    if (status >= 400) {
        refused(a, status, body, &out->reason);
        return ERR_WRONG_STATE;
    }
    return read_request(a, body, out);
}

// What Xendit keeps of it is told by its transactions, once the money is there.
static Err ask_fee(Arena *a, const PaySettings *s, ProviderAnswer *out)
{
    static const char *const PARTS[] = { "xendit_fee", "value_added_tax", "third_party_withholding_tax" };
    int status;
    Str body;
    i64 sum = 0, part;
    if (out->state != PAYMENT_STATE_SUCCEEDED || !out->charge.n || !out->has_received) return ERR_OK;
    if (call(a, s, "GET", arena_format(a, "/transactions?types=PAYMENT&product_id=%.*s", STR_ARG(out->charge)), NULL, (Str){ 0 },
             &status, &body) != ERR_OK || status >= 400)
        return ERR_OK;                                       // asked for again another day
    if (!str_eq(json_at(a, body, "data[0].fee.status"), STR("COMPLETED"))) return ERR_OK;
    int decimals = currency_decimals(out->received.currency);
    for (i64 i = 0; i < COUNT(PARTS); i++) {
        Str number = json_at(a, body, arena_format(a, "data[0].fee.%s", PARTS[i]).p);
        if (number.n && (!provider_minor(number, decimals, &part) || __builtin_add_overflow(sum, part, &sum))) return ERR_OK;
    }
    out->has_fee = true;
    out->fee = (Money){ sum, out->received.currency };
    return ERR_OK;
}

static Err ask(Arena *a, const PaySettings *s, const ProviderAsk *in, ProviderAnswer *out)
{
    int status;
    Str body;
    try(call(a, s, "GET", arena_format(a, "/v3/payment_requests/%.*s", STR_ARG(in->id)), NULL, (Str){ 0 }, &status, &body));
    if (status >= 400) return ERR_BUSY;
    try(read_request(a, body, out));
    return ask_fee(a, s, out);
}

static Err cancel(Arena *a, const PaySettings *s, const ProviderAsk *in, ProviderAnswer *out)
{
    int status;
    Str body;
    Buf none = buf_new(a, 16);
    buf_add(&none, STR("{}"));
    try(call(a, s, "POST", arena_format(a, "/v3/payment_requests/%.*s/cancel", STR_ARG(in->id)), &none, (Str){ 0 }, &status,
             &body));
    return status >= 400 ? ask(a, s, in, out) : read_request(a, body, out);
}

// ---------------------------------------------------------------------------------------------- refunds

// Of what is offered here only QRIS can be paid back through the provider.
static bool refunds(PaymentMethod method)
{
    return method == PAYMENT_METHOD_QRIS;
}

static Err read_refund(Arena *a, Str body, ProviderRefundAnswer *out)
{
    Str status = json_at(a, body, "status");
    out->reference = json_at(a, body, "id");
    if (out->reference.n == 0 || status.n == 0) return ERR_BUSY;
    out->fault = provider_reason(a, json_at(a, body, "failure_code"));
    out->state = str_eq(status, STR("SUCCEEDED")) ? REFUND_STATE_SENT :
                 str_eq(status, STR("FAILED")) || str_eq(status, STR("CANCELLED")) ? REFUND_STATE_FAILED : REFUND_STATE_DUE;
    return ERR_OK;
}

static Str refund_key(Arena *a, RefundId id, i64 sends)
{
    return arena_format(a, "etalase-refund-%lld-%lld", (long long)id.v, (long long)sends);
}

static Err refund(Arena *a, const PaySettings *s, const ProviderRefundAsk *in, ProviderRefundAnswer *out)
{
    int status;
    bool whole;
    Str body, key = refund_key(a, in->refund, in->sends), number = provider_major(a, in->amount, true, &whole);
    if (!whole) {
        out->fault = STR("not a whole amount");
        return ERR_WRONG_STATE;
    }
    Buf b = buf_new(a, BODY_MAX);
    buf_add_char(&b, '{');
    text_field(&b, "payment_request_id", in->id);
    text_field(&b, "reference_id", key);
    text_field(&b, "currency", currency_str(&in->amount.currency));
    number_field(&b, "amount", number);
    text_field(&b, "reason", STR("REQUESTED_BY_CUSTOMER"));
    buf_add_char(&b, '}');
    try(call(a, s, "POST", STR("/refunds"), &b, key, &status, &body));
    return status >= 400 ? refused(a, status, body, &out->fault) : read_refund(a, body, out);
}

static Err refund_ask(Arena *a, const PaySettings *s, const ProviderRefundAsk *in, ProviderRefundAnswer *out)
{
    int status;
    Str body;
    try(call(a, s, "GET", arena_format(a, "/refunds/%.*s", STR_ARG(in->reference)), NULL, (Str){ 0 }, &status, &body));
    return status >= 400 ? ERR_BUSY : read_refund(a, body, out);
}

// ---------------------------------------------------------------------------------------------- payouts

static Err read_payout(Arena *a, Str body, PayoutAnswer *out)
{
    static const Str OVER[] = { { "FAILED", 6 }, { "CANCELLED", 9 }, { "REVERSED", 8 }, { "EXPIRED", 7 },
                                { "COMPLIANCE_REJECTED", 19 } };
    Str status = json_at(a, body, "status");
    out->reference = json_at(a, body, "id");
    if (out->reference.n == 0 || status.n == 0) return ERR_BUSY;
    out->state = str_eq(status, STR("SUCCEEDED")) ? PAYOUT_ARRIVED : PAYOUT_ON_ITS_WAY;
    for (i64 i = 0; i < COUNT(OVER); i++)
        if (str_eq(status, OVER[i])) out->state = PAYOUT_REFUSED;
    out->why = provider_reason(a, json_at(a, body, "failure_code"));
    return ERR_OK;
}

static Err payout(Arena *a, const PaySettings *s, const PayoutAsk *in, PayoutAnswer *out)
{
    int status;
    bool whole;
    Str body, key = arena_format(a, "etalase-payout-%lld", (long long)in->payout);
    Str number = provider_major(a, in->amount, true, &whole);
    if (!whole) {
        *out = (PayoutAnswer){ .state = PAYOUT_REFUSED, .why = STR("not a whole amount") };
        return ERR_WRONG_STATE;
    }
    Buf b = buf_new(a, BODY_MAX);
    buf_add_char(&b, '{');
    text_field(&b, "reference_id", key);
    text_field(&b, "channel_code", in->channel);
    buf_add(&b, STR(",\"channel_properties\":{"));
    text_field(&b, "account_number", in->account_number);
    text_field(&b, "account_holder_name", in->account_name);
    buf_add_char(&b, '}');
    number_field(&b, "amount", number);
    text_field(&b, "currency", currency_str(&in->amount.currency));
    if (in->note.n) text_field(&b, "description", in->note);
    buf_add_char(&b, '}');
    try(call(a, s, "POST", STR("/v2/payouts"), &b, key, &status, &body));
    if (status < 400) return read_payout(a, body, out);
    out->state = PAYOUT_REFUSED;
    return refused(a, status, body, &out->why);
}

static Err payout_ask(Arena *a, const PaySettings *s, Str reference, PayoutAnswer *out)
{
    int status;
    Str body;
    try(call(a, s, "GET", arena_format(a, "/v2/payouts/%.*s", STR_ARG(reference)), NULL, (Str){ 0 }, &status, &body));
    return status >= 400 ? ERR_BUSY : read_payout(a, body, out);
}

// ---------------------------------------------------------------------------------------------- callbacks

static void read_capture(Arena *a, Str body, ProviderEvent *out)
{
    out->charge = json_at(a, body, "data.payment_id");
    out->reference = json_at(a, body, "data.payment_request_id");
    provider_key_parts(json_at(a, body, "data.reference_id"), &out->payment, &out->attempt);
    if (out->kind != PAYMENT_EVENT_KIND_SUCCEEDED) {
        Str code = json_at(a, body, "data.failure_code");
        out->reason = code.n ? provider_reason(a, code) : out->kind == PAYMENT_EVENT_KIND_FAILED ? STR("expired") : (Str){ 0 };
        return;
    }
    out->has_amount = money_at(a, body, "data.request_amount", "data.currency", &out->amount);
    if (!str_eq(json_at(a, body, "data.status"), STR("SUCCEEDED")) || !out->has_amount) out->kind = PAYMENT_EVENT_KIND_IGNORED;
}

// Refunds' callbacks come with their content wrapped once or twice.
static void read_refund_event(Arena *a, Str body, ProviderEvent *out)
{
    Str inner = json_at(a, body, "data.data.id").n ? json_at(a, body, "data.data") : json_at(a, body, "data");
    Str reference = json_at(a, inner, "reference_id");
    out->reference = json_at(a, inner, "id");
    out->reason = provider_reason(a, json_at(a, inner, "failure_code"));
    out->has_amount = money_at(a, inner, "amount", "currency", &out->amount);
    if (!str_starts(reference, STR("etalase-refund-"))) return;
    Str rest = str_slice(reference, 15, reference.n);
    if (!str_to_i64(str_split(&rest, '-'), &out->refund)) out->refund = 0;
}

static void read_payout_event(Arena *a, Str body, ProviderEvent *out)
{
    Str reference = json_at(a, body, "data.reference_id");
    out->reference = json_at(a, body, "data.id");
    out->reason = provider_reason(a, json_at(a, body, "data.failure_code"));
    out->has_amount = money_at(a, body, "data.amount", "data.currency", &out->amount);
    bool ours = str_starts(reference, STR("etalase-payout-")) && str_to_i64(str_slice(reference, 15, reference.n), &out->refund);
    if (!ours) out->kind = PAYMENT_EVENT_KIND_IGNORED;
}

typedef struct Topic { Str event; PaymentEventKind kind; void (*read)(Arena *a, Str body, ProviderEvent *out); } Topic;
// A failed payment does not end its request, which may be paid all the same until it expires.
static const Topic TOPICS[] = {
    { { "payment.capture", 15 }, PAYMENT_EVENT_KIND_SUCCEEDED, read_capture },
    { { "payment.failure", 15 }, PAYMENT_EVENT_KIND_ACTION_NEEDED, read_capture },
    { { "payment_request.expiry", 22 }, PAYMENT_EVENT_KIND_FAILED, read_capture },
    { { "refund.succeeded", 16 }, PAYMENT_EVENT_KIND_REFUND_SENT, read_refund_event },
    { { "refund.failed", 13 }, PAYMENT_EVENT_KIND_REFUND_FAILED, read_refund_event },
    { { "payout.succeeded", 16 }, PAYMENT_EVENT_KIND_PAYOUT_SENT, read_payout_event },
    { { "payout.failed", 13 }, PAYMENT_EVENT_KIND_PAYOUT_FAILED, read_payout_event },
    { { "payout.reversed", 15 }, PAYMENT_EVENT_KIND_PAYOUT_FAILED, read_payout_event },
};

// The token tells who sent it, not what: the whole has to come over TLS. Callbacks carry no id of their own, so the event and
// what it speaks of are one: the same news twice has the same name.
static Err verify(Arena *a, const PaySettings *s, const NetRequest *r, Time now, ProviderEvent *out, Refusal *why)
{
    Str given = net_header(r, "x-callback-token"), body = r->body;
    if (!s->xendit_token.n || !str_eq_secret(given, s->xendit_token))
        return refuse(why, ERR_BAD_REQUEST, "x-callback-token", "The token is not ours.");
    Str event = json_at(a, body, "event");
    *out = (ProviderEvent){ .kind = PAYMENT_EVENT_KIND_IGNORED };
    if (event.n == 0 || event.n > 100) return refuse(why, ERR_BAD_REQUEST, "event", "This is no event.");
    if (!time_from_iso(json_at(a, body, "created"), &out->said)) out->said = now;
    const Topic *topic = NULL;
    for (i64 i = 0; i < COUNT(TOPICS); i++)
        if (str_eq(event, TOPICS[i].event)) topic = &TOPICS[i];
    if (topic) {
        out->kind = topic->kind;
        topic->read(a, body, out);
    } else {
        out->reason = event;
        out->reference = str_slice(json_at(a, body, "data.id"), 0, 100);
    }
    Str about = out->charge.n ? out->charge : out->reference;
    if (about.n > 100 || (topic && about.n == 0)) return refuse(why, ERR_BAD_REQUEST, "data", "This event speaks of nothing.");
    out->event = arena_format(a, "%.*s:%.*s", STR_ARG(event), STR_ARG(about));
    return ERR_OK;
}

const Provider PROVIDER_XENDIT = {
    .name = "xendit", .start = start, .ask = ask, .cancel = cancel, .refunds = refunds, .refund = refund,
        .refund_ask = refund_ask,
    .payout = payout, .payout_ask = payout_ask, .verify = verify,
};
