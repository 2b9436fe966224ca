-- Shops and who works in them.

CREATE TABLE shop (
    id ID PRIMARY KEY,
    handle TEXT,
    name TEXT,
    about TEXT,
    currency TEXT,
    country TEXT,
    city TEXT,
    shipping_minor INT,
    free_over_minor INT NULL,
    dispatch_days INT,
    delivery_min_days INT,
    delivery_max_days INT,
    cod INT,
    picture TEXT NULL,
    state TEXT,
    created INT
);
CREATE UNIQUE INDEX shop_handle ON shop (handle);

CREATE TABLE shop_staff (
    shop ID,
    account ID,
    role TEXT,
    added INT,
    PRIMARY KEY (shop, account)
) WITHOUT ROWID;
CREATE INDEX shop_staff_account ON shop_staff (account);
