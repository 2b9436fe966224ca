// What providers have in common: which one serves a method, how it is asked, how its numbers become minor units. Knows no tables.
#include "payments/provider.h"

#include "base/log.h"

// ---------------------------------------------------------------------------------------------- which one

const Provider *provider_of(PaymentMethod method)
{
    switch (method) {
    case PAYMENT_METHOD_CARD: return &PROVIDER_STRIPE;
    case PAYMENT_METHOD_QRIS:
    case PAYMENT_METHOD_VIRTUAL_ACCOUNT: return &PROVIDER_XENDIT;
    case PAYMENT_METHOD_COD:
    case PAYMENT_METHOD_TEST:
    case PAYMENT_METHOD_TRANSFER: return NULL;
    }
    return NULL;
}

const Provider *provider_named(Str name)
{
    static const Provider *const ALL[] = { &PROVIDER_STRIPE, &PROVIDER_XENDIT };
    for (i64 i = 0; i < COUNT(ALL); i++)
        if (str_eq(name, str_of(ALL[i]->name))) return ALL[i];
    return NULL;
}

Str provider_name(PaymentMethod method)
{
    const Provider *p = provider_of(method);
    return str_of(p ? p->name : PAYMENT_METHOD_NAMES.names[method]);
}

bool provider_on(const PaySettings *s, PaymentMethod method)
{
    if (provider_of(method) == &PROVIDER_STRIPE) return s->stripe_secret.n && s->stripe_public.n;
    if (provider_of(method) == &PROVIDER_XENDIT) return s->xendit_secret.n && s->xendit_token.n;
    return false;
}

bool payment_pays_out(const PaySettings *s, Currency currency)
{
    Currency rupiah = { "IDR" };
    return s && currency_eq(currency, rupiah) && provider_on(s, PAYMENT_METHOD_QRIS);
}

Str payment_payout_provider(void)
{
    return str_of(PROVIDER_XENDIT.name);
}

Err payment_payout(Arena *a, const PaySettings *s, const PayoutAsk *in, PayoutAnswer *out)
{
    *out = (PayoutAnswer){ 0 };
    if (!payment_pays_out(s, in->amount.currency)) return ERR_METHOD_OFF;
    return PROVIDER_XENDIT.payout(a, s, in, out);
}

Err payment_payout_ask(Arena *a, const PaySettings *s, Str reference, PayoutAnswer *out)
{
    *out = (PayoutAnswer){ 0 };
    if (!s || !provider_on(s, PAYMENT_METHOD_QRIS)) return ERR_METHOD_OFF;
    return PROVIDER_XENDIT.payout_ask(a, s, reference, out);
}

// ---------------------------------------------------------------------------------------------- asking

static Str base64(Arena *a, Str in)
{
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *out = arena_alloc(a, in.n / 3 * 4 + 5), *at = out;
    for (size_t i = 0; i < in.n; i += 3) {
        u32 v = (u32)(u8)in.p[i] << 16 | (i + 1 < in.n ? (u32)(u8)in.p[i + 1] << 8 : 0) | (i + 2 < in.n ? (u32)(u8)in.p[i + 2] :
                                                                                           0);
        *at++ = LETTERS[v >> 18];
        *at++ = LETTERS[v >> 12 & 63];
        *at++ = i + 1 < in.n ? LETTERS[v >> 6 & 63] : '=';
        *at++ = i + 2 < in.n ? LETTERS[v & 63] : '=';
    }
    return (Str){ out, (size_t)(at - out) };
}

static bool is_passing(int status)
{
    return status == 408 || status == 425 || status == 429 || status >= 500;
}

Err provider_call(Arena *a, const ProviderCall *in, int *status, Str *body)
{
    NetHeader h[6];
    i64 n = 0;
    h[n++] = (NetHeader){ STR("Accept"), STR("application/json") };
    if (in->bearer.n) h[n++] = (NetHeader){ STR("Authorization"), arena_format(a, "Bearer %.*s", STR_ARG(in->bearer)) };
    if (in->user.n)
        h[n++] = (NetHeader){ STR("Authorization"), arena_format(a, "Basic %.*s",
                              STR_ARG(base64(a, arena_format(a, "%.*s:", STR_ARG(in->user))))) };
    if (in->type) h[n++] = (NetHeader){ STR("Content-Type"), str_of(in->type) };
    if (in->key.n) h[n++] = (NetHeader){ STR("Idempotency-Key"), in->key };
    if (in->version_name) h[n++] = (NetHeader){ str_of(in->version_name), in->version };
    OutgoingAnswer x;
    outgoing_send(a, &(Outgoing){ .method = in->method, .url = in->url, .headers = h, .n_headers = n, .body = in->body }, &x);
    *status = x.status;
    *body = x.body;
    if (x.fault == OUTGOING_ANSWERED && !is_passing(x.status)) {
        if (x.status >= 400) log_event(LOG_WARN, STR(""), "provider", "%s %.*s: %d", in->method, STR_ARG(in->url), x.status);
        return ERR_OK;
    }
    log_event(LOG_WARN, STR(""), "provider", "%s %.*s: %s, %d %s", in->method, STR_ARG(in->url), outgoing_fault_name(x.fault),
              x.status, x.why);
    return ERR_BUSY;
}

// ---------------------------------------------------------------------------------------------- numbers and names

bool provider_minor(Str number, int decimals, i64 *out)
{
    Str rest = number, whole = str_split(&rest, '.');
    i64 v;
    if (decimals < 0 || whole.n == 0 || whole.n > 15 || rest.n > 15 || (rest.n == 0 && whole.n != number.n)) return false;
    for (size_t i = 0; i < whole.n; i++)
        if (whole.p[i] < '0' || whole.p[i] > '9') return false;
    if (!str_to_i64(whole, &v)) return false;
    for (size_t i = 0; i < rest.n || i < (size_t)decimals; i++) {
        char c = i < rest.n ? rest.p[i] : '0';
        if (c < '0' || c > '9') return false;
        if (i >= (size_t)decimals) {
            if (c != '0') return false;
            continue;
        }
        if (__builtin_mul_overflow(v, (i64)10, &v) || __builtin_add_overflow(v, (i64)(c - '0'), &v)) return false;
    }
    *out = v;
    return true;
}

Str provider_major(Arena *a, Money m, bool whole, bool *ok)
{
    i64 unit = 1;
    int decimals = currency_decimals(m.currency);
    *ok = decimals >= 0 && m.minor >= 0;
    for (int i = 0; i < decimals; i++) unit *= 10;
    if (whole && m.minor % unit) *ok = false;
    if (whole || m.minor % unit == 0) return arena_format(a, "%lld", (long long)(m.minor / unit));
    return arena_format(a, "%lld.%0*lld", (long long)(m.minor / unit), decimals, (long long)(m.minor % unit));
}

Str provider_key(Arena *a, PaymentId payment, i64 attempt)
{
    return arena_format(a, "etalase-%lld-%lld", (long long)payment.v, (long long)attempt);
}

bool provider_key_parts(Str key, PaymentId *payment, i64 *attempt)
{
    if (!str_starts(key, STR("etalase-"))) return false;
    Str rest = str_slice(key, 8, key.n), id = str_split(&rest, '-');
    PaymentId p;
    i64 n;
    if (!str_to_i64(id, &p.v) || !str_to_i64(rest, &n) || p.v <= 0 || n <= 0 || n > PAYMENT_ATTEMPTS_MAX) return false;
    *payment = p;
    *attempt = n;
    return true;
}

Str provider_reason(Arena *a, Str text)
{
    enum { REASON_MAX = 200 };
    char *out = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (i64 points = 0; text.n && points < REASON_MAX; points++) {
        size_t step = str_utf8_step(text);
        if (step == 0) break;
        if (step == 1 && ((u8)text.p[0] < ' ' || text.p[0] == 0x7F)) out[n++] = ' ';
        else for (size_t i = 0; i < step; i++) out[n++] = text.p[i];
        text = str_slice(text, step, text.n);
    }
    return (Str){ n ? out : NULL, n };
}
