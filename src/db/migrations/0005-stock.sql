-- Stock: on hand is the sum of movements, held the sum of open holds; etalase audit checks both.

CREATE TABLE stock_level (
    variant ID PRIMARY KEY,
    shop ID,
    on_hand INT,
    held INT
);

CREATE TABLE stock_movement (
    id ID PRIMARY KEY,
    variant ID,
    on_hand_delta INT,
    reason TEXT,
    note TEXT NULL,
    reference INT NULL,     -- the order, when one is the reason
    actor ID NULL,
    at INT
);
CREATE INDEX stock_movement_variant ON stock_movement (variant, id);

CREATE TABLE stock_hold (
    checkout ID,
    variant ID,
    quantity INT,
    state TEXT,             -- held, sold, released
    at INT,
    PRIMARY KEY (checkout, variant)
);
CREATE INDEX stock_hold_variant ON stock_hold (variant) WHERE state = 'held';
