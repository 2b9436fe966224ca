// Handlers of returns.
#include "returns/returns.h"

Err return_post(Req *r, const ReturnPostArgs *args, const ReturnNew *in, Return *out)
{
    ReturnId id;
    try(return_open(r->tx, &r->by, args->order, in, &id));
    return return_view(r->tx, &r->by, id, out);
}

Err return_preview(Req *r, const ReturnPreviewArgs *args, const ReturnNew *in, ReturnPreview *out)
{
    return return_worth(r->tx, &r->by, args->order, in, &out->amount);
}

Err exchange_choices_get(Req *r, const ExchangeChoicesGetArgs *args, ExchangeChoices *out)
{
    return exchange_choices(r->tx, &r->by, args->order, args->line, out);
}

Err return_of_order(Req *r, const ReturnOfOrderArgs *args, ReturnCardPage *out)
{
    return return_list_order(r->tx, &r->by, args->order, out);
}

Err return_list(Req *r, const ReturnListArgs *args, ReturnCardPage *out)
{
    return return_list_mine(r->tx, &r->by, args->before, out);
}

Err return_get(Req *r, const ReturnGetArgs *args, Return *out)
{
    return return_view(r->tx, &r->by, args->id, out);
}

Err return_step_post(Req *r, const ReturnStepPostArgs *args, const ReturnStep *in, Return *out)
{
    try(return_step(r->tx, &r->by, args->id, in));
    return return_view(r->tx, &r->by, args->id, out);
}

Err studio_return_list(Req *r, const StudioReturnListArgs *args, ReturnCardPage *out)
{
    ReturnsWanted want = { args->shop, args->has_state, args->state, args->before };
    return return_list_shop(r->tx, &r->by, want, out);
}

Err operator_return_list(Req *r, const OperatorReturnListArgs *args, ReturnCardPage *out)
{
    return return_list_disputed(r->tx, args->before, out);
}
