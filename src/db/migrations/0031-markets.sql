-- How long what people do is kept before it is forgotten.
INSERT INTO market_rule (country, rule, value) VALUES ('*', 'event_days', 395);
UPDATE market SET numbers = numbers || ',395';
