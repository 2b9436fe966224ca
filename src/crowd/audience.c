// The distinct people of a clip over days. No HTTP, no JSON, no clock.
#include "base/rand.h"
#include "crowd/inner.h"

Err crowd_audience_open(Tx *tx, const By *by, i64 clip, Time until, CrowdAudienceId *out)
{
    must(clip > 0 && until > by->now && until <= by->now + (i64)CROWD_AUDIENCE_DAYS * DAY_MS);
    CrowdAudiencesOfRowList had;
    try(q_crowd_audiences_of(tx, (CrowdAudiencesOfIn){ .clip = clip, .now = by->now, .limit = CROWD_AUDIENCES_MAX }, &had));
    if (had.n == CROWD_AUDIENCES_MAX)
        return refuse(&tx->why, ERR_TOO_MANY_ITEMS, "clip", "The viewers of one clip are counted for %d things at once.",
                      CROWD_AUDIENCES_MAX);
    *out = crowd_audience_id_next(by->ids, by->now);
    return q_crowd_audience_insert(tx, (CrowdAudienceInsertIn){ .id = *out, .clip = clip, .until = until,
                                                                .salt = rand_token(tx->a, CROWD_SALT_BYTES) });
}

// An address counts anew each day: telephones of half a country share a few.
static i64 origin_of(Tx *tx, const By *by, Str salt)
{
    if (!by->origin) return 0;
    i64 day = crowd_hash(tx, by, salt, "day", by->now / DAY_MS);
    return crowd_hash(tx, by, salt, "origin", by->origin ^ day);
}

// Who comes twice is there; a row that exists stays as it is, so who was young when they came first counts as that.
Err crowd_audience_note(Tx *tx, const By *by, const CrowdNote *note, bool trusted)
{
    CrowdAudiencesOfRowList open;
    i64 n;
    try(q_crowd_audiences_of(tx, (CrowdAudiencesOfIn){ .clip = note->clip, .now = by->now, .limit = CROWD_AUDIENCES_MAX },
                             &open));
    for (i64 i = 0; i < open.n; i++) {
        const CrowdAudiencesOfRow *a = &open.p[i];
        i64 who = crowd_hash(tx, by, a->salt, "who", note->person);
        if (((u64)who & ((UINT64_C(1) << a->halved) - 1)) != 0) continue;
        try(q_crowd_viewer_insert(tx, (CrowdViewerInsertIn){ .audience = a->id, .who = who, .origin = origin_of(tx, by, a->salt),
                                                             .trusted = trusted }, &n));
        if (!n || a->changed) continue;
        try(q_crowd_audience_set_changed(tx, (CrowdAudienceSetChangedIn){ .id = a->id, .changed = true }, &n));
    }
    return ERR_OK;
}

// Distinct sampling, as in tally.c: by a hash of who they are, so that it is the same people for as long as it lasts.
static Err thin_out(Tx *tx, CrowdAudienceId id, i64 *halved)
{
    CrowdViewerCountRow there;
    i64 n;
    for (;;) {
        try(q_crowd_viewer_count(tx, (CrowdViewerCountIn){ .audience = id }, &there));
        if (there.n <= CROWD_AUDIENCE_ROWS || *halved == 40) return ERR_OK;
        ++*halved;
        try(q_crowd_viewer_thin(tx, (CrowdViewerThinIn){ .audience = id, .mask = (INT64_C(1) << *halved) - 1 }, &n));
        try(q_crowd_audience_set_halved(tx, (CrowdAudienceSetHalvedIn){ .id = id, .halved = *halved }, &n));
    }
}

Err crowd_audience_count(Tx *tx, const By *by, CrowdAudienceId id, const i64 *without, i64 n, bool *changed, i64 *people)
{
    CrowdAudienceGetRow *a;
    CrowdViewersRowList rows;
    Tally tally = { 0 };
    i64 done, count = 0;
    try(q_crowd_audience_get(tx, (CrowdAudienceGetIn){ .id = id }, &a));
    *changed = a && a->changed;
    if (!*changed) return ERR_OK;
    try(thin_out(tx, id, &a->halved));
    try(q_crowd_viewers(tx, (CrowdViewersIn){ .audience = id, .limit = CROWD_AUDIENCE_ROWS }, &rows));
    i64 *hashes = arena_new_array(tx->a, i64, n);
    for (i64 i = 0; i < n; i++) hashes[i] = crowd_hash(tx, by, a->salt, "who", without[i]);
    for (i64 i = 0; i < rows.n; i++) {
        bool own = false;
        for (i64 k = 0; k < n; k++) own = own || rows.p[i].who == hashes[k];
        if (!own) tally_add(&tally, (TallyOne){ .who = rows.p[i].who, .origin = rows.p[i].origin, .trusted = rows.p[i].trusted });
    }
    tally_count(&tally, &count, 1);
    tally_free(&tally);
    *people = count << a->halved;
    return q_crowd_audience_set_changed(tx, (CrowdAudienceSetChangedIn){ .id = id, .changed = false }, &done);
}

Err crowd_audience_close(Tx *tx, CrowdAudienceId id)
{
    i64 n;
    try(q_crowd_viewer_clear(tx, (CrowdViewerClearIn){ .audience = id }, &n));
    return q_crowd_audience_delete(tx, (CrowdAudienceDeleteIn){ .id = id }, &n);
}
