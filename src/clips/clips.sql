-- Uploads, clips, their tags and likes.

-- upload_open_count(account AccountId, now time) -> (n int)
SELECT count(*) AS n FROM upload WHERE account = :account AND state <> 'used' AND expires > :now;

-- upload_insert(id UploadId, account AccountId, length int, key text, name text, metadata text 0..2000, created time,
--               expires time) -> ()
INSERT INTO upload (id, account, state, length, key, name, metadata, created, expires)
VALUES (:id, :account, 'receiving', :length, :key, :name, :metadata, :created, :expires);

-- upload_find(id UploadId) -> ?(id UploadId, account AccountId, state UploadState, length int, key text, name text,
--                               metadata text, created time, expires time)
SELECT id, account, state, length, key, name, metadata, created, expires FROM upload WHERE id = :id;

-- upload_open(account AccountId, now time) -> [UploadFindRow]
SELECT id, account, state, length, key, name, metadata, created, expires
  FROM upload WHERE account = :account AND state <> 'used' AND expires > :now ORDER BY id DESC LIMIT 50;

-- upload_complete(id UploadId) -> n
UPDATE upload SET state = 'complete' WHERE id = :id AND state = 'receiving';

-- Only one of two requests can use an upload.
-- upload_use(id UploadId, account AccountId, now time, expires time) -> n
UPDATE upload SET state = 'used', expires = :expires
 WHERE id = :id AND account = :account AND state = 'complete' AND expires > :now;

-- upload_expires(id UploadId, expires time) -> n
UPDATE upload SET expires = :expires WHERE id = :id;

-- upload_cancel(id UploadId, account AccountId, now time) -> n
UPDATE upload SET expires = 0 WHERE id = :id AND account = :account AND state <> 'used' AND expires > :now;

-- upload_delete_row(id UploadId, now time) -> n
DELETE FROM upload WHERE id = :id AND expires <= :now;

-- clip_insert(id ClipId, shop ShopId, author AccountId, upload UploadId, caption text, key text, hot int,
--             sound_of ClipId, sound_closed bool, created time) -> ()
INSERT INTO clip (id, shop, author, upload, caption, state, deleted, progress, key, width, height, duration_ms, sound,
                  likes, hot, saves, shares, comments, sound_of, sound_closed, tagged, created)
VALUES (:id, :shop, :author, :upload, :caption, 'processing', 0, 0, :key, 0, 0, 0, 0, 0, :hot, 0, 0, 0, :sound_of,
        :sound_closed, 1, :created);

-- clip_find(id ClipId) -> ?(id ClipId, shop ShopId, author AccountId, upload UploadId?, caption text, state ClipState, progress int,
--   fault text?, detail text?, key text, width int, height int, duration_ms int, sound bool, likes int, hot int,
--   saves int, shares int, comments int, sound_of ClipId, sound_closed bool, created time)
SELECT id, shop, author, upload, caption, state, progress, fault, detail, key, width, height, duration_ms, sound, likes, hot,
       saves, shares, comments, sound_of, sound_closed, created
  FROM clip WHERE id = :id AND deleted = 0;

-- clip_hot(hot int, id ClipId, limit int) -> [ClipFindRow]
SELECT id, shop, author, upload, caption, state, progress, fault, detail, key, width, height, duration_ms, sound, likes, hot,
       saves, shares, comments, sound_of, sound_closed, created
  FROM clip WHERE state = 'ready' AND (hot, id) < (:hot, :id) ORDER BY hot DESC, id DESC LIMIT :limit;

-- clip_of_shop(shop ShopId, before ClipId, limit int) -> [ClipFindRow]
SELECT id, shop, author, upload, caption, state, progress, fault, detail, key, width, height, duration_ms, sound, likes, hot,
       saves, shares, comments, sound_of, sound_closed, created
  FROM clip WHERE shop = :shop AND state = 'ready' AND deleted = 0 AND id < :before ORDER BY id DESC LIMIT :limit;

-- clip_ready_after(after ClipId, limit int) -> [ClipFindRow]
SELECT id, shop, author, upload, caption, state, progress, fault, detail, key, width, height, duration_ms, sound, likes, hot,
       saves, shares, comments, sound_of, sound_closed, created
  FROM clip WHERE state = 'ready' AND id > :after ORDER BY id LIMIT :limit;

-- clip_ready_count() -> (n int)
SELECT count(*) AS n FROM clip WHERE state = 'ready';

-- clip_of_studio(shop ShopId, before ClipId, limit int) -> [ClipFindRow]
SELECT id, shop, author, upload, caption, state, progress, fault, detail, key, width, height, duration_ms, sound, likes, hot,
       saves, shares, comments, sound_of, sound_closed, created
  FROM clip WHERE shop = :shop AND deleted = 0 AND id < :before ORDER BY id DESC LIMIT :limit;

-- clip_set_caption(id ClipId, caption text) -> n
UPDATE clip SET caption = :caption WHERE id = :id AND deleted = 0;

-- clip_set_sound_closed(id ClipId, closed bool) -> n
UPDATE clip SET sound_closed = :closed WHERE id = :id AND deleted = 0;

-- clip_set_shown(id ClipId, from ClipState, to ClipState) -> n
UPDATE clip SET state = :to WHERE id = :id AND state = :from AND deleted = 0;

-- Hidden, so that no list of ready clips has to look at `deleted`.
-- clip_set_deleted(id ClipId) -> n
UPDATE clip SET deleted = 1, state = 'hidden' WHERE id = :id AND deleted = 0;

-- clip_deleted_key(id ClipId) -> ?(key text)
SELECT key FROM clip WHERE id = :id AND deleted = 1;

-- Not before what people did with it: the audit knows by the row why those are more than nothing.
-- clip_delete_row(id ClipId) -> n
DELETE FROM clip
 WHERE id = :id AND deleted = 1 AND NOT EXISTS (SELECT 1 FROM clip_like WHERE clip = :id)
   AND NOT EXISTS (SELECT 1 FROM clip_save WHERE clip = :id) AND NOT EXISTS (SELECT 1 FROM clip_share WHERE clip = :id);

-- clip_set_progress(id ClipId, progress int) -> n
UPDATE clip SET progress = :progress WHERE id = :id AND state = 'processing' AND progress < :progress;

-- clip_waiting(shop ShopId) -> (n int)
SELECT count(*) AS n FROM clip WHERE state = 'processing' AND shop = :shop;

-- clip_set_ready(id ClipId, width int, height int, duration_ms int, sound bool) -> n
UPDATE clip SET state = 'ready', progress = 1000, fault = NULL, detail = NULL, width = :width, height = :height,
                duration_ms = :duration_ms, sound = :sound
 WHERE id = :id AND state = 'processing' AND deleted = 0;

-- clip_set_fault(id ClipId, fault text, detail text) -> n
UPDATE clip SET fault = :fault, detail = :detail WHERE id = :id AND state = 'processing';

-- clip_set_failed(id ClipId) -> n
UPDATE clip SET state = 'failed' WHERE id = :id AND state = 'processing';

-- clip_set_again(id ClipId) -> n
UPDATE clip SET state = 'processing', progress = 0, fault = NULL, detail = NULL
 WHERE id = :id AND state = 'failed' AND deleted = 0;

-- clip_product_insert(clip ClipId, position int, product ProductId) -> ()
INSERT INTO clip_product (clip, position, product) VALUES (:clip, :position, :product);

-- clip_product_clear(clip ClipId) -> n
DELETE FROM clip_product WHERE clip = :clip;

-- The tags of up to ten clips at once: a page asks a few times, not once a clip.
-- clip_tags(c0 ClipId, c1 ClipId, c2 ClipId, c3 ClipId, c4 ClipId, c5 ClipId, c6 ClipId, c7 ClipId, c8 ClipId, c9 ClipId)
--   -> [(clip ClipId, product ProductId)]
SELECT clip, product FROM clip_product
 WHERE clip IN (:c0, :c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9) ORDER BY clip, position LIMIT 100;

-- clip_tagged(clip ClipId, product ProductId) -> (n int)
SELECT count(*) AS n FROM clip_product JOIN clip ON clip.id = clip_product.clip
 WHERE clip_product.clip = :clip AND clip_product.product = :product AND clip.state = 'ready';

-- clip_liked(account AccountId, c0 ClipId, c1 ClipId, c2 ClipId, c3 ClipId, c4 ClipId, c5 ClipId, c6 ClipId, c7 ClipId,
--            c8 ClipId, c9 ClipId) -> [(clip ClipId)]
SELECT clip FROM clip_like
 WHERE account = :account AND clip IN (:c0, :c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9) LIMIT 10;

-- clip_like_insert(clip ClipId, account AccountId, at time) -> n
INSERT INTO clip_like (clip, account, at) VALUES (:clip, :account, :at) ON CONFLICT (clip, account) DO NOTHING;

-- clip_like_delete(clip ClipId, account AccountId) -> n
DELETE FROM clip_like WHERE clip = :clip AND account = :account;

-- Only of a clip that was deleted, as the next two: at most so many rows (of shares: of so many people).
-- clip_like_clear(clip ClipId, most int) -> n
DELETE FROM clip_like
 WHERE clip = :clip AND account IN (SELECT account FROM clip_like WHERE clip = :clip ORDER BY account LIMIT :most);

-- clip_likes_add(id ClipId, delta int) -> ?(likes int, created time)
UPDATE clip SET likes = likes + :delta WHERE id = :id AND state = 'ready' RETURNING likes, created;

-- clip_set_hot(id ClipId, hot int) -> n
UPDATE clip SET hot = :hot WHERE id = :id;

-- clip_audit_likes() -> [(id ClipId, likes int, rows int)]
SELECT clip.id, clip.likes, count(clip_like.account) AS rows
  FROM clip LEFT JOIN clip_like ON clip_like.clip = clip.id WHERE clip.deleted = 0
 GROUP BY clip.id, clip.likes HAVING clip.likes <> count(clip_like.account) ORDER BY clip.id LIMIT 1000;

-- ---- saves, shares, comments

-- clip_saved_among(account AccountId, c0 ClipId, c1 ClipId, c2 ClipId, c3 ClipId, c4 ClipId, c5 ClipId, c6 ClipId, c7 ClipId,
--                  c8 ClipId, c9 ClipId) -> [(clip ClipId)]
SELECT clip FROM clip_save
 WHERE account = :account AND clip IN (:c0, :c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9) LIMIT 10;

-- clip_save_insert(id ClipSaveId, clip ClipId, account AccountId, at time) -> n
INSERT INTO clip_save (id, clip, account, at) VALUES (:id, :clip, :account, :at) ON CONFLICT (account, clip) DO NOTHING;

-- clip_save_delete(clip ClipId, account AccountId) -> n
DELETE FROM clip_save WHERE clip = :clip AND account = :account;

-- clip_save_clear(clip ClipId, most int) -> n
DELETE FROM clip_save WHERE id IN (SELECT id FROM clip_save WHERE clip = :clip LIMIT :most);

-- clip_saves_of(account AccountId, before ClipSaveId, limit int) -> [(id ClipSaveId, clip ClipId)]
SELECT clip_save.id, clip_save.clip FROM clip_save JOIN clip ON clip.id = clip_save.clip
 WHERE clip_save.account = :account AND clip_save.id < :before AND clip.state = 'ready' ORDER BY clip_save.id DESC LIMIT :limit;

-- clip_saves_add(id ClipId, delta int) -> n
UPDATE clip SET saves = saves + :delta WHERE id = :id AND deleted = 0;

-- clip_share_insert(clip ClipId, person int, day int) -> n
INSERT INTO clip_share (clip, person, day) VALUES (:clip, :person, :day) ON CONFLICT (clip, person, day) DO NOTHING;

-- clip_share_clear(clip ClipId, most int) -> n
DELETE FROM clip_share
 WHERE clip = :clip AND person IN (SELECT person FROM clip_share WHERE clip = :clip ORDER BY person LIMIT :most);

-- clip_shares_add(id ClipId) -> n
UPDATE clip SET shares = shares + 1 WHERE id = :id AND deleted = 0;

-- clip_comments_change(id ClipId, delta int) -> n
UPDATE clip SET comments = comments + :delta WHERE id = :id AND deleted = 0;

-- clip_commented(after ClipId, limit int) -> [(id ClipId, comments int)]
SELECT id, comments FROM clip WHERE id > :after AND comments <> 0 AND deleted = 0 ORDER BY id LIMIT :limit;

-- ---- hashtags, sounds, authors

-- clip_hashtag_insert(clip ClipId, tag text, position int) -> n
INSERT INTO clip_hashtag (clip, tag, position) VALUES (:clip, :tag, :position) ON CONFLICT (clip, tag) DO NOTHING;

-- clip_hashtag_clear(clip ClipId) -> n
DELETE FROM clip_hashtag WHERE clip = :clip;

-- clip_hashtags(c0 ClipId, c1 ClipId, c2 ClipId, c3 ClipId, c4 ClipId, c5 ClipId, c6 ClipId, c7 ClipId, c8 ClipId, c9 ClipId)
--   -> [(clip ClipId, tag text)]
SELECT clip, tag FROM clip_hashtag
 WHERE clip IN (:c0, :c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8, :c9) ORDER BY clip, position LIMIT 300;

-- clip_of_tag(tag text, before ClipId, limit int) -> [ClipFindRow]
SELECT clip.id, shop, author, upload, caption, state, progress, fault, detail, key, width, height, duration_ms, sound, likes, hot,
       saves, shares, comments, sound_of, sound_closed, created
  FROM clip_hashtag JOIN clip ON clip.id = clip_hashtag.clip
 WHERE clip_hashtag.tag = :tag AND clip_hashtag.clip < :before AND clip.state = 'ready'
 ORDER BY clip_hashtag.clip DESC LIMIT :limit;

-- clip_of_tag_after(tag text, after ClipId, limit int) -> [ClipFindRow]
SELECT clip.id, shop, author, upload, caption, state, progress, fault, detail, key, width, height, duration_ms, sound, likes, hot,
       saves, shares, comments, sound_of, sound_closed, created
  FROM clip_hashtag JOIN clip ON clip.id = clip_hashtag.clip
 WHERE clip_hashtag.tag = :tag AND clip_hashtag.clip > :after AND clip.state = 'ready'
 ORDER BY clip_hashtag.clip LIMIT :limit;

-- clip_tag_count(tag text, most int) -> (n int)
SELECT count(*) AS n FROM (SELECT clip.id FROM clip_hashtag JOIN clip ON clip.id = clip_hashtag.clip
                            WHERE clip_hashtag.tag = :tag AND clip.state = 'ready' LIMIT :most) AS found;

-- Without the one whose sound it is.
-- clip_of_sound(sound_of ClipId, before ClipId, limit int) -> [ClipFindRow]
SELECT id, shop, author, upload, caption, state, progress, fault, detail, key, width, height, duration_ms, sound, likes, hot,
       saves, shares, comments, sound_of, sound_closed, created
  FROM clip WHERE sound_of = :sound_of AND id <> :sound_of AND id < :before AND state = 'ready' ORDER BY id DESC LIMIT :limit;

-- clip_sound_count(sound_of ClipId, most int) -> (n int)
SELECT count(*) AS n FROM (SELECT id FROM clip WHERE sound_of = :sound_of AND state = 'ready' LIMIT :most) AS found;

-- clip_of_author(author AccountId, before ClipId, limit int) -> [ClipFindRow]
SELECT id, shop, author, upload, caption, state, progress, fault, detail, key, width, height, duration_ms, sound, likes, hot,
       saves, shares, comments, sound_of, sound_closed, created
  FROM clip WHERE author = :author AND id < :before AND state = 'ready' ORDER BY id DESC LIMIT :limit;

-- The newest ready clip of each of ten, 0 for none: each is one look into an index.
-- clip_newest_of_authors(a0 AccountId, a1 AccountId, a2 AccountId, a3 AccountId, a4 AccountId, a5 AccountId,
--   a6 AccountId, a7 AccountId, a8 AccountId, a9 AccountId, before ClipId)
--   -> (n0 int, n1 int, n2 int, n3 int, n4 int, n5 int, n6 int, n7 int, n8 int, n9 int)
SELECT coalesce((SELECT max(id) FROM clip WHERE author = :a0 AND id < :before AND state = 'ready'), 0) AS n0,
       coalesce((SELECT max(id) FROM clip WHERE author = :a1 AND id < :before AND state = 'ready'), 0) AS n1,
       coalesce((SELECT max(id) FROM clip WHERE author = :a2 AND id < :before AND state = 'ready'), 0) AS n2,
       coalesce((SELECT max(id) FROM clip WHERE author = :a3 AND id < :before AND state = 'ready'), 0) AS n3,
       coalesce((SELECT max(id) FROM clip WHERE author = :a4 AND id < :before AND state = 'ready'), 0) AS n4,
       coalesce((SELECT max(id) FROM clip WHERE author = :a5 AND id < :before AND state = 'ready'), 0) AS n5,
       coalesce((SELECT max(id) FROM clip WHERE author = :a6 AND id < :before AND state = 'ready'), 0) AS n6,
       coalesce((SELECT max(id) FROM clip WHERE author = :a7 AND id < :before AND state = 'ready'), 0) AS n7,
       coalesce((SELECT max(id) FROM clip WHERE author = :a8 AND id < :before AND state = 'ready'), 0) AS n8,
       coalesce((SELECT max(id) FROM clip WHERE author = :a9 AND id < :before AND state = 'ready'), 0) AS n9;

-- clip_newest_of_shops(s0 ShopId, s1 ShopId, s2 ShopId, s3 ShopId, s4 ShopId, s5 ShopId,
--   s6 ShopId, s7 ShopId, s8 ShopId, s9 ShopId, before ClipId)
--   -> (n0 int, n1 int, n2 int, n3 int, n4 int, n5 int, n6 int, n7 int, n8 int, n9 int)
SELECT coalesce((SELECT max(id) FROM clip WHERE shop = :s0 AND id < :before AND state = 'ready'), 0) AS n0,
       coalesce((SELECT max(id) FROM clip WHERE shop = :s1 AND id < :before AND state = 'ready'), 0) AS n1,
       coalesce((SELECT max(id) FROM clip WHERE shop = :s2 AND id < :before AND state = 'ready'), 0) AS n2,
       coalesce((SELECT max(id) FROM clip WHERE shop = :s3 AND id < :before AND state = 'ready'), 0) AS n3,
       coalesce((SELECT max(id) FROM clip WHERE shop = :s4 AND id < :before AND state = 'ready'), 0) AS n4,
       coalesce((SELECT max(id) FROM clip WHERE shop = :s5 AND id < :before AND state = 'ready'), 0) AS n5,
       coalesce((SELECT max(id) FROM clip WHERE shop = :s6 AND id < :before AND state = 'ready'), 0) AS n6,
       coalesce((SELECT max(id) FROM clip WHERE shop = :s7 AND id < :before AND state = 'ready'), 0) AS n7,
       coalesce((SELECT max(id) FROM clip WHERE shop = :s8 AND id < :before AND state = 'ready'), 0) AS n8,
       coalesce((SELECT max(id) FROM clip WHERE shop = :s9 AND id < :before AND state = 'ready'), 0) AS n9;

-- clip_untagged(limit int) -> [(id ClipId, caption text)]
SELECT id, caption FROM clip WHERE tagged = 0 ORDER BY id LIMIT :limit;

-- clip_set_tagged(id ClipId) -> n
UPDATE clip SET tagged = 1 WHERE id = :id;

-- clip_audit_saves() -> [(id ClipId)]
SELECT id FROM (SELECT id, saves AS a, 0 AS b FROM clip WHERE deleted = 0 AND saves <> 0
                 UNION ALL
                SELECT clip AS id, 0 AS a, 1 AS b FROM clip_save
                 WHERE clip NOT IN (SELECT id FROM clip WHERE deleted = 1)) AS sides
 GROUP BY id HAVING sum(a) <> sum(b) ORDER BY id LIMIT 100;

-- clip_audit_shares() -> [(id ClipId)]
SELECT id FROM (SELECT id, shares AS a, 0 AS b FROM clip WHERE deleted = 0 AND shares <> 0
                 UNION ALL
                SELECT clip AS id, 0 AS a, 1 AS b FROM clip_share
                 WHERE clip NOT IN (SELECT id FROM clip WHERE deleted = 1)) AS sides
 GROUP BY id HAVING sum(a) <> sum(b) ORDER BY id LIMIT 100;

-- clip_audit_keys() -> [(id ClipId)]
SELECT id FROM clip
 WHERE deleted = 0 AND (length(key) <> 22 OR (state = 'ready' AND (width < 1 OR height < 1 OR duration_ms < 1)))
 ORDER BY id LIMIT 1000;

-- clip_audit_tags() -> [(clip ClipId)]
SELECT clip FROM clip_product GROUP BY clip HAVING count(*) > 10 ORDER BY clip LIMIT 1000;
