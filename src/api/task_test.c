// Tasks by themselves: what fails is tried again, given up only where someone takes over.
#include <stdatomic.h>
#include <unistd.h>

#include "tests/world.h"

static i64 ran, gave_up, fails;

static Err fail_some_times(Tx *tx, const By *by, i64 subject)
{
    (void)tx, (void)by, (void)subject;
    return ran++ < fails ? ERR_BUSY : ERR_OK;
}

static Err take_over(Tx *tx, const By *by, i64 subject)
{
    (void)tx, (void)by, (void)subject;
    gave_up++;
    return ERR_OK;
}

static Err ask(Tx *tx, void *context)
{
    World *w = context;
    tx->a = w->a;
    By by = { .now = app_now(w->app), .ids = &w->app->ids };
    return task_at(tx, &by, "failing", 7, by.now);
}

static void run_for_hours(World *w, const TaskKind *kinds)
{
    check_int(db_run(w->app->db, true, ask, w), ERR_OK);
    for (int i = 0; i < 40; i++) {
        tasks_run_due(w->app, kinds);
        world_jump(w, 6 * MINUTE_MS);        // more than the longest pause
    }
}

// An unpaid order's hold would otherwise stay for ever after a bad quarter of an hour.
TEST(task_without_a_successor_is_never_given_up)
{
    static const TaskKind KINDS[] = { { .name = "failing", .rule = fail_some_times }, { .name = NULL } };
    World w = world_new();
    ran = 0, fails = 3 * TASK_TRIES;
    run_for_hours(&w, KINDS);
    check_int(ran, fails + 1);
    world_free(&w);
}

static Err fail_always(App *app, i64 subject, i64 attempt)
{
    (void)app, (void)subject, (void)attempt;
    return ERR_BUSY;
}

static Err ask_for_many(Tx *tx, void *context)
{
    World *w = context;
    tx->a = w->a;
    By by = { .now = app_now(w->app), .ids = &w->app->ids };
    for (i64 i = 1; i <= 6 * TASK_BATCH; i++) try(task_at(tx, &by, "long", i, by.now - HOUR_MS));
    return ERR_OK;
}

// A long queue of conversions must not keep a payment waiting.
TEST(task_of_one_lane_is_found_behind_many_of_another)
{
    static const TaskKind KINDS[] = { { .name = "long", .job = fail_always }, { .name = "failing", .rule = fail_some_times },
                                      { .name = NULL } };
    static const TaskKind NO_JOBS[] = { { .name = "failing", .rule = fail_some_times }, { .name = NULL } };
    World w = world_new();
    ran = fails = 0;
    check_int(db_run(w.app->db, true, ask_for_many, &w), ERR_OK);
    check_int(db_run(w.app->db, true, ask, &w), ERR_OK);
    check_int(tasks_run_due(w.app, NO_JOBS), 1);               // what is of no kind that is known hides nothing either
    check_int(ran, 1);
    check_int(db_run(w.app->db, true, ask, &w), ERR_OK);
    tasks_run_due(w.app, KINDS);
    check_int(ran, 2);
    world_free(&w);
}

TEST(task_with_a_successor_is_given_up_once)
{
    static const TaskKind KINDS[] = { { .name = "failing", .rule = fail_some_times, .gave_up = take_over, .tries = 3 },
                                      { .name = NULL } };
    World w = world_new();
    ran = gave_up = 0, fails = INT64_MAX;
    run_for_hours(&w, KINDS);
    check_int(ran, 3);
    check_int(gave_up, 1);
    world_free(&w);
}

static _Atomic i64 under_way, done_soon;
static atomic_bool enough;

static Err work_long(App *app, i64 subject, i64 attempt)
{
    (void)app, (void)subject, (void)attempt;
    atomic_fetch_add(&under_way, 1);
    while (!atomic_load(&enough)) usleep(1000);
    return ERR_OK;
}

static Err work_shortly(App *app, i64 subject, i64 attempt)
{
    (void)app, (void)subject, (void)attempt;
    atomic_fetch_add(&done_soon, 1);
    return ERR_OK;
}

static Err ask_for_one(Tx *tx, void *context)
{
    World *w = context;
    tx->a = w->a;
    By by = { .now = app_now(w->app), .ids = &w->app->ids };
    return task_at(tx, &by, "short", 1, by.now);
}

static bool comes_to(const _Atomic i64 *what, i64 value)
{
    for (int i = 0; i < 10000 && atomic_load(what) < value; i++) usleep(1000);
    return atomic_load(what) == value;
}

// While every thread for long work is at it and more waits: trends are counted, what was removed goes.
TEST(task_of_long_work_keeps_nothing_waiting_that_is_done_soon)
{
    static const TaskKind KINDS[] = { { .name = "long", .job = work_long, .lane = TASK_LONG },
                                      { .name = "short", .job = work_shortly }, { .name = NULL } };
    static Tasks *tasks;                     // the database knows it for longer than the test
    World w = world_new();
    atomic_store(&under_way, 0), atomic_store(&done_soon, 0), atomic_store(&enough, false);
    check_int(db_run(w.app->db, true, ask_for_many, &w), ERR_OK);
    tasks = tasks_start(w.app, KINDS, 2);
    check(comes_to(&under_way, 2));
    check_int(db_run(w.app->db, true, ask_for_one, &w), ERR_OK);
    check(comes_to(&done_soon, 1));
    check_int(atomic_load(&under_way), 2);
    atomic_store(&enough, true);
    check(tasks_stop_within(tasks, 10000));
    world_free(&w);
}

// A provider that hangs keeps all threads at its checks: a payment that begins is asked for all the same.
TEST(task_that_people_wait_for_is_not_kept_by_checks_that_hang)
{
    static const TaskKind KINDS[] = { { .name = "long", .job = work_long, .lane = TASK_OUTSIDE },
                                      { .name = "short", .job = work_shortly, .lane = TASK_ASKED }, { .name = NULL } };
    static Tasks *tasks;                     // the database knows it for longer than the test
    World w = world_new();
    atomic_store(&under_way, 0), atomic_store(&done_soon, 0), atomic_store(&enough, false);
    check_int(db_run(w.app->db, true, ask_for_many, &w), ERR_OK);
    tasks = tasks_start(w.app, KINDS, 1);
    check(comes_to(&under_way, TASK_OUTSIDE_THREADS));
    check_int(db_run(w.app->db, true, ask_for_one, &w), ERR_OK);
    check(comes_to(&done_soon, 1));
    check_int(atomic_load(&under_way), TASK_OUTSIDE_THREADS);
    atomic_store(&enough, true);
    check(tasks_stop_within(tasks, 10000));
    world_free(&w);
}
