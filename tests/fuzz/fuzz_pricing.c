// Any bytes as a basket with promotions, in currencies of 0, 2 and 3 decimals: the parts sum to what was given, nothing is
// negative or more than its line, one voucher of each kind, and no promotion alone does better. And as the layers of a price:
// an offer lowers it and leaves something.
#include "pricing/engine.h"
#include "pricing/layers.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

typedef struct Bytes { const u8 *p; size_t n; } Bytes;

static i64 take(Bytes *b, i64 least, i64 most)
{
    u64 v = 0;
    for (int i = 0; i < 2 && b->n; i++, b->n--) v = v << 8 | *b->p++;
    return least + (i64)(v % (u64)(most - least + 1));
}

// A few thousand units of yen, rupiah with two decimals, or dinars with three; sometimes as much as there may be.
static i64 amount(Bytes *b, i64 scale)
{
    static const i64 HUGE_PRICE = 1000000000000;
    i64 kind = take(b, 0, 15);
    return kind == 0 ? HUGE_PRICE : kind < 4 ? take(b, 1, 9) : take(b, 1, 9999) * scale + take(b, 0, scale - 1);
}

static u64 mask(Bytes *b, u64 all)
{
    u64 v = 0;
    if (take(b, 0, 2) == 0) return all;
    for (int i = 0; i < 4; i++) v = v << 16 | (u64)take(b, 0, 65535);
    return v & all;
}

static u64 lines_of(const EngineShop *s)
{
    return ((UINT64_C(1) << s->n) - 1) << s->first;
}

// ---------------------------------------------------------------------------------------------- a basket out of bytes

static void read_value(Bytes *b, i64 scale, EnginePromotion *p)
{
    p->method = take(b, 0, 1) ? PRICE_METHOD_PERCENT : PRICE_METHOD_AMOUNT;
    p->value = p->method == PRICE_METHOD_PERCENT ? take(b, 1, 100) * 10000 : amount(b, scale);
    if (take(b, 0, 2) == 0) p->cap = amount(b, scale);
    if (take(b, 0, 2) == 0) p->minimum = amount(b, scale);
    if (take(b, 0, 3) == 0) p->has_budget = true, p->budget = amount(b, scale);
}

static void read_promotion(Bytes *b, i64 scale, const EngineBasket *basket, EnginePromotion *p)
{
    const EngineShop *shop = &basket->shops[take(b, 0, basket->n_shops - 1)];
    u64 everything = (UINT64_C(1) << basket->n) - 1;
    *p = (EnginePromotion){ .step = (EngineStep)take(b, 0, 4), .narrow = take(b, 0, 2) };
    p->lines = mask(b, lines_of(shop));
    switch (p->step) {
    case ENGINE_BUNDLE:
        p->method = PRICE_METHOD_FIXED;
        p->value = amount(b, scale);
        p->lines = 0;
        for (i64 i = take(b, 1, 3); i > 0; i--) {
            EngineItem item = { mask(b, lines_of(shop)), take(b, 1, 3) };
            p->items[p->n_items++] = item;
            p->lines |= item.lines;
        }
        return;
    case ENGINE_QUANTITY:
        for (i64 i = take(b, 1, 3), least = 2; i > 0; i--, least += take(b, 1, 3)) {
            EnginePromotion value = { 0 };
            read_value(b, scale, &value);
            p->tiers[p->n_tiers++] = (EngineTier){ least, value.method, value.value };
        }
        return;
    case ENGINE_GOODS: case ENGINE_SHIPPING: case ENGINE_SHIPPING_VOUCHER: break;
    }
    read_value(b, scale, p);
    p->platform = take(b, 0, 2) == 0;
    if (p->platform) p->lines = mask(b, everything);
}

// ---------------------------------------------------------------------------------------------- what must hold

static i64 check(const EngineBasket *b)
{
    i64 given[ENGINE_PROMOTIONS_MAX] = { 0 }, total = 0, platform = 0;
    for (i64 i = 0; i < b->n; i++) {
        i64 off = 0;
        for (i64 k = 0; k < b->lines[i].n_cuts; k++) {
            const EngineCut *cut = &b->lines[i].cuts[k];
            must(cut->amount > 0 && (b->promotions[cut->promotion].lines >> i & 1));
            off += cut->amount;
            given[cut->promotion] += cut->amount;
        }
        must(off <= b->lines[i].price * b->lines[i].quantity);
        total += off;
    }
    for (i64 s = 0; s < b->n_shops; s++) {
        i64 off = 0, sellers = 0, shippings = 0;
        for (i64 k = 0; k < b->shops[s].n_cuts; k++) {
            off += b->shops[s].cuts[k].amount;
            given[b->shops[s].cuts[k].promotion] += b->shops[s].cuts[k].amount;
            shippings += b->promotions[b->shops[s].cuts[k].promotion].step == ENGINE_SHIPPING_VOUCHER;
        }
        must(off <= b->shops[s].shipping && shippings <= 1);
        total += off;
        for (i64 p = 0; p < b->n_promotions; p++) {
            const EnginePromotion *x = &b->promotions[p];
            sellers += x->step == ENGINE_GOODS && !x->platform && given[p] > 0 && (x->lines & lines_of(&b->shops[s]));
        }
        must(sellers <= 1);
    }
    for (i64 p = 0; p < b->n_promotions; p++) {
        const EnginePromotion *x = &b->promotions[p];
        must(given[p] == x->given && (given[p] > 0) == (x->outcome == PROMOTION_OUTCOME_APPLIED));
        must(!x->has_budget || x->step == ENGINE_BUNDLE || x->step == ENGINE_QUANTITY || given[p] <= x->budget);
        platform += x->step == ENGINE_GOODS && x->platform && given[p] > 0;
    }
    must(platform <= 1);
    return total;
}

static void check_singles(Arena *a, EngineBasket *b, i64 found)
{
    EnginePromotion *all = b->promotions;
    i64 n = b->n_promotions;
    for (i64 p = 0; p < n; p++) {
        EnginePromotion one = all[p];
        b->promotions = &one;
        b->n_promotions = 1;
        engine_solve(a, b);
        must(check(b) <= found);
    }
}

static void check_basket(Bytes *bytes)
{
    static const i64 SCALES[] = { 1, 100, 1000 };
    Arena a = { 0 };
    i64 scale = SCALES[take(bytes, 0, 2)];
    EngineLine lines[12];
    EngineShop shops[4];
    EnginePromotion promotions[16];
    EngineBasket b = { .lines = lines, .shops = shops, .promotions = promotions };
    for (i64 s = take(bytes, 1, COUNT(shops)); s > 0; s--) {
        EngineShop shop = { .first = b.n, .shipping = take(bytes, 0, 1) ? amount(bytes, scale) : 0 };
        for (i64 i = take(bytes, 1, 3); i > 0; i--, shop.n++)
            lines[b.n++] = (EngineLine){ .price = amount(bytes, scale), .quantity = take(bytes, 1, 5) };
        shops[b.n_shops++] = shop;
    }
    while (bytes->n && b.n_promotions < COUNT(promotions)) read_promotion(bytes, scale, &b, &promotions[b.n_promotions++]);
    engine_solve(&a, &b);
    i64 found = check(&b);
    check_singles(&a, &b, found);
    arena_free(&a);
}

static void check_layers(Bytes bytes)
{
    LayerAsk ask = { .has_list = take(&bytes, 0, 1), .from = amount(&bytes, 100), .to = amount(&bytes, 100),
                     .round = take(&bytes, 1, 500), .fallback = amount(&bytes, 100),
                     .channel = (PriceChannel)take(&bytes, 0, 4), .now = take(&bytes, 0, 100) };
    for (i64 i = take(&bytes, 0, 4); i > 0; i--)
        ask.entries[ask.n_entries++] = (LayerEntry){ take(&bytes, 0, 1), (PriceChannel)take(&bytes, 0, 4), amount(&bytes, 100) };
    for (i64 i = take(&bytes, 0, 6); i > 0; i--) {
        LayerOffer o = { .offer = { i }, .kind = (OfferKind)take(&bytes, 0, 4), .channel = (PriceChannel)take(&bytes, 0, 4),
                         .method = (PriceMethod)take(&bytes, 0, 2), .value = amount(&bytes, 100), .starts = take(&bytes, 0, 100),
                         .ends = take(&bytes, 0, 100), .gone = take(&bytes, 0, 3) == 0, .dropped = take(&bytes, 0, 3) == 0 };
        if (o.method == PRICE_METHOD_PERCENT) o.value = 1 + o.value % 990000;
        ask.offers[ask.n_offers++] = o;
    }
    Layered r = layers_resolve(&ask);
    must(r.regular > 0 && r.price > 0 && (r.offer < 0 ? r.price == r.regular : r.price < r.regular));
    for (i64 i = 0; i < ask.n_offers; i++) must((layers_outcome(&ask, &r, i) == PRICE_OUTCOME_APPLIED) == (i == r.offer));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    Bytes bytes = { data, size };
    check_layers(bytes);
    check_basket(&bytes);
    return 0;
}
