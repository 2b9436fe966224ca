// What comes next: the network's gradient against differences, and that each model and their blend find what was planted.
#include "rank/next.h"

#include <math.h>
#include <stdlib.h>

#include "base/test.h"
#include "rank/attend.h"
#include "rank/chance.h"
#include "rank/tables.h"

TEST(the_gradient_is_that_of_the_loss)
{
    const i64 start[] = { 0, 4, 9, 11 };
    const i32 item[] = { 0, 1, 2, 3, 4, 5, 0, 6, 2, 3, 1 };
    Sequences s = { 3, 7, start, item };
    AttendConfig c = attend_config();
    c.width = 8, c.heads = 2, c.length = 5, c.negatives = 4;
    Attend *a = attend_new(7, &c);
    i64 n = attend_weights(a), wrong = 0, looked = 0;
    float *g = calloc((size_t)n, sizeof(float)), *w = calloc((size_t)n, sizeof(float));
    for (int epoch = 0; epoch < 3; epoch++) attend_learn(a, &s);          // away from the even beginning
    attend_loss(a, &s, 9, g);
    attend_save(a, w);
    for (i64 i = 0; i < n; i += 3) {
        const float step = 2e-4F;
        float was = w[i];
        w[i] = was + step;
        attend_load(a, w);
        double up = attend_loss(a, &s, 9, NULL);
        w[i] = was - step;
        attend_load(a, w);
        double down = attend_loss(a, &s, 9, NULL), slope = (up - down) / (2 * (double)step);
        w[i] = was;
        looked++;
        wrong += fabs(slope - (double)g[i]) > 0.03 * fmax(0.1, fabs(slope));       // a bend within the step may be off
    }
    check(looked > 300);
    check(wrong <= looked / 50);
    free(g), free(w);
    attend_free(a);
}

// People walk a ring of items: what comes next is told by the last two steps (onwards or backwards), hardly by how often.
typedef struct World { Sequences s; i64 *start; i32 *item; } World;

enum { RING = 60, PEOPLE = 400, FEW = 100, STEPS = 12 };

static World ring(u64 seed, i64 people)
{
    World w = { .start = calloc((size_t)people + 1, sizeof(i64)), .item = calloc((size_t)people * STEPS, sizeof(i32)) };
    Chance c = chance_new(seed);
    for (i64 p = 0; p < people; p++) {
        i64 at = chance_below(&c, RING), way = p % 2 ? 1 : RING - 1;
        for (i64 k = 0; k < STEPS; k++) {
            w.item[p * STEPS + k] = (i32)at;
            at = chance_below(&c, 10) ? (at + way) % RING : (at + 2 * way) % RING;
        }
        w.start[p + 1] = (p + 1) * STEPS;
    }
    w.s = (Sequences){ people, RING, w.start, w.item };
    return w;
}

static void world_end(World *w)
{
    free(w->start), free(w->item);
}

// Among what is not in the history.
static i64 best_of(const Next *x, i64 person, const i32 *history, i64 n)
{
    NextDesk d = next_desk(x);
    float score[RING];
    next_scores(x, &d, person, history, n, score);
    next_desk_free(&d);
    i64 best = 0;
    for (i64 i = 0; i < RING; i++) check(isfinite(score[i]));
    for (i64 i = 0; i < n; i++) score[history[i]] = -INFINITY;
    for (i64 i = 0; i < RING; i++) {
        if (score[i] > score[best]) best = i;
    }
    return best;
}

TEST(the_order_tells_what_comes_next)
{
    World w = ring(1, PEOPLE);
    for (NextUse use = NEXT_PEOPLE; use <= NEXT_SESSIONS; use++) {
        NextConfig c = { .use = use, .seed = 1, .negatives = 0, .length = 20 };
        Next *x = next_fit(&w.s, &c);
        i64 right = 0;
        for (i32 at = 0; at < RING; at++) {
            const i32 onwards[] = { at, (at + 1) % RING, (at + 2) % RING }, back[] = { (at + 2) % RING, (at + 1) % RING, at };
            right += best_of(x, -1, onwards, 3) == (at + 3) % RING;
            right += best_of(x, -1, back, 3) == (at + RING - 1) % RING;
        }
        check(right > 90);                 // of 120; what follows what alone, which does not know the direction, has half
        next_free(x);
    }
    world_end(&w);
}

TEST(the_same_seed_gives_the_same_bits)
{
    World w = ring(2, FEW);
    NextConfig c = { .use = NEXT_PEOPLE, .seed = 7, .negatives = 20, .length = 20 };
    Next *x = next_fit(&w.s, &c), *y = next_fit(&w.s, &c);
    NextDesk d = next_desk(x);
    float a[RING], b[RING];
    for (i64 p = 0; p < 20; p++) {
        next_scores(x, &d, p, w.item + p * STEPS, STEPS, a);
        next_scores(y, &d, p, w.item + p * STEPS, STEPS, b);
        check(memcmp(a, b, sizeof(a)) == 0);
    }
    next_desk_free(&d);
    next_free(x), next_free(y);
    world_end(&w);
}

TEST(sets_are_completed)
{
    // Two kinds of people, each with items of its own kind.
    World w = ring(3, PEOPLE);
    Chance c = chance_new(3);
    for (i64 k = 0; k < PEOPLE * STEPS; k++) w.item[k] = (i32)(chance_below(&c, RING / 2) + (k / STEPS % 2 ? RING / 2 : 0));
    NextConfig config = { .use = NEXT_SETS, .seed = 1 };
    Next *x = next_fit(&w.s, &config);
    const i32 low[] = { 3, 8 }, high[] = { RING - 3, RING - 8 };
    check(best_of(x, -1, low, 2) < RING / 2);
    check(best_of(x, -1, high, 2) >= RING / 2);
    next_free(x);
    world_end(&w);
}

TEST(little_is_known_and_nothing_breaks)
{
    const i64 start[] = { 0, 1, 1, 3 };
    const i32 item[] = { 2, 0, 0 };
    Sequences s = { 3, 4, start, item };
    for (NextUse use = NEXT_PEOPLE; use <= NEXT_SETS; use++) {
        NextConfig c = { .use = use, .seed = 1 };
        Next *x = next_fit(&s, &c);
        NextDesk d = next_desk(x);
        float score[4];
        next_scores(x, &d, -1, item, 2, score);
        for (int i = 0; i < 4; i++) check(isfinite(score[i]));
        next_scores(x, &d, -1, NULL, 0, score);
        check(score[0] > score[2] && score[2] > score[1]);
        next_desk_free(&d);
        next_free(x);
    }
    s.items = 0, s.people = 0;
    check(next_fit(&s, &(NextConfig){ 0 }) == NULL);
}

TEST(tables_count_what_goes_with_what)
{
    const i64 start[] = { 0, 3, 6 };
    const i32 item[] = { 0, 1, 2, 0, 1, 3 };
    Sequences s = { 2, 4, start, item };
    Table t = table_follows(&s, TABLE_KEPT);
    check_int(t.item[t.start[0]], 1);      // 1 follows 0 at once, twice; 2 and 3 later and once
    check_int(t.start[1] - t.start[0], 3);
    check(t.value[0] > t.value[1]);
    check_int(t.start[4] - t.start[3], 0);
    float score[4];
    const i32 history[] = { 0 };
    table_scores(&t, history, 1, 1, score);
    check(score[1] > score[2] && score[2] > 0 && score[0] == 0);
    table_free(&t);
    Alike a = alike_new(&s);
    const i32 second[] = { 1 };
    AlikeDesk desk = alike_desk(&a);
    alike_scores(&a, &desk, second, 1, 0, score);                                // person 0 is left out
    check(score[3] > 0 && score[2] == 0);
    check(desk.sum[0] == 0 && desk.sum[1] == 0);
    alike_desk_free(&desk);
    alike_free(&a);
}
