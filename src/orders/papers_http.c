// Packing slips and labels to print.
#include "api/download.h"
#include "orders/papers.h"

typedef struct Job { Download *d; Papers papers; PaperSlip *slip; PaperLabel *label; } Job;

static Err pdf(Download *d, const char *disposition)
{
    d->answer.type = "application/pdf";
    d->answer.policy = "default-src 'none'";
    d->answer.disposition = disposition;
    return ERR_OK;
}

static Err load_slips(Req *r, void *context)
{
    Job *j = context;
    const PackingSlipsPdfArgs *a = j->d->args;
    try(papers_load(r->tx, &r->by, a->shop, a->orders, &j->papers));
    return papers_slips(r->tx, &r->by, &j->papers, r->language, &j->slip);
}

static Err slips(Download *d)
{
    Req *r = d->r;
    Job *j = arena_new(r->a, Job);
    j->d = d;
    try(req_transaction(r, false, load_slips, j));
    try(print_packing_slips(r->a, j->slip, j->papers.n, r->by.now, &d->answer.body));
    return pdf(d, "inline; filename=\"packing-slips.pdf\"");
}

NetPlan packing_slips_pdf_begin(Req *r)
{
    return download_begin(r, slips);
}

void packing_slips_pdf_handle(Req *r)
{
    download_handle(r);
}

static Err load_labels(Req *r, void *context)
{
    Job *j = context;
    const LabelsPdfArgs *a = j->d->args;
    try(papers_load(r->tx, &r->by, a->shop, a->orders, &j->papers));
    return papers_labels(r->tx, &r->by, &j->papers, r->language, &j->label);
}

static Err labels(Download *d)
{
    Req *r = d->r;
    Job *j = arena_new(r->a, Job);
    j->d = d;
    try(req_transaction(r, false, load_labels, j));
    try(print_labels(r->a, j->label, j->papers.n, r->by.now, &d->answer.body));
    return pdf(d, "inline; filename=\"labels.pdf\"");
}

NetPlan labels_pdf_begin(Req *r)
{
    return download_begin(r, labels);
}

void labels_pdf_handle(Req *r)
{
    download_handle(r);
}
