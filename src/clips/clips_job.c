// What happens to clips' files outside of a request: the conversion, and removing what is no longer wanted. Each job may be
// killed anywhere and run again.
#include "api/app.h"
#include "clips/clips.h"
#include "clips/files.h"
#include "media/media.h"

enum {
    PROGRESS_EVERY_US = 1000 * 1000,       // writes of a clip's progress
    RENEW_EVERY_US = 10 * 1000 * 1000,     // of the task's lease
    JOB_ARENA = 1024 * 1024,               // rows of one clip, and paths
};

typedef struct Job {
    App *app;
    Arena a;                               // paths; for the whole job
    Arena scratch;                         // of the transaction under way
    i64 subject;
    Err (*step)(struct Job *job, Tx *tx, const By *by);
    bool found;
    ClipFindRow clip;
    UploadFindRow upload;
    const char *source, *sound, *directory, *path;
    bool sound_gone;                       // the clip whose sound was chosen is not there any more
    MediaClip made;
    MediaFault fault;
    bool taken;
    i64 progress, noted_us, renewed_us;
} Job;

static Err run_step(Tx *tx, void *context)
{
    Job *job = context;
    jmp_buf full;
    arena_reset(&job->scratch);
    if (setjmp(full)) {
        job->scratch.full = NULL;
        return ERR_FULL;
    }
    job->scratch.full = &full;
    tx->a = &job->scratch;
    By by = { .now = app_now(job->app), .ids = &job->app->ids, .vault = &job->app->vault, .demo = job->app->demo };
    Err e = job->step(job, tx, &by);
    job->scratch.full = NULL;
    return e;
}

static Err step(Job *job, bool write, Err (*f)(Job *job, Tx *tx, const By *by))
{
    job->step = f;
    return db_run(job->app->db, write, run_step, job);
}

static Job job_of(App *app, i64 subject)
{
    return (Job){ .app = app, .subject = subject, .scratch = { .limit = JOB_ARENA }, .a = { .limit = JOB_ARENA } };
}

static Err job_end(Job *job, Err e)
{
    arena_free(&job->scratch);
    arena_free(&job->a);
    return e;
}

// ---------------------------------------------------------------------------------------------- converting

static Err load(Job *job, Tx *tx, const By *by)
{
    (void)by;
    ClipFindRow *clip;
    UploadFindRow *upload;
    job->found = false;
    try(q_clip_find(tx, (ClipFindIn){ .id = { job->subject } }, &clip));
    if (!clip || clip->state != CLIP_STATE_PROCESSING) return ERR_OK;
    try(q_upload_find(tx, (UploadFindIn){ .id = clip->upload }, &upload));
    must(upload);                          // it stays until its conversion has ended: see UPLOAD_HELD_UNTIL
    job->clip = *clip;
    job->directory = files_clip_path(&job->a, job->app->data, clip->key).p;
    job->source = files_upload_path(&job->a, job->app->data, upload->key).p;
    job->found = true;
    if (clip->sound_of.v == clip->id.v) return ERR_OK;
    ClipFindRow *from;
    try(clip_sound_source(tx, clip->sound_of, &from));
    job->sound_gone = from == NULL;
    if (from) job->sound = files_clip_path(&job->a, job->app->data, from->key).p;
    return ERR_OK;
}

static Err note_progress(Job *job, Tx *tx, const By *by)
{
    (void)by;
    i64 n;
    return q_clip_set_progress(tx, (ClipSetProgressIn){ .id = { job->subject }, .progress = job->progress }, &n);
}

static void progress(void *context, i64 permille)
{
    Job *job = context;
    i64 now = clock_monotonic_us();
    if (now - job->renewed_us >= RENEW_EVERY_US) {
        job->renewed_us = now;
        task_renew(job->app, "clip_transcode", job->subject);
    }
    if (now - job->noted_us < PROGRESS_EVERY_US || permille <= job->progress) return;
    job->noted_us = now;
    job->progress = permille < 999 ? permille : 999;         // the whole of it only together with the state
    step(job, true, note_progress);                          // one that fails is missed by nobody
}

static Err end_ready(Job *job, Tx *tx, const By *by)
{
    ClipDone done = { .width = job->made.width, .height = job->made.height, .duration_ms = job->made.duration_ms,
                      .sound = job->made.sound };
    return clip_ready(tx, by, job->clip.id, job->clip.upload, done, &job->taken);
}

static Err note_fault(Job *job, Tx *tx, const By *by)
{
    (void)by;
    i64 n;
    return q_clip_set_fault(tx, (ClipSetFaultIn){ .id = job->clip.id, .fault = str_of(media_fault_slug(job->fault)),
                                                  .detail = str_of(media_fault_text(job->fault)) }, &n);
}

static Err end_failed(Job *job, Tx *tx, const By *by)
{
    try(note_fault(job, tx, by));
    return clip_failed(tx, by, job->clip.id, job->clip.upload);
}

static Err transcode(Job *job)
{
    job->fault = MEDIA_SOUND_GONE;
    if (job->sound_gone) return ERR_BAD_MEDIA;
    MediaOrder order = { .source = str_of(job->source), .sound = job->sound ? str_of(job->sound) : (Str){ 0 },
                         .directory = str_of(job->directory), .quick = job->app->quick_clips,
                         .progress = progress, .context = job };
    // A folder that a killed run left whole is replaced by media in one step: the same clip again, at the same address.
    return media_transcode(&order, &job->made, &job->fault);
}

static Err convert(Job *job)
{
    job->noted_us = job->renewed_us = clock_monotonic_us();
    Err e = transcode(job);
    if (e == ERR_OK) {
        try(step(job, true, end_ready));
        if (!job->taken) return files_remove_folder(job->directory);
        metrics_add(job->app->metrics, METRIC_CLIPS_READY);
        return ERR_OK;
    }
    if (e == ERR_BAD_MEDIA) {
        metrics_add(job->app->metrics, METRIC_CLIPS_FAILED);
        return step(job, true, end_failed);
    }
    if (!atomic_load(&job->app->stopping)) step(job, true, note_fault);
    return e;
}

Err clip_transcode_job(App *app, i64 subject, i64 attempt)
{
    (void)attempt;
    Job job = job_of(app, subject);
    Err e = step(&job, false, load);
    if (e == ERR_OK && job.found) e = convert(&job);
    return job_end(&job, e);
}

// ---------------------------------------------------------------------------------------------- removing

static Err find_deleted(Job *job, Tx *tx, const By *by)
{
    (void)by;
    ClipDeletedKeyRow *row;
    try(q_clip_deleted_key(tx, (ClipDeletedKeyIn){ .id = { job->subject } }, &row));
    if (row) job->path = files_clip_path(&job->a, job->app->data, row->key).p;
    return ERR_OK;
}

static Err forget_deleted(Job *job, Tx *tx, const By *by)
{
    (void)by;
    i64 n;
    return q_clip_delete_row(tx, (ClipDeleteRowIn){ .id = { job->subject } }, &n);
}

Err clip_remove_job(App *app, i64 subject, i64 attempt)
{
    (void)attempt;
    Job job = job_of(app, subject);
    Err e = step(&job, false, find_deleted);
    if (e == ERR_OK && job.path) e = files_remove_folder(job.path);
    if (e == ERR_OK && job.path) e = step(&job, true, forget_deleted);
    return job_end(&job, e);
}

// From its `expires` on nobody can use or continue an upload, so the file may go before the row does.
static Err find_expired(Job *job, Tx *tx, const By *by)
{
    UploadFindRow *row;
    try(q_upload_find(tx, (UploadFindIn){ .id = { job->subject } }, &row));
    if (row && row->expires <= by->now) job->path = files_upload_path(&job->a, job->app->data, row->key).p;
    return ERR_OK;
}

static Err forget_expired(Job *job, Tx *tx, const By *by)
{
    i64 n;
    return q_upload_delete_row(tx, (UploadDeleteRowIn){ .id = { job->subject }, .now = by->now }, &n);
}

Err upload_expire_job(App *app, i64 subject, i64 attempt)
{
    (void)attempt;
    Job job = job_of(app, subject);
    Err e = step(&job, false, find_expired);
    if (e == ERR_OK && job.path) e = files_remove(job.path);
    if (e == ERR_OK && job.path) e = step(&job, true, forget_expired);
    return job_end(&job, e);
}
