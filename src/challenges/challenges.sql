-- Challenges, what takes part in them, what was reported.

-- challenge_insert(id ChallengeId, tag text, shop ShopId?, starter AccountId, title text, rules text, own_title bytes?, own_rules bytes?,
--   product ProductId?, begins time, ends time) -> n
INSERT INTO challenge (id, tag, shop, starter, title, rules, own_title, own_rules, product, begins, ends, state, entries, settled)
VALUES (:id, :tag, :shop, :starter, :title, :rules, :own_title, :own_rules, :product, :begins, :ends, 'open', 0, 0)
    ON CONFLICT DO NOTHING;

-- challenge_find(id ChallengeId) -> ?(id ChallengeId, tag text, shop ShopId?, starter AccountId, title text, rules text,
--   own_title bytes?, own_rules bytes?, product ProductId?, begins time, ends time, state ChallengeState, reason text?, entries int,
--   settled bool)
SELECT id, tag, shop, starter, title, rules, own_title, own_rules, product, begins, ends, state, reason, entries, settled
  FROM challenge WHERE id = :id;

-- challenge_open_page(now time, before ChallengeId, limit int) -> [ChallengeFindRow]
SELECT id, tag, shop, starter, title, rules, own_title, own_rules, product, begins, ends, state, reason, entries, settled
  FROM challenge WHERE state = 'open' AND ends > :now AND id < :before ORDER BY id DESC LIMIT :limit;

-- challenge_tag_page(tag text, before ChallengeId, limit int) -> [ChallengeFindRow]
SELECT id, tag, shop, starter, title, rules, own_title, own_rules, product, begins, ends, state, reason, entries, settled
  FROM challenge WHERE tag = :tag AND state <> 'removed' AND id < :before ORDER BY id DESC LIMIT :limit;

-- challenge_shop_page(shop ShopId, before ChallengeId, limit int) -> [ChallengeFindRow]
SELECT id, tag, shop, starter, title, rules, own_title, own_rules, product, begins, ends, state, reason, entries, settled
  FROM challenge WHERE shop = :shop AND state <> 'removed' AND id < :before ORDER BY id DESC LIMIT :limit;

-- challenge_running(starter AccountId, shop ShopId, now time) -> (own int, of_shop int)
SELECT count(CASE WHEN starter = :starter AND shop IS NULL THEN 1 END) AS own, count(CASE WHEN shop = :shop THEN 1 END) AS of_shop
  FROM challenge WHERE state = 'open' AND ends > :now AND (starter = :starter OR shop = :shop);

-- Frees the tag.
-- challenge_over(tag text, now time) -> n
UPDATE challenge SET state = 'ended' WHERE tag = :tag AND state = 'open' AND ends <= :now;

-- challenge_set_state(id ChallengeId, state ChallengeState, ends time, reason text?, now time) -> n
UPDATE challenge SET state = :state, ends = CASE WHEN ends < :ends THEN ends ELSE :ends END, reason = :reason
 WHERE id = :id AND state = 'open' AND ends > :now;

-- Removes also what is over.
-- challenge_set_removed(id ChallengeId, reason text, now time) -> n
UPDATE challenge SET state = 'removed', reason = :reason, ends = CASE WHEN ends < :now THEN ends ELSE :now END
 WHERE id = :id AND state <> 'removed';

-- challenge_settle(id ChallengeId) -> n
UPDATE challenge SET settled = 1, state = CASE WHEN state = 'open' THEN 'ended' ELSE state END WHERE id = :id AND settled = 0;

-- challenge_entries_add(id ChallengeId, delta int, most int) -> n
UPDATE challenge SET entries = entries + :delta WHERE id = :id AND entries + :delta <= :most;

-- ---- what takes part

-- challenge_entry_insert(challenge ChallengeId, clip ClipId, shop ShopId, author AccountId, audience CrowdAudienceId, joined time) -> n
INSERT INTO challenge_entry (challenge, clip, shop, author, state, audience, viewers, joined)
VALUES (:challenge, :clip, :shop, :author, 'standing', :audience, 0, :joined) ON CONFLICT (challenge, clip) DO NOTHING;

-- challenge_entry_find(challenge ChallengeId, clip ClipId) -> ?(challenge ChallengeId, clip ClipId, shop ShopId, author AccountId,
--   state ChallengeEntryState, audience CrowdAudienceId, viewers int, joined time)
SELECT challenge, clip, shop, author, state, audience, viewers, joined
  FROM challenge_entry WHERE challenge = :challenge AND clip = :clip;

-- challenge_board(challenge ChallengeId, limit int) -> [ChallengeEntryFindRow]
SELECT challenge, clip, shop, author, state, audience, viewers, joined
  FROM challenge_entry WHERE challenge = :challenge AND state = 'standing' ORDER BY viewers DESC, joined, clip LIMIT :limit;

-- challenge_entries_of(challenge ChallengeId, author AccountId, limit int) -> [ChallengeEntryFindRow]
SELECT challenge, clip, shop, author, state, audience, viewers, joined
  FROM challenge_entry WHERE challenge = :challenge AND author = :author AND state = 'standing'
 ORDER BY viewers DESC, joined, clip LIMIT :limit;

-- challenge_entries_after(challenge ChallengeId, after ClipId, limit int) -> [ChallengeEntryFindRow]
SELECT challenge, clip, shop, author, state, audience, viewers, joined
  FROM challenge_entry WHERE challenge = :challenge AND clip > :after AND audience <> 0 ORDER BY clip LIMIT :limit;

-- How many stand before it.
-- challenge_place(challenge ChallengeId, viewers int, joined time, clip ClipId) -> (n int)
SELECT count(*) AS n FROM challenge_entry
 WHERE challenge = :challenge AND state = 'standing'
   AND (viewers > :viewers OR (viewers = :viewers AND (joined < :joined OR (joined = :joined AND clip < :clip))));

-- challenge_entry_again(challenge ChallengeId, clip ClipId, audience CrowdAudienceId, joined time) -> n
UPDATE challenge_entry SET state = 'standing', audience = :audience, viewers = 0, joined = :joined
 WHERE challenge = :challenge AND clip = :clip AND state = 'left';

-- challenge_entry_out(challenge ChallengeId, clip ClipId, state ChallengeEntryState) -> n
UPDATE challenge_entry SET state = :state, audience = 0 WHERE challenge = :challenge AND clip = :clip AND state = 'standing';

-- challenge_entry_count(challenge ChallengeId, clip ClipId, viewers int) -> n
UPDATE challenge_entry SET viewers = :viewers WHERE challenge = :challenge AND clip = :clip;

-- challenge_entry_close(challenge ChallengeId, clip ClipId) -> n
UPDATE challenge_entry SET audience = 0 WHERE challenge = :challenge AND clip = :clip;

-- ---- reports

-- challenge_report_put(challenge ChallengeId, account AccountId, reason ChallengeFault, at time) -> ()
INSERT INTO challenge_report (challenge, account, reason, at) VALUES (:challenge, :account, :reason, :at)
    ON CONFLICT (challenge, account) DO UPDATE SET reason = excluded.reason, at = excluded.at;

-- challenge_most_reported(limit int) -> [(challenge ChallengeId, n int, last time)]
SELECT r.challenge, count(*) AS n, max(r.at) AS last
  FROM challenge_report AS r JOIN challenge AS c ON c.id = r.challenge
 WHERE c.state = 'open' GROUP BY r.challenge ORDER BY n DESC, r.challenge LIMIT :limit;

-- challenge_last_report(challenge ChallengeId) -> ?(reason ChallengeFault)
SELECT reason FROM challenge_report WHERE challenge = :challenge ORDER BY at DESC, account LIMIT 1;

-- ---- audit

-- challenge_audit_entries() -> [(id ChallengeId)]
SELECT c.id FROM challenge AS c
 WHERE c.entries <> (SELECT count(*) FROM challenge_entry AS e WHERE e.challenge = c.id AND e.state = 'standing') LIMIT 100;

-- challenge_audit_audiences() -> [(id ChallengeId)]
SELECT DISTINCT c.id FROM challenge AS c JOIN challenge_entry AS e ON e.challenge = c.id
 WHERE (c.settled = 1 AND e.audience <> 0) OR (c.state = 'open' AND (e.audience <> 0) <> (e.state = 'standing')) LIMIT 100;
