// Private to payments/: what a payment provider is. Its functions run outside of any transaction, on a thread that may wait;
// they know no tables. Keys of idempotency are made of ids and tries, so asking twice is asking once.
#pragma once
#include "net/outgoing.h"
#include "payments/payments.h"

// About one try of a payment. id and charge: the provider's, once it has answered.
typedef struct ProviderAsk {
    PaymentId payment; i64 attempt;
    PaymentMethod method;
    Money amount;
    Time now, expires;
    Str bank;                                    // of a virtual account: a VaBank's name
    Str id, charge;
} ProviderAsk;

// How the try stands. state: action_needed, processing, succeeded, failed (this try will not succeed any more).
typedef struct ProviderAnswer {
    PaymentState state;
    Str id, charge, reason;
    bool has_received; Money received;           // of a success
    bool has_fee; Money fee;
    Str public_key, client_secret, qr, bank, account_number, account_name, redirect;
    Time expires;                                // 0: as asked
} ProviderAnswer;

typedef struct ProviderRefundAsk {
    RefundId refund; i64 sends;
    PaymentMethod method;
    Money amount;
    Str id, charge, reference;                   // the try's two, and the refund's own once it is known
} ProviderRefundAsk;
typedef struct ProviderRefundAnswer { RefundState state; Str reference, fault; } ProviderRefundAnswer;

// What a webhook says: one event, as a row of payment_event will have it. kind ignored: stored, and nothing else.
typedef struct ProviderEvent {
    PaymentEventKind kind;
    Str event, reference, charge, reason;
    PaymentId payment; i64 attempt;              // as we told the provider at the start; 0: found by reference or charge
    i64 refund;                                  // ours (or a payout's); 0: found by reference
    bool has_amount; Money amount;
    Time said;
} ProviderEvent;

// ERR_BUSY: no usable answer, and nothing is known about what was done; ask again later. ERR_WRONG_STATE: refused for good, with
// the reason in the answer. Texts of answers lie in the arena.
typedef struct Provider {
    const char *name;
    Err (*start)(Arena *a, const PaySettings *s, const ProviderAsk *in, ProviderAnswer *out);
    Err (*ask)(Arena *a, const PaySettings *s, const ProviderAsk *in, ProviderAnswer *out);
    // Calls a try off. When that fails because it is over already, the answer says how it ended.
    Err (*cancel)(Arena *a, const PaySettings *s, const ProviderAsk *in, ProviderAnswer *out);
    bool (*refunds)(PaymentMethod method);       // false: by hand
    Err (*refund)(Arena *a, const PaySettings *s, const ProviderRefundAsk *in, ProviderRefundAnswer *out);
    Err (*refund_ask)(Arena *a, const PaySettings *s, const ProviderRefundAsk *in, ProviderRefundAnswer *out);
    Err (*payout)(Arena *a, const PaySettings *s, const PayoutAsk *in, PayoutAnswer *out);
    Err (*payout_ask)(Arena *a, const PaySettings *s, Str reference, PayoutAnswer *out);
    // Whether the bytes of a webhook are the provider's own. ERR_BAD_REQUEST when not, with a sentence in why; nothing may be
    // stored then. What is genuine but not understood is an event of kind ignored.
    Err (*verify)(Arena *a, const PaySettings *s, const NetRequest *r, Time now, ProviderEvent *out, Refusal *why);
} Provider;

extern const Provider PROVIDER_STRIPE, PROVIDER_XENDIT;
// NULL for those that nobody asks by wire: cash, transfer, test.
const Provider *provider_of(PaymentMethod method);
const Provider *provider_named(Str name);
// The name that events and refunds of a method go by: its provider's, or its own.
Str provider_name(PaymentMethod method);
bool provider_on(const PaySettings *s, PaymentMethod method);

// ---- helpers of the providers (provider.c)

typedef struct ProviderCall {
    const char *method;
    Str url, body, key;                          // key: of idempotency; empty: none
    const char *type;                            // of the body
    Str user, bearer;                            // one of both
    const char *version_name; Str version;       // a header of the interface's version
} ProviderCall;
// ERR_BUSY without an answer, or with one of 408, 425, 429 or 5xx; otherwise *status and *body. Logged, without the body.
Err provider_call(Arena *a, const ProviderCall *in, int *status, Str *body);
// "123.45" of a JSON number as minor units of the currency; false when it is none, negative, or finer than a minor unit.
bool provider_minor(Str number, int decimals, i64 *out);
// Minor units as a JSON number of whole units; false when they are not whole for a provider that takes none of the small ones.
Str provider_major(Arena *a, Money m, bool whole, bool *ok);
// "etalase-PAYMENT-ATTEMPT", which both providers give back, and its parts.
Str provider_key(Arena *a, PaymentId payment, i64 attempt);
bool provider_key_parts(Str key, PaymentId *payment, i64 *attempt);
// At most 200 code points, and no controls: a provider's words as a reason.
Str provider_reason(Arena *a, Str text);
