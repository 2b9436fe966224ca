-- Queries of the dispatcher's own tables.

-- idempotency_get(owner int, key bytes) -> ?(request bytes, status int, answer bytes)
SELECT request, status, answer FROM first_answer WHERE owner = :owner AND key = :key;

-- idempotency_put(owner int, key bytes, request bytes, status int, answer bytes, at time) -> ()
INSERT INTO first_answer (owner, key, request, status, answer, at)
VALUES (:owner, :key, :request, :status, :answer, :at);

-- idempotency_sweep(before time) -> n
DELETE FROM first_answer WHERE at < :before;

-- task_put(id TaskId, kind text, subject int, due time) -> ()
INSERT INTO task (id, kind, subject, due, tries, lease) VALUES (:id, :kind, :subject, :due, 0, 0)
    ON CONFLICT (kind, subject) DO UPDATE SET id = excluded.id, due = excluded.due, tries = 0, lease = 0;

-- task_delete(kind text, subject int) -> n
DELETE FROM task WHERE kind = :kind AND subject = :subject;

-- kinds: those of one lane, ",one,other,". Only these, or a long queue of one lane would hide what another has to do.
-- task_due(now time, kinds text, limit int) -> [(id TaskId, kind text, subject int, tries int, due time)]
SELECT id, kind, subject, tries, due FROM task
WHERE due <= :now AND lease < :now AND :kinds LIKE '%,' || kind || ',%' ORDER BY due LIMIT :limit;

-- Not beyond `until`: what is due in weeks need not be gone through.
-- task_next(now time, until time, kinds text) -> ?(due time)
SELECT due FROM task WHERE due <= :until AND lease < :now AND :kinds LIKE '%,' || kind || ',%' ORDER BY due LIMIT 1;

-- task_take(id TaskId, now time, lease time) -> n
UPDATE task SET lease = :lease, tries = tries + 1 WHERE id = :id AND lease < :now;

-- task_renew(kind text, subject int, lease time) -> n
UPDATE task SET lease = :lease WHERE kind = :kind AND subject = :subject;

-- task_end(id TaskId) -> n
DELETE FROM task WHERE id = :id;

-- task_again(id TaskId, due time, error text) -> n
UPDATE task SET due = :due, lease = 0, error = :error WHERE id = :id;

-- task_release_all() -> n
UPDATE task SET lease = 0 WHERE lease > 0;

-- deployment_get(name text) -> ?(value bytes)
SELECT value FROM deployment WHERE name = :name;

-- deployment_put(name text, value bytes) -> ()
INSERT INTO deployment (name, value) VALUES (:name, :value);

-- deployment_set(name text, value bytes) -> ()
INSERT INTO deployment (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
