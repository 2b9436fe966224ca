-- Returns: what a buyer wants to give back, and everyone's time to answer.
CREATE TABLE return_case (
    id ID PRIMARY KEY,
    shop_order ID,
    shop ID,
    account ID,
    kind TEXT,              -- return_refund, refund_only
    reason TEXT,
    note TEXT,              -- the buyer's words
    answer TEXT NULL,       -- the seller's, or the operator's
    state TEXT,
    filed INT,              -- how often it was asked for: twice at the most
    shipping INT,           -- 1: the shipping goes back too
    amount_minor INT,       -- what it would give back, as it was last worked out
    currency TEXT,
    carrier TEXT NULL,
    tracking TEXT NULL,
    refund ID NULL,
    deadline INT NULL,
    opened INT,
    changed INT
);
CREATE INDEX return_case_order ON return_case (shop_order, id);
CREATE INDEX return_case_shop ON return_case (shop, state, id);
CREATE INDEX return_case_account ON return_case (account, id);
CREATE INDEX return_case_state ON return_case (state, id);

CREATE TABLE return_line (
    return_case ID,
    order_line ID,
    variant ID,
    quantity INT CHECK (quantity > 0),
    damaged INT,            -- of these, how many the seller could not put back on the shelf
    PRIMARY KEY (return_case, order_line)
) WITHOUT ROWID;

CREATE TABLE return_photo (
    return_case ID,
    position INT,
    url TEXT,
    PRIMARY KEY (return_case, position)
) WITHOUT ROWID;

CREATE TABLE return_event (
    id ID PRIMARY KEY,
    return_case ID,
    state TEXT,
    side TEXT,
    actor ID NULL,
    note TEXT NULL,
    at INT
);
CREATE INDEX return_event_case ON return_event (return_case, id);
