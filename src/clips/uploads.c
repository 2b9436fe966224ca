// The rules of uploads: how many, whose, how long. Knows no bytes and no protocol: those are uploads_http.c's.
#include "clips/clips.h"

Err upload_add(Tx *tx, const By *by, UploadMaking making, Time *expires)
{
    must(by->who.account > 0 && making.id.v > 0 && making.length > 0);

    UploadOpenCountRow open;
    AccountId account = { by->who.account };
    try(q_upload_open_count(tx, (UploadOpenCountIn){ .account = account, .now = by->now }, &open));
    if (open.n >= UPLOADS_OPEN_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, NULL, "At most %d uploads may be open at a time: finish or delete one.",
                      UPLOADS_OPEN_MAX);
    *expires = by->now + UPLOAD_KEEP_MS;
    try(q_upload_insert(tx, (UploadInsertIn){ .id = making.id, .account = account, .length = making.length, .key = making.key,
                                              .name = making.name, .metadata = making.metadata, .created = by->now,
                                              .expires = *expires }));
    return task_at(tx, by, "upload_expire", making.id.v, *expires);
}

Err upload_own(Tx *tx, const By *by, UploadId id, UploadFindRow *out)
{
    UploadFindRow *row;
    try(q_upload_find(tx, (UploadFindIn){ .id = id }, &row));
    // Someone else's upload and one that never was look the same.
    if (!row || row->account.v != by->who.account || row->expires <= by->now)
        return refuse(&tx->why, ERR_NOT_FOUND, "upload", "You have no such upload, or its time is over.");
    *out = *row;
    return ERR_OK;
}

Err upload_let_go(Tx *tx, const By *by, UploadId id, Time at)
{
    i64 n;
    try(q_upload_expires(tx, (UploadExpiresIn){ .id = id, .expires = at }, &n));
    return n ? task_at(tx, by, "upload_expire", id.v, at) : ERR_OK;
}

Err upload_hold(Tx *tx, UploadId id)
{
    i64 n;
    try(q_upload_expires(tx, (UploadExpiresIn){ .id = id, .expires = UPLOAD_HELD_UNTIL }, &n));
    return task_cancel(tx, "upload_expire", id.v);
}

Err upload_drop(Tx *tx, const By *by, UploadId id)
{
    i64 n;
    AccountId account = { by->who.account };
    try(q_upload_cancel(tx, (UploadCancelIn){ .id = id, .account = account, .now = by->now }, &n));
    if (n == 0) return refuse(&tx->why, ERR_NOT_FOUND, "upload", "You have no such upload that is not a clip yet.");
    return task_at(tx, by, "upload_expire", id.v, by->now);
}

Err upload_take(Tx *tx, const By *by, UploadId id)
{
    i64 n;
    AccountId account = { by->who.account };
    try(q_upload_use(tx, (UploadUseIn){ .id = id, .account = account, .now = by->now, .expires = UPLOAD_HELD_UNTIL }, &n));
    if (n) return task_cancel(tx, "upload_expire", id.v);
    UploadFindRow row;
    try(upload_own(tx, by, id, &row));
    if (row.state == UPLOAD_STATE_USED)
        return refuse(&tx->why, ERR_WRONG_STATE, "upload", "This upload has been made into a clip already.");
    return refuse(&tx->why, ERR_WRONG_STATE, "upload", "This upload has not arrived whole yet.");
}
