-- What a person has said about the feed, and names.

-- feed_setting_get(person int) -> ?(dial FeedDial, stop_minutes int, stop_clips int, quiet_from int?, quiet_until int?)
SELECT dial, stop_minutes, stop_clips, quiet_from, quiet_until FROM feed_setting WHERE person = :person;

-- feed_setting_put(person int, dial FeedDial, stop_minutes int, stop_clips int, quiet_from int?, quiet_until int?, now time) -> ()
INSERT INTO feed_setting (person, dial, stop_minutes, stop_clips, quiet_from, quiet_until, changed)
VALUES (:person, :dial, :stop_minutes, :stop_clips, :quiet_from, :quiet_until, :now)
    ON CONFLICT (person) DO UPDATE
   SET dial = excluded.dial, stop_minutes = excluded.stop_minutes, stop_clips = excluded.stop_clips,
       quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, changed = excluded.changed;

-- feed_setting_delete(person int) -> n
DELETE FROM feed_setting WHERE person = :person;

-- feed_rule_insert(id FeedRuleId, person int, kind FeedRuleKind, subject int, name text, now time) -> n
INSERT INTO feed_rule (id, person, kind, subject, name, created)
VALUES (:id, :person, :kind, :subject, :name, :now) ON CONFLICT (person, kind, subject) DO NOTHING;

-- feed_rule_find(person int, kind FeedRuleKind, subject int) -> ?(id FeedRuleId, kind FeedRuleKind, subject int, name text,
--   created time)
SELECT id, kind, subject, name, created FROM feed_rule WHERE person = :person AND kind = :kind AND subject = :subject;

-- feed_rule_count(person int) -> (n int)
SELECT count(*) AS n FROM feed_rule WHERE person = :person;

-- Ordered as the engine wants them.
-- feed_rule_rows(person int, limit int) -> [(kind FeedRuleKind, subject int)]
SELECT kind, subject FROM feed_rule WHERE person = :person ORDER BY kind, subject LIMIT :limit;

-- feed_rule_page(person int, before FeedRuleId, limit int) -> [FeedRuleFindRow]
SELECT id, kind, subject, name, created FROM feed_rule WHERE person = :person AND id < :before ORDER BY id DESC LIMIT :limit;

-- feed_rule_delete_row(id FeedRuleId, person int) -> n
DELETE FROM feed_rule WHERE id = :id AND person = :person;

-- feed_rule_clear(person int) -> n
DELETE FROM feed_rule WHERE person = :person;

-- feed_name_put(subject int, name text) -> n
INSERT INTO feed_name (subject, name) VALUES (:subject, :name) ON CONFLICT (subject) DO NOTHING;

-- feed_name_get(subject int) -> ?(name text)
SELECT name FROM feed_name WHERE subject = :subject;

-- feed_counted_get() -> (seq int)
SELECT seq FROM feed_counted WHERE id = 1;

-- feed_counted_set(from int, to int) -> n
UPDATE feed_counted SET seq = :to WHERE id = 1 AND seq = :from;

-- feed_shown_add(day int, size ShopSize, impressions int, qualified int) -> ()
INSERT INTO feed_shown (day, size, impressions, qualified) VALUES (:day, :size, :impressions, :qualified)
    ON CONFLICT (day, size) DO UPDATE
   SET impressions = feed_shown.impressions + excluded.impressions, qualified = feed_shown.qualified + excluded.qualified;

-- feed_shown_since(day int) -> [(size ShopSize, impressions int, qualified int)]
SELECT size, CAST(sum(impressions) AS BIGINT) AS impressions, CAST(sum(qualified) AS BIGINT) AS qualified
  FROM feed_shown WHERE day >= :day GROUP BY size ORDER BY size LIMIT 10;
