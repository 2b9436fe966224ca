// Handlers of accounts: from a request to one rule and back. Password hashing happens before the transaction.
#include <arpa/inet.h>

#include "accounts/accounts.h"
#include "api/app.h"

// Within a window of 15 minutes; a person who mistypes stays below, a guesser does not get far.
enum { SIGN_INS_PER_EMAIL = 10, SIGN_INS_PER_ADDRESS = 200, SIGN_UPS_PER_EMAIL = 10 };
#define ATTEMPT_WINDOW_MS ((i64)15 * MINUTE_MS)

// What HANDLER_work leaves for the handler.
typedef struct Proofs { Str email, old, new; } Proofs;
typedef struct Try { const char *purpose; Str email; i64 per_email, per_address, window_ms; } Try;

// A household or a rented server has a whole /64 of IPv6 addresses: they count as one.
static Str counted_address(Arena *a, Str address)
{
    struct in6_addr six;
    if (inet_pton(AF_INET6, arena_cstr(a, address), &six) != 1) return address;
    return arena_copy(a, (Str){ (const char *)&six, sizeof(six) / 2 });
}

// Counted in a transaction of its own: the refusal that may follow must not undo it.
static Err count_try(Req *r, void *context)
{
    const Try *t = context;
    // The purpose stands for both counters; the text of the second cannot be an e-mail.
    try(account_count_attempt(r->tx, &r->by, t->purpose, t->email, t->per_email, t->window_ms));
    return account_count_attempt(r->tx, &r->by, t->purpose, counted_address(r->a, r->net->address), t->per_address, t->window_ms);
}

static Err count_first(Req *r, Try t)
{
    Err e = req_transaction(r, true, count_try, &t);
    return e;
}

Err account_post_work(Req *r, const AccountNew *in)
{
    Proofs *p = arena_new(r->a, Proofs);
    r->work = p;
    try(account_email_form(r->a, in->email, &p->email, &r->why));
    try(account_password_check(in->password, p->email, &r->why));
    try(count_first(r, (Try){ .purpose = "sign-up", .email = p->email, .per_email = SIGN_UPS_PER_EMAIL,
                              .per_address = r->app->sign_ups_per_hour, .window_ms = HOUR_MS }));
    return vault_sign_in(r->by.vault, r->a, p->email, in->password, &p->new);
}

Err account_post(Req *r, const AccountNew *in, AccountMade *out)
{
    const Proofs *p = r->work;
    AccountNew with = *in;
    if (!with.locale.p) with.locale = r->language;
    return account_add(r->tx, &r->by, &with, p->email, p->new, &out->id);
}

Err session_post_work(Req *r, const SessionNew *in)
{
    Proofs *p = arena_new(r->a, Proofs);
    r->work = p;
    // What is no e-mail has no account: the same answer, after the same work.
    Refusal ignored;
    if (account_email_form(r->a, in->email, &p->email, &ignored) != ERR_OK) p->email = STR("nobody");
    try(count_first(r, (Try){ .purpose = "sign-in", .email = p->email, .per_email = SIGN_INS_PER_EMAIL,
                              .per_address = SIGN_INS_PER_ADDRESS, .window_ms = ATTEMPT_WINDOW_MS }));
    return vault_sign_in(r->by.vault, r->a, p->email, in->password, &p->new);
}

Err session_post(Req *r, const SessionNew *in, SessionMade *out)
{
    (void)in;
    const Proofs *p = r->work;
    Caller before = r->by.who;
    i64 n;
    try(account_sign_in(r->tx, &r->by, p->new, r->agent, out));
    try(account_give_back_attempt(r->tx, &r->by, "sign-in", p->email));
    try(account_give_back_attempt(r->tx, &r->by, "sign-in", counted_address(r->a, r->net->address)));
    if (before.session && before.account == 0) {
        try(r->app->hooks.signed_in(r->tx, &r->by, before.session, out->account->id.v));
        try(q_session_delete_any(r->tx, (SessionDeleteAnyIn){ .id = { before.session } }, &n));
    }
    req_session_cookie(r, out->token, (i64)SESSION_DAYS * 24 * 3600);
    return ERR_OK;
}

static Err find_email(Req *r, void *context)
{
    Account me;
    try(account_get(r->tx, &r->by, (AccountId){ r->by.who.account }, &me));
    *(Str *)context = me.email;
    return ERR_OK;
}

Err password_put_work(Req *r, const PasswordChange *in)
{
    Proofs *p = arena_new(r->a, Proofs);
    r->work = p;
    try(req_transaction(r, false, find_email, &p->email));
    Err weak = account_password_check(in->new, p->email, &r->why);
    if (weak != ERR_OK) r->why.field = "new";
    try(weak);
    try(count_first(r, (Try){ .purpose = "sign-in", .email = p->email, .per_email = SIGN_INS_PER_EMAIL,
                              .per_address = SIGN_INS_PER_ADDRESS, .window_ms = ATTEMPT_WINDOW_MS }));
    try(vault_sign_in(r->by.vault, r->a, p->email, in->old, &p->old));
    return vault_sign_in(r->by.vault, r->a, p->email, in->new, &p->new);
}

Err password_put(Req *r, const PasswordChange *in)
{
    (void)in;
    const Proofs *p = r->work;
    // This try counts although it succeeded: a new password that another account of this e-mail has is refused, so each
    // change is a guess at that one.
    return account_change_password(r->tx, &r->by, p->old, p->new);
}

Err me_patch(Req *r, const AccountEdit *in, Account *out)
{
    return account_edit(r->tx, &r->by, in, out);
}

Err session_list(Req *r, SessionPage *out)
{
    SessionOfRowList rows;
    try(q_session_of(r->tx, (SessionOfIn){ .account = { r->by.who.account }, .now = r->by.now }, &rows));
    out->items = (SessionList){ arena_new_array(r->a, Session, rows.n), rows.n };
    for (i64 i = 0; i < rows.n; i++) {
        const SessionOfRow *s = &rows.p[i];
        out->items.p[i] = (Session){ .id = s->id, .created = s->created, .seen = s->seen, .expires = s->expires,
                                     .agent = s->agent, .current = s->id.v == r->by.who.session };
    }
    return ERR_OK;
}

Err session_end_current(Req *r)
{
    i64 n;
    req_session_cookie(r, STR(""), 0);
    return q_session_delete_any(r->tx, (SessionDeleteAnyIn){ .id = { r->by.who.session } }, &n);
}

Err session_end(Req *r, const SessionEndArgs *args)
{
    i64 n;
    try(q_session_delete(r->tx, (SessionDeleteIn){ .id = args->id, .account = { r->by.who.account } }, &n));
    if (n == 0) return ERR_NOT_FOUND;
    if (args->id.v == r->by.who.session) req_session_cookie(r, STR(""), 0);
    return ERR_OK;
}

Err address_list(Req *r, AddressPage *out)
{
    return address_all(r->tx, &r->by, &out->items);
}

Err address_post(Req *r, const AddressNew *in, Address *out)
{
    return address_add(r->tx, &r->by, in, out);
}

Err address_put(Req *r, const AddressPutArgs *args, const AddressNew *in, Address *out)
{
    return address_change(r->tx, &r->by, args->id, in, out);
}

Err address_delete(Req *r, const AddressDeleteArgs *args)
{
    i64 n;
    try(q_address_delete_row(r->tx, (AddressDeleteRowIn){ .id = args->id, .account = { r->by.who.account } }, &n));
    return n ? ERR_OK : ERR_NOT_FOUND;
}
