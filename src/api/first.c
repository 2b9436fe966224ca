// First answers: what an Idempotency-Key was answered with is given again, to its owner alone, and kept sealed with the key
// itself, of which the table has only a hash.
#include "api/dispatch.h"
#include "gen/api.gen.h"

enum { KEY_MAX = 120 };

// `what` stands for the request's body. Keyed: a body of few possible texts could be found again by its plain hash.
static Str request_hash(Req *r, Str what)
{
    Buf b = buf_new(r->a, JSON_BODY_MAX + 16384);
    Str parts[] = { r->net->method, r->net->path, r->net->query, what };
    for (i64 i = 0; i < COUNT(parts); i++) {
        buf_add(&b, parts[i]);
        buf_add_char(&b, '\n');
    }
    return vault_hash(r->by.vault, r->a, "idempotency request", buf_str(&b));
}

Err first_key(Req *r, Str what, Refusal *why, FirstAnswer *out)
{
    Str key = net_header(r->net, "Idempotency-Key");
    *out = (FirstAnswer){ 0 };
    if (!key.p) return ERR_OK;
    bool plain = key.n > 0 && key.n <= KEY_MAX;
    for (size_t i = 0; i < key.n && plain; i++) plain = key.p[i] >= ' ' && key.p[i] <= '~';
    if (!plain) return refuse(why, ERR_BAD_FIELD, "Idempotency-Key", "The key must have 1 to %d ASCII characters.", KEY_MAX);
    *out = (FirstAnswer){ .hash = vault_hash(r->by.vault, r->a, "idempotency key", key),
                          .seal = vault_hash(r->by.vault, r->a, "idempotency seal", key), .request = request_hash(r, what) };
    return ERR_OK;
}

static i64 owner_of(const Req *r)
{
    return r->by.who.account ? r->by.who.account : r->by.who.session;
}

Err first_find(Req *r, const FirstAnswer *f, int *status, Str *answer, bool *found)
{
    IdempotencyGetRow *row;
    *found = false;
    if (!f->hash.n || !owner_of(r)) return ERR_OK;
    try(q_idempotency_get(r->tx, (IdempotencyGetIn){ .owner = owner_of(r), .key = f->hash }, &row));
    if (!row) return ERR_OK;
    if (!str_eq(row->request, f->request))
        return refuse(&r->tx->why, ERR_IDEMPOTENCY_KEY, "Idempotency-Key", "This key came before with another body or address.");
    *status = (int)row->status;
    *found = true;
    req_header(r, "Idempotency-Replayed", STR("true"));
    return vault_unseal(r->a, f->seal, owner_of(r), row->answer, answer) ? ERR_OK : ERR_INTERNAL;
}

Err first_keep(Req *r, const FirstAnswer *f, int status, Str answer)
{
    if (!f->hash.n || !owner_of(r)) return ERR_OK;
    Str sealed = vault_seal(r->a, f->seal, owner_of(r), answer);
    return q_idempotency_put(r->tx, (IdempotencyPutIn){ .owner = owner_of(r), .key = f->hash, .request = f->request,
                                                        .status = status, .answer = sealed, .at = r->by.now });
}

Err req_first_answer(Req *r, Str what, Str *answer, bool *found)
{
    FirstAnswer f;
    int status;
    try(first_key(r, what, &r->tx->why, &f));
    return first_find(r, &f, &status, answer, found);
}

Err req_keep_answer(Req *r, Str what, Str answer)
{
    FirstAnswer f;
    try(first_key(r, what, &r->tx->why, &f));
    return first_keep(r, &f, r->route->status, answer);
}
