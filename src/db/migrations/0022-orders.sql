-- Of a chargeback: the dispute that took it, under payments' id of it. Several disputes of one payment end each on its own.
ALTER TABLE order_refund ADD COLUMN dispute ID NULL;
CREATE INDEX order_refund_dispute ON order_refund (dispute, id) WHERE dispute IS NOT NULL;
UPDATE order_refund
   SET dispute = (SELECT min(d.id)
                    FROM payment_dispute d JOIN payment p ON p.id = d.payment JOIN shop_order o ON o.checkout = p.checkout
                   WHERE o.id = order_refund.shop_order AND d.told = 1)
 WHERE cause = 'chargeback';
