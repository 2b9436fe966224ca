// What a person is told of. Knows no clips and no comments: a subject is a number.
#pragma once
#include "api/task.h"
#include "gen/notify.gen.h"

enum {
    NOTICE_KEEP_DAYS = 90,
    NOTICE_UNREAD_MAX = 100,               // that are counted
};

typedef struct Notice {
    AccountId to, from;
    NoticeKind kind;
    i64 subject;                           // notices of one kind about one subject are one group until they are read
    i64 clip;                              // where to go; 0: nowhere
    i64 thing;                             // a comment, or a place; 0: none. The same from the same person is told once
} Notice;

// Tells nothing to oneself, to who has blocked the sender or is blocked, to who has switched this kind off.
Err notify_put(Tx *tx, const By *by, const Notice *notice);
// What `notice` told is so no longer: its sender is not counted in the group, seen or not. For kinds that one person tells once a
// subject (`thing` always the same). Put again it is counted again, where it stood: no news.
Err notify_take_back(Tx *tx, const Notice *notice);
// Groups of an account before a place, the newest first; at most `limit`.
Err notify_groups(Tx *tx, AccountId account, NoticeGroupId before, i64 limit, NoticeGroupsRowList *out);
// How many groups are unread, up to NOTICE_UNREAD_MAX.
Err notify_unread(Tx *tx, AccountId account, i64 *out);
// Task "notice_prune": erases what is older than NOTICE_KEEP_DAYS, daily.
Err notify_prune(Tx *tx, const By *by, i64 subject);
