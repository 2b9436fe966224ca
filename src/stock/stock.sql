-- Items, levels, movements, holds, allocations, bundles, deliveries. Every number is changed by one conditional statement.

-- ---------------------------------------------------------------------------------------------- items

-- stock_item_insert(variant VariantId, product ProductId, shop ShopId, low_default int) -> ()
INSERT INTO stock_item (variant, product, shop, name, options, sku, on_sale, bundle, low, low_own, low_since)
SELECT :variant, :product, :shop, '', '', '', 1, 0, COALESCE((SELECT low FROM stock_shop WHERE shop = :shop), :low_default), 0, NULL;

-- stock_item_show(variant VariantId, on_sale bool) -> n
UPDATE stock_item SET on_sale = :on_sale WHERE variant = :variant;

-- stock_item_name(variant VariantId, name text, options text, sku text) -> n
UPDATE stock_item SET name = :name, options = :options, sku = :sku WHERE variant = :variant;

-- stock_item_get(variant VariantId) -> ?(variant VariantId, product ProductId, shop ShopId, name text, options text, sku text,
--   on_sale bool, bundle bool, low int, low_own bool, low_since time?)
SELECT variant, product, shop, name, options, sku, on_sale, bundle, low, low_own, low_since FROM stock_item WHERE variant = :variant;

-- stock_item_page(shop ShopId, before VariantId, search text?, limit int) -> [StockItemGetRow]
SELECT i.variant, i.product, i.shop, i.name, i.options, i.sku, i.on_sale, i.bundle, i.low, i.low_own, i.low_since
  FROM stock_item i
 WHERE i.shop = :shop AND i.variant < :before
   AND (:search IS NULL OR lower(i.name || ' ' || i.options || ' ' || i.sku) LIKE :search ESCAPE '\')
   AND (i.on_sale = 1 OR EXISTS (SELECT 1 FROM stock_level l WHERE l.variant = i.variant AND l.on_hand > 0))
 ORDER BY i.variant DESC LIMIT :limit;

-- stock_item_page_low(shop ShopId, before VariantId, search text?, limit int) -> [StockItemGetRow]
SELECT i.variant, i.product, i.shop, i.name, i.options, i.sku, i.on_sale, i.bundle, i.low, i.low_own, i.low_since
  FROM stock_item i
 WHERE i.shop = :shop AND i.low_since IS NOT NULL AND i.on_sale = 1 AND i.variant < :before
   AND (:search IS NULL OR lower(i.name || ' ' || i.options || ' ' || i.sku) LIKE :search ESCAPE '\')
 ORDER BY i.variant DESC LIMIT :limit;

-- stock_item_low_count(shop ShopId) -> (low int, out int)
SELECT count(*) AS low,
       count(CASE WHEN NOT EXISTS (SELECT 1 FROM stock_level l WHERE l.variant = i.variant AND l.on_hand > 0) THEN 1 END) AS out
  FROM stock_item i WHERE i.shop = :shop AND i.low_since IS NOT NULL AND i.on_sale = 1;

-- stock_item_line(variant VariantId, low int, own bool) -> n
UPDATE stock_item SET low = :low, low_own = :own WHERE variant = :variant;

-- stock_item_lines(shop ShopId, low int) -> n
UPDATE stock_item SET low = :low WHERE shop = :shop AND low_own = 0;

-- On hand went to the line or below: said once, until it has been above again.
-- stock_item_fall(variant VariantId, now time) -> n
UPDATE stock_item SET low_since = :now
 WHERE variant = :variant AND low_since IS NULL AND bundle = 0
   AND low >= (SELECT COALESCE(sum(l.on_hand), 0) FROM stock_level l WHERE l.variant = stock_item.variant);

-- stock_item_rise(variant VariantId) -> n
UPDATE stock_item SET low_since = NULL
 WHERE variant = :variant AND low_since IS NOT NULL
   AND (bundle = 1 OR low < (SELECT COALESCE(sum(l.on_hand), 0) FROM stock_level l WHERE l.variant = stock_item.variant));

-- stock_item_fall_all(shop ShopId, now time) -> n
UPDATE stock_item SET low_since = :now
 WHERE shop = :shop AND low_since IS NULL AND bundle = 0
   AND low >= (SELECT COALESCE(sum(l.on_hand), 0) FROM stock_level l WHERE l.variant = stock_item.variant);

-- stock_item_rise_all(shop ShopId) -> n
UPDATE stock_item SET low_since = NULL
 WHERE shop = :shop AND low_since IS NOT NULL
   AND (bundle = 1 OR low < (SELECT COALESCE(sum(l.on_hand), 0) FROM stock_level l WHERE l.variant = stock_item.variant));

-- stock_shop_get(shop ShopId) -> ?(low int)
SELECT low FROM stock_shop WHERE shop = :shop;

-- stock_shop_put(shop ShopId, low int) -> n
INSERT INTO stock_shop (shop, low) VALUES (:shop, :low) ON CONFLICT (shop) DO UPDATE SET low = excluded.low;

-- ---------------------------------------------------------------------------------------------- warehouses

-- warehouse_insert(id WarehouseId, shop ShopId, name text, country text, city text, priority int, now time) -> n
INSERT INTO stock_warehouse (id, shop, name, country, city, priority, active, created)
VALUES (:id, :shop, :name, :country, :city, :priority, 1, :now) ON CONFLICT (id) DO NOTHING;

-- warehouse_get(id WarehouseId) -> ?(id WarehouseId, shop ShopId, name text, country text, city text, priority int, active bool,
--   created time)
SELECT id, shop, name, country, city, priority, active, created FROM stock_warehouse WHERE id = :id;

-- warehouse_rows(shop ShopId) -> [WarehouseGetRow]
SELECT id, shop, name, country, city, priority, active, created FROM stock_warehouse
 WHERE shop = :shop ORDER BY priority, id LIMIT 50;

-- Where goods go when nobody says where.
-- warehouse_main(shop ShopId) -> ?(id WarehouseId)
SELECT id FROM stock_warehouse WHERE shop = :shop AND active = 1 ORDER BY priority, id LIMIT 1;

-- warehouse_update(id WarehouseId, name text, country text, city text, priority int) -> n
UPDATE stock_warehouse SET name = :name, country = :country, city = :city, priority = :priority WHERE id = :id;

-- warehouse_open(id WarehouseId) -> n
UPDATE stock_warehouse SET active = 1 WHERE id = :id;

-- What lies here alone is taken without choosing, as long as the warehouse is sold from.
-- stock_level_alone(warehouse WarehouseId, shop ShopId, active bool) -> n
UPDATE stock_level SET alone = :active
 WHERE warehouse = :warehouse AND variant IN (SELECT variant FROM stock_item WHERE shop = :shop)
   AND NOT EXISTS (SELECT 1 FROM stock_level o WHERE o.variant = stock_level.variant AND o.warehouse <> :warehouse);

-- The last one that is sold from stays, and so does one where units are set aside.
-- warehouse_close(id WarehouseId, shop ShopId) -> n
UPDATE stock_warehouse SET active = 0
 WHERE id = :id AND EXISTS (SELECT 1 FROM stock_warehouse o WHERE o.shop = :shop AND o.active = 1 AND o.id <> :id)
   AND NOT EXISTS (SELECT 1 FROM stock_allocation a WHERE a.shop = :shop AND a.warehouse = :id AND a.rest > 0);

-- Only one that never had stock: movements speak of the others.
-- warehouse_delete(id WarehouseId, shop ShopId) -> n
DELETE FROM stock_warehouse
 WHERE id = :id AND id <> :shop
   AND NOT EXISTS (SELECT 1 FROM stock_item i JOIN stock_level l ON l.variant = i.variant AND l.warehouse = :id WHERE i.shop = :shop)
   AND NOT EXISTS (SELECT 1 FROM stock_incoming n WHERE n.shop = :shop AND n.warehouse = :id);

-- ---------------------------------------------------------------------------------------------- levels

-- Of at most ten variants. `pooled` is held out of what is set aside.
-- stock_sums(a VariantId, b VariantId, c VariantId, d VariantId, e VariantId, f VariantId, g VariantId, h VariantId,
--   i VariantId, j VariantId) -> [(variant VariantId, bundle bool, on_hand int, held int, allocated int, free int, pooled int, incoming int)]
SELECT s.variant, s.bundle, COALESCE(CAST(sum(l.on_hand) AS BIGINT), 0) AS on_hand, COALESCE(CAST(sum(l.held) AS BIGINT), 0) AS held,
       COALESCE(CAST(sum(l.allocated) AS BIGINT), 0) AS allocated,
       COALESCE(CAST(sum(CASE WHEN w.active = 1 THEN l.on_hand - l.held - l.allocated ELSE 0 END) AS BIGINT), 0) AS free,
       COALESCE((SELECT CAST(sum(o.held) AS BIGINT) FROM stock_allocation o WHERE o.variant = s.variant), 0) AS pooled,
       COALESCE((SELECT CAST(sum(n.quantity - n.received) AS BIGINT) FROM stock_incoming n WHERE n.variant = s.variant AND n.state = 'open'), 0)
         AS incoming
  FROM stock_item s LEFT JOIN stock_level l ON l.variant = s.variant LEFT JOIN stock_warehouse w ON w.id = l.warehouse
 WHERE s.variant IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j)
 GROUP BY s.variant, s.bundle LIMIT 10;

-- stock_product_variants(product ProductId) -> [(variant VariantId)]
SELECT variant FROM stock_item WHERE product = :product LIMIT 1000;

-- stock_free(variant VariantId) -> (free int)
SELECT COALESCE(CAST(sum(l.on_hand - l.held - l.allocated) AS BIGINT), 0) AS free
  FROM stock_level l JOIN stock_warehouse w ON w.id = l.warehouse AND w.active = 1 WHERE l.variant = :variant;

-- stock_free_at(variant VariantId) -> [(warehouse WarehouseId, free int)]
SELECT l.warehouse, l.on_hand - l.held - l.allocated AS free
  FROM stock_level l JOIN stock_warehouse w ON w.id = l.warehouse
 WHERE l.variant = :variant AND w.active = 1 AND l.on_hand > l.held + l.allocated
 ORDER BY w.priority, w.id LIMIT 50;

-- stock_free_products_of(a ProductId, b ProductId, c ProductId, d ProductId, e ProductId, f ProductId, g ProductId, h ProductId,
--   i ProductId, j ProductId) -> [(product ProductId)]
SELECT s.product FROM stock_item s
 WHERE s.product IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j) AND s.on_sale = 1
   AND CASE WHEN s.bundle = 0
            THEN EXISTS (SELECT 1 FROM stock_level l JOIN stock_warehouse w ON w.id = l.warehouse AND w.active = 1
                          WHERE l.variant = s.variant AND l.on_hand > l.held + l.allocated)
            ELSE NOT EXISTS (SELECT 1 FROM stock_part p
                              WHERE p.bundle = s.variant
                                AND p.quantity > COALESCE((SELECT sum(l.on_hand - l.held - l.allocated)
                                                             FROM stock_level l JOIN stock_warehouse w ON w.id = l.warehouse AND w.active = 1
                                                            WHERE l.variant = p.part), 0)) END
 GROUP BY s.product LIMIT 10;

-- stock_places(variant VariantId) -> [(warehouse WarehouseId, on_hand int, held int, allocated int, pooled int)]
SELECT l.warehouse, l.on_hand, l.held, l.allocated,
       COALESCE((SELECT CAST(sum(a.held) AS BIGINT) FROM stock_allocation a WHERE a.variant = l.variant AND a.warehouse = l.warehouse), 0) AS pooled
  FROM stock_level l WHERE l.variant = :variant ORDER BY l.warehouse LIMIT 50;

-- stock_level_put(variant VariantId, warehouse WarehouseId, shop ShopId, n int, most int) -> ?(on_hand int)
INSERT INTO stock_level (variant, warehouse, shop, on_hand, held, allocated, alone)
VALUES (:variant, :warehouse, :shop, :n, 0, 0, COALESCE((SELECT active FROM stock_warehouse WHERE id = :warehouse), 0))
    ON CONFLICT (variant, warehouse) DO UPDATE SET on_hand = stock_level.on_hand + excluded.on_hand
 WHERE stock_level.on_hand + excluded.on_hand <= :most
RETURNING on_hand;

-- A second place: from now on one is chosen.
-- stock_level_several(variant VariantId) -> n
UPDATE stock_level SET alone = 0
 WHERE variant = :variant AND alone = 1
   AND EXISTS (SELECT 1 FROM stock_level o WHERE o.variant = :variant AND o.warehouse <> stock_level.warehouse);

-- stock_level_take(variant VariantId, warehouse WarehouseId, n int) -> n
UPDATE stock_level SET on_hand = on_hand - :n
 WHERE variant = :variant AND warehouse = :warehouse AND on_hand - held - allocated >= :n;

-- The common case: the variant lies in one place.
-- stock_level_hold(variant VariantId, n int) -> n
UPDATE stock_level SET held = held + :n WHERE variant = :variant AND alone = 1 AND on_hand - held - allocated >= :n;

-- stock_level_hold_at(variant VariantId, warehouse WarehouseId, n int) -> n
UPDATE stock_level SET held = held + :n
 WHERE variant = :variant AND warehouse = :warehouse AND on_hand - held - allocated >= :n;

-- Sold out of the free stock (held) or out of what was set aside (allocated).
-- stock_level_sell(variant VariantId, warehouse WarehouseId, n int, held int, allocated int) -> n
UPDATE stock_level SET on_hand = on_hand - :n, held = held - :held, allocated = allocated - :allocated
 WHERE variant = :variant AND warehouse = :warehouse AND on_hand >= :n AND held >= :held AND allocated >= :allocated;

-- stock_level_release(variant VariantId, warehouse WarehouseId, n int) -> n
UPDATE stock_level SET held = held - :n WHERE variant = :variant AND warehouse = :warehouse AND held >= :n;

-- No ceiling: what came back is there, whatever the limit for counting in by hand.
-- stock_level_back(variant VariantId, warehouse WarehouseId, n int, allocated int) -> ?(shop ShopId)
UPDATE stock_level SET on_hand = on_hand + :n, allocated = allocated + :allocated
 WHERE variant = :variant AND warehouse = :warehouse
RETURNING shop;

-- stock_level_allocate(variant VariantId, warehouse WarehouseId, n int) -> n
UPDATE stock_level SET allocated = allocated + :n
 WHERE variant = :variant AND warehouse = :warehouse AND on_hand - held - allocated >= :n;

-- stock_level_free(variant VariantId, warehouse WarehouseId, n int) -> ?(shop ShopId)
UPDATE stock_level SET allocated = allocated - :n WHERE variant = :variant AND warehouse = :warehouse AND allocated >= :n
RETURNING shop;

-- stock_level_own(variant VariantId) -> (on_hand int)
SELECT COALESCE(CAST(sum(on_hand) AS BIGINT), 0) AS on_hand FROM stock_level WHERE variant = :variant;

-- ---------------------------------------------------------------------------------------------- movements

-- stock_movement_insert(variant VariantId, id StockMovementId, shop ShopId, warehouse WarehouseId, delta int, allocated int,
--   reason StockReason, note text?, reference int?, bundle VariantId?, actor AccountId?, now time) -> ()
INSERT INTO stock_movement (variant, id, shop, warehouse, on_hand_delta, allocated_delta, reason, note, reference, bundle, actor, at)
VALUES (:variant, :id, :shop, :warehouse, :delta, :allocated, :reason, :note, :reference, :bundle, :actor, :now);

-- stock_movement_rows(variant VariantId, before StockMovementId, reason StockReason?, warehouse WarehouseId?, from time, to time,
--   limit int) -> [(id StockMovementId, variant VariantId, name text, options text, sku text, warehouse WarehouseId, on_hand_delta int,
--   allocated_delta int, reason StockReason, note text?, reference int?, bundle VariantId?, bundle_name text?, actor AccountId?, at time)]
SELECT m.id, m.variant, i.name, i.options, i.sku, m.warehouse, m.on_hand_delta, m.allocated_delta, m.reason, m.note, m.reference, m.bundle,
       b.name AS bundle_name, m.actor, m.at
  FROM stock_movement m JOIN stock_item i ON i.variant = m.variant LEFT JOIN stock_item b ON b.variant = m.bundle
 WHERE m.variant = :variant AND m.id < :before AND m.at >= :from AND m.at < :to
   AND (:reason IS NULL OR m.reason = :reason) AND (:warehouse IS NULL OR m.warehouse = :warehouse)
 ORDER BY m.id DESC LIMIT :limit;

-- stock_movement_rows_of_shop(shop ShopId, before StockMovementId, reason StockReason?, warehouse WarehouseId?, from time, to time,
--   limit int) -> [StockMovementRowsRow]
SELECT m.id, m.variant, i.name, i.options, i.sku, m.warehouse, m.on_hand_delta, m.allocated_delta, m.reason, m.note, m.reference, m.bundle,
       b.name AS bundle_name, m.actor, m.at
  FROM stock_movement m JOIN stock_item i ON i.variant = m.variant LEFT JOIN stock_item b ON b.variant = m.bundle
 WHERE m.shop = :shop AND m.id < :before AND m.at >= :from AND m.at < :to
   AND (:reason IS NULL OR m.reason = :reason) AND (:warehouse IS NULL OR m.warehouse = :warehouse)
 ORDER BY m.id DESC LIMIT :limit;

-- Oldest first, with what a reader of the file needs beside the numbers.
-- stock_movement_export(shop ShopId, after StockMovementId, before StockMovementId, variant VariantId?, reason StockReason?, warehouse WarehouseId?,
--   limit int) -> [(id StockMovementId, variant VariantId, name text, options text, sku text, place text, warehouse WarehouseId,
--   on_hand_delta int, allocated_delta int, reason StockReason, note text?, reference int?, bundle text?, actor AccountId?, at time)]
SELECT m.id, m.variant, i.name, i.options, i.sku, w.name AS place, m.warehouse, m.on_hand_delta, m.allocated_delta, m.reason, m.note,
       m.reference, b.sku AS bundle, m.actor, m.at
  FROM stock_movement m JOIN stock_item i ON i.variant = m.variant JOIN stock_warehouse w ON w.id = m.warehouse
  LEFT JOIN stock_item b ON b.variant = m.bundle
 WHERE m.shop = :shop AND m.id > :after AND m.id < :before AND (:variant IS NULL OR m.variant = :variant)
   AND (:reason IS NULL OR m.reason = :reason) AND (:warehouse IS NULL OR m.warehouse = :warehouse)
 ORDER BY m.id LIMIT :limit;

-- stock_sold_since(variant VariantId, since StockMovementId) -> (sold int)
SELECT COALESCE(CAST(-sum(on_hand_delta) AS BIGINT), 0) AS sold FROM stock_movement
 WHERE variant = :variant AND id >= :since AND reason = 'sold';

-- ---------------------------------------------------------------------------------------------- holds

-- stock_hold_put(checkout CheckoutId, item VariantId, variant VariantId, warehouse WarehouseId, pool StockPool, pool_id int, per int,
--   n int, now time) -> n
INSERT INTO stock_hold (checkout, item, variant, warehouse, pool, pool_id, per, quantity, back, state, at)
VALUES (:checkout, :item, :variant, :warehouse, :pool, :pool_id, :per, :n, 0, 'held', :now)
    ON CONFLICT (checkout, item, variant, warehouse, pool, pool_id)
    DO UPDATE SET per = excluded.per, quantity = excluded.quantity, state = 'held', at = excluded.at
 WHERE stock_hold.state = 'released';

-- The same for what was taken in the one place where it lies.
-- stock_hold_put_alone(checkout CheckoutId, variant VariantId, n int, now time) -> n
INSERT INTO stock_hold (checkout, item, variant, warehouse, pool, pool_id, per, quantity, back, state, at)
SELECT :checkout, l.variant, l.variant, l.warehouse, 'shop', 0, 1, :n, 0, 'held', :now FROM stock_level l WHERE l.variant = :variant AND l.alone = 1
    ON CONFLICT (checkout, item, variant, warehouse, pool, pool_id)
    DO UPDATE SET per = excluded.per, quantity = excluded.quantity, state = 'held', at = excluded.at
 WHERE stock_hold.state = 'released';

-- And for the one row of a pool.
-- stock_hold_put_pool(checkout CheckoutId, variant VariantId, pool StockPool, pool_id int, n int, now time) -> n
INSERT INTO stock_hold (checkout, item, variant, warehouse, pool, pool_id, per, quantity, back, state, at)
SELECT :checkout, a.item, a.variant, a.warehouse, a.pool, a.pool_id, 1, :n, 0, 'held', :now FROM stock_allocation a
 WHERE a.pool = :pool AND a.pool_id = :pool_id AND a.item = :variant AND a.variant = :variant AND a.alone = 1
    ON CONFLICT (checkout, item, variant, warehouse, pool, pool_id)
    DO UPDATE SET per = excluded.per, quantity = excluded.quantity, state = 'held', at = excluded.at
 WHERE stock_hold.state = 'released';

-- stock_hold_open(checkout CheckoutId) -> (n int)
SELECT count(*) AS n FROM stock_hold WHERE checkout = :checkout AND state = 'held';

-- stock_held_by(taker CheckoutId, item VariantId) -> (n int)
SELECT CAST(coalesce(min(p.n), 0) AS BIGINT) AS n
  FROM (SELECT sum(quantity) / max(per) AS n FROM stock_hold
         WHERE checkout = :taker AND item = :item AND state = 'held' GROUP BY variant) AS p;

-- stock_takers(after CheckoutId) -> [(taker CheckoutId)]
SELECT DISTINCT checkout AS taker FROM stock_hold WHERE state = 'held' AND checkout > :after ORDER BY checkout LIMIT 1000;

-- stock_hold_release(checkout CheckoutId, now time) -> [(item VariantId, variant VariantId, warehouse WarehouseId,
--   pool StockPool, pool_id int, quantity int)]
UPDATE stock_hold SET state = 'released', at = :now WHERE checkout = :checkout AND state = 'held'
RETURNING item, variant, warehouse, pool, pool_id, quantity;

-- With what the sale has to know: on hand before it, the line below which to say so (-1: it was said already, or never).
-- stock_hold_sell(checkout CheckoutId, now time) -> [(item VariantId, variant VariantId, warehouse WarehouseId,
--   pool StockPool, pool_id int, quantity int, shop ShopId, on_hand int, low int)]
UPDATE stock_hold SET state = 'sold', at = :now WHERE checkout = :checkout AND state = 'held'
RETURNING item, variant, warehouse, pool, pool_id, quantity,
  COALESCE((SELECT l.shop FROM stock_level l WHERE l.variant = stock_hold.variant AND l.warehouse = stock_hold.warehouse), 0) AS shop,
  COALESCE((SELECT l.on_hand FROM stock_level l WHERE l.variant = stock_hold.variant AND l.warehouse = stock_hold.warehouse), 0) AS on_hand,
  COALESCE((SELECT CASE WHEN i.low_since IS NULL THEN i.low ELSE -1 END FROM stock_item i WHERE i.variant = stock_hold.variant), -1) AS low;

-- stock_hold_sold(checkout CheckoutId, item VariantId) -> [(variant VariantId, warehouse WarehouseId, pool StockPool, pool_id int,
--   per int, left int)]
SELECT variant, warehouse, pool, pool_id, per, quantity - back AS "left" FROM stock_hold
 WHERE checkout = :checkout AND item = :item AND state = 'sold'
 ORDER BY variant, pool, pool_id, warehouse LIMIT 1000;

-- stock_hold_back(checkout CheckoutId, item VariantId, variant VariantId, warehouse WarehouseId, pool StockPool, pool_id int, n int) -> n
UPDATE stock_hold SET back = back + :n
 WHERE checkout = :checkout AND item = :item AND variant = :variant AND warehouse = :warehouse AND pool = :pool AND pool_id = :pool_id
   AND state = 'sold' AND back + :n <= quantity;

-- ---------------------------------------------------------------------------------------------- what is set aside

-- stock_allocation_put(pool StockPool, pool_id int, item VariantId, variant VariantId, warehouse WarehouseId, shop ShopId, per int,
--   n int, note text?, actor AccountId?, now time) -> n
INSERT INTO stock_allocation (pool, pool_id, item, variant, warehouse, shop, per, units, rest, held, sold, back, alone, note, actor, at,
  ended)
VALUES (:pool, :pool_id, :item, :variant, :warehouse, :shop, :per, :n, :n, 0, 0, 0, 1, :note, :actor, :now, NULL)
    ON CONFLICT (pool, pool_id, item, variant, warehouse)
    DO UPDATE SET units = stock_allocation.units + excluded.units, rest = stock_allocation.rest + excluded.rest, per = excluded.per, ended = NULL;

-- stock_allocation_several(pool StockPool, pool_id int, item VariantId, variant VariantId) -> n
UPDATE stock_allocation SET alone = 0
 WHERE pool = :pool AND pool_id = :pool_id AND item = :item AND variant = :variant AND alone = 1
   AND EXISTS (SELECT 1 FROM stock_allocation o WHERE o.pool = :pool AND o.pool_id = :pool_id AND o.item = :item AND o.variant = :variant
                  AND o.warehouse <> stock_allocation.warehouse);

-- The common case: one row.
-- stock_allocation_hold(pool StockPool, pool_id int, item VariantId, variant VariantId, n int) -> n
UPDATE stock_allocation SET rest = rest - :n, held = held + :n
 WHERE pool = :pool AND pool_id = :pool_id AND item = :item AND variant = :variant AND alone = 1 AND rest >= :n;

-- stock_allocation_hold_at(pool StockPool, pool_id int, item VariantId, variant VariantId, warehouse WarehouseId, n int) -> n
UPDATE stock_allocation SET rest = rest - :n, held = held + :n
 WHERE pool = :pool AND pool_id = :pool_id AND item = :item AND variant = :variant AND warehouse = :warehouse AND rest >= :n;

-- stock_allocation_rest_at(pool StockPool, pool_id int, item VariantId, variant VariantId) -> [(warehouse WarehouseId, free int)]
SELECT a.warehouse, a.rest AS free FROM stock_allocation a JOIN stock_warehouse w ON w.id = a.warehouse
 WHERE a.pool = :pool AND a.pool_id = :pool_id AND a.item = :item AND a.variant = :variant AND a.rest > 0
 ORDER BY w.priority, w.id LIMIT 50;

-- How many of the item are left, by its scarcest part.
-- stock_allocation_rest(pool StockPool, pool_id int, item VariantId) -> [(variant VariantId, per int, rest int)]
SELECT variant, CAST(max(per) AS BIGINT) AS per, CAST(sum(rest) AS BIGINT) AS rest FROM stock_allocation
 WHERE pool = :pool AND pool_id = :pool_id AND item = :item AND ended IS NULL
 GROUP BY variant LIMIT 20;

-- stock_allocation_sell(pool StockPool, pool_id int, item VariantId, variant VariantId, warehouse WarehouseId, n int) -> n
UPDATE stock_allocation SET held = held - :n, sold = sold + :n
 WHERE pool = :pool AND pool_id = :pool_id AND item = :item AND variant = :variant AND warehouse = :warehouse AND held >= :n;

-- Back into the rest; what has ended has none, and the free stock gets the units.
-- stock_allocation_release(pool StockPool, pool_id int, item VariantId, variant VariantId, warehouse WarehouseId, n int) -> ?(ended time?)
UPDATE stock_allocation SET held = held - :n, rest = CASE WHEN ended IS NULL THEN rest + :n ELSE rest END
 WHERE pool = :pool AND pool_id = :pool_id AND item = :item AND variant = :variant AND warehouse = :warehouse AND held >= :n
RETURNING ended;

-- stock_allocation_back(pool StockPool, pool_id int, item VariantId, variant VariantId, warehouse WarehouseId, n int) -> n
UPDATE stock_allocation SET back = back + :n, rest = rest + :n
 WHERE pool = :pool AND pool_id = :pool_id AND item = :item AND variant = :variant AND warehouse = :warehouse AND ended IS NULL
   AND sold - back >= :n;

-- stock_allocation_open(pool StockPool, pool_id int, limit int) -> [(item VariantId, variant VariantId, warehouse WarehouseId, rest int)]
SELECT item, variant, warehouse, rest FROM stock_allocation
 WHERE pool = :pool AND pool_id = :pool_id AND ended IS NULL ORDER BY variant, warehouse, item LIMIT :limit;

-- stock_allocation_end_row(pool StockPool, pool_id int, item VariantId, variant VariantId, warehouse WarehouseId, rest int, now time) -> n
UPDATE stock_allocation SET rest = 0, ended = :now
 WHERE pool = :pool AND pool_id = :pool_id AND item = :item AND variant = :variant AND warehouse = :warehouse AND ended IS NULL AND rest = :rest;

-- stock_allocation_cut(pool StockPool, pool_id int, item VariantId, variant VariantId, warehouse WarehouseId, n int) -> n
UPDATE stock_allocation SET rest = rest - :n
 WHERE pool = :pool AND pool_id = :pool_id AND item = :item AND variant = :variant AND warehouse = :warehouse AND rest >= :n;

-- stock_allocation_shop(pool StockPool, pool_id int) -> ?(shop ShopId)
SELECT shop FROM stock_allocation WHERE pool = :pool AND pool_id = :pool_id LIMIT 1;

-- stock_allocation_of_item(item VariantId) -> ?(pool StockPool)
SELECT pool FROM stock_allocation WHERE item = :item AND ended IS NULL LIMIT 1;

-- Which of ten products have units left in open allocations of a pool.
-- stock_allocation_products(pool StockPool, a ProductId, b ProductId, c ProductId, d ProductId, e ProductId, f ProductId, g ProductId,
--   h ProductId, i ProductId, j ProductId) -> [(product ProductId)]
SELECT s.product FROM stock_item s
 WHERE s.product IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j) AND s.on_sale = 1
   AND EXISTS (SELECT 1 FROM stock_allocation o WHERE o.item = s.variant AND o.pool = :pool AND o.ended IS NULL AND o.rest >= o.per)
 GROUP BY s.product LIMIT 10;

-- Counted in the item, by its scarcest part; `item` below `before_item` within `before`.
-- stock_allocation_page(shop ShopId, before int, before_item VariantId, pool StockPool?, variant VariantId?, ended bool, limit int)
--   -> [(pool StockPool, pool_id int, item VariantId, name text, options text, sku text, units int, rest int, held int, sold int,
--   note text?, at time, ended time?)]
SELECT g.pool, g.pool_id, g.item, i.name, i.options, i.sku, g.units, g.rest, g.held, g.sold, g.note, g.at, g.ended
  FROM (SELECT v.pool, v.pool_id, v.item, min(v.units) AS units, min(v.rest) AS rest, max(v.held) AS held, max(v.sold) AS sold, max(v.note) AS note,
               min(v.at) AS at, max(v.ended) AS ended
          FROM (SELECT a.pool, a.pool_id, a.item, a.variant, CAST(sum(a.units) AS BIGINT) / max(a.per) AS units,
                       CAST(sum(a.rest) AS BIGINT) / max(a.per) AS rest, CAST(sum(a.held) AS BIGINT) / max(a.per) AS held,
                       CAST(sum(a.sold - a.back) AS BIGINT) / max(a.per) AS sold, max(a.note) AS note, min(a.at) AS at, max(a.ended) AS ended
                  FROM stock_allocation a
                 WHERE a.shop = :shop AND (:pool IS NULL OR a.pool = :pool) AND (:variant IS NULL OR a.item = :variant)
                   AND (a.pool_id < :before OR (a.pool_id = :before AND a.item < :before_item))
                   AND CASE WHEN a.ended IS NULL THEN 0 ELSE 1 END = :ended
                 GROUP BY a.pool, a.pool_id, a.item, a.variant) AS v
         GROUP BY v.pool, v.pool_id, v.item) AS g JOIN stock_item i ON i.variant = g.item
 ORDER BY g.pool_id DESC, g.item DESC LIMIT :limit;

-- ---------------------------------------------------------------------------------------------- bundles

-- Of at most ten variants; those that are no bundles have none.
-- stock_parts_of(a VariantId, b VariantId, c VariantId, d VariantId, e VariantId, f VariantId, g VariantId, h VariantId,
--   i VariantId, j VariantId) -> [(bundle VariantId, part VariantId, quantity int)]
SELECT bundle, part, quantity FROM stock_part WHERE bundle IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j)
 ORDER BY bundle, part LIMIT 1000;

-- stock_parts_of_one(bundle VariantId) -> [StockPartsOfRow]
SELECT bundle, part, quantity FROM stock_part WHERE bundle = :bundle ORDER BY part LIMIT 20;

-- stock_bundles_with(part VariantId) -> [(bundle VariantId)]
SELECT bundle FROM stock_part WHERE part = :part ORDER BY bundle LIMIT 50;

-- stock_part_delete(bundle VariantId) -> n
DELETE FROM stock_part WHERE bundle = :bundle;

-- A part of the same shop with stock of its own.
-- stock_part_insert(bundle VariantId, part VariantId, shop ShopId, quantity int) -> n
INSERT INTO stock_part (bundle, part, quantity)
SELECT :bundle, i.variant, :quantity FROM stock_item i WHERE i.variant = :part AND i.shop = :shop AND i.bundle = 0;

-- Nothing on hand, nothing set aside, part of no other.
-- stock_item_bundle(variant VariantId) -> n
UPDATE stock_item SET bundle = 1, low_since = NULL
 WHERE variant = :variant AND NOT EXISTS (SELECT 1 FROM stock_level l WHERE l.variant = :variant AND l.on_hand > 0)
   AND NOT EXISTS (SELECT 1 FROM stock_incoming n WHERE n.variant = :variant AND n.state = 'open')
   AND NOT EXISTS (SELECT 1 FROM stock_part p WHERE p.part = :variant);

-- stock_item_plain(variant VariantId) -> n
UPDATE stock_item SET bundle = 0 WHERE variant = :variant;

-- ---------------------------------------------------------------------------------------------- deliveries

-- stock_incoming_insert(id StockIncomingId, shop ShopId, variant VariantId, warehouse WarehouseId, quantity int, expected time?,
--   note text?, actor AccountId?, now time) -> ()
INSERT INTO stock_incoming (id, shop, variant, warehouse, quantity, received, expected, note, state, actor, created, closed)
VALUES (:id, :shop, :variant, :warehouse, :quantity, 0, :expected, :note, 'open', :actor, :now, NULL);

-- stock_incoming_get(id StockIncomingId) -> ?(shop ShopId, variant VariantId, warehouse WarehouseId, quantity int, received int,
--   state StockIncomingState)
SELECT shop, variant, warehouse, quantity, received, state FROM stock_incoming WHERE id = :id;

-- stock_incoming_one(id StockIncomingId) -> StockIncoming?
SELECT n.id, n.variant, i.name, i.options, i.sku, n.warehouse, n.quantity, n.received, n.expected, n.note, n.state, n.created, n.closed
  FROM stock_incoming n JOIN stock_item i ON i.variant = n.variant WHERE n.id = :id;

-- stock_incoming_page(shop ShopId, before StockIncomingId, variant VariantId?, state StockIncomingState?, limit int) -> [StockIncoming]
SELECT n.id, n.variant, i.name, i.options, i.sku, n.warehouse, n.quantity, n.received, n.expected, n.note, n.state, n.created, n.closed
  FROM stock_incoming n JOIN stock_item i ON i.variant = n.variant
 WHERE n.shop = :shop AND n.id < :before AND (:variant IS NULL OR n.variant = :variant) AND (:state IS NULL OR n.state = :state)
 ORDER BY n.id DESC LIMIT :limit;

-- stock_incoming_receive(id StockIncomingId, n int, now time) -> n
UPDATE stock_incoming
   SET received = received + :n, state = CASE WHEN received + :n = quantity THEN 'received' ELSE 'open' END,
       closed = CASE WHEN received + :n = quantity THEN :now ELSE closed END
 WHERE id = :id AND state = 'open' AND received + :n <= quantity;

-- stock_incoming_cancel(id StockIncomingId, now time) -> n
UPDATE stock_incoming SET state = 'cancelled', closed = :now WHERE id = :id AND state = 'open';

-- ---------------------------------------------------------------------------------------------- audit

-- stock_audit_range() -> [(variant VariantId, warehouse WarehouseId, on_hand int, held int, allocated int)]
SELECT variant, warehouse, on_hand, held, allocated FROM stock_level
 WHERE held < 0 OR allocated < 0 OR held + allocated > on_hand ORDER BY variant, warehouse LIMIT 100;

-- stock_audit_movements() -> [(variant VariantId, warehouse WarehouseId, on_hand int, moved int, allocated int, set_aside int)]
SELECT variant, warehouse, CAST(sum(a) AS BIGINT) AS on_hand, CAST(sum(b) AS BIGINT) AS moved, CAST(sum(c) AS BIGINT) AS allocated,
       CAST(sum(d) AS BIGINT) AS set_aside
  FROM (SELECT variant, warehouse, on_hand AS a, 0 AS b, allocated AS c, 0 AS d FROM stock_level
         UNION ALL
        SELECT variant, warehouse, 0 AS a, on_hand_delta AS b, 0 AS c, allocated_delta AS d FROM stock_movement) AS both_sides
 GROUP BY variant, warehouse HAVING sum(a) <> sum(b) OR sum(c) <> sum(d) ORDER BY variant, warehouse LIMIT 100;

-- stock_audit_allocated() -> [(variant VariantId, warehouse WarehouseId, allocated int, pooled int)]
SELECT variant, warehouse, CAST(sum(a) AS BIGINT) AS allocated, CAST(sum(b) AS BIGINT) AS pooled
  FROM (SELECT variant, warehouse, allocated AS a, 0 AS b FROM stock_level WHERE allocated <> 0
         UNION ALL
        SELECT variant, warehouse, 0 AS a, rest + held AS b FROM stock_allocation WHERE rest + held <> 0) AS both_sides
 GROUP BY variant, warehouse HAVING sum(a) <> sum(b) ORDER BY variant, warehouse LIMIT 100;

-- Holds against levels: what is held out of the free stock.
-- stock_audit_held() -> [(variant VariantId, warehouse WarehouseId, held int, open int)]
SELECT variant, warehouse, CAST(sum(a) AS BIGINT) AS held, CAST(sum(b) AS BIGINT) AS open
  FROM (SELECT variant, warehouse, held AS a, 0 AS b FROM stock_level WHERE held <> 0
         UNION ALL
        SELECT variant, warehouse, 0 AS a, quantity AS b FROM stock_hold WHERE state = 'held' AND pool = 'shop') AS both_sides
 GROUP BY variant, warehouse HAVING sum(a) <> sum(b) ORDER BY variant, warehouse LIMIT 100;

-- Holds against allocations: held and sold out of each pool.
-- stock_audit_pools() -> [(pool StockPool, pool_id int, variant VariantId, held int, open int, sold int, bought int)]
SELECT pool, pool_id, variant, CAST(sum(a) AS BIGINT) AS held, CAST(sum(b) AS BIGINT) AS open, CAST(sum(c) AS BIGINT) AS sold,
       CAST(sum(d) AS BIGINT) AS bought
  FROM (SELECT pool, pool_id, item, variant, warehouse, held AS a, 0 AS b, sold AS c, 0 AS d FROM stock_allocation
         UNION ALL
        SELECT pool, pool_id, item, variant, warehouse, 0 AS a, CASE WHEN state = 'held' THEN quantity ELSE 0 END AS b, 0 AS c,
               CASE WHEN state = 'sold' THEN quantity ELSE 0 END AS d
          FROM stock_hold WHERE pool <> 'shop') AS both_sides
 GROUP BY pool, pool_id, item, variant, warehouse HAVING sum(a) <> sum(b) OR sum(c) <> sum(d) ORDER BY pool, pool_id, variant LIMIT 100;

-- What checkouts have bought and given back, against the movements.
-- stock_audit_sold() -> [(variant VariantId, warehouse WarehouseId, bought int, sold int, back int, returned int)]
SELECT variant, warehouse, CAST(sum(a) AS BIGINT) AS bought, CAST(sum(b) AS BIGINT) AS sold, CAST(sum(c) AS BIGINT) AS back,
       CAST(sum(d) AS BIGINT) AS returned
  FROM (SELECT variant, warehouse, quantity AS a, 0 AS b, back AS c, 0 AS d FROM stock_hold WHERE state = 'sold'
         UNION ALL
        SELECT variant, warehouse, 0 AS a, CASE WHEN reason <> 'returned' THEN -on_hand_delta ELSE 0 END AS b, 0 AS c,
               CASE WHEN reason = 'returned' THEN on_hand_delta ELSE 0 END AS d
          FROM stock_movement WHERE reason IN ('sold', 'exchanged', 'returned') AND reference IS NOT NULL) AS both_sides
 GROUP BY variant, warehouse HAVING sum(a) <> sum(b) OR sum(c) <> sum(d) ORDER BY variant, warehouse LIMIT 100;

-- stock_audit_incoming() -> [(id int, received int, moved int)]
SELECT id, CAST(sum(a) AS BIGINT) AS received, CAST(sum(b) AS BIGINT) AS moved
  FROM (SELECT id, received AS a, 0 AS b FROM stock_incoming
         UNION ALL
        SELECT reference AS id, 0 AS a, on_hand_delta AS b FROM stock_movement WHERE reason = 'received' AND reference IS NOT NULL) AS both_sides
 GROUP BY id HAVING sum(a) <> sum(b) ORDER BY id LIMIT 100;

-- Levels of nothing, or at another shop's place; bundles with stock of their own, without parts or made of bundles.
-- stock_audit_shape() -> [(variant VariantId, problem text)]
SELECT l.variant, CASE WHEN i.variant IS NULL THEN 'a level without its item' WHEN i.bundle = 1 AND l.on_hand <> 0 THEN 'a bundle has stock of its own'
                       WHEN l.shop = i.shop AND w.shop = i.shop THEN 'it is taken without choosing, but there is a choice'
                       ELSE 'a level at another shop''s warehouse' END AS problem
  FROM stock_level l LEFT JOIN stock_item i ON i.variant = l.variant LEFT JOIN stock_warehouse w ON w.id = l.warehouse
 WHERE i.variant IS NULL OR w.id IS NULL OR (i.bundle = 1 AND l.on_hand <> 0) OR l.shop <> i.shop OR w.shop <> i.shop
    OR (l.alone = 1 AND (w.active = 0 OR EXISTS (SELECT 1 FROM stock_level o WHERE o.variant = l.variant AND o.warehouse <> l.warehouse)))
 UNION ALL
SELECT b.variant, 'a bundle without parts' AS problem FROM stock_item b
 WHERE b.bundle = 1 AND NOT EXISTS (SELECT 1 FROM stock_part p WHERE p.bundle = b.variant)
 UNION ALL
SELECT p.bundle AS variant, 'a part that cannot be one' AS problem
  FROM stock_part p LEFT JOIN stock_item b ON b.variant = p.bundle LEFT JOIN stock_item i ON i.variant = p.part
 WHERE b.variant IS NULL OR i.variant IS NULL OR b.bundle = 0 OR i.bundle = 1 OR b.shop <> i.shop
 ORDER BY 1 LIMIT 100;

-- stock_audit_low() -> [(variant VariantId, on_hand int, low int, low_since time?)]
SELECT i.variant, i.low, i.low_since, COALESCE(CAST(sum(l.on_hand) AS BIGINT), 0) AS on_hand
  FROM stock_item i LEFT JOIN stock_level l ON l.variant = i.variant
 WHERE i.bundle = 0
 GROUP BY i.variant, i.low, i.low_since
HAVING (i.low_since IS NOT NULL AND COALESCE(sum(l.on_hand), 0) > i.low) OR (i.low_since IS NULL AND COALESCE(sum(l.on_hand), 0) <= i.low)
 ORDER BY i.variant LIMIT 100;
