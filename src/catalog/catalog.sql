-- Products, options, variants, SKUs, pictures.

-- product_row(id ProductId) -> ?(id ProductId, shop ShopId, title text, description text, category text, state ProductState,
--   price_from_minor int, price_to_minor int, currency currency, version int, created time, updated time)
SELECT id, shop, title, description, category, state, price_from_minor, price_to_minor, currency, version, created, updated
  FROM product WHERE id = :id;

-- product_shop_row(id ProductId) -> ?(shop ShopId, state ProductState)
SELECT shop, state FROM product WHERE id = :id;

-- product_insert(id ProductId, shop ShopId, title text, description text, category text, state ProductState,
--   price_from_minor int, price_to_minor int, currency currency, now time) -> ()
INSERT INTO product (id, shop, title, description, category, state, price_from_minor, price_to_minor, currency, version,
                     created, updated)
VALUES (:id, :shop, :title, :description, :category, :state, :price_from_minor, :price_to_minor, :currency, 1, :now, :now);

-- product_update(id ProductId, version int, title text, description text, category text, state ProductState,
--   price_from_minor int, price_to_minor int, now time) -> n
UPDATE product
   SET title = :title, description = :description, category = :category, state = :state,
       price_from_minor = :price_from_minor, price_to_minor = :price_to_minor, version = version + 1, updated = :now
 WHERE id = :id AND version = :version;

-- option_rows(product ProductId) -> [(position int, name text, value text)]
SELECT position, name, value FROM product_option WHERE product = :product ORDER BY position, place LIMIT 150;

-- option_insert(product ProductId, position int, place int, name text, value text) -> ()
INSERT INTO product_option (product, position, place, name, value) VALUES (:product, :position, :place, :name, :value);

-- option_delete(product ProductId) -> n
DELETE FROM product_option WHERE product = :product;

-- variant_rows(product ProductId) -> [(id VariantId, sku text, option1 text?, option2 text?, option3 text?, price money,
--   compare_minor int?, active bool)]
SELECT id, sku, option1, option2, option3, price_minor, price_currency, compare_minor, active
  FROM variant WHERE product = :product ORDER BY position, id LIMIT 200;

-- variant_insert(id VariantId, product ProductId, sku text, option1 text?, option2 text?, option3 text?, price money,
--   compare_minor int?, position int) -> ()
INSERT INTO variant (id, product, sku, option1, option2, option3, price_minor, price_currency, compare_minor, position, active)
VALUES (:id, :product, :sku, :option1, :option2, :option3, :price_minor, :price_currency, :compare_minor, :position, 1);

-- variant_update(id VariantId, product ProductId, sku text, option1 text?, option2 text?, option3 text?, price money,
--   compare_minor int?, position int) -> n
UPDATE variant
   SET sku = :sku, option1 = :option1, option2 = :option2, option3 = :option3, price_minor = :price_minor,
       price_currency = :price_currency, compare_minor = :compare_minor, position = :position, active = 1
 WHERE id = :id AND product = :product;

-- variant_take_off(id VariantId) -> n
UPDATE variant SET active = 0 WHERE id = :id;

-- variant_offer(id VariantId) -> ?(variant VariantId, product ProductId, shop ShopId, title text, sku text, option1 text?,
--   option2 text?, option3 text?, price money, active bool, state ProductState, picture PictureId?, url text?, width int?,
--   height int?, colour text?)
SELECT v.id AS variant, v.product, p.shop, p.title, v.sku, v.option1, v.option2, v.option3, v.price_minor, v.price_currency,
       v.active, p.state, i.id AS picture, '/media/pictures/' || i.key AS url, i.width, i.height, i.colour
  FROM variant AS v
  JOIN product AS p ON p.id = v.product
  LEFT JOIN product_picture AS f ON f.product = p.id AND f.position = 0
  LEFT JOIN picture AS i ON i.id = f.picture
 WHERE v.id = :id;

-- sku_take(shop ShopId, sku text, variant VariantId, product ProductId) -> ?(variant VariantId)
INSERT INTO variant_sku (shop, sku, variant, product) VALUES (:shop, :sku, :variant, :product)
    ON CONFLICT (shop, sku) DO NOTHING
RETURNING variant;

-- sku_give_back(product ProductId) -> n
DELETE FROM variant_sku WHERE product = :product;

-- card_rows(a ProductId, b ProductId, c ProductId, d ProductId, e ProductId, f ProductId, g ProductId, h ProductId,
--   i ProductId, j ProductId) -> [(id ProductId, shop ShopId, title text, state ProductState, price_from money,
--   price_to money, picture PictureId?, url text?, width int?, height int?, colour text?)]
SELECT p.id, p.shop, p.title, p.state, p.price_from_minor, p.currency AS price_from_currency, p.price_to_minor,
       p.currency AS price_to_currency, i.id AS picture, '/media/pictures/' || i.key AS url, i.width, i.height, i.colour
  FROM product AS p
  LEFT JOIN product_picture AS f ON f.product = p.id AND f.position = 0
  LEFT JOIN picture AS i ON i.id = f.picture
 WHERE p.id IN (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j) LIMIT 10;

-- card_page(shop ShopId, state ProductState, before ProductId, limit int) -> [CardRowsRow]
SELECT p.id, p.shop, p.title, p.state, p.price_from_minor, p.currency AS price_from_currency, p.price_to_minor,
       p.currency AS price_to_currency, i.id AS picture, '/media/pictures/' || i.key AS url, i.width, i.height, i.colour
  FROM product AS p
  LEFT JOIN product_picture AS f ON f.product = p.id AND f.position = 0
  LEFT JOIN picture AS i ON i.id = f.picture
 WHERE p.shop = :shop AND p.state = :state AND p.id < :before ORDER BY p.id DESC LIMIT :limit;

-- card_page_all(shop ShopId, before ProductId, limit int) -> [CardRowsRow]
SELECT p.id, p.shop, p.title, p.state, p.price_from_minor, p.currency AS price_from_currency, p.price_to_minor,
       p.currency AS price_to_currency, i.id AS picture, '/media/pictures/' || i.key AS url, i.width, i.height, i.colour
  FROM product AS p
  LEFT JOIN product_picture AS f ON f.product = p.id AND f.position = 0
  LEFT JOIN picture AS i ON i.id = f.picture
 WHERE p.shop = :shop AND p.id < :before ORDER BY p.id DESC LIMIT :limit;

-- product_active_after(after ProductId, limit int) -> [(id ProductId)]
SELECT id FROM product WHERE id > :after AND state = 'active' ORDER BY id LIMIT :limit;

-- product_active_count() -> (n int)
SELECT count(*) AS n FROM product WHERE state = 'active';

-- picture_insert(id PictureId, account AccountId, key text, width int, height int, colour text, now time) -> Picture
INSERT INTO picture (id, account, key, width, height, colour, created)
VALUES (:id, :account, :key, :width, :height, :colour, :now)
RETURNING id, '/media/pictures/' || key AS url, width, height, colour;

-- picture_own(id PictureId, account AccountId) -> Picture?
SELECT id, '/media/pictures/' || key AS url, width, height, colour FROM picture WHERE id = :id AND account = :account;

-- picture_usable(id PictureId, account AccountId, product ProductId) -> ?(id PictureId)
SELECT id FROM picture
 WHERE id = :id AND (account = :account OR id IN (SELECT picture FROM product_picture WHERE product = :product));

-- product_picture_rows(product ProductId) -> [Picture]
SELECT i.id, '/media/pictures/' || i.key AS url, i.width, i.height, i.colour
  FROM product_picture AS f JOIN picture AS i ON i.id = f.picture
 WHERE f.product = :product ORDER BY f.position LIMIT 9;

-- product_picture_insert(product ProductId, position int, picture PictureId) -> ()
INSERT INTO product_picture (product, position, picture) VALUES (:product, :position, :picture);

-- product_picture_delete(product ProductId) -> n
DELETE FROM product_picture WHERE product = :product;

-- catalog_audit_prices() -> [(id ProductId, least int, most int)]
SELECT p.id, min(v.price_minor) AS least, max(v.price_minor) AS most
  FROM product AS p JOIN variant AS v ON v.product = p.id AND v.active = 1
 GROUP BY p.id, p.price_from_minor, p.price_to_minor
HAVING min(v.price_minor) <> p.price_from_minor OR max(v.price_minor) <> p.price_to_minor
 ORDER BY p.id LIMIT 100;

-- catalog_audit_empty() -> [(id ProductId)]
SELECT p.id FROM product AS p
 WHERE NOT EXISTS (SELECT 1 FROM variant AS v WHERE v.product = p.id AND v.active = 1) ORDER BY p.id LIMIT 100;

-- catalog_audit_currency() -> [(id VariantId)]
SELECT v.id FROM variant AS v JOIN product AS p ON p.id = v.product
 WHERE v.active = 1 AND v.price_currency <> p.currency ORDER BY v.id LIMIT 100;

-- catalog_audit_sku_missing() -> [(id VariantId, sku text)]
SELECT v.id, v.sku
  FROM variant AS v
  JOIN product AS p ON p.id = v.product
  LEFT JOIN variant_sku AS s ON s.shop = p.shop AND s.sku = v.sku AND s.variant = v.id
 WHERE v.active = 1 AND p.state <> 'archived' AND s.variant IS NULL ORDER BY v.id LIMIT 100;

-- catalog_audit_sku_idle() -> [(id VariantId, sku text)]
SELECT s.variant AS id, s.sku
  FROM variant_sku AS s
  LEFT JOIN variant AS v ON v.id = s.variant AND v.active = 1 AND v.sku = s.sku
  LEFT JOIN product AS p ON p.id = v.product AND p.shop = s.shop AND p.state <> 'archived'
 WHERE p.id IS NULL ORDER BY s.variant LIMIT 100;
