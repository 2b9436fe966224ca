-- Cases, their lines, photos and events.

-- return_insert(id ReturnId, shop_order OrderId, shop ShopId, account AccountId, kind ReturnKind, reason ReturnReason, note text,
--   shipping bool, amount money, deadline time, now time) -> ()
INSERT INTO return_case (id, shop_order, shop, account, kind, reason, note, state, filed, shipping, amount_minor, currency, deadline,
                         opened, changed)
VALUES (:id, :shop_order, :shop, :account, :kind, :reason, :note, 'asked', 1, :shipping, :amount_minor, :amount_currency, :deadline,
        :now, :now);

-- return_row(id ReturnId) -> ?(id ReturnId, shop_order OrderId, shop ShopId, account AccountId, kind ReturnKind, reason ReturnReason,
--   note text, answer text?, state ReturnState, filed int, shipping bool, amount money, carrier text?, tracking text?, refund RefundId?,
--   shipment ShipmentId?, deadline time?, opened time)
SELECT id, shop_order, shop, account, kind, reason, note, answer, state, filed, shipping, amount_minor, currency AS amount_currency,
       carrier, tracking, refund, shipment, deadline, opened
  FROM return_case WHERE id = :id;

-- return_move(id ReturnId, from ReturnState, to ReturnState, deadline time?, answer text?, filed int, now time) -> n
UPDATE return_case
   SET state = :to, deadline = :deadline, answer = coalesce(:answer, answer), filed = filed + :filed, changed = :now
 WHERE id = :id AND state = :from;

-- return_set_way(id ReturnId, carrier text, tracking text) -> n
UPDATE return_case SET carrier = :carrier, tracking = :tracking WHERE id = :id;

-- return_set_refund(id ReturnId, refund RefundId, amount_minor int) -> n
UPDATE return_case SET refund = :refund, amount_minor = :amount_minor WHERE id = :id AND refund IS NULL;

-- return_set_shipment(id ReturnId, shipment ShipmentId) -> n
UPDATE return_case SET shipment = :shipment WHERE id = :id AND shipment IS NULL;

-- return_line_insert(return_case ReturnId, order_line OrderLineId, variant VariantId, quantity int, wanted VariantId?) -> ()
INSERT INTO return_line (return_case, order_line, variant, quantity, damaged, wanted)
VALUES (:return_case, :order_line, :variant, :quantity, 0, :wanted);

-- return_line_replace(return_case ReturnId, order_line OrderLineId, replacement OrderLineId) -> n
UPDATE return_line SET replacement = :replacement WHERE return_case = :return_case AND order_line = :order_line AND replacement IS NULL;

-- return_line_rows(return_case ReturnId) -> [(order_line OrderLineId, variant VariantId, quantity int, damaged int, wanted VariantId?,
--   replacement OrderLineId?)]
SELECT order_line, variant, quantity, damaged, wanted, replacement FROM return_line WHERE return_case = :return_case ORDER BY order_line LIMIT 60;

-- return_line_damaged(return_case ReturnId, order_line OrderLineId, damaged int) -> n
UPDATE return_line SET damaged = :damaged WHERE return_case = :return_case AND order_line = :order_line AND quantity >= :damaged;

-- Of a replacement that has gone out its own line.
-- return_open_units(shop_order OrderId, order_line OrderLineId) -> (n int)
SELECT CAST(coalesce(sum(l.quantity), 0) AS BIGINT) AS n
  FROM return_case AS c JOIN return_line AS l ON l.return_case = c.id
 WHERE c.shop_order = :shop_order AND coalesce(l.replacement, l.order_line) = :order_line AND c.state NOT IN ('refunded', 'closed', 'exchanged');

-- Replacements that may still become lines of the order.
-- return_lines_to_come(shop_order OrderId) -> (n int)
SELECT count(*) AS n FROM return_case AS c JOIN return_line AS l ON l.return_case = c.id
 WHERE c.shop_order = :shop_order AND l.wanted IS NOT NULL AND l.replacement IS NULL AND c.state NOT IN ('refunded', 'closed', 'exchanged');

-- return_count(shop_order OrderId) -> (n int)
SELECT count(*) AS n FROM return_case WHERE shop_order = :shop_order;

-- return_photo_insert(return_case ReturnId, position int, url text) -> ()
INSERT INTO return_photo (return_case, position, url) VALUES (:return_case, :position, :url);

-- return_photo_rows(return_case ReturnId) -> [(url text)]
SELECT url FROM return_photo WHERE return_case = :return_case ORDER BY position LIMIT 6;

-- return_event_insert(id ReturnEventId, return_case ReturnId, state ReturnState, side Side, actor AccountId?, note text?, at time) -> ()
INSERT INTO return_event (id, return_case, state, side, actor, note, at)
VALUES (:id, :return_case, :state, :side, :actor, :note, :at);

-- return_events(return_case ReturnId) -> [ReturnEvent]
SELECT state, side, note, at FROM return_event WHERE return_case = :return_case ORDER BY id LIMIT 50;

-- return_cards_of(account AccountId, before ReturnId) -> [(id ReturnId, shop_order OrderId, kind ReturnKind, reason ReturnReason,
--   state ReturnState, amount money, deadline time?, opened time)]
SELECT id, shop_order, kind, reason, state, amount_minor, currency AS amount_currency, deadline, opened
  FROM return_case WHERE account = :account AND id < :before ORDER BY id DESC LIMIT 20;

-- return_cards_of_order(shop_order OrderId) -> [ReturnCardsOfRow]
SELECT id, shop_order, kind, reason, state, amount_minor, currency AS amount_currency, deadline, opened
  FROM return_case WHERE shop_order = :shop_order ORDER BY id DESC LIMIT 50;

-- return_cards_of_shop(shop ShopId, before ReturnId) -> [ReturnCardsOfRow]
SELECT id, shop_order, kind, reason, state, amount_minor, currency AS amount_currency, deadline, opened
  FROM return_case WHERE shop = :shop AND id < :before ORDER BY id DESC LIMIT 20;

-- return_cards_of_shop_state(shop ShopId, state ReturnState, before ReturnId) -> [ReturnCardsOfRow]
SELECT id, shop_order, kind, reason, state, amount_minor, currency AS amount_currency, deadline, opened
  FROM return_case WHERE shop = :shop AND state = :state AND id < :before ORDER BY id DESC LIMIT 20;

-- return_cards_of_state(state ReturnState, before ReturnId) -> [ReturnCardsOfRow]
SELECT id, shop_order, kind, reason, state, amount_minor, currency AS amount_currency, deadline, opened
  FROM return_case WHERE state = :state AND id < :before ORDER BY id DESC LIMIT 20;

-- return_audit_refunds() -> [(id ReturnId, state ReturnState)]
SELECT id, state FROM return_case
 WHERE (state = 'refunded') <> (refund IS NOT NULL) ORDER BY id LIMIT 100;

-- return_audit_lines() -> [(id ReturnId)]
SELECT c.id FROM return_case AS c LEFT JOIN return_line AS l ON l.return_case = c.id
 GROUP BY c.id HAVING count(l.order_line) = 0 OR sum(CASE WHEN l.damaged > l.quantity OR l.damaged < 0 THEN 1 ELSE 0 END) > 0
 ORDER BY c.id LIMIT 100;

-- What an exchange must be: every line of it says what is wanted, and only of it; the parcel, the lines of what went out and the state agree.
-- return_audit_exchanges() -> [(id ReturnId)]
SELECT DISTINCT c.id FROM return_case AS c JOIN return_line AS l ON l.return_case = c.id
 WHERE (c.kind = 'exchange') <> (l.wanted IS NOT NULL) OR (c.shipment IS NOT NULL) <> (l.replacement IS NOT NULL)
    OR (c.state IN ('replacement_sent', 'exchanged') AND c.shipment IS NULL)
    OR (c.state IN ('asked', 'awaiting_return', 'sent_back', 'rejected', 'awaiting_replacement') AND c.shipment IS NOT NULL)
 ORDER BY c.id LIMIT 100;

-- return_audit_wants(after ReturnId) -> [(id ReturnId, wanted VariantId, n int)]
SELECT c.id, l.wanted, CAST(sum(l.quantity) AS BIGINT) AS n
  FROM return_case AS c JOIN return_line AS l ON l.return_case = c.id
 WHERE c.id IN (SELECT o.id FROM return_case AS o
                 WHERE o.id > :after AND o.kind = 'exchange' AND o.shipment IS NULL AND o.state NOT IN ('refunded', 'closed', 'exchanged')
                 ORDER BY o.id LIMIT 16)
   AND l.wanted IS NOT NULL
 GROUP BY c.id, l.wanted ORDER BY c.id, l.wanted LIMIT 1000;
