// Work of several owners: whose turn it is, and how much of one is under way.
#include <pthread.h>
#include <stdatomic.h>

#include "api/work.h"
#include "base/test.h"

enum { ITEMS_MAX = 8 };

// What ran, in its order; each waits until it may end.
typedef struct Stage {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    i64 began[ITEMS_MAX], n, may_end;
} Stage;

typedef struct Item { Stage *stage; i64 name; } Item;

static void play(void *context)
{
    const Item *x = context;
    Stage *s = x->stage;
    pthread_mutex_lock(&s->lock);
    i64 place = s->n;
    s->began[s->n++] = x->name;
    pthread_cond_broadcast(&s->changed);
    while (s->may_end <= place) pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

// Lets the first `ended` end, and waits until `n` have begun.
static void let(Stage *s, i64 ended, i64 n)
{
    pthread_mutex_lock(&s->lock);
    s->may_end = ended;
    pthread_cond_broadcast(&s->changed);
    while (s->n < n) pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

TEST(work_of_one_owner_is_bounded_and_lets_others_pass)
{
    Stage s = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
    Item items[ITEMS_MAX];
    for (i64 i = 0; i < ITEMS_MAX; i++) items[i] = (Item){ &s, i };
    Work *w = work_start(2);
    for (i64 i = 0; i < 4; i++) check_int(work_submit_for(w, 7, 4, play, &items[i]), ERR_OK);
    let(&s, 0, 2);
    check_int(work_submit_for(w, 7, 4, play, &items[4]), ERR_TOO_MANY);
    check_int(work_submit_for(w, 8, 4, play, &items[5]), ERR_OK);
    // Nobody else waited when the first two began; now another does, and goes before the third.
    let(&s, 1, 3);
    check_int(s.began[2], 5);
    let(&s, 2, 4);
    check_int(s.began[3], 2);
    check_int(work_submit(w, play, &items[6]), ERR_OK);
    let(&s, ITEMS_MAX, 6);
    work_stop(w);
    check_int(s.n, 6);
}
