-- Stock: on hand is the sum of movements, held the sum of open holds; etalase audit checks both.

CREATE TABLE stock_level (
    variant ID PRIMARY KEY,
    product ID,
    shop ID,
    on_hand INT,
    held INT,
    on_sale INT             -- 0: the variant was taken off sale; its stock makes no product available
);
CREATE INDEX stock_level_product ON stock_level (product);

CREATE TABLE stock_movement (
    variant ID,
    id ID,
    on_hand_delta INT,
    reason TEXT,
    note TEXT NULL,
    reference INT NULL,     -- the checkout that was sold, the order that came back
    actor ID NULL,
    at INT,
    PRIMARY KEY (variant, id)
) WITHOUT ROWID;

CREATE TABLE stock_hold (
    checkout ID,
    variant ID,
    quantity INT,
    state TEXT,             -- held, sold, released
    at INT,
    PRIMARY KEY (checkout, variant)
) WITHOUT ROWID;
