// `etalase reindex`: makes the index of the search anew: here, or by the server that has it open.
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "main/admin.h"
#include "main/open.h"
#include "search/search.h"

enum {
    LOOK_MS = 200,                     // how often the server's progress is read
    SILENT_S = 15,                     // a server that says nothing for so long has not heard
    LINE_US = 1000 * 1000, BAR_US = 100 * 1000, BAR = 30,
};

typedef struct Progress { bool terminal; i64 began, last, done; } Progress;

static double seconds(const Progress *p)
{
    return (double)(clock_monotonic_us() - p->began) / 1e6;
}

static void show(void *context, i64 done, i64 all)
{
    Progress *p = context;
    i64 now = clock_monotonic_us();
    p->done = done;
    if (now - p->last < (p->terminal ? BAR_US : LINE_US)) return;
    p->last = now;
    double share = all ? (double)done / (double)all : 1, speed = seconds(p) > 0 ? (double)done / seconds(p) : 0;
    i64 left = speed > 0 ? (i64)((double)(all - done) / speed) : 0;
    if (p->terminal) {
        char bar[BAR + 1];
        for (int i = 0; i < BAR; i++) bar[i] = i < (int)(share * BAR) ? '#' : '.';
        bar[BAR] = 0;
        printf("\r[%s] %3.0f %%  %lld of %lld, %.0f a second, %lld s left   ", bar, share * 100, (long long)done,
               (long long)all, speed, (long long)left);
    } else {
        printf("%3.0f %%  %lld of %lld, %.0f a second, %lld s left\n", share * 100, (long long)done, (long long)all, speed,
               (long long)left);
    }
    fflush(stdout);
}

static int finish(const Progress *p, Err e)
{
    if (p->terminal) printf("\r%*s\r", BAR + 60, "");
    else if (e == ERR_OK) printf("100 %%\n");
    if (e == ERR_OK) printf("The index is made of %lld things, in %.1f s.\n", (long long)p->done, seconds(p));
    else fprintf(stderr, "etalase: the index was not made: %s\n", err_title(e));
    return e != ERR_OK;
}

// Nothing is half there when this is stopped: what was put is committed at the end.
static int make_here(const Settings *s, Progress *p)
{
    App *app = calloc(1, sizeof(App));
    must(app != NULL);
    app->no_tasks = true;
    Err e = app_open(app, s, false);
    if (e == ERR_OK) {
        app->search = search_start(app, false);
        e = search_refill(app->search, show, p);
    }
    app_close(app);
    free(app);
    return finish(p, e);
}

// ---------------------------------------------------------------------------------------------- beside a server

static bool read_progress(const char *path, char state[16], i64 *done, i64 *all)
{
    long long a = 0, b = 0;
    FILE *f = fopen(path, "re");
    bool read = f && fscanf(f, "%15s %lld %lld", state, &a, &b) == 3;
    if (f) fclose(f);
    *done = a, *all = b;
    return read;
}

static int make_there(const Settings *s, Progress *p)
{
    char request[4200], progress[4200], state[16] = "";
    i64 done, all, heard = clock_monotonic_us(), last = -1;
    snprintf(request, sizeof(request), "%.*s/search." SEARCH_REQUEST, STR_ARG(s->data));
    snprintf(progress, sizeof(progress), "%.*s/search." SEARCH_PROGRESS, STR_ARG(s->data));
    unlink(progress);
    int file = open(request, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) {
        fprintf(stderr, "etalase: %s cannot be written, by which the server is asked\n", request);
        return 1;
    }
    close(file);
    while (clock_monotonic_us() - heard < (i64)SILENT_S * 1000000) {
        nanosleep(&(struct timespec){ .tv_nsec = LOOK_MS * 1000000 }, NULL);
        if (!read_progress(progress, state, &done, &all)) continue;
        if (done != last) heard = clock_monotonic_us(), last = done;
        show(p, done, all);
        p->done = done;
        if (strcmp(state, "filling") == 0) continue;
        unlink(progress);
        return finish(p, strcmp(state, "done") == 0 ? ERR_OK : ERR_INTERNAL);
    }
    unlink(request);
    fprintf(stderr, "etalase: the server on %.*s does not answer\n", STR_ARG(s->data));
    return 1;
}

int command_reindex(const Settings *s)
{
    char path[4200];
    Progress p = { .terminal = isatty(STDOUT_FILENO), .began = clock_monotonic_us() };
    if (s->n_rest) {
        fputs("etalase: reindex takes no file\n", stderr);
        return 2;
    }
    snprintf(path, sizeof(path), "%.*s/etalase.lock", STR_ARG(s->data));
    int lock = open(path, O_RDWR | O_CLOEXEC);
    if (lock < 0) {
        fprintf(stderr, "etalase: there is no market in %.*s\n", STR_ARG(s->data));
        return 1;
    }
    bool serving = flock(lock, LOCK_EX | LOCK_NB) != 0;
    int code = serving ? make_there(s, &p) : make_here(s, &p);
    close(lock);
    return code;
}
