// Handlers of profiles, follows and blocks: from a request to one rule and back.
#include "accounts/accounts.h"
#include "people/people.h"

Err person_mine(Req *r, Profile *out)
{
    return person_profile(r->tx, &r->by, (AccountId){ r->by.who.account }, out);
}

Err person_edit(Req *r, const ProfileEdit *in, Profile *out)
{
    return person_profile_edit(r->tx, &r->by, in, out);
}

Err person_view(Req *r, const PersonViewArgs *args, Profile *out)
{
    AccountId whom;
    try(person_visible(r->tx, &r->by, args->handle, &whom));
    return person_profile(r->tx, &r->by, whom, out);
}

Err person_followers(Req *r, const PersonFollowersArgs *args, PersonPage *out)
{
    AccountId whom;
    try(person_visible(r->tx, &r->by, args->handle, &whom));
    return person_followers_page(r->tx, &r->by, whom, args->before, out);
}

Err person_following(Req *r, const PersonFollowingArgs *args, PersonPage *out)
{
    AccountId whom;
    try(person_visible(r->tx, &r->by, args->handle, &whom));
    return person_following_page(r->tx, &r->by, whom, args->before, out);
}

// Also somebody who has blocked the caller.
static Err set_block(Req *r, Str handle, bool on)
{
    AccountId whom;
    try(account_by_handle(r->tx, handle, &whom));
    return person_block_set(r->tx, &r->by, whom, on);
}

Err person_block(Req *r, const PersonBlockArgs *args)
{
    return set_block(r, args->handle, true);
}

Err person_unblock(Req *r, const PersonUnblockArgs *args)
{
    return set_block(r, args->handle, false);
}

Err person_blocks(Req *r, const PersonBlocksArgs *args, PersonPage *out)
{
    return person_blocks_page(r->tx, &r->by, args->before, out);
}
