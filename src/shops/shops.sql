-- Shops and their staff.

-- shop_insert(id ShopId, handle text, name text, about text, currency currency, country text, city text, shipping_minor int,
--   free_over_minor int?, dispatch_days int, delivery_min_days int, delivery_max_days int, now time) -> Shop?
INSERT INTO shop (id, handle, name, about, currency, country, city, shipping_minor, free_over_minor, dispatch_days,
                  delivery_min_days, delivery_max_days, cod, picture, state, created)
VALUES (:id, :handle, :name, :about, :currency, :country, :city, :shipping_minor, :free_over_minor, :dispatch_days,
        :delivery_min_days, :delivery_max_days, 1, NULL, 'open', :now)
    ON CONFLICT (handle) DO NOTHING
RETURNING id, handle, name, about, currency, country, city, shipping_minor, free_over_minor, dispatch_days,
          delivery_min_days, delivery_max_days, cod, orders_per_day, picture, state, created, followers, CAST(NULL AS BIGINT) AS following;

-- shop_row(id ShopId) -> Shop?
SELECT id, handle, name, about, currency, country, city, shipping_minor, free_over_minor, dispatch_days,
       delivery_min_days, delivery_max_days, cod, orders_per_day, picture, state, created, followers, CAST(NULL AS BIGINT) AS following
  FROM shop WHERE id = :id;

-- shop_row_by_handle(handle text) -> Shop?
SELECT id, handle, name, about, currency, country, city, shipping_minor, free_over_minor, dispatch_days,
       delivery_min_days, delivery_max_days, cod, orders_per_day, picture, state, created, followers, CAST(NULL AS BIGINT) AS following
  FROM shop WHERE handle = :handle;

-- shop_card_row(id ShopId) -> ShopCard?
SELECT id, handle, name, picture, city FROM shop WHERE id = :id;

-- shop_state(id ShopId) -> ?(state ShopState)
SELECT state FROM shop WHERE id = :id;

-- shop_update(id ShopId, name text, about text, city text, shipping_minor int, free_over_minor int?, dispatch_days int,
--   delivery_min_days int, delivery_max_days int, cod bool, orders_per_day int?, picture text?, state ShopState) -> n
UPDATE shop
   SET name = :name, about = :about, city = :city, shipping_minor = :shipping_minor, free_over_minor = :free_over_minor,
       dispatch_days = :dispatch_days, delivery_min_days = :delivery_min_days, delivery_max_days = :delivery_max_days,
       cod = :cod, orders_per_day = :orders_per_day, picture = :picture, state = :state
 WHERE id = :id;

-- shop_after(after ShopId, limit int) -> [(id ShopId)]
SELECT id FROM shop WHERE id > :after ORDER BY id LIMIT :limit;

-- shop_count() -> (n int)
SELECT count(*) AS n FROM shop;

-- staff_role(shop ShopId, account AccountId) -> ?(role StaffRole?)
SELECT shop_staff.role
  FROM shop LEFT JOIN shop_staff ON shop_staff.shop = shop.id AND shop_staff.account = :account
 WHERE shop.id = :shop;

-- staff_put(shop ShopId, account AccountId, role StaffRole, now time) -> (added time)
INSERT INTO shop_staff (shop, account, role, added) VALUES (:shop, :account, :role, :now)
    ON CONFLICT (shop, account) DO UPDATE SET role = excluded.role
RETURNING added;

-- staff_remove(shop ShopId, account AccountId) -> n
DELETE FROM shop_staff WHERE shop = :shop AND account = :account;

-- staff_rows(shop ShopId) -> [(account AccountId, role StaffRole, added time)]
SELECT account, role, added FROM shop_staff WHERE shop = :shop ORDER BY added, account LIMIT 50;

-- staff_count(shop ShopId) -> (n int)
SELECT count(*) AS n FROM shop_staff WHERE shop = :shop;

-- staff_other_owner(shop ShopId, account AccountId) -> ?(account AccountId)
SELECT account FROM shop_staff WHERE shop = :shop AND role = 'owner' AND account <> :account ORDER BY account LIMIT 1;

-- shops_of(account AccountId) -> [ShopRole]
SELECT shop.id AS shop, shop.handle, shop.name, shop_staff.role
  FROM shop_staff JOIN shop ON shop.id = shop_staff.shop
 WHERE shop_staff.account = :account ORDER BY shop.id LIMIT 50;

-- shops_staffed(account AccountId) -> (owned int, worked int)
SELECT count(CASE WHEN role = 'owner' THEN 1 END) AS owned, count(*) AS worked FROM shop_staff WHERE account = :account;

-- follower_put(shop ShopId, account AccountId, now time) -> n
INSERT INTO shop_follower (shop, account, at) VALUES (:shop, :account, :now) ON CONFLICT (shop, account) DO NOTHING;

-- follower_remove(shop ShopId, account AccountId) -> n
DELETE FROM shop_follower WHERE shop = :shop AND account = :account;

-- follower_get(shop ShopId, account AccountId) -> ?(at time)
SELECT at FROM shop_follower WHERE shop = :shop AND account = :account;

-- follower_shops(account AccountId, limit int) -> [(shop ShopId)]
SELECT shop FROM shop_follower WHERE account = :account ORDER BY at DESC, shop DESC LIMIT :limit;

-- shop_size_counts(fresh time, medium int, large int) -> [(size ShopSize, n int)]
SELECT size, count(*) AS n
  FROM (SELECT CASE WHEN created > :fresh THEN 'fresh' WHEN followers < :medium THEN 'small'
                    WHEN followers < :large THEN 'medium' ELSE 'large' END AS size
          FROM shop WHERE state = 'open') AS sized
 GROUP BY size ORDER BY size LIMIT 10;

-- shop_followers_add(id ShopId, delta int) -> n
UPDATE shop SET followers = followers + :delta WHERE id = :id;

-- shop_audit_followers() -> [(id ShopId, followers int, counted int)]
SELECT id, CAST(sum(a) AS BIGINT) AS followers, CAST(sum(b) AS BIGINT) AS counted
  FROM (SELECT id, followers AS a, 0 AS b FROM shop WHERE followers <> 0
         UNION ALL
        SELECT shop AS id, 0 AS a, 1 AS b FROM shop_follower) AS sides
 GROUP BY id HAVING sum(a) <> sum(b) ORDER BY id LIMIT 100;

-- return_place_get(shop ShopId) -> ?(address text)
SELECT address FROM shop_return_place WHERE shop = :shop;

-- return_place_put(shop ShopId, address text, set_by AccountId, now time) -> n
INSERT INTO shop_return_place (shop, address, set_by, at) VALUES (:shop, :address, :set_by, :now)
    ON CONFLICT (shop) DO UPDATE SET address = excluded.address, set_by = excluded.set_by, at = excluded.at;
