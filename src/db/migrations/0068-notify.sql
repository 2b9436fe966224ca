-- What somebody took back, a like for instance, is told of no longer; done again it is no news.

ALTER TABLE notice ADD COLUMN taken INT DEFAULT 0;      -- 1: taken back
CREATE INDEX notice_group_last ON notice (notice_group, at);
