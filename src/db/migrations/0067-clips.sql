-- What people do with a clip besides liking it, and what it is found by: hashtags, its sound, who made it.

ALTER TABLE clip ADD COLUMN saves INT DEFAULT 0;
ALTER TABLE clip ADD COLUMN shares INT DEFAULT 0;
ALTER TABLE clip ADD COLUMN comments INT DEFAULT 0;
ALTER TABLE clip ADD COLUMN sound_of ID DEFAULT 0;      -- the clip whose sound it uses; its own id
ALTER TABLE clip ADD COLUMN tagged INT DEFAULT 0;       -- 0: from before there were tags, and not looked at yet
UPDATE clip SET sound_of = id;
CREATE INDEX clip_sound ON clip (sound_of, id);
CREATE INDEX clip_author ON clip (author, id);
CREATE INDEX clip_untagged ON clip (id) WHERE tagged = 0;

-- Personal: account.
CREATE TABLE clip_save (
    id ID PRIMARY KEY,
    clip ID,
    account ID,
    at INT
);
CREATE UNIQUE INDEX clip_save_pair ON clip_save (account, clip);
CREATE INDEX clip_save_account ON clip_save (account, id);
CREATE INDEX clip_save_clip ON clip_save (clip);

-- A person is an account or a guest's session. Personal: person.
CREATE TABLE clip_share (
    clip ID,
    person INT,
    day INT,                -- since 1970, UTC
    PRIMARY KEY (clip, person, day)
);

CREATE TABLE clip_hashtag (
    clip ID,
    tag TEXT,               -- folded: see base/marks.h
    position INT,
    PRIMARY KEY (clip, tag)
);
CREATE INDEX clip_hashtag_tag ON clip_hashtag (tag, clip);
