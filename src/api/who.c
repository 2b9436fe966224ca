// Who calls: the session token, what it may do, and the proof that a cookie's request came from our own pages.
#include "api/dispatch.h"

Str req_token(const NetRequest *net, bool *by_cookie)
{
    Str header = net_header(net, "Authorization");
    *by_cookie = false;
    if (header.p) {
        bool bearer = header.n > 7 && str_eq_nocase(str_slice(header, 0, 7), STR("Bearer "));
        if (bearer) return str_trim(str_slice(header, 7, header.n));
        return (Str){ 0 };
    }
    *by_cookie = true;
    return net_cookie(net, "etalase_session");
}

Err req_find_caller(Req *r, Tx *tx)
{
    bool by_cookie;
    Str token = req_token(r->net, &by_cookie);
    if (token.n == 0 || token.n > 100) return ERR_OK;
    return r->app->hooks.find_session(tx, vault_token_hash(r->a, token), r->by.now, &r->by.who);
}

Err req_may(Req *r)
{
    Refusal *why = r->tx ? &r->tx->why : &r->why;
    Who who = r->route->who;
    if (who == WHO_ANYONE || who == WHO_SHOPPER) return ERR_OK;
    if (r->by.who.account == 0) return refuse(why, ERR_SIGN_IN, NULL, "This needs an account: sign in and try again.");
    if (who == WHO_OPERATOR && !r->by.who.is_operator)
        return refuse(why, ERR_FORBIDDEN, NULL, "Only the operator of this market may do that.");
    return ERR_OK;
}

static bool same_host(Str origin, Str host)
{
    i64 at = str_find(origin, STR("://"));
    return at > 0 && str_eq_nocase(str_slice(origin, (size_t)at + 3, origin.n), host);
}

// Cookies are sent along by other sites' pages too. So a write with a cookie must carry the token that only our pages
// can read (it is derived from the session's, so nothing is stored), and a stated origin must be ours.
Err req_check_csrf(Req *r)
{
    const NetRequest *net = r->net;
    Str safe[] = { STR("GET"), STR("HEAD"), STR("OPTIONS") };
    for (i64 i = 0; i < COUNT(safe); i++)
        if (str_eq(net->method, safe[i])) return ERR_OK;
    Str origin = net_header(net, "Origin"), site = net_header(net, "Sec-Fetch-Site");
    bool by_cookie;
    Str token = req_token(net, &by_cookie);
    if (!by_cookie && token.p) return ERR_OK;
    if ((origin.p && !same_host(origin, net_header(net, "Host"))) || str_eq(site, STR("cross-site")))
        return refuse(&r->why, ERR_CSRF, NULL, "The request's Origin is another site.");
    if (!token.p) return ERR_OK;
    if (str_eq_secret(net_header(net, "X-CSRF-Token"), vault_csrf(&r->app->vault, r->a, token))) return ERR_OK;
    return refuse(&r->why, ERR_CSRF, NULL, "With a session cookie, X-CSRF-Token must be the csrf of GET /v1/me.");
}

Str req_csrf(Req *r)
{
    bool by_cookie;
    Str token = req_token(r->net, &by_cookie);
    return token.p ? vault_csrf(&r->app->vault, r->a, token) : (Str){ 0 };
}

void req_session_cookie(Req *r, Str token, i64 max_age_s)
{
    const char *secure = r->net->https ? "; Secure" : "";
    req_header(r, "Set-Cookie", arena_format(r->a, "etalase_session=%.*s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s",
                                             STR_ARG(token), (long long)(token.n ? max_age_s : 0), secure));
}
