-- Orders with discounts, tax, clocks, partial shipments and refunds.
ALTER TABLE shop_order ADD COLUMN market TEXT DEFAULT '';               -- the destination's country; its rules hold for the order
ALTER TABLE shop_order ADD COLUMN by_seller_minor INT DEFAULT 0;        -- discounts on goods and shipping
ALTER TABLE shop_order ADD COLUMN by_platform_minor INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN ship_by_seller_minor INT DEFAULT 0;   -- of these, on the shipping
ALTER TABLE shop_order ADD COLUMN ship_by_platform_minor INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN cod_fee_minor INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN tax_minor INT DEFAULT 0;              -- in all
ALTER TABLE shop_order ADD COLUMN tax_added_minor INT DEFAULT 0;        -- on top of the prices
ALTER TABLE shop_order ADD COLUMN ship_tax_minor INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN ship_tax_added_minor INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN ship_rate_ppm INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN tax_inclusive INT DEFAULT 1;
ALTER TABLE shop_order ADD COLUMN tax_by_platform INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN refunded_minor INT DEFAULT 0;         -- what the buyer got back or will
ALTER TABLE shop_order ADD COLUMN ship_back_goods_minor INT DEFAULT 0;  -- of shipping and fee: what was given back
ALTER TABLE shop_order ADD COLUMN ship_back_by_seller_minor INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN ship_back_by_platform_minor INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN ship_back_tax_minor INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN ship_back_tax_added_minor INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN captured INT DEFAULT 0;               -- 1: its money has come in and stands in the ledger
ALTER TABLE shop_order ADD COLUMN cancel_asked TEXT NULL;               -- the buyer's reason; NULL: not asked
ALTER TABLE shop_order ADD COLUMN cancel_refused INT DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN extended INT DEFAULT 0;               -- bits: 1 the seller's time to ship, 2 the buyer's time to look
ALTER TABLE shop_order ADD COLUMN ship_by INT NULL;                     -- the promise; the clock is `deadline`
ALTER TABLE shop_order ADD COLUMN deadline INT NULL;                    -- of the present state: what happens then is its default
ALTER TABLE shop_order ADD COLUMN delivered INT NULL;
UPDATE shop_order SET state = 'in_transit' WHERE state = 'shipped';

ALTER TABLE order_line ADD COLUMN was_minor INT DEFAULT 0;              -- the regular price; 0: the same
ALTER TABLE order_line ADD COLUMN offer ID NULL;
ALTER TABLE order_line ADD COLUMN offer_kind TEXT DEFAULT 'regular';
ALTER TABLE order_line ADD COLUMN pool TEXT DEFAULT 'shop';
ALTER TABLE order_line ADD COLUMN pool_id INT DEFAULT 0;
ALTER TABLE order_line ADD COLUMN by_seller_minor INT DEFAULT 0;
ALTER TABLE order_line ADD COLUMN by_platform_minor INT DEFAULT 0;
ALTER TABLE order_line ADD COLUMN tax_minor INT DEFAULT 0;
ALTER TABLE order_line ADD COLUMN tax_added_minor INT DEFAULT 0;
ALTER TABLE order_line ADD COLUMN rate_ppm INT DEFAULT 0;
ALTER TABLE order_line ADD COLUMN shipped INT DEFAULT 0;                -- units sent
ALTER TABLE order_line ADD COLUMN refunded INT DEFAULT 0;               -- units whose money went back
ALTER TABLE order_line ADD COLUMN back_goods_minor INT DEFAULT 0;       -- and how much of each part of the line's sum
ALTER TABLE order_line ADD COLUMN back_by_seller_minor INT DEFAULT 0;
ALTER TABLE order_line ADD COLUMN back_by_platform_minor INT DEFAULT 0;
ALTER TABLE order_line ADD COLUMN back_tax_minor INT DEFAULT 0;
ALTER TABLE order_line ADD COLUMN back_tax_added_minor INT DEFAULT 0;

-- Which promotion took what off: of a line, or of the shipping (order_line NULL).
CREATE TABLE order_discount (
    shop_order ID,
    n INT,
    order_line ID NULL,
    promotion ID,
    kind TEXT,
    name TEXT,
    funder TEXT,
    minor INT,
    PRIMARY KEY (shop_order, n)
) WITHOUT ROWID;

CREATE TABLE shipment_line (
    shipment ID,
    order_line ID,
    quantity INT,
    PRIMARY KEY (shipment, order_line)
) WITHOUT ROWID;

ALTER TABLE order_event ADD COLUMN side TEXT DEFAULT 'clock';           -- who: buyer, seller, operator, clock, provider
UPDATE order_event SET side = 'buyer' WHERE actor IS NOT NULL;

-- A refund is the mirror of a part of the sale; its money's way is the payment's.
CREATE TABLE order_refund (
    id ID PRIMARY KEY,
    shop_order ID,
    cause TEXT,
    reason TEXT,
    buyer_minor INT CHECK (buyer_minor >= 0),
    goods_minor INT,
    by_seller_minor INT,
    by_platform_minor INT,
    shipping_minor INT,
    cod_fee_minor INT,
    tax_minor INT,
    tax_added_minor INT,
    state TEXT,             -- due, sent, failed
    side TEXT,
    actor ID NULL,
    at INT
);
CREATE INDEX order_refund_order ON order_refund (shop_order, id);

CREATE TABLE order_refund_line (
    refund ID,
    order_line ID,          -- 0: shipping and fee
    quantity INT,           -- 0: a part of the price without units
    goods_minor INT,
    by_seller_minor INT,
    by_platform_minor INT,
    tax_minor INT,
    tax_added_minor INT,
    PRIMARY KEY (refund, order_line)
) WITHOUT ROWID;

-- How many orders a shop with a ceiling took on one day of its market's clock.
CREATE TABLE shop_day (
    shop ID,
    day INT,
    orders INT,
    PRIMARY KEY (shop, day)
) WITHOUT ROWID;

-- Where a checkout goes to; its vouchers are pricing's.
ALTER TABLE checkout ADD COLUMN market TEXT DEFAULT '';
