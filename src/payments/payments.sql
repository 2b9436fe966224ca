-- Payments and what providers have said about them.

-- payment_insert(id PaymentId, checkout CheckoutId, account AccountId, method PaymentMethod, state PaymentState, amount money, reason text?, now time) -> ()
INSERT INTO payment (id, checkout, account, method, state, amount_minor, amount_currency, refunded_minor, attempt, reason, created, updated)
VALUES (:id, :checkout, :account, :method, :state, :amount_minor, :amount_currency, 0, 1, :reason, :now, :now);

-- payment_row(id PaymentId) -> ?(id PaymentId, checkout CheckoutId, account AccountId, method PaymentMethod, state PaymentState, amount money, refunded_minor int, attempt int, reason text?)
SELECT id, checkout, account, method, state, amount_minor, amount_currency, refunded_minor, attempt, reason
  FROM payment WHERE id = :id;

-- payment_of_checkout(checkout CheckoutId) -> ?(id PaymentId)
SELECT id FROM payment WHERE checkout = :checkout;

-- payment_set_state(id PaymentId, state PaymentState, reason text?, now time) -> n
UPDATE payment SET state = :state, reason = :reason, updated = :now
 WHERE id = :id AND (state IN ('pending', 'action_needed', 'processing', 'failed')
                     OR (state = 'cancelled' AND :state = 'succeeded'));

-- payment_again(id PaymentId, now time) -> n
UPDATE payment SET state = 'pending', reason = NULL, attempt = attempt + 1, updated = :now
 WHERE id = :id AND state = 'failed';

-- payment_refund_add(id PaymentId, minor int, now time) -> n
UPDATE payment SET refunded_minor = refunded_minor + :minor, updated = :now,
       state = CASE WHEN refunded_minor + :minor = amount_minor THEN 'refunded' ELSE state END
 WHERE id = :id AND state IN ('succeeded', 'refunded') AND refunded_minor + :minor <= amount_minor;

-- payment_uncollect(id PaymentId, minor int, now time) -> n
UPDATE payment SET refunded_minor = refunded_minor + :minor, updated = :now,
       state = CASE WHEN refunded_minor + :minor < amount_minor THEN state WHEN state = 'succeeded' THEN 'refunded' ELSE 'cancelled' END
 WHERE id = :id AND method = 'cod' AND state IN ('pending', 'succeeded') AND refunded_minor + :minor <= amount_minor;

-- payment_event_insert(provider text, event text, payment PaymentId, outcome text, at time) -> n
INSERT INTO payment_event (provider, event, payment, outcome, at) VALUES (:provider, :event, :payment, :outcome, :at)
    ON CONFLICT (provider, event) DO NOTHING;

-- payment_violations() -> [(id PaymentId, refunded_minor int, amount_minor int)]
SELECT id, refunded_minor, amount_minor FROM payment
 WHERE refunded_minor < 0 OR refunded_minor > amount_minor OR amount_minor <= 0
    OR (state = 'refunded' AND refunded_minor <> amount_minor) ORDER BY id LIMIT 100;
