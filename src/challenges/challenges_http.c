// Handlers of challenges: from a request to one rule and back.
#include "challenges/challenges.h"

Err challenge_list(Req *r, const ChallengeListArgs *args, ChallengePage *out)
{
    ChallengesWanted want = { .tag = args->tag, .shop = args->shop, .before = args->before,
                              .limit = args->has_limit ? args->limit : CHALLENGE_DEFAULT };
    return challenges_page(r->tx, &r->by, &want, out);
}

Err challenge_post(Req *r, const ChallengeNew *in, Challenge *out)
{
    return challenge_start(r->tx, &r->by, challenge_id_next(r->by.ids, r->by.now), in, out);
}

Err challenge_get(Req *r, const ChallengeGetArgs *args, ChallengeBoard *out)
{
    return challenge_board(r->tx, &r->by, args->id, out);
}

Err challenge_end(Req *r, const ChallengeEndArgs *args, Challenge *out)
{
    return challenge_stop(r->tx, &r->by, args->id, CHALLENGE_STATE_ENDED, out);
}

Err challenge_withdraw(Req *r, const ChallengeWithdrawArgs *args, Challenge *out)
{
    return challenge_stop(r->tx, &r->by, args->id, CHALLENGE_STATE_WITHDRAWN, out);
}

Err challenge_enter(Req *r, const ChallengeEnterArgs *args, const ChallengeEntryNew *in, ChallengeEntry *out)
{
    return challenge_put_in(r->tx, &r->by, args->id, in->clip, out);
}

Err challenge_leave(Req *r, const ChallengeLeaveArgs *args)
{
    return challenge_take_out(r->tx, &r->by, args->id, args->clip);
}

Err challenge_report(Req *r, const ChallengeReportArgs *args, const ChallengeReport *in)
{
    return challenge_tell_on(r->tx, &r->by, args->id, in->reason);
}

Err challenge_reported(Req *r, ChallengeReportedPage *out)
{
    return challenges_reported(r->tx, &r->by, out);
}

Err challenge_remove(Req *r, const ChallengeRemoveArgs *args, const ChallengeRemoval *in, Challenge *out)
{
    return challenge_take_down(r->tx, &r->by, args->id, in->reason, out);
}
