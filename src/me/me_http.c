// Who is asking, in one answer.
#include "accounts/accounts.h"
#include "api/app.h"
#include "cart/cart.h"
#include "gen/me.gen.h"
#include "notify/notify.h"
#include "shops/shops.h"
#include "staff/staff.h"

Err me_get(Req *r, Me *out)
{
    out->demo = r->by.demo;
    try(cart_count(r->tx, &r->by.who, &out->cart_count));
    if (r->by.who.session == 0) return ERR_OK;
    out->csrf = req_csrf(r);
    if (r->by.who.account == 0) return ERR_OK;
    AccountId me = { r->by.who.account };
    out->account = arena_new(r->a, Account);
    try(account_get(r->tx, &r->by, me, out->account));
    try(notify_unread(r->tx, me, &out->unread));
    try(staff_waiting(r->tx, me, &out->invited));
    return shop_roles(r->tx, me, &out->shops);
}
