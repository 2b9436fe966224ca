-- Notes of who was there.

-- crowd_salt_get(day int) -> ?(salt text)
SELECT salt FROM crowd_salt WHERE day = :day;

-- crowd_salt_put(day int, salt text) -> n
INSERT INTO crowd_salt (day, salt) VALUES (:day, :salt) ON CONFLICT (day) DO NOTHING;

-- crowd_salt_prune(before int) -> n
DELETE FROM crowd_salt WHERE day < :before;

-- crowd_note_insert(id CrowdNoteId, at time, kind int, clip int, product int, text text?, who int, origin int, trusted bool) -> ()
INSERT INTO crowd_note (id, at, kind, clip, product, text, who, origin, trusted)
VALUES (:id, :at, :kind, :clip, :product, :text, :who, :origin, :trusted);

-- crowd_note_between(at time, after CrowdNoteId, to time, limit int) -> [(id CrowdNoteId, at time, kind int, clip int, product int,
--   text text?, who int, origin int, trusted bool)]
SELECT id, at, kind, clip, product, text, who, origin, trusted FROM crowd_note
 WHERE (at, id) > (:at, :after) AND at < :to ORDER BY at, id LIMIT :limit;

-- crowd_note_first(since time) -> ?(at time)
SELECT at FROM crowd_note WHERE at >= :since ORDER BY at, id LIMIT 1;

-- crowd_note_prune(before time, most int) -> n
DELETE FROM crowd_note WHERE id IN (SELECT id FROM crowd_note WHERE at < :before ORDER BY at, id LIMIT :most);
