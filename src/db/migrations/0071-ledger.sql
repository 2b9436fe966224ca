-- A payout through a provider has a name there, by which it is asked about instead of being made again; and a provider may say that
-- one arrived which the books have as failed.

ALTER TABLE payout ADD COLUMN reference TEXT NULL; -- what the provider calls it; NULL: it has not answered yet, or a file pays
ALTER TABLE payout ADD COLUMN arrived INT NULL;    -- when the provider said so, of one that is booked as failed
