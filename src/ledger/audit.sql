-- What must always hold in the books, each in one pass over the tables.

-- A posting's amount, its two accounts, their owners, and its sale's shop and currency.
-- ledger_audit_postings() -> [(id LedgerPostingId, debit text, credit text, amount int, shop_order OrderId)]
SELECT p.id, p.debit, p.credit, p.amount, p.shop_order FROM ledger_posting p LEFT JOIN ledger_sale s ON s.shop_order = p.shop_order
 WHERE p.amount <= 0 OR p.debit = p.credit
    OR (p.shop_order <> 0 AND (s.shop IS NULL OR s.shop <> p.shop OR s.currency <> p.currency))
    OR (p.shop_order = 0 AND (p.debit IN ('buyer', 'refunds_due') OR p.credit IN ('buyer', 'refunds_due')))
    OR (p.shop = 0 AND (p.debit IN ('seller', 'reserve', 'payout', 'fees') OR p.credit IN ('seller', 'reserve', 'payout', 'fees')))
    OR (p.part = '' AND (p.debit IN ('clearing', 'provider_fees', 'tax') OR p.credit IN ('clearing', 'provider_fees', 'tax')))
 ORDER BY p.id LIMIT 100;

-- ledger_audit_sales() -> [(shop_order OrderId)]
SELECT shop_order FROM ledger_sale
 WHERE paid <> goods - by_seller - by_platform + shipping + cod_fee + tax_added
    OR back_buyer <> back_goods - back_by_seller - back_by_platform + back_shipping + back_cod_fee + back_tax_added
    OR back_buyer < 0 OR back_buyer > paid OR back_goods > goods OR back_by_seller > by_seller OR back_by_platform > by_platform
    OR back_shipping > shipping OR back_cod_fee > cod_fee OR back_tax > tax OR back_tax_added > tax_added
    OR tax > paid + by_platform OR fee > paid + by_platform - tax OR fee_gone > fee OR fee_kept > fee_gone OR reserve_back > reserve
 ORDER BY shop_order LIMIT 100;

-- Each account of an order, as its postings sum to it, less what its sale and refunds say. `money` is clearing and bank together.
-- ledger_audit_orders() -> [(shop_order OrderId, buyer int, due int, fee int, tax int, reserve int, money int)]
SELECT shop_order, CAST(sum(a) AS BIGINT) AS buyer, CAST(sum(b) AS BIGINT) AS due, CAST(sum(c) AS BIGINT) AS fee,
       CAST(sum(d) AS BIGINT) AS tax, CAST(sum(e) AS BIGINT) AS reserve, CAST(sum(f) AS BIGINT) AS money
  FROM (SELECT shop_order,
               CASE WHEN credit = 'buyer' THEN amount WHEN debit = 'buyer' THEN 0 - amount ELSE 0 END AS a,
               CASE WHEN credit = 'refunds_due' THEN amount WHEN debit = 'refunds_due' THEN 0 - amount ELSE 0 END AS b,
               CASE WHEN credit = 'fees' THEN amount WHEN debit = 'fees' THEN 0 - amount ELSE 0 END AS c,
               CASE WHEN credit = 'tax' THEN amount WHEN debit = 'tax' THEN 0 - amount ELSE 0 END AS d,
               CASE WHEN credit = 'reserve' THEN amount WHEN debit = 'reserve' THEN 0 - amount ELSE 0 END AS e,
               CASE WHEN debit IN ('clearing', 'bank') THEN amount WHEN credit IN ('clearing', 'bank') THEN 0 - amount ELSE 0 END AS f
          FROM ledger_posting WHERE shop_order <> 0 AND kind <> 'adjusted'
         UNION ALL
        SELECT shop_order, CASE WHEN state = 'settled' THEN 0 ELSE back_buyer + back_by_platform - paid - by_platform END AS a, 0 AS b,
               CASE WHEN state = 'settled' THEN fee_gone - fee - fee_kept ELSE 0 END AS c,
               CASE WHEN state = 'settled' AND tax_by_platform = 1 THEN back_tax - tax ELSE 0 END AS d,
               reserve_back - reserve AS e, provider_fee - paid AS f
          FROM ledger_sale
         UNION ALL
        SELECT shop_order, 0 AS a, CASE WHEN state = 'due' THEN 0 - buyer ELSE 0 END AS b, 0 AS c, 0 AS d, 0 AS e,
               CASE WHEN state = 'paid' THEN buyer + lost ELSE 0 END AS f
          FROM ledger_refund WHERE state <> 'won') AS both_sides
 GROUP BY shop_order
HAVING sum(a) <> 0 OR sum(b) <> 0 OR sum(c) <> 0 OR sum(d) <> 0 OR sum(e) <> 0 OR sum(f) <> 0
 ORDER BY shop_order LIMIT 100;

-- ledger_audit_refunds() -> [(shop_order OrderId, buyer int, parts int, fee int)]
SELECT shop_order, CAST(sum(a) AS BIGINT) AS buyer, CAST(sum(b) AS BIGINT) AS parts, CAST(sum(c) AS BIGINT) AS fee
  FROM (SELECT shop_order, back_buyer AS a, back_goods + 3 * back_by_seller + 5 * back_by_platform + 7 * back_shipping + 11 * back_cod_fee
                 + 13 * back_tax + 17 * back_tax_added AS b, fee_gone + 3 * fee_kept AS c
          FROM ledger_sale WHERE back_goods > 0 OR back_shipping > 0 OR back_buyer > 0
         UNION ALL
        SELECT shop_order, 0 - buyer AS a, 0 - goods - 3 * by_seller - 5 * by_platform - 7 * shipping - 11 * cod_fee - 13 * tax
                 - 17 * tax_added AS b, 0 - fee_gone - 3 * fee_kept AS c
          FROM ledger_refund WHERE state <> 'won') AS both_sides
 GROUP BY shop_order HAVING sum(a) <> 0 OR sum(b) <> 0 OR sum(c) <> 0 ORDER BY shop_order LIMIT 100;

-- That a line equals its postings is ledger_audit_entries.
-- ledger_audit_balances() -> [(shop ShopId, currency text, available int, net int, lines int, counted int)]
SELECT shop, currency, CAST(sum(a) AS BIGINT) AS available, CAST(sum(c) AS BIGINT) AS net, CAST(sum(d) AS BIGINT) AS lines,
       CAST(sum(e) AS BIGINT) AS counted
  FROM (SELECT shop, currency, available AS a, 0 AS c, lines AS d, 0 AS e FROM ledger_balance
         UNION ALL
        SELECT shop, currency, 0 AS a, sum(net) AS c, 0 AS d, count(*) AS e FROM ledger_line GROUP BY shop, currency) AS both_sides
 GROUP BY shop, currency HAVING sum(a) <> sum(c) OR sum(d) <> sum(e) ORDER BY shop, currency LIMIT 100;

-- ledger_audit_lines() -> [(shop ShopId, n int, balance int)]
SELECT shop, n, balance
  FROM (SELECT shop, currency, n, net, balance, at, lag(balance) OVER w AS before, lag(n) OVER w AS n_before, lag(at) OVER w AS at_before
          FROM ledger_line WINDOW w AS (PARTITION BY shop, currency ORDER BY n)) AS chain
 WHERE balance <> COALESCE(before, 0) + net OR n <> COALESCE(n_before, 0) + 1 OR at < COALESCE(at_before, 0)
 ORDER BY shop, n LIMIT 100;

-- ledger_audit_entries() -> [(entry int, shop ShopId, net int)]
SELECT entry, shop, CAST(sum(a) AS BIGINT) AS net
  FROM (SELECT entry, shop, currency, amount AS a FROM ledger_posting WHERE credit = 'seller'
         UNION ALL
        SELECT entry, shop, currency, 0 - amount AS a FROM ledger_posting WHERE debit = 'seller'
         UNION ALL
        SELECT entry, shop, currency, 0 - net AS a FROM ledger_line) AS both_sides
 GROUP BY entry, shop, currency HAVING sum(a) <> 0 ORDER BY entry LIMIT 100;

-- ledger_audit_payouts() -> [(shop ShopId, posted int, open int)]
SELECT shop, CAST(sum(a) AS BIGINT) AS posted, CAST(sum(b) AS BIGINT) AS open
  FROM (SELECT shop, currency, CASE WHEN credit = 'payout' THEN amount ELSE 0 - amount END AS a, 0 AS b
          FROM ledger_posting WHERE credit = 'payout' OR debit = 'payout'
         UNION ALL
        SELECT shop, currency, 0 AS a, amount AS b FROM payout WHERE state IN ('requested', 'approved')) AS both_sides
 GROUP BY shop, currency HAVING sum(a) <> sum(b) ORDER BY shop LIMIT 100;

-- What is owed as surplus, by currency.
-- ledger_audit_surplus() -> [(currency currency, minor int)]
SELECT currency, CAST(sum(a) AS BIGINT) AS minor
  FROM (SELECT currency, amount AS a FROM ledger_posting WHERE credit = 'surplus'
         UNION ALL
        SELECT currency, 0 - amount AS a FROM ledger_posting WHERE debit = 'surplus') AS both_sides
 GROUP BY currency ORDER BY currency LIMIT 100;

-- ledger_audit_totals() -> [(kind text, debit int, credit int)]
SELECT kind, CAST(sum(d) AS BIGINT) AS debit, CAST(sum(c) AS BIGINT) AS credit
  FROM (SELECT kind, part, currency, debit AS d, credit AS c FROM ledger_total
         UNION ALL
        SELECT debit AS kind, CASE WHEN debit IN ('clearing', 'provider_fees', 'tax') THEN part ELSE '' END AS part, currency,
               0 - sum(amount) AS d, 0 AS c
          FROM ledger_posting WHERE id <= (SELECT COALESCE(max(upto), 0) FROM ledger_total) GROUP BY 1, 2, 3
         UNION ALL
        SELECT credit AS kind, CASE WHEN credit IN ('clearing', 'provider_fees', 'tax') THEN part ELSE '' END AS part, currency,
               0 AS d, 0 - sum(amount) AS c
          FROM ledger_posting WHERE id <= (SELECT COALESCE(max(upto), 0) FROM ledger_total) GROUP BY 1, 2, 3) AS both_sides
 GROUP BY kind, part, currency HAVING sum(d) <> 0 OR sum(c) <> 0 ORDER BY kind LIMIT 100;
