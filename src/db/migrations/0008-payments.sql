-- One payment a checkout; what providers say is kept once by their own event id.

CREATE TABLE payment (
    id ID PRIMARY KEY,
    checkout ID,
    account ID,
    method TEXT,
    state TEXT,
    amount_minor INT,
    amount_currency TEXT,
    refunded_minor INT,
    attempt INT,
    reason TEXT NULL,
    created INT,
    updated INT
);
CREATE UNIQUE INDEX payment_checkout ON payment (checkout);

CREATE TABLE payment_event (
    provider TEXT,
    event TEXT,
    payment ID,
    outcome TEXT,
    at INT,
    PRIMARY KEY (provider, event)
);
CREATE INDEX payment_event_payment ON payment_event (payment);
