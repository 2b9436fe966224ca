-- Checkouts, orders, lines, events, shipments, refunds.

-- checkout_insert(id CheckoutId, account AccountId, method PaymentMethod, total money, market text, created time, expires time) -> ()
INSERT INTO checkout (id, account, method, total_minor, total_currency, market, created, expires)
VALUES (:id, :account, :method, :total_minor, :total_currency, :market, :created, :expires);

-- checkout_row(id CheckoutId) -> ?(id CheckoutId, account AccountId, method PaymentMethod, total money, market text, expires time)
SELECT id, account, method, total_minor, total_currency, market, expires FROM checkout WHERE id = :id;

-- order_insert(id OrderId, checkout CheckoutId, account AccountId, shop ShopId, state OrderState, method PaymentMethod, market text,
--   subtotal_minor int, by_seller_minor int, by_platform_minor int, shipping_minor int, ship_by_seller_minor int,
--   ship_by_platform_minor int, cod_fee_minor int, tax_minor int, tax_added_minor int, ship_tax_minor int, ship_tax_added_minor int,
--   ship_rate_ppm int, tax_inclusive bool, tax_by_platform bool, total money, ship_to bytes, items int, title text, picture text?,
--   placed time, pay_by time?, ship_by time?, deliver_from time?, deliver_to time?, deadline time?) -> ()
INSERT INTO shop_order (id, checkout, account, shop, state, method, market, subtotal_minor, by_seller_minor, by_platform_minor,
                        shipping_minor, ship_by_seller_minor, ship_by_platform_minor, cod_fee_minor, tax_minor, tax_added_minor,
                        ship_tax_minor, ship_tax_added_minor, ship_rate_ppm, tax_inclusive, tax_by_platform, total_minor, currency,
                        ship_to, items, title, picture, placed, pay_by, ship_by, deliver_from, deliver_to, deadline)
VALUES (:id, :checkout, :account, :shop, :state, :method, :market, :subtotal_minor, :by_seller_minor, :by_platform_minor,
        :shipping_minor, :ship_by_seller_minor, :ship_by_platform_minor, :cod_fee_minor, :tax_minor, :tax_added_minor,
        :ship_tax_minor, :ship_tax_added_minor, :ship_rate_ppm, :tax_inclusive, :tax_by_platform, :total_minor, :total_currency,
        :ship_to, :items, :title, :picture, :placed, :pay_by, :ship_by, :deliver_from, :deliver_to, :deadline);

-- order_row(id OrderId) -> ?(id OrderId, checkout CheckoutId, account AccountId, shop ShopId, state OrderState, method PaymentMethod,
--   market text, subtotal_minor int, by_seller_minor int, by_platform_minor int, shipping_minor int, ship_by_seller_minor int,
--   ship_by_platform_minor int, cod_fee_minor int, tax_minor int, tax_added_minor int, ship_tax_minor int, ship_tax_added_minor int,
--   ship_rate_ppm int, tax_inclusive bool, tax_by_platform bool, total money, refunded_minor int, ship_back_goods_minor int,
--   ship_back_by_seller_minor int, ship_back_by_platform_minor int, ship_back_tax_minor int, ship_back_tax_added_minor int,
--   captured bool, ship_to bytes, placed time, pay_by time?, ship_by time?, deliver_from time?, deliver_to time?, deadline time?,
--   delivered time?, cancel_asked text?, asked_at time?, cancel_refused bool, extended int)
SELECT id, checkout, account, shop, state, method, market, subtotal_minor, by_seller_minor, by_platform_minor, shipping_minor,
       ship_by_seller_minor, ship_by_platform_minor, cod_fee_minor, tax_minor, tax_added_minor, ship_tax_minor, ship_tax_added_minor,
       ship_rate_ppm, tax_inclusive, tax_by_platform, total_minor, currency AS total_currency, refunded_minor, ship_back_goods_minor,
       ship_back_by_seller_minor, ship_back_by_platform_minor, ship_back_tax_minor, ship_back_tax_added_minor, captured, ship_to,
       placed, pay_by, ship_by, deliver_from, deliver_to, deadline, delivered, cancel_asked,
       (SELECT max(e.at) FROM order_event AS e WHERE e.shop_order = shop_order.id AND e.kind = 'cancel_asked') AS asked_at,
       cancel_refused, extended
  FROM shop_order WHERE id = :id;

-- order_cards_of(account AccountId, before OrderId, limit int) -> [OrderCardsOfCheckoutRow]
SELECT id, shop, state, market, total_minor, currency AS total_currency, refunded_minor, items, title, picture, placed, pay_by,
       ship_by, deliver_from, deliver_to, deadline, cancel_asked,
       (SELECT max(e.at) FROM order_event AS e WHERE e.shop_order = shop_order.id AND e.kind = 'cancel_asked') AS asked_at
  FROM shop_order WHERE account = :account AND id < :before ORDER BY id DESC LIMIT :limit;

-- order_cards_of_shop(shop ShopId, before OrderId, limit int) -> [OrderCardsOfCheckoutRow]
SELECT id, shop, state, market, total_minor, currency AS total_currency, refunded_minor, items, title, picture, placed, pay_by,
       ship_by, deliver_from, deliver_to, deadline, cancel_asked,
       (SELECT max(e.at) FROM order_event AS e WHERE e.shop_order = shop_order.id AND e.kind = 'cancel_asked') AS asked_at
  FROM shop_order WHERE shop = :shop AND id < :before ORDER BY id DESC LIMIT :limit;

-- order_cards_of_shop_state(shop ShopId, state OrderState, before OrderId, limit int) -> [OrderCardsOfCheckoutRow]
SELECT id, shop, state, market, total_minor, currency AS total_currency, refunded_minor, items, title, picture, placed, pay_by,
       ship_by, deliver_from, deliver_to, deadline, cancel_asked,
       (SELECT max(e.at) FROM order_event AS e WHERE e.shop_order = shop_order.id AND e.kind = 'cancel_asked') AS asked_at
  FROM shop_order WHERE shop = :shop AND state = :state AND id < :before ORDER BY id DESC LIMIT :limit;

-- order_cards_of_shop_late(shop ShopId, now time, before OrderId, limit int) -> [OrderCardsOfCheckoutRow]
SELECT id, shop, state, market, total_minor, currency AS total_currency, refunded_minor, items, title, picture, placed, pay_by,
       ship_by, deliver_from, deliver_to, deadline, cancel_asked,
       (SELECT max(e.at) FROM order_event AS e WHERE e.shop_order = shop_order.id AND e.kind = 'cancel_asked') AS asked_at
  FROM shop_order WHERE shop = :shop AND state IN ('awaiting_shipment', 'packed', 'partly_shipped') AND ship_by < :now AND id < :before
 ORDER BY id DESC LIMIT :limit;

-- order_cards_of_shop_asked(shop ShopId, before OrderId, limit int) -> [OrderCardsOfCheckoutRow]
SELECT id, shop, state, market, total_minor, currency AS total_currency, refunded_minor, items, title, picture, placed, pay_by,
       ship_by, deliver_from, deliver_to, deadline, cancel_asked,
       (SELECT max(e.at) FROM order_event AS e WHERE e.shop_order = shop_order.id AND e.kind = 'cancel_asked') AS asked_at
  FROM shop_order WHERE shop = :shop AND state IN ('awaiting_shipment', 'packed') AND cancel_asked IS NOT NULL AND id < :before
 ORDER BY id DESC LIMIT :limit;

-- order_cards_of_checkout(checkout CheckoutId) -> [(id OrderId, shop ShopId, state OrderState, market text, total money,
--   refunded_minor int, items int, title text, picture text?, placed time, pay_by time?, ship_by time?, deliver_from time?,
--   deliver_to time?, deadline time?, cancel_asked text?, asked_at time?)]
SELECT id, shop, state, market, total_minor, currency AS total_currency, refunded_minor, items, title, picture, placed, pay_by,
       ship_by, deliver_from, deliver_to, deadline, cancel_asked,
       (SELECT max(e.at) FROM order_event AS e WHERE e.shop_order = shop_order.id AND e.kind = 'cancel_asked') AS asked_at
  FROM shop_order WHERE checkout = :checkout ORDER BY id LIMIT 60;

-- order_count_rows(shop ShopId, now time) -> [(state OrderState, n int, late int, asked int)]
SELECT state, count(*) AS n,
       CAST(coalesce(sum(CASE WHEN ship_by < :now AND state IN ('awaiting_shipment', 'packed', 'partly_shipped') THEN 1 ELSE 0 END), 0) AS BIGINT) AS late,
       count(cancel_asked) AS asked
  FROM shop_order
 WHERE shop = :shop AND state IN ('unpaid', 'on_hold', 'awaiting_shipment', 'packed', 'partly_shipped', 'in_transit', 'delivered')
 GROUP BY state LIMIT 20;

-- order_move(id OrderId, from OrderState, to OrderState, deadline time?) -> n
UPDATE shop_order SET state = :to, deadline = :deadline WHERE id = :id AND state = :from;

-- order_set_deadline(id OrderId, state OrderState, deadline time, ship_by time?, was int, extended int) -> n
UPDATE shop_order SET deadline = :deadline, ship_by = :ship_by, extended = :extended
 WHERE id = :id AND state = :state AND extended = :was;

-- order_set_delivered(id OrderId, at time) -> n
UPDATE shop_order SET delivered = :at WHERE id = :id AND delivered IS NULL;

-- order_set_captured(id OrderId) -> n
UPDATE shop_order SET captured = 1 WHERE id = :id AND captured = 0;

-- order_set_asked(id OrderId, reason text?, refused bool) -> n
UPDATE shop_order SET cancel_asked = :reason, cancel_refused = :refused
 WHERE id = :id AND state IN ('awaiting_shipment', 'packed');

-- order_line_insert(id OrderLineId, shop_order OrderId, variant VariantId, product ProductId, title text, options text, sku text,
--   picture text?, quantity int, price_minor int, total money, channel Channel, clip ClipId?, was_minor int, offer OfferId?,
--   offer_kind OfferKind, pool StockPool, pool_id int, by_seller_minor int, by_platform_minor int, tax_minor int, tax_added_minor int,
--   rate_ppm int) -> ()
INSERT INTO order_line (id, shop_order, variant, product, title, options, sku, picture, quantity, price_minor, total_minor,
                        currency, channel, clip, was_minor, offer, offer_kind, pool, pool_id, by_seller_minor, by_platform_minor,
                        tax_minor, tax_added_minor, rate_ppm)
VALUES (:id, :shop_order, :variant, :product, :title, :options, :sku, :picture, :quantity, :price_minor, :total_minor,
        :total_currency, :channel, :clip, :was_minor, :offer, :offer_kind, :pool, :pool_id, :by_seller_minor, :by_platform_minor,
        :tax_minor, :tax_added_minor, :rate_ppm);

-- order_lines(shop_order OrderId) -> [(id OrderLineId, variant VariantId, product ProductId, title text, options text, sku text,
--   picture text?, quantity int, price money, total money, channel Channel, clip ClipId?, was_minor int, by_seller_minor int,
--   by_platform_minor int, tax_minor int, tax_added_minor int, rate_ppm int, shipped int, refunded int, back_goods_minor int,
--   back_by_seller_minor int, back_by_platform_minor int, back_tax_minor int, back_tax_added_minor int, exchanged int,
--   stands_for OrderLineId?, taker CheckoutId?, arrived time?)]
SELECT id, variant, product, title, options, sku, picture, quantity, price_minor, currency AS price_currency,
       total_minor, currency AS total_currency, channel, clip, was_minor, by_seller_minor, by_platform_minor, tax_minor,
       tax_added_minor, rate_ppm, shipped, refunded, back_goods_minor, back_by_seller_minor, back_by_platform_minor, back_tax_minor,
       back_tax_added_minor, exchanged, stands_for, taker, arrived
  FROM order_line WHERE shop_order = :shop_order ORDER BY id LIMIT 60;

-- order_product_sold(product ProductId, after OrderLineId) -> (n int)
SELECT CAST(COALESCE(sum(l.quantity - l.refunded), 0) AS BIGINT) AS n
  FROM order_line AS l JOIN shop_order AS o ON o.id = l.shop_order
 WHERE l.product = :product AND l.id > :after AND l.stands_for IS NULL AND o.state <> 'unpaid' AND o.state <> 'cancelled';

-- checkout_lines(checkout CheckoutId) -> [(variant VariantId, quantity int, pool StockPool, pool_id int)]
SELECT order_line.variant, order_line.quantity, order_line.pool, order_line.pool_id
  FROM order_line JOIN shop_order ON shop_order.id = order_line.shop_order
 WHERE shop_order.checkout = :checkout ORDER BY order_line.id LIMIT 60;

-- order_line_ship(id OrderLineId, n int) -> n
UPDATE order_line SET shipped = shipped + :n WHERE id = :id AND shipped + refunded + :n <= quantity;

-- order_line_back(id OrderLineId, units int, goods int, by_seller int, by_platform int, tax int, tax_added int) -> n
UPDATE order_line
   SET refunded = refunded + :units, back_goods_minor = back_goods_minor + :goods,
       back_by_seller_minor = back_by_seller_minor + :by_seller, back_by_platform_minor = back_by_platform_minor + :by_platform,
       back_tax_minor = back_tax_minor + :tax, back_tax_added_minor = back_tax_added_minor + :tax_added
 WHERE id = :id AND refunded + :units <= quantity AND back_goods_minor + :goods <= total_minor
   AND back_by_seller_minor + :by_seller <= by_seller_minor AND back_by_platform_minor + :by_platform <= by_platform_minor;

-- order_line_exchange(id OrderLineId, units int) -> n
UPDATE order_line SET exchanged = exchanged + :units WHERE id = :id AND exchanged + :units <= refunded;

-- A replacement: what is not said here is that of the line that it stands for. Its own sums are the parts given.
-- order_line_replace(id OrderLineId, stands_for OrderLineId, taker CheckoutId, variant VariantId, title text, options text, sku text,
--   picture text?, quantity int, goods int, by_seller int, by_platform int, tax int, tax_added int) -> n
INSERT INTO order_line (id, shop_order, variant, product, title, options, sku, picture, quantity, price_minor, total_minor,
                        currency, channel, clip, was_minor, offer, offer_kind, pool, pool_id, by_seller_minor, by_platform_minor,
                        tax_minor, tax_added_minor, rate_ppm, stands_for, taker)
SELECT :id, l.shop_order, :variant, l.product, :title, :options, :sku, :picture, :quantity, l.price_minor, :goods, l.currency, l.channel,
       l.clip, l.was_minor, l.offer, l.offer_kind, 'shop', 0, :by_seller, :by_platform, :tax, :tax_added, l.rate_ppm, l.id, :taker
  FROM order_line AS l WHERE l.id = :stands_for;

-- order_line_arrived(id OrderLineId, at time) -> n
UPDATE order_line SET arrived = :at WHERE id = :id AND stands_for IS NOT NULL AND arrived IS NULL;

-- order_back(id OrderId, buyer int, goods int, by_seller int, by_platform int, tax int, tax_added int) -> n
UPDATE shop_order
   SET refunded_minor = refunded_minor + :buyer, ship_back_goods_minor = ship_back_goods_minor + :goods,
       ship_back_by_seller_minor = ship_back_by_seller_minor + :by_seller,
       ship_back_by_platform_minor = ship_back_by_platform_minor + :by_platform,
       ship_back_tax_minor = ship_back_tax_minor + :tax, ship_back_tax_added_minor = ship_back_tax_added_minor + :tax_added
 WHERE id = :id AND refunded_minor + :buyer <= total_minor AND ship_back_goods_minor + :goods <= shipping_minor + cod_fee_minor;

-- order_event_insert(id OrderEventId, shop_order OrderId, kind OrderEventKind, side Side, actor AccountId?, note text?, at time) -> ()
INSERT INTO order_event (id, shop_order, kind, side, actor, note, at) VALUES (:id, :shop_order, :kind, :side, :actor, :note, :at);

-- order_events(shop_order OrderId) -> [OrderEvent]
SELECT kind, side, at, note FROM order_event WHERE shop_order = :shop_order ORDER BY id LIMIT 100;

-- order_discount_insert(shop_order OrderId, n int, order_line OrderLineId?, promotion PromotionId, kind PromotionKind, name text,
--   funder Funder, minor int) -> ()
INSERT INTO order_discount (shop_order, n, order_line, promotion, kind, name, funder, minor)
VALUES (:shop_order, :n, :order_line, :promotion, :kind, :name, :funder, :minor);

-- order_discounts(shop_order OrderId) -> [(promotion PromotionId, kind PromotionKind, name text, funder Funder, minor int)]
SELECT promotion, kind, name, funder, CAST(sum(minor) AS BIGINT) AS minor
  FROM order_discount WHERE shop_order = :shop_order AND order_line IS NOT NULL
 GROUP BY promotion, kind, name, funder ORDER BY min(n) LIMIT 200;

-- order_shipping_discounts(shop_order OrderId) -> [OrderDiscountsRow]
SELECT promotion, kind, name, funder, minor
  FROM order_discount WHERE shop_order = :shop_order AND order_line IS NULL ORDER BY n LIMIT 8;

-- shipment_insert(id ShipmentId, shop_order OrderId, carrier text, tracking text, at time) -> ()
INSERT INTO shipment (id, shop_order, carrier, tracking, at) VALUES (:id, :shop_order, :carrier, :tracking, :at);

-- shipment_line_insert(shipment ShipmentId, order_line OrderLineId, quantity int) -> ()
INSERT INTO shipment_line (shipment, order_line, quantity) VALUES (:shipment, :order_line, :quantity);

-- shipments_of(shop_order OrderId) -> [Shipment]
SELECT id, carrier, tracking, at FROM shipment WHERE shop_order = :shop_order ORDER BY id LIMIT 40;

-- shipment_row(id ShipmentId, shop_order OrderId) -> Shipment?
SELECT id, carrier, tracking, at FROM shipment WHERE id = :id AND shop_order = :shop_order;

-- shipment_lines(shipment ShipmentId) -> [ShipmentLine]
SELECT order_line AS line, quantity FROM shipment_line WHERE shipment = :shipment ORDER BY order_line LIMIT 60;

-- order_refund_insert(id RefundId, shop_order OrderId, cause RefundCause, reason text, buyer_minor int, goods_minor int,
--   by_seller_minor int, by_platform_minor int, shipping_minor int, cod_fee_minor int, tax_minor int, tax_added_minor int,
--   state RefundState, side Side, actor AccountId?, dispute RefundId?, at time) -> ()
INSERT INTO order_refund (id, shop_order, cause, reason, buyer_minor, goods_minor, by_seller_minor, by_platform_minor,
                          shipping_minor, cod_fee_minor, tax_minor, tax_added_minor, state, side, actor, dispute, at)
VALUES (:id, :shop_order, :cause, :reason, :buyer_minor, :goods_minor, :by_seller_minor, :by_platform_minor,
        :shipping_minor, :cod_fee_minor, :tax_minor, :tax_added_minor, :state, :side, :actor, :dispute, :at);

-- order_refund_line_insert(refund RefundId, order_line int, quantity int, goods_minor int, by_seller_minor int, by_platform_minor int,
--   tax_minor int, tax_added_minor int) -> ()
INSERT INTO order_refund_line (refund, order_line, quantity, goods_minor, by_seller_minor, by_platform_minor, tax_minor,
                               tax_added_minor)
VALUES (:refund, :order_line, :quantity, :goods_minor, :by_seller_minor, :by_platform_minor, :tax_minor, :tax_added_minor);

-- order_refund_rows(shop_order OrderId) -> [(id RefundId, shop_order OrderId, cause RefundCause, reason text, buyer_minor int,
--   goods_minor int, by_seller_minor int, by_platform_minor int, shipping_minor int, cod_fee_minor int, tax_minor int,
--   tax_added_minor int, state RefundState, at time)]
SELECT id, shop_order, cause, reason, buyer_minor, goods_minor, by_seller_minor, by_platform_minor, shipping_minor, cod_fee_minor,
       tax_minor, tax_added_minor, state, at
  FROM order_refund WHERE shop_order = :shop_order ORDER BY id LIMIT 200;

-- order_refund_count(shop_order OrderId) -> (n int)
SELECT count(*) AS n FROM order_refund WHERE shop_order = :shop_order;

-- order_refund_row(id RefundId) -> OrderRefundRowsRow?
SELECT id, shop_order, cause, reason, buyer_minor, goods_minor, by_seller_minor, by_platform_minor, shipping_minor, cod_fee_minor,
       tax_minor, tax_added_minor, state, at
  FROM order_refund WHERE id = :id;

-- order_refund_line_rows(refund RefundId) -> [(order_line int, quantity int, goods_minor int, by_seller_minor int,
--   by_platform_minor int, tax_minor int, tax_added_minor int)]
SELECT order_line, quantity, goods_minor, by_seller_minor, by_platform_minor, tax_minor, tax_added_minor
  FROM order_refund_line WHERE refund = :refund ORDER BY order_line LIMIT 61;

-- order_refund_set(id RefundId, from RefundState, to RefundState) -> n
UPDATE order_refund SET state = :to WHERE id = :id AND state = :from;

-- What one dispute took, an order at a time.
-- order_chargebacks(dispute RefundId) -> [OrderRefundRowsRow]
SELECT id, shop_order, cause, reason, buyer_minor, goods_minor, by_seller_minor, by_platform_minor, shipping_minor, cod_fee_minor,
       tax_minor, tax_added_minor, state, at
  FROM order_refund WHERE dispute = :dispute AND cause = 'chargeback' AND state = 'sent' ORDER BY id LIMIT 60;

-- order_taken_by_banks(shop_order OrderId) -> (n int)
SELECT count(*) AS n FROM order_refund WHERE shop_order = :shop_order AND cause = 'chargeback' AND state = 'sent';

-- order_bought(account AccountId, product ProductId) -> ?(id OrderId)
SELECT o.id FROM shop_order AS o JOIN order_line AS l ON l.shop_order = o.id
 WHERE o.account = :account AND l.product = :product AND o.state IN ('delivered', 'completed') ORDER BY o.id DESC LIMIT 1;

-- shop_day_open(shop ShopId, day time) -> n
INSERT INTO shop_day (shop, day, orders) VALUES (:shop, :day, 0) ON CONFLICT (shop, day) DO NOTHING;

-- shop_day_take(shop ShopId, day time, most int) -> n
UPDATE shop_day SET orders = orders + 1 WHERE shop = :shop AND day = :day AND orders < :most;

-- The lines that were bought make the order; a replacement's sums were a part of theirs and count as gone there.
-- order_sum_violations() -> [(id OrderId, total_minor int, lines_minor int, items int, lines_items int)]
SELECT o.id, o.total_minor, CAST(coalesce(sum(CASE WHEN l.stands_for IS NULL THEN l.total_minor ELSE 0 END), 0) AS BIGINT) AS lines_minor, o.items,
       CAST(coalesce(sum(CASE WHEN l.stands_for IS NULL THEN l.quantity ELSE 0 END), 0) AS BIGINT) AS lines_items
  FROM shop_order AS o LEFT JOIN order_line AS l ON l.shop_order = o.id
 GROUP BY o.id, o.total_minor, o.subtotal_minor, o.shipping_minor, o.items, o.by_seller_minor, o.by_platform_minor,
          o.ship_by_seller_minor, o.ship_by_platform_minor, o.cod_fee_minor, o.tax_minor, o.tax_added_minor, o.ship_tax_minor,
          o.ship_tax_added_minor, o.refunded_minor, o.ship_back_goods_minor, o.ship_back_by_seller_minor,
          o.ship_back_by_platform_minor, o.ship_back_tax_added_minor
HAVING o.subtotal_minor <> CAST(coalesce(sum(CASE WHEN l.stands_for IS NULL THEN l.total_minor ELSE 0 END), 0) AS BIGINT)
    OR o.total_minor <> o.subtotal_minor - o.by_seller_minor - o.by_platform_minor + o.shipping_minor + o.cod_fee_minor + o.tax_added_minor
    OR o.items <> CAST(coalesce(sum(CASE WHEN l.stands_for IS NULL THEN l.quantity ELSE 0 END), 0) AS BIGINT)
    OR o.by_seller_minor <> o.ship_by_seller_minor + CAST(coalesce(sum(CASE WHEN l.stands_for IS NULL THEN l.by_seller_minor ELSE 0 END), 0) AS BIGINT)
    OR o.by_platform_minor <> o.ship_by_platform_minor + CAST(coalesce(sum(CASE WHEN l.stands_for IS NULL THEN l.by_platform_minor ELSE 0 END), 0) AS BIGINT)
    OR o.tax_minor <> o.ship_tax_minor + CAST(coalesce(sum(CASE WHEN l.stands_for IS NULL THEN l.tax_minor ELSE 0 END), 0) AS BIGINT)
    OR o.tax_added_minor <> o.ship_tax_added_minor + CAST(coalesce(sum(CASE WHEN l.stands_for IS NULL THEN l.tax_added_minor ELSE 0 END), 0) AS BIGINT)
    OR o.refunded_minor <> o.ship_back_goods_minor - o.ship_back_by_seller_minor - o.ship_back_by_platform_minor + o.ship_back_tax_added_minor
       + CAST(coalesce(sum(l.back_goods_minor - l.back_by_seller_minor - l.back_by_platform_minor + l.back_tax_added_minor
       - CASE WHEN l.stands_for IS NULL THEN 0 ELSE l.total_minor - l.by_seller_minor - l.by_platform_minor + l.tax_added_minor END), 0) AS BIGINT)
 ORDER BY o.id LIMIT 100;

-- order_line_violations() -> [(id OrderLineId, quantity int, price_minor int, total_minor int)]
SELECT id, quantity, price_minor, total_minor FROM order_line
 WHERE (total_minor <> quantity * price_minor AND stands_for IS NULL) OR quantity <= 0 OR price_minor < 0 OR shipped < 0 OR refunded < 0 OR shipped > quantity
    OR refunded > quantity OR exchanged < 0 OR exchanged > refunded OR by_seller_minor < 0 OR by_platform_minor < 0 OR by_seller_minor + by_platform_minor > total_minor
    OR back_goods_minor < 0 OR back_goods_minor > total_minor OR back_by_seller_minor > by_seller_minor
    OR back_by_platform_minor > by_platform_minor OR back_tax_minor > tax_minor OR back_tax_added_minor > tax_added_minor
 ORDER BY id LIMIT 100;

-- order_exchange_violations() -> [(line OrderLineId, exchanged int, replaced int)]
SELECT line, CAST(sum(a) AS BIGINT) AS exchanged, CAST(sum(b) AS BIGINT) AS replaced
  FROM (SELECT id AS line, exchanged AS a, 0 AS b FROM order_line WHERE exchanged <> 0
         UNION ALL
        SELECT stands_for AS line, 0 AS a, quantity AS b FROM order_line WHERE stands_for IS NOT NULL) AS both_sides
 GROUP BY line HAVING sum(a) <> sum(b) ORDER BY line LIMIT 100;

-- order_refund_violations() -> [(id OrderId, refunded_minor int, refunds_minor int)]
SELECT o.id, o.refunded_minor, CAST(coalesce(sum(r.buyer_minor), 0) AS BIGINT) AS refunds_minor
  FROM shop_order AS o LEFT JOIN order_refund AS r ON r.shop_order = o.id AND NOT (r.cause = 'chargeback' AND r.state = 'failed')
 WHERE o.refunded_minor <> 0 OR r.id IS NOT NULL
 GROUP BY o.id, o.refunded_minor
HAVING o.refunded_minor <> CAST(coalesce(sum(r.buyer_minor), 0) AS BIGINT)
 ORDER BY o.id LIMIT 100;

-- checkout_sum_violations() -> [(id CheckoutId, total_minor int, orders_minor int)]
SELECT c.id, c.total_minor, CAST(coalesce(sum(o.total_minor), 0) AS BIGINT) AS orders_minor
  FROM checkout AS c LEFT JOIN shop_order AS o ON o.checkout = c.id
 GROUP BY c.id, c.total_minor
HAVING c.total_minor <> CAST(coalesce(sum(o.total_minor), 0) AS BIGINT)
 ORDER BY c.id LIMIT 100;

-- orders_after(after OrderId) -> [(id OrderId, checkout CheckoutId, state OrderState, method PaymentMethod)]
SELECT id, checkout, state, method FROM shop_order WHERE id > :after ORDER BY id LIMIT 1000;
