// Handlers of staff and invitations: from a request to one rule and back.
#include "staff/staff.h"

Err staff_list(Req *r, const StaffListArgs *args, StaffPage *out)
{
    return staff_view(r->tx, &r->by, args->id, &out->items);
}

Err staff_post(Req *r, const StaffPostArgs *args, const StaffNew *in, Staff *out)
{
    return staff_put(r->tx, &r->by, args->id, in, out);
}

Err staff_delete(Req *r, const StaffDeleteArgs *args)
{
    return staff_end(r->tx, &r->by, args->id, args->account);
}

Err staff_invitation_delete(Req *r, const StaffInvitationDeleteArgs *args)
{
    return staff_withdraw(r->tx, &r->by, args->id, args->invitation);
}

Err invitation_list(Req *r, InvitationPage *out)
{
    return staff_invitations(r->tx, &r->by, &out->items);
}

Err invitation_accept(Req *r, const InvitationAcceptArgs *args, ShopRole *out)
{
    return staff_accept(r->tx, &r->by, args->id, out);
}

Err invitation_decline(Req *r, const InvitationDeclineArgs *args)
{
    return staff_decline(r->tx, &r->by, args->id);
}
