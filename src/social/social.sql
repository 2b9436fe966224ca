-- Comments, their likes, words that are not wanted.

-- comment_insert(id CommentId, clip ClipId, shop ShopId, author AccountId, parent CommentId?, body bytes, created time) -> ()
INSERT INTO comment (id, clip, shop, author, parent, body, likes, replies, pinned, removed, removed_by, created)
VALUES (:id, :clip, :shop, :author, :parent, :body, 0, 0, 0, 0, NULL, :created);

-- comment_find(id CommentId) -> ?(id CommentId, clip ClipId, shop ShopId, author AccountId, parent CommentId?, body bytes, likes int,
--   replies int, pinned bool, created time)
SELECT id, clip, shop, author, parent, body, likes, replies, pinned, created FROM comment WHERE id = :id AND removed = 0;

-- comment_roots(clip ClipId, before CommentId, limit int) -> [CommentFindRow]
SELECT id, clip, shop, author, parent, body, likes, replies, pinned, created FROM comment
 WHERE clip = :clip AND id < :before AND parent IS NULL AND removed = 0 AND pinned = 0 ORDER BY id DESC LIMIT :limit;

-- comment_pinned_of(clip ClipId) -> ?(id CommentId, clip ClipId, shop ShopId, author AccountId, parent CommentId?, body bytes, likes int,
--   replies int, pinned bool, created time)
SELECT id, clip, shop, author, parent, body, likes, replies, pinned, created FROM comment
 WHERE clip = :clip AND pinned = 1 AND removed = 0;

-- comment_thread(parent CommentId, after CommentId, limit int) -> [CommentFindRow]
SELECT id, clip, shop, author, parent, body, likes, replies, pinned, created FROM comment
 WHERE parent = :parent AND id > :after AND removed = 0 ORDER BY id LIMIT :limit;

-- comment_of_shop(shop ShopId, before CommentId, limit int) -> [CommentFindRow]
SELECT id, clip, shop, author, parent, body, likes, replies, pinned, created FROM comment
 WHERE shop = :shop AND id < :before AND removed = 0 ORDER BY id DESC LIMIT :limit;

-- comment_replies_add(id CommentId, delta int) -> n
UPDATE comment SET replies = replies + :delta WHERE id = :id AND removed = 0;

-- With its replies, each once.
-- comment_remove_all(id CommentId, removed_by AccountId) -> n
UPDATE comment SET removed = 1, removed_by = :removed_by WHERE (id = :id OR parent = :id) AND removed = 0;

-- comment_unpin_all(clip ClipId) -> n
UPDATE comment SET pinned = 0 WHERE clip = :clip AND pinned = 1;

-- comment_set_pinned(id CommentId) -> n
UPDATE comment SET pinned = 1 WHERE id = :id AND removed = 0 AND parent IS NULL;

-- comment_going_add(clip ClipId) -> n
INSERT INTO comment_going (clip) VALUES (:clip) ON CONFLICT (clip) DO NOTHING;

-- comment_going_end(clip ClipId) -> n
DELETE FROM comment_going WHERE clip = :clip;

-- Of the clip's oldest comments.
-- comment_clear_likes(clip ClipId, most int) -> n
DELETE FROM comment_like
 WHERE (comment, account) IN (SELECT comment, account FROM comment_like
                               WHERE comment IN (SELECT id FROM comment WHERE clip = :clip ORDER BY id LIMIT :most)
                               LIMIT :most);

-- Those of the same that have no likes any more.
-- comment_clear(clip ClipId, most int) -> n
DELETE FROM comment
 WHERE id IN (SELECT id FROM comment WHERE clip = :clip ORDER BY id LIMIT :most)
   AND NOT EXISTS (SELECT 1 FROM comment_like WHERE comment_like.comment = comment.id);

-- comment_like_insert(comment CommentId, account AccountId, at time) -> n
INSERT INTO comment_like (comment, account, at) VALUES (:comment, :account, :at) ON CONFLICT (comment, account) DO NOTHING;

-- comment_like_delete(comment CommentId, account AccountId) -> n
DELETE FROM comment_like WHERE comment = :comment AND account = :account;

-- comment_like_get(comment CommentId, account AccountId) -> ?(at time)
SELECT at FROM comment_like WHERE comment = :comment AND account = :account;

-- comment_likes_add(id CommentId, delta int) -> n
UPDATE comment SET likes = likes + :delta WHERE id = :id AND removed = 0;

-- comment_words_of(shop ShopId) -> [(word text)]
SELECT word FROM comment_word WHERE shop = :shop ORDER BY word LIMIT 200;

-- comment_word_insert(shop ShopId, word text, created time) -> n
INSERT INTO comment_word (shop, word, created) VALUES (:shop, :word, :created) ON CONFLICT (shop, word) DO NOTHING;

-- comment_word_remove(shop ShopId, word text) -> n
DELETE FROM comment_word WHERE shop = :shop AND word = :word;

-- comment_count(clip ClipId) -> (n int)
SELECT count(*) AS n FROM comment WHERE clip = :clip AND removed = 0;

-- comment_clips(after ClipId, limit int) -> [(clip ClipId, n int)]
SELECT clip, count(*) AS n FROM comment WHERE clip > :after AND removed = 0 GROUP BY clip ORDER BY clip LIMIT :limit;

-- comment_audit() -> [(id CommentId)]
SELECT id FROM (SELECT id, likes AS la, 0 AS lb, replies AS ra, 0 AS rb FROM comment
                 WHERE removed = 0 AND clip NOT IN (SELECT clip FROM comment_going)
                 UNION ALL
                SELECT comment AS id, 0 AS la, 1 AS lb, 0 AS ra, 0 AS rb
                  FROM comment_like JOIN comment ON comment.id = comment_like.comment
                 WHERE removed = 0 AND clip NOT IN (SELECT clip FROM comment_going)
                 UNION ALL
                SELECT parent AS id, 0 AS la, 0 AS lb, 0 AS ra, 1 AS rb FROM comment
                 WHERE removed = 0 AND parent IS NOT NULL AND clip NOT IN (SELECT clip FROM comment_going)) AS sides
 GROUP BY id HAVING sum(la) <> sum(lb) OR sum(ra) <> sum(rb) ORDER BY id LIMIT 100;
