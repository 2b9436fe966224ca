-- Tax: rates by place, class and day; what class a product is of; a shop's legal details; invoices and credit notes.

-- A rate holds from `from_day` until the day before `until_day` (ISO dates of the market's clock). A region with a row of its
-- own stands alone: its country's rows do not count there. Shipped rows come from src/tax/rates and are replaced as a whole
-- when that file changes; the operator's own rows are never touched and win over shipped ones.
CREATE TABLE tax_rate (
    id ID PRIMARY KEY,
    country TEXT,
    region TEXT,            -- '': the whole country
    class TEXT,
    from_day TEXT,
    until_day TEXT NULL,
    name TEXT,
    rate_ppm INT CHECK (rate_ppm >= 0 AND rate_ppm <= 1000000),      -- on the price: nominal_ppm * base_part / base_whole
    nominal_ppm INT CHECK (nominal_ppm >= 0 AND nominal_ppm <= 1000000),
    base_part INT CHECK (base_part > 0),
    base_whole INT CHECK (base_whole >= base_part),
    parts TEXT NULL,        -- 'GST 50000;QST 99750': names and ppm that an invoice states one by one
    shipped INT,
    set_by ID NULL,
    at INT
);
CREATE UNIQUE INDEX tax_rate_place ON tax_rate (country, region, class, from_day, shipped);

-- What was loaded from the program itself: a changed hash means another file.
CREATE TABLE tax_source (
    name TEXT PRIMARY KEY,
    hash TEXT,
    at INT
);

CREATE TABLE tax_product (
    product ID PRIMARY KEY,
    class TEXT,
    set_by ID,
    at INT
);

-- A trader's name, address and numbers: what the law wants on every invoice, public by law, kept as long as the books.
CREATE TABLE tax_seller (
    shop ID PRIMARY KEY,
    legal_name TEXT,
    address TEXT,
    tax_id TEXT,
    registration TEXT,
    charges_tax INT,        -- 0: a small business that may not charge tax
    prefix TEXT,            -- of invoice numbers
    note TEXT,
    set_by ID,
    at INT
);

-- The last number that was given out. Only tax_number_next changes it, in the transaction that writes the paper.
CREATE TABLE tax_counter (
    shop ID,
    kind TEXT,
    last INT CHECK (last > 0),
    PRIMARY KEY (shop, kind)
) WITHOUT ROWID;

-- Invoices and credit notes as they were issued: all that is needed to print one again word for word, but for the buyer's
-- name and address, which stay sealed with the buyer's key.
CREATE TABLE tax_invoice (
    id ID PRIMARY KEY,
    kind TEXT,              -- invoice, credit_note
    subject ID,             -- the order; of a credit note the refund: one paper each
    credits ID NULL,        -- of a credit note: the invoice
    shop ID,
    shop_order ID,
    account ID,
    n INT NULL,             -- from tax_counter; NULL only inside the transaction that writes the row
    number TEXT NULL,
    issued INT,
    language TEXT,
    currency TEXT,
    goods_minor INT,        -- before discounts
    discount_minor INT,
    shipping_minor INT,
    cod_fee_minor INT,
    other_minor INT,        -- of a credit note: what is neither goods nor shipping nor tax
    tax_minor INT,
    total_minor INT,
    shipping_tax_minor INT,
    shipping_rate_ppm INT,
    inclusive INT,
    by_platform INT,
    country TEXT,           -- where it went, and whose rates of which moment were taken
    region TEXT,
    taxed_at INT,
    utc_offset_minutes INT, -- of the seller's clock, which the day on the paper is read from
    order_number TEXT,
    method TEXT,
    reason TEXT NULL,
    shop_name TEXT,
    seller_name TEXT,
    seller_address TEXT,
    seller_country TEXT,
    seller_tax_id TEXT,
    seller_registration TEXT,
    seller_note TEXT,
    ship_to SEALED NULL,    -- of account: the paper is printed without a buyer once the key is deleted
    credited_minor INT CHECK (credited_minor >= 0 AND credited_minor <= total_minor),
    credited_tax_minor INT CHECK (credited_tax_minor >= 0 AND credited_tax_minor <= tax_minor)
);
CREATE UNIQUE INDEX tax_invoice_subject ON tax_invoice (kind, subject);
CREATE UNIQUE INDEX tax_invoice_number ON tax_invoice (shop, kind, n);
CREATE INDEX tax_invoice_order ON tax_invoice (shop_order, id);
CREATE INDEX tax_invoice_shop ON tax_invoice (shop, id);
CREATE INDEX tax_invoice_credits ON tax_invoice (credits) WHERE credits IS NOT NULL;

CREATE TABLE tax_invoice_line (
    invoice ID,
    seq INT,
    title TEXT,
    options TEXT,
    sku TEXT,
    quantity INT,
    price_minor INT,
    discount_minor INT,
    total_minor INT,
    tax_minor INT,
    rate_ppm INT,
    PRIMARY KEY (invoice, seq)
) WITHOUT ROWID;

-- The paper's tax by rate and name: what it states below its lines.
CREATE TABLE tax_invoice_tax (
    invoice ID,
    seq INT,
    name TEXT,
    rate_ppm INT,           -- of this name, as it is stated: 12 % of 11/12 stands as 120000, 11, 12
    base_part INT,
    base_whole INT,
    base_minor INT,         -- before tax
    tax_minor INT,
    PRIMARY KEY (invoice, seq)
) WITHOUT ROWID;
