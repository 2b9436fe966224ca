// Notes of who was there. No HTTP, no JSON, no clock.
#include "crowd/crowd.h"

#include "api/task.h"
#include "api/vault.h"
#include "base/rand.h"
#include "crowd/inner.h"

// The first of a day makes its salt. It comes from the kernel and not from the caller: nobody is to know it afterwards.
static Err salt_of(Tx *tx, i64 day, Str *out)
{
    CrowdSaltGetRow *row;
    i64 n;
    try(q_crowd_salt_get(tx, (CrowdSaltGetIn){ .day = day }, &row));
    if (!row) {
        try(q_crowd_salt_put(tx, (CrowdSaltPutIn){ .day = day, .salt = rand_token(tx->a, CROWD_SALT_BYTES) }, &n));
        try(q_crowd_salt_get(tx, (CrowdSaltGetIn){ .day = day }, &row));
    }
    must(row != NULL);
    *out = row->salt;
    return ERR_OK;
}

i64 crowd_hash(Tx *tx, const By *by, Str salt, const char *what, i64 number)
{
    i64 out;
    must(by->vault != NULL);
    Str text = arena_format(tx->a, "%.*s %s %lld", STR_ARG(salt), what, (long long)number);
    memcpy(&out, vault_hash(by->vault, tx->a, "crowd", text).p, sizeof(out));
    return out ? out : 1;
}

Err crowd_note(Tx *tx, const By *by, const CrowdNote *note)
{
    if (note->person == 0) return ERR_OK;
    Str salt;
    bool trusted = note->is_account && note->person < id_floor(by->now - CROWD_TRUST_AGE_MS);
    if (note->clip) try(crowd_audience_note(tx, by, note, trusted));
    try(salt_of(tx, by->now / DAY_MS, &salt));
    return q_crowd_note_insert(tx, (CrowdNoteInsertIn){
        .id = crowd_note_id_next(by->ids, by->now), .at = by->now, .kind = note->kind, .clip = note->clip,
        .product = note->product, .text = note->text, .who = crowd_hash(tx, by, salt, "who", note->person),
        .origin = by->origin ? crowd_hash(tx, by, salt, "origin", by->origin) : 0, .trusted = trusted });
}

Err crowd_who(Tx *tx, const By *by, i64 person, Time at, i64 *who)
{
    CrowdSaltGetRow *row;
    try(q_crowd_salt_get(tx, (CrowdSaltGetIn){ .day = at / DAY_MS }, &row));
    *who = row && person ? crowd_hash(tx, by, row->salt, "who", person) : 0;
    return ERR_OK;
}

Err crowd_between(Tx *tx, Time at, CrowdNoteId after, Time to, i64 limit, CrowdNoteBetweenRowList *out)
{
    must(limit >= 1 && limit <= CROWD_PAGE_MAX);
    return q_crowd_note_between(tx, (CrowdNoteBetweenIn){ .at = at, .after = after, .to = to, .limit = limit }, out);
}

Err crowd_first(Tx *tx, Time since, bool *found, Time *at)
{
    CrowdNoteFirstRow *row;
    try(q_crowd_note_first(tx, (CrowdNoteFirstIn){ .since = since }, &row));
    *found = row != NULL;
    *at = row ? row->at : 0;
    return ERR_OK;
}

Err crowd_prune(Tx *tx, const By *by, i64 subject)
{
    i64 n, salts;
    (void)subject;
    try(q_crowd_note_prune(tx, (CrowdNotePruneIn){ .before = by->now - CROWD_KEEP_MS, .most = CROWD_PRUNED_MAX }, &n));
    try(q_crowd_salt_prune(tx, (CrowdSaltPruneIn){ .before = (by->now - CROWD_KEEP_MS) / DAY_MS }, &salts));
    return task_at(tx, by, "crowd_prune", 0, by->now + (n == CROWD_PRUNED_MAX ? SECOND_MS : HOUR_MS));
}
