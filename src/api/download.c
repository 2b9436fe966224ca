// Files to download: who may, then made on a work thread, then answered. Knows no file.
#include "api/download.h"

#include <setjmp.h>

static NetPlan refused(Req *r, Err e)
{
    req_refuse(r, e);
    return (NetPlan){ .plan = NET_BODY_REFUSED };
}

NetPlan download_begin_with(Req *r, DownloadMake *make, void *args, Err e)
{
    Download *d = arena_new(r->a, Download);
    *d = (Download){ .r = r, .make = make, .args = args };
    r->raw = d;
    return e == ERR_OK ? (NetPlan){ .plan = NET_BODY_BUFFER, .limit = 0 } : refused(r, e);
}

NetPlan download_begin(Req *r, DownloadMake *make)
{
    void *args = NULL;
    Err e = req_identify(r);
    if (e == ERR_OK) e = req_args(r, &args);
    return download_begin_with(r, make, args, e);
}

static void work(void *context)
{
    Download *d = context;
    jmp_buf full;
    Err e = ERR_FULL;
    if (!setjmp(full)) {
        d->r->a->full = &full;
        e = d->make(d);
    }
    d->r->a->full = NULL;
    if (e == ERR_OK) req_answer_bytes(d->r, &d->answer);
    else req_refuse(d->r, e);
}

void download_handle(Req *r)
{
    Err e = work_submit(r->app->work, work, r->raw);
    if (e != ERR_OK) req_refuse(r, e);
}

typedef struct Writing { Download *d; Err (*write)(Download *d, Buf *out); } Writing;

static Err write_text(Req *r, void *context)
{
    Writing *w = context;
    Buf text = buf_new(r->a, DOWNLOAD_TEXT_MAX);
    try(w->write(w->d, &text));
    w->d->answer.body = buf_str(&text);
    return text.full ? ERR_FULL : ERR_OK;
}

Err download_text(Download *d, Err (*write)(Download *d, Buf *out))
{
    return req_transaction(d->r, false, write_text, &(Writing){ d, write });
}
