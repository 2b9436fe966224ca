// Handlers of notices: from a request to one query and back.
#include "notify/notify.h"

Err notice_unread(Req *r, NoticeUnread *out)
{
    return notify_unread(r->tx, (AccountId){ r->by.who.account }, &out->n);
}

Err notice_read(Req *r)
{
    i64 n;
    return q_notice_set_read(r->tx, (NoticeSetReadIn){ .account = { r->by.who.account } }, &n);
}

Err notice_switches(Req *r, NoticeSwitches *out)
{
    NoticeOffAllRowList off;
    try(q_notice_off_all(r->tx, (NoticeOffAllIn){ .account = { r->by.who.account } }, &off));
    out->items.p = arena_new_array(r->a, NoticeSwitch, NOTICE_KIND_INVITATION + 1);
    for (NoticeKind kind = 0; kind <= NOTICE_KIND_INVITATION; kind++) {
        bool on = true;
        for (i64 i = 0; i < off.n; i++) on = on && off.p[i].kind != kind;
        out->items.p[out->items.n++] = (NoticeSwitch){ .kind = kind, .on = on };
    }
    return ERR_OK;
}

Err notice_switch_put(Req *r, const NoticeSwitch *in, NoticeSwitches *out)
{
    AccountId me = { r->by.who.account };
    i64 n;
    if (in->on) try(q_notice_off_delete(r->tx, (NoticeOffDeleteIn){ .account = me, .kind = in->kind }, &n));
    else try(q_notice_off_put(r->tx, (NoticeOffPutIn){ .account = me, .kind = in->kind }, &n));
    return notice_switches(r, out);
}
