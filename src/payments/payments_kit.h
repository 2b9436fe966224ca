// For tests of payments: a provider on this machine that speaks both Stripe's and Xendit's interface as far as it is used, with
// bad days on demand, and webhooks as they would send them. A peer over a real socket, asked by the real jobs.
#pragma once
#include <pthread.h>

#include "payments/inner.h"
#include "tests/world.h"

enum { PEER_THINGS_MAX = 256, PEER_TEXT = 200 };

// One payment intent or payment request, refund or payout at the provider.
typedef struct PeerThing {
    char id[40], key[80], status[40], reference[80], of[40], channel[40];
    i64 amount;                              // as it was sent: minor units to Stripe, whole rupiah to Xendit
    i64 refunded;
} PeerThing;

typedef enum PeerMood {
    PEER_WELL,
    PEER_DOWN,                               // 503 to everything
    PEER_LOSES,                              // does what it is asked, then answers 500
    PEER_REFUSES,                            // 400 to whatever would change something
    PEER_CONFLICTS,                          // 409 to whatever would be made under a key
    PEER_SLOW_REFUNDS,                       // refunds are pending until peer_set says otherwise
} PeerMood;

typedef struct Peer {
    Net *net;
    NetHandler handler;
    pthread_mutex_t lock;
    _Atomic int mood;
    PeerThing things[PEER_THINGS_MAX]; i64 n;
    _Atomic i64 made, cancels, asks;         // how many were made; how often something was called off or asked about
    char last_method_body[2000];             // of the last request that changes something
} Peer;

// A world whose market has both providers and a bank account.
typedef struct PayWorld { World w; Peer peer; PaySettings settings; i64 shop, hooks; Goods goods; } PayWorld;
void pay_open(PayWorld *p);
void pay_close(PayWorld *p);

// A checkout of one unit by that method; the ids of its payment and first order.
typedef struct Bought { i64 payment, order, checkout; } Bought;
Bought pay_buy(PayWorld *p, Person who, const char *method);
// Asks the provider and applies what was said, until nothing is due.
void pay_run(PayWorld *p);
Str  pay_state(PayWorld *p, i64 payment);
Str  pay_order_state(PayWorld *p, i64 order);
Answer pay_get(PayWorld *p, i64 payment);
// The operator's detail of a payment.
Answer pay_detail(PayWorld *p, i64 payment);

// The provider's things: the last one made for a payment; NULL when there is none.
PeerThing *peer_of(PayWorld *p, i64 payment);
PeerThing *peer_refund(PayWorld *p, i64 refund_or_0);
void peer_set(PayWorld *p, PeerThing *t, const char *status);

// A signed webhook; `secret` NULL: the present one. at_ms: its own time and its signature's, 0: now. Gives the answer's status.
int  hook_stripe(PayWorld *p, const char *event_id, const char *type, const char *object, const char *secret, i64 at_ms);
// About a payment's intent: payment_intent.TYPE with that status.
int  hook_intent(PayWorld *p, const char *event_id, const char *type, i64 payment, i64 at_ms);
int  hook_xendit(PayWorld *p, const char *token, const char *body);
Answer hook_raw(PayWorld *p, const char *path, const NetHeader *headers, i64 n, Str body);
Str  stripe_signature(Arena *a, const char *secret, i64 at_s, Str body);
