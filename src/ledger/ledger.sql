-- Postings, sales, refunds; balances and lines of statements. Nothing here edits or deletes a posting or a line.

-- ledger_posting_put(id LedgerPostingId, entry int, kind LedgerKind, debit LedgerAccount, credit LedgerAccount, currency currency, amount int,
--   shop ShopId, shop_order OrderId, subject int, part text, note text?, actor int, now time) -> ()
INSERT INTO ledger_posting (id, entry, kind, debit, credit, currency, amount, shop, shop_order, subject, part, note, actor, at)
VALUES (:id, :entry, :kind, :debit, :credit, :currency, :amount, :shop, :shop_order, :subject, :part, :note, :actor, :now);

-- ledger_balance_add(shop ShopId, currency currency, delta int, now time) -> (available int, lines int, last_at time)
INSERT INTO ledger_balance (shop, currency, available, lines, last_at) VALUES (:shop, :currency, :delta, 1, :now)
    ON CONFLICT (shop, currency) DO UPDATE
   SET available = ledger_balance.available + excluded.available, lines = ledger_balance.lines + 1,
       last_at = CASE WHEN ledger_balance.last_at > excluded.last_at THEN ledger_balance.last_at ELSE excluded.last_at END
RETURNING available, lines, last_at;

-- ledger_balance_take(shop ShopId, currency currency, amount int, now time) -> LedgerBalanceAddRow?
UPDATE ledger_balance
   SET available = available - :amount, lines = lines + 1, last_at = CASE WHEN last_at > :now THEN last_at ELSE :now END
 WHERE shop = :shop AND currency = :currency AND available >= :amount
RETURNING available, lines, last_at;

-- ledger_line_put(shop ShopId, currency currency, n int, kind LedgerKind, entry int, shop_order OrderId, subject int, goods int, discount int,
--   shipping int, cod_fee int, tax_added int, tax int, fee int, reserve int, other int, net int, balance int, note text?, now time) -> ()
INSERT INTO ledger_line (shop, currency, n, kind, entry, shop_order, subject, goods, discount, shipping, cod_fee, tax_added, tax, fee, reserve,
                         other, net, balance, note, at)
VALUES (:shop, :currency, :n, :kind, :entry, :shop_order, :subject, :goods, :discount, :shipping, :cod_fee, :tax_added, :tax, :fee, :reserve,
        :other, :net, :balance, :note, :now);

-- ---------------------------------------------------------------------------------------------- sales

-- ledger_sale_put(shop_order OrderId, shop ShopId, method PaymentMethod, currency currency, country text, paid int, goods int, by_seller int,
--   by_platform int, shipping int, cod_fee int, tax int, tax_added int, tax_by_platform bool, fee int, keep_ppm int, keep_most int?,
--   now time) -> n
INSERT INTO ledger_sale (shop_order, shop, method, currency, country, paid, goods, by_seller, by_platform, shipping, cod_fee, tax, tax_added,
                         tax_by_platform, fee, keep_ppm, keep_most, state, captured)
VALUES (:shop_order, :shop, :method, :currency, :country, :paid, :goods, :by_seller, :by_platform, :shipping, :cod_fee, :tax, :tax_added,
        :tax_by_platform, :fee, :keep_ppm, :keep_most, 'held', :now)
    ON CONFLICT (shop_order) DO NOTHING;

-- ledger_sale_get(shop_order OrderId) -> ?(shop_order OrderId, shop ShopId, method PaymentMethod, currency currency, country text, paid int,
--   goods int, by_seller int, by_platform int, shipping int, cod_fee int, tax int, tax_added int, tax_by_platform bool, fee int,
--   keep_ppm int, keep_most int?, state LedgerState, frozen int, delivered time?, settle_at time?, back_buyer int, back_goods int,
--   back_by_seller int, back_by_platform int, back_shipping int, back_cod_fee int, back_tax int, back_tax_added int, fee_gone int,
--   fee_kept int, provider_fee int, reserve int, reserve_back int, reserve_at time?)
SELECT shop_order, shop, method, currency, country, paid, goods, by_seller, by_platform, shipping, cod_fee, tax, tax_added, tax_by_platform,
       fee, keep_ppm, keep_most, state, frozen, delivered, settle_at, back_buyer, back_goods, back_by_seller, back_by_platform,
       back_shipping, back_cod_fee, back_tax, back_tax_added, fee_gone, fee_kept, provider_fee, reserve, reserve_back, reserve_at
  FROM ledger_sale WHERE shop_order = :shop_order;

-- ledger_sale_deliver(shop_order OrderId, delivered time, settle_at time) -> n
UPDATE ledger_sale SET state = 'due', delivered = :delivered, settle_at = :settle_at WHERE shop_order = :shop_order AND state = 'held';

-- ledger_sale_freeze(shop_order OrderId) -> n
UPDATE ledger_sale SET frozen = frozen + 1 WHERE shop_order = :shop_order;

-- ledger_sale_thaw(shop_order OrderId) -> ?(state LedgerState, frozen int, settle_at time?, reserve_at time?)
UPDATE ledger_sale SET frozen = frozen - 1 WHERE shop_order = :shop_order AND frozen > 0
RETURNING state, frozen, settle_at, reserve_at;

-- ledger_sale_settle(shop_order OrderId, now time) -> LedgerSaleGetRow?
UPDATE ledger_sale SET state = 'settled', settled = :now
 WHERE shop_order = :shop_order AND state = 'due' AND frozen = 0 AND settle_at <= :now
RETURNING shop_order, shop, method, currency, country, paid, goods, by_seller, by_platform, shipping, cod_fee, tax, tax_added, tax_by_platform,
          fee, keep_ppm, keep_most, state, frozen, delivered, settle_at, back_buyer, back_goods, back_by_seller, back_by_platform,
          back_shipping, back_cod_fee, back_tax, back_tax_added, fee_gone, fee_kept, provider_fee, reserve, reserve_back, reserve_at;

-- Nothing is left in transit: there is nothing to wait for, whatever its state.
-- ledger_sale_close(shop_order OrderId, now time) -> LedgerSaleGetRow?
UPDATE ledger_sale SET state = 'settled', settled = :now
 WHERE shop_order = :shop_order AND state <> 'settled' AND back_buyer = paid AND back_by_platform = by_platform
RETURNING shop_order, shop, method, currency, country, paid, goods, by_seller, by_platform, shipping, cod_fee, tax, tax_added, tax_by_platform,
          fee, keep_ppm, keep_most, state, frozen, delivered, settle_at, back_buyer, back_goods, back_by_seller, back_by_platform,
          back_shipping, back_cod_fee, back_tax, back_tax_added, fee_gone, fee_kept, provider_fee, reserve, reserve_back, reserve_at;

-- ledger_sale_reserve(shop_order OrderId, reserve int, reserve_at time) -> n
UPDATE ledger_sale SET reserve = :reserve, reserve_at = :reserve_at WHERE shop_order = :shop_order AND reserve = 0;

-- ledger_sale_release(shop_order OrderId, seen int) -> n
UPDATE ledger_sale SET reserve_back = reserve, reserve_at = NULL
 WHERE shop_order = :shop_order AND reserve_back = :seen AND frozen = 0 AND reserve_at IS NOT NULL;

-- The row decides: what does not fit into what is left changes nothing.
-- ledger_sale_back(shop_order OrderId, buyer int, goods int, by_seller int, by_platform int, shipping int, cod_fee int, tax int,
--   tax_added int) -> LedgerSaleGetRow?
UPDATE ledger_sale
   SET back_buyer = back_buyer + :buyer, back_goods = back_goods + :goods, back_by_seller = back_by_seller + :by_seller,
       back_by_platform = back_by_platform + :by_platform, back_shipping = back_shipping + :shipping, back_cod_fee = back_cod_fee + :cod_fee,
       back_tax = back_tax + :tax, back_tax_added = back_tax_added + :tax_added
 WHERE shop_order = :shop_order AND back_buyer + :buyer <= paid AND back_goods + :goods <= goods AND back_by_seller + :by_seller <= by_seller
   AND back_by_platform + :by_platform <= by_platform AND back_shipping + :shipping <= shipping AND back_cod_fee + :cod_fee <= cod_fee
   AND back_tax + :tax <= tax AND back_tax_added + :tax_added <= tax_added
   AND back_tax + :tax - back_tax_added - :tax_added <= tax - tax_added
RETURNING shop_order, shop, method, currency, country, paid, goods, by_seller, by_platform, shipping, cod_fee, tax, tax_added, tax_by_platform,
          fee, keep_ppm, keep_most, state, frozen, delivered, settle_at, back_buyer, back_goods, back_by_seller, back_by_platform,
          back_shipping, back_cod_fee, back_tax, back_tax_added, fee_gone, fee_kept, provider_fee, reserve, reserve_back, reserve_at;

-- What a refund does to the sale's fee and reserve; negative when a chargeback is won.
-- ledger_sale_shares(shop_order OrderId, fee_gone int, fee_kept int, reserve int) -> ()
UPDATE ledger_sale
   SET fee_gone = fee_gone + :fee_gone, fee_kept = fee_kept + :fee_kept, reserve_back = reserve_back + :reserve
 WHERE shop_order = :shop_order;

-- ledger_sale_provider_fee(shop_order OrderId, fee int) -> n
UPDATE ledger_sale SET provider_fee = provider_fee + :fee WHERE shop_order = :shop_order;

-- ---------------------------------------------------------------------------------------------- refunds

-- ledger_refund_put(id RefundId, shop_order OrderId, shop ShopId, cause RefundCause, state text, buyer int, goods int, by_seller int,
--   by_platform int, shipping int, cod_fee int, tax int, tax_added int, lost int, now time) -> n
INSERT INTO ledger_refund (id, shop_order, shop, cause, state, buyer, goods, by_seller, by_platform, shipping, cod_fee, tax, tax_added, lost, at)
VALUES (:id, :shop_order, :shop, :cause, :state, :buyer, :goods, :by_seller, :by_platform, :shipping, :cod_fee, :tax, :tax_added, :lost, :now)
    ON CONFLICT (id) DO NOTHING;

-- ledger_refund_shares(id RefundId, fee_gone int, fee_kept int, reserve int, settled bool) -> ()
UPDATE ledger_refund SET fee_gone = :fee_gone, fee_kept = :fee_kept, reserve = :reserve, settled = :settled WHERE id = :id;

-- ledger_refund_get(id RefundId) -> ?(id RefundId, shop_order OrderId, shop ShopId, cause RefundCause, state text, buyer int, goods int,
--   by_seller int, by_platform int, shipping int, cod_fee int, tax int, tax_added int, fee_gone int, fee_kept int, reserve int, lost int,
--   settled bool)
SELECT id, shop_order, shop, cause, state, buyer, goods, by_seller, by_platform, shipping, cod_fee, tax, tax_added, fee_gone, fee_kept, reserve,
       lost, settled
  FROM ledger_refund WHERE id = :id;

-- ledger_refund_pay(id RefundId, now time) -> n
UPDATE ledger_refund SET state = 'paid', ended = :now WHERE id = :id AND state = 'due';

-- ledger_refund_unpay(id RefundId) -> n
UPDATE ledger_refund SET state = 'due', ended = NULL WHERE id = :id AND state = 'paid' AND cause <> 'chargeback';

-- ledger_refund_win(id RefundId, now time) -> n
UPDATE ledger_refund SET state = 'won', ended = :now WHERE id = :id AND state = 'paid' AND cause = 'chargeback';

-- ---------------------------------------------------------------------------------------------- sellers

-- ledger_shop_get(shop ShopId) -> ?(shop ShopId, tier SellerTier?, deliveries int, first_delivered time?)
SELECT shop, tier, deliveries, first_delivered FROM ledger_shop WHERE shop = :shop;

-- ledger_shop_delivered(shop ShopId, now time) -> LedgerShopGetRow
INSERT INTO ledger_shop (shop, deliveries, first_delivered, schedule) VALUES (:shop, 1, :now, 'manual')
    ON CONFLICT (shop) DO UPDATE SET deliveries = ledger_shop.deliveries + 1,
       first_delivered = CASE WHEN ledger_shop.first_delivered IS NULL THEN excluded.first_delivered ELSE ledger_shop.first_delivered END
RETURNING shop, tier, deliveries, first_delivered;
