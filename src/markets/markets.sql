-- Markets, their numbers, holidays, and the history of changes.

-- market_numbers(country text) -> [(country text, rule MarketRule, value int)]
SELECT country, rule, value FROM market_rule WHERE country IN ('*', :country) ORDER BY country LIMIT 200;

-- market_row(country text) -> ?(currency currency?, is_open bool, numbers text)
SELECT currency, is_open, numbers FROM market WHERE country = :country;

-- market_pack(country text, numbers text) -> n
UPDATE market SET numbers = :numbers WHERE country = :country;

-- market_rows() -> [ServedMarket]
SELECT country, name, currency FROM market WHERE is_open = 1 AND country <> '*' ORDER BY name, country LIMIT 300;

-- market_countries() -> [(country text)]
SELECT country FROM market WHERE country <> '*' ORDER BY country LIMIT 300;

-- market_count() -> (n int)
SELECT count(*) AS n FROM market;

-- operator_market_rows(from text, until text) -> [OperatorMarket]
SELECT market.country, market.name, market.currency, market.is_open, market.version,
       (SELECT count(*) FROM market_rule WHERE market_rule.country = market.country) AS own_rules,
       (SELECT count(*) FROM market_holiday WHERE market_holiday.country = market.country AND day BETWEEN :from AND :until) AS holidays,
       (SELECT max(day) FROM market_holiday WHERE market_holiday.country = market.country) AS holidays_until
  FROM market ORDER BY market.country LIMIT 301;

-- operator_market_row(country text, from text, until text) -> OperatorMarket?
SELECT market.country, market.name, market.currency, market.is_open, market.version,
       (SELECT count(*) FROM market_rule WHERE market_rule.country = market.country) AS own_rules,
       (SELECT count(*) FROM market_holiday WHERE market_holiday.country = market.country AND day BETWEEN :from AND :until) AS holidays,
       (SELECT max(day) FROM market_holiday WHERE market_holiday.country = market.country) AS holidays_until
  FROM market WHERE market.country = :country;

-- market_insert(country text, name text, currency currency, is_open bool) -> n
INSERT INTO market (country, name, currency, is_open, version, numbers) VALUES (:country, :name, :currency, :is_open, 1, '')
    ON CONFLICT (country) DO NOTHING;

-- market_update(country text, name text, currency currency, is_open bool, version int) -> n
UPDATE market SET name = :name, currency = :currency, is_open = :is_open, version = version + 1
 WHERE country = :country AND version = :version;

-- market_touch(country text, version int) -> n
UPDATE market SET version = version + 1 WHERE country = :country AND version = :version;

-- market_rule_rows(country text) -> [(country text, rule MarketRule, value int, since time?, actor AccountId?, why text?)]
SELECT country, rule, value, since, actor, why FROM market_rule WHERE country IN ('*', :country) ORDER BY country LIMIT 200;

-- market_rule_one(country text, rule MarketRule) -> ?(value int)
SELECT value FROM market_rule WHERE country = :country AND rule = :rule;

-- market_rule_put(country text, rule MarketRule, value int, now time, actor AccountId, why text) -> ()
INSERT INTO market_rule (country, rule, value, since, actor, why) VALUES (:country, :rule, :value, :now, :actor, :why)
    ON CONFLICT (country, rule) DO UPDATE SET value = excluded.value, since = excluded.since, actor = excluded.actor, why = excluded.why;

-- market_rule_end(country text, rule MarketRule) -> n
DELETE FROM market_rule WHERE country = :country AND rule = :rule;

-- market_holiday_days(country text, from text, until text) -> [(day text)]
SELECT day FROM market_holiday WHERE country = :country AND day BETWEEN :from AND :until ORDER BY day LIMIT 100;

-- market_holiday_rows(country text, from text, until text) -> [Holiday]
SELECT day, name, state FROM market_holiday WHERE country = :country AND day BETWEEN :from AND :until ORDER BY day LIMIT 100;

-- market_holiday_one(country text, day text) -> Holiday?
SELECT day, name, state FROM market_holiday WHERE country = :country AND day = :day;

-- market_holiday_count(country text, from text, until text) -> (n int)
SELECT count(*) AS n FROM market_holiday WHERE country = :country AND day BETWEEN :from AND :until;

-- market_holiday_put(country text, day text, name text, state HolidayState) -> ()
INSERT INTO market_holiday (country, day, name, state) VALUES (:country, :day, :name, :state)
    ON CONFLICT (country, day) DO UPDATE SET name = excluded.name, state = excluded.state;

-- market_holiday_end(country text, day text) -> n
DELETE FROM market_holiday WHERE country = :country AND day = :day;

-- market_change_insert(id MarketChangeId, country text, what MarketChangeKind, rule MarketRule?, was text?, becomes text?, why text,
--   actor AccountId, now time) -> ()
INSERT INTO market_change (id, country, what, rule, was, becomes, why, actor, at)
VALUES (:id, :country, :what, :rule, :was, :becomes, :why, :actor, :now);

-- market_change_rows(country text, rule MarketRule?, before MarketChangeId) -> [(id MarketChangeId, what MarketChangeKind, rule MarketRule?, was text?,
--   becomes text?, why text, actor AccountId, at time)]
SELECT id, what, rule, was, becomes, why, actor, at FROM market_change
 WHERE country = :country AND id < :before AND (:rule IS NULL OR rule = :rule) ORDER BY id DESC LIMIT 50;

-- market_audit_last() -> [(country text, rule MarketRule, value int?, becomes text?)]
-- Changed numbers beside what their last change says.
SELECT c.country, c.rule, r.value, c.becomes
  FROM market_change c LEFT JOIN market_rule r ON r.country = c.country AND r.rule = c.rule
 WHERE c.what = 'rule' AND c.id = (SELECT max(l.id) FROM market_change l WHERE l.country = c.country AND l.rule = c.rule)
 LIMIT 10000;

-- market_audit_defaults() -> (n int)
SELECT count(*) AS n FROM market_rule WHERE country = '*';
