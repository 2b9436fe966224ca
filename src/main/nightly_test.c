// Tests of the audit that runs by itself and on demand.
#include "base/log.h"
#include "ledger/ledger_kit.h"

static i64 number(World *w, const Answer *x, const char *path)
{
    i64 n = -1;
    return str_to_i64(answer_at(w, x, path), &n) ? n : -1;
}

TEST(audit_on_demand_is_the_operators)
{
    World w = world_new();
    check_int(world_get(&w, w.nobody, "/v1/operator/audit").status, 401);
    check_int(world_get(&w, w.sari, "/v1/operator/audit").status, 403);
    check_int(world_post(&w, w.sari, "/v1/operator/audit", NULL).status, 403);
    Answer x = world_get(&w, w.oma, "/v1/operator/audit");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "state"), STR("never"));
    x = world_post(&w, w.oma, "/v1/operator/audit", NULL);
    check_int(x.status, 202);
    check_str(answer_at(&w, &x, "state"), STR("running"));
    check_int(world_post(&w, w.oma, "/v1/operator/audit", NULL).status, 202);         // again: left alone
    world_tasks(&w);
    x = world_get(&w, w.oma, "/v1/operator/audit");
    check_str(answer_at(&w, &x, "state"), STR("done"));
    check_int(number(&w, &x, "violations"), 0);
    world_free(&w);
}

TEST(audit_runs_each_night_and_says_what_it_found)
{
    World w = world_new();
    world_jump(&w, DAY_MS);
    check(world_tasks(&w) >= 1);
    Answer x = world_get(&w, w.oma, "/v1/operator/audit");
    check_str(answer_at(&w, &x, "state"), STR("done"));
    Str first = answer_at(&w, &x, "started");
    world_jump(&w, DAY_MS);
    world_tasks(&w);
    x = world_get(&w, w.oma, "/v1/operator/audit");
    check(!str_eq(answer_at(&w, &x, "started"), first));
    LedgerSale sale = books_sale(11, 101);
    check_int(books_capture(&w, &sale), ERR_OK);
    books_spoil(&w, "UPDATE ledger_posting SET amount = 7 WHERE debit = 'clearing'");
    world_jump(&w, DAY_MS);
    world_tasks(&w);
    x = world_get(&w, w.oma, "/v1/operator/audit");
    check_int(number(&w, &x, "violations"), 2);
    check_str(answer_at(&w, &x, "rules[0].rule"), STR("ledger_buyer"));
    check_str(answer_at(&w, &x, "items[1].rule"), STR("ledger_money"));
    check_str(answer_at(&w, &x, "items[0].id"), STR("101"));
    world_free(&w);
}

TEST(audit_that_cannot_be_made_says_so_and_comes_again_at_night)
{
    World w = world_new();
    world_sql(&w, "ALTER TABLE clip_like RENAME TO clip_like_away");
    world_jump(&w, DAY_MS);
    log_quiet(true);
    world_tasks(&w);
    log_quiet(false);
    Answer x = world_get(&w, w.oma, "/v1/operator/audit");
    check_str(answer_at(&w, &x, "state"), STR("failed"));
    Str first = answer_at(&w, &x, "started");
    world_sql(&w, "ALTER TABLE clip_like_away RENAME TO clip_like");
    world_jump(&w, HOUR_MS);
    world_tasks(&w);
    x = world_get(&w, w.oma, "/v1/operator/audit");
    check_str(answer_at(&w, &x, "started"), first);
    world_jump(&w, DAY_MS);
    world_tasks(&w);
    x = world_get(&w, w.oma, "/v1/operator/audit");
    check_str(answer_at(&w, &x, "state"), STR("done"));
    world_free(&w);
}
