-- Notices and their groups.

-- notice_group_open(account AccountId, kind NoticeKind, subject int) -> ?(id NoticeGroupId)
SELECT id FROM notice_group WHERE account = :account AND kind = :kind AND subject = :subject AND read = 0 ORDER BY id DESC LIMIT 1;

-- notice_insert(account AccountId, kind NoticeKind, subject int, sender AccountId, thing int, notice_group NoticeGroupId, at time) -> n
INSERT INTO notice (account, kind, subject, sender, thing, notice_group, at, taken)
VALUES (:account, :kind, :subject, :sender, :thing, :notice_group, :at, 0)
    ON CONFLICT (account, kind, subject, sender, thing) DO NOTHING;

-- notice_of_sender(account AccountId, kind NoticeKind, subject int, sender AccountId, notice_group NoticeGroupId) -> (n int)
SELECT count(*) AS n FROM notice
 WHERE account = :account AND kind = :kind AND subject = :subject AND sender = :sender AND notice_group = :notice_group;

-- Taken back, or done again; nothing when it stands so already.
-- notice_set_taken(account AccountId, kind NoticeKind, subject int, sender AccountId, thing int, from bool, to bool) ->
--   ?(notice_group NoticeGroupId)
UPDATE notice SET taken = :to
 WHERE account = :account AND kind = :kind AND subject = :subject AND sender = :sender AND thing = :thing AND taken = :from
RETURNING notice_group;

-- notice_group_people(id NoticeGroupId, delta int) -> ?(people int, last_sender AccountId)
UPDATE notice_group SET people = people + :delta WHERE id = :id RETURNING people, last_sender;

-- notice_last(notice_group NoticeGroupId) -> ?(sender AccountId, at time)
SELECT sender, at FROM notice WHERE notice_group = :notice_group AND taken = 0 ORDER BY at DESC, sender DESC LIMIT 1;

-- notice_group_last(id NoticeGroupId, sender AccountId, at time) -> n
UPDATE notice_group SET last_sender = :sender, at = :at WHERE id = :id;

-- notice_group_insert(id NoticeGroupId, account AccountId, kind NoticeKind, subject int, clip int, sender AccountId, thing int, at time) -> ()
INSERT INTO notice_group (id, account, kind, subject, clip, place, people, last_sender, last_thing, at, read)
VALUES (:id, :account, :kind, :subject, :clip, :id, 1, :sender, :thing, :at, 0);

-- notice_group_add(id NoticeGroupId, place NoticeGroupId, people int, sender AccountId, thing int, at time) -> n
UPDATE notice_group SET place = :place, people = people + :people, last_sender = :sender, last_thing = :thing, at = :at
 WHERE id = :id;

-- notice_groups(account AccountId, before NoticeGroupId, limit int) -> [(place NoticeGroupId, kind NoticeKind, subject int, clip int,
--   people int, last_sender AccountId, last_thing int, at time, read bool)]
SELECT place, kind, subject, clip, people, last_sender, last_thing, at, read
  FROM notice_group WHERE account = :account AND place < :before AND people > 0 ORDER BY place DESC LIMIT :limit;

-- notice_count_unread(account AccountId, most int) -> (n int)
SELECT count(*) AS n FROM (SELECT id FROM notice_group WHERE account = :account AND read = 0 AND people > 0 LIMIT :most) AS found;

-- What was taken back before it was seen stays unread.
-- notice_set_read(account AccountId) -> n
UPDATE notice_group SET read = 1 WHERE account = :account AND read = 0 AND people > 0;

-- notice_off_put(account AccountId, kind NoticeKind) -> n
INSERT INTO notice_off (account, kind) VALUES (:account, :kind) ON CONFLICT (account, kind) DO NOTHING;

-- notice_off_delete(account AccountId, kind NoticeKind) -> n
DELETE FROM notice_off WHERE account = :account AND kind = :kind;

-- notice_off_all(account AccountId) -> [(kind NoticeKind)]
SELECT kind FROM notice_off WHERE account = :account ORDER BY kind LIMIT 10;

-- notice_prune(before time) -> n
DELETE FROM notice WHERE at < :before;

-- notice_group_prune(before time) -> n
DELETE FROM notice_group WHERE at < :before;
