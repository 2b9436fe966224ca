-- Products, options, variants, pictures.

CREATE TABLE product (
    id ID PRIMARY KEY,
    shop ID,
    title TEXT,
    description TEXT,
    category TEXT,
    state TEXT,
    price_from_minor INT,   -- of its active variants: a list shows many products, and prices change seldom
    price_to_minor INT,
    currency TEXT,
    version INT,
    created INT,
    updated INT
);
CREATE INDEX product_shop ON product (shop, id);
CREATE INDEX product_shop_state ON product (shop, state, id);

CREATE TABLE product_option (
    product ID,
    position INT,
    place INT,              -- of the value within the option
    name TEXT,
    value TEXT,
    PRIMARY KEY (product, position, place)
) WITHOUT ROWID;

-- A variant stays when it is taken off sale: orders and movements speak of it.
CREATE TABLE variant (
    id ID PRIMARY KEY,
    product ID,
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

-- Which SKUs are taken: by active variants of products that are not archived. Apart from `variant` so that an edit can
-- give all of a product's back and take them anew: two variants may then swap theirs.
CREATE TABLE variant_sku (
    shop ID,
    sku TEXT,
    variant ID,
    product ID,
    PRIMARY KEY (shop, sku)
) WITHOUT ROWID;
CREATE INDEX variant_sku_product ON variant_sku (product);

CREATE TABLE picture (
    id ID PRIMARY KEY,
    account ID,
    key TEXT,               -- folder below DATA/media/pictures; not to be guessed
    width INT,
    height INT,
    colour TEXT,
    created INT
);
CREATE INDEX picture_account ON picture (account, created);

CREATE TABLE product_picture (
    product ID,
    position INT,
    picture ID,
    PRIMARY KEY (product, position)
) WITHOUT ROWID;
