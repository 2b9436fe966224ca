-- Consent, and the log of what people do.

-- consent_get(person int) -> ?(profiling bool, decided time)
SELECT profiling, decided FROM event_consent WHERE person = :person;

-- consent_put(person int, profiling bool, decided time) -> ()
INSERT INTO event_consent (person, profiling, decided) VALUES (:person, :profiling, :decided)
    ON CONFLICT (person) DO UPDATE SET profiling = excluded.profiling, decided = excluded.decided;

-- consent_delete(person int) -> n
DELETE FROM event_consent WHERE person = :person;

-- event_insert(id EventId, key int, person int, kind int, clip int, product int, value int, share int, subject int, at time,
--   expires time) -> n
INSERT INTO event (id, seq, key, person, kind, clip, product, value, share, subject, at, expires)
VALUES (:id, NULL, :key, :person, :kind, :clip, :product, :value, :share, :subject, :at, :expires)
    ON CONFLICT (key) DO NOTHING;

-- The same thing said twice, by an app and by the rule that did it.
-- event_twin(person int, clip int, kind int, since time, until time) -> (n int)
SELECT count(*) AS n FROM event
 WHERE person = :person AND person <> 0 AND at >= :since AND at <= :until AND clip = :clip AND kind = :kind;

-- The clip through which a person last met a product.
-- event_touch(person int, product int, since time, until time) -> ?(clip int)
SELECT clip FROM event
 WHERE person = :person AND person <> 0 AND at >= :since AND at <= :until AND product = :product AND clip <> 0
 ORDER BY at DESC, id DESC LIMIT 1;

-- event_unplaced(limit int) -> [(id EventId)]
SELECT id FROM event WHERE seq IS NULL ORDER BY id LIMIT :limit;

-- event_counter_take(n int) -> (next int)
UPDATE event_counter SET next = next + :n WHERE id = 1 RETURNING next;

-- event_place(id EventId, seq int) -> n
UPDATE event SET seq = :seq WHERE id = :id AND seq IS NULL;

-- event_after(seq int, limit int) -> [(seq int, id EventId, person int, kind int, clip int, product int, value int, share int,
--   subject int, at time)]
SELECT seq, id, person, kind, clip, product, value, share, subject, at FROM event
 WHERE seq IS NOT NULL AND seq > :seq ORDER BY seq LIMIT :limit;

-- The last place that was given, also when its row is gone: it never goes back, but in a database that was restored.
-- event_last() -> (last int)
SELECT next - 1 AS last FROM event_counter WHERE id = 1;

-- Newest first; what a person is given of it.
-- event_of(person int, before EventId, limit int) -> [(id EventId, kind int, clip int, product int, value int, share int, at time)]
SELECT id, kind, clip, product, value, share, at FROM event
 WHERE person = :person AND person <> 0 AND id < :before ORDER BY id DESC LIMIT :limit;

-- event_forget(person int) -> n
DELETE FROM event WHERE person = :person AND person <> 0;

-- event_prune(now time, most int) -> n
DELETE FROM event WHERE id IN (SELECT id FROM event WHERE expires <= :now ORDER BY expires LIMIT :most);
