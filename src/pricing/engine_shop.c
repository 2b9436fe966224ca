// One shop's options: how often each bundle, which quantity promotions, which of its vouchers. Pure.
#include "pricing/engine_shop.h"

// A shop's lines while promotions are tried: units that no bundle has taken, and what is left of each line's price.
typedef struct Lines { i64 units[ENGINE_LINES_MAX], left[ENGINE_LINES_MAX]; } Lines;

typedef struct Search {
    EngineBasket *b;
    const EngineShop *shop;
    const i64 *platform; i64 n_platform;
    EngineOptions *out;
    i64 capacity, choices;
    i64 goods;                       // before any promotion
    bool every_count, every_set;     // leaving something out may be better
    bool partial;                    // some voucher of the platform's speaks of only some of these lines
    i64 counts[ENGINE_BUNDLES_MAX];
} Search;

i64 engine_gives(PriceMethod method, i64 value, i64 cap, i64 base)
{
    i64 off = value;
    must(base >= 0 && value >= 0);
    if (method == PRICE_METHOD_PERCENT) must(money_ratio(base, value, ENGINE_WHOLE, ROUND_HALF_UP, &off));
    if (cap && off > cap) off = cap;
    return off < base ? off : base;
}

void engine_cut(EngineBasket *b, i64 promotion, i64 total, const i64 *weights, i64 first, i64 n)
{
    i64 parts[ENGINE_LINES_MAX];
    if (total <= 0) return;
    money_split(total, weights + first, n, parts);
    b->promotions[promotion].given += total;
    for (i64 i = 0; i < n; i++) {
        EngineLine *line = &b->lines[first + i];
        if (parts[i] == 0) continue;
        must(parts[i] <= weights[first + i] && line->n_cuts < ENGINE_CUTS_MAX);
        line->cuts[line->n_cuts++] = (EngineCut){ promotion, parts[i] };
    }
}

static bool overlaps(const EnginePromotion *p, const EngineShop *s)
{
    return (p->lines & (((UINT64_C(1) << s->n) - 1) << s->first)) != 0;
}

// ---------------------------------------------------------------------------------------------- bundles

// Takes an item's units, the dearest first. False when there are not enough.
static bool take_item(const EngineBasket *b, const EngineItem *item, i64 *units, i64 *amounts, i64 *sum)
{
    for (i64 wanted = item->quantity; wanted > 0; wanted--) {
        i64 best = -1;
        for (i64 i = 0; i < b->n; i++)
            if ((item->lines >> i & 1) && units[i] > 0 && (best < 0 || b->lines[i].price > b->lines[best].price)) best = i;
        if (best < 0) return false;
        units[best]--;
        amounts[best] += b->lines[best].price;
        *sum += b->lines[best].price;
    }
    return true;
}

// Forms the bundle up to `most` times while it saves something; adds what its units cost to `amounts`. How often.
static i64 form(const EngineBasket *b, const EnginePromotion *p, i64 most, i64 *units, i64 *amounts, i64 *saving)
{
    i64 formed = 0;
    for (; formed < most; formed++) {
        i64 u[ENGINE_LINES_MAX], m[ENGINE_LINES_MAX], sum = 0;
        memcpy(u, units, sizeof(u));
        memcpy(m, amounts, sizeof(m));
        for (i64 i = 0; i < p->n_items; i++)
            if (!take_item(b, &p->items[i], u, m, &sum)) return formed;
        if (p->n_items == 0 || sum <= p->value) return formed;
        memcpy(units, u, sizeof(u));
        memcpy(amounts, m, sizeof(m));
        *saving += sum - p->value;
    }
    return formed;
}

static void all_units(const EngineBasket *b, i64 *units)
{
    for (i64 i = 0; i < ENGINE_LINES_MAX; i++) units[i] = i < b->n ? b->lines[i].quantity : 0;
}

bool engine_bundle_fits(const EngineBasket *b, const EnginePromotion *p)
{
    i64 units[ENGINE_LINES_MAX], amounts[ENGINE_LINES_MAX] = { 0 }, saving = 0;
    all_units(b, units);
    return form(b, p, 1, units, amounts, &saving) == 1;
}

// Forms it `most` times and takes the saving off the lines; with `record` as cuts of the basket.
static i64 use_bundle(EngineBasket *b, i64 promotion, i64 most, Lines *lines, const EngineShop *shop, bool record)
{
    i64 amounts[ENGINE_LINES_MAX] = { 0 }, saving = 0, parts[ENGINE_LINES_MAX];
    i64 formed = form(b, &b->promotions[promotion], most, lines->units, amounts, &saving);
    if (saving == 0) return formed;
    money_split(saving, amounts + shop->first, shop->n, parts);
    for (i64 i = 0; i < shop->n; i++) lines->left[shop->first + i] -= parts[i];
    if (record) engine_cut(b, promotion, saving, amounts, shop->first, shop->n);
    return formed;
}

// ---------------------------------------------------------------------------------------------- quantity promotions

// The most that a tier gives which so many units have reached.
static i64 tier_gives(const EnginePromotion *p, i64 units, i64 base)
{
    i64 most = 0;
    for (i64 i = 0; i < p->n_tiers && p->tiers[i].least <= units; i++) {
        i64 off = engine_gives(p->tiers[i].method, p->tiers[i].value, p->cap, base);
        if (off > most) most = off;
    }
    return most;
}

bool engine_tier_reached(const EngineBasket *b, const EnginePromotion *p)
{
    i64 units = 0;
    for (i64 i = 0; i < b->n; i++)
        if (p->lines >> i & 1) units += b->lines[i].quantity;
    return p->n_tiers > 0 && p->tiers[0].least <= units;
}

// The narrowest in use that speaks of the line; the earlier one of two. -1: none.
static i64 narrowest(const EngineBasket *b, const EngineOptions *o, u64 used, i64 line)
{
    i64 best = -1;
    for (i64 k = 0; k < o->n_quantities; k++) {
        const EnginePromotion *p = &b->promotions[o->quantities[k]];
        if (!(used >> k & 1) || !(p->lines >> line & 1)) continue;
        if (best < 0 || p->narrow < b->promotions[o->quantities[best]].narrow) best = k;
    }
    return best;
}

static void use_quantities(EngineBasket *b, const EngineOptions *o, u64 used, Lines *lines, const EngineShop *shop, bool record)
{
    i64 owner[ENGINE_LINES_MAX];
    if (!used) return;
    for (i64 i = shop->first; i < shop->first + shop->n; i++) owner[i] = narrowest(b, o, used, i);
    for (i64 k = 0; k < o->n_quantities; k++) {
        const EnginePromotion *p = &b->promotions[o->quantities[k]];
        i64 weights[ENGINE_LINES_MAX] = { 0 }, parts[ENGINE_LINES_MAX], units = 0, base = 0;
        for (i64 i = shop->first; i < shop->first + shop->n; i++) {
            if (owner[i] != k) continue;
            units += lines->units[i];
            weights[i] = lines->units[i] * b->lines[i].price;
            base += weights[i];
        }
        i64 off = tier_gives(p, units, base);
        if (off == 0) continue;
        money_split(off, weights + shop->first, shop->n, parts);
        for (i64 i = 0; i < shop->n; i++) lines->left[shop->first + i] -= parts[i];
        if (record) engine_cut(b, o->quantities[k], off, weights, shop->first, shop->n);
    }
}

// ---------------------------------------------------------------------------------------------- options

// Never behind, whichever of the platform's vouchers comes on top (see beats() in engine.c).
static bool as_good(const EngineOption *a, const EngineOption *b, i64 n)
{
    i64 ahead = a->discount - b->discount;
    if (ahead < 0 || (ahead == 0 && b->voucher < 0 && a->voucher >= 0)) return false;
    for (i64 p = 0; p < n; p++)
        if (ahead < b->left[p] - a->left[p]) return false;
    return true;
}

static void keep(Search *s, const EngineOption *option)
{
    EngineOptions *o = s->out;
    i64 kept = 0;
    for (i64 i = 0; i < o->n; i++)
        if (as_good(&o->options[i], option, s->n_platform)) return;
    for (i64 i = 0; i < o->n; i++)
        if (!as_good(option, &o->options[i], s->n_platform)) o->options[kept++] = o->options[i];
    o->n = kept;
    if (o->n < s->capacity) {
        o->options[o->n++] = *option;
        return;
    }
    s->b->cut = true;
    i64 least = 0;
    for (i64 i = 1; i < o->n; i++)
        if (o->options[i].discount < o->options[least].discount) least = i;
    if (o->options[least].discount < option->discount) o->options[least] = *option;
}

// What one of the shop's vouchers takes off its lines; `left` is changed when it matters which lines that is.
static i64 use_voucher(Search *s, i64 promotion, i64 *left)
{
    const EnginePromotion *p = &s->b->promotions[promotion];
    i64 weights[ENGINE_LINES_MAX] = { 0 }, parts[ENGINE_LINES_MAX], base = 0, first = s->shop->first, n = s->shop->n;
    for (i64 i = first; i < first + n; i++) {
        weights[i] = p->lines >> i & 1 ? left[i] : 0;
        base += weights[i];
    }
    i64 off = engine_gives(p->method, p->value, p->cap, base);
    if (off == 0 || !s->partial) return off;
    money_split(off, weights + first, n, parts);
    for (i64 i = 0; i < n; i++) left[first + i] -= parts[i];
    return off;
}

static void look_at_option(Search *s, const Lines *lines, u64 quantities, i64 voucher)
{
    EngineOption x = { .voucher = voucher, .quantities = quantities };
    i64 left[ENGINE_LINES_MAX], first = s->shop->first, n = s->shop->n, sum = 0;
    memcpy(x.counts, s->counts, sizeof(x.counts));
    memcpy(left, lines->left, sizeof(left));
    for (i64 i = first; i < first + n; i++) sum += left[i];
    i64 off = voucher < 0 ? 0 : use_voucher(s, voucher, left);
    if (voucher >= 0 && off == 0) return;
    x.discount = s->goods - sum + off;
    for (i64 p = 0; p < s->n_platform; p++) {
        const EnginePromotion *platform = &s->b->promotions[s->platform[p]];
        if (!s->partial) x.left[p] = overlaps(platform, s->shop) ? sum - off : 0;
        for (i64 i = first; s->partial && i < first + n; i++)
            if (platform->lines >> i & 1) x.left[p] += left[i];
    }
    keep(s, &x);
}

static void each_set(Search *s, const Lines *before)
{
    u64 all = (UINT64_C(1) << s->out->n_quantities) - 1;
    for (u64 used = all;; used--) {
        if (s->choices++ >= ENGINE_CHOICES_MAX) {
            s->b->cut = true;
            return;
        }
        Lines lines = *before;
        use_quantities(s->b, s->out, used, &lines, s->shop, false);
        look_at_option(s, &lines, used, -1);
        for (i64 v = 0; v < s->out->n_vouchers; v++) look_at_option(s, &lines, used, s->out->vouchers[v]);
        if (used == 0 || !s->every_set) return;
    }
}

static void each_count(Search *s, i64 bundle, const Lines *before)
{
    if (bundle == s->out->n_bundles) {
        each_set(s, before);
        return;
    }
    Lines lines = *before;
    i64 most = use_bundle(s->b, s->out->bundles[bundle], ENGINE_BUNDLE_TIMES, &lines, s->shop, false);
    s->counts[bundle] = most;
    each_count(s, bundle + 1, &lines);
    i64 n = s->every_count ? most - 1 : -1;
    for (; n >= 0 && s->choices < ENGINE_CHOICES_MAX; n--) {
        lines = *before;
        s->counts[bundle] = use_bundle(s->b, s->out->bundles[bundle], n, &lines, s->shop, false);
        each_count(s, bundle + 1, &lines);
    }
    if (n >= 0) s->b->cut = true;
}

// ---------------------------------------------------------------------------------------------- what is worth trying

static void add(EngineBasket *b, i64 *list, i64 *n, i64 most, i64 promotion)
{
    if (*n < most) list[(*n)++] = promotion;
    else b->cut = true;
}

static void gather(Search *s)
{
    EngineBasket *b = s->b;
    EngineOptions *o = s->out;
    for (i64 i = 0; i < b->n_promotions; i++) {
        const EnginePromotion *p = &b->promotions[i];
        if (p->outcome != PROMOTION_OUTCOME_APPLIED || !overlaps(p, s->shop)) continue;
        if (p->step == ENGINE_BUNDLE && engine_bundle_fits(b, p)) add(b, o->bundles, &o->n_bundles, ENGINE_BUNDLES_MAX, i);
        if (p->step == ENGINE_QUANTITY && engine_tier_reached(b, p))
            add(b, o->quantities, &o->n_quantities, ENGINE_QUANTITIES_MAX, i);
        if (p->step == ENGINE_GOODS && !p->platform) add(b, o->vouchers, &o->n_vouchers, ENGINE_VOUCHERS_MAX, i);
    }
}

static bool is_partial(const Search *s, i64 promotion)
{
    u64 all = ((UINT64_C(1) << s->shop->n) - 1) << s->shop->first, some = s->b->promotions[promotion].lines & all;
    return some && some != all;
}

// Leaving a promotion out can only help when it takes something from another one, or when a voucher looks at other lines.
static void plan(Search *s)
{
    const EngineOptions *o = s->out;
    bool partial = false, bundles_meet = false, sets_meet = false;
    u64 bundled = 0, counted = 0;
    for (i64 i = 0; i < o->n_vouchers; i++) partial |= is_partial(s, o->vouchers[i]);
    for (i64 i = 0; i < s->n_platform; i++) s->partial |= is_partial(s, s->platform[i]);
    for (i64 i = 0; i < o->n_bundles; i++) {
        u64 lines = s->b->promotions[o->bundles[i]].lines;
        bundles_meet |= (bundled & lines) != 0;
        bundled |= lines;
    }
    for (i64 i = 0; i < o->n_quantities; i++) {
        u64 lines = s->b->promotions[o->quantities[i]].lines;
        sets_meet |= (counted & lines) != 0;
        counted |= lines;
    }
    s->every_set = partial || s->partial || sets_meet;
    s->every_count = partial || s->partial || bundles_meet || (bundled & counted) != 0;
}

void engine_options(Arena *a, EngineBasket *b, i64 shop, const i64 *vouchers, i64 n_vouchers, EngineOptions *out)
{
    Search s = { .b = b, .shop = &b->shops[shop], .platform = vouchers, .n_platform = n_vouchers, .out = out };
    Lines lines = { 0 };
    *out = (EngineOptions){ 0 };
    gather(&s);
    plan(&s);
    s.capacity = s.every_set || s.every_count || out->n_vouchers ? ENGINE_FRONT_MAX : 1;
    out->options = arena_new_array(a, EngineOption, s.capacity);
    all_units(b, lines.units);
    for (i64 i = s.shop->first; i < s.shop->first + s.shop->n; i++) {
        lines.left[i] = b->lines[i].price * b->lines[i].quantity;
        s.goods += lines.left[i];
    }
    each_count(&s, 0, &lines);
    must(out->n > 0);
}

void engine_take(EngineBasket *b, i64 shop, const EngineOptions *options, i64 option)
{
    const EngineOption *x = &options->options[option];
    const EngineShop *s = &b->shops[shop];
    Lines lines = { 0 };
    all_units(b, lines.units);
    for (i64 i = s->first; i < s->first + s->n; i++) lines.left[i] = b->lines[i].price * b->lines[i].quantity;
    for (i64 k = 0; k < options->n_bundles; k++) use_bundle(b, options->bundles[k], x->counts[k], &lines, s, true);
    use_quantities(b, options, x->quantities, &lines, s, true);
    if (x->voucher < 0) return;
    const EnginePromotion *p = &b->promotions[x->voucher];
    i64 base = 0;
    for (i64 i = s->first; i < s->first + s->n; i++) {
        if (!(p->lines >> i & 1)) lines.left[i] = 0;
        base += lines.left[i];
    }
    engine_cut(b, x->voucher, engine_gives(p->method, p->value, p->cap, base), lines.left, s->first, s->n);
}
