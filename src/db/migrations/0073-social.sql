-- Comments of a deleted clip go a few at a time, the oldest first.

DROP INDEX comment_of_clip;
CREATE INDEX comment_of_clip ON comment (clip, id);

-- Clips whose comments are going: until all have gone their counts are not what they were.
CREATE TABLE comment_going (
    clip ID PRIMARY KEY
);
