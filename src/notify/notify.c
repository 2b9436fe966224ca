// The rules of notices. No HTTP, no JSON, no clock.
#include "notify/notify.h"

#include "people/people.h"

static Err is_off(Tx *tx, AccountId account, NoticeKind kind, bool *out)
{
    NoticeOffAllRowList off;
    *out = false;
    try(q_notice_off_all(tx, (NoticeOffAllIn){ .account = account }, &off));
    for (i64 i = 0; i < off.n; i++) *out |= off.p[i].kind == kind;
    return ERR_OK;
}

// Counts the sender out of the group, or in again. Who is named is the last one of those that are left.
static Err set_taken(Tx *tx, const Notice *x, bool taken)
{
    NoticeSetTakenRow *row;
    NoticeGroupPeopleRow *group;
    NoticeLastRow *last;
    i64 n;
    try(q_notice_set_taken(tx, (NoticeSetTakenIn){ .account = x->to, .kind = x->kind, .subject = x->subject, .sender = x->from,
                                                   .thing = x->thing, .from = !taken, .to = taken }, &row));
    if (!row) return ERR_OK;
    try(q_notice_group_people(tx, (NoticeGroupPeopleIn){ .id = row->notice_group, .delta = taken ? -1 : 1 }, &group));
    if (!group) return ERR_OK;                                     // erased in time
    must(group->people >= 0);
    if (group->people == 0) return ERR_OK;                         // nobody is left: not shown
    try(q_notice_last(tx, (NoticeLastIn){ .notice_group = row->notice_group }, &last));
    if (!last || last->sender.v == group->last_sender.v) return ERR_OK;
    return q_notice_group_last(tx, (NoticeGroupLastIn){ .id = row->notice_group, .sender = last->sender, .at = last->at }, &n);
}

Err notify_take_back(Tx *tx, const Notice *x)
{
    must(x->to.v > 0 && x->from.v > 0);
    return x->to.v == x->from.v ? ERR_OK : set_taken(tx, x, true);
}

Err notify_put(Tx *tx, const By *by, const Notice *x)
{
    must(x->to.v > 0 && x->from.v > 0);
    bool apart, off;
    i64 n;
    NoticeGroupOpenRow *open;
    NoticeOfSenderRow told;
    if (x->to.v == x->from.v) return ERR_OK;
    try(people_apart(tx, x->to, x->from, &apart));
    try(is_off(tx, x->to, x->kind, &off));
    if (apart || off) return ERR_OK;
    try(q_notice_group_open(tx, (NoticeGroupOpenIn){ .account = x->to, .kind = x->kind, .subject = x->subject }, &open));
    NoticeGroupId fresh = notice_group_id_next(by->ids, by->now), group = open ? open->id : fresh;
    try(q_notice_insert(tx, (NoticeInsertIn){ .account = x->to, .kind = x->kind, .subject = x->subject, .sender = x->from,
                                              .thing = x->thing, .notice_group = group, .at = by->now }, &n));
    if (n == 0) return set_taken(tx, x, false);
    if (!open)
        return q_notice_group_insert(tx, (NoticeGroupInsertIn){ .id = group, .account = x->to, .kind = x->kind,
                                                                .subject = x->subject, .clip = x->clip, .sender = x->from,
                                                                .thing = x->thing, .at = by->now });
    try(q_notice_of_sender(tx, (NoticeOfSenderIn){ .account = x->to, .kind = x->kind, .subject = x->subject, .sender = x->from,
                                                   .notice_group = group }, &told));
    return q_notice_group_add(tx, (NoticeGroupAddIn){ .id = group, .place = fresh, .people = told.n == 1, .sender = x->from,
                                                      .thing = x->thing, .at = by->now }, &n);
}

Err notify_groups(Tx *tx, AccountId account, NoticeGroupId before, i64 limit, NoticeGroupsRowList *out)
{
    if (!before.v) before.v = INT64_MAX;
    return q_notice_groups(tx, (NoticeGroupsIn){ .account = account, .before = before, .limit = limit }, out);
}

Err notify_unread(Tx *tx, AccountId account, i64 *out)
{
    NoticeCountUnreadRow row = { 0 };
    if (account.v) try(q_notice_count_unread(tx, (NoticeCountUnreadIn){ .account = account, .most = NOTICE_UNREAD_MAX }, &row));
    *out = row.n;
    return ERR_OK;
}

Err notify_prune(Tx *tx, const By *by, i64 subject)
{
    i64 n;
    Time before = by->now - (i64)NOTICE_KEEP_DAYS * DAY_MS;
    try(q_notice_prune(tx, (NoticePruneIn){ .before = before }, &n));
    try(q_notice_group_prune(tx, (NoticeGroupPruneIn){ .before = before }, &n));
    return task_at(tx, by, "notice_prune", subject, by->now + DAY_MS);
}
