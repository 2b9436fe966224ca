-- Stock in several places: items, their levels in each warehouse, what is set aside for channels, bundles, deliveries, low stock.
-- What a market has already moves into it: all of a shop's stock lies in its first warehouse.

CREATE TABLE stock_shop (
    shop ID PRIMARY KEY,
    low INT CHECK (low >= -1)               -- the line of items that have none of their own
);

CREATE TABLE stock_warehouse (
    id ID PRIMARY KEY,      -- the first one of a shop has the shop's id: it is known without asking
    shop ID,
    name TEXT,              -- '' only of the first one: who shows it names it
    country TEXT,           -- '' only of the first one: the shop's own place
    city TEXT,
    priority INT,           -- holds take from the lowest first
    active INT,             -- 0: nothing is taken from here any more
    created INT
);
CREATE INDEX stock_warehouse_shop ON stock_warehouse (shop, priority, id);

-- One row a variant. Its name stands here too, as on a stock card: lists, searches and exports of stock need it.
CREATE TABLE stock_item (
    variant ID PRIMARY KEY,
    product ID,
    shop ID,
    name TEXT,
    options TEXT,
    sku TEXT,
    on_sale INT,            -- 0: the variant was taken off sale; its stock makes no product available
    bundle INT,             -- 1: made of stock_part's parts, with no stock of its own
    low INT CHECK (low >= -1),              -- on hand at or below it is low; -1: never
    low_own INT,            -- 0: `low` follows the shop's
    low_since INT NULL      -- when it went to or below its line
);
CREATE INDEX stock_item_product ON stock_item (product);
CREATE INDEX stock_item_shop ON stock_item (shop, variant);
CREATE INDEX stock_item_low ON stock_item (shop, variant) WHERE low_since IS NOT NULL;

ALTER TABLE stock_level RENAME TO stock_level_before;
CREATE TABLE stock_level (
    variant ID,
    warehouse ID,
    shop ID,
    on_hand INT,            -- the sum of the movements' on_hand_delta
    held INT CHECK (held >= 0),             -- by open holds out of the free stock
    allocated INT CHECK (allocated >= 0),   -- set aside: what open and ended allocations still have or hold
    alone INT,              -- 1: the variant lies in no other warehouse, and this one is sold from: it is taken without choosing
    PRIMARY KEY (variant, warehouse),
    CONSTRAINT stock_level_range CHECK (held + allocated <= on_hand)
) WITHOUT ROWID;

INSERT INTO stock_warehouse (id, shop, name, country, city, priority, active, created)
SELECT shop, shop, '', '', '', 0, 1, shop / 4194304 + 1704067200000   -- an id begins with its time
  FROM stock_level_before GROUP BY shop;

-- The one time that another feature's tables are read: what catalog will hand over from now on (stock_name).
INSERT INTO stock_item (variant, product, shop, name, options, sku, on_sale, bundle, low, low_own, low_since)
SELECT b.variant, b.product, b.shop, COALESCE(p.title, ''),
       COALESCE(v.option1, '') || COALESCE(', ' || v.option2, '') || COALESCE(', ' || v.option3, ''), COALESCE(v.sku, ''),
       b.on_sale, 0, 5, 0, CASE WHEN b.on_hand <= 5 THEN b.variant / 4194304 + 1704067200000 END
  FROM stock_level_before b LEFT JOIN variant v ON v.id = b.variant LEFT JOIN product p ON p.id = b.product;

INSERT INTO stock_level (variant, warehouse, shop, on_hand, held, allocated, alone)
SELECT variant, shop, shop, on_hand, held, 0, 1 FROM stock_level_before;
DROP TABLE stock_level_before;

ALTER TABLE stock_movement ADD COLUMN shop ID DEFAULT 0;
ALTER TABLE stock_movement ADD COLUMN warehouse ID DEFAULT 0;
ALTER TABLE stock_movement ADD COLUMN allocated_delta INT DEFAULT 0;
ALTER TABLE stock_movement ADD COLUMN bundle ID NULL;       -- that the units were sold or came back as part of
UPDATE stock_movement SET shop = COALESCE((SELECT i.shop FROM stock_item i WHERE i.variant = stock_movement.variant), 0);
UPDATE stock_movement SET warehouse = shop;
CREATE INDEX stock_movement_shop ON stock_movement (shop, id);

-- What a checkout holds or has bought: which units, from where, for which of its lines (`item`: the variant itself or a bundle).
ALTER TABLE stock_hold RENAME TO stock_hold_before;
CREATE TABLE stock_hold (
    checkout ID,
    item ID,
    variant ID,
    warehouse ID,
    pool TEXT,
    pool_id INT,
    per INT CHECK (per > 0),                -- units of the variant in one of the item
    quantity INT CHECK (quantity > 0),
    back INT,               -- of what was sold: come back
    state TEXT,             -- held, sold, released
    at INT,
    PRIMARY KEY (checkout, item, variant, warehouse, pool, pool_id),
    CONSTRAINT stock_hold_back CHECK (back >= 0 AND back <= quantity)
) WITHOUT ROWID;

-- What has come back of a checkout is known by its orders: 0.1.0 wrote the order into the movement.
INSERT INTO stock_hold (checkout, item, variant, warehouse, pool, pool_id, per, quantity, back, state, at)
SELECT b.checkout, b.variant, b.variant, i.shop, 'shop', 0, 1, b.quantity,
       CASE WHEN b.state <> 'sold' OR r.n IS NULL THEN 0 WHEN r.n > b.quantity THEN b.quantity ELSE r.n END, b.state, b.at
  FROM stock_hold_before b JOIN stock_item i ON i.variant = b.variant
  LEFT JOIN (SELECT o.checkout, m.variant, CAST(sum(m.on_hand_delta) AS BIGINT) AS n
               FROM stock_movement m JOIN shop_order o ON o.id = m.reference
              WHERE m.reason = 'returned' GROUP BY o.checkout, m.variant) AS r
    ON r.checkout = b.checkout AND r.variant = b.variant;
DROP TABLE stock_hold_before;

-- Set aside for a flash sale, a live show, a creator, or by hand. Of a bundle its parts are set aside, each in a row of its own.
-- What is no more in rest, held or sold was given back to the free stock.
CREATE TABLE stock_allocation (
    pool TEXT,
    pool_id INT,
    item ID,                -- what is sold
    variant ID,             -- whose units these are: the item itself or a part of it
    warehouse ID,
    shop ID,
    per INT CHECK (per > 0),
    units INT,              -- all that were ever set aside
    rest INT CHECK (rest >= 0),
    held INT CHECK (held >= 0),
    sold INT CHECK (sold >= 0),
    back INT CHECK (back >= 0),             -- of what was sold: come back into it
    alone INT,              -- 1: the only row of its pool, item and variant
    note TEXT NULL,
    actor ID NULL,
    at INT,
    ended INT NULL,
    PRIMARY KEY (pool, pool_id, item, variant, warehouse),
    CONSTRAINT stock_allocation_range CHECK (rest + held + sold - back <= units AND (ended IS NULL OR rest = 0))
) WITHOUT ROWID;
CREATE INDEX stock_allocation_variant ON stock_allocation (variant);
CREATE INDEX stock_allocation_item ON stock_allocation (item) WHERE ended IS NULL;
CREATE INDEX stock_allocation_shop ON stock_allocation (shop, at);

CREATE TABLE stock_part (
    bundle ID,
    part ID,
    quantity INT CHECK (quantity > 0),
    PRIMARY KEY (bundle, part)
) WITHOUT ROWID;
CREATE INDEX stock_part_part ON stock_part (part);

-- Deliveries that are expected.
CREATE TABLE stock_incoming (
    id ID PRIMARY KEY,
    shop ID,
    variant ID,
    warehouse ID,
    quantity INT CHECK (quantity > 0),
    received INT CHECK (received >= 0),
    expected INT NULL,
    note TEXT NULL,
    state TEXT,             -- open, received, cancelled
    actor ID NULL,
    created INT,
    closed INT NULL,
    CONSTRAINT stock_incoming_range CHECK (received <= quantity)
);
CREATE INDEX stock_incoming_shop ON stock_incoming (shop, id);
CREATE INDEX stock_incoming_variant ON stock_incoming (variant) WHERE state = 'open';
