// Packing slips and labels to print, laid out on a work thread.
#include "api/app.h"
#include "orders/papers.h"

typedef struct Job {
    Req *r;
    void *args;
    ShopId shop; Str orders;
    bool labels;
    Papers papers;
    PaperSlip *slip; PaperLabel *label;
} Job;

static Err load(Req *r, void *context)
{
    Job *j = context;
    try(papers_load(r->tx, &r->by, j->shop, j->orders, &j->papers));
    if (j->labels) return papers_labels(r->tx, &r->by, &j->papers, r->language, &j->label);
    return papers_slips(r->tx, &r->by, &j->papers, r->language, &j->slip);
}

static Err make(Job *j, Str *pdf)
{
    try(req_transaction(j->r, false, load, j));
    if (j->labels) return print_labels(j->r->a, j->label, j->papers.n, j->r->by.now, pdf);
    return print_packing_slips(j->r->a, j->slip, j->papers.n, j->r->by.now, pdf);
}

static void work(void *context)
{
    Job *j = context;
    Str pdf = { 0 };
    jmp_buf full;
    Err e = ERR_FULL;
    if (!setjmp(full)) {
        j->r->a->full = &full;
        e = make(j, &pdf);
    }
    j->r->a->full = NULL;
    if (e != ERR_OK) {
        req_refuse(j->r, e);
        return;
    }
    req_answer_bytes(j->r, &(ReqBytes){ .type = "application/pdf", .policy = "default-src 'none'", .body = pdf,
                                        .disposition = j->labels ? "inline; filename=\"labels.pdf\""
                                                                 : "inline; filename=\"packing-slips.pdf\"" });
}

static NetPlan begin(Req *r, bool labels)
{
    Job *j = arena_new(r->a, Job);
    *j = (Job){ .r = r, .labels = labels };
    r->raw = j;
    Err e = req_identify(r);
    if (e == ERR_OK) e = req_args(r, &j->args);
    if (e == ERR_OK) return (NetPlan){ .plan = NET_BODY_BUFFER, .limit = 0 };
    req_refuse(r, e);
    return (NetPlan){ .plan = NET_BODY_REFUSED };
}

static void submit(Req *r)
{
    Err e = work_submit(r->app->work, work, r->raw);
    if (e != ERR_OK) req_refuse(r, e);
}

NetPlan packing_slips_pdf_begin(Req *r)
{
    return begin(r, false);
}

void packing_slips_pdf_handle(Req *r)
{
    Job *j = r->raw;
    const PackingSlipsPdfArgs *a = j->args;
    j->shop = a->shop;
    j->orders = a->orders;
    submit(r);
}

NetPlan labels_pdf_begin(Req *r)
{
    return begin(r, true);
}

void labels_pdf_handle(Req *r)
{
    Job *j = r->raw;
    const LabelsPdfArgs *a = j->args;
    j->shop = a->shop;
    j->orders = a->orders;
    submit(r);
}
