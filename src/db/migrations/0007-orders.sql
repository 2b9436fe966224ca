-- A checkout is paid by one payment and makes one order a shop.

CREATE TABLE checkout (
    id ID PRIMARY KEY,
    account ID,
    method TEXT,
    total_minor INT,
    total_currency TEXT,
    created INT,
    expires INT
);
CREATE INDEX checkout_account ON checkout (account, id);

CREATE TABLE shop_order (
    id ID PRIMARY KEY,
    checkout ID,
    account ID,
    shop ID,
    state TEXT,
    method TEXT,
    subtotal_minor INT,
    shipping_minor INT,
    total_minor INT,
    currency TEXT,
    ship_to SEALED,         -- of account: gone when the account's key is deleted; the books stay whole
    items INT,
    title TEXT,             -- of the first line, with its picture: what a list of orders shows
    picture TEXT NULL,
    placed INT,
    pay_by INT NULL,
    deliver_from INT NULL,
    deliver_to INT NULL
);
CREATE INDEX shop_order_account ON shop_order (account, id);
CREATE INDEX shop_order_shop ON shop_order (shop, state, id);
CREATE INDEX shop_order_checkout ON shop_order (checkout);

CREATE TABLE order_line (
    id ID PRIMARY KEY,
    shop_order ID,
    variant ID,
    product ID,
    title TEXT,
    options TEXT,
    sku TEXT,
    picture TEXT NULL,
    quantity INT,
    price_minor INT,
    total_minor INT,
    currency TEXT,
    channel TEXT,
    clip ID NULL
);
CREATE INDEX order_line_order ON order_line (shop_order, id);

CREATE TABLE order_event (
    id ID PRIMARY KEY,
    shop_order ID,
    kind TEXT,
    actor ID NULL,          -- NULL: a timer or a payment provider
    note TEXT NULL,
    at INT
);
CREATE INDEX order_event_order ON order_event (shop_order, id);

CREATE TABLE shipment (
    id ID PRIMARY KEY,
    shop_order ID,
    carrier TEXT,
    tracking TEXT,
    at INT
);
CREATE INDEX shipment_order ON shipment (shop_order, id);
