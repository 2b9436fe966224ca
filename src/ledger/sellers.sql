-- Sellers: tier, schedule, payout account; what they have, what is on its way; payouts and their files.

-- ledger_shop_row(shop ShopId) -> ?(shop ShopId, tier SellerTier?, deliveries int, first_delivered time?, schedule PayoutSchedule,
--   next_payout time?, account AccountId?, payout_account bytes?, given time?, verified time?)
SELECT shop, tier, deliveries, first_delivered, schedule, next_payout, account, payout_account, given, verified FROM ledger_shop WHERE shop = :shop;

-- ledger_shop_rows(before ShopId, limit int) -> [LedgerShopRowRow]
SELECT shop, tier, deliveries, first_delivered, schedule, next_payout, account, payout_account, given, verified
  FROM ledger_shop WHERE shop > 0 AND shop < :before ORDER BY shop DESC LIMIT :limit;

-- ledger_shop_rows_given(before ShopId, limit int) -> [LedgerShopRowRow]
SELECT shop, tier, deliveries, first_delivered, schedule, next_payout, account, payout_account, given, verified
  FROM ledger_shop WHERE shop > 0 AND shop < :before AND given IS NOT NULL AND verified IS NULL ORDER BY shop DESC LIMIT :limit;

-- ledger_shop_rows_verified(before ShopId, limit int) -> [LedgerShopRowRow]
SELECT shop, tier, deliveries, first_delivered, schedule, next_payout, account, payout_account, given, verified
  FROM ledger_shop WHERE shop > 0 AND shop < :before AND verified IS NOT NULL ORDER BY shop DESC LIMIT :limit;

-- ledger_shop_account(shop ShopId, account AccountId, payout_account bytes, now time) -> ()
INSERT INTO ledger_shop (shop, deliveries, schedule, account, payout_account, given) VALUES (:shop, 0, 'manual', :account, :payout_account, :now)
    ON CONFLICT (shop) DO UPDATE
   SET account = excluded.account, payout_account = excluded.payout_account, given = excluded.given, verified = NULL, verified_by = NULL;

-- ledger_shop_verify(shop ShopId, given time, operator int, now time) -> n
UPDATE ledger_shop SET verified = :now, verified_by = :operator WHERE shop = :shop AND given = :given AND account <> :operator;

-- ledger_shop_unverify(shop ShopId, given time) -> n
UPDATE ledger_shop SET verified = NULL, verified_by = NULL WHERE shop = :shop AND given = :given;

-- ledger_shop_tier(shop ShopId, tier SellerTier?) -> ()
INSERT INTO ledger_shop (shop, tier, deliveries, schedule) VALUES (:shop, :tier, 0, 'manual')
    ON CONFLICT (shop) DO UPDATE SET tier = excluded.tier;

-- ledger_shop_schedule(shop ShopId, schedule PayoutSchedule, next_payout time?) -> ()
INSERT INTO ledger_shop (shop, deliveries, schedule, next_payout) VALUES (:shop, 0, :schedule, :next_payout)
    ON CONFLICT (shop) DO UPDATE SET schedule = excluded.schedule, next_payout = excluded.next_payout;

-- ---------------------------------------------------------------------------------------------- what they have

-- ledger_balances_of(shop ShopId) -> [(currency currency, available int)]
SELECT currency, available FROM ledger_balance WHERE shop = :shop ORDER BY currency LIMIT 20;

-- ledger_coming(shop ShopId) -> [(currency currency, orders int, net int, settle_at time?)]
SELECT currency, count(*) AS orders,
       CAST(sum(paid + by_platform - back_buyer - back_by_platform - fee + fee_gone - fee_kept
                - CASE WHEN tax_by_platform = 1 THEN tax - back_tax ELSE 0 END) AS BIGINT) AS net, min(settle_at) AS settle_at
  FROM ledger_sale WHERE shop = :shop AND state <> 'settled' GROUP BY currency ORDER BY currency LIMIT 20;

-- ledger_kept(shop ShopId) -> [(currency currency, reserve int, reserve_at time?)]
SELECT currency, CAST(sum(reserve - reserve_back) AS BIGINT) AS reserve, min(reserve_at) AS reserve_at
  FROM ledger_sale WHERE shop = :shop AND reserve > reserve_back GROUP BY currency ORDER BY currency LIMIT 20;

-- ledger_paying(shop ShopId) -> [(currency currency, amount int)]
SELECT currency, CAST(sum(amount) AS BIGINT) AS amount
  FROM payout WHERE shop = :shop AND state IN ('requested', 'approved') GROUP BY currency ORDER BY currency LIMIT 20;

-- ---------------------------------------------------------------------------------------------- payouts

-- payout_put(id PayoutId, shop ShopId, amount money, account AccountId, payout_account bytes, now time, requested_by int) -> ()
INSERT INTO payout (id, shop, currency, amount, state, batch, account, payout_account, requested, requested_by)
VALUES (:id, :shop, :amount_currency, :amount_minor, 'requested', 0, :account, :payout_account, :now, :requested_by);

-- payout_get(id PayoutId) -> ?(id PayoutId, shop ShopId, currency currency, amount int, state PayoutState, batch PayoutBatchId, account AccountId,
--   payout_account bytes, requested time, requested_by int, decided time?, ended time?, reason text?, reference text?,
--   arrived time?)
SELECT id, shop, currency, amount, state, batch, account, payout_account, requested, requested_by, decided, ended, reason, reference, arrived
  FROM payout WHERE id = :id;

-- payout_rows_of(shop ShopId, before PayoutId, limit int) -> [PayoutGetRow]
SELECT id, shop, currency, amount, state, batch, account, payout_account, requested, requested_by, decided, ended, reason, reference, arrived
  FROM payout WHERE shop = :shop AND id < :before ORDER BY id DESC LIMIT :limit;

-- payout_rows(before PayoutId, limit int) -> [PayoutGetRow]
SELECT id, shop, currency, amount, state, batch, account, payout_account, requested, requested_by, decided, ended, reason, reference, arrived
  FROM payout WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- payout_rows_in(state PayoutState, before PayoutId, limit int) -> [PayoutGetRow]
SELECT id, shop, currency, amount, state, batch, account, payout_account, requested, requested_by, decided, ended, reason, reference, arrived
  FROM payout WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :limit;

-- payout_rows_batch(batch PayoutBatchId, before PayoutId, limit int) -> [PayoutGetRow]
SELECT id, shop, currency, amount, state, batch, account, payout_account, requested, requested_by, decided, ended, reason, reference, arrived
  FROM payout WHERE batch = :batch AND id < :before ORDER BY id DESC LIMIT :limit;

-- payout_approve(id PayoutId, batch PayoutBatchId, currency currency, operator int, now time) -> n
UPDATE payout SET state = 'approved', batch = :batch, decided = :now, decided_by = :operator
 WHERE id = :id AND state = 'requested' AND currency = :currency AND requested_by <> :operator;

-- payout_refuse(id PayoutId, operator int, now time, reason text) -> n
UPDATE payout SET state = 'refused', decided = :now, decided_by = :operator, ended = :now, reason = :reason WHERE id = :id AND state = 'requested';

-- payout_fail(id PayoutId, was PayoutState, now time, reason text) -> n
UPDATE payout SET state = 'failed', ended = :now, reason = :reason WHERE id = :id AND state = :was;

-- payout_name(id PayoutId, reference text) -> n
UPDATE payout SET reference = :reference WHERE id = :id AND state = 'approved';

-- payout_arrived(id PayoutId, now time) -> n
UPDATE payout SET arrived = :now WHERE id = :id AND state = 'failed' AND batch = 0 AND arrived IS NULL;

-- payout_send(id PayoutId, now time) -> n
UPDATE payout SET state = 'sent', ended = :now WHERE id = :id AND state = 'approved';

-- payout_batches(before PayoutBatchId, limit int) -> [(batch PayoutBatchId, currency currency, made time, total int, count int, waiting int)]
SELECT batch, currency, min(decided) AS made, CAST(sum(amount) AS BIGINT) AS total, count(*) AS count,
       CAST(sum(CASE WHEN state = 'approved' THEN 1 ELSE 0 END) AS BIGINT) AS waiting
  FROM payout WHERE batch > 0 AND batch < :before GROUP BY batch, currency ORDER BY batch DESC LIMIT :limit;

-- payout_batch_row(batch PayoutBatchId) -> PayoutBatchesRow?
SELECT batch, currency, min(decided) AS made, CAST(sum(amount) AS BIGINT) AS total, count(*) AS count,
       CAST(sum(CASE WHEN state = 'approved' THEN 1 ELSE 0 END) AS BIGINT) AS waiting
  FROM payout WHERE batch = :batch AND batch > 0 GROUP BY batch, currency;

-- ---------------------------------------------------------------------------------------------- statements

-- The last line before a moment, with the balance that there was.
-- ledger_line_before(shop ShopId, currency currency, at time) -> ?(n int, balance int)
SELECT n, balance FROM ledger_line WHERE shop = :shop AND currency = :currency AND at < :at ORDER BY at DESC, n DESC LIMIT 1;

-- ledger_line_first(shop ShopId, currency currency) -> ?(at time)
SELECT at FROM ledger_line WHERE shop = :shop AND currency = :currency AND n = 1;

-- Lines after `low` up to `high`, newest first.
-- ledger_lines(shop ShopId, currency currency, low int, high int, limit int) -> [(n int, at time, kind LedgerKind, shop_order OrderId, subject int,
--   goods int, discount int, shipping int, cod_fee int, tax_added int, tax int, fee int, reserve int, other int, net int, balance int, note text?)]
SELECT n, at, kind, shop_order, subject, goods, discount, shipping, cod_fee, tax_added, tax, fee, reserve, other, net, balance, note
  FROM ledger_line WHERE shop = :shop AND currency = :currency AND n > :low AND n <= :high ORDER BY n DESC LIMIT :limit;

-- ledger_lines_up(shop ShopId, currency currency, low int, high int, limit int) -> [LedgerLinesRow]
SELECT n, at, kind, shop_order, subject, goods, discount, shipping, cod_fee, tax_added, tax, fee, reserve, other, net, balance, note
  FROM ledger_line WHERE shop = :shop AND currency = :currency AND n > :low AND n <= :high ORDER BY n LIMIT :limit;

-- ledger_line_sums(shop ShopId, currency currency, low int, high int) -> StatementSums
SELECT count(*) AS lines, CAST(COALESCE(sum(goods), 0) AS BIGINT) AS goods, CAST(COALESCE(sum(discount), 0) AS BIGINT) AS discount,
       CAST(COALESCE(sum(shipping), 0) AS BIGINT) AS shipping, CAST(COALESCE(sum(cod_fee), 0) AS BIGINT) AS cod_fee,
       CAST(COALESCE(sum(tax_added), 0) AS BIGINT) AS tax_added, CAST(COALESCE(sum(tax), 0) AS BIGINT) AS tax,
       CAST(COALESCE(sum(fee), 0) AS BIGINT) AS fee, CAST(COALESCE(sum(reserve), 0) AS BIGINT) AS reserve,
       CAST(COALESCE(sum(other), 0) AS BIGINT) AS other, CAST(COALESCE(sum(net), 0) AS BIGINT) AS net
  FROM ledger_line WHERE shop = :shop AND currency = :currency AND n > :low AND n <= :high;

-- ledger_line_days(shop ShopId, currency currency, low int, offset int) -> [(day int, net int, orders int)]
SELECT (at + :offset) / 86400000 AS day,
       CAST(sum(CASE WHEN kind IN ('payout', 'payout_back') THEN 0 ELSE net END) AS BIGINT) AS net,
       CAST(sum(CASE WHEN kind = 'settled' THEN 1 ELSE 0 END) AS BIGINT) AS orders
  FROM ledger_line WHERE shop = :shop AND currency = :currency AND n > :low GROUP BY 1 ORDER BY 1 LIMIT 366;

-- ---------------------------------------------------------------------------------------------- the books

-- ledger_total_upto() -> (upto int)
SELECT COALESCE(max(upto), 0) AS upto FROM ledger_total;

-- ledger_total_rows() -> [(kind LedgerAccount, part text, currency currency, debit int, credit int)]
SELECT kind, part, currency, debit, credit FROM ledger_total ORDER BY kind, currency, part LIMIT 500;

-- What was posted after `low` up to `high`, an account at a time; both sides.
-- ledger_total_new(low int, high int) -> [LedgerTotalRowsRow]
SELECT kind, part, currency, CAST(sum(d) AS BIGINT) AS debit, CAST(sum(c) AS BIGINT) AS credit
  FROM (SELECT debit AS kind, CASE WHEN debit IN ('clearing', 'provider_fees', 'tax') THEN part ELSE '' END AS part, currency, amount AS d, 0 AS c
          FROM ledger_posting WHERE id > :low AND id <= :high
         UNION ALL
        SELECT credit AS kind, CASE WHEN credit IN ('clearing', 'provider_fees', 'tax') THEN part ELSE '' END AS part, currency, 0 AS d, amount AS c
          FROM ledger_posting WHERE id > :low AND id <= :high) AS both_sides
 GROUP BY kind, part, currency ORDER BY kind, currency, part LIMIT 500;

-- ledger_total_add(kind LedgerAccount, part text, currency currency, debit int, credit int, upto int) -> ()
INSERT INTO ledger_total (kind, part, currency, debit, credit, upto) VALUES (:kind, :part, :currency, :debit, :credit, :upto)
    ON CONFLICT (kind, part, currency) DO UPDATE
   SET debit = ledger_total.debit + excluded.debit, credit = ledger_total.credit + excluded.credit, upto = excluded.upto;

-- ledger_postings_of(shop_order OrderId, before LedgerPostingId, limit int) -> [(id LedgerPostingId, at time, kind LedgerKind, debit LedgerAccount,
--   credit LedgerAccount, part text, currency currency, amount int, shop ShopId, shop_order OrderId, note text?, actor int)]
SELECT id, at, kind, debit, credit, part, currency, amount, shop, shop_order, note, actor
  FROM ledger_posting WHERE shop_order = :shop_order AND id < :before ORDER BY id DESC LIMIT :limit;

-- ledger_postings_with(account LedgerAccount, before LedgerPostingId, limit int) -> [LedgerPostingsOfRow]
SELECT id, at, kind, debit, credit, part, currency, amount, shop, shop_order, note, actor
  FROM (SELECT id, at, kind, debit, credit, part, currency, amount, shop, shop_order, note, actor
          FROM (SELECT id, at, kind, debit, credit, part, currency, amount, shop, shop_order, note, actor
                  FROM ledger_posting WHERE debit = :account AND id < :before ORDER BY id DESC LIMIT :limit) AS debits
         UNION ALL
        SELECT id, at, kind, debit, credit, part, currency, amount, shop, shop_order, note, actor
          FROM (SELECT id, at, kind, debit, credit, part, currency, amount, shop, shop_order, note, actor
                  FROM ledger_posting WHERE credit = :account AND id < :before ORDER BY id DESC LIMIT :limit) AS credits) AS both_sides
 ORDER BY id DESC LIMIT :limit;

-- ledger_postings_all(before LedgerPostingId, limit int) -> [LedgerPostingsOfRow]
SELECT id, at, kind, debit, credit, part, currency, amount, shop, shop_order, note, actor
  FROM ledger_posting WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- ledger_postings_entry(entry int) -> [LedgerPostingsOfRow]
SELECT id, at, kind, debit, credit, part, currency, amount, shop, shop_order, note, actor
  FROM ledger_posting WHERE id > :entry AND entry = :entry ORDER BY id LIMIT 50;
