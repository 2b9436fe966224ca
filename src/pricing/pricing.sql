-- Price lists, offers, history, promotions, vouchers, and what checkouts have used.

-- price_variant_put(variant VariantId, product ProductId, shop ShopId) -> n
INSERT INTO price_variant (variant, product, shop, category, active, draft) VALUES (:variant, :product, :shop, '', 1, 1)
    ON CONFLICT (variant) DO NOTHING;

-- price_variant_show(variant VariantId, active bool) -> n
UPDATE price_variant SET active = :active WHERE variant = :variant;

-- price_variant_tell(product ProductId, category text, draft bool) -> n
UPDATE price_variant SET category = :category, draft = :draft
 WHERE product = :product AND (category <> :category OR draft <> :draft);

-- price_variant_get(variant VariantId) -> ?(variant VariantId, product ProductId, shop ShopId, active bool, draft bool)
SELECT variant, product, shop, active, draft FROM price_variant WHERE variant = :variant;

-- price_variant_of_product(product ProductId) -> ?(shop ShopId)
SELECT shop FROM price_variant WHERE product = :product ORDER BY variant LIMIT 1;

-- price_variant_page(shop ShopId, after VariantId, limit int) -> [PriceVariantGetRow]
SELECT variant, product, shop, active, draft FROM price_variant WHERE shop = :shop AND variant > :after ORDER BY variant LIMIT :limit;

-- price_variant_on_sale(shop ShopId, after VariantId, limit int) -> [PriceVariantGetRow]
SELECT variant, product, shop, active, draft FROM price_variant
 WHERE shop = :shop AND active = 1 AND variant > :after ORDER BY variant LIMIT :limit;

-- price_variant_rows(product ProductId, after VariantId, limit int) -> [PriceVariantGetRow]
SELECT variant, product, shop, active, draft FROM price_variant
 WHERE product = :product AND active = 1 AND variant > :after ORDER BY variant LIMIT :limit;

-- price_variant_all(after VariantId, limit int) -> [PriceVariantGetRow]
SELECT variant, product, shop, active, draft FROM price_variant WHERE variant > :after ORDER BY variant LIMIT :limit;

-- price_category_rows(a ProductId, b ProductId, c ProductId, d ProductId, e ProductId, f ProductId, g ProductId, h ProductId,
--   i ProductId, j ProductId) -> [(product ProductId, category text)]
SELECT product, min(category) AS category FROM price_variant WHERE product IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j)
 GROUP BY product LIMIT 10;

-- ---- lists and entries

-- price_list_get(shop ShopId, market text) -> ?(market text, currency currency, from_minor int, to_minor int, round_minor int)
SELECT market, currency, from_minor, to_minor, round_minor FROM price_list WHERE shop = :shop AND market = :market;

-- price_list_rows(shop ShopId) -> [PriceListGetRow]
SELECT market, currency, from_minor, to_minor, round_minor FROM price_list WHERE shop = :shop ORDER BY market LIMIT 30;

-- price_list_view(shop ShopId) -> [(market text, currency currency, from_minor int, to_minor int, round_minor int, updated time,
--   prices int)]
SELECT l.market, l.currency, l.from_minor, l.to_minor, l.round_minor, l.updated,
       (SELECT count(*) FROM price_entry AS e JOIN price_variant AS v ON v.variant = e.variant
         WHERE v.shop = l.shop AND e.market = l.market) AS prices
  FROM price_list AS l WHERE l.shop = :shop ORDER BY l.market LIMIT 30;

-- price_list_set(shop ShopId, market text, currency currency, from_minor int, to_minor int, round_minor int, now time) -> ()
INSERT INTO price_list (shop, market, currency, from_minor, to_minor, round_minor, refreshed, updated)
VALUES (:shop, :market, :currency, :from_minor, :to_minor, :round_minor, 0, :now)
    ON CONFLICT (shop, market) DO UPDATE
   SET currency = excluded.currency, from_minor = excluded.from_minor, to_minor = excluded.to_minor,
       round_minor = excluded.round_minor, refreshed = 0, updated = excluded.updated;

-- price_list_stale(shop ShopId, done VariantId) -> ?(market text, refreshed VariantId?)
SELECT market, refreshed FROM price_list WHERE shop = :shop AND refreshed < :done ORDER BY market LIMIT 1;

-- price_list_fresh(shop ShopId, market text, refreshed VariantId) -> n
UPDATE price_list SET refreshed = :refreshed WHERE shop = :shop AND market = :market;

-- price_list_fresh_row(shop ShopId, market text) -> ?(refreshed VariantId?)
SELECT refreshed FROM price_list WHERE shop = :shop AND market = :market;

-- price_list_count(shop ShopId) -> (n int)
SELECT count(*) AS n FROM price_list WHERE shop = :shop;

-- price_list_remove(shop ShopId, market text) -> n
DELETE FROM price_list WHERE shop = :shop AND market = :market;

-- price_entry_rows(market text, a VariantId, b VariantId, c VariantId, d VariantId, e VariantId, f VariantId, g VariantId,
--   h VariantId, i VariantId, j VariantId) -> [(variant VariantId, market text, channel PriceChannel, price money)]
SELECT variant, market, channel, price_minor, currency AS price_currency FROM price_entry
 WHERE variant IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j) AND market IN ('*', :market) LIMIT 100;

-- price_entry_all(variant VariantId) -> [PriceEntryRowsRow]
SELECT variant, market, channel, price_minor, currency AS price_currency FROM price_entry
 WHERE variant = :variant ORDER BY market, channel LIMIT 200;

-- price_entry_set(variant VariantId, market text, channel PriceChannel, price money, now time) -> n
INSERT INTO price_entry (variant, market, channel, price_minor, currency, updated)
VALUES (:variant, :market, :channel, :price_minor, :price_currency, :now)
    ON CONFLICT (variant, market, channel) DO UPDATE
   SET price_minor = excluded.price_minor, currency = excluded.currency, updated = excluded.updated
 WHERE price_entry.price_minor <> excluded.price_minor OR price_entry.currency <> excluded.currency;

-- price_entry_remove(variant VariantId, market text, channel PriceChannel) -> n
DELETE FROM price_entry WHERE variant = :variant AND market = :market AND channel = :channel;

-- price_entry_remove_list(shop ShopId, market text) -> n
DELETE FROM price_entry WHERE market = :market AND variant IN (SELECT variant FROM price_variant WHERE shop = :shop);

-- price_entry_foreign(shop ShopId, market text, currency currency) -> ?(variant VariantId)
SELECT e.variant FROM price_entry AS e JOIN price_variant AS v ON v.variant = e.variant
 WHERE v.shop = :shop AND e.market = :market AND e.currency <> :currency ORDER BY e.variant LIMIT 1;

-- ---- offers

-- price_item_rows(market text, now time, a VariantId, b VariantId, c VariantId, d VariantId, e VariantId, f VariantId,
--   g VariantId, h VariantId, i VariantId, j VariantId) -> [(offer OfferId, variant VariantId, kind OfferKind, market text,
--   channel PriceChannel, starts time, ends time, method PriceMethod, value int, per_buyer int?, version int)]
SELECT offer, variant, kind, market, channel, starts, ends, method, value, per_buyer, version FROM price_offer_item
 WHERE variant IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j) AND ends > :now AND starts <= :now AND dropped = 0
   AND market IN ('*', :market) ORDER BY offer LIMIT 400;

-- price_item_coming(variant VariantId, now time) -> [PriceItemRowsRow]
SELECT offer, variant, kind, market, channel, starts, ends, method, value, per_buyer, version FROM price_offer_item
 WHERE variant = :variant AND ends > :now AND dropped = 0 ORDER BY offer LIMIT 400;

-- price_item_traced(variant VariantId, since time) -> [(offer OfferId, kind OfferKind, market text, channel PriceChannel, starts time,
--   ends time, method PriceMethod, value int, dropped bool, name text)]
SELECT i.offer, i.kind, i.market, i.channel, i.starts, i.ends, i.method, i.value, i.dropped, o.name
  FROM price_offer_item AS i JOIN price_offer AS o ON o.id = i.offer
 WHERE i.variant = :variant AND i.ends > :since AND o.state <> 'cancelled' ORDER BY i.ends LIMIT 30;

-- price_item_running(variant VariantId) -> [PriceItemRowsRow]
SELECT offer, variant, kind, market, channel, starts, ends, method, value, per_buyer, version FROM price_offer_item
 WHERE variant = :variant AND state = 'running' AND dropped = 0 ORDER BY offer LIMIT 400;

-- price_item_scheduled(variant VariantId) -> [PriceItemRowsRow]
SELECT offer, variant, kind, market, channel, starts, ends, method, value, per_buyer, version FROM price_offer_item
 WHERE variant = :variant AND state = 'scheduled' AND dropped = 0 ORDER BY offer LIMIT 400;

-- Nothing is inserted when an offer of the same kind holds at the same time: of flash sales anywhere, of sales in the
-- same list and channel.
-- price_item_put(offer OfferId, variant VariantId, product ProductId, kind OfferKind, market text, channel PriceChannel,
--   starts time, ends time, method PriceMethod, value int, per_buyer int?, stock int?, version int) -> n
INSERT INTO price_offer_item (offer, variant, product, kind, market, channel, starts, ends, method, value, per_buyer, stock,
                              version, state, dropped)
SELECT :offer, :variant, :product, :kind, :market, :channel, :starts, :ends, :method, :value, :per_buyer, :stock, :version,
       'scheduled', 0
 WHERE NOT EXISTS (SELECT 1 FROM price_offer_item AS o
                    WHERE o.variant = :variant AND o.kind = :kind AND o.offer <> :offer AND o.dropped = 0
                      AND o.starts < :ends AND o.ends > :starts
                      AND (:kind = 'flash' OR (o.market = :market AND o.channel = :channel)));

-- price_item_clear(offer OfferId) -> n
DELETE FROM price_offer_item WHERE offer = :offer;

-- price_item_drop(offer OfferId, variant VariantId) -> n
UPDATE price_offer_item SET dropped = 1 WHERE offer = :offer AND variant = :variant AND dropped = 0;

-- price_item_state(offer OfferId, state PlanState) -> n
UPDATE price_offer_item SET state = :state WHERE offer = :offer;

-- price_item_move(offer OfferId, ends time, per_buyer int?, version int) -> n
UPDATE price_offer_item SET ends = :ends, per_buyer = :per_buyer, version = :version WHERE offer = :offer;

-- Whether a longer end runs into another offer of the kind.
-- price_item_clash(offer OfferId, kind OfferKind, market text, channel PriceChannel, starts time, ends time) -> ?(variant VariantId)
SELECT i.variant FROM price_offer_item AS i
  JOIN price_offer_item AS o ON o.variant = i.variant AND o.kind = :kind AND o.offer <> i.offer AND o.dropped = 0
                            AND o.starts < :ends AND o.ends > :starts
                            AND (:kind = 'flash' OR (o.market = :market AND o.channel = :channel))
 WHERE i.offer = :offer AND i.dropped = 0 ORDER BY i.variant LIMIT 1;

-- price_item_list(offer OfferId) -> [(variant VariantId, product ProductId, method PriceMethod, value int, stock int?, dropped bool)]
SELECT variant, product, method, value, stock, dropped FROM price_offer_item WHERE offer = :offer ORDER BY variant LIMIT 300;

-- price_item_get(offer OfferId, variant VariantId) -> ?(per_buyer int?)
SELECT per_buyer FROM price_offer_item WHERE offer = :offer AND variant = :variant;

-- offer_insert(id OfferId, shop ShopId, kind OfferKind, market text, channel PriceChannel, name text, currency currency,
--   starts time, ends time, per_buyer int?, items int, author AccountId?, now time) -> ()
INSERT INTO price_offer (id, shop, kind, market, channel, name, currency, starts, ends, state, per_buyer, items, version, author,
                         created)
VALUES (:id, :shop, :kind, :market, :channel, :name, :currency, :starts, :ends, 'scheduled', :per_buyer, :items, 1, :author, :now);

-- offer_row(id OfferId) -> PriceOffer?
SELECT id, shop, kind, name, market, channel, currency, starts, ends, state, per_buyer, items, version, created
  FROM price_offer WHERE id = :id;

-- offer_rows(shop ShopId, before OfferId, limit int) -> [PriceOffer]
SELECT id, shop, kind, name, market, channel, currency, starts, ends, state, per_buyer, items, version, created
  FROM price_offer WHERE shop = :shop AND id < :before ORDER BY id DESC LIMIT :limit;

-- offer_name(id OfferId) -> ?(name text)
SELECT name FROM price_offer WHERE id = :id;

-- offer_update(id OfferId, version int, name text, starts time, ends time, per_buyer int?, items int) -> n
UPDATE price_offer SET name = :name, starts = :starts, ends = :ends, per_buyer = :per_buyer, items = :items, version = version + 1
 WHERE id = :id AND version = :version AND state IN ('scheduled', 'running');

-- offer_move(id OfferId, state PlanState) -> n
UPDATE price_offer SET state = :state WHERE id = :id AND state <> :state AND state IN ('scheduled', 'running');

-- offer_stop(id OfferId, state PlanState, ends time) -> n
UPDATE price_offer SET state = :state, ends = :ends, version = version + 1 WHERE id = :id AND state IN ('scheduled', 'running');

-- offer_open(shop ShopId, market text) -> ?(id OfferId)
SELECT id FROM price_offer WHERE shop = :shop AND market = :market AND state IN ('scheduled', 'running') ORDER BY id LIMIT 1;

-- ---- history

-- price_now_of(variant VariantId) -> [(market text, channel PriceChannel, at time, price money, regular_minor int, kind OfferKind,
--   offer OfferId?, low_minor int?, times int)]
SELECT market, channel, at, price_minor, currency AS price_currency, regular_minor, kind, offer, low_minor, times
  FROM price_now WHERE variant = :variant ORDER BY market, channel LIMIT 200;

-- price_now_change(variant VariantId, market text, channel PriceChannel) -> ?(change PriceChangeId)
SELECT change FROM price_now WHERE variant = :variant AND market = :market AND channel = :channel;

-- price_now_get(variant VariantId, market text, channel PriceChannel) -> PriceNowOfRow?
SELECT market, channel, at, price_minor, currency AS price_currency, regular_minor, kind, offer, low_minor, times
  FROM price_now WHERE variant = :variant AND market = :market AND channel = :channel;

-- price_now_set(variant VariantId, market text, channel PriceChannel, change PriceChangeId, at time, price money,
--   regular_minor int, kind OfferKind, offer OfferId?, low_minor int?, times int) -> ()
INSERT INTO price_now (variant, market, channel, change, at, price_minor, currency, regular_minor, kind, offer, low_minor, times)
VALUES (:variant, :market, :channel, :change, :at, :price_minor, :price_currency, :regular_minor, :kind, :offer, :low_minor, :times)
    ON CONFLICT (variant, market, channel) DO UPDATE
   SET change = excluded.change, at = excluded.at, price_minor = excluded.price_minor, currency = excluded.currency,
       regular_minor = excluded.regular_minor, kind = excluded.kind, offer = excluded.offer, low_minor = excluded.low_minor,
       times = excluded.times;

-- price_now_forget(shop ShopId, market text) -> n
DELETE FROM price_now WHERE market = :market AND variant IN (SELECT variant FROM price_variant WHERE shop = :shop);

-- price_change_add(variant VariantId, market text, channel PriceChannel, id PriceChangeId, shop ShopId, at time, price money,
--   regular_minor int, kind OfferKind, offer OfferId?, low_minor int?, times int) -> ()
INSERT INTO price_change (variant, market, channel, id, shop, at, price_minor, currency, regular_minor, kind, offer, low_minor, times)
VALUES (:variant, :market, :channel, :id, :shop, :at, :price_minor, :price_currency, :regular_minor, :kind, :offer, :low_minor,
        :times);

-- price_change_rows(variant VariantId, market text, channel PriceChannel, limit int) -> [(at time, price money, regular_minor int,
--   kind OfferKind, offer OfferId?, low_minor int?, times int)]
SELECT at, price_minor, currency AS price_currency, regular_minor, kind, offer, low_minor, times FROM price_change
 WHERE variant = :variant AND market = :market AND channel = :channel ORDER BY id DESC LIMIT :limit;

-- price_change_of_shop(shop ShopId, before PriceChangeId, limit int) -> [(id PriceChangeId, variant VariantId, product ProductId,
--   market text, channel PriceChannel, at time, price money, regular_minor int, kind OfferKind, offer OfferId?)]
SELECT c.id, c.variant, v.product, c.market, c.channel, c.at, c.price_minor, c.currency AS price_currency, c.regular_minor, c.kind,
       c.offer
  FROM price_change AS c JOIN price_variant AS v ON v.variant = c.variant
 WHERE c.shop = :shop AND c.id < :before ORDER BY c.id DESC LIMIT :limit;

-- price_low(variant VariantId, market text, channel PriceChannel, currency currency, since time, until time) -> (low int?, first time?)
SELECT min(price_minor) AS low, min(at) AS first FROM price_change
 WHERE variant = :variant AND market = :market AND channel = :channel AND currency = :currency AND at > :since AND at < :until;

-- price_in_force(variant VariantId, market text, channel PriceChannel, at time) -> ?(price money)
SELECT price_minor, currency AS price_currency FROM price_change
 WHERE variant = :variant AND market = :market AND channel = :channel AND at <= :at ORDER BY id DESC LIMIT 1;

-- price_times(variant VariantId, market text, channel PriceChannel, offer OfferId, price money, since time, until time) -> (n int)
SELECT count(DISTINCT offer) AS n FROM price_change
 WHERE variant = :variant AND market = :market AND channel = :channel AND currency = :price_currency AND price_minor <= :price_minor
   AND kind <> 'regular' AND offer <> :offer AND at >= :since AND at < :until;

-- price_range_rows(a ProductId, b ProductId, c ProductId, d ProductId, e ProductId, f ProductId, g ProductId, h ProductId,
--   i ProductId, j ProductId) -> [(product ProductId, least int, most int, currency currency, regular int)]
SELECT v.product, min(n.price_minor) AS least, max(n.price_minor) AS most, n.currency, min(n.regular_minor) AS regular
  FROM price_variant AS v JOIN price_now AS n ON n.variant = v.variant AND n.market = '*' AND n.channel = 'any'
 WHERE v.product IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j) AND v.active = 1
 GROUP BY v.product, n.currency LIMIT 20;

-- ---- promotions

-- promotion_insert(id PromotionId, shop ShopId, kind PromotionKind, name text, market text, currency currency, starts time,
--   ends time, method PriceMethod, value int, shipping bool, cap_minor int?, minimum_minor int, budget_minor int?, uses_most int?,
--   per_person int?, first_order FirstOrder, followers bool, claimable bool, code text?, author AccountId?, now time) -> ()
INSERT INTO promotion (id, shop, kind, name, market, currency, starts, ends, state, method, value, shipping, cap_minor,
                       minimum_minor, budget_minor, uses_most, per_person, first_order, followers, claimable, code, used,
                       used_minor, version, author, created)
VALUES (:id, :shop, :kind, :name, :market, :currency, :starts, :ends, 'scheduled', :method, :value, :shipping, :cap_minor,
        :minimum_minor, :budget_minor, :uses_most, :per_person, :first_order, :followers, :claimable, :code, 0, 0, 1, :author, :now);

-- promotion_row(id PromotionId) -> ?(id PromotionId, shop ShopId, kind PromotionKind, name text, market text, currency currency,
--   starts time, ends time, state PlanState, method PriceMethod, value int, shipping bool, cap_minor int?, minimum_minor int,
--   budget_minor int?, uses_most int?, per_person int?, first_order FirstOrder, followers bool, claimable bool, code text?,
--   used int, used_minor int, version int, created time)
SELECT id, shop, kind, name, market, currency, starts, ends, state, method, value, shipping, cap_minor, minimum_minor,
       budget_minor, uses_most, per_person, first_order, followers, claimable, code, used, used_minor, version, created
  FROM promotion WHERE id = :id;

-- promotion_page(shop ShopId, before PromotionId, limit int) -> [PromotionRowRow]
SELECT id, shop, kind, name, market, currency, starts, ends, state, method, value, shipping, cap_minor, minimum_minor,
       budget_minor, uses_most, per_person, first_order, followers, claimable, code, used, used_minor, version, created
  FROM promotion WHERE shop = :shop AND id < :before ORDER BY id DESC LIMIT :limit;

-- promotion_open(shop ShopId, now time) -> (n int)
SELECT count(*) AS n FROM promotion WHERE shop = :shop AND ends > :now AND state <> 'cancelled';

-- promotion_automatic(shop ShopId, now time) -> [PromotionRowRow]
SELECT id, shop, kind, name, market, currency, starts, ends, state, method, value, shipping, cap_minor, minimum_minor,
       budget_minor, uses_most, per_person, first_order, followers, claimable, code, used, used_minor, version, created
  FROM promotion WHERE shop = :shop AND ends > :now AND starts <= :now AND kind <> 'voucher' AND state <> 'cancelled'
 ORDER BY ends, id LIMIT 50;

-- promotion_around(shop ShopId, since time) -> [PromotionRowRow]
SELECT id, shop, kind, name, market, currency, starts, ends, state, method, value, shipping, cap_minor, minimum_minor,
       budget_minor, uses_most, per_person, first_order, followers, claimable, code, used, used_minor, version, created
  FROM promotion WHERE shop = :shop AND ends > :since AND state <> 'cancelled' ORDER BY ends, id LIMIT 100;

-- promotion_public(shop ShopId, now time) -> [PromotionRowRow]
SELECT id, shop, kind, name, market, currency, starts, ends, state, method, value, shipping, cap_minor, minimum_minor,
       budget_minor, uses_most, per_person, first_order, followers, claimable, code, used, used_minor, version, created
  FROM promotion WHERE shop = :shop AND ends > :now AND state = 'running' AND kind = 'voucher' AND claimable = 1
 ORDER BY ends, id LIMIT 100;

-- promotion_of_code(code text, now time) -> [PromotionRowRow]
SELECT id, shop, kind, name, market, currency, starts, ends, state, method, value, shipping, cap_minor, minimum_minor,
       budget_minor, uses_most, per_person, first_order, followers, claimable, code, used, used_minor, version, created
  FROM promotion WHERE code = :code AND ends > :now AND state <> 'cancelled' ORDER BY id LIMIT 10;

-- promotion_code_taken(shop ShopId, code text, now time) -> ?(id PromotionId)
SELECT id FROM promotion WHERE code = :code AND shop = :shop AND ends > :now AND state <> 'cancelled' ORDER BY id LIMIT 1;

-- promotion_update(id PromotionId, version int, name text, starts time, ends time, budget_minor int?, uses_most int?) -> n
UPDATE promotion SET name = :name, starts = :starts, ends = :ends, budget_minor = :budget_minor, uses_most = :uses_most,
       version = version + 1
 WHERE id = :id AND version = :version AND state IN ('scheduled', 'running')
   AND used <= COALESCE(:uses_most, used) AND used_minor <= COALESCE(:budget_minor, used_minor);

-- promotion_move(id PromotionId, state PlanState) -> n
UPDATE promotion SET state = :state WHERE id = :id AND state <> :state AND state IN ('scheduled', 'running');

-- promotion_stop(id PromotionId, state PlanState, ends time) -> n
UPDATE promotion SET state = :state, ends = :ends, version = version + 1 WHERE id = :id AND state IN ('scheduled', 'running');

-- The last unit decides here: of two that want it the second changes no row.
-- promotion_use(id PromotionId, n int, minor int, now time) -> n
UPDATE promotion SET used = used + :n, used_minor = used_minor + :minor
 WHERE id = :id AND starts <= :now AND ends > :now AND state <> 'cancelled'
   AND used + :n <= COALESCE(uses_most, used + :n) AND used_minor + :minor <= COALESCE(budget_minor, used_minor + :minor);

-- promotion_unuse(id PromotionId, n int, minor int) -> n
UPDATE promotion SET used = used - :n, used_minor = used_minor - :minor WHERE id = :id AND used >= :n AND used_minor >= :minor;

-- promotion_given(id PromotionId) -> (n int, minor int)
SELECT CAST(COALESCE(sum(n), 0) AS BIGINT) AS n, CAST(COALESCE(sum(minor), 0) AS BIGINT) AS minor FROM pricing_use
 WHERE kind = 'promotion' AND subject = :id AND state = 'taken';

-- promotion_part_add(promotion PromotionId, position int, kind text, product ProductId?, variant VariantId?, category text?,
--   quantity int?, method PriceMethod?, value int?) -> ()
INSERT INTO promotion_part (promotion, position, kind, product, variant, category, quantity, method, value)
VALUES (:promotion, :position, :kind, :product, :variant, :category, :quantity, :method, :value);

-- promotion_part_rows(promotion PromotionId) -> [(promotion PromotionId, position int, kind text, product ProductId?,
--   variant VariantId?, category text?, quantity int?, method PriceMethod?, value int?)]
SELECT promotion, position, kind, product, variant, category, quantity, method, value FROM promotion_part
 WHERE promotion = :promotion ORDER BY position LIMIT 200;

-- promotion_part_of_shop(shop ShopId, now time, after PromotionId, position int, limit int) -> [PromotionPartRowsRow]
SELECT t.promotion, t.position, t.kind, t.product, t.variant, t.category, t.quantity, t.method, t.value
  FROM promotion AS p JOIN promotion_part AS t ON t.promotion = p.id
 WHERE p.shop = :shop AND p.ends > :now AND p.starts <= :now AND p.kind <> 'voucher' AND p.state <> 'cancelled'
   AND p.id >= :after AND (p.id > :after OR t.position > :position)
 ORDER BY t.promotion, t.position LIMIT :limit;

-- promotion_part_of_wallet(buyer AccountId, now time, after PromotionId, position int, limit int) -> [PromotionPartRowsRow]
SELECT t.promotion, t.position, t.kind, t.product, t.variant, t.category, t.quantity, t.method, t.value
  FROM voucher_claim AS c JOIN promotion AS p ON p.id = c.promotion JOIN promotion_part AS t ON t.promotion = p.id
 WHERE c.buyer = :buyer AND p.ends > :now AND p.starts <= :now
   AND c.promotion >= :after AND (c.promotion > :after OR t.position > :position)
 ORDER BY t.promotion, t.position LIMIT :limit;

-- ---- wallets

-- wallet_rows(buyer AccountId, now time) -> [(id PromotionId, shop ShopId, kind PromotionKind, name text, market text,
--   currency currency, starts time, ends time, state PlanState, method PriceMethod, value int, shipping bool, cap_minor int?,
--   minimum_minor int, budget_minor int?, uses_most int?, per_person int?, first_order FirstOrder, followers bool, claimable bool,
--   code text?, used int, used_minor int, version int, created time, mine int)]
SELECT p.id, p.shop, p.kind, p.name, p.market, p.currency, p.starts, p.ends, p.state, p.method, p.value, p.shipping, p.cap_minor,
       p.minimum_minor, p.budget_minor, p.uses_most, p.per_person, p.first_order, p.followers, p.claimable, p.code, p.used,
       p.used_minor, p.version, p.created, c.used AS mine
  FROM voucher_claim AS c JOIN promotion AS p ON p.id = c.promotion
 WHERE c.buyer = :buyer AND p.ends > :now AND p.state <> 'cancelled' ORDER BY p.ends, p.id LIMIT 100;

-- wallet_size(buyer AccountId, now time) -> (n int)
SELECT count(*) AS n FROM voucher_claim AS c JOIN promotion AS p ON p.id = c.promotion
 WHERE c.buyer = :buyer AND p.ends > :now AND p.state <> 'cancelled';

-- claim_get(buyer AccountId, promotion PromotionId) -> ?(used int)
SELECT used FROM voucher_claim WHERE buyer = :buyer AND promotion = :promotion;

-- claim_put(buyer AccountId, promotion PromotionId, now time) -> n
INSERT INTO voucher_claim (buyer, promotion, at, used) VALUES (:buyer, :promotion, :now, 0) ON CONFLICT (buyer, promotion) DO NOTHING;

-- claim_use(buyer AccountId, promotion PromotionId, most int) -> n
UPDATE voucher_claim SET used = used + 1 WHERE buyer = :buyer AND promotion = :promotion AND used < :most;

-- claim_unuse(buyer AccountId, promotion PromotionId) -> n
UPDATE voucher_claim SET used = used - 1 WHERE buyer = :buyer AND promotion = :promotion AND used > 0;

-- ---- what checkouts have used

-- pricing_use_put(checkout CheckoutId, kind text, subject int, variant VariantId, buyer AccountId, n int, minor int, now time) -> n
INSERT INTO pricing_use (checkout, kind, subject, variant, buyer, n, minor, state, at)
VALUES (:checkout, :kind, :subject, :variant, :buyer, :n, :minor, 'taken', :now)
    ON CONFLICT (checkout, kind, subject, variant) DO UPDATE
   SET buyer = excluded.buyer, n = excluded.n, minor = excluded.minor, state = 'taken', at = excluded.at
 WHERE pricing_use.state = 'back';

-- pricing_use_back(checkout CheckoutId, now time) -> [(kind text, subject int, variant VariantId, buyer AccountId, n int, minor int)]
UPDATE pricing_use SET state = 'back', at = :now WHERE checkout = :checkout AND state = 'taken'
RETURNING kind, subject, variant, buyer, n, minor;

-- buyer_count_get(buyer AccountId, kind text, subject int, variant VariantId) -> ?(n int)
SELECT n FROM buyer_count WHERE buyer = :buyer AND kind = :kind AND subject = :subject AND variant = :variant;

-- buyer_count_add(buyer AccountId, kind text, subject int, variant VariantId, n int, most int) -> n
INSERT INTO buyer_count (buyer, kind, subject, variant, n) VALUES (:buyer, :kind, :subject, :variant, :n)
    ON CONFLICT (buyer, kind, subject, variant) DO UPDATE SET n = buyer_count.n + excluded.n
 WHERE buyer_count.n + excluded.n <= :most;

-- buyer_count_take(buyer AccountId, kind text, subject int, variant VariantId, n int) -> n
UPDATE buyer_count SET n = n - :n WHERE buyer = :buyer AND kind = :kind AND subject = :subject AND variant = :variant AND n >= :n;

-- ---- audit

-- pricing_audit_uses() -> [(id PromotionId, used int, counted int, used_minor int, counted_minor int)]
SELECT id, CAST(sum(a) AS BIGINT) AS used, CAST(sum(b) AS BIGINT) AS counted, CAST(sum(c) AS BIGINT) AS used_minor,
       CAST(sum(d) AS BIGINT) AS counted_minor
  FROM (SELECT id, used AS a, 0 AS b, used_minor AS c, 0 AS d FROM promotion WHERE used <> 0 OR used_minor <> 0
         UNION ALL
        SELECT subject AS id, 0 AS a, n AS b, 0 AS c, minor AS d FROM pricing_use WHERE kind = 'voucher' AND state = 'taken') AS sides
 GROUP BY id HAVING sum(a) <> sum(b) OR sum(c) <> sum(d) ORDER BY id LIMIT 100;

-- pricing_audit_claims() -> [(id PromotionId, buyer AccountId, used int, counted int)]
SELECT id, buyer, CAST(sum(a) AS BIGINT) AS used, CAST(sum(b) AS BIGINT) AS counted
  FROM (SELECT promotion AS id, buyer, used AS a, 0 AS b FROM voucher_claim WHERE used <> 0
         UNION ALL
        SELECT u.subject AS id, u.buyer, 0 AS a, u.n AS b FROM pricing_use AS u JOIN promotion AS p ON p.id = u.subject
         WHERE u.kind = 'voucher' AND u.state = 'taken' AND p.kind = 'voucher') AS sides
 GROUP BY id, buyer HAVING sum(a) <> sum(b) ORDER BY id, buyer LIMIT 100;

-- pricing_audit_counts() -> [(subject int, buyer AccountId, kind text, n int, counted int)]
SELECT subject, buyer, kind, CAST(sum(a) AS BIGINT) AS n, CAST(sum(b) AS BIGINT) AS counted
  FROM (SELECT buyer, kind, subject, variant, n AS a, 0 AS b FROM buyer_count WHERE n <> 0
         UNION ALL
        SELECT buyer, kind, subject, variant, 0 AS a, n AS b FROM pricing_use
         WHERE kind IN ('offer', 'order') AND state = 'taken' AND buyer <> 0) AS sides
 GROUP BY buyer, kind, subject, variant HAVING sum(a) <> sum(b) ORDER BY subject, buyer LIMIT 100;

-- pricing_audit_budgets() -> [(id PromotionId, used int, used_minor int)]
SELECT id, used, used_minor FROM promotion
 WHERE used_minor > COALESCE(budget_minor, used_minor) OR used > COALESCE(uses_most, used) ORDER BY id LIMIT 100;

-- pricing_audit_flash() -> [(variant VariantId, a OfferId, b OfferId)]
SELECT x.variant, x.offer AS a, y.offer AS b FROM price_offer_item AS x
  JOIN price_offer_item AS y ON y.variant = x.variant AND y.kind = 'flash' AND y.offer > x.offer AND y.dropped = 0
                            AND y.starts < x.ends AND y.ends > x.starts
 WHERE x.kind = 'flash' AND x.dropped = 0 ORDER BY x.variant LIMIT 100;

-- pricing_audit_now() -> [(variant VariantId, market text, now_minor int, last_minor int)]
SELECT n.variant, n.market, n.price_minor AS now_minor, c.price_minor AS last_minor
  FROM price_now AS n
  JOIN price_change AS c ON c.variant = n.variant AND c.market = n.market AND c.channel = n.channel
   AND c.id = (SELECT max(d.id) FROM price_change AS d WHERE d.variant = n.variant AND d.market = n.market AND d.channel = n.channel)
 WHERE c.id <> n.change OR c.price_minor <> n.price_minor OR c.currency <> n.currency OR c.kind <> n.kind OR c.at <> n.at
 ORDER BY n.variant LIMIT 100;

-- pricing_audit_order() -> [(variant VariantId, market text, at time)]
SELECT variant, market, at
  FROM (SELECT variant, market, at, lag(at) OVER (PARTITION BY variant, market, channel ORDER BY id) AS before FROM price_change) AS x
 WHERE before > at ORDER BY variant LIMIT 100;
