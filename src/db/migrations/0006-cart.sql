-- Cart lines belong to an account or, before there is one, to a guest's session: both are ids of one sequence.

CREATE TABLE cart_line (
    owner INT,
    variant ID,
    quantity INT,
    seen_minor INT,         -- the price that the shopper saw when putting it in
    seen_currency TEXT,
    channel TEXT,
    clip ID NULL,
    added INT,
    PRIMARY KEY (owner, variant)
);
