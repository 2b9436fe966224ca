-- Checkouts, orders, lines, events, shipments.

-- checkout_insert(id CheckoutId, account AccountId, method PaymentMethod, total money, created time, expires time) -> ()
INSERT INTO checkout (id, account, method, total_minor, total_currency, created, expires)
VALUES (:id, :account, :method, :total_minor, :total_currency, :created, :expires);

-- checkout_row(id CheckoutId) -> ?(id CheckoutId, account AccountId, method PaymentMethod, total money, expires time)
SELECT id, account, method, total_minor, total_currency, expires FROM checkout WHERE id = :id;

-- order_insert(id OrderId, checkout CheckoutId, account AccountId, shop ShopId, state OrderState, method PaymentMethod, subtotal_minor int,
--              shipping_minor int, total money, ship_to bytes, items int, title text, picture text?, placed time, pay_by time?,
--              deliver_from time?, deliver_to time?) -> ()
INSERT INTO shop_order (id, checkout, account, shop, state, method, subtotal_minor, shipping_minor, total_minor, currency,
                        ship_to, items, title, picture, placed, pay_by, deliver_from, deliver_to)
VALUES (:id, :checkout, :account, :shop, :state, :method, :subtotal_minor, :shipping_minor, :total_minor, :total_currency,
        :ship_to, :items, :title, :picture, :placed, :pay_by, :deliver_from, :deliver_to);

-- order_row(id OrderId) -> ?(id OrderId, checkout CheckoutId, account AccountId, shop ShopId, state OrderState, method PaymentMethod,
--              subtotal_minor int, shipping_minor int, total money, ship_to bytes, placed time, pay_by time?, deliver_from time?, deliver_to time?)
SELECT id, checkout, account, shop, state, method, subtotal_minor, shipping_minor, total_minor, currency AS total_currency,
       ship_to, placed, pay_by, deliver_from, deliver_to
  FROM shop_order WHERE id = :id;

-- order_cards_of(account AccountId, before OrderId, limit int) -> [OrderCardsOfCheckoutRow]
SELECT id, shop, state, total_minor, currency AS total_currency, items, title, picture, placed
  FROM shop_order WHERE account = :account AND id < :before ORDER BY id DESC LIMIT :limit;

-- order_cards_of_shop(shop ShopId, before OrderId, limit int) -> [OrderCardsOfCheckoutRow]
SELECT id, shop, state, total_minor, currency AS total_currency, items, title, picture, placed
  FROM shop_order WHERE shop = :shop AND id < :before ORDER BY id DESC LIMIT :limit;

-- order_cards_of_shop_state(shop ShopId, state OrderState, before OrderId, limit int) -> [OrderCardsOfCheckoutRow]
SELECT id, shop, state, total_minor, currency AS total_currency, items, title, picture, placed
  FROM shop_order WHERE shop = :shop AND state = :state AND id < :before ORDER BY id DESC LIMIT :limit;

-- order_cards_of_checkout(checkout CheckoutId) -> [(id OrderId, shop ShopId, state OrderState, total money, items int, title text, picture text?, placed time)]
SELECT id, shop, state, total_minor, currency AS total_currency, items, title, picture, placed
  FROM shop_order WHERE checkout = :checkout ORDER BY id LIMIT 60;

-- order_move(id OrderId, from OrderState, to OrderState) -> n
UPDATE shop_order SET state = :to WHERE id = :id AND state = :from;

-- order_line_insert(id OrderLineId, shop_order OrderId, variant VariantId, product ProductId, title text, options text, sku text,
--                   picture text?, quantity int, price_minor int, total money, channel Channel, clip ClipId?) -> ()
INSERT INTO order_line (id, shop_order, variant, product, title, options, sku, picture, quantity, price_minor, total_minor,
                        currency, channel, clip)
VALUES (:id, :shop_order, :variant, :product, :title, :options, :sku, :picture, :quantity, :price_minor, :total_minor,
        :total_currency, :channel, :clip);

-- order_lines(shop_order OrderId) -> [OrderLine]
SELECT id, variant, product, title, options, sku, picture, quantity, price_minor, currency AS price_currency,
       total_minor, currency AS total_currency, channel, clip
  FROM order_line WHERE shop_order = :shop_order ORDER BY id LIMIT 60;

-- checkout_lines(checkout CheckoutId) -> [(variant VariantId, quantity int)]
SELECT order_line.variant, order_line.quantity
  FROM order_line JOIN shop_order ON shop_order.id = order_line.shop_order
 WHERE shop_order.checkout = :checkout ORDER BY order_line.id LIMIT 60;

-- order_event_insert(id OrderEventId, shop_order OrderId, kind OrderEventKind, actor AccountId?, note text?, at time) -> ()
INSERT INTO order_event (id, shop_order, kind, actor, note, at) VALUES (:id, :shop_order, :kind, :actor, :note, :at);

-- order_events(shop_order OrderId) -> [OrderEvent]
SELECT kind, at, note FROM order_event WHERE shop_order = :shop_order ORDER BY id LIMIT 60;

-- shipment_insert(id ShipmentId, shop_order OrderId, carrier text, tracking text, at time) -> ()
INSERT INTO shipment (id, shop_order, carrier, tracking, at) VALUES (:id, :shop_order, :carrier, :tracking, :at);

-- shipments_of(shop_order OrderId) -> [Shipment]
SELECT id, carrier, tracking, at FROM shipment WHERE shop_order = :shop_order ORDER BY id LIMIT 20;

-- order_sum_violations() -> [(id OrderId, total_minor int, lines_minor int, items int, lines_items int)]
SELECT o.id, o.total_minor, CAST(coalesce(sum(l.total_minor), 0) AS BIGINT) AS lines_minor, o.items,
       CAST(coalesce(sum(l.quantity), 0) AS BIGINT) AS lines_items
  FROM shop_order AS o LEFT JOIN order_line AS l ON l.shop_order = o.id
 GROUP BY o.id, o.total_minor, o.subtotal_minor, o.shipping_minor, o.items
HAVING o.subtotal_minor <> CAST(coalesce(sum(l.total_minor), 0) AS BIGINT)
    OR o.total_minor <> o.subtotal_minor + o.shipping_minor
    OR o.items <> CAST(coalesce(sum(l.quantity), 0) AS BIGINT)
 ORDER BY o.id LIMIT 100;

-- order_line_violations() -> [(id OrderLineId, quantity int, price_minor int, total_minor int)]
SELECT id, quantity, price_minor, total_minor FROM order_line
 WHERE total_minor <> quantity * price_minor OR quantity <= 0 OR price_minor <= 0 ORDER BY id LIMIT 100;

-- checkout_sum_violations() -> [(id CheckoutId, total_minor int, orders_minor int)]
SELECT c.id, c.total_minor, CAST(coalesce(sum(o.total_minor), 0) AS BIGINT) AS orders_minor
  FROM checkout AS c LEFT JOIN shop_order AS o ON o.checkout = c.id
 GROUP BY c.id, c.total_minor
HAVING c.total_minor <> CAST(coalesce(sum(o.total_minor), 0) AS BIGINT)
 ORDER BY c.id LIMIT 100;

-- orders_after(after OrderId) -> [(id OrderId, checkout CheckoutId, state OrderState, method PaymentMethod)]
SELECT id, checkout, state, method FROM shop_order WHERE id > :after ORDER BY id LIMIT 1000;
