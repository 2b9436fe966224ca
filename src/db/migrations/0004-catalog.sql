-- Products, options, variants, pictures.

CREATE TABLE product (
    id ID PRIMARY KEY,
    shop ID,
    title TEXT,
    description TEXT,
    category TEXT,
    state TEXT,
    currency TEXT,
    version INT,
    created INT,
    updated INT
);
CREATE INDEX product_shop ON product (shop, state, id);

CREATE TABLE product_option (
    product ID,
    position INT,
    place INT,              -- of the value within the option
    name TEXT,
    value TEXT,
    PRIMARY KEY (product, position, place)
);

CREATE TABLE variant (
    id ID PRIMARY KEY,
    product ID,
    shop ID,
    sku TEXT,
    option1 TEXT NULL,
    option2 TEXT NULL,
    option3 TEXT NULL,
    price_minor INT,
    price_currency TEXT,
    compare_minor INT NULL,
    position INT,
    active INT
);
CREATE INDEX variant_product ON variant (product, position);
CREATE UNIQUE INDEX variant_sku ON variant (shop, sku) WHERE active = 1;

CREATE TABLE picture (
    id ID PRIMARY KEY,
    account ID,
    key TEXT,
    width INT,
    height INT,
    colour TEXT,
    created INT
);
CREATE INDEX picture_account ON picture (account, id);

CREATE TABLE product_picture (
    product ID,
    position INT,
    picture ID,
    PRIMARY KEY (product, position)
);
