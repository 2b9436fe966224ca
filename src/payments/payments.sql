-- Payments, tries at providers, what was said about them, and the ways back of money.

-- payment_insert(id PaymentId, checkout CheckoutId, account AccountId, method PaymentMethod, state PaymentState, amount money, received int, paid_attempt int?, reason text?, country text?,
--   expires time, reference text?, bank text?, account_number text?, account_name text?, now time) -> ()
INSERT INTO payment (id, checkout, account, method, state, amount_minor, amount_currency, refunded_minor, received_minor, attempt, paid_attempt, reason,
                     country, expires, reference, bank, account_number, account_name, created, updated)
VALUES (:id, :checkout, :account, :method, :state, :amount_minor, :amount_currency, 0, :received, 1, :paid_attempt, :reason,
        :country, :expires, :reference, :bank, :account_number, :account_name, :now, :now);

-- payment_row(id PaymentId) -> ?(id PaymentId, checkout CheckoutId, account AccountId, method PaymentMethod, state PaymentState, amount money, refunded_minor int, received_minor int, attempt
--   int, paid_attempt int?, reason text?, country text?, expires time?, reference text?, bank text?, account_number text?, account_name text?, public_key text?, client_secret text?, qr text?,
--   redirect text?, checks int, checked time?, late bool, created time, updated time)
SELECT id, checkout, account, method, state, amount_minor, amount_currency, refunded_minor, received_minor, attempt, paid_attempt, reason, country,
       expires, reference, bank, account_number, account_name, public_key, client_secret, qr, redirect, checks, checked, late, created, updated
  FROM payment WHERE id = :id;

-- payment_of_checkout(checkout CheckoutId) -> ?(id PaymentId)
SELECT id FROM payment WHERE checkout = :checkout;

-- payment_of_reference(reference text) -> ?(id PaymentId)
SELECT id FROM payment WHERE reference = :reference;

-- The provider has answered to a try: what its buyer needs is shown.
-- payment_show(id PaymentId, attempt int, state PaymentState, expires time?, bank text?, account_number text?, account_name text?, public_key text?, client_secret text?, qr text?, redirect
--   text?, now time) -> n
UPDATE payment SET state = CASE WHEN state = 'pending' THEN :state ELSE state END, expires = COALESCE(:expires, expires), bank = COALESCE(:bank, bank), account_number = :account_number,
       account_name = :account_name, public_key = :public_key, client_secret = :client_secret, qr = :qr, redirect = :redirect, updated = :now
 WHERE id = :id AND attempt = :attempt AND state IN ('pending', 'action_needed', 'processing');

-- Something between begin and end: never leaves a final state, never speaks for another try.
-- payment_move(id PaymentId, attempt int, state PaymentState, reason text?, now time) -> n
UPDATE payment SET state = :state, reason = :reason, updated = :now
 WHERE id = :id AND attempt = :attempt AND state IN ('pending', 'action_needed', 'processing');

-- payment_fail(id PaymentId, attempt int, reason text?, now time) -> n
UPDATE payment SET state = 'failed', reason = :reason, client_secret = NULL, updated = :now
 WHERE id = :id AND attempt = :attempt AND state IN ('pending', 'action_needed', 'processing');

-- payment_succeed(id PaymentId, attempt int, now time) -> n
UPDATE payment SET state = 'succeeded', paid_attempt = :attempt, reason = NULL, client_secret = NULL, late = 0, updated = :now
 WHERE id = :id AND state IN ('pending', 'action_needed', 'processing', 'failed', 'cancelled');

-- payment_end(id PaymentId, now time) -> n
UPDATE payment SET state = 'cancelled', client_secret = NULL, updated = :now
 WHERE id = :id AND state IN ('pending', 'action_needed', 'processing', 'failed');

-- payment_receive(id PaymentId, minor int, now time) -> n
UPDATE payment SET received_minor = received_minor + :minor, updated = :now WHERE id = :id;

-- payment_again(id PaymentId, state PaymentState, expires time?, now time) -> n
UPDATE payment SET state = :state, reason = NULL, attempt = attempt + 1, checks = 0, late = 0, qr = NULL, redirect = NULL,
       expires = COALESCE(:expires, expires), updated = :now
 WHERE id = :id AND state = 'failed';

-- Another bank for a virtual account: a new try, while the one before is being called off.
-- payment_set_bank(id PaymentId, attempt int, next int, bank text, now time) -> n
UPDATE payment SET state = 'pending', attempt = :next, bank = :bank, account_number = NULL, account_name = NULL, reason = NULL, checks = 0,
       updated = :now
 WHERE id = :id AND attempt = :attempt AND state = 'action_needed';

-- payment_checked(id PaymentId, now time, late bool) -> n
UPDATE payment SET checks = checks + 1, checked = :now, late = :late WHERE id = :id;

-- payment_check_anew(id PaymentId) -> n
UPDATE payment SET checks = 0 WHERE id = :id;

-- payment_refund_add(id PaymentId, minor int, now time) -> n
UPDATE payment SET refunded_minor = refunded_minor + :minor, updated = :now,
       state = CASE WHEN refunded_minor + :minor = amount_minor THEN 'refunded' ELSE state END
 WHERE id = :id AND state IN ('succeeded', 'refunded') AND refunded_minor + :minor <= amount_minor;

-- Cash that will never be collected. When nothing is left to collect, the payment is over.
-- payment_uncollect(id PaymentId, minor int, now time) -> n
UPDATE payment SET refunded_minor = refunded_minor + :minor, updated = :now,
       state = CASE WHEN refunded_minor + :minor < amount_minor THEN state WHEN state = 'succeeded' THEN 'refunded' ELSE 'cancelled' END
 WHERE id = :id AND method = 'cod' AND state IN ('pending', 'succeeded') AND refunded_minor + :minor <= amount_minor;

-- ---- tries

-- payment_try_insert(payment PaymentId, attempt int, provider text, now time) -> n
INSERT INTO payment_try (payment, attempt, provider, state, said, fee_known, created)
VALUES (:payment, :attempt, :provider, 'open', 0, 0, :now) ON CONFLICT (payment, attempt) DO NOTHING;

-- payment_try_row(payment PaymentId, attempt int) -> ?(payment PaymentId, attempt int, provider text, reference text?, charge text?, state text, said time, fee_known bool, created time)
SELECT payment, attempt, provider, reference, charge, state, said, fee_known, created FROM payment_try
 WHERE payment = :payment AND attempt = :attempt;

-- payment_tries(payment PaymentId) -> [PaymentTryRowRow]
SELECT payment, attempt, provider, reference, charge, state, said, fee_known, created FROM payment_try
 WHERE payment = :payment ORDER BY attempt LIMIT 20;

-- payment_try_of(provider text, reference text) -> ?(payment PaymentId, attempt int)
SELECT payment, attempt FROM payment_try WHERE provider = :provider AND reference = :reference;

-- payment_try_of_charge(provider text, charge text) -> ?(payment PaymentId, attempt int)
SELECT payment, attempt FROM payment_try WHERE provider = :provider AND charge = :charge LIMIT 1;

-- payment_try_name(payment PaymentId, attempt int, reference text) -> n
UPDATE payment_try SET reference = :reference WHERE payment = :payment AND attempt = :attempt AND reference IS NULL;

-- payment_try_succeed(payment PaymentId, attempt int, charge text?, said time) -> n
UPDATE payment_try SET state = 'succeeded', charge = COALESCE(:charge, charge), said = :said
 WHERE payment = :payment AND attempt = :attempt AND state <> 'succeeded';

-- payment_try_end(payment PaymentId, attempt int) -> n
UPDATE payment_try SET state = 'over' WHERE payment = :payment AND attempt = :attempt AND state = 'open';

-- Only what is newer than what was believed moves a try that is still open.
-- payment_try_said(payment PaymentId, attempt int, said time) -> n
UPDATE payment_try SET said = :said WHERE payment = :payment AND attempt = :attempt AND state = 'open' AND said < :said;

-- payment_try_fee(payment PaymentId, attempt int) -> n
UPDATE payment_try SET fee_known = 1 WHERE payment = :payment AND attempt = :attempt AND fee_known = 0;

-- ---- events

-- payment_event_insert(id int, provider text, event text, payment PaymentId, outcome PaymentEventKind, attempt int?, refund int?, reference text?, charge text?, amount_minor int?,
--   amount_currency currency?, reason text?, said time?, counted int, applied bool, actor int?, at time) -> n
INSERT INTO payment_event (id, provider, event, payment, outcome, attempt, refund, reference, charge, amount_minor, amount_currency, reason, said,
                           counted_minor, applied, actor, at)
VALUES (:id, :provider, :event, :payment, :outcome, :attempt, :refund, :reference, :charge, :amount_minor, :amount_currency, :reason, :said,
        :counted, :applied, :actor, :at)
    ON CONFLICT (provider, event) DO NOTHING;

-- payment_event_row(id int) -> ?(id int, provider text, event text, payment PaymentId, outcome PaymentEventKind, attempt int?, refund int?, reference text?, charge text?, amount_minor int?,
--   amount_currency currency?, reason text?, said time?, applied bool, at time)
SELECT id, provider, event, payment, outcome, attempt, refund, reference, charge, amount_minor, amount_currency, reason, said, applied, at
  FROM payment_event WHERE id = :id;

-- payment_event_take(id int) -> n
UPDATE payment_event SET applied = 1 WHERE id = :id AND applied = 0;

-- payment_event_leave(id int) -> n
UPDATE payment_event SET applied = 0 WHERE id = :id AND applied = 1;

-- payment_event_count(id int, payment PaymentId, counted int) -> n
UPDATE payment_event SET payment = :payment, counted_minor = :counted WHERE id = :id;

-- payment_event_belongs(id int, payment PaymentId) -> n
UPDATE payment_event SET payment = :payment WHERE id = :id;

-- payment_event_list(payment PaymentId) -> [(kind PaymentEventKind, provider text, event text, at time, said time?, amount_minor int?, amount_currency currency?, reason text?, applied bool,
--   actor AccountId?)]
SELECT outcome AS kind, provider, event, at, said, amount_minor, amount_currency, reason, applied, actor FROM payment_event
 WHERE payment = :payment ORDER BY at DESC, event LIMIT 100;

-- ---- refunds

-- refund_insert(id RefundId, payment PaymentId, account AccountId, shop_order OrderId?, kind PayBackKind, amount money, state RefundState, by_hand bool, attempt int, provider text, reason text?,
--   now time) -> ()
INSERT INTO payment_refund (id, payment, account, shop_order, kind, amount_minor, amount_currency, state, by_hand, attempt, sends, asks, provider, said,
                            reason, created, updated)
VALUES (:id, :payment, :account, :shop_order, :kind, :amount_minor, :amount_currency, :state, :by_hand, :attempt, 1, 0, :provider, 0,
        :reason, :now, :now);

-- refund_row(id RefundId) -> ?(id RefundId, payment PaymentId, account AccountId, shop_order OrderId?, kind PayBackKind, amount money, state RefundState, by_hand bool, attempt int, sends int,
--   asks int, provider text, reference text?, said time, reason text?, fault text?, paid_on text?, paid_reference text?, pay_to bytes?, created time, updated time)
SELECT id, payment, account, shop_order, kind, amount_minor, amount_currency, state, by_hand, attempt, sends, asks, provider, reference, said, reason, fault,
       paid_on, paid_reference, pay_to, created, updated
  FROM payment_refund WHERE id = :id;

-- refund_of_reference(provider text, reference text) -> ?(id RefundId)
SELECT id FROM payment_refund WHERE provider = :provider AND reference = :reference LIMIT 1;

-- The newest first: a payment of many orders may have more than are shown.
-- refunds_of_payment(payment PaymentId) -> [RefundRowRow]
SELECT id, payment, account, shop_order, kind, amount_minor, amount_currency, state, by_hand, attempt, sends, asks, provider, reference, said, reason, fault,
       paid_on, paid_reference, pay_to, created, updated
  FROM payment_refund WHERE payment = :payment ORDER BY id DESC LIMIT 50;

-- refunds_by_hand(before RefundId, limit int) -> [RefundRowRow]
SELECT id, payment, account, shop_order, kind, amount_minor, amount_currency, state, by_hand, attempt, sends, asks, provider, reference, said, reason, fault,
       paid_on, paid_reference, pay_to, created, updated
  FROM payment_refund WHERE by_hand = 1 AND state <> 'sent' AND id < :before ORDER BY id DESC LIMIT :limit;

-- refunds_open(before RefundId, limit int) -> [RefundRowRow]
SELECT id, payment, account, shop_order, kind, amount_minor, amount_currency, state, by_hand, attempt, sends, asks, provider, reference, said, reason, fault,
       paid_on, paid_reference, pay_to, created, updated
  FROM payment_refund WHERE state <> 'sent' AND id < :before ORDER BY id DESC LIMIT :limit;

-- refunds_of_order(shop_order OrderId) -> [Refund]
SELECT id, amount_minor, amount_currency, state, reason, updated AS at FROM payment_refund
 WHERE shop_order = :shop_order AND kind = 'refund' ORDER BY id LIMIT 50;

-- refund_surplus(payment PaymentId) -> (minor int)
SELECT CAST(COALESCE(sum(amount_minor), 0) AS BIGINT) AS minor FROM payment_refund WHERE payment = :payment AND kind = 'surplus' LIMIT 1;

-- payment_surplus_owed() -> [(currency currency, minor int)]
SELECT amount_currency AS currency, CAST(sum(CASE WHEN outcome = 'surplus_sent' THEN 0 - amount_minor ELSE amount_minor END) AS BIGINT) AS minor
  FROM payment_event WHERE outcome IN ('surplus', 'surplus_sent', 'surplus_back') AND applied = 1
 GROUP BY amount_currency ORDER BY amount_currency LIMIT 100;

-- refund_name(id RefundId, reference text, now time) -> n
UPDATE payment_refund SET reference = :reference, updated = :now WHERE id = :id;

-- refund_asked(id RefundId) -> n
UPDATE payment_refund SET asks = asks + 1 WHERE id = :id;

-- refund_sent(id RefundId, reference text?, said time, now time) -> n
UPDATE payment_refund SET state = 'sent', by_hand = 0, fault = NULL, reference = COALESCE(:reference, reference), said = :said, updated = :now
 WHERE id = :id AND state <> 'sent' AND said <= :said;

-- The provider did not send it after all, or took it back: someone has to.
-- refund_failed(id RefundId, fault text?, said time, now time) -> n
UPDATE payment_refund SET state = 'failed', by_hand = 1, fault = :fault, said = :said, updated = :now
 WHERE id = :id AND by_hand = 0 AND said <= :said;

-- refund_paid(id RefundId, paid_on text, reference text, actor AccountId, now time) -> n
UPDATE payment_refund SET state = 'sent', paid_on = :paid_on, paid_reference = :reference, paid_by = :actor, updated = :now
 WHERE id = :id AND by_hand = 1 AND state <> 'sent';

-- refund_again(id RefundId, now time) -> n
UPDATE payment_refund SET state = 'due', by_hand = 0, fault = NULL, sends = sends + 1, asks = 0, reference = NULL, updated = :now
 WHERE id = :id AND by_hand = 1 AND state = 'failed';

-- refund_set_pay_to(id RefundId, account AccountId, pay_to bytes, now time) -> n
UPDATE payment_refund SET pay_to = :pay_to, updated = :now WHERE id = :id AND account = :account AND state <> 'sent' AND by_hand = 1;

-- ---- disputes

-- dispute_insert(provider text, reference text, id int, payment PaymentId, amount money, state text, now time) -> n
INSERT INTO payment_dispute (provider, reference, id, payment, amount_minor, amount_currency, state, told, opened, updated)
VALUES (:provider, :reference, :id, :payment, :amount_minor, :amount_currency, :state, 0, :now, :now)
    ON CONFLICT (provider, reference) DO NOTHING;

-- dispute_row(provider text, reference text) -> ?(id int, payment PaymentId, amount money, state text, told bool)
SELECT id, payment, amount_minor, amount_currency, state, told FROM payment_dispute WHERE provider = :provider AND reference = :reference;

-- dispute_tell(provider text, reference text, now time) -> n
UPDATE payment_dispute SET told = 1, updated = :now WHERE provider = :provider AND reference = :reference AND told = 0;

-- dispute_close(provider text, reference text, state text, now time) -> n
UPDATE payment_dispute SET state = :state, updated = :now WHERE provider = :provider AND reference = :reference AND state = 'open';

-- ---- the operator's lists

-- payments_open(before PaymentId, limit int) -> [(id PaymentId)]
SELECT id FROM payment WHERE method <> 'cod' AND state IN ('pending', 'action_needed', 'processing') AND id < :before ORDER BY id DESC LIMIT :limit;

-- payments_late(before PaymentId, now time, limit int) -> [PaymentsOpenRow]
SELECT id FROM payment
 WHERE method <> 'cod' AND state IN ('pending', 'action_needed', 'processing') AND id < :before
   AND (late = 1 OR expires < :now OR received_minor > 0) ORDER BY id DESC LIMIT :limit;

-- payments_all(before PaymentId, limit int) -> [PaymentsOpenRow]
SELECT id FROM payment WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- ---- what must hold

-- payment_violations() -> [(id PaymentId, refunded_minor int, amount_minor int)]
SELECT id, refunded_minor, amount_minor FROM payment
 WHERE refunded_minor < 0 OR refunded_minor > amount_minor OR amount_minor < 0
    OR (state = 'refunded' AND refunded_minor <> amount_minor) ORDER BY id LIMIT 100;

-- payment_refund_violations() -> [(id PaymentId, refunded_minor int, rows_minor int)]
SELECT id, refunded_minor, rows_minor FROM (
    SELECT p.id AS id, p.refunded_minor AS refunded_minor,
           CAST(COALESCE((SELECT sum(r.amount_minor) FROM payment_refund r WHERE r.payment = p.id AND r.kind <> 'surplus'), 0) AS BIGINT) AS rows_minor
      FROM payment p WHERE p.refunded_minor <> 0 OR p.id IN (SELECT r.payment FROM payment_refund r WHERE r.kind <> 'surplus')) sums
 WHERE refunded_minor <> rows_minor ORDER BY id LIMIT 100;

-- payment_received_violations() -> [(id PaymentId, received_minor int, events_minor int)]
SELECT id, received_minor, events_minor FROM (
    SELECT p.id AS id, p.received_minor AS received_minor,
           CAST(COALESCE((SELECT sum(e.counted_minor) FROM payment_event e WHERE e.payment = p.id), 0) AS BIGINT) AS events_minor
      FROM payment p) sums
 WHERE received_minor <> events_minor ORDER BY id LIMIT 100;

-- What came in is the payment's amount when it has succeeded, what was given back as surplus, and what waits for the rest.
-- payment_paid_violations() -> [(id PaymentId, received_minor int, want_minor int)]
SELECT id, received_minor, want_minor FROM (
    SELECT p.id AS id, p.received_minor AS received_minor, p.state AS state, p.amount_minor AS amount_minor,
           CAST(CASE WHEN p.state IN ('succeeded', 'refunded') THEN p.amount_minor ELSE 0 END
             + COALESCE((SELECT sum(CASE WHEN r.kind = 'surplus' THEN r.amount_minor
                                         WHEN p.state IN ('succeeded', 'refunded') THEN 0 - r.amount_minor ELSE 0 END)
                           FROM payment_refund r WHERE r.payment = p.id AND r.kind <> 'refund'), 0) AS BIGINT) AS want_minor
      FROM payment p
     WHERE p.received_minor <> CASE WHEN p.state IN ('succeeded', 'refunded') THEN p.amount_minor ELSE 0 END
        OR p.id IN (SELECT r.payment FROM payment_refund r WHERE r.kind <> 'refund')) sums
 WHERE (state IN ('succeeded', 'refunded', 'failed', 'cancelled') AND received_minor <> want_minor)
    OR received_minor < want_minor OR received_minor >= want_minor + amount_minor ORDER BY id LIMIT 100;

-- What has come in is the sum of what was said (above), so only those without any can have nothing that says so.
-- payment_eventless() -> [(id PaymentId)]
SELECT p.id AS id FROM payment p
 WHERE p.state IN ('succeeded', 'refunded') AND p.received_minor = 0
   AND NOT EXISTS (SELECT 1 FROM payment_event e WHERE e.payment = p.id AND e.outcome IN ('succeeded', 'received') AND e.applied = 1)
 ORDER BY p.id LIMIT 100;

-- The newest of all events is the time: a check of a copy that lay in a drawer finds no more than there was.
-- payment_unlisted(slack int) -> [(id PaymentId)]
SELECT p.id AS id FROM payment p
 WHERE p.method <> 'cod' AND p.state IN ('pending', 'action_needed', 'processing') AND p.late = 0
   AND p.expires + :slack < (SELECT max(e.at) FROM payment_event e) ORDER BY p.id LIMIT 100;
