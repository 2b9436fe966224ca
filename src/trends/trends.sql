-- What is rising: marks, series, their models and counts.

-- trend_mark_get(size int) -> ?(next time)
SELECT next FROM trend_mark WHERE size = :size;

-- trend_mark_put(size int, next time) -> n
INSERT INTO trend_mark (size, next) VALUES (:size, :next) ON CONFLICT (size) DO NOTHING;

-- trend_mark_move(size int, from time, to time) -> n
UPDATE trend_mark SET next = :to WHERE size = :size AND next = :from;

-- trend_total_get(region text, size int) -> ?(last time, expected real, people int, burst bytes)
SELECT last, expected, people, burst FROM trend_total WHERE region = :region AND size = :size;

-- trend_total_put(region text, size int, last time, expected real, people int, burst bytes) -> ()
INSERT INTO trend_total (region, size, last, expected, people, burst)
VALUES (:region, :size, :last, :expected, :people, :burst)
    ON CONFLICT (region, size) DO UPDATE
   SET last = excluded.last, expected = excluded.expected, people = excluded.people, burst = excluded.burst;

-- trend_series_put(id TrendSeriesId, region text, kind TrendKind, subject int, name text, category text, now time)
--   -> (id TrendSeriesId)
INSERT INTO trend_series (id, region, kind, subject, name, category, seen)
VALUES (:id, :region, :kind, :subject, :name, :category, :now)
    ON CONFLICT (region, kind, subject) DO UPDATE
   SET name = excluded.name, seen = excluded.seen,
       category = CASE WHEN excluded.category = '' THEN trend_series.category ELSE excluded.category END
RETURNING id;

-- trend_state_get(series TrendSeriesId, size int) -> ?(last time, burst bytes)
SELECT last, burst FROM trend_state WHERE series = :series AND size = :size;

-- trend_state_put(series TrendSeriesId, size int, last time, burst bytes) -> ()
INSERT INTO trend_state (series, size, last, burst) VALUES (:series, :size, :last, :burst)
    ON CONFLICT (series, size) DO UPDATE SET last = excluded.last, burst = excluded.burst;

-- trend_count_put(series TrendSeriesId, size int, bucket time, people int) -> ()
INSERT INTO trend_count (series, size, bucket, people) VALUES (:series, :size, :bucket, :people)
    ON CONFLICT (series, size, bucket) DO UPDATE SET people = excluded.people;

-- trend_counts(series TrendSeriesId, size int, since time, limit int) -> [(bucket time, people int)]
SELECT bucket, people FROM trend_count
 WHERE series = :series AND size = :size AND bucket >= :since ORDER BY bucket LIMIT :limit;

-- trend_rising_get(series TrendSeriesId, size int) -> ?(hot int, score int, times int, people int, since time, at time)
SELECT hot, score, times, people, since, at FROM trend_rising WHERE series = :series AND size = :size;

-- trend_rising_put(series TrendSeriesId, size int, region text, kind TrendKind, category text, hot int, score int, times int,
--   people int, since time, at time) -> ()
INSERT INTO trend_rising (series, size, region, kind, category, hot, score, times, people, since, at)
VALUES (:series, :size, :region, :kind, :category, :hot, :score, :times, :people, :since, :at)
    ON CONFLICT (series, size) DO UPDATE
   SET category = excluded.category, hot = excluded.hot, score = excluded.score, times = excluded.times,
       people = excluded.people, since = excluded.since, at = excluded.at;

-- trend_page(size int, region text, kind text, category text, since time, limit int) -> [(series TrendSeriesId, kind TrendKind,
--   subject int, name text, category text, score int, times int, people int, since time, at time)]
SELECT r.series, r.kind, s.subject, s.name, r.category, r.score, r.times, r.people, r.since, r.at
  FROM trend_rising AS r JOIN trend_series AS s ON s.id = r.series
 WHERE r.size = :size AND r.region = :region AND r.at >= :since AND (:kind = '' OR r.kind = :kind)
   AND (:category = '' OR r.category = :category)
 ORDER BY r.hot DESC, r.series DESC LIMIT :limit;

-- trend_regions(size int, since time, limit int) -> [(region text)]
SELECT DISTINCT region FROM trend_rising
 WHERE size = :size AND at >= :since AND region <> '*' ORDER BY region LIMIT :limit;

-- trend_categories(size int, region text, since time, limit int) -> [(category text)]
SELECT DISTINCT category FROM trend_rising
 WHERE size = :size AND region = :region AND at >= :since AND category <> '' ORDER BY category LIMIT :limit;

-- trend_rising_prune(size int, before time, most int) -> n
DELETE FROM trend_rising WHERE (series, size) IN
    (SELECT series, size FROM trend_rising WHERE size = :size AND at < :before LIMIT :most);

-- trend_count_prune(size int, before time, most int) -> n
DELETE FROM trend_count WHERE (series, size, bucket) IN
    (SELECT series, size, bucket FROM trend_count WHERE size = :size AND bucket < :before ORDER BY bucket LIMIT :most);

-- Only those of which nothing else is left.
-- trend_state_prune(before time, most int) -> n
DELETE FROM trend_state WHERE series IN (SELECT id FROM trend_series WHERE seen < :before ORDER BY seen LIMIT :most);

-- trend_series_prune(before time, most int) -> n
DELETE FROM trend_series WHERE id IN (SELECT id FROM trend_series WHERE seen < :before ORDER BY seen LIMIT :most);
