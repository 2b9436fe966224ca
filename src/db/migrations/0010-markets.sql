-- Markets: countries, the rules' numbers with every change of them, and the holidays of 2026 and 2027.
-- docs/markets.md says where the numbers and days come from, and which days are only expected.

CREATE TABLE market (
    country TEXT PRIMARY KEY,           -- ISO 3166-1 alpha-2; '*' stands for all markets
    name TEXT,
    currency TEXT NULL,                 -- of the market's amounts; '*' has none
    is_open INT CHECK (is_open IN (0, 1)),
    version INT,                        -- goes up with every change of the market, its numbers or its holidays
    numbers TEXT,                       -- market_rule's numbers in force here, in the order of MarketRule: one read instead of forty
    CHECK ((country = '*') = (currency IS NULL))
);

-- The numbers in force: of all markets ('*') each, of one market those that are its own.
CREATE TABLE market_rule (
    country TEXT,
    rule TEXT,
    value INT,
    since INT NULL,                     -- of the last change; NULL: as shipped
    actor ID NULL,
    why TEXT NULL,
    PRIMARY KEY (country, rule)
) WITHOUT ROWID;

CREATE TABLE market_holiday (
    country TEXT,
    day TEXT,                           -- 2026-12-25
    name TEXT,
    state TEXT,
    PRIMARY KEY (country, day)
) WITHOUT ROWID;

-- Append-only: what was, what became, who and why.
CREATE TABLE market_change (
    id ID PRIMARY KEY,
    country TEXT,
    what TEXT,
    rule TEXT NULL,
    was TEXT NULL,                      -- NULL: nothing of its own before
    becomes TEXT NULL,                  -- NULL: nothing of its own after
    why TEXT,
    actor ID,
    at INT
);
CREATE INDEX market_change_country ON market_change (country, id);

INSERT INTO market (country, name, currency, is_open, version, numbers) VALUES
    ('*', 'All markets', NULL, 1, 1, ''), ('ID', 'Indonesia', 'IDR', 1, 1, ''), ('TH', 'Thailand', 'THB', 1, 1, ''),
    ('VN', 'Viet Nam', 'VND', 1, 1, ''), ('MY', 'Malaysia', 'MYR', 1, 1, ''), ('SG', 'Singapore', 'SGD', 1, 1, ''),
    ('PH', 'Philippines', 'PHP', 1, 1, ''), ('US', 'United States', 'USD', 1, 1, ''), ('GB', 'United Kingdom', 'GBP', 1, 1, ''),
    ('AE', 'United Arab Emirates', 'AED', 1, 1, ''), ('SA', 'Saudi Arabia', 'SAR', 1, 1, ''), ('AT', 'Austria', 'EUR', 1, 1, ''),
    ('BE', 'Belgium', 'EUR', 1, 1, ''), ('BG', 'Bulgaria', 'EUR', 1, 1, ''), ('CY', 'Cyprus', 'EUR', 1, 1, ''),
    ('CZ', 'Czechia', 'CZK', 1, 1, ''), ('DE', 'Germany', 'EUR', 1, 1, ''), ('DK', 'Denmark', 'DKK', 1, 1, ''),
    ('EE', 'Estonia', 'EUR', 1, 1, ''), ('ES', 'Spain', 'EUR', 1, 1, ''), ('FI', 'Finland', 'EUR', 1, 1, ''),
    ('FR', 'France', 'EUR', 1, 1, ''), ('GR', 'Greece', 'EUR', 1, 1, ''), ('HR', 'Croatia', 'EUR', 1, 1, ''),
    ('HU', 'Hungary', 'HUF', 1, 1, ''), ('IE', 'Ireland', 'EUR', 1, 1, ''), ('IT', 'Italy', 'EUR', 1, 1, ''),
    ('LT', 'Lithuania', 'EUR', 1, 1, ''), ('LU', 'Luxembourg', 'EUR', 1, 1, ''), ('LV', 'Latvia', 'EUR', 1, 1, ''),
    ('MT', 'Malta', 'EUR', 1, 1, ''), ('NL', 'Netherlands', 'EUR', 1, 1, ''), ('PL', 'Poland', 'PLN', 1, 1, ''),
    ('PT', 'Portugal', 'EUR', 1, 1, ''), ('RO', 'Romania', 'RON', 1, 1, ''), ('SE', 'Sweden', 'SEK', 1, 1, ''),
    ('SI', 'Slovenia', 'EUR', 1, 1, ''), ('SK', 'Slovakia', 'EUR', 1, 1, '');

-- All markets. An amount needs a currency, so those of all markets are 0.
INSERT INTO market_rule (country, rule, value) VALUES
    ('*', 'pay_minutes', 15), ('*', 'transfer_hours', 24), ('*', 'hold_minutes', 0), ('*', 'cancel_answer_hours', 24),
    ('*', 'ship_days', 2), ('*', 'ship_cancel_days', 7), ('*', 'transit_days', 14), ('*', 'complete_days', 7),
    ('*', 'return_days', 14), ('*', 'return_answer_hours', 48), ('*', 'return_ship_days', 5), ('*', 'return_confirm_days', 8),
    ('*', 'return_refile_hours', 48), ('*', 'fee_ppm', 60000), ('*', 'fee_flat_minor', 0), ('*', 'refund_fee_keep_ppm', 200000),
    ('*', 'refund_fee_keep_most_minor', 0), ('*', 'settle_fast_days', 1), ('*', 'settle_standard_days', 5),
    ('*', 'settle_slow_days', 8), ('*', 'settle_new_days', 31), ('*', 'reserve_ppm', 0), ('*', 'reserve_days', 30),
    ('*', 'payout_least_minor', 0), ('*', 'cod_refused_most', 3), ('*', 'cod_refused_days', 90), ('*', 'tax_inclusive', 1),
    ('*', 'tax_by_platform', 0), ('*', 'tax_by_line', 1), ('*', 'tax_rounding', 0), ('*', 'price_low_days', 30),
    ('*', 'utc_offset_minutes', 420), ('*', 'weekend', 96), ('*', 'daylight_saving', 0);

-- The markets' own numbers; amounts are near 1 and 5 US dollars in round figures of the currency.
INSERT INTO market_rule (country, rule, value) VALUES
    ('ID', 'return_days', 6), ('ID', 'settle_fast_days', 3), ('ID', 'settle_standard_days', 7), ('ID', 'settle_slow_days', 15),
    ('ID', 'utc_offset_minutes', 420), ('ID', 'payout_least_minor', 1000000), ('ID', 'refund_fee_keep_most_minor', 7500000),
    ('TH', 'return_days', 7), ('TH', 'return_answer_hours', 24), ('TH', 'settle_fast_days', 3), ('TH', 'settle_standard_days', 7),
    ('TH', 'settle_slow_days', 15), ('TH', 'utc_offset_minutes', 420), ('TH', 'payout_least_minor', 3500),
    ('TH', 'refund_fee_keep_most_minor', 17500), ('VN', 'return_days', 15), ('VN', 'return_answer_hours', 24),
    ('VN', 'settle_fast_days', 3), ('VN', 'settle_standard_days', 7), ('VN', 'settle_slow_days', 15),
    ('VN', 'utc_offset_minutes', 420), ('VN', 'payout_least_minor', 25000), ('VN', 'refund_fee_keep_most_minor', 125000),
    ('MY', 'settle_fast_days', 3), ('MY', 'settle_standard_days', 7), ('MY', 'settle_slow_days', 15),
    ('MY', 'utc_offset_minutes', 480), ('MY', 'payout_least_minor', 400), ('MY', 'refund_fee_keep_most_minor', 2000),
    ('SG', 'settle_fast_days', 3), ('SG', 'settle_standard_days', 7), ('SG', 'settle_slow_days', 15),
    ('SG', 'utc_offset_minutes', 480), ('SG', 'payout_least_minor', 100), ('SG', 'refund_fee_keep_most_minor', 700),
    ('PH', 'settle_fast_days', 3), ('PH', 'settle_standard_days', 7), ('PH', 'settle_slow_days', 15),
    ('PH', 'utc_offset_minutes', 480), ('PH', 'payout_least_minor', 5500), ('PH', 'refund_fee_keep_most_minor', 28000),
    ('US', 'hold_minutes', 60), ('US', 'return_days', 30), ('US', 'tax_inclusive', 0), ('US', 'tax_by_platform', 1),
    ('US', 'utc_offset_minutes', -300), ('US', 'daylight_saving', 2), ('US', 'payout_least_minor', 100),
    ('US', 'refund_fee_keep_most_minor', 500), ('GB', 'fee_ppm', 90000), ('GB', 'utc_offset_minutes', 0),
    ('GB', 'daylight_saving', 1), ('GB', 'payout_least_minor', 100), ('GB', 'refund_fee_keep_most_minor', 500),
    ('AE', 'utc_offset_minutes', 240), ('AE', 'payout_least_minor', 400), ('AE', 'refund_fee_keep_most_minor', 1800),
    ('SA', 'utc_offset_minutes', 180), ('SA', 'weekend', 48), ('SA', 'payout_least_minor', 400),
    ('SA', 'refund_fee_keep_most_minor', 1900), ('CZ', 'payout_least_minor', 2000), ('CZ', 'refund_fee_keep_most_minor', 12000),
    ('DK', 'payout_least_minor', 700), ('DK', 'refund_fee_keep_most_minor', 3500), ('HU', 'payout_least_minor', 40000),
    ('HU', 'refund_fee_keep_most_minor', 200000), ('PL', 'payout_least_minor', 400), ('PL', 'refund_fee_keep_most_minor', 2000),
    ('RO', 'payout_least_minor', 500), ('RO', 'refund_fee_keep_most_minor', 2500), ('SE', 'payout_least_minor', 1000),
    ('SE', 'refund_fee_keep_most_minor', 5000);
INSERT INTO market_rule (country, rule, value) SELECT country, 'payout_least_minor', 100 FROM market WHERE currency = 'EUR';
INSERT INTO market_rule (country, rule, value) SELECT country, 'refund_fee_keep_most_minor', 500 FROM market WHERE currency = 'EUR';
-- The European Union: withdrawal within 14 days (Directive 2011/83, art. 9), the lowest price of 30 days (98/6, art. 6a); set
-- here so that a change for all markets does not reach what these laws fix. Clocks change by Directive 2000/84.
INSERT INTO market_rule (country, rule, value) SELECT country, 'return_days', 14 FROM market WHERE country NOT IN
       ('*', 'ID', 'TH', 'VN', 'MY', 'SG', 'PH', 'US', 'GB', 'AE', 'SA');
INSERT INTO market_rule (country, rule, value) SELECT country, 'price_low_days', 30 FROM market WHERE country NOT IN
       ('*', 'ID', 'TH', 'VN', 'MY', 'SG', 'PH', 'US', 'GB', 'AE', 'SA');
INSERT INTO market_rule (country, rule, value) SELECT country, 'daylight_saving', 1 FROM market WHERE country NOT IN
       ('*', 'ID', 'TH', 'VN', 'MY', 'SG', 'PH', 'US', 'GB', 'AE', 'SA');
INSERT INTO market_rule (country, rule, value) SELECT country, 'utc_offset_minutes', 0 FROM market WHERE country IN ('IE', 'PT');
INSERT INTO market_rule (country, rule, value)
    SELECT country, 'utc_offset_minutes', 120 FROM market WHERE country IN ('BG', 'CY', 'EE', 'FI', 'GR', 'LT', 'LV', 'RO');
INSERT INTO market_rule (country, rule, value)
    SELECT country, 'utc_offset_minutes', 60 FROM market
     WHERE country IN ('AT', 'BE', 'CZ', 'DE', 'DK', 'ES', 'FR', 'HR', 'HU', 'IT', 'LU', 'MT', 'NL', 'PL', 'SE', 'SI', 'SK');

-- The same numbers in one text. A migration that adds a rule ends with this, too.
UPDATE market SET numbers =
    (SELECT value FROM market_rule r WHERE r.rule = 'pay_minutes' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'transfer_hours' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'hold_minutes' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'cancel_answer_hours' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'ship_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'ship_cancel_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'transit_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'complete_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'return_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'return_answer_hours' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'return_ship_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'return_confirm_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'return_refile_hours' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'fee_ppm' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'fee_flat_minor' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'refund_fee_keep_ppm' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'refund_fee_keep_most_minor' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'settle_fast_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'settle_standard_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'settle_slow_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'settle_new_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'reserve_ppm' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'reserve_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'payout_least_minor' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'cod_refused_most' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'cod_refused_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'tax_inclusive' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'tax_by_platform' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'tax_by_line' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'tax_rounding' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'price_low_days' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'utc_offset_minutes' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'weekend' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1) || ',' ||
    (SELECT value FROM market_rule r WHERE r.rule = 'daylight_saving' AND r.country IN (market.country, '*') ORDER BY r.country DESC LIMIT 1);

INSERT INTO market_holiday (country, day, name, state) VALUES
    ('AE', '2026-01-01', 'New Year''s Day', 'announced'), ('AE', '2026-03-20', 'Eid al-Fitr', 'expected'), ('AE', '2026-03-21', 'Eid al-Fitr', 'expected'),
    ('AE', '2026-03-22', 'Eid al-Fitr', 'expected'), ('AE', '2026-05-26', 'Arafat Day', 'expected'), ('AE', '2026-05-27', 'Eid al-Adha', 'expected'),
    ('AE', '2026-05-28', 'Eid al-Adha', 'expected'), ('AE', '2026-05-29', 'Eid al-Adha', 'expected'), ('AE', '2026-06-16', 'Islamic New Year', 'expected'),
    ('AE', '2026-08-25', 'Birthday of the Prophet', 'expected'), ('AE', '2026-12-02', 'Union Day', 'announced'), ('AE', '2026-12-03', 'Union Day', 'announced'),
    ('AE', '2027-01-01', 'New Year''s Day', 'announced'), ('AE', '2027-03-09', 'Eid al-Fitr', 'expected'), ('AE', '2027-03-10', 'Eid al-Fitr', 'expected'),
    ('AE', '2027-03-11', 'Eid al-Fitr', 'expected'), ('AE', '2027-05-15', 'Arafat Day', 'expected'), ('AE', '2027-05-16', 'Eid al-Adha', 'expected'),
    ('AE', '2027-05-17', 'Eid al-Adha', 'expected'), ('AE', '2027-05-18', 'Eid al-Adha', 'expected'), ('AE', '2027-06-06', 'Islamic New Year', 'expected'),
    ('AE', '2027-08-14', 'Birthday of the Prophet', 'expected'), ('AE', '2027-12-02', 'Union Day', 'announced'), ('AE', '2027-12-03', 'Union Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('AT', '2026-01-01', 'New Year''s Day', 'announced'), ('AT', '2026-01-06', 'Epiphany', 'announced'), ('AT', '2026-04-06', 'Easter Monday', 'announced'),
    ('AT', '2026-05-01', 'Labour Day', 'announced'), ('AT', '2026-05-14', 'Ascension Day', 'announced'), ('AT', '2026-05-25', 'Whit Monday', 'announced'),
    ('AT', '2026-06-04', 'Corpus Christi', 'announced'), ('AT', '2026-08-15', 'Assumption', 'announced'), ('AT', '2026-10-26', 'National Day', 'announced'),
    ('AT', '2026-11-01', 'All Saints'' Day', 'announced'), ('AT', '2026-12-08', 'Immaculate Conception', 'announced'), ('AT', '2026-12-25', 'Christmas Day', 'announced'),
    ('AT', '2026-12-26', 'Second Christmas Day', 'announced'), ('AT', '2027-01-01', 'New Year''s Day', 'announced'), ('AT', '2027-01-06', 'Epiphany', 'announced'),
    ('AT', '2027-03-29', 'Easter Monday', 'announced'), ('AT', '2027-05-01', 'Labour Day', 'announced'), ('AT', '2027-05-06', 'Ascension Day', 'announced'),
    ('AT', '2027-05-17', 'Whit Monday', 'announced'), ('AT', '2027-05-27', 'Corpus Christi', 'announced'), ('AT', '2027-08-15', 'Assumption', 'announced'),
    ('AT', '2027-10-26', 'National Day', 'announced'), ('AT', '2027-11-01', 'All Saints'' Day', 'announced'), ('AT', '2027-12-08', 'Immaculate Conception', 'announced'),
    ('AT', '2027-12-25', 'Christmas Day', 'announced'), ('AT', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('BE', '2026-01-01', 'New Year''s Day', 'announced'), ('BE', '2026-04-06', 'Easter Monday', 'announced'), ('BE', '2026-05-01', 'Labour Day', 'announced'),
    ('BE', '2026-05-14', 'Ascension Day', 'announced'), ('BE', '2026-05-25', 'Whit Monday', 'announced'), ('BE', '2026-07-21', 'National Day', 'announced'),
    ('BE', '2026-08-15', 'Assumption', 'announced'), ('BE', '2026-11-01', 'All Saints'' Day', 'announced'), ('BE', '2026-11-11', 'Armistice Day', 'announced'),
    ('BE', '2026-12-25', 'Christmas Day', 'announced'), ('BE', '2027-01-01', 'New Year''s Day', 'announced'), ('BE', '2027-03-29', 'Easter Monday', 'announced'),
    ('BE', '2027-05-01', 'Labour Day', 'announced'), ('BE', '2027-05-06', 'Ascension Day', 'announced'), ('BE', '2027-05-17', 'Whit Monday', 'announced'),
    ('BE', '2027-07-21', 'National Day', 'announced'), ('BE', '2027-08-15', 'Assumption', 'announced'), ('BE', '2027-11-01', 'All Saints'' Day', 'announced'),
    ('BE', '2027-11-11', 'Armistice Day', 'announced'), ('BE', '2027-12-25', 'Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('BG', '2026-01-01', 'New Year''s Day', 'announced'), ('BG', '2026-03-03', 'Liberation Day', 'announced'), ('BG', '2026-04-10', 'Good Friday', 'announced'),
    ('BG', '2026-04-13', 'Easter Monday', 'announced'), ('BG', '2026-05-01', 'Labour Day', 'announced'), ('BG', '2026-05-06', 'Saint George', 'announced'),
    ('BG', '2026-05-24', 'Education and Culture Day', 'announced'), ('BG', '2026-05-25', 'Substitute, Education and Culture Day', 'announced'),
    ('BG', '2026-09-06', 'Unification Day', 'announced'), ('BG', '2026-09-07', 'Substitute, Unification Day', 'announced'), ('BG', '2026-09-22', 'Independence Day', 'announced'),
    ('BG', '2026-12-24', 'Christmas Eve', 'announced'), ('BG', '2026-12-25', 'Christmas Day', 'announced'), ('BG', '2026-12-26', 'Second Christmas Day', 'announced'),
    ('BG', '2026-12-28', 'Substitute, Second Christmas Day', 'announced'), ('BG', '2027-01-01', 'New Year''s Day', 'announced'), ('BG', '2027-03-03', 'Liberation Day', 'announced'),
    ('BG', '2027-04-30', 'Good Friday', 'announced'), ('BG', '2027-05-01', 'Labour Day', 'announced'), ('BG', '2027-05-03', 'Easter Monday', 'announced'),
    ('BG', '2027-05-04', 'Substitute, Labour Day', 'announced'), ('BG', '2027-05-06', 'Saint George', 'announced'), ('BG', '2027-05-24', 'Education and Culture Day', 'announced'),
    ('BG', '2027-09-06', 'Unification Day', 'announced'), ('BG', '2027-09-22', 'Independence Day', 'announced'), ('BG', '2027-12-24', 'Christmas Eve', 'announced'),
    ('BG', '2027-12-25', 'Christmas Day', 'announced'), ('BG', '2027-12-26', 'Second Christmas Day', 'announced'), ('BG', '2027-12-27', 'Substitute, Christmas Day', 'announced'),
    ('BG', '2027-12-28', 'Substitute, Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('CY', '2026-01-01', 'New Year''s Day', 'announced'), ('CY', '2026-01-06', 'Epiphany', 'announced'), ('CY', '2026-02-23', 'Green Monday', 'announced'),
    ('CY', '2026-03-25', 'Annunciation', 'announced'), ('CY', '2026-04-01', 'National Day', 'announced'), ('CY', '2026-04-10', 'Good Friday', 'announced'),
    ('CY', '2026-04-13', 'Easter Monday', 'announced'), ('CY', '2026-05-01', 'Labour Day', 'announced'), ('CY', '2026-06-01', 'Whit Monday', 'announced'),
    ('CY', '2026-08-15', 'Assumption', 'announced'), ('CY', '2026-10-01', 'Independence Day', 'announced'), ('CY', '2026-10-28', 'Ohi Day', 'announced'),
    ('CY', '2026-12-25', 'Christmas Day', 'announced'), ('CY', '2026-12-26', 'Second Christmas Day', 'announced'), ('CY', '2027-01-01', 'New Year''s Day', 'announced'),
    ('CY', '2027-01-06', 'Epiphany', 'announced'), ('CY', '2027-03-15', 'Green Monday', 'announced'), ('CY', '2027-03-25', 'Annunciation', 'announced'),
    ('CY', '2027-04-01', 'National Day', 'announced'), ('CY', '2027-04-30', 'Good Friday', 'announced'), ('CY', '2027-05-01', 'Labour Day', 'announced'),
    ('CY', '2027-05-03', 'Easter Monday', 'announced'), ('CY', '2027-06-21', 'Whit Monday', 'announced'), ('CY', '2027-08-15', 'Assumption', 'announced'),
    ('CY', '2027-10-01', 'Independence Day', 'announced'), ('CY', '2027-10-28', 'Ohi Day', 'announced'), ('CY', '2027-12-25', 'Christmas Day', 'announced'),
    ('CY', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('CZ', '2026-01-01', 'New Year''s Day', 'announced'), ('CZ', '2026-04-03', 'Good Friday', 'announced'), ('CZ', '2026-04-06', 'Easter Monday', 'announced'),
    ('CZ', '2026-05-01', 'Labour Day', 'announced'), ('CZ', '2026-05-08', 'Victory Day', 'announced'), ('CZ', '2026-07-05', 'Cyril and Methodius', 'announced'),
    ('CZ', '2026-07-06', 'Jan Hus Day', 'announced'), ('CZ', '2026-09-28', 'Statehood Day', 'announced'), ('CZ', '2026-10-28', 'Independence Day', 'announced'),
    ('CZ', '2026-11-17', 'Freedom and Democracy Day', 'announced'), ('CZ', '2026-12-24', 'Christmas Eve', 'announced'), ('CZ', '2026-12-25', 'Christmas Day', 'announced'),
    ('CZ', '2026-12-26', 'Second Christmas Day', 'announced'), ('CZ', '2027-01-01', 'New Year''s Day', 'announced'), ('CZ', '2027-03-26', 'Good Friday', 'announced'),
    ('CZ', '2027-03-29', 'Easter Monday', 'announced'), ('CZ', '2027-05-01', 'Labour Day', 'announced'), ('CZ', '2027-05-08', 'Victory Day', 'announced'),
    ('CZ', '2027-07-05', 'Cyril and Methodius', 'announced'), ('CZ', '2027-07-06', 'Jan Hus Day', 'announced'), ('CZ', '2027-09-28', 'Statehood Day', 'announced'),
    ('CZ', '2027-10-28', 'Independence Day', 'announced'), ('CZ', '2027-11-17', 'Freedom and Democracy Day', 'announced'), ('CZ', '2027-12-24', 'Christmas Eve', 'announced'),
    ('CZ', '2027-12-25', 'Christmas Day', 'announced'), ('CZ', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('DE', '2026-01-01', 'New Year''s Day', 'announced'), ('DE', '2026-04-03', 'Good Friday', 'announced'), ('DE', '2026-04-06', 'Easter Monday', 'announced'),
    ('DE', '2026-05-01', 'Labour Day', 'announced'), ('DE', '2026-05-14', 'Ascension Day', 'announced'), ('DE', '2026-05-25', 'Whit Monday', 'announced'),
    ('DE', '2026-10-03', 'German Unity Day', 'announced'), ('DE', '2026-12-25', 'Christmas Day', 'announced'), ('DE', '2026-12-26', 'Second Christmas Day', 'announced'),
    ('DE', '2027-01-01', 'New Year''s Day', 'announced'), ('DE', '2027-03-26', 'Good Friday', 'announced'), ('DE', '2027-03-29', 'Easter Monday', 'announced'),
    ('DE', '2027-05-01', 'Labour Day', 'announced'), ('DE', '2027-05-06', 'Ascension Day', 'announced'), ('DE', '2027-05-17', 'Whit Monday', 'announced'),
    ('DE', '2027-10-03', 'German Unity Day', 'announced'), ('DE', '2027-12-25', 'Christmas Day', 'announced'), ('DE', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('DK', '2026-01-01', 'New Year''s Day', 'announced'), ('DK', '2026-04-02', 'Maundy Thursday', 'announced'), ('DK', '2026-04-03', 'Good Friday', 'announced'),
    ('DK', '2026-04-06', 'Easter Monday', 'announced'), ('DK', '2026-05-14', 'Ascension Day', 'announced'), ('DK', '2026-05-25', 'Whit Monday', 'announced'),
    ('DK', '2026-12-25', 'Christmas Day', 'announced'), ('DK', '2026-12-26', 'Second Christmas Day', 'announced'), ('DK', '2027-01-01', 'New Year''s Day', 'announced'),
    ('DK', '2027-03-25', 'Maundy Thursday', 'announced'), ('DK', '2027-03-26', 'Good Friday', 'announced'), ('DK', '2027-03-29', 'Easter Monday', 'announced'),
    ('DK', '2027-05-06', 'Ascension Day', 'announced'), ('DK', '2027-05-17', 'Whit Monday', 'announced'), ('DK', '2027-12-25', 'Christmas Day', 'announced'),
    ('DK', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('EE', '2026-01-01', 'New Year''s Day', 'announced'), ('EE', '2026-02-24', 'Independence Day', 'announced'), ('EE', '2026-04-03', 'Good Friday', 'announced'),
    ('EE', '2026-05-01', 'Spring Day', 'announced'), ('EE', '2026-06-23', 'Victory Day', 'announced'), ('EE', '2026-06-24', 'Midsummer Day', 'announced'),
    ('EE', '2026-08-20', 'Restoration of Independence', 'announced'), ('EE', '2026-12-24', 'Christmas Eve', 'announced'), ('EE', '2026-12-25', 'Christmas Day', 'announced'),
    ('EE', '2026-12-26', 'Second Christmas Day', 'announced'), ('EE', '2027-01-01', 'New Year''s Day', 'announced'), ('EE', '2027-02-24', 'Independence Day', 'announced'),
    ('EE', '2027-03-26', 'Good Friday', 'announced'), ('EE', '2027-05-01', 'Spring Day', 'announced'), ('EE', '2027-06-23', 'Victory Day', 'announced'),
    ('EE', '2027-06-24', 'Midsummer Day', 'announced'), ('EE', '2027-08-20', 'Restoration of Independence', 'announced'), ('EE', '2027-12-24', 'Christmas Eve', 'announced'),
    ('EE', '2027-12-25', 'Christmas Day', 'announced'), ('EE', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('ES', '2026-01-01', 'New Year''s Day', 'announced'), ('ES', '2026-01-06', 'Epiphany', 'announced'), ('ES', '2026-04-03', 'Good Friday', 'announced'),
    ('ES', '2026-05-01', 'Labour Day', 'announced'), ('ES', '2026-08-15', 'Assumption', 'announced'), ('ES', '2026-10-12', 'National Day', 'announced'),
    ('ES', '2026-11-01', 'All Saints'' Day', 'announced'), ('ES', '2026-12-06', 'Constitution Day', 'announced'), ('ES', '2026-12-08', 'Immaculate Conception', 'announced'),
    ('ES', '2026-12-25', 'Christmas Day', 'announced'), ('ES', '2027-01-01', 'New Year''s Day', 'announced'), ('ES', '2027-01-06', 'Epiphany', 'announced'),
    ('ES', '2027-03-26', 'Good Friday', 'announced'), ('ES', '2027-05-01', 'Labour Day', 'announced'), ('ES', '2027-08-15', 'Assumption', 'announced'),
    ('ES', '2027-10-12', 'National Day', 'announced'), ('ES', '2027-11-01', 'All Saints'' Day', 'announced'), ('ES', '2027-12-06', 'Constitution Day', 'announced'),
    ('ES', '2027-12-08', 'Immaculate Conception', 'announced'), ('ES', '2027-12-25', 'Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('FI', '2026-01-01', 'New Year''s Day', 'announced'), ('FI', '2026-01-06', 'Epiphany', 'announced'), ('FI', '2026-04-03', 'Good Friday', 'announced'),
    ('FI', '2026-04-06', 'Easter Monday', 'announced'), ('FI', '2026-05-01', 'May Day', 'announced'), ('FI', '2026-05-14', 'Ascension Day', 'announced'),
    ('FI', '2026-06-19', 'Midsummer Eve', 'announced'), ('FI', '2026-06-20', 'Midsummer Day', 'announced'), ('FI', '2026-10-31', 'All Saints'' Day', 'announced'),
    ('FI', '2026-12-06', 'Independence Day', 'announced'), ('FI', '2026-12-24', 'Christmas Eve', 'announced'), ('FI', '2026-12-25', 'Christmas Day', 'announced'),
    ('FI', '2026-12-26', 'Second Christmas Day', 'announced'), ('FI', '2027-01-01', 'New Year''s Day', 'announced'), ('FI', '2027-01-06', 'Epiphany', 'announced'),
    ('FI', '2027-03-26', 'Good Friday', 'announced'), ('FI', '2027-03-29', 'Easter Monday', 'announced'), ('FI', '2027-05-01', 'May Day', 'announced'),
    ('FI', '2027-05-06', 'Ascension Day', 'announced'), ('FI', '2027-06-25', 'Midsummer Eve', 'announced'), ('FI', '2027-06-26', 'Midsummer Day', 'announced'),
    ('FI', '2027-11-06', 'All Saints'' Day', 'announced'), ('FI', '2027-12-06', 'Independence Day', 'announced'), ('FI', '2027-12-24', 'Christmas Eve', 'announced'),
    ('FI', '2027-12-25', 'Christmas Day', 'announced'), ('FI', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('FR', '2026-01-01', 'New Year''s Day', 'announced'), ('FR', '2026-04-06', 'Easter Monday', 'announced'), ('FR', '2026-05-01', 'Labour Day', 'announced'),
    ('FR', '2026-05-08', 'Victory Day', 'announced'), ('FR', '2026-05-14', 'Ascension Day', 'announced'), ('FR', '2026-05-25', 'Whit Monday', 'announced'),
    ('FR', '2026-07-14', 'National Day', 'announced'), ('FR', '2026-08-15', 'Assumption', 'announced'), ('FR', '2026-11-01', 'All Saints'' Day', 'announced'),
    ('FR', '2026-11-11', 'Armistice Day', 'announced'), ('FR', '2026-12-25', 'Christmas Day', 'announced'), ('FR', '2027-01-01', 'New Year''s Day', 'announced'),
    ('FR', '2027-03-29', 'Easter Monday', 'announced'), ('FR', '2027-05-01', 'Labour Day', 'announced'), ('FR', '2027-05-06', 'Ascension Day', 'announced'),
    ('FR', '2027-05-08', 'Victory Day', 'announced'), ('FR', '2027-05-17', 'Whit Monday', 'announced'), ('FR', '2027-07-14', 'National Day', 'announced'),
    ('FR', '2027-08-15', 'Assumption', 'announced'), ('FR', '2027-11-01', 'All Saints'' Day', 'announced'), ('FR', '2027-11-11', 'Armistice Day', 'announced'),
    ('FR', '2027-12-25', 'Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('GB', '2026-01-01', 'New Year''s Day', 'announced'), ('GB', '2026-04-03', 'Good Friday', 'announced'), ('GB', '2026-04-06', 'Easter Monday', 'announced'),
    ('GB', '2026-05-04', 'Early May bank holiday', 'announced'), ('GB', '2026-05-25', 'Spring bank holiday', 'announced'), ('GB', '2026-08-31', 'Summer bank holiday', 'announced'),
    ('GB', '2026-12-25', 'Christmas Day', 'announced'), ('GB', '2026-12-26', 'Boxing Day', 'announced'), ('GB', '2026-12-28', 'Substitute, Boxing Day', 'announced'),
    ('GB', '2027-01-01', 'New Year''s Day', 'announced'), ('GB', '2027-03-26', 'Good Friday', 'announced'), ('GB', '2027-03-29', 'Easter Monday', 'announced'),
    ('GB', '2027-05-03', 'Early May bank holiday', 'announced'), ('GB', '2027-05-31', 'Spring bank holiday', 'announced'), ('GB', '2027-08-30', 'Summer bank holiday', 'announced'),
    ('GB', '2027-12-25', 'Christmas Day', 'announced'), ('GB', '2027-12-26', 'Boxing Day', 'announced'), ('GB', '2027-12-27', 'Substitute, Christmas Day', 'announced'),
    ('GB', '2027-12-28', 'Substitute, Boxing Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('GR', '2026-01-01', 'New Year''s Day', 'announced'), ('GR', '2026-01-06', 'Epiphany', 'announced'), ('GR', '2026-02-23', 'Green Monday', 'announced'),
    ('GR', '2026-03-25', 'Annunciation', 'announced'), ('GR', '2026-04-10', 'Good Friday', 'announced'), ('GR', '2026-04-13', 'Easter Monday', 'announced'),
    ('GR', '2026-05-01', 'Labour Day', 'announced'), ('GR', '2026-06-01', 'Whit Monday', 'announced'), ('GR', '2026-08-15', 'Assumption', 'announced'),
    ('GR', '2026-10-28', 'Ohi Day', 'announced'), ('GR', '2026-12-25', 'Christmas Day', 'announced'), ('GR', '2026-12-26', 'Second Christmas Day', 'announced'),
    ('GR', '2027-01-01', 'New Year''s Day', 'announced'), ('GR', '2027-01-06', 'Epiphany', 'announced'), ('GR', '2027-03-15', 'Green Monday', 'announced'),
    ('GR', '2027-03-25', 'Annunciation', 'announced'), ('GR', '2027-04-30', 'Good Friday', 'announced'), ('GR', '2027-05-01', 'Labour Day', 'announced'),
    ('GR', '2027-05-03', 'Easter Monday', 'announced'), ('GR', '2027-06-21', 'Whit Monday', 'announced'), ('GR', '2027-08-15', 'Assumption', 'announced'),
    ('GR', '2027-10-28', 'Ohi Day', 'announced'), ('GR', '2027-12-25', 'Christmas Day', 'announced'), ('GR', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('HR', '2026-01-01', 'New Year''s Day', 'announced'), ('HR', '2026-01-06', 'Epiphany', 'announced'), ('HR', '2026-04-06', 'Easter Monday', 'announced'),
    ('HR', '2026-05-01', 'Labour Day', 'announced'), ('HR', '2026-05-30', 'Statehood Day', 'announced'), ('HR', '2026-06-04', 'Corpus Christi', 'announced'),
    ('HR', '2026-06-22', 'Anti-Fascist Struggle Day', 'announced'), ('HR', '2026-08-05', 'Victory Day', 'announced'), ('HR', '2026-08-15', 'Assumption', 'announced'),
    ('HR', '2026-11-01', 'All Saints'' Day', 'announced'), ('HR', '2026-11-18', 'Remembrance Day', 'announced'), ('HR', '2026-12-25', 'Christmas Day', 'announced'),
    ('HR', '2026-12-26', 'Second Christmas Day', 'announced'), ('HR', '2027-01-01', 'New Year''s Day', 'announced'), ('HR', '2027-01-06', 'Epiphany', 'announced'),
    ('HR', '2027-03-29', 'Easter Monday', 'announced'), ('HR', '2027-05-01', 'Labour Day', 'announced'), ('HR', '2027-05-27', 'Corpus Christi', 'announced'),
    ('HR', '2027-05-30', 'Statehood Day', 'announced'), ('HR', '2027-06-22', 'Anti-Fascist Struggle Day', 'announced'), ('HR', '2027-08-05', 'Victory Day', 'announced'),
    ('HR', '2027-08-15', 'Assumption', 'announced'), ('HR', '2027-11-01', 'All Saints'' Day', 'announced'), ('HR', '2027-11-18', 'Remembrance Day', 'announced'),
    ('HR', '2027-12-25', 'Christmas Day', 'announced'), ('HR', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('HU', '2026-01-01', 'New Year''s Day', 'announced'), ('HU', '2026-03-15', '1848 Revolution Day', 'announced'), ('HU', '2026-04-03', 'Good Friday', 'announced'),
    ('HU', '2026-04-06', 'Easter Monday', 'announced'), ('HU', '2026-05-01', 'Labour Day', 'announced'), ('HU', '2026-05-25', 'Whit Monday', 'announced'),
    ('HU', '2026-08-20', 'Saint Stephen', 'announced'), ('HU', '2026-10-23', '1956 Revolution Day', 'announced'), ('HU', '2026-11-01', 'All Saints'' Day', 'announced'),
    ('HU', '2026-12-25', 'Christmas Day', 'announced'), ('HU', '2026-12-26', 'Second Christmas Day', 'announced'), ('HU', '2027-01-01', 'New Year''s Day', 'announced'),
    ('HU', '2027-03-15', '1848 Revolution Day', 'announced'), ('HU', '2027-03-26', 'Good Friday', 'announced'), ('HU', '2027-03-29', 'Easter Monday', 'announced'),
    ('HU', '2027-05-01', 'Labour Day', 'announced'), ('HU', '2027-05-17', 'Whit Monday', 'announced'), ('HU', '2027-08-20', 'Saint Stephen', 'announced'),
    ('HU', '2027-10-23', '1956 Revolution Day', 'announced'), ('HU', '2027-11-01', 'All Saints'' Day', 'announced'), ('HU', '2027-12-25', 'Christmas Day', 'announced'),
    ('HU', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('ID', '2026-01-01', 'New Year''s Day', 'announced'), ('ID', '2026-01-16', 'Isra Mikraj', 'announced'), ('ID', '2026-02-16', 'Collective leave, Imlek', 'announced'),
    ('ID', '2026-02-17', 'Imlek', 'announced'), ('ID', '2026-03-18', 'Collective leave, Nyepi', 'announced'), ('ID', '2026-03-19', 'Nyepi', 'announced'),
    ('ID', '2026-03-20', 'Collective leave, Idul Fitri', 'announced'), ('ID', '2026-03-21', 'Idul Fitri', 'announced'), ('ID', '2026-03-22', 'Idul Fitri', 'announced'),
    ('ID', '2026-03-23', 'Collective leave, Idul Fitri', 'announced'), ('ID', '2026-03-24', 'Collective leave, Idul Fitri', 'announced'), ('ID', '2026-04-03', 'Good Friday', 'announced'),
    ('ID', '2026-04-05', 'Easter', 'announced'), ('ID', '2026-05-01', 'Labour Day', 'announced'), ('ID', '2026-05-14', 'Ascension Day', 'announced'),
    ('ID', '2026-05-15', 'Collective leave, Ascension Day', 'announced'), ('ID', '2026-05-27', 'Idul Adha', 'announced'), ('ID', '2026-05-28', 'Collective leave, Idul Adha', 'announced'),
    ('ID', '2026-05-31', 'Waisak', 'announced'), ('ID', '2026-06-01', 'Pancasila Day', 'announced'), ('ID', '2026-06-16', 'Islamic New Year', 'announced'),
    ('ID', '2026-08-17', 'Independence Day', 'announced'), ('ID', '2026-08-25', 'Birthday of the Prophet', 'announced'), ('ID', '2026-12-24', 'Collective leave, Christmas', 'announced'),
    ('ID', '2026-12-25', 'Christmas Day', 'announced'), ('ID', '2027-01-01', 'New Year''s Day', 'announced'), ('ID', '2027-01-05', 'Isra Mikraj', 'expected'),
    ('ID', '2027-02-06', 'Imlek', 'expected'), ('ID', '2027-03-08', 'Nyepi', 'expected'), ('ID', '2027-03-10', 'Idul Fitri', 'expected'), ('ID', '2027-03-11', 'Idul Fitri', 'expected'),
    ('ID', '2027-03-26', 'Good Friday', 'announced'), ('ID', '2027-03-28', 'Easter', 'announced'), ('ID', '2027-05-01', 'Labour Day', 'announced'),
    ('ID', '2027-05-06', 'Ascension Day', 'announced'), ('ID', '2027-05-17', 'Idul Adha', 'expected'), ('ID', '2027-05-20', 'Waisak', 'expected'),
    ('ID', '2027-06-01', 'Pancasila Day', 'announced'), ('ID', '2027-06-06', 'Islamic New Year', 'expected'), ('ID', '2027-08-15', 'Birthday of the Prophet', 'expected'),
    ('ID', '2027-08-17', 'Independence Day', 'announced'), ('ID', '2027-12-25', 'Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('IE', '2026-01-01', 'New Year''s Day', 'announced'), ('IE', '2026-02-02', 'Saint Brigid', 'announced'), ('IE', '2026-03-17', 'Saint Patrick', 'announced'),
    ('IE', '2026-04-06', 'Easter Monday', 'announced'), ('IE', '2026-05-04', 'May holiday', 'announced'), ('IE', '2026-06-01', 'June holiday', 'announced'),
    ('IE', '2026-08-03', 'August holiday', 'announced'), ('IE', '2026-10-26', 'October holiday', 'announced'), ('IE', '2026-12-25', 'Christmas Day', 'announced'),
    ('IE', '2026-12-26', 'Saint Stephen''s Day', 'announced'), ('IE', '2027-01-01', 'New Year''s Day', 'announced'), ('IE', '2027-02-01', 'Saint Brigid', 'announced'),
    ('IE', '2027-03-17', 'Saint Patrick', 'announced'), ('IE', '2027-03-29', 'Easter Monday', 'announced'), ('IE', '2027-05-03', 'May holiday', 'announced'),
    ('IE', '2027-06-07', 'June holiday', 'announced'), ('IE', '2027-08-02', 'August holiday', 'announced'), ('IE', '2027-10-25', 'October holiday', 'announced'),
    ('IE', '2027-12-25', 'Christmas Day', 'announced'), ('IE', '2027-12-26', 'Saint Stephen''s Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('IT', '2026-01-01', 'New Year''s Day', 'announced'), ('IT', '2026-01-06', 'Epiphany', 'announced'), ('IT', '2026-04-06', 'Easter Monday', 'announced'),
    ('IT', '2026-04-25', 'Liberation Day', 'announced'), ('IT', '2026-05-01', 'Labour Day', 'announced'), ('IT', '2026-06-02', 'Republic Day', 'announced'),
    ('IT', '2026-08-15', 'Assumption', 'announced'), ('IT', '2026-10-04', 'Saint Francis', 'announced'), ('IT', '2026-11-01', 'All Saints'' Day', 'announced'),
    ('IT', '2026-12-08', 'Immaculate Conception', 'announced'), ('IT', '2026-12-25', 'Christmas Day', 'announced'), ('IT', '2026-12-26', 'Second Christmas Day', 'announced'),
    ('IT', '2027-01-01', 'New Year''s Day', 'announced'), ('IT', '2027-01-06', 'Epiphany', 'announced'), ('IT', '2027-03-29', 'Easter Monday', 'announced'),
    ('IT', '2027-04-25', 'Liberation Day', 'announced'), ('IT', '2027-05-01', 'Labour Day', 'announced'), ('IT', '2027-06-02', 'Republic Day', 'announced'),
    ('IT', '2027-08-15', 'Assumption', 'announced'), ('IT', '2027-10-04', 'Saint Francis', 'announced'), ('IT', '2027-11-01', 'All Saints'' Day', 'announced'),
    ('IT', '2027-12-08', 'Immaculate Conception', 'announced'), ('IT', '2027-12-25', 'Christmas Day', 'announced'), ('IT', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('LT', '2026-01-01', 'New Year''s Day', 'announced'), ('LT', '2026-02-16', 'Restoration of the State', 'announced'), ('LT', '2026-03-11', 'Restoration of Independence', 'announced'),
    ('LT', '2026-04-06', 'Easter Monday', 'announced'), ('LT', '2026-05-01', 'Labour Day', 'announced'), ('LT', '2026-06-24', 'Midsummer Day', 'announced'),
    ('LT', '2026-07-06', 'Statehood Day', 'announced'), ('LT', '2026-08-15', 'Assumption', 'announced'), ('LT', '2026-11-01', 'All Saints'' Day', 'announced'),
    ('LT', '2026-11-02', 'All Souls'' Day', 'announced'), ('LT', '2026-12-24', 'Christmas Eve', 'announced'), ('LT', '2026-12-25', 'Christmas Day', 'announced'),
    ('LT', '2026-12-26', 'Second Christmas Day', 'announced'), ('LT', '2027-01-01', 'New Year''s Day', 'announced'), ('LT', '2027-02-16', 'Restoration of the State', 'announced'),
    ('LT', '2027-03-11', 'Restoration of Independence', 'announced'), ('LT', '2027-03-29', 'Easter Monday', 'announced'), ('LT', '2027-05-01', 'Labour Day', 'announced'),
    ('LT', '2027-06-24', 'Midsummer Day', 'announced'), ('LT', '2027-07-06', 'Statehood Day', 'announced'), ('LT', '2027-08-15', 'Assumption', 'announced'),
    ('LT', '2027-11-01', 'All Saints'' Day', 'announced'), ('LT', '2027-11-02', 'All Souls'' Day', 'announced'), ('LT', '2027-12-24', 'Christmas Eve', 'announced'),
    ('LT', '2027-12-25', 'Christmas Day', 'announced'), ('LT', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('LU', '2026-01-01', 'New Year''s Day', 'announced'), ('LU', '2026-04-06', 'Easter Monday', 'announced'), ('LU', '2026-05-01', 'Labour Day', 'announced'),
    ('LU', '2026-05-09', 'Europe Day', 'announced'), ('LU', '2026-05-14', 'Ascension Day', 'announced'), ('LU', '2026-05-25', 'Whit Monday', 'announced'),
    ('LU', '2026-06-23', 'National Day', 'announced'), ('LU', '2026-08-15', 'Assumption', 'announced'), ('LU', '2026-11-01', 'All Saints'' Day', 'announced'),
    ('LU', '2026-12-25', 'Christmas Day', 'announced'), ('LU', '2026-12-26', 'Second Christmas Day', 'announced'), ('LU', '2027-01-01', 'New Year''s Day', 'announced'),
    ('LU', '2027-03-29', 'Easter Monday', 'announced'), ('LU', '2027-05-01', 'Labour Day', 'announced'), ('LU', '2027-05-06', 'Ascension Day', 'announced'),
    ('LU', '2027-05-09', 'Europe Day', 'announced'), ('LU', '2027-05-17', 'Whit Monday', 'announced'), ('LU', '2027-06-23', 'National Day', 'announced'),
    ('LU', '2027-08-15', 'Assumption', 'announced'), ('LU', '2027-11-01', 'All Saints'' Day', 'announced'), ('LU', '2027-12-25', 'Christmas Day', 'announced'),
    ('LU', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('LV', '2026-01-01', 'New Year''s Day', 'announced'), ('LV', '2026-04-03', 'Good Friday', 'announced'), ('LV', '2026-04-06', 'Easter Monday', 'announced'),
    ('LV', '2026-05-01', 'Labour Day', 'announced'), ('LV', '2026-05-04', 'Restoration of Independence', 'announced'), ('LV', '2026-06-23', 'Midsummer Eve', 'announced'),
    ('LV', '2026-06-24', 'Midsummer Day', 'announced'), ('LV', '2026-11-18', 'Proclamation Day', 'announced'), ('LV', '2026-12-24', 'Christmas Eve', 'announced'),
    ('LV', '2026-12-25', 'Christmas Day', 'announced'), ('LV', '2026-12-26', 'Second Christmas Day', 'announced'), ('LV', '2026-12-31', 'New Year''s Eve', 'announced'),
    ('LV', '2027-01-01', 'New Year''s Day', 'announced'), ('LV', '2027-03-26', 'Good Friday', 'announced'), ('LV', '2027-03-29', 'Easter Monday', 'announced'),
    ('LV', '2027-05-01', 'Labour Day', 'announced'), ('LV', '2027-05-04', 'Restoration of Independence', 'announced'), ('LV', '2027-06-23', 'Midsummer Eve', 'announced'),
    ('LV', '2027-06-24', 'Midsummer Day', 'announced'), ('LV', '2027-11-18', 'Proclamation Day', 'announced'), ('LV', '2027-12-24', 'Christmas Eve', 'announced'),
    ('LV', '2027-12-25', 'Christmas Day', 'announced'), ('LV', '2027-12-26', 'Second Christmas Day', 'announced'), ('LV', '2027-12-31', 'New Year''s Eve', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('MT', '2026-01-01', 'New Year''s Day', 'announced'), ('MT', '2026-02-10', 'Saint Paul''s Shipwreck', 'announced'), ('MT', '2026-03-19', 'Saint Joseph', 'announced'),
    ('MT', '2026-03-31', 'Freedom Day', 'announced'), ('MT', '2026-04-03', 'Good Friday', 'announced'), ('MT', '2026-05-01', 'Labour Day', 'announced'),
    ('MT', '2026-06-07', 'Sette Giugno', 'announced'), ('MT', '2026-06-29', 'Saints Peter and Paul', 'announced'), ('MT', '2026-08-15', 'Assumption', 'announced'),
    ('MT', '2026-09-08', 'Victory Day', 'announced'), ('MT', '2026-09-21', 'Independence Day', 'announced'), ('MT', '2026-12-08', 'Immaculate Conception', 'announced'),
    ('MT', '2026-12-13', 'Republic Day', 'announced'), ('MT', '2026-12-25', 'Christmas Day', 'announced'), ('MT', '2027-01-01', 'New Year''s Day', 'announced'),
    ('MT', '2027-02-10', 'Saint Paul''s Shipwreck', 'announced'), ('MT', '2027-03-19', 'Saint Joseph', 'announced'), ('MT', '2027-03-26', 'Good Friday', 'announced'),
    ('MT', '2027-03-31', 'Freedom Day', 'announced'), ('MT', '2027-05-01', 'Labour Day', 'announced'), ('MT', '2027-06-07', 'Sette Giugno', 'announced'),
    ('MT', '2027-06-29', 'Saints Peter and Paul', 'announced'), ('MT', '2027-08-15', 'Assumption', 'announced'), ('MT', '2027-09-08', 'Victory Day', 'announced'),
    ('MT', '2027-09-21', 'Independence Day', 'announced'), ('MT', '2027-12-08', 'Immaculate Conception', 'announced'), ('MT', '2027-12-13', 'Republic Day', 'announced'),
    ('MT', '2027-12-25', 'Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('MY', '2026-01-01', 'New Year''s Day', 'announced'), ('MY', '2026-02-17', 'Chinese New Year', 'announced'), ('MY', '2026-02-18', 'Chinese New Year', 'announced'),
    ('MY', '2026-03-21', 'Hari Raya Aidilfitri', 'announced'), ('MY', '2026-03-22', 'Hari Raya Aidilfitri', 'announced'), ('MY', '2026-03-23', 'Substitute, Hari Raya Aidilfitri', 'announced'),
    ('MY', '2026-05-01', 'Labour Day', 'announced'), ('MY', '2026-05-27', 'Hari Raya Haji', 'announced'), ('MY', '2026-05-31', 'Wesak', 'announced'),
    ('MY', '2026-06-01', 'King''s birthday', 'announced'), ('MY', '2026-06-02', 'Substitute, Wesak', 'announced'), ('MY', '2026-06-17', 'Awal Muharram', 'announced'),
    ('MY', '2026-08-25', 'Birthday of the Prophet', 'announced'), ('MY', '2026-08-31', 'National Day', 'announced'), ('MY', '2026-09-16', 'Malaysia Day', 'announced'),
    ('MY', '2026-11-08', 'Deepavali', 'announced'), ('MY', '2026-11-09', 'Substitute, Deepavali', 'announced'), ('MY', '2026-12-25', 'Christmas Day', 'announced'),
    ('MY', '2027-01-01', 'New Year''s Day', 'announced'), ('MY', '2027-02-06', 'Chinese New Year', 'announced'), ('MY', '2027-02-07', 'Chinese New Year', 'announced'),
    ('MY', '2027-02-08', 'Substitute, Chinese New Year', 'announced'), ('MY', '2027-03-10', 'Hari Raya Aidilfitri', 'expected'), ('MY', '2027-03-11', 'Hari Raya Aidilfitri', 'expected'),
    ('MY', '2027-05-01', 'Labour Day', 'announced'), ('MY', '2027-05-17', 'Hari Raya Haji', 'expected'), ('MY', '2027-05-20', 'Wesak', 'expected'),
    ('MY', '2027-06-06', 'Awal Muharram', 'expected'), ('MY', '2027-06-07', 'King''s birthday', 'announced'), ('MY', '2027-08-15', 'Birthday of the Prophet', 'expected'),
    ('MY', '2027-08-16', 'Substitute, Birthday of the Prophet', 'expected'), ('MY', '2027-08-31', 'National Day', 'announced'), ('MY', '2027-09-16', 'Malaysia Day', 'announced'),
    ('MY', '2027-10-28', 'Deepavali', 'expected'), ('MY', '2027-12-25', 'Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('NL', '2026-01-01', 'New Year''s Day', 'announced'), ('NL', '2026-04-06', 'Easter Monday', 'announced'), ('NL', '2026-04-27', 'King''s Day', 'announced'),
    ('NL', '2026-05-14', 'Ascension Day', 'announced'), ('NL', '2026-05-25', 'Whit Monday', 'announced'), ('NL', '2026-12-25', 'Christmas Day', 'announced'),
    ('NL', '2026-12-26', 'Second Christmas Day', 'announced'), ('NL', '2027-01-01', 'New Year''s Day', 'announced'), ('NL', '2027-03-29', 'Easter Monday', 'announced'),
    ('NL', '2027-04-27', 'King''s Day', 'announced'), ('NL', '2027-05-06', 'Ascension Day', 'announced'), ('NL', '2027-05-17', 'Whit Monday', 'announced'),
    ('NL', '2027-12-25', 'Christmas Day', 'announced'), ('NL', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('PH', '2026-01-01', 'New Year''s Day', 'announced'), ('PH', '2026-02-17', 'Chinese New Year', 'announced'), ('PH', '2026-03-20', 'Eid''l Fitr', 'announced'),
    ('PH', '2026-04-02', 'Maundy Thursday', 'announced'), ('PH', '2026-04-03', 'Good Friday', 'announced'), ('PH', '2026-04-04', 'Black Saturday', 'announced'),
    ('PH', '2026-04-09', 'Day of Valor', 'announced'), ('PH', '2026-05-01', 'Labor Day', 'announced'), ('PH', '2026-05-27', 'Eid''l Adha', 'expected'),
    ('PH', '2026-06-12', 'Independence Day', 'announced'), ('PH', '2026-08-21', 'Ninoy Aquino Day', 'announced'), ('PH', '2026-08-31', 'National Heroes Day', 'announced'),
    ('PH', '2026-11-01', 'All Saints'' Day', 'announced'), ('PH', '2026-11-02', 'All Souls'' Day', 'announced'), ('PH', '2026-11-30', 'Bonifacio Day', 'announced'),
    ('PH', '2026-12-08', 'Immaculate Conception', 'announced'), ('PH', '2026-12-24', 'Christmas Eve', 'announced'), ('PH', '2026-12-25', 'Christmas Day', 'announced'),
    ('PH', '2026-12-30', 'Rizal Day', 'announced'), ('PH', '2026-12-31', 'Last day of the year', 'announced'), ('PH', '2027-01-01', 'New Year''s Day', 'announced'),
    ('PH', '2027-02-06', 'Chinese New Year', 'expected'), ('PH', '2027-03-10', 'Eid''l Fitr', 'expected'), ('PH', '2027-03-25', 'Maundy Thursday', 'announced'),
    ('PH', '2027-03-26', 'Good Friday', 'announced'), ('PH', '2027-03-27', 'Black Saturday', 'expected'), ('PH', '2027-04-09', 'Day of Valor', 'announced'),
    ('PH', '2027-05-01', 'Labor Day', 'announced'), ('PH', '2027-05-17', 'Eid''l Adha', 'expected'), ('PH', '2027-06-12', 'Independence Day', 'announced'),
    ('PH', '2027-08-21', 'Ninoy Aquino Day', 'announced'), ('PH', '2027-08-30', 'National Heroes Day', 'announced'), ('PH', '2027-11-01', 'All Saints'' Day', 'announced'),
    ('PH', '2027-11-02', 'All Souls'' Day', 'expected'), ('PH', '2027-11-30', 'Bonifacio Day', 'announced'), ('PH', '2027-12-08', 'Immaculate Conception', 'announced'),
    ('PH', '2027-12-24', 'Christmas Eve', 'expected'), ('PH', '2027-12-25', 'Christmas Day', 'announced'), ('PH', '2027-12-30', 'Rizal Day', 'announced'),
    ('PH', '2027-12-31', 'Last day of the year', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('PL', '2026-01-01', 'New Year''s Day', 'announced'), ('PL', '2026-01-06', 'Epiphany', 'announced'), ('PL', '2026-04-06', 'Easter Monday', 'announced'),
    ('PL', '2026-05-01', 'Labour Day', 'announced'), ('PL', '2026-05-03', 'Constitution Day', 'announced'), ('PL', '2026-06-04', 'Corpus Christi', 'announced'),
    ('PL', '2026-08-15', 'Assumption', 'announced'), ('PL', '2026-11-01', 'All Saints'' Day', 'announced'), ('PL', '2026-11-11', 'Independence Day', 'announced'),
    ('PL', '2026-12-24', 'Christmas Eve', 'announced'), ('PL', '2026-12-25', 'Christmas Day', 'announced'), ('PL', '2026-12-26', 'Second Christmas Day', 'announced'),
    ('PL', '2027-01-01', 'New Year''s Day', 'announced'), ('PL', '2027-01-06', 'Epiphany', 'announced'), ('PL', '2027-03-29', 'Easter Monday', 'announced'),
    ('PL', '2027-05-01', 'Labour Day', 'announced'), ('PL', '2027-05-03', 'Constitution Day', 'announced'), ('PL', '2027-05-27', 'Corpus Christi', 'announced'),
    ('PL', '2027-08-15', 'Assumption', 'announced'), ('PL', '2027-11-01', 'All Saints'' Day', 'announced'), ('PL', '2027-11-11', 'Independence Day', 'announced'),
    ('PL', '2027-12-24', 'Christmas Eve', 'announced'), ('PL', '2027-12-25', 'Christmas Day', 'announced'), ('PL', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('PT', '2026-01-01', 'New Year''s Day', 'announced'), ('PT', '2026-04-03', 'Good Friday', 'announced'), ('PT', '2026-04-25', 'Freedom Day', 'announced'),
    ('PT', '2026-05-01', 'Labour Day', 'announced'), ('PT', '2026-06-04', 'Corpus Christi', 'announced'), ('PT', '2026-06-10', 'Portugal Day', 'announced'),
    ('PT', '2026-08-15', 'Assumption', 'announced'), ('PT', '2026-10-05', 'Republic Day', 'announced'), ('PT', '2026-11-01', 'All Saints'' Day', 'announced'),
    ('PT', '2026-12-01', 'Restoration of Independence', 'announced'), ('PT', '2026-12-08', 'Immaculate Conception', 'announced'), ('PT', '2026-12-25', 'Christmas Day', 'announced'),
    ('PT', '2027-01-01', 'New Year''s Day', 'announced'), ('PT', '2027-03-26', 'Good Friday', 'announced'), ('PT', '2027-04-25', 'Freedom Day', 'announced'),
    ('PT', '2027-05-01', 'Labour Day', 'announced'), ('PT', '2027-05-27', 'Corpus Christi', 'announced'), ('PT', '2027-06-10', 'Portugal Day', 'announced'),
    ('PT', '2027-08-15', 'Assumption', 'announced'), ('PT', '2027-10-05', 'Republic Day', 'announced'), ('PT', '2027-11-01', 'All Saints'' Day', 'announced'),
    ('PT', '2027-12-01', 'Restoration of Independence', 'announced'), ('PT', '2027-12-08', 'Immaculate Conception', 'announced'), ('PT', '2027-12-25', 'Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('RO', '2026-01-01', 'New Year''s Day', 'announced'), ('RO', '2026-01-02', 'New Year''s holiday', 'announced'), ('RO', '2026-01-06', 'Epiphany', 'announced'),
    ('RO', '2026-01-07', 'Saint John', 'announced'), ('RO', '2026-01-24', 'Union Day', 'announced'), ('RO', '2026-04-10', 'Good Friday', 'announced'),
    ('RO', '2026-04-13', 'Easter Monday', 'announced'), ('RO', '2026-05-01', 'Labour Day', 'announced'), ('RO', '2026-06-01', 'Children''s Day', 'announced'),
    ('RO', '2026-08-15', 'Assumption', 'announced'), ('RO', '2026-11-30', 'Saint Andrew', 'announced'), ('RO', '2026-12-01', 'National Day', 'announced'),
    ('RO', '2026-12-25', 'Christmas Day', 'announced'), ('RO', '2026-12-26', 'Second Christmas Day', 'announced'), ('RO', '2027-01-01', 'New Year''s Day', 'announced'),
    ('RO', '2027-01-02', 'New Year''s holiday', 'announced'), ('RO', '2027-01-06', 'Epiphany', 'announced'), ('RO', '2027-01-07', 'Saint John', 'announced'),
    ('RO', '2027-01-24', 'Union Day', 'announced'), ('RO', '2027-04-30', 'Good Friday', 'announced'), ('RO', '2027-05-01', 'Labour Day', 'announced'),
    ('RO', '2027-05-03', 'Easter Monday', 'announced'), ('RO', '2027-06-01', 'Children''s Day', 'announced'), ('RO', '2027-06-21', 'Whit Monday', 'announced'),
    ('RO', '2027-08-15', 'Assumption', 'announced'), ('RO', '2027-11-30', 'Saint Andrew', 'announced'), ('RO', '2027-12-01', 'National Day', 'announced'),
    ('RO', '2027-12-25', 'Christmas Day', 'announced'), ('RO', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('SA', '2026-02-22', 'Founding Day', 'announced'), ('SA', '2026-03-20', 'Eid al-Fitr', 'expected'), ('SA', '2026-03-21', 'Eid al-Fitr', 'expected'),
    ('SA', '2026-03-22', 'Eid al-Fitr', 'expected'), ('SA', '2026-03-23', 'Eid al-Fitr', 'expected'), ('SA', '2026-05-26', 'Eid al-Adha', 'expected'),
    ('SA', '2026-05-27', 'Eid al-Adha', 'expected'), ('SA', '2026-05-28', 'Eid al-Adha', 'expected'), ('SA', '2026-05-29', 'Eid al-Adha', 'expected'),
    ('SA', '2026-09-23', 'National Day', 'announced'), ('SA', '2027-02-22', 'Founding Day', 'announced'), ('SA', '2027-03-09', 'Eid al-Fitr', 'expected'),
    ('SA', '2027-03-10', 'Eid al-Fitr', 'expected'), ('SA', '2027-03-11', 'Eid al-Fitr', 'expected'), ('SA', '2027-03-12', 'Eid al-Fitr', 'expected'),
    ('SA', '2027-05-15', 'Eid al-Adha', 'expected'), ('SA', '2027-05-16', 'Eid al-Adha', 'expected'), ('SA', '2027-05-17', 'Eid al-Adha', 'expected'),
    ('SA', '2027-05-18', 'Eid al-Adha', 'expected'), ('SA', '2027-09-23', 'National Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('SE', '2026-01-01', 'New Year''s Day', 'announced'), ('SE', '2026-01-06', 'Epiphany', 'announced'), ('SE', '2026-04-03', 'Good Friday', 'announced'),
    ('SE', '2026-04-06', 'Easter Monday', 'announced'), ('SE', '2026-05-01', 'Labour Day', 'announced'), ('SE', '2026-05-14', 'Ascension Day', 'announced'),
    ('SE', '2026-06-06', 'National Day', 'announced'), ('SE', '2026-06-19', 'Midsummer Eve', 'announced'), ('SE', '2026-06-20', 'Midsummer Day', 'announced'),
    ('SE', '2026-10-31', 'All Saints'' Day', 'announced'), ('SE', '2026-12-24', 'Christmas Eve', 'announced'), ('SE', '2026-12-25', 'Christmas Day', 'announced'),
    ('SE', '2026-12-26', 'Second Christmas Day', 'announced'), ('SE', '2026-12-31', 'New Year''s Eve', 'announced'), ('SE', '2027-01-01', 'New Year''s Day', 'announced'),
    ('SE', '2027-01-06', 'Epiphany', 'announced'), ('SE', '2027-03-26', 'Good Friday', 'announced'), ('SE', '2027-03-29', 'Easter Monday', 'announced'),
    ('SE', '2027-05-01', 'Labour Day', 'announced'), ('SE', '2027-05-06', 'Ascension Day', 'announced'), ('SE', '2027-06-06', 'National Day', 'announced'),
    ('SE', '2027-06-25', 'Midsummer Eve', 'announced'), ('SE', '2027-06-26', 'Midsummer Day', 'announced'), ('SE', '2027-11-06', 'All Saints'' Day', 'announced'),
    ('SE', '2027-12-24', 'Christmas Eve', 'announced'), ('SE', '2027-12-25', 'Christmas Day', 'announced'), ('SE', '2027-12-26', 'Second Christmas Day', 'announced'),
    ('SE', '2027-12-31', 'New Year''s Eve', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('SG', '2026-01-01', 'New Year''s Day', 'announced'), ('SG', '2026-02-17', 'Chinese New Year', 'announced'), ('SG', '2026-02-18', 'Chinese New Year', 'announced'),
    ('SG', '2026-03-21', 'Hari Raya Puasa', 'announced'), ('SG', '2026-04-03', 'Good Friday', 'announced'), ('SG', '2026-05-01', 'Labour Day', 'announced'),
    ('SG', '2026-05-27', 'Hari Raya Haji', 'announced'), ('SG', '2026-05-31', 'Vesak Day', 'announced'), ('SG', '2026-06-01', 'Substitute, Vesak Day', 'announced'),
    ('SG', '2026-08-09', 'National Day', 'announced'), ('SG', '2026-08-10', 'Substitute, National Day', 'announced'), ('SG', '2026-11-08', 'Deepavali', 'announced'),
    ('SG', '2026-11-09', 'Substitute, Deepavali', 'announced'), ('SG', '2026-12-25', 'Christmas Day', 'announced'), ('SG', '2027-01-01', 'New Year''s Day', 'announced'),
    ('SG', '2027-02-06', 'Chinese New Year', 'announced'), ('SG', '2027-02-07', 'Chinese New Year', 'announced'), ('SG', '2027-02-08', 'Substitute, Chinese New Year', 'announced'),
    ('SG', '2027-03-10', 'Hari Raya Puasa', 'expected'), ('SG', '2027-03-26', 'Good Friday', 'announced'), ('SG', '2027-05-01', 'Labour Day', 'announced'),
    ('SG', '2027-05-17', 'Hari Raya Haji', 'expected'), ('SG', '2027-05-20', 'Vesak Day', 'expected'), ('SG', '2027-08-09', 'National Day', 'announced'),
    ('SG', '2027-10-28', 'Deepavali', 'expected'), ('SG', '2027-12-25', 'Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('SI', '2026-01-01', 'New Year''s Day', 'announced'), ('SI', '2026-01-02', 'New Year''s holiday', 'announced'), ('SI', '2026-02-08', 'Culture Day', 'announced'),
    ('SI', '2026-04-06', 'Easter Monday', 'announced'), ('SI', '2026-04-27', 'Resistance Day', 'announced'), ('SI', '2026-05-01', 'Labour Day', 'announced'),
    ('SI', '2026-05-02', 'Labour Day', 'announced'), ('SI', '2026-06-25', 'Statehood Day', 'announced'), ('SI', '2026-08-15', 'Assumption', 'announced'),
    ('SI', '2026-10-31', 'Reformation Day', 'announced'), ('SI', '2026-11-01', 'Remembrance Day', 'announced'), ('SI', '2026-12-25', 'Christmas Day', 'announced'),
    ('SI', '2026-12-26', 'Independence Day', 'announced'), ('SI', '2027-01-01', 'New Year''s Day', 'announced'), ('SI', '2027-01-02', 'New Year''s holiday', 'announced'),
    ('SI', '2027-02-08', 'Culture Day', 'announced'), ('SI', '2027-03-29', 'Easter Monday', 'announced'), ('SI', '2027-04-27', 'Resistance Day', 'announced'),
    ('SI', '2027-05-01', 'Labour Day', 'announced'), ('SI', '2027-05-02', 'Labour Day', 'announced'), ('SI', '2027-06-25', 'Statehood Day', 'announced'),
    ('SI', '2027-08-15', 'Assumption', 'announced'), ('SI', '2027-10-31', 'Reformation Day', 'announced'), ('SI', '2027-11-01', 'Remembrance Day', 'announced'),
    ('SI', '2027-12-25', 'Christmas Day', 'announced'), ('SI', '2027-12-26', 'Independence Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('SK', '2026-01-01', 'Republic Day', 'announced'), ('SK', '2026-01-06', 'Epiphany', 'announced'), ('SK', '2026-04-03', 'Good Friday', 'announced'),
    ('SK', '2026-04-06', 'Easter Monday', 'announced'), ('SK', '2026-05-01', 'Labour Day', 'announced'), ('SK', '2026-07-05', 'Cyril and Methodius', 'announced'),
    ('SK', '2026-08-29', 'National Uprising Day', 'announced'), ('SK', '2026-11-01', 'All Saints'' Day', 'announced'), ('SK', '2026-12-24', 'Christmas Eve', 'announced'),
    ('SK', '2026-12-25', 'Christmas Day', 'announced'), ('SK', '2026-12-26', 'Second Christmas Day', 'announced'), ('SK', '2027-01-01', 'Republic Day', 'announced'),
    ('SK', '2027-01-06', 'Epiphany', 'announced'), ('SK', '2027-03-26', 'Good Friday', 'announced'), ('SK', '2027-03-29', 'Easter Monday', 'announced'),
    ('SK', '2027-05-01', 'Labour Day', 'announced'), ('SK', '2027-05-08', 'Victory Day', 'expected'), ('SK', '2027-07-05', 'Cyril and Methodius', 'announced'),
    ('SK', '2027-08-29', 'National Uprising Day', 'announced'), ('SK', '2027-09-15', 'Our Lady of Sorrows', 'expected'), ('SK', '2027-11-01', 'All Saints'' Day', 'announced'),
    ('SK', '2027-12-24', 'Christmas Eve', 'announced'), ('SK', '2027-12-25', 'Christmas Day', 'announced'), ('SK', '2027-12-26', 'Second Christmas Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('TH', '2026-01-01', 'New Year''s Day', 'announced'), ('TH', '2026-01-02', 'Special holiday', 'announced'), ('TH', '2026-03-03', 'Makha Bucha', 'announced'),
    ('TH', '2026-04-06', 'Chakri Day', 'announced'), ('TH', '2026-04-13', 'Songkran', 'announced'), ('TH', '2026-04-14', 'Songkran', 'announced'), ('TH', '2026-04-15', 'Songkran', 'announced'),
    ('TH', '2026-05-01', 'Labour Day', 'announced'), ('TH', '2026-05-04', 'Coronation Day', 'announced'), ('TH', '2026-05-31', 'Visakha Bucha', 'announced'),
    ('TH', '2026-06-01', 'Substitute, Visakha Bucha', 'announced'), ('TH', '2026-06-03', 'Queen''s birthday', 'announced'), ('TH', '2026-07-28', 'King''s birthday', 'announced'),
    ('TH', '2026-07-29', 'Asalha Bucha', 'announced'), ('TH', '2026-08-12', 'Queen Mother''s birthday', 'announced'), ('TH', '2026-10-13', 'King Bhumibol Memorial Day', 'announced'),
    ('TH', '2026-10-23', 'Chulalongkorn Day', 'announced'), ('TH', '2026-12-05', 'King Bhumibol''s birthday', 'announced'),
    ('TH', '2026-12-07', 'Substitute, King Bhumibol''s birthday', 'announced'), ('TH', '2026-12-10', 'Constitution Day', 'announced'), ('TH', '2026-12-31', 'New Year''s Eve', 'announced'),
    ('TH', '2027-01-01', 'New Year''s Day', 'announced'), ('TH', '2027-02-21', 'Makha Bucha', 'expected'), ('TH', '2027-02-22', 'Substitute, Makha Bucha', 'expected'),
    ('TH', '2027-04-06', 'Chakri Day', 'announced'), ('TH', '2027-04-13', 'Songkran', 'announced'), ('TH', '2027-04-14', 'Songkran', 'announced'), ('TH', '2027-04-15', 'Songkran', 'announced'),
    ('TH', '2027-05-01', 'Labour Day', 'announced'), ('TH', '2027-05-03', 'Substitute, Labour Day', 'announced'), ('TH', '2027-05-04', 'Coronation Day', 'announced'),
    ('TH', '2027-05-20', 'Visakha Bucha', 'expected'), ('TH', '2027-06-03', 'Queen''s birthday', 'announced'), ('TH', '2027-07-18', 'Asalha Bucha', 'expected'),
    ('TH', '2027-07-19', 'Substitute, Asalha Bucha', 'expected'), ('TH', '2027-07-28', 'King''s birthday', 'announced'), ('TH', '2027-08-12', 'Queen Mother''s birthday', 'announced'),
    ('TH', '2027-10-13', 'King Bhumibol Memorial Day', 'announced'), ('TH', '2027-10-23', 'Chulalongkorn Day', 'announced'), ('TH', '2027-10-25', 'Substitute, Chulalongkorn Day', 'announced'),
    ('TH', '2027-12-05', 'King Bhumibol''s birthday', 'announced'), ('TH', '2027-12-06', 'Substitute, King Bhumibol''s birthday', 'announced'),
    ('TH', '2027-12-10', 'Constitution Day', 'announced'), ('TH', '2027-12-31', 'New Year''s Eve', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('US', '2026-01-01', 'New Year''s Day', 'announced'), ('US', '2026-01-19', 'Martin Luther King Day', 'announced'), ('US', '2026-02-16', 'Washington''s Birthday', 'announced'),
    ('US', '2026-05-25', 'Memorial Day', 'announced'), ('US', '2026-06-19', 'Juneteenth', 'announced'), ('US', '2026-07-03', 'Observed, Independence Day', 'announced'),
    ('US', '2026-07-04', 'Independence Day', 'announced'), ('US', '2026-09-07', 'Labor Day', 'announced'), ('US', '2026-10-12', 'Columbus Day', 'announced'),
    ('US', '2026-11-11', 'Veterans Day', 'announced'), ('US', '2026-11-26', 'Thanksgiving', 'announced'), ('US', '2026-12-25', 'Christmas Day', 'announced'),
    ('US', '2027-01-01', 'New Year''s Day', 'announced'), ('US', '2027-01-18', 'Martin Luther King Day', 'announced'), ('US', '2027-02-15', 'Washington''s Birthday', 'announced'),
    ('US', '2027-05-31', 'Memorial Day', 'announced'), ('US', '2027-06-18', 'Observed, Juneteenth', 'announced'), ('US', '2027-06-19', 'Juneteenth', 'announced'),
    ('US', '2027-07-04', 'Independence Day', 'announced'), ('US', '2027-07-05', 'Observed, Independence Day', 'announced'), ('US', '2027-09-06', 'Labor Day', 'announced'),
    ('US', '2027-10-11', 'Columbus Day', 'announced'), ('US', '2027-11-11', 'Veterans Day', 'announced'), ('US', '2027-11-25', 'Thanksgiving', 'announced'),
    ('US', '2027-12-24', 'Observed, Christmas Day', 'announced'), ('US', '2027-12-25', 'Christmas Day', 'announced'), ('US', '2027-12-31', 'Observed, New Year''s Day', 'announced');
INSERT INTO market_holiday (country, day, name, state) VALUES
    ('VN', '2026-01-01', 'New Year''s Day', 'announced'), ('VN', '2026-02-16', 'Tet', 'announced'), ('VN', '2026-02-17', 'Tet', 'announced'), ('VN', '2026-02-18', 'Tet', 'announced'),
    ('VN', '2026-02-19', 'Tet', 'announced'), ('VN', '2026-02-20', 'Tet', 'announced'), ('VN', '2026-04-26', 'Hung Kings'' Day', 'announced'),
    ('VN', '2026-04-27', 'Substitute, Hung Kings'' Day', 'announced'), ('VN', '2026-04-30', 'Reunification Day', 'announced'), ('VN', '2026-05-01', 'Labour Day', 'announced'),
    ('VN', '2026-09-01', 'National Day', 'announced'), ('VN', '2026-09-02', 'National Day', 'announced'), ('VN', '2027-01-01', 'New Year''s Day', 'announced'),
    ('VN', '2027-02-05', 'Tet', 'expected'), ('VN', '2027-02-06', 'Tet', 'expected'), ('VN', '2027-02-07', 'Tet', 'expected'), ('VN', '2027-02-08', 'Tet', 'expected'),
    ('VN', '2027-02-09', 'Tet', 'expected'), ('VN', '2027-02-10', 'Substitute, Tet', 'expected'), ('VN', '2027-02-11', 'Substitute, Tet', 'expected'),
    ('VN', '2027-04-16', 'Hung Kings'' Day', 'announced'), ('VN', '2027-04-30', 'Reunification Day', 'announced'), ('VN', '2027-05-01', 'Labour Day', 'announced'),
    ('VN', '2027-05-03', 'Substitute, Labour Day', 'announced'), ('VN', '2027-09-02', 'National Day', 'announced'), ('VN', '2027-09-03', 'National Day', 'expected');
