-- Levels, movements, holds.

-- stock_level_insert(variant VariantId, product ProductId, shop ShopId, on_hand int) -> ()
INSERT INTO stock_level (variant, product, shop, on_hand, held, on_sale) VALUES (:variant, :product, :shop, :on_hand, 0, 1);

-- stock_level_show(variant VariantId, on_sale bool) -> n
UPDATE stock_level SET on_sale = :on_sale WHERE variant = :variant;

-- stock_level_get(variant VariantId) -> ?(shop ShopId, product ProductId, on_hand int, held int)
SELECT shop, product, on_hand, held FROM stock_level WHERE variant = :variant;

-- stock_level_rows(product ProductId) -> [StockLevel]
SELECT variant, on_hand, held FROM stock_level WHERE product = :product LIMIT 1000;

-- stock_free_rows(a ProductId, b ProductId, c ProductId, d ProductId, e ProductId, f ProductId, g ProductId, h ProductId,
--   i ProductId, j ProductId) -> [(product ProductId)]
SELECT product FROM stock_level
 WHERE product IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j) AND on_sale = 1 AND on_hand > held
 GROUP BY product LIMIT 10;

-- stock_level_move(variant VariantId, delta int, most int) -> StockLevel?
UPDATE stock_level SET on_hand = on_hand + :delta
 WHERE variant = :variant AND on_hand + :delta >= held AND on_hand + :delta <= :most
RETURNING variant, on_hand, held;

-- stock_level_hold(variant VariantId, n int) -> n
UPDATE stock_level SET held = held + :n WHERE variant = :variant AND on_hand - held >= :n;

-- stock_level_sell(variant VariantId, n int) -> n
UPDATE stock_level SET on_hand = on_hand - :n, held = held - :n WHERE variant = :variant AND held >= :n;

-- stock_level_release(variant VariantId, n int) -> n
UPDATE stock_level SET held = held - :n WHERE variant = :variant AND held >= :n;

-- stock_movement_insert(variant VariantId, id StockMovementId, delta int, reason StockReason, note text?, reference int?,
--   actor AccountId?, now time) -> ()
INSERT INTO stock_movement (variant, id, on_hand_delta, reason, note, reference, actor, at)
VALUES (:variant, :id, :delta, :reason, :note, :reference, :actor, :now);

-- stock_movement_rows(variant VariantId, before StockMovementId, limit int) -> [StockMovement]
SELECT id, variant, on_hand_delta, reason, note, at FROM stock_movement
 WHERE variant = :variant AND id < :before ORDER BY id DESC LIMIT :limit;

-- stock_hold_put(checkout CheckoutId, variant VariantId, n int, now time) -> n
INSERT INTO stock_hold (checkout, variant, quantity, state, at) VALUES (:checkout, :variant, :n, 'held', :now)
    ON CONFLICT (checkout, variant) DO UPDATE SET quantity = excluded.quantity, state = 'held', at = excluded.at
 WHERE stock_hold.state = 'released';

-- stock_hold_open(checkout CheckoutId) -> (n int)
SELECT count(*) AS n FROM stock_hold WHERE checkout = :checkout AND state = 'held';

-- stock_hold_end(checkout CheckoutId, state text, now time) -> [(variant VariantId, quantity int)]
UPDATE stock_hold SET state = :state, at = :now WHERE checkout = :checkout AND state = 'held' RETURNING variant, quantity;

-- stock_audit_range() -> [(variant VariantId, on_hand int, held int)]
SELECT variant, on_hand, held FROM stock_level WHERE held < 0 OR held > on_hand ORDER BY variant LIMIT 100;

-- stock_audit_movements() -> [(variant VariantId, on_hand int, moved int)]
SELECT variant, CAST(sum(a) AS BIGINT) AS on_hand, CAST(sum(b) AS BIGINT) AS moved
  FROM (SELECT variant, on_hand AS a, 0 AS b FROM stock_level
         UNION ALL
        SELECT variant, 0 AS a, on_hand_delta AS b FROM stock_movement) AS both_sides
 GROUP BY variant HAVING sum(a) <> sum(b) ORDER BY variant LIMIT 100;

-- stock_audit_holds() -> [(variant VariantId, held int, open int)]
SELECT variant, CAST(sum(a) AS BIGINT) AS held, CAST(sum(b) AS BIGINT) AS open
  FROM (SELECT variant, held AS a, 0 AS b FROM stock_level WHERE held <> 0
         UNION ALL
        SELECT variant, 0 AS a, quantity AS b FROM stock_hold WHERE state = 'held') AS both_sides
 GROUP BY variant HAVING sum(a) <> sum(b) ORDER BY variant LIMIT 100;
