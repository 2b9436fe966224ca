// The task of a challenge: lets in, counts, settles; in small steps, so that nobody waits for it. No HTTP, no JSON.
#include "api/app.h"
#include "challenges/inner.h"
#include "crowd/crowd.h"
#include "notify/notify.h"
#include "shops/shops.h"

enum { STEP = 50 };                            // entries of one transaction

typedef struct Run {
    App *app;
    By by;
    ChallengeFindRow row;                      // its texts are not used
    bool found, over;
    ClipId after, last;                        // the last entry of the step before, and of this one
    i64 n;                                     // entries of this step
    Arena scratch;
} Run;

static Err look(Tx *tx, void *context)
{
    Run *r = context;
    ChallengeFindRow *row;
    arena_reset(&r->scratch);
    tx->a = &r->scratch;
    try(q_challenge_find(tx, (ChallengeFindIn){ .id = r->row.id }, &row));
    r->found = row && !row->settled;
    if (!r->found) return ERR_OK;
    r->over = challenge_is_over(row, r->by.now);
    r->row = *row;
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- what has the tag

// Five times elsewhere, or ten of the same creator: it stays out, and nothing is wrong.
static Err let_in(Tx *tx, Run *r, const ChallengeFindRow *row, const ClipFindRow *clip, bool *in)
{
    ChallengeEntryFindRow *had;
    bool open;
    *in = false;
    try(q_challenge_entry_find(tx, (ChallengeEntryFindIn){ .challenge = row->id, .clip = clip->id }, &had));
    if (had) return ERR_OK;
    try(shop_is_open(tx, clip->shop, &open));
    if (!open) return ERR_OK;
    Err e = challenge_let_in(tx, &r->by, row, clip);               // not full: a refusal has written nothing
    *in = e == ERR_OK;
    return e == ERR_TOO_MANY_ITEMS ? ERR_OK : e;
}

// A clip that is still being converted joins when it is ready; so all of the time is looked at each time.
static Err gather(Tx *tx, void *context)
{
    Run *r = context;
    ChallengeFindRow *row;
    ClipFindRowList rows;
    bool in;
    arena_reset(&r->scratch);
    tx->a = &r->scratch;
    try(q_challenge_find(tx, (ChallengeFindIn){ .id = r->row.id }, &row));
    if (challenge_is_over(row, r->by.now)) return ERR_OK;          // nobody can be counted for it any more
    try(clips_of_tag_after(tx, row->tag, (ClipId){ id_floor(row->begins) }, CHALLENGE_ENTRIES_MAX, &rows));
    for (i64 i = 0; i < rows.n && row->entries < CHALLENGE_ENTRIES_MAX; i++) {
        if (rows.p[i].created >= row->ends) break;
        try(let_in(tx, r, row, &rows.p[i], &in));
        row->entries += in;
    }
    return ERR_OK;
}

// ---------------------------------------------------------------------------------------------- counting

// Whoever made the clip or works in its shop does not count for it.
static Err own_people(Tx *tx, const ChallengeEntryFindRow *e, i64 *own, i64 *n)
{
    AccountIdList staff;
    try(shop_people(tx, e->shop, &staff));
    own[(*n)++] = e->author.v;
    for (i64 i = 0; i < staff.n && i < SHOP_STAFF_MAX; i++) own[(*n)++] = staff.p[i].v;
    return ERR_OK;
}

// A deleted clip has left.
static Err count_one(Tx *tx, Run *r, const ChallengeEntryFindRow *e)
{
    ClipFindRow *clip;
    i64 own[1 + SHOP_STAFF_MAX], n = 0, changed, viewers;
    bool moved;
    try(clip_stored(tx, e->clip, &clip));
    if (!clip) {
        try(crowd_audience_close(tx, e->audience));
        try(q_challenge_entry_out(tx, (ChallengeEntryOutIn){ .challenge = e->challenge, .clip = e->clip,
                                                             .state = CHALLENGE_ENTRY_STATE_LEFT }, &changed));
        return q_challenge_entries_add(tx, (ChallengeEntriesAddIn){ .id = e->challenge, .delta = -1,
                                                                    .most = CHALLENGE_ENTRIES_MAX }, &changed);
    }
    try(own_people(tx, e, own, &n));
    try(crowd_audience_count(tx, &r->by, e->audience, own, n, &moved, &viewers));
    if (!moved) return ERR_OK;
    return q_challenge_entry_count(tx, (ChallengeEntryCountIn){ .challenge = e->challenge, .clip = e->clip, .viewers = viewers },
                                   &changed);
}

static Err step(Tx *tx, Run *r, Err (*each)(Tx *tx, Run *r, const ChallengeEntryFindRow *e))
{
    ChallengeEntryFindRowList rows;
    arena_reset(&r->scratch);
    tx->a = &r->scratch;
    try(q_challenge_entries_after(tx, (ChallengeEntriesAfterIn){ .challenge = r->row.id, .after = r->after, .limit = STEP },
                                  &rows));
    for (i64 i = 0; i < rows.n; i++) try(each(tx, r, &rows.p[i]));
    r->n = rows.n;
    r->last = rows.n ? rows.p[rows.n - 1].clip : r->after;
    return ERR_OK;
}

static Err count_step(Tx *tx, void *context)
{
    return step(tx, context, count_one);
}

// ---------------------------------------------------------------------------------------------- the end

static Err close_one(Tx *tx, Run *r, const ChallengeEntryFindRow *e)
{
    i64 n;
    (void)r;
    try(crowd_audience_close(tx, e->audience));
    return q_challenge_entry_close(tx, (ChallengeEntryCloseIn){ .challenge = e->challenge, .clip = e->clip }, &n);
}

static Err close_step(Tx *tx, void *context)
{
    return step(tx, context, close_one);
}

static Err free_tag(Tx *tx, void *context)
{
    Run *r = context;
    ChallengeFindRow *row;
    i64 n;
    arena_reset(&r->scratch);
    tx->a = &r->scratch;
    try(q_challenge_find(tx, (ChallengeFindIn){ .id = r->row.id }, &row));
    return q_challenge_over(tx, (ChallengeOverIn){ .tag = row->tag, .now = r->by.now }, &n);
}

// Each creator once, of their best clip.
static Err tell(Tx *tx, const Run *r, const ChallengeFindRow *row)
{
    ChallengeEntryFindRowList rows;
    try(q_challenge_board(tx, (ChallengeBoardIn){ .challenge = row->id, .limit = CHALLENGE_TOLD_MAX }, &rows));
    for (i64 i = 0; i < rows.n; i++) {
        bool told = false;
        for (i64 k = 0; k < i; k++) told = told || rows.p[k].author.v == rows.p[i].author.v;
        bool won = i < CHALLENGE_WINNERS && rows.p[i].viewers > 0;
        if (!told)
            try(notify_put(tx, &r->by, &(Notice){ .to = rows.p[i].author, .from = row->starter, .kind = NOTICE_KIND_CHALLENGE,
                                                  .subject = row->id.v, .clip = rows.p[i].clip.v, .thing = won ? i + 1 : 0 }));
    }
    return ERR_OK;
}

static Err settle(Tx *tx, void *context)
{
    Run *r = context;
    ChallengeFindRow *row;
    i64 n;
    arena_reset(&r->scratch);
    tx->a = &r->scratch;
    try(q_challenge_settle(tx, (ChallengeSettleIn){ .id = r->row.id }, &n));
    if (n == 0) return ERR_OK;                                     // another machine was faster
    try(q_challenge_find(tx, (ChallengeFindIn){ .id = r->row.id }, &row));
    return row->state == CHALLENGE_STATE_ENDED ? tell(tx, r, row) : ERR_OK;
}

static Err again(Tx *tx, void *context)
{
    Run *r = context;
    Time next = r->by.now + CHALLENGE_COUNT_MS;
    arena_reset(&r->scratch);
    tx->a = &r->scratch;
    return task_at(tx, &r->by, "challenge", r->row.id.v, r->row.ends < next ? r->row.ends : next);
}

// All entries that are counted, a step after the other. A transaction may run twice: the cursor moves behind it.
static Err in_steps(Run *r, Err (*one)(Tx *tx, void *context))
{
    Err e;
    r->after = (ClipId){ 0 };
    do {
        e = db_run(r->app->db, true, one, r);
        r->after = r->last;
        if (e == ERR_OK) e = task_renew(r->app, "challenge", r->row.id.v);
    } while (e == ERR_OK && r->n == STEP);
    return e;
}

Err challenge_job(App *app, i64 subject, i64 attempt)
{
    (void)attempt;
    Run r = { .app = app, .by = { .now = app_now(app), .ids = &app->ids, .vault = &app->vault }, .row = { .id = { subject } } };
    Err e = db_run(app->db, false, look, &r);
    bool counts = r.found && (r.row.state == CHALLENGE_STATE_OPEN || r.row.state == CHALLENGE_STATE_ENDED);
    if (e == ERR_OK && counts) e = db_run(app->db, true, gather, &r);
    if (e == ERR_OK && counts) e = in_steps(&r, count_step);
    if (e == ERR_OK && r.found && !r.over) e = db_run(app->db, true, again, &r);
    if (e == ERR_OK && r.found && r.over) e = db_run(app->db, true, free_tag, &r);
    if (e == ERR_OK && r.found && r.over) e = in_steps(&r, close_step);
    if (e == ERR_OK && r.found && r.over) e = db_run(app->db, true, settle, &r);
    arena_free(&r.scratch);
    return e;
}
