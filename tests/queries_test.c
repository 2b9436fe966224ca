// Every query of the program prepares on both engines, and gives and takes what its C structs say.
#include "gen/program.gen.h"
#include "tests/world.h"

TEST(every_query_fits_its_struct)
{
    World w = world_new();
    check(QUERIES_N > 100);
    for (i64 i = 0; i < QUERIES_N; i++) {
        char problem[300];
        check_int(QUERIES[i]->index, i);
        if (db_check_query(w.app->db, QUERIES[i], problem, sizeof(problem)) != ERR_OK)
            test_failed(__FILE__, __LINE__, "%s: %s", QUERIES[i]->name, problem);
    }
    world_free(&w);
}

TEST(a_query_that_does_not_fit_is_found)
{
    World w = world_new();
    char problem[300];
    Query wrong = *QUERIES[0];
    wrong.sql = "SELECT id, nothing FROM account WHERE id = $1";
    check(db_check_query(w.app->db, &wrong, problem, sizeof(problem)) != ERR_OK);
    world_free(&w);
}
