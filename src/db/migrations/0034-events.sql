-- The log says which clips there are: so an engine that is new reads nothing but the log. Those from before there was one; these rows
-- are about nobody and stay.
INSERT INTO event (id, seq, key, person, kind, clip, product, value, share, subject, at, expires)
SELECT id, NULL, id, 0, 64, id, 0, 0, 0, 0, created, 253370764800000 FROM clip
 WHERE state = 'ready' AND NOT EXISTS (SELECT 1 FROM event WHERE event.id = clip.id OR event.key = clip.id);
UPDATE event SET expires = 253370764800000 WHERE kind = 64;
