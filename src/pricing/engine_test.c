// Tests of the engine: chosen baskets whose result is known, and seeded random ones against a plain search of everything.
#include "base/test.h"
#include "pricing/engine.h"

// ---------------------------------------------------------------------------------------------- chosen baskets

typedef struct Box {
    Arena a;
    EngineLine lines[ENGINE_LINES_MAX];
    EngineShop shops[ENGINE_SHOPS_MAX];
    EnginePromotion promotions[ENGINE_PROMOTIONS_MAX];
    EngineBasket b;
} Box;

static Box *box_new(void)
{
    Box *x = calloc(1, sizeof(Box));
    must(x != NULL);
    x->b = (EngineBasket){ .lines = x->lines, .shops = x->shops, .promotions = x->promotions };
    return x;
}

static void box_free(Box *x)
{
    arena_free(&x->a);
    free(x);
}

static void line(Box *x, i64 price, i64 quantity)
{
    x->lines[x->b.n++] = (EngineLine){ .price = price, .quantity = quantity };
}

// The lines since the last shop are this one's.
static void shop(Box *x, i64 shipping)
{
    i64 first = x->b.n_shops ? x->shops[x->b.n_shops - 1].first + x->shops[x->b.n_shops - 1].n : 0;
    x->shops[x->b.n_shops++] = (EngineShop){ .first = first, .n = x->b.n - first, .shipping = shipping };
}

static EnginePromotion *promote(Box *x, EnginePromotion p)
{
    x->promotions[x->b.n_promotions] = p;
    return &x->promotions[x->b.n_promotions++];
}

static i64 line_off(const Box *x, i64 i)
{
    i64 sum = 0;
    for (i64 k = 0; k < x->lines[i].n_cuts; k++) sum += x->lines[i].cuts[k].amount;
    return sum;
}

static i64 shipping_off(const Box *x, i64 s)
{
    i64 sum = 0;
    for (i64 k = 0; k < x->shops[s].n_cuts; k++) sum += x->shops[s].cuts[k].amount;
    return sum;
}

static i64 total_off(const Box *x)
{
    i64 sum = 0;
    for (i64 i = 0; i < x->b.n; i++) sum += line_off(x, i);
    for (i64 s = 0; s < x->b.n_shops; s++) sum += shipping_off(x, s);
    return sum;
}

static EnginePromotion voucher(bool platform, u64 lines, PriceMethod method, i64 value)
{
    return (EnginePromotion){ .step = ENGINE_GOODS, .platform = platform, .lines = lines, .method = method, .value = value };
}

TEST(a_percentage_is_rounded_once_and_split_by_largest_remainder)
{
    Box *x = box_new();
    line(x, 333, 1), line(x, 333, 1), line(x, 334, 1);
    shop(x, 0);
    EnginePromotion *p = promote(x, voucher(false, 7, PRICE_METHOD_PERCENT, 105000));    // 10.5 % of 1000
    engine_solve(&x->a, &x->b);
    check_int(p->given, 105);
    check_int(p->outcome, PROMOTION_OUTCOME_APPLIED);
    check_int(line_off(x, 0) + line_off(x, 1) + line_off(x, 2), 105);
    check_int(line_off(x, 0), 35);
    check_int(line_off(x, 2), 35);
    box_free(x);
}

TEST(automatic_then_sellers_then_platforms)
{
    Box *x = box_new();
    line(x, 10000, 2), line(x, 5000, 1);
    shop(x, 1500);
    EnginePromotion *tiers = promote(x, (EnginePromotion){ .step = ENGINE_QUANTITY, .lines = 1, .n_tiers = 2,
        .tiers = { { 2, PRICE_METHOD_PERCENT, 100000 }, { 3, PRICE_METHOD_PERCENT, 200000 } } });
    EnginePromotion *own = promote(x, voucher(false, 3, PRICE_METHOD_PERCENT, 100000));
    EnginePromotion *platform = promote(x, voucher(true, 3, PRICE_METHOD_AMOUNT, 3000));
    EnginePromotion *ship = promote(x, (EnginePromotion){ .step = ENGINE_SHIPPING, .lines = 3, .minimum = 25000,
                                                          .method = PRICE_METHOD_PERCENT, .value = ENGINE_WHOLE });
    engine_solve(&x->a, &x->b);
    check_int(tiers->given, 2000);                  // 10 % of two
    check_int(own->given, 2300);                    // 10 % of the 23000 that are left
    check_int(platform->given, 3000);
    check_int(ship->given, 1500);                   // the minimum looks at the goods before promotions: 25000
    check_int(total_off(x), 8800);
    box_free(x);
}

TEST(one_of_each_and_the_best_of_them)
{
    Box *x = box_new();
    line(x, 10000, 1);
    shop(x, 0);
    line(x, 20000, 1);
    shop(x, 0);
    EnginePromotion *a = promote(x, voucher(false, 1, PRICE_METHOD_AMOUNT, 100));
    EnginePromotion *b = promote(x, voucher(false, 1, PRICE_METHOD_AMOUNT, 300));
    EnginePromotion *c = promote(x, voucher(false, 2, PRICE_METHOD_PERCENT, 100000));
    EnginePromotion *d = promote(x, voucher(true, 3, PRICE_METHOD_AMOUNT, 500));
    EnginePromotion *e = promote(x, voucher(true, 3, PRICE_METHOD_AMOUNT, 400));
    engine_solve(&x->a, &x->b);
    check_int(a->outcome, PROMOTION_OUTCOME_BEATEN);
    check_int(b->given, 300);
    check_int(c->given, 2000);
    check_int(d->given, 500);
    check_int(e->outcome, PROMOTION_OUTCOME_BEATEN);
    box_free(x);
}

TEST(a_bundle_takes_the_dearest_units_and_leaves_the_rest)
{
    Box *x = box_new();
    line(x, 1000, 3), line(x, 1500, 1), line(x, 700, 2);
    shop(x, 0);
    EnginePromotion *p = promote(x, (EnginePromotion){ .step = ENGINE_BUNDLE, .lines = 7, .method = PRICE_METHOD_FIXED,
        .value = 1600, .n_items = 2, .items = { { 3, 1 }, { 4, 1 } } });
    engine_solve(&x->a, &x->b);
    check_int(p->given, 700);                       // 1500 + 700 - 1600, 1000 + 700 - 1600
    check_int(line_off(x, 0) + line_off(x, 1) + line_off(x, 2), 700);
    box_free(x);
}

TEST(a_bundle_is_left_when_something_else_is_better)
{
    Box *x = box_new();
    line(x, 1000, 2), line(x, 1000, 1);
    shop(x, 0);
    EnginePromotion *p = promote(x, (EnginePromotion){ .step = ENGINE_BUNDLE, .lines = 3, .method = PRICE_METHOD_FIXED,
        .value = 1990, .n_items = 2, .items = { { 1, 1 }, { 2, 1 } } });
    EnginePromotion *q = promote(x, (EnginePromotion){ .step = ENGINE_QUANTITY, .lines = 3, .n_tiers = 1,
        .tiers = { { 3, PRICE_METHOD_PERCENT, 500000 } } });
    engine_solve(&x->a, &x->b);
    check_int(p->outcome, PROMOTION_OUTCOME_BEATEN);
    check_int(q->given, 1500);
    box_free(x);
}

TEST(why_something_did_not_apply)
{
    Box *x = box_new();
    line(x, 1000, 1);
    shop(x, 900);
    EnginePromotion minimum = voucher(false, 1, PRICE_METHOD_AMOUNT, 100), budget = minimum, scope = minimum;
    minimum.minimum = 1001;
    budget.has_budget = true, budget.budget = 99;
    scope.lines = 0;
    EnginePromotion *a = promote(x, minimum), *b = promote(x, budget), *c = promote(x, scope);
    EnginePromotion *d = promote(x, (EnginePromotion){ .step = ENGINE_BUNDLE, .lines = 1, .method = PRICE_METHOD_FIXED,
        .value = 10, .n_items = 2, .items = { { 1, 1 }, { 0, 1 } } });
    EnginePromotion *e = promote(x, (EnginePromotion){ .step = ENGINE_QUANTITY, .lines = 1, .n_tiers = 1,
        .tiers = { { 2, PRICE_METHOD_PERCENT, 500000 } } });
    EnginePromotion *f = promote(x, (EnginePromotion){ .step = ENGINE_SHIPPING_VOUCHER, .lines = 1,
        .method = PRICE_METHOD_AMOUNT, .value = 500 });
    EnginePromotion *g = promote(x, (EnginePromotion){ .step = ENGINE_SHIPPING_VOUCHER, .lines = 1,
        .method = PRICE_METHOD_PERCENT, .value = ENGINE_WHOLE });
    engine_solve(&x->a, &x->b);
    check_int(a->outcome, PROMOTION_OUTCOME_BELOW_MINIMUM);
    check_int(a->have, 1000);
    check_int(b->outcome, PROMOTION_OUTCOME_BUDGET);
    check_int(c->outcome, PROMOTION_OUTCOME_OUT_OF_SCOPE);
    check_int(d->outcome, PROMOTION_OUTCOME_INCOMPLETE);
    check_int(e->outcome, PROMOTION_OUTCOME_TIER);
    check_int(f->outcome, PROMOTION_OUTCOME_BEATEN);
    check_int(g->given, 900);
    check_int(total_off(x), 900);
    box_free(x);
}

TEST(nothing_goes_below_zero)
{
    Box *x = box_new();
    line(x, 1, 1), line(x, 2, 1);
    shop(x, 0);
    EnginePromotion *a = promote(x, voucher(false, 3, PRICE_METHOD_AMOUNT, 1000000));
    EnginePromotion *b = promote(x, voucher(true, 3, PRICE_METHOD_PERCENT, ENGINE_WHOLE));
    engine_solve(&x->a, &x->b);
    check_int(a->given + b->given, 3);
    check(a->given == 0 || b->given == 0);          // fewer vouchers do the same
    check_int(total_off(x), 3);
    box_free(x);
}

// ---------------------------------------------------------------------------------------------- a plain search of everything

typedef struct Brute { const Box *x; i64 left[ENGINE_LINES_MAX], best; } Brute;

static i64 plain_gives(const EnginePromotion *p, PriceMethod method, i64 value, i64 base)
{
    i64 off = method == PRICE_METHOD_PERCENT ? (i64)(((__int128)base * value * 2 + ENGINE_WHOLE) / (2 * ENGINE_WHOLE)) : value;
    if (p->cap > 0 && off > p->cap) off = p->cap;
    return off > base ? base : off;
}

// Gives `off` to the lines by weight: whole shares first, then the largest remainders, earlier lines first.
static void plain_split(i64 off, const i64 *weights, i64 *left, i64 n)
{
    i64 sum = 0, given = 0;
    bool had[ENGINE_LINES_MAX] = { false };
    for (i64 i = 0; i < n; i++) sum += weights[i];
    if (sum == 0) return;
    for (i64 i = 0; i < n; i++) {
        left[i] -= (i64)((__int128)off * weights[i] / sum);
        given += (i64)((__int128)off * weights[i] / sum);
    }
    for (; given < off; given++) {
        i64 at = -1;
        for (i64 i = 0; i < n; i++)
            if (!had[i] && (at < 0 || (__int128)off * weights[i] % sum > (__int128)off * weights[at] % sum)) at = i;
        had[at] = true;
        left[at]--;
    }
}

static bool in_reach(const Box *x, i64 i)
{
    PromotionOutcome o = x->promotions[i].outcome;
    return o != PROMOTION_OUTCOME_OUT_OF_SCOPE && o != PROMOTION_OUTCOME_BELOW_MINIMUM && o != PROMOTION_OUTCOME_BUDGET;
}

static bool of_shop(const Box *x, i64 promotion, i64 s)
{
    for (i64 i = x->shops[s].first; i < x->shops[s].first + x->shops[s].n; i++)
        if (x->promotions[promotion].lines >> i & 1) return true;
    return false;
}

static void end_of_goods(Brute *t, i64 off)
{
    if (off > t->best) t->best = off;
    for (i64 p = 0; p < t->x->b.n_promotions; p++) {
        const EnginePromotion *v = &t->x->promotions[p];
        if (v->step != ENGINE_GOODS || !v->platform || !in_reach(t->x, p)) continue;
        i64 base = 0;
        for (i64 i = 0; i < t->x->b.n; i++)
            if (v->lines >> i & 1) base += t->left[i];
        i64 all = off + plain_gives(v, v->method, v->value, base);
        if (all > t->best) t->best = all;
    }
}

static void next_shop(Brute *t, i64 s, i64 off);

static void pick_voucher(Brute *t, i64 s, i64 off)
{
    i64 kept[ENGINE_LINES_MAX];
    next_shop(t, s + 1, off);
    memcpy(kept, t->left, sizeof(kept));
    for (i64 p = 0; p < t->x->b.n_promotions; p++) {
        const EnginePromotion *v = &t->x->promotions[p];
        if (v->step != ENGINE_GOODS || v->platform || !in_reach(t->x, p) || !of_shop(t->x, p, s)) continue;
        i64 weights[ENGINE_LINES_MAX] = { 0 }, base = 0;
        for (i64 i = 0; i < t->x->b.n; i++)
            if (v->lines >> i & 1) base += weights[i] = t->left[i];
        i64 gives = plain_gives(v, v->method, v->value, base);
        plain_split(gives, weights, t->left, t->x->b.n);
        next_shop(t, s + 1, off + gives);
        memcpy(t->left, kept, sizeof(kept));
    }
}

static void pick_quantities(Brute *t, i64 s, i64 off, const i64 *units)
{
    i64 of[ENGINE_PROMOTIONS_MAX], n = 0, kept[ENGINE_LINES_MAX];
    for (i64 p = 0; p < t->x->b.n_promotions; p++) {
        const EnginePromotion *q = &t->x->promotions[p];
        i64 all = 0;
        for (i64 i = 0; i < t->x->b.n; i++) all += q->lines >> i & 1 ? t->x->lines[i].quantity : 0;
        if (q->step == ENGINE_QUANTITY && in_reach(t->x, p) && of_shop(t->x, p, s) && all >= q->tiers[0].least) of[n++] = p;
    }
    memcpy(kept, t->left, sizeof(kept));
    for (u64 set = 0; set < UINT64_C(1) << n; set++) {
        i64 more = 0;
        for (i64 k = 0; k < n; k++) {
            const EnginePromotion *q = &t->x->promotions[of[k]];
            i64 weights[ENGINE_LINES_MAX] = { 0 }, count = 0, base = 0;
            for (i64 i = 0; i < t->x->b.n && (set >> k & 1); i++) {
                bool mine = q->lines >> i & 1;
                for (i64 o = 0; o < n; o++) {
                    const EnginePromotion *other = &t->x->promotions[of[o]];
                    if (o == k || !(set >> o & 1) || !(other->lines >> i & 1)) continue;
                    if (other->narrow < q->narrow || (other->narrow == q->narrow && o < k)) mine = false;
                }
                if (!mine) continue;
                count += units[i];
                base += weights[i] = units[i] * t->x->lines[i].price;
            }
            i64 gives = 0;
            for (i64 i = 0; i < q->n_tiers; i++) {
                i64 tier = plain_gives(q, q->tiers[i].method, q->tiers[i].value, base);
                if (q->tiers[i].least <= count && tier > gives) gives = tier;
            }
            plain_split(gives, weights, t->left, t->x->b.n);
            more += gives;
        }
        pick_voucher(t, s, off + more);
        memcpy(t->left, kept, sizeof(kept));
    }
}

// One bundle more of promotion p: the dearest units. False when it cannot be, or saves nothing.
static bool one_more(const Box *x, i64 p, i64 *units, i64 *amounts, i64 *saving)
{
    i64 sum = 0;
    for (i64 k = 0; k < x->promotions[p].n_items; k++)
        for (i64 q = 0; q < x->promotions[p].items[k].quantity; q++) {
            i64 at = -1;
            for (i64 i = x->b.n - 1; i >= 0; i--)
                if ((x->promotions[p].items[k].lines >> i & 1) && units[i] > 0 &&
                    (at < 0 || x->lines[i].price >= x->lines[at].price)) at = i;
            if (at < 0) return false;
            units[at]--;
            amounts[at] += x->lines[at].price;
            sum += x->lines[at].price;
        }
    *saving += sum - x->promotions[p].value;
    return sum > x->promotions[p].value;
}

static void pick_bundles(Brute *t, i64 s, i64 p, i64 off, const i64 *units)
{
    while (p < t->x->b.n_promotions &&
           (t->x->promotions[p].step != ENGINE_BUNDLE || !in_reach(t->x, p) || !of_shop(t->x, p, s))) p++;
    if (p == t->x->b.n_promotions) {
        pick_quantities(t, s, off, units);
        return;
    }
    i64 kept[ENGINE_LINES_MAX], u[ENGINE_LINES_MAX], amounts[ENGINE_LINES_MAX] = { 0 }, saving = 0;
    memcpy(kept, t->left, sizeof(kept));
    memcpy(u, units, sizeof(u));
    for (i64 n = 0; n <= ENGINE_BUNDLE_TIMES; n++) {
        plain_split(saving, amounts, t->left, t->x->b.n);
        pick_bundles(t, s, p + 1, off + saving, u);
        memcpy(t->left, kept, sizeof(kept));
        if (!one_more(t->x, p, u, amounts, &saving)) break;
    }
}

static void next_shop(Brute *t, i64 s, i64 off)
{
    i64 units[ENGINE_LINES_MAX];
    if (s == t->x->b.n_shops) {
        end_of_goods(t, off);
        return;
    }
    for (i64 i = 0; i < t->x->b.n; i++) units[i] = t->x->lines[i].quantity;
    pick_bundles(t, s, 0, off, units);
}

static i64 plain_off_shipping(const Box *x, i64 p, i64 s, i64 left)
{
    i64 goods = 0;
    if (!in_reach(x, p) || !of_shop(x, p, s)) return 0;
    for (i64 i = x->shops[s].first; i < x->shops[s].first + x->shops[s].n; i++)
        if (x->promotions[p].lines >> i & 1) goods += x->lines[i].price * x->lines[i].quantity;
    const EnginePromotion *q = &x->promotions[p];
    return goods < q->minimum ? 0 : plain_gives(q, q->method, q->value, left);
}

static i64 ship_from(const Box *x, i64 s, u64 used)
{
    if (s == x->b.n_shops) return 0;
    i64 best = 0;
    for (i64 p = -1; p < x->b.n_promotions; p++) {
        if (p >= 0 && x->promotions[p].step != ENGINE_SHIPPING) continue;
        i64 off = p < 0 ? 0 : plain_off_shipping(x, p, s, x->shops[s].shipping);
        i64 with = off + ship_from(x, s + 1, used);
        if (with > best) best = with;
        for (i64 v = 0; v < x->b.n_promotions; v++) {
            if (x->promotions[v].step != ENGINE_SHIPPING_VOUCHER || (used >> v & 1)) continue;
            i64 more = plain_off_shipping(x, v, s, x->shops[s].shipping - off);
            if (more == 0) continue;
            with = off + more + ship_from(x, s + 1, used | UINT64_C(1) << v);
            if (with > best) best = with;
        }
    }
    return best;
}

// ---------------------------------------------------------------------------------------------- random baskets

static u64 chance(u64 *seed)
{
    *seed ^= *seed << 13, *seed ^= *seed >> 7, *seed ^= *seed << 17;         // xorshift64 (Marsaglia 2003)
    return *seed;
}

static i64 pick(u64 *seed, i64 least, i64 most)
{
    return least + (i64)(chance(seed) % (u64)(most - least + 1));
}

static u64 some_lines(u64 *seed, const EngineShop *s)
{
    u64 all = ((UINT64_C(1) << s->n) - 1) << s->first;
    return pick(seed, 0, 1) ? all : all & chance(seed);
}

static void random_value(u64 *seed, i64 scale, EnginePromotion *p)
{
    p->method = pick(seed, 0, 1) ? PRICE_METHOD_PERCENT : PRICE_METHOD_AMOUNT;
    p->value = p->method == PRICE_METHOD_PERCENT ? pick(seed, 1, 100) * 10000 : pick(seed, 1, 3 * scale);
    if (pick(seed, 0, 2) == 0) p->cap = pick(seed, 1, 2 * scale);
    if (pick(seed, 0, 2) == 0) p->minimum = pick(seed, 1, 4 * scale);
    if (pick(seed, 0, 5) == 0) p->has_budget = true, p->budget = pick(seed, 0, 2 * scale);
}

static void random_automatic(u64 *seed, Box *x, i64 s, i64 scale)
{
    const EngineShop *where = &x->shops[s];
    for (i64 k = pick(seed, 0, 2); k > 0; k--) {
        EnginePromotion p = { .step = ENGINE_BUNDLE, .method = PRICE_METHOD_FIXED, .value = pick(seed, 1, 3 * scale) };
        for (i64 i = pick(seed, 1, 2); i >= 0; i--)
            p.items[p.n_items++] = (EngineItem){ some_lines(seed, where), pick(seed, 1, 2) };
        for (i64 i = 0; i < p.n_items; i++) p.lines |= p.items[i].lines;
        promote(x, p);
    }
    for (i64 k = pick(seed, 0, 2); k > 0; k--) {
        EnginePromotion p = { .step = ENGINE_QUANTITY, .lines = some_lines(seed, where), .narrow = pick(seed, 0, 2) };
        i64 least = pick(seed, 2, 3);
        for (i64 i = pick(seed, 1, 2); i > 0; i--, least += pick(seed, 1, 2)) {
            EnginePromotion value = { 0 };
            random_value(seed, scale, &value);
            p.tiers[p.n_tiers++] = (EngineTier){ least, value.method, value.value };
        }
        promote(x, p);
    }
    for (i64 k = pick(seed, 0, 1); k > 0; k--) {
        EnginePromotion p = { .step = ENGINE_SHIPPING, .lines = some_lines(seed, where) };
        random_value(seed, scale, &p);
        promote(x, p);
    }
}

static void random_basket(u64 *seed, Box *x)
{
    i64 scale = (i64[]){ 5, 100, 1000000, 25000000 }[pick(seed, 0, 3)];
    for (i64 shops = pick(seed, 1, 3); shops > 0; shops--) {
        for (i64 lines = pick(seed, 1, 3); lines > 0; lines--) line(x, pick(seed, 1, scale), pick(seed, 1, 3));
        shop(x, pick(seed, 0, scale));
    }
    u64 all = (UINT64_C(1) << x->b.n) - 1;
    for (i64 s = 0; s < x->b.n_shops; s++) {
        random_automatic(seed, x, s, scale);
        for (i64 k = pick(seed, 0, 2); k > 0; k--) {
            EnginePromotion p = { .step = pick(seed, 0, 2) ? ENGINE_GOODS : ENGINE_SHIPPING_VOUCHER,
                                  .lines = some_lines(seed, &x->shops[s]) };
            random_value(seed, scale, &p);
            promote(x, p);
        }
    }
    for (i64 k = pick(seed, 0, 3); k > 0; k--) {
        EnginePromotion p = { .step = pick(seed, 0, 2) ? ENGINE_GOODS : ENGINE_SHIPPING_VOUCHER, .platform = true,
                              .lines = pick(seed, 0, 1) ? all : all & chance(seed) };
        random_value(seed, scale, &p);
        promote(x, p);
    }
}

static void check_sums(const Box *x)
{
    i64 given[ENGINE_PROMOTIONS_MAX] = { 0 };
    for (i64 i = 0; i < x->b.n; i++) {
        check(line_off(x, i) <= x->lines[i].price * x->lines[i].quantity);
        for (i64 k = 0; k < x->lines[i].n_cuts; k++) {
            check(x->lines[i].cuts[k].amount > 0);
            given[x->lines[i].cuts[k].promotion] += x->lines[i].cuts[k].amount;
        }
    }
    for (i64 s = 0; s < x->b.n_shops; s++) {
        check(shipping_off(x, s) <= x->shops[s].shipping);
        for (i64 k = 0; k < x->shops[s].n_cuts; k++) given[x->shops[s].cuts[k].promotion] += x->shops[s].cuts[k].amount;
    }
    for (i64 p = 0; p < x->b.n_promotions; p++) {
        check_int(given[p], x->promotions[p].given);
        check((given[p] > 0) == (x->promotions[p].outcome == PROMOTION_OUTCOME_APPLIED));
        if (x->promotions[p].has_budget) check(given[p] <= x->promotions[p].budget);
    }
}

// No promotion alone is better than what was found for all together.
static void check_singles(Box *x, i64 found)
{
    EnginePromotion all[ENGINE_PROMOTIONS_MAX];
    i64 n = x->b.n_promotions;
    memcpy(all, x->promotions, sizeof(all));
    for (i64 p = 0; p < n; p++) {
        x->promotions[0] = all[p];
        x->b.n_promotions = 1;
        engine_solve(&x->a, &x->b);
        check(total_off(x) <= found);
    }
    x->b.n_promotions = n;
    memcpy(x->promotions, all, sizeof(all));
}

TEST(random_baskets_get_the_best_lawful_combination)
{
    for (u64 round = 1; round <= 3000; round++) {
        u64 seed = round * UINT64_C(0x9E3779B97F4A7C15);
        Box *x = box_new();
        random_basket(&seed, x);
        engine_solve(&x->a, &x->b);
        Brute t = { .x = x, .best = 0 };
        for (i64 i = 0; i < x->b.n; i++) t.left[i] = x->lines[i].price * x->lines[i].quantity;
        next_shop(&t, 0, 0);
        i64 best = t.best + ship_from(x, 0, 0), found = total_off(x);
        if (found != best)
            test_failed(__FILE__, __LINE__, "round %llu: %lld, but %lld is possible", (unsigned long long)round,
                        (long long)found, (long long)best);
        check(!x->b.cut);
        check_sums(x);
        check_singles(x, found);
        box_free(x);
    }
}

TEST(the_largest_basket_stays_within_its_limits)
{
    u64 seed = 77;
    Box *x = box_new();
    for (i64 s = 0; s < 6; s++) {
        for (i64 i = 0; i < 10; i++) line(x, pick(&seed, 1, 9000000), pick(&seed, 1, 99));
        shop(x, 900000);
    }
    while (x->b.n_promotions < ENGINE_PROMOTIONS_MAX) {
        i64 s = pick(&seed, 0, 5);
        i64 before = x->b.n_promotions;
        if (before < ENGINE_PROMOTIONS_MAX - 8) random_automatic(&seed, x, s, 9000000);
        EnginePromotion p = voucher(pick(&seed, 0, 3) == 0, some_lines(&seed, &x->shops[s]), PRICE_METHOD_PERCENT, 100000);
        random_value(&seed, 9000000, &p);
        promote(x, p);
    }
    engine_solve(&x->a, &x->b);
    check_sums(x);
    check(x->b.cut);
    check(x->a.used < 2 * 1024 * 1024);
    check_singles(x, total_off(x));
    box_free(x);
}
