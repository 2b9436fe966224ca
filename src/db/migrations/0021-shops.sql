-- The most orders that a shop takes on one day of its market's clock; NULL: as many as come.
ALTER TABLE shop ADD COLUMN orders_per_day INT NULL;
