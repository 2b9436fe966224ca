-- Exchanges: what comes back is replaced by another unit instead of money.
ALTER TABLE return_case ADD COLUMN shipment ID NULL;                    -- the replacement's parcel
ALTER TABLE return_line ADD COLUMN wanted ID NULL;                      -- the variant that is wanted instead
ALTER TABLE return_line ADD COLUMN replacement ID NULL;                 -- the order's line of what was sent instead
