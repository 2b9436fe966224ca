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

-- ---- audiences

-- crowd_audience_insert(id CrowdAudienceId, clip int, until time, salt text) -> ()
INSERT INTO crowd_audience (id, clip, until, salt, halved, changed) VALUES (:id, :clip, :until, :salt, 0, 0);

-- crowd_audience_get(id CrowdAudienceId) -> ?(salt text, halved int, changed bool)
SELECT salt, halved, changed FROM crowd_audience WHERE id = :id;

-- crowd_audiences_of(clip int, now time, limit int) -> [(id CrowdAudienceId, salt text, halved int, changed bool)]
SELECT id, salt, halved, changed FROM crowd_audience WHERE clip = :clip AND until > :now ORDER BY id LIMIT :limit;

-- crowd_audience_set_changed(id CrowdAudienceId, changed bool) -> n
UPDATE crowd_audience SET changed = :changed WHERE id = :id;

-- crowd_audience_set_halved(id CrowdAudienceId, halved int) -> n
UPDATE crowd_audience SET halved = :halved WHERE id = :id;

-- crowd_audience_delete(id CrowdAudienceId) -> n
DELETE FROM crowd_audience WHERE id = :id;

-- crowd_viewer_insert(audience CrowdAudienceId, who int, origin int, trusted bool) -> n
INSERT INTO crowd_viewer (audience, who, origin, trusted) VALUES (:audience, :who, :origin, :trusted)
    ON CONFLICT (audience, who) DO NOTHING;

-- crowd_viewer_count(audience CrowdAudienceId) -> (n int)
SELECT count(*) AS n FROM crowd_viewer WHERE audience = :audience;

-- crowd_viewer_thin(audience CrowdAudienceId, mask int) -> n
DELETE FROM crowd_viewer WHERE audience = :audience AND (who & :mask) <> 0;

-- crowd_viewers(audience CrowdAudienceId, limit int) -> [(who int, origin int, trusted bool)]
SELECT who, origin, trusted FROM crowd_viewer WHERE audience = :audience ORDER BY who LIMIT :limit;

-- crowd_viewer_clear(audience CrowdAudienceId) -> n
DELETE FROM crowd_viewer WHERE audience = :audience;
