// The best lawful combination: each shop's options, then which of them go with which voucher of the platform. Pure.
#include "pricing/engine.h"

#include "pricing/engine_shop.h"

// ---------------------------------------------------------------------------------------------- the whole basket's choice

// Some shops' options together: d is their discount, r what the platform's voucher would look at.
typedef struct State { i64 d, r, vouchers, option, from; } State;
typedef struct Best { i64 total, vouchers, platform; i64 options[ENGINE_SHOPS_MAX]; } Best;

// A voucher gives at most one unit more for one unit more: so whoever is ahead by as much as the other has more to be
// looked at can never be overtaken.
static bool beats(const State *a, const State *b)
{
    i64 ahead = a->d - b->d, more = b->r > a->r ? b->r - a->r : 0;
    return ahead > more || (ahead == more && a->vouchers <= b->vouchers);
}

// Adds s unless it is beaten; throws out whom it beats. False when the front was full and the least of them went.
static bool front_add(State *front, i64 *n, State s)
{
    for (i64 i = 0; i < *n; i++)
        if (beats(&front[i], &s)) return true;
    i64 kept = 0;
    for (i64 i = 0; i < *n; i++)
        if (!beats(&s, &front[i])) front[kept++] = front[i];
    *n = kept;
    if (*n < ENGINE_FRONT_MAX) {
        front[(*n)++] = s;
        return true;
    }
    i64 least = 0;
    for (i64 i = 1; i < *n; i++)
        if (front[i].d < front[least].d) least = i;
    if (front[least].d < s.d) front[least] = s;
    return false;
}

// For one voucher of the platform (or none): the front after each shop, in `steps`; the best of the last becomes `best` if
// it is better than that.
static void combine(EngineBasket *b, const EngineOptions *shops, i64 platform, i64 voucher, State *steps, Best *best)
{
    i64 counts[ENGINE_SHOPS_MAX + 1] = { 1 };
    steps[0] = (State){ 0 };
    for (i64 s = 0; s < b->n_shops; s++) {
        const State *before = steps + s * ENGINE_FRONT_MAX;
        State *after = steps + (s + 1) * ENGINE_FRONT_MAX;
        i64 *n = &counts[s + 1];
        *n = 0;
        for (i64 k = 0; k < counts[s]; k++)
            for (i64 o = 0; o < shops[s].n; o++) {
                const EngineOption *x = &shops[s].options[o];
                i64 r = platform < 0 ? 0 : x->left[platform];
                if (!front_add(after, n, (State){ before[k].d + x->discount, before[k].r + r,
                                                  before[k].vouchers + (x->voucher >= 0), o, k })) b->cut = true;
            }
    }
    const State *last = steps + b->n_shops * ENGINE_FRONT_MAX;
    const EnginePromotion *p = voucher < 0 ? NULL : &b->promotions[voucher];
    for (i64 k = 0; k < counts[b->n_shops]; k++) {
        i64 more = p ? engine_gives(p->method, p->value, p->cap, last[k].r) : 0;
        i64 total = last[k].d + more, vouchers = last[k].vouchers + (more > 0);
        if (total < best->total || (total == best->total && vouchers >= best->vouchers)) continue;
        *best = (Best){ total, vouchers, more > 0 ? voucher : -1, { 0 } };
        for (i64 s = b->n_shops, at = k; s > 0; s--) {
            const State *state = steps + s * ENGINE_FRONT_MAX + at;
            best->options[s - 1] = state->option;
            at = state->from;
        }
    }
}

// What is left of the basket's lines after the cuts so far.
static void left_of(const EngineBasket *b, i64 *left)
{
    for (i64 i = 0; i < b->n; i++) {
        left[i] = b->lines[i].price * b->lines[i].quantity;
        for (i64 k = 0; k < b->lines[i].n_cuts; k++) left[i] -= b->lines[i].cuts[k].amount;
    }
}

static void take_platform(EngineBasket *b, i64 voucher)
{
    EnginePromotion *p = &b->promotions[voucher];
    i64 left[ENGINE_LINES_MAX], base = 0;
    left_of(b, left);
    for (i64 i = 0; i < b->n; i++) {
        if (!(p->lines >> i & 1)) left[i] = 0;
        base += left[i];
    }
    engine_cut(b, voucher, engine_gives(p->method, p->value, p->cap, base), left, 0, b->n);
}

static void choose_goods(Arena *a, EngineBasket *b)
{
    i64 platform[ENGINE_VOUCHERS_MAX], n = 0;
    for (i64 i = 0; i < b->n_promotions; i++) {
        const EnginePromotion *p = &b->promotions[i];
        if (p->step != ENGINE_GOODS || !p->platform || p->outcome != PROMOTION_OUTCOME_APPLIED) continue;
        if (n == ENGINE_VOUCHERS_MAX) b->cut = true;
        else platform[n++] = i;
    }
    EngineOptions *shops = arena_new_array(a, EngineOptions, b->n_shops);
    for (i64 s = 0; s < b->n_shops; s++) engine_options(a, b, s, platform, n, &shops[s]);
    State *steps = arena_new_array(a, State, (b->n_shops + 1) * ENGINE_FRONT_MAX);
    Best best = { .total = -1 };
    combine(b, shops, -1, -1, steps, &best);
    for (i64 k = 0; k < n; k++) combine(b, shops, k, platform[k], steps, &best);
    for (i64 s = 0; s < b->n_shops; s++) engine_take(b, s, &shops[s], best.options[s]);
    if (best.platform >= 0) take_platform(b, best.platform);
}

// ---------------------------------------------------------------------------------------------- shipping

enum { SHIP_VOUCHERS_MAX = 60, SHIP_SCALE = 64 };

static void cut_shipping(EngineBasket *b, i64 shop, i64 promotion, i64 amount)
{
    EngineShop *s = &b->shops[shop];
    if (amount <= 0) return;
    must(s->n_cuts < COUNT(s->cuts));
    s->cuts[s->n_cuts++] = (EngineCut){ promotion, amount };
    b->promotions[promotion].given += amount;
}

static u64 lines_of(const EngineShop *s)
{
    return ((UINT64_C(1) << s->n) - 1) << s->first;
}

static i64 goods_in(const EngineBasket *b, u64 lines)
{
    i64 sum = 0;
    for (i64 i = 0; i < b->n; i++)
        if (lines >> i & 1) sum += b->lines[i].price * b->lines[i].quantity;
    return sum;
}

// What it takes off this shop's shipping. A minimum is one shop's here: parcels are sent by shops.
static i64 off_shipping(const EngineBasket *b, i64 promotion, i64 shop, i64 left)
{
    const EnginePromotion *p = &b->promotions[promotion];
    u64 lines = p->lines & lines_of(&b->shops[shop]);
    if (!lines || p->outcome != PROMOTION_OUTCOME_APPLIED || goods_in(b, lines) < p->minimum) return 0;
    return engine_gives(p->method, p->value, p->cap, left);
}

// The most valuable assignment of vouchers to shops, each to one at most: the Hungarian method with potentials (Kuhn 1955,
// Munkres 1957), O(rows^2 * columns). Rows are vouchers; a column more for each row stands for "not used".
typedef struct Assignment { i64 rows, columns; i64 *cost; i64 *row_of; } Assignment;      // row_of[column], 0: free; from 1 on

static void assign_row(const Assignment *x, i64 row, i64 *u, i64 *v, i64 *way, i64 *least, bool *used)
{
    i64 column = 0;
    x->row_of[0] = row;
    for (i64 j = 0; j <= x->columns; j++) {
        least[j] = INT64_MAX;
        used[j] = false;
    }
    do {
        i64 r = x->row_of[column], delta = INT64_MAX, next = 0;
        used[column] = true;
        for (i64 j = 1; j <= x->columns; j++) {
            if (used[j]) continue;
            i64 c = x->cost[(r - 1) * x->columns + j - 1] - u[r] - v[j];
            if (c < least[j]) {
                least[j] = c;
                way[j] = column;
            }
            if (least[j] < delta) {
                delta = least[j];
                next = j;
            }
        }
        for (i64 j = 0; j <= x->columns; j++) {
            if (used[j]) {
                u[x->row_of[j]] += delta;
                v[j] -= delta;
            } else if (least[j] != INT64_MAX) {
                least[j] -= delta;
            }
        }
        column = next;
    } while (x->row_of[column] != 0);
    for (i64 before; column; column = before) {
        before = way[column];
        x->row_of[column] = x->row_of[before];
    }
}

static void assign(Arena *a, const Assignment *x)
{
    i64 *u = arena_new_array(a, i64, x->rows + 1), *v = arena_new_array(a, i64, x->columns + 1);
    i64 *way = arena_new_array(a, i64, x->columns + 1), *least = arena_new_array(a, i64, x->columns + 1);
    bool *used = arena_new_array(a, bool, x->columns + 1);
    for (i64 row = 1; row <= x->rows; row++) assign_row(x, row, u, v, way, least, used);
}

// A voucher that gives nothing more than leaving it is left: hence the 1 per use, which no sum of 60 can outweigh.
static void choose_shipping_vouchers(Arena *a, EngineBasket *b, const i64 *left)
{
    i64 vouchers[SHIP_VOUCHERS_MAX], n = 0;
    for (i64 i = 0; i < b->n_promotions; i++) {
        if (b->promotions[i].step != ENGINE_SHIPPING_VOUCHER || b->promotions[i].outcome != PROMOTION_OUTCOME_APPLIED) continue;
        if (n == SHIP_VOUCHERS_MAX) b->cut = true;
        else vouchers[n++] = i;
    }
    if (n == 0) return;
    Assignment x = { .rows = n, .columns = b->n_shops + n };
    x.cost = arena_new_array(a, i64, x.rows * x.columns);
    x.row_of = arena_new_array(a, i64, x.columns + 1);
    for (i64 k = 0; k < n; k++)
        for (i64 s = 0; s < b->n_shops; s++) {
            i64 gives = off_shipping(b, vouchers[k], s, left[s]);
            x.cost[k * x.columns + s] = gives > 0 ? 1 - gives * SHIP_SCALE : 1;
        }
    assign(a, &x);
    for (i64 s = 0; s < b->n_shops; s++) {
        i64 row = x.row_of[s + 1];
        if (row) cut_shipping(b, s, vouchers[row - 1], off_shipping(b, vouchers[row - 1], s, left[s]));
    }
}

static void choose_shipping(Arena *a, EngineBasket *b)
{
    i64 left[ENGINE_SHOPS_MAX];
    for (i64 s = 0; s < b->n_shops; s++) {
        i64 best = -1, most = 0;
        for (i64 i = 0; i < b->n_promotions; i++) {
            if (b->promotions[i].step != ENGINE_SHIPPING) continue;
            i64 gives = off_shipping(b, i, s, b->shops[s].shipping);
            if (gives > most) {
                most = gives;
                best = i;
            }
        }
        if (best >= 0) cut_shipping(b, s, best, most);
        left[s] = b->shops[s].shipping - most;
    }
    choose_shipping_vouchers(a, b, left);
}

// ---------------------------------------------------------------------------------------------- what is in reach, and why not

static bool for_shipping(const EnginePromotion *p)
{
    return p->step == ENGINE_SHIPPING || p->step == ENGINE_SHIPPING_VOUCHER;
}

// The most it could give before anything else: that much must be left of its budget. For shipping, what it could give on all.
static i64 most_of(const EngineBasket *b, const EnginePromotion *p, i64 have)
{
    if (!for_shipping(p)) return engine_gives(p->method, p->value, p->cap, have);
    i64 most = 0, sum = 0;
    for (i64 s = 0; s < b->n_shops; s++) {
        if (!(p->lines & lines_of(&b->shops[s]))) continue;
        i64 gives = engine_gives(p->method, p->value, p->cap, b->shops[s].shipping);
        sum += gives;
        if (gives > most) most = gives;
    }
    return p->step == ENGINE_SHIPPING ? sum : most;
}

// Best of the shops' goods for shipping, all of them otherwise.
static i64 goods_for(const EngineBasket *b, const EnginePromotion *p)
{
    if (!for_shipping(p)) return goods_in(b, p->lines);
    i64 most = 0;
    for (i64 s = 0; s < b->n_shops; s++) {
        i64 goods = goods_in(b, p->lines & lines_of(&b->shops[s]));
        if (goods > most) most = goods;
    }
    return most;
}

static void look_at(const EngineBasket *b, EnginePromotion *p)
{
    p->given = 0;
    p->have = goods_for(b, p);
    p->outcome = PROMOTION_OUTCOME_APPLIED;
    if (!p->lines) p->outcome = PROMOTION_OUTCOME_OUT_OF_SCOPE;
    else if (p->have < p->minimum) p->outcome = PROMOTION_OUTCOME_BELOW_MINIMUM;
    else if (p->has_budget && most_of(b, p, p->have) > p->budget) p->outcome = PROMOTION_OUTCOME_BUDGET;
}

// Why one that was in reach gave nothing.
static PromotionOutcome unused(const EngineBasket *b, const EnginePromotion *p)
{
    switch (p->step) {
    case ENGINE_BUNDLE: return engine_bundle_fits(b, p) ? PROMOTION_OUTCOME_BEATEN : PROMOTION_OUTCOME_INCOMPLETE;
    case ENGINE_QUANTITY: return engine_tier_reached(b, p) ? PROMOTION_OUTCOME_BEATEN : PROMOTION_OUTCOME_TIER;
    default: return most_of(b, p, p->have) > 0 ? PROMOTION_OUTCOME_BEATEN : PROMOTION_OUTCOME_NOTHING_LEFT;
    }
}

static void solve(Arena *a, EngineBasket *b)
{
    b->cut = false;
    for (i64 i = 0; i < b->n; i++) b->lines[i].n_cuts = 0;
    for (i64 i = 0; i < b->n_shops; i++) b->shops[i].n_cuts = 0;
    for (i64 i = 0; i < b->n_promotions; i++) look_at(b, &b->promotions[i]);
    if (b->n_promotions == 0) return;
    choose_goods(a, b);
    choose_shipping(a, b);
    for (i64 i = 0; i < b->n_promotions; i++) {
        EnginePromotion *p = &b->promotions[i];
        if (p->outcome == PROMOTION_OUTCOME_APPLIED && p->given == 0) p->outcome = unused(b, p);
    }
}

static i64 given_in_all(const EngineBasket *b)
{
    i64 sum = 0;
    for (i64 i = 0; i < b->n_promotions; i++) sum += b->promotions[i].given;
    return sum;
}

// Makes the basket's cuts those of promotion `winner` alone.
static void take_alone(Arena *a, EngineBasket *b, i64 winner)
{
    EngineBasket alone = *b;
    EnginePromotion one = b->promotions[winner];
    alone.promotions = &one;
    alone.n_promotions = 1;
    solve(a, &alone);
    for (i64 i = 0; i < b->n_promotions; i++) {
        b->promotions[i].given = 0;
        if (b->promotions[i].outcome == PROMOTION_OUTCOME_APPLIED) b->promotions[i].outcome = PROMOTION_OUTCOME_BEATEN;
    }
    b->promotions[winner] = one;
    for (i64 i = 0; i < b->n; i++)
        for (i64 k = 0; k < b->lines[i].n_cuts; k++) b->lines[i].cuts[k].promotion = winner;
    for (i64 s = 0; s < b->n_shops; s++)
        for (i64 k = 0; k < b->shops[s].n_cuts; k++) b->shops[s].cuts[k].promotion = winner;
}

// Where not all was looked at, at least no promotion alone is better than what was found.
static void look_at_singles(Arena *a, EngineBasket *b)
{
    EngineBasket alone = *b;
    i64 best = given_in_all(b), winner = -1;
    alone.lines = arena_new_array(a, EngineLine, b->n);
    alone.shops = arena_new_array(a, EngineShop, b->n_shops);
    memcpy(alone.lines, b->lines, (size_t)b->n * sizeof(EngineLine));
    memcpy(alone.shops, b->shops, (size_t)b->n_shops * sizeof(EngineShop));
    alone.n_promotions = 1;
    for (i64 i = 0; i < b->n_promotions; i++) {
        EnginePromotion one = b->promotions[i];
        ArenaMark mark = arena_mark(a);
        alone.promotions = &one;
        solve(a, &alone);
        arena_rewind(a, mark);
        if (one.given <= best) continue;
        best = one.given;
        winner = i;
    }
    if (winner >= 0) take_alone(a, b, winner);
}

void engine_solve(Arena *a, EngineBasket *b)
{
    must(b->n <= ENGINE_LINES_MAX && b->n_shops <= ENGINE_SHOPS_MAX && b->n_promotions <= ENGINE_PROMOTIONS_MAX);
    solve(a, b);
    if (b->cut) look_at_singles(a, b);
}
