-- Prices by list, market and channel; offers; promotions; what buyers have used; the price history, which only grows.

-- What pricing knows of a variant: the catalog tells it (pricing_set_list, pricing_set_product).
CREATE TABLE price_variant (
    variant ID PRIMARY KEY,
    product ID,
    shop ID,
    category TEXT,
    active INT,             -- 0: taken off sale; it counts for no range of prices
    draft INT               -- 1: its product is not shown yet, nor its history
);
CREATE INDEX price_variant_product ON price_variant (product);
CREATE INDEX price_variant_shop ON price_variant (shop, variant);

-- A shop's list for one market, beside its default list ("*"), which has no row here: it is the shop's own currency.
CREATE TABLE price_list (
    shop ID,
    market TEXT,            -- ISO 3166-1 alpha-2
    currency TEXT,
    from_minor INT CHECK (from_minor > 0),    -- what has no price of its own: the default price times to / from …
    to_minor INT CHECK (to_minor > 0),
    round_minor INT CHECK (round_minor > 0),  -- … rounded half up to a multiple of this
    refreshed ID,           -- variants up to this one have a history in it since it last changed
    updated INT,
    PRIMARY KEY (shop, market)
) WITHOUT ROWID;

CREATE TABLE price_entry (
    variant ID,
    market TEXT,            -- "*": the default list
    channel TEXT,           -- "any", or the one channel that differs
    price_minor INT CHECK (price_minor > 0),
    currency TEXT,
    updated INT,
    PRIMARY KEY (variant, market, channel)
) WITHOUT ROWID;

-- The price history: a row for each change of what a buyer pays without vouchers, never changed afterwards. Channel "any" is
-- the row of all channels that have none of their own.
CREATE TABLE price_change (
    variant ID,
    market TEXT,
    channel TEXT,
    id ID,
    shop ID,
    at INT,
    price_minor INT CHECK (price_minor > 0),
    currency TEXT,
    regular_minor INT,
    kind TEXT,
    offer ID NULL,
    low_minor INT NULL,     -- the lowest price of the days before `at` (market rule price_low_days), when this one is a reduction
    times INT,              -- how many earlier offers of a year had this price or a lower one
    PRIMARY KEY (variant, market, channel, id)
) WITHOUT ROWID;
CREATE INDEX price_change_shop ON price_change (shop, id);

-- The last row of each history: what lists of products show.
CREATE TABLE price_now (
    variant ID,
    market TEXT,
    channel TEXT,
    change ID,
    at INT,
    price_minor INT CHECK (price_minor > 0),
    currency TEXT,
    regular_minor INT,
    kind TEXT,
    offer ID NULL,
    low_minor INT NULL,
    times INT,
    PRIMARY KEY (variant, market, channel)
) WITHOUT ROWID;

CREATE TABLE price_offer (
    id ID PRIMARY KEY,
    shop ID,
    kind TEXT,              -- sale, flash, live, creator
    market TEXT,            -- the list that it lowers
    channel TEXT,
    name TEXT,
    currency TEXT,
    starts INT,
    ends INT,
    state TEXT,             -- scheduled, running, ended, cancelled: what the timer has seen; the clock decides about prices
    per_buyer INT NULL,
    items INT,
    version INT,
    author ID NULL,
    created INT
);
CREATE INDEX price_offer_shop ON price_offer (shop, id);

-- Kind, market, channel and times stand here too, so that a price is one look-up by variant.
CREATE TABLE price_offer_item (
    offer ID,
    variant ID,
    product ID,
    kind TEXT,
    market TEXT,
    channel TEXT,
    starts INT,
    ends INT,
    method TEXT,            -- percent (value in millionths), amount, fixed (minor units)
    value INT CHECK (value > 0),
    per_buyer INT NULL,
    stock INT NULL,         -- of a flash sale: what was set aside for it
    version INT,
    state TEXT,             -- the offer's: pages read this table, so it is written when an offer begins and ends
    dropped INT,            -- 1: it would not have undercut the lowest price of the days before its start
    PRIMARY KEY (offer, variant)
) WITHOUT ROWID;
CREATE INDEX price_offer_item_variant ON price_offer_item (variant, ends);

CREATE TABLE promotion (
    id ID PRIMARY KEY,
    shop ID,                -- 0: the platform's
    kind TEXT,
    name TEXT,
    market TEXT,            -- "*", or the country of the destination
    currency TEXT,
    starts INT,
    ends INT,
    state TEXT,
    method TEXT,            -- percent (millionths), amount, fixed (a bundle's price)
    value INT,
    shipping INT,           -- 1: it is taken off the shipping
    cap_minor INT NULL,
    minimum_minor INT,
    budget_minor INT NULL CHECK (budget_minor >= used_minor),
    uses_most INT NULL CHECK (uses_most >= used),
    per_person INT NULL,
    first_order TEXT,
    followers INT,
    claimable INT,          -- 1: anyone sees it and may claim it; 0: by its code
    code TEXT NULL,
    used INT CHECK (used >= 0),
    used_minor INT CHECK (used_minor >= 0),
    version INT,
    author ID NULL,
    created INT
);
CREATE INDEX promotion_shop ON promotion (shop, ends);
CREATE INDEX promotion_code ON promotion (code);

-- What a promotion speaks of: products and categories that it is limited to, a bundle's items, quantity breaks.
CREATE TABLE promotion_part (
    promotion ID,
    position INT,
    kind TEXT,              -- product, category, item, tier
    product ID NULL,
    variant ID NULL,
    category TEXT NULL,
    quantity INT NULL,
    method TEXT NULL,
    value INT NULL,
    PRIMARY KEY (promotion, position)
) WITHOUT ROWID;

CREATE TABLE voucher_claim (
    buyer ID,
    promotion ID,
    at INT,
    used INT CHECK (used >= 0),
    PRIMARY KEY (buyer, promotion)
) WITHOUT ROWID;

-- What a checkout has taken: uses of promotions, units of offers with a limit, orders. Given back at most once.
CREATE TABLE pricing_use (
    checkout ID,
    kind TEXT,              -- voucher (counted in promotion), promotion (not counted there), offer, order
    subject ID,             -- the promotion, the offer, the shop (0: the platform)
    variant ID,
    buyer ID,
    n INT,
    minor INT,
    state TEXT,             -- taken, back
    at INT,
    PRIMARY KEY (checkout, kind, subject, variant)
) WITHOUT ROWID;
CREATE INDEX pricing_use_subject ON pricing_use (kind, subject);

-- Sums of pricing_use a buyer: units of an offer's variant, orders of a shop.
CREATE TABLE buyer_count (
    buyer ID,
    kind TEXT,              -- offer, order
    subject ID,
    variant ID,
    n INT CHECK (n >= 0),
    PRIMARY KEY (buyer, kind, subject, variant)
) WITHOUT ROWID;

-- What was there before there were prices of this kind: the catalog's, and the orders of each buyer.
INSERT INTO price_variant (variant, product, shop, category, active, draft)
SELECT v.id, p.id, p.shop, p.category, v.active, CASE WHEN p.state = 'draft' THEN 1 ELSE 0 END FROM variant AS v JOIN product AS p ON p.id = v.product;
INSERT INTO price_entry (variant, market, channel, price_minor, currency, updated)
SELECT v.id, '*', 'any', v.price_minor, v.price_currency, p.updated FROM variant AS v JOIN product AS p ON p.id = v.product;
INSERT INTO price_change (variant, market, channel, id, shop, at, price_minor, currency, regular_minor, kind, times)
SELECT v.id, '*', 'any', v.id, p.shop, p.updated, v.price_minor, v.price_currency, v.price_minor, 'regular', 0
  FROM variant AS v JOIN product AS p ON p.id = v.product;
INSERT INTO price_now (variant, market, channel, change, at, price_minor, currency, regular_minor, kind, times)
SELECT variant, market, channel, id, at, price_minor, currency, regular_minor, kind, times FROM price_change;
INSERT INTO pricing_use (checkout, kind, subject, variant, buyer, n, minor, state, at)
SELECT checkout, 'order', shop, 0, account, 1, 0, 'taken', min(placed) FROM shop_order WHERE state <> 'cancelled'
 GROUP BY checkout, shop, account;
INSERT INTO pricing_use (checkout, kind, subject, variant, buyer, n, minor, state, at)
SELECT checkout, 'order', 0, 0, account, 1, 0, 'taken', min(placed) FROM shop_order WHERE state <> 'cancelled'
 GROUP BY checkout, account;
INSERT INTO buyer_count (buyer, kind, subject, variant, n)
SELECT buyer, 'order', subject, 0, CAST(sum(n) AS BIGINT) FROM pricing_use WHERE kind = 'order' GROUP BY buyer, subject;
