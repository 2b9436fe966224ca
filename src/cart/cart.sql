-- Cart lines by owner: an account, or a guest's session.

-- cart_put(owner int, variant VariantId, quantity int, seen money, channel Channel, clip ClipId?, offer OfferId?, offer_version int,
--   added time) -> ()
INSERT INTO cart_line (owner, variant, quantity, seen_minor, seen_currency, channel, clip, offer, offer_version, added)
VALUES (:owner, :variant, :quantity, :seen_minor, :seen_currency, :channel, :clip, :offer, :offer_version, :added)
    ON CONFLICT (owner, variant) DO UPDATE
   SET quantity = excluded.quantity, seen_minor = excluded.seen_minor, seen_currency = excluded.seen_currency,
       offer = excluded.offer, offer_version = excluded.offer_version,
       channel = CASE WHEN excluded.clip IS NULL THEN cart_line.channel ELSE excluded.channel END,
       clip = CASE WHEN excluded.clip IS NULL THEN cart_line.clip ELSE excluded.clip END;

-- cart_remove(owner int, variant VariantId) -> n
DELETE FROM cart_line WHERE owner = :owner AND variant = :variant;

-- cart_rows(owner int) -> [(variant VariantId, quantity int, seen money, channel Channel, clip ClipId?, offer OfferId?, offer_version int)]
SELECT variant, quantity, seen_minor, seen_currency, channel, clip, offer, offer_version FROM cart_line
 WHERE owner = :owner ORDER BY added, variant LIMIT 60;

-- cart_size(owner int, except VariantId) -> (lines int, items int)
SELECT count(*) AS lines, CAST(coalesce(sum(quantity), 0) AS BIGINT) AS items FROM cart_line
 WHERE owner = :owner AND variant <> :except;

-- cart_adopt_new(guest int, account int) -> n
INSERT INTO cart_line (owner, variant, quantity, seen_minor, seen_currency, channel, clip, offer, offer_version, added)
SELECT :account, g.variant, g.quantity, g.seen_minor, g.seen_currency, g.channel, g.clip, g.offer, g.offer_version, g.added
  FROM cart_line AS g WHERE g.owner = :guest
    ON CONFLICT (owner, variant) DO UPDATE
   SET quantity = CASE WHEN cart_line.quantity + excluded.quantity > 99 THEN 99
                       ELSE cart_line.quantity + excluded.quantity END;

-- cart_clear(owner int) -> n
DELETE FROM cart_line WHERE owner = :owner;
