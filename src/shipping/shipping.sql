-- Profiles, parcels, refusals.

-- ship_terms(shop ShopId) -> (packed text?, parcels int)
-- One read for every quote; most shops have neither.
SELECT (SELECT packed FROM ship_profile WHERE shop = :shop ORDER BY version DESC LIMIT 1) AS packed,
       CAST((SELECT count(*) FROM (SELECT variant FROM variant_parcel WHERE shop = :shop LIMIT 1) x) AS BIGINT) AS parcels;

-- ship_profile_row(shop ShopId) -> ?(version int, profile text, actor AccountId, at time)
SELECT version, profile, actor, at FROM ship_profile WHERE shop = :shop ORDER BY version DESC LIMIT 1;

-- ship_profile_add(shop ShopId, version int, profile text, packed text, actor AccountId, now time) -> n
INSERT INTO ship_profile (shop, version, profile, packed, actor, at) VALUES (:shop, :version, :profile, :packed, :actor, :now)
    ON CONFLICT (shop, version) DO NOTHING;

-- ship_profile_trim(shop ShopId, until int) -> n
DELETE FROM ship_profile WHERE shop = :shop AND version <= :until;

-- ship_profile_page(after ShopId) -> [(shop ShopId, profile text, packed text)]
SELECT p.shop, p.profile, p.packed FROM ship_profile p
 WHERE p.shop > :after AND p.version = (SELECT max(l.version) FROM ship_profile l WHERE l.shop = p.shop)
 ORDER BY p.shop LIMIT 200;

-- parcel_rows(shop ShopId, a VariantId, b VariantId, c VariantId, d VariantId, e VariantId, f VariantId, g VariantId, h VariantId,
--   i VariantId, j VariantId) -> [Parcel]
SELECT variant, weight_g, length_mm, width_mm, height_mm, handling_days FROM variant_parcel
 WHERE shop = :shop AND variant IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j) LIMIT 10;

-- parcel_put_row(shop ShopId, variant VariantId, product ProductId, weight_g int?, length_mm int?, width_mm int?, height_mm int?,
--   handling_days int?) -> ()
INSERT INTO variant_parcel (shop, variant, product, weight_g, length_mm, width_mm, height_mm, handling_days)
VALUES (:shop, :variant, :product, :weight_g, :length_mm, :width_mm, :height_mm, :handling_days)
    ON CONFLICT (shop, variant) DO UPDATE SET weight_g = excluded.weight_g, length_mm = excluded.length_mm, width_mm = excluded.width_mm,
       height_mm = excluded.height_mm, handling_days = excluded.handling_days;

-- parcel_end(shop ShopId, variant VariantId) -> n
DELETE FROM variant_parcel WHERE shop = :shop AND variant = :variant;

-- parcel_of_product(product ProductId) -> [Parcel]
SELECT variant, weight_g, length_mm, width_mm, height_mm, handling_days FROM variant_parcel WHERE product = :product ORDER BY variant LIMIT 1000;

-- cod_refusal_add(order OrderId, account AccountId, now time) -> n
INSERT INTO cod_refusal (shop_order, account, at) VALUES (:order, :account, :now) ON CONFLICT (shop_order) DO NOTHING;

-- cod_refusal_forget(account AccountId, before time) -> n
DELETE FROM cod_refusal WHERE account = :account AND at < :before;

-- cod_refusal_count(account AccountId, since time) -> (n int)
SELECT count(*) AS n FROM cod_refusal WHERE account = :account AND at > :since;
