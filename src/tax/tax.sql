-- Rates, product classes, sellers' details, and numbered papers.

-- tax_rates_at(country text, region text, day text) -> [(region text, class TaxClass, name text, rate_ppm int, nominal_ppm int, base_part int,
--   base_whole int, parts text?, shipped bool)]
SELECT region, class, name, rate_ppm, nominal_ppm, base_part, base_whole, parts, shipped FROM tax_rate
 WHERE country = :country AND (region = :region OR region = '') AND from_day <= :day AND (until_day IS NULL OR until_day > :day)
 ORDER BY shipped, from_day DESC, class LIMIT 200;

-- tax_rate_rows(after TaxRateId, limit int) -> [TaxRate]
SELECT id, country, region, class, from_day AS "from", until_day AS until, name, rate_ppm, nominal_ppm, base_part, base_whole, parts, shipped, at
  FROM tax_rate WHERE id > :after ORDER BY id LIMIT :limit;

-- tax_rate_rows_of(country text, after TaxRateId, limit int) -> [TaxRate]
SELECT id, country, region, class, from_day AS "from", until_day AS until, name, rate_ppm, nominal_ppm, base_part, base_whole, parts, shipped, at
  FROM tax_rate WHERE country = :country AND id > :after ORDER BY id LIMIT :limit;

-- tax_rate_put(id TaxRateId, country text, region text, class TaxClass, from_day text, until_day text?, name text, rate_ppm int, nominal_ppm int,
--   base_part int, base_whole int, parts text?, shipped bool, set_by AccountId?, now time) -> TaxRate
INSERT INTO tax_rate (id, country, region, class, from_day, until_day, name, rate_ppm, nominal_ppm, base_part, base_whole, parts, shipped, set_by, at)
VALUES (:id, :country, :region, :class, :from_day, :until_day, :name, :rate_ppm, :nominal_ppm, :base_part, :base_whole, :parts, :shipped,
        :set_by, :now)
    ON CONFLICT (country, region, class, from_day, shipped) DO UPDATE
   SET until_day = excluded.until_day, name = excluded.name, rate_ppm = excluded.rate_ppm, nominal_ppm = excluded.nominal_ppm,
       base_part = excluded.base_part, base_whole = excluded.base_whole, parts = excluded.parts, set_by = excluded.set_by, at = excluded.at
RETURNING id, country, region, class, from_day AS "from", until_day AS until, name, rate_ppm, nominal_ppm, base_part, base_whole, parts, shipped, at;

-- Many shipped rates in one statement: rows of fixed width in one text, cut at the columns that pack() in rates.c wrote them in.
-- tax_rates_put_packed(packed text, n int, now time) -> n
INSERT INTO tax_rate (id, country, region, class, from_day, until_day, name, rate_ppm, nominal_ppm, base_part, base_whole, parts, shipped, at)
WITH RECURSIVE place AS (
    SELECT CAST(1 AS BIGINT) AS number, substr(:packed, 1, 340) AS r
     UNION ALL SELECT number + 1, substr(:packed, CAST(number * 340 + 1 AS INTEGER), 340) FROM place WHERE number < :n)
SELECT CAST(trim(substr(r, 1, 20)) AS BIGINT), substr(r, 21, 2), trim(substr(r, 23, 10)), trim(substr(r, 33, 14)), substr(r, 47, 10),
       nullif(trim(substr(r, 57, 10)), ''), trim(substr(r, 67, 40)), CAST(trim(substr(r, 107, 8)) AS BIGINT),
       CAST(trim(substr(r, 115, 8)) AS BIGINT), CAST(trim(substr(r, 123, 6)) AS BIGINT), CAST(trim(substr(r, 129, 6)) AS BIGINT),
       nullif(trim(substr(r, 135, 200)), ''), 1, :now
  FROM place;

-- tax_rate_remove(id TaxRateId) -> n
DELETE FROM tax_rate WHERE id = :id AND shipped = 0;

-- tax_rate_exists(id TaxRateId) -> ?(shipped bool)
SELECT shipped FROM tax_rate WHERE id = :id;

-- tax_rates_drop_shipped() -> n
DELETE FROM tax_rate WHERE shipped = 1;

-- tax_source_get(name text) -> ?(hash text)
SELECT hash FROM tax_source WHERE name = :name;

-- tax_source_put(name text, hash text, now time) -> ()
INSERT INTO tax_source (name, hash, at) VALUES (:name, :hash, :now)
    ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, at = excluded.at;

-- tax_product_rows(a ProductId, b ProductId, c ProductId, d ProductId, e ProductId, f ProductId, g ProductId, h ProductId, i ProductId,
--   j ProductId, k ProductId, l ProductId, m ProductId, n ProductId, o ProductId, p ProductId, q ProductId, r ProductId, s ProductId,
--   t ProductId) -> [(product ProductId, class TaxClass)]
SELECT product, class FROM tax_product
 WHERE product IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j, :k, :l, :m, :n, :o, :p, :q, :r, :s, :t) LIMIT 20;

-- tax_product_put(product ProductId, class TaxClass, set_by AccountId, now time) -> ()
INSERT INTO tax_product (product, class, set_by, at) VALUES (:product, :class, :set_by, :now)
    ON CONFLICT (product) DO UPDATE SET class = excluded.class, set_by = excluded.set_by, at = excluded.at;

-- tax_seller_get(shop ShopId) -> ?(legal_name text, address text, tax_id text, registration text, charges_tax bool, prefix text, note text, at time)
SELECT legal_name, address, tax_id, registration, charges_tax, prefix, note, at FROM tax_seller WHERE shop = :shop;

-- tax_seller_put(shop ShopId, legal_name text, address text, tax_id text, registration text, charges_tax bool, prefix text, note text,
--   set_by AccountId, now time) -> ()
INSERT INTO tax_seller (shop, legal_name, address, tax_id, registration, charges_tax, prefix, note, set_by, at)
VALUES (:shop, :legal_name, :address, :tax_id, :registration, :charges_tax, :prefix, :note, :set_by, :now)
    ON CONFLICT (shop) DO UPDATE
   SET legal_name = excluded.legal_name, address = excluded.address, tax_id = excluded.tax_id, registration = excluded.registration,
       charges_tax = excluded.charges_tax, prefix = excluded.prefix, note = excluded.note, set_by = excluded.set_by, at = excluded.at;

-- tax_number_next(shop ShopId, kind InvoiceKind) -> (last int)
INSERT INTO tax_counter (shop, kind, last) VALUES (:shop, :kind, 1)
    ON CONFLICT (shop, kind) DO UPDATE SET last = tax_counter.last + 1
RETURNING last;

-- tax_invoice_put(id InvoiceId, kind InvoiceKind, subject int, credits InvoiceId?, shop ShopId, shop_order OrderId, account AccountId, issued time,
--   language text, currency currency, goods_minor int, discount_minor int, shipping_minor int, cod_fee_minor int, other_minor int,
--   tax_minor int, total_minor int, shipping_tax_minor int, shipping_rate_ppm int, inclusive bool, by_platform bool, country text,
--   region text, taxed_at time, utc_offset_minutes int, order_number text, method text, reason text?, shop_name text, seller_name text, seller_address text, seller_country text,
--   seller_tax_id text, seller_registration text, seller_note text, ship_to bytes?) -> n
INSERT INTO tax_invoice (id, kind, subject, credits, shop, shop_order, account, issued, language, currency, goods_minor, discount_minor,
       shipping_minor, cod_fee_minor, other_minor, tax_minor, total_minor, shipping_tax_minor, shipping_rate_ppm, inclusive, by_platform, country,
       region, taxed_at, utc_offset_minutes, order_number, method, reason, shop_name, seller_name, seller_address, seller_country, seller_tax_id, seller_registration, seller_note,
       ship_to, credited_minor, credited_tax_minor)
VALUES (:id, :kind, :subject, :credits, :shop, :shop_order, :account, :issued, :language, :currency, :goods_minor, :discount_minor,
       :shipping_minor, :cod_fee_minor, :other_minor, :tax_minor, :total_minor, :shipping_tax_minor, :shipping_rate_ppm, :inclusive,
       :by_platform, :country, :region, :taxed_at, :utc_offset_minutes, :order_number, :method, :reason, :shop_name, :seller_name, :seller_address, :seller_country, :seller_tax_id,
       :seller_registration, :seller_note, :ship_to, 0, 0)
    ON CONFLICT (kind, subject) DO NOTHING;

-- tax_invoice_number(id InvoiceId, n int, number text) -> n
UPDATE tax_invoice SET n = :n, number = :number WHERE id = :id AND n IS NULL;

-- tax_invoice_line_put(invoice InvoiceId, seq int, title text, options text, sku text, quantity int, price_minor int, discount_minor int,
--   total_minor int, tax_minor int, rate_ppm int) -> ()
INSERT INTO tax_invoice_line (invoice, seq, title, options, sku, quantity, price_minor, discount_minor, total_minor, tax_minor, rate_ppm)
VALUES (:invoice, :seq, :title, :options, :sku, :quantity, :price_minor, :discount_minor, :total_minor, :tax_minor, :rate_ppm);

-- tax_invoice_tax_put(invoice InvoiceId, seq int, name text, rate_ppm int, base_part int, base_whole int, base_minor int, tax_minor int) -> ()
INSERT INTO tax_invoice_tax (invoice, seq, name, rate_ppm, base_part, base_whole, base_minor, tax_minor)
VALUES (:invoice, :seq, :name, :rate_ppm, :base_part, :base_whole, :base_minor, :tax_minor);

-- tax_invoice_credit(id InvoiceId, total int, tax int) -> n
UPDATE tax_invoice SET credited_minor = credited_minor + :total, credited_tax_minor = credited_tax_minor + :tax
 WHERE id = :id AND credited_minor + :total <= total_minor AND credited_tax_minor + :tax <= tax_minor;

-- tax_invoice_row(id InvoiceId) -> ?(id InvoiceId, kind InvoiceKind, subject int, credits InvoiceId?, shop ShopId, shop_order OrderId,
--   account AccountId, number text, issued time, language text, currency currency, goods_minor int, discount_minor int, shipping_minor int,
--   cod_fee_minor int, other_minor int, tax_minor int, total_minor int, shipping_tax_minor int, shipping_rate_ppm int, inclusive bool,
--   by_platform bool, country text, region text, taxed_at time, utc_offset_minutes int, order_number text, method text, reason text?, shop_name text, seller_name text, seller_address text,
--   seller_country text, seller_tax_id text, seller_registration text, seller_note text, ship_to bytes?, credited_minor int,
--   credited_tax_minor int)
SELECT id, kind, subject, credits, shop, shop_order, account, number, issued, language, currency, goods_minor, discount_minor, shipping_minor,
       cod_fee_minor, other_minor, tax_minor, total_minor, shipping_tax_minor, shipping_rate_ppm, inclusive, by_platform, country,
       region, taxed_at, utc_offset_minutes, order_number, method, reason, shop_name, seller_name, seller_address, seller_country, seller_tax_id, seller_registration,
       seller_note, ship_to, credited_minor, credited_tax_minor
  FROM tax_invoice WHERE id = :id;

-- tax_invoice_of(kind InvoiceKind, subject int) -> ?(id InvoiceId)
SELECT id FROM tax_invoice WHERE kind = :kind AND subject = :subject;

-- tax_invoice_lines(invoice InvoiceId) -> [(title text, options text, sku text, quantity int, price_minor int, discount_minor int,
--   total_minor int, tax_minor int, rate_ppm int)]
SELECT title, options, sku, quantity, price_minor, discount_minor, total_minor, tax_minor, rate_ppm
  FROM tax_invoice_line WHERE invoice = :invoice ORDER BY seq LIMIT 60;

-- tax_invoice_taxes(invoice InvoiceId) -> [(name text, rate_ppm int, base_part int, base_whole int, base_minor int, tax_minor int)]
SELECT name, rate_ppm, base_part, base_whole, base_minor, tax_minor
  FROM tax_invoice_tax WHERE invoice = :invoice ORDER BY seq LIMIT 200;

-- tax_invoice_cards_of_order(shop_order OrderId, kind InvoiceKind) -> [TaxInvoiceCardsOfShopRow]
SELECT id, kind, number, shop_order, order_number, issued, country, tax_minor, total_minor, currency
  FROM tax_invoice WHERE shop_order = :shop_order AND kind = :kind ORDER BY id LIMIT 50;

-- tax_invoice_cards_of_shop(shop ShopId, before InvoiceId, limit int) -> [(id InvoiceId, kind InvoiceKind, number text, shop_order OrderId,
--   order_number text, issued time, country text, tax_minor int, total_minor int, currency currency)]
SELECT id, kind, number, shop_order, order_number, issued, country, tax_minor, total_minor, currency
  FROM tax_invoice WHERE shop = :shop AND id < :before ORDER BY id DESC LIMIT :limit;

-- tax_invoice_book(shop ShopId, from time, until time, after InvoiceId, limit int) -> [(id InvoiceId, kind InvoiceKind, number text, issued time,
--   order_number text, country text, currency currency, total_minor int, utc_offset_minutes int, name text?, rate_ppm int?, base_part int?,
--   base_whole int?, base_minor int?, tax_minor int?, credits text?)]
SELECT i.id, i.kind, i.number, i.issued, i.order_number, i.country, i.currency, i.total_minor, i.utc_offset_minutes, t.name, t.rate_ppm,
       t.base_part, t.base_whole, t.base_minor, t.tax_minor, o.number AS credits
  FROM tax_invoice AS i LEFT JOIN tax_invoice_tax AS t ON t.invoice = i.id LEFT JOIN tax_invoice AS o ON o.id = i.credits
 WHERE i.shop = :shop AND i.issued >= :from AND i.issued < :until AND i.id > :after
 ORDER BY i.id, t.seq LIMIT :limit;

-- tax_audit_numbers() -> [(shop ShopId, kind InvoiceKind, papers int, first int, last int, unnumbered int)]
SELECT shop, kind, CAST(count(n) AS BIGINT) AS papers, CAST(coalesce(min(n), 0) AS BIGINT) AS first, CAST(coalesce(max(n), 0) AS BIGINT) AS last,
       CAST(count(*) - count(n) AS BIGINT) AS unnumbered
  FROM tax_invoice GROUP BY shop, kind
HAVING count(*) <> count(n) OR min(n) <> 1 OR max(n) <> count(n) ORDER BY shop LIMIT 100;

-- tax_audit_counters() -> [(shop ShopId, kind InvoiceKind, last int, used int)]
SELECT c.shop, c.kind, c.last, CAST(coalesce(max(i.n), 0) AS BIGINT) AS used
  FROM tax_counter AS c LEFT JOIN tax_invoice AS i ON i.shop = c.shop AND i.kind = c.kind
 GROUP BY c.shop, c.kind, c.last HAVING c.last <> coalesce(max(i.n), 0) ORDER BY c.shop LIMIT 100;

-- tax_audit_totals() -> [(id InvoiceId, total_minor int, said int)]
SELECT id, total_minor,
       goods_minor - discount_minor + shipping_minor + cod_fee_minor + other_minor + (CASE WHEN inclusive = 1 THEN 0 ELSE tax_minor END) AS said
  FROM tax_invoice
 WHERE total_minor <> goods_minor - discount_minor + shipping_minor + cod_fee_minor + other_minor
                      + (CASE WHEN inclusive = 1 THEN 0 ELSE tax_minor END) ORDER BY id LIMIT 100;

-- tax_audit_lines() -> [(id InvoiceId, goods int, lines int, tax int, lines_tax int)]
SELECT i.id, i.goods_minor - i.discount_minor AS goods, CAST(coalesce(sum(l.total_minor), 0) AS BIGINT) AS lines, i.tax_minor AS tax,
       CAST(coalesce(sum(l.tax_minor), 0) AS BIGINT) + i.shipping_tax_minor AS lines_tax
  FROM tax_invoice AS i LEFT JOIN tax_invoice_line AS l ON l.invoice = i.id
 WHERE i.kind = 'invoice'
 GROUP BY i.id, i.goods_minor, i.discount_minor, i.tax_minor, i.shipping_tax_minor
HAVING coalesce(sum(l.total_minor), 0) <> i.goods_minor - i.discount_minor
    OR coalesce(sum(l.tax_minor), 0) + i.shipping_tax_minor <> i.tax_minor
    OR coalesce(sum(CASE WHEN l.quantity * l.price_minor - l.discount_minor <> l.total_minor THEN 1 ELSE 0 END), 0) <> 0
 ORDER BY i.id LIMIT 100;

-- tax_audit_rates() -> [(id InvoiceId, tax int, stated int)]
SELECT i.id, i.tax_minor AS tax, CAST(coalesce(sum(t.tax_minor), 0) AS BIGINT) AS stated
  FROM tax_invoice AS i LEFT JOIN tax_invoice_tax AS t ON t.invoice = i.id
 GROUP BY i.id, i.tax_minor HAVING coalesce(sum(t.tax_minor), 0) <> i.tax_minor ORDER BY i.id LIMIT 100;

-- tax_audit_credits() -> [(id InvoiceId, credited int, notes int, total int)]
SELECT i.id, i.credited_minor AS credited, CAST(coalesce(sum(c.total_minor), 0) AS BIGINT) AS notes, i.total_minor AS total
  FROM tax_invoice AS i LEFT JOIN tax_invoice AS c ON c.credits = i.id
 WHERE i.kind = 'invoice'
 GROUP BY i.id, i.credited_minor, i.credited_tax_minor, i.total_minor, i.tax_minor
HAVING coalesce(sum(c.total_minor), 0) <> i.credited_minor OR coalesce(sum(c.tax_minor), 0) <> i.credited_tax_minor
    OR i.credited_minor > i.total_minor OR i.credited_tax_minor > i.tax_minor
 ORDER BY i.id LIMIT 100;
