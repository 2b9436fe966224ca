-- Public profiles, follows, blocks.

-- person_row(account AccountId) -> ?(name bytes?, bio bytes?, followers int, following int)
SELECT name, bio, followers, following FROM person WHERE account = :account;

-- person_count(account AccountId, followers int, following int) -> ()
INSERT INTO person (account, name, bio, followers, following) VALUES (:account, NULL, NULL, :followers, :following)
    ON CONFLICT (account) DO UPDATE SET followers = person.followers + :followers, following = person.following + :following;

-- person_set_name(account AccountId, name bytes?) -> n
UPDATE person SET name = :name WHERE account = :account;

-- person_set_bio(account AccountId, bio bytes?) -> n
UPDATE person SET bio = :bio WHERE account = :account;

-- person_after(after AccountId, limit int) -> [(account AccountId)]
SELECT account FROM person WHERE account > :after ORDER BY account LIMIT :limit;

-- person_count_all() -> (n int)
SELECT count(*) AS n FROM person;

-- person_follow_put(id PersonFollowId, follower AccountId, followed AccountId, at time) -> n
INSERT INTO person_follow (id, follower, followed, at) VALUES (:id, :follower, :followed, :at)
    ON CONFLICT (follower, followed) DO NOTHING;

-- person_follow_delete(follower AccountId, followed AccountId) -> n
DELETE FROM person_follow WHERE follower = :follower AND followed = :followed;

-- person_follow_get(follower AccountId, followed AccountId) -> ?(id PersonFollowId)
SELECT id FROM person_follow WHERE follower = :follower AND followed = :followed;

-- person_followers_of(account AccountId, before PersonFollowId, limit int) -> [(id PersonFollowId, account AccountId)]
SELECT id, follower AS account FROM person_follow WHERE followed = :account AND id < :before ORDER BY id DESC LIMIT :limit;

-- person_followed_by(account AccountId, before PersonFollowId, limit int) -> [(id PersonFollowId, account AccountId)]
SELECT id, followed AS account FROM person_follow WHERE follower = :account AND id < :before ORDER BY id DESC LIMIT :limit;

-- person_block_put(id PersonBlockId, blocker AccountId, blocked AccountId, at time) -> n
INSERT INTO person_block (id, blocker, blocked, at) VALUES (:id, :blocker, :blocked, :at)
    ON CONFLICT (blocker, blocked) DO NOTHING;

-- person_block_delete(blocker AccountId, blocked AccountId) -> n
DELETE FROM person_block WHERE blocker = :blocker AND blocked = :blocked;

-- person_block_pair(a AccountId, b AccountId) -> [(blocker AccountId)]
SELECT blocker FROM person_block WHERE (blocker = :a AND blocked = :b) OR (blocker = :b AND blocked = :a) LIMIT 2;

-- person_blocks_count(account AccountId) -> (n int)
SELECT count(*) AS n FROM person_block WHERE blocker = :account;

-- person_blocks_of(account AccountId, before PersonBlockId, limit int) -> [(id PersonBlockId, account AccountId)]
SELECT id, blocked AS account FROM person_block WHERE blocker = :account AND id < :before ORDER BY id DESC LIMIT :limit;

-- Both ways.
-- person_apart_from(account AccountId, limit int) -> [(account AccountId)]
SELECT blocked AS account FROM person_block WHERE blocker = :account
 UNION
SELECT blocker AS account FROM person_block WHERE blocked = :account
 ORDER BY account LIMIT :limit;

-- person_audit_counts() -> [(account AccountId)]
SELECT account FROM (
    SELECT account, followers AS fa, 0 AS fb, following AS ga, 0 AS gb FROM person
     UNION ALL
    SELECT followed AS account, 0 AS fa, 1 AS fb, 0 AS ga, 0 AS gb FROM person_follow
     UNION ALL
    SELECT follower AS account, 0 AS fa, 0 AS fb, 0 AS ga, 1 AS gb FROM person_follow) AS sides
 GROUP BY account HAVING sum(fa) <> sum(fb) OR sum(ga) <> sum(gb) ORDER BY account LIMIT 100;
