-- A replacement is a line of its own, with the part of the sums of the line that it stands for; that line counts these units and sums
-- as gone.
ALTER TABLE order_line ADD COLUMN stands_for ID NULL;
ALTER TABLE order_line ADD COLUMN taker ID NULL;                        -- who took its units from the stock; NULL: the checkout
ALTER TABLE order_line ADD COLUMN arrived INT NULL;                     -- of a replacement: when it arrived
ALTER TABLE order_line ADD COLUMN exchanged INT DEFAULT 0;              -- of `refunded`: units that replacements stand for
