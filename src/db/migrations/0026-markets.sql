-- Exchanges are offered wherever returns are, until a market says otherwise.
INSERT INTO market_rule (country, rule, value) VALUES ('*', 'exchanges', 1);
UPDATE market SET numbers = numbers || ',1';
