-- Real providers: what the buyer's screen needs, tries at a provider, what was said about them, and the ways back of money.

ALTER TABLE payment ADD COLUMN received_minor INT DEFAULT 0;   -- what has come in, surpluses too; the sum of applied events
ALTER TABLE payment ADD COLUMN paid_attempt INT NULL;          -- the try that succeeded
ALTER TABLE payment ADD COLUMN expires INT NULL;
ALTER TABLE payment ADD COLUMN country TEXT NULL;
ALTER TABLE payment ADD COLUMN reference TEXT NULL;            -- ours, that people write on a transfer
ALTER TABLE payment ADD COLUMN bank TEXT NULL;
ALTER TABLE payment ADD COLUMN account_number TEXT NULL;       -- the market's or a virtual one; nobody's own
ALTER TABLE payment ADD COLUMN account_name TEXT NULL;
ALTER TABLE payment ADD COLUMN public_key TEXT NULL;
ALTER TABLE payment ADD COLUMN client_secret TEXT NULL;        -- opens one try to its buyer; gone when the payment is over
ALTER TABLE payment ADD COLUMN qr TEXT NULL;
ALTER TABLE payment ADD COLUMN redirect TEXT NULL;
ALTER TABLE payment ADD COLUMN checks INT DEFAULT 0;           -- how often the provider was asked about it
ALTER TABLE payment ADD COLUMN checked INT NULL;
ALTER TABLE payment ADD COLUMN late INT DEFAULT 0;             -- 1: was open past its time; stands in the operator's list
CREATE UNIQUE INDEX payment_reference ON payment (reference) WHERE reference IS NOT NULL;
CREATE INDEX payment_open ON payment (id) WHERE method <> 'cod' AND state IN ('pending', 'action_needed', 'processing');
UPDATE payment SET received_minor = amount_minor, paid_attempt = attempt WHERE state IN ('succeeded', 'refunded');

-- One try at a provider that is asked by wire. A payment that failed is tried again under the next number.
CREATE TABLE payment_try (
    payment ID,
    attempt INT,
    provider TEXT,
    reference TEXT NULL,    -- the provider's id of it, once it has answered
    charge TEXT NULL,       -- the provider's id of the money that came, which refunds and disputes name
    state TEXT,             -- open, succeeded, over
    said INT,               -- when the provider said the newest of what was believed
    fee_known INT,
    created INT,
    PRIMARY KEY (payment, attempt)
);
CREATE UNIQUE INDEX payment_try_reference ON payment_try (provider, reference) WHERE reference IS NOT NULL;
CREATE INDEX payment_try_charge ON payment_try (provider, charge) WHERE charge IS NOT NULL;

-- An event is stored once by the provider's own id, and applied once, in whatever order. Nothing of the buyer is kept of it.
ALTER TABLE payment_event ADD COLUMN id INT NULL;              -- subject of the task that applies it
ALTER TABLE payment_event ADD COLUMN attempt INT NULL;
ALTER TABLE payment_event ADD COLUMN refund INT NULL;          -- ours; or the payout's
ALTER TABLE payment_event ADD COLUMN reference TEXT NULL;      -- the provider's id of the try, the refund, the dispute
ALTER TABLE payment_event ADD COLUMN charge TEXT NULL;
ALTER TABLE payment_event ADD COLUMN amount_minor INT NULL;
ALTER TABLE payment_event ADD COLUMN amount_currency TEXT NULL;
ALTER TABLE payment_event ADD COLUMN reason TEXT NULL;
ALTER TABLE payment_event ADD COLUMN said INT NULL;            -- the provider's own time of it
ALTER TABLE payment_event ADD COLUMN counted_minor INT DEFAULT 0;  -- what it added to payment.received_minor
ALTER TABLE payment_event ADD COLUMN applied INT DEFAULT 1;    -- 0: its task has not run yet
ALTER TABLE payment_event ADD COLUMN actor INT NULL;           -- the operator who said it
-- Holds all that the audit adds up.
DROP INDEX payment_event_payment;
CREATE INDEX payment_event_of ON payment_event (payment, outcome, applied, counted_minor);
CREATE UNIQUE INDEX payment_event_id ON payment_event (id) WHERE id IS NOT NULL;
INSERT INTO payment_event (provider, event, payment, outcome, at, amount_minor, amount_currency, counted_minor)
SELECT method, 'before-' || CAST(id AS TEXT), id, 'succeeded', updated, amount_minor, amount_currency, amount_minor
  FROM payment WHERE state IN ('succeeded', 'refunded');

-- The ways back of money. The sum of those that are no surplus is payment.refunded_minor.
CREATE TABLE payment_refund (
    id ID PRIMARY KEY,      -- given by who asks for it
    payment ID,
    account ID,
    shop_order ID NULL,
    kind TEXT,
    amount_minor INT,
    amount_currency TEXT,
    state TEXT,
    by_hand INT,            -- 1: no provider sends it; the operator pays and notes it
    attempt INT,            -- the payment's try whose money goes back
    sends INT,              -- the provider was told to send it under this number; the next one when it is sent again
    asks INT,               -- how often the provider was asked about it
    provider TEXT,
    reference TEXT NULL,    -- the provider's id of it
    said INT,               -- when the provider said the newest of what was believed
    reason TEXT NULL,
    fault TEXT NULL,        -- why the provider did not send it
    paid_on TEXT NULL,
    paid_reference TEXT NULL,
    paid_by ID NULL,
    pay_to SEALED NULL,     -- of account: gone when the account's key is deleted
    created INT,
    updated INT,
    CHECK (amount_minor > 0),
    CHECK (state <> 'sent' OR by_hand = 0 OR paid_on IS NOT NULL)
);
CREATE INDEX payment_refund_payment ON payment_refund (payment, kind, amount_minor);
CREATE INDEX payment_refund_order ON payment_refund (shop_order) WHERE shop_order IS NOT NULL;
CREATE INDEX payment_refund_reference ON payment_refund (provider, reference) WHERE reference IS NOT NULL;
CREATE INDEX payment_refund_hand ON payment_refund (id) WHERE by_hand = 1 AND state <> 'sent';
CREATE INDEX payment_refund_open ON payment_refund (id) WHERE state <> 'sent';
INSERT INTO payment_refund (id, payment, account, kind, amount_minor, amount_currency, state, by_hand, attempt, sends, asks, provider,
                            said, created, updated)
SELECT id, id, account, 'refund', refunded_minor, amount_currency, 'sent', 0, attempt, 1, 0, method, 0, updated, updated
  FROM payment WHERE refunded_minor > 0;

-- A buyer's bank took money back (or gave it again). Once a dispute, whatever order its events come in.
CREATE TABLE payment_dispute (
    provider TEXT,
    reference TEXT,         -- the provider's id of it
    id ID,                  -- stands for it as a RefundId in the books
    payment ID,
    amount_minor INT,
    amount_currency TEXT,
    state TEXT,             -- open, won, lost
    told INT,               -- 1: the orders have heard that the money is gone
    opened INT,
    updated INT,
    PRIMARY KEY (provider, reference)
);
CREATE INDEX payment_dispute_payment ON payment_dispute (payment);
