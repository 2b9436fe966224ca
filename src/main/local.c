// Requests from within: a NetRequest without a connection, and a place to wait for its answer.
#include "main/local.h"

#include <pthread.h>
#include <unistd.h>

#include "main/open.h"

enum { LOCAL_HEADERS_MAX = 20 };

typedef struct Waiting {
    NetRequest request;                       // first: the answer finds its Waiting by it
    NetLocal local;
    NetHeader headers[LOCAL_HEADERS_MAX];
    Arena arena;
    pthread_mutex_t lock;
    pthread_cond_t answered_now;
    bool answered;
    Arena *keep;
    LocalAnswer answer;
} Waiting;

static Str read_file(Arena *a, const NetAnswer *answer)
{
    char *bytes = arena_alloc(a, (size_t)answer->file_length + 1);
    ssize_t n = pread(answer->file, bytes, (size_t)answer->file_length, answer->file_from);
    close(answer->file);
    return (Str){ bytes, n > 0 ? (size_t)n : 0 };
}

static void answered(NetRequest *r, const NetAnswer *answer)
{
    Waiting *w = (Waiting *)r;
    Arena *a = w->keep;
    w->answer = (LocalAnswer){ .status = answer->status, .headers = arena_new_array(a, NetHeader, answer->n_headers),
                               .n_headers = answer->n_headers };
    for (i64 i = 0; i < answer->n_headers; i++)
        w->answer.headers[i] = (NetHeader){ arena_copy(a, answer->headers[i].name), arena_copy(a, answer->headers[i].value) };
    w->answer.body = answer->file > 0 ? read_file(a, answer) : arena_copy(a, answer->body);
    if (answer->release) answer->release(answer->release_context);
    pthread_mutex_lock(&w->lock);
    w->answered = true;
    pthread_cond_signal(&w->answered_now);
    pthread_mutex_unlock(&w->lock);
}

static void add_header(Waiting *w, const char *name, Str value)
{
    must(w->local.n_headers < LOCAL_HEADERS_MAX);
    w->headers[w->local.n_headers++] = (NetHeader){ str_of(name), value };
}

static void fill(App *app, Waiting *w, const LocalRequest *in)
{
    Str path = in->path, plain = str_split(&path, '?');
    w->request = (NetRequest){ .a = &w->arena, .method = str_of(in->method), .path = plain, .query = path,
                               .content_length = (i64)in->body.n, .address = STR("127.0.0.1"), .local = &w->local };
    w->arena.limit = in->arena_limit ? in->arena_limit : app->request_arena;
    w->local = (NetLocal){ .headers = w->headers, .answered = answered };
    for (i64 i = 0; i < in->n_headers; i++) add_header(w, in->headers[i].name.p, in->headers[i].value);
    if (in->token.n) add_header(w, "Authorization", arena_format(w->keep, "Bearer %.*s", STR_ARG(in->token)));
    if (in->body.n || in->content_type)
        add_header(w, "Content-Type", str_of(in->content_type ? in->content_type : "application/json"));
    add_header(w, "Host", STR("127.0.0.1"));
}

static Err send_pieces(NetRequest *r, const LocalRequest *in, NetPlan plan)
{
    size_t half = in->between ? in->body.n / 2 : 0;
    if (half) try(plan.piece(r, in->body.p, half));
    if (in->between) in->between(in->context);
    return plan.piece(r, in->body.p + half, in->body.n - half);
}

static void send_body(NetHandler *h, Waiting *w, const LocalRequest *in, NetPlan plan)
{
    NetRequest *r = &w->request;
    if ((i64)in->body.n > plan.limit) {
        answered(r, &(NetAnswer){ .status = err_status(ERR_TOO_LARGE) });
        return;
    }
    if (plan.plan == NET_BODY_STREAM && in->body.n) {
        Err e = send_pieces(r, in, plan);
        if (e != ERR_OK) {
            answered(r, &(NetAnswer){ .status = err_status(e) });
            return;
        }
    }
    if (plan.plan == NET_BODY_BUFFER) r->body = in->body;
    h->handle(h->context, r);
}

LocalAnswer local_call(App *app, Arena *a, const LocalRequest *in)
{
    Waiting w = { .keep = a, .lock = PTHREAD_MUTEX_INITIALIZER, .answered_now = PTHREAD_COND_INITIALIZER };
    NetHandler h = app_handler(app);
    fill(app, &w, in);
    NetPlan plan = h.begin(h.context, &w.request);
    if (plan.plan != NET_BODY_REFUSED) send_body(&h, &w, in, plan);
    pthread_mutex_lock(&w.lock);
    while (!w.answered) pthread_cond_wait(&w.answered_now, &w.lock);
    pthread_mutex_unlock(&w.lock);
    arena_free(&w.arena);
    return w.answer;
}

Str local_header(const LocalAnswer *x, const char *name)
{
    for (i64 i = 0; i < x->n_headers; i++)
        if (str_eq_nocase(x->headers[i].name, str_of(name))) return x->headers[i].value;
    return (Str){ 0 };
}
