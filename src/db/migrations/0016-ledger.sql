-- The ledger: postings, which nobody edits, and what follows from them. docs/ledger.md draws the accounts and the flows.

-- A row moves `amount` from the debit account to the credit account in one currency, so that no entry can be out of
-- balance. An account is (kind, owner, currency); its owner stands in the row's own columns: the order (buyer, refunds_due),
-- the shop (seller, reserve, payout, fees, promotions, shipping, commission, loss) or the part (clearing and provider_fees:
-- the way to pay; tax: the country). Nothing owns rounding and bank.
CREATE TABLE ledger_posting (
    id ID PRIMARY KEY,
    entry INT,              -- what was posted together has the same
    kind TEXT,              -- why
    debit TEXT,
    credit TEXT,
    currency TEXT,
    amount INT,
    shop INT,               -- 0: none
    shop_order INT,         -- 0: none
    subject INT,            -- the refund or the payout; 0: none
    part TEXT,
    note TEXT NULL,         -- an operator's reason
    actor INT,              -- 0: a timer or a provider
    at INT,
    CHECK (amount > 0),
    CHECK (debit <> credit)
);
CREATE INDEX ledger_posting_order ON ledger_posting (shop_order, id);
CREATE INDEX ledger_posting_debit ON ledger_posting (debit, id);
CREATE INDEX ledger_posting_credit ON ledger_posting (credit, id);

-- A sale as it stood when its money came in, with the terms of that day, and how much of it has gone back since.
CREATE TABLE ledger_sale (
    shop_order ID PRIMARY KEY,
    shop ID,
    method TEXT,
    currency TEXT,
    country TEXT,
    paid INT,
    goods INT,
    by_seller INT,
    by_platform INT,
    shipping INT,
    cod_fee INT,
    tax INT,                -- in all
    tax_added INT,          -- of it, what stands on top of the prices
    tax_by_platform INT,
    fee INT,
    keep_ppm INT,           -- of the fee, kept when goods come back
    keep_most INT NULL,     -- at most that much a line; NULL: no ceiling
    state TEXT,             -- held: money is in transit; due: delivered, will be settled; settled
    frozen INT DEFAULT 0,   -- open returns and disputes: nothing is settled and no reserve released meanwhile
    captured INT,
    delivered INT NULL,
    settle_at INT NULL,
    settled INT NULL,
    back_buyer INT DEFAULT 0,
    back_goods INT DEFAULT 0,
    back_by_seller INT DEFAULT 0,
    back_by_platform INT DEFAULT 0,
    back_shipping INT DEFAULT 0,
    back_cod_fee INT DEFAULT 0,
    back_tax INT DEFAULT 0,
    back_tax_added INT DEFAULT 0,
    fee_gone INT DEFAULT 0, -- of the fee, the share of what has gone back
    fee_kept INT DEFAULT 0, -- of that, what the platform keeps all the same
    provider_fee INT DEFAULT 0,
    reserve INT DEFAULT 0,  -- kept back at the settlement
    reserve_back INT DEFAULT 0,
    reserve_at INT NULL,    -- when the rest is released; NULL: nothing is
    CHECK (paid = goods - by_seller - by_platform + shipping + cod_fee + tax_added),
    CHECK (paid >= 0 AND goods >= 0 AND by_seller >= 0 AND by_platform >= 0 AND shipping >= 0 AND cod_fee >= 0),
    CHECK (tax_added >= 0 AND tax >= tax_added AND tax <= paid + by_platform),
    CHECK (fee >= 0 AND fee <= paid + by_platform - tax),
    CHECK (back_buyer = back_goods - back_by_seller - back_by_platform + back_shipping + back_cod_fee + back_tax_added),
    CHECK (back_buyer >= 0 AND back_buyer <= paid AND back_goods >= 0 AND back_goods <= goods),
    CHECK (back_by_seller >= 0 AND back_by_seller <= by_seller AND back_by_platform >= 0 AND back_by_platform <= by_platform),
    CHECK (back_shipping >= 0 AND back_shipping <= shipping AND back_cod_fee >= 0 AND back_cod_fee <= cod_fee),
    CHECK (back_tax >= 0 AND back_tax <= tax AND back_tax_added >= 0 AND back_tax_added <= tax_added),
    CHECK (back_tax - back_tax_added <= tax - tax_added),
    CHECK (fee_gone >= 0 AND fee_gone <= fee AND fee_kept >= 0 AND fee_kept <= fee_gone),
    CHECK (reserve_back >= 0 AND reserve_back <= reserve AND frozen >= 0)
);
CREATE INDEX ledger_sale_open ON ledger_sale (shop, shop_order) WHERE state <> 'settled';
CREATE INDEX ledger_sale_reserve ON ledger_sale (shop, shop_order) WHERE reserve > reserve_back;

-- What went back of a sale, once a refund or chargeback.
CREATE TABLE ledger_refund (
    id ID PRIMARY KEY,
    shop_order ID,
    shop ID,
    cause TEXT,
    state TEXT,             -- due, paid; of a chargeback also won
    buyer INT,
    goods INT,
    by_seller INT,
    by_platform INT,
    shipping INT,
    cod_fee INT,
    tax INT,
    tax_added INT,
    fee_gone INT DEFAULT 0,
    fee_kept INT DEFAULT 0,
    reserve INT DEFAULT 0,  -- of the order's reserve, given back with it
    lost INT DEFAULT 0,     -- of a chargeback: what was more than was left of the sale
    settled INT DEFAULT 0,  -- 1: taken from the seller, 0: from the buyer's money in transit
    at INT,
    ended INT NULL,         -- paid, or won back
    CHECK (buyer = goods - by_seller - by_platform + shipping + cod_fee + tax_added AND buyer >= 0 AND lost >= 0)
);
CREATE INDEX ledger_refund_order ON ledger_refund (shop_order, id);

-- A seller's money in one currency: the sum of its postings, kept because payouts decide by it. Below zero after refunds:
-- then it is carried to the next settlement.
CREATE TABLE ledger_balance (
    shop ID,
    currency TEXT,
    available INT,
    lines INT,              -- how many lines its statement has
    last_at INT,            -- of the last one: time never goes back in a statement
    PRIMARY KEY (shop, currency)
) WITHOUT ROWID;

-- A seller's statement: one line an entry that touched the seller's account, numbered without gaps, each with the balance
-- after it. So the balance at any moment is one row, and a closed period never changes.
CREATE TABLE ledger_line (
    shop ID,
    currency TEXT,
    n INT,
    kind TEXT,
    entry INT,              -- of its postings
    shop_order INT,         -- 0: none
    subject INT,            -- the refund or the payout; 0: none
    goods INT,              -- signed from here on: what it added to the balance
    discount INT,           -- the seller's own
    shipping INT,
    cod_fee INT,
    tax_added INT,          -- on top of prices
    tax INT,                -- that the platform remits
    fee INT,
    reserve INT,
    other INT,              -- payouts, corrections
    net INT,
    balance INT,
    note TEXT NULL,
    at INT,
    PRIMARY KEY (shop, currency, n),
    CHECK (net = goods + discount + shipping + cod_fee + tax_added + tax + fee + reserve + other)
) WITHOUT ROWID;
CREATE INDEX ledger_line_at ON ledger_line (shop, currency, at);
CREATE INDEX ledger_line_order ON ledger_line (shop_order, n);

-- How a shop is paid. Shop 0 is the platform itself: the account that payouts are sent from.
CREATE TABLE ledger_shop (
    shop ID PRIMARY KEY,
    tier TEXT NULL,         -- as an operator has set it; NULL: by its deliveries
    deliveries INT,
    first_delivered INT NULL,
    schedule TEXT,
    next_payout INT NULL,
    account INT NULL,       -- who gave the payout account, whose key seals it
    payout_account SEALED NULL, -- of account: gone when the account's key is deleted; nothing can be paid out then
    given INT NULL,
    verified INT NULL,      -- when an operator did
    verified_by INT NULL
);

CREATE TABLE payout (
    id ID PRIMARY KEY,
    shop ID,
    currency TEXT,
    amount INT,
    state TEXT,
    batch INT,              -- the file that it was put into; 0: none yet
    account INT,
    payout_account SEALED,  -- of account: as it was verified when the payout was asked for; gone with the account's key
    requested INT,
    requested_by INT,       -- 0: the schedule
    decided INT NULL,
    decided_by INT NULL,
    ended INT NULL,
    reason TEXT NULL,       -- why it was refused or came back
    CHECK (amount > 0)
);
CREATE INDEX payout_shop ON payout (shop, id);
CREATE INDEX payout_state ON payout (state, id);
CREATE INDEX payout_batch ON payout (batch, id);

-- The sums of all postings up to `upto`, so that a trial balance adds up only what came after.
CREATE TABLE ledger_total (
    kind TEXT,
    part TEXT,
    currency TEXT,
    debit INT,
    credit INT,
    upto INT,               -- id of a posting, or where one would be
    PRIMARY KEY (kind, part, currency)
) WITHOUT ROWID;
